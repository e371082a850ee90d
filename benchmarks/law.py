"""The legal record read, and measure, scope and exemption decided for one leg."""

import gc
import statistics
import time
from collections.abc import Iterator
from itertools import islice
from typing import Any
from unittest.mock import patch

from pydantic import TypeAdapter

from app.assessment import assess
from app.desk import encode
from app.jobs.shipped import DATA, legal_files
from app.record import legal_record, read_files
from app.terms import PartyKind, Report
from benchmarks.common import Row, Run, at_most, questions

_TIMES = 9
_REPORTS = 200


def measure(run: Run) -> Iterator[Row]:
    """CPU time to read the files; medians of distinct reports, against encoding the answer."""
    files = legal_files(DATA)
    taken = []
    for _ in range(_TIMES):
        gc.collect()
        read_files.cache_clear()
        begun = time.process_time()
        legal_record(files, "2026-11-24T00:00:00.000000Z")
        taken.append((time.process_time() - begun) * 1000)
    read = statistics.median(taken)
    yield Row(
        part="law", measure=f"read {len(files)} files", figure=read, unit="ms",
        **at_most(150, read, " ms"),
    )  # fmt: skip
    yield from _one_leg(run)


def _one_leg(run: Run) -> Iterator[Row]:
    """The three standings of the law for one leg and one person, inside whole assessments.

    Between two moments of a person's law and listing nothing changes, so that a day between two
    that were asked about costs less than the first: both are shown.
    """
    run.desk.warm()
    people = [
        item
        for item in run.desk.record().listed.values()
        if item.kind is PartyKind.individual and item.versions
    ]
    somebody = [
        question | {"traveller": {"name": person.name, "reference": person.reference}}
        for question, person in zip(questions(), people[:: len(people) // _REPORTS], strict=False)
    ]
    for what, asked, limit in (
        ("one person on many days", list(islice(questions(), _REPORTS)), True),
        ("another person each, never asked about before", somebody, False),
    ):
        deciding, encoding = _timed(run, asked)
        mine, other = statistics.median(deciding) * 1000, statistics.median(encoding) * 1000
        yield Row(
            part="law", measure=f"decide one leg, median of {len(deciding)}: {what}", figure=mine,
            unit="ms", against="encoding the answer", against_figure=other, ratio=mine / other,
            **(at_most(1, mine / other) if limit else {}),
        )  # fmt: skip


def _timed(run: Run, asked: list[dict[str, Any]]) -> tuple[list[float], list[float]]:
    reader = TypeAdapter(Report)
    deciding: list[float] = []
    decide = assess._judge

    def timed(*given: Any) -> Any:
        begun = time.perf_counter()
        answer = decide(*given)
        deciding.append(time.perf_counter() - begun)
        return answer

    encoding = []
    with patch.object(assess, "_judge", timed):
        for report in asked:
            answer = run.desk.try_out(reader.validate_python(report))
            begun = time.perf_counter()
            encode(answer)
            encoding.append(time.perf_counter() - begun)
    return deciding, encoding
