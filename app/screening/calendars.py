"""The two Hijri calendars beside the Gregorian one, by arithmetic.

The solar one is the civil calendar of Iran and Afghanistan: six months of 31 days, five of 30,
one of 29, or 30 in a leap year; a year begins about 21 March. Its leap years are those of the
cycle of 33 years (M. Heydari-Malayeri, "A concise review of the Iranian calendar", 2004), which
from 1278 (1899) on gives every year as the equinox does, and before that some of them a day off.

The lunar one is the tabular form, eleven leap years in thirty, counted from 15 July 622
(N. Dershowitz and E. M. Reingold, "Calendrical Calculations", chapter 7). It comes within a day of
the calendar of Umm al-Qura; a month that began when somebody saw the moon may be two days off.
"""

from datetime import date
from enum import StrEnum


class Calendar(StrEnum):
    """A calendar that counts its years from the Hijra; the value is what a reason calls it."""

    solar = "Iranian (solar Hijri)"
    lunar = "lunar Hijri"


_SOLAR_LEAP = frozenset((1, 5, 9, 13, 17, 22, 26, 30))
_SOLAR_CYCLE = 33 * 365 + len(_SOLAR_LEAP)
_SOLAR_ANCHOR = 1387, date(2008, 3, 20).toordinal()  # 1387 began a cycle
_LUNAR_BEGAN = date(622, 7, 18).toordinal()  # 15 July of the Julian calendar

FIRST_YEAR, LAST_YEAR = 1200, 1499
"""Years that are read as of the Hijra: lives from about 1785 on."""


def _year_begins(calendar: Calendar, year: int) -> int:
    """The ordinal of the first day of a year."""
    if calendar is Calendar.lunar:
        return _LUNAR_BEGAN + 354 * (year - 1) + (11 * year + 3) // 30
    anchor, began = _SOLAR_ANCHOR
    cycles, rest = divmod(year - anchor, 33)
    leaps = sum((anchor + n) % 33 in _SOLAR_LEAP for n in range(rest))
    return began + cycles * _SOLAR_CYCLE + 365 * rest + leaps


def _month_begins(calendar: Calendar, month: int) -> int:
    """Days of a year before a month; of the thirteenth, those that a common year has."""
    if calendar is Calendar.lunar:
        return (59 * (month - 1) + 1) // 2
    return 31 * (month - 1) - max(0, month - 7) - (month == 13)


def days(calendar: Calendar, year: int, month: int | None, day: int | None) -> tuple[date, date]:
    """The first and last Gregorian day of a year, a month or a day; ValueError for none."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(f"{year} is not between {FIRST_YEAR} and {LAST_YEAR}")
    begins, after = _year_begins(calendar, year), _year_begins(calendar, year + 1)
    if month is not None:
        if not 1 <= month <= 12:
            raise ValueError(f"{month} is no month")
        if month < 12:
            after = begins + _month_begins(calendar, month + 1)
        begins += _month_begins(calendar, month)
        if day is not None:
            if not 1 <= day <= after - begins:
                raise ValueError(f"{day} is no day of that month")
            begins += day - 1
            after = begins + 1
    return date.fromordinal(begins), date.fromordinal(after - 1)


def read(calendar: Calendar, gregorian: date) -> tuple[int, int, int]:
    """A Gregorian day as year, month and day of another calendar."""
    ordinal = gregorian.toordinal()
    year = gregorian.year - 621
    if calendar is Calendar.lunar:
        year = (ordinal - _LUNAR_BEGAN) * 30 // 10631 + 2
    while _year_begins(calendar, year) > ordinal:
        year -= 1
    rest = ordinal - _year_begins(calendar, year)
    month = next(m for m in range(12, 0, -1) if _month_begins(calendar, m) <= rest)
    return year, month, rest - _month_begins(calendar, month) + 1
