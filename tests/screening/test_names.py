"""Cutting names into parts, and the form that joins scripts."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.screening.names import MOST_PARTS, PartIs, fold, parts, rules, skeletons, spellings
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


def test_every_part_has_a_kind() -> None:
    found = [(p.text, p.kind) for p in parts("Mullah J. Omar bin al-Sayyaf", RULES)]
    assert found == [
        ("mullah", PartIs.title_),
        ("j", PartIs.initial),
        ("omar", PartIs.name),
        ("bin", PartIs.particle),
        ("al", PartIs.particle),
        ("sayyaf", PartIs.name),
    ]


def test_the_article_before_a_sun_letter() -> None:
    assert [p.kind for p in parts("ash-Shami", RULES)] == [PartIs.particle, PartIs.name]
    assert [p.kind for p in parts("Ash Ketcham", RULES)] == [PartIs.name, PartIs.name]


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
