"""Sign-ins to the page: which key, from when to when. Rows that end are removed."""

from sqlalchemy import Connection, delete, insert, select

from app.store.tables import sessions
from app.terms import value


@value
class Session:
    """One sign-in."""

    digest: str
    """SHA-256 of what the browser holds, in hexadecimal digits."""
    key: str
    """The id of the key."""
    began_at: str
    ends_at: str
    """The first moment at which it counts no longer."""


def begin(connection: Connection, session: Session) -> None:
    """Keep a new one."""
    row = {column.name: getattr(session, column.name) for column in sessions.c}
    connection.execute(insert(sessions), row)


def find(connection: Connection, digest: str) -> Session | None:
    """The one of a digest, over or not; null for none."""
    row = connection.execute(select(sessions).where(sessions.c.digest == digest)).one_or_none()
    return None if row is None else Session(**row._mapping)


def end(connection: Connection, digest: str) -> None:
    """End one."""
    connection.execute(delete(sessions).where(sessions.c.digest == digest))


def end_all_before(connection: Connection, moment: str) -> None:
    """Remove those that are over."""
    connection.execute(delete(sessions).where(sessions.c.ends_at <= moment))
