"""Every migration with rows in every table: up, down, beside an older version, and two at once."""

import os
import secrets
import shutil
import sqlite3
import subprocess
import sys
import time
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg
import pytest
from alembic import command
from alembic.config import Config
from psycopg import sql
from sqlalchemy import Connection, column, insert, inspect, make_url, select, table, text

from app.desk import Desk
from app.store import facts
from app.store.tables import metadata
from app.terms import Policy, Tables
from tests.conftest import LONG, ROOT, Clock, _on, make_desk
from tests.filled import fill, told

REVISIONS = sorted(
    path.name.partition("_")[0] for path in (ROOT / "migrations/versions").glob("*.py")
)
BESIDE = [revision for revision in REVISIONS[:-1] if revision >= "0002"]
"""Those whose program may go on beside the newest one; 0002 took a column from 0001."""
NEW_SINCE = {"articles": "0004", "documents": "0004", "exemptions": "0003", "refreshes": "0002"}
# The chain goes by numbers that an older version leaves to the database.
COUNTED = {"number": None, "seq": "audit"}
Rows = dict[str, list[dict[str, Any]]]
Columns = Mapping[str, list[str]]
MIGRATE = "import sys; from app.store.facts import migrate; migrate(sys.argv[1])"


@pytest.fixture(params=["sqlite", "postgres"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database without a table, of each kind."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/empty.sqlite3"
        return
    server = request.getfixturevalue("postgres_server")
    name = f"travelban_test_{secrets.token_hex(4)}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        try:
            yield _on(server, name)
        finally:
            connection.execute(
                sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name))
            )


def downgrade(connection: Connection, revision: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(ROOT / "migrations"))
    config.attributes["connection"] = connection
    command.downgrade(config, revision)


# ---------------------------------------------------------------- rows


@pytest.fixture(scope="module")
def columns(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Columns]:
    """The columns of every table, at every revision, without numbers that count themselves up."""
    found: dict[str, Columns] = {}
    url = f"sqlite:///{tmp_path_factory.mktemp('forms')}/forms.sqlite3"
    with facts.open_store(url) as store:
        for revision in REVISIONS:
            with store.writing() as connection:
                facts.upgrade(connection, revision)
                found[revision] = {
                    name: [
                        item["name"]
                        for item in inspect(connection).get_columns(name)
                        if COUNTED.get(item["name"], "") not in (None, name)
                    ]
                    for name in inspect(connection).get_table_names()
                    if name != "alembic_version"
                }
    return found


@pytest.fixture(scope="module")
def filled(
    sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory, tables: Tables
) -> tuple[Path, str, Rows, dict[str, Any]]:
    """A store with rows in every table: the file, a moment, its rows, what is read of it."""
    path = Path(shutil.copy(sqlite_template, tmp_path_factory.mktemp("filled")))
    policy, clock = Policy(threshold=0.75, strong=0.8, fresh_days=10, limit=10), Clock()
    with facts.open_store(f"sqlite:///{path}") as store:
        moment = fill(make_desk(store, tables, policy, clock), clock)
        said = told(make_desk(store, tables, policy, clock), moment)
        with store.reading() as connection:
            rows = {name: _rows(connection, name, ["*"]) for name in metadata.tables}
            for row in rows["list_files"]:
                row["whole"] = zlib.compress(facts.evidence(connection, row["sha256"]) or b"")
    assert not [name for name, found in rows.items() if not found]
    assert any(row["base"] for row in rows["list_files"])
    return path, moment, rows, said


def _rows(connection: Connection, name: str, columns: list[str]) -> list[dict[str, Any]]:
    listed = ", ".join(columns if columns == ["*"] else [f'"{item}"' for item in columns])
    found = connection.execute(text(f'SELECT {listed} FROM "{name}"'))
    return [dict(row) for row in found.mappings()]


def at(revision: str, rows: Rows, columns: Columns) -> Rows:
    """The rows as a program of a revision would have written them."""
    found: Rows = {}
    for name, listed in columns.items():
        found[name] = [dict(row) for row in rows[name]]
        for row in found[name]:
            if name == "list_files" and "base" not in listed:
                row["body"] = row["whole"]
            if "regimes" in listed:
                row["regimes"] = "{}"
        found[name] = [{item: row[item] for item in listed} for row in found[name]]
    return found


def put(connection: Connection, rows: Rows) -> None:
    """Insert rows, those first that others name."""
    for known in metadata.sorted_tables:
        for row in rows.get(known.name, ()):
            there = table(known.name, *(column(item) for item in row))
            connection.execute(insert(there).values(row))


def kept(connection: Connection, columns: Columns) -> dict[str, list[tuple[Any, ...]]]:
    """All rows, in an order of their own."""
    return {
        name: sorted(
            (
                tuple(
                    bytes(cell) if isinstance(cell, memoryview) else cell for cell in row.values()
                )
                for row in _rows(connection, name, listed)
            ),
            key=repr,
        )
        for name, listed in columns.items()
    }


def same(revision: str, found: dict[str, Any], expected: dict[str, Any]) -> None:
    """That what is read is what was put in, but of tables that a revision did not have."""
    for name, value in expected.items():
        if NEW_SINCE.get(name, "0001") <= revision:
            assert found[name] == value, name


Reopen = Callable[[facts.Store], Desk]


@pytest.fixture
def reopened(tables: Tables, policy: Policy) -> Reopen:
    """A desk that has read nothing yet."""
    july = datetime(2026, 7, 1, tzinfo=UTC)
    return lambda store: make_desk(store, tables, policy, Clock(july))


# ---------------------------------------------------------------- up and down


@pytest.mark.parametrize("revision", REVISIONS)
def test_up_from_each_revision_and_down_again(
    empty_url: str,
    revision: str,
    columns: dict[str, Columns],
    filled: tuple[Path, str, Rows, dict[str, Any]],
    reopened: Reopen,
) -> None:
    _, moment, rows, said = filled
    with facts.open_store(empty_url) as store:
        with store.writing() as connection:
            facts.upgrade(connection, revision)
            put(connection, at(revision, rows, columns[revision]))
            before = kept(connection, columns[revision])
        facts.migrate(empty_url)
        same(revision, told(reopened(store), moment), said)
        with store.writing() as connection:
            downgrade(connection, revision)
            assert kept(connection, columns[revision]) == before
        # And up once more: what was taken away by going down is made again.
        facts.migrate(empty_url)
        same(revision, told(reopened(store), moment), said)


def test_down_from_the_newest_to_the_first_keeps_the_evidence(
    database_url: str,
    columns: dict[str, Columns],
    filled: tuple[Path, str, Rows, dict[str, Any]],
    reopened: Reopen,
) -> None:
    _, moment, rows, said = filled
    newest, first = REVISIONS[-1], REVISIONS[0]
    with facts.open_store(database_url) as store:
        with store.writing() as connection:
            put(connection, at(newest, rows, columns[newest]))
        for revision in reversed(REVISIONS[:-1]):
            with store.writing() as connection:
                before = kept(connection, columns[revision]) if revision != first else {}
                downgrade(connection, revision)
                if before:
                    assert kept(connection, columns[revision]) == before
        # The first form knows no differences: every file is whole.
        with store.reading() as connection:
            files = _rows(connection, "list_files", ["sha256", "body"])
        assert {row["sha256"]: zlib.decompress(bytes(row["body"])) for row in files} == said[
            "list_files"
        ]
        facts.migrate(database_url)
        same(first, told(reopened(store), moment), said)


# ---------------------------------------------------------------- beside an older version


@pytest.mark.parametrize("revision", BESIDE)
def test_an_older_version_goes_on_beside_the_newest_form(
    database_url: str,
    revision: str,
    columns: dict[str, Columns],
    filled: tuple[Path, str, Rows, dict[str, Any]],
    reopened: Reopen,
) -> None:
    """Its statements name the columns that it knows, and no other."""
    _, moment, rows, said = filled
    written = at(revision, rows, columns[revision])
    with facts.open_store(database_url) as store:
        with store.writing() as connection:
            put(connection, written)
        with store.reading() as connection:
            for name, found in kept(connection, columns[revision]).items():
                assert found == sorted((tuple(row.values()) for row in written[name]), key=repr)
        same(revision, told(reopened(store), moment), said)


def test_an_older_version_starts_on_a_newer_form(database_url: str) -> None:
    with facts.open_store(database_url) as store:
        with store.writing() as connection:
            connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
        facts.migrate(database_url)
        with store.reading() as connection:
            assert connection.scalar(text("SELECT version_num FROM alembic_version")) == "9999"


# ---------------------------------------------------------------- two at once


def _process(*words: str, **settings: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, *words],
        cwd=ROOT, env=os.environ | settings, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


def _ended(process: subprocess.Popen[str]) -> None:
    _, errors = process.communicate(timeout=120)
    assert process.returncode == 0, errors


@pytest.mark.parametrize(
    "empty_url", ["postgres", pytest.param("sqlite", marks=LONG)], indirect=True
)
def test_of_processes_that_migrate_at_once_one_does(empty_url: str) -> None:
    for process in [_process("-c", MIGRATE, empty_url) for _ in range(3)]:
        _ended(process)
    with facts.open_store(empty_url) as store, store.reading() as connection:
        assert set(inspect(connection).get_table_names()) == {*metadata.tables, "alembic_version"}
        versions = list(connection.scalars(select(text("version_num FROM alembic_version"))))
        assert versions == REVISIONS[-1:]


@pytest.mark.parametrize("by", ["the service", pytest.param("alembic", marks=LONG)])
def test_who_migrates_waits_for_who_writes(empty_url: str, by: str) -> None:
    with facts.open_store(empty_url) as store:
        with store.writing() as connection:
            facts.upgrade(connection, REVISIONS[-2])
        with store.writing() as connection:
            facts.writer_done(connection)
            if by == "alembic":
                settings = {"TRAVELBAN_DATABASE_URL": empty_url}
                process = _process("-m", "alembic", "upgrade", "head", **settings)
            else:
                process = _process("-c", MIGRATE, empty_url)
            _until_it_waits(empty_url, process)
        _ended(process)
        with store.reading() as connection:
            applied = connection.scalar(text("SELECT version_num FROM alembic_version"))
        assert applied == REVISIONS[-1]


def _until_it_waits(url: str, process: subprocess.Popen[str]) -> None:
    """On PostgreSQL the server says so; on SQLite the process goes on, and nothing is done."""
    if url.startswith("sqlite"):
        with pytest.raises(subprocess.TimeoutExpired):
            process.wait(4)
        with closing(sqlite3.connect(str(make_url(url).database))) as looked:
            assert (
                looked.execute("SELECT version_num FROM alembic_version").fetchone()[0]
                == (REVISIONS[-2])
            )
        return
    waits = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"
    until = time.monotonic() + 60
    with psycopg.connect(url, autocommit=True) as looked:
        while looked.execute(waits).fetchone() == (0,):
            assert time.monotonic() < until
            assert process.poll() is None
            time.sleep(0.1)
