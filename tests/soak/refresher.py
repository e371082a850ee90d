"""One run of the refresh in a process of its own, with a fault that is told to it."""

import os
import resource
import signal
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import event

from app.jobs import shipped
from app.jobs.fetch import Source
from app.jobs.refresh import refresh
from app.store import facts
from tests.soak.common import desk_over


@dataclass(frozen=True, kw_only=True)
class Fault:
    """What goes wrong: at most one of these is set."""

    stage: str | None = None
    """Killed when this stage is told of: inside the transaction that stores it, where one does."""
    statement: int | None = None
    """The store's answer to its n-th statement is that the disk is full (PostgreSQL)."""
    file_size: int | None = None
    """No file grows beyond so many bytes (SQLite)."""
    pages: int | None = None
    """The database grows by no more than so many pages (SQLite)."""


NO_SPACE = (
    "DO $$ BEGIN RAISE EXCEPTION USING ERRCODE = '53100', "
    "MESSAGE = 'could not extend file: No space left on device'; END $$"
)


def run(url: str, server: str, ca_file: Path, ahead: float, fault: Fault) -> None:
    """Refresh once; exit code 0 when the run has its row, 1 when it could not write one."""
    os.environ.clear()
    tables = shipped.tables()
    with facts.open_store(url) as store:
        _limit(store, fault)
        desk = desk_over(store, tables, clock(ahead))
        try:
            refresh(desk, source_of(server, ca_file), _told(fault))
        except Exception:  # noqa: BLE001 - whatever it is, the store must be whole after it
            os._exit(1)
    os._exit(0)


def source_of(url: str, ca_file: Path) -> Source:
    """A server on loopback as a source."""
    return Source(
        url=url,
        hosts=("127.0.0.1", "localhost"),
        private=True,
        ca_file=ca_file,
        seconds=30,
        user_agent="travelban/test",
    )


def clock(ahead: float) -> Callable[[], datetime]:
    """A clock that is so many seconds ahead."""
    return lambda: datetime.now(UTC) + timedelta(seconds=ahead)


def _told(fault: Fault) -> Callable[[str], None]:
    def told(line: str) -> None:
        if line.partition(":")[0] == fault.stage:
            os.kill(os.getpid(), signal.SIGKILL)

    return told


def _limit(store: facts.Store, fault: Fault) -> None:
    if fault.file_size is not None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (fault.file_size, hard))
    if fault.pages is not None:

        @event.listens_for(store.engine, "connect")
        def few_pages(connection: Any, _: object) -> None:
            (pages,) = connection.execute("PRAGMA page_count").fetchone()
            connection.execute(f"PRAGMA max_page_count = {pages + (fault.pages or 0)}")

    if fault.statement is not None:
        asked = 0

        @event.listens_for(store.engine, "before_cursor_execute", retval=True)
        def full(_: object, __: object, statement: str, given: Any, *___: object) -> Any:
            nonlocal asked
            asked += 1
            return (NO_SPACE, None) if asked == fault.statement else (statement, given)
