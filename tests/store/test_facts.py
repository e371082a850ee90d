"""Facts: appended with their moment, read as they were known at one."""

import hashlib
import threading
import zlib
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Connection, event, inspect, select, text, update

from app.lists.un_xml import read
from app.record import Record
from app.store import facts
from app.store.facts import Outcome, Store, upgrade
from app.store.tables import list_files, metadata
from app.terms import ListKind, Tables
from app.when import instant_text
from app.where import Places
from tests.invented import only, xml

Clock = Callable[[], datetime]
LAW = {"law/1.yaml": "", "exemptions/1.yaml": ""}


def add(
    store: Store,
    clock: Clock,
    body: bytes,
    outcome: Outcome = Outcome.promoted,
    kind: ListKind = ListKind.full,
) -> str:
    """Store one list; answers the moment."""
    with store.writing() as connection:
        moment = facts.next_moment(connection, clock())
        facts.add_list(
            connection,
            xml=body,
            parsed=read(body),
            list_kind=kind,
            source="made up",
            outcome=outcome,
            because="a test says so",
            decided_by="a test",
            recorded_at=moment,
        )
    return moment


def decide(store: Store, clock: Clock, body: bytes, outcome: Outcome) -> str:
    with store.writing() as connection:
        moment = facts.next_moment(connection, clock())
        facts.add_decision(
            connection,
            sha256=hashlib.sha256(body).hexdigest(),
            outcome=outcome,
            because="a person looked",
            decided_by="a test",
            recorded_at=moment,
        )
    return moment


@pytest.fixture
def known(store: Store, tables: Tables, places: Places) -> Callable[[str], Record]:
    """The record as known at a moment, read afresh."""

    def at(known_at: str) -> Record:
        with store.reading() as connection:
            return facts.record(connection, known_at, tables, places)

    return at


MARCH, MAY = xml("2026-03-01T00:00:00Z"), xml("2026-05-01T00:00:00Z", only("ZZi.001", "ZZi.002"))


def test_a_list_comes_back_byte_for_byte_and_whole(
    store: Store, clock: Clock, known: Callable[[str], Record]
) -> None:
    moment = add(store, clock, MARCH)
    name = hashlib.sha256(MARCH).hexdigest()
    with store.reading() as connection:
        assert facts.evidence(connection, name) == MARCH
        assert facts.evidence(connection, "0" * 64) is None
        assert facts.has_list(connection, name)
        assert not facts.has_list(connection, "0" * 64)
        (status,) = facts.snapshots(connection)
    assert (status.sha256, status.outcome, status.because) == (name, "promoted", "a test says so")
    assert (status.individuals, status.entities, status.language) == (4, 0, "en")
    record = known(moment)
    held = [listed.versions[0].entry for listed in record.listed.values() if listed.versions]
    entries = {entry.reference: entry for entry in held}
    assert entries == {entry.reference: entry for entry in read(MARCH).entries}
    assert record.full_lists[0].recorded_at == moment


def test_known_before_an_import_does_not_see_it(
    store: Store, clock: Clock, known: Callable[[str], Record]
) -> None:
    before = instant_text(clock())
    first = add(store, clock, MAY)
    second = add(store, clock, MARCH)
    assert known(before).listed == {}
    assert sorted(known(first).listed) == ["ZZi.001", "ZZi.002"]
    assert len(known(second).listed) == 4
    with store.reading() as connection:
        assert facts.newest_fact(connection) == second
        assert facts.newest_fact(connection, first) == first
        assert facts.newest_fact(connection, before) is None
        assert len(facts.snapshots(connection, first)) == 1


def test_the_newest_decision_decides_from_its_moment_on(
    store: Store, clock: Clock, known: Callable[[str], Record]
) -> None:
    aside = add(store, clock, MARCH, Outcome.quarantined)
    accepted = decide(store, clock, MARCH, Outcome.accepted)
    rejected = decide(store, clock, MARCH, Outcome.rejected)
    assert [len(known(at).listed) for at in (aside, accepted, rejected)] == [0, 4, 0]


def test_a_list_set_aside_is_no_fact(store: Store, clock: Clock) -> None:
    moment = add(store, clock, MAY)
    add(store, clock, MARCH, Outcome.quarantined)
    with store.reading() as connection:
        assert facts.newest_fact(connection) == moment


def test_equal_records_are_stored_once(store: Store, clock: Clock) -> None:
    for day in range(1, 6):
        add(store, clock, xml(f"2026-03-0{day}T00:00:00Z"))
    with store.reading() as connection:
        assert connection.scalar(text("SELECT count(*) FROM entries")) == 4
        assert connection.scalar(text("SELECT count(*) FROM snapshots")) == 5


def test_many_records_in_one_list(
    store: Store, clock: Clock, known: Callable[[str], Record], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(facts, "_AT_ONCE", 3)
    assert len(known(add(store, clock, MARCH)).listed) == 4


def test_what_was_decoded_serves_a_later_look(
    store: Store, clock: Clock, tables: Tables, places: Places
) -> None:
    decoded = facts.Decoded()
    digests = []
    for body in (MAY, MARCH, xml("2026-04-01T00:00:00Z", comments="Another sentence of the list")):
        moment = add(store, clock, body)
        with store.reading() as connection:
            record = facts.record(connection, moment, tables, places, decoded)
            afresh = facts.record(connection, moment, tables, places)
        assert record.listed == afresh.listed
        digests.append((moment, record.digest))
    for moment, digest in digests:
        with store.reading() as connection:
            assert facts.record(connection, moment, tables, places, decoded).digest == digest


def test_a_record_takes_five_queries_and_one_more_look_takes_four(
    store: Store, clock: Clock, tables: Tables, places: Places
) -> None:
    for day in range(1, 6):
        moment = add(store, clock, xml(f"2026-03-0{day}T00:00:00Z"))
    said: list[str] = []
    decoded = facts.Decoded()

    def note(connection: object, cursor: object, statement: str, *more: object) -> None:
        said.append(statement)

    event.listen(store.engine, "before_cursor_execute", note)
    for expected in (5, 4):
        said.clear()
        with store.reading() as connection:
            facts.record(connection, moment, tables, places, decoded)
        assert len([line for line in said if line != "BEGIN"]) == expected


def test_nothing_is_ever_changed_or_deleted(store: Store, clock: Clock) -> None:
    said: list[str] = []

    def note(connection: object, cursor: object, statement: str, *more: object) -> None:
        said.append(statement)

    event.listen(store.engine, "before_cursor_execute", note)
    add(store, clock, MARCH)
    add(store, clock, MAY, Outcome.quarantined)
    decide(store, clock, MAY, Outcome.accepted)
    assert any(line.startswith("INSERT") for line in said)
    assert not [line for line in said if line.upper().lstrip().startswith(("UPDATE", "DELETE"))]


def test_every_table_says_when_each_row_came() -> None:
    moments = {"recorded_at", "at", "began_at", "created_at", "revoked_at", "used_at"}
    without = {name for name, table in metadata.tables.items() if not moments & set(table.c.keys())}
    # Their rows come with the answers or the lines that they belong to.
    assert without == {"assessment_references", "audit_links", "audit_questions"}


def test_moments_grow_though_the_clock_is_set_back(store: Store) -> None:
    now = datetime(2026, 6, 1, 12, tzinfo=UTC)
    first = add(store, lambda: now, MARCH)
    second = add(store, lambda: datetime(2020, 1, 1, tzinfo=UTC), MAY)
    assert (first, second) == ("2026-06-01T12:00:00.000000Z", "2026-06-01T12:00:00.000001Z")


def test_writers_at_once_have_moments_of_their_own(store: Store) -> None:
    now = datetime(2026, 6, 1, 12, tzinfo=UTC)
    moments = []

    def write(day: int) -> None:
        moments.append(add(store, lambda: now, xml(f"2026-03-0{day}T00:00:00Z")))

    threads = [threading.Thread(target=write, args=(day,)) for day in range(1, 9)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(moments)) == 8


def test_law_is_stored_when_it_differs_from_the_newest(store: Store, clock: Clock) -> None:
    other = LAW | {"law/2.yaml": "x: ¶10"}
    stored = []
    for files in (LAW, LAW, other, LAW):
        with store.writing() as connection:
            moment = facts.next_moment(connection, clock())
            if facts.add_law(connection, files, moment):
                stored.append((moment, files))
    assert [files for _, files in stored] == [LAW, other, LAW]
    with store.reading() as connection:
        for moment, files in stored:
            version = facts.law_files(connection, moment)
            assert version is not None
            assert (version.recorded_at, version.files) == (moment, files)
        assert facts.law_files(connection, "2020-01-01T00:00:00.000000Z") is None
        assert facts.newest_fact(connection) == stored[-1][0]


def test_the_neighbour_is_the_nearest_full_list_on_record(store: Store, clock: Clock) -> None:
    def near(day: str) -> tuple[str, tuple[str, ...], str] | None:
        with store.reading() as connection:
            found = facts.neighbour(connection, f"{day}T00:00:00.000000Z")
        if found is None:
            return None
        return found.generated[:10], found.references, found.newest[:10]

    assert near("2026-04-01") is None
    add(store, clock, MARCH)
    add(store, clock, MAY)
    add(store, clock, xml("2026-04-02T00:00:00Z", only("ZZi.001")), Outcome.quarantined)
    add(store, clock, xml("2026-04-03T00:00:00Z", only("ZZi.001")), kind=ListKind.supplement)
    everybody = ("ZZi.001", "ZZi.002", "ZZi.003", "ZZi.004")
    assert near("2026-03-20") == ("2026-03-01", everybody, "2026-05-01")
    assert near("2026-04-20") == ("2026-05-01", ("ZZi.001", "ZZi.002"), "2026-05-01")


def test_the_records_of_some_references(store: Store, clock: Clock) -> None:
    add(store, clock, MARCH)
    with store.reading() as connection:
        name = hashlib.sha256(MARCH).hexdigest()
        found = facts.held(connection, name, ["ZZi.003", "ZZi.009"])
        assert facts.held(connection, "0" * 64, ["ZZi.003"]) == []
    assert [entry.name for entry in found] == ["CORVAN ILMARA"]


# ---------------------------------------------------------------- evidence


def _file(day: str, people: int = 400) -> bytes:
    everybody = {f"ZZi.{number:03}": (f"A{number}", "VELUR") for number in range(people)}
    return xml(f"{day}T00:00:00Z", everybody)


def _kept(store: Store) -> dict[str, tuple[int, str | None]]:
    with store.reading() as connection:
        rows = connection.execute(select(list_files)).all()
    return {row.sha256: (len(row.body), row.base) for row in rows}


def test_of_a_file_like_another_only_the_difference_is_kept(store: Store, clock: Clock) -> None:
    files = [_file(f"2026-01-{day:02}") for day in range(1, 29)]
    add(store, clock, files[0])
    for body in files:
        with store.writing() as connection:
            name = facts.add_evidence(connection, body, facts.next_moment(connection, clock()))
            assert name == hashlib.sha256(body).hexdigest()
            assert facts.add_evidence(connection, body, "2026-01-01") == name
    kept = _kept(store)
    assert len(kept) == len(files)
    first = hashlib.sha256(files[0]).hexdigest()
    assert kept.pop(first)[1] is None
    assert {base for _, base in kept.values()} == {first}
    assert max(size for size, _ in kept.values()) < 200
    with store.reading() as connection:
        for body in files:
            assert facts.evidence(connection, hashlib.sha256(body).hexdigest()) == body


@pytest.mark.parametrize("other", [b"", b"x", b"<html>no list</html>", _file("2026-01-02", 30)])
def test_a_file_unlike_any_other_is_kept_whole(store: Store, clock: Clock, other: bytes) -> None:
    add(store, clock, _file("2026-01-01"))
    with store.writing() as connection:
        facts.add_evidence(connection, other, facts.next_moment(connection, clock()))
    name = hashlib.sha256(other).hexdigest()
    assert _kept(store)[name][1] is None
    with store.reading() as connection:
        assert facts.evidence(connection, name) == other


@given(
    st.binary(max_size=40),
    st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40), st.binary(max_size=3)), max_size=2),
)
def test_the_ends_that_two_files_share(one: bytes, cuts: list[tuple[int, int, bytes]]) -> None:
    other = one
    for first, last, put in cuts:
        other = other[:first] + put + other[max(first, last) :]
    before, after = facts._same_ends(one, other)
    assert before + after <= min(len(one), len(other))
    assert one[:before] == other[:before]
    assert one[len(one) - after :] == other[len(other) - after :]
    middle = one[before : len(one) - after]
    assert other[:before] + middle + other[len(other) - after :] == one
    if before < min(len(one), len(other)):
        assert one[before] != other[before]


def test_what_is_no_list_is_nothing_to_be_alike(store: Store, clock: Clock) -> None:
    page = b"<html>" + 5000 * b"sorry " + b"%d</html>"
    for number in range(2):
        with store.writing() as connection:
            moment = facts.next_moment(connection, clock())
            facts.add_evidence(connection, page % number, moment)
    assert {base for _, base in _kept(store).values()} == {None}
    with store.reading() as connection:
        names = sorted(hashlib.sha256(page % number).hexdigest() for number in range(2))
        assert facts.evidence_named(connection, "") == names
        assert facts.evidence_named(connection, names[0][:7]) == names[:1]


def test_damaged_evidence_is_said_so(store: Store, clock: Clock) -> None:
    with store.writing() as connection:
        name = facts.add_evidence(connection, b"a list", facts.next_moment(connection, clock()))
        connection.execute(update(list_files).values(body=zlib.compress(b"a lost")))
    with store.reading() as connection, pytest.raises(facts.EvidenceDamaged, match=name):
        facts.evidence(connection, name)


def test_a_store_of_the_first_form_is_brought_to_the_newest(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'old.sqlite3'}"
    with facts.open_store(url) as store:
        with store.writing() as connection:
            upgrade(connection, "0001")
        name = hashlib.sha256(MARCH).hexdigest()
        row = {"sha256": name, "recorded_at": "2026-01-01T00:00:00.000000Z"}
        body: dict[str, object] = row | {"body": zlib.compress(MARCH), "size": len(MARCH)}
        said: dict[str, object] = {}
        said |= row | dict.fromkeys(("list_kind", "generated_as_written", "language"), "full")
        said |= {"generated": "2026-03-01T00:00:00.000000Z", "source": "", "regimes": "{}"}
        said |= {"individuals": 0, "entities": 0, "records": "[]", "unknown_elements": "[]"}
        with store.writing() as connection:
            for table, values in (("list_files", body), ("snapshots", said)):
                names = ", ".join(values)
                marks = ", ".join(f":{name}" for name in values)
                statement = f"INSERT INTO {table} ({names}) VALUES ({marks})"
                connection.execute(text(statement), values)
        facts.migrate(url)
        facts.migrate(url)
        with store.reading() as connection:
            assert facts.evidence(connection, name) == MARCH
            assert facts.has_list(connection, name)


def test_an_exception_leaves_nothing_behind(store: Store) -> None:
    def fail() -> None:
        with store.reading() as connection:
            assert facts.snapshots(connection) == []
        raise KeyError

    with pytest.raises(KeyError), store.writing() as connection:
        _add_and_fail(connection, fail)
    with store.reading() as connection:
        assert facts.snapshots(connection) == []
        assert connection.scalar(text("SELECT count(*) FROM list_files")) == 0


def _add_and_fail(connection: Connection, fail: Callable[[], object]) -> None:
    facts.add_list(
        connection,
        xml=MARCH,
        parsed=read(MARCH),
        list_kind=ListKind.full,
        source="made up",
        outcome=Outcome.promoted,
        because="a test says so",
        decided_by="a test",
        recorded_at="2026-06-01T00:00:00.000000Z",
    )
    fail()


def test_migrating_again_and_at_once(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/new/travelban.sqlite3"
    failed = []

    def run() -> None:
        try:
            facts.migrate(url)
        except Exception as error:  # noqa: BLE001 - whatever it is, the test fails
            failed.append(error)

    threads = [threading.Thread(target=run) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failed
    with facts.open_store(url) as store, store.reading() as connection:
        assert set(inspect(connection).get_table_names()) == {*metadata.tables, "alembic_version"}
        assert connection.scalar(text("PRAGMA journal_mode")) == "wal"
