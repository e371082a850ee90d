"""Erasing a saved answer: its rows go, a line of the audit says so, and the chain stays.

What names somebody in words is in the rows and nowhere else: lines hold digests. An answer about
a text goes with the text, with every other answer about it and with the assessments of its
journeys, since all of them hold the same names.
"""

import json
from dataclasses import dataclass

from sqlalchemy import Connection, Engine, delete, select, text

from app.store import tables


@dataclass(frozen=True)
class Erased:
    """What was erased."""

    assessments: tuple[str, ...]
    articles: tuple[str, ...]
    """Answers about a text."""
    text: str | None
    """The SHA-256 of the text."""

    @property
    def names(self) -> tuple[str, ...]:
        """Every name under which something was found until now."""
        return (*self.assessments, *self.articles, *([self.text] if self.text else []))


class PartOf(ValueError):
    """An assessment that stands in the answer about a text as well; that is to be erased."""


def answer(connection: Connection, name: str) -> Erased | None:
    """Erase an assessment, or a text with all that was answered about it; null where none is here.

    `name` is the id of an assessment, the id of an answer about a text, or the SHA-256 of a text.
    PartOf for an assessment that came of a text. The caller writes the lines.
    """
    leave_nothing(connection)
    articles, assessments = tables.articles, tables.assessments
    of_text = select(articles.c.document).where(
        (articles.c.id == name) | (articles.c.document == name)
    )
    sha256 = connection.scalar(of_text.limit(1))
    if sha256 is not None:
        return _all_about(connection, sha256)
    if connection.scalar(select(assessments.c.id).where(assessments.c.id == name)) is None:
        return None
    holds = select(articles.c.id).where(articles.c.answer.contains(name))
    if (article := connection.scalar(holds.limit(1))) is not None:
        raise PartOf(article)
    _assessments(connection, (name,))
    return Erased(assessments=(name,), articles=(), text=None)


def _all_about(connection: Connection, sha256: str) -> Erased:
    articles, reviews = tables.articles, tables.article_reviews
    rows = connection.execute(
        select(articles.c.id, articles.c.answer)
        .where(articles.c.document == sha256)
        .order_by(articles.c.id)
    ).all()
    ids = tuple(row.id for row in rows)
    held = {item["id"] for row in rows for item in json.loads(row.answer)["assessments"]}
    here = select(tables.assessments.c.id).where(tables.assessments.c.id.in_(held))
    assessments = tuple(connection.scalars(here.order_by(tables.assessments.c.id)))
    connection.execute(delete(reviews).where(reviews.c.article.in_(ids)))
    connection.execute(delete(articles).where(articles.c.document == sha256))
    connection.execute(delete(tables.documents).where(tables.documents.c.sha256 == sha256))
    _assessments(connection, assessments)
    return Erased(assessments=assessments, articles=ids, text=sha256)


def _assessments(connection: Connection, ids: tuple[str, ...]) -> None:
    references = tables.assessment_references
    connection.execute(delete(references).where(references.c.assessment.in_(ids)))
    connection.execute(delete(tables.assessments).where(tables.assessments.c.id.in_(ids)))


# Written out, so that either database sees that the index of these lines will do.
_WHEN = text(
    f"SELECT max(at) FROM audit WHERE action = '{tables.ERASE_ANSWER}' AND subject = :name"  # noqa: S608 - a constant
)


def when(connection: Connection, name: str) -> str | None:
    """When what had this name was erased; null where nothing was."""
    moment: str | None = connection.scalar(_WHEN, {"name": name})
    return moment


# ---------------------------------------------------------------- the file


def leave_nothing(connection: Connection) -> None:
    """Have SQLite overwrite what this transaction deletes; PostgreSQL has VACUUM for that."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("PRAGMA secure_delete = ON")


def empty_log(engine: Engine) -> None:
    """Have SQLite take into its file what it has written beside it, where nobody reads just now."""
    if engine.dialect.name == "sqlite":
        raw = engine.raw_connection()
        try:
            raw.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        finally:
            raw.close()
