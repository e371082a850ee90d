"""Every word that a page may have to say has its text, in every language."""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from string import Formatter
from typing import Any

import pytest

from app.assessment.event import EventStanding
from app.law.exemption import ExemptionStanding
from app.law.measure import MeasureStanding
from app.law.scope import ScopeStanding
from app.law.statement import LegalAnswer, PartAnswer
from app.page.words import DEFAULT, languages, preferred, words
from app.screening.identity import IdentityStanding
from app.terms import ClaimType, Gender, LegKind, PurposeKind, Side, StatedMeasure, Tables

ENUMS: dict[str, type[StrEnum]] = {
    "claim_types": ClaimType,
    "sides": Side,
    "kinds": LegKind,
    "genders": Gender,
    "purposes": PurposeKind,
    "legal_answers": LegalAnswer,
    "part_answers": PartAnswer,
    "measure_kinds": StatedMeasure,
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
    assert set(words(DEFAULT)[group]) == {str(item) for item in ENUMS[group]}


@pytest.mark.parametrize("group", STANDINGS)
def test_every_standing_has_its_text(group: str) -> None:
    assert set(words(DEFAULT)["standings"][group]) == {str(item) for item in STANDINGS[group]}


def test_every_verdict_has_its_text(tables: Tables) -> None:
    assert set(words(DEFAULT)["verdicts"]) == set(tables.gravity)


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
