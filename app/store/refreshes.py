"""Runs of the refresh: one at a time, and one row that says what became of each.

A run holds a lease while it is at work and gives it back in the transaction that writes its row.
Whoever finds a lease that has run out takes it over and writes the row of the run that fell
silent. A run that lost its lease can no longer write anything: `LeaseLost`. Each row has its line
in the audit, written with it.
"""

import json
from collections.abc import Sequence
from datetime import timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, delete, func, insert, not_, select, update

from app.store import audit, facts, tables
from app.store.tables import insert_once
from app.terms import value
from app.when import instant_text, parse_instant

WHO = "refresh"
"""Who it was, in the audit and under the lists that it promoted."""
_NAME = "refresh"
_LONGEST = timedelta(days=1)  # no lease is taken for as long, whatever the settings say


class RefreshOutcome(StrEnum):
    """What became of a run."""

    promoted = "promoted"
    unchanged = "unchanged"
    quarantined = "quarantined"
    failed = "failed"


class RefreshStage(StrEnum):
    """What a run has done, in this order."""

    fetched = "fetched"
    stored = "stored"
    parsed = "parsed"
    checked = "checked"
    promoted = "promoted"


@value
class StageDone:
    """One stage of a run that was done, and when."""

    stage: RefreshStage
    at: str
    words: str


@value
class Run:
    """A run at work."""

    run: str
    began_at: str
    held_by: str
    """The machine and process."""
    address: str
    """What it fetches, without what a query may hold."""
    stages: tuple[StageDone, ...]


@value
class Refreshed:
    """One run of the refresh that is over."""

    run: str
    began_at: str
    ended_at: str
    held_by: str
    told_by: str
    """The run that wrote this row: mostly itself, another where this one fell silent."""
    address: str
    outcome: RefreshOutcome
    words: str
    stages: tuple[StageDone, ...]
    sha256: str | None
    """The list that it was about."""
    etag: str | None
    last_modified: str | None


class LeaseLost(Exception):
    """A run took so long that another took its place; it may write nothing any more."""


# ---------------------------------------------------------------- the lease


def take(connection: Connection, run: Run, now: str, expires_at: str) -> bool:
    """Take the lease; False where another run holds it.

    The statement that takes it is one, so that of many at the same time one succeeds.
    """
    row = connection.execute(
        select(tables.leases).where(tables.leases.c.name == _NAME)
    ).one_or_none()
    mine = _columns(run) | {"expires_at": expires_at}
    if row is None:
        once = insert_once(connection.dialect.name, tables.leases).values(mine | {"name": _NAME})
        taken = bool(connection.scalar(once.returning(tables.leases.c.run)) == run.run)
    else:
        silent = tables.leases.c.run == row.run, not_(_holds(now))
        # Whoever writes facts waits for the lease last, so that no two wait for each other.
        held = now <= row.expires_at <= _latest(now)
        at = now if held else _moment(connection, now)
        taken = (
            connection.execute(
                update(tables.leases).where(tables.leases.c.name == _NAME, *silent).values(mine)
            ).rowcount
            == 1
        )
        if taken:
            _tell_of(connection, _run(row), now, at, run)
    return taken


def _holds(now: str) -> ColumnElement[bool]:
    """Whether a lease holds: it has not run out, and no clock that was ahead has made it.

    Nobody would wait for the years by which a clock was wrong.
    """
    return tables.leases.c.expires_at.between(now, _latest(now))


def _latest(now: str) -> str:
    """When the longest lease that is taken now ends."""
    return instant_text(parse_instant(now) + _LONGEST)


def _moment(connection: Connection, now: str) -> str:
    """The moment of a line of the audit; the caller is the only writer from here on."""
    return facts.next_moment(connection, parse_instant(now))


def _tell_of(connection: Connection, silent: Run, now: str, at: str, by: Run) -> None:
    """Write the row of a run that fell silent."""
    done = f"had {silent.stages[-1].stage} the list" if silent.stages else "was fetching the list"
    words = f"it fell silent when it {done}; its lease ran out and it was not heard of again"
    _add(connection, silent, now, at, by.run, RefreshOutcome.failed, words, None, None, None)


def holder(connection: Connection) -> Run | None:
    """The run that holds the lease, or held it and fell silent; null when nobody does."""
    row = connection.execute(
        select(tables.leases).where(tables.leases.c.name == _NAME)
    ).one_or_none()
    return None if row is None else _run(row)


def at_work(connection: Connection, run: str, now: str) -> bool:
    """Whether a run holds a lease that has not run out."""
    found = connection.scalar(
        select(tables.leases.c.run).where(
            tables.leases.c.name == _NAME,
            tables.leases.c.run == run,
            _holds(now),
        )
    )
    return found is not None


def renew(connection: Connection, run: Run, expires_at: str) -> None:
    """Say which stages are done and hold the lease for longer; LeaseLost when it is another's."""
    held = connection.execute(
        update(tables.leases)
        .where(tables.leases.c.name == _NAME, tables.leases.c.run == run.run)
        .values(_columns(run) | {"expires_at": expires_at})
    ).rowcount
    if not held:
        raise LeaseLost(run.run)


# ---------------------------------------------------------------- outcomes


def end(
    connection: Connection,
    run: Run,
    *,
    ended_at: str,
    outcome: RefreshOutcome,
    words: str,
    sha256: str | None = None,
    etag: str | None = None,
    last_modified: str | None = None,
) -> None:
    """Write what became of a run and give its lease back; LeaseLost when it is another's."""
    at = _moment(connection, ended_at)
    held = connection.execute(
        delete(tables.leases).where(tables.leases.c.name == _NAME, tables.leases.c.run == run.run)
    ).rowcount
    if not held:
        raise LeaseLost(run.run)
    _add(connection, run, ended_at, at, run.run, outcome, words, sha256, etag, last_modified)


def end_shared(
    connection: Connection,
    run: Run,
    ended_at: str,
    other: Refreshed,
    outcome: RefreshOutcome,
    words: str,
) -> None:
    """Write the row of a run that waited for another and shares what became of that."""
    at = _moment(connection, ended_at)
    _add(connection, run, ended_at, at, other.run, outcome, words, other.sha256, None, None)


def _add(
    connection: Connection,
    run: Run,
    ended_at: str,
    at: str,
    told_by: str,
    outcome: RefreshOutcome,
    words: str,
    sha256: str | None,
    etag: str | None,
    last_modified: str | None,
) -> None:
    """Write the row of a run, and its line in the audit, which is of `at`."""
    connection.execute(
        insert(tables.refreshes).values(
            _columns(run)
            | {
                "ended_at": ended_at,
                "told_by": told_by,
                "outcome": outcome,
                "words": words,
                "sha256": sha256,
                "etag": etag,
                "last_modified": last_modified,
            }
        )
    )
    audit.add(
        connection,
        at=at,
        who=WHO,
        action=f"list refresh: {outcome}",
        question_digest=sha256,
        answer_digest=None,
        subject=run.run,
    )


def ended(connection: Connection, run: str) -> Refreshed | None:
    """What became of a run; null while it is at work."""
    row = connection.execute(
        select(tables.refreshes).where(tables.refreshes.c.run == run)
    ).one_or_none()
    return None if row is None else _refreshed(row)


def told(connection: Connection, run: str) -> Refreshed:
    """What became of a run whose row was just written."""
    found = ended(connection, run)
    if found is None:
        raise LookupError(run)
    return found


def newest(connection: Connection, limit: int) -> list[Refreshed]:
    """The runs that are over, the one that ended last first."""
    rows = select(tables.refreshes).order_by(tables.refreshes.c.number.desc()).limit(limit)
    return [_refreshed(row) for row in connection.execute(rows)]


def last_of_each(connection: Connection) -> dict[RefreshOutcome, str]:
    """When a run last ended with each outcome that there has been."""
    rows = connection.execute(
        select(tables.refreshes.c.outcome, func.max(tables.refreshes.c.ended_at)).group_by(
            tables.refreshes.c.outcome
        )
    )
    return {RefreshOutcome(outcome): at for outcome, at in sorted(tuple(row) for row in rows)}


def how_many(connection: Connection) -> dict[RefreshOutcome, int]:
    """How many runs ended with each outcome, also with those that none has had."""
    counted = select(tables.refreshes.c.outcome, func.count()).group_by(tables.refreshes.c.outcome)
    found = {row[0]: row[1] for row in connection.execute(counted)}
    return {outcome: found.get(outcome, 0) for outcome in RefreshOutcome}


def last_answer(connection: Connection, address: str) -> Refreshed | None:
    """The run that last brought a list from an address and saw how the source names it.

    Null when the last run failed: what it sent along may be why.
    """
    row = connection.execute(
        select(tables.refreshes)
        .where(
            tables.refreshes.c.address == address,
            tables.refreshes.c.run == tables.refreshes.c.told_by,
        )
        .order_by(tables.refreshes.c.number.desc())
        .limit(1)
    ).one_or_none()
    if row is None or row.outcome == RefreshOutcome.failed:
        return None
    return _refreshed(row)


# ---------------------------------------------------------------- rows


def _columns(run: Run) -> dict[str, Any]:
    return {
        "run": run.run,
        "began_at": run.began_at,
        "held_by": run.held_by,
        "address": run.address,
        "stages": json.dumps([[item.stage, item.at, item.words] for item in run.stages]),
    }


def _stages(row: Row[Any]) -> tuple[StageDone, ...]:
    found: Sequence[tuple[str, str, str]] = json.loads(row.stages)
    return tuple(
        StageDone(stage=RefreshStage(stage), at=at, words=words) for stage, at, words in found
    )


def _run(row: Row[Any]) -> Run:
    return Run(
        run=row.run,
        began_at=row.began_at,
        held_by=row.held_by,
        address=row.address,
        stages=_stages(row),
    )


def _refreshed(row: Row[Any]) -> Refreshed:
    return Refreshed(
        run=row.run,
        began_at=row.began_at,
        ended_at=row.ended_at,
        held_by=row.held_by,
        told_by=row.told_by,
        address=row.address,
        outcome=RefreshOutcome(row.outcome),
        words=row.words,
        stages=_stages(row),
        sha256=row.sha256,
        etag=row.etag,
        last_modified=row.last_modified,
    )
