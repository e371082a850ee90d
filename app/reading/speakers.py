"""Who somebody is that a text lets speak: an office, a person, a paper, or whoever spoke before."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from app.reading.article import MentionIs
from app.reading.people import People, Person
from app.reading.places import OutletIs, PlaceIs, PlaceRead
from app.reading.places import places as read_places
from app.reading.sentences import Sentence, Word, Zone, lower
from app.reading.words import DAYS, FARTHEST, FINITE, GOVERNS, HAS, IS, PAPERS, PRONOUNS

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
_LONGEST = 120  # characters of a speaker's name
_SPEAKS_FOR_ITSELF = frozenset(
    "analyst professor historian activist campaigner researcher surgeon teacher trader witness "
    "lawyer lawyers attorney solicitor barrister waiter driver pilot passenger neighbour neighbor "
    "manager clerk employee worker resident villager hotelier".split()
)
_FOR_OTHERS = frozenset("lawyer lawyers counsel editor representative correspondent".split())
_STATES_OWN = re.compile(r"\bstate (?:news )?(?:agency|television|radio|media|broadcaster)\b")
_QUARTERS = frozenset("western eastern european african arab gulf asian american latin".split())
_PRINTED = frozenset(
    "media outlets newspapers press newspaper daily weekly magazine tabloid website channel "
    "broadcaster".split()
)
_STATE_OWNS = frozenset("state official government state-run state-owned".split())
_SOME = frozenset("a an one another".split())
_OFFICIAL = frozenset("diplomat source member insider envoy".split())
_DOCUMENTS = frozenset(
    "stamps stamp records record documents manifest manifests register logs data ledger invoice "
    "receipts ticket tickets visa passport".split()
)
_OFTEN = 6
_BODIES = frozenset(
    "ministry embassy government presidency cabinet parliament police army consulate mission "
    "authorities department agency".split()
)
_VAGUE = frozenset(
    "official officer source diplomat envoy policeman clerk guard insider soldier".split()
)
_HEADS = "(?:commander|leader|chief|head|chairman|president|founder)"
_WE_PRINTED = re.compile(
    r"\b(?:we|this (?:newspaper|paper|magazine|website)) (?:\w+ )?"
    r"(?:published|printed|ran|carried|posted)\b"
)
_NEWSPAPER = re.compile(r"(?:L['’]|(?:Le|La|Les|El|Il|O|Der|Die|Das|De|Al|An) )[A-ZÀ-Ý]\w+")
"""L'Observateur: a name that begins with an article of another language is mostly a paper's."""
_COUNSEL = re.compile(
    r"\b(?:his|her|the) (?:\w+ )?(?:lawyer|attorney|solicitor|barrister)\b"
    r"|\b(?:lawyer|attorney|solicitor|barrister) (?:for|of) (?:him|her|mr|mrs|the former)\b"
)
"""His own; a lawyer of whom no more is said is nobody's."""
_REPLIES = frozenset("answer reply response reaction comment".split())
_NO_SUBJECT = frozenset(
    "according asked when if while as by in on at from only even after before because although "
    "though since until with without despite".split()
)
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
_MODAL = frozenset("should may might could can must shall".split())
_NO_SPEAKER = frozenset(
    "no nobody there where what when why how whether if all neither none nothing everybody".split()
)
_NOT_FIRST = frozenset(
    "so but and on in at by jan feb mar apr may june july aug sept oct nov dec january february "
    "march april august september october november december monday tuesday wednesday thursday "
    "friday saturday sunday earlier later then meanwhile previously yesterday today".split()
)


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
        governs = any(word in GOVERNS for word in re.findall(r"[a-z]+", name.lower()))
        state = None
        for place in read_places(name, self.people.record.tables):
            if place.outlet is OutletIs.state or (place.outlet is None and governs):
                state = place.code
        if state is None and _STATES_OWN.search(name.lower()):
            state = self.home
        return SpeakerRead(name, None, state, "narrator", named, None, None, 0, 0)

    def goes(self, word: Word) -> bool:
        """Whether a word is a verb that speaks of a journey."""
        return self.journeys.get(word.low, "noun").split("|")[-1] != "noun"

    def speaker(self, sentence: Sentence, first: int, last: int) -> SpeakerRead | None:
        """Who some words are that stand where a speaker stands."""
        words = sentence.words[first:last]
        if len(words) > 2 and words[0].low == "it" and words[1].low in IS:
            words = words[2:]  # it was the Post that first reported
        while words and (not words[0].low[:1].isalpha() or words[0].low.rstrip(".") in _NOT_FIRST):
            words = words[1:]
        while words and (
            words[-1].text in ",."
            or words[-1].low in DAYS
            or words[-1].low in ("on", "at", "in")
            or (len(words) > 1 and words[-1].low in ("says", "said"))
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
        if len(lows) <= 2 and lows[-1] in PRONOUNS:
            return self._pronoun(sentence, lows[-1], start)
        if len(lows) == 2 and lows[0] in ("we", "i") and words[1].text.islower():
            return self._pronoun(sentence, lows[0], start)  # we therefore
        owner = next(iter(self.people.followed), None)
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
        if lows in (["an", "article"], ["a", "report"], ["a", "story"]) and _WE_PRINTED.search(
            self.low, sentence.start, start
        ):
            return self.narrator
        if (
            lows[-1] in PAPERS
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
        for_ = next((one for _, one, _, _ in people if one.followed), None)
        if for_ is None and not people and _SPEAKS_FOR & set(lows):
            for_ = self._whose_man(words)
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
        if people and lows[0] in ("its", "their") and not people[-1][1].followed:
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
        headline = sentence.zone is Zone.headline
        if headline and not unnamed and (meant := self.people.meant(words)):
            return self._person(meant, MentionIs.description, sentence, places, text, start, end)
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
        for number, word in enumerate(words[:FARTHEST]):
            if word.start >= start:
                break
            if number and (word.low in FINITE or word.low in self.verbs):
                body = self.speaker(sentence, 0, number)
                return body if body is not None and body.kind in ("state", "un_body") else None
        if self.subject is not None and self.subject[1].kind in ("state", "un_body"):
            return self.subject[1]
        return None

    def _whose_man(self, words: Sequence[Word]) -> Person | None:
        """The listed person whose spokesman speaks: the general's, the former minister's."""
        for number, word in enumerate(words):
            if word.low.endswith(("'s", "s'")) and self.people.place_at(word) is None:
                return self.people.meant(words[: number + 1])
        return None

    def _of_whom(self, words: Sequence[Word], word: Word, person: Person) -> bool:
        """Whether a listed person only says whose men speak: two associates of Mr X."""
        before = [w.low for w in words if w.start < word.start]
        while before and (before[-1] in self.people.roles or before[-1] in (".", "the")):
            before.pop()
        return person.followed and bool(before) and before[-1] in ("of", "to", "with", "against")

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
            last = self.last
            if spoke and not named and last is not None and self._is_somebody(last):
                return last
            for word in reversed(sentence.words):
                known = self.people.at.get(word.start)
                if known is not None and word.start < start and not sentence.is_quoted(word.start):
                    if known[0].followed:
                        continue
                    return self._person(known[0], known[1], sentence, (), "", word.start, known[2])
        about = self.subject[1] if self.subject is not None else None
        if low == "it" and (about is None or about.kind == "traveller"):
            bodies = (one for one in reversed(self.spoken) if one.kind in ("state", "un_body"))
            return next(bodies, None)
        if self.subject is not None and self.subject[0] == sentence.paragraph:
            return self.subject[1]
        return self.last

    def _is_somebody(self, speaker: SpeakerRead) -> bool:
        """Whether a speaker is one person: by name, or as a spokesman or an official."""
        noun = speaker.name.lower().split()[-1]
        return speaker.person is not None or (
            self.people.roles.get(noun) in ("speaks", "office", "rank", "unnamed")
            and not noun.endswith(("s", "men", "people"))
        )

    def note_subject(self, sentence: Sentence, listed: Person | None) -> None:
        """Remember who a sentence is about: a pronoun in the next one may mean that."""
        words = sentence.words
        end = next(
            (
                n
                for n, w in enumerate(words[:14])
                if w.low in FINITE or w.low in self.verbs or w.low in HAS or w.low in _MODAL
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
        if opens.low in _NO_SUBJECT or any(self.goes(word) for word in words[:end]):
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
        if person.followed or any(word.low in self.verbs for word in sentence.words[:10]):
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
        if state is None and not unnamed and len(words) <= 3 and _NEWSPAPER.match(text):
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
        governs = any(low in GOVERNS for low in lows)
        if state is None and governs and lows[0] == "the" and len(lows) <= 3:
            state = self._same_body(lows[-1], start) or self._state_near(sentence, 99)
        elif state is None and governs and lows[0] in ("its", "their"):
            near = [
                p
                for p in self.people.places_between(sentence.start, start)
                if not sentence.is_quoted(p.start)
            ]
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
        if person.followed:
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
        if state is None and words & (GOVERNS | _OFFICES):
            state = self._state_near(sentence, 99)
        elif state is None and words & set(self.people.roles):
            state = self._state_near(sentence, 0)
        official = words & (GOVERNS | _OFFICES) or any(
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
        own = [p for p in self.people.people if p.followed and p.states and "minister" in p.roles]
        near = self.people.place_before(sentence.start, max(0, sentence.start - 300))
        return self.home or (own[0].states[0] if own else near.code if near is not None else None)

    def _for_whom(self, text: str, person: Person) -> Person | None:
        """The listed person whose own party, office or men somebody speaks for."""
        told = f"{text} {' '.join(person.titles)}"
        listed = next(iter(self.people.followed), None)
        alone = len(self.people.followed) == 1
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
            if other.followed and other is not person:
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


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else text[:_LONGEST].rsplit(" ", 1)[0]


def _role(text: str, name: str) -> str | None:
    """What is said of a speaker beside the name."""
    rest = text.replace(name, " ").strip(" ,")
    rest = " ".join(rest.split())
    return rest if len(rest) > 2 else None
