"""An answer about a text as its page tells it: the text in pieces, the claims, what changed.

Nothing is decided here. What a claim counts as is what the answer says that it counts as.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from app.page.answer import brief
from app.page.marked import Piece, Span, pieces
from app.terms import value

MOST_BRIEF = 3
"""Journeys that are told in short, too; each has its sentence and its own page."""

Told = dict[str, Any]
"""An answer, or a part of one, as it was saved."""

# They turn the order of what follows on the screen: told by name, so that what is read is stored.
_TURNS = re.compile("[\u202a-\u202e\u2066-\u2069]")
_ABOUT = {"legal_statement": "legal", "legal_opinion": "legal", "exemption_statement": "leave"}
_STRONGEST = ("for", "against", "report", "plan", "neither")
_COMPARED = (
    "type", "speaker", "speaker_state", "side", "named", "first_hand", "origin", "legs", "said_on",
    "quote", "part", "target", "evidence", "accepted_by", "grade", "exemption", "law",
    "nationality",
)  # fmt: skip


@value
class Marked:
    """A piece of a text as the page shows it, claims and persons by their numbers."""

    text: str
    claims: tuple[int, ...]
    """Those that it belongs to; the last is the one that begins nearest to it."""
    begins: tuple[int, ...]
    ends: bool
    """Whether a claim ends with it."""
    person: int | None
    turns: str | None
    """Where it is a character that turns the order of what follows: that, by its number."""


@value
class Group:
    """Claims of one origin, by their numbers; a claim that names none is alone."""

    origin: str | None
    claims: tuple[int, ...]


def kinds(answer: Told) -> list[str]:
    """What each claim is marked as: what it counts as by the answer, or what else it speaks of."""
    counted: dict[str, set[str]] = {}
    for assessed in answer["assessments"]:
        for state in assessed["states"]:
            for weighed in state["event"]["claims"]:
                counted.setdefault(weighed["claim"], set()).add(weighed["counts"])
    return [_kind(claim, counted.get(claim["id"], set())) for claim in answer["claims"]]


def _kind(claim: Told, counted: set[str]) -> str:
    about = "legal" if claim["law"] else _ABOUT.get(claim["type"])
    return about or next((each for each in _STRONGEST if each in counted), "unweighed")


def marked(answer: Told, text: str) -> list[Marked]:
    """The text in pieces: what each belongs to."""
    claims = [
        Span(kind="claim", number=number, start=quote["start"], end=quote["end"])
        for number, claim in enumerate(answer["claims"])
        if isinstance(quote := claim["quote"], Mapping)
    ]
    persons = [
        Span(kind="person", number=number, start=mention["start"], end=mention["end"])
        for number, person in enumerate(answer["persons"])
        for mention in person["mentions"]
    ]
    turns = [
        Span(kind="turn", number=0, start=found.start(), end=found.end())
        for found in _TURNS.finditer(text)
    ]
    return [_marked(piece) for piece in pieces(text, [*claims, *persons, *turns])]


def _marked(piece: Piece) -> Marked:
    persons = _of(piece.within, "person")
    return Marked(
        text=piece.text,
        claims=_of(piece.within, "claim"),
        begins=_of(piece.begins, "claim"),
        ends=bool(_of(piece.ends, "claim")),
        person=persons[0] if persons else None,
        turns=f"U+{ord(piece.text):04X}" if _of(piece.within, "turn") else None,
    )


def _of(spans: Sequence[Span], kind: str) -> tuple[int, ...]:
    return tuple(span.number for span in spans if span.kind == kind) if spans else ()


def groups(answer: Told, kinds: Sequence[str]) -> list[Group]:
    """The claims in the order of the text, copies of one origin beside the first of them.

    Copies say one thing of one journey: what an origin says and what it denies are apart.
    """
    of: dict[str, list[str]] = {}
    for journey in answer["journeys"]:
        for name in journey["claims"]:
            of.setdefault(name, []).append(journey["id"])
    claims = answer["claims"]
    found: dict[tuple[Any, ...], Group] = {}
    for number in sorted(range(len(claims)), key=lambda number: (_place(claims[number]), number)):
        origin, kind = claims[number]["origin"], kinds[number]
        key: tuple[Any, ...] = (number,)
        if origin is not None:
            said = "for" if kind == "report" else kind
            key = (" ".join(origin.casefold().split()), said, *of.get(claims[number]["id"], ()))
        before = found[key].claims if key in found else ()
        found[key] = Group(origin=origin, claims=(*before, number))
    return list(found.values())


def _place(claim: Told) -> float:
    quote = claim["quote"]
    return quote["start"] if isinstance(quote, Mapping) else float("inf")


def spoken_of(answer: Told) -> list[list[tuple[Told, list[Told]]]]:
    """For each claim, the journeys that it speaks of, each with the legs of it."""
    numbers = {claim["id"]: number for number, claim in enumerate(answer["claims"])}
    found: list[list[tuple[Told, list[Told]]]] = [[] for _ in answer["claims"]]
    for journey in answer["journeys"]:
        legs = journey["legs"]
        for name in journey["claims"]:
            of = answer["claims"][numbers[name]]["legs"]
            chosen = legs if of is None else [legs[place] for place in of if place < len(legs)]
            found[numbers[name]].append((journey, chosen))
    return found


def changes(before: Told, after: Told) -> Iterator[Told]:
    """What differs between two answers about one text, claim by claim, then verdict by verdict."""
    was = {claim["id"]: claim for claim in before["claims"]}
    for number, claim in enumerate(after["claims"]):
        old = was.get(claim["id"])
        if old is None:
            yield {"what": "added", "number": number}
            continue
        fields = [
            (name, old.get(name), claim.get(name))
            for name in _COMPARED
            if old.get(name) != claim.get(name)
        ]
        if fields or old["status"] != claim["status"]:
            yield {
                "what": "claim",
                "number": number,
                "was": old["status"],
                "now": claim["status"],
                "fields": fields,
            }
    meant = {journey["id"]: journey.get("reference") for journey in before["journeys"]}
    verdicts = {item["journey"]: item["verdict"] for item in before["assessments"]}
    now = {item["journey"]: item["verdict"] for item in after["assessments"]}
    for journey in after["journeys"]:
        name, who = journey["id"], journey["person"]["name"]
        if name in meant and meant[name] != journey["reference"]:
            yield {"what": "meant", "who": who, "was": meant[name], "now": journey["reference"]}
        if verdicts.get(name) != now.get(name):
            yield {"what": "verdict", "who": who, "was": verdicts.get(name), "now": now.get(name)}


def _lead(assessed: Told) -> Told:
    """The State that gives an assessment its verdict."""
    return next(item for item in assessed["states"] if item["verdict"] == assessed["verdict"])


def told(answer: Told, text: str) -> Told:
    """What the page of an answer about a text shows."""
    claims, marked_as = answer["claims"], kinds(answer)
    assessed = {item["journey"]: item for item in answer["assessments"]}
    of_claim = {item["claim"]: item for item in answer["legal_statements"]}
    in_journeys = {name for journey in answer["journeys"] for name in journey["claims"]}
    return {
        "answer": answer,
        "pieces": marked(answer, text),
        "kinds": marked_as,
        "groups": groups(answer, marked_as),
        "spoken_of": spoken_of(answer),
        "numbers": {claim["id"]: number for number, claim in enumerate(claims)},
        "assessed": assessed,
        "brief": {
            journey["id"]: brief(
                {"claims": claims},
                {"traveller": {"name": journey["person"]["name"]}},
                _lead(assessed[journey["id"]]),
            )
            for journey in answer["journeys"][:MOST_BRIEF]
            if journey["id"] in assessed
        },
        "left": {item["journey"]: item for item in answer["not_assessed"]},
        "law_of": {
            journey["id"]: [of_claim[name] for name in journey["claims"] if name in of_claim]
            for journey in answer["journeys"]
        },
        "law_alone": [item for name, item in of_claim.items() if name not in in_journeys],
    }
