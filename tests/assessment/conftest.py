"""A record over what ships with the project, made once."""

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest
from pydantic import TypeAdapter

from app.assessment.assess import Assessment, assess
from app.jobs import shipped
from app.lists.un_xml import read
from app.record import Record, legal_record
from app.terms import Entry, ListKind, Policy, Report, Snapshot
from app.where import Places

DATA = Path(__file__).parents[2] / "data"
POLICY = Policy(threshold=0.75, strong=0.8, fresh_days=10, limit=10)
MOMENT = "2026-11-24T00:00:00.000000Z"


def record_of(*lists: tuple[bytes, ListKind]) -> Record:
    """A record over these lists and the law that ships."""
    tables = shipped.tables(DATA)
    snapshots: list[Snapshot] = []
    entries: dict[str, Entry] = {}
    members: dict[str, list[str]] = {}
    for xml, kind in lists:
        parsed = read(xml)
        sha256 = hashlib.sha256(xml).hexdigest()
        snapshots.append(
            Snapshot(
                sha256=sha256,
                list_kind=kind,
                generated=parsed.generated,
                source="test",
                recorded_at=MOMENT,
                individuals=parsed.individuals,
                entities=parsed.entities,
            )
        )
        members[sha256] = [f"{sha256}:{entry.reference}" for entry in parsed.entries]
        entries.update(zip(members[sha256], parsed.entries, strict=True))
    return Record(
        known_at=MOMENT,
        law=legal_record(shipped.legal_files(DATA), MOMENT),
        snapshots=snapshots,
        entries=entries,
        members=members,
        tables=tables,
        places=Places(tables.places),
    )


@pytest.fixture(scope="session")
def bundled() -> Record:
    xml = (DATA / "un_lists" / "iran-1737.xml").read_bytes()
    return record_of((xml, ListKind.supplement))


@pytest.fixture(scope="session")
def asked(bundled: Record) -> Callable[..., Assessment]:
    reader = TypeAdapter(Report)

    def ask(report: dict, record: Record = bundled) -> Assessment:
        return assess(reader.validate_python(report), record, POLICY, "engine", "id")

    return ask
