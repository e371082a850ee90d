"""Days, months, years and spans in an English text, and which days they mean.

`dates` finds the expressions; `resolve` says which days one means, seen from an anchor: the day
of publication, or for what counts from another date (*two days later*) the first of its days.
Weeks run from Monday to Sunday. What was not written and had to be supplied is said in words.
"""

import re
from calendar import monthrange
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import MAXYEAR, MINYEAR, date
from enum import StrEnum
from typing import Protocol

from app.terms import value

# ---------------------------------------------------------------- what is answered


class Precision(StrEnum):
    """How exact an expression is."""

    day = "day"
    days = "days"
    """Some days in a row."""
    week = "week"
    weekend = "weekend"
    month = "month"
    season = "season"
    """Three or four months."""
    year = "year"


@value
class Interval:
    """The days that an expression means, both ends inclusive."""

    from_: date
    to: date
    precision: Precision
    inferred: str | None
    """What the text leaves open and by what it was supplied; null where it says all."""


class Meaning(Protocol):
    """What an expression says, before anybody says from which day it is seen."""

    def days(self, anchor: date, future: bool, /) -> Interval:
        """The days meant, seen from the anchor."""


@value
class DateRead:
    """One expression of a day, month, year or span, at its place in a text."""

    start: int
    end: int
    """Half-open, in code points."""
    text: str
    meaning: Meaning
    about: bool
    """The text itself says that the day is not exact: on or about 6 March."""
    ambiguous: bool
    """Numbers alone, of which either may be the month: read with the day first."""
    relative_to_previous: bool
    """It counts from another date of the text (two days later): that day is its anchor."""


def resolve(one: DateRead, anchor: date, future: bool) -> Interval:
    """The days that an expression means, seen from an anchor.

    `future` says that the nearest verb looks ahead. A year left out is that of the latest such day
    not after the anchor, or of the next one where the verb looks ahead.
    """
    found = one.meaning.days(anchor, future)
    told = [found.inferred] if found.inferred else []
    if one.relative_to_previous:
        told = ["counted from another date of the text"]
    if one.ambiguous:
        told.append("day and month may stand the other way round")
    if one.about:
        told.append("the text itself says about")
    return replace(found, inferred="; ".join(told) or None)


# ---------------------------------------------------------------- days


def _month(year: int, month: int) -> tuple[date, date]:
    """First and last day; months are counted on over the ends of the year."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    year = min(max(year, MINYEAR), MAXYEAR)
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])


def _plus(day: date, days: int) -> date:
    """So many days on, within what the calendar of Python holds."""
    number = min(max(day.toordinal() + days, date.min.toordinal()), date.max.toordinal())
    return date.fromordinal(number)


def _day(year: int, month: int, day: int) -> date | None:
    """A day of the calendar, or null where there is none."""
    if MINYEAR <= year <= MAXYEAR and day <= monthrange(year, month)[1]:
        return date(year, month, day)
    return None


def _interval(first: date, last: date, precision: Precision, why: str | None = None) -> Interval:
    last = max(first, last)  # the calendar of Python has a first and a last year
    return Interval(from_=first, to=last, precision=precision, inferred=why)


_FROM_PUBLICATION = "year from the publication date"
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@value
class CalendarDay:
    """A day of the calendar, of which the month or the year may be left out."""

    year: int | None = None
    years_on: int | None = None
    """Last year is -1, this year 0."""
    month: int | None = None
    day: int
    weekday: int | None = None
    """As the text calls it, Monday is 0."""

    def days(self, anchor: date, future: bool) -> Interval:
        """One day."""
        if self.year is not None and self.month is not None:
            found, why = _day(self.year, self.month, self.day), None
        elif self.years_on is not None and self.month is not None:
            year = min(max(anchor.year + self.years_on, MINYEAR), MAXYEAR)
            found, why = _day(year, self.month, self.day), None
        else:
            found, why = self._supplied(anchor, future)
        found = found or anchor  # 29 February of a year that has none
        if self.weekday is not None and found.weekday() != self.weekday:
            odd = f"the text calls it a {_WEEKDAYS[self.weekday]}, and it is none"
            why = f"{why}; {odd}" if why else odd
        return _interval(found, found, Precision.day, why)

    def _supplied(self, anchor: date, future: bool) -> tuple[date | None, str]:
        ways = [self._nearest(anchor, future), self._nearest(anchor, not future)]
        found, other = ways
        if self.weekday is not None and other and other.weekday() == self.weekday:
            found = found if found and found.weekday() == self.weekday else other
        if self.month is None:
            return found, "month from the publication date"
        if found is None or found.year == anchor.year:
            return found, _FROM_PUBLICATION
        if found > anchor:
            return found, "year from the publication date, the next such day after it"
        return found, "year from the publication date, the latest such day before it"

    def _nearest(self, anchor: date, ahead: bool) -> date | None:
        """The day itself or the nearest on one side: 29 February may be eight years away."""
        step = 1 if ahead else -1
        for count in range(9):
            if self.month is None:
                first, _ = _month(anchor.year, anchor.month + step * count)
                found = _day(first.year, first.month, self.day)
            else:
                found = _day(anchor.year + step * count, self.month, self.day)
            if found is not None and (found >= anchor if ahead else found <= anchor):
                return found
        return None


@value
class CalendarMonth:
    """A month, of which the year may be left out."""

    year: int | None = None
    years_on: int | None = None
    month: int
    which: int | None = None
    """Last July is -1, this July 0, next July 1."""

    def days(self, anchor: date, future: bool) -> Interval:
        """All days of that month."""
        why = None
        if self.year is not None:
            year = self.year
        elif self.years_on is not None:
            year = anchor.year + self.years_on
        else:
            why = _FROM_PUBLICATION
            year = anchor.year
            if self.which == -1:
                year -= anchor.month <= self.month
            elif self.which == 1:
                year += anchor.month >= self.month
            elif self.which is None and future:
                year += anchor.month > self.month
            elif self.which is None:
                year -= anchor.month < self.month
            if year != anchor.year:
                word = "next" if year > anchor.year else "latest"
                why = f"year from the publication date, the {word} {_MONTHS[self.month - 1]}"
        return _interval(*_month(year, self.month), Precision.month, why)


@value
class CalendarYear:
    """A year by its number."""

    year: int

    def days(self, _anchor: date, _future: bool) -> Interval:
        """All days of that year."""
        return _interval(date(self.year, 1, 1), date(self.year, 12, 31), Precision.year)


@value
class Weekday:
    """A day of the week."""

    number: int
    """Monday is 0."""
    which: int | None = None
    """Last Friday is -1, this Friday 0, next Friday 1."""
    weeks_on: int | None = None
    """Friday last week is -1."""

    def days(self, anchor: date, future: bool) -> Interval:
        """One day, the anchor itself where it is that day and nothing tells another."""
        name = _WEEKDAYS[self.number]
        back = (anchor.weekday() - self.number) % 7
        if self.weeks_on is not None or self.which == 0:
            weeks = self.weeks_on or 0
            found = _plus(anchor, self.number - anchor.weekday() + 7 * weeks)
            why = f"{name} of the week of the publication day"
            if weeks:
                side = "before" if weeks < 0 else "after"
                why = f"{name} of the week {side} that of the publication day"
        elif self.which == -1:
            found = _plus(anchor, -(back or 7))
            why = f"the last {name} before the publication day"
        elif self.which == 1:
            found = _plus(anchor, 7 - back)
            why = f"the first {name} after the publication day"
        elif not back:
            found, why = anchor, f"the publication day is a {name}"
        elif future:
            found, why = _plus(anchor, 7 - back), "weekday after the publication day"
        else:
            found, why = _plus(anchor, -back), "weekday before the publication day"
        return _interval(found, found, Precision.day, why)


class Unit(StrEnum):
    """What is counted."""

    day = "day"
    week = "week"
    weekend = "weekend"
    month = "month"
    year = "year"


@value
class Away:
    """The day, week, month or year so many from that of the anchor: last week, two days ago."""

    unit: Unit
    by: int | None
    """0 is that of the anchor; null, for a weekend only: the one that is nearest."""

    def days(self, anchor: date, future: bool) -> Interval:
        """All days of it."""
        by = self.by or 0
        monday = _plus(anchor, -anchor.weekday())
        if self.unit is Unit.day:
            found = _plus(anchor, by)
            return _interval(found, found, Precision.day)
        if self.unit is Unit.week:
            first = _plus(monday, 7 * by)
            return _interval(first, _plus(first, 6), Precision.week, _week_in_words(by))
        if self.unit is Unit.weekend:
            if self.by is None:
                # Before Saturday the weekend that is told of is the one before.
                by = 0 if future or anchor.weekday() >= 5 else -1
            first = _plus(monday, 5 + 7 * by)
            return _interval(first, _plus(first, 1), Precision.weekend, "by the publication day")
        if self.unit is Unit.month:
            return _interval(*_month(anchor.year, anchor.month + by), Precision.month)
        first, _ = _month(anchor.year + by, 1)
        return _interval(first, date(first.year, 12, 31), Precision.year)


def _week_in_words(by: int) -> str:
    if by in (-1, 1):
        side = "before" if by < 0 else "after"
        return f"the Monday-to-Sunday week {side} that of the publication day"
    if not by:
        return "the Monday-to-Sunday week of the publication day"
    side = "before" if by < 0 else "after"
    return f"the Monday-to-Sunday week {abs(by)} weeks {side} that of the publication day"


_SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
_NORTHERN = "a season of the northern half of the earth"


@value
class Season:
    """A season, of which the year may be left out."""

    first_month: int
    year: int | None = None
    years_on: int | None = None
    which: int | None = None

    def days(self, anchor: date, future: bool) -> Interval:
        """Three months as in the north; a winter with a year is either that touches it."""
        year = self.year
        if year is None and self.years_on is not None:
            year = anchor.year + self.years_on
        if year is not None:
            first, last = self._of(year)
            if self.first_month == 12:
                first = self._of(year - 1)[0]
            return _interval(first, last, Precision.season, _NORTHERN)
        around = [self._of(anchor.year + on) for on in (-2, -1, 0, 1)]
        if self.which == -1:
            found = [one for one in around if one[1] < anchor][-1:]
        elif self.which == 1 or (future and self.which is None):
            found = [one for one in around if one[0 if self.which else 1] >= anchor][:1]
        elif self.which == 0:
            found = [around[2]] if future else [one for one in around if one[0] <= anchor][-1:]
        else:
            found = [one for one in around if one[0] <= anchor][-1:]
        first, last = found[0] if found else around[2]
        why = f"{_FROM_PUBLICATION}; {_NORTHERN}"
        return _interval(first, last, Precision.season, why)

    def _of(self, year: int) -> tuple[date, date]:
        return _month(year, self.first_month)[0], _month(year, self.first_month + 2)[1]


@value
class Ordinal:
    """The first weekend of March: so many weeks, weekends or weekdays into a month or year."""

    number: int
    """-1 is the last."""
    unit: Unit
    weekday: int | None = None
    within: Meaning

    def days(self, anchor: date, future: bool) -> Interval:
        """A week is seven days from the first of the month on; the last is the last seven."""
        whole = self.within.days(anchor, future)
        first, last = whole.from_, whole.to
        if self.unit is Unit.week:
            begin = _plus(last, -6) if self.number < 0 else _plus(first, 7 * (self.number - 1))
            end, precision = _plus(begin, 6), Precision.week
        else:
            wanted = 5 if self.weekday is None else self.weekday
            if self.number < 0:
                begin = _plus(last, -((last.weekday() - wanted) % 7))
            else:
                begin = _plus(first, (wanted - first.weekday()) % 7 + 7 * (self.number - 1))
            weekend = self.unit is Unit.weekend
            end = _plus(begin, 1) if weekend else begin
            precision = Precision.weekend if weekend else Precision.day
        begin = min(begin, last)
        return _interval(begin, max(begin, end), precision, whole.inferred)


class PartIs(StrEnum):
    """A part of a month, a year, a week or a season."""

    early = "early"
    mid = "mid"
    late = "late"
    first_half = "first_half"
    second_half = "second_half"
    earlier = "earlier"
    """From its beginning to the anchor."""
    later = "later"
    """From the anchor to its end."""


_MONTHS_OF_A_YEAR = {
    PartIs.early: (1, 4), PartIs.mid: (5, 8), PartIs.late: (9, 12), PartIs.first_half: (1, 6),
    PartIs.second_half: (7, 12),
}  # fmt: skip


@value
class Part:
    """Early July, the end of last year: about a third of it."""

    part: PartIs
    within: Meaning

    def days(self, anchor: date, future: bool) -> Interval:
        """A third, or a half; what lies on this side of the anchor for earlier and later."""
        whole = self.within.days(anchor, future)
        first, last = whole.from_, whole.to
        length = (last - first).days + 1
        third = {28: 10, 31: 10, 7: 3}.get(length, length // 3)
        if whole.precision is Precision.year and self.part in _MONTHS_OF_A_YEAR:
            begin, end = _MONTHS_OF_A_YEAR[self.part]
            first, last = _month(first.year, begin)[0], _month(first.year, end)[1]
        elif self.part is PartIs.earlier:
            last = max(first, min(last, anchor))
        elif self.part is PartIs.later:
            first = min(last, max(first, anchor))
        elif self.part is PartIs.early:
            last = _plus(first, third - 1)
        elif self.part is PartIs.mid:
            # A week's middle is its three days about Wednesday.
            skipped = 1 if length == 7 else third
            first, last = _plus(first, skipped), _plus(first, skipped + third - 1)
        elif self.part is PartIs.late:
            first = _plus(first, 3 if length == 7 else 2 * third)
        elif self.part is PartIs.first_half:
            last = _plus(first, length // 2 - 1)
        else:
            first = _plus(first, length // 2)
        long = whole.precision in (Precision.year, Precision.season)
        precision = Precision.season if long else Precision.days
        return _interval(first, last, precision, whole.inferred)


@value
class Span:
    """From one day, month or year to another, both inclusive."""

    first: Meaning
    last: Meaning

    def days(self, anchor: date, future: bool) -> Interval:
        """What is left out at one end is supplied from the other."""
        if future:
            end = self.last.days(anchor, True)
            begin = self.first.days(end.to, False)
        else:
            begin = self.first.days(anchor, False)
            end = self.last.days(begin.from_, True)
        precision = begin.precision
        if precision is Precision.day:
            precision = Precision.days
        # The other end is supplied from the first one, which is not worth a word of its own.
        why = end.inferred if future else begin.inferred
        return _interval(begin.from_, max(begin.from_, end.to), precision, why)


# ---------------------------------------------------------------- how they are written

_NUMBERS = {
    "a": 1, "an": 1, "one": 1, "a couple of": 2, "two": 2, "three": 3, "four": 4, "five": 5,
    "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12,
}  # fmt: skip
_ORDINALS = {
    "first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4,
    "fifth": 5, "5th": 5, "last": -1, "final": -1,
}  # fmt: skip
_WHICH = {"last": -1, "this": 0, "this past": -1, "this coming": 1, "next": 1}
_BY_MONTH = {name.lower(): place for place, name in enumerate(_MONTHS, 1)} | {
    "jan": 1, "feb": 2, "mar": 3, "apr": 4, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "sept": 9,
    "oct": 10, "nov": 11, "dec": 12,
}  # fmt: skip
_BY_WEEKDAY = {
    name: place
    for place, names in enumerate(
        ("monday mon", "tuesday tues tue", "wednesday wed", "thursday thurs thur thu",
         "friday fri", "saturday sat", "sunday sun")
    )
    for name in names.split()
}  # fmt: skip

_DOUBTFUL = frozenset(("may", "march", "jan", "mar", "dec", "sep", "apr", "jun", "jul", "oct"))
"""Months that are words or names too (Jan Egeland): alone they need a word before them."""

_GIVEN = frozenset(("april", "june", "august"))
"""Months that are given names: none where another name follows."""

_CUES = frozenset((
    "in", "since", "last", "this", "next", "early", "mid", "late", "until", "till", "by", "from",
    "between", "during", "of", "through", "before", "after",
))  # fmt: skip
_YEAR_CUES = frozenset((
    "in", "since", "until", "till", "from", "by", "during", "of", "early", "mid", "late",
    "between", "through",
))  # fmt: skip

_LITTLE = frozenset((
    "and", "to", "until", "till", "but", "when", "which", "that", "as", "after", "before",
    "onwards", "on", "in", "at", "for", "with", "was", "were", "is", "are", "has", "had", "have",
    "would", "will", "he", "she", "it", "they", "we", "the", "a", "an", "by", "while", "who",
    "where", "or", "nor", "through", "because", "although", "under", "over", "despite", "during",
    "since", "said", "says",
))  # fmt: skip
"""Words that may follow a bare number which is a date, and never what it counts."""

_THINGS = frozenset((
    "men", "women", "people", "persons", "dollars", "euros", "pounds", "metres", "meters", "km",
    "kilometres", "kilometers", "miles", "tonnes", "tons", "feet", "votes", "troops", "soldiers",
    "barrels", "percent", "fighters", "deaths", "cases", "litres",
))  # fmt: skip

_NAMED = re.compile(
    r"\s(?:Movement|Alliance|Brigades?|Streets?|Square|Avenue|Bridge|Committee|Martyrs|Stadium|"
    r"Revolution|Forces|Times|Telegraph|Mirror|Mail|Express|Independent|Herald|Post|Review|Star|"
    r"Vision|Nation|Standard|Monitor|Tribune|Punch|Trust|Airport|Hospital|University)\b"
)
"""What a day or a month is named in without being meant: the Sunday Times, 14 July Bridge."""

_S = r"(?:[ \t\u00a0\u202f]{1,3}|[ \t]{0,3}\r?\n[ \t]{0,3})"
_O = rf"{_S}?"


def _longest_first(names: Iterable[str]) -> list[str]:
    return sorted(set(names), key=lambda name: (-len(name), name))


def _either(names: Iterable[str]) -> str:
    """An alternative of names, capital first or capitals all over."""
    return "|".join(f"{name.capitalize()}|{name.upper()}" for name in _longest_first(names))


def _words(names: Iterable[str]) -> str:
    return "(?ai:" + "|".join(name.replace(" ", _S) for name in _longest_first(names)) + ")"


_MON = rf"(?P<month>{_either(_BY_MONTH)})(?![A-Za-z])"
_DAY = r"(?P<day>\d\d?)(?:st|nd|rd|th)?(?!\w|:\d|[.,]\d{1,3}(?!\d)|%)"
"""Also 31 April and 32 July, which are to be passed over whole."""
_YEAR = r"(?P<year>19[5-9]\d|20\d\d)(?!\d|\w|[.,]\d|%|-\d)"
_OF_YEAR = (
    rf"(?:,?{_O}(?:of{_S})?{_YEAR}|{_S}(?:of{_S})?(?P<which_year>(?ai:last|this|next)){_S}year\b)"
)
_NAME_OF_DAY = rf"(?:(?P<weekday>{_either(_BY_WEEKDAY)})\b\.?,?{_S}(?:the{_S})?)?"
_LONG_WEEKDAY = rf"(?P<weekday>{_either(_WEEKDAYS)})(?![A-Za-z])"
_TO = r"(?:to|until|till|through|and|&)"
_DASH = r"[ \t\u00a0]?[-‐‑‒–—][ \t\u00a0]?"
_JOIN = rf"(?:{_DASH}|{_S}(?P<join>{_TO}){_S})"
_UNITS = r"(?P<unit>(?ai:day|week|weekend|month|year))"
_COUNT = rf"(?P<count>{_words(_NUMBERS)}|\d{{1,2}})"

Built = Meaning | None

_WORD_BEFORE = re.compile(r"([A-Za-z]+)[\s-]*\Z")
_WORD_AFTER = re.compile(r"\s+([A-Za-z]+)")


def _word_before(text: str, start: int) -> str:
    """In lower case; nothing where none stands near."""
    found = _WORD_BEFORE.search(text[max(0, start - 24) : start])
    return found[1].lower() if found else ""


class Seen:
    """What matched a way of writing, and the words about it."""

    __slots__ = ("cued", "match")

    def __init__(self, match: re.Match[str], cued: bool) -> None:
        self.match = match
        self.cued = cued
        """Whether what stands before is known to tell of a date."""

    def __getitem__(self, group: str) -> str | None:
        found: str | None = self.match[group]
        return found

    def given(self, group: str) -> str:
        """A group in lower case, with single blanks; nothing where it is not there."""
        return " ".join((self.match[group] or "").lower().split())

    def before(self) -> str:
        """The word before, in lower case."""
        return _word_before(self.match.string, self.match.start())

    def after(self) -> str:
        """The word after, as it is written."""
        found = _WORD_AFTER.match(self.match.string, self.match.end())
        return found[1] if found else ""

    def names_another(self) -> bool:
        """Whether something is named by it: the Sunday Times."""
        return _NAMED.match(self.match.string, self.match.end()) is not None

    def followed_by(self, *ends: str) -> bool:
        """Whether one of these stands right after it."""
        return self.match.string.startswith(ends, self.match.end())


Builder = Callable[[Seen], Built]


def _number(words: str | None) -> int | None:
    return int(words) if words else None


def _years_on(seen: Seen) -> int | None:
    which = seen["which_year"]
    return _WHICH[seen.given("which_year")] if which else None


def _called(seen: Seen) -> int | None:
    name = seen["weekday"]
    return _BY_WEEKDAY[seen.given("weekday")] if name else None


def _possible(day: CalendarDay) -> bool:
    """Whether the calendar has such a day; 29 February in some year."""
    return day.month is None or _day(day.year or 2000, day.month, day.day) is not None


def _iso(seen: Seen) -> Built:
    year, month, day = (int(seen.given(name)) for name in ("year", "month", "day"))
    if not 1 <= month <= 12 or day < 1 or _day(year, month, day) is None:
        return None
    return CalendarDay(year=year, month=month, day=day)


def _numbers_alone(seen: Seen) -> Built:
    day, month, year = (int(seen.given(name)) for name in ("day", "month", "year"))
    if month > 12:
        day, month = month, day
    if not 1 <= month <= 12 or day < 1 or _day(year, month, day) is None:
        return None
    return CalendarDay(year=year, month=month, day=day)


def _calendar_day(seen: Seen) -> Built:
    if seen.names_another() or int(seen.given("day")) < 1:
        return None
    found = CalendarDay(
        year=_number(seen["year"]),
        years_on=_years_on(seen),
        month=_BY_MONTH[seen.given("month")],
        day=int(seen.given("day")),
        weekday=_called(seen),
    )
    return found if _possible(found) else None


def _days_of_a_month(seen: Seen) -> Built:
    """9 to 16 October; the first of two days apart where and stands between them."""
    if seen["join"] in ("and", "&") and seen.before() != "between":
        return None
    last = _calendar_day(seen)
    if not isinstance(last, CalendarDay):
        return None
    first = replace(last, day=int(seen.given("first")), weekday=None)
    if not 1 <= first.day < last.day:
        return None
    return Span(first=first, last=last)


def _day_of_a_list(seen: Seen) -> Built:
    """The 9 of: on 9 and 16 October."""
    return _calendar_day(seen) if seen.cued or seen.before() in ("on", "the") else None


def _month_of_year(seen: Seen) -> Built:
    return CalendarMonth(
        year=_number(seen["year"]),
        years_on=_years_on(seen),
        month=_BY_MONTH[seen.given("month")],
    )


def _month_alone(seen: Seen) -> Built:
    name = seen.given("month")
    which = seen["which"]
    if which is None and not seen.cued and seen.before() not in _CUES:
        after = seen.after()
        named = seen.followed_by("'", "’") or after[:1].isupper()
        if name in _DOUBTFUL or (name in _GIVEN and named):
            return None
    if seen.names_another():
        return None
    number = None if which is None else _WHICH[seen.given("which")]
    return CalendarMonth(month=_BY_MONTH[name], which=number)


def _season(seen: Seen) -> Built:
    which = seen["which"]
    year, years_on = _number(seen["year"]), _years_on(seen)
    name = seen.given("season")
    if year is None and years_on is None and which is None:
        # The spring may be one of a watch; in the spring is a time.
        if seen["the"] is None or name == "fall":
            return None
        if not seen.cued and seen.before() not in _CUES:
            return None
    return Season(
        first_month=_SEASONS[name],
        year=year,
        years_on=years_on,
        which=None if which is None else _WHICH[seen.given("which")],
    )


_HOLIDAYS = frozenset(("good", "black", "bloody", "palm", "ash", "easter", "super", "cyber"))


def _weekday(seen: Seen) -> Built:
    if seen.names_another() or seen.before() in _HOLIDAYS:
        return None
    which, week = seen["which"], seen["which_week"]
    return Weekday(
        number=_BY_WEEKDAY[seen.given("weekday")],
        which=None if which is None else _WHICH[seen.given("which")],
        weeks_on=None if week is None else _WHICH[seen.given("which_week")],
    )


_DAYS_AWAY = {
    "today": 0, "tonight": 0, "yesterday": -1, "tomorrow": 1, "last night": -1,
    "the day before yesterday": -2, "the day after tomorrow": 2, "this morning": 0,
    "this afternoon": 0, "this evening": 0, "the night before last": -2,
}  # fmt: skip


def _day_away(seen: Seen) -> Built:
    return Away(unit=Unit.day, by=_DAYS_AWAY[seen.given("words")])


def _unit_away(seen: Seen) -> Built:
    unit, which = Unit(seen.given("unit")), seen.given("which")
    if seen["before_last"]:
        return None if unit is Unit.day else Away(unit=unit, by=-2)
    if unit is Unit.day or (which in ("the", "the past") and unit is not Unit.weekend):
        return None
    if which in ("the", "this", "the past") and unit is Unit.weekend:
        return Away(unit=unit, by=None)
    return Away(unit=unit, by={"the last": -1, "the": 0}.get(which, _WHICH.get(which, 0)))


_FROM_THERE = {
    "the same": 0, "that": 0, "that same": 0, "the next": 1, "the following": 1,
    "the previous": -1, "the preceding": -1,
}  # fmt: skip


def _next_to_another(seen: Seen) -> Built:
    unit = Unit(seen.given("unit"))
    way = seen.given("way")
    if unit is Unit.day or (unit is Unit.week and not way.endswith("same") and way != "that"):
        return Away(unit=unit, by=_FROM_THERE[way])
    return Away(unit=unit, by=_FROM_THERE[way]) if unit is not Unit.weekend else None


def _counted(seen: Seen) -> Built:
    count = seen.given("count")
    number = int(count) if count.isdigit() else _NUMBERS[" ".join(count.split())]
    unit = seen.given("unit")
    if unit == "fortnight":
        number, unit = 2 * number, "week"
    back = seen.given("way").split()[0] in ("ago", "earlier", "before", "previously")
    return Away(unit=Unit(unit), by=-number if back else number)


_PARTS = {
    "early": PartIs.early, "early in": PartIs.early, "the beginning of": PartIs.early,
    "the start of": PartIs.early, "beginning of": PartIs.early, "mid": PartIs.mid,
    "the middle of": PartIs.mid, "middle of": PartIs.mid, "late": PartIs.late,
    "late in": PartIs.late, "the end of": PartIs.late, "end of": PartIs.late,
    "the first half of": PartIs.first_half, "the second half of": PartIs.second_half,
    "earlier": PartIs.earlier, "earlier in": PartIs.earlier, "later": PartIs.later,
    "later in": PartIs.later, "the close of": PartIs.late,
}  # fmt: skip


def _the_day(seen: Seen) -> Built:
    """On the 24th: not the 24th floor, nor the 19th century."""
    after = seen.after()
    if not seen.cued and seen.before() not in ("on", "by", "until", "since", "from", "before"):
        return None
    if after and after not in _LITTLE:
        return None
    return CalendarDay(day=int(seen.given("day"))) if 1 <= int(seen.given("day")) <= 31 else None


def _bare_year(seen: Seen) -> Built:
    cue, after = seen.before(), seen.after()
    if not seen.cued and cue not in _YEAR_CUES:
        return None
    if after in _THINGS or seen.names_another():
        return None
    if seen.followed_by(" ("):  # resolution 1970 (2011)
        return None
    if cue in ("of", "from", "by") and after.islower() and after not in _LITTLE:
        return None
    return CalendarYear(year=int(seen.given("year")))


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern + r"(?!\w)")


_IN_YEAR = rf"(?:{_OF_YEAR})?"
_DOT = rf"(?:\.(?={_S}?\d|,))?"
_DAY_PART = rf"(?:{_S}(?:early{_S}|late{_S})?(?:morning|afternoon|evening|night|noon))?"
_WHICH_WORDS = rf"(?P<which>{_words(_WHICH)})"

_WAYS: tuple[tuple[re.Pattern[str], Builder], ...] = tuple(
    (_compiled(pattern), builder)
    for pattern, builder in (
        (
            r"(?P<year>19[5-9]\d|20\d\d)(?P<sign>[-/])(?P<month>\d\d)(?P=sign)(?P<day>\d\d)"
            r"(?![-/.]?\d)",
            _iso,
        ),
        (
            r"(?P<day>\d\d?)(?P<sign>[./])(?P<month>\d\d?)(?P=sign)(?P<year>19[5-9]\d|20\d\d)"
            r"(?![./]?\d)",
            _numbers_alone,
        ),
        (
            rf"(?P<first>\d\d?)(?:st|nd|rd|th)?{_JOIN}(?:the{_S})?{_DAY}{_S}(?:of{_S})?"
            rf"{_MON}{_IN_YEAR}(?P<weekday>)",
            _days_of_a_month,
        ),
        (
            rf"{_MON}\.?{_S}(?:the{_S})?(?P<first>\d\d?)(?:st|nd|rd|th)?{_JOIN}(?:the{_S})?"
            rf"{_DAY}{_IN_YEAR}(?P<weekday>)",
            _days_of_a_month,
        ),
        (
            rf"{_NAME_OF_DAY}(?:(?ai:the){_S})?{_DAY}{_S}(?:of{_S})?{_MON}{_DOT}{_IN_YEAR}",
            _calendar_day,
        ),
        (rf"{_NAME_OF_DAY}{_MON}\.?{_S}(?:the{_S})?{_DAY}{_IN_YEAR}", _calendar_day),
        (
            rf"{_DAY}(?=(?:,{_S}\d\d?){{0,3}},?{_S}(?:and|or){_S}(?:the{_S})?"
            rf"\d\d?(?:st|nd|rd|th)?{_S}(?:of{_S})?{_MON}{_IN_YEAR})(?P<weekday>)",
            _day_of_a_list,
        ),
        (rf"{_MON}{_DOT}{_OF_YEAR}", _month_of_year),
        (rf"(?:{_WHICH_WORDS}{_S})?{_MON}", _month_alone),
        (
            rf"(?:{_WHICH_WORDS}{_S}|(?P<the>(?ai:the){_S}))?(?P<season>{_words(_SEASONS)})"
            rf"{_IN_YEAR}",
            _season,
        ),
        (
            rf"(?:{_WHICH_WORDS}{_S})?{_LONG_WEEKDAY}"
            rf"(?:{_S}(?:of{_S})?(?P<which_week>last|this|next){_S}week)?{_DAY_PART}",
            _weekday,
        ),
        (rf"(?P<words>{_words(_DAYS_AWAY)}){_DAY_PART}", _day_away),
        (
            rf"(?P<which>(?ai:last|this|next|this{_S}past|this{_S}coming|the|the{_S}past|"
            rf"the{_S}last)){_S}{_UNITS}(?P<before_last>{_S}before{_S}last)?",
            _unit_away,
        ),
        (rf"(?P<way>{_words(_FROM_THERE)}){_S}{_UNITS}", _next_to_another),
        (
            rf"{_COUNT}{_S}(?P<unit>(?ai:day|week|fortnight|month|year))s?{_S}"
            rf"(?P<way>ago|earlier|later|previously|from{_S}now|(?:before|after)(?={_O}[.,;\n]))",
            _counted,
        ),
        (
            rf"{_COUNT}{_S}(?P<unit>(?ai:day|week|fortnight|month|year))s?['’]s?{_S}"
            rf"(?P<way>time)",
            _counted,
        ),
        (r"(?ai:the)" + rf"{_S}(?P<day>\d\d?)(?:st|nd|rd|th)", _the_day),
        (_YEAR, _bare_year),
    )
)

_ORDINAL = re.compile(
    rf"(?ai:the){_S}(?P<number>{_words(_ORDINALS)}){_S}"
    rf"(?P<unit>(?ai:weekend|week)|{_either(_WEEKDAYS)}){_S}(?:of|in){_S}"
)
_PART = re.compile(rf"(?P<part>{_words(_PARTS)})(?:{_S}|-)")
_THE_UNIT = re.compile(rf"(?ai:the){_S}(?P<unit>(?ai:week|month|year))(?!\w)")
"""The end of the year: only after a word that says which part of it."""
_THE_DAY_OF = re.compile(rf"(?ai:the){_S}(?P<number>{_words(_ORDINALS)}){_S}of{_S}")

_FIRST_WORDS = _words({*_NUMBERS, *_WHICH, *_PARTS, *_SEASONS, *_DAYS_AWAY, "the", "that"})
_START = re.compile(
    rf"(?<![\w$£€#])(?:{_either({*_BY_MONTH, *_BY_WEEKDAY})}|{_FIRST_WORDS})(?![A-Za-z])"
    r"|(?<![\w$£€#/:.,§¶‐‑‒–—-])\d"
)
"""Where an expression may begin: at a number that stands alone, or at one of few words."""

_JOINED = re.compile(_JOIN)
_ABOUT = re.compile(
    r"\b(?:on or )?(?:about|around|approximately|circa)(?: the)?\s*\Z", re.IGNORECASE
)
_FOLLOWS = re.compile(r"(?:,?\s+(?:and|or)|,)\s+\Z")


def dates(text: str) -> tuple[DateRead, ...]:
    """Every expression of a day, month, year or span, in the order of the text."""
    found: list[DateRead] = []
    place = 0
    while (start := _START.search(text, place)) is not None:
        read = _read(text, start.start(), cued=_goes_on(text, start.start(), found))
        place = start.end() if read is None else read[1]
        if read is None or read[0] is None:
            continue
        meaning, end = read[0], read[1]
        joined = _joined(text, start.start(), end, meaning)
        if joined is not None:
            meaning, end = joined
            place = end
        found.append(_made(text, start.start(), end, meaning))
    return _years_shared(text, found)


def _goes_on(text: str, start: int, found: list[DateRead]) -> bool:
    """Whether it follows another date by and or a comma: in April and May."""
    if not found or start - found[-1].end > 8:
        return False
    return _FOLLOWS.fullmatch(text, found[-1].end, start) is not None


def _read(text: str, start: int, cued: bool) -> tuple[Built, int] | None:
    """The meaning of what begins there and its end; a null meaning is to be passed over."""
    for pattern in (_ORDINAL, _PART):
        if prefix := pattern.match(text, start):
            inner = _read_plain(text, prefix.end(), cued=True)
            if inner is None and (unit := _THE_UNIT.match(text, prefix.end())):
                inner = Away(unit=Unit(unit["unit"].lower()), by=0), unit.end()
            if inner is not None and inner[0] is not None:
                made = _within(prefix, inner[0])
                if made is not None:
                    return made, inner[1]
    if prefix := _THE_DAY_OF.match(text, start):
        inner = _read_plain(text, prefix.end(), cued=True)
        number = _ORDINALS[prefix["number"].lower()]
        if inner is not None and isinstance(inner[0], CalendarMonth) and number > 0:
            month = inner[0]
            if month.which is None:
                day = CalendarDay(
                    year=month.year, years_on=month.years_on, month=month.month, day=number
                )
                return day, inner[1]
    return _read_plain(text, start, cued)


def _read_plain(text: str, start: int, cued: bool) -> tuple[Built, int] | None:
    for pattern, builder in _WAYS:
        if match := pattern.match(text, start):
            meaning = builder(Seen(match, cued))
            if meaning is not None or builder in (
                _calendar_day,
                _iso,
                _numbers_alone,
                _month_alone,
            ):
                return meaning, match.end()
    return None


def _within(prefix: re.Match[str], inner: Meaning) -> Built:
    groups = prefix.groupdict()
    if "part" in groups:
        part = _PARTS[" ".join(groups["part"].lower().split())]
        if isinstance(inner, Weekday):
            return inner if part in (PartIs.early, PartIs.late, PartIs.earlier) else None
        if isinstance(inner, CalendarMonth | CalendarYear | Season):
            return Part(part=part, within=inner)
        if isinstance(inner, Away) and inner.unit not in (Unit.day, Unit.weekend):
            return Part(part=part, within=inner)
        return None
    whole = isinstance(inner, CalendarMonth | CalendarYear) or (
        isinstance(inner, Away) and inner.unit in (Unit.month, Unit.year)
    )
    if not whole:
        return None
    number, unit = _ORDINALS[groups["number"].lower()], groups["unit"].lower()
    if unit in _BY_WEEKDAY:
        weekday = _BY_WEEKDAY[unit]
        return Ordinal(number=number, unit=Unit.day, weekday=weekday, within=inner)
    return Ordinal(number=number, unit=Unit(unit), within=inner)


def _joined(text: str, start: int, end: int, first: Meaning) -> tuple[Meaning, int] | None:
    """The span that an expression opens, where another of its kind closes it."""
    join = _JOINED.match(text, end)
    if join is None or not isinstance(first, CalendarDay | CalendarMonth | CalendarYear | Weekday):
        return None
    if join["join"] in ("and", "&") and _word_before(text, start) != "between":
        return None
    read = _read(text, join.end(), cued=True)
    if read is None or type(read[0]) is not type(first) or read[0] is None:
        return None
    last = read[0]
    if not isinstance(first, Weekday):
        first = _with_year_of(first, last)
        begin, finish = _numbers_of(first), _numbers_of(last)
        if begin and finish and begin > finish:
            return None
    return Span(first=first, last=last), read[1]


def _numbers_of(one: Meaning) -> tuple[int, int, int] | None:
    """Year, month and day where the year is written; 0 for what is not."""
    year = getattr(one, "year", None)
    if year is None:
        return None
    return year, getattr(one, "month", 0) or 0, getattr(one, "day", 0)


def _with_year_of(one: Meaning, other: Meaning) -> Meaning:
    """The first of two dates, with the year that only the second has."""
    if isinstance(one, CalendarDay) and isinstance(other, CalendarDay):
        year = _shared(one, other)
        filled = one if year is None else replace(one, year=year)
        return filled if _possible(filled) else one
    if isinstance(one, CalendarMonth) and isinstance(other, CalendarMonth) and one.which is None:
        year = _shared(one, other)
        return one if year is None else replace(one, year=year)
    return one


def _shared(one: CalendarDay | CalendarMonth, other: CalendarDay | CalendarMonth) -> int | None:
    """The year of the second where the first has none: December to January is over two."""
    written = one.year is not None or one.years_on is not None
    if written or other.year is None or one.month is None or other.month is None:
        return None
    return other.year - (one.month > other.month)


def _made(text: str, start: int, end: int, meaning: Meaning) -> DateRead:
    written = text[start:end]
    return DateRead(
        start=start,
        end=end,
        text=written,
        meaning=meaning,
        about=_ABOUT.search(text[max(0, start - 24) : start]) is not None,
        ambiguous=_either_way(written),
        relative_to_previous=_RELATIVE.search(written) is not None,
    )


_RELATIVE = re.compile(
    rf"{_S}(?:earlier|later|previously|before|after)\Z|\A{_words(_FROM_THERE)}{_S}", re.IGNORECASE
)


def _either_way(written: str) -> bool:
    numbers = re.fullmatch(r"(\d\d?)[./](\d\d?)[./]\d{4}", written)
    if numbers is None:
        return False
    return int(numbers[1]) <= 12 and int(numbers[2]) <= 12 and int(numbers[1]) != int(numbers[2])


def _years_shared(text: str, found: list[DateRead]) -> tuple[DateRead, ...]:
    """The year that stands at the last of several dates, at those before it too."""
    for place in range(len(found) - 2, -1, -1):
        one, after = found[place], found[place + 1]
        if after.start - one.end <= 8 and _FOLLOWS.fullmatch(text, one.end, after.start):
            found[place] = replace(one, meaning=_with_year_of(one.meaning, after.meaning))
    return tuple(found)
