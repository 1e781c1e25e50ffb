#!/bin/sh
# lib/config/keys.c, share/schema/monitor-config.json and man/monitor-config.5 name the same keys,
# with the same default and, table and schema, the same bounds, choices and help.
set -eu

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# path <tab> default <tab> min <tab> max <tab> choices <tab> help, of every row; bounds only where the type has any.
awk '
    /^enum \{$/ { constants = 1 }
    constants && match($0, /[A-Z_]+ = [0-9 *]+/) {
        split(substr($0, RSTART, RLENGTH), part, " = ")
        count = split(part[2], factor, " [*] ")
        value[part[1]] = 1
        for (i = 1; i <= count; i++)
            value[part[1]] *= factor[i]
    }
    /^};$/ { constants = 0 }
    /^static const char \*const [a-z_]+\[\] = \{.*\};$/ {
        words = $0
        sub(/^[^{]*\{/, "", words)
        sub(/, NULL\};$/, "", words)
        gsub(/[" ]/, "", words)
        sub(/\[\]$/, "", $5)
        choices[$5] = words
    }
    /^static const Key keys\[\]/ { table = 1; next }
    table && /^};$/ { table = 0 }
    table { rows = rows $0 "\n" }
    function text(row, name) {
        if (!match(row, "[.]" name " =[ \n]+\"([^\"\\\\]|\\\\.)*\""))
            return "-"
        row = substr(row, RSTART, RLENGTH)
        sub(/^[^"]*"/, "", row)
        sub(/"$/, "", row)
        gsub(/\\"/, "\"", row)
        return row
    }
    function number(row, name, count, factor, i, product) {
        if (!match(row, "[.]" name " = [A-Z0-9_* ]+"))
            return 0
        row = substr(row, RSTART, RLENGTH)
        sub(/^[^=]*= /, "", row)
        count = split(row, factor, " [*] ")
        product = 1
        for (i = 1; i <= count; i++)
            product *= factor[i] in value ? value[factor[i]] : factor[i]
        return product
    }
    END {
        gsub(/"[ \n]+"/, "", rows)
        count = split(rows, row, /\},?\n/)
        for (i = 1; i <= count; i++) {
            if (row[i] !~ /\.path/)
                continue
            type = row[i]
            sub(/.*\.type = KEY_/, "", type)
            sub(/[^A-Z].*/, "", type)
            bounds = type == "INT" ? number(row[i], "min") "\t" number(row[i], "max") : "-\t-"
            list = "-"
            if (match(row[i], /[.]choices = [a-z_]+/))
                list = choices[substr(row[i], RSTART + 11, RLENGTH - 11)]
            print text(row[i], "path") "\t" type "\t" text(row[i], "value") "\t" bounds "\t" list "\t" \
                text(row[i], "help")
        }
    }
' "$SOURCE/lib/config/keys.c" | LC_ALL=C sort > "$work/table"
[ "$(wc -l < "$work/table")" -ge 30 ] || { echo "the table in keys.c was not understood"; exit 1; }

# The same from the schema: a section has properties only, a map additionalProperties, steps items.
jq -r '
    def type: if .type == "boolean" then "BOOL" elif .type == "integer" then "INT"
        elif .type == "string" then "STRING"
        elif .type == "object" then "MAP" elif .items.type == "object" then "STEPS"
        elif .prefixItems then "COMMAND" else "LIST" end;
    def rows(path): (.properties // {}) | to_entries[] | select(.key != "$schema")
        | (path + .key) as $path | .value
        | if .type == "object" and .properties then rows($path + ".")
          else ([$path, type, (if has("default") then .default | tojson else "-" end),
                 (if .type == "integer" then .minimum, .maximum else "-", "-" end | tostring),
                 ((.enum // (.items | objects | .enum) // ["-"]) | join(",")),
                 .description] | join("\t")),
               (if ((.additionalProperties | objects) // null) then .additionalProperties | rows($path + ".*.")
                elif ((.items | objects | .properties) // null) then .items | rows($path + ".*.")
                else empty end)
          end;
    rows("")
' "$SOURCE/share/schema/monitor-config.json" | LC_ALL=C sort > "$work/schema"
diff -u "$work/table" "$work/schema"

# The severities are those of an event.
severities=$(grep -o '\[EVENT_[A-Z]*\] = "[a-z]*"' "$SOURCE/lib/model/event.c" | cut -d '"' -f 2 | paste -sd , -)
grep -q "^channels\.\*\.minSeverity	.*	$severities	" "$work/table" ||
    { echo "channels.*.minSeverity takes other severities than lib/model/event.c has: $severities"; exit 1; }

# Every object of the schema is closed: what it does not name is an unknown key.
jq -e '[.. | objects | select(.properties) | .additionalProperties == false] | all' \
    "$SOURCE/share/schema/monitor-config.json" > "$work/closed" ||
    { echo "an object of the schema accepts unknown keys"; exit 1; }

# The page has ".It Cm KEY" for each, and ".Pq default: VALUE" or none behind it.
awk -F '\t' '{ print $1 "\t" ($3 == "-" ? "-" : $3) }' "$work/table" > "$work/defaults"
awk '
    /^\.It Cm / { if (key != "") print key "\t" shown; key = $3; shown = "-" }
    /^Default: / { sub(/^Default: /, ""); sub(/\.$/, ""); gsub(/\\\(dq/, "\""); shown = $0 }
    /^\.Sh / && key != "" { print key "\t" shown; key = "" }
' "$SOURCE/man/monitor-config.5" | LC_ALL=C sort > "$work/page"
diff -u "$work/defaults" "$work/page"
