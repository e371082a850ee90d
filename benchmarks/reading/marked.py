"""Texts whose claims were marked by hand, and the reading that the marks themselves come to.

The format, `travel-claims-gold/1`, is told in tests/articles/README.md.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from app.desk import decoder
from app.reading.article import Journey, Mention, MentionIs, PersonRead, Reading, document
from app.terms import Claim, Leg, LegKind, Side
from app.when import days
from benchmarks.common import ROOT

BESIDE = ROOT.parent / "shared" / "articles"
SETS = {
    "seen": BESIDE,
    "tune": ROOT / "tests" / "articles" / "tune",
    "report": ROOT / "tests" / "articles" / "report",
}
"""Where the texts of each set stand. The rules were written looking at the first two."""

_ROLE = 500  # characters that a role may have


class Marked:
    """One text with its marks."""

    def __init__(self, name: str, text: str, gold: Mapping[str, Any]) -> None:
        """A text by its name; `gold` is what its JSON file holds."""
        self.name = name
        self.text = text
        self.gold = gold

    @property
    def published_on(self) -> str:
        """The day of publication."""
        day: str = self.gold["doc"]["published"]
        return day

    @property
    def publisher(self) -> str | None:
        """Who published it."""
        name: str | None = self.gold["doc"].get("publisher")
        return name

    @property
    def claims(self) -> Sequence[Mapping[str, Any]]:
        """The claims marked, of every level."""
        found: Sequence[Mapping[str, Any]] = self.gold["claims"]
        return found

    @cached_property
    def journeys(self) -> Mapping[str, Mapping[str, Any]]:
        """The journeys marked, by id."""
        return {journey["id"]: journey for journey in self.gold["journeys"]}

    def person_of(self, claim: Mapping[str, Any]) -> str | None:
        """Whose journey a claim marked is about; null where it is about none."""
        journey = self.journeys.get(claim["journey"] or "")
        return journey["person"] if journey else None

    def meant(self, person: PersonRead) -> str | None:
        """Which person of the marks a person read is: the one with most mentions in common."""
        here = [mention for mention in person.mentions if mention.kind is not MentionIs.pronoun]
        shared = {
            one["id"]: sum(
                any(m["start"] < mention.end and mention.start < m["end"] for mention in here)
                for m in one["mentions"]
                if _kind(m["kind"]) is not MentionIs.pronoun
            )
            for one in self.gold["persons"]
        }
        best = max(shared, key=lambda name: shared[name], default=None)
        return best if best is not None and shared[best] else None

    @cached_property
    def reading(self) -> Reading:
        """What a reader would answer who read the text as it was marked, and reviewed it."""
        persons = {one["id"]: self._person(one) for one in self.gold["persons"]}
        return Reading(
            document=document(self.text, self.published_on, publisher=self.publisher),
            persons=tuple(persons.values()),
            claims=(*self._claims(), *self._legal()),
            journeys=tuple(
                Journey(
                    id=journey["id"],
                    person=persons[journey["person"]],
                    legs=(_leg(journey),),
                    claims=tuple(one["id"] for one in self.claims if one["journey"] == name),
                )
                for name, journey in self.journeys.items()
            ),
            remarks=(),
        )

    def _person(self, one: Mapping[str, Any]) -> PersonRead:
        described = [
            words
            for fixture in self.gold.get("list_fixture") or ()
            if fixture["id"] == one["id"]
            for words in fixture.get("descriptions") or ()
        ]
        mentions = [
            Mention(start=m["start"], end=m["end"], text=m["text"], kind=_kind(m["kind"]))
            for m in one["mentions"]
        ]
        described += [m.text for m in mentions if m.kind is MentionIs.description]
        return PersonRead(
            name=one["name"],
            reference=one["list_ref"],
            nationality=one["nationality"],
            role="; ".join(dict.fromkeys(described))[:_ROLE] or None,
            mentions=tuple(mentions),
        )

    def _claims(self) -> tuple[Claim, ...]:
        # A claim takes back one that stands before it.
        ordered = sorted(self.claims, key=lambda one: one["type"] == "retracts")
        return tuple(decoder(Claim).validate_python(self._claim(one)) for one in ordered)

    def _claim(self, one: Mapping[str, Any]) -> Mapping[str, Any]:
        speaker = one["speaker"]
        return {
            "id": one["id"],
            "type": one["type"],
            "speaker": {"name": speaker["name"], "role": speaker["role"]},
            "side": one["side"],
            "named": speaker["named"],
            "first_hand": one["first_hand"],
            "origin": self._origin(one),
            "legs": (0,),
            "said_on": _partial(one["said"]),
            "quote": _quote(one["quote"]),
            "part": one.get("part"),
            "target": one.get("target"),
            "exemption": one.get("exemption"),
        }

    def _origin(self, one: Mapping[str, Any]) -> str | None:
        """The origin's id; none where a paper speaks for itself alone.

        A paper that is its own origin names no source, and whoever names none is not independent
        of the others that name none.
        """
        pairs = {(other["speaker"]["name"], other["origin"]) for other in self.claims}
        sharing = [pair for pair in pairs if pair[0] == one["speaker"]["name"]]
        sharing += [pair for pair in pairs if pair[1] == one["origin"]]
        alone = one["side"] == Side.press and len(set(sharing)) == 1
        origin: str | None = one["origin"]
        return None if alone else origin

    def _legal(self) -> tuple[Claim, ...]:
        """What the text says the law is."""
        return tuple(
            decoder(Claim).validate_python(
                {
                    "id": f"law {number}",
                    "type": "legal_statement",
                    "speaker": one["speaker"] or "press",
                    "side": "press",
                    "named": True,
                    "quote": _quote(one["span"]),
                    "law": {"measure": one["measure"], "since": one.get("since")},
                }
            )
            for number, one in enumerate(self.gold["measure_statements"], 1)
        )


def texts(folder: Path) -> list[Marked]:
    """The marked texts of a folder, in order of name; none where it is not there."""
    found = []
    for path in sorted(folder.glob("*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        text = (folder / gold["doc"]["path"]).read_text(encoding="utf-8")
        found.append(Marked(path.stem, text, gold))
    return found


def _quote(span: Mapping[str, Any]) -> Mapping[str, Any]:
    return {name: span[name] for name in ("start", "end", "text")}


def _kind(words: str) -> MentionIs:
    """The kind of a mention, of which the marks tell more."""
    for word, kind in (
        ("pronoun", MentionIs.pronoun),
        ("misspel", MentionIs.misspelt),
        ("full", MentionIs.full_name),
        ("surname", MentionIs.surname),
        ("name", MentionIs.surname),
    ):
        if word in words:
            return kind
    return MentionIs.description


def _leg(journey: Mapping[str, Any]) -> Leg:
    """The leg of a journey; days that are a whole month or year are said as one."""
    first, last = journey["from"], journey["to"]
    said = _partial(journey) if first and last else first
    stay = bool(said and last and days(said) != (_day(first), _day(last)))
    return Leg(
        state=journey["state"],
        place=journey.get("place"),
        from_=first if stay else said,
        to=last if stay else None,
        kind=LegKind(journey["leg"]),
    )


def _partial(span: Mapping[str, Any] | None) -> str | None:
    """The day, month or year that holds all days of a span; null where none does."""
    if span is None or span["from"] is None:
        return None
    first, last = span["from"], span["to"] or span["from"]
    return next((first[:n] for n in (10, 7, 4) if first[:n] == last[:n]), None)


def _day(text: str) -> date:
    return date.fromisoformat(text)
