"""Places: which State answers, which zones, what a country is called."""

from pathlib import Path

import pytest

from app.jobs import shipped
from app.terms import STATE_CODES, PlaceKind
from app.where import Places, fold, with_article

PLACES = Places(shipped.tables(Path(__file__).parents[1] / "data").places)


def test_every_code_of_the_wire_has_a_row_and_no_other() -> None:
    rows = {row.code for row in PLACES.rows if row.kind is PlaceKind.state}
    assert rows == STATE_CODES


def test_a_known_place_has_one_zone_and_an_unknown_one_all_of_its_state() -> None:
    moscow = PLACES.locate("RU", "Moscow")
    assert (moscow.state, moscow.zones, moscow.place) == ("RU", ("Europe/Moscow",), "Moscow")
    assert moscow.state_name == "the Russian Federation"
    assert len(PLACES.locate("RU", "Nowhere at all").zones) > 10
    assert len(PLACES.locate("RU", None).zones) > 10


def test_a_city_among_other_words() -> None:
    assert PLACES.locate("RU", "Vnukovo airport, Moscow").place == "Moscow"
    assert PLACES.locate("RU", "Moscow (Vnukovo)").place == "Moscow"


def test_a_territory_is_answered_for_by_its_state() -> None:
    assert PLACES.locate("HK", None).state == "CN"
    assert PLACES.answers_for("PR") == "US"


def test_disputed_places_say_so() -> None:
    assert PLACES.locate("UA", "Sevastopol").disputed
    assert PLACES.locate("UA", "Kyiv").disputed is None


def test_countries_by_every_name_of_the_list() -> None:
    assert PLACES.country("Iran (Islamic Republic of)") == "IR"
    assert PLACES.country("Democratic People's Republic of Korea") == "KP"
    assert PLACES.country("Democratic People’s Republic of Korea") == "KP"
    assert PLACES.country("TÜRKIYE") == "TR"
    assert PLACES.country("Atlantis") is None


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        ("Iran / unknown", {"IR"}),
        ("Unconfirmed (likely Iran)", {"IR"}),
        ("Islamic Republic of Iran", {"IR"}),
        ("Congolese", {"CD", "CG"}),
        ("Democratic Republic of the Congo", {"CD"}),
        ("South Sudan", {"SS"}),
        ("Sudan/South Sudan", {"SD", "SS"}),
        ("Sudán/Sudán del Sur", {"SD", "SS"}),
        ("Serbia and Montenegro", {"ME", "RS"}),
        ("United States. Also believed to hold Syrian nationality", {"US", "SY"}),
        ("Korean", {"KP", "KR"}),
        ("South Korean", {"KR"}),
        ("Atlantis", set()),
        ("", set()),
    ],
)
def test_every_state_that_words_name(words: str, codes: set[str]) -> None:
    assert set(PLACES.named(words)) == codes


def test_a_name_that_several_share_means_no_one_state() -> None:
    for name in ("Soviet Union", "USSR", "Congolese", "Yugoslavia", "Korea"):
        assert PLACES.country(name) is None
    assert {"RU", "UA", "UZ", "EE"} < set(PLACES.named("USSR (until 1991)"))
    assert "PL" not in PLACES.named("former Soviet Union")


def test_seats() -> None:
    names = [seat.name for seat in PLACES.seats("AT", "Vienna")]
    assert "International Atomic Energy Agency" in names
    assert PLACES.seats("AT", "Graz") == ()
    assert PLACES.seats("AT", None) == ()


def test_words() -> None:
    assert fold("Côte d’Ivoire ") == "cote d ivoire"
    assert with_article("Iraq") == "Iraq"
    assert with_article("Iran (Islamic Republic of)") == "Iran (Islamic Republic of)"
    assert with_article("Republic of Korea") == "the Republic of Korea"
    assert with_article("United Arab Emirates") == "the United Arab Emirates"
