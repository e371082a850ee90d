"""One name screened and one report assessed, in this process."""

import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import TypeVar

from pydantic import TypeAdapter

from app.assessment.screen import ScreeningAsked
from app.desk import encode
from app.terms import Report
from benchmarks.common import Row, Run, names, p95, questions

T = TypeVar("T")
_NAMES = 400
_REPORTS = 200


def screen(run: Run) -> Iterator[Row]:
    """Distinct names, each asked once."""
    run.desk.warm()
    run.desk.look_for(ScreeningAsked(name="somebody else"))
    asked = [ScreeningAsked(name=name) for name in names(run.desk, _NAMES)]
    yield from _rows("screen", "one name", *_timed(run.desk.screen, asked))


def assess(run: Run) -> Iterator[Row]:
    """Distinct travel reports, not saved."""
    run.desk.warm()
    reader = TypeAdapter(Report)
    asked = [reader.validate_python(question) for question in islice(questions(), _REPORTS + 1)]
    run.desk.try_out(asked.pop())
    yield from _rows("assess", "one report", *_timed(run.desk.try_out, asked))


def _timed(ask: Callable[[T], object], asked: Sequence[T]) -> tuple[list[float], list[float]]:
    """Seconds that each answer took, and seconds that encoding it took."""
    taken, encoding = [], []
    for question in asked:
        begun = time.perf_counter()
        answer = ask(question)
        answered = time.perf_counter()
        encode(answer)
        encoding.append(time.perf_counter() - answered)
        taken.append(answered - begun)
    return taken, encoding


def _rows(part: str, what: str, taken: list[float], encoding: list[float]) -> Iterator[Row]:
    figures = ("median", statistics.median), ("95th percentile", p95)
    for name, figure in figures:
        mine, other = figure(taken) * 1000, figure(encoding) * 1000
        yield Row(
            part=part, measure=f"{what}, {name} of {len(taken)}", figure=mine, unit="ms",
            against="encoding its answer", against_figure=other, ratio=mine / other,
        )  # fmt: skip
