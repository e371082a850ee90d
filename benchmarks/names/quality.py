"""Recall, ranks and false alarms of the matcher, on one half of people, names and pairs."""

import statistics
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from app.screening.index import Index, ListedName
from app.screening.names import parts, spellings
from app.screening.similarity import SAYS_ORGANISATION, Costs, Weighing, align
from benchmarks.names.data import RULES, LabelledPair, Query, names_of, tokens

LEAST = 0.05
"""Whoever is less alike is not ranked."""

Ranked = Mapping[str, float]
"""Reference to similarity."""


class Answer(NamedTuple):
    """What a query for somebody's left-out name gave: the rank of the right one, its similarity."""

    query: Query
    rank: int
    similarity: float


def rank(
    index: Index,
    name: str,
    left_out: tuple[str, ...] | None = None,
    least: float = LEAST,
    persons_alone: bool = False,
) -> dict[str, float]:
    """The best similarity of each party, a name of these folded words left out of the list."""
    best: dict[str, float] = {}
    for cut in index.parts(name):
        if persons_alone and cut.organisation:
            continue
        for match in index.lookup(cut, least):
            reference = match.listed.reference
            if match.similarity > best.get(reference, 0.0) and (
                left_out is None or is_left(index, match.listed, left_out, cut.organisation)
            ):
                best[reference] = match.similarity
    return best


def is_left(
    index: Index, listed: ListedName, left_out: tuple[str, ...], organisation: bool
) -> bool:
    """Whether a listed name is still there when all names of these folded words are left out.

    An index holds names of the same parts once: another of them may be there.
    """
    if tokens(listed.name) != left_out:
        return True
    texts = tuple(p.text for p in listed.parts)
    return any(
        tuple(p.text for p in parts(spelling, RULES, organisation)) == texts
        for version in index.listed[listed.reference].versions
        for name in names_of(version.entry)
        if tokens(name) != left_out
        for spelling in spellings(name)
    )


def placed(query: Query, ranked: Ranked) -> Answer:
    """Where the right answer stands among all; of several tied the first reference counts."""
    order = sorted(ranked, key=lambda reference: (-ranked[reference], reference))
    place = order.index(query.reference) + 1 if query.reference in ranked else len(ranked) + 1000
    return Answer(query, place, ranked.get(query.reference, 0.0))


def answers(asked: Iterable[Query], index: Index) -> list[Answer]:
    """Every query's right answer, the name asked about itself left out of the list."""
    return [placed(query, rank(index, query.name, tokens(query.name))) for query in asked]


def _by_person(given: Sequence[Answer], holds: Callable[[Answer], bool]) -> float:
    """The share for which something holds, each person counting once."""
    people: dict[str, list[float]] = {}
    for answer in given:
        people.setdefault(answer.query.reference, []).append(float(holds(answer)))
    return statistics.mean(statistics.mean(one) for one in people.values()) if people else 0.0


def among(given: Sequence[Answer], most: int) -> float:
    """The share of people found among the first so many."""
    return _by_person(given, lambda answer: answer.rank <= most)


def recall(given: Sequence[Answer], threshold: float) -> float:
    """The share of people whose right reference reaches the threshold."""
    return _by_person(given, lambda answer: answer.similarity >= threshold)


def highest(ranked: Iterable[Ranked]) -> list[float]:
    """The highest similarity that each name has with anybody, falling."""
    return sorted((max(one.values(), default=0.0) for one in ranked), reverse=True)


def threshold_for(top: Sequence[float], share: float) -> float:
    """The lowest threshold at which at most this share of invented names raises an alarm."""
    return top[int(share * len(top))] + 1e-9


def false_alarms(top: Sequence[float], threshold: float) -> float:
    """The share of invented names with anybody at or above the threshold."""
    return sum(one >= threshold for one in top) / len(top)


def pair_similarity(pair: LabelledPair) -> float:
    """How alike two names are with no list around them: the background table alone weighs."""
    organisation = not pair.person
    best = 0.0
    for asked in spellings(pair.query):
        for candidate in spellings(pair.candidate):
            query = parts(asked, RULES, organisation)
            other = parts(candidate, RULES, organisation)
            if query and other:
                said = any(p.kind in SAYS_ORGANISATION for p in query)
                costs = RULES.organisation_costs if said else RULES.costs
                weighing = Weighing(RULES.common, Costs(**costs))
                best = max(best, align(query, other, weighing).similarity)
    return best


def precision_recall_f1(
    scored: Iterable[tuple[float, bool]], threshold: float
) -> tuple[float, float, float]:
    """Of pairs with their similarity and label."""
    found = wrong = lost = 0
    for similarity, same in scored:
        found += similarity >= threshold and same
        wrong += similarity >= threshold and not same
        lost += similarity < threshold and same
    precision = found / (found + wrong) if found + wrong else 0.0
    share = found / (found + lost) if found + lost else 0.0
    return precision, share, 2 * found / (2 * found + wrong + lost) if found else 0.0
