"""Names of States and towns in the words of lists and callers, and places of birth by them."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice, product
from typing import NamedTuple

from app.screening.letters import Rules, fold
from app.screening.names import PartIs, part
from app.screening.similarity import Difference, alike
from app.terms import BirthPlace, Place, PlaceKind

_NAME = PartIs.name  # looked up once: an enum looks this one up slowly


@dataclass(frozen=True, slots=True, eq=False)
class Atlas:
    """Names of States and cities, folded, to their codes and chief names.

    One is only itself, so caches can hold it.
    """

    states: Mapping[str, str]
    shared: Mapping[str, frozenset[str]]
    """Names that several States bear, or that belonged to a State before them."""
    cities: Mapping[str, str]
    spellings: Mapping[str, tuple[str, ...]]
    """The chief name of a city to all of its names."""
    state_words: frozenset[str]
    """Every word of a State's names: none of them is an organisation."""
    rules: Rules


_atlases: dict[int, tuple[tuple[Place, ...], Atlas]] = {}


def atlas(places: tuple[Place, ...], rules: Rules) -> Atlas:
    """The places made ready for use; remembered, as one run has one such table."""
    known = _atlases.get(id(places))
    if known is not None and known[0] is places and known[1].rules is rules:
        return known[1]
    states: dict[str, str] = {}
    shared: dict[str, frozenset[str]] = {}
    cities: dict[str, str] = {}
    for place in places:
        for name in (place.name, *place.also):
            if place.kind is PlaceKind.state:
                states.setdefault(fold(name, rules), place.code)
            elif place.kind is PlaceKind.shared:
                shared.setdefault(fold(name, rules), frozenset(place.code.split(";")))
            elif place.kind is PlaceKind.city:
                cities.setdefault(fold(name, rules), fold(place.name, rules))
    spellings: dict[str, list[str]] = {}
    for name, chief in cities.items():
        spellings.setdefault(chief, []).append(name)
    made = Atlas(
        states=states,
        shared=shared,
        cities=cities,
        spellings={chief: tuple(names) for chief, names in spellings.items()},
        state_words=frozenset(word for name in states for word in name.split()),
        rules=rules,
    )
    _atlases.clear()
    _atlases[id(places)] = (places, made)
    return made


@lru_cache(maxsize=16384)
def state(word: str, atlas: Atlas) -> str | None:
    """The code of the one State that a list or a caller means by a name; null when not known."""
    return (
        atlas.states.get(fold(word, atlas.rules))
        or atlas.states.get(fold(word.partition("(")[0], atlas.rules))
        or (word if word in atlas.states.values() else None)
    )


@lru_cache(maxsize=16384)
def states(word: str, atlas: Atlas) -> frozenset[str]:
    """The codes of all States that a name may mean (USSR, Congolese); none when not known."""
    one = state(word, atlas)
    if one is not None:
        return frozenset((one,))
    names = (fold(word, atlas.rules), fold(word.partition("(")[0], atlas.rules))
    return next((atlas.shared[name] for name in names if name in atlas.shared), frozenset())


@lru_cache(maxsize=65536)
def same_word(first: str, second: str) -> bool:
    """Whether two folded words are one word, spelt differently at the most (Qods, Quds)."""
    if first == second:
        return True
    if min(len(first), len(second)) < 3:
        return False
    mine, theirs = (part(w, _NAME, False, w) for w in (first, second))
    score, kind = alike(mine, theirs)
    return score >= 0.9 and kind is Difference.transliteration


# ---------------------------------------------------------------- places of birth

_SIZES = {
    **dict.fromkeys(("village", "town", "city", "area", "neighbourhood", "cell", "camp"), 1),
    **dict.fromkeys(("district", "sector", "commune", "territory", "county", "tehsil"), 2),
    **dict.fromkeys(
        ("province", "region", "governorate", "governate", "prefecture", "wilaya", "oblast"), 3
    ),
}
"""What a place is called, to how large it is: a village is no other place than its district."""

_MOST_PIECES = 10
"""Pieces of one text that are looked at: a village, a district and so on up to the State."""

_ALSO_LEFT_OUT = frozenset(("of", "the", "near", "in", "republic", "possibly", "now"))

_CAME_OUT_OF = frozenset(
    frozenset(pair) for pair in (("SS", "SD"), ("ER", "ET"), ("TL", "ID"), ("BD", "PK"))
)
"""States of which one was part of the other within a lifetime: papers give either."""


class Named(NamedTuple):
    """One place of those that a text names."""

    words: str
    """Folded, without an article and without what the place is called; a city's chief name."""
    size: int | None


@lru_cache(maxsize=16384)
def named(text: str | None, atlas: Atlas) -> tuple[Named, ...]:
    """The places that a text names, States left out, in its order."""
    found = []
    for piece in _pieces(text or ""):
        words = fold(piece, atlas.rules).split()
        size = next((_SIZES[word] for word in words if word in _SIZES), None)
        kept = [w for w in words if w not in _SIZES and w not in _ALSO_LEFT_OUT]
        kept = [w for w in kept if atlas.rules.particles.get(w) not in ("article", "assimilated")]
        if kept and not states(piece, atlas):
            city = atlas.cities.get(" ".join(words))  # as a table has it: al-Hudaydah, Benin City
            found.append(Named(city or " ".join(kept), size))
    return tuple(found)


def _pieces(text: str) -> Iterable[str]:
    found = (piece.strip() for piece in re.split(r"[,;()/،]", text))
    return islice(filter(None, found), _MOST_PIECES)


def place_in_words(place: BirthPlace) -> str:
    """A listed place of birth as words, what a note adds to it first."""
    note = place.note if place.note != place.city else None
    return ", ".join(p for p in (note, place.city, place.province, place.country) if p)


def fits(said: str, place: BirthPlace, atlas: Atlas) -> tuple[bool | None, str]:
    """Whether a place of birth fits a listed one; where null, why neither.

    A State alone never agrees: it tells nobody apart.
    """
    countries = [found for piece in _pieces(said) if (found := states(piece, atlas))]
    theirs = states(place.country, atlas) if place.country else frozenset()
    if countries and theirs and not countries[-1] & theirs:
        one_of_each = {frozenset(pair) for pair in product(countries[-1], theirs)}
        if not one_of_each & _CAME_OUT_OF:
            return False, ""
    asked = named(said, atlas)
    towns, provinces = named(place.city, atlas), named(place.province, atlas)
    # A village or a quarter; a note that names a State tells of a border.
    beside = any(states(piece, atlas) for piece in _pieces(place.note or ""))
    inside = () if beside else named(place.note, atlas)
    if _any_same(asked, (*towns, *inside), atlas):
        return True, ""
    if _any_same(asked, provinces, atlas):
        if not towns or _any_same(asked[:1], provinces, atlas):
            return True, ""
        return None, "they are of one province, and not of one town by name"
    if not asked or not towns:
        return (
            None,
            "they do not name the same kind of place, and a country alone tells nobody apart",
        )
    sizes = [*towns, *(one._replace(size=one.size or 3) for one in provinces)]
    if all(a.size and b.size and a.size != b.size for a, b in product(asked, sizes)):
        return None, "they do not name the same kind of place: one may lie in the other"
    return False, ""


def _any_same(mine: Iterable[Named], theirs: Iterable[Named], atlas: Atlas) -> bool:
    return any(_same_place(one, other, atlas) for one, other in product(mine, theirs))


def _same_place(one: Named, other: Named, atlas: Atlas) -> bool:
    first, second = (atlas.cities.get(place.words, place.words) for place in (one, other))
    if first == second:
        return True
    mine, theirs = set(first.split()), set(second.split())
    if mine <= theirs or theirs <= mine:
        # Java, Central Java; but Kot District is not the city of Tirin Kot.
        return not one.size or not other.size or one.size == other.size
    return any(
        same_word(left.replace(" ", ""), right.replace(" ", ""))
        for left, right in product(
            atlas.spellings.get(first, (first,)), atlas.spellings.get(second, (second,))
        )
    )
