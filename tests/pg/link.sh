#!/bin/sh
# Round trips of a live snapshot behind a link of latency (tests/bench/link.py), connection and all: at most 5 where
# nothing changed and 8 for a reading. TLS takes three more: one to ask for it, one for its handshake, and one because
# servers before 18 know no curve that OpenSSL begins with. They are counted, not timed.
# shellcheck source=tests/pg/cluster

set -u
. "$SOURCE/tests/pg/cluster"
export LC_ALL=C
for variable in $(env | sed -n 's/^\(PG[A-Z]*\)=.*/\1/p') DATABASE_URL SUPABASE_DB_URL; do
    unset "$variable"
done
export HOME="$WORK/home"
mkdir "$HOME" && cluster_project "$WORK/project" && cd "$WORK/project" || exit 1

failed=0
wrong() {
    echo "FAILED: $*" >&2
    failed=$((failed + 1))
}

pool=''
finish() {
    [ -z "$pool" ] || kill "$(cat "$pool/pid")" 2>/dev/null
    cluster_stop
}
trap finish EXIT

free_port() {
    python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}

# ---- a server on loopback, with passwords and TLS for whoever wants them ----

mkdir -p "$CLUSTER" && chmod 711 "$WORK"
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=localhost \
    -keyout "$CLUSTER/server.key" -out "$CLUSTER/server.crt" 2>"$WORK/openssl.log" || fail "openssl: $(cat "$WORK/openssl.log")"
[ "$(id -u)" != 0 ] || chown postgres "$CLUSTER/server.key"
PORT=$(free_port)
CLUSTER_OPTIONS="-c listen_addresses=127.0.0.1 -c port=$PORT -c autovacuum=off -c ssl=on"
CLUSTER_OPTIONS="$CLUSTER_OPTIONS -c ssl_cert_file=$CLUSTER/server.crt -c ssl_key_file=$CLUSTER/server.key"
cluster_start
SOCKET=$PGHOST
unset PGHOST PGPORT PGUSER PGDATABASE
admin() {
    PGHOST=$SOCKET PGPORT=$PORT PGUSER=postgres PGOPTIONS='-c client_min_messages=error' sql "$@"
}

admin postgres -c "set password_encryption = 'scram-sha-256'; create role guarded login password 'open sesame'" \
    -c 'create database small' -c 'create database large'
admin small -c 'create table public.orders (id int primary key, note text)' -c 'create index on public.orders (note)'
"$SOURCE/tests/bench/gen-schema.sh" 300 >"$WORK/schema.sql"
admin large -1 -f "$WORK/schema.sql"
admin large -c 'create table public.counted as select 1 as n' -c 'vacuum analyze'
table=$(admin large -At -c "select attrelid::regclass from pg_attribute
    where attname = 'quantity' order by attrelid offset 150 limit 1")
printf 'local all all trust\nhost all guarded all scram-sha-256\nhost all all all trust\n' >"$CLUSTER/data/pg_hba.conf"
loaded=$(admin postgres -At -c 'select pg_conf_load_time()')
admin postgres -At -c 'select pg_reload_conf()' >/dev/null
tries=50
while [ "$(admin postgres -At -c 'select pg_conf_load_time()')" = "$loaded" ]; do
    tries=$((tries - 1))
    [ "$tries" -gt 0 ] || fail "the server does not take its settings"
    sleep 0.1
done

# ---- counting ----

# counted MOST CONNECTIONS NAME ARGUMENT...: a snapshot behind the link, into $WORK/out.
counted() {
    most=$1 connections=$2 name=$3
    shift 3
    python3 "$SOURCE/tests/bench/link.py" --patient "$WORK/said" 127.0.0.1 "$PORT" \
        "$BIN/schema-snapshot" -s live "$@" >"$WORK/out" || wrong "$way, $name: status $?"
    trips=$(sed 's/trips=\([0-9]*\) .*/\1/' "$WORK/said")
    printf '%-18s %-34s %2d of %2d   %s\n' "$way" "$name" "$trips" "$((most + tls))" "$(cat "$WORK/said")"
    [ "$trips" -le "$((most + tls))" ] || wrong "$way, $name: $trips round trips, not $((most + tls))"
    opened=$(sed 's/.*connections=\([^ ]*\) .*/\1/' "$WORK/said" | tr ',' '\n' | wc -l)
    [ "$opened" -eq "$connections" ] || wrong "$way, $name: $opened connections, not $connections"
}

# same NAME: it is what the socket has.
same() {
    PGHOST=$SOCKET PGPORT=$PORT PGUSER=postgres "$BIN/schema-snapshot" -s live >"$WORK/socket.json" || fail "by the socket"
    [ "$(tail -n 1 "$WORK/out")" = "$(tail -n 1 "$WORK/socket.json")" ] || wrong "$way, $1: another schema"
}
unchanged() {
    grep -q '"unchanged": *true' "$WORK/out" || wrong "$way, $1: something changed"
}
changed() {
    ! grep -q '"unchanged"' "$WORK/out" || wrong "$way, $1: nothing changed"
    same "$1"
    cp "$WORK/out" "$WORK/old"
}
# A transaction that has nothing to do with the schema.
elsewhere() {
    admin large -c 'update public.counted set n = n + 1'
}

# all_ways WAY TLS USER SSLMODE NUMBER: of all that is read and asked for; NUMBER is new to the schema.
all_ways() {
    way=$1 tls=$2
    export PGUSER="$3" PGSSLMODE="$4" PGPASSWORD='open sesame' PGDATABASE=small
    # A second connection is opened beside the first and found not to be wanted.
    counted 8 2 'all of a small schema'
    same "a small schema"
    export PGDATABASE=large
    counted 8 2 'all of a large schema'
    same "a large schema"
    cp "$WORK/out" "$WORK/old"
    counted 5 1 'no transaction since' --if-changed "$WORK/old"
    unchanged "no transaction"
    elsewhere
    counted 5 1 'no change, by counts' --if-changed "$WORK/old"
    unchanged "by counts"
    elsewhere
    counted 5 1 'no change, by fingerprint' --if-changed "$WORK/old" --exact
    unchanged "by fingerprint"
    admin large -c "alter table $table alter column quantity set default $5"
    counted 8 1 'one change' --if-changed "$WORK/old"
    changed "one change"
    admin large -c "alter table $table alter column quantity set default 0" \
        -c "alter table $table alter column quantity set default $5"
    counted 8 1 'a change and back' --if-changed "$WORK/old"
    unchanged "a change and back"
}

all_ways trust 0 postgres disable 81
all_ways scram-sha-256 0 guarded disable 82
all_ways 'TLS, scram-sha-256' 3 guarded require 83

# ---- a pooler that has a server for one of the two connections only ----

if command -v pgbouncer >/dev/null; then
    pool=$WORK/pool
    mkdir "$pool"
    echo '"postgres" ""' >"$pool/users"
    POOL=$(free_port)
    cat >"$pool/ini" <<END
[databases]
large = host=$SOCKET port=$PORT dbname=large
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = $POOL
unix_socket_dir =
auth_type = trust
auth_file = $pool/users
pool_mode = transaction
default_pool_size = 1
logfile = $pool/log
pidfile = $pool/pid
END
    [ "$(id -u)" != 0 ] || chown -R postgres "$pool"
    as_postgres pgbouncer -q -d "$pool/ini" >"$WORK/pool.log" 2>&1 || fail "pgbouncer: $(cat "$WORK/pool.log")"
    SERVER_PORT=$PORT PORT=$POOL way=pooler tls=0
    export PGUSER=postgres PGSSLMODE=disable
    before=$(date +%s)
    counted 9 2 'all, of one server connection'
    [ "$(($(date +%s) - before))" -lt 20 ] || wrong "the reading waited for the pooler"
    PORT=$SERVER_PORT
    same "by one server connection"
else
    echo "no pgbouncer here: a pooler is not tested" >&2
fi

[ "$failed" -eq 0 ] || fail "$failed in all"
