"""What the process says while it serves: one line for each request, on stderr.

A line tells what a request came to and never what it was about: no query, no body, no name, no
header of authorisation. Nobody who asks can begin a new line or steer a terminal.
"""

import json
import logging
import sqlite3
import traceback
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, TextIO

from sqlalchemy.exc import InterfaceError, InternalError, OperationalError

from app.api.request_id import ID
from app.api.seen import Told

REQUESTS = logging.getLogger("travelban.requests")
_SERVER_FAILED = 500
# Not of a value that was sent, as errors of data and of integrity are.
_OF_THE_DATABASE = (InterfaceError, InternalError, OperationalError, sqlite3.OperationalError)


def install(form: str | None, stream: TextIO) -> None:
    """Write what this process logs to a stream: as `json`, `plain`, or `off` for no requests.

    None takes plain for a terminal and JSON for anything else. Failures are written in any case.
    """
    if form is None:
        form = "plain" if stream.isatty() else "json"
    handler = logging.StreamHandler(stream)
    handler.setFormatter(Json() if form == "json" else Plain())
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)
    # So that what Python itself warns of is a line like all others.
    logging.captureWarnings(True)
    REQUESTS.setLevel(logging.CRITICAL if form == "off" else logging.INFO)


def tell(told: Told) -> None:
    """Write the line of a request that is over."""
    level = logging.WARNING if told.status >= _SERVER_FAILED else logging.INFO
    if REQUESTS.isEnabledFor(level):
        # Made here: a logger would first look for the line of the program that told it, which
        # takes as long as all the rest.
        record = logging.LogRecord(REQUESTS.name, level, __file__, 0, "request", None, None)
        record.told = told
        REQUESTS.handle(record)


class Json(logging.Formatter):
    """Each record as one line of JSON in ASCII."""

    def format(self, record: logging.LogRecord) -> str:
        """The line: at, level and request, then what became of it, or words and a traceback."""
        told = getattr(record, "told", None)
        line: dict[str, Any] = {
            "at": _at(record),
            "level": record.levelname.lower(),
            "request": told.request if told is not None else ID.get() or None,
        }
        if told is not None:
            line |= _fields(told)
        else:
            line |= {"logger": record.name, "words": record.getMessage()}
        if record.exc_info and record.exc_info[1] is not None:
            line["traceback"] = "".join(_told_of(record.exc_info[1]))
        # Whatever is no printable ASCII is escaped by the encoder, but for this one character.
        return json.dumps(line).replace("\x7f", "\\u007f")


class Plain(logging.Formatter):
    """Each record as a line for somebody who looks on; a traceback goes below it."""

    def format(self, record: logging.LogRecord) -> str:
        """The line, in which every character can be printed."""
        told = getattr(record, "told", None)
        if told is not None:
            fields = _fields(told)
            key = f", key {told.key}" if told.key is not None else ""
            words = (
                f"{told.method} {told.route} {fields['status']}, {fields['milliseconds']} ms, "
                f"{told.size} bytes{key}"
            )
            request = told.request
        else:
            words, request = record.getMessage(), ID.get()
        lines = [f"{_at(record)} {record.levelname.lower()} {request or '-'} {words}"]
        if record.exc_info and record.exc_info[1] is not None:
            lines += "".join(_told_of(record.exc_info[1])).splitlines()
        return "\n".join(map(_printable, lines))


def _at(record: logging.LogRecord) -> str:
    at = datetime.fromtimestamp(record.created, UTC)
    return at.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _fields(told: Told) -> dict[str, Any]:
    fields: dict[str, Any] = {
        "method": told.method,
        "route": told.route,
        "status": told.status,
        "milliseconds": round(told.seconds * 1000, 3),
        "bytes": told.size,
    }
    return fields if told.key is None else fields | {"key": told.key}


def _printable(line: str) -> str:
    return "".join(
        character if character.isprintable() else character.encode("unicode_escape").decode()
        for character in line
    )


def _told_of(error: BaseException) -> Iterator[str]:
    """Where an exception came from, its causes first, and no more of its words than is safe."""
    seen: set[int] = set()
    chain: list[BaseException] = []
    left: BaseException | None = error
    while left is not None and id(left) not in seen:
        seen.add(id(left))
        chain.append(left)
        left = left.__cause__ or (None if left.__suppress_context__ else left.__context__)
    for one in reversed(chain):
        yield from traceback.format_tb(one.__traceback__)
        yield f"{type(one).__module__}.{type(one).__qualname__}{_words(one)}\n"


def _words(error: BaseException) -> str:
    """What the machine and the database say of themselves; any other words may hold a name.

    Of the database the first line alone: statements, parameters and rows stand below it.
    """
    if isinstance(error, OSError) and error.strerror:
        return f": {error.strerror}"
    if isinstance(error, _OF_THE_DATABASE):
        first = str(getattr(error, "orig", None) or error).strip().partition("\n")[0]
        return f": {first}"
    return ""
