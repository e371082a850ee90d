"""A copy of an SQLite store while it is read and written: whole, as it was at one moment."""

import os
import sqlite3
from pathlib import Path

from app.store.facts import Store


class CannotCopy(ValueError):
    """Why no copy was made, in one line; what is there stays as it is."""


def copy(store: Store, target: Path) -> int:
    """Copy the store to a new file and check the copy; answers its size in bytes.

    Nobody is held up: readers and writers go on, and what they commit meanwhile is not in it. The
    file has its name only once it is whole. CannotCopy where the store is no SQLite file, the
    file is there already, or the copy is damaged.
    """
    if store.engine.dialect.name != "sqlite":
        raise CannotCopy("PostgreSQL makes its own copies: pg_dump (docs/operations.md)")
    source = store.engine.url.database
    if source is None or not Path(source).is_file():
        raise CannotCopy(f"there is no store yet: {source}")
    if target.exists():
        raise CannotCopy(f"{target} is there already")
    part = target.with_name(f"{target.name}.part")
    # It holds whose names were asked about. Two who copy to one place stop here.
    os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    try:
        _copy(source, part)
        part.rename(target)
    finally:
        for path in (part, *(part.with_name(part.name + end) for end in ("-wal", "-shm"))):
            path.unlink(missing_ok=True)
    return target.stat().st_size


def _copy(source: str, part: Path) -> None:
    there = sqlite3.connect(f"{Path(source).absolute().as_uri()}?mode=ro", uri=True)
    here = sqlite3.connect(part)
    try:
        there.execute("PRAGMA busy_timeout = 30000")
        # All pages in one step: what is written meanwhile would begin it anew each time.
        there.backup(here, pages=-1)
        (found,) = here.execute("PRAGMA integrity_check(1)").fetchone()
        if found != "ok":
            raise CannotCopy(f"the copy is damaged, and so may be the store: {found}")
        # The copy is to be there after a power cut too.
        here.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        here.close()
        there.close()
    with part.open("rb") as file:
        os.fsync(file.fileno())
