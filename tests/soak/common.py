"""A budget of time, a source of randomness, findings, and databases of one soak run."""

import random
import secrets
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

from app.desk import Desk
from app.jobs import shipped
from app.store import facts
from app.terms import Policy, Tables
from tests.conftest import ROOT, make_desk

sys.path.insert(0, str(ROOT / "scripts"))

import postgres

SHARED = ROOT.parent / "shared"
POLICY = Policy(threshold=0.75, strong=0.8, fresh_days=10, limit=10)


class Finding(Exception):
    """Something that does not hold, with an example."""


@dataclass(frozen=True)
class Part:
    """What a part may take, and what it draws from: the same seed draws the same."""

    name: str
    seed: int
    until: float | None
    """The monotonic second at which it stops; null: it does its full count."""
    folder: Path

    @cached_property
    def random(self) -> random.Random:
        """The part's own source, whatever other parts drew."""
        return random.Random(f"{self.seed} {self.name}")

    @property
    def left(self) -> float | None:
        """Seconds left; null when time has no limit."""
        return None if self.until is None else self.until - time.monotonic()

    def rounds(self, full: int) -> Iterator[int]:
        """Numbers from 0: the full count, or as many as time allows, one at the least."""
        number, longest = 0, 0.0
        while True:
            begun = time.monotonic()
            yield number
            number += 1
            longest = max(longest, time.monotonic() - begun)
            over = self.until is not None and time.monotonic() + longest > self.until
            if over or (self.until is None and number >= full):
                return


Work = Callable[[Part], str]
"""Does a part, and answers what it covered; raises Finding."""


def say(words: str) -> None:
    """One line, at once."""
    print(words, flush=True)


def desk_over(store: facts.Store, tables: Tables, clock: Callable) -> Desk:
    """A desk over a store."""
    return make_desk(store, tables, POLICY, clock)


# ---------------------------------------------------------------- databases


def sqlite_template(folder: Path) -> Path:
    """A migrated SQLite file without a row, made once in a folder."""
    path = folder / "template.sqlite3"
    if not path.exists():
        facts.migrate(f"sqlite:///{path}")
    return path


def new_sqlite(folder: Path) -> Path:
    """A new SQLite file, migrated."""
    return Path(shutil.copy(sqlite_template(folder), folder / f"{secrets.token_hex(4)}.sqlite3"))


def postgres_server() -> str | None:
    """The URL of a PostgreSQL server that lets us make databases; null when none answers."""
    found = postgres.find()
    return None if found is None else found.replace("postgresql+psycopg:", "postgresql:")


@contextmanager
def new_postgres() -> Iterator[str | None]:
    """The URL of a new PostgreSQL database, migrated, dropped at the end; null without a server."""
    server = postgres_server()
    if server is None:
        yield None
        return
    name = f"travelban_soak_{secrets.token_hex(4)}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        try:
            url = urlunsplit(urlsplit(server)._replace(path=f"/{name}"))
            facts.migrate(url)
            yield url
        finally:
            connection.execute(
                sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name))
            )


def load_what_ships(store: facts.Store, clock: Callable) -> None:
    """Store the law and the supplement."""
    shipped.load(store, shipped.DATA, clock)
