#!/bin/bash
# Starts a PostgreSQL that follows the primary: copies it the first time, then streams from a slot.
set -euo pipefail

if [ ! -s "$PGDATA/PG_VERSION" ]; then
  echo "copying the primary at $PRIMARY_HOST"
  export PGPASSWORD=$REPLICATION_PASSWORD
  primary="host=$PRIMARY_HOST user=replica application_name=replica"
  # The slot keeps what the primary writes until it has come here; it may be there from an earlier copy.
  psql -d "$primary dbname=postgres replication=true" -c 'CREATE_REPLICATION_SLOT replica PHYSICAL RESERVE_WAL' ||
    echo "the slot is there already"
  # A copy that was cut off is begun anew: it is moved to its place only when it is whole.
  rm -rf "$PGDATA" "$PGDATA.copy"
  mkdir -p "$(dirname "$PGDATA")"
  pg_basebackup -d "$primary" -D "$PGDATA.copy" -S replica -X stream -R --checkpoint=fast
  mv "$PGDATA.copy" "$PGDATA"
fi
exec postgres "$@"
