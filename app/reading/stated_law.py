"""What a text says the law is: a measure, since when, whether it still holds."""

import re
from collections.abc import Iterator, Sequence

from app.reading.context import Context
from app.reading.drafts import Draft, Tracked
from app.reading.frames import Frame
from app.reading.sentences import Sentence
from app.reading.travellers import Travellers
from app.terms import ClaimType, StatedMeasure

_T = ClaimType
_RESOLUTION = re.compile(r"\bresolution (\d{3,4})\b")
_MEASURES = (StatedMeasure.travel_ban, StatedMeasure.asset_freeze, StatedMeasure.listing)


class StatedLaw:
    """Reads legal statements."""

    def __init__(self, context: Context, travellers: Travellers) -> None:
        self.context = context
        self.low = context.low
        self.speakers = context.speakers
        self.cues = context.cues
        self.travellers = travellers
        self.of_sanctions = self.cues["sanctions"].search(self.low) is not None
        """Whether the text speaks of the United Nations' sanctions at all."""

    def _ends_then(self, start: int, at: int) -> bool:
        """Whether a day is that on which a measure is said to have ended."""
        ended = self.cues["ended"].search(self.low, start, at)
        return ended is not None and at - ended.end() <= 20

    def drafts(
        self, sentence: Sentence, frames: Sequence[Frame], tracked: Sequence[Tracked]
    ) -> Iterator[Draft]:
        low, start, end = self.low, sentence.start, sentence.end
        person = self.travellers.meant(tracked)
        if person is None:
            return
        found = [
            (measure, match)
            for measure in _MEASURES
            if (match := self.cues[measure].search(low, start, end)) is not None
        ]
        if not found or not self.of_sanctions:
            return
        measures = [measure for measure, _ in found]
        if StatedMeasure.travel_ban in measures or StatedMeasure.asset_freeze in measures:
            measures = [m for m in measures if m is not StatedMeasure.listing]
        matches = [match for measure, match in found if measure in measures]
        first = min(match.start() for match in matches)
        last = max(match.end() for match in matches)
        since = until = None
        for date in self.context.dates:
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
            elif before.split()[-1:] == ["until"] or self._ends_then(first, date.start):
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
        undated = since is None and until is None and ended is None
        if (
            undated
            and StatedMeasure.listing in measures
            and not self.cues["of_un"].search(low, max(start, first - 30), end)
        ):
            return
        speaker, via, _ = self.context.saying.innermost([f for f in frames if f.holds(first)])
        resolution = _RESOLUTION.search(low, start, end)
        tail = max([last, *(d.end for d in (since, until) if d is not None)])
        yield Draft(
            type=_T.legal_statement, speaker=speaker, sentence=sentence, start=first,
            end=min(end, tail), cue=(first, last), person=person, via=via,
            measures=tuple(dict.fromkeys(measures)), in_force=ended is None,
            since=since, until=until, resolution=resolution[1] if resolution else None,
        )  # fmt: skip
