"""Saved answers, each under its content address, exactly as it was sent."""

from collections.abc import Iterable

from sqlalchemy import Connection, and_, bindparam, literal, select, tuple_

from app.store.audit import rows_digest
from app.store.paging import begin_of, cursor, place
from app.store.prepared import Prepared
from app.store.tables import assessment_references, assessments, insert_once
from app.terms import value


@value
class Saved:
    """One saved answer."""

    id: str
    question: str
    answer: str
    verdict: str
    engine: str
    known_at: str
    record_digest: str
    recorded_at: str
    replaces: str | None


@value
class SavedLine:
    """One saved answer as a list of them shows it."""

    id: str
    verdict: str
    engine: str
    known_at: str
    record_digest: str
    recorded_at: str
    replaces: str | None


@value
class SavedHead:
    """The beginning of a saved answer and of its question, enough to say what it is about."""

    id: str
    verdict: str
    recorded_at: str
    answer: str
    """JSON as far as the States."""
    question: str
    """JSON as far as the claims."""


_SAVE = Prepared(
    lambda dialect: (
        insert_once(dialect, assessments)
        .values({column.name: bindparam(column.name) for column in assessments.c})
        .returning(assessments.c.id)
    )
)
_REFER = Prepared(
    lambda _: assessment_references.insert().values(
        assessment=bindparam("assessment"), reference=bindparam("reference")
    )
)


def save(
    connection: Connection,
    *,
    id: str,  # noqa: A002 - the word of the wire
    question: str,
    answer: str,
    verdict: str,
    engine: str,
    known_at: str,
    record_digest: str,
    references: Iterable[str],
    recorded_at: str,
    replaces: str | None = None,
) -> str | None:
    """Save an answer; null, and nothing stored, when this id is saved already.

    Answers the digest of what it stored, as `audit.content` would read it. Of several processes
    that save the same id at once, one stores it and the others wait for it.
    """
    row = {
        "id": id,
        "question": question,
        "answer": answer,
        "verdict": str(verdict),
        "engine": engine,
        "known_at": known_at,
        "record_digest": record_digest,
        "recorded_at": recorded_at,
        "replaces": replaces,
    }
    if not _SAVE.run(connection, **row):
        return None
    speaks_of = sorted(set(references))
    for reference in speaks_of:
        _REFER.run(connection, assessment=id, reference=reference)
    stored = [row[column.name] for column in assessments.c]
    return rows_digest([stored, *([id, reference] for reference in speaks_of)])


_SAVED_AT = Prepared(
    lambda _: select(assessments.c.recorded_at).where(assessments.c.id == bindparam("name"))
)


def saved_at(connection: Connection, id: str) -> str | None:  # noqa: A002 - the word of the wire
    """When the answer of this id was saved; null where none is."""
    return next((moment for (moment,) in _SAVED_AT.run(connection, name=id)), None)


def get(connection: Connection, id: str) -> Saved | None:  # noqa: A002 - the word of the wire
    """A saved answer by its id, or null."""
    row = connection.execute(select(assessments).where(assessments.c.id == id)).one_or_none()
    return None if row is None else Saved(**row._mapping)


def page(
    connection: Connection,
    *,
    limit: int,
    after: str | None = None,
    reference: str | None = None,
    verdict: str | None = None,
) -> tuple[list[SavedLine], str | None]:
    """Saved answers, newest first, and the cursor of the next page; BadCursor for a bad one."""
    saved = assessments.c
    rows = select(*(column for column in saved if column.name not in ("question", "answer")))
    if after is not None:
        moment, last = place(after, str, str)
        rows = rows.where(
            tuple_(saved.recorded_at, saved.id) < tuple_(literal(moment), literal(last))
        )
    if verdict is not None:
        rows = rows.where(saved.verdict == verdict)
    if reference is not None:
        rows = rows.join(
            assessment_references,
            and_(
                assessment_references.c.assessment == saved.id,
                assessment_references.c.reference == reference,
            ),
        )
    # One row more than asked for says whether there is a next page.
    rows = rows.order_by(saved.recorded_at.desc(), saved.id.desc()).limit(limit + 1)
    found = [SavedLine(**row._mapping) for row in connection.execute(rows)]
    if len(found) <= limit:
        return found, None
    found.pop()
    return found, cursor(found[-1].recorded_at, found[-1].id)


def heads(
    connection: Connection,
    *,
    limit: int,
    after: str | None = None,
    reference: str | None = None,
    day: str | None = None,
) -> list[SavedHead]:
    """The beginnings of saved answers, newest first; BadCursor for a bad one.

    `day` is the one on which they were saved, `reference` one of whom they speak.
    """
    saved = assessments.c
    # First which, then their texts: an order is made of moments and names alone.
    which = select(saved.recorded_at, saved.id)
    if after is not None:
        moment, last = place(after, str, str)
        which = which.where(
            tuple_(saved.recorded_at, saved.id) < tuple_(literal(moment), literal(last))
        )
    if day is not None:
        which = which.where(saved.recorded_at >= day, saved.recorded_at < f"{day}~")
    if reference is not None:
        # Asked of each in turn: to gather all that speak of a well-known person takes longer.
        speaks_of = select(literal(1)).where(
            assessment_references.c.assessment == saved.id,
            assessment_references.c.reference == reference,
        )
        which = which.where(speaks_of.exists())
    newest = which.order_by(saved.recorded_at.desc(), saved.id.desc()).limit(limit).subquery()
    dialect = connection.dialect.name
    rows = (
        select(
            saved.id,
            saved.verdict,
            saved.recorded_at,
            begin_of(dialect, saved.answer, ',"states":[').label("answer"),
            begin_of(dialect, saved.question, ',"claims":[').label("question"),
        )
        .join(newest, newest.c.id == saved.id)
        .order_by(saved.recorded_at.desc(), saved.id.desc())
    )
    return [SavedHead(**row._mapping) for row in connection.execute(rows)]
