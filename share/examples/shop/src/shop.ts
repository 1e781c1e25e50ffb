// What a shop front asks of its database, typed end to end: rename a column in a migration, let the
// Schema Monitor write ./types/database anew, and tsc names every line here that must follow.

import { createClient, type QueryData, type SupabaseClient } from '@supabase/supabase-js'

import type { Database, Enums, Tables, TablesInsert } from './types/database'

export type Shop = SupabaseClient<Database>

export type Product = Tables<'products'>
export type NewReview = TablesInsert<'reviews'>
export type OrderStatus = Enums<'order_status'>

export function openShop(url: string, anonKey: string): Shop {
  return createClient<Database>(url, anonKey)
}

/** The product list: a view, whose columns may all be null as far as the database can tell. */
export async function listProducts(shop: Shop, page: number, pageSize = 24) {
  const { data, error } = await shop
    .from('product_overview')
    .select('id, name, price, category, available, average_rating')
    .order('name')
    .range(page * pageSize, (page + 1) * pageSize - 1)
  if (error) throw error
  return data
}

/** One product with what its page shows; the foreign keys make the embedding and its types. */
function productQuery(shop: Shop, sku: string) {
  return shop
    .from('products')
    .select(
      'id, sku, name, description, price, tags, categories (slug, name), product_images (path, alt, position), inventory (quantity, reserved)',
    )
    .eq('sku', sku)
    .maybeSingle()
}
export type ProductPage = NonNullable<QueryData<ReturnType<typeof productQuery>>>

export async function getProduct(shop: Shop, sku: string): Promise<ProductPage | null> {
  const { data, error } = await productQuery(shop, sku)
  if (error) throw error
  return data
}

/** inventory is one-to-one (its key is the foreign key), so it is an object, not an array. */
export function isAvailable(product: ProductPage): boolean {
  return product.inventory !== null && product.inventory.quantity > product.inventory.reserved
}

/** A function that returns rows of a table. */
export async function searchProducts(shop: Shop, query: string): Promise<Product[]> {
  const { data, error } = await shop.rpc('search_products', { query })
  if (error) throw error
  return data
}

export async function addToCart(shop: Shop, cartId: string, productId: number, quantity: number) {
  const { error } = await shop
    .from('cart_items')
    .upsert({ cart_id: cartId, product_id: productId, quantity })
  if (error) throw error
}

/** Checkout is one call; the database copies prices and takes the stock in one transaction. */
export async function placeOrder(shop: Shop, addressId: string, coupon?: string) {
  const { data, error } = await shop.rpc('place_order', {
    address_id: addressId,
    ...(coupon === undefined ? {} : { coupon_code: coupon }),
  })
  if (error) throw error
  return data
}

/** What the order list shows, said once more: a query that no longer gives it does not compile. */
export interface OrderSummary {
  number: number
  status: OrderStatus
  total: number | null
  created_at: string
  order_items: { name: string; quantity: number; line_total: number | null }[]
}

export async function listOrders(shop: Shop, statuses: OrderStatus[]): Promise<OrderSummary[]> {
  const { data, error } = await shop
    .from('orders')
    .select('number, status, total, created_at, order_items (name, quantity, line_total)')
    .in('status', statuses)
    .order('created_at', { ascending: false })
  if (error) throw error
  return data
}

/** Every status must be handled: a value added to the enum is an error here until it is. */
export function describeStatus(status: OrderStatus): string {
  switch (status) {
    case 'pending':
      return 'waiting for payment'
    case 'paid':
      return 'being packed'
    case 'shipped':
      return 'on its way'
    case 'delivered':
      return 'delivered'
    case 'refunded':
      return 'refunded'
    case 'cancelled':
      return 'cancelled'
  }
}

export async function addReview(shop: Shop, review: NewReview): Promise<void> {
  const { error } = await shop.from('reviews').insert(review)
  if (error) throw error
}
