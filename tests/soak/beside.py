"""An older version writes while a newer one migrates: no line is lost, and none is refused."""

import random
import secrets
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql
from sqlalchemy import text

from app.jobs import shipped
from app.store import facts
from app.when import instant_text
from tests.conftest import ROOT
from tests.soak.acts import done_by, drawn, missing, unsound
from tests.soak.common import Finding, Part, desk_over, load_what_ships, postgres_server

_FULL = 20
_WRITERS = 2
_BEFORE_AND_AFTER = 10
_PATIENCE = 120
_REVISIONS = sorted(
    path.name.partition("_")[0] for path in (ROOT / "migrations/versions").glob("0*.py")
)
_LINE = text(
    "INSERT INTO audit (at, who, action, question_digest, answer_digest) "
    "VALUES (:at, :who, 'assess', NULL, NULL)"
)
_NEWEST = text("SELECT max(at) FROM audit")


def beside(part: Part) -> str:
    """From each older form, on SQLite and, when a server answers, on PostgreSQL, in turn."""
    server = postgres_server()
    kinds = ["sqlite", *(["postgresql"] if server else [])]
    # From 0002 on a version may go on beside a newer form.
    forms = [(form, kind) for form in _REVISIONS[1:-1] for kind in kinds]
    lines = done = 0
    for number in part.rounds(_FULL):
        form, kind = forms[number % len(forms)]
        with _empty(part, kind, server) as url:
            lines += _migrated(url, form, f"{part.seed} {number}")
        done += 1
    left_out = "" if server else "; no PostgreSQL answers: left out"
    return f"{done} upgrades under {_WRITERS} older writers, {lines} lines of theirs{left_out}"


@contextmanager
def _empty(part: Part, kind: str, server: str | None) -> Iterator[str]:
    name = f"travelban_soak_{secrets.token_hex(4)}"
    if kind == "sqlite" or server is None:
        yield f"sqlite:///{part.folder / name}.sqlite3"
        return
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        try:
            yield urlunsplit(urlsplit(server)._replace(path=f"/{name}"))
        finally:
            connection.execute(
                sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name))
            )


class _Older(threading.Thread):
    """Writes lines as a version of an older form does: it names the columns that it knows."""

    def __init__(self, url: str, label: str) -> None:
        super().__init__(daemon=True)
        self.url = url
        self.label = label
        self.written = 0
        self.enough = threading.Event()
        self.wrong: Exception | None = None

    def run(self) -> None:
        try:
            with facts.open_store(self.url) as store:
                while not self.enough.is_set():
                    with store.writing() as connection:
                        facts.writer_done(connection)
                        newest = connection.scalar(_NEWEST)
                        now = instant_text(datetime.now(UTC))
                        at = now if newest is None or newest < now else facts.after(newest)
                        who = f"{self.label} {self.written}"
                        connection.execute(_LINE, {"at": at, "who": who})
                    self.written += 1
        except Exception as error:  # noqa: BLE001 - whatever it is, the older version failed
            self.wrong = error

    def more(self, lines: int) -> None:
        """Wait until it has written so many more."""
        last = self.written + lines
        while self.written < last and self.is_alive():
            self.enough.wait(0.01)


def _migrated(url: str, form: str, label: str) -> int:
    """One upgrade under older writers: how many lines they wrote."""
    with facts.open_store(url) as store, store.writing() as connection:
        facts.upgrade(connection, form)
    writers = [_Older(url, f"{label} writer {number}") for number in range(_WRITERS)]
    for writer in writers:
        writer.start()
    try:
        for writer in writers:
            writer.more(_BEFORE_AND_AFTER)
        facts.migrate(url)
        for writer in writers:
            writer.more(_BEFORE_AND_AFTER)
        # And the newer version writes beside them, and ties what they wrote.
        with facts.open_store(url) as store:
            load_what_ships(store, lambda: datetime.now(UTC))
            desk = desk_over(store, shipped.tables(), lambda: datetime.now(UTC))
            draw = random.Random(label)
            done = [done_by(desk, drawn(draw, f"{label} {number}")) for number in range(5)]
    finally:
        for writer in writers:
            writer.enough.set()
            writer.join(_PATIENCE)
    for writer in writers:
        if writer.wrong is not None:
            raise Finding(f"beside {form} on {url.partition(':')[0]}: {writer.wrong}")
    with facts.open_store(url) as store:
        desk = desk_over(store, shipped.tables(), lambda: datetime.now(UTC))
        done.append(done_by(desk, drawn(random.Random(label), f"{label} at the end")))
        with store.reading() as connection:
            found = missing(connection, done)
            held = set(connection.scalars(text("SELECT who FROM audit")))
        found += [
            f"{writer.label} {number} is gone"
            for writer in writers
            for number in range(writer.written)
            if f"{writer.label} {number}" not in held
        ]
        if found := found + unsound(store):
            raise Finding(f"beside {form} on {url.partition(':')[0]}: {'; '.join(found[:20])}")
    return sum(writer.written for writer in writers)
