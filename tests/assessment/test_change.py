"""What would change a result: each line is an answer to the question with one thing otherwise."""

from dataclasses import replace
from typing import Any

import pytest

from app.assessment.assess import Assessment, assess
from app.assessment.change import Otherwise, WhatIf, WouldChange, would_change
from app.assessment.report import Refused
from app.desk import decoder
from app.record import Record
from app.terms import Report
from tests.assessment.conftest import POLICY
from tests.test_cases import CASES

SEED = next(case for case in CASES if case.file == "seed.yaml" and case.name == "as reported")


def report(question: dict[str, Any]) -> Report:
    return decoder(Report).validate_python(question)


def tried(question: dict[str, Any], record: Record) -> tuple[WouldChange, list[Report]]:
    """What would change the answer to a question, and every question that was asked for it."""
    asked: list[Report] = []

    def judge(trial: Report) -> Assessment:
        asked.append(trial)
        return assess(trial, record, POLICY, "engine", "id")

    given = report(question)
    base = assess(given, record, POLICY, "engine", "id")
    return would_change(given, base, True, record, judge), asked


def one(found: WouldChange, what: WhatIf, **other: Any) -> Otherwise:
    (item,) = [
        item
        for item in (*found.changes, *found.nothing)
        if item.what is what and all(getattr(item, name) == is_ for name, is_ in other.items())
    ]
    return item


def seed(**changes: Any) -> dict[str, Any]:
    return {**SEED.asked(), **changes}


def claim(name: str) -> dict[str, Any]:
    return next(each for each in SEED.asked()["claims"] if each["id"] == name)


def test_the_question_as_it_was_taken_is_the_question(bundled: Record) -> None:
    """The trials start from claims with their ids and legs: that alone changes no answer."""
    for case in CASES[::7]:
        try:
            asked = report(case.asked())
            base = assess(asked, bundled, POLICY, "engine", "id")
        except ValueError:
            continue
        except Refused:
            continue
        taken = replace(asked, claims=base.claims, source=None)
        assert assess(taken, bundled, POLICY, "engine", "id") == base, case.name


def test_every_line_is_what_assess_answers(bundled: Record) -> None:
    found, _ = tried(seed(), bundled)
    changed = one(found, WhatIf.undenied)
    assert changed.about == ("Sergei Ryabkov",)
    (state,) = changed.states
    assert (state.before, state.verdict) == ("contested", "reported_unverified")
    (standing,) = state.standings
    assert (standing.name, standing.before, standing.after) == (
        "event",
        "contested",
        "single_named",
    )
    without = replace(
        report(seed()),
        claims=tuple(each for each in report(seed()).claims if each.id != "denial"),
    )
    assert assess(without, bundled, POLICY, "engine", "id").verdict == "reported_unverified"


def test_what_changes_nothing_is_told_too(bundled: Record) -> None:
    found, _ = tried(seed(), bundled)
    assert one(found, WhatIf.left_out, about=("John Kerry",)) in found.nothing
    assert all(item.states for item in found.changes)


def test_copies_go_together(bundled: Record) -> None:
    claims = [claim("official"), {**claim("official"), "id": "copy", "speaker": "A Daily"}]
    found, asked = tried(seed(claims=claims), bundled)
    item = one(found, WhatIf.left_out)
    assert item.about == ("an Iranian official", "A Daily")
    assert item.value == "an Iranian official, to Reuters"
    assert item.states[0].verdict == "no_event_asserted"
    assert any(not trial.claims for trial in asked)


def test_who_is_left_out_takes_what_hangs_on_it_along(bundled: Record) -> None:
    claims = [
        {**claim("broadcaster"), "origin": "Reuters"},
        {"id": "back", "type": "retracts", "target": "broadcaster", "speaker": "A Daily",
         "side": "press", "named": True},
        {**claim("denial"), "type": "exemption_statement", "exemption": {"status": "granted"}},
    ]  # fmt: skip
    question = seed(claims=claims)
    question["legs"][0]["purpose"] = {
        "kind": "religious",
        "words": "a pilgrimage",
        "claim": "denial",
    }
    found, asked = tried(question, bundled)
    without_leave = [trial for trial in asked if all(each.id != "denial" for each in trial.claims)]
    assert without_leave
    assert all(trial.legs[0].purpose is None for trial in without_leave)
    without_report = [
        trial for trial in asked if all(each.id != "broadcaster" for each in trial.claims)
    ]
    assert all(each.target is None for trial in without_report for each in trial.claims)
    assert found.not_tried == 0


def test_nearest_days_on_the_other_side(bundled: Record) -> None:
    found, _ = tried(seed(), bundled)
    days = {item.value for item in found.changes if item.what is WhatIf.arrival}
    assert days == {"2010-06-08", "2020-10-18"}  # the ban began, and ended after a second one
    before = one(found, WhatIf.arrival, value="2010-06-08")
    assert before.states[0].verdict == "no_travel_ban_in_force"


def test_with_the_legal_clock_it_is_the_clock_that_moves(bundled: Record) -> None:
    found, asked = tried(seed(as_of="2015-07-24"), bundled)
    assert one(found, WhatIf.as_of, value="2010-06-08").states
    assert all(trial.legs[0].from_ == "2015-07-24" for trial in asked)


def test_a_stay_moves_whole(bundled: Record) -> None:
    question = seed()
    question["legs"][0]["to"] = "2015-07-26"
    _, asked = tried(question, bundled)
    stays = {(trial.legs[0].from_, trial.legs[0].to) for trial in asked}
    assert ("2010-06-08", "2010-06-10") in stays


def test_one_field_tells_namesakes_apart(bundled: Record) -> None:
    found, _ = tried(seed(traveller={"name": "Qasem Soleimani"}), bundled)
    apart = one(found, WhatIf.told_apart, about=("IRi.039", "birth_date"))
    assert apart.value == "1957-03-11"
    assert apart.states[0].verdict == "contested"
    names = [item.name for item in apart.states[0].standings]
    assert names[0] == "identity"
    meant = one(found, WhatIf.meant, about=("IRi.040",))
    assert meant.states[0].before == "identity_unresolved"


def test_a_candidate_that_was_left_behind(bundled: Record) -> None:
    found, asked = tried(seed(), bundled)
    assert one(found, WhatIf.named).about == ("IRi.040",)
    assert any(trial.traveller.reference == "IRi.040" for trial in asked)


@pytest.mark.parametrize(
    ("given", "what"),
    [
        ({"status": "draft"}, WhatIf.accepted),
        ({"evidence": "record"}, WhatIf.document_accepted),
        ({"evidence": "photograph", "type": "asserts_part", "part": "photograph"},
         WhatIf.document_accepted),
    ],
)  # fmt: skip
def test_what_a_reviewer_could_do(bundled: Record, given: dict[str, Any], what: WhatIf) -> None:
    own = {**claim("denial"), "type": "asserts", **given}
    found, asked = tried(seed(claims=[own]), bundled)
    assert one(found, what).states

    assert any(
        trial.claims and (trial.claims[0].accepted_by or trial.claims[0].status == "accepted")
        for trial in asked
    )


def test_a_day_that_nobody_said_has_no_neighbours(bundled: Record) -> None:
    found, asked = tried(seed(legs=[{"state": None, "from": None}], claims=[]), bundled)
    assert [item.what for item in (*found.changes, *found.nothing)] == [WhatIf.named]
    assert len(asked) == 1
