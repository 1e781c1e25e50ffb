// Rows of a database against the schemas: check.mjs ZOD.js TYPES.json <ROWS, a row a line as
// {"place": ["public", "Tables", "orders"], "row": {...}}. All must pass, in zod and in the JSON Schema document, and
// none with a column left out, or with a value of another type in it.
import { readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'

const [, , code, document] = process.argv
const { schemas } = await import(code)
const types = JSON.parse(readFileSync(document, 'utf8'))
const ajv = new Ajv2020({ strict: true, strictTypes: false, allowUnionTypes: true }).addSchema(types, 't')
const quoted = (name) => (/[."]/.test(name) ? `"${name.replaceAll('"', '""')}"` : name)
const validators = new Map()
let rows = 0
let wrong = 0
let refused = 0

const takes = (place, part, value) => {
  const [schema, section, name] = place
  const key = `${quoted(schema)}.${section}.${quoted(name)}.${part}`
  if (!validators.has(key)) {
    const pointer = encodeURIComponent(key.replaceAll('~', '~0').replaceAll('/', '~1'))
    validators.set(key, [
      (it) => schemas[schema][section][name][part].safeParse(it).success,
      ajv.getSchema(`t#/$defs/${pointer}`),
      types.$defs[key],
    ])
  }
  const [zod, json] = validators.get(key)
  return [zod(value), json(value)]
}
const must = (want, place, part, value, what) => {
  const got = takes(place, part, value)
  if (got[0] === want && got[1] === want) return
  wrong++
  if (wrong < 10) console.log(`${place.join('.')} ${part} ${what}: zod ${got[0]}, JSON Schema ${got[1]}, ${JSON.stringify(value)}`)
}

for (const line of readFileSync(0, 'utf8').split('\n').filter(Boolean)) {
  const { place, row } = JSON.parse(line)
  rows++
  must(true, place, 'Row', row, 'as it is')
  const key = `${quoted(place[0])}.${place[1]}.${quoted(place[2])}`
  const properties = types.$defs[`${key}.Row`].properties
  for (const name of Object.keys(row)) {
    const type = JSON.stringify(properties[name])
    if (type === 'true' || type.includes('"#/$defs/Json"')) continue // anything, or nearly
    const { [name]: gone, ...less } = row
    must(false, place, 'Row', less, `without ${name}`)
    must(false, place, 'Row', { ...row, [name]: { wrong: [] } }, `${name} of another type`)
    if (!type.includes('"null"')) must(false, place, 'Row', { ...row, [name]: null }, `${name} null`)
    refused += 3
  }
  const writes = types.$defs[`${key}.Insert`]
  if (!writes || !writes.properties) continue
  const entries = Object.entries(row).filter(([name]) => writes.properties[name] !== false)
  const values = Object.fromEntries(entries)
  must(true, place, 'Insert', values, 'as it is')
  must(true, place, 'Update', values, 'as it is')
  must(false, place, 'Insert', { ...values, 'no such column': 1 }, 'with another column')
  for (const name of Object.keys(row).filter((name) => writes.properties[name] === false))
    must(false, place, 'Insert', { ...values, [name]: row[name] }, `with ${name}`)
}
console.log(`${rows} rows taken, ${refused} changed ones refused, ${wrong} wrong`)
if (wrong > 0 || rows < 1) process.exit(1)
