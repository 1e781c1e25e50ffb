#!/bin/sh
# Includes go down. The lines floor(NAME USES floor... LINK library...) and tool(NAME DIRECTORY
# floor...) of CMakeLists.txt say what the files of a floor, and of a tool, may include; a library's
# header is for the floors that link it.
set -eu

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$SOURCE"

# file:line:what, for every #include of C files and headers; what with its quotes or brackets.
find lib tools -name '*.[ch]' -exec \
    grep -nEH '^[[:blank:]]*#[[:blank:]]*include' {} + |
    sed -E 's/^([^:]*:[0-9]+:)[^<"]*([<"][^>"]*[>"]).*/\1\2/' > "$work/includes"
[ -s "$work/includes" ] || { echo "no includes found"; exit 1; }

awk -v includes="$work/includes" '
    BEGIN {
        # How the headers of libraries begin, and the name CMakeLists.txt links them by; getopt is
        # in the C library, but one place parses command lines.
        library["libpq"] = library["postgres_ext.h"] = "PkgConfig::libpq"
        library["curl/"] = "PkgConfig::libcurl"
        library["civetweb.h"] = "civetweb"
        library["pg_query"] = library["protobuf-c"] = "pg_query"
        library["openssl/"] = "PkgConfig::libcrypto"
        library["zlib.h"] = "PkgConfig::zlib"
        library["zstd.h"] = "PkgConfig::libzstd"
        library["getopt.h"] = "getopt"
        library["jansson.h"] = "PkgConfig::jansson"
        links["cli", "getopt"] = 1
    }
    # "name(a b" until ")", also over lines
    /^(floor|tool|embed)\(|^ +embed\(/ { statement = "" ; open = 1 }
    open { statement = statement " " $0 }
    open && /\)/ {
        open = 0
        gsub(/[()]/, " ", statement)
        count = split(statement, word, " ")
        if (word[1] == "floor") {
            floor[word[2]] = 1
            for (i = 3; i <= count; i++) {
                if (word[i] == "USES" || word[i] == "LINK")
                    mode = word[i]
                else if (mode == "USES")
                    uses[word[2], word[i]] = 1
                else
                    links[word[2], word[i]] = 1
            }
        } else if (word[1] == "tool") {
            uses["tools/" word[2] ".c", "cli"] = 1
            for (i = 4; i <= count; i++)
                uses["tools/" word[2] ".c", word[i]] = 1
        } else {
            sub(/^floor_/, "", word[2])
            embedded[word[3] ".h"] = word[2]
        }
    }
    # Whether from may include to; deep: also what those use, as a tool and a library may.
    function reaches(from, to, deep, key, part) {
        if (from == to || (from, to) in uses)
            return 1
        if (deep)
            for (key in floor)
                if ((from, key) in uses && reaches(key, to, 1))
                    return 1
        return 0
    }
    function library_of(what, key) {
        for (key in library)
            if (index(what, key) == 1)
                return library[key]
        return ""
    }
    function linked(from, name, key) {
        if ((from, name) in links)
            return 1
        if (name != "PkgConfig::jansson")
            return 0
        for (key in floor)
            if ((key, name) in links && reaches(from, key, 1))
                return 1
        return 0
    }
    function complain(text) {
        print place ": " text
        bad = 1
    }
    END {
        if (!("base" in floor)) {
            print "no floors found in CMakeLists.txt"
            exit 1
        }
        while ((getline line < includes) > 0) {
            split(line, part, ":")
            place = part[1] ":" part[2]
            what = substr(line, length(place) + 2)
            quoted = what ~ /^"/
            gsub(/[<>"]/, "", what)
            split(part[1], path, "/")
            from = path[1] == "tools" ? part[1] : path[2]
            if (path[1] == "lib" && !(from in floor))
                complain("lib/" from " is no floor of CMakeLists.txt")
            slash = index(what, "/")
            to = slash ? substr(what, 1, slash - 1) : ""
            if (quoted && to in floor) {
                if (!reaches(from, to, path[1] == "tools"))
                    complain(from " may not include " what)
            } else if (quoted && what in embedded) {
                if (from != embedded[what])
                    complain(from " may not include " what ", which is for " embedded[what])
            } else if (library_of(what) != "") {
                if (!linked(from, library_of(what)))
                    complain(from " may not include " what ": it does not link " library_of(what))
            } else if (quoted) {
                complain(what " is neither FLOOR/MODULE.h nor embedded: put its floor in front")
            }
        }
        exit bad
    }
' CMakeLists.txt
