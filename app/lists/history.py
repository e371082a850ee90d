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
    reference; `supplement` is the newest one that holds it. Rules: domain sheet, "Listing is
    not law".
    """
    seen = _evidence(full_lists, supplement, facts, listed_on)
    found: list[DesignationInterval] = []

    def say(
        standing: ListingStanding,
        listed: Holds,
        from_: str | None,
        until: str | None,
        words: str,
        *because: _Seen | None,
        by_listed_on: bool = False,
    ) -> None:
        if from_ is not None and until is not None and order(from_) >= order(until):
            return
        found.append(
            DesignationInterval(
                reference=reference,
                standing=standing,
                listed=listed,
                from_=from_,
                until=until,
                snapshots=tuple(item.snapshot for item in because if item and item.snapshot),
                facts=tuple(item.fact for item in because if item and item.fact),
                listed_on=listed_on if by_listed_on else None,
                words=words,
            )
        )

    if not seen:
        say(ListingStanding.not_listed, Holds.no, None, None, "no list or fact on record names it")
        return tuple(found)

    first = seen[0]
    if listed_on is None:
        missing = Holds.possible if first.listed else Holds.no
        standing = (
            ListingStanding.before_our_record if first.listed else ListingStanding.not_listed
        )
        say(
            standing, missing, None, first.on,
            f"the oldest evidence is of {in_words(first.on)}, and no LISTED_ON is given", first,
        )
    elif order(listed_on) < order(first.on):
        say(
            ListingStanding.not_listed, Holds.no, None, listed_on,
            f"LISTED_ON is {in_words(listed_on)}", first, by_listed_on=True,
        )
        say(
            ListingStanding.before_our_record, Holds.yes, listed_on, first.on,
            f"LISTED_ON is {in_words(listed_on)}; the oldest evidence on record is of "
            f"{in_words(first.on)}, so that this counts as listed",
            first, by_listed_on=True,
        )
    else:
        say(
            ListingStanding.not_listed, Holds.no, None, first.on,
            f"LISTED_ON is {in_words(listed_on)}", first, by_listed_on=True,
        )

    for last, after in zip(seen, seen[1:], strict=False):
        _between(say, last, after)

    last = seen[-1]
    from_ = _settled(say, last)
    if not last.listed:
        say(
            ListingStanding.not_listed, Holds.no, from_, None,
            f"{_says(last)}, and nothing later says otherwise", last,
        )
    else:
        fresh = _days_later(from_, fresh_days)
        words = f"{_says(last)}, and nothing on record is later"
        say(ListingStanding.end_unknown, Holds.yes, from_, fresh, words, last)
        say(
            ListingStanding.end_unknown, Holds.possible, fresh, None,
            f"{words}: more than {fresh_days} days before the day in question", last,
        )
    return tuple(found)


def _between(say, last: _Seen, after: _Seen) -> None:  # type: ignore[no-untyped-def]
    """What holds from one piece of evidence to the next."""
    from_ = _settled(say, last)
    if last.listed == after.listed:
        standing = ListingStanding.listed if last.listed else ListingStanding.not_listed
        holds = Holds.yes if last.listed else Holds.no
        say(standing, holds, from_, after.on, f"{_says(last)}, and {_says(after)}", last, after)
    elif after.dates_it:
        standing = ListingStanding.listed if last.listed else ListingStanding.not_listed
        holds = Holds.yes if last.listed else Holds.no
        say(standing, holds, from_, after.on, f"{_says(last)}, and {_says(after)}", last, after)
    else:
        say(
            ListingStanding.between, Holds.possible, from_, after.on,
            f"{_says(last)}, and {_says(after)}: no fact on record says when it changed",
            last, after,
        )


def _settled(say, item: _Seen) -> str:  # type: ignore[no-untyped-def]
    """The boundary from which evidence surely holds; the bracket before it is only possible."""
    if item.by is None:
        return item.on
    say(
        ListingStanding.between, Holds.possible, item.on, item.by,
        f"{_says(item)}: the day lies between {in_words(item.on)} and {in_words(item.by)}", item,
    )
    return item.by


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
