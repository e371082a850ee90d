"""The identity standing, rule by rule, on invented people; then the seed case on the real list."""

import os
import re
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.evidence import ClaimCited, DesignationFactCited, ListEntryCited, SnapshotCited
from app.screening.identity import (
    FIELDS,
    Candidate,
    IdentityFound,
    IdentityStanding,
    NameIs,
    _pair_words,
    candidates,
    identity,
)
from app.screening.index import Index, build
from app.screening.names import PartIs
from app.screening.similarity import AlignedPart, Difference
from app.terms import (
    AliasQuality,
    Certainty,
    Claim,
    ClaimType,
    Listed,
    ListKind,
    PartyKind,
    Policy,
    Side,
    Snapshot,
    TravelDocument,
    Traveller,
)
from app.when import arrival
from tests.screening.conftest import (
    FULL,
    PEOPLE,
    PLACES,
    POLICY,
    ROOT,
    TABLES,
    alias,
    entry,
    listed,
)

INDEX = build(PEOPLE, TABLES)
LISTED = {one.reference: one for one in PEOPLE}
S = IdentityStanding


def decide(
    *,
    on: str | None = "2015-07-24",
    claims: tuple[Claim, ...] = (),
    snapshots: tuple[Snapshot, ...] = (FULL,),
    policy: Policy = POLICY,
    **traveller: Any,
) -> IdentityFound:
    who = Traveller(**traveller)
    found = candidates(who, INDEX, PLACES, policy)
    arrived = arrival(on, ("UTC",)) if on else None
    return identity(who, found, LISTED, arrived, claims, snapshots, policy, "law", 0)


def words(found: IdentityFound) -> str:
    return " ".join(one.words for one in found.reasons)


def only(found: IdentityFound, reference: str) -> Candidate:
    return next(c for c in found.candidates if c.reference == reference)


def claim(kind: ClaimType, **more: Any) -> Claim:
    return Claim(type=kind, speaker="his lawyer", side=Side.other, named=True, **more)


NAMESAKES: dict[str, Any] = {"name": "Dariush Khalvati"}


def test_namesakes_without_a_deciding_field_are_ambiguous_and_told_apart() -> None:
    found = decide(**NAMESAKES)
    assert (found.standing, found.reference) == (S.ambiguous, None)
    assert [c.reference for c in found.candidates] == ["AAi.001", "AAi.002"]
    assert "birth date would tell them apart (AAi.001: 1957-03-11, 1961; AAi.002: none" in words(
        found
    )
    assert "Director of the Saghar mine" in words(found)
    assert "a birth date: this record has 1957-03-11; 1961" in found.candidates[0].would_change


@pytest.mark.parametrize(
    ("given_", "agreeing"),
    [
        ({"birth_date": "1957-03-11"}, ("birth_date",)),
        ({"birth_date": "1957"}, ("birth_date",)),
        ({"birth_date": "1961-05-02"}, ("birth_date",)),
        ({"place_of_birth": "Qom"}, ("place_of_birth",)),
        ({"place_of_birth": "Qum, Persia"}, ("place_of_birth",)),
        ({"document": "008827"}, ("document",)),
        ({"document": "445566"}, ("document",)),
        ({"document": TravelDocument(number="44 55 66", type="identity card")}, ("document",)),
        ({"role": "commander of the Zoubin brigade"}, ("office", "organisation")),
        ({"role": "member of the Zubin Brigade"}, ("organisation",)),
        ({"role": "Anvari Institute"}, ("organisation",)),
    ],
)
def test_one_distinguishing_field_identifies(given_: Any, agreeing: tuple[str, ...]) -> None:
    found = decide(**NAMESAKES, **given_)
    assert (found.standing, found.reference) == (S.identified, "AAi.001")
    assert only(found, "AAi.001").agreeing == agreeing
    assert found.certainty is Certainty.definite


@pytest.mark.parametrize(
    "given_",
    [
        {"role": "brigadier general"},
        {"role": "commander"},
        {"role": "commander of the Harbour Police"},
        {"nationality": "IR"},
        {"gender": "male"},
        {"place_of_birth": "Iran"},
        {"birth_date": "1980"},
    ],
)
def test_what_does_not_identify(given_: Any) -> None:
    assert decide(**NAMESAKES, **given_).standing is S.ambiguous


def test_another_post_is_silent() -> None:
    found = only(decide(**NAMESAKES, role="Minister of Fisheries"), "AAi.001")
    assert {"office", "organisation"} <= set(found.silent)


def test_a_single_strong_name_is_probable() -> None:
    found = decide(name="Titus Ndaka Wokombe")
    assert (found.standing, found.reference) == (S.probable, "BBi.001")


@pytest.mark.parametrize(
    ("said", "agrees"),
    [("1968", True), ("1972-12-31", True), ("1967", False), ("1973-01-01", False)],
)
def test_an_approximate_birth_date_means_two_years_either_way(said: str, agrees: bool) -> None:
    found = only(decide(name="Titus Wokombe Ndaka", birth_date=said), "BBi.001")
    assert ("birth_date" in found.agreeing) is agrees
    assert ("birth_date" in found.conflicting) is not agrees


@pytest.mark.parametrize(
    ("said", "agrees"), [("1940", True), ("1944-12-31", True), ("1945", False)]
)
def test_a_birth_date_between(said: str, agrees: bool) -> None:
    found = decide(name="Arvo Lindqvist", birth_date=said).candidates[0]
    assert ("birth_date" in found.agreeing) is agrees


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ("Tripoli", "agreeing"),
        ("Tarabulus, Libya", "agreeing"),
        ("Libya", "silent"),
        ("France", "conflicting"),
        ("Tripoli, France", "conflicting"),
        ("Benghazi", "silent"),  # one record names the country alone
    ],
)
def test_place_of_birth(said: str, field: str) -> None:
    found = only(decide(name="Titus Wokombe Ndaka", place_of_birth=said), "BBi.001")
    assert "place_of_birth" in getattr(found, field)


def test_another_city_conflicts_when_both_name_one() -> None:
    found = only(decide(**NAMESAKES, place_of_birth="Shiraz"), "AAi.001")
    assert found.conflicting == ("place_of_birth",)


def test_two_conflicts_discount() -> None:
    given_: dict[str, Any] = {"nationality": "FR", "place_of_birth": "France", "gender": "female"}
    assert decide(**NAMESAKES, **given_).standing is S.probable, "AAi.002 has one conflict alone"
    one = decide(name="Titus Wokombe Ndaka", birth_date="1990", place_of_birth="France", on=None)
    assert (one.standing, one.reference) == (S.discounted, None)
    assert "birth date, place of birth conflict" in words(one)


def test_a_document_conflict_discounts_unless_a_field_agrees() -> None:
    found = decide(**NAMESAKES, document="X1234567")
    assert (found.standing, found.reference) == (S.probable, "AAi.002")
    assert "AAi.001 DARIUSH KHALVATI is discounted: travel document conflicts" in words(found)
    kept = decide(**NAMESAKES, document="X1234567", birth_date="1957-03-11")
    assert (kept.standing, kept.reference) == (S.probable, "AAi.001")


def test_a_document_of_another_kind_is_silent() -> None:
    only_passports = TravelDocument(number="008827", type="laissez-passer", country="IR")
    found = only(decide(**NAMESAKES, document=only_passports), "AAi.001")
    assert "document" in found.agreeing, "a kind that the tables do not know is compared"
    other_kind = TravelDocument(number="AB123", type="identity card")
    assert "document" in only(decide(**NAMESAKES, document=other_kind), "AAi.001").conflicting
    titus = only(decide(name="Titus Wokombe Ndaka", document=other_kind), "BBi.001")
    assert "document" in titus.silent


def test_nationality_tells_namesakes_apart_but_never_identifies() -> None:
    people = (
        listed(entry("AAi.001", "DARIUSH", "KHALVATI", nationalities=("Iran",))),
        listed(entry("AAi.009", "DARIUSH", "KHALVATI", nationalities=("France",))),
    )
    index = build(people, TABLES)
    who = Traveller(name="Dariush Khalvati", nationality="FR")
    found = identity(
        who,
        candidates(who, index, PLACES, POLICY),
        index.listed,
        None,
        (),
        (FULL,),
        POLICY,
        "law",
        0,
    )
    assert (found.standing, found.reference) == (S.probable, "AAi.009")


@pytest.mark.parametrize(
    ("name", "name_is"),
    [
        ("Haj Dariush Tabandeh", NameIs.low_alias),
        ("Zulkarnayev", NameIs.single_part),
        ("Ndaka", NameIs.single_part),
        ("Muhammad Ali", NameIs.common),
    ],
)
def test_weak_names_alone_mean_nobody(name: str, name_is: NameIs) -> None:
    found = decide(name=name)
    assert (found.standing, found.reference) == (S.name_only, None)
    assert found.candidates[0].name_is is name_is


def test_a_weak_name_with_a_field_beside_it_is_not_alone() -> None:
    found = decide(name="Haj Dariush Tabandeh", birth_date="1957-03-11")
    assert (found.standing, found.reference) == (S.probable, "AAi.001")
    assert decide(name="Haj Dariush Tabandeh", birth_date="1957").standing is S.name_only


def test_an_alias_of_unsaid_quality_counts_as_good() -> None:
    found = decide(name="Zarrin Pishkoo")
    assert (found.standing, found.reference) == (S.probable, "AAi.001")
    assert found.candidates[0].matched_as == "not_said"


TITUS: dict[str, Any] = {"name": "Titus Wokombe Ndaka", "place_of_birth": "Tripoli"}


@pytest.mark.parametrize(
    ("on", "standing", "certainty"),
    [
        ("2015-05-09", S.identified, Certainty.definite),
        ("2015-05-10", S.identified, Certainty.definite),
        ("2015-05", S.identified, Certainty.possible),
        ("2015-05-11", S.probable, Certainty.definite),
        ("2016", S.probable, Certainty.definite),
        (None, S.identified, Certainty.definite),
    ],
)
def test_a_death_before_the_journey_conflicts(
    on: str | None, standing: IdentityStanding, certainty: Certainty
) -> None:
    found = decide(**TITUS, on=on)
    assert (found.standing, found.certainty, found.reference) == (standing, certainty, "BBi.001")
    who = only(found, "BBi.001")
    assert ("death" in who.conflicting) is (standing is S.probable)
    said = [c for r in who.reasons for c in r.citations if isinstance(c, DesignationFactCited)]
    assert bool(said) is (on != "2015-05-09")


def test_a_denied_identity_holds_back_but_never_discounts() -> None:
    denied = (claim(ClaimType.denies_identity, id="c1"),)
    held = decide(**TITUS, claims=denied)
    assert decide(**TITUS, on="2014").standing is S.identified
    held = decide(**TITUS, on="2014", claims=denied)
    assert (held.standing, held.reference) == (S.probable, "BBi.001")
    assert any(isinstance(c, ClaimCited) for r in held.reasons for c in r.citations)
    agreeing: tuple[dict[str, Any], ...] = ({"birth_date": "1957-03-11"}, {"document": "008827"})
    for given_ in agreeing:
        assert decide(**NAMESAKES, **given_, claims=denied).standing is S.identified
    assert decide(**NAMESAKES, birth_date="1957", claims=denied).standing is S.probable


def test_references_recorded_as_one_person_are_one_candidate() -> None:
    found = decide(name="Arvo Lindqvist", nationality="FR")
    (who,) = found.candidates
    assert (who.reference, who.same_person) == ("BBi.002", ("CCi.002",))
    assert who.agreeing == ("nationality",), "a field of the other record counts"
    assert found.standing is S.probable


def test_a_reference_restricts_the_candidates() -> None:
    found = decide(**NAMESAKES, reference="AAi.002")
    assert [c.reference for c in found.candidates] == ["AAi.002"]
    assert (found.standing, found.reference) == (S.probable, "AAi.002")
    assert any(c.kind == "request" for r in found.candidates[0].reasons for c in r.citations)
    other = decide(name="Somebody Else", reference="AAi.001")
    assert other.standing is S.name_only
    assert other.candidates[0].conflicting == ("name",)
    assert decide(name="Ndaka", reference="BBi.001", on="2014").standing is S.probable
    assert decide(name="Titus Wokombe Ndaka", reference="XXi.999").standing is S.no_match


def test_a_relative_is_judged_not_the_listed_person() -> None:
    found = decide(name="Amina Ndaka", family_of="BBi.001", birth_date="1999", on="2016")
    assert (found.standing, found.reference) == (S.probable, "BBi.001")
    assert found.candidates[0].name_is is NameIs.relation
    assert found.candidates[0].conflicting == ()
    assert "the relative is judged, not the listed person" in words(found)
    listed_too = decide(name="Arvo Lindqvist", family_of="BBi.001")
    assert (listed_too.standing, listed_too.reference) == (S.probable, "BBi.002")


def test_an_entity_is_shown_and_is_no_traveller() -> None:
    found = decide(name="Wokombe Mining Company")
    assert found.standing is S.no_match
    assert [(c.reference, c.kind) for c in found.candidates] == [("BBe.001", PartyKind.entity)]
    # That one part alone "means nobody" would be said of people.
    assert [len(c.reasons) for c in found.candidates] == [1]
    assert found.reasons[0].words == (
        "A listed entity is no traveller, no travel ban can reach it, and it was not considered: "
        "WOKOMBE MINING COMPANY (BBe.001)."
    )
    assert "No person is listed under" in found.reasons[1].words
    alone = candidates(
        Traveller(name="Wokombe Mining Company"),
        INDEX,
        PLACES,
        POLICY,
        frozenset({PartyKind.individual}),
    )
    assert alone == ()


def test_no_match_names_the_lists_and_is_no_clearance() -> None:
    found = decide(name="Nobody Whatsoever", on="2020-06-05")
    assert (found.standing, found.reference, found.candidates) == (S.no_match, None, ())
    assert found.matched_against == (FULL.sha256,)
    assert "not a clearance" in words(found)
    assert any(isinstance(c, SnapshotCited) for r in found.reasons for c in r.citations)
    assert len(found.reasons) == 1


@pytest.mark.parametrize(
    ("on", "before", "after"),
    [
        ("2015-07-24", True, False),
        ("2020", True, True),
        ("2020-06-05", False, False),
        ("2020-06-11", False, True),
    ],
)
def test_no_match_outside_the_days_on_record(on: str, before: bool, after: bool) -> None:
    said = words(decide(name="Nobody Whatsoever", on=on))
    assert ("delisted before it" in said) is before
    assert ("listed since is not on record" in said) is after


def test_no_match_without_a_full_list() -> None:
    part = replace(FULL, list_kind=ListKind.supplement, sha256="5" * 64)
    found = words(decide(name="Nobody Whatsoever", snapshots=(part,)))
    assert "No full list is on record" in found
    assert "in 1 supplement, which speaks only for some" in found
    assert "No list is on record" in words(decide(name="Nobody Whatsoever", snapshots=()))


@pytest.mark.parametrize("name", ["داريوش خلوتي", "Дариуш Хальвати", "KHALVATI, Daryush"])
def test_other_scripts(name: str) -> None:
    found = decide(name=name, birth_date="1957-03")
    assert (found.standing, found.reference) == (S.identified, "AAi.001")


def test_what_is_shown_does_not_change_what_is_decided() -> None:
    narrow = Policy(threshold=0.75, strong=0.8, fresh_days=10, limit=1)
    found = decide(**NAMESAKES, policy=narrow)
    assert (found.standing, len(found.candidates)) == (S.ambiguous, 1)


def test_every_list_entry_cited_is_on_record() -> None:
    found = decide(**NAMESAKES, birth_date="1961", role="commander of the Zubin Brigade")
    for cited in (c for r in found.candidates[0].reasons for c in r.citations):
        if isinstance(cited, ListEntryCited):
            entry = LISTED[cited.reference].versions[0].entry
            assert cited.snapshot == FULL.sha256
            if cited.field == "DESIGNATION":
                assert cited.value in entry.designations


_TRAVELLERS: st.SearchStrategy[dict[str, Any]] = st.builds(
    dict,
    name=st.sampled_from(
        ["Dariush Khalvati", "Ndaka", "Titus Wokombe Ndaka", "Muhammad Ali", "Arvo Lindqvist", "X"]
    ),
    birth_date=st.sampled_from([None, "1957", "1957-03-11", "1970-01", "1990"]),
    place_of_birth=st.sampled_from([None, "Qom", "Libya", "Tripoli, Libya", "France"]),
    nationality=st.sampled_from([None, "IR", "FR"]),
    gender=st.sampled_from([None, "male", "female"]),
    document=st.sampled_from([None, "008827", "Z9"]),
    role=st.sampled_from([None, "general", "commander of the Zubin Brigade"]),
    reference=st.sampled_from([None, "AAi.001", "BBi.001"]),
    family_of=st.sampled_from([None, "AAi.001"]),
)


@settings(max_examples=300, deadline=None)
@given(
    _TRAVELLERS,
    st.sampled_from([None, "2014", "2015-05-10", "2016-01-01"]),
    st.booleans(),
)
def test_rules_that_always_hold(traveller: dict[str, Any], on: str | None, denied: bool) -> None:
    claims = (claim(ClaimType.denies_identity),) if denied else ()
    found = decide(**traveller, on=on, claims=claims)
    assert found == decide(**traveller, on=on, claims=claims)
    assert found.reasons
    assert all(r.citations for r in found.reasons)
    for c in found.candidates:
        assert 0 <= c.similarity <= 1
        fields = [*c.agreeing, *c.silent, *(f for f in c.conflicting if f != "name")]
        assert sorted(fields) == sorted(FIELDS)
        assert all(r.citations for r in c.reasons)
    if found.standing in (S.identified, S.probable):
        assert found.reference is not None
    else:
        assert found.reference is None
    if found.standing is S.identified:
        assert not only(found, str(found.reference)).conflicting
        assert traveller["family_of"] is None or found.reference != traveller["family_of"]


# ---------------------------------------------------------------- the seed case, on the real list

SIX = [
    "Qasem Soleimani",
    "Kassem Suleimani",
    "Ghasem Soleimani",
    "Solemani, Qasem",
    "قاسم سلیمانی",
    "Касем Сулеймани",
]


def real_identity(index: Index, everybody: Mapping[str, Listed], **given_: Any) -> IdentityFound:
    who = Traveller(**given_)
    found = candidates(who, index, PLACES, POLICY)
    return identity(who, found, everybody, None, (), (FULL,), POLICY, "law", 0)


@pytest.mark.parametrize("name", SIX)
def test_six_spellings_with_the_role(real_index: Index, name: str) -> None:
    found = real_identity(real_index, real_index.listed, name=name, role="Quds Force commander")
    assert (found.standing, found.reference) == (S.identified, "IRi.039")
    assert [c.reference for c in found.candidates[:2]] == ["IRi.039", "IRi.040"]
    assert found.candidates[0].agreeing == ("office", "organisation")


@pytest.mark.parametrize("name", SIX)
def test_six_spellings_without_a_role(real_index: Index, name: str) -> None:
    found = real_identity(real_index, real_index.listed, name=name)
    assert (found.standing, found.reference) == (S.ambiguous, None)
    assert {c.reference for c in found.candidates[:2]} == {"IRi.039", "IRi.040"}
    assert "birth date would tell them apart (IRi.0" in words(found)
    assert "Commander of Qods force" in words(found)


def test_the_answer_does_not_depend_on_the_process() -> None:
    """Two processes with other hash seeds answer alike."""
    code = (
        "from tests.screening.test_identity import decide\n"
        "for name in ('Dariush Khalvati', 'Muhammad Ali', 'Arvo Lindquist Ndaka Wokombe'):\n"
        "    print(decide(name=name, birth_date='1957'))\n"
    )
    answers = {
        subprocess.run(
            [sys.executable, "-c", code],
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONIOENCODING": "utf-8"},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(answers) == 1
    assert answers.pop()


def test_every_kind_of_difference_has_words() -> None:
    for kind in Difference:
        pair = AlignedPart(query="Bill", listed="William", kind=kind, part=PartIs.name)
        assert re.search("Bill|William", _pair_words(pair))


def test_what_was_typed_on_purpose_is_reported_also_where_nobody_is_found() -> None:
    found = decide(name="Nоbody\u202e Whatever")  # a Cyrillic letter
    assert found.standing is S.no_match
    assert "cannot be seen or that strike others through (U+202E)" in words(found)
    assert "letters of two alphabets in one word (Nоbody)" in words(found)


def test_a_part_of_the_name_is_no_other_name() -> None:
    found = decide(name="Titus", reference="BBi.001")
    assert found.candidates[0].name_is is NameIs.single_part
    assert "name" not in found.candidates[0].conflicting


def test_of_equals_a_person_stands_first_and_by_a_good_name() -> None:
    low = alias("Titus Ndaka Wokombe", AliasQuality.low)
    people = (
        listed(entry("AAe.001", "TITUS NDAKA WOKOMBE", kind=PartyKind.entity)),
        listed(entry("AAi.002", "BARASA", "MALIK", aliases=(low,))),
        listed(entry("AAi.003", "TITUS", "NDAKA", "WOKOMBA")),
        listed(entry("AAi.004", "TITUS", "NDAKA", "WOKOMBE")),
        listed(entry("AAi.006", "ABU BARASA")),
        listed(
            entry("AAi.005", "NAJIB", "MALIK", aliases=(alias("Abu Barasa", AliasQuality.low),))
        ),
        listed(entry("AAe.007", "ABU BARASA NDAKA EXCHANGE", kind=PartyKind.entity)),
    )
    index = build(people, TABLES)

    def order(name: str) -> list[str]:
        return [c.reference for c in candidates(Traveller(name=name), index, PLACES, POLICY)]

    assert order("Titus Ndaka Wokombe") == ["AAi.004", "AAi.003", "AAi.002", "AAe.001"]
    assert order("Abu Barasa") == ["AAi.006", "AAi.005", "AAe.007"]
