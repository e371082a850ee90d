"""Lists that are bent, broken or made to take memory: read whole, or refused."""

import json
import subprocess
import sys
import time
from dataclasses import replace

from tests.conftest import ROOT
from tests.soak.common import Finding, Part
from tests.soak.hostile import LISTS
from tests.soak.through_pytest import with_more_examples

_FULL = 5
_PATIENCE = 600
_MOST_MEMORY = 2 * 1024**3
_MOST_TIMES = 25  # as many bytes of memory as the list has


def fuzz(part: Part) -> str:
    """Half the time for rounds over bent lists, the other for hostile ones in any order."""
    until = None if part.left is None else time.monotonic() + part.left / 2
    said = with_more_examples(
        replace(part, until=until), ["tests/lists/test_un_xml_fuzz.py"], _FULL
    )
    names = part.random.sample(LISTS, len(LISTS))
    taken = [_hostile(name) for name, _ in zip(names, part.rounds(len(names)), strict=False)]
    most, name = max(taken)
    return (
        f"{'; '.join(said)}; {len(taken)} of {len(names)} hostile lists, at most "
        f"{most / 2**20:.0f} MiB ({name})"
    )


def _hostile(name: str) -> tuple[int, str]:
    """The peak of memory of a process that makes one and reads it; Finding when it is much."""
    command = [sys.executable, "-m", "tests.soak.hostile", name]
    try:
        done = subprocess.run(
            command, cwd=ROOT, capture_output=True, text=True, timeout=_PATIENCE, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise Finding(f"{name}: not read within {_PATIENCE} seconds") from error
    if done.returncode:
        raise Finding(f"{name}: it ended with {done.returncode}: {done.stderr[-2000:]}")
    taken = json.loads(done.stdout)
    if taken["peak"] > min(_MOST_MEMORY, _MOST_TIMES * taken["size"]):
        raise Finding(f"{name}: {taken}")
    return taken["peak"], name
