"""Every boundary of every regime, in zones far apart: against a program that shares no rule."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any

import pytest

from app.jobs import shipped
from app.law.measure import MeasureFound, MeasureStanding, measure
from app.law.reach import Course
from app.record import legal_record
from app.terms import (
    Certainty,
    Designated,
    DesignationInterval,
    Holds,
    ListingStanding,
    PartyKind,
    Regime,
)
from app.when import arrival
from tests.law import plain

LAW = legal_record(shipped.legal_files(), "2026-11-24T00:00:00.000000Z")
PLAIN = plain.read(shipped.DATA / "law")
ZONES = ("UTC", "Europe/Moscow", "America/New_York", "Asia/Tehran", "Pacific/Kiritimati")


def for_ever(reference: str, regime: Regime) -> Designated:
    """A reference that was always listed, so that the law alone decides."""
    listed = DesignationInterval(
        reference=reference,
        standing=ListingStanding.listed,
        listed=Holds.yes,
        from_=None,
        until=None,
        snapshots=(),
        facts=(),
        listed_on=None,
        words="taken to be listed",
    )
    return Designated(
        reference=reference,
        kind=PartyKind.individual,
        regime_word=regime.list_words[0],
        intervals=(listed,),
    )


def profiles() -> Iterator[tuple[Regime, str]]:
    """One reference for each different reading of the law, in every regime with a list."""
    for regime in LAW.regimes:
        if not regime.list_words:
            continue
        named = {
            reference
            for item in regime.measures
            for reference in (
                *item.reach.references,
                *(person.reference for person in item.reach.persons),
            )
        }
        seen = set()
        for reference in sorted(named) or [f"{regime.prefix}.001"]:
            found = tuple(plain.times(PLAIN, regime.id, reference))
            if repr(found) not in seen:
                seen.add(repr(found))
                yield regime, reference


PROFILES = list(profiles())


def asked(course: Course, day: date, zones: Sequence[str]) -> MeasureFound:
    return measure(course, arrival(day.isoformat(), tuple(zones)), LAW.digest)


def days_of(boundary: Any) -> list[date]:
    """The day of a boundary and those beside it; for an instant, on either side of the world."""
    if isinstance(boundary, str):
        boundary = datetime.fromisoformat(boundary).date()
    return [boundary + plain.DAY * step for step in (-2, -1, 0, 1, 2)]


@pytest.mark.parametrize(("regime", "reference"), PROFILES, ids=[item[1] for item in PROFILES])
def test_every_boundary_agrees_with_a_plain_reading(regime: Regime, reference: str) -> None:
    found = plain.times(PLAIN, regime.id, reference)
    course = Course([for_ever(reference, regime)], LAW.regimes)
    days = sorted({day for edge in plain.boundaries(found) for day in days_of(edge)})
    for day in days or [date(2020, 1, 1)]:
        for zone in ZONES:
            answer = asked(course, day, [zone])
            said = (str(answer.standing), answer.certainty is Certainty.definite)
            assert said == plain.standing(found, day, zone), (reference, day, zone)


RENEWED = [
    (regime, reference)
    for regime, reference in PROFILES
    if any(item.verified_to for item in plain.times(PLAIN, regime.id, reference))
]


@pytest.mark.parametrize(("regime", "reference"), RENEWED, ids=[item[1] for item in RENEWED])
def test_beyond_what_is_verified_nothing_but_unknown(regime: Regime, reference: str) -> None:
    found = plain.times(PLAIN, regime.id, reference)
    course = Course([for_ever(reference, regime)], LAW.regimes)
    last = max(item.verified_to for item in found if item.verified_to)
    for zone in ZONES:
        assert asked(course, last, [zone]).standing is MeasureStanding.binding_ban
        for after in (1, 2, 30, 365, 36_500):
            answer = asked(course, last + plain.DAY * after, [zone])
            assert (answer.standing, answer.certainty) == (
                MeasureStanding.unknown,
                Certainty.definite,
            )
            assert answer.bans == ()


@pytest.mark.parametrize(("regime", "reference"), PROFILES, ids=[item[1] for item in PROFILES])
def test_over_several_zones_it_is_definite_only_where_it_is_in_each(
    regime: Regime, reference: str
) -> None:
    found = plain.times(PLAIN, regime.id, reference)
    course = Course([for_ever(reference, regime)], LAW.regimes)
    for edge in plain.boundaries(found):
        for day in days_of(edge):
            alone = {plain.standing(found, day, zone) for zone in ZONES}
            answer = asked(course, day, ZONES)
            sure = len(alone) == 1 and all(sure for _, sure in alone)
            assert (answer.certainty is Certainty.definite) == sure, (reference, day)


def test_every_regime_with_a_list_was_looked_at() -> None:
    assert {regime.id for regime, _ in PROFILES} == {
        item.id for item in LAW.regimes if item.list_words
    }
    assert len(PROFILES) > len(LAW.regimes)
    assert {regime.id for regime, _ in RENEWED} == {"1533", "1591", "2127", "2140", "2206", "2653"}
