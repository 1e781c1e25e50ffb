export type Json =
  | string
  | number
  | boolean
  | null
  | { [key: string]: Json | undefined }
  | Json[]

export type Database = {
  empty: {
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
  other: {
    Tables: {
      t3: {
        Row: {
          id: number
          m: Database["public"]["Enums"]["mood"] | null
          t: Database["public"]["Tables"]["t1"]["Row"] | null
        }
        ComputedFields: never
        Insert: {
          id: number
          m?: Database["public"]["Enums"]["mood"] | null
          t?: Database["public"]["Tables"]["t1"]["Row"] | null
        }
        Update: {
          id?: number
          m?: Database["public"]["Enums"]["mood"] | null
          t?: Database["public"]["Tables"]["t1"]["Row"] | null
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
      long_one:
        | "aaaaaaaaaaaaaaaaaaaaaaaa"
        | "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"
        | "cccccccccccccccccccccccc"
      mood: "x" | "y" | "z"
      only: "one"
    }
    CompositeTypes: {
      [_ in never]: never
    }
  }
  public: {
    Tables: {
      date: {
        Row: {
          v: number | null
          f30: number | null
        }
        ComputedFields: "f30"
        Insert: {
          v?: number | null
        }
        Update: {
          v?: number | null
        }
        Relationships: []
      }
      fk2: {
        Row: {
          a: number | null
          b: number | null
          c: number | null
          d: number
        }
        ComputedFields: never
        Insert: {
          a?: number | null
          b?: number | null
          c?: number | null
          d: number
        }
        Update: {
          a?: number | null
          b?: number | null
          c?: number | null
          d?: number
        }
        Relationships: [
          {
            foreignKeyName: "fk2_a_b_fkey"
            columns: ["a", "b"]
            isOneToOne: true
            referencedRelation: "pk2"
            referencedColumns: ["a", "b"]
          },
          {
            foreignKeyName: "fk2_c_fkey"
            columns: ["c"]
            isOneToOne: false
            referencedRelation: "mv"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "fk2_c_fkey"
            columns: ["c"]
            isOneToOne: false
            referencedRelation: "t1"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "fk2_c_fkey"
            columns: ["c"]
            isOneToOne: false
            referencedRelation: "v1"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "fk2_c_fkey"
            columns: ["c"]
            isOneToOne: false
            referencedRelation: "v3"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "fk2_d_fkey"
            columns: ["d"]
            isOneToOne: true
            referencedRelation: "pk2"
            referencedColumns: ["c"]
          },
          {
            foreignKeyName: "fk2_d_fkey1"
            columns: ["d"]
            isOneToOne: true
            referencedRelation: "mv"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "fk2_d_fkey1"
            columns: ["d"]
            isOneToOne: true
            referencedRelation: "t1"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "fk2_d_fkey1"
            columns: ["d"]
            isOneToOne: true
            referencedRelation: "v1"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "fk2_d_fkey1"
            columns: ["d"]
            isOneToOne: true
            referencedRelation: "v3"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "zz"
            columns: ["b", "a"]
            isOneToOne: false
            referencedRelation: "pk2"
            referencedColumns: ["b", "a"]
          },
        ]
      }
      inh: {
        Row: {
          c: Database["public"]["CompositeTypes"]["comp"]
          ca: Database["public"]["CompositeTypes"]["comp"][] | null
          def: number
          ec: unknown
          gen_col: number | null
          ida: number
          idd: number
          jb: Json | null
          js: NonNullable<Json>
          jsa: Json[]
          le: unknown[] | null
          lea: unknown[][] | null
          m: Database["public"]["Enums"]["mood"] | null
          nl: unknown
          ol: Database["other"]["Enums"]["long_one"] | null
          ola: Database["other"]["Enums"]["long_one"][] | null
          om: Database["other"]["Enums"]["mood"] | null
          oo: Database["other"]["Enums"]["only"] | null
          t: Database["public"]["Tables"]["t1"]["Row"] | null
          ta: Database["public"]["Tables"]["t1"]["Row"][]
          "weird key": string | null
        }
        ComputedFields: never
        Insert: {
          c: Database["public"]["CompositeTypes"]["comp"]
          ca?: Database["public"]["CompositeTypes"]["comp"][] | null
          def?: number
          ec?: unknown
          gen_col?: never
          ida: number
          idd: number
          jb?: Json | null
          js: NonNullable<Json>
          jsa: Json[]
          le?: unknown[] | null
          lea?: unknown[][] | null
          m?: Database["public"]["Enums"]["mood"] | null
          nl?: unknown
          ol?: Database["other"]["Enums"]["long_one"] | null
          ola?: Database["other"]["Enums"]["long_one"][] | null
          om?: Database["other"]["Enums"]["mood"] | null
          oo?: Database["other"]["Enums"]["only"] | null
          t?: Database["public"]["Tables"]["t1"]["Row"] | null
          ta: Database["public"]["Tables"]["t1"]["Row"][]
          "weird key"?: string | null
        }
        Update: {
          c?: Database["public"]["CompositeTypes"]["comp"]
          ca?: Database["public"]["CompositeTypes"]["comp"][] | null
          def?: number
          ec?: unknown
          gen_col?: never
          ida?: number
          idd?: number
          jb?: Json | null
          js?: NonNullable<Json>
          jsa?: Json[]
          le?: unknown[] | null
          lea?: unknown[][] | null
          m?: Database["public"]["Enums"]["mood"] | null
          nl?: unknown
          ol?: Database["other"]["Enums"]["long_one"] | null
          ola?: Database["other"]["Enums"]["long_one"][] | null
          om?: Database["other"]["Enums"]["mood"] | null
          oo?: Database["other"]["Enums"]["only"] | null
          t?: Database["public"]["Tables"]["t1"]["Row"] | null
          ta?: Database["public"]["Tables"]["t1"]["Row"][]
          "weird key"?: string | null
        }
        Relationships: []
      }
      part: {
        Row: {
          f: number | null
          id: number
          k: number
        }
        ComputedFields: never
        Insert: {
          f?: number | null
          id: number
          k: number
        }
        Update: {
          f?: number | null
          id?: number
          k?: number
        }
        Relationships: [
          {
            foreignKeyName: "part_f_fkey"
            columns: ["f"]
            isOneToOne: false
            referencedRelation: "mv"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "part_f_fkey"
            columns: ["f"]
            isOneToOne: false
            referencedRelation: "t1"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "part_f_fkey"
            columns: ["f"]
            isOneToOne: false
            referencedRelation: "v1"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "part_f_fkey"
            columns: ["f"]
            isOneToOne: false
            referencedRelation: "v3"
            referencedColumns: ["id"]
          },
        ]
      }
      part_1: {
        Row: {
          f: number | null
          id: number
          k: number
        }
        ComputedFields: never
        Insert: {
          f?: number | null
          id: number
          k: number
        }
        Update: {
          f?: number | null
          id?: number
          k?: number
        }
        Relationships: []
      }
      part_1_1: {
        Row: {
          f: number | null
          id: number
          k: number
        }
        ComputedFields: never
        Insert: {
          f?: number | null
          id: number
          k: number
        }
        Update: {
          f?: number | null
          id?: number
          k?: number
        }
        Relationships: []
      }
      part_ref: {
        Row: {
          id: number | null
          k: number | null
        }
        ComputedFields: never
        Insert: {
          id?: number | null
          k?: number | null
        }
        Update: {
          id?: number | null
          k?: number | null
        }
        Relationships: [
          {
            foreignKeyName: "part_ref_id_k_fkey"
            columns: ["id", "k"]
            isOneToOne: false
            referencedRelation: "part"
            referencedColumns: ["id", "k"]
          },
        ]
      }
      pk2: {
        Row: {
          a: number
          b: number
          c: number | null
        }
        ComputedFields: never
        Insert: {
          a: number
          b: number
          c?: number | null
        }
        Update: {
          a?: number
          b?: number
          c?: number | null
        }
        Relationships: []
      }
      t1: {
        Row: {
          a: string | null
          b: unknown
          c: number
          d: Database["public"]["Enums"]["mood"] | null
          e: number[] | null
          f: Database["public"]["CompositeTypes"]["comp"] | null
          g: unknown[] | null
          h: number
          i: unknown
          id: number
          j: unknown
          k: unknown
          l: unknown
          m: unknown
          n: unknown
          o: unknown[] | null
          p: unknown
          q: unknown
          r: unknown
          s: unknown
          t: unknown
          u: string | null
          v: string | null
          x: number[] | null
          f1: string | null
          f3: {
            c: Database["public"]["CompositeTypes"]["comp"]
            ca: Database["public"]["CompositeTypes"]["comp"][] | null
            def: number
            ec: unknown
            gen_col: number | null
            ida: number
            idd: number
            jb: Json | null
            js: NonNullable<Json>
            jsa: Json[]
            le: unknown[] | null
            lea: unknown[][] | null
            m: Database["public"]["Enums"]["mood"] | null
            nl: unknown
            ol: Database["other"]["Enums"]["long_one"] | null
            ola: Database["other"]["Enums"]["long_one"][] | null
            om: Database["other"]["Enums"]["mood"] | null
            oo: Database["other"]["Enums"]["only"] | null
            t: Database["public"]["Tables"]["t1"]["Row"] | null
            ta: Database["public"]["Tables"]["t1"]["Row"][]
            "weird key": string | null
          } | null
          f4: {
            c: Database["public"]["CompositeTypes"]["comp"]
            ca: Database["public"]["CompositeTypes"]["comp"][] | null
            def: number
            ec: unknown
            gen_col: number | null
            ida: number
            idd: number
            jb: Json | null
            js: NonNullable<Json>
            jsa: Json[]
            le: unknown[] | null
            lea: unknown[][] | null
            m: Database["public"]["Enums"]["mood"] | null
            nl: unknown
            ol: Database["other"]["Enums"]["long_one"] | null
            ola: Database["other"]["Enums"]["long_one"][] | null
            om: Database["other"]["Enums"]["mood"] | null
            oo: Database["other"]["Enums"]["only"] | null
            t: Database["public"]["Tables"]["t1"]["Row"] | null
            ta: Database["public"]["Tables"]["t1"]["Row"][]
            "weird key": string | null
          } | null
          f5: Record<string, unknown> | null
          f6: {
            "a b": Database["public"]["Enums"]["mood"]
            x: Database["public"]["Tables"]["t2"]["Row"]
            y: string
          } | null
        }
        ComputedFields: "f1" | "f3" | "f4" | "f5" | "f6"
        Insert: {
          a?: string | null
          b?: unknown
          c: number
          d?: Database["public"]["Enums"]["mood"] | null
          e?: number[] | null
          f?: Database["public"]["CompositeTypes"]["comp"] | null
          g?: unknown[] | null
          h: number
          i?: unknown
          id: number
          j?: unknown
          k?: unknown
          l?: unknown
          m?: unknown
          n?: unknown
          o?: unknown[] | null
          p?: unknown
          q?: unknown
          r?: unknown
          s?: unknown
          t?: unknown
          u?: string | null
          v?: string | null
          x?: number[] | null
        }
        Update: {
          a?: string | null
          b?: unknown
          c?: number
          d?: Database["public"]["Enums"]["mood"] | null
          e?: number[] | null
          f?: Database["public"]["CompositeTypes"]["comp"] | null
          g?: unknown[] | null
          h?: number
          i?: unknown
          id?: number
          j?: unknown
          k?: unknown
          l?: unknown
          m?: unknown
          n?: unknown
          o?: unknown[] | null
          p?: unknown
          q?: unknown
          r?: unknown
          s?: unknown
          t?: unknown
          u?: string | null
          v?: string | null
          x?: number[] | null
        }
        Relationships: []
      }
      t2: {
        Row: {
          c: Database["public"]["CompositeTypes"]["comp"]
          ca: Database["public"]["CompositeTypes"]["comp"][] | null
          def: number
          ec: unknown
          gen_col: number | null
          ida: number
          idd: number
          jb: Json | null
          js: NonNullable<Json>
          jsa: Json[]
          le: unknown[] | null
          lea: unknown[][] | null
          m: Database["public"]["Enums"]["mood"] | null
          nl: unknown
          ol: Database["other"]["Enums"]["long_one"] | null
          ola: Database["other"]["Enums"]["long_one"][] | null
          om: Database["other"]["Enums"]["mood"] | null
          oo: Database["other"]["Enums"]["only"] | null
          t: Database["public"]["Tables"]["t1"]["Row"] | null
          ta: Database["public"]["Tables"]["t1"]["Row"][]
          "weird key": string | null
        }
        ComputedFields: never
        Insert: {
          c: Database["public"]["CompositeTypes"]["comp"]
          ca?: Database["public"]["CompositeTypes"]["comp"][] | null
          def?: number
          ec?: unknown
          gen_col?: never
          ida?: never
          idd?: number
          jb?: Json | null
          js: NonNullable<Json>
          jsa: Json[]
          le?: unknown[] | null
          lea?: unknown[][] | null
          m?: Database["public"]["Enums"]["mood"] | null
          nl?: unknown
          ol?: Database["other"]["Enums"]["long_one"] | null
          ola?: Database["other"]["Enums"]["long_one"][] | null
          om?: Database["other"]["Enums"]["mood"] | null
          oo?: Database["other"]["Enums"]["only"] | null
          t?: Database["public"]["Tables"]["t1"]["Row"] | null
          ta: Database["public"]["Tables"]["t1"]["Row"][]
          "weird key"?: string | null
        }
        Update: {
          c?: Database["public"]["CompositeTypes"]["comp"]
          ca?: Database["public"]["CompositeTypes"]["comp"][] | null
          def?: number
          ec?: unknown
          gen_col?: never
          ida?: never
          idd?: number
          jb?: Json | null
          js?: NonNullable<Json>
          jsa?: Json[]
          le?: unknown[] | null
          lea?: unknown[][] | null
          m?: Database["public"]["Enums"]["mood"] | null
          nl?: unknown
          ol?: Database["other"]["Enums"]["long_one"] | null
          ola?: Database["other"]["Enums"]["long_one"][] | null
          om?: Database["other"]["Enums"]["mood"] | null
          oo?: Database["other"]["Enums"]["only"] | null
          t?: Database["public"]["Tables"]["t1"]["Row"] | null
          ta?: Database["public"]["Tables"]["t1"]["Row"][]
          "weird key"?: string | null
        }
        Relationships: []
      }
      text: {
        Row: {
          v: number | null
          f29: number | null
        }
        ComputedFields: "f29"
        Insert: {
          v?: number | null
        }
        Update: {
          v?: number | null
        }
        Relationships: []
      }
    }
    Views: {
      mv: {
        Row: {
          id: number
          f8: number | null
        }
        ComputedFields: "f8"
        Relationships: []
      }
      "naïve view": {
        Row: {
          "a​b": number | null
          "emoji 😀": number | null
          straße: number | null
          zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz:
            | number
            | null
          日本語: number | null
        }
        ComputedFields: never
        Relationships: []
      }
      v1: {
        Row: {
          a: string | null
          c: number
          hh: number | null
          id: number
          f7: number | null
          f9: Database["public"]["Enums"]["mood"] | null
        }
        ComputedFields: "f7" | "f9"
        Insert: {
          a?: string | null
          c?: number | null
          hh?: never
          id?: number | null
        }
        Update: {
          a?: string | null
          c?: number | null
          hh?: never
          id?: number | null
        }
        Relationships: []
      }
      v2: {
        Row: {
          c: Database["public"]["CompositeTypes"]["comp"]
          ca: Database["public"]["CompositeTypes"]["comp"][] | null
          def: number
          ec: unknown
          gen_col: number | null
          ida: number
          idd: number
          jb: Json | null
          js: NonNullable<Json>
          jsa: Json[]
          le: unknown[] | null
          lea: unknown[][] | null
          m: Database["public"]["Enums"]["mood"] | null
          nl: unknown
          ol: Database["other"]["Enums"]["long_one"] | null
          ola: Database["other"]["Enums"]["long_one"][] | null
          om: Database["other"]["Enums"]["mood"] | null
          oo: Database["other"]["Enums"]["only"] | null
          t: Database["public"]["Tables"]["t1"]["Row"] | null
          ta: Database["public"]["Tables"]["t1"]["Row"][]
          "weird key": string | null
        }
        ComputedFields: never
        Insert: {
          c?: Database["public"]["CompositeTypes"]["comp"] | null
          ca?: Database["public"]["CompositeTypes"]["comp"][] | null
          def?: number | null
          ec?: unknown
          gen_col?: number | null
          ida?: number | null
          idd?: number | null
          jb?: Json | null
          js?: Json | null
          jsa?: Json[] | null
          le?: unknown[] | null
          lea?: unknown[][] | null
          m?: Database["public"]["Enums"]["mood"] | null
          nl?: unknown
          ol?: Database["other"]["Enums"]["long_one"] | null
          ola?: Database["other"]["Enums"]["long_one"][] | null
          om?: Database["other"]["Enums"]["mood"] | null
          oo?: Database["other"]["Enums"]["only"] | null
          t?: Database["public"]["Tables"]["t1"]["Row"] | null
          ta?: Database["public"]["Tables"]["t1"]["Row"][] | null
          "weird key"?: string | null
        }
        Update: {
          c?: Database["public"]["CompositeTypes"]["comp"] | null
          ca?: Database["public"]["CompositeTypes"]["comp"][] | null
          def?: number | null
          ec?: unknown
          gen_col?: number | null
          ida?: number | null
          idd?: number | null
          jb?: Json | null
          js?: Json | null
          jsa?: Json[] | null
          le?: unknown[] | null
          lea?: unknown[][] | null
          m?: Database["public"]["Enums"]["mood"] | null
          nl?: unknown
          ol?: Database["other"]["Enums"]["long_one"] | null
          ola?: Database["other"]["Enums"]["long_one"][] | null
          om?: Database["other"]["Enums"]["mood"] | null
          oo?: Database["other"]["Enums"]["only"] | null
          t?: Database["public"]["Tables"]["t1"]["Row"] | null
          ta?: Database["public"]["Tables"]["t1"]["Row"][] | null
          "weird key"?: string | null
        }
        Relationships: []
      }
      v3: {
        Row: {
          id: number
        }
        ComputedFields: never
        Insert: {
          id?: number | null
        }
        Update: {
          id?: number | null
        }
        Relationships: []
      }
      vt: {
        Row: {
          n: number | null
          "on INSERT": number | null
        }
        ComputedFields: never
        Relationships: []
      }
    }
    Functions: {
      "09": { Args: Record<PropertyKey, never>; Returns: number }
      "10": { Args: Record<PropertyKey, never>; Returns: number }
      "4294967295": { Args: Record<PropertyKey, never>; Returns: number }
      "9": { Args: Record<PropertyKey, never>; Returns: number }
      'a"b': { Args: Record<PropertyKey, never>; Returns: number }
      f0:
        | {
            Args: Record<PropertyKey, never>
            Returns: {
              error: true
            } & "Could not choose the best candidate function between: public.f0(), public.f0( => int4). Try renaming the parameters or the function itself in the database so function overloading can be resolved"
          }
        | { Args: { ""?: string }; Returns: number }
      f1:
        | {
            Args: { a: string[] }
            Returns: {
              error: true
            } & "Could not choose the best candidate function between: public.f1(a => int4), public.f1(a => text), public.f1(a => _date), public.f1(a => mood), public.f1(a => t1). Try renaming the parameters or the function itself in the database so function overloading can be resolved"
          }
        | {
            Args: { a: number }
            Returns: {
              error: true
            } & "Could not choose the best candidate function between: public.f1(a => int4), public.f1(a => text), public.f1(a => _date), public.f1(a => mood), public.f1(a => t1). Try renaming the parameters or the function itself in the database so function overloading can be resolved"
          }
        | {
            Args: { a: number; b?: number; c?: string }
            Returns: {
              a: string | null
              b: unknown
              c: number
              d: Database["public"]["Enums"]["mood"] | null
              e: number[] | null
              f: Database["public"]["CompositeTypes"]["comp"] | null
              g: unknown[] | null
              h: number
              i: unknown
              id: number
              j: unknown
              k: unknown
              l: unknown
              m: unknown
              n: unknown
              o: unknown[] | null
              p: unknown
              q: unknown
              r: unknown
              s: unknown
              t: unknown
              u: string | null
              v: string | null
              x: number[] | null
            }[]
            SetofOptions: {
              from: "*"
              to: "t1"
              isOneToOne: false
              isSetofReturn: true
            }
          }
        | {
            Args: { a: Database["public"]["Enums"]["mood"] }
            Returns: {
              error: true
            } & "Could not choose the best candidate function between: public.f1(a => int4), public.f1(a => text), public.f1(a => _date), public.f1(a => mood), public.f1(a => t1). Try renaming the parameters or the function itself in the database so function overloading can be resolved"
          }
        | {
            Args: {
              a: Omit<
                Database["public"]["Tables"]["t1"]["Row"],
                Database["public"]["Tables"]["t1"]["ComputedFields"]
              >
            }
            Returns: {
              error: true
            } & "Could not choose the best candidate function between: public.f1(a => int4), public.f1(a => text), public.f1(a => _date), public.f1(a => mood), public.f1(a => t1). Try renaming the parameters or the function itself in the database so function overloading can be resolved"
          }
        | {
            Args: { a: string }
            Returns: {
              error: true
            } & "Could not choose the best candidate function between: public.f1(a => int4), public.f1(a => text), public.f1(a => _date), public.f1(a => mood), public.f1(a => t1). Try renaming the parameters or the function itself in the database so function overloading can be resolved"
          }
      f10: {
        Args: {
          x: Omit<
            Database["other"]["Tables"]["t3"]["Row"],
            Database["other"]["Tables"]["t3"]["ComputedFields"]
          >
        }
        Returns: number
      }
      f11: {
        Args: { "": Database["other"]["Tables"]["t3"]["Row"] }
        Returns: {
          error: true
        } & "the function public.f11 with parameter or with a single unnamed json/jsonb parameter, but no matches were found in the schema cache"
      }
      f12: {
        Args: { "": Database["other"]["Tables"]["t3"]["Row"] }
        Returns: {
          error: true
        } & "the function public.f12 with parameter or with a single unnamed json/jsonb parameter, but no matches were found in the schema cache"
        SetofOptions: {
          from: "other.t3"
          to: "t1"
          isOneToOne: true
          isSetofReturn: false
        }
      }
      f13: {
        Args: Record<PropertyKey, never>
        Returns: Database["other"]["Enums"]["mood"][]
      }
      f14: {
        Args: Record<PropertyKey, never>
        Returns: Database["other"]["Enums"]["long_one"]
      }
      f15: {
        Args: Record<PropertyKey, never>
        Returns: Database["other"]["Enums"]["only"]
      }
      f16: {
        Args: Record<PropertyKey, never>
        Returns: Database["other"]["Tables"]["t3"]["Row"]
        SetofOptions: {
          from: "*"
          to: "t3"
          isOneToOne: true
          isSetofReturn: false
        }
      }
      f17: {
        Args: Record<PropertyKey, never>
        Returns: Database["public"]["CompositeTypes"]["comp"][]
        SetofOptions: {
          from: "*"
          to: "comp"
          isOneToOne: false
          isSetofReturn: true
        }
      }
      f18: {
        Args: Record<PropertyKey, never>
        Returns: Database["public"]["CompositeTypes"]["comp"]
        SetofOptions: {
          from: "*"
          to: "comp"
          isOneToOne: true
          isSetofReturn: true
        }
      }
      f19: {
        Args: { "": Database["public"]["CompositeTypes"]["comp"] }
        Returns: {
          error: true
        } & "the function public.f19 with parameter or with a single unnamed json/jsonb parameter, but no matches were found in the schema cache"
      }
      f2: { Args: { a?: number; b: number }; Returns: number }
      f20: {
        Args: { c: Database["public"]["CompositeTypes"]["comp"] }
        Returns: Database["public"]["CompositeTypes"]["comp"]
        SetofOptions: {
          from: "comp"
          to: "comp"
          isOneToOne: true
          isSetofReturn: false
        }
      }
      f21: {
        Args: { "": unknown }
        Returns: {
          error: true
        } & "the function public.f21 with parameter or with a single unnamed json/jsonb parameter, but no matches were found in the schema cache"
        SetofOptions: {
          from: "emptycomp"
          to: "emptycomp"
          isOneToOne: true
          isSetofReturn: false
        }
      }
      f22: {
        Args: Record<PropertyKey, never>
        Returns: Record<string, unknown>[]
      }
      f23: { Args: { a?: string[] }; Returns: unknown }
      f24: { Args: { x: unknown; y: unknown }; Returns: unknown[] }
      f26: { Args: { ""?: string; a: number }; Returns: number }
      f27: {
        Args: {
          a_long_argument_name_number_one: number
          a_long_argument_name_number_two?: string
          b?: Json
        }
        Returns: undefined
      }
      f28: { Args: { "": string }; Returns: number }
      f29: {
        Args: { "": string }
        Returns: {
          error: true
        } & "the function public.f29 with parameter or with a single unnamed json/jsonb parameter, but no matches were found in the schema cache"
      }
      f3: {
        Args: { "": Database["public"]["Tables"]["t1"]["Row"] }
        Returns: {
          error: true
        } & "the function public.f3 with parameter or with a single unnamed json/jsonb parameter, but no matches were found in the schema cache"
        SetofOptions: {
          from: "t1"
          to: "t2"
          isOneToOne: true
          isSetofReturn: false
        }
      }
      f30: { Args: { x: string }; Returns: number }
      f31: {
        Args: Record<PropertyKey, never>
        Returns: Database["other"]["Enums"]["long_one"][]
      }
      f32: {
        Args: Record<PropertyKey, never>
        Returns: Database["other"]["Enums"]["long_one"][]
      }
      f33: { Args: { a: number; b: string }; Returns: Record<string, unknown> }
      f34: {
        Args: {
          e?: Database["other"]["Enums"]["mood"]
          x: number
          x2: Database["other"]["Enums"]["long_one"]
        }
        Returns: number[]
      }
      f4: {
        Args: {
          r: Omit<
            Database["public"]["Tables"]["t1"]["Row"],
            Database["public"]["Tables"]["t1"]["ComputedFields"]
          >
        }
        Returns: {
          c: Database["public"]["CompositeTypes"]["comp"]
          ca: Database["public"]["CompositeTypes"]["comp"][] | null
          def: number
          ec: unknown
          gen_col: number | null
          ida: number
          idd: number
          jb: Json | null
          js: NonNullable<Json>
          jsa: Json[]
          le: unknown[] | null
          lea: unknown[][] | null
          m: Database["public"]["Enums"]["mood"] | null
          nl: unknown
          ol: Database["other"]["Enums"]["long_one"] | null
          ola: Database["other"]["Enums"]["long_one"][] | null
          om: Database["other"]["Enums"]["mood"] | null
          oo: Database["other"]["Enums"]["only"] | null
          t: Database["public"]["Tables"]["t1"]["Row"] | null
          ta: Database["public"]["Tables"]["t1"]["Row"][]
          "weird key": string | null
        }
        SetofOptions: {
          from: "t1"
          to: "t2"
          isOneToOne: true
          isSetofReturn: true
        }
      }
      f5: {
        Args: {
          r: Omit<
            Database["public"]["Tables"]["t1"]["Row"],
            Database["public"]["Tables"]["t1"]["ComputedFields"]
          >
        }
        Returns: Record<string, unknown>
      }
      f6: {
        Args: {
          r: Omit<
            Database["public"]["Tables"]["t1"]["Row"],
            Database["public"]["Tables"]["t1"]["ComputedFields"]
          >
        }
        Returns: {
          "a b": Database["public"]["Enums"]["mood"]
          x: Database["public"]["Tables"]["t2"]["Row"]
          y: string
        }[]
      }
      f7: {
        Args: { "": Database["public"]["Views"]["v1"]["Row"] }
        Returns: {
          error: true
        } & "the function public.f7 with parameter or with a single unnamed json/jsonb parameter, but no matches were found in the schema cache"
      }
      f8: {
        Args: { "": Database["public"]["Views"]["mv"]["Row"] }
        Returns: {
          error: true
        } & "the function public.f8 with parameter or with a single unnamed json/jsonb parameter, but no matches were found in the schema cache"
      }
      f9: {
        Args: {
          x: Omit<
            Database["public"]["Views"]["v1"]["Row"],
            Database["public"]["Views"]["v1"]["ComputedFields"]
          >
        }
        Returns: Database["public"]["Enums"]["mood"]
      }
    }
    Enums: {
      _lead: "l"
      mood: "a" | "b"
    }
    CompositeTypes: {
      comp: {
        z: number | null
        a: string | null
        m: Database["public"]["Enums"]["mood"] | null
        mm: Database["other"]["Enums"]["mood"][] | null
      }
    }
  }
  user: {
    Tables: {
      child: {
        Row: {
          a: number | null
          b: number | null
          x: number | null
        }
        ComputedFields: never
        Insert: {
          a?: number | null
          b?: number | null
          x?: number | null
        }
        Update: {
          a?: number | null
          b?: number | null
          x?: number | null
        }
        Relationships: [
          {
            foreignKeyName: "child_a_b_fkey"
            columns: null
            isOneToOne: false
            referencedRelation: "select"
            referencedColumns: null
          },
          {
            foreignKeyName: "child_x_fkey"
            columns: null
            isOneToOne: false
            referencedRelation: "select"
            referencedColumns: null
          },
        ]
      }
      select: {
        Row: {
          a: number | null
          b: number | null
          id: number
        }
        ComputedFields: never
        Insert: {
          a?: number | null
          b?: number | null
          id: number
        }
        Update: {
          a?: number | null
          b?: number | null
          id?: number
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
}

export const Constants = {
  empty: {
    Enums: {},
  },
  other: {
    Enums: {
      long_one: [
        "aaaaaaaaaaaaaaaaaaaaaaaa",
        "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbb",
        "cccccccccccccccccccccccc",
      ],
      mood: ["x", "y", "z"],
      only: ["one"],
    },
  },
  public: {
    Enums: {
      _lead: ["l"],
      mood: ["a", "b"],
    },
  },
  user: {
    Enums: {},
  },
} as const
