"""What is on record of one person, one day or one regime, without a travel report."""

from collections.abc import Sequence

from app.evidence import Citation, Reason, designation_fact, paragraph, whole_list
from app.law.measure import MeasureShown, MeasureStanding, MeasureState, measure
from app.law.reach import effective, reaches, regime_of, runs
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
from app.when import arrival


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
class OnDay:
    """What bound States with regard to this person on the day asked about."""

    standing: MeasureStanding
    measures: tuple[MeasureShown, ...]


@value
class Person:
    """What is on record of one reference: listing and measures side by side."""

    reference: str
    kind: PartyKind
    name: str
    regime: str
    also: tuple[str, ...]
    """Every other name ever listed, the newest list first."""
    same_person: tuple[str, ...]
    listed_on: str | None
    designations: tuple[DesignationShown, ...]
    measures: tuple[MeasureTime, ...]
    on_day: OnDay | None
    """Answered where `as_of` is given."""
    as_of: str | None
    known_at: str
    record: RecordShown
    engine: str


def person(
    record: Record, reference: str, as_of: str | None, policy: Policy, engine: str
) -> Person:
    """Everything on record of a reference; KeyError when no list on record ever held it."""
    listed = record.listed[reference]
    designations = record.designations(reference, policy.fresh_days)
    law = record.law
    regime = regime_of(listed.regime_word, law.regimes) if law else None
    reached = reaches(regime, reference) if regime else ()
    times = runs(effective(reached, {reference: designations}, "UTC"))
    names: dict[str, None] = {}
    for version in listed.versions:
        entry = version.entry
        for name in (entry.name, *(alias.name for alias in entry.aliases), entry.original_script):
            if name:
                names[name] = None
    names.pop(listed.newest.name, None)
    on_day = None
    if as_of is not None and law is not None:
        found = measure(
            (reference,),
            {reference: listed.regime_word},
            {reference: designations},
            law.regimes,
            arrival(as_of, ("UTC",)),
            law.digest,
        )
        on_day = OnDay(standing=found.standing, measures=found.measures)
    return Person(
        reference=reference,
        kind=listed.kind,
        name=listed.newest.name,
        regime=listed.regime_word,
        also=tuple(names),
        same_person=listed.same_person,
        listed_on=listed.newest.listed_on,
        designations=tuple(_designation(item, record.law_digest) for item in _joined(designations)),
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
            joined[-1] = DesignationInterval(
                reference=item.reference,
                standing=item.standing,
                listed=item.listed,
                from_=last.from_,
                until=item.until,
                snapshots=snapshots,
                facts=tuple(dict.fromkeys((*last.facts, *item.facts))),
                listed_on=last.listed_on or item.listed_on,
                words=f"{len(snapshots)} lists on record say so",
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
    those that reach it. KeyError for a reference that no list on record ever held.
    """
    law = record.law
    if law is None:
        return ()
    zones = record.places.locate(state, None).zones if state else ("UTC",)
    day = arrival(on, zones) if on else None
    stands: dict[str, MeasureState] = {}
    regimes = law.regimes
    if reference is not None:
        listed = record.listed[reference]
        regime = regime_of(listed.regime_word, law.regimes)
        regimes = (regime,) if regime else ()
        found = measure(
            (reference,),
            {reference: listed.regime_word},
            {reference: record.designations(reference, policy.fresh_days)},
            law.regimes,
            day or arrival(record.known_at, zones),
            law.digest,
        )
        stands = {item.id: item.state for item in found.measures}
    shown = []
    for item in (each for regime in regimes for each in regime.measures):
        if reference is not None and item.id not in stands:
            continue
        held = [
            (day.holds(interval.from_, interval.until_by or interval.until), interval)
            for interval in item.intervals
            if day is not None
        ]
        live = [(holds, interval) for holds, interval in held if holds is not Holds.no]
        if day is not None and not live:
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
                on_day=live[0][0] if live else None,
                for_person=stands.get(item.id),
                dispute=next((interval.dispute for _, interval in live if interval.dispute), None),
                citations=(paragraph(item, law.digest, live[0][1] if live else None),),
            )
        )
    return tuple(shown)


@value
class RegimeShown:
    """One committee's sanctions, as the legal record has them."""

    id: str
    name: str
    committee: str
    state: str | None
    prefix: str
    list_words: tuple[str, ...]
    publishes_exemptions: Publishes
    publishes_words: str
    measures: tuple[str, ...]
    listed: int
    """Individuals that any list on record ever held."""


def regimes(record: Record) -> tuple[RegimeShown, ...]:
    """The regimes of the legal record, in order of their number."""
    people = [item for item in record.listed.values() if item.kind is PartyKind.individual]
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
    """Answer a legal statement; KeyError for a reference that no list on record ever held."""
    references = (asked.reference, *record.listed[asked.reference].same_person)
    found = statement(
        asked.law,
        references,
        {name: record.listed[name].regime_word for name in references},
        {name: record.designations(name, policy.fresh_days) for name in references},
        record.law.regimes if record.law else (),
        arrival(asked.as_of, ("UTC",)) if asked.as_of else None,
        record.law_digest,
    )
    return StatementAnswered(
        reference=asked.reference,
        answer=found.answer,
        reasons=found.reasons,
        parts=found.parts,
        as_of=asked.as_of,
        known_at=record.known_at,
        record=record.shown,
        engine=engine,
    )
