// What --precise, --bigint and --utilities claim is exactly this: a type that were wider or narrower fails here.
import { createClient } from "@supabase/supabase-js"
import type {
  Database,
  FunctionArgs,
  FunctionReturns,
  Insert,
  NonNullableRow,
  RelatedNames,
  RelationshipNames,
  RequiredColumns,
  Row,
  Tables,
  Update,
} from "./precise.js"
import type * as tenants from "./utilities.js"

type Equal<A, B> =
  (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false
const same = <A, B>(_: Equal<A, B>) => undefined

// ---- unions out of CHECKs and domains ----
type Thing = Tables<"things">
same<Thing["kind"], "a" | "b" | null>(true)
same<Thing["status"], "new" | 'it\'s "done"' | "tab\there">(true)
same<Thing["stars"], 1 | 2 | 3 | -1>(true)
same<Thing["subcodes"], ("b" | "c")[] | null>(true)
same<Thing["flags"], ("hot" | "new")[]>(true)
same<Thing["moods"], ("sad" | 'ok "quoted"')[]>(true)
same<Tables<"thing_view">["status"], Thing["status"]>(true)
same<Tables<"thing_copy">["status"], string>(true)

const thing: Insert<"things"> = {
  status: "new",
  stars: -1,
  slug: "post-1",
  flags: ["hot"],
  moods: [],
  code: "a",
  doc: {},
  big: [9007199254740993n, "9007199254740993", 1],
  nm: "x",
}
thing.sku = "EU-5"
thing.tick = "a`${bc"
thing.email = "a@b.com"
thing.attributes = '"a"=>"1"'
// @ts-expect-error it is not one of them
thing.status = "old"
// @ts-expect-error nor may it be null
thing.status = null
// @ts-expect-error
thing.stars = 4
// @ts-expect-error the beginning is another
thing.slug = "page-1"
// @ts-expect-error
thing.sku = "UK-5"
// @ts-expect-error the end is another
thing.email = "a@b.org"
// @ts-expect-error both domains have a say
thing.subcode = "a"
// @ts-expect-error in arrays too
thing.subcodes = ["d"]
// @ts-expect-error
thing.flags = ["cold"]
// @ts-expect-error an hstore is written as text
thing.attributes = { a: "1" }
// @ts-expect-error not the digits of an integer
thing.parent = "1.5"

// ---- what the JSON of other types is ----
declare const row: Row<"things">
same<typeof row.attributes, Record<string, string | null> | null>(true)
same<typeof row.during, string | null>(true)
same<typeof row.iv, number[] | null>(true)
same<typeof row.far, { x: number | null; y: Database["public"]["Enums"]["status"][] | null } | null>(true)
same<typeof row.id, number>(true)
// @ts-expect-error hstore has only texts
row.attributes = { a: 1 }

// ---- functions ----
same<FunctionArgs<"exact">, { a: number; n: string }>(true)
same<FunctionReturns<"exact">, number | null>(true)
same<FunctionReturns<"single_out">, { o: number | null }>(true)
same<FunctionReturns<"moods">, ("sad" | 'ok "quoted"' | null)[]>(true)
same<FunctionArgs<"outs">, { a: number | null; b?: number | null }>(true)
const given: FunctionArgs<"find"> = { wanted: null, big: 1n, options: null }
// @ts-expect-error STRICT: not null
const refused: FunctionArgs<"exact"> = { a: null, n: "x" }

// ---- utilities ----
same<Update<"things">, Database["public"]["Tables"]["things"]["Update"]>(true)
same<NonNullableRow<"thing_view">["name"], string>(true)
same<RequiredColumns<"things">, "status" | "stars" | "slug" | "flags" | "moods" | "code" | "doc" | "big" | "nm">(true)
same<RelationshipNames<"things">, "things_parent_fkey">(true)
same<RelatedNames<"things">, "things" | "thing_view" | "thing_copy">(true)
same<RelationshipNames<"thing_view">, never>(true)
same<tenants.RequiredColumns<{ schema: "Odd Schema" }, "kids">, "id">(true)
same<tenants.RelationshipNames<{ schema: "Odd Schema" }, "kids">, "kids_parent_fkey">(true)
same<tenants.FunctionReturns<{ schema: "public" }, "levels">, ("low" | "high" | null)[]>(true)
// @ts-expect-error there is none of that name
type Nobody = Row<"nobody">
// @ts-expect-error a view takes no inserts of its own here
type NoTable = Insert<"thing_view">

// ---- supabase-js takes it ----
async function use() {
  const client = createClient<Database>("http://localhost", "key")
  const { data } = await client.from("things").select("status, sku, attributes").single()
  if (data) {
    same<typeof data.status, Thing["status"]>(true)
    same<typeof data.attributes, Record<string, string | null> | null>(true)
  }
  await client.from("things").insert(thing)
  await client.from("things").select().eq("kind", "a")
  // @ts-expect-error the filter knows the union
  await client.from("things").select().eq("kind", "z")
  const exact = await client.from("things").select("id::text").single()
  if (exact.data) {
    same<typeof exact.data.id, string>(true)
    await client.from("things").update({ parent: `${9007199254740993n}` })
  }
  const moods = await client.rpc("moods")
  if (moods.data) same<typeof moods.data, ("sad" | 'ok "quoted"' | null)[]>(true)
  const joined = await client.from("things").select("parent(id, slug)").single()
  if (joined.data?.parent) same<typeof joined.data.parent.slug, `post-${string}`>(true)
}
void use
void given
void refused
