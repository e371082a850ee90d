"""assess(report, record, policy) → Assessment: one pass, no step looks back.

identity → measure → scope → exemption → event → verdict → sentence, for each leg; the same
function serves the API, the command line, bulk and replay.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from app.assessment.event import (
    EventFound,
    EventStanding,
    event,
    not_rejected,
    speaks_of,
    standing_claims,
)
from app.assessment.report import complete
from app.assessment.sentence import Judged, Told, body, ended
from app.assessment.verdict import gravest, verdict
from app.evidence import Reason, absence, callers_word, claim_cited, quoted, reason
from app.law.committee import council_decides, is_committee, is_council, is_court
from app.law.exemption import ExemptionFound, exemption
from app.law.measure import MeasureFound, MeasureStanding, measure
from app.law.reach import regime_of
from app.law.scope import ScopeFound, scope
from app.law.statement import LegalAnswer, StatementPart, statement, statement_of
from app.record import Record, RecordShown
from app.screening.identity import (
    Candidate,
    IdentityFound,
    IdentityStanding,
    identity,
)
from app.terms import (
    Claim,
    ClaimType,
    Covers,
    DraftStatus,
    Leg,
    LegalRecord,
    LegKind,
    Policy,
    ReachMode,
    Report,
    Traveller,
    called,
    value,
)
from app.when import Arrival, arrival, days
from app.where import Located


@value
class CandidateJudged:
    """What the verdict would be if this candidate is the one meant."""

    reference: str
    verdict: str


@value
class StateAssessed:
    """One leg's assessment: the State entered, five standings, the verdict and its sentence."""

    leg: int
    state: str | None
    place: str | None
    from_: str | None
    to: str | None
    verdict: str
    sentence: str
    disputed: bool
    """Whether the validity of the measure that leads is disputed: see `measure.dispute`."""
    identity: IdentityFound
    measure: MeasureFound | None
    """Null where nobody listed is meant, or no State or day is known."""
    scope: ScopeFound | None
    exemption: ExemptionFound | None
    event: EventFound
    candidates: tuple[CandidateJudged, ...]


@value
class LegalStatementAnswered:
    """What a claim says the law is, against the legal record."""

    claim: str
    quote: str | None
    answer: LegalAnswer
    reasons: tuple[Reason, ...]
    parts: tuple[StatementPart, ...]


@value
class Assessment:
    """The answer to a travel report."""

    id: str
    """Content address: the same question on the same record has the same one."""
    verdict: str
    sentence: str
    states: tuple[StateAssessed, ...]
    claims: tuple[Claim, ...]
    legal_statements: tuple[LegalStatementAnswered, ...]
    as_of: str | None
    known_at: str
    record: RecordShown
    policy: Policy
    engine: str


def assess(
    asked: Report, record: Record, policy: Policy, engine: str, identifier: str
) -> Assessment:
    """Assess a travel report against a record.

    `identifier` is the content address that the caller gives the answer. Refused when the report
    contradicts itself or names a reference that is not on record.
    """
    report = complete(asked, record.listed, record.places)
    traveller, relation = _related(report.traveller, record)
    found = record.candidates(traveller, policy)
    events = [event(speaks_of(report.claims, at), leg) for at, leg in enumerate(report.legs)]
    judged = [
        _leg(number, report, traveller, relation, found, events, record, policy)
        for number in range(len(report.legs))
    ]
    states = tuple(item for item, _ in judged)
    lead = gravest([item.verdict for item in states], record.tables)
    return Assessment(
        id=identifier,
        verdict=states[lead].verdict,
        sentence=_whole(states, lead, judged[lead][1], record),
        states=states,
        claims=report.claims,
        legal_statements=tuple(_statements(report, states, record, policy)),
        as_of=report.as_of,
        known_at=record.known_at,
        record=record.shown,
        policy=policy,
        engine=engine,
    )


def _whole(states: Sequence[StateAssessed], lead: int, words: str, record: Record) -> str:
    first = states[lead]
    elsewhere: dict[tuple[str, str], None] = {}
    for item in states:
        if (item.state, item.verdict) != (first.state, first.verdict):
            name = record.places.name(item.state) if item.state else "a State not named"
            elsewhere[name, item.verdict] = None
    return ended(words, tuple(elsewhere), record.tables.fragments)


def _leg(
    number: int,
    report: Report,
    traveller: Traveller,
    relation: tuple[Reason, ...],
    found: tuple[Candidate, ...],
    events: Sequence[EventFound],
    record: Record,
    policy: Policy,
) -> tuple[StateAssessed, str]:
    """One leg assessed, and its sentence without the ending."""
    leg = report.legs[number]
    claims = speaks_of(report.claims, number)
    standing = standing_claims(claims)
    located = record.places.locate(leg.state, leg.place, leg.from_) if leg.state else None
    arrived = arrival(leg.from_, located.zones) if leg.from_ and located else None
    who = identity(
        traveller,
        found,
        record.listed,
        arrived,
        standing,
        (*record.full_lists, *record.supplements),
        policy,
        record.law_digest,
        record.named_by_facts_alone,
    )
    if relation:
        who = replace(who, reasons=(*who.reasons, *relation))
    happened = events[number]
    stands = [claim for claim, item in zip(claims, happened.claims, strict=True) if item.stands]
    judged: dict[str, Judged] = {}
    if located is not None and arrived is not None and record.law is not None:
        on_day = arrival(report.as_of, located.zones) if report.as_of else arrived
        by_reference = {item.reference: item for item in found}
        before = _stay_before(report, number, events)
        for reference in who.left:
            judged[reference] = _judge(
                by_reference[reference],
                leg,
                before,
                located,
                arrived,
                on_day,
                report.traveller,
                standing,
                stands,
                record.law,
                record,
                policy,
            )
    lead = judged.get(who.reference or "") or next(iter(judged.values()), None)
    if lead is not None and who.standing in (
        IdentityStanding.discounted,
        IdentityStanding.no_match,
    ):
        lead = None
    determined = _determined(standing, lead)
    drafts = _drafts(happened, determined, standing)
    facts = _facts(leg, located, who, happened, judged, bool(determined), drafts, record)
    row = verdict(facts, record.tables)
    told = Told(
        traveller=report.traveller.name,
        leg=leg,
        located=located,
        identity=who,
        judged=lead,
        event=happened,
        claims=not_rejected(claims),
        determined=determined,
        lists_in_words=record.lists_in_words,
        full_list=bool(record.full_lists),
        as_of=_another_day(report.as_of, arrived),
        drafts=any(claim.status is DraftStatus.draft for claim in report.claims),
    )
    words = body(row.sentence, told, record.tables.fragments)
    assessed = StateAssessed(
        leg=number,
        state=leg.state,
        place=leg.place,
        from_=leg.from_,
        to=leg.to,
        verdict=row.verdict,
        sentence=ended(words, (), record.tables.fragments),
        disputed=lead is not None and lead.measure.dispute is not None,
        identity=who,
        measure=lead.measure if lead else None,
        scope=lead.scope if lead else None,
        exemption=lead.exemption if lead else None,
        event=happened,
        candidates=tuple(
            CandidateJudged(
                reference=reference,
                verdict=verdict(
                    {**facts, **_of_law(item), "identity": "identified", "identity_is": "definite"},
                    record.tables,
                ).verdict,
            )
            for reference, item in judged.items()
        ),
    )
    return assessed, words


_NOT_THERE = (
    EventStanding.none,
    EventStanding.denied_only,
    EventStanding.refuted,
    EventStanding.planned,
)


def _stay_before(report: Report, number: int, events: Sequence[EventFound]) -> Leg | None:
    """The leg before, unless what was said of it does not put the traveller there."""
    if number == 0:
        return None
    before = report.legs[number - 1]
    there = not report.claims or events[number - 1].standing not in _NOT_THERE
    return before if there else None


def _another_day(as_of: str | None, arrived: Arrival | None) -> str | None:
    """The legal clock, where it is set and does not lie within the days of the arrival."""
    if as_of is None or arrived is None:
        return as_of
    first, last = days(as_of)
    return None if arrived.first_day <= first and last <= arrived.last_day else as_of


def _related(traveller: Traveller, record: Record) -> tuple[Traveller, tuple[Reason, ...]]:
    """The traveller as judged, and why a relation that was given does not count.

    A relative of somebody listed is judged as one only where a measure reaches family.
    """
    given = traveller.family_of
    if given is None or given not in record.listed or record.law is None:
        return traveller, ()
    regimes = [
        regime
        for reference in record.under(given)
        if (regime := regime_of(record.listed[reference].regime_word, record.law.regimes))
    ]
    if any(
        measure.reach.mode is ReachMode.listed_and_family
        for regime in regimes
        for measure in regime.measures
    ):
        return traveller, ()
    words = f"no measure on record reaches the family of {given}: the traveller's own name counts"
    why = reason(
        words,
        callers_word("traveller.family_of", given),
        absence("legal record", f"a measure on the family of {given}"),
    )
    return replace(traveller, family_of=None), (why,)


def _judge(
    candidate: Candidate,
    leg: Leg,
    before: Leg | None,
    located: Located,
    arrived: Arrival,
    on_day: Arrival,
    traveller: Traveller,
    claims: Sequence[Claim],
    stands: Sequence[Claim],
    law: LegalRecord,
    record: Record,
    policy: Policy,
) -> Judged:
    """Measure, scope and exemption for one candidate."""
    family = candidate.name_is == "relation"
    course = record.course(candidate.reference, policy.fresh_days, family)
    references = tuple(party.reference for party in course.parties)
    crosses = Covers.transit if leg.kind is LegKind.transit else Covers.entry
    bound = measure(course, on_day, law.digest, crosses)
    regimes = course.regimes
    bans = [item for regime in regimes for item in regime.measures if item.id in bound.bans]
    lead = next(
        (regime for regime in regimes for item in regime.measures if item.id == bound.lead),
        regimes[0] if regimes else None,
    )
    crossing = scope(
        leg,
        before,
        located,
        on_day,
        traveller,
        record.people(course),
        bans,
        stands,
        record.places,
        law.digest,
    )
    leave = exemption(
        references if not family else (),
        (
            f"the family of {called(candidate.reference)}"
            if family
            else " or ".join(map(called, references))
        ),
        leg,
        located,
        arrived,
        on_day,
        [regime for regime in regimes if any(ban.regime == regime.id for ban in bans)] or regimes,
        bans,
        record.on_file,
        claims,
        record.places,
        law.digest,
    )
    council = council_decides(bans)
    return Judged(
        reference=candidate.reference,
        name=candidate.name,
        family=family,
        measure=bound,
        scope=crossing,
        exemption=leave,
        committee="Security Council" if council else lead.committee if lead else "committee",
        council_decides=council,
        regimes=regimes,
    )


def _facts(
    leg: Leg,
    located: Located | None,
    who: IdentityFound,
    happened: EventFound,
    judged: Mapping[str, Judged],
    determined: bool,
    drafts: bool,
    record: Record,
) -> dict[str, str]:
    """The facts of the verdict table for one leg."""
    meant = judged.get(who.reference or "")
    facts = {
        "identity": str(who.standing),
        "identity_is": str(who.certainty),
        "event": str(happened.standing),
        "state": "said" if leg.state else "not_said",
        "day": "said" if leg.from_ else "not_said",
        "place": "disputed" if located and located.disputed else "known",
        "lists": ("full" if record.full_lists else "supplement" if record.supplements else "none"),
        "determined": "yes" if determined else "no",
        "drafts": "yes" if drafts else "no",
        **_of_law(meant),
    }
    if meant is None and judged:
        # Who is meant is open: the law decides alone only where it is unknown for everybody.
        standings = {item.measure.standing for item in judged.values()}
        if standings == {MeasureStanding.unknown}:
            facts["measure"] = "unknown"
    return facts


def _of_law(judged: Judged | None) -> dict[str, str]:
    if judged is None:
        return {
            "measure": "not_asked", "measure_is": "definite",
            "scope": "not_asked", "scope_is": "definite",
            "exemption": "not_asked", "exemption_is": "definite",
            "disputed": "no",
        }  # fmt: skip
    return {
        "measure": str(judged.measure.standing),
        "measure_is": str(judged.measure.certainty),
        "scope": str(judged.scope.standing),
        "scope_is": str(judged.scope.certainty),
        "exemption": str(judged.exemption.standing),
        "exemption_is": str(judged.exemption.certainty),
        "disputed": "yes" if judged.measure.dispute is not None else "no",
    }


def _determined(standing: Sequence[Claim], lead: Judged | None) -> tuple[Claim, ...]:
    """Standing determinations of a breach by the Council, its committee or a court, accepted.

    The report of a panel or of the Secretary-General is a document, not a determination.
    """
    committees = lead.regimes if lead and not lead.council_decides else ()
    return tuple(
        claim
        for claim in standing
        if claim.type is ClaimType.determines
        and claim.accepted_by is not None
        and (is_council(claim) or is_committee(claim, committees) or is_court(claim))
    )


def _drafts(happened: EventFound, determined: Sequence[Claim], claims: Sequence[Claim]) -> bool:
    """Whether a verdict would rest on what was read from a text and reviewed by nobody.

    On the event, on a determination, or on who says what of leave to travel: *none was asked for*
    would otherwise make a graver verdict of what a reviewer accepted.
    """
    return bool(happened.drafts) or any(
        claim.status is DraftStatus.draft
        for claim in (*determined, *(item for item in claims if item.exemption is not None))
    )


def _statements(
    report: Report, states: Sequence[StateAssessed], record: Record, policy: Policy
) -> list[LegalStatementAnswered]:
    """What the claims say the law is, answered for the person meant."""
    found = []
    for claim in report.claims:
        if claim.law is None and claim.type is not ClaimType.legal_statement:
            continue
        if claim.status is DraftStatus.rejected:
            continue
        number = claim.legs[0] if claim.legs else 0
        who = states[number].identity
        if claim.law is None:
            words = "the claim does not say what it says the law is (`law`)"
            found.append(
                LegalStatementAnswered(
                    claim=claim.id or "",
                    quote=quoted(claim),
                    answer=LegalAnswer.cannot_tell,
                    reasons=(reason(words, claim_cited(claim)),),
                    parts=(),
                )
            )
            continue
        day, digest = _day_of(claim, report, number, record), record.law_digest
        if who.reference is not None and record.law is not None:
            course = record.course(who.reference, policy.fresh_days)
            answer = statement_of(claim.law, course, day, digest)
        else:
            answer = statement(claim.law, None, day, digest)
        found.append(
            LegalStatementAnswered(
                claim=claim.id or "",
                quote=quoted(claim),
                answer=answer.answer,
                reasons=answer.reasons,
                parts=answer.parts,
            )
        )
    return found


def _day_of(claim: Claim, report: Report, number: int, record: Record) -> Arrival | None:
    """The day a legal statement speaks of: the legal clock, the day it was said, the arrival."""
    leg = report.legs[number]
    zones = record.places.locate(leg.state, leg.place).zones if leg.state else ("UTC",)
    text = report.as_of or claim.said_on or claim.published_on or leg.from_
    return arrival(text, zones) if text else None
