"""Listing over a piece of time: days begin at the place, lists are of an instant."""

from dataclasses import replace

import pytest

from app.jobs import shipped
from app.law.measure import MeasureFound, MeasureStanding, measure
from app.law.reach import Course, listing
from app.lists.history import designations
from app.record import legal_record
from app.terms import DesignationEvent, DesignationFact, Ending, Holds, PartyKind
from app.when import arrival, cells
from tests.law.test_boundaries import for_ever
from tests.lists.test_history import fact, full


def on(
    lists: list[tuple[str, bool]],
    facts: list[DesignationFact],
    listed_on: str,
    day: str,
    zone: str,
) -> set[Holds]:
    """What every piece of an arrival says of the listing."""
    chain = [(replace(full(text[:10]), generated=text), holds) for text, holds in lists]
    found = designations("XXi.001", chain, None, facts, listed_on, 10)
    boundaries = {edge for item in found for edge in (item.from_, item.until) if edge}
    return {listing(found, piece).listed for piece in cells(arrival(day, (zone,)), boundaries)}


EVES = [  # of 8, 9 and 10 March
    "2026-03-08T23:00:00.000000Z",
    "2026-03-09T23:00:00.000000Z",
    "2026-03-10T23:00:00.000000Z",
]
ZONES = ["UTC", "Europe/Moscow", "Asia/Tehran", "Pacific/Kiritimati", "Pacific/Honolulu"]


@pytest.mark.parametrize("zone", ZONES)
def test_a_list_of_the_eve_does_not_overrule_the_day_of_a_delisting(zone: str) -> None:
    lists = list(zip(EVES, (True, True, False), strict=True))
    facts = [fact(DesignationEvent.delisted, "2026-03-10")]
    for day, listed in (
        ("2026-03-09", Holds.yes),
        ("2026-03-10", Holds.no),
        ("2026-03-10T01:30", Holds.no),
        ("2026-03-10T23:30", Holds.no),
    ):
        assert on(lists, facts, "2020-01-01", day, zone) == {listed}, day


@pytest.mark.parametrize("zone", ZONES)
def test_nor_the_day_of_a_listing(zone: str) -> None:
    lists = list(zip(EVES, (False, False, True), strict=True))
    for day, listed in (
        ("2026-03-09", Holds.no),
        ("2026-03-10", Holds.yes),
        ("2026-03-10T01:30", Holds.yes),
    ):
        assert on(lists, [], "2026-03-10", day, zone) == {listed}, day


@pytest.mark.parametrize("zone", ZONES)
def test_nor_does_a_list_of_that_morning_anticipate_it(zone: str) -> None:
    lists = [(EVES[0], True), ("2026-03-10T05:00:00.000000Z", False)]
    facts = [fact(DesignationEvent.delisted, "2026-03-10")]
    assert on(lists, facts, "2020-01-01", "2026-03-09", zone) == {Holds.yes}
    assert on(lists, facts, "2020-01-01", "2026-03-10", zone) == {Holds.no}


LAW = legal_record(shipped.legal_files(), "2026-11-24T00:00:00.000000Z")
REGIMES = {regime.id: regime for regime in LAW.regimes}


def asked(
    reference: str, regime: str, day: str, kind: PartyKind = PartyKind.individual
) -> MeasureFound:
    """What bound a State on a day, for somebody always listed under a regime."""
    party = replace(for_ever(reference, REGIMES[regime]), kind=kind)
    return measure(Course([party], LAW.regimes), arrival(day, ("UTC",)), LAW.digest)


@pytest.mark.parametrize("regime", ["1737", "1970"])
def test_of_somebody_listed_whom_no_entry_names_nothing_is_known(regime: str) -> None:
    found = asked(f"{REGIMES[regime].prefix}.999", regime, "2015-07-24")
    assert found.standing is MeasureStanding.unknown
    assert "does not say which of them reach" in found.reasons[0].words


def test_an_entity_is_no_traveller() -> None:
    for reference, regime in (("QDe.004", "1267"), ("IRe.001", "1737"), ("LYe.001", "1970")):
        found = asked(reference, regime, "2015-07-24", PartyKind.entity)
        assert found.standing is MeasureStanding.other_measures_only, reference
    assert any("individuals alone" in item.words for item in found.reasons)


def test_who_moved_to_another_list_was_reached_by_the_measures_of_the_first() -> None:
    before, after = (asked("TAi.024", "1988", day) for day in ("2011-06-16", "2011-06-17"))
    assert (before.lead, after.lead) == ("1390-2b", "1988-1b")
    (moved,) = [item for item in after.measures if item.id == "1390-2b"]
    assert (moved.how_ended, moved.until) == (Ending.moved, "2011-06-17")
    # Whoever was never on the second list is not touched by its move.
    assert asked("QDi.001", "1267", "2020-01-01").lead == "1390-2b"


@pytest.mark.parametrize(
    ("day", "renewal"),
    [
        ("2014-02-01", "S/RES/2136 (2014)"),
        ("2014-01-29", "S/RES/2078 (2012) paragraph 3"),
        ("2005-04-19", None),
    ],
)
def test_the_text_that_last_renewed_it_is_told(day: str, renewal: str | None) -> None:
    words = asked("CDi.030", "1533", day).reasons[0].words
    assert ("renewed or stated again" in words) == (renewal is not None)
    assert (renewal or "") in words


def test_a_minority_claim_is_shown_and_decides_nothing() -> None:
    during, before = (asked("IRi.039", "1737", day) for day in ("2020-11-01", "2020-09-01"))
    assert during.standing is MeasureStanding.ended
    assert any("decides nothing here" in item.words for item in during.reasons)
    assert not any("decides nothing here" in item.words for item in before.reasons)
