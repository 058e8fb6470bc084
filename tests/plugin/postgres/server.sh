#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# server.sh start|stop FOLDER: a PostgreSQL server of its own, reachable by a socket in FOLDER only. 77: none is installed.
set -eu
folder=$2
bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1)
[ -n "$bin" ] && [ -x "$bin/initdb" ] || exit 77
as() {
    if [ "$(id -u)" = 0 ]; then setpriv --reuid=postgres --regid=postgres --clear-groups "$@"; else "$@"; fi
}
if [ "$1" = stop ]; then
    as "$bin/pg_ctl" -D "$folder/data" -m immediate -w stop >/dev/null
    exit 0
fi
if [ "$(id -u)" = 0 ]; then chown postgres "$folder"; fi
cd "$folder"
as "$bin/initdb" -D "$folder/data" -U tester -A trust -E UTF8 --locale=C.UTF-8 -N >/dev/null
as "$bin/pg_ctl" -D "$folder/data" -l "$folder/log" -w -t 60 \
    -o "-c listen_addresses='' -c unix_socket_directories='$folder' -c fsync=off" start >/dev/null
