"""Partial days, boundaries and arrivals at a place."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from app.terms import Holds
from app.when import (
    arrival,
    at,
    cells,
    day_after,
    days,
    in_words,
    instant_text,
    order,
    overlaps,
    parse_instant,
    partial_in_words,
    zone,
)

ZONES = [
    "UTC",
    "Europe/Moscow",
    "America/New_York",
    "Pacific/Kiritimati",
    "Pacific/Pago_Pago",
    "Asia/Kathmandu",
    "Australia/Lord_Howe",
    "Africa/Niamey",
]
zones = st.sampled_from(ZONES)
some_days = st.dates(date(1990, 1, 2), date(2035, 12, 30)).map(date.isoformat)
instants = st.datetimes(datetime(1990, 1, 2), datetime(2035, 12, 30)).map(
    lambda moment: moment.isoformat() + "Z"
)
boundaries = st.one_of(some_days, instants)
arrivals = st.one_of(
    some_days,
    some_days.map(lambda day: day[:7]),
    some_days.map(lambda day: day[:4]),
    instants,
    st.datetimes(datetime(1990, 1, 2), datetime(2035, 12, 30)).map(datetime.isoformat),
)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2015", "2015-01-01", "2015-12-31"),
        ("2016-02", "2016-02-01", "2016-02-29"),
        ("2015-12", "2015-12-01", "2015-12-31"),
        ("2015-07-24", "2015-07-24", "2015-07-24"),
        ("2015-07-24T18:30", "2015-07-24", "2015-07-24"),
    ],
)
def test_days_that_a_text_may_mean(text: str, first: str, last: str) -> None:
    assert days(text) == (date.fromisoformat(first), date.fromisoformat(last))


def test_the_return_of_the_measures_falls_on_two_days() -> None:
    """20:00 on the 27th in New York, 03:00 on the 28th in Moscow."""
    back = "2025-09-28T00:00:00Z"
    held = {
        (day, name): arrival(day, (name,)).holds(back, None)
        for day in ("2025-09-27", "2025-09-28", "2025-09-29")
        for name in ("America/New_York", "Europe/Moscow")
    }
    assert held["2025-09-27", "America/New_York"] is Holds.possible
    assert held["2025-09-28", "America/New_York"] is Holds.yes
    assert held["2025-09-27", "Europe/Moscow"] is Holds.no
    assert held["2025-09-28", "Europe/Moscow"] is Holds.possible
    assert held["2025-09-29", "Europe/Moscow"] is Holds.yes
    assert arrival("2025-09-28", ("UTC",)).holds(back, None) is Holds.yes


def test_an_hour_decides_where_it_is_given() -> None:
    back = "2025-09-28T00:00:00Z"
    assert arrival("2025-09-28T02:59", ("Europe/Moscow",)).holds(back, None) is Holds.no
    assert arrival("2025-09-28T03:00", ("Europe/Moscow",)).holds(back, None) is Holds.yes
    assert arrival("2025-09-28T02:00Z", ("Europe/Moscow",)).holds(back, None) is Holds.yes


def test_an_instant_names_a_day_at_the_place() -> None:
    """23:00 UTC on 8 June is 9 June in Moscow, where that day's boundary counts."""
    late = "2010-06-08T23:00Z"
    assert arrival(late, ("Europe/Moscow",)).holds("2010-06-09", None) is Holds.yes
    assert arrival(late, ("UTC",)).holds("2010-06-09", None) is Holds.no
    assert arrival(late, ("UTC", "Europe/Moscow")).holds("2010-06-09", None) is Holds.possible


@given(some_days, boundaries, zones)
def test_a_boundary_is_before_on_or_after_a_day(day: str, boundary: str, name: str) -> None:
    """Definite before, possible on, definite after: never otherwise."""
    held = arrival(day, (name,)).holds(boundary, None)
    local = at(boundary, name).astimezone(zone(name))
    if local.date() > date.fromisoformat(day):
        assert held is Holds.no
    elif local.date() < date.fromisoformat(day) or "T" not in boundary:
        assert held is Holds.yes
    else:
        midnight = at(day, name)
        assert held is (Holds.yes if at(boundary, name) == midnight else Holds.possible)


@given(arrivals, boundaries, boundaries, st.lists(zones, min_size=1, max_size=4))
def test_inside_and_outside_exclude_each_other(
    text: str, first: str, second: str, names: list[str]
) -> None:
    """Inside [a, b) for sure means surely not before a, and surely not from b on."""
    assume(order(first) < order(second))
    arrived = arrival(text, tuple(names))
    inside = arrived.holds(first, second)
    before, after = arrived.holds(None, first), arrived.holds(second, None)
    if inside is Holds.yes:
        assert before is Holds.no
        assert after is Holds.no
    if Holds.yes in (before, after) and all(at(first, n) <= at(second, n) for n in names):
        assert inside is Holds.no
    assert Holds.no is not inside or Holds.no is not before or Holds.no is not after


@given(arrivals, st.lists(zones, min_size=1, max_size=3), zones)
def test_another_zone_never_makes_it_surer(text: str, names: list[str], more: str) -> None:
    boundary = "2012-05-18"
    few = arrival(text, tuple(names)).holds(boundary, None)
    many = arrival(text, (*names, more)).holds(boundary, None)
    assert many is few or many is Holds.possible


@given(arrivals, st.lists(boundaries, max_size=6), st.lists(zones, min_size=1, max_size=3))
@example("2025-09-28", ["2025-09-28T00:00:00Z", "2025-09-28"], ["Europe/Moscow"])
def test_cells_cover_the_arrival_and_no_boundary_falls_inside_one(
    text: str, cuts: list[str], names: list[str]
) -> None:
    arrived = arrival(text, tuple(names))
    pieces = cells(arrived, cuts)
    assert all(piece.start < piece.end for piece in pieces)
    for piece in pieces:
        assert not any(piece.start < at(cut, piece.zone) < piece.end for cut in cuts)
    covered = sum((piece.end - piece.start for piece in pieces), timedelta())
    assert covered == sum((one.end - one.start for one in arrived.windows), timedelta())


@given(boundaries, boundaries, boundaries, boundaries, zones)
def test_what_two_intervals_share(a: str, b: str, c: str, d: str, name: str) -> None:
    shared = overlaps((a, b), (c, d), name)
    start, end = max(at(a, name), at(c, name)), min(at(b, name), at(d, name))
    assert shared == ((start, end) if start < end else None)


@given(instants)
def test_instants_as_texts_sort_as_instants_do(text: str) -> None:
    moment = parse_instant(text)
    later = moment + timedelta(microseconds=1)
    assert instant_text(moment) < instant_text(later)
    assert parse_instant(instant_text(moment)) == moment


def test_an_instant_without_a_zone_is_utc() -> None:
    assert parse_instant("2015-01-02T00:00:00") == datetime(2015, 1, 2, tzinfo=UTC)


def test_words() -> None:
    assert in_words("2010-06-09") == "9 June 2010"
    assert in_words("2025-09-28T00:00:00Z", "Europe/Moscow") == (
        "00:00 UTC on 28 September 2025 (03:00 on 28 September in the zone Europe/Moscow)"
    )
    assert partial_in_words("2015") == "2015"
    assert partial_in_words("2015-07") == "July 2015"
    assert partial_in_words("2015-07-24T18:30") == "24 July 2015 at 18:30"
    assert day_after("2016-02-28") == "2016-02-29"


def test_zones_come_from_the_pinned_tables_only() -> None:
    with pytest.raises(KeyError):
        zone("Nowhere/Town")
    with pytest.raises(ValueError, match="at least one"):
        arrival("2015-07-24", ())
