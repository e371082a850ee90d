"""What the legal record says of itself: first and last days, and what nobody compared."""

import pytest

from app.jobs import shipped
from app.law.coverage import LineKind, counted_by_kind, coverage, lines, runs_out
from app.law.files import exemptions, regimes
from app.lists.designations import designations
from app.record import legal_record
from app.terms import LegalRecord, Regime
from app.written import Errors

MOMENT = "2026-11-24T00:00:00.000000Z"
LAW = """\
regime: "9001"
name: Invented
committee: 9001 Committee
list_words: [Invented]
prefix: XXi
publishes_exemptions: {answer: no, words: none were}
moved_from: [{regime: "9001", on: 2031-02-01, source: a page, checked: false}]
minority_claims:
- {id: one, who: [A], claims: it holds, from: 2031-01-01, outcome: none, source: s, checked: true}
measures:
- id: 9001-1
  kind: travel_ban
  strength: binding
  authority: &text
    {resolution: S/RES/9001 (2031), paragraph: "1", adopted: 2031-01-01, checked: true}
  source: compared
  covers: [entry, transit]
  reach:
    mode: per_person
    who: one person
    persons:
    - reference: XXi.001
      source: the list
      checked: false
      intervals:
      - {from: 2031-01-01, until: 2031-03-01, how_ended: terminated, why_ended: freed,
         ended_by: {resolution: S/RES/9001 (2031), adopted: 2031-01-01, checked: false}}
  intervals:
  - {from: 2031-01-01, until: 2031-02-01, how_ended: terminated, why_ended: enough,
     ended_by: *text}
  - {from: 2031-03-01, until: null, why_began: it came back,
     authority:
       {resolution: S/RES/9009 (2031), paragraph: "9", adopted: 2031-03-01, checked: false}}
  first_term_to: 2031-12-31
  renewals:
  - {resolution: S/RES/9002 (2031), adopted: 2031-12-31, to: 2032-12-31, checked: false}
  exceptions:
  - {kind: own_nationals, decider: automatic, paragraph: "1", words: own, source: s, checked: true}
- id: 9001-2
  kind: asset_freeze
  strength: binding
  authority: *text
  source: compared
  covers: []
  reach: {mode: all_listed, who: all}
  intervals:
  - {from: 2031-01-01, until: 2031-06-01, how_ended: expired, why_ended: over}
"""
LEAVE = """\
regime: "9001"
exemptions:
- {id: a, references: [XXi.001], outcome: granted, purpose: p, source: s, checked: false,
   authority: {resolution: S/RES/9001 (2031), paragraph: "2", adopted: 2031-01-01, checked: true}}
"""
FACTS = """\
regime: "9001"
list_word: Invented
names: {XXi.001: [Somebody]}
facts:
- {event: listed, references: [XXi.001], on: 2031-01-01, source: s, checked: false}
"""


@pytest.fixture(scope="module")
def law() -> LegalRecord:
    """One invented regime with a line of every kind."""
    errors = Errors()
    known = regimes({"law/9001.yaml": LAW}, errors)
    leave = exemptions({"exemptions/9001.yaml": LEAVE}, known, errors)
    named = designations({"designations/9001.yaml": FACTS}, errors)
    assert errors.found == []
    return LegalRecord(
        digest="0",
        recorded_at=MOMENT,
        regimes=known,
        exemptions=leave,
        parties=named.parties,
        facts=named.facts,
        same_person=(),
    )


def test_every_line_that_rests_on_a_source_is_counted_once(law: LegalRecord) -> None:
    assert [(item.kind, item.checked, item.words) for item in lines(law)] == [
        (LineKind.regime, False, "9001: moved from 9001"),
        (LineKind.regime, True, "9001: minority claim one"),
        (LineKind.measure, True, "9001-1: S/RES/9001 (2031) paragraph 1"),
        (LineKind.ending, True, "9001-1: ended by S/RES/9001 (2031) paragraph 1"),
        (
            LineKind.beginning,
            False,
            "9001-1: in force from 2031-03-01 by S/RES/9009 (2031) paragraph 9",
        ),
        (
            LineKind.renewal,
            False,
            "9001-1: renewed by S/RES/9002 (2031) to 2032-12-31",
        ),
        (
            LineKind.exception,
            True,
            "9001-1: exception own_nationals, S/RES/9001 (2031) paragraph 1",
        ),
        (LineKind.person, False, "9001-1: XXi.001"),
        (LineKind.ending, False, "9001-1: XXi.001 ended by S/RES/9001 (2031)"),
        (LineKind.measure, True, "9001-2: S/RES/9001 (2031) paragraph 1"),
        (LineKind.exemption, False, "exemption a"),
        (LineKind.exemption_text, True, "exemption a: S/RES/9001 (2031) paragraph 2"),
        (LineKind.designation_fact, False, "XXi.001 listed 2031-01-01"),
    ]


def test_coverage_of_a_regime(law: LegalRecord) -> None:
    (regime,) = law.regimes
    own = coverage(regime, lines(law))
    assert (own.from_, own.until, own.verified_to) == ("2031-01-01", None, "2032-12-31")
    assert (own.checked, own.unchecked) == (6, 7)
    kinds = {item.kind: (item.checked, item.unchecked) for item in own.counts}
    assert kinds[LineKind.measure] == (2, 0)
    assert kinds[LineKind.ending] == (1, 1)
    assert set(kinds) == set(LineKind)
    assert sum(map(sum, kinds.values())) == len(lines(law))


def test_a_regime_has_ended_when_its_last_measure_has(law: LegalRecord) -> None:
    (regime,) = law.regimes
    freeze = Regime(
        **{
            name: getattr(regime, name)
            for name in regime.__dataclass_fields__
            if name != "measures"
        },
        measures=regime.measures[1:],
    )
    own = coverage(freeze, ())
    assert (own.from_, own.until, own.verified_to) == ("2031-01-01", "2031-06-01", None)
    assert (own.checked, own.unchecked, own.counts) == (0, 0, ())


@pytest.mark.parametrize(
    ("today", "left"),
    [("2032-10-01", None), ("2032-10-02", 90), ("2032-12-31", 0), ("2033-01-02", -2)],
)
def test_what_runs_out(law: LegalRecord, today: str, left: int | None) -> None:
    found = runs_out(law.regimes, today)
    assert [(item.measure, item.verified_to, item.days) for item in found] == (
        [] if left is None else [("9001-1", "2032-12-31", left)]
    )


def test_of_what_ships_every_flag_is_counted() -> None:
    law = legal_record(shipped.legal_files(), MOMENT)
    found = lines(law)
    counts = counted_by_kind(found)
    assert {item.kind for item in counts} == set(LineKind)
    assert sum(item.checked + item.unchecked for item in counts) == len(found)
    assert sum(item.unchecked for item in counts) == sum(not item.checked for item in found)
    by_regime = [coverage(regime, found) for regime in law.regimes]
    assert sum(item.checked + item.unchecked for item in by_regime) == len(found)
    texts = "".join(shipped.legal_files().values())
    assert texts.count("checked: ") <= len(found)
