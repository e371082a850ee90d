"""What a text says the law is, against the legal record.

"Under a UN travel ban since 2007" is a statement of its own, right or wrong whatever became of
the journey. Each part of it is answered apart: that the measure bound on the day, since when,
until when, how strongly, by which authority. Rules: docs/standings.md#legal-statements.
"""

import re
from collections.abc import Sequence
from enum import StrEnum

from app.evidence import Citation, Reason, absence, designation_fact, paragraph, reason, whole_list
from app.law.reach import (
    Reached,
    Span,
    boundaries,
    effective,
    in_force,
    listed_runs,
    listing,
    reaches,
    regime_of,
    runs,
    span_edges,
)
from app.terms import (
    Authority,
    Designated,
    Dispute,
    Holds,
    Law,
    Regime,
    StatedMeasure,
    called,
    value,
)
from app.when import Arrival, Window, at, cells, days, in_words, partial_in_words


class LegalAnswer(StrEnum):
    """How a legal statement stands to the legal record."""

    agrees = "agrees"
    half_right = "half_right"
    contradicts = "contradicts"
    cannot_tell = "cannot_tell"


class PartAnswer(StrEnum):
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


def statement(
    law: Law,
    parties: Sequence[Designated],
    regimes: Sequence[Regime],
    day: Arrival | None,
    law_digest: str,
) -> StatementFound:
    """Answer what a text says the law is for one person, on a day (null: at any time).

    `parties` is that person under every reference on record; none where nobody is meant.
    """
    if not parties:
        return StatementFound(
            answer=LegalAnswer.cannot_tell,
            reasons=(
                reason(
                    "nobody on record is meant, so that no measure can be looked up",
                    absence("lists on record", "the person spoken of"),
                ),
            ),
            parts=(),
        )
    parts: list[StatementPart] = []
    reasons: list[Reason] = []
    for stated in law.measures:
        if stated is StatedMeasure.listing:
            found, why = _listing(law, parties, day, law_digest)
        else:
            found, why = _measure(law, stated, parties, regimes, day, law_digest)
        parts += found
        reasons += why
    return StatementFound(answer=_answer(parts), reasons=tuple(reasons), parts=tuple(parts))


def _answer(parts: Sequence[StatementPart]) -> LegalAnswer:
    answers = {part.answer for part in parts}
    if answers == {PartAnswer.right}:
        return LegalAnswer.agrees
    if PartAnswer.wrong not in answers:
        return LegalAnswer.cannot_tell
    return LegalAnswer.half_right if PartAnswer.right in answers else LegalAnswer.contradicts


_MEASURE_WORDS = {
    StatedMeasure.travel_ban: "travel ban",
    StatedMeasure.travel_vigilance: "call for vigilance over travel",
    StatedMeasure.travel_notification: "duty to notify of travel",
    StatedMeasure.asset_freeze: "asset freeze",
}


def _measure(
    law: Law,
    stated: StatedMeasure,
    parties: Sequence[Designated],
    regimes: Sequence[Regime],
    day: Arrival | None,
    law_digest: str,
) -> tuple[list[StatementPart], list[Reason]]:
    words = _MEASURE_WORDS[stated]
    references = [party.reference for party in parties]
    if all(regime_of(party.regime_word, regimes) is None for party in parties):
        where = "the legal record does not reach this regime"
        part = _part(stated, f"under {_a(words)}", PartAnswer.cannot_tell, where)
        return [part], [reason(where, absence("legal record", ", ".join(references)))]
    reached = [
        item
        for party in parties
        for item in reaches(party, regimes)
        if item.measure.kind.value == stated.value
    ]
    zone = day.windows[0].zone if day else "UTC"
    spans = runs(effective(reached, parties, zone))
    chains = _chains(spans)
    past = bool(law.until and day and days(law.until)[1] < day.first_day)
    meant = _meant(law, chains, day, past)
    record = (
        _spans_in_words(spans, zone)
        or f"no {words} ever reached {', '.join(map(called, references))}"
    )
    if day is None or past:
        answer, why = _at_some_time(reached, parties, meant, zone)
        says = f"{'once ' if past else ''}under {_a(words)}"
    else:
        answer, why = _on_day(reached, parties, day)
        says = f"under {_a(words)} on {partial_in_words(day.text)}"
    parts = [_part(stated, says, answer, record if why is None else f"{record}; {why}")]
    if meant and answer is not PartAnswer.wrong:
        bound = meant if day is None or past else [span for span in meant if _meets(span, day)]
        parts += _about(law, stated, meant, bound or meant, zone)
    cited: list[Citation] = [
        paragraph(span.measure, law_digest, span.interval) for span in spans
    ] or [absence("legal record", f"{_a(words)} on {', '.join(references)}")]
    return parts, [reason(f"{words}: {parts[0].record}", *cited)]


def _on_day(
    reached: Sequence[Reached],
    parties: Sequence[Designated],
    day: Arrival,
) -> tuple[PartAnswer, str | None]:
    """Whether one of these measures bound on a day, and what else is to be said of that."""
    pieces = _pieces(reached, parties, day)
    disputes = [dispute for piece in pieces for _, dispute in piece]
    if disputes and all(disputes):
        return _disputed(disputes)
    sure = [any(holds is Holds.yes for holds, _ in piece) for piece in pieces]
    if all(sure):
        return PartAnswer.right, None
    if not any(pieces):
        return PartAnswer.wrong, None
    return PartAnswer.cannot_tell, "on that day it is only possible"


def _at_some_time(
    reached: Sequence[Reached],
    parties: Sequence[Designated],
    meant: Sequence[Span],
    zone: str,
) -> tuple[PartAnswer, str | None]:
    """Whether one of these measures ever bound in the time that is meant."""
    if not meant:
        return PartAnswer.wrong, None
    times = tuple(Window(zone=zone, start=span.start, end=span.end) for span in meant)
    pieces = _pieces(reached, parties, Arrival(text="", windows=times))
    found = [item for piece in pieces for item in piece]
    if any(holds is Holds.yes and dispute is None for holds, dispute in found):
        return PartAnswer.right, None
    disputes = [dispute for _, dispute in found]
    if disputes and all(disputes):
        return _disputed(disputes)
    return PartAnswer.cannot_tell, "it is only possible"


def _pieces(
    reached: Sequence[Reached],
    parties: Sequence[Designated],
    time: Arrival,
) -> list[list[tuple[Holds, Dispute | None]]]:
    """For each piece of a time, the measures that bound or may have, and who disputes them."""
    held = {party.reference: party.intervals for party in parties}
    every = [item for party in parties for item in party.intervals]
    pieces = []
    for piece in cells(time, boundaries(reached, every)):
        found: list[tuple[Holds, Dispute | None]] = []
        for item in reached:
            force = in_force(item, piece)
            listed = listing(held[item.reference], piece).listed
            if Holds.no in (force.holds, listed):
                continue
            sure = force.holds is Holds.yes and listed is Holds.yes
            dispute = force.interval.dispute if force.interval else None
            found.append((Holds.yes if sure else Holds.possible, dispute))
        pieces.append(found)
    return pieces


def _disputed(disputes: Sequence[Dispute | None]) -> tuple[PartAnswer, str]:
    """Who says what of a measure whose validity is disputed: the service takes no side."""
    dispute = next(item for item in disputes if item is not None)
    return PartAnswer.cannot_tell, (
        f"{', '.join(dispute.in_force_say)} say that it was in force; "
        f"{', '.join(dispute.not_in_force_say)} say that it was not "
        f"({'; '.join(dispute.documents)})"
    )


def _chains(spans: Sequence[Span]) -> list[list[Span]]:
    """Spans that follow or overlap each other without a gap, in order of time."""
    chains: list[list[Span]] = []
    for span in spans:
        if chains and span.start <= max(item.end for item in chains[-1]):
            chains[-1].append(span)
        else:
            chains.append([span])
    return chains


def _meant(law: Law, chains: Sequence[list[Span]], day: Arrival | None, past: bool) -> list[Span]:
    """The chain that a statement speaks of: that of the day, else the one it dates, else the last.

    Of times that lie after the day it speaks of none. One whose validity nobody disputes goes
    before one that is disputed throughout.
    """
    if day is not None and not past:
        return next((chain for chain in chains if any(_meets(s, day) for s in chain)), [])
    begun = [
        chain
        for chain in chains
        if day is None or any(chain[0].began(window) for window in day.windows)
    ]
    begun.sort(key=lambda chain: all(span.interval.dispute for span in chain))
    for chain in begun:
        begins, ends = chain[0].from_, _last(chain).until
        if (law.since is None or (begins is not None and _means(law.since, begins))) and (
            law.until is None or (ends is not None and _ends(law.until, ends))
        ):
            return chain
    undisputed = [chain for chain in begun if any(span.interval.dispute is None for span in chain)]
    return (undisputed or begun or [[]])[-1]


def _last(chain: Sequence[Span]) -> Span:
    return max(chain, key=lambda span: span.end)


def _meets(span: Span, day: Arrival) -> bool:
    return any(span.meets(window) for window in day.windows)


def _a(words: str) -> str:
    return f"an {words}" if words[0] in "aeiou" else f"a {words}"


def _about(
    law: Law, stated: StatedMeasure, meant: Sequence[Span], bound: Sequence[Span], zone: str
) -> list[StatementPart]:
    """Since when, until when, how strongly and by which authority, where that is stated."""
    parts = []
    first, last = meant[0], _last(meant)
    if law.since is not None:
        right = first.from_ is not None and _means(law.since, first.from_)
        answer = _dated(right, first.from_by)
        record = f"since {span_edges(first, zone)[0]}"
        parts.append(_part(stated, f"since {partial_in_words(law.since)}", answer, record))
    if law.until is not None:
        right = last.until is not None and _ends(law.until, last.until)
        until = span_edges(last, zone)[1]
        answer = _dated(right, last.until_by)
        record = f"until {until}" if until else "without an end on record"
        parts.append(_part(stated, f"until {partial_in_words(law.until)}", answer, record))
    if law.strength is not None:
        strengths = {span.measure.strength for span in bound}
        answer = PartAnswer.right if law.strength in strengths else PartAnswer.wrong
        record = f"of strength {', '.join(sorted(strengths))}"
        parts.append(_part(stated, f"of strength {law.strength}", answer, record))
    if law.authority is not None and _resolutions(law.authority):
        texts = [authority for span in bound for authority in _authorities(span)]
        right = any(same_authority(law.authority, text) for text in texts)
        answer = PartAnswer.right if right else PartAnswer.wrong
        record = "by " + "; ".join(dict.fromkeys(text.words for text in texts))
        parts.append(_part(stated, f"by {law.authority}", answer, record))
    return parts


def _dated(right: bool, bracket: str | None) -> PartAnswer:
    """A day that is known only by its bracket can be neither right nor wrong for sure."""
    if bracket is not None:
        return PartAnswer.cannot_tell
    return PartAnswer.right if right else PartAnswer.wrong


def _part(stated: StatedMeasure, says: str, answer: PartAnswer, record: str) -> StatementPart:
    return StatementPart(measure=stated, says=says, answer=answer, record=record)


def _means(said: str, boundary: str) -> bool:
    """Whether a year, month or day that was said holds the boundary."""
    first, last = days(said)
    return first <= days(boundary)[0] <= last or first <= at(boundary, "UTC").date() <= last


def _ends(said: str, boundary: str) -> bool:
    """Whether a last year, month or day that was said is the one before the boundary, or its own.

    "Until October 2020" and "until 18 October 2020" are both fair words for a ban that ended as
    18 October 2020 began.
    """
    first, last = days(said)
    end = at(boundary, "UTC").date()
    return first <= end <= last or first.toordinal() <= end.toordinal() - 1 <= last.toordinal()


_RESOLUTION = re.compile(r"(?<!\d)(\d{3,4})(?!\d)")
_PARAGRAPH = re.compile(
    r"(?:\b(?:operative\s+)?(?:paragraphs?|paras?|op|p)\.?|\u00b6+|\u00a7+)\s*"
    r"((?:annex\s+[a-z]\s+)?\d+\s*(?:\(\s*[a-z0-9]+\s*\)\s*)*)"
    r"|(annex\s+[a-z]\s*(?:paragraph\s+)?\d*\s*(?:\(\s*[a-z0-9]+\s*\)\s*)*)",
    re.IGNORECASE,
)


def _resolutions(said: str) -> list[re.Match[str]]:
    """The numbers in some words that may be those of resolutions; a committee's is none."""
    return [
        found
        for found in _RESOLUTION.finditer(said)
        if not re.match(r"\s*(sanctions\s+)?committee", said[found.end() :], re.IGNORECASE)
    ]


def _authorities(span: Span) -> tuple[Authority, ...]:
    texts = [span.measure.authority]
    if span.interval.authority is not None:
        texts.append(span.interval.authority)
    return tuple(texts)


def same_authority(said: str, text: Authority) -> bool:
    """Whether words such as `1929`, `UNSCR 1929 OP10` or `1929 (2010) \u00b610` mean that text.

    The resolution must be the same; a paragraph only where one was said, with or without its
    letter.
    """
    own = _RESOLUTION.search(text.resolution)
    named = next(
        (each for each in _resolutions(said) if own is not None and each.group() == own.group()),
        None,
    )
    if named is None:
        return False
    stated = _PARAGRAPH.search(said[named.end() :])
    if stated is None or text.paragraph is None:
        return True
    meant = _bare(stated.group(1) or stated.group(2))
    wanted = _bare(text.paragraph)
    ends = re.fullmatch(r"(\d+)-(\d+)", text.paragraph)
    if ends is not None:
        return meant.isdigit() and int(ends.group(1)) <= int(meant) <= int(ends.group(2))
    return meant == wanted or (meant.isdigit() and bool(re.fullmatch(meant + r"[a-z]+", wanted)))


def _bare(paragraph_words: str) -> str:
    """`16 (a)` and `16(a)` alike; `Annex B paragraph 6(e)` and `Annex B 6(e)` too."""
    return re.sub(r"[^0-9a-z]+", "", paragraph_words.casefold().replace("paragraph", ""))


def _spans_in_words(spans: Sequence[Span], zone: str) -> str:
    found = []
    for span in spans:
        since, until = span_edges(span, zone)
        text = span.measure.authority
        words = f"{text.words} from {since}"
        words += f" until {until}" if until else ", with no end on record"
        found.append(words + (" (disputed)" if span.interval.dispute else ""))
    return "; ".join(found)


def _listing(
    law: Law, parties: Sequence[Designated], day: Arrival | None, law_digest: str
) -> tuple[list[StatementPart], list[Reason]]:
    stated = StatedMeasure.listing
    reference, intervals = parties[0].reference, parties[0].intervals
    held = [item for item in intervals if item.listed is not Holds.no]
    times = listed_runs(intervals)
    record = (
        "; ".join(dict.fromkeys(item.words for item in held))
        if held
        else "no list on record ever held it"
    )
    cited: list[Citation] = [
        whole_list(snapshot, reference) for item in held for snapshot in item.snapshots
    ]
    cited += [designation_fact(fact, law_digest) for item in held for fact in item.facts]
    if day is None:
        ever = {item.listed for item in held}
        holds = ever & {Holds.yes} or ever or {Holds.no}
    else:
        holds = {listing(intervals, window).listed for window in day.windows}
    answer = {
        frozenset({Holds.yes}): PartAnswer.right,
        frozenset({Holds.no}): PartAnswer.wrong,
    }.get(frozenset(holds), PartAnswer.cannot_tell)
    parts = [_part(stated, "on the list", answer, record)]
    # It may have left the list and come back: of the times meant is that of the day.
    meant = [run for run in times if day and day.holds(run.from_, run.until) is not Holds.no]
    if law.since is not None and held:
        began = (meant or times)[0].from_
        right = began is not None and _means(law.since, began)
        parts.append(
            _part(
                stated,
                f"since {partial_in_words(law.since)}",
                PartAnswer.right if right else PartAnswer.wrong,
                f"since {in_words(began)}" if began else "since before the record",
            )
        )
    if law.until is not None and held:
        ends = (meant or times)[-1].sure_until
        right = ends is not None and _ends(law.until, ends)
        parts.append(
            _part(
                stated,
                f"until {partial_in_words(law.until)}",
                PartAnswer.right if right else PartAnswer.wrong,
                f"until {in_words(ends)}" if ends else "with no end on record",
            )
        )
    why = reason(
        f"listing of {called(reference)}: {record}",
        *(dict.fromkeys(cited) or [absence("lists on record", reference)]),
    )
    return parts, [why]
