"""Days, months, years and spans in an English text.

`dates` finds the expressions; `resolve` says which days one means, seen from an anchor: the day
of publication, or for what counts from another date (*two days later*) the first of its days.
Weeks run from Monday to Sunday. What was not written and had to be supplied is said in words.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date

from app.reading.days import (
    MONTHS,
    SEASONS,
    WEEKDAYS,
    Away,
    CalendarDay,
    CalendarMonth,
    CalendarYear,
    Interval,
    Meaning,
    Ordinal,
    Part,
    PartIs,
    Precision,
    Season,
    Span,
    Unit,
    Weekday,
    WeekOf,
    calendar_day,
)
from app.terms import value

__all__ = ["DateRead", "Interval", "Precision", "dates", "resolve"]

# ---------------------------------------------------------------- what is answered


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
_BY_MONTH = {name.lower(): place for place, name in enumerate(MONTHS, 1)} | {
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
_LONG_WEEKDAY = rf"(?P<weekday>{_either(WEEKDAYS)})(?![A-Za-z])"
_TO = r"(?:to|until|till|through|and|&)"
_DASH = r"[ \t\u00a0]?[-‐‑‒–—][ \t\u00a0]?"
_JOIN = rf"(?:{_DASH}|/|{_S}(?P<join>{_TO}){_S})"
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
    return day.month is None or calendar_day(day.year or 2000, day.month, day.day) is not None


def _iso(seen: Seen) -> Built:
    year, month, day = (int(seen.given(name)) for name in ("year", "month", "day"))
    if not 1 <= month <= 12 or day < 1 or calendar_day(year, month, day) is None:
        return None
    return CalendarDay(year=year, month=month, day=day)


def _numbers_alone(seen: Seen) -> Built:
    day, month, year = (int(seen.given(name)) for name in ("day", "month", "year"))
    if month > 12:
        day, month = month, day
    if not 1 <= month <= 12 or day < 1 or calendar_day(year, month, day) is None:
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
        first_month=SEASONS[name],
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


def _weekday_by_another(seen: Seen) -> Built:
    return Weekday(number=_BY_WEEKDAY[seen.given("weekday")], which=_FROM_THERE[seen.given("way")])


def _beside_another(seen: Seen) -> Built:
    """The day before: of what the text spoke of."""
    unit = Unit.day if seen.given("unit") == "night" else Unit(seen.given("unit"))
    return Away(unit=unit, by=-1 if seen.given("way") == "before" else 1)


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
    "the start of": PartIs.early, "the first days of": PartIs.early,
    "the last days of": PartIs.late, "the opening days of": PartIs.early,
    "beginning of": PartIs.early, "mid": PartIs.mid,
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
_SHORT = (
    r"(?:(?<=Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Oct|Nov|Dec)|(?<=JAN|FEB|MAR|APR|JUN|JUL|AUG|SEP)"
    r"|(?<=OCT|NOV|DEC)|(?<=Sept|SEPT))"
)
_DOT = rf"(?:{_SHORT}\.(?=,?{_S}(?:of{_S})?\d))?"
"""The full stop of a month cut short, where the date goes on behind it."""
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
            rf"{_MON}{_DOT}{_S}(?:the{_S})?(?P<first>\d\d?)(?:st|nd|rd|th)?{_JOIN}(?:the{_S})?"
            rf"{_DAY}{_IN_YEAR}(?P<weekday>)",
            _days_of_a_month,
        ),
        (
            rf"{_NAME_OF_DAY}(?:(?ai:the){_S})?{_DAY}{_S}(?:of{_S})?{_MON}{_DOT}{_IN_YEAR}",
            _calendar_day,
        ),
        (rf"{_NAME_OF_DAY}{_MON}{_DOT}{_S}(?:the{_S})?{_DAY}{_IN_YEAR}", _calendar_day),
        (
            rf"{_DAY}(?=(?:,{_S}\d\d?){{0,3}},?{_S}(?:and|or){_S}(?:the{_S})?"
            rf"\d\d?(?:st|nd|rd|th)?{_S}(?:of{_S})?{_MON}{_IN_YEAR})(?P<weekday>)",
            _day_of_a_list,
        ),
        (rf"{_DAY}-{_MON}-{_YEAR}(?P<which_year>)(?P<weekday>)", _calendar_day),
        (rf"{_MON}{_DOT}{_OF_YEAR}", _month_of_year),
        (rf"(?:{_WHICH_WORDS}{_S})?{_MON}", _month_alone),
        (
            rf"(?:{_WHICH_WORDS}{_S}|(?P<the>(?ai:the){_S}))?(?P<season>{_words(SEASONS)})"
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
            rf"(?P<way>{_words(_FROM_THERE)}){_S}(?P<weekday>{_either(WEEKDAYS)}){_DAY_PART}",
            _weekday_by_another,
        ),
        (
            rf"(?ai:the){_S}(?P<unit>(?ai:day|night|week|month|year)){_S}"
            rf"(?P<way>before|after)(?={_O}[.,;\n])",
            _beside_another,
        ),
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
    rf"(?:(?ai:the){_S})?(?P<number>{_words(_ORDINALS)}){_S}"
    rf"(?P<unit>(?ai:weekend|week)|{_either(WEEKDAYS)}){_S}(?:of|in){_S}"
)
_PART = re.compile(rf"(?P<part>{_words(_PARTS)})(?:{_S}|-)")
_THE_UNIT = re.compile(rf"(?ai:the){_S}(?P<unit>(?ai:week|month|year))(?!\w)")
"""The end of the year: only after a word that says which part of it."""
_WEEK_OF = re.compile(rf"(?ai:the){_S}week{_S}(?:of|beginning|starting|ending){_S}(?:on{_S})?")
_DAY_OF_A_MONTH = re.compile(
    rf"(?ai:the){_S}(?P<day>\d\d?)(?:st|nd|rd|th){_S}of{_S}(?P<which>last|this|next){_S}month(?!\w)"
)
_THE_DAY_OF = re.compile(rf"(?ai:the){_S}(?P<number>{_words(_ORDINALS)}){_S}of{_S}")

_FIRST_WORDS = _words(
    {*_NUMBERS, *_WHICH, *_PARTS, *SEASONS, *_DAYS_AWAY, *_ORDINALS, "the", "that"}
)
_START = re.compile(
    rf"(?<![\w$£€#])(?:{_either({*_BY_MONTH, *_BY_WEEKDAY})}|{_FIRST_WORDS})(?![A-Za-z])"
    r"|(?<![\w$£€#/:.,§¶‐‑‒–—-])\d"
)
"""Where an expression may begin: at a number that stands alone, or at one of few words."""

_JOINED = re.compile(_JOIN)
_AND_DAY = re.compile(rf",?{_S}(?:and|or|&){_S}(?:the{_S})?{_DAY}(?:,?{_S}{_YEAR})?")
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
        if isinstance(meaning, CalendarDay) and (second := _second_day(text, end, meaning)):
            found.append(second)
            place = second.end
    return _years_shared(text, found)


def _second_day(text: str, end: int, first: CalendarDay) -> DateRead | None:
    """The 4 of: March 3 and 4. It counts nothing, and has no month of its own."""
    match = _AND_DAY.match(text, end)
    if match is None or first.month is None or text[end - 1].isalpha():
        return None
    seen = Seen(match, cued=True)
    day = replace(first, day=int(match["day"]), year=_number(match["year"]), weekday=None)
    after = seen.after()
    counts = after and after not in _LITTLE and seen["year"] is None
    if counts or day.day <= first.day or not _possible(day):
        return None
    return _made(text, match.start("day"), match.end(), day)


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
    if prefix := _WEEK_OF.match(text, start):
        inner = _read_plain(text, prefix.end(), cued=True)
        if inner is not None and isinstance(inner[0], CalendarDay):
            return WeekOf(within=inner[0]), inner[1]
    if prefix := _DAY_OF_A_MONTH.match(text, start):
        if not 1 <= int(prefix["day"]) <= 31:
            return None, prefix.end()
        told = Away(unit=Unit.month, by=_WHICH[prefix["which"]])
        return Ordinal(number=int(prefix["day"]), unit=Unit.day, within=told), prefix.end()
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


_ENDS = (CalendarDay, CalendarMonth, CalendarYear, Weekday, Part)
"""What may be an end of a span."""


def _joined(text: str, start: int, end: int, first: Meaning) -> tuple[Meaning, int] | None:
    """The span that an expression opens, where another of its kind closes it."""
    join = _JOINED.match(text, end)
    if join is None or not isinstance(first, _ENDS):
        return None
    if join["join"] in ("and", "&") and _word_before(text, start) != "between":
        return None
    read = _read(text, join.end(), cued=True)
    if read is None or type(read[0]) is not type(first) or read[0] is None:
        return None
    last = read[0]
    if not isinstance(first, Weekday | Part):
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
    rf"{_S}(?:earlier|later|previously|before|after)\Z|\b{_words(_FROM_THERE)}{_S}", re.IGNORECASE
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
