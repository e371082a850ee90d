"""Who may be the traveller at each place of a sentence: a name, a pronoun, a description."""

import re
from collections.abc import Sequence

from app.reading.article import Mention, MentionIs
from app.reading.context import Context
from app.reading.drafts import Tracked
from app.reading.frames import Frame
from app.reading.people import Person
from app.reading.places import PlaceIs
from app.reading.sentences import Sentence, Word, Zone
from app.reading.words import FOLLOWS

_AGED = re.compile(r"\d{2}-year-old")
_TELLING = re.compile(
    r"\d{2}-year-old|elderly|ailing|bearded|disgraced|feared|feted|jailed|injured|wounded|sick"
    r"|exiled|sanctioned|blacklisted|listed|banned|designated|disguised|then|one-time|onetime"
    r"|long-time|longtime|old|young|wealthy|rich|so-called|self-styled|controversial|infamous"
    r"|acting|interior|foreign|defence|defense|former|deputy|senior|top|powerful|influential"
    r"|veteran|prominent|notorious|reclusive|high-ranking|military|sacked|deposed|ousted"
)
"""What is said of somebody whom a text has spoken of already."""
_SAID = frozenset("said mentioned named concerned aforementioned wanted sanctioned listed".split())
_KIN = frozenset(
    "father mother brother sister husband wife son daughter uncle cousin nephew boss leader "
    "commander chief chairman president".split()
)
_UNDER = re.compile(
    r"^[^.;]{0,40}\b(?:sanction|u\.?n\.?\b|united nations|security council|blacklist|travel ban)"
)
"""What a text says of a listed person whom it does not name yet."""
_MEANT = (
    " in question", " of that name", " of this name", " of this passport", " of that passport",
    " of the passport", " of this document", " of that document",
)  # fmt: skip
_SOMEBODY = frozenset("man woman person suspect individual holder bearer passenger guest".split())
_NOT_ALONE = frozenset("holder bearer passenger guest".split())
"""Somebody whom only what stands behind tells: the holder of this passport."""
_COMPANY = frozenset("delegation convoy motorcade entourage".split())
_CLIENT = frozenset(("client", "clients"))


class Travellers:
    """Follows the listed people of a text from sentence to sentence."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.text = context.text
        self.low = context.low
        self.people = context.people
        self.last: Person | None = None
        """Whom the text spoke of last."""
        self.of_another = False
        """Whether the sentence before is about somebody who is not listed."""
        self.client: Person | None = None
        """Whose lawyer speaks in the sentence that is read."""
        self.found: list[Tracked] = []
        """Those of the sentence that is read."""
        self.mentions: dict[int, Tracked] = {}
        listed = [person for person in self.people.people if person.followed]
        self.main = listed[0] if len(listed) == 1 else None

    @property
    def known(self) -> Person | None:
        """Whom a sentence means that names nobody."""
        return self.last or self.main

    def meant(self, tracked: Sequence[Tracked]) -> Person | None:
        """Whom a sentence speaks of: whom it names last, or else whom the text does."""
        return tracked[-1].person if tracked else self.known

    def track(self, sentence: Sentence, frames: Sequence[Frame]) -> list[Tracked]:
        found: list[Tracked] = []
        self.found = found
        words = sentence.words
        others = 0
        self.client = next((f.speaker.for_ for f in frames if f.speaker.for_ is not None), None)
        for number, word in enumerate(words):
            known = self.people.at.get(word.start)
            low = word.low
            if known is not None:
                person, kind, end = known
                if person.followed:
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
            if low in ("i", "me", "my", "we", "us", "our") and sentence.in_marks(word.start):
                own = self._speaks_for_himself(word, frames)
                if own is not None:
                    found.append(Tracked(word.start, word.end, own, MentionIs.pronoun))
                    self._note(word.start, word.end, own, MentionIs.pronoun)
                continue
            if low in _COMPANY and number and (first := self._his_company(words, number)):
                whole = self.known
                if whole is not None:
                    kind = MentionIs.description
                    found.append(Tracked(first.start, word.end, whole, kind))
                    self._note(first.start, word.end, whole, kind)
                continue
            described = self._description(sentence, number, frames)
            if described is not None:
                found.append(described)
                self._note(described.start, described.end, described.person, described.kind)
        owning = [t for t in found if self.low[t.end : t.end + 2] in ("'s", "s'")]
        subject = next((t for t in found if t not in owning), None) or next(iter(found), None)
        others_first = [
            w.start
            for w in words
            if w.start in self.people.at
            and not self.people.at[w.start][0].followed
            and not any(
                frame.speaker.start <= w.start < frame.speaker.end and frame.speaker.kind != "other"
                for frame in frames
            )
        ]
        other = min(others_first, default=None)
        if subject is not None and (other is None or subject.start < other):
            self.last = subject.person
            self.of_another = False
        elif others_first:
            self.of_another = True
        return found

    def _his_company(self, words: Sequence[Word], number: int) -> Word | None:
        """The first word of the delegation, the North Korean delegation, his convoy."""
        first = number
        while first > 1 and self.people.place_at(words[first - 1]) is not None:
            first -= 1
        return words[first - 1] if words[first - 1].low in ("the", "his", "her") else None

    def _speaks_for_himself(self, word: Word, frames: Sequence[Frame]) -> Person | None:
        """Whom `I` means, or `we` in the mouth of his own people."""
        for frame in frames:
            if not frame.holds(word.start) or frame.speaker.kind != "traveller":
                continue
            person = frame.speaker.person
            if person is not None and person.followed:
                return person
            if word.low in ("we", "us") and frame.speaker.for_ is not None:
                return frame.speaker.for_
        return None

    def _kinsman(self, word: Word, before: str, frames: Sequence[Frame]) -> Person | None:
        """My father, his brother, where a son or a brother speaks: the listed one."""
        if word.low not in _KIN or before not in ("my", "our", "his", "her"):
            return None
        if re.search(r"\b(?:was|is|were) \w+ $", self.low[max(0, word.start - 20) : word.start]):
            return None  # that was our cousin
        for frame in frames:
            told = f"{frame.speaker.name} {frame.speaker.role or ''}".lower().split()
            if frame.holds(word.start) and (before in ("my", "our") or _KIN & set(told)):
                return self.known
        return None

    def _named_below(self, sentence: Sentence, first: int, last: int) -> Tracked | None:
        """A Serbian arms broker, at the top of a text that names him further down."""
        person, words = self.main, sentence.words
        behind = words[last + 1].start if last + 1 < len(words) else -1
        if person is None or behind in self.people.at:
            return None
        if not person.mentions or person.mentions[0].start < words[last].end:
            return None
        states = {
            code
            for word in words[first : last + 1]
            if (place := self.people.place_at(word)) is not None
            for code in place.codes
        }
        after = self.low[words[last].end : words[last].end + 60]
        if not (states & set(person.states) if states else _UNDER.search(after)):
            return None
        role = words[last].low
        others = [p for p in self.people.people if p is not person and role in p.roles]
        if others:
            return None
        return Tracked(words[first - 1].start, words[last].end, person, MentionIs.description)

    def _head_of(self, words: Sequence[Word], number: int) -> Tracked | None:
        """The head of the Atomic Energy Organization of Iran, where the list calls him so."""
        if not number or words[number - 1].low != "the":
            return None
        if number > 1 and words[number - 2].text == ",":
            return None  # beside the name itself
        last = number + 2
        while last < len(words) and (
            words[last].text[0].isupper() or words[last].low in ("of", "the", "and", "for")
        ):
            last += 1
        while words[last - 1].low in ("of", "the", "and", "for"):
            last -= 1
        person = self.people.heads(words[number].low, words[number + 2 : last])
        if person is None:
            return None
        return Tracked(words[number - 1].start, words[last - 1].end, person, MentionIs.description)

    def _is_of(self, states: set[str]) -> bool:
        person = self.known
        return person is not None and bool(states & set(person.states))

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
            and not frame.speaker.person.followed
            and frame.speaker.kind != "other"
            and frame.speaker.start < at
        )
        if sentence.in_marks(at) and any(
            frame.holds(at) and frame.speaker.kind != "traveller" for frame in frames
        ):
            return self.known if others <= speaking else None  # who speaks does not mean himself
        if others > speaking or self.of_another:
            return None
        return self.last  # nobody who has not been spoken of yet

    def _description(
        self, sentence: Sentence, number: int, frames: Sequence[Frame]
    ) -> Tracked | None:
        """The Iranian general; top general's, in a headline; his client; the Russian."""
        words = sentence.words
        roles = self.people.roles
        before = words[number - 1].low if number else ""
        after_low = words[number + 1].low if number + 1 < len(words) else ""
        if before in _SAID and number > 1 and words[number].low in _SOMEBODY:
            person = self.known  # the said person, the person concerned
            if person is not None and words[number - 2].low == "the":
                return Tracked(
                    words[number - 2].start, words[number].end, person, MentionIs.description
                )
        if before in ("this", "that", "the") and words[number].low in _SOMEBODY:
            person = self.known
            if person is not None and (
                (
                    after_low not in ("who", "in", "of", "from")
                    and words[number].low not in _NOT_ALONE
                )
                or self.low.startswith(_MEANT, words[number].end)
            ):
                return Tracked(
                    words[number - 1].start, words[number].end, person, MentionIs.description
                )
        if before == "the" and _AGED.fullmatch(words[number].low) and after_low not in roles:
            person = self.known
            if person is not None:
                return Tracked(
                    words[number - 1].start, words[number].end, person, MentionIs.description
                )
        nation = self.people.places.get(words[number].start)
        if (
            nation is not None
            and nation.kind is PlaceIs.people
            and before == "the"
            and after_low in FOLLOWS
        ):
            fits = [
                p for p in self.people.people if p.followed and set(nation.codes) & set(p.states)
            ]
            if len(fits) == 1:
                return Tracked(words[number - 1].start, nation.end, fits[0], MentionIs.description)
        a_people = nation is not None and nation.kind is PlaceIs.people and before in ("a", "an")
        if a_people and after_low not in roles:
            return self._named_below(sentence, number, number)
        kinsman = self._kinsman(words[number], before, frames)
        if kinsman is not None:
            return Tracked(
                words[number - 1].start, words[number].end, kinsman, MentionIs.description
            )
        if (
            words[number].low in _CLIENT
            and number
            and words[number - 1].low in ("his", "her", "my")
        ):
            person = self.client or self.known
            if person is not None:
                return Tracked(
                    words[number - 1].start, words[number].end, person, MentionIs.description
                )
            return None
        low = words[number].low.removesuffix("'s")
        if roles.get(low) not in ("rank", "office", "trait"):
            return None
        after = words[number + 1] if number + 1 < len(words) else None
        if after is not None and not words[number].low.endswith("'s"):
            if after.start in self.people.at or after.low.removesuffix("'s") in roles:
                return None  # a title before a name, or the middle of a description
            if after.text[0].isupper() and self.people.place_at(after) is None:
                return None
            if after.low in ("of", "for"):
                return self._head_of(words, number)
        first = number
        while first > 0 and number - first < 6:
            word = words[first - 1]
            if (
                word.low.removesuffix("'s") in roles
                or self.people.place_at(word) is not None
                or word.low in ("militia", "rebel")
                or _TELLING.fullmatch(word.low)
            ):
                first -= 1
                continue
            break
        if first > 0 and words[first - 1].low in ("a", "an"):
            return self._named_below(sentence, first, number)
        definite = first > 0 and words[first - 1].low in ("the", "this", "that")
        named = any(self.people.place_at(w) is not None for w in words[first:number])
        if not definite and not (named and sentence.zone is Zone.headline):
            return None
        person = self.people.described(words[first : number + 1])
        if person is None and self.known is not None and self.people.tells(low, self.known):
            states = {
                place.code
                for word in words[first:number]
                if (place := self.people.place_at(word)) is not None and place.code is not None
            }
            person = self.known if not states or self._is_of(states) else None
        if person is None or not person.followed:
            return None
        end = words[number].end - (2 if words[number].low.endswith("'s") else 0)
        return Tracked(words[first - definite].start, end, person, MentionIs.description)
