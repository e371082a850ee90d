"""The names of everybody ever listed, in an index that finds the few worth aligning.

It loses nothing: a name is left out only when the parts it shares with the name asked about
could not bring it to the similarity asked for, however the rest were aligned. The work grows
slower than the list: the names that have only common parts are not looked at where common parts
alone cannot reach that similarity, and parts are compared letter by letter only where the sets
of their letters allow it.
"""

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from functools import cached_property
from sys import intern
from typing import NamedTuple, TypeAlias

import numpy
from numpy.typing import NDArray
from rapidfuzz import process
from rapidfuzz.distance import OSA

from app.screening.letters import Rules, rules, skeletons
from app.screening.names import NAMES, NamePart, PartIs, joined, parts, spellings
from app.screening.similarity import (
    LONG_SKELETON,
    MAY_JOIN,
    MOST_JOINED,
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


_EMPTY: Places = numpy.zeros(0, dtype=numpy.int32)
_NOTHING: Column = numpy.zeros(1)


def _together(found: Sequence[Places]) -> Places:
    if not found:
        return _EMPTY
    return found[0] if len(found) == 1 else numpy.concatenate(found)


class _Lists(NamedTuple):
    """Many short lists of numbers laid end to end."""

    starts: NDArray[numpy.int64]
    values: Places

    def of(self, key: int) -> Places:
        return self.values[self.starts[key] : self.starts[key + 1]]


def _lists(lists: Sequence[Sequence[int]]) -> _Lists:
    starts = numpy.zeros(len(lists) + 1, dtype=numpy.int64)
    numpy.cumsum([len(one) for one in lists], out=starts[1:])
    values = numpy.fromiter(
        (value for one in lists for value in one), dtype=numpy.int32, count=int(starts[-1])
    )
    return _Lists(starts, values)


class _Near(NamedTuple):
    """Parts of a vocabulary that are like one part."""

    places: Places
    alike: Column
    """How alike the part at each of these places is."""
    liked: tuple[tuple[int, float, Difference], ...]
    """The same, with how each differs."""


def _letters(text: str) -> int:
    """The set of letters of a text; an edit changes at most two of them."""
    found = 0
    for letter in text:
        found |= 1 << ord(letter) % 63
    return found


class _Texts:
    """Distinct short texts, of which those within some edits of another are found."""

    def __init__(self, texts: Iterable[str], most: Callable[[int], int]) -> None:
        self.most = most
        """How many edits two texts may be apart, by the length of the longer."""
        self.texts = sorted(set(texts), key=lambda text: (len(text), text))
        self.lengths = numpy.fromiter(
            (len(text) for text in self.texts), dtype=numpy.int16, count=len(self.texts)
        )
        self.edits = numpy.fromiter(
            (most(len(text)) for text in self.texts), dtype=numpy.int16, count=len(self.texts)
        )
        self.letters = numpy.fromiter(
            (_letters(text) for text in self.texts), dtype=numpy.uint64, count=len(self.texts)
        )

    def near(self, text: str) -> list[str]:
        """The texts that are few enough edits from this one, and some that are one too many."""
        length = len(text)
        most = reach(length, self.most)
        first, last = numpy.searchsorted(self.lengths, (length - most, length + most + 1))
        apart = numpy.bitwise_count(self.letters[first:last] ^ numpy.uint64(_letters(text)))
        edits = numpy.maximum(self.edits[first:last], self.most(length))
        chosen = (first + numpy.flatnonzero(apart <= 2 * edits)).tolist()
        found = process.extract(
            text,
            [self.texts[at] for at in chosen],
            scorer=OSA.distance,
            score_cutoff=most,
            limit=None,
        )
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


_KINDS_THAT_MATTER = (PartIs.initial, PartIs.ordinal, PartIs.kunya)


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
            for skeleton in _joined_skeletons(name.parts):
                together.setdefault(skeleton, []).append(place)
        self.places = {reference: tuple(at) for reference, at in places.items()}
        self.vocabulary = tuple(vocabulary)
        self.holders = _lists(holders)
        self.held = _lists(held)
        joins = {skeleton: at for at, skeleton in enumerate(together)}
        self.joined = joins
        self.joined_holders = _lists(list(together.values()))
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
        self.weighing = Weighing(weights, Costs(**costs))
        self.weighs = numpy.array([weights.get(p.skeleton, 1.0) for p in self.vocabulary])
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
        """All parts of the vocabulary that are like this part at all."""
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
        scored = [(n, *alike(part, self.vocabulary[n])) for n in sorted(near)]
        liked = tuple(one for one in scored if one[1])
        found = _Near(
            numpy.array([n for n, _, _ in liked], dtype=numpy.int32),
            numpy.array([score for _, score, _ in liked]),
            liked,
        )
        if len(self.remembered) >= _MOST_REMEMBERED:
            self.remembered.clear()
        self.remembered[part] = found
        return found

    def worth_aligning(self, query: tuple[NamePart, ...], least: float) -> Places:
        """Places of the names that share anything and could reach `least` in similarity."""
        weights = [weight(p, self.weighing.weights) for p in query]
        lacking = [left_over(p, w) for p, w in zip(query, weights, strict=True)]

        def most(shared: Set[int]) -> float:
            return float(
                at_most(
                    numpy.array([sum(weights[i] for i in shared)]),
                    numpy.array([sum(w for i, w in enumerate(lacking) if i not in shared)]),
                    _NOTHING,
                    _NOTHING > 0,
                    self.weighing.costs,
                )[0]
            )

        near = [self.near(p).places for p in query]
        sizes = [int((self.holders.starts[n + 1] - self.holders.starts[n]).sum()) for n in near]
        # The names that have nothing but the commonest of the parts are left out where those
        # alone cannot reach the similarity asked for.
        common: set[int] = set()
        for i in sorted(range(len(query)), key=lambda i: -sizes[i]):
            if most(common | {i}) >= least:
                break
            common.add(i)
        found = [
            self.holders.of(at)
            for i in range(len(query))
            if i not in common
            for at in near[i].tolist()
        ]
        joins = list(self._joined_with(query))
        found += [names for _, names in joins]
        if not found:
            return _EMPTY
        places = numpy.unique(_together(found))
        if least <= 0:
            return places
        chosen: Places = places[self._most_alike(query, weights, lacking, places, joins) >= least]
        return chosen

    def _most_alike(
        self,
        query: tuple[NamePart, ...],
        weights: Sequence[float],
        lacking: Sequence[float],
        places: Places,
        joins: Sequence[tuple[range, Places]],
    ) -> Column:
        """How alike each of these names can be at the most."""
        starts = self.held.starts[places]
        sizes = self.held.starts[places + 1] - starts
        ends = numpy.cumsum(sizes)
        firsts = ends - sizes
        at = numpy.arange(int(ends[-1])) + numpy.repeat(starts - firsts, sizes)
        held = self.held.values[at]
        partnered = numpy.zeros(len(self.vocabulary), dtype=bool)
        shared = numpy.zeros(len(places))
        asked_only = numpy.zeros(len(places))
        asked_names = numpy.zeros(len(places), dtype=bool)
        joined_here = [(among, numpy.isin(places, names)) for among, names in joins]
        for i, (p, heavy, lacks) in enumerate(zip(query, weights, lacking, strict=True)):
            near = self.near(p)
            earns = numpy.zeros(len(self.vocabulary))
            earns[near.places] = near.alike * numpy.minimum(heavy, self.weighs[near.places])
            partnered[near.places] = True
            best = numpy.maximum.reduceat(earns[held], firsts)
            for among, here in joined_here:
                if i in among:
                    best[here] = heavy
            shared += best
            asked_only += lacks * (best == 0)
            if p.kind in NAMES:
                asked_names |= best == 0
        alone = ~partnered[held]
        listed_only = numpy.add.reduceat(self.left_over[at] * alone, firsts)
        listed_names = numpy.logical_or.reduceat(self.is_name[at] & alone, firsts)
        for _, here in joined_here:  # parts of theirs that are one of ours have a partner
            listed_only[here] = 0
            listed_names[here] = False
        return at_most(
            shared, asked_only, listed_only, asked_names & listed_names, self.weighing.costs
        )

    def _joined_with(self, query: tuple[NamePart, ...]) -> Iterator[tuple[range, Places]]:
        """Names that have as one part what the question has as several, or the other way round.

        With the places of those parts in the question.
        """
        for i, p in enumerate(query):
            for skeleton in (p.skeleton, p.second):
                at = self.joined.get(skeleton)
                if at is not None:
                    yield range(i, i + 1), self.joined_holders.of(at)
        for size in range(2, min(MOST_JOINED, len(query)) + 1):
            for i in range(len(query) - size + 1):
                both = joined(*query[i : i + size])
                for skeleton in (both.skeleton, both.second):
                    for at in self.by.get("skeleton", {}).get(skeleton, ()):
                        yield range(i, i + size), self.holders.of(at)

    def lookup(self, query: tuple[NamePart, ...], least: float) -> list[Match]:
        """Every name whose similarity is at least `least`; all of them where that is 0."""
        found = []
        liked: dict[int, list[tuple[int, float, Difference]]] = {}
        for i, p in enumerate(query):
            for at, score, kind in self.near(p).liked:
                liked.setdefault(at, []).append((i, score, kind))
        for place in self.worth_aligning(query, least).tolist():
            listed = self.names[place]
            likenesses = [
                (i, j, score, kind)
                for j, at in enumerate(self.held.of(place).tolist())
                for i, score, kind in liked.get(at, ())
            ]
            made = align(query, listed.parts, self.weighing, likenesses)
            if made.similarity >= least:
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
            yield Match(listed, align(query, listed.parts, self.weighing))


def _joined_skeletons(name: tuple[NamePart, ...]) -> set[str]:
    """Skeletons of neighbouring parts written as one."""
    found: set[str] = set()
    for size in range(2, min(MOST_JOINED, len(name)) + 1):
        for at in range(len(name) - size + 1):
            group = name[at : at + size]
            if all(p.kind in MAY_JOIN for p in group):
                both = joined(*group)
                found.update(
                    skeleton
                    for skeleton in (both.skeleton, both.second)
                    if len(skeleton) >= SHORTEST_JOINED
                )
    return found


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
