"""The people that a text names, and every place where it speaks of each of them.

A name of several parts makes a person; a part of it alone, or one with a letter or two wrong, is
the same person elsewhere in the text. Titles, offices and nations before and behind a name belong
to it, and a description made of them (the Iranian general) is taken for the one person whom it
fits.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from app.law.reach import regime_of
from app.reading.article import Mention, MentionIs
from app.reading.places import PlaceIs, PlaceRead
from app.reading.sentences import Sentence, Word, Zone
from app.record import Record
from app.screening.names import NAMES, NamePart, parts
from app.screening.similarity import alike
from app.terms import PartyKind, Policy
from app.where import fold

_PARTICLES = frozenset(
    ("al", "el", "bin", "ibn", "ben", "bint", "ould", "uld", "ag", "de", "da", "dos", "di", "del",
     "la", "le", "van", "von", "der", "uz", "ul")
)  # fmt: skip
_GLUED = re.compile(r"(?:al|el|an|ar|as|ash|at|az|ad|ul|abd|bin|ibn|ag)-[^\W\d_a-z]")
_NEVER = frozenset(
    """did does do has have had was were is are will would could can should
    a an the this that these those he she it they we i you his her its their our my in on at by
    for from to of with without within and or but if as after before when while where who what why
    how since until during despite although though because however meanwhile earlier later last
    next previously also not no yes there here then now both each every many most some several
    all any one two three four five six seven eight nine ten asked according under over between
    through against amid among about into upon monday tuesday wednesday thursday friday saturday
    sunday january february march april may june july august september october november december
    jan feb mar apr jun jul aug sep sept oct nov dec photo updated sources reuters winter summer
    olympics games united nations european union un eu us usa uk uae olympic world new north south
    east west central northern southern eastern western""".split()
)  # fmt: skip
_MOST_NAME = 7  # words
_FARTHEST = 12  # words of titles before a name
_SHORTEST_MISSPELT = 5  # letters
_MISSPELT = 0.72
_TOP = 6  # sentences


@dataclass(eq=False)
class Person:
    """Somebody whom a text names, as far as it has been read."""

    name: str
    parts: tuple[NamePart, ...]
    reference: str | None = None
    """The one on record whose listed name is most alike; null where none is near."""
    references: frozenset[str] = frozenset()
    """All on record whose listed names are as near."""
    states: list[str] = field(default_factory=list)
    """States in the titles before the name, and in what stands behind it."""
    nations: list[str] = field(default_factory=list)
    """States of which the text says that the person is of them: a Syrian, Syria's president."""
    roles: list[str] = field(default_factory=list)
    """Words of titles and offices, in lower case."""
    titles: list[str] = field(default_factory=list)
    """The same as they stand in the text, each once."""
    mentions: list[Mention] = field(default_factory=list)
    words: set[str] = field(default_factory=set)
    """Of every name that the text gives, folded."""
    followed: bool = False
    """Whether journeys are looked for of this person."""

    @property
    def listed(self) -> bool:
        """Whether anybody on record may be meant."""
        return bool(self.references)


class Named(NamedTuple):
    """A name in one sentence: the words that are it, and those that belong to it."""

    first: int
    """Number of its first word in the sentence."""
    last: int
    """Number behind its last word."""
    begins: int
    """Number of the first word of its titles."""


class People:
    """The people of a text: found once, and asked about by offset."""

    def __init__(
        self,
        text: str,
        sentences: Sequence[Sentence],
        places: Sequence[PlaceRead],
        record: Record,
        policy: Policy,
    ) -> None:
        self.text = text
        self.record = record
        self.policy = policy
        self.roles = record.tables.reading.get("roles", {})
        self.words_of_many = record.tables.names.get("organisation_words", {})
        self.places = {place.start: place for place in places if not place.doubtful}
        self._place_starts = sorted(self.places)
        self.people: list[Person] = []
        self.by_words: dict[frozenset[str], Person] = {}
        """The words of a full name, folded, to whose it is."""
        self.by_word: dict[str, list[Person]] = {}
        self.by_reference: dict[frozenset[str], Person] = {}
        """Those whose names are near one on record."""
        self.at: dict[int, tuple[Person, MentionIs, int]] = {}
        """Offset where a mention begins to the person, how it is made, and where it ends."""
        self._borne: dict[str, bool] = {}
        """What was asked of `bears`, so that the text is searched once for each word."""
        self.sentences = sentences
        for sentence in sentences:
            self._full_names(sentence)
        for sentence in sentences:
            self._parts_of_names(sentence)
        for sentence in sentences:
            self._behind(sentence)
        for person in self.people:
            person.mentions.sort(key=lambda mention: mention.start)
        self.followed = [person for person in self.people if person.listed] or self._protagonist()
        """Those on record; where a text names none of them, the one that it is about."""
        for person in self.followed:
            person.followed = True

    def _protagonist(self) -> list[Person]:
        """Whoever is named at the top of a text that goes on to speak of somebody's going."""
        top = [s for s in self.sentences if s.zone in (Zone.headline, Zone.body)][:_TOP]
        goes: dict[int, int] = {}
        for sentence in self.sentences:
            last: Person | None = None
            for word in sentence.words:
                if (known := self.at.get(word.start)) is not None:
                    last = known[0]
                elif word.low in self._going and last is not None:
                    goes[id(last)] = goes.get(id(last), 0) + 1
                    last = None
        several = [
            person
            for person in self.people
            if goes
            and len(person.mentions) > 1
            and any(s.start <= person.mentions[0].start < s.end for s in top)
            and not any(self.roles.get(role) == "speaks" for role in person.roles)
        ]
        return sorted(
            several,
            key=lambda p: (-goes.get(id(p), 0), -len(p.mentions), p.mentions[0].start),
        )[:1]

    @cached_property
    def _going(self) -> frozenset[str]:
        words = self.record.tables.reading.get("journeys", {})
        return frozenset(
            w for w, kinds in words.items() if "enter" in kinds and "noun" not in kinds
        )

    # ------------------------------------------------------------ names

    def runs(self, sentence: Sentence) -> Iterator[tuple[int, int]]:
        """Words with capitals that stand together, by number; places and titles are no part."""
        words = sentence.words
        at = 0
        while at < len(words):
            if not self._may_be_name(words, at):
                at += 1
                continue
            first = at
            at += 1
            while at < len(words) and at - first < _MOST_NAME:
                if self._may_be_name(words, at) and not self._parted(words[at - 1], words[at]):
                    at += 1
                elif (
                    words[at].low in _PARTICLES
                    and at + 1 < len(words)
                    and self._may_be_name(words, at + 1)
                ):
                    at += 2
                else:
                    break
            yield first, at

    def _may_be_name(self, words: Sequence[Word], at: int) -> bool:
        word = words[at]
        glued = _GLUED.match(word.text) is not None
        if not (word.text[0].isupper() or glued):
            return False
        if word.low.removesuffix("'s") in _NEVER and not (word.text == "Un" and at):
            return False  # the UN, but Kim Jong Un
        if self.place_at(word) is not None:
            return False
        low = word.low.removesuffix("'s")
        return low not in self.roles and low not in self.words_of_many

    def _parted(self, before: Word, word: Word) -> bool:
        """Whether something stands between two words that ends a name."""
        return (
            before.text.endswith(("'s", "’s")) or self.text[before.end : word.start].strip() != ""
        )

    def place_at(self, word: Word) -> PlaceRead | None:
        """The place whose name a word is part of."""
        for start in range(word.start, max(-1, word.start - 60), -1):
            place = self.places.get(start)
            if place is not None:
                return place if place.end > word.start else None
        return None

    def places_between(self, start: int, end: int) -> list[PlaceRead]:
        """The States, towns and peoples named between two offsets."""
        starts = self._place_starts
        some = starts[bisect_left(starts, start) : bisect_left(starts, end)]
        return [p for at in some if (p := self.places[at]).kind is not PlaceIs.outlet]

    def place_before(self, at: int, since: int) -> PlaceRead | None:
        """The State, town or people that was named last before an offset."""
        starts = self._place_starts
        for number in range(bisect_left(starts, at) - 1, -1, -1):
            place = self.places[starts[number]]
            if place.start < since:
                return None
            if place.kind is not PlaceIs.outlet:
                return place
        return None

    def _full_names(self, sentence: Sentence) -> None:
        for first, last in self.runs(sentence):
            last = self._with_word_of_many(sentence, first, last)
            if last - first < 2:
                continue
            name = self._text(sentence, first, last)
            many = any(word.low in self.words_of_many for word in sentence.words[first:last])
            if many and not self._listed(name):
                continue
            person = self._person(name)
            if person is not None:
                self._add(sentence, person, first, last, MentionIs.full_name)

    def _with_word_of_many(self, sentence: Sentence, first: int, last: int) -> int:
        """Where a name ends whose last part is a word of organisations too, as Eslami is."""
        words = sentence.words
        if (
            last < len(words)
            and words[last].text[0].isupper()
            and words[last].low.removesuffix("'s") in self.words_of_many
            and not self._parted(words[last - 1], words[last])
            and self._listed(self._text(sentence, first, last + 1))
        ):
            return last + 1
        return last

    def _text(self, sentence: Sentence, first: int, last: int) -> str:
        name = self.text[sentence.words[first].start : sentence.words[last - 1].end]
        return name.removesuffix("'s").removesuffix("’s").removesuffix("’").removesuffix("'")

    def _person(self, name: str) -> Person | None:
        """The person of a full name: one of this text, or a new one."""
        found = parts(name, self.record.index.rules)
        names = [part for part in found if part.kind in NAMES]
        if len(names) < 2:
            return None
        folded = frozenset(fold(name).split())
        if (known := self.by_words.get(folded)) is not None:
            return known
        references = self._listed(name)
        known = self.by_reference.get(references) if references else None
        if not references:
            sharing = (p for word in sorted(folded) for p in self.by_word.get(word, ()))
            known = next((p for p in sharing if not p.listed and _fits(names, p.parts)), None)
        if known is None:
            known = Person(name, found, min(references, default=None), references)
            if references:
                self._from_record(known)
                self.by_reference[references] = known
            self.people.append(known)
        elif len(name) > len(known.name):
            known.name, known.parts = name, found
        self.by_words[folded] = known
        known.words |= folded
        for word in folded:
            sharers = self.by_word.setdefault(word, [])
            if known not in sharers[-1:]:
                sharers.append(known)
        return known

    def _listed(self, name: str) -> frozenset[str]:
        """The individuals on record whose good names are nearest to a name."""
        best: dict[str, float] = {}
        for cut in self.record.index.parts(name):
            if cut.organisation:
                continue
            asked = sum(part.kind in NAMES for part in cut.parts)
            for match in self.record.index.lookup(cut, self.policy.threshold):
                listed = match.listed
                near = match.similarity >= self.policy.strong or match.names_shared >= asked
                if near and match.names_shared >= 2 and listed.matched_as != "low":
                    known = best.get(listed.reference, 0.0)
                    best[listed.reference] = max(known, match.similarity)
        top = max(best.values(), default=0.0)
        return frozenset(
            reference
            for reference, similarity in best.items()
            if similarity == top and self.record.listed[reference].kind is PartyKind.individual
        )

    def _from_record(self, person: Person) -> None:
        """What lists say of somebody, for descriptions: titles, offices, nationality."""
        places = self.record.places
        for reference in sorted(person.references):
            for version in self.record.listed[reference].versions[:1]:
                entry = version.entry
                for words in (*entry.titles, *entry.designations):
                    person.roles += fold(words).split()
                for nation in entry.nationalities:
                    code = places.country(nation)
                    if code is not None:
                        person.states.append(code)
                if not entry.nationalities and self.record.law is not None:
                    regime = regime_of(entry.regime_word, self.record.law.regimes)
                    if regime is not None and regime.state is not None:
                        person.states.append(regime.state)

    def _parts_of_names(self, sentence: Sentence) -> None:
        for first, last in (*self.runs(sentence), *self._surnames_of_many(sentence)):
            if sentence.words[first].start in self.at:
                continue
            name = self._text(sentence, first, last)
            person, kind = self._by_part(name, sentence.words[first:last])
            if person is not None:
                self._add(sentence, person, first, last, kind)

    def _surnames_of_many(self, sentence: Sentence) -> Iterator[tuple[int, int]]:
        """Single words that are the last part of a name in the text, and of organisations."""
        for number, word in enumerate(sentence.words):
            low = word.low.removesuffix("'s")
            if low in self.words_of_many and word.text[0].isupper() and fold(low) in self.by_word:
                yield number, number + 1

    def _by_part(self, name: str, words: Sequence[Word]) -> tuple[Person | None, MentionIs]:
        folded = fold(name).split()
        sharing = self.by_word.get(folded[0], ()) if folded else ()
        fitting = [p for p in dict.fromkeys(sharing) if set(folded) <= p.words]
        if len(fitting) > 1:
            listed = [p for p in fitting if p.listed]
            fitting = listed if len(listed) == 1 else fitting
        if fitting:
            return fitting[-1] if len(fitting) == 1 else fitting[0], MentionIs.surname
        if len(words) > 1 or len(name) < _SHORTEST_MISSPELT:
            return None, MentionIs.surname
        if words[0].low.removesuffix("'s") in self.words_of_many:
            return None, MentionIs.surname
        asked = parts(name, self.record.index.rules)
        near = [
            p
            for p in self.by_reference.values()
            if asked
            and max((alike(asked[0], part)[0] for part in p.parts[-1:]), default=0) >= _MISSPELT
        ]
        return (near[0] if len(near) == 1 else None), MentionIs.misspelt

    def _add(
        self, sentence: Sentence, person: Person, first: int, last: int, kind: MentionIs
    ) -> None:
        words = sentence.words
        start = words[first].start
        end = start + len(self._text(sentence, first, last))
        person.mentions.append(Mention(start=start, end=end, text=self.text[start:end], kind=kind))
        self.at[start] = (person, kind, end)
        begins = self.titles_before(sentence, first)
        if begins < first:
            self._titled(person, words[begins:first], self.text[words[begins].start : start])

    def titles_before(self, sentence: Sentence, first: int) -> int:
        """Number of the first word of the titles, offices and nations before a name."""
        words = sentence.words
        at = first
        if (
            at > 1
            and words[at - 1].text == ","
            and words[at - 2].low.removesuffix("'s")
            in (self.roles.keys() | self.words_of_many.keys())
        ):
            at -= 1  # the interior minister, Saïd Waberi
        behind = at
        while at > 0 and first - at < _FARTHEST:
            word = words[at - 1]
            low = word.low.removesuffix("'s")
            if self.text[word.end : words[at].start].strip():
                break
            place = self.place_at(word)
            led = at > 1 and words[at - 2].low in ("from", "in", "to", "at", "of", "for")
            plain = place is not None and place.kind in (PlaceIs.state, PlaceIs.city)
            if led and plain and low not in self.roles and not word.low.endswith(("'s", "s'")):
                break  # from Mongolia Pak went on
            known = low in self.roles or place is not None
            joins = low in ("of", "for", "and", "the", "affairs", "'s", "’s") or (
                word.text[0].isupper() and low in self.words_of_many
            )
            if not (known or joins or low in self.words_of_many):
                break
            at -= 1
        while at < first and words[at].low in ("of", "for", "and", "affairs", ","):
            at += 1
        return first if at >= behind and behind < first else at

    def _titled(self, person: Person, words: Iterable[Word], text: str) -> None:
        for word in words:
            place = self.places.get(word.start)
            if place is not None and place.kind is not PlaceIs.outlet:
                person.states += place.codes[:1]
                if place.kind is PlaceIs.people or word.low.endswith("'s"):
                    person.nations += place.codes[:1]
            elif word.low.removesuffix("'s") in self.roles:
                person.roles.append(word.low.removesuffix("'s"))
            else:
                person.roles.append(word.low)
        title = " ".join(text.split()).removeprefix("The ").removeprefix("the ")
        if title and title not in person.titles:
            person.titles.append(title)

    def _behind(self, sentence: Sentence) -> None:
        """What stands behind a name between commas: a North Korean official under a travel ban."""
        words = sentence.words
        saying = self.record.tables.reading.get("verbs", {})
        for number, word in enumerate(words):
            known = self.at.get(word.start)
            if known is None:
                continue
            person, _, end = known
            after = next((n for n, w in enumerate(words) if w.start >= end), len(words))
            if after >= len(words) or words[after].text != ",":
                continue
            last = next(
                (n for n in range(after + 1, len(words)) if words[n].text in ",.;"), len(words)
            )
            if last - after < 2 or words[after + 1].low not in _BEHIND:
                place = self.place_at(words[after + 1]) if after + 1 < len(words) else None
                if place is None and words[min(after + 1, len(words) - 1)].low not in self.roles:
                    continue
            if any(self.at.get(w.start) for w in words[after + 1 : last]):
                continue
            verb = next(
                (n for n in range(after + 1, last) if words[n].low in _VERBS and n > after + 1),
                last,
            )
            inner = words[after + 1 : verb]
            said = (
                last + 1 < len(words) and words[last].text == "," and words[last + 1].low in saying
            )
            if (
                verb == last
                and number > 4
                and ((last < len(words) and words[last - 1].low in saying) or (said and number > 4))
            ):
                continue  # X never met Y, a spokeswoman said: another person
            if any(w.low in saying for w in inner):
                continue
            leads = len(inner) > 2 and inner[0].low == "who" and inner[1].low in _LEADS
            if not leads and not any(w.low.removesuffix("'s") in self.roles for w in inner):
                continue
            if leads:
                office = _LEADS[inner[1].low]
                body = re.split(r" of (?=[A-Z])", self.text[inner[2].start : inner[-1].end])[0]
                self._titled(person, inner[2:], f"{office} of {body}")
                person.roles.append(office)
                continue
            self._titled(person, inner, self.text[inner[0].start : inner[-1].end])

    # ------------------------------------------------------------ who is meant

    @cached_property
    def _by_role(self) -> dict[str, list[Person]]:
        found: dict[str, list[Person]] = {}
        for person in self.people:
            for role in dict.fromkeys(person.roles):
                found.setdefault(role, []).append(person)
        return found

    def bears(self, role: str) -> bool:
        """Whether somebody of the text is said to be one, be it somebody without a name."""
        if role in self._by_role:
            return True
        if (known := self._borne.get(role)) is not None:
            return known
        some = rf"\b(?:an?|two|three|several|some|one|another|many) (?:[\w'’-]+ ){{0,3}}{role}s?\b"
        found = re.search(some, self.text, re.IGNORECASE) is not None
        self._borne[role] = found
        return found

    def heads(self, role: str, words: Sequence[Word]) -> Person | None:
        """The listed person who is the head, or the like, of what some words name."""
        named = {w for word in words for w in fold(word.low.removesuffix("'s")).split()}
        named -= {"of", "the", "and", "for"}
        found = [
            person
            for person in self.followed
            if role in person.roles and 2 * len(named & set(person.roles)) >= len(named) > 0
        ]
        return found[0] if len(found) == 1 else None

    def meant(self, words: Sequence[Word]) -> Person | None:
        """The one listed person of a text whom `the general` means, where nobody else is one."""
        person = self.described(words)
        low = words[-1].low.removesuffix("'s")
        if person is None and len(self.followed) == 1 and self.tells(low, self.followed[0]):
            person = self.followed[0]
        return person if person is not None and person.followed else None

    def tells(self, low: str, person: Person) -> bool:
        """Whether a rank, an office or a trait alone says that somebody is meant.

        Nobody else has it, and nothing that is told of the person speaks against it: a banker
        is no general.
        """
        if self.roles.get(low) not in ("rank", "office", "trait") or low in _OF_HOSTS:
            return False
        own = [walk for walk in _WALKS if walk & set(person.roles)]
        fits = not own or self.roles[low] == "trait" or any(low in walk for walk in own)
        return fits and not self.bears(low)

    def described(self, words: Sequence[Word]) -> Person | None:
        """The one listed person whom a description fits, or else the one spoken of last."""
        lows = [word.low.removesuffix("'s") for word in words]
        states = {
            place.code for word in words if (place := self.places.get(word.start)) is not None
        }
        nouns = [low for low in lows if low in self.roles]
        if not nouns:
            return None
        telling = [
            low for low in nouns if self.roles[low] in ("rank", "office", "trait", "speaks")
        ][-1:]
        if not telling:
            return None
        found = [
            person
            for person in self._by_role.get(telling[0], ())
            if (not states or states & set(person.states))
        ]
        followed = [person for person in found if person.followed]
        found = followed or found
        if len(found) > 1 and not followed:
            before = [p for p in found if p.mentions and p.mentions[0].start < words[0].start]
            found = before[-1:]
        return found[0] if len(found) == 1 else None


_LEADS = {
    "heads": "head", "headed": "head", "leads": "leader", "led": "leader",
    "commands": "commander", "commanded": "commander", "runs": "head", "ran": "head",
    "founded": "founder", "chairs": "chairman", "chaired": "chairman",
}  # fmt: skip
"""What one does to a body, to what one is of it."""
_OF_HOSTS = frozenset(
    "president king queen emir premier prime chancellor ambassador envoy secretary judge mayor "
    "governor prosecutor mr mrs ms dr".split()
)
"""Offices that whoever receives a guest holds too: no such word alone says who is meant."""
_WALKS = (
    frozenset(
        "general gen colonel col major captain lieutenant marshal brigadier admiral commander "
        "commandant officer warlord militant militiaman rebel fighter strongman chief leader "
        "boss minister official governor deputy president politician ex-president senator "
        "lawmaker envoy diplomat ambassador chairman head".split()
    ),
    frozenset(
        "sheikh shaykh sheik mullah cleric preacher imam mawlawi maulvi ayatollah leader "
        "ideologue".split()
    ),
    frozenset(
        "banker businessman businesswoman financier financer trader merchant dealer broker "
        "smuggler trafficker tycoon magnate shipowner owner agent boss facilitator".split()
    ),
)
"""Walks of life: words by which the same person may be called."""
_VERBS = frozenset("had has have was is were are will would said who".split())
_BEHIND = frozenset(
    ("a", "an", "the", "who", "then", "now", "one", "formerly", "its", "his", "her")
)


def _fits(mine: Sequence[NamePart], theirs: Sequence[NamePart]) -> bool:
    """Whether the parts of one name are among those of another."""
    texts = {part.text for part in theirs}
    return all(part.text in texts for part in mine) or texts <= {part.text for part in mine}
