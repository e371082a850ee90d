"""A question that is asked again: the same bytes and a line of its own, without the work."""

import copy
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from app.api.examples import REPORT
from app.assessment.assess import assess
from app.desk import Answered, Desk, Erased, decoder
from app.jobs import shipped
from app.store import facts
from app.terms import Policy, Report, Tables
from tests.conftest import Clock, make_desk
from tests.invented import xml

QUESTION = decoder(Report).validate_python(REPORT)


@pytest.fixture
def asked(desk: Desk, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> list[Report]:
    """What has been assessed by any desk, a question at a time."""
    shipped.load(desk.store, shipped.DATA, clock)
    worked_on: list[Report] = []

    def counted(report: Report, *others: Any) -> Any:
        worked_on.append(report)
        return assess(report, *others)

    monkeypatch.setattr("app.desk.assess", counted)
    return worked_on


@pytest.fixture
def other(store: facts.Store, tables: Tables, policy: Policy, clock: Clock) -> Desk:
    """Another desk over the same store, which is what another process is."""
    return make_desk(store, tables, policy, clock)


def same(one: Answered, other: Answered) -> bool:
    return (one.id, one.body, one.etag) == (other.id, other.body, other.etag)


@pytest.mark.parametrize("as_it_came", [copy.copy, copy.deepcopy, lambda report: report])
def test_it_is_answered_without_the_work_and_has_its_line(
    desk: Desk, asked: list[Report], as_it_came: Callable[[Report], Report]
) -> None:
    first = desk.ask(QUESTION, "one")
    again = desk.ask(as_it_came(QUESTION), "another")
    assert (first.new, again.new, same(first, again), len(asked)) == (True, False, True, 1)
    assert same(desk.stored(first.id), again)
    one, another = [shown.line for shown in desk.audit_since(None)][-2:]
    assert (one.who, another.who) == ("one", "another")
    for part in ("action", "question_digest", "answer_digest", "subject", "content_digest"):
        assert getattr(one, part) == getattr(another, part) is not None
    assert one.record_digest == another.record_digest == desk.record().digest
    assert desk.verify_audit().findings == ()


@pytest.mark.parametrize("elsewhere", [False, True])
def test_of_another_record_it_is_another_question(
    desk: Desk,
    other: Desk,
    asked: list[Report],
    elsewhere: bool,
) -> None:
    first = desk.ask(QUESTION)
    by = other if elsewhere else desk
    assert by.import_list("l.xml", xml("2026-05-30T00:00:00Z"), False).outcome == "promoted"
    second = desk.ask(QUESTION)
    assert (second.new, second.id != first.id, len(asked)) == (True, True, 2)
    assert not desk.ask(QUESTION).new


def test_a_question_in_the_place_of_another_is_not_taken_for_it(
    desk: Desk, asked: list[Report]
) -> None:
    first = desk.ask(QUESTION)
    other = replace(QUESTION, claims=QUESTION.claims[:1])
    kept = desk._latest_asked.get(id(QUESTION))
    assert kept is not None
    desk._latest_asked.keep(id(other), kept)  # as though that were over, and this lay in its place
    second = desk.ask(other)
    assert (second.new, second.id != first.id, len(asked)) == (True, True, 2)


@pytest.mark.parametrize("elsewhere", [False, True])
def test_one_that_was_erased_does_not_come_back(
    desk: Desk,
    other: Desk,
    asked: list[Report],
    elsewhere: bool,
) -> None:
    first = desk.ask(QUESTION)
    by = other if elsewhere else desk
    by.erase_answer("an officer", first.id)
    with pytest.raises(Erased):
        desk.stored(first.id)
    again = desk.ask(QUESTION)
    assert (again.new, same(first, again), len(asked)) == (True, True, 2)
    assert same(desk.stored(first.id), again)
    assert desk.verify_audit().findings == ()


def test_one_that_another_process_saved_anew_has_the_line_of_what_is_saved(
    desk: Desk,
    other: Desk,
    asked: list[Report],
) -> None:
    first = desk.ask(QUESTION)
    other.erase_answer("an officer", first.id)
    assert other.ask(QUESTION).new
    # The desk still holds its own answer in memory: the same bytes, of another moment.
    again = desk.ask(QUESTION)
    assert (again.new, same(first, again), len(asked)) == (False, True, 3)
    assert not desk.ask(QUESTION).new
    assert len(asked) == 3
    assert desk.verify_audit().findings == ()
