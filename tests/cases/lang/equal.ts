// What zod infers from the schemas is what the types say: each can be assigned to the other, and no name is missing.
import { z } from 'zod'
import type { Database } from './TYPES.js'
import { schemas } from './TYPES-zod.js'

type Fields<R> = R extends { ComputedFields: infer Name } ? Name : never
type Relation<R> = {
  [Part in Exclude<keyof R, 'ComputedFields' | 'Relationships'>]: Part extends 'Row'
    ? Omit<R[Part], Fields<R> & keyof R[Part]>
    : R[Part]
}
type Relations<Section> = { [Name in keyof Section]: Relation<Section[Name]> }
type Calls<Section> = {
  [Name in keyof Section]: Section[Name] extends { Args: infer Args } ? { Args: Args } : never
}
type Schema<S> = {
  [Part in keyof S]: Part extends 'Tables' | 'Views'
    ? Relations<S[Part]>
    : Part extends 'Functions'
      ? Calls<S[Part]>
      : S[Part]
}
type Said = { [Name in keyof Database]: Schema<Database[Name]> }
type Inferred<T> = T extends z.ZodType ? z.infer<T> : { [Key in keyof T]: Inferred<T[Key]> }
type Checked = Inferred<typeof schemas>

declare const said: Said
export const one: Checked = said
// The other way round all but EXCEPT, which hold rows of others: those have computed fields for the types, and none in
// data.
type Apart<A, B> = {
  [S in keyof A & keyof B]: {
    [P in keyof A[S] & keyof B[S]]: {
      [N in keyof A[S][P] & keyof B[S][P]]: A[S][P][N] extends B[S][P][N] ? never : N
    }[keyof A[S][P] & keyof B[S][P]]
  }[keyof A[S] & keyof B[S]]
}[keyof A & keyof B]
type Except = EXCEPT
export const apart: [Apart<Checked, Said>] extends [Except] ? true : Apart<Checked, Said> = true
// Optional members would not be missed above.
type Keys<T> = { [A in keyof T]-?: { [B in keyof T[A]]-?: { [C in keyof T[A][B]]-?: keyof T[A][B][C] } } }
export const first: Keys<Checked> = null! as Keys<Said>
export const second: Keys<Said> = null! as Keys<Checked>
