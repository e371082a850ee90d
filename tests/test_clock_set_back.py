"""The clock of the machine is set back, by hours and years: moments rise, and nothing changes."""

import random
from datetime import UTC, datetime, timedelta

from pydantic import TypeAdapter
from sqlalchemy import func, select

from app.api.examples import REPORT
from app.jobs import shipped
from app.store import facts, refreshes
from app.store import tables as rows
from app.store.refreshes import Run
from app.terms import Policy, Report, Tables
from app.when import instant_text
from tests.conftest import Clock, make_desk
from tests.invented import xml
from tests.soak.acts import Done, done_by, drawn, missing, unsound

JUMPS = [timedelta(hours=-3), timedelta(days=-4000), timedelta(days=3900), timedelta(hours=-1)]
"""Forth again too, and not as far: moments by the clock then lie between those on record."""


def test_moments_rise_and_no_answer_changes(
    store: facts.Store, tables: Tables, policy: Policy, clock: Clock
) -> None:
    shipped.load(store, shipped.DATA, clock)
    draw, report = random.Random("clock"), TypeAdapter(Report)
    desk = make_desk(store, tables, policy, clock)
    done: list[Done] = []
    told: dict[str, tuple[str, bytes]] = {}
    newest = ""
    for number, jump in enumerate(JUMPS):
        clock.now += jump
        if number % 2:  # as by a start, or in another process
            desk = make_desk(store, tables, policy, clock)
        done += [done_by(desk, drawn(draw, f"{number} {each}")) for each in range(8)]
        desk.import_list("l.xml", xml(f"2025-0{number + 1}-01T00:00:00Z"), False)
        answer = desk.ask(report.validate_python(REPORT))
        assert answer.new  # a list came since: it is known at a later moment
        known_at = desk.record().known_at
        assert known_at > newest
        newest = known_at
        told[known_at] = answer.id, answer.body
        for moment, (name, body) in told.items():
            again = desk.ask(report.validate_python({**REPORT, "known_at": moment}))
            assert (again.id, again.body, again.new) == (name, body, False)
            assert desk.replay(name).same
    with store.reading() as connection:
        moments = list(connection.scalars(select(rows.audit.c.at).order_by(rows.audit.c.seq)))
        assert moments == sorted(moments)
        assert missing(connection, done) == []
    assert unsound(store) == []


def _run(name: str, began_at: datetime) -> Run:
    return Run(
        run=name, began_at=instant_text(began_at), held_by="here", address="there", stages=()
    )


def test_a_lease_of_a_clock_that_was_ahead_holds_nobody_up(store: facts.Store) -> None:
    now = datetime(2026, 6, 1, tzinfo=UTC)
    hour = timedelta(hours=1)
    for ahead, taken in ((timedelta(minutes=10), False), (timedelta(days=700), True)):
        with store.writing() as connection:
            connection.execute(rows.leases.delete())
            then = now + ahead
            first, second = _run(f"first {ahead}", then), _run(f"second {ahead}", now)
            assert refreshes.take(connection, first, instant_text(then), instant_text(then + hour))
            assert refreshes.at_work(connection, first.run, instant_text(now)) is not taken
            assert (
                refreshes.take(connection, second, instant_text(now), instant_text(now + hour))
                is taken
            )
            silent = connection.scalar(
                select(func.count()).where(rows.refreshes.c.run == first.run)
            )
            assert silent == taken
