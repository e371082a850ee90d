"""What every rule of reading looks at: a text, its people, places, dates, and words."""

from bisect import bisect_left
from collections.abc import Sequence

from app.reading.dates import DateRead
from app.reading.frames import Frames
from app.reading.lexicon import lexicon
from app.reading.people import People
from app.reading.places import PlaceRead
from app.reading.sentences import Sentence, lower
from app.reading.speakers import Speakers


class Context:
    """One text, and the sentence of it that is being read."""

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
        self.speakers = speakers
        self.saying = Frames(speakers)
        words = lexicon(people.record.tables)
        self.journey_words = words.journeys
        self.journey_phrases = words.phrases
        self.cues = words.cues
        self._places = [place for place in places if not place.doubtful]
        self._dates = sorted(dates, key=lambda one: one.start)
        self._place_starts = [place.start for place in self._places]
        self._date_starts = [one.start for one in self._dates]
        self.places: Sequence[PlaceRead] = ()
        """Of the sentence that is read."""
        self.dates: Sequence[DateRead] = ()
        self.fallback: PlaceRead | None = None
        """Where the headline, or the text so far, leads."""

    def look_at(self, sentence: Sentence) -> None:
        """Take up a sentence: its places and dates are those that the rules see."""
        start, end = sentence.start, sentence.end
        at = self._place_starts
        self.places = self._places[bisect_left(at, start) : bisect_left(at, end)]
        at = self._date_starts
        self.dates = self._dates[bisect_left(at, start) : bisect_left(at, end)]
