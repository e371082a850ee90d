"""The marks of every text, held against the text; no text of report/ is ever printed."""

import json
import re
from collections.abc import Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from app.terms import STATE_CODES, ClaimType, ExemptionStatus, PartKind, Side, partial_day

HERE = Path(__file__).parent
FILES = sorted(HERE.glob("*/*.json"))
LEVELS = {"core", "restatement", "secondary"}


def spans(value: Any, where: str = "") -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Every span in some marks that quotes its words, with the way to it."""
    if isinstance(value, dict):
        if {"start", "end", "text"} <= value.keys():
            yield where, value
        for name, inner in value.items():
            yield from spans(inner, f"{where}.{name}")
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from spans(inner, f"{where}[{number}]")


def wrong(gold: Mapping[str, Any], text: str, stored: bytes) -> Iterator[str]:
    """What does not hold, told by where it stands: never by its words."""
    doc = gold["doc"]
    if gold["schema"] != "travel-claims-gold/1":
        yield "schema"
    if doc["sha256"] != sha256(stored).hexdigest():
        yield "doc.sha256"
    if doc["chars"] != len(text):
        yield "doc.chars"
    for where, span in spans(gold):
        if not 0 <= span["start"] < span["end"] <= len(text):
            yield f"{where}: no span of the text"
        elif text[span["start"] : span["end"]] != span["text"]:
            yield f"{where}: other words stand there"
    for kind in ("persons", "journeys", "origins", "claims"):
        ids = [one["id"] for one in gold[kind]]
        if len(set(ids)) != len(ids):
            yield f"{kind}: an id stands twice"
    yield from _claims_wrong(gold)
    yield from _journeys_wrong(gold)


def _claims_wrong(gold: Mapping[str, Any]) -> Iterator[str]:
    journeys = {one["id"] for one in gold["journeys"]}
    origins = {one["id"] for one in gold["origins"]}
    claims = {one["id"] for one in gold["claims"]}
    for claim in gold["claims"]:
        part, exemption = claim.get("part"), claim.get("exemption")
        for name, known, value in (
            ("level", LEVELS, claim["level"]),
            ("type", set(ClaimType) - {ClaimType.legal_statement}, claim["type"]),
            ("side", set(Side), claim["side"]),
            ("journey", journeys | {None}, claim["journey"]),
            ("origin", origins, claim["origin"]),
            ("target", claims | {None}, claim.get("target")),
            ("state", STATE_CODES | {None}, claim.get("state")),
            ("part", {*PartKind, None}, part["kind"] if isinstance(part, dict) else part),
            ("exemption", {*ExemptionStatus, None}, exemption["status"] if exemption else None),
        ):
            if value not in known:
                yield f"claims {claim['id']}: {name}"
        if (claim["type"] == "retracts") != (claim.get("target") is not None):
            yield f"claims {claim['id']}: a retraction names its target, and nothing else does"
        if not isinstance(claim["speaker"]["named"], bool):
            yield f"claims {claim['id']}: speaker.named"


def _journeys_wrong(gold: Mapping[str, Any]) -> Iterator[str]:
    persons = {one["id"] for one in gold["persons"]}
    for journey in gold["journeys"]:
        if journey["person"] not in persons:
            yield f"journeys {journey['id']}: person"
        if journey["state"] not in STATE_CODES:
            yield f"journeys {journey['id']}: state"
        for day in (journey["from"], journey["to"]):
            if day is not None and partial_day(day) != day:
                yield f"journeys {journey['id']}: day"
        if journey["from"] and journey["to"] and journey["from"] > journey["to"]:
            yield f"journeys {journey['id']}: ends before it begins"


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.stem[:3]}")
def test_the_marks_are_those_of_the_text(path):
    gold = json.loads(path.read_text(encoding="utf-8"))
    stored = (path.parent / gold["doc"]["path"]).read_bytes()
    try:
        found = list(wrong(gold, stored.decode(), stored))
    except (KeyError, TypeError, ValueError) as error:  # a traceback would print the marks
        found = [f"not of the format: {type(error).__name__}"]

    if found:
        pytest.fail("\n".join(found), pytrace=False)


def test_every_text_has_marks_and_both_folders_hold_some():
    for folder in ("tune", "report"):
        marked = {path.stem for path in FILES if path.parent.name == folder}
        assert marked
        assert marked == {path.stem for path in (HERE / folder).glob("*.txt")}


def test_wrong_marks_are_found():
    path = next(path for path in FILES if path.parent.name == "tune")
    whole = path.read_text(encoding="utf-8")
    gold = json.loads(re.sub(r'"start": (\d+)', lambda at: f'"start": {int(at[1]) + 1}', whole))
    gold["claims"][0]["type"] = "insists"
    gold["claims"][1]["origin"] = "nowhere"
    stored = path.with_suffix(".txt").read_bytes()
    found = list(wrong(gold, stored.decode(), stored))

    first, second = (one["id"] for one in gold["claims"][:2])
    assert f"claims {first}: type" in found
    assert f"claims {second}: origin" in found
    assert [line for line in found if line.endswith("other words stand there")]
