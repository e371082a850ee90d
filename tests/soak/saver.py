"""A process to be killed: does what an office does without end, and says so after each.

`python -m tests.soak.saver URL LABEL`; each line is what was acknowledged, as JSON.
"""

import random
import sys
from datetime import UTC, datetime
from itertools import count

from app.jobs import shipped
from app.store import facts
from tests.invented import xml
from tests.soak.acts import Done, done_by, drawn
from tests.soak.common import desk_over

_LIST_EVERY = 40


def main() -> None:
    """Do, say, do, say."""
    url, label = sys.argv[1:]
    draw = random.Random(label)
    with facts.open_store(url) as store:
        desk = desk_over(store, shipped.tables(), lambda: datetime.now(UTC))
        for number in count(1):
            if number % _LIST_EVERY == 0:
                people = {"ZZi.001": (f"ARDAN {label}", f"VELUR {number}")}
                generated = f"2026-0{draw.randint(1, 5)}-01T00:00:00Z"
                result = desk.import_list("killed.xml", xml(generated, people), True)
                _said(Done("list", id=result.sha256 or ""))
            _said(done_by(desk, drawn(draw, f"{label} {number}")))


def _said(done: Done) -> None:
    sys.stdout.write(f"{done.line()}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
