"""Copies of a store that is written to meanwhile, and what is read of them once restored."""

import secrets
import shutil
import sqlite3
import stat
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from app.api.examples import REPORT
from app.desk import Answered, Desk, decoder
from app.store import copies, facts
from app.terms import Policy, Report, Tables
from tests.conftest import Clock, _on, make_desk
from tests.filled import fill, told

PROGRAMS = ("pg_dump", "pg_restore")
Open = Callable[[facts.Store], Desk]


@pytest.fixture
def opened(tables: Tables, policy: Policy) -> Open:
    """A desk that has read nothing yet."""
    july = datetime(2026, 7, 1, tzinfo=UTC)
    return lambda store: make_desk(store, tables, policy, Clock(july))


@contextmanager
def written_to(url: str, opened: Open) -> Iterator[list[Answered]]:
    """Save one answer after another until the end; those that were acknowledged."""
    saved: list[Answered] = []
    begun, ends = threading.Event(), threading.Event()

    def write() -> None:
        with facts.open_store(url) as store:
            desk = opened(store)
            while not ends.is_set():
                asked = REPORT | {"as_of": f"2026-06-{1 + len(saved) % 28:02}"}
                asked["traveller"] = {"name": f"Somebody {len(saved)}"}
                saved.append(desk.ask(decoder(Report).validate_python(asked)))
                begun.set()

    thread = threading.Thread(target=write)
    thread.start()
    try:
        assert begun.wait(60)
        yield saved
    finally:
        ends.set()
        thread.join(60)


def same(url: str, opened: Open, moment: str, before: object, saved: list[Answered]) -> None:
    """That a restored store holds what was there, and all that was acknowledged by then."""
    with facts.open_store(url) as store:
        desk = opened(store)
        found = told(desk, moment)
        for name, expected in before.items() if isinstance(before, dict) else ():
            if name not in ("assessments", "audit"):  # those that grew meanwhile
                assert found[name] == expected, name
        assert found["audit"][-1][0] == 1
        assert isinstance(before, dict)
        assert found["audit"][-len(before["audit"]) :] == before["audit"]
        for answer in (*before["assessments"][1], *saved):
            assert desk.stored(answer.id).body == answer.body
        # It goes on from there.
        desk.ask(decoder(Report).validate_python(REPORT | {"as_of": "2026-05-05"}))


def test_a_copy_of_sqlite_restored(
    sqlite_url: str, tmp_path: Path, tables: Tables, policy: Policy, opened: Open
) -> None:
    clock = Clock()
    with facts.open_store(sqlite_url) as store:
        moment = fill(make_desk(store, tables, policy, clock), clock)
        before = told(opened(store), moment)
        with written_to(sqlite_url, opened) as saved:
            for number in range(3):
                acknowledged = saved[:]
                copy = tmp_path / f"copy{number}.sqlite3"
                assert copies.copy(store, copy) == copy.stat().st_size
                assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    assert len(acknowledged) > 1
    # As the documentation has it: what belongs to the old file goes with it.
    path = tmp_path / "travelban.sqlite3"
    for end in ("", "-wal", "-shm"):
        Path(f"{path}{end}").unlink(missing_ok=True)
    shutil.copy(copy, path)
    same(sqlite_url, opened, moment, before, acknowledged)
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    assert not list(tmp_path.glob("*.part*"))


def test_a_copy_of_postgresql_restored(
    postgres_url: str,
    postgres_server: str,
    tmp_path: Path,
    tables: Tables,
    policy: Policy,
    opened: Open,
) -> None:
    if missing := [name for name in PROGRAMS if shutil.which(name) is None]:
        pytest.skip(f"{' and '.join(missing)} not installed: restoring PostgreSQL was not tried")
    clock = Clock()
    with facts.open_store(postgres_url) as store:
        moment = fill(make_desk(store, tables, policy, clock), clock)
        before = told(opened(store), moment)
    copy = tmp_path / "travelban.dump"
    with written_to(postgres_url, opened) as saved:
        acknowledged = saved[:]
        subprocess.run(
            ["pg_dump", "--format=custom", f"--file={copy}", f"--dbname={postgres_url}"],
            check=True, timeout=120,
        )  # fmt: skip
    name = f"travelban_test_{secrets.token_hex(4)}"
    with psycopg.connect(postgres_server, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        try:
            url = _on(postgres_server, name)
            subprocess.run(
                ["pg_restore", "--exit-on-error", "--no-owner", f"--dbname={url}", str(copy)],
                check=True, timeout=120,
            )  # fmt: skip
            same(url, opened, moment, before, acknowledged)
        finally:
            connection.execute(
                sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name))
            )


# ---------------------------------------------------------------- no copy


def test_nothing_is_overwritten(sqlite_url: str, tmp_path: Path) -> None:
    there = tmp_path / "there"
    there.write_text("mine")
    with facts.open_store(sqlite_url) as store:
        with pytest.raises(copies.CannotCopy, match="is there already"):
            copies.copy(store, there)
        (tmp_path / "new.part").write_text("of somebody who copies now")
        with pytest.raises(FileExistsError):
            copies.copy(store, tmp_path / "new")
        with pytest.raises(FileNotFoundError):
            copies.copy(store, tmp_path / "no folder" / "copy")
    assert there.read_text() == "mine"
    assert (tmp_path / "new.part").exists()
    assert not (tmp_path / "new").exists()


def test_a_store_that_is_not_there(tmp_path: Path) -> None:
    with (
        facts.open_store(f"sqlite:///{tmp_path}/none.sqlite3") as store,
        pytest.raises(copies.CannotCopy, match="there is no store yet"),
    ):
        copies.copy(store, tmp_path / "copy")
    assert not list(tmp_path.iterdir())


def test_a_damaged_store_makes_no_copy(sqlite_url: str, tmp_path: Path) -> None:
    path = tmp_path / "travelban.sqlite3"
    with path.open("r+b") as file:
        file.seek(3 * 4096)
        file.write(b"\xff" * 4096)
    with (
        facts.open_store(sqlite_url) as store,
        pytest.raises((copies.CannotCopy, sqlite3.DatabaseError)),
    ):
        copies.copy(store, tmp_path / "copy")
    assert not list(tmp_path.glob("copy*"))


def test_postgresql_copies_itself(tmp_path: Path) -> None:
    with (
        facts.open_store("postgresql+psycopg://127.0.0.1:1/x") as store,
        pytest.raises(copies.CannotCopy, match="pg_dump"),
    ):
        copies.copy(store, tmp_path / "copy")
