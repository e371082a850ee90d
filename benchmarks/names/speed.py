"""How fast a name is answered, in how much memory, and how that grows with the list.

Each figure is of a process that has done nothing else (benchmarks/names/probe.py). Every name is
asked once, and no name twice.
"""

import json
import random
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from app.assessment.screen import ScreeningAsked
from app.terms import Entry, PartyKind
from benchmarks.common import Row, Run, at_most, environment, full_lists, p95, say, timed
from benchmarks.names import data, grown
from benchmarks.names.report import THRESHOLD

_SIZES = (10_000, 100_000)
_MILLION = 1_000_000
_ASKED, _SEED = 400, 23
_INVENTED_WORDS = 20_000
"""Invented names that lend their words to longer lists."""


class Probed(NamedTuple):
    """What a process with the matcher alone said of itself; times in seconds, memory in MB."""

    seconds: list[float]
    cold: float
    build: float
    memory: float
    names: int
    parts: int


def probe(asked: Sequence[str], threshold: float = THRESHOLD, **given: Any) -> Probed:
    """Ask a fresh process that has `parties`, or a list to `grow`."""
    question = {"parties": [], "grow": None, "asked": asked, "threshold": threshold} | given
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(
            [sys.executable, "-m", "benchmarks.names.probe"],
            input=json.dumps(question), env=environment(Path(folder)), cwd=folder,
            capture_output=True, text=True, check=True,
        )  # fmt: skip
    return Probed(**json.loads(done.stdout))


def parties(records: Sequence[Entry]) -> list[tuple[str, bool, tuple[str, ...]]]:
    """Reference, whether a person, names."""
    return [
        (one.reference, one.kind is PartyKind.individual, data.names_of(one)) for one in records
    ]


def newest() -> tuple[str, tuple[Entry, ...]]:
    """The newest full list, real or invented, with the beginning of its name."""
    name, xml = list(full_lists().items())[-1]
    return name[:10], data.read(xml)


def asked(records: Sequence[Entry], how_many: int = _ASKED) -> list[str]:
    """Distinct names: listed people's with a letter wrong, and invented people's, in turn."""
    drawn = random.Random(_SEED)
    listed = [name for one in records for name in data.names_of(one)[:3]]
    found: dict[str, None] = {}
    for name, other in zip(
        drawn.sample(listed, min(how_many, len(listed))), data.invented(how_many, _SEED),
        strict=False,
    ):  # fmt: skip
        found[grown.misspelt(name, drawn)] = None
        found[other] = None
    return list(found)[:how_many]


def rows(run: Run) -> Iterator[Row]:
    """A query, memory and cold start with one full list; the same queries of longer lists."""
    day, records = newest()
    names = asked(records)
    say("  the list alone in a process ...")
    alone = probe(names, parties=parties(records))
    of = f"one name, list of {day}, {alone.names} names"
    median = statistics.median(alone.seconds) * 1000
    yield Row(
        part="names speed", measure=f"{of}, median of {len(names)}", figure=median, unit="ms",
        **at_most(1, median, " ms"),
    )  # fmt: skip
    yield Row(
        part="names speed", measure=f"{of}, 95th percentile", figure=p95(alone.seconds) * 1000,
        unit="ms",
    )  # fmt: skip
    yield from _whole(run, names)
    yield Row(
        part="names speed", measure="the matcher alone, memory over an empty process",
        figure=alone.memory, unit="MB", **at_most(120, alone.memory, " MB"),
    )  # fmt: skip
    yield Row(
        part="names speed", measure="the matcher alone, cold start: imports, tables, index, a name",
        figure=alone.cold, unit="s", **at_most(1, alone.cold, " s"),
    )  # fmt: skip
    yield from _growth(run, records, names)


def _whole(run: Run, names: Sequence[str]) -> Iterator[Row]:
    """The whole answer to a question, over every list on record."""
    run.desk.warm()
    run.desk.look_for(ScreeningAsked(name="somebody else"))
    taken = timed(run.desk.screen, [ScreeningAsked(name=name) for name in names])
    for name, figure in (("median", statistics.median(taken)), ("95th percentile", p95(taken))):
        yield Row(
            part="names speed", measure=f"the whole answer, {len(run.lists)} lists, {name}",
            figure=figure * 1000, unit="ms",
        )  # fmt: skip


def _growth(run: Run, records: Sequence[Entry], names: Sequence[str]) -> Iterator[Row]:
    words = (
        [name for one in records for name in data.names_of(one)],
        data.invented(_INVENTED_WORDS, _SEED + 1),
    )
    first = 0.0
    for size in (*_SIZES, _MILLION):
        if size == _MILLION and not run.million:
            yield Row(
                part="names growth", measure=f"{size:,} names: not asked for (--million)",
                figure=None, unit="",
            )  # fmt: skip
            continue
        say(f"  {size:,} names ...")
        found = probe(names, grow=(words, size))
        median = statistics.median(found.seconds) * 1000
        first = first or median
        limit = at_most(10, median / first) if size == _MILLION else {}
        of = f"{found.names:,} names, {found.parts:,} distinct parts"
        yield Row(
            part="names growth", measure=f"{of}: one name, median", figure=median, unit="ms",
            against=f"{_SIZES[0]:,} names", against_figure=first, ratio=median / first, **limit,
        )  # fmt: skip
        yield Row(
            part="names growth", measure=f"{of}: one name, 95th percentile",
            figure=p95(found.seconds) * 1000, unit="ms",
        )  # fmt: skip
        yield Row(part="names growth", measure=f"{of}: to index", figure=found.build, unit="s")
        yield Row(part="names growth", measure=f"{of}: memory", figure=found.memory, unit="MB")
