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
          attributes: unknown
          b: unknown
          big: number[]
          both_of: string | null
          box: unknown
          ch: unknown
          ci: string | null
          code: string
          country: string | null
          doc: NonNullable<Json>
          during: unknown
          email: string | null
          far: unknown
          flags: string[]
          id: number
          ip: unknown
          iv: unknown
          kind: string | null
          late: string | null
          loose: string | null
          lsn: unknown
          mac: unknown
          many: unknown[] | null
          matrix: number[] | null
          mood: "sad" | 'ok "quoted"' | null
          moods: ("sad" | 'ok "quoted"')[]
          n: unknown
          net: unknown
          nm: string
          none: unknown
          o: unknown
          owner: number | null
          p: unknown
          pair: Database["public"]["CompositeTypes"]["pair"] | null
          parent: number | null
          path: unknown
          price: unknown
          q: unknown
          ranges: unknown
          size: string | null
          sku: string | null
          slug: string
          span: unknown
          spans: unknown
          stars: number
          status: string
          statuses: Database["public"]["Enums"]["status"][] | null
          subcode: unknown
          subcodes: unknown[] | null
          tags: string[] | null
          tick: string | null
          vb: unknown
          vec: unknown
          x: unknown
          label: string | null
        }
        ComputedFields: "label"
        Insert: {
          attributes?: unknown
          b?: unknown
          big: (number | bigint | `${bigint}`)[]
          both_of?: string | null
          box?: unknown
          ch?: unknown
          ci?: string | null
          code: string
          country?: string | null
          doc: NonNullable<Json>
          during?: unknown
          email?: string | null
          far?: unknown
          flags: string[]
          id?: never
          ip?: unknown
          iv?: unknown
          kind?: string | null
          late?: string | null
          loose?: string | null
          lsn?: unknown
          mac?: unknown
          many?: unknown[] | null
          matrix?: number[] | null
          mood?: "sad" | 'ok "quoted"' | null
          moods: ("sad" | 'ok "quoted"')[]
          n?: unknown
          net?: unknown
          nm: string
          none?: unknown
          o?: unknown
          owner?: number | null
          p?: unknown
          pair?: Database["public"]["CompositeTypes"]["pair"] | null
          parent?: number | bigint | `${bigint}` | null
          path?: unknown
          price?: unknown
          q?: unknown
          ranges?: unknown
          size?: string | null
          sku?: string | null
          slug: string
          span?: unknown
          spans?: unknown
          stars: number
          status: string
          statuses?: Database["public"]["Enums"]["status"][] | null
          subcode?: unknown
          subcodes?: unknown[] | null
          tags?: string[] | null
          tick?: string | null
          vb?: unknown
          vec?: unknown
          x?: unknown
        }
        Update: {
          attributes?: unknown
          b?: unknown
          big?: (number | bigint | `${bigint}`)[]
          both_of?: string | null
          box?: unknown
          ch?: unknown
          ci?: string | null
          code?: string
          country?: string | null
          doc?: NonNullable<Json>
          during?: unknown
          email?: string | null
          far?: unknown
          flags?: string[]
          id?: never
          ip?: unknown
          iv?: unknown
          kind?: string | null
          late?: string | null
          loose?: string | null
          lsn?: unknown
          mac?: unknown
          many?: unknown[] | null
          matrix?: number[] | null
          mood?: "sad" | 'ok "quoted"' | null
          moods?: ("sad" | 'ok "quoted"')[]
          n?: unknown
          net?: unknown
          nm?: string
          none?: unknown
          o?: unknown
          owner?: number | null
          p?: unknown
          pair?: Database["public"]["CompositeTypes"]["pair"] | null
          parent?: number | bigint | `${bigint}` | null
          path?: unknown
          price?: unknown
          q?: unknown
          ranges?: unknown
          size?: string | null
          sku?: string | null
          slug?: string
          span?: unknown
          spans?: unknown
          stars?: number
          status?: string
          statuses?: Database["public"]["Enums"]["status"][] | null
          subcode?: unknown
          subcodes?: unknown[] | null
          tags?: string[] | null
          tick?: string | null
          vb?: unknown
          vec?: unknown
          x?: unknown
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
      }
    }
    Views: {
      thing_copy: {
        Row: {
          code: string
          id: number
          status: string
        }
        ComputedFields: never
        Relationships: []
      }
      thing_view: {
        Row: {
          code: string
          id: number
          name: string | null
          nm: string
          status: string
          upper_status: string | null
        }
        ComputedFields: never
        Relationships: []
      }
    }
    Functions: {
      exact: { Args: { a: number; n: unknown }; Returns: number }
      find: {
        Args: {
          big: number | bigint | `${bigint}`
          label?: string
          options: unknown
          wanted: unknown
        }
        Returns: {
          attributes: unknown
          b: unknown
          big: number[]
          both_of: string | null
          box: unknown
          ch: unknown
          ci: string | null
          code: string
          country: string | null
          doc: NonNullable<Json>
          during: unknown
          email: string | null
          far: unknown
          flags: string[]
          id: number
          ip: unknown
          iv: unknown
          kind: string | null
          late: string | null
          loose: string | null
          lsn: unknown
          mac: unknown
          many: unknown[] | null
          matrix: number[] | null
          mood: "sad" | 'ok "quoted"' | null
          moods: ("sad" | 'ok "quoted"')[]
          n: unknown
          net: unknown
          nm: string
          none: unknown
          o: unknown
          owner: number | null
          p: unknown
          pair: Database["public"]["CompositeTypes"]["pair"] | null
          parent: number | null
          path: unknown
          price: unknown
          q: unknown
          ranges: unknown
          size: string | null
          sku: string | null
          slug: string
          span: unknown
          spans: unknown
          stars: number
          status: string
          statuses: Database["public"]["Enums"]["status"][] | null
          subcode: unknown
          subcodes: unknown[] | null
          tags: string[] | null
          tick: string | null
          vb: unknown
          vec: unknown
          x: unknown
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
          >
        }
        Returns: string
      }
      moods: {
        Args: Record<PropertyKey, never>
        Returns: "sad" | 'ok "quoted"'[]
      }
      nothing: { Args: Record<PropertyKey, never>; Returns: undefined }
      one: {
        Args: Record<PropertyKey, never>
        Returns: {
          attributes: unknown
          b: unknown
          big: number[]
          both_of: string | null
          box: unknown
          ch: unknown
          ci: string | null
          code: string
          country: string | null
          doc: NonNullable<Json>
          during: unknown
          email: string | null
          far: unknown
          flags: string[]
          id: number
          ip: unknown
          iv: unknown
          kind: string | null
          late: string | null
          loose: string | null
          lsn: unknown
          mac: unknown
          many: unknown[] | null
          matrix: number[] | null
          mood: "sad" | 'ok "quoted"' | null
          moods: ("sad" | 'ok "quoted"')[]
          n: unknown
          net: unknown
          nm: string
          none: unknown
          o: unknown
          owner: number | null
          p: unknown
          pair: Database["public"]["CompositeTypes"]["pair"] | null
          parent: number | null
          path: unknown
          price: unknown
          q: unknown
          ranges: unknown
          size: string | null
          sku: string | null
          slug: string
          span: unknown
          spans: unknown
          stars: number
          status: string
          statuses: Database["public"]["Enums"]["status"][] | null
          subcode: unknown
          subcodes: unknown[] | null
          tags: string[] | null
          tick: string | null
          vb: unknown
          vec: unknown
          x: unknown
        }
        SetofOptions: {
          from: "*"
          to: "things"
          isOneToOne: true
          isSetofReturn: false
        }
      }
      outs: {
        Args: { a?: number; b: number }
        Returns: Record<string, unknown>
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
      single_out: { Args: Record<PropertyKey, never>; Returns: number }
      span_multirange: { Args: Record<PropertyKey, never>; Returns: unknown }
      tab: {
        Args: Record<PropertyKey, never>
        Returns: {
          a: unknown
          b: Json
          c: string
        }[]
      }
    }
    Enums: {
      status: "open" | "shut"
    }
    CompositeTypes: {
      pair: {
        a: number | null
        b: unknown
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
