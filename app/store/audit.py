"""Who did what and when: one line each, in the transaction of its effect, each tied to the last.

A line holds digests: of what was asked, of the record that was looked at, of what was answered,
and of the rows that the act left on record. Its link is the SHA-256 of the link before it and of
the line, so that whoever changes, removes or moves a line changes every link behind it. What was
asked in words stands apart, with the salt of its digest: it can be erased, and the chain stays.
"""

import hashlib
import hmac
import json
import secrets
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import (
    BindParameter,
    Connection,
    Row,
    Select,
    String,
    Table,
    bindparam,
    delete,
    func,
    insert,
    select,
)

from app.store import tables
from app.store.erase import leave_nothing
from app.store.paging import cursor, place
from app.store.prepared import Prepared
from app.store.tables import audit, audit_links, audit_questions
from app.terms import value

BEGINNING = "0" * 64
"""What stands for the link before the first."""


@value
class AuditLine:
    """One line of the audit."""

    seq: int
    at: str
    who: str
    action: str
    question_digest: str | None
    """SHA-256 of what was asked, or of the list that was brought; salted or keyed of a name."""
    answer_digest: str | None
    """SHA-256 of what was answered; null where nothing was."""
    subject: str | None = None
    """What it is about: the id of the answer, exemption, key or run, the SHA-256 of the list."""
    record_digest: str | None = None
    """The record that was looked at, as answers name it."""
    content_digest: str | None = None
    """SHA-256 of the rows on record that the act is about, as they were when it was done."""


@value
class AuditShown:
    """A line as it is shown: with its link, and what was asked while that is kept."""

    line: AuditLine
    link: str | None
    """Null for a line of an older version, until the next line is written."""
    question: str | None
    """What was asked in words; null where it was erased, or only its keyed digest is kept."""


@value
class AuditPage:
    """A page of lines, the newest first."""

    items: tuple[AuditShown, ...]
    next: str | None


_LARGEST = 2**63  # what a database takes as a number
_AT_ONCE = 5000  # databases take some ten thousand values in one statement, not any number


def _row(table: Table, *without: str) -> dict[str, BindParameter[Any]]:
    """A value for each column of a table, by its name."""
    return {
        column.name: bindparam(column.name)
        for column in table.columns
        if column.name not in without
    }


# The database counts the lines, as it does for an older version that writes beside this one.
_ADD = Prepared(lambda _: insert(audit).values(_row(audit, "seq")).returning(audit.c.seq))
_LINK = Prepared(lambda _: insert(audit_links).values(_row(audit_links)))
_ASK = Prepared(lambda _: insert(audit_questions).values(_row(audit_questions)))
_LAST = Prepared(
    lambda _: (
        select(
            audit_links.c.seq,
            audit_links.c.digest,
            select(func.max(audit.c.seq)).scalar_subquery().label("newest"),
        )
        .order_by(audit_links.c.seq.desc())
        .limit(1)
    )
)
_BEHIND = select(audit).where(audit.c.seq > bindparam("last")).order_by(audit.c.seq)


def add(
    connection: Connection,
    *,
    at: str,
    who: str,
    action: str,
    question_digest: str | None,
    answer_digest: str | None,
    subject: str | None = None,
    record_digest: str | None = None,
    question: str | None = None,
    secret: bytes | None = None,
    content_digest: str | None = None,
) -> None:
    """Write one line, tied to the last.

    The caller is the only writer (facts.next_moment). Where `question` is given, its digest is
    made here: with a salt of its own, which is kept with the words; or, where there is a secret,
    keyed by that, and the words are not kept. `content_digest` is that of the rows, where the
    caller has just written them and knows it; else they are read.
    """
    salt = None
    if question is not None:
        if secret is None:
            salt = secrets.token_hex(16)
        question_digest = asked_digest(question, salt, secret)
    if content_digest is None and subject is not None:
        content_digest = content(connection, action, subject, at)
    before = _tie_older_lines(connection)
    told = {
        "at": at,
        "who": who,
        "action": action,
        "question_digest": question_digest,
        "answer_digest": answer_digest,
        "subject": subject,
        "record_digest": record_digest,
        "content_digest": content_digest,
    }
    ((seq,),) = _ADD.run(connection, **told)
    _LINK.run(connection, seq=seq, digest=_linked(before, {**told, "seq": seq}))
    if question is not None:
        kept = question if secret is None else None
        _ASK.run(connection, seq=seq, salt=salt, question=kept)


def asked_digest(question: str, salt: str | None, secret: bytes | None = None) -> str:
    """The digest of a question in words: keyed by a secret, or with a salt before it."""
    if secret is not None:
        return hmac.new(secret, question.encode(), "sha256").hexdigest()
    return hashlib.sha256(f"{salt}\n{question}".encode()).hexdigest()


def link(before: str, line: AuditLine) -> str:
    """The link of a line behind another: fields that are null are no part of it."""
    return _linked(before, {column.name: getattr(line, column.name) for column in audit.columns})


def _linked(before: str, columns: Mapping[str, Any]) -> str:
    told = {name: item for name, item in columns.items() if item is not None}
    text = json.dumps(told, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(f"{before}\n{text}".encode()).hexdigest()


def _tie_older_lines(connection: Connection) -> str:
    """Tie the lines that an older version wrote; answers the link of the last one."""
    seq, before = 0, BEGINNING
    for seq, before, newest in _LAST.run(connection):
        if newest == seq:
            return str(before)
    for row in connection.execute(_BEHIND, {"last": seq}).all():
        before = link(before, _line(row))
        _LINK.run(connection, seq=row.seq, digest=before)
    return before


def _line(row: Row[Any]) -> AuditLine:
    return AuditLine(**{column.name: getattr(row, column.name) for column in audit.columns})


# ---------------------------------------------------------------- what an act leaves on record


_SUBJECT = bindparam("subject", type_=String)
# What an assessment leaves is looked at with every question.
_ASSESSED = Prepared(
    lambda _: select(tables.assessments).where(tables.assessments.c.id == _SUBJECT)
)
_REFERRED = Prepared(
    lambda _: (
        select(tables.assessment_references)
        .where(tables.assessment_references.c.assessment == _SUBJECT)
        .order_by(tables.assessment_references.c.reference)
    )
)


def content(connection: Connection, action: str, subject: str, at: str) -> str | None:
    """SHA-256 of the rows that an act is about, as they stand now; null for one that has none."""
    found: Iterable[Iterable[Sequence[Any]]]
    if action == "assess":
        found = (
            _ASSESSED.run(connection, subject=subject),
            _REFERRED.run(connection, subject=subject),
        )
    else:
        selects = _rows_of(action, subject, at)
        if not selects:
            return None
        more = _new_entries(connection, action, subject, at)
        found = (connection.execute(rows) for rows in (*selects, *more))
    return rows_digest(row for rows in found for row in rows)


def rows_digest(rows: Iterable[Sequence[Any]]) -> str:
    """SHA-256 of rows, each a line of JSON with its columns in the order of the table."""
    digest = hashlib.sha256()
    for row in rows:
        told = [item.hex() if isinstance(item, bytes) else item for item in row]
        digest.update(json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode())
        digest.update(b"\n")
    return digest.hexdigest()


def _new_entries(
    connection: Connection, action: str, subject: str, at: str
) -> Iterator[Select[Any]]:
    """The records of a list that came with it: those that were here before have their own line."""
    if not action.startswith("list import"):
        return
    entries, snapshots = tables.entries, tables.snapshots
    records = connection.scalar(select(snapshots.c.records).where(snapshots.c.sha256 == subject))
    held = numbers(records or "")
    for first in range(0, len(held), _AT_ONCE):
        some = held[first : first + _AT_ONCE]
        yield (
            select(entries)
            .where(entries.c.number.in_(some), entries.c.recorded_at == at)
            .order_by(entries.c.number)
        )


def numbers(records: str) -> list[int]:
    """The numbers of a list's records; none where what is stored is no list of numbers any more."""
    try:
        found = json.loads(records)
    except ValueError:
        return []
    if not isinstance(found, list) or not all(type(one) is int and one < _LARGEST for one in found):
        return []
    return found


def _rows_of(action: str, subject: str, at: str) -> Sequence[Select[Any]]:
    """Where the rows of an act stand, each table in the order of its key."""
    match action.partition(":")[0]:
        case "read article" | "review article":
            articles, reviews = tables.articles, tables.article_reviews
            text = select(articles.c.document).where(articles.c.id == subject)
            return (
                select(articles).where(articles.c.id == subject),
                select(tables.documents).where(tables.documents.c.sha256 == text.scalar_subquery()),
                select(reviews).where(reviews.c.article == subject).order_by(reviews.c.number),
            )
        case "list import" | "list decision":
            files, decisions = tables.list_files, tables.decisions
            return (
                select(files).where(files.c.sha256 == subject),
                select(tables.snapshots).where(tables.snapshots.c.sha256 == subject),
                select(decisions)
                .where(decisions.c.sha256 == subject, decisions.c.recorded_at <= at)
                .order_by(decisions.c.number),
            )
        case "list refresh":
            return (select(tables.refreshes).where(tables.refreshes.c.run == subject),)
        case "law load":
            law = tables.law_versions
            return (select(law).where(law.c.digest == subject, law.c.recorded_at == at),)
        case "exemption record" | "exemption withdraw":
            exemptions = tables.exemptions
            return (
                select(exemptions)
                .where(exemptions.c.id == subject, exemptions.c.recorded_at == at)
                .order_by(exemptions.c.number),
            )
        case "keys create":
            return (select(tables.keys).where(tables.keys.c.id == subject),)
        case "keys revoke":
            revocations = tables.key_revocations
            return (select(revocations).where(revocations.c.key == subject),)
    return ()


# ---------------------------------------------------------------- read


def page(
    connection: Connection,
    *,
    limit: int,
    after: str | None = None,
    since: str | None = None,
) -> tuple[list[AuditShown], str | None]:
    """Lines, newest first, and the cursor of the next page; BadCursor for a bad one."""
    rows = _shown()
    if since is not None:
        rows = rows.where(audit.c.at >= since)
    if after is not None:
        (last,) = place(after, int)
        rows = rows.where(audit.c.seq < last)
    rows = rows.order_by(audit.c.seq.desc()).limit(limit + 1)
    found = [_as_shown(row) for row in connection.execute(rows)]
    if len(found) <= limit:
        return found, None
    found.pop()
    return found, cursor(found[-1].line.seq)


def since(connection: Connection, moment: str | None) -> Iterator[AuditShown]:
    """Every line from a moment on, the oldest first."""
    rows = _shown() if moment is None else _shown().where(audit.c.at >= moment)
    for row in connection.execute(rows.order_by(audit.c.seq)):
        yield _as_shown(row)


def _shown() -> Select[Any]:
    return (
        select(audit, audit_links.c.digest.label("link"), audit_questions.c.question)
        .outerjoin(audit_links, audit_links.c.seq == audit.c.seq)
        .outerjoin(audit_questions, audit_questions.c.seq == audit.c.seq)
    )


def _as_shown(row: Row[Any]) -> AuditShown:
    return AuditShown(line=_line(row), link=row.link, question=row.question)


# ---------------------------------------------------------------- erase


def erase(
    connection: Connection, *, seq: int | None = None, before: str | None = None
) -> list[int]:
    """Erase what was asked in words, of one line or of all before a moment; answers whose.

    The lines and their links stay. The salt goes with the words, so that nobody can try names
    until one has the digest.
    """
    rows = select(audit_questions.c.seq).join(audit, audit.c.seq == audit_questions.c.seq)
    rows = rows.where(audit_questions.c.question.is_not(None))
    if seq is not None:
        rows = rows.where(audit.c.seq == seq)
    if before is not None:
        rows = rows.where(audit.c.at < before)
    found = list(connection.scalars(rows.order_by(audit.c.seq)))
    if found:
        leave_nothing(connection)
        connection.execute(delete(audit_questions).where(audit_questions.c.seq.in_(found)))
    return found
