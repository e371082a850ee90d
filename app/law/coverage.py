"""What the legal record says of itself: since when, to which day, and how much was compared.

Every line of the record that rests on a source says whether somebody compared it (`checked`).
Whoever counts such lines, or names those that nobody compared, does it from here.
"""

from collections.abc import Iterator, Sequence
from datetime import date

from app.terms import (
    Exemption,
    LegalRecord,
    Measure,
    MeasureInterval,
    MeasureKind,
    Regime,
    Word,
    value,
)
from app.when import order


class LineKind(Word):
    """What a line of the legal record says that rests on a source."""

    measure = "measure"
    beginning = "beginning"
    renewal = "renewal"
    ending = "ending"
    exception = "exception"
    person = "person"
    regime = "regime"
    exemption = "exemption"
    exemption_text = "exemption_text"
    designation_fact = "designation_fact"


@value
class Line:
    """One line of the legal record that rests on a source, and whether that was compared."""

    regime: str
    kind: LineKind
    words: str
    checked: bool


@value
class Count:
    """How many lines of one kind were compared with their source, and how many were not."""

    kind: LineKind
    checked: int
    unchecked: int


@value
class Coverage:
    """From when to when the legal record speaks of a regime, and how much of it was compared."""

    from_: str | None
    """When its first measure began."""
    until: str | None
    """When its last measure ended; null where one has no end on record."""
    verified_to: str | None
    """The last day to which every measure in force was seen to be renewed: what needs renewal is
    unknown after it. Null where none needs it."""
    checked: int
    unchecked: int
    counts: tuple[Count, ...]
    """The same by kind of line; kinds of which there is none are left out."""


def lines(law: LegalRecord) -> tuple[Line, ...]:
    """Every line of the legal record that rests on a source, regime by regime."""
    regime_of = {party.reference: party.regime for party in law.parties}
    found = [line for regime in law.regimes for line in _of_regime(regime)]
    found += [line for item in law.exemptions for line in _of_exemption(item)]
    found += [
        Line(
            regime=regime_of[item.reference],
            kind=LineKind.designation_fact,
            words=f"{item.reference} {item.event} {item.on}",
            checked=item.checked,
        )
        for item in law.facts
    ]
    return tuple(found)


def _of_regime(regime: Regime) -> Iterator[Line]:
    def said(words: str, checked: bool) -> Line:
        return Line(regime=regime.id, kind=LineKind.regime, words=words, checked=checked)

    for key, stated in (
        ("no_travel_measure", regime.no_travel_measure),
        ("nobody_listed", regime.nobody_listed),
    ):
        if stated is not None:
            yield said(f"{regime.id}: {key}", stated.checked)
    for move in regime.moved_from:
        yield said(f"{regime.id}: moved from {move.regime}", move.checked)
    for claim in regime.minority_claims:
        yield said(f"{regime.id}: minority claim {claim.id}", claim.checked)
    for measure in regime.measures:
        yield from lines_of(measure)


def lines_of(measure: Measure) -> Iterator[Line]:
    """Every line of one measure that rests on a source."""

    def said(kind: LineKind, words: str, checked: bool) -> Line:
        words = f"{measure.id}: {words}"
        return Line(regime=measure.regime, kind=kind, words=words, checked=checked)

    def put_in_force(intervals: Sequence[MeasureInterval], whom: str) -> Iterator[Line]:
        for interval in intervals:
            if interval.authority is not None:
                words = f"{whom}in force from {interval.from_} by {interval.authority.words}"
                yield said(LineKind.beginning, words, interval.authority.checked)
            if interval.ended_by is not None:
                words = f"{whom}ended by {interval.ended_by.words}"
                yield said(LineKind.ending, words, interval.ended_by.checked)

    yield said(LineKind.measure, measure.authority.words, measure.authority.checked)
    yield from put_in_force(measure.intervals, "")
    for renewal in measure.renewals:
        words = f"renewed by {renewal.authority.words}" + (
            f" to {renewal.to}" if renewal.to else ""
        )
        yield said(LineKind.renewal, words, renewal.authority.checked)
    for item in measure.exceptions:
        where = f"{item.resolution or measure.authority.resolution} paragraph {item.paragraph}"
        yield said(LineKind.exception, f"exception {item.kind}, {where}", item.checked)
    for person in measure.reach.persons:
        yield said(LineKind.person, person.reference, person.checked)
        yield from put_in_force(person.intervals, f"{person.reference} ")


def _of_exemption(item: Exemption) -> Iterator[Line]:
    words = f"exemption {item.id}"
    yield Line(regime=item.regime, kind=LineKind.exemption, words=words, checked=item.checked)
    if item.authority is not None:
        words += f": {item.authority.words}"
        yield Line(
            regime=item.regime,
            kind=LineKind.exemption_text,
            words=words,
            checked=item.authority.checked,
        )


def counted_by_kind(found: Sequence[Line]) -> tuple[Count, ...]:
    """How many of these lines were compared, kind by kind; kinds with none are left out."""
    counts = []
    for kind in LineKind:
        flags = [line.checked for line in found if line.kind is kind]
        if flags:
            counts.append(Count(kind=kind, checked=sum(flags), unchecked=len(flags) - sum(flags)))
    return tuple(counts)


def coverage(regime: Regime, found: Sequence[Line]) -> Coverage:
    """What the record covers of a regime; `found` are the lines of the whole record."""
    own = [line for line in found if line.regime == regime.id]
    checked = sum(line.checked for line in own)
    begun = [item.intervals[0].from_ for item in regime.measures]
    ended = [item.intervals[-1].until_by or item.intervals[-1].until for item in regime.measures]
    over = [end for end in ended if end is not None]
    return Coverage(
        from_=min(begun, key=order, default=None),
        until=max(over, key=order, default=None) if len(over) == len(ended) else None,
        verified_to=min(
            (item.verified_to for item in regime.measures if item.verified_to), default=None
        ),
        checked=checked,
        unchecked=len(own) - checked,
        counts=counted_by_kind(own),
    )


@value
class RunsOut:
    """A measure that nothing on record shows to have been renewed beyond a day near today."""

    measure: str
    kind: MeasureKind
    verified_to: str
    days: int
    """Days from today to the last one verified; negative where it has passed."""


def runs_out(known: Sequence[Regime], today: str, days: int = 90) -> tuple[RunsOut, ...]:
    """Measures whose verified time ended, or ends within so many days, the first to end first."""
    now = date.fromisoformat(today)
    found = [
        RunsOut(measure=measure.id, kind=measure.kind, verified_to=measure.verified_to, days=left)
        for regime in known
        for measure in regime.measures
        if measure.verified_to is not None
        and (left := (date.fromisoformat(measure.verified_to) - now).days) <= days
    ]
    return tuple(sorted(found, key=lambda item: (item.verified_to, item.measure)))
