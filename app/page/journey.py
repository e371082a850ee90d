"""The form for who, where and when, and the question that it asks.

Entries have numbers from 1 on the page, and point at each other by them: a statement at States and
at earlier statements, a purpose at a statement. In the question legs are numbered from 0, and
statements have names.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from app.faults import FieldWrong
from app.page import form
from app.page.form import Faults
from app.page.saying import Words
from app.terms import STATE_CODES
from app.where import Places

_MOST = {"legs": 50, "claims": 500}
_STATES = ("nationality", "state", "speaker_state", "country")
_FLAGS = ("named", "first_hand", "in_force")
_TYPES = {"law": "legal_statement", "exemption": "exemption_statement"}
"""Statements that have fields of their own, by the name of what holds these."""

_LEG = ("state", "place", "from", "to", "kind")
_CLAIM = ("speaker", "type", "side", "named", "origin", "said_on")
"""What is always in sight; whatever else an entry has is one click away."""

_NUMBER = re.compile(r"(?<!\d)\d{1,4}(?!\d)")
_POINTS = re.compile(r"claims\.\d+\.target|legs\.\d+\.purpose\.claim")

_FIELD_OF = (
    (r"^(claims\.\d+\.speaker)\.name$", r"\1"),
    (r"^(claims\.\d+)\.speaker\.role$", r"\1.speaker_role"),
    (r"^(claims\.\d+\.(?:legs|part\.with|law\.measure))\.\d+$", r"\1"),
    (r"^(claims\.\d+\.quote)\..+$", r"\1"),
    (r"^(claims\.\d+\.part)$", r"\1.kind"),
    (r"^(traveller\.document)$", r"\1.number"),
    (r"^(source)$", r"\1.kind"),
)
"""Where the form has a field under another name than the question."""


def told(
    given: Mapping[str, str], more: str = "", faults: Sequence[FieldWrong] = ()
) -> dict[str, Any]:
    """What the form shows: the fields as they were sent, how many entries it has, which of its
    parts are open, and how many fields of each are filled in.

    `more` asks for another entry: `legs`, `claims`, or a statement on the `law` or an `exemption`.
    """
    counts = {name: max(_count(given, name), name == "legs") for name in _MOST}
    kind = "claims" if more in _TYPES else more
    shown = dict(given)
    if kind in _MOST and counts[kind] < _MOST[kind]:
        if more in _TYPES:
            shown[f"claims.{counts[kind]}.type"] = _TYPES[more]
        counts[kind] += 1
    wrong = tuple(FieldWrong(field=_field(item.field), words=item.words) for item in faults)
    return {
        "given": shown,
        "faults": wrong,
        "legs": counts["legs"],
        "claims": counts["claims"],
        "opened": {_part(item.field) for item in wrong} | _of_type(shown),
        "filled": Counter(_part(name) for name, text in shown.items() if text),
    }


def _count(given: Mapping[str, str], name: str) -> int:
    numbers = [field.split(".")[1] for field in given if field.startswith(f"{name}.")]
    found = (int(number) + 1 for number in numbers if form.is_place(number))
    return min(max(found, default=0), _MOST[name])


def _field(name: str) -> str:
    """The field of the form that a fault of the question is about."""
    for pattern, meant in _FIELD_OF:
        name = re.sub(pattern, meant, name)
    return name


def _part(name: str) -> str | None:
    """The part of the form that holds a field, by its name; null for what is always in sight."""
    top, _, below = name.partition(".")
    if top not in _MOST:
        return None if name == "traveller.name" else top if below else "clocks"
    number, _, field = below.partition(".")
    inner = field.partition(".")[0]
    if inner in _TYPES and top == "claims":
        return f"{top}.{number}.{inner}"
    return None if field in (_LEG if top == "legs" else _CLAIM) else f"{top}.{number}"


def _of_type(given: Mapping[str, str]) -> set[str]:
    """The parts that a statement has because of what it does."""
    return {
        name.replace("type", inner)
        for name, text in given.items()
        for inner, kind in _TYPES.items()
        if text == kind and re.fullmatch(r"claims\.\d+\.type", name)
    }


# ---------------------------------------------------------------- what was sent


def tidy(sent: Mapping[str, str], w: Words) -> dict[str, str]:
    """The fields without blanks, and without entries that were left empty.

    Those after an empty one move up, and what points at them by number follows.
    """
    used: dict[str, set[int]] = {name: set() for name in _MOST}
    for name, text in sent.items():
        top, _, below = name.partition(".")
        number = below.partition(".")[0]
        if top in used and text.strip() and form.is_place(number):
            used[top].add(int(number))
    moved = {
        top: {old + 1: new for new, old in enumerate(sorted(numbers), start=1)}
        for top, numbers in used.items()
    }
    found = form.flat(form.nested(sent))
    ids = {text for name, text in found.items() if re.fullmatch(r"claims\.\d+\.id", name)}
    for name, text in found.items():
        if re.fullmatch(r"claims\.\d+\.legs", name):
            found[name] = _NUMBER.sub(lambda one: _after(one[0], moved["legs"], w), text)
        elif _POINTS.fullmatch(name) and text not in ids and _NUMBER.fullmatch(text):
            found[name] = _after(text, moved["claims"], w)
    return found


def _after(number: str, moved: Mapping[int, int], w: Words) -> str:
    """The number that an entry has now; one that was left empty can be pointed at no more."""
    old = int(number)
    if old in moved:
        return str(moved[old])
    if moved and old <= max(moved):
        return str(w["faults"]["left_empty"].format(n=number))
    return number


# ---------------------------------------------------------------- form to question


def question(given: Mapping[str, Any], places: Places, w: Words) -> dict[str, Any]:
    """The question that a form asks; FormWrong for what a form alone can get wrong.

    `given` are its fields as objects and lists.
    """
    faults, measures = Faults(w), w["measure_kinds"]
    asked = {name: part for name, part in given.items() if part}
    traveller = _with_states(_mapping(asked.get("traveller")), "traveller", places, faults)
    if isinstance(traveller.get("document"), Mapping):
        at = "traveller.document"
        traveller["document"] = _with_states(traveller["document"], at, places, faults)
    asked["traveller"] = traveller
    claims = [_mapping(claim) for claim in _list(asked.get("claims"))]
    names = _names(claims)
    asked["legs"] = [
        {"state": None, "from": None}
        | _with_states(_purposeful(_mapping(leg), names), f"legs.{number}", places, faults)
        for number, leg in enumerate(_list(asked.get("legs")) or [{}])
    ]
    asked["claims"] = [
        _claim(
            _with_states(claim, f"claims.{number}", places, faults), number, names, measures, faults
        )
        for number, claim in enumerate(claims)
    ]
    faults.check()
    return asked


def _names(claims: Sequence[Mapping[str, Any]]) -> list[str]:
    """The name of each statement: its own, or c1, c2 … by its place, as an answer names it."""
    own = {str(claim["id"]) for claim in claims if claim.get("id")}
    found = []
    for number, claim in enumerate(claims, start=1):
        name = str(claim.get("id") or f"c{number}")
        while not claim.get("id") and name in own:
            name += "_"
        found.append(name)
    return found


def _named_by(words: Any, names: Sequence[str]) -> Any:
    """The name of a statement that somebody gave by its number, or by its name."""
    if words in names or not isinstance(words, str) or not _NUMBER.fullmatch(words):
        return words
    place = int(words)
    return names[place - 1] if 0 < place <= len(names) else words


def _purposeful(leg: dict[str, Any], names: Sequence[str]) -> dict[str, Any]:
    """A purpose that only words are given of is some other purpose."""
    purpose = _mapping(leg.get("purpose"))
    if not purpose:
        return leg
    if "claim" in purpose:
        purpose["claim"] = _named_by(purpose["claim"], names)
    return {**leg, "purpose": {"kind": "other", **purpose}}


def _claim(
    claim: dict[str, Any],
    number: int,
    names: Sequence[str],
    measures: Mapping[str, str],
    faults: Faults,
) -> dict[str, Any]:
    """A statement with the types that JSON would have."""
    found = _with_flags(claim)
    role = found.pop("speaker_role", None)
    if role and "speaker" in found:
        found["speaker"] = {"name": found["speaker"], "role": role}
    if "legs" in found:
        parts = str(found["legs"]).replace(",", " ").split()
        if parts and all(re.fullmatch("[1-9][0-9]?", part) for part in parts):
            found["legs"] = [int(part) - 1 for part in parts]
        else:
            faults.add(f"claims.{number}.legs", "legs_above")
    if "target" in found:
        found["target"] = _named_by(found["target"], names[:number])
    if isinstance(found.get("part"), Mapping):
        part = dict(found["part"])
        if isinstance(part.get("with"), str):
            part["with"] = [name.strip() for name in part["with"].split(";") if name.strip()]
        found["part"] = part if len(part) > ("kind" in part) else part["kind"]
    if isinstance(found.get("law"), Mapping):
        law = _with_flags(found["law"])
        if isinstance(law.get("measure"), str):
            law["measure"] = _measures(law["measure"], measures)
        found["law"] = law
    if isinstance(found.get("grade"), Mapping):
        grade = dict(found["grade"])
        if grade.get("information") in ("1", "2", "3", "4", "5", "6"):
            grade["information"] = int(grade["information"])
        found["grade"] = grade
    return found


def _with_flags(part: Mapping[str, Any]) -> dict[str, Any]:
    """The same with what is true or false as such."""
    return {
        name: text == "true" if name in _FLAGS and text in ("true", "false") else text
        for name, text in part.items()
    }


def _measures(text: str, measures: Mapping[str, str]) -> str:
    """Kinds of measures by their names: those of the page's own language are understood too."""
    found = text.casefold()
    for name, words in sorted(measures.items(), key=lambda item: -len(item[1])):
        found = found.replace(words.casefold(), name)
    return found


def _with_states(
    part: Mapping[str, Any], path: str, places: Places, faults: Faults
) -> dict[str, Any]:
    """The same with each State by its code."""
    found = dict(part)
    for name in _STATES:
        if name in found:
            words = str(found[name])
            code = form.state(words, places)
            if code not in STATE_CODES:
                faults.add(f"{path}.{name}", "state", words=words[:80])
            found[name] = code
    return found


# ---------------------------------------------------------------- question to form


def shown(
    question: Mapping[str, Any], places: Places, measures: Mapping[str, str]
) -> dict[str, Any]:
    """A question as the form shows it: the other way round.

    Words of a text are shown without the places where they stood in it.
    """
    found: dict[str, Any] = {**question}
    traveller = _states_named(question["traveller"], places)
    if traveller.get("document"):
        document = traveller["document"]
        given = document if isinstance(document, Mapping) else {"number": document}
        traveller["document"] = _states_named(given, places)
    found["traveller"] = traveller
    claims = question.get("claims") or ()
    names = _names(claims)
    found["legs"] = []
    for leg in question["legs"]:
        each = _states_named(leg, places)
        if (each.get("purpose") or {}).get("claim"):
            claim = _numbered(each["purpose"]["claim"], names)
            each["purpose"] = {**each["purpose"], "claim": claim}
        found["legs"].append(each)
    found["claims"] = [
        _claim_shown(_states_named(claim, places), names[:number], measures)
        for number, claim in enumerate(claims)
    ]
    return found


def _claim_shown(
    claim: dict[str, Any], earlier: Sequence[str], measures: Mapping[str, str]
) -> dict[str, Any]:
    found = dict(claim)
    if isinstance(found.get("speaker"), Mapping):
        speaker = found["speaker"]
        found |= {"speaker": speaker["name"], "speaker_role": speaker.get("role")}
    if found.get("legs"):
        found["legs"] = ", ".join(str(number + 1) for number in found["legs"])
    if found.get("target"):
        found["target"] = _numbered(found["target"], earlier)
    if isinstance(found.get("quote"), Mapping):
        found["quote"] = found["quote"]["text"]
    part = found.get("part")
    if isinstance(part, Mapping):
        whom = part.get("with")
        whom = whom if whom is None or isinstance(whom, str) else "; ".join(whom)
        found["part"] = {"kind": part["kind"], "with": whom}
    elif part:
        found["part"] = {"kind": part}
    if found.get("law"):
        said = found["law"]["measure"]
        said = said if isinstance(said, str) else ", ".join(said)
        words = re.sub(r"[a-z_]+", lambda one: measures.get(one[0], one[0]), said)
        found["law"] = {**found["law"], "measure": words}
    return found


def _numbered(name: str, names: Sequence[str]) -> str:
    """The number of a statement of this name, unless that is the name of another."""
    if name not in names:
        return name
    number = str(names.index(name) + 1)
    return name if number in names else number


def _states_named(part: Mapping[str, Any], places: Places) -> dict[str, Any]:
    return {
        name: places.name(item) if name in _STATES and item else item for name, item in part.items()
    }


def _mapping(given: Any) -> dict[str, Any]:
    return dict(given) if isinstance(given, Mapping) else {}


def _list(given: Any) -> list[Any]:
    return given if isinstance(given, list) else []
