// pglite.mjs FILE...: the files, one after the other, in a fresh PGlite; what fails is passed over. PGLITE is the
// directory whose node_modules have @electric-sql/pglite.
import { readFileSync } from "node:fs"
import { createRequire } from "node:module"

const { PGlite } = createRequire(process.env.PGLITE + "/x.js")("@electric-sql/pglite")
const database = await PGlite.create()
let failed = 0
for (const file of process.argv.slice(2)) {
    try {
        await database.exec(readFileSync(file, "utf8"))
    } catch {
        failed++
        await database.exec("rollback")
    }
}
const tables = await database.query("select count(*)::int as n from pg_class where relkind = 'r' and oid >= 16384")
console.log(`${tables.rows[0].n} tables, ${failed} of ${process.argv.length - 2} files failed`)
process.exit(0)
