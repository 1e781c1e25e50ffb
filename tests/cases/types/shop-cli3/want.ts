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
      customers: {
        Row: {
          id: number
          meta: Json | null
          name: string
          display_name: string | null
          order_count: number | null
          orders_of: {
            customer_id: number
            customer_row:
              | Database["public"]["Tables"]["customers"]["Row"]
              | null
            id: number
            lines: Database["public"]["CompositeTypes"]["line"][]
            total: Database["public"]["CompositeTypes"]["price"] | null
          } | null
        }
        ComputedFields: "display_name" | "order_count" | "orders_of"
        Insert: {
          id: number
          meta?: Json | null
          name: string
        }
        Update: {
          id?: number
          meta?: Json | null
          name?: string
        }
        Relationships: []
      }
      orders: {
        Row: {
          customer_id: number
          customer_row: Database["public"]["Tables"]["customers"]["Row"] | null
          id: number
          lines: Database["public"]["CompositeTypes"]["line"][]
          total: Database["public"]["CompositeTypes"]["price"] | null
          customer_of: {
            id: number
            meta: Json | null
            name: string
          } | null
          line_count: number | null
        }
        ComputedFields: "customer_of" | "line_count"
        Insert: {
          customer_id: number
          customer_row?: Database["public"]["Tables"]["customers"]["Row"] | null
          id: number
          lines: Database["public"]["CompositeTypes"]["line"][]
          total?: Database["public"]["CompositeTypes"]["price"] | null
        }
        Update: {
          customer_id?: number
          customer_row?: Database["public"]["Tables"]["customers"]["Row"] | null
          id?: number
          lines?: Database["public"]["CompositeTypes"]["line"][]
          total?: Database["public"]["CompositeTypes"]["price"] | null
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
      open_orders: {
        Row: {
          customer_id: number | null
          customer_row: Database["public"]["Tables"]["customers"]["Row"] | null
          id: number | null
          lines: Database["public"]["CompositeTypes"]["line"][] | null
          total: Database["public"]["CompositeTypes"]["price"] | null
          line_count: number | null
        }
        ComputedFields: "line_count"
        Insert: {
          customer_id?: number | null
          customer_row?: Database["public"]["Tables"]["customers"]["Row"] | null
          id?: number | null
          lines?: Database["public"]["CompositeTypes"]["line"][] | null
          total?: Database["public"]["CompositeTypes"]["price"] | null
        }
        Update: {
          customer_id?: number | null
          customer_row?: Database["public"]["Tables"]["customers"]["Row"] | null
          id?: number | null
          lines?: Database["public"]["CompositeTypes"]["line"][] | null
          total?: Database["public"]["CompositeTypes"]["price"] | null
        }
        Relationships: []
      }
    }
    Functions: {
      all_lines: {
        Args: Record<PropertyKey, never>
        Returns: Database["public"]["CompositeTypes"]["line"][]
      }
      ambiguous:
        | {
            Args: { v: number }
            Returns: {
              error: true
            } & "Could not choose the best candidate function between: public.ambiguous(v => int4), public.ambiguous(v => text). Try renaming the parameters or the function itself in the database so function overloading can be resolved"
          }
        | {
            Args: { v: string }
            Returns: {
              error: true
            } & "Could not choose the best candidate function between: public.ambiguous(v => int4), public.ambiguous(v => text). Try renaming the parameters or the function itself in the database so function overloading can be resolved"
          }
      anything: {
        Args: Record<PropertyKey, never>
        Returns: Record<string, unknown>
      }
      bump: { Args: { n: number }; Returns: number }
      currencies: {
        Args: Record<PropertyKey, never>
        Returns: Database["public"]["Enums"]["currency"][]
      }
      customer_ids: { Args: Record<PropertyKey, never>; Returns: number[] }
      customer_of: {
        Args: {
          o: Omit<
            Database["public"]["Tables"]["orders"]["Row"],
            Database["public"]["Tables"]["orders"]["ComputedFields"]
          >
        }
        Returns: {
          id: number
          meta: Json | null
          name: string
        }
        SetofOptions: {
          from: "orders"
          to: "customers"
          isOneToOne: true
          isSetofReturn: true
        }
      }
      default_currency: {
        Args: Record<PropertyKey, never>
        Returns: Database["public"]["Enums"]["currency"]
      }
      display_name: {
        Args: { "": Database["public"]["Tables"]["customers"]["Row"] }
        Returns: {
          error: true
        } & "the function public.display_name with parameter or with a single unnamed json/jsonb parameter, but no matches were found in the schema cache"
      }
      find_customers: {
        Args: { query: string }
        Returns: {
          id: number
          meta: Json | null
          name: string
        }[]
        SetofOptions: {
          from: "*"
          to: "customers"
          isOneToOne: false
          isSetofReturn: true
        }
      }
      first_customer: {
        Args: Record<PropertyKey, never>
        Returns: {
          id: number
          meta: Json | null
          name: string
        }
        SetofOptions: {
          from: "*"
          to: "customers"
          isOneToOne: true
          isSetofReturn: true
        }
      }
      line_count:
        | {
            Args: { "": Database["public"]["Views"]["open_orders"]["Row"] }
            Returns: {
              error: true
            } & "the function public.line_count with parameter or with a single unnamed json/jsonb parameter, but no matches were found in the schema cache"
          }
        | {
            Args: { "": Database["public"]["Tables"]["orders"]["Row"] }
            Returns: {
              error: true
            } & "the function public.line_count with parameter or with a single unnamed json/jsonb parameter, but no matches were found in the schema cache"
          }
      line_text: {
        Args: { l: Database["public"]["CompositeTypes"]["line"] }
        Returns: string
      }
      lookup:
        | { Args: { id: number }; Returns: string }
        | {
            Args: { id: number; name: string }
            Returns: {
              id: number
              meta: Json | null
              name: string
            }[]
            SetofOptions: {
              from: "*"
              to: "customers"
              isOneToOne: false
              isSetofReturn: true
            }
          }
        | { Args: { name: string }; Returns: string }
      now_utc: { Args: Record<PropertyKey, never>; Returns: string }
      order_count: {
        Args: {
          c: Omit<
            Database["public"]["Tables"]["customers"]["Row"],
            Database["public"]["Tables"]["customers"]["ComputedFields"]
          >
        }
        Returns: number
      }
      order_total: {
        Args: { order_id: number }
        Returns: Database["public"]["CompositeTypes"]["price"]
        SetofOptions: {
          from: "*"
          to: "price"
          isOneToOne: true
          isSetofReturn: false
        }
      }
      orders_of: {
        Args: {
          c: Omit<
            Database["public"]["Tables"]["customers"]["Row"],
            Database["public"]["Tables"]["customers"]["ComputedFields"]
          >
        }
        Returns: {
          customer_id: number
          customer_row: Database["public"]["Tables"]["customers"]["Row"] | null
          id: number
          lines: Database["public"]["CompositeTypes"]["line"][]
          total: Database["public"]["CompositeTypes"]["price"] | null
        }[]
        SetofOptions: {
          from: "customers"
          to: "orders"
          isOneToOne: false
          isSetofReturn: true
        }
      }
      ping: { Args: Record<PropertyKey, never>; Returns: undefined }
      place_order: {
        Args: {
          currency?: Database["public"]["Enums"]["currency"]
          customer: number
          lines: Database["public"]["CompositeTypes"]["line"][]
          notes?: string
        }
        Returns: {
          customer_id: number
          customer_row: Database["public"]["Tables"]["customers"]["Row"] | null
          id: number
          lines: Database["public"]["CompositeTypes"]["line"][]
          total: Database["public"]["CompositeTypes"]["price"] | null
        }
        SetofOptions: {
          from: "*"
          to: "orders"
          isOneToOne: true
          isSetofReturn: false
        }
      }
      raw_body: { Args: { "": Json }; Returns: undefined }
      raw_text: { Args: { "": string }; Returns: string }
      split_name: {
        Args: { full_name: string }
        Returns: Record<string, unknown>
      }
      stats: {
        Args: { since?: string }
        Returns: {
          day: string
          orders: number
          revenue: Database["public"]["CompositeTypes"]["price"]
        }[]
      }
      sum_all: { Args: { nums: number[] }; Returns: number }
    }
    Enums: {
      currency: "EUR" | "USD"
    }
    CompositeTypes: {
      line: {
        sku: string | null
        qty: number | null
        unit: Database["public"]["CompositeTypes"]["price"] | null
        notes: string[] | null
      }
      price: {
        amount: number | null
        currency: Database["public"]["Enums"]["currency"] | null
      }
    }
  }
}

export const Constants = {
  public: {
    Enums: {
      currency: ["EUR", "USD"],
    },
  },
} as const
