"""What a text says the law is, against the legal record.

"Under a UN travel ban since 2007" is a statement of its own, right or wrong whatever became of
the journey. Each part of it is answered apart: that the measure bound on the day, since when,
until when, how strongly, by which authority. Rules: docs/standings.md#legal-statements.
"""

import re
from collections.abc import Mapping, Sequence
from enum import StrEnum

from app.evidence import Citation, Reason, absence, designation_fact, paragraph, reason, whole_list
from app.law.reach import Span, effective, listing, reaches, regime_of, runs
from app.terms import (
    DesignationInterval,
    Holds,
    Law,
    Regime,
    StatedMeasure,
    value,
)
from app.when import Arrival, at, days, in_words, partial_in_words


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
    references: Sequence[str],
    regime_words: Mapping[str, str],
    designations: Mapping[str, Sequence[DesignationInterval]],
    regimes: Sequence[Regime],
    day: Arrival | None,
    law_digest: str,
) -> StatementFound:
    """Answer what a text says the law is for one person, on a day (null: at any time)."""
    if not references:
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
            found, why = _listing(law, references, designations, day, law_digest)
        else:
            found, why = _measure(
                law, stated, references, regime_words, designations, regimes, day, law_digest
            )
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


def _measure(
    law: Law,
    stated: StatedMeasure,
    references: Sequence[str],
    regime_words: Mapping[str, str],
    designations: Mapping[str, Sequence[DesignationInterval]],
    regimes: Sequence[Regime],
    day: Arrival | None,
    law_digest: str,
) -> tuple[list[StatementPart], list[Reason]]:
    words = stated.value.replace("_", " ")
    known = [
        (reference, regime)
        for reference in references
        if (regime := regime_of(regime_words[reference], regimes)) is not None
    ]
    if not known:
        where = "the legal record does not reach this regime"
        part = _part(stated, f"under {_a(words)}", PartAnswer.cannot_tell, where)
        return [part], [reason(where, absence("legal record", ", ".join(references)))]
    reached = [
        item
        for reference, regime in known
        for item in reaches(regime, reference)
        if item.measure.kind.value == stated.value
    ]
    zone = day.windows[0].zone if day else "UTC"
    spans = runs(effective(reached, designations, zone))
    cited: list[Citation] = [
        paragraph(span.measure, law_digest, span.interval) for span in spans
    ] or [absence("legal record", f"{_a(words)} on {', '.join(references)}")]
    record = _spans_in_words(spans, zone) or f"no {words} ever reached {', '.join(references)}"
    bound = [span for span in spans if day is None or _bound(span, day)]
    cut = _cut(spans, day)
    parts = [
        _part(
            stated,
            f"under {_a(words)}" + (f" on {partial_in_words(day.text)}" if day else ""),
            PartAnswer.right
            if bound and not cut
            else (PartAnswer.cannot_tell if bound else PartAnswer.wrong),
            record,
        )
    ]
    if bound:
        meant = _chain(bound[0], spans)
        parts += _about(law, stated, meant, bound, zone)
    return parts, [reason(f"{words}: {record}", *cited)]


def _a(words: str) -> str:
    return f"an {words}" if words[0] in "aeiou" else f"a {words}"


def _about(
    law: Law, stated: StatedMeasure, meant: Sequence[Span], bound: Sequence[Span], zone: str
) -> list[StatementPart]:
    """Since when, until when, how strongly and by which authority, where that is stated."""
    parts = []
    first, last = meant[0], meant[-1]
    if law.since is not None:
        right = first.from_ is not None and _means(law.since, first.from_)
        parts.append(
            _part(
                stated,
                f"since {partial_in_words(law.since)}",
                PartAnswer.right if right else PartAnswer.wrong,
                f"since {in_words(first.from_, zone) if first.from_ else 'ever'}",
            )
        )
    if law.until is not None:
        right = last.until is not None and _ends(law.until, last.until)
        parts.append(
            _part(
                stated,
                f"until {partial_in_words(law.until)}",
                PartAnswer.right if right else PartAnswer.wrong,
                f"until {in_words(last.until, zone)}" if last.until else "without an end on record",
            )
        )
    if law.strength is not None:
        strengths = {span.measure.strength for span in bound}
        parts.append(
            _part(
                stated,
                f"of strength {law.strength}",
                PartAnswer.right if law.strength in strengths else PartAnswer.wrong,
                f"of strength {', '.join(sorted(strengths))}",
            )
        )
    if law.authority is not None:
        texts = [_authorities(span) for span in bound]
        right = any(_same_authority(law.authority, text) for pair in texts for text in pair)
        parts.append(
            _part(
                stated,
                f"by {law.authority}",
                PartAnswer.right if right else PartAnswer.wrong,
                "by " + "; ".join(dict.fromkeys(pair[0] for pair in texts)),
            )
        )
    return parts


def _part(stated: StatedMeasure, says: str, answer: PartAnswer, record: str) -> StatementPart:
    return StatementPart(measure=stated, says=says, answer=answer, record=record)


def _bound(span: Span, day: Arrival) -> bool:
    return any(span.start < window.end and window.start < span.end for window in day.windows)


def _cut(spans: Sequence[Span], day: Arrival | None) -> bool:
    """Whether the day holds a time in which the measure did not bind, or only possibly."""
    if day is None:
        return False
    return not all(
        any(span.start <= window.start and window.end <= span.end for span in spans)
        for window in day.windows
    )


def _chain(span: Span, spans: Sequence[Span]) -> list[Span]:
    """The spans of one kind of measure that follow or overlap each other without a gap."""
    chain = [span]
    grown = True
    while grown:
        grown = False
        start = min(item.start for item in chain)
        end = max(item.end for item in chain)
        for item in spans:
            if item not in chain and item.start <= end and start <= item.end:
                chain.append(item)
                grown = True
    first = min(chain, key=lambda item: item.start)
    last = max(chain, key=lambda item: item.end)
    return [first, last]


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


_NUMBER = re.compile(r"\d{3,4}")


def _authorities(span: Span) -> tuple[str, ...]:
    texts = [span.measure.authority]
    if span.interval.authority is not None:
        texts.append(span.interval.authority)
    return tuple(f"{item.resolution} paragraph {item.paragraph}" for item in texts)


def _same_authority(said: str, text: str) -> bool:
    """Whether words such as `1929` or `S/RES/1929 (2010) para 10` mean that paragraph.

    The resolution must be the same; a paragraph only where one was said.
    """
    resolution = _NUMBER.search(text)
    named = _NUMBER.search(said)
    if resolution is None or named is None or resolution.group() != named.group():
        return False
    rest = re.sub(r"\((19|20)\d\d\)", " ", said[named.end() :])
    rest = re.sub(r"(?i)\b(operative|paragraph|paras?|op|of|resolution|p)\b\.?|¶", " ", rest)
    bare = re.sub(r"[^0-9a-z]+", "", rest.casefold())
    wanted = re.sub(r"[^0-9a-z]+", "", text.partition(" paragraph ")[2].casefold())
    return not bare or bare == wanted or bare in wanted


def _spans_in_words(spans: Sequence[Span], zone: str) -> str:
    return "; ".join(
        f"{span.measure.authority.resolution} paragraph {span.measure.authority.paragraph} "
        f"from {in_words(span.from_, zone) if span.from_ else 'the start'}"
        + (f" until {in_words(span.until, zone)}" if span.until else ", with no end on record")
        + (" (disputed)" if span.interval.dispute else "")
        for span in spans
    )


def _listing(
    law: Law,
    references: Sequence[str],
    designations: Mapping[str, Sequence[DesignationInterval]],
    day: Arrival | None,
    law_digest: str,
) -> tuple[list[StatementPart], list[Reason]]:
    stated = StatedMeasure.listing
    reference = references[0]
    held = [item for item in designations[reference] if item.listed is not Holds.no]
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
        answer = PartAnswer.right if held else PartAnswer.wrong
    else:
        holds = {listing(designations[reference], window).listed for window in day.windows}
        answer = {
            frozenset({Holds.yes}): PartAnswer.right,
            frozenset({Holds.no}): PartAnswer.wrong,
        }.get(frozenset(holds), PartAnswer.cannot_tell)
    parts = [_part(stated, "on the list", answer, record)]
    if law.since is not None and held:
        began = held[0].from_
        right = began is not None and _means(law.since, began)
        parts.append(
            _part(
                stated,
                f"since {partial_in_words(law.since)}",
                PartAnswer.right if right else PartAnswer.wrong,
                f"since {in_words(began)}" if began else "since before the record",
            )
        )
    why = reason(
        f"listing of {reference}: {record}",
        *(dict.fromkeys(cited) or [absence("lists on record", reference)]),
    )
    return parts, [why]
