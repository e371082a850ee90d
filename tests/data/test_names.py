"""The tables of names that ship: the form in which the matching reads them."""

import csv
import re
import unicodedata

import pytest

from app.jobs.shipped import DATA

LETTERS = ("latin", "arabic", "cyrillic", "hangul", "greek", "hebrew", "armenian", "georgian")
WORDS = {
    "common": r"everywhere|very_common|common|fairly_common",
    "variants": r"[a-z]+(\|[a-z]+)*",
    "titles": r"religious|military|civil|title_or_name|name_or_title",
    "organisation_forms": r"[a-z]+",
    "organisation_words": r"[a-z]+",
    "numbers": r"[0-9]+",
    "generations": r"junior|senior|grandson|nephew|[234]",
    "syllables": r"(korean\|)?chinese|(chinese\|)?korean",
    "wade_giles": r"[a-z]+(\|[a-z]+)*",
    "kinds": r"patronymic|family|given",
}
"""Tables of words, and what a meaning may be."""


def rows(stem: str) -> list[dict[str, str]]:
    with (DATA / "names" / f"{stem}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("stem", WORDS)
def test_words_are_folded_and_say_what_they_may(stem: str) -> None:
    form = r"-[a-z]+|[a-z]+-" if stem == "kinds" else r"[a-z0-9]+( [a-z0-9]+)*"
    found = rows(stem)
    assert found
    for row in found:
        assert re.fullmatch(form, row["form"]), row
        assert re.fullmatch(WORDS[stem], row["meaning"]), row
        assert row["reason"], row


def test_the_first_word_of_a_reason_says_how_weak_a_variant_is() -> None:
    for row in rows("variants"):
        assert row["reason"].startswith(
            ("nickname: ", "equivalent: ", "short form: ", "spelling: ")
        )
        meanings = row["meaning"].split("|")
        assert row["form"] not in meanings, row
        assert len(set(meanings)) == len(meanings), row


def test_a_word_of_organisations_marks_one_or_only_weighs_little() -> None:
    for row in rows("organisation_words"):
        assert row["reason"].startswith(("mark: ", "weak: ")), row


def test_a_common_name_never_marks_an_organisation() -> None:
    common = {row["form"] for row in rows("common")}
    marks = {r["form"] for r in rows("organisation_words") if r["reason"].startswith("mark: ")}
    assert not common & marks


def test_a_korean_syllable_is_folded_and_means_another() -> None:
    for row in rows("korean"):
        assert re.fullmatch(r"[a-z]+|[а-я]+|[\u4e00-\u9fff]", row["form"]), row
        assert unicodedata.normalize("NFKD", row["form"].casefold()) == row["form"], row
        assert re.fullmatch(r"[a-z]+(\|[a-z]+)*", row["meaning"]), row
        assert row["form"] not in row["meaning"].split("|"), row
        assert row["reason"], row


def test_a_chinese_family_name_is_a_syllable() -> None:
    known = rows("wade_giles")
    syllables = {one for row in known for one in (row["form"], *row["meaning"].split("|"))}
    families = {row["form"] for row in rows("syllables") if "chinese" in row["meaning"]}
    assert len(families) > 100
    assert not families - syllables


@pytest.mark.parametrize("stem", LETTERS)
def test_letters_are_letters_that_folding_leaves(stem: str) -> None:
    """Case and marks are folded before a letter is looked up: a row that this changes is dead."""
    for row in rows(stem):
        assert len(row["form"]) == 1, row
        assert unicodedata.normalize("NFKD", row["form"].casefold()) == row["form"], row
        assert re.fullmatch(r"[a-z0-9]*(\|[a-z]*)?", row["meaning"]), row
        assert "|" not in row["meaning"] or stem in ("arabic", "hebrew"), row


def test_no_letter_is_read_in_two_ways() -> None:
    found: dict[str, str] = {}
    for stem in LETTERS:
        for row in rows(stem):
            assert found.setdefault(row["form"], row["meaning"]) == row["meaning"], row


def test_every_syllable_of_hangul_falls_apart_into_rows() -> None:
    letters = {row["form"]: row["meaning"] for row in rows("hangul")}
    syllables = {
        c: "".join(letters[jamo] for jamo in unicodedata.normalize("NFKD", c))
        for c in map(chr, range(0xAC00, 0xD7A4))
    }
    assert "".join(syllables[c] for c in "김박최정영혁철명") == "kimpakchoejongyonghyokcholmyong"
