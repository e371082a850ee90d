"""A database that is gone, busy, full or read-only: a problem of its own, and no hands needed."""

import logging
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest
from fastapi.testclient import TestClient
from httpx2 import Response
from psycopg import sql
from sqlalchemy import Engine, event, make_url, text

from app.api.examples import REPORT, SCREENING
from app.desk import Desk
from app.jobs import shipped
from app.store import facts
from app.terms import Policy, Tables
from tests.api.test_assessments import post
from tests.api.test_service import gone
from tests.conftest import Clock, make_desk

Over = Callable[[Desk], TestClient]
NOW = "urn:travelban:problem:database-unavailable"
WAYS: dict[str, Callable[[TestClient], Response]] = {
    "screen": lambda client: post(client, SCREENING, "/v1/screenings"),
    "assess": lambda client: post(client, REPORT),
    "saved": lambda client: client.get("/v1/assessments"),
    "lists": lambda client: client.get("/v1/snapshots"),
    "person": lambda client: client.get("/v1/people/IRi.039"),
    "audit": lambda client: client.get("/v1/audit"),
}


@pytest.fixture
def impatient(
    database_url: str, tables: Tables, policy: Policy, clock: Clock
) -> Iterator[tuple[Desk, str]]:
    """A desk over what ships that waits for nobody, and the URL of its database."""
    url = make_url(database_url)
    never = {"timeout": "0"} if url.drivername == "sqlite" else {"options": "-c lock_timeout=1ms"}
    told = url.update_query_dict(never).render_as_string(hide_password=False)
    with facts.open_store(told) as store:
        shipped.load(store, shipped.DATA, clock)
        yield make_desk(store, tables, policy, clock), database_url


def unavailable(answer: Response, words: str) -> None:
    """That an answer is this problem, in these words and no others."""
    body = answer.json()
    assert (answer.status_code, body["type"]) == (503, NOW)
    assert int(answer.headers["Retry-After"]) > 0
    assert body["detail"] == words
    assert body["errors"] == []


def rows(url: str) -> list[int]:
    """How many lines, links, answers and questions there are, seen from elsewhere."""
    with facts.open_store(url) as store, store.reading() as connection:
        return [
            int(connection.scalar(text(f"SELECT count(*) FROM {name}")) or 0)
            for name in ("audit", "audit_links", "audit_questions", "assessments")
        ]


def sound(desk: Desk) -> None:
    """That nothing on record is amiss."""
    for found in (desk.verify_audit(), desk.verify_lists()):
        assert not found.findings


# ---------------------------------------------------------------- gone and back


@pytest.mark.parametrize("way", WAYS)
def test_gone_and_back(
    over: Over, loaded_desk: Desk, way: str, caplog: pytest.LogCaptureFixture
) -> None:
    client = over(loaded_desk)
    assert WAYS[way](client).status_code in (200, 201)
    with gone(loaded_desk):
        caplog.clear()
        words = "The database cannot be reached. Nothing was saved; ask again."
        unavailable(WAYS[way](client), words)
        # One line, without a traceback: it is the same for every request until it is back.
        (said,) = (one for one in caplog.records if one.levelno >= logging.ERROR)
        assert said.getMessage().startswith("the database cannot be reached: ")
        assert said.exc_info is None
        assert client.get("/healthz").status_code == 200
    assert WAYS[way](client).status_code in (200, 201)
    sound(loaded_desk)


def test_broken_off_under_way(
    over: Over, postgres_url: str, tables: Tables, policy: Policy, clock: Clock
) -> None:
    """The server ends the connection in the middle of a transaction."""
    with facts.open_store(postgres_url) as store:
        shipped.load(store, shipped.DATA, clock)
        desk = make_desk(store, tables, policy, clock)
        client, before = over(desk), rows(postgres_url)
        with ended_at(store.engine, "INSERT INTO audit_links", postgres_url):
            words = (
                "The connection to the database was lost. What was being saved at that moment "
                "may be on record or not; ask again."
            )
            unavailable(post(client, REPORT), words)
        assert rows(postgres_url) == before
        assert post(client, REPORT).status_code == 201
        sound(desk)


@contextmanager
def ended_at(engine: Engine, beginning: str, url: str) -> Iterator[None]:
    """End the connection that is about to make a statement."""

    def end(connection: Any, cursor: Any, statement: str, *_: object) -> None:
        if statement.startswith(beginning):
            pid = connection.connection.driver_connection.info.backend_pid
            with psycopg.connect(url, autocommit=True) as other:
                other.execute("SELECT pg_terminate_backend(%s, 5000)", [pid])

    event.listen(engine, "before_cursor_execute", end)
    yield
    event.remove(engine, "before_cursor_execute", end)


def test_a_connection_that_was_ended_between_questions_is_made_anew(
    over: Over, postgres_url: str, tables: Tables, policy: Policy, clock: Clock
) -> None:
    with facts.open_store(postgres_url) as store:
        shipped.load(store, shipped.DATA, clock)
        client = over(make_desk(store, tables, policy, clock))
        for _ in range(2):
            with psycopg.connect(postgres_url, autocommit=True) as other:
                other.execute(
                    "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity "
                    "WHERE datname = current_database() AND pid <> pg_backend_pid()"
                )
            assert client.get("/v1/assessments").status_code == 200


def test_what_is_saved_is_in_the_file_that_is_there(
    over: Over, own_desk: Desk, tmp_path: Path
) -> None:
    """A connection outlives its file; what it saved would be nowhere."""
    client, path = over(own_desk), tmp_path / "own.sqlite3"
    assert post(client, REPORT).status_code == 201
    aside = tmp_path / "aside"
    aside.mkdir()
    for name in ("own.sqlite3", "own.sqlite3-wal", "own.sqlite3-shm"):
        (tmp_path / name).rename(aside / name)
    unavailable(
        post(client, SCREENING, "/v1/screenings"),
        "The database cannot be reached. Nothing was saved; ask again.",
    )
    assert not path.exists()  # no new one is made in its place
    for each in aside.iterdir():
        each.rename(tmp_path / each.name)
    assert post(client, SCREENING, "/v1/screenings").status_code == 200
    with closing(sqlite3.connect(path)) as seen:
        assert seen.execute("SELECT count(*) FROM audit WHERE action = 'screen'").fetchone() == (1,)
    sound(own_desk)


def test_a_file_put_in_its_place_is_the_one_that_counts(
    over: Over, own_desk: Desk, bundled: Path, tmp_path: Path
) -> None:
    client = over(own_desk)
    assert post(client, REPORT).status_code == 201
    for name in ("own.sqlite3", "own.sqlite3-wal", "own.sqlite3-shm"):
        (tmp_path / name).unlink()
    (tmp_path / "own.sqlite3").write_bytes(bundled.read_bytes())
    assert client.get("/v1/assessments").json()["items"] == []
    assert post(client, REPORT).status_code == 201
    assert len(client.get("/v1/assessments").json()["items"]) == 1
    sound(own_desk)


# ---------------------------------------------------------------- busy


@contextmanager
def held(url: str) -> Iterator[None]:
    """Hold what a writer waits for."""
    target = make_url(url)
    if target.get_backend_name() == "sqlite":
        with closing(sqlite3.connect(str(target.database), isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            yield
            other.execute("ROLLBACK")
        return
    with psycopg.connect(url) as other:
        other.execute("SELECT pg_advisory_xact_lock(%s)", [facts._WRITERS])
        yield


def test_busy_for_longer_than_is_waited(over: Over, impatient: tuple[Desk, str]) -> None:
    desk, url = impatient
    client, before = over(desk), rows(url)
    with held(url):
        unavailable(post(client, REPORT), "The database is busy. Nothing was saved; ask again.")
        assert client.get("/v1/assessments").status_code == 200  # who reads does not wait
        assert client.get("/readyz").status_code == 200
    assert rows(url) == before
    assert post(client, REPORT).status_code == 201
    sound(desk)


def test_no_connection_is_free(over: Over, impatient: tuple[Desk, str]) -> None:
    desk, _ = impatient
    engine, client = desk.store.engine, over(desk)
    engine.dispose()
    pool: Any = engine.pool
    pool._timeout = 0.001
    taken = [engine.connect() for _ in range(pool.size() + pool._max_overflow)]
    unavailable(client.get("/v1/snapshots"), "The database is busy. Nothing was saved; ask again.")
    for each in taken:
        each.close()
    assert client.get("/v1/snapshots").status_code == 200


# ---------------------------------------------------------------- full, read-only


@contextmanager
def no_room(desk: Desk) -> Iterator[None]:
    """While this holds, the database grows by nothing."""
    engine = desk.store.engine
    if engine.dialect.name == "sqlite":
        with full_after(engine, 0):
            yield
        return
    refused = refused_at(engine, "INSERT INTO audit_links", "53100")
    with refused:
        yield


@contextmanager
def full_after(engine: Engine, pages: int) -> Iterator[None]:
    """Let an SQLite file grow by no more than so many pages."""

    def few(connection: Any, *_: object) -> None:
        (now,) = connection.execute("PRAGMA page_count").fetchone()
        connection.execute(f"PRAGMA max_page_count = {now + pages}")

    event.listen(engine, "connect", few)
    engine.dispose()
    yield
    event.remove(engine, "connect", few)
    engine.dispose()


@contextmanager
def refused_at(engine: Engine, beginning: str, code: str) -> Iterator[None]:
    """Have PostgreSQL answer a statement with an error of a code."""

    def instead(_: object, __: object, statement: str, given: Any, *___: object) -> Any:
        if not statement.startswith(beginning):
            return statement, given
        raised = f"DO $$ BEGIN RAISE EXCEPTION USING ERRCODE = '{code}', MESSAGE = 'no'; END $$"
        return raised, None

    event.listen(engine, "before_cursor_execute", instead, retval=True)
    yield
    event.remove(engine, "before_cursor_execute", instead)


def test_full_and_room_again(over: Over, loaded_desk: Desk, database_url: str) -> None:
    client, before = over(loaded_desk), rows(database_url)
    claim = {"type": "denies", "speaker": "a" * 150, "side": "state_of_entry", "named": True}
    long = {**REPORT, "claims": [claim] * 300}
    with no_room(loaded_desk):
        words = "The database has no room left. Nothing was saved; ask again."
        unavailable(post(client, long), words)
        assert client.get("/v1/assessments").status_code == 200
        assert client.get("/readyz").status_code == 200
    assert rows(database_url) == before
    sound(loaded_desk)
    assert post(client, long).status_code == 201
    sound(loaded_desk)


def test_read_only(over: Over, own_desk: Desk, tmp_path: Path) -> None:
    client, engine = over(own_desk), own_desk.store.engine

    def only(connection: Any, *_: object) -> None:
        connection.execute("PRAGMA query_only = ON")

    event.listen(engine, "connect", only)
    engine.dispose()
    words = "The database takes no changes. Nothing was saved; ask again."
    unavailable(post(client, REPORT), words)
    assert client.get("/v1/snapshots").status_code == 200
    event.remove(engine, "connect", only)
    engine.dispose()
    assert post(client, REPORT).status_code == 201


def test_a_standby(
    over: Over, postgres_url: str, tables: Tables, policy: Policy, clock: Clock
) -> None:
    with facts.open_store(postgres_url) as store:
        shipped.load(store, shipped.DATA, clock)
        client = over(make_desk(store, tables, policy, clock))
        name = sql.Identifier(str(make_url(postgres_url).database))
        told = sql.SQL("ALTER DATABASE {} {} default_transaction_read_only")
        with psycopg.connect(postgres_url, autocommit=True) as other:
            other.execute(told.format(name, sql.SQL("SET")) + sql.SQL(" = on"))
            store.engine.dispose()
            words = "The database takes no changes. Nothing was saved; ask again."
            unavailable(post(client, REPORT), words)
            assert client.get("/v1/snapshots").status_code == 200
            other.execute("SET default_transaction_read_only = off")
            other.execute(told.format(name, sql.SQL("RESET")))
        store.engine.dispose()
        assert post(client, REPORT).status_code == 201


# ---------------------------------------------------------------- not of the database


def test_a_fault_of_the_program_stays_one(over: Over, loaded_desk: Desk) -> None:
    client = over(loaded_desk)
    with loaded_desk.store.writing() as connection:
        connection.execute(text("ALTER TABLE assessments RENAME TO elsewhere"))
    answer = client.get("/v1/assessments")
    assert (answer.status_code, answer.json()["type"]) == (
        500,
        "urn:travelban:problem:internal-error",
    )
