"""A text cut into pieces, so that each piece can be marked as what it belongs to.

Offsets are half-open and count Unicode code points, as Python counts them in a text.
"""

from collections.abc import Iterable
from itertools import pairwise

from app.terms import value


@value
class Span:
    """Words of a text that something is to be said of, by what it is and its number."""

    kind: str
    number: int
    start: int
    end: int


@value
class Piece:
    """A part of a text over which nothing begins or ends, and the spans that it belongs to."""

    text: str
    within: tuple[Span, ...]
    """Those that cover it, in the order in which they begin; of those, the longer one first."""
    begins: tuple[Span, ...]
    """Those of them that begin with it."""
    ends: tuple[Span, ...]
    """Those of them that end with it."""


def pieces(text: str, spans: Iterable[Span]) -> tuple[Piece, ...]:
    """The text in pieces; joined they are the text, and those of one span are its words.

    Spans may lie within each other, overlap, and be the same. What of one lies beyond the text is
    left out, and so is one without words.
    """
    kept = sorted(
        (span for span in spans if span.start < min(span.end, len(text))),
        key=lambda span: (span.start, -span.end),
    )
    cuts = {0, len(text)}
    for span in kept:
        cuts |= {span.start, min(span.end, len(text))}
    found: list[Piece] = []
    open_: list[Span] = []
    following = 0
    for start, end in pairwise(sorted(cuts)):
        open_ = [span for span in open_ if span.end > start]
        first = following
        while following < len(kept) and kept[following].start <= start:
            following += 1
        begins = tuple(kept[first:following])
        open_ += begins
        ends = tuple(span for span in open_ if span.end <= end or end == len(text))
        found.append(Piece(text=text[start:end], within=tuple(open_), begins=begins, ends=ends))
    return tuple(found)
