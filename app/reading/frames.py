"""What is said in a sentence, and where: a verb of saying, who stands beside it, its words.

A sentence may hold several, one inside another: a paper reports that a spokesman denied it. The
innermost speaks; an outlet around it carries the words on.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from app.reading.places import PlaceIs
from app.reading.sentences import Sentence, Word, Zone
from app.reading.speakers import SpeakerRead, Speakers
from app.reading.words import DAYS, FARTHEST, FINITE, GOVERNS, HAS, IS, PAPERS, PRONOUNS

_AUXILIARY = frozenset(
    """has have had also later then again previously however never repeatedly earlier publicly
    privately himself herself itself themselves flatly categorically firmly strongly swiftly
    promptly immediately initially reportedly now since twice once both still only quickly angrily
    first on in at late early this last next was were is are be been being to did does do not would
    could""".split()
)  # fmt: skip
_BOUNDARY = frozenset(
    "and but as that because while when whereas although though if after before since so or".split()
)
_RELATIVE = frozenset(("who", "which"))
_DETERMINERS = frozenset(
    """our my your
    the a an this that these those such any all some several many media press news earlier
    recent previous its his her their of no into about to from over in by false
    unconfirmed""".split()
)  # fmt: skip
_SOURCE_NOUNS = frozenset(
    "report reports claim claims allegation allegations statement statements suggestions".split()
)
_NOT_SAID = frozenset(
    "when while because since although though where who which and but if after before during in "
    "at to".split()
)
"""What stands behind these tells when, where or of whom it was said."""
_TELLS = frozenset("told tells telling informed assured".split())
_WHEN = frozenset("this last late early yesterday today tonight there here as by from via".split())
_BEGINS = frozenset("a an the who one its his her".split())
_TIMES = frozenset(
    "day week month year morning evening afternoon night time spring summer autumn winter "
    "weekend".split()
)
_NEEDS_THAT = frozenset("learned learnt understands understood heard hears".split())
_COURTS = frozenset("it court tribunal judges judge".split())
_OPENS = frozenset("at on in during after before by from".split())
_JOINS = frozenset("of for to in at on with by from and under near into".split())
_STOPS = frozenset(("that", "to"))
_VOICES = frozenset("expressed voiced raised".split())
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
_ONLY_PRINTS = frozenset("ran runs aired broadcast carried".split())
_PRINTS = frozenset(
    "wrote writes published publishes ran runs aired broadcast carried reported reports".split()
)


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


class Frames:
    """Finds what is said in the sentences of a text, one after the other."""

    def __init__(self, speakers: Speakers) -> None:
        self.speakers = speakers
        self.text, self.people, self.verbs = speakers.text, speakers.people, speakers.verbs

    def frames(self, sentence: Sentence) -> list[Frame]:
        """The frames of a sentence, the innermost first."""
        found: list[Frame] = []
        self.speakers.now += 1
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
                self.speakers.remember(sentence, frame.speaker)
        found = self._cited(sentence, found)
        colon = self._colon(sentence) or self._goes_on_saying(sentence)
        if colon is not None and not found:
            found.append(colon)
            self.speakers.remember(sentence, colon.speaker)
        found.sort(key=lambda frame: (frame.length, frame.verb.start))
        return found

    def _cited(self, sentence: Sentence, found: list[Frame]) -> list[Frame]:
        """The Post, citing two officials, wrote: the officials speak, and the Post was told."""
        for number, word in enumerate(sentence.words):
            if word.low not in _CITES or sentence.is_quoted(word.start):
                continue
            first, last = self._after(sentence, number)
            speaker = self.speakers.speaker(sentence, first, last) if last > first else None
            if speaker is None or speaker.kind == "narrator":
                continue
            near = sorted(found, key=lambda frame: abs(frame.verb.start - word.start))
            for frame in near[:1]:
                if frame.speaker.kind not in ("press", "wire"):
                    continue
                via = (frame.speaker.name, *frame.via)
                cited = frame._replace(speaker=speaker, via=tuple(dict.fromkeys(via)))
                found = [cited if one is frame else one for one in found]
                self.speakers.remember(sentence, speaker)
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
            told = bool({word.low for word in behind} & (PAPERS | {"it"}))
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
        told = self.speakers.subject
        recent = self.speakers.last_at == (self.speakers.now - 1, sentence.paragraph)
        about = told[1] if told and sentence.paragraph - told[0] <= 1 else None
        silent = self.speakers.last_at is None or self.speakers.last_at[0] < self.speakers.now - 1
        speaker = self.speakers.last if recent else about if silent else None
        if speaker is None or speaker.kind in ("press", "wire", "narrator"):
            return None
        return Frame(words[0], "says", speaker, tuple(sentence.quoted), ())

    def _quoted_as(self, sentence: Sentence, number: int) -> Frame | None:
        """The agency quoted a source as saying that he came, or behind what the source said."""
        words = sentence.words
        for at in range(number - 2, max(0, number - FARTHEST), -1):
            if words[at].low not in ("quoted", "cited", "quotes", "cites"):
                continue
            passive = words[at - 1].low in IS
            first, last = self.before(sentence, at)
            outlet = self.speakers.speaker(sentence, first, last) if last > first else None
            speaker = outlet if passive else self.speakers.speaker(sentence, at + 1, number - 1)
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
        for number, word in enumerate(words[:FARTHEST]):
            if word.text != ":" or number == 0:
                continue
            if not sentence.quoted and number <= _SHORT_SPEAKER // 2:
                speaker = self.speakers.speaker(
                    sentence, 0, number
                )  # a headline: Kremlin: he never came
                if speaker is None or speaker.kind in ("other", "anonymous", "narrator"):
                    return None
                return Frame(word, "says", speaker, ((word.end, sentence.end),), ())
            if not sentence.quoted or not 0 <= sentence.quoted[0][0] - word.end <= 3:
                continue
            number = next(
                (n for n in range(1, number) if words[n].low in FINITE or words[n].low in HAS),
                number,
            )  # Peskov was blunt: "Never."
            first = 0
            while first < number and (words[first].text[0].isdigit() or words[first].text == ":"):
                first += 1
            first += words[first].low == "from"
            speaker = self.speakers.speaker(sentence, first, number)
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
        if word.low in _SOURCE_NOUNS and number and before not in PRONOUNS:
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
            return Frame(words[number], kind, self.speakers.narrator, contents, ())
        passive = any(w.low in IS for w in denied)
        if passive and self._low(sentence, number + 1) == "by":
            return self._told_by(sentence, number)
        if passive and words[number].low in _TELLS | {"questioned"}:
            return None  # who is told or asked something does not say it
        start, end = self.before(sentence, number)
        if self._inverted(sentence, number):
            start = end = number  # …, said the minister
        told_before = self._told_before(sentence, start)
        speaker = self.speakers.speaker(sentence, start, end) if end > start else None
        if any(w.low in _HARDLY for w in words[start:end]):
            nobody = ((words[number].end, sentence.end),)
            return Frame(words[number], "open", self.speakers.narrator, nobody, ())
        if end == start and self._low(sentence, start - 1) in ("and", "but"):
            # It rejects that, and adds this: who spoke speaks on.
            about = (
                self.speakers.subject[1]
                if self.speakers.subject and self.speakers.subject[0] == sentence.paragraph
                else None
            )
            speaker = before[-1].speaker if before else about
            told_before = None
        if speaker is None and told_before is not None and words[number].low not in _TELLS:
            first, last = self._after(sentence, number)
            speaker = self.speakers.speaker(sentence, first, last) if last > first else None
        if speaker is None:
            if self._low(sentence, number - 1) not in IS:
                return None
            speaker = self.speakers.narrator
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
        speaker = self.speakers.speaker(sentence, number + 2, last)
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
            and not any(w.low in FINITE or w.low == "that" or self.speakers.goes(w) for w in rest)
        )

    def _printed(self, speaker: SpeakerRead, verb: Word) -> SpeakerRead:
        """Who writes, and is no person and no office, is a paper: Le Relais de Gao wrote."""
        words = speaker.name.split()
        capitals = [word for word in words if word[:1].isupper()]
        offices = {word.lower().removesuffix("'s") for word in words} & (
            GOVERNS | set(self.people.roles)
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
        for at in range(number + 1, min(number + FARTHEST, len(words))):
            word = words[at]
            if word.low == "that":
                return self._low(sentence, at + 1) not in _TIMES
            if at == number + 1 and not told and self._begins_clause(word):
                return True
            if word.low in _NOT_SAID or word.text in ',;:“”"()' or sentence.is_quoted(word.start):
                return False
            if word.low in FINITE or self.speakers.goes(word):
                return at > number + 1
        return False

    def _that(self, sentence: Sentence, number: int) -> int:
        """Where what is said begins: behind `that`, or behind the verb."""
        words = sentence.words
        for word in words[number + 1 : number + 10]:
            if word.low == "that" and self._low(sentence, words.index(word) + 1) not in _TIMES:
                return word.end
            if word.low in FINITE or self.speakers.goes(word) or word.text in ',;:“”"':
                break
        return sentence.words[number].end

    def _begins_clause(self, word: Word) -> bool:
        """Whether a word behind `said` is the first of what is said, and not of when or where."""
        if word.low in _NOT_SAID or word.low in _WHEN or word.low in _AUXILIARY:
            return False
        return word.text[0].isalpha() and not word.low.endswith("ly") and word.low not in DAYS

    def _goes_on(self, sentence: Sentence, number: int) -> list[tuple[int, int]]:
        """What goes on behind a speaker who is put between commas: X, he said, was not there."""
        words = sentence.words
        for at in range(number + 1, min(number + _SHORT_SPEAKER, len(words) - 1)):
            if words[at].text == ",":
                after = words[at + 1]
                if (
                    after.low in FINITE
                    or after.low in ("not", "never", "and", "but")
                    or self._only_begun(sentence, number)
                ):
                    return [(words[at].end, self._ends(sentence, at))]
                return []
            if words[at].low in _NOT_SAID or words[at].text in ';:“”"':
                return []
        return []

    def _only_begun(self, sentence: Sentence, number: int) -> bool:
        """Whether nothing is told yet before a verb of saying: on Sunday, he said, X was home."""
        words = sentence.words
        told = number
        while told > 0 and words[told].text != ",":
            told -= 1
        first = told
        while first > 0 and words[first - 1].text not in ':;“”"':
            first -= 1
        begun = words[first:told]
        return 0 < len(begun) <= 5 and not any(
            w.low in FINITE or w.low in self.verbs or self.speakers.goes(w) for w in begun
        )

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
            or words[end - 1].low in DAYS
            or (end < number + 1 and words[end - 1].low in _VOICES)
        ):
            end -= 1
        end = self._before_aside(sentence, end)
        at = end
        while at > 0 and end - at < FARTHEST:
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
        return word.low in self.verbs or word.low in FINITE or word.low in _AUXILIARY

    def _before_aside(self, sentence: Sentence, end: int) -> int:
        """Where a speaker ends whom an aside parts from the verb: the Post, citing him, wrote."""
        words = sentence.words
        if end < 4 or words[end - 1].text != ",":
            return end
        for at in range(end - 2, max(0, end - FARTHEST), -1):
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
            or w.low in FINITE
            or self.speakers.journeys.get(w.low, "noun") not in ("noun", "meet|noun", "enter|noun")
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
        while end < len(words) and end - at < FARTHEST:
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
        speaker = self.speakers.speaker(sentence, first, last)
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

    def innermost(
        self, around: Sequence[Frame]
    ) -> tuple[SpeakerRead, tuple[str, ...], Frame | None]:
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
