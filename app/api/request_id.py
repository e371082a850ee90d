"""The id of a request: what its caller, its problem and its log lines have in common.

It stands in headers, problems and logs, and never in an answer: the same question has the same
bytes, whoever asks and however often.
"""

import re
import secrets
from collections.abc import Iterable
from contextvars import ContextVar
from time import time_ns

HEADER = "X-Request-ID"

ID: ContextVar[str] = ContextVar("request_id", default="")
"""The id of the request that is being answered; empty where none is."""

_NAME = HEADER.lower().encode()
_FORM = re.compile(rb"[A-Za-z0-9._-]{1,64}")


def chosen(headers: Iterable[tuple[bytes, bytes]]) -> str:
    """The id that a caller gave, where it gave one of the form and no other; else a new one."""
    given = [value for name, value in headers if name == _NAME]
    if len(given) == 1 and _FORM.fullmatch(given[0]):
        return given[0].decode()
    return new()


def new() -> str:
    """A new id: the millisecond, so that ids sort by time, and eighty bits by chance."""
    return f"{time_ns() // 1_000_000:012x}{secrets.token_hex(10)}"
