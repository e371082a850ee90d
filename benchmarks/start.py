"""From nothing to the first answer."""

import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks.common import TRAVELBAN, Row, Run, environment, served

_TIMES = 5


def measure(run: Run) -> Iterator[Row]:
    """Wall-clock time, one after the other in turn, medians."""
    loaded, shipped = run.loaded(), run.empty()
    imports = [sys.executable, "-c", "import fastapi, sqlalchemy"]
    each: dict[str, Callable[[], float]] = {
        "travelban serve to /healthz, all full lists": lambda: _serve(loaded),
        "travelban serve to /healthz, what ships": lambda: _serve(shipped),
        "travelban screen, all full lists": lambda: _run([*TRAVELBAN, "screen", "Ardan"], loaded),
        "travelban screen, what ships": lambda: _run([*TRAVELBAN, "screen", "Ardan"], shipped),
        "import fastapi, sqlalchemy": lambda: _run(imports, shipped),
    }
    _serve(shipped)  # makes the store: not every start does
    taken: dict[str, list[float]] = {name: [] for name in each}
    for _ in range(_TIMES):
        for name, work in each.items():
            taken[name].append(work())
    medians = {name: statistics.median(times) * 1000 for name, times in taken.items()}
    against, other = medians.popitem()
    for name, mine in medians.items():
        yield Row(
            part="start", measure=name, figure=mine, unit="ms", against=against,
            against_figure=other, ratio=mine / other,
        )  # fmt: skip


def _serve(data: Path) -> float:
    begun = time.perf_counter()
    with served([*TRAVELBAN, "serve"], data):  # it has answered /healthz
        return time.perf_counter() - begun


def _run(command: list[str], data: Path) -> float:
    begun = time.perf_counter()
    subprocess.run(command, env=environment(data), cwd=data, stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - begun
