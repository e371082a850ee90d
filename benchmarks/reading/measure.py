"""Everything that is measured of the reading of articles, in one run."""

from collections.abc import Iterator, Sequence

from app.reading.read import read
from benchmarks.common import Row, Run, at_most, say
from benchmarks.reading import growth, lists
from benchmarks.reading.ends import ends
from benchmarks.reading.growth import Read
from benchmarks.reading.marked import SETS, Marked, texts
from benchmarks.reading.score import Tally, score

SHOWN = "tune"
"""The one set of which single misses are told; nobody tunes on what is reported."""

FIGURES = {
    "found": "core claims found",
    "type": "type right, of all core claims",
    "polarity": "polarity errors",
    "speaker": "speaker right",
    "side": "side right",
    "state": "State right",
    "day": "day of the journey right",
    "origins": "pairs of claims grouped by origin as marked",
    "spurious": "spurious claims",
    "legal": "legal statements found",
    "event": "event standing as from the marks",
    "verdict": "verdict as from the marks",
    "allowed": "verdict one that drafts may come to",
    "graver": "verdicts graver than the marks",
    "expected": "marks come to what the text expects",
}
NEVER = ("polarity", "graver")
"""Figures that are counted and not a share: there may be none."""


def measure(run: Run) -> Iterator[Row]:
    """Each set of marked texts apart, then how time grows with the length of a text."""
    for name, folder in SETS.items():
        found = texts(folder)
        if not found:
            yield _absent(f"reading {name}", "its texts are not there")
            continue
        say(f"  {len(found)} texts: {name} ...")
        tally = measured(found, read)
        for miss in tally.misses if run.show and name == SHOWN else ():
            say(f"    {miss}")
        yield from rows(f"reading {name}", len(found), tally)
    yield from growth.rows(read, lists.plain(), lists.policy())


def measured(some: Sequence[Marked], read: Read) -> Tally:
    """Every figure over some texts."""
    whole = Tally()
    for text in some:
        record, policy = lists.record_for(text), lists.policy()
        reading = read(
            text.text, text.published_on, record, policy,
            text.gold["doc"].get("title"), text.publisher,
        )  # fmt: skip
        whole.add(score(text, reading))
        whole.add(ends(text, reading, record, policy))
    return whole


def rows(part: str, how_many: int, tally: Tally) -> Iterator[Row]:
    """A line for each figure; so many of how many stands beside it."""
    yield Row(part=part, measure="texts", figure=how_many, unit="")
    for figure, words in FIGURES.items():
        right, of = tally.right[figure], tally.of[figure]
        if figure in NEVER:
            yield Row(
                part=part, measure=words, figure=right, unit="", against="of",
                against_figure=of, **at_most(0, right),
            )  # fmt: skip
        elif of:
            yield Row(
                part=part, measure=words, figure=right / of, unit="", against="of",
                against_figure=of,
            )  # fmt: skip
    for name in tally.unexpected:
        yield Row(part=part, measure=f"the marks come to another end: {name}", figure=None, unit="")


def _absent(part: str, why: str) -> Row:
    """A line that says what was not measured."""
    return Row(part=part, measure=f"not measured: {why}", figure=None, unit="")
