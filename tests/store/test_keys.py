"""Keys on record: rows that are only ever added, and the last use, which is noted now and then."""

from datetime import timedelta

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import event, inspect
from sqlalchemy.exc import IntegrityError

from app.assessment.report import Refused
from app.keys import KeyAsked, Keys
from app.record import NotOnRecord
from app.store import audit, facts, keys
from app.store.facts import Store
from app.store.keys import Key, Revocation, Scope
from app.when import instant_text
from tests.conftest import ROOT, Clock

KEY = Key(
    id="0" * 12,
    name="A. Officer",
    hash="a" * 64,
    scopes=(Scope.screen, Scope.audit),
    created_at="2026-06-01T12:00:00.000000Z",
    created_by="root",
    expires_at=None,
)
GONE = Revocation(
    key=KEY.id, because="lost", revoked_at="2026-06-02T12:00:00.000000Z", revoked_by="root"
)
ASKED = KeyAsked(name="A. Officer", scopes=(Scope.audit, Scope.screen, Scope.audit))


def test_what_is_kept_comes_back(store: Store) -> None:
    other = Key(
        id="f" * 12,
        name="B. Lawyer",
        hash="b" * 64,
        scopes=(),
        created_at="2026-05-01T12:00:00.000000Z",
        created_by="root",
        expires_at="2027-01-01T00:00:00.000000Z",
    )
    with store.writing() as connection:
        keys.add(connection, KEY)
        keys.add(connection, other)
        keys.revoke(connection, GONE)
    with store.reading() as connection:
        first, second = keys.every(connection)
    assert (first.key, first.revocation, first.used_at) == (other, None, None)
    assert (second.key, second.revocation, second.used_at) == (KEY, GONE, None)


def test_a_key_is_taken_back_once_and_only_if_there_is_one(store: Store) -> None:
    with pytest.raises(IntegrityError), store.writing() as connection:
        keys.revoke(connection, GONE)
    with store.writing() as connection:
        keys.add(connection, KEY)
        keys.revoke(connection, GONE)
    with pytest.raises(IntegrityError), store.writing() as connection:
        keys.revoke(connection, GONE)


def test_a_use_is_noted_when_the_last_note_is_a_minute_old(store: Store, clock: Clock) -> None:
    with store.writing() as connection:
        keys.add(connection, KEY)
    noted = []
    start = clock.now
    for seconds in (0, 1, 59, 60, 61, 119, 121, -3600):
        with store.writing() as connection:
            keys.note_use(connection, KEY.id, start + timedelta(seconds=seconds))
        with store.reading() as connection:
            noted.append(keys.every(connection)[0].used_at)
    assert noted == [
        instant_text(start + timedelta(seconds=second))
        for second in (0, 0, 0, 60, 60, 60, 121, 121)
    ]


def test_the_migration_down_and_up_again(store: Store, database_url: str) -> None:
    ours = {"keys", "key_revocations", "key_uses"}
    with store.writing() as connection:
        keys.add(connection, KEY)
        keys.revoke(connection, GONE)
        keys.note_use(connection, KEY.id, Clock().now)
    config = Config()
    config.set_main_option("script_location", str(ROOT / "migrations"))
    with store.writing() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "0004")
    with store.reading() as connection:
        assert ours.isdisjoint(inspect(connection).get_table_names())
    facts.migrate(database_url)
    with store.reading() as connection:
        assert ours <= set(inspect(connection).get_table_names())
        assert keys.every(connection) == ()


# ---------------------------------------------------------------- made, taken back, looked at


def lines(store: Store) -> list[audit.AuditLine]:
    with store.reading() as connection:
        return [shown.line for shown in audit.page(connection, limit=50)[0][::-1]]


def test_each_event_has_its_line_and_no_secret_is_kept(store: Store, clock: Clock) -> None:
    held = Keys(store, clock)
    made = held.create(ASKED, "root")
    gone = held.revoke(made.key.id, "lost", "admin")
    again = held.revoke(made.key.id, "again", "admin")
    assert (gone.new, again.new, again.revocation) == (True, False, gone.revocation)
    assert made.key.scopes == (Scope.screen, Scope.audit)
    told = lines(store)
    assert [(line.who, line.action, line.at) for line in told] == [
        ("root", "keys create", made.key.created_at),
        ("admin", "keys revoke", gone.revocation.revoked_at),
    ]
    assert len({line.question_digest for line in told}) == 2
    secret = made.text.split("_")[2]
    assert len(bytes.fromhex(secret)) == 32
    assert secret not in repr(held.every())


def test_what_cannot_be_written_leaves_no_line(
    store: Store, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("a test says so")

    held = Keys(store, clock)
    made = held.create(ASKED, "root")
    monkeypatch.setattr(audit, "add", fail)
    with pytest.raises(RuntimeError):
        held.create(ASKED, "root")
    with pytest.raises(RuntimeError):
        held.revoke(made.key.id, "lost", "root")
    (only,) = held.every()
    assert (only.key, only.revocation) == (made.key, None)


def test_the_last_day_counts(store: Store, clock: Clock) -> None:
    held = Keys(store, clock)
    text = held.create(KeyAsked(name="A", scopes=(), expires="2026-06-01"), "root").text
    clock.now = clock.now.replace(hour=23, minute=59, second=50)
    assert held.look().owner(text) is not None
    clock.now += timedelta(seconds=10)
    assert held.look().owner(text) is None
    with pytest.raises(Refused, match="expires: 2026-06-01 is over"):
        held.create(KeyAsked(name="A", scopes=(), expires="2026-06-01"), "root")


def test_nobody_has_the_key_of_an_unknown_id(store: Store, clock: Clock) -> None:
    held = Keys(store, clock)
    with pytest.raises(NotOnRecord):
        held.revoke("0" * 12, "lost", "root")
    assert held.look().owner(f"tb_{'0' * 12}_{'0' * 64}") is None
    assert lines(store) == []


def test_the_store_is_asked_once_a_second(store: Store) -> None:
    now = Clock().now
    held = Keys(store, lambda: now)
    asked = []
    event.listen(store.engine, "before_cursor_execute", lambda *told: asked.append(told[2]))
    for _ in range(50):
        assert held.look().on is False
    assert sum("FROM keys" in statement for statement in asked) == 1
    now += timedelta(seconds=1)
    held.look()
    assert sum("FROM keys" in statement for statement in asked) == 2
