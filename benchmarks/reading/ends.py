"""What drafts come to, beside what the claims marked come to: event standing and verdict."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from app.assessment.assess import assess
from app.assessment.report import Refused
from app.reading.article import Journey, Reading
from app.record import Record
from app.terms import Policy, Report, Traveller
from benchmarks.reading.marked import Marked
from benchmarks.reading.score import Tally

REFUSED = "refused"
_NOTHING = "no_event_asserted"
"""What a journey that is not in the marks may come to without being graver than they are."""


class Outcome(NamedTuple):
    """What the claims about one person's entry into one State come to."""

    event: str
    verdict: str


Outcomes = dict[tuple[str | None, str | None], Outcome]
"""By the person in the marks (null for anybody else) and the State; the gravest of several."""


def outcomes(
    text: Marked, reading: Reading, record: Record, policy: Policy, reviewed: bool
) -> Outcomes:
    """Every journey of a reading, assessed as `POST /v1/assessments` would assess it.

    The reference of the person counts only where a reviewer set it.
    """
    gravity = record.tables.gravity
    found: Outcomes = {}
    for journey in reading.journeys:
        person = text.meant(journey.person)
        for state, outcome in _assessed(journey, reading, record, policy, reviewed):
            before = found.get((person, state))
            if before is None or _rank(outcome, gravity) > _rank(before, gravity):
                found[person, state] = outcome
    return found


def _assessed(
    journey: Journey, reading: Reading, record: Record, policy: Policy, reviewed: bool
) -> Iterable[tuple[str | None, Outcome]]:
    person = journey.person
    known = person.reference if reviewed and person.reference in record.listed else None
    asked = Report(
        traveller=Traveller(
            name=person.name, reference=known, nationality=person.nationality, role=person.role
        ),
        legs=journey.legs,
        claims=tuple(claim for claim in reading.claims if claim.id in journey.claims),
    )
    try:
        answer = assess(asked, record, policy, "benchmarks", journey.id)
    except Refused:
        return [(leg.state, Outcome(REFUSED, REFUSED)) for leg in journey.legs]
    return [(item.state, Outcome(item.event.standing, item.verdict)) for item in answer.states]


def _rank(outcome: Outcome, gravity: tuple[str, ...]) -> int:
    return -1 if outcome.verdict == REFUSED else gravity.index(outcome.verdict)


def ends(text: Marked, reading: Reading, record: Record, policy: Policy) -> Tally:
    """Standings and verdicts of drafts, and whether the marks come to what the text expects."""
    tally = Tally()
    marked = outcomes(text, text.reading, record, policy, reviewed=True)
    read = outcomes(text, reading, record, policy, reviewed=False)
    gravity = record.tables.gravity
    may: Mapping[str, Sequence[str]] = text.gold["expected"].get("from_drafts") or {}
    _expected(tally, text, marked, gravity)
    for key, must in marked.items():
        got = read.get(key, Outcome("not read", "not read"))
        where = f"{text.name} {key[0]} in {key[1]}"
        for figure, right, told in (
            ("event", got.event == must.event, f"{must.event}, got {got.event}"),
            ("verdict", got.verdict == must.verdict, f"{must.verdict}, got {got.verdict}"),
        ):
            tally.count(figure, right, "" if right else f"{where}: {told}")
        allowed = may.get(key[1] or "", ())
        right = got.verdict in (*allowed, must.verdict)
        tally.count("allowed", right, "" if right else f"{where}: none of {', '.join(allowed)}")
    if not marked:
        for figure in ("event", "verdict", "allowed"):
            told = (
                f"{text.name}: nobody went, got {', '.join(one.verdict for one in read.values())}"
            )
            tally.count(figure, not read, told if read else "")
    for key, got in read.items():
        most = [marked[key].verdict, *may.get(key[1] or "", ())] if key in marked else [_NOTHING]
        graver = _rank(got, gravity) > max(gravity.index(word) for word in most)
        told = f"{text.name} {key[0]} in {key[1]}: {got.verdict}, the marks come to {most[0]}"
        tally.count("graver", graver, told if graver else "")
    return tally


def _expected(tally: Tally, text: Marked, marked: Outcomes, gravity: tuple[str, ...]) -> None:
    """Whether the claims marked come to the standing and the verdict that the text expects."""
    expected = text.gold["expected"]
    there = [one for (_, state), one in marked.items() if state == expected["state"]]
    got = max(there, key=lambda one: _rank(one, gravity), default=None)
    if got is None:
        right = not marked and not text.claims
        words = "nothing marked"
    else:
        right = got == (expected["event"], expected["verdict"])
        words = f"{got.event}, {got.verdict}"
    told = f"{text.name}: {expected['event']}, {expected['verdict']}; the marks come to {words}"
    tally.count("expected", right, "" if right else told)
    if not right:
        tally.unexpected.append(text.name)
