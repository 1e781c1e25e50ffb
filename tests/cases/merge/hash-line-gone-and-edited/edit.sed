s/settings: Json | null/settings: unknown/
