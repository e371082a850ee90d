"""The other fields: what the question gives beside what the records of one person hold.

Each field agrees, conflicts, or is silent; a field that either side does not give is silent.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

from app.evidence import Citation, Reason, callers_word, list_entry, reason
from app.screening.names import PartIs, Rules, fold, part
from app.screening.similarity import Difference, alike
from app.terms import (
    BirthDate,
    BirthDateKind,
    Listed,
    Place,
    PlaceKind,
    TravelDocument,
    Traveller,
    Version,
)
from app.when import days

_NAME = PartIs.name  # looked up once: an enum looks this one up slowly

_APPROXIMATE_YEARS = 2


class Compared(NamedTuple):
    """One field of the question beside the same field of the record."""

    field: str
    agrees: bool | None
    """None is silent."""
    reason: Reason | None


class Held(NamedTuple):
    """One value of a record, and where it is."""

    version: Version
    element: str
    text: str


# ---------------------------------------------------------------- what the record holds


def records(group: Iterable[Listed]) -> tuple[Version, ...]:
    """All records of one person, newest list first."""
    found = list(chain.from_iterable(one.versions for one in group))
    return tuple(sorted(found, key=lambda v: v.snapshot.generated, reverse=True))


def _unique(held: Iterable[Held]) -> tuple[Held, ...]:
    """Each value once, from the newest record that has it."""
    found: dict[tuple[str, str], Held] = {}
    for one in held:
        found.setdefault((one.element, one.text), one)
    return tuple(found.values())


def _date_words(born: BirthDate) -> str:
    if born.earliest is None:
        return born.note or ""
    if born.kind is BirthDateKind.between and born.latest and born.latest != born.earliest:
        return f"between {born.earliest} and {born.latest}"
    return ("about " if born.kind is BirthDateKind.approximate else "") + born.earliest


def _dates(versions: Iterable[Version]) -> tuple[tuple[Held, BirthDate], ...]:
    """Dates of birth on record that say at least a year."""
    found: dict[str, tuple[Held, BirthDate]] = {}
    for version in versions:
        for born in version.entry.birth_dates:
            if born.earliest is not None:
                words = _date_words(born)
                found.setdefault(words, (Held(version, "DATE_OF_BIRTH", words), born))
        for alias in version.entry.aliases:
            text = (alias.birth_date or "")[:10]
            if re.fullmatch(r"\d{4}(-\d{2}(-\d{2})?)?", text):
                born = BirthDate(
                    kind=BirthDateKind.exact, earliest=text, latest=text, note=alias.note
                )
                held = Held(version, "INDIVIDUAL_ALIAS/DATE_OF_BIRTH", text)
                found.setdefault(text, (held, born))
    return tuple(found.values())


def on_record(versions: tuple[Version, ...], field: str) -> tuple[Held, ...]:
    """What the records hold of one field, as text."""
    if field == "birth_date":
        return tuple(held for held, _ in _dates(versions))
    found: list[Held] = []
    for version in versions:
        entry = version.entry
        if field == "place_of_birth":
            for place in entry.birth_places:
                text = ", ".join(p for p in (place.city, place.province, place.country) if p)
                found += [Held(version, "PLACE_OF_BIRTH", text)] if text else []
        elif field == "nationality":
            found += [Held(version, "NATIONALITY", word) for word in entry.nationalities]
        elif field == "gender" and entry.gender is not None:
            found.append(Held(version, "GENDER", entry.gender))
        elif field == "document":
            found += [
                Held(version, "DOCUMENT", " ".join(filter(None, (d.type, d.number, d.country))))
                for d in entry.documents
                if d.number
            ]
        elif field == "office":
            found += [Held(version, "TITLE", text) for text in entry.titles]
            found += [Held(version, "DESIGNATION", text) for text in entry.designations]
    return _unique(found)


def entries(held: Iterable[Held]) -> list[Citation]:
    return [list_entry(one.version, one.element, one.text) for one in held]


# ---------------------------------------------------------------- field by field


class Atlas(NamedTuple):
    """Names of States and cities, folded, to their codes and chief names."""

    states: Mapping[str, str]
    cities: Mapping[str, str]
    state_words: frozenset[str]
    """Every word of a State's names: none of them is an organisation."""


_atlases: dict[int, tuple[tuple[Place, ...], Atlas]] = {}


def _atlas(places: tuple[Place, ...], rules: Rules) -> Atlas:
    """The places made ready for use; remembered, as one run has one such table."""
    known = _atlases.get(id(places))
    if known is not None and known[0] is places:
        return known[1]
    states: dict[str, str] = {}
    cities: dict[str, str] = {}
    for place in places:
        for name in (place.name, *place.also):
            if place.kind is PlaceKind.state:
                states.setdefault(fold(name, rules), place.code)
            elif place.kind is PlaceKind.city:
                cities.setdefault(fold(name, rules), fold(place.name, rules))
    made = Atlas(states, cities, frozenset(word for name in states for word in name.split()))
    _atlases.clear()
    _atlases[id(places)] = (places, made)
    return made


def _state(word: str, atlas: Atlas, rules: Rules) -> str | None:
    """The code of a State by a name that a list or a caller uses; null when not known."""
    return (
        atlas.states.get(fold(word, rules))
        or atlas.states.get(fold(word.partition("(")[0], rules))
        or (word if word in atlas.states.values() else None)
    )


def _range(born: BirthDate) -> tuple[date, date]:
    """The first and last day that a listed date of birth may mean."""
    first = days(born.earliest or "")[0]
    last = days(born.latest or born.earliest or "")[1]
    if born.kind is BirthDateKind.approximate:
        first = date(max(1, first.year - _APPROXIMATE_YEARS), 1, 1)
        last = date(last.year + _APPROXIMATE_YEARS, 12, 31)
    return first, last


def _birth_date(traveller: Traveller, versions: tuple[Version, ...]) -> Compared:
    said = traveller.birth_date
    dates = _dates(versions)
    if said is None or not dates:
        return Compared("birth_date", None, None)
    first, last = days(said)
    fitting = [held for held, born in dates if _range(born)[0] <= last and first <= _range(born)[1]]
    asked = callers_word("birth_date", said)
    if fitting:
        words = f"The birth date given, {said}, agrees with the record: {fitting[0].text}."
        return Compared("birth_date", True, reason(words, asked, *entries(fitting[:1])))
    listed = "; ".join(held.text for held, _ in dates)
    words = f"The birth date given, {said}, fits none on record: {listed}."
    return Compared("birth_date", False, reason(words, asked, *entries(held for held, _ in dates)))


def whole_birth_date_agrees(traveller: Traveller, group: Iterable[Listed]) -> bool:
    """Whether a full day of birth was given and the record has that very day."""
    said = traveller.birth_date or ""
    return len(said) == len("1957-03-11") and any(
        born.kind is BirthDateKind.exact and born.earliest == said
        for _, born in _dates(records(group))
    )


def _same_place(first: str, second: str, atlas: Atlas) -> bool:
    """Whether two city or province names, folded, mean one place."""
    first, second = atlas.cities.get(first, first), atlas.cities.get(second, second)
    if first == second:
        return True
    mine, theirs = set(first.split()), set(second.split())
    if mine <= theirs or theirs <= mine:
        return True
    return _same_word(first.replace(" ", ""), second.replace(" ", ""))


def _place_of_birth(
    traveller: Traveller, versions: tuple[Version, ...], atlas: Atlas, rules: Rules
) -> Compared:
    silent = Compared("place_of_birth", None, None)
    said = traveller.place_of_birth
    held = on_record(versions, "place_of_birth")
    if said is None or not held:
        return silent
    pieces = [piece.strip() for piece in re.split(r"[,;()/]", said) if piece.strip()]
    state = next((code for p in reversed(pieces) if (code := _state(p, atlas, rules))), None)
    cities = [f for p in pieces if not _state(p, atlas, rules) and (f := fold(p, rules))]
    asked = callers_word("place_of_birth", said)

    possible, conflicting = False, []
    for version in versions:
        for place in version.entry.birth_places:
            country = _state(place.country, atlas, rules) if place.country else None
            text = ", ".join(p for p in (place.city, place.province, place.country) if p)
            if not text:
                continue
            one = Held(version, "PLACE_OF_BIRTH", text)
            if state and country and state != country:
                conflicting.append(one)
                continue
            listed = [fold(p, rules) for p in (place.city, place.province) if p]
            if any(_same_place(c, name, atlas) for c in cities for name in listed if name):
                words = f"The place of birth given, {said}, agrees with the record: {text}."
                return Compared("place_of_birth", True, reason(words, asked, *entries([one])))
            if cities and place.city:
                conflicting.append(one)
            else:
                possible = True
    if possible:
        words = (
            f"The place of birth given, {said}, and the record's, "
            f"{'; '.join(one.text for one in held)}, do not name the same kind of place: "
            "a country alone tells nobody apart."
        )
        return Compared("place_of_birth", None, reason(words, asked, *entries(held)))
    words = f"The place of birth given, {said}, is none on record: "
    words += "; ".join(one.text for one in _unique(conflicting)) + "."
    return Compared("place_of_birth", False, reason(words, asked, *entries(_unique(conflicting))))


def _nationality(
    traveller: Traveller, versions: tuple[Version, ...], atlas: Atlas, rules: Rules
) -> Compared:
    said = traveller.nationality
    held = on_record(versions, "nationality")
    if said is None or not held:
        return Compared("nationality", None, None)
    asked = callers_word("nationality", said)
    codes = [_state(one.text, atlas, rules) for one in held]
    listed = "; ".join(one.text for one in held)
    for one, code in zip(held, codes, strict=True):
        if code == said:
            words = f"The nationality given, {said}, agrees with the record: {one.text}."
            return Compared("nationality", True, reason(words, asked, *entries([one])))
    if None in codes:
        words = f"The record's nationality, {listed}, could not be compared with {said}."
        return Compared("nationality", None, reason(words, asked, *entries(held)))
    words = f"The nationality given, {said}, is not the record's: {listed}."
    return Compared("nationality", False, reason(words, asked, *entries(held)))


def _gender(traveller: Traveller, versions: tuple[Version, ...]) -> Compared:
    said = traveller.gender
    held = on_record(versions, "gender")
    if said is None or not held:
        return Compared("gender", None, None)
    agrees = any(one.text == said for one in held)
    words = f"The gender given, {said}, {'agrees with' if agrees else 'is not'} the record's."
    return Compared("gender", agrees, reason(words, callers_word("gender", said), *entries(held)))


def _number(text: str) -> str:
    return "".join(c for c in text.casefold() if c.isalnum())


def _numbers(text: str) -> set[str]:
    """The whole number folded, and every word of it that has a digit."""
    bare = re.sub(r"\(.*?\)", " ", text)  # "(Expired 25 Jan. 2016)" is no number
    words = {_number(word) for word in bare.split() if any(c.isdigit() for c in word)}
    words = {word for word in words if not re.fullmatch(r"(19|20)\d\d", word)} or words
    return {n for n in (_number(bare), *words) if len(n) >= 3}


_DOCUMENT_KINDS = {
    "pass": "passport",
    "pasa": "passport",
    "iden": "identity",
    "tazk": "identity",
    "id": "identity",
    "nati": "identity",
}


def _document_kind(text: str | None) -> str | None:
    """Passport or identity card, in the languages that the lists use; null for all else."""
    words = (text or "").casefold().split()
    return next((_DOCUMENT_KINDS[w[:4]] for w in words if w[:4] in _DOCUMENT_KINDS), None)


def _document(
    traveller: Traveller, versions: tuple[Version, ...], atlas: Atlas, rules: Rules
) -> Compared:
    said = traveller.document
    held = on_record(versions, "document")
    if said is None or not held:
        return Compared("document", None, None)
    given = said if isinstance(said, TravelDocument) else TravelDocument(number=said)
    asked = callers_word("document", given.number)
    wanted = _numbers(given.number)
    comparable = []
    for version in versions:
        for listed in version.entry.documents:
            if not listed.number:
                continue
            country = _state(listed.country, atlas, rules) if listed.country else None
            text = " ".join(filter(None, (listed.type, listed.number, listed.country)))
            one = Held(version, "DOCUMENT", text)
            kinds = (_document_kind(given.type), _document_kind(listed.type))
            if (given.country and country and given.country != country) or (
                None not in kinds and kinds[0] != kinds[1]
            ):
                continue
            if wanted & _numbers(listed.number):
                words = f"The document given, {given.number}, is on record: {text}."
                return Compared("document", True, reason(words, asked, *entries([one])))
            comparable.append(one)
    if not comparable:
        words = f"The document given, {given.number}, is of another kind or State than any listed."
        return Compared("document", None, reason(words, asked, *entries(held)))
    words = f"The document given, {given.number}, is none of those on record: "
    words += "; ".join(one.text for one in _unique(comparable)) + "."
    return Compared("document", False, reason(words, asked, *entries(_unique(comparable))))


@lru_cache(maxsize=65536)
def _same_word(first: str, second: str) -> bool:
    """Whether two folded words are one word, spelt differently at the most (Qods, Quds)."""
    if first == second:
        return True
    if min(len(first), len(second)) < 3:
        return False
    mine, theirs = (part(w, _NAME, False, w) for w in (first, second))
    score, kind = alike(mine, theirs)
    return score >= 0.9 and kind is Difference.transliteration


_NO_POST = re.compile(r"(?i)interpol|web ?link|https?:|photo|review pursuant|was concluded on")


def _comments(version: Version) -> list[Held]:
    """The sentences of a comment that may tell of a post, without what every record says."""
    text = version.entry.comments or ""
    return [
        Held(version, "COMMENTS1", sentence)
        for sentence in re.split(r"(?<=[.;])\s+", text)
        if sentence and not _NO_POST.search(sentence)
    ]


def _role_words(text: str, rules: Rules) -> list[str]:
    """The folded words of a role or post, an organisation of several names as one word."""
    folded = f" {fold(text, rules)} "
    for phrase in sorted(rules.role_phrases, key=len, reverse=True):
        if f" {phrase} " in folded:
            folded = folded.replace(f" {phrase} ", f" {rules.role_phrases[phrase]} ")
    return folded.split()


def _role(
    traveller: Traveller, versions: tuple[Version, ...], atlas: Atlas, rules: Rules
) -> tuple[Compared, Compared]:
    """Office and organisation, read from TITLE, DESIGNATION and COMMENTS1.

    An office means something only where it is held: "commander" agrees when the organisation
    does. Another post than the listed one is silent.
    """
    silent = Compared("office", None, None), Compared("organisation", None, None)
    if traveller.role is None:
        return silent
    kinds = rules.role_words
    words = list(dict.fromkeys(_role_words(traveller.role, rules)))
    words = [w for w in words if kinds.get(w) not in ("stop", "rank")]
    words = [w for w in words if len(w) > 1 and not w.isdecimal()]
    offices = [w for w in words if kinds.get(w) == "office"]
    # A State or a people is no organisation: those words neither count nor are missed.
    where = [w for w in words if kinds.get(w) is None and w not in atlas.state_words]
    generic = [w for w in words if kinds.get(w) == "generic"]
    only_generic = not where and len(generic) > 1 and bool(offices)
    if only_generic:
        where = generic  # "Chief of Staff of the Armed Forces": in a listed post, all of it
    if not where:
        return silent

    best: tuple[int, Held, list[str], list[str]] | None = None
    for one, comment in (
        *((held, False) for held in on_record(versions, "office")),
        *((held, True) for version in versions for held in _comments(version)),
    ):
        theirs = set(_role_words(one.text, rules))

        def found(wanted: list[str], theirs: set[str] = theirs) -> list[str]:
            return [w for w in wanted if any(_same_word(w, other) for other in theirs)]

        places, posts = found(where), found(offices)
        if 2 * len(places) < len(where) or not places:
            continue
        # A comment tells of much besides a post: there the office must stand beside its place,
        # or the organisation must be named in full ("the Anvari Institute").
        in_full = len(places) == len(where) and found(generic)
        if comment and not (posts or in_full):
            continue
        if only_generic and (comment or not posts or len(places) < len(where)):
            continue
        score = 4 * len(places) + 2 * len(posts) + len(found(generic))
        if best is None or score > best[0]:
            best = score, one, places, posts
    if best is None:
        return silent
    _, one, places, posts = best
    asked, cited = callers_word("role", traveller.role), entries([one])
    shown = one.text
    organisation = reason(
        f"The role given, {traveller.role}, names what the record names "
        f"({', '.join(places)}): {shown}",
        asked,
        *cited,
    )
    if not posts:
        return silent[0], Compared("organisation", True, organisation)
    office = reason(
        f"The role given, {traveller.role}, names the office on record "
        f"({', '.join(posts)}): {shown}",
        asked,
        *cited,
    )
    return Compared("office", True, office), Compared("organisation", True, organisation)


def compare(
    traveller: Traveller, group: tuple[Listed, ...], places: tuple[Place, ...], rules: Rules
) -> tuple[Compared, ...]:
    """Every field of the question beside the records of one person."""
    versions = records(group)
    atlas = _atlas(places, rules)
    return (
        _birth_date(traveller, versions),
        _place_of_birth(traveller, versions, atlas, rules),
        _nationality(traveller, versions, atlas, rules),
        _gender(traveller, versions),
        _document(traveller, versions, atlas, rules),
        *_role(traveller, versions, atlas, rules),
    )
