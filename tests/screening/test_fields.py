"""Field by field: what agrees, what conflicts, what is silent, and the words that say why."""

import re
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.evidence import ListEntryCited
from app.screening import births, calendars, papers, vessels
from app.screening.atlas import atlas, state, states
from app.screening.calendars import Calendar
from app.screening.fields import Compared, compare, on_record, records
from app.screening.identity import (
    Candidate,
    IdentityFound,
    IdentityStanding,
    NameIs,
    candidates,
    identity,
)
from app.screening.index import build
from app.screening.letters import rules
from app.terms import (
    BirthDate,
    BirthDateKind,
    BirthPlace,
    Gender,
    Listed,
    PartyKind,
    PlaceKind,
    TravelDocument,
    Traveller,
    UnknownElement,
)
from tests.screening.conftest import (
    FULL,
    PLACES,
    POLICY,
    TABLES,
    _place,
    alias,
    birthplace,
    born,
    document,
    entry,
    listed,
)

RULES = rules(TABLES)
S = IdentityStanding
ATLAS_ROWS = (
    *PLACES,
    _place(PlaceKind.state, "Afghanistan", "Afghan", "AF"),
    _place(PlaceKind.state, "Saudi Arabia", "Saudi", "SA"),
    _place(PlaceKind.state, "Sudan", "Sudanese", "SD"),
    _place(PlaceKind.state, "South Sudan", "South Sudanese", "SS"),
    _place(PlaceKind.state, "Russian Federation", "Russia;Russian", "RU"),
    _place(PlaceKind.state, "Bahrain", "", "BH"),
    _place(PlaceKind.city, "Lichtenau", "An Nur", "BH"),
    _place(PlaceKind.shared, "Soviet Union", "USSR;former Soviet Union", "RU;UZ;TJ"),
)


def field(name: str, record: dict[str, Any], **traveller: Any) -> Compared:
    """One field of a question beside a record that holds just what is given."""
    who = Traveller(name="Dariush Khalvati", **traveller)
    group = (listed(entry("AAi.001", "DARIUSH", "KHALVATI", **record)),)
    return next(c for c in compare(who, group, ATLAS_ROWS, RULES) if c.field == name)


def said(found: Compared) -> str:
    assert found.reason is not None
    assert found.reason.citations
    assert any(isinstance(cited, ListEntryCited) for cited in found.reason.citations)
    return found.reason.words


def note(text: str) -> BirthDate:
    return BirthDate(kind=BirthDateKind.note_only, earliest=None, latest=None, note=text)


# ---------------------------------------------------------------- the calendars


@pytest.mark.parametrize(
    ("calendar", "written", "gregorian"),
    [
        (Calendar.solar, (1278, 1, 1), date(1899, 3, 21)),
        (Calendar.solar, (1336, 1, 1), date(1957, 3, 21)),
        (Calendar.solar, (1336, 12, 29), date(1958, 3, 20)),
        (Calendar.solar, (1357, 11, 22), date(1979, 2, 11)),
        (Calendar.solar, (1399, 12, 30), date(2021, 3, 20)),  # a leap year
        (Calendar.solar, (1404, 1, 1), date(2025, 3, 21)),
        (Calendar.lunar, (1402, 6, 24), date(1982, 4, 18)),
        (Calendar.lunar, (1396, 10, 8), date(1976, 10, 1)),
        (Calendar.lunar, (1400, 1, 1), date(1979, 11, 20)),
    ],
)
def test_days_of_the_hijri_calendars(
    calendar: Calendar, written: tuple[int, int, int], gregorian: date
) -> None:
    assert calendars.days(calendar, *written) == (gregorian, gregorian)
    assert calendars.read(calendar, gregorian) == written


def test_a_year_is_its_twelve_months_with_no_day_between() -> None:
    for calendar in Calendar:
        for year in (1200, 1335, 1336, 1399, 1403, 1498):
            first, last = calendars.days(calendar, year, None, None)
            months = [calendars.days(calendar, year, month, None) for month in range(1, 13)]
            assert (months[0][0], months[-1][1]) == (first, last)
            for one, after in pairwise(months):
                assert one[1] + timedelta(days=1) == after[0]
            assert last + timedelta(days=1) == calendars.days(calendar, year + 1, 1, 1)[0]


@given(st.sampled_from(Calendar), st.dates(date(1800, 1, 1), date(2099, 12, 31)))
def test_a_day_read_and_written_is_itself(calendar: Calendar, day: date) -> None:
    year, month, number = calendars.read(calendar, day)
    if calendars.FIRST_YEAR <= year <= calendars.LAST_YEAR:
        assert calendars.days(calendar, year, month, number) == (day, day)


@pytest.mark.parametrize(
    "written",
    [(1199, 1, 1), (1500, 1, 1), (1336, 0, 1), (1336, 13, 1), (1336, 7, 31), (1336, 1, 0)],
)
def test_what_is_no_day_is_refused(written: tuple[int, int, int]) -> None:
    with pytest.raises(ValueError, match="is no"):
        calendars.days(Calendar.solar, *written)


# ---------------------------------------------------------------- birth dates

IRANIAN: dict[str, Any] = {"nationalities": ("Iran",)}


@pytest.mark.parametrize(
    ("given_", "agrees", "words"),
    [
        ("1957-03-11", True, "agrees with the record: 1957-03-11"),
        ("1957-03", True, "agrees"),
        ("1957", True, "agrees"),
        ("1957-11-03", None, "1957-03-11 with day and month the other way round"),
        ("1958-11-03", False, "fits none on record: 1957-03-11"),
        ("1957-03-12", False, "fits none"),
        ("1957-01-01", None, "1 January is often written where only the year is known"),
        ("1958-01-01", False, "fits none"),
        ("1957-11", False, "fits none"),
    ],
)
def test_a_birth_date_beside_a_day(given_: str, agrees: bool | None, words: str) -> None:
    found = field("birth_date", {"birth_dates": (born("1957-03-11"),)}, birth_date=given_)
    assert found.agrees is agrees
    assert words in said(found)


def test_a_listed_first_of_january_may_be_the_year_alone() -> None:
    record = {"birth_dates": (born("1970-01-01"),)}
    assert field("birth_date", record, birth_date="1970-05-02").agrees is None
    assert field("birth_date", record, birth_date="1970-05").agrees is None
    assert field("birth_date", record, birth_date="1971-05").agrees is False


def test_a_date_the_other_way_round_neither_identifies_nor_discounts() -> None:
    people = (
        listed(
            entry(
                "AAi.001",
                "DARIUSH",
                "KHALVATI",
                birth_dates=(born("1957-03-11"),),
                nationalities=("Iran",),
            )
        ),
    )
    assert decided(people, birth_date="1957-03-11").standing is S.identified
    assert decided(people, birth_date="1957-11-03").standing is S.probable
    assert decided(people, birth_date="1957-11-03", nationality="FR").standing is S.probable
    assert decided(people, birth_date="1957-10-03", nationality="FR").standing is S.discounted


def test_of_several_dates_the_one_that_fits_counts() -> None:
    record = {"birth_dates": (born("1957-03-11"), born("1961"))}
    assert field("birth_date", record, birth_date="1961-07").agrees is True
    assert field("birth_date", record, birth_date="1957-11-03").agrees is None
    assert field("birth_date", record, birth_date="1959").agrees is False


@pytest.mark.parametrize(
    ("given_", "agrees"),
    [("1942", False), ("1943", None), ("1945", True), ("1952-12-31", None), ("1953", False)],
)
def test_about_a_span_that_is_approximate_itself(given_: str, agrees: bool | None) -> None:
    dates = replace(born("1945", "1950", BirthDateKind.between), note="Approximately")
    found = field("birth_date", {"birth_dates": (dates,)}, birth_date=given_)
    assert found.agrees is agrees
    assert "between about 1945 and 1950" in said(found)


def test_a_note_beside_a_whole_day_is_shown() -> None:
    false = replace(born("1979-03-03"), note="from false passport")
    found = field("birth_date", {"birth_dates": (false,)}, birth_date="1979-03-03")
    assert "1979-03-03 (from false passport)" in said(found)


def test_a_note_that_says_no_date_is_silent_and_shown() -> None:
    found = field("birth_date", {"birth_dates": (note("30-35 years old"),)}, birth_date="1980")
    assert found.agrees is None
    assert "“30-35 years old” names no day, month or year" in said(found)


@pytest.mark.parametrize(
    ("listed_", "given_", "agrees"),
    [
        ("1957", "1958", None),  # 1336 is March 1957 to March 1958
        ("1957", "1956", None),
        ("1957", "1959", False),
        ("1957", "1958-02-10", None),
        ("1957", "1958-03-21", False),
        ("1957-08-10", "1958", None),
        ("1957-02-10", "1958", False),
        ("1958-02-10", "1957", None),
        ("1957-03-11", "1957-03-13", None),
        ("1957-03-11", "1957-03-14", False),
        ("1957-03-11", "1956-03-11", None),  # 621 added to 1335
        ("1957-08-11", "1956-08-11", False),
        ("1957-12-25", "1956-12-25", False),
        ("1957-03", "1957-04", None),  # the first month begins on 21 March
        ("1957-03", "1957-05", False),
    ],
)
def test_a_date_carried_over_from_the_iranian_calendar(
    listed_: str, given_: str, agrees: bool | None
) -> None:
    record: dict[str, Any] = {"birth_dates": (born(listed_),)}
    iranian = field("birth_date", {**record, **IRANIAN}, birth_date=given_)
    assert iranian.agrees is agrees
    if agrees is None:
        assert "may be one date of the Iranian (solar Hijri) calendar" in said(iranian)
    assert field("birth_date", record, birth_date=given_).agrees is False


@pytest.mark.parametrize(
    "record",
    [
        {"nationalities": ("Afghan",)},
        {"birth_places": (birthplace("Qom", "Iran (Islamic Republic of)"),)},
        {"documents": (document("X1", country="Iran"),)},
        {"regime_word": "Iran"},
    ],
)
def test_what_points_to_a_state_of_that_calendar(record: dict[str, Any]) -> None:
    dates = {"birth_dates": (born("1957"),)}
    assert field("birth_date", {**dates, **record}, birth_date="1958").agrees is None


def test_a_lunar_day_may_be_two_off() -> None:
    record = {"birth_dates": (born("1976-10-01"),), "nationalities": ("Saudi Arabia",)}
    assert field("birth_date", record, birth_date="1976-10-03").agrees is None
    assert field("birth_date", record, birth_date="1976-10-04").agrees is False


@pytest.mark.parametrize(
    ("text", "given_", "agrees"),
    [
        ("24/06/1402 (Hijri Calendar)", "1982-04-18", True),
        ("24/06/1402 (Hijri Calendar)", "1982-04-19", True),  # the moon may be seen a day later
        ("24/06/1402 (Hijri Calendar)", "1982-04-21", False),
        ("24/06/1402 (Hijri Calendar)", "1982", True),
        ("1336 (Iranian calendar)", "1957", True),
        ("1336 (Iranian calendar)", "1958-03-20", True),
        ("1336 (Iranian calendar)", "1958-03-21", False),
        ("1335-12-20 solar", "1957-03-11", True),
        ("20.12.1335 شمسی", "1957-03-11", True),
        ("1335-1337 shamsi", "1958-12", True),
        ("1376 A.H.", "1957-01", True),
        ("1376 qamari", "1997", False),
        ("1336", "1957", None),  # no calendar is named, and no State points to one
        ("45/45/1336 solar", "1957", True),
    ],
)
def test_a_record_written_in_a_hijri_calendar(text: str, given_: str, agrees: bool | None) -> None:
    found = field("birth_date", {"birth_dates": (note(text),)}, birth_date=given_)
    assert found.agrees is agrees
    assert text in said(found)


def test_a_bare_year_of_the_hijra_is_read_by_the_records_state() -> None:
    record = {"birth_dates": (note("1336"),), **IRANIAN}
    assert field("birth_date", record, birth_date="1957").agrees is True
    assert field("birth_date", record, birth_date="1970").agrees is False
    both = {"birth_dates": (note("1376 Hijri"),), **IRANIAN}
    assert field("birth_date", both, birth_date="1957").agrees is True, "lunar"
    assert field("birth_date", both, birth_date="1997").agrees is True, "solar"


@given(
    st.dates(date(1900, 1, 1), date(2010, 12, 31)),
    st.dates(date(1900, 1, 1), date(2010, 12, 31)),
    st.sampled_from([4, 7, 10]),
    st.sampled_from([4, 7, 10]),
)
def test_dates_are_compared_alike_from_both_sides(
    first: date, second: date, mine: int, theirs: int
) -> None:
    one, other = first.isoformat()[:mine], second.isoformat()[:theirs]
    for used in ((), (Calendar.solar,), (Calendar.lunar,)):
        agrees = births.fits(one, born(other), used)[0]
        assert agrees is births.fits(other, born(one), used)[0]
        if abs(first.year - second.year) > 2:
            assert agrees is False


# ---------------------------------------------------------------- places of birth


@pytest.mark.parametrize(
    ("given_", "place", "agrees"),
    [
        ("Kandahar", birthplace("Qandahar", "Afghanistan"), True),
        ("Qum", birthplace("Qom", "Iran"), True),
        ("At-Ta'if", birthplace("Al-Taif", "Saudi Arabia"), True),
        ("طرابلس", birthplace("Tripoli", "Libya"), True),
        ("An-Nur", birthplace("Lichtenau", "Bahrain"), True),
        ("Afghanistan", birthplace("Kandahar", "Afghanistan"), None),
        ("France", birthplace("Kandahar", "Afghanistan"), False),
        ("Kandahar, France", birthplace("Kandahar", "Afghanistan"), False),
        ("Kabul", birthplace("Kandahar", "Afghanistan"), False),
        ("Kabul", birthplace(None, "Afghanistan"), None),
        ("Tashkent, USSR", birthplace("Tashkent", "Russian Federation"), True),
        ("Samara, former Soviet Union", birthplace("Kazan", "France"), False),
        ("Juba, South Sudan", birthplace("Juba", "Sudan"), True),
        ("South Sudan", birthplace("Juba", "Sudan"), None),
    ],
)
def test_a_place_of_birth(given_: str, place: BirthPlace, agrees: bool | None) -> None:
    found = field("place_of_birth", {"birth_places": (place,)}, place_of_birth=given_)
    assert found.agrees is agrees
    said(found)


VILLAGE = BirthPlace(
    city="Nalgham village, Zhari District",
    province="Kandahar Province",
    country="Afghanistan",
    note=None,
)


@pytest.mark.parametrize(
    ("given_", "agrees"),
    [
        ("Nalgham", True),
        ("village Nalgam, district Zhari, province Kandahar, Afghanistan", True),
        ("Zhari district, Kandahar", True),
        ("Kandahar", True),
        ("Kandahar province, Afghanistan", True),
        ("Spin Boldak, Kandahar", None),  # one province, another town by name
        ("Helmand Province", False),
        ("Lashkar Gah, Helmand", False),
    ],
)
def test_a_village_a_district_and_a_province(given_: str, agrees: bool | None) -> None:
    found = field("place_of_birth", {"birth_places": (VILLAGE,)}, place_of_birth=given_)
    assert found.agrees is agrees


def test_a_village_is_no_other_place_than_a_district() -> None:
    district = BirthPlace(
        city="Zhari District", province="Kandahar Province", country="Afghanistan", note=None
    )
    record = {"birth_places": (district,)}
    found = field("place_of_birth", record, place_of_birth="Nalgham village")
    assert found.agrees is None
    assert "one may lie in the other" in said(found)
    inside = replace(district, note="Nalgham area")
    record = {"birth_places": (inside,)}
    assert field("place_of_birth", record, place_of_birth="Nalgham village").agrees is True
    border = replace(district, note="in the area bordering Quetta, Pakistan, France")
    record = {"birth_places": (border,)}
    assert field("place_of_birth", record, place_of_birth="Quetta").agrees is False


def test_a_district_is_not_the_city_whose_name_ends_alike() -> None:
    record = {"birth_places": (birthplace("Tirin Kot city", "Afghanistan"),)}
    assert field("place_of_birth", record, place_of_birth="Kot District").agrees is None
    assert field("place_of_birth", record, place_of_birth="Tirin Kot").agrees is True
    assert field("place_of_birth", record, place_of_birth="Kot").agrees is True


def test_of_several_places_one_that_fits_is_enough() -> None:
    record = {"birth_places": (birthplace("Kabul", "Afghanistan"), birthplace("Qom", "Iran"))}
    assert field("place_of_birth", record, place_of_birth="Qom, Iran").agrees is True
    assert field("place_of_birth", record, place_of_birth="Iran").agrees is None
    found = field("place_of_birth", record, place_of_birth="France")
    assert found.agrees is False
    assert "Kabul, Afghanistan; Qom, Iran" in said(found)


@pytest.mark.parametrize("given_", [",", "()", "?", "province", "-", "the", "أ"])
def test_a_place_that_says_nothing_is_no_conflict(given_: str) -> None:
    record = {"birth_places": (birthplace("Qom", "Iran"),)}
    assert field("place_of_birth", record, place_of_birth=given_).agrees is not True


# ---------------------------------------------------------------- nationality, gender


@pytest.mark.parametrize(
    ("held", "given_", "agrees"),
    [
        (("Iran (Islamic Republic of)",), "IR", True),
        (("Afghan",), "AF", True),
        (("Afghan",), "IR", False),
        (("Afghanistan", "France"), "FR", True),
        (("Afghanistan", "France"), "IR", False),
        (("USSR (until 1991)",), "RU", None),
        (("former Soviet Union",), "FR", None),
        (("Bahrain (citizenship revoked in Jan. 2015)",), "BH", None),
        (("Bahrain (citizenship revoked in Jan. 2015)",), "FR", None),
        (("Possibly Ethiopian",), "FR", None),
        ((), "FR", None),
    ],
)
def test_nationality(held: tuple[str, ...], given_: str, agrees: bool | None) -> None:
    found = field("nationality", {"nationalities": held}, nationality=given_)
    assert found.agrees is agrees
    assert (found.reason is None) is (not held)


def test_what_a_name_of_a_state_may_mean() -> None:
    known = atlas(ATLAS_ROWS, RULES)
    assert states("USSR (until 1991)", known) == {"RU", "UZ", "TJ"}
    assert states("Persia", known) == {"IR"}
    assert states("Nowhere", known) == frozenset()
    assert state("USSR", known) is None


@pytest.mark.parametrize(
    ("held", "given_", "agrees"),
    [
        (Gender.male, Gender.male, True),
        (Gender.male, Gender.female, False),
        ("Varón", Gender.male, True),
        ("MUJER", Gender.male, False),
        ("F", Gender.female, True),
        ("unclear", Gender.female, None),
        (None, Gender.female, None),
    ],
)
def test_gender(held: Any, given_: Gender, agrees: bool | None) -> None:
    record: dict[str, Any] = {"gender": held if isinstance(held, Gender) else None}
    if isinstance(held, str) and not isinstance(held, Gender):
        record["unknown"] = (UnknownElement(path="INDIVIDUAL/GENDER", text=held),)
    assert field("gender", record, gender=given_).agrees is agrees


# ---------------------------------------------------------------- documents


@pytest.mark.parametrize(
    ("given_", "held", "agrees"),
    [
        ("AB123456", "AB123456", True),
        ("ab 12-34.56", "AB123456", True),
        ("ABI234S6", "AB1234S6", True),  # I as 1
        ("ABO23456", "AB023456", True),  # O as 0
        ("٠٠٨٨٢٧", "Iran 008827", True),  # the digits of another script
        ("AB123457", "AB123456", None),  # changed
        ("AB1234567", "AB123456", None),  # added
        ("AB12356", "AB123456", None),  # dropped
        ("AB124356", "AB123456", None),  # two swapped
        ("AB123478", "AB123456", False),
        ("12345", "12346", False),  # too short to be a slip
        ("ABCDEFG", "ABCDEFH", False),  # no digit
    ],
)
def test_document_numbers(given_: str, held: str, agrees: bool | None) -> None:
    found = field("document", {"documents": (document(held),)}, document=given_)
    assert found.agrees is agrees
    if agrees is None:
        assert "differs by one character from Passport" in said(found)


@pytest.mark.parametrize(
    ("given_", "held", "agrees"),
    [
        ("8827", "Iran 008827", None),
        ("0008827", "008827", None),
        ("8827", "008828", False),
        ("12", "000012", False),  # too short to mean one
        ("AB8827", "AB008827", False),  # no spreadsheet drops those
    ],
)
def test_a_document_number_without_its_noughts(given_: str, held: str, agrees: bool | None) -> None:
    found = field("document", {"documents": (document(held),)}, document=given_)
    assert found.agrees is agrees
    if agrees is None:
        assert "but for noughts before it" in said(found)


def test_a_document_near_to_one_of_another_kind_or_state_is_not_compared() -> None:
    record = {"documents": (document("AB123456", country="Iran"),)}
    french = TravelDocument(number="AB123457", type="passport", country="FR")
    found = field("document", record, document=french)
    assert found.agrees is None
    assert "of another kind or State" in said(found)


def test_a_document_that_is_on_record_counts_before_one_that_is_near() -> None:
    record = {"documents": (document("AB123457"), document("AB123456"))}
    assert field("document", record, document="AB123456").agrees is True


def test_a_document_but_for_one_character_neither_identifies_nor_discounts() -> None:
    people = (listed(entry("AAi.001", "DARIUSH", "KHALVATI", documents=(document("AB123456"),))),)
    assert decided(people, document="AB123456").standing is S.identified
    assert decided(people, document="AB123457").standing is S.probable
    assert decided(people, document="XY987654").standing is S.discounted


_SIGNS = st.text("AO01I-. 7", max_size=12)


@given(_SIGNS, _SIGNS)
def test_numbers_are_near_from_both_sides(first: str, second: str) -> None:
    mine, theirs = papers.numbers(first), papers.numbers(second)
    assert papers.one_sign_apart(mine, theirs) is papers.one_sign_apart(theirs, mine)
    assert papers.numbers(first.lower()) == mine


# ---------------------------------------------------------------- role

POSTS: dict[str, Any] = {
    "titles": ("Haji", "Deputy head of the Zubin Brigade"),
    "designations": (
        "a) Minister of Fisheries b) Commander of the Harbour Guard",
        "Chairman of Saghar Mines; member of Anvari Institute",
    ),
}


@pytest.mark.parametrize(
    ("role", "office", "organisation"),
    [
        ("commander of the Harbour Guard", True, True),
        ("Minister of Fisheries", True, True),
        ("Commander of Fisheries", None, True),  # the two posts of one text are looked at apart
        ("Anvari Institute", None, True),
        ("poet; commander of the Harbour Guard", True, True),
        ("surgeon / deputy head, Zubin Brigade", True, True),
        ("poet of Verona; envoy to Umbria; commander of the Harbour Guard", True, True),
        ("COMMANDER  OF THE\nHARBOUR GUARD", True, True),
        ("Haji", None, None),
        ("commander", None, None),
        ("Minister of Culture", None, None),
        (";;;///", None, None),
        ("…", None, None),
        ("1 2 3 4", None, None),
        ("قائد", None, None),
        ("commander of the Harbour Guard;" * 15, True, True),
    ],
)
def test_a_role(role: str, office: bool | None, organisation: bool | None) -> None:
    found = {name: field(name, POSTS, role=role) for name in ("office", "organisation")}
    assert (found["office"].agrees, found["organisation"].agrees) == (office, organisation)
    for one in found.values():
        if one.agrees:
            cited = [c for c in one.reason.citations if isinstance(c, ListEntryCited)]  # type: ignore[union-attr]
            assert cited[0].value in (*POSTS["titles"], *POSTS["designations"])


# ---------------------------------------------------------------- what is read once


def test_what_was_read_of_one_record_is_told_of_no_other() -> None:
    """Not of another record of that reference, nor of one person where two are one."""
    before = listed(entry("AAi.001", "DARIUSH", "KHALVATI", nationalities=("Iran",)))
    after = listed(entry("AAi.001", "DARIUSH", "KHALVATI", nationalities=("Libya",)))
    other = listed(entry("AAi.002", "DARIUSH", "KHALVATI", nationalities=("France",)))
    for group, held in (
        ((before,), ["Iran"]),
        ((after,), ["Libya"]),
        ((before, other), ["Iran", "France"]),
        ((after, other), ["Libya", "France"]),
        ((before,), ["Iran"]),
    ):
        assert [one.text for one in on_record(records(group), "nationality")] == held


def test_a_post_is_read_anew_by_other_words_for_organisations() -> None:
    post = {"designations": ("Commander of the Harbour Guard",)}
    group = (listed(entry("AAi.001", "DARIUSH", "KHALVATI", **post)),)
    asked = Traveller(name="Dariush Khalvati", role="commander of the HG")
    phrases = {**TABLES["role_phrases"], "harbour guard": "hg"}
    known = rules({**TABLES, "role_phrases": phrases})
    for by, agrees in ((RULES, None), (known, True), (RULES, None)):
        found = {one.field: one.agrees for one in compare(asked, group, ATLAS_ROWS, by)}
        assert found["organisation"] is agrees


# ---------------------------------------------------------------- silence, namesakes


def test_what_either_side_does_not_give_is_silent() -> None:
    nothing = Traveller(name="Dariush Khalvati")
    everything = Traveller(
        name="Dariush Khalvati",
        birth_date="1957",
        place_of_birth="Qom",
        nationality="IR",
        gender=Gender.male,
        document="AB123456",
        role="commander of the Harbour Guard",
    )
    full = listed(
        entry(
            "AAi.001",
            "DARIUSH",
            "KHALVATI",
            birth_dates=(born("1957"),),
            birth_places=(birthplace("Qom", "Iran"),),
            nationalities=("Iran",),
            gender=Gender.male,
            documents=(document("AB123456"),),
            **POSTS,
        )
    )
    bare = listed(entry("AAi.001", "DARIUSH", "KHALVATI"))
    for who, one in ((nothing, full), (everything, bare), (nothing, bare)):
        found = compare(who, (one,), ATLAS_ROWS, RULES)
        assert all(c.agrees is None and c.reason is None for c in found)
    assert all(c.agrees for c in compare(everything, (full,), ATLAS_ROWS, RULES))


def decided(people: tuple[Listed, ...], **traveller: Any) -> IdentityFound:
    who = Traveller(**{"name": "Dariush Khalvati", **traveller})
    index = build(people, TABLES)
    found = candidates(who, index, ATLAS_ROWS, POLICY)
    return identity(who, found, index.listed, None, (), (FULL,), POLICY, "law", 0)


def test_namesakes_are_told_apart_by_what_each_record_holds() -> None:
    people = (
        listed(
            entry(
                "AAi.001",
                "DARIUSH",
                "KHALVATI",
                birth_dates=(born("1957-03-11"),),
                documents=(document("AB123456", country="Iran"),),
                nationalities=("Iran",),
            )
        ),
        listed(entry("AAi.002", "DARIUSH", "KHALVATI", nationalities=("Iran",))),
        listed(entry("AAi.003", "DARIUSH", "KHALVATI", birth_dates=(note("30-35 years old"),))),
    )
    found = decided(people)
    assert found.standing is S.ambiguous
    apart = [one.words for one in found.reasons if "would tell them apart" in one.words]
    assert apart == [
        "The birth date would tell them apart (AAi.001: 1957-03-11; AAi.002: none on record; "
        "AAi.003: 30-35 years old).",
        "The travel document would tell them apart (AAi.001: Passport AB123456 Iran; "
        "AAi.002: none on record; AAi.003: none on record).",
        "The nationality would tell them apart (AAi.001: Iran; AAi.002: Iran; "
        "AAi.003: none on record).",
    ]
    by_reference = {c.reference: c for c in found.candidates}
    assert set(by_reference) == {"AAi.001", "AAi.002", "AAi.003"}
    assert by_reference["AAi.001"].would_change == (
        "a birth date: this record has 1957-03-11",
        "a nationality: this record has Iran",
        "a travel document: this record has Passport AB123456 Iran",
    )
    assert by_reference["AAi.002"].would_change == ("a nationality: this record has Iran",)
    alike = (
        listed(entry("AAi.001", "DARIUSH", "KHALVATI")),
        listed(entry("AAi.002", "DARIUSH", "KHALVATI")),
    )
    assert len(decided(alike).reasons) == 1, "two bare records: nothing on record tells them apart"


# ---------------------------------------------------------------- entities

SHIPS = (
    listed(
        entry(
            "CCe.001",
            "ZOUBIN STAR",
            kind=PartyKind.entity,
            comments="Tanker, flag unknown. IMO: 9074729. Listed on the day of its last voyage.",
        )
    ),
    listed(
        entry(
            "CCe.002",
            "SAGHAR SHIPPING COMPANY",
            kind=PartyKind.entity,
            aliases=(
                alias("Saghar Lines (International Maritime Organization (IMO) No. 2041999)"),
            ),
        ),
        entry("CCe.002", "SAGHAR SHIPPING", kind=PartyKind.entity, comments="OMI: 5342883"),
    ),
    listed(entry("CCi.003", "DARIUSH", "KHALVATI", comments="Master of IMO 9074729.")),
)


def only(found: IdentityFound) -> Candidate:
    (candidate,) = found.candidates
    return candidate


@pytest.mark.parametrize(
    ("name", "reference"),
    [
        ("IMO 9074729", "CCe.001"),
        ("9074729", "CCe.001"),
        (" 9074729\n", "CCe.001"),
        ("imo no. 9074729", "CCe.001"),
        ("IMO9074729", "CCe.001"),
        ("M/V Other Name (IMO: 9074729)", "CCe.001"),
        ("2041999", "CCe.002"),
        ("OMI 2041999", "CCe.002"),
        ("5342883", "CCe.002"),  # an older record gives it
    ],
)
def test_an_imo_number_finds_the_entity(name: str, reference: str) -> None:
    found = decided(SHIPS, name=name)
    assert found.standing is S.no_match
    ship = only(found)
    assert (ship.reference, ship.name_is, ship.similarity) == (reference, NameIs.number, 1.0)
    assert ship.matched_as == "imo_number"
    number = re.sub(r"\D", "", name)
    assert f"The IMO number given, {number}, is in the record of {reference}" in (
        ship.reasons[0].words
    )
    first = found.reasons[0]
    assert "A listed entity is no traveller, no travel ban can reach it" in first.words
    assert any(isinstance(c, ListEntryCited) and number in c.value for c in first.citations)
    assert "No person is listed under" in found.reasons[1].words


def test_an_entity_is_found_by_its_name_too() -> None:
    found = decided(SHIPS, name="Zoubin Star")
    assert (only(found).reference, only(found).name_is is NameIs.number) == ("CCe.001", False)
    assert "no travel ban can reach it" in found.reasons[0].words
    both = decided(SHIPS, name="Saghar Shipping Company, IMO 9074729")
    assert {c.reference for c in both.candidates} == {"CCe.001", "CCe.002"}


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("IMO 9314234", "No listed entity's record gives the IMO number 9314234."),
        ("9314235", "IMO number 9314235; its last digit does not check, so it may be mistyped."),
        ("IMO 90747290", None),
        ("IMO 907472", None),
        ("A 9074729 B", None),
    ],
)
def test_a_number_that_no_record_gives(name: str, words: str | None) -> None:
    found = decided(SHIPS, name=name)
    said_ = [one.words for one in found.reasons if "IMO number" in one.words]
    assert found.standing is S.no_match
    assert len(said_) == (words is not None)
    if words is not None:
        assert words in said_[0]


def test_a_number_beside_a_person_decides_nothing() -> None:
    found = decided(SHIPS, name="Dariush Khalvati, IMO 9074729")
    assert (found.standing, found.reference) == (S.probable, "CCi.003")
    assert "no travel ban can reach it" in found.reasons[-1].words


def test_a_reference_restricts_an_imo_number_too() -> None:
    found = decided(SHIPS, name="IMO 9074729", reference="CCe.002")
    assert all(c.name_is is not NameIs.number for c in found.candidates)
    people_only = candidates(
        Traveller(name="IMO 9074729"),
        build(SHIPS, TABLES),
        PLACES,
        POLICY,
        frozenset({PartyKind.individual}),
    )
    assert people_only == ()


@pytest.mark.parametrize(
    ("number", "holds"),
    [
        ("9074729", True),  # a vessel's
        ("9314234", True),
        ("2041999", True),  # a company's
        ("9074728", False),
        ("2041998", False),
    ],
)
def test_the_check_digit(number: str, holds: bool) -> None:
    assert vessels.check_digit_holds(number) is holds


def test_the_numbers_of_the_real_list(real: tuple[Listed, ...]) -> None:
    """Every IMO number in the newest list finds its entity, and its check digit holds."""
    everybody = {one.reference: one for one in real}
    found = 0
    for one in real:
        text = one.versions[0].entry.comments or ""
        if one.kind is PartyKind.entity and (asked := vessels.asked_number(text)):
            found += 1
            assert vessels.check_digit_holds(asked.digits)
            bearers = vessels.bearers(asked.digits, everybody)
            assert one.reference in [at.reference for at in bearers]
    assert found >= 10
