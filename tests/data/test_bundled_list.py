"""The list that ships with the project: facts of the UN's list, in the project's own words."""

import lzma
import re
import xml.etree.ElementTree as ET
from datetime import datetime
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
BUNDLED = ROOT / "data" / "un_lists" / "iran-1737.xml"
REAL_LISTS = ROOT.parent / "shared" / "un_lists"
LONGEST_SHARED = 7  # words in a row: names of offices and organisations are that long


@pytest.fixture(scope="module")
def root() -> ET.Element:
    return ET.fromstring(BUNDLED.read_bytes())


def texts(record: ET.Element, path: str) -> list[str]:
    return [element.text or "" for element in record.findall(path)]


def records(root: ET.Element) -> dict[str, ET.Element]:
    return {
        (record.findtext("REFERENCE_NUMBER") or "").strip(): record
        for record in root.iter("INDIVIDUAL")
    }


def word_runs(text: str, length: int) -> set[tuple[str, ...]]:
    """Runs of words; a reference such as I.47.D.6 is one word."""
    stripped = (word.strip(".,;:#()[]“”\"'") for word in text.casefold().split())
    words = [word for word in stripped if word]
    return {tuple(words[start : start + length]) for start in range(len(words) - length + 1)}


def prose(record: ET.Element) -> list[str]:
    return (
        texts(record, "TITLE/VALUE")
        + texts(record, "DESIGNATION/VALUE")
        + texts(record, "COMMENTS1")
    )


def newest_real(date_generated: str) -> ET.Element | None:
    stamp = date_generated.split(".")[0].replace(":", "")
    path = REAL_LISTS / f"{stamp}.xml.xz"
    return ET.fromstring(lzma.decompress(path.read_bytes())) if path.is_file() else None


def test_layout(root: ET.Element) -> None:
    assert root.tag == "CONSOLIDATED_LIST"
    assert [child.tag for child in root] == ["INDIVIDUALS", "ENTITIES"]
    entities = root.find("ENTITIES")
    assert entities is not None
    assert len(entities) == 0


def test_file_is_plain_utf8_with_line_feeds() -> None:
    raw = BUNDLED.read_bytes()
    assert not raw.startswith(b"\xef\xbb\xbf")
    assert b"\r" not in raw
    assert b"\t" not in raw
    assert raw.endswith(b"</CONSOLIDATED_LIST>\n")
    assert b"<!DOCTYPE" not in raw


def test_date_generated_has_a_time_and_a_zone(root: ET.Element) -> None:
    value = root.attrib["dateGenerated"]
    assert "T" in value
    assert datetime.fromisoformat(value).tzinfo is not None


def test_43_records_in_order_of_reference(root: ET.Element) -> None:
    references = texts(root, "INDIVIDUALS/INDIVIDUAL/REFERENCE_NUMBER")
    assert references == [f"IRi.{number:03}" for number in range(1, 44)]


def test_every_record_has_what_the_reader_needs(root: ET.Element) -> None:
    for reference, record in records(root).items():
        assert record.findtext("FIRST_NAME"), reference
        assert record.findtext("UN_LIST_TYPE") == "Iran", reference
        assert texts(record, "LIST_TYPE/VALUE") == ["UN List"], reference
        assert texts(record, "DESIGNATION/VALUE"), reference
        datetime.strptime(record.findtext("LISTED_ON") or "", "%Y-%m-%d")  # noqa: DTZ007
        assert record.find("DATAID") is None, reference


def test_no_empty_element_and_no_stray_blank(root: ET.Element) -> None:
    for element in root.iter():
        if len(element) == 0 and element.tag != "ENTITIES":
            text = element.text or ""
            assert text, element.tag
            assert text == " ".join(text.split()), text


def test_one_name_in_each_alias(root: ET.Element) -> None:
    for reference, record in records(root).items():
        aliases = texts(record, "INDIVIDUAL_ALIAS/ALIAS_NAME")
        assert len(aliases) == len(set(aliases)), reference
        assert not [alias for alias in aliases if re.search(r";|\b[a-z]\) ", alias)], reference
        assert set(texts(record, "INDIVIDUAL_ALIAS/QUALITY")) <= {"Good", "Low"}, reference


def test_the_two_soleimanis_can_be_told_apart_by_post(root: ET.Element) -> None:
    general, miner = (records(root)[reference] for reference in ("IRi.039", "IRi.040"))
    posts = " · ".join(texts(general, "DESIGNATION/VALUE"))
    assert "Major General" in posts
    assert "Commander of the Quds Force" in posts
    assert "Islamic Revolutionary Guard Corps" in posts
    assert "Saghand uranium mine" in " · ".join(texts(miner, "DESIGNATION/VALUE"))


def test_no_sentence_of_the_real_list(root: ET.Element) -> None:
    if not REAL_LISTS.is_dir():
        pytest.skip("SKIPPED: no real UN lists beside the checkout to compare wording with")
    length = LONGEST_SHARED + 1
    ours = {
        run: reference
        for reference, record in records(root).items()
        for text in prose(record)
        for run in word_runs(text, length)
    }
    assert ours
    paths = sorted(REAL_LISTS.glob("*.xml.xz"))
    assert paths
    for path in paths:
        for record in (
            record
            for group in ET.fromstring(lzma.decompress(path.read_bytes()))
            for record in group
        ):
            for text in prose(record):
                shared = word_runs(text, length) & ours.keys()
                assert not shared, [f"{ours[run]}: {' '.join(run)}" for run in shared]


def test_names_and_dates_are_those_of_the_real_list(root: ET.Element) -> None:
    real = newest_real(root.attrib["dateGenerated"])
    if real is None:
        pytest.skip("SKIPPED: the UN file these facts were read from is not beside the checkout")
    assert real.attrib["dateGenerated"] == root.attrib["dateGenerated"]
    facts = (
        "FIRST_NAME",
        "SECOND_NAME",
        "THIRD_NAME",
        "FOURTH_NAME",
        "LISTED_ON",
        "GENDER",
        "NAME_ORIGINAL_SCRIPT",
        "NATIONALITY/VALUE",
        "LAST_DAY_UPDATED/VALUE",
        "INDIVIDUAL_DATE_OF_BIRTH/TYPE_OF_DATE",
        "INDIVIDUAL_DATE_OF_BIRTH/DATE",
        "INDIVIDUAL_DATE_OF_BIRTH/YEAR",
        "INDIVIDUAL_PLACE_OF_BIRTH/CITY",
        "INDIVIDUAL_PLACE_OF_BIRTH/COUNTRY",
    )
    theirs = records(real)
    for reference, record in records(root).items():
        for path in facts:
            listed = [" ".join(text.split()) for text in texts(theirs[reference], path)]
            assert texts(record, path) == [text for text in listed if text], (reference, path)
        aliases = [
            name.strip()
            for packed in texts(theirs[reference], "INDIVIDUAL_ALIAS/ALIAS_NAME")
            for name in re.split(r";|\bb\) ", " ".join(packed.split()))
            if name.strip()
        ]
        assert texts(record, "INDIVIDUAL_ALIAS/ALIAS_NAME") == aliases, reference
        numbers = [
            text.split(":")[-1].strip()
            for text in texts(theirs[reference], "INDIVIDUAL_DOCUMENT/NUMBER")
        ]
        assert texts(record, "INDIVIDUAL_DOCUMENT/NUMBER") == numbers, reference
