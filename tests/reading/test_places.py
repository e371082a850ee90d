"""Places in texts: which names are found, what each is, and which State it means."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.jobs import shipped
from app.reading.places import OutletIs, PlaceIs, places
from app.terms import Tables

TABLES = shipped.tables()


def found(text: str) -> list[str]:
    """Each name with its kind, its States and its cities, in short."""
    return [
        " ".join(
            filter(None, (f"{one.text}:", one.kind, ";".join(one.codes), ";".join(one.cities)))
        )
        for one in places(text, TABLES)
    ]


def doubted(text: str) -> list[str]:
    return [one.text for one in places(text, TABLES) if one.doubtful]


# ---------------------------------------------------------------- what is found


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Russia", "state RU"),
        ("South Sudan", "state SS"),
        ("Papua New Guinea", "state PG"),
        ("Guinea-Bissau", "state GW"),
        ("DR Congo", "state CD"),
        ("Congo", "state CD;CG"),
        ("North Korea", "state KP"),
        ("the U.S.", "state US"),
        ("the UAE", "state AE"),
        ("Côte d’Ivoire", "state CI"),
        ("Brunei", "state BN"),
        ("Chechnya", "state RU"),
        ("the Vatican", "state VA"),
        ("Iranian", "people IR"),
        ("Afghans", "people AF"),
        ("Swiss", "people CH"),
        ("Turks", "people TR"),
        ("South Koreans", "people KR"),
        ("Congolese", "people CD;CG"),
        ("Frenchmen", "people FR"),
        ("New Delhi", "city IN New Delhi"),
        ("NEW DELHI", "city IN New Delhi"),
        ("Bogotá", "city CO Bogotá"),
        ("Bogota", "city CO Bogotá"),
        ("Bogota\u0301", "city CO Bogotá"),
        ("Şanlıurfa", "city TR Şanlıurfa"),
        ("Sana’a", "city YE Sana'a"),
        ("al-Qaim", "city IQ al-Qaim"),
        ("the Hague", "city NL The Hague"),
        ("Deir al-Zour", "city SY Deir ez-Zor"),
        ("St. Petersburg", "city RU Saint Petersburg"),
        ("New\nDelhi", "city IN New Delhi"),
        ("Tripoli", "city LY;LB Tripoli;Tripoli (Lebanon)"),
        ("Rafah", "city PS;EG Rafah;Rafah (Egypt)"),
        ("Kremlin", "government RU"),
        ("White House", "government US"),
        ("Quai d’Orsay", "government FR"),
        ("Élysée", "government FR"),
        ("Downing Street", "government GB"),
        ("Foggy Bottom", "government US"),
        ("Zhongnanhai", "government CN"),
        ("Sheremetyevo", "airport RU Moscow"),
        ("Esenboğa", "airport TR Ankara"),
        ("Mehrabad", "airport IR Tehran"),
    ],
)
def test_a_name_is_found_as_what_it_is(written: str, expected: str) -> None:
    (one,) = places(f"It was told of {written}, and no more.", TABLES)
    assert found(f"It was told of {written}, and no more.") == [f"{one.text}: {expected}"]
    assert one.text.removeprefix("the ") == written.removeprefix("the ")


@pytest.mark.parametrize(
    ("text", "whose", "code"),
    [
        ("Reuters reported it.", OutletIs.wire, None),
        ("It was reported by AFP.", OutletIs.wire, None),
        ("The Guardian said so.", OutletIs.press, None),
        ("Fox News Channel said so.", OutletIs.press, None),
        ("France 24 said so.", OutletIs.press, None),
        ("TASS said so.", OutletIs.state, "RU"),
        ("Ria Novosti said so.", OutletIs.state, "RU"),
        ("Press TV said so.", OutletIs.state, "IR"),
        ("KCNA said so.", OutletIs.state, "KP"),
        ("Xinhua said so.", OutletIs.state, "CN"),
    ],
)
def test_an_outlet_says_for_whom_it_speaks(text: str, whose: OutletIs, code: str | None) -> None:
    (one,) = places(text, TABLES)
    assert (one.kind, one.outlet, one.code, one.city) == (PlaceIs.outlet, whose, code, None)


def test_a_possessive_is_not_of_the_name() -> None:
    assert found("Russia's men, Tehran’s men, the Emirates' men") == [
        "Russia: state RU",
        "Tehran: city IR Tehran",
        "Emirates: state AE",
    ]


def test_the_likeliest_of_several_is_the_first() -> None:
    (one,) = places("They fled to Tripoli.", TABLES)
    assert (one.code, one.city) == ("LY", "Tripoli")


def test_a_word_beside_a_hyphen_is_a_whole_word() -> None:
    assert found("US-led, Iran-backed and Moscow-based") == [
        "US: state US",
        "Iran: state IR",
        "Moscow: city RU Moscow",
    ]


# ---------------------------------------------------------------- what is not


@pytest.mark.parametrize(
    "text",
    [
        "turkey, china and us, a polish car, the white house, a state department",
        "Let Us go. Ap. Al. Iranium, Omanisation, Chadwick",
        "the Indian Ocean and the South China Sea",
        "the Geneva Conventions and the Rome Statute",
        "Turkish Airlines and Air France",
        "in Latin America",
        "Charles de Gaulle spoke; so did Ben Gurion and Indira Gandhi.",
        "Center of attention. Nome. The valley.",
        "russia_today and _Iran",
        "He is oral, resolute, and of the male kind.",
    ],
)
def test_what_is_no_place_is_left_alone(text: str) -> None:
    assert found(text) == []


def test_an_airport_called_after_somebody_needs_the_word() -> None:
    text = "He landed at Charles de Gaulle airport, then at Ben Gurion International Airport."
    assert [one.code for one in places(text, TABLES)] == ["FR", "IL"]


# ---------------------------------------------------------------- doubt


@pytest.mark.parametrize(
    "text",
    [
        "He met Chad Smith there.",
        "Then he met Michael Jordan there.",
        "He met Mr Jordan there.",
        "He met Mrs. Georgia there.",
        "He read the Kampala Courier.",
        "He met Hassan al-Iraqi.",
        "He met Regina at home.",
        "Sana came later.",
        "But Chad Smith was there.",
        "They asked the Independent Commission.",
    ],
)
def test_a_name_beside_a_name_is_doubtful(text: str) -> None:
    assert len(doubted(text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "Iranian General Soltani was there.",
        "Iran Foreign Minister Soltani was there.",
        "The Iranian Mohammad Soltani was there.",
        "But Russia said no.",
        "Recently Chad said so.",
        "He flew to Regina, to Victoria and to Tehran Friday.",
        "He flew from Paris, France to Moscow.",
        "Kenya Denies Visit By Somali General To Nairobi",
        "SANA said so. KAMPALA POLICE SAID SO.",
        "He said so in Iran. Soltani denied it.",
        "They met in London. Russia denied it.",
        "A spokesman for Moscow, Soltani, said so.",
    ],
)
def test_a_role_a_day_or_the_start_of_a_sentence_makes_no_doubt(text: str) -> None:
    assert places(text, TABLES)
    assert doubted(text) == []


# ---------------------------------------------------------------- whatever the text

WORDS = (
    "South Sudan North Korea Republic of the Congo Guinea Bissau New Delhi St . Petersburg U S ’ "
    "' s - , \n Iran ian The Kremlin White House Chad Smith Mr al Qaim Bogota \u0301 é İ ß 𝔇 24 "
    "France Charles de Gaulle airport _ @ ( ) & TASS Press TV SEOUL"
)
PIECES = WORDS.split(" ")
TEXTS = st.lists(st.sampled_from(PIECES), max_size=25).flatmap(
    lambda pieces: st.sampled_from([" ", "", "  "]).map(lambda gap: gap.join(pieces))
)


@given(text=st.one_of(TEXTS, st.text(max_size=60)))
def test_each_name_stands_in_the_text_and_means_something(text: str) -> None:
    end = 0
    for one in places(text, TABLES):
        assert end <= one.start < one.end <= len(text)
        assert text[one.start : one.end] == one.text
        assert any(letter.isupper() for letter in one.text)
        assert one.codes or one.outlet in (OutletIs.wire, OutletIs.press)
        assert len(one.cities) in (0, len(one.codes))
        end = one.end


@given(text=TEXTS)
def test_a_text_twice_has_its_names_twice(text: str) -> None:
    once = found(text)
    assert found(f"{text}\n\nAnd so on.\n\n{text}") == once * 2


def test_other_tables_are_other_answers() -> None:
    empty = Tables(
        places=(), names={}, reading={}, verdicts=(), gravity=(), fragments={}, digest="none"
    )
    assert places("Moscow and the Kremlin", empty) == ()
    assert len(places("Moscow and the Kremlin", TABLES)) == 2
