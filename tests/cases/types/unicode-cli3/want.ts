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
      "2Ybñ_c20hÄé한g#XXCж9ñceDChfYfAXdç0": {
        Row: {
          "cdjo\tDQABcjCigZ😀c8A8Cj2": unknown
          zz_id: number
        }
        ComputedFields: never
        Insert: {
          "cdjo\tDQABcjCigZ😀c8A8Cj2"?: unknown
          zz_id: number
        }
        Update: {
          "cdjo\tDQABcjCigZ😀c8A8Cj2"?: unknown
          zz_id?: number
        }
        Relationships: [
          {
            foreignKeyName: "Y/❤j4eñ`fBü😀7ßcT"
            columns: ["zz_id"]
            isOneToOne: true
            referencedRelation: "日kfY__cX^çg5Yé_g\ni7çMécßZbéhÅcZZøxfZ?"
            referencedColumns: ["zz_id"]
          },
          {
            foreignKeyName: "本fibC4한Yg_chBcM8Fg"
            columns: ["zz_id"]
            isOneToOne: true
            referencedRelation: "jcXzé本jjG​4ççfAhbDèdé4_Åß"
            referencedColumns: ["zz_id"]
          },
        ]
      }
      "4ZYY​0fg": {
        Row: {
          "&jDCBç5eA:2i5é": string[]
          "8DDèZXüga8e6YaDji6eX":
            | Database["public"]["Enums"]["6iDDDaZhXÉDhè本éZ😀0djaDd"][]
            | null
          "çiCBaYアA​%XCvÅ0あ\tnアeZaÉY'$É中C😀": string[]
          "DßcAXe\n\nagf2dghaDÄÉ❤D:8": number
          "X❤2Z8fZh0eZ\ti": number | null
          Yléab: number | null
          zz_id: number
        }
        ComputedFields: never
        Insert: {
          "&jDCBç5eA:2i5é": string[]
          "8DDèZXüga8e6YaDji6eX"?:
            | Database["public"]["Enums"]["6iDDDaZhXÉDhè本éZ😀0djaDd"][]
            | null
          "çiCBaYアA​%XCvÅ0あ\tnアeZaÉY'$É中C😀": string[]
          "DßcAXe\n\nagf2dghaDÄÉ❤D:8": number
          "X❤2Z8fZh0eZ\ti"?: number | null
          Yléab?: number | null
          zz_id: number
        }
        Update: {
          "&jDCBç5eA:2i5é"?: string[]
          "8DDèZXüga8e6YaDji6eX"?:
            | Database["public"]["Enums"]["6iDDDaZhXÉDhè本éZ😀0djaDd"][]
            | null
          "çiCBaYアA​%XCvÅ0あ\tnアeZaÉY'$É中C😀"?: string[]
          "DßcAXe\n\nagf2dghaDÄÉ❤D:8"?: number
          "X❤2Z8fZh0eZ\ti"?: number | null
          Yléab?: number | null
          zz_id?: number
        }
        Relationships: []
      }
      "7é": {
        Row: {
          "Ä9D.ZfñYあfijjBDA|gejX":
            | Database["public"]["CompositeTypes"]["jXñE\nfgbfadhcCXgZ_B|\nßアd3K?iYf️bDjCcg"]
            | null
          AgqgQjfOh4YBÅC: Database["public"]["Enums"]["cZbZあøY"]
          h6bX9bB: Database["public"]["Enums"]["éeCWaejBж"][]
          "YAXア^あ.本aZ1h\nffebあèXjbaace": string[]
          zz_id: number
        }
        ComputedFields: never
        Insert: {
          "Ä9D.ZfñYあfijjBDA|gejX"?:
            | Database["public"]["CompositeTypes"]["jXñE\nfgbfadhcCXgZ_B|\nßアd3K?iYf️bDjCcg"]
            | null
          AgqgQjfOh4YBÅC: Database["public"]["Enums"]["cZbZあøY"]
          h6bX9bB: Database["public"]["Enums"]["éeCWaejBж"][]
          "YAXア^あ.本aZ1h\nffebあèXjbaace": string[]
          zz_id: number
        }
        Update: {
          "Ä9D.ZfñYあfijjBDA|gejX"?:
            | Database["public"]["CompositeTypes"]["jXñE\nfgbfadhcCXgZ_B|\nßアd3K?iYf️bDjCcg"]
            | null
          AgqgQjfOh4YBÅC?: Database["public"]["Enums"]["cZbZあøY"]
          h6bX9bB?: Database["public"]["Enums"]["éeCWaejBж"][]
          "YAXア^あ.本aZ1h\nffebあèXjbaace"?: string[]
          zz_id?: number
        }
        Relationships: []
      }
      "A😀BiCdYe\tèbadYc262Xg️,C1hbgiBi7D'a(": {
        Row: {
          "]i%d😀1j[GeIf6bBBhYfffjaCBñiaC": string
          zz_id: number
        }
        ComputedFields: never
        Insert: {
          "]i%d😀1j[GeIf6bBBhYfffjaCBñiaC": string
          zz_id: number
        }
        Update: {
          "]i%d😀1j[GeIf6bBBhYfffjaCBñiaC"?: string
          zz_id?: number
        }
        Relationships: [
          {
            foreignKeyName: "d😀7bI6aアa/D@Zc{ÅjCY"
            columns: ["zz_id"]
            isOneToOne: true
            referencedRelation: "A😀BiCdYe\tèbadYc262Xg️,C1hbgiBi7D'a("
            referencedColumns: ["zz_id"]
          },
          {
            foreignKeyName: "dXB😀A️ECYUf本"
            columns: ["zz_id"]
            isOneToOne: true
            referencedRelation: "Xdé03YfYee2&BZあZ1i"
            referencedColumns: ["zz_id"]
          },
        ]
      }
      'bYあ中XcXwBf1gaZ"4本$ifÅ+jgDÅcXeeDAè_aAøçè': {
        Row: {
          "0XZあeÅFaAYßeèg": number
          "Åアhde7DF-iAh3dBZnvéアfDBtd1hç5d": string | null
          "Bh5j4a\t\tñ(aZ7QdÉø😀😀ZbCé5éccñ️YYAÄgKc":
            | Database["public"]["Enums"]["cf76C️ch😀ÄZ32YyX2gZhéアT94ßYñBY2Y:acÅ%"][]
            | null
          cÅDBeÅgcüAb9Cahgf7: number | null
          çbfÅ:
            | Database["public"]["Enums"]["️çж❤ÅbadeZYgDXDXDgj​ç😀XhjXBßbe"][]
            | null
          "Cz e4Xb<d,ZアS{A日da\ngggeeBiD日​️çbeXi*d": unknown
          "ehEg_hd5ZcgéibD❤üç0CogYY0c😀":
            | Database["public"]["Tables"]["fXD6a6jAü😀4FhYd7XjEg%ZCÅ3P😀hf1M​L4b9A"]["Row"][]
            | null
          "HeYBideжD8gDÉhAZi}EèhagRBжñÅ\tYB8": Database["public"]["Enums"]["jzfe6ibéiZA❤"]
          "jbgiBiX_edY.c=": number | null
          "øefüfD3é❤Éb😀": number | null
          "Zg_Xc1ñjBжDèhVaEж5aAAñBejj{iA": unknown
          zz_id: number
        }
        ComputedFields: never
        Insert: {
          "0XZあeÅFaAYßeèg": number
          "Åアhde7DF-iAh3dBZnvéアfDBtd1hç5d"?: string | null
          "Bh5j4a\t\tñ(aZ7QdÉø😀😀ZbCé5éccñ️YYAÄgKc"?:
            | Database["public"]["Enums"]["cf76C️ch😀ÄZ32YyX2gZhéアT94ßYñBY2Y:acÅ%"][]
            | null
          cÅDBeÅgcüAb9Cahgf7?: number | null
          çbfÅ?:
            | Database["public"]["Enums"]["️çж❤ÅbadeZYgDXDXDgj​ç😀XhjXBßbe"][]
            | null
          "Cz e4Xb<d,ZアS{A日da\ngggeeBiD日​️çbeXi*d"?: unknown
          "ehEg_hd5ZcgéibD❤üç0CogYY0c😀"?:
            | Database["public"]["Tables"]["fXD6a6jAü😀4FhYd7XjEg%ZCÅ3P😀hf1M​L4b9A"]["Row"][]
            | null
          "HeYBideжD8gDÉhAZi}EèhagRBжñÅ\tYB8": Database["public"]["Enums"]["jzfe6ibéiZA❤"]
          "jbgiBiX_edY.c="?: number | null
          "øefüfD3é❤Éb😀"?: number | null
          "Zg_Xc1ñjBжDèhVaEж5aAAñBejj{iA"?: unknown
          zz_id: number
        }
        Update: {
          "0XZあeÅFaAYßeèg"?: number
          "Åアhde7DF-iAh3dBZnvéアfDBtd1hç5d"?: string | null
          "Bh5j4a\t\tñ(aZ7QdÉø😀😀ZbCé5éccñ️YYAÄgKc"?:
            | Database["public"]["Enums"]["cf76C️ch😀ÄZ32YyX2gZhéアT94ßYñBY2Y:acÅ%"][]
            | null
          cÅDBeÅgcüAb9Cahgf7?: number | null
          çbfÅ?:
            | Database["public"]["Enums"]["️çж❤ÅbadeZYgDXDXDgj​ç😀XhjXBßbe"][]
            | null
          "Cz e4Xb<d,ZアS{A日da\ngggeeBiD日​️çbeXi*d"?: unknown
          "ehEg_hd5ZcgéibD❤üç0CogYY0c😀"?:
            | Database["public"]["Tables"]["fXD6a6jAü😀4FhYd7XjEg%ZCÅ3P😀hf1M​L4b9A"]["Row"][]
            | null
          "HeYBideжD8gDÉhAZi}EèhagRBжñÅ\tYB8"?: Database["public"]["Enums"]["jzfe6ibéiZA❤"]
          "jbgiBiX_edY.c="?: number | null
          "øefüfD3é❤Éb😀"?: number | null
          "Zg_Xc1ñjBжDèhVaEж5aAAñBejj{iA"?: unknown
          zz_id?: number
        }
        Relationships: []
      }
      "fXD6a6jAü😀4FhYd7XjEg%ZCÅ3P😀hf1M​L4b9A": {
        Row: {
          "1Cae?ZcññHbcYyfçBAÄAç": Json | null
          "Ad\\céZd": string
          b: Database["public"]["CompositeTypes"]["jXñE\nfgbfadhcCXgZ_B|\nßアd3K?iYf️bDjCcg"]
          "e5XZßÉD&dç日gi中?ж4f":
            | Database["public"]["CompositeTypes"]["haAX49gD"]
            | null
          "hgZ)cX AAei8ehcÉgga​}ad日あ7É5CDggO%KgXA":
            | Database["public"]["Enums"]["cZbZあøY"][]
            | null
          'ih"':
            | Database["public"]["Enums"]["cf76C️ch😀ÄZ32YyX2gZhéアT94ßYñBY2Y:acÅ%"][]
            | null
          LÄèq3_YgH55d3BiU7øaXZj한idbçX5añXCAB97あ: Database["public"]["CompositeTypes"]["ü05b7i7Y~jcøfigアf\t❤/gÉAY_jX7"]
          øpb1: string[] | null
          "ü=èdéXAjc本+24øA0aZ4@Bcg1XZ>Z": Database["public"]["Enums"]["cZbZあøY"]
          "X___AALßXdiZXøZbi\thBaY4|CXkZdhAg️CA Xj": Database["public"]["CompositeTypes"][".gアe😀中DXaa5CdcChçcjeCjñ​cL"]
          "XZccèAあZeA>fai日BjX1ñA7XgNø️febßhiX3B":
            | Database["public"]["Enums"]["jzfe6ibéiZA❤"][]
            | null
          zz_id: number
          жfiejXdBiBèøèZß_жgDX3j9アD本èACéhnè: number | null
          アZeYÅ: Database["public"]["Enums"]["éeCWaejBж"][]
        }
        ComputedFields: never
        Insert: {
          "1Cae?ZcññHbcYyfçBAÄAç"?: Json | null
          "Ad\\céZd": string
          b: Database["public"]["CompositeTypes"]["jXñE\nfgbfadhcCXgZ_B|\nßアd3K?iYf️bDjCcg"]
          "e5XZßÉD&dç日gi中?ж4f"?:
            | Database["public"]["CompositeTypes"]["haAX49gD"]
            | null
          "hgZ)cX AAei8ehcÉgga​}ad日あ7É5CDggO%KgXA"?:
            | Database["public"]["Enums"]["cZbZあøY"][]
            | null
          'ih"'?:
            | Database["public"]["Enums"]["cf76C️ch😀ÄZ32YyX2gZhéアT94ßYñBY2Y:acÅ%"][]
            | null
          LÄèq3_YgH55d3BiU7øaXZj한idbçX5añXCAB97あ: Database["public"]["CompositeTypes"]["ü05b7i7Y~jcøfigアf\t❤/gÉAY_jX7"]
          øpb1?: string[] | null
          "ü=èdéXAjc本+24øA0aZ4@Bcg1XZ>Z": Database["public"]["Enums"]["cZbZあøY"]
          "X___AALßXdiZXøZbi\thBaY4|CXkZdhAg️CA Xj": Database["public"]["CompositeTypes"][".gアe😀中DXaa5CdcChçcjeCjñ​cL"]
          "XZccèAあZeA>fai日BjX1ñA7XgNø️febßhiX3B"?:
            | Database["public"]["Enums"]["jzfe6ibéiZA❤"][]
            | null
          zz_id: number
          жfiejXdBiBèøèZß_жgDX3j9アD本èACéhnè?: number | null
          アZeYÅ: Database["public"]["Enums"]["éeCWaejBж"][]
        }
        Update: {
          "1Cae?ZcññHbcYyfçBAÄAç"?: Json | null
          "Ad\\céZd"?: string
          b?: Database["public"]["CompositeTypes"]["jXñE\nfgbfadhcCXgZ_B|\nßアd3K?iYf️bDjCcg"]
          "e5XZßÉD&dç日gi中?ж4f"?:
            | Database["public"]["CompositeTypes"]["haAX49gD"]
            | null
          "hgZ)cX AAei8ehcÉgga​}ad日あ7É5CDggO%KgXA"?:
            | Database["public"]["Enums"]["cZbZあøY"][]
            | null
          'ih"'?:
            | Database["public"]["Enums"]["cf76C️ch😀ÄZ32YyX2gZhéアT94ßYñBY2Y:acÅ%"][]
            | null
          LÄèq3_YgH55d3BiU7øaXZj한idbçX5añXCAB97あ?: Database["public"]["CompositeTypes"]["ü05b7i7Y~jcøfigアf\t❤/gÉAY_jX7"]
          øpb1?: string[] | null
          "ü=èdéXAjc本+24øA0aZ4@Bcg1XZ>Z"?: Database["public"]["Enums"]["cZbZあøY"]
          "X___AALßXdiZXøZbi\thBaY4|CXkZdhAg️CA Xj"?: Database["public"]["CompositeTypes"][".gアe😀中DXaa5CdcChçcjeCjñ​cL"]
          "XZccèAあZeA>fai日BjX1ñA7XgNø️febßhiX3B"?:
            | Database["public"]["Enums"]["jzfe6ibéiZA❤"][]
            | null
          zz_id?: number
          жfiejXdBiBèøèZß_жgDX3j9アD本èACéhnè?: number | null
          アZeYÅ?: Database["public"]["Enums"]["éeCWaejBж"][]
        }
        Relationships: [
          {
            foreignKeyName: "hжi7da8ü"
            columns: ["zz_id"]
            isOneToOne: true
            referencedRelation: 'bYあ中XcXwBf1gaZ"4本$ifÅ+jgDÅcXeeDAè_aAøçè'
            referencedColumns: ["zz_id"]
          },
        ]
      }
      "hS6r❤bij❤AÉaC8жßB6Y​iBagChdj0Éhe️hAa\n/D": {
        Row: {
          "1Z{😀❤h日eddYYcUfç6Cç5ABc7XCBüXjCÉD": string
          B: Database["public"]["Enums"]["cZbZあøY"]
          "BaeagUfjet​bdccbçDdg\n2": Database["public"]["Enums"]["É한"]
          "bgfCAèiYCbjc​bCア": unknown
          Bжi3gYB️ßあ日BB4C5iéあjYcD9XYbABVあж3ida: Database["public"]["Enums"]["️çж❤ÅbadeZYgDXDXDgj​ç😀XhjXBßbe"]
          "c​Y3g5BeG4biçñcÉCjBajCB36あ6h84c": number | null
          "DZiTçAÉ<jéejÄgC%cdbYgBfø|CZiø": Json | null
          g2D: Database["public"]["Tables"]["jcXzé本jjG​4ççfAhbDèdé4_Åß"]["Row"][]
          i: number | null
          üajücßD7bkadDB: Database["public"]["Tables"]["2Ybñ_c20hÄé한g#XXCж9ñceDChfYfAXdç0"]["Row"][]
          "Yiaa_中e6b4XPBDDCX3éÄcC8Ze\nAeidçç>Cd": number | null
          "Z=b本éY2ßY": string | null
          "Z1ad0jDAYxdc;b7h\nyjfdC\tE❤BÄcжdÅ": string | null
          zz_id: number
          "&(Cf❤8C한XhÄ中": Record<string, unknown> | null
        }
        ComputedFields: "&(Cf❤8C한XhÄ中"
        Insert: {
          "1Z{😀❤h日eddYYcUfç6Cç5ABc7XCBüXjCÉD": string
          B: Database["public"]["Enums"]["cZbZあøY"]
          "BaeagUfjet​bdccbçDdg\n2": Database["public"]["Enums"]["É한"]
          "bgfCAèiYCbjc​bCア"?: unknown
          Bжi3gYB️ßあ日BB4C5iéあjYcD9XYbABVあж3ida: Database["public"]["Enums"]["️çж❤ÅbadeZYgDXDXDgj​ç😀XhjXBßbe"]
          "c​Y3g5BeG4biçñcÉCjBajCB36あ6h84c"?: number | null
          "DZiTçAÉ<jéejÄgC%cdbYgBfø|CZiø"?: Json | null
          g2D: Database["public"]["Tables"]["jcXzé本jjG​4ççfAhbDèdé4_Åß"]["Row"][]
          i?: number | null
          üajücßD7bkadDB: Database["public"]["Tables"]["2Ybñ_c20hÄé한g#XXCж9ñceDChfYfAXdç0"]["Row"][]
          "Yiaa_中e6b4XPBDDCX3éÄcC8Ze\nAeidçç>Cd"?: number | null
          "Z=b本éY2ßY"?: string | null
          "Z1ad0jDAYxdc;b7h\nyjfdC\tE❤BÄcжdÅ"?: string | null
          zz_id: number
        }
        Update: {
          "1Z{😀❤h日eddYYcUfç6Cç5ABc7XCBüXjCÉD"?: string
          B?: Database["public"]["Enums"]["cZbZあøY"]
          "BaeagUfjet​bdccbçDdg\n2"?: Database["public"]["Enums"]["É한"]
          "bgfCAèiYCbjc​bCア"?: unknown
          Bжi3gYB️ßあ日BB4C5iéあjYcD9XYbABVあж3ida?: Database["public"]["Enums"]["️çж❤ÅbadeZYgDXDXDgj​ç😀XhjXBßbe"]
          "c​Y3g5BeG4biçñcÉCjBajCB36あ6h84c"?: number | null
          "DZiTçAÉ<jéejÄgC%cdbYgBfø|CZiø"?: Json | null
          g2D?: Database["public"]["Tables"]["jcXzé本jjG​4ççfAhbDèdé4_Åß"]["Row"][]
          i?: number | null
          üajücßD7bkadDB?: Database["public"]["Tables"]["2Ybñ_c20hÄé한g#XXCж9ñceDChfYfAXdç0"]["Row"][]
          "Yiaa_中e6b4XPBDDCX3éÄcC8Ze\nAeidçç>Cd"?: number | null
          "Z=b本éY2ßY"?: string | null
          "Z1ad0jDAYxdc;b7h\nyjfdC\tE❤BÄcжdÅ"?: string | null
          zz_id?: number
        }
        Relationships: []
      }
      "jcXzé本jjG​4ççfAhbDèdé4_Åß": {
        Row: {
          "eXD,hg0cXejÅZg\ndhch0dßa0ñié1":
            | Database["public"]["Tables"]["7é"]["Row"][]
            | null
          "h한Ciéjéidc😀jjA<": string | null
          zz_id: number
          a7ødhB本C: number | null
          bcbßgg_Ceあjb5S_:
            | Database["public"]["Enums"]["️çж❤ÅbadeZYgDXDXDgj​ç😀XhjXBßbe"]
            | null
          "DB}5eaY❤Yd7jDY\nfbè": Record<string, unknown> | null
          "Z?=ZCege=9gア": {
            "~ø2zRY{wAjeDe7": Database["public"]["Tables"]["fXD6a6jAü😀4FhYd7XjEg%ZCÅ3P😀hf1M​L4b9A"]["Row"]
            "😀b.eZDfbg": string | null
            "4​hAibアr3AÄnsßf한f​AZ本中AZ": unknown
            "a中ç1️e​": unknown
            "dZ#AaあZüXdPtü6gh\n❤Aña": unknown
            "É`eø​bABücBB9øbアXYア5BCej\t": string | null
            "éüch​Z?X<øjjé9b❤YAAüüdbajB:ZYXfDh한d":
              | Database["public"]["Tables"]["fXD6a6jAü😀4FhYd7XjEg%ZCÅ3P😀hf1M​L4b9A"]["Row"]
              | null
            HcYdÅhDd: unknown
            "iCea️bC6@ffYbg1iX한dÉ3AfDechÅ中": number | null
            zz_id: number
          } | null
        }
        ComputedFields:
          | "a7ødhB本C"
          | "bcbßgg_Ceあjb5S_"
          | "DB}5eaY❤Yd7jDY\nfbè"
          | "Z?=ZCege=9gア"
        Insert: {
          "eXD,hg0cXejÅZg\ndhch0dßa0ñié1"?:
            | Database["public"]["Tables"]["7é"]["Row"][]
            | null
          "h한Ciéjéidc😀jjA<"?: string | null
          zz_id: number
        }
        Update: {
          "eXD,hg0cXejÅZg\ndhch0dßa0ñié1"?:
            | Database["public"]["Tables"]["7é"]["Row"][]
            | null
          "h한Ciéjéidc😀jjA<"?: string | null
          zz_id?: number
        }
        Relationships: [
          {
            foreignKeyName: "jZDZfhf'89adj`Aeca7ZCj3Xèj9Ecl9h"
            columns: ["zz_id"]
            isOneToOne: true
            referencedRelation: "YjfZA3JYBdb"
            referencedColumns: ["zz_id"]
          },
        ]
      }
      "Xdé03YfYee2&BZあZ1i": {
        Row: {
          "]QageÄжbgéXDLfBeb​9UhèDejxEdÉX❤i_":
            | Database["public"]["Enums"]["jzfe6ibéiZA❤"]
            | null
          "~😀dbibAbAéd<bedbdabdfZB":
            | Database["public"]["CompositeTypes"]["bhbBfBA:XfgB2cD_BXfD<"][]
            | null
          "4アY​ZX中\nж️èiXße": NonNullable<Json>
          "bsaiÉCOøA😀\nAÄe2heÉ":
            | Database["public"]["CompositeTypes"]["ü05b7i7Y~jcøfigアf\t❤/gÉAY_jX7"]
            | null
          ecLB:
            | Database["public"]["Enums"]["cf76C️ch😀ÄZ32YyX2gZhéアT94ßYñBY2Y:acÅ%"]
            | null
          zz_id: number
          "あCdjéBcøj{bèj한9fあJÅGTcéi7Ah️CC日t057d️c": Json | null
          あD: Database["public"]["Tables"]["fXD6a6jAü😀4FhYd7XjEg%ZCÅ3P😀hf1M​L4b9A"]["Row"][]
        }
        ComputedFields: never
        Insert: {
          "]QageÄжbgéXDLfBeb​9UhèDejxEdÉX❤i_"?:
            | Database["public"]["Enums"]["jzfe6ibéiZA❤"]
            | null
          "~😀dbibAbAéd<bedbdabdfZB"?:
            | Database["public"]["CompositeTypes"]["bhbBfBA:XfgB2cD_BXfD<"][]
            | null
          "4アY​ZX中\nж️èiXße": NonNullable<Json>
          "bsaiÉCOøA😀\nAÄe2heÉ"?:
            | Database["public"]["CompositeTypes"]["ü05b7i7Y~jcøfigアf\t❤/gÉAY_jX7"]
            | null
          ecLB?:
            | Database["public"]["Enums"]["cf76C️ch😀ÄZ32YyX2gZhéアT94ßYñBY2Y:acÅ%"]
            | null
          zz_id: number
          "あCdjéBcøj{bèj한9fあJÅGTcéi7Ah️CC日t057d️c"?: Json | null
          あD: Database["public"]["Tables"]["fXD6a6jAü😀4FhYd7XjEg%ZCÅ3P😀hf1M​L4b9A"]["Row"][]
        }
        Update: {
          "]QageÄжbgéXDLfBeb​9UhèDejxEdÉX❤i_"?:
            | Database["public"]["Enums"]["jzfe6ibéiZA❤"]
            | null
          "~😀dbibAbAéd<bedbdabdfZB"?:
            | Database["public"]["CompositeTypes"]["bhbBfBA:XfgB2cD_BXfD<"][]
            | null
          "4アY​ZX中\nж️èiXße"?: NonNullable<Json>
          "bsaiÉCOøA😀\nAÄe2heÉ"?:
            | Database["public"]["CompositeTypes"]["ü05b7i7Y~jcøfigアf\t❤/gÉAY_jX7"]
            | null
          ecLB?:
            | Database["public"]["Enums"]["cf76C️ch😀ÄZ32YyX2gZhéアT94ßYñBY2Y:acÅ%"]
            | null
          zz_id?: number
          "あCdjéBcøj{bèj한9fあJÅGTcéi7Ah️CC日t057d️c"?: Json | null
          あD?: Database["public"]["Tables"]["fXD6a6jAü😀4FhYd7XjEg%ZCÅ3P😀hf1M​L4b9A"]["Row"][]
        }
        Relationships: [
          {
            foreignKeyName: "\tU29AjhC❤gbhDÄHアDeYEibBAA0c😀gEfø한Zrfa"
            columns: ["zz_id"]
            isOneToOne: true
            referencedRelation: "YjfZA3JYBdb"
            referencedColumns: ["zz_id"]
          },
        ]
      }
      YÅ5ÄX8DLBi日D6fücçXAhZh日3: {
        Row: {
          "A5ÄY3+BD日68eYXAfh": number
          BDZçDbb1XüdéBあcD️YfhaZあßX中Yc9YアEB:
            | Database["public"]["Enums"]["6iDDDaZhXÉDhè本éZ😀0djaDd"]
            | null
          "CCgZi本oqC8ÄZ\tvéXa":
            | Database["public"]["Tables"]['bYあ中XcXwBf1gaZ"4本$ifÅ+jgDÅcXeeDAè_aAøçè']["Row"][]
            | null
          "éacBpBB한hXChCf❤BY4UD":
            | Database["public"]["Enums"]["jzfe6ibéiZA❤"]
            | null
          zz_id: number
          "f❤81ZCgLYcbDéa1ß6j0ÉX本gXe": undefined | null
        }
        ComputedFields: "f❤81ZCgLYcbDéa1ß6j0ÉX本gXe"
        Insert: {
          "A5ÄY3+BD日68eYXAfh": number
          BDZçDbb1XüdéBあcD️YfhaZあßX中Yc9YアEB?:
            | Database["public"]["Enums"]["6iDDDaZhXÉDhè本éZ😀0djaDd"]
            | null
          "CCgZi本oqC8ÄZ\tvéXa"?:
            | Database["public"]["Tables"]['bYあ中XcXwBf1gaZ"4本$ifÅ+jgDÅcXeeDAè_aAøçè']["Row"][]
            | null
          "éacBpBB한hXChCf❤BY4UD"?:
            | Database["public"]["Enums"]["jzfe6ibéiZA❤"]
            | null
          zz_id: number
        }
        Update: {
          "A5ÄY3+BD日68eYXAfh"?: number
          BDZçDbb1XüdéBあcD️YfhaZあßX中Yc9YアEB?:
            | Database["public"]["Enums"]["6iDDDaZhXÉDhè本éZ😀0djaDd"]
            | null
          "CCgZi本oqC8ÄZ\tvéXa"?:
            | Database["public"]["Tables"]['bYあ中XcXwBf1gaZ"4本$ifÅ+jgDÅcXeeDAè_aAøçè']["Row"][]
            | null
          "éacBpBB한hXChCf❤BY4UD"?:
            | Database["public"]["Enums"]["jzfe6ibéiZA❤"]
            | null
          zz_id?: number
        }
        Relationships: [
          {
            foreignKeyName: "D​ça-èèvß}Ahèé4Q😀Yjh本ñアCc86c😀ÉéhZa"
            columns: ["zz_id"]
            isOneToOne: true
            referencedRelation: "YÅ5ÄX8DLBi日D6fücçXAhZh日3"
            referencedColumns: ["zz_id"]
          },
        ]
      }
      YjfZA3JYBdb: {
        Row: {
          "~ø2zRY{wAjeDe7": Database["public"]["Tables"]["fXD6a6jAü😀4FhYd7XjEg%ZCÅ3P😀hf1M​L4b9A"]["Row"]
          "😀b.eZDfbg": string | null
          "4​hAibアr3AÄnsßf한f​AZ本中AZ": unknown
          "a中ç1️e​": unknown
          "dZ#AaあZüXdPtü6gh\n❤Aña": unknown
          "É`eø​bABücBB9øbアXYア5BCej\t": string | null
          "éüch​Z?X<øjjé9b❤YAAüüdbajB:ZYXfDh한d":
            | Database["public"]["Tables"]["fXD6a6jAü😀4FhYd7XjEg%ZCÅ3P😀hf1M​L4b9A"]["Row"]
            | null
          HcYdÅhDd: unknown
          "iCea️bC6@ffYbg1iX한dÉ3AfDechÅ中": number | null
          zz_id: number
        }
        ComputedFields: never
        Insert: {
          "~ø2zRY{wAjeDe7": Database["public"]["Tables"]["fXD6a6jAü😀4FhYd7XjEg%ZCÅ3P😀hf1M​L4b9A"]["Row"]
          "😀b.eZDfbg"?: string | null
          "4​hAibアr3AÄnsßf한f​AZ本中AZ": unknown
          "a中ç1️e​"?: unknown
          "dZ#AaあZüXdPtü6gh\n❤Aña"?: unknown
          "É`eø​bABücBB9øbアXYア5BCej\t"?: string | null
          "éüch​Z?X<øjjé9b❤YAAüüdbajB:ZYXfDh한d"?:
            | Database["public"]["Tables"]["fXD6a6jAü😀4FhYd7XjEg%ZCÅ3P😀hf1M​L4b9A"]["Row"]
            | null
          HcYdÅhDd: unknown
          "iCea️bC6@ffYbg1iX한dÉ3AfDechÅ中"?: number | null
          zz_id: number
        }
        Update: {
          "~ø2zRY{wAjeDe7"?: Database["public"]["Tables"]["fXD6a6jAü😀4FhYd7XjEg%ZCÅ3P😀hf1M​L4b9A"]["Row"]
          "😀b.eZDfbg"?: string | null
          "4​hAibアr3AÄnsßf한f​AZ本中AZ"?: unknown
          "a中ç1️e​"?: unknown
          "dZ#AaあZüXdPtü6gh\n❤Aña"?: unknown
          "É`eø​bABücBB9øbアXYア5BCej\t"?: string | null
          "éüch​Z?X<øjjé9b❤YAAüüdbajB:ZYXfDh한d"?:
            | Database["public"]["Tables"]["fXD6a6jAü😀4FhYd7XjEg%ZCÅ3P😀hf1M​L4b9A"]["Row"]
            | null
          HcYdÅhDd?: unknown
          "iCea️bC6@ffYbg1iX한dÉ3AfDechÅ中"?: number | null
          zz_id?: number
        }
        Relationships: [
          {
            foreignKeyName: "2A5Xbüアж8DdAc6YDhbd5CbhB"
            columns: ["zz_id"]
            isOneToOne: true
            referencedRelation: "hS6r❤bij❤AÉaC8жßB6Y​iBagChdj0Éhe️hAa\n/D"
            referencedColumns: ["zz_id"]
          },
          {
            foreignKeyName: "a4a]jж1uiÅdB{​Cd"
            columns: ["zz_id"]
            isOneToOne: true
            referencedRelation: "4ZYY​0fg"
            referencedColumns: ["zz_id"]
          },
        ]
      }
      "日kfY__cX^çg5Yé_g\ni7çMécßZbéhÅcZZøxfZ?": {
        Row: {
          "1XFZdcCd\nc_\na/ifiRZXbg+iBVDjbTbXÄfY":
            | Database["public"]["Tables"]["jcXzé本jjG​4ççfAhbDèdé4_Åß"]["Row"][]
            | null
          "8}Éhe5Cag❤'ZXÅÅ": unknown
          "ag😀ACAçA7\nA9gCéij": unknown
          "CB=ea`ZÄZad0fjX本AZCñA6": string | null
          "dé^e​X": NonNullable<Json>
          "ékoa\nZ5bжAYßg4ñeXgça&bÄDf/gaあ57|i":
            | Database["public"]["Enums"]["É한"][]
            | null
          "f~giB6@日Zé?éDXSfXéeéÉgfBcBf;gè1eÉ😀j": NonNullable<Json>
          "XfbYbжÅ5\tsgdÉe5ha0e4é#dfdiDjç️cBf6ßÉZ": unknown
          zz_id: number
        }
        ComputedFields: never
        Insert: {
          "1XFZdcCd\nc_\na/ifiRZXbg+iBVDjbTbXÄfY"?:
            | Database["public"]["Tables"]["jcXzé本jjG​4ççfAhbDèdé4_Åß"]["Row"][]
            | null
          "8}Éhe5Cag❤'ZXÅÅ": unknown
          "ag😀ACAçA7\nA9gCéij"?: unknown
          "CB=ea`ZÄZad0fjX本AZCñA6"?: string | null
          "dé^e​X": NonNullable<Json>
          "ékoa\nZ5bжAYßg4ñeXgça&bÄDf/gaあ57|i"?:
            | Database["public"]["Enums"]["É한"][]
            | null
          "f~giB6@日Zé?éDXSfXéeéÉgfBcBf;gè1eÉ😀j": NonNullable<Json>
          "XfbYbжÅ5\tsgdÉe5ha0e4é#dfdiDjç️cBf6ßÉZ"?: unknown
          zz_id: number
        }
        Update: {
          "1XFZdcCd\nc_\na/ifiRZXbg+iBVDjbTbXÄfY"?:
            | Database["public"]["Tables"]["jcXzé本jjG​4ççfAhbDèdé4_Åß"]["Row"][]
            | null
          "8}Éhe5Cag❤'ZXÅÅ"?: unknown
          "ag😀ACAçA7\nA9gCéij"?: unknown
          "CB=ea`ZÄZad0fjX本AZCñA6"?: string | null
          "dé^e​X"?: NonNullable<Json>
          "ékoa\nZ5bжAYßg4ñeXgça&bÄDf/gaあ57|i"?:
            | Database["public"]["Enums"]["É한"][]
            | null
          "f~giB6@日Zé?éDXSfXéeéÉgfBcBf;gè1eÉ😀j"?: NonNullable<Json>
          "XfbYbжÅ5\tsgdÉe5ha0e4é#dfdiDjç️cBf6ßÉZ"?: unknown
          zz_id?: number
        }
        Relationships: []
      }
    }
    Views: {
      [_ in never]: never
    }
    Functions: {
      "@e한日éDf中Åj_7çè5é": {
        Args: {
          'C4eCd_cg"é': Omit<
            Database["public"]["Tables"]["fXD6a6jAü😀4FhYd7XjEg%ZCÅ3P😀hf1M​L4b9A"]["Row"],
            Database["public"]["Tables"]["fXD6a6jAü😀4FhYd7XjEg%ZCÅ3P😀hf1M​L4b9A"]["ComputedFields"]
          >
          dgéüアZ1AfAYcжNe: Database["public"]["Enums"]["️çж❤ÅbadeZYgDXDXDgj​ç😀XhjXBßbe"][]
          yD: Database["public"]["Enums"]["cZbZあøY"][]
        }
        Returns: undefined
      }
      "&(Cf❤8C한XhÄ中": {
        Args: {
          r: Omit<
            Database["public"]["Tables"]["hS6r❤bij❤AÉaC8жßB6Y​iBagChdj0Éhe️hAa\n/D"]["Row"],
            Database["public"]["Tables"]["hS6r❤bij❤AÉaC8жßB6Y​iBagChdj0Éhe️hAa\n/D"]["ComputedFields"]
          >
        }
        Returns: Record<string, unknown>
      }
      "26\n️ñ": {
        Args: {
          "|-cDahbeZacbアあAAgçXY|b": Database["public"]["Enums"]["cZbZあøY"]
        }
        Returns: Record<string, unknown>
      }
      "2tfA中ñ_øcg​dhNDAC日(Yh4": {
        Args: { ']AyBé中B"YA': unknown }
        Returns: unknown[]
      }
      "4édbX4Bアfd81YBiDd": {
        Args: { "]cßжjjaf14bh": string }
        Returns: unknown
      }
      "51​️)C|g.f": { Args: Record<PropertyKey, never>; Returns: undefined }
      a7ødhB本C: {
        Args: {
          r: Omit<
            Database["public"]["Tables"]["jcXzé本jjG​4ççfAhbDèdé4_Åß"]["Row"],
            Database["public"]["Tables"]["jcXzé本jjG​4ççfAhbDèdé4_Åß"]["ComputedFields"]
          >
        }
        Returns: number[]
      }
      aCZb: {
        Args: {
          "5cjZéwgD00,Z9ZjfihafÉjc&": Database["public"]["Enums"]["2Y17hYYeeéa(baßC"][]
          D0: Json
          "ègañR2jABX:(": Database["public"]["Tables"]["Xdé03YfYee2&BZあZ1i"]["Row"][]
        }
        Returns: undefined
      }
      bcbßgg_Ceあjb5S_: {
        Args: {
          r: Omit<
            Database["public"]["Tables"]["jcXzé本jjG​4ççfAhbDèdé4_Åß"]["Row"],
            Database["public"]["Tables"]["jcXzé本jjG​4ççfAhbDèdé4_Åß"]["ComputedFields"]
          >
        }
        Returns: Database["public"]["Enums"]["️çж❤ÅbadeZYgDXDXDgj​ç😀XhjXBßbe"][]
      }
      "bixwwPBA2A<f_Ygba9Z": {
        Args: {
          "j本Zç❤eÅXiéD本AhP": Json
          mBDhZdja9bu: Database["public"]["Tables"]["4ZYY​0fg"]["Row"][]
        }
        Returns: undefined
      }
      "bQçhZé9hZøg한XÉiC9bcXaø;": {
        Args: {
          "😀": unknown
          D_BjgXYCIC6: string
          hd️日ÉgiBÉg1: Database["public"]["Enums"]["️çж❤ÅbadeZYgDXDXDgj​ç😀XhjXBßbe"][]
        }
        Returns: Database["public"]["Enums"]["cZbZあøY"][][]
      }
      "çZf_\n\tqZYja9gb": {
        Args: {
          BZ: string[]
          h: Database["public"]["Enums"]["2Y17hYYeeéa(baßC"]
        }
        Returns: {
          "~ø2zRY{wAjeDe7": Database["public"]["Tables"]["fXD6a6jAü😀4FhYd7XjEg%ZCÅ3P😀hf1M​L4b9A"]["Row"]
          "😀b.eZDfbg": string | null
          "4​hAibアr3AÄnsßf한f​AZ本中AZ": unknown
          "a中ç1️e​": unknown
          "dZ#AaあZüXdPtü6gh\n❤Aña": unknown
          "É`eø​bABücBB9øbアXYア5BCej\t": string | null
          "éüch​Z?X<øjjé9b❤YAAüüdbajB:ZYXfDh한d":
            | Database["public"]["Tables"]["fXD6a6jAü😀4FhYd7XjEg%ZCÅ3P😀hf1M​L4b9A"]["Row"]
            | null
          HcYdÅhDd: unknown
          "iCea️bC6@ffYbg1iX한dÉ3AfDechÅ中": number | null
          zz_id: number
        }[]
        SetofOptions: {
          from: "*"
          to: "YjfZA3JYBdb"
          isOneToOne: false
          isSetofReturn: true
        }
      }
      "DB}5eaY❤Yd7jDY\nfbè": {
        Args: {
          r: Omit<
            Database["public"]["Tables"]["jcXzé本jjG​4ççfAhbDèdé4_Åß"]["Row"],
            Database["public"]["Tables"]["jcXzé本jjG​4ççfAhbDèdé4_Åß"]["ComputedFields"]
          >
        }
        Returns: Record<string, unknown>[]
      }
      "f❤81ZCgLYcbDéa1ß6j0ÉX本gXe": {
        Args: {
          r: Omit<
            Database["public"]["Tables"]["YÅ5ÄX8DLBi日D6fücçXAhZh日3"]["Row"],
            Database["public"]["Tables"]["YÅ5ÄX8DLBi日D6fücçXAhZh日3"]["ComputedFields"]
          >
        }
        Returns: undefined
      }
      load:
        | {
            Args: Record<PropertyKey, never>
            Returns: Record<string, unknown>[]
          }
        | {
            Args: {
              "b!2Ké2ñあAhjfBgeøY": Database["public"]["Enums"]["cf76C️ch😀ÄZ32YyX2gZhéアT94ßYñBY2Y:acÅ%"]
            }
            Returns: undefined
          }
        | {
            Args: {
              éYjeß7BKÅÅY: Database["public"]["CompositeTypes"]["haAX49gD"]
            }
            Returns: Database["public"]["Enums"]["6iDDDaZhXÉDhè本éZ😀0djaDd"]
          }
        | {
            Args: {
              YжB日YñøqCi: Database["public"]["Enums"]["️çж❤ÅbadeZYgDXDXDgj​ç😀XhjXBßbe"][]
              "ZDCDg\nDcef": Database["public"]["Enums"]["jzfe6ibéiZA❤"][]
            }
            Returns: Record<string, unknown>
          }
      over:
        | {
            Args: Record<PropertyKey, never>
            Returns: {
              "&jDCBç5eA:2i5é": string[]
              "8DDèZXüga8e6YaDji6eX":
                | Database["public"]["Enums"]["6iDDDaZhXÉDhè本éZ😀0djaDd"][]
                | null
              "çiCBaYアA​%XCvÅ0あ\tnアeZaÉY'$É中C😀": string[]
              "DßcAXe\n\nagf2dghaDÄÉ❤D:8": number
              "X❤2Z8fZh0eZ\ti": number | null
              Yléab: number | null
              zz_id: number
            }[]
            SetofOptions: {
              from: "*"
              to: "4ZYY​0fg"
              isOneToOne: false
              isSetofReturn: true
            }
          }
        | {
            Args: {
              "A\nkV8jjLXj2OçB": Database["public"]["CompositeTypes"]["haAX49gD"]
              "é7.3éÉ}AçB0èBgZøøb\tèyNAA": string
            }
            Returns: {
              "1Cae?ZcññHbcYyfçBAÄAç": Json | null
              "Ad\\céZd": string
              b: Database["public"]["CompositeTypes"]["jXñE\nfgbfadhcCXgZ_B|\nßアd3K?iYf️bDjCcg"]
              "e5XZßÉD&dç日gi中?ж4f":
                | Database["public"]["CompositeTypes"]["haAX49gD"]
                | null
              "hgZ)cX AAei8ehcÉgga​}ad日あ7É5CDggO%KgXA":
                | Database["public"]["Enums"]["cZbZあøY"][]
                | null
              'ih"':
                | Database["public"]["Enums"]["cf76C️ch😀ÄZ32YyX2gZhéアT94ßYñBY2Y:acÅ%"][]
                | null
              LÄèq3_YgH55d3BiU7øaXZj한idbçX5añXCAB97あ: Database["public"]["CompositeTypes"]["ü05b7i7Y~jcøfigアf\t❤/gÉAY_jX7"]
              øpb1: string[] | null
              "ü=èdéXAjc本+24øA0aZ4@Bcg1XZ>Z": Database["public"]["Enums"]["cZbZあøY"]
              "X___AALßXdiZXøZbi\thBaY4|CXkZdhAg️CA Xj": Database["public"]["CompositeTypes"][".gアe😀中DXaa5CdcChçcjeCjñ​cL"]
              "XZccèAあZeA>fai日BjX1ñA7XgNø️febßhiX3B":
                | Database["public"]["Enums"]["jzfe6ibéiZA❤"][]
                | null
              zz_id: number
              жfiejXdBiBèøèZß_жgDX3j9アD本èACéhnè: number | null
              アZeYÅ: Database["public"]["Enums"]["éeCWaejBж"][]
            }[]
            SetofOptions: {
              from: "*"
              to: "fXD6a6jAü😀4FhYd7XjEg%ZCÅ3P😀hf1M​L4b9A"
              isOneToOne: false
              isSetofReturn: true
            }
          }
        | {
            Args: {
              c4: Omit<
                Database["public"]["Tables"]["7é"]["Row"],
                Database["public"]["Tables"]["7é"]["ComputedFields"]
              >
              gcBc6ÉcfBçgAZ本h: Database["public"]["Enums"]["jzfe6ibéiZA❤"]
              XÄQ中Y5h: string
            }
            Returns: Record<string, unknown>
          }
        | {
            Args: {
              "=": unknown
              "h😀BbXB7dD,XB中dABa": Database["public"]["Enums"]["jzfe6ibéiZA❤"][]
              Zg: Database["public"]["Enums"]["jzfe6ibéiZA❤"][]
            }
            Returns: unknown
          }
        | { Args: { "中hCAあX中a​0difuBjøibbMdèe": number }; Returns: undefined }
      XZ0Cè4ÄYDÅbCgcfjB_: {
        Args: { ÅbXÉjmnrg中CAüjxBBあжü: unknown }
        Returns: {
          "]QageÄжbgéXDLfBeb​9UhèDejxEdÉX❤i_":
            | Database["public"]["Enums"]["jzfe6ibéiZA❤"]
            | null
          "~😀dbibAbAéd<bedbdabdfZB":
            | Database["public"]["CompositeTypes"]["bhbBfBA:XfgB2cD_BXfD<"][]
            | null
          "4アY​ZX中\nж️èiXße": NonNullable<Json>
          "bsaiÉCOøA😀\nAÄe2heÉ":
            | Database["public"]["CompositeTypes"]["ü05b7i7Y~jcøfigアf\t❤/gÉAY_jX7"]
            | null
          ecLB:
            | Database["public"]["Enums"]["cf76C️ch😀ÄZ32YyX2gZhéアT94ßYñBY2Y:acÅ%"]
            | null
          zz_id: number
          "あCdjéBcøj{bèj한9fあJÅGTcéi7Ah️CC日t057d️c": Json | null
          あD: Database["public"]["Tables"]["fXD6a6jAü😀4FhYd7XjEg%ZCÅ3P😀hf1M​L4b9A"]["Row"][]
        }[]
        SetofOptions: {
          from: "*"
          to: "Xdé03YfYee2&BZあZ1i"
          isOneToOne: false
          isSetofReturn: true
        }
      }
      "Z?=ZCege=9gア": {
        Args: {
          r: Omit<
            Database["public"]["Tables"]["jcXzé本jjG​4ççfAhbDèdé4_Åß"]["Row"],
            Database["public"]["Tables"]["jcXzé本jjG​4ççfAhbDèdé4_Åß"]["ComputedFields"]
          >
        }
        Returns: {
          "~ø2zRY{wAjeDe7": Database["public"]["Tables"]["fXD6a6jAü😀4FhYd7XjEg%ZCÅ3P😀hf1M​L4b9A"]["Row"]
          "😀b.eZDfbg": string | null
          "4​hAibアr3AÄnsßf한f​AZ本中AZ": unknown
          "a中ç1️e​": unknown
          "dZ#AaあZüXdPtü6gh\n❤Aña": unknown
          "É`eø​bABücBB9øbアXYア5BCej\t": string | null
          "éüch​Z?X<øjjé9b❤YAAüüdbajB:ZYXfDh한d":
            | Database["public"]["Tables"]["fXD6a6jAü😀4FhYd7XjEg%ZCÅ3P😀hf1M​L4b9A"]["Row"]
            | null
          HcYdÅhDd: unknown
          "iCea️bC6@ffYbg1iX한dÉ3AfDechÅ中": number | null
          zz_id: number
        }
        SetofOptions: {
          from: '"jcXzé本jjG​4ççfAhbDèdé4_Åß"'
          to: "YjfZA3JYBdb"
          isOneToOne: true
          isSetofReturn: false
        }
      }
    }
    Enums: {
      "2Y17hYYeeéa(baßC":
        | "9-8h😀️AD한eAB4"
        | "ieüYDFC89A#è4"
        | "éжg9dYceD/bA4bcb😀ib한eÅZ"
        | "b日ア45fBßCa\tGifs-5<fgødgf"
      "6iDDDaZhXÉDhè本éZ😀0djaDd":
        | "Da한️Ad\ncuA1éh%dPaddyжcZhd日"
        | "éCiZbaÄbbüYAC9iAe6hBC06YHDhi)"
        | "Yégdi"
      "cf76C️ch😀ÄZ32YyX2gZhéアT94ßYñBY2Y:acÅ%":
        | "c*ißX_aDcYA"
        | "ü.Z本"
        | "Évgñßbßb"
        | "한OEuAAdYbv7_BÉd中\t"
      cZbZあøY:
        | "jp本中üACCéfDX]fC日aüvHbé"
        | "f0ü1iXd_çXEèCacgc\tV(3bDif:"
        | "A日C-jcñb\tajあéAd"
      "️çж❤ÅbadeZYgDXDXDgj​ç😀XhjXBßbe":
        | "aAèdiYiaf​2TA4bb"
        | "cgyd0\ni❤bY中f[r"
        | "b"
        | "f日XB日"
        | "øZZ4e️BiøZAbhè0diBcZXBC😀ib한8e"
      éeCWaejBж: "B❤BYABX"
      É한: "+0"
      "jzfe6ibéiZA❤":
        | "gCaffaAbbaあCfdd4XF"
        | "Z❤j中c0h"
        | "XSXßBB3​BX"
        | "Mddh}g_02ñf3ç#øÅj8FÉg hZ3Z"
        | "a한B1b~​cÅ<dTgRcDY"
    }
    CompositeTypes: {
      ".gアe😀中DXaa5CdcChçcjeCjñ​cL": {
        "Bあ️ZbCjégcCs>d":
          | Database["public"]["Enums"]["6iDDDaZhXÉDhè本éZ😀0djaDd"]
          | null
        ç3dmDéYX中dOø: unknown
        ÅBeYajd6iBhé日:
          | Database["public"]["CompositeTypes"]["jXñE\nfgbfadhcCXgZ_B|\nßアd3K?iYf️bDjCcg"]
          | null
        "YZscc9ßAgXZñXoA!é0DBZYjßfACAB5cCl": unknown
      }
      "bhbBfBA:XfgB2cD_BXfD<": {
        "øY.KÄ1eø2øb_cf9ßDÉaBB3g6I":
          | Database["public"]["Enums"]["cZbZあøY"][]
          | null
        XD5b3fd️CYAi: string | null
        "efZ\ti}de<한한ÄYZX`9Di6baegÉb9Mfcj": unknown
        "mAcÄc8X_4aDbAçgX\nhhçfd": number | null
      }
      haAX49gD: {
        "Ä`jж中eZBjYhUaaZéjYjß":
          | Database["public"]["Enums"]["6iDDDaZhXÉDhè本éZ😀0djaDd"][]
          | null
        gfc:
          | Database["public"]["Enums"]["cf76C️ch😀ÄZ32YyX2gZhéアT94ßYñBY2Y:acÅ%"]
          | null
        "アZcY😀J":
          | Database["public"]["Enums"]["️çж❤ÅbadeZYgDXDXDgj​ç😀XhjXBßbe"][]
          | null
        "aYA@d]❤|bjCff❤D5bCChg#16CD7fあ_":
          | Database["public"]["CompositeTypes"]["jXñE\nfgbfadhcCXgZ_B|\nßアd3K?iYf️bDjCcg"]
          | null
      }
      "jXñE\nfgbfadhcCXgZ_B|\nßアd3K?iYf️bDjCcg": {
        dCNB:
          | Database["public"]["Enums"]["️çж❤ÅbadeZYgDXDXDgj​ç😀XhjXBßbe"][]
          | null
        "\tèABacDaABñdCeß1èÅBYÄeZ9": Database["public"]["Enums"]["É한"][] | null
        "cAaD1ç9AC日0️cYéB\tあj": number | null
        "55ZbG7ñd本":
          | Database["public"]["Enums"]["️çж❤ÅbadeZYgDXDXDgj​ç😀XhjXBßbe"]
          | null
      }
      "ü05b7i7Y~jcøfigアf\t❤/gÉAY_jX7": {
        éhbcaYdB3Z0hHj5ç2CCÉ:
          | Database["public"]["Enums"]["6iDDDaZhXÉDhè本éZ😀0djaDd"][]
          | null
        "ddbDwDi中Bé\n8CBfafgY​èøÄSÅRC":
          | Database["public"]["Enums"]["jzfe6ibéiZA❤"][]
          | null
        "C6Bj한ß8R;;Bßd本ajbжjBZfø":
          | Database["public"]["Enums"]["️çж❤ÅbadeZYgDXDXDgj​ç😀XhjXBßbe"][]
          | null
        "YBYéd5jCø本X.cèi?_😀c日h-fcZdñD-c49fB": string | null
      }
    }
  }
}

export const Constants = {
  public: {
    Enums: {
      "2Y17hYYeeéa(baßC": [
        "9-8h😀️AD한eAB4",
        "ieüYDFC89A#è4",
        "éжg9dYceD/bA4bcb😀ib한eÅZ",
        "b日ア45fBßCa\tGifs-5<fgødgf",
      ],
      "6iDDDaZhXÉDhè本éZ😀0djaDd": [
        "Da한️Ad\ncuA1éh%dPaddyжcZhd日",
        "éCiZbaÄbbüYAC9iAe6hBC06YHDhi)",
        "Yégdi",
      ],
      "cf76C️ch😀ÄZ32YyX2gZhéアT94ßYñBY2Y:acÅ%": [
        "c*ißX_aDcYA",
        "ü.Z本",
        "Évgñßbßb",
        "한OEuAAdYbv7_BÉd中\t",
      ],
      cZbZあøY: [
        "jp本中üACCéfDX]fC日aüvHbé",
        "f0ü1iXd_çXEèCacgc\tV(3bDif:",
        "A日C-jcñb\tajあéAd",
      ],
      "️çж❤ÅbadeZYgDXDXDgj​ç😀XhjXBßbe": [
        "aAèdiYiaf​2TA4bb",
        "cgyd0\ni❤bY中f[r",
        "b",
        "f日XB日",
        "øZZ4e️BiøZAbhè0diBcZXBC😀ib한8e",
      ],
      éeCWaejBж: ["B❤BYABX"],
      É한: ["+0"],
      "jzfe6ibéiZA❤": [
        "gCaffaAbbaあCfdd4XF",
        "Z❤j中c0h",
        "XSXßBB3​BX",
        "Mddh}g_02ñf3ç#øÅj8FÉg hZ3Z",
        "a한B1b~​cÅ<dTgRcDY",
      ],
    },
  },
} as const
