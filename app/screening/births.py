"""A birth date that is given beside one on record: it fits, it does not, or neither can be said.

A date that was miswritten in a usual way, or carried over from another calendar, neither agrees
nor conflicts: it would be wrong to tell anybody apart by it, and as wrong to identify by it.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import product

from app.screening import calendars
from app.screening.calendars import Calendar
from app.terms import BirthDate, BirthDateKind
from app.when import DAY, days

Span = tuple[date, date]
"""The first and the last day that a date may mean."""

_APPROXIMATE_YEARS = 2
_DAYS_OFF = 2
"""How far two ways of carrying a day over from a Hijri calendar come apart."""

_USED = {"AF": Calendar.solar, "IR": Calendar.solar, "SA": Calendar.lunar}
"""States whose papers are, or long were, dated by a Hijri calendar."""


def used(codes: Iterable[str]) -> tuple[Calendar, ...]:
    """The Hijri calendars by which the papers of these States are dated."""
    return tuple(sorted({_USED[code] for code in codes if code in _USED}))


def in_words(born: BirthDate) -> str:
    """A listed date of birth as words; empty where the record says nothing."""
    if born.earliest is None:
        return born.note or ""
    about = "about " if _approximate(born) else ""
    if born.latest and born.latest != born.earliest:
        return f"between {about}{born.earliest} and {born.latest}"
    # Beside a whole day a note says something else of it: "from false passport".
    whole = len(born.earliest) == len("1957-03-11")
    return f"{about}{born.earliest}" + (f" ({born.note})" if born.note and whole else "")


def fits(said: str, born: BirthDate, of_states: tuple[Calendar, ...]) -> tuple[bool | None, str]:
    """Whether a year, month or day of birth fits a listed one; where null, why neither.

    `of_states` are the calendars of the States that the record points to.
    """
    asked, text = days(said), in_words(born)
    spans = tuple(readings(born, of_states))
    if not spans:
        return None, f"“{text}” names no day, month or year that could be compared"
    if any(first <= asked[1] and asked[0] <= last for first, last in spans):
        return True, ""
    if born.kind is BirthDateKind.between and _approximate(born):
        first, last = _widened(spans[0])
        if first <= asked[1] and asked[0] <= last:
            return None, f"it is within two years of a span that the list calls approximate: {text}"
        return False, ""
    if _approximate(born):
        return False, ""
    if born.earliest is not None and born.earliest == (born.latest or born.earliest):
        if _swapped(said, born.earliest):
            return None, f"it is {born.earliest} with day and month the other way round"
        if said[:4] == born.earliest[:4] and "-01-01" in (said[4:], born.earliest[4:]):
            return None, (
                f"it is of the same year as {born.earliest}, and 1 January is often written where "
                "only the year is known"
            )
    for calendar, span in product(of_states, spans):
        if _carried_over(asked, span, calendar):
            return None, (
                f"it and {text} may be one date of the {calendar} calendar, carried over "
                "in two ways"
            )
    return False, ""


def _approximate(born: BirthDate) -> bool:
    """Whether the record says so: by the kind of date, or in a note beside it."""
    return born.kind is BirthDateKind.approximate or "approximately" in (born.note or "").casefold()


def readings(born: BirthDate, of_states: tuple[Calendar, ...]) -> Iterator[Span]:
    """What a listed date of birth may mean; nothing where it cannot be read."""
    if born.earliest is None:
        yield from _of_the_hijra(born.note or "", of_states)
        return
    first = days(born.earliest)[0]
    last = days(born.latest or born.earliest)[1]
    span = first, last
    yield _widened(span) if _approximate(born) and born.kind is not BirthDateKind.between else span


def _widened(span: Span) -> Span:
    return (
        date(span[0].year - _APPROXIMATE_YEARS, 1, 1),
        date(span[1].year + _APPROXIMATE_YEARS, 12, 31),
    )


# ---------------------------------------------------------------- miswritten


def _swapped(said: str, listed: str) -> bool:
    return (
        len(said) == len(listed) == len("1957-03-11")
        and said[:4] == listed[:4]
        and (said[5:7], said[8:]) == (listed[8:], listed[5:7])
    )


def _carried_over(asked: Span, listed: Span, calendar: Calendar) -> bool:
    """Whether two dates may be one of another calendar, at the coarser of their two grains."""
    coarser = max(asked[1] - asked[0], listed[1] - listed[0])
    if coarser <= _DAYS_OFF * DAY:
        apart = max(asked[0] - listed[1], listed[0] - asked[1])
        earlier, later = sorted((asked[0], listed[0]))
        # 621 added to the year of a day between January and March is a year too little.
        year_apart = (
            calendar is Calendar.solar
            and calendars.read(calendar, earlier)[1] >= 10
            and abs(later - earlier - timedelta(days=365)) <= (_DAYS_OFF + 1) * DAY
            and earlier.month <= 3
        )
        return apart <= _DAYS_OFF * DAY or year_apart
    grain = 2 if coarser <= timedelta(days=31) else 1

    def units(span: Span) -> tuple[tuple[int, ...], ...]:
        return tuple(calendars.read(calendar, day)[:grain] for day in span)

    mine, theirs = units(asked), units(listed)
    return mine[0] <= theirs[1] and theirs[0] <= mine[1]


# ---------------------------------------------------------------- written in another calendar

_SAYS_SOLAR = re.compile(
    r"(?i)\b(?:solar|shamsi|khorshidi|jalali|iranian|persian|afghan|s\.?h\.?|a\.?p\.?)(?!\w)"
    r"|شمس[یي]|خورشید[یي]"
)
_SAYS_LUNAR = re.compile(r"(?i)\b(?:lunar|qamari|islamic|muslim)\b|قمر[یي]")
_SAYS_HIJRI = re.compile(r"(?i)\b(?:hijr[iya]\w*|hegir\w*|hejri|a\.?h\.?)(?!\w)|هجر[یي]")

_DAY_FIRST = re.compile(r"(?<!\d)(\d{1,2})[/.-](\d{1,2})[/.-](1[234]\d\d)(?!\d)")
_YEAR_FIRST = re.compile(r"(?<!\d)(1[234]\d\d)[/.-](\d{1,2})(?:[/.-](\d{1,2}))?(?!\d)")
_YEAR = re.compile(r"(?<!\d)1[234]\d\d(?!\d)")


def _of_the_hijra(note: str, of_states: tuple[Calendar, ...]) -> Iterator[Span]:
    """What a note means that gives a year before 1500, such as `24/06/1402 (Hijri Calendar)`.

    By the calendar that it names; where it says Hijri alone, or nothing, by those of the States.
    """
    if _SAYS_SOLAR.search(note):
        named: tuple[Calendar, ...] = (Calendar.solar,)
    elif _SAYS_LUNAR.search(note):
        named = (Calendar.lunar,)
    elif _SAYS_HIJRI.search(note):
        named = tuple(sorted({Calendar.lunar, *of_states}))
    else:
        named = of_states
    for calendar in named:
        span = _hijri_span(note, calendar)
        if span is None:
            continue
        # A lunar month begins when the moon is seen.
        slack = DAY if calendar is Calendar.lunar else timedelta()
        yield span[0] - slack, span[1] + slack


def _hijri_span(note: str, calendar: Calendar) -> Span | None:
    tries: list[tuple[int, int | None, int | None]] = []
    if match := _DAY_FIRST.search(note):
        first, second, year = (int(group) for group in match.groups())
        tries += [(year, second, first), (year, first, second)]
    elif match := _YEAR_FIRST.search(note):
        tries.append((int(match[1]), int(match[2]), int(match[3]) if match[3] else None))
    for year, month, day in tries:
        try:
            return calendars.days(calendar, year, month, day)
        except ValueError:
            continue
    years = [int(found) for found in _YEAR.findall(note)]
    if not years:
        return None
    return (
        calendars.days(calendar, min(years), None, None)[0],
        calendars.days(calendar, max(years), None, None)[1],
    )
