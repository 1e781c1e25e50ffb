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
      f: {
        Row: {
          d: NonNullable<Json>
          id: number
          x: unknown
        }
        Insert: {
          d: NonNullable<Json>
          id: number
          x: unknown
        }
        Update: {
          d?: NonNullable<Json>
          id?: number
          x?: unknown
        }
        Relationships: []
      }
      rf: {
        Row: {
          id: number
          rid: number
        }
        Insert: {
          id: number
          rid: number
        }
        Update: {
          id?: number
          rid?: number
        }
        Relationships: [
          {
            foreignKeyName: "rf_rid_fkey"
            columns: ["rid"]
            isOneToOne: false
            referencedRelation: "f"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "rf_rid_fkey"
            columns: ["rid"]
            isOneToOne: false
            referencedRelation: "n3"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "rf_rid_fkey"
            columns: ["rid"]
            isOneToOne: false
            referencedRelation: "n4"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "rf_rid_fkey"
            columns: ["rid"]
            isOneToOne: false
            referencedRelation: "n5"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "rf_rid_fkey"
            columns: ["rid"]
            isOneToOne: false
            referencedRelation: "n6"
            referencedColumns: ["id"]
          },
        ]
      }
    }
    Views: {
      n1: {
        Row: {
          rid: number | null
          s: Json | null
        }
        Insert: {
          rid?: number | null
          s?: never
        }
        Update: {
          rid?: number | null
          s?: never
        }
        Relationships: [
          {
            foreignKeyName: "rf_rid_fkey"
            columns: ["rid"]
            isOneToOne: false
            referencedRelation: "f"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "rf_rid_fkey"
            columns: ["rid"]
            isOneToOne: false
            referencedRelation: "n3"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "rf_rid_fkey"
            columns: ["rid"]
            isOneToOne: false
            referencedRelation: "n4"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "rf_rid_fkey"
            columns: ["rid"]
            isOneToOne: false
            referencedRelation: "n5"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "rf_rid_fkey"
            columns: ["rid"]
            isOneToOne: false
            referencedRelation: "n6"
            referencedColumns: ["id"]
          },
        ]
      }
      n2: {
        Row: {
          id: number | null
          o: Json | null
          rid: number | null
        }
        Insert: {
          id?: number | null
          o?: never
          rid?: number | null
        }
        Update: {
          id?: number | null
          o?: never
          rid?: number | null
        }
        Relationships: [
          {
            foreignKeyName: "rf_rid_fkey"
            columns: ["rid"]
            isOneToOne: false
            referencedRelation: "f"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "rf_rid_fkey"
            columns: ["rid"]
            isOneToOne: false
            referencedRelation: "n3"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "rf_rid_fkey"
            columns: ["rid"]
            isOneToOne: false
            referencedRelation: "n4"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "rf_rid_fkey"
            columns: ["rid"]
            isOneToOne: false
            referencedRelation: "n5"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "rf_rid_fkey"
            columns: ["rid"]
            isOneToOne: false
            referencedRelation: "n6"
            referencedColumns: ["id"]
          },
        ]
      }
      n3: {
        Row: {
          d: Json | null
          id: number | null
          q: number | null
        }
        Relationships: []
      }
      n4: {
        Row: {
          id: number | null
          k: boolean | null
          l: boolean | null
        }
        Insert: {
          id?: number | null
          k?: never
          l?: never
        }
        Update: {
          id?: number | null
          k?: never
          l?: never
        }
        Relationships: []
      }
      n5: {
        Row: {
          a: Json | null
          id: number | null
          t: string | null
        }
        Relationships: []
      }
      n6: {
        Row: {
          e: boolean | null
          id: number | null
          q: Json | null
          s: string | null
          v: number | null
        }
        Insert: {
          e?: never
          id?: number | null
          q?: never
          s?: never
          v?: never
        }
        Update: {
          e?: never
          id?: number | null
          q?: never
          s?: never
          v?: never
        }
        Relationships: []
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
}

export const Constants = {
  public: {
    Enums: {},
  },
} as const
