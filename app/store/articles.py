"""Texts that were read, the answers about them, and the reviews: rows that are only ever added."""

from sqlalchemy import Connection, insert, literal, select, tuple_

from app.store.paging import begin_of, place
from app.store.tables import article_reviews, articles, documents, insert_once
from app.terms import value


@value
class SavedArticle:
    """One saved answer about a text."""

    id: str
    document: str
    question: str
    answer: str
    engine: str
    known_at: str
    record_digest: str
    recorded_at: str
    replaces: str | None


@value
class ArticleHead:
    """The beginning of a saved answer about a text, enough to say which text."""

    id: str
    document: str
    recorded_at: str
    replaces: str | None
    answer: str
    """JSON as far as the persons."""


@value
class ArticleLine:
    """One saved answer about a text, as a list of them names it."""

    id: str
    recorded_at: str
    engine: str
    replaces: str | None
    """The answer of which a review made this one; null where the text was read."""
    reviewed_by: str | None
    """Who gave that review."""


def add_document(connection: Connection, sha256: str, text: str, recorded_at: str) -> None:
    """Keep a text; one that is kept already stays as it is."""
    row = {"sha256": sha256, "text": text, "recorded_at": recorded_at}
    connection.execute(insert_once(connection.dialect.name, documents), row)


def text(connection: Connection, sha256: str) -> str | None:
    """A text by its digest, or null."""
    found: str | None = connection.scalar(
        select(documents.c.text).where(documents.c.sha256 == sha256)
    )
    return found


def save(connection: Connection, saved: SavedArticle) -> bool:
    """Save an answer; False, and nothing stored, when this id is saved already."""
    once = insert_once(connection.dialect.name, articles).returning(articles.c.id)
    row = {column.name: getattr(saved, column.name) for column in articles.c}
    return connection.scalar(once, row) is not None


def add_review(
    connection: Connection, *, article: str, given: str, reviewed_by: str, recorded_at: str
) -> None:
    """Keep what a reviewer gave, beside the answer that came of it."""
    connection.execute(
        insert(article_reviews).values(
            article=article, given=given, reviewed_by=reviewed_by, recorded_at=recorded_at
        )
    )


def get(connection: Connection, id: str) -> SavedArticle | None:  # noqa: A002 - the word of the wire
    """A saved answer by its id, or null."""
    row = connection.execute(select(articles).where(articles.c.id == id)).one_or_none()
    return None if row is None else SavedArticle(**row._mapping)


def newest(connection: Connection, document: str) -> SavedArticle | None:
    """The answer about a text that was saved last, or null."""
    saved = articles.c
    row = connection.execute(
        select(articles)
        .where(saved.document == document)
        .order_by(saved.recorded_at.desc(), saved.id.desc())
        .limit(1)
    ).one_or_none()
    return None if row is None else SavedArticle(**row._mapping)


def heads(
    connection: Connection, *, limit: int, after: str | None = None, day: str | None = None
) -> list[ArticleHead]:
    """The beginnings of saved answers about texts, newest first; BadCursor for a bad one."""
    saved = articles.c
    head = begin_of(connection.dialect.name, saved.answer, ',"persons":[').label("answer")
    rows = select(saved.id, saved.document, saved.recorded_at, saved.replaces, head)
    if after is not None:
        moment, last = place(after, str, str)
        rows = rows.where(
            tuple_(saved.recorded_at, saved.id) < tuple_(literal(moment), literal(last))
        )
    if day is not None:
        rows = rows.where(saved.recorded_at >= day, saved.recorded_at < f"{day}~")
    rows = rows.order_by(saved.recorded_at.desc(), saved.id.desc()).limit(limit)
    return [ArticleHead(**row._mapping) for row in connection.execute(rows)]


def of_document(connection: Connection, document: str, limit: int) -> tuple[ArticleLine, ...]:
    """The answers about a text, the newest first, without the answers themselves."""
    saved, given = articles.c, article_reviews.c
    rows = connection.execute(
        select(saved.id, saved.recorded_at, saved.engine, saved.replaces, given.reviewed_by)
        .outerjoin(article_reviews, given.article == saved.id)
        .where(saved.document == document)
        .order_by(saved.recorded_at.desc(), saved.id.desc())
        .limit(limit)
    )
    return tuple(ArticleLine(**row._mapping) for row in rows)
