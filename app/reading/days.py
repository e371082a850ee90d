"""Which days an expression of time means, seen from an anchor.

An expression such as *Friday*, *early July* or *two weeks ago* is a value here; asked with an
anchor, mostly the day of publication, it answers an interval and says in words what it supplied.
Weeks run from Monday to Sunday. How expressions are written is for app/reading/dates.py to know.
"""

from calendar import monthrange
from datetime import MAXYEAR, MINYEAR, date
from enum import StrEnum
from typing import Protocol

from app.terms import value


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


def _month(year: int, month: int) -> tuple[date, date]:
    """First and last day; months are counted on over the ends of the year."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    year = min(max(year, MINYEAR), MAXYEAR)
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])


def _plus(day: date, days: int) -> date:
    """So many days on, within what the calendar of Python holds."""
    number = min(max(day.toordinal() + days, date.min.toordinal()), date.max.toordinal())
    return date.fromordinal(number)


def calendar_day(year: int, month: int, day: int) -> date | None:
    """A day of the calendar, or null where there is none."""
    if MINYEAR <= year <= MAXYEAR and day <= monthrange(year, month)[1]:
        return date(year, month, day)
    return None


def _interval(first: date, last: date, precision: Precision, why: str | None = None) -> Interval:
    last = max(first, last)  # the calendar of Python has a first and a last year
    return Interval(from_=first, to=last, precision=precision, inferred=why)


_FROM_PUBLICATION = "year from the publication date"
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


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
            found, why = calendar_day(self.year, self.month, self.day), None
        elif self.years_on is not None and self.month is not None:
            year = min(max(anchor.year + self.years_on, MINYEAR), MAXYEAR)
            found, why = calendar_day(year, self.month, self.day), None
        else:
            found, why = self._supplied(anchor, future)
        found = found or anchor  # 29 February of a year that has none
        if self.weekday is not None and found.weekday() != self.weekday:
            odd = f"the text calls it a {WEEKDAYS[self.weekday]}, and it is none"
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
                found = calendar_day(first.year, first.month, self.day)
            else:
                found = calendar_day(anchor.year + step * count, self.month, self.day)
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
                why = f"year from the publication date, the {word} {MONTHS[self.month - 1]}"
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
        name = WEEKDAYS[self.number]
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


SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
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
        elif self.unit is Unit.day and self.weekday is None:
            begin = end = min(_plus(first, self.number - 1), last)
            precision = Precision.day
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


@value
class WeekOf:
    """The week of 5 March."""

    within: Meaning

    def days(self, anchor: date, future: bool) -> Interval:
        """The Monday-to-Sunday week of that day."""
        day = self.within.days(anchor, future)
        first = _plus(day.from_, -day.from_.weekday())
        return _interval(first, _plus(first, 6), Precision.week, day.inferred)


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
