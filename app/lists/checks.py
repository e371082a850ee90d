"""Is a list to be believed? Reasons, in words, to set one aside rather than to promote it.

A list that says too little does harm in silence: whoever is missing from it looks delisted.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from app.lists.un_xml import ParsedList
from app.terms import (
    AcceptedSide,
    DesignationEvent,
    DesignationFact,
    Entry,
    ListKind,
    Snapshot,
    value,
)
from app.when import DAY, counted, in_words, order, parse_instant

SMALLEST_SHARE = 0.7
"""The least share of its neighbour's records that a full list may hold.

Of any two full lists of 2015 to 2026 the smaller holds at least 79.7 % of the larger (2024 of
2018); a download that was cut short held 23 %.
"""

LARGEST_LOSS = 0.5
"""The largest share of a regime's records that may be missing with nothing to account for it."""

_TOO_MANY_TO_BE_SILENT = 100  # records: a list of that length has sentences in some language
_A_FEW = 2  # records of a regime: a single one that is gone is what a delisting looks like


@value
class Neighbour:
    """The full list on record that is nearest in time to a new one."""

    sha256: str
    generated: str
    references: tuple[str, ...]
    """Whom it holds."""
    newest: str
    """`dateGenerated` of the newest full list on record, this or another."""


def concerns(
    parsed: ParsedList,
    list_kind: ListKind,
    neighbour: Neighbour | None,
    accounted_for: Callable[[Neighbour, Collection[str]], Collection[str]],
    *,
    smallest_share: float = SMALLEST_SHARE,
    largest_loss: float = LARGEST_LOSS,
) -> tuple[str, ...]:
    """Every reason to quarantine this list; empty when there is none.

    `neighbour` is None when no full list is on record yet. `accounted_for` is asked, where many
    of a regime are missing, which of them something on record accounts for: see `accounts`. A
    supplement is compared with nothing: its absences mean nothing.
    """
    found = []
    records = len(parsed.entries)
    if parsed.language == "es":
        found.append("it is the Spanish edition: names and comments are compared in English only")
    elif parsed.language == "unknown" and records >= _TOO_MANY_TO_BE_SILENT:
        found.append(f"none of its {records} records has a sentence in English")
    if list_kind is ListKind.supplement:
        return tuple(found)
    if records == 0:
        found.append("a full list without a record would say that nobody is listed")
    if neighbour is not None:
        here = {entry.reference for entry in parsed.entries}
        found += compared(here, neighbour, accounted_for, smallest_share, largest_loss)
    return tuple(found)


def compared(
    here: Collection[str],
    neighbour: Neighbour,
    accounted_for: Callable[[Neighbour, Collection[str]], Collection[str]],
    smallest_share: float = SMALLEST_SHARE,
    largest_loss: float = LARGEST_LOSS,
) -> tuple[str, ...]:
    """Why a full list that holds these references cannot be believed beside its neighbour."""
    near = f"the nearest full list on record, of {in_words(neighbour.generated)}"
    records, nearest = len(here), len(neighbour.references)
    if records < smallest_share * nearest:
        return (
            f"it holds {records} records, less than {smallest_share:.0%} of the {nearest} in "
            f"{near}",
        )
    lost = _lost(here, neighbour, largest_loss)
    if not lost:
        return ()
    # Regimes do come and go whole (Liberia left in 2015, Iran in 2023 and came back in 2025), and
    # years can lie between two lists: only what nothing on record accounts for is a concern.
    known = set(accounted_for(neighbour, [name for names in lost.values() for name in names]))
    held = Counter(map(_regime, neighbour.references))
    found = []
    for regime, names in lost.items():
        silent = [name for name in names if name not in known]
        if _too_many(len(silent), held[regime], largest_loss):
            found.append(
                f"{len(silent)} of the {counted(held[regime], 'record')} {regime} in {near} are "
                "missing, and no designation fact says why"
            )
    return tuple(found)


def _lost(
    here: Collection[str], neighbour: Neighbour, largest_loss: float
) -> dict[str, tuple[str, ...]]:
    """By regime, whom the neighbour holds and this list does not, where they are many."""
    missing: dict[str, list[str]] = {}
    for reference in sorted(set(neighbour.references) - set(here)):
        missing.setdefault(_regime(reference), []).append(reference)
    held = Counter(map(_regime, neighbour.references))
    return {
        regime: tuple(names)
        for regime, names in missing.items()
        if _too_many(len(names), held[regime], largest_loss)
    }


def _too_many(missing: int, held: int, largest_loss: float) -> bool:
    return missing >= _A_FEW and missing > largest_loss * held


def _regime(reference: str) -> str:
    """The letters of a reference that name its regime and kind of party: `IRi`.

    By kind too, for a file that lost all its entities has kept most of its records.
    """
    return reference[:3]


def accounts(
    generated: str,
    neighbour: Neighbour,
    missing: Iterable[Entry],
    facts: Sequence[DesignationFact],
) -> set[str]:
    """The references whose absence from a list something on record accounts for.

    Against an older neighbour: a designation fact says that they left in between. Against a newer
    one: a fact or their LISTED_ON says that they were listed only afterwards.
    """
    first, last = sorted((parse_instant(generated), parse_instant(neighbour.generated)))
    left = parse_instant(neighbour.generated) == first
    found = set()
    for fact in facts:
        if fact.accepted is not None and fact.accepted.side is AcceptedSide.list_:
            continue  # somebody decided that it does not hold
        leaves = fact.event is DesignationEvent.delisted
        joins = fact.event in (DesignationEvent.listed, DesignationEvent.relisted)
        if (leaves if left else joins) and _touches(fact, first, last):
            found.add(fact.reference)
    if not left:
        found |= {
            entry.reference
            for entry in missing
            if entry.listed_on is not None and order(entry.listed_on) + DAY > first
        }
    return found


def doubtful(
    chain: Sequence[tuple[Snapshot, Mapping[str, Entry]]], facts: Sequence[DesignationFact]
) -> tuple[tuple[Snapshot, str], ...]:
    """Full lists on record that would not be believed beside their nearest neighbour, and why.

    The first one to come was compared with nothing, and the others with what was here then.
    `chain` is every full list on record, in order of `generated`, with its records by reference.
    """
    found = []
    for place, (snapshot, held) in enumerate(chain):
        beside = [*chain[max(place - 1, 0) : place], *chain[place + 1 : place + 2]]
        if not beside:
            continue
        moment = parse_instant(snapshot.generated)
        near, records = min(beside, key=lambda one: abs(parse_instant(one[0].generated) - moment))

        def accounted_for(
            neighbour: Neighbour,
            missing: Collection[str],
            generated: str = snapshot.generated,
            records: Mapping[str, Entry] = records,
        ) -> set[str]:
            return accounts(generated, neighbour, [records[name] for name in missing], facts)

        neighbour = Neighbour(
            sha256=near.sha256,
            generated=near.generated,
            references=tuple(records),
            newest=chain[-1][0].generated,
        )
        found += [(snapshot, words) for words in compared(held, neighbour, accounted_for)]
    return tuple(found)


_SLACK = DAY  # a list is published on the day of a decision, or on the next


def _touches(fact: DesignationFact, first: datetime, last: datetime) -> bool:
    return order(fact.on) <= last + _SLACK and first <= order(fact.by or fact.on) + DAY + _SLACK


def out_of_turn(parsed: ParsedList, neighbour: Neighbour | None, now: datetime) -> tuple[str, ...]:
    """Why a list that was fetched as today's is not: older than what is here, or of the future."""
    found = []
    if neighbour is not None and parsed.generated < neighbour.newest:
        found.append(
            f"it was generated at {in_words(parsed.generated)}, before the newest full list on "
            f"record, of {in_words(neighbour.newest)}"
        )
    if parse_instant(parsed.generated) > now + timedelta(days=1):
        found.append(f"it says that it was generated at {in_words(parsed.generated)}: to come")
    return tuple(found)
