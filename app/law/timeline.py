"""Intervals of a measure as lines that a lawyer can read."""

from app.terms import MeasureInterval
from app.when import in_words


def timeline(interval: MeasureInterval) -> str:
    """One interval in words: since when, until when and why, by what other text, disputed."""
    words = f"from {_edge(interval.from_, interval.from_by)}"
    if interval.until is None:
        words += ", with no end on record"
    else:
        words += f" until {_edge(interval.until, interval.until_by)}"
        if interval.why_ended:
            words += f": {interval.why_ended}"
    if interval.authority is not None:
        words += f" (by {interval.authority.words})"
    if interval.dispute is not None:
        words += "; disputed"
    return words


def _edge(first: str, last: str | None) -> str:
    if last is None:
        return in_words(first)
    return f"some day between {in_words(first)} and {in_words(last)}"
