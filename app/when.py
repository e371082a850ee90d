"""Partial days, half-open intervals, instants at a place: definite, possible or no.

A *boundary* is a text: a day (`2010-06-09`, that whole calendar day at the place entered) or an
instant (`2025-09-28T00:00:00Z`, one moment everywhere). An *arrival* is a text of one day, a
month, a year or a date-time, together with the time zones that the place may lie in. Asked
whether an arrival falls inside an interval, the answer is over all that the arrival may mean.

Zone tables come from the pinned `tzdata` package, never from the machine: the same question
must have the same answer everywhere.
"""

import bisect
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import cache, lru_cache
from importlib import resources
from itertools import pairwise
from zoneinfo import ZoneInfo

from app.terms import Holds, value

MICROSECOND = timedelta(microseconds=1)
DAY = timedelta(days=1)
_EVER = datetime.min.replace(tzinfo=UTC)
_NEVER = datetime.max.replace(tzinfo=UTC)


@cache
def zone(name: str) -> ZoneInfo:
    """A time zone of the pinned tz database, by its name; KeyError for an unknown one."""
    path = resources.files("tzdata.zoneinfo").joinpath(*name.split("/"))
    try:
        with path.open("rb") as file:
            return ZoneInfo.from_file(file, key=name)
    except OSError as error:
        raise KeyError(name) from error


@lru_cache(maxsize=1024)
def days(text: str) -> tuple[date, date]:
    """The first and the last day that a year, month, day or date-time may mean."""
    text = text.partition("T")[0]
    if len(text) == 4:
        return date(int(text), 1, 1), date(int(text), 12, 31)
    if len(text) == 7:
        first = date.fromisoformat(text + "-01")
        after = date(first.year + first.month // 12, first.month % 12 + 1, 1)
        return first, after - DAY
    day = date.fromisoformat(text)
    return day, day


@lru_cache(maxsize=1024)
def parse_instant(text: str) -> datetime:
    """An instant as UTC; a date-time without an offset is taken as UTC (old list files)."""
    moment = datetime.fromisoformat(text)
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)


def instant_text(moment: datetime) -> str:
    """An instant as text in UTC, always of the same length, so that texts sort as instants do."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def is_instant(boundary: str) -> bool:
    """Whether a boundary is a moment everywhere the same, rather than a calendar day."""
    return "T" in boundary


@lru_cache(maxsize=1024)
def at(boundary: str, zone_name: str) -> datetime:
    """The instant at which a boundary falls at a place: a day begins at that place's midnight."""
    if is_instant(boundary):
        return parse_instant(boundary)
    day = date.fromisoformat(boundary)
    midnight = datetime(day.year, day.month, day.day, tzinfo=zone(zone_name))
    return midnight.astimezone(UTC)


def order(boundary: str) -> datetime:
    """A sort key for boundaries where no place is known: days as if at UTC."""
    return at(boundary, "UTC")


def day_after(day: str) -> str:
    """The day after a day."""
    return (date.fromisoformat(day) + DAY).isoformat()


@value
class Window:
    """Some of what an arrival may mean: from `start` up to `end` (half-open), in one zone."""

    zone: str
    start: datetime
    end: datetime

    def inside(self, from_: str | None, until: str | None) -> bool:
        """Whether all of this window lies in the half-open interval; null is without end."""
        return (from_ is None or at(from_, self.zone) <= self.start) and (
            until is None or self.end <= at(until, self.zone)
        )

    def touches(self, from_: str | None, until: str | None) -> bool:
        """Whether some of this window lies in the half-open interval."""
        return (from_ is None or at(from_, self.zone) < self.end) and (
            until is None or self.start < at(until, self.zone)
        )

    @property
    def day(self) -> date:
        """The calendar day at the place on which the window begins."""
        return self.start.astimezone(zone(self.zone)).date()


@value
class Arrival:
    """When somebody arrived, as said, over all zones that the place may lie in."""

    text: str
    windows: tuple[Window, ...]

    @property
    def first_day(self) -> date:
        """The earliest calendar day at the place that it may mean."""
        return min(window.day for window in self.windows)

    @property
    def last_day(self) -> date:
        """The latest calendar day at the place that it may mean."""
        return max(
            (window.end - MICROSECOND).astimezone(zone(window.zone)).date()
            for window in self.windows
        )

    def holds(self, from_: str | None, until: str | None) -> Holds:
        """Whether the arrival falls in the half-open interval: yes, possible or no."""
        if all(window.inside(from_, until) for window in self.windows):
            return Holds.yes
        if any(window.touches(from_, until) for window in self.windows):
            return Holds.possible
        return Holds.no


@lru_cache(maxsize=1024)
def arrival(text: str, zones: tuple[str, ...]) -> Arrival:
    """What an arrival may mean in the given zones (at least one).

    A day, month or year is whole calendar days at the place; a date-time without an offset is
    local time there; one with an offset is a moment, whose zone still says which day that was.
    Zones that keep the same time over the days in question are looked at once.
    """
    windows: dict[tuple[datetime, datetime, timedelta | None], Window] = {}
    for name in zones:
        if "T" in text:
            moment = datetime.fromisoformat(text)
            if moment.tzinfo is None:
                moment = moment.replace(tzinfo=zone(name))
            start = moment.astimezone(UTC)
            end = start + MICROSECOND
        else:
            first, last = days(text)
            start, end = at(first.isoformat(), name), at((last + DAY).isoformat(), name)
        offset = start.astimezone(zone(name)).utcoffset()
        windows.setdefault((start, end, offset), Window(zone=name, start=start, end=end))
    if not windows:
        raise ValueError("an arrival needs at least one time zone")
    return Arrival(text=text, windows=tuple(windows.values()))


def cells(arrived: Arrival, boundaries: Iterable[str]) -> tuple[Window, ...]:
    """Cut an arrival at boundaries, so that no boundary falls inside any piece."""
    unique = set(boundaries)
    return tuple(
        piece
        for window in arrived.windows
        for piece in cut(window, sorted({at(boundary, window.zone) for boundary in unique}))
    )


def cut(window: Window, moments: Sequence[datetime]) -> Iterator[Window]:
    """The pieces of a window between those of the sorted moments that fall inside it."""
    inner = moments[
        bisect.bisect_right(moments, window.start) : bisect.bisect_left(moments, window.end)
    ]
    for start, end in pairwise((window.start, *inner, window.end)):
        yield Window(zone=window.zone, start=start, end=end)


@lru_cache(maxsize=1024)
def in_words(boundary: str, zone_name: str | None = None) -> str:
    """A boundary as words: `9 June 2010`, or an instant, with the hour at the place."""
    if not is_instant(boundary):
        day = date.fromisoformat(boundary)
        return f"{day.day} {day:%B %Y}"
    moment = parse_instant(boundary)
    words = f"{moment:%H:%M} UTC on {moment.day} {moment:%B %Y}"
    if zone_name is not None and zone_name != "UTC":
        local = moment.astimezone(zone(zone_name))
        words += f" ({local:%H:%M} on {local.day} {local:%B} in the zone {zone_name})"
    return words


def partial_in_words(text: str) -> str:
    """A year, month, day or date-time as words: `July 2015`, `24 July 2015`."""
    day = text.partition("T")[0]
    if len(day) == 4:
        return day
    if len(day) == 7:
        return f"{date.fromisoformat(day + '-01'):%B %Y}"
    words = in_words(day)
    return words if "T" not in text else f"{words} at {text.partition('T')[2]}"


def counted(number: int, what: str) -> str:
    """A number of things as words: `1 day`, `2 days`."""
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def overlaps(
    first: tuple[str | None, str | None], second: tuple[str | None, str | None], zone_name: str
) -> tuple[datetime, datetime] | None:
    """The time that two half-open intervals share at a place, or null."""
    start = max(_EVER if side is None else at(side, zone_name) for side in (first[0], second[0]))
    end = min(_NEVER if side is None else at(side, zone_name) for side in (first[1], second[1]))
    return (start, end) if start < end else None
