"""Leave to travel: every row that ships, by its neighbours in time, and what reasons must say."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from app.jobs import shipped
from app.law.exemption import ExemptionFound, OnFile, days_meant, exemption
from app.record import legal_record
from app.terms import (
    Certainty,
    Exemption,
    ExemptionOutcome,
    Leg,
    MeasureKind,
    Purpose,
    PurposeKind,
    Regime,
)
from app.when import arrival
from app.where import Places

DATA = Path(__file__).parents[2] / "data"
LAW = legal_record(shipped.legal_files(DATA), "2026-11-24T00:00:00.000000Z")
PLACES = Places(shipped.tables(DATA).places)
BY_ID = {item.id: item for item in LAW.exemptions}
NOBODY = "TAi.155"  # listed under 1988, and named in no grant


def regime(number: str) -> Regime:
    return next(item for item in LAW.regimes if item.id == number)


def found(
    number: str,
    reference: str,
    state: str,
    place: str | None,
    from_: str,
    to: str | None = None,
    rows: tuple[Exemption, ...] = LAW.exemptions,
    purpose: Purpose | None = None,
    **more: Any,
) -> ExemptionFound:
    """The standing of one leg of somebody whom the bans of a regime reach."""
    leg = Leg(state=state, place=place, from_=from_, to=to, purpose=purpose)
    located = PLACES.locate(state, place)
    arrived = arrival(from_, located.zones)
    own = regime(number)
    bans = [item for item in own.measures if item.kind is MeasureKind.travel_ban]
    asked: dict[str, Any] = {"references": [reference], "bans": bans} | more
    return exemption(
        who=reference,
        leg=leg,
        located=located,
        arrival=arrived,
        on_day=arrived,
        regimes=[own],
        on_file=OnFile(rows),
        claims=[],
        places=PLACES,
        law_digest="law",
        **asked,
    )


def told(answer: ExemptionFound) -> str:
    return "\n".join(item.words for item in answer.reasons)


YES, MAYBE, SOME, NO, REFUSED = "yes", "maybe", "some of it, maybe", "no", "refused"
MEANS = {
    YES: ("published", "definite"),
    MAYBE: ("published", "possible"),
    SOME: ("partial", "possible"),
    NO: ("none_found", "definite"),
    REFUSED: ("refused", "definite"),
}
# Row, regime, reference, State, place, and what each single day comes to.
WALK: list[tuple[str, str, str, str | None, dict[str, str]]] = [
    ("1267-2025-04", "QDi.336", "AE", None, {
        "2025-03-31": NO, "2025-04-01": NO, "2025-04-14": NO, "2025-04-30": NO, "2025-05-01": NO}),
    ("1267-2025-04-11", "QDi.317", "TR", "Antalya", {
        "2025-04-10": NO, "2025-04-11": SOME, "2025-05-11": SOME, "2025-05-12": NO}),
    ("1267-2025-04-13", "QDi.317", "AE", "Dubai", {
        "2025-04-12": NO, "2025-04-13": SOME, "2025-05-13": SOME, "2025-05-14": NO}),
    ("1267-2025-09", "QDi.317", "US", "New York", {
        "2025-08-31": NO, "2025-09-01": MAYBE, "2025-09-30": MAYBE, "2025-10-01": NO}),
    ("1718-2018-02-08", "KPi.042", "KR", "Seoul", {
        "2018-02-08": NO, "2018-02-09": YES, "2018-02-11": YES, "2018-02-12": NO}),
    ("1970-2012-07", "LYi.015", "ZA", "Johannesburg", {"2012-07-15": NO, "2012-08-01": NO}),
    ("1970-2020-12", "LYi.009", "EG", "Cairo", {
        "2020-11-30": NO, "2020-12-01": YES, "2021-05-31": YES}),
    ("1970-2021-06", "LYi.012", "EG", "Cairo", {
        "2021-05-31": YES, "2021-06-01": YES, "2021-11-30": YES}),
    ("1970-2021-12", "LYi.019", "OM", None, {
        "2021-11-30": YES, "2021-12-01": YES, "2022-05-31": YES, "2022-06-01": NO}),
    ("1970-2022-12", "LYi.009", "EG", "Cairo", {
        "2022-11-30": NO, "2022-12-01": YES, "2023-05-31": YES}),
    ("1970-2023-06", "LYi.009", "EG", "Cairo", {
        "2023-05-31": YES, "2023-06-01": YES, "2023-11-30": YES, "2023-12-01": NO}),
    ("1970-2023-11", "LYi.019", "EG", "Cairo", {
        "2023-11-30": YES, "2023-12-01": YES, "2024-05-31": YES, "2024-06-01": NO}),
    ("1970-2024-05", "LYi.012", "EG", "Cairo", {
        "2024-05-31": YES, "2024-06-01": YES, "2024-11-30": YES, "2024-12-01": NO}),
    ("1988-2019-04", "TAi.067", "QA", "Doha", {
        "2019-03-31": NO, "2019-04-01": YES, "2019-12-31": YES, "2020-01-01": MAYBE}),
    ("1988-2019-04", NOBODY, "QA", "Doha", {"2019-03-31": NO, "2019-04-01": MAYBE}),
    ("1988-2020-01", NOBODY, "QA", "Doha", {
        "2019-12-31": MAYBE, "2020-01-01": MAYBE, "2021-12-21": MAYBE, "2021-12-22": NO}),
    ("1988-2021-12-22", "TAi.113", "NO", "Oslo", {
        "2021-12-21": MAYBE, "2021-12-22": YES, "2022-03-21": YES, "2022-03-22": MAYBE}),
    ("1988-2022-03", NOBODY, "TR", "Antalya", {
        "2022-03-20": NO, "2022-03-21": MAYBE, "2022-06-20": MAYBE}),
    ("1988-2022-06", NOBODY, "UZ", "Tashkent", {
        "2022-06-20": MAYBE, "2022-06-21": MAYBE, "2022-08-19": MAYBE, "2022-08-20": NO}),
    ("1988-2022-08-19", NOBODY, "UZ", "Tashkent", {"2022-08-19": MAYBE, "2022-08-20": NO}),
    ("1988-2023-05", "TAi.026", "PK", "Islamabad", {
        "2023-05-05": NO, "2023-05-06": YES, "2023-05-09": YES, "2023-05-10": NO}),
    ("1988-2024-06-05", "TAi.003", "SA", "Mecca", {
        "2024-06-04": NO, "2024-06-05": SOME, "2024-07-05": SOME, "2024-07-06": NO}),
    ("1988-2024-06-20", "TAi.144", "AE", "Abu Dhabi", {
        "2024-06-20": NO, "2024-06-21": YES, "2024-06-25": YES, "2024-06-26": NO}),
    ("1988-2024-12-28", "TAi.026", "AE", "Dubai", {
        "2024-12-27": NO, "2024-12-28": YES, "2025-01-07": YES, "2025-01-08": NO}),
    ("1988-2025-01-13", "TAi.110", "SA", "Jeddah", {
        "2025-01-12": NO, "2025-01-13": YES, "2025-01-16": YES, "2025-01-17": NO}),
    ("1988-2025-01-22", "TAi.144", "SA", "Mecca", {
        "2025-01-22": NO, "2025-01-23": YES, "2025-02-03": YES, "2025-02-04": NO}),
    ("1988-2025-01-26", "TAi.026", "AE", "Abu Dhabi", {
        "2025-01-25": NO, "2025-01-26": SOME, "2025-02-25": SOME, "2025-02-26": NO}),
    ("1988-2025-03-07", "TAi.026", "OM", "Muscat", {
        "2025-03-06": NO, "2025-03-07": SOME, "2025-04-06": SOME, "2025-04-07": NO}),
    ("1988-2025-03-21", "TAi.026", "SA", "Mecca", {
        "2025-03-20": NO, "2025-03-21": SOME, "2025-04-20": SOME, "2025-04-21": NO}),
    ("1988-2025-04-25", "TAi.026", "QA", "Doha", {
        "2025-04-24": NO, "2025-04-25": SOME, "2025-05-25": SOME, "2025-05-26": NO}),
    ("1988-2025-05-16", "TAi.026", "CN", "Chengdu", {
        "2025-05-15": NO, "2025-05-16": SOME, "2025-06-15": SOME, "2025-06-16": NO}),
    ("1988-2025-06-17", "TAi.027", "CN", "Kunming", {
        "2025-06-16": NO, "2025-06-17": SOME, "2025-07-17": SOME, "2025-07-18": NO}),
    ("1988-2025-06-18", "TAi.026", "TR", "Istanbul", {
        "2025-06-17": NO, "2025-06-18": SOME, "2025-07-18": SOME, "2025-07-19": NO}),
    ("1988-2025-07-11", "TAi.093", "RU", "Moscow", {
        "2025-07-13": NO, "2025-07-14": YES, "2025-07-29": YES, "2025-07-30": NO}),
    ("1988-2025-08-01", "TAi.027", "QA", "Doha", {
        "2025-08-13": NO, "2025-08-14": YES, "2025-08-31": YES, "2025-09-01": NO}),
    ("1988-2025-08-04", "TAi.026", "PK", "Islamabad", {
        "2025-08-03": NO, "2025-08-04": REFUSED, "2025-08-05": NO}),
    ("1988-2025-08-27", "TAi.026", "IN", "New Delhi", {
        "2025-08-26": NO, "2025-08-27": REFUSED, "2025-08-28": NO}),
    ("1988-2025-09-30", "TAi.026", "IN", "New Delhi", {
        "2025-10-08": NO, "2025-10-09": YES, "2025-10-16": YES, "2025-10-17": NO}),
]  # fmt: skip


def test_every_row_that_ships_is_walked() -> None:
    assert {row[0] for row in WALK} == set(BY_ID)


@pytest.mark.parametrize(
    ("row", "reference", "state", "place", "day", "comes_to"),
    [
        pytest.param(row, reference, state, place, day, comes_to, id=f"{row} {reference} {day}")
        for row, reference, state, place, days in WALK
        for day, comes_to in days.items()
    ],
)
def test_neighbours(
    row: str, reference: str, state: str, place: str | None, day: str, comes_to: str
) -> None:
    answer = found(row[:4], reference, state, place, day)
    standing, certainty = MEANS[comes_to]
    if comes_to == NO and row.startswith("1970"):
        standing = "state_may_decide"
    assert (answer.standing, answer.certainty) == (standing, certainty), told(answer)


@pytest.mark.parametrize("row", [item.id for item in LAW.exemptions if item.references])
def test_nobody_under_another_regime_is_covered(row: str) -> None:
    item = BY_ID[row]
    day = item.from_ or item.decided_on or "2025-04-14"
    day = day if len(day) == 10 else f"{day}-15"
    answer = found("2048", "GBi.005", item.state or "PT", None, day)
    assert answer.standing == "none_found"


# ---------------------------------------------------------------- which days, in words


@pytest.mark.parametrize(
    ("from_", "to", "standing", "certainty", "words"),
    [
        ("2024-06-21", "2024-06-25", "published", "definite",
         "covers every day of this leg, 21 to 25 June 2024"),
        ("2024-06-20", "2024-06-26", "partial", "definite",
         "covers 21 to 25 June 2024, not 20 June and 26 June"),
        ("2024-06-24", "2024-07-02", "partial", "definite",
         "covers 24 to 25 June 2024, not 26 June to 2 July"),
        ("2024-06-25", None, "published", "definite",
         "covers the arrival on 25 June 2024 (the last day there was not said)"),
        ("2024-06", None, "published", "possible",
         "covers every day of this leg if the arrival was on 21 to 25 June 2024, does not cover "
         "it if the arrival was on 1 to 20 June 2024 and 26 to 30 June"),
        ("2024-06-25T23:30", "2024-06-26", "partial", "definite",
         "covers 25 June 2024, not 26 June"),
    ],
)  # fmt: skip
def test_reasons_name_the_days(
    from_: str, to: str | None, standing: str, certainty: str, words: str
) -> None:
    answer = found("1988", "TAi.144", "AE", "Abu Dhabi", from_, to)
    assert (answer.standing, answer.certainty) == (standing, certainty)
    reason = next(item for item in answer.reasons if "1988-2024-06-20" in item.words)
    assert f"25 June 2024) {words}" in reason.words


def test_two_grants_that_follow_each_other_are_told_together_and_apart() -> None:
    answer = found("1970", "LYi.009", "EG", "Cairo", "2023-05-30", "2023-06-02")
    assert (answer.standing, answer.certainty) == ("published", "definite")
    whole, first, second = (item.words for item in answer.reasons)
    assert whole == (
        "leave on record, taken together, covers every day of this leg, 30 May to 2 June 2023"
    )
    assert "1970-2022-12" in first
    assert "covers 30 to 31 May 2023, not 1 to 2 June" in first
    assert "covers 1 to 2 June 2023, not 30 to 31 May" in second


def test_a_stay_over_the_turn_of_a_year() -> None:
    answer = found("1988", "TAi.026", "AE", "Dubai", "2024-12-30", "2025-01-09")
    assert "covers 30 December 2024 to 7 January 2025, not 8 to 9 January" in told(answer)


def test_a_decision_after_the_window_opened_is_said_so() -> None:
    late = told(found("1970", "LYi.009", "EG", "Cairo", "2021-12-02"))
    assert (
        "it was decided on 3 December 2021, after the first day that it covers and after the "
        "arrival" in late
    )
    inside = told(found("1970", "LYi.009", "EG", "Cairo", "2022-01-10"))
    assert "after the first day that it covers" in inside
    assert "after the arrival" not in inside
    before = told(found("1988", "TAi.144", "AE", "Abu Dhabi", "2024-06-21"))
    assert "was decided on" not in before


def test_conditions_are_told() -> None:
    words = told(found("1988", "TAi.024", "QA", "Doha", "2022-01-10"))
    assert "it was given on conditions: the State visited reports within 30 days" in words


# ---------------------------------------------------------------- days given by the month


def made(**given: Any) -> Exemption:
    """A grant for one person, anywhere, in words of a test's own."""
    plain: dict[str, Any] = {
        "id": "made", "regime": "2048", "references": ("GBi.005",), "unnamed": None,
        "outcome": ExemptionOutcome.granted, "authority": None, "state": None, "places": (),
        "purpose": "talks", "requested_by": None, "decided_on": None, "published_on": None,
        "from_": None, "until": None, "conditions": None, "note": None, "source": "a test",
        "checked": False, "recorded_by": None, "recorded_at": None,
    }  # fmt: skip
    return Exemption(**plain | given)


def of(grant: Exemption, from_: str, to: str | None = None, place: str | None = "Lisbon",
       **more: Any) -> ExemptionFound:  # fmt: skip
    return found("2048", "GBi.005", "PT", place, from_, to, (grant,), **more)


@pytest.mark.parametrize(
    ("from_", "until", "day", "to", "comes_to"),
    [
        # From some day of September to some day of November.
        ("2031-09", "2031-11", "2031-08-31", None, ("none_found", "definite")),
        ("2031-09", "2031-11", "2031-09-01", None, ("published", "possible")),
        ("2031-09", "2031-11", "2031-09-29", None, ("published", "possible")),
        ("2031-09", "2031-11", "2031-09-30", None, ("published", "definite")),
        ("2031-09", "2031-11", "2031-11-01", None, ("published", "definite")),
        ("2031-09", "2031-11", "2031-11-02", None, ("published", "possible")),
        ("2031-09", "2031-11", "2031-11-30", None, ("published", "possible")),
        ("2031-09", "2031-11", "2031-12-01", None, ("none_found", "definite")),
        ("2031-09", "2031-11", "2031-09-30", "2031-11-01", ("published", "definite")),
        ("2031-09", "2031-11", "2031-09-29", "2031-11-01", ("published", "possible")),
        ("2031-09", "2031-11", "2031-08-31", "2031-10-01", ("partial", "definite")),
        ("2031-09", "2031-11", "2031-08-31", "2031-09-10", ("partial", "possible")),
        # A day at one end, a month at the other.
        ("2031-09-10", "2031-10", "2031-09-10", "2031-10-01", ("published", "definite")),
        ("2031-09-10", "2031-10", "2031-09-10", "2031-10-02", ("published", "possible")),
        ("2031-09", "2031-10-05", "2031-10-05", None, ("published", "definite")),
        ("2031-09", "2031-10-05", "2031-10-06", None, ("none_found", "definite")),
        # Some day of one month: no day of it is sure.
        ("2031-02", "2031-02", "2031-02-28", None, ("published", "possible")),
        ("2031-02", "2031-02", "2031-02", None, ("published", "possible")),
    ],
)
def test_a_month_is_some_day_of_it(
    from_: str, until: str, day: str, to: str | None, comes_to: tuple[str, str]
) -> None:
    answer = of(made(from_=from_, until=until), day, to)
    assert (answer.standing, answer.certainty) == comes_to, told(answer)
    if answer.standing != "none_found":
        assert "no more than the month is known" in told(answer)


def test_sure_and_open_days_are_told_apart() -> None:
    words = told(of(made(from_="2031-09", until="2031-09-30"), "2031-09-29", "2031-10-01"))
    assert "covers 30 September 2031 and may cover 29 September 2031, not 1 October" in words


# ---------------------------------------------------------------- groups


def test_who_is_not_named_of_a_group_is_only_possibly_covered() -> None:
    answer = found("1988", NOBODY, "QA", "Doha", "2022-07-01", "2022-08-21")
    assert (answer.standing, answer.certainty) == ("partial", "possible")
    assert "may cover 1 July to 19 August 2022, not 20 to 21 August" in told(answer)
    assert "a group of whom not everybody was named (thirteen members" in told(answer)
    assert "TAi.155 is not among those named" in told(answer)
    cited = [item for why in answer.reasons for item in why.citations if item.kind == "exemption"]
    assert [item.exemption for item in cited] == ["1988-2022-06"]


def test_a_group_is_of_its_own_regime() -> None:
    bans = regime("1267").measures
    assert found("1267", "QDi.317", "QA", "Doha", "2022-07-01", bans=bans).standing == "none_found"


def test_one_committees_leave_is_not_anothers() -> None:
    grant = made(from_="2031-02-01", until="2031-02-28")
    both = [*regime("2048").measures, *regime("1718").measures]
    answer = of(grant, "2031-02-10", bans=both)
    assert (answer.standing, answer.certainty) == ("published", "possible")
    assert "a ban of another regime (1718) bound too" in told(answer)
    other = of(grant, "2031-02-10", bans=regime("1718").measures)
    assert other.standing == "none_found"
    assert "made (granted)" in told(other)
    assert of(grant, "2031-02-10", bans=()).certainty == "definite"


def test_a_relative_and_who_is_under_no_ban_are_of_no_group() -> None:
    nobody: list[dict[str, Any]] = [{"references": ()}, {"bans": ()}]
    for more in nobody:
        answer = found("1988", NOBODY, "QA", "Doha", "2022-07-01", **more)
        assert answer.standing == "none_found"


def test_a_group_refused_or_lapsed_decides_nothing_for_who_is_not_named() -> None:
    group = made(references=(), unnamed="about ten", from_="2031-02-01", until="2031-02-28")
    for outcome in (ExemptionOutcome.refused, ExemptionOutcome.lapsed, ExemptionOutcome.requested):
        answer = of(replace(group, outcome=outcome), "2031-02-10")
        assert answer.standing == "none_found"
        assert "made" in told(answer)
    named = replace(group, references=("GBi.005",), outcome=ExemptionOutcome.refused)
    assert of(named, "2031-02-10").standing == "refused"


def test_a_refusal_by_name_goes_before_a_grant_for_a_group() -> None:
    group = made(references=(), unnamed="about ten", from_="2031-02-01", until="2031-02-28")
    no = made(id="no", outcome=ExemptionOutcome.refused, state="PT", from_="2031-02-10")
    for rows in ((group, no), (no, group)):
        assert found("2048", "GBi.005", "PT", None, "2031-02-10", None, rows).standing == "refused"
        assert found("2048", "GBi.005", "PT", None, "2031-02-11", None, rows).standing == (
            "published"
        )


# ---------------------------------------------------------------- place, purpose, no days


def test_a_grant_for_mecca_covers_no_other_place() -> None:
    for state, place in (("AE", "Abu Dhabi"), ("SA", "Jeddah")):
        answer = found("1988", "TAi.144", state, place, "2024-06-10")
        assert answer.standing == "none_found"
        assert "1988-2024-06-05 (granted)" in told(answer)


def test_a_place_that_was_not_said_leaves_it_open() -> None:
    answer = found("1988", "TAi.144", "AE", None, "2024-06-22")
    assert (answer.standing, answer.certainty) == ("published", "possible")
    assert "may cover the arrival on 22 June 2024" in told(answer)


def test_a_sure_grant_is_sure_beside_one_that_is_not() -> None:
    sure = made(from_="2031-02-01", until="2031-02-28")
    city = made(id="city", state="PT", places=("Porto",), from_="2031-02-01", until="2031-02-28")
    answer = found("2048", "GBi.005", "PT", None, "2031-02-10", None, (city, sure))
    assert (answer.standing, answer.certainty) == ("published", Certainty.definite)


def test_a_refusal_for_one_city_says_nothing_of_another() -> None:
    assert found("1988", "TAi.026", "PK", "Karachi", "2025-08-04").standing == "none_found"
    assert found("1988", "TAi.026", "PK", None, "2025-08-04").standing == "refused"


def test_a_purpose_that_nobody_stated_leaves_it_open() -> None:
    hajj = Purpose(kind=PurposeKind.religious, words="the Hajj")
    talks = Purpose(kind=PurposeKind.other, words="talks with a minister")
    assert found("1988", "TAi.026", "OM", "Muscat", "2025-03-08", purpose=talks).standing == (
        "partial"
    )
    mecca = ("1988", "TAi.003", "SA", "Mecca", "2024-06-10")
    assert found(*mecca, purpose=hajj).standing == "partial"
    assert found(*mecca, purpose=talks).standing == "none_found"


@pytest.mark.parametrize(
    ("given", "day", "standing"),
    [
        ({"decided_on": "2031-02-01"}, "2031-01-31", "none_found"),
        ({"decided_on": "2031-02-01"}, "2031-02-01", "partial"),
        ({"decided_on": "2031-02-01"}, "2031-03-03", "partial"),
        ({"decided_on": "2031-02-01"}, "2031-03-04", "none_found"),
        ({"decided_on": "2031-02-01", "until": "2031-02-09"}, "2031-02-09", "partial"),
        ({"decided_on": "2031-02-01", "until": "2031-02-09"}, "2031-02-10", "none_found"),
        ({"decided_on": "2031-02-01", "from_": "2031-02-20"}, "2031-02-19", "none_found"),
        ({"decided_on": "2031-02-01", "from_": "2031-02-20"}, "2031-02-20", "partial"),
        ({"decided_on": "2031-02-01", "from_": "2031-02-20"}, "2031-03-22", "partial"),
        ({"decided_on": "2031-02-01", "from_": "2031-02-20"}, "2031-03-23", "none_found"),
        # Only a publication: it speaks of a place that it names, and of no place otherwise.
        ({"published_on": "2031-02-01"}, "2031-02-02", "none_found"),
        ({"published_on": "2031-02-01", "state": "PT"}, "2031-02-02", "partial"),
        ({}, "2031-02-02", "none_found"),
    ],
)
def test_days_that_were_not_published_are_not_unlimited(
    given: dict[str, str], day: str, standing: str
) -> None:
    answer = of(made(**given), day)
    assert answer.standing == standing, told(answer)
    if standing == "partial":
        assert answer.certainty == "possible"
        assert "not published: it may cover this leg" in told(answer)


def test_days_are_covered_surely_and_the_rest_perhaps() -> None:
    dated = made(from_="2031-02-01", until="2031-02-05")
    undated = made(id="undated", decided_on="2031-02-01")
    answer = found("2048", "GBi.005", "PT", None, "2031-02-04", "2031-02-08", (dated, undated))
    assert (answer.standing, answer.certainty) == ("partial", "possible")
    assert of(dated, "2031-02-04", "2031-02-08").certainty == "definite"


# ---------------------------------------------------------------- none found


def test_where_it_was_looked_is_said() -> None:
    answer = found("1988", NOBODY, "QA", "Doha", "2024-01-10")
    number = sum(item.regime == "1988" for item in LAW.exemptions)
    assert f"looked through: {number} exemptions of the regime 1988)" in told(answer)
    assert "publishes the exemptions that it grants: " in told(answer)
    assert "none found is not none granted" in answer.reasons[0].words
    own = made(id="f" * 64, regime="1988", recorded_by="A. Officer", recorded_at="2031")
    rows = (*LAW.exemptions, own)
    answer = found("1988", NOBODY, "QA", "Doha", "2024-01-10", None, rows)
    assert f"{number + 1} exemptions of the regime 1988, 1 of them recorded here)" in told(answer)
    looked = [item for item in answer.reasons[0].citations if item.kind == "absence"]
    assert "1 of them recorded here" in looked[0].looked_in
    assert "looked through: 0 exemptions of the regime 2048)" in told(of(made(regime="1"), "2031"))


@pytest.mark.parametrize(
    ("number", "words"),
    [
        ("1718", "publishes some of the exemptions"),
        ("1737", "does not publish the exemptions"),
        ("2048", "whether the 2048 Committee publishes the exemptions that it grants is not known"),
    ],
)
def test_whether_the_committee_publishes_is_said(number: str, words: str) -> None:
    bans = [item for item in regime(number).measures if item.id.startswith(number)]
    assert words in told(found(number, "nobody", "CH", "Geneva", "2015-01-10", bans=bans))


def test_standing_leave_that_had_lapsed_is_told_from_the_day_after() -> None:
    words = "standing leave for a group (the same thirteen) had lapsed on that day: its last day"
    assert words in told(found("1988", NOBODY, "UZ", "Tashkent", "2022-08-20"))
    assert words in told(found("1988", "TAi.026", "UZ", "Tashkent", "2024-01-10"))
    assert words not in told(found("1988", NOBODY, "UZ", "Tashkent", "2022-08-19"))
    assert words not in told(found("1988", NOBODY, "UZ", "Tashkent", "2019-01-10"))
    covered = found("1988", "TAi.026", "IN", "New Delhi", "2025-10-09")
    assert words not in told(covered)


def test_a_lapse_never_covers_and_is_of_its_place() -> None:
    lapse = made(outcome=ExemptionOutcome.lapsed, state="PT", until="2031-02-10")
    assert of(lapse, "2031-02-10").standing == "none_found"
    assert "had lapsed on that day" in told(of(lapse, "2031-02-11"))
    elsewhere = of(replace(lapse, state="AO"), "2031-02-11")
    assert "had lapsed" not in told(elsewhere)
    assert "made (lapsed)" in told(elsewhere)


def test_leave_that_was_asked_for_is_told() -> None:
    answer = found("1970", "LYi.015", "ZA", "Johannesburg", "2012-08-01")
    assert "leave was asked for, and what became of that is not on record: 1970-2012-07" in (
        told(answer)
    )
    assert of(made(outcome=ExemptionOutcome.requested), "2031-02-01").standing == "none_found"


# ---------------------------------------------------------------- an office's own


def test_an_exemption_of_ones_own_counts_and_says_whose_it_is() -> None:
    own = made(
        id="ab" * 32, from_="2031-02-01", until="2031-02-28", recorded_by="A. Officer",
        recorded_at="2031-03-01T00:00:00.000000Z",
    )  # fmt: skip
    answer = of(own, "2031-02-10")
    assert answer.standing == "published"
    assert "the grant abababababab, which A. Officer recorded here, (talks; any place; " in (
        told(answer)
    )
    (cited,) = answer.reasons[0].citations
    assert cited.kind == "exemption"
    assert (cited.exemption, cited.recorded_by) == (own.id, "A. Officer")
    assert (cited.recorded_at, cited.law) == (own.recorded_at, None)
    (shipped_,) = of(replace(own, recorded_by=None, recorded_at=None), "2031-02-10").reasons
    assert shipped_.citations[0].kind == "exemption"
    assert (shipped_.citations[0].recorded_by, shipped_.citations[0].law) == (None, "law")


def test_the_days_that_an_exemption_may_mean() -> None:
    def words(**given: Any) -> str:
        run = days_meant(made(**given))
        return f"{run[0]}..{run[1]}" if run else "none"

    refused = ExemptionOutcome.refused
    assert words(from_="2031-02", until="2031-03") == "2031-02-01..2031-03-31"
    assert words(decided_on="2031-02-01") == "2031-02-01..2031-03-03"
    assert words(outcome=refused, from_="2031-02-01") == "2031-02-01..2031-02-01"
    assert words(outcome=refused, decided_on="2031-02-01") == "none"
    assert words(outcome=ExemptionOutcome.lapsed, until="2031-02") == "2031-02-01..2031-02-28"
    assert words(from_="2031-03-01", until=None, decided_on=None) == "2031-03-01..2031-03-31"
    assert words(decided_on="2031-03-01", until="2031-02-01") == "none"
