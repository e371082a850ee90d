"""Chain of snapshots and designation facts → what the record says of a reference, and when.

Evidence about a reference is every full list (there, or not there), every designation fact, a
LISTED_ON that falls inside the gap in which the reference first appeared, and, for a reference
that no full list has held, a supplement on the day it was generated. Between two pieces of
evidence the last and the next decide. A LISTED_ON by itself is no interval: records leave the
list and come back with their old one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from app.terms import (
    DesignationEvent,
    DesignationFact,
    DesignationInterval,
    Holds,
    ListingStanding,
    ListKind,
    Snapshot,
)
from app.when import in_words, instant_text, is_instant, order, parse_instant

NOT_LISTED = ListingStanding.not_listed
BEFORE = ListingStanding.before_our_record


@dataclass(frozen=True, slots=True)
class _Seen:
    """One piece of evidence: from `on` (surely from `by`) the reference is listed, or is not."""

    on: str
    by: str | None
    listed: bool
    snapshot: Snapshot | None = None
    fact: DesignationFact | None = None

    @property
    def dates_it(self) -> bool:
        """Whether it says when listing began or ended, rather than how things stood."""
        return self.snapshot is None


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
    reference; `supplement` is the newest one that holds it. Rules: docs/standings.md#listing.
    """
    seen = _evidence(full_lists, supplement, facts, listed_on)
    told = _Timeline(reference, listed_on)
    if not seen:
        told.say(NOT_LISTED, Holds.no, None, None, "no list or fact on record names it")
        return tuple(told.found)
    _before(told, seen[0], listed_on)
    for last, after in pairwise(seen):
        _between(told, last, after)
    _after(told, seen[-1], fresh_days)
    return tuple(told.found)


class _Timeline:
    """Intervals as they are found, from the oldest on."""

    def __init__(self, reference: str, listed_on: str | None) -> None:
        self.reference = reference
        self.listed_on = listed_on
        self.found: list[DesignationInterval] = []

    def say(
        self,
        standing: ListingStanding,
        listed: Holds,
        from_: str | None,
        until: str | None,
        words: str,
        *because: _Seen,
        by_listed_on: bool = False,
    ) -> None:
        """Add an interval; an empty one is left out."""
        if from_ is not None and until is not None and order(from_) >= order(until):
            return
        self.found.append(
            DesignationInterval(
                reference=self.reference,
                standing=standing,
                listed=listed,
                from_=from_,
                until=until,
                snapshots=tuple(item.snapshot for item in because if item.snapshot),
                facts=tuple(item.fact for item in because if item.fact),
                listed_on=self.listed_on if by_listed_on else None,
                words=words,
            )
        )

    def settled(self, item: _Seen) -> str:
        """The boundary from which evidence surely holds; the bracket before it is possible."""
        if item.by is None:
            return item.on
        words = f"{_says(item)}: the day lies between {in_words(item.on)} and {in_words(item.by)}"
        self.say(ListingStanding.between, Holds.possible, item.on, item.by, words, item)
        return item.by


def _before(told: _Timeline, first: _Seen, listed_on: str | None) -> None:
    """What holds before all evidence: LISTED_ON decides there, and only there."""
    if listed_on is None:
        words = f"the oldest evidence is of {in_words(first.on)}, and no LISTED_ON is given"
        if first.listed:
            told.say(BEFORE, Holds.possible, None, first.on, words, first)
        else:
            told.say(NOT_LISTED, Holds.no, None, first.on, words, first)
        return
    words = f"LISTED_ON is {in_words(listed_on)}"
    begins = listed_on if order(listed_on) < order(first.on) else first.on
    told.say(NOT_LISTED, Holds.no, None, begins, words, first, by_listed_on=True)
    words += (
        f"; the oldest evidence on record is of {in_words(first.on)}, so that this counts as listed"
    )
    told.say(BEFORE, Holds.yes, begins, first.on, words, first, by_listed_on=True)


def _between(told: _Timeline, last: _Seen, after: _Seen) -> None:
    """What holds from one piece of evidence to the next."""
    from_ = told.settled(last)
    words = f"{_says(last)}, and {_says(after)}"
    if last.listed == after.listed or after.dates_it:
        standing = ListingStanding.listed if last.listed else NOT_LISTED
        holds = Holds.yes if last.listed else Holds.no
        told.say(standing, holds, from_, after.on, words, last, after)
    else:
        words += ": no fact on record says when it changed"
        told.say(ListingStanding.between, Holds.possible, from_, after.on, words, last, after)


def _after(told: _Timeline, last: _Seen, fresh_days: int) -> None:
    """What holds after all evidence."""
    from_ = told.settled(last)
    if not last.listed:
        words = f"{_says(last)}, and nothing later says otherwise"
        told.say(NOT_LISTED, Holds.no, from_, None, words, last)
        return
    fresh = _days_later(from_, fresh_days)
    words = f"{_says(last)}, and nothing on record is later"
    told.say(ListingStanding.end_unknown, Holds.yes, from_, fresh, words, last)
    words += f": more than {fresh_days} days before the day in question"
    told.say(ListingStanding.end_unknown, Holds.possible, fresh, None, words, last)


def _evidence(
    full_lists: Sequence[tuple[Snapshot, bool]],
    supplement: Snapshot | None,
    facts: Sequence[DesignationFact],
    listed_on: str | None,
) -> list[_Seen]:
    seen: list[_Seen] = []
    held = [holds for _, holds in full_lists]
    if any(held):
        seen += [
            _Seen(on=snapshot.generated, by=None, listed=holds, snapshot=snapshot)
            for snapshot, holds in full_lists
        ]
        first = held.index(True)
        if first > 0 and listed_on is not None:
            before, at = full_lists[first - 1][0], full_lists[first][0]
            if order(before.generated) < order(listed_on) <= order(at.generated):
                seen.append(_Seen(on=listed_on, by=None, listed=True))
    elif supplement is not None:
        # A supplement speaks for a reference that no full list has held, and only for its day.
        seen.append(_Seen(on=supplement.generated, by=None, listed=True, snapshot=supplement))
    for fact in facts:
        if fact.event is DesignationEvent.died:
            continue
        listed = fact.event is not DesignationEvent.delisted
        if listed and fact.on == listed_on:
            continue  # it only repeats LISTED_ON
        seen.append(_Seen(on=fact.on, by=fact.by, listed=listed, fact=fact))
    seen.sort(key=lambda item: (order(item.on), item.snapshot is not None))
    return seen


def _says(item: _Seen) -> str:
    if item.fact is not None:
        disputed = " (some States dispute it)" if item.fact.disputed else ""
        return f"{item.fact.event} at {in_words(item.fact.on)}{disputed}"
    if item.snapshot is None:
        return f"LISTED_ON says {in_words(item.on)}"
    name = "supplement" if item.snapshot.list_kind is ListKind.supplement else "full list"
    holds = "holds it" if item.listed else "does not hold it"
    return f"the {name} of {in_words(item.snapshot.generated)} {holds}"


def _days_later(boundary: str, days: int) -> str:
    if is_instant(boundary):
        return instant_text(parse_instant(boundary) + timedelta(days=days))
    return (date.fromisoformat(boundary) + timedelta(days=days)).isoformat()
