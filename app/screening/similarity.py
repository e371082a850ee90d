"""Two names, part by part: how alike they are, and how each part was aligned, in words.

A similarity is a number in [0, 1] for ranking and for thresholds. It is no probability.
"""

from collections.abc import Mapping
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz.distance import OSA, Levenshtein

from app.screening.names import NamePart, PartIs, joined
from app.terms import value

_NAME = PartIs.name  # looked up once: an enum looks this one up slowly

LEAST_ALIKE = 0.72
"""Two parts less alike than this are different parts."""

_SKELETON_ALIKE = 0.78
"""The same for the skeletons of two long parts."""

_LONG_SKELETON = 4

# What is not shared costs: little when only the list says more, more when the question says what
# the list does not, and most when both say something else.
_CONTRADICTION, _LISTED_MORE, ASKED_MORE = 1.7, 0.1, 0.6
_MOST_LISTED_MORE = 2.0
"""A record of six names is not to be missed by somebody who gives two of them."""
_TYPO_STEEPNESS = 1.4
_LIGHT, _INITIAL = 0.06, 0.25


class Difference(StrEnum):
    """How a part of the name asked about differs from the listed part it was aligned with."""

    same = "same"
    transliteration = "transliteration"
    order = "order"
    joined = "joined"
    initial = "initial"
    typo = "typo"
    title_ = "title"
    particle = "particle"
    missing = "missing"
    """Listed, and not in the name asked about."""
    not_listed = "not_listed"
    """In the name asked about, and not listed."""


@value
class AlignedPart:
    """One part of the name asked about, beside the listed part it was aligned with."""

    query: str | None
    listed: str | None
    kind: Difference


@value
class Aligned:
    """How alike two names are, and part by part why."""

    similarity: float
    """In [0, 1], four digits; 1 for equal names. No probability."""
    pairs: tuple[AlignedPart, ...]
    names_shared: int
    """How many parts that are names were aligned (not titles, particles or initials)."""
    weight_shared: float
    """What those parts weigh: little when all of them are borne by very many people."""


_VOWEL_CLASS = str.maketrans({"e": "i", "y": "i", "o": "u", "w": "u"})


@lru_cache(maxsize=16384)
def _vowels(text: str) -> str:
    """The vowels of a part, those that romanisations mix up joined, repetitions once."""
    found = ""
    for letter in text.translate(_VOWEL_CLASS):
        if letter in "aiu" and not found.endswith(letter):
            found += letter
    return found


def _same_skeleton(first: NamePart, second: NamePart) -> float:
    """How alike two parts of one skeleton are: vowels are weak evidence, and weigh by length."""
    length = len(first.skeleton)
    if first.abjad != second.abjad:
        alike = (0.85, 0.94, 0.98)[min(length, 3) - 1]
    else:
        heed = (0.6, 0.3, 0.12)[min(length, 3) - 1]
        vowels = Levenshtein.normalized_similarity(_vowels(first.text), _vowels(second.text))
        alike = 0.995 - heed * (1 - vowels)
    # Ahmad is not Hamad, and Suleimani not Suleiman: those vowels are written in every script.
    if (first.text[0] in "aeiou") != (second.text[0] in "aeiou"):
        alike -= 0.12
    if (first.text[-1] in "iy") != (second.text[-1] in "iy"):
        alike -= 0.12
    return alike


@lru_cache(maxsize=32768)
def alike(first: NamePart, second: NamePart) -> tuple[float, Difference]:
    """How alike two parts are, and the kind of difference; 0 for different parts."""
    if first.text == second.text:
        return 1.0, Difference.same
    if PartIs.initial in (first.kind, second.kind):
        letter, other = sorted((first.text, second.text), key=len)
        starts = len(letter) == 1 and other.startswith(letter)
        return (0.9 if starts else 0.0), Difference.initial
    best = 0.0
    if first.skeleton == second.skeleton:
        best = _same_skeleton(first, second)
    elif (
        first.skeleton == second.second
        or first.second == second.skeleton
        or (first.second and first.second == second.second)
    ):
        best = _same_skeleton(first, second) - 0.05
    if best >= 0.9:
        return best, Difference.transliteration
    if first.text[:2] in ("al", "el") and first.text[2:] == second.text:
        return 0.93, Difference.particle
    if second.text[:2] in ("al", "el") and second.text[2:] == first.text:
        return 0.93, Difference.particle
    typed = OSA.normalized_similarity(first.text, second.text)
    long = min(len(first.skeleton), len(second.skeleton)) >= _LONG_SKELETON
    if long and first.skeleton != second.skeleton:
        bones = OSA.normalized_similarity(first.skeleton, second.skeleton)
        if bones >= _SKELETON_ALIKE:
            typed = max(typed, bones - 0.06)
    if typed < LEAST_ALIKE or typed <= best:
        return (best, Difference.transliteration) if best >= LEAST_ALIKE else (0.0, Difference.typo)
    return typed, Difference.typo


def weight(part: NamePart, weights: Mapping[str, float]) -> float:
    """What a part weighs: rare names 1, common ones less, titles and particles next to nothing."""
    if part.kind is _NAME:
        return weights.get(part.skeleton, 1.0)
    return _INITIAL if part.kind is PartIs.initial else _LIGHT


def _merged(
    mine: tuple[NamePart, ...], others: tuple[NamePart, ...]
) -> tuple[tuple[NamePart, ...], frozenset[int]]:
    """Neighbouring parts joined where the other name has them as one, and where that was done."""
    theirs = {p.skeleton for p in others if len(p.skeleton) >= 3}
    merged: list[NamePart] = []
    places: set[int] = set()
    for p in mine:
        if merged and len(merged) - 1 not in places and p.kind is not PartIs.initial:
            last = merged[-1]
            if p.skeleton not in theirs and last.skeleton not in theirs:
                both = joined(last, p)
                if both.skeleton in theirs:
                    merged[-1] = both
                    places.add(len(merged) - 1)
                    continue
        merged.append(p)
    return tuple(merged), frozenset(places)


class Alignment(NamedTuple):
    """Two names laid side by side; `in_words` says what an answer needs of it."""

    similarity: float
    query: tuple[NamePart, ...]
    listed: tuple[NamePart, ...]
    joined_query: frozenset[int]
    joined_listed: frozenset[int]
    partner: dict[int, tuple[int, Difference]]
    weights: tuple[list[float], list[float]]


def align(
    query: tuple[NamePart, ...],
    listed: tuple[NamePart, ...],
    weights: Mapping[str, float],
) -> Alignment:
    """Align the parts of two names in any order, the heaviest and most alike first.

    `weights` maps a skeleton to what such a part weighs; a skeleton it does not have weighs 1.
    """
    query, joined_query = _merged(query, listed)
    listed, joined_listed = _merged(listed, query)
    mine = [weight(p, weights) for p in query]
    theirs = [weight(p, weights) for p in listed]

    pairs = []
    for i, q in enumerate(query):
        for j, p in enumerate(listed):
            score, kind = alike(q, p)
            if score and (
                q.kind is p.kind
                or kind is Difference.initial
                or (score > 0.9 and PartIs.initial not in (q.kind, p.kind))
            ):
                if kind is Difference.typo:
                    score = 1 - _TYPO_STEEPNESS * (1 - score)
                pairs.append((-score * min(mine[i], theirs[j]), abs(i - j), i, j, score, kind))
    pairs.sort()
    partner: dict[int, tuple[int, Difference]] = {}
    taken: set[int] = set()
    shared = earned = 0.0
    for gain, _, i, j, _, kind in pairs:
        if i not in partner and j not in taken:
            partner[i] = (j, kind)
            taken.add(j)
            shared += min(mine[i], theirs[j])
            earned -= gain
    asked_only = sum(w for i, w in enumerate(mine) if i not in partner)
    listed_only = sum(w for j, w in enumerate(theirs) if j not in taken)
    apart = min(asked_only, listed_only)
    whole = (
        shared
        + _CONTRADICTION * apart
        + _LISTED_MORE * min(listed_only - apart, _MOST_LISTED_MORE)
        + ASKED_MORE * (asked_only - apart)
    )
    score = min(1.0, earned / whole) if earned else 0.0
    if not any(query[i].kind is _NAME is listed[j].kind for i, (j, _) in partner.items()):
        # Initials, titles and particles alone are no name.
        score *= 0.5
    score = round(score, 4)
    return Alignment(score, query, listed, joined_query, joined_listed, partner, (mine, theirs))


def similarity(
    query: tuple[NamePart, ...],
    listed: tuple[NamePart, ...],
    weights: Mapping[str, float],
) -> Aligned:
    """How alike two names are, and part by part why; `weights` as for `align`."""
    return in_words(align(query, listed, weights))


def unlike(query: tuple[NamePart, ...], listed: tuple[NamePart, ...]) -> Aligned:
    """Two names that have nothing in common, as an answer gives it."""
    return in_words(Alignment(0.0, query, listed, frozenset(), frozenset(), {}, ([], [])))


def in_words(made: Alignment) -> Aligned:
    """An alignment as an answer gives it: the parts asked about, then what they leave out."""
    query, listed, partner = made.query, made.listed, made.partner
    moved = {
        i
        for i, (j, _) in partner.items()
        if any((i - k) * (j - other) < 0 for k, (other, _) in partner.items())
    }
    pairs = []
    names_shared, weight_shared = 0, 0.0
    for i, q in enumerate(query):
        if i not in partner:
            pairs.append(AlignedPart(query=q.written, listed=None, kind=Difference.not_listed))
            continue
        j, kind = partner[i]
        if q.kind is _NAME and listed[j].kind is _NAME:
            names_shared += 2 if i in made.joined_query or j in made.joined_listed else 1
            weight_shared += min(made.weights[0][i], made.weights[1][j])
        if i in made.joined_query or j in made.joined_listed:
            kind = Difference.joined
        elif kind is Difference.same and i in moved:
            kind = Difference.order
        pairs.append(AlignedPart(query=q.written, listed=listed[j].written, kind=kind))
    light = {PartIs.title_: Difference.title_, PartIs.particle: Difference.particle}
    matched = {j for j, _ in partner.values()}
    for j, p in enumerate(listed):
        if j not in matched:
            kind = light.get(p.kind, Difference.missing)
            pairs.append(AlignedPart(query=None, listed=p.written, kind=kind))
    return Aligned(
        similarity=made.similarity,
        pairs=tuple(pairs),
        names_shared=names_shared,
        weight_shared=round(weight_shared, 4),
    )
