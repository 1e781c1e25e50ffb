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
      "f`|": { Args: { a?: string }; Returns: string }
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
