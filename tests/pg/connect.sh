#!/bin/sh
# How schema-snapshot connects: TLS that checks whom, what the user says instead, password and
# service files, poolers, servers that refuse or do not answer. All of it on loopback: a host is
# taken for another machine by its name (host=), and led here by hostaddr=.
# shellcheck source=tests/pg/cluster

set -u
. "$SOURCE/tests/pg/cluster"
export LC_ALL=C
unset DATABASE_URL SUPABASE_DB_URL SSL_CERT_FILE
for variable in $(env | sed -n 's/^\(PG[A-Z]*\)=.*/\1/p'); do
    unset "$variable"
done
# Nobody's ~/.postgresql or ~/.pgpass.
export HOME="$WORK/home"
mkdir "$HOME" "$WORK/project" && cd "$WORK/project" || exit 1

failed=0
wrong() {
    echo "FAILED: $*" >&2
    failed=$((failed + 1))
}

# The processes of this test's own, ended with it; a pooler runs as another user, behind a shell.
children=''
finish() {
    for child in $children $(cat "$WORK"/pool.*/pid 2>/dev/null); do
        kill "$child" 2>/dev/null
    done
    cluster_stop
}
trap finish EXIT

snapshot() {
    "$BIN/schema-snapshot" -s live --db-url "$1"
}

# reads NAME URL: the snapshot is that of the socket.
reads() {
    snapshot "$2" >"$WORK/out" 2>"$WORK/said" || wrong "$1: $(cat "$WORK/said")"
    [ ! -s "$WORK/said" ] || wrong "$1: says $(cat "$WORK/said")"
    [ "$(tail -n 1 "$WORK/out")" = "$hash" ] || wrong "$1: another schema"
}

# refuses NAME STATUS TEXT REMEDY URL: in one line, without a password.
refuses() {
    refuses_got=0
    snapshot "$5" >"$WORK/out" 2>"$WORK/said" || refuses_got=$?
    [ "$refuses_got" -eq "$2" ] || wrong "$1: status $refuses_got, not $2: $(cat "$WORK/said")"
    [ ! -s "$WORK/out" ] || wrong "$1: wrote something nonetheless"
    [ "$(wc -l <"$WORK/said")" -eq 1 ] || wrong "$1: $(wc -l <"$WORK/said") lines: $(cat "$WORK/said")"
    grep -qF -e "$3" "$WORK/said" || wrong "$1: '$(cat "$WORK/said")' without '$3'"
    grep -qF -e "$4" "$WORK/said" || wrong "$1: '$(cat "$WORK/said")' without '$4'"
    ! grep -q sesame "$WORK/said" || wrong "$1: tells the password"
}

# encrypted NAME YES|NO: whether our last session that the server let in was.
encrypted() {
    case $(grep 'connection authorized: .*application_name=schema-snapshot' "$CLUSTER/log" | tail -n 1) in
        '') wrong "$1: the server saw nobody" ;;
        *'SSL enabled'*) [ "$2" = yes ] || wrong "$1: encrypted" ;;
        *) [ "$2" = no ] || wrong "$1: not encrypted" ;;
    esac
}

# wait_for COMMAND...: until it succeeds, five seconds at most.
wait_for() {
    for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25; do
        "$@" && return 0
        sleep 0.2
    done
    fail "waited in vain: $*"
}

free_port() {
    python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}

# ---- an authority, another one, and the certificates of a server ----

cat >"$WORK/ca.conf" <<END
[ca]
default_ca = ours
[ours]
database = $WORK/index
new_certs_dir = $WORK
rand_serial = yes
default_md = sha256
policy = policy
unique_subject = no
[policy]
commonName = supplied
END
: >"$WORK/index"
authority() {
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj "/CN=$1" \
        -keyout "$WORK/$1.key" -out "$WORK/$1.crt" 2>"$WORK/openssl.log" || fail "openssl: $(cat "$WORK/openssl.log")"
}

# certificate FILE NAME FROM UNTIL
certificate() {
    printf 'subjectAltName = DNS:%s\n' "$2" >"$WORK/extensions"
    {
        openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj "/CN=$2" \
            -keyout "$WORK/$1.key" -out "$WORK/$1.csr" &&
            openssl ca -batch -notext -config "$WORK/ca.conf" -cert "$WORK/authority.crt" \
                -keyfile "$WORK/authority.key" -extfile "$WORK/extensions" -startdate "$3" -enddate "$4" \
                -in "$WORK/$1.csr" -out "$WORK/$1.crt"
    } >"$WORK/openssl.log" 2>&1 || fail "openssl: $(cat "$WORK/openssl.log")"
    [ "$(id -u)" != 0 ] || chown postgres "$WORK/$1.key"
}

authority authority
authority stranger
certificate good db.example.test 20200101000000Z 20490101000000Z
certificate other other.example.test 20200101000000Z 20490101000000Z
certificate expired db.example.test 20200101000000Z 20200201000000Z

# ---- a server that speaks TLS on loopback ----

PORT=$(free_port)
addresses=127.0.0.1
! grep -qs '^0*1 ' /proc/net/if_inet6 || addresses=$addresses,::1
CLUSTER_OPTIONS="-c listen_addresses=$addresses -c port=$PORT -c ssl=on -c log_connections=on
    -c ssl_cert_file=$CLUSTER/server.crt -c ssl_key_file=$CLUSTER/server.key"
CLUSTER_OPTIONS=$(echo "$CLUSTER_OPTIONS" | tr -d '\n')
mkdir -p "$CLUSTER" && chmod 711 "$WORK"
cp -p "$WORK/good.crt" "$CLUSTER/server.crt"
cp -p "$WORK/good.key" "$CLUSTER/server.key"
cluster_start
SOCKET=$PGHOST
# Only what a test says may say where to: the server's owner goes by the socket.
unset PGHOST PGPORT PGUSER PGDATABASE
admin() {
    PGHOST=$SOCKET PGPORT=$PORT PGUSER=postgres sql "$@"
}

# reload: until new sessions have the new settings.
reloaded() {
    [ "$(admin postgres -Atc 'select pg_conf_load_time()')" != "$1" ]
}
reload() {
    loaded=$(admin postgres -Atc 'select pg_conf_load_time()')
    admin postgres -Atc 'select pg_reload_conf()' >/dev/null
    wait_for reloaded "$loaded"
}

# sleeps USER: whether a session of this user is in pg_sleep.
sleeps() {
    [ "$(admin postgres -Atc "select count(*) from pg_stat_activity where usename = '$1' and wait_event = 'PgSleep'")" = 1 ]
}

serve() {
    cp -p "$WORK/$1.crt" "$CLUSTER/server.crt"
    cp -p "$WORK/$1.key" "$CLUSTER/server.key"
    reload
}

admin postgres -c 'create database shop'
admin shop -c 'create table orders (id int primary key, note text)'
admin postgres -c "set password_encryption = 'scram-sha-256'; create role guarded login password 'open sesame'"
admin postgres -c 'create role locked login'
{
    echo 'local all all trust'
    echo 'host all guarded all scram-sha-256'
    echo 'host all locked all reject'
    echo 'host all all all trust'
} >"$WORK/hba"
cat "$WORK/hba" >"$CLUSTER/data/pg_hba.conf"
reload
# by_the_socket: sets hash, which the other ways are to give too.
by_the_socket() {
    snapshot "host=$SOCKET port=$PORT user=postgres dbname=shop" >"$WORK/socket.json" || fail "by the socket"
    hash=$(tail -n 1 "$WORK/socket.json")
}
by_the_socket

HERE="hostaddr=127.0.0.1 port=$PORT user=postgres dbname=shop"
FAR="host=db.example.test $HERE"

# ---- who is not local is checked ----

PGSSLROOTCERT=$WORK/authority.crt reads "the right authority" "$FAR"
encrypted "the right authority" yes
reads "the authority in the URL" "$FAR sslrootcert=$WORK/authority.crt"
SSL_CERT_FILE=$WORK/authority.crt reads "the machine's authorities" "$FAR"
mkdir "$HOME/.postgresql"
cp "$WORK/authority.crt" "$HOME/.postgresql/root.crt"
reads "the user's own authorities" "$FAR"
rm -r "$HOME/.postgresql"

unknown='put the path of its root certificate in PGSSLROOTCERT, or sslmode=require in the URL'
refuses "an unknown authority" 78 'certificate verify failed' "$unknown" "$FAR"
refuses "the name of the server is in the message" 78 "cannot connect to 'db.example.test:$PORT/shop': SSL" '' "$FAR"
refuses "a wrong authority" 78 'certificate verify failed' "$unknown" "$FAR sslrootcert=$WORK/stranger.crt"
refuses "an authority that is not there" 78 'does not exist' PGSSLROOTCERT "$FAR sslrootcert=$WORK/nothing.crt"
refuses "no name to check" 78 'certificate verify failed' PGSSLROOTCERT "host=192.0.2.1 $HERE"

reads "sslmode=require in the URL" "$FAR sslmode=require"
encrypted "sslmode=require" yes
PGSSLMODE=require reads "PGSSLMODE=require" "$FAR"
reads "sslmode=disable" "$FAR sslmode=disable"
encrypted "sslmode=disable" no
reads "sslmode=prefer in a URL" "postgresql://postgres@db.example.test:$PORT/shop?hostaddr=127.0.0.1&sslmode=prefer"
refuses "a URL without it" 78 'certificate verify failed' "$unknown" \
    "postgresql://postgres@db.example.test:$PORT/shop?hostaddr=127.0.0.1"
refuses "a value that is none" 78 'invalid sslmode value: "perhaps"' '' "$FAR sslmode=perhaps"
refuses "disable, where the server wants TLS or nothing" 77 'no encryption' 'leave sslmode out' \
    "host=db.example.test hostaddr=127.0.0.1 port=$PORT user=locked dbname=shop sslmode=disable"

reads "localhost needs no certificate" "host=localhost $HERE"
reads "a loopback address" "$HERE"
reads "a socket" "host=$SOCKET port=$PORT user=postgres dbname=shop"
case $addresses in
    *::1*) reads "IPv6 loopback" "host=::1 port=$PORT user=postgres dbname=shop" ;;
esac
refuses "localhost, checked because the user says so" 78 'certificate verify failed' "$unknown" \
    "host=localhost $HERE sslmode=verify-full"

# ---- several hosts ----

shut=$(free_port)
reads "the second of two" "host=localhost,localhost hostaddr=127.0.0.1,127.0.0.1 port=$shut,$PORT user=postgres dbname=shop"
refuses "one that is far makes all checked" 78 'certificate verify failed' "$unknown" \
    "host=localhost,db.example.test hostaddr=127.0.0.1,127.0.0.1 port=$shut,$PORT user=postgres dbname=shop"
PGSSLROOTCERT=$WORK/authority.crt reads "and is read when it is right" \
    "host=localhost,db.example.test hostaddr=127.0.0.1,127.0.0.1 port=$shut,$PORT user=postgres dbname=shop"
refuses "two hosts and three ports" 78 'could not match' '' "host=a.test,b.test hostaddr=127.0.0.1,127.0.0.1 port=1,2,3"

# ---- certificates that are wrong ----

serve other
PGSSLROOTCERT=$WORK/authority.crt refuses "a certificate for another name" 78 \
    'server certificate for "other.example.test" does not match host name "db.example.test"' 'hostaddr=' "$FAR"
reads "another name is none of verify-ca's business" "$FAR sslmode=verify-ca sslrootcert=$WORK/authority.crt"
serve expired
PGSSLROOTCERT=$WORK/authority.crt refuses "an expired certificate" 78 'certificate verify failed' 'has expired' "$FAR"
serve good

# ---- passwords ----

secret="host=db.example.test hostaddr=127.0.0.1 port=$PORT user=guarded dbname=shop"
export PGSSLROOTCERT="$WORK/authority.crt"
refuses "no password" 77 'no password supplied' PGPASSFILE "$secret"
PGPASSWORD='wrong sesame' refuses "a wrong password" 77 'password authentication failed for user "guarded"' '' "$secret"
PGPASSWORD='open sesame' reads "a password" "$secret"
PGPASSWORD='open sesame' reads "channel binding" "$secret channel_binding=require"
PGPASSWORD='open sesame' refuses "channel binding without TLS" 77 'channel binding' '' \
    "$secret channel_binding=require sslmode=disable"
printf 'db.example.test:%s:shop:guarded:open sesame\n' "$PORT" >"$WORK/passfile"
chmod 600 "$WORK/passfile"
reads "passfile=" "$secret passfile=$WORK/passfile"
PGPASSFILE=$WORK/passfile reads "PGPASSFILE" "$secret"
cp -p "$WORK/passfile" "$HOME/.pgpass"
reads ".pgpass" "$secret"
rm "$HOME/.pgpass"
printf 'db.example.test:%s:shop:guarded:wrong sesame\n' "$PORT" >"$WORK/passfile"
refuses "a wrong passfile" 77 'password authentication failed' '' "$secret passfile=$WORK/passfile"
unset PGSSLROOTCERT

# ---- services ----

cat >"$WORK/services" <<END
[far]
host=db.example.test
hostaddr=127.0.0.1
port=$PORT
user=postgres
dbname=shop
[plain]
host=db.example.test
hostaddr=127.0.0.1
port=$PORT
user=postgres
dbname=shop
sslmode=prefer
END
export PGSERVICEFILE="$WORK/services"
refuses "a service that is far is checked" 78 'certificate verify failed' "$unknown" service=far
PGSSLROOTCERT=$WORK/authority.crt reads "a service" service=far
reads "a service that says libpq's own default" service=plain
refuses "a service that is not there" 78 'cannot connect: definition of service "lost" not found' '' service=lost
PGSERVICEFILE=$WORK/nothing refuses "a service file that is not there" 78 'service file' '' service=far
PGSERVICE=plain "$BIN/schema-snapshot" -s live >"$WORK/out" || wrong "PGSERVICE"
[ "$(tail -n 1 "$WORK/out")" = "$hash" ] || wrong "PGSERVICE: another schema"
printf 'PGSERVICE=plain\nPGSERVICEFILE=%s\n' "$WORK/services" >"$WORK/project/.env"
mkdir "$WORK/project/supabase" && : >"$WORK/project/supabase/config.toml"
unset PGSERVICEFILE
"$BIN/schema-snapshot" -s live >"$WORK/out" || wrong "a service of .env"
[ "$(tail -n 1 "$WORK/out")" = "$hash" ] || wrong "a service of .env: another schema"
rm -r "$WORK/project/supabase" "$WORK/project/.env"

# ---- a server without TLS ----

# The command line would win over ALTER SYSTEM: a restart without it.
as_postgres "$SERVER_BIN/pg_ctl" -D "$CLUSTER/data" -m fast -w stop >/dev/null
as_postgres "$SERVER_BIN/pg_ctl" -D "$CLUSTER/data" -l "$CLUSTER/log" -w start \
    -o "-c listen_addresses=$addresses -c port=$PORT -c unix_socket_directories=$CLUSTER -c fsync=off -c max_connections=20" \
    >/dev/null || fail "the server without TLS"
refuses "a server without TLS" 78 'server does not support SSL' 'sslmode=disable in the URL' "$FAR"
refuses "require is not met either" 78 'server does not support SSL' 'sslmode=disable in the URL' "$FAR sslmode=require"
reads "sslmode=disable" "$FAR sslmode=disable"
reads "sslmode=prefer" "$FAR sslmode=prefer"
reads "localhost without TLS" "host=localhost $HERE"

# ---- who does not answer ----

refuses "nobody listens" 69 "cannot connect to 'localhost:$shut/shop': Connection refused" '' \
    "host=localhost hostaddr=127.0.0.1 port=$shut dbname=shop"
refuses "a name that leads nowhere" 69 'could not translate host name "nowhere.test"' '' "host=nowhere.test dbname=shop"
cat >"$WORK/silent.py" <<'END'
import socket, sys, time
s = socket.socket()
s.bind(("127.0.0.1", 0))
s.listen(5)
print(s.getsockname()[1], flush=True)
if len(sys.argv) > 1:
    while True:
        peer, _ = s.accept()
        peer.sendall(sys.argv[1].encode())
        peer.close()
time.sleep(600)
END
python3 "$WORK/silent.py" >"$WORK/silent" &
children="$children $!"
python3 "$WORK/silent.py" 'HTTP/1.1 400 Bad Request' >"$WORK/web" &
children="$children $!"
wait_for test -s "$WORK/silent"
wait_for test -s "$WORK/web"
before=$(date +%s)
refuses "who never answers" 69 'timeout expired' '' "host=localhost hostaddr=127.0.0.1 port=$(cat "$WORK/silent") dbname=shop connect_timeout=1"
PGCONNECT_TIMEOUT=1 refuses "the same by the environment" 69 'timeout expired' '' \
    "host=localhost hostaddr=127.0.0.1 port=$(cat "$WORK/silent") dbname=shop"
[ "$(($(date +%s) - before))" -lt 8 ] || wrong "connect_timeout=1 took too long"
refuses "who is no PostgreSQL" 69 'SSL negotiation' 'PostgreSQL server?' \
    "host=db.example.test hostaddr=127.0.0.1 port=$(cat "$WORK/web") dbname=shop"

# ---- too many ----

admin postgres -c 'alter system set superuser_reserved_connections = 0' -c 'alter role locked connection limit 0'
admin postgres -c 'create role single login connection limit 1'
psql -X -q -h "$SOCKET" -p "$PORT" -U single -d postgres -c 'select pg_sleep(60)' >/dev/null 2>&1 &
children="$children $!"
wait_for sleeps single
refuses "no connection is free" 75 'too many connections for role' '' "host=$SOCKET port=$PORT user=single dbname=shop"

# ---- a transaction pooler ----

if ! command -v pgbouncer >/dev/null; then
    echo "no pgbouncer here: poolers are not tested" >&2
    [ "$failed" -eq 0 ] || fail "$failed in all"
    exit 0
fi

# pooler AUTH_TYPE: sets POOL, its port.
pooler() {
    POOL=$(free_port)
    mkdir -p "$WORK/pool.$1"
    printf '"postgres" ""\n"guarded" "open sesame"\n' >"$WORK/pool.$1/users"
    cat >"$WORK/pool.$1/ini" <<END
[databases]
shop = host=$SOCKET port=$PORT dbname=shop
dead = host=127.0.0.1 port=$shut dbname=shop
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = $POOL
unix_socket_dir =
auth_type = $1
auth_file = $WORK/pool.$1/users
pool_mode = transaction
default_pool_size = 1
logfile = $WORK/pool.$1/log
pidfile = $WORK/pool.$1/pid
client_login_timeout = 2
server_login_retry = 1
query_wait_timeout = 3
END
    [ "$(id -u)" != 0 ] || chown -R postgres "$WORK/pool.$1"
    as_postgres pgbouncer -q -d "$WORK/pool.$1/ini" >"$WORK/pool.log" 2>&1 ||
        fail "pgbouncer: $(cat "$WORK/pool.log")"
    wait_for pg_isready -q -h 127.0.0.1 -p "$POOL" -U postgres -d shop
}

by_the_socket # roles came since
pooler trust
through="host=localhost hostaddr=127.0.0.1 port=$POOL user=postgres dbname"
reads "a transaction pooler" "$through=shop"
reads "and once more, on the same server session" "$through=shop"
refuses "a pooler that is far has no TLS here" 78 'server does not support SSL' sslmode=disable \
    "host=db.example.test hostaddr=127.0.0.1 port=$POOL user=postgres dbname=shop"
refuses "options in the URL" 78 'unsupported startup parameter' 'leave options= out of the URL' \
    "$through=shop options=-csearch_path=public"
PGOPTIONS='-c search_path=public' refuses "PGOPTIONS" 78 'unsupported startup parameter' PGOPTIONS "$through=shop"
refuses "a user the pooler does not know" 77 'FATAL: ' auth_file \
    "host=localhost hostaddr=127.0.0.1 port=$POOL user=nobody dbname=shop"
refuses "a database the pooler does not know" 69 'no such database: elsewhere' '[databases]' "$through=elsewhere"
refuses "a pooler whose server is gone" 69 '' 'log' "$through=dead"
psql -X -q -c 'begin' -c 'select pg_sleep(60)' "$through=shop" >/dev/null 2>&1 &
children="$children $!"
wait_for sleeps postgres
refuses "a pooler whose servers are all taken" 75 'query_wait_timeout' '' "$through=shop"

pooler scram-sha-256
guarded="host=localhost hostaddr=127.0.0.1 port=$POOL user=guarded dbname=shop"
PGPASSWORD='open sesame' reads "a transaction pooler with a password" "$guarded"
PGPASSWORD='wrong sesame' refuses "and with a wrong one" 77 'authentication failed' '' "$guarded"
refuses "and with none" 77 'no password supplied' PGPASSFILE "$guarded"

[ "$failed" -eq 0 ] || fail "$failed in all"
