"""What an article comes to, and what a review makes of it: pure, over what ships."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.assessment.article import (
    Addition,
    Article,
    Decision,
    Looked,
    ReviewGiven,
    article,
    article_text,
    as_read,
    reviewed,
)
from app.assessment.assess import Assessment, assess
from app.assessment.report import Fault, Refused
from app.record import Record
from app.terms import Claim, ClaimType, DraftStatus, Policy, Report, Side
from tests.marked_text import read

TEXT = """> Qasem Soleimani, commander of the Quds Force; RU Moscow 2015-07-24
asserts state_of_entry RU the Foreign Ministry: He was our guest.
denies state_of_entry RU Sergei Ryabkov: Nobody came.
> Ghasem Soleymani; SY Damascus 2015-08-01
asserts press The Daily: He is there.
legal_statement press The Daily: banned since 2007
"""


@pytest.fixture
def looked(bundled: Record, policy: Policy) -> Looked:
    return as_read(read(TEXT, "2015-08-15", bundled, policy))


def comes_to(looked: Looked, record: Record, policy: Policy) -> Article:
    def judge(report: Report) -> Assessment:
        return assess(report, record, policy, "an engine", "an id")

    return article(looked, judge, record, policy, "an engine", "an address")


def test_each_journey_is_assessed_alone(looked: Looked, bundled: Record, policy: Policy) -> None:
    found = comes_to(looked, bundled, policy)
    first, second = found.assessments
    assert [claim.id for claim in first.claims] == ["c1", "c2"]
    assert [claim.id for claim in second.claims] == ["c3", "c4"]
    assert (first.verdict, first.states[0].state) == ("contested", "RU")
    assert second.states[0].state == "SY"
    assert [item.claim for item in found.legal_statements] == ["c4"]
    assert (found.id, found.replaces, found.drafts) == ("an address", None, True)
    assert comes_to(looked, bundled, policy) == found


def test_a_journey_that_cannot_stand_leaves_the_others(
    looked: Looked, bundled: Record, policy: Policy
) -> None:
    def judge(report: Report) -> Assessment:
        if report.legs[0].state == "RU":
            raise Refused((Fault(field="claims", words="are too many"),))
        return assess(report, bundled, policy, "an engine", "an id")

    found = article(looked, judge, bundled, policy, "an engine", "an address")
    assert [item.journey for item in found.assessments] == ["j2"]
    assert [(item.journey, item.errors[0].words) for item in found.not_assessed] == [
        ("j1", "are too many")
    ]
    # What it says of the law is answered all the same.
    assert [item.claim for item in found.legal_statements] == ["c4"]


def test_no_journey_and_no_record(looked: Looked, bundled: Record, policy: Policy) -> None:
    nothing = comes_to(replace(looked, persons=(), claims=(), journeys=()), bundled, policy)
    assert (nothing.assessments, nothing.legal_statements, nothing.drafts) == ((), (), False)


def test_a_review_changes_nothing_that_was(looked: Looked, bundled: Record, policy: Policy) -> None:
    before = comes_to(looked, bundled, policy)
    given_ = ReviewGiven(
        by="A. Officer",
        decisions=(Decision(claim="c2", status=DraftStatus.rejected),),
        added=(
            Addition(
                claim=Claim(type=ClaimType.no_comment, speaker="X", side=Side.press, named=True),
                journey="j2",
            ),
        ),
    )
    after = comes_to(reviewed(before, given_, TEXT, bundled), bundled, policy)
    assert after.assessments[0].verdict == "reported_unverified"
    assert [claim.status for claim in after.claims[:2]] == ["draft", "rejected"]
    # A journey that no decision speaks of comes to the same.
    assert after.journeys[1].claims == ("c3", "c4", "a1")
    assert after.assessments[1].verdict == before.assessments[1].verdict
    assert before.claims == looked.claims
    assert before.journeys == looked.journeys


decisions = st.dictionaries(
    st.sampled_from(["c1", "c2", "c3", "c4"]),
    st.sampled_from([DraftStatus.accepted, DraftStatus.rejected]),
    min_size=1,
)


@given(st.lists(decisions, min_size=1, max_size=3))
def test_of_several_reviews_the_last_word_on_a_claim_counts(
    bundled: Record, rounds: list[dict[str, Any]]
) -> None:
    policy = Policy(threshold=0.75, strong=0.8, fresh_days=10, limit=10)
    first = comes_to(as_read(read(TEXT, "2015-08-15", bundled, policy)), bundled, policy)

    def look(before: Article, said: dict[str, Any]) -> Article:
        given_ = ReviewGiven(
            by="A. Officer",
            decisions=tuple(Decision(claim=name, status=word) for name, word in said.items()),
        )
        return comes_to(reviewed(before, given_, TEXT, bundled), bundled, policy)

    last = first
    for said in rounds:
        last = look(last, said)
    once = look(first, {name: word for said in rounds for name, word in said.items()})
    assert last.claims == once.claims
    assert last.assessments == once.assessments
    gravity = bundled.tables.gravity
    for item in last.assessments:
        if any(state.event.drafts for state in item.states):
            assert gravity.index(item.verdict) <= gravity.index("contested")


@given(st.text(st.characters(), max_size=40))
def test_any_text_is_taken_or_refused_at_its_place(text: str) -> None:
    try:
        assert article_text(text) == text
    except ValueError as error:
        words = str(error)
        if " at " in words:
            place = int(words.rpartition(" at ")[2])
            assert f"U+{ord(text[place]):04X}" in words
            article_text("a" + text[:place])
        else:
            assert "is blank" in words or "holds 0 characters" in words
        return
    assert text.encode().decode() == text
    assert not set(text) & set(map(chr, (*range(9), 11, 12, *range(14, 32))))
