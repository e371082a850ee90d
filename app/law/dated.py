"""When something is said to have begun or ended, beside the days on record.

A year, a month and a day are said of one boundary; where only a bracket is on record, what lies
within it can be neither right nor wrong.
"""

from collections.abc import Sequence

from app.law.reach import ListedRun, Span
from app.terms import Holds
from app.when import Arrival, at, days, order


def begun(said: str, span: Span) -> Holds:
    """Whether a span began in a year, month or day that was said."""
    if span.from_ is None:
        return Holds.no
    if span.from_by is not None:
        return _bracketed(said, span.from_, span.from_by)
    return Holds.yes if holds_boundary(said, span.from_) else Holds.no


def terms(bound: Sequence[Span], day: Arrival) -> list[tuple[str, str]]:
    """The last days to which measures had been renewed on a day, and by which text."""
    found = []
    for span in bound:
        made = span.measure
        by_then = [
            item
            for item in made.renewals
            if item.authority.adopted <= day.last_day.isoformat() and item.to is not None
        ]
        if by_then:
            found.append((by_then[-1].to or "", by_then[-1].authority.words))
        elif made.first_term_to is not None:
            found.append((made.first_term_to, made.authority.words))
    return found


def ended(said: str, span: Span) -> Holds:
    """Whether a span ended in a year, month or day that was said.

    One without an end on record goes on at least as far as it is verified.
    """
    if span.until is not None and span.until_by is not None:
        return _bracketed(said, span.until, span.until_by)
    if span.until is not None:
        return Holds.yes if ends_at(said, span.until) else Holds.no
    verified_to = span.measure.verified_to
    if verified_to is None or days(said)[1] < days(verified_to)[0]:
        return Holds.no
    return Holds.yes if holds_boundary(said, verified_to) else Holds.possible


def _bracketed(said: str, first: str, last: str) -> Holds:
    """Whether something of which only a bracket is known was when it is said to have been."""
    begins, ends = days(said)
    if ends.toordinal() < order(first).toordinal() - 1 or begins > order(last).date():
        return Holds.no
    if begins <= order(first).date() and order(last).date() <= ends:
        return Holds.yes
    return Holds.possible


def holds_boundary(said: str, boundary: str) -> bool:
    """Whether a year, month or day that was said holds the boundary."""
    first, last = days(said)
    return first <= days(boundary)[0] <= last or first <= at(boundary, "UTC").date() <= last


def ends_at(said: str, boundary: str) -> bool:
    """Whether a last year, month or day that was said is the one before the boundary, or its own.

    "Until October 2020" and "until 18 October 2020" are both fair words for a ban that ended as
    18 October 2020 began.
    """
    first, last = days(said)
    end = at(boundary, "UTC").date()
    return first <= end <= last or first.toordinal() <= end.toordinal() - 1 <= last.toordinal()


def came(said: str, run: ListedRun) -> Holds:
    """Whether a time on the list began in a year, month or day that was said."""
    if run.from_ is None:
        return Holds.no
    if run.sure_from not in (None, run.from_):
        return _bracketed(said, run.from_, run.sure_from or run.from_)
    return Holds.yes if holds_boundary(said, run.from_) else Holds.no


def left(said: str, run: ListedRun) -> Holds:
    """Whether a time on the list ended in a year, month or day that was said."""
    if run.until is None:
        return Holds.no
    if run.sure_until not in (None, run.until):
        return _bracketed(said, run.sure_until or run.until, run.until)
    return Holds.yes if ends_at(said, run.until) else Holds.no
