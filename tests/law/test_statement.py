"""What a text says the law is, against the legal record that ships."""

from pathlib import Path
from typing import Any

import pytest
from pydantic import TypeAdapter

from app.jobs import shipped
from app.law.statement import LegalAnswer, StatementFound, same_authority, statement
from app.lists.history import designations
from app.record import legal_record
from app.terms import (
    Authority,
    Designated,
    DesignationInterval,
    Holds,
    Law,
    ListingStanding,
    ListKind,
    PartyKind,
    Snapshot,
)
from app.when import arrival

DATA = Path(__file__).parents[2] / "data"
LAW = legal_record(shipped.legal_files(DATA), "2026-11-24T00:00:00.000000Z")
SUPPLEMENT = Snapshot(
    sha256="0" * 64,
    list_kind=ListKind.supplement,
    generated="2026-05-08T23:00:06.922000Z",
    source="test",
    recorded_at="2026-11-24T00:00:00.000000Z",
    individuals=43,
    entities=0,
)
WORDS = {
    "IRi": "Iran",
    "LYi": "Libya",
    "GBi": "GB",
    "IQi": "Iraq",
    "TAi": "Taliban",
    "KPi": "DPRK",
    "ZZi": "a list that no file is for",
}


def party(reference: str, held: tuple[DesignationInterval, ...]) -> Designated:
    return Designated(
        reference=reference,
        kind=PartyKind.individual,
        regime_word=WORDS[reference[:3]],
        intervals=held,
    )


def answer(
    law: dict[str, Any], on: str | None, reference: str = "IRi.039", listed_on: str = "2007-03-24"
) -> StatementFound:
    facts = [fact for fact in LAW.facts if fact.reference == reference]
    held = designations(reference, [], SUPPLEMENT, facts, listed_on, 10)
    return statement(
        TypeAdapter(Law).validate_python(law),
        [party(reference, held)],
        LAW.regimes,
        arrival(on, ("Europe/Moscow",)) if on else None,
        LAW.digest,
    )


BAN = {"measure": "travel_ban"}


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
    found = statement(TypeAdapter(Law).validate_python(BAN), [], LAW.regimes, None, "")
    assert found.answer is LegalAnswer.cannot_tell
    assert found.reasons[0].citations


@pytest.mark.parametrize(
    ("said", "same"),
    [
        ("1929", True),
        ("S/RES/1929 (2010)", True),
        ("S/RES/1929 (2010) paragraph 10", True),
        ("1929 p10", True),
        ("UNSCR 1929 OP10", True),
        ("1929/2010 paragraph 10", True),
        ("UN Security Council Resolution 1929 of 9 June 2010", True),
        ("Resolution 1929 (2010), adopted in 2010", True),
        ("1929 ¶10", True),
        ("1929 paragraph 1", False),
        ("1929 paragraph 0", False),
        ("1929 ¶12", False),
        ("resolution 1747", False),
        ("the ban", False),
    ],
)
def test_which_texts_are_the_same_authority(said: str, same: bool) -> None:
    text = Authority(
        resolution="S/RES/1929 (2010)", paragraph="10", adopted="2010-06-09", checked=True
    )
    assert same_authority(said, text) is same


def test_letters_and_annexes_of_paragraphs() -> None:
    def text(resolution: str, paragraph: str) -> Authority:
        return Authority(
            resolution=resolution, paragraph=paragraph, adopted="2011-02-26", checked=True
        )

    libya = text("S/RES/1970 (2011)", "15")
    assert same_authority("1970 paragraph 15", libya)
    assert not same_authority("1970 paragraph 5", libya)
    annex = text("S/RES/2231 (2015)", "Annex B 6(e)")
    assert same_authority("resolution 2231, Annex B paragraph 6 (e)", annex)
    assert not same_authority("resolution 2231, Annex B paragraph 6 (c)", annex)
    back = text("S/RES/2231 (2015)", "11-12")
    assert same_authority("2231 paragraph 12", back)
    assert not same_authority("2231 paragraph 8", back)


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
        TypeAdapter(Law).validate_python(law),
        [party("IRi.039", (held,))],
        LAW.regimes,
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
