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
      /**
       * What people write.
       *
       *   Kept for {\@link https://example.org a year}.
       * \@param id is no tag
       *  * nor a bullet
       */
      posts: {
        Row: {
          /**
           * `code` and ${x}
           * *\/
           * /** again *\/
           */
          body: string | null
          empty: string | null
          /** The key */
          id: number
          /** someone@example.org or \@nobody, **\/ and *\/*\/ /* too */
          mail: string | null
          /**
           * one
           *
           *
           * two
           */
          several: string | null
          state: Database["public"]["Enums"]["mood"] | null
          /** bell \u0007 escape \u001b[31m turn \u202e back \u2028 line é 😀 */
          wild: string | null
          /** A title that is made */
          title: string | null
        }
        ComputedFields: "title"
        Insert: {
          /**
           * `code` and ${x}
           * *\/
           * /** again *\/
           */
          body?: string | null
          empty?: string | null
          /** The key */
          id: number
          /** someone@example.org or \@nobody, **\/ and *\/*\/ /* too */
          mail?: string | null
          /**
           * one
           *
           *
           * two
           */
          several?: string | null
          state?: Database["public"]["Enums"]["mood"] | null
          /** bell \u0007 escape \u001b[31m turn \u202e back \u2028 line é 😀 */
          wild?: string | null
        }
        Update: {
          /**
           * `code` and ${x}
           * *\/
           * /** again *\/
           */
          body?: string | null
          empty?: string | null
          /** The key */
          id?: number
          /** someone@example.org or \@nobody, **\/ and *\/*\/ /* too */
          mail?: string | null
          /**
           * one
           *
           *
           * two
           */
          several?: string | null
          state?: Database["public"]["Enums"]["mood"] | null
          /** bell \u0007 escape \u001b[31m turn \u202e back \u2028 line é 😀 */
          wild?: string | null
        }
        Relationships: []
      }
    }
    Views: {
      /** The newest */
      recent: {
        Row: {
          /** Of the post */
          id: number
          mail: string | null
        }
        ComputedFields: never
        Insert: {
          /** Of the post */
          id?: number | null
          mail?: string | null
        }
        Update: {
          /** Of the post */
          id?: number | null
          mail?: string | null
        }
        Relationships: []
      }
    }
    Functions: {
      /**
       * Says it \@twice.
       *
       * Says hello.
       */
      greet:
        | {
            Args: { name: number }
            Returns: {
              error: true
            } & "Could not choose the best candidate function between: public.greet(name => int4), public.greet(name => text). Try renaming the parameters or the function itself in the database so function overloading can be resolved"
          }
        | {
            Args: { name: string }
            Returns: {
              error: true
            } & "Could not choose the best candidate function between: public.greet(name => int4), public.greet(name => text). Try renaming the parameters or the function itself in the database so function overloading can be resolved"
          }
      /** A title that is made */
      title: {
        Args: { "": Database["public"]["Tables"]["posts"]["Row"] }
        Returns: {
          error: true
        } & "the function public.title with parameter or with a single unnamed json/jsonb parameter, but no matches were found in the schema cache"
      }
      /** Waves */
      wave: { Args: Record<PropertyKey, never>; Returns: number }
    }
    Enums: {
      /** How it feels *\/ } \@deprecated */
      mood: "sad" | "ok"
    }
    CompositeTypes: {
      /** \@see mood */
      pair: {
        /** The first */
        a: number | null
        b: string | null
      }
    }
  }
}

export const Constants = {
  public: {
    Enums: {
      /** How it feels *\/ } \@deprecated */
      mood: ["sad", "ok"],
    },
  },
} as const
