"""Is a list to be believed? Reasons, in words, to set one aside rather than to promote it.

A list that says too little does harm in silence: whoever is missing from it looks delisted.
"""

from collections.abc import Mapping

from app.lists.un_xml import ParsedList
from app.terms import ListKind

SMALLEST_SHARE = 0.7
"""The least share of its neighbour's records that a full list may hold.

Of any two full lists of 2015 to 2026 the smaller holds at least 79.7 % of the larger (2024 of
2018); a download that was cut short held 23 %.
"""

_TOO_MANY_TO_BE_SILENT = 100  # records: a list of that length has sentences in some language


def concerns(
    parsed: ParsedList,
    list_kind: ListKind,
    neighbour_counts: Mapping[str, int] | None,
    *,
    smallest_share: float = SMALLEST_SHARE,
) -> tuple[str, ...]:
    """Every reason to quarantine this list; empty when there is none.

    `neighbour_counts` is the number of records for each UN_LIST_TYPE in the promoted full list
    nearest in time to this one, None when there is none yet. A supplement is compared with
    nothing: its absences mean nothing.
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
    # Only the total is compared. Regimes come and go whole (52 records of Liberia left in 2015,
    # 121 of Iran in 2023 and they came back in 2025, Iraq went from 294 to 75), and lists are
    # imported in any order with years between them: a count for each regime would set genuine
    # lists aside. Whoever compares one night with the next can be stricter.
    nearest = sum((neighbour_counts or {}).values())
    if records < smallest_share * nearest:
        found.append(
            f"it holds {records} records, less than {smallest_share:.0%} of the {nearest} in the "
            "nearest full list on record"
        )
    return tuple(found)
