"""What a text says the law is, against the legal record.

"Under a UN travel ban since 2007" is a statement of its own, right or wrong whatever became of
the journey. Each part of it is answered apart: that the measure bound on the day (or that it did
not), since when, until when, how strongly, by which authority. It is about a person or about a
regime. Rules: docs/standings.md#legal-statements.
"""

from collections.abc import Sequence
from functools import lru_cache

from app.evidence import (
    Citation,
    Reason,
    absence,
    designation_fact,
    paragraph,
    reason,
    table_row,
    whole_list,
)
from app.law.about import (
    MEASURE_WORDS,
    About,
    about_person,
    doubts,
    none_in_words,
    reach_in_words,
    why_none,
    with_article,
)
from app.law.authority import names_a_text, names_authority
from app.law.dated import begun, came, ended, ends_at, holds_boundary, left, terms
from app.law.reach import (
    Course,
    ListedRun,
    Reached,
    Span,
    boundaries,
    effective,
    in_force,
    listed_runs,
    listing,
    runs,
    span_edges,
)
from app.terms import (
    TRAVEL_MEASURES,
    Authority,
    Designated,
    DesignationInterval,
    Dispute,
    Holds,
    Law,
    Measure,
    MeasureKind,
    Regime,
    StatedMeasure,
    Word,
    called,
    value,
)
from app.when import (
    Arrival,
    Window,
    arrival,
    at,
    cells,
    day_after,
    days,
    in_words,
    partial_in_words,
)


class LegalAnswer(Word):
    """How a legal statement stands to the legal record."""

    agrees = "agrees"
    half_right = "half_right"
    contradicts = "contradicts"
    cannot_tell = "cannot_tell"


class PartAnswer(Word):
    """How one part of a legal statement stands to the legal record."""

    right = "right"
    wrong = "wrong"
    cannot_tell = "cannot_tell"


@value
class StatementPart:
    """One part of a legal statement: what it says, and what the record says."""

    measure: StatedMeasure
    says: str
    answer: PartAnswer
    record: str


@value
class StatementFound:
    """The answer to a legal statement, part by part, with the reasons."""

    answer: LegalAnswer
    reasons: tuple[Reason, ...]
    parts: tuple[StatementPart, ...]


def unanswered(words: str, looked_in: str, looked_for: str) -> StatementFound:
    """That a statement cannot be answered at all, and what was looked for."""
    return StatementFound(
        answer=LegalAnswer.cannot_tell,
        reasons=(reason(words, absence(looked_in, looked_for)),),
        parts=(),
    )


def statement(
    law: Law, about: About | None, day: Arrival | None, law_digest: str
) -> StatementFound:
    """Answer what a text says the law is for a person or a regime, on a day (null: at any time).

    `about` is null where nobody on record is meant.
    """
    if about is None:
        words = "nobody on record is meant, so that no measure can be looked up"
        return unanswered(words, "lists on record", "the person spoken of")
    parts: list[StatementPart] = []
    reasons: list[Reason] = []
    for stated in law.measures:
        if stated is not StatedMeasure.listing:
            found, why = _measure(law, stated, about, day, law_digest)
        elif about.regime is not None:
            found, why = _list_of_a_regime(about.regime, law_digest)
        else:
            found, why = _listing(law, about.parties, day, law_digest)
        parts += found
        reasons += why
    return StatementFound(answer=_answer(parts), reasons=tuple(reasons), parts=tuple(parts))


@lru_cache(maxsize=1024)  # many texts say one thing of few people
def statement_of(law: Law, course: Course, day: Arrival | None, law_digest: str) -> StatementFound:
    """Answer what a text says the law is for the person of a course, as `statement` does."""
    return statement(law, about_person(course), day, law_digest)


def _answer(parts: Sequence[StatementPart]) -> LegalAnswer:
    answers = {part.answer for part in parts}
    if answers == {PartAnswer.right}:
        return LegalAnswer.agrees
    if answers == {PartAnswer.wrong}:
        return LegalAnswer.contradicts
    if {PartAnswer.right, PartAnswer.wrong} <= answers:
        return LegalAnswer.half_right
    return LegalAnswer.cannot_tell


# ---------------------------------------------------------------- the time spoken of


@value
class _Time:
    """The time that a statement speaks of."""

    day: Arrival | None
    """Null: no day in particular."""
    past: bool
    """Whether it says that a measure held and had ended before the day."""
    words: str
    zone: str

    @property
    def to(self) -> str | None:
        """The last calendar day of it."""
        return None if self.day is None else self.day.last_day.isoformat()


def _time(law: Law, day: Arrival | None) -> _Time:
    """When a statement says that a measure held, or that it did not.

    What is said to have ended is asked about after the end that is said, not before it; where no
    end is said and no day is given, it is asked about the newest time that the record knows.
    """
    zone = day.windows[0].zone if day else "UTC"
    words = f" on {partial_in_words(day.text)}" if day else ""
    ended = days(law.until)[1] if law.until else None
    if law.in_force:
        past = bool(ended and day and ended < day.first_day)
        return _Time(day=day, past=past, words="" if past else words, zone=zone)
    if law.until is not None and ended is not None and (day is None or day.first_day <= ended):
        day = arrival(day_after(ended.isoformat()), (zone,))
        words = f" after {partial_in_words(law.until)}"
    return _Time(day=day, past=False, words=words or " at the newest time on record", zone=zone)


def _inverted(answer: PartAnswer) -> PartAnswer:
    return {PartAnswer.right: PartAnswer.wrong, PartAnswer.wrong: PartAnswer.right}.get(
        answer, answer
    )


# ---------------------------------------------------------------- measures


def _measure(
    law: Law, stated: StatedMeasure, about: About, day: Arrival | None, law_digest: str
) -> tuple[list[StatementPart], list[Reason]]:
    kind = MeasureKind(stated.value)
    reached = [item for item in about.reached if item.measure.kind is kind]
    time = _time(law, day)
    spans = runs(effective(reached, about.parties, time.zone, verified=False))
    chains = _chains(spans)
    meant = _meant(law, chains, time)
    asked = None if time.past else time.day
    if asked is not None:
        answer, why = _on_day(reached, about.parties, asked)
    elif law.in_force:
        answer, why = _at_some_time(reached, about.parties, meant, time.zone)
    else:
        lasting = [span for span in spans if span.until is None]
        undisputed = [span for span in lasting if span.interval.dispute is None]
        answer, why = _at_some_time(reached, about.parties, undisputed or lasting, time.zone)
    newest = asked is None and not law.in_force
    unsure = doubts(kind, about, asked, newest) if answer is PartAnswer.wrong else []
    instead: list[Span] = []
    if unsure:
        answer, why = PartAnswer.cannot_tell, unsure
    elif answer is PartAnswer.wrong and law.in_force and asked is not None:
        instead = _held_instead(kind, about, asked)
        why = [_instead_in_words(instead)] if instead else []
    if not law.in_force:
        answer = _inverted(answer)
    known = _spans_in_words(spans, time.zone) or none_in_words(kind, about, bool(unsure))
    record = "; ".join((known, *why_none(kind, about, spans), *why, *reach_in_words(about, spans)))
    parts = [_part(stated, _says(kind, about, law, time), answer, record)]
    if meant and (answer is not PartAnswer.wrong or not law.in_force):
        parts += _details(law, stated, about, meant, time)
    elif not law.in_force and answer is PartAnswer.right:
        parts += [
            _part(stated, f"{word} {partial_in_words(said)}", PartAnswer.wrong, known)
            for word, said in (("since", law.since), ("until", law.until))
            if said is not None
        ]
    cited: list[Citation] = [
        paragraph(span.measure, law_digest, span.interval) for span in (*spans, *instead)
    ]
    cited += [
        table_row(f"law/{regime.id}", "no_travel_measure", regime.no_travel_measure.source)
        for regime in about.regimes
        if not spans and kind in TRAVEL_MEASURES and regime.no_travel_measure is not None
    ]
    cited = cited or [absence("legal record", f"{with_article(kind)} on {about.who}")]
    return parts, [reason(f"{MEASURE_WORDS[kind]}: {record}", *dict.fromkeys(cited))]


def _says(kind: MeasureKind, about: About, law: Law, time: _Time) -> str:
    """That the measure held, or did not, as a part says it."""
    words = with_article(kind)
    if about.regime is not None:
        held = f"{'with' if law.in_force else 'without'} {words}"
    else:
        held = f"{'' if law.in_force else 'not '}under {words}"
    return f"{'once ' if time.past else ''}{held}{time.words}"


def _held_instead(kind: MeasureKind, about: About, day: Arrival) -> list[Span]:
    """Measures of other kinds that surely bound on a day on which the one named did not."""
    found = []
    for item in about.reached:
        if item.measure.kind is kind:
            continue
        pieces = _pieces([item], about.parties, day)
        if all(live and live[0].holds is Holds.yes for live in pieces):
            zone = day.windows[0].zone
            spans = runs(effective([item], about.parties, zone, verified=False))
            found += [span for span in spans if _meets(span, day)][:1]
    return found


def _instead_in_words(spans: Sequence[Span]) -> str:
    held = [
        f"{with_article(span.measure.kind)} by {_text(span).words}"
        + (" (disputed)" if span.interval.dispute else "")
        for span in spans
    ]
    return f"what held then was {' and '.join(dict.fromkeys(held))}"


def _text(span: Span) -> Authority:
    return span.interval.authority or span.measure.authority


@value
class _Live:
    """A measure that bound, or may have, over a piece of time."""

    reference: str
    measure: Measure
    holds: Holds
    listed: Holds
    verified: bool
    dispute: Dispute | None


def _on_day(
    reached: Sequence[Reached], parties: Sequence[Designated], day: Arrival
) -> tuple[PartAnswer, list[str]]:
    """Whether one of these measures bound on a day, and what else is to be said of that."""
    pieces = _pieces(reached, parties, day)
    found = [live for piece in pieces for live in piece]
    if found and all(live.dispute for live in found):
        return _disputed(found)
    if all(any(live.holds is Holds.yes for live in piece) for piece in pieces):
        return PartAnswer.right, []
    if not found:
        return PartAnswer.wrong, []
    return PartAnswer.cannot_tell, _only_possible(found, "on that day it is only possible")


def _at_some_time(
    reached: Sequence[Reached], parties: Sequence[Designated], meant: Sequence[Span], zone: str
) -> tuple[PartAnswer, list[str]]:
    """Whether one of these measures ever bound in the time that is meant."""
    if not meant:
        return PartAnswer.wrong, []
    times = tuple(Window(zone=zone, start=span.start, end=span.end) for span in meant)
    pieces = _pieces(reached, parties, Arrival(text="", windows=times))
    found = [live for piece in pieces for live in piece]
    if any(live.holds is Holds.yes and live.dispute is None for live in found):
        return PartAnswer.right, []
    if found and all(live.dispute for live in found):
        return _disputed(found)
    return PartAnswer.cannot_tell, _only_possible(found, "it is only possible")


def _pieces(
    reached: Sequence[Reached], parties: Sequence[Designated], time: Arrival
) -> list[list[_Live]]:
    """For each piece of a time, the measures that bound or may have, and who disputes them."""
    held = {party.reference: party.intervals for party in parties}
    every = [item for party in parties for item in party.intervals]
    pieces = []
    for piece in cells(time, boundaries(reached, every)):
        found: list[_Live] = []
        for item in reached:
            force = in_force(item, piece)
            listed = listing(held[item.reference], piece).listed
            if Holds.no in (force.holds, listed):
                continue
            sure = force.holds is Holds.yes and listed is Holds.yes
            found.append(
                _Live(
                    reference=item.reference,
                    measure=item.measure,
                    holds=Holds.yes if sure else Holds.possible,
                    listed=listed,
                    verified=force.verified,
                    dispute=force.interval.dispute if force.interval else None,
                )
            )
        pieces.append(found)
    return pieces


def _disputed(found: Sequence[_Live]) -> tuple[PartAnswer, list[str]]:
    """Who says what of a measure whose validity is disputed: the service takes no side."""
    dispute = next(live.dispute for live in found if live.dispute is not None)
    return PartAnswer.cannot_tell, [f"{dispute.who_says('was')} ({'; '.join(dispute.documents)})"]


def _only_possible(found: Sequence[_Live], words: str) -> list[str]:
    beyond = {
        f"{live.measure.authority.words} needs renewal, and is verified only to "
        f"{in_words(live.measure.verified_to)}": None
        for live in found
        if not live.verified and live.measure.verified_to is not None
    }
    perhaps = [live.reference for live in found if live.listed is Holds.possible]
    if perhaps and all(live.listed is Holds.possible for live in found):
        named = " or ".join(map(called, dict.fromkeys(perhaps)))
        words += f", for whether {named} was listed then is not known for sure"
    return list(beyond) or [words]


def _chains(spans: Sequence[Span]) -> list[list[Span]]:
    """Spans that follow or overlap each other without a gap, in order of time."""
    chains: list[list[Span]] = []
    for span in spans:
        if chains and span.start <= max(item.end for item in chains[-1]):
            chains[-1].append(span)
        else:
            chains.append([span])
    return chains


def _meant(law: Law, chains: Sequence[list[Span]], time: _Time) -> list[Span]:
    """The chain that a statement speaks of: that of the day, else the one it dates, else the last.

    Of times that lie after the day it speaks of none. One whose validity nobody disputes goes
    before one that is disputed throughout.
    """
    day = time.day
    if day is not None and not time.past:
        on_day = [chain for chain in chains if any(_meets(span, day) for span in chain)]
        if on_day or law.in_force:
            return (on_day or [[]])[0]
    begun = [
        chain
        for chain in chains
        if day is None or any(chain[0].began(window) for window in day.windows)
    ]
    begun.sort(key=lambda chain: all(span.interval.dispute for span in chain))
    for chain in begun:
        begins, ends = chain[0].from_, _last(chain).until
        if (law.since is None or (begins is not None and holds_boundary(law.since, begins))) and (
            law.until is None or (ends is not None and ends_at(law.until, ends))
        ):
            return chain
    undisputed = [chain for chain in begun if any(span.interval.dispute is None for span in chain)]
    return (undisputed or begun or [[]])[-1]


def _last(chain: Sequence[Span]) -> Span:
    return max(chain, key=lambda span: span.end)


def _meets(span: Span, day: Arrival) -> bool:
    return any(span.meets(window) for window in day.windows)


def _details(
    law: Law, stated: StatedMeasure, about: About, meant: Sequence[Span], time: _Time
) -> list[StatementPart]:
    """Since when, until when, how strongly and by which authority, where that is stated."""
    day = None if time.past else time.day
    bound = [span for span in meant if day is not None and _meets(span, day)] or meant
    # A text that names one measure by its resolution may give that measure's own days.
    named = [span for span in meant if law.authority and _names(law.authority, span, time.to)]
    parts = []
    if law.since is not None:
        parts.append(_since(law.since, stated, [meant[0], *named], time.zone))
    if law.until is not None:
        renewed = terms(bound, day) if day is not None and law.in_force else []
        parts.append(_until(law.until, stated, [_last(meant), *named], renewed, time.zone))
    if law.strength is not None:
        strengths = {span.measure.strength for span in bound}
        answer = PartAnswer.right if law.strength in strengths else PartAnswer.wrong
        record = f"of strength {', '.join(sorted(strengths))}"
        parts.append(_part(stated, f"of strength {law.strength}", answer, record))
    if law.authority is not None:
        made = [text for span in bound for text in _made(span)]
        texts = [*made, *(text for span in bound for text in _renewed(span, time.to))]
        answer = _ANSWERS[names_authority(law.authority, texts, about.regimes)]
        again = [text for span in bound for text in _renewed(span, time.to)[-1:]]
        record = "by " + "; ".join(dict.fromkeys(text.words for text in made))
        if again:
            record += ", renewed or stated again by " + "; ".join(
                dict.fromkeys(text.words for text in again)
            )
        parts.append(_part(stated, f"by {law.authority}", answer, record))
    return parts


_ANSWERS = {
    Holds.yes: PartAnswer.right,
    Holds.possible: PartAnswer.cannot_tell,
    Holds.no: PartAnswer.wrong,
}


def _part(stated: StatedMeasure, says: str, answer: PartAnswer, record: str) -> StatementPart:
    return StatementPart(measure=stated, says=says, answer=answer, record=record)


def _made(span: Span) -> list[Authority]:
    """The texts that make a measure, and put it in force for a time."""
    return [span.measure.authority, *([span.interval.authority] if span.interval.authority else [])]


def _renewed(span: Span, to: str | None) -> list[Authority]:
    """The texts that renewed a measure or stated it again while it bound, up to a day."""
    adopted = [item.authority for item in span.measure.renewals]
    return [
        text
        for text in adopted
        if at(text.adopted, "UTC") < span.end and (to is None or text.adopted <= to)
    ]


def _names(said: str, span: Span, to: str | None) -> bool:
    return names_a_text(said, [*_made(span), *_renewed(span, to)])


def _since(said: str, stated: StatedMeasure, spans: Sequence[Span], zone: str) -> StatementPart:
    """Whether a measure began when it is said to: of these spans the first leads."""
    answers = [_ANSWERS[begun(said, span)] for span in spans]
    place = answers.index(PartAnswer.right) if PartAnswer.right in answers else 0
    span = spans[place]
    record = f"since {span_edges(span, zone)[0]}"
    if answers[place] is PartAnswer.wrong and span.from_ is not None:
        if span.from_ != span.interval.from_:
            record += f", with the listing; in force since {in_words(span.interval.from_)}"
        if span.interval.why_began is not None:
            adopted = in_words(_text(span).adopted)
            record += f"; adopted on {adopted}, in force later: {span.interval.why_began}"
    return _part(stated, f"since {partial_in_words(said)}", answers[place], record)


def _until(
    said: str,
    stated: StatedMeasure,
    spans: Sequence[Span],
    terms: Sequence[tuple[str, str]],
    zone: str,
) -> StatementPart:
    """Whether a measure ended when it is said to, or was then to end: the first span leads."""
    says = f"until {partial_in_words(said)}"
    for to, words in terms:
        if holds_boundary(said, to):
            return _part(stated, says, PartAnswer.right, f"to {in_words(to)}, by {words}")
    found = [_ANSWERS[ended(said, span)] for span in spans]
    place = found.index(PartAnswer.right) if PartAnswer.right in found else 0
    span = spans[place]
    if span.until is not None:
        why = "with the listing" if span.ended_by_listing else span.interval.why_ended
        record = f"until {span_edges(span, zone)[1]}: {why}"
    elif span.measure.verified_to is not None:
        record = f"verified to {in_words(span.measure.verified_to)}, without an end on record"
    else:
        record = "without an end on record"
    return _part(stated, says, found[place], record)


def _spans_in_words(spans: Sequence[Span], zone: str) -> str:
    found = []
    for span in spans:
        since, until = span_edges(span, zone)
        words = f"{span.measure.authority.words} from {since}"
        if until:
            words += f" until {until}"
        elif span.measure.verified_to is not None:
            words += f", verified to {in_words(span.measure.verified_to)}"
        else:
            words += ", with no end on record"
        found.append(words + (" (disputed)" if span.interval.dispute else ""))
    return "; ".join(found)


# ---------------------------------------------------------------- the list


def _list_of_a_regime(regime: Regime, law_digest: str) -> tuple[list[StatementPart], list[Reason]]:
    """No regime stands on a list: whether somebody does is asked about that person."""
    words = "a list holds people and entities: ask about one of them, by its reference"
    if regime.nobody_listed is not None:
        words = f"{words}; {regime.nobody_listed.words}"
    part = _part(StatedMeasure.listing, "on the list", PartAnswer.cannot_tell, words)
    cited: list[Citation] = [paragraph(item, law_digest) for item in regime.measures]
    cited = cited or [absence("legal record", f"measures of {regime.id}")]
    return [part], [reason(f"listing under the regime {regime.id}: {words}", *cited)]


def _listing(
    law: Law, parties: Sequence[Designated], day: Arrival | None, law_digest: str
) -> tuple[list[StatementPart], list[Reason]]:
    stated = StatedMeasure.listing
    reference, intervals = parties[0].reference, parties[0].intervals
    held = [item for item in intervals if item.listed is not Holds.no]
    record = (
        "; ".join(dict.fromkeys(item.words for item in held))
        if held
        else "no list on record ever held it"
    )
    time = _time(law, day)
    on_day = None if time.past else time.day
    answer = _listed(intervals, on_day, law.in_force)
    says = f"{'once ' if time.past else ''}on the list"
    if not law.in_force:
        answer, says = _inverted(answer), f"not on the list{time.words}"
    parts = [_part(stated, says, answer, record)]
    times = _times_meant(law, listed_runs(intervals), time)
    if law.since is not None and times:
        run = times[0]
        said = f"since {partial_in_words(law.since)}"
        words = f"since {in_words(run.from_)}" if run.from_ else "since before the record"
        parts.append(_part(stated, said, _ANSWERS[came(law.since, run)], words))
    if law.until is not None and times:
        run = times[-1]
        said = f"until {partial_in_words(law.until)}"
        ends = run.until and (run.sure_until or run.until)
        words = f"until {in_words(ends)}" if ends else "with no end on record"
        parts.append(_part(stated, said, _ANSWERS[left(law.until, run)], words))
    cited: list[Citation] = [
        whole_list(snapshot, reference) for item in held for snapshot in item.snapshots
    ]
    cited += [designation_fact(fact, law_digest) for item in held for fact in item.facts]
    why = reason(
        f"listing of {called(reference)}: {record}",
        *(dict.fromkeys(cited) or [absence("lists on record", reference)]),
    )
    return parts, [why]


def _listed(
    intervals: Sequence[DesignationInterval], day: Arrival | None, in_force_said: bool
) -> PartAnswer:
    """Whether a reference stood on the list on a day, or else ever, or as the newest word is."""
    if day is not None:
        holds = {listing(intervals, window).listed for window in day.windows}
    elif in_force_said:
        ever = {item.listed for item in intervals} - {Holds.no}
        holds = ever & {Holds.yes} or ever or {Holds.no}
    else:
        sure = [item.listed for item in intervals if item.listed is not Holds.possible]
        holds = set(sure[-1:])
    return {
        frozenset({Holds.yes}): PartAnswer.right,
        frozenset({Holds.no}): PartAnswer.wrong,
    }.get(frozenset(holds), PartAnswer.cannot_tell)


def _times_meant(law: Law, times: Sequence[ListedRun], time: _Time) -> Sequence[ListedRun]:
    """Of the times on the list those meant: it may have been left, and come back to."""
    day = time.day
    on_day = [run for run in times if day and day.holds(run.from_, run.until) is not Holds.no]
    if on_day and not time.past:
        return on_day
    dated = [
        run
        for run in times
        if (law.since is None or came(law.since, run) is Holds.yes)
        and (law.until is None or left(law.until, run) is Holds.yes)
    ]
    return dated or times
