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
        ComputedFields: never
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
        ComputedFields: never
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
          rid: number
          s: Json | null
        }
        ComputedFields: never
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
          id: number
          o: Json | null
          rid: number
        }
        ComputedFields: never
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
          d: NonNullable<Json>
          id: number
          q: number | null
        }
        ComputedFields: never
        Relationships: []
      }
      n4: {
        Row: {
          id: number
          k: boolean | null
          l: boolean | null
        }
        ComputedFields: never
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
          id: number
          t: string | null
        }
        ComputedFields: never
        Relationships: []
      }
      n6: {
        Row: {
          e: boolean | null
          id: number
          q: Json | null
          s: string | null
          v: number | null
        }
        ComputedFields: never
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
