"""What a database says, sorted into what passes and what is a fault of the program."""

import socket
import sqlite3
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import event, make_url, text
from sqlalchemy.exc import (
    DBAPIError,
    IntegrityError,
    InvalidRequestError,
    OperationalError,
    SQLAlchemyError,
)
from sqlalchemy.exc import TimeoutError as NoneFree

from app.store import facts
from app.store.trouble import Trouble, first_line, trouble


def of_sqlite(code: int) -> DBAPIError:
    said = sqlite3.OperationalError("words")
    said.sqlite_errorcode = code
    return OperationalError("SELECT 1", {}, said)


def of_postgres(code: str | None, *, lost: bool = False) -> DBAPIError:
    said = psycopg.errors.lookup(code)("words") if code else psycopg.OperationalError("words")
    return OperationalError("SELECT 1", {}, said, connection_invalidated=lost)


@pytest.mark.parametrize(
    ("error", "found"),
    [
        (of_sqlite(sqlite3.SQLITE_BUSY), Trouble.busy),
        (of_sqlite(sqlite3.SQLITE_BUSY_SNAPSHOT), Trouble.busy),
        (of_sqlite(sqlite3.SQLITE_FULL), Trouble.full),
        (of_sqlite(sqlite3.SQLITE_READONLY_DBMOVED), Trouble.read_only),
        (of_sqlite(sqlite3.SQLITE_CANTOPEN), Trouble.unreachable),
        (of_sqlite(sqlite3.SQLITE_IOERR_WRITE), Trouble.unreachable),
        (of_sqlite(sqlite3.SQLITE_ERROR), None),
        (of_sqlite(sqlite3.SQLITE_CONSTRAINT), None),
        (of_postgres(None), Trouble.unreachable),
        (of_postgres(None, lost=True), Trouble.lost),
        (of_postgres("08006"), Trouble.lost),
        (of_postgres("25006"), Trouble.read_only),
        (of_postgres("25001"), None),
        (of_postgres("40P01"), Trouble.busy),
        (of_postgres("53100"), Trouble.full),
        (of_postgres("53300"), Trouble.busy),
        (of_postgres("55P03"), Trouble.busy),
        (of_postgres("55000"), None),
        (of_postgres("57014"), Trouble.busy),
        (of_postgres("57P01", lost=True), Trouble.lost),
        (of_postgres("58030"), Trouble.unreachable),
        (of_postgres("42P01"), None),
        (NoneFree("no connection is free"), Trouble.busy),
        (IntegrityError("INSERT", {}, sqlite3.IntegrityError("twice")), None),
        (InvalidRequestError("words"), None),
        (OSError("words"), None),
        (ValueError("words"), None),
    ],
)
def test_what_is_said(error: BaseException, found: Trouble | None) -> None:
    assert trouble(error) is found


def test_an_error_of_sqlite_itself() -> None:
    said = sqlite3.DatabaseError("file is not a database")
    said.sqlite_errorcode = sqlite3.SQLITE_NOTADB
    assert trouble(said) is Trouble.unreachable
    assert trouble(sqlite3.ProgrammingError("without a code")) is None


def test_each_has_words() -> None:
    assert len({one.words for one in Trouble}) == len(Trouble)


def test_the_first_line_alone() -> None:
    said = OperationalError("SELECT 'Qasem'", {}, OSError(" refused\nDETAIL: Qasem"))
    assert first_line(said) == "refused"


# ---------------------------------------------------------------- real ones


def raised(url: str) -> SQLAlchemyError:
    with facts.open_store(url) as store, pytest.raises(SQLAlchemyError) as found, store.reading():
        pass
    return found.value


def test_a_port_at_which_nobody_listens() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        url = f"postgresql+psycopg://u:hunter2@127.0.0.1:{taken.getsockname()[1]}/x"
        error = raised(url)
    assert trouble(error) is Trouble.unreachable
    assert "hunter2" not in first_line(error)


def test_a_database_that_is_not_there(postgres_server: str) -> None:
    url = make_url(postgres_server).set(database="travelban_nowhere")
    assert trouble(raised(url.render_as_string(hide_password=False))) is Trouble.unreachable


def test_a_file_that_is_none(tmp_path: Path) -> None:
    path = tmp_path / "x.sqlite3"
    path.write_bytes(b"no database" * 1000)
    assert trouble(raised(f"sqlite:///{path}")) is Trouble.unreachable


# ---------------------------------------------------------------- how it is connected


def test_postgres_is_told_when_to_give_up(postgres_url: str) -> None:
    with facts.open_store(postgres_url) as store, store.reading() as connection:
        assert connection.scalar(text("SHOW lock_timeout")) == "30s"


def test_what_the_url_says_counts(postgres_url: str, sqlite_url: str) -> None:
    told = make_url(postgres_url).update_query_dict({"options": "-c lock_timeout=7s"})
    with (
        facts.open_store(told.render_as_string(hide_password=False)) as store,
        store.reading() as connection,
    ):
        assert connection.scalar(text("SHOW lock_timeout")) == "7s"
    for url, most in ((sqlite_url, 30_000), (f"{sqlite_url}?timeout=2", 2000)):
        with facts.open_store(url) as store, store.reading() as connection:
            assert connection.scalar(text("PRAGMA busy_timeout")) == most


def test_how_long_a_connection_may_take(monkeypatch: pytest.MonkeyPatch) -> None:
    with facts.open_store("postgresql+psycopg://127.0.0.1/x") as store:
        seen: list[dict[str, Any]] = []

        def connect(_: object, __: object, ___: object, given: dict[str, Any]) -> None:
            seen.append(dict(given))
            raise OSError("not now")

        event.listen(store.engine, "do_connect", connect)
        with pytest.raises(OSError, match="not now"), store.reading():
            pass
    (given,) = seen
    assert (given["connect_timeout"], given["keepalives_idle"]) == (5, 10)
    assert given["tcp_user_timeout"] == 30_000
    # And so is the server, which over a socket of the machine has no use for it.
    assert "-c tcp_keepalives_idle=10 " in given["options"]
