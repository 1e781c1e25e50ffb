/^          settings: Json/a\
          nickname: string
