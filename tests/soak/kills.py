"""What saves is killed at any instant: all that it acknowledged is there, and the chain holds.

In turn a process that saves through the desk, and the service with two workers and three callers,
all its processes at once; on SQLite and, when a server answers, on PostgreSQL.
"""

import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.client import HTTPException
from pathlib import Path

from app.store import facts
from tests.conftest import ROOT
from tests.soak.acts import Done, answered, drawn, missing, unsound
from tests.soak.common import Finding, Part, load_what_ships, new_postgres, new_sqlite

_FULL = 100
_PATIENCE = 120
_CALLERS = 3
# The folder that workers count into is left by who is killed: it goes with the folder of the run.
_SERVE = "from app.api import metrics; metrics._IN_MEMORY = ''; from app.cli import main; main()"


@dataclass
class Target:
    """One store whose writers are killed, and all that was acknowledged of it."""

    url: str
    acknowledged: list[Done] = field(default_factory=list)
    kills: int = 0

    @property
    def kind(self) -> str:
        return self.url.partition(":")[0]


def kills(part: Part) -> str:
    """On each database in turn; a look after each kill, and at everything at the end."""
    with new_postgres() as server:
        urls = [f"sqlite:///{new_sqlite(part.folder)}", *([server] if server else [])]
        targets = [Target(url) for url in urls]
        for target in targets:
            with facts.open_store(target.url) as store:
                load_what_ships(store, lambda: datetime.now(UTC))
        for number in part.rounds(_FULL):
            target = targets[number % len(targets)]
            by_http = number // len(targets) % 2
            label = f"{part.seed}-{number}"
            after = part.random.uniform(0, 2)
            killed = _service if by_http else saver
            done = killed(part.folder, target.url, label, lambda: time.sleep(after))  # noqa: B023
            look(target.url, done, f"kill {number} of {target.kind}")
            target.acknowledged += done
            target.kills += 1
        for target in targets:
            look(target.url, target.acknowledged, f"{target.kind} at the end")
    told = "; ".join(
        f"{target.kills} kills on {target.kind}, {_counted(target.acknowledged)}"
        for target in targets
    )
    return told + ("" if server else "; no PostgreSQL answers: left out")


def _counted(done: list[Done]) -> str:
    kinds = sorted({one.kind for one in done})
    each = ", ".join(f"{sum(one.kind == kind for one in done)} {kind}" for kind in kinds)
    return f"{len(done)} acknowledged ({each})"


def look(url: str, acknowledged: list[Done], when: str) -> None:
    """Finding where something that was acknowledged is not there, or anything is amiss."""
    with facts.open_store(url) as store:
        with store.reading() as connection:
            found = missing(connection, acknowledged)
        found += unsound(store)
    if found:
        raise Finding(f"{when}: {'; '.join(found)}")


# ---------------------------------------------------------------- a process that saves


def saver(folder: Path, url: str, label: str, until: Callable[[], object]) -> list[Done]:
    """What a process acknowledged that was killed when `until` returned, after its first act."""
    said, wrong = folder / f"{label}.out", folder / f"{label}.err"
    with said.open("w") as out, wrong.open("w") as err:
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.soak.saver", url, label], cwd=ROOT, stdout=out, stderr=err
        )
        try:
            last = time.monotonic() + _PATIENCE
            while not said.stat().st_size and process.poll() is None and time.monotonic() < last:
                time.sleep(0.01)
            until()
            ended = process.poll()
        finally:
            process.kill()
            process.wait()
    if ended is not None or not said.stat().st_size:
        raise Finding(f"the process failed by itself: {wrong.read_text().splitlines()[-1:]}")
    # What stands after the last line break was not said whole.
    return [Done.of(line) for line in said.read_text().rpartition("\n")[0].splitlines()]


# ---------------------------------------------------------------- the service


def _service(folder: Path, url: str, label: str, until: Callable[[], object]) -> list[Done]:
    """What callers were answered by a service all of whose processes were killed at once."""
    told = {k: v for k, v in os.environ.items() if not k.startswith("TRAVELBAN_")}
    told |= {"TRAVELBAN_DATABASE_URL": url, "TRAVELBAN_PORT": "0", "TRAVELBAN_LOG": "off"}
    told |= {"PYTHONPATH": str(ROOT), "TMPDIR": str(folder)}
    wrong = folder / f"{label}.err"
    with wrong.open("w") as err:
        process = subprocess.Popen(
            [sys.executable, "-c", _SERVE, "serve", "--workers", "2"],
            stdout=subprocess.PIPE, stderr=err, env=told, text=True, start_new_session=True,
        )  # fmt: skip
        try:
            assert process.stdout is not None
            begun = (line for line in process.stdout if line.startswith("Serving on"))
            address = next(begun, "").split()[2:3]
            if not address:
                raise Finding(f"{label}: the service does not start: {wrong.read_text()[-500:]}")
            callers = [_Caller(address[0], f"{label} caller {n}") for n in range(_CALLERS)]
            for caller in callers:
                caller.start()
            last = time.monotonic() + _PATIENCE
            while not any(caller.done for caller in callers) and time.monotonic() < last:
                time.sleep(0.01)
            until()
        finally:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
    for caller in callers:
        caller.join(_PATIENCE)
    if refused := [words for caller in callers for words in caller.refused]:
        raise Finding(f"{label}: {refused[0]}")
    if not any(caller.done for caller in callers):
        raise Finding(f"{label}: nothing was answered: {wrong.read_text()[-500:]}")
    return [one for caller in callers for one in caller.done]


class _Caller(threading.Thread):
    """Asks one thing after another until nobody answers."""

    def __init__(self, address: str, label: str) -> None:
        super().__init__(daemon=True)
        self.address = address
        self.label = label
        self.done: list[Done] = []
        self.refused: list[str] = []

    def run(self) -> None:
        draw, number = random.Random(self.label), 0
        while True:
            number += 1
            act = drawn(draw, f"{self.label} {number}")
            asked = urllib.request.Request(
                self.address + act.path,
                json.dumps(act.body).encode(),
                {"Content-Type": "application/json", "Connection": "close"},
            )
            try:
                with urllib.request.urlopen(asked, timeout=_PATIENCE) as answer:
                    self.done.append(answered(act, answer.read(), answer.headers["ETag"]))
            except urllib.error.HTTPError as error:
                self.refused.append(f"{act.kind} was answered with {error.code}")
                return
            except (OSError, ValueError, HTTPException):
                return  # it is dead, and what was half sent acknowledges nothing
