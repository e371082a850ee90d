"""Lists that are bent, broken or made to take memory: read whole, or refused."""

import json
import subprocess
import sys

from tests.conftest import ROOT
from tests.soak.common import Finding, Part
from tests.soak.hostile import LISTS
from tests.soak.through_pytest import with_more_examples

_FULL = 5
_PATIENCE = 600
_MOST_MEMORY = 2 * 1024**3
_MOST_TIMES = 25  # as many bytes of memory as the list has


def fuzz(part: Part) -> str:
    """First every hostile list once, then rounds over bent ones, each with more examples."""
    said = [_hostile(name) for name in LISTS]
    worst = max(said)
    rounds = with_more_examples(part, ["tests/lists/test_un_xml_fuzz.py"], _FULL)
    return (
        f"{len(said)} hostile lists, at most {worst[0] / 2**20:.0f} MiB ({worst[1]}); "
        + "; ".join(rounds)
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
