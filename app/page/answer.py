"""A saved answer as its page tells it: the bytes on record, and what is said beside them.

Nothing is decided here. What the answer holds is put in the order in which somebody asks: who,
where, when, what law, who says so, what is not known; and each source gets its place.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any

from app.terms import Entry
from app.where import fold

STANDINGS = ("identity", "measure", "scope", "exemption", "event")
_COUNTS = ("for", "against", "report", "plan", "neither")
MOST_RECORDS = 40
MOST_CLAIMS = 100
MOST_STATES = 8
MOST_NOTES = 12
"""A page shows so much of each, at most, and says how much it leaves to the JSON."""

Held = Callable[[str, str], Entry | None]
"""A record, by its reference and the SHA-256 of a list, as that list holds it."""


class _Older(dict[str, Any]):
    """What an older engine answered lacks what was added since: absent is null."""

    def __missing__(self, _key: str) -> None:
        return None


def read(body: bytes | str) -> dict[str, Any]:
    """The bytes of an answer or of its question, whichever engine wrote them."""
    found: dict[str, Any] = json.loads(body, object_hook=_Older)
    return found


def told(stored: Mapping[str, Any], question: Mapping[str, Any], held: Held) -> dict[str, Any]:
    """What the pages of an assessment show, beside what would change it."""
    states = list(stored["states"])
    lead = next(n for n, item in enumerate(states) if item["verdict"] == stored["verdict"])
    order = [lead, *(n for n in range(len(states)) if n != lead)]
    shown = [states[n] for n in order[:MOST_STATES]]
    records, anchors = _records([*shown, stored["legal_statements"]], held)
    said = claims(stored)
    numbers = {each["number"] for group in said for each in chain(*group["origins"])}
    return {
        "answer": stored,
        "question": question,
        "states": shown,
        "more_states": [states[n] for n in order[MOST_STATES:]],
        "brief": brief(stored, question, states[lead]),
        "claims": said,
        "more_claims": len(stored["claims"]) - len(numbers),
        "spoken": {
            claim["id"]: {**claim, "number": number if number in numbers else None}
            for number, claim in enumerate(stored["claims"], 1)
        },
        "drafts": any(claim["status"] == "draft" for claim in stored["claims"]),
        "records": records,
        "anchors": anchors,
    }


# ---------------------------------------------------------------- in short


def brief(
    stored: Mapping[str, Any], question: Mapping[str, Any], state: Mapping[str, Any]
) -> dict[str, Any]:
    """Who, where, when, what law, who says so, what is not known: of the leg that leads."""
    who, bound = state["identity"], state["measure"]
    by_reference = {item["reference"]: item for item in who["candidates"]}
    lead = None
    if bound is not None:
        lead = next((item for item in bound["measures"] if item["id"] == bound["lead"]), None)
    return {
        "name": question["traveller"]["name"],
        "meant": [by_reference[item] for item in who["left"] if item in by_reference],
        "state": state,
        "lead": lead,
        "says": {
            counts: _speakers(stored, state, counts)
            for counts in ("for", "against", "report", "plan")
        },
        "open": list(_open(stored, state)),
    }


def _speakers(
    stored: Mapping[str, Any], state: Mapping[str, Any], counts: str
) -> list[dict[str, Any]]:
    """Whose claims count so and stand, each once."""
    stands = {
        item["claim"]
        for item in state["event"]["claims"]
        if item["counts"] == counts and item["stands"]
    }
    found: dict[tuple[str, bool], dict[str, Any]] = {}
    for claim in stored["claims"]:
        if claim["id"] in stands:
            name, role = speaker(claim)
            named = claim["named"] and claim["side"] != "anonymous"
            found.setdefault((name, named), {"name": name, "role": role, "named": named})
    return list(found.values())


def speaker(claim: Mapping[str, Any]) -> tuple[str, str | None]:
    """Who speaks, and their office."""
    said = claim["speaker"]
    return (said, None) if isinstance(said, str) else (said["name"], said["role"])


_EVENT_OPEN = {
    "contested": "event_contested",
    "derivative": "event_unconfirmed",
    "single_named": "event_unconfirmed",
    "single_anonymous": "event_unconfirmed",
    "planned": "event_planned",
    "denied_only": "event_none",
    "none": "event_none",
}


def _open(stored: Mapping[str, Any], state: Mapping[str, Any]) -> Iterator[str]:
    """What is not known, as the names of the words for it."""
    if state["state"] is None:
        yield "state"
    if state["from"] is None:
        yield "day"
    if state["identity"]["standing"] not in ("identified", "discounted", "no_match"):
        yield "identity"
    if state["identity"]["standing"] == "no_match":
        yield "no_match"
    bound, scope, leave = state["measure"], state["scope"], state["exemption"]
    if bound is not None and bound["standing"] == "unknown":
        yield "measure_unknown"
    elif bound is not None and bound["certainty"] == "possible":
        yield "measure_possible"
    if state["disputed"]:
        yield "disputed"
    banned = bound is not None and bound["standing"] == "binding_ban"
    if banned and scope["standing"] == "nationality_unknown":
        yield "nationality"
    elif banned and scope["certainty"] == "possible":
        yield "scope_possible"
    if banned and leave["standing"] in ("claimed", "state_may_decide"):
        yield "leave_claimed"
    elif (
        banned
        and leave["standing"] == "none_found"
        and leave["committee_publishes"] in ("no", "partly", "not_known")
    ):
        yield f"leave_{leave['committee_publishes']}"
    elif banned and leave["certainty"] == "possible":
        yield "leave_possible"
    if state["event"]["standing"] in _EVENT_OPEN:
        yield _EVENT_OPEN[state["event"]["standing"]]
    if any(claim["status"] == "draft" for claim in stored["claims"]):
        yield "drafts"


# ---------------------------------------------------------------- who said what


def claims(stored: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The claims by what they count for, copies of one origin together; the first MOST_CLAIMS."""
    weighed: dict[str, dict[str, Any]] = {}
    for state in stored["states"]:
        for item in state["event"]["claims"]:
            weighed.setdefault(item["claim"], item)
    groups: dict[str, dict[str, list[dict[str, Any]]]] = {}
    found = []
    for number, claim in enumerate(stored["claims"], 1):
        item = weighed.get(claim["id"], {"counts": "neither", "stands": True, "words": ""})
        name, role = speaker(claim)
        found.append({**claim, "number": number, "name": name, "role": role, "weighed": item})
    found.sort(key=lambda each: _COUNTS.index(each["weighed"]["counts"]))
    for each in found[:MOST_CLAIMS]:
        origin = fold(each["origin"] or each["name"])
        group = groups.setdefault(each["weighed"]["counts"], {})
        group.setdefault(origin, []).append(each)
    return [
        {"counts": counts, "origins": list(origins.values())} for counts, origins in groups.items()
    ]


# ---------------------------------------------------------------- sources


def _citations(node: Any) -> Iterator[Mapping[str, Any]]:
    """Every source that an answer names, in its order."""
    if isinstance(node, Mapping):
        if "kind" in node and ("snapshot" in node or "measure" in node):
            yield node
        for below in node.values():
            yield from _citations(below)
    elif isinstance(node, list):
        for below in node:
            yield from _citations(below)


def _records(
    shown: Sequence[Any], held: Held
) -> tuple[list[dict[str, Any]], dict[str, dict[str, str]]]:
    """Records of lists that sources name, as they stood; and where each is on the page.

    One that several lists hold alike is shown once. The places are by reference, then by list.
    """
    found: dict[tuple[str, Entry], dict[str, Any]] = {}
    anchors: dict[str, dict[str, str]] = {}
    for cited in _citations(shown):
        reference, sha256 = cited.get("reference"), cited.get("snapshot")
        if not reference or not sha256 or sha256 in anchors.get(reference, {}):
            continue
        entry = held(reference, sha256)
        if entry is None or ((reference, entry) not in found and len(found) >= MOST_RECORDS):
            continue
        one = found.setdefault(
            (reference, entry),
            {"anchor": f"record-{len(found) + 1}", "entry": entry, "lists": []},
        )
        one["lists"].append(cited["generated"])
        anchors.setdefault(reference, {})[sha256] = one["anchor"]
    return list(found.values()), anchors


def footnotes(
    states: Sequence[Mapping[str, Any]],
) -> tuple[list[Mapping[str, Any]], list[dict[str, dict[str, Any]]]]:
    """The sources of the standings, each once, and the reasons with the numbers of theirs.

    Of each standing as many reasons as fit on paper, and how many more there are.
    """
    sources: dict[str, tuple[int, Mapping[str, Any]]] = {}

    def number(cited: Mapping[str, Any]) -> int:
        key = json.dumps(cited, sort_keys=True)
        return sources.setdefault(key, (len(sources) + 1, cited))[0]

    def noted(reasons: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
        return {
            "reasons": [
                {
                    "words": item["words"],
                    "notes": list(
                        dict.fromkeys(number(cited) for cited in item["citations"][:MOST_NOTES])
                    ),
                }
                for item in reasons[:MOST_NOTES]
            ],
            "more": max(0, len(reasons) - MOST_NOTES),
        }

    told_of = [
        {name: noted((state[name] or {"reasons": []})["reasons"]) for name in STANDINGS}
        for state in states
    ]
    return [cited for _, cited in sources.values()], told_of
