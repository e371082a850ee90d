"""The picture of a timeline: facts laid out, for a template to draw.

One band shows all the time that the facts span and, where the journey is short beside that, a
second one shows the journey's days large, with the law around them. The same facts have the same
picture, to the byte. Lengths are texts, as they are written; days are numbers, in UTC.

Letters of a picture do not shrink with the screen, so that there are two: a wide one, and a narrow
one for telephones. A style sheet shows one of them.
"""

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from app.page.saying import Words, in_words
from app.page.timeline import LANES, SAID, Fact, Row, extent, lane_name, rows, start
from app.terms import value

WIDTH = 640
NARROW = 320
"""How wide the pictures are, in units of about a pixel."""
_EDGE = 8.0  # left free at both sides: what goes on outside a band is drawn into it
_TEXT = 10.0  # from the top of a line to where its letters stand
_BAR = 9.0
_ROW = 25.0  # a bar with its words above it
_HEADING = 16.0
_AXIS = 18.0
_GAP = 12.0
_LETTER, _WIDE_LETTER = 6.1, 11.5  # widths of letters as labels have them, and a little more
_MOST_LETTERS = 96
_FEWEST_DAYS = 42.0  # that a band shows
_NEAR = 180.0  # days from the journey within which a statement is shown beside it
_LARGER = 3.0  # how many times larger the second band must be to be worth it
_MOST_BARS = 16  # in one lane; the table has all
_APART = 9.0  # marks nearer to each other than this are one
_EVER, _NEVER = float("-inf"), float("inf")
_FIRST_STRONG, _POP = "\u2068", "\u2069"  # isolate what is between them (Unicode, annex 9)


@value
class Text:
    """Words, by where they begin and the line on which they stand."""

    x: str
    y: str
    words: str


@value
class Bar:
    """A length of time; `look` names its classes."""

    x: str
    y: str
    width: str
    look: str
    disputed: bool


@value
class Mark:
    """A point in time."""

    x: str
    y: str
    shape: str


@value
class Arrow:
    """Where no end, or no beginning, is on record."""

    x: str
    y: str
    ahead: bool


@value
class Span:
    """A length of time across a whole band."""

    x: str
    width: str


@value
class Lane:
    """Facts of one kind in one band."""

    heading: Text
    bars: tuple[Bar, ...]
    labels: tuple[Text, ...]
    arrows: tuple[Arrow, ...]
    marks: tuple[Mark, ...]


@value
class Band:
    """A scale of time with its lanes."""

    top: str
    height: str
    title: Text | None
    """What the second band is."""
    axis: str
    ticks: tuple[Text, ...]
    lanes: tuple[Lane, ...]
    journey: Span | None
    label: Text | None
    """What the journey's days are called."""
    window: Span | None
    """The days that the second band shows, in the first."""


@value
class Key:
    """A sign of the picture, and what it means."""

    look: str
    x: str
    y: str
    text: Text


@value
class Timeline:
    """A picture, and its facts as a table."""

    id: str
    title: str
    desc: str
    width: int
    height: str
    bands: tuple[Band, ...]
    keys: tuple[Key, ...]
    rows: tuple[Row, ...]


@value
class _Scale:
    """Days to places in the picture."""

    first: float
    last: float
    width: int

    def x(self, day: float) -> float:
        """Where a day is, at the most at the very edge of the picture."""
        if day in (_EVER, _NEVER):
            return _EDGE if day == _EVER else self.width - _EDGE
        share = (day - self.first) / (self.last - self.first)
        return min(max(_EDGE + share * (self.width - 2 * _EDGE), 0.0), float(self.width))

    def span(self, first: float, last: float) -> Span:
        x = self.x(first)
        return Span(x=_n(x), width=_n(max(self.x(last) - x, 2.0)))

    @property
    def days(self) -> float:
        return self.last - self.first


class _Piece(NamedTuple):
    """A part of a fact's time over which it is equally sure."""

    first: float
    last: float
    sure: bool


def pictures(facts: Sequence[Fact], id: str, title: str, w: Words) -> tuple[Timeline, ...]:  # noqa: A002
    """A wide picture of some facts and a narrow one; none where no fact has a day."""
    both = ((id, WIDTH), (f"{id}-narrow", NARROW))
    drawn_ = (drawn(facts, name, title, w, width) for name, width in both)
    return tuple(each for each in drawn_ if each is not None)


def drawn(
    facts: Sequence[Fact],
    id: str,  # noqa: A002 - as pages have it
    title: str,
    w: Words,
    width: int = WIDTH,
) -> Timeline | None:
    """The picture and the table of some facts; null where none of them has a day.

    `id` tells it from other pictures on the same page.
    """
    known = [span for fact in facts if (span := extent(fact)) is not None]
    if not known:
        return None
    first, last = min(span[0] for span in known), max(span[1] for span in known)
    whole, zoom = _around(first, last, width), _zoom(facts, width)
    if zoom is None or zoom.days * _LARGER > whole.days:
        bands = [_band(facts, whole, 0.0, w)]
    else:
        # Statements are shown large, and small only where one of them is too far away for that.
        far = any(span[0] < zoom.first or zoom.last < span[1] for span in _said(facts))
        broad = [fact for fact in facts if far or fact.lane not in SAID]
        bands = [_band(broad, whole, 0.0, w, window=zoom)]
        below = float(bands[0].height) + _GAP
        called = Text(x="2", y=_n(below + _TEXT + 2), words=w["timeline"]["larger"])
        bands.append(_band(facts, zoom, below + _HEADING, w, title=called))
    bottom = float(bands[-1].top) + float(bands[-1].height) + _GAP
    keys, height = _keys(facts, bottom, width, w)
    days = (_day(first, w), _day(max(first, last - 1), w))
    return Timeline(
        id=id,
        title=title,
        desc=w["timeline"]["desc"].format(first=days[0], last=days[1]),
        width=width,
        height=_n(height),
        bands=tuple(bands),
        keys=keys,
        rows=rows(facts, w),
    )


def _said(facts: Iterable[Fact]) -> list[tuple[float, float]]:
    return [span for fact in facts if fact.lane in SAID and (span := extent(fact)) is not None]


def _around(first: float, last: float, width: int) -> _Scale:
    """A scale that holds a time, with a little more on both sides."""
    more = max((last - first) * 0.04, (_FEWEST_DAYS - (last - first)) / 2)
    ends = min(last + more, float(date.max.toordinal()))
    return _Scale(first=max(first - more, 1.0), last=ends, width=width)


def _zoom(facts: Sequence[Fact], width: int) -> _Scale | None:
    """The journey's days, and those of what was said near them; null where no journey has any."""
    journey = next((extent(fact) for fact in facts if fact.lane == "journey"), None)
    if journey is None:
        return None
    first, last = journey
    near = [span for span in _said(facts) if first - _NEAR <= span[0] and span[1] <= last + _NEAR]
    begins, ends = (
        min([first, *(span[0] for span in near)]),
        max([last, *(span[1] for span in near)]),
    )
    return _around(begins, ends, width)


# ---------------------------------------------------------------- one band


def _band(
    facts: Sequence[Fact],
    scale: _Scale,
    top: float,
    w: Words,
    *,
    title: Text | None = None,
    window: _Scale | None = None,
) -> Band:
    y = top + _AXIS
    label = span = None
    journey = next((fact for fact in facts if fact.lane == "journey"), None)
    if journey is not None and (known := extent(journey)) is not None:
        day = in_words(journey.on, w)
        words = _short(w["timeline"]["journey"].format(day=day, place=journey.words), scale.width)
        span = scale.span(*known)
        label = Text(
            x=_n(_inside(scale.x(known[0]), words, scale.width)), y=_n(y + _TEXT + 1), words=words
        )
        y += _HEADING
    lanes = []
    for name in LANES:
        pieces = [
            (fact, found)
            for fact in facts
            if fact.lane == name != "journey" and (found := _pieces(fact, scale))
        ]
        if pieces:
            points = name in SAID or name == "amended"
            lane, y = (_points if points else _lengths)(name, pieces, scale, y, w)
            lanes.append(lane)
    return Band(
        top=_n(top),
        height=_n(y - top),
        title=title,
        axis=_n(top + _AXIS),
        ticks=_ticks(scale, top + _TEXT + 2, w),
        lanes=tuple(lanes),
        journey=span,
        label=label,
        window=None if window is None else scale.span(window.first, window.last),
    )


def _pieces(fact: Fact, scale: _Scale) -> list[_Piece]:
    """The parts of a fact's time that a scale shows."""
    if fact.dated:
        known = extent(fact)
        if known is None:
            return []
        exact = all(len(day) >= 10 for day in (fact.on, fact.to) if day)
        found = [_Piece(*known, exact)]
    else:
        first = _EVER if fact.from_ is None else start(fact.from_)
        last = _NEVER if fact.until is None else start(fact.until)
        begun = start(fact.from_by) if fact.from_by else first
        over = start(fact.until_by) if fact.until_by else last
        doubt = max(begun, min(last, start(fact.sure_until))) if fact.sure_until else last
        found = [
            _Piece(first, begun, False),
            _Piece(begun, doubt, fact.sure),
            _Piece(doubt, over, False),
        ]
    return [
        piece
        for piece in found
        if piece.first < piece.last and piece.first < scale.last and piece.last > scale.first
    ]


_Found = Sequence[tuple[Fact, Sequence[_Piece]]]


def _lengths(name: str, found: _Found, scale: _Scale, y: float, w: Words) -> tuple[Lane, float]:
    """A lane of bars, each with its words above it, in as few rows as hold them; and its end."""
    filled: list[float] = []  # how far each row is
    bars, labels, arrows = [], [], []
    kept = found[-_MOST_BARS:]
    top = y + _HEADING
    for fact, pieces in sorted(kept, key=lambda item: item[1][0].first):
        first, last = scale.x(pieces[0].first), scale.x(pieces[-1].last)
        words = _short(fact.words, scale.width)
        at = _inside(max(first, 2.0), words, scale.width)
        row = next(
            (number for number, until in enumerate(filled) if until <= min(first, at)), len(filled)
        )
        if row == len(filled):
            filled.append(0.0)
        filled[row] = max(last, at + _wide(words)) + 6
        base = top + row * _ROW
        labels.append(Text(x=_n(at), y=_n(base + _TEXT), words=words))
        for piece in pieces:
            look = fact.strength or name
            x = scale.x(piece.first)
            bars.append(
                Bar(
                    x=_n(x),
                    y=_n(base + 13),
                    width=_n(max(scale.x(piece.last) - x, 2.0)),
                    look=look if piece.sure else "maybe",
                    disputed=fact.disputed,
                )
            )
        if pieces[-1].last == _NEVER:
            arrows.append(Arrow(x=_n(last), y=_n(base + 13), ahead=True))
        if pieces[0].first == _EVER:
            arrows.append(Arrow(x=_n(first), y=_n(base + 13), ahead=False))
    lane = Lane(
        heading=_heading(name, y, scale.width, w, len(found) - len(kept)),
        bars=tuple(bars),
        labels=tuple(labels),
        arrows=tuple(arrows),
        marks=(),
    )
    return lane, top + len(filled) * _ROW


def _points(name: str, found: _Found, scale: _Scale, y: float, w: Words) -> tuple[Lane, float]:
    """A lane of marks; of statements with their numbers in the table, and who made them."""
    by_place: dict[int, list[tuple[float, Fact]]] = {}
    bars = []
    base = y + _HEADING
    for fact, pieces in found:
        first, last = scale.x(pieces[0].first), scale.x(pieces[-1].last)
        x = (first + last) / 2
        by_place.setdefault(int(x // _APART), []).append((x, fact))
        if not pieces[0].sure:
            width = _n(max(last - first, 2.0))
            bars.append(Bar(x=_n(first), y=_n(base), width=width, look="maybe", disputed=False))
    marks, labels = [], []
    free = 0.0
    for _, group in sorted(by_place.items()):
        x = min(place for place, _ in group)
        marks.append(Mark(x=_n(x), y=_n(base + _BAR / 2), shape=name))
        words = ", ".join(str(fact.number) for _, fact in group if fact.number is not None)
        # The numbers stand after their mark, at the right edge before it, or nowhere.
        begins = x + 7 if x + 9 + _wide(words) < scale.width else x - 7 - _wide(words)
        if words and min(begins, x - 4) > free:
            labels.append(Text(x=_n(begins), y=_n(base + _BAR), words=words))
            free = max(begins + _wide(words), x + 5)
    # A name that is written from the right keeps its own order, and the number stays before it.
    who = ", ".join(
        f"{fact.number} {_FIRST_STRONG}{fact.words}{_POP}"
        for fact, _ in found
        if fact.number is not None
    )
    lane = Lane(
        heading=_heading(name, y, scale.width, w, 0, who),
        bars=tuple(dict.fromkeys(bars)),
        labels=tuple(labels),
        arrows=(),
        marks=tuple(marks),
    )
    return lane, base + _BAR + 8


def _heading(name: str, y: float, width: int, w: Words, left_out: int, who: str = "") -> Text:
    words = lane_name(name, w)
    if who:
        words += f": {who}"
    if left_out:
        words += f" ({w['timeline']['left_out'].format(n=left_out)})"
    return Text(x="2", y=_n(y + _TEXT + 2), words=_short(words, width))


# ---------------------------------------------------------------- the scale of a band


def _ticks(scale: _Scale, y: float, w: Words) -> tuple[Text, ...]:
    """Days, months or years, as many as there is room for."""
    months = w["timeline"]["months"].split()

    def day_name(day: date) -> str:
        return f"{day.day} {months[day.month - 1]} {day.year}"

    def month_name(day: date) -> str:
        return f"{months[day.month - 1]} {day.year}"

    def year_name(day: date) -> str:
        return str(day.year)

    steps: list[tuple[float, Callable[[date], str], Callable[[date], bool]]] = [
        *((n, day_name, _every_days(n)) for n in (1, 2, 7, 14)),
        *((n * 28, month_name, _every_months(n)) for n in (1, 3, 6)),
        *((n * 365, year_name, _every_years(n)) for n in (1, 2, 5, 10, 20, 50, 100, 500)),
    ]
    some_day = date.fromordinal(int(scale.first))
    _, name, is_tick = next(
        (
            step
            for step in steps
            if step[0] / scale.days * (scale.width - 2 * _EDGE) > _wide(step[1](some_day)) + 8
        ),
        steps[-1],
    )
    found = []
    for day in _days_between(scale):
        if is_tick(day):
            words = name(day)
            x = scale.x(float(day.toordinal()))
            if x + _wide(words) < scale.width:
                found.append(Text(x=_n(x), y=_n(y), words=words))
    return tuple(found)


def _every_days(n: int) -> Callable[[date], bool]:
    return lambda day: day.toordinal() % n == 1 % n  # weeks begin on Monday


def _every_months(n: int) -> Callable[[date], bool]:
    return lambda day: day.day == 1 and (day.month - 1) % n == 0


def _every_years(n: int) -> Callable[[date], bool]:
    return lambda day: (day.month, day.day) == (1, 1) and day.year % n == 0


def _days_between(scale: _Scale) -> Iterator[date]:
    """The days of a scale; of a long one the first of each month."""
    first, last = int(scale.first) + 1, int(scale.last)
    if scale.days < 700:
        yield from map(date.fromordinal, range(first, last + 1))
        return
    begins, ends = date.fromordinal(first), date.fromordinal(last)
    for month in range(begins.year * 12 + begins.month, ends.year * 12 + ends.month):
        yield date(month // 12, month % 12 + 1, 1)


# ---------------------------------------------------------------- what the signs mean


def _keys(facts: Sequence[Fact], y: float, width: int, w: Words) -> tuple[tuple[Key, ...], float]:
    """Every sign that is used, explained, and where the picture ends."""
    used = {fact.strength for fact in facts if fact.strength}
    lasting = [fact for fact in facts if not fact.dated]
    if any(
        not fact.sure or fact.sure_until or fact.from_by or fact.until_by for fact in lasting
    ) or any(len(fact.on) < 10 for fact in facts if fact.on):
        used.add("maybe")
    if any(fact.disputed for fact in facts):
        used.add("disputed")
    if any(fact.until is None for fact in lasting):
        used.add("open")
    texts = w["timeline"]["signs"]
    found = []
    x = 2.0
    for look in ("binding", "binding_notification", "call", "maybe", "disputed", "open"):
        if look not in used:
            continue
        words = texts[look]
        if x > 2.0 and x + 28 + _wide(words) > width:
            x, y = 2.0, y + 17
        text = Text(x=_n(x + 25), y=_n(y + _BAR), words=words)
        found.append(Key(look=look, x=_n(x), y=_n(y), text=text))
        x += 28 + _wide(words) + 12
    return tuple(found), y + (17 if found else 0)


# ---------------------------------------------------------------- numbers and letters


def _n(number: float) -> str:
    """A length, to a tenth, as short as it can be written."""
    return f"{number:.1f}".removesuffix(".0")


def _day(number: float, w: Words) -> str:
    return in_words(date.fromordinal(int(number)).isoformat(), w)


def _wide(words: str) -> float:
    """How wide some words are in the picture, and rather more than less."""
    return sum(
        _WIDE_LETTER if unicodedata.east_asian_width(letter) in "WF" else _LETTER
        for letter in words
    )


def _inside(x: float, words: str, width: int) -> float:
    """Where words begin that are to begin at a place and end inside the picture."""
    return max(min(x, width - 2 - _wide(words)), 2.0)


def _short(words: str, width: int) -> str:
    """Words cut to what the picture has room for; the table has all of them."""
    if _wide(words) <= width - 4:
        return words
    cut = words[:_MOST_LETTERS]
    while _wide(cut) > width - 12:
        cut = cut[:-1]
    return cut.rstrip() + "…"
