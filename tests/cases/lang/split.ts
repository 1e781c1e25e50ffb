// The files of --split have the same types as the one file.
import type * as Whole from './TYPES.js'
import type * as Index from './TYPES-split.js'
import type * as Parts from './TYPES-parts/index.js'

type Equal<A, B> =
  (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false
const holds = <T extends true>(_proof?: T) => undefined

declare const whole: Whole.Database
declare const index: Index.Database
declare const parts: Parts.Database
export const proofs: [Index.Database, Whole.Database, Parts.Database, Whole.Database] = [
  whole,
  index,
  whole,
  parts,
]
holds<Equal<typeof Whole.Constants, typeof Index.Constants>>()
holds<Equal<keyof Whole.Database, keyof Parts.Database>>()
holds<Equal<Whole.Database, Index.Database>>()
holds<Equal<Whole.Database, Parts.Database>>()
