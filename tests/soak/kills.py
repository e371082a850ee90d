"""A process that saves is killed at any instant: whatever it acknowledged is there afterwards."""

import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import text

from app.jobs import shipped
from app.store import facts
from tests.conftest import ROOT
from tests.soak.common import Finding, Part, desk_over, load_what_ships, new_postgres, new_sqlite

_FULL = 60
_PATIENCE = 60


def kills(part: Part) -> str:
    """On SQLite and, when a server answers, on PostgreSQL, in turn."""
    with new_postgres() as server:
        path = new_sqlite(part.folder)
        urls = [f"sqlite:///{path}", *([server] if server else [])]
        for url in urls:
            with facts.open_store(url) as store:
                load_what_ships(store, lambda: datetime.now(UTC))
        acknowledged: dict[str, dict[str, str]] = {url: {} for url in urls}
        done = 0
        for number in part.rounds(_FULL):
            url = urls[number % len(urls)]
            lines = _killed(part.folder, url, f"{part.seed}-{number}", part.random.uniform(0, 1.5))
            _all_there(url, lines, acknowledged[url], number)
            done += 1
        for url, answers in acknowledged.items():
            _stored(url, answers, "at the end")
    counts = ", ".join(
        f"{len(answers)} answers on {url.partition(':')[0]}"
        for url, answers in acknowledged.items()
    )
    return f"{done} kills; {counts}" + ("" if server else "; no PostgreSQL answers: left out")


def _killed(folder: Path, url: str, seed: str, after: float) -> list[str]:
    """The lines that a process wrote, killed so many seconds after its first."""
    said, wrong = folder / f"{seed}.out", folder / f"{seed}.err"
    with said.open("w") as out, wrong.open("w") as err:
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.soak.saver", url, seed], cwd=ROOT, stdout=out, stderr=err
        )
        try:
            until = time.monotonic() + _PATIENCE
            while not said.stat().st_size and process.poll() is None and time.monotonic() < until:
                time.sleep(0.01)
            time.sleep(after)
            ended = process.poll()
        finally:
            process.kill()
            process.wait()
    if ended is not None or not said.stat().st_size:
        raise Finding(f"the process failed by itself: {wrong.read_text().splitlines()[-1:]}")
    # What stands after the last line break was not said whole.
    return said.read_text().rpartition("\n")[0].splitlines()


def _all_there(url: str, lines: list[str], acknowledged: dict[str, str], number: int) -> None:
    new = {}
    with facts.open_store(url) as store:
        if url.startswith("sqlite"):
            with store.reading() as connection:
                said = connection.execute(text("PRAGMA integrity_check")).scalar()
            if said != "ok":
                raise Finding(f"kill {number}: integrity_check says {said}")
        with store.reading() as connection:
            for line in lines:
                kind, name, *etag = line.split(" ")
                if kind == "saved":
                    new[name] = etag[0]
                elif not facts.has_list(connection, name):
                    raise Finding(f"kill {number}: list {name} was acknowledged and is gone")
    acknowledged |= new
    _stored(url, new, f"kill {number}")


def _stored(url: str, answers: dict[str, str], when: str) -> None:
    with facts.open_store(url) as store:
        desk = desk_over(store, shipped.tables(), lambda: datetime.now(UTC))
        desk.record()
        for identifier, etag in answers.items():
            try:
                found = desk.stored(identifier).etag
            except KeyError:
                raise Finding(f"{when}: {identifier} was acknowledged and is gone") from None
            if found != etag:
                raise Finding(f"{when}: {identifier} was acknowledged with other bytes")
