"""Who did what and when, one line each, in the transaction of its effect."""

from sqlalchemy import Connection, insert, select

from app.store.paging import cursor, place
from app.store.tables import audit
from app.terms import value


@value
class AuditLine:
    """One line of the audit."""

    seq: int
    at: str
    who: str
    action: str
    question_digest: str | None
    """SHA-256 of what was asked, or of the list that was brought."""
    answer_digest: str | None
    """SHA-256 of what was answered; null where nothing was."""


_ADD = insert(audit)


def add(
    connection: Connection,
    *,
    at: str,
    who: str,
    action: str,
    question_digest: str | None,
    answer_digest: str | None,
) -> None:
    """Write one line."""
    connection.execute(
        _ADD,
        {
            "at": at,
            "who": who,
            "action": action,
            "question_digest": question_digest,
            "answer_digest": answer_digest,
        },
    )


def page(
    connection: Connection, *, limit: int, after: str | None = None
) -> tuple[list[AuditLine], str | None]:
    """Lines, newest first, and the cursor of the next page; BadCursor for a bad one."""
    rows = select(audit)
    if after is not None:
        (last,) = place(after, int)
        rows = rows.where(audit.c.seq < last)
    rows = rows.order_by(audit.c.seq.desc()).limit(limit + 1)
    found = [AuditLine(**row._mapping) for row in connection.execute(rows)]
    if len(found) <= limit:
        return found, None
    found.pop()
    return found, cursor(found[-1].seq)
