"""Acts of several threads in one transaction: all or each alone, and told when it is committed."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import Connection, event, text
from sqlalchemy.exc import IntegrityError, OperationalError

from app.store.facts import Store
from app.store.together import MOST, Together

Act = Callable[[Connection], Any]


@pytest.fixture
def noted(store: Store) -> Store:
    """A store with a table of numbers, none of them twice."""
    with store.writing() as connection:
        connection.execute(text("CREATE TABLE noted (number INTEGER PRIMARY KEY)"))
    return store


@pytest.fixture
def commits(noted: Store) -> list[int]:
    """A number for each transaction that was committed."""
    found: list[int] = []
    event.listen(noted.engine, "commit", lambda _: found.append(1))
    return found


def note(number: int) -> Act:
    def act(connection: Connection) -> int:
        connection.execute(text("INSERT INTO noted VALUES (:number)"), {"number": number})
        return number

    return act


def numbers(store: Store) -> list[int]:
    with store.reading() as connection:
        return list(connection.scalars(text("SELECT number FROM noted ORDER BY number")))


def all_at_once(store: Store, acts: list[Act]) -> list[Any]:
    """What each act came to, where all of them wait while another one is written."""
    together = Together(store)
    entered, go_on = threading.Event(), threading.Event()
    found: list[Any] = [None] * len(acts)

    def first(_: Connection) -> None:
        entered.set()
        assert go_on.wait(30)

    def run(at: int) -> None:
        try:
            found[at] = together.write(acts[at])
        except Exception as error:  # noqa: BLE001 - it is what the act came to
            found[at] = error

    leader = threading.Thread(target=together.write, args=(first,))
    leader.start()
    assert entered.wait(30)
    threads = [threading.Thread(target=run, args=(at,)) for at in range(len(acts))]
    for number, thread in enumerate(threads, 1):
        thread.start()
        while len(together._waiting) < number:
            pass
    go_on.set()
    for thread in (leader, *threads):
        thread.join(30)
        assert not thread.is_alive()
    return found


def test_one_alone_is_written_and_answered(noted: Store, commits: list[int]) -> None:
    together = Together(noted)
    assert [together.write(note(number)) for number in (1, 2)] == [1, 2]
    assert (numbers(noted), len(commits)) == ([1, 2], 2)


def test_those_that_wait_share_a_transaction(noted: Store, commits: list[int]) -> None:
    assert all_at_once(noted, [note(number) for number in range(MOST)]) == list(range(MOST))
    assert (numbers(noted), len(commits)) == (list(range(MOST)), 2)


def test_more_than_one_transaction_may_hold_take_turns(noted: Store, commits: list[int]) -> None:
    many = 2 * MOST + 1
    assert all_at_once(noted, [note(number) for number in range(many)]) == list(range(many))
    assert (numbers(noted), len(commits)) == (list(range(many)), 4)


def test_one_that_fails_fails_alone(noted: Store) -> None:
    def fails(connection: Connection) -> None:
        note(7)(connection)
        raise ZeroDivisionError

    twice, zero = all_at_once(noted, [note(1), fails, note(2), note(1), note(3)])[1::2]
    assert isinstance(twice, ZeroDivisionError)
    assert isinstance(zero, IntegrityError)
    assert numbers(noted) == [1, 2, 3]


def test_where_the_database_fails_all_are_told_and_none_tries_again(
    noted: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried: list[int] = []
    error = OperationalError("", None, Exception("gone"))
    monkeypatch.setattr("app.store.together.trouble", lambda told: told is error or None)

    def fails(_: Connection) -> None:
        tried.append(1)
        raise error

    assert all_at_once(noted, [note(1), fails, note(2)]) == [error] * 3
    assert (numbers(noted), len(tried)) == ([], 1)


def test_nobody_is_told_before_it_is_committed(noted: Store) -> None:
    def fail(_: Connection) -> None:
        raise ZeroDivisionError

    event.listen(noted.engine, "commit", fail)
    with pytest.raises(ZeroDivisionError):
        Together(noted).write(note(1))
    event.remove(noted.engine, "commit", fail)
    assert numbers(noted) == []


def test_who_is_stopped_in_the_middle_leaves_the_turn_to_others(noted: Store) -> None:
    def stopped(_: Connection) -> None:
        raise KeyboardInterrupt

    together = Together(noted)
    with pytest.raises(KeyboardInterrupt):
        together.write(stopped)
    assert together.write(note(1)) == 1
