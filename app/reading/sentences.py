"""A text cut into zones, paragraphs, sentences and words, each with its offsets in the text.

Nothing is changed: every piece is a slice of the text as it was given. A sentence holds the whole
of a quotation that stands in it, though that has sentences of its own.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from typing import NamedTuple


class Zone(StrEnum):
    """What a paragraph is."""

    headline = "headline"
    """The headline, and the line below it."""
    byline = "byline"
    """Who wrote it, when it was published, whose photograph."""
    caption = "caption"
    """The words below a photograph."""
    body = "body"


class Word(NamedTuple):
    """A word or a sign."""

    start: int
    end: int
    text: str
    low: str
    """In lower case, a curly apostrophe as a straight one."""


def lower(text: str) -> str:
    """A text in lower case, letter for letter: offsets stay."""
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in text).replace("’", "'")


_FAR = 1 << 60
_LONGEST = 3000  # letters of a sentence; what goes on longer is none, and is cut
_A_SAYING = 40
"""Letters between quotation marks that are a saying; fewer are some words of one."""


class Sentence(NamedTuple):
    """A sentence, or a headline."""

    start: int
    """Behind the dateline, where the sentence begins with one."""
    end: int
    zone: Zone
    paragraph: int
    """Number of its paragraph, from 0."""
    words: tuple[Word, ...]
    quoted: tuple[tuple[int, int], ...]
    """What stands between quotation marks, without them."""
    dateline: str | None
    """KAMPALA, 12 March 2021 (Reuters): where and by whom the article was written."""

    def is_quoted(self, at: int) -> bool:
        """Whether an offset lies in a quotation."""
        found = self._marks(at)
        return found is not None and found[1] - found[0] >= _A_SAYING

    def is_said(self, at: int) -> bool:
        """Whether an offset lies in a whole saying; some of its words end another's sentence."""
        found = self._marks(at)
        if found is None or found[1] - found[0] < _A_SAYING:
            return False
        first = next((word for word in self.words if word.start >= found[0]), None)
        return first is not None and not first.text[0].islower()

    def in_marks(self, at: int) -> bool:
        """Whether an offset lies between quotation marks, be it a word or two."""
        return self._marks(at) is not None

    def _marks(self, at: int) -> tuple[int, int] | None:
        number = bisect_right(self.quoted, (at, _FAR)) - 1
        found = self.quoted[number] if number >= 0 else None
        return found if found is not None and found[0] <= at < found[1] else None

    def words_of(self, start: int, end: int) -> tuple[Word, ...]:
        """The words between two offsets."""
        return tuple(word for word in self.words if word.start >= start and word.end <= end)

    def words_between(self, start: int, end: int) -> int:
        """How many words begin between two offsets."""
        return sum(1 for word in self.words if start <= word.start < end)


_WORD = re.compile(r"\[[^\W\d_]\][^\W_]+|[^\W_]+(?:[-'’.&][^\W_]+)*(?:['’]s?\b)?|[^\s\w]")
_PARAGRAPH = re.compile(r"[^\n]+(?:\n(?![ \t]*\n)[^\n]+)*")
_LINE = re.compile(r"[^\n]+")
_BREAK = re.compile(r"(?<![.!?…])[.!?…]+[\"'”’)\]]*(?=\s+[\"'“‘(\[]*[^\sa-z])")
_SHORT = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|Gen|Maj|Lt|Col|Capt|Cmdr|Sgt|Brig|Adm|Rep|Sen|Gov|Amb|Hon|St|Rev"
    r"|Jr|Sr|No|Nos|vs|cf|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|approx|para|art|res|Inc"
    r"|Ltd|Co|Corp|Mt|Ft|Sgd)|\b[A-Z]|(?:\b[A-Za-z]\.)+[A-Za-z])$"
)
_QUOTE = re.compile(r"“([^”\n]*)”|\"([^\"\n]*)\"|«([^»\n]*)»|(?<!\w)‘([^’\n]{12,}?)’(?!\w)")
_BYLINE = re.compile(
    r"(?:by|photo(?:graph)?(?: by)?|picture|image|credit|file(?: photo)?|updated|published|posted"
    r"|last modified|reporting by|editing by|writing by|additional reporting|source|follow us)\b",
    re.IGNORECASE,
)
_DATELINE = re.compile(
    r"(?P<all>[A-Z][A-Z .'’-]{2,}(?:[,/] ?[A-Z][\w .]+?)?(?: ?\([^()\n]{2,30}\))?"
    r"(?:,? (?:\d{1,2} [A-Z][a-z]+\.?(?: \d{4})?|[A-Z][a-z]{2,8}\.? \d{1,2}(?:, \d{4})?))?"
    r"(?: ?\([^()\n]{2,30}\))?) ?[-–—:]{1,2} "
)
_LONGEST_HEADLINE = 220
_LONGEST_SHORT = 24  # letters of an abbreviation, and what stands before it


def _ends(text: str) -> bool:
    """Whether a text ends as a sentence does."""
    return text.rstrip().rstrip("\"'”’)]")[-1:] in tuple(".!?…")


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Lines that belong together; a line that ends a sentence, or is short, stands alone."""
    for block in _PARAGRAPH.finditer(text):
        start = block.start()
        for line in _LINE.finditer(text, block.start(), block.end()):
            last = line.end() == block.end()
            if last or _ends(line.group()) or len(line.group()) < _SHORT_LINE:
                yield start, line.end()
                start = line.end() + 1


_SHORT_LINE = 50


def _zone(number: int, text: str, before: Zone | None) -> Zone:
    text = text.strip()
    if _BYLINE.match(text) and len(text) < _LONGEST_HEADLINE:
        return Zone.byline
    asks = number == 0 and text.endswith(("?", "!"))
    if (_ends(text) and not asks) or len(text) > _LONGEST_HEADLINE:
        return Zone.body
    if number == 0 or (number == 1 and before is Zone.headline):
        return Zone.headline
    return Zone.caption


def _quotations(text: str, start: int, end: int) -> list[tuple[int, int]]:
    found = []
    for match in _QUOTE.finditer(text, start, end):
        group = next(n for n in range(1, 5) if match.group(n) is not None)
        found.append(match.span(group))
    # A quotation of several paragraphs is opened in each and closed in the last.
    opened = max(text.rfind("“", start, end), -1)
    if opened >= 0 and not any(first <= opened + 1 <= last for first, last in found):
        found.append((opened + 1, end))
    return sorted(found)


def _ends_of(text: str, start: int, end: int, quoted: Sequence[tuple[int, int]]) -> Iterator[int]:
    """Where the sentences of a paragraph end."""
    firsts = [first for first, _ in quoted]
    for found in _BREAK.finditer(text, start, end):
        at = found.start()
        inside = bisect_right(firsts, at) - 1
        if inside >= 0 and at < quoted[inside][1] and found.end() <= quoted[inside][1]:
            continue
        window = max(start, at - _LONGEST_SHORT)
        if text[at] == "." and at + 1 == found.end() and _SHORT.search(text, window, at):
            continue
        yield found.end()
    yield end


def _cut(text: str, start: int, ends: Iterable[int]) -> Iterator[int]:
    """The same ends, and more where a sentence would be longer than any is."""
    for end in ends:
        while end - start > _LONGEST:
            start = max(text.rfind(" ", start, start + _LONGEST), start + _LONGEST // 2)
            yield start
        yield end
        start = end


def _low(word: str) -> str:
    """[T]he is the."""
    return word.lower().replace("’", "'").replace("[", "").replace("]", "")


def words(text: str, start: int, end: int) -> tuple[Word, ...]:
    """The words and signs between two offsets."""
    return tuple(
        Word(found.start(), found.end(), found.group(), _low(found.group()))
        for found in _WORD.finditer(text, start, end)
    )


def sentences(text: str) -> tuple[Sentence, ...]:
    """The sentences of a text, in order."""
    found = []
    before: Zone | None = None
    for number, (start, end) in enumerate(_paragraphs(text)):
        if not text[start:end].strip():
            continue
        zone = _zone(number, text[start:end], before)
        before = zone
        quoted = _quotations(text, start, end)
        at = start
        for last in _cut(text, start, _ends_of(text, start, end, quoted)):
            first = at
            while first < last and text[first].isspace():
                first += 1
            at = last
            if first >= last:
                continue
            dateline = None
            if zone is Zone.body and first == start and (head := _DATELINE.match(text, first)):
                dateline, first = head["all"].strip(), head.end()
            found.append(
                Sentence(
                    start=first,
                    end=len(text[:last].rstrip()) if text[last - 1].isspace() else last,
                    zone=zone,
                    paragraph=number,
                    words=words(text, first, last),
                    quoted=tuple(
                        (one[0], min(one[1], last))
                        for one in quoted[bisect_left(quoted, (first, 0)) :]
                        if one[0] < last
                    )
                    if quoted
                    else (),
                    dateline=dateline,
                )
            )
    return tuple(found)
