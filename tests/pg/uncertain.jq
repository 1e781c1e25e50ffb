# What differs between two snapshots: "differs PATH" for what no "inexact" and no "unread" covers, "uncertain PATH" for the rest.
#   jq -n -r --slurpfile live LIVE --slurpfile replay REPLAY -f uncertain.jq
def keyed: if type == "array" and length > 0 and all(.[]; type == "object" and has("name"))
    then (map({key: .name, value: .}) | from_entries) + {"  order": map(.name)} else . end;
def walk2($a; $b; $path):
    if $a == $b then empty
    elif ($a | type) == "object" and ($b | type) == "object" then
        (($a.inexact // []) + ($b.inexact // []) | if type == "array" then . else [] end) as $inexact
        | (($a | keys_unsorted) + ($b | keys_unsorted) | unique - ["inexact"])[] as $key
        | if $a[$key] == $b[$key] then empty
          elif $inexact | index($key) then "uncertain \($path).\($key)"
          else walk2($a[$key] | keyed; $b[$key] | keyed; "\($path).\($key)") end
    else "differs \($path)" end;
def sections: del(.format, .meta, .members, .lineage, .hash) | map_values(map({key: .id, value: .}) | from_entries);
($live[0]) as $a | ($replay[0]) as $b
| (($a.meta.unread // []) + ($b.meta.unread // [])) as $unread
| ($a | sections) as $old | ($b | sections) as $new
| (($old | keys) + ($new | keys) | unique)[] as $section
| if $unread | index($section) then
    (if $old[$section] == $new[$section] then empty else "uncertain \($section)" end)
  else walk2($old[$section] // {}; $new[$section] // {}; $section) end
