"""States, cities, peoples, governments, airports and outlets that an English text names.

A name counts where it is written with capitals, as whole words, the longest first (*South Sudan*
names no Sudan). What it stands for at its place, a destination or a government that speaks
(*Moscow denied it*), is for the reader of claims to say; names that several States bear are
answered with all of them.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise

from app.terms import PlaceKind, StateCode, Tables, value

# ---------------------------------------------------------------- what is answered


class PlaceIs(StrEnum):
    """What a name is the name of."""

    state = "state"
    """A State or a territory, or a part of one that papers name like one."""
    people = "people"
    """Iranian: of a State, or who belongs to it."""
    city = "city"
    government = "government"
    """A building or an office that stands for a government: the Kremlin."""
    airport = "airport"
    outlet = "outlet"
    """Who publishes: a wire, a broadcaster, a paper."""


class OutletIs(StrEnum):
    """Whose word an outlet's word is."""

    wire = "wire"
    """An agency from which other outlets take their reports."""
    press = "press"
    state = "state"
    """It speaks for its State."""


@value
class PlaceRead:
    """One name of a place, or of who stands for one, at its place in a text."""

    start: int
    end: int
    """Half-open, in code points; without the 's of a possessive."""
    text: str
    kind: PlaceIs
    codes: tuple[StateCode, ...]
    """All States that it may mean, the likeliest first; none for an outlet that speaks for none."""
    cities: tuple[str, ...]
    """The city in each of these States, as data/places.csv names it; none where none is meant."""
    outlet: OutletIs | None
    doubtful: bool
    """It may be part of another name: beside a word with a capital that is none of a role."""

    @property
    def code(self) -> StateCode | None:
        """The likeliest State."""
        return self.codes[0] if self.codes else None

    @property
    def city(self) -> str | None:
        """The likeliest city."""
        return self.cities[0] if self.cities else None


# ---------------------------------------------------------------- words and what is between them

_WORD = re.compile(r"(?:[^\W_][\u0300-\u036f]*)+")
_APOSTROPHES = frozenset("'’‘ʼʻ`")
_HYPHENS = frozenset("-‐‑‒–")
_BARE = str.maketrans({
    "ı": "i", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h", "ß": "s", "æ": "a", "œ": "o",
})  # fmt: skip
"""Letters that are no letter with a sign added, to one letter each."""

_SMALL = frozenset((
    "of", "the", "and", "de", "la", "le", "les", "al", "el", "du", "da", "do", "des", "d", "s",
    "ez", "az", "es", "ar", "an", "as", "ash", "at", "i", "e", "am", "on", "sur", "aux", "au", "a",
    "del", "den", "saint", "for",
))  # fmt: skip
"""Words of names that may be written small."""

_ARTICLES = frozenset(("al", "el", "an", "as", "ash", "at", "ar", "az", "ad"))

_OPENING = frozenset((
    "a", "after", "all", "also", "although", "among", "an", "and", "another", "any", "as", "at",
    "because", "before", "both", "but", "by", "despite", "did", "does", "during", "earlier", "even",
    "for", "former", "from", "had", "has", "have", "he", "her", "his", "how", "however", "if", "in",
    "is", "it", "its", "last", "later", "many", "meanwhile", "most", "near", "neither", "no", "nor",
    "not", "of", "on", "once", "one", "only", "or", "other", "our", "over", "previously", "several",
    "she", "since", "some", "still", "that", "the", "their", "then", "these", "they", "this",
    "those", "though", "through", "thus", "to", "today", "two", "under", "unlike", "until", "was",
    "we", "were", "what", "when", "where", "whether", "which", "while", "who", "why", "will",
    "with", "without", "yet", "yesterday",
))  # fmt: skip
"""Words that begin a sentence with a capital and are of no name, besides those in -ly."""

_TOWARDS = frozenset((
    "in", "to", "at", "from", "near", "into", "via", "through", "outside", "around", "inside",
    "towards", "toward", "leaving", "left", "reached", "visited", "visiting",
))  # fmt: skip
"""Words before a place, which tell it from a person of that name."""

_DAYS = frozenset((
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "january",
    "february", "march", "april", "may", "june", "july", "august", "september", "october",
    "november", "december", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sept", "sep", "oct",
    "nov", "dec",
))  # fmt: skip


@lru_cache(maxsize=65536)
def _fold(word: str) -> str:
    """A word in lower case and without signs on its letters."""
    word = word.casefold() if word.isascii() else unicodedata.normalize("NFKD", word.lower())
    return "".join(c for c in word if unicodedata.category(c) != "Mn").translate(_BARE)


def _between(gap: str) -> str | None:
    """What stands between two words, as one sign; null for what no name holds."""
    if len(gap) > 4 or gap.count("\n") > 1:
        return None
    bare = gap.strip()
    if not bare:
        return " " if gap else None
    if bare in _HYPHENS:
        return " "
    if bare in _APOSTROPHES:
        return "'" if bare == gap else " "
    return bare if bare in (".", ",", "&", "(", ")", ".,") else None


@dataclass(frozen=True, slots=True)
class _Word:
    start: int
    end: int
    folded: str
    capital: bool


def _split(text: str) -> list[_Word]:
    words = []
    for match in _WORD.finditer(text):
        word = match[0]
        words.append(_Word(match.start(), match.end(), _fold(word), word[0].isupper()))
    return words


# ---------------------------------------------------------------- the names that are known


@dataclass(frozen=True, slots=True)
class _Name:
    """What a form of the tables says."""

    kind: PlaceIs | None
    """Null for a longer name that only hides a place: the Indian Ocean."""
    codes: tuple[StateCode, ...] = ()
    cities: tuple[str, ...] = ()
    outlet: OutletIs | None = None
    dot: bool = False
    """The form ends with a full stop."""
    capitals: bool = False
    """All of its letters are capitals: the US is not us."""
    with_word: bool = False
    """An airport called after somebody or another place: only where the word airport follows."""
    a_name: bool = False
    """More often the name of a person or a thing than of the place."""


@dataclass(frozen=True, slots=True, eq=False)
class _Index:
    names: dict[str, _Name]
    longest: dict[str, int]
    """The first word of names to how many words the longest of them has."""
    titles: frozenset[str]
    """Words before the name of a person: Mr Jordan is no State."""
    beside: frozenset[str]
    """Words with a capital that may stand beside a place without being of its name."""


_made: list[tuple[Tables, _Index]] = []  # the last, or none


def _index(tables: Tables) -> _Index:
    """The tables made ready for use; remembered, as one run has one set of tables."""
    if not _made or _made[0][0] is not tables:
        _made[:] = [(tables, _build(tables))]
    return _made[0][1]


def _build(tables: Tables) -> _Index:
    special = tables.reading.get("place_words", {})
    names: dict[str, _Name] = {}
    for form, name in _known(tables):
        key = _key(form)
        said = special.get(key)
        if said != "word":
            names[key] = _together(names.get(key), replace(name, a_name=said == "name"))
    for form, said in special.items():
        if said == "other":
            names[_key(form)] = _Name(kind=None)
    longest: dict[str, int] = {}
    for key in names:
        words = re.split(r"[ .'&,()]+", key)
        longest[words[0]] = max(longest.get(words[0], 0), len(words))
    beside = {form for form, said in special.items() if said == "beside"}
    titles = tables.names.get("titles", {}).keys()
    return _Index(
        names=names,
        longest=longest,
        titles=frozenset(titles),
        beside=frozenset(beside | titles | tables.names.get("role_words", {}).keys() | _DAYS),
    )


def _known(tables: Tables) -> Iterator[tuple[str, _Name]]:
    """Every form with its meaning; of two for one form the first counts."""
    for form, meaning in tables.reading.get("states", {}).items():
        kind, _, codes = meaning.partition(" ")
        yield (
            form,
            _Name(kind=PlaceIs(kind), codes=tuple(codes.split(";")), capitals=form.isupper()),
        )
        if kind == PlaceIs.people and (plural := _plural(form)):
            yield plural, _Name(kind=PlaceIs.people, codes=tuple(codes.split(";")))
    cities = []
    for place in tables.places:
        if place.kind in (PlaceKind.state, PlaceKind.shared):
            yield from _states((place.name, *place.also), tuple(place.code.split(";")))
        elif place.kind is PlaceKind.city:
            cities.append(place)
    chief = {(place.code, place.capital) for place in tables.places if place.capital}
    # Capitals first, then who has the name without a word added to tell it apart.
    cities.sort(key=lambda one: ((one.code, one.name) not in chief, "(" in one.name))
    for place in cities:
        found = _Name(kind=PlaceIs.city, codes=(place.code,), cities=(place.name,))
        for form in dict.fromkeys((place.name, place.name.partition(" (")[0], *place.also)):
            if form[0].isupper() or form.startswith("al-"):
                yield form, replace(found, capitals=_acronym(form), dot=form.endswith("."))
    for form, codes in tables.reading.get("governments", {}).items():
        yield (
            form,
            _Name(kind=PlaceIs.government, codes=tuple(codes.split(";")), capitals=len(form) <= 3),
        )
    for form, meaning in tables.reading.get("airports", {}).items():
        city, _, needs = meaning.partition("|")
        code, _, city = city.partition(" ")
        yield (
            form,
            _Name(
                kind=PlaceIs.airport, codes=(code,), cities=(city,), with_word=needs == "with_word"
            ),
        )
    for form, meaning in tables.reading.get("outlets", {}).items():
        whose, _, code = meaning.partition(" ")
        yield (
            form,
            _Name(
                kind=PlaceIs.outlet,
                codes=(code,) if code else (),
                outlet=OutletIs(whose),
                capitals=len(form) <= 3,
            ),
        )


def _states(forms: Iterable[str], codes: tuple[StateCode, ...]) -> Iterator[tuple[str, _Name]]:
    for place, form in enumerate(forms):
        article = form.startswith("the ")
        form = form.removeprefix("the ")
        if not form[0].isupper():
            continue  # as the lists of other languages write it
        people = place > 0 and not article and _is_people(form)
        kind = PlaceIs.people if people else PlaceIs.state
        name = _Name(kind=kind, codes=codes, capitals=_acronym(form), dot=form.endswith("."))
        yield form, name
        bare = form.partition(" (")[0]
        if bare != form and place == 0:
            yield bare, name
        if people and (plural := _plural(form)):
            yield plural, name


_NO_PEOPLE = re.compile(r"\bof\b|stan\Z|Republic|Kingdom|[.,(]|Islands?\Z|\bIran\Z")
_OF_PEOPLE = ("an", "ese", "ish", "i", "er", "ch", "ot", "ek", "ik", "ois", "asy", "ic")
_NO_PLURAL = ("s", "z", "ese", "sh", "ch", "ois", "ic")


def _is_people(form: str) -> bool:
    """Whether a name beside a State's own is its people's; data/reading/states.csv has the rest."""
    return form.endswith(_OF_PEOPLE) and not _NO_PEOPLE.search(form)


def _plural(form: str) -> str | None:
    return None if form.endswith(_NO_PLURAL) else f"{form}s"


def _acronym(form: str) -> bool:
    return form.isupper() and " " not in form


def _key(form: str) -> str:
    """A form as it is looked up: words without signs, and one sign between two of them."""
    words = _split(form)
    parts = [words[0].folded] if words else []
    for before, word in pairwise(words):
        parts.append(_between(form[before.end : word.start]) or "?")
        parts.append(word.folded)
    return "".join(parts)


def _together(known: _Name | None, name: _Name) -> _Name:
    """Cities of one name in several States are one name; else the first counts."""
    if known is None:
        return name
    if known.kind is name.kind is PlaceIs.city and not set(name.codes) & set(known.codes):
        return replace(
            known, codes=(*known.codes, *name.codes), cities=(*known.cities, *name.cities)
        )
    return known


# ---------------------------------------------------------------- a text


def places(text: str, tables: Tables) -> tuple[PlaceRead, ...]:
    """Every State, people, city, government, airport and outlet that a text names, in its order."""
    index = _index(tables)
    words = _split(text)
    found: list[tuple[int, int, _Name]] = []
    at = 0
    while at < len(words):
        hit = _longest(text, words, at, index)
        if hit is None:
            at += 1
            continue
        last, name = hit
        if name.kind is not None:
            found.append((at, last, name))
        at = last + 1
    taken = {at for first, last, _ in found for at in range(first, last + 1)}
    headlines = _headlines(text, words)
    return tuple(
        _read(text, words, one, _is_doubtful(text, words, one, taken, index, headlines))
        for one in found
    )


def _longest(text: str, words: list[_Word], at: int, index: _Index) -> tuple[int, _Name] | None:
    """The longest name that begins at a word, with the number of its last word."""
    first = words[at]
    most = index.longest.get(first.folded)
    if most is None or not (first.capital or first.folded in _SMALL):
        return None
    if first.start and text[first.start - 1] in "_@":
        return None
    key = first.folded
    capital = first.capital and first.folded not in _SMALL
    fits = True
    best = None
    for last in range(at, min(at + most, len(words))):
        word = words[last]
        if last > at:
            gap = text[words[last - 1].end : word.start]
            sign = _between(gap)
            if sign is None:
                break
            key += sign + word.folded
            small = word.folded in _SMALL or word.folded.isdigit() or sign == "'"
            capital = capital or (word.capital and not small)
            fits = fits and (word.capital or small)
        if not fits:
            break
        name = index.names.get(key)
        if name is None or not (capital or first.capital):
            continue
        if text.startswith(("_", "@"), word.end):
            continue
        if name.capitals and not text[first.start : word.end].isupper():
            continue
        if not first.capital and first.folded not in _ARTICLES and first.folded != "the":
            continue
        if name.with_word and not _airport_follows(words, last):
            continue
        best = last, name
    return best


_OF_AIRPORTS = frozenset(("airport", "airports", "airfield", "airbase", "base", "terminal"))


def _airport_follows(words: list[_Word], last: int) -> bool:
    return any(word.folded in _OF_AIRPORTS for word in words[last + 1 : last + 3])


def _headlines(text: str, words: list[_Word]) -> set[int]:
    """Words of lines in which nearly every word has a capital, which there means nothing."""
    found: set[int] = set()
    begin = 0
    for at in range(1, len(words) + 1):
        if at < len(words) and "\n" not in text[words[at - 1].end : words[at].start]:
            continue
        line = text[words[begin].start : words[at - 1].end + 1]
        long = [word for word in words[begin:at] if word.end - word.start > 3]
        sentences = ". " in line or line.endswith(".")
        if (
            not sentences
            and len(long) >= 4
            and 4 * sum(word.capital for word in long) >= 3 * len(long)
        ):
            found.update(range(begin, at))
        begin = at
    return found


def _is_doubtful(
    text: str,
    words: list[_Word],
    one: tuple[int, int, _Name],
    taken: set[int],
    index: _Index,
    headlines: set[int],
) -> bool:
    """Whether a name may be part of the name of somebody or of something else."""
    first, last, name = one
    after = words[last + 1] if last + 1 < len(words) and last + 1 not in taken else None
    if after is not None and text[words[last].end : after.start] not in (" ", "\u00a0"):
        after = None
    joined = after is not None and after.capital and after.folded not in index.beside
    shouted = text[words[first].start : words[last].end].isupper()
    if name.kind not in (PlaceIs.state, PlaceIs.city, PlaceIs.people):
        newspaper = name.kind is PlaceIs.outlet and words[first].folded == "the" and joined
        return newspaper or (name.a_name and not shouted)  # the Independent Commission
    before = words[first - 1] if first else None
    gap = "" if before is None else text[before.end : words[first].start]
    towards = before is not None and before.folded in _TOWARDS and _between(gap) == " "
    if name.a_name and not towards and not shouted:
        return True
    if before is not None and gap in _HYPHENS and before.folded in _ARTICLES:
        return True  # al-Iraqi
    if shouted or first in headlines:
        return False
    if before is not None and before.capital and first - 1 not in taken:
        titled = before.folded in index.titles
        if titled and gap in (" ", "\u00a0", ". ") and name.kind is not PlaceIs.people:
            return True
        opening = before.folded in _OPENING or before.folded.endswith("ly")
        if not opening and before.folded not in index.beside and gap in (" ", "\u00a0"):
            return True
    opens = before is not None and before.capital and before.folded in ("in", "from", "at")
    return name.kind is not PlaceIs.people and joined and not opens  # In Moscow Soleimani met


def _read(text: str, words: list[_Word], one: tuple[int, int, _Name], doubtful: bool) -> PlaceRead:
    first, last, name = one
    start, end = words[first].start, words[last].end
    if name.dot and text.startswith(".", end):
        end += 1
    assert name.kind is not None  # those that only hide a place were left out
    return PlaceRead(
        start=start,
        end=end,
        text=text[start:end],
        kind=name.kind,
        codes=name.codes,
        cities=name.cities,
        outlet=name.outlet,
        doubtful=doubtful,
    )
