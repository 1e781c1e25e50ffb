export type Json =
  | string
  | number
  | boolean
  | null
  | { [key: string]: Json | undefined }
  | Json[]

export type Database = {
  hidden: {
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
      customers: {
        Row: {
          email: string | null
          id: number
          name: string
          name_of: string | null
        }
        ComputedFields: "name_of"
        Insert: never
        Update: never
        Relationships: []
      }
      orders: {
        Row: {
          customer_id: number
          id: number
          note: string | null
          status: Database["public"]["Enums"]["status"]
          total: number
        }
        ComputedFields: never
        Insert: {
          customer_id: number
          id?: never
          note?: string | null
          secret?: never
          status?: never
          total: number
        }
        Update: {
          customer_id?: never
          id?: never
          note?: string | null
          secret?: never
          status?: never
          total?: never
        }
        Relationships: [
          {
            foreignKeyName: "orders_customer_id_fkey"
            columns: ["customer_id"]
            isOneToOne: false
            referencedRelation: "customers"
            referencedColumns: ["id"]
          },
        ]
      }
    }
    Views: {
      mine: {
        Row: {
          id: number
        }
        ComputedFields: never
        Relationships: []
      }
      open_orders: {
        Row: {
          customer_id: number
          id: number
          note: string | null
        }
        ComputedFields: never
        Insert: {
          customer_id?: number | null
          id?: never
          note?: string | null
        }
        Update: {
          customer_id?: never
          id?: never
          note?: string | null
        }
        Relationships: [
          {
            foreignKeyName: "orders_customer_id_fkey"
            columns: ["customer_id"]
            isOneToOne: false
            referencedRelation: "customers"
            referencedColumns: ["id"]
          },
        ]
      }
      totals: {
        Row: {
          customer_id: number
          total: number | null
        }
        ComputedFields: never
        Relationships: [
          {
            foreignKeyName: "orders_customer_id_fkey"
            columns: ["customer_id"]
            isOneToOne: false
            referencedRelation: "customers"
            referencedColumns: ["id"]
          },
        ]
      }
    }
    Functions: {
      audited: { Args: { a: unknown }; Returns: number }
      label: {
        Args: { "": Database["public"]["Tables"]["orders"]["Row"] }
        Returns: {
          error: true
        } & "the function public.label with parameter or with a single unnamed json/jsonb parameter, but no matches were found in the schema cache"
      }
      name_of: {
        Args: { "": Database["public"]["Tables"]["customers"]["Row"] }
        Returns: {
          error: true
        } & "the function public.name_of with parameter or with a single unnamed json/jsonb parameter, but no matches were found in the schema cache"
      }
      place_order: {
        Args: { customer: number; total: number }
        Returns: number
      }
    }
    Enums: {
      status: "open" | "closed"
    }
    CompositeTypes: {
      [_ in never]: never
    }
  }
}

export const Constants = {
  hidden: {
    Enums: {},
  },
  public: {
    Enums: {
      status: ["open", "closed"],
    },
  },
} as const
