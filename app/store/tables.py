"""The tables. Rows are appended, never changed: a correction is a new row.

Moments are texts in the form of `app.when.instant_text`, which sort as the instants do, so that
both databases compare them alike and nothing is lost on the way in or out.
"""

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    text,
)
from sqlalchemy.dialects import postgresql, sqlite

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# SQLite counts a key up by itself only when it is called INTEGER.
_Number = BigInteger().with_variant(Integer(), "sqlite")


def insert_once(dialect: str, table: Table) -> sqlite.Insert | postgresql.Insert:
    """An INSERT that leaves a row which is already there as it is, on either database."""
    if dialect == "postgresql":
        return postgresql.insert(table).on_conflict_do_nothing()
    return sqlite.insert(table).on_conflict_do_nothing()


list_files = Table(
    "list_files",
    metadata,
    Column("sha256", Text, primary_key=True),
    Column("body", LargeBinary, nullable=False, comment="the bytes, compressed by zlib"),
    Column("size", Integer, nullable=False, comment="of the whole file"),
    # Each night's file is that of the night before with another date: only what differs is kept.
    Column("base", Text, nullable=True, comment="SHA-256 of the file that the body is cut from"),
    Column("same_before", Integer, nullable=True, comment="bytes before the body, as in the base"),
    Column("same_after", Integer, nullable=True, comment="bytes after the body, as in the base"),
    Column("recorded_at", Text, nullable=False),
    comment="The evidence: every list that was brought or fetched, byte for byte.",
)

entries = Table(
    "entries",
    metadata,
    # A small number stands for the record wherever lists name it.
    Column("number", Integer, primary_key=True),
    Column("digest", LargeBinary, nullable=False, unique=True, comment="SHA-256 of the JSON"),
    Column("reference", Text, nullable=False, index=True),
    Column("kind", Text, nullable=False),
    Column("body", LargeBinary, nullable=False, comment="JSON of the record, compressed by zlib"),
    Column("recorded_at", Text, nullable=False),
    comment="Records as lists hold them; one that many lists hold alike is stored once.",
)

snapshots = Table(
    "snapshots",
    metadata,
    Column("sha256", Text, ForeignKey(list_files.c.sha256), primary_key=True),
    Column("list_kind", Text, nullable=False),
    Column("generated", Text, nullable=False),
    Column("generated_as_written", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("individuals", Integer, nullable=False),
    Column("entities", Integer, nullable=False),
    # As rows of a table of their own, the records of a list that is downloaded every night, and
    # is mostly yesterday's, would soon be most of the store.
    Column("records", Text, nullable=False, comment="JSON: numbers of its entries, ascending"),
    Column("unknown_elements", Text, nullable=False, comment="JSON: paths"),
    Column("recorded_at", Text, nullable=False, index=True),
    comment="What each list says of itself, and which records it holds.",
)

decisions = Table(
    "decisions",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("sha256", Text, ForeignKey(snapshots.c.sha256), nullable=False, index=True),
    Column("outcome", Text, nullable=False),
    Column("because", Text, nullable=False),
    Column("decided_by", Text, nullable=False),
    Column("recorded_at", Text, nullable=False, index=True),
    comment="Whether a list is on record: the newest decision decides.",
)

refreshes = Table(
    "refreshes",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("run", Text, nullable=False, unique=True),
    Column("began_at", Text, nullable=False),
    Column("ended_at", Text, nullable=False),
    Column("held_by", Text, nullable=False, comment="the machine and process that ran it"),
    Column("told_by", Text, nullable=False, comment="the run that wrote this row: mostly itself"),
    Column("address", Text, nullable=False),
    Column("outcome", Text, nullable=False),
    Column("words", Text, nullable=False),
    Column("stages", Text, nullable=False, comment="JSON: each stage that was done, in order"),
    Column("sha256", Text, ForeignKey(list_files.c.sha256), nullable=True),
    Column("etag", Text, nullable=True),
    Column("last_modified", Text, nullable=True),
    Index(None, "address", "number"),
    comment="One row for each run of the refresh: what became of it.",
)

leases = Table(
    "leases",
    metadata,
    Column("name", Text, primary_key=True),
    Column("run", Text, nullable=False),
    Column("began_at", Text, nullable=False),
    Column("held_by", Text, nullable=False),
    Column("address", Text, nullable=False),
    Column("stages", Text, nullable=False, comment="JSON: as in refreshes"),
    Column("expires_at", Text, nullable=False),
    comment="Who is at work now: the one table whose rows come and go.",
)

law_versions = Table(
    "law_versions",
    metadata,
    # The same files may come back after others: what names a version is also when it came.
    Column("digest", Text, primary_key=True),
    Column("recorded_at", Text, primary_key=True, index=True),
    Column("files", Text, nullable=False, comment="JSON: path below data/ to text"),
    comment="The legal record, whole, each time that it differed from the one before.",
)

exemptions = Table(
    "exemptions",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("id", Text, nullable=False, index=True, comment="content address of what was given"),
    Column("given", Text, nullable=True, comment="JSON as given; null in a row that takes back"),
    Column("because", Text, nullable=True, comment="why it was taken back"),
    Column("recorded_by", Text, nullable=False),
    Column("recorded_at", Text, nullable=False, index=True),
    comment="Exemptions that an office recorded, and took back: the newest row of an id decides.",
)

assessments = Table(
    "assessments",
    metadata,
    Column("id", Text, primary_key=True, comment="content address of question and record"),
    Column("question", Text, nullable=False),
    Column("answer", Text, nullable=False, comment="exactly as sent"),
    Column("verdict", Text, nullable=False),
    Column("engine", Text, nullable=False),
    Column("known_at", Text, nullable=False),
    Column("record_digest", Text, nullable=False),
    Column("recorded_at", Text, nullable=False),
    Column("replaces", Text, ForeignKey("assessments.id"), nullable=True),
    Index(None, "recorded_at", "id"),
    comment="Answers; a new look at an old question is a new row that names the old one.",
)

assessment_references = Table(
    "assessment_references",
    metadata,
    Column("assessment", Text, ForeignKey(assessments.c.id), primary_key=True),
    Column("reference", Text, primary_key=True, index=True),
    comment="Whom an answer speaks of.",
)

documents = Table(
    "documents",
    metadata,
    Column("sha256", Text, primary_key=True, comment="of the text in UTF-8"),
    Column("text", Text, nullable=False, comment="as given: offsets count its code points"),
    Column("recorded_at", Text, nullable=False),
    comment="Texts that were read.",
)

articles = Table(
    "articles",
    metadata,
    Column("id", Text, primary_key=True, comment="content address of question and record"),
    Column("document", Text, ForeignKey(documents.c.sha256), nullable=False),
    Column("question", Text, nullable=False, comment="JSON; the text by its SHA-256"),
    Column("answer", Text, nullable=False, comment="exactly as sent"),
    Column("engine", Text, nullable=False),
    Column("known_at", Text, nullable=False),
    Column("record_digest", Text, nullable=False),
    Column("recorded_at", Text, nullable=False),
    Column("replaces", Text, ForeignKey("articles.id"), nullable=True),
    Index(None, "document", "recorded_at", "id"),
    Index(None, "recorded_at", "id"),
    comment="What was read in a text; a review is a new row that names the one looked at.",
)

article_reviews = Table(
    "article_reviews",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("article", Text, ForeignKey(articles.c.id), nullable=False, index=True),
    Column("given", Text, nullable=False, comment="JSON as given"),
    Column("reviewed_by", Text, nullable=False),
    Column("recorded_at", Text, nullable=False),
    comment="What reviewers made of what was read; `article` is the answer that came of it.",
)

keys = Table(
    "keys",
    metadata,
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False, comment="who asks with it"),
    Column("hash", Text, nullable=False, comment="SHA-256 of the secret; it is kept nowhere"),
    Column("scopes", Text, nullable=False, comment="JSON: words, in their order"),
    Column("created_at", Text, nullable=False),
    Column("created_by", Text, nullable=False),
    Column("expires_at", Text, nullable=True),
    comment="Keys to the service, as they were made.",
)

key_revocations = Table(
    "key_revocations",
    metadata,
    Column("key", Text, ForeignKey(keys.c.id), primary_key=True),
    Column("because", Text, nullable=False),
    Column("revoked_at", Text, nullable=False),
    Column("revoked_by", Text, nullable=False),
    comment="Keys that are taken no longer, and why.",
)

key_uses = Table(
    "key_uses",
    metadata,
    Column("key", Text, ForeignKey(keys.c.id), primary_key=True),
    Column("used_at", Text, nullable=False),
    comment="When each key was last used, to the minute: a table whose rows change.",
)

sessions = Table(
    "sessions",
    metadata,
    Column("digest", Text, primary_key=True, comment="SHA-256 of what the browser holds"),
    Column("key", Text, ForeignKey(keys.c.id), nullable=False),
    Column("began_at", Text, nullable=False),
    Column("ends_at", Text, nullable=False, index=True),
    comment="Sign-ins to the page: a table whose rows are removed when they are over.",
)

ERASE_ANSWER = "erase answer"
"""The action of a line that says which saved answer was erased."""
_ERASED = text(f"action = '{ERASE_ANSWER}'")

audit = Table(
    "audit",
    metadata,
    Column("seq", _Number, primary_key=True),
    Column("at", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("question_digest", Text, nullable=True),
    Column("answer_digest", Text, nullable=True),
    Column("subject", Text, nullable=True, comment="id or digest of what it is about"),
    Column("record_digest", Text, nullable=True, comment="the record that was looked at"),
    Column("content_digest", Text, nullable=True, comment="SHA-256 of the rows it is about"),
    Index(None, "at"),
    # Of the few lines that say so: whoever asks for an answer that is gone is told why.
    Index("ix_audit_erased", "subject", sqlite_where=_ERASED, postgresql_where=_ERASED),
    # A number that was given is never given again, so that a missing line would be seen.
    sqlite_autoincrement=True,
    comment="Who did what, when; written in the transaction of its effect.",
)

audit_links = Table(
    "audit_links",
    metadata,
    Column("seq", _Number, ForeignKey(audit.c.seq), primary_key=True, autoincrement=False),
    Column("digest", Text, nullable=False, comment="SHA-256 of the link before and of the line"),
    comment="The chain of the audit: one link for each line.",
)

audit_questions = Table(
    "audit_questions",
    metadata,
    Column("seq", _Number, ForeignKey(audit.c.seq), primary_key=True, autoincrement=False),
    Column("salt", Text, nullable=True, comment="goes before the words in their digest"),
    Column("question", Text, nullable=True, comment="JSON; null where only the digest is kept"),
    comment="What was asked in words: the one table of the audit that can be erased.",
)
