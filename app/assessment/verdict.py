"""The published verdict table: five standings in, the first row that holds out.

The rows stand in data/verdicts.yaml; this module knows no verdict by name but reads the table.
"""

from collections.abc import Mapping, Sequence

from app.terms import Tables, VerdictRow

FACTS: Mapping[str, tuple[str, ...]] = {
    "identity": (
        "identified",
        "ambiguous",
        "discounted",
        "name_only",
        "probable",
        "no_match",
    ),
    "identity_is": ("definite", "possible"),
    "measure": (
        "binding_ban",
        "vigilance",
        "unknown",
        "ended",
        "not_yet",
        "other_measures_only",
        "not_asked",
    ),
    "measure_is": ("definite", "possible"),
    "scope": (
        "no_crossing",
        "own_national",
        "judicial_process",
        "other_exception",
        "nationality_unknown",
        "in_scope",
        "not_asked",
    ),
    "scope_is": ("definite", "possible"),
    "exemption": (
        "published",
        "partial",
        "refused",
        "claimed",
        "state_may_decide",
        "none_found",
        "not_asked",
    ),
    "exemption_is": ("definite", "possible"),
    "event": (
        "documented",
        "refuted",
        "admitted",
        "contested",
        "corroborated",
        "derivative",
        "single_named",
        "single_anonymous",
        "denied_only",
        "planned",
        "none",
    ),
    "state": ("said", "not_said"),
    "day": ("said", "not_said"),
    "place": ("known", "disputed"),
    "lists": ("full", "supplement", "none"),
    "disputed": ("yes", "no"),
    "determined": ("yes", "no"),
    "drafts": ("yes", "no"),
}
"""Every fact of the table, with the words it may have."""


class NoRowHolds(LookupError):
    """The table leaves these facts out: a fault of the table, which a test finds first."""


def verdict(facts: Mapping[str, str], tables: Tables) -> VerdictRow:
    """The first row of the table that holds; NoRowHolds when the table is not total."""
    for row in tables.verdicts:
        for alternative in row.when:
            for fact, words in alternative.items():
                if facts[fact] not in words:
                    break
            else:
                return row
    raise NoRowHolds(str(dict(facts)))


def gravest(verdicts: Sequence[str], tables: Tables) -> int:
    """The place of the gravest of these verdicts; of equals, the first."""
    ranks = [tables.gravity.index(word) for word in verdicts]
    return ranks.index(max(ranks))
