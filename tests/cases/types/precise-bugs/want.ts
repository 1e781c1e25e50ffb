export type Json =
  | string
  | number
  | boolean
  | null
  | { [key: string]: Json | undefined }
  | Json[]

export type Database = {
  "Odd Schema": {
    Tables: {
      kids: {
        Row: {
          id: number
          parent: number | null
          text: string | null
        }
        Insert: {
          id: number
          parent?: number | null
          text?: string | null
        }
        Update: {
          id?: number
          parent?: number | null
          text?: string | null
        }
        Relationships: [
          {
            foreignKeyName: "kids_parent_fkey"
            columns: ["parent"]
            isOneToOne: false
            referencedRelation: "parents"
            referencedColumns: ["id"]
          },
        ]
      }
      parents: {
        Row: {
          id: number
          levels: ("low" | "high")[] | null
        }
        Insert: {
          id: number
          levels?: ("low" | "high")[] | null
        }
        Update: {
          id?: number
          levels?: ("low" | "high")[] | null
        }
        Relationships: []
      }
    }
    Views: {
      kid_view: {
        Row: {
          id: number
          parent: number | null
        }
        Insert: {
          id?: number | null
          parent?: number | null
        }
        Update: {
          id?: number | null
          parent?: number | null
        }
        Relationships: [
          {
            foreignKeyName: "kids_parent_fkey"
            columns: ["parent"]
            isOneToOne: false
            referencedRelation: "parents"
            referencedColumns: ["id"]
          },
        ]
      }
    }
    Functions: {
      [_ in never]: never
    }
    Enums: {
      [_ in never]: never
    }
    CompositeTypes: {
      [_ in never]: never
    }
  }
  public: {
    Tables: {
      base: {
        Row: {
          state: string | null
        }
        Insert: {
          state?: string | null
        }
        Update: {
          state?: string | null
        }
        Relationships: []
      }
      below: {
        Row: {
          state: string | null
        }
        Insert: {
          state?: string | null
        }
        Update: {
          state?: string | null
        }
        Relationships: []
      }
      parted: {
        Row: {
          k: number
          state: string | null
        }
        Insert: {
          k: number
          state?: string | null
        }
        Update: {
          k?: number
          state?: string | null
        }
        Relationships: []
      }
      parted_1: {
        Row: {
          k: number
          state: "a" | "b" | null
        }
        Insert: {
          k: number
          state?: "a" | "b" | null
        }
        Update: {
          k?: number
          state?: "a" | "b" | null
        }
        Relationships: []
      }
      parted_2: {
        Row: {
          k: number
          state: string | null
        }
        Insert: {
          k: number
          state?: string | null
        }
        Update: {
          k?: number
          state?: string | null
        }
        Relationships: []
      }
      strict: {
        Row: {
          anything: string | null
          begins: `pre${string}` | null
          c: "a" | "b" | null
          cast_: number | null
          either: string | null
          folded: string | null
          hat: `hat${string}` | null
          insensitive: string | null
          lower: string | null
          mine: string | null
          no_inherit: string | null
          nothing: string | null
          o: string
          one: "a" | "b" | null
          or: "x" | `y${string}` | "z" | "w" | null
          outer_: number | null
          picky: string | null
          quantified: `a${string}` | null
          small: 0 | 100
          split: string | null
          suffix: `${string}.png` | null
          two: "b" | null
          yes: "x" | null
        }
        Insert: {
          anything?: string | null
          begins?: `pre${string}` | null
          c?: "a" | "b" | null
          cast_?: number | null
          either?: string | null
          folded?: string | null
          hat?: `hat${string}` | null
          insensitive?: string | null
          lower?: string | null
          mine?: string | null
          no_inherit?: string | null
          nothing?: string | null
          o: string
          one?: "a" | "b" | null
          or?: "x" | `y${string}` | "z" | "w" | null
          outer_?: number | null
          picky?: string | null
          quantified?: `a${string}` | null
          small: 0 | 100
          split?: string | null
          suffix?: `${string}.png` | null
          two?: "b" | null
          yes?: "x" | null
        }
        Update: {
          anything?: string | null
          begins?: `pre${string}` | null
          c?: "a" | "b" | null
          cast_?: number | null
          either?: string | null
          folded?: string | null
          hat?: `hat${string}` | null
          insensitive?: string | null
          lower?: string | null
          mine?: string | null
          no_inherit?: string | null
          nothing?: string | null
          o?: string
          one?: "a" | "b" | null
          or?: "x" | `y${string}` | "z" | "w" | null
          outer_?: number | null
          picky?: string | null
          quantified?: `a${string}` | null
          small?: 0 | 100
          split?: string | null
          suffix?: `${string}.png` | null
          two?: "b" | null
          yes?: "x" | null
        }
        Relationships: []
      }
      text: {
        Row: {
          id: number | null
          shout: string | null
        }
        Insert: {
          id?: number | null
          shout?: string | null
        }
        Update: {
          id?: number | null
          shout?: string | null
        }
        Relationships: []
      }
    }
    Views: {
      outer_view: {
        Row: {
          folded: string | null
          o: string | null
          one: "a" | "b" | null
        }
        Relationships: []
      }
    }
    Functions: {
      levels: {
        Args: Record<PropertyKey, never>
        Returns: ("low" | "high" | null)[]
      }
      odd_row: {
        Args: Record<PropertyKey, never>
        Returns: {
          id: number | null
          levels: ("low" | "high")[] | null
        }
        SetofOptions: {
          from: "*"
          to: "parents"
          isOneToOne: true
          isSetofReturn: false
        }
      }
      rate: {
        Args: { p: number | null; rest: ("low" | "high")[] | null }
        Returns: number | null
      }
      shifted: {
        Args: { a: number | null; b?: number | null }
        Returns: {
          o: number | null
        }
      }
      shout: {
        Args: { "": Database["public"]["Tables"]["text"]["Row"] | null }
        Returns: {
          error: true
        } & "the function public.shout with parameter or with a single unnamed json/jsonb parameter, but no matches were found in the schema cache"
      }
    }
    Enums: {
      [_ in never]: never
    }
    CompositeTypes: {
      [_ in never]: never
    }
  }
}

export const Constants = {
  "Odd Schema": {
    Enums: {},
  },
  public: {
    Enums: {},
  },
} as const
