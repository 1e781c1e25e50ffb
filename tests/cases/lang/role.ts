// What supabase-js lets a role do by its types; tsc must take every line, and refuse those marked.
import { createClient } from '@supabase/supabase-js'
import type { Database, Tables, TablesInsert } from './reader.js'

const client = createClient<Database>('http://localhost', 'key')

export const read = async () => {
  const { data } = await client.from('orders').select('id, note, customers(name)').single()
  const note: string | null = data!.note
  const name: string = data!.customers.name
  // @ts-expect-error a column that may not be selected
  const secret: string | null = (await client.from('orders').select('secret').single()).data!.secret
  // @ts-expect-error a table of which nothing may be done
  await client.from('audit').select('id')
  // @ts-expect-error a schema that may not be used
  await client.schema('hidden').from('things').select('id')
  return [note, name, secret, await client.from('totals').select('total')]
}

export const write = async () => {
  await client.from('orders').insert({ customer_id: 1, total: 2 })
  await client.from('orders').update({ note: 'n' }).eq('id', 1)
  await client.from('open_orders').insert({ customer_id: 1 })
  await client.rpc('place_order', { customer: 1, total: 2 })
  // @ts-expect-error a column that may not be inserted
  await client.from('orders').insert({ customer_id: 1, total: 2, secret: 's' })
  // @ts-expect-error a column that may not be updated
  await client.from('orders').update({ total: 3 }).eq('id', 1)
  // @ts-expect-error nothing may be inserted
  await client.from('customers').insert({ id: 1, name: 'n' })
  // @ts-expect-error nothing may be updated
  await client.from('customers').update({ name: 'n' }).eq('id', 1)
  // @ts-expect-error a view that takes nothing
  await client.from('totals').insert({ total: 1 })
  // @ts-expect-error a function that may not be called
  await client.rpc('purge')
}

export const row: Tables<'customers'> = { id: 1, name: 'n', email: null, name_of: null }
// @ts-expect-error never
export const insert: TablesInsert<'customers'> = { id: 1, name: 'n' }
