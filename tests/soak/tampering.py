"""Single bytes changed in what is on record, on both databases: each has to be found."""

import time
from dataclasses import replace
from datetime import UTC, datetime

from app.jobs import shipped
from app.store import facts
from app.terms import Tables
from tests.conftest import Clock
from tests.soak.common import Finding, Part, desk_over, new_postgres, new_sqlite
from tests.tampering import REFUSED, Tampering, fill, findings, unguard

_FULL = 500
_NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


def tampering(part: Part) -> str:
    """Change a byte, look, change it back: a thousand times in full, half on each database."""
    tables = shipped.tables(shipped.DATA)
    told = []
    half = replace(part, until=None if part.left is None else time.monotonic() + part.left / 2)
    told.append(_on(half, f"sqlite:///{new_sqlite(part.folder)}", "sqlite", tables))
    with new_postgres() as url:
        if url is not None:
            told.append(_on(part, url, "postgresql", tables))
    return "; ".join(told)


def _on(part: Part, url: str, kind: str, tables: Tables) -> str:
    with facts.open_store(url) as store:
        fill(desk_over(store, tables, Clock(_NOW)))
        unguard(store)
        drawn = Tampering(store, part.seed)
        changed = refused = 0
        for _ in part.rounds(_FULL):
            where, found = drawn.once()
            if not found:
                raise Finding(f"{kind}: a byte changed in {where} is not found")
            changed += found != [REFUSED]
            refused += found == [REFUSED]
        if left := findings(store):
            raise Finding(f"{kind}: after all was changed back: {left[0]}")
    return f"{changed} bytes changed on {kind} and found, {refused} refused by it"
