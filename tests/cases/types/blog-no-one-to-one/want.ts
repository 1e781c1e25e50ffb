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
        ComputedFields: never
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
        ComputedFields: never
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
        ComputedFields: never
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
        ComputedFields: never
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
            referencedRelation: "posts"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "page_views_post_id_fkey"
            columns: ["post_id"]
            referencedRelation: "published_posts"
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
        ComputedFields: never
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
        ComputedFields: never
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
            referencedRelation: "posts"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "post_revisions_post_id_fkey"
            columns: ["post_id"]
            referencedRelation: "published_posts"
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
        ComputedFields: never
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
            referencedRelation: "authors"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "posts_editor_id_fkey"
            columns: ["editor_id"]
            referencedRelation: "authors"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "posts_reply_to_fkey"
            columns: ["reply_to"]
            referencedRelation: "posts"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "posts_reply_to_fkey"
            columns: ["reply_to"]
            referencedRelation: "published_posts"
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
        ComputedFields: never
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
            referencedRelation: "posts"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "reactions_post_id_fkey"
            columns: ["post_id"]
            referencedRelation: "published_posts"
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
        ComputedFields: never
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
            referencedRelation: "post_revisions"
            referencedColumns: ["post_id", "revision"]
          },
        ]
      }
    }
    Views: {
      post_counts: {
        Row: {
          author_id: string
          posts: number | null
        }
        ComputedFields: never
        Relationships: [
          {
            foreignKeyName: "posts_author_id_fkey"
            columns: ["author_id"]
            referencedRelation: "authors"
            referencedColumns: ["id"]
          },
        ]
      }
      post_stats: {
        Row: {
          post_id: number | null
          views: number | null
        }
        ComputedFields: never
        Relationships: [
          {
            foreignKeyName: "page_views_post_id_fkey"
            columns: ["post_id"]
            referencedRelation: "posts"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "page_views_post_id_fkey"
            columns: ["post_id"]
            referencedRelation: "published_posts"
            referencedColumns: ["id"]
          },
        ]
      }
      published_posts: {
        Row: {
          author_id: string
          id: number
          shout: string | null
          slug: string
          title: string
        }
        ComputedFields: never
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
        Relationships: [
          {
            foreignKeyName: "posts_author_id_fkey"
            columns: ["author_id"]
            referencedRelation: "authors"
            referencedColumns: ["id"]
          },
        ]
      }
      submit_post: {
        Row: {
          n: number | null
        }
        ComputedFields: never
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
