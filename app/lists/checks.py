"""Is a list to be believed? Reasons, in words, to set one aside rather than to promote it.

A list that says too little does harm in silence: whoever is missing from it looks delisted.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import datetime, timedelta

from app.lists.un_xml import ParsedList
from app.terms import AcceptedSide, DesignationEvent, DesignationFact, Entry, ListKind, value
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
    if neighbour is None:
        return tuple(found)
    near = f"the nearest full list on record, of {in_words(neighbour.generated)}"
    nearest = len(neighbour.references)
    if records < smallest_share * nearest:
        found.append(
            f"it holds {records} records, less than {smallest_share:.0%} of the {nearest} in {near}"
        )
        return tuple(found)
    lost = _lost(parsed, neighbour, largest_loss)
    if not lost:
        return tuple(found)
    # Regimes do come and go whole (Liberia left in 2015, Iran in 2023 and came back in 2025), and
    # years can lie between two lists: only what nothing on record accounts for is a concern.
    known = set(accounted_for(neighbour, [name for names in lost.values() for name in names]))
    held = Counter(map(_regime, neighbour.references))
    for regime, names in lost.items():
        silent = [name for name in names if name not in known]
        if _too_many(len(silent), held[regime], largest_loss):
            found.append(
                f"{len(silent)} of the {counted(held[regime], 'record')} {regime} in {near} are "
                "missing, and no designation fact says why"
            )
    return tuple(found)


def _lost(
    parsed: ParsedList, neighbour: Neighbour, largest_loss: float
) -> dict[str, tuple[str, ...]]:
    """By regime, whom the neighbour holds and this list does not, where they are many."""
    here = {entry.reference for entry in parsed.entries}
    missing: dict[str, list[str]] = {}
    for reference in sorted(set(neighbour.references) - here):
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
    """The letters of a reference that name its regime: `IR`."""
    return reference[:2]


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
