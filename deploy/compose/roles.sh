#!/bin/sh
# Runs once, when the database is empty: the roles of roles.sql with the passwords of the file, one NAME=password a line.
set -eu
set --
while IFS='=' read -r name password; do
  case "$name" in ''|\#*) ;; *) set -- "$@" -v "$name=$password" ;; esac
done < /casustafel/passwords
psql --username postgres --quiet "$@" --file /casustafel/roles.sql
