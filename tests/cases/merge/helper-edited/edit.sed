s/^export type Enums</export type EnumsOf</
