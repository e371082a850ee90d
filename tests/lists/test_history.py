"""What the record says of a listing, and when: evidence, gaps, brackets, contradictions."""

from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.lists.history import designations
from app.terms import (
    DesignationEvent,
    DesignationFact,
    DesignationInterval,
    Holds,
    ListingStanding,
    ListKind,
    Snapshot,
)
from app.when import arrival, order

LISTED = ListingStanding.listed
FRESH = 10


def full(day: str, kind: ListKind = ListKind.full) -> Snapshot:
    return Snapshot(
        sha256=day,
        list_kind=kind,
        generated=f"{day}T12:00:00.000000Z",
        source="invented",
        recorded_at="2026-01-01T00:00:00.000000Z",
        individuals=1,
        entities=0,
    )


def fact(event: str, on: str, by: str | None = None) -> DesignationFact:
    return DesignationFact(
        reference="XXi.001",
        event=DesignationEvent(event),
        on=on,
        by=by,
        source="invented",
        checked=True,
        disputed=False,
        accepted=None,
    )


def timeline(
    lists: Sequence[tuple[str, bool]] = (),
    facts: Sequence[DesignationFact] = (),
    listed_on: str | None = "2012-03-01",
    supplement: str | None = None,
) -> tuple[DesignationInterval, ...]:
    return designations(
        "XXi.001",
        [(full(day), holds) for day, holds in lists],
        full(supplement, ListKind.supplement) if supplement else None,
        facts,
        listed_on,
        FRESH,
    )


def on(found: Sequence[DesignationInterval], day: str) -> tuple[str, str]:
    """Standing and listed over a whole day at UTC."""
    arrived = arrival(day, ("UTC",))
    held = [item for item in found if arrived.holds(item.from_, item.until) is Holds.yes]
    assert len(held) == 1, day
    return held[0].standing.value, held[0].listed.value


def test_between_two_lists_that_hold_it() -> None:
    found = timeline([("2015-03-27", True), ("2015-08-20", True)])
    assert on(found, "2015-07-24") == ("listed", "yes")
    assert on(found, "2012-02-29") == ("not_listed", "no")
    assert on(found, "2012-03-01") == ("before_our_record", "yes")


def test_after_the_newest_list_it_holds_for_ten_days() -> None:
    found = timeline([("2015-03-27", True)])
    assert on(found, "2015-04-05") == ("end_unknown", "yes")
    assert on(found, "2015-04-08") == ("end_unknown", "possible")
    assert on(found, "2030-01-01") == ("end_unknown", "possible")


def test_two_lists_that_differ_leave_it_possible_unless_a_fact_says_when() -> None:
    lists = [("2015-03-27", True), ("2015-08-20", False)]
    assert on(timeline(lists), "2015-06-01") == ("between", "possible")
    dated = timeline(lists, [fact("delisted", "2015-05-01")])
    assert on(dated, "2015-04-30") == ("listed", "yes")
    assert on(dated, "2015-05-01") == ("not_listed", "no")
    assert on(dated, "2015-09-01") == ("not_listed", "no")


def test_a_bracket_is_possible_between_its_ends() -> None:
    lists = [("2015-03-27", True), ("2015-08-20", False)]
    found = timeline(lists, [fact("delisted", "2015-05-01", "2015-05-11")])
    assert on(found, "2015-04-30") == ("listed", "yes")
    assert on(found, "2015-05-05") == ("between", "possible")
    assert on(found, "2015-05-11") == ("not_listed", "no")


def test_a_listed_on_inside_the_gap_of_the_first_appearance_says_when() -> None:
    lists = [("2011-01-01", False), ("2015-03-27", True)]
    found = timeline(lists, listed_on="2012-03-01")
    assert on(found, "2012-02-29") == ("not_listed", "no")
    assert on(found, "2012-03-01") == ("listed", "yes")


def test_a_listed_on_is_no_interval_once_it_left_and_came_back() -> None:
    lists = [("2015-03-27", True), ("2024-03-16", False), ("2025-11-15", True)]
    found = timeline(lists)
    assert on(found, "2020-01-01") == ("between", "possible")
    assert on(found, "2025-01-01") == ("between", "possible")
    facts = [fact("delisted", "2023-10-18"), fact("relisted", "2025-09-28T00:00:00Z")]
    dated = timeline(lists, facts)
    assert on(dated, "2023-10-17") == ("listed", "yes")
    assert on(dated, "2023-10-18") == ("not_listed", "no")
    assert on(dated, "2025-09-27") == ("not_listed", "no")
    assert on(dated, "2025-09-28") == ("listed", "yes")


def test_a_fact_that_contradicts_a_list_leaves_the_days_in_question_possible() -> None:
    lists = [("2015-03-27", True), ("2015-08-20", True)]
    found = timeline(lists, [fact("delisted", "2015-05-01")])
    assert on(found, "2015-04-30") == ("listed", "yes")
    assert on(found, "2015-06-01") == ("between", "possible")
    assert on(found, "2015-08-22") == ("end_unknown", "yes")
    back = timeline([("2015-03-27", False), ("2015-08-20", False)], [fact("listed", "2015-05-01")])
    assert on(back, "2015-06-01") == ("listed", "yes") or on(back, "2015-06-01")[1] == "possible"


def test_a_fact_that_repeats_listed_on_is_no_evidence_of_its_own() -> None:
    lists = [("2015-03-27", True)]
    plain = timeline(lists)
    assert timeline(lists, [fact("listed", "2012-03-01")]) == plain


def test_a_supplement_speaks_only_where_no_full_list_ever_did() -> None:
    alone = timeline(supplement="2020-01-01")
    assert on(alone, "2016-01-01") == ("before_our_record", "yes")
    assert on(alone, "2020-01-05") == ("end_unknown", "yes")
    held = timeline([("2015-03-27", True), ("2015-08-20", False)], supplement="2020-01-01")
    assert on(held, "2020-01-05") == ("not_listed", "no")


def test_a_missing_listed_on_decides_nothing() -> None:
    found = timeline([("2015-03-27", True)], listed_on=None)
    assert on(found, "2010-01-01") == ("before_our_record", "possible")


def test_nothing_on_record() -> None:
    assert [item.listed for item in timeline(listed_on=None)] == [Holds.no]


_DAYS = st.dates().filter(lambda day: 2000 <= day.year <= 2030).map(lambda day: day.isoformat())


@given(
    st.dictionaries(_DAYS, st.booleans(), max_size=6),
    st.lists(
        st.tuples(st.sampled_from(["delisted", "relisted", "listed"]), _DAYS, st.booleans()),
        max_size=4,
        unique_by=lambda item: item[1],
    ),
    st.one_of(st.none(), _DAYS),
    st.one_of(st.none(), _DAYS),
)
def test_the_intervals_leave_no_gap_and_do_not_overlap(
    lists: dict[str, bool],
    facts: list[tuple[str, str, bool]],
    listed_on: str | None,
    supplement: str | None,
) -> None:
    given_facts = [
        fact(event, day, f"{int(day[:4]) + 1}{day[4:8]}28" if bracket else None)
        for event, day, bracket in facts
    ]
    found = timeline(sorted(lists.items()), given_facts, listed_on, supplement)
    assert found[0].from_ is None
    assert found[-1].until is None
    for item, after in pairwise(found):
        assert item.until is not None
        assert order(item.until) <= order(after.from_ or "")
    assert all(item.reference == "XXi.001" and item.words for item in found)


@pytest.mark.parametrize("days", [[3, 1, 2], [2, 3, 1], [1, 2, 3]])
def test_facts_may_come_in_any_order(days: list[int]) -> None:
    facts = [
        fact("delisted", "2013-01-01"),
        fact("relisted", "2014-01-01"),
        fact("delisted", "2015-01-01"),
    ]
    lists = [("2012-06-01", True), ("2016-01-01", False)]
    assert timeline(lists, [facts[day - 1] for day in days]) == timeline(lists, facts)
