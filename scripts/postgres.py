"""Find a PostgreSQL server to check against: prints its URL, or fails with one line.

TRAVELBAN_TEST_POSTGRES_URL wins; otherwise a server on the local socket, or on 127.0.0.1:5432,
that lets this user make databases.
"""

import getpass
import os
import sys
from pathlib import Path

import psycopg

SETTING = "TRAVELBAN_TEST_POSTGRES_URL"
REQUIRED = os.environ.get("TRAVELBAN_REQUIRE_POSTGRES") == "1"
SOCKETS = [Path("/var/run/postgresql"), Path("/tmp")]


def find() -> str | None:
    if url := os.environ.get(SETTING):
        return url
    hosts = [str(at) for at in SOCKETS if any(at.glob(".s.PGSQL.*"))] + ["127.0.0.1"]
    for host in hosts:
        for user in dict.fromkeys(["postgres", getpass.getuser()]):
            url = f"postgresql://{user}@/postgres?host={host}&port=5432"
            if _lets_make_databases(url):
                return url
    return None


def _lets_make_databases(url: str) -> bool:
    try:
        with psycopg.connect(url, connect_timeout=3) as connection:
            row = connection.execute(
                "SELECT rolsuper OR rolcreatedb FROM pg_roles WHERE rolname = current_user"
            ).fetchone()
    except psycopg.OperationalError:
        return False
    return bool(row and row[0])


if __name__ == "__main__":
    found = find()
    if found is None:
        sys.exit(f"No PostgreSQL found: {SETTING} is not set and no local server answers.")
    print(found)
