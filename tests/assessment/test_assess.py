"""What must hold of every answer, whatever was asked."""

import dataclasses
import itertools
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.api import examples
from app.assessment.assess import Assessment
from app.assessment.report import Refused
from app.evidence import Reason, reason
from app.record import Record
from app.terms import ClaimType, DraftStatus, EvidenceKind, ListKind, PartKind, PurposeKind, Side
from tests.assessment.conftest import record_of
from tests.invented import xml

GRAVE = {"apparent_violation", "determined_by_body"}

speakers = st.sampled_from(["A. Person", "B. Person", "The Daily", "a source", "The Committee"])
claims = st.lists(
    st.fixed_dictionaries(
        {
            "type": st.sampled_from(
                [kind.value for kind in ClaimType if kind is not ClaimType.retracts]
            ),
            "speaker": speakers,
            "side": st.sampled_from([side.value for side in Side]),
            "named": st.booleans(),
        },
        optional={
            "origin": speakers,
            "said_on": st.sampled_from(["2015-07", "2015-08-07", "2015-08-14"]),
            "part": st.sampled_from([part.value for part in PartKind]),
            "evidence": st.sampled_from([kind.value for kind in EvidenceKind]),
            "accepted_by": st.just("a reviewer"),
            "exemption": st.fixed_dictionaries(
                {"status": st.sampled_from(["granted", "refused", "none_requested"])}
            ),
            "law": st.just({"measure": "travel_ban", "since": "2007"}),
            "nationality": st.sampled_from(["IR", "RU", "FR"]),
            "quote": st.just({"start": 3, "end": 9, "text": "abcdef"}),
            "status": st.sampled_from([status.value for status in DraftStatus]),
        },
    ),
    max_size=6,
)
reports = st.fixed_dictionaries(
    {
        "traveller": st.one_of(
            st.fixed_dictionaries(
                {"name": st.sampled_from(["Qasem Soleimani", "Ghasem Soleymani", "Nobody Atall"])},
                optional={
                    "role": st.sampled_from(["commander of the Quds Force", "baker"]),
                    "nationality": st.sampled_from(["IR", "RU", "FR"]),
                    "document": st.sampled_from(
                        [
                            "A1",
                            {"number": "A1", "country": "RU"},
                            {"number": "A1", "nationality": "RU"},
                        ]
                    ),
                    "birth_date": st.sampled_from(["1957", "1957-03-11", "1980"]),
                },
            ),
            st.just({"name": "a relative", "family_of": "IRi.039"}),
        ),
        "legs": st.lists(
            st.fixed_dictionaries(
                {
                    "state": st.sampled_from(["RU", "IR", "UA", "US", None]),
                    "from": st.sampled_from(
                        [
                            "2007-03-23",
                            "2008",
                            "2010-06",
                            "2015-07-24",
                            "2018-01-01T10:00",
                            "2021-01-01",
                            "2025-09-28",
                            "2026-11-01",
                            None,
                        ]
                    ),
                },
                optional={
                    "place": st.sampled_from(["Moscow", "Sevastopol", "New York", "Elsewhere"]),
                    "kind": st.sampled_from(["entry", "transit", "departure"]),
                    "purpose": st.fixed_dictionaries(
                        {
                            "kind": st.sampled_from([kind.value for kind in PurposeKind]),
                            "words": st.just("words"),
                        }
                    ),
                },
            ),
            min_size=1,
            max_size=3,
        ),
        "claims": claims,
    }
)


def _every(found: Any) -> Iterator[Any]:
    yield found
    if dataclasses.is_dataclass(found) and not isinstance(found, type):
        for field in dataclasses.fields(found):
            yield from _every(getattr(found, field.name))
    elif isinstance(found, tuple):
        for item in found:
            yield from _every(item)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(report=reports)
def test_every_answer(
    report: dict[str, Any], asked: Callable[..., Assessment], bundled: Record
) -> None:
    try:
        answer = asked(report)
    except Refused as refused:
        assert all(fault.field and fault.words for fault in refused.faults)
        return
    _every_reason_cites_what_there_is(answer, bundled)
    for state in answer.states:
        _a_verdict_is_earned(state)
        _a_sentence_says_no_more_than_the_claims(state, answer)
    assert asked(report) == answer


def _said(asked: Callable[..., Assessment], report: dict[str, Any], claims: Any) -> Any:
    try:
        return asked({**report, "claims": list(claims)})
    except Refused:
        return None


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(report=reports)
def test_nobody_is_judged_by_drafts_or_by_what_was_rejected(
    report: dict[str, Any], asked: Callable[..., Assessment], bundled: Record
) -> None:
    given = report["claims"]
    as_is = _said(asked, report, given)
    if as_is is None:
        return
    # Reviewed, the same claims are never less grave; what is graver than a report needs a reviewer.
    looked_at = [
        {**claim, "status": "accepted"} if claim.get("status") == "draft" else claim
        for claim in given
    ]
    gravity = bundled.tables.gravity
    after = _said(asked, report, looked_at)
    for drafted, reviewed in zip(as_is.states, after.states, strict=True):
        assert gravity.index(drafted.verdict) <= gravity.index(reviewed.verdict)
        if drafted.event.drafts:
            assert gravity.index(drafted.verdict) <= gravity.index("contested")
    drafts = any(claim.get("status") == "draft" for claim in given)
    assert (bundled.tables.fragments["drafts"] in as_is.sentence) is drafts
    # A claim that was rejected is shown, and changes nothing.
    without = _said(asked, report, (it for it in given if it.get("status") != "rejected"))
    assert len(as_is.claims) == len(given)
    assert as_is.sentence == without.sentence
    assert [item.event.standing for item in as_is.states] == [
        item.event.standing for item in without.states
    ]


@pytest.mark.parametrize(
    "name", ["{state}", "{who}", "{reach}", "{since}", "{nothing}", "{}", "{0}"]
)
def test_a_name_that_looks_like_a_mark_stands_as_it_was_given(
    name: str, asked: Callable[..., Assessment]
) -> None:
    claims = [
        {**claim, "speaker": name} if claim["id"] == "broadcaster" else claim
        for claim in examples.REPORT["claims"]
    ]
    (leg,) = asked({**examples.REPORT, "claims": claims}).states
    (plain,) = asked(examples.REPORT).states
    assert leg.sentence == plain.sentence.replace("Fox News", name, 1)
    found = asked({**examples.REPORT, "traveller": {"name": f"Nobody {name}"}})
    assert f"Nobody {name}" in found.states[0].sentence


def _every_reason_cites_what_there_is(answer: Assessment, record: Record) -> None:
    snapshots = {item.sha256 for item in (*record.full_lists, *record.supplements)}
    assert record.law is not None
    measures = {item.id for regime in record.law.regimes for item in regime.measures}
    given_claims = {claim.id: claim for claim in answer.claims}
    for item in _every(answer):
        if isinstance(item, Reason):
            assert item.citations, item.words
        kind = getattr(item, "kind", None)
        if kind == "list_entry":
            held = {version.snapshot.sha256 for version in record.listed[item.reference].versions}
            assert item.snapshot in held
        elif kind == "snapshot":
            assert item.snapshot in snapshots
        elif kind == "paragraph":
            assert item.measure in measures
            assert item.law == record.law_digest
        elif kind == "claim":
            claim = given_claims[item.claim]
            assert item.speaker == claim.speaker_name
            if item.start is not None:
                assert item.end - item.start == len(item.quote)
        elif kind == "designation_fact":
            assert any(
                (fact.reference, fact.event, fact.on) == (item.reference, item.event, item.on)
                for fact in record.law.facts
            )


def _a_verdict_is_earned(state: Any) -> None:
    if state.verdict != "apparent_violation":
        return
    assert state.identity.standing == "identified"
    assert (state.measure.standing, state.measure.certainty) == ("binding_ban", "definite")
    assert state.measure.dispute is None
    assert (state.scope.standing, state.scope.certainty) == ("in_scope", "definite")
    assert state.exemption.standing in ("none_found", "refused")
    assert state.event.standing in ("admitted", "documented", "corroborated")


def _a_sentence_says_no_more_than_the_claims(state: Any, answer: Assessment) -> None:
    sentence = state.sentence
    assert sentence.endswith("only the Council, its committee or the State can establish a breach.")
    assert not re.search(r"\{[a-z_]+\}", sentence)
    if state.verdict not in GRAVE:
        assert "violation" not in sentence
        assert "is inconsistent" not in sentence
    stand = {item.claim: item.counts for item in state.event.claims if item.stands}
    for claim in answer.claims:
        if stand.get(claim.id) == "against" and state.verdict == "contested":
            words = {"denies": "denied it", "asserts_elsewhere": "elsewhere"}[claim.type]
            assert words in sentence
    if "for" not in stand.values():
        assert " reported that " not in sentence
    if state.disputed and state.verdict in ("contested", "reported_unverified"):
        assert "disputed" in sentence
    if (
        state.exemption is not None
        and state.exemption.standing == "none_found"
        and state.verdict in ("contested", "reported_unverified", "apparent_violation")
    ):
        assert sentence.startswith("No exemption is on record")


def test_a_reason_without_a_citation_is_an_error() -> None:
    with pytest.raises(ValueError, match="without a citation"):
        reason("because")


def test_the_sample_is_contested(asked: Callable[..., Assessment]) -> None:
    answer = asked(examples.REPORT)
    state = answer.states[0]
    assert answer.verdict == "contested"
    assert state.identity.reference == "IRi.039"
    assert state.identity.candidates[1].reference == "IRi.040"
    assert state.measure is not None
    assert state.measure.lead == "1929-10"
    assert [item.answer for item in answer.legal_statements] == ["half_right"]
    assert "1737 Committee does not publish" in answer.sentence


def test_a_denial_stands_beside_what_it_denies(asked: Callable[..., Assessment]) -> None:
    sentence = asked(examples.REPORT).sentence
    said = sentence.index("entered the Russian Federation (Moscow) on 24 July 2015")
    denied = sentence.index("Sergei Ryabkov denied it")
    assert said < denied < sentence.index("Fox News told of a part")


def test_the_gravest_leg_leads_and_the_others_are_named(asked: Callable[..., Assessment]) -> None:
    report = examples.REPORT | {
        "legs": [
            {"state": "IQ", "from": "2008-01-01"},
            {"state": "RU", "place": "Moscow", "from": "2015-07-24"},
        ],
        "claims": [claim | {"legs": [1]} for claim in examples.REPORT["claims"]],
    }
    answer = asked(report)
    assert [state.verdict for state in answer.states] == ["no_travel_ban_in_force", "contested"]
    assert answer.verdict == "contested"
    assert "Iraq: no travel ban in force" in answer.sentence


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
def test_the_order_of_claims_does_not_decide(
    order: tuple[int, ...], asked: Callable[..., Assessment]
) -> None:
    given_claims = [examples.REPORT["claims"][place] for place in (0, 1, 5)]
    report = examples.REPORT | {"claims": [given_claims[place] for place in order]}
    assert asked(report).verdict == "contested"


@pytest.mark.parametrize("silent", ["QDi.042", "SOi.002"])
def test_a_nationality_on_either_record_of_one_person_counts(
    silent: str, asked: Callable[..., Assessment]
) -> None:
    """The two records of Hassan Dahir Aweys: one gives the nationality, the other none."""
    name = ("HASSAN", "DAHIR AWEYS")
    gives = "<NATIONALITY><VALUE>Somalia</VALUE></NATIONALITY>"
    lists = [
        (
            xml(
                f"2016-01-0{day}T00:00:00Z", {reference: name}, regime=regime,
                more="" if reference == silent else gives,
            ),
            ListKind.supplement,
        )
        for day, reference, regime in ((1, "QDi.042", "Al-Qaida"), (2, "SOi.002", "Somalia"))
    ]  # fmt: skip
    for reference in ("QDi.042", "SOi.002"):
        report = {
            "traveller": {"name": "Hassan Dahir Aweys", "reference": reference},
            "legs": [{"state": "SO", "place": "Mogadishu", "from": "2016-01-03"}],
        }
        (state,) = asked(report, record_of(*lists)).states
        assert state.scope is not None
        assert (state.scope.standing, state.scope.certainty) == ("own_national", "definite")
