"""What is on record of one person, one day or one regime, without a travel report."""

from collections.abc import Sequence
from dataclasses import fields

from app.assessment.report import Fault, Refused
from app.evidence import (
    Citation,
    Reason,
    absence,
    designation_fact,
    known_from,
    paragraph,
    reason,
    table_row,
    whole_list,
)
from app.law.about import about_regime
from app.law.coverage import Coverage, coverage, lines
from app.law.measure import MeasureFound, MeasureState, measure
from app.law.reach import (
    InForce,
    Reached,
    Span,
    boundaries,
    effective,
    in_force,
    regime_of,
    regimes_of,
    renewal,
    renewals_over,
    runs,
    unnamed,
)
from app.law.statement import (
    LegalAnswer,
    StatementPart,
    statement,
    statement_of,
    unanswered,
)
from app.law.timeline import edge, ending, sentence, timeline, to_come
from app.record import NotOnRecord, Record, RecordShown
from app.terms import (
    Authority,
    Covers,
    DayOrInstant,
    Designated,
    DesignationInterval,
    Dispute,
    Ending,
    Exemption,
    Holds,
    Instant,
    Law,
    LegalRecord,
    ListingStanding,
    Measure,
    MeasureException,
    MeasureInterval,
    MeasureKind,
    MinorityClaim,
    Move,
    PartyKind,
    PersonFlag,
    Policy,
    Publishes,
    ReachMode,
    Reference,
    Regime,
    RegimeNumber,
    Renewal,
    Stated,
    Strength,
    called,
    value,
)
from app.when import Arrival, arrival, cells, counted, day_after, days, order


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
    reference: str
    regime: str
    """The number of the regime whose measure it is; an earlier list's for one who has moved."""
    kind: MeasureKind
    strength: Strength
    from_: str | None
    from_by: str | None
    """Where only a bracket is known: by when it had begun."""
    until: str | None
    until_by: str | None
    """Where only a bracket is known: by when it had ended."""
    ended_by_listing: bool
    how_ended: Ending | None
    """Null where it has not ended, or ended with the listing."""
    why_ended: str | None
    ended_by: Authority | None
    """The text that ended it, where one did."""
    verified_to: str | None
    """The last day to which it was seen to be renewed: after it, it is unknown. Null where it has
    ended, or needs no renewal."""
    renewals: tuple[Renewal, ...]
    """The texts that carried it over this time."""
    disputed: bool
    dispute: Dispute | None
    words: str
    citations: tuple[Citation, ...]
    """The paragraph, the last text that renewed or stated it again, and the one that ended it."""


@value
class RegimeOfPerson:
    """A regime on whose list a person stands, or stood, and what it says of all of them."""

    id: str
    """The number of the founding resolution; the word on the list is `regime` above."""
    name: str
    committee: str
    references: tuple[str, ...]
    """Those of the person's references that it is about."""
    moved_on: Move | None
    """Where everybody on its list moved to another one; `regime` is this one."""
    publishes_exemptions: Publishes
    publishes_words: str
    no_travel_measure: Stated | None
    """The negative record: that this regime has no travel measure at all."""
    unnamed: bool
    """Whether its measures on travel reach people by name, and the legal record does not say which
    of them reach this person: nobody is thereby spared."""
    not_gathered: tuple[MeasureKind, ...]
    """Kinds of measures of which the legal record does not claim to know."""
    disputes: tuple[Dispute, ...]
    minority_claims: tuple[MinorityClaim, ...]
    """Claims, which nearly nobody accepts, that a measure is in force; they decide nothing."""


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
    """What must be known beside the times: that no list on record holds it, that no reference
    number was seen, that its regime has no travel measure, that the legal record is silent."""
    listed_on: str | None
    designations: tuple[DesignationShown, ...]
    regime_on_record: bool
    """Whether the legal record reaches this regime; where not, no measure can be told."""
    regimes: tuple[RegimeOfPerson, ...]
    measures: tuple[MeasureTime, ...]
    exemptions: tuple[Exemption, ...]
    """Leave to travel on record that names this person: granted, refused, asked for."""
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
    own = {party.reference for party in course.parties}
    return Person(
        reference=reference,
        kind=listed.kind,
        name=listed.name,
        regime=listed.regime_word,
        also=tuple(names),
        same_person=listed.same_person,
        on_lists=bool(listed.versions),
        remarks=(*known_from(listed, record.law_digest), *remarks(course.parties, law)),
        listed_on=listed.listed_on,
        designations=tuple(
            _designation(item, record.law_digest) for item in _joined(course.parties[0].intervals)
        ),
        regime_on_record=law is not None and regime_of(listed.regime_word, law.regimes) is not None,
        regimes=_regimes_of_person(course.parties, law),
        measures=tuple(_time(span, record.law_digest) for span in times),
        exemptions=tuple(item for item in record.exemptions if not own.isdisjoint(item.references)),
        on_day=on_day,
        as_of=as_of,
        known_at=record.known_at,
        record=record.shown,
        engine=engine,
    )


def remarks(parties: Sequence[Designated], law: LegalRecord | None) -> tuple[Reason, ...]:
    """Why no measure, or none on travel, is told of a person, where the legal record says why."""
    found = []
    for party in parties:
        name = called(party.reference)
        own = regime_of(party.regime_word, law.regimes) if law else None
        looked = absence("legal record", f"measures on {party.reference}")
        if law is None or own is None:
            words = f"The legal record does not reach the regime of {name}: no measure can be told."
            found.append(reason(words, looked))
            continue
        if own.no_travel_measure is not None:
            cited = table_row(f"law/{own.id}", "no_travel_measure", own.no_travel_measure.source)
            found.append(reason(sentence(own.no_travel_measure.words), cited))
        if unnamed(party, own):
            words = (
                f"The measures of the regime {own.id} on travel reach people by name, and the "
                f"legal record does not say which of them reach {name}: that none is told does not "
                "mean that there is none."
            )
            found.append(reason(words, looked))
    return tuple(found)


def _regimes_of_person(
    parties: Sequence[Designated], law: LegalRecord | None
) -> tuple[RegimeOfPerson, ...]:
    on_list: dict[str, tuple[Regime, list[Designated]]] = {}
    moves: dict[str, Move] = {}
    for party in parties:
        for regime in regimes_of(party, law.regimes) if law else ():
            on_list.setdefault(regime.id, (regime, []))[1].append(party)
            moves.update({move.regime: move for move in regime.moved_from})
    return tuple(
        RegimeOfPerson(
            id=regime.id,
            name=regime.name,
            committee=regime.committee,
            references=tuple(party.reference for party in members),
            moved_on=moves.get(regime.id),
            publishes_exemptions=regime.publishes_exemptions,
            publishes_words=regime.publishes_words,
            no_travel_measure=regime.no_travel_measure,
            unnamed=any(
                unnamed(party, regime)
                for party in members
                if party.regime_word in regime.list_words
            ),
            not_gathered=regime.not_gathered,
            disputes=_disputes(regime),
            minority_claims=regime.minority_claims,
        )
        for regime, members in on_list.values()
    )


def _disputes(regime: Regime) -> tuple[Dispute, ...]:
    """Every dispute about a measure of a regime, once."""
    found: dict[Dispute, None] = {}
    for item in regime.measures:
        for own in (item.intervals, *(flag.intervals for flag in item.reach.persons)):
            found.update({each.dispute: None for each in own if each.dispute is not None})
    return tuple(found)


def _time(span: Span, law_digest: str) -> MeasureTime:
    made = span.measure
    open_ended = span.until is None or (
        made.verified_to is not None and order(span.until) > order(day_after(made.verified_to))
    )
    verified_to = made.verified_to if open_ended else None
    carried = renewals_over(made, span.from_, span.until)
    words = f"from {edge(span.from_, span.from_by)}" if span.from_ else "since ever"
    if span.until is not None:
        words += f" until {edge(span.until, span.until_by)}"
        words += ending(span.how_ended, span.ended_by, span.why_ended)
    if open_ended:
        words += f", {to_come(verified_to)}"
    cited = [paragraph(made, law_digest, span.interval)]
    cited += [paragraph(made, law_digest, authority=item.authority) for item in carried[-1:]]
    if span.ended_by is not None:
        cited.append(paragraph(made, law_digest, authority=span.ended_by))
    return MeasureTime(
        measure=made.id,
        reference=span.reference,
        regime=made.regime,
        kind=made.kind,
        strength=made.strength,
        from_=span.from_,
        from_by=span.from_by,
        until=span.until,
        until_by=span.until_by,
        ended_by_listing=span.ended_by_listing,
        how_ended=span.how_ended,
        why_ended=span.why_ended,
        ended_by=span.ended_by,
        verified_to=verified_to,
        renewals=carried,
        disputed=span.interval.dispute is not None,
        dispute=span.interval.dispute,
        words=words,
        citations=tuple(cited),
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
    covers: tuple[Covers, ...]
    reach: ReachMode
    reaches: str
    """Whom it reaches, in words."""
    intervals: tuple[MeasureInterval, ...]
    references: tuple[str, ...]
    """Those whom the annexes name that it reaches."""
    persons: tuple[PersonFlag, ...]
    """Those whom it reaches by name, each with times of their own."""
    first_term_to: str | None
    """The last day that the founding text covers; null where it sets no term."""
    renewals: tuple[Renewal, ...]
    """In order; each says whether it was compared with its text."""
    verified_to: str | None
    """The last day to which it was seen to be in force: after it, it is unknown. Null where it
    needs no renewal."""
    exceptions: tuple[MeasureException, ...]
    """What it leaves out and who decides; with a day, only those made for that day."""
    note: str | None
    on_day: Holds | None
    """Whether it is in force on the day asked about; null where no day was asked."""
    verified: bool | None
    """False: the day asked about is later than `verified_to`, and nothing on record says whether
    it was renewed. Null where no day was asked."""
    renewal: Renewal | None
    """The text that had last renewed it, or stated it again, by the day asked about."""
    named: tuple[str, ...] | None
    """Of those whom it reaches by name, the ones whom it reaches, or may, on the day asked about,
    as far as they were listed. Null where no day was asked."""
    for_person: MeasureState | None
    """How it stands to the person asked about; null where none was asked."""
    dispute: Dispute | None
    words: str
    """When it is or was in force and what ended it; with a day, the time that this lies in."""
    source: str
    citations: tuple[Citation, ...]


def measures(
    record: Record,
    reference: str | None,
    state: str | None,
    on: str | None,
    policy: Policy,
    regime: str | None = None,
) -> tuple[MeasureOnRecord, ...]:
    """The measures on record, in order of regime and file.

    With `on`, those in force on that day, in the zones of `state` (else UTC); with a reference,
    those that reach it; of one regime. NotOnRecord for a reference that no list or fact names,
    Refused for a regime that is not in the legal record.
    """
    law = record.law
    try:
        meant = None if regime is None else regime_called(record, regime).id
    except NotOnRecord as error:
        words = f"{regime} is no regime of the legal record"
        raise Refused((Fault(field="regime", words=words),)) from error
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
        if meant not in (None, item.regime) or (reference is not None and item.id not in reached):
            continue
        live = _on_day(item, item.intervals, day)
        if live is None or live.holds is not Holds.no:
            shown.append(_on_record(item, day, live, stands.get(item.id), law.digest))
    return tuple(shown)


def _on_record(
    item: Measure,
    day: Arrival | None,
    live: InForce | None,
    for_person: MeasureState | None,
    law_digest: str,
) -> MeasureOnRecord:
    interval = live.interval if live else None
    renewed = renewal(item, day.windows[0]) if day else None
    cited = [paragraph(item, law_digest, interval)]
    if renewed is not None:
        cited.append(paragraph(item, law_digest, authority=renewed.authority))
    times = (interval,) if interval else item.intervals
    cited += [
        paragraph(item, law_digest, authority=each.ended_by) for each in times if each.ended_by
    ]
    return MeasureOnRecord(
        id=item.id,
        regime=item.regime,
        kind=item.kind,
        strength=item.strength,
        authority=item.authority,
        covers=item.covers,
        reach=item.reach.mode,
        reaches=item.reach.who,
        intervals=item.intervals,
        references=item.reach.references,
        persons=item.reach.persons,
        first_term_to=item.first_term_to,
        renewals=item.renewals,
        verified_to=item.verified_to,
        exceptions=tuple(
            each
            for each in item.exceptions
            if day is None or day.holds(each.from_, each.until) is not Holds.no
        ),
        note=item.note,
        on_day=live.holds if live else None,
        verified=live.verified if live else None,
        renewal=renewed,
        named=_named(item, day) if day else None,
        for_person=for_person,
        dispute=interval.dispute if interval else None,
        words=". ".join(timeline(each, to_come(item.verified_to)) for each in times),
        source=item.source,
        citations=tuple(dict.fromkeys(cited)),
    )


def _named(item: Measure, day: Arrival) -> tuple[str, ...]:
    """Those whom a measure reaches by name on a day, or may; whether they were listed aside."""
    each_own = [
        flag.reference
        for flag in item.reach.persons
        if (live := _on_day(item, flag.intervals, day)) and live.holds is not Holds.no
    ]
    return (*item.reach.references, *each_own)


def _on_day(
    item: Measure, intervals: tuple[MeasureInterval, ...], day: Arrival | None
) -> InForce | None:
    """Whether a measure is in force on a day; null where no day is asked.

    `intervals` are its own, or those of one person. Beyond the day to which its renewal was seen
    it only may be.
    """
    if day is None:
        return None
    every = Reached(reference="", measure=item, intervals=intervals)
    found = [in_force(every, piece) for piece in cells(day, boundaries([every], ()))]
    holds = {force.holds for force in found}
    return InForce(
        holds=holds.pop() if len(holds) == 1 else Holds.possible,
        verified=all(force.verified for force in found),
        interval=next((force.interval for force in found if force.interval is not None), None),
    )


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
    no_travel_measure: Stated | None
    """The negative record: that this regime has no travel measure at all."""
    nobody_listed: Stated | None
    """That nobody was ever on its list."""
    not_gathered: tuple[MeasureKind, ...]
    """Kinds of measures of which the record does not claim to know."""
    moved_from: tuple[Move, ...]
    """Lists on which everybody on this one stood before."""
    disputes: tuple[Dispute, ...]
    minority_claims: tuple[MinorityClaim, ...]
    """Claims, which nearly nobody accepts, that a measure is in force; they decide nothing."""
    measures: tuple[str, ...]
    listed: int
    """Individuals that any list on record ever held."""
    coverage: Coverage


@value
class RegimeAnswered(RegimeShown):
    """One regime, and as known when."""

    known_at: str
    record: RecordShown


def regimes(record: Record) -> tuple[RegimeShown, ...]:
    """The regimes of the legal record, in order of their number."""
    law = record.law
    if law is None:
        return ()
    people = [
        item
        for item in record.listed.values()
        if item.kind is PartyKind.individual and item.versions
    ]
    found = lines(law)
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
            no_travel_measure=regime.no_travel_measure,
            nobody_listed=regime.nobody_listed,
            not_gathered=regime.not_gathered,
            moved_from=regime.moved_from,
            disputes=_disputes(regime),
            minority_claims=regime.minority_claims,
            measures=tuple(item.id for item in regime.measures),
            listed=sum(item.regime_word in regime.list_words for item in people),
            coverage=coverage(regime, found),
        )
        for regime in law.regimes
    )


def regime(record: Record, asked: str) -> RegimeAnswered:
    """One regime of the legal record; NotOnRecord where it has none of this name."""
    meant = regime_called(record, asked).id
    shown = next(item for item in regimes(record) if item.id == meant)
    held = {field.name: getattr(shown, field.name) for field in fields(shown)}
    return RegimeAnswered(**held, known_at=record.known_at, record=record.shown)


def regime_called(record: Record, asked: str) -> Regime:
    """The regime of a number, a word of the list or a prefix; NotOnRecord where none is."""
    word = asked.strip().casefold()
    for each in record.law.regimes if record.law else ():
        if word in (each.id, *map(str.casefold, (*each.list_words, each.prefix or each.id))):
            return each
    raise NotOnRecord(asked)


@value
class StatementAsked:
    """What a text says the law is for one listed person, or for a regime: one of the two."""

    reference: Reference | None = None
    regime: RegimeNumber | None = None
    law: Law
    as_of: DayOrInstant | None = None
    """The day that the text speaks of; left out, any time."""
    known_at: Instant | None = None


@value
class StatementAnswered:
    """The answer to a legal statement."""

    reference: str | None
    """Null where it is about a regime."""
    regime: str | None
    """Null where it is about a person."""
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
    """Answer a legal statement; NotOnRecord for a reference that no list or fact names.

    Refused where it is about nobody, or about two at once, or ends before it begins.
    """
    _check(asked)
    day = arrival(asked.as_of, ("UTC",)) if asked.as_of else None
    known: tuple[Reason, ...] = ()
    if asked.reference is not None:
        course = record.course(asked.reference, policy.fresh_days)
        found = statement_of(asked.law, course, day, record.law_digest)
        known = known_from(record.listed[asked.reference], record.law_digest)
    else:
        regimes = record.law.regimes if record.law else ()
        regime = next((item for item in regimes if item.id == asked.regime), None)
        if regime is None:
            words = f"the legal record does not reach the regime {asked.regime}"
            found = unanswered(words, "legal record", f"regime {asked.regime}")
        else:
            found = statement(asked.law, about_regime(regime), day, record.law_digest)
    return StatementAnswered(
        reference=asked.reference,
        regime=asked.regime,
        answer=found.answer,
        reasons=(*found.reasons, *known),
        parts=found.parts,
        as_of=asked.as_of,
        known_at=record.known_at,
        record=record.shown,
        engine=engine,
    )


def _check(asked: StatementAsked) -> None:
    law = asked.law
    faults = []
    if asked.reference is None and asked.regime is None:
        words = "is missing: a statement is about a person (`reference`) or a regime (`regime`)"
        faults.append(Fault(field="reference", words=words))
    if asked.reference is not None and asked.regime is not None:
        words = "stands beside `reference`: a statement is about one of them"
        faults.append(Fault(field="regime", words=words))
    if law.since and law.until and days(law.until)[1] < days(law.since)[0]:
        faults.append(Fault(field="law.until", words="is before since"))
    if faults:
        raise Refused(tuple(faults))
