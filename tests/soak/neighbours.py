"""Every individual of the Iran list, the days around every boundary of its law, four zones."""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import yaml
from pydantic import TypeAdapter

from app.assessment.assess import Assessment, assess
from app.jobs import shipped
from app.record import Record
from app.terms import ListKind, Report
from tests.assessment.conftest import record_of
from tests.soak.common import POLICY, SHARED, Finding, Part

_PLACES = {
    "Europe/Moscow": ("RU", "Moscow"),
    "America/New_York": ("US", "New York"),
    "Asia/Tehran": ("IR", "Tehran"),
    "Pacific/Kiritimati": ("KI", "Kiritimati"),
}
_RETURN = "2025-09-28T00:00:00+00:00"
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Person:
    """What a table that the project did not make says of one individual."""

    reference: str
    vigilance: date | None
    ban: date
    ended: date


def neighbours(part: Part) -> str:
    """All of them when time allows, else as many as it does, in random order."""
    xml = (shipped.DATA / "un_lists" / "iran-1737.xml").read_bytes()
    record = record_of((xml, ListKind.supplement))
    people = _people()
    questions = [
        (reference, day, zone)
        for reference in sorted(record.listed)
        if reference.startswith("IRi")
        for day in _days()
        for zone in _PLACES
    ]
    part.random.shuffle(questions)
    reader, done = TypeAdapter(Report), 0
    for number in part.rounds(len(questions)):
        if number == len(questions):
            break
        reference, day, zone = questions[number]
        _asked(reader, record, people, reference, day, zone)
        done += 1
    against = "against an independent table" if people else "(no independent table beside)"
    return f"{done} of {len(questions)} questions (individual, day, place) {against}"


def _days() -> list[date]:
    """The days of every boundary in the law of the regime, and those beside them."""
    law = yaml.safe_load((shipped.DATA / "law" / "1737.yaml").read_text())
    found = set()
    for measure in law["measures"]:
        for interval in measure["intervals"]:
            for boundary in (interval["from"], interval["until"]):
                if boundary is not None:
                    day = date.fromisoformat(str(boundary)[:10])
                    found |= {day - _DAY, day, day + _DAY}
    return sorted(found)


def _people() -> dict[str, Person]:
    path = SHARED / "facts" / "legal_record.yaml"
    if not path.exists():
        return {}
    rows = yaml.safe_load(path.read_text())["iran_individuals"]
    return {
        row["ref"]: Person(
            row["ref"], row["vigilance_notify_from"], row["binding_ban_from"], row["ban_until_1"]
        )
        for row in rows
    }


def _asked(
    reader: TypeAdapter[Report],
    record: Record,
    people: dict[str, Person],
    reference: str,
    day: date,
    zone: str,
) -> None:
    (state, place), listed = _PLACES[zone], record.listed[reference]
    report: dict[str, Any] = {
        "traveller": {"name": listed.versions[0].entry.name_parts[0], "reference": reference},
        "legs": [{"state": state, "place": place, "from": day.isoformat()}],
    }
    digest = hashlib.sha256(repr(report).encode()).hexdigest()
    answer = assess(reader.validate_python(report), record, POLICY, "soak", digest)
    said = _standing(answer)
    expected = _expected(people[reference], day, zone) if people else _half_known(day, zone)
    if said not in expected:
        raise Finding(f"{reference} on {day} in {place}: {said}, not {' or '.join(expected)}")


def _standing(answer: Assessment) -> str:
    found = answer.states[0].measure
    return "not asked" if found is None else f"{found.certainty} {found.standing}"


def _expected(person: Person, day: date, zone: str) -> set[str]:
    returned = _returned(day, zone)
    if returned is not None:
        return {returned}
    if day < person.ban:
        watched = person.vigilance is not None and day >= person.vigilance
        return {"definite vigilance" if watched else "definite not_yet"}
    return {"definite binding_ban" if day < person.ended else "definite ended"}


def _half_known(day: date, zone: str) -> set[str]:
    """What holds for everybody on the list, by no table."""
    returned = _returned(day, zone)
    if returned is not None:
        return {returned}
    if day < date(2006, 12, 23):
        return {"definite not_yet"}
    if date(2020, 10, 18) <= day:
        return {"definite ended"}
    words = ("not_yet", "vigilance", "binding_ban", "ended")
    return {f"definite {word}" for word in words}


def _returned(day: date, zone: str) -> str | None:
    """What the return of 2025, one moment everywhere, makes of a day at a place; null before."""
    back = datetime.fromisoformat(_RETURN)
    begins, ends = (
        datetime(each.year, each.month, each.day, tzinfo=ZoneInfo(zone))
        for each in (day, day + _DAY)
    )
    if ends <= back:
        return None
    return "definite binding_ban" if back <= begins else "possible binding_ban"
