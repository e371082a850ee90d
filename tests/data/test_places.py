"""The table of places: every ISO code once, every zone real, every name meaning one State."""

import csv
import io
import re
from collections import Counter
from importlib.resources import files
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

PLACES = Path(__file__).resolve().parents[2] / "data" / "places.csv"
COLUMNS = ["kind", "name", "also", "code", "state", "zones", "capital", "disputed", "since", "note"]
ISO_3166_1 = """
AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO
BQ BR BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ
DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP
GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG
KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML
MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE
PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL
SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM
US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW
"""
WITHOUT_ZONE = {"BV", "HM"}
WITHOUT_CAPITAL = {"AQ", "BV", "HM", "TK", "UM"}

Row = dict[str, str]


@pytest.fixture(scope="module")
def rows() -> list[Row]:
    with PLACES.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


@pytest.fixture(scope="module")
def zone_table() -> dict[str, list[str]]:
    """The zones of each ISO code, from the time zone package that the project pins."""
    table: dict[str, list[str]] = {}
    text = (files("tzdata") / "zoneinfo" / "zone.tab").read_text(encoding="utf-8")
    for line in text.splitlines():
        if not line.startswith("#"):
            code, _, zone = line.split("\t")[:3]
            table.setdefault(code, []).append(zone)
    return table


def split(value: str) -> list[str]:
    return value.split(";") if value else []


def split_codes(row: Row) -> list[str]:
    return row["code"].split(";")


def of_kind(rows: list[Row], kind: str) -> list[Row]:
    return [row for row in rows if row["kind"] == kind]


def names(row: Row) -> list[str]:
    return [row["name"], *split(row["also"])]


def test_file_is_plain_utf8_with_line_feeds() -> None:
    raw = PLACES.read_bytes()
    raw.decode("utf-8")
    assert not raw.startswith(b"\xef\xbb\xbf")
    assert b"\r" not in raw
    assert raw.endswith(b"\n")


def test_columns(rows: list[Row]) -> None:
    text = PLACES.read_text(encoding="utf-8")
    table = list(csv.reader(io.StringIO(text), strict=True))
    assert table[0] == COLUMNS
    assert {len(line) for line in table} == {len(COLUMNS)}
    assert {row["kind"] for row in rows} == {"state", "city", "seat", "shared"}


def test_no_stray_blank(rows: list[Row]) -> None:
    for row in rows:
        for column, value in row.items():
            assert value == " ".join(value.split()), (row["name"], column)
            if column in ("also", "zones"):
                assert all(part and part == part.strip() for part in split(value)), row["name"]


def test_every_iso_code_once(rows: list[Row]) -> None:
    codes = ISO_3166_1.split()
    assert len(codes) == len(set(codes)) == 249
    assert Counter(row["code"] for row in of_kind(rows, "state")) == Counter(codes)


def test_every_code_and_every_state_exists(rows: list[Row]) -> None:
    codes = set(ISO_3166_1.split())
    for row in rows:
        assert set(split_codes(row)) <= codes, row["name"]
        if row["kind"] != "shared" and (row["state"] or not row["disputed"]):
            assert row["state"] in codes, row["name"]


def test_who_answers_answers_for_itself(rows: list[Row]) -> None:
    answers = {row["code"]: row["state"] for row in of_kind(rows, "state")}
    for code, state in answers.items():
        assert answers[state] == state, code


def test_only_a_disputed_city_is_without_a_state(rows: list[Row]) -> None:
    answers = {row["code"]: row["state"] for row in of_kind(rows, "state")}
    for row in rows:
        if row["state"]:
            assert row["state"] == answers[row["code"]], row["name"]
        elif row["kind"] != "shared":
            assert row["kind"] == "city", row["name"]
            assert row["disputed"], row["name"]


def test_no_name_twice_in_a_kind(rows: list[Row]) -> None:
    twice = [key for key, n in Counter((r["kind"], r["name"]) for r in rows).items() if n > 1]
    assert not twice


@pytest.mark.parametrize("kind", ["state", "city", "seat", "shared"])
def test_no_name_or_other_name_means_two(rows: list[Row], kind: str) -> None:
    found: dict[str, str] = {}
    for row in of_kind(rows, kind):
        for name in names(row):
            other = found.setdefault(name.casefold(), row["name"])
            assert other == row["name"], f"{name}: {other} and {row['name']}"
        assert len(set(map(str.casefold, names(row)))) == len(names(row)), row["name"]


def test_every_zone_loads_from_the_pinned_package(rows: list[Row]) -> None:
    zoneinfo = files("tzdata") / "zoneinfo"
    for zone in {zone for row in rows for zone in split(row["zones"])}:
        with zoneinfo.joinpath(*zone.split("/")).open("rb") as file:
            assert ZoneInfo.from_file(file, key=zone).key == zone


def test_a_state_has_every_zone_of_its_code(
    rows: list[Row], zone_table: dict[str, list[str]]
) -> None:
    for row in of_kind(rows, "state"):
        assert split(row["zones"]) == zone_table.get(row["code"], []), row["name"]
        assert (not row["zones"]) == (row["code"] in WITHOUT_ZONE), row["name"]


def test_a_city_or_seat_has_one_zone(rows: list[Row], zone_table: dict[str, list[str]]) -> None:
    for row in rows:
        if row["kind"] in ("city", "seat"):
            assert len(split(row["zones"])) == 1, row["name"]
            # On disputed ground the clock in use may be another State's.
            assert row["zones"] in zone_table[row["code"]] or row["disputed"], row["name"]


def test_every_zone_has_a_city(rows: list[Row], zone_table: dict[str, list[str]]) -> None:
    zones = {row["zones"] for row in of_kind(rows, "city")}
    assert not {zone for listed in zone_table.values() for zone in listed} - zones


def test_every_capital_is_a_city_in_a_zone_of_its_state(rows: list[Row]) -> None:
    cities = {(row["code"], row["name"]): row for row in of_kind(rows, "city")}
    for row in of_kind(rows, "state"):
        assert (not row["capital"]) == (row["code"] in WITHOUT_CAPITAL), row["name"]
        if row["capital"]:
            city = cities[row["code"], row["capital"]]
            assert city["zones"] in split(row["zones"]), row["name"]


def test_every_seat_lies_in_its_city(rows: list[Row]) -> None:
    cities = {(row["code"], row["name"]): row for row in of_kind(rows, "city")}
    for row in of_kind(rows, "seat"):
        city = cities[row["code"], row["capital"]]
        assert (row["zones"], row["state"]) == (city["zones"], city["state"]), row["name"]
        assert not row["note"], row["name"]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Iran (Islamic Republic of)", "IR"),
        ("Democratic People's Republic of Korea", "KP"),
        ("Türkiye", "TR"),
        ("Turkey", "TR"),
        ("Syrian Arab Republic", "SY"),
        ("State of Palestine", "PS"),
        ("Côte d'Ivoire", "CI"),
        ("Côte d’Ivoire", "CI"),
        ("Libyan Arab Jamahiriya", "LY"),
        ("United States of America", "US"),
        ("Russia", "RU"),
        ("Burma", "MM"),
        ("Swaziland", "SZ"),
        ("Nigerien", "NE"),
        ("Nigerian", "NG"),
    ],
)
def test_a_name_means_its_state(rows: list[Row], name: str, code: str) -> None:
    assert [row["code"] for row in of_kind(rows, "state") if name in names(row)] == [code]


@pytest.mark.parametrize(
    ("code", "state"),
    [("HK", "CN"), ("MO", "CN"), ("PR", "US"), ("GL", "DK"), ("GI", "GB"), ("NC", "FR")],
)
def test_a_territory_is_answered_for(rows: list[Row], code: str, state: str) -> None:
    assert [row["state"] for row in of_kind(rows, "state") if row["code"] == code] == [state]


@pytest.mark.parametrize("code", ["TW", "EH", "PS", "FK"])
def test_disputed_states_say_so(rows: list[Row], code: str) -> None:
    (row,) = (row for row in of_kind(rows, "state") if row["code"] == code)
    assert row["disputed"]


def test_a_name_shared_by_two_states_is_given_to_neither(rows: list[Row]) -> None:
    given = {name.casefold() for row in of_kind(rows, "state") for name in names(row)}
    shared = {name.casefold() for row in of_kind(rows, "shared") for name in names(row)}
    assert {"congolese", "dominican", "korean", "korea", "soviet union", "yugoslavia"} <= shared
    assert not given & (shared | {"virgin islands"})


def test_a_shared_name_has_several_states_in_order_and_nothing_of_one_place(
    rows: list[Row],
) -> None:
    for row in of_kind(rows, "shared"):
        codes = split_codes(row)
        assert len(codes) > 1, row["name"]
        assert codes == sorted(set(codes)), row["name"]
        assert not any(row[column] for column in ("state", "zones", "capital", "disputed"))


def test_words_in_names_are_words(rows: list[Row]) -> None:
    for row in rows:
        assert not re.search(r"[|\t@#]|\?\?", ";".join(names(row))), row["name"]
