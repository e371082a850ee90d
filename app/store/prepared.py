"""Statements that every question runs, as text that is made once for each kind of database."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import Connection, Executable
from sqlalchemy.exc import DBAPIError


class Prepared:
    """A statement that is run again and again, with other values.

    SQLAlchemy looks up the text of a statement, and makes parameters and a result, anew with each
    run: of one row that takes several times as long as the database does. Here values go to the
    driver and come from it as they are, so only columns of text, numbers and bytes may be named.
    """

    def __init__(self, make: Callable[[str], Executable]) -> None:
        """`make` is given the name of the kind of database: sqlite or postgresql."""
        self._make = make
        self._texts: dict[str, tuple[str, dict[str, Any], tuple[str, ...] | None]] = {}

    def run(self, connection: Connection, **values: Any) -> list[tuple[Any, ...]]:
        """Run it in the caller's transaction; the rows that come of it.

        `values` are those of its bindparams, by name. Errors are SQLAlchemy's own.
        """
        dialect: Any = connection.dialect
        text, fixed, order = self._texts.get(dialect.name) or self._text(dialect)
        told = fixed | values
        given: Any = told if order is None else [told[name] for name in order]
        listeners: Any = connection.dispatch
        try:
            cursor = connection.connection.cursor()
            try:
                # Whoever listens for statements, as SQLAlchemy lets one, hears of these too.
                for heard in listeners.before_cursor_execute:
                    text, given = heard(connection, cursor, text, given, None, False)
                cursor.execute(text, given)
                return list(cursor.fetchall()) if cursor.description else []
            finally:
                cursor.close()
        except dialect.dbapi.Error as error:
            gone = dialect.is_disconnect(error, connection.connection, None)
            if gone:
                connection.invalidate(error)
            raise DBAPIError.instance(
                text, None, error, dialect.dbapi.Error, True, gone, dialect
            ) from error

    def _text(self, dialect: Any) -> tuple[str, dict[str, Any], tuple[str, ...] | None]:
        compiled: Any = self._make(dialect.name).compile(dialect=dialect)  # type: ignore[attr-defined]
        order = compiled.positiontup
        made = compiled.string, dict(compiled.params), None if order is None else tuple(order)
        self._texts[dialect.name] = made
        return made
