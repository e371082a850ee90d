"""Exemptions that an office recorded itself, and took back: rows that are only ever added."""

from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import Connection, Select, insert, select

from app.assessment.exemptions import ExemptionGiven, ExemptionWithdrawn, own_exemption
from app.assessment.signed import signature
from app.store.tables import exemptions
from app.terms import Exemption

_given = TypeAdapter(ExemptionGiven)
# Made once: every record asks it.
_ROWS = select(exemptions).order_by(exemptions.c.recorded_at, exemptions.c.number)


def add(
    connection: Connection,
    *,
    id: str,  # noqa: A002 - the word of the wire
    given: ExemptionGiven,
    recorded_at: str,
) -> Exemption:
    """Record an exemption; it counts from that moment on. Refused where it names nobody."""
    who = signature("recorded_by", given.recorded_by, None)
    _insert(connection, id, _given.dump_json(given).decode(), None, who, recorded_at)
    return own_exemption(given, id, recorded_at)


def withdraw(connection: Connection, withdrawn: ExemptionWithdrawn) -> None:
    """Take an exemption back; from that moment on it no longer counts."""
    name, because = withdrawn.exemption.id, withdrawn.because
    _insert(connection, name, None, because, withdrawn.recorded_by, withdrawn.recorded_at)


def _insert(
    connection: Connection,
    name: str,
    given: str | None,
    because: str | None,
    recorded_by: str,
    recorded_at: str,
) -> None:
    connection.execute(
        insert(exemptions).values(
            id=name,
            given=given,
            because=because,
            recorded_by=recorded_by,
            recorded_at=recorded_at,
        )
    )


def known(connection: Connection, known_at: str) -> tuple[Exemption, ...]:
    """Those that counted at a moment, in order of id."""
    found = _standing(connection, _ROWS.where(exemptions.c.recorded_at <= known_at))
    return tuple(item for _, item in sorted(found.items()) if isinstance(item, Exemption))


def newest(
    connection: Connection,
    id: str,  # noqa: A002 - the word of the wire
) -> Exemption | ExemptionWithdrawn | None:
    """An exemption as it counts, or how it was taken back; null when none has this id."""
    return _standing(connection, _ROWS.where(exemptions.c.id == id)).get(id)


def _standing(
    connection: Connection, rows: Select[Any]
) -> dict[str, Exemption | ExemptionWithdrawn]:
    """What became of each exemption, by its id: the newest row decides."""
    found: dict[str, Exemption | ExemptionWithdrawn] = {}
    for row in connection.execute(rows):
        if row.given is not None:
            given = _given.validate_json(row.given)
            found[row.id] = own_exemption(given, row.id, row.recorded_at)
            continue
        before = found[row.id]
        if isinstance(before, Exemption):
            found[row.id] = ExemptionWithdrawn(
                exemption=before,
                because=row.because,
                recorded_by=row.recorded_by,
                recorded_at=row.recorded_at,
            )
    return found
