"""Any order of import of a few full lists: one digest, and the same answers."""

import hashlib
import lzma
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from app.api import examples
from app.assessment.screen import ScreeningAsked
from app.desk import Desk, ImportOutcome, encode
from app.jobs import shipped
from app.store import facts
from app.terms import Report
from tests.conftest import Clock
from tests.invented import only, xml
from tests.soak.common import SHARED, Finding, Part, desk_over, new_sqlite
from tests.test_order_of_import import QUESTIONS, without_recording_times

_FULL = 60
_SPANISH = "2023-02-22"
_SUPPLEMENT = "the list that ships"
_NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)

_CLAIMS = [{"type": "asserts", "speaker": "A paper", "side": "press", "named": True}]
_REPORTS: list[dict[str, Any]] = [
    *QUESTIONS,
    *(
        {"traveller": traveller, "legs": [{"state": state, "from": day}], "claims": _CLAIMS}
        for traveller, state, day in (
            ({"name": "Saadi Qadhafi", "birth_date": "1973-05-27"}, "NE", "2011-09-11"),
            ({"name": "Aisha Qadhafi"}, "OM", "2024-10-01"),
            ({"name": "Ghasem Soleymani"}, "RU", "2017-06-01"),
            ({"name": "Mohammad Qannadi"}, "RU", "2009-01-01"),
            ({"name": "Antonio Indjai"}, "PT", "2015-02"),
            ({"name": "Qasem Soleimani", "role": "Quds Force commander"}, "RU", "2020-10-18"),
            ({"name": "Abdul Aziz"}, "AE", "2018"),
            ({"name": "Ulvar Brandesko"}, "FR", "2019-01-01"),
        )
    ),
]
_NAMES = ("Касем Сулеймани", "Abdul Aziz", "Mohamed Ali", "Kim Yong", "Ulvar Brandesko")


class Lists:
    """The lists to draw from."""

    @cached_property
    def paths(self) -> dict[str, Path]:
        """Real full lists by name, when they are beside the checkout."""
        each = sorted(SHARED.glob("un_lists/*.xml.xz"))
        return {path.name: path for path in each if _SPANISH not in path.name}

    @cached_property
    def invented(self) -> dict[str, bytes]:
        """Twelve lists of invented people, when there are no real ones."""
        found = {}
        for number in range(12):
            day = date(2025, 1, 1) + timedelta(days=40 * number)
            left = [f"ZZi.{at:03}" for at in range(1, 5) if (number + at) % 5]
            body = xml(f"{day}T00:00:00Z", only(*left), comments=f"Of the {number % 3} council.")
            found[f"invented {day}"] = body
        return found

    def body(self, name: str) -> bytes:
        """The XML of a list."""
        if name == _SUPPLEMENT:
            return (shipped.DATA / "un_lists" / "iran-1737.xml").read_bytes()
        if self.paths:
            return lzma.decompress(self.paths[name].read_bytes())
        return self.invented[name]


def shuffles(part: Part) -> str:
    """Each round: three to six lists and the one that ships, in two random orders."""
    lists, done, imports = Lists(), 0, 0
    names = list(lists.paths or lists.invented)
    for number in part.rounds(_FULL):
        some = [*part.random.sample(names, part.random.randint(3, 6)), _SUPPLEMENT]
        orders = [part.random.sample(some, len(some)) for _ in range(2)]
        bodies = {name: lists.body(name) for name in some}
        found = [_after(part.folder, order, bodies) for order in orders]
        if found[0] != found[1]:
            raise Finding(f"round {number}: {_difference(*found)} differ after {orders}")
        done, imports = done + 1, imports + 2 * len(some)
    kind = "real" if lists.paths else "invented"
    asked = len(_REPORTS) + len(_NAMES)
    return f"{done} pairs of orders of {kind} lists, {imports} imports, {asked} questions each"


def _after(folder: Path, order: list[str], bodies: dict[str, bytes]) -> dict[str, str]:
    """What a new store says after an order of import: outcomes, digest and answers, by name."""
    path, clock, found = new_sqlite(folder), Clock(_NOW), {}
    with facts.open_store(f"sqlite:///{path}") as store:
        desk = desk_over(store, shipped.tables(), clock)
        with store.writing() as connection:
            # As every command does first: lists are compared with what facts account for.
            facts.add_law(connection, shipped.legal_files(), facts.next_moment(connection, clock()))
        for name in order:
            result = desk.import_list(name, bodies[name], supplement=name == _SUPPLEMENT)
            found[f"the outcome of {name}"] = result.outcome.value
            desk.record()
        # A desk that looked all along, and one that looks only now.
        found |= _answers(desk)
        for name, answer in _answers(desk_over(store, desk.tables, clock)).items():
            if found[name] != answer:
                raise Finding(f"{name} differs between two desks over one store, after {order}")
        if set(found.values()) & {ImportOutcome.refused.value, ImportOutcome.unchanged.value}:
            raise Finding(f"a list was refused or here already: {found}")
    path.unlink()
    return found


def _answers(desk: Desk) -> dict[str, str]:
    reader = TypeAdapter(Report)
    found = {"the digest": desk.record().digest}
    for number, report in enumerate(_REPORTS):
        answer = encode(desk.try_out(reader.validate_python(report)))
        found[f"report {number}"] = _short(without_recording_times(answer))
    for name in (*_NAMES, examples.SCREENING["name"]):
        answer = encode(desk.look_for(ScreeningAsked(name=name)))
        found[f"screening {name}"] = _short(without_recording_times(answer))
    return found


def _short(answer: str) -> str:
    return hashlib.sha256(answer.encode()).hexdigest()


def _difference(one: dict[str, str], other: dict[str, str]) -> str:
    return ", ".join(name for name in one if one[name] != other.get(name))
