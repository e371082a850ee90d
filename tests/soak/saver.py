"""A process to be killed: saves answers without end, and says so after each.

`python -m tests.soak.saver URL SEED`; a line is `saved ID ETAG` or `list SHA256`.
"""

import random
import sys
from datetime import UTC, datetime
from itertools import count

from pydantic import TypeAdapter

from app.api import examples
from app.jobs import shipped
from app.store import facts
from app.terms import Report
from tests.invented import xml
from tests.soak.common import desk_over

_LIST_EVERY = 25


def main() -> None:
    """Save, say, save, say."""
    url, seed = sys.argv[1:]
    draw = random.Random(seed)
    reader = TypeAdapter(Report)
    with facts.open_store(url) as store:
        desk = desk_over(store, shipped.tables(), lambda: datetime.now(UTC))
        for number in count(1):
            if number % _LIST_EVERY == 0:
                people = {"ZZi.001": (f"ARDAN {seed}", f"VELUR {number}")}
                generated = f"2026-0{draw.randint(1, 5)}-01T00:00:00Z"
                result = desk.import_list("killed.xml", xml(generated, people), True)
                _said(f"list {result.sha256}")
            name = f"Speaker {seed} {number}"
            claims = [{**examples.REPORT["claims"][1], "speaker": name}]
            answer = desk.ask(reader.validate_python({**examples.REPORT, "claims": claims}))
            _said(f"saved {answer.id} {answer.etag}")


def _said(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
