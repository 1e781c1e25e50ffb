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
      city: {
        Row: {
          id: number
          mayor: number | null
          name: string
        }
        ComputedFields: never
        Insert: {
          id?: never
          mayor?: number | null
          name: string
        }
        Update: {
          id?: never
          mayor?: number | null
          name?: string
        }
        Relationships: [
          {
            foreignKeyName: "city_mayor_fkey"
            columns: ["mayor"]
            isOneToOne: true
            referencedRelation: "accounts"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "city_mayor_fkey"
            columns: ["mayor"]
            isOneToOne: true
            referencedRelation: "by_private"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "city_mayor_fkey"
            columns: ["mayor"]
            isOneToOne: true
            referencedRelation: "full_cities"
            referencedColumns: ["mayor_id"]
          },
          {
            foreignKeyName: "city_mayor_fkey"
            columns: ["mayor"]
            isOneToOne: true
            referencedRelation: "left_cities"
            referencedColumns: ["mayor_id"]
          },
          {
            foreignKeyName: "city_mayor_fkey"
            columns: ["mayor"]
            isOneToOne: true
            referencedRelation: "over_views"
            referencedColumns: ["who"]
          },
          {
            foreignKeyName: "city_mayor_fkey"
            columns: ["mayor"]
            isOneToOne: true
            referencedRelation: "right_cities"
            referencedColumns: ["mayor_id"]
          },
        ]
      }
      house: {
        Row: {
          city_id: number
          id: number
          number: number | null
          street_name: string
        }
        ComputedFields: never
        Insert: {
          city_id: number
          id: number
          number?: number | null
          street_name: string
        }
        Update: {
          city_id?: number
          id?: number
          number?: number | null
          street_name?: string
        }
        Relationships: [
          {
            foreignKeyName: "house_city_id_street_name_fkey"
            columns: ["city_id", "street_name"]
            isOneToOne: false
            referencedRelation: "kept"
            referencedColumns: ["city_id", "name"]
          },
          {
            foreignKeyName: "house_city_id_street_name_fkey"
            columns: ["city_id", "street_name"]
            isOneToOne: false
            referencedRelation: "merged"
            referencedColumns: ["city_id", "name"]
          },
          {
            foreignKeyName: "house_city_id_street_name_fkey"
            columns: ["city_id", "street_name"]
            isOneToOne: false
            referencedRelation: "merged_left"
            referencedColumns: ["city_id", "name"]
          },
          {
            foreignKeyName: "house_city_id_street_name_fkey"
            columns: ["city_id", "street_name"]
            isOneToOne: false
            referencedRelation: "over_views"
            referencedColumns: ["a", "street"]
          },
          {
            foreignKeyName: "house_city_id_street_name_fkey"
            columns: ["city_id", "street_name"]
            isOneToOne: false
            referencedRelation: "street"
            referencedColumns: ["city_id", "name"]
          },
          {
            foreignKeyName: "house_city_id_street_name_fkey"
            columns: ["city_id", "street_name"]
            isOneToOne: false
            referencedRelation: "twice"
            referencedColumns: ["a", "name"]
          },
          {
            foreignKeyName: "house_city_id_street_name_fkey"
            columns: ["city_id", "street_name"]
            isOneToOne: false
            referencedRelation: "twice"
            referencedColumns: ["b", "name"]
          },
        ]
      }
      street: {
        Row: {
          city_id: number
          id: number
          name: string | null
          note: string
          city_of: {
            email: string
            id: number
            mayor: number | null
            name: string
          } | null
        }
        ComputedFields: "city_of"
        Insert: {
          city_id: number
          id: number
          name?: string | null
          note: string
        }
        Update: {
          city_id?: number
          id?: number
          name?: string | null
          note?: string
        }
        Relationships: [
          {
            foreignKeyName: "street_city_id_fkey"
            columns: ["city_id"]
            isOneToOne: false
            referencedRelation: "beside"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "street_city_id_fkey"
            columns: ["city_id"]
            isOneToOne: false
            referencedRelation: "beside"
            referencedColumns: ["outside"]
          },
          {
            foreignKeyName: "street_city_id_fkey"
            columns: ["city_id"]
            isOneToOne: false
            referencedRelation: "cities"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "street_city_id_fkey"
            columns: ["city_id"]
            isOneToOne: false
            referencedRelation: "city"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "street_city_id_fkey"
            columns: ["city_id"]
            isOneToOne: false
            referencedRelation: "full_cities"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "street_city_id_fkey"
            columns: ["city_id"]
            isOneToOne: false
            referencedRelation: "left_cities"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "street_city_id_fkey"
            columns: ["city_id"]
            isOneToOne: false
            referencedRelation: "right_cities"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "street_city_id_fkey"
            columns: ["city_id"]
            isOneToOne: false
            referencedRelation: "sub_left"
            referencedColumns: ["id"]
          },
        ]
      }
    }
    Views: {
      accounts: {
        Row: {
          id: number
          mail: string
          nick: string
        }
        ComputedFields: never
        Insert: {
          id?: number | null
          mail?: string | null
          nick?: string | null
        }
        Update: {
          id?: number | null
          mail?: string | null
          nick?: string | null
        }
        Relationships: []
      }
      beside: {
        Row: {
          id: number
          k: number
          outside: number | null
        }
        ComputedFields: never
        Relationships: []
      }
      both_streets: {
        Row: {
          city_id: number | null
          id: number | null
        }
        ComputedFields: never
        Relationships: []
      }
      by_private: {
        Row: {
          email: string
          id: number
          nick: string
          up: number | null
        }
        ComputedFields: never
        Relationships: [
          {
            foreignKeyName: "t_up_fkey"
            columns: ["up"]
            isOneToOne: false
            referencedRelation: "out_of"
            referencedColumns: ["id"]
          },
        ]
      }
      cities: {
        Row: {
          email: string
          id: number
          mayor: number | null
          name: string
        }
        ComputedFields: never
        Relationships: [
          {
            foreignKeyName: "city_mayor_fkey"
            columns: ["mayor"]
            isOneToOne: true
            referencedRelation: "accounts"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "city_mayor_fkey"
            columns: ["mayor"]
            isOneToOne: true
            referencedRelation: "by_private"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "city_mayor_fkey"
            columns: ["mayor"]
            isOneToOne: true
            referencedRelation: "full_cities"
            referencedColumns: ["mayor_id"]
          },
          {
            foreignKeyName: "city_mayor_fkey"
            columns: ["mayor"]
            isOneToOne: true
            referencedRelation: "left_cities"
            referencedColumns: ["mayor_id"]
          },
          {
            foreignKeyName: "city_mayor_fkey"
            columns: ["mayor"]
            isOneToOne: true
            referencedRelation: "over_views"
            referencedColumns: ["who"]
          },
          {
            foreignKeyName: "city_mayor_fkey"
            columns: ["mayor"]
            isOneToOne: true
            referencedRelation: "right_cities"
            referencedColumns: ["mayor_id"]
          },
        ]
      }
      deep: {
        Row: {
          id: number
        }
        ComputedFields: never
        Relationships: []
      }
      deep_null: {
        Row: {
          id: number | null
        }
        ComputedFields: never
        Relationships: []
      }
      full_cities: {
        Row: {
          id: number | null
          mayor_id: number | null
        }
        ComputedFields: never
        Relationships: []
      }
      grouped: {
        Row: {
          city_id: number
          n: number | null
        }
        ComputedFields: never
        Relationships: [
          {
            foreignKeyName: "street_city_id_fkey"
            columns: ["city_id"]
            isOneToOne: false
            referencedRelation: "beside"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "street_city_id_fkey"
            columns: ["city_id"]
            isOneToOne: false
            referencedRelation: "beside"
            referencedColumns: ["outside"]
          },
          {
            foreignKeyName: "street_city_id_fkey"
            columns: ["city_id"]
            isOneToOne: false
            referencedRelation: "cities"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "street_city_id_fkey"
            columns: ["city_id"]
            isOneToOne: false
            referencedRelation: "city"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "street_city_id_fkey"
            columns: ["city_id"]
            isOneToOne: false
            referencedRelation: "full_cities"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "street_city_id_fkey"
            columns: ["city_id"]
            isOneToOne: false
            referencedRelation: "left_cities"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "street_city_id_fkey"
            columns: ["city_id"]
            isOneToOne: false
            referencedRelation: "right_cities"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "street_city_id_fkey"
            columns: ["city_id"]
            isOneToOne: false
            referencedRelation: "sub_left"
            referencedColumns: ["id"]
          },
        ]
      }
      in_union: {
        Row: {
          id: number | null
          name: string
        }
        ComputedFields: never
        Relationships: []
      }
      kept: {
        Row: {
          city_id: number
          id: number
          name: string | null
        }
        ComputedFields: never
        Relationships: [
          {
            foreignKeyName: "street_city_id_fkey"
            columns: ["city_id"]
            isOneToOne: false
            referencedRelation: "beside"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "street_city_id_fkey"
            columns: ["city_id"]
            isOneToOne: false
            referencedRelation: "beside"
            referencedColumns: ["outside"]
          },
          {
            foreignKeyName: "street_city_id_fkey"
            columns: ["city_id"]
            isOneToOne: false
            referencedRelation: "cities"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "street_city_id_fkey"
            columns: ["city_id"]
            isOneToOne: false
            referencedRelation: "city"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "street_city_id_fkey"
            columns: ["city_id"]
            isOneToOne: false
            referencedRelation: "full_cities"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "street_city_id_fkey"
            columns: ["city_id"]
            isOneToOne: false
            referencedRelation: "left_cities"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "street_city_id_fkey"
            columns: ["city_id"]
            isOneToOne: false
            referencedRelation: "right_cities"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "street_city_id_fkey"
            columns: ["city_id"]
            isOneToOne: false
            referencedRelation: "sub_left"
            referencedColumns: ["id"]
          },
        ]
      }
      left_cities: {
        Row: {
          email: string | null
          id: number
          mayor_id: number | null
          name: string
        }
        ComputedFields: never
        Relationships: []
      }
      listed: {
        Row: {
          a: number | null
          b: number | null
          id: number
        }
        ComputedFields: never
        Relationships: []
      }
      merged: {
        Row: {
          city_id: number
          name: string | null
          number: number | null
        }
        ComputedFields: never
        Relationships: [
          {
            foreignKeyName: "street_city_id_fkey"
            columns: ["city_id"]
            isOneToOne: false
            referencedRelation: "beside"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "street_city_id_fkey"
            columns: ["city_id"]
            isOneToOne: false
            referencedRelation: "beside"
            referencedColumns: ["outside"]
          },
          {
            foreignKeyName: "street_city_id_fkey"
            columns: ["city_id"]
            isOneToOne: false
            referencedRelation: "cities"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "street_city_id_fkey"
            columns: ["city_id"]
            isOneToOne: false
            referencedRelation: "city"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "street_city_id_fkey"
            columns: ["city_id"]
            isOneToOne: false
            referencedRelation: "full_cities"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "street_city_id_fkey"
            columns: ["city_id"]
            isOneToOne: false
            referencedRelation: "left_cities"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "street_city_id_fkey"
            columns: ["city_id"]
            isOneToOne: false
            referencedRelation: "right_cities"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "street_city_id_fkey"
            columns: ["city_id"]
            isOneToOne: false
            referencedRelation: "sub_left"
            referencedColumns: ["id"]
          },
        ]
      }
      merged_full: {
        Row: {
          city_id: number | null
          street: number
        }
        ComputedFields: never
        Relationships: []
      }
      merged_left: {
        Row: {
          city_id: number
          house: number | null
          name: string | null
        }
        ComputedFields: never
        Relationships: [
          {
            foreignKeyName: "street_city_id_fkey"
            columns: ["city_id"]
            isOneToOne: false
            referencedRelation: "beside"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "street_city_id_fkey"
            columns: ["city_id"]
            isOneToOne: false
            referencedRelation: "beside"
            referencedColumns: ["outside"]
          },
          {
            foreignKeyName: "street_city_id_fkey"
            columns: ["city_id"]
            isOneToOne: false
            referencedRelation: "cities"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "street_city_id_fkey"
            columns: ["city_id"]
            isOneToOne: false
            referencedRelation: "city"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "street_city_id_fkey"
            columns: ["city_id"]
            isOneToOne: false
            referencedRelation: "full_cities"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "street_city_id_fkey"
            columns: ["city_id"]
            isOneToOne: false
            referencedRelation: "left_cities"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "street_city_id_fkey"
            columns: ["city_id"]
            isOneToOne: false
            referencedRelation: "right_cities"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "street_city_id_fkey"
            columns: ["city_id"]
            isOneToOne: false
            referencedRelation: "sub_left"
            referencedColumns: ["id"]
          },
        ]
      }
      merged_right: {
        Row: {
          city_id: number
          house: number
          street: number | null
        }
        ComputedFields: never
        Relationships: []
      }
      named: {
        Row: {
          city_id: number
          hid: number | null
          sid: number
        }
        ComputedFields: never
        Relationships: [
          {
            foreignKeyName: "street_city_id_fkey"
            columns: ["city_id"]
            isOneToOne: false
            referencedRelation: "beside"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "street_city_id_fkey"
            columns: ["city_id"]
            isOneToOne: false
            referencedRelation: "beside"
            referencedColumns: ["outside"]
          },
          {
            foreignKeyName: "street_city_id_fkey"
            columns: ["city_id"]
            isOneToOne: false
            referencedRelation: "cities"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "street_city_id_fkey"
            columns: ["city_id"]
            isOneToOne: false
            referencedRelation: "city"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "street_city_id_fkey"
            columns: ["city_id"]
            isOneToOne: false
            referencedRelation: "full_cities"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "street_city_id_fkey"
            columns: ["city_id"]
            isOneToOne: false
            referencedRelation: "left_cities"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "street_city_id_fkey"
            columns: ["city_id"]
            isOneToOne: false
            referencedRelation: "right_cities"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "street_city_id_fkey"
            columns: ["city_id"]
            isOneToOne: false
            referencedRelation: "sub_left"
            referencedColumns: ["id"]
          },
        ]
      }
      odd: {
        Row: {
          cast: number | null
          filled: number | null
          id: number
          name: string | null
          one: number | null
          same: number
        }
        ComputedFields: never
        Insert: {
          cast?: never
          filled?: never
          id?: number | null
          name?: never
          one?: never
          same?: number | null
        }
        Update: {
          cast?: never
          filled?: never
          id?: number | null
          name?: never
          one?: never
          same?: number | null
        }
        Relationships: []
      }
      out_of: {
        Row: {
          id: number
          up: number | null
        }
        ComputedFields: never
        Insert: {
          id?: number | null
          up?: number | null
        }
        Update: {
          id?: number | null
          up?: number | null
        }
        Relationships: [
          {
            foreignKeyName: "t_up_fkey"
            columns: ["up"]
            isOneToOne: false
            referencedRelation: "out_of"
            referencedColumns: ["id"]
          },
        ]
      }
      over_kept: {
        Row: {
          city_id: number
          id: number
        }
        ComputedFields: never
        Relationships: [
          {
            foreignKeyName: "street_city_id_fkey"
            columns: ["city_id"]
            isOneToOne: false
            referencedRelation: "beside"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "street_city_id_fkey"
            columns: ["city_id"]
            isOneToOne: false
            referencedRelation: "beside"
            referencedColumns: ["outside"]
          },
          {
            foreignKeyName: "street_city_id_fkey"
            columns: ["city_id"]
            isOneToOne: false
            referencedRelation: "cities"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "street_city_id_fkey"
            columns: ["city_id"]
            isOneToOne: false
            referencedRelation: "city"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "street_city_id_fkey"
            columns: ["city_id"]
            isOneToOne: false
            referencedRelation: "full_cities"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "street_city_id_fkey"
            columns: ["city_id"]
            isOneToOne: false
            referencedRelation: "left_cities"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "street_city_id_fkey"
            columns: ["city_id"]
            isOneToOne: false
            referencedRelation: "right_cities"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "street_city_id_fkey"
            columns: ["city_id"]
            isOneToOne: false
            referencedRelation: "sub_left"
            referencedColumns: ["id"]
          },
        ]
      }
      over_views: {
        Row: {
          a: number
          mail: string
          street: string | null
          who: number
        }
        ComputedFields: never
        Relationships: [
          {
            foreignKeyName: "street_city_id_fkey"
            columns: ["a"]
            isOneToOne: false
            referencedRelation: "beside"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "street_city_id_fkey"
            columns: ["a"]
            isOneToOne: false
            referencedRelation: "beside"
            referencedColumns: ["outside"]
          },
          {
            foreignKeyName: "street_city_id_fkey"
            columns: ["a"]
            isOneToOne: false
            referencedRelation: "cities"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "street_city_id_fkey"
            columns: ["a"]
            isOneToOne: false
            referencedRelation: "city"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "street_city_id_fkey"
            columns: ["a"]
            isOneToOne: false
            referencedRelation: "full_cities"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "street_city_id_fkey"
            columns: ["a"]
            isOneToOne: false
            referencedRelation: "left_cities"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "street_city_id_fkey"
            columns: ["a"]
            isOneToOne: false
            referencedRelation: "right_cities"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "street_city_id_fkey"
            columns: ["a"]
            isOneToOne: false
            referencedRelation: "sub_left"
            referencedColumns: ["id"]
          },
        ]
      }
      right_cities: {
        Row: {
          id: number | null
          mayor_id: number
        }
        ComputedFields: never
        Relationships: []
      }
      rolled: {
        Row: {
          city_id: number | null
          n: number | null
        }
        ComputedFields: never
        Relationships: [
          {
            foreignKeyName: "street_city_id_fkey"
            columns: ["city_id"]
            isOneToOne: false
            referencedRelation: "beside"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "street_city_id_fkey"
            columns: ["city_id"]
            isOneToOne: false
            referencedRelation: "beside"
            referencedColumns: ["outside"]
          },
          {
            foreignKeyName: "street_city_id_fkey"
            columns: ["city_id"]
            isOneToOne: false
            referencedRelation: "cities"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "street_city_id_fkey"
            columns: ["city_id"]
            isOneToOne: false
            referencedRelation: "city"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "street_city_id_fkey"
            columns: ["city_id"]
            isOneToOne: false
            referencedRelation: "full_cities"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "street_city_id_fkey"
            columns: ["city_id"]
            isOneToOne: false
            referencedRelation: "left_cities"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "street_city_id_fkey"
            columns: ["city_id"]
            isOneToOne: false
            referencedRelation: "right_cities"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "street_city_id_fkey"
            columns: ["city_id"]
            isOneToOne: false
            referencedRelation: "sub_left"
            referencedColumns: ["id"]
          },
        ]
      }
      row_of: {
        Row: {
          id: number
          whole: Database["public"]["Tables"]["street"]["Row"] | null
        }
        ComputedFields: never
        Insert: {
          id?: number | null
          whole?: never
        }
        Update: {
          id?: number | null
          whole?: never
        }
        Relationships: []
      }
      rules: {
        Row: {
          city_id: number
          id: number
        }
        ComputedFields: never
        Insert: {
          city_id?: number | null
          id?: number | null
        }
        Update: {
          city_id?: number | null
          id?: number | null
        }
        Relationships: [
          {
            foreignKeyName: "street_city_id_fkey"
            columns: ["city_id"]
            isOneToOne: false
            referencedRelation: "beside"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "street_city_id_fkey"
            columns: ["city_id"]
            isOneToOne: false
            referencedRelation: "beside"
            referencedColumns: ["outside"]
          },
          {
            foreignKeyName: "street_city_id_fkey"
            columns: ["city_id"]
            isOneToOne: false
            referencedRelation: "cities"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "street_city_id_fkey"
            columns: ["city_id"]
            isOneToOne: false
            referencedRelation: "city"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "street_city_id_fkey"
            columns: ["city_id"]
            isOneToOne: false
            referencedRelation: "full_cities"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "street_city_id_fkey"
            columns: ["city_id"]
            isOneToOne: false
            referencedRelation: "left_cities"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "street_city_id_fkey"
            columns: ["city_id"]
            isOneToOne: false
            referencedRelation: "right_cities"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "street_city_id_fkey"
            columns: ["city_id"]
            isOneToOne: false
            referencedRelation: "sub_left"
            referencedColumns: ["id"]
          },
        ]
      }
      sampled: {
        Row: {
          city_id: number
          id: number
        }
        ComputedFields: never
        Relationships: [
          {
            foreignKeyName: "street_city_id_fkey"
            columns: ["city_id"]
            isOneToOne: false
            referencedRelation: "beside"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "street_city_id_fkey"
            columns: ["city_id"]
            isOneToOne: false
            referencedRelation: "beside"
            referencedColumns: ["outside"]
          },
          {
            foreignKeyName: "street_city_id_fkey"
            columns: ["city_id"]
            isOneToOne: false
            referencedRelation: "cities"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "street_city_id_fkey"
            columns: ["city_id"]
            isOneToOne: false
            referencedRelation: "city"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "street_city_id_fkey"
            columns: ["city_id"]
            isOneToOne: false
            referencedRelation: "full_cities"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "street_city_id_fkey"
            columns: ["city_id"]
            isOneToOne: false
            referencedRelation: "left_cities"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "street_city_id_fkey"
            columns: ["city_id"]
            isOneToOne: false
            referencedRelation: "right_cities"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "street_city_id_fkey"
            columns: ["city_id"]
            isOneToOne: false
            referencedRelation: "sub_left"
            referencedColumns: ["id"]
          },
        ]
      }
      sub: {
        Row: {
          k: number
          n: number | null
        }
        ComputedFields: never
        Relationships: [
          {
            foreignKeyName: "street_city_id_fkey"
            columns: ["k"]
            isOneToOne: false
            referencedRelation: "beside"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "street_city_id_fkey"
            columns: ["k"]
            isOneToOne: false
            referencedRelation: "beside"
            referencedColumns: ["outside"]
          },
          {
            foreignKeyName: "street_city_id_fkey"
            columns: ["k"]
            isOneToOne: false
            referencedRelation: "cities"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "street_city_id_fkey"
            columns: ["k"]
            isOneToOne: false
            referencedRelation: "city"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "street_city_id_fkey"
            columns: ["k"]
            isOneToOne: false
            referencedRelation: "full_cities"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "street_city_id_fkey"
            columns: ["k"]
            isOneToOne: false
            referencedRelation: "left_cities"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "street_city_id_fkey"
            columns: ["k"]
            isOneToOne: false
            referencedRelation: "right_cities"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "street_city_id_fkey"
            columns: ["k"]
            isOneToOne: false
            referencedRelation: "sub_left"
            referencedColumns: ["id"]
          },
        ]
      }
      sub_left: {
        Row: {
          id: number
          k: number | null
        }
        ComputedFields: never
        Relationships: [
          {
            foreignKeyName: "street_city_id_fkey"
            columns: ["k"]
            isOneToOne: false
            referencedRelation: "beside"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "street_city_id_fkey"
            columns: ["k"]
            isOneToOne: false
            referencedRelation: "beside"
            referencedColumns: ["outside"]
          },
          {
            foreignKeyName: "street_city_id_fkey"
            columns: ["k"]
            isOneToOne: false
            referencedRelation: "cities"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "street_city_id_fkey"
            columns: ["k"]
            isOneToOne: false
            referencedRelation: "city"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "street_city_id_fkey"
            columns: ["k"]
            isOneToOne: false
            referencedRelation: "full_cities"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "street_city_id_fkey"
            columns: ["k"]
            isOneToOne: false
            referencedRelation: "left_cities"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "street_city_id_fkey"
            columns: ["k"]
            isOneToOne: false
            referencedRelation: "right_cities"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "street_city_id_fkey"
            columns: ["k"]
            isOneToOne: false
            referencedRelation: "sub_left"
            referencedColumns: ["id"]
          },
        ]
      }
      tree: {
        Row: {
          city_id: number | null
          id: number | null
        }
        ComputedFields: never
        Relationships: []
      }
      twice: {
        Row: {
          a: number
          b: number
          name: string
          note: string
        }
        ComputedFields: never
        Insert: {
          a?: number | null
          b?: number | null
          name?: string | null
          note?: string | null
        }
        Update: {
          a?: number | null
          b?: number | null
          name?: string | null
          note?: string | null
        }
        Relationships: [
          {
            foreignKeyName: "street_city_id_fkey"
            columns: ["a"]
            isOneToOne: false
            referencedRelation: "beside"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "street_city_id_fkey"
            columns: ["b"]
            isOneToOne: false
            referencedRelation: "beside"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "street_city_id_fkey"
            columns: ["a"]
            isOneToOne: false
            referencedRelation: "beside"
            referencedColumns: ["outside"]
          },
          {
            foreignKeyName: "street_city_id_fkey"
            columns: ["b"]
            isOneToOne: false
            referencedRelation: "beside"
            referencedColumns: ["outside"]
          },
          {
            foreignKeyName: "street_city_id_fkey"
            columns: ["a"]
            isOneToOne: false
            referencedRelation: "cities"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "street_city_id_fkey"
            columns: ["b"]
            isOneToOne: false
            referencedRelation: "cities"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "street_city_id_fkey"
            columns: ["a"]
            isOneToOne: false
            referencedRelation: "city"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "street_city_id_fkey"
            columns: ["b"]
            isOneToOne: false
            referencedRelation: "city"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "street_city_id_fkey"
            columns: ["a"]
            isOneToOne: false
            referencedRelation: "full_cities"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "street_city_id_fkey"
            columns: ["b"]
            isOneToOne: false
            referencedRelation: "full_cities"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "street_city_id_fkey"
            columns: ["a"]
            isOneToOne: false
            referencedRelation: "left_cities"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "street_city_id_fkey"
            columns: ["b"]
            isOneToOne: false
            referencedRelation: "left_cities"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "street_city_id_fkey"
            columns: ["a"]
            isOneToOne: false
            referencedRelation: "right_cities"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "street_city_id_fkey"
            columns: ["b"]
            isOneToOne: false
            referencedRelation: "right_cities"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "street_city_id_fkey"
            columns: ["a"]
            isOneToOne: false
            referencedRelation: "sub_left"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "street_city_id_fkey"
            columns: ["b"]
            isOneToOne: false
            referencedRelation: "sub_left"
            referencedColumns: ["id"]
          },
        ]
      }
      with_one: {
        Row: {
          id: number
          p: number
        }
        ComputedFields: never
        Relationships: [
          {
            foreignKeyName: "street_city_id_fkey"
            columns: ["p"]
            isOneToOne: false
            referencedRelation: "beside"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "street_city_id_fkey"
            columns: ["p"]
            isOneToOne: false
            referencedRelation: "beside"
            referencedColumns: ["outside"]
          },
          {
            foreignKeyName: "street_city_id_fkey"
            columns: ["p"]
            isOneToOne: false
            referencedRelation: "cities"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "street_city_id_fkey"
            columns: ["p"]
            isOneToOne: false
            referencedRelation: "city"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "street_city_id_fkey"
            columns: ["p"]
            isOneToOne: false
            referencedRelation: "full_cities"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "street_city_id_fkey"
            columns: ["p"]
            isOneToOne: false
            referencedRelation: "left_cities"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "street_city_id_fkey"
            columns: ["p"]
            isOneToOne: false
            referencedRelation: "right_cities"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "street_city_id_fkey"
            columns: ["p"]
            isOneToOne: false
            referencedRelation: "sub_left"
            referencedColumns: ["id"]
          },
        ]
      }
    }
    Functions: {
      all_cities: {
        Args: Record<PropertyKey, never>
        Returns: {
          email: string | null
          id: number
          mayor_id: number | null
          name: string
        }[]
        SetofOptions: {
          from: "*"
          to: "left_cities"
          isOneToOne: false
          isSetofReturn: true
        }
      }
      city_of: {
        Args: { "": Database["public"]["Tables"]["street"]["Row"] }
        Returns: {
          error: true
        } & "the function public.city_of with parameter or with a single unnamed json/jsonb parameter, but no matches were found in the schema cache"
        SetofOptions: {
          from: "street"
          to: "cities"
          isOneToOne: true
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
  Quoted: {
    Tables: {
      t: {
        Row: {
          id: number
          up: number | null
        }
        ComputedFields: never
        Insert: {
          id: number
          up?: number | null
        }
        Update: {
          id?: number
          up?: number | null
        }
        Relationships: [
          {
            foreignKeyName: "t_up_fkey"
            columns: null
            isOneToOne: false
            referencedRelation: "t"
            referencedColumns: null
          },
          {
            foreignKeyName: "t_up_fkey"
            columns: ["up"]
            isOneToOne: false
            referencedRelation: "tv"
            referencedColumns: ["id"]
          },
        ]
      }
    }
    Views: {
      tv: {
        Row: {
          id: number
          up: number | null
        }
        ComputedFields: never
        Insert: {
          id?: number | null
          up?: number | null
        }
        Update: {
          id?: number | null
          up?: number | null
        }
        Relationships: [
          {
            foreignKeyName: "t_up_fkey"
            columns: ["up"]
            isOneToOne: false
            referencedRelation: "t"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "t_up_fkey"
            columns: ["up"]
            isOneToOne: false
            referencedRelation: "tv"
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
}

export const Constants = {
  public: {
    Enums: {},
  },
  Quoted: {
    Enums: {},
  },
} as const
