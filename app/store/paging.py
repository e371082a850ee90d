"""Cursors: where the next page begins, as a text that says nothing to whoever holds it."""

import base64
import binascii
import json
from typing import Any

from sqlalchemy import ColumnElement, case, func


class BadCursor(ValueError):
    """A cursor that no page has given out."""


def cursor(*place: str | int) -> str:
    """The cursor of the last row of a page."""
    return base64.urlsafe_b64encode(json.dumps(place).encode()).decode().rstrip("=")


def place(text: str, *kinds: type) -> list[str | int]:
    """What a cursor was made of; BadCursor where it is none of that shape."""
    try:
        padded = text.encode("ascii") + b"=" * (-len(text) % 4)
        found = json.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
    except (ValueError, binascii.Error, RecursionError) as error:
        raise BadCursor("is no cursor that a page has given") from error
    if not isinstance(found, list) or [type(part) for part in found] != list(kinds):
        raise BadCursor("is no cursor that a page has given")
    # A number that no database holds, or half a character, is no place either.
    if any(
        not 0 <= part < 2**63 if isinstance(part, int) else not part.isascii() or "\0" in part
        for part in found
    ):
        raise BadCursor("is no cursor that a page has given")
    return found


def begin_of(dialect: str, text: ColumnElement[str], mark: str) -> ColumnElement[str]:
    """A text as far as a mark, the whole of it where there is none: the rest is not sent."""
    # PostgreSQL counts by strpos what SQLite counts by instr.
    found = (func.strpos if dialect == "postgresql" else func.instr)(text, mark)
    return case((found > 0, func.substr(text, 1, found - 1)), else_=text)


def opened(text: str) -> dict[str, Any]:
    """The fields of a JSON object of which `begin_of` left the first."""
    try:
        found = json.loads(text + "}")
    except ValueError:
        found = json.loads(text)
    return dict(found)
