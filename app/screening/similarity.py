"""Two names, part by part: how alike they are, and how each part was aligned, in words.

A similarity is a number in [0, 1] for ranking and for thresholds. It is no probability.
"""

import math
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import StrEnum
from functools import lru_cache
from itertools import combinations
from typing import NamedTuple, TypeAlias

import numpy
from numpy.typing import NDArray
from rapidfuzz.distance import OSA, Levenshtein

from app.screening.letters import skeletons
from app.screening.names import NAMES, NamePart, PartIs, joined, part, vowels
from app.screening.syllables import CHINESE, KOREAN
from app.terms import value

LEAST_ALIKE = 0.66
"""Two parts less alike than this are different parts."""


def most_edits(length: int) -> int:
    """How many letters may be wrong in a part whose longer form has this many."""
    return (length >= 3) + (length >= 7)


LONG_SKELETON = 4
SKELETON_ALIKE = 0.78
"""The same for the skeletons of two long parts."""


def most_skeleton_edits(length: int) -> int:
    """How many consonants may be wrong in a skeleton whose longer form has this many."""
    return int(length * (1 - SKELETON_ALIKE) + 1e-9)


def reach(length: int, most: Callable[[int], int]) -> int:
    """How many edits away from a text of this length one like it can be, if it is the longer."""
    further = length
    while further + 1 - length <= most(further + 1):
        further += 1
    return most(further)


class Difference(StrEnum):
    """How a part of the name asked about differs from the listed part it was aligned with."""

    same = "same"
    transliteration = "transliteration"
    order = "order"
    turned = "turned"
    """In another place, where the place says who is meant: child and father."""
    joined = "joined"
    initial = "initial"
    nickname = "nickname"
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
    part: PartIs
    """What the part is; of the listed one where there are two."""


def _within(short: str, long: str) -> bool:
    """Whether the letters of one text stand in another in that order."""
    letters = iter(long)
    return all(letter in letters for letter in short)


def _same_skeleton(first: NamePart, second: NamePart) -> float:
    """How alike two parts of one skeleton are: vowels are weak evidence, and weigh by length."""
    length = len(first.skeleton)
    if first.abjad != second.abjad:
        alike = (0.85, 0.94, 0.98)[min(length, 3) - 1]
        written, spoken = (first, second) if first.abjad else (second, first)
        # One letter is w, v and u: Alawi, Alavi.
        if not _within(vowels(written.text), vowels(spoken.text.replace("v", "w"))):
            alike -= (0.15, 0.12, 0.05)[min(length, 3) - 1]
    else:
        heed = (0.6, 0.3, 0.12)[min(length, 3) - 1]
        mine, theirs = vowels(first.text), vowels(second.text)
        alike = 0.995 - heed * (1 - Levenshtein.normalized_similarity(mine, theirs))
    # Ahmad is not Hamad, and Suleimani not Suleiman: those vowels are written in every script.
    if (first.text[0] in "aeiou") != (second.text[0] in "aeiou"):
        alike -= 0.12
    if (first.text[-1] in "iy") != (second.text[-1] in "iy"):
        alike -= 0.12
    return alike


def _is_syllable(one: NamePart) -> bool:
    """Whether this is a syllable of a Korean or Chinese name."""
    return one.second[:1] in (KOREAN, CHINESE)


def whole(one: NamePart) -> str:
    """A part with its article written on, as one may find it (alhashimi)."""
    return one.particle.rpartition(" ")[2] + one.text


def _stands_for(standards: tuple[str, ...], other: NamePart) -> bool:
    """Whether one of some standard forms is another part, or but another spelling of it."""
    for text in standards:
        if text == other.text:
            return True
        standard = part(text, PartIs.name, False, text)
        if standard.skeleton == other.skeleton and _same_skeleton(standard, other) >= _SPELT:
            return True
    return False


_SPELT = 0.9
_SHORTEST_MISTYPED = 4
"""A syllable of fewer letters is another with any other letter: Lan is no mistyped Lam."""
_SHORT_NAME = 5
"""Of two names that the table knows, neither longer than this, none is the other mistyped."""
_OF_THE_FATHER = re.compile(r"[iy]t?ch|na")


def _named_after(first: str, second: str) -> bool:
    """Whether the longer text is a patronymic and the other the family name of one stem.

    Petrov is no misspelt Petrovich.
    """
    stem, other = sorted((first, second), key=len)
    return (
        stem[-1] == "v"
        and other.startswith(stem)
        and _OF_THE_FATHER.fullmatch(other, len(stem)) is not None
    )


def _one_standard(
    mine: tuple[str, ...], first: NamePart, theirs: tuple[str, ...], second: NamePart
) -> bool:
    """Whether two parts share a standard form, or one of them is the other's."""
    return (
        _stands_for(mine, second) or _stands_for(theirs, first) or not set(mine).isdisjoint(theirs)
    )


def shortened(text: str) -> str:
    """The skeleton of a name without abd-, -ullah, -uddin or -ur, which may be left out."""
    short = text.removeprefix("abdul")
    for piece in ("ullah", "uddin", "ur", "ul"):
        short = short.removesuffix(piece)
    return skeletons(short)[0] if len(text) > len(short) >= 4 else ""


def _cores(first: str, second: str) -> tuple[str, str]:
    """Two parts without the abd-, abu-, -allah or -al-din that both have, which says nothing."""
    if first[0] != second[0] and first[-1] != second[-1]:
        return first, second
    for piece in ("abdul", "abu"):
        if first.startswith(piece) and second.startswith(piece):
            return first[len(piece) :] or first, second[len(piece) :] or second
    for piece in ("ullah", "uddin"):
        if first.endswith(piece) and second.endswith(piece):
            return first[: -len(piece)] or first, second[: -len(piece)] or second
    return first, second


@lru_cache(maxsize=1024)
def alike(first: NamePart, second: NamePart) -> tuple[float, Difference]:
    """How alike two parts are, and the kind of difference; 0 for different parts."""
    return compared(first, second)


def compared(first: NamePart, second: NamePart) -> tuple[float, Difference]:
    """The same as `alike`, which keeps what it said."""
    if first.text == second.text and (
        first.kind is second.kind or PartIs.kunya not in (first.kind, second.kind)
    ):
        return 1.0, Difference.same
    if PartIs.initial in (first.kind, second.kind):
        letter, other = sorted((first.text, second.text), key=len)
        starts = len(letter) == 1 and other.startswith(letter)
        return (0.7 if starts else 0.0), Difference.initial
    if PartIs.ordinal in (first.kind, second.kind) or first.kind is second.kind is PartIs.place:
        return 0.0, Difference.typo  # 1 is not 2, nor Iran Iraq
    if any(a != b != "" != a for a, b in zip(first.which, second.which, strict=False)):
        return 0.0, Difference.transliteration  # Hasan and Husayn are two names
    if PartIs.kunya in (first.kind, second.kind) and first.text[0] != second.text[0]:
        return 0.0, Difference.transliteration  # the father and the mother
    syllables = _is_syllable(first) and _is_syllable(second)
    if syllables:
        if first.second == second.second or not {first.text, *first.spellings}.isdisjoint(
            (second.text, *second.spellings)
        ):
            return 0.97, Difference.transliteration
        if first.second[0] == second.second[0]:
            return 0.0, Difference.transliteration
    best = 0.0
    if first.skeleton == second.skeleton:
        best = _same_skeleton(first, second)
    elif (
        first.skeleton == second.second
        or first.second == second.skeleton
        or (first.second and first.second == second.second)
    ):
        best = _same_skeleton(first, second) - 0.05
    if syllables and vowels(first.text) != vowels(second.text):
        return 0.0, Difference.transliteration
    if best >= _SPELT or syllables:
        return (best if best >= _SPELT else 0.0), Difference.transliteration
    if (first.spellings or second.spellings) and _one_standard(
        first.spellings, first, second.spellings, second
    ):
        return 0.95, Difference.transliteration
    if (first.variants or second.variants) and _one_standard(
        first.variants, first, second.variants, second
    ):
        return 0.88, Difference.nickname
    beside_syllable = _is_syllable(first) or _is_syllable(second)
    if not beside_syllable and (
        shortened(first.text) == second.skeleton or shortened(second.text) == first.skeleton
    ):
        return 0.85, Difference.nickname
    if first.particle != second.particle and (
        whole(first) == second.text or first.text == whole(second)
    ):
        return 0.97, Difference.particle
    mine, theirs = _cores(first.text, second.text)
    length = max(len(mine), len(theirs))
    known = first.variants and second.variants
    if (beside_syllable and length < _SHORTEST_MISTYPED) or (known and length <= _SHORT_NAME):
        return (best if best >= LEAST_ALIKE else 0.0), Difference.transliteration
    most = most_edits(length)
    typed = 0.0
    if abs(len(mine) - len(theirs)) <= most:
        edits = OSA.distance(mine, theirs, score_cutoff=most)
        typed = 1 - edits / length if edits <= most else 0.0
    long = min(len(first.skeleton), len(second.skeleton)) >= LONG_SKELETON
    if long and first.skeleton != second.skeleton and mine is first.text:
        bones = OSA.normalized_similarity(first.skeleton, second.skeleton)
        if bones >= SKELETON_ALIKE:
            typed = max(typed, bones - 0.06)
    if typed and _named_after(first.text, second.text):
        return 0.0, Difference.typo
    if typed < LEAST_ALIKE or typed <= best:
        return (best, Difference.transliteration) if best >= LEAST_ALIKE else (0.0, Difference.typo)
    return typed, Difference.typo


_LIGHT = {
    PartIs.title_: 0.06,
    PartIs.generation: 0.15,
    PartIs.ordinal: 0.3,
    PartIs.initial: 0.25,
    PartIs.legal_form: 0.15,
    PartIs.organisation: 0.35,
    PartIs.place: 0.35,
    PartIs.title_or_name: 0.25,
}


def weight(one: NamePart, weights: Mapping[str, float]) -> float:
    """What a part weighs: rare names 1, common ones less, titles and particles next to nothing."""
    light = _LIGHT.get(one.kind)
    known = weights.get(one.skeleton, 1.0)
    return known if light is None else min(light, known)


_LEFT_OVER = 0.08


def left_over(one: NamePart, weighs: float) -> float:
    """What a part weighs that has no partner: what is a title as often as a name, very little."""
    return min(weighs, _LEFT_OVER) if one.kind is PartIs.title_or_name else weighs


Likeness: TypeAlias = tuple[int, int, float, Difference]
"""Place of a part asked about, place of a listed part, how alike they are, how they differ."""


class Pair(NamedTuple):
    """Parts of the one name beside parts of the other; mostly one each."""

    mine: tuple[int, ...]
    theirs: tuple[int, ...]
    alike: float
    weight: float
    kind: Difference


_LEAST_APART = 0.5
"""Brothers have the commonest of names, and are two all the same."""

_PLACE_APART = 0.2
"""A State that only one of two organisations has in its name may be all that parts them."""


class Costs(NamedTuple):
    """What each difference costs; the rows of data/names/costs.csv say what each is.

    Those between organisations are in organisation_costs.csv.
    """

    power: float = 1.0
    differing: float = 1.0
    contradiction: float = 1.0
    listed_more: float = 0.1
    asked_more: float = 0.5
    few: float = 0.0
    very_few: float = 0.0
    both_apart: float = 0.0
    first_apart: float = 0.0
    single_listed: float = 0.0
    inverted: float = 0.0
    turned: float = 0.0
    joined: float = 0.0
    nickname: float = 0.0


class Weighing(NamedTuple):
    """What parts weigh and what differences cost."""

    weights: Mapping[str, float]
    """Skeleton to what such a part weighs; a skeleton it does not have weighs 1."""
    costs: Costs


class Features(NamedTuple):
    """What the similarity of two aligned names is made of; weights are sums over parts."""

    earned: float
    """Weight that is common to both."""
    differing: float
    """Weight lost where aligned parts are not the same."""
    apart: float
    """Weight for which the one name has something and the other has something else."""
    asked_more: float
    listed_more: float
    names: int
    """Parts aligned that are names (not titles, particles or initials)."""
    names_weight: float
    """What those parts weigh: little when all of them are borne by very many people."""
    both_apart: bool
    """Whether both have a name, or both a State or a number, that has no partner."""
    first_apart: bool
    """Whether the first name asked about has no partner: a child bears the father's names."""
    first_missing: bool
    """Whether the first listed name has none; no cost, since family names stand for people."""
    single_listed: bool
    inverted: bool
    turned: bool
    """Whether parts changed places whose places say who is meant."""
    joined: int
    nicknames: int


def _names_in(name: tuple[NamePart, ...]) -> int:
    """How many parts are names."""
    return sum([p.kind in NAMES for p in name])


def first_name(name: tuple[NamePart, ...]) -> int:
    """The place of the first part that is a name."""
    for at, p in enumerate(name):
        if p.kind in NAMES:
            return at
    return 0


_APART = (PartIs.name, PartIs.place, PartIs.ordinal)
_TELL_APART = dict.fromkeys(NAMES, PartIs.name) | {kind: kind for kind in _APART}
"""Kinds of part of which each name having another says that they are two."""

SAYS_ORGANISATION = frozenset((PartIs.legal_form, PartIs.organisation, PartIs.place))
"""Kinds of part that only organisations have in their names."""

_SAY_WHICH = frozenset((PartIs.organisation, PartIs.place))


def _names_one(mine: PartIs, theirs: PartIs) -> bool:
    """Whether by two parts that were aligned somebody is named.

    The words of an organisation that has nothing else are its name.
    """
    if mine in NAMES:
        return theirs in NAMES or theirs in _SAY_WHICH
    return mine in _SAY_WHICH and theirs in NAMES


def _is_inverted(first: Pair, second: Pair) -> bool:
    return (first.mine[0] - second.mine[0]) * (first.theirs[0] - second.theirs[0]) < 0


def _turned(
    query: tuple[NamePart, ...], listed: tuple[NamePart, ...], pairs: Sequence[Pair]
) -> set[Pair]:
    """The pairs that changed places where the place says who is meant.

    X son of Y is not Y son of X, nor is X of Y of Z one with X of Z of Y; only a family name is
    put first, whatever it is made of. Of a name in syllables the family name alone moves, from
    one end to the other: Jong Chol and Chol Jong are two given names.
    """
    crossed = [both for both in combinations(pairs, 2) if _is_inverted(*both)]
    if not crossed:
        return set()
    if all(_is_syllable(listed[pair.theirs[0]]) for pair in pairs):
        places = [pair.theirs[0] for pair in sorted(pairs)]
        straight = sorted(places)
        moved = (straight[1:] + straight[:1], straight[-1:] + straight[:-1])
        return set() if places in moved else {pair for both in crossed for pair in both}
    found: set[Pair] = set()
    for both in crossed:
        mine, theirs = (
            tuple(p.kind is PartIs.patronymic for p in parts)
            for parts in (
                [query[pair.mine[0]] for pair in both],
                [listed[pair.theirs[0]] for pair in both],
            )
        )
        if {mine, theirs} == {(True, False), (False, True)} or (
            mine == theirs == (True, True)
            and all(pair.mine[0] > 0 < pair.theirs[0] for pair in both)
        ):
            found.update(both)
    return found


def features(
    query: tuple[NamePart, ...],
    listed: tuple[NamePart, ...],
    pairs: Sequence[Pair],
    mine: Sequence[float],
    theirs: Sequence[float],
) -> Features:
    """What the similarity of two aligned names is made of."""
    asked_only = sum(map(left_over, query, mine))
    listed_only = sum(map(left_over, listed, theirs))
    asked_left, listed_left = dict(enumerate(query)), dict(enumerate(listed))
    earned = differing = names_weight = 0.0
    names = joins = nicknames = 0
    for pair in pairs:
        earned += pair.weight * pair.alike
        differing += pair.weight * (1 - pair.alike)
        for i in pair.mine:
            asked_only -= left_over(asked_left.pop(i), mine[i])
        for j in pair.theirs:
            listed_only -= left_over(listed_left.pop(j), theirs[j])
        if _names_one(query[pair.mine[0]].kind, listed[pair.theirs[0]].kind):
            names += max(len(pair.mine), len(pair.theirs))
            names_weight += pair.weight
        kind = pair.kind
        if kind is Difference.joined:
            joins += 1
        elif kind is Difference.nickname:
            nicknames += 1
    inverted = any(_is_inverted(*both) for both in combinations(pairs, 2))
    asked_apart = {_TELL_APART.get(p.kind) for p in asked_left.values()}
    listed_apart = {_TELL_APART.get(p.kind) for p in listed_left.values()}
    apart = max(0.0, min(asked_only, listed_only))
    if PartIs.place in asked_apart or PartIs.place in listed_apart:
        apart = max(apart, _PLACE_APART)
    both_apart = not asked_apart.isdisjoint(listed_apart - {None})
    return Features(
        earned=earned,
        differing=differing,
        apart=max(apart, _LEAST_APART) if both_apart else apart,
        asked_more=max(0.0, asked_only - apart),
        listed_more=max(0.0, listed_only - apart),
        names=names,
        names_weight=round(names_weight, 4),
        both_apart=both_apart,
        first_apart=_names_in(query) > 1 and first_name(query) in asked_left,
        first_missing=first_name(listed) in listed_left,
        single_listed=_names_in(listed) == 1,
        inverted=inverted,
        turned=inverted and bool(_turned(query, listed, pairs)),
        joined=joins,
        nicknames=nicknames,
    )


_ENOUGH, _LITTLE = 2.0, 1.5
_INEXACT = 0.3
_NO_NAME = 0.5
"""Initials, titles and particles alone are no name."""


def combine(f: Features, costs: Costs) -> float:
    """The similarity: the share of the weight that is common, less what each difference costs.

    It falls with every difference; 1 for equal names. No cost is negative.
    """
    if f.earned <= 0:
        return 0.0
    cost = (
        _cost(f.earned, f.differing, f.apart, f.asked_more, f.listed_more, f.single_listed, costs)
        + costs.both_apart * f.both_apart
        + costs.first_apart * f.first_apart
        + costs.inverted * f.inverted
        + costs.turned * f.turned
        + costs.joined * f.joined
        + costs.nickname * f.nicknames
    )
    return round(math.exp(-cost) * (1.0 if f.names else _NO_NAME), 4)


def _cost(
    earned: float,
    differing: float,
    apart: float,
    asked_more: float,
    listed_more: float,
    single_listed: bool,
    costs: Costs,
) -> float:
    """What it costs that not all of the weight is common."""
    whole = (
        earned
        + costs.differing * differing
        + costs.contradiction * apart
        + costs.listed_more * listed_more
        + costs.asked_more * asked_more
    )
    inexact = min(1.0, (differing + apart + asked_more + listed_more) / _INEXACT)
    return costs.power * math.log(whole / earned) + inexact * (
        costs.few * max(0.0, _ENOUGH - earned)
        + costs.very_few * max(0.0, _LITTLE - earned)
        + costs.single_listed * single_listed
    )


Column: TypeAlias = NDArray[numpy.float64]


def combine_all(f: Mapping[str, Column], costs: Costs) -> Column:
    """As `combine`, for many names at once and not rounded: a column for each of `Features`.

    `earned` is needed; what is left out counts as nothing.
    """
    none = numpy.zeros(len(f["earned"]))
    differing, apart = f.get("differing", none), f.get("apart", none)
    asked_more, listed_more = f.get("asked_more", none), f.get("listed_more", none)
    earned = numpy.maximum(f["earned"], 1e-9)
    whole = (
        earned
        + costs.differing * differing
        + costs.contradiction * apart
        + costs.listed_more * listed_more
        + costs.asked_more * asked_more
    )
    inexact = numpy.minimum(1.0, (differing + apart + asked_more + listed_more) / _INEXACT)
    cost = (
        costs.power * numpy.log(whole / earned)
        + inexact
        * (
            costs.few * numpy.maximum(0.0, _ENOUGH - earned)
            + costs.very_few * numpy.maximum(0.0, _LITTLE - earned)
            + costs.single_listed * f.get("single_listed", none)
        )
        + costs.both_apart * f.get("both_apart", none)
        + costs.first_apart * f.get("first_apart", none)
        + costs.inverted * f.get("inverted", none)
        + costs.turned * f.get("turned", none)
        + costs.joined * f.get("joined", none)
        + costs.nickname * f.get("nicknames", none)
    )
    names = f.get("names", none + 1) > 0
    combined: Column = numpy.exp(-cost) * numpy.where(names, 1.0, _NO_NAME)
    return combined


def at_most(
    earned: float,
    differing: float,
    asked_only: float,
    listed_only: float,
    both_apart: bool,
    first_apart: bool,
    single_listed: bool,
    costs: Costs,
) -> float:
    """No name that shares and lacks these weights, or shares less or lacks more, is more alike.

    As `combine`, with what of the question and of the name has no partner however the rest is
    aligned as `asked_only` and `listed_only`. It holds as long as a contradiction costs no less
    than what only the question says.
    """
    if earned <= 0:
        return 0.0
    apart = cost = 0.0
    if both_apart:
        # Below the least that a contradiction weighs, more that has no partner costs nothing.
        apart, cost = _LEAST_APART, costs.both_apart
        asked_only, listed_only = (
            max(asked_only, min(listed_only, apart)),
            max(listed_only, min(asked_only, apart)),
        )
    if first_apart:
        cost += costs.first_apart
    both = min(asked_only, listed_only)
    cost += _cost(
        earned,
        differing,
        max(both, apart),
        asked_only - both,
        listed_only - both,
        single_listed,
        costs,
    )
    return _ROUNDED + math.exp(-cost)


def at_most_all(f: Mapping[str, Column], costs: Costs) -> Column:
    """As `at_most`, for many names at once; what is left out counts as nothing."""
    nothing = numpy.zeros(len(f["earned"]))
    asked, listed = f["asked_only"], f.get("listed_only", nothing)
    # Below the least that a contradiction weighs, more that has no partner costs nothing.
    least = _LEAST_APART * (f.get("both_apart", nothing) > 0)
    asked_only = numpy.maximum(asked, numpy.minimum(listed, least))
    listed_only = numpy.maximum(listed, numpy.minimum(asked, least))
    apart = numpy.minimum(asked_only, listed_only)
    found = {
        "apart": numpy.maximum(apart, least),
        "asked_more": asked_only - apart,
        "listed_more": listed_only - apart,
    }
    most: Column = _ROUNDED + combine_all({**f, **found}, costs)
    return most


_ROUNDED = 0.0001


class Alignment(NamedTuple):
    """Two names laid side by side; `in_words` says what an answer needs of it."""

    similarity: float
    query: tuple[NamePart, ...]
    listed: tuple[NamePart, ...]
    pairs: tuple[Pair, ...]
    features: Features | None
    """Null where nothing was aligned."""


MOST_JOINED = 3
"""Neighbouring parts that may be one part elsewhere."""

SHORTEST_JOINED = 3
"""Parts with fewer consonants than this are not compared with parts joined."""

MAY_JOIN = NAMES | {PartIs.title_or_name, PartIs.organisation}
_JOINED_ALIKE = 0.9
_JOINED_LETTERS = (0.75, 0.5)
"""The share of letters that must be the same, by whether one was written in Arabic script."""


def _joined_pairs(
    mine: tuple[NamePart, ...],
    others: tuple[NamePart, ...],
    weights: list[float],
    other_weights: list[float],
    turned: bool,
) -> list[Pair]:
    """Neighbouring parts of the one name that the other has as one part."""
    found = []
    ends = {
        skeleton[-1:]
        for p in others
        if len(p.skeleton) >= SHORTEST_JOINED
        for skeleton in (p.skeleton, p.second)
        if skeleton
    }
    for size in range(2, min(MOST_JOINED, len(mine)) + 1):
        for at in range(len(mine) - size + 1):
            last = mine[at + size - 1]
            if ends.isdisjoint((last.skeleton[-1:], last.second[-1:])):
                continue
            group = mine[at : at + size]
            if not all(p.kind in MAY_JOIN for p in group):
                continue
            both = joined(*group)
            for j, other in enumerate(others):
                syllables = both.second[:1] == KOREAN and both.second == other.second
                said = (
                    other.skeleton in (both.skeleton, both.second) or both.skeleton == other.second
                )
                if _is_syllable(group[0]) and not _is_syllable(other) and both.text != other.text:
                    continue  # Du Lu is no Abdullah
                if not syllables and (len(other.skeleton) < SHORTEST_JOINED or not said):
                    continue
                score = 1.0 if both.text == other.text else _same_skeleton(both, other)
                score = max(score, 0.97) if syllables else score
                letters = OSA.normalized_similarity(both.text, other.text)
                least = 0.0 if syllables else _JOINED_LETTERS[both.abjad or other.abjad]
                if any(alike(p, other)[0] >= score for p in group):
                    continue  # Ahmad is Ahmad by itself, and no Ahmad Zia written as one
                if score >= _JOINED_ALIKE and letters >= least:
                    heavy = min(sum(weights[at : at + size]), other_weights[j])
                    several, one = tuple(range(at, at + size)), (j,)
                    here, there = (one, several) if turned else (several, one)
                    found.append(Pair(here, there, score, heavy, Difference.joined))
    return found


def align(
    query: tuple[NamePart, ...],
    listed: tuple[NamePart, ...],
    weighing: Weighing,
    likenesses: Iterable[Likeness] | None = None,
    may_join: bool = True,
) -> Alignment:
    """Align the parts of two names in any order, the heaviest and most alike first.

    `likenesses` are those of `alike` for every two parts, where they are known already; `may_join`
    is whether several parts of the one may be one part of the other.
    """
    weights = weighing.weights
    mine = [weight(p, weights) for p in query]
    theirs = [weight(p, weights) for p in listed]
    if likenesses is None:
        likenesses = (
            (i, j, *alike(q, p)) for i, q in enumerate(query) for j, p in enumerate(listed)
        )
    found = [
        Pair((i,), (j,), score, min(mine[i], theirs[j]), kind)
        for i, j, score, kind in likenesses
        if score
    ]
    if may_join:
        found += _joined_pairs(query, listed, mine, theirs, False)
        found += _joined_pairs(listed, query, theirs, mine, True)
    pairs = found
    if len(found) > 1:
        found.sort(key=_order)
        left, right = set(range(len(query))), set(range(len(listed)))
        pairs = []
        for pair in found:
            if left.issuperset(pair.mine) and right.issuperset(pair.theirs):
                pairs.append(pair)
                left.difference_update(pair.mine)
                right.difference_update(pair.theirs)
    made = features(query, listed, pairs, mine, theirs)
    return Alignment(combine(made, weighing.costs), query, listed, tuple(pairs), made)


def _order(pair: Pair) -> tuple[float, int, tuple[int, ...], tuple[int, ...]]:
    """The heaviest and most alike first; parts joined before those that they would be apart."""
    gain = pair.alike * pair.weight + (0.5 if pair.kind is Difference.joined else 0.0)
    return -gain, abs(pair.mine[0] - pair.theirs[0]), pair.mine, pair.theirs


def in_words(made: Alignment) -> tuple[AlignedPart, ...]:
    """An alignment as an answer gives it: the parts asked about, then what they leave out."""
    query, listed = made.query, made.listed
    partner = {i: pair for pair in made.pairs for i in pair.mine}
    turned = _turned(query, listed, made.pairs)
    shown = []
    for i, q in enumerate(query):
        pair = partner.get(i)
        if pair is None:
            shown.append(
                AlignedPart(query=q.written, listed=None, kind=Difference.not_listed, part=q.kind)
            )
            continue
        if i != pair.mine[0]:
            continue
        theirs = [listed[j] for j in pair.theirs]
        kind = pair.kind
        if pair in turned:
            kind = Difference.turned
        elif kind is Difference.same and any(_is_inverted(pair, other) for other in made.pairs):
            kind = Difference.order
        elif kind is Difference.same and q.particle != theirs[0].particle:
            kind = Difference.particle
        shown.append(
            AlignedPart(
                query=" ".join(query[k].written for k in pair.mine),
                listed=" ".join(p.written for p in theirs),
                kind=kind,
                part=theirs[0].kind,
            )
        )
    matched = {j for pair in made.pairs for j in pair.theirs}
    for j, p in enumerate(listed):
        if j not in matched:
            title = p.kind in (PartIs.title_, PartIs.title_or_name)
            kind = Difference.title_ if title else Difference.missing
            shown.append(AlignedPart(query=None, listed=p.written, kind=kind, part=p.kind))
    return tuple(shown)
