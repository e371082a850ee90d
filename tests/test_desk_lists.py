"""Lists at the desk: from bytes to a decision, and the record that comes of them."""

import gzip
import hashlib
import lzma
import re
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import app.desk
from app.desk import Desk, ImportOutcome, KnownAtInFuture, unpacked
from app.jobs import shipped
from app.lists import un_xml
from app.lists.un_xml import ListRefused
from app.record import Record
from app.store import audit, facts
from app.terms import Entry, ListKind, Policy, Snapshot, Tables
from app.when import instant_text
from app.where import Places
from tests.conftest import ONE_NOW, Clock, make_desk
from tests.invented import only, xml

MARCH = xml("2026-03-01T00:00:00Z")
MAY = xml("2026-05-02T00:00:00Z")
FEW = xml("2026-05-01T00:00:00Z", only("ZZi.001", "ZZi.002"))
PACKED: list[Callable[[bytes], bytes]] = [bytes, gzip.compress, lzma.compress]


# ---------------------------------------------------------------- in


@pytest.mark.parametrize("pack", PACKED)
def test_a_list_is_promoted_whatever_it_is_packed_in(
    desk: Desk, pack: Callable[[bytes], bytes]
) -> None:
    result = desk.import_list("march", pack(MARCH), False)
    assert result.outcome == ImportOutcome.promoted
    assert result.sha256 == hashlib.sha256(MARCH).hexdigest()
    assert result.words == (
        f"the full list of 00:00 UTC on 1 March 2026, 4 individuals and 0 entities, "
        f"{result.sha256[:12]}"
    )
    assert len(desk.record().listed) == 4
    with desk.store.reading() as connection:
        (shown,) = audit.page(connection, limit=9)[0]
    line = shown.line
    assert (line.who, line.action) == ("command line", "list import: promoted")
    assert line.question_digest == result.sha256


def test_a_list_again_changes_nothing(desk: Desk) -> None:
    first = desk.import_list("march", MARCH, False)
    before = desk.record()
    again = desk.import_list("march.gz", gzip.compress(MARCH), False)
    assert (again.outcome, again.sha256) == (ImportOutcome.unchanged, first.sha256)
    assert again.words.endswith("is already here")
    assert desk.record() is before


def test_a_list_is_full_or_a_supplement(desk: Desk) -> None:
    desk.import_list("march", MARCH, True)
    before = desk.record()
    result = desk.import_list("march", MARCH, False)
    assert result.outcome == ImportOutcome.refused
    assert "the supplement of" in result.words
    assert desk.record() is before


def test_elements_without_a_field_are_said(desk: Desk) -> None:
    body = xml("2026-03-01T00:00:00Z", more="<SHOE_SIZE>44</SHOE_SIZE>")
    assert (
        "kept, with no field here: INDIVIDUAL/SHOE_SIZE" in desk.import_list("", body, False).words
    )


def test_a_file_name_need_not_be_text(desk: Desk) -> None:
    assert desk.import_list("m\udce4rz.xml", MARCH, False).outcome == ImportOutcome.promoted
    assert desk.lists_status()[0].source == "m?rz.xml"


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (MARCH[:-40], "not well-formed XML"),
        (b"", "not well-formed XML"),
        (gzip.compress(MARCH, mtime=0)[:-10], "cannot be unpacked"),
        (gzip.compress(MARCH, mtime=0)[:30] + b"\0" * 40, "cannot be unpacked"),
        (lzma.compress(MARCH)[:-40], "cannot be unpacked"),
        (lzma.compress(MARCH) + b"more", "something follows"),
        (b"\xfd7zXZ\x00" + b"\xff" * 40, "cannot be unpacked"),
        (gzip.compress(gzip.compress(MARCH, mtime=0), mtime=0), "a NUL byte, and a list is UTF-8"),
        (xml("yesterday"), "dateGenerated"),
    ],
)
def test_what_is_no_list_is_refused_and_nothing_stored(desk: Desk, raw: bytes, words: str) -> None:
    desk.import_list("march", FEW, False)
    before, lists = desk.record(), desk.lists_status()
    result = desk.import_list("bad", raw, False)
    assert result.outcome == ImportOutcome.refused
    assert words in result.words
    assert "\n" not in result.words
    assert desk.record() is before
    assert desk.lists_status() == lists


@pytest.mark.parametrize("pack", PACKED)
def test_a_bomb_is_unpacked_no_further_than_a_list_is_long(
    pack: Callable[[bytes], bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(app.desk, "MOST_BYTES", 1000)
    with pytest.raises(ListRefused, match="larger than 1000 bytes"):
        unpacked(pack(b" " * 1_000_000))
    assert unpacked(pack(b" " * 1000)) == b" " * 1000


def test_a_doubtful_list_is_kept_and_not_on_record(desk: Desk) -> None:
    desk.import_list("march", MARCH, False)
    before = desk.record()
    result = desk.import_list("few", FEW, False)
    assert result.outcome == ImportOutcome.quarantined
    assert "it holds 2 records" in result.words
    assert desk.record() is before
    few, march = desk.lists_status()
    assert (few.outcome, march.outcome) == ("quarantined", "promoted")
    assert "it holds 2 records" in few.because
    with desk.store.reading() as connection:
        assert facts.evidence(connection, few.sha256) == FEW
    again = desk.import_list("few", FEW, False)
    assert again.outcome == ImportOutcome.unchanged
    assert "quarantined: it holds 2 records" in again.words


def test_a_failure_in_between_leaves_nothing(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise OSError("the disk is full")

    with monkeypatch.context() as broken:
        broken.setattr(audit, "add", fail)
        with pytest.raises(OSError, match="disk"):
            desk.import_list("march", MARCH, False)
    assert desk.lists_status() == []
    assert desk.import_list("march", MARCH, False).outcome == ImportOutcome.promoted


# ---------------------------------------------------------------- the record


def test_the_record_before_an_import_does_not_see_it(desk: Desk, clock: Clock) -> None:
    before = instant_text(clock())
    desk.import_list("march", MARCH, False)
    first = desk.record()
    desk.import_list("april", xml("2026-04-01T00:00:00Z"), False)
    assert desk.record().known_at > first.known_at
    assert desk.record(before).full_lists == ()
    assert desk.record(before).known_at == before
    for same_moment in (first.known_at, first.known_at[:19] + "+00:00"):
        again = desk.record(same_moment)
        assert (again.known_at, again.listed) == (same_moment, first.listed)
        assert again.listed is first.listed
    assert [len(desk.lists_status(at)) for at in (before, first.known_at, None)] == [0, 1, 2]


def test_an_empty_store_knows_nothing_now(desk: Desk) -> None:
    record = desk.record()
    assert (record.listed, record.law) == ({}, None)
    assert record.known_at.startswith("2026-06-01T12:00:0")


def test_what_will_be_known_nobody_knows(desk: Desk) -> None:
    with pytest.raises(KnownAtInFuture):
        desk.record("2026-06-02T00:00:00Z")
    with pytest.raises(KnownAtInFuture):
        desk.lists_status("2026-06-02T00:00:00Z")


def test_what_is_on_record_stays_known_when_the_clock_is_set_back(desk: Desk, clock: Clock) -> None:
    desk.import_list("march", MARCH, False)
    newest = desk.record().known_at
    clock.now = datetime(2020, 1, 1, tzinfo=UTC)
    assert desk.record(newest).known_at == newest
    desk.import_list("april", xml("2026-04-01T00:00:00Z"), False)
    assert desk.record().known_at > newest


def test_few_records_are_kept(desk: Desk) -> None:
    moments = []
    for day in range(1, 9):
        desk.import_list("", xml(f"2026-03-0{day}T00:00:00Z"), False)
        moments.append(desk.record().known_at)
    newest = desk.record()
    assert [len(desk.record(moment).full_lists) for moment in moments] == list(range(1, 9))
    assert len(desk._records) == 4
    assert desk.record() is newest


LISTS = [
    (xml("2026-01-01T00:00:00Z", only("ZZi.001", "ZZi.002", "ZZi.003")), False),
    (xml("2026-02-01T00:00:00Z"), False),
    (xml("2026-03-01T00:00:00Z", comments="The list was amended by the council."), False),
    (xml("2026-04-01T00:00:00Z", only("ZZi.002", "ZZi.003", "ZZi.004")), False),
    (xml("2026-05-01T00:00:00Z", {"ZZi.009": ("ELUND", "SARKO")}), True),
]


@pytest.fixture(scope="session")
def in_order(tables: Tables, places: Places) -> Record:
    """The same lists without a store, in their own order."""
    entries: dict[str, Entry] = {}
    members: dict[str, list[str]] = {}
    snapshots = []
    for body, supplement in LISTS:
        parsed, name = un_xml.read(body), hashlib.sha256(body).hexdigest()
        held = {repr(entry): entry for entry in parsed.entries}
        entries.update(held)
        members[name] = list(held)
        snapshots.append(
            Snapshot(
                sha256=name,
                list_kind=ListKind.supplement if supplement else ListKind.full,
                generated=parsed.generated,
                source="",
                recorded_at="",
                individuals=parsed.individuals,
                entities=parsed.entities,
            )
        )
    return Record(
        known_at="",
        law=None,
        snapshots=snapshots,
        entries=entries,
        members=members,
        tables=tables,
        places=places,
    )


def what_it_says(record: Record) -> object:
    """All that a record says of everybody and of changes, without recording times."""
    listed = [
        (
            reference,
            [item.entry for item in listed.versions],
            [
                (item.standing, item.listed, item.from_, item.until, item.words)
                for item in record.designations(reference, 10)
            ],
        )
        for reference, listed in record.listed.items()
    ]
    changes = [replace(item, citations=()) for item in record.changes]
    assert changes
    return listed, changes


@pytest.fixture
def imported(
    sqlite_template: Path, tmp_path: Path, tables: Tables, policy: Policy
) -> Callable[[list[int]], Record]:
    """The record of a new store into which the lists came in some order."""
    names = (tmp_path / f"{number}.sqlite3" for number in count())

    def record(order: list[int]) -> Record:
        path = next(names)
        path.write_bytes(sqlite_template.read_bytes())
        with facts.open_store(f"sqlite:///{path}") as store:
            desk = make_desk(store, tables, policy, Clock())
            for number in order:
                result = desk.import_list("", *LISTS[number])
                assert result.outcome == ImportOutcome.promoted
            return desk.record()

    return record


@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(order=st.permutations(range(len(LISTS))))
def test_the_order_of_import_is_irrelevant(
    imported: Callable[[list[int]], Record], in_order: Record, order: list[int]
) -> None:
    record = imported(order)
    assert record.digest == in_order.digest
    assert what_it_says(record) == what_it_says(in_order)


# ---------------------------------------------------------------- while somebody writes


def test_what_is_known_just_now_waits_for_what_is_being_written(
    database_url: str, tables: Tables, policy: Policy
) -> None:
    with facts.open_store(database_url) as store:
        desk = make_desk(store, tables, policy, lambda: datetime.now(UTC))
        desk.import_list("march", MARCH, False)
        writing, answered = threading.Event(), []

        def write() -> None:
            with store.writing() as connection:
                desk.take_in(connection, MAY, un_xml.read(MAY), ListKind.full, "may", "a test")
                writing.set()
                time.sleep(0.3)

        writer = threading.Thread(target=write)
        writer.start()
        writing.wait()
        moment = instant_text(datetime.now(UTC))
        answered.append(desk.record(moment).digest)
        writer.join()
        answered.append(desk.record(moment).digest)
        assert answered[0] == answered[1]
        assert len(desk.record(moment).full_lists) == 2


# ---------------------------------------------------------------- real lists


@pytest.fixture
def read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Reading is tried elsewhere: here each real list is read once, for both databases."""
    monkeypatch.setattr(app.desk, "read", _read)


_read = cache(un_xml.read)


@pytest.mark.usefixtures("read_once")
@pytest.mark.parametrize("database_url", ONE_NOW, indirect=True)
def test_the_real_lists(desk: Desk, shared: Path) -> None:
    with desk.store.writing() as connection:
        # Regimes that came and went are accounted for by designation facts.
        facts.add_law(
            connection, shipped.legal_files(), facts.next_moment(connection, desk.clock())
        )
    paths = sorted((shared / "un_lists").glob("*.xml.xz"))
    outcomes = {}
    for path in paths:
        result = desk.import_list(path.name, path.read_bytes(), False)
        outcomes[path.name] = result.outcome
        if result.outcome == ImportOutcome.quarantined:
            assert "Spanish" in result.words
    assert len(paths) == 25
    aside = [name for name, outcome in outcomes.items() if outcome != ImportOutcome.promoted]
    assert aside == ["2023-02-22T114657.xml.xz"]
    assert outcomes[aside[0]] == ImportOutcome.quarantined

    record = desk.record()
    held = set()
    for path in paths:
        if path.name not in aside:
            text = lzma.decompress(path.read_bytes()).decode()
            held |= {
                number.strip(" .")
                for number in re.findall(r"<REFERENCE_NUMBER>([^<]+)</REFERENCE_NUMBER>", text)
            }
    # TAI.171 of 2015 has been written TAi.171 since.
    on_lists = {name for name, listed in record.listed.items() if listed.versions}
    assert on_lists == {number.replace("TAI.", "TAi.") for number in held}

    damaged = shared / "un_lists" / "damaged"
    truncated = desk.import_list("", (damaged / "truncated.xml.xz").read_bytes(), False)
    assert truncated.outcome == ImportOutcome.refused
    partial = (damaged / "partial-2016-02-11T145041.xml.xz").read_bytes()
    assert desk.import_list("", partial, False).outcome == ImportOutcome.quarantined
    assert desk.record() is record
