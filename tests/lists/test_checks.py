"""Which lists are set aside, and which never may be."""

import lzma
from collections import Counter
from pathlib import Path

import pytest

from app.lists.checks import concerns
from app.lists.un_xml import ParsedList, read
from app.terms import ListKind

REAL_LISTS = Path(__file__).resolve().parents[3] / "shared" / "un_lists"
SPANISH = "2023-02-22"
FULL, SUPPLEMENT = ListKind.full, ListKind.supplement


def a_list(records: int, comments: str = "Keeper of the boats.") -> ParsedList:
    people = "".join(
        f"<INDIVIDUAL><FIRST_NAME>A{number}</FIRST_NAME><UN_LIST_TYPE>Nowhere</UN_LIST_TYPE>"
        f"<REFERENCE_NUMBER>XXi.{number:03}</REFERENCE_NUMBER>"
        f"<COMMENTS1>{comments}</COMMENTS1></INDIVIDUAL>"
        for number in range(records)
    )
    return read(
        '<CONSOLIDATED_LIST dateGenerated="2020-01-01T00:00:00Z">'
        f"<INDIVIDUALS>{people}</INDIVIDUALS><ENTITIES/></CONSOLIDATED_LIST>".encode()
    )


def test_the_first_list_is_compared_with_nothing() -> None:
    assert concerns(a_list(3), FULL, None) == ()


def test_a_list_that_lost_too_many_records_is_set_aside() -> None:
    counts = {"Nowhere": 60, "Elsewhere": 40}
    assert concerns(a_list(70), FULL, counts) == ()
    (words,) = concerns(a_list(69), FULL, counts)
    assert words == (
        "it holds 69 records, less than 70% of the 100 in the nearest full list on record"
    )
    assert concerns(a_list(69), FULL, counts, smallest_share=0.5) == ()


def test_a_longer_list_is_no_concern() -> None:
    assert concerns(a_list(70), FULL, {"Nowhere": 3}) == ()


def test_a_supplement_is_compared_with_nothing() -> None:
    assert concerns(a_list(3), SUPPLEMENT, {"Nowhere": 1000}) == ()
    assert concerns(a_list(0), SUPPLEMENT, None) == ()


def test_a_full_list_without_a_record_is_set_aside() -> None:
    assert concerns(a_list(0), FULL, None) == (
        "a full list without a record would say that nobody is listed",
    )


@pytest.mark.parametrize("kind", [FULL, SUPPLEMENT])
def test_another_language_is_set_aside(kind: ListKind) -> None:
    (words,) = concerns(a_list(30, "Guardián del faro y de los botes."), kind, None)
    assert "Spanish" in words
    (words,) = concerns(a_list(150, "Gardien du phare."), kind, None)
    assert "none of its 150 records has a sentence in English" in words
    assert concerns(a_list(30, "Gardien du phare."), kind, None) == ()


@pytest.fixture(scope="module")
def real() -> dict[str, ParsedList]:
    paths = sorted(REAL_LISTS.glob("*.xml.xz"))
    if not paths:
        pytest.skip("SKIPPED: no real UN lists beside the checkout to check")
    return {path.name[:10]: read(lzma.decompress(path.read_bytes())) for path in paths}


def counts(parsed: ParsedList) -> Counter[str]:
    return Counter(entry.regime_word for entry in parsed.entries)


def test_real_lists_pass_in_any_order(real: dict[str, ParsedList]) -> None:
    english = [parsed for day, parsed in real.items() if day != SPANISH]
    assert len(english) == 24
    for neighbour in english:
        for parsed in english:
            assert concerns(parsed, FULL, counts(neighbour)) == (), parsed.generated


def test_the_spanish_edition_is_set_aside(real: dict[str, ParsedList]) -> None:
    assert len(concerns(real[SPANISH], FULL, None)) == 1


def test_a_download_cut_short_is_set_aside(real: dict[str, ParsedList]) -> None:
    (path,) = (REAL_LISTS / "damaged").glob("partial-*.xml.xz")
    partial = read(lzma.decompress(path.read_bytes()))
    assert concerns(partial, FULL, None) == ()
    for neighbour in real.values():
        (words,) = concerns(partial, FULL, counts(neighbour))
        assert "it holds 239 records" in words
