"""What bound that State, at that arrival, for this person? The measure standing.

Being on the list is not being under a travel ban: listing and law are laid over each other, for
every piece of time that the arrival may mean. Rules: docs/standings.md#measure.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache

from app.evidence import (
    Citation,
    Reason,
    absence,
    designation_fact,
    paragraph,
    reason,
    table_row,
    whole_list,
)
from app.law.reach import (
    Course,
    InForce,
    Reached,
    Span,
    in_force,
    listing,
    regime_of,
    renewal,
    span_edges,
)
from app.terms import (
    TRAVEL_MEASURES,
    Certainty,
    Covers,
    Designated,
    DesignationInterval,
    Dispute,
    Ending,
    Holds,
    ListingStanding,
    Measure,
    MeasureInterval,
    MeasureKind,
    PartyKind,
    Regime,
    Strength,
    Word,
    called,
    value,
)
from app.when import Arrival, Window, in_words, order


class MeasureStanding(Word):
    """What bound the State with regard to this person, on that day."""

    binding_ban = "binding_ban"
    vigilance = "vigilance"
    unknown = "unknown"
    ended = "ended"
    not_yet = "not_yet"
    other_measures_only = "other_measures_only"


class MeasureState(Word):
    """How one measure stood to this person at the arrival."""

    in_force = "in_force"
    possible = "possible"
    not_verified = "not_verified"
    ended = "ended"
    not_yet = "not_yet"
    never = "never"


@value
class MeasureShown:
    """One measure that reaches, reached or will reach this person, as it stood at the arrival."""

    id: str
    reference: str
    regime: str
    kind: MeasureKind
    strength: Strength
    resolution: str
    paragraph: str | None
    checked: bool
    state: MeasureState
    from_: str | None
    """Since when it reaches this person (a day at the place, or an instant)."""
    until: str | None
    until_by: str | None
    """Where only a bracket is known: by when it had ended."""
    how_ended: Ending | None
    """Null where it has not ended, or ended with the listing."""
    why_ended: str | None
    verified_to: str | None
    """The last day to which it was seen to be in force; null where it needs no renewal."""
    disputed: bool


@value
class ListingShown:
    """How the listing of one reference stood at the arrival."""

    reference: str
    standing: ListingStanding
    listed: Holds
    words: str
    citations: tuple[Citation, ...]
    """The lists or the designation facts that it rests on."""


@value
class MeasureFound:
    """The measure standing: what bound the State of entry, with the reasons."""

    standing: MeasureStanding
    certainty: Certainty
    reasons: tuple[Reason, ...]
    lead: str | None
    """The id of the measure that leads: the strongest that bound."""
    bans: tuple[str, ...]
    """Ids of all travel bans that bound, or possibly bound, at the arrival."""
    measures: tuple[MeasureShown, ...]
    listing: tuple[ListingShown, ...]
    notification_due: bool
    """Whether the State had to tell the Committee of the entry."""
    dispute: Dispute | None
    """Who says that the leading measure is in force and who says not."""


_RANK = tuple(MeasureStanding)


def measure(
    course: Course, arrival: Arrival, law_digest: str, crossing: Covers = Covers.entry
) -> MeasureFound:
    """Decide what bound the State entered, for one person under one or more references.

    A travel measure that does not cover this kind of crossing is not asked.
    """
    alike = course.alike(arrival)
    if alike is None:
        return _measure(course, arrival, law_digest, crossing)
    return _of_all_alike(course, alike, law_digest, crossing)


def _measure(course: Course, arrival: Arrival, law_digest: str, crossing: Covers) -> MeasureFound:
    def asked(item: Measure) -> bool:
        return item.kind not in TRAVEL_MEASURES or crossing in item.covers

    pieces = course.pieces(arrival)
    on_list = {
        party.reference: tuple(listing(party.intervals, piece) for piece in pieces)
        for party in course.parties
    }
    reached = tuple(
        _Stood(
            reached=item,
            force=tuple(in_force(item, piece) for piece in pieces),
            listed=on_list[item.reference],
        )
        for item in course.reached
        if asked(item.measure)
    )
    looked = _Looked(
        course=course,
        reached=reached,
        pieces=pieces,
        on_list=on_list,
        law_digest=law_digest,
        who="the family of " if course.family else "",
    )
    every_span = [span for span in course.spans(arrival.windows[0].zone) if asked(span.measure)]
    spans = [span for span in every_span if span.measure.kind in TRAVEL_MEASURES]
    judged = [_piece(number, looked, spans) for number in range(len(pieces))]
    best = min((item[0] for item in judged), key=_RANK.index)
    certain = all(standing is best and sure for standing, sure in judged)
    certainty = Certainty.definite if certain else Certainty.possible
    shown = _shown(every_span, looked)
    lead, bans = _lead(best, shown)
    stood = next((item for item in reached if item.reached.measure.id == lead), None)
    dispute = _dispute(stood) if stood else None
    lead_item = stood.reached if stood else None
    settled = any(
        item.kind is MeasureKind.travel_ban
        and item.state is MeasureState.in_force
        and not item.disputed
        for item in shown
    )
    return MeasureFound(
        standing=best,
        certainty=certainty,
        reasons=(
            *_reasons(best, looked, lead_item, spans),
            *([_deciding(looked, arrival)] if certainty is Certainty.possible else ()),
            *_who_disputes(dispute, lead_item, law_digest),
            *_minority(looked),
        ),
        lead=lead,
        bans=bans,
        measures=shown,
        listing=tuple(
            ListingShown(
                reference=party.reference,
                standing=found.standing,
                listed=found.listed,
                words=found.words,
                citations=_cite(found, law_digest),
            )
            for party in course.parties
            for found in [_worst_listing(looked.on_list[party.reference])]
        ),
        notification_due=any(
            item.kind is MeasureKind.travel_notification and item.state is MeasureState.in_force
            for item in shown
        ),
        dispute=None if settled else dispute,
    )


_of_all_alike = lru_cache(maxsize=1024)(_measure)  # many questions are about few people


@value
class _Stood:
    """A measure that reaches this person, ever, and how it stood over each piece of the arrival."""

    reached: Reached
    force: tuple[InForce, ...]
    listed: tuple[DesignationInterval, ...]

    @property
    def of_travel(self) -> bool:
        """Whether it is one of those that the standing weighs."""
        return self.reached.measure.kind in TRAVEL_MEASURES


@value
class _Looked:
    """What one question about a measure looks at."""

    course: Course
    reached: tuple[_Stood, ...]
    """The strongest first."""
    pieces: tuple[Window, ...]
    """The arrival, cut so that nothing changes within a piece."""
    on_list: Mapping[str, tuple[DesignationInterval, ...]]
    """By reference: what is on record of the listing over each piece."""
    law_digest: str
    who: str


def _piece(number: int, looked: _Looked, spans: Sequence[Span]) -> tuple[MeasureStanding, bool]:
    """The standing over one piece of time, and whether it is sure."""
    piece = looked.pieces[number]
    found: list[tuple[MeasureStanding, bool]] = []
    for item in looked.reached:
        listed, force = item.listed[number].listed, item.force[number]
        if not item.of_travel or listed is Holds.no or force.holds is Holds.no:
            continue
        if not force.verified:
            found.append((MeasureStanding.unknown, True))
            continue
        standing = (
            MeasureStanding.binding_ban
            if item.reached.measure.kind is MeasureKind.travel_ban
            else MeasureStanding.vigilance
        )
        found.append((standing, listed is Holds.yes and force.holds is Holds.yes))
    if found:
        best = min((item[0] for item in found), key=_RANK.index)
        return best, any(sure for standing, sure in found if standing is best)
    silent = looked.course.silent
    if any(looked.on_list[party.reference][number].listed is not Holds.no for party in silent):
        return MeasureStanding.unknown, True
    if any(span.began(piece) for span in spans):
        return MeasureStanding.ended, True
    if spans:
        return MeasureStanding.not_yet, True
    if silent:
        # The record does not say which measures reach them: only the listing can be spoken of.
        before = any(
            interval.listed is not Holds.no and piece.touches(interval.until, None)
            for party in silent
            for interval in party.intervals
            if interval.until is not None
        )
        return (MeasureStanding.ended if before else MeasureStanding.not_yet), True
    return MeasureStanding.other_measures_only, True


_KINDS = {kind: number for number, kind in enumerate(MeasureKind)}
_STATES = {state: number for number, state in enumerate(MeasureState)}


def _shown(every_span: Sequence[Span], looked: _Looked) -> tuple[MeasureShown, ...]:
    shown = []
    by_measure: dict[tuple[str, str], list[Span]] = {}
    for run in every_span:
        by_measure.setdefault((run.reference, run.measure.id), []).append(run)
    for item in looked.reached:
        reference, made = item.reached.reference, item.reached.measure
        state, span, interval = _state(item, by_measure.get((reference, made.id), []), looked)
        authority = interval.authority if interval and interval.authority else made.authority
        shown.append(
            MeasureShown(
                id=made.id,
                reference=reference,
                regime=made.regime,
                kind=made.kind,
                strength=made.strength,
                resolution=made.authority.resolution,
                paragraph=made.authority.paragraph,
                checked=authority.checked,
                state=state,
                from_=span.from_ if span else None,
                until=span.until if span else None,
                until_by=span.until_by if span else None,
                how_ended=span.how_ended if span else None,
                why_ended=span.why_ended if span else None,
                verified_to=made.verified_to,
                disputed=interval is not None and interval.dispute is not None,
            )
        )
    # Sorting keeps the order of what is alike: the strongest, and the latest of those, leads.
    shown.sort(key=lambda item: (_KINDS[item.kind], _STATES[item.state], item.disputed))
    return tuple(shown)


def _state(
    item: _Stood, spans: Sequence[Span], looked: _Looked
) -> tuple[MeasureState, Span | None, MeasureInterval | None]:
    """How a measure stood, the run of time meant, and the interval of the law meant."""
    holds = []
    meant = None
    for force, on_list in zip(item.force, item.listed, strict=True):
        if Holds.no in (force.holds, on_list.listed):
            holds.append(MeasureState.ended)
        elif not force.verified:
            holds.append(MeasureState.not_verified)
        else:
            sure = force.holds is Holds.yes and on_list.listed is Holds.yes
            holds.append(MeasureState.in_force if sure else MeasureState.possible)
            meant = force.interval
    within = next(
        (span for span in spans if any(span.meets(piece) for piece in looked.pieces)),
        None,
    )
    if all(state is MeasureState.in_force for state in holds):
        return MeasureState.in_force, within, meant
    if MeasureState.in_force in holds or MeasureState.possible in holds:
        return MeasureState.possible, within, meant
    if MeasureState.not_verified in holds:
        return MeasureState.not_verified, within, None
    past = [span for span in spans if span.began(looked.pieces[0])]
    if past:
        return MeasureState.ended, past[-1], None
    if spans:
        return MeasureState.not_yet, spans[0], None
    return MeasureState.never, None, None


def _lead(
    best: MeasureStanding, shown: Sequence[MeasureShown]
) -> tuple[str | None, tuple[str, ...]]:
    live = (MeasureState.in_force, MeasureState.possible)
    bans = tuple(
        item.id for item in shown if item.kind is MeasureKind.travel_ban and item.state in live
    )
    if best is MeasureStanding.binding_ban:
        return bans[0], bans
    travel = [item for item in shown if item.kind in TRAVEL_MEASURES]
    if best is MeasureStanding.vigilance:
        return next(item.id for item in travel if item.state in live), bans
    wanted = {
        MeasureStanding.unknown: MeasureState.not_verified,
        MeasureStanding.ended: MeasureState.ended,
        MeasureStanding.not_yet: MeasureState.not_yet,
    }.get(best)
    matching = [item for item in travel if item.state is wanted]
    # Of measures that ended, the one that ended last; of those to come, the first.
    if best is MeasureStanding.ended:
        matching.sort(key=lambda item: order(item.until or "1800-01-01"), reverse=True)
    elif best is MeasureStanding.not_yet:
        matching.sort(key=lambda item: order(item.from_ or "1800-01-01"))
    return (matching[0].id if matching else None), bans


def _dispute(item: _Stood) -> Dispute | None:
    for force, on_list in zip(item.force, item.listed, strict=True):
        if force.interval and force.interval.dispute and on_list.listed is not Holds.no:
            return force.interval.dispute
    return None


def _worst_listing(found: Sequence[DesignationInterval]) -> DesignationInterval:
    holds = {item.listed for item in found}
    if len(holds) == 1:
        return found[0]
    possible = next((item for item in found if item.listed is not Holds.no), found[0])
    return DesignationInterval(
        reference=possible.reference,
        standing=possible.standing,
        listed=Holds.possible,
        from_=possible.from_,
        until=possible.until,
        snapshots=possible.snapshots,
        facts=possible.facts,
        listed_on=possible.listed_on,
        words=possible.words,
    )


def _cite(found: DesignationInterval, law_digest: str) -> tuple[Citation, ...]:
    cited: list[Citation] = [
        whole_list(snapshot, found.reference, holds=_holds(found)) for snapshot in found.snapshots
    ]
    cited += [designation_fact(fact, law_digest) for fact in found.facts]
    if not cited:
        cited.append(absence("lists and designation facts on record", found.reference))
    return tuple(cited)


def _holds(found: DesignationInterval) -> bool | None:
    """What the cited list says of the reference, where the standing makes it plain."""
    if found.standing in (ListingStanding.listed, ListingStanding.end_unknown):
        return True
    return None


def _reasons(
    best: MeasureStanding,
    looked: _Looked,
    lead: Reached | None,
    spans: Sequence[Span],
) -> tuple[Reason, ...]:
    found: list[Reason] = []
    if lead is not None:
        found.append(_lead_reason(best, lead, spans, looked))
    if best is MeasureStanding.other_measures_only:
        named = " or ".join(called(party.reference) for party in looked.course.parties)
        found += [_no_travel_measure(regime, named, looked) for regime in looked.course.regimes]
    found += [_silence(best, party, looked.course.regimes) for party in looked.course.silent]
    for party in looked.course.parties:
        for item in {id(item): item for item in looked.on_list[party.reference]}.values():
            words = f"{called(party.reference)}, listing: {item.standing} ({item.words})"
            found.append(reason(words, *_cite(item, looked.law_digest)))
    return tuple(found)


def _no_travel_measure(regime: Regime, named: str, looked: _Looked) -> Reason:
    cited: list[Citation] = [paragraph(item, looked.law_digest) for item in regime.measures]
    cited = cited or [absence("legal record", f"measures of {regime.id}")]
    if regime.no_travel_measure is not None:
        return reason(regime.no_travel_measure.words, *cited)
    if all(party.kind is PartyKind.entity for party in looked.course.parties):
        words = f"measures on travel reach individuals alone, and {named} is an entity"
        return reason(words, *cited)
    kinds = ", ".join(sorted({str(item.kind) for item in regime.measures}))
    return reason(
        f"no travel measure of the regime {regime.id} ever reached {looked.who}{named}; it has "
        f"{kinds}",
        *cited,
    )


def _silence(best: MeasureStanding, party: Designated, regimes: Sequence[Regime]) -> Reason:
    """Why the record does not say what reaches this party."""
    name, own = called(party.reference), regime_of(party.regime_word, regimes)
    if best in (MeasureStanding.ended, MeasureStanding.not_yet):
        when = "no longer" if best is MeasureStanding.ended else "not yet"
        words = (
            f"{name} was {when} on the list, and whether a travel measure ever reached this "
            "person is not on record"
        )
    elif own is None:
        words = f"the legal record does not reach the regime of {name}"
    else:
        words = (
            f"the measures of the regime {own.id} reach people by name, and the legal record does "
            f"not say which of them reach {name}"
        )
    return reason(words, absence("legal record", f"measures on {party.reference}"))


def _who_disputes(
    dispute: Dispute | None, lead: Reached | None, law_digest: str
) -> tuple[Reason, ...]:
    if dispute is None or lead is None:
        return ()
    return (
        reason(
            "whether it is in force is disputed: "
            f"{', '.join(dispute.in_force_say)} say that it is; "
            f"{', '.join(dispute.not_in_force_say)} say that it is not "
            f"({'; '.join(dispute.documents)})",
            paragraph(
                lead.measure,
                law_digest,
                next((item for item in lead.intervals if item.dispute is dispute), None),
            ),
        ),
    )


def _minority(looked: _Looked) -> tuple[Reason, ...]:
    """What somebody claims of these days and nearly nobody accepts: shown, and decides nothing."""
    return tuple(
        reason(
            f"{', '.join(claim.who)} claimed that {claim.claims}; {claim.outcome}: it decides "
            "nothing here",
            table_row(f"law/{regime.id}", claim.id, claim.source),
        )
        for regime in looked.course.regimes
        for claim in regime.minority_claims
        if any(piece.touches(claim.from_, claim.until) for piece in looked.pieces)
    )


def _lead_reason(
    best: MeasureStanding, lead: Reached, spans: Sequence[Span], looked: _Looked
) -> Reason:
    law_digest, who, made, pieces = looked.law_digest, looked.who, lead.measure, looked.pieces
    own = [span for span in spans if span.measure.id == made.id]
    live = next(
        (span for span in own if any(span.meets(piece) for piece in pieces)),
        None,
    )
    text = made.authority.words
    zone_name = pieces[0].zone
    kind = {
        MeasureKind.travel_ban: "a binding travel ban",
        MeasureKind.travel_vigilance: "a call for vigilance and restraint, no ban",
        MeasureKind.travel_notification: "a duty to notify the Committee, no ban",
    }.get(made.kind, str(made.kind))
    if best in (MeasureStanding.binding_ban, MeasureStanding.vigilance):
        since, until = span_edges(live, zone_name) if live else ("ever", None)
        words = f"{text}, {kind}, reached {who}{called(lead.reference)} since {since}"
        words += f" until {until}" if until else ""
        cited = [paragraph(made, law_digest, live.interval if live else None)]
        renewed = renewal(made, pieces[0])
        if renewed is not None:
            to = f", to {in_words(renewed.to)}" if renewed.to else ""
            words += f"; renewed or stated again by {renewed.authority.words}{to}"
            cited.append(paragraph(made, law_digest, authority=renewed.authority))
        return reason(words, *cited)
    if best is MeasureStanding.unknown:
        words = (
            f"{text}, {kind}, needs renewal, and its renewal is verified only to "
            f"{in_words(made.verified_to or '')}"
        )
        last = [item.authority for item in made.renewals if item.to == made.verified_to]
        return reason(
            words,
            paragraph(made, law_digest),
            *(paragraph(made, law_digest, authority=item) for item in last),
        )
    if best is MeasureStanding.ended:
        span = [span for span in own if span.began(pieces[0])][-1]
        _, until = span_edges(span, zone_name)
        words = f"{text}, {kind}, reached {who}{called(lead.reference)} until {until or 'then'}"
        return reason(
            f"{words}: {span.why_ended or ''}", paragraph(made, law_digest, span.interval)
        )
    span = own[0]
    since, _ = span_edges(span, zone_name)
    words = f"{text}, {kind}, reached {who}{called(lead.reference)} only from {since}"
    return reason(words, paragraph(made, law_digest, span.interval))


def _deciding(looked: _Looked, arrival: Arrival) -> Reason:
    """Why the standing is only possible: the boundaries that fall inside the arrival."""
    edges = sorted(looked.course.edges, key=order)
    inside: dict[str, None] = {}
    for window in arrival.windows:
        for edge in edges:
            if window.touches(edge, None) and not window.inside(edge, None):
                inside[in_words(edge, window.zone)] = None
    cited = [
        citation
        for party in looked.course.parties
        for item in {id(found): found for found in looked.on_list[party.reference]}.values()
        for citation in _cite(item, looked.law_digest)
    ]
    travel = [item.reached.measure for item in looked.reached if item.of_travel]
    cited += [paragraph(item, looked.law_digest) for item in travel[:1]]
    if inside:
        words = f"the arrival, {arrival.text}, may lie on either side of {'; '.join(inside)}"
    else:
        words = "the listing on that day is only possible, or the day of a boundary is not known"
    return reason(words, *cited)
