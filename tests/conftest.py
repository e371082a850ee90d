"""What tests share: databases made in no time, a clock that ticks, what ships, what is beside."""

import gc
import os
import secrets
import shutil
import signal
import sys
from collections import deque
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any, NoReturn
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest
from hypothesis import HealthCheck, settings
from psycopg import sql

from app.desk import Desk
from app.jobs import shipped
from app.screening.index import Index, build
from app.store import facts
from app.store.tables import metadata
from app.terms import Listed, Policy, Tables
from app.where import Places
from tests import marked_text

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "scripts"))

import postgres  # noqa: E402 - the script that finds a server, shared with `make check`

NO_POSTGRES = f"no PostgreSQL found; set {postgres.SETTING}"
NO_MODEL = "TRAVELBAN_PARSER_MODEL names no model"
NO_CHROMIUM = "no Chromium found; install it, or set TRAVELBAN_TEST_CHROMIUM"
_find = cache(postgres.find)
Names = Mapping[str, Mapping[str, str]]

# On a machine that does other things too an example may take long, and be right. `-p
# tests.profiles` and Hypothesis's own profile for CI stay as they are.
settings.register_profile(
    "default", deadline=timedelta(seconds=10), suppress_health_check=[HealthCheck.too_slow]
)


def pytest_configure() -> None:
    """What runs in a shell's background ignores an interruption, and so would what tests start."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """What is gathered stays to the end, and so do tables, lists and indexes that tests share.

    To look through all of them for what nothing leads to any more, as often as a program does that
    has just begun, would take a fifth of the time.
    """
    gc.set_threshold(10_000)
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()


# ---------------------------------------------------------------- what is the same each time

# An index takes a third of a second and the tables that ship a tenth, and a thousand tests want
# the same ones: each desk reads them anew. They are rules without a clock that give equal values
# for equal ones; tests of the rules themselves ask app.screening.index and other folders.
_read_tables = shipped.tables
_tables_that_ship = cache(_read_tables)
_places_that_ship = cache(lambda: Places(_tables_that_ship().places))
_built: deque[tuple[tuple[Listed, ...], Names, str, Index]] = deque(maxlen=6)


def _index(listed: Sequence[Listed], names: Names, law: str = "") -> Index:
    asked = tuple(listed)
    for known in _built:
        if known[2] == law and known[0] == asked and known[1] == names:
            return known[3]
    made = build(asked, names, law)
    _built.appendleft((asked, names, law, made))
    return made


def _tables(data_dir: Path = shipped.DATA) -> Tables:
    return _tables_that_ship() if data_dir == shipped.DATA else _read_tables(data_dir)


_patch = pytest.MonkeyPatch()
_patch.setattr("app.record.build", _index)
_patch.setattr("app.jobs.shipped.tables", _tables)


# ---------------------------------------------------------------- databases


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file without a row, to be copied."""
    path = tmp_path_factory.mktemp("template") / "travelban.sqlite3"
    facts.migrate(f"sqlite:///{path}")
    return path


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """A new SQLite database, migrated."""
    path = tmp_path / "travelban.sqlite3"
    shutil.copy(sqlite_template, path)
    return f"sqlite:///{path}"


def _on(server: str, database: str) -> str:
    return urlunsplit(urlsplit(server)._replace(path=f"/{database}"))


def required(setting: str, words: str) -> NoReturn:
    """Skip a test for want of something; fail it where a setting says that it must be here."""
    if os.environ.get(setting):
        pytest.fail(f"{setting} is set: {words}", pytrace=False)
    pytest.skip(words)


@pytest.fixture(scope="session")
def postgres_server() -> str:
    """A PostgreSQL server that lets tests make databases; without one, skipped or failed."""
    found = _find()
    if found is None:
        if postgres.REQUIRED:
            pytest.fail(f"PostgreSQL is required: {NO_POSTGRES}", pytrace=False)
        pytest.skip(NO_POSTGRES)
    return found.replace("postgresql+psycopg:", "postgresql:")


@pytest.fixture(scope="session")
def postgres_template(postgres_server: str) -> Iterator[str]:
    """The name of a migrated database without a row, to be copied by the server."""
    name = f"travelban_test_{secrets.token_hex(4)}"
    with psycopg.connect(postgres_server, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        try:
            facts.migrate(_on(postgres_server, name))
            yield name
        finally:
            connection.execute(
                sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name))
            )


class Postgres:
    """One database at a time, emptied and handed out again: making one takes the server long."""

    def __init__(self, server: str, template: str) -> None:
        self.server = server
        self.template = template
        self.name: str | None = None
        self.form: object = None

    def url(self) -> str:
        """The URL of a database without a row."""
        if self.name is None:
            self.name = f"{self.template}_{secrets.token_hex(4)}"
            self._do("CREATE DATABASE {} TEMPLATE {}", self.name, self.template)
            with psycopg.connect(_on(self.server, self.name)) as connection:
                self.form = _form(connection)
        return _on(self.server, self.name)

    def empty(self) -> None:
        """Take every row away; where a test changed more than rows, make a new database next."""
        if self.name is None:
            return
        try:
            with psycopg.connect(_on(self.server, self.name)) as connection:
                # Triggers refuse to empty the audit; whoever tests is not to be stopped by them.
                connection.execute("SET session_replication_role = replica")
                connection.execute("SET lock_timeout = '3s'")
                if _form(connection) == self.form:
                    # A few rows: to take each away is quicker than to make new files.
                    for name in metadata.tables:
                        connection.execute(sql.SQL("DELETE FROM {}").format(sql.Identifier(name)))
                    for (name,) in connection.execute(_COUNTERS).fetchall():
                        restart = sql.SQL("ALTER SEQUENCE {} RESTART").format(sql.Identifier(name))
                        connection.execute(restart)
                    return
        except psycopg.Error:
            pass
        self.drop()

    def drop(self) -> None:
        """Drop the database that was handed out last."""
        name, self.name = self.name, None
        if name is not None:
            self._do("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)

    def _do(self, words: str, *names: str) -> None:
        with psycopg.connect(self.server, autocommit=True) as connection:
            statement = sql.SQL(words).format(*(sql.Identifier(name) for name in names))
            connection.execute(statement)


_COUNTERS = "SELECT relname FROM pg_class WHERE relkind = 'S'"


def _form(connection: psycopg.Connection[Any]) -> object:
    """Tables, columns and triggers: what a test may change beside rows."""
    return [
        connection.execute(question).fetchall()
        for question in (
            # The server's own table: to ask information_schema takes it ten times as long.
            "SELECT attrelid::regclass::text, attname FROM pg_attribute JOIN pg_class "
            "ON pg_class.oid = attrelid WHERE relnamespace = 'public'::regnamespace "
            "AND attnum > 0 AND NOT attisdropped ORDER BY 1, 2",
            "SELECT tgrelid::regclass::text, tgname, tgenabled::text FROM pg_trigger "
            "WHERE NOT tgisinternal ORDER BY 1, 2",
            "SELECT relname, relhastriggers::text FROM pg_class WHERE relkind = 'r' "
            "AND relnamespace = 'public'::regnamespace ORDER BY 1",
            "SELECT count(*)::text FROM pg_trigger WHERE tgenabled <> 'O'",
            "SELECT version_num FROM alembic_version",
        )
    ]


@pytest.fixture(scope="session")
def postgres_pool(postgres_server: str, postgres_template: str) -> Iterator[Postgres]:
    """Hands out databases of a server."""
    pool = Postgres(postgres_server, postgres_template)
    yield pool
    pool.drop()


@pytest.fixture
def postgres_url(postgres_pool: Postgres) -> Iterator[str]:
    """A PostgreSQL database, migrated and without a row."""
    yield postgres_pool.url()
    postgres_pool.empty()


LONG = pytest.mark.long


def one_now(chosen: str, *others: str) -> list[object]:
    """Parameters of which `make test` takes the first, and `make soak` the others too."""
    return [chosen, *(pytest.param(other, marks=LONG) for other in others)]


ONE_NOW = one_now("sqlite", "postgres")
"""For `@pytest.mark.parametrize("database_url", ONE_NOW, indirect=True)`: the database is not what
is tested, so that `make test` takes one and `make soak` the other too."""


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request: pytest.FixtureRequest) -> str:
    """A new database, migrated: the test runs on each kind."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture
def store(database_url: str) -> Iterator[facts.Store]:
    """The store in `database_url`."""
    with facts.open_store(database_url) as opened:
        yield opened


# ---------------------------------------------------------------- the command line


@pytest.fixture(scope="session")
def begun(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store as the first command leaves it, to be copied."""
    path = Path(shutil.copy(sqlite_template, tmp_path_factory.mktemp("begun")))
    with facts.open_store(f"sqlite:///{path}") as store:
        shipped.load(store, shipped.DATA, lambda: datetime.now(UTC))
    return path


@pytest.fixture
def environment(tmp_path: Path, begun: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of this test's own for what is on record, and no other settings."""
    for name in [name for name in os.environ if name.startswith("TRAVELBAN_")]:
        monkeypatch.delenv(name)
    folder = tmp_path / "var"
    folder.mkdir()
    shutil.copy(begun, folder)
    monkeypatch.setenv("TRAVELBAN_DATA_DIR", str(folder))
    return folder


# ---------------------------------------------------------------- what is said at the end


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """One loud line for each thing that is not here and whose tests were left out.

    Of several processes the one that sums up has run no test, and read this conftest.py alone.
    """
    skipped = [str(report.longrepr) for report in terminalreporter.stats.get("skipped", [])]
    if left_out := sum(NO_POSTGRES in words for words in skipped):
        terminalreporter.write_line(f"*** SKIPPED: {NO_POSTGRES} ({left_out} tests) ***", red=True)
    if left_out := sum(NO_CHROMIUM in words for words in skipped):
        words = f"NOT TESTED: the pages in a browser: {NO_CHROMIUM} ({left_out} tests)"
        terminalreporter.write_line(words, red=True, bold=True)
    if left_out := sum(NO_MODEL in words for words in skipped):
        terminalreporter.write_line(
            f"NOT TESTED: reading with a parser's model: {NO_MODEL} ({left_out} tests)",
            yellow=True,
            bold=True,
        )


# ---------------------------------------------------------------- clock, tables, desk


class Clock:
    """A clock that goes on by a second each time it is read, and can be set."""

    def __init__(self, now: datetime = datetime(2026, 6, 1, 12, tzinfo=UTC)) -> None:
        self.now = now

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


@pytest.fixture
def clock() -> Clock:
    """A clock that ticks, from noon of 1 June 2026."""
    return Clock()


@pytest.fixture(scope="session")
def tables() -> Tables:
    """The tables that ship with the project."""
    return shipped.tables()


@pytest.fixture(scope="session")
def places(tables: Tables) -> Places:
    """The places that ship with the project, indexed."""
    return Places(tables.places)


@pytest.fixture
def policy() -> Policy:
    """The thresholds that hold when an office sets none."""
    return Policy(threshold=0.75, strong=0.8, fresh_days=10, limit=10)


@pytest.fixture(scope="session")
def shared() -> Path:
    """Real lists and articles beside the checkout; a test that needs them is skipped without."""
    path = ROOT.parent / "shared"
    if not path.is_dir():
        pytest.skip("no real lists beside the checkout")
    return path


def make_desk(
    store: facts.Store, tables: Tables, policy: Policy, clock: Callable[[], datetime]
) -> Desk:
    """A desk over a store, with nothing loaded."""
    return Desk(
        store=store,
        tables=tables,
        places=_places_that_ship() if tables is _tables_that_ship() else Places(tables.places),
        policy=policy,
        clock=clock,
        read=marked_text.read,
        version="0.0.0",
        stale_days=10,
    )


@pytest.fixture
def desk(store: facts.Store, tables: Tables, policy: Policy, clock: Clock) -> Desk:
    """A desk over a new database of each kind, with nothing loaded."""
    return make_desk(store, tables, policy, clock)
