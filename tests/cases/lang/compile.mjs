// Each definition of these JSON Schema documents compiles, its references found.
import { readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'

for (const path of process.argv.slice(2)) {
  if (path.endsWith('package.json')) continue
  const document = JSON.parse(readFileSync(path, 'utf8'))
  const ajv = new Ajv2020({ strict: true, strictTypes: false, allowUnionTypes: true })
  ajv.addSchema(document, 'types')
  for (const name of Object.keys(document.$defs)) {
    const pointer = encodeURIComponent(name.replaceAll('~', '~0').replaceAll('/', '~1'))
    if (!ajv.getSchema(`types#/$defs/${pointer}`)) throw new Error(`${path}: ${name}`)
  }
}
