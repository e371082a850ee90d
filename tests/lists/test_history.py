"""What the record says of a listing, and when: evidence, gaps, brackets, contradictions."""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.lists.history import Contradiction, contradictions, designations
from app.terms import (
    Accepted,
    AcceptedSide,
    DesignationEvent,
    DesignationFact,
    DesignationInterval,
    Holds,
    ListingStanding,
    ListKind,
    Snapshot,
)
from app.when import arrival, order, parse_instant

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


def fact(
    event: str, on: str, by: str | None = None, side: AcceptedSide | None = None
) -> DesignationFact:
    return DesignationFact(
        reference="XXi.001",
        event=DesignationEvent(event),
        on=on,
        by=by,
        source="invented",
        checked=True,
        disputed=False,
        accepted=Accepted(side=side, by="A. Lawyer", because="she asked") if side else None,
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


def against(
    lists: Sequence[tuple[str, bool]], facts: Sequence[DesignationFact]
) -> tuple[Contradiction, ...]:
    looks = [(full(day), holds) for day, holds in lists]
    return contradictions("XXi.001", looks, None, facts, None)


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
    lists = [("2015-03-27", True), ("2015-08-20", True), ("2016-08-20", False)]
    facts = [fact("delisted", "2015-05-01")]
    found = timeline(lists, facts)
    assert on(found, "2015-04-30") == ("listed", "yes")
    assert on(found, "2015-06-01") == ("between", "possible")
    # As long as nobody has decided, the list may be wrong too, and all that follow it.
    assert on(found, "2016-01-01") == ("between", "possible")
    assert on(found, "2016-08-21") == ("not_listed", "no")
    (told,) = against(lists, facts)
    assert (told.fact, told.snapshot, told.lists) == (facts[0], full("2015-08-20"), 1)
    assert told.words == (
        "a designation fact says delisted on 1 May 2015, but the full list of 12:00 UTC on "
        "20 August 2015 holds it"
    )
    words = next(item.words for item in found if item.standing == "between")
    assert words == f"{told.words}: possible until somebody accepts one side"


def test_a_contradiction_ends_with_a_later_fact() -> None:
    lists = [("2015-03-27", True), ("2015-08-20", True), ("2018-08-20", True)]
    found = timeline(lists, [fact("delisted", "2015-05-01"), fact("relisted", "2017-01-01")])
    assert on(found, "2016-12-31") == ("between", "possible")
    assert on(found, "2017-01-01") == ("listed", "yes")


def test_a_list_before_a_fact_may_contradict_it_too() -> None:
    lists = [("2015-03-27", True), ("2015-08-20", False), ("2016-08-20", False)]
    found = timeline(lists, [fact("delisted", "2016-05-01")])
    assert on(found, "2015-03-26") == ("before_our_record", "yes")
    assert on(found, "2015-03-28") == ("between", "possible")
    assert on(found, "2016-04-30") == ("between", "possible")
    assert on(found, "2016-05-01") == ("not_listed", "no")
    assert len(against(lists, [fact("delisted", "2016-05-01")])) == 1
    came = timeline([("2015-03-27", True)], [fact("listed", "2016-05-01")])
    assert on(came, "2012-02-29") == ("not_listed", "no")
    assert on(came, "2012-03-01") == ("between", "possible")


def test_somebody_accepts_the_side_of_the_lists() -> None:
    lists = [("2015-03-27", True), ("2015-08-20", True)]
    facts = [fact("delisted", "2015-05-01", side=AcceptedSide.list_)]
    assert timeline(lists, facts) == timeline(lists)
    assert against(lists, facts) == ()


def test_somebody_accepts_the_side_of_the_fact() -> None:
    lists = [("2015-03-27", True), ("2015-08-20", True), ("2016-08-20", False)]
    lists += [("2017-08-20", True)]
    facts = [fact("delisted", "2015-05-01", side=AcceptedSide.fact)]
    found = timeline(lists, facts)
    assert against(lists, facts) == ()
    assert on(found, "2015-04-30") == ("listed", "yes")
    assert on(found, "2015-05-01") == ("not_listed", "no")
    assert on(found, "2016-01-01") == ("not_listed", "no")
    assert on(found, "2017-01-01") == ("between", "possible")  # lists count again once they agree
    words = [item.words for item in found if arrival("2016-01-01", ("UTC",)).holds(
        item.from_, item.until) is Holds.yes]  # fmt: skip
    assert "accepted against the lists by A. Lawyer: she asked" in words[0]


@pytest.mark.parametrize(("day", "late"), [("01", True), ("02", True), ("03", False)])
def test_a_list_of_the_day_or_the_next_may_be_late(day: str, late: bool) -> None:
    """Lists are published with some delay: the fact decides, and contradicts nothing."""
    lists = [("2015-03-27", True), (f"2015-05-{day}", True), ("2015-08-20", False)]
    facts = [fact("delisted", "2015-05-01")]
    assert (against(lists, facts) == ()) is late
    found = timeline(lists, facts)
    assert on(found, "2015-04-30") == ("listed", "yes")
    assert on(found, "2015-06-01") == (("not_listed", "no") if late else ("between", "possible"))
    newest = timeline(lists[:2], facts)
    assert on(newest, "2015-05-02")[1] == ("no" if late else "possible")


def test_a_late_list_after_listed_on() -> None:
    lists = [("2012-01-01", False), ("2012-03-02", False), ("2013-01-01", True)]
    assert on(timeline(lists), "2012-03-01") == ("listed", "yes")
    lists[1] = ("2012-03-03", False)
    assert on(timeline(lists), "2012-03-02") == ("not_listed", "no")
    assert on(timeline(lists), "2012-03-04") == ("between", "possible")


def test_a_bracket_is_narrowed_by_the_lists_inside_it() -> None:
    bracket = [fact("delisted", "2015-01-01", "2017-01-01")]
    lists = [("2014-01-01", True), ("2015-06-01", True), ("2016-06-01", False)]
    found = timeline(lists, bracket)
    assert on(found, "2015-05-31") == ("listed", "yes")
    assert on(found, "2015-06-02") == ("between", "possible")
    assert on(found, "2016-06-02") == ("not_listed", "no")
    assert against(lists, bracket) == ()
    (told,) = [item for item in found if item.standing == "between"]
    assert [item.sha256 for item in told.snapshots] == ["2015-06-01", "2016-06-01"]
    assert told.facts == tuple(bracket)
    assert told.words == (
        "delisted on some day between 12:00 UTC on 1 June 2015 and 12:00 UTC on 1 June 2016: "
        "the full list of 12:00 UTC on 1 June 2015 holds it, and the full list of 12:00 UTC on "
        "1 June 2016 does not hold it"
    )
    alone = timeline((), bracket)
    assert on(alone, "2015-01-01") == ("between", "possible")
    assert on(alone, "2017-01-01") == ("not_listed", "no")


def test_an_exact_fact_inside_a_bracket_says_the_same_better() -> None:
    exact = fact("delisted", "2015-05-01")
    lists = [("2014-01-01", True), ("2018-01-01", False)]
    both = timeline(lists, [fact("delisted", "2014-06-01", "2017-01-01"), exact])
    assert on(both, "2015-04-30") == ("listed", "yes")
    assert on(both, "2015-05-01") == ("not_listed", "no")
    assert any(len(item.facts) == 2 for item in both)


def test_two_brackets_of_one_change_are_what_they_have_in_common() -> None:
    lists = [("2014-01-01", True), ("2018-01-01", False)]
    found = timeline(
        lists,
        [
            fact("delisted", "2014-06-01", "2016-01-01"),
            fact("delisted", "2015-06-01", "2017-01-01"),
        ],
    )
    assert on(found, "2015-05-31") == ("listed", "yes")
    assert on(found, "2015-07-01") == ("between", "possible")
    assert on(found, "2016-01-01") == ("not_listed", "no")


def test_known_from_facts_alone() -> None:
    """Who was delisted was listed before; since when is not on record."""
    gone = timeline((), [fact("delisted", "2010-01-25")], listed_on=None)
    assert on(gone, "2009-06-01") == ("before_our_record", "possible")
    assert on(gone, "2010-01-24") == ("before_our_record", "possible")
    assert on(gone, "2010-01-25") == ("not_listed", "no")
    assert on(gone, "2012-01-01") == ("not_listed", "no")
    came = timeline((), [fact("listed", "2010-01-25")], listed_on=None)
    assert on(came, "2010-01-24") == ("not_listed", "no")
    assert on(came, "2010-01-26") == ("end_unknown", "yes")
    assert on(came, "2012-01-01") == ("end_unknown", "possible")
    back = timeline((), [fact("relisted", "2010-01-25")], listed_on=None)
    assert on(back, "2009-06-01") == ("before_our_record", "possible")
    # Full lists that do not hold somebody whom only facts know are evidence all the same.
    lists = [("2015-03-27", False)]
    assert against(lists, [fact("delisted", "2010-01-25")]) == ()
    assert len(against(lists, [fact("delisted", "2016-01-25")])) == 1


def test_delisted_and_listed_anew_on_one_day() -> None:
    """The record of QDi.237: left the list and came back on 3 January 2014, its LISTED_ON."""
    facts = [fact("listed", "2008-01-16"), fact("delisted", "2014-01-03")]
    facts += [fact("relisted", "2014-01-03")]
    found = timeline([("2015-03-27", True)], facts, listed_on="2014-01-03")
    assert on(found, "2008-01-15") == ("not_listed", "no")
    assert on(found, "2014-01-02") == ("listed", "yes")
    assert on(found, "2014-01-03") == ("listed", "yes")
    assert on(found, "2015-01-01") == ("listed", "yes")


def test_a_listing_that_lists_on_both_sides_deny() -> None:
    facts = [fact("listed", "2015-05-01")]
    lists = [("2015-03-27", False), ("2015-08-20", False)]
    assert len(against(lists, facts)) == 1
    assert on(timeline(lists, facts), "2016-01-01") == ("between", "possible")
    # With no list before it nothing is denied: who was listed may have left since.
    assert against(lists[1:], facts) == ()
    found = timeline(lists[1:], facts, listed_on=None)
    assert on(found, "2015-06-01") == ("between", "possible")
    assert on(found, "2015-08-21") == ("not_listed", "no")


def test_a_listed_on_after_a_fact_that_ended_an_earlier_listing() -> None:
    lists = [("2015-03-27", True)]
    facts = [fact("delisted", "2010-05-01")]
    assert len(against(lists, facts)) == 1  # of whose return nothing is known
    found = timeline(lists, facts, listed_on="2012-03-01")
    assert on(found, "2010-04-30") == ("before_our_record", "possible")
    assert on(found, "2012-02-29") == ("not_listed", "no")
    assert on(found, "2012-03-01") == ("listed", "yes")


def test_who_came_back_and_left_on_no_day_that_is_known() -> None:
    lists = [("2012-06-01", True), ("2016-01-01", True)]
    found = timeline(lists, [fact("relisted", "2014-01-01")])
    assert against(lists, [fact("relisted", "2014-01-01")]) == ()
    assert on(found, "2013-01-01") == ("between", "possible")
    assert on(found, "2014-01-01") == ("listed", "yes")


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


# ---------------------------------------------------------------- properties

_DAYS = st.dates(date(2000, 1, 1), date(2030, 12, 31)).map(lambda day: day.isoformat())
_LISTS = st.dictionaries(_DAYS, st.booleans(), max_size=6)
_EVENTS = st.sampled_from(["delisted", "relisted", "listed"])
_SIDES = st.sampled_from([None, None, AcceptedSide.fact, AcceptedSide.list_])


def _made(event: str, day: str, long: int, side: AcceptedSide | None) -> DesignationFact:
    by = (date.fromisoformat(day) + timedelta(days=long)).isoformat() if long else None
    return fact(event, day, by, side)


_FACTS = st.lists(
    st.builds(_made, _EVENTS, _DAYS, st.sampled_from([0, 0, 1, 40, 900]), _SIDES),
    max_size=5,
    unique_by=lambda item: (item.event, item.on),
)


@given(_LISTS, _FACTS, st.one_of(st.none(), _DAYS), st.one_of(st.none(), _DAYS), st.randoms())
def test_no_gap_no_overlap_and_no_order_of_arrival(
    lists: dict[str, bool],
    facts: list[DesignationFact],
    listed_on: str | None,
    supplement: str | None,
    random: Random,
) -> None:
    found = timeline(sorted(lists.items()), facts, listed_on, supplement)
    assert found[0].from_ is None
    assert found[-1].until is None
    for item, after in pairwise(found):
        assert item.until is not None
        assert item.until == after.from_
        assert item.from_ is None or order(item.from_) < order(item.until)
    assert all(item.reference == "XXi.001" and item.words for item in found)
    told = against(sorted(lists.items()), facts)
    random.shuffle(facts)
    assert timeline(sorted(lists.items()), facts, listed_on, supplement) == found
    assert against(sorted(lists.items()), facts) == told


# ---------------------------------------------------------------- an oracle, day by day

_SPAN = 9  # days of a small history; each has five moments
_EVE, _MIDNIGHT, _MORNING, _NOON, _AFTERNOON = range(5)
_FIRST = date(2020, 6, 1)
_OPPOSITE = {True: "delisted", False: "listed"}


def _day(number: int) -> str:
    return (_FIRST + timedelta(days=number)).isoformat()


def _fewest_changes(forced: dict[int, bool]) -> list[set[bool]]:
    """The states that each moment may have in a history of the fewest changes."""
    length = 5 * _SPAN
    far = 10 * length
    forward = [[0, 0]]
    for place in range(length):
        last = forward[-1]
        forward.append(
            [
                far if forced.get(place, state) != state else min(last[state], last[1 - state] + 1)
                for state in (False, True)
            ]
        )
    forward = forward[1:]
    back = [[0, 0] for _ in range(length)]
    for place in range(length - 2, -1, -1):
        for state in (0, 1):
            ahead = [
                back[place + 1][other]
                + (other != state)
                + (far if forced.get(place + 1, other) != other else 0)
                for other in (0, 1)
            ]
            back[place][state] = min(ahead)
    least = min(forward[-1])
    return [
        {bool(state) for state in (0, 1) if forward[place][state] + back[place][state] == least}
        for place in range(length)
    ]


def _oracle(
    lists: dict[int, bool], facts: dict[int, tuple[str, AcceptedSide | None]]
) -> tuple[list[str], set[int]]:
    """What holds at each morning and afternoon, and the facts that are contradicted."""
    lists = dict(lists)
    facts = {day: given for day, given in facts.items() if given[1] is not AcceptedSide.list_}
    to = {day: event != "delisted" for day, (event, _) in facts.items()}
    for day in facts:
        for delay in (0, 1):
            between = delay and day + 1 in facts
            if not between and lists.get(day + delay, to[day]) != to[day]:
                del lists[day + delay]
    while True:
        doubts: dict[int, tuple[set[int], range]] = {}
        for day, (event, _) in facts.items():
            wrong: set[int] = set()
            first = end = 2 * day
            ahead = day
            while ahead < _SPAN and (ahead == day or ahead not in facts):
                if ahead in lists and lists[ahead] == to[day]:
                    break
                if ahead in lists:
                    wrong.add(ahead)
                ahead += 1
            sides = [near for near in range(day - 1, -1, -1) if near in lists or near in facts]
            straddled = bool(sides) and lists.get(sides[0]) is False
            if to[day] and not straddled:
                wrong = set()
            if wrong:
                end = 2 * _SPAN if ahead == _SPAN else 2 * ahead + (ahead not in facts)
            behind = day - 1
            early = set()
            while event != "relisted" and behind >= 0:
                if behind in lists and lists[behind] != to[day]:
                    break
                if behind in lists:
                    early.add(behind)
                if behind in facts:
                    break
                behind -= 1
            if early:
                first = (
                    0 if behind < 0 else 2 * behind + (behind in lists and lists[behind] != to[day])
                )
            if wrong or early:
                doubts[day] = wrong | early, range(first, end)
        silent = {
            number
            for day, (numbers, _) in doubts.items()
            if facts[day][1] is AcceptedSide.fact
            for number in numbers
        }
        if not silent:
            break
        lists = {day: holds for day, holds in lists.items() if day not in silent}
    forced = {5 * day + _NOON: holds for day, holds in lists.items()}
    for day in facts.keys() - doubts.keys():
        forced[5 * day + _MIDNIGHT] = to[day]
        forced[5 * day + _EVE] = not to[day]
    states = _fewest_changes(forced)
    found = []
    first = min(forced, default=5 * _SPAN)
    opens = facts[first // 5][0] if forced and first % 5 == _EVE else None
    for day in range(_SPAN):
        for part in (_MORNING, _AFTERNOON):
            place = 5 * day + part
            sure = states[place]
            if forced and place < first:
                unknown = forced[first] or opens == "relisted"
                found.append("possible" if unknown else "no")
            elif len(sure) > 1:
                found.append("possible")
            else:
                found.append("yes" if True in sure else "no")
    if not forced:
        found = ["no"] * (2 * _SPAN)
    for _, doubtful in doubts.values():
        for half in doubtful:
            found[half] = "possible"
    return found, set(doubts)


def _halves(found: Sequence[DesignationInterval]) -> list[str]:
    """What the intervals say of each morning and afternoon."""
    told = []
    for number in range(_SPAN):
        for first, last in (("00:00", "12:00"), ("12:00", "24:00")):
            start = parse_instant(f"{_day(number)}T{first}:00Z")
            end = parse_instant(f"{_day(number)}T12:00:00Z")
            end = end if last == "12:00" else start + timedelta(hours=12)
            (held,) = [
                item
                for item in found
                if (item.from_ is None or order(item.from_) <= start)
                and (item.until is None or end <= order(item.until))
            ]
            told.append(held.listed.value)
    return told


@settings(max_examples=400)
@given(
    st.dictionaries(st.integers(0, _SPAN - 1), st.booleans(), max_size=5),
    st.dictionaries(st.integers(0, _SPAN - 1), st.tuples(_EVENTS, _SIDES), max_size=4),
)
def test_the_oracle_agrees(
    lists: dict[int, bool], facts: dict[int, tuple[str, AcceptedSide | None]]
) -> None:
    looks = [(_day(number), lists[number]) for number in sorted(lists)]
    given_facts = [fact(event, _day(day), None, side) for day, (event, side) in facts.items()]
    expected, doubted = _oracle(lists, facts)
    found = designations(
        "XXi.001", [(full(day), holds) for day, holds in looks], None, given_facts, None, 10_000
    )
    assert _halves(found) == expected
    assert {item.fact.on for item in against(looks, given_facts)} == {_day(n) for n in doubted}


def _whole_day(found: Sequence[DesignationInterval], day: str) -> str:
    """What the intervals say of a day as a whole."""
    arrived = arrival(day, ("UTC",))
    held = {
        item.listed.value for item in found if arrived.holds(item.from_, item.until) is not Holds.no
    }
    return held.pop() if len(held) == 1 else "possible"


@st.composite
def _true_histories(draw: st.DrawFn) -> tuple[list[int], list[int], list[tuple[int, int, int]]]:
    """Days of change (listed first), days of lists, and facts about changes with their brackets.

    A list stands in every time in which nothing changes, so that none of these is missed.
    """
    changes = sorted(draw(st.sets(st.integers(1, 8), min_size=1, max_size=4)))
    changes = [4 * day for day in changes]
    days = [0, *(day + 2 for day in changes)]
    days += draw(st.lists(st.sampled_from([day - 1 for day in changes]), unique=True))
    facts = draw(
        st.lists(
            st.tuples(st.integers(0, len(changes) - 1), st.integers(0, 9), st.integers(0, 9)),
            max_size=4,
            unique_by=lambda item: (item[0], item[1]),
        )
    )
    return changes, sorted(days), facts


def _true_fact(changes: Sequence[int], which: int, sooner: int, later: int) -> DesignationFact:
    event = "delisted" if which % 2 else "relisted" if which else "listed"
    day = changes[which]
    return fact(event, _day(day - sooner), _day(day + later) if sooner + later else None)


@settings(max_examples=300)
@given(_true_histories())
def test_what_is_told_is_true_and_a_fact_that_agrees_takes_no_certainty(
    history: tuple[list[int], list[int], list[tuple[int, int, int]]],
) -> None:
    changes, days, given_facts = history

    def listed(day: int) -> bool:
        return sum(change <= day for change in changes) % 2 == 1

    looks = [(_day(day), listed(day)) for day in days]
    facts = [_true_fact(changes, *item) for item in given_facts]
    before: list[str] | None = None
    for number in range(len(facts) + 1):
        some = facts[:number]
        assert against(looks, some) == ()
        found = designations(
            "XXi.001", [(full(day), holds) for day, holds in looks], None, some, None, 10_000
        )
        told = [_whole_day(found, _day(day)) for day in range(max(days))]
        for day, held in enumerate(told):
            assert held != ("no" if listed(day) else "yes"), (day, held)
            assert before is None or before[day] == "possible" or before[day] == held
        before = told


@pytest.mark.parametrize("days", [[3, 1, 2], [2, 3, 1], [1, 2, 3]])
def test_facts_may_come_in_any_order(days: list[int]) -> None:
    facts = [
        fact("delisted", "2013-01-01"),
        fact("relisted", "2014-01-01"),
        fact("delisted", "2015-01-01"),
    ]
    lists = [("2012-06-01", True), ("2016-01-01", False)]
    assert timeline(lists, [facts[day - 1] for day in days]) == timeline(lists, facts)
