"""The form by which an answer about a text is reviewed, and the review that it gives.

Its fields are named by their path in the review, with the number that a claim has in the answer:
`decisions.3.claim_as.side`. A claim that is left as it is has no place in the review, so that
numbers there and numbers in the form differ: `Asked` holds both, and brings each fault home.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from app.assessment.article import ReviewGiven
from app.faults import FieldWrong
from app.page import form
from app.page.articles import Told
from app.page.form import Faults, FormWrong
from app.page.saying import Words
from app.terms import STATE_CODES, value
from app.where import Places

MOST_ADDED = 100
FEW = 12
"""Claims of an answer up to which the fields of each are on its page from the beginning."""
NEW = "new"
"""A claim's journey: one that was not found yet."""

MOST_LEGS = 3
"""States of a journey that is added."""

_LEG = ("state", "place", "from")
_LAW = ("measure", "strength", "authority", "since", "until")
_ADDED = (
    "claim.quote", "claim.nth", "claim.type", "claim.speaker", "claim.speaker_role",
    "claim.speaker_state", "claim.side", "claim.named", "claim.origin", "claim.said_on",
    "claim.legs", "claim.grade.source", "claim.grade.information", "claim.exemption.status",
    "claim.law.measure", "claim.law.since", "journey", "person.name", "person.role",
    *(f"legs.{number}.{name}" for number in range(MOST_LEGS) for name in _LEG),
)  # fmt: skip


@value
class Asked:
    """A review as a form gives it."""

    review: dict[str, Any]
    decided: tuple[int, ...]
    """For each decision of the review, the number of its claim in the form."""
    added: tuple[int, ...]
    """The same for what is added."""
    meant: tuple[int, ...]
    """The same for who is meant, by journey."""
    known: frozenset[str]
    """The fields of the form."""

    def as_review(self) -> ReviewGiven:
        """The review; FormWrong where it is none."""
        try:
            return form.asked(ReviewGiven, self.review)
        except FormWrong as error:
            raise FormWrong(self.home(error.faults)) from error

    def home(self, faults: Iterable[FieldWrong]) -> tuple[FieldWrong, ...]:
        """The faults, each at the field of the form that it is about."""
        return tuple(FieldWrong(field=self._field(item.field), words=item.words) for item in faults)

    def _field(self, path: str) -> str:
        group, _, rest = path.partition(".")
        number, _, inner = rest.partition(".")
        places = {"decisions": self.decided, "added": self.added, "meant": self.meant}.get(group)
        if places is None or not number.isdigit():
            return path
        path = f"{group}.{places[int(number)]}.{inner}"
        for name, own in (("speaker.name", "speaker"), ("speaker.role", "speaker_role")):
            path = path.replace(name, own)
        at = path
        while at.count(".") > 1:
            if at in self.known:
                return at
            at = at.rpartition(".")[0]
        first = "status" if group == "decisions" else _ADDED[0] if group == "added" else "reference"
        below = (name for name in sorted(self.known) if name.startswith(f"{path}."))
        return next(below, f"{group}.{places[int(number)]}.{first}")


def prefilled(answer: Told, places: Places) -> dict[str, str]:
    """What the form says before anybody has written in it: each claim as it stands."""
    found: dict[str, str] = {}
    for number, claim in enumerate(answer["claims"]):
        at = f"decisions.{number}"
        found |= {f"{at}.status": "", f"{at}.document": ""}
        grade = claim["grade"] or {"source": None, "information": None}
        found |= {f"{at}.grade.{name}": _text(grade[name]) for name in ("source", "information")}
        found |= {f"{at}.claim_as.{name}": text for name, text in _fields(claim, places).items()}
    for number, journey in enumerate(answer["journeys"]):
        found[f"meant.{number}.reference"] = _text(journey["reference"])
    return found


def _fields(claim: Told, places: Places) -> dict[str, str]:
    """What of a claim can be changed, as a form says it."""
    speaker = claim["speaker"]
    named = isinstance(speaker, Mapping)
    found = {
        "type": claim["type"],
        "speaker": speaker["name"] if named else speaker,
        "speaker_role": _text(speaker.get("role")) if named else "",
        "speaker_state": places.name(claim["speaker_state"]) if claim["speaker_state"] else "",
        "side": claim["side"],
        "named": _text(claim["named"]),
        "origin": _text(claim["origin"]),
        "said_on": _text(claim["said_on"]),
        "legs": ", ".join(str(leg + 1) for leg in claim["legs"] or ()),
    }
    if claim["exemption"] or claim["type"] == "exemption_statement":
        found["exemption.status"] = _text((claim["exemption"] or {}).get("status"))
    if claim["law"] or claim["type"] == "legal_statement":
        law = claim["law"] or {}
        found |= {f"law.{name}": _text(law.get(name)) for name in _LAW}
    return found


def _text(given: Any) -> str:
    if isinstance(given, bool):
        return "true" if given else "false"
    if isinstance(given, list | tuple):
        return ", ".join(map(str, given))
    return "" if given is None else str(given)


def _of_claims(names: Iterable[str], *groups: str) -> set[int]:
    """The claims of which one of these fields is a field of one of these kinds."""
    parts = (name.split(".") for name in names)
    return {
        int(part[1])
        for part in parts
        if part[0] == "decisions" and len(part) > 2 and part[1].isdigit() and part[2] in groups
    }


def how_many_added(given: Mapping[str, str]) -> int:
    """How many claims a form adds, those that are still empty too."""
    numbers = [name.split(".")[1] for name in given if name.startswith("added.")]
    most = max((int(each) + 1 for each in numbers if each.isdigit() and len(each) < 4), default=0)
    return min(most, MOST_ADDED)


def _added(many: int) -> set[str]:
    """The fields of so many claims that are added."""
    return {f"added.{number}.{name}" for number in range(many) for name in _ADDED}


def asked(
    sent: Mapping[str, str], answer: Told, text: str, places: Places, signs: str | None, w: Words
) -> Asked:
    """The review that a form gives of an answer; FormWrong for what a form alone gets wrong."""
    before = prefilled(answer, places)
    faults = Faults(w)
    known = frozenset({*before, *_added(how_many_added(sent)), "by", "article"})
    for name in sorted(sent.keys() - known)[:20]:
        faults.add(name[:100], "strange")
    faults.check()
    given = {name: said.strip() for name, said in sent.items()}
    by = signs or given.get("by") or None
    decisions, decided = [], []
    for number, claim in enumerate(answer["claims"]):
        decision = _decision(number, claim, given, before, by, places, faults)
        if decision is not None:
            decisions.append(decision)
            decided.append(number)
    added, of_added = [], []
    for number in range(how_many_added(sent)):
        at = f"added.{number}."
        entry = {name: said for name in _ADDED if (said := given.get(at + name, ""))}
        if entry:
            # The words are held against the text as they were sent.
            entry |= {"claim.quote": sent.get(f"{at}claim.quote", "")}
            added.append(_addition(at, entry, answer, text, places, faults))
            of_added.append(number)
    meant, of_meant = [], []
    for number, journey in enumerate(answer["journeys"]):
        name = f"meant.{number}.reference"
        if given.get(name, before[name]) != before[name]:
            meant.append({"journey": journey["id"], "reference": given[name] or None})
            of_meant.append(number)
    if not (decisions or added or meant or faults.found):
        faults.add("decisions", "nothing_decided")
    faults.check()
    review = {
        "by": by,
        "article": answer["id"],
        "decisions": decisions,
        "added": added,
        "meant": meant,
    }
    return Asked(
        review=review,
        decided=tuple(decided),
        added=tuple(of_added),
        meant=tuple(of_meant),
        known=known,
    )


def _decision(
    number: int,
    claim: Told,
    given: Mapping[str, str],
    before: Mapping[str, str],
    by: str | None,
    places: Places,
    faults: Faults,
) -> dict[str, Any] | None:
    """What is decided about one claim; null where it is left as it is."""
    at = f"decisions.{number}."
    status = given.get(f"{at}status", "")
    changed = {
        name.removeprefix(f"{at}claim_as."): given[name]
        for name in before
        if name.startswith(f"{at}claim_as.") and given.get(name, before[name]) != before[name]
    }
    grade = _grade(f"{at}grade", given, faults)
    graded = grade is not None and grade != claim["grade"]
    document = bool(given.get(f"{at}document"))
    if not status:
        if changed or graded or document:
            faults.add(f"{at}status", "changed_undecided" if changed else "graded_undecided")
        return None
    if (status == "changed") != bool(changed):
        faults.add(f"{at}status", "unchanged" if status == "changed" else "changed_otherwise")
        return None
    found: dict[str, Any] = {"claim": claim["id"], "status": status}
    if graded:
        found["grade"] = grade
    if document:
        found["accepted_by"] = by
    if changed:
        found["claim_as"] = _changed(f"{at}claim_as.", claim, changed, by, places, faults)
    return found


def _grade(at: str, given: Mapping[str, str], faults: Faults) -> dict[str, Any] | None:
    source, information = (given.get(f"{at}.{name}", "") for name in ("source", "information"))
    if bool(source) != bool(information):
        missing = "information" if source else "source"
        faults.add(f"{at}.{missing}", "half_a_grade")
    if not (source and information):
        return None
    return {"source": source, "information": _whole(information)}


def _whole(said: str) -> int | str:
    return int(said) if re.fullmatch(r"[0-9]{1,4}", said) else said


def _changed(
    at: str,
    claim: Told,
    changed: Mapping[str, str],
    by: str | None,
    places: Places,
    faults: Faults,
) -> dict[str, Any]:
    """The whole claim as it should stand: as it was, but for what was changed."""
    speaker = claim["speaker"]
    whole = dict(speaker) if isinstance(speaker, Mapping) else {"name": speaker}
    if "speaker" in changed or "speaker_role" in changed:
        name = changed.get("speaker", whole["name"])
        role = changed.get("speaker_role", whole.get("role"))
        speaker = {"name": name, "role": role} if role else name
    parts = {group: dict(claim[group] or {}) for group in ("exemption", "law")}
    found = {**claim, "speaker": speaker}
    for name, said in changed.items():
        group, _, inner = name.partition(".")
        if inner:
            parts[group][inner] = said or None
            said_at_all = any(parts[group].get(each) for each in (*_LAW, "status"))
            found[group] = parts[group] if said_at_all else None
        elif group not in ("speaker", "speaker_role"):
            found[group] = _value(at + name, group, said, places, faults)
    if found["accepted_by"] not in (None, by):
        found["accepted_by"] = None  # what somebody else accepted was the claim as it stood
    return found


def _value(at: str, name: str, said: str, places: Places, faults: Faults) -> Any:
    """What a field of a claim says, as JSON has it."""
    if not said:
        return None
    if name == "named" and said in ("true", "false"):
        return said == "true"
    if name in ("speaker_state", "state"):
        code = form.state(said, places)
        if code not in STATE_CODES:
            faults.add(at, "state", words=said[:80])
        return code
    if name == "legs":
        numbers = said.replace(",", " ").split()
        if all(re.fullmatch(r"[1-9][0-9]?", each) for each in numbers):
            return [int(each) - 1 for each in numbers]
        faults.add(at, "legs_of_journey")
        return None
    return said


def _addition(
    at: str,
    entry: Mapping[str, str],
    answer: Told,
    text: str,
    places: Places,
    faults: Faults,
) -> dict[str, Any]:
    """A claim that was not found, with its place in the text."""
    claim: dict[str, Any] = {"published_on": answer["document"]["published_on"]}
    for name in ("type", "side", "named", "speaker", "speaker_state", "origin", "said_on", "legs"):
        if f"claim.{name}" in entry:
            said = entry[f"claim.{name}"]
            claim[name] = _value(f"{at}claim.{name}", name, said, places, faults)
    for name in ("type", "side", "named", "speaker"):
        if name not in claim:
            faults.add(f"{at}claim.{name}", "missing")
    if "claim.speaker_role" in entry:
        claim["speaker"] = {"name": claim.get("speaker"), "role": entry["claim.speaker_role"]}
    for group, names in (("exemption", ("status",)), ("law", ("measure", "since"))):
        inner = {name: entry[at_] for name in names if (at_ := f"claim.{group}.{name}") in entry}
        if inner:
            claim[group] = inner
    claim["grade"] = _grade(f"{at}claim.grade", {at + k: v for k, v in entry.items()}, faults)
    claim["quote"] = _quoted(at, entry, text, faults)
    found: dict[str, Any] = {"claim": claim}
    journey = entry.get("journey", "")
    journeys = answer["journeys"]
    if journey == NEW:
        person = {"name": entry.get("person.name"), "role": entry.get("person.role")}
        if person["name"] is None:
            faults.add(f"{at}person.name", "whose_journey")
        found |= {"person": person, "legs": _legs(at, entry, places, faults)}
    elif any(name.startswith(("person.", "legs.")) for name in entry):
        faults.add(f"{at}journey", "not_new")
    elif journey.isdigit() and len(journey) < 5 and int(journey) < len(journeys):
        found["journey"] = journeys[int(journey)]["id"]
    elif journey:
        faults.add(f"{at}journey", "no_journey")
    return found


def _legs(
    at: str, entry: Mapping[str, str], places: Places, faults: Faults
) -> list[dict[str, Any]]:
    """The States of a journey that is added; of one that is passed over nothing is known."""
    found: list[dict[str, Any]] = []
    for number in range(MOST_LEGS):
        said = {name: words for name in _LEG if (words := entry.get(f"legs.{number}.{name}"))}
        if said or not number:
            found += [{"state": None, "from": None} for _ in range(number + 1 - len(found))]
            for name, words in said.items():
                field = f"{at}legs.{number}.{name}"
                found[number][name] = _value(field, name, words, places, faults)
    return found


def _quoted(at: str, entry: Mapping[str, str], text: str, faults: Faults) -> dict[str, Any] | None:
    """The words where they stand in the text; how lines are broken does not matter."""
    field = f"{at}claim.quote"
    words = entry["claim.quote"].split()
    if not words:
        faults.add(field, "which_words")
        return None
    found = [match.span() for match in re.finditer(r"\s+".join(map(re.escape, words)), text)]
    nth = _whole(entry.get("claim.nth", "1"))
    if not found:
        faults.add(field, "not_in_text")
        return None
    if not (isinstance(nth, int) and 1 <= nth <= len(found)) or (
        len(found) > 1 and "claim.nth" not in entry
    ):
        faults.add(f"{at}claim.nth", "once" if len(found) == 1 else "several", n=len(found))
        return None
    start, end = found[nth - 1]
    return {"start": start, "end": end, "text": text[start:end]}


# ---------------------------------------------------------------- what the form shows


def told(
    answer: Told,
    places: Places,
    sent: Mapping[str, str],
    faults: Sequence[FieldWrong],
    more: str = "",
) -> Told:
    """The form over an answer: what stands in each field, what is wrong, which claims are open.

    `more` is what is to be seen besides: a claim by its number, or one more to add.
    """
    before = prefilled(answer, places)
    wanted = {int(more)} if more.isdigit() and len(more) < 6 else set()
    wrong = {item.field: item.words for item in faults}
    written = [name for name, said in sent.items() if said.strip() != before.get(name, "")]
    many = len(answer["claims"]) > FEW
    shown = _of_claims([*sent, *wrong], "claim_as", "grade", "document") | wanted
    added = min(how_many_added(sent) + (more == "added"), MOST_ADDED)
    return {
        "given": before | dict(sent),
        "faults": faults,
        "wrong": wrong,
        "to_change": shown if many else set(range(len(answer["claims"]))),
        "open": _of_claims([*written, *wrong], "claim_as") | wanted,
        "added": added,
        "called": [item.field for item in faults if item.field in {*before, *_added(added)}],
        "laws": _LAW,
        "most_legs": MOST_LEGS,
    }


# ---------------------------------------------------------------- another answer has come


@value
class Carried:
    """What was written beside one answer, beside a newer one."""

    given: dict[str, str]
    lost: tuple[Told, ...]
    """Claims of the older answer that something was written about and the newer has not."""


def carried(sent: Mapping[str, str], old: Told, new: Told, places: Places) -> Carried:
    """What was written about an answer, kept for the one that has come since.

    A claim is the same where its id and its words are; what was not written in the form stays as
    the newer answer has it.
    """
    before = prefilled(old, places)
    claims = {(claim["id"], str(claim["quote"])): n for n, claim in enumerate(new["claims"])}
    journeys = {journey["id"]: n for n, journey in enumerate(new["journeys"])}
    given: dict[str, str] = {}
    lost: set[int] = set()
    for name, said in sent.items():
        group, _, rest = name.partition(".")
        number, _, inner = rest.partition(".")
        if name == "by":
            given[name] = said
        elif group == "added":
            if inner == "journey" and said.isdigit() and int(said) < len(old["journeys"]):
                said = str(journeys.get(old["journeys"][int(said)]["id"], ""))
            given[name] = said
        elif name in before and said.strip() != before[name]:
            if group == "meant":
                place = journeys.get(old["journeys"][int(number)]["id"])
            else:
                claim = old["claims"][int(number)]
                place = claims.get((claim["id"], str(claim["quote"])))
                lost |= {int(number)} if place is None else set()
            if place is not None:
                given[f"{group}.{place}.{inner}"] = said
    gone = tuple(old["claims"][number] for number in sorted(lost))
    return Carried(given=given, lost=gone)
