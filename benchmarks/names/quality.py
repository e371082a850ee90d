"""Recall, ranks and false alarms of the matcher, on one half of people, names and pairs."""

import statistics
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from app.screening.index import Index
from app.screening.names import parts, spellings
from app.screening.similarity import Costs, Weighing, align
from benchmarks.names.data import RULES, LabelledPair, Query, tokens

LEAST = 0.05
"""Whoever is less alike is not ranked."""

Ranked = Mapping[str, float]
"""Reference to similarity."""


class Answer(NamedTuple):
    """What a query for somebody's left-out name gave: the rank of the right one, its similarity."""

    query: Query
    rank: int
    similarity: float


def rank(index: Index, query: str, least: float = LEAST) -> dict[str, float]:
    """The best similarity of each party, the asked-about name itself left out of the list."""
    own = tokens(query)
    best: dict[str, float] = {}
    for cut in index.parts(query):
        for match in index.lookup(cut, least):
            reference = match.listed.reference
            if match.similarity > best.get(reference, 0.0) and (tokens(match.listed.name) != own):
                best[reference] = match.similarity
    return best


def answers(asked: Iterable[Query], ranked: Callable[[str], Ranked]) -> list[Answer]:
    """Every query's right answer among all others; of several tied the first reference counts."""
    found = []
    for query in asked:
        best = ranked(query.name)
        order = sorted(best, key=lambda reference: (-best[reference], reference))
        place = order.index(query.reference) + 1 if query.reference in best else len(best) + 1000
        found.append(Answer(query, place, best.get(query.reference, 0.0)))
    return found


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


def highest(names: Iterable[str], ranked: Callable[[str], Ranked]) -> list[float]:
    """The highest similarity that each invented name has with anybody, falling."""
    return sorted((max(ranked(name).values(), default=0.0) for name in names), reverse=True)


def threshold_for(top: Sequence[float], share: float) -> float:
    """The lowest threshold at which at most this share of invented names raises an alarm."""
    return top[int(share * len(top))] + 1e-9


def false_alarms(top: Sequence[float], threshold: float) -> float:
    """The share of invented names with anybody at or above the threshold."""
    return sum(one >= threshold for one in top) / len(top)


def pair_similarity(pair: LabelledPair) -> float:
    """How alike two names are with no list around them: the background table alone weighs."""
    weighing = Weighing(RULES.common, Costs(**RULES.costs))
    organisation = not pair.person
    best = 0.0
    for asked in spellings(pair.query):
        for candidate in spellings(pair.candidate):
            query = parts(asked, RULES, organisation)
            other = parts(candidate, RULES, organisation)
            if query and other:
                best = max(best, align(query, other, weighing, organisation).similarity)
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
