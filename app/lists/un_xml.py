"""XML bytes of the Consolidated List → entries: strict about structure, tolerant of habits.

The UN's published schema is of 2018, and the feed has outgrown it; what is read here is what the
files of 2015 to 2026 hold. Whatever decides which record is which (the frame, the date, the
reference numbers) must be in order, else the whole list is refused. Whatever describes a party is
taken as it comes: white space is folded, placeholders are dropped, and an element that has no
field here is kept in the entry and reported.
"""

import codecs
import re
import sys
from collections.abc import Iterable, Mapping
from functools import lru_cache
from itertools import chain, islice
from operator import attrgetter
from typing import Literal, TypeVar
from xml.etree import ElementTree
from xml.etree.ElementTree import Element
from xml.parsers import expat

from app.terms import (
    Alias,
    AliasQuality,
    BirthDate,
    BirthDateKind,
    BirthPlace,
    Entry,
    Gender,
    ListedDocument,
    PartyKind,
    UnknownElement,
    day_or_instant,
    partial_day,
    value,
)
from app.when import instant_text, parse_instant

T = TypeVar("T")

MOST_BYTES = 64 * 1024 * 1024
"""A list larger than this is refused unread; a full list has been about 2 MiB since 2015."""

MOST_MARKS = 1_000_000
"""A list with more of one mark than this is refused unread; a full list has some 80,000 `<`.

The marks are those that one by one make something to be kept: elements, attributes, names and
posts packed in one text. Without a limit 64 MiB of them take gigabytes of memory.
"""

_MARKS = b"<=;/),"
_LONGEST_NAME = 100  # letters, of an element or attribute: paths with it are shown and stored

BOOKKEEPING = frozenset(
    {
        "VERSIONNUM",  # a counter until 2015, always 1 since
        "SORT_KEY",  # the name again until 2015, empty since
        "SORT_KEY_LAST_MOD",  # when the sort key changed, not the record
        "HAS_INTERPOL_LINK",  # whether INTERPOL_LINK, which is read, is filled
    }
)
"""Elements of a record that say nothing about the party; their text is left in the file."""

NO_FIELD_FOR = frozenset(
    {
        "SUBMITTED_BY",  # the State that proposed the listing: three records, until 2023
        "SUBMITTED_ON",  # one record, until 2023
    }
)
"""Known elements that are mostly empty; where filled they are kept as unknown elements are."""

_KINDS = {"INDIVIDUAL": PartyKind.individual, "ENTITY": PartyKind.entity}
_NAMES = ("FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME")
_LEAVES = {
    *_NAMES, "DATAID", "UN_LIST_TYPE", "REFERENCE_NUMBER", "LISTED_ON", "DELISTED_ON", "GENDER",
    "NAME_ORIGINAL_SCRIPT", "COMMENTS1", "INTERPOL_LINK", "NATIONALITY2",
}  # fmt: skip
_VALUES = {"TITLE", "DESIGNATION", "NATIONALITY", "LAST_DAY_UPDATED", "LIST_TYPE"}
_PLACE = {"STREET", "CITY", "STATE_PROVINCE", "ZIP_CODE", "COUNTRY", "NOTE"}
_GROUPS = {  # INDIVIDUAL_ALIAS, ENTITY_ALIAS, …, with the elements in them
    "ALIAS": {
        "QUALITY", "ALIAS_NAME", "NAME_ORIGINAL_SCRIPT", "DATE_OF_BIRTH", "CITY_OF_BIRTH",
        "COUNTRY_OF_BIRTH", "NOTE",
    },
    "ADDRESS": _PLACE,
    "PLACE_OF_BIRTH": _PLACE,
    "DATE_OF_BIRTH": {"TYPE_OF_DATE", "DATE", "YEAR", "FROM_YEAR", "TO_YEAR", "NOTE"},
    "DOCUMENT": {
        "TYPE_OF_DOCUMENT", "TYPE_OF_DOCUMENT2", "NUMBER", "ISSUING_COUNTRY", "DATE_OF_ISSUE",
        "DATE_OF_EXPIRY", "CITY_OF_ISSUE", "COUNTRY_OF_ISSUE", "NOTE",
    },
}  # fmt: skip

_GROUP_TAGS = {kind: {f"{kind}_{group}": group for group in _GROUPS} for kind in _KINDS}

# The exporter's words for "nothing", exactly so: NA in capitals is a Korean name.
_NOTHING: dict[str | None, str] = {None: "", "": "", "na": "", "null": ""}

_XSI = "{http://www.w3.org/2001/XMLSchema-instance}"

Parts = Mapping[str, str]
"""The texts of one group's elements, by tag."""


class ListRefused(ValueError):
    """The bytes are no list that can be relied on; one line that names the place."""


@value
class ParsedList:
    """One list as read: its date, its language and its records, in the order of the file."""

    generated: str
    """`dateGenerated` as an instant in UTC; one without a zone counts as UTC."""
    generated_as_written: str
    language: Literal["en", "es", "unknown"]
    """The language of its comments and posts, which differ between the UN's editions."""
    entries: tuple[Entry, ...]
    unknown_elements: tuple[str, ...]
    """The distinct paths of what this reader has no field for, sorted."""
    individuals: int
    entities: int


def read(xml: bytes, *, most_bytes: int = MOST_BYTES) -> ParsedList:
    """Read a list in the UN's layout, UTF-8 whatever its XML declaration says.

    ListRefused: larger than `most_bytes`, more than MOST_MARKS of a mark, a document type
    declaration, not well-formed, another root, no readable dateGenerated, INDIVIDUALS or ENTITIES
    missing or doubled, a record outside them, a record without a sensible reference number, a
    reference number given twice, an element's or attribute's name of more than 100 letters.
    """
    if len(xml) > most_bytes:
        raise ListRefused(f"the file is larger than {most_bytes} bytes ({len(xml)})")
    root = _parse(xml)
    if root.tag != "CONSOLIDATED_LIST":
        raise ListRefused(f"the root element is {_shown(root.tag)}, not CONSOLIDATED_LIST")
    _refuse_long_names(root)
    written = " ".join(root.get("dateGenerated", "").split())
    generated = _generated(written)
    for name in ("INDIVIDUALS", "ENTITIES"):
        if (count := len(root.findall(name))) != 1:
            raise ListRefused(f"CONSOLIDATED_LIST holds {count} {name} elements, not one")

    folded = _Folded()
    strays = _any_strays(root, xml)
    entries: dict[str, Entry] = {}
    unknown_outside: set[str] = set()
    for container in root:
        if container.tag not in ("INDIVIDUALS", "ENTITIES"):
            path = f"{root.tag}/{container.tag}"
            _refuse_outside(container, path)
            unknown_outside.add(path)
            continue
        if folded[container.text]:
            unknown_outside.add(f"{container.tag}/text()")
        for number, record in enumerate(container, start=1):
            if record.tag not in _KINDS:
                path = f"{container.tag}/{record.tag}"
                _refuse_outside(record, path)
                unknown_outside.add(path)
                continue
            place = f"{record.tag} number {number} in {container.tag}"
            elements = _Record(record, place, folded)
            if strays:
                elements.keep_strays(record)
            entry = elements.entry()
            if entry.reference in entries:
                raise ListRefused(f"{place}: {entry.reference} is given twice")
            entries[entry.reference] = entry
    individuals = sum(entry.kind is PartyKind.individual for entry in entries.values())
    unknown = {item.path for entry in entries.values() for item in entry.unknown}
    return ParsedList(
        generated=generated,
        generated_as_written=written,
        language=_language(entries.values()),
        entries=tuple(entries.values()),
        unknown_elements=tuple(sorted(unknown | unknown_outside)),
        individuals=individuals,
        entities=len(entries) - individuals,
    )


def raw_element(xml: bytes, reference: str) -> str:
    """The XML element of one record exactly as it stands in the file: the evidence itself.

    KeyError when the file holds no such record; ListRefused when it is no XML that is read here.
    """
    _refuse_before_parsing(xml)
    parser = expat.ParserCreate("utf-8")
    began = 0
    number: list[str] | None = None
    found: list[str] = []
    this_one = False
    above: list[str] = [""]

    def start(tag: str, _: dict[str, str]) -> None:
        nonlocal began, number, this_one
        if tag in _KINDS:
            began, this_one = parser.CurrentByteIndex, False
        elif tag == "REFERENCE_NUMBER" and above[-1] in _KINDS:
            number = []
        above.append(tag)

    def data(text: str) -> None:
        if number is not None:
            number.append(text)

    def end(tag: str) -> None:
        nonlocal number, this_one
        above.pop()
        if tag == "REFERENCE_NUMBER" and number is not None:
            this_one, number = reference_number("".join(number)) == reference, None
        elif tag in _KINDS and this_one:
            closed = xml.index(b">", parser.CurrentByteIndex) + 1
            found.append(xml[began:closed].decode())
            this_one = False

    parser.StartElementHandler = start
    parser.CharacterDataHandler = data
    parser.EndElementHandler = end
    try:
        parser.Parse(xml, True)
    except expat.ExpatError as error:
        raise _not_well_formed(error.lineno, error.offset, error.code) from error
    if not found:
        raise KeyError(reference)
    return found[0]


def reference_number(text: str) -> str | None:
    """A permanent reference number in its one form (`IRi.039`), or None when it is none.

    Blanks and dots around it are dropped, and its letters are put in the case they have today
    (`TAI.171` of 2015 is `TAi.171`). The form of the Al-Qaida and Taliban lists until 2014 keeps
    its serial number: `QI.A.14.01.` is `QDi.014`.
    """
    written = text.strip(" .\t\r\n")
    if match := _REFERENCE.fullmatch(written):
        return f"{match[1].upper()}{match[2].lower()}.{match[3]}"
    if match := _OLD_REFERENCE.fullmatch(written):
        return f"{_OLD_REGIMES[match[1].upper()]}{match[2].lower()}.{int(match[3]):03}"
    return None


_REFERENCE = re.compile(r"([A-Za-z]{2})([IEie])\.([0-9]{3,4})")
# Of which list, individual or entity, first letter of the name, serial number, year.
_OLD_REFERENCE = re.compile(r"([QTqt])([IEie])\.[A-Za-z]\.([0-9]{1,3})\.[0-9]{2}")
_OLD_REGIMES = {"Q": "QD", "T": "TA"}


# ---------------------------------------------------------------- the frame


def _parse(xml: bytes) -> Element:
    _refuse_before_parsing(xml)
    try:
        return ElementTree.fromstring(xml, parser=ElementTree.XMLParser(encoding="utf-8"))
    except ElementTree.ParseError as error:
        raise _not_well_formed(*error.position, error.code) from error


def _refuse_before_parsing(xml: bytes) -> None:
    """Refuse what no parser should be shown: other encodings, and document types.

    Entities that expand without end, and files fetched from elsewhere, need a document type
    declaration. In UTF-8 that is written in these very bytes. The parser is held to UTF-8, and
    still reads what looks to it like UTF-16, which cannot be written without NUL bytes.
    """
    if xml.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise ListRefused("line 1: the file is UTF-16, and a list is UTF-8")
    if (at := xml.find(b"\0")) >= 0:
        line = xml.count(b"\n", 0, at) + 1
        raise ListRefused(f"line {line}: a NUL byte, and a list is UTF-8")
    if (at := xml.find(b"<!DOCTYPE")) >= 0:
        line = xml.count(b"\n", 0, at) + 1
        raise ListRefused(f"line {line}: a document type declaration is refused")
    for mark in _MARKS:
        if xml.count(mark) > MOST_MARKS:
            line = xml.count(b"\n", 0, _place_of_mark(xml, mark, MOST_MARKS + 1)) + 1
            raise ListRefused(
                f"line {line}: more than {MOST_MARKS} times {chr(mark)!r} in one list"
            )


def _place_of_mark(xml: bytes, mark: int, number: int) -> int:
    at = -1
    for _ in range(number):
        at = xml.find(mark, at + 1)
    return at


def _refuse_long_names(root: Element) -> None:
    for tag in set(map(attrgetter("tag"), root.iter())):
        if len(tag) > _LONGEST_NAME:
            raise ListRefused(f"an element's name is {len(tag)} letters long: {_shown(tag)}")


def _not_well_formed(line: int, column: int, code: int) -> ListRefused:
    reason = expat.ErrorString(code)
    return ListRefused(f"line {line}, column {column + 1}: not well-formed XML ({reason})")


def _generated(written: str) -> str:
    if not written:
        raise ListRefused("CONSOLIDATED_LIST has no dateGenerated")
    try:
        if "T" not in written:
            raise ValueError("is not a date-time")
        return instant_text(parse_instant(day_or_instant(written)))
    except ValueError as error:
        raise ListRefused(f"dateGenerated {_shown(written)} {error}") from error


def _shown(text: str) -> str:
    return repr(text if len(text) <= 60 else text[:60] + "…")


# The editions share tags, country names and kinds of documents; their sentences differ. Counted,
# not searched for: Arabic names bring a single "el" to any list.
_ENGLISH = (" the ", " of ", " was ", " by ")
_SPANISH = (" el ", " del ", " los ", " las ")
_ENOUGH = 20
_SAMPLE = 300  # records


def _language(entries: Iterable[Entry]) -> Literal["en", "es", "unknown"]:
    prose = "\n".join(
        text
        for entry in islice(entries, _SAMPLE)
        for text in (entry.comments or "", *entry.designations)
    )
    english, spanish = (sum(map(prose.count, words)) for words in (_ENGLISH, _SPANISH))
    if spanish >= _ENOUGH and spanish > english:
        return "es"
    return "en" if english > spanish else "unknown"


# ---------------------------------------------------------------- one record


class _Folded(dict[str | None, str]):
    """Text as written → white space folded, placeholders emptied; equal texts are one object."""

    def __init__(self) -> None:
        super().__init__(_NOTHING)

    def __missing__(self, written: str | None) -> str:
        text = written or ""
        # Line breaks and odd blanks are not printable; most texts need no folding.
        if not text.isprintable() or "  " in text or text[0] == " " or text[-1] == " ":
            text = " ".join(text.split())
            text = self.setdefault(text, text)
        self[written] = text
        return text


class _Record:
    """The elements of one record, sorted by what they are; what has no field here is kept."""

    def __init__(self, record: Element, place: str, folded: _Folded) -> None:
        self.place = place
        self.tag = record.tag
        self.folded = folded
        self.leaves: dict[str, str] = {}
        self.values: dict[str, list[str]] = {}
        self.groups: dict[str, list[dict[str, str]]] = {}
        self.unknown: list[UnknownElement] = []
        groups, leaves = _GROUP_TAGS[record.tag], self.leaves
        for child in record:
            tag = child.tag
            if tag in _LEAVES and tag not in leaves and not len(child):
                leaves[tag] = folded[child.text]
            elif tag in _VALUES:
                self.read_values(child)
            elif tag in groups:
                self.read_group(child, groups[tag])
            elif tag == "REFERENCE_NUMBER":  # a second one: two records have run into one
                raise ListRefused(f"{place}: a second REFERENCE_NUMBER")
            elif len(child) or not (
                tag in BOOKKEEPING or (tag in NO_FIELD_FOR and not folded[child.text])
            ):
                self.keep_element(child, tag)

    def read_values(self, element: Element) -> None:
        if text := self.folded[element.text]:
            self.keep(element.tag, text)
        for part in element:
            if part.tag != "VALUE" or len(part):
                self.keep_element(part, f"{element.tag}/{part.tag}")
            elif text := self.folded[part.text]:
                self.values.setdefault(element.tag, []).append(text)

    def read_group(self, element: Element, group: str) -> None:
        folded, known = self.folded, _GROUPS[group]
        if text := folded[element.text]:
            self.keep(element.tag, text)
        if not len(element):
            return  # a placeholder
        parts = {part.tag: folded[part.text] for part in element}
        if len(parts) < len(element) or any(map(len, element)) or not known.issuperset(parts):
            parts = {}
            for part in element:
                # A second element of one name is kept as unknown, not chosen between.
                if part.tag in known and part.tag not in parts and not len(part):
                    parts[part.tag] = folded[part.text]
                else:
                    self.keep_element(part, f"{element.tag}/{part.tag}")
        if any(parts.values()):
            self.groups.setdefault(group, []).append(parts)

    # What has no field here.

    def keep(self, path: str, text: str) -> None:
        self.unknown.append(UnknownElement(path=sys.intern(f"{self.tag}/{path}"), text=text))

    def keep_element(self, element: Element, path: str) -> None:
        _refuse_records_in(element, f"{self.place}, {path}")
        self.keep(path, " ".join(" ".join(element.itertext()).split()))

    def keep_strays(self, record: Element) -> None:
        """Keep text beside the elements, and attributes."""
        beside = (element.tail or "" for element in record.iter())
        tails = self.folded["".join([record.text or "", *beside])]
        if tails:
            self.keep("text()", tails)
        for element in record.iter():
            for name, text in element.items():
                if len(name) > _LONGEST_NAME:
                    fault = f"an attribute's name is {len(name)} letters long: {_shown(name)}"
                    raise ListRefused(f"{self.place}: {fault}")
                if not name.startswith(_XSI):  # the schema's address, on each record of 2015
                    self.keep(f"{element.tag}/@{name}", text)

    # The fields.

    def entry(self) -> Entry:
        """The record as an entry; ListRefused without a sensible reference number."""
        get = self.leaves.get
        written = get("REFERENCE_NUMBER", "")
        reference = reference_number(written)
        if reference is None:
            fault = f"{_shown(written)} is none" if written else "none is given"
            raise ListRefused(f"{self.place}, REFERENCE_NUMBER: {fault}")
        if self.values.get("LIST_TYPE", ["UN List"]) != ["UN List"]:
            self.keep("LIST_TYPE/VALUE", " ".join(self.values["LIST_TYPE"]))
        values, groups = self.values.get, self.groups.get
        aliases: list[Alias] = []
        dates = list(map(_birth_date, groups("DATE_OF_BIRTH", ())))
        places = list(map(_birth_place, groups("PLACE_OF_BIRTH", ())))
        for parts in groups("ALIAS", ()):
            if parts.get("ALIAS_NAME") or parts.get("NAME_ORIGINAL_SCRIPT"):
                aliases += _aliases(parts)
                continue
            # Without a name it is no alias: the files of 2024 hold other dates of birth so.
            dates.append(_birth_date({"DATE": parts.get("DATE_OF_BIRTH", "")}))
            city, country = parts.get("CITY_OF_BIRTH", ""), parts.get("COUNTRY_OF_BIRTH", "")
            places.append(_birth_place({"CITY": city, "COUNTRY": country}))
            for tag in ("QUALITY", "NOTE"):
                if parts.get(tag):
                    self.keep(f"{self.tag}_ALIAS/{tag}", parts[tag])
        posts = [post for text in values("DESIGNATION", ()) for post in _posts(text)]
        nationalities = [*values("NATIONALITY", ()), get("NATIONALITY2")]
        amended = [
            self.day("LAST_DAY_UPDATED/VALUE", day) for day in values("LAST_DAY_UPDATED", ())
        ]
        return Entry(
            reference=reference,
            kind=_KINDS[self.tag],
            name_parts=tuple([part for tag in _NAMES if (part := get(tag))]),
            original_script=get("NAME_ORIGINAL_SCRIPT") or None,
            regime_word=get("UN_LIST_TYPE", ""),
            listed_on=self.day("LISTED_ON", get("LISTED_ON")),
            delisted_on=self.day("DELISTED_ON", get("DELISTED_ON")),
            gender=self.gender(get("GENDER", "")),
            titles=tuple(values("TITLE", ())),
            designations=tuple(posts),
            nationalities=tuple(filter(None, nationalities)),
            aliases=_distinct(aliases),
            birth_dates=_distinct(dates),
            birth_places=_distinct(places),
            documents=tuple(map(_document, groups("DOCUMENT", ()))),
            addresses=tuple(map(_address, groups("ADDRESS", ()))),
            comments=get("COMMENTS1") or None,
            amended_on=tuple(filter(None, amended)),
            interpol_link=get("INTERPOL_LINK") or None,
            data_id=get("DATAID") or None,
            unknown=tuple(self.unknown),
        )

    def day(self, tag: str, text: str | None) -> str | None:
        """A day, without the offset that some have; kept as unknown where it is none."""
        if not text:
            return None
        span = _span(text)
        if span is None or len(span[0]) != len("1957-03-11"):
            self.keep(tag, text)
            return None
        return span[0]

    def gender(self, text: str) -> Gender | None:
        word = text.casefold()
        if word in ("", "unknown"):
            return None
        if word not in Gender.__members__:
            self.keep("GENDER", text)
            return None
        return Gender(word)


def _any_strays(root: Element, xml: bytes) -> bool:
    """Whether anything may stand where nothing should: rare, so it is looked for once."""
    begun = [at for name in (b"<INDIVIDUALS", b"<ENTITIES") if (at := xml.find(name)) >= 0]
    attributes = _ATTRIBUTE.search(xml, min(begun, default=0))
    tails = map(attrgetter("tail"), root.iter())
    texts = (record.text for container in root for record in container)
    beside = "".join(filter(None, chain(tails, texts)))
    return attributes is not None or bool(beside and not beside.isspace())


_ATTRIBUTE = re.compile(rb"=\s*[\"']")


def _refuse_records_in(element: Element, place: str) -> None:
    """A record in the wrong place would look like a delisting."""
    for inner in element.iter():
        if inner.tag in _KINDS:
            raise ListRefused(f"{place}: an {inner.tag} where no record can be")


def _refuse_outside(element: Element, place: str) -> None:
    """So would one whose own element has another name."""
    _refuse_records_in(element, place)
    if element.find(".//REFERENCE_NUMBER") is not None or element.tag == "REFERENCE_NUMBER":
        raise ListRefused(f"{place}: a REFERENCE_NUMBER outside of a record")


def _distinct(items: list[T] | list[T | None]) -> tuple[T, ...]:
    """The items that are there, each once."""
    if not items:
        return ()
    found = [item for item in items if item is not None]
    return tuple(found if len(found) < 2 else dict.fromkeys(found))


def _joined(*texts: str | None) -> str | None:
    return "; ".join(filter(None, texts)) or None


# ---------------------------------------------------------------- days


_DAY = re.compile(r"(\d{4}-\d{2}-\d{2})(?:Z|[+-]\d{2}:\d{2})?", re.ASCII)
_YEARS = re.compile(r"(\d{4})(?: ?[-/] ?(\d{4}))?", re.ASCII)


@lru_cache(maxsize=4096)
def _span(text: str) -> tuple[str, str] | None:
    """The first and last day or year that a text such as `1960-1962` says; None for others.

    A day's offset is dropped: it says where the file was written, not where somebody was born.
    """
    if match := _DAY.fullmatch(text):
        first, last = match[1], match[1]
    elif match := _YEARS.fullmatch(text):
        first, last = sorted((match[1], match[2] or match[1]))
    else:
        return None
    try:
        return sys.intern(partial_day(first)), sys.intern(partial_day(last))
    except ValueError:
        return None


_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip
_MONTH_YEAR = re.compile(
    r"(?:between )?([a-z]{3,9})\.?(?: and ([a-z]{3,9})\.?)? (\d{4})", re.ASCII | re.IGNORECASE
)


def _month(word: str) -> str | None:
    """`01` to `12` for an English month or its short form (Sep., Sept.)."""
    for number, month in enumerate(_MONTHS, start=1):
        if month.startswith(word.rstrip(".").casefold()) and len(word) > 2:
            return f"{number:02}"
    return None


def _months(note: str) -> tuple[str, str] | None:
    """What a note plainly says: a year, or one or two months of the Gregorian calendar in one."""
    match = _MONTH_YEAR.fullmatch(note)
    if match is None:
        return _span(note)
    first, last = _month(match[1]), _month(match[2] or match[1])
    if first is None or last is None or last < first:
        return None
    try:
        return partial_day(f"{match[3]}-{first}"), partial_day(f"{match[3]}-{last}")
    except ValueError:
        return None


def _birth_date(parts: Parts) -> BirthDate | None:
    word, note = parts.get("TYPE_OF_DATE", ""), parts.get("NOTE", "")
    years = "-".join(filter(None, (parts.get("FROM_YEAR"), parts.get("TO_YEAR"))))
    said = [text for text in (parts.get("DATE"), parts.get("YEAR"), years) if text]
    date = next(filter(_span, said), None)
    approximate = word.casefold() == "approximately"
    span = _span(date) if date else _months(note)
    if date and note and len(date) == 4:
        span = _months(f"{note} {date}") or span  # a year, with its month as the note
    if date is None:
        kind = BirthDateKind.note_only
    elif span and span[0] != span[1]:
        kind = BirthDateKind.between
    else:
        kind = BirthDateKind.approximate if approximate else BirthDateKind.exact
    # What the fields cannot say stays beside the note.
    beside = [text for text in said if text != date]
    said_by_kind = kind is BirthDateKind.approximate if approximate else True
    if not said_by_kind or word.casefold() not in _DATE_WORDS:
        beside.append(word)
    words = _joined(note, *beside)
    if span is None and not (note or said) and word.casefold() in _DATE_WORDS:
        return None
    earliest, latest = span or (None, None)
    return BirthDate(kind=kind, earliest=earliest, latest=latest, note=words)


_DATE_WORDS = {"", "exact", "approximately", "between"}


# ---------------------------------------------------------------- names


_QUALITIES = {
    "good": AliasQuality.good,
    "low": AliasQuality.low,
    "a.k.a.": AliasQuality.not_said,
    "": AliasQuality.not_said,
}


def _aliases(parts: Parts) -> list[Alias]:
    """Every name that one alias element holds, each with what the element says of it."""
    word = parts.get("QUALITY", "")
    quality = _QUALITIES.get(word.casefold())
    names = _names(parts.get("ALIAS_NAME", ""))
    note, birth_date = None, None
    if len(parts) > 2 or quality is None:
        written, born = parts.get("NOTE", ""), parts.get("DATE_OF_BIRTH", "")
        names = [*names, parts.get("NAME_ORIGINAL_SCRIPT", ""), *_names_in_note(written)]
        place = (parts.get("CITY_OF_BIRTH"), parts.get("COUNTRY_OF_BIRTH"))
        span = _span(born)
        if span and span[0] == span[1]:
            birth_date, born = span[0], ""
        note = _joined(
            written,
            word if quality is None else "",  # f.k.a.
            f"date of birth: {born}" if born else "",
            f"place of birth: {', '.join(filter(None, place))}" if any(place) else "",
        )
    quality = quality or AliasQuality.not_said
    return [
        Alias(name=name, quality=quality, note=note, birth_date=birth_date)
        for name in names
        if name
    ]


_LATIN = "A-Za-z\u00c0-\u024f\u1e00-\u1eff"
_NOT_LATIN = "\u0370-\u1cff\u2c80-\ud7ff\uf900-\ufdff\ufe70-\ufefc"
_OTHER_SCRIPT = re.compile(rf"[{_NOT_LATIN}](?:[^()\[\]{_LATIN}]*[{_NOT_LATIN}])?")
_SOME_LATIN = re.compile(f"[{_LATIN}]")
_BETWEEN_NAMES = re.compile(r";| [a-z]\) ")
_SCRIPT_MARK = re.compile(r"[(\[](?:[^()\[\]]*(?:script|alfabeto original):?)?\s*[)\]]")


def _names(text: str) -> list[str]:
    """The names in one ALIAS_NAME: the whole as written, or those packed in it one by one.

    A name in another script makes three: the whole, and either side of it by itself.
    """
    if text.isascii() and ";" not in text and ") " not in text:
        return [text]
    pieces = _BETWEEN_NAMES.split(text)
    if len(pieces) == 1:
        names = [text, *_either_script(text)]
    else:
        names = []
        for piece in _BETWEEN_NAMES.split(_SCRIPT_MARK.sub("", text)):
            opened = piece.count("(") - piece.count(")")
            if opened > 0:  # a name, then others in brackets
                before, _, piece = piece.rpartition("(")
                names.append(before)
            elif opened < 0:
                piece = "".join(piece.rpartition(")")[::2])
            names.append(piece)
    return [name for piece in names if (name := piece.strip(" ,;"))]


def _either_script(text: str) -> tuple[str, ...]:
    other = _OTHER_SCRIPT.search(text)
    if other is None or not _SOME_LATIN.search(text):
        return ()
    latin = text[: other.start()] + text[other.end() :]
    latin = _SCRIPT_MARK.sub("", latin).strip(" ,")
    if latin.startswith("(") and latin.endswith(")"):
        latin = latin[1:-1]
    return " ".join(latin.split()), other[0]


_SCRIPT_IN_NOTE = re.compile(rf"(?:script|arabic) ?: ?([^{_LATIN}]+)$", re.IGNORECASE)
_LIST_IN_NOTE = re.compile(r"(?:^|\(|transliterations:)([^\d:;()]+(?:;[^\d:;()]+)+)(?:\)|$)")
_SPELLINGS_IN_NOTE = re.compile(r"([^\d:;()]+)\(transliterations of original script name\)$")


def _names_in_note(note: str) -> list[str]:
    """Names that a note gives: in their own script, or as a list of spellings."""
    if match := _SCRIPT_IN_NOTE.search(note):
        return [match[1].strip()] if _OTHER_SCRIPT.search(match[1]) else []
    if match := _LIST_IN_NOTE.search(note):
        return [name.strip() for name in match[1].split(";")]
    if match := _SPELLINGS_IN_NOTE.match(note):
        return [name.strip() for name in match[1].split(",")]
    return []


_POST = re.compile(
    r"\b(?:General|Admiral|Colonel|Major|Captain|Commander|Chief|Head|Deputy|Rector|President"
    r"|Minister|Director|Chairman|Governor|officer)\b"
)


def _posts(text: str) -> list[str]:
    """The posts in one DESIGNATION: until 2015 rank and post were packed with a slash."""
    if "/" not in text:
        return [text]
    posts = [post.strip() for post in text.split("/")]
    return posts if all(_POST.search(post) and post[0].isupper() for post in posts) else [text]


# ---------------------------------------------------------------- places and papers


def _birth_place(parts: Parts) -> BirthPlace | None:
    get = parts.get
    place = BirthPlace(
        city=get("CITY") or None,
        province=get("STATE_PROVINCE") or None,
        country=get("COUNTRY") or None,
        # STREET holds a village or a quarter here.
        note=_joined(get("STREET"), get("ZIP_CODE"), get("NOTE")),
    )
    empty = not (place.city or place.province or place.country or place.note)
    return None if empty else place


def _address(parts: Parts) -> str:
    """An address as one line, the note in brackets."""
    tags = ("STREET", "CITY", "STATE_PROVINCE", "ZIP_CODE", "COUNTRY")
    line = ", ".join(text for tag in tags if (text := parts.get(tag)))
    note = parts.get("NOTE")
    return f"{line} ({note})" if line and note else line or note or ""


def _document(parts: Parts) -> ListedDocument:
    get = parts.get
    kind, more = get("TYPE_OF_DOCUMENT", ""), get("TYPE_OF_DOCUMENT2", "")
    kinds = (kind,) if kind.casefold() == more.casefold() else (kind, more)
    country, place = get("ISSUING_COUNTRY", ""), get("COUNTRY_OF_ISSUE", "")
    issued = get("DATE_OF_ISSUE", "")
    span = _span(issued) if issued else None
    # A passport of one State can be issued in another, by its consulate.
    elsewhere = country and place and country != place
    return ListedDocument(
        type=", ".join(filter(None, kinds)) or None,
        number=get("NUMBER") or None,
        country=country or place or None,
        issued_on=span[0] if span else None,
        note=_joined(
            get("NOTE"),
            f"date of issue: {issued}" if issued and span is None else "",
            f"date of expiry: {get('DATE_OF_EXPIRY')}" if get("DATE_OF_EXPIRY") else "",
            f"city of issue: {get('CITY_OF_ISSUE')}" if get("CITY_OF_ISSUE") else "",
            f"country of issue: {place}" if elsewhere else "",
        ),
    )
