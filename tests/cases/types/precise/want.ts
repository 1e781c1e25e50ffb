export type Json =
  | string
  | number
  | boolean
  | null
  | { [key: string]: Json | undefined }
  | Json[]

export type Database = {
  public: {
    Tables: {
      things: {
        Row: {
          attributes: Record<string, string | null> | null
          b: string | null
          big: number[]
          both_of: "b" | "c" | null
          box: string | null
          ch: string | null
          ci: string | null
          code: "a" | "b" | "c"
          country: string | null
          doc: NonNullable<Json>
          during: string | null
          email: `${string}.com` | null
          far: {
            x: number | null
            y: Database["public"]["Enums"]["status"][] | null
          } | null
          flags: ("hot" | "new")[]
          id: number
          ip: string | null
          iv: number[] | null
          kind: "a" | "b" | null
          late: string | null
          loose: string | null
          lsn: string | null
          mac: string | null
          many: number[] | null
          matrix: number[] | null
          mood: "sad" | 'ok "quoted"' | null
          moods: ("sad" | 'ok "quoted"')[]
          n: string | null
          net: string | null
          nm: string
          none: never | null
          o: string | null
          owner: number | null
          p: string | null
          pair: Database["public"]["CompositeTypes"]["pair"] | null
          parent: number | null
          path: string | null
          price: string | null
          q: string | null
          ranges: string | null
          size: string | null
          sku: `EU-${string}` | `US-${string}` | null
          slug: `post-${string}`
          span: string | null
          spans: string | null
          stars: 1 | 2 | 3 | -1
          status: "new" | 'it\'s "done"' | "tab\there"
          statuses: Database["public"]["Enums"]["status"][] | null
          subcode: "b" | "c" | null
          subcodes: ("b" | "c")[] | null
          tags: ("x" | "y")[] | null
          tick: `a\`\${b${string}` | null
          vb: string | null
          vec: string | null
          x: string | null
          label: string | null
        }
        ComputedFields: "label"
        Insert: {
          attributes?: string | null
          b?: string | null
          big: number[]
          both_of?: "b" | "c" | null
          box?: string | null
          ch?: string | null
          ci?: string | null
          code: "a" | "b" | "c"
          country?: string | null
          doc: NonNullable<Json>
          during?: string | null
          email?: `${string}.com` | null
          far?: {
            x: number | null
            y: Database["public"]["Enums"]["status"][] | null
          } | null
          flags: ("hot" | "new")[]
          id?: never
          ip?: string | null
          iv?: number[] | null
          kind?: "a" | "b" | null
          late?: string | null
          loose?: string | null
          lsn?: string | null
          mac?: string | null
          many?: number[] | null
          matrix?: number[] | null
          mood?: "sad" | 'ok "quoted"' | null
          moods: ("sad" | 'ok "quoted"')[]
          n?: string | null
          net?: string | null
          nm: string
          none?: never | null
          o?: string | null
          owner?: number | null
          p?: string | null
          pair?: Database["public"]["CompositeTypes"]["pair"] | null
          parent?: number | null
          path?: string | null
          price?: string | null
          q?: string | null
          ranges?: string | null
          size?: string | null
          sku?: `EU-${string}` | `US-${string}` | null
          slug: `post-${string}`
          span?: string | null
          spans?: string | null
          stars: 1 | 2 | 3 | -1
          status: "new" | 'it\'s "done"' | "tab\there"
          statuses?: Database["public"]["Enums"]["status"][] | null
          subcode?: "b" | "c" | null
          subcodes?: ("b" | "c")[] | null
          tags?: ("x" | "y")[] | null
          tick?: `a\`\${b${string}` | null
          vb?: string | null
          vec?: string | null
          x?: string | null
        }
        Update: {
          attributes?: string | null
          b?: string | null
          big?: number[]
          both_of?: "b" | "c" | null
          box?: string | null
          ch?: string | null
          ci?: string | null
          code?: "a" | "b" | "c"
          country?: string | null
          doc?: NonNullable<Json>
          during?: string | null
          email?: `${string}.com` | null
          far?: {
            x: number | null
            y: Database["public"]["Enums"]["status"][] | null
          } | null
          flags?: ("hot" | "new")[]
          id?: never
          ip?: string | null
          iv?: number[] | null
          kind?: "a" | "b" | null
          late?: string | null
          loose?: string | null
          lsn?: string | null
          mac?: string | null
          many?: number[] | null
          matrix?: number[] | null
          mood?: "sad" | 'ok "quoted"' | null
          moods?: ("sad" | 'ok "quoted"')[]
          n?: string | null
          net?: string | null
          nm?: string
          none?: never | null
          o?: string | null
          owner?: number | null
          p?: string | null
          pair?: Database["public"]["CompositeTypes"]["pair"] | null
          parent?: number | null
          path?: string | null
          price?: string | null
          q?: string | null
          ranges?: string | null
          size?: string | null
          sku?: `EU-${string}` | `US-${string}` | null
          slug?: `post-${string}`
          span?: string | null
          spans?: string | null
          stars?: 1 | 2 | 3 | -1
          status?: "new" | 'it\'s "done"' | "tab\there"
          statuses?: Database["public"]["Enums"]["status"][] | null
          subcode?: "b" | "c" | null
          subcodes?: ("b" | "c")[] | null
          tags?: ("x" | "y")[] | null
          tick?: `a\`\${b${string}` | null
          vb?: string | null
          vec?: string | null
          x?: string | null
        }
        Relationships: [
          {
            foreignKeyName: "things_parent_fkey"
            columns: ["parent"]
            isOneToOne: false
            referencedRelation: "thing_copy"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "things_parent_fkey"
            columns: ["parent"]
            isOneToOne: false
            referencedRelation: "thing_view"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "things_parent_fkey"
            columns: ["parent"]
            isOneToOne: false
            referencedRelation: "things"
            referencedColumns: ["id"]
          },
        ]
        OtherSchemaRelationships: [
          {
            foreignKeyName: "things_owner_fkey"
            columns: ["owner"]
            isOneToOne: false
            referencedSchema: "aside"
            referencedRelation: "owners"
            referencedColumns: ["id"]
          },
        ]
      }
    }
    Views: {
      thing_copy: {
        Row: {
          code: "a" | "b" | "c"
          id: number
          status: string
        }
        ComputedFields: never
        Relationships: []
      }
      thing_view: {
        Row: {
          code: "a" | "b" | "c"
          id: number
          name: string | null
          nm: string
          status: "new" | 'it\'s "done"' | "tab\there"
          upper_status: string | null
        }
        ComputedFields: never
        Relationships: []
      }
    }
    Functions: {
      exact: { Args: { a: number; n: string }; Returns: number | null }
      find: {
        Args: {
          big: number | null
          label?: string | null
          options: string | null
          wanted: "b" | "c" | null
        }
        Returns: {
          attributes: Record<string, string | null> | null
          b: string | null
          big: number[]
          both_of: "b" | "c" | null
          box: string | null
          ch: string | null
          ci: string | null
          code: "a" | "b" | "c"
          country: string | null
          doc: NonNullable<Json>
          during: string | null
          email: `${string}.com` | null
          far: {
            x: number | null
            y: Database["public"]["Enums"]["status"][] | null
          } | null
          flags: ("hot" | "new")[]
          id: number
          ip: string | null
          iv: number[] | null
          kind: "a" | "b" | null
          late: string | null
          loose: string | null
          lsn: string | null
          mac: string | null
          many: number[] | null
          matrix: number[] | null
          mood: "sad" | 'ok "quoted"' | null
          moods: ("sad" | 'ok "quoted"')[]
          n: string | null
          net: string | null
          nm: string
          none: never | null
          o: string | null
          owner: number | null
          p: string | null
          pair: Database["public"]["CompositeTypes"]["pair"] | null
          parent: number | null
          path: string | null
          price: string | null
          q: string | null
          ranges: string | null
          size: string | null
          sku: `EU-${string}` | `US-${string}` | null
          slug: `post-${string}`
          span: string | null
          spans: string | null
          stars: 1 | 2 | 3 | -1
          status: "new" | 'it\'s "done"' | "tab\there"
          statuses: Database["public"]["Enums"]["status"][] | null
          subcode: "b" | "c" | null
          subcodes: ("b" | "c")[] | null
          tags: ("x" | "y")[] | null
          tick: `a\`\${b${string}` | null
          vb: string | null
          vec: string | null
          x: string | null
        }[]
        SetofOptions: {
          from: "*"
          to: "things"
          isOneToOne: false
          isSetofReturn: true
        }
      }
      js: { Args: { j: Json }; Returns: Json }
      label: {
        Args: {
          t: Omit<
            Database["public"]["Tables"]["things"]["Row"],
            Database["public"]["Tables"]["things"]["ComputedFields"]
          > | null
        }
        Returns: string | null
      }
      moods: {
        Args: Record<PropertyKey, never>
        Returns: ("sad" | 'ok "quoted"' | null)[]
      }
      nothing: { Args: Record<PropertyKey, never>; Returns: undefined }
      one: {
        Args: Record<PropertyKey, never>
        Returns: {
          attributes: Record<string, string | null> | null
          b: string | null
          big: number[] | null
          both_of: "b" | "c" | null
          box: string | null
          ch: string | null
          ci: string | null
          code: "a" | "b" | "c" | null
          country: string | null
          doc: Json | null
          during: string | null
          email: `${string}.com` | null
          far: {
            x: number | null
            y: Database["public"]["Enums"]["status"][] | null
          } | null
          flags: ("hot" | "new")[] | null
          id: number | null
          ip: string | null
          iv: number[] | null
          kind: "a" | "b" | null
          late: string | null
          loose: string | null
          lsn: string | null
          mac: string | null
          many: number[] | null
          matrix: number[] | null
          mood: "sad" | 'ok "quoted"' | null
          moods: ("sad" | 'ok "quoted"')[] | null
          n: string | null
          net: string | null
          nm: string | null
          none: never | null
          o: string | null
          owner: number | null
          p: string | null
          pair: Database["public"]["CompositeTypes"]["pair"] | null
          parent: number | null
          path: string | null
          price: string | null
          q: string | null
          ranges: string | null
          size: string | null
          sku: `EU-${string}` | `US-${string}` | null
          slug: `post-${string}` | null
          span: string | null
          spans: string | null
          stars: 1 | 2 | 3 | -1 | null
          status: "new" | 'it\'s "done"' | "tab\there" | null
          statuses: Database["public"]["Enums"]["status"][] | null
          subcode: "b" | "c" | null
          subcodes: ("b" | "c")[] | null
          tags: ("x" | "y")[] | null
          tick: `a\`\${b${string}` | null
          vb: string | null
          vec: string | null
          x: string | null
        }
        SetofOptions: {
          from: "*"
          to: "things"
          isOneToOne: true
          isSetofReturn: false
        }
      }
      outs: {
        Args: { a: number | null; b?: number | null }
        Returns: {
          b: number | null
          column3: string | null
          o: number | null
        }
      }
      pairs: {
        Args: Record<PropertyKey, never>
        Returns: Database["public"]["CompositeTypes"]["pair"][]
        SetofOptions: {
          from: "*"
          to: "pair"
          isOneToOne: false
          isSetofReturn: true
        }
      }
      poly: { Args: { a: unknown }; Returns: unknown }
      single_out: {
        Args: Record<PropertyKey, never>
        Returns: {
          o: number | null
        }
      }
      span_multirange: {
        Args: Record<PropertyKey, never>
        Returns: string | null
      }
      tab: {
        Args: Record<PropertyKey, never>
        Returns: {
          a: "b" | "c" | null
          b: Json
          c: string | null
        }[]
      }
    }
    Enums: {
      status: "open" | "shut"
    }
    CompositeTypes: {
      pair: {
        a: number | null
        b: Record<string, string | null> | null
      }
    }
  }
}

export const Constants = {
  public: {
    Enums: {
      status: ["open", "shut"],
    },
  },
} as const
