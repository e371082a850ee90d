"""The published verdict table: total, first row wins, in order of gravity."""

import itertools
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.assessment.verdict import FACTS, NoRowHolds, gravest, verdict
from app.jobs import shipped
from app.terms import Tables
from tests.conftest import LONG

DATA = Path(__file__).parents[2] / "data"
TABLES = shipped.tables(DATA)


def _possible(facts: dict[str, str]) -> bool:
    """Facts that can come together: the law is asked only where somebody may be meant."""
    asked = facts["identity"] in ("identified", "probable")
    unsaid = "not_said" in (facts["state"], facts["day"]) or facts["lists"] == "none"
    law = (facts["measure"], facts["scope"], facts["exemption"])
    if asked and not unsaid:
        return "not_asked" not in law
    return law in (
        ("not_asked", "not_asked", "not_asked"),
        ("unknown", "not_asked", "not_asked"),
    )


def _told_apart(fact: str) -> list[str]:
    """One word for each group of words that every row treats alike."""
    seen: dict[tuple[bool, ...], str] = {}
    for word in FACTS[fact]:
        treated = tuple(
            word in alternative.get(fact, FACTS[fact])
            for row in TABLES.verdicts
            for alternative in row.when
        )
        # What was not asked is kept: `_possible` looks at it.
        seen.setdefault((*treated, word in ("not_asked", "unknown")), word)
    return list(seen.values())


@pytest.mark.parametrize("step", [19, pytest.param(1, marks=LONG)])
def test_the_table_is_total(step: int) -> None:
    """Every combination of facts that can come together has a row; in the soak, all are tried."""
    groups = {name: _told_apart(name) for name in FACTS}
    walked = 0
    for words in itertools.islice(itertools.product(*groups.values()), 0, None, step):
        facts = dict(zip(groups, words, strict=True))
        if _possible(facts):
            walked += 1
            assert verdict(facts, TABLES).verdict in TABLES.gravity
    assert walked > 10_000 / step


@given(st.fixed_dictionaries({name: st.sampled_from(words) for name, words in FACTS.items()}))
def test_the_first_row_that_holds_wins(facts: dict[str, str]) -> None:
    try:
        row = verdict(facts, TABLES)
    except NoRowHolds:
        assert not _possible(facts)
        return
    place = TABLES.verdicts.index(row)
    for before in TABLES.verdicts[:place]:
        assert not any(
            all(facts[fact] in words for fact, words in alternative.items())
            for alternative in before.when
        )


def test_every_row_can_hold_and_every_verdict_has_a_gravity() -> None:
    verdicts = [row.verdict for row in TABLES.verdicts]
    assert len(set(verdicts)) == len(verdicts)
    assert sorted(verdicts) == sorted(TABLES.gravity)
    for row in TABLES.verdicts:
        for alternative in row.when:
            for fact, words in alternative.items():
                assert set(words) <= set(FACTS[fact]), (row.verdict, fact)


def _facts(**changed: str) -> dict[str, str]:
    return {
        "identity": "identified",
        "identity_is": "definite",
        "measure": "binding_ban",
        "measure_is": "definite",
        "scope": "in_scope",
        "scope_is": "definite",
        "exemption": "none_found",
        "exemption_is": "definite",
        "event": "admitted",
        "state": "said",
        "day": "said",
        "place": "known",
        "lists": "full",
        "disputed": "no",
        "determined": "no",
        "drafts": "no",
    } | changed


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({}, "apparent_violation"),
        ({"exemption": "refused"}, "apparent_violation"),
        ({"event": "documented"}, "apparent_violation"),
        ({"event": "contested"}, "contested"),
        ({"event": "contested", "identity": "probable"}, "contested"),
        ({"identity": "probable"}, "reported_unverified"),
        ({"identity_is": "possible"}, "reported_unverified"),
        ({"measure_is": "possible"}, "reported_unverified"),
        ({"scope": "nationality_unknown"}, "reported_unverified"),
        ({"place": "disputed"}, "reported_unverified"),
        ({"event": "single_named"}, "reported_unverified"),
        ({"event": "denied_only"}, "no_event_asserted"),
        ({"event": "refuted"}, "refuted"),
        ({"scope": "own_national"}, "outside_scope"),
        ({"scope": "own_national", "scope_is": "possible"}, "reported_unverified"),
        ({"measure": "vigilance"}, "no_travel_ban_in_force"),
        ({"measure": "unknown"}, "cannot_assess"),
        ({"exemption": "published"}, "covered_by_exemption"),
        ({"exemption": "published", "exemption_is": "possible"}, "reported_unverified"),
        ({"exemption": "partial"}, "partly_exempt"),
        ({"exemption": "claimed"}, "exemption_unknown"),
        ({"exemption": "state_may_decide"}, "exemption_unknown"),
        ({"disputed": "yes"}, "depends_on_disputed_measure"),
        ({"disputed": "yes", "determined": "yes"}, "determined_by_body"),
        ({"identity": "ambiguous"}, "identity_unresolved"),
        ({"identity": "discounted"}, "no_listed_match"),
        ({"identity": "no_match"}, "no_listed_match"),
        ({"identity": "no_match", "lists": "supplement"}, "cannot_assess"),
        ({"state": "not_said"}, "cannot_assess"),
        ({"drafts": "yes"}, "reported_unverified"),
        ({"drafts": "yes", "determined": "yes"}, "reported_unverified"),
        ({"drafts": "yes", "disputed": "yes"}, "reported_unverified"),
        ({"drafts": "yes", "exemption": "claimed"}, "reported_unverified"),
        ({"drafts": "yes", "event": "contested"}, "contested"),
    ],
)
def test_rows(changed: dict[str, str], expected: str) -> None:
    assert verdict(_facts(**changed), TABLES).verdict == expected


def test_an_apparent_violation_needs_every_standing() -> None:
    """Of all facts, only the ones that say so in full lead to it."""
    for name, words in FACTS.items():
        for word in words:
            if verdict_of(_facts(**{name: word}), TABLES) == "apparent_violation":
                assert (name, word) in {
                    ("identity", "identified"),
                    ("identity_is", "definite"),
                    ("measure", "binding_ban"),
                    ("measure_is", "definite"),
                    ("scope", "in_scope"),
                    ("scope_is", "definite"),
                    ("exemption", "none_found"),
                    ("exemption", "refused"),
                    ("exemption_is", "definite"),
                    ("event", "admitted"),
                    ("event", "documented"),
                    ("event", "corroborated"),
                    ("state", "said"),
                    ("day", "said"),
                    ("place", "known"),
                    ("lists", "full"),
                    ("lists", "supplement"),
                    ("disputed", "no"),
                    ("determined", "no"),
                    ("drafts", "no"),
                }


def verdict_of(facts: dict[str, str], tables: Tables) -> str | None:
    try:
        return verdict(facts, tables).verdict
    except NoRowHolds:
        return None


def test_the_gravest_leads() -> None:
    assert gravest(["no_listed_match", "contested", "outside_scope"], TABLES) == 1
    assert gravest(["contested", "contested"], TABLES) == 0
    assert gravest(["apparent_violation", "determined_by_body"], TABLES) == 1
