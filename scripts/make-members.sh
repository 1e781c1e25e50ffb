#!/bin/sh
# Writes lib/replay/members.inc: what types are written of among the members of the extensions that a server can make,
# as rows for lib/replay/emit_member.c; their schema is called @@. For development only; run it with PGHOST and PGUSER
# naming a new, empty cluster, and BIN naming a build's bin:
#
#     BIN=build/release/bin scripts/make-members.sh >lib/replay/members.inc
set -eu

query() {
    psql -XAtq -v ON_ERROR_STOP=1 -d "$1" -c "$2"
}

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
echo "/* Made by scripts/make-members.sh from PostgreSQL $(query template1 'show server_version'); not to be edited. */"
for name in $(query template1 "select name from pg_available_extensions where name <> 'plpgsql' order by name collate \"C\""); do
    query template1 'create database members'
    if query members 'create schema "@@"' && query members "create extension \"$name\" schema \"@@\" cascade" 2>"$work/said"; then
        "$BIN/schema-snapshot" -q -s live --db-url 'dbname=members' -o "$work/snapshot"
        jq -r --arg name "$name" '.members[]? | select(.extension == $name)
            | "{\($name | @json), \(.section | @json),\n \(.object | tojson | @json)},"' "$work/snapshot"
    else
        echo "$name: $(head -n 1 "$work/said")" >&2
    fi
    query template1 'drop database members'
done
