"""Fetch → store as evidence → read → check → promote, or keep the last good list.

One run at a time, however many are started and on however many machines; each leaves one row that
says what became of it. What was on record stays on record until the transaction that promotes.
"""

import os
import secrets
import socket
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

from app.desk import Desk, ImportOutcome
from app.jobs.fetch import Fetched, FetchFailed, Source, fetch, without_query
from app.lists.un_xml import ListRefused, read
from app.store import facts, refreshes
from app.store.refreshes import (
    WHO,
    LeaseLost,
    Refreshed,
    RefreshOutcome,
    RefreshStage,
    Run,
    StageDone,
)
from app.terms import ListKind
from app.when import in_words, instant_text

_MARGIN = 120  # seconds to read, check and store a list, beyond those for fetching it
_LOOK_AGAIN = 0.5  # seconds

_OUTCOMES = {
    ImportOutcome.promoted: RefreshOutcome.promoted,
    ImportOutcome.unchanged: RefreshOutcome.unchanged,
    ImportOutcome.quarantined: RefreshOutcome.quarantined,
    ImportOutcome.refused: RefreshOutcome.failed,
}

Told = Callable[[str], None]


def refresh(desk: Desk, source: Source, told: Told = lambda _: None) -> Refreshed:
    """Refresh the list once; answers what became of it.

    `told` is called with a line for each stage. Where another run is at work this one waits for
    it and shares what becomes of it. Raises what the store raises when not even the row that says
    so can be written; then the lease runs out, and the next run writes it.
    """
    work = _Work(desk, source, told)
    try:
        return work.done()
    except (FetchFailed, ListRefused) as error:
        return work.failed(str(error), error)
    except (SQLAlchemyError, sqlite3.Error, OSError) as error:
        words = str(getattr(error, "orig", None) or error).partition("\n")[0]
        return work.failed(f"the store failed: {words}", error)
    except LeaseLost as error:
        return work.failed("it took too long", error)


class _Work:
    """One run, from the lease to the row."""

    def __init__(self, desk: Desk, source: Source, told: Told) -> None:
        self.desk = desk
        self.source = source
        self.told = told
        self.sha256: str | None = None
        self.run = Run(
            run=secrets.token_hex(16),
            began_at=self.now,
            held_by=f"{socket.gethostname()}, process {os.getpid()}",
            address=without_query(source.url),
            stages=(),
        )

    @property
    def now(self) -> str:
        return instant_text(self.desk.clock())

    @property
    def lease(self) -> str:
        """Until when the lease holds when it is renewed now."""
        return instant_text(self.desk.clock() + timedelta(seconds=self.source.seconds + _MARGIN))

    def done(self) -> Refreshed:
        """The whole run, or what became of the one that was at work."""
        shared = self.begin()
        if shared is not None:
            return shared
        with self.desk.store.reading() as connection:
            before = refreshes.last_answer(connection, self.run.address)
        fetched = fetch(
            self.source,
            etag=before.etag if before else None,
            last_modified=before.last_modified if before else None,
        )
        if fetched.body is None:
            if before is None or before.sha256 is None:
                raise FetchFailed("the source says that the list has not changed, unasked")
            self.sha256 = before.sha256
            self.did(RefreshStage.fetched, f"{fetched.address} says that it has not changed")
            return self.end_as_it_is(fetched, before)
        return self.take_in(fetched, fetched.body)

    # Another run at work.

    def begin(self) -> Refreshed | None:
        """Take the lease; where another run has it, wait, and answer what became of that."""
        while True:
            with self.desk.store.writing() as connection:
                if refreshes.take(connection, self.run, self.now, self.lease):
                    return None
                other = refreshes.holder(connection)
            if other is None:
                continue
            self.told(f"waiting for the run of {other.held_by}, at work since {other.began_at}")
            ended = self.wait_for(other)
            if ended is not None:
                return self.share(ended)

    def wait_for(self, other: Run) -> Refreshed | None:
        """What became of another run, by its own word; null when it fell silent."""
        while True:
            with self.desk.store.reading() as connection:
                ended = refreshes.ended(connection, other.run)
                at_work = refreshes.at_work(connection, other.run, self.now)
            if ended is not None:
                return ended if ended.told_by == other.run else None
            if not at_work:
                return None
            time.sleep(_LOOK_AGAIN)

    def share(self, other: Refreshed) -> Refreshed:
        outcome = other.outcome
        if outcome is RefreshOutcome.promoted:
            outcome = RefreshOutcome.unchanged
        words = f"the run of {other.held_by} was at work: {other.outcome}: {other.words}"
        with self.desk.store.writing() as connection:
            refreshes.end_shared(connection, self.run, self.now, other, outcome, words)
            return refreshes.told(connection, self.run.run)

    # The stages.

    def did(self, stage: RefreshStage, words: str) -> None:
        self.told(f"{stage}: {words}")
        done = StageDone(stage=stage, at=self.now, words=words)
        self.run = replace(self.run, stages=(*self.run.stages, done))

    def take_in(self, fetched: Fetched, body: bytes) -> Refreshed:
        """Store, read, check and promote what was fetched."""
        self.did(RefreshStage.fetched, f"{len(body)} bytes from {fetched.address}")
        with self.writing() as connection:
            sha256 = facts.add_evidence(connection, body, self.now)
            here = facts.status(connection, sha256)
            if here is None:
                self.did(RefreshStage.stored, f"as {sha256}")
                refreshes.renew(connection, self.run, self.lease)
        self.sha256 = sha256
        if here is not None:
            return self.end_as_it_is(fetched)
        parsed = read(body)
        with self.writing() as connection:
            words = f"{len(parsed.entries)} records, generated at {in_words(parsed.generated)}"
            self.did(RefreshStage.parsed, words)
            refreshes.renew(connection, self.run, self.lease)
        with self.writing() as connection:
            result = self.desk.take_in(
                connection, body, parsed, ListKind.full, fetched.address, WHO, todays=True
            )
            self.did(RefreshStage.checked, result.words)
            if result.outcome is ImportOutcome.promoted:
                self.did(RefreshStage.promoted, f"as {sha256}")
            outcome = _OUTCOMES[result.outcome]
            return self.end(connection, outcome, result.words, fetched.etag, fetched.last_modified)

    def end_as_it_is(self, fetched: Fetched, before: Refreshed | None = None) -> Refreshed:
        """End with a list that is here already, whatever was decided about it."""
        with self.writing() as connection:
            here = facts.status(connection, self.sha256 or "")
            if here is None:
                raise FetchFailed("the list that has not changed is not here")
            result = self.desk.look_again(connection, here, ListKind.full, todays=True)
            outcome = _OUTCOMES[result.outcome]
            words = result.words
            if outcome is RefreshOutcome.unchanged and here.outcome not in facts.ON_RECORD:
                outcome = RefreshOutcome.quarantined
            nearest = facts.neighbour(connection, here.generated)
            if (
                outcome is RefreshOutcome.unchanged
                and nearest is not None
                and here.generated < nearest.newest
            ):
                words += f"; the newest here is of {in_words(nearest.newest)}"
            etag, last_modified = fetched.etag, fetched.last_modified
            if before is not None:
                etag, last_modified = etag or before.etag, last_modified or before.last_modified
            return self.end(connection, outcome, words, etag, last_modified)

    # The row.

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction; what it did counts only when it is committed."""
        before = self.run
        try:
            with self.desk.store.writing() as connection:
                yield connection
        except BaseException:
            self.run = before
            raise

    def end(
        self,
        connection: Connection,
        outcome: RefreshOutcome,
        words: str,
        etag: str | None = None,
        last_modified: str | None = None,
    ) -> Refreshed:
        """Write the row of this run in the caller's transaction."""
        refreshes.end(
            connection,
            self.run,
            ended_at=self.now,
            outcome=outcome,
            words=words,
            sha256=self.sha256,
            etag=etag,
            last_modified=last_modified,
        )
        return refreshes.told(connection, self.run.run)

    def failed(self, words: str, error: Exception) -> Refreshed:
        """Write the row of a run that failed, unless it has one; else raise the error."""
        try:
            with self.desk.store.writing() as connection:
                return self.end(connection, RefreshOutcome.failed, words)
        except LeaseLost:
            # It never had one, or another run has told of this one, or it had ended well when
            # its connection broke.
            with self.desk.store.reading() as connection:
                ended = refreshes.ended(connection, self.run.run)
            if ended is not None:
                return ended
            raise error from None
