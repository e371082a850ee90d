"""What articles are read with: the Iran list that ships, a full list of invented people, the law.

Every text in this room is written for it; whoever is named in one is invented, or is asked about
in other words than any newspaper's.
"""

import os
from collections.abc import Callable, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from app.jobs import shipped
from app.jobs.parser_model import ParserModel
from app.lists import un_xml
from app.reading.article import Reading
from app.reading.read import read
from app.record import Record, legal_record
from app.terms import Entry, ListKind, PartyKind, Policy, Snapshot, Tables
from app.where import Places
from tests.conftest import NO_MODEL

GENERATED = "2024-05-01T00:00:00.000000Z"
PUBLISHED = "2024-05-20"
"""A Monday."""
POLICY = Policy(threshold=0.75, strong=0.8, fresh_days=10, limit=10)


def listed(reference: str, name: str, regime: str, nationality: str, office: str) -> Entry:
    """An invented individual, as a list would hold one."""
    return Entry(
        reference=reference,
        kind=PartyKind.individual,
        name_parts=tuple(name.upper().split()),
        original_script=None,
        regime_word=regime,
        listed_on="2019-02-04",
        delisted_on=None,
        gender=None,
        titles=(),
        designations=(office,),
        nationalities=(nationality,),
        aliases=(),
        birth_dates=(),
        birth_places=(),
        documents=(),
        addresses=(),
        comments=None,
        amended_on=(),
        interpol_link=None,
        data_id=None,
        unknown=(),
    )


INVENTED = (
    listed("SDi.960", "Idris Makoor Tebbal", "Sudan", "Sudan", "General, commander"),
    listed("LYi.960", "Salim Orfalan Derrati", "Libya", "Libya", "Banker"),
)


@pytest.fixture(scope="session")
def record(tables: Tables) -> Record:
    """The lists and the law that a text is read with."""
    bundled = un_xml.read((shipped.DATA / "un_lists" / "iran-1737.xml").read_bytes())
    snapshots: list[Snapshot] = []
    entries: dict[str, Entry] = {}
    members: dict[str, Sequence[str]] = {}
    for kind, generated, some in (
        (ListKind.full, GENERATED, INVENTED),
        (ListKind.supplement, bundled.generated, bundled.entries),
    ):
        name = sha256(kind.encode()).hexdigest()
        by_digest = {f"{name} {one.reference}": one for one in some}
        entries |= by_digest
        members[name] = tuple(by_digest)
        snapshots.append(
            Snapshot(
                sha256=name,
                list_kind=kind,
                generated=generated,
                source="test",
                recorded_at=GENERATED,
                individuals=len(some),
                entities=0,
            )
        )
    return Record(
        known_at=GENERATED,
        law=legal_record(shipped.legal_files(), GENERATED),
        snapshots=snapshots,
        entries=entries,
        members=members,
        tables=tables,
        places=Places(tables.places),
    )


@pytest.fixture(scope="session")
def reads(record: Record) -> Callable[..., Reading]:
    """Reads a text by these lists."""

    def reads(text: str, published_on: str = PUBLISHED, **more: Any) -> Reading:
        return read(text, published_on, record, POLICY, **more)

    return reads


MODEL = os.environ.get("TRAVELBAN_PARSER_MODEL")


@pytest.fixture(scope="session")
def parser_model() -> ParserModel:
    """A real parser, where the setting names a model."""
    if not MODEL:
        pytest.skip(NO_MODEL)
    return ParserModel(Path(MODEL))
