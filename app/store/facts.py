"""Lists, decisions about them and the legal record: what is known, and since when.

Every function takes a connection whose transaction is the caller's, and every one that writes
takes the moment to record: nothing here commits, and nothing here knows a clock.
"""

import hashlib
import json
import sqlite3
import sys
import zlib
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path
from threading import Lock
from time import monotonic, sleep
from types import TracebackType
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import (
    URL,
    Column,
    Connection,
    Engine,
    Row,
    Select,
    String,
    bindparam,
    create_engine,
    event,
    func,
    insert,
    inspect,
    make_url,
    select,
    text,
    union_all,
)
from sqlalchemy.exc import InvalidatePoolError, SQLAlchemyError

from app.lists.checks import Neighbour
from app.lists.un_xml import ParsedList
from app.record import Record, files_digest, legal_record
from app.store import exemptions, tables
from app.store.prepared import Prepared
from app.store.trouble import Trouble, trouble
from app.terms import Entry, LegalRecord, ListKind, Snapshot, Tables, value
from app.when import MICROSECOND, instant_text, parse_instant
from app.where import Places
from app.written import Files

_MIGRATIONS = Path(__file__).resolve().parents[2] / "migrations"
_BUSY_SECONDS = 30  # on each kind of database
_FIRST_PAUSE, _LONGEST_PAUSE = 0.0002, 0.0005
"""Seconds in which another process that writes to SQLite is waited for, before looking again."""
_GONE_SECONDS = 30
_OPEN = 16
"""Connections of a process that stay open: as many as requests are worked on at once, since
to open one takes as long as a question. The one used last is used next."""
_POSTGRES: Mapping[str, Any] = {
    "connect_timeout": 5,
    # Whoever is no longer there is noticed within half a minute, also by whoever waits for an
    # answer; and the server notices it too, so that a machine that died holds no lock for hours.
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 4,
    "tcp_user_timeout": _GONE_SECONDS * 1000,
    "options": (
        f"-c lock_timeout={_BUSY_SECONDS}s -c tcp_keepalives_idle=10 -c tcp_keepalives_interval=5"
        f" -c tcp_keepalives_count=4 -c tcp_user_timeout={_GONE_SECONDS}s"
    ),
}
_WRITERS = 0x7472_6176  # the name of an advisory lock: any number that nobody else uses


# ---------------------------------------------------------------- the database

UNREADABLE = (OSError, SQLAlchemyError, sqlite3.Error)
"""What comes of a database that is gone, or is none: a driver's own errors are not all wrapped."""


class Store:
    """A database to read from and write to. One request is one transaction."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._turn = Lock() if engine.dialect.name == "sqlite" else None

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that is rolled back at the end."""
        with self.engine.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that is committed at the end, or rolled back by an exception."""
        with self._own_turn(), self.engine.connect() as connection:
            connection.execution_options(travelban_writes=True)
            with connection.begin():
                yield connection

    @contextmanager
    def _own_turn(self) -> Iterator[None]:
        """Let the threads of this process write to SQLite one after the other.

        Whoever finds it taken looks again after longer and longer pauses, so that of many who
        wait some wait long while nobody writes. Of several processes only one thread each waits so.
        """
        # Who has waited in vain is told by SQLite what there is to tell.
        mine = self._turn is not None and self._turn.acquire(timeout=_BUSY_SECONDS)
        try:
            yield
        finally:
            if mine and self._turn is not None:
                self._turn.release()

    def close(self) -> None:
        """Close the connections."""
        self.engine.dispose()

    def __enter__(self) -> "Store":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def open_store(url: str) -> Store:
    """The store at a database URL, SQLite or PostgreSQL; an SQLite file's folder is made."""
    target = make_url(url)
    if target.get_backend_name() != "sqlite":
        given = _of_our_own(target, _POSTGRES)
        engine = create_engine(
            target,
            pool_pre_ping=True,
            pool_size=_OPEN,
            pool_use_lifo=True,
            hide_parameters=True,
            connect_args=given,
        )
        return Store(engine)
    given = _of_our_own(target, {"timeout": _BUSY_SECONDS})
    busy_seconds = float(given["timeout"] if "timeout" in given else str(target.query["timeout"]))
    in_a_file = target.database and target.database != ":memory:"
    pool: Mapping[str, Any] = {"pool_size": _OPEN, "pool_use_lifo": True} if in_a_file else {}
    engine = create_engine(target, hide_parameters=True, connect_args=given, **pool)
    if target.database and in_a_file:
        path = Path(target.database)
        path.parent.mkdir(parents=True, exist_ok=True)
        _stay_with_the_file(engine, path)

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _: object) -> None:
        # The driver would begin transactions by itself, late and never for DDL: `begin` does.
        connection.isolation_level = None
        connection.execute("PRAGMA foreign_keys = ON")
        # With a write-ahead log a process that dies at any instant loses nothing it committed.
        # FULL would also sync on every commit, ten times as slow; without it a power cut can take
        # the last moments before it, whole transactions only. An office that can't bear that
        # uses PostgreSQL.
        connection.execute("PRAGMA synchronous = NORMAL")
        # In KiB, of each connection that stays open. SQLite's own 2,000 fill as one after the other
        # comes to be used, and the system keeps the same pages for all of them.
        connection.execute("PRAGMA cache_size = -500")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        # A transaction that reads first and writes later fails at once where another one has
        # written in between; one that says so from the start waits for its turn.
        if connection.get_execution_options().get("travelban_writes"):
            _begin_to_write(connection, busy_seconds)
        else:
            connection.exec_driver_sql("BEGIN")

    return Store(engine)


def _begin_to_write(connection: Connection, seconds: float) -> None:
    """Begin an SQLite transaction that writes, as soon as no other process writes.

    SQLite itself waits in pauses that grow to a tenth of a second, so that of several processes
    that write all the time one waits for others that have long done.
    """
    here: Any = connection.connection.driver_connection
    until, pause = monotonic() + seconds, _FIRST_PAUSE
    here.execute("PRAGMA busy_timeout = 0")
    try:
        while monotonic() < until:
            try:
                here.execute("BEGIN IMMEDIATE")
            except sqlite3.OperationalError as error:
                if trouble(error) is not Trouble.busy:
                    break
            else:
                return
            sleep(pause)
            pause = min(2 * pause, _LONGEST_PAUSE)
        # Once more, so that whatever is wrong is told as with any other statement.
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    finally:
        here.execute(f"PRAGMA busy_timeout = {seconds * 1000:.0f}")


def _of_our_own(target: URL, given: Mapping[str, Any]) -> dict[str, Any]:
    """How to connect, but for what the URL itself says."""
    return {name: value for name, value in given.items() if name not in target.query}


def _stay_with_the_file(engine: Engine, path: Path) -> None:
    """Let no connection outlive its file: what it saved would be in a file that nobody opens.

    A file can be moved away, deleted or put back below a service that runs; a connection would go
    on with the old one. And in place of one that is gone no new one is made.
    """
    uri = f"{path.absolute().as_uri()}?mode=rw"
    made = False

    @event.listens_for(engine, "do_connect")
    def only_the_same(dialect: Any, _: object, __: object, given: dict[str, Any]) -> Any:
        return dialect.connect(uri, **{**given, "uri": True}) if made else None

    @event.listens_for(engine, "connect")
    def remember(_: object, record: Any) -> None:
        nonlocal made
        made = True
        record.info["file"] = _file(path)

    @event.listens_for(engine, "checkout")
    def still_there(_: object, record: Any, __: object) -> None:
        if record.info["file"] != _file(path):
            raise InvalidatePoolError


def _file(path: Path) -> tuple[int, int] | None:
    """Which file a path names; null for none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def migrate(url: str) -> None:
    """Bring the database at a URL to the newest form; safe when several processes do so at once.

    One that a newer version has brought further stays so: migrations only add, so that an older
    version can go on beside a newer one, and start again.
    """
    with open_store(url) as store:
        with store.reading() as connection:
            if _is_new_enough(connection):
                return  # nobody else is held up, and nobody who writes holds this up
        if store.engine.dialect.name == "sqlite":
            _keep_a_write_ahead_log(store.engine)
        with store.writing() as connection:
            _one_writer(connection)
            if not _is_new_enough(connection):
                upgrade(connection)


def is_newest(connection: Connection) -> bool:
    """Whether the database has the form that this version knows as the newest."""
    return _applied(connection) == _newest_known()


def _is_new_enough(connection: Connection) -> bool:
    """Whether it has that form, or one of a newer version that is not known here."""
    applied = _applied(connection)
    return applied is not None and applied >= _newest_known()


def _applied(connection: Connection) -> str | None:
    """The number of the migration that was applied last; numbers sort."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    applied: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return applied


def _newest_known() -> str:
    """The number of the newest of migrations/versions: files are named by it."""
    files = (_MIGRATIONS / "versions").glob("*.py")
    return max(file.name.partition("_")[0] for file in files)


def upgrade(connection: Connection, revision: str = "head") -> None:
    """Apply the migrations up to a revision in the caller's transaction."""
    # Imported here: it takes a third of a second, which every start would pay for nothing.
    from alembic import command
    from alembic.config import Config

    config = Config()
    # A % in a path would be read as the beginning of a reference.
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, revision)


def _keep_a_write_ahead_log(engine: Engine) -> None:
    """Readers and a writer then do not wait for each other; the file remembers it."""
    raw = engine.raw_connection()
    until = monotonic() + _BUSY_SECONDS
    try:
        while True:
            try:
                raw.cursor().execute("PRAGMA journal_mode = WAL")
                return
            except sqlite3.OperationalError as error:
                # For this one statement SQLite does not wait by itself.
                if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or monotonic() > until:
                    raise
                sleep(0.05)
    finally:
        raw.close()


def _one_writer(connection: Connection) -> None:
    """Wait until nobody else writes facts; holds until the end of the transaction."""
    if connection.dialect.name == "postgresql":
        _ONE_WRITER.run(connection)


# ---------------------------------------------------------------- moments


def _newest_of(*each: Select[Any]) -> Select[Any]:
    return select(func.max(union_all(*each).subquery().c[0]))


# Every question asks both.
_NEWEST_MOMENT = Prepared(
    lambda _: _newest_of(
        select(func.max(tables.decisions.c.recorded_at)),
        select(func.max(tables.law_versions.c.recorded_at)),
        select(func.max(tables.exemptions.c.recorded_at)),
        # An answer was given on what was known then: a later fact must not slip in before it.
        select(func.max(tables.assessments.c.recorded_at)),
        select(func.max(tables.audit.c.at)),
    )
)
_BY = bindparam("by", type_=String)
_NEWEST_FACT = Prepared(
    lambda _: _newest_of(
        select(func.max(tables.decisions.c.recorded_at)).where(
            tables.decisions.c.outcome != "quarantined", tables.decisions.c.recorded_at <= _BY
        ),
        select(func.max(tables.law_versions.c.recorded_at)).where(
            tables.law_versions.c.recorded_at <= _BY
        ),
        select(func.max(tables.exemptions.c.recorded_at)).where(
            tables.exemptions.c.recorded_at <= _BY
        ),
    )
)
_ONE_WRITER = Prepared(lambda _: select(func.pg_advisory_xact_lock(_WRITERS)))
_NEVER = "9999"  # later than any moment, as texts go


def next_moment(connection: Connection, clock_now: datetime) -> str:
    """The moment at which to record a fact: later than all on record, also by a clock set back.

    Whoever asks is the only writer of facts until the transaction ends. Otherwise a fact with an
    earlier moment could come to be seen after one with a later, and change what was known at it.
    """
    _one_writer(connection)
    newest: str | None
    ((newest,),) = _NEWEST_MOMENT.run(connection)
    now = instant_text(clock_now)
    if newest is None or newest < now:
        return now
    return after(newest)


def after(moment: str) -> str:
    """The moment next to one."""
    return instant_text(parse_instant(moment) + MICROSECOND)


def writer_done(connection: Connection) -> None:
    """Return when nobody is writing facts; the caller's is a writing transaction itself.

    A fact has its moment before it can be seen. Whoever asks what was known just now waits until
    what has a moment can be seen.
    """
    _one_writer(connection)


def newest_fact(connection: Connection, known_at: str | None = None) -> str | None:
    """The recording time of the newest fact, or of the newest up to `known_at`; null for none.

    A list that was set aside is evidence and no fact: what is on record stays as it was.
    """
    found: str | None
    ((found,),) = _NEWEST_FACT.run(connection, by=known_at or _NEVER)
    return found


# ---------------------------------------------------------------- evidence


def add_evidence(connection: Connection, body: bytes, recorded_at: str) -> str:
    """Keep bytes that came as a list, whatever they are; answers their SHA-256.

    Bytes that are here are not stored again. Of a file that is mostly the newest one kept whole,
    as each night's is that of the night before, only the part between is stored.
    """
    sha256 = hashlib.sha256(body).hexdigest()
    if connection.scalar(
        select(tables.list_files.c.sha256).where(tables.list_files.c.sha256 == sha256)
    ):
        return sha256
    row: dict[str, Any] = {"sha256": sha256, "size": len(body), "recorded_at": recorded_at}
    # One that was read as a list: what is none is like no other.
    newest = connection.execute(
        select(tables.list_files.c.sha256, tables.list_files.c.body)
        .join(tables.snapshots, tables.snapshots.c.sha256 == tables.list_files.c.sha256)
        .where(tables.list_files.c.base.is_(None))
        .order_by(tables.list_files.c.recorded_at.desc(), tables.list_files.c.sha256)
        .limit(1)
    ).one_or_none()
    if newest is not None:
        before, after = _same_ends(body, zlib.decompress(newest.body))
        if before + after > _MOSTLY * len(body):
            row |= {"base": newest.sha256, "same_before": before, "same_after": after}
            body = body[before : len(body) - after]
    # Two who keep the same file at the same time keep it once.
    once = tables.insert_once(connection.dialect.name, tables.list_files)
    connection.execute(once.values(row | {"body": zlib.compress(body)}))
    return sha256


def evidence(connection: Connection, sha256: str) -> bytes | None:
    """The bytes of a list as they came; null when they are not here.

    EvidenceDamaged when what is kept is not what its name says.
    """
    row = connection.execute(
        select(tables.list_files).where(tables.list_files.c.sha256 == sha256)
    ).one_or_none()
    if row is None:
        return None
    body = zlib.decompress(row.body)
    if row.base is not None:
        base = evidence(connection, row.base) or b""
        end = base[len(base) - row.same_after :]
        body = base[: row.same_before] + body + end
    if hashlib.sha256(body).hexdigest() != sha256:
        raise EvidenceDamaged(f"the bytes kept as {sha256} are others")
    return body


def evidence_named(connection: Connection, beginning: str) -> list[str]:
    """The SHA-256 of all that is kept as evidence, list or not, and begins so."""
    name = tables.list_files.c.sha256
    found = select(name).where(name.startswith(beginning, autoescape=True)).order_by(name)
    return list(connection.scalars(found))


class EvidenceDamaged(ValueError):
    """Bytes on record that do not have the SHA-256 that names them."""


_MOSTLY = 0.9


def _same_ends(one: bytes, other: bytes) -> tuple[int, int]:
    """How many bytes two files share at their beginning, and at their end beyond that."""
    most = min(len(one), len(other))
    before = _alike(most, lambda size: one[:size] == other[:size])
    after = _alike(most - before, lambda size: one[len(one) - size :] == other[-size:])
    return before, after


def _alike(most: int, same: Callable[[int], bool]) -> int:
    """The largest size up to `most` for which `same` holds, which it does for all smaller ones."""
    least = 0
    while least < most:
        middle = (least + most + 1) // 2
        if same(middle):
            least = middle
        else:
            most = middle - 1
    return least


# ---------------------------------------------------------------- lists in


class Outcome(StrEnum):
    """What was decided about a list: promoted or accepted is on record, the others are not."""

    promoted = "promoted"
    quarantined = "quarantined"
    accepted = "accepted"
    rejected = "rejected"


ON_RECORD = (Outcome.promoted, Outcome.accepted)

_entry = TypeAdapter(Entry)
_AT_ONCE = 5000  # databases take some ten thousand values in one statement, not any number


def add_list(
    connection: Connection,
    *,
    xml: bytes,
    parsed: ParsedList,
    list_kind: ListKind,
    source: str,
    outcome: Outcome,
    because: str,
    decided_by: str,
    recorded_at: str,
) -> str:
    """Store a list that is not here yet, with the first decision about it; answers its SHA-256.

    Its records are stored whatever was decided, so that accepting it later is one row.
    """
    sha256 = add_evidence(connection, xml, recorded_at)
    records = _add_entries(connection, parsed, recorded_at)
    connection.execute(
        insert(tables.snapshots).values(
            sha256=sha256,
            list_kind=list_kind,
            generated=parsed.generated,
            generated_as_written=parsed.generated_as_written,
            language=parsed.language,
            source=source,
            individuals=parsed.individuals,
            entities=parsed.entities,
            records=_json(records),
            unknown_elements=_json(parsed.unknown_elements),
            recorded_at=recorded_at,
        )
    )
    add_decision(
        connection,
        sha256=sha256,
        outcome=outcome,
        because=because,
        decided_by=decided_by,
        recorded_at=recorded_at,
    )
    return sha256


def _add_entries(connection: Connection, parsed: ParsedList, recorded_at: str) -> list[int]:
    """Store the records that are new; answers the numbers of all."""
    bodies = {}
    for entry in parsed.entries:
        body = _entry.dump_json(entry)
        bodies[hashlib.sha256(body).digest()] = entry, body
    digests = list(bodies)
    numbers: list[int] = []
    for first in range(0, len(digests), _AT_ONCE):
        some = digests[first : first + _AT_ONCE]
        here = select(tables.entries.c.digest).where(tables.entries.c.digest.in_(some))
        known = set(connection.scalars(here))
        new = [
            {
                "digest": digest,
                "reference": bodies[digest][0].reference,
                "kind": bodies[digest][0].kind,
                "body": zlib.compress(bodies[digest][1], 9),
                "recorded_at": recorded_at,
            }
            for digest in some
            if digest not in known
        ]
        if new:
            connection.execute(insert(tables.entries), new)
        rows = select(tables.entries.c.number).where(tables.entries.c.digest.in_(some))
        numbers += connection.scalars(rows).all()
    return sorted(numbers)


def add_decision(
    connection: Connection,
    *,
    sha256: str,
    outcome: Outcome,
    because: str,
    decided_by: str,
    recorded_at: str,
) -> None:
    """Record a decision about a list that is here; the newest one decides."""
    connection.execute(
        insert(tables.decisions).values(
            sha256=sha256,
            outcome=outcome,
            because=because,
            decided_by=decided_by,
            recorded_at=recorded_at,
        )
    )


def has_list(connection: Connection, sha256: str) -> bool:
    """Whether this list is here, on record or not."""
    found = connection.scalar(
        select(tables.snapshots.c.sha256).where(tables.snapshots.c.sha256 == sha256)
    )
    return found is not None


def neighbour(connection: Connection, generated: str) -> Neighbour | None:
    """The full list on record that is nearest in time to a moment; null when there is none."""
    decided = _decided(None).subquery()
    rows = connection.execute(
        select(decided.c.sha256, decided.c.generated).where(
            decided.c.list_kind == ListKind.full, decided.c.outcome.in_(ON_RECORD)
        )
    ).all()
    if not rows:
        return None
    day = parse_instant(generated)

    def far(row: Any) -> tuple[timedelta, str, str]:
        return abs(parse_instant(row.generated) - day), row.generated, row.sha256

    nearest = min(rows, key=far)
    return Neighbour(
        generated=nearest.generated,
        newest=max(row.generated for row in rows),
        references=tuple(
            row.reference
            for row in _records(connection, nearest.sha256, tables.entries.c.reference)
        ),
        sha256=nearest.sha256,
    )


def held(connection: Connection, sha256: str, references: Collection[str]) -> list[Entry]:
    """The records of some references, as a list that is here holds them."""
    return [
        _entry.validate_json(zlib.decompress(row.body))
        for row in _records(connection, sha256, tables.entries.c.reference, tables.entries.c.body)
        if row.reference in references
    ]


def _records(connection: Connection, sha256: str, *columns: Column[Any]) -> Iterator[Row[Any]]:
    text = connection.scalar(
        select(tables.snapshots.c.records).where(tables.snapshots.c.sha256 == sha256)
    )
    numbers = json.loads(text or "[]")
    for first in range(0, len(numbers), _AT_ONCE):
        some = numbers[first : first + _AT_ONCE]
        yield from connection.execute(
            select(*columns).where(tables.entries.c.number.in_(some)).order_by(*columns[:1])
        )


# ---------------------------------------------------------------- law in


@value
class LawVersion:
    """The files of the legal record as they stood from one moment on."""

    digest: str
    recorded_at: str
    files: Files


def add_law(connection: Connection, files: Files, recorded_at: str) -> bool:
    """Store the files of the legal record; False when they are those that were stored last."""
    digest = files_digest(files)
    newest = connection.scalar(
        select(tables.law_versions.c.digest)
        .order_by(tables.law_versions.c.recorded_at.desc())
        .limit(1)
    )
    if newest == digest:
        return False
    connection.execute(
        insert(tables.law_versions).values(
            digest=digest, files=_json(files), recorded_at=recorded_at
        )
    )
    return True


def law_files(connection: Connection, known_at: str | None = None) -> LawVersion | None:
    """The legal record as stored last, or as known at a moment; null when there is none."""
    newest = select(tables.law_versions).order_by(tables.law_versions.c.recorded_at.desc()).limit(1)
    if known_at is not None:
        newest = newest.where(tables.law_versions.c.recorded_at <= known_at)
    row = connection.execute(newest).one_or_none()
    if row is None:
        return None
    return LawVersion(digest=row.digest, recorded_at=row.recorded_at, files=json.loads(row.files))


# ---------------------------------------------------------------- what is on record


@value
class ListStatus:
    """One list that is here, and what was last decided about it."""

    sha256: str
    """SHA-256 of the XML bytes: the snapshot's name."""
    list_kind: ListKind
    generated: str
    """`dateGenerated`, an instant in UTC."""
    generated_as_written: str
    language: str
    source: str
    """The file name or address it was read from."""
    individuals: int
    entities: int
    unknown_elements: tuple[str, ...]
    """Paths of elements that this reader has no field for."""
    recorded_at: str
    """When it was stored here, an instant in UTC."""
    outcome: Outcome
    because: str
    decided_by: str
    decided_at: str


def snapshots(connection: Connection, known_at: str | None = None) -> list[ListStatus]:
    """Every list that is here (or was, at a moment), newest first by what it says of itself."""
    decided = _decided(known_at).subquery()
    newest_first = select(decided).order_by(decided.c.generated.desc(), decided.c.sha256)
    return [_status(row) for row in connection.execute(newest_first)]


def waiting(connection: Connection) -> int:
    """How many lists are set aside and nobody has decided about."""
    decided = _decided(None).subquery()
    found = select(func.count()).where(decided.c.outcome == Outcome.quarantined)
    return connection.scalar(found) or 0


def status(connection: Connection, sha256: str) -> ListStatus | None:
    """One list, with what was last decided about it; null when it is not here."""
    row = connection.execute(
        _decided(None).where(tables.snapshots.c.sha256 == sha256)
    ).one_or_none()
    return None if row is None else _status(row)


def named(connection: Connection, beginning: str) -> list[ListStatus]:
    """The lists whose SHA-256 begins so."""
    rows = _decided(None).where(tables.snapshots.c.sha256.startswith(beginning, autoescape=True))
    return [_status(row) for row in connection.execute(rows)]


def _status(row: Row[Any]) -> ListStatus:
    return ListStatus(
        sha256=row.sha256,
        list_kind=ListKind(row.list_kind),
        generated=row.generated,
        generated_as_written=row.generated_as_written,
        language=row.language,
        source=row.source,
        individuals=row.individuals,
        entities=row.entities,
        unknown_elements=tuple(json.loads(row.unknown_elements)),
        recorded_at=row.recorded_at,
        outcome=Outcome(row.outcome),
        because=row.because,
        decided_by=row.decided_by,
        decided_at=row.decided_at,
    )


class Decoded:
    """What was read from one store already.

    Its rows are never changed, so that a later look reads only those that are new. It holds each
    distinct record once, however many lists hold it.
    """

    def __init__(self) -> None:
        self.newest_entry = 0
        self.newest_list = ""
        self.digests: dict[int, str] = {}
        self.entries: dict[str, Entry] = {}
        self.members: dict[str, tuple[str, ...]] = {}
        self.law: LegalRecord | None = None
        self.record: Record | None = None


def record(
    connection: Connection,
    known_at: str,
    engine_tables: Tables,
    places: Places,
    decoded: Decoded | None = None,
) -> Record:
    """Everything that was known at a moment, by five queries, however many lists there are."""
    decoded = decoded or Decoded()
    decided = _decided(known_at).subquery()
    rows = connection.execute(select(decided).where(decided.c.outcome.in_(ON_RECORD))).all()
    _decode(connection, decoded)
    law_then = law(connection, known_at, decoded)
    own = exemptions.known(connection, known_at)
    lists = [
        Snapshot(
            sha256=row.sha256,
            list_kind=ListKind(row.list_kind),
            generated=row.generated,
            source=row.source,
            recorded_at=row.decided_at,
            individuals=row.individuals,
            entities=row.entities,
        )
        for row in rows
    ]
    before = decoded.record
    if (
        before is not None
        and before.law is law_then
        and {*before.full_lists, *before.supplements} == {*lists}
    ):
        return before.with_exemptions(known_at, own)
    decoded.record = Record(
        known_at=known_at,
        law=law_then,
        snapshots=lists,
        entries=decoded.entries,
        members={row.sha256: decoded.members[row.sha256] for row in rows},
        own_exemptions=own,
        tables=engine_tables,
        places=places,
    )
    return decoded.record


def _decided(known_at: str | None) -> Select[Any]:
    """Each list with the newest decision about it, or the newest up to a moment."""
    newest = func.row_number().over(
        partition_by=tables.decisions.c.sha256,
        order_by=(tables.decisions.c.recorded_at.desc(), tables.decisions.c.number.desc()),
    )
    ranked = select(tables.decisions, newest.label("place"))
    if known_at is not None:
        ranked = ranked.where(tables.decisions.c.recorded_at <= known_at)
    decided = ranked.subquery()
    return (
        select(
            *(column for column in tables.snapshots.c if column is not tables.snapshots.c.records),
            decided.c.outcome,
            decided.c.because,
            decided.c.decided_by,
            decided.c.recorded_at.label("decided_at"),
        )
        .join(decided, decided.c.sha256 == tables.snapshots.c.sha256)
        .where(decided.c.place == 1)
    )


def _decode(connection: Connection, decoded: Decoded) -> None:
    """Read the rows that are new. Lists go first: the records that they name are there by then."""
    lists = connection.execute(
        select(
            tables.snapshots.c.sha256, tables.snapshots.c.records, tables.snapshots.c.recorded_at
        )
        .where(tables.snapshots.c.recorded_at > decoded.newest_list)
        .order_by(tables.snapshots.c.recorded_at)
    ).all()
    if not lists:
        return
    for row in connection.execute(
        select(tables.entries.c.number, tables.entries.c.digest, tables.entries.c.body)
        .where(tables.entries.c.number > decoded.newest_entry)
        .order_by(tables.entries.c.number)
    ):
        digest = row.digest.hex()
        decoded.digests[row.number] = digest
        decoded.entries[digest] = _interned(_entry.validate_json(zlib.decompress(row.body)))
        decoded.newest_entry = row.number
    for row in lists:
        numbers = json.loads(row.records)
        decoded.members[row.sha256] = tuple(decoded.digests[number] for number in numbers)
        decoded.newest_list = row.recorded_at


def _interned(entry: Entry) -> Entry:
    """The same record, its longer texts shared: most stay as they are when a record is amended.

    Short ones are shared by the decoder already.
    """
    return replace(
        entry,
        original_script=_shared(entry.original_script),
        designations=tuple(map(sys.intern, entry.designations)),
        addresses=tuple(map(sys.intern, entry.addresses)),
        comments=_shared(entry.comments),
        interpol_link=_shared(entry.interpol_link),
    )


def _shared(text: str | None) -> str | None:
    return sys.intern(text) if text else text


def law(connection: Connection, known_at: str | None, decoded: Decoded) -> LegalRecord | None:
    """The legal record as read, as stored last or as known at a moment; null for none."""
    version = law_files(connection, known_at)
    if version is None:
        return None
    found = decoded.law
    if found is None or found.digest != version.digest:
        found = legal_record(version.files, version.recorded_at)
    elif found.recorded_at != version.recorded_at:
        found = replace(found, recorded_at=version.recorded_at)
    decoded.law = found
    return found


def _json(found: Any) -> str:
    return json.dumps(found, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
