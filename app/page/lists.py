"""Lists on record and set aside, and what somebody decides about one."""

from collections.abc import Mapping
from typing import Any

from app.assessment.signed import signature
from app.desk import Desk, NotOnRecord
from app.page import form
from app.store.facts import ListStatus
from app.terms import Text, value

AT_ONCE = 50
"""Lists on one page."""
RUNS = 10
"""Runs of the refresh that are told of."""


@value
class Decision:
    """What somebody says who decides about a list."""

    because: Text
    who: Text | None = None
    """Left out with a key: then it is the key's."""


def decision(given: Mapping[str, Any], signs: str | None) -> tuple[str, str]:
    """Why, and who decides; FormWrong or Refused where either is missing or another's."""
    found = form.asked(Decision, given)
    return found.because, signature("who", found.who, signs)


def one(desk: Desk, sha256: str) -> ListStatus:
    """The list of this SHA-256, written out; NotOnRecord when none is here."""
    for found in desk.lists_status():
        if found.sha256 == sha256:
            return found
    raise NotOnRecord(sha256)
