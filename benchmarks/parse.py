"""Reading one full list, against a bare walk over the same XML."""

import gc
import statistics
import time
from collections.abc import Callable, Iterator
from xml.etree import ElementTree

from app.lists.un_xml import read
from benchmarks.common import Row, Run, at_most

_TIMES = 15


def bare(xml: bytes) -> int:
    """Parse, and look at the tag and text of every element."""
    letters = 0
    for element in ElementTree.fromstring(xml).iter():
        letters += len(element.tag) + len(element.text or "")
    return letters


def measure(run: Run) -> Iterator[Row]:
    """CPU time, one after the other in turn, medians."""
    name, xml = list(run.lists.items())[-1]
    ours, others = [], []
    for _ in range(_TIMES):
        others.append(_cpu(bare, xml))
        ours.append(_cpu(read, xml))
    mine, other = statistics.median(ours), statistics.median(others)
    ratio = mine / other
    yield Row(
        part="parse", measure=f"read {name}, {len(xml) / 1e6:.1f} MB", figure=mine * 1000,
        unit="ms", against="bare xml.etree walk", against_figure=other * 1000, ratio=ratio,
        **at_most(3, ratio),
    )  # fmt: skip


def _cpu(work: Callable[[bytes], object], xml: bytes) -> float:
    gc.collect()
    begun = time.process_time()
    _ = work(xml)
    return time.process_time() - begun
