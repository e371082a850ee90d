"""The words of the domain, as enums and frozen value types.

Every type here is one shape from rule to wire: the same frozen dataclass is read from a request,
decided upon and written into an answer. The docstrings are the API's documentation. Nothing in
this module knows a clock, a network or a framework: `Checked` offers the two hooks that a
validator asks for by name, and imports none; nor a file but the source of these types, for what
their fields say.

Days and instants are kept as the text that said them: `1957`, `1957-03`, `1957-03-11` or a
date-time. What such a text may mean at a place is decided in `app.when`.
"""

import ast
import inspect
import re
import sys
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import MISSING, dataclass, fields
from datetime import date, datetime
from enum import StrEnum
from functools import cache
from itertools import pairwise
from types import MappingProxyType
from typing import Annotated, Any, Literal, TypeVar, dataclass_transform

T = TypeVar("T")

_CONFIG = {
    "extra": "forbid",
    # `from` and `with` are Python's own words: the field is `from_`, the wire says `from`.
    "alias_generator": lambda name: name.rstrip("_"),
    "serialize_by_alias": True,
    # What an answer holds it always holds: the document says so.
    "json_schema_serialization_defaults_required": True,
}


@dataclass_transform(frozen_default=True, kw_only_default=True)
def value(cls: type[T]) -> type[T]:
    """Make a frozen, keyword-only value type that refuses unknown fields when read."""
    cls.__pydantic_config__ = _CONFIG  # type: ignore[attr-defined]
    made = dataclass(frozen=True, slots=True, kw_only=True, init=False)(cls)
    _fill_by_slots(made)
    for field in fields(made):  # type: ignore[arg-type]
        if field.name in cls.__annotations__:
            field.metadata = MappingProxyType(_Described(made, field.name))
    return made


def _fill_by_slots(cls: type) -> None:
    """Give a frozen type an `__init__`, as `dataclass` does, and `__replace__`, each by its slots.

    An answer is made of a hundred values and more, and a slot's own setter takes less time than
    `object.__setattr__`, which `dataclass` calls for every field.
    """
    if hasattr(cls, "__post_init__"):
        raise TypeError(f"{cls.__name__} is filled in and no more: nothing runs after that")
    names = [field.name for field in fields(cls)]
    setters = {name: getattr(cls, name).__set__ for name in names}
    known: dict[str, Any] = {"cls": cls, "new": object.__new__, "setters": setters}
    known |= {f"set_{name}": setter for name, setter in setters.items()}
    known |= {f"default_{field.name}": field.default for field in fields(cls)}
    given = [
        field.name if field.default is MISSING else f"{field.name}=default_{field.name}"
        for field in fields(cls)
    ]
    text = [
        f"def __init__(self, *, {', '.join(given)}):",
        *(f" set_{name}(self, {name})" for name in names),
        "def __replace__(self, /, **changes):",
        " made = new(cls)",
        *(f" set_{name}(made, self.{name})" for name in names),
        " for name, changed in changes.items():",
        "  setters[name](made, changed)",
        " return made",
    ]
    exec("\n".join(text), known)  # noqa: S102 - as `dataclass` itself makes them
    for name in ("__init__", "__replace__"):
        setattr(cls, name, known[name])


def changed(item: T, **changes: Any) -> T:
    """A value with some fields changed: as `dataclasses.replace` does, in a third of the time."""
    made: T = item.__replace__(**changes)  # type: ignore[attr-defined]
    return made


class _Described(Mapping[str, str]):
    """The docstring of a field, for whoever documents it; looked up when somebody asks.

    Pydantic can do so itself, but reads the whole module again for every type: at each start that
    takes longer than all else that it does for them.
    """

    def __init__(self, cls: type, name: str) -> None:
        self._cls = cls
        self._name = name

    def _found(self) -> dict[str, str]:
        said = _said_of_fields(self._cls.__module__).get(self._cls.__qualname__, {})
        return {"description": said[self._name]} if self._name in said else {}

    def __getitem__(self, key: str) -> str:
        return self._found()[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._found())

    def __len__(self) -> int:
        return len(self._found())


@cache
def _said_of_fields(module: str) -> dict[str, dict[str, str]]:
    """Of each class of a module, the docstrings that stand below its fields."""
    found: dict[str, dict[str, str]] = {}
    for node in ast.parse(inspect.getsource(sys.modules[module])).body:
        if isinstance(node, ast.ClassDef):
            found[node.name] = {
                field.target.id: inspect.cleandoc(below.value.value)
                for field, below in pairwise(node.body)
                if isinstance(field, ast.AnnAssign)
                and isinstance(field.target, ast.Name)
                and isinstance(below, ast.Expr)
                and isinstance(below.value, ast.Constant)
                and isinstance(below.value.value, str)
            }
    return found


class Checked:
    """A check that travels with a type: `check` raises ValueError, `schema` documents it.

    With `before` it sees what was sent, before it is read as the type.
    """

    def __init__(self, check: Callable[[Any], Any], *, before: bool = False, **schema: Any) -> None:
        self.check = check
        self.kind = "function-before" if before else "function-after"
        self.schema = schema

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> dict[str, Any]:
        return {
            "type": self.kind,
            "function": {"type": "no-info", "function": self.check},
            "schema": handler(source),
        }

    def __get_pydantic_json_schema__(self, core: Any, handler: Any) -> dict[str, Any]:
        schema: dict[str, Any] = handler(core)
        schema.update(self.schema)
        return schema


class Word(StrEnum):
    """A word of the domain, which is written as the text that it is."""

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: Any) -> dict[str, Any]:
        # To write an enum as one asks it for its value first, which takes longer than to write it.
        return {**handler(source), "serialization": {"type": "str"}}


class NullIs(Checked):
    """Null is the same as absent, and both are this."""

    def __init__(self, absent: Any) -> None:
        super().__init__(lambda given: absent if given is None else given, before=True)

    def __get_pydantic_json_schema__(self, core: Any, handler: Any) -> dict[str, Any]:
        return {"anyOf": [handler(core), {"type": "null"}]}


# ---------------------------------------------------------------- texts, days, codes

_PARTIAL_DAY = re.compile(r"^\d{4}(-\d{2}(-\d{2})?)?$")
_YEAR = r"(1[89]\d\d|20\d\d|21\d\d)"
_MONTH = r"(0[1-9]|1[0-2])"
_DAY_OF_MONTH = r"(0[1-9]|[12]\d|3[01])"
_CLOCK = r"([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,6})?)?"
_OFFSET = r"(Z|[+-]([01]\d|2[0-3]):[0-5]\d)"
_DATE_TIME = re.compile(rf"^{_YEAR}-{_MONTH}-{_DAY_OF_MONTH}T{_CLOCK}{_OFFSET}?$")
_FIRST_YEAR, _LAST_YEAR = 1800, 2199


_UNSEEN = ("C", "Z")  # categories of characters that leave nothing on paper
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")  # all but tab and the ends of lines


def _text(longest: int) -> Callable[[str], str]:
    def check(text: str) -> str:
        if len(text) > longest:
            raise ValueError(f"is longer than {longest} characters")
        if text.isprintable() and text.strip(" "):
            return text  # nothing unseen but blanks, and more than those: nearly every text
        encodable(text)
        if all(unicodedata.category(letter)[0] in _UNSEEN for letter in text):
            raise ValueError("is blank")
        return text

    return check


def encodable(text: str) -> str:
    """The text itself; ValueError where it holds half a character or a control character."""
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise ValueError("holds half of a character (a lone surrogate)") from error
    if _CONTROL.search(text):
        raise ValueError("holds a control character")
    return text


_IMO_NUMBER = re.compile(r"\s*[0-9]{7}\s*")


def _name(text: str) -> str:
    if not any(letter.isalpha() for letter in text) and not _IMO_NUMBER.fullmatch(text):
        raise ValueError("is blank: it holds no letter")
    return text


def _reference(text: str) -> str:
    return text.strip()


def flag(given: Any) -> Any:
    """What was sent, when it is true or false; else ValueError."""
    if not isinstance(given, bool):
        raise ValueError("is neither true nor false")
    return given


def number(given: Any) -> Any:
    """What was sent, when it is a number; else ValueError."""
    if isinstance(given, bool) or not isinstance(given, int | float):
        raise ValueError("is not a number")
    return given


def partial_day(text: str) -> str:
    """The text itself when it is a year, a month or a day that exists; else ValueError."""
    if not _PARTIAL_DAY.match(text):
        raise ValueError("is not a year, a month or a day (1957, 1957-03 or 1957-03-11)")
    if not _FIRST_YEAR <= int(text[:4]) <= _LAST_YEAR:
        raise ValueError(f"is not between the years {_FIRST_YEAR} and {_LAST_YEAR}")
    try:
        date.fromisoformat(text + "-01-01"[len(text) - 4 :])
    except ValueError as error:
        raise ValueError("is no day of the calendar") from error
    return text


def whole_day(text: str) -> str:
    """The text itself when it is one day that exists; else ValueError."""
    if len(text) != len("1957-03-11"):
        raise ValueError("is not a day (2015-07-24)")
    return partial_day(text)


def day_or_month(text: str) -> str:
    """The text itself when it is a day of the calendar or a month; else ValueError."""
    if len(text) == 4:
        raise ValueError("is no day or month")
    return partial_day(text)


def day_or_instant(text: str) -> str:
    """The text itself when it is a day or a date-time that exists; else ValueError."""
    if "T" not in text:
        return whole_day(text)
    if not _DATE_TIME.match(text):
        raise ValueError("is not a date-time (2015-07-24T18:30, with or without Z or an offset)")
    try:
        datetime.fromisoformat(text)
    except ValueError as error:
        raise ValueError("is no moment of the calendar") from error
    whole_day(text[:10])
    return text


def arrival(text: str) -> str:
    """The text itself when it is a year, a month, a day or a date-time that exists."""
    return day_or_instant(text) if "T" in text else partial_day(text)


def instant(text: str) -> str:
    """The text itself when it is a date-time with Z or an offset; else ValueError."""
    if "T" not in text or not re.search(r"(Z|[+-]\d{2}:\d{2})$", text):
        raise ValueError("is not an instant (2015-08-15T12:00:00Z)")
    return day_or_instant(text)


STATE_CODES = frozenset(
    str.split(
        "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN "
        "BO BQ BR BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ "
        "DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL "
        "GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM "
        "JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME "
        "MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP "
        "NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD "
        "SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO "
        "TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW"
    )
)
"""The 249 officially assigned alpha-2 codes of ISO 3166-1; a test holds data/places.csv to them."""


def state_code(text: str) -> str:
    """The text itself when it is an ISO 3166-1 alpha-2 code; else ValueError."""
    if text not in STATE_CODES:
        raise ValueError("is not an ISO 3166-1 alpha-2 code (RU)")
    return text


def between(fewest: int, most: int) -> Callable[[tuple[Any, ...]], tuple[Any, ...]]:
    """A check that a list holds so many items; ValueError where it does not."""

    def check(items: tuple[Any, ...]) -> tuple[Any, ...]:
        if not fewest <= len(items) <= most:
            raise ValueError(f"holds {len(items)} items, and may hold {fewest} to {most}")
        return items

    return check


Text = Annotated[
    str,
    Checked(_text(500), minLength=1, maxLength=500, pattern=r"\S"),
]
"""A text of 1 to 500 characters that is not blank."""

Name = Annotated[
    str, Checked(_text(500)), Checked(_name, minLength=1, maxLength=500, pattern=r"\S")
]
"""A name of 1 to 500 characters that holds a letter, or the seven digits of an IMO number."""

Flag = Annotated[bool, Checked(flag, before=True)]
"""True or false, and nothing that could be taken for it."""

Share = Annotated[float, Checked(number, before=True)]
"""A number."""

Whole = Annotated[int, Checked(number, before=True)]
"""A whole number."""

LongText = Annotated[str, Checked(_text(5000), minLength=1, maxLength=5000, pattern=r"\S")]
"""A text of 1 to 5,000 characters that is not blank."""

PartialDay = Annotated[
    str,
    Checked(
        partial_day, pattern=rf"^{_YEAR}(-{_MONTH}(-{_DAY_OF_MONTH})?)?$", examples=["1957-03"]
    ),
]
"""A year, a month or a day: `1957`, `1957-03`, `1957-03-11`."""

WholeDay = Annotated[
    str,
    Checked(
        whole_day,
        pattern=rf"^{_YEAR}-{_MONTH}-{_DAY_OF_MONTH}$",
        format="date",
        examples=["2015-07-24"],
    ),
]
"""One calendar day: `2015-07-24`."""

DayOrMonth = Annotated[
    str,
    Checked(day_or_month, pattern=rf"^{_YEAR}-{_MONTH}(-{_DAY_OF_MONTH})?$", examples=["2015-07"]),
]
"""A calendar day, or a month: some day of it."""

DayOrInstant = Annotated[
    str,
    Checked(
        day_or_instant,
        pattern=rf"^{_YEAR}-{_MONTH}-{_DAY_OF_MONTH}(T{_CLOCK}{_OFFSET}?)?$",
        examples=["2015-07-24"],
    ),
]
"""A calendar day, or a date-time (with no offset it is local time at the place)."""

ArrivalDay = Annotated[
    str,
    Checked(
        arrival,
        pattern=rf"^{_YEAR}(-{_MONTH}(-{_DAY_OF_MONTH}(T{_CLOCK}{_OFFSET}?)?)?)?$",
        examples=["2015-07-24"],
    ),
]
"""When somebody arrived: a year, a month, a day, or a date-time."""

Instant = Annotated[
    str,
    Checked(
        instant,
        pattern=rf"^{_YEAR}-{_MONTH}-{_DAY_OF_MONTH}T{_CLOCK}{_OFFSET}$",
        examples=["2026-11-24T12:00:00Z"],
    ),
]
"""A moment everywhere the same: a date-time with `Z` or an offset."""

StateCode = Annotated[str, Checked(state_code, enum=sorted(STATE_CODES), examples=["RU"])]
"""An ISO 3166-1 alpha-2 code."""

Reference = Annotated[
    str,
    Checked(_text(40)),
    Checked(_reference, minLength=1, maxLength=40, pattern=r"\S", examples=["IRi.039"]),
]
"""A permanent reference number, such as `IRi.039`."""


def regime_number(text: str) -> str:
    """The text itself when it is the number of a resolution; else ValueError."""
    if not re.fullmatch(r"[1-9]\d{2,3}", text):
        raise ValueError("is not the number of a regime's founding resolution (1737)")
    return text


RegimeNumber = Annotated[str, Checked(regime_number, pattern=r"^[1-9]\d{2,3}$", examples=["1737"])]
"""The number of a regime: that of its founding resolution."""


# ---------------------------------------------------------------- the Consolidated List


class PartyKind(Word):
    """What kind of party a record lists."""

    individual = "individual"
    entity = "entity"


class ListKind(Word):
    """What a list's silence means: a `full` list speaks for everybody, a `supplement` does not."""

    full = "full"
    supplement = "supplement"


class AliasQuality(Word):
    """How good the list calls an alias; `not_said` where it does not."""

    good = "good"
    low = "low"
    not_said = "not_said"


class Gender(Word):
    """Gender as a list or a caller gives it."""

    female = "female"
    male = "male"


class BirthDateKind(Word):
    """How exactly a list gives a date of birth."""

    exact = "exact"
    approximate = "approximate"
    between = "between"
    note_only = "note_only"


@value
class Alias:
    """Another name that a record gives for its party."""

    name: str
    quality: AliasQuality
    note: str | None
    birth_date: str | None


@value
class BirthDate:
    """One date of birth of a record; several are alternatives, not a sequence."""

    kind: BirthDateKind
    earliest: str | None
    """The first year, month or day that it may mean; null when only a note is given."""
    latest: str | None
    note: str | None


@value
class BirthPlace:
    """One place of birth of a record."""

    city: str | None
    province: str | None
    country: str | None
    note: str | None


@value
class ListedDocument:
    """One travel or identity document of a record, as the list gives it."""

    type: str | None
    number: str | None
    country: str | None
    """The issuing country, as the list spells it."""
    issued_on: str | None
    note: str | None


@value
class UnknownElement:
    """An element of a record that this reader does not know; kept, and reported."""

    path: str
    text: str


@value
class Entry:
    """One record of one list, white space folded; the file itself keeps the raw element."""

    reference: str
    kind: PartyKind
    name_parts: tuple[str, ...]
    """FIRST_NAME to FOURTH_NAME, those that are given; they are not given and family names."""
    original_script: str | None
    regime_word: str
    """UN_LIST_TYPE as the list spells it, such as `Iran`."""
    listed_on: str | None
    delisted_on: str | None
    gender: Gender | None
    titles: tuple[str, ...]
    designations: tuple[str, ...]
    nationalities: tuple[str, ...]
    """Country names as the list spells them."""
    aliases: tuple[Alias, ...]
    birth_dates: tuple[BirthDate, ...]
    birth_places: tuple[BirthPlace, ...]
    documents: tuple[ListedDocument, ...]
    addresses: tuple[str, ...]
    comments: str | None
    amended_on: tuple[str, ...]
    interpol_link: str | None
    data_id: str | None
    """DATAID, kept and never used: it has been given to other parties since."""
    unknown: tuple[UnknownElement, ...]

    @property
    def name(self) -> str:
        """The primary name, its parts joined by blanks."""
        return " ".join(self.name_parts)


@value
class Snapshot:
    """One list on record: a download of the full list, or a supplement."""

    sha256: str
    """SHA-256 of the XML bytes: the snapshot's name."""
    list_kind: ListKind
    generated: str
    """`dateGenerated`, an instant in UTC."""
    source: str
    """The file name or address it was read from."""
    recorded_at: str
    """When it was promoted here, an instant in UTC."""
    individuals: int
    entities: int


@value
class Version:
    """A record as one or more lists held it, with the newest list that did."""

    entry: Entry
    snapshot: Snapshot


class DesignationEvent(Word):
    """What a designation fact says happened."""

    listed = "listed"
    delisted = "delisted"
    relisted = "relisted"
    died = "died"


class AcceptedSide(Word):
    """Which is believed where a designation fact and lists contradict each other."""

    fact = "fact"
    list_ = "list"


@value
class Accepted:
    """Somebody's decision between a designation fact and the lists that contradict it."""

    side: AcceptedSide
    by: str
    because: str


@value
class DesignationFact:
    """A dated fact about one designation that no list says by itself."""

    reference: str
    event: DesignationEvent
    on: str
    """The day (at the place entered) or instant from which it holds; the first of a bracket."""
    by: str | None
    """Where only a bracket is known: the day or instant by which it held."""
    source: str
    checked: bool
    """Whether the source itself was read, rather than taken from general knowledge."""
    disputed: bool
    accepted: Accepted | None
    """The side that somebody accepted where lists contradict it; null: nobody has decided."""


@value
class Party:
    """A party as data/designations names it, whether or not a list on record holds it."""

    reference: str
    """Its reference number or, where none was seen, a key made of regime and name."""
    kind: PartyKind
    regime: str
    """The number of the regime: `1267`."""
    regime_word: str
    """UN_LIST_TYPE of the regime's records."""
    names: tuple[str, ...]
    """Names it was listed by, the newest first; at least one."""


def numbered(reference: str) -> bool:
    """Whether this is a reference number, and not a key that stands in where none was seen."""
    return ":" not in reference


def called(reference: str) -> str:
    """A reference as sentences say it: a key is said to be none."""
    return reference if numbered(reference) else f"{reference} (no reference number seen)"


class ListingStanding(Word):
    """Was this reference listed on that day, as far as is on record?"""

    listed = "listed"
    end_unknown = "end_unknown"
    between = "between"
    before_our_record = "before_our_record"
    not_listed = "not_listed"


class Holds(Word):
    """Whether something holds on the days in question."""

    yes = "yes"
    possible = "possible"
    no = "no"


@value
class DesignationInterval:
    """What the record says of one reference from one boundary to the next, half-open."""

    reference: str
    standing: ListingStanding
    listed: Holds
    from_: str | None
    """A day, an instant, or null: since ever."""
    until: str | None
    snapshots: tuple[Snapshot, ...]
    """The lists that it rests on."""
    facts: tuple[DesignationFact, ...]
    """The designation facts that it rests on."""
    listed_on: str | None
    """LISTED_ON, where it rests on that."""
    words: str


@value
class Listed:
    """Everything on record about one reference, by every list that ever held it.

    Where no list on record holds it, it is known by the names that designation facts give it.
    """

    reference: str
    kind: PartyKind
    regime_word: str
    versions: tuple[Version, ...]
    """Distinct records, newest list first; none where no list on record holds it."""
    also: tuple[str, ...]
    """Names that no list on record gives it and data/designations does, the newest first."""
    named_by: DesignationFact | None
    """The oldest designation fact of it: what these names are cited by."""
    died: DesignationFact | None
    same_person: tuple[str, ...]
    """Other references recorded as this same person."""

    @property
    def name(self) -> str:
        """The primary name of the newest record, or the newest that a fact gives."""
        return self.versions[0].entry.name if self.versions else self.also[0]

    @property
    def listed_on(self) -> str | None:
        """LISTED_ON of the newest record; null where none is given, or no list holds it."""
        return self.versions[0].entry.listed_on if self.versions else None


@value
class Designated:
    """One reference as the law looks at it: what kind of party, on whose list, and when."""

    reference: str
    kind: PartyKind
    regime_word: str
    intervals: tuple[DesignationInterval, ...]
    """What is on record of its listing, since ever."""


# ---------------------------------------------------------------- the law


class MeasureKind(Word):
    """What a measure asks of States.

    A travel restriction asks that entry be restricted, short of a ban; expulsion, cancelled
    documents and border control are no refusal of entry.
    """

    travel_ban = "travel_ban"
    travel_vigilance = "travel_vigilance"
    travel_notification = "travel_notification"
    travel_restriction = "travel_restriction"
    asset_freeze = "asset_freeze"
    expulsion = "expulsion"
    document_cancellation = "document_cancellation"
    border_control = "border_control"


TRAVEL_MEASURES = frozenset(
    {MeasureKind.travel_ban, MeasureKind.travel_vigilance, MeasureKind.travel_notification}
)
"""Those that the measure standing weighs; a travel restriction reaches nobody by name."""


class Strength(Word):
    """How a measure binds: the Council decides, decides that it be told, or calls upon."""

    binding = "binding"
    binding_notification = "binding_notification"
    call = "call"


class Decider(Word):
    """Who decides that an exception applies."""

    automatic = "automatic"
    committee = "committee"
    council = "council"
    state = "state"


class ExceptionKind(Word):
    """What an exception written into a measure is for."""

    own_nationals = "own_nationals"
    judicial_process = "judicial_process"
    excepted_activity = "excepted_activity"
    un_headquarters = "un_headquarters"
    humanitarian = "humanitarian"
    international_organisation = "international_organisation"
    furthers_objectives = "furthers_objectives"
    peace_and_reconciliation = "peace_and_reconciliation"
    state_determination = "state_determination"
    case_by_case = "case_by_case"
    return_home_or_justice = "return_home_or_justice"
    ombudsperson_interview = "ombudsperson_interview"
    medical_emergency = "medical_emergency"
    official_mission = "official_mission"
    permanent_residents = "permanent_residents"


class ReachMode(Word):
    """Whom a measure reaches."""

    all_listed = "all_listed"
    annex = "annex"
    per_person = "per_person"
    listed_and_family = "listed_and_family"
    class_ = "class"
    conduct = "conduct"


class Covers(Word):
    """Which crossing a measure is about."""

    entry = "entry"
    transit = "transit"


class Ending(Word):
    """Why a measure was no longer in force."""

    expired = "expired"
    terminated = "terminated"
    suspended = "suspended"
    replaced = "replaced"
    moved = "moved"
    lifted = "lifted"


@value
class Authority:
    """The text that makes a measure: resolution, paragraph, day of adoption."""

    resolution: str
    paragraph: str | None
    """Null where a text that renewed or ended a measure was not read so closely."""
    adopted: str
    checked: bool
    """Whether this citation was compared with the resolution's text."""

    @property
    def words(self) -> str:
        """As a sentence says it: `S/RES/1929 (2010) paragraph 10`."""
        return authority_in_words(self.resolution, self.paragraph)


def authority_in_words(resolution: str, paragraph: str | None) -> str:
    """A resolution with its paragraph, or the place in its annex."""
    if paragraph is None:
        return resolution
    return f"{resolution} {'' if paragraph.startswith('Annex') else 'paragraph '}{paragraph}"


@value
class Dispute:
    """Who says that a measure is in force, who says that it is not, and by which documents."""

    in_force_say: tuple[str, ...]
    not_in_force_say: tuple[str, ...]
    argument: str
    documents: tuple[str, ...]

    def who_says(self, verb: str) -> str:
        """Who says what, in words; `verb` is that of the time spoken of, `is` or `was`."""
        return (
            f"{', '.join(self.in_force_say)} say that it {verb} in force; "
            f"{', '.join(self.not_in_force_say)} say that it {verb} not"
        )


@value
class MeasureInterval:
    """A time in which a measure is in force, half-open; each boundary a day or an instant."""

    from_: str
    from_by: str | None
    """Where only a bracket is known: it began between `from` and this boundary."""
    until: str | None
    until_by: str | None
    """Where only a bracket is known: it ended between `until` and this boundary."""
    why_began: str | None
    """Where it did not begin on the day of adoption: why not."""
    how_ended: Ending | None
    why_ended: str | None
    ended_by: Authority | None
    """The text that ended it, where one did."""
    authority: Authority | None
    """What put it in force for this time, where that is another text than the measure's own."""
    dispute: Dispute | None


@value
class Renewal:
    """A later text that renewed a measure, or stated it again."""

    authority: Authority
    to: str | None
    """The last day covered; null where it only states the measure again, or is not known."""


@value
class PersonFlag:
    """One person whom a measure reaches by name, with the times for which it does."""

    reference: str
    intervals: tuple[MeasureInterval, ...]
    source: str
    checked: bool


@value
class Reach:
    """Whom a measure reaches."""

    mode: ReachMode
    who: str
    """In words."""
    references: tuple[str, ...]
    """Mode `annex`: the references that the annexes name."""
    persons: tuple[PersonFlag, ...]
    """Mode `per_person`: each person's own times."""


@value
class MeasureException:
    """An exception that the measure's own text makes, or a later one."""

    kind: ExceptionKind
    decider: Decider
    resolution: str | None
    """Null: the measure's own."""
    paragraph: str
    words: str
    from_: str | None
    until: str | None
    references: tuple[str, ...]
    """Those for whom alone it is made; none: for everybody whom the measure reaches."""
    source: str
    checked: bool


@value
class Measure:
    """One measure of one regime: what the Council asked of States, of whom, and when."""

    id: str
    regime: str
    kind: MeasureKind
    strength: Strength
    authority: Authority
    covers: tuple[Covers, ...]
    reach: Reach
    intervals: tuple[MeasureInterval, ...]
    first_term_to: str | None
    """The last day that the founding text covers; null where it sets no term."""
    renewals: tuple[Renewal, ...]
    verified_to: str | None
    """The last day to which it was seen to be in force; null where it needs no renewal."""
    exceptions: tuple[MeasureException, ...]
    source: str
    note: str | None


class Publishes(Word):
    """Whether a committee publishes the exemptions it grants."""

    yes = "yes"
    partly = "partly"
    no = "no"
    not_known = "not_known"


@value
class Stated:
    """Something that the legal record states of a regime, with its source."""

    words: str
    source: str
    checked: bool


@value
class Move:
    """The list on which everybody on a regime's list stood before a day."""

    regime: str
    """The regime whose measures reached them until then."""
    on: str
    source: str
    checked: bool


@value
class MinorityClaim:
    """A claim, which nearly nobody accepts, that a measure is in force; it changes no verdict."""

    id: str
    who: tuple[str, ...]
    claims: str
    from_: str
    until: str | None
    outcome: str
    source: str
    checked: bool


@value
class Regime:
    """One committee's sanctions."""

    id: str
    """The number of the founding resolution, such as `1737`."""
    name: str
    committee: str
    state: str | None
    """The State that the regime is about, as an ISO code."""
    list_words: tuple[str, ...]
    """UN_LIST_TYPE values of its records."""
    prefix: str | None
    """First letters of its reference numbers, such as `IRi`; null where no list carried it."""
    publishes_exemptions: Publishes
    publishes_words: str
    no_travel_measure: Stated | None
    """The negative record: that this regime has no travel measure at all."""
    nobody_listed: Stated | None
    """That nobody was ever on its list."""
    not_gathered: tuple[MeasureKind, ...]
    """Kinds of measures of which the record does not claim to know."""
    moved_from: tuple[Move, ...]
    minority_claims: tuple[MinorityClaim, ...]
    measures: tuple[Measure, ...]


class ExemptionOutcome(Word):
    """What became of a request for leave to travel."""

    granted = "granted"
    refused = "refused"
    requested = "requested"
    lapsed = "lapsed"


@value
class Exemption:
    """Leave to travel for persons, a place and days; null days were not published."""

    id: str
    regime: str
    references: tuple[str, ...]
    unnamed: str | None
    """Words for a group of whom not everybody was named; null where all are."""
    outcome: ExemptionOutcome
    authority: Authority | None
    """The text under which leave is given; null where an office recorded it without."""
    state: str | None
    """ISO code; null is any State."""
    places: tuple[str, ...]
    """Cities; none is anywhere in the State."""
    purpose: str
    requested_by: str | None
    decided_on: str | None
    published_on: str | None
    from_: str | None
    """The first day covered; a month is some day of it."""
    until: str | None
    """The last day covered; a month is some day of it."""
    conditions: str | None
    note: str | None
    source: str
    checked: bool
    recorded_by: str | None
    """Who recorded it here; null for one that ships with the project."""
    recorded_at: str | None
    """The moment from which it counts, where it was recorded here; null for one that ships."""


@value
class LegalRecord:
    """The law, the exemptions and the designation facts on record, as one whole with a digest."""

    digest: str
    recorded_at: str
    regimes: tuple[Regime, ...]
    exemptions: tuple[Exemption, ...]
    parties: tuple[Party, ...]
    """Everybody whom a designation fact names, in order of reference."""
    facts: tuple[DesignationFact, ...]
    same_person: tuple[tuple[str, ...], ...]


# ---------------------------------------------------------------- the travel report


class LegKind(Word):
    """Entry into a State, transit through it, or departure from it."""

    entry = "entry"
    transit = "transit"
    departure = "departure"


class PurposeKind(Word):
    """What a journey is said to be for."""

    judicial = "judicial"
    humanitarian = "humanitarian"
    religious = "religious"
    peace = "peace"
    international_organisation = "international_organisation"
    un_headquarters = "un_headquarters"
    excepted_activity = "excepted_activity"
    other = "other"


class ClaimType(Word):
    """What a statement does to the question whether the person travelled."""

    asserts = "asserts"
    asserts_part = "asserts_part"
    presupposes = "presupposes"
    conditional = "conditional"
    announces = "announces"
    denies = "denies"
    denies_part = "denies_part"
    asserts_elsewhere = "asserts_elsewhere"
    denies_identity = "denies_identity"
    denies_knowledge = "denies_knowledge"
    no_comment = "no_comment"
    retracts = "retracts"
    exemption_statement = "exemption_statement"
    determines = "determines"
    legal_opinion = "legal_opinion"
    legal_statement = "legal_statement"


class Side(Word):
    """Where a speaker stands, relative to the legs spoken of."""

    traveller = "traveller"
    state_of_nationality = "state_of_nationality"
    state_of_entry = "state_of_entry"
    third_state = "third_state"
    un_body = "un_body"
    press = "press"
    anonymous = "anonymous"
    other = "other"


class PartKind(Word):
    """Which part of a journey a claim speaks of."""

    meeting = "meeting"
    stopover = "stopover"
    transit = "transit"
    entry = "entry"
    photograph = "photograph"
    other = "other"


class EvidenceKind(Word):
    """What a claim rests on."""

    statement = "statement"
    photograph = "photograph"
    record = "record"


class SourceKind(Word):
    """What the whole report comes from."""

    report = "report"
    booking = "booking"
    manifest = "manifest"
    border_record = "border_record"


class ExemptionStatus(Word):
    """What a claim says of an exemption."""

    granted = "granted"
    requested = "requested"
    refused = "refused"
    none_requested = "none_requested"
    unknown = "unknown"


class StatedMeasure(Word):
    """What a legal statement says a person is under, or a regime has."""

    travel_ban = "travel_ban"
    travel_vigilance = "travel_vigilance"
    travel_notification = "travel_notification"
    travel_restriction = "travel_restriction"
    asset_freeze = "asset_freeze"
    expulsion = "expulsion"
    document_cancellation = "document_cancellation"
    border_control = "border_control"
    listing = "listing"


@value
class TravelDocument:
    """A travel document that the caller knows of."""

    number: Text
    type: Text | None = None
    country: StateCode | None = None
    """The issuing State; it need not be the bearer's own."""
    nationality: StateCode | None = None
    """What the document itself says of its bearer's nationality."""


@value
class Traveller:
    """Who is said to have travelled, and whatever else is known of them."""

    name: Name
    reference: Reference | None = None
    """Restricts the candidates to this reference; cited as the caller's word."""
    birth_date: PartialDay | None = None
    place_of_birth: Text | None = None
    nationality: StateCode | None = None
    gender: Gender | None = None
    role: Text | None = None
    """Title, office or organisation, in words."""
    document: Text | TravelDocument | None = None
    family_of: Reference | None = None
    """The reference of a listed person whose relative this is."""


@value
class Purpose:
    """What a journey is said to be for, and which claim says so."""

    kind: PurposeKind
    words: Text
    claim: Text | None = None
    """The id of the claim that says so; without it the purpose is the caller's word."""


@value
class Leg:
    """One State entered, crossed or left."""

    state: StateCode | None
    place: Text | None = None
    from_: ArrivalDay | None
    """The arrival."""
    to: WholeDay | None = None
    """The last day there; null when not said."""
    kind: Annotated[LegKind, NullIs(LegKind.entry)] = LegKind.entry
    purpose: Purpose | None = None


@value
class Speaker:
    """Who made a statement."""

    name: Text
    role: Text | None = None


@value
class Quote:
    """The words of a claim, with their half-open offsets in Unicode code points."""

    start: Annotated[Whole, Checked(lambda n: _at_least(n, 0), minimum=0)]
    end: Annotated[Whole, Checked(lambda n: _at_least(n, 0), minimum=0)]
    text: LongText


def _at_least(number: int, least: int) -> int:
    if not least <= number <= 10**9:
        raise ValueError(f"is not between {least} and 1000000000")
    return number


@value
class Part:
    """A part of a journey: a meeting with somebody, a stopover, a photograph."""

    kind: PartKind
    with_: Text | Annotated[tuple[Text, ...], Checked(between(0, 50), maxItems=50)] | None = None


@value
class ExemptionStatement:
    """What a claim says of an exemption."""

    status: ExemptionStatus
    by: Text | None = None
    on: WholeDay | None = None
    from_: WholeDay | None = None
    to: WholeDay | None = None


_STATED = "|".join(StatedMeasure)
_SEVERAL_STATED = re.compile(rf"({_STATED})((, ?| and )({_STATED}))*")


def stated_measures(text: str) -> str:
    """The text itself when it names measures, separated by commas or `and`; else ValueError."""
    if not _SEVERAL_STATED.fullmatch(text):
        raise ValueError(f"names no measure ({_STATED}, several separated by commas)")
    return text


@value
class Law:
    """What a text says the law is."""

    measure: (
        Annotated[
            str,
            Checked(
                stated_measures,
                pattern=rf"^({_STATED})((, ?| and )({_STATED}))*$",
                examples=["travel_ban", "travel_ban, asset_freeze"],
            ),
        ]
        | Annotated[tuple[StatedMeasure, ...], Checked(between(1, 9), minItems=1, maxItems=9)]
    )
    """One or more kinds of measures, or `listing`."""
    in_force: Annotated[Flag, NullIs(True)] = True
    """False where the text says that the measure does not apply, or no longer does."""
    strength: Strength | None = None
    authority: Text | None = None
    """A resolution, with or without its paragraph: `1929`, `S/RES/1929 (2010) paragraph 10`; or
    whatever else is said to have made the measure."""
    since: PartialDay | None = None
    until: PartialDay | None = None
    """The last day, month or year in which it is said to hold."""

    @property
    def measures(self) -> tuple[StatedMeasure, ...]:
        """The measures named, in their order."""
        if isinstance(self.measure, tuple):
            return self.measure
        return tuple(StatedMeasure(word) for word in re.split(r", ?| and ", self.measure))


class FoundBy(Word):
    """Who found a claim in a text."""

    rules = "rules"
    parser = "parser"
    person = "person"


class DraftStatus(Word):
    """What became of a claim that was read from a text; a draft was reviewed by nobody."""

    draft = "draft"
    accepted = "accepted"
    changed = "changed"
    rejected = "rejected"


@value
class Grade:
    """An Admiralty grade that a person set: source A to F, information 1 to 6."""

    source: Literal["A", "B", "C", "D", "E", "F"]
    information: Annotated[Literal[1, 2, 3, 4, 5, 6], Checked(number, before=True)]


@value
class Claim:
    """One statement by one speaker about the journey, the person, an exemption or the law."""

    id: Text | None = None
    type: ClaimType
    speaker: Text | Speaker
    speaker_state: StateCode | None = None
    """The State that the speaker speaks for, or belongs to."""
    side: Side
    named: Flag
    first_hand: Flag | None = None
    origin: Text | None = None
    """Where the claim first came from; copies of one origin share it."""
    legs: (
        Annotated[
            tuple[Annotated[Whole, Checked(lambda n: _at_least(n, 0), minimum=0)], ...],
            Checked(between(1, 50), minItems=1, maxItems=50),
        ]
        | None
    ) = None
    """Numbers, from 0, of the legs spoken of."""
    said_on: PartialDay | None = None
    published_on: PartialDay | None = None
    quote: LongText | Quote | None = None
    part: PartKind | Part | None = None
    target: Text | None = None
    """The id of an earlier claim: the one retracted."""
    evidence: EvidenceKind | None = None
    """What it rests on; left out, a statement."""
    accepted_by: Text | None = None
    """The reviewer who accepted the evidence; without one no document counts as one."""
    grade: Grade | None = None
    exemption: ExemptionStatement | None = None
    law: Law | None = None
    nationality: StateCode | None = None
    """The nationality that the speaker says the traveller has."""
    found_by: FoundBy | None = None
    """Who found the claim in a text; left out where the caller says what was claimed."""
    status: DraftStatus | None = None
    """What became of a claim that was read from a text; left out, it is the caller's word."""
    cue: LongText | Quote | None = None
    """The words by which a claim that was read from a text was found."""

    @property
    def speaker_name(self) -> str:
        """The speaker's name alone."""
        return self.speaker if isinstance(self.speaker, str) else self.speaker.name

    @property
    def part_kind(self) -> PartKind | None:
        """The part spoken of, if any."""
        return self.part.kind if isinstance(self.part, Part) else self.part


@value
class Source:
    """What the whole report comes from."""

    kind: SourceKind
    name: Text
    accepted_by: Text | None = None


@value
class Report:
    """A travel report: who is said to have entered which States when, and who says so."""

    traveller: Traveller
    legs: Annotated[tuple[Leg, ...], Checked(between(1, 50), minItems=1, maxItems=50)]
    claims: Annotated[tuple[Claim, ...], Checked(between(0, 500), maxItems=500), NullIs(())] = ()
    source: Source | None = None
    as_of: DayOrInstant | None = None
    """The legal clock; left out, it is each leg's arrival."""
    known_at: Instant | None = None
    """The knowledge clock; left out, it is the recording time of the newest fact on record."""


# ---------------------------------------------------------------- what an answer is made with


class Certainty(Word):
    """Whether a standing holds over all that was said, or over some of it."""

    definite = "definite"
    possible = "possible"


@value
class Policy:
    """Thresholds that an office may set; echoed in each answer."""

    threshold: float
    """Similarity from which a candidate is shown."""
    strong: float
    """Similarity from which a name counts as strong."""
    fresh_days: int
    """Days for which the newest list is taken to hold after it was generated."""
    limit: int
    """How many candidates are shown at the most."""


class PlaceKind(Word):
    """What a row of data/places.csv is about."""

    state = "state"
    city = "city"
    seat = "seat"
    shared = "shared"


@value
class Place:
    """One row of data/places.csv."""

    kind: PlaceKind
    name: str
    also: tuple[str, ...]
    code: str
    """The ISO code of the State or territory; of a shared name all codes, with `;` between."""
    state: str | None
    """The ISO code of the State that answers for it; null where that is disputed, or several do."""
    zones: tuple[str, ...]
    """Names of the time zones of the tz database."""
    capital: str | None
    disputed: str | None
    disputed_since: str | None
    """The day from which it is disputed; null: longer than anybody here asks."""
    note: str | None


@value
class VerdictRow:
    """One row of the published verdict table: it holds when any of its conditions does."""

    verdict: str
    when: tuple[Mapping[str, tuple[str, ...]], ...]
    """Alternatives; each maps a fact to the words of which it must be one."""
    sentence: str


@value
class Tables:
    """What ships with the engine and is no fact of one day: names, places, the verdict table."""

    places: tuple[Place, ...]
    names: Mapping[str, Mapping[str, str]]
    """data/names: table, then form to meaning."""
    reading: Mapping[str, Mapping[str, str]]
    """data/reading, in the same way: the words by which texts are read."""
    verdicts: tuple[VerdictRow, ...]
    gravity: tuple[str, ...]
    """Verdicts from the least grave to the gravest."""
    fragments: Mapping[str, str]
    """Words that sentences are made of."""
    digest: str
