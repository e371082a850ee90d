"""Claims that a fixed way of saying holds whole: no comment, a retraction, leave to travel."""

import re
from collections.abc import Iterator, Sequence

from app.reading.context import Context
from app.reading.dates import DateRead
from app.reading.drafts import Draft, Tracked
from app.reading.frames import Frame
from app.reading.people import Person
from app.reading.places import PlaceRead
from app.reading.sentences import Sentence, lower
from app.reading.speakers import SpeakerRead
from app.reading.travellers import Travellers
from app.reading.words import TO_PLACE
from app.terms import ClaimType, ExemptionStatus, PartKind

_T = ClaimType
_CLAUSE = re.compile(r", (?:and|but|as) | and (?=adds?|said|says)|;|\bthat\b|\bbecause\b")
_STATUSES = (
    ExemptionStatus.none_requested,
    ExemptionStatus.refused,
    ExemptionStatus.granted,
    ExemptionStatus.requested,
)
"""What became of leave to travel, in the order in which its words are looked for."""


class Cues:
    """Reads the claims that stand in a way of saying (data/reading/cues.csv)."""

    def __init__(self, context: Context, travellers: Travellers) -> None:
        self.context = context
        self.low = context.low
        self.speakers = context.speakers
        self.cues = context.cues
        self.journey_words = context.journey_words
        self.travellers = travellers

    def frame_at(
        self, frames: Sequence[Frame], at: int
    ) -> tuple[SpeakerRead, tuple[str, ...], Frame | None]:
        return self.context.saying.innermost([frame for frame in frames if frame.holds(at)])

    def subject(
        self, sentence: Sentence, at: int, frames: Sequence[Frame]
    ) -> tuple[SpeakerRead, tuple[str, ...], Frame | None]:
        """Who does what a cue says: whoever stands before it, or whoever speaks."""
        number = next((n for n, w in enumerate(sentence.words) if w.end > at), None)
        if number is not None and not sentence.is_quoted(at):
            first, last = self.context.saying.before(sentence, number)
            himself = last - first == 1 and sentence.words[first].low in ("he", "she", "it", "they")
            if himself and any(frame.holds(at) for frame in frames):
                return self.frame_at(frames, at)  # he said that he saw no need to comment
            if last > first:
                found = self.speakers.speaker(sentence, first, last)
                if found is not None:
                    self.speakers.remember(sentence, found)
                    return found, (), None
        return self.frame_at(frames, at)

    def drafts(
        self, sentence: Sentence, frames: Sequence[Frame], tracked: Sequence[Tracked]
    ) -> Iterator[tuple[Draft, tuple[int, int] | None]]:
        start, end = sentence.start, sentence.end
        person = self.travellers.meant(tracked)
        if person is None:
            return
        low = self.low

        def draft(
            type_: ClaimType, found: re.Match[str], subject: bool, first: int | None = None
        ) -> Draft:
            who = self.subject if subject else None
            speaker, via, frame = (
                who(sentence, found.start(), frames)
                if who is not None
                else self.frame_at(frames, found.start())
            )
            quoted = next(
                (one for one in sentence.quoted if one[0] <= found.start() < one[1]), None
            )
            if first is not None and frame is not None and frame.holds(found.start()):
                first = max(first, min(a for a, b in frame.contents if a <= found.start() < b))
            content = quoted or (
                first if first is not None else found.start(),
                self._clause_end(sentence, found.end()),
            )
            said = next(
                (
                    d
                    for d in self.context.dates
                    if start <= d.start < end and not (frame and frame.holds(d.start))
                ),
                None,
            )
            return Draft(
                type=type_, speaker=speaker, sentence=sentence, start=content[0], end=content[1],
                cue=found.span(), person=person, via=via, said=said,
                places=self._led_to(found.end(), content[1])
                if type_ in (_T.denies, _T.asserts_part)
                else self._journey_to(sentence),
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
        if found := self.cues["nobody"].search(low, start, end):
            at = found.start()
            inside = any(f.holds(at) for f in frames)
            if inside:
                yield draft(_T.denies, found, False), found.span()
        if (found := self.cues["picture"].search(low, start, end)) and (
            tracked or self.travellers.main
        ):
            picture = draft(_T.asserts_part, found, False, found.start())
            if picture.speaker.kind == "narrator":
                picture.speaker = SpeakerRead(
                    _a_picture(found.group()),
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
            speaker, _, frame = self.frame_at(frames, found.start())
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

    def _journey_to(self, sentence: Sentence) -> tuple[PlaceRead, ...]:
        """Where the journey leads of which a sentence says nothing itself: his trip to Moscow."""
        for word in sentence.words:
            if word.low in self.journey_words:
                found = self._led_to(word.end, sentence.end)
                direct = tuple(p for p in self.context.places if 0 < p.start - word.end <= 5)
                if found or direct:
                    return direct[:1] or found
        there = [w.end for w in sentence.words if w.low in ("been", "was", "is", "be")]
        return self._led_to(there[-1], sentence.end) if there else ()

    def _led_to(self, start: int, end: int) -> tuple[PlaceRead, ...]:
        """The first place behind a preposition between two offsets."""
        for place in self.context.places:
            before = self.low[start : place.start].split()
            while before and before[-1] in ("the", "a", "an"):
                before.pop()
            if start <= place.start < end and before and before[-1] in TO_PLACE:
                return (place,)
        return ()

    def _clause_end(self, sentence: Sentence, at: int) -> int:
        stop = re.compile(r",? according to|[,;:]").search(self.low, at, sentence.end)
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
            _, _, outer = self.frame_at(frames, found.start())
            if outer is not None:
                start = max(start, *(a for a, b in outer.contents if a <= found.start() < b))
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
        own = [d for d in self.context.dates if start <= d.start < end]
        speaker, via, frame = self.frame_at(frames, found.start())
        outside = [d for d in own if frame is not None and not frame.holds(d.start)]
        inside = [d for d in own if d not in outside]
        span = next((d for d in inside if self._is_span(d)), None)
        decided = next((d for d in inside if d is not span), None)
        return Draft(
            type=_T.exemption_statement, speaker=speaker, sentence=sentence,
            start=start, end=end,
            cue=found.span(), person=person, via=via, status=status, when=span, decided=decided,
            places=self._journey_to(sentence),
            said=outside[0] if outside else None,
        )  # fmt: skip

    def _is_span(self, date: DateRead) -> bool:
        return bool(re.search(r"\bto\b|–|-|\band\b|until", self.low[date.start : date.end]))

    def denied_things(
        self,
        sentence: Sentence,
        tracked: Sequence[Tracked],
        found: Sequence[Draft],
    ) -> Iterator[Draft]:
        """Denied the report: a denial that names neither person nor place."""
        if any(draft.type in (_T.denies, _T.denies_part, _T.retracts) for draft in found):
            return
        thing = self.cues["denied_thing"].search(self.low, sentence.start, sentence.end)
        person = self.travellers.meant(tracked)
        if thing is None or person is None:
            return
        if self.low[max(0, thing.start() - 5) : thing.start()].endswith(
            (" nor ", " or ", " to ", " not ")
        ):
            return  # would neither confirm nor deny the report
        verb = thing.group().split()[0]
        if verb in ("called", "described", "branded") and not re.search(
            r"\b(?:false|fabricat\w+|baseless|untrue|lies?|nonsense|fiction|invent\w+|groundless|fake)\b",
            self.low[thing.start() : sentence.end],
        ):
            return
        number = next(n for n, w in enumerate(sentence.words) if w.end > thing.start())
        first, last = self.context.saying.before(sentence, number)
        speaker = self.speakers.speaker(sentence, first, last) if last > first else None
        if speaker is None or speaker.kind == "narrator":
            return
        self.speakers.remember(sentence, speaker)
        said = next((d for d in self.context.dates if thing.end() <= d.start < sentence.end), None)
        yield Draft(
            type=_T.denies, speaker=speaker, sentence=sentence, start=thing.start(),
            end=thing.end(), cue=(thing.start(), thing.start() + len(verb)), person=person,
            said=said, places=self._journey_to(sentence),
        )  # fmt: skip


def _a_picture(words: str) -> str:
    """What shows somebody, by its first word: a photograph."""
    noun = words.split()[0].rstrip(".,")
    noun = noun if noun == "footage" else noun.removesuffix("s")
    return f"{'' if noun == 'footage' else 'an ' if noun[0] in 'aeiou' else 'a '}{noun}"
