"""Which text, or which body, some words name as the authority of a measure.

`1929`, `UNSCR 1929 OP10` and `paragraph 10 of resolution 1929 (2010)` name one text; `the Security
Council` and `the 1737 Committee` name the right body and no text; `the red notice` names neither.
Rules: docs/standings.md#legal-statements.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

from app.terms import Authority, Holds, Regime

_NUMBER = re.compile(r"(?<!\d)(\d{3,4})(?!\d)")
_ONE = r"\d{3,4}(?:\s*\([^)]*\))?"
# "The 1737 Committee", "the 1267 list", "the Committee established pursuant to resolution 1737".
_NUMBERED_BODY = re.compile(
    rf"(?<!\d)(?P<before>{_ONE}(?:\s*/\s*{_ONE})*)\s+(?:sanctions\s+)?(?:committee|regime|list)\b"
    r"|\bcommittee\s+(?:(?:established|set\s+up|created)\s+)?(?:pursuant\s+to|under|by)\s+"
    rf"(?:security\s+council\s+)?resolutions?\s+(?P<after>{_ONE}(?:(?:\s*,\s*|\s+and\s+|\s+){_ONE})*)",
    re.IGNORECASE,
)
# The year of a resolution is no number of another: 1929 (2010), 2255/2015, 1929 of 9 June 2010.
_YEAR = re.compile(
    r"(?<=\d)\s*\(\s*\d{4}\s*\)|(?<=\d)\s*/\s*20\d\d(?!\d)"
    r"|\b(?:January|February|March|April|May|June|July|August|September|October|November|December)"
    r"\s+\d{4}(?!\d)|\badopted\s+in\s+\d{4}(?!\d)",
    re.IGNORECASE,
)
_PARAGRAPH = re.compile(
    r"(?:\b(?:operative\s+)?(?:paragraphs?|paras?|op|p)\.?|\u00b6+|\u00a7+)\s*"
    r"((?:annex\s+[a-z]\s+)?\d+\s*(?:\(\s*[a-z0-9]+\s*\)\s*)*)"
    r"|(annex\s+[a-z]\s*(?:paragraph\s+)?\d*\s*(?:\(\s*[a-z0-9]+\s*\)\s*)*)",
    re.IGNORECASE,
)
_BARE = re.compile(r"\s*,?\s*(\d{1,2}\s*(?:\(\s*[a-z]\s*\)\s*)+)", re.IGNORECASE)
_OF = re.compile(r"\s*(?:of|in)\s+[^\d,;]*", re.IGNORECASE)

_COUNCIL = re.compile(
    r"(?i:\bsecurity\s+council\b|\bunited\s+nations\b|\bUNSCR?\b|^\s*(?:the\s+)?council\s*$"
    r"|\b(?:the|its|sanctions)\s+committee\b|^\s*committee\s*$)|\bUN\b|\bU\.N\."
)
_OTHERS = re.compile(
    r"\b(?:interpol|notices?|national\s+security\s+council|general\s+assembly"
    r"|human\s+rights\s+council)\b",
    re.IGNORECASE,
)


def names_authority(said: str, texts: Sequence[Authority], regimes: Sequence[Regime]) -> Holds:
    """Whether some words name one of these texts, or the body that made them.

    Possible where they speak of a resolution and do not say of which.
    """
    if _read(said)[1]:
        return Holds.yes if names_a_text(said, texts) else Holds.no
    bodies = [number for found in _NUMBERED_BODY.finditer(said) for number in _of_body(found)]
    if bodies:
        own = {number for regime in regimes for number in _NUMBER.findall(regime.committee)}
        own |= {regime.id for regime in regimes}
        own |= {number for text in texts for number in _NUMBER.findall(text.resolution)}
        return Holds.yes if own.intersection(bodies) else Holds.no
    if any(regime.committee.casefold() in said.casefold() for regime in regimes):
        return Holds.yes
    if _OTHERS.search(said):
        return Holds.no
    if _COUNCIL.search(said):
        return Holds.yes
    return Holds.possible if re.search(r"\bresolutions?\b", said, re.IGNORECASE) else Holds.no


def names_a_text(said: str, texts: Sequence[Authority]) -> bool:
    """Whether some words name one of these texts by its number."""
    return any(same_authority(said, text) for text in texts)


def _of_body(found: re.Match[str]) -> list[str]:
    return _NUMBER.findall(_YEAR.sub("", found["before"] or found["after"]))


@lru_cache(maxsize=1024)
def _read(said: str) -> tuple[str, tuple[re.Match[str], ...]]:
    """Some words without years and bodies that bear a number, and the numbers that are left.

    Those may be resolutions.
    """
    plain = _YEAR.sub("", _NUMBERED_BODY.sub(" ", said))
    return plain, tuple(_NUMBER.finditer(plain))


def same_authority(said: str, text: Authority) -> bool:
    """Whether words such as `1929`, `UNSCR 1929 OP10` or `1929 (2010) \u00b610` mean that text.

    The resolution must be the same; a paragraph only where one was said, with or without its
    letter.
    """
    own = _NUMBER.search(text.resolution)
    plain, numbers = _read(said)
    place = next(
        (
            place
            for place, each in enumerate(numbers)
            if own is not None and each.group() == own.group()
        ),
        None,
    )
    if place is None:
        return False
    stated = _paragraph(plain, numbers, place)
    if stated is None or text.paragraph is None:
        return True
    meant, wanted = _bare(stated), _bare(text.paragraph)
    if re.fullmatch("annex[a-z]", meant) and not wanted.startswith("annex"):
        return True  # an annex that names people
    ends = re.fullmatch(r"(\d+)-(\d+)", text.paragraph)
    if ends is not None:
        return meant.isdigit() and int(ends.group(1)) <= int(meant) <= int(ends.group(2))
    return meant == wanted or (meant.isdigit() and bool(re.fullmatch(meant + r"[a-z]+", wanted)))


def _paragraph(plain: str, numbers: Sequence[re.Match[str]], place: int) -> str | None:
    """The paragraph said of a resolution: after its number, or before it with `of`."""
    number = numbers[place]
    earlier = numbers[place - 1].end() if place else 0
    before = [
        found
        for found in _PARAGRAPH.finditer(plain, earlier, number.start())
        if _OF.fullmatch(plain, found.end(), number.start())
    ]
    later = numbers[place + 1].start() if place + 1 < len(numbers) else len(plain)
    if before:
        found = before[-1]
    elif bare := _BARE.match(plain, number.end(), later):
        return bare.group(1)
    else:
        after = _PARAGRAPH.search(plain, number.end(), later)
        if after is None:
            return None
        found = after
    return found.group(1) or found.group(2)


def _bare(paragraph_words: str) -> str:
    """`16 (a)` and `16(a)` alike; `Annex B paragraph 6(e)` and `Annex B 6(e)` too."""
    return re.sub(r"[^0-9a-z]+", "", paragraph_words.casefold().replace("paragraph", ""))
