"""The designation facts that ship beside the UN's real lists: neither contradicts the other."""

import lzma
import re
from itertools import pairwise
from pathlib import Path

import pytest

from app.jobs.shipped import legal_files
from app.lists.history import contradictions, designations
from app.record import legal_record
from app.terms import DesignationFact, Holds, ListKind, Snapshot
from app.when import arrival, instant_text, order, parse_instant

_NUMBER = re.compile(rb"<REFERENCE_NUMBER>\s*([A-Z]{2}[ie]\.\d{3})")
_GENERATED = re.compile(rb"""dateGenerated=["']([^"']+)["']""")
_SPANISH = "2023-02-22T114657"
Look = tuple[Snapshot, frozenset[str]]


@pytest.fixture(scope="module")
def facts() -> dict[str, list[DesignationFact]]:
    found: dict[str, list[DesignationFact]] = {}
    for item in legal_record(legal_files(), "2026-01-01T00:00:00.000000Z").facts:
        found.setdefault(item.reference, []).append(item)
    return found


@pytest.fixture(scope="module")
def looks(shared: Path) -> list[Look]:
    """Every English list, by the references that a plain search finds in it."""
    found = []
    for path in sorted((shared / "un_lists").glob("*.xml.xz")):
        if path.name.startswith(_SPANISH):
            continue
        xml = lzma.decompress(path.read_bytes())
        match = _GENERATED.search(xml)
        assert match, path
        moment = instant_text(parse_instant(match[1].decode()))
        snapshot = Snapshot(
            sha256=path.name,
            list_kind=ListKind.full,
            generated=moment,
            source=path.name,
            recorded_at="2026-01-01T00:00:00.000000Z",
            individuals=0,
            entities=0,
        )
        found.append((snapshot, frozenset(name.decode() for name in _NUMBER.findall(xml))))
    assert len(found) == 24
    return sorted(found, key=lambda look: order(look[0].generated))


def held(reference: str, looks: list[Look]) -> list[tuple[Snapshot, bool]]:
    return [(snapshot, reference in names) for snapshot, names in looks]


def test_no_contradiction(looks: list[Look], facts: dict[str, list[DesignationFact]]) -> None:
    """With all lists, and with each alone or beside the next: whatever an office has imported."""
    some = [looks, *([look] for look in looks), *([*pair] for pair in pairwise(looks))]
    for chosen in some:
        told = [
            item.words
            for reference in facts
            for item in contradictions(
                reference, held(reference, chosen), None, facts[reference], None
            )
        ]
        assert told == []


@pytest.mark.parametrize(
    ("reference", "day", "listed"),
    [
        ("MLi.004", "2023-08-31", "yes"),
        ("MLi.004", "2023-09-01", "no"),
        ("IRe.007", "2016-01-15", "yes"),
        ("IRe.007", "2016-01-17", "possible"),
        ("IRe.007", "2016-01-18", "no"),
        ("IRe.001", "2023-10-17", "yes"),
        ("IRe.001", "2023-10-18", "no"),
        ("IRe.001", "2025-09-27", "no"),
        ("IRe.001", "2025-09-28", "yes"),
        ("QDi.168", "2017-06-29", "yes"),
        ("QDi.168", "2017-07-02", "possible"),
        ("QDi.168", "2017-07-05", "no"),
        ("GBi.002", "2017-07-03", "yes"),
        ("GBi.002", "2018-01-01", "possible"),
        ("GBi.002", "2018-06-09", "no"),
        ("QDi.237", "2014-01-03", "yes"),
        ("QDi.031", "2010-01-01", "yes"),
        ("QDi.317", "2025-11-05", "yes"),
        ("QDi.317", "2025-11-06", "no"),
        ("1267:rashid-ahmad-ledahyanoy", "2008-10-20", "possible"),
        ("1267:rashid-ahmad-ledahyanoy", "2014-04-03", "no"),
    ],
)
def test_listed_on_that_day(
    looks: list[Look],
    facts: dict[str, list[DesignationFact]],
    reference: str,
    day: str,
    listed: str,
) -> None:
    came = next((item.on for item in facts[reference] if item.event == "listed"), None)
    found = designations(reference, held(reference, looks), None, facts[reference], came, 10)
    arrived = arrival(day, ("UTC",))
    told = {
        item.listed.value for item in found if arrived.holds(item.from_, item.until) is not Holds.no
    }
    assert told == {listed}
