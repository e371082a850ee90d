"""The names of everybody ever listed, in an index that finds the few worth aligning.

It loses nothing: a name is left out only when the parts it shares with the name asked about
could not bring it to the similarity asked for, however the rest were aligned. The work grows
slower than the list. Parts are found by what is left of them without a letter or two, not one by
one; names by which parts of the question they may share; and parts are compared only in the
names that share enough of them.
"""

import math
from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate, chain
from sys import intern
from typing import NamedTuple, TypeVar

import numpy

from app.screening.letters import Rules, rules
from app.screening.names import NAMES, NamePart, joined_skeletons, parts, parts_anew, spellings
from app.screening.similarity import (
    MAY_JOIN,
    MOST_JOINED,
    SAYS_ORGANISATION,
    SHORTEST_JOINED,
    AlignedPart,
    Alignment,
    Costs,
    Difference,
    Weighing,
    align,
    at_most,
    at_most_all,
    in_words,
    left_over,
    weight,
)
from app.screening.vocabulary import Near, Vocabulary, plain
from app.terms import AliasQuality, Listed, PartyKind, Version

_LEAST_WEIGHT = 0.2
_FEWEST_COUNTED = 250
"""A list shorter than this says little about which names are common."""
_MOST_FOUND = 128
_MANY, _MANY_SHARING = 1000, 50
"""More names than these are looked at all at once; so few take less one by one."""

K = TypeVar("K")
V = TypeVar("V")

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


@dataclass(frozen=True, slots=True, eq=False)
class Cut:
    """A name asked about, cut into parts as a person's or as an organisation's."""

    parts: tuple[NamePart, ...]
    organisation: bool


class _Join(NamedTuple):
    """Parts of the question that may be one part of some names, or one that may be several."""

    among: range
    """Places of those parts in the question."""
    size: int
    """How many neighbouring parts they are in the names."""
    at: Sequence[int]
    """Where the first of these is among the parts of all names."""

    @property
    def bits(self) -> int:
        """A bit for each of those parts."""
        return sum(1 << i for i in self.among)


class _Asked(NamedTuple):
    """A name asked about, and of each of its parts what the index knows."""

    query: tuple[NamePart, ...]
    near: tuple[Near, ...]
    weights: tuple[float, ...]
    lacking: tuple[float, ...]
    """What they weigh when they have no partner."""
    names: int
    """A bit for each of them that is a name."""
    first: int
    """The bit of the first name, where there is another."""
    weighing: Weighing
    joins: tuple[_Join, ...]
    liked: dict[int, list[tuple[int, float, Difference]]]
    """Of parts of the vocabulary, those of the question that are like it, and how alike."""

    def likes(self, place: int) -> list[tuple[int, float, Difference]]:
        """The parts of the question that are like a part of the vocabulary, and how alike."""
        found = self.liked.get(place)
        if found is None:
            found = self.liked[place] = []
            for i, near in enumerate(self.near):
                if place in near.places and (like := near.like(place)):
                    found.append((i, *like))
        return found

    def at_most_the_same(self, shared: int, name_left: bool) -> float:
        """How alike a name can be at the most that has the very parts whose bits are set."""
        earned = sum([w for i, w in enumerate(self.weights) if shared >> i & 1])
        return self.at_most(earned, shared, name_left)

    def at_most(
        self,
        earned: float,
        shared: int,
        name_left: bool,
        differing: float = 0.0,
        listed_only: float = 0.0,
        single_listed: bool = False,
    ) -> float:
        """How alike a name can be at the most that shares the parts whose bits are set."""
        lacking = sum([weighs for i, weighs in enumerate(self.lacking) if not shared >> i & 1])
        return at_most(
            earned,
            differing,
            lacking,
            listed_only,
            name_left and self.names & ~shared != 0,
            self.first & ~shared != 0,
            single_listed,
            self.weighing.costs,
        )


class Names:
    """The names of one kind of party, turned round: from a part to the names that have it."""

    def __init__(
        self,
        names: tuple[ListedName, ...],
        kept: Mapping[int, NamePart],
        vocabulary: Vocabulary,
        made: Rules,
        costs: Mapping[str, float],
    ) -> None:
        """`kept` are the parts of names, by identity, as the vocabulary has them."""
        self.names = names
        self.vocabulary = vocabulary
        bearers: dict[str, set[str]] = {}
        places: dict[str, list[int]] = {}
        holders: list[list[int]] = [[] for _ in vocabulary.parts]
        together: dict[int, dict[str, list[int]]] = {n: {} for n in range(2, MOST_JOINED + 1)}
        held: list[list[int]] = []
        parts_before = 0
        for place, name in enumerate(names):
            places.setdefault(name.reference, []).append(place)
            mine = []
            for p in name.parts:
                bearers.setdefault(p.skeleton, set()).add(name.reference)
                at = vocabulary.places[kept[id(p)]]
                if not holders[at] or holders[at][-1] != place:
                    holders[at].append(place)
                mine.append(at)
            held.append(mine)
            for skeleton, at, size in _joined_skeletons(name.parts):
                together[size].setdefault(skeleton, []).append(parts_before + at)
            parts_before += len(name.parts)
        self.places = {reference: tuple(at) for reference, at in places.items()}
        self.holders = tuple(array("i", some).tobytes() for some in holders)
        """The places of the names that have a part, by its place in the vocabulary, as bytes."""
        self.held = array("i", chain.from_iterable(held))
        """The parts of all names, one name after another."""
        self.begins = array("i", accumulate(map(len, held), initial=0))
        """Where those of each name begin, and the end."""
        self.joined = {
            size: {skeleton: array("i", some) for skeleton, some in found.items()}
            for size, found in together.items()
        }
        """How many neighbouring parts, and their skeleton as one, to where the first of them is."""
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
        self.weighs = array("f", (weight(p, weights) for name in names for p in name.parts))
        self.left_over = array(
            "f", (left_over(p, weight(p, weights)) for name in names for p in name.parts)
        )
        self.is_name = bytes(p.kind in NAMES for name in names for p in name.parts)
        self.owners = array("i", (place for place, name in enumerate(names) for _ in name.parts))
        self.names_in = bytes(sum(p.kind in NAMES for p in name.parts) for name in names)

    def weighing(self, query: tuple[NamePart, ...]) -> Weighing:
        """What parts weigh and what differences cost, for this question.

        A name that says of itself in no word that it is an organisation's may be a person's, and
        is compared with organisations as strictly as with people.
        """
        says_so = any(p.kind in SAYS_ORGANISATION for p in query)
        return Weighing(self.weights, self.costs if says_so else self.costs_of_people)

    def asked(self, query: tuple[NamePart, ...]) -> _Asked:
        """A question, ready for `worth_aligning`."""
        weights = tuple([weight(p, self.weights) for p in query])
        names = sum([1 << i for i, p in enumerate(query) if p.kind in NAMES])
        return _Asked(
            query,
            tuple(map(self.vocabulary.near, query)),
            weights,
            tuple(map(left_over, query, weights)),
            names,
            names & -names if names & names - 1 else 0,
            self.weighing(query),
            tuple(self._joined_with(query)),
            {},
        )

    def worth_aligning(self, asked: _Asked, least: float) -> list[int]:
        """Places of the names that share anything and could reach `least` in similarity."""
        if not self.names:
            return []
        places = self._sharing(asked, least)
        if len(places) > _MANY_SHARING:
            return self._most_alike_of_many(asked, places, least)
        joined_here: dict[int, list[tuple[_Join, int]]] = {}
        for join in asked.joins:
            for at in join.at:
                joined_here.setdefault(self.owners[at], []).append((join, at))
        return [
            place
            for place in places
            if self._most_alike(asked, place, joined_here.get(place, ())) >= least
        ]

    def _sharing(self, asked: _Asked, least: float) -> list[int]:
        """Places of the names that could reach `least`, were all that they share the same."""
        parts = len(asked.query)
        holders = self.holders
        # For each name a bit for each part of the question that it may share, and one more if
        # one of these may be several of its own.
        sharing = [
            (1 << i, array("i", b"".join([holders[part] for part in near.places])))
            for i, near in enumerate(asked.near)
        ]
        for join in asked.joins:
            bits = join.bits | (join.size > 1) << parts
            sharing.append((bits, array("i", [self.owners[at] for at in join.at])))

        # Most of them share one common part. Whether that could be enough is asked once of every
        # kind of name: what it shares, and whether it must have a name that has no partner.
        if sum([len(names) for _, names in sharing]) > _MANY:
            return self._sharing_of_many(asked, sharing, least)
        shared: dict[int, int] = {}
        for bits, names in sharing:
            for name in names:
                shared[name] = shared.get(name, 0) | bits
        enough = {
            bits: asked.at_most_the_same(bits, True) >= least
            for bits in set(shared.values())
            if asked.at_most_the_same(bits, False) >= least
        }
        return sorted(
            [
                name
                for name, bits in shared.items()
                if bits in enough
                and (enough[bits] or bits >> parts or self.names_in[name] <= bits.bit_count())
            ]
        )

    def _sharing_of_many(
        self, asked: _Asked, sharing: Sequence[tuple[int, "array[int]"]], least: float
    ) -> list[int]:
        """The same for many names at once."""
        parts = len(asked.query)
        shared = numpy.zeros(len(self.names), dtype=numpy.uint32)
        for bits, names in sharing:
            shared[numpy.asarray(names)] |= bits
        places = numpy.concatenate([names for _, names in sharing])
        kinds = shared[places]
        names_in = numpy.frombuffer(self.names_in, dtype=numpy.uint8)[places]
        left = names_in > numpy.bitwise_count(kinds)
        kinds = 2 * kinds + (left & (kinds < 1 << parts))
        enough = numpy.zeros(4 << parts, dtype=bool)
        for kind in numpy.flatnonzero(numpy.bincount(kinds)).tolist():
            enough[kind] = asked.at_most_the_same(kind >> 1, bool(kind & 1)) >= least
        found: list[int] = numpy.unique(places[enough[kinds]]).tolist()
        return found

    def _most_alike(self, asked: _Asked, place: int, joins: Sequence[tuple[_Join, int]]) -> float:
        """How alike a name can be at the most."""
        weights = asked.weights
        earned = [0.0] * len(weights)
        lost = [math.inf] * len(weights)
        joined_at = {at + further for join, at in joins for further in range(join.size)}
        shared = alone = 0
        listed_only, name_left = 0.0, False
        for at in range(self.begins[place], self.begins[place + 1]):
            likes = asked.likes(self.held[at])
            for i, score, _ in likes:
                heavy = min(weights[i], self.weighs[at])
                earned[i] = max(earned[i], score * heavy)
                lost[i] = min(lost[i], (1 - score) * heavy)
                shared |= 1 << i
            if at in joined_at:
                continue
            if not likes:
                listed_only += self.left_over[at]
                name_left = name_left or self.is_name[at] == 1
            elif len(likes) == 1:
                alone |= 1 << likes[0][0]
        for join, _ in joins:
            among = [weights[i] for i in join.among]
            for i, w in zip(join.among, among, strict=True):
                earned[i] = max(earned[i], w / max(1, sum(among)))
            shared |= join.bits
            alone &= ~join.bits
        # What only one part of the question is like, no other can take from it: that part is sure
        # to have a partner, and loses what the nearest differs.
        differing = sum([less for i, less in enumerate(lost) if alone >> i & 1])
        return asked.at_most(
            sum(earned), shared, name_left, differing, listed_only, self.names_in[place] == 1
        )

    def _most_alike_of_many(self, asked: _Asked, places: Sequence[int], least: float) -> list[int]:
        """Of many names those that can be so alike; the same as `_most_alike` says of each.

        The arrays of two dimensions have a row for each part of the question.
        """
        rows = len(asked.query)
        begins_in_all = numpy.asarray(self.begins)
        first = begins_in_all[places]
        sizes = begins_in_all[numpy.add(places, 1)] - first
        begins = numpy.cumsum(sizes) - sizes
        at = numpy.arange(sizes.sum()) + numpy.repeat(first - begins, sizes)
        held, here = numpy.unique(numpy.asarray(self.held)[at], return_inverse=True)
        table = numpy.zeros((rows, len(held)))
        column = {part: number for number, part in enumerate(held.tolist())}
        for i, near in enumerate(asked.near):
            for part in near.places.keys() & column.keys():
                if like := near.like(part):
                    table[i, column[part]] = like[0]
        alike = table[:, here]
        liked = alike > 0
        weights = numpy.array(asked.weights)
        heavy = numpy.minimum(weights[:, None], numpy.asarray(self.weighs)[at])
        lost = numpy.where(liked, (1 - alike) * heavy, numpy.inf)
        earned = numpy.maximum.reduceat(alike * heavy, begins, axis=1)
        differing = numpy.minimum.reduceat(lost, begins, axis=1)
        missing = ~numpy.logical_or.reduceat(liked, begins, axis=1)
        partnered = numpy.logical_or.reduce(liked, axis=0)
        alone = liked & (liked.sum(axis=0) == 1)
        begun = []
        for join in asked.joins:
            found = numpy.searchsorted(at, join.at)
            known = found < len(at)
            known[known] = at[found[known]] == numpy.asarray(join.at)[known]
            begun.append(found[known])
            for further in range(join.size):
                partnered[begun[-1] + further] = True
                alone[:, begun[-1] + further] = False
        differing[~numpy.logical_or.reduceat(alone, begins, axis=1)] = 0
        for join, found in zip(asked.joins, begun, strict=True):
            names = numpy.searchsorted(begins, found, side="right") - 1
            among = weights[join.among]
            for i, share in zip(join.among, among / max(1, among.sum()), strict=True):
                differing[i, names] = 0
                missing[i, names] = False
                earned[i, names] = numpy.maximum(earned[i, names], share)
        is_name = numpy.frombuffer(self.is_name, dtype=bool)[at]
        named, first_of_two = (
            numpy.array([bits >> i & 1 == 1 for i in range(rows)])
            for bits in (asked.names, asked.first)
        )
        most = at_most_all(
            {
                "earned": earned.sum(axis=0),
                "differing": differing.sum(axis=0),
                "asked_only": numpy.array(asked.lacking) @ missing,
                "listed_only": numpy.add.reduceat(
                    numpy.asarray(self.left_over)[at] * ~partnered, begins
                ),
                "both_apart": numpy.logical_or.reduceat(is_name & ~partnered, begins)
                * (named @ missing),
                "first_apart": first_of_two @ missing,
                "single_listed": numpy.array([self.names_in[place] == 1.0 for place in places]),
            },
            asked.weighing.costs,
        )
        return [place for place, found in zip(places, most.tolist(), strict=True) if found >= least]

    def _joined_with(self, query: tuple[NamePart, ...]) -> Iterator[_Join]:
        """What the question has as several parts and names have as one, or the other way round."""
        for i, p in enumerate(query):
            for skeleton in {p.skeleton, p.second}:
                for size, found in self.joined.items():
                    if skeleton in found:
                        yield _Join(range(i, i + 1), size, found[skeleton])
        may_join = [p.kind in MAY_JOIN for p in query]
        for size in range(2, min(MOST_JOINED, len(query)) + 1):
            for i in range(len(query) - size + 1):
                if not all(may_join[i : i + size]):
                    continue
                for skeleton in joined_skeletons(query[i : i + size]):
                    for part in self.vocabulary.by["skeleton"].get(skeleton, ()):
                        if here := self._places_of(part):
                            yield _Join(range(i, i + size), 1, here)

    def _places_of(self, part: int) -> list[int]:
        """Where a part of the vocabulary is among the parts of all names."""
        return [
            at
            for name in array("i", self.holders[part])
            for at in range(self.begins[name], self.begins[name + 1])
            if self.held[at] == part
        ]

    def lookup(self, query: tuple[NamePart, ...], least: float) -> list[Match]:
        """Every name whose similarity is at least `least`; all of them where that is 0."""
        found = []
        asked = self.asked(query)
        for place in self.worth_aligning(asked, least):
            listed = self.names[place]
            likenesses = [
                (i, j, score, kind)
                for j, at in enumerate(self.held[self.begins[place] : self.begins[place + 1]])
                for i, score, kind in asked.likes(at)
            ]
            made = align(query, listed.parts, asked.weighing, likenesses, bool(asked.joins))
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
                for skeleton in joined_skeletons(group):
                    if len(skeleton) >= SHORTEST_JOINED:
                        yield skeleton, at, size


def _keep(kept: dict[K, V], key: K, found: V) -> None:
    """Keep what was found, and no more than the last few hundred."""
    if len(kept) >= _MOST_FOUND:
        kept.clear()
    kept[key] = found


@dataclass(frozen=True, slots=True, eq=False)
class Index:
    """Every name ever listed, by its parts. Made by `build`; never changed."""

    listed: Mapping[str, Listed]
    law: str
    """Digest of the legal record, whose designation facts name some."""
    rules: Rules
    vocabulary: Vocabulary
    people: Names
    organisations: Names
    cut: dict[str, tuple[Cut, ...]] = field(default_factory=dict)
    """The last names asked about, cut into parts."""
    found: dict[tuple[Cut, float], tuple[Match, ...]] = field(default_factory=dict)
    """What was found for them: the same few are asked about again and again."""

    def parts(self, name: str) -> tuple[Cut, ...]:
        """The names written in one text, each cut into parts; those without letters left out."""
        known = self.cut.get(name)
        if known is not None:
            return known
        found = tuple(
            [
                Cut(cut, organisation)
                for organisation in (False, True)
                for spelling in spellings(name, organisation)
                if (cut := parts_anew(spelling, self.rules, organisation))
            ]
        )
        _keep(self.cut, name, found)
        return found

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
            _keep(self.found, (query, least), found)
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
    kept: dict[int, NamePart] = {}
    people: list[ListedName] = []
    organisations: list[ListedName] = []

    def pooled(p: NamePart) -> NamePart:
        known = pool.get(p)
        if known is None:
            known = pool[p] = p._replace(text=intern(p.text), skeleton=intern(p.skeleton))
            kept[id(known)] = plain(known)
        return known

    for one in listed:
        best: dict[tuple[NamePart, ...], ListedName] = {}
        organisation = one.kind is PartyKind.entity
        for text, matched_as, element, version in _named(one):
            for spelling in spellings(text, organisation):
                found = tuple(pooled(p) for p in parts(spelling, made, organisation))
                if not found:
                    continue
                key = tuple(kept[id(p)] for p in found)
                known = best.get(key)
                if known is None or _BETTER[matched_as] < _BETTER[known.matched_as]:
                    best[key] = ListedName(one.reference, text, matched_as, element, version, found)
        (organisations if organisation else people).extend(best.values())
    vocabulary = Vocabulary(kept.values())
    return Index(
        listed={one.reference: one for one in listed},
        law=law,
        rules=made,
        vocabulary=vocabulary,
        people=Names(tuple(people), kept, vocabulary, made, made.costs),
        organisations=Names(tuple(organisations), kept, vocabulary, made, made.organisation_costs),
    )
