"""What lists cost on record: size of the store, time to import, statements to load a record."""

import lzma
import re
import time
import zlib
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import event, func, select

from app.desk import Desk, ImportOutcome
from app.serve import open_desk
from app.settings import Settings
from app.store import tables
from benchmarks.common import REAL, SPANISH, Row, Run, at_most
from benchmarks.parse import bare

_MOST_SIZE = 1.5  # of the distinct records
_MOST_TIME = 3  # of a bare parse


def measure(run: Run) -> Iterator[Row]:
    """SQLite; every list is walked bare and imported in turn, wall-clock."""
    folder = run.empty()
    path = folder / "travelban.sqlite3"
    settings = Settings(data_dir=folder, database_url=f"sqlite:///{path}")
    desk = open_desk(settings)
    lists = _every_list(run)
    ours = others = 0.0
    first = 0
    for number, (name, xml) in enumerate(lists.items()):
        others += _taken(partial(bare, xml))
        ours += _taken(partial(_import, desk, name, xml))
        if number == 0:
            first = _statements(open_desk(settings))
    many = f"{len(lists)} lists"
    yield Row(
        part="store", measure=f"import {many}", figure=ours * 1000, unit="ms",
        against="bare xml.etree walks", against_figure=others * 1000, ratio=ours / others,
        **at_most(_MOST_TIME, ours / others),
    )  # fmt: skip

    size, records = _size(desk, path), _distinct_records(desk)
    yield Row(
        part="store", measure=f"{many}, evidence included", figure=size / 1e6, unit="MB",
        against="JSON of distinct records", against_figure=records / 1e6, ratio=size / records,
        **at_most(_MOST_SIZE, size / records),
    )  # fmt: skip

    cold = open_desk(settings)
    loading = _statements(cold)
    yield Row(
        part="store", measure=f"load the record, {many}, statements", figure=loading, unit="",
        against="with one list", against_figure=first, ratio=loading / first,
        **at_most(1, loading / first),
    )  # fmt: skip
    again = _statements(cold)
    yield Row(
        part="store", measure="look again, statements", figure=again, unit="",
        **at_most(1, again),
    )  # fmt: skip

    name, xml = list(lists.items())[-1]
    for words, body, outcome, most in (
        ("the same list again", xml, ImportOutcome.unchanged, 0),
        ("the list, another dateGenerated", _another_night(xml), ImportOutcome.promoted, 4),
    ):
        before = _rows(desk)
        result = desk.import_list(name, body, False)
        if result.outcome is not outcome:
            raise RuntimeError(result.words)
        added = _rows(desk) - before
        yield Row(
            part="store", measure=words, figure=added, unit="rows", **at_most(most, added, " rows")
        )


def _every_list(run: Run) -> dict[str, bytes]:
    """The full lists, and the Spanish one, which is kept as evidence and set aside."""
    spanish = {
        path.name: lzma.decompress(path.read_bytes())
        for path in REAL.glob("*.xml.xz")
        if SPANISH in path.name
    }
    return dict(sorted((run.lists | spanish).items()))


def _import(desk: Desk, name: str, xml: bytes) -> None:
    result = desk.import_list(name, xml, False)
    if result.outcome not in (ImportOutcome.promoted, ImportOutcome.quarantined):
        raise RuntimeError(result.words)


def _taken(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    _ = work()
    return time.perf_counter() - begun


def _size(desk: Desk, path: Path) -> int:
    """Bytes of the file, with nothing left in the write-ahead log."""
    raw = desk.store.engine.raw_connection()
    try:
        busy, *_ = raw.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    finally:
        raw.close()
    if busy:
        raise RuntimeError("somebody else has the store open")
    return path.stat().st_size


def _distinct_records(desk: Desk) -> int:
    """Bytes of the JSON of every record that any list holds, each once."""
    with desk.store.reading() as connection:
        bodies = connection.scalars(select(tables.entries.c.body))
        return sum(len(zlib.decompress(body)) for body in bodies)


def _statements(desk: Desk) -> int:
    """How many a look at the record takes, without the beginning of its transaction."""
    asked: list[str] = []

    def note(*given: Any) -> None:
        asked.append(given[2])

    event.listen(desk.store.engine, "before_cursor_execute", note)
    _ = desk.record()
    event.remove(desk.store.engine, "before_cursor_execute", note)
    return sum(not words.startswith("BEGIN") for words in asked)


def _another_night(xml: bytes) -> bytes:
    return re.sub(rb'dateGenerated="[^"]*"', b'dateGenerated="2031-01-01T00:00:00Z"', xml)


def _rows(desk: Desk) -> int:
    with desk.store.reading() as connection:
        counts = (
            connection.scalar(select(func.count()).select_from(table))
            for table in tables.metadata.sorted_tables
        )
        return sum(number or 0 for number in counts)
