"""Chain of full lists + designation facts → every change, by reference number.

Two lists that follow each other by the day they were generated say what changed between them,
and never more: that it happened after the one and by the other. A designation fact or a LISTED_ON
inside that time narrows it. The oldest list is where the chain begins and changes nothing.

Records are compared field by field, as `_SAID` reads them, and never as text: what differs only
in layout is no amendment. The rule, in the order in which a record is read:

    what the list writes                        is an amendment when
    ------------------------------------------  ------------------------------------------------
    name, name in its own script                a letter differs; not case, "&" for "and", the
                                                kind of apostrophe or dash
    aliases                                     as names; or quality, note or birth date differ;
                                                not order, repetition, a note in brackets, nor
                                                the quality of an entity's alias
    title, designation                          a post differs; not order, nor how they are packed
    nationality                                 another State is meant; not another name for it
    date of birth                               kind, days or note differ; not order
    place of birth, address                     a word or the State differs; not order, repetition
    documents                                   a word, a number, a day or the State differs; not
                                                order, how a day is written, words of the form
    comments                                    a sentence differs; not order, blanks, case, how a
                                                day is written, stops and commas after a word
    UN_LIST_TYPE, gender, DELISTED_ON,          they differ
    elements that this reader does not know
    LAST_DAY_UPDATED                            it names a new day between the two lists
    ------------------------------------------  ------------------------------------------------
    DATAID, INTERPOL's address wherever it      never
    stands, VERSIONNUM, SORT_KEY, LIST_TYPE,
    SUBMITTED_BY, SUBMITTED_ON, placeholders

What a file lost and a later one has again (places of birth in 2024, aliases in Arabic script in
2026) is reported, for that is what the lists said. Where LAST_DAY_UPDATED names no day
in that time the words say so: the file may have changed and the designation not.
"""

import hashlib
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from app.evidence import Citation, designation_fact, list_entry, whole_list
from app.terms import (
    AcceptedSide,
    Alias,
    BirthDate,
    BirthPlace,
    DesignationEvent,
    DesignationFact,
    Entry,
    ListedDocument,
    PartyKind,
    Snapshot,
    Version,
    Word,
    value,
)
from app.when import day_after, in_words, is_instant, order, partial_in_words
from app.where import Places, fold


class ChangeKind(Word):
    """What two lists that follow each other say of a reference."""

    listed = "listed"
    delisted = "delisted"
    returned = "returned"
    """On an earlier list, or listed before as a fact says, absent since, and there again."""
    amended = "amended"
    corrected = "corrected"
    """LISTED_ON became another day."""


@value
class ListBetween:
    """One of the two lists between which something changed."""

    sha256: str
    generated: str


@value
class FieldChanged:
    """What one field of a record no longer says, and what it says since."""

    field: str
    old: tuple[str, ...]
    """Values, or sentences of the comments, that are no longer there."""
    new: tuple[str, ...]
    """Values, or sentences of the comments, that are there since."""


@value
class Change:
    """One change between two lists."""

    id: str
    """SHA-256 over kind, reference and the two lists."""
    kind: ChangeKind
    reference: str
    regime: str
    """UN_LIST_TYPE as the list spells it."""
    regime_number: str | None
    """The number of the regime, where the legal record knows it."""
    name: str
    party: PartyKind
    between: tuple[ListBetween, ListBetween]
    """The last list that showed the state before, and the first that showed the state after."""
    on: str | None
    """The day or instant, only where a designation fact or a LISTED_ON says it exactly."""
    earliest: str
    """The first day or instant that lists and facts leave."""
    latest: str
    """The last day or instant that lists and facts leave."""
    fields: tuple[FieldChanged, ...]
    words: str
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class _Held:
    """A record, and the last list that held it so."""

    entry: Entry
    snapshot: Snapshot


def changes(
    chain: Iterable[tuple[Snapshot, Mapping[str, Entry]]],
    facts: Mapping[str, Sequence[DesignationFact]],
    numbers: Mapping[str, str],
    law: str,
    places: Places,
) -> tuple[Change, ...]:
    """Every change that a chain of full lists shows, the newest first.

    `chain` is in order of `generated`, each list with its records by reference; lists that hold
    the same records may give the same mapping. `facts` are by reference, `numbers` are of regimes,
    by the letters that their references begin with, `law` is the digest of the legal record that
    both come from. Within one step the order is by reference and kind.
    """
    told = _Told(facts, numbers, law, _Reader(places))
    last: dict[str, _Held] = {}
    before: tuple[Snapshot, Mapping[str, Entry]] | None = None
    found: list[list[Change]] = []
    for snapshot, entries in chain:
        if before is not None and entries is not before[1]:
            step = told.step(before, (snapshot, entries), last)
            found.append(sorted(step, key=lambda item: (item.reference, item.kind)))
            for reference in before[1].keys() - entries.keys():
                last[reference] = _Held(before[1][reference], before[0])
        before = snapshot, entries
    return tuple(item for step in reversed(found) for item in step)


# ---------------------------------------------------------------- one step


class _Told:
    """Changes with their words and sources."""

    def __init__(
        self,
        facts: Mapping[str, Sequence[DesignationFact]],
        numbers: Mapping[str, str],
        law: str,
        reader: "_Reader",
    ) -> None:
        self.facts = facts
        self.law = law
        self.reader = reader
        self.numbers = numbers

    def step(
        self,
        before: tuple[Snapshot, Mapping[str, Entry]],
        after: tuple[Snapshot, Mapping[str, Entry]],
        last: Mapping[str, _Held],
    ) -> list[Change]:
        """What changed from one list to the next; `last` is who was on an earlier one."""
        (earlier, old), (later, new) = before, after
        found = []
        for reference, entry in new.items():
            was = old.get(reference)
            if was is entry:
                continue
            now = _Held(entry, later)
            if was is not None:
                found += self.other_record(_Held(was, earlier), now)
            elif reference in last:
                found.append(self.came(ChangeKind.returned, earlier, now))
                found += self.other_record(last[reference], now)
            else:
                kind = ChangeKind.returned if self.was_listed(now, earlier) else ChangeKind.listed
                found.append(self.came(kind, earlier, now))
        found += [
            self.went(_Held(entry, earlier), later)
            for reference, entry in old.items()
            if reference not in new
        ]
        return found

    def came(self, kind: ChangeKind, earlier: Snapshot, now: _Held) -> Change:
        """A reference that the earlier list does not hold, and the later one does."""
        entry, later = now.entry, now.snapshot
        words = f"not on the list of {_day(earlier)}, and on that of {_day(later)}"
        cited: list[Citation] = [
            whole_list(earlier, entry.reference, False),
            whole_list(later, entry.reference, True),
        ]
        days: list[tuple[str, str | None]] = []
        if entry.listed_on is not None:
            words += f"; LISTED_ON is {in_words(entry.listed_on)}"
            cited.append(list_entry(_version(now), "LISTED_ON", entry.listed_on))
            if _in_gap(entry.listed_on, None, earlier, later):
                days.append((entry.listed_on, None))
        began = (DesignationEvent.listed, DesignationEvent.relisted)
        return self.dated(kind, now, earlier, later, began, words, cited, days)

    def was_listed(self, now: _Held, earlier: Snapshot) -> bool:
        """Whether a fact says that a reference on no earlier list had been listed before."""
        later = now.snapshot
        for fact in self.counted(now.entry.reference):
            relisted = fact.event is DesignationEvent.relisted
            left = fact.event is DesignationEvent.delisted
            if (relisted and _in_gap(fact.on, fact.by, earlier, later)) or (
                left and (fact.by or fact.on)[:10] <= earlier.generated[:10]
            ):
                return True
        return False

    def counted(self, reference: str) -> list[DesignationFact]:
        """The facts about a reference, but for those that somebody decided against."""
        return [
            fact
            for fact in self.facts.get(reference, ())
            if not (fact.accepted and fact.accepted.side is AcceptedSide.list_)
        ]

    def went(self, was: _Held, later: Snapshot) -> Change:
        """A reference that the earlier list holds, and the later one does not."""
        earlier, reference = was.snapshot, was.entry.reference
        words = f"on the list of {_day(earlier)}, and not on that of {_day(later)}"
        cited = [whole_list(earlier, reference, True), whole_list(later, reference, False)]
        ended = (DesignationEvent.delisted,)
        return self.dated(ChangeKind.delisted, was, earlier, later, ended, words, cited, ())

    def dated(
        self,
        kind: ChangeKind,
        held: _Held,
        earlier: Snapshot,
        later: Snapshot,
        events: Sequence[DesignationEvent],
        words: str,
        cited: Sequence[Citation],
        days: Sequence[tuple[str, str | None]],
    ) -> Change:
        """Coming or going, as narrow as the last fact of those events between the lists makes it.

        An earlier fact of the same kind is of a time that was over before the later list.
        """
        inside = [
            fact
            for fact in self.counted(held.entry.reference)
            if fact.event in events and _in_gap(fact.on, fact.by, earlier, later)
        ]
        if inside:
            fact = max(inside, key=lambda item: order(item.on))
            words += f"; {_says(fact)}"
            cited = [*cited, designation_fact(fact, self.law)]
            days = [*days, (fact.on, fact.by)]
        on, first, last = _narrowed(days, earlier, later)
        if on is None and len(days) > 1:
            words += "; the two do not agree on the day"
        elif not days:
            words += "; no fact on record says on which day that changed"
        return self.change(kind, held, earlier, later, (on, first, last), words, cited, ())

    def other_record(self, was: _Held, now: _Held) -> list[Change]:
        """What two different records of one reference say that is of substance."""
        found = [self.corrected(was, now), self.amended(was, now)]
        return [item for item in found if item is not None]

    def corrected(self, was: _Held, now: _Held) -> Change | None:
        """Another LISTED_ON, unless it is a day since the reference was last on a list."""
        old, new = was.entry.listed_on, now.entry.listed_on
        if old == new or (new and order(new) > order(was.snapshot.generated)):
            return None
        words = (
            f"LISTED_ON was {_said_day(old)} on the list of {_day(was.snapshot)}, and is "
            f"{_said_day(new)} on that of {_day(now.snapshot)}"
        )
        cited = [
            list_entry(_version(held), "LISTED_ON", held.entry.listed_on or "")
            for held in (was, now)
        ]
        field = FieldChanged(field="listed_on", old=_one(old), new=_one(new))
        return self.between(ChangeKind.corrected, was, now, words, cited, (field,))

    def amended(self, was: _Held, now: _Held) -> Change | None:
        """Fields that say something else, or a day of amendment that the list names itself."""
        fields = self.reader.differences(was.entry, now.entry)
        days = [day for day in now.entry.amended_on if day not in was.entry.amended_on]
        what = ", ".join(field.field.replace("_", " ") for field in fields)
        if not fields:
            if not any(_in_gap(day, None, was.snapshot, now.snapshot) for day in days):
                return None
            what = "nothing that is compared"
            fields = (FieldChanged(field="last_day_updated", old=(), new=tuple(days)),)
        words = (
            f"{what} changed between the lists of {_day(was.snapshot)} and {_day(now.snapshot)}; "
            "LAST_DAY_UPDATED "
        )
        cited: list[Citation] = [
            whole_list(held.snapshot, held.entry.reference, True) for held in (was, now)
        ]
        if days:
            words += f"newly names {', '.join(map(in_words, days))}"
            cited.append(list_entry(_version(now), "LAST_DAY_UPDATED", ", ".join(days)))
        else:
            words += "names no new day: the file may have changed and the designation not"
        return self.between(ChangeKind.amended, was, now, words, cited, fields)

    def between(
        self,
        kind: ChangeKind,
        was: _Held,
        now: _Held,
        words: str,
        cited: Sequence[Citation],
        fields: tuple[FieldChanged, ...],
    ) -> Change:
        """A change of which nothing but the two lists says the day."""
        bracket = (None, was.snapshot.generated, now.snapshot.generated)
        return self.change(kind, now, was.snapshot, now.snapshot, bracket, words, cited, fields)

    def change(
        self,
        kind: ChangeKind,
        held: _Held,
        earlier: Snapshot,
        later: Snapshot,
        days: tuple[str | None, str, str],
        words: str,
        cited: Sequence[Citation],
        fields: tuple[FieldChanged, ...],
    ) -> Change:
        """A change between two lists, named by them, its kind and the reference."""
        entry = held.entry
        address = "\n".join((kind, entry.reference, earlier.sha256, later.sha256))
        on, first, last = days
        return Change(
            id=hashlib.sha256(address.encode()).hexdigest(),
            kind=kind,
            reference=entry.reference,
            regime=entry.regime_word,
            regime_number=self.numbers.get(entry.reference[:2]),
            name=entry.name,
            party=entry.kind,
            between=(
                ListBetween(sha256=earlier.sha256, generated=earlier.generated),
                ListBetween(sha256=later.sha256, generated=later.generated),
            ),
            on=on,
            earliest=first,
            latest=last,
            fields=fields,
            words=words,
            citations=tuple(cited),
        )


def _says(fact: DesignationFact) -> str:
    if fact.by is None:
        words = f"{fact.event} {'at' if is_instant(fact.on) else 'on'} {in_words(fact.on)}"
    else:
        words = f"{fact.event} between {in_words(fact.on)} and {in_words(fact.by)}"
    return f"{words} ({fact.source})" + (", which some States dispute" if fact.disputed else "")


def _version(held: _Held) -> Version:
    return Version(entry=held.entry, snapshot=held.snapshot)


def _in_gap(on: str, by: str | None, earlier: Snapshot, later: Snapshot) -> bool:
    """Whether something said to be on a day, or in a bracket, can lie between two lists.

    Days count whole, and lists are published with some delay: one of the day itself, or of the
    day after, may still show what held before.
    """
    first_list = earlier.generated[:10]
    return (by or day_after(on[:10])) >= first_list and on[:10] <= later.generated[:10]


def _narrowed(
    days: Sequence[tuple[str, str | None]], earlier: Snapshot, later: Snapshot
) -> tuple[str | None, str, str]:
    """The day, where all that is said of it agrees on one; the first and the last it may be."""
    if not days:
        return None, earlier.generated, later.generated
    exact = sorted({on for on, by in days if by is None}, key=order)
    brackets = [(on, by) for on, by in days if by is not None]
    if len(exact) == 1 and all(on[:10] <= exact[0][:10] <= by[:10] for on, by in brackets):
        return exact[0], exact[0], exact[0]
    first = min((on for on, _ in days), key=order)
    last = max((by or on for on, by in days), key=order)
    return (
        None,
        earlier.generated if first[:10] < earlier.generated[:10] else first,
        later.generated if last[:10] > later.generated[:10] else last,
    )


def _day(snapshot: Snapshot) -> str:
    return in_words(snapshot.generated[:10])


def _said_day(day: str | None) -> str:
    return in_words(day) if day else "not given"


def _one(text: str | None) -> tuple[str, ...]:
    return (text,) if text else ()


# ---------------------------------------------------------------- texts


_ALIKE = str.maketrans(
    {
        **dict.fromkeys("’‘‛`´ʼʻ′", "'"),
        **dict.fromkeys("“”„‟″«»", '"'),
        **dict.fromkeys("‐‑‒–—―−", "-"),
    }
)
_LINK = re.compile(
    r"\s*(?:INTERPOL-UN )?Security Council Special Notice web link ?: ?\S*", re.IGNORECASE
)
_BRACKETS = re.compile(r"[()]")
_SENTENCE_ENDS = re.compile(r"(?<=[.!?])\s+(?=\W?[A-Z])")
_STOPS = re.compile(r"[.,;:]+(?=[\s()\[\]\"']|$)")
_LABEL = re.compile(r"^(?:[a-z]\)|position:|title:|designation:)\s*", re.IGNORECASE)
_LETTERED = re.compile(r"(?:^|(?<=\s))[a-z]\) ")
_PACKED = re.compile(r"\s*[/;]\s*|\s+(?=[a-z]\) )")
_AND = re.compile(r"\s*&\s*")
_PLACEHOLDERS = frozenset({"", "-", "na", "n/a", "null", "[objectobject]"})
_EXPIRES = re.compile(
    r"\b(?:date of expiry|expiration date|expir(?:es|y)(?: on)?|valid until)\b:?\s*(?=\d)",
    re.IGNORECASE,
)
_MONTHS = (
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
)  # fmt: skip
_WRITTEN_DAY = re.compile(
    rf"\b(\d{{1,2}}) ({'|'.join(_MONTHS)})[a-z]*\.? (\d{{4}})\b", re.IGNORECASE
)


def _name(text: str) -> str:
    """What a name is compared by: its letters, whatever their case, and the blanks between."""
    return " ".join(_letters(text).split())


def _letters(text: str) -> str:
    """A text without what only its typesetting decides."""
    alike = unicodedata.normalize("NFKC", text).translate(_ALIKE).casefold()
    return _AND.sub(" and ", alike)


@cache
def _month(word: str) -> str:
    return f"{_MONTHS.index(word[:3].casefold()) + 1:02}"


def _prose(text: str | None) -> str:
    """What any other text is compared by; empty for a placeholder.

    Case, blanks, stops and commas that end a word, and how a day is written, count for nothing.
    """
    if not text:
        return ""
    alike = "".join(_STOPS.sub("", _days_alike(_letters(text))).split()).strip(".,;:")
    return "" if alike in _PLACEHOLDERS else alike


def _days_alike(text: str) -> str:
    """A text with each of its days as `2026-10-13`, and one word for the end of a document."""
    text = _WRITTEN_DAY.sub(lambda day: f"{day[3]}-{_month(day[2])}-{int(day[1]):02}", text)
    return _EXPIRES.sub("expires ", text)


def _posts(texts: Iterable[str]) -> list[str]:
    """Single posts, however they were packed, without the label of the form."""
    return [_LABEL.sub("", part) for text in texts for part in _PACKED.split(text)]


def _without_link(comments: str | None) -> str:
    """Comments without INTERPOL's address, which has been written in each of these years anew."""
    return _LINK.sub("", comments or "")


def _alias_in_words(item: Alias) -> str:
    said = [
        "" if item.quality == "not_said" else f"{item.quality} quality",
        item.note or "",
        f"born {partial_in_words(item.birth_date)}" if item.birth_date else "",
    ]
    beside = "; ".join(filter(None, said))
    return f"{item.name} ({beside})" if beside else item.name


def _birth_date_in_words(item: BirthDate) -> str:
    if item.earliest is None or item.latest is None or item.kind == "note_only":
        return item.note or ""
    words = partial_in_words(item.earliest)
    if item.latest != item.earliest:
        words = f"between {words} and {partial_in_words(item.latest)}"
    elif item.kind == "approximate":
        words = f"about {words}"
    return f"{words} ({item.note})" if item.note else words


def _place_in_words(item: BirthPlace) -> str:
    line = ", ".join(filter(None, (item.city, item.province, item.country)))
    return f"{line} ({item.note})" if item.note and line else line or item.note or ""


def _document_in_words(item: ListedDocument) -> str:
    said = [
        " ".join(filter(None, (item.type, item.number))),
        item.country or "",
        f"issued {in_words(item.issued_on)}" if item.issued_on else "",
        item.note or "",
    ]
    return ", ".join(filter(None, said))


# ---------------------------------------------------------------- two records


Said = dict[object, str]
"""What one field says: for each thing said, what it is compared by, and its words."""


class _Reader:
    """What records say, read so that only a difference of substance is a difference."""

    def __init__(self, places: Places) -> None:
        self.country = cache(places.country)
        self.name = places.name

    def differences(self, old: Entry, new: Entry) -> tuple[FieldChanged, ...]:
        """The fields that say something else, in the order in which a record is read."""
        found = []
        for field, said in _SAID.items():
            held_in = _HELD_IN.get(field, field)
            if getattr(old, held_in) == getattr(new, held_in):
                continue
            was, now = said(self, old), said(self, new)
            if was.keys() != now.keys():
                found.append(
                    FieldChanged(
                        field=field,
                        old=tuple(words for key, words in was.items() if key not in now),
                        new=tuple(words for key, words in now.items() if key not in was),
                    )
                )
        return tuple(found)

    # What each field says.

    def nationalities(self, entry: Entry) -> Said:
        """States, whatever they are called."""
        return {self.state(text): text for text in entry.nationalities if _prose(text)}

    def aliases(self, entry: Entry) -> Said:
        """Names, each with its quality and what is said of it."""
        return {self._alias(item, entry.kind): _alias_in_words(item) for item in entry.aliases}

    @staticmethod
    def _alias(item: Alias, kind: PartyKind) -> object:
        # An entity's a.k.a. was called Good in 2015, and a note stood in brackets beside the name.
        quality = item.quality if kind is PartyKind.individual else None
        words = _name(_BRACKETS.sub(" ", f"{item.name} {item.note or ''}"))
        return words, quality, item.birth_date

    def birth_places(self, entry: Entry) -> Said:
        """Places of birth: their words in any order, and the State."""
        return {
            self._place(item.country, item.city, item.province, item.note): _place_in_words(item)
            for item in entry.birth_places
        }

    def _place(self, country: str | None, *parts: str | None) -> object:
        words = fold(" ".join(part for part in parts if part)).split()
        return self.state(country or ""), frozenset(words)

    def addresses(self, entry: Entry) -> Said:
        """Addresses: their words in any order, with States by what they are, not are called."""
        lines = [line for text in entry.addresses for line in _LETTERED.split(text)]
        return {self._address(line): line for line in lines if _prose(line)}

    def _address(self, line: str) -> object:
        parts = [self._with_code(part) for part in line.split(", ")]
        return frozenset(fold(" ".join(parts)).split())

    def _with_code(self, part: str) -> str:
        """A part of an address, its State's name replaced by the code: `Iran (a note)`."""
        cuts = [len(part), *(match.start() for match in re.finditer(r" \(", part))]
        for cut in sorted(cuts, reverse=True):
            if code := self.state_code(part[:cut]):
                return f"{code}{part[cut:]}"
        return part

    def documents(self, entry: Entry) -> Said:
        """Documents: their words in any order, without those of the form, and the States."""
        return {self._document(item): _document_in_words(item) for item in entry.documents}

    def _document(self, item: ListedDocument) -> object:
        kind = _PASSPORT.sub("Passport", item.type or "")
        country, note = item.country or "", item.note or ""
        if code := self.state_code(country):
            note = note.replace(self.name(code), code).replace(country, code)
        parts = (kind, item.number, code or country, item.issued_on, note)
        text = _days_alike(" ".join(part for part in parts if part))
        # Until 2015 all of it stood in one text: "Tunisian passport number M307707, issued on ...".
        words = fold(text).replace("saudi arabian", "saudi").split()
        return frozenset(
            (self.state_code(word) or word).casefold() for word in words if word not in _FORM
        )

    def state_code(self, text: str) -> str | None:
        """The ISO code of a State by any of its names, or none."""
        return _STATES_ALSO.get(text.casefold()) or self.country(text)

    def state(self, text: str) -> str:
        """What a State's name is compared by."""
        return self.state_code(text) or _prose(text)


def _texts(read: Callable[[Entry], Iterable[str | None]]) -> Callable[["_Reader", Entry], Said]:
    def said(_: "_Reader", entry: Entry) -> Said:
        return {key: text for text in read(entry) if text and (key := _prose(text))}

    return said


def _names(read: Callable[[Entry], str | None]) -> Callable[["_Reader", Entry], Said]:
    def said(_: "_Reader", entry: Entry) -> Said:
        text = read(entry)
        return {_name(text): text} if text else {}

    return said


def _birth_dates(_: "_Reader", entry: Entry) -> Said:
    return {
        (item.kind, item.earliest, item.latest, _prose(item.note)): _birth_date_in_words(item)
        for item in entry.birth_dates
    }


def _unknown(_: "_Reader", entry: Entry) -> Said:
    return {
        (item.path, key): f"{item.path}: {item.text}"
        for item in entry.unknown
        if item.path.rpartition("/")[2] not in _NEVER and (key := _prose(item.text))
    }


_SAID: Mapping[str, Callable[["_Reader", Entry], Said]] = {
    "name": _names(lambda entry: entry.name),
    "original_script": _names(lambda entry: entry.original_script),
    "aliases": _Reader.aliases,
    "regime": _texts(lambda entry: (entry.regime_word,)),
    "gender": _texts(lambda entry: (entry.gender,)),
    "titles": _texts(lambda entry: _posts(entry.titles)),
    "designations": _texts(lambda entry: _posts(entry.designations)),
    "nationalities": _Reader.nationalities,
    "birth_dates": _birth_dates,
    "birth_places": _Reader.birth_places,
    "documents": _Reader.documents,
    "addresses": _Reader.addresses,
    "comments": _texts(lambda entry: _SENTENCE_ENDS.split(_without_link(entry.comments))),
    "delisted_on": _texts(lambda entry: (entry.delisted_on,)),
    "other": _unknown,
}
"""Each field that is compared, in the order in which a record is read, and what it says."""

_HELD_IN = {"name": "name_parts", "regime": "regime_word", "other": "unknown"}

_NEVER = {"SUBMITTED_BY", "SUBMITTED_ON", "LIST_TYPE"}

_STATES_ALSO = {
    # Until 2015, in records of that regime; data/places.csv gives the word to neither Congo.
    "congolese": "CD",
    "saudi": "SA",
}

_FORM = frozenset(
    {
        "number", "no", "card", "national", "identity", "identification", "issued", "issue", "on",
        "in", "by", "of", "the", "city", "country", "and", "object",
    }
)  # fmt: skip
"""Words of the form of a document, which say nothing about it."""

_PASSPORT = re.compile("Número de pasaporte|Numéro de passeport", re.IGNORECASE)
