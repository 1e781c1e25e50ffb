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
      [_ in never]: never
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
      tmp_users: {
        Row: {
          id: number
        }
        ComputedFields: never
        Insert: {
          id: number
        }
        Update: {
          id?: number
        }
        Relationships: []
      }
      users: {
        Row: {
          boss: number | null
          id: number
          kind: "c" | null
          tmp: number | null
        }
        ComputedFields: never
        Insert: {
          boss?: number | null
          id: number
          kind?: "c" | null
          tmp?: number | null
        }
        Update: {
          boss?: number | null
          id?: number
          kind?: "c" | null
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
          {
            foreignKeyName: "users_tmp_fkey"
            columns: ["tmp"]
            isOneToOne: false
            referencedRelation: "tmp_users"
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
        SetofOptions: {
          from: "*"
          to: "tmp_users"
          isOneToOne: false
          isSetofReturn: true
        }
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
  other: {
    Enums: {},
  },
  public: {
    Enums: {},
  },
} as const
