"""What saves is killed, once; on each database, a hundred times, and over HTTP, in `tests.soak`."""

import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.jobs import shipped
from app.store import facts
from tests.conftest import ONE_NOW
from tests.soak.acts import Done
from tests.soak.common import Finding
from tests.soak.kills import look, saver

ENOUGH = 5  # acts, of several kinds with this label


@pytest.mark.parametrize("database_url", ONE_NOW, indirect=True)
def test_all_that_was_acknowledged_is_there(database_url: str, tmp_path: Path) -> None:
    with facts.open_store(database_url) as store:
        shipped.load(store, shipped.DATA, lambda: datetime.now(UTC))
    said = tmp_path / "label.out"

    def until() -> None:
        while len(said.read_text().splitlines()) < ENOUGH:
            time.sleep(0.01)

    done = saver(tmp_path, database_url, "label", until)
    assert len(done) >= ENOUGH
    assert len({one.kind for one in done}) > 1
    look(database_url, done, "after the kill")


@pytest.mark.parametrize(
    "done",
    [
        Done("screen", names=("Nobody",)),
        Done("assess", id="a", etag="b"),
        Done("article", id="a", etag="b"),
        Done("exemption", id="a"),
        Done("list", id="a"),
    ],
    ids=lambda done: done.kind,
)
def test_what_is_not_there_is_missed(sqlite_url: str, done: Done) -> None:
    with pytest.raises(Finding, match=r"^now: "):
        look(sqlite_url, [done], "now")
