"""Chain of snapshots and designation facts → what the record says of a reference, and when.

Evidence about a reference is every full list (there, or not there), every designation fact, a
LISTED_ON that falls inside the gap in which the reference first appeared, and, for a reference
that no full list has held, a supplement on the day it was generated. Between two pieces of
evidence the last and the next decide. A LISTED_ON by itself is no interval: records leave the
list and come back with their old one. What came in first never matters.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise, takewhile

from app.terms import (
    AcceptedSide,
    DesignationEvent,
    DesignationFact,
    DesignationInterval,
    Holds,
    ListingStanding,
    ListKind,
    Snapshot,
    value,
)
from app.when import DAY, counted, in_words, instant_text, is_instant, order, parse_instant

NOT_LISTED = ListingStanding.not_listed
BEFORE = ListingStanding.before_our_record
BETWEEN = ListingStanding.between

# Of two facts of one day: who is listed anew on the day of a delisting left and came back.
_SAME_DAY = (DesignationEvent.listed, DesignationEvent.delisted, DesignationEvent.relisted)


@value
class Contradiction:
    """A designation fact that lists on record contradict, and that nobody has decided about."""

    reference: str
    fact: DesignationFact
    snapshot: Snapshot
    """The list next to it that contradicts it."""
    lists: int
    """How many lists do."""
    words: str


@dataclass(frozen=True, slots=True)
class _Seen:
    """One piece of evidence: from `on` (surely from `by`) the reference is listed, or is not."""

    on: str
    by: str | None
    listed: bool
    snapshot: Snapshot | None = None
    facts: tuple[DesignationFact, ...] = ()
    """Facts that say the same; empty for a list, and for LISTED_ON."""

    @property
    def dates_it(self) -> bool:
        """Whether it says when listing began or ended, rather than how things stood."""
        return self.snapshot is None

    @property
    def settled(self) -> str:
        """The boundary from which it surely holds."""
        return self.by or self.on

    @property
    def place(self) -> tuple[datetime, int, int]:
        """A sort key: at one moment facts go before lists, and lists before what is open."""
        rank = 1 if self.snapshot else 2 if self.by else 0
        return order(self.on), rank, _SAME_DAY.index(self.facts[0].event) if self.facts else 0


@dataclass(frozen=True, slots=True)
class _Doubt:
    """A fact, the lists that contradict it, and the days that are in doubt for it."""

    change: _Seen
    looks: tuple[_Seen, ...]
    """The nearest first."""
    from_: str | None
    until: str | None


@dataclass(frozen=True, slots=True)
class _Evidence:
    """What is to be believed, in order, and what is in doubt."""

    agreed: tuple[_Seen, ...]
    doubts: tuple[_Doubt, ...]


def designations(
    reference: str,
    full_lists: Sequence[tuple[Snapshot, bool]],
    supplement: Snapshot | None,
    facts: Sequence[DesignationFact],
    listed_on: str | None,
    fresh_days: int,
) -> tuple[DesignationInterval, ...]:
    """All that is on record about one reference, as intervals without a gap, since ever.

    `full_lists` is every promoted full list in order of `generated`, with whether it holds the
    reference; `supplement` is the newest one that holds it; `listed_on` is LISTED_ON of the newest
    record, null where no list holds one. Rules: docs/standings.md#listing.
    """
    evidence = _weigh(full_lists, supplement, facts, listed_on)
    told = _Timeline(reference, listed_on)
    seen = evidence.agreed
    if not seen:
        told.say(NOT_LISTED, Holds.no, None, "no list or fact on record names it")
    else:
        _before(told, seen[0])
        for place, item in enumerate(seen):
            told.bracket(item, (*seen[max(place - 1, 0) : place], *seen[place + 1 : place + 2]))
            if place + 1 < len(seen):
                _between(told, item, seen[place + 1])
        _after(told, seen[-1], fresh_days)
    for doubt in evidence.doubts:
        told.put(doubt)
    return tuple(told.found)


def contradictions(
    reference: str,
    full_lists: Sequence[tuple[Snapshot, bool]],
    supplement: Snapshot | None,
    facts: Sequence[DesignationFact],
    listed_on: str | None,
) -> tuple[Contradiction, ...]:
    """Every fact about one reference that lists on record contradict, in order of day.

    A fact about which somebody has accepted a side is not among them.
    """
    return tuple(
        Contradiction(
            reference=reference,
            fact=doubt.change.facts[0],
            snapshot=doubt.looks[0].snapshot,
            lists=len(doubt.looks),
            words=_against(doubt),
        )
        for doubt in _weigh(full_lists, supplement, facts, listed_on).doubts
        if doubt.looks[0].snapshot is not None
    )


# ---------------------------------------------------------------- what is to be believed


def _weigh(
    full_lists: Sequence[tuple[Snapshot, bool]],
    supplement: Snapshot | None,
    facts: Sequence[DesignationFact],
    listed_on: str | None,
) -> _Evidence:
    """Lists and facts beside each other: which agree, and which contradict each other."""
    looks = _looks(full_lists, supplement)
    given = _changes(facts, listed_on)
    looks = [look for look in looks if not _late(look, given)]
    while True:
        facts_alone = _narrowed(given, looks)
        kept, came = _by_listed_on(looks, facts_alone, listed_on)
        changes = sorted([*facts_alone, *came], key=lambda item: item.place)
        doubts = [
            doubt
            for place, change in enumerate(changes)
            if change.facts and (doubt := _doubt(place, changes, kept, listed_on)) is not None
        ]
        silent = {
            id(look) for doubt in doubts if _fact_accepted(doubt.change) for look in doubt.looks
        }
        if not silent:
            break
        # Where the fact was accepted, the lists that contradict it say nothing.
        looks = [look for look in looks if id(look) not in silent]
    doubtful = {id(doubt.change) for doubt in doubts}
    agreed = [*kept, *(item for item in changes if id(item) not in doubtful)]
    return _Evidence(
        agreed=tuple(sorted(agreed, key=lambda item: item.place)), doubts=tuple(doubts)
    )


def _looks(full_lists: Sequence[tuple[Snapshot, bool]], supplement: Snapshot | None) -> list[_Seen]:
    if supplement is not None and not any(holds for _, holds in full_lists):
        # A supplement speaks for a reference that no full list has held, and only for its day.
        full_lists = [(supplement, True)]
    return [
        _Seen(on=snapshot.generated, by=None, listed=holds, snapshot=snapshot)
        for snapshot, holds in full_lists
    ]


def _changes(facts: Sequence[DesignationFact], listed_on: str | None) -> list[_Seen]:
    """The facts that count, in order; those that say the same of one day are one."""
    found: list[_Seen] = []
    for fact in sorted(facts, key=_fact_order):
        if fact.event is DesignationEvent.died or _side(fact) is AcceptedSide.list_:
            continue
        if not found and _repeats(fact, listed_on):
            continue  # it counts as LISTED_ON, which is no interval by itself
        listed = fact.event is not DesignationEvent.delisted
        same = found[-1] if found else None
        if same and (same.on, same.by, same.listed) == (fact.on, fact.by, listed):
            found[-1] = replace(same, facts=(*same.facts, fact))
        else:
            found.append(_Seen(on=fact.on, by=fact.by, listed=listed, facts=(fact,)))
    return found


def _fact_order(fact: DesignationFact) -> tuple[datetime, int, datetime, str]:
    event = _SAME_DAY.index(fact.event) if fact.event in _SAME_DAY else len(_SAME_DAY)
    return order(fact.on), event, order(fact.by or fact.on), fact.source


def _repeats(fact: DesignationFact, listed_on: str | None) -> bool:
    if listed_on is None or fact.event is not DesignationEvent.listed:
        return False
    return order(fact.on) <= order(listed_on) <= order(fact.by or fact.on)


def _side(fact: DesignationFact) -> AcceptedSide | None:
    return fact.accepted.side if fact.accepted else None


def _fact_accepted(change: _Seen) -> bool:
    return any(_side(fact) is AcceptedSide.fact for fact in change.facts)


def _late(look: _Seen, changes: Sequence[_Seen]) -> bool:
    """Whether a list still shows what held before a fact of its day or of the day before.

    Lists are published with some delay: there the fact decides, and nothing is contradicted.
    """
    before = [item for item in changes if order(item.on) <= order(look.on)]
    last = before[-1] if before else None
    return (
        last is not None
        and last.by is None
        and last.listed is not look.listed
        and order(look.on) < _delay_ends(last.on)
    )


def _delay_ends(boundary: str) -> datetime:
    """The end, at UTC, of the day after a boundary's day."""
    day = order(boundary)
    return datetime(day.year, day.month, day.day, tzinfo=UTC) + 2 * DAY


def _narrowed(changes: Sequence[_Seen], looks: Sequence[_Seen]) -> list[_Seen]:
    """The facts with each bracket as narrow as lists and exact facts inside it make it."""
    exact = [item for item in changes if item.by is None]
    found = {(item.on, item.listed): item for item in exact}
    brackets = []
    for change in changes:
        if change.by is None:
            continue
        narrow = _inside(change, looks, exact)
        if narrow is None:
            continue
        on, by = narrow
        same = found.get((by, change.listed)) if on == by else None
        if same is not None:
            found[same.on, same.listed] = replace(same, facts=(*same.facts, *change.facts))
        else:
            brackets.append(replace(change, on=on, by=by if order(on) < order(by) else None))
    narrowed = [*found.values(), *brackets]
    narrowed.sort(key=lambda item: (item.place, order(item.settled)))
    return _met(narrowed)


def _inside(
    change: _Seen, looks: Sequence[_Seen], exact: Sequence[_Seen]
) -> tuple[str, str] | None:
    """The bracket of a fact, between the last moment without it and the first with it.

    A list is one moment; an exact fact is two, as just before it the opposite held. Null where
    lists and exact facts show several such changes inside the bracket: nobody knows which is
    meant.
    """
    by = change.by or change.on
    moments = [(order(look.on), 0, look.on, look.listed) for look in looks]
    for item in exact:
        moments.append((order(item.on), -1, item.on, not item.listed))
        moments.append((order(item.on), 0, item.on, item.listed))
    moments.sort(key=lambda moment: moment[:2])
    before = [item for item in moments if item[0] < order(change.on)]
    within = [item for item in moments if order(change.on) <= item[0] < order(by)]
    if any(item.on == by and item.listed is change.listed for item in exact):
        within += [(order(by), -1, by, not change.listed)]  # an exact fact at the very end
    held = before[-1][3] if before else not change.listed
    steps = [
        (change.on, held),
        *((text, listed) for _, _, text, listed in within),
        (by, change.listed),
    ]
    found = [
        (first, second)
        for (first, earlier), (second, later) in pairwise(steps)
        if earlier is not change.listed and later is change.listed
    ]
    if len(found) > 1:
        return None
    return found[0] if found else (change.on, by)


def _met(changes: Sequence[_Seen]) -> list[_Seen]:
    """Brackets of one change that overlap are one bracket: what they have in common."""
    found: list[_Seen] = []
    for item in changes:
        last = found[-1] if found else None
        if (
            last is not None
            and last.by is not None
            and item.by is not None
            and last.listed is item.listed
            and order(item.on) <= order(last.by)
        ):
            by = min(last.by, item.by, key=order)
            found[-1] = _Seen(
                on=item.on,
                by=by if order(item.on) < order(by) else None,
                listed=item.listed,
                facts=(*last.facts, *item.facts),
            )
        else:
            found.append(item)
    return found


def _doubt(
    place: int, changes: Sequence[_Seen], looks: Sequence[_Seen], listed_on: str | None
) -> _Doubt | None:
    """The lists that contradict one fact, up to the facts before and after it; null for none."""
    change = changes[place]
    earlier = changes[place - 1] if place else None
    later = changes[place + 1] if place + 1 < len(changes) else None
    after = [
        look
        for look in looks
        if order(look.on) >= order(change.settled)
        and (later is None or order(look.on) < order(later.on))
    ]
    before = [
        look
        for look in reversed(looks)
        if look.place < change.place
        and (earlier is None or order(look.on) >= order(earlier.settled))
    ]
    from_: str | None = change.on
    until: str | None = change.settled
    against = tuple(takewhile(lambda look: look.listed is not change.listed, after))
    if change.listed and not (before and not before[0].listed):
        # Who was listed may have left since. Only lists on both sides of a listing deny it.
        against = ()
    if against:
        rest = after[len(against) :]
        until = rest[0].on if rest else later.on if later else None
    # Who comes back was on a list before: that contradicts nothing.
    first = () if _comes_back(change) else before
    already = tuple(takewhile(lambda look: look.listed is change.listed, first))
    if already:
        start = listed_on if listed_on and order(listed_on) < order(change.on) else None
        rest = before[len(already) :]
        from_ = rest[0].on if rest else earlier.settled if earlier else start
    if not against and not already:
        return None
    return _Doubt(change=change, looks=(*against, *already), from_=from_, until=until)


def _comes_back(change: _Seen) -> bool:
    return any(fact.event is DesignationEvent.relisted for fact in change.facts)


def _by_listed_on(
    looks: list[_Seen], changes: Sequence[_Seen], listed_on: str | None
) -> tuple[list[_Seen], list[_Seen]]:
    """The lists that count, and LISTED_ON as evidence where it dates the first appearance.

    It does so where it falls between the last evidence that the reference is not listed and the
    first list that holds it, and no fact says when. A list of its day or of the day after that
    does not hold the reference yet was published before the change was in it.
    """
    first = next((look for look in looks if look.listed), None)
    if listed_on is None or first is None or order(first.on) < order(listed_on):
        return looks, []
    start, ends = order(listed_on), min(_delay_ends(listed_on), order(first.on))
    kept = [look for look in looks if not (start <= order(look.on) < ends)]
    before = sorted(
        (item for item in (*kept, *changes) if order(item.on) < order(first.on)),
        key=lambda item: item.place,
    )
    if not before or before[-1].listed or order(before[-1].settled) >= start:
        return looks, []
    return kept, [_Seen(on=listed_on, by=None, listed=True)]


# ---------------------------------------------------------------- what follows from it


class _Timeline:
    """Intervals as they are found, from the oldest on: each begins where the last one ends."""

    def __init__(self, reference: str, listed_on: str | None) -> None:
        self.reference = reference
        self.listed_on = listed_on
        self.found: list[DesignationInterval] = []

    def say(
        self,
        standing: ListingStanding,
        listed: Holds,
        until: str | None,
        words: str,
        *because: _Seen,
        by_listed_on: bool = False,
    ) -> None:
        """Add what holds until a boundary; nothing where that is not after the last one."""
        from_ = self.found[-1].until if self.found else None
        if from_ is not None and until is not None and order(from_) >= order(until):
            return
        self.found.append(
            self._interval(standing, listed, from_, until, words, because, by_listed_on)
        )

    def _interval(
        self,
        standing: ListingStanding,
        listed: Holds,
        from_: str | None,
        until: str | None,
        words: str,
        because: Sequence[_Seen],
        by_listed_on: bool,
    ) -> DesignationInterval:
        return DesignationInterval(
            reference=self.reference,
            standing=standing,
            listed=listed,
            from_=from_,
            until=until,
            snapshots=tuple(item.snapshot for item in because if item.snapshot),
            facts=tuple(dict.fromkeys(fact for item in because for fact in item.facts)),
            listed_on=self.listed_on if by_listed_on else None,
            words=words,
        )

    def bracket(self, item: _Seen, near: Sequence[_Seen]) -> None:
        """The time in which it is open whether a fact holds already; with lists that end it."""
        if item.by is not None:
            ends = [one for one in near if one.snapshot and one.on in (item.on, item.by)]
            words = ": ".join(filter(None, (_says(item), ", and ".join(map(_says, ends)))))
            self.say(BETWEEN, Holds.possible, item.by, words, item, *ends)

    def put(self, doubt: _Doubt) -> None:
        """Put a doubt over what was found for its days."""
        whole = self._interval(
            BETWEEN,
            Holds.possible,
            doubt.from_,
            doubt.until,
            f"{_against(doubt)}: possible until somebody accepts one side",
            (doubt.change, doubt.looks[0]),
            by_listed_on=False,
        )
        left = [
            replace(item, until=doubt.from_) if _ends(item.until) > _starts(doubt.from_) else item
            for item in self.found
            if _starts(item.from_) < _starts(doubt.from_)
        ]
        right = [
            replace(item, from_=doubt.until) if _starts(item.from_) < _ends(doubt.until) else item
            for item in self.found
            if _ends(item.until) > _ends(doubt.until)
        ]
        self.found = [*left, whole, *right]


def _starts(boundary: str | None) -> datetime:
    return order(boundary) if boundary else datetime.min.replace(tzinfo=UTC)


def _ends(boundary: str | None) -> datetime:
    return order(boundary) if boundary else datetime.max.replace(tzinfo=UTC)


def _before(told: _Timeline, first: _Seen) -> None:
    """What holds before all evidence: LISTED_ON decides there, and only there."""
    listed_on = told.listed_on
    # Just before a fact the opposite held.
    was_listed = first.listed is not first.dates_it
    if listed_on is not None and order(listed_on) < order(first.on):
        words = f"LISTED_ON is {in_words(listed_on)}"
        told.say(NOT_LISTED, Holds.no, listed_on, words, first, by_listed_on=True)
        if not was_listed and first.dates_it:
            words += f", and {_says(first)}: what held in between is not on record"
            told.say(BEFORE, Holds.possible, first.on, words, first, by_listed_on=True)
            return
        words += f"; the oldest evidence on record is of {in_words(first.on)}, so that this "
        words += "counts as listed"
        told.say(BEFORE, Holds.yes, first.on, words, first, by_listed_on=True)
    elif was_listed or _comes_back(first):
        words = f"{_says(first)}, and since when it was listed before is not on record"
        told.say(BEFORE, Holds.possible, first.on, words, first)
    else:
        told.say(NOT_LISTED, Holds.no, first.on, _says(first), first)


def _between(told: _Timeline, last: _Seen, after: _Seen) -> None:
    """What holds from one piece of evidence to the next."""
    words = f"{_says(last)}, and {_says(after)}"
    # Just before a fact the opposite held.
    expected = after.listed is not after.dates_it
    if last.listed is expected:
        standing = ListingStanding.listed if last.listed else NOT_LISTED
        holds = Holds.yes if last.listed else Holds.no
        told.say(standing, holds, after.on, words, last, after)
    else:
        words += ": nothing on record says when it changed in between"
        told.say(BETWEEN, Holds.possible, after.on, words, last, after)


def _after(told: _Timeline, last: _Seen, fresh_days: int) -> None:
    """What holds after all evidence."""
    if not last.listed:
        words = f"{_says(last)}, and nothing later says otherwise"
        told.say(NOT_LISTED, Holds.no, None, words, last)
        return
    from_ = told.found[-1].until or last.settled
    fresh = _days_later(from_, fresh_days)
    words = f"{_says(last)}, and nothing on record is later"
    told.say(ListingStanding.end_unknown, Holds.yes, fresh, words, last)
    words += f": more than {fresh_days} days before the day in question"
    told.say(ListingStanding.end_unknown, Holds.possible, None, words, last)


def _against(doubt: _Doubt) -> str:
    words = f"a designation fact says {_says(doubt.change)}, but {_says(doubt.looks[0])}"
    if len(doubt.looks) > 1:
        words += f", and {counted(len(doubt.looks) - 1, 'other list')} beside it"
    return words


def _says(item: _Seen) -> str:
    if item.facts:
        fact = item.facts[0]
        words = f"{fact.event} {_when(item)}"
        words += " (some States dispute it)" if any(one.disputed for one in item.facts) else ""
        for one in item.facts:
            if one.accepted is not None:
                because = one.accepted.because
                words += f" (accepted against the lists by {one.accepted.by}: {because})"
        return words
    if item.snapshot is None:
        return f"LISTED_ON says {in_words(item.on)}"
    name = "supplement" if item.snapshot.list_kind is ListKind.supplement else "full list"
    holds = "holds it" if item.listed else "does not hold it"
    return f"the {name} of {in_words(item.snapshot.generated)} {holds}"


def _when(item: _Seen) -> str:
    if item.by is not None:
        return f"on some day between {in_words(item.on)} and {in_words(item.by)}"
    return f"{'at' if is_instant(item.on) else 'on'} {in_words(item.on)}"


def _days_later(boundary: str, days: int) -> str:
    if is_instant(boundary):
        return instant_text(parse_instant(boundary) + timedelta(days=days))
    return (date.fromisoformat(boundary) + timedelta(days=days)).isoformat()
