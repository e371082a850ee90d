"""The words of a press article out of the page that it was printed on, and where they stood there.

The library that finds the article gives its words and not their places. So it is asked twice:
about the page as it is, and about a copy in which the first four letters of every stretch of text
between two tags are the number of that stretch, spelt in letters. No length changes, so that what
it keeps is the same both times, and the number says which of two equal words is meant: those of
the headline, and not those of a link to it in a menu.
"""

import re
from bisect import bisect, bisect_left
from collections.abc import Iterator, Sequence
from hashlib import sha256
from html import unescape
from itertools import accumulate
from typing import NamedTuple

from app.terms import value


class NotInstalled(Exception):
    """What reads HTML comes with the extra `html`, and is not here."""


@value
class Place:
    """Words of a text, and where they stand in the page that it was taken from.

    Offsets count Unicode code points, half-open. Where both stretches are of one length they are
    the same characters, but for the kind of white space; where not, the page has a character
    reference, such as `&rdquo;`, for what the text says.
    """

    start: int
    end: int
    page_start: int
    page_end: int


@value
class Page:
    """The page of HTML that a text was taken from: its name, and where in it the words stood."""

    sha256: str
    """Of the page as it was posted, in UTF-8. The page itself is not kept."""
    characters: int
    """Unicode code points; places count these."""
    places: tuple[Place, ...]
    """In the order of the text. Words that are in none could not be placed."""


def words_of(page: str) -> tuple[str, Page]:
    """The article that a page of HTML holds, as plain text, and where its words stood.

    The text is empty where no article is found. Menus, forms, scripts, notices and links to other
    articles are left out by the heuristics of resiliparse, and now and then a caption or a list
    with them. Raises NotInstalled.
    """
    try:
        from resiliparse.extract.html2text import extract_plain_text
    except ImportError as error:
        raise NotInstalled("resiliparse") from error

    def extracted(source: str) -> str:
        words: str = extract_plain_text(
            source, main_content=True, list_bullets=False, alt_texts=False, links=False
        )
        return words

    text = extracted(page)
    stretches = list(_stretches(page))
    numbered = extracted(_numbered(page, stretches)) if text else ""
    placed = _placed(page, stretches, text, numbered)
    return text, Page(
        sha256=sha256(page.encode(errors="surrogatepass")).hexdigest(),
        characters=len(page),
        places=tuple(_places(page, stretches, text, placed)),
    )


def in_page(places: Sequence[Place], start: int, words: str) -> tuple[int, int] | None:
    """From where to where in the page the words stand that begin at `start` in the text.

    Tags may stand between them. Null where a word of them has no place.
    """
    found: list[tuple[int, int]] = []
    for at, letter in enumerate(words, start):
        if letter.isspace():
            continue
        number = bisect(places, at, key=lambda place: place.start) - 1
        if number < 0 or places[number].end <= at:
            return None
        place = places[number]
        first, last = place.page_start, place.page_end
        if last - first == place.end - place.start:
            first += at - place.start
            last = first + 1
        found.append((first, last))
    if not found:
        return None
    return min(first for first, _ in found), max(last for _, last in found)


# ---------------------------------------------------------------- what is text in a page

# Tags are told from text as a browser does it, and in one pass: the reader of HTML that comes with
# Python takes the square of the time for some broken pages. No pattern here repeats a group, which
# costs a hundred bytes each time, and none is possessive (`*+`), which Python 3.11.2 gets wrong.
_WHITE = r"[ \t\n\f\r]"
_MARKUP = re.compile(
    r"<!--(?:-?>|.*?(?:--!?>|\Z))|<(/?[a-z][^ \t\n\f\r/>]*)|<[!?/][^>]*>?",
    re.DOTALL | re.IGNORECASE | re.ASCII,
)
_VALUE = r"""(?:"[^"]*"?|'[^']*'?|[^ \t\n\f\r>]*)"""
_IN_TAG = re.compile(rf"(>)|[^ \t\n\f\r/>][^ \t\n\f\r/>=]*(?:{_WHITE}*={_WHITE}*{_VALUE})?")
"""Where a tag ends, or one of its attributes: a quoted value may hold `>`."""
_CLOSED = {
    name: re.compile(rf"</{name}[ \t\n\f\r/>]|\Z", re.IGNORECASE | re.ASCII)
    for name in "script style title textarea xmp iframe noembed noframes".split()
}
"""Where what is no text ends, by the tag that opens it."""

_IS_NAME = "&[a-zA-Z0-9#]"
_NAME = rf"{_IS_NAME}+;?"
_REFERENCE = re.compile(_NAME)
_MOST_DIGITS = 40
"""Characters of a number, with all its zeros: Python refuses to read very long ones."""
_WORDS = re.compile(rf"{_NAME}|[^\s\x00].*?(?=\s\s|\s?(?:{_IS_NAME}|\x00|\Z))", re.DOTALL)

_LETTER = r"([a-zA-Z])[^a-zA-Z&]*"
_FOUR_LETTERS = re.compile(rf"{_NAME}|{_LETTER * 3}([a-zA-Z])")


class _Stretch(NamedTuple):
    """Text between two tags: from where to where in the page, and its first four letters there."""

    start: int
    end: int
    letters: tuple[int, ...]
    """Where each of them stands; none where no four stand together: then it gets no number."""


def _stretches(page: str) -> Iterator[_Stretch]:
    start = 0
    for end, after in _markup(page):
        if _shown(page, start, end):
            yield _Stretch(start, end, _four_letters(page, start, end))
        start = after


def _markup(page: str) -> Iterator[tuple[int, int]]:
    """From where to where each tag and comment stands, with what is no text; last, the end."""
    at = 0
    while found := _MARKUP.search(page, at):
        at = found.end()
        if found[1]:
            inside = _IN_TAG.finditer(page, at)
            at = next((part.end() for part in inside if part[1]), len(page))
            if closed := _CLOSED.get(found[1].lower()):
                at = next(closed.finditer(page, at)).start()
        yield found.start(), at
    yield len(page), len(page)


def _four_letters(page: str, start: int, end: int) -> tuple[int, ...]:
    for found in _FOUR_LETTERS.finditer(page, start, end):
        if found[1]:
            return tuple(found.start(group) for group in (1, 2, 3, 4))
    return ()


def _said(reference: re.Match[str]) -> str:
    """What a character reference stands for; what is none stands for itself."""
    long = reference[0][1] == "#" and len(reference[0]) > _MOST_DIGITS
    return "" if long else unescape(reference[0])


def _shown(page: str, start: int, end: int) -> str:
    """What a stretch shows, without white space: that collapses, and is no word."""
    source = page[start:end].replace("\x00", "")
    return "".join((_REFERENCE.sub(_said, source) if "&" in source else source).split())


# ---------------------------------------------------------------- numbers in place of letters

_SPELT = re.compile(r"(?=([a-z])([A-Z])([a-z])([A-Z]))")
_NUMBERS = 26**4
"""More than a page of a million characters has stretches."""


def _spelt(number: int) -> str:
    """A number in four letters, small and capital in turn, as no word is written."""
    return "".join(
        chr(first + number // unit % 26)
        for first, unit in zip(b"aAaA", (26**3, 26**2, 26, 1), strict=True)
    )


def _number(letters: Sequence[str]) -> int:
    found = 0
    for letter in letters:
        found = found * 26 + ord(letter.lower()) - ord("a")
    return found


def _numbered(page: str, stretches: Sequence[_Stretch]) -> str:
    """The page with a number for the first letters of each stretch: as long as it was."""
    written = list(page)
    for number, stretch in enumerate(stretches[:_NUMBERS]):
        for at, letter in zip(stretch.letters, _spelt(number), strict=False):
            written[at] = letter
    return "".join(written)


def _placed(
    page: str, stretches: Sequence[_Stretch], text: str, numbered: str
) -> list[tuple[int, int]]:
    """Each stretch that the text holds, by number, and where: white space is not counted.

    A stretch with a number stands where the number is, if the text has its words there. One that
    is too short for a number does if the text between its neighbours is that of all short ones
    between them in the page.
    """
    text, numbered = "".join(text.split()), "".join(numbered.split())
    if len(text) != len(numbered):
        return []  # the copy was not taken for the same page
    letters = [found.start() for found in re.finditer("[a-zA-Z]", numbered)]
    short = [number for number, stretch in enumerate(stretches) if not stretch.letters]
    shown = [_shown(page, *stretches[number][:2]) for number in short]
    lengths = [0, *accumulate(map(len, shown))]
    placed: list[tuple[int, int]] = []

    def between(last: int, end: int, number: int, start: int) -> None:
        low, high = bisect(short, last), bisect_left(short, number)
        # The lengths first, for speed: stretches need not come in the order of the page.
        alike = low < high and lengths[high] - lengths[low] == start - end
        if alike and "".join(shown[low:high]) == text[end:start]:
            placed.extend(
                (short[item], end + lengths[item] - lengths[low]) for item in range(low, high)
            )

    last, end = -1, 0
    seen = set()
    for found in _SPELT.finditer("".join(numbered[at] for at in letters)):
        number = _number(found.groups())
        if letters[found.start()] < end:
            continue  # a word of the page that looks like a number
        if number in seen or number >= len(stretches) or not stretches[number].letters:
            continue
        seen.add(number)  # once, so that all of it takes no longer than the page is
        stretch = stretches[number]
        start = letters[found.start()] - len(_shown(page, stretch.start, stretch.letters[0]))
        words = _shown(page, stretch.start, stretch.end)
        if start >= end and text.startswith(words, start):
            between(last, end, number, start)
            placed.append((number, start))
            last, end = number, start + len(words)
    between(last, end, len(stretches), len(text))
    return placed


def _places(
    page: str, stretches: Sequence[_Stretch], text: str, placed: Sequence[tuple[int, int]]
) -> Iterator[Place]:
    """The words of the stretches, as far as they run on alike in the text and in the page."""
    counted = [at for at, letter in enumerate(text) if not letter.isspace()]
    last = (0, 0, 0, 0)
    for number, begin in placed:
        for found in _WORDS.finditer(page, *stretches[number][:2]):
            said = _REFERENCE.sub(_said, found[0])
            words = said.split()
            if not words:
                continue
            following = begin + sum(map(len, words))
            here = (counted[begin], counted[following - 1] + 1, *found.span())
            begin = following
            if here[1] - here[0] != len(said) or text[here[0] : here[1]].split() != words:
                continue  # the white space is not where the page has it
            if last[1] and _alike(last) and _alike(here) and _follow(last, here, text, page):
                last = (last[0], here[1], last[2], here[3])
                continue
            if last[1]:
                yield _place(*last)
            last = here
    if last[1]:
        yield _place(*last)


def _place(start: int, end: int, page_start: int, page_end: int) -> Place:
    return Place(start=start, end=end, page_start=page_start, page_end=page_end)


def _alike(place: tuple[int, int, int, int]) -> bool:
    """Whether the page says it in as many characters as the text."""
    return place[1] - place[0] == place[3] - place[2]


def _follow(
    one: tuple[int, int, int, int], other: tuple[int, int, int, int], text: str, page: str
) -> bool:
    """Whether nothing but as much white space stands between two places."""
    return (
        other[0] - one[1] == other[2] - one[3]
        and not text[one[1] : other[0]].strip()
        and not page[one[3] : other[2]].strip()
    )
