"""The page of a reference: what is on record of it, gathered from the desk's own answers."""

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from app.assessment.watch import ChangesAsked
from app.desk import Desk, NotOnRecord, encode
from app.lists.un_xml import reference_number
from app.page import timeline
from app.page.picture import pictures
from app.page.saying import Words
from app.terms import DayOrInstant, Instant, value

MOST_CHANGES = 50
MOST_ASSESSMENTS = 20
FEW = 2


@value
class Clocks:
    """The two clocks by which a page is read."""

    as_of: DayOrInstant | None = None
    known_at: Instant | None = None


def canonical(desk: Desk, written: str) -> str:
    """A reference as it is on record, however it was written; NotOnRecord where none is."""
    listed = desk.record().listed
    for name in (written, written.strip(), reference_number(written)):
        if name in listed:
            return str(name)
    raise NotOnRecord(written)


def told(desk: Desk, reference: str, clocks: Clocks, may_assess: bool, w: Words) -> dict[str, Any]:
    """What the page of a reference shows; NotOnRecord, KnownAtInFuture."""
    person = as_json(desk.person(reference, clocks.as_of, clocks.known_at))
    held = desk.held(reference, clocks.as_of, clocks.known_at)
    about = ChangesAsked(since=None, until=None, regime=None, reference=reference, kind=None)
    changes = desk.changes(about, clocks.known_at, MOST_CHANGES, None)
    saved = desk.assessments(MOST_ASSESSMENTS, None, reference) if may_assess else None
    facts = timeline.of_person(person, held.entry.amended_on if held else (), w)
    title = w["timeline"]["title"].format(who=f"{person['name']} ({reference})")
    return {
        "person": person,
        "held": held and as_json(held),
        "timeline": pictures(facts, "timeline", title, w),
        "listings": [item | few(item["citations"]) for item in person["designations"]],
        "disputes": [each for item in person["regimes"] for each in item["disputes"]],
        "changes": as_json(changes)["items"],
        "more_changes": changes.next is not None,
        "may_assess": may_assess,
        "saved": as_json(saved)["items"] if saved else [],
        "more_saved": saved is not None and saved.next is not None,
    }


def few(citations: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """The sources that a page shows of many, and how many more lists there are.

    Every night brings a list that says the same as the one before.
    """
    lists = [cited for cited in citations if cited["kind"] == "snapshot"]
    others = [cited for cited in citations if cited["kind"] != "snapshot"]
    more = max(len(lists) - 2 * FEW, 0)
    return {"few": [*(lists[:FEW] + lists[-FEW:] if more else lists), *others], "more": more}


def as_json(answer: object) -> Any:
    """An answer of the desk as it is on the wire."""
    return json.loads(encode(answer))


def file_name(reference: str) -> str:
    """What a browser may call the record of a reference."""
    return re.sub(r"[^A-Za-z0-9.]+", "-", reference) + ".json"


def queried(query: Mapping[str, str]) -> dict[str, str]:
    """The clocks as a form wrote them; what is left empty is left out."""
    return {
        name: query[name].strip() for name in ("as_of", "known_at") if query.get(name, "").strip()
    }
