s/^          settings: Json | null/          email: string | null\
          settings: Json | null/
