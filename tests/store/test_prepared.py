"""Statements made once: the same rows, and the errors that any other statement has."""

import pytest
from sqlalchemy import bindparam, select, text
from sqlalchemy.exc import DBAPIError

from app.store import facts, tables
from app.store.prepared import Prepared

KEY = tables.keys.insert().values(
    {column.name: bindparam(column.name) for column in tables.keys.columns}
)
MADE = {
    "id": "0" * 12,
    "name": "desk",
    "hash": "1" * 64,
    "scopes": "[]",
    "created_at": "2026-11-01T00:00:00.000000Z",
    "created_by": "a test, 100 %",
    "expires_at": None,
}


def test_rows_come_as_they_were_given(store: facts.Store) -> None:
    add = Prepared(lambda _: KEY)
    by_name = bindparam("name", type_=tables.keys.c.name.type)
    look = Prepared(lambda _: select(tables.keys).where(tables.keys.c.name == by_name))
    with store.writing() as connection:
        assert add.run(connection, **MADE) == []
        assert add.run(connection, **MADE | {"id": "2" * 12, "name": "other"}) == []
        assert look.run(connection, name="desk") == [tuple(MADE.values())]
        assert look.run(connection, name="nobody") == []


def test_what_the_driver_refuses_is_an_error_like_any_other(store: facts.Store) -> None:
    add = Prepared(lambda _: KEY)
    with store.writing() as connection:
        add.run(connection, **MADE)
    with store.writing() as connection, pytest.raises(DBAPIError) as plain:
        connection.execute(KEY, MADE)
    with store.writing() as connection, pytest.raises(type(plain.value)) as raised:
        add.run(connection, **MADE)
    assert "desk" not in str(raised.value).partition("[SQL")[2]


def test_a_connection_that_is_gone_is_not_used_again(store: facts.Store) -> None:
    if store.engine.dialect.name != "postgresql":
        pytest.skip("a file does not hang up")
    one = Prepared(lambda _: select(tables.keys.c.id))
    with store.reading() as connection:
        number = connection.scalar(text("SELECT pg_backend_pid()"))
        with store.reading() as other:
            other.execute(text("SELECT pg_terminate_backend(:number)"), {"number": number})
        with pytest.raises(DBAPIError) as raised:
            one.run(connection)
        assert raised.value.connection_invalidated
        assert connection.invalidated
    with store.reading() as connection:
        assert one.run(connection) == []
