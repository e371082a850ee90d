"""wrk, the load generator of Debian's package `wrk`, sending requests that differ."""

import json
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.load import get, post, put_on

PACKAGE = "wrk"
FOUND = shutil.which("wrk")
_PATIENCE = 60  # seconds beyond those of the load

# Bodies in turn, one a line. Answers are looked at only where something is posted: it takes time.
_SCRIPT = """
local path, file = os.getenv("BENCH_PATH"), os.getenv("BENCH_BODIES")
local headers, bodies, at = {["Content-Type"] = "application/json"}, {}, 0
local asked = {}

function setup(thread) asked[#asked + 1] = thread end

if file ~= "" then
  for line in io.lines(file) do bodies[#bodies + 1] = line end
  s200, s201, s503, other = 0, 0, 0, 0
  function request()
    at = at % #bodies + 1
    return wrk.format("POST", path, headers, bodies[at])
  end
  function response(status)
    if status == 200 then s200 = s200 + 1
    elseif status == 201 then s201 = s201 + 1
    elseif status == 503 then s503 = s503 + 1
    else other = other + 1 end
  end
end

function done(summary, latency)
  local errors, one = summary.errors, asked[1]
  local statuses = {summary.requests - errors.status, 0, 0, errors.status}
  if file ~= "" then
    statuses = {one:get("s200"), one:get("s201"), one:get("s503"), one:get("other")}
  end
  io.write(string.format(
    'FOUND {"seconds": %f, "p50": %f, "p99": %f, "statuses": [%d, %d, %d, %d], "broken": %d}\\n',
    summary.duration / 1e6, latency:percentile(50) / 1e6, latency:percentile(99) / 1e6,
    statuses[1], statuses[2], statuses[3], statuses[4],
    errors.connect + errors.read + errors.write + errors.timeout))
end
"""


@dataclass(frozen=True)
class Point:
    """What came of so many clients, each of which asks again when it is answered."""

    statuses: dict[int, int]
    """0 stands for every status but 200, 201 and 503."""
    seconds: float
    p50: float
    p99: float

    @property
    def rate(self) -> float:
        """Answers per second: what was refused is none."""
        return (self.statuses.get(200, 0) + self.statuses.get(201, 0)) / self.seconds

    @property
    def refused(self) -> int:
        """Requests that found all places taken."""
        return self.statuses.get(503, 0)


def pressed(
    port: int, path: str, questions: Sequence[object], clients: int, seconds: float
) -> Point:
    """Ask questions in turn over so many connections; with none, get the path."""
    if FOUND is None:
        return _by_hand(port, path, questions, clients, seconds)
    with tempfile.TemporaryDirectory(prefix="travelban-wrk-") as folder:
        script, bodies = Path(folder, "script.lua"), Path(folder, "bodies")
        script.write_text(_SCRIPT)
        bodies.write_text("\n".join(map(json.dumps, questions)))
        run = subprocess.run(
            [
                *(FOUND, "--threads", "1", "--connections", str(clients)),
                *("--duration", f"{seconds:.0f}s", "--timeout", "30s", "--script", str(script)),
                f"http://127.0.0.1:{port}{path}",
            ],
            env={"BENCH_PATH": path, "BENCH_BODIES": str(bodies) if questions else ""},
            capture_output=True,
            text=True,
            timeout=seconds + _PATIENCE,
            check=True,
        )
    lines = [line for line in run.stdout.splitlines() if line.startswith("FOUND ")]
    if not lines:
        raise RuntimeError(f"wrk said: {run.stdout}{run.stderr}")
    found = json.loads(lines[0].removeprefix("FOUND "))
    if found["broken"]:
        raise RuntimeError(f"{path}: {found['broken']} connections broke off or waited too long")
    statuses = dict(zip((200, 201, 503, 0), found["statuses"], strict=True))
    return Point(
        statuses={status: times for status, times in statuses.items() if times},
        seconds=found["seconds"],
        p50=found["p50"],
        p99=found["p99"],
    )


def _by_hand(
    port: int, path: str, questions: Sequence[object], clients: int, seconds: float
) -> Point:
    most = 60_000
    at_hand = [post(path, question) for question in questions] or [get(path)]
    requests = (at_hand[number % len(at_hand)] for number in range(most))
    load = put_on(port, requests, clients, seconds, most)
    taken = sorted(load.taken)
    known: dict[int, int] = {}
    for status, times in load.statuses.items():
        kept = status if status in (200, 201, 503) else 0
        known[kept] = known.get(kept, 0) + times
    return Point(
        statuses=known,
        seconds=load.seconds,
        p50=taken[len(taken) // 2],
        p99=taken[len(taken) * 99 // 100],
    )
