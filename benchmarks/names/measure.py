"""Everything that is measured of names, in one run."""

from collections.abc import Iterator

from benchmarks.common import Row, Run
from benchmarks.names import peers, report, speed


def measure(run: Run) -> Iterator[Row]:
    """Quality on the reporting half, other matchers beside it, speed and growth."""
    yield from report.rows()
    yield from peers.rows()
    yield from speed.rows(run)
