"""What was asked before: the form, and the addresses of the pages before and after."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from app.history import HistoryAsked
from app.page import form
from app.page.form import Faults
from app.page.saying import Words

LIMIT = 25
"""Answers on a page."""
_FIELDS = ("words", "verdict", "day", "after")


def asked(given: Mapping[str, str], w: Words) -> HistoryAsked:
    """What is looked for; FormWrong with each field that is wrong."""
    found = form.nested({name: given[name] for name in _FIELDS if name in given})
    faults = Faults(w)
    if "verdict" in found and found["verdict"] not in w["verdicts"]:
        faults.add("verdict", "verdict")
    faults.check()
    return form.asked(HistoryAsked, found)


def addresses(given: Mapping[str, str], following: str | None) -> dict[str, Any]:
    """The same search from its beginning, and from where this page ends."""
    kept = {name: given[name] for name in ("of", *_FIELDS[:-1]) if given.get(name)}
    return {"again": urlencode(kept), "older": urlencode({**kept, "after": following or ""})}
