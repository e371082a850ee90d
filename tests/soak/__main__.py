"""python -m tests.soak [PART …] [--minutes N] [--seed S]: what takes longer, drawn at random.

Spreads its minutes over what it holds and says what each part covered. Exits 1 on a finding, and
prints how to repeat it. Without a limit (0 minutes) each part does its full count.
"""

import argparse
import secrets
import sys
import tempfile
import time
import traceback
from pathlib import Path

from tests.soak.beside import beside
from tests.soak.boundaries import boundaries
from tests.soak.common import Finding, Part, Work, say
from tests.soak.faults import faults
from tests.soak.full import full
from tests.soak.fuzz import fuzz
from tests.soak.kills import kills
from tests.soak.neighbours import neighbours
from tests.soak.pages import pages
from tests.soak.shuffles import shuffles
from tests.soak.tampering import tampering
from tests.soak.through_pytest import hypothesis, long, schemathesis
from tests.soak.timing import timing

PARTS: dict[str, tuple[int, Work]] = {
    "boundaries": (1, boundaries),
    "neighbours": (2, neighbours),
    "pages": (2, pages),
    "shuffles": (3, shuffles),
    "kills": (3, kills),
    "faults": (6, faults),
    "full": (1, full),
    "beside": (1, beside),
    "tampering": (1, tampering),
    "timing": (1, timing),
    "fuzz": (3, fuzz),
    "schemathesis": (4, schemathesis),
    "hypothesis": (4, hypothesis),
    "long": (7, long),
}
"""Each part with its share of the time. What one leaves over goes to those after it."""


def main() -> int:
    """Run the parts that are named, or all."""
    parser = argparse.ArgumentParser(prog="python -m tests.soak", description=__doc__)
    parser.add_argument("part", nargs="*", help=f"of {', '.join(PARTS)}; all, when none is named")
    parser.add_argument("--minutes", type=float, default=25.0, help="0: no limit, full counts")
    parser.add_argument("--seed", type=int, help="drawn at random when not given")
    given = parser.parse_args()
    if unknown := set(given.part) - set(PARTS):
        parser.error(f"no part is called {', '.join(sorted(unknown))}")
    seed = secrets.randbelow(2**32) if given.seed is None else given.seed
    say(f"seed {seed}")
    end = time.monotonic() + given.minutes * 60 if given.minutes else None
    left = {name: PARTS[name] for name in given.part or PARTS}
    findings = 0
    while left:
        name, (share, work) = next(iter(left.items()))
        until = None
        if end is not None:
            now = time.monotonic()
            until = now + max(0.0, end - now) * share / sum(each for each, _ in left.values())
        findings += not _done(name, work, seed, until)
        del left[name]
    say(f"{findings} findings" if findings else "no finding")
    return 1 if findings else 0


def _done(name: str, work: Work, seed: int, until: float | None) -> bool:
    begun = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="travelban-soak-") as folder:
        try:
            covered = work(Part(name, seed, until, Path(folder)))
        except Finding as finding:
            say(f"{name}: FINDING: {finding}")
            return _again(name, seed)
        except Exception:  # noqa: BLE001 - an error that nobody expects is a finding too
            say(f"{name}: FINDING: {traceback.format_exc()}")
            return _again(name, seed)
    say(f"{name}: {covered} ({time.monotonic() - begun:.0f} s)")
    return True


def _again(name: str, seed: int) -> bool:
    say(f"  again: python -m tests.soak {name} --seed {seed} --minutes 0")
    return False


if __name__ == "__main__":
    sys.exit(main())
