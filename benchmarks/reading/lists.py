"""Records that marked texts are read with: lists, the law, and a text's own people."""

import hashlib
import json
import lzma
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from typing import Any

from app.jobs.shipped import DATA, legal_files, tables
from app.lists import un_xml
from app.lists.un_xml import ParsedList
from app.record import Record, legal_record
from app.serve import policy as policy_of
from app.settings import Settings
from app.terms import (
    Alias,
    AliasQuality,
    Entry,
    LegalRecord,
    ListKind,
    PartyKind,
    Policy,
    Snapshot,
    Tables,
)
from app.where import Places
from benchmarks.common import REAL, SPANISH
from benchmarks.reading.marked import BESIDE, Marked

_BEFORE = "1970-01-01T00:00:00.000000Z"
_BUNDLED = DATA / "un_lists" / "iran-1737.xml"


@cache
def policy() -> Policy:
    """The thresholds that hold when an office sets none."""
    return policy_of(Settings.model_construct())


def record_for(text: Marked) -> Record:
    """The law and the Iran list that ship, and a full list with the people of the text on it.

    The full list is the UN's newest with these people added, where it is beside the checkout; else
    one with them alone, generated on the day before publication.
    """
    given = text.gold.get("list_fixture") or ()
    newest = _newest()
    day = date.fromisoformat(text.published_on) - timedelta(days=1)
    generated = newest.generated if newest else f"{day}T00:00:00.000000Z"
    return _record(json.dumps(given, sort_keys=True), generated)


def plain() -> Record:
    """The law and the Iran list that ship, and the UN's newest where it is beside the checkout."""
    newest = _newest()
    return _record("[]", newest.generated if newest else _BEFORE)


@cache
def _record(given: str, generated: str) -> Record:
    newest = _newest()
    here = newest.entries if newest else ()
    held = {one.reference: one for one in (*here, *_beside())}
    people = {one["ref"]: _entry(one, held.get(one["ref"])) for one in json.loads(given)}
    full = (*(one for one in here if one.reference not in people), *people.values())
    bundled = un_xml.read(_BUNDLED.read_bytes())
    snapshots: list[Snapshot] = []
    entries: dict[str, Entry] = {}
    members: dict[str, Sequence[str]] = {}
    for kind, when, some in (
        (ListKind.full, generated, full),
        (ListKind.supplement, bundled.generated, bundled.entries),
    ):
        if not some:
            continue
        name = hashlib.sha256(f"{kind} {when} {given}".encode()).hexdigest()
        by_digest = {f"{name} {one.reference}": one for one in some}
        entries |= by_digest
        members[name] = tuple(by_digest)
        snapshots.append(
            Snapshot(
                sha256=name,
                list_kind=kind,
                generated=when,
                source="a list that is measured on",
                recorded_at=when,
                individuals=sum(one.kind is PartyKind.individual for one in some),
                entities=sum(one.kind is PartyKind.entity for one in some),
            )
        )
    shipped = _shipped()
    return Record(
        known_at=max(snapshot.recorded_at for snapshot in snapshots),
        law=_law(),
        snapshots=snapshots,
        entries=entries,
        members=members,
        tables=shipped,
        places=_places(),
    )


@cache
def _shipped() -> Tables:
    return tables(DATA)


@cache
def _places() -> Places:
    return Places(_shipped().places)


@cache
def _law() -> LegalRecord:
    return legal_record(legal_files(DATA), _BEFORE)


@cache
def _newest() -> ParsedList | None:
    """The UN's newest full list, or null where none is beside the checkout."""
    real = [path for path in sorted(REAL.glob("*.xml.xz")) if SPANISH not in path.name]
    return un_xml.read(lzma.decompress(real[-1].read_bytes())) if real else None


@cache
def _beside() -> tuple[Entry, ...]:
    """The invented people who come with the texts beside the checkout."""
    path = BESIDE / "fixture.xml"
    return un_xml.read(path.read_bytes()).entries if path.is_file() else ()


def _entry(given: Mapping[str, Any], held: Entry | None) -> Entry:
    """A person of a text as a list would hold him; a record that there is, with his aliases."""
    aliases = tuple(
        Alias(name=name, quality=AliasQuality.good, note=None, birth_date=None)
        for name in given.get("aliases") or ()
        if " " in name  # a list calls no single name good
    )
    if held is not None:
        known = {alias.name for alias in held.aliases}
        return replace(
            held, aliases=(*held.aliases, *(one for one in aliases if one.name not in known))
        )
    prefix = given["ref"].partition(".")[0]
    word = next(one.list_words[0] for one in _law().regimes if one.prefix == prefix)
    return Entry(
        reference=given["ref"],
        kind=PartyKind.individual,
        name_parts=tuple(given["name"].upper().split()),
        original_script=None,
        regime_word=word,
        listed_on=given.get("listed_on"),
        delisted_on=None,
        gender=None,
        titles=(),
        designations=tuple(given.get("descriptions") or ()),
        nationalities=(_places().name(given["nationality"]),) if given["nationality"] else (),
        aliases=aliases,
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
