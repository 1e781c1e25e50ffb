// What people write against the generated types; tsc must take every line, and refuse those marked.
import { createClient } from '@supabase/supabase-js'
import {
  Constants,
  type Database,
  type Enums,
  type Tables,
  type TablesInsert,
  type TablesUpdate,
} from './blog.js'
import type { CompositeTypes, Database as Shop, Tables as ShopTables } from './shop.js'
import type { Database as Tenants, Enums as TenantEnums, Tables as TenantTables } from './tenants.js'

type Equal<A, B> =
  (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false
const holds = <T extends true>(_proof?: T) => undefined
type Public = Database['public']

// The helper types, by name and by schema and name.
holds<Equal<Tables<'posts'>, Public['Tables']['posts']['Row']>>()
holds<Equal<Tables<'posts'>['id'], number>>()
holds<Equal<Tables<'post_counts'>['posts'], number | null>>()
holds<Equal<Tables<{ schema: 'public' }, 'authors'>, Public['Tables']['authors']['Row']>>()
holds<Equal<Tables<'posts' | 'authors'>, Tables<'posts'> | Tables<'authors'>>>()
holds<Equal<TablesInsert<'posts'>, Public['Tables']['posts']['Insert']>>()
holds<Equal<TablesInsert<{ schema: 'public' }, 'posts'>, Public['Tables']['posts']['Insert']>>()
holds<Equal<TablesUpdate<'posts'>, Public['Tables']['posts']['Update']>>()
holds<Equal<Enums<'post_status'>, 'draft' | 'in review' | 'published'>>()
holds<Equal<CompositeTypes<'price'>['currency'], 'EUR' | 'USD' | null>>()
holds<Equal<TenantTables<'users'>['id'], number>>()
holds<Equal<TenantTables<{ schema: 'public' }, 'users'>['id'], string>>()
holds<Equal<TenantEnums<{ schema: 'public' }, 'status'>, 'on' | 'off'>>()
// @ts-expect-error there is no such table
export type NoTable = Tables<'nope'>
// @ts-expect-error this is a table, not an enum
export type NoEnum = Enums<'posts'>
// @ts-expect-error there is no such table in the schema
export type NoTableThere = Tables<{ schema: 'public' }, 'nope'>

const blog = createClient<Database>('https://localhost', 'key')
const shop = createClient<Shop>('https://localhost', 'key')
const tenants = createClient<Tenants, 'tenant'>('https://localhost', 'key', {
  db: { schema: 'tenant' },
})

export async function queries() {
  const post = await blog
    .from('posts')
    .select('id, slug, authors!posts_author_id_fkey(email)')
    .single()
  if (post.data) {
    holds<Equal<typeof post.data.id, number>>()
    holds<Equal<typeof post.data.authors.email, string>>()
  }
  await blog.from('posts').insert({ author_id: 'a', slug: 's', title: 't' })
  // @ts-expect-error the id is always generated
  await blog.from('posts').insert({ author_id: 'a', slug: 's', title: 't', id: 1 })
  // @ts-expect-error the title is missing
  await blog.from('posts').insert({ author_id: 'a', slug: 's' })

  const found = await shop.rpc('find_customers', { query: 'x' })
  const name: string | undefined = found.data?.[0]?.name
  const total = await shop.rpc('order_total', { order_id: 1 })
  const amount: number | null | undefined = total.data?.amount
  const users = await tenants.from('users').select('id, status').limit(1)
  const status = users.data?.[0]?.status
  const customer: ShopTables<'orders'>['customer_id'] = 1
  return [name, amount, status, customer, Constants.public.Enums.post_status[0]]
}
