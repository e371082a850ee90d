"""The other fields: what the question gives beside what the records of one person hold.

Each field agrees, conflicts, or is silent; a field that either side does not give is silent.
"""

import re
from collections.abc import Iterable, Mapping
from functools import cached_property, lru_cache
from itertools import chain
from typing import NamedTuple

from app.evidence import Citation, Reason, callers_word, list_entry, reason
from app.screening import births, papers
from app.screening.atlas import (
    Atlas,
    atlas,
    fits,
    place_in_words,
    same_word,
    state,
)
from app.screening.calendars import Calendar
from app.screening.letters import Rules, fold
from app.terms import (
    BirthDate,
    BirthDateKind,
    Gender,
    Listed,
    ListedDocument,
    Place,
    TravelDocument,
    Traveller,
    Version,
)


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


class Records(tuple[Version, ...]):
    """All records of one person, newest list first; what is read out of them is read once."""

    @cached_property
    def dates(self) -> tuple[tuple[Held, BirthDate], ...]:
        """Dates of birth on record, those too that only a note gives."""
        found: dict[str, tuple[Held, BirthDate]] = {}
        for version in self:
            for born in version.entry.birth_dates:
                if words := births.in_words(born):
                    found.setdefault(words, (Held(version, "DATE_OF_BIRTH", words), born))
            for alias in version.entry.aliases:
                text = (alias.birth_date or "")[:10]
                if re.fullmatch(r"\d{4}(-\d{2}(-\d{2})?)?", text):
                    kind = BirthDateKind.exact
                    born = BirthDate(kind=kind, earliest=text, latest=text, note=None)
                    held = Held(version, "INDIVIDUAL_ALIAS/DATE_OF_BIRTH", text)
                    found.setdefault(text, (held, born))
        return tuple(found.values())

    @cached_property
    def genders(self) -> tuple[tuple[Held, Gender], ...]:
        """The gender by each record that gives one."""
        return tuple(chain.from_iterable(map(_genders, self)))

    @cached_property
    def texts(self) -> Mapping[str, tuple[Held, ...]]:
        """By field, what the records hold of it as text, each value once."""
        return {field: _unique(found) for field, found in _texts(self).items()}

    @cached_property
    def posts(self) -> tuple[tuple[Held, str, bool], ...]:
        """Each text that may tell of a post, once, and whether a comment gives it."""
        found: dict[tuple[str, bool], tuple[Held, str, bool]] = {}
        for held in self.texts["office"]:
            for post in _BETWEEN_POSTS.split(held.text):
                found.setdefault((post, False), (held, post, False))
        for version in self:
            for held in _comments(version):
                found.setdefault((held.text, True), (held, held.text, True))
        return tuple(found.values())


class _These:
    """The parties on record whose records are asked for: a key that equals the very same alone.

    To compare all that they hold would take longer than to read it again.
    """

    def __init__(self, group: Iterable[Listed]) -> None:
        self.group = tuple(group)
        self._ids = tuple(map(id, self.group))  # no others have these while this holds them

    def __hash__(self) -> int:
        return hash(self._ids)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _These) and self._ids == other._ids


@lru_cache(maxsize=1024)  # many questions are about few people
def _records(these: _These) -> Records:
    found = list(chain.from_iterable(one.versions for one in these.group))
    return Records(sorted(found, key=lambda v: v.snapshot.generated, reverse=True))


def records(group: Iterable[Listed]) -> Records:
    """All records of one person, newest list first."""
    return _records(_These(group))


def _unique(held: Iterable[Held]) -> tuple[Held, ...]:
    """Each value once, from the newest record that has it."""
    found: dict[tuple[str, str], Held] = {}
    for one in held:
        found.setdefault((one.element, one.text), one)
    return tuple(found.values())


_GENDERS = {
    **dict.fromkeys(("m", "man", "masculine", "masculin", "masculino", "hombre", "homme", "varón"),
                    Gender.male),
    **dict.fromkeys(("f", "woman", "feminine", "féminin", "femenino", "mujer", "femme"),
                    Gender.female),
}  # fmt: skip
"""Words for a gender that the reader of lists does not know, and keeps as they came."""


def _genders(version: Version) -> list[tuple[Held, Gender]]:
    entry = version.entry
    if entry.gender is not None:
        return [(Held(version, "GENDER", entry.gender), entry.gender)]
    kept = [one.text for one in entry.unknown if one.path == "INDIVIDUAL/GENDER"]
    return [
        (Held(version, "GENDER", text), _GENDERS[text.casefold()])
        for text in kept
        if text.casefold() in _GENDERS
    ]


def _texts(versions: Records) -> dict[str, list[Held]]:
    found: dict[str, list[Held]] = {
        "birth_date": [held for held, _ in versions.dates],
        "place_of_birth": [],
        "nationality": [],
        "gender": [held for held, _ in versions.genders],
        "document": [],
        "office": [],
    }
    for version in versions:
        entry = version.entry
        found["place_of_birth"] += [
            Held(version, "PLACE_OF_BIRTH", place_in_words(place)) for place in entry.birth_places
        ]
        found["nationality"] += [Held(version, "NATIONALITY", word) for word in entry.nationalities]
        found["document"] += [
            Held(version, "DOCUMENT", _in_words(document))
            for document in entry.documents
            if document.number
        ]
        found["office"] += [Held(version, "TITLE", text) for text in entry.titles]
        found["office"] += [Held(version, "DESIGNATION", text) for text in entry.designations]
    return found


def _in_words(document: ListedDocument) -> str:
    return " ".join(filter(None, (document.type, document.number, document.country)))


def on_record(versions: Records, field: str) -> tuple[Held, ...]:
    """What the records hold of one field, as text."""
    return versions.texts[field]


def entries(held: Iterable[Held]) -> list[Citation]:
    return [list_entry(one.version, one.element, one.text) for one in held]


# ---------------------------------------------------------------- field by field


def _calendars(versions: Iterable[Version], atlas: Atlas) -> tuple[Calendar, ...]:
    """The calendars other than the Gregorian of the States that the records point to."""
    words = chain.from_iterable(
        (
            version.entry.regime_word,
            *version.entry.nationalities,
            *(place.country for place in version.entry.birth_places),
            *(document.country for document in version.entry.documents),
        )
        for version in versions
    )
    return births.used({code for word in words if word and (code := state(word, atlas))})


def _birth_date(traveller: Traveller, versions: Records, atlas: Atlas) -> Compared:
    said = traveller.birth_date
    dates = versions.dates
    if said is None or not dates:
        return Compared("birth_date", None, None)
    asked = callers_word("birth_date", said)
    calendars = _calendars(versions, atlas)
    open_: list[tuple[Held, str]] = []
    for held, born in dates:
        fits, why = births.fits(said, born, calendars)
        if fits:
            words = f"The birth date given, {said}, agrees with the record: {held.text}."
            return Compared("birth_date", True, reason(words, asked, *entries([held])))
        if fits is None:
            open_.append((held, why))
    if open_:
        words = (
            f"The birth date given, {said}, neither agrees nor conflicts with the record: "
            f"{'; '.join(why for _, why in open_)}."
        )
        cited = entries(held for held, _ in open_)
        return Compared("birth_date", None, reason(words, asked, *cited))
    listed = "; ".join(held.text for held, _ in dates)
    words = f"The birth date given, {said}, fits none on record: {listed}."
    return Compared("birth_date", False, reason(words, asked, *entries(held for held, _ in dates)))


def whole_birth_date_agrees(traveller: Traveller, group: Iterable[Listed]) -> bool:
    """Whether a full day of birth was given and the record has that very day."""
    said = traveller.birth_date or ""
    return len(said) == len("1957-03-11") and any(
        born.kind is BirthDateKind.exact and born.earliest == said
        for _, born in records(group).dates
    )


def _place_of_birth(traveller: Traveller, versions: Records, atlas: Atlas) -> Compared:
    said = traveller.place_of_birth
    if said is None or not on_record(versions, "place_of_birth"):
        return Compared("place_of_birth", None, None)
    asked = callers_word("place_of_birth", said)
    open_: dict[str, list[Held]] = {}
    conflicting = []
    for version in versions:
        for place in version.entry.birth_places:
            one = Held(version, "PLACE_OF_BIRTH", place_in_words(place))
            agrees, why = fits(said, place, atlas)
            if agrees:
                words = f"The place of birth given, {said}, agrees with the record: {one.text}."
                return Compared("place_of_birth", True, reason(words, asked, *entries([one])))
            if agrees is None:
                open_.setdefault(why, []).append(one)
            else:
                conflicting.append(one)
    if open_:
        found = [
            f"the record's {'; '.join(one.text for one in _unique(held))}: {why}"
            for why, held in open_.items()
        ]
        words = (
            f"The place of birth given, {said}, neither agrees nor conflicts with "
            f"{'; '.join(found)}."
        )
        cited = entries(_unique(chain.from_iterable(open_.values())))
        return Compared("place_of_birth", None, reason(words, asked, *cited))
    words = f"The place of birth given, {said}, is none on record: "
    words += "; ".join(one.text for one in _unique(conflicting)) + "."
    return Compared("place_of_birth", False, reason(words, asked, *entries(_unique(conflicting))))


_NO_LONGER = re.compile(r"(?i)\b(?:revoked|withdrawn|deprived|stripped|renounced|lost|until)\b")


def _nationality(traveller: Traveller, versions: Records, atlas: Atlas) -> Compared:
    said = traveller.nationality
    held = on_record(versions, "nationality")
    if said is None or not held:
        return Compared("nationality", None, None)
    asked = callers_word("nationality", said)
    # "Bahrain (citizenship revoked in Jan. 2015)" says what somebody was, not what he is.
    codes = [None if _NO_LONGER.search(one.text) else state(one.text, atlas) for one in held]
    listed = "; ".join(one.text for one in held)
    for one, code in zip(held, codes, strict=True):
        if code == said:
            words = f"The nationality given, {said}, agrees with the record: {one.text}."
            return Compared("nationality", True, reason(words, asked, *entries([one])))
    if None in codes:
        words = (
            f"The record's nationality, {listed}, does not say for certain of which State, and "
            f"could not be compared with {said}."
        )
        return Compared("nationality", None, reason(words, asked, *entries(held)))
    words = f"The nationality given, {said}, is not the record's: {listed}."
    return Compared("nationality", False, reason(words, asked, *entries(held)))


def _gender(traveller: Traveller, versions: Records) -> Compared:
    said = traveller.gender
    found = versions.genders
    if said is None or not found:
        return Compared("gender", None, None)
    agrees = any(gender == said for _, gender in found)
    held = _unique(one for one, _ in found)
    words = f"The gender given, {said}, {'agrees with' if agrees else 'is not'} the record's."
    return Compared("gender", agrees, reason(words, callers_word("gender", said), *entries(held)))


def _document(traveller: Traveller, versions: Records, atlas: Atlas) -> Compared:
    said = traveller.document
    held = on_record(versions, "document")
    if said is None or not held:
        return Compared("document", None, None)
    given = said if isinstance(said, TravelDocument) else TravelDocument(number=said)
    asked = callers_word("document", given.number)
    wanted = papers.numbers(given.number)
    comparable, near, bare = [], [], []
    for version in versions:
        for listed in version.entry.documents:
            if not listed.number:
                continue
            country = state(listed.country, atlas) if listed.country else None
            text = _in_words(listed)
            one = Held(version, "DOCUMENT", text)
            kinds = (papers.kind(given.type), papers.kind(listed.type))
            if (given.country and country and given.country != country) or (
                None not in kinds and kinds[0] != kinds[1]
            ):
                continue
            theirs = papers.numbers(listed.number)
            if wanted & theirs:
                words = f"The document given, {given.number}, is on record: {text}."
                return Compared("document", True, reason(words, asked, *entries([one])))
            comparable.append(one)
            if papers.but_for_noughts(wanted, theirs):
                bare.append(one)
            elif papers.one_sign_apart(wanted, theirs):
                near.append(one)
    if bare:
        words = (
            f"The document given, {given.number}, is "
            f"{'; '.join(one.text for one in _unique(bare))} but for noughts before it, which "
            "spreadsheets drop: it neither agrees nor conflicts."
        )
        return Compared("document", None, reason(words, asked, *entries(_unique(bare))))
    if near:
        words = (
            f"The document given, {given.number}, differs by one character from "
            f"{'; '.join(one.text for one in _unique(near))}: that may be a typing error or "
            "another document, and neither agrees nor conflicts."
        )
        return Compared("document", None, reason(words, asked, *entries(_unique(near))))
    if not comparable:
        words = f"The document given, {given.number}, is of another kind or State than any listed."
        return Compared("document", None, reason(words, asked, *entries(held)))
    words = f"The document given, {given.number}, is none of those on record: "
    words += "; ".join(one.text for one in _unique(comparable)) + "."
    return Compared("document", False, reason(words, asked, *entries(_unique(comparable))))


_NO_POST = re.compile(r"(?i)interpol|web ?link|https?:|photo|review pursuant|was concluded on")


def _comments(version: Version) -> list[Held]:
    """The sentences of a comment that may tell of a post, without what every record says."""
    text = version.entry.comments or ""
    return [
        Held(version, "COMMENTS1", sentence)
        for sentence in re.split(r"(?<=[.;])\s+", text)
        if sentence and not _NO_POST.search(sentence)
    ]


@lru_cache(maxsize=8)
def _longest_first(rules: Rules) -> tuple[tuple[str, str], ...]:
    """Words for organisations that several words name, and what stands for each."""
    return tuple(
        (f" {phrase} ", f" {rules.role_phrases[phrase]} ")
        for phrase in sorted(rules.role_phrases, key=len, reverse=True)
    )


def _role_words(text: str, rules: Rules) -> list[str]:
    """The folded words of a role or post, an organisation of several names as one word."""
    folded = f" {fold(text, rules)} "
    for phrase, word in _longest_first(rules):
        if phrase in folded:
            folded = folded.replace(phrase, word)
    return folded.split()


@lru_cache(maxsize=4096)  # nearly every text of the list that may tell of a post
def _words_on_record(text: str, rules: Rules) -> frozenset[str]:
    return frozenset(_role_words(text, rules))


class _Post(NamedTuple):
    """A text of the record that names what a role names."""

    rank: int
    held: Held
    places: tuple[str, ...]
    offices: tuple[str, ...]


_BETWEEN_ROLES = re.compile(r"[;/|\n]+")
_BETWEEN_POSTS = re.compile(r";|(?:^|\s)\(?[a-h]\)\s")
_MOST_ROLES, _MOST_WORDS = 10, 24
"""How much of a role is looked at: 500 characters of nonsense must not take long."""


def _role(traveller: Traveller, versions: Records, atlas: Atlas) -> tuple[Compared, Compared]:
    """Office and organisation, read from TITLE, DESIGNATION and COMMENTS1.

    An office means something only where it is held: "commander" agrees when the organisation
    does. Another post than the listed one is silent. Of several roles, and of several posts in
    one text, each is looked at by itself.
    """
    silent = Compared("office", None, None), Compared("organisation", None, None)
    if traveller.role is None:
        return silent
    roles = [traveller.role, *_BETWEEN_ROLES.split(traveller.role)[:_MOST_ROLES]]
    found = [post for role in dict.fromkeys(roles) if (post := _post(role, versions, atlas))]
    if not found:
        return silent
    best = max(found, key=lambda post: post.rank)
    asked, cited = callers_word("role", traveller.role), entries([best.held])
    shown = best.held.text
    organisation = reason(
        f"The role given, {traveller.role}, names what the record names "
        f"({', '.join(best.places)}): {shown}",
        asked,
        *cited,
    )
    if not best.offices:
        return silent[0], Compared("organisation", True, organisation)
    office = reason(
        f"The role given, {traveller.role}, names the office on record "
        f"({', '.join(best.offices)}): {shown}",
        asked,
        *cited,
    )
    return Compared("office", True, office), Compared("organisation", True, organisation)


def _post(role: str, versions: Records, atlas: Atlas) -> _Post | None:
    """What the records hold that one role names; the text that shares the most with it."""
    rules = atlas.rules
    kinds = rules.role_words
    words = list(dict.fromkeys(_role_words(role, rules)))
    words = [w for w in words if kinds.get(w) not in ("stop", "rank")]
    words = [w for w in words if len(w) > 1 and not w.isdecimal()][:_MOST_WORDS]
    offices = [w for w in words if kinds.get(w) == "office"]
    # A State or a people is no organisation: those words neither count nor are missed.
    where = [w for w in words if kinds.get(w) is None and w not in atlas.state_words]
    generic = [w for w in words if kinds.get(w) == "generic"]
    only_generic = not where and len(generic) > 1 and bool(offices)
    if only_generic:
        where = generic  # "Chief of Staff of the Armed Forces": in a listed post, all of it
    if not where:
        return None

    best: _Post | None = None
    for one, text, comment in versions.posts:
        theirs = _words_on_record(text, rules)

        def found(wanted: list[str], theirs: frozenset[str] = theirs) -> tuple[str, ...]:
            return tuple(
                w for w in wanted if w in theirs or any(same_word(w, other) for other in theirs)
            )

        places = found(where)
        if 2 * len(places) < len(where) or not places:
            continue
        posts = found(offices)
        # A comment tells of much besides a post: there the office must stand beside its place,
        # or the organisation must be named in full ("the Anvari Institute").
        in_full = len(places) == len(where) and found(generic)
        if comment and not (posts or in_full):
            continue
        if only_generic and (comment or not posts or len(places) < len(where)):
            continue
        rank = 4 * len(places) + 2 * len(posts) + len(found(generic))
        if best is None or rank > best.rank:
            best = _Post(rank, one, places, posts)
    return best


def compare(
    traveller: Traveller, group: tuple[Listed, ...], places: tuple[Place, ...], rules: Rules
) -> tuple[Compared, ...]:
    """Every field of the question beside the records of one person."""
    versions = records(group)
    known = atlas(places, rules)
    return (
        _birth_date(traveller, versions, known),
        _place_of_birth(traveller, versions, known),
        _nationality(traveller, versions, known),
        _gender(traveller, versions),
        _document(traveller, versions, known),
        *_role(traveller, versions, known),
    )
