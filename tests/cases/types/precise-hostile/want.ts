export type Json =
  | string
  | number
  | boolean
  | null
  | { [key: string]: Json | undefined }
  | Json[]

export type Database = {
  "; drop table x; --": {
    Tables: {
      'erDiagram "x" { }': {
        Row: {
          "1st": number | null
          id: number | null
        }
        ComputedFields: never
        Insert: {
          "1st"?: number | null
          id?: number | null
        }
        Update: {
          "1st"?: number | null
          id?: number | null
        }
        Relationships: []
        OtherSchemaRelationships: [
          {
            foreignKeyName: 'erDiagram "x" { }_id_fkey'
            columns: ["id"]
            isOneToOne: false
            referencedSchema: "</script><script>alert(1)</script>"
            referencedRelation: "t`ick"
            referencedColumns: ["id"]
          },
        ]
      }
    }
    Views: {
      "v``": {
        Row: {
          x: string | null
        }
        ComputedFields: never
        Relationships: []
      }
    }
    Functions: {
      /** com|ment *\/ */
      "f`|": { Args: { a?: string | null }; Returns: string | null }
    }
    Enums: {
      "en|um":
        | "a`b"
        | "c|d"
        | "</script>"
        | "tab\there"
        | "nl\nx"
        | 'q"uote'
        | ""
    }
    CompositeTypes: {
      [_ in never]: never
    }
  }
  "</script><script>alert(1)</script>": {
    Tables: {
      /**
       * # not a heading
       * | not | a table |
       * <b>html</b> `code` *x* _y_ [l](http://x) ```
       * ---
       * $x$ a_b
       */
      "t`ick": {
        Row: {
          "[x](javascript:alert(1))": string | null
          "]}": number | null
          "*/": number | null
          "%d\\n": number | null
          "`; //": number | null
          "``": number | null
          "<img src=x onerror=alert(1)>": string | null
          "a\\|b": string | null
          "a\\b": string | null
          "a|b": string | null
          "emoji 😀": string | null
          /** 1. not a list | <script> */
          id: number
          'it\'s "q"': string | null
          "new\nline": string | null
          "rtl‮x": string | null
        }
        ComputedFields: never
        Insert: {
          "[x](javascript:alert(1))"?: string | null
          "]}"?: number | null
          "*/"?: number | null
          "%d\\n"?: number | null
          "`; //"?: number | null
          "``"?: number | null
          "<img src=x onerror=alert(1)>"?: string | null
          "a\\|b"?: string | null
          "a\\b"?: string | null
          "a|b"?: string | null
          "emoji 😀"?: string | null
          /** 1. not a list | <script> */
          id: number
          'it\'s "q"'?: string | null
          "new\nline"?: string | null
          "rtl‮x"?: string | null
        }
        Update: {
          "[x](javascript:alert(1))"?: string | null
          "]}"?: number | null
          "*/"?: number | null
          "%d\\n"?: number | null
          "`; //"?: number | null
          "``"?: number | null
          "<img src=x onerror=alert(1)>"?: string | null
          "a\\|b"?: string | null
          "a\\b"?: string | null
          "a|b"?: string | null
          "emoji 😀"?: string | null
          /** 1. not a list | <script> */
          id?: number
          'it\'s "q"'?: string | null
          "new\nline"?: string | null
          "rtl‮x"?: string | null
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
  public: {
    Tables: {
      "*/ // eof": {
        Row: {
          default: number | null
        }
        ComputedFields: never
        Insert: {
          default?: number | null
        }
        Update: {
          default?: number | null
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
  "; drop table x; --": {
    Enums: {
      "en|um": ["a`b", "c|d", "</script>", "tab\there", "nl\nx", 'q"uote', ""],
    },
  },
  "</script><script>alert(1)</script>": {
    Enums: {},
  },
  public: {
    Enums: {},
  },
} as const
