"""A run of the refresh killed at each stage; at random and more often in `tests.soak`."""

import multiprocessing
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from app.jobs.fetch import Source
from app.jobs.refresh import refresh
from app.store import facts
from app.terms import Policy, Tables
from tests.conftest import make_desk
from tests.invented import xml
from tests.list_server import ListServer
from tests.soak.refresher import Fault, run

# In these the process dies inside the transaction that would say that they are done.
SAID = {
    "fetched": "was fetching the list",
    "stored": "was fetching the list",
    "parsed": "had stored the list",
    "checked": "had parsed the list",
    "promoted": "had parsed the list",
}


def _later(seconds: int) -> Callable[[], datetime]:
    return lambda: datetime.now(UTC) + timedelta(seconds=seconds)


def test_killed_at_each_stage(
    database_url: str, tables: Tables, policy: Policy, server: ListServer, source: Source
) -> None:
    processes = multiprocessing.get_context("forkserver")
    processes.set_forkserver_preload(["tests.soak.refresher"])
    with facts.open_store(database_url) as store:
        assert refresh(make_desk(store, tables, policy, _later(0)), source).outcome == "promoted"
    for number, (stage, words) in enumerate(SAID.items(), start=1):
        server.body = xml(f"2026-03-0{number}T00:00:00Z", comments=f"The council of year {number}.")
        killed = processes.Process(
            target=run,
            args=(database_url, server.url, server.ca_file, number * 1000, Fault(stage=stage)),
        )
        killed.start()
        killed.join(60)
        assert killed.exitcode == -9, stage
        with facts.open_store(database_url) as store:
            desk = make_desk(store, tables, policy, _later(number * 1000 + 500))
            assert len(desk.record().full_lists) == number
            dead = desk.refreshes(1).silent
            assert dead is not None
            assert refresh(desk, source).outcome == "promoted"
            _, silent = desk.refreshes(2).ended
            assert (silent.run, silent.outcome) == (dead.run, "failed")
            assert silent.words.startswith(f"it fell silent when it {words}; its lease")
            assert len(desk.record().full_lists) == number + 1


@pytest.mark.parametrize("statement", [6, 9])
def test_the_server_has_no_room(
    postgres_url: str, tables: Tables, policy: Policy, source: Source, statement: int
) -> None:
    processes = multiprocessing.get_context("forkserver")
    args = (postgres_url, source.url, source.ca_file, 0, Fault(statement=statement))
    hurt = processes.Process(target=run, args=args)
    hurt.start()
    hurt.join(60)
    assert hurt.exitcode == 0
    with facts.open_store(postgres_url) as store:
        desk = make_desk(store, tables, policy, _later(0))
        (ended,) = desk.refreshes(1).ended
        assert ended.outcome == "failed"
        assert ended.words.startswith("the store failed: could not extend file: No space left")
        assert refresh(desk, source).outcome == "promoted"
