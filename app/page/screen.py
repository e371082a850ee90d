"""The form for a name, and the question that it asks."""

from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from app.page import form
from app.page.form import Faults
from app.page.saying import Words
from app.terms import STATE_CODES
from app.where import Places

_NUMBERS = {"threshold": float, "limit": int}
_OF_A_TRAVELLER = (
    "name", "birth_date", "place_of_birth", "nationality", "gender", "role",
)  # fmt: skip


def question(given: Mapping[str, Any], places: Places, w: Words) -> dict[str, Any]:
    """The question that a form asks; FormWrong for what a form alone can get wrong."""
    asked = dict(given)
    if "nationality" in asked:
        words = str(asked["nationality"])
        asked["nationality"] = form.state(words, places)
        if asked["nationality"] not in STATE_CODES:
            faults = Faults(w)
            faults.add("nationality", "state", words=words[:80])
            faults.check()
    for name, kind in _NUMBERS.items():
        if name in asked:
            # What is no number stays as it was written: whoever validates says so.
            with suppress(TypeError, ValueError):
                asked[name] = kind(asked[name])
    return asked


def told(given: Mapping[str, str], answer: dict[str, Any] | None = None) -> dict[str, Any]:
    """What the page shows: the fields as they were sent, and the answer to them."""
    lists = answer["snapshots"]["lists"] if answer else []
    return {
        "given": given,
        "answer": answer,
        "full": [item for item in lists if item["list_kind"] == "full"],
        "supplements": [item for item in lists if item["list_kind"] != "full"],
        # What a form about a journey of one of the candidates begins with.
        "traveller": {
            f"traveller.{name}": given[name] for name in _OF_A_TRAVELLER if given.get(name)
        }
        | ({"traveller.document.number": given["document"]} if given.get("document") else {}),
    }
