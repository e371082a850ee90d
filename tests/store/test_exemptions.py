"""Exemptions of an office's own: rows that are only ever added, read as known at a moment."""

from sqlalchemy import event, select

from app.assessment.exemptions import ExemptionGiven, ExemptionWithdrawn
from app.record import Record
from app.store import exemptions, facts
from app.store.facts import Store
from app.store.tables import exemptions as table
from app.terms import ExemptionOutcome, Tables
from app.where import Places
from tests.conftest import Clock
from tests.invented import only, xml
from tests.store.test_facts import add as add_list

NAME, OTHER = "b" * 64, "a" * 64
GIVEN = ExemptionGiven(
    regime="1737",
    references=("IRi.001",),
    outcome=ExemptionOutcome.granted,
    purpose="an invented conference, ¶10",
    source="invented",
    recorded_by="A. Officer",
)


def add(store: Store, clock: Clock, name: str = NAME) -> str:
    with store.writing() as connection:
        moment = facts.next_moment(connection, clock())
        found = exemptions.add(connection, id=name, given=GIVEN, recorded_at=moment)
    assert (found.id, found.recorded_at, found.recorded_by) == (name, moment, "A. Officer")
    return moment


def withdraw(store: Store, clock: Clock, name: str = NAME) -> str:
    with store.writing() as connection:
        moment = facts.next_moment(connection, clock())
        here = exemptions.newest(connection, name)
        assert here is not None
        assert not isinstance(here, ExemptionWithdrawn)
        withdrawn = ExemptionWithdrawn(
            exemption=here, because="misread", recorded_by="B. Lawyer", recorded_at=moment
        )
        exemptions.withdraw(connection, withdrawn)
        assert exemptions.newest(connection, name) == withdrawn
    return moment


def test_the_newest_row_up_to_a_moment_decides(store: Store, clock: Clock) -> None:
    moments = [
        add(store, clock),
        add(store, clock, OTHER),
        withdraw(store, clock),
        add(store, clock),
        withdraw(store, clock, OTHER),
    ]
    with store.reading() as connection:
        found = [
            [(item.id, item.recorded_at) for item in exemptions.known(connection, moment)]
            for moment in moments
        ]
        assert exemptions.known(connection, "2020-01-01T00:00:00.000000Z") == ()
        assert exemptions.newest(connection, "c" * 64) is None
    assert found == [
        [(NAME, moments[0])],
        [(OTHER, moments[1]), (NAME, moments[0])],
        [(OTHER, moments[1])],
        [(OTHER, moments[1]), (NAME, moments[3])],
        [(NAME, moments[3])],
    ]


def test_each_row_is_a_newest_fact(store: Store, clock: Clock) -> None:
    first = add(store, clock)
    second = withdraw(store, clock)
    with store.reading() as connection:
        assert facts.newest_fact(connection) == second
        assert facts.newest_fact(connection, first) == first
        # No clock that was set back puts a fact before it.
        assert facts.next_moment(connection, Clock().now) > second


def test_rows_are_added_and_nothing_else(store: Store, clock: Clock) -> None:
    said: list[str] = []

    def note(connection: object, cursor: object, statement: str, *more: object) -> None:
        said.append(statement.upper().lstrip())

    event.listen(store.engine, "before_cursor_execute", note)
    add(store, clock)
    withdraw(store, clock)
    assert sum(line.startswith("INSERT") for line in said) == 2
    assert not [line for line in said if line.startswith(("UPDATE", "DELETE"))]
    with store.reading() as connection:
        rows = connection.execute(select(table).order_by(table.c.number)).all()
    assert [(row.id, row.because, row.recorded_by) for row in rows] == [
        (NAME, None, "A. Officer"),
        (NAME, "misread", "B. Lawyer"),
    ]


def test_only_an_exemption_is_read_anew_where_nothing_else_came(
    store: Store, clock: Clock, tables: Tables, places: Places
) -> None:
    decoded = facts.Decoded()

    def look(moment: str) -> Record:
        with store.reading() as connection:
            found = facts.record(connection, moment, tables, places, decoded)
            afresh = facts.record(connection, moment, tables, places)
        assert (found.known_at, found.digest, found.shown) == (
            (afresh.known_at, afresh.digest, afresh.shown)
        )
        assert (found.listed, found.exemptions) == (afresh.listed, afresh.exemptions)
        return found

    first = look(add_list(store, clock, xml("2026-03-01T00:00:00Z")))
    moments = [add(store, clock), add(store, clock, OTHER), withdraw(store, clock)]
    found = [look(moment) for moment in moments]
    assert [len(item.exemptions) for item in found] == [1, 2, 1]
    assert all(item.index is first.index for item in found)
    assert len({item.digest for item in (first, *found)}) == 4
    assert first.exemptions == ()
    second = look(add_list(store, clock, xml("2026-04-01T00:00:00Z", only("ZZi.001"))))
    assert second.index is not first.index
    assert len(second.exemptions) == 1
    assert look(first.known_at).digest == first.digest
