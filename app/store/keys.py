"""Keys to the service: rows that are only ever added, and when each was last used."""

import json
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import Connection, insert, select
from sqlalchemy.dialects import postgresql, sqlite

from app.store.tables import key_revocations, key_uses, keys
from app.terms import value
from app.when import instant_text

BETWEEN_NOTES = timedelta(minutes=1)
"""How long after a use was noted the next one is not: reading is to stay reading."""


class Scope(StrEnum):
    """What a key opens. Any key reads the record: people, measures, regimes, changes."""

    screen = "screen"
    assess = "assess"
    """Assessments and articles: asking, replaying, and reading what was answered."""
    review = "review"
    """Reviews of articles."""
    record = "record"
    """Recording exemptions and taking them back."""
    operate = "operate"
    """Running the service: lists, and the gauges."""
    audit = "audit"


@value
class Key:
    """A key as it was made."""

    id: str
    name: str
    """Who asks with it."""
    hash: str
    """SHA-256 of the secret, in hexadecimal digits."""
    scopes: tuple[Scope, ...]
    created_at: str
    created_by: str
    expires_at: str | None
    """The first moment at which it is no longer taken; null for none."""


@value
class Revocation:
    """How a key was taken back."""

    key: str
    because: str
    revoked_at: str
    revoked_by: str


@value
class KeyStatus:
    """A key, what became of it, and when it was last used."""

    key: Key
    revocation: Revocation | None
    used_at: str | None
    """To the minute; null for a key that nobody has used."""


_ROWS = (
    select(
        keys,
        key_revocations.c.because,
        key_revocations.c.revoked_at,
        key_revocations.c.revoked_by,
        key_uses.c.used_at,
    )
    .join(key_revocations, key_revocations.c.key == keys.c.id, isouter=True)
    .join(key_uses, key_uses.c.key == keys.c.id, isouter=True)
    .order_by(keys.c.created_at, keys.c.id)
)


def add(connection: Connection, key: Key) -> None:
    """Keep a new key."""
    row = {column.name: getattr(key, column.name) for column in keys.c}
    connection.execute(insert(keys), {**row, "scopes": json.dumps(key.scopes)})


def revoke(connection: Connection, revocation: Revocation) -> None:
    """Take a key back; it stays on record."""
    row = {column.name: getattr(revocation, column.name) for column in key_revocations.c}
    connection.execute(insert(key_revocations), row)


def every(connection: Connection) -> tuple[KeyStatus, ...]:
    """All keys, revoked and expired ones too, in the order in which they were made."""
    return tuple(
        KeyStatus(
            key=Key(
                id=row.id,
                name=row.name,
                hash=row.hash,
                scopes=tuple(Scope(word) for word in json.loads(row.scopes)),
                created_at=row.created_at,
                created_by=row.created_by,
                expires_at=row.expires_at,
            ),
            revocation=None
            if row.revoked_at is None
            else Revocation(
                key=row.id,
                because=row.because,
                revoked_at=row.revoked_at,
                revoked_by=row.revoked_by,
            ),
            used_at=row.used_at,
        )
        for row in connection.execute(_ROWS)
    )


def note_use(connection: Connection, key: str, now: datetime) -> None:
    """Note that a key was used, unless that was noted less than a minute ago."""
    insert_use = (postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert)(
        key_uses
    ).values(key=key, used_at=instant_text(now))
    connection.execute(
        insert_use.on_conflict_do_update(
            index_elements=[key_uses.c.key],
            set_={"used_at": insert_use.excluded.used_at},
            where=key_uses.c.used_at <= instant_text(now - BETWEEN_NOTES),
        )
    )
