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
            email: string | null
            id: number | null
            mayor: number | null
            name: string | null
          } | null
        }
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
          id: number | null
          mail: string | null
          nick: string
        }
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
          id: number | null
          k: number | null
          outside: number | null
        }
        Relationships: []
      }
      both_streets: {
        Row: {
          city_id: number | null
          id: number | null
        }
        Relationships: []
      }
      by_private: {
        Row: {
          email: string | null
          id: number | null
          nick: string
          up: number | null
        }
        Relationships: []
      }
      cities: {
        Row: {
          email: string | null
          id: number | null
          mayor: number | null
          name: string | null
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
      deep: {
        Row: {
          id: number | null
        }
        Relationships: []
      }
      deep_null: {
        Row: {
          id: number | null
        }
        Relationships: []
      }
      full_cities: {
        Row: {
          id: number | null
          mayor_id: number | null
        }
        Relationships: []
      }
      grouped: {
        Row: {
          city_id: number | null
          n: number | null
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
      in_union: {
        Row: {
          id: number | null
          name: string | null
        }
        Relationships: []
      }
      kept: {
        Row: {
          city_id: number | null
          id: number | null
          name: string | null
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
      left_cities: {
        Row: {
          email: string | null
          id: number | null
          mayor_id: number | null
          name: string | null
        }
        Relationships: []
      }
      listed: {
        Row: {
          a: number | null
          b: number | null
          id: number | null
        }
        Relationships: []
      }
      merged: {
        Row: {
          city_id: number | null
          name: string | null
          number: number | null
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
      merged_full: {
        Row: {
          city_id: number | null
          street: number | null
        }
        Relationships: []
      }
      merged_left: {
        Row: {
          city_id: number | null
          house: number | null
          name: string | null
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
      merged_right: {
        Row: {
          city_id: number | null
          house: number | null
          street: number | null
        }
        Relationships: []
      }
      named: {
        Row: {
          city_id: number | null
          hid: number | null
          sid: number | null
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
      odd: {
        Row: {
          cast: number | null
          filled: number | null
          id: number | null
          name: string | null
          one: number | null
          same: number | null
        }
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
          id: number | null
          up: number | null
        }
        Insert: {
          id?: number | null
          up?: number | null
        }
        Update: {
          id?: number | null
          up?: number | null
        }
        Relationships: []
      }
      over_kept: {
        Row: {
          city_id: number | null
          id: number | null
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
      over_views: {
        Row: {
          a: number | null
          mail: string | null
          street: string | null
          who: number | null
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
          mayor_id: number | null
        }
        Relationships: []
      }
      rolled: {
        Row: {
          city_id: number | null
          n: number | null
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
      row_of: {
        Row: {
          id: number | null
          whole: Database["public"]["Tables"]["street"]["Row"] | null
        }
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
          city_id: number | null
          id: number | null
        }
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
          city_id: number | null
          id: number | null
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
      sub: {
        Row: {
          k: number | null
          n: number | null
        }
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
          id: number | null
          k: number | null
        }
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
        Relationships: []
      }
      twice: {
        Row: {
          a: number | null
          b: number | null
          name: string | null
          note: string
        }
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
          id: number | null
          p: number | null
        }
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
          id: number | null
          mayor_id: number | null
          name: string | null
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
          email: string | null
          id: number | null
          mayor: number | null
          name: string | null
        }
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
        ]
      }
    }
    Views: {
      tv: {
        Row: {
          id: number | null
          up: number | null
        }
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
            referencedColumns: null
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
