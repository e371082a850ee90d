"""What would change the result? The same question with one thing otherwise, assessed again.

Nothing is argued here: each line is what `assess` answers, at the same two clocks, to a question
that differs in one thing. A handful is tried, so that a page need not wait; what was tried and
changes nothing is told too, and how much was left.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from re import fullmatch
from typing import Any

from app.assessment.assess import Assessment, StateAssessed
from app.assessment.report import Refused
from app.record import Record
from app.screening.fields import on_record, records
from app.screening.identity import IdentityStanding
from app.terms import (
    TRAVEL_MEASURES,
    Claim,
    ClaimType,
    DraftStatus,
    EvidenceKind,
    Leg,
    PartyKind,
    Report,
    Word,
    value,
)
from app.when import days
from app.where import fold

MOST_TRIED = 16
"""No more questions than this are tried beside the one that was asked."""
_MOST_WORK = 500  # in legs × (claims + 25): about 40 ms
_NEAREST = 2  # boundaries before the arrival, and as many after it
_OTHERS = 2  # candidates that were left behind
_DAY = timedelta(days=1)

STANDINGS = ("identity", "measure", "scope", "exemption", "event")


class WhatIf(Word):
    """What is otherwise."""

    meant = "meant"
    """This candidate is the one meant."""
    named = "named"
    """The question names the reference of a candidate that was left behind."""
    told_apart = "told_apart"
    """A field that the question leaves out is given as this candidate's record has it."""
    accepted = "accepted"
    """A reviewer accepts all that was read from a text."""
    document_accepted = "document_accepted"
    """A reviewer accepts a photograph, a record or a determination."""
    undenied = "undenied"
    """Nobody denies the journey."""
    left_out = "left_out"
    """Nothing of this origin is claimed."""
    arrival = "arrival"
    """The arrival is on another day."""
    as_of = "as_of"
    """Law and listings are read on another day."""


@value
class StandingOtherwise:
    """One standing that is another one then; null where an earlier answer leaves nothing to ask."""

    name: str
    before: str | None
    before_is: str | None
    after: str | None
    after_is: str | None


@value
class StateOtherwise:
    """One leg that comes out otherwise."""

    leg: int
    before: str
    """The verdict as it is."""
    verdict: str
    standings: tuple[StandingOtherwise, ...]


@value
class Otherwise:
    """One thing that was taken otherwise, and what follows: nothing, where `states` is empty."""

    what: WhatIf
    about: tuple[str, ...]
    """References, speakers or a field."""
    value: str | None
    states: tuple[StateOtherwise, ...]


@value
class WouldChange:
    """What would change the result of a saved answer."""

    same: bool | None
    """Whether the engine that runs now answers the question as it is on record; null where there
    is too much of it to try anything.
    """
    changes: tuple[Otherwise, ...]
    """Those that change a verdict, then those that change a standing alone."""
    nothing: tuple[Otherwise, ...]
    """Those that were tried and change nothing."""
    not_tried: int
    """How many more there were to try: each takes time, and a page does not wait for them."""


def most_tried(asked: Report) -> int:
    """How much is tried of a question: the more legs and claims it has, the less."""
    return min(MOST_TRIED, _MOST_WORK // (len(asked.legs) * (len(asked.claims) + 25)))


NOTHING_TRIED = WouldChange(same=None, changes=(), nothing=(), not_tried=0)


def would_change(
    asked: Report,
    base: Assessment,
    same: bool,
    record: Record,
    judge: Callable[[Report], Assessment],
) -> WouldChange:
    """What would change an answer: `base`, as this engine gives it to `asked`.

    `judge` assesses a report on the same record and saves nothing; `same` says whether `base` is
    what is on record.
    """
    # The claims as they were taken: with ids, and with the legs that they speak of.
    taken = replace(asked, claims=base.claims, source=None)
    most = most_tried(taken)
    seen, found, not_tried = {taken}, list(_meant(base)), 0
    for trial, report in _trials(taken, base, record):
        if report in seen:
            continue
        seen.add(report)
        if len(seen) > most + 1:
            not_tried += 1
            continue
        try:
            after = judge(report)
        except Refused:  # no question that could be asked
            continue
        found.append(replace(trial, states=_differences(base.states, after.states)))
    changes = _nearest([item for item in found if item.states], base)
    return WouldChange(
        same=same,
        changes=tuple(sorted(changes, key=lambda item: not _another_verdict(item))),
        nothing=tuple(item for item in found if not item.states),
        not_tried=not_tried,
    )


def _nearest(changes: Sequence[Otherwise], base: Assessment) -> Iterator[Otherwise]:
    """The changes without those days that lie beyond one which changes the verdict already."""
    done: set[bool] = set()
    for item in changes:
        if item.what in (WhatIf.arrival, WhatIf.as_of):
            leg = next(state for state in base.states if state.verdict == base.verdict)
            side = str(item.value) > str(base.as_of or leg.from_)
            if side in done:
                continue
            if _another_verdict(item):
                done.add(side)
        yield item


def _another_verdict(item: Otherwise) -> bool:
    return any(state.verdict != state.before for state in item.states)


def _differences(
    before: Sequence[StateAssessed], after: Sequence[StateAssessed]
) -> tuple[StateOtherwise, ...]:
    found = []
    for old, new in zip(before, after, strict=True):
        standings = tuple(
            StandingOtherwise(
                name=name, before=was[0], before_is=was[1], after=now[0], after_is=now[1]
            )
            for name in STANDINGS
            if (was := _standing(old, name)) != (now := _standing(new, name))
        )
        if standings or old.verdict != new.verdict:
            found.append(_state(old, new.verdict, standings))
    return tuple(found)


def _state(
    old: StateAssessed, verdict: str, standings: tuple[StandingOtherwise, ...] = ()
) -> StateOtherwise:
    return StateOtherwise(leg=old.leg, before=old.verdict, verdict=verdict, standings=standings)


def _standing(state: StateAssessed, name: str) -> tuple[str | None, str | None]:
    found = getattr(state, name)
    return (None, None) if found is None else (str(found.standing), str(found.certainty))


def _meant(base: Assessment) -> Iterator[Otherwise]:
    """What the answer itself says of each candidate."""
    found: dict[str, list[StateOtherwise]] = {}
    for state in base.states:
        for item in state.candidates:
            if item.verdict != state.verdict:
                found.setdefault(item.reference, []).append(_state(state, item.verdict))
    for reference, states in found.items():
        yield replace(_trial(WhatIf.meant, (reference,)), states=tuple(states))


# ---------------------------------------------------------------- what is tried


def _trials(asked: Report, base: Assessment, record: Record) -> Iterator[tuple[Otherwise, Report]]:
    """What is taken otherwise, with the question that then is asked: what matters most, first."""
    lead = next(state for state in base.states if state.verdict == base.verdict)
    stands = [claim for claim in asked.claims if claim.id in _standing_ids(base)]
    if any(claim.status is DraftStatus.draft for claim in asked.claims):
        read = tuple(
            replace(claim, status=DraftStatus.accepted)
            if claim.status is DraftStatus.draft
            else claim
            for claim in asked.claims
        )
        yield _trial(WhatIf.accepted), replace(asked, claims=read)
    denials = [claim for claim in stands if claim.type in _DENIALS]
    if denials:
        yield _trial(WhatIf.undenied, _speakers(denials)), _without(asked, denials)
    yield from _told_apart(asked, lead, record)
    yield from _days(asked, lead)
    for group in _by_origin(stands):
        if [claim for claim in group if claim.type not in _SAYS_NOTHING] == denials:
            continue  # that is what nobody's denying it comes to
        origin = group[0].origin if len(_speakers(group)) > 1 else None
        yield _trial(WhatIf.left_out, _speakers(group), origin), _without(asked, group)
    for claim in stands:
        if claim.accepted_by is None and (kind := _document(claim)) is not None:
            accepted = replace(claim, accepted_by="a reviewer")
            claims = tuple(accepted if each is claim else each for each in asked.claims)
            trial = _trial(WhatIf.document_accepted, _speakers([claim]), kind)
            yield trial, replace(asked, claims=claims)
    if asked.traveller.reference is None:
        behind = [
            item.reference
            for item in lead.identity.candidates
            if item.kind is PartyKind.individual and item.reference not in lead.identity.left
        ]
        for reference in behind[:_OTHERS]:
            traveller = replace(asked.traveller, reference=reference)
            yield _trial(WhatIf.named, (reference,)), replace(asked, traveller=traveller)


_DENIALS = (ClaimType.denies, ClaimType.asserts_elsewhere)
_SAYS_NOTHING = (
    ClaimType.conditional,
    ClaimType.denies_part,
    ClaimType.denies_knowledge,
    ClaimType.no_comment,
    ClaimType.legal_opinion,
    ClaimType.legal_statement,
)
_ORDER = {
    ClaimType.asserts: 0, ClaimType.denies: 0, ClaimType.asserts_elsewhere: 0,
    ClaimType.determines: 0, ClaimType.asserts_part: 1, ClaimType.exemption_statement: 1,
    ClaimType.denies_identity: 1, ClaimType.announces: 1, ClaimType.presupposes: 2,
}  # fmt: skip


def _trial(what: WhatIf, about: Sequence[str] = (), given: str | None = None) -> Otherwise:
    return Otherwise(what=what, about=tuple(about), value=given, states=())


def _standing_ids(base: Assessment) -> set[str]:
    return {item.claim for state in base.states for item in state.event.claims if item.stands}


def _speakers(claims: Iterable[Claim]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(claim.speaker_name for claim in claims))


def _by_origin(claims: Sequence[Claim]) -> list[list[Claim]]:
    """Claims by where they first came from; whatever can change nothing is left out."""
    found: dict[str, list[Claim]] = {}
    for claim in claims:
        found.setdefault(fold(claim.origin or claim.speaker_name), []).append(claim)
    counts = [
        group
        for group in found.values()
        if any(claim.type not in _SAYS_NOTHING or claim.nationality for claim in group)
    ]
    return sorted(counts, key=lambda group: min(_ORDER.get(claim.type, 3) for claim in group))


def _without(asked: Report, left_out: Sequence[Claim]) -> Report:
    """The question without some claims, those that take them back, and what rests on them."""
    gone = {claim.id for claim in left_out}
    kept = []
    for claim in asked.claims:  # a claim that takes one back comes after it
        if claim.id in gone or claim.target in gone:
            gone.add(claim.id)
        else:
            kept.append(claim)
    legs = tuple(
        replace(leg, purpose=None) if leg.purpose and leg.purpose.claim in gone else leg
        for leg in asked.legs
    )
    return replace(asked, claims=tuple(kept), legs=legs)


def _document(claim: Claim) -> str | None:
    """What a reviewer could accept of a claim: a photograph, a record, a determination."""
    if claim.evidence in (EvidenceKind.photograph, EvidenceKind.record):
        return str(claim.evidence)
    return "determination" if claim.type is ClaimType.determines else None


_GIVEN: Mapping[str, str] = {
    "birth_date": "birth_date",
    "document": "document",
    "office": "role",
    "place_of_birth": "place_of_birth",
}


def _told_apart(
    asked: Report, lead: StateAssessed, record: Record
) -> Iterator[tuple[Otherwise, Report]]:
    """For each of those who may be meant: one more field, as the record has it."""
    who = lead.identity
    if who.standing is IdentityStanding.identified or asked.traveller.family_of:
        return
    for reference in who.left[:3]:
        one = record.listed[reference]
        group = (one, *(record.listed[other] for other in one.same_person))
        versions = records(group)
        for field, name in _GIVEN.items():
            held = next(iter(on_record(versions, field)), None)
            if held is None or getattr(asked.traveller, name) is not None:
                continue
            if field == "birth_date" and not fullmatch(r"\d{4}(-\d\d){0,2}", held.text):
                continue
            given: dict[str, Any] = {name: held.text}
            trial = _trial(WhatIf.told_apart, (reference, field), held.text)
            yield trial, replace(asked, traveller=replace(asked.traveller, **given))
            break


def _days(asked: Report, lead: StateAssessed) -> Iterator[tuple[Otherwise, Report]]:
    """The days on the other side of the nearest boundaries of a travel measure."""
    leg = asked.legs[lead.leg]
    text = asked.as_of or leg.from_
    if lead.measure is None or text is None:
        return
    first, last = days(text)
    before: set[date] = set()
    after: set[date] = set()
    for item in lead.measure.measures:
        for boundary in (item.from_, item.until):
            if boundary is None or item.kind not in TRAVEL_MEASURES:
                continue
            # An instant falls on one day here and on the next there: the other side is surely
            # past it.
            day, instant = date.fromisoformat(boundary[:10]), "T" in boundary
            if day <= first:
                before.add(day - _DAY)
            if day + _DAY * instant > last:
                after.add(day + _DAY * instant)
    for day in (*sorted(before, reverse=True)[:_NEAREST], *sorted(after)[:_NEAREST]):
        if asked.as_of:
            yield _trial(WhatIf.as_of, (), str(day)), replace(asked, as_of=str(day))
            continue
        legs = list(asked.legs)
        legs[lead.leg] = _moved(leg, day)
        yield _trial(WhatIf.arrival, (), str(day)), replace(asked, legs=tuple(legs))


def _moved(leg: Leg, day: date) -> Leg:
    """The same stay from another day on."""
    until = None
    if leg.to is not None and leg.from_ is not None and len(leg.from_) >= len("2015-07-24"):
        until = str(day + (date.fromisoformat(leg.to) - days(leg.from_)[0]))
    return replace(leg, from_=str(day), to=until)
