"""The form for who, where and when, and the question that it asks."""

from collections.abc import Mapping
from typing import Any

from app.faults import FieldWrong
from app.page import form
from app.page.form import FormWrong
from app.terms import STATE_CODES
from app.where import Places

_MOST = {"legs": 50, "claims": 500}
_STATES = ("nationality", "state", "speaker_state")


def told(given: Mapping[str, str], more: str = "") -> dict[str, Any]:
    """What the form shows: the fields as they were sent, and how many entries it has."""
    counts = {name: max(_count(given, name), name == "legs") for name in _MOST}
    if more in _MOST:
        counts[more] = min(counts[more] + 1, _MOST[more])
    return {"given": given, "legs": counts["legs"], "claims": counts["claims"]}


def _count(given: Mapping[str, str], name: str) -> int:
    numbers = [field.split(".")[1] for field in given if field.startswith(f"{name}.")]
    return max((int(number) + 1 for number in numbers if number.isdigit()), default=0)


def question(given: dict[str, Any], places: Places) -> dict[str, Any]:
    """The question that a form asks; FormWrong for what a form alone can get wrong."""
    faults: list[FieldWrong] = []
    asked = {name: part for name, part in given.items() if part}
    traveller = _mapping(asked.get("traveller"))
    asked["traveller"] = _with_states(traveller, "traveller", places, faults)
    asked["legs"] = [
        {"state": None, "from": None}
        | _with_states(_purposeful(_mapping(leg)), f"legs.{number}", places, faults)
        for number, leg in enumerate(_list(asked.get("legs")) or [{}])
    ]
    asked["claims"] = [
        _claim(_with_states(_mapping(claim), f"claims.{number}", places, faults), number, faults)
        for number, claim in enumerate(_list(asked.get("claims")))
    ]
    if faults:
        raise FormWrong(tuple(faults))
    return asked


def _purposeful(leg: dict[str, Any]) -> dict[str, Any]:
    """A purpose that only words are given of is some other purpose."""
    purpose = _mapping(leg.get("purpose"))
    return {**leg, "purpose": {"kind": "other", **purpose}} if purpose else leg


def _claim(claim: dict[str, Any], number: int, faults: list[FieldWrong]) -> dict[str, Any]:
    """A statement with the types that JSON would have."""
    found = dict(claim)
    role = found.pop("speaker_role", None)
    if role and "speaker" in found:
        found["speaker"] = {"name": found["speaker"], "role": role}
    if found.get("named") in ("true", "false"):
        found["named"] = found["named"] == "true"
    if "legs" in found:
        parts = str(found["legs"]).replace(",", " ").split()
        if parts and all(part.isdigit() and 0 < int(part) <= _MOST["legs"] for part in parts):
            found["legs"] = [int(part) - 1 for part in parts]
        else:
            words = "is not the numbers of States above, such as 1 or 1, 2"
            faults.append(FieldWrong(field=f"claims.{number}.legs", words=words))
    return found


def _with_states(
    part: dict[str, Any], path: str, places: Places, faults: list[FieldWrong]
) -> dict[str, Any]:
    """The same with each State by its code."""
    found = dict(part)
    for name in _STATES:
        if name in found:
            words = str(found[name])
            code = form.state(words, places)
            if code not in STATE_CODES:
                said = f"“{words[:80]}” is no State that is known here; give its name or its code"
                faults.append(FieldWrong(field=f"{path}.{name}", words=said))
            found[name] = code
    return found


def shown(question: Mapping[str, Any], places: Places) -> dict[str, Any]:
    """A question as the form shows it: States by name, speakers apart from their offices."""
    found: dict[str, Any] = {**question}
    found["traveller"] = _named(question["traveller"], places)
    found["legs"] = [_named(leg, places) for leg in question["legs"]]
    claims = []
    for claim in question.get("claims", ()):
        if claim["type"] in ("legal_statement", "exemption_statement"):
            continue  # the form has no fields for what these hold
        each = _named({name: item for name, item in claim.items() if name != "part"}, places)
        if isinstance(each["speaker"], Mapping):
            each |= {"speaker": each["speaker"]["name"], "speaker_role": each["speaker"]["role"]}
        claims.append(each)
    return {**found, "claims": claims}


def _named(part: Mapping[str, Any], places: Places) -> dict[str, Any]:
    return {
        name: places.name(item) if name in _STATES and item else item for name, item in part.items()
    }


def _mapping(given: Any) -> dict[str, Any]:
    return dict(given) if isinstance(given, Mapping) else {}


def _list(given: Any) -> list[Any]:
    return given if isinstance(given, list) else []
