"""read(text, published_on, record, policy) → Reading: an article as drafts of claims and journeys.

text → sentences → places, dates, people → speakers → claims → journeys. Claims of one person about
one State on days that agree are one journey; those that name no place speak of the journey that
stands nearest before them. Nothing read here was reviewed by a person.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from app.reading.article import Document, Journey, PersonRead, Reading, document, quote
from app.reading.claims import Claims
from app.reading.context import Context
from app.reading.dates import DateRead, Interval, Precision, dates, resolve
from app.reading.drafts import Draft
from app.reading.lexicon import lexicon
from app.reading.parser import Helper, Parser
from app.reading.people import People, Person
from app.reading.places import PlaceIs, PlaceRead, places
from app.reading.sentences import Sentence, Zone, sentences
from app.reading.speakers import SpeakerRead, Speakers
from app.reading.verify import Dropped, verify
from app.record import Record
from app.terms import (
    Claim,
    ClaimType,
    DraftStatus,
    EvidenceKind,
    ExemptionStatement,
    FoundBy,
    Law,
    Leg,
    LegKind,
    Part,
    PartKind,
    Policy,
    Side,
    Speaker,
)

_T = ClaimType
_MAKES = frozenset(ClaimType) - {_T.retracts, _T.legal_statement, _T.asserts_elsewhere}
"""Types that may begin a journey, where they name a place."""
_TELLS = (_T.asserts, _T.asserts_part, _T.announces, _T.denies)
"""Types that tell of a journey of their own where no other agrees; the rest speak of one told."""
_RULES = FoundBy.rules
_REPORTS = (_T.asserts, _T.asserts_part, _T.announces)
_READ = "English"
_ENGLISH = frozenset(
    "the of and to in a that is was for on with as by at from has had he said not it his".split()
)
_LEAST_ENGLISH = 0.12
_FEWEST_WORDS = 25
_CLOSE = timedelta(days=45)
_A_FEW_DAYS = timedelta(days=8)
_MOST_CLAIMS = 500
_LEADS = frozenset(("to", "in", "into", "at", "via", "through", "near", "from"))


@dataclass(eq=False)
class _Trip:
    """One journey in the making."""

    person: Person
    state: str
    start: int
    """Where the text first speaks of it."""
    drafts: list[Draft] = field(default_factory=list)
    days: Interval | None = None
    city: str | None = None
    transit: bool = False
    found_by: FoundBy = FoundBy.rules

    def before(self, days: Interval | None) -> bool:
        """Whether the journey began before some days: who left then had come earlier."""
        return days is None or self.days is None or self.days.from_ <= days.to

    def agrees(self, days: Interval | None) -> bool:
        """Whether other days may be those of this journey, or follow on them."""
        if days is None or self.days is None:
            return True
        loose = {days.precision, self.days.precision} & {Precision.week, Precision.days}
        room = timedelta(days=1 if loose else 0)
        return days.from_ - room <= self.days.to and self.days.from_ <= days.to + room


def read(
    text: str,
    published_on: str,
    record: Record,
    policy: Policy,
    title: str | None = None,
    publisher: str | None = None,
    url: str | None = None,
    parser: Parser | None = None,
) -> Reading:
    """Read an article.

    Offsets count the code points of `text`. Whom a name means is only a draft too: the assessment
    decides that. Pure: the same text and record give the same reading. A `parser` adds what the
    rules overlooked, and changes nothing that they read.
    """
    head = document(text, published_on, title, publisher, url)
    cut = sentences(text)
    remarks = _not_read(cut)
    if remarks:
        return Reading(document=head, persons=(), claims=(), journeys=(), remarks=remarks)
    day = date.fromisoformat(published_on)
    found_places = places(text, record.tables)
    found_dates = dates(text)
    people = People(text, cut, found_places, record, policy)
    speakers = Speakers(text, people, publisher, _dateline(cut, record))
    context = Context(text, people, found_places, found_dates, speakers)
    reader = Claims(context)
    homes = {code for person in people.followed for code in person.states}
    context.fallback = next(
        (
            place
            for sentence in cut
            if sentence.zone is Zone.headline
            for place in found_places
            if sentence.start <= place.start < sentence.end
            and place.kind in (PlaceIs.state, PlaceIs.city)
            and not homes & set(place.codes)
            and _led_to(sentence, place, record)
        ),
        None,
    )
    helper = Helper(parser, reader) if parser is not None else None
    drafts: list[Draft] = []
    more: list[Draft] = []
    for sentence in cut:
        if sentence.zone in (Zone.headline, Zone.body):
            found = reader.read(sentence)
            drafts += found
            more += helper.more(sentence, found) if helper is not None else ()
    left_out: tuple[Dropped, ...] = ()
    if more:
        kept, left_out = verify([*drafts, *more], text, lexicon(record.tables))
        drafts = list(kept)
    made = _Assembly(text, day, record, people).reading(head, drafts)
    remarks = tuple(
        f"Left out, found by the {one.draft.found_by}: {one.draft.type} "
        f"{text[one.draft.start : one.draft.end]!r}: {one.reason}."
        for one in left_out
    )
    return replace(made, remarks=(*made.remarks, *remarks)) if remarks else made


def _led_to(sentence: Sentence, place: PlaceRead, record: Record) -> bool:
    """Whether a headline leads to a place: held in Nairobi, Kampala visit; not Congo rebel."""
    words = lexicon(record.tables)
    before = [word.low for word in sentence.words if word.end <= place.start][-1:]
    after = [word.low for word in sentence.words if word.start >= place.end][:1]
    leads = bool(before) and (before[0] in _LEADS or before[0] in words.journeys)
    return leads or (bool(after) and "noun" in words.journeys.get(after[0], ""))


def _dateline(cut: Sequence[Sentence], record: Record) -> str | None:
    """The State in which the article says that it was written."""
    for sentence in cut:
        if sentence.dateline is not None:
            told = places(sentence.dateline.title(), record.tables)
            return told[0].code if told else None
    return None


def _not_read(cut: Sequence[Sentence]) -> tuple[str, ...]:
    """Why a text is not read: it has no words, or is in another language."""
    said = [word.low for sentence in cut for word in sentence.words if word.text[0].isalpha()]
    if not said:
        return ("The text has no words.",)
    share = sum(word in _ENGLISH for word in said) / len(said)
    if len(said) >= _FEWEST_WORDS and share < _LEAST_ENGLISH:
        return (f"The text is not read: it does not seem to be in {_READ}, the language read.",)
    return ()


class _Assembly:
    """Drafts into claims and journeys."""

    def __init__(self, text: str, day: date, record: Record, people: People) -> None:
        self.text = text
        self.day = day
        self.record = record
        self.people = people
        self.trips: list[_Trip] = []
        self.belongs: dict[int, list[_Trip]] = {}
        self.trip_of: dict[str, _Trip] = {}
        self.own_voice = ""

    def reading(self, head: Document, drafts: list[Draft]) -> Reading:
        """The reading that some drafts make."""
        drafts = drafts[:_MOST_CLAIMS]
        self.own_voice = head.publisher or "the article"
        kept: list[Draft] = []
        # What the rules found first: their journeys are made as if nobody had found more.
        for by_rules in (True, False):
            some = [d for d in drafts if (d.found_by is FoundBy.rules) is by_rules]
            for draft in some:
                if draft.places and draft.person is not None and draft.type in _MAKES:
                    self._begin(draft)
            kept += [draft for draft in some if self._attach(draft)]
        trips = [trip for trip in self.trips if trip.drafts]
        claims, names = self._claims(kept, trips)
        persons = {id(trip.person): trip.person for trip in trips}
        persons |= {id(p): p for p in self.people.people if p.listed}
        shown = {key: self._shown(person) for key, person in persons.items()}
        journeys = tuple(
            Journey(
                id=f"j{number}",
                person=shown[id(trip.person)],
                legs=(self._leg(trip),),
                claims=tuple(
                    sorted({n for d in trip.drafts for n in names[id(d), id(trip)]}, key=_number)
                ),
            )
            for number, trip in enumerate(trips, 1)
        )
        remarks = []
        if not any(person.listed for person in self.people.people):
            remarks.append("The text names nobody whose name is near one on record.")
        if not journeys:
            remarks.append("The text was found to speak of no journey of anybody on record.")
        return Reading(
            document=head,
            persons=tuple(shown.values()),
            claims=claims,
            journeys=journeys,
            remarks=tuple(remarks),
        )

    # ------------------------------------------------------------ journeys

    def _states(self, draft: Draft) -> list[tuple[str, PlaceRead]]:
        """The States that a draft leads to, each once, with the place."""
        found: dict[str, PlaceRead] = {}
        home = set(draft.person.states) if draft.person else set()
        for place in draft.places:
            code = next((c for c in place.codes if c not in home), place.codes[0])
            if len(place.codes) > 1:
                named = [c for c in place.codes if any(t.state == c for t in self.trips)]
                code = named[0] if named else place.codes[0]
            known = found.get(code)
            if known is None or (known.city is None and place.city is not None):
                found[code] = place
        return list(found.items())

    def _days(self, draft: Draft) -> Interval | None:
        if draft.when is None or draft.when.relative_to_previous:
            return None
        return resolve(draft.when, self.day, draft.ahead and not draft.leaves)

    def _begin(self, draft: Draft) -> None:
        """The journeys that a draft speaks of; a new one where none agrees."""
        assert draft.person is not None
        days = self._days(draft)
        for code, place in self._states(draft):
            if code in draft.person.states and (draft.stays or draft.type is _T.denies):
                continue  # being at home is no journey
            gone = draft.leaves and draft.type is _T.asserts
            trip = next(
                (
                    t
                    for t in self.trips
                    if t.person is draft.person
                    and t.state == code
                    and (t.agrees(days) or (gone and t.before(days)))
                ),
                None,
            )
            if trip is None and self._is_alibi(draft, code, days):
                draft.type = _T.asserts_elsewhere
                return
            if trip is None:
                if draft.type not in _TELLS and any(
                    t.person is draft.person
                    and (t.state == code or draft.type is not _T.determines)
                    for t in self.trips
                ):
                    continue
                trip = _Trip(draft.person, code, draft.start, found_by=draft.found_by)
                self.trips.append(trip)
            known = any(trip in mine for mine in self.belongs.values())
            self.belongs.setdefault(id(draft), []).append(trip)
            if trip.found_by is not draft.found_by:
                continue
            if gone and known:
                days = None  # the day of leaving is not that of coming
            if days is not None and draft.type in _TELLS:
                trip.days = _narrower(trip.days, days)
            elif days is not None and trip.days is None:
                trip.days = days
            trip.city = trip.city or place.city
            trip.transit = trip.transit or draft.transit

    def _is_alibi(self, draft: Draft, state: str, days: Interval | None) -> bool:
        """Whether his own side says where he was instead: in Nairobi, not where he was seen."""
        own = draft.person in (draft.speaker.person, draft.speaker.for_)
        return (
            own
            and draft.stays
            and draft.type is _T.asserts
            and any(
                t.person is draft.person and t.state != state and t.days and t.agrees(days)
                for t in self.trips
            )
        )

    def _attach(self, draft: Draft) -> bool:
        """Whether a draft is kept; it is put with the journeys that it speaks of."""
        if draft.type is _T.legal_statement:
            return True
        mine = self.belongs.get(id(draft), [])
        if not mine:
            candidates = [t for t in self.trips if t.person is draft.person] or (
                self.trips if draft.type in _OF_ANYBODY else []
            )
            if draft.places and draft.type in (_T.asserts, _T.asserts_part):
                codes = {c for p in draft.places for c in p.codes}
                here = [t for t in candidates if t.state in codes]
                if not here and draft.type is _T.asserts_part:
                    return False  # a meeting at home is no part of a journey
                if not here and candidates:
                    days = self._days(draft)
                    if not any(t.agrees(days) for t in candidates):
                        return False
                    draft.type = _T.asserts_elsewhere
                candidates = here or candidates
            if not candidates:
                return False
            told = [t for t in candidates if t.state in draft.named]
            own = [t for t in candidates if t.state == draft.speaker.state]
            candidates = own if own and draft.type in _OF_ANYBODY else told or candidates
            if draft.type is _T.retracts:
                told = [
                    t
                    for t in candidates
                    if any(d.speaker.name == draft.speaker.name for d in t.drafts)
                ]
                candidates = told or candidates
            before = [t for t in candidates if t.start <= draft.start]
            mine = [before[-1] if before else candidates[0]]
            if draft.when is not None:
                days = self._days(draft)
                agreeing = [t for t in candidates if t.agrees(days)]
                mine = mine if mine[0] in agreeing else agreeing[:1] or mine
        for trip in mine:
            trip.drafts.append(draft)
        return True

    def _leg(self, trip: _Trip) -> Leg:
        first, last = _partial(trip.days)
        part_only = all(
            d.part in (PartKind.transit, PartKind.stopover)
            for d in trip.drafts
            if d.part and d.found_by is trip.found_by
        )
        transit = trip.transit and part_only
        return Leg(
            state=trip.state,
            place=trip.city,
            from_=first,
            to=last,
            kind=LegKind.transit if transit else LegKind.entry,
        )

    # ------------------------------------------------------------ claims

    def _claims(
        self, kept: Sequence[Draft], trips: Sequence[_Trip]
    ) -> tuple[tuple[Claim, ...], dict[tuple[int, int], list[str]]]:
        names: dict[tuple[int, int], list[str]] = {}
        claims: list[Claim] = []
        for draft in sorted(kept, key=lambda d: (d.start, d.end, d.type)):
            mine = [trip for trip in trips if any(d is draft for d in trip.drafts)]
            if draft.type is _T.legal_statement:
                mine = [t for t in trips if t.person is draft.person and t.found_by is _RULES][:1]
                for own in mine:
                    own.drafts.append(draft)
            several: list[tuple[_Trip | None, Claim | None]] = [(t, None) for t in mine] or [
                (None, None)
            ]
            if draft.type is _T.retracts:
                several = [(t, c) for t, _ in several for c in self._taken_back(draft, t, claims)]
            for trip, taken_back in several:
                name = f"c{len(claims) + 1}"
                claim = self._claim(draft, trip, name, taken_back)
                if claim is None:
                    if trip is not None:
                        trip.drafts = [d for d in trip.drafts if d is not draft]
                    continue
                claims.append(claim)
                if trip is not None:
                    self.trip_of[name] = trip
                if trip is not None:
                    names.setdefault((id(draft), id(trip)), []).append(name)
        return tuple(claims), names

    def _claim(
        self,
        draft: Draft,
        trip: _Trip | None,
        name: str,
        taken_back: Claim | None,
    ) -> Claim | None:
        speaker = draft.speaker
        target = None
        if draft.type is _T.retracts:
            if taken_back is None:
                return None
            target = taken_back.id
            if speaker.kind == "press" and taken_back.side is Side.press:
                # An editor takes back what the paper said: it is the paper's own word.
                role = ", ".join(filter(None, (speaker.name, speaker.role)))
                speaker = replace(speaker, name=taken_back.speaker_name, role=role)
        said = self._said_on(draft)
        return Claim(
            id=name,
            type=draft.type,
            speaker=Speaker(name=speaker.name, role=speaker.role) if speaker.role else speaker.name,
            speaker_state=speaker.state,
            side=self._side(speaker, trip),
            named=speaker.named,
            first_hand=None,
            origin=self._origin(draft),
            legs=(0,) if trip is not None else None,
            said_on=said,
            published_on=self.day.isoformat(),
            quote=quote(self.text, draft.start, draft.end),
            part=self._part(draft),
            target=target,
            evidence=EvidenceKind.photograph if draft.part is PartKind.photograph else None,
            exemption=self._exemption(draft),
            law=self._law(draft),
            found_by=draft.found_by,
            status=DraftStatus.draft,
            cue=quote(self.text, *draft.cue),
        )

    def _taken_back(
        self, draft: Draft, trip: _Trip | None, earlier: Sequence[Claim]
    ) -> Sequence[Claim | None]:
        """The earlier claims that are taken back: those of the same speaker, with the pictures
        that nobody else showed; or else the last of the press. Null where there is none."""
        reports = [
            c
            for c in earlier
            if trip is not None
            and self.trip_of.get(c.id or "") is trip
            and c.type in _REPORTS
            and c.found_by is _RULES
        ]
        own = [c for c in reports if c.speaker_name == draft.speaker.name]
        if not own:
            press = (c for c in reports if c.side is Side.press)
            return [c for c in press if c.speaker_name != self.own_voice][-1:] or [None]
        shown = (c for c in reports if c.evidence is EvidenceKind.photograph and c not in own)
        return own + [c for c in shown if c.side is Side.anonymous]

    def _side(self, speaker: SpeakerRead, trip: _Trip | None) -> Side:
        if speaker.kind == "traveller":
            return Side.traveller
        if speaker.kind in ("press", "wire", "narrator") and speaker.state is None:
            return Side.press
        if speaker.kind == "un_body":
            return Side.un_body
        if speaker.kind == "anonymous":
            return Side.anonymous
        if speaker.kind in ("state", "narrator") and speaker.state is not None:
            if trip is not None and speaker.state == trip.state:
                return Side.state_of_entry
            if trip is not None and speaker.state in trip.person.states:
                return Side.state_of_nationality
            return Side.third_state
        return Side.other

    def _origin(self, draft: Draft) -> str:
        """Where a claim first came from: its speaker; a State for all who speak for it.

        A picture of which nothing more is told came from whoever printed it.
        """
        speaker = draft.speaker
        if draft.part is PartKind.photograph and speaker.kind == "anonymous":
            return self.own_voice
        if speaker.kind in ("state", "narrator") and speaker.state is not None and speaker.named:
            return self.record.places.name(speaker.state)
        return speaker.name

    def _nearest(self, one: DateRead) -> Interval:
        """Days without a year, of the year in which they lie nearest to the day of publication."""
        past, ahead = (resolve(one, self.day, future) for future in (False, True))
        behind = abs((self.day - past.to).days)
        return past if behind <= abs((ahead.from_ - self.day).days) else ahead

    def _said_on(self, draft: Draft) -> str | None:
        if draft.said is None:
            return None
        first, last = _partial(resolve(draft.said, self.day, False))
        del last
        return first

    def _part(self, draft: Draft) -> Part | PartKind | None:
        if draft.part is None:
            return None
        return Part(kind=draft.part, with_=draft.with_ or None)

    def _exemption(self, draft: Draft) -> ExemptionStatement | None:
        if draft.status is None:
            return None
        days = self._nearest(draft.when) if draft.when else None
        decided = resolve(draft.decided, self.day, False) if draft.decided else None
        on = decided.from_.isoformat() if decided and decided.from_ == decided.to else None
        return ExemptionStatement(
            status=draft.status,
            by=draft.speaker.name if draft.speaker.kind == "un_body" else None,
            on=on,
            from_=days.from_.isoformat() if days else None,
            to=days.to.isoformat() if days else None,
        )

    def _law(self, draft: Draft) -> Law | None:
        if draft.type is not _T.legal_statement:
            return None
        since = _partial(resolve(draft.since, self.day, False))[0] if draft.since else None
        until = _partial(resolve(draft.until, self.day, False))[0] if draft.until else None
        return Law(
            measure=draft.measures,
            in_force=draft.in_force,
            authority=draft.resolution,
            since=since,
            until=until,
        )

    # ------------------------------------------------------------ people

    def _shown(self, person: Person) -> PersonRead:
        kinds = sorted(person.mentions, key=lambda m: (m.start, m.end))
        states = [state for state in person.states if state]
        roles = "; ".join(person.titles) or None
        return PersonRead(
            name=person.name,
            reference=person.reference,
            nationality=next(iter(person.nations if person.reference else states), None),
            role=roles,
            mentions=tuple(kinds),
        )


_OF_ANYBODY = (
    _T.no_comment, _T.denies_identity, _T.legal_opinion, _T.retracts, _T.determines,
    _T.exemption_statement, _T.conditional, _T.denies, _T.denies_knowledge,
)  # fmt: skip


def _number(name: str) -> int:
    return int(name[1:])


def _narrower(one: Interval | None, other: Interval) -> Interval:
    """Of two spans of days that agree, the shorter."""
    if one is None:
        return other
    return other if other.to - other.from_ < one.to - one.from_ else one


def _partial(days: Interval | None) -> tuple[str | None, str | None]:
    """Days as the wire gives them: a day, some days, or a month or a year that holds them."""
    if days is None:
        return None, None
    first, last = days.from_, days.to
    if first == last:
        return first.isoformat(), None
    if days.precision in ("days", "weekend") or last - first <= _A_FEW_DAYS:
        return first.isoformat(), last.isoformat()
    if (first.year, first.month) == (last.year, last.month):
        return f"{first:%Y-%m}", None
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
        return f"{first:%Y}", None if first.year == last.year else f"{last:%Y}"
    return f"{first:%Y-%m}", f"{last:%Y-%m}"
