"""What was asked before: the form, and the addresses of the pages before and after."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from app.faults import FieldWrong
from app.history import HistoryAsked
from app.page import form
from app.page.form import FormWrong

LIMIT = 25
"""Answers on a page."""
_FIELDS = ("words", "verdict", "day", "after")


def asked(given: Mapping[str, str], verdicts: Mapping[str, Any]) -> HistoryAsked:
    """What is looked for; FormWrong with each field that is wrong."""
    found = form.nested({name: given[name] for name in _FIELDS if name in given})
    if found.get("verdict", next(iter(verdicts))) not in verdicts:
        raise FormWrong((FieldWrong(field="verdict", words="is no verdict"),))
    return form.asked(HistoryAsked, found)


def addresses(given: Mapping[str, str], following: str | None) -> dict[str, Any]:
    """The same search from its beginning, and from where this page ends."""
    kept = {name: given[name] for name in ("of", *_FIELDS[:-1]) if given.get(name)}
    return {"again": urlencode(kept), "older": urlencode({**kept, "after": following or ""})}
