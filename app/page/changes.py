"""What somebody asks of the changes between lists, and where else the same is told."""

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from app.assessment.watch import ChangesAsked
from app.desk import ChangesPage, encode
from app.faults import FieldWrong
from app.page import form
from app.page.form import FormWrong
from app.terms import whole_day

FILTERS = ("since", "until", "regime", "reference", "kind")
AT_ONCE = 25
"""Changes on one page."""
_DAYS = ("since", "until")


def asked(given: Mapping[str, str]) -> ChangesAsked:
    """Which changes are meant; FormWrong for a day or a kind that is none."""
    faults = []
    for name in _DAYS:
        try:
            whole_day(given.get(name) or "2000-01-01")
        except ValueError as error:
            faults.append(FieldWrong(field=name, words=str(error)))
    if faults:
        raise FormWrong(tuple(faults))
    return form.asked(ChangesAsked, {name: given.get(name) or None for name in FILTERS})


def told(given: Mapping[str, str], page: ChangesPage | None) -> dict[str, Any]:
    """What the page shows: the filters, the changes, and the addresses of the feed and of more."""
    shown = json.loads(encode(page)) if page else None
    query = {name: given[name] for name in FILTERS if given.get(name)}
    following = urlencode({**query, "after": shown["next"]}) if shown and shown["next"] else ""
    return {
        "given": given,
        "changes": shown,
        "feed": "/v1/changes.atom" + (f"?{urlencode(query)}" if query else ""),
        "following": f"/changes?{following}" if following else None,
    }
