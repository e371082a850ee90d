"""Resident memory of one serving process."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

from benchmarks.common import TRAVELBAN, Row, Run, at_most, questions, served
from benchmarks.load import post, put_on

_QUESTIONS = 200


def measure(run: Run) -> Iterator[Row]:
    """With all full lists loaded: at the start, and after 200 questions."""
    requests = (post("/v1/assessments", question) for question in questions())
    with served([*TRAVELBAN, "serve"], run.loaded()) as (process, port):
        at_first = resident(process.pid)
        load = put_on(port, requests, 4, 120, _QUESTIONS)
        after = resident(process.pid)
    if load.statuses != {201: _QUESTIONS}:
        raise RuntimeError(f"answered {load.statuses}")
    lists = f"{len(run.lists)} full lists"
    yield Row(part="memory", measure=f"serving, {lists}, before", figure=at_first, unit="MB")
    yield Row(
        part="memory", measure=f"serving, {lists}, after {_QUESTIONS} questions", figure=after,
        unit="MB", against="before", against_figure=at_first, ratio=after / at_first,
        **at_most(250, after, " MB"),
    )  # fmt: skip


def resident(pid: int) -> float:
    """Resident memory of a process in millions of bytes."""
    status = Path(f"/proc/{pid}/status")
    if status.exists():
        (line,) = (line for line in status.read_text().splitlines() if line.startswith("VmRSS:"))
        return int(line.split()[1]) * 1024 / 1e6
    shown = subprocess.run(
        ["ps", "-o", "rss=", "-p", str(pid)], capture_output=True, text=True, check=True
    )
    return int(shown.stdout) * 1024 / 1e6


def workers(pid: int) -> list[int]:
    """The processes that serve for a supervisor: those that it started and that listen."""
    shown = subprocess.run(
        ["ps", "-A", "-o", "pid=,ppid=,args="], capture_output=True, text=True, check=True
    )
    processes = (line.split(maxsplit=2) for line in shown.stdout.splitlines())
    return [
        int(one)
        for one, parent, *words in processes
        if int(parent) == pid and "resource_tracker" not in " ".join(words)
    ]
