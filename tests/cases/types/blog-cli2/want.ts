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
      author_bios: {
        Row: {
          author_id: string
          body: string
          words: number | null
        }
        Insert: {
          author_id: string
          body: string
          words?: never
        }
        Update: {
          author_id?: string
          body?: string
          words?: never
        }
        Relationships: [
          {
            foreignKeyName: "author_bios_author_id_fkey"
            columns: ["author_id"]
            isOneToOne: true
            referencedRelation: "authors"
            referencedColumns: ["id"]
          },
        ]
      }
      authors: {
        Row: {
          badges: Database["public"]["Enums"]["reaction"][]
          born: string | null
          created_at: string
          display_name: string | null
          email: string
          extra: Json | null
          id: string
          last_ip: unknown
          score: number
          settings: NonNullable<Json>
          tags: string[] | null
          "Website URL": string | null
        }
        Insert: {
          badges?: Database["public"]["Enums"]["reaction"][]
          born?: string | null
          created_at?: string
          display_name?: string | null
          email: string
          extra?: Json | null
          id?: string
          last_ip?: unknown
          score?: number
          settings?: NonNullable<Json>
          tags?: string[] | null
          "Website URL"?: string | null
        }
        Update: {
          badges?: Database["public"]["Enums"]["reaction"][]
          born?: string | null
          created_at?: string
          display_name?: string | null
          email?: string
          extra?: Json | null
          id?: string
          last_ip?: unknown
          score?: number
          settings?: NonNullable<Json>
          tags?: string[] | null
          "Website URL"?: string | null
        }
        Relationships: []
      }
      no_columns: {
        Row: {}
        Insert: {}
        Update: {}
        Relationships: []
      }
      page_views: {
        Row: {
          post_id: number | null
          referrer: string | null
          seen_at: string
        }
        Insert: {
          post_id?: number | null
          referrer?: string | null
          seen_at?: string
        }
        Update: {
          post_id?: number | null
          referrer?: string | null
          seen_at?: string
        }
        Relationships: [
          {
            foreignKeyName: "page_views_post_id_fkey"
            columns: ["post_id"]
            isOneToOne: false
            referencedRelation: "posts"
            referencedColumns: ["id"]
          },
        ]
      }
      page_views_2025: {
        Row: {
          post_id: number | null
          referrer: string | null
          seen_at: string
        }
        Insert: {
          post_id?: number | null
          referrer?: string | null
          seen_at?: string
        }
        Update: {
          post_id?: number | null
          referrer?: string | null
          seen_at?: string
        }
        Relationships: []
      }
      post_revisions: {
        Row: {
          diff: string
          post_id: number
          revision: number
        }
        Insert: {
          diff: string
          post_id: number
          revision: number
        }
        Update: {
          diff?: string
          post_id?: number
          revision?: number
        }
        Relationships: [
          {
            foreignKeyName: "post_revisions_post_id_fkey"
            columns: ["post_id"]
            isOneToOne: false
            referencedRelation: "posts"
            referencedColumns: ["id"]
          },
        ]
      }
      posts: {
        Row: {
          a_flag_with_a_name_that_makes_the_line_too_long_for_one_line:
            | boolean
            | null
          author_id: string
          body: string | null
          editor_id: string | null
          id: number
          previous_status: Database["public"]["Enums"]["post_status"] | null
          published_at: string | null
          reading_time: string | null
          reply_to: number | null
          slug: string
          status: Database["public"]["Enums"]["post_status"]
          title: string
        }
        Insert: {
          a_flag_with_a_name_that_makes_the_line_too_long_for_one_line?:
            | boolean
            | null
          author_id: string
          body?: string | null
          editor_id?: string | null
          id?: never
          previous_status?: Database["public"]["Enums"]["post_status"] | null
          published_at?: string | null
          reading_time?: string | null
          reply_to?: number | null
          slug: string
          status?: Database["public"]["Enums"]["post_status"]
          title: string
        }
        Update: {
          a_flag_with_a_name_that_makes_the_line_too_long_for_one_line?:
            | boolean
            | null
          author_id?: string
          body?: string | null
          editor_id?: string | null
          id?: never
          previous_status?: Database["public"]["Enums"]["post_status"] | null
          published_at?: string | null
          reading_time?: string | null
          reply_to?: number | null
          slug?: string
          status?: Database["public"]["Enums"]["post_status"]
          title?: string
        }
        Relationships: [
          {
            foreignKeyName: "posts_author_id_fkey"
            columns: ["author_id"]
            isOneToOne: false
            referencedRelation: "authors"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "posts_editor_id_fkey"
            columns: ["editor_id"]
            isOneToOne: false
            referencedRelation: "authors"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "posts_reply_to_fkey"
            columns: ["reply_to"]
            isOneToOne: false
            referencedRelation: "posts"
            referencedColumns: ["id"]
          },
        ]
      }
      reactions: {
        Row: {
          id: number
          kind: Database["public"]["Enums"]["reaction"]
          post_id: number
        }
        Insert: {
          id?: number
          kind: Database["public"]["Enums"]["reaction"]
          post_id: number
        }
        Update: {
          id?: number
          kind?: Database["public"]["Enums"]["reaction"]
          post_id?: number
        }
        Relationships: [
          {
            foreignKeyName: "reactions_post_id_fkey"
            columns: ["post_id"]
            isOneToOne: false
            referencedRelation: "posts"
            referencedColumns: ["id"]
          },
        ]
      }
      revision_comments: {
        Row: {
          body: string
          id: number
          post_id: number | null
          revision: number | null
        }
        Insert: {
          body: string
          id?: number
          post_id?: number | null
          revision?: number | null
        }
        Update: {
          body?: string
          id?: number
          post_id?: number | null
          revision?: number | null
        }
        Relationships: [
          {
            foreignKeyName: "revision_comments_post_id_revision_fkey"
            columns: ["post_id", "revision"]
            isOneToOne: false
            referencedRelation: "post_revisions"
            referencedColumns: ["post_id", "revision"]
          },
        ]
      }
    }
    Views: {
      post_counts: {
        Row: {
          author_id: string | null
          posts: number | null
        }
        Relationships: []
      }
      post_stats: {
        Row: {
          post_id: number | null
          views: number | null
        }
        Relationships: []
      }
      published_posts: {
        Row: {
          author_id: string | null
          id: number | null
          shout: string | null
          slug: string | null
          title: string
        }
        Insert: {
          author_id?: string | null
          id?: number | null
          shout?: never
          slug?: string | null
          title?: string | null
        }
        Update: {
          author_id?: string | null
          id?: number | null
          shout?: never
          slug?: string | null
          title?: string | null
        }
        Relationships: []
      }
      submit_post: {
        Row: {
          n: number | null
        }
        Insert: {
          n?: number | null
        }
        Relationships: []
      }
    }
    Functions: {
      [_ in never]: never
    }
    Enums: {
      post_status: "draft" | "in review" | "published"
      reaction:
        | "like"
        | "love"
        | "laugh"
        | "hooray"
        | "confused"
        | "rocket"
        | "eyes"
        | "thumbs_down"
    }
    CompositeTypes: {
      [_ in never]: never
    }
  }
}

export const Constants = {
  public: {
    Enums: {
      post_status: ["draft", "in review", "published"],
      reaction: [
        "like",
        "love",
        "laugh",
        "hooray",
        "confused",
        "rocket",
        "eyes",
        "thumbs_down",
      ],
    },
  },
} as const
