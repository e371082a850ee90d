"""The casebook, each case a test of its own, and the runner that reads it."""

import lzma
from pathlib import Path

import pytest

from app.jobs.cases import Case, CaseResult, Outcome, Runner, read_cases, run
from app.terms import Policy

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"
POLICY = Policy(threshold=0.75, strong=0.8, fresh_days=10, limit=10)
CASES, ERRORS = read_cases(ROOT / "tests" / "cases")


@pytest.fixture(scope="module")
def runner() -> Runner:
    return Runner(ROOT / "data", SHARED, POLICY)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.file}: {case.name}")
def test_case(case: Case, runner: Runner) -> None:
    result = runner.run(case)
    if result.outcome is Outcome.skipped:
        pytest.skip("; ".join(result.words))
    assert not result.words, "\n".join([f"{case.file}:{case.line}", *result.words])


def test_the_casebook_can_be_read() -> None:
    assert ERRORS == []
    assert len(CASES) >= 60


FILE = """\
title: Moscow
why: The ban was that of 1929.
report:
  traveller: {name: Qasem Soleimani, role: commander of the Quds Force}
  legs:
  - {state: RU, place: Moscow, from: 2015-07-24}
  claims:
  - {type: asserts, speaker: the Government, side: state_of_entry, named: true}
cases:
- name: as reported
  expect: {verdict: apparent_violation, scope: in_scope}
"""


def _run(folder: Path, text: str, shared: Path | None = None) -> tuple[CaseResult, ...]:
    (folder / "moscow.yaml").write_text(text, encoding="utf-8")
    return run(folder, ROOT / "data", shared, POLICY)


def _only(results: tuple[CaseResult, ...]) -> CaseResult:
    assert len(results) == 1, results
    return results[0]


def test_what_holds_passes(tmp_path: Path) -> None:
    result = _only(_run(tmp_path, FILE))
    assert (result.file, result.line, result.name) == ("moscow.yaml", 10, "as reported")
    assert result.outcome is Outcome.passed


def test_each_wrong_expectation_is_named_with_its_place(tmp_path: Path) -> None:
    text = FILE.replace("apparent_violation", "contested").replace("in_scope", "null")
    result = _only(_run(tmp_path, text))
    assert (result.outcome, result.line) == (Outcome.failed, 10)
    assert result.words == (
        "verdict: expected contested, got apparent_violation",
        "scope: expected null, got in_scope",
    )


@pytest.mark.parametrize(
    ("expect", "words"),
    [
        ("{sentence: [a unicorn]}", "sentence: expected 'a unicorn' in: "),
        ("{never: [apparent]}", "never: 'apparent' stands in: "),
        ("{considered: [IRi.001]}", "considered: expected IRi.001, got [IRi.039"),
        ("{candidates: {IRi.039: refuted}}", "candidates.IRi.039: expected refuted, got "),
        ("{measures: {1929-10: ended}}", "measures.1929-10: expected ended, got in_force"),
        ("{how_ended: {2231-B-6e: moved}}", "how_ended.2231-B-6e: expected moved, got expired"),
        ("{statements: {c: agrees}}", "statements.c: expected agrees, got null"),
        ("{legal_statements: [agrees]}", "legal_statements: expected [agrees], got []"),
        ("{disputed: true}", "disputed: expected true, got false"),
        ("{overall: refuted}", "overall: expected refuted, got apparent_violation"),
        ("{leg: 1}", "leg: there is no leg 1"),
        ("{refused: legs.0.to}", "refused: expected legs.0.to, got an answer"),
    ],
)
def test_every_kind_of_difference_is_said(tmp_path: Path, expect: str, words: str) -> None:
    text = FILE.replace("{verdict: apparent_violation, scope: in_scope}", expect)
    assert _only(_run(tmp_path, text)).words[0].startswith(words)


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("title: Moscow", "titel: Moscow", 1, "the key 'titel' is not known"),
        ("why: The ban was that of 1929.\n", "", 1, "'why' is missing"),
        ("scope: in_scope", "scoop: in_scope", 11, "the key 'scoop' is not known"),
        ("- name: as reported", "- nom: as reported", 10, "the key 'nom' is not known"),
        ("scope: in_scope", "sentence: ban", 11, "'sentence' is not a list of texts"),
        ("scope: in_scope", "leg: last", 11, "'leg' is no number from 0"),
        ("scope: in_scope", "measures: none", 11, "'measures' is no mapping"),
        ("scope: in_scope", "scope: [in_scope]", 11, "'scope' is not one word"),
        ("  expect:", "  again: {scope: null}\n  expect:", 11, "'again' needs lists"),
        ("  expect:", "  change: [x]\n  expect:", 11, "'change' is no mapping"),
        ("  expect:", "  change: {legs.1.to: x}\n  expect:", 11, "'change' names legs.1.to, "),
        ("report:\n", "lists: [none.xml]\nreport:\n", 3, "'lists' names none.xml"),
        ("report:\n", "law: nowhere\nreport:\n", 3, "'law' names a folder"),
        ("report:\n", "report: {\n", 5, "expected"),
    ],
)
def test_a_file_that_is_no_case_is_told_with_file_and_line(
    tmp_path: Path, old: str, new: str, line: int, words: str
) -> None:
    results = _run(tmp_path, FILE.replace(old, new))
    assert all(result.outcome is Outcome.failed for result in results)
    assert any(
        (result.file, result.line) == ("moscow.yaml", line) and words in result.words[0]
        for result in results
    ), results


def test_what_is_no_report_is_told_with_file_and_line(tmp_path: Path) -> None:
    result = _only(_run(tmp_path, FILE.replace("state: RU", "state: Russia")))
    assert result.outcome is Outcome.failed
    assert result.words[0].startswith("moscow.yaml:6: legs.0.state ")


def test_a_change_that_makes_no_report_is_told_at_the_change(tmp_path: Path) -> None:
    text = FILE.replace("  expect:", "  change:\n    legs.0.to: 2015-07-20\n  expect:")
    result = _only(_run(tmp_path, text))
    assert result.words == ("moscow.yaml:12: legs.0.to is before from",)


def test_two_cases_of_one_name_and_an_empty_folder_are_errors(tmp_path: Path) -> None:
    assert _only(run(tmp_path, ROOT / "data", None, POLICY)).outcome is Outcome.failed
    twice = FILE + "- name: as reported\n  expect: {verdict: apparent_violation}\n"
    assert {result.words for result in _run(tmp_path, twice)} == {
        ("the name 'as reported' stands twice",)
    }


@pytest.mark.parametrize("wanted", ["all", "[2015-03-27T173713]"])
def test_full_lists_that_are_not_here_are_skipped_with_a_line(tmp_path: Path, wanted: str) -> None:
    text = FILE.replace("report:\n", f"again_with: {wanted}\nreport:\n")
    for shared in (None, tmp_path):
        plain, again = sorted(_run(tmp_path, text, shared), key=lambda result: len(result.name))
        assert plain.outcome is Outcome.passed
        assert again.outcome is Outcome.skipped
        assert "shared/un_lists" in again.words[0]


def test_what_the_full_lists_change_stands_in_again(tmp_path: Path) -> None:
    (tmp_path / "un_lists").mkdir()
    full = (ROOT / "tests" / "cases" / "invented" / "full-2032.xml").read_bytes()
    (tmp_path / "un_lists" / "2032.xml.xz").write_bytes(lzma.compress(full))
    text = FILE.replace("report:\n", "again_with: [2032]\nreport:\n")
    text += "  again: {verdict: contested, listing: end_unknown}\n"
    plain, again = sorted(_run(tmp_path, text, tmp_path), key=lambda result: len(result.name))
    assert plain.outcome is Outcome.passed
    assert [words.split(",")[0] for words in again.words] == [
        "verdict: expected contested",
        "listing: expected end_unknown",
    ]


def test_law_of_its_own_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    (tmp_path / "law").mkdir()
    (tmp_path / "law" / "9009.yaml").write_text("regime: nothing\n", encoding="utf-8")
    result = _only(_run(tmp_path, FILE.replace("report:\n", "law: .\nreport:\n")))
    assert result.outcome is Outcome.failed
    assert any("law/9009.yaml:1: " in words for words in result.words)
