"""The service as it is started by hand: its processes, its address, and how it ends."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
COMMAND = [sys.executable, "-c", "from app.cli import main; main()"]
PATIENCE = 120
"""Seconds for what takes two, on a machine that does other things too."""


@dataclass(frozen=True)
class Served:
    """A service that runs."""

    process: subprocess.Popen[str]
    address: str
    errors: list[str]
    """What it has written to stderr."""

    def ask(self, path: str, body: Any = None, timeout: float = PATIENCE) -> tuple[int, bytes]:
        """The status and the bytes of an answer, on a connection of its own."""
        data = None if body is None else json.dumps(body).encode()
        asked = urllib.request.Request(
            self.address + path, data, {"Content-Type": "application/json", "Connection": "close"}
        )
        with urllib.request.urlopen(asked, timeout=timeout) as answer:
            return answer.status, answer.read()

    def get(self, path: str) -> Any:
        """An answer, decoded."""
        return json.loads(self.ask(path)[1])

    def workers(self) -> list[int]:
        """The processes that answer, where there are several."""
        listed = subprocess.run(
            ["ps", "-A", "-ww", "-o", "pid=,ppid=,args="],
            capture_output=True,
            text=True,
            check=True,
        )
        rows = [line.split(maxsplit=2) for line in listed.stdout.splitlines()]
        return [
            int(row[0])
            for row in rows
            if row[1] == str(self.process.pid) and "spawn_main" in row[2]
        ]

    def ended(self, with_signal: int = signal.SIGTERM) -> int:
        """Tell it to stop; answers its exit code."""
        self.process.send_signal(with_signal)
        return self.process.wait(PATIENCE)


@contextmanager
def serving(url: str, *words: str, **settings: object) -> Iterator[Served]:
    """`travelban serve` over a database, on a free port, with `settings` and no other."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith("TRAVELBAN_")}
    environment |= {"TRAVELBAN_DATABASE_URL": url, "TRAVELBAN_PORT": "0", "PYTHONPATH": str(ROOT)}
    environment |= {"TRAVELBAN_LOG": "off"}  # what is then on stderr is a failure
    environment |= {f"TRAVELBAN_{name.upper()}": str(text) for name, text in settings.items()}
    with subprocess.Popen(
        [*COMMAND, "serve", *words],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment, text=True, bufsize=1,
    ) as process:  # fmt: skip
        assert process.stdout is not None
        assert process.stderr is not None
        errors: list[str] = []
        reader = threading.Thread(target=errors.extend, args=(process.stderr,), daemon=True)
        reader.start()
        try:
            said = next((line for line in process.stdout if line.startswith("Serving on")), None)
            assert said is not None, "".join(errors)
            yield Served(process, said.split()[2], errors)
        finally:
            if process.poll() is None:
                process.terminate()
                with suppress(subprocess.TimeoutExpired):
                    process.wait(PATIENCE)
                process.kill()
            reader.join(PATIENCE)


def until(seen: Callable[[], bool], patience: float = PATIENCE) -> None:
    """Wait until something is so."""
    last = time.monotonic() + patience
    while not seen():
        assert time.monotonic() < last, "it did not come to be so"
        time.sleep(0.05)


def answered_by_others(served: Served, rests: int, path: str) -> Any:
    """An answer, while one of the workers, by its place among them, does nothing.

    For a few seconds at a time: the supervisor would take it to hang. On a machine that is busy it
    may do so all the same, and start another in its place.
    """
    for _ in range(PATIENCE):
        with suppress(ProcessLookupError, IndexError):
            process = served.workers()[rests]
            os.kill(process, signal.SIGSTOP)
            try:
                return json.loads(served.ask(path, timeout=2)[1])
            except TimeoutError:
                pass  # the others are not up yet
            finally:
                os.kill(process, signal.SIGCONT)
        time.sleep(1)
    raise AssertionError("nobody answered")
