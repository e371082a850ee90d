"""The article that the project began from, where it lies beside the checkout."""

import json
from pathlib import Path

import pytest

from app.assessment.assess import Assessment, assess
from app.reading.article import Reading
from app.record import Record
from app.terms import Report, Traveller
from benchmarks.reading.marked import Marked
from tests.reading.conftest import POLICY


@pytest.fixture(scope="module")
def seed(shared: Path) -> Marked:
    """The text with its marks."""
    folder = shared / "articles"
    if not (folder / "seed_gold.json").is_file():
        pytest.skip("no seed article beside the checkout")
    gold = json.loads((folder / "seed_gold.json").read_text(encoding="utf-8"))
    return Marked("seed", (folder / gold["doc"]["path"]).read_text(encoding="utf-8"), gold)


@pytest.fixture(scope="module", params=["rules alone", "with a parser"])
def reading(seed: Marked, reads, request: pytest.FixtureRequest) -> Reading:
    """What is read in it."""
    helped = request.param == "with a parser"
    parser = request.getfixturevalue("parser_model") if helped else None
    return reads(seed.text, seed.published_on, publisher=seed.publisher, parser=parser)


@pytest.fixture(scope="module")
def answer(reading: Reading, record: Record) -> Assessment:
    """The one journey, assessed with its drafts."""
    (journey,) = reading.journeys
    return assess(
        Report(
            traveller=Traveller(name=journey.person.name, role=journey.person.role),
            legs=journey.legs,
            claims=tuple(claim for claim in reading.claims if claim.id in journey.claims),
        ),
        record,
        POLICY,
        "engine",
        "id",
    )


def said_by(name: str, marked: str) -> bool:
    """Whether a speaker is the one marked: every longer word of one is in the other."""
    one, other = (
        {word for word in text.lower().split() if len(word) > 2} for text in (name, marked)
    )
    return bool(one) and (one <= other or other <= one)


def test_every_core_claim_is_found_with_its_type_and_speaker(seed, reading):
    core = [one for one in seed.claims if one["level"] == "core"]
    assert len(core) == 8

    for mark in core:
        here = [
            claim
            for claim in reading.claims
            if claim.quote.start < mark["quote"]["end"] and mark["quote"]["start"] < claim.quote.end
        ]
        found = [
            claim
            for claim in here
            if claim.type == mark["type"] and said_by(claim.speaker_name, mark["speaker"]["name"])
        ]
        assert found, (mark["id"], [(str(one.type), one.speaker_name) for one in here])
        assert mark["side"] in [claim.side for claim in found], mark["id"]


def test_nothing_marked_as_said_of_the_journey_is_read_as_its_opposite(seed, reading):
    opposite = {"asserts": "denies", "denies": "asserts"}
    for mark in seed.claims:
        for claim in reading.claims:
            shares = (
                claim.quote.start < mark["quote"]["end"]
                and mark["quote"]["start"] < claim.quote.end
            )
            if shares and said_by(claim.speaker_name, mark["speaker"]["name"]):
                assert claim.type != opposite.get(mark["type"]), (mark["id"], claim.quote.start)


def test_the_one_journey_is_to_moscow_on_the_day_said(reading):
    (journey,) = reading.journeys

    assert [(leg.state, leg.place, leg.from_, leg.to) for leg in journey.legs] == [
        ("RU", "Moscow", "2015-07-24", None)
    ]
    assert journey.person.reference == "IRi.039"


def test_the_misspelt_name_is_said_to_be_misspelt(reading):
    (person,) = (one for one in reading.persons if one.reference == "IRi.039")

    assert {"Solemani"} == {one.text for one in person.mentions if one.kind == "misspelt"}


def test_the_journey_is_contested_and_so_is_the_verdict(answer):
    (state,) = answer.states

    assert (state.state, state.event.standing, state.verdict) == ("RU", "contested", "contested")
    assert answer.verdict == "contested"


def test_what_the_article_says_the_law_is_is_half_right(reading, answer):
    since = {one.id for one in reading.claims if one.law and one.law.since == "2007"}
    answers = {str(one.answer) for one in answer.legal_statements if one.claim in since}

    assert answers == {"half_right"}
