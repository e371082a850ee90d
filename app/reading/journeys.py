"""Words that speak of a journey, with who travels and where to, and whether it is denied."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from app.reading.context import Context
from app.reading.drafts import Predicate, Tracked, Traveller
from app.reading.frames import Frame
from app.reading.places import PlaceIs, PlaceRead
from app.reading.sentences import Sentence, Word, Zone
from app.reading.travellers import Travellers
from app.reading.words import HOSTS, IS, OBJECTS, TO_PLACE

_NOT = frozenset("nobody none not never neither nor cannot".split())
_BEEN = frozenset(("was", "were", "been", "being", "be"))
_BASE = frozenset(
    "receive host welcome admit let visit arrive land fly travel enter come "
    "go return meet attend stay drive".split()
)
_FARTHEST_PLACE = 16  # words
_FARTHEST_PERSON = 30
_BESIDE_PLACE = frozenset(
    "the a an its his central downtown northern southern eastern western capital city of".split()
)
_OWNERS = frozenset(("my", "his", "her"))
_BEFORE_NOUN = frozenset(
    "the a an his her their its this that any no such of alleged reported secret official planned "
    "brief".split()
)
_ACTUAL = frozenset(
    "managed able allowed permitted said seen continued began started happened used came "
    "reported believed known alleged thought claimed".split()
)
_OF_A_STATE = frozenset(
    "land lands territories waters frontier capital territory soil border city airport side".split()
)
_HELD = frozenset("held hold holds holding had have attended attends attending".split())
_NO_TRIP = frozenset(
    "area areas lounge zone hall ban bans restrictions sanctions documents document agency "
    "agencies visa".split()
)
_HOUSES = frozenset(
    "hotel hotels airport hospital clinic restaurant villa apartment suburb mosque hotel's".split()
)
_CARRY = frozenset(
    "plane jet aircraft helicopter convoy motorcade delegation flight train ship yacht boat "
    "entourage party car bus".split()
)
"""Who owns these is in them."""
_WITHOUT = frozenset("without minus except besides unlike".split())
_BREAKS = frozenset(", as while when after before but whose because since".split())
_MAY = frozenset("may must can could shall should".split())
_ON_A = re.compile(r"\b(?:on|aboard|by|off|boarded|took|catch|caught) (?:[\w'-]+ ){1,3}$")
_BARRED = frozenset(
    "unable required obliged barred banned prohibited forbidden stopped prevented kept".split()
)


_ITS_AIRPORT = re.compile(
    r" [\w' -]{0,30}\b(?:airport|airfield|air base|port|hotel|palace|station|hospital|clinic)\b"
)
"""What belongs to a town and lies in it: Istanbul's old airport."""
_REMAINS = re.compile(
    r" (?:in (?:force|place|effect|power|office)|on (?:the|a)|under|subject|listed|silent|an?\b"
    r"|unclear|unknown|bound|valid)"
)
_AT_HIS_POST = re.compile(
    r"(?:in |at )?(?:his |her |a |the )?(?:prison|jail|hospital|custody|bed|post|desk|home|house|"
    r"farm|christening|wedding|funeral|office|base|clinic) (?:in|at|near|outside)\b"
)
_UNDER_A_BAN = re.compile(
    r" (?:under|on|onto)\b[^.;]{0,40}\b(?:ban|list|sanctions|blacklist|freeze|notice|measures)\b"
)
_REGULATES = frozenset(
    "forbid forbids bar bars prohibit prohibits require requires regulates".split()
)
_MEETINGS = frozenset(
    "meeting meetings talks discussions consultations negotiations session conference ceremony "
    "summit contacts".split()
)


class Journeys:
    """Finds the journeys that a sentence speaks of."""

    def __init__(self, context: Context, travellers: Travellers) -> None:
        self.context = context
        self.low = context.low
        self.people = context.people
        self.speakers = context.speakers
        self.journey_words = context.journey_words
        self.cues = context.cues
        self.travellers = travellers

    def predicates(
        self,
        sentence: Sentence,
        tracked: Sequence[Tracked],
        frames: Sequence[Frame],
        who: Traveller | None = None,
    ) -> Iterator[Predicate]:
        """The words of a sentence that speak of a journey; `who` knows travellers besides."""
        words = sentence.words
        for number, word in enumerate(words):
            meaning = self._meaning(words, number)
            if meaning is None:
                continue
            if word.start in self.people.at or self.people.place_at(word) is not None:
                continue
            after = words[number + 1].low if number + 1 < len(words) else ""
            before = words[number - 1].low if number else ""
            if after in _NO_TRIP or self._is_barred(words, number):
                continue
            if word.low == "flight" and _ON_A.search(self.low, sentence.start, word.start):
                continue
            if word.low == "came" and after == "out":
                continue
            if word.low.startswith("remain") and _REMAINS.match(self.low, word.end):
                continue  # a ban does, and no traveller
            if self._is_regulated(words, number):
                continue
            if word.low in ("placed", "put") and _UNDER_A_BAN.match(self.low, word.end):
                continue
            if word.low == "stopped" and after in ("him", "her", "them"):
                continue  # who is stopped by somebody has not stopped there
            if word.low in ("held", "holding") and self._of_a_meeting(sentence, number):
                continue
            kinds = frozenset(meaning.split("|"))
            noun = "noun" in kinds and self._reads_as_noun(words, number, kinds)
            denied = any(f.kind == "denies" and f.holds(word.start) for f in frames)
            held = bool({w.low for w in words[max(0, number - 3) : number]} & _HELD)
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
            if mention is None and who is not None and not noun:
                mention = who(word, word.low in HOSTS | OBJECTS and not self.passive(words, number))
            places = self._places(sentence, number, noun, kinds)
            off = noun and self._negated(sentence, number, noun, None)
            definite = noun and before in ("the", "this", "that") and bool(frames)
            known = self.travellers.known is not None
            if mention is None and not (noun and (places or ((off or definite) and known))):
                continue
            clause = self.clause_before(sentence, number)
            yield Predicate(
                number=number,
                word=word,
                kinds=kinds,
                noun=noun,
                mention=mention,
                places=places,
                negated=self._negated(sentence, number, noun, mention),
                ahead=self._looks_ahead(sentence, number, noun, clause),
                conditional=bool(self.cues["if"].search(clause)) or words[0].low in ("had", "if"),
            )

    def _is_barred(self, words: Sequence[Word], number: int) -> bool:
        """Whether the law speaks and no journey: barred from entering, may not be let in."""
        for at in range(number - 1, max(0, number - 7), -1):
            if words[at].text in ",;:":
                return False
            if words[at].low in ("from", "to") and words[at - 1].low in _BARRED:
                return True
            if words[at].low == "from" and any(
                w.low in _BARRED for w in words[max(0, at - 5) : at]
            ):
                return True
        near = {word.low for word in words[max(0, number - 3) : number]}
        return words[number].low in ("let", "admit", "receive") and bool(near & _MAY)

    def _is_regulated(self, words: Sequence[Word], number: int) -> bool:
        """Whether only what the law does to a journey is told: it does not forbid entry."""
        before = {word.low for word in words[max(0, number - 3) : number]}
        return bool(before & _REGULATES) and not before & {"to", "from"}

    def _of_a_meeting(self, sentence: Sentence, number: int) -> bool:
        """Whether a meeting was held, and nobody."""
        words = sentence.words
        near = {w.low for w in words[max(0, number - 14) : number + 4]}
        return bool(near & _MEETINGS)

    def speaks_of(self, word: Word) -> bool:
        """Whether a word may speak of a journey, or begin a phrase that does."""
        return word.low in self.journey_words or word.low in self.context.journey_phrases

    def _meaning(self, words: Sequence[Word], number: int) -> str | None:
        """How a word, or a phrase that begins with it, speaks of a journey; or null."""
        word = words[number]
        for pattern, meaning in self.context.journey_phrases.get(word.low, ()):
            if pattern.match(self.low, word.start):
                return meaning
        if word.low in IS and self._is_there(words, number):
            return "stay"
        if word.low == "return" and number and words[number - 1].low == "in":
            return None  # in return
        return self.journey_words.get(word.low.removesuffix("'s"))

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
        before = words[at - 1].low
        if re.match(
            r"(?:in|inside|on|out of) (?:the|its|our|this) (?:\w+ )?"
            r"(?:country|capital|city|kingdom|republic|town)\b",
            after,
        ):
            return True
        return (
            at + 1 < len(words)
            and (words[at].low in ("in", "inside", "to", "on") or "at" in (before, words[at].low))
            and not any(w.low in ("list", "lists", "blacklist") for w in words[at : at + 6])
            and (
                any(self.people.place_at(w) is not None for w in words[at : at + 3])
                or _AT_HIS_POST.match(after) is not None
            )
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
        if words[number].low in HOSTS and not self.passive(words, number):
            behind = [
                t for t in tracked if t.start > at and sentence.words_between(at, t.start) <= 8
            ]
            return behind[0] if behind else None
        if words[number].low in OBJECTS and not self.passive(words, number):
            behind = [
                t for t in tracked if t.start > at and sentence.words_between(at, t.start) <= 4
            ]
            return behind[0] if behind else None
        before = [
            t for t in tracked
            if t.end <= at and sentence.words_between(t.end, at) <= _FARTHEST_PERSON
            and sentence.is_said(t.start) == sentence.is_said(at)
        ]  # fmt: skip
        before = [t for t in before if not self._left_out(words, t)]
        if noun:
            owners = [
                t for t in before
                if self.low[t.end : t.end + 2] in ("'s", "s'")
                or self.low[t.start : t.end] in ("his", "her")
            ]  # fmt: skip
            if owners and sentence.words_between(owners[-1].end, at) <= 5:
                return owners[-1]
            behind = [
                t for t in tracked
                if t.start > at and sentence.words_between(at, t.start) <= 9
                and re.search(r"\b(?:by|of|for|with)\b", self.low[at : t.start])
            ]  # fmt: skip
            if behind:
                return behind[0]
        if "meet" in kinds and not noun:
            around = before[-1:] or [
                t for t in tracked if t.start > at and sentence.words_between(at, t.start) <= 8
            ]
            subject = self._other_subject(
                sentence, number, around[0].end if around and around[0].end <= at else None, frames
            )
            if subject:
                behind = [
                    t for t in tracked if t.start > at and sentence.words_between(at, t.start) <= 8
                ]
                return behind[0] if behind else None
            return around[0] if around else None
        if not noun:
            before = [t for t in before if not self._only_owns(sentence, t, at)]
        if not before:
            return None
        nearest = before[-1]
        if not noun and self._other_subject(sentence, number, nearest.end, frames):
            return None
        return nearest

    def _left_out(self, words: Sequence[Word], tracked: Tracked) -> bool:
        """A delegation without him."""
        number = next((n for n, w in enumerate(words) if w.start >= tracked.start), 0)
        return bool({w.low for w in words[max(0, number - 2) : number]} & _WITHOUT)

    def _only_owns(self, sentence: Sentence, tracked: Tracked, at: int) -> bool:
        """His brother came is about the brother; his plane landed is about him."""
        owns = self.low[tracked.start : tracked.end] in _OWNERS or self.low.startswith(
            ("'s ", "’s "), tracked.end
        )
        if not owns:
            return False
        between = {w.low for w in sentence.words if tracked.end <= w.start < at}
        return not between & _CARRY

    def passive(self, words: Sequence[Word], number: int) -> bool:
        """Was received: the traveller stands before it."""
        return any(w.low in _BEEN for w in words[max(0, number - 2) : number])

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
            if known is not None and not known[0].followed:
                return not self._in_company(sentence, word)
        return self._of_who(sentence, number) or self._of_somebody(sentence, number, start)

    def _of_somebody(self, sentence: Sentence, number: int, since: int) -> bool:
        """Whether a new clause has a subject of its own: as the Russian president arrived."""
        words = sentence.words
        for at in range(number - 1, 0, -1):
            word = words[at]
            if word.start < since or word.text in ',;:“”"' or word.low in _BREAKS:
                return False
            if word.low.removesuffix("'s") not in self.people.roles or any(
                t.start <= word.start < t.end for t in self.travellers.found
            ):
                continue
            first = at
            while first > 0 and words[first - 1].low not in _BREAKS and at - first < 6:
                first -= 1
            return (
                first > 0
                and words[first - 1].low in _BREAKS
                and words[first - 1].start >= since
                and not any(w.low in ("with", "by", "and") for w in words[first:at])
            )
        return False

    def _of_who(self, sentence: Sentence, number: int) -> bool:
        """Whether a verb is that of officials who spoke: of a `who` behind somebody unnamed."""
        words = sentence.words
        for at in range(number - 1, max(0, number - 5), -1):
            if words[at].low == "who":
                return words[at - 1].low in self.people.roles and not any(
                    start.end == words[at - 1].end for start in self.travellers.found
                )
            if words[at].text in ",;:" or words[at].low in ("and", "that"):
                return False
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
        if words[number].low in HOSTS and not self.passive(words, number):
            before = [
                p for p in self.context.places
                if sentence.start <= p.start < words[number].start and p.kind is not PlaceIs.outlet
            ]  # fmt: skip
            if before:
                return tuple(before[-1:])
        found: list[PlaceRead] = []
        at = number + 1
        last = min(len(words), number + 1 + _FARTHEST_PLACE)
        while at < last:
            word = words[at]
            meaning = self.journey_words.get(word.low)
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
                and word.low not in HOSTS
                and not found
                and "meet" not in kinds
            ) and ("leave" in meaning or "enter" in meaning or "meet" in meaning):
                break
            if word.low in self.speakers.verbs and found:
                break
            place = next((p for p in self.context.places if p.start == word.start), None)
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
            if found and word.low not in ("and", ",", "the", "then", "in", "later", "or", "via"):
                break
            at += 1
        if not found and "meet" in kinds and not noun:
            found += self._before(words, number)
        if not found and noun and number:
            at_word = words[number].start
            place = next(
                (
                    p
                    for p in self.context.places
                    if at_word - 2 <= p.end <= at_word and p.kind in (PlaceIs.state, PlaceIs.city)
                ),
                None,
            )
            if place is not None:
                found.append(place)
        return tuple(found)

    def _before(self, words: Sequence[Word], number: int) -> list[PlaceRead]:
        """Where somebody was when he met another: on a visit to Moscow, while in Geneva."""
        for at in range(1, number):
            place = next((p for p in self.context.places if p.start == words[at].start), None)
            if (
                place is not None
                and place.kind in (PlaceIs.state, PlaceIs.city)
                and words[at - 1].low in ("to", "in", "at")
                and not self.low.startswith("'s", place.end)
            ):
                return [place]
        return []

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
        if words[at].low.endswith("'s") and not _ITS_AIRPORT.match(self.low, words[at].end):
            return False
        follows = words[at + 1].low if at + 1 < len(words) else ""
        if follows in _HOUSES and words[at - 1].low != "from" and kinds & {"stay", "enter", "meet"}:
            return True
        before = words[at - 1].low
        if before == "the" and at - 1 > number:
            before = words[at - 2].low
        if before == "on" and before == words[at - 1].low:
            return self.low.startswith((" soil", " territory"), words[at].end)  # a conference on it
        if before in TO_PLACE:
            return True
        if before == "from":
            return words[number].low in ("returned", "return", "returns", "returning", "back")
        for back in range(1, 4):
            low = words[at - back].low if at - back > number else ""
            if low in TO_PLACE:
                return True
            if low not in _BESIDE_PLACE:
                break
        return at - number <= 2 and bool(kinds & {"enter", "transit", "leave"})

    def clause_before(self, sentence: Sentence, number: int) -> str:
        """The words of the clause before a verb: from its traveller, or from a boundary."""
        words = sentence.words
        first = number
        while first > 0 and number - first < 12:
            word = words[first - 1]
            if word.text in ';:“”"' or word.low in ("that", "because", "and", "but", "where"):
                break
            if self.speakers.verbs.get(word.low) == "says":
                break
            first -= 1
        start = words[first].start
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
        behind = words[number + 1 : number + 3] if words[number].low in IS else ()
        if any(w.low in _NOT for w in behind[:1]) or any(w.low == "never" for w in behind):
            return True
        if any(w.low in _NOT or w.low.endswith("n't") for w in before):
            return True
        if any(a.low == "no" and b.low == "one" for a, b in pairwise(before)):
            return True
        if not noun and self.cues["negates"].search(self.clause_before(sentence, number)):
            return True
        if noun:
            if any(w.low == "no" for w in before[-2:]):
                return True
            if self.cues["calls_off"].search(self.low, words[first].start, words[number].start):
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
