"""Threads of one process write to SQLite one after the other, without SQLite's own pauses."""

import threading
from pathlib import Path

import pytest
from sqlalchemy import event, text
from sqlalchemy.exc import OperationalError

from app.store.facts import Store, open_store


def note(store: Store, errors: list[Exception]) -> None:
    try:
        with store.writing() as connection:
            connection.execute(text("INSERT INTO noted VALUES (1)"))
    except OperationalError as error:
        errors.append(error)


def test_a_thread_that_writes_is_waited_for_before_sqlite_is_asked(tmp_path: Path) -> None:
    # SQLite itself waits for nobody here, so that any two writers who meet there would fail.
    with open_store(f"sqlite:///{tmp_path / 's.sqlite3'}?timeout=0") as store:
        with store.writing() as connection:
            connection.execute(text("CREATE TABLE noted (number INTEGER)"))
        errors: list[Exception] = []
        threads = [threading.Thread(target=note, args=(store, errors)) for _ in range(4)]
        with store.writing():
            for thread in threads:
                thread.start()
            assert all(thread.is_alive() for thread in threads)
        for thread in threads:
            thread.join()
        with store.reading() as connection:
            assert connection.scalar(text("SELECT count(*) FROM noted")) == 4
    assert errors == []


def test_who_fails_leaves_the_turn_to_others(tmp_path: Path) -> None:
    with open_store(f"sqlite:///{tmp_path / 's.sqlite3'}") as store:
        with pytest.raises(ZeroDivisionError), store.writing():
            _ = 1 / 0
        with store.writing() as connection:
            assert connection.scalar(text("SELECT 1")) == 1


def test_who_waits_in_vain_for_a_thread_is_told_by_sqlite(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.store.facts._BUSY_SECONDS", 0)
    errors: list[Exception] = []
    with open_store(f"sqlite:///{tmp_path / 's.sqlite3'}") as store, store.writing():
        thread = threading.Thread(target=note, args=(store, errors))
        thread.start()
        thread.join()
    assert "locked" in str(errors)


def test_connections_stay_open_for_as_many_as_are_worked_on_at_once(store: Store) -> None:
    opened: list[object] = []
    event.listen(store.engine, "connect", lambda *_: opened.append(1))
    store.close()  # those of the fixture
    for _ in range(2):
        together = threading.Barrier(12)

        def look(meeting: threading.Barrier = together) -> None:
            with store.reading():
                meeting.wait(30)

        threads = [threading.Thread(target=look) for _ in range(12)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(opened) == 12


@pytest.mark.parametrize(("asked", "milliseconds"), [("", 30_000), ("?timeout=1.5", 1_500)])
def test_sqlite_waits_by_itself_for_all_but_the_turn_to_write(
    asked: str, milliseconds: int, tmp_path: Path
) -> None:
    with open_store(f"sqlite:///{tmp_path / 's.sqlite3'}{asked}") as store:
        for _ in range(2):  # the second has a connection that has waited for its turn
            with store.writing() as connection:
                assert connection.scalar(text("PRAGMA busy_timeout")) == milliseconds
