// Reads lines "URL SCHEMAS FILE", and writes to each FILE what the official generator (@supabase/postgres-meta below
// $OFFICIAL) makes of that database; says "ok", or "crash WHY".
import { writeFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

const from = (path) => import(pathToFileURL(`${process.env.OFFICIAL}/node_modules/@supabase/${path}`));
const { PostgresMeta } = await from("postgres-meta/dist/lib/index.js");
const { getGeneratorMetadata } = await from("postgres-meta/dist/lib/generators.js");
const { generateTypescript } = await from("postgrest-typegen/dist/index.js");

for await (const line of createInterface({ input: process.stdin })) {
  const [url, schemas, file] = line.split("\t");
  try {
    const meta = new PostgresMeta({ connectionString: url, max: 1 });
    const { data, error } = await getGeneratorMetadata(meta, { includedSchemas: schemas.split(",") });
    if (error) throw new Error(error.message);
    const options = { detectOneToOneRelationships: true, defaultSchema: "public" };
    writeFileSync(file, await generateTypescript(data, options));
    console.log("ok");
  } catch (error) {
    console.log("crash " + String(error.message).split("\n")[0]);
  }
}
process.exit(0);
