"""Cutting names into parts, and the form that joins scripts."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.screening.letters import fold, rules, skeletons
from app.screening.names import MOST_PARTS, PartIs, oddities, parts, spellings
from tests.screening.conftest import TABLES

RULES = rules(TABLES)


def texts(name: str) -> list[str]:
    return [p.text for p in parts(name, RULES)]


@pytest.mark.parametrize(
    "name",
    [
        "Qasem Soleimani",
        "Kassem Suleimani",
        "Ghasem Soleimani",
        "Solemani, Qasem",
        "قاسم سلیمانی",
        "Касем Сулеймани",
        "  QASEM\u200b SOLEIMANI\u202e",
        "Qâsem Soleimānī",
        "Qаsem Sоleimani",  # a Cyrillic letter in each
    ],
)
def test_scripts_and_spellings_meet_in_the_skeleton(name: str) -> None:
    assert [p.skeleton for p in parts(name, RULES)] == ["ksm", "slmn"]


@pytest.mark.parametrize(
    ("names", "text"),
    [
        (
            ("Abd al-Rahman", "Abdul Rahman", "Abdurrahman", "Abdelrahman", "ABD RAHMAN"),
            "abdulrahman",
        ),
        (("Habib Allah", "Habibullah", "Habibollah"), "habibullah"),
        (("Jalal al-Din", "Jalaluddin", "Jalal ud-Din", "Jalaleddine"), "jalaluddin"),
        (("Abd Allah", "Abdullah", "Abdallah", "عبد الله", "عبدالله"), "abdullah"),
    ],
)
def test_names_made_of_several_words_are_one_part(names: tuple[str, ...], text: str) -> None:
    for name in names:
        assert texts(name) == [text], name


def kinds(name: str, organisation: bool = False) -> list[tuple[str, str, str]]:
    return [(p.particle, p.text, p.kind.value) for p in parts(name, RULES, organisation)]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (
            "Mullah J. Omar bin al-Sayyaf",
            [
                ("", "mullah", "title_or_name"),
                ("", "j", "initial"),
                ("", "omar", "name"),
                ("bin al", "sayyaf", "patronymic"),
            ],
        ),
        ("Abu Bakr al-Tikriti", [("", "abubakr", "kunya"), ("al", "tikriti", "nisba")]),
        ("Umm Sayyaf", [("", "ummsayyaf", "kunya")]),
        ("MAKENGA, Colonel Sultani", [
            ("", "colonel", "title"), ("", "sultani", "name"), ("", "makenga", "family"),
        ]),
        ("Murad Iraklievich Shavlov", [
            ("", "murad", "name"), ("", "iraklievich", "patronymic"), ("", "shavlov", "family"),
        ]),
        ("Hilarion Santos Jr.", [
            ("", "hilarion", "name"), ("", "santos", "name"), ("", "jr", "generation"),
        ]),
        ("Kim Il Song", [("", "kim", "name"), ("", "il", "name"), ("", "song", "name")]),
        ("Salman Mohammed bin", [("", "salman", "name"), ("", "mohammed", "name")]),
    ],
)  # fmt: skip
def test_every_part_has_a_kind(name: str, expected: list[tuple[str, str, str]]) -> None:
    assert kinds(name) == expected


def test_parts_of_an_organisation() -> None:
    assert kinds("The Wokombe Trading Company Limited", True) == [
        ("", "wokombe", "name"),
        ("", "trading", "organisation"),
        ("", "ltd", "legal_form"),
    ]
    assert [p[1] for p in kinds("A.B.C. Forty-Four", True)] == ["abc", "44"]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("U.S. Wokombe Trust", [("unitedstatesofamerica", "place"), ("wokombe", "name")]),
        ("Ndakan Bank", [("ndakan", "name"), ("bank", "organisation")]),
        ("Russian Wokombe", [("russianfederation", "place"), ("wokombe", "name")]),
        ("Wokombe Car", [("wokombe", "name"), ("car", "name")]),  # no State without its capitals
        ("Wokombe CAR", [("wokombe", "name"), ("centralafricanrepublic", "place")]),
        ("Ndakabank", [("ndaka", "name"), ("bank", "organisation")]),
        ("Ndakaeksport", [("ndaka", "name"), ("export", "organisation")]),
        ("NdakaAG", [("ndaka", "name")]),
        ("Wokombe in Ndaka", [("wokombe", "name"), ("ndaka", "name")]),
        ("شركة وكمبي", [("company", "organisation"), ("wkmbi", "name")]),
        ("جماعة نصرة والوكمبي", [("community", "organisation"), ("nsra", "name")]),
    ],
)
def test_words_of_organisations(name: str, expected: list[tuple[str, str]]) -> None:
    assert [(text, kind) for _, text, kind in kinds(name, True)][: len(expected)] == expected


def test_the_article_before_a_sun_letter() -> None:
    assert kinds("ash-Shami") == [("ash", "shami", "nisba")]
    assert kinds("Ash Ketcham")[0][:2] == ("", "ash")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("김정은", ["kim", "jong", "un"]),
        ("刘强", ["liu", "qiang"]),
        ("バラク・オバマ", ["baraku", "obama"]),
        ("Αλέξης Τσίπρας", ["alexis", "tsipras"]),
        ("გიორგი", ["giorgi"]),
        ("দীপক", ["dipk"]),
        ("ज़ैन", ["zain"]),
        ("\u095bैन", ["zain"]),
        ("AlisherUsmanov", ["alisher", "usmanov"]),
        ("Ig0r Sech1n", ["igor", "sechin"]),
    ],
)
def test_other_scripts_and_what_is_written_together(name: str, expected: list[str]) -> None:
    assert texts(name) == expected


def test_what_was_typed_on_purpose_is_told() -> None:
    assert oddities("Qasem Soleimani") == ()
    assert oddities("Müller, 2nd") == ()
    assert oddities("قاسم سلیمانی") == ()
    # Cyrillic letters, a nought, a word said twice
    found = oddities("Qаsem\u202e S0leimani Qаsem Nоr1ega\u200b")
    assert found == (
        "characters that cannot be seen or that strike others through (U+202E, U+200B)",
        "letters of two alphabets in one word (Qаsem, Nоr1ega)",
        "digits among letters (S0leimani, Nоr1ega)",
    )
    many = oddities(" ".join(f"a{digit}b" for digit in range(9)))
    assert many == ("digits among letters (a0b, a1b, a2b, a3b, a4b, …)",)


def test_a_lone_title_is_the_name() -> None:
    assert [p.kind for p in parts("Haji", RULES)] == [PartIs.name]


def test_a_comma_turns_the_name_round() -> None:
    assert texts("MAKENGA, Colonel Sultani") == ["colonel", "sultani", "makenga"]


def test_several_names_in_one_text() -> None:
    assert spellings("Qasim X; Kasim Y") == ("Qasim X", "Kasim Y")
    assert spellings("Encep Nurjaman (birth name)") == ("Encep Nurjaman",)
    assert spellings("حاجى مالك (Hajji Malik; Haji Malek)") == (
        "حاجى مالك",
        "Hajji Malik",
        "Haji Malek",
    )


def test_by_the_other_habit() -> None:
    assert skeletons("othman") == ("tmn", "smn")
    assert skeletons("dhakir") == ("dkr", "zkr")
    assert "jml" in skeletons("gamal")


def test_absent_tables_count_as_empty() -> None:
    assert [p.text for p in parts("Qasem Soleimani", rules({}))] == ["qasem", "soleimani"]


def test_fold_for_words() -> None:
    assert fold("Côte d’Ivoire", RULES) == "cote divoire"


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=500))
def test_any_text_is_cut(name: str) -> None:
    found = parts(name, RULES)
    assert len(found) <= MOST_PARTS
    assert all(p.text and p.skeleton for p in found)
    assert found == parts(name, RULES)
    assert spellings(name)
