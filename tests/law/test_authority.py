"""Which text, or which body, some words name as the authority of a measure."""

import pytest

from app.jobs import shipped
from app.law.authority import names_authority, same_authority
from app.record import legal_record
from app.terms import Authority, Holds

LAW = legal_record(shipped.legal_files(shipped.DATA), "2026-11-24T00:00:00.000000Z")
IRAN = tuple(regime for regime in LAW.regimes if regime.id == "1737")


def text(resolution: str, paragraph: str | None) -> Authority:
    return Authority(resolution=resolution, paragraph=paragraph, adopted="2011-02-26", checked=True)


BAN = text("S/RES/1929 (2010)", "10")


@pytest.mark.parametrize(
    ("said", "same"),
    [
        ("1929", True),
        ("S/RES/1929 (2010)", True),
        ("S/RES/1929 (2010) paragraph 10", True),
        ("1929 p10", True),
        ("UNSCR 1929 OP10", True),
        ("1929/2010 paragraph 10", True),
        ("UN Security Council Resolution 1929 of 9 June 2010", True),
        ("Resolution 1929 (2010), adopted in 2010", True),
        ("1929 ¶10", True),
        ("1929 paragraph 1", False),
        ("1929 paragraph 0", False),
        ("1929 ¶12", False),
        ("resolution 1747", False),
        ("paragraph 10 of resolution 1929 (2010)", True),
        ("paragraph 12 of resolution 1929 (2010)", False),
        ("op 10 of UNSCR 1929", True),
        ("1737 paragraph 10 and 1929 paragraph 12", False),
        ("1737 paragraph 12 and 1929 paragraph 10", True),
        ("resolution 1929 and its Annex I", True),
        ("the ban", False),
    ],
)
def test_which_texts_are_the_same_authority(said: str, same: bool) -> None:
    assert same_authority(said, BAN) is same


def test_letters_and_annexes_of_paragraphs() -> None:
    libya = text("S/RES/1970 (2011)", "15")
    assert same_authority("1970 paragraph 15", libya)
    assert not same_authority("1970 paragraph 5", libya)
    annex = text("S/RES/2231 (2015)", "Annex B 6(e)")
    assert same_authority("resolution 2231, Annex B paragraph 6 (e)", annex)
    assert not same_authority("resolution 2231, Annex B paragraph 6 (c)", annex)
    back = text("S/RES/2231 (2015)", "11-12")
    assert same_authority("2231 paragraph 12", back)
    assert not same_authority("2231 paragraph 8", back)


def test_a_paragraph_may_follow_its_resolution_without_the_word() -> None:
    taliban = text("S/RES/2255 (2015)", "1(b)")
    assert same_authority("2255 (2015) 1(b)", taliban)
    assert same_authority("1988/2255 p1(b)", taliban)
    assert not same_authority("2255 (2015) 1(a)", taliban)


def test_a_year_is_no_resolution() -> None:
    renewal = text("S/RES/2021 (2011)", None)
    assert same_authority("resolution 2021", renewal)
    for said in ("S/RES/2582 (2021)", "2582/2021", "resolution 2582 of 29 June 2021"):
        assert not same_authority(said, renewal), said


@pytest.mark.parametrize(
    ("said", "named"),
    [
        ("resolution 1929", Holds.yes),
        ("resolution 1747", Holds.no),
        ("the Security Council", Holds.yes),
        ("the UN Security Council", Holds.yes),
        ("UN", Holds.yes),
        ("the United Nations", Holds.yes),
        ("the Council", Holds.yes),
        ("the Committee", Holds.yes),
        ("the sanctions committee", Holds.yes),
        ("the 1737 Committee", Holds.yes),
        ("the 1737 (Iran) Sanctions Committee", Holds.yes),
        ("the Committee established pursuant to resolution 1737 (2006)", Holds.yes),
        ("the 1970 Committee", Holds.no),
        ("the Committee established pursuant to resolution 1970 (2011)", Holds.no),
        ("Interpol red notice", Holds.no),
        ("the red notice", Holds.no),
        ("an INTERPOL-UN Security Council Special Notice", Holds.no),
        ("EU", Holds.no),
        ("the European Council", Holds.no),
        ("US Treasury", Holds.no),
        ("the US National Security Council", Holds.no),
        ("the UN General Assembly", Holds.no),
        ("Iran's parliament", Holds.no),
        # Which one is not said.
        ("a resolution", Holds.possible),
    ],
)
def test_bodies_that_make_measures_and_others(said: str, named: Holds) -> None:
    assert names_authority(said, [BAN], IRAN) is named


def test_a_committee_may_bear_several_numbers() -> None:
    qaida = tuple(regime for regime in LAW.regimes if regime.id == "1267")
    ban = text("S/RES/1390 (2002)", "2(b)")
    for said in ("the 1267/1989/2253 Committee", "the 1989 Committee", "the 1267 list"):
        assert names_authority(said, [ban], qaida) is Holds.yes, said
    # A number with no body beside it is a resolution: the first of the regime made no ban.
    assert names_authority("resolution 1267", [ban], qaida) is Holds.no
    assert names_authority("the 1988 Committee", [ban], qaida) is Holds.no
