"""The law in time, in words: what a lawyer reads."""

from dataclasses import replace
from typing import Any

import pytest

from app.jobs import shipped
from app.law.timeline import (
    ending,
    excepted,
    last_renewed,
    minority,
    of_one_person,
    renewed,
    spelt,
    term,
    timeline,
    to_come,
    who_disputes,
)
from app.record import legal_record
from app.terms import (
    Authority,
    Decider,
    Dispute,
    Ending,
    ExceptionKind,
    LegalRecord,
    MeasureException,
    MeasureInterval,
    MinorityClaim,
    Renewal,
)

OPEN = MeasureInterval(
    from_="2031-01-01",
    from_by=None,
    until=None,
    until_by=None,
    why_began=None,
    how_ended=None,
    why_ended=None,
    ended_by=None,
    authority=None,
    dispute=None,
)
DISPUTE = Dispute(
    in_force_say=("A", "B"), not_in_force_say=("C",), argument="No vote.", documents=("a letter",)
)
NO_END = to_come(None)


def by(number: int, paragraph: str | None = "1", checked: bool = True) -> Authority:
    return Authority(
        resolution=f"S/RES/{number} (2032)",
        paragraph=paragraph,
        adopted="2032-01-01",
        checked=checked,
    )


def carried(number: int, to: str | None, checked: bool = True) -> Renewal:
    return Renewal(authority=by(number, checked=checked), to=to)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({}, "from 1 January 2031, with no end on record"),
        ({"from_by": "2031-02-01"},
         "from some day between 1 January 2031 and 1 February 2031, with no end on record"),
        ({"until": "2032-03-04", "how_ended": Ending.expired, "why_ended": "its term was over"},
         "from 1 January 2031 until 4 March 2032: expired; its term was over"),
        ({"until": "2032-03-04", "how_ended": Ending.expired, "why_ended": "expired after a year"},
         "from 1 January 2031 until 4 March 2032: expired after a year"),
        ({"until": "2032-03-04", "how_ended": Ending.terminated, "why_ended": "no need",
          "ended_by": by(9002, None, checked=False)},
         "from 1 January 2031 until 4 March 2032: terminated; no need "
         "(S/RES/9002 (2032) [not compared])"),
        ({"until": "2032-03-04", "until_by": "2032-05-06", "how_ended": Ending.lifted,
          "why_ended": "lifted for this person"},
         "from 1 January 2031 until some day between 4 March 2032 and 6 May 2032: "
         "lifted for this person"),
        ({"why_began": "States had a month", "authority": by(9003)},
         "from 1 January 2031 (States had a month; by S/RES/9003 (2032) paragraph 1), "
         "with no end on record"),
        ({"from_": "2031-01-01T00:00:00Z", "dispute": DISPUTE},
         "from 00:00 UTC on 1 January 2031, with no end on record; disputed"),
    ],
)  # fmt: skip
def test_an_interval(change: dict[str, Any], words: str) -> None:
    assert timeline(replace(OPEN, **change), NO_END) == words


def test_what_is_verified_to_a_day_is_unknown_after_it() -> None:
    assert timeline(OPEN, to_come("2032-06-30")) == (
        "from 1 January 2031, verified to 30 June 2032, unknown after"
    )
    assert term(None, "2032-06-30") == "verified to 30 June 2032"
    assert term(None, None) == "in force, no term"
    assert term("2032-06-30T12:00:00Z", None) == "ended 30 June 2032"


def test_a_person_is_reached_no_longer_than_the_measure_lasts() -> None:
    over = replace(OPEN, until="2032-01-01", how_ended=Ending.expired, why_ended="over")
    assert of_one_person([OPEN], None) == NO_END
    assert of_one_person([over, OPEN], "2032-06-30") == to_come("2032-06-30")
    assert timeline(OPEN, of_one_person([OPEN, over], None)) == (
        "from 1 January 2031, to the end of the measure"
    )


def test_nothing_is_said_of_an_end_of_which_nothing_is_on_record() -> None:
    assert ending(None, None, None) == ""


@pytest.mark.parametrize(
    ("first", "chain", "words"),
    [
        (None, [], None),
        ("2031-12-31", [], "its first term ran to 31 December 2031"),
        ("2031-12-31", [(9002, "2032-12-31")],
         "renewed once, by S/RES/9002 (2032) paragraph 1, to 31 December 2032"),
        (None, [(9002, None)], "stated again once, by S/RES/9002 (2032) paragraph 1"),
        (None, [(9002, None), (9003, None)],
         "stated again 2 times, last by S/RES/9003 (2032) paragraph 1"),
        (None, [(9002, "2032-12-31", False), (9003, "2033-12-31", False)],
         "renewed 2 times, last by S/RES/9003 (2032) paragraph 1 [not compared], "
         "to 31 December 2033; 1 of those before not compared"),
        (None, [(9002, "2032-12-31"), (9003, None)],
         "renewed or stated again 2 times, last by S/RES/9003 (2032) paragraph 1 "
         "(the last day that one gave: 31 December 2032)"),
    ],
)  # fmt: skip
def test_a_chain_of_renewals_is_one_line(
    first: str | None, chain: list[tuple[int, str | None]], words: str | None
) -> None:
    assert renewed(first, [carried(*item) for item in chain]) == words


def test_the_text_that_carried_a_measure_on_a_day() -> None:
    assert last_renewed(carried(9002, "2032-12-31")) == (
        "last renewed by S/RES/9002 (2032) paragraph 1, to 31 December 2032"
    )
    assert last_renewed(carried(9002, None)) == "last stated again by S/RES/9002 (2032) paragraph 1"


def test_an_exception_says_who_decides() -> None:
    made = MeasureException(
        kind=ExceptionKind.un_headquarters,
        decider=Decider.automatic,
        resolution=None,
        paragraph="2(a)",
        words="on the business of the United Nations",
        from_=None,
        until=None,
        references=(),
        source="the text",
        checked=True,
    )
    own = "S/RES/9001 (2031)"
    assert excepted(made, own) == (
        "UN Headquarters: on the business of the United Nations (no leave needed; paragraph 2(a))"
    )
    later = replace(
        made,
        decider=Decider.state,
        resolution="S/RES/9002 (2032)",
        from_="2032-01-01",
        until="2033-01-01",
        references=("XXi.001",),
        checked=False,
    )
    assert excepted(later, own) == (
        "UN Headquarters: on the business of the United Nations; for XXi.001 alone; "
        "from 1 January 2032; until 1 January 2033 "
        "(the State decides; S/RES/9002 (2032) paragraph 2(a)) [not compared]"
    )
    assert excepted(replace(later, resolution=own), own).count("S/RES") == 0


def test_disputes_and_minority_claims() -> None:
    assert who_disputes(DISPUTE) == (
        "A, B say that it is in force; C say that it is not. No vote. (a letter)"
    )
    claim = MinorityClaim(
        id="one",
        who=("A",),
        claims="it was in force",
        from_="2031-01-01T00:00:00Z",
        until="2031-03-01",
        outcome="Nobody agreed.",
        source="press",
        checked=False,
    )
    assert minority(claim) == (
        "from 00:00 UTC on 1 January 2031 to 1 March 2031 A claimed that it was in force. "
        "Nobody agreed. [not compared]"
    )
    assert minority(replace(claim, until=None, checked=True)).endswith("Nobody agreed.")


def test_words_are_spelt() -> None:
    assert spelt("travel_ban") == "travel ban"
    assert spelt(ExceptionKind.un_headquarters) == "UN Headquarters"


@pytest.fixture(scope="module")
def law() -> LegalRecord:
    """The legal record that ships."""
    return legal_record(shipped.legal_files(), "2026-11-24T00:00:00.000000Z")


def test_every_measure_that_ships_can_be_said(law: LegalRecord) -> None:
    for regime in law.regimes:
        for item in regime.measures:
            words = [timeline(each, to_come(item.verified_to)) for each in item.intervals]
            words += [excepted(each, item.authority.resolution) for each in item.exceptions]
            words.append(renewed(item.first_term_to, item.renewals) or "no term")
            assert all(line.strip() == line and "None" not in line for line in words), words
