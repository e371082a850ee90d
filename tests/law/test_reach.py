"""Listing over a piece of time: days begin at the place, lists are of an instant."""

from dataclasses import replace

import pytest

from app.law.reach import listing
from app.lists.history import designations
from app.terms import DesignationEvent, DesignationFact, Holds
from app.when import arrival, cells
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
