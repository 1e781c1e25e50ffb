export type Json = string | number | boolean | null | { [key: string]: Json | undefined } | Json[]

export type Database = {
  
  "public": {
          Tables: {
            "users": {
                  Row: {
                    "born": string | null,"data": Json | null,"email": string,"id": string,"total": number | null,"full_name": string | null
                  }
                  ComputedFields: "full_name"
                  Insert: {
                    "born"?: string | null,"data"?: Json | null,"email": string,"id"?: string,"total"?: never
                  }
                  Update: {
                    "born"?: string | null,"data"?: Json | null,"email"?: string,"id"?: string,"total"?: never
                  }
                  Relationships: [
                    
                  ]
                }
          }
          Views: {
            "adults": {
                  Row: {
                    "email": string,"id": string
                  }
                  ComputedFields: never
                  Insert: {
                           "email"?: string | null,"id"?: string | null
                         }
                        Update: {
                           "email"?: string | null,"id"?: string | null
                         }
                        Relationships: [
                    
                  ]
                }
          }
          Functions: {
            "full_name":
{ Args: { "": Database["public"]['Tables']["users"]['Row'] }; Returns: { error: true } & "the function public.full_name with parameter or with a single unnamed json/jsonb parameter, but no matches were found in the schema cache"
                           },
"hello":
{ Args: { "m"?: Database["public"]['Enums']["mood"],"name": string }; Returns: string
                           }
          }
          Enums: {
            "mood": "sad"|"ok"
          }
          CompositeTypes: {
            [_ in never]: never
          }
        },"tenant": {
          Tables: {
            "notes": {
                  Row: {
                    "body": string,"id": number,"odd-name": number | null,"tags": (string)[] | null
                  }
                  ComputedFields: never
                  Insert: {
                    "body": string,"id"?: never,"odd-name"?: number | null,"tags"?: (string)[] | null
                  }
                  Update: {
                    "body"?: string,"id"?: never,"odd-name"?: number | null,"tags"?: (string)[] | null
                  }
                  Relationships: [
                    
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
}

export const Constants = {
  "public": {
          Enums: {
            "mood": ["sad", "ok"]
          }
        },"tenant": {
          Enums: {
            
          }
        }
} as const
