"""What a sentence claims: a journey, a part of one, a denial, leave to travel, what the law is.

A journey is spoken of by a verb or a noun (data/reading/journeys.csv) with somebody who travels
and a place. What is claimed of it is read in the order of the domain sheet: what takes back, what
says that somebody else is meant, that nothing is known or said, leave to travel, conditions and
opinions first, since the words of a journey stand inside them; then denials, plans, and reports.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from app.reading.article import Mention, MentionIs
from app.reading.dates import DateRead
from app.reading.lexicon import lexicon
from app.reading.people import People, Person
from app.reading.places import PlaceIs, PlaceRead
from app.reading.sentences import Sentence, Word, Zone
from app.reading.speakers import Frame, SpeakerRead, Speakers
from app.terms import ClaimType, ExemptionStatus, PartKind, StatedMeasure

_T = ClaimType
_NOT = frozenset("not never neither nor cannot".split())
_PICTURE = re.compile(
    r"\b(?:pictures?|photos?|photographs?|images?|footage|videos?|clip|selfie)\b[^.;]{0,60}?"
    r"\b(?:show(?:s|ed|ing)?|depict(?:s|ed)|captured)\b"
)
_NOBODY = re.compile(
    r"\b(?:nobody|no one|no such (?:person|man|visit|visitor|trip|journey|passenger)"
    r"|no (?:person|man|passenger|visitor) (?:of|by|with|under) (?:that|this|such) name"
    r"|nobody (?:called|named) [\w'-]+)"
    r"(?:[^.;,]{0,40}\b(?:entered|crossed|landed|came|arrived|passed|visited|flew|registered"
    r"|set foot|stayed|checked in|lodged))\b"
    r"|\bthere (?:was|had been|has been|were) no (?:such )?(?:visit|trip|journey|stay|visitor)\b"
)
_CLAUSE = re.compile(r", (?:and|but|as) | and (?=adds?|said|says)|;|\bthat\b|\bbecause\b")
_DENIED_THING = re.compile(
    r"\b(?:den(?:y|ied|ies|ying)|reject(?:ed|s|ing)?|dismiss(?:ed|es|ing)?|refut(?:ed|es|ing)|disput(?:ed|es)"
    r"|rubbished|rebuffed|scotched|contradicted|called|described|branded)\b[^.;]{0,60}?\b(?:reports?|allegations?"
    r"|claims?|accusations?|story|suggestions?|rumou?rs?|visit|trip|journey|it|account|article|stay|entry|presence)\b"
)
_RESOLUTION = re.compile(r"\bresolution (\d{3,4})\b")
_STATUSES = (
    ExemptionStatus.none_requested,
    ExemptionStatus.refused,
    ExemptionStatus.granted,
    ExemptionStatus.requested,
)
"""What became of leave to travel, in the order in which its words are looked for."""
_MEASURES = (StatedMeasure.travel_ban, StatedMeasure.asset_freeze, StatedMeasure.listing)
_PART_WORDS = {
    "photographed": PartKind.photograph, "pictured": PartKind.photograph,
    "filmed": PartKind.photograph, "photograph": PartKind.photograph,
    "photo": PartKind.photograph, "picture": PartKind.photograph,
    "footage": PartKind.photograph, "video": PartKind.photograph,
}  # fmt: skip
_IS = frozenset(("was", "is", "were", "are", "been", "be"))
_BEEN = frozenset(("was", "were", "been", "being", "be"))
_SEES = frozenset("placed saw spotted sighted photographed filmed traced tracked located".split())
_SURELY = frozenset(
    "entered crossed landed arrived flew flown smuggled slipped disembarked admitted".split()
)
_THE_COUNTRY = re.compile(
    r"\b(the|its|their|our|this)(?: \w+)? "
    r"(?:capital|country|territory|soil|kingdom|republic|border|frontier|city)\b"
)
_HOSTS = frozenset(["let", "lets", "expects", "awaits"]) | frozenset(
    "hosted hosting host hosts received receiving receive welcomed".split()
)
_TO_PLACE = frozenset("to in into at via through near inside across for towards on".split())
_BASE = frozenset(
    "visit arrive land fly travel enter come go return meet attend stay drive".split()
)
_NOUN_SAYS = frozenset(
    "confirmed confirms confirm announced announces reported reports acknowledged admitted "
    "acknowledges admits disclosed revealed described documented recorded denied denies deny "
    "rejected rejects reject dismissed dismisses refuted disputes disputed raised raises "
    "condemned protested criticised criticized questioned mentioned".split()
)
_FARTHEST_PLACE = 16  # words
_FARTHEST_PERSON = 30
_BESIDE_PLACE = frozenset(
    "the a an its his central downtown northern southern eastern western capital city of".split()
)
_VEHICLES = frozenset("planes flights aircraft trains".split())
_OWNERS = frozenset(("my", "his", "her"))
_BEFORE_NOUN = frozenset(
    "the a an his her their its this that any no such of alleged reported secret official planned "
    "brief".split()
)
_MADE = frozenset(
    "made make makes making paid pay pays paying began begins ended ends concluded completed "
    "undertook".split()
)
_ACTUAL = frozenset(
    "managed able allowed permitted said seen continued began started happened used came "
    "reported believed known alleged thought claimed".split()
)
_DETAINS = frozenset("detained arrested held seized questioned greeted deported expelled".split())
_INVITES = frozenset(("invited", "invites"))
_EXPECTS = frozenset(("expects", "awaits"))
_OBJECTS = _SEES | _DETAINS | _INVITES
"""Verbs whose object is the traveller."""
_SOMEBODY = frozenset("man woman person suspect individual".split())
_THEN = frozenset("had has was is did does will would never not came went said told".split())
_COMPANY = frozenset("delegation convoy motorcade entourage".split())
_OF_A_STATE = frozenset("capital territory soil border city airport side".split())
_HELD = frozenset("held hold holds holding had have attended attends attending".split())
_NO_TRIP = frozenset(
    "area areas lounge zone hall ban bans restrictions sanctions documents document agency "
    "agencies visa".split()
)
_BARRED = frozenset("barred banned prohibited forbidden stopped prevented kept".split())
_CLIENT = frozenset(("client", "clients"))


class Tracked(NamedTuple):
    """A mention in one sentence of somebody who may be the traveller."""

    start: int
    end: int
    person: Person
    kind: MentionIs


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
    notes: list[str] = field(default_factory=list)


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


def _state_at(start: int, end: int, code: str) -> PlaceRead:
    """A State that is meant where its name does not stand."""
    return PlaceRead(
        start=start, end=end, text="", kind=PlaceIs.state, codes=(code,), cities=(), outlet=None,
        doubtful=False,
    )  # fmt: skip


def lower(text: str) -> str:
    """A text in lower case, letter for letter: offsets stay."""
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in text).replace("’", "'")


class Claims:
    """Reads the claims of a text, sentence by sentence."""

    def __init__(
        self,
        text: str,
        people: People,
        places: Sequence[PlaceRead],
        dates: Sequence[DateRead],
        speakers: Speakers,
    ) -> None:
        self.text = text
        self.low = lower(text)
        self.people = people
        self._places_read = [place for place in places if not place.doubtful]
        self._dates_read = sorted(dates, key=lambda one: one.start)
        self._place_starts = [place.start for place in self._places_read]
        self._date_starts = [one.start for one in self._dates_read]
        self.places: Sequence[PlaceRead] = ()
        """Of the sentence that is read."""
        self.dates: Sequence[DateRead] = ()
        self.fallback: PlaceRead | None = None
        """Where the headline, or the text so far, leads."""
        self.speakers = speakers
        words = lexicon(people.record.tables)
        self.journeys = words.journeys
        self.cues = words.cues
        self.last: Person | None = None
        self.of_another = False
        """Whether the sentence before is about somebody who is not listed."""
        self.mentions: dict[int, Tracked] = {}
        listed = [person for person in people.people if person.listed]
        self.main = listed[0] if len(listed) == 1 else None

    def read(self, sentence: Sentence) -> list[Draft]:
        """The claims of one sentence, in the order of the text."""
        self.places = self._places_read[
            bisect_left(self._place_starts, sentence.start) : bisect_left(
                self._place_starts, sentence.end
            )
        ]
        self.dates = self._dates_read[
            bisect_left(self._date_starts, sentence.start) : bisect_left(
                self._date_starts, sentence.end
            )
        ]
        frames = self.speakers.frames(sentence)
        tracked = self._tracked(sentence, frames)
        found: list[Draft] = []
        taken: list[tuple[int, int]] = []
        for draft, covers in self._cues(sentence, frames, tracked):
            found.append(draft)
            if covers is not None:
                taken.append(covers)
        for predicate in self._predicates(sentence, tracked, frames):
            at = predicate.word.start
            if not any(start <= at < end for start, end in taken):
                found += self._of_journey(sentence, predicate, frames, tracked)
        found += self._denied_things(sentence, tracked, found)
        found += self._law(sentence, frames, tracked)
        found.sort(key=lambda draft: (draft.start, draft.end, draft.type))
        first = min(tracked, key=lambda one: one.start, default=None)
        begins = (
            first is not None and self._words_between(sentence, sentence.start, first.start) <= 4
        )
        self.speakers.note_subject(sentence, first.person if first and begins else None)
        return _once(found)

    # ------------------------------------------------------------ who travels

    def _tracked(self, sentence: Sentence, frames: Sequence[Frame]) -> list[Tracked]:
        found: list[Tracked] = []
        words = sentence.words
        others = 0
        self.client = next((f.speaker.for_ for f in frames if f.speaker.for_ is not None), None)
        for number, word in enumerate(words):
            known = self.people.at.get(word.start)
            low = word.low
            if known is not None:
                person, kind, end = known
                if person.listed:
                    found.append(Tracked(word.start, end, person, kind))
                else:
                    others += 1
                continue
            if low in ("he", "she", "him", "his", "her", "himself", "who"):
                person_meant = self._pronoun(sentence, number, found, others, frames)
                if person_meant is not None:
                    kind = MentionIs.pronoun
                    found.append(Tracked(word.start, word.end, person_meant, kind))
                    self._note(word.start, word.end, person_meant, kind)
                continue
            if low in ("i", "me", "my") and sentence.in_marks(word.start):
                told = (f.speaker for f in frames if f.holds(word.start))
                own = next(
                    (
                        speaker.person
                        for speaker in told
                        if speaker.kind == "traveller"
                        and speaker.person is not None
                        and speaker.person.listed
                    ),
                    None,
                )
                if own is not None:
                    found.append(Tracked(word.start, word.end, own, MentionIs.pronoun))
                    self._note(word.start, word.end, own, MentionIs.pronoun)
                continue
            if low in _COMPANY and number and words[number - 1].low in ("the", "his", "her"):
                whole = self.last or self.main
                if whole is not None:
                    kind = MentionIs.description
                    found.append(Tracked(words[number - 1].start, word.end, whole, kind))
                    self._note(words[number - 1].start, word.end, whole, kind)
                continue
            described = self._description(sentence, number)
            if described is not None:
                found.append(described)
                self._note(described.start, described.end, described.person, described.kind)
        owning = [t for t in found if self.low[t.end : t.end + 2] in ("'s", "s'")]
        subject = next((t for t in found if t not in owning), None) or next(iter(found), None)
        others_first = [
            w.start
            for w in words
            if w.start in self.people.at
            and not self.people.at[w.start][0].listed
            and not any(
                frame.speaker.start <= w.start < frame.speaker.end and frame.speaker.kind != "other"
                for frame in frames
            )
        ]
        first = min(others_first, default=None)
        if subject is not None and (first is None or subject.start < first):
            self.last = subject.person
            self.of_another = False
        elif others_first:
            self.of_another = True
        return found

    def _note(self, start: int, end: int, person: Person, kind: MentionIs) -> None:
        if start not in self.mentions and start not in self.people.at:
            self.mentions[start] = Tracked(start, end, person, kind)
            person.mentions.append(
                Mention(start=start, end=end, text=self.text[start:end], kind=kind)
            )

    def _pronoun(
        self,
        sentence: Sentence,
        number: int,
        before: Sequence[Tracked],
        others: int,
        frames: Sequence[Frame],
    ) -> Person | None:
        if sentence.words[number].low == "who":
            near = [t for t in before if 0 <= sentence.words[number].start - t.end <= 2]
            return near[-1].person if near else None
        if before:
            return before[-1].person
        at = sentence.words[number].start
        speaking = sum(
            1
            for frame in frames
            if frame.speaker.person is not None
            and not frame.speaker.person.listed
            and frame.speaker.kind != "other"
            and frame.speaker.start < at
        )
        if others > speaking or self.of_another:
            return None
        return self.last  # nobody who has not been spoken of yet

    def _description(self, sentence: Sentence, number: int) -> Tracked | None:
        """The Iranian general; top general's, in a headline; his client; the Russian."""
        words = sentence.words
        before = words[number - 1].low if number else ""
        after_low = words[number + 1].low if number + 1 < len(words) else ""
        if before in ("this", "that", "the") and words[number].low in _SOMEBODY:
            person = self.last or self.main
            if person is not None and after_low not in ("who", "in", "of", "from"):
                return Tracked(
                    words[number - 1].start, words[number].end, person, MentionIs.description
                )
        nation = self.people.places.get(words[number].start)
        if (
            nation is not None
            and nation.kind is PlaceIs.people
            and before == "the"
            and after_low in _THEN
        ):
            fits = [p for p in self.people.people if p.listed and set(nation.codes) & set(p.states)]
            if len(fits) == 1:
                return Tracked(words[number - 1].start, nation.end, fits[0], MentionIs.description)
        if (
            words[number].low in _CLIENT
            and number
            and words[number - 1].low in ("his", "her", "my")
        ):
            person = self.client or self.last or self.main
            if person is not None:
                return Tracked(
                    words[number - 1].start, words[number].end, person, MentionIs.description
                )
            return None
        roles = self.people.roles
        low = words[number].low.removesuffix("'s")
        if roles.get(low) not in ("rank", "office"):
            return None
        after = words[number + 1] if number + 1 < len(words) else None
        if after is not None and not words[number].low.endswith("'s"):
            if after.start in self.people.at or after.low.removesuffix("'s") in roles:
                return None  # a title before a name, or the middle of a description
            if after.text[0].isupper() and self.people.place_at(after) is None:
                return None
            if after.low in ("of", "for"):
                return None
        first = number
        while first > 0 and number - first < 6:
            word = words[first - 1]
            if (
                word.low.removesuffix("'s") in roles
                or self.people.place_at(word) is not None
                or word.low in ("militia", "rebel")
            ):
                first -= 1
                continue
            break
        definite = first > 0 and words[first - 1].low in ("the", "this", "that")
        named = any(self.people.place_at(w) is not None for w in words[first:number])
        if not definite and not (named and sentence.zone is Zone.headline):
            return None
        person = self.people.described(words[first : number + 1])
        if person is None or not person.listed:
            return None
        end = words[number].end - (2 if words[number].low.endswith("'s") else 0)
        return Tracked(words[first - definite].start, end, person, MentionIs.description)

    # ------------------------------------------------------------ journeys spoken of

    def _predicates(
        self, sentence: Sentence, tracked: Sequence[Tracked], frames: Sequence[Frame]
    ) -> Iterator[Predicate]:
        words = sentence.words
        for number, word in enumerate(words):
            meaning = self.journeys.get(word.low.removesuffix("'s"))
            if meaning is None:
                if word.low in ("was", "is", "been", "were", "be") and self._is_there(
                    words, number
                ):
                    meaning = "stay"
                else:
                    continue
            if word.start in self.people.at or self.people.place_at(word) is not None:
                continue
            if not self._is_phrase(words, number):
                continue
            after = words[number + 1].low if number + 1 < len(words) else ""
            before = words[number - 1].low if number else ""
            if after in _NO_TRIP or (
                before == "from" and number > 1 and words[number - 2].low in _BARRED
            ):
                continue
            kinds = frozenset(meaning.split("|"))
            noun = "noun" in kinds and self._reads_as_noun(words, number, kinds)
            denied = any(f.kind == "denies" and f.holds(word.start) for f in frames)
            held = words[max(0, number - 1)].low in _HELD
            if noun and "meet" in kinds and not held and not denied:
                continue
            if noun:
                kinds = (
                    kinds | {"enter"} if not kinds & {"transit", "meet", "leave", "stay"} else kinds
                )
            elif kinds == {"noun"}:
                continue
            if "meet" in kinds and self.cues["remote"].search(
                self.low, sentence.start, sentence.end
            ):
                continue
            mention = self._traveller(sentence, number, noun, kinds, tracked, frames)
            places = self._places(sentence, number, noun, kinds)
            off = noun and self._negated(sentence, number, noun, None)
            definite = noun and before in ("the", "this", "that") and bool(frames)
            known = (self.last or self.main) is not None
            if mention is None and not (noun and (places or ((off or definite) and known))):
                continue
            clause = self._clause_before(sentence, number, mention)
            yield Predicate(
                number=number,
                word=word,
                kinds=kinds,
                noun=noun,
                mention=mention,
                places=places,
                negated=self._negated(sentence, number, noun, mention),
                ahead=self._looks_ahead(sentence, number, noun, clause),
                conditional=bool(self.cues["if"].search(clause)),
            )

    def _is_phrase(self, words: Sequence[Word], number: int) -> bool:
        """Whether a word that speaks of a journey only with another has it: changed planes."""
        low = words[number].low
        if low == "changed":
            return number + 1 < len(words) and words[number + 1].low in _VEHICLES
        if low == "foot":
            return number > 0 and words[number - 1].low == "set"
        if low in ("let", "lets"):
            return any(
                word.low in ("in", "into", "enter") for word in words[number + 1 : number + 9]
            )
        return True

    def _is_there(self, words: Sequence[Word], number: int) -> bool:
        """Was in Moscow: a place follows directly, and no other verb."""
        at = number + 1
        while at < len(words) and words[at].low in (
            "not", "never", "still", "then", "with", "me", "us", "him", "them", "safely", "already",
            "also", "now", "at", "that", "day", "currently", "actually", "indeed", "definitely",
            "home",
        ):  # fmt: skip
            at += 1
        if at < len(words) and words[at].low in ("here", "there"):
            return True
        after = " ".join(word.low for word in words[at : at + 4])
        if re.match(
            r"(?:in|inside|on|out of) (?:the|its|our|this) (?:\w+ )?"
            r"(?:country|capital|city|kingdom|republic|town)\b",
            after,
        ):
            return True
        return (
            at + 1 < len(words)
            and (words[at].low in ("in", "inside", "to", "on") or words[at - 1].low == "at")
            and not any(w.low in ("list", "lists", "blacklist") for w in words[at : at + 6])
            and any(self.people.place_at(w) is not None for w in words[at : at + 3])
        )

    def _reads_as_noun(self, words: Sequence[Word], number: int, kinds: frozenset[str]) -> bool:
        before = words[number - 1].low if number else ""
        if kinds == {"noun"}:
            return True
        if before in ("to", "will", "would", "not", "n't", "did", "didn't", "could", "may", "can"):
            return False
        return (
            before in _BEFORE_NOUN
            or before.endswith(("'s", "s'"))
            or before in ("about", "over", "on", "during", "for", "after", "before")
            or (number + 1 < len(words) and words[number + 1].low in ("to", "by", "of", "in")
            and before not in self.people.roles)
        )  # fmt: skip

    def _traveller(
        self,
        sentence: Sentence,
        number: int,
        noun: bool,
        kinds: frozenset[str],
        tracked: Sequence[Tracked],
        frames: Sequence[Frame],
    ) -> Tracked | None:
        words = sentence.words
        at = words[number].start
        if words[number].low in _HOSTS and not self._passive(words, number):
            behind = [
                t
                for t in tracked
                if t.start > at and self._words_between(sentence, at, t.start) <= 8
            ]
            return behind[0] if behind else None
        if words[number].low in _OBJECTS and not self._passive(words, number):
            behind = [
                t
                for t in tracked
                if t.start > at and self._words_between(sentence, at, t.start) <= 4
            ]
            return behind[0] if behind else None
        before = [
            t for t in tracked
            if t.end <= at and self._words_between(sentence, t.end, at) <= _FARTHEST_PERSON
            and sentence.is_quoted(t.start) == sentence.is_quoted(at)
        ]  # fmt: skip
        if noun:
            owners = [
                t for t in before
                if self.low[t.end : t.end + 2] in ("'s", "s'")
                or self.low[t.start : t.end] in ("his", "her")
            ]  # fmt: skip
            if owners and self._words_between(sentence, owners[-1].end, at) <= 5:
                return owners[-1]
            behind = [
                t for t in tracked
                if t.start > at and self._words_between(sentence, at, t.start) <= 9
                and re.search(r"\b(?:by|of|for|with)\b", self.low[at : t.start])
            ]  # fmt: skip
            if behind:
                return behind[0]
        if "meet" in kinds and not noun:
            around = before[-1:] or [
                t
                for t in tracked
                if t.start > at and self._words_between(sentence, at, t.start) <= 8
            ]
            subject = self._other_subject(
                sentence, number, around[0].end if around and around[0].end <= at else None, frames
            )
            if subject:
                behind = [
                    t
                    for t in tracked
                    if t.start > at and self._words_between(sentence, at, t.start) <= 8
                ]
                return behind[0] if behind else None
            return around[0] if around else None
        if not before:
            return None
        nearest = before[-1]
        if not noun and self._other_subject(sentence, number, nearest.end, frames):
            return None
        return nearest

    def _passive(self, words: Sequence[Word], number: int) -> bool:
        """Was received: the traveller stands before it."""
        return any(w.low in _BEEN for w in words[max(0, number - 2) : number])

    def _words_between(self, sentence: Sentence, start: int, end: int) -> int:
        return sum(1 for word in sentence.words if start <= word.start < end)

    def _other_subject(
        self, sentence: Sentence, number: int, since: int | None, frames: Sequence[Frame]
    ) -> bool:
        """Whether somebody else stands before a verb, nearer than the traveller."""
        start = since if since is not None else sentence.start
        speakers = {(frame.speaker.start, frame.speaker.end) for frame in frames}
        for word in sentence.words[:number]:
            if word.start < start:
                continue
            if any(first <= word.start < last for first, last in speakers):
                continue
            known = self.people.at.get(word.start)
            if known is not None and not known[0].listed:
                return not self._in_company(sentence, word)
        return False

    def _in_company(self, sentence: Sentence, word: Word) -> bool:
        """Whether a name is one that somebody is with, led by or called: no subject."""
        number = sentence.words.index(word)
        begins = self.people.titles_before(sentence, number)
        return begins > 0 and sentence.words[begins - 1].low in (
            "by", "with", "of", "to", "for", "from", "under", "and", "about", "like", "alongside",
        )  # fmt: skip

    def _places(
        self, sentence: Sentence, number: int, noun: bool, kinds: frozenset[str]
    ) -> tuple[PlaceRead, ...]:
        """Where a journey leads: behind its word, or Moscow before a trip."""
        words = sentence.words
        if words[number].low in _HOSTS and not self._passive(words, number):
            before = [
                p for p in self.places
                if sentence.start <= p.start < words[number].start and p.kind is not PlaceIs.outlet
            ]  # fmt: skip
            return tuple(before[-1:])
        found: list[PlaceRead] = []
        at = number + 1
        last = min(len(words), number + 1 + _FARTHEST_PLACE)
        while at < last:
            word = words[at]
            meaning = self.journeys.get(word.low)
            if word.text in ";:.?!" or word.low in (
                "where",
                "which",
                "because",
                "despite",
                "while",
                "as",
            ):
                break
            if (
                meaning is not None
                and "noun" not in meaning
                and word.low not in _HOSTS
                and not found
            ) and ("leave" in meaning or "enter" in meaning or "meet" in meaning):
                break
            if word.low in self.speakers.verbs and found:
                break
            place = next((p for p in self.places if p.start == word.start), None)
            capital = (
                place is not None
                and place.kind is PlaceIs.people
                and at + 1 < len(words)
                and words[at + 1].low in _OF_A_STATE
            )
            if found and place is not None and self.low.startswith("'s", place.end):
                break
            if place is not None and (
                place.kind in (PlaceIs.state, PlaceIs.city, PlaceIs.airport) or capital
            ):
                if self._leads_to(sentence, number, at, found, kinds):
                    found.append(place)
                at = next(
                    (n for n in range(at, len(words)) if words[n].start >= place.end), len(words)
                )
                continue
            if "leave" in kinds and word.low == "for":
                found.clear()
                at += 1
                continue
            if found and word.low not in ("and", ",", "the", "then", "in", "later", "or"):
                break
            at += 1
        if not found and noun and number:
            place = next(
                (p for p in self.places if words[number].start - 2 <= p.end <= words[number].start
                 and p.kind in (PlaceIs.state, PlaceIs.city)), None,
            )  # fmt: skip
            if place is not None:
                found.append(place)
        return tuple(found)

    def _leads_to(
        self,
        sentence: Sentence,
        number: int,
        at: int,
        found: Sequence[PlaceRead],
        kinds: frozenset[str],
    ) -> bool:
        words = sentence.words
        if found:
            return True
        if words[at].low.endswith("'s"):
            return False
        before = words[at - 1].low
        if before == "the" and at - 1 > number:
            before = words[at - 2].low
        if before in _TO_PLACE:
            return True
        if before == "from":
            return words[number].low in ("returned", "return", "returns", "returning", "back")
        for back in range(1, 4):
            low = words[at - back].low if at - back > number else ""
            if low in _TO_PLACE:
                return True
            if low not in _BESIDE_PLACE:
                break
        return at - number <= 2 and bool(kinds & {"enter", "transit", "leave"})

    def _clause_before(self, sentence: Sentence, number: int, mention: Tracked | None) -> str:
        """The words of the clause before a verb: from its traveller, or from a boundary."""
        words = sentence.words
        first = number
        while first > 0 and number - first < 10:
            word = words[first - 1]
            if word.text in ';:“”"' or word.low in ("that", "because", "and", "but", "where"):
                break
            first -= 1
        start = words[first].start
        if mention is not None and mention.end <= words[number].start:
            start = max(start, mention.start) if number - first >= 10 else start
        return self.low[start : words[number].end]

    def _negated(
        self, sentence: Sentence, number: int, noun: bool, mention: Tracked | None
    ) -> bool:
        words = sentence.words
        first = number
        while first > 0 and number - first < 7:
            word = words[first - 1]
            if word.text in ',;:“”"' or word.low in (
                "that",
                "because",
                "but",
                "who",
                "and",
                "where",
            ):
                break
            owns = mention is not None and self.low[mention.start : mention.end] in _OWNERS
            named = mention is not None and not noun and not owns
            if named and mention is not None and word.start < mention.end <= words[number].start:
                break
            first -= 1
        before = words[first:number]
        behind = words[number + 1 : number + 3] if words[number].low in _IS else ()
        if any(w.low in _NOT for w in behind[:1]) or any(w.low == "never" for w in behind):
            return True
        if any(w.low in _NOT or w.low.endswith("n't") for w in before):
            return True
        if not noun and self.cues["negates"].search(self._clause_before(sentence, number, mention)):
            return True
        if noun:
            if any(w.low == "no" for w in before[-2:]):
                return True
            after = self.low[words[number].end : min(sentence.end, words[number].end + 90)]
            return bool(self.cues["called_off"].search(after))
        return any(w.low == "failed" for w in before[-3:])

    def _looks_ahead(self, sentence: Sentence, number: int, noun: bool, clause: str) -> bool:
        words = sentence.words
        if noun:
            near = self.low[
                words[max(0, number - 3)].start : words[min(len(words) - 1, number + 7)].end
            ]
            return bool(self.cues["planned"].search(near)) and not self._negated(
                sentence, number, noun, None
            )
        if self.cues["ahead"].search(clause):
            return "would have" not in clause
        if number < 2 or words[number - 1].low != "to":
            return sentence.zone is Zone.headline and number == 1 and words[0].low == "to"
        # Due to land and to stay; but he managed to enter, and was allowed to.
        return words[number].low in _BASE and words[number - 2].low not in _ACTUAL

    # ------------------------------------------------------------ a claim about a journey

    def _of_journey(
        self,
        sentence: Sentence,
        predicate: Predicate,
        frames: Sequence[Frame],
        tracked: Sequence[Tracked],
    ) -> Iterator[Draft]:
        at = predicate.word.start
        around = [frame for frame in frames if frame.holds(at)]
        speaker, via, frame = self._speaks(around)
        kind = frame.kind if frame else "narrator"
        if predicate.noun and not self._noun_counts(sentence, predicate, frame):
            return
        if any(other.kind == "open" for other in around) or self.cues["instead"].search(
            self._clause_before(sentence, predicate.number, predicate.mention)
        ):
            return  # neither said nor denied; or another thing was done instead
        denied = (
            kind == "denies"
            or self._false_report(sentence, predicate)
            or bool(self.cues["not_true"].search(self.low, sentence.start, at))
            or any(other.kind == "denies" and other.speaker is speaker for other in around)
        )
        part = self._part(predicate)
        if predicate.kinds & {"meet"} and not (predicate.kinds & {"noun"} and predicate.places):
            type_ = _T.denies_part if denied != predicate.negated else _T.asserts_part
        elif denied and predicate.negated:
            return  # not clear enough to say what was meant
        elif predicate.conditional:
            type_ = _T.conditional
        elif self.cues["whether"].search(
            self._clause_before(sentence, predicate.number, predicate.mention)
        ):
            return
        elif denied or predicate.negated:
            type_ = _T.denies
        elif predicate.word.low in _INVITES | _EXPECTS:
            type_ = _T.announces
        elif predicate.noun and self._spoken_of(sentence, predicate):
            type_ = _T.presupposes
        elif kind in ("raises", "accuses"):
            type_ = _T.presupposes if kind == "raises" else _T.asserts
        elif predicate.ahead or "leave" in predicate.kinds:
            type_ = _T.announces
        elif part is PartKind.photograph or "transit" in predicate.kinds:
            type_ = _T.asserts_part
        else:
            type_ = _T.asserts
        if type_ in (_T.asserts_part, _T.denies_part) and predicate.conditional:
            type_ = _T.conditional
        if "leave" in predicate.kinds:
            if not predicate.negated and not self._leaves_for(predicate):
                return
            if predicate.negated and not denied:
                if not predicate.places:
                    return
                type_ = _T.denies
        if predicate.mention is None and frame is None and not predicate.negated:
            return
        if frame is None and self.text[sentence.end - 1] == "?" and not sentence.is_quoted(at):
            return  # a question claims nothing
        if frame is None and predicate.word.low in _OBJECTS | _HOSTS:
            seen_by, _, _ = self._subject(sentence, at, frames)
            speaker = seen_by if seen_by.kind not in ("narrator", "other") else speaker
            if predicate.word.low in _HOSTS and seen_by.person is not None and type_ is _T.asserts:
                type_, part = _T.asserts_part, PartKind.meeting
                speaker = self.speakers.narrator
        places = predicate.places
        if not places and predicate.kinds & {"enter", "transit", "stay"} and not predicate.noun:
            places = self._country(sentence, predicate, frame) or self._here(predicate, frame)
        if not places and predicate.kinds & {"enter", "transit", "stay"} and not predicate.noun:
            if not places and type_ in (_T.asserts, _T.announces, _T.asserts_part):
                near = self._nearby(predicate, frame)
                stays = "stay" in predicate.kinds and predicate.word.low not in _IS
                elsewhere = not stays and re.match(
                    r" (?:\w+ )?(?:at|to|into) (?!the (?:country|border|airport))",
                    self.low[predicate.word.end : predicate.word.end + 30],
                )
                if near is None or (
                    not self._ashore(predicate)
                    and (not (stays or predicate.word.low in _SURELY) or elsewhere)
                ):
                    return
                places = (near,)
        elif not places and predicate.word.low in _HOSTS:
            near = self._nearby(predicate, frame)
            places = (near,) if near is not None else ()
        elif not places and type_ in (_T.asserts, _T.announces) and not predicate.noun:
            return
        if (
            not places
            and type_ is _T.denies
            and not predicate.noun
            and re.match(
                r" (?:an?|any|some|his|her) ", self.low[predicate.word.end : predicate.word.end + 8]
            )
        ):
            return  # never visited a school
        if places and type_ in (_T.asserts, _T.announces) and self.fallback is None:
            self.fallback = places[0]
        start, end = self._quote(sentence, predicate, frame)
        when, said = self._dates(sentence, predicate, frame, frames)
        if predicate.word.low in _DETAINS:
            when = None  # who is held may have come long before
        yield Draft(
            type=type_,
            speaker=speaker,
            sentence=sentence,
            start=start,
            end=end,
            cue=(frame.verb.start, frame.verb.end) if frame else (at, predicate.word.end),
            person=predicate.mention.person if predicate.mention else (self.last or self.main),
            places=() if type_ is _T.denies and "leave" in predicate.kinds else places,
            when=when,
            ahead=predicate.ahead or type_ is _T.announces,
            said=said,
            via=via,
            part=part if type_ in (_T.asserts_part, _T.denies_part) else None,
            with_=self._with(sentence, predicate, tracked, speaker, start)
            if "meet" in predicate.kinds
            else (),
            transit="transit" in predicate.kinds,
            leaves="leave" in predicate.kinds,
            stays="stay" in predicate.kinds,
        )

    def _false_report(self, sentence: Sentence, predicate: Predicate) -> bool:
        """Reports that he came were false."""
        told = self.cues["report_that"].search(self.low, sentence.start, predicate.word.start)
        after = self.cues["false"].search(self.low, predicate.word.end, sentence.end)
        return told is not None and after is not None

    def _country(
        self, sentence: Sentence, predicate: Predicate, frame: Frame | None
    ) -> tuple[PlaceRead, ...]:
        """Its capital, the country: of whoever speaks, or of the State named last before it."""
        after = self.low[predicate.word.end : min(sentence.end, predicate.word.end + 60)]
        found = _THE_COUNTRY.search(after)
        if found is None:
            return ()
        before = [p for p in self.places if p.start < predicate.word.start]
        homes = set(predicate.mention.person.states) if predicate.mention else set()
        states = [
            p
            for p in before
            if p.kind in (PlaceIs.state, PlaceIs.city) and not homes & set(p.codes)
        ]
        if found[1] == "its" and frame is not None and frame.speaker.state is not None:
            own = [p for p in states if frame.speaker.state in p.codes]
            if own:
                return (own[-1],)
            code = frame.speaker.state
            at = predicate.word.end + found.start()
            return (_state_at(at, at + len(found.group()), code),)
        if states:
            return (states[-1],)
        return (self.fallback,) if self.fallback is not None else ()

    def _here(self, predicate: Predicate, frame: Frame | None) -> tuple[PlaceRead, ...]:
        """Came here, was not there: where the speaker is, or where the text leads."""
        after = self.low[predicate.word.end : predicate.word.end + 24]
        if not re.match(r"(?: \w+){0,2} (?:here|there)\b", after):
            return ()
        near = self._nearby(predicate, frame)
        return (near,) if near is not None else ()

    def _ashore(self, predicate: Predicate) -> bool:
        after = self.low[predicate.word.end : predicate.word.end + 24]
        return bool(re.match(r" (?:\w+ )?(?:ashore|over|across|through|off|in)\b", after))

    def _nearby(self, predicate: Predicate, frame: Frame | None) -> PlaceRead | None:
        """Where somebody came to who says only that he came: to where the speaker is."""
        state = frame.speaker.state if frame is not None else None
        person = predicate.mention.person if predicate.mention else None
        if state is not None and (person is None or state not in person.states):
            at = predicate.word.end
            return _state_at(at, at, state)
        if self.fallback is not None:
            return self.fallback
        home = self.speakers.home
        told = {code for place in self.places for code in place.codes}
        if home is None or told - {home} or (person is not None and home in person.states):
            return None
        return _state_at(predicate.word.end, predicate.word.end, home)

    def _noun_counts(self, sentence: Sentence, predicate: Predicate, frame: Frame | None) -> bool:
        """A visit that is only spoken of is no claim; one that is confirmed, denied or off is."""
        if predicate.negated or predicate.ahead or self._made(sentence, predicate):
            return True
        if frame is None:
            return False
        if frame.kind in ("denies", "raises", "accuses"):
            return True
        if self._spoken_of(sentence, predicate) and frame.kind in ("says", "according"):
            return True  # the visit had been reported: it is taken to have been made
        if frame.verb.low in _NOUN_SAYS:
            between = self._words_between(sentence, frame.verb.end, predicate.word.start)
            return (
                between <= 10
                and "that" not in self.low[frame.verb.end : predicate.word.start].split()
            )
        return False

    def _made(self, sentence: Sentence, predicate: Predicate) -> bool:
        """Whether somebody made, paid or ended a visit: then it is told as a fact."""
        before = sentence.words[max(0, predicate.number - 6) : predicate.number]
        return any(word.low in _MADE for word in before)

    def _spoken_of(self, sentence: Sentence, predicate: Predicate) -> bool:
        """Whether a visit is only what a sentence says something of."""
        follows = next((w.low for w in sentence.words if w.start >= predicate.word.end), "")
        return follows in _THEN

    def _leaves_for(self, predicate: Predicate) -> bool:
        after = self.low[predicate.word.end : predicate.word.end + 6]
        direct = any(self.low[: place.start].endswith(" for ") for place in predicate.places)
        return direct or (bool(predicate.places) and after.lstrip().startswith("for"))

    def _part(self, predicate: Predicate) -> PartKind | None:
        low = predicate.word.low
        if low in _PART_WORDS:
            return _PART_WORDS[low]
        if "transit" in predicate.kinds:
            return PartKind.stopover if low in ("stopover", "layover") else PartKind.transit
        return PartKind.meeting if "meet" in predicate.kinds else None

    def _with(
        self,
        sentence: Sentence,
        predicate: Predicate,
        tracked: Sequence[Tracked],
        speaker: SpeakerRead,
        start: int,
    ) -> tuple[str, ...]:
        own = {t.start for t in tracked}
        names = [
            self.people.at[w.start][0].name
            for w in sentence.words
            if w.start in self.people.at
            and w.start not in own
            and w.start >= start
            and self.people.at[w.start][0] is not speaker.person
            and abs(sentence.words.index(w) - predicate.number) <= 14
        ]
        return tuple(dict.fromkeys(names))

    def _speaks(self, around: Sequence[Frame]) -> tuple[SpeakerRead, tuple[str, ...], Frame | None]:
        """Who speaks of what stands in some frames: the innermost, and who carries it on."""
        if not around:
            return self.speakers.narrator, (), None
        frame = around[0]
        via = list(frame.via)
        for outer in around[1:]:
            if outer.speaker.kind in ("press", "wire"):
                via.append(outer.speaker.name)
            elif (
                outer.speaker.kind == "state"
                and frame.speaker.kind == "state"
                and outer.speaker.state == frame.speaker.state
                and frame.speaker.person is None
                and outer.speaker.person is not None
            ):
                # A State's word that its own minister tells is his.
                frame = outer
        if frame.speaker.kind in ("press", "wire", "narrator"):
            inner = [f for f in around if f.speaker.kind not in ("press", "wire", "narrator")]
            if inner:
                via.append(frame.speaker.name)
                frame = inner[0]
        return frame.speaker, tuple(dict.fromkeys(via)), frame

    def _quote(
        self, sentence: Sentence, predicate: Predicate, frame: Frame | None
    ) -> tuple[int, int]:
        at = predicate.word.start
        quoted = next((one for one in sentence.quoted if one[0] <= at < one[1]), None)
        if quoted is not None:
            return quoted
        start = sentence.start
        end = sentence.end
        if frame is not None:
            content = next(((a, b) for a, b in frame.contents if a <= at < b), (start, end))
            start, end = max(start, content[0]), min(end, content[1])
        mention = predicate.mention
        begin = at if mention is None else min(at, mention.start)
        if begin >= start:
            words = [w for w in sentence.words if start <= w.start < begin]
            that = [w for w in words if w.low == "that"]
            start = that[-1].end if that else (begin if mention is not None else start)
        last = max([predicate.word.end, *(p.end for p in predicate.places)])
        stop = re.compile(r",? (?:despite|according to|where|and (?!left|then))|[,;.]").search(
            self.low, last, end
        )
        if stop is not None:
            end = stop.start()
        return start, max(end, last)

    def _dates(
        self,
        sentence: Sentence,
        predicate: Predicate,
        frame: Frame | None,
        frames: Sequence[Frame],
    ) -> tuple[DateRead | None, DateRead | None]:
        """The day of the journey and the day of speech: each date belongs to its nearest verb."""
        when = said = None
        best = 99
        for date in self.dates:
            if not sentence.start <= date.start < sentence.end:
                continue
            if not ("stay" in predicate.kinds and not predicate.negated) and (
                self.low[max(sentence.start, date.start - 7) : date.start].split()[-1:]
                in (["since"], ["until"])
                or self.low.startswith(("since", "until"), date.start)
            ):
                continue  # how long a ban holds, or how long somebody has been at home
            mine = self._distance(sentence, predicate.word, date)
            spoken = min(
                ((self._distance(sentence, f.verb, date), f.verb.start, f) for f in frames),
                key=lambda one: one[:2],
                default=None,
            )
            if frame is not None and not frame.holds(date.start):
                said = said or date
            elif spoken is not None and spoken[0] < mine and spoken[0] <= 4:
                said = said or date if spoken[2] is frame else said
            elif mine < best and not self._of_another(sentence, predicate, date):
                when, best = date, mine
        return when, said

    def _distance(self, sentence: Sentence, word: Word, date: DateRead) -> int:
        low, high = sorted((word.start, date.start))
        words = self._words_between(sentence, low, high)
        return words + 4 * self.low[low:high].count(",")

    def _of_another(self, sentence: Sentence, predicate: Predicate, date: DateRead) -> bool:
        """Whether another journey's word, or a noun of law, stands nearer to a date."""
        low, high = sorted((predicate.word.start, date.start))
        for word in sentence.words_of(low + 1, high):
            meaning = self.journeys.get(word.low)
            if meaning is None or word.low == "land":
                continue
            if "noun" not in meaning and "meet" not in meaning and not predicate.noun:
                return True
        return False

    # ------------------------------------------------------------ cues that hold a whole claim

    def _frame_at(
        self, frames: Sequence[Frame], at: int
    ) -> tuple[SpeakerRead, tuple[str, ...], Frame | None]:
        return self._speaks([frame for frame in frames if frame.holds(at)])

    def _subject(
        self, sentence: Sentence, at: int, frames: Sequence[Frame]
    ) -> tuple[SpeakerRead, tuple[str, ...], Frame | None]:
        """Who does what a cue says: whoever stands before it, or whoever speaks."""
        number = next((n for n, w in enumerate(sentence.words) if w.end > at), None)
        if number is not None and not sentence.is_quoted(at):
            first, last = self.speakers.before(sentence, number)
            if last > first:
                found = self.speakers.speaker(sentence, first, last)
                if found is not None:
                    self.speakers.remember(sentence, found)
                    return found, (), None
        return self._frame_at(frames, at)

    def _cues(
        self, sentence: Sentence, frames: Sequence[Frame], tracked: Sequence[Tracked]
    ) -> Iterator[tuple[Draft, tuple[int, int] | None]]:
        start, end = sentence.start, sentence.end
        person = tracked[-1].person if tracked else (self.last or self.main)
        if person is None:
            return
        low = self.low

        def draft(
            type_: ClaimType, found: re.Match[str], subject: bool, first: int | None = None
        ) -> Draft:
            who = self._subject if subject else None
            speaker, via, frame = (
                who(sentence, found.start(), frames)
                if who is not None
                else self._frame_at(frames, found.start())
            )
            quoted = next(
                (one for one in sentence.quoted if one[0] <= found.start() < one[1]), None
            )
            content = quoted or (
                first if first is not None else found.start(),
                self._clause_end(sentence, found.end()),
            )
            said = next(
                (
                    d
                    for d in self.dates
                    if start <= d.start < end and not (frame and frame.holds(d.start))
                ),
                None,
            )
            return Draft(
                type=type_, speaker=speaker, sentence=sentence, start=content[0], end=content[1],
                cue=found.span(), person=person, via=via, said=said,
                places=self._led_to(found.end(), content[1]) if type_ is _T.denies else (),
            )  # fmt: skip

        if found := self.cues["retracts"].search(low, start, end):
            yield draft(_T.retracts, found, True), (found.start(), end)
            return
        if found := self.cues["denies_identity"].search(low, start, end):
            yield draft(_T.denies_identity, found, False, start), (start, end)
        for cue, type_ in (("denial", _T.denies), ("denies_part", _T.denies_part)):
            if found := self.cues[cue].search(low, start, end):
                inside = any(f.holds(found.start()) for f in frames)
                made = draft(type_, found, not inside)
                if made.speaker.kind != "narrator":
                    made.part = PartKind.meeting if type_ is _T.denies_part else None
                    yield made, found.span()
        if found := self.cues["upset"].search(low, start, end):
            yield draft(_T.presupposes, found, True, start), found.span()
        if found := _NOBODY.search(low, start, end):
            at = found.start()
            inside = any(f.holds(at) for f in frames)
            if inside:
                yield draft(_T.denies, found, False), found.span()
        if (found := _PICTURE.search(low, start, end)) and (tracked or self.main):
            picture = draft(_T.asserts_part, found, False, found.start())
            if picture.speaker.kind == "narrator":
                picture.speaker = SpeakerRead(
                    "a picture",
                    None,
                    None,
                    "anonymous",
                    False,
                    None,
                    None,
                    found.start(),
                    found.end(),
                )
            picture.part = PartKind.photograph
            yield picture, (found.start(), end)
        if found := self.cues["no_comment"].search(low, start, end):
            yield draft(_T.no_comment, found, True), (found.start(), end)
        if found := self.cues["denies_knowledge"].search(low, start, end):
            type_ = _T.denies_knowledge
            yield (
                draft(type_, found, not any(f.holds(found.start()) for f in frames)),
                (found.start(), end),
            )
        if found := self.cues["leave"].search(low, start, end):
            leave = self._leave(sentence, found, frames, person)
            if leave is not None:
                yield leave, (leave.start, leave.end)
        happened = self.cues["if_it_happened"].search(low, start, end)
        if happened:
            yield draft(_T.conditional, happened, False), happened.span()
        if found := self.cues["breach"].search(low, start, end):
            speaker, _, frame = self._frame_at(frames, found.start())
            body = (
                frame is not None
                and self.cues["body"].search(lower(frame.speaker.name)) is not None
            )
            if body and frame is not None and self.cues["determines"].fullmatch(frame.verb.low):
                yield draft(_T.determines, found, False), None
            elif not happened and not self.cues["if"].search(low, start, found.start()):
                judged = self.cues["judges"].search(low, start, found.start())
                if frame is not None:
                    yield draft(_T.legal_opinion, found, False), None
                elif judged is not None:
                    yield draft(_T.legal_opinion, judged, True), None
            del speaker

    def _led_to(self, start: int, end: int) -> tuple[PlaceRead, ...]:
        """The first place behind a preposition between two offsets."""
        for place in self.places:
            before = self.low[start : place.start].split()[-1:]
            if start <= place.start < end and before and before[0] in _TO_PLACE:
                return (place,)
        return ()

    def _clause_end(self, sentence: Sentence, at: int) -> int:
        stop = re.compile(r",? according to|[,;]").search(self.low, at, sentence.end)
        return stop.start() if stop else sentence.end

    def _leave(
        self,
        sentence: Sentence,
        found: re.Match[str],
        frames: Sequence[Frame],
        person: Person,
    ) -> Draft | None:
        """What is said of leave to travel: that it was granted, asked for, refused, never asked."""
        start, end = sentence.start, sentence.end
        quoted = next((one for one in sentence.quoted if one[0] <= found.start() < one[1]), None)
        if quoted is not None:
            start, end = quoted
        else:
            cuts = [m.end() for m in _CLAUSE.finditer(self.low, start, found.start())]
            start = cuts[-1] if cuts else start
            end = self._clause_end(sentence, found.end())
        if self.cues["whether"].search(self.low, sentence.start, found.start()):
            return None
        for status in _STATUSES:
            said = self.cues[status].search(self.low, start, end)
            if said is not None:
                break
        else:
            return None
        own = [d for d in self.dates if start <= d.start < end]
        speaker, via, frame = self._frame_at(frames, found.start())
        outside = [d for d in own if frame is not None and not frame.holds(d.start)]
        inside = [d for d in own if d not in outside]
        span = next((d for d in inside if self._is_span(d)), None)
        decided = next((d for d in inside if d is not span), None)
        return Draft(
            type=_T.exemption_statement, speaker=speaker, sentence=sentence,
            start=start, end=end,
            cue=found.span(), person=person, via=via, status=status, when=span, decided=decided,
            said=outside[0] if outside else None,
        )  # fmt: skip

    def _is_span(self, date: DateRead) -> bool:
        return bool(re.search(r"\bto\b|–|-|\band\b|until", self.low[date.start : date.end]))

    def _denied_things(
        self,
        sentence: Sentence,
        tracked: Sequence[Tracked],
        found: Sequence[Draft],
    ) -> Iterator[Draft]:
        """Denied the report: a denial that names neither person nor place."""
        if any(draft.type in (_T.denies, _T.denies_part, _T.retracts) for draft in found):
            return
        thing = _DENIED_THING.search(self.low, sentence.start, sentence.end)
        person = tracked[-1].person if tracked else (self.last or self.main)
        if thing is None or person is None:
            return
        verb = thing.group().split()[0]
        if verb in ("called", "described", "branded") and not re.search(
            r"\b(?:false|fabricat\w+|baseless|untrue|lies?|nonsense|fiction|invent\w+|groundless|fake)\b",
            self.low[thing.start() : sentence.end],
        ):
            return
        number = next(n for n, w in enumerate(sentence.words) if w.end > thing.start())
        first, last = self.speakers.before(sentence, number)
        speaker = self.speakers.speaker(sentence, first, last) if last > first else None
        if speaker is None or speaker.kind == "narrator":
            return
        self.speakers.remember(sentence, speaker)
        said = next((d for d in self.dates if thing.end() <= d.start < sentence.end), None)
        yield Draft(
            type=_T.denies, speaker=speaker, sentence=sentence, start=thing.start(),
            end=thing.end(), cue=(thing.start(), thing.start() + len(verb)), person=person,
            said=said,
        )  # fmt: skip

    # ------------------------------------------------------------ what the law is said to be

    def _law(
        self, sentence: Sentence, frames: Sequence[Frame], tracked: Sequence[Tracked]
    ) -> Iterator[Draft]:
        low, start, end = self.low, sentence.start, sentence.end
        person = tracked[-1].person if tracked else (self.last or self.main)
        if person is None:
            return
        found = [
            (measure, match)
            for measure in _MEASURES
            if (match := self.cues[measure].search(low, start, end)) is not None
        ]
        if not found or not self.cues["sanctions"].search(low, start, end):
            return
        measures = [measure for measure, _ in found]
        if StatedMeasure.travel_ban in measures or StatedMeasure.asset_freeze in measures:
            measures = [m for m in measures if m is not StatedMeasure.listing]
        matches = [match for measure, match in found if measure in measures]
        first = min(match.start() for match in matches)
        last = max(match.end() for match in matches)
        since = until = None
        for date in self.dates:
            if not first - 60 <= date.start < end or not start <= date.start:
                continue
            before = low[max(start, date.start - 12) : date.start]
            inside = low[date.start : date.end]
            if (
                "since" in before.split()[-2:]
                or inside.startswith("since")
                or (before.split()[-1:] == ["in"] and StatedMeasure.listing in measures)
            ):
                since = since or date
            elif before.split()[-1:] == ["until"]:
                until = until or date
        ended = self.cues["ended"].search(low, first - 0, end)
        about = (
            since is not None
            or until is not None
            or ended is not None
            or re.search(
                r"\b(?:under|subject|subjected|despite|faces?|faced|has been|is|was|his|her|put"
                r"|placed|added)\b",
                low[max(start, first - 60) : last],
            )
        )
        if not about:
            return
        if since is None and until is None and ended is None and StatedMeasure.listing in measures:
            return
        speaker, via, _ = self._frame_at(frames, first)
        resolution = _RESOLUTION.search(low, start, end)
        tail = max([last, *(d.end for d in (since, until) if d is not None)])
        yield Draft(
            type=_T.legal_statement, speaker=speaker, sentence=sentence, start=first,
            end=min(end, tail), cue=(first, last), person=person, via=via,
            measures=tuple(dict.fromkeys(measures)), in_force=ended is None,
            since=since, until=until, resolution=resolution[1] if resolution else None,
        )  # fmt: skip


def _once(drafts: Sequence[Draft]) -> list[Draft]:
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
