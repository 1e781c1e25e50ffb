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
      "Odd Table": {
        Row: {
          Id: number
          Parent: number | null
        }
        ComputedFields: never
        Insert: {
          Id: number
          Parent?: number | null
        }
        Update: {
          Id?: number
          Parent?: number | null
        }
        Relationships: [
          {
            foreignKeyName: "Odd Table_Parent_fkey"
            columns: null
            isOneToOne: false
            referencedRelation: "Odd Table"
            referencedColumns: null
          },
        ]
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
      users: {
        Row: {
          id: string
          level: "low" | "high" | null
          levels: ("low" | "high")[] | null
          shape: unknown
          status: Database["public"]["Enums"]["status"]
        }
        ComputedFields: never
        Insert: {
          id: string
          level?: "low" | "high" | null
          levels?: ("low" | "high")[] | null
          shape?: unknown
          status: Database["public"]["Enums"]["status"]
        }
        Update: {
          id?: string
          level?: "low" | "high" | null
          levels?: ("low" | "high")[] | null
          shape?: unknown
          status?: Database["public"]["Enums"]["status"]
        }
        Relationships: []
      }
    }
    Views: {
      [_ in never]: never
    }
    Functions: {
      cross_schema: {
        Args: {
          s: Database["tenant"]["Enums"]["status"]
          u: Omit<
            Database["tenant"]["Tables"]["users"]["Row"],
            Database["tenant"]["Tables"]["users"]["ComputedFields"]
          >
        }
        Returns: Database["tenant"]["Tables"]["users"]["Row"]
        SetofOptions: {
          from: "*"
          to: "users"
          isOneToOne: true
          isSetofReturn: false
        }
      }
    }
    Enums: {
      status: "on" | "off"
    }
    CompositeTypes: {
      [_ in never]: never
    }
  }
  tenant: {
    Tables: {
      "order items": {
        Row: {
          _id: number | null
          "1st": string | null
          a: number | null
          A: number | null
          'a"b': string | null
          a1: number | null
          a10: number | null
          a2: number | null
          b: number | null
          B: number | null
          class: string | null
          "it's": string | null
          "item no": number
          naïve: string | null
          user_id: number | null
          "user-id": number | null
          userid: number | null
          userId: number | null
          日本: string | null
        }
        ComputedFields: never
        Insert: {
          _id?: number | null
          "1st"?: string | null
          a?: number | null
          A?: number | null
          'a"b'?: string | null
          a1?: number | null
          a10?: number | null
          a2?: number | null
          b?: number | null
          B?: number | null
          class?: string | null
          "it's"?: string | null
          "item no": number
          naïve?: string | null
          user_id?: number | null
          "user-id"?: number | null
          userid?: number | null
          userId?: number | null
          日本?: string | null
        }
        Update: {
          _id?: number | null
          "1st"?: string | null
          a?: number | null
          A?: number | null
          'a"b'?: string | null
          a1?: number | null
          a10?: number | null
          a2?: number | null
          b?: number | null
          B?: number | null
          class?: string | null
          "it's"?: string | null
          "item no"?: number
          naïve?: string | null
          user_id?: number | null
          "user-id"?: number | null
          userid?: number | null
          userId?: number | null
          日本?: string | null
        }
        Relationships: [
          {
            foreignKeyName: "order items_user_id_fkey"
            columns: ["user_id"]
            isOneToOne: false
            referencedRelation: "users"
            referencedColumns: ["id"]
          },
        ]
      }
      users: {
        Row: {
          boss_id: number | null
          id: number
          public_id: string | null
          public_status: Database["public"]["Enums"]["status"]
          secret_id: number | null
          status: Database["tenant"]["Enums"]["status"] | null
          label: string | null
        }
        ComputedFields: "label"
        Insert: {
          boss_id?: number | null
          id: number
          public_id?: string | null
          public_status: Database["public"]["Enums"]["status"]
          secret_id?: number | null
          status?: Database["tenant"]["Enums"]["status"] | null
        }
        Update: {
          boss_id?: number | null
          id?: number
          public_id?: string | null
          public_status?: Database["public"]["Enums"]["status"]
          secret_id?: number | null
          status?: Database["tenant"]["Enums"]["status"] | null
        }
        Relationships: [
          {
            foreignKeyName: "users_boss_id_fkey"
            columns: ["boss_id"]
            isOneToOne: true
            referencedRelation: "users"
            referencedColumns: ["id"]
          },
        ]
      }
    }
    Views: {
      user_view: {
        Row: {
          boss_id: number | null
          id: number | null
          pid: string | null
        }
        ComputedFields: never
        Insert: {
          boss_id?: number | null
          id?: number | null
          pid?: string | null
        }
        Update: {
          boss_id?: number | null
          id?: number | null
          pid?: string | null
        }
        Relationships: []
      }
    }
    Functions: {
      label: {
        Args: {
          u: Omit<
            Database["tenant"]["Tables"]["users"]["Row"],
            Database["tenant"]["Tables"]["users"]["ComputedFields"]
          >
        }
        Returns: string
      }
      "odd function": {
        Args: { "an arg": number; 'q"uoted'?: string }
        Returns: {
          _id: number | null
          "1st": string | null
          a: number | null
          A: number | null
          'a"b': string | null
          a1: number | null
          a10: number | null
          a2: number | null
          b: number | null
          B: number | null
          class: string | null
          "it's": string | null
          "item no": number
          naïve: string | null
          user_id: number | null
          "user-id": number | null
          userid: number | null
          userId: number | null
          日本: string | null
        }[]
        SetofOptions: {
          from: "*"
          to: "order items"
          isOneToOne: false
          isSetofReturn: true
        }
      }
    }
    Enums: {
      status: "it's on" | 'say "off"' | "both ' and \""
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
    Enums: {
      status: ["on", "off"],
    },
  },
  tenant: {
    Enums: {
      status: ["it's on", 'say "off"', "both ' and \""],
    },
  },
} as const
