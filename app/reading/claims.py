"""What a sentence claims: a journey, a part of one, a denial, leave to travel, what the law is.

A journey is spoken of by a verb or a noun (data/reading/journeys.csv) with somebody who travels
and a place. What is claimed of it is read in the order of the domain sheet: what takes back, what
says that somebody else is meant, that nothing is known or said, leave to travel, conditions and
opinions first, since the words of a journey stand inside them; then denials, plans, and reports.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from app.reading.context import Context
from app.reading.cues import Cues
from app.reading.dates import DateRead
from app.reading.drafts import Draft, Predicate, Tracked, Traveller, once, state_at
from app.reading.frames import Frame
from app.reading.journeys import Journeys
from app.reading.places import PlaceIs, PlaceRead
from app.reading.sentences import Sentence, Word, Zone
from app.reading.speakers import SpeakerRead
from app.reading.stated_law import StatedLaw
from app.reading.travellers import Travellers
from app.reading.words import DETAINS, FOLLOWS, HOSTS, INVITES, IS, SEES
from app.terms import ClaimType, PartKind

_T = ClaimType
_PART_WORDS = {
    "photographed": PartKind.photograph, "pictured": PartKind.photograph,
    "filmed": PartKind.photograph, "photograph": PartKind.photograph,
    "photo": PartKind.photograph, "picture": PartKind.photograph,
    "footage": PartKind.photograph, "video": PartKind.photograph,
}  # fmt: skip
_SURELY = frozenset(
    "entered crossed landed arrived flew flown smuggled slipped disembarked admitted".split()
)
_THE_COUNTRY = re.compile(
    r"\b(the|its|their|our|this)(?: \w+)? "
    r"(?:capital|country|territory|soil|kingdom|republic|border|frontier|city)\b"
)
_NOUN_SAYS = frozenset(
    "confirmed confirms confirm announced announces reported reports acknowledged admitted "
    "acknowledges admits disclosed revealed described documented recorded denied denies deny "
    "rejected rejects reject dismissed dismisses refuted disputes disputed raised raises "
    "condemned protested criticised criticized questioned mentioned".split()
)
_MADE = frozenset(
    "held hold holding made make makes making paid pay pays paying began begins ended ends "
    "concluded completed "
    "undertook".split()
)
_TO_COME = frozenset("goes flies travels heads arrives lands departs leaves proceeds".split())
_ACCEPTS = frozenset(("accepted", "accepts"))
_PERHAPS = re.compile(
    r"(?<!\d )(?<!\bin )(?<!\bof )\b(?:(?:could|may|might) (?!have\b|not\b)(?:\w+ )?\w+"
    r"|(?:cannot|may not|must not|shall not) (?:be )?(?:\w+ly )?\w+)$"
)
_REPORT_THAT = re.compile(
    r"\b(?:no (?:\w+ ){0,2}(?:evidence|proof|sign|indication)"
    r"|reports?|claims?|allegations?|suggestions?|rumou?rs?|speculation|idea|possibility)"
    r"(?: \w+){0,3} that(?: [\w'’.-]+){0,6}$"
)
_RECEIVES = frozenset(("received", "hosted", "welcomed"))
_EXPECTS = frozenset(("expects", "awaits"))
_DUE = frozenset(("expected", "awaited", "due"))


class Claims:
    """Reads the claims of a text, sentence by sentence."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.text, self.low = context.text, context.low
        self.people, self.speakers = context.people, context.speakers
        self.journey_words, self.cues = context.journey_words, context.cues
        self.travellers = Travellers(context)
        self.journeys = Journeys(context, self.travellers)
        self.by_cue = Cues(context, self.travellers)
        self.law = StatedLaw(context, self.travellers)
        self.frames: Sequence[Frame] = ()
        """Of the sentence that was read last, with those in it who may travel."""
        self.tracked: Sequence[Tracked] = ()

    def read(self, sentence: Sentence) -> list[Draft]:
        """The claims of one sentence, in the order of the text."""
        self.context.look_at(sentence)
        frames = self.context.saying.frames(sentence)
        tracked = self.travellers.track(sentence, frames)
        self.frames, self.tracked = frames, tracked
        found: list[Draft] = []
        taken: list[tuple[int, int]] = []
        for draft, covers in self.by_cue.drafts(sentence, frames, tracked):
            found.append(draft)
            if covers is not None:
                taken.append(covers)
        for predicate in self.journeys.predicates(sentence, tracked, frames):
            at = predicate.word.start
            if not any(start <= at < end for start, end in taken):
                found += self._of_journey(sentence, predicate, frames, tracked)
        found += self.by_cue.denied_things(sentence, tracked, found)
        found += self.law.drafts(sentence, frames, tracked)
        named = frozenset(code for place in self.context.places for code in place.codes)
        for one in found:
            one.named = named
        found.sort(key=lambda draft: (draft.start, draft.end, draft.type))
        first = min(tracked, key=lambda one: one.start, default=None)
        begins = (
            first is not None
            and sentence.words_between(sentence.start, first.start) <= 4
            and self.low[first.end : first.end + 2] not in ("'s", "s'")
        )
        self.speakers.note_subject(sentence, first.person if first and begins else None)
        return once(found)

    def again(
        self, sentence: Sentence, frames: Sequence[Frame], who: Traveller
    ) -> list[tuple[Predicate, Draft]]:
        """Journeys in the sentence that was read last, by frames and travellers found otherwise.

        What is remembered of the text stays as it was.
        """
        fallback = self.context.fallback
        spoken = {**vars(self.speakers), "spoken": list(self.speakers.spoken)}
        found = [
            (predicate, draft)
            for predicate in self.journeys.predicates(sentence, self.tracked, frames, who)
            for draft in self._of_journey(sentence, predicate, frames, self.tracked)
        ]
        self.context.fallback = fallback
        vars(self.speakers).update(spoken)
        return found

    def _of_journey(
        self,
        sentence: Sentence,
        predicate: Predicate,
        frames: Sequence[Frame],
        tracked: Sequence[Tracked],
    ) -> Iterator[Draft]:
        at = predicate.word.start
        around = [frame for frame in frames if frame.holds(at)]
        speaker, via, frame = self.context.saying.innermost(around)
        kind = frame.kind if frame else "narrator"
        if predicate.noun and not self._noun_counts(sentence, predicate, frame):
            return
        clause = self.journeys.clause_before(sentence, predicate.number)
        if not predicate.noun and _PERHAPS.search(clause):
            return  # might go: nobody says that he does
        if any(other.kind == "open" for other in around) or self.cues["instead"].search(clause):
            return  # neither said nor denied; or another thing was done instead
        denied = (
            kind == "denies"
            or self._false_report(sentence, predicate)
            or bool(self.cues["not_true"].search(self.low, sentence.start, at))
            or any(other.kind == "denies" and other.speaker is speaker for other in around)
        )
        if not denied and self.cues["whether"].search(clause):
            return
        if not denied and not predicate.negated and self._only_reported(sentence, predicate, frame):
            return
        if denied and predicate.negated:
            return  # not clear enough to say what was meant
        part = self._part(predicate)
        passive = self.journeys.passive(sentence.words, predicate.number)
        if predicate.word.low in _RECEIVES and passive:
            part = PartKind.meeting
        whole = self._type(sentence, predicate, frame, part, denied)
        leaves = "leave" in predicate.kinds
        type_ = self._type_of_leaving(predicate, whole, denied) if leaves else whole
        if type_ is None or (predicate.mention is None and frame is None and not predicate.negated):
            return
        if frame is None and self.text[sentence.end - 1] == "?" and not sentence.is_quoted(at):
            return  # a question claims nothing
        if frame is None and predicate.word.low in SEES | HOSTS and not passive:
            seen_by, _, _ = self.by_cue.subject(sentence, at, frames)
            if predicate.word.low in SEES and seen_by.kind not in ("narrator", "other", "state"):
                speaker = seen_by  # who receives somebody says nothing by it
            if predicate.word.low in HOSTS and seen_by.person is not None and type_ is _T.asserts:
                type_, part = _T.asserts_part, PartKind.meeting
                speaker = self.speakers.narrator
        places = self._where(sentence, predicate, frame, type_)
        if places is None:
            return
        if places and type_ in (_T.asserts, _T.announces):
            self.context.fallback = places[0]
        start, end = self._quote(sentence, predicate, frame)
        when, said = self._dates(sentence, predicate, frame, frames)
        if predicate.word.low in DETAINS:
            when = None  # who is held may have come long before
        draft = Draft(
            type=type_,
            speaker=speaker,
            sentence=sentence,
            start=start,
            end=end,
            cue=(frame.verb.start, frame.verb.end) if frame else (at, predicate.word.end),
            person=predicate.mention.person if predicate.mention else self.travellers.known,
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
        by_way = tuple(
            p
            for p in draft.places
            if self.low[max(0, p.start - 8) : p.start].endswith(("via ", "through "))
        )
        rest = tuple(p for p in draft.places if p not in by_way)
        if by_way and "transit" not in predicate.kinds and type_ in (_T.asserts, _T.announces):
            if rest:
                yield replace(draft, places=rest, notes=[])
            passing = type_ if type_ is _T.announces else _T.asserts_part
            draft = replace(
                draft, type=passing, places=by_way, part=PartKind.transit, transit=True, notes=[]
            )
        yield draft

    def _type(
        self,
        sentence: Sentence,
        predicate: Predicate,
        frame: Frame | None,
        part: PartKind | None,
        denied: bool,
    ) -> ClaimType:
        """What is claimed of a journey, in the order of the domain sheet."""
        against = denied or predicate.negated
        if predicate.conditional:
            return _T.conditional
        if "meet" in predicate.kinds or part is PartKind.meeting:
            whole = _T.announces if predicate.ahead else _T.asserts_part
            return _T.denies_part if against else whole
        if against:  # whoever was not held may have come all the same
            return _T.denies_part if predicate.word.low in DETAINS else _T.denies
        if predicate.word.low in INVITES | _EXPECTS | _DUE | _ACCEPTS:
            return _T.announces
        if predicate.noun and self._took_place(predicate):
            return _T.asserts
        told_by = (
            frame is not None
            and frame.verb.low in _NOUN_SAYS
            and frame.verb.start > predicate.word.start
        )
        if predicate.noun and self._spoken_of(sentence, predicate) and not told_by:
            return _T.presupposes
        if frame is not None and frame.kind in ("raises", "accuses"):
            return _T.presupposes if frame.kind == "raises" else _T.asserts
        if predicate.ahead or "leave" in predicate.kinds or self._schedule(sentence, predicate):
            return _T.announces
        if part is PartKind.photograph or "transit" in predicate.kinds:
            return _T.asserts_part
        return _T.asserts

    def _type_of_leaving(
        self, predicate: Predicate, type_: ClaimType, denied: bool
    ) -> ClaimType | None:
        """What it claims that somebody left: that he was there, or is on the way; or nothing."""
        if type_ is _T.announces and self._leaves(predicate):
            home = set(predicate.mention.person.states) if predicate.mention else set()
            return None if home & set(predicate.places[0].codes) else _T.asserts
        if not predicate.negated:
            return type_ if self._leaves_for(predicate) else None
        if denied:
            return type_
        return _T.denies if predicate.places else None

    def _where(
        self, sentence: Sentence, predicate: Predicate, frame: Frame | None, type_: ClaimType
    ) -> tuple[PlaceRead, ...] | None:
        """Where the journey led, be it that only the text around says so; null where nowhere."""
        places = predicate.places
        if places or predicate.noun:
            return places or self._hosted(predicate, frame)
        if predicate.kinds & {"enter", "transit", "stay"}:
            places = self._country(sentence, predicate, frame) or self._here(predicate, frame)
            if not places and type_ in (_T.asserts, _T.announces, _T.asserts_part):
                near = self._nearby(predicate, frame)
                return (near,) if near is not None and self._surely(predicate) else None
        elif predicate.word.low in HOSTS:
            places = self._hosted(predicate, frame)
        elif type_ in (_T.asserts, _T.announces):
            return None
        behind = self.low[predicate.word.end : predicate.word.end + 8]
        if not places and type_ is _T.denies and re.match(r" (?:an?|any|some|his|her) ", behind):
            return None  # never visited a school
        return places

    def _hosted(self, predicate: Predicate, frame: Frame | None) -> tuple[PlaceRead, ...]:
        """Where somebody was received of whom only that is said: where the speaker is."""
        near = self._nearby(predicate, frame) if predicate.word.low in HOSTS else None
        return (near,) if near is not None else ()

    def _surely(self, predicate: Predicate) -> bool:
        """Whether a word says by itself that somebody came to where the text is about."""
        if self._ashore(predicate):
            return True
        stays = "stay" in predicate.kinds and predicate.word.low not in IS
        elsewhere = not stays and re.match(
            r" (?:\w+ )?(?:at|to|into) (?!the (?:country|border|airport)|[\w' -]{3,40}\bairport\b)",
            self.low[predicate.word.end : predicate.word.end + 60],
        )
        return (stays or predicate.word.low in _SURELY) and not elsewhere

    def _only_reported(self, sentence: Sentence, predicate: Predicate, frame: Frame | None) -> bool:
        """Whether there only is a report that he came, which nobody confirms."""
        found = _REPORT_THAT.search(self.low[sentence.start : predicate.word.end])
        if found is None:
            return False
        at = sentence.start + found.start()
        if frame is not None and at == frame.verb.start:
            return False  # it is a verb
        if frame is not None and at < frame.verb.start:
            return frame.holds(at)
        return frame is None or frame.verb.low not in _NOUN_SAYS

    def _schedule(self, sentence: Sentence, predicate: Predicate) -> bool:
        """He flies to Geneva on Monday: the present, but in a headline, looks ahead."""
        return sentence.zone is not Zone.headline and predicate.word.low in _TO_COME

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
        before = [p for p in self.context.places if p.start < predicate.word.start]
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
            return (state_at(at, at + len(found.group()), code),)
        if states:
            return (states[-1],)
        return (self.context.fallback,) if self.context.fallback is not None else ()

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
        state = None
        near = frame is not None and (
            frame.speaker.kind == "state"
            or (frame.speaker.kind == "anonymous" and " in " in frame.speaker.name)
        )
        if frame is not None and near:
            state = frame.speaker.state
        person = predicate.mention.person if predicate.mention else None
        if state is not None and (person is None or state not in person.states):
            at = predicate.word.end
            return state_at(at, at, state)
        if self.context.fallback is not None:
            return self.context.fallback
        home = self.speakers.home
        told = {code for place in self.context.places for code in place.codes}
        told -= set(person.states) if person is not None else set()
        if home is None or told - {home} or (person is not None and home in person.states):
            return None
        return state_at(predicate.word.end, predicate.word.end, home)

    def _noun_counts(self, sentence: Sentence, predicate: Predicate, frame: Frame | None) -> bool:
        """A visit that is only spoken of is no claim; one that is confirmed, denied or off is."""
        if predicate.negated or predicate.ahead or self._made(sentence, predicate):
            return True
        if self._took_place(predicate) or self._false_report(sentence, predicate):
            return True
        if frame is None:
            return False
        if frame.kind in ("denies", "raises", "accuses"):
            return True
        if self._spoken_of(sentence, predicate) and frame.kind in ("says", "according"):
            return True  # the visit had been reported: it is taken to have been made
        if frame.verb.low in _NOUN_SAYS and frame.verb.start > predicate.word.start:
            return sentence.words_between(predicate.word.end, frame.verb.start) <= 10
        if frame.verb.low in _NOUN_SAYS:
            between = sentence.words_between(frame.verb.end, predicate.word.start)
            return (
                between <= 10
                and "that" not in self.low[frame.verb.end : predicate.word.start].split()
            )
        return False

    def _made(self, sentence: Sentence, predicate: Predicate) -> bool:
        """Whether somebody made, paid or ended a visit: then it is told as a fact."""
        before = sentence.words[max(0, predicate.number - 6) : predicate.number]
        secret = any(word.low in ("secret", "mention") for word in before)
        return any(word.low in _MADE for word in before) and not (
            secret and any(word.low == "no" for word in before)
        )

    def _took_place(self, predicate: Predicate) -> bool:
        """Whether a visit is told as done: it took place, it lasted two days."""
        after = self.low[predicate.word.end : predicate.word.end + 70]
        return self.cues["took_place"].search(after.split(",")[0].split(".")[0]) is not None

    def _spoken_of(self, sentence: Sentence, predicate: Predicate) -> bool:
        """Whether a visit is only what a sentence says something of."""
        follows = next((w.low for w in sentence.words if w.start >= predicate.word.end), "")
        return follows in FOLLOWS

    def _leaves(self, predicate: Predicate) -> bool:
        """Left Moscow, flew out of Moscow: the town is named directly behind the verb."""
        if len(predicate.places) != 1 or predicate.noun:
            return False
        return (
            re.fullmatch(
                r" (?:from |the |out of )?",
                self.low[predicate.word.end : predicate.places[0].start],
            )
            is not None
        )

    def _leaves_for(self, predicate: Predicate) -> bool:
        after = self.low[predicate.word.end : predicate.word.end + 6]
        direct = any(self.low.startswith(" for ", p.start - 5) for p in predicate.places)
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
        if mention is not None and self.low[mention.start : mention.end] == "who":
            own = [t for t in self.travellers.found if t.end <= mention.start]
            begin = own[-1].start if own else begin
        if begin >= start:
            words = [w for w in sentence.words if start <= w.start < begin]
            that = [w for w in words if w.low == "that"]
            whole = self.low[max(0, start - 5) : start].endswith("that")
            start = that[-1].end if that else start if whole or mention is None else begin
        last = max([predicate.word.end, *(p.end for p in predicate.places)])
        stop = re.compile(
            r",? (?:despite|according to|where|and (?!left|then))|[,;]|(?<!\b\w)\.(?!\w)"
        ).search(self.low, last, end)
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
        for date in self.context.dates:
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
        words = sentence.words_between(low, high)
        return words + 4 * self.low[low:high].count(",")

    def _of_another(self, sentence: Sentence, predicate: Predicate, date: DateRead) -> bool:
        """Whether another journey's word, or a noun of law, stands nearer to a date."""
        low, high = sorted((predicate.word.start, date.start))
        for word in sentence.words_of(low + 1, high):
            meaning = self.journey_words.get(word.low)
            if meaning is None or word.low == "land":
                continue
            if "noun" not in meaning and "meet" not in meaning and not predicate.noun:
                return True
        return False
