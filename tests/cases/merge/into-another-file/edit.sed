s/settings: Json | null/settings: { theme: string } | null/
