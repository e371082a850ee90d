"""The tables of places and outlets in data/reading: the form in which the reading takes them."""

import csv
import re
from collections import Counter

import pytest

from app.jobs.shipped import DATA, tables
from app.reading.places import PlaceIs, places
from app.terms import PlaceKind, Tables

MEANINGS = {
    "states": r"(state|people) [A-Z]{2}(;[A-Z]{2})*",
    "governments": r"[A-Z]{2}(;[A-Z]{2})*",
    "outlets": r"wire|press|state [A-Z]{2}",
    "airports": r"[A-Z]{2} [^|]+(\|with_word)?",
    "place_words": r"word|name|other|beside",
}
KINDS = {
    "states": {PlaceIs.state, PlaceIs.people},
    "governments": {PlaceIs.government},
    "outlets": {PlaceIs.outlet},
    "airports": {PlaceIs.airport},
}


def rows(stem: str) -> list[dict[str, str]]:
    with (DATA / "reading" / f"{stem}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def shipped() -> Tables:
    return tables()


@pytest.mark.parametrize("stem", MEANINGS)
def test_each_row_has_a_form_in_small_letters_a_meaning_and_a_reason(stem: str) -> None:
    found = rows(stem)
    assert found
    assert max(Counter(row["form"] for row in found).values()) == 1
    for row in found:
        assert row["form"].isascii(), row
        assert row["form"] == row["form"].lower().strip(), row
        assert re.fullmatch(MEANINGS[stem], row["meaning"]), row
        assert row["reason"], row


def test_every_code_is_that_of_a_state_or_a_territory(shipped: Tables) -> None:
    known = {place.code for place in shipped.places if place.kind is PlaceKind.state}
    for stem in ("states", "governments", "outlets", "airports"):
        for row in rows(stem):
            assert set(re.findall(r"\b[A-Z]{2}\b", row["meaning"])) <= known, row


def test_an_airport_is_near_a_city_of_the_table_of_places(shipped: Tables) -> None:
    cities = {(p.code, p.name) for p in shipped.places if p.kind is PlaceKind.city}
    for row in rows("airports"):
        code, _, city = row["meaning"].removesuffix("|with_word").partition(" ")
        assert (code, city) in cities, row


@pytest.mark.parametrize("stem", KINDS)
def test_no_form_is_hidden_behind_another_meaning(stem: str, shipped: Tables) -> None:
    for row in rows(stem):
        short = len(row["form"]) <= 4
        written = row["form"].upper() if short else row["form"].title().replace("'S ", "'s ")
        after = " airport" if row["meaning"].endswith("|with_word") else ""
        found = places(f"It was {written}{after}.", shipped)
        assert [one.kind in KINDS[stem] for one in found] == [True], (row, found)
        assert found[0].text == written, row


def test_a_longer_name_that_hides_a_place_holds_one(shipped: Tables) -> None:
    """Else its row does nothing."""
    for row in rows("place_words"):
        written = row["form"].title()
        if row["meaning"] == "other":
            assert places(f"It was {written}.", shipped) == (), row
            words = written.split()
            pieces = [words[i:j] for i in range(len(words)) for j in range(i + 1, len(words) + 1)]
            assert any(places(" ".join(piece), shipped) for piece in pieces if piece != words), row
        elif row["meaning"] == "name":
            found = places(f"It was {written}.", shipped)
            assert [one.doubtful for one in found] == [True], row
