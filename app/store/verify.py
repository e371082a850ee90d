"""Whether what is on record is still what was written: audit, answers, law and lists."""

import hashlib
import json
import sys
import zlib
from collections.abc import Iterator
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import Connection, Row, func, select

from app.lists import un_xml
from app.record import files_digest
from app.store import audit, facts, tables
from app.terms import Entry, value

ERASE = "audit erase"
"""The action of a line that says what was erased: of one line by its number, or before a moment."""
_BEFORE = "before "
_RUN = "run of the refresh"
_entry = TypeAdapter(Entry)


@value
class Finding:
    """Something on record that is not what was written, and where."""

    where: str
    words: str


@value
class Verified:
    """What was looked at, and what was found."""

    looked_at: int
    head: str
    """The last link of the audit: kept elsewhere, it proves later that no line is missing."""
    findings: tuple[Finding, ...]


def verify_audit(connection: Connection, expected: str | None = None) -> Verified:
    """Every line against its link, every act against the rows that it left, every row's line.

    `expected` is a head that was kept elsewhere: it must be one of the links.
    """
    findings: list[Finding] = []
    before, open_lines, count = audit.BEGINNING, 0, 0
    subjects: set[str] = set()
    moments: set[str] = set()
    first_run = ""
    erased: set[int] = set()
    erased_before = ""
    asked: list[audit.AuditLine] = []
    gone = _erased_answers(connection)
    known = expected is None
    for shown in audit.since(connection, None):
        line, count = shown.line, count + 1
        where = f"audit line {line.seq}"
        moments.add(line.at)
        if line.subject is not None:
            subjects.add(line.subject)
        if line.action == ERASE and line.subject is not None:
            if line.subject.startswith(_BEFORE):
                erased_before = max(erased_before, line.subject.removeprefix(_BEFORE))
            elif line.subject.isdigit():
                erased.add(int(line.subject))
        if line.action == "screen":
            asked.append(line)
        if line.action.startswith("list refresh") and not first_run:
            first_run = line.subject or ""
        if shown.link is None:
            open_lines += 1
            continue
        if open_lines:
            findings.append(Finding(where=where, words="a line before it has no link"))
            open_lines = 0
        if shown.link != audit.link(before, line):
            words = "is not what was written, or what stands before it is not"
            findings.append(Finding(where=where, words=words))
        before = shown.link
        known = known or before == expected
        if line.content_digest is not None and line.seq > gone.get(line.subject or "", 0):
            findings += _content(connection, line)
    findings += _back_again(connection, gone)
    findings += _questions(connection, asked, erased, erased_before)
    findings += _links_alone(connection)
    findings += _rows_alone(connection, subjects, moments, first_run)
    findings += _law(connection)
    if not known:
        words = "is no link of this audit: lines are missing at its end, or it is another audit"
        findings.append(Finding(where=f"the head {expected}", words=words))
    return Verified(looked_at=count, head=before, findings=tuple(findings))


def _content(connection: Connection, line: audit.AuditLine) -> Iterator[Finding]:
    """Whether the rows that an act left are as they were."""
    if line.subject is None:
        return
    now = audit.content(connection, line.action, line.subject, line.at)
    if now != line.content_digest:
        words = f"what is on record of it is not what audit line {line.seq} was written about"
        yield Finding(where=f"{line.action} {line.subject}", words=words)


def _erased_answers(connection: Connection) -> dict[str, int]:
    """The last line that says of a name that what had it was erased."""
    lines = tables.audit
    last = select(lines.c.subject, func.max(lines.c.seq)).where(
        lines.c.action == tables.ERASE_ANSWER
    )
    return {row[0]: row[1] for row in connection.execute(last.group_by(lines.c.subject))}


def _back_again(connection: Connection, gone: dict[str, int]) -> Iterator[Finding]:
    """What was erased, and is here without having been asked again since."""
    lines = tables.audit
    for name, seq in sorted(gone.items()):
        since = select(lines.c.seq).where(lines.c.seq > seq)
        again = lines.c.subject == name
        for key in (tables.assessments.c.id, tables.articles.c.id, tables.documents.c.sha256):
            if connection.scalar(select(key).where(key == name)) is None:
                continue
            if key.table is tables.documents:
                about = select(tables.articles.c.id).where(tables.articles.c.document == name)
                again = lines.c.subject.in_(about.scalar_subquery())
            if connection.scalar(since.where(again).limit(1)) is None:
                words = f"audit line {seq} says that it was erased, and it is here"
                yield Finding(where=f"{key.table.name} {name}", words=words)


def _questions(
    connection: Connection, asked: list[audit.AuditLine], erased: set[int], before: str
) -> Iterator[Finding]:
    """Whether what was asked in words has the digest that its line holds."""
    kept = {row.seq: row for row in connection.execute(select(tables.audit_questions))}
    for line in asked:
        row = kept.pop(line.seq, None)
        where = f"the question of audit line {line.seq}"
        if row is None:
            if line.seq not in erased and line.at >= before:
                yield Finding(where=where, words="is missing, and no line says that it was erased")
        elif (row.salt is None) is not (row.question is None):
            yield Finding(where=where, words="is there without its salt, or the salt without it")
        elif row.question is not None and line.question_digest != audit.asked_digest(
            row.question, row.salt
        ):
            yield Finding(where=where, words="is not what was asked")
    for seq in kept:
        yield Finding(where=f"the question of audit line {seq}", words="no such screening is there")


def _links_alone(connection: Connection) -> Iterator[Finding]:
    links, lines = tables.audit_links, tables.audit
    alone = (
        select(links.c.seq)
        .outerjoin(lines, lines.c.seq == links.c.seq)
        .where(lines.c.seq.is_(None))
        .order_by(links.c.seq)
    )
    for seq in connection.scalars(alone):
        yield Finding(where=f"audit line {seq}", words="is missing; its link is still there")


def _rows_alone(
    connection: Connection, subjects: set[str], moments: set[str], first_run: str
) -> Iterator[Finding]:
    """Rows of which no line tells. Older lines did not say what they were about, only when.

    Runs of the refresh that an older version ended have none: their rows come before that of
    `first_run`, of which a line tells first.
    """
    runs = tables.refreshes
    first = select(runs.c.number).where(runs.c.run == first_run).scalar_subquery()
    behind = runs.c.number > func.coalesce(first, sys.maxsize)
    older = set(connection.scalars(select(runs.c.run).where(~behind)))
    for words, key, recorded_at in (
        ("assessment", tables.assessments.c.id, tables.assessments.c.recorded_at),
        ("answer about a text", tables.articles.c.id, tables.articles.c.recorded_at),
        ("exemption", tables.exemptions.c.id, tables.exemptions.c.recorded_at),
        ("legal record", tables.law_versions.c.digest, tables.law_versions.c.recorded_at),
        ("list", tables.snapshots.c.sha256, tables.snapshots.c.recorded_at),
        ("key", tables.keys.c.id, tables.keys.c.created_at),
        (_RUN, tables.refreshes.c.run, tables.refreshes.c.ended_at),
        ("decision about list", tables.decisions.c.sha256, tables.decisions.c.recorded_at),
    ):
        for name, at in connection.execute(select(key, recorded_at).order_by(key)):
            told = name in subjects or at in moments or (words == _RUN and name in older)
            if not told:
                yield Finding(where=f"{words} {name}", words="no line of the audit tells of it")


def _law(connection: Connection) -> Iterator[Finding]:
    """Whether each legal record is what its digest says."""
    for row in connection.execute(select(tables.law_versions)):
        try:
            same = files_digest(json.loads(row.files)) == row.digest
        except (ValueError, AttributeError, TypeError):
            same = False
        if not same:
            yield Finding(where=f"legal record {row.digest}", words="is not what its digest says")


# ---------------------------------------------------------------- lists


def verify_lists(connection: Connection) -> Verified:
    """Every list against the bytes that it came as, and every record of it."""
    findings: list[Finding] = []
    head, count = audit.BEGINNING, 0
    for shown in audit.since(connection, None):
        head = shown.link or head
        if shown.line.content_digest is not None and shown.line.action.startswith("list "):
            findings += _content(connection, shown.line)
    digests: dict[int, bytes] = {}
    first_seen: dict[int, str] = {}
    snapshots = connection.execute(select(tables.snapshots)).all()
    for row in snapshots:
        for number in audit.numbers(row.records):
            first_seen[number] = min(first_seen.get(number, row.recorded_at), row.recorded_at)
    for row in connection.execute(select(tables.entries).order_by(tables.entries.c.number)):
        digests[row.number] = row.digest
        if words := _entry_wrong(row, first_seen.get(row.number)):
            findings.append(Finding(where=f"record {row.number}, {row.reference}", words=words))
    for row in snapshots:
        count += 1
        if words := _list_wrong(connection, row, digests):
            findings.append(Finding(where=f"list {row.sha256}", words=words))
    listed = {row.sha256 for row in snapshots}
    for sha256 in connection.scalars(select(tables.list_files.c.sha256)):
        count += sha256 not in listed
        if sha256 not in listed and _bytes_of(connection, sha256) is None:
            words = "the bytes that are kept are not those that its name says"
            findings.append(Finding(where=f"file {sha256}", words=words))
    return Verified(looked_at=count, head=head, findings=tuple(findings))


def _same_list(text: str) -> str:
    """A stored list, written as it is written here; nothing where it is none any more."""
    try:
        return json.dumps(json.loads(text))
    except ValueError:
        return ""


def _entry_wrong(row: Row[Any], first_seen: str | None) -> str | None:
    """What is wrong with a stored record; null where nothing is."""
    try:
        text = zlib.decompress(row.body)
        entry = _entry.validate_json(text)
    except (zlib.error, ValueError):
        return "cannot be read any more"
    if hashlib.sha256(text).digest() != row.digest:
        return "is not what its digest says"
    if (entry.reference, entry.kind) != (row.reference, row.kind):
        return "has another reference or kind than the record itself"
    if first_seen != row.recorded_at:
        return "is in no list" if first_seen is None else "is said to have come at another moment"
    return None


def _bytes_of(connection: Connection, sha256: str) -> bytes | None:
    try:
        return facts.evidence(connection, sha256)
    except (facts.EvidenceDamaged, zlib.error, TypeError):
        return None


def _list_wrong(connection: Connection, row: Row[Any], digests: dict[int, bytes]) -> str | None:
    """What is wrong with a stored list; null where nothing is."""
    body = _bytes_of(connection, row.sha256)
    if body is None:
        return "the bytes that are kept are not those that its name says"
    parsed = un_xml.read(body)
    said = {
        "generated": parsed.generated,
        "generated_as_written": parsed.generated_as_written,
        "language": parsed.language,
        "individuals": parsed.individuals,
        "entities": parsed.entities,
        "unknown_elements": json.dumps(list(parsed.unknown_elements)),
    }
    stored = {name: getattr(row, name) for name in said}
    stored["unknown_elements"] = _same_list(stored["unknown_elements"])
    if wrong := [name for name, item in said.items() if stored[name] != item]:
        return f"{', '.join(wrong)}: is not what the bytes say"
    theirs = {hashlib.sha256(_entry.dump_json(entry)).digest() for entry in parsed.entries}
    held = {digests.get(number, b"") for number in audit.numbers(row.records)}
    return None if theirs == held else "its records are not those that the bytes hold"
