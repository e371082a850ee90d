"""Who is on no list on record, and named by a designation fact: found, marked, never identified."""

from typing import Any

import pytest

from app.evidence import Absence, DesignationFactCited
from app.screening.identity import IdentityFound, IdentityStanding, NameIs, candidates, identity
from app.screening.index import build
from app.terms import DesignationEvent, DesignationFact, Gender, Listed, PartyKind, Traveller
from app.when import arrival
from tests.screening.conftest import FULL, PLACES, POLICY, TABLES, entry, listed

S = IdentityStanding


def by_fact(reference: str, *names: str, kind: PartyKind = PartyKind.individual) -> Listed:
    """A party that no list holds."""
    fact = DesignationFact(
        reference=reference,
        event=DesignationEvent.delisted,
        on="2010-01-25",
        by=None,
        source="invented",
        checked=True,
        disputed=False,
        accepted=None,
    )
    return Listed(
        reference=reference,
        kind=kind,
        regime_word="Invented",
        versions=(),
        also=names,
        named_by=fact,
        died=None,
        same_person=(),
    )


KNOWN = {
    one.reference: one
    for one in (
        by_fact("XXi.001", "Merdwin Askelund", "Olvar Prindeby"),
        by_fact("9001:hesketh-vantroyle", "Hesketh Vantroyle"),
        by_fact("XXe.001", "Bramlock Trading Works", kind=PartyKind.entity),
        listed(entry("XXi.002", "HALDOR", "BRASKEN")),
    )
}
INDEX = build(tuple(KNOWN.values()), TABLES, "the law")


def decide(name: str, **more: Any) -> IdentityFound:
    who = Traveller(name=name, **more)
    found = candidates(who, INDEX, PLACES, POLICY)
    day = arrival("2009-07-24", ("UTC",))
    return identity(who, found, KNOWN, day, (), (FULL,), POLICY, "the law", 3)


@pytest.mark.parametrize("name", ["Merdwin Askelund", "Olvar Prindeby"])
def test_found_by_every_name_that_the_facts_give(name: str) -> None:
    found = decide(name)
    assert (found.standing, found.reference) == (S.probable, "XXi.001")
    (candidate,) = found.candidates
    assert (candidate.name, candidate.regime) == ("Merdwin Askelund", "Invented")
    assert (candidate.on_lists, candidate.matched_as) == (False, "designation_fact")
    assert candidate.matched_name == name
    assert candidate.name_is is NameIs.strong
    assert any("a list that holds this record" in words for words in candidate.would_change)
    (marked,) = [why for why in candidate.reasons if why.words.startswith("No list on record")]
    assert {type(cited) for cited in marked.citations} == {DesignationFactCited, Absence}
    cited = candidate.reasons[0].citations[1]
    assert isinstance(cited, DesignationFactCited)
    assert (cited.reference, cited.on, cited.law) == ("XXi.001", "2010-01-25", "the law")


def test_never_identified_nor_discounted_by_other_fields() -> None:
    found = decide(
        "Merdwin Askelund", birth_date="1950-01-01", place_of_birth="Tripoli", nationality="LY",
        gender=Gender.male, role="commander of the Zubin Brigade", document="A 123456",
    )  # fmt: skip
    assert found.standing is S.probable
    assert found.candidates[0].agreeing == found.candidates[0].conflicting == ()
    assert decide("Merdwin Askelund", reference="XXi.001").standing is S.probable


def test_a_key_is_said_to_be_no_reference_number() -> None:
    candidate = decide("Hesketh Vantroyle").candidates[0]
    assert candidate.reference == "9001:hesketh-vantroyle"
    assert any(
        why.words == "No reference number was seen for Hesketh Vantroyle: 9001:hesketh-vantroyle "
        "is a key that stands in for it."
        for why in candidate.reasons
    )


def test_an_entity_is_no_traveller() -> None:
    found = decide("Bramlock Trading Works")
    assert found.standing is S.no_match
    assert found.candidates[0].kind is PartyKind.entity
    assert any("A listed entity is no traveller" in why.words for why in found.reasons)


def test_whom_a_list_holds_is_not_marked() -> None:
    candidate = decide("Haldor Brasken").candidates[0]
    assert candidate.on_lists
    assert not any("No list on record" in why.words for why in candidate.reasons)


def test_nobody_says_where_was_looked() -> None:
    told = decide("Oswald Unheardof").reasons[0]
    assert "and among 3 whom only designation facts name" in told.words
    who = Traveller(name="Oswald Unheardof")
    bare = identity(who, (), KNOWN, None, (), (), POLICY, "the law", 3)
    assert bare.reasons[0].words.endswith("looked for only among 3 whom designation facts name.")


def test_the_family_of_somebody_whom_only_a_fact_names() -> None:
    found = decide("Imbert Askelund", family_of="XXi.001")
    assert (found.standing, found.reference) == (S.probable, "XXi.001")
    assert any("No list on record holds" in why.words for why in found.candidates[0].reasons)
