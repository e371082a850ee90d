"""Runs of the refresh: stages, outcomes, one at a time, and what is on record whatever happens."""

import hashlib
import re
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import event, func, insert, select, update

from app.desk import Desk
from app.jobs import refresh as job
from app.jobs.fetch import Source
from app.jobs.refresh import refresh
from app.store import audit, facts, refreshes
from app.store import tables as stored
from app.store.refreshes import Refreshed, RefreshOutcome, Run
from app.store.tables import metadata
from app.terms import Policy, Tables
from app.when import instant_text
from tests.conftest import ONE_NOW, Clock, make_desk
from tests.invented import only, xml
from tests.list_server import BEHAVIOURS, ListServer

MARCH = "2026-03-01T00:00:00Z"


@pytest.fixture
def run(desk: Desk, source: Source) -> Callable[[], Refreshed]:
    """Refresh the list once, and see that one row says what became of it."""

    def once() -> Refreshed:
        before = rows(desk)["refreshes"]
        ended = refresh(desk, source)
        assert rows(desk)["refreshes"] == before + 1
        runs = desk.refreshes(1)
        assert (runs.at_work, runs.silent, runs.ended) == (None, None, (ended,))
        return ended

    return once


def rows(desk: Desk) -> dict[str, int]:
    """How many rows each table has."""
    with desk.store.reading() as connection:
        return {
            name: connection.scalar(select(func.count()).select_from(table)) or 0
            for name, table in metadata.tables.items()
        }


def _and_runs(before: dict[str, int], runs: int) -> dict[str, int]:
    """The rows there were, and those of runs that found nothing new."""
    more = ("refreshes", "audit", "audit_links")
    return before | {name: before[name] + runs for name in more}


def said(ended: Refreshed) -> tuple[str, list[str]]:
    """The outcome and the stages that were done."""
    return ended.outcome.value, [done.stage.value for done in ended.stages]


# ---------------------------------------------------------------- what goes well


def test_a_list_goes_through_every_stage(
    desk: Desk, server: ListServer, run: Callable[[], Refreshed]
) -> None:
    server.body = xml(MARCH)
    ended = run()
    assert said(ended) == ("promoted", ["fetched", "stored", "parsed", "checked", "promoted"])
    assert ended.words.startswith("the full list of 00:00 UTC on 1 March 2026, 4 individuals")
    assert (ended.etag, ended.last_modified) == (server.etag, server.last_modified)
    (listed,) = desk.lists_status()
    assert (listed.sha256, listed.outcome, listed.decided_by) == (
        ended.sha256, "promoted", "refresh",
    )  # fmt: skip
    assert listed.source == f"https://localhost:{server.port}/resources/consolidated.xml"
    assert desk.evidence(listed.sha256[:8]) == server.body
    assert [item.sha256 for item in desk.record().full_lists] == [ended.sha256]


@pytest.mark.parametrize("without", [(), ("last_modified",), ("etag",)])
def test_an_unchanged_list_costs_one_exchange_and_one_row_with_its_line(
    desk: Desk, server: ListServer, run: Callable[[], Refreshed], without: tuple[str, ...]
) -> None:
    server.body = xml(MARCH)
    for name in without:
        setattr(server, name, None)
    first = run()
    before, record = rows(desk), desk.record()
    for _ in range(2):
        server.forget()
        ended = run()
        assert said(ended) == ("unchanged", ["fetched"])
        assert ended.words.endswith(f"{first.sha256[:12] if first.sha256 else ''}, is already here")
        assert (len(server.requests), server.downloads) == (2, 0)  # one, and its redirect
        assert (ended.etag, ended.last_modified) == (first.etag, first.last_modified)
    assert rows(desk) == _and_runs(before, 2)
    assert desk.record() is record


def test_equal_bytes_are_unchanged_where_the_source_names_them_in_no_way(
    desk: Desk, server: ListServer, run: Callable[[], Refreshed]
) -> None:
    server.body = xml(MARCH)
    server.etag = server.last_modified = None
    run()
    before = rows(desk)
    ended = run()
    assert said(ended) == ("unchanged", ["fetched"])
    assert server.downloads == 2
    assert rows(desk) == _and_runs(before, 1)


def test_a_night_without_a_change_stores_no_record_twice(
    desk: Desk, server: ListServer, run: Callable[[], Refreshed]
) -> None:
    server.body = xml(MARCH)
    run()
    before = rows(desk)
    server.body = xml("2026-03-02T00:00:00Z")
    assert said(run())[0] == "promoted"
    assert rows(desk)["entries"] == before["entries"]
    assert rows(desk)["snapshots"] == before["snapshots"] + 1


def test_what_was_imported_by_hand_is_unchanged(
    desk: Desk, server: ListServer, run: Callable[[], Refreshed]
) -> None:
    server.body = xml(MARCH)
    desk.import_list("by hand", server.body, False)
    assert said(run()) == ("unchanged", ["fetched"])


def test_it_is_said_when_the_source_goes_back(
    desk: Desk, server: ListServer, run: Callable[[], Refreshed]
) -> None:
    desk.import_list("march", xml(MARCH), False)
    desk.import_list("april", xml("2026-04-01T00:00:00Z"), False)
    server.body = xml(MARCH)
    ended = run()
    assert said(ended)[0] == "unchanged"
    assert ended.words.endswith("; the newest here is of 00:00 UTC on 1 April 2026")


# ---------------------------------------------------------------- what is not believed


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (xml("2026-04-01T00:00:00Z", only("ZZi.001")), "it holds 1 records, less than 70%"),
        (xml("2026-02-01T00:00:00Z"), "before the newest full list on record"),
        (xml("2026-12-01T00:00:00Z"), "to come"),
        (xml("2026-04-01T00:00:00Z", comments="Guardián del faro y de los botes. " * 9), "Spanish"),
    ],
)
def test_a_doubtful_list_is_set_aside_and_the_last_good_one_serves(
    desk: Desk, server: ListServer, run: Callable[[], Refreshed], body: bytes, words: str
) -> None:
    server.body = xml(MARCH)
    run()
    record = desk.record()
    server.body = body
    first = run()
    assert said(first) == ("quarantined", ["fetched", "stored", "parsed", "checked"])
    assert words in first.words
    assert desk.record() is record
    assert desk.evidence(first.sha256 or "") == body
    server.forget()
    again = run()
    assert said(again) == ("quarantined", ["fetched"])
    assert server.downloads == 0
    assert words in again.words
    server.body = xml("2026-05-01T00:00:00Z")
    assert said(run())[0] == "promoted"


def test_what_somebody_accepts_is_on_record_and_then_unchanged(
    desk: Desk, server: ListServer, run: Callable[[], Refreshed]
) -> None:
    server.body = xml(MARCH)
    run()
    server.body = few = xml("2026-04-01T00:00:00Z", only("ZZi.001"))
    aside = run()
    before = desk.record()
    decided = desk.decide((aside.sha256 or "")[:10], True, "the committee says so", "an officer")
    assert decided.changed
    assert (decided.list.outcome, decided.list.because, decided.list.decided_by) == (
        "accepted", "the committee says so", "an officer",
    )  # fmt: skip
    assert not desk.decide(aside.sha256 or "", True, "again", "another").changed
    assert len(desk.record().full_lists) == 2
    assert len(desk.record(before.known_at).full_lists) == 1
    assert said(run()) == ("unchanged", ["fetched"])
    desk.decide(aside.sha256 or "", False, "it was a mistake", "an officer")
    assert len(desk.record().full_lists) == 1
    rejected = run()
    assert said(rejected) == ("quarantined", ["fetched"])
    assert rejected.words.endswith("is already here, rejected: it was a mistake")
    assert desk.evidence(aside.sha256 or "") == few


def test_what_a_fact_accounts_for_since_is_believed_the_next_time(
    desk: Desk, server: ListServer, run: Callable[[], Refreshed]
) -> None:
    people = {f"ZZi.{number:03}": ("A", f"VELUR {number}") for number in range(20)}
    gone = {f"YYi.{number:03}": ("B", f"TOMIK {number}") for number in range(4)}
    server.body = xml(MARCH, people | gone)
    run()
    server.body = xml("2026-03-20T00:00:00Z", people)
    assert said(run())[0] == "quarantined"
    names = "".join(f"  {name}: TOMIK\n" for name in gone)
    law = (
        f"regime: '9'\nlist_word: Y\nnames:\n{names}facts:\n- event: delisted\n"
        f"  references: [{', '.join(gone)}]\n  on: 2026-03-10\n  source: s\n  checked: true\n"
    )
    with desk.store.writing() as connection:
        moment = facts.next_moment(connection, desk.clock())
        facts.add_law(connection, {"designations/9.yaml": law}, moment)
    ended = run()
    assert said(ended) == ("promoted", ["fetched"])
    assert "nothing speaks against it any more; it was set aside: 4 of the 4" in ended.words
    assert desk.lists_status()[0].decided_by == "the checks"
    assert len(desk.record().full_lists) == 2
    assert said(run()) == ("unchanged", ["fetched"])


def test_what_a_failed_run_sent_along_is_not_sent_again(
    desk: Desk, server: ListServer, run: Callable[[], Refreshed]
) -> None:
    server.body = xml(MARCH)
    run()
    server.behave("status_500")
    run()
    server.behave("good")
    server.forget()
    assert said(run()) == ("unchanged", ["fetched"])
    assert (server.downloads, "if-none-match" in server.requests[-1].headers) == (1, False)
    server.forget()
    assert said(run()) == ("unchanged", ["fetched"])
    assert (server.downloads, "if-none-match" in server.requests[-1].headers) == (0, True)


FAULTS = sorted(set(BEHAVIOURS) - {"good", "silent", "no_answer", "trickle", "slow_headers"})
SLOW = ["silent", "no_answer", "trickle", "slow_headers"]


def test_a_source_that_fails_in_every_way_changes_nothing(
    desk: Desk, server: ListServer, source: Source
) -> None:
    server.body = xml(MARCH)
    refresh(desk, source)
    record = desk.record()
    quick = replace(source, most_bytes=200_000)
    for number, name in enumerate([*FAULTS, *SLOW], start=1):
        server.behave(name)
        server.body = xml(f"2026-03-{number + 1:02}T00:00:00Z")
        ended = refresh(desk, replace(quick, seconds=0.4) if name in SLOW else quick)
        assert ended.outcome == "failed", name
        assert ended.words, name
        assert server.secret not in repr(ended)
        assert desk.record() is record
        assert rows(desk)["refreshes"] == number + 1
        assert rows(desk)["leases"] == 0
    server.behave("good")
    assert refresh(desk, source).outcome == "promoted"


@pytest.mark.parametrize("name", ["html", "dtd", "truncated_xml", "empty"])
def test_what_came_whole_and_is_no_list_is_kept_as_evidence(
    desk: Desk, server: ListServer, run: Callable[[], Refreshed], name: str
) -> None:
    server.behave(name)
    ended = run()
    assert said(ended) == ("failed", ["fetched", "stored"])
    assert hashlib.sha256(desk.evidence((ended.sha256 or "")[:9])).hexdigest() == ended.sha256
    assert desk.lists_status() == []
    # Kept once, and looked at again each time.
    assert run().sha256 == ended.sha256
    assert rows(desk)["list_files"] == 1


def test_a_source_that_says_unchanged_unasked(
    desk: Desk, server: ListServer, run: Callable[[], Refreshed], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(
        BEHAVIOURS,
        "status_304",
        lambda _, exchange: exchange.head("304 Not Modified", {}),
    )
    server.behave("status_304")
    assert run().words == "the source says that the list has not changed, unasked"


# ---------------------------------------------------------------- one at a time


def test_many_at_once_are_one_download_and_one_promotion(
    store: facts.Store, tables: Tables, policy: Policy, server: ListServer, source: Source,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(job, "_LOOK_AGAIN", 0.02)
    server.body = xml("2026-05-01T00:00:00Z")
    desks = [make_desk(store, tables, policy, lambda: datetime.now(UTC)) for _ in range(8)]
    start = threading.Barrier(len(desks))
    ended: list[Refreshed] = []

    def work(desk: Desk) -> None:
        start.wait()
        ended.append(refresh(desk, source))

    threads = [threading.Thread(target=work, args=(desk,)) for desk in desks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    outcomes = sorted(item.outcome.value for item in ended)
    assert outcomes == ["promoted"] + 7 * ["unchanged"]
    assert server.downloads == 1
    assert rows(desks[0])["refreshes"] == 8
    assert rows(desks[0])["leases"] == 0
    assert len(desks[0].record().full_lists) == 1


def _another(clock: Clock, name: str = "other") -> Run:
    return Run(
        run=name,
        began_at=instant_text(clock.now),
        held_by="another machine",
        address="https://list.invalid",
        stages=(),
    )


def _hold(desk: Desk, other: Run, seconds: int = 60) -> None:
    now = desk.clock()
    with desk.store.writing() as connection:
        until = instant_text(now + timedelta(seconds=seconds))
        assert refreshes.take(connection, other, instant_text(now), until)


def test_a_lease_that_ran_out_is_taken_over_and_told_of(
    desk: Desk, clock: Clock, server: ListServer, source: Source
) -> None:
    server.body = xml(MARCH)
    other = _another(clock)
    _hold(desk, other)
    runs = desk.refreshes(5)
    assert (runs.at_work, runs.silent, runs.ended) == (other, None, ())
    clock.now += timedelta(seconds=61)
    runs = desk.refreshes(5)
    assert (runs.at_work, runs.silent) == (None, other)
    mine = refresh(desk, source)
    assert mine.outcome == "promoted"
    newest, silent = desk.refreshes(5).ended
    assert newest == mine
    assert (silent.run, silent.told_by, silent.outcome) == ("other", mine.run, "failed")
    assert silent.words == (
        "it fell silent when it was fetching the list; its lease ran out and it was not heard of "
        "again"
    )


def test_who_waits_takes_over_from_who_falls_silent(
    desk: Desk, clock: Clock, server: ListServer, source: Source, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Each look at the clock is a second later: the lease of the other runs out in the waiting.
    monkeypatch.setattr(job, "_LOOK_AGAIN", 0)
    server.body = xml(MARCH)
    _hold(desk, _another(clock), seconds=10)
    told: list[str] = []
    ended = refresh(desk, source, told.append)
    assert ended.outcome == "promoted"
    assert told[0].startswith("waiting for the run of another machine, at work since 2026-06-01")


def test_who_waits_shares_what_becomes_of_the_other(
    desk: Desk, clock: Clock, server: ListServer, source: Source, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = _another(clock)
    _hold(desk, other, seconds=1000)

    def meanwhile(_: float) -> None:
        with desk.store.writing() as connection:
            refreshes.end(
                connection,
                other,
                ended_at=instant_text(clock()),
                outcome=refreshes.RefreshOutcome.failed,
                words="nobody was there",
            )

    monkeypatch.setattr("app.jobs.refresh.time.sleep", meanwhile)
    ended = refresh(desk, source)
    assert (ended.outcome, ended.told_by) == ("failed", "other")
    assert ended.words == "the run of another machine was at work: failed: nobody was there"
    assert server.requests == []


def test_a_run_that_lost_its_lease_changes_nothing(
    desk: Desk, clock: Clock, server: ListServer, source: Source
) -> None:
    server.body = xml(MARCH)

    def taken_over(line: str) -> None:
        if line.startswith("fetched"):
            clock.now += timedelta(hours=1)
            _hold(desk, _another(clock))

    ended = refresh(desk, source, taken_over)
    assert (ended.outcome, ended.told_by) == ("failed", "other")
    assert ended.words.startswith("it fell silent when it was fetching the list")
    assert desk.lists_status() == []
    holder = desk.refreshes(1).at_work
    assert holder is not None
    assert holder.run == "other"


# ---------------------------------------------------------------- lines of the audit


def _lines(desk: Desk) -> list[audit.AuditLine]:
    """What the audit tells of runs, the oldest first."""
    lines = [shown.line for shown in desk.audit_since(None)]
    return [line for line in lines if line.action.startswith("list refresh")]


@pytest.fixture
def ended(desk: Desk, clock: Clock, server: ListServer, source: Source) -> list[Refreshed]:
    """Runs of every kind: what became of each, in the order in which they were told of."""
    server.body = xml(MARCH)
    good = [refresh(desk, source), refresh(desk, source)]
    server.body = xml("2026-03-02T00:00:00Z", only("ZZi.001"))
    doubtful = refresh(desk, source)
    server.behave("status_500")
    failed = refresh(desk, source)
    _hold(desk, _another(clock))
    clock.now += timedelta(hours=1)
    after = refresh(desk, source)
    silent = desk.refreshes(2).ended[1]
    with desk.store.writing() as connection:
        run = _another(clock, "sharing")
        words = "as the other"
        refreshes.end_shared(
            connection, run, instant_text(clock()), after, RefreshOutcome.failed, words
        )
        shared = refreshes.told(connection, "sharing")
    return [*good, doubtful, failed, silent, after, shared]


def test_every_run_that_ended_has_its_line(desk: Desk, ended: list[Refreshed]) -> None:
    lines = _lines(desk)
    outcomes = ["promoted", "unchanged", "quarantined", *["failed"] * 4]
    assert [line.action for line in lines] == [f"list refresh: {word}" for word in outcomes]
    assert [(line.subject, line.question_digest) for line in lines] == [
        (run.run, run.sha256) for run in ended
    ]
    assert {line.who for line in lines} == {"refresh"}
    assert all(line.content_digest for line in lines)
    assert ended[4].told_by == ended[5].run  # it fell silent, and the next run told of it
    assert desk.verify_audit().findings == ()


def test_what_became_of_a_run_cannot_be_changed_unseen(desk: Desk, ended: list[Refreshed]) -> None:
    with desk.store.writing() as connection:
        for run in ended:
            changed = update(stored.refreshes).where(stored.refreshes.c.run == run.run)
            connection.execute(changed.values(words="it went well"))
        row = connection.execute(select(stored.refreshes)).first()
        assert row is not None
        made_up = {**row._mapping, "number": 999, "run": "made up", "ended_at": MARCH}
        connection.execute(insert(stored.refreshes).values(made_up))
    found = desk.verify_audit().findings
    assert [one.where for one in found] == [
        *(f"list refresh: {run.outcome} {run.run}" for run in ended),
        "run of the refresh made up",
    ]


# ---------------------------------------------------------------- a store that fails


def _failing(desk: Desk, at: int) -> Callable[[], int]:
    """Make the store fail from its n-th statement on, once; answers how many were asked."""
    asked = [0]
    orig = "could not extend file: No space left on device"

    def before(*_: object) -> None:
        asked[0] += 1
        if asked[0] == at:
            raise OSError(orig)

    event.listen(desk.store.engine, "before_cursor_execute", before)

    def stop() -> int:
        event.remove(desk.store.engine, "before_cursor_execute", before)
        return asked[0]

    return stop


@pytest.mark.parametrize("database_url", ONE_NOW, indirect=True)
def test_a_store_that_fails_at_any_statement_is_whole_after(
    desk: Desk, clock: Clock, server: ListServer, source: Source
) -> None:
    server.body = xml(MARCH)
    refresh(desk, source)
    number = 0
    while True:
        number += 1
        day = datetime(2026, 3, 1, tzinfo=UTC) + timedelta(minutes=number)
        server.body = xml(instant_text(day))
        before = desk.record()
        stop = _failing(desk, number)
        try:
            ended = refresh(desk, source)
        except OSError:
            ended = None
        finally:
            asked = stop()
        if asked < number:
            break
        if ended is None:
            # No lease was taken, so no run began, and no row need tell of it.
            assert rows(desk)["leases"] == 0
        elif ended.outcome == "failed":
            assert "No space left on device" in ended.words
        else:
            # It failed only when it had ended, or in looking at what was there already.
            assert ended.outcome == "promoted"
            before = desk.record()
        assert desk.record().digest == before.digest
        clock.now += timedelta(hours=1)
        good = refresh(desk, source)
        assert good.outcome in ("promoted", "unchanged")
        assert len(desk.record().full_lists) == len(before.full_lists) + (
            good.outcome == "promoted"
        )
    assert number > 20


def test_no_secret_is_on_record(
    desk: Desk, server: ListServer, run: Callable[[], Refreshed], tmp_path: Path
) -> None:
    server.body = xml(MARCH)
    run()
    server.behave("half")
    server.body = xml("2026-03-02T00:00:00Z")
    run()
    with desk.store.reading() as connection:
        for table in metadata.tables.values():
            for row in connection.execute(select(table)):
                assert server.secret not in repr(row)
                assert not re.search(r"[?&]s[ive]g?=", repr(row))


def test_runs_that_an_older_version_ended_have_no_line_and_need_none(
    desk: Desk, clock: Clock, server: ListServer, source: Source
) -> None:
    with desk.store.writing() as connection:
        row = {
            "run": "older", "began_at": "2026-01-01T00:00:00.000000Z", "held_by": "h",
            "address": "a", "stages": "[]", "ended_at": "2026-01-01T00:00:01.000000Z",
            "outcome": "failed", "words": "w", "sha256": None, "told_by": "older",
        }  # fmt: skip
        connection.execute(insert(stored.refreshes).values(row))
    assert desk.verify_audit().findings == ()
    server.body = xml(MARCH)
    refresh(desk, source)
    assert desk.verify_audit().findings == ()
    with desk.store.writing() as connection:
        row |= {"run": "slipped in", "ended_at": "2099-01-01T00:00:00.000000Z"}
        connection.execute(insert(stored.refreshes).values(row))
    (found,) = desk.verify_audit().findings
    assert found.where == "run of the refresh slipped in"
