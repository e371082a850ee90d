"""What a sentence claims, before its journey is found: the pieces that the reading hands on."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from app.reading.article import MentionIs
from app.reading.dates import DateRead
from app.reading.people import Person
from app.reading.places import PlaceIs, PlaceRead
from app.reading.sentences import Sentence, Word
from app.reading.speakers import SpeakerRead
from app.terms import ClaimType, ExemptionStatus, FoundBy, PartKind, Quote, StatedMeasure

_T = ClaimType


class Tracked(NamedTuple):
    """A mention in one sentence of somebody who may be the traveller."""

    start: int
    end: int
    person: Person
    kind: MentionIs


Traveller = Callable[[Word, bool], Tracked | None]
"""Who travels by a verb, or is its object, where the rules find nobody."""


@dataclass
class Draft:
    """One claim as it was read from a sentence; its journey is found later."""

    type: ClaimType
    speaker: SpeakerRead
    sentence: Sentence
    start: int
    end: int
    cue: tuple[int, int]
    person: Person | None = None
    places: tuple[PlaceRead, ...] = ()
    when: DateRead | None = None
    ahead: bool = False
    said: DateRead | None = None
    via: tuple[str, ...] = ()
    part: PartKind | None = None
    with_: tuple[str, ...] = ()
    transit: bool = False
    leaves: bool = False
    stays: bool = False
    status: ExemptionStatus | None = None
    decided: DateRead | None = None
    measures: tuple[StatedMeasure, ...] = ()
    in_force: bool = True
    since: DateRead | None = None
    until: DateRead | None = None
    resolution: str | None = None
    named: frozenset[str] = frozenset()
    """The States that the sentence names."""
    notes: list[str] = field(default_factory=list)
    found_by: FoundBy = FoundBy.rules
    given: tuple[Quote, ...] = ()
    """The words of the text that whoever is not the rules goes by: app/reading/verify.py."""


class Predicate(NamedTuple):
    """A word that speaks of a journey, with who travels and where to."""

    number: int
    word: Word
    kinds: frozenset[str]
    noun: bool
    mention: Tracked | None
    places: tuple[PlaceRead, ...]
    negated: bool
    ahead: bool
    conditional: bool


def state_at(start: int, end: int, code: str) -> PlaceRead:
    """A State that is meant where its name does not stand."""
    return PlaceRead(
        start=start, end=end, text="", kind=PlaceIs.state, codes=(code,), cities=(), outlet=None,
        doubtful=False,
    )  # fmt: skip


def once(drafts: Sequence[Draft]) -> list[Draft]:
    """Of claims of one type and speaker in one sentence about one place, the first."""
    found: dict[tuple[ClaimType, str, int, str | None, PartKind | None], Draft] = {}
    for draft in drafts:
        place = draft.places[0].code if draft.places else None
        key = (draft.type, draft.speaker.name, id(draft.person), place, draft.part)
        known = found.get(key)
        if known is None:
            found[key] = draft
        elif known.when is None and draft.when is not None:
            known.when = draft.when
    bare = [k for k in found if k[3] is None and k[4] is None]
    for key in bare:
        same = [k for k in found if k != key and k[:3] == key[:3] and k[3] is not None]
        if same and key[0] in (_T.asserts, _T.denies, _T.announces, _T.presupposes):
            del found[key]
    return list(found.values())
