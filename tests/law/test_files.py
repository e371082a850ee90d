"""The legal record's files: what ships is right, and every error is named with its line."""

from pathlib import Path

import pytest

from app.jobs import shipped
from app.law.files import exemptions, regimes
from app.record import legal_record
from app.terms import MeasureKind, Publishes, ReachMode, Strength
from app.written import Errors, WrittenWrong

DATA = Path(__file__).parents[2] / "data"
MOMENT = "2026-11-24T00:00:00.000000Z"

GOOD = """\
regime: "9001"
name: Invented
committee: 9001 Committee
list_words: [Invented]
prefix: XXi
publishes_exemptions: {answer: no, words: none were}
annexes:
  Annex I: [XXi.001, XXi.002]
disputes:
- id: one
  in_force_say: [A]
  not_in_force_say: [B]
  argument: words
  documents: [a letter]
measures:
- id: 9001-1
  kind: travel_ban
  strength: binding
  authority: {resolution: S/RES/9001 (2031), paragraph: "1", adopted: 2031-01-01, checked: true}
  source: compared
  covers: [entry, transit]
  reach: {mode: annex, who: two persons, annexes: [Annex I]}
  intervals:
  - {from: 2031-01-01, until: {between: [2032-01-01, 2032-02-01]}, how_ended: expired,
     why_ended: its term ended}
  - {from: 2033-01-01, until: null, why_began: it came back, dispute: one}
  exceptions:
  - {kind: own_nationals, decider: automatic, paragraph: "1", words: own nationals,
     source: the text, checked: false}
"""


def _errors(text: str) -> list[str]:
    errors = Errors()
    regimes({"law/9001.yaml": text}, errors)
    return errors.found


def test_what_ships() -> None:
    law = legal_record(shipped.legal_files(DATA), MOMENT)
    by_id = {regime.id: regime for regime in law.regimes}
    assert len(by_id) == len(law.regimes) == 28
    iran, libya, bissau = by_id["1737"], by_id["1970"], by_id["2048"]
    measures = {measure.id: measure for regime in law.regimes for measure in regime.measures}
    assert iran.publishes_exemptions is Publishes.no
    assert len(measures["1929-10"].reach.references) == 43
    assert len(measures["2231-B-6e"].reach.references) == 23
    assert measures["1803-5"].reach.references == (
        "IRi.002", "IRi.006", "IRi.029", "IRi.030", "IRi.037",
    )  # fmt: skip
    assert {measure.kind for measure in bissau.measures} == {MeasureKind.travel_ban}
    assert measures["1970-15"].reach.mode is ReachMode.per_person
    assert not measures["2231-B-6e"].authority.checked
    for measure in measures.values():
        assert measure.source
        assert measure.authority.adopted
        if measure.kind is MeasureKind.travel_ban:
            assert measure.strength is Strength.binding
            assert all(item.source for item in measure.exceptions)
    # A ban without any exception is rare enough to be looked at twice.
    assert {
        item.id for item in measures.values()
        if item.kind is MeasureKind.travel_ban and not item.exceptions
    } == {"748-6c", "253-5b"}  # fmt: skip
    assert libya.list_words == ("Libya",)
    iraq, lebanon = by_id["1518"], by_id["1636"]
    assert iraq.no_travel_measure is not None
    assert lebanon.nobody_listed is not None
    assert [move.on for move in by_id["1988"].moved_from] == ["2011-06-17"]
    for old, later in (("2206", "2026-05-31"), ("1533", "2026-07-01"), ("1267", None)):
        bans = [item for item in by_id[old].measures if item.kind is MeasureKind.travel_ban]
        assert bans[0].verified_to == later
    left = [f for f in law.facts if f.event == "delisted" and f.reference.startswith("IRi")]
    back = [f for f in law.facts if f.event == "relisted" and f.reference.startswith("IRi")]
    assert sorted({fact.on for fact in left}) == ["2016-01-16", "2023-10-18"]
    assert sum(fact.on == "2016-01-16" for fact in left) == 20
    assert len(back) == 43
    assert all(fact.disputed and fact.on == "2025-09-28T00:00:00Z" for fact in back)


def test_the_good_file_is_good() -> None:
    errors = Errors()
    (regime,) = regimes({"law/9001.yaml": GOOD}, errors)
    assert errors.found == []
    first, second = regime.measures[0].intervals
    assert (first.until, first.until_by) == ("2032-01-01", "2032-02-01")
    assert second.dispute is not None
    assert second.dispute.in_force_say == ("A",)


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ('regime: "9001"', "regime: Iran", 1, "not the number of a resolution"),
        ("kind: travel_ban", "kind: visa_ban", 17, "none of travel_ban"),
        ("strength: binding\n", "strength: call\n", 18, "a travel_ban is binding"),
        ("kind: travel_ban", "kind: travel_vigilance", 18, "a travel_vigilance is call"),
        ("S/RES/9001 (2031), p", "9001, p", 19, "not of the form"),
        ("adopted: 2031-01-01", "adopted: 2031-02-30", 19, "no day of the calendar"),
        ("adopted: 2031-01-01", "adopted: 2032-01-01", 19, "was not adopted in 2032"),
        (", checked: true}", "}", 19, "'checked' must be true or false"),
        ("  source: compared\n", "", 16, "'source' is missing"),
        ("annexes: [Annex I]}", "annexes: [Annex II]}", 22, "which the file's annexes do not hold"),
        ("mode: annex", "mode: all_listed", 22, "go together"),
        ("until: null, why", "why", 26, "'until' is missing"),
        ("why_ended: its term ended", "", 24, "says how and why"),
        ("how_ended: expired,\n", "\n", 24, "says how and why"),
        ("how_ended: expired", "how_ended: over", 24, "none of expired, terminated"),
        ("how_ended: expired", "how_ended: terminated", 24, "names the text that ended it"),
        ("until: null, why_b", "until: null, how_ended: expired, why_b", 26, "has not ended"),
        ("why_began: it came back, ", "", 26, "why_began"),
        ("- {from: 2031-01-01", "- {from: 2030-12-31", 24, "before S/RES/9001 (2031) was adopted"),
        ("dispute: one}", "dispute: two}", 26, "which 'disputes' does not hold"),
        ("from: 2033-01-01", "from: 2031-06-01", 23, "overlap"),
        ("[2032-01-01, 2032-02-01]", "[2032-02-01, 2032-01-01]", 24, "two days in order"),
        ("decider: automatic", "decider: nobody", 28, "none of automatic"),
        ("decider: automatic", "decider: state", 28, "the decider of own_nationals is automatic"),
        ("     source: the text, checked", "     checked", 28, "'source' is missing"),
        ("words: own nationals,", "references: [YYi.1], words: w,", 28, "no reference of the form"),
        ("words: own nationals,", "resolution: 1688, words: w,", 28, "not of the form"),
        ("covers: [entry", "covers: [sea", 21, "none of entry"),
        ("covers: [entry, transit]", "covers: []", 21, "covers entry, transit or both"),
        ("kind: travel_ban", "kind: travel_restriction", 17, "no standing weighs"),
        ("kind: travel_ban", "kind: asset_freeze", 1, "'no_travel_measure' stands exactly"),
        ("prefix: XXi\n", "", 1, "'prefix' and 'list_words' go together"),
        ("annexes:\n", "not_gathered: [travel_ban]\nannexes:\n", 7, "a measure is of that kind"),
        (
            "annexes:\n",
            "moved_from: [{regime: '1', on: 2031-01-01, source: s, checked: true}]\nannexes:\n",
            1,
            "which no file is for",
        ),
        (
            "annexes:\n",
            "nobody_listed: {words: w, source: s, checked: true}\nannexes:\n",
            7,
            "exclude each other",
        ),
        ("name: Invented", "nane: Invented", 2, "is not known here"),
        ("documents: [a letter]", "documents: []", 10, "by which documents"),
        ("committee: 9001", "committee: x\ncommittee: 9001", 4, "stands twice"),
    ],
)
def test_an_error_names_its_line(old: str, new: str, line: int, words: str) -> None:
    assert old in GOOD
    found = _errors(GOOD.replace(old, new, 1))
    assert any(item.startswith(f"law/9001.yaml:{line}: ") and words in item for item in found), (
        found
    )


def test_every_error_is_named_at_once() -> None:
    broken = GOOD.replace("kind: travel_ban", "kind: x").replace("decider: automatic", "decider: y")
    assert len(_errors(broken)) >= 2
    with pytest.raises(WrittenWrong) as wrong:
        legal_record({"law/9001.yaml": broken, "designations/9001.yaml": "facts: 3"}, MOMENT)
    paths = {error.partition(":")[0] for error in wrong.value.errors}
    assert paths == {"law/9001.yaml", "designations/9001.yaml"}


def test_no_yaml_at_all() -> None:
    assert _errors("a: [1") != []
    assert _errors("- a list") == ["law/9001.yaml:1: is no mapping"]


def test_ids_stand_once_over_all_files() -> None:
    errors = Errors()
    regimes({"law/a.yaml": GOOD, "law/b.yaml": GOOD}, errors)
    assert any("the regime '9001' stands twice" in item for item in errors.found)


def test_exemptions() -> None:
    errors = Errors()
    known = regimes({"law/9001.yaml": GOOD}, errors)
    text = """\
regime: "9001"
exemptions:
- {id: a, references: [XXi.001], outcome: granted, purpose: p, from: 2031-02,
   until: 2031-01-01, source: s, checked: true}
- {id: a, references: [], outcome: maybe, purpose: p, state: XX, source: s, checked: true}
- {id: b, references: [], unnamed: about ten, outcome: granted, purpose: p, from: 2031,
   source: s, checked: true,
   authority: {resolution: S/RES/9001 (2031), paragraph: "1", adopted: 2031-01-01, checked: true}}
"""
    exemptions({"exemptions/9001.yaml": text}, known, errors)
    found = "\n".join(errors.found)
    for words in ("9001.yaml:4: 'until' is before", "9001.yaml:5: names no reference",
                  "9001.yaml:3: 'authority' is missing", "9001.yaml:6: 'from' is no day or month",
                  "none of granted", "not an ISO", "'a' stands twice"):  # fmt: skip
        assert words in found
    other = Errors()
    exemptions({"exemptions/1.yaml": 'regime: "1"\nexemptions: []'}, known, other)
    assert "no file in data/law is for the regime" in other.found[0]


CHAIN = """  first_term_to: 2031-06-30
  renewals:
  - {resolution: S/RES/9002 (2031), paragraph: "2", adopted: 2031-06-30, to: 2031-12-31,
     checked: true}
  - {resolution: S/RES/9003 (2031), adopted: 2031-10-01, checked: true}
  - {resolution: S/RES/9004 (2032), paragraph: "1", adopted: 2032-01-01, to: 2032-12-31,
     checked: false}
"""


def test_a_chain_of_renewals_verifies_to_its_last_day() -> None:
    errors = Errors()
    text = GOOD.replace("  exceptions:\n", CHAIN + "  exceptions:\n")
    (regime,) = regimes({"law/9001.yaml": text}, errors)
    assert errors.found == []
    (measure,) = regime.measures
    assert measure.verified_to == "2032-12-31"
    assert [item.to for item in measure.renewals] == ["2031-12-31", None, "2032-12-31"]
    assert measure.renewals[1].authority.words == "S/RES/9003 (2031)"


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("adopted: 2032-01-01", "adopted: 2032-01-02", "nothing covers the days from 2031-12-31"),
        ("adopted: 2031-10-01", "adopted: 2031-05-01", "stands after a later text"),
        ("to: 2032-12-31", "to: 2031-12-31", "covers no day more"),
        ("to: 2032-12-31", "to: 2072-12-31", "covers more than five years"),
        ("  first_term", "  verified_to: 2032-12-31\n  first_term", "follows from the renewals"),
        ("until: null, why_began: it came back, dispute: one",
         "until: 2033-02-02, why_began: b, how_ended: expired, why_ended: e",
         "ended after the last day that a text covers"),
    ],
)  # fmt: skip
def test_a_chain_leaves_no_gap(old: str, new: str, words: str) -> None:
    text = GOOD.replace("  exceptions:\n", CHAIN + "  exceptions:\n")
    assert old in text
    found = _errors(text.replace(old, new, 1))
    assert any(words in item for item in found), found


def test_a_negative_record_stands_where_no_travel_measure_does() -> None:
    negative = "no_travel_measure: {words: no ban, source: s, checked: true}\nannexes:\n"
    found = _errors(GOOD.replace("annexes:\n", negative, 1))
    assert any("'no_travel_measure' stands exactly" in item for item in found)
    freeze = GOOD.replace("annexes:\n", negative, 1).replace(
        "kind: travel_ban", "kind: asset_freeze"
    )
    assert _errors(freeze) == []
