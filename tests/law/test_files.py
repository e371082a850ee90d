"""The legal record's files: what ships is right, and every error is named with its line."""

from pathlib import Path

import pytest

from app.jobs import shipped
from app.law.files import exemptions, regimes, runs_out
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
  - {from: 2031-01-01, until: {between: [2032-01-01, 2032-02-01]}, why_ended: expired}
  - {from: 2033-01-01, until: null, dispute: one}
  exceptions:
  - {kind: own_nationals, decider: automatic, paragraph: "1", words: own nationals, checked: false}
"""


def _errors(text: str) -> list[str]:
    errors = Errors()
    regimes({"law/9001.yaml": text}, errors)
    return errors.found


def test_what_ships() -> None:
    law = legal_record(shipped.legal_files(DATA), MOMENT)
    assert [regime.id for regime in law.regimes] == ["1737", "1970", "2048"]
    iran, libya, bissau = law.regimes
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
            assert measure.exceptions
    assert libya.list_words == ("Libya",)
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
        ("strength: binding\n", "strength: call\n", 18, "a travel ban is binding"),
        ("S/RES/9001 (2031), p", "9001, p", 19, "not of the form"),
        ("adopted: 2031-01-01", "adopted: 2031-02-30", 19, "no day of the calendar"),
        (", checked: true}", "}", 19, "'checked' must be true or false"),
        ("  source: compared\n", "", 16, "'source' is missing"),
        ("annexes: [Annex I]}", "annexes: [Annex II]}", 22, "which the file's annexes do not hold"),
        ("mode: annex", "mode: all_listed", 22, "go together"),
        ("until: null, dispute: one", "dispute: one", 25, "'until' is missing"),
        (", why_ended: expired", "", 24, "says why"),
        ("dispute: one}", "dispute: two}", 25, "which 'disputes' does not hold"),
        ("from: 2033-01-01", "from: 2031-06-01", 23, "overlap"),
        ("[2032-01-01, 2032-02-01]", "[2032-02-01, 2032-01-01]", 24, "two days in order"),
        ("decider: automatic", "decider: nobody", 27, "none of automatic"),
        ("covers: [entry", "covers: [sea", 21, "none of entry"),
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
- {id: a, references: [XXi.001], outcome: granted, purpose: p, from: 2031-02-01,
   until: 2031-01-01, source: s, checked: true}
- {id: a, references: [], outcome: maybe, purpose: p, state: XX, source: s, checked: true}
"""
    exemptions({"exemptions/9001.yaml": text}, known, errors)
    found = "\n".join(errors.found)
    for words in ("9001.yaml:4: 'until' is before", "9001.yaml:5: names no reference",
                  "none of granted", "not an ISO", "'a' stands twice"):  # fmt: skip
        assert words in found
    other = Errors()
    exemptions({"exemptions/1.yaml": 'regime: "1"\nexemptions: []'}, known, other)
    assert "no file in data/law is for the regime" in other.found[0]


def test_what_runs_out() -> None:
    errors = Errors()
    text = GOOD.replace("  source: compared\n", "  source: compared\n  verified_to: 2031-06-30\n")
    known = regimes({"law/9001.yaml": text}, errors)
    assert runs_out(known, "2031-05-01") == ("9001-1: verified to 2031-06-30",)
    assert runs_out(known, "2031-01-01") == ()
