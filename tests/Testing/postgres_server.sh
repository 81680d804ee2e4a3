#!/bin/sh
# A PostgreSQL server for tests, as a user that is not root: made, started, and removed when standard input ends, however its parent ended.
# Usage: MSA_TEST_PASSWORD=... postgres_server.sh BIN PORT ADDRESSES
# Prints the data folder when connections are taken. Then takes orders, a line each, and prints "done" when one is carried out:
# "stop MODE" (fast, or immediate: as in a crash) and "start".
set -eu
bin=$1
port=$2
addresses=$3
trap '' INT TERM # Ctrl-C is for the parent: its end is ours
umask 077
cd /
folder=$(mktemp -d "${TMPDIR:-/tmp}/msa-orleans-postgres-XXXXXX")
remove() {
    if [ -f "$folder/data/postmaster.pid" ]; then
        "$bin/pg_ctl" stop -D "$folder/data" -m immediate -w >"$folder/stop.log" 2>&1 || true
    fi
    rm -rf "$folder"
}
trap remove EXIT
printf '%s\n' "$MSA_TEST_PASSWORD" >"$folder/password"
unset MSA_TEST_PASSWORD
"$bin/initdb" -D "$folder/data" -U msa -E UTF8 --locale=C --auth=scram-sha-256 --pwfile="$folder/password" --no-sync >"$folder/init.log" 2>&1 </dev/null || {
    cat "$folder/init.log" >&2
    exit 1
}
rm "$folder/password"
echo "host all all samenet scram-sha-256" >>"$folder/data/pg_hba.conf" # whoever is in a network that it listens on
start() {
    "$bin/pg_ctl" start -D "$folder/data" -l "$folder/server.log" -w \
        -o "-p $port -c listen_addresses=$addresses -c unix_socket_directories='' -c max_connections=200" >"$folder/start.log" 2>&1 </dev/null || {
        cat "$folder/start.log" "$folder/server.log" >&2
        exit 1
    }
}
start
echo "$folder"
while read -r order mode; do
    case $order in
        stop) "$bin/pg_ctl" stop -D "$folder/data" -m "$mode" -w >"$folder/stop.log" 2>&1 </dev/null || true ;; # it may be gone already
        start) start ;;
    esac
    echo done
done
