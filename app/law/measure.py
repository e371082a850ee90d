"""What bound that State, at that arrival, for this person? The measure standing.

Being on the list is not being under a travel ban: listing and law are laid over each other, for
every piece of time that the arrival may mean. Rules: docs/standings.md#measure.
"""

from collections.abc import Mapping, Sequence
from enum import StrEnum

from app.evidence import (
    Citation,
    Reason,
    absence,
    designation_fact,
    paragraph,
    reason,
    whole_list,
)
from app.law.reach import (
    Reached,
    Span,
    boundaries,
    effective,
    in_force,
    listing,
    reaches,
    regime_of,
    runs,
    span_edges,
)
from app.terms import (
    TRAVEL_MEASURES,
    Certainty,
    Covers,
    DesignationInterval,
    Dispute,
    Holds,
    ListingStanding,
    MeasureInterval,
    MeasureKind,
    Regime,
    Strength,
    called,
    value,
)
from app.when import Arrival, Window, cells, in_words, order


class MeasureStanding(StrEnum):
    """What bound the State with regard to this person, on that day."""

    binding_ban = "binding_ban"
    vigilance = "vigilance"
    unknown = "unknown"
    ended = "ended"
    not_yet = "not_yet"
    other_measures_only = "other_measures_only"


class MeasureState(StrEnum):
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
    paragraph: str
    checked: bool
    state: MeasureState
    from_: str | None
    """Since when it reaches this person (a day at the place, or an instant)."""
    until: str | None
    until_by: str | None
    """Where only a bracket is known: by when it had ended."""
    why_ended: str | None
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
    references: Sequence[str],
    regime_words: Mapping[str, str],
    designations: Mapping[str, Sequence[DesignationInterval]],
    regimes: Sequence[Regime],
    arrival: Arrival,
    law_digest: str,
    family: bool = False,
    crossing: Covers = Covers.entry,
) -> MeasureFound:
    """Decide what bound the State entered, for one person under one or more references.

    `regime_words` and `designations` are by reference; `family` asks for the relatives of that
    person instead; a travel measure that does not cover this kind of crossing is not asked.
    """
    known = {
        reference: found
        for reference in references
        if (found := regime_of(regime_words[reference], regimes)) is not None
    }
    reached = [
        item
        for reference, regime in known.items()
        for item in reaches(regime, reference, family)
        if item.measure.kind not in TRAVEL_MEASURES or crossing in item.measure.covers
    ]
    travel = [item for item in reached if item.measure.kind in TRAVEL_MEASURES]
    every = [interval for reference in references for interval in designations[reference]]
    pieces = cells(arrival, boundaries(reached, every))
    every_span = runs(effective(reached, designations, arrival.windows[0].zone, verified=False))
    spans = [span for span in every_span if span.measure.kind in TRAVEL_MEASURES]
    judged = [_piece(piece, references, known, travel, designations, spans) for piece in pieces]
    best = min((item[0] for item in judged), key=_RANK.index)
    certain = all(standing is best and sure for standing, sure in judged)
    certainty = Certainty.definite if certain else Certainty.possible
    shown = _shown(reached, every_span, designations, pieces)
    lead, bans = _lead(best, shown)
    lead_item = next((item for item in reached if item.measure.id == lead), None)
    dispute = _dispute(lead_item, designations, pieces)
    settled = any(
        item.kind is MeasureKind.travel_ban
        and item.state is MeasureState.in_force
        and not item.disputed
        for item in shown
    )
    return MeasureFound(
        standing=best,
        certainty=certainty,
        reasons=_reasons(
            best,
            certainty,
            references,
            known,
            travel,
            lead_item,
            spans,
            designations,
            pieces,
            arrival,
            law_digest,
            family,
            dispute,
        ),
        lead=lead,
        bans=bans,
        measures=shown,
        listing=tuple(
            ListingShown(
                reference=reference,
                standing=found.standing,
                listed=found.listed,
                words=found.words,
                citations=_cite(found, law_digest),
            )
            for reference in references
            for found in [_worst_listing(designations[reference], pieces)]
        ),
        notification_due=any(
            item.kind is MeasureKind.travel_notification and item.state is MeasureState.in_force
            for item in shown
        ),
        dispute=None if settled else dispute,
    )


def _piece(
    piece: Window,
    references: Sequence[str],
    known: Mapping[str, Regime],
    travel: Sequence[Reached],
    designations: Mapping[str, Sequence[DesignationInterval]],
    spans: Sequence[Span],
) -> tuple[MeasureStanding, bool]:
    """The standing over one piece of time, and whether it is sure."""
    found: list[tuple[MeasureStanding, bool]] = []
    for item in travel:
        listed = listing(designations[item.reference], piece).listed
        force = in_force(item, piece)
        if listed is Holds.no or force.holds is Holds.no:
            continue
        if not force.verified:
            found.append((MeasureStanding.unknown, True))
            continue
        standing = (
            MeasureStanding.binding_ban
            if item.measure.kind is MeasureKind.travel_ban
            else MeasureStanding.vigilance
        )
        found.append((standing, listed is Holds.yes and force.holds is Holds.yes))
    if found:
        best = min((item[0] for item in found), key=_RANK.index)
        return best, any(sure for standing, sure in found if standing is best)
    for reference in references:
        if (
            reference not in known
            and listing(designations[reference], piece).listed is not Holds.no
        ):
            return MeasureStanding.unknown, True
    if any(span.began(piece) for span in spans):
        return MeasureStanding.ended, True
    if spans:
        return MeasureStanding.not_yet, True
    if any(reference not in known for reference in references):
        # The law of this regime is not on record: only the listing itself can be spoken of.
        before = any(
            interval.listed is not Holds.no and piece.touches(interval.until, None)
            for reference in references
            if reference not in known
            for interval in designations[reference]
            if interval.until is not None
        )
        return (MeasureStanding.ended if before else MeasureStanding.not_yet), True
    return MeasureStanding.other_measures_only, True


def _shown(
    reached: Sequence[Reached],
    every_span: Sequence[Span],
    designations: Mapping[str, Sequence[DesignationInterval]],
    pieces: Sequence[Window],
) -> tuple[MeasureShown, ...]:
    shown = []
    by_measure: dict[tuple[str, str], list[Span]] = {}
    for run in every_span:
        by_measure.setdefault((run.reference, run.measure.id), []).append(run)
    for item in reached:
        spans = by_measure.get((item.reference, item.measure.id), [])
        state, span, interval = _state(item, spans, designations[item.reference], pieces)
        authority = item.measure.authority
        if interval is not None and interval.authority is not None:
            authority = interval.authority
        shown.append(
            MeasureShown(
                id=item.measure.id,
                reference=item.reference,
                regime=item.measure.regime,
                kind=item.measure.kind,
                strength=item.measure.strength,
                resolution=item.measure.authority.resolution,
                paragraph=item.measure.authority.paragraph,
                checked=authority.checked,
                state=state,
                from_=span.from_ if span else None,
                until=span.until if span else None,
                until_by=span.until_by if span else None,
                why_ended=_why_ended(span) if span and span.until is not None else None,
                disputed=interval is not None and interval.dispute is not None,
            )
        )
    adopted = {item.measure.id: item.measure.authority.adopted for item in reached}
    strengths = tuple(Strength)
    states = tuple(MeasureState)
    kinds = tuple(MeasureKind)
    shown.sort(
        key=lambda item: (
            kinds.index(item.kind),
            states.index(item.state),
            item.disputed,
            strengths.index(item.strength),
            # Of two bans in force the later resolution leads: it reaches the wider circle.
            tuple(-int(part) for part in adopted[item.id].split("-")),
            item.reference,
            item.id,
        )
    )
    return tuple(shown)


def _state(
    item: Reached,
    spans: Sequence[Span],
    listed: Sequence[DesignationInterval],
    pieces: Sequence[Window],
) -> tuple[MeasureState, Span | None, MeasureInterval | None]:
    """How a measure stood, the run of time meant, and the interval of the law meant."""
    holds = []
    meant = None
    for piece in pieces:
        force = in_force(item, piece)
        on_list = listing(listed, piece).listed
        if Holds.no in (force.holds, on_list):
            holds.append(MeasureState.ended)
        elif not force.verified:
            holds.append(MeasureState.not_verified)
        else:
            sure = force.holds is Holds.yes and on_list is Holds.yes
            holds.append(MeasureState.in_force if sure else MeasureState.possible)
            meant = force.interval
    within = next(
        (span for span in spans if any(span.meets(piece) for piece in pieces)),
        None,
    )
    if all(state is MeasureState.in_force for state in holds):
        return MeasureState.in_force, within, meant
    if MeasureState.in_force in holds or MeasureState.possible in holds:
        return MeasureState.possible, within, meant
    if MeasureState.not_verified in holds:
        return MeasureState.not_verified, within, None
    past = [span for span in spans if span.began(pieces[0])]
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


def _dispute(
    item: Reached | None,
    designations: Mapping[str, Sequence[DesignationInterval]],
    pieces: Sequence[Window],
) -> Dispute | None:
    if item is None:
        return None
    for piece in pieces:
        force = in_force(item, piece)
        on_list = listing(designations[item.reference], piece).listed
        if force.interval is not None and on_list is not Holds.no and force.interval.dispute:
            return force.interval.dispute
    return None


def _worst_listing(
    designations: Sequence[DesignationInterval], pieces: Sequence[Window]
) -> DesignationInterval:
    found = [listing(designations, piece) for piece in pieces]
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


def _why_ended(span: Span) -> str:
    if span.ended_by_listing:
        return "the person left the list"
    return span.interval.why_ended or ""


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
    certainty: Certainty,
    references: Sequence[str],
    known: Mapping[str, Regime],
    travel: Sequence[Reached],
    lead: Reached | None,
    spans: Sequence[Span],
    designations: Mapping[str, Sequence[DesignationInterval]],
    pieces: Sequence[Window],
    arrival: Arrival,
    law_digest: str,
    family: bool,
    dispute: Dispute | None,
) -> tuple[Reason, ...]:
    found: list[Reason] = []
    who = "the family of " if family else ""
    if lead is not None:
        found.append(_lead_reason(best, lead, spans, pieces, law_digest, who))
    if best is MeasureStanding.other_measures_only:
        for regime in {regime.id: regime for regime in known.values()}.values():
            kinds = sorted({str(item.kind) for item in regime.measures})
            cited: list[Citation] = [paragraph(item, law_digest) for item in regime.measures]
            found.append(
                reason(
                    f"no travel measure of the regime {regime.id} ever reached "
                    f"{who}{' or '.join(map(called, references))}; "
                    f"it has {', '.join(kinds) or 'none'}",
                    *(cited or [absence("legal record", f"measures of {regime.id}")]),
                )
            )
    for reference in references:
        if reference in known:
            continue
        words = f"the legal record does not reach the regime of {called(reference)}"
        if best in (MeasureStanding.ended, MeasureStanding.not_yet):
            when = "no longer" if best is MeasureStanding.ended else "not yet"
            words = (
                f"{called(reference)} was {when} on the list, and whether a travel measure ever "
                "reached this person is not on record"
            )
        found.append(reason(words, absence("legal record", f"the regime of {reference}")))
    for reference in references:
        on_list = [listing(designations[reference], piece) for piece in pieces]
        for item in {id(item): item for item in on_list}.values():
            words = f"{called(reference)}, listing: {item.standing} ({item.words})"
            found.append(reason(words, *_cite(item, law_digest)))
    if certainty is Certainty.possible:
        found.append(_deciding(travel, designations, arrival, pieces, law_digest, references))
    if dispute is not None and lead is not None:
        found.append(
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
            )
        )
    return tuple(found)


def _lead_reason(
    best: MeasureStanding,
    lead: Reached,
    spans: Sequence[Span],
    pieces: Sequence[Window],
    law_digest: str,
    who: str,
) -> Reason:
    made = lead.measure
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
        return reason(words, paragraph(made, law_digest, live.interval if live else None))
    if best is MeasureStanding.unknown:
        words = (
            f"{text}, {kind}, needs renewal, and its renewal is verified only to "
            f"{in_words(made.verified_to or '')}"
        )
        return reason(words, paragraph(made, law_digest))
    if best is MeasureStanding.ended:
        span = [span for span in own if span.began(pieces[0])][-1]
        _, until = span_edges(span, zone_name)
        words = f"{text}, {kind}, reached {who}{called(lead.reference)} until {until or 'then'}"
        return reason(f"{words}: {_why_ended(span)}", paragraph(made, law_digest, span.interval))
    span = own[0]
    since, _ = span_edges(span, zone_name)
    words = f"{text}, {kind}, reached {who}{called(lead.reference)} only from {since}"
    return reason(words, paragraph(made, law_digest, span.interval))


def _deciding(
    travel: Sequence[Reached],
    designations: Mapping[str, Sequence[DesignationInterval]],
    arrival: Arrival,
    pieces: Sequence[Window],
    law_digest: str,
    references: Sequence[str],
) -> Reason:
    """Why the standing is only possible: the boundaries that fall inside the arrival."""
    inside: dict[str, None] = {}
    for window in arrival.windows:
        for edge in sorted(
            boundaries(travel, [item for name in references for item in designations[name]]),
            key=order,
        ):
            if window.touches(edge, None) and not window.inside(edge, None):
                inside[in_words(edge, window.zone)] = None
    cited = [
        citation
        for name in references
        for item in {
            id(found): found for found in (listing(designations[name], piece) for piece in pieces)
        }.values()
        for citation in _cite(item, law_digest)
    ]
    cited += [paragraph(item.measure, law_digest) for item in travel][:1]
    if inside:
        words = f"the arrival, {arrival.text}, may lie on either side of {'; '.join(inside)}"
    else:
        words = "the listing on that day is only possible, or the day of a boundary is not known"
    return reason(words, *cited)
