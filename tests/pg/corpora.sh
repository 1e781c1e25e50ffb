#!/bin/sh
# Real projects: what a shadow database makes of their files must be what a server has that ran them, and so must what
# it makes of SQL that was written of the snapshot of it (--base); what is
# replayed from the files alone must be so too, or be said to be uncertain: a member in its object's "inexact", a section in meta.unread. Prints a scoreboard.
#
# The projects are those of ../shared/corpus; without them there is nothing to do. ONLY=NAME takes one.
set -u

# shellcheck source=tests/pg/cluster
. "$SOURCE/tests/pg/cluster"
SHARED=$SOURCE/../shared
if [ ! -d "$SHARED/corpus" ] || [ ! -x "$SHARED/tools/load-corpus.sh" ]; then
    echo "no corpora in $SHARED: not tested with them" >&2
    exit 0
fi
cluster_start
export XDG_CACHE_HOME="$WORK/cache"
cluster_project "$WORK/project" && cd "$WORK/project" || exit 1
cat "$SOURCE/share/supabase/extensions.sql" "$SOURCE/share/supabase/shim.sql" >"$WORK/shim.sql"
export SHIM="$WORK/shim.sql"
unset DATABASE_URL SUPABASE_DB_URL

equal=0 within=0 outside=0 types=0 shadows=0 count=0 bases=0
mkdir "$WORK/nothing"
echo 'select 1;' >"$WORK/nothing/1_nothing.sql"

# based NAME SOURCE: what is made of live.json as a base is live.json, but for what is said to be uncertain.
based() {
    "$BIN/schema-snapshot" -q -s "$2" --exec --server-bin "$SERVER_BIN" -m "$WORK/nothing" --base "$WORK/live.json" -o "$WORK/base.json" || return 1
    [ "$(tail -n 1 "$WORK/live.json")" != "$(tail -n 1 "$WORK/base.json")" ] || return 0
    [ "$2" != shadow ] || return 1
    jq -n -r --slurpfile live "$WORK/live.json" --slurpfile replay "$WORK/base.json" -f "$SOURCE/tests/pg/uncertain.jq" \
        >"$WORK/differences" || return 1
    ! grep '^differs' "$WORK/differences" >&2
}

# corpus NAME PATH OPTIONS
corpus() {
    cluster_database "$1"
    # shellcheck disable=SC2086  # options
    "$SHARED/tools/load-corpus.sh" -q $3 "$2" "host=$PGHOST user=postgres dbname=$1" >"$WORK/said" 2>&1 || {
        echo "$1 does not load: $(head -n 1 "$WORK/said")"
        return
    }
    # What a project's own tool sets up before its migrations.
    base=''
    [ ! -f "$2.prelude.sql" ] || base=--base=$2.prelude.sql
    # shellcheck disable=SC2086  # nothing, or an option
    if ! PGDATABASE=$1 "$BIN/schema-snapshot" -q -s live -o "$WORK/live.json" ||
        ! "$BIN/schema-snapshot" -q -s migrations -m "$2" $base -o "$WORK/replay.json" ||
        ! "$BIN/schema-snapshot" -q -s shadow --server-bin "$SERVER_BIN" -m "$2" $base -o "$WORK/shadow.json"; then
        echo "$1: no snapshot"
        outside=$((outside + 1))
        return
    fi
    count=$((count + 1))
    if [ "$(tail -n 1 "$WORK/live.json")" = "$(tail -n 1 "$WORK/shadow.json")" ]; then
        shadows=$((shadows + 1))
    else
        echo "$1: the shadow is not what the server has"
        outside=$((outside + 1))
    fi
    if based "$1" shadow && based "$1" migrations; then
        bases=$((bases + 1))
    else
        echo "$1: what is made of its snapshot is another schema"
        outside=$((outside + 1))
    fi
    "$BIN/gen-ts-types" -n '*' "$WORK/live.json" >"$WORK/live.ts"
    "$BIN/gen-ts-types" -n '*' "$WORK/replay.json" >"$WORK/replay.ts"
    PGDATABASE=$1 "$BIN/schema-snapshot" -q -s live -k types | "$BIN/gen-ts-types" -n '*' >"$WORK/narrow.ts"
    cmp -s "$WORK/live.ts" "$WORK/narrow.ts" || {
        echo "$1: the types of -k types are others"
        outside=$((outside + 1))
    }
    ! cmp -s "$WORK/live.ts" "$WORK/replay.ts" || types=$((types + 1))
    if [ "$(tail -n 1 "$WORK/live.json")" = "$(tail -n 1 "$WORK/replay.json")" ]; then
        equal=$((equal + 1))
        echo "$1: equal"
    else
        jq -n -r --slurpfile live "$WORK/live.json" --slurpfile replay "$WORK/replay.json" \
            -f "$SOURCE/tests/pg/uncertain.jq" >"$WORK/differences" || echo "differs: not compared" >"$WORK/differences"
        differs=$(grep -c '^differs' "$WORK/differences")
        if [ "$differs" -eq 0 ]; then
            within=$((within + 1))
            echo "$1: equal but for what is said to be uncertain ($(wc -l <"$WORK/differences") members)"
        else
            outside=$((outside + 1))
            echo "$1: $differs differences that nothing says"
            grep '^differs' "$WORK/differences" | head -n 20 | cut -c 1-300 >&2
        fi
    fi
    # Roles are the cluster's, and the next project knows nothing of these.
    sql postgres -c "drop database \"$1\" with (force)"
    for role in $(sql postgres -At -c "select quote_ident(rolname) from pg_roles where oid >= 16384"); do
        sql postgres -c "drop role $role"
    done
}

for path in "$SHARED"/corpus/*; do
    name=${path##*/}
    case $name in *.sql | *.md) continue ;; esac
    [ "${ONLY:-$name}" = "$name" ] || continue
    # Those that make the roles of a hosting platform themselves, or need none.
    case $name in supabase-storage | [!s]* | sample-*) options=-n ;; *) options='' ;; esac
    case $name in dump-*) path=$path/structure.sql ;; esac
    corpus "$name" "$path" "$options"
done
echo "shadow: $shadows of $count equal; from a snapshot: $bases of $count equal; replay: $equal of $count equal, $within within what is uncertain, $outside outside; types of $types equal"
[ "$outside" -eq 0 ] || fail "$outside projects differ in what nothing says"
