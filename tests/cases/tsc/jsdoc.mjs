// jsdoc.mjs TYPES SNAPSHOT: in the generated file TYPES no comment of the snapshot makes a tag, a link or an end of the
// block, and TypeScript reads each of them as what it is but for "\@", "*\/" and the escapes of control characters.
import { readFileSync } from "node:fs"
import ts from "typescript"

const [types, snapshot] = process.argv.slice(2)
const text = readFileSync(types, "utf8")
const file = ts.createSourceFile(types, text, ts.ScriptTarget.ES2022, true)
const found = new Set()
let faults = 0
let blocks = 0

const fail = (what) => {
  console.log(what)
  faults++
}
if (file.parseDiagnostics.length) fail(`${types} does not parse: ${file.parseDiagnostics[0].messageText}`)

const visit = (node) => {
  for (const doc of node.jsDoc ?? []) {
    const comment = doc.comment ?? ""
    blocks++
    if (doc.tags?.length) fail(`a tag was made: ${doc.getText()}`)
    if (typeof comment !== "string") fail(`a link was made: ${doc.getText()}`)
    found.add(lines(String(comment).replace(/\\@/g, "@").replace(/\*\\\//g, "*/")))
  }
  ts.forEachChild(node, visit)
}
// Blanks at the ends of lines, and empty lines around, are not kept.
const lines = (comment) =>
  comment.replace(/\r\n?/g, "\n").replace(/[ \t]+$/gm, "").replace(/^[ \t]+/gm, "").trim()
visit(file)

const wanted = []
const walk = (value) => {
  if (value === null || typeof value !== "object") return
  if (typeof value.comment === "string" && lines(value.comment)) wanted.push(value.comment)
  Object.values(value).forEach(walk)
}
const document = JSON.parse(readFileSync(snapshot, "utf8"))
for (const section of ["enums", "composites", "tables", "views"]) walk(document[section])
for (const comment of wanted) {
  const shown = comment.replace(/[\0-\x08\x0e-\x1f\x7f\u2028-\u202e]/g, (c) =>
    "\\u" + c.charCodeAt(0).toString(16).padStart(4, "0"))
  if (!found.has(lines(shown))) fail(`not found: ${JSON.stringify(comment)} among ${JSON.stringify([...found])}`)
}
if (!blocks || !wanted.length) fail("there are no comments")
process.exit(faults ? 1 : 0)
