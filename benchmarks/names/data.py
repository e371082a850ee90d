"""What names are measured on: a list's aliases, invented people's names, labelled pairs.

Whatever is learnt is learnt on one half, and the figures come from the other. The halves are cut
by person (by candidate, for pairs), never by name.
"""

import csv
import hashlib
import lzma
import random
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from app.jobs.shipped import tables
from app.lists import un_xml
from app.screening.index import Index, build
from app.screening.letters import fold, rules
from app.terms import AliasQuality, Entry, Listed, ListKind, PartyKind, Snapshot, Version
from benchmarks.common import REAL, ROOT

TABLES = tables(ROOT / "data").names
RULES = rules(TABLES)
SNAPSHOT = "2026-02-25T000009.xml.xz"
OTHER_SNAPSHOT = "2020-11-23T191017.xml.xz"
PAIRS = ROOT.parent / "shared" / "names" / "pairs.csv"
LEARNT_INVENTED, LEARNT_SEED = 2000, 11
"""The invented names that are learnt on."""
LEARN, REPORT = 0, 1
"""The half that is learnt on, and the half that is reported."""

LOCALES = (
    "ar_AA", "ar_AE", "ar_DZ", "ar_EG", "ar_JO", "ar_PS", "ar_SA", "az_AZ", "bn_BD", "en_GB",
    "en_NG", "en_PK", "es_ES", "fa_IR", "fil_PH", "fr_DZ", "fr_FR", "ha_NG", "id_ID", "ko_KR",
    "pt_PT", "ru_RU", "sw", "tr_TR", "uz_UZ", "zh_CN",
)  # fmt: skip
"""Where people on the list come from, as the Faker library names it."""


class Query(NamedTuple):
    """A name of a listed person that is asked about while the index is taken not to have it."""

    reference: str
    name: str
    original_script: bool


class LabelledPair(NamedTuple):
    """Two names, and whether somebody says that they are one party's."""

    query: str
    candidate: str
    person: bool
    same: bool


def entries(path: Path = REAL / SNAPSHOT) -> tuple[Entry, ...]:
    """The records of one list."""
    return read(lzma.decompress(path.read_bytes()))


def read(xml: bytes) -> tuple[Entry, ...]:
    """The records of one list, given its file."""
    return un_xml.read(xml).entries


def names_of(one: Entry) -> tuple[str, ...]:
    """Every name that a record gives its party, the primary one first."""
    script = (one.original_script,) if one.original_script else ()
    return tuple(dict.fromkeys((one.name, *(alias.name for alias in one.aliases), *script)))


def listed(records: Iterable[Entry]) -> tuple[Listed, ...]:
    """Records as an index takes them."""
    snapshot = Snapshot(
        sha256="0" * 64,
        list_kind=ListKind.full,
        generated="2026-01-01T00:00:00.000000Z",
        source="a list that is measured on",
        recorded_at="2026-01-01T00:00:00.000000Z",
        individuals=0,
        entities=0,
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
        for one in records
    )


def index_of(records: Iterable[Entry], tables: Mapping[str, Mapping[str, str]] = TABLES) -> Index:
    """An index over one list."""
    return build(listed(records), tables)


def half(key: str) -> int:
    """Which half something belongs to, the same on every machine."""
    return hashlib.sha256(f"half of {key}".encode()).digest()[0] % 2


def tokens(name: str) -> tuple[str, ...]:
    """The folded words of a name in no order: a name with the same is the same name."""
    return tuple(sorted(fold(name, RULES).split()))


def queries(records: Iterable[Entry], which: int, most: int = 3, seed: int = 1) -> list[Query]:
    """Good aliases and names in the original script of people with two names or more."""
    drawn = random.Random(seed)
    found = []
    for one in sorted(records, key=lambda one: one.reference):
        if one.kind is not PartyKind.individual or half(one.reference) != which:
            continue
        if len({tokens(name) for name in names_of(one)}) < 2:
            continue
        good = list(dict.fromkeys(a.name for a in one.aliases if a.quality is AliasQuality.good))
        chosen = drawn.sample(good, min(most, len(good)))
        found += [Query(one.reference, name, False) for name in chosen]
        if one.original_script:
            found.append(Query(one.reference, one.original_script, True))
    return found


def organisation_queries(
    records: Iterable[Entry], which: int, most: int = 3, seed: int = 1
) -> list[Query]:
    """Names of listed entities with two names or more, those in the original script among them."""
    drawn = random.Random(seed)
    found = []
    for one in sorted(records, key=lambda one: one.reference):
        if one.kind is not PartyKind.entity or half(one.reference) != which:
            continue
        names = names_of(one)
        if len({tokens(name) for name in names}) >= 2:
            chosen = drawn.sample(names, min(most, len(names)))
            found += [Query(one.reference, name, False) for name in chosen]
    return found


def with_primary(records: Iterable[Entry], which: int, seed: int = 2) -> list[Query]:
    """One name of each such person, drawn among the primary name and the good aliases."""
    drawn = random.Random(seed)
    found = []
    for one in sorted(records, key=lambda one: one.reference):
        if one.kind is not PartyKind.individual or half(one.reference) != which:
            continue
        good = [a.name for a in one.aliases if a.quality is AliasQuality.good]
        names = list(dict.fromkeys((one.name, *good)))
        if len({tokens(name) for name in names}) >= 2:
            found.append(Query(one.reference, drawn.choice(names), False))
    return found


def invented(how_many: int, seed: int, organisations: bool = False) -> list[str]:
    """Distinct names of people, or of companies, who are not there, in the cultures of the list."""
    from faker import Faker

    drawn = random.Random(seed)
    makers = []
    for number, locale in enumerate(LOCALES):
        maker = Faker(locale)
        maker.seed_instance(seed * 1000 + number)
        makers.append(maker)
    found: dict[str, None] = {}
    while len(found) < how_many:
        maker = drawn.choice(makers)
        found[maker.company() if organisations else maker.name()] = None
    return list(found)


def pairs(which: int | None = None) -> list[LabelledPair]:
    """The labelled pairs of one half, or all; none where they are not beside the checkout."""
    if not PAIRS.is_file():
        return []
    with PAIRS.open(encoding="utf-8", newline="") as file:
        rows = [
            LabelledPair(
                row["query"], row["candidate"], row["schema"] == "Person", row["is_match"] == "true"
            )
            for row in csv.DictReader(file)
        ]
    return [
        pair for pair in rows if which is None or half(" ".join(tokens(pair.candidate))) == which
    ]
