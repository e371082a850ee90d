"""What a text says the law is, against the legal record that ships."""

import itertools
from pathlib import Path
from typing import Any

import pytest
from pydantic import TypeAdapter

from app.jobs import shipped
from app.law.about import about_person, about_regime
from app.law.reach import Course
from app.law.statement import (
    LegalAnswer,
    StatementFound,
    statement,
    statement_of,
)
from app.lists.history import designations
from app.record import legal_record
from app.terms import (
    Designated,
    DesignationInterval,
    Holds,
    Law,
    ListingStanding,
    ListKind,
    PartyKind,
    Snapshot,
    StatedMeasure,
)
from app.when import arrival

DATA = Path(__file__).parents[2] / "data"
LAW = legal_record(shipped.legal_files(DATA), "2026-11-24T00:00:00.000000Z")
READER = TypeAdapter(Law)
SUPPLEMENT = Snapshot(
    sha256="0" * 64,
    list_kind=ListKind.supplement,
    generated="2026-05-08T23:00:06.922000Z",
    source="test",
    recorded_at="2026-11-24T00:00:00.000000Z",
    individuals=43,
    entities=0,
)
WORDS = {party.reference[:2]: party.regime_word for party in LAW.parties} | {
    "ZZ": "a list that no file is for"
}


def party(reference: str, held: tuple[DesignationInterval, ...]) -> Designated:
    return Designated(
        reference=reference,
        kind=PartyKind.entity if reference[2] == "e" else PartyKind.individual,
        regime_word=WORDS[reference[:2]],
        intervals=held,
    )


def answer(
    law: dict[str, Any], on: str | None, reference: str = "IRi.039", listed_on: str = "2007-03-24"
) -> StatementFound:
    facts = [fact for fact in LAW.facts if fact.reference == reference]
    held = designations(reference, [], SUPPLEMENT, facts, listed_on, 10)
    return statement(
        READER.validate_python(law),
        about_person(Course([party(reference, held)], LAW.regimes)),
        arrival(on, ("Europe/Moscow",)) if on else None,
        LAW.digest,
    )


def of_party(
    law: dict[str, Any], on: str | None, reference: str, listed_on: str | None = None
) -> StatementFound:
    """A statement on somebody who is listed as the designation facts say, unless a day is given."""
    came = [fact.on for fact in LAW.facts if fact.reference == reference]
    return answer(law, on, reference, listed_on or came[0])


def of_regime(law: dict[str, Any], on: str | None, regime: str) -> StatementFound:
    (found,) = (item for item in LAW.regimes if item.id == regime)
    return statement(
        READER.validate_python(law),
        about_regime(found),
        arrival(on, ("UTC",)) if on else None,
        LAW.digest,
    )


def told(found: StatementFound) -> dict[str, tuple[str, str]]:
    """What a statement says, part by part: the answer, and what the record says."""
    return {part.says: (str(part.answer), part.record) for part in found.parts}


def beside(law: dict[str, Any]) -> list[dict[str, Any]]:
    """Statements that differ from a true one in one thing: each is wrong."""
    begins = law["since"]
    return [
        law | {"since": f"{int(begins[:4]) - 1}{begins[4:]}"},
        law | {"since": str(int(begins[:4]) + 1)},
        law | {"strength": "call" if law["strength"] == "binding" else "binding"},
        law | {"authority": "S/RES/1540 (2004) paragraph 3"},
        law | {"authority": "an Interpol red notice"},
        law | {"until": str(int(begins[:4]) - 1)},
        law | {"in_force": False},
    ]


BAN = {"measure": "travel_ban"}
GONE = BAN | {"in_force": False}
FREEZE = {"measure": "asset_freeze"}
WRONG = (LegalAnswer.half_right, LegalAnswer.contradicts)


@pytest.mark.parametrize(
    ("law", "on", "expected"),
    [
        (BAN, "2015-08-15", "agrees"),
        (BAN | {"since": "2010"}, "2015-08-15", "agrees"),
        (BAN | {"since": "2010-06-09"}, "2015-08-15", "agrees"),
        (BAN | {"since": "2007"}, "2015-08-15", "half_right"),
        ({"measure": "travel_ban, asset_freeze", "since": "2007"}, "2015-08-15", "half_right"),
        ({"measure": "asset_freeze", "since": "2007"}, "2015-08-15", "agrees"),
        ({"measure": "listing", "since": "2007-03-24"}, "2015-08-15", "agrees"),
        (BAN, "2009-01-01", "contradicts"),
        ({"measure": "travel_vigilance"}, "2009-01-01", "agrees"),
        (BAN, "2021-01-01", "contradicts"),
        ({"measure": "travel_ban, asset_freeze"}, "2021-01-01", "half_right"),
        (BAN, "2025-09-28", "cannot_tell"),
        (BAN | {"authority": "S/RES/1929 (2010) paragraph 10"}, "2015-08-15", "agrees"),
        (BAN | {"authority": "1929"}, "2015-08-15", "agrees"),
        (BAN | {"authority": "resolution 1747"}, "2015-08-15", "half_right"),
        (BAN | {"authority": "1929 ¶12"}, "2015-08-15", "half_right"),
        (BAN | {"strength": "binding"}, "2015-08-15", "agrees"),
        (BAN | {"strength": "call"}, "2015-08-15", "half_right"),
        (BAN | {"until": "2020-10"}, "2019-01-01", "agrees"),
        (BAN | {"until": "2023"}, "2019-01-01", "half_right"),
        (BAN, None, "agrees"),
    ],
)
def test_soleimani(law: dict[str, Any], on: str | None, expected: str) -> None:
    assert answer(law, on).answer == expected


def test_both_halves_are_told() -> None:
    found = answer({"measure": "travel_ban, asset_freeze", "since": "2007"}, "2015-08-15")
    told = {(str(part.measure), part.says): (part.answer, part.record) for part in found.parts}
    assert told["travel_ban", "since 2007"] == ("wrong", "since 9 June 2010")
    assert told["asset_freeze", "since 2007"] == ("right", "since 24 March 2007")
    assert all(why.citations for why in found.reasons)


def test_a_regime_without_a_freeze() -> None:
    found = answer({"measure": "asset_freeze"}, "2015-01-01", "GBi.005", "2012-05-18")
    assert found.answer is LegalAnswer.contradicts
    assert answer(BAN, "2015-01-01", "GBi.005", "2012-05-18").answer is LegalAnswer.agrees


def test_a_person_with_a_ban_and_no_freeze() -> None:
    assert answer(BAN, "2015-01-01", "LYi.001", "2011-02-26").answer is LegalAnswer.agrees
    freeze = answer({"measure": "asset_freeze"}, "2015-01-01", "LYi.001", "2011-02-26")
    assert freeze.answer is LegalAnswer.contradicts


def test_outside_the_legal_record_nothing_can_be_told() -> None:
    assert answer(BAN, "2015-01-01", "ZZi.001", "2001-01-01").answer is LegalAnswer.cannot_tell


def test_a_list_without_a_travel_ban() -> None:
    assert answer(BAN, "2015-01-01", "IQi.057", "2004-04-07").answer is LegalAnswer.contradicts
    freeze = answer({"measure": "asset_freeze"}, "2015-01-01", "IQi.057", "2004-04-07")
    assert freeze.answer is LegalAnswer.agrees


@pytest.mark.parametrize(
    ("law", "on", "said"),
    [
        ({"measure": "asset_freeze"}, "2001-06-01", LegalAnswer.agrees),
        (BAN, "2001-06-01", LegalAnswer.contradicts),
        ({**BAN, "authority": "1390"}, "2009-06-01", LegalAnswer.agrees),
        ({**BAN, "authority": "1988"}, "2009-06-01", LegalAnswer.half_right),
        ({**BAN, "authority": "1988"}, "2011-06-17", LegalAnswer.agrees),
        ({"measure": "asset_freeze", "since": "2001"}, "2021-06-01", LegalAnswer.agrees),
        ({**BAN, "since": "2001"}, "2021-06-01", LegalAnswer.half_right),
    ],
)
def test_the_list_on_which_somebody_stood_before(
    law: dict[str, Any], on: str, said: LegalAnswer
) -> None:
    found = answer(law, on, "TAi.024", "2001-02-23")
    assert found.answer is said, found.reasons


def test_the_ban_on_north_koreans_began_before_anybody_was_listed() -> None:
    said = {**BAN, "since": "2006"}
    assert answer(said, "2018-02-09", "KPi.042", "2017-06-02").answer is LegalAnswer.half_right


def test_nobody_meant() -> None:
    found = statement(READER.validate_python(BAN), None, None, "")
    assert found.answer is LegalAnswer.cannot_tell
    assert found.reasons[0].citations


@pytest.mark.parametrize(
    ("law", "on", "expected"),
    [
        (BAN | {"since": "2010", "until": "2020"}, "2021-01-01", "agrees"),
        (BAN | {"since": "2010", "until": "2020-10-18"}, "2022-01-01", "agrees"),
        (BAN | {"since": "2007", "until": "2020"}, "2022-01-01", "half_right"),
        (BAN, "2026-01-01", "cannot_tell"),
        # Said of no day, the return is as disputed as on a day of it.
        (BAN | {"since": "2025-09-28"}, None, "cannot_tell"),
        (BAN | {"since": "2010"}, None, "agrees"),
        (BAN | {"since": "2007"}, None, "half_right"),
        ({"measure": "listing", "since": "2025-09-28"}, "2026-01-01", "agrees"),
        ({"measure": "listing", "since": "2007"}, "2026-01-01", "half_right"),
    ],
)
def test_the_past_the_return_and_what_is_disputed(
    law: dict[str, Any], on: str | None, expected: str
) -> None:
    assert answer(law, on).answer == expected


def test_a_wrong_day_is_told_beside_the_undisputed_one() -> None:
    since = answer(BAN | {"since": "2007"}, None).parts[1]
    assert (since.answer, since.record) == ("wrong", "since 9 June 2010")


@pytest.mark.parametrize(
    ("listed", "expected"), [(Holds.yes, "agrees"), (Holds.possible, "cannot_tell")]
)
@pytest.mark.parametrize("law", [BAN, {"measure": "listing"}])
def test_what_was_only_possible_is_not_said_for_sure(
    law: dict[str, Any], listed: Holds, expected: str
) -> None:
    held = DesignationInterval(
        reference="IRi.039",
        standing=ListingStanding.listed,
        listed=listed,
        from_="2012-01-01",
        until="2013-01-01",
        snapshots=(SUPPLEMENT,),
        facts=(),
        listed_on=None,
        words="as some list says",
    )
    found = statement(
        READER.validate_python(law),
        about_person(Course([party("IRi.039", (held,))], LAW.regimes)),
        None,
        LAW.digest,
    )
    assert found.answer == expected


@pytest.mark.parametrize(
    ("law", "on"), [(BAN, "2026-01-01"), (BAN | {"since": "2025-09-28"}, None)]
)
def test_who_says_what_is_told_of_a_disputed_measure(law: dict[str, Any], on: str | None) -> None:
    (why,) = answer(law, on).reasons
    assert "France" in why.words
    assert "Russian Federation" in why.words


# ---------------------------------------------------------------- every regime


def true(measure: str, strength: str, authority: str, since: str) -> dict[str, Any]:
    return {"measure": measure, "strength": strength, "authority": authority, "since": since}


REGIMES = [
    ("253", true("travel_ban", "binding", "253 (1968) paragraph 5(a)", "1968-05-29"), "1975-01-01"),
    ("661", true("travel_ban", "binding", "1137 (1997) paragraph 4", "1997-11-12"), "1998-01-01"),
    ("748", true("travel_ban", "binding", "748 (1992) 6(c)", "1992-04-15"), "1995-01-01"),
    ("751", true("travel_ban", "binding", "1844 (2008) paragraph 1", "2008-11-20"), "2020-01-01"),
    ("841", true("travel_ban", "binding", "917 (1994) paragraph 3", "1994-05-06"), "1994-08-01"),
    ("864", true("document_cancellation", "binding", "1127 4(b)", "1997-10-30"), "1999-01-01"),
    ("942", true("travel_ban", "binding", "942 (1994) paragraph 14", "1994-09-23"), "1995-06-01"),
    ("1054", true("travel_restriction", "binding", "1054 3(b)", "1996-05-10"), "1999-01-01"),
    ("1132", true("travel_ban", "binding", "1171 (1998) paragraph 5", "1998-06-05"), "2005-01-01"),
    ("1267", true("travel_ban", "binding", "1390 (2002) 2(b)", "2002-01-16"), "2015-01-01"),
    ("1373", true("border_control", "binding", "1373 (2001) 2(g)", "2001-09-28"), "2010-01-01"),
    ("1518", true("asset_freeze", "binding", "1483 paragraph 23", "2003-05-22"), "2010-01-01"),
    ("1521", true("travel_ban", "binding", "1521 (2003) 4(a)", "2003-12-22"), "2010-01-01"),
    ("1533", true("travel_ban", "binding", "1596 paragraph 13", "2005-04-18"), "2020-01-01"),
    ("1572", true("travel_ban", "binding", "1572 paragraph 9", "2004-12-15"), "2010-01-01"),
    ("1591", true("travel_ban", "binding", "1591 (2005) 3(d)", "2005-04-28"), "2020-01-01"),
    ("1636", true("travel_ban", "binding", "1636 (2005) 3(a)", "2005-10-31"), "2020-01-01"),
    ("1718", true("travel_ban", "binding", "1718 (2006) 8(e)", "2006-10-14"), "2020-01-01"),
    ("1718", true("expulsion", "binding", "2094 paragraph 10", "2013-03-07"), "2014-01-01"),
    ("1737", true("travel_ban", "binding", "1803 paragraph 5", "2008-03-03"), "2009-01-01"),
    ("1737", true("travel_vigilance", "call", "1737 paragraph 10", "2006-12-23"), "2007-02-01"),
    ("1970", true("travel_ban", "binding", "1970 paragraph 15", "2011-02-26"), "2020-01-01"),
    ("1988", true("travel_ban", "binding", "1988 (2011) 1(b)", "2011-06-17"), "2020-01-01"),
    ("2048", true("travel_ban", "binding", "2048 paragraph 4", "2012-05-18"), "2020-01-01"),
    ("2127", true("travel_ban", "binding", "2134 paragraph 30", "2014-01-28"), "2020-01-01"),
    ("2140", true("travel_ban", "binding", "2140 paragraph 15", "2014-02-26"), "2020-01-01"),
    ("2178", true("travel_ban", "binding", "2178 paragraph 8", "2014-09-24"), "2020-01-01"),
    ("2206", true("travel_ban", "binding", "2206 paragraph 9", "2015-03-03"), "2020-01-01"),
    ("2374", true("travel_ban", "binding", "2374 paragraph 1", "2017-09-05"), "2020-01-01"),
    ("2653", true("travel_ban", "binding", "2653 paragraph 3", "2022-10-21"), "2024-01-01"),
]


def test_every_regime_is_asked_about() -> None:
    assert {regime for regime, _, _ in REGIMES} == {regime.id for regime in LAW.regimes}


@pytest.mark.parametrize(("regime", "law", "on"), REGIMES)
def test_what_is_true_of_a_regime_and_what_stands_beside_it(
    regime: str, law: dict[str, Any], on: str
) -> None:
    assert of_regime(law, on, regime).answer is LegalAnswer.agrees
    for wrong in beside(law):
        assert of_regime(wrong, on, regime).answer in WRONG, wrong


PEOPLE = [
    ("QDi.001", true("travel_ban", "binding", "1390 (2002) 2(b)", "2002-01-16"), "2015-01-01"),
    ("TAi.003", true("travel_ban", "binding", "1988 (2011) 1(b)", "2002-01-16"), "2020-01-01"),
    ("SOi.002", true("travel_ban", "binding", "1844 paragraph 1", "2010-04-12"), "2020-01-01"),
    ("IQi.001", true("asset_freeze", "binding", "1483 paragraph 23", "2003-06-27"), "2005-01-01"),
    ("LRi.001", true("travel_ban", "binding", "1521 (2003) 4(a)", "2004-03-16"), "2010-01-01"),
    ("CDi.002", true("travel_ban", "binding", "1596 paragraph 13", "2005-11-01"), "2020-01-01"),
    ("CIi.001", true("travel_ban", "binding", "1572 paragraph 9", "2006-02-07"), "2010-01-01"),
    ("SDi.002", true("travel_ban", "binding", "1591 (2005) 3(d)", "2006-04-25"), "2015-07-19"),
    ("KPi.042", true("travel_ban", "binding", "1718 (2006) 8(e)", "2017-06-02"), "2018-02-09"),
    (
        "IRi.043",
        true("travel_notification", "binding_notification", "1747", "2007-03"),
        "2007-04-09",
    ),
    ("IRi.002", true("travel_ban", "binding", "1803 paragraph 5", "2008-03-03"), "2009-01-01"),
    ("LYi.015", true("travel_ban", "binding", "1970 paragraph 15", "2011-02-26"), "2012-07-31"),
    ("GBi.001", true("travel_ban", "binding", "2048 paragraph 4", "2012-05-18"), "2020-01-01"),
    ("CFi.001", true("travel_ban", "binding", "2134 paragraph 30", "2014-05-09"), "2019-12-15"),
    ("YEi.001", true("travel_ban", "binding", "2140 paragraph 15", "2014-11-07"), "2020-01-01"),
    ("SSi.001", true("travel_ban", "binding", "2206 paragraph 9", "2015-07-01"), "2020-01-01"),
    ("MLi.001", true("travel_ban", "binding", "2374 paragraph 1", "2018-12-20"), "2020-01-01"),
    ("HTi.001", true("travel_ban", "binding", "2653 paragraph 3", "2022-10-21"), "2024-01-01"),
]


def test_somebody_of_every_list_is_asked_about() -> None:
    lists = {WORDS[reference[:2]] for reference, _, _ in PEOPLE}
    assert all(lists.intersection(regime.list_words) for regime in LAW.regimes if regime.list_words)


@pytest.mark.parametrize(("reference", "law", "on"), PEOPLE)
def test_what_is_true_of_somebody_and_what_stands_beside_it(
    reference: str, law: dict[str, Any], on: str
) -> None:
    assert of_party(law, on, reference).answer is LegalAnswer.agrees
    for wrong in beside(law):
        assert of_party(wrong, on, reference).answer in WRONG, wrong


# ---------------------------------------------------------------- regimes


def test_the_negative_record_speaks_for_a_regime_without_a_travel_ban() -> None:
    found = of_regime(BAN, "2010-01-01", "1518")
    assert found.answer is LegalAnswer.contradicts
    (part,) = found.parts
    assert "no travel measure goes with it" in part.record
    assert "an asset freeze by S/RES/1483 (2003) paragraph 23" in part.record
    assert any(cited.kind == "table" for cited in found.reasons[0].citations)
    assert of_regime(GONE, None, "1518").answer is LegalAnswer.agrees
    assert "no travel measure goes with it" in of_party(BAN, None, "IQi.057").parts[0].record


@pytest.mark.parametrize("regime", ["661", "748", "841", "864", "942", "1373"])
@pytest.mark.parametrize("on", [None, "1998-01-01"])
@pytest.mark.parametrize("law", [FREEZE, FREEZE | {"in_force": False}])
def test_what_was_not_gathered_of_a_regime_cannot_be_told(
    law: dict[str, Any], on: str | None, regime: str
) -> None:
    found = of_regime(law, on, regime)
    assert found.answer is LegalAnswer.cannot_tell
    assert "was not gathered" in found.parts[0].record


@pytest.mark.parametrize(
    ("regime", "law", "words"),
    [
        (
            "1718",
            {"measure": "travel_vigilance"},
            "2087 (2013) paragraph 12 reaches nobody by name",
        ),
        ("2178", BAN, "reaches nobody by name"),
        ("253", BAN, "5(b) reaches nobody by name"),
        ("1970", BAN, "reaches people one by one"),
        ("2374", BAN, "reaches people one by one"),
        ("1737", BAN, "reaches the 23 individuals of the 2231 List"),
        ("1636", BAN, "nobody was ever registered"),
        ("1988", BAN, "until 17 June 2011 those on its list stood on that of the regime 1267"),
    ],
)
def test_whom_the_measures_of_a_regime_reach(regime: str, law: dict[str, Any], words: str) -> None:
    found = of_regime(law, None, regime)
    assert found.answer is LegalAnswer.agrees
    assert words in found.parts[0].record


def test_a_regime_stands_on_no_list() -> None:
    for regime in ("1737", "1636"):
        found = of_regime({"measure": "listing"}, "2015-01-01", regime)
        assert found.answer is LegalAnswer.cannot_tell
        assert found.reasons[0].citations
    assert of_regime({"measure": "listing, travel_ban"}, None, "1737").answer == "cannot_tell"


@pytest.mark.parametrize(
    ("law", "on", "said"),
    [
        (BAN | {"since": "2003-12-22", "authority": "1521"}, "2010-01-01", "agrees"),
        # The ban of 1343 came before, without a gap; a text that names no resolution means both.
        (BAN | {"since": "2001-05-07"}, "2010-01-01", "agrees"),
        (BAN | {"since": "2003-12-22"}, "2010-01-01", "half_right"),
        (BAN | {"until": "2015-09"}, "2010-01-01", "agrees"),
        (BAN, "2020-01-01", "contradicts"),
        (GONE, "2020-01-01", "agrees"),
    ],
)
def test_measures_that_follow_each_other(law: dict[str, Any], on: str, said: str) -> None:
    assert of_regime(law, on, "1521").answer == said


# ---------------------------------------------------------------- what cannot be told


@pytest.mark.parametrize(
    ("law", "on"),
    [(FREEZE, "2015-01-01"), (FREEZE | {"in_force": False}, "2015-01-01"), (FREEZE, None)],
)
def test_a_freeze_that_reaches_parties_by_name_may_reach_one_that_no_entry_names(
    law: dict[str, Any], on: str | None
) -> None:
    found = of_party(law, on, "LYe.001", "2011-03-17")
    assert found.answer is LegalAnswer.cannot_tell
    assert "whether it reaches LYe.001 the legal record does not say" in found.parts[0].record
    # An entry names this one, for the ban alone.
    assert of_party(FREEZE, "2015-01-01", "LYi.001").answer is LegalAnswer.contradicts


def test_a_ban_that_reaches_people_by_name_may_reach_somebody_listed_since() -> None:
    for reference in ("LYi.099", "IRi.099"):
        assert of_party(BAN, "2024-06-01", reference, "2024-01-01").answer == "cannot_tell"
        assert of_party(BAN, "2023-06-01", reference, "2024-01-01").answer == "contradicts"
    assert of_party(BAN, "2015-01-01", "LYe.001", "2011-03-17").answer == "contradicts"


def test_a_measure_on_a_class_may_reach_somebody_on_the_list() -> None:
    found = of_party(BAN, "2002-05-01", "LRi.099", "2001-06-04")
    assert found.answer is LegalAnswer.cannot_tell
    assert "S/RES/1343 (2001) paragraph 7(a) reaches nobody by name" in found.parts[0].record
    assert of_party(BAN, "2000-05-01", "LRi.099", "2000-01-01").answer == "contradicts"


@pytest.mark.parametrize("reference", ["SDi.002", None])
def test_beyond_the_last_day_to_which_a_measure_is_verified(reference: str | None) -> None:
    def on(law: dict[str, Any], day: str | None) -> StatementFound:
        if reference is None:
            return of_regime(law, day, "1591")
        held = DesignationInterval(
            reference=reference,
            standing=ListingStanding.listed,
            listed=Holds.yes,
            from_="2006-04-25",
            until=None,
            snapshots=(SUPPLEMENT,),
            facts=(),
            listed_on=None,
            words="as some list says",
        )
        return statement(
            READER.validate_python(law),
            about_person(Course([party(reference, (held,))], LAW.regimes)),
            arrival(day, ("UTC",)) if day else None,
            LAW.digest,
        )

    assert on(BAN, "2026-09-12").answer is LegalAnswer.agrees
    for law in (BAN, GONE, BAN | {"since": "1999"}, BAN | {"until": "2030"}):
        found = on(law, "2026-09-13")
        assert found.answer is LegalAnswer.cannot_tell
        assert "is verified only to 12 September 2026" in found.parts[0].record
    assert on(BAN | {"until": "2030"}, "2026-01-01").answer is LegalAnswer.cannot_tell
    # Without a day a negation is about the newest time of which the record knows.
    assert on(GONE, None).answer is LegalAnswer.contradicts


@pytest.mark.parametrize(
    ("law", "on", "said"),
    [
        # The term that its last text had set on that day, and no term that another set.
        (BAN | {"until": "2025-07-31"}, "2025-03-01", "agrees"),
        (BAN | {"until": "2025-07-31"}, "2025-09-01", "half_right"),
        (BAN | {"until": "2026-07"}, "2026-01-01", "agrees"),
        (BAN | {"until": "2015-01-28"}, "2014-06-01", "agrees"),
        (BAN | {"until": "2015-01-28"}, "2016-06-01", "half_right"),
        (BAN | {"until": "2024-01-31"}, "2023-12-01", "half_right"),
        (BAN | {"until": "2026-07-31"}, None, "agrees"),
        (BAN | {"until": "2025-07-31"}, None, "half_right"),
    ],
)
def test_a_term_is_told_as_it_was_then(law: dict[str, Any], on: str | None, said: str) -> None:
    assert of_regime(law, on, "2127").answer == said


# ---------------------------------------------------------------- not, or no longer


@pytest.mark.parametrize(
    ("law", "on", "said"),
    [
        (GONE, "2015-08-15", "contradicts"),
        (GONE, "2009-01-01", "agrees"),
        (GONE, "2021-01-01", "agrees"),
        (GONE, "2026-01-01", "cannot_tell"),
        (GONE, None, "cannot_tell"),
        (GONE | {"measure": "travel_ban, asset_freeze"}, "2021-01-01", "half_right"),
        # What is said to have ended is asked about after that end, whenever it was said.
        (GONE | {"until": "2020-10"}, None, "agrees"),
        (GONE | {"until": "2020-10"}, "2020-10-10", "agrees"),
        (GONE | {"until": "2020-10"}, "2022-01-01", "agrees"),
        (GONE | {"since": "2010", "until": "2020-10"}, "2022-01-01", "agrees"),
        (GONE | {"since": "2007", "until": "2020-10"}, "2022-01-01", "half_right"),
        (GONE | {"until": "2016"}, "2016-06-01", "contradicts"),
        (GONE | {"until": "2016", "since": "2010"}, "2016-06-01", "half_right"),
        (GONE | {"until": "2020-10", "authority": "2231"}, None, "agrees"),
        (GONE | {"until": "2020-10", "authority": "1747"}, None, "half_right"),
        ({"measure": "listing", "in_force": False}, "2024-01-01", "agrees"),
        ({"measure": "listing", "in_force": False}, "2015-01-01", "contradicts"),
        ({"measure": "listing", "in_force": False, "until": "2023-10-18"}, None, "agrees"),
        ({"measure": "listing", "in_force": False, "until": "2020"}, None, "contradicts"),
        ({"measure": "listing", "in_force": False}, None, "contradicts"),
        ({"measure": "listing", "until": "2023-10"}, "2024-01-01", "agrees"),
    ],
)
def test_that_a_measure_does_not_apply(law: dict[str, Any], on: str | None, said: str) -> None:
    assert answer(law, on).answer == said


KINDS = [str(stated) for stated in StatedMeasure]
DAYS = [
    "1970-01-01",
    "1998-06-05",
    "2002-05-01",
    "2009-06-01",
    "2020-10-18",
    "2025-09-28",
    "2030-01-01",
]
INVERTED = {"right": "wrong", "wrong": "right", "cannot_tell": "cannot_tell"}


@pytest.mark.parametrize("on", DAYS)
@pytest.mark.parametrize("kind", KINDS)
def test_of_a_statement_and_its_negation_one_is_right_or_neither_can_be_told(
    kind: str, on: str
) -> None:
    said, denied = {"measure": kind}, {"measure": kind, "in_force": False}
    for regime in LAW.regimes:
        (part,) = of_regime(said, on, regime.id).parts
        (other,) = of_regime(denied, on, regime.id).parts
        expected = "cannot_tell" if kind == "listing" else INVERTED[part.answer]
        assert other.answer == expected, regime.id
    for reference, _, _ in PEOPLE:
        (part,) = of_party(said, on, reference).parts
        (other,) = of_party(denied, on, reference).parts
        assert other.answer == INVERTED[part.answer], reference


def test_the_end_of_what_never_was_is_wrong() -> None:
    found = of_party(GONE | {"until": "2010"}, None, "IQi.057")
    assert found.answer is LegalAnswer.half_right
    assert told(found)["until 2010"] == ("wrong", "no travel ban ever reached IQi.057")


# ---------------------------------------------------------------- what the press gets wrong


def test_banned_by_the_council_in_2007() -> None:
    found = of_party(BAN | {"authority": "the Security Council"}, "2007-04-09", "IRi.043")
    assert found.answer is LegalAnswer.contradicts
    ((says, (_, record)),) = told(found).items()
    assert says == "under a travel ban on 9 April 2007"
    assert "S/RES/1929 (2010) paragraph 10 from 9 June 2010" in record
    assert "a call for vigilance over travel by S/RES/1747 (2007) paragraph 2" in record
    assert "a duty to notify of travel by S/RES/1747 (2007) paragraph 2" in record


def test_the_ban_dated_to_2007() -> None:
    found = of_party(BAN | {"since": "2007"}, "2014-12-09", "IRi.039")
    assert found.answer is LegalAnswer.half_right
    assert told(found)["since 2007"] == ("wrong", "since 9 June 2010")


def test_a_ban_for_eight_years() -> None:
    found = of_party(BAN | {"since": "2007", "until": "2023"}, "2015-08-07", "IRi.039")
    assert found.answer is LegalAnswer.half_right
    answered, record = told(found)["until 2023"]
    assert answered == "wrong"
    assert record.startswith("until 18 October 2020: expired five years after Adoption Day")


def test_sanctions_already_dropped() -> None:
    dropped = {"measure": "travel_ban, asset_freeze", "in_force": False}
    found = of_party(dropped, "2015-08-09", "IRi.039")
    assert found.answer is LegalAnswer.contradicts
    record = told(found)["not under a travel ban on 9 August 2015"][1]
    assert "S/RES/1929 (2010) paragraph 10 from 9 June 2010 until 16 January 2016" in record


@pytest.mark.parametrize(
    ("reference", "on", "by"),
    [
        ("IRi.039", "2016-04-14", "by S/RES/2231 (2015) Annex B 6(e)"),
        ("IRi.001", "2011-09-19", "by S/RES/1929 (2010) paragraph 10"),
    ],
)
def test_1747_cited_for_the_ban(reference: str, on: str, by: str) -> None:
    found = of_party(BAN | {"authority": "resolution 1747"}, on, reference)
    assert found.answer is LegalAnswer.half_right
    assert told(found)["by resolution 1747"] == ("wrong", by)


def test_the_un_lifted_the_ban() -> None:
    for on in ("2024-06-04", "2024-06-21", None):
        found = of_party(GONE, on, "TAi.144")
        assert found.answer is LegalAnswer.contradicts
        assert "1988 (2011) paragraph 1(b) from 17 June 2011" in found.parts[0].record


def test_a_ban_because_of_the_red_notice() -> None:
    found = of_party(BAN | {"authority": "the Interpol red notice"}, "2012-07-31", "LYi.015")
    assert found.answer is LegalAnswer.half_right
    assert told(found)["by the Interpol red notice"] == (
        "wrong",
        "by S/RES/1970 (2011) paragraph 15",
    )


def test_lifted_in_december_2020() -> None:
    for reference, until in (
        ("LYi.009", "until 16 October 2023: lifted for this person by the Committee"),
        ("LYi.019", "until some day between 24 November 2023 and 16 March 2024"),
        ("LYi.012", "without an end on record"),
    ):
        for on in (None, "2020-12-15", "2021-06-01"):
            found = of_party(GONE | {"until": "2020-12"}, on, reference)
            assert found.answer is LegalAnswer.contradicts
            answered, record = told(found)["until December 2020"]
            assert answered == "wrong"
            assert record.startswith(until)


def test_the_home_coming_was_to_a_state_that_owed_no_refusal() -> None:
    # That the ban bound others is true; that a State need not refuse its own is a matter of scope.
    assert of_party(BAN, "2019-12-15", "CFi.001").answer is LegalAnswer.agrees


# ---------------------------------------------------------------- days and texts


@pytest.mark.parametrize(
    ("regime", "adopted", "held"),
    [("1591", "29 March 2005", "28 April 2005"), ("1572", "15 November 2004", "15 December 2004")],
)
def test_the_day_of_adoption_is_not_the_day_it_took_effect(
    regime: str, adopted: str, held: str
) -> None:
    days = {"29 March 2005": "2005-03-29", "15 November 2004": "2004-11-15"}
    found = of_regime(BAN | {"since": days[adopted]}, "2010-01-01", regime)
    assert found.answer is LegalAnswer.half_right
    answered, record = told(found)[f"since {adopted}"]
    assert answered == "wrong"
    assert record.startswith(f"since {held}; adopted on {adopted}, in force later: ")


def test_a_day_before_the_listing_is_told_beside_that_of_the_measure() -> None:
    found = of_party(BAN | {"since": "2006"}, "2018-02-09", "KPi.042")
    assert told(found)["since 2006"] == (
        "wrong",
        "since 2 June 2017, with the listing; in force since 14 October 2006",
    )


@pytest.mark.parametrize(
    ("since", "said"),
    [("2002-01-16", "agrees"), ("2002", "agrees"), ("2001", "half_right"), ("2011", "half_right")],
)
def test_a_ban_goes_on_when_the_list_moves(since: str, said: str) -> None:
    assert of_party(BAN | {"since": since}, "2020-01-01", "TAi.024").answer == said


@pytest.mark.parametrize(
    ("regime", "authority", "on", "said"),
    [
        ("1988", "2255 (2015) 1(b)", "2021-12-22", "agrees"),
        ("1988", "2255 (2015) 1(b)", "2014-01-01", "half_right"),
        ("1533", "res 2783", "2026-01-01", "agrees"),
        ("1533", "the 1533 Committee", "2026-01-01", "agrees"),
        ("1533", "resolution 1533", "2026-01-01", "half_right"),
        ("1267", "resolution 1267", "2026-01-01", "half_right"),
        ("1267", "resolution 2734", "2026-01-01", "agrees"),
        ("1737", "resolution 2231 paragraph 12", "2026-01-01", "cannot_tell"),
        ("2048", "a resolution", "2026-01-01", "cannot_tell"),
    ],
)
def test_texts_that_renew_and_restate_are_authorities_too(
    regime: str, authority: str, on: str, said: str
) -> None:
    assert of_regime(BAN | {"authority": authority}, on, regime).answer == said


@pytest.mark.parametrize(
    ("until", "said"),
    [
        ("2023-11-24", "cannot_tell"),
        ("2024-01-31", "cannot_tell"),
        ("2024", "cannot_tell"),
        ("2023-11-22", "wrong"),
        ("2025", "wrong"),
    ],
)
def test_an_end_of_which_only_a_bracket_is_known(until: str, said: str) -> None:
    found = of_party(BAN | {"until": until}, "2015-01-01", "LYi.019")
    assert found.parts[1].answer == said


def test_an_answer_is_kept_for_one_course_one_statement_one_day_and_one_legal_record() -> None:
    def course(listed_on: str) -> Course:
        held = designations("IRi.039", [], SUPPLEMENT, [], listed_on, 10)
        return Course([party("IRi.039", held)], LAW.regimes)

    laws = [READER.validate_python(FREEZE | {"since": since}) for since in ("2007", "2010")]
    courses = [course(listed_on) for listed_on in ("2007-03-24", "2010-06-09")]
    days = [None, *(arrival(day, ("UTC",)) for day in ("2009-01-01", "2015-08-15"))]
    asked = [*itertools.product(laws, courses, days, (LAW.digest, "f" * 64))]
    answers = [statement(law, about_person(of), day, digest) for law, of, day, digest in asked]
    for _ in range(2):
        assert [statement_of(*each) for each in asked] == answers
