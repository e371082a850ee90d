"""What is on record of one person, one day or one regime, without a travel report."""

from collections.abc import Sequence

from app.evidence import (
    Citation,
    Reason,
    designation_fact,
    known_from,
    paragraph,
    whole_list,
)
from app.law.measure import MeasureFound, MeasureState, measure
from app.law.reach import (
    Reached,
    boundaries,
    effective,
    in_force,
    regime_of,
    runs,
)
from app.law.statement import LegalAnswer, StatementPart, statement
from app.record import Record, RecordShown
from app.terms import (
    Authority,
    DayOrInstant,
    DesignationInterval,
    Dispute,
    Holds,
    Instant,
    Law,
    ListingStanding,
    Measure,
    MeasureInterval,
    MeasureKind,
    PartyKind,
    PersonFlag,
    Policy,
    Publishes,
    ReachMode,
    Reference,
    Strength,
    value,
)
from app.when import Arrival, arrival, cells, counted


@value
class DesignationShown:
    """What is on record of a listing from one boundary to the next, half-open."""

    standing: ListingStanding
    listed: Holds
    from_: str | None
    until: str | None
    words: str
    citations: tuple[Citation, ...]


@value
class MeasureTime:
    """A run of time in which a measure bound States with regard to this person, half-open."""

    measure: str
    kind: MeasureKind
    strength: Strength
    from_: str | None
    from_by: str | None
    """Where only a bracket is known: by when it had begun."""
    until: str | None
    until_by: str | None
    """Where only a bracket is known: by when it had ended."""
    ended_by_listing: bool
    disputed: bool
    citations: tuple[Citation, ...]


@value
class Person:
    """What is on record of one reference: listing and measures side by side."""

    reference: str
    kind: PartyKind
    name: str
    regime: str
    also: tuple[str, ...]
    """Every other name ever listed, the newest list first, then those that only facts give."""
    same_person: tuple[str, ...]
    on_lists: bool
    """Whether any list on record holds it; where not, only designation facts name it."""
    remarks: tuple[Reason, ...]
    """That no list on record holds it, and that no reference number was seen, where that is so."""
    listed_on: str | None
    designations: tuple[DesignationShown, ...]
    regime_on_record: bool
    """Whether the legal record reaches this regime; where not, no measure can be told."""
    measures: tuple[MeasureTime, ...]
    on_day: MeasureFound | None
    """Answered where `as_of` is given."""
    as_of: str | None
    known_at: str
    record: RecordShown
    engine: str


def person(
    record: Record, reference: str, as_of: str | None, policy: Policy, engine: str
) -> Person:
    """Everything on record of a reference; NotOnRecord when no list or fact names it."""
    course = record.course(reference, policy.fresh_days)
    listed = record.listed[reference]
    law = record.law
    times = runs(effective(course.reached, course.parties, "UTC"))
    names: dict[str, None] = {}
    for version in listed.versions:
        entry = version.entry
        for name in (entry.name, *(alias.name for alias in entry.aliases), entry.original_script):
            if name:
                names[name] = None
    names.update(dict.fromkeys(listed.also))
    names.pop(listed.name, None)
    on_day = None
    if as_of is not None and law is not None:
        on_day = measure(course, arrival(as_of, ("UTC",)), law.digest)
    return Person(
        reference=reference,
        kind=listed.kind,
        name=listed.name,
        regime=listed.regime_word,
        also=tuple(names),
        same_person=listed.same_person,
        on_lists=bool(listed.versions),
        remarks=known_from(listed, record.law_digest),
        listed_on=listed.listed_on,
        designations=tuple(
            _designation(item, record.law_digest) for item in _joined(course.parties[0].intervals)
        ),
        regime_on_record=law is not None and regime_of(listed.regime_word, law.regimes) is not None,
        measures=tuple(
            MeasureTime(
                measure=span.measure.id,
                kind=span.measure.kind,
                strength=span.measure.strength,
                from_=span.from_,
                from_by=span.from_by,
                until=span.until,
                until_by=span.until_by,
                ended_by_listing=span.ended_by_listing,
                disputed=span.interval.dispute is not None,
                citations=(paragraph(span.measure, record.law_digest, span.interval),),
            )
            for span in times
        ),
        on_day=on_day,
        as_of=as_of,
        known_at=record.known_at,
        record=record.shown,
        engine=engine,
    )


def _joined(found: Sequence[DesignationInterval]) -> list[DesignationInterval]:
    """Neighbours with the same standing as one: from the first evidence to the last."""
    joined: list[DesignationInterval] = []
    for item in found:
        last = joined[-1] if joined else None
        if (
            last is not None
            and last.standing is item.standing
            and last.listed is item.listed
            and last.standing in (ListingStanding.listed, ListingStanding.not_listed)
        ):
            snapshots = tuple(dict.fromkeys((*last.snapshots, *item.snapshots)))
            facts = tuple(dict.fromkeys((*last.facts, *item.facts)))
            also = f" and {counted(len(facts), 'designation fact')}" if facts else ""
            joined[-1] = DesignationInterval(
                reference=item.reference,
                standing=item.standing,
                listed=item.listed,
                from_=last.from_,
                until=item.until,
                snapshots=snapshots,
                facts=facts,
                listed_on=last.listed_on or item.listed_on,
                words=f"{counted(len(snapshots), 'list')}{also} on record say so",
            )
        else:
            joined.append(item)
    return joined


def _designation(item: DesignationInterval, law: str) -> DesignationShown:
    cited: list[Citation] = [whole_list(snapshot, item.reference) for snapshot in item.snapshots]
    cited += [designation_fact(fact, law) for fact in item.facts]
    return DesignationShown(
        standing=item.standing,
        listed=item.listed,
        from_=item.from_,
        until=item.until,
        words=item.words,
        citations=tuple(cited),
    )


@value
class MeasureOnRecord:
    """A measure of the legal record, and how it stands on the day and for the person asked."""

    id: str
    regime: str
    kind: MeasureKind
    strength: Strength
    authority: Authority
    reach: ReachMode
    reaches: str
    """Whom it reaches, in words."""
    intervals: tuple[MeasureInterval, ...]
    persons: tuple[PersonFlag, ...]
    """Those whom it reaches by name, each with times of their own."""
    verified_to: str | None
    on_day: Holds | None
    """Whether it is in force on the day asked about; null where no day was asked."""
    for_person: MeasureState | None
    """How it stands to the person asked about; null where none was asked."""
    dispute: Dispute | None
    citations: tuple[Citation, ...]


def measures(
    record: Record, reference: str | None, state: str | None, on: str | None, policy: Policy
) -> tuple[MeasureOnRecord, ...]:
    """The measures on record, in order of regime and file.

    With `on`, those in force on that day, in the zones of `state` (else UTC); with a reference,
    those that reach it. NotOnRecord for a reference that no list or fact names.
    """
    law = record.law
    if law is None:
        return ()
    zones = record.places.locate(state, None).zones if state else ("UTC",)
    day = arrival(on, zones) if on else None
    stands: dict[str, MeasureState] = {}
    regimes = law.regimes
    if reference is not None:
        course = record.course(reference, policy.fresh_days)
        regimes = tuple(regime for regime in law.regimes if regime in course.regimes)
        reached = {item.measure.id for item in course.reached}
        if day is not None:
            found = measure(course, day, law.digest)
            stands = {item.id: item.state for item in found.measures}
    shown = []
    for item in (each for regime in regimes for each in regime.measures):
        if reference is not None and item.id not in reached:
            continue
        live = _on_day(item, day)
        if live is not None and live[0] is Holds.no:
            continue
        shown.append(
            MeasureOnRecord(
                id=item.id,
                regime=item.regime,
                kind=item.kind,
                strength=item.strength,
                authority=item.authority,
                reach=item.reach.mode,
                reaches=item.reach.who,
                intervals=item.intervals,
                persons=item.reach.persons,
                verified_to=item.verified_to,
                on_day=live[0] if live else None,
                for_person=stands.get(item.id),
                dispute=live[1].dispute if live and live[1] else None,
                citations=(paragraph(item, law.digest, live[1] if live else None),),
            )
        )
    return tuple(shown)


def _on_day(item: Measure, day: Arrival | None) -> tuple[Holds, MeasureInterval | None] | None:
    """Whether a measure is in force on a day, and by which interval; null where no day is asked.

    Beyond the day to which its renewal was seen it only may be.
    """
    if day is None:
        return None
    every = Reached(reference="", measure=item, intervals=item.intervals)
    found = [in_force(every, piece) for piece in cells(day, boundaries([every], ()))]
    interval = next((force.interval for force in found if force.interval is not None), None)
    if all(force.holds is Holds.yes for force in found):
        return Holds.yes, interval
    return (
        Holds.no if all(force.holds is Holds.no for force in found) else Holds.possible
    ), interval


@value
class RegimeShown:
    """One committee's sanctions, as the legal record has them."""

    id: str
    name: str
    committee: str
    state: str | None
    prefix: str | None
    list_words: tuple[str, ...]
    publishes_exemptions: Publishes
    publishes_words: str
    measures: tuple[str, ...]
    listed: int
    """Individuals that any list on record ever held."""


def regimes(record: Record) -> tuple[RegimeShown, ...]:
    """The regimes of the legal record, in order of their number."""
    people = [
        item
        for item in record.listed.values()
        if item.kind is PartyKind.individual and item.versions
    ]
    return tuple(
        RegimeShown(
            id=regime.id,
            name=regime.name,
            committee=regime.committee,
            state=regime.state,
            prefix=regime.prefix,
            list_words=regime.list_words,
            publishes_exemptions=regime.publishes_exemptions,
            publishes_words=regime.publishes_words,
            measures=tuple(item.id for item in regime.measures),
            listed=sum(item.regime_word in regime.list_words for item in people),
        )
        for regime in (record.law.regimes if record.law else ())
    )


@value
class StatementAsked:
    """What a text says the law is for one listed person."""

    reference: Reference
    law: Law
    as_of: DayOrInstant | None = None
    """The day that the text speaks of; left out, any time."""
    known_at: Instant | None = None


@value
class StatementAnswered:
    """The answer to a legal statement."""

    reference: str
    answer: LegalAnswer
    reasons: tuple[Reason, ...]
    parts: tuple[StatementPart, ...]
    as_of: str | None
    known_at: str
    record: RecordShown
    engine: str


def legal_statement(
    asked: StatementAsked, record: Record, policy: Policy, engine: str
) -> StatementAnswered:
    """Answer a legal statement; NotOnRecord for a reference that no list or fact names."""
    found = statement(
        asked.law,
        record.designated(asked.reference, policy.fresh_days),
        record.law.regimes if record.law else (),
        arrival(asked.as_of, ("UTC",)) if asked.as_of else None,
        record.law_digest,
    )
    return StatementAnswered(
        reference=asked.reference,
        answer=found.answer,
        reasons=(
            *found.reasons,
            *known_from(record.listed[asked.reference], record.law_digest),
        ),
        parts=found.parts,
        as_of=asked.as_of,
        known_at=record.known_at,
        record=record.shown,
        engine=engine,
    )
