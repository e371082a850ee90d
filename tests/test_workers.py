"""Several processes over one store: each follows the record, and none is missed when it dies."""

import gc
import os
import signal
import socket
import sqlite3
import subprocess
import threading
import time
import weakref
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

import psycopg
import pytest
from psycopg import sql
from sqlalchemy import make_url
from sqlalchemy.exc import SQLAlchemyError

from app import workers
from app.api.examples import REPORT
from app.assessment.screen import ScreeningAsked
from app.desk import Desk, decoder
from app.jobs.shipped import DATA, load
from app.serve import open_desk
from app.settings import Settings
from app.store import facts
from app.terms import Policy, Report, Tables
from tests.conftest import LONG, make_desk
from tests.invented import xml
from tests.list_server import ListServer, list_server
from tests.serving import COMMAND, PATIENCE, ROOT, Served, answered_by_others, serving, until

Import = Callable[[str], None]


@pytest.fixture
def bring(store: facts.Store, tables: Tables, policy: Policy) -> Import:
    """Bring a full list of a day, as another process would."""
    desk = make_desk(store, tables, policy, lambda: datetime.now(UTC))

    def one(day: str) -> None:
        assert desk.import_list("list.xml", xml(f"{day}T00:00:00Z"), False).outcome == "promoted"

    return one


@contextmanager
def nobody_writes(url: str) -> Iterator[None]:
    """Hold what a writer waits for."""
    target = make_url(url)
    if target.get_backend_name() == "sqlite":
        with closing(sqlite3.connect(str(target.database), isolation_level=None)) as held:
            held.execute("BEGIN IMMEDIATE")
            yield
            held.execute("ROLLBACK")
        return
    with psycopg.connect(url) as held:
        held.execute("SELECT pg_advisory_xact_lock(%s)", [facts._WRITERS])
        yield


# ---------------------------------------------------------------- the record


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_each_worker_follows(database_url: str, bring: Import) -> None:
    with serving(database_url, workers=2) as served:
        until(lambda: len(served.workers()) == 2)
        bring("2026-03-01")
        for rests in range(2):
            assert answered_by_others(served, rests, "/readyz")["full_lists"] == 1
        told = Path(f"/proc/{served.workers()[0]}/environ")
        if told.exists():  # Linux
            assert "MALLOC_ARENA_MAX=1" in told.read_text().split("\0")


@LONG
def test_each_worker_follows_and_none_is_missed(database_url: str, bring: Import) -> None:
    with serving(database_url, workers=2) as served:
        until(lambda: len(served.workers()) == 2)
        for day, lists in (("2026-03-01", 1), ("2026-03-02", 2)):
            bring(day)
            for rests in range(2):
                assert answered_by_others(served, rests, "/readyz")["full_lists"] == lists
        # One that dies is started anew, and meanwhile the other answers.
        first = served.workers()[0]
        os.kill(first, signal.SIGKILL)
        assert served.get("/readyz")["full_lists"] == 2
        until(lambda: len(set(served.workers()) - {first}) == 2)
        # When all of them die, who asks waits.
        for process in served.workers():
            os.kill(process, signal.SIGKILL)
        assert served.get("/readyz")["full_lists"] == 2
        assert served.ended() == 0
        assert not "".join(served.errors)


@LONG
def test_replicas_answer_alike_and_share_one_refresh(database_url: str, bring: Import) -> None:
    with (
        list_server() as source,
        serving(database_url) as one,
        serving(database_url, workers=2) as other,
    ):
        for served in (one, other):
            assert served.get("/readyz")["full_lists"] == 0
        bring("2025-12-02")
        # Nothing waits for an interval: the next question looks.
        for served in (one, other):
            assert served.get("/readyz")["full_lists"] == 1
        refreshed = [_refresh(database_url, source) for _ in range(2)]
        for process in refreshed:
            out, errors = process.communicate(timeout=PATIENCE)
            assert process.returncode == 0, out + errors
        assert source.downloads == 1
        for served in (one, other):
            assert served.get("/readyz")["full_lists"] == 2
        first, again = one.ask("/v1/assessments", REPORT), other.ask("/v1/assessments", REPORT)
        assert (first[0], again[0]) == (201, 200)
        assert first[1] == again[1]
        (saved,) = one.get("/v1/assessments")["items"]
        assert other.ask(f"/v1/assessments/{saved['id']}")[1] == first[1]
        assert one.ask("/v1/snapshots")[1] == other.ask("/v1/snapshots")[1]


def _refresh(url: str, source: ListServer) -> subprocess.Popen[str]:
    told = {k: v for k, v in os.environ.items() if not k.startswith("TRAVELBAN_")}
    told |= {"TRAVELBAN_DATABASE_URL": url, "TRAVELBAN_UN_LIST_URL": source.url}
    told |= {"TRAVELBAN_FETCH_CA_FILE": str(source.ca_file), "PYTHONPATH": str(ROOT)}
    told |= {"TRAVELBAN_FETCH_PRIVATE": "1", "TRAVELBAN_FETCH_HOSTS": "127.0.0.1,localhost"}
    return subprocess.Popen(
        [*COMMAND, "lists", "refresh"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=told, text=True,
    )  # fmt: skip


@LONG
def test_workers_come_back_when_the_database_does(postgres_url: str, postgres_server: str) -> None:
    name = str(make_url(postgres_url).database)
    renaming = sql.SQL("ALTER DATABASE {} RENAME TO {}")
    here, gone = sql.Identifier(name), sql.Identifier(f"{name}_gone")
    with (
        serving(postgres_url, workers=2) as served,
        psycopg.connect(postgres_server, autocommit=True) as connection,
    ):
        assert served.get("/readyz")["status"] == "ready"
        first = served.workers()
        ended = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s"
        connection.execute(ended, [name])
        connection.execute(renaming.format(here, gone))
        try:
            for process in first:
                os.kill(process, signal.SIGKILL)
            until(lambda: any("a worker cannot start" in line for line in served.errors))
        finally:
            connection.execute(renaming.format(gone, here))
        assert served.get("/readyz")["status"] == "ready"
        assert not set(first) & set(served.workers())
        assert served.ended() == 0


# ---------------------------------------------------------------- stopping


@pytest.fixture(params=["sqlite 1", pytest.param("postgres 2", marks=LONG)])
def over(request: pytest.FixtureRequest) -> tuple[str, int]:
    """A database and how many workers: each kind of both, and no more starts than that."""
    kind, workers = request.param.split()
    return request.getfixturevalue(f"{kind}_url"), int(workers)


def test_what_is_in_flight_is_answered_before_it_stops(over: tuple[str, int]) -> None:
    database_url, number = over
    with serving(database_url, "--workers", str(number)) as served:
        assert served.get("/readyz")["status"] == "ready"
        answers: list[tuple[int, bytes]] = []
        with nobody_writes(database_url):
            asking = _ask_aside(served, answers)
            served.process.send_signal(signal.SIGTERM)
            with pytest.raises(subprocess.TimeoutExpired):
                served.process.wait(2)
            assert not answers
        asking.join(PATIENCE)
        assert [status for status, _ in answers] == [201]
        # One process ends by the signal that it was sent, as uvicorn has it.
        assert served.process.wait(PATIENCE) in (0, -signal.SIGTERM)
        assert not "".join(served.errors)


@LONG
def test_what_does_not_end_in_time_is_given_up(over: tuple[str, int]) -> None:
    database_url, number = over
    with (
        serving(database_url, workers=number, stop_seconds=1) as served,
        nobody_writes(database_url),
    ):
        assert served.get("/readyz")["status"] == "ready"
        answers: list[tuple[int, bytes]] = []
        asking = _ask_aside(served, answers)
        told = time.monotonic()
        served.ended()
        assert time.monotonic() - told < 20  # a writer would wait for thirty seconds
        asking.join(PATIENCE)
        assert [status for status, _ in answers] != [201]


def _ask_aside(served: Served, answers: list[tuple[int, bytes]]) -> threading.Thread:
    """Ask for something to be saved, and go on once the question is under way."""

    def ask() -> None:
        try:
            answers.append(served.ask("/v1/assessments", REPORT))
        except OSError:
            answers.append((0, b""))

    thread = threading.Thread(target=ask)
    thread.start()
    time.sleep(1)
    assert not answers
    return thread


def test_workers_end_with_whoever_started_them(sqlite_url: str) -> None:
    with serving(sqlite_url, workers=2) as served:
        until(lambda: len(served.workers()) == 2)
        orphans = served.workers()
        served.process.kill()
        served.process.wait(PATIENCE)
        until(lambda: not any(_runs(process) for process in orphans))


def _runs(process: int) -> bool:
    listed = subprocess.run(
        ["ps", "-o", "stat=", "-p", str(process)], capture_output=True, text=True, check=False
    )
    return listed.stdout.strip()[:1] not in ("", "Z")


# ---------------------------------------------------------------- starting


def test_a_worker_that_cannot_start_says_so_in_a_line(
    environment: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("TRAVELBAN_DATABASE_URL", "postgresql://u:hunter2@127.0.0.1:1/x")
    monkeypatch.setattr("app.workers.log.install", lambda *_: None)  # it is of the whole process
    with pytest.raises(SystemExit) as ended:
        workers.application()
    assert ended.value.code == 1
    (line,) = caplog.messages
    assert line.startswith("a worker cannot start: ")
    assert "hunter2" not in line


def test_a_worker_leaves_the_store_as_it_is(tmp_path: Path) -> None:
    settings = Settings(database_url=f"sqlite:///{tmp_path}/new.sqlite3")
    desk = open_desk(settings, prepared=True)
    assert isinstance(desk, Desk)
    with desk.store, pytest.raises(SQLAlchemyError, match="no such table"):
        desk.record()


@pytest.fixture
def collected() -> Iterator[None]:
    """What is kept out of collection is given back to it."""
    before = list(gc.callbacks)
    yield
    gc.callbacks[:] = before
    gc.unfreeze()


def test_a_worker_is_the_service(environment: Path, collected: None) -> None:
    kept_out = gc.get_freeze_count()
    app = workers.application()
    assert "/readyz" in {getattr(route, "path", "") for route in app.routes}
    assert gc.get_freeze_count() > kept_out


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_record_that_is_replaced_goes_without_collection(desk: Desk, collected: None) -> None:
    load(desk.store, DATA, desk.clock)
    desk.ask(decoder(Report).validate_python(REPORT))
    desk.screen(ScreeningAsked(name="Ardan Velur"))
    before = weakref.ref(desk.record())
    workers.keep_out_of_collection()
    for day in range(1, 7):  # more than a desk keeps
        assert desk.import_list("l", xml(f"2026-05-0{day}T00:00:00Z"), False).outcome == "promoted"
        desk.record()
    assert before() is None


def test_what_outlives_a_full_collection_is_not_looked_through_again(collected: None) -> None:
    for _ in range(2):
        workers.keep_out_of_collection()
    assert gc.callbacks.count(workers._keep_out_what_stays) == 1
    kept = [[number] for number in range(10_000)]
    before = gc.get_freeze_count()  # some others may go meanwhile
    gc.collect(1)
    assert gc.get_freeze_count() < before + len(kept) / 2
    gc.collect()
    assert gc.get_freeze_count() > before + len(kept) / 2


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_questions_leave_no_garbage_to_collect(desk: Desk) -> None:
    load(desk.store, DATA, desk.clock)
    report, name = decoder(Report).validate_python(REPORT), ScreeningAsked(name="Ardan Velur")

    def ask() -> None:
        desk.ask(report)
        desk.ask(replace(report, known_at=None))
        desk.screen(name)

    ask()
    gc.collect()
    gc.disable()
    try:
        ask()
        assert gc.collect() == 0
    finally:
        gc.enable()


def test_of_connections_that_come_at_once_a_worker_takes_one_at_a_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    seconds = 100.0
    monkeypatch.setattr(workers, "time", SimpleNamespace(monotonic=lambda: seconds))
    with (
        closing(workers.OneByOne(socket.AF_INET, socket.SOCK_STREAM)) as listener,
        ExitStack() as opened,
    ):
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        listener.setblocking(False)
        with pytest.raises(BlockingIOError):  # nobody is there: whoever comes next is not kept
            listener.accept()
        for _ in range(2):
            opened.enter_context(closing(socket.create_connection(listener.getsockname())))
        for _ in range(2):
            opened.enter_context(closing(listener.accept()[0]))
            with pytest.raises(BlockingIOError):  # another worker has time to wake up
                listener.accept()
            seconds += 0.002
