"""The names of everybody ever listed, in an index that finds the few worth aligning.

It loses nothing: a name is left out only when the parts it shares with the name asked about
could not bring it to the similarity asked for, however the rest were aligned.
"""

import bisect
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from sys import intern

from rapidfuzz import process
from rapidfuzz.distance import OSA

from app.screening.names import NamePart, PartIs, Rules, joined, parts, rules, spellings
from app.screening.similarity import (
    ASKED_MORE,
    LEAST_ALIKE,
    Aligned,
    align,
    alike,
    in_words,
    similarity,
    unlike,
    weight,
)
from app.terms import AliasQuality, Listed, Version

_LEAST_WEIGHT = 0.35
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


@dataclass(frozen=True, slots=True, eq=False)
class Match:
    """A listed name and how it aligns with the name asked about."""

    listed: ListedName
    aligned: Aligned


@dataclass(frozen=True, slots=True, eq=False)
class Index:
    """Every name ever listed, by its parts. Made by `build`; never changed."""

    listed: Mapping[str, Listed]
    law: str
    """Digest of the legal record, whose designation facts name some."""
    rules: Rules
    names: tuple[ListedName, ...]
    weights: Mapping[str, float]
    """What a part with this skeleton weighs: less, the more people bear it."""
    places: Mapping[str, tuple[int, ...]]
    """Reference to the places of its names in `names`."""
    vocabulary: tuple[NamePart, ...]
    texts: tuple[str, ...]
    """The distinct texts of the vocabulary, the shortest first."""
    by_text: Mapping[str, tuple[int, ...]]
    holders: tuple[tuple[int, ...], ...]
    """For each part of the vocabulary the places of the names that have it."""
    by_skeleton: Mapping[str, tuple[int, ...]]
    joined_holders: Mapping[str, tuple[int, ...]]
    """Skeleton of two neighbouring parts written as one, to the places of those names."""
    by_letter: Mapping[str, tuple[int, ...]]
    """First letter of a part, for initials."""
    bones: tuple[str, ...]
    """The distinct skeletons."""
    remembered: dict[NamePart, tuple[int, ...]] = field(default_factory=dict)
    found: dict[tuple[tuple[NamePart, ...], float], tuple["Match", ...]] = field(
        default_factory=dict
    )
    """What was found for a name: the same few are asked about again and again."""
    """Parts asked about before; the same with or without it."""

    def parts(self, name: str) -> tuple[tuple[NamePart, ...], ...]:
        """The names written in one text, each cut into parts; those without letters left out."""
        cut = (parts(spelling, self.rules) for spelling in spellings(name))
        return tuple(p for p in cut if p)

    def _near(self, part: NamePart) -> tuple[int, ...]:
        """Places of all parts of the vocabulary that are like this part at all."""
        part = part._replace(written="")
        known = self.remembered.get(part)
        if known is not None:
            return known
        near: set[int] = set()
        for skeleton in (part.skeleton, part.second):
            near.update(self.by_skeleton.get(skeleton, ()))
        if part.kind is PartIs.initial:
            near.update(self.by_letter.get(part.text, ()))
        else:
            typed = process.extract(
                part.text,
                self._about_as_long(part.text),
                scorer=OSA.normalized_similarity,
                score_cutoff=LEAST_ALIKE,
                limit=None,
            )
            for text, _, _ in typed:
                near.update(self.by_text[text])
            if len(part.skeleton) >= 4:
                for bones, _, _ in process.extract(
                    part.skeleton,
                    self.bones,
                    scorer=OSA.normalized_similarity,
                    score_cutoff=LEAST_ALIKE,
                    limit=None,
                ):
                    near.update(self.by_skeleton[bones])
            for text in ("al" + part.text, "el" + part.text, part.text[2:], part.text[0]):
                near.update(self.by_text.get(text, ()))
        found = tuple(sorted(n for n in near if alike(part, self.vocabulary[n])[0]))
        if len(self.remembered) >= _MOST_REMEMBERED:
            self.remembered.clear()
        self.remembered[part] = found
        return found

    def _about_as_long(self, text: str) -> tuple[str, ...]:
        """The texts whose length alone does not rule out that they are like this one."""
        first = bisect.bisect_left(self.texts, len(text) * LEAST_ALIKE, key=len)
        last = bisect.bisect_right(self.texts, len(text) / LEAST_ALIKE, key=len)
        return self.texts[first:last]

    def worth_aligning(self, query: tuple[NamePart, ...], least: float) -> tuple[int, ...]:
        """Places of the names that share anything and could reach `least` in similarity."""
        weights = [weight(p, self.weights) for p in query]
        masks: dict[int, int] = {}
        for i, p in enumerate(query):
            bit = 1 << i
            for place in self._near(p):
                for name in self.holders[place]:
                    masks[name] = masks.get(name, 0) | bit
            for name in self.joined_holders.get(p.skeleton, ()):
                masks[name] = masks.get(name, 0) | bit
            if i:
                bits = bit | bit >> 1
                for place in self.by_skeleton.get(joined(query[i - 1], p).skeleton, ()):
                    for name in self.holders[place]:
                        masks[name] = masks.get(name, 0) | bits
        whole = sum(weights)
        enough: dict[int, bool] = {}
        for mask in set(masks.values()):
            shared = sum(w for i, w in enumerate(weights) if mask >> i & 1)
            most = shared / (shared + ASKED_MORE * (whole - shared)) if shared else 0.0
            enough[mask] = most >= least - 0.0001
        return tuple(sorted(name for name, mask in masks.items() if enough[mask]))

    def lookup(self, query: tuple[NamePart, ...], least: float) -> tuple[Match, ...]:
        """Every listed name whose similarity is at least `least`; all of them where that is 0."""
        known = self.found.get((query, least))
        if known is not None:
            return known
        found = []
        for place in self.worth_aligning(query, least):
            listed = self.names[place]
            made = align(query, listed.parts, self.weights)
            if made.similarity >= least:
                found.append(Match(listed, in_words(made)))
        if least <= 0:
            shared = {id(match.listed) for match in found}
            found += [
                Match(listed, unlike(query, listed.parts))
                for listed in self.names
                if id(listed) not in shared
            ]
        made_of = tuple(found)
        if least > 0:  # with 0 it is everybody: too much to keep
            if len(self.found) >= _MOST_FOUND:
                self.found.clear()
            self.found[query, least] = made_of
        return made_of

    def matches(self, query: tuple[NamePart, ...], reference: str) -> tuple[Match, ...]:
        """Every name of one reference, aligned, however little alike."""
        return tuple(
            Match(self.names[place], similarity(query, self.names[place].parts, self.weights))
            for place in self.places.get(reference, ())
        )


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
    holding: list[ListedName] = []
    cut: dict[str, tuple[NamePart, ...]] = {}

    def parts_of(text: str) -> tuple[NamePart, ...]:
        if text not in cut:
            fresh = parts(text, made)
            cut[text] = tuple(
                pool.setdefault(p, p._replace(text=intern(p.text), skeleton=intern(p.skeleton)))
                for p in fresh
            )
        return cut[text]

    for one in listed:
        best: dict[tuple[str, ...], ListedName] = {}
        for text, matched_as, element, version in _named(one):
            for spelling in spellings(text):
                found = parts_of(spelling)
                if not found:
                    continue
                key = tuple(sorted(p.text for p in found))
                known = best.get(key)
                if known is None or _BETTER[matched_as] < _BETTER[known.matched_as]:
                    best[key] = ListedName(one.reference, text, matched_as, element, version, found)
        holding += best.values()
    return _indexed(tuple(holding), {one.reference: one for one in listed}, made, law)


def _indexed(
    names: tuple[ListedName, ...], listed: Mapping[str, Listed], made: Rules, law: str
) -> Index:
    """The names turned round: from a part to the names that have it."""
    bearers: dict[str, set[str]] = {}
    places: dict[str, list[int]] = {}
    holders: dict[NamePart, list[int]] = {}
    joined_holders: dict[str, list[int]] = {}
    for place, name in enumerate(names):
        places.setdefault(name.reference, []).append(place)
        for p in dict.fromkeys(name.parts):
            bearers.setdefault(p.skeleton, set()).add(name.reference)
            # How a part was written matters to the reader, not to the search.
            holders.setdefault(p._replace(written=""), []).append(place)
        for left, right in zip(name.parts, name.parts[1:], strict=False):
            skeleton = joined(left, right).skeleton
            if len(skeleton) >= 3:
                joined_holders.setdefault(skeleton, []).append(place)
    vocabulary = tuple(holders)
    by_skeleton: dict[str, list[int]] = {}
    by_letter: dict[str, list[int]] = {}
    by_text: dict[str, list[int]] = {}
    for at, p in enumerate(vocabulary):
        for skeleton in (p.skeleton, p.second):
            if skeleton:
                by_skeleton.setdefault(skeleton, []).append(at)
        by_letter.setdefault(p.text[0], []).append(at)
        by_text.setdefault(p.text, []).append(at)
    people = math.log1p(max(len(listed), _FEWEST_COUNTED))
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
    return Index(
        listed=listed,
        law=law,
        rules=made,
        names=names,
        weights=weights,
        places={reference: tuple(at) for reference, at in places.items()},
        vocabulary=vocabulary,
        texts=tuple(sorted(by_text, key=lambda text: (len(text), text))),
        by_text={text: tuple(at) for text, at in by_text.items()},
        holders=tuple(tuple(at) for at in holders.values()),
        by_skeleton={skeleton: tuple(at) for skeleton, at in by_skeleton.items()},
        joined_holders={skeleton: tuple(at) for skeleton, at in joined_holders.items()},
        by_letter={letter: tuple(at) for letter, at in by_letter.items()},
        bones=tuple(by_skeleton),
    )
