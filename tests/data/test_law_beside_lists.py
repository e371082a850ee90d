"""The law that ships beside the UN's real lists: nobody on them is left without."""

import lzma
import re
from pathlib import Path

import pytest

from app.jobs.shipped import legal_files
from app.record import legal_record
from app.terms import ReachMode, Regime

LAW = legal_record(legal_files(), "2026-01-01T00:00:00.000000Z")
_RECORD = re.compile(
    rb"<(INDIVIDUAL|ENTITY)>.*?<UN_LIST_TYPE>\s*([^<]*?)\s*</UN_LIST_TYPE>.*?"
    rb"<REFERENCE_NUMBER>\s*([^<]*?)\s*</REFERENCE_NUMBER>",
    re.DOTALL,
)
_BY_NAME = (ReachMode.annex, ReachMode.per_person)


@pytest.fixture(scope="module")
def records(shared: Path) -> set[tuple[str, str]]:
    """The list word and reference of every individual on every list, by a plain search."""
    return {
        (word.decode(), reference.decode())
        for path in sorted((shared / "un_lists").glob("*.xml.xz"))
        for kind, word, reference in _RECORD.findall(lzma.decompress(path.read_bytes()))
        if kind == b"INDIVIDUAL"
    }


def _regime(word: str) -> Regime | None:
    return next((regime for regime in LAW.regimes if word in regime.list_words), None)


def test_every_list_word_has_its_law(records: set[tuple[str, str]]) -> None:
    assert len(records) > 800
    assert {word for word, _ in records if _regime(word) is None} == set()


def test_whoever_must_be_named_is_named(records: set[tuple[str, str]]) -> None:
    missing = set()
    for word, reference in records:
        regime = _regime(word)
        assert regime is not None
        named = {
            name
            for item in regime.measures
            for name in (*item.reach.references, *(each.reference for each in item.reach.persons))
        }
        by_name = any(
            item.reach.mode in _BY_NAME and item.kind == "travel_ban" for item in regime.measures
        )
        if by_name and reference not in named:
            missing.add(reference)
    assert missing == set()
