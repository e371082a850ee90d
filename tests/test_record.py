"""One reference of a record: its changes alone, and its record as lists hold it."""

from datetime import datetime

import pytest

from app.desk import Desk, ImportOutcome
from app.record import Record
from tests.invented import PEOPLE, only, xml

LISTS = (
    xml("2026-01-10T12:00:00Z"),
    xml("2026-02-05T12:00:00Z", only("ZZi.001", "ZZi.003", "ZZi.004")),
    xml("2026-03-10T12:00:00Z", {**PEOPLE, "ZZi.009": ("ELUND", "SARKO")}),
    xml("2026-04-10T12:00:00Z", {**PEOPLE, "ZZi.009": ("ELUND", "SARCO")}),
    xml("2026-05-10T12:00:00Z"),
)


@pytest.fixture
def record(desk: Desk) -> Record:
    """Five lists and a supplement, on each kind of database."""
    for body in LISTS:
        assert desk.import_list("", body, False).outcome == ImportOutcome.promoted
    own = {"ZZi.001": ("OTHER", "NAME"), "ZZi.011": ("ONLY", "HERE")}
    assert desk.import_list("", xml("2026-06-01T00:00:00Z", own), True).sha256
    return desk.record()


def test_the_changes_of_one_are_those_among_all(record: Record) -> None:
    alone = {reference: record.changes_of(reference) for reference in record.listed}
    every = record.changes
    assert len(every) == sum(map(len, alone.values())) > 4
    for reference, found in alone.items():
        assert found == tuple(item for item in every if item.reference == reference)
        assert found == record.changes_of(reference)  # now that all are made
    assert record.changes_of("ZZi.404") == ()


@pytest.mark.parametrize(
    ("reference", "before", "expected"),
    [
        ("ZZi.009", None, ("ELUND SARCO", "2026-04-10", "2026-05-10")),
        ("ZZi.009", "2026-05-01", ("ELUND SARCO", "2026-04-10", None)),
        ("ZZi.009", "2026-03-11", ("ELUND SARKO", "2026-03-10", None)),
        ("ZZi.009", "2026-03-10", None),
        ("ZZi.002", "2026-02-28", ("BESNA TOMIK", "2026-01-10", "2026-02-05")),
        ("ZZi.002", None, ("BESNA TOMIK", "2026-05-10", None)),
        ("ZZi.001", None, ("ARDAN VELUR", "2026-05-10", None)),
        ("ZZi.011", None, ("ONLY HERE", "2026-06-01", None)),
        ("ZZi.404", None, None),
    ],
)
def test_a_record_by_the_newest_list_that_holds_it(
    record: Record, reference: str, before: str | None, expected: tuple[str, ...] | None
) -> None:
    moment = datetime.fromisoformat(f"{before}T00:00:00Z") if before else None
    found = record.held(reference, moment)
    told = found and (
        found.entry.name,
        found.snapshot.generated[:10],
        found.gone_from and found.gone_from.generated[:10],
    )
    assert told == expected


def test_a_day_is_that_whole_day(desk: Desk, record: Record) -> None:
    on_the_day = desk.held("ZZi.009", "2026-03-10", None)
    assert on_the_day is not None
    assert on_the_day.entry.name == "ELUND SARKO"
    assert desk.held("ZZi.009", "2026-03-10T11:59:59Z", None) is None
    newest = desk.held("ZZi.009", None, None)
    assert newest is not None
    assert newest.entry.name == "ELUND SARCO"
