"""Invented people, the shipped tables, and the newest real list where it is at hand."""

import hashlib
import lzma
import random
from collections.abc import Mapping
from pathlib import Path
from string import ascii_lowercase
from typing import Any

import pytest

from app.jobs.shipped import tables
from app.lists import un_xml
from app.screening.index import Index, build
from app.terms import (
    Alias,
    AliasQuality,
    BirthDate,
    BirthDateKind,
    BirthPlace,
    DesignationEvent,
    DesignationFact,
    Entry,
    Gender,
    Listed,
    ListedDocument,
    ListKind,
    PartyKind,
    Place,
    PlaceKind,
    Policy,
    Snapshot,
    Version,
)

ROOT = Path(__file__).parents[2]
REAL = ROOT.parent / "shared" / "un_lists" / "2026-05-08T230006.xml.xz"

FULL = Snapshot(
    sha256="f" * 64,
    list_kind=ListKind.full,
    generated="2020-06-01T00:00:00.000000Z",
    source="full.xml",
    recorded_at="2021-01-01T00:00:00.000000Z",
    individuals=10,
    entities=1,
)
POLICY = Policy(threshold=0.75, strong=0.8, fresh_days=10, limit=10)


TABLES = tables().names


def _place(kind: PlaceKind, name: str, also: str, code: str) -> Place:
    return Place(
        kind=kind,
        name=name,
        also=tuple(also.split(";")) if also else (),
        code=code,
        state=code,
        zones=("UTC",),
        capital=None,
        disputed=None,
        disputed_since=None,
        note=None,
    )


PLACES = (
    _place(PlaceKind.state, "Iran (Islamic Republic of)", "Iran;Persia", "IR"),
    _place(PlaceKind.state, "Libya", "Libyan Arab Jamahiriya", "LY"),
    _place(PlaceKind.state, "France", "", "FR"),
    _place(PlaceKind.city, "Tripoli", "Tarabulus", "LY"),
)


def entry(reference: str, *name: str, **fields: Any) -> Entry:
    """A record of an invented party; what is not given is empty."""
    empty: dict[str, Any] = {
        "kind": PartyKind.individual,
        "original_script": None,
        "regime_word": "Invented",
        "listed_on": "2011-01-01",
        "delisted_on": None,
        "gender": None,
        "titles": (),
        "designations": (),
        "nationalities": (),
        "aliases": (),
        "birth_dates": (),
        "birth_places": (),
        "documents": (),
        "addresses": (),
        "comments": None,
        "amended_on": (),
        "interpol_link": None,
        "data_id": None,
        "unknown": (),
    }
    return Entry(reference=reference, name_parts=name, **{**empty, **fields})


def listed(*entries: Entry, died: str | None = None, same: tuple[str, ...] = ()) -> Listed:
    """A party by its records, newest first."""
    first = entries[0]
    fact = died and DesignationFact(
        reference=first.reference,
        event=DesignationEvent.died,
        on=died,
        by=None,
        source="an invented register of deaths",
        checked=True,
        disputed=False,
        accepted=None,
    )
    return Listed(
        reference=first.reference,
        kind=first.kind,
        regime_word=first.regime_word,
        versions=tuple(Version(entry=one, snapshot=FULL) for one in entries),
        also=(),
        named_by=None,
        died=fact or None,
        same_person=same,
    )


def alias(name: str, quality: AliasQuality = AliasQuality.good) -> Alias:
    return Alias(name=name, quality=quality, note=None, birth_date=None)


def born(
    earliest: str, latest: str | None = None, kind: BirthDateKind = BirthDateKind.exact
) -> BirthDate:
    return BirthDate(kind=kind, earliest=earliest, latest=latest or earliest, note=None)


def birthplace(city: str | None, country: str | None) -> BirthPlace:
    return BirthPlace(city=city, province=None, country=country, note=None)


def document(number: str, kind: str = "Passport", country: str | None = None) -> ListedDocument:
    return ListedDocument(type=kind, number=number, country=country, issued_on=None, note=None)


PEOPLE = (
    listed(
        entry(
            "AAi.001",
            "DARIUSH",
            "KHALVATI",
            original_script="داریوش خلوتی",
            gender=Gender.male,
            nationalities=("Iran",),
            designations=("Brigadier General", "Commander of the Zubin Brigade"),
            comments="Deputy head of the Anvari Institute until 2009. Wounded once.",
            birth_dates=(born("1957-03-11"), born("1961")),
            birth_places=(birthplace("Qom", "Iran (Islamic Republic of)"),),
            documents=(document("Iran 008827"), document("44-55-66", "National Identification")),
            aliases=(
                alias("Daryush Khalwati"),
                alias("Haj Dariush Tabandeh", AliasQuality.low),
                alias("Zarrin Pishkoo", AliasQuality.not_said),
            ),
        ),
        entry("AAi.001", "DARIUSH", "KHALVATIZADEH"),
    ),
    listed(
        entry(
            "AAi.002",
            "DARYOUSH",
            "KHALVATY",
            designations=("Director of the Saghar mine",),
            nationalities=("Iran",),
        )
    ),
    listed(
        entry(
            "BBi.001",
            "TITUS",
            "WOKOMBE",
            "NDAKA",
            birth_dates=(born("1970", kind=BirthDateKind.approximate),),
            birth_places=(birthplace(None, "Libya"), birthplace("Tarabulus", "Libya")),
        ),
        died="2015-05-10",
    ),
    listed(
        entry(
            "BBi.002",
            "ARVO",
            "LINDQVIST",
            birth_dates=(born("1940", "1944", BirthDateKind.between),),
        ),
        same=("CCi.002",),
    ),
    listed(
        entry("CCi.002", "ARVO", "LINDQUIST", nationalities=("France",)),
        same=("BBi.002",),
    ),
    listed(entry("BBi.003", "MUHAMMAD", "ALI")),
    listed(entry("BBi.004", "ZULKARNAYEV")),
    listed(entry("BBe.001", "WOKOMBE MINING COMPANY", kind=PartyKind.entity)),
)


@pytest.fixture(scope="session")
def index() -> Index:
    return build(PEOPLE, TABLES)


@pytest.fixture(scope="session")
def everybody() -> Mapping[str, Listed]:
    return {one.reference: one for one in PEOPLE}


@pytest.fixture(scope="session")
def real() -> tuple[Listed, ...]:
    """The newest real list."""
    if not REAL.exists():
        pytest.skip("no real list beside the checkout: shared/un_lists is absent")
    xml = lzma.decompress(REAL.read_bytes())
    parsed = un_xml.read(xml)
    snapshot = Snapshot(
        sha256=hashlib.sha256(xml).hexdigest(),
        list_kind=ListKind.full,
        generated=parsed.generated,
        source=REAL.name,
        recorded_at="2026-06-01T00:00:00.000000Z",
        individuals=parsed.individuals,
        entities=parsed.entities,
    )
    return tuple(
        Listed(
            reference=one.reference,
            kind=one.kind,
            regime_word=one.regime_word,
            versions=(Version(entry=one, snapshot=snapshot),),
            also=(),
            named_by=None,
            died=None,
            same_person=(),
        )
        for one in parsed.entries
    )


@pytest.fixture(scope="session")
def real_index(real: tuple[Listed, ...]) -> Index:
    return build(real, TABLES)


def damaged(name: str, drawn: random.Random) -> str:
    """A name with up to three letters left out, put in or changed, joined or split."""
    letters = list(name)
    for _ in range(drawn.randrange(1, 4)):
        at = drawn.randrange(len(letters))
        letters[at : at + drawn.randrange(2)] = drawn.choice(("", " ", *ascii_lowercase))
        letters = letters or ["a"]
    return "".join(letters)
