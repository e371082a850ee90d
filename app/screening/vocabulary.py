"""The distinct parts of all names, and which of them may be like a part asked about.

They are found by what is left of them without a letter or two, not one by one, and compared only
where a name shares more.
"""

from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from itertools import combinations, groupby

import numpy
from numpy.typing import NDArray
from rapidfuzz.distance.OSA import distance

from app.screening.letters import skeletons
from app.screening.names import NamePart, PartIs
from app.screening.similarity import (
    LONG_SKELETON,
    Difference,
    compared,
    most_edits,
    most_skeleton_edits,
    reach,
    shortened,
    whole,
)

_MOST_REMEMBERED = 4096
_MOST_PLACES = 1 << 17
"""In all that is remembered."""


class Near:
    """The parts of a vocabulary that may be like one part, and how alike they are.

    Each is compared when it is first asked about: most of them are in no name that shares more.
    """

    def __init__(
        self, part: NamePart, vocabulary: Sequence[NamePart], places: Iterable[int]
    ) -> None:
        self.places: dict[int, tuple[float, Difference] | None] = dict.fromkeys(places)
        """The places of those parts, and how alike each is that was asked about."""
        self._part, self._vocabulary = part, vocabulary

    def like(self, place: int) -> tuple[float, Difference] | None:
        """How alike the part at this place is; null for a different part."""
        if place not in self.places:
            return None
        found = self.places[place]
        if found is None:
            found = self.places[place] = compared(self._part, self._vocabulary[place])
        return found if found[0] else None


_MOST_LEFT_OUT = 2
_LETTERS_READ = 16
"""Letters of a text after these are not needed to find it."""
_FACTORS = numpy.array(
    [pow(0x9E3779B97F4A7C15, n + 1, 1 << 64) for n in range(_LETTERS_READ)], dtype=numpy.uint64
)


@lru_cache
def _left_out(length: int, most: int) -> NDArray[numpy.uint64]:
    """What each letter of a text counts for, a column for each way to leave some out."""
    ways = [kept for out in range(most + 1) for kept in combinations(range(length), length - out)]
    table = numpy.zeros((length, len(ways)), dtype=numpy.uint64)
    for way, kept in enumerate(ways):
        table[list(kept), way] = _FACTORS[: len(kept)]
    return table


class Texts:
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
        places: list[NDArray[numpy.int32]] = [numpy.zeros(0, dtype=numpy.int32)]
        first = 0
        for _, some in groupby(self.texts, len):
            found = self._hashes(list(some))
            hashes.append(found.ravel())
            here = numpy.arange(first, first + len(found), dtype=numpy.int32)
            places.append(numpy.repeat(here, found.shape[1]))
            first += len(found)
        together = numpy.concatenate(hashes)
        order = numpy.argsort(together, kind="stable")
        self.numbers, begins = numpy.unique(together[order], return_index=True)
        self.begins = array("i", [*begins.tolist(), len(order)])
        """Where the places of the texts under each number begin, and the end."""
        self.places = array("i", numpy.concatenate(places)[order].tobytes())

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
        if edits <= _MOST_LEFT_OUT and self.texts:
            numbers = self._hashes([text])[0]
            at = self.numbers.searchsorted(numbers)
            places: set[int] = set()
            for found in at[self.numbers.take(at, mode="clip") == numbers].tolist():
                places.update(self.places[self.begins[found] : self.begins[found + 1]])
            chosen = [self.texts[place] for place in places]
        else:  # long texts are few
            chosen = self.texts[bisect_left(self.texts, len(text) - edits, key=len) :]
        return [one for one in chosen if distance(text, one, score_cutoff=edits) <= edits]


def plain(part: NamePart) -> NamePart:
    """A part without what does not matter to how alike it is to others."""
    kind = part.kind if part.kind in _KINDS_THAT_MATTER else PartIs.name
    return NamePart(*part[:6], kind, part.abjad, part.particle, "")


def _skeletons_of(part: NamePart) -> set[str]:
    """Every skeleton by which a part may be another."""
    found = {part.skeleton, part.second}
    found.update(skeletons(text)[0] for text in (*part.variants, *part.spellings))
    return found - {""}


_FOUND_BY = ("skeleton", "short", "whole", "letter", "text", "bones")
_KINDS_THAT_MATTER = (PartIs.initial, PartIs.ordinal, PartIs.kunya, PartIs.place)


class Vocabulary:
    """The distinct parts of all names, and those of them that may be like another part."""

    def __init__(self, some: Iterable[NamePart]) -> None:
        self.places = {p: at for at, p in enumerate(dict.fromkeys(some))}
        self.parts = tuple(self.places)
        by: dict[str, dict[str, list[int]]] = {how: {} for how in _FOUND_BY}
        for at, p in enumerate(self.parts):
            for skeleton in _skeletons_of(p):
                by["skeleton"].setdefault(skeleton, []).append(at)
            if short := shortened(p.text):
                by["short"].setdefault(short, []).append(at)
            if p.particle:
                by["whole"].setdefault(whole(p), []).append(at)
            by["letter"].setdefault(p.text[0], []).append(at)
            by["text"].setdefault(p.text, []).append(at)
            if len(p.skeleton) >= LONG_SKELETON:
                by["bones"].setdefault(p.skeleton, []).append(at)
        self.by = by
        self.texts = Texts(by["text"], most_edits)
        self.bones = Texts(by["bones"], most_skeleton_edits)
        self.remembered: dict[NamePart, Near] = {}
        """Parts asked about before; the same with or without it."""
        self._places_remembered = 0

    def near(self, part: NamePart) -> Near:
        """All parts of the vocabulary that may be like this part at all."""
        part = plain(part)
        known = self.remembered.get(part)
        if known is not None:
            return known
        found = Near(part, self.parts, self._near(part))
        self._places_remembered += len(found.places)
        if len(self.remembered) >= _MOST_REMEMBERED or self._places_remembered > _MOST_PLACES:
            self.remembered.clear()
            self._places_remembered = len(found.places)
        self.remembered[part] = found
        return found

    def _near(self, part: NamePart) -> set[int]:
        by, text, bones = self.by, part.text, part.skeleton
        near: set[int] = set()
        for skeleton in _skeletons_of(part):
            near.update(by["skeleton"].get(skeleton, ()))
        near.update(by["short"].get(bones, ()))
        if short := shortened(text):
            near.update(by["skeleton"].get(short, ()))
        near.update(by["whole"].get(text, ()))
        near.update(by["text"].get(whole(part), ()))
        near.update(by["text"].get(text[0], ()))
        if part.kind is PartIs.initial:
            near.update(by["letter"].get(text, ()))
            return near
        for other in self.texts.near(text):
            near.update(by["text"][other])
        if len(bones) >= LONG_SKELETON:
            for other in self.bones.near(bones):
                near.update(by["bones"][other])
        return near
