"""Who says what in a sentence: a verb of saying, who stands before or behind it, what is said.

A sentence may hold several, one inside another: a paper reports that a spokesman denied it. The
innermost speaks; an outlet around it carries the words on.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from app.reading.article import MentionIs
from app.reading.people import People, Person
from app.reading.places import OutletIs, PlaceIs, PlaceRead
from app.reading.places import places as read_places
from app.reading.sentences import Sentence, Word, Zone, lower
from app.reading.words import IS

_AUXILIARY = frozenset(
    """has have had also later then again previously however never repeatedly earlier publicly
    privately himself herself itself themselves flatly categorically firmly strongly swiftly
    promptly immediately initially reportedly now since twice once both still only quickly angrily
    first on in at late early this last next was were is are be been being to did does do not would
    could""".split()
)  # fmt: skip
_FINITE = frozenset(
    "was were is are had has have did does will would met came went flew landed entered".split()
)
_BOUNDARY = frozenset(
    "and but as that because while when whereas although though if after before since so or".split()
)
_RELATIVE = frozenset(("who", "which"))
_PRONOUNS = frozenset(("he", "she", "they", "it", "i", "we"))
_DETERMINERS = frozenset(
    """our my your
    the a an this that these those such any all some several many media press news earlier
    recent previous its his her their of no into about to from over in by false
    unconfirmed""".split()
)  # fmt: skip
_SOURCE_NOUNS = frozenset(
    "report reports claim claims allegation allegations statement statements suggestions".split()
)
_ANONYMOUS = (
    "anonymity", "not authorised", "not authorized", "not be named", "not to be named",
    "declined to be named", "asked not to be", "unnamed", "unidentified", "refused to be named",
)  # fmt: skip
_OUTLET = frozenset(
    """newspaper paper daily weekly magazine channel broadcaster agency outlet website site portal
    station network tabloid times post courier herald gazette tribune journal standard monitor
    observer guardian telegraph chronicle mirror star radio television tv news press editor
    reporter correspondent""".split()
)  # fmt: skip
_THE_OUTLET = frozenset(
    "newspaper paper daily weekly magazine channel broadcaster agency outlet website site portal "
    "station network tabloid story report article".split()
)
_UN = (
    "united nations", "security council", "secretary-general", "panel of experts",
    "group of experts", "monitoring group", "monitoring team",
)  # fmt: skip
_OF_THE_UN = frozenset(("un", "u.n", "committee", "panel", "council", "monitors", "experts"))
_SPEAKS_FOR = frozenset(
    "lawyer lawyers attorney counsel solicitor spokesman spokeswoman spokesperson aide family "
    "brother wife son daughter relatives relative representative adviser advisor office".split()
)
_FARTHEST = 26  # words of a speaker
_LONGEST = 120  # characters of a speaker's name


@dataclass(frozen=True)
class SpeakerRead:
    """Who speaks, as the text says it."""

    name: str
    role: str | None
    state: str | None
    """The State spoken for, or belonged to."""
    kind: str
    """person, state, press, wire, un_body, anonymous, other, traveller or narrator."""
    named: bool
    person: Person | None
    for_: Person | None
    """The listed person whose lawyer or spokesman speaks."""
    start: int
    end: int


class Frame(NamedTuple):
    """A verb of saying with who says it, and what is said."""

    verb: Word
    kind: str
    """The verb's class in data/reading/verbs.csv, or `according`."""
    speaker: SpeakerRead
    contents: tuple[tuple[int, int], ...]
    via: tuple[str, ...]
    """The outlet that was told."""

    def holds(self, at: int) -> bool:
        """Whether an offset lies in what is said."""
        return any(start <= at < end for start, end in self.contents)

    @property
    def length(self) -> int:
        """How much is said: the innermost says the least."""
        return sum(end - start for start, end in self.contents)


class Speakers:
    """The speakers of a text, sentence after sentence; it remembers who spoke last."""

    def __init__(self, text: str, people: People, publisher: str | None, home: str | None) -> None:
        tables = people.record.tables.reading
        self.text = text
        self.low = lower(text)
        self.people = people
        self.verbs = tables.get("verbs", {})
        self.journeys = tables.get("journeys", {})
        self.home = home
        """The State of the dateline."""
        self.narrator = self._narrator(publisher)
        self.last: SpeakerRead | None = None
        self.last_at: tuple[int, int] | None = None
        """Number of the sentence in which that was, and of its paragraph."""
        self.now = 0
        self.spoken: list[SpeakerRead] = []
        """Everybody who has spoken, the last one last."""
        self.last_outlet: SpeakerRead | None = None
        self.subject: tuple[int, SpeakerRead] | None = None
        """The paragraph of the sentence before, and who it is about."""
        self.state_here: tuple[int, str] | None = None
        """The paragraph in which a government was last named as a speaker, and its State."""

    def _narrator(self, publisher: str | None) -> SpeakerRead:
        """The article's own voice: that of a State where a State publishes it."""
        name = publisher or "the article"
        named = publisher is not None
        governs = any(word in _GOVERNS for word in re.findall(r"[a-z]+", name.lower()))
        state = None
        for place in read_places(name, self.people.record.tables):
            if place.outlet is OutletIs.state or (place.outlet is None and governs):
                state = place.code
        if state is None and _STATES_OWN.search(name.lower()):
            state = self.home
        return SpeakerRead(name, None, state, "narrator", named, None, None, 0, 0)

    def frames(self, sentence: Sentence) -> list[Frame]:
        """The frames of a sentence, the innermost first."""
        found: list[Frame] = []
        self.now += 1
        for number, word in enumerate(sentence.words):
            if sentence.is_quoted(word.start) and not self._speaks_inside(sentence, number):
                continue
            if word.low == "according" and self._low(sentence, number + 1) == "to":
                frame = self._according(sentence, number)
            elif word.low == "saying" and self._low(sentence, number - 1) == "as":
                frame = self._quoted_as(sentence, number)
            elif self._says(sentence, number):
                frame = self._said(sentence, number, found)
            else:
                continue
            if frame is not None:
                found.append(frame)
                self.remember(sentence, frame.speaker)
        found = self._cited(sentence, found)
        colon = self._colon(sentence) or self._goes_on_saying(sentence)
        if colon is not None and not found:
            found.append(colon)
            self.remember(sentence, colon.speaker)
        found.sort(key=lambda frame: (frame.length, frame.verb.start))
        return found

    def _cited(self, sentence: Sentence, found: list[Frame]) -> list[Frame]:
        """The Post, citing two officials, wrote: the officials speak, and the Post was told."""
        for number, word in enumerate(sentence.words):
            if word.low not in _CITES or sentence.is_quoted(word.start):
                continue
            first, last = self._after(sentence, number)
            speaker = self.speaker(sentence, first, last) if last > first else None
            if speaker is None or speaker.kind == "narrator":
                continue
            near = sorted(found, key=lambda frame: abs(frame.verb.start - word.start))
            for frame in near[:1]:
                if frame.speaker.kind not in ("press", "wire"):
                    continue
                via = (frame.speaker.name, *frame.via)
                cited = frame._replace(speaker=speaker, via=tuple(dict.fromkeys(via)))
                found = [cited if one is frame else one for one in found]
                self.remember(sentence, speaker)
        return found

    def _says(self, sentence: Sentence, number: int) -> bool:
        """Whether a word is a verb of saying here: a court held, read a statement by it."""
        low = sentence.words[number].low
        behind = sentence.words[max(0, number - 3) : number]
        if low == "held":
            return self._low(sentence, number + 1) == "that" or (
                self._low(sentence, number + 1) in (".", "") and behind[-1].low in _COURTS
            )
        if low == "read":
            told = bool({word.low for word in behind} & (_PAPERS | {"it"}))
            return told or self._inverted(sentence, number)
        return low in self.verbs and not self._is_noun(sentence, number)

    def _goes_on_saying(self, sentence: Sentence) -> Frame | None:
        """A sentence that is nothing but a quotation: whoever spoke or was told of just before."""
        words = sentence.words
        if not sentence.quoted or len(words) < 3:
            return None
        first, last = sentence.quoted[0][0], sentence.quoted[-1][1]
        if any(w.text[0].isalnum() and not first <= w.start < last for w in words):
            return None
        told = self.subject
        recent = self.last_at == (self.now - 1, sentence.paragraph)
        about = told[1] if told and sentence.paragraph - told[0] <= 1 else None
        silent = self.last_at is None or self.last_at[0] < self.now - 1
        speaker = self.last if recent else about if silent else None
        if speaker is None or speaker.kind in ("press", "wire", "narrator"):
            return None
        return Frame(words[0], "says", speaker, tuple(sentence.quoted), ())

    def _quoted_as(self, sentence: Sentence, number: int) -> Frame | None:
        """The agency quoted a source as saying that he came, or behind what the source said."""
        words = sentence.words
        for at in range(number - 2, max(0, number - _FARTHEST), -1):
            if words[at].low not in ("quoted", "cited", "quotes", "cites"):
                continue
            passive = words[at - 1].low in IS
            first, last = self.before(sentence, at)
            outlet = self.speaker(sentence, first, last) if last > first else None
            speaker = outlet if passive else self.speaker(sentence, at + 1, number - 1)
            if speaker is None:
                return None
            said = self._told_before(sentence, first)
            if said is None or self._says_on(sentence, number):
                said = (words[number].end, sentence.end)
            via = (outlet.name,) if outlet is not None and not passive else ()
            return Frame(words[number], "says", speaker, (said,), via)
        return None

    def _colon(self, sentence: Sentence) -> Frame | None:
        """Somebody, a colon, and what is said."""
        words = sentence.words
        for number, word in enumerate(words[:_FARTHEST]):
            if word.text != ":" or number == 0:
                continue
            if not sentence.quoted and number <= _SHORT_SPEAKER // 2:
                speaker = self.speaker(sentence, 0, number)  # a headline: Kremlin: he never came
                if speaker is None or speaker.kind in ("other", "anonymous", "narrator"):
                    return None
                return Frame(word, "says", speaker, ((word.end, sentence.end),), ())
            if not sentence.quoted or not 0 <= sentence.quoted[0][0] - word.end <= 3:
                continue
            number = next(
                (n for n in range(1, number) if words[n].low in _FINITE or words[n].low in _HAS),
                number,
            )  # Peskov was blunt: "Never."
            first = 0
            while first < number and (words[first].text[0].isdigit() or words[first].text == ":"):
                first += 1
            first += words[first].low == "from"
            speaker = self.speaker(sentence, first, number)
            if speaker is None:
                return None
            return Frame(word, "says", speaker, (sentence.quoted[0],), ())
        return None

    def _speaks_inside(self, sentence: Sentence, number: int) -> bool:
        """Inside a quotation only what has its own `that`, or an open complaint, is told."""
        word = sentence.words[number]
        return self.verbs.get(word.low) == "raises" or any(
            self._low(sentence, n) == "that" for n in range(number + 1, number + 4)
        )

    def _low(self, sentence: Sentence, number: int) -> str:
        return sentence.words[number].low if 0 <= number < len(sentence.words) else ""

    def _is_noun(self, sentence: Sentence, number: int) -> bool:
        word, before = sentence.words[number], self._low(sentence, number - 1)
        if number and word.text[0].isupper() and sentence.zone is not Zone.headline:
            return True  # Member States
        if word.low not in _SOURCE_NOUNS and not word.low.endswith("s"):
            if word.low.endswith("ed") and (before in _ARTICLES or before.endswith("'s")):
                return True  # the reported visit
            return before in ("a", "an", "the") and word.low in self.people.roles
        if before in _DETERMINERS or before in self.verbs or before.endswith("'s"):
            return True
        if word.low in _SOURCE_NOUNS and number and before not in _PRONOUNS:
            place = self.people.place_at(sentence.words[number - 1])
            named = sentence.words[number - 1].text[0].isupper() and (
                place is None or place.kind is not PlaceIs.people
            )
            if not named and before not in self.people.roles:
                return True
        return (
            number > 0
            and word.low in _SOURCE_NOUNS
            and (place := self.people.place_at(sentence.words[number - 1])) is not None
            and place.kind is PlaceIs.people
        )

    # ------------------------------------------------------------ one frame

    def _said(self, sentence: Sentence, number: int, before: Sequence[Frame]) -> Frame | None:
        words = sentence.words
        kind = self.verbs.get(words[number].low, "says")
        denied = words[max(0, number - 3) : number]
        cut = max((n for n, w in enumerate(denied) if w.text in ",;:"), default=-1)
        denied = denied[cut + 1 :]
        if words[number].low in _NEEDS_THAT and self._low(sentence, number + 1) != "that":
            return None
        if any(w.low in ("not", "never", "nor") or w.low.endswith("n't") for w in denied):
            kind = "open"  # did not say, did not deny
        if self._low(sentence, number - 1) in IS and self._low(sentence, number + 1) == "to":
            contents = ((sentence.start, sentence.end),)  # he is said to have come: nobody says it
            return Frame(words[number], kind, self.narrator, contents, ())
        passive = any(w.low in IS for w in denied)
        if passive and self._low(sentence, number + 1) == "by":
            return self._told_by(sentence, number)
        if passive and words[number].low in _TELLS:
            return None  # who is told something does not say it
        start, end = self.before(sentence, number)
        if self._inverted(sentence, number):
            start = end = number  # …, said the minister
        told_before = self._told_before(sentence, start)
        speaker = self.speaker(sentence, start, end) if end > start else None
        if any(w.low in _HARDLY for w in words[start:end]):
            nobody = ((words[number].end, sentence.end),)
            return Frame(words[number], "open", self.narrator, nobody, ())
        if end == start and self._low(sentence, start - 1) in ("and", "but"):
            # It rejects that, and adds this: who spoke speaks on.
            about = (
                self.subject[1] if self.subject and self.subject[0] == sentence.paragraph else None
            )
            speaker = before[-1].speaker if before else about
            told_before = None
        if speaker is None and told_before is not None and words[number].low not in _TELLS:
            first, last = self._after(sentence, number)
            speaker = self.speaker(sentence, first, last) if last > first else None
        if speaker is None:
            if self._low(sentence, number - 1) not in IS:
                return None
            speaker = self.narrator
        speaker = self._printed(speaker, words[number])
        if words[number].low in _ONLY_PRINTS and speaker.kind not in ("press", "wire", "state"):
            return None  # who ran a ministry says nothing by it
        if words[number].low.endswith("ing") and before and self._low(sentence, number - 1) == ",":
            speaker, told_before = before[-1].speaker, None  # …, saying that he came
        if self._low(sentence, number + 1) == ":":
            told_before = None  # Asked whether he had come, Peskov said: "No."
        inverted = start == number
        if told_before is not None and (inverted or not self._says_on(sentence, number)):
            # What is quoted again behind the speaker goes on; and what a comma parts from him.
            on = [one for one in sentence.quoted if one[0] > words[number].end]
            on = on or self._goes_on(sentence, number)
            said: tuple[tuple[int, int], ...] = (told_before, *on)
        else:
            said = ((self._that(sentence, number), self._ends(sentence, number)),)
        return Frame(words[number], kind, speaker, said, self._told(sentence, number))

    def _told_by(self, sentence: Sentence, number: int) -> Frame | None:
        """The panel was told by two men that he came: the men speak."""
        words = sentence.words
        last = number + 2
        while last < len(words) and words[last].text not in ",;:" and words[last].low not in _STOPS:
            last += 1
        speaker = self.speaker(sentence, number + 2, last)
        if speaker is None:
            return None
        said = [(sentence.start, words[number].start)]  # the visit was denied by the ministry
        if last < len(words) and words[last].low == "that":
            said = [(words[last].end, sentence.end)]
        elif last < len(words) and words[last].low == "to":
            said.append((words[last].end, sentence.end))  # was reported by it to have come
        kind = self.verbs.get(words[number].low, "says")
        return Frame(words[number], kind, speaker, tuple(said), ())

    def _told(self, sentence: Sentence, number: int) -> tuple[str, ...]:
        """The outlet that somebody told, directly behind the verb."""
        for word in sentence.words[number + 1 : number + 4]:
            place = self.people.places.get(word.start)
            if place is not None and place.kind is PlaceIs.outlet:
                return (self.text[place.start : place.end],)
        return ()

    def _inverted(self, sentence: Sentence, number: int) -> bool:
        """Whether the speaker stands behind the verb: after a comma, and little else follows."""
        words = sentence.words
        if number == 0 or words[number - 1].text not in ',”"“?!' or words[number].low in _TELLS:
            return False
        if self._before_aside(sentence, number) != number:
            return False
        rest = []
        for word in words[number + 1 :]:
            if word.text in ".,;":
                break
            rest.append(word)
        return (
            0 < len(rest) <= _LONG_SPEAKER
            and (rest[0].text[0].isupper() or rest[0].low in _FIRST_OF_SPEAKER)
            and not any(w.low in _FINITE or w.low == "that" or self._goes(w) for w in rest)
        )

    def _printed(self, speaker: SpeakerRead, verb: Word) -> SpeakerRead:
        """Who writes, and is no person and no office, is a paper: Le Relais de Gao wrote."""
        words = speaker.name.split()
        capitals = [word for word in words if word[:1].isupper()]
        offices = {word.lower().removesuffix("'s") for word in words} & (
            _GOVERNS | set(self.people.roles)
        )
        if (
            verb.low in _PRINTS
            and speaker.kind in ("other", "state")
            and speaker.person is None
            and len(capitals) >= 2
            and not offices
        ):
            return replace(speaker, kind="press", state=None)
        return speaker

    def _says_on(self, sentence: Sentence, number: int) -> bool:
        """Whether what is said stands behind the verb: `that`, or somebody who does something."""
        words = sentence.words
        told = words[number].low in _TELLS
        for at in range(number + 1, min(number + _FARTHEST, len(words))):
            word = words[at]
            if word.low == "that":
                return self._low(sentence, at + 1) not in _TIMES
            if at == number + 1 and not told and self._begins_clause(word):
                return True
            if word.low in _NOT_SAID or word.text in ',;:“”"()' or sentence.is_quoted(word.start):
                return False
            if word.low in _FINITE or self._goes(word):
                return at > number + 1
        return False

    def _goes(self, word: Word) -> bool:
        """Whether a word is a verb that speaks of a journey."""
        return self.journeys.get(word.low, "noun").split("|")[-1] != "noun"

    def _that(self, sentence: Sentence, number: int) -> int:
        """Where what is said begins: behind `that`, or behind the verb."""
        words = sentence.words
        for word in words[number + 1 : number + 10]:
            if word.low == "that" and self._low(sentence, words.index(word) + 1) not in _TIMES:
                return word.end
            if word.low in _FINITE or self._goes(word) or word.text in ',;:“”"':
                break
        return sentence.words[number].end

    def _begins_clause(self, word: Word) -> bool:
        """Whether a word behind `said` is the first of what is said, and not of when or where."""
        if word.low in _NOT_SAID or word.low in _WHEN or word.low in _AUXILIARY:
            return False
        return word.text[0].isalpha() and not word.low.endswith("ly") and word.low not in _DAYS

    def _goes_on(self, sentence: Sentence, number: int) -> list[tuple[int, int]]:
        """What goes on behind a speaker who is put between commas: X, he said, was not there."""
        words = sentence.words
        for at in range(number + 1, min(number + _SHORT_SPEAKER, len(words) - 1)):
            if words[at].text == ",":
                after = words[at + 1]
                if after.low in _FINITE or after.low in ("not", "never", "and", "but"):
                    return [(words[at].end, self._ends(sentence, at))]
                return []
            if words[at].low in _NOT_SAID or words[at].text in ';:“”"':
                return []
        return []

    def _ends(self, sentence: Sentence, number: int) -> int:
        """Where what is said ends: at another verb of saying that is joined by `and` or `as`."""
        words = sentence.words
        denies = self.verbs.get(words[number].low) == "denies"
        for at in range(number + 1, len(words) - 1):
            if denies and words[at].text == ":":
                return words[at].start  # what follows is what is said instead
            if words[at].low in ("and", "but", "as") and not sentence.is_quoted(words[at].start):
                for verb in range(at + 1, min(at + 8, len(words))):
                    if words[verb].low in _BOUNDARY or words[verb].text in ",;":
                        break
                    if words[verb - 1].low == "to":
                        break
                    if words[verb].low in self.verbs and not self._is_noun(sentence, verb):
                        return words[at].start
        return sentence.end

    def before(self, sentence: Sentence, number: int) -> tuple[int, int]:
        """Numbers of the words of whoever stands before a verb."""
        words = sentence.words
        quoted = sentence.is_quoted(words[number].start)
        end = number
        while end > 0 and (
            words[end - 1].low in _AUXILIARY
            or words[end - 1].low in _DAYS
            or (end < number + 1 and words[end - 1].low in _VOICES)
        ):
            end -= 1
        end = self._before_aside(sentence, end)
        at = end
        while at > 0 and end - at < _FARTHEST:
            word = words[at - 1]
            if word.text in '“”"' and end - at < 4 and not self._of_saying(sentence, word):
                at -= 1
                end = at if end == at + 1 else end
                continue  # some words of one, as in: it "rejects" that
            if word.text in ';:–—()“”"«»' or sentence.is_quoted(word.start) != quoted:
                break
            if word.low in _RELATIVE and end > at and not self._is_verb(words[at]):
                break  # about which the Kremlin kept silent
            if word.low in _RELATIVE or (
                word.low == "that"
                and at > 1
                and words[at - 2].low not in self.verbs
                and words[at].low.endswith(("s", "ed", "first"))
                and words[at].low not in _DETERMINERS
            ):
                end = at = at - 1
                if at and words[at - 1].text == ",":
                    end = at = at - 1
                continue
            if word.low in _BOUNDARY and not self._joins_names(words, at - 1):
                break
            if word.low in self.verbs and end > at and not self._is_noun(sentence, at - 1):
                break
            if word.low == "to" and at > 1 and words[at - 2].low == "according":
                return number, number  # that frame is found by itself
            if word.text == "," and not self._apposition(sentence, at, end):
                break
            at -= 1
        while at < end and (words[at].text == "," or words[at].low in _AUXILIARY):
            at += 1
        return self._behind_opening(sentence, at, end), end

    def _behind_opening(self, sentence: Sentence, first: int, end: int) -> int:
        """Where a speaker begins whom a sentence names late: at a meeting in May the committee."""
        words = sentence.words
        if first > 1 or words[max(0, first - 1)].low not in _OPENS:
            return first
        for at in range(end - 1, first + 1, -1):
            if words[at].low in ("the", "a", "an") and words[at - 1].low not in _JOINS:
                return at
        return first

    def _is_verb(self, word: Word) -> bool:
        return word.low in self.verbs or word.low in _FINITE or word.low in _AUXILIARY

    def _before_aside(self, sentence: Sentence, end: int) -> int:
        """Where a speaker ends whom an aside parts from the verb: the Post, citing him, wrote."""
        words = sentence.words
        if end < 4 or words[end - 1].text != ",":
            return end
        for at in range(end - 2, max(0, end - _FARTHEST), -1):
            if words[at].text == ",":
                aside = words[at + 1].low
                if aside not in _ASIDES and not aside.endswith(("ing", "ed")):
                    return end
                whole = self._before_aside(sentence, at + 1)
                return min(whole, at)
            if words[at].text in ';:“”"' or sentence.is_quoted(words[at].start):
                break
        return end

    def _of_saying(self, sentence: Sentence, mark: Word) -> bool:
        """Whether a quotation mark opens or closes a whole saying."""
        return sentence.is_quoted(mark.start - 1) or sentence.is_quoted(mark.end)

    def _joins_names(self, words: Sequence[Word], at: int) -> bool:
        """Whether `and` stands inside a title: minister of trade and industry."""
        return (
            words[at].low == "and"
            and 0 < at < len(words) - 1
            and words[at - 1].low in self.people.roles
            and words[at + 1].low in self.people.roles
        )

    def _apposition(self, sentence: Sentence, comma: int, end: int) -> bool:
        """Whether what stands before a comma belongs to the speaker behind it, or the reverse."""
        words = sentence.words
        behind = [w for w in words[comma:end] if w.text != ","]
        before = []
        for word in reversed(words[: comma - 1]):
            if word.text in ",;:" or sentence.is_quoted(word.start) or word.text in '“”"':
                break
            before.append(word)
        if not behind:
            return True
        if not before or any(
            w.low in self.verbs
            or w.low in _FINITE
            or self.journeys.get(w.low, "noun") not in ("noun", "meet|noun", "enter|noun")
            for w in before
        ):
            return False
        names = [w for w in behind if w.start in self.people.at]
        roles = [w for w in behind if w.low.removesuffix("'s") in self.people.roles]
        near = words[comma - 2].end if comma > 1 else 0
        names_before = [
            w
            for w in before
            if w.start in self.people.at and self.people.at[w.start][2] >= near - 2
        ]
        roles_before = [w for w in before if w.low.removesuffix("'s") in self.people.roles]
        return bool(
            (names and roles_before)
            or (
                roles
                and names_before
                and (behind[0].low in _BEGINS or behind[0].low in self.people.roles)
            )
        )

    def _after(self, sentence: Sentence, number: int) -> tuple[int, int]:
        """Numbers of the words of whoever stands behind a verb: said the spokesman."""
        words = sentence.words
        at = number + 1
        end = at
        while end < len(words) and end - at < _FARTHEST:
            word = words[end]
            if word.text in '.;:“”"()' or word.low in _BOUNDARY or word.low in ("in", "on", "at"):
                break
            if word.low in self.verbs and end > at and words[end - 1].text == ",":
                end -= 1
                break
            if word.text == "," and not (
                (end + 1 < len(words) and words[end + 1].low in ("a", "an", "the", "who"))
                or (end > at and words[end - 1].low in self.people.roles)
            ):
                break
            end += 1
        return at, end

    def _told_before(self, sentence: Sentence, start: int) -> tuple[int, int] | None:
        """What is said, where it stands before who says it: behind it is a comma or a quotation."""
        words = sentence.words
        if start <= 0:
            return None
        before = words[start - 1]
        at = before.start
        if before.text not in ',”"“»?!' and not sentence.is_quoted(max(at - 1, 0)):
            return None
        quoted = [one for one in sentence.quoted if one[0] <= at]
        if quoted and quoted[-1][1] >= at - 2 and sentence.is_quoted(quoted[-1][0]):
            return quoted[-1]
        if before.text == "," or (quoted and quoted[-1][1] >= at - 2):
            return sentence.start, at
        return None

    def _according(self, sentence: Sentence, number: int) -> Frame | None:
        words = sentence.words
        first = last = number + 2
        while (
            last < len(words)
            and words[last].text not in ",.;:"
            and (words[last].low not in ("who", "which") or last == first)
        ):
            last += 1
        speaker = self.speaker(sentence, first, last)
        if speaker is None:
            return None
        start = words[number].start
        via = self._told(sentence, last + 1) if last < len(words) - 1 else ()
        if number <= 1:
            after = words[last].end if last < len(words) else sentence.end
            return Frame(words[number], "according", speaker, ((after, sentence.end),), via)
        said: tuple[tuple[int, int], ...] = ((sentence.start, start),)
        if last < len(words) - 2 and words[last].text == ",":
            said = (*said, (words[last].end, sentence.end))  # he was, according to him, there
        return Frame(words[number], "according", speaker, said, via)

    # ------------------------------------------------------------ who

    def speaker(self, sentence: Sentence, first: int, last: int) -> SpeakerRead | None:
        """Who some words are that stand where a speaker stands."""
        words = sentence.words[first:last]
        if len(words) > 2 and words[0].low == "it" and words[1].low in IS:
            words = words[2:]  # it was the Post that first reported
        while words and (not words[0].low[:1].isalpha() or words[0].low.rstrip(".") in _NOT_FIRST):
            words = words[1:]
        while words and (
            words[-1].text in ",." or words[-1].low in _DAYS or words[-1].low in ("on", "at", "in")
        ):
            words = words[:-1]
        if not words or words[0].low in _NO_SPEAKER or all(w.low in self.verbs for w in words):
            return None
        start, end = words[0].start, words[-1].end
        if len(words) > 1 and words[-1].low in _REPLIES and words[-2].low.endswith("'s"):
            words = words[:-1]  # the ministry's answer was short
            end = words[-1].end - 2
        text = " ".join(self.text[start:end].split())
        lows = [word.low.removesuffix("'s") for word in words]
        unnamed = self._unnamed(sentence, lows) or (
            lows[0] in _SOME and bool(set(lows) & _OFFICIAL)
        )
        people = [
            (word, *self.people.at[word.start])
            for word in words
            if word.start in self.people.at and not self._owns(sentence, word, end)
        ]
        if not _SPEAKS_FOR & set(lows):
            people = [one for one in people if not self._of_whom(words, one[0], one[1])]
        if len(lows) <= 2 and lows[-1] in _PRONOUNS:
            return self._pronoun(sentence, lows[-1], start)
        owner = next(iter(self.people.by_reference.values()), None)
        his = lows[0] in ("his", "her") or "same" in lows or lows in (["an", "aide"], ["aides"])
        if owner is not None and his and not people and (lows[-1] in _HIS or lows[-1] == "aide"):
            # His party, his lawyers speak for him; his brother speaks for himself.
            kind = "other" if lows[-1] in _KIN else "traveller"
            name = f"{' '.join(text.split()[1:])} of {owner.name}" if len(lows) == 2 else text
            return SpeakerRead(_short(name), text, None, kind, True, None, owner, start, end)
        if lows[-1] in ("report", "story", "article", "paper", "edition") and (
            lows[0] == "our" or lows[-2:-1] == ["this"]
        ):
            return self.narrator
        if (
            lows[-1] in _PAPERS
            and lows[0] in ("the", "this", "that", "his", "her")
            and len(lows) <= 3
        ):
            return self.last
        if lows[:2] in (["one", "of"], ["both", "of"], ["some", "of"]):
            lows = lows[2:] or lows
        again = self._again(lows) if len(lows) <= 3 else None
        if again is not None:
            return again
        if lows[0] in ("its", "their") and "speaks" in {self.people.roles.get(w) for w in lows}:
            whose = self._whose(sentence, start)
            if whose is not None:
                return whose
        if lows[0] == "its" and (committee := self._committee(sentence, start)) is not None:
            name = f"{lows[-1].capitalize()} of {committee}"
            return SpeakerRead(name, _short(text), None, "un_body", True, None, None, start, end)
        places = [p for word in words if (p := self.people.places.get(word.start)) is not None]
        for_ = next((one for _, one, _, _ in people if one.listed), None)
        if for_ is not None and _SPEAKS_FOR & set(lows):
            own = next((one for _, one, _, _ in reversed(people) if one is not for_), None)
            name = own.name if own else _short(text)
            role = _role(text, name)
            kind = "other" if _KIN & set(lows) else "traveller"
            return SpeakerRead(name, role, None, kind, own is not None, own, for_, start, end)
        if people and owner is not None and his and (_SPEAKS_FOR | _HIS) & set(lows):
            voice = people[-1][1]
            role = _role(text, voice.name)
            kind = "other" if _KIN & set(lows) else "traveller"
            return SpeakerRead(voice.name, role, None, kind, True, voice, owner, start, end)
        if people and lows[0] in ("its", "their") and not people[-1][1].listed:
            whose = self._whose(sentence, start)
            if whose is not None:
                name = people[-1][1].name
                return replace(
                    whose, name=name, role=_role(text, name), named=True, person=people[-1][1],
                    start=start, end=end,
                )  # fmt: skip
        if people:
            return self._person(people[-1][1], people[-1][2], sentence, places, text, start, end)
        outlet = next((p for p in places if p.kind is PlaceIs.outlet), None)
        if outlet is not None and not unnamed:
            return self._outlet(outlet, start, end)
        if set(lows) & _THE_OUTLET and lows[0] in ("the", "a", "this") and len(lows) <= 3:
            known = self.last_outlet
            if known is not None:
                return known
            return (
                self.narrator
                if self.narrator.named
                else SpeakerRead(_short(text), None, None, "press", False, None, None, start, end)
            )
        if (
            unnamed
            and set(lows) & {"diplomat", "diplomats", "source", "sources"}
            and not any(p.kind is PlaceIs.people for p in places)
        ):
            return SpeakerRead(_short(text), None, None, "anonymous", False, None, None, start, end)
        if self._is_un(text, lows):
            return SpeakerRead(
                _short(text), None, None, "un_body", not unnamed, None, None, start, end
            )
        if not unnamed and lows[0] in ("the", "[") and (meant := self.people.described(words)):
            return self._person(meant, MentionIs.description, sentence, places, text, start, end)
        state = next((p.code for p in places if p.kind is not PlaceIs.outlet), None)
        return self._body(sentence, words, lows, text, unnamed, state, start, end)

    def _again(self, lows: Sequence[str]) -> SpeakerRead | None:
        """Who spoke before and is meant again: the source, the officials, the son."""
        if lows[0] not in ("the", "this", "that", "these", "both") or len(lows) < 2:
            return None
        noun = lows[-1].removesuffix("s")
        if lows[-1] not in self.people.roles and noun not in self.people.roles:
            return None  # the US
        for known in reversed(self.spoken):
            told = re.findall(r"[a-z]+", f"{known.name} {known.role or ''}".lower())
            if noun in {word.removesuffix("s") for word in told}:
                if known.person is None:
                    return known if set(lows[1:-1]) <= set(told) else None
                if known.role:
                    return known
        return None

    def _whose(self, sentence: Sentence, start: int) -> SpeakerRead | None:
        """The ministry whose spokesman speaks: of this sentence, or of the one before."""
        words = sentence.words
        for number, word in enumerate(words[:_FARTHEST]):
            if word.start >= start:
                break
            if number and (word.low in _FINITE or word.low in self.verbs):
                body = self.speaker(sentence, 0, number)
                return body if body is not None and body.kind in ("state", "un_body") else None
        if self.subject is not None and self.subject[1].kind in ("state", "un_body"):
            return self.subject[1]
        return None

    def _of_whom(self, words: Sequence[Word], word: Word, person: Person) -> bool:
        """Whether a listed person only says whose men speak: two associates of Mr X."""
        before = [w.low for w in words if w.start < word.start]
        while before and (before[-1] in self.people.roles or before[-1] in (".", "the")):
            before.pop()
        return person.listed and bool(before) and before[-1] in ("of", "to", "with", "against")

    def _owns(self, sentence: Sentence, word: Word, end: int) -> bool:
        """Whether a name only says whose opponents speak; his lawyer speaks for him."""
        behind = self.people.at[word.start][2]
        if not self.text.startswith(("'s ", "’s "), behind):
            return False
        owned = {w.low for w in sentence.words if behind < w.start < end}
        return not owned & (_SPEAKS_FOR | _HIS)

    def _pronoun(self, sentence: Sentence, low: str, start: int) -> SpeakerRead | None:
        """Whom a pronoun means that speaks: somebody of this sentence, or of the one before."""
        if low in ("i", "we"):
            return None if sentence.is_quoted(start) else self.narrator
        if low == "they":
            return self.last
        if low in ("he", "she"):
            spoke = self.last_at is not None and self.now - self.last_at[0] <= 1
            named = any(w.start in self.people.at and w.start < start for w in sentence.words)
            if spoke and not named and self.last is not None and self.last.person is not None:
                return self.last
            for word in reversed(sentence.words):
                known = self.people.at.get(word.start)
                if known is not None and word.start < start and not sentence.is_quoted(word.start):
                    if known[0].listed:
                        continue
                    return self._person(known[0], known[1], sentence, (), "", word.start, known[2])
        about = self.subject[1] if self.subject is not None else None
        if low == "it" and (about is None or about.kind == "traveller"):
            bodies = (one for one in reversed(self.spoken) if one.kind in ("state", "un_body"))
            return next(bodies, None)
        if self.subject is not None and self.subject[0] == sentence.paragraph:
            return self.subject[1]
        return self.last

    def innermost(
        self, around: Sequence[Frame]
    ) -> tuple[SpeakerRead, tuple[str, ...], Frame | None]:
        """Who speaks of what stands in some frames: the innermost, and who carries it on."""
        if not around:
            return self.narrator, (), None
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

    def note_subject(self, sentence: Sentence, listed: Person | None) -> None:
        """Remember who a sentence is about: a pronoun in the next one may mean that."""
        words = sentence.words
        end = next(
            (
                n
                for n, w in enumerate(words[:14])
                if w.low in _FINITE or w.low in self.verbs or w.low in _HAS
            ),
            0,
        )
        opens = next((word for word in words if word.text[0].isalnum()), None)
        if opens is None or sentence.is_quoted(opens.start):
            return
        named = next((w for w in words[:10] if w.start in self.people.at), None)
        if end == 0 and listed is None and named is not None:
            self._about(sentence, opens.start, named)
        if end == 0:
            return
        if opens.low in _NO_SUBJECT or any(self._goes(word) for word in words[:end]):
            return
        comma = next((n for n, w in enumerate(words[:end]) if w.text == ","), None)
        if comma is not None and comma + 1 < end and words[0].low in ("the", "a", "an"):
            end = comma
        if listed is not None:
            person = SpeakerRead(
                listed.name,
                None,
                None,
                "traveller",
                True,
                listed,
                listed,
                words[0].start,
                words[0].end,
            )
            self.subject = (sentence.paragraph, person)
            return
        found = self.speaker(sentence, 0, end)
        if found is not None:
            self.subject = (sentence.paragraph, found)
            self.spoken.append(found)
            if found.kind == "state" and found.state is not None:
                self.state_here = (sentence.paragraph, found.state)

    def _about(self, sentence: Sentence, start: int, named: Word) -> None:
        """Take somebody who is not listed, and named first, for whom a sentence is about."""
        person, kind, end = self.people.at[named.start]
        if person.listed or any(word.low in self.verbs for word in sentence.words[:10]):
            return
        text = self.text[start:end]
        found = self._person(person, kind, sentence, (), text, start, end)
        self.subject = (sentence.paragraph, found)
        self.spoken.append(found)

    def _body(
        self,
        sentence: Sentence,
        words: Sequence[Word],
        lows: Sequence[str],
        text: str,
        unnamed: bool,
        state: str | None,
        start: int,
        end: int,
    ) -> SpeakerRead | None:
        """A ministry, officials, an airport, a paper: whoever is told of without a name."""
        words = [word for word in words if word.low not in _QUARTERS] or list(words)
        capital = any(w.text[0].isupper() for w in words[(lows[0] in ("the", "a", "an")) :])
        if set(lows) & _DOCUMENTS:
            return SpeakerRead(_short(text), None, None, "other", True, None, None, start, end)
        if set(lows) & _PRINTED and not set(lows) & _STATE_OWNS and not unnamed and capital:
            return SpeakerRead(_short(text), None, None, "press", True, None, None, start, end)
        if any(low in _OUTLET for low in lows) and capital and state is None and not unnamed:
            return SpeakerRead(_short(text), None, None, "press", True, None, None, start, end)
        roles = [self.people.roles.get(low) for low in lows]
        unnamed = unnamed or (lows[0] in _SOME and bool(set(lows) & _OFFICIAL))
        if self._anonymous(sentence, text):
            return SpeakerRead(
                _short(text), None, state, "anonymous", False, None, None, start, end
            )
        if lows[0] in _SOME and set(lows) & _VAGUE and not set(lows) & _BODIES and len(lows) > 2:
            return SpeakerRead(
                _short(text), None, state, "anonymous", False, None, None, start, end
            )
        governs = any(low in _GOVERNS for low in lows)
        if state is None and governs and lows[0] == "the" and len(lows) <= 3:
            state = self._same_body(lows[-1], start) or self._state_near(sentence, 99)
        elif state is None and governs and lows[0] in ("its", "their"):
            near = self.people.places_between(sentence.start, start)
            place = near[0] if near else self.people.place_before(start, max(0, start - 400))
            state = place.code if place is not None else None
        elif state is None and governs and not set(lows) & _OFFICIALS:
            state = self._state_near(sentence, 99)
        elif (
            state is None
            and len(lows) <= 3
            and lows[0] in _SOME
            and set(lows) & {"officer", "official", "policeman", "clerk"}
        ):
            state = self._state_near(sentence, 0)
        elif state is None and "speaks" in roles and lows[0] in ("a", "an", "the", "its"):
            state = self._state_near(sentence, 0)
            governs = governs or lows[0] == "its"
        own = words[1:] if len(words) > 1 else words
        plain = not any(word.text[0].isupper() for word in own)
        speaks = any(low in _FOR_OTHERS or low.startswith("spokes") for low in lows)
        unnamed = unnamed or (plain and not governs and not speaks)
        if unnamed and not governs and not set(lows) & _OFFICIALS:
            return SpeakerRead(
                _short(text), None, state, "anonymous", False, None, None, start, end
            )
        if state is not None and governs and lows[0] in ("its", "their"):
            whole = f"{' '.join(text.split()[1:])} of {self.people.record.places.name(state)}"
            return SpeakerRead(
                _short(whole), text, state, "state", not unnamed, None, None, start, end
            )
        if state is not None and not (lows[0] == "its" and not governs):
            return SpeakerRead(
                _short(text), None, state, "state", not unnamed, None, None, start, end
            )
        if unnamed or "unnamed" in roles:
            return SpeakerRead(_short(text), None, None, "anonymous", False, None, None, start, end)
        if "speaks" in roles or "office" in roles or "trait" in roles or governs or capital:
            return SpeakerRead(_short(text), None, None, "other", True, None, None, start, end)
        return None

    def _same_body(self, noun: str, start: int) -> str | None:
        """The State of a ministry or an embassy that was named in full before."""
        at = self.low.rfind(noun, 0, start)
        for _ in range(_OFTEN):
            if at < 0:
                break
            for place in self.people.places_between(at - 40, at + len(noun) + 25):
                between = self.text[min(place.end, at + len(noun)) : max(at, place.start)]
                if not re.search(r"[.,;:\n]", between) and place.start < start:
                    return place.code
            at = self.low.rfind(noun, 0, at)
        return None

    def _person(
        self,
        person: Person,
        kind: MentionIs,
        sentence: Sentence,
        places: Sequence[PlaceRead],
        text: str,
        start: int,
        end: int,
    ) -> SpeakerRead:
        del kind
        role = person.titles[0] if person.titles else _role(text, person.name)
        outlet = next((p for p in places if p.kind is PlaceIs.outlet), None)
        if person.listed:
            return SpeakerRead(
                person.name, role, None, "traveller", True, person, person, start, end
            )
        near = [p for p in places if p.kind is not PlaceIs.outlet and end - p.start < _TITLES]
        state = next(iter(person.states), None) or next((p.code for p in near), None)
        words = {word.strip(".,").lower() for word in f"{text} {' '.join(person.titles)}".split()}
        words |= set(person.roles)
        if self._is_un(f"{text} {role or ''}", sorted(words)):
            return SpeakerRead(person.name, role, None, "un_body", True, person, None, start, end)
        printed = words & _PRINTED and not words & _STATE_OWNS
        if outlet is not None or printed or (words & _OUTLET and state is None):
            return SpeakerRead(person.name, role, None, "press", True, person, None, start, end)
        for_ = self._for_whom(text, person)
        about = self.subject
        if for_ is None and not person.titles and role is None and about is not None:
            # His lawyer was angry. "He never went," X said: X is the lawyer.
            spokesman = about[1].kind == "traveller" and about[1].person is None
            if spokesman and about[0] == sentence.paragraph:
                for_ = about[1].for_
        if for_ is not None:
            return SpeakerRead(person.name, role, None, "traveller", True, person, for_, start, end)
        if state is None and words & (_GOVERNS | _OFFICES):
            state = self._state_near(sentence, 99)
        elif state is None and words & set(self.people.roles):
            state = self._state_near(sentence, 0)
        official = words & (_GOVERNS | _OFFICES) or any(
            self.people.roles.get(word) in ("office", "speaks") for word in words
        )
        if state is not None and official and not words & _SPEAKS_FOR_ITSELF:
            return SpeakerRead(person.name, role, state, "state", True, person, None, start, end)
        return SpeakerRead(person.name, role, state, "other", True, person, None, start, end)

    def _state_near(self, sentence: Sentence, most: int) -> str | None:
        """The State that spoke last, so many paragraphs before at the most; or the dateline's."""
        here = self.state_here
        if here is not None and sentence.paragraph - here[0] <= min(most, 1):
            return here[1]
        if not most:
            return None
        if self.home is None and here is not None:
            return here[1]
        own = [p for p in self.people.people if p.listed and p.states and "minister" in p.roles]
        near = self.people.place_before(sentence.start, max(0, sentence.start - 300))
        return self.home or (own[0].states[0] if own else near.code if near is not None else None)

    def _for_whom(self, text: str, person: Person) -> Person | None:
        """The listed person whose own party, office or men somebody speaks for."""
        told = f"{text} {' '.join(person.titles)}"
        listed = next(iter(self.people.by_reference.values()), None)
        alone = len(self.people.by_reference) == 1
        if alone and listed is not person and _COUNSEL.search(told.lower()):
            return listed
        found = _FOR_THE.search(told)
        if found is None:
            return None
        words = found[1].split()
        leads = rf"\b{_HEADS} of (?:the )?{re.escape(found[1].strip())}"
        if alone and listed is not person and re.search(leads, self.text):
            return listed
        for other in self.people.people:
            if other.listed and other is not person:
                told = " ".join(other.titles)
                if found[1] in told or (len(words) > 1 and " ".join(words[:2]) in told):
                    return other
        return None

    def _outlet(self, outlet: PlaceRead, start: int, end: int) -> SpeakerRead:
        name = self.text[outlet.start : outlet.end]
        if outlet.outlet is OutletIs.state:
            return SpeakerRead(name, None, outlet.code, "state", True, None, None, start, end)
        kind = "wire" if outlet.outlet is OutletIs.wire else "press"
        return SpeakerRead(name, None, None, kind, True, None, None, start, end)

    def _committee(self, sentence: Sentence, start: int) -> str | None:
        """The committee of the Council that was last named before an offset."""
        found = list(_COMMITTEE.finditer(self.text, max(0, start - 600), start))
        del sentence
        return found[-1].group() if found else None

    def _unnamed(self, sentence: Sentence, lows: Sequence[str]) -> bool:
        del sentence
        return any(self.people.roles.get(low) == "unnamed" for low in lows)

    def _anonymous(self, sentence: Sentence, text: str) -> bool:
        """Whether the sentence says that somebody would not be named."""
        whole = self.low[sentence.start : sentence.end]
        return (any(words in whole for words in _ANONYMOUS) and not text[:1].isupper()) or (
            any(words in text.lower() for words in _ANONYMOUS)
        )

    def _is_un(self, text: str, lows: Sequence[str]) -> bool:
        low = text.lower()
        return (
            any(words in low for words in _UN)
            or ("un" in lows or "u.n" in lows)
            or (bool(_OF_THE_UN & set(lows)) and ("sanctions" in lows or "committee" in lows))
        )

    def remember(self, sentence: Sentence, speaker: SpeakerRead) -> None:
        if speaker.kind in ("press", "wire"):
            self.last_outlet = speaker
        if speaker.kind not in ("narrator", "press", "wire"):
            self.last = speaker
            self.last_at = self.now, sentence.paragraph
            self.spoken.append(speaker)
        if speaker.state is not None and speaker.kind == "state":
            self.state_here = (sentence.paragraph, speaker.state)


_SPEAKS_FOR_ITSELF = frozenset(
    "analyst professor historian activist campaigner researcher surgeon teacher trader witness "
    "lawyer lawyers attorney solicitor barrister waiter driver pilot passenger neighbour neighbor "
    "manager clerk employee worker resident villager hotelier".split()
)
_FOR_OTHERS = frozenset("lawyer lawyers counsel editor representative correspondent".split())
_STATES_OWN = re.compile(r"\bstate (?:news )?(?:agency|television|radio|media|broadcaster)\b")
_NOT_SAID = frozenset(
    "when while because since although though where who which and but if after before during in "
    "at to".split()
)
"""What stands behind these tells when, where or of whom it was said."""
_TELLS = frozenset("told tells telling informed assured".split())
_WHEN = frozenset("this last late early yesterday today tonight there here as by from via".split())
_QUARTERS = frozenset("western eastern european african arab gulf asian american latin".split())
_PRINTED = frozenset(
    "media outlets newspapers press newspaper daily weekly magazine tabloid website channel "
    "broadcaster".split()
)
_STATE_OWNS = frozenset("state official government state-run state-owned".split())
_BEGINS = frozenset("a an the who one its his her".split())
_SOME = frozenset("a an one another".split())
_OFFICIAL = frozenset("diplomat source member insider envoy".split())
_DOCUMENTS = frozenset(
    "stamps stamp records record documents manifest manifests register logs data ledger invoice "
    "receipts ticket tickets visa passport".split()
)
_TIMES = frozenset(
    "day week month year morning evening afternoon night time spring summer autumn winter "
    "weekend".split()
)
_NEEDS_THAT = frozenset("learned learnt understands understood heard hears".split())
_COURTS = frozenset("it court tribunal judges judge".split())
_OFTEN = 6
_BODIES = frozenset(
    "ministry embassy government presidency cabinet parliament police army consulate mission "
    "authorities department agency".split()
)
_VAGUE = frozenset(
    "official officer source diplomat envoy policeman clerk guard insider soldier".split()
)
_OPENS = frozenset("at on in during after before by from".split())
_JOINS = frozenset("of for to in at on with by from and under near into".split())
_HEADS = "(?:commander|leader|chief|head|chairman|president|founder)"
_COUNSEL = re.compile(
    r"\b(?:his|her|the) (?:\w+ )?(?:lawyer|attorney|solicitor|barrister)\b"
    r"|\b(?:lawyer|attorney|solicitor|barrister) (?:for|of) (?:him|her|mr|mrs|the former)\b"
)
"""His own; a lawyer of whom no more is said is nobody's."""
_REPLIES = frozenset("answer reply response reaction comment".split())
_STOPS = frozenset(("that", "to"))
_VOICES = frozenset("expressed voiced raised".split())
_NO_SUBJECT = frozenset(
    "according asked when if while as by in on at from only even after before because although "
    "though since until with without despite".split()
)
_ARTICLES = frozenset("a an the this these those any its his her their alleged".split())
_FIRST_OF_SPEAKER = frozenset(
    "the a an one two three four five several some his her its their another".split()
)
_HARDLY = frozenset("hardly nobody none few scarcely".split())
_CITES = frozenset(("citing", "quoting"))
_ASIDES = frozenset(
    "who which in on at to asked when himself herself themselves however meanwhile for too also "
    "through via where whom whose run led owned close known".split()
)
_SHORT_SPEAKER = 8  # words
_LONG_SPEAKER = 18
_TITLES = 90  # letters of titles before a name
_OFFICES = frozenset(
    "inspector governor mayor ambassador commissioner superintendent prefect minister".split()
)
_OFFICIALS = frozenset(
    "official officials sources source diplomats officers police authorities ministers".split()
)
_FOR_THE = re.compile(r"\b(?:for|of) the ((?:[A-Z][\w'’-]+ ?){1,4})")
_COMMITTEE = re.compile(r"the \d{3,4} [Cc]ommittee|(?<=[Tt]he )\d{3,4} [Cc]ommittee")
_KIN = frozenset(
    "family brother wife son daughter relatives relative husband sister mother father cousin "
    "uncle nephew parents siblings".split()
)
_HIS = frozenset(
    "party movement militia office men group deputy lawyer lawyers spokesman family aides wife "
    "husband brother sister son daughter mother father cousin relatives".split()
)
_HAS = frozenset("has have had sees regards put called calls answered".split())
_NO_SPEAKER = frozenset(
    "no nobody there where what when why how whether if all neither none nothing everybody".split()
)
_NOT_FIRST = frozenset(
    "so but and on in at by jan feb mar apr may june july aug sept oct nov dec january february "
    "march april august september october november december monday tuesday wednesday thursday "
    "friday saturday sunday earlier later then meanwhile previously yesterday today".split()
)
_ONLY_PRINTS = frozenset("ran runs aired broadcast carried".split())
_PRINTS = frozenset(
    "wrote writes published publishes ran runs aired broadcast carried reported reports".split()
)
_PAPERS = frozenset("letter statement note document readout communique filing".split())
_GOVERNS = frozenset(
    "government ministry presidency cabinet foreign minister authorities officials official "
    "embassy "
    "parliament police army military side office department administration regime".split()
)
_DAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday".split())


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else text[:_LONGEST].rsplit(" ", 1)[0]


def _role(text: str, name: str) -> str | None:
    """What is said of a speaker beside the name."""
    rest = text.replace(name, " ").strip(" ,")
    rest = " ".join(rest.split())
    return rest if len(rest) > 2 else None
