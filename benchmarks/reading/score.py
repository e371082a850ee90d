"""Draft claims held against the claims that were marked in one text.

Drafts and marks are matched one to one, greedily by how much of both quotations they share. Each
figure is so many of so many, so that those of many texts are added up.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import combinations
from typing import Any, NamedTuple

from app.reading.article import Journey, Reading
from app.terms import Claim, ClaimType, Leg, LegKind, Quote, Side
from app.when import days
from app.where import fold
from benchmarks.reading.marked import Marked

FOR = frozenset({"asserts", "asserts_part", "presupposes", "announces"})
AGAINST = frozenset({"denies", "denies_part", "asserts_elsewhere"})
_CORE = "core"
_MONTH = timedelta(days=31)
_OWN_VOICE = frozenset(("article", "newspaper", "paper", "press", "report", "text"))
_ARTICLES = frozenset(("a", "an", "the"))

Gold = Mapping[str, Any]


@dataclass
class Tally:
    """So many of so many, for each figure, with a line for each miss."""

    right: Counter[str] = field(default_factory=Counter)
    of: Counter[str] = field(default_factory=Counter)
    misses: list[str] = field(default_factory=list)
    unexpected: list[str] = field(default_factory=list)
    """Texts whose own marks come to another standing or verdict than they say."""

    def count(self, figure: str, right: bool, miss: str = "") -> None:
        """One more of a figure; a miss is told where there are words for it."""
        self.of[figure] += 1
        self.right[figure] += right
        if miss:
            self.misses.append(f"{figure}: {miss}")

    def add(self, other: "Tally") -> None:
        """The figures and misses of another text."""
        self.right += other.right
        self.of += other.of
        self.misses += other.misses
        self.unexpected += other.unexpected

    def share(self, figure: str) -> float | None:
        """The share that is right; null where there was nothing to be right about."""
        return self.right[figure] / self.of[figure] if self.of[figure] else None


class Draft(NamedTuple):
    """A claim that was read, with where it stands and the journeys that name it."""

    claim: Claim
    start: int
    end: int
    journeys: tuple[Journey, ...]

    @property
    def legs(self) -> list[Leg]:
        """The legs that it speaks of; those of departure only where it names them."""
        return [
            leg
            for journey in self.journeys
            for number, leg in enumerate(journey.legs)
            if (
                number in self.claim.legs
                if self.claim.legs is not None
                else leg.kind is not LegKind.departure or len(journey.legs) == 1
            )
        ]

    def __str__(self) -> str:
        quoted = self.claim.quote
        words = quoted.text if isinstance(quoted, Quote) else quoted
        return f"{self.claim.type} of {self.claim.speaker_name} ({self.claim.side}) {words!r}"


def drafts(reading: Reading) -> list[Draft]:
    """What was read; a claim without a place in the text stands nowhere, and overlaps nothing."""
    return [
        Draft(
            claim,
            claim.quote.start if isinstance(claim.quote, Quote) else -1,
            claim.quote.end if isinstance(claim.quote, Quote) else -1,
            tuple(one for one in reading.journeys if claim.id in one.claims),
        )
        for claim in reading.claims
    ]


def score(text: Marked, reading: Reading) -> Tally:
    """Everything but standings and verdicts: benchmarks/reading/ends.py."""
    tally = Tally()
    found = drafts(reading)
    said = [one for one in found if one.claim.type is not ClaimType.legal_statement]
    law = [one for one in found if one.claim.type is ClaimType.legal_statement]
    pairs = _matched(text, said)
    of_gold = {gold["id"]: draft for gold, draft in pairs}
    for gold in text.claims:
        if gold["level"] == _CORE:
            _core(tally, text, gold, of_gold.get(gold["id"]))
    _polarity(tally, text, said, pairs)
    for (one, first), (other, second) in combinations(pairs, 2):
        same = _source(first.claim) == _source(second.claim)
        tally.count("origins", (one["origin"] == other["origin"]) == same)
    _spurious(tally, text, found, [draft for _, draft in pairs])
    for stated in text.gold["measure_statements"]:
        here = any(overlap(one, stated["span"]) for one in law)
        tally.count("legal", here, "" if here else f"not found: {stated['span']['text']!r}")
    return tally


# ---------------------------------------------------------------- matching


def overlap(draft: Draft, span: Mapping[str, Any]) -> float:
    """The share of both spans that they have in common; 0 where it is less than half of each."""
    shared = min(draft.end, span["end"]) - max(draft.start, span["start"])
    sizes = draft.end - draft.start, span["end"] - span["start"]
    if shared <= 0 or 2 * shared < min(sizes):
        return 0.0
    return shared / (sum(sizes) - shared)


def _about(text: Marked, gold: Gold, draft: Draft) -> bool:
    """Whether a draft is about a journey of the person whom the marked claim is about."""
    person = text.person_of(gold)
    return person is None or person in {text.meant(one.person) for one in draft.journeys}


def _near(text: Marked, gold: Gold, draft: Draft) -> float:
    return overlap(draft, gold["quote"]) if _about(text, gold, draft) else 0.0


def _matched(text: Marked, said: Sequence[Draft]) -> list[tuple[Gold, Draft]]:
    """Marks and drafts one to one: most shared first, then the same type, then what must be found.

    In the order of the marks.
    """
    ranked = sorted(
        (
            (-near, gold["type"] != draft.claim.type, gold["level"] != _CORE, at, place)
            for at, gold in enumerate(text.claims)
            for place, draft in enumerate(said)
            if (near := _near(text, gold, draft))
        ),
    )
    taken: dict[int, int] = {}
    for *_, at, place in ranked:
        if at not in taken and place not in taken.values():
            taken[at] = place
    return [(text.claims[at], said[taken[at]]) for at in sorted(taken)]


# ---------------------------------------------------------------- figures


def _core(tally: Tally, text: Marked, gold: Gold, draft: Draft | None) -> None:
    where = f"{text.name} {gold['id']}"
    marked = f"{gold['type']} {gold['quote']['text']!r}"
    if draft is None:
        for figure, test in _FIGURES.items():
            if test(text, gold, None) is not None:
                tally.count(figure, False)
        tally.misses.append(f"found: {where}: no draft for {marked}")
        return
    for figure, test in _FIGURES.items():
        right = test(text, gold, draft)
        if right is not None:
            tally.count(figure, right, "" if right else f"{where}: {marked}, read as {draft}")


def _found(_: Marked, __: Gold, draft: Draft | None) -> bool | None:
    return draft is not None


def _type(_: Marked, gold: Gold, draft: Draft | None) -> bool | None:
    return draft is not None and draft.claim.type == gold["type"]


def _speaker(text: Marked, gold: Gold, draft: Draft | None) -> bool | None:
    return draft is not None and same_speaker(text, gold, draft.claim)


def _side(_: Marked, gold: Gold, draft: Draft | None) -> bool | None:
    return draft is not None and draft.claim.side == gold["side"]


def _state(_: Marked, gold: Gold, draft: Draft | None) -> bool | None:
    if gold["state"] is None:
        return None
    return draft is not None and {leg.state for leg in draft.legs} == {gold["state"]}


def _when(text: Marked, gold: Gold, draft: Draft | None) -> bool | None:
    """By the claim's own day or its journey's: a meeting may be days after the arrival."""
    if gold["when"] is None or gold["when"]["from"] is None:
        return None
    journey = text.journeys.get(gold["journey"] or "")
    marked = [one for one in (gold["when"], journey) if one and one["from"]]
    legs = draft.legs if draft else ()
    return any(_same_days(leg, one) for leg in legs for one in marked)


_FIGURES: Mapping[str, Callable[[Marked, Gold, Draft | None], bool | None]] = {
    "found": _found,
    "type": _type,
    "speaker": _speaker,
    "side": _side,
    "state": _state,
    "day": _when,
}
"""Of a core claim and its draft: whether it is right, or null where the marks do not say."""


def same_speaker(text: Marked, gold: Gold, claim: Claim) -> bool:
    """Whether a draft's speaker is the one marked.

    Every word of one name is in the other; of a person the family name will do. A paper that
    speaks for itself has no name in the text: any word for it will do, and its own.
    """
    marked, read = _words(gold["speaker"]["name"]), _words(claim.speaker_name)
    if not marked or not read:
        return False
    if marked == ["press"]:
        own = _OWN_VOICE | set(_words(text.publisher or ""))
        return claim.side is Side.press and set(read) <= own
    if set(marked) <= set(read) or set(read) <= set(marked):
        return True
    person = gold["speaker"]["named"] and gold["speaker"]["role"] is not None
    return person and marked[-1] == read[-1]


def _words(name: str) -> list[str]:
    plain = name.replace("’s ", " ").replace("'s ", " ")
    return [word for word in fold(plain).split() if word not in _ARTICLES]


def _same_days(leg: Leg, marked: Mapping[str, Any]) -> bool:
    """Whether a leg's days meet those marked, and are told to the month, or as nearly as those."""
    if leg.from_ is None:
        return False
    first, last = days(leg.from_)
    last = max(last, days(leg.to)[1]) if leg.to else last
    begins = date.fromisoformat(marked["from"])
    ends = date.fromisoformat(marked["to"] or marked["from"])
    return first <= ends and begins <= last and last - first <= max(_MONTH, ends - begins)


def _source(claim: Claim) -> str:
    return fold(claim.origin or claim.speaker_name)


def _polarity(
    tally: Tally, text: Marked, said: Sequence[Draft], pairs: Sequence[tuple[Gold, Draft]]
) -> None:
    """Drafts that say the contrary of what is marked where they stand.

    A matched one by its match; another by every mark that it overlaps, unless one agrees with it.
    """
    of_draft = {id(draft): gold for gold, draft in pairs}
    for draft in said:
        pole = _pole(draft.claim.type)
        match = of_draft.get(id(draft))
        near = [match] if match else [one for one in text.claims if _near(text, one, draft)]
        marks = [one for one in near if _pole(one["type"])]
        if not marks or not pole:
            continue
        wrong = all(_pole(one["type"]) != pole for one in marks)
        words = f"{text.name} {marks[0]['id']}: {marks[0]['type']}, read as {draft}"
        tally.count("polarity", wrong, words if wrong else "")


def _pole(kind: str) -> str:
    return "for" if kind in FOR else "against" if kind in AGAINST else ""


def _spurious(tally: Tally, text: Marked, found: Sequence[Draft], matched: Sequence[Draft]) -> None:
    """Drafts that stand for nothing marked, or stand within what is marked as no claim."""
    taken = {id(draft) for draft in matched}
    for draft in found:
        wrong = id(draft) not in taken and (
            not any(_touches(text, draft)) or any(_within(text, draft))
        )
        tally.count("spurious", wrong, f"{text.name}: {draft}" if wrong else "")


def _touches(text: Marked, draft: Draft) -> Iterator[bool]:
    for gold in text.claims:
        span = gold["quote"]
        if gold["level"] == _CORE:
            yield overlap(draft, span) > 0
        else:
            yield draft.start < span["end"] and span["start"] < draft.end
    if draft.claim.type is ClaimType.legal_statement:
        for stated in text.gold["measure_statements"]:
            yield draft.start < stated["span"]["end"] and stated["span"]["start"] < draft.end


def _within(text: Marked, draft: Draft) -> Iterator[bool]:
    for one in text.gold["non_claims"]:
        yield one["span"]["start"] <= draft.start and draft.end <= one["span"]["end"]
