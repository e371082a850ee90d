"""The names of everybody ever listed, in an index that finds the few worth aligning.

It loses nothing: a name is left out only when the parts it shares with the name asked about
could not bring it to the similarity asked for, however the rest were aligned. The work grows
slower than the list. Parts are found by what is left of them without a letter or two, not one by
one; names by which parts of the question they may share; and parts are compared only in the
names that share enough of them.
"""

import math
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import combinations, groupby
from sys import intern
from typing import NamedTuple, TypeAlias

import numpy
from numpy.typing import NDArray
from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from app.screening.letters import Rules, rules, skeletons
from app.screening.names import NAMES, NamePart, PartIs, joined, parts, spellings
from app.screening.similarity import (
    LONG_SKELETON,
    MAY_JOIN,
    MOST_JOINED,
    SAYS_ORGANISATION,
    SHORTEST_JOINED,
    AlignedPart,
    Alignment,
    Column,
    Costs,
    Difference,
    Weighing,
    align,
    alike,
    at_most,
    first_name,
    in_words,
    left_over,
    most_edits,
    most_skeleton_edits,
    reach,
    shortened,
    weight,
    whole,
)
from app.terms import AliasQuality, Listed, PartyKind, Version

Places: TypeAlias = NDArray[numpy.int32]
"""Places of names in a list of names, or of parts in a vocabulary, ascending."""

_LEAST_WEIGHT = 0.2
_FEWEST_COUNTED = 250
"""A list shorter than this says little about which names are common."""
_MOST_REMEMBERED = 4096
_MOST_FOUND = 512

PRIMARY, GOOD, LOW = "primary", "good", "low"
NOT_SAID, ORIGINAL_SCRIPT, BY_FACT = "not_said", "original_script", "designation_fact"
_BETTER = {PRIMARY: 0, GOOD: 1, NOT_SAID: 2, ORIGINAL_SCRIPT: 3, LOW: 4, BY_FACT: 5}


@dataclass(frozen=True, slots=True, eq=False)
class ListedName:
    """One name that a list gave somebody, or that data/designations gives."""

    reference: str
    name: str
    """As it is listed."""
    matched_as: str
    """primary, good, low, not_said, original_script or designation_fact."""
    field: str
    """The element of the record that holds it."""
    version: Version | None
    """The newest record that has it; null where only a designation fact gives it."""
    parts: tuple[NamePart, ...]


@dataclass(frozen=True, eq=False)
class Match:
    """A listed name and how it aligns with the name asked about."""

    listed: ListedName
    alignment: Alignment

    @property
    def similarity(self) -> float:
        """In [0, 1], four digits; 1 for equal names. No probability."""
        return self.alignment.similarity

    @property
    def names_shared(self) -> int:
        """How many parts that are names were aligned."""
        return self.alignment.features.names if self.alignment.features else 0

    @property
    def weight_shared(self) -> float:
        """What those parts weigh."""
        return self.alignment.features.names_weight if self.alignment.features else 0.0

    @cached_property
    def pairs(self) -> tuple[AlignedPart, ...]:
        """Part by part, in words; made for the few that are shown."""
        return in_words(self.alignment)


class Cut(NamedTuple):
    """A name asked about, cut into parts as a person's or as an organisation's."""

    parts: tuple[NamePart, ...]
    organisation: bool


class _Lists(NamedTuple):
    """Many short lists of numbers laid end to end."""

    starts: NDArray[numpy.int64]
    values: Places

    def of(self, key: int) -> Places:
        return self.values[self.starts[key] : self.starts[key + 1]]

    def all_of(self, keys: Places) -> tuple[NDArray[numpy.int64], NDArray[numpy.int64]]:
        """Where the values of these lists are, list after list, and where each list begins."""
        starts = self.starts[keys]
        sizes = self.starts[keys + 1] - starts
        begins = numpy.cumsum(sizes) - sizes
        return numpy.arange(sizes.sum()) + numpy.repeat(starts - begins, sizes), begins


def _lists(lists: Sequence[Sequence[int]]) -> _Lists:
    starts = numpy.zeros(len(lists) + 1, dtype=numpy.int64)
    numpy.cumsum([len(one) for one in lists], out=starts[1:])
    values = numpy.fromiter(
        (value for one in lists for value in one), dtype=numpy.int32, count=int(starts[-1])
    )
    return _Lists(starts, values)


class _Near:
    """The parts of a vocabulary that may be like one part, and how alike they are.

    Each is compared when it is first asked about: most of them are in no name that shares more.
    """

    def __init__(self, part: NamePart, vocabulary: Sequence[NamePart], places: Places) -> None:
        self.places = places
        self.liked: dict[int, tuple[float, Difference]] = {}
        """Of those compared, the ones that are like it."""
        self._part, self._vocabulary = part, vocabulary
        self._alike: Column = numpy.full(1 + len(places), numpy.nan)
        self._alike[0] = 0

    def alike(self, places: Places) -> Column:
        """How alike the part at each of these places is; 0 for a different part."""
        at = numpy.zeros(len(self._vocabulary), dtype=numpy.int32)
        at[self.places] = numpy.arange(1, len(self.places) + 1)
        at = at[places]
        asked = numpy.zeros(len(self._alike), dtype=bool)
        asked[at] = True
        for new in numpy.flatnonzero(asked & numpy.isnan(self._alike)).tolist():
            place = int(self.places[new - 1])
            score, kind = alike(self._part, self._vocabulary[place])
            if score:
                self.liked[place] = score, kind
            self._alike[new] = score
        found: Column = self._alike[at]
        return found


_MOST_LEFT_OUT = 2
_LETTERS_READ = 16
"""Letters of a text after these are not needed to find it."""
_BITS = 64
_FACTORS = numpy.array(
    [pow(0x9E3779B97F4A7C15, n + 1, 1 << _BITS) for n in range(_LETTERS_READ)], dtype=numpy.uint64
)


@lru_cache
def _left_out(length: int, most: int) -> NDArray[numpy.uint64]:
    """What each letter of a text counts for, a column for each way to leave some out."""
    ways = [kept for out in range(most + 1) for kept in combinations(range(length), length - out)]
    table = numpy.zeros((length, len(ways)), dtype=numpy.uint64)
    for way, kept in enumerate(ways):
        table[list(kept), way] = _FACTORS[: len(kept)]
    return table


class _Texts:
    """Distinct short texts, of which those within some edits of another are found.

    Two texts that are so many edits apart are the same once as many letters are left out of
    each. So a text is kept under a number for each way to leave letters out; others that come
    under that number by chance are seen to be different when they are compared.
    """

    def __init__(self, texts: Iterable[str], most: Callable[[int], int]) -> None:
        self.most = most
        """How many edits two texts may be apart, by the length of the longer."""
        self.texts = sorted(set(texts), key=lambda text: (len(text), text))
        hashes = [numpy.zeros(0, dtype=numpy.uint64)]
        places: list[Places] = [numpy.zeros(0, dtype=numpy.int32)]
        first = 0
        for _, some in groupby(self.texts, len):
            found = self._hashes(list(some))
            hashes.append(found.ravel())
            here = numpy.arange(first, first + len(found), dtype=numpy.int32)
            places.append(numpy.repeat(here, found.shape[1]))
            first += len(found)
        together = numpy.concatenate(hashes)
        bits = max(1, len(together).bit_length())
        self.shift = numpy.uint64(_BITS - bits)
        numbers = (together >> self.shift).astype(numpy.int64)
        self.kept = _Lists(
            numpy.searchsorted(numpy.sort(numbers), numpy.arange((1 << bits) + 1)),
            numpy.concatenate(places)[numpy.argsort(numbers, kind="stable")],
        )

    def _hashes(self, texts: Sequence[str]) -> NDArray[numpy.uint64]:
        """For texts of one length, a row each: a number for each way to leave letters out."""
        read = min(len(texts[0]), _LETTERS_READ)
        letters = "".join(text[:read] for text in texts).encode("utf-32-le")
        codes = numpy.frombuffer(letters, dtype=numpy.uint32).reshape(len(texts), read)
        edits = min(self.most(len(texts[0])), _MOST_LEFT_OUT)
        return codes.astype(numpy.uint64) @ _left_out(read, edits)

    def near(self, text: str) -> list[str]:
        """The texts that are few enough edits from this one, and some that are one too many."""
        edits = reach(len(text), self.most)
        if edits <= _MOST_LEFT_OUT:
            numbers = (self._hashes([text])[0] >> self.shift).astype(numpy.int64)
            places = set(self.kept.values[self.kept.all_of(numbers)[0]].tolist())
            chosen = [self.texts[place] for place in places]
        else:  # long texts are few
            chosen = self.texts[bisect_left(self.texts, len(text) - edits, key=len) :]
        found = extract(text, chosen, scorer=OSA.distance, score_cutoff=edits, limit=None)
        return [one for one, _, _ in found]


def _plain(part: NamePart) -> NamePart:
    """A part without what does not matter to how alike it is to others."""
    kind = part.kind if part.kind in _KINDS_THAT_MATTER else PartIs.name
    return part._replace(written="", kind=kind)


def _skeletons_of(part: NamePart) -> set[str]:
    """Every skeleton by which a part may be another."""
    found = {part.skeleton, part.second}
    found.update(skeletons(text)[0] for text in (*part.variants, *part.spellings))
    return found - {""}


_KINDS_THAT_MATTER = (PartIs.initial, PartIs.ordinal, PartIs.kunya, PartIs.place)


class _Asked(NamedTuple):
    """A name asked about, and of each of its parts what the index knows."""

    query: tuple[NamePart, ...]
    near: tuple[_Near, ...]
    weights: Column
    lacking: Column
    """What they weigh when they have no partner."""
    names: NDArray[numpy.bool_]
    """Which of them are names."""

    def first_apart(self, missing: NDArray[numpy.bool_]) -> Column:
        """Whether the first name has no partner; of each part, a row, whether it has none."""
        apart: Column = missing[first_name(self.query)] * float(self.names.sum() > 1)
        return apart


class _Join(NamedTuple):
    """Parts of the question that may be one part of some names, or one that may be several."""

    among: range
    """Places of those parts in the question."""
    size: int
    """How many neighbouring parts they are in the names."""
    at: NDArray[numpy.integer]
    """Where the first of these is among the parts of all names."""

    def begins(self, at: NDArray[numpy.int64]) -> NDArray[numpy.int64]:
        """At which of these parts of names, ascending, its own begin."""
        found = numpy.searchsorted(at, self.at)
        here = found < len(at)
        here[here] = at[found[here]] == self.at[here]
        return found[here]


class Names:
    """The names of one kind of party, turned round: from a part to the names that have it."""

    def __init__(
        self, names: tuple[ListedName, ...], made: Rules, costs: Mapping[str, float]
    ) -> None:
        self.names = names
        bearers: dict[str, set[str]] = {}
        places: dict[str, list[int]] = {}
        vocabulary: dict[NamePart, int] = {}
        holders: list[list[int]] = []
        together: dict[str, list[int]] = {}
        held: list[list[int]] = []
        plain: dict[int, NamePart] = {}  # by identity: the parts of names are pooled
        parts_before = 0
        for place, name in enumerate(names):
            places.setdefault(name.reference, []).append(place)
            mine = []
            for p in name.parts:
                bearers.setdefault(p.skeleton, set()).add(name.reference)
                known = plain.get(id(p))
                if known is None:
                    known = plain[id(p)] = _plain(p)
                at = vocabulary.setdefault(known, len(holders))
                if at == len(holders):
                    holders.append([])
                if not holders[at] or holders[at][-1] != place:
                    holders[at].append(place)
                mine.append(at)
            held.append(mine)
            for skeleton, at, size in _joined_skeletons(name.parts):
                together.setdefault(f"{size} {skeleton}", []).append(parts_before + at)
            parts_before += len(name.parts)
        self.places = {reference: tuple(at) for reference, at in places.items()}
        self.vocabulary = tuple(vocabulary)
        self.holders = _lists(holders)
        self.held = _lists(held)
        self.joined = {key: at for at, key in enumerate(together)}
        """How many neighbouring parts, and their skeleton as one, to its place in `joined_at`."""
        self.joined_at = _lists(list(together.values()))
        self._turn_round()
        people = math.log1p(max(len(places), _FEWEST_COUNTED))
        weights = {
            skeleton: round(
                min(
                    made.common.get(skeleton, 1.0),
                    max(_LEAST_WEIGHT, 1 - math.log(len(who)) / people),
                ),
                4,
            )
            for skeleton, who in bearers.items()
        }
        for skeleton, most in made.common.items():
            weights.setdefault(skeleton, most)
        self.weights = weights
        self.costs = Costs(**costs)
        self.costs_of_people = Costs(**made.costs)
        self.weighs = numpy.fromiter(
            (weight(p, weights) for name in names for p in name.parts),
            dtype=numpy.float32,
            count=len(self.held.values),
        )
        self.left_over = numpy.fromiter(
            (left_over(p, weight(p, weights)) for name in names for p in name.parts),
            dtype=numpy.float32,
            count=len(self.held.values),
        )
        self.is_name = numpy.fromiter(
            (p.kind in NAMES for name in names for p in name.parts),
            dtype=bool,
            count=len(self.held.values),
        )
        self.owners = numpy.repeat(
            numpy.arange(len(names), dtype=numpy.int32), numpy.diff(self.held.starts)
        )
        self.names_in = numpy.bincount(self.owners, self.is_name, len(names)).astype(numpy.uint8)
        self.remembered: dict[NamePart, _Near] = {}
        """Parts asked about before; the same with or without it."""

    def _turn_round(self) -> None:
        by: dict[str, dict[str, list[int]]] = {}
        for at, p in enumerate(self.vocabulary):
            for skeleton in _skeletons_of(p):
                by.setdefault("skeleton", {}).setdefault(skeleton, []).append(at)
            if short := shortened(p.text):
                by.setdefault("short", {}).setdefault(short, []).append(at)
            if p.particle:
                by.setdefault("whole", {}).setdefault(whole(p), []).append(at)
            by.setdefault("letter", {}).setdefault(p.text[0], []).append(at)
            by.setdefault("text", {}).setdefault(p.text, []).append(at)
            if len(p.skeleton) >= LONG_SKELETON:
                by.setdefault("bones", {}).setdefault(p.skeleton, []).append(at)
        self.by = by
        self.texts = _Texts(by.get("text", {}), most_edits)
        self.bones = _Texts(by.get("bones", {}), most_skeleton_edits)

    def near(self, part: NamePart) -> _Near:
        """All parts of the vocabulary that may be like this part at all."""
        part = _plain(part)
        known = self.remembered.get(part)
        if known is not None:
            return known
        near: set[int] = set()

        def look(how: str, text: str) -> None:
            near.update(self.by.get(how, {}).get(text, ()))

        for skeleton in _skeletons_of(part):
            look("skeleton", skeleton)
        look("short", part.skeleton)
        look("skeleton", shortened(part.text))
        look("whole", part.text)
        look("text", whole(part))
        look("text", part.text[0])
        if part.kind is PartIs.initial:
            look("letter", part.text)
        else:
            for text in self.texts.near(part.text):
                look("text", text)
            if len(part.skeleton) >= LONG_SKELETON:
                for bones in self.bones.near(part.skeleton):
                    look("bones", bones)
        found = _Near(part, self.vocabulary, numpy.array(sorted(near), dtype=numpy.int32))
        if len(self.remembered) >= _MOST_REMEMBERED:
            self.remembered.clear()
        self.remembered[part] = found
        return found

    def weighing(self, query: tuple[NamePart, ...]) -> Weighing:
        """What parts weigh and what differences cost, for this question.

        A name that says of itself in no word that it is an organisation's may be a person's, and
        is compared with organisations as strictly as with people.
        """
        says_so = any(p.kind in SAYS_ORGANISATION for p in query)
        return Weighing(self.weights, self.costs if says_so else self.costs_of_people)

    def asked(self, query: tuple[NamePart, ...]) -> _Asked:
        """A question, ready for `worth_aligning`."""
        weights = [weight(p, self.weights) for p in query]
        return _Asked(
            query,
            tuple(self.near(p) for p in query),
            numpy.array(weights),
            numpy.array([left_over(p, w) for p, w in zip(query, weights, strict=True)]),
            numpy.array([p.kind in NAMES for p in query]),
        )

    def worth_aligning(self, asked: _Asked, least: float) -> Places:
        """Places of the names that share anything and could reach `least` in similarity."""
        if not self.names:
            return numpy.zeros(0, dtype=numpy.int32)
        joins = list(self._joined_with(asked.query))
        parts = len(asked.query)
        # For each name a bit for each part of the question that it may share, and one more if
        # one of these may be several of its own.
        bits = numpy.zeros(len(self.names), dtype=numpy.uint32)
        sharing = []
        for i, near in enumerate(asked.near):
            names = self.holders.values[self.holders.all_of(near.places)[0]]
            bits[names] |= 1 << i
            sharing.append(names)
        for join in joins:
            names = self.owners[join.at]
            bits[names] |= sum(1 << i for i in join.among) | (join.size > 1) << parts
            sharing.append(names)
        places = numpy.concatenate(sharing)
        # Most of them share one common part. Whether that could be enough is asked once of every
        # kind of name: what it shares, and whether it must have a name that has no partner.
        kinds = bits[places]
        left = self.names_in[places] > numpy.bitwise_count(kinds)
        kinds = 2 * kinds + (left & (kinds < 1 << parts))
        enough = self._enough(asked, numpy.flatnonzero(numpy.bincount(kinds)), least)
        places = numpy.sort(places[enough[kinds]])
        places = places[numpy.diff(places, prepend=-1) > 0]
        if not len(places):
            return places
        chosen: Places = places[self._most_alike(asked, places, joins) >= least]
        return chosen

    def _enough(
        self, asked: _Asked, kinds: NDArray[numpy.int64], least: float
    ) -> NDArray[numpy.bool_]:
        """By kind of name: whether it could reach `least`, were all that it shares the same.

        A kind is twice the bits of what is shared, and one more where a name has no partner.
        """
        parts = len(asked.query)
        missing = (kinds >> numpy.arange(1, parts + 1)[:, None] & 1) == 0
        most = at_most(
            {
                "earned": asked.weights @ ~missing,
                "asked_only": asked.lacking @ missing,
                "both_apart": (kinds & 1) * (asked.names @ missing),
                "first_apart": asked.first_apart(missing),
            },
            self.weighing(asked.query).costs,
        )
        enough = numpy.zeros(4 << parts, dtype=bool)
        enough[kinds] = most >= least
        return enough

    def _most_alike(self, asked: _Asked, places: Places, joins: Sequence[_Join]) -> Column:
        """How alike each of these names can be at the most.

        The arrays of two dimensions have a row for each part of the question.
        """
        at, begins = self.held.all_of(places)
        held = self.held.values[at]
        alike = numpy.array([near.alike(held) for near in asked.near])
        liked = alike > 0
        heavy = numpy.minimum(asked.weights[:, None], self.weighs[at])
        lost = numpy.where(liked, (1 - alike) * heavy, numpy.inf)
        earned = numpy.maximum.reduceat(alike * heavy, begins, axis=1)
        differing = numpy.minimum.reduceat(lost, begins, axis=1)
        missing = ~numpy.logical_or.reduceat(liked, begins, axis=1)
        partnered = numpy.logical_or.reduce(liked, axis=0)
        # What only one part of the question is like, no other can take from it: that part is sure
        # to have a partner, and loses what the nearest differs.
        alone = liked & (liked.sum(axis=0) == 1)
        begun = [join.begins(at) for join in joins]
        for join, first in zip(joins, begun, strict=True):
            for further in range(join.size):
                partnered[first + further] = True
                alone[:, first + further] = False
        differing[~numpy.logical_or.reduceat(alone, begins, axis=1)] = 0
        for join, first in zip(joins, begun, strict=True):
            here = numpy.searchsorted(begins, first, side="right") - 1
            weights = asked.weights[join.among]
            for i, shares in zip(join.among, weights / max(1, weights.sum()), strict=True):
                differing[i, here] = 0
                missing[i, here] = False
                earned[i, here] = numpy.maximum(earned[i, here], shares)
        left_names = numpy.logical_or.reduceat(self.is_name[at] & ~partnered, begins)
        return at_most(
            {
                "earned": earned.sum(axis=0),
                "differing": differing.sum(axis=0),
                "asked_only": asked.lacking @ missing,
                "listed_only": numpy.add.reduceat(self.left_over[at] * ~partnered, begins),
                "both_apart": left_names * (asked.names @ missing),
                "first_apart": asked.first_apart(missing),
                "single_listed": (self.names_in[places] == 1).astype(float),
            },
            self.weighing(asked.query).costs,
        )

    def _joined_with(self, query: tuple[NamePart, ...]) -> Iterator[_Join]:
        """What the question has as several parts and names have as one, or the other way round."""
        for i, p in enumerate(query):
            for skeleton in {p.skeleton, p.second}:
                for size in range(2, MOST_JOINED + 1):
                    key = self.joined.get(f"{size} {skeleton}")
                    if key is not None:
                        yield _Join(range(i, i + 1), size, self.joined_at.of(key))
        for size in range(2, min(MOST_JOINED, len(query)) + 1):
            for i in range(len(query) - size + 1):
                both = joined(*query[i : i + size])
                for skeleton in {both.skeleton, both.second}:
                    for part in self.by.get("skeleton", {}).get(skeleton, ()):
                        at, _ = self.held.all_of(self.holders.of(part))
                        at = at[self.held.values[at] == part]
                        yield _Join(range(i, i + size), 1, at)

    def lookup(self, query: tuple[NamePart, ...], least: float) -> list[Match]:
        """Every name whose similarity is at least `least`; all of them where that is 0."""
        found = []
        asked = self.asked(query)
        weighing = self.weighing(query)
        for place in self.worth_aligning(asked, least).tolist():
            listed = self.names[place]
            likenesses = [
                (i, j, *near.liked[at])
                for j, at in enumerate(self.held.of(place).tolist())
                for i, near in enumerate(asked.near)
                if at in near.liked
            ]
            made = align(query, listed.parts, weighing, likenesses)
            if made.pairs and made.similarity >= least:
                found.append(Match(listed, made))
        if least <= 0:
            shared = {id(match.listed) for match in found}
            found += [
                Match(listed, Alignment(0.0, query, listed.parts, (), None))
                for listed in self.names
                if id(listed) not in shared
            ]
        return found

    def matches(self, query: tuple[NamePart, ...], reference: str) -> Iterator[Match]:
        """Every name of one reference, aligned, however little alike."""
        for place in self.places.get(reference, ()):
            listed = self.names[place]
            yield Match(listed, align(query, listed.parts, self.weighing(query)))


def _joined_skeletons(name: tuple[NamePart, ...]) -> Iterator[tuple[str, int, int]]:
    """Skeletons of neighbouring parts written as one: where these begin, and how many they are."""
    for size in range(2, min(MOST_JOINED, len(name)) + 1):
        for at in range(len(name) - size + 1):
            group = name[at : at + size]
            if all(p.kind in MAY_JOIN for p in group):
                both = joined(*group)
                for skeleton in {both.skeleton, both.second}:
                    if len(skeleton) >= SHORTEST_JOINED:
                        yield skeleton, at, size


@dataclass(frozen=True, slots=True, eq=False)
class Index:
    """Every name ever listed, by its parts. Made by `build`; never changed."""

    listed: Mapping[str, Listed]
    law: str
    """Digest of the legal record, whose designation facts name some."""
    rules: Rules
    people: Names
    organisations: Names
    found: dict[tuple[Cut, float], tuple[Match, ...]] = field(default_factory=dict)
    """What was found for a name: the same few are asked about again and again."""

    def parts(self, name: str) -> tuple[Cut, ...]:
        """The names written in one text, each cut into parts; those without letters left out."""
        cut = (
            Cut(parts(spelling, self.rules, organisation), organisation)
            for organisation in (False, True)
            for spelling in spellings(name, organisation)
        )
        return tuple(one for one in cut if one.parts)

    def lookup(self, query: Cut, least: float) -> tuple[Match, ...]:
        """Every listed name whose similarity is at least `least`; all of them where that is 0.

        Persons are found by what is cut as a person's name, organisations by the other.
        """
        known = self.found.get((query, least))
        if known is not None:
            return known
        names = self.organisations if query.organisation else self.people
        found = tuple(names.lookup(query.parts, least))
        if least > 0:  # with 0 it is everybody: too much to keep
            if len(self.found) >= _MOST_FOUND:
                self.found.clear()
            self.found[query, least] = found
        return found

    def matches(self, query: Cut, reference: str) -> tuple[Match, ...]:
        """Every name of one reference, aligned, however little alike."""
        names = self.organisations if query.organisation else self.people
        return tuple(names.matches(query.parts, reference))


_QUALITY = {AliasQuality.good: GOOD, AliasQuality.low: LOW, AliasQuality.not_said: NOT_SAID}


def _named(one: Listed) -> Iterator[tuple[str, str, str, Version | None]]:
    """The names of a party, the newest record's first: text, matched as, element, record."""
    for version in one.versions:
        entry = version.entry
        yield entry.name, PRIMARY, "NAME", version
        for alias in entry.aliases:
            yield alias.name, _QUALITY[alias.quality], "ALIAS_NAME", version
        if entry.original_script:
            yield entry.original_script, ORIGINAL_SCRIPT, "NAME_ORIGINAL_SCRIPT", version
    for name in one.also:
        yield name, BY_FACT, "names", None


def build(listed: Sequence[Listed], names: Mapping[str, Mapping[str, str]], law: str = "") -> Index:
    """An index over every name that any record of these references, or a fact, ever gave them.

    `names` are the tables of `data/names`, by file stem; `law` is the digest of the legal record
    that holds the facts.
    """
    made = rules(names)
    listed = sorted(listed, key=lambda one: one.reference)
    pool: dict[NamePart, NamePart] = {}
    people: list[ListedName] = []
    organisations: list[ListedName] = []

    def pooled(p: NamePart) -> NamePart:
        known = pool.get(p)
        if known is None:
            known = pool[p] = p._replace(text=intern(p.text), skeleton=intern(p.skeleton))
        return known

    for one in listed:
        best: dict[tuple[NamePart, ...], ListedName] = {}
        organisation = one.kind is PartyKind.entity
        for text, matched_as, element, version in _named(one):
            for spelling in spellings(text, organisation):
                found = tuple(pooled(p) for p in parts(spelling, made, organisation))
                if not found:
                    continue
                key = tuple(_plain(p) for p in found)
                known = best.get(key)
                if known is None or _BETTER[matched_as] < _BETTER[known.matched_as]:
                    best[key] = ListedName(one.reference, text, matched_as, element, version, found)
        (organisations if organisation else people).extend(best.values())
    return Index(
        listed={one.reference: one for one in listed},
        law=law,
        rules=made,
        people=Names(tuple(people), made, made.costs),
        organisations=Names(tuple(organisations), made, made.organisation_costs),
    )
