"""One byte changed in what is on record, at random: what `audit verify` and `lists verify` find."""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Table, select, text, update
from sqlalchemy.exc import DBAPIError

from app.api import examples
from app.assessment.article import ArticleAsked
from app.assessment.exemptions import ExemptionGiven
from app.assessment.screen import ScreeningAsked
from app.desk import Desk, decoder
from app.jobs import shipped
from app.keys import KeyAsked
from app.store import refreshes, tables, verify
from app.store.facts import Store
from app.store.keys import Scope
from app.store.refreshes import Run
from app.terms import Report
from app.when import instant_text

KEPT = (
    tables.audit, tables.audit_links, tables.audit_questions, tables.assessments,
    tables.assessment_references, tables.documents, tables.articles, tables.exemptions,
    tables.law_versions, tables.list_files, tables.snapshots, tables.decisions, tables.entries,
    tables.keys, tables.key_revocations, tables.refreshes,
)  # fmt: skip
"""Every table of which a change is to be found."""


REFUSED = "refused by the database"


def fill(desk: Desk) -> None:
    """Put something of every kind on record, with its lines."""
    shipped.load(desk.store, shipped.DATA, desk.clock)
    desk.ask(decoder(Report).validate_python(examples.REPORT))
    desk.ask(decoder(Report).validate_python(examples.REPORT))
    desk.screen(ScreeningAsked(name="Qasem Soleimani"))
    desk.screen_all([ScreeningAsked(name="Somebody"), ScreeningAsked(name="Nobody")])
    desk.read_article(decoder(ArticleAsked).validate_python(examples.ARTICLE))
    desk.record_exemption(decoder(ExemptionGiven).validate_python(examples.EXEMPTION))
    made = desk.keys.create(KeyAsked(name="An office", scopes=(Scope.screen,)), "a test")
    desk.keys.revoke(made.key.id, "no longer needed", "a test")
    now = instant_text(desk.clock())
    run = Run(run="a run", began_at=now, held_by="here", address="there", stages=())
    with desk.store.writing() as connection:
        refreshes.take(connection, run, now, now)
        failed = refreshes.RefreshOutcome.failed
        refreshes.end(connection, run, ended_at=now, outcome=failed, words="nobody was there")


def findings(store: Store) -> list[str]:
    """What both commands find."""
    with store.reading() as connection:
        both = (verify.verify_audit(connection), verify.verify_lists(connection))
    return [f"{one.where}: {one.words}" for found in both for one in found.findings]


def unguard(store: Store) -> None:
    """Take away what the database itself forbids, as whoever owns it can."""
    with store.writing() as connection:
        if connection.dialect.name == "postgresql":
            for table in KEPT:
                connection.execute(text(f"ALTER TABLE {table.name} DISABLE TRIGGER ALL"))
            return
        names = connection.scalars(text("SELECT name FROM sqlite_master WHERE type = 'trigger'"))
        for name in names.all():
            connection.execute(text(f"DROP TRIGGER {name}"))


@contextmanager
def unbound(store: Store) -> Iterator[Connection]:
    """A transaction in which no key needs to be that of a row."""
    with store.engine.connect() as connection:
        connection.execution_options(travelban_writes=True)
        raw: Any = connection.connection.driver_connection
        if connection.dialect.name == "sqlite":
            raw.execute("PRAGMA foreign_keys = OFF")
        try:
            with connection.begin():
                yield connection
        finally:
            if connection.dialect.name == "sqlite":
                raw.execute("PRAGMA foreign_keys = ON")


class Tampering:
    """Changes of one byte, drawn by a seed; each is undone again."""

    def __init__(self, store: Store, seed: int) -> None:
        self.store = store
        self.draw = random.Random(seed)
        with store.reading() as connection:
            self.rows = {table: connection.execute(select(table)).all() for table in KEPT}

    def once(self) -> tuple[str, list[str]]:
        """Change a byte: where, and what is found then."""
        while True:
            table = self.draw.choice([t for t in KEPT if self.rows[t]])
            row = self.draw.choice(self.rows[table])
            column = self.draw.choice(list(table.columns))
            before = getattr(row, column.name)
            after = self._changed(before)
            if after != before:
                break
        where = f"{table.name}.{column.name} of {row[0]!r}"
        key = [one == getattr(row, one.name) for one in table.primary_key]
        changed = [
            one == (after if one is column else getattr(row, one.name)) for one in table.primary_key
        ]
        try:
            self._write(table, key, {column.name: after})
        except DBAPIError:
            return where, [REFUSED]  # a key that another row has: nothing was changed
        found = findings(self.store)
        self._write(table, changed, {column.name: before})
        return where, found

    def _changed(self, before: Any) -> Any:
        draw = self.draw
        if isinstance(before, int):
            return int(self._changed(str(before)) or 0) if before < 10**9 else before
        if isinstance(before, bytes):
            at = draw.randrange(len(before)) if before else 0
            return before[:at] + bytes([draw.randrange(256)]) + before[at + 1 :]
        if isinstance(before, str):
            at = draw.randrange(len(before)) if before else 0
            letter = draw.choice("0123456789") if before.isdigit() else chr(draw.randrange(32, 127))
            return before[:at] + letter + before[at + 1 :]
        return before

    def _write(self, table: Table, key: list[Any], values: dict[str, Any]) -> None:
        with unbound(self.store) as connection:
            connection.execute(update(table).where(*key).values(values))
