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
      thing: {
        Row: {
          id: number | null
          tmp: unknown
        }
        ComputedFields: never
        Insert: {
          id?: number | null
          tmp?: unknown
        }
        Update: {
          id?: number | null
          tmp?: unknown
        }
        Relationships: []
      }
    }
    Views: {
      [_ in never]: never
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
      logs: {
        Row: {
          at: string
          kind: "a" | "b" | null
        }
        ComputedFields: never
        Insert: {
          at: string
          kind?: "a" | "b" | null
        }
        Update: {
          at?: string
          kind?: "a" | "b" | null
        }
        Relationships: []
      }
      users: {
        Row: {
          boss: number | null
          id: number
          kind: Database["public"]["Enums"]["kind"] | null
          tmp: number | null
        }
        ComputedFields: never
        Insert: {
          boss?: number | null
          id: number
          kind?: Database["public"]["Enums"]["kind"] | null
          tmp?: number | null
        }
        Update: {
          boss?: number | null
          id?: number
          kind?: Database["public"]["Enums"]["kind"] | null
          tmp?: number | null
        }
        Relationships: [
          {
            foreignKeyName: "users_boss_fkey"
            columns: ["boss"]
            isOneToOne: false
            referencedRelation: "user_names"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "users_boss_fkey"
            columns: ["boss"]
            isOneToOne: false
            referencedRelation: "users"
            referencedColumns: ["id"]
          },
        ]
      }
    }
    Views: {
      user_names: {
        Row: {
          boss: number | null
          id: number
        }
        ComputedFields: never
        Insert: {
          boss?: number | null
          id?: number | null
        }
        Update: {
          boss?: number | null
          id?: number | null
        }
        Relationships: [
          {
            foreignKeyName: "users_boss_fkey"
            columns: ["boss"]
            isOneToOne: false
            referencedRelation: "user_names"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "users_boss_fkey"
            columns: ["boss"]
            isOneToOne: false
            referencedRelation: "users"
            referencedColumns: ["id"]
          },
        ]
      }
    }
    Functions: {
      make_user: {
        Args: Record<PropertyKey, never>
        Returns: {
          id: number
        }[]
      }
    }
    Enums: {
      kind: "c"
    }
    CompositeTypes: {
      [_ in never]: never
    }
  }
}

export const Constants = {
  other: {
    Enums: {},
  },
  public: {
    Enums: {
      kind: ["c"],
    },
  },
} as const
