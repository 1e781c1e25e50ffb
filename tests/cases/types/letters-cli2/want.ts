export type Json =
  | string
  | number
  | boolean
  | null
  | { [key: string]: Json | undefined }
  | Json[]

export type Database = {
  other: {
    Tables: {
      b1: {
        Row: {
          b1: number | null
          camelCase: number | null
          class_0: Database["public"]["CompositeTypes"]["PascalCase"] | null
          nameX6: unknown[][][]
          statuss11: number | null
          日本: string | null
        }
        Insert: {
          b1?: number | null
          camelCase?: number | null
          class_0?: Database["public"]["CompositeTypes"]["PascalCase"] | null
          nameX6: unknown[][][]
          statuss11?: number | null
          日本?: string | null
        }
        Update: {
          b1?: number | null
          camelCase?: number | null
          class_0?: Database["public"]["CompositeTypes"]["PascalCase"] | null
          nameX6?: unknown[][][]
          statuss11?: number | null
          日本?: string | null
        }
        Relationships: []
      }
      "i-2": {
        Row: {
          "A b": Database["public"]["Enums"]["Row_7"] | null
          "ab-9": string
          created_at: string | null
          E: number
          "items 11": unknown
          key: string
          RowX11: number | null
        }
        Insert: {
          "A b"?: Database["public"]["Enums"]["Row_7"] | null
          "ab-9": string
          created_at?: string | null
          E: number
          "items 11"?: unknown
          key: string
          RowX11?: number | null
        }
        Update: {
          "A b"?: Database["public"]["Enums"]["Row_7"] | null
          "ab-9"?: string
          created_at?: string | null
          E?: number
          "items 11"?: unknown
          key?: string
          RowX11?: number | null
        }
        Relationships: []
      }
    }
    Views: {
      [_ in never]: never
    }
    Functions: {
      "dot.ted": {
        Args: { $dollar: string }
        Returns: Database["public"]["Tables"]["A b"]["Row"][]
        SetofOptions: {
          from: "*"
          to: "A b"
          isOneToOne: false
          isSetofReturn: true
        }
      }
      tags: {
        Args: { constructor: Database["public"]["Tables"]["ı"]["Row"] }
        Returns: Database["public"]["Tables"]["emoji😀"]["Row"]
        SetofOptions: {
          from: '"ı"'
          to: "emoji😀"
          isOneToOne: true
          isSetofReturn: true
        }
      }
    }
    Enums: {
      é:
        | "very long value very long value very long value "
        | "日本"
        | "back\\slash"
        | 'say "hi"'
      É: "a'b" | "tab\t"
      "type 5": "new\nline" | "${x}" | "off" | "tab\t" | "`tick`"
    }
    CompositeTypes: {
      camelCase: {
        class27: string | null
        select: string | null
        "id 5": unknown
        I: string | null
      }
      I: {
        'quo"te': Database["other"]["Enums"]["type 5"] | null
      }
    }
  }
  public: {
    Tables: {
      "A b": {
        Row: {
          "9lives": unknown
          ab: number
          classs1: Database["public"]["Enums"]["select"] | null
          "emoji😀": number
          straßeX4: Database["public"]["Enums"]["select"][] | null
          x9: unknown
        }
        Insert: {
          "9lives"?: unknown
          ab: number
          classs1?: Database["public"]["Enums"]["select"] | null
          "emoji😀": number
          straßeX4?: Database["public"]["Enums"]["select"][] | null
          x9?: unknown
        }
        Update: {
          "9lives"?: unknown
          ab?: number
          classs1?: Database["public"]["Enums"]["select"] | null
          "emoji😀"?: number
          straßeX4?: Database["public"]["Enums"]["select"][] | null
          x9?: unknown
        }
        Relationships: [
          {
            foreignKeyName: "A b_ab_fkey"
            columns: ["ab"]
            isOneToOne: false
            referencedRelation: "ß"
            referencedColumns: ["id"]
          },
        ]
      }
      a_b: {
        Row: {
          IX4: unknown
          "pk id": number
          "string 5": Database["public"]["Enums"]["select"] | null
          ZETA: string | null
        }
        Insert: {
          IX4?: unknown
          "pk id": number
          "string 5"?: Database["public"]["Enums"]["select"] | null
          ZETA?: string | null
        }
        Update: {
          IX4?: unknown
          "pk id"?: number
          "string 5"?: Database["public"]["Enums"]["select"] | null
          ZETA?: string | null
        }
        Relationships: []
      }
      "emoji😀": {
        Row: {
          a_b: number
          "pk id-8": number
        }
        Insert: {
          a_b: number
          "pk id-8"?: never
        }
        Update: {
          a_b?: number
          "pk id-8"?: never
        }
        Relationships: [
          {
            foreignKeyName: "emoji😀_a_b_fkey"
            columns: ["a_b"]
            isOneToOne: false
            referencedRelation: "ß"
            referencedColumns: ["id"]
          },
        ]
      }
      ı: {
        Row: {
          e: string | null
          PascalCase: number | null
          post_id: unknown
          select: number | null
          "sing'le": unknown[] | null
        }
        Insert: {
          e?: string | null
          PascalCase?: number | null
          post_id?: unknown
          select?: number | null
          "sing'le"?: unknown[] | null
        }
        Update: {
          e?: string | null
          PascalCase?: number | null
          post_id?: unknown
          select?: number | null
          "sing'le"?: unknown[] | null
        }
        Relationships: [
          {
            foreignKeyName: "日本"
            columns: ["PascalCase"]
            isOneToOne: true
            referencedRelation: "ß"
            referencedColumns: ["id"]
          },
        ]
      }
      ß: {
        Row: {
          data: number | null
          id: number
          ı: unknown
          public27: unknown
          'quo"te': number
          tags: unknown
        }
        Insert: {
          data?: number | null
          id?: number
          ı?: unknown
          public27?: unknown
          'quo"te': number
          tags?: unknown
        }
        Update: {
          data?: number | null
          id?: number
          ı?: unknown
          public27?: unknown
          'quo"te'?: number
          tags?: unknown
        }
        Relationships: [
          {
            foreignKeyName: "ß_data_fkey"
            columns: ["data"]
            isOneToOne: true
            referencedRelation: "ß"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: 'ß_quo"te_fkey'
            columns: ['quo"te']
            isOneToOne: false
            referencedRelation: "a_b"
            referencedColumns: ["pk id"]
          },
        ]
      }
    }
    Views: {
      [_ in never]: never
    }
    Functions: {
      émile: { Args: Record<PropertyKey, never>; Returns: number }
      "new\nline": {
        Args: { data: Database["other"]["Tables"]["b1"]["Row"] }
        Returns: {
          a_b: number
          "pk id-8": number
        }
        SetofOptions: {
          from: "other.b1"
          to: "emoji😀"
          isOneToOne: true
          isSetofReturn: false
        }
      }
      overloaded: {
        Args: { under_: unknown }
        Returns: {
          ключ: number
        }[]
      }
      "sing'le": {
        Args: {
          n: number
          ключ: Database["public"]["Tables"]["emoji😀"]["Row"]
        }
        Returns: Database["other"]["Tables"]["b1"]["Row"]
        SetofOptions: {
          from: "*"
          to: "b1"
          isOneToOne: true
          isSetofReturn: true
        }
      }
      ZETA: { Args: Record<PropertyKey, never>; Returns: Json }
      ключ_9: {
        Args: { é?: number; post_id?: string; x2?: number }
        Returns: Database["other"]["Tables"]["b1"]["Row"]
        SetofOptions: {
          from: "*"
          to: "b1"
          isOneToOne: true
          isSetofReturn: false
        }
      }
    }
    Enums: {
      æ_10:
        | "off"
        | "draft"
        | "published"
        | "1"
        | "a'b"
        | "${x}"
        | "very long value very long value very long value "
      Row_7: "off" | "1" | "tab\t" | "${x}" | 'say "hi"'
      select: 'say "hi"' | "${x}"
    }
    CompositeTypes: {
      PascalCase: {
        Rows3: unknown[] | null
        "emoji😀": unknown
        "id 7": Json | null
      }
      x9s7: {
        "ss 1": unknown
        'quo"te': string | null
        "sing'le": Database["public"]["Enums"]["select"] | null
        "order-lines": unknown[] | null
      }
    }
  }
}

export const Constants = {
  other: {
    Enums: {
      é: [
        "very long value very long value very long value ",
        "日本",
        "back\\slash",
        'say "hi"',
      ],
      É: ["a'b", "tab\t"],
      "type 5": ["new\nline", "${x}", "off", "tab\t", "`tick`"],
    },
  },
  public: {
    Enums: {
      æ_10: [
        "off",
        "draft",
        "published",
        "1",
        "a'b",
        "${x}",
        "very long value very long value very long value ",
      ],
      Row_7: ["off", "1", "tab\t", "${x}", 'say "hi"'],
      select: ['say "hi"', "${x}"],
    },
  },
} as const
