"""Korean and Chinese names."""

import pytest

from app.screening.letters import rules
from app.screening.names import PartIs, parts
from app.screening.syllables import cut, korean
from tests.screening.conftest import TABLES

RULES = rules(TABLES)


def pieces(name: str) -> list[list[str]] | None:
    found = cut([(word.lower(), word) for word in name.split()], RULES)
    return None if found is None else [[one.text for one in word] for word in found]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Deng Zelan", [["deng"], ["ze", "lan"]]),
        ("Zelan Deng", [["ze", "lan"], ["deng"]]),
        ("Hsu Tselan", [["hsu"], ["tse", "lan"]]),
        ("Zhuang Guangxian", [["zhuang"], ["guang", "xian"]]),
        ("Kim Jongun", [["kim"], ["jongun"]]),
        ("Titus Deng", None),
        ("Zelan Ndaka", None),
        ("Musa Deng", None),
        ("Deng", None),
    ],
)
def test_a_name_of_syllables_is_known_and_cut(name: str, expected: list[list[str]] | None) -> None:
    assert pieces(name) == expected


def test_pieces_are_shown_as_they_were_written() -> None:
    assert [p.written for p in parts("Dr DENG Zelan", RULES)] == ["Dr", "DENG", "Ze", "lan"]
    assert [p.kind for p in parts("Dr DENG Zelan", RULES)] == [PartIs.title_] + 3 * [PartIs.name]


def test_by_wade_giles_a_syllable_may_be_two() -> None:
    words = cut([("chou", "Chou"), ("tse", "Tse"), ("lan", "lan")], RULES)
    assert words is not None
    assert [word[0].spellings for word in words] == [("zhou", "chou"), ("ze", "ce"), ()]


def test_pinyin_is_not_read_by_wade_giles() -> None:
    words = cut([("deng", "Deng"), ("ping", "Ping")], RULES)
    assert words is not None
    assert [word[0].spellings for word in words] == [(), ()]


@pytest.mark.parametrize(
    ("north", "south"),
    [("ri", "yi"), ("jong", "cheong"), ("chol", "cheol"), ("thae", "tae"), ("phyong", "pyeong")],
)
def test_north_and_south_are_one_romanisation(north: str, south: str) -> None:
    assert korean(north) == korean(south)
