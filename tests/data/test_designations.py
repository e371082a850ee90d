"""What ships in data/designations, against the facts beside the checkout and by itself."""

from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

from app.jobs.shipped import legal_files
from app.record import legal_record
from app.terms import DesignationFact, LegalRecord, PartyKind, numbered

WORDS = {
    "QD": "Al-Qaida", "TA": "Taliban", "KP": "DPRK", "IQ": "Iraq", "IR": "Iran", "CD": "DRC",
    "LY": "Libya", "SO": "Somalia", "CF": "CAR", "SD": "Sudan", "GB": "GB", "YE": "Yemen",
    "HT": "Haiti", "SS": "SouthSudan", "ML": "Mali", "LR": "Liberia", "CI": "CdI",
}  # fmt: skip
UNNAMED = ("(one entry)", "(four entries)", "45 entries", "Sierra Leone")
EVENTS = ("listed", "delisted", "relisted")


@pytest.fixture(scope="module")
def law() -> LegalRecord:
    """The legal record that ships."""
    return legal_record(legal_files(), "2026-01-01T00:00:00.000000Z")


def of(law: LegalRecord, reference: str, event: str) -> DesignationFact:
    """The one fact of that event."""
    found = [item for item in law.facts if (item.reference, item.event) == (reference, event)]
    assert len(found) == 1, found
    return found[0]


@pytest.fixture
def rows(shared: Path) -> list[dict[str, Any]]:
    """The rows beside the checkout that are facts of somebody's listing."""
    text = (shared / "facts" / "designations.yaml").read_text(encoding="utf-8")
    found = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))["facts"]
    return [
        row
        for row in found
        if row["event"] in EVENTS and not (row["ref"] is None and row["name"].startswith(UNNAMED))
    ]


def test_counts_by_regime_and_event(law: LegalRecord, rows: list[dict[str, Any]]) -> None:
    word = {party.reference: party.regime_word for party in law.parties}
    ours = Counter(
        (word[item.reference], str(item.event), item.checked)
        for item in law.facts
        if item.event in EVENTS
    )
    theirs = Counter(
        (
            WORDS[row["ref"][:2]] if row["ref"] else row.get("regime", ""),
            row["event"],
            row["flag"] == "v",
        )
        for row in rows
    )
    assert ours == theirs
    assert sum(ours.values()) == 2044


def test_each_row_is_a_fact_with_its_days(law: LegalRecord, rows: list[dict[str, Any]]) -> None:
    facts: dict[tuple[str, str], list[DesignationFact]] = {}
    for item in law.facts:
        facts.setdefault((item.reference, item.event), []).append(item)
    keys = {party.names[0]: party.reference for party in law.parties}
    for row in rows:
        reference = row["ref"]
        if reference is None or "Ledahyanoy" in row["name"]:
            reference = keys[row["name"].partition(" (Kadi)")[0]]
            assert not numbered(reference)
        given = row["date"]
        first, last = given if isinstance(given, list) else (given, given)
        if len(first) == len("2010-03"):
            first, last = f"{first}-01", f"{first}-31"
        exact = row["precision"] == "day"
        if row["event"] == "delisted" and reference.startswith("ML"):
            first = (date.fromisoformat(first) + timedelta(days=1)).isoformat()
        after = (date.fromisoformat(last) + timedelta(days=1)).isoformat()
        found = [
            item
            for item in facts[reference, row["event"]]
            if item.on[:10] == first
            and (
                item.by is None
                if exact
                else item.by == after or ("T" in (item.by or "") and (item.by or "")[:10] == last)
            )
        ]
        assert len(found) == 1, row


def test_every_name_of_a_row_is_carried_over(law: LegalRecord, shared: Path) -> None:
    names = {party.reference: set(party.names) for party in law.parties}
    text = (shared / "facts" / "designations.yaml").read_text(encoding="utf-8")
    found = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))["facts"]
    for row in found:
        if row["ref"] is None or "Ledahyanoy" in row["name"] or "measure" in row["event"]:
            continue
        for name in filter(None, (row["name"], row.get("old_name"))):
            assert name.removesuffix(" na") in names[row["ref"]], row


def test_parties(law: LegalRecord) -> None:
    assert len(law.parties) == 1423
    assert sum(numbered(party.reference) for party in law.parties) == 1401
    stand_ins = [party for party in law.parties if not numbered(party.reference)]
    assert [p.reference for p in stand_ins if p.kind is PartyKind.entity] == [
        "1267:movement-for-reform-in-arabia-mira"
    ]
    assert all(len(party.reference) < 40 for party in law.parties)
    for party in law.parties:
        if numbered(party.reference):
            assert party.regime_word == WORDS[party.reference[:2]]
    for regime in law.regimes:  # the word is the one that the law of the regime has
        ours = {p.regime_word for p in law.parties if p.reference[:3] == regime.prefix}
        assert ours <= set(regime.list_words)


def test_the_eight_of_mali_were_listed_to_the_end_of_august(law: LegalRecord) -> None:
    for number in range(1, 9):
        assert of(law, f"MLi.00{number}", "delisted").on == "2023-09-01"


def test_iran(law: LegalRecord) -> None:
    back = [item for item in law.facts if item.event == "relisted" and "IR" in item.reference]
    assert len(back) == 43 + 78
    assert {(item.on, item.disputed) for item in back} == {("2025-09-28T00:00:00Z", True)}
    left = Counter(
        (item.reference[2], item.on) for item in law.facts
        if item.event == "delisted" and item.reference.startswith("IR")
    )  # fmt: skip
    assert left == {
        ("i", "2016-01-16"): 20, ("i", "2023-10-18"): 23,
        ("e", "2016-01-16"): 16 + 1, ("e", "2023-10-18"): 61,
    }  # fmt: skip
    assert of(law, "IRe.007", "delisted").by == "2016-01-18"
    assert sum(item.event == "died" for item in law.facts) == 5


def test_brackets(law: LegalRecord) -> None:
    two_lists = of(law, "GBi.002", "delisted")
    assert (two_lists.on, two_lists.by) == ("2017-07-04T00:27:45Z", "2018-06-07T23:03:43Z")
    month = of(law, "1267:youssef-nada", "delisted")
    assert (month.on, month.by) == ("2010-03-01", "2010-04-01")
    last_day = of(law, "QDi.168", "delisted")
    assert (last_day.on, last_day.by) == ("2017-06-30", "2017-07-04")


def test_a_number_that_is_another_mans_is_not_taken(law: LegalRecord) -> None:
    """A removal marked QDi.031, who is on every list of 2015 to 2026 under another name."""
    names = {party.reference: party.names for party in law.parties}
    assert names["QDi.031"] == ("OMAR MAHMOUD UTHMAN",)
    assert {item.event for item in law.facts if item.reference == "QDi.031"} == {"listed"}
    assert of(law, "1267:rashid-ahmad-ledahyanoy", "delisted").by == "2014-04-03"


def test_former_names(law: LegalRecord) -> None:
    names = {party.reference: party.names for party in law.parties}
    assert names["LYi.025"] == (
        "Mohammed Al Amin Al-Arabi Kashlaf",
        "Mohammed al-Hadi al-Arabi Kashlaf",
        "Mohammed Kachlaf",
    )
    assert names["QDi.001"][1:] == ("SAYF-AL ADL",)


def test_what_is_law_is_no_fact_of_a_listing(law: LegalRecord) -> None:
    """The bans of two Libyans were lifted person by person; they stayed on the list."""
    assert {item.event for item in law.facts if item.reference in ("LYi.009", "LYi.019")} == {
        "listed"
    }
    bans = {
        flag.reference: flag.intervals
        for regime in law.regimes
        for measure in regime.measures
        if measure.id == "1970-15"
        for flag in measure.reach.persons
    }
    assert bans["LYi.009"][0].until == "2023-10-16"
    assert (bans["LYi.019"][0].until, bans["LYi.019"][0].until_by) == ("2023-11-24", "2024-03-16")
