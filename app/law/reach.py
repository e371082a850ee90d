"""Whom a measure reaches, and for which times: measures and designations laid over each other.

Every standing about the law looks at the same thing: one person's travel measures and listing,
cut into pieces of time in which nothing changes.
"""

from bisect import bisect_right
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from app.terms import (
    TRAVEL_MEASURES,
    Authority,
    Designated,
    DesignationInterval,
    Ending,
    Holds,
    Measure,
    MeasureInterval,
    MeasureKind,
    Move,
    PartyKind,
    ReachMode,
    Regime,
    Renewal,
    Strength,
    value,
)
from app.when import (
    MICROSECOND,
    Arrival,
    Window,
    at,
    cut,
    day_after,
    in_words,
    is_instant,
    order,
    overlaps,
)


@value
class Reached:
    """A measure that reaches one reference by its terms, and the times for which it does."""

    reference: str
    measure: Measure
    intervals: tuple[MeasureInterval, ...]
    """The measure's own times; for a person whom it names that person's, and for one who has moved
    to another list those up to the move."""


def regime_of(word: str, regimes: Sequence[Regime]) -> Regime | None:
    """The regime on record whose records carry this UN_LIST_TYPE, or null."""
    return next((regime for regime in regimes if word in regime.list_words), None)


def regimes_of(party: Designated, regimes: Sequence[Regime]) -> tuple[Regime, ...]:
    """The regime on record of a party, and those on whose lists it stood before; or none."""
    own = regime_of(party.regime_word, regimes)
    if own is None:
        return ()
    before = {move.regime for move in own.moved_from}
    return (own, *(regime for regime in regimes if regime.id in before))


def reaches(
    party: Designated, regimes: Sequence[Regime], family: bool = False
) -> tuple[Reached, ...]:
    """The measures that reach a party, or with `family` that person's relatives.

    Measures on travel reach individuals alone; measures on a class or on conduct reach nobody by
    name; where everybody on a list came from another one, its measures reached them until then.
    """
    own = regime_of(party.regime_word, regimes)
    if own is None:
        return ()
    found = [
        Reached(reference=party.reference, measure=measure, intervals=intervals)
        for measure in own.measures
        if (intervals := _times(measure, party, family))
    ]
    for move in own.moved_from:
        found += [
            Reached(reference=party.reference, measure=measure, intervals=intervals)
            for regime in regimes
            if regime.id == move.regime
            for measure in regime.measures
            if (intervals := _until_move(_times(measure, party, family), move, own))
        ]
    return tuple(found)


def _times(measure: Measure, party: Designated, family: bool) -> tuple[MeasureInterval, ...]:
    if measure.kind in TRAVEL_MEASURES and party.kind is PartyKind.entity:
        return ()
    reach = measure.reach
    if reach.mode is ReachMode.listed_and_family:
        return measure.intervals
    if family:
        return ()
    if reach.mode is ReachMode.all_listed or party.reference in reach.references:
        return measure.intervals
    return next((item.intervals for item in reach.persons if item.reference == party.reference), ())


def _until_move(
    intervals: tuple[MeasureInterval, ...], move: Move, to: Regime
) -> tuple[MeasureInterval, ...]:
    found = []
    for interval in intervals:
        if order(interval.from_) >= order(move.on):
            continue
        if interval.until is None or order(interval.until_by or interval.until) > order(move.on):
            interval = replace(
                interval,
                until=move.on,
                until_by=None,
                how_ended=Ending.moved,
                why_ended=f"everybody on it moved to the list of the regime {to.id}",
                ended_by=None,
            )
        found.append(interval)
    return tuple(found)


_BY_NAME = (ReachMode.annex, ReachMode.per_person)


def unnamed(
    party: Designated, regime: Regime, kinds: Collection[MeasureKind] = TRAVEL_MEASURES
) -> bool:
    """Whether the record cannot say which of a regime's measures of some kinds reach a party.

    So it is where they reach people by annex or one by one, and no entry of the regime names this
    one: somebody listed since is not somebody spared. Measures on travel spare entities.
    """
    if party.kind is PartyKind.entity:
        kinds = [kind for kind in kinds if kind not in TRAVEL_MEASURES]
    modes = {item.reach.mode for item in regime.measures if item.kind in kinds}
    if not modes.intersection(_BY_NAME):
        return False
    if modes & {ReachMode.all_listed, ReachMode.listed_and_family}:
        return False
    return not any(
        party.reference in item.reach.references
        or any(person.reference == party.reference for person in item.reach.persons)
        for item in regime.measures
    )


def renewal(measure: Measure, piece: Window) -> Renewal | None:
    """The text that had last renewed or restated a measure as a piece of time began."""
    made = [
        item for item in measure.renewals if at(item.authority.adopted, piece.zone) <= piece.start
    ]
    return made[-1] if made else None


def renewals_over(measure: Measure, from_: str | None, until: str | None) -> tuple[Renewal, ...]:
    """The texts that carried a measure over a time: the last by its first day, and later ones."""
    made = [
        item
        for item in measure.renewals
        if until is None or order(item.authority.adopted) < order(until)
    ]
    before = [
        item for item in made if from_ is not None and order(item.authority.adopted) <= order(from_)
    ]
    return tuple(made[max(len(before) - 1, 0) :])


def boundaries(reached: Iterable[Reached], designations: Iterable[DesignationInterval]) -> set[str]:
    """Every boundary at which one of these measures or designations may change."""
    found: set[str] = set()
    for item in reached:
        if item.measure.verified_to is not None:
            found.add(day_after(item.measure.verified_to))
        for interval in (*item.intervals, *item.measure.intervals):
            found.update(
                edge
                for edge in (interval.from_, interval.from_by, interval.until, interval.until_by)
                if edge is not None
            )
    for listed in designations:
        found.update(edge for edge in (listed.from_, listed.until) if edge is not None)
    return found


@value
class InForce:
    """Whether a measure is in force for one person in a piece of time."""

    holds: Holds
    verified: bool
    """False where the measure needs renewal and nothing on record says that it was renewed."""
    interval: MeasureInterval | None


NOT_IN_FORCE = InForce(holds=Holds.no, verified=True, interval=None)


def in_force(item: Reached, piece: Window) -> InForce:
    """Whether a measure that reaches somebody is in force over a piece of time (uncut)."""
    own = _within(item.intervals, piece)
    if item.intervals is not item.measure.intervals and own.holds is not Holds.no:
        whole = _within(item.measure.intervals, piece)
        if whole.holds is Holds.no:
            return NOT_IN_FORCE
        if whole.holds is Holds.possible:
            own = InForce(holds=Holds.possible, verified=True, interval=own.interval)
    last = item.measure.verified_to
    renewed = last is None or piece.start < at(day_after(last), piece.zone)
    if own.holds is not Holds.no and not renewed:
        return InForce(holds=Holds.possible, verified=False, interval=own.interval)
    return own


def _within(intervals: Sequence[MeasureInterval], piece: Window) -> InForce:
    for interval in intervals:
        if piece.inside(interval.from_by or interval.from_, interval.until):
            return InForce(holds=Holds.yes, verified=True, interval=interval)
        if piece.inside(interval.from_, interval.until_by or interval.until):
            return InForce(holds=Holds.possible, verified=True, interval=interval)
    return NOT_IN_FORCE


def listing(designations: Sequence[DesignationInterval], piece: Window) -> DesignationInterval:
    """What is on record of a reference's listing over a piece of time (uncut)."""
    found: DesignationInterval | None = None
    for interval in designations:
        if not piece.inside(interval.from_, interval.until):
            continue
        # Days begin at the place, lists are of an instant: in a far zone the two cross by hours.
        # The day decides, for it says when listing began or ended there.
        if found is None or (_is_day(interval.from_) and not _is_day(found.until)):
            found = interval
    if found is not None:
        return found
    return min(
        (item for item in designations if piece.touches(item.from_, item.until)),
        key=lambda item: item.listed is Holds.yes,
        default=designations[-1],
    )


def _is_day(boundary: str | None) -> bool:
    return boundary is not None and not is_instant(boundary)


@value
class ListedRun:
    """A run of time in which a reference was listed, or possibly was, without a gap."""

    from_: str | None
    until: str | None
    sure_from: str | None
    """From when it surely was listed; null: since ever, or never surely."""
    sure_until: str | None
    """Until when it surely was listed; null: for ever, or never surely."""


def listed_runs(designations: Sequence[DesignationInterval]) -> tuple[ListedRun, ...]:
    """Times in which a reference was listed or possibly was; neighbours are joined."""
    joined: list[list[DesignationInterval]] = []
    for item in designations:
        if item.listed is Holds.no:
            continue
        if joined and joined[-1][-1].until == item.from_:
            joined[-1].append(item)
        else:
            joined.append([item])
    found = []
    for items in joined:
        sure = [item for item in items if item.listed is Holds.yes]
        found.append(
            ListedRun(
                from_=items[0].from_,
                until=items[-1].until,
                sure_from=sure[0].from_ if sure else None,
                sure_until=sure[-1].until if sure else None,
            )
        )
    return tuple(found)


@value
class Effective:
    """A time in which a measure met a listing that held, or may have."""

    reached: Reached
    interval: MeasureInterval
    listed: ListedRun
    start: datetime
    end: datetime


def effective(
    reached: Sequence[Reached],
    parties: Sequence[Designated],
    zone: str,
    verified: bool = True,
) -> tuple[Effective, ...]:
    """Every time in which one of these measures met a listing that held, or may have, in order.

    With `verified` a measure that needs renewal ends with the last day to which that was seen.
    """
    listed = {party.reference: listed_runs(party.intervals) for party in parties}
    found = []
    for item in reached:
        last = item.measure.verified_to if verified else None
        for interval in item.intervals:
            until = interval.until_by or interval.until
            if last is not None and (until is None or order(day_after(last)) < order(until)):
                until = day_after(last)
            for run in listed[item.reference]:
                shared = overlaps((interval.from_, until), (run.from_, run.until), zone)
                if shared is not None:
                    found.append(
                        Effective(
                            reached=item,
                            interval=interval,
                            listed=run,
                            start=shared[0],
                            end=shared[1],
                        )
                    )
    found.sort(key=lambda item: (item.start, item.end, item.reached.measure.id))
    return tuple(found)


@value
class Span:
    """A run of time in which one measure bound States with regard to one person.

    Where only a bracket is known it counts with its bracket: `from_by` and `until_by` say by when
    it had begun, and ended.
    """

    measure: Measure
    reference: str
    start: datetime
    end: datetime
    interval: MeasureInterval
    from_: str | None
    """The boundary at which it began: that of the measure, or that of the listing."""
    from_by: str | None
    until: str | None
    until_by: str | None
    ended_by_listing: bool
    """Whether it ended because the person left the list."""

    @property
    def how_ended(self) -> Ending | None:
        """How the law ended it; null where it has not ended, or ended with the listing."""
        return None if self.until is None or self.ended_by_listing else self.interval.how_ended

    @property
    def why_ended(self) -> str | None:
        """Why it ended, in words; null where it has not."""
        if self.until is None:
            return None
        return "the person left the list" if self.ended_by_listing else self.interval.why_ended

    @property
    def ended_by(self) -> Authority | None:
        """The text that ended it, where one did."""
        return None if self.until is None or self.ended_by_listing else self.interval.ended_by

    def began(self, piece: Window) -> bool:
        """Whether it had begun, or may have, before the end of a piece of time."""
        return self.from_ is None or at(self.from_, piece.zone) < piece.end

    def meets(self, piece: Window) -> bool:
        """Whether some of a piece of time may lie in it."""
        return piece.touches(self.from_, self.until_by or self.until)


def runs(found: Sequence[Effective]) -> tuple[Span, ...]:
    """Effective times that follow each other without a gap, joined, for each measure."""
    joined: list[Span] = []
    by_measure: dict[tuple[str, str], list[Effective]] = {}
    for item in found:
        key = (item.reached.reference, item.reached.measure.id)
        by_measure.setdefault(key, []).append(item)
    for items in by_measure.values():
        current = [items[0]]
        for item in items[1:]:
            if item.start > current[-1].end or item.interval is not current[-1].interval:
                joined.append(_run(current))
                current = []
            current.append(item)
        joined.append(_run(current))
    joined.sort(key=lambda span: (span.start, span.measure.id, span.reference))
    return tuple(joined)


def _run(items: Sequence[Effective]) -> Span:
    first, last = items[0], items[-1]
    law_until, law_by = last.interval.until, last.interval.until_by
    left, left_by = last.listed.sure_until, last.listed.until
    by_listing = left_by is not None and (
        law_until is None or order(left_by) <= order(law_by or law_until)
    )
    came = first.listed.from_
    by_coming = came is not None and order(came) > order(first.interval.from_)
    until, until_by = (left or left_by, left_by) if by_listing else (law_until, law_by)
    from_, from_by = (
        (came, first.listed.sure_from)
        if by_coming
        else (first.interval.from_, first.interval.from_by)
    )
    return Span(
        measure=first.reached.measure,
        reference=first.reached.reference,
        start=first.start,
        end=last.end,
        interval=first.interval,
        from_=from_,
        from_by=from_by if from_by != from_ else None,
        until=until,
        until_by=until_by if until_by != until else None,
        ended_by_listing=by_listing,
    )


def span_edges(span: Span, zone_name: str) -> tuple[str, str | None]:
    """Since when and until when, in words; the second null where no end is on record."""
    since = _edge(span.from_, span.from_by, zone_name) if span.from_ else "ever"
    until = _edge(span.until, span.until_by, zone_name) if span.until else None
    return since, until


def _edge(first: str, last: str | None, zone_name: str) -> str:
    if last is None:
        return in_words(first, zone_name)
    return f"some day between {in_words(first, zone_name)} and {in_words(last, zone_name)}"


_STRENGTHS = tuple(Strength)


def _strongest_first(item: Reached) -> tuple[int, int, str, str]:
    """Of two measures as strong the later resolution leads: it reaches the wider circle."""
    made = item.measure
    adopted = int(made.authority.adopted.replace("-", ""))
    return _STRENGTHS.index(made.strength), -adopted, item.reference, made.id


_BEFORE_ALL = datetime(1800, 1, 1, tzinfo=UTC)


class Course:
    """What the law says of one person, under every reference, over all time.

    It is made once for a record and asked about many days, so that what depends on no day is kept.
    """

    def __init__(
        self, parties: Sequence[Designated], regimes: Sequence[Regime], family: bool = False
    ) -> None:
        """Lay the law over the listing of a person, or with `family` of that person's relatives."""
        self.parties = tuple(parties)
        self.family = family
        found = {regime.id: regime for party in parties for regime in regimes_of(party, regimes)}
        self.regimes = tuple(found.values())
        """Those on whose lists the person stands, and stood before."""
        self.reached = tuple(
            sorted(
                (item for party in parties for item in reaches(party, regimes, family)),
                key=_strongest_first,
            )
        )
        self.silent = tuple(party for party in parties if self._silent(party))
        """References of which the legal record does not say which measures reach them."""
        self.edges = boundaries(self.reached, (each for item in parties for each in item.intervals))
        """Every boundary at which an answer may change."""
        self._told_of = self.edges.union(
            *((each.authority.adopted for each in item.measure.renewals) for item in self.reached),
            *(
                (claim.from_, claim.until)
                for regime in self.regimes
                for claim in regime.minority_claims
            ),
        ) - {None}
        self._moments: dict[str, list[datetime]] = {}
        self._spans: dict[str, tuple[Span, ...]] = {}

    def _silent(self, party: Designated) -> bool:
        own = regime_of(party.regime_word, self.regimes)
        return own is None or (not self.family and unnamed(party, own))

    def pieces(self, arrived: Arrival) -> tuple[Window, ...]:
        """An arrival, cut so that neither law nor listing changes within a piece."""
        return tuple(
            piece
            for window in arrived.windows
            for piece in cut(window, self._moments_in(window.zone))
        )

    def alike(self, arrived: Arrival) -> Arrival | None:
        """An arrival of which the same is to be said, reasons and all, as of every other between
        the same two moments of the law and the listing; null where such a moment falls inside.
        """
        windows = []
        for window in arrived.windows:
            moments = self._moments_in(window.zone)
            after = bisect_right(moments, window.start)
            if after < len(moments) and moments[after] < window.end:
                return None
            start = moments[after - 1] if after else _BEFORE_ALL
            windows.append(Window(zone=window.zone, start=start, end=start + MICROSECOND))
        return Arrival(text="", windows=tuple(windows))

    def _moments_in(self, zone: str) -> list[datetime]:
        if zone not in self._moments:
            self._moments[zone] = sorted({at(edge, zone) for edge in self._told_of})
        return self._moments[zone]

    def spans(self, zone: str) -> tuple[Span, ...]:
        """Every run of time in which a measure bound States, verified or not, in order."""
        if zone not in self._spans:
            self._spans[zone] = runs(effective(self.reached, self.parties, zone, verified=False))
        return self._spans[zone]
