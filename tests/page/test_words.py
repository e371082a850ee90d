"""Every word that a page may have to say has its text, in every language."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import fields
from enum import StrEnum
from string import Formatter
from typing import Any

import pytest

from app.assessment.event import Counts, EventStanding
from app.desk import Desk
from app.faults import _WORDS
from app.law.exemption import ExemptionStanding
from app.law.measure import MeasureStanding
from app.law.scope import ScopeStanding
from app.law.statement import LegalAnswer, PartAnswer
from app.lists.changes import _SAID, ChangeKind
from app.page.render import HERE
from app.page.saying import in_words
from app.page.timeline import LANES, MEASURES
from app.page.words import DEFAULT, languages, preferred, words
from app.screening.identity import _MATCHED_AS, FIELDS, IdentityStanding, NameIs
from app.screening.names import PartIs
from app.screening.similarity import Difference
from app.store.facts import Outcome
from app.store.refreshes import RefreshOutcome, RefreshStage
from app.terms import (
    AliasQuality,
    Claim,
    ClaimType,
    DraftStatus,
    EvidenceKind,
    ExemptionOutcome,
    ExemptionStatus,
    FoundBy,
    Gender,
    Law,
    LegKind,
    ListingStanding,
    ListKind,
    MeasureKind,
    PartKind,
    PartyKind,
    PurposeKind,
    Side,
    SourceKind,
    StatedMeasure,
    Strength,
    Tables,
)
from tests.page.conftest import Visitor

ENUMS: dict[str, type[StrEnum]] = {
    "claim_types": ClaimType,
    "sides": Side,
    "kinds": LegKind,
    "genders": Gender,
    "purposes": PurposeKind,
    "legal_answers": LegalAnswer,
    "part_answers": PartAnswer,
    "measure_kinds": StatedMeasure,
    "strengths": Strength,
    "parts_of_journeys": PartKind,
    "evidence": EvidenceKind,
    "exemption_statuses": ExemptionStatus,
    "source_kinds": SourceKind,
    "article.statuses": DraftStatus,
    "article.found_by": FoundBy,
    "screen.meanings": IdentityStanding,
    "screen.party_kinds": PartyKind,
    "screen.name_is": NameIs,
    "screen.differences": Difference,
    "screen.parts": PartIs,
    "changes.kinds": ChangeKind,
    "lists.kinds": ListKind,
    "lists.outcomes": Outcome,
    "lists.outcome_meanings": Outcome,
    "lists.run_outcomes": RefreshOutcome,
    "lists.stage_words": RefreshStage,
    "outcomes": ExemptionOutcome,
    "people.kinds": PartyKind,
    "people.qualities": AliasQuality,
    "people.standings": ListingStanding,
    "people.change_kinds": ChangeKind,
    "timeline.strengths": Strength,
}
STANDINGS: dict[str, type[StrEnum]] = {
    "identity": IdentityStanding,
    "measure": MeasureStanding,
    "scope": ScopeStanding,
    "exemption": ExemptionStanding,
    "event": EventStanding,
}


@pytest.mark.parametrize("group", ENUMS)
def test_every_word_of_the_domain_has_its_text(group: str) -> None:
    found: Any = words(DEFAULT)
    for name in group.split("."):
        found = found[name]
    assert set(found) == {str(item) for item in ENUMS[group]}


def test_everything_that_is_said_of_a_claim_has_its_text() -> None:
    said = words(DEFAULT)["article"]
    assert set(said["kinds"]) == {*map(str, Counts), "legal", "leave", "unweighed"}
    assert set(said["fields"]) >= {field.name for field in fields(Claim)} - {
        "id", "published_on", "found_by", "status", "cue",
    }  # fmt: skip
    assert set(said["laws"]) == {field.name for field in fields(Law)} - {"in_force"}


def test_every_field_that_is_compared_has_its_text() -> None:
    assert set(words(DEFAULT)["screen"]["fields"]) == set(FIELDS)
    told = {*_SAID, "listed_on", "last_day_updated"}
    assert set(words(DEFAULT)["changes"]["fields"]) == told


def test_every_check_has_its_text(bundled_desk: Desk) -> None:
    checks = {check.name for check in bundled_desk.ready().checks}
    assert set(words(DEFAULT)["lists"]["checks"]) == checks


def test_every_way_in_which_a_name_matched_has_its_text() -> None:
    assert set(words(DEFAULT)["screen"]["matched_as"]) == {*_MATCHED_AS, "imo_number"}


_TERM = re.compile(r"""\bterm\(\s*(['"]?)(\w+)\1""")


def test_every_term_that_a_page_links_to_is_in_the_glossary(here: Visitor) -> None:
    glossary = here.open("/glossary").text
    ids = re.findall(r'id="([^"]+)"', glossary)
    assert len(ids) == len(set(ids))
    used = set()
    for path in (HERE / "templates").glob("*.html"):
        text = path.read_text()
        found = [(quote, name) for quote, name in _TERM.findall(text)]
        # In the macro itself, and nowhere else, the name is whatever it is given.
        assert [name for quote, name in found if not quote] == (
            ["name"] if path.name == "parts.html" else []
        ), path
        used |= {name for quote, name in found if quote}
        used |= set(re.findall(r'/glossary#([a-z_]+)"', text))
    assert used >= {"as_of", "known_at", "similarity", "supplement"}
    assert used - set(ids) == set()


def test_every_lane_of_a_timeline_has_its_text() -> None:
    assert set(MEASURES) == set(MeasureKind)
    assert {*words(DEFAULT)["timeline"]["lanes"], *MEASURES} == set(LANES)
    assert {*Counts} < set(LANES)
    assert {*Strength} < set(words(DEFAULT)["timeline"]["signs"])


@pytest.mark.parametrize("group", STANDINGS)
def test_every_standing_has_its_text(group: str) -> None:
    assert set(words(DEFAULT)["standings"][group]) == {str(item) for item in STANDINGS[group]}


def test_every_verdict_has_its_text(tables: Tables) -> None:
    assert set(words(DEFAULT)["verdicts"]) == set(tables.gravity)


def test_no_template_leaves_anything_as_it_is() -> None:
    found = [path.name for path in (HERE / "templates").glob("*.html")]
    assert "screen.html" in found
    for name in found:
        text = (HERE / "templates" / name).read_text()
        assert not re.search(r"\|\s*safe\b|autoescape|style=|\son\w+=", text), name


def _leaves(node: Any, path: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(node, Mapping):
        for name, below in node.items():
            yield from _leaves(below, f"{path}.{name}")
    else:
        yield path, node


def test_every_text_is_a_text() -> None:
    for path, text in _leaves(words(DEFAULT)):
        assert isinstance(text, str), path
        assert text.strip(), path


@pytest.mark.parametrize("language", languages())
def test_every_language_has_the_same_texts_with_the_same_gaps(language: str) -> None:
    def gaps(text: str) -> set[str]:
        return {name for _, name, _, _ in Formatter().parse(text) if name is not None}

    first, other = (dict(_leaves(words(each))) for each in (DEFAULT, language))
    assert set(first) == set(other)
    assert [path for path in first if gaps(first[path]) != gaps(other[path])] == []


@pytest.mark.parametrize(
    ("accepted", "language"),
    [("", "en"), ("en", "en"), ("xx, en;q=0.5", "en"), ("xx", "en"), ("en-GB;q=x,,;q=", "en")],
)
def test_the_language_that_the_reader_likes_best(accepted: str, language: str) -> None:
    assert preferred(accepted) == language


def test_every_text_that_a_template_names_is_there() -> None:
    for path in (HERE / "templates").glob("*.html"):
        for name in re.findall(r"\bw((?:\.[a-z_]+\d*)+)", path.read_text()):
            node: Any = words(DEFAULT)
            for part in name[1:].split("."):
                if not isinstance(node, Mapping):
                    break  # a method of a text
                assert part in node or part in ("items", "get", "values"), f"{path.name}: w{name}"
                node = node.get(part)


def test_what_the_service_says_of_a_field_has_its_text() -> None:
    said = words(DEFAULT)["errors"]["said"]
    assert {*_WORDS.values(), "is given twice", "cannot be read"} < set(said)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (None, ""), ("", ""), ("2015", "2015"), ("2015-07", "July 2015"),
        ("2015-07-04", "4 July 2015"), ("2015-07-24T18:30", "24 July 2015 at 18:30"),
        ("2025-09-28T00:00:00Z", "00:00 UTC on 28 September 2025"),
        ("2015-07-24T01:30+03:00", "22:30 UTC on 23 July 2015"),
    ],
)  # fmt: skip
def test_a_day_in_words(text: str | None, said: str) -> None:
    assert in_words(text, words(DEFAULT)) == said
