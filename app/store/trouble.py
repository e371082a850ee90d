"""What a database says when it is the machine that fails, and not the program.

It passes by itself, or once there is room again: whoever asked asks again. Anything else that a
driver says (a table that is not there, a row twice) is a fault of the program and none of these.
"""

import sqlite3
from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as NoneFree


class Trouble(StrEnum):
    """Why the database cannot be used now."""

    unreachable = "unreachable"
    """No connection came about: nothing was done."""
    lost = "lost"
    """The connection broke off: what was being committed may be there or not."""
    busy = "busy"
    """Others held what was needed for longer than is waited."""
    full = "full"
    """There is no room for what was to be written."""
    read_only = "read_only"
    """It can be read, and takes no changes."""

    @property
    def words(self) -> str:
        """The same, to be told."""
        return _WORDS[self]


_WORDS: Mapping[Trouble, str] = {
    Trouble.unreachable: "the database cannot be reached",
    Trouble.lost: "the connection to the database was lost",
    Trouble.busy: "the database is busy",
    Trouble.full: "the database has no room left",
    Trouble.read_only: "the database takes no changes",
}

_SQLITE: Mapping[int, Trouble] = {
    sqlite3.SQLITE_BUSY: Trouble.busy,
    sqlite3.SQLITE_LOCKED: Trouble.busy,
    sqlite3.SQLITE_FULL: Trouble.full,
    sqlite3.SQLITE_READONLY: Trouble.read_only,
    sqlite3.SQLITE_CANTOPEN: Trouble.unreachable,
    sqlite3.SQLITE_PERM: Trouble.unreachable,
    sqlite3.SQLITE_IOERR: Trouble.unreachable,
    # As when a file is being put back while it is read.
    sqlite3.SQLITE_NOTADB: Trouble.unreachable,
    sqlite3.SQLITE_CORRUPT: Trouble.unreachable,
}

# PostgreSQL, Appendix A. The longest beginning of a code that is here decides.
_POSTGRES: Mapping[str, Trouble] = {
    "08": Trouble.lost,
    "25006": Trouble.read_only,  # a standby, or a server that was told to
    "25P03": Trouble.lost,  # it was idle too long
    "40": Trouble.busy,  # a deadlock was broken
    "53": Trouble.busy,  # too many connections, no memory
    "531": Trouble.full,
    "55P03": Trouble.busy,  # nobody let go of a lock
    "57014": Trouble.busy,  # it took too long
    "57P": Trouble.lost,  # it is shut down, was killed, or the database was dropped
    "58": Trouble.unreachable,  # the machine below it fails
}


def trouble(error: BaseException) -> Trouble | None:
    """What it is that an exception tells of; null where it is none of these."""
    if isinstance(error, NoneFree):
        return Trouble.busy
    said: Any = error.orig if isinstance(error, DBAPIError) else error
    if isinstance(said, sqlite3.Error):
        return _SQLITE.get(getattr(said, "sqlite_errorcode", 0) & 0xFF)
    if not isinstance(error, DBAPIError):
        return None
    if code := getattr(said, "sqlstate", None):
        found = (_POSTGRES.get(code[:length]) for length in (5, 3, 2))
        return next((one for one in found if one is not None), None)
    if error.connection_invalidated:
        return Trouble.lost
    # What no server has said is of the way to it.
    return Trouble.unreachable if isinstance(error, OperationalError) else None


def first_line(error: BaseException) -> str:
    """What a database says of itself; statements, values and addresses stand on later lines."""
    return str(getattr(error, "orig", None) or error).strip().partition("\n")[0]
