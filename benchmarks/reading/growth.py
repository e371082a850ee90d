"""How long a text takes to read, and how that grows with its length.

The texts are made: paragraphs of some hundred words, each about another person and with other
speakers, so that a longer text has more people in it and not only more of the same.
"""

import statistics
import time
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import count
from typing import Protocol

from app.reading.article import Reading
from app.record import Record
from app.terms import PartyKind, Policy
from benchmarks.common import Row, at_most, invented_name, say


class Read(Protocol):
    """What reads a text."""

    def __call__(
        self,
        text: str,
        published_on: str,
        record: Record,
        policy: Policy,
        title: str | None = None,
        publisher: str | None = None,
        url: str | None = None,
    ) -> Reading:
        """The reading of a text that was published on a day."""


WORDS = (400, 4_000, 40_000, 100_000)
PUBLISHED = "2024-06-14"
_RUNS = {400: 9, 4_000: 5, 40_000: 3, 100_000: 3}
_CITIES = ("Nairobi", "Ankara", "Doha", "Tashkent", "Kampala", "Muscat", "Baku", "Lusaka")
_MOST_MS = 50
_MOST_GROWTH = 2
"""Times that a word of the longest text may take what a word of the shortest one takes."""

_PARAGRAPH = (
    "{who}, who is under a United Nations travel ban, flew to {city} on {day}, an airport official "
    "told reporters on condition of anonymity. The foreign ministry rejected the report the next "
    "morning. “Nobody of that name has crossed our border this year,” its spokesman {speaker} "
    "said, and he added that the ministry had asked the newspaper for its source. {other}, a "
    "lawyer, said that her client had been at home with his family all week. Members of parliament "
    "debated the price of wheat until late in the evening, and the session ended without a vote. "
    "The committee that oversees the sanctions declined to comment."
)


def made(words: int, record: Record) -> str:
    """A text of so many words, the same for the same number and record."""
    listed = [one.name for one in record.listed.values() if one.kind is PartyKind.individual]
    paragraphs: list[str] = []
    left = words
    for number in count():
        day = date(2024, 6, 1) - timedelta(days=number % 140)
        one = _PARAGRAPH.format(
            who=listed[number % len(listed)].title(),
            city=_CITIES[number % len(_CITIES)],
            day=f"{day.day} {day:%B}",
            speaker=_name(2 * number),
            other=_name(2 * number + 1),
        ).split()
        paragraphs.append(" ".join(one[:left]))
        left -= len(one)
        if left <= 0:
            return "\n\n".join(paragraphs)
    raise AssertionError


def _name(number: int) -> str:
    first, last, _ = invented_name(number + 1)
    return f"{first.title()} {last.title()}"


def rows(read: Read, record: Record, policy: Policy) -> Iterator[Row]:
    """The median time of each length, and how a word's time grows from the shortest."""
    read(made(WORDS[0], record), PUBLISHED, record, policy)  # tables and indexes are made once
    first = 0.0
    for words in WORDS:
        say(f"  {words:,} words ...")
        text = made(words, record)
        taken = []
        for _ in range(_RUNS[words]):
            begun = time.perf_counter()
            read(text, PUBLISHED, record, policy)
            taken.append((time.perf_counter() - begun) * 1000)
        median = statistics.median(taken)
        if not first:
            first = median
            yield Row(
                part="reading growth", measure=f"{words:,} words, median of {len(taken)}",
                figure=median, unit="ms", **at_most(_MOST_MS, median, " ms"),
            )  # fmt: skip
            continue
        linear = first * words / WORDS[0]
        yield Row(
            part="reading growth", measure=f"{words:,} words, median of {len(taken)}",
            figure=median, unit="ms", against=f"as a word of {WORDS[0]}", against_figure=linear,
            ratio=median / linear, **at_most(_MOST_GROWTH, median / linear),
        )  # fmt: skip
