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
      _under: {
        Row: {
          audit_log: string | null
          id: number
          PascalCase: number
          under_: number | null
          "ZETA-7": unknown
        }
        ComputedFields: never
        Insert: {
          audit_log?: string | null
          id?: number
          PascalCase: number
          under_?: number | null
          "ZETA-7"?: unknown
        }
        Update: {
          audit_log?: string | null
          id?: number
          PascalCase?: number
          under_?: number | null
          "ZETA-7"?: unknown
        }
        Relationships: [
          {
            foreignKeyName: "new\nline"
            columns: ["under_"]
            isOneToOne: false
            referencedRelation: "_under"
            referencedColumns: ["id"]
          },
        ]
      }
      items: {
        Row: {
          "a b": string
          ID: string
          ключ: string | null
        }
        ComputedFields: never
        Insert: {
          "a b": string
          ID: string
          ключ?: string | null
        }
        Update: {
          "a b"?: string
          ID?: string
          ключ?: string | null
        }
        Relationships: [
          {
            foreignKeyName: "items_a b_fkey"
            columns: ["a b"]
            isOneToOne: false
            referencedRelation: "items"
            referencedColumns: ["ID"]
          },
          {
            foreignKeyName: "items_ключ_fkey"
            columns: ["ключ"]
            isOneToOne: false
            referencedRelation: "items"
            referencedColumns: ["ID"]
          },
        ]
      }
      ss: {
        Row: {
          key: string
          tags: number | null
          "emoji😀": string[] | null
        }
        ComputedFields: "emoji😀"
        Insert: {
          key: string
          tags?: number | null
        }
        Update: {
          key?: string
          tags?: number | null
        }
        Relationships: []
      }
      x1027: {
        Row: {
          a: string
          "A b": unknown[]
          æ: unknown
          b1: Database["public"]["Enums"]["order-linesX2"] | null
          b1s1: string | null
          count: number | null
          "dot.ted": string[] | null
          events: Database["public"]["Enums"]["A b"] | null
          ÉX3: number | null
          under_: number
        }
        ComputedFields: never
        Insert: {
          a: string
          "A b": unknown[]
          æ?: unknown
          b1?: Database["public"]["Enums"]["order-linesX2"] | null
          b1s1?: never
          count?: number | null
          "dot.ted"?: string[] | null
          events?: Database["public"]["Enums"]["A b"] | null
          ÉX3?: number | null
          under_?: number
        }
        Update: {
          a?: string
          "A b"?: unknown[]
          æ?: unknown
          b1?: Database["public"]["Enums"]["order-linesX2"] | null
          b1s1?: never
          count?: number | null
          "dot.ted"?: string[] | null
          events?: Database["public"]["Enums"]["A b"] | null
          ÉX3?: number | null
          under_?: number
        }
        Relationships: [
          {
            foreignKeyName: "Insert"
            columns: ["ÉX3"]
            isOneToOne: false
            referencedRelation: "_under"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "x1027_a_fkey"
            columns: ["a"]
            isOneToOne: false
            referencedRelation: "items"
            referencedColumns: ["ID"]
          },
        ]
      }
      ZETA23: {
        Row: {
          æ: number | null
          b1: Database["public"]["Tables"]["items"]["Row"] | null
          b129: Database["public"]["Enums"]["A b"] | null
          I: unknown
          id: string
          Zeta: number | null
          日本: unknown
        }
        ComputedFields: never
        Insert: {
          æ?: number | null
          b1?: Database["public"]["Tables"]["items"]["Row"] | null
          b129?: Database["public"]["Enums"]["A b"] | null
          I?: unknown
          id: string
          Zeta?: number | null
          日本?: unknown
        }
        Update: {
          æ?: number | null
          b1?: Database["public"]["Tables"]["items"]["Row"] | null
          b129?: Database["public"]["Enums"]["A b"] | null
          I?: unknown
          id?: string
          Zeta?: number | null
          日本?: unknown
        }
        Relationships: []
      }
    }
    Views: {
      [_ in never]: never
    }
    Functions: {
      a: {
        Args: { "": Database["public"]["Tables"]["x1027"]["Row"] }
        Returns: {
          error: true
        } & "the function public.a with parameter or with a single unnamed json/jsonb parameter, but no matches were found in the schema cache"
      }
      "emoji😀": {
        Args: {
          created_at: Omit<
            Database["public"]["Tables"]["ss"]["Row"],
            Database["public"]["Tables"]["ss"]["ComputedFields"]
          >
        }
        Returns: string[]
      }
      orders: { Args: Record<PropertyKey, never>; Returns: unknown }
      overloaded: { Args: { x9: number }; Returns: Record<string, unknown>[] }
      'quo"tes11': {
        Args: Record<PropertyKey, never>
        Returns: {
          "a b": string
          ID: string
          ключ: string | null
        }
        SetofOptions: {
          from: "*"
          to: "items"
          isOneToOne: true
          isSetofReturn: false
        }
      }
      stringX8: { Args: { ab: unknown[] }; Returns: Record<string, unknown> }
      "very_long_name_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx-0": {
        Args: { email: unknown[]; n: number }
        Returns: {
          key: string
          tags: number | null
        }
        SetofOptions: {
          from: "*"
          to: "ss"
          isOneToOne: true
          isSetofReturn: true
        }
      }
    }
    Enums: {
      "A b": "" | "`tick`" | "UPPER"
      "order-linesX2": "${x}"
    }
    CompositeTypes: {
      [_ in never]: never
    }
  }
}

export const Constants = {
  public: {
    Enums: {
      "A b": ["", "`tick`", "UPPER"],
      "order-linesX2": ["${x}"],
    },
  },
} as const
