"""Migrations and tables must agree: `alembic upgrade head`, then `alembic check`.

On a new SQLite file, and in a new PostgreSQL database, which is dropped again. Without a
PostgreSQL server that half is skipped, loudly, or fails if TRAVELBAN_REQUIRE_POSTGRES=1.
"""

import os
import secrets
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit, urlunsplit

import psycopg
from postgres import REQUIRED, SETTING, find
from psycopg import sql


def agree(label: str, url: str) -> None:
    environment = os.environ | {"TRAVELBAN_DATABASE_URL": url}
    for command in ("upgrade", "head"), ("check",):
        done = subprocess.run(
            [sys.executable, "-m", "alembic", *command],
            env=environment,
            capture_output=True,
            text=True,
            timeout=120,
        )
        if done.returncode:
            sys.exit(f"{label}: alembic {' '.join(command)} failed\n{done.stdout}{done.stderr}")
    print(f"{label}: migrations and tables agree")


@contextmanager
def new_database(server: str) -> Iterator[str]:
    name = f"travelban_check_{secrets.token_hex(4)}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        try:
            yield urlunsplit(urlsplit(server)._replace(path=f"/{name}"))
        finally:
            connection.execute(
                sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name))
            )


with tempfile.TemporaryDirectory() as folder:
    agree("SQLite", f"sqlite:///{folder}/check.db")

server = find()
if server:
    # SQLAlchemy may be told which driver to use, psycopg must not be.
    with new_database(server.replace("postgresql+psycopg:", "postgresql:")) as url:
        agree("PostgreSQL", url)
elif REQUIRED:
    sys.exit(f"PostgreSQL is required and none was found; set {SETTING}.")
else:
    print(f"*** SKIPPED: no PostgreSQL found, so migrations ran on SQLite only; set {SETTING}. ***")
