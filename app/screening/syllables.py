"""Korean and Chinese names: known by a family name there, and cut into their syllables.

Between two such syllables a vowel or a consonant is all the difference there can be, so they are
one only in a spelling that a habit or a table knows: the North's, the South's, pinyin,
Wade-Giles, Cyrillic.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from app.screening.letters import Rules, bare

KOREAN, CHINESE = "=", "^"
"""How what is said begins, by the habit of the name."""


class Syllable(NamedTuple):
    """One syllable of a Korean or Chinese name, or two that a Korean one has in one word."""

    text: str
    """Folded to lower-case Latin letters, as it was written."""
    written: str
    said: str
    """KOREAN or CHINESE, and the syllable in one romanisation; the same for the same syllable."""
    spellings: tuple[str, ...]
    """What else it may be in the romanisation that the list uses."""


_SYLLABLE = (
    r"(?:kk|tt|pp|ss|jj|ch|sh|th|ph|[kgndtrlmbpsjhywn])?"
    r"(?:yeo|yae|wae|eui|woo|you|oo|ou|ee|eo|eu|ae|oe|oi|ya|yo|yu|ye|wa|wo|we|wi|ui|[aeiouy])"
    r"(?:ng|[kgnrlmbpts])?"
)
_SYLLABLES = re.compile(f"(?:{_SYLLABLE}){{1,2}}$")
_ONE_ROMANISATION = tuple(
    (re.compile(pattern), standard)
    for pattern, standard in (
        ("kk|g", "k"), ("tt|th|d", "t"), ("pp|ph|b", "p"), ("jj|ch", "j"),
        ("ss|sh", "s"), ("l", "r"), ("yeo|you", "yo"), ("woo|oo|ou|eu|uu", "u"),
        ("ee", "i"), ("eo", "o"), ("oi|we", "oe"),
        # The South drops r before i and y at the start, and says n for it elsewhere.
        ("^r(?=[iy])", ""), ("^r", "n"), ("^yi", "i"),
    )
)  # fmt: skip


@lru_cache(maxsize=512)
def korean(text: str) -> str:
    """A Korean syllable in one romanisation; vowels count, as there is little else.

    North and South differ in voicing (Jong, Chong), in eo and o, in oo and u.
    """
    for pattern, standard in _ONE_ROMANISATION:
        text = pattern.sub(standard, text)
    return KOREAN + text


def cut(words: Sequence[tuple[str, str]], rules: Rules) -> tuple[tuple[Syllable, ...], ...] | None:
    """The syllables of each word (folded, as written) of a name; none for other names.

    A family name that both have is taken for the one that its row names first.
    Chinese words of two syllables are cut in two; Korean ones are not, since Jongun has two
    readings.
    """
    if len(words) < 2:
        return None
    spelt = [
        rules.korean.get(bare(written)) or rules.korean.get(text, ()) for text, written in words
    ]
    families = [
        rules.syllables[name]
        for (text, _), more in zip(words, spelt, strict=True)
        for name in (text, *more)
        if name in rules.syllables
    ]
    says_korean = families and all(
        more or _SYLLABLES.match(text) for (text, _), more in zip(words, spelt, strict=True)
    )
    if not (says_korean and any(habits[0] == "korean" for habits in families)):
        if chinese := _chinese(words, rules):
            return chinese
        if not (says_korean and any("korean" in habits for habits in families)):
            return None
    return tuple(
        (Syllable(text, written, korean(text), more),)
        for (text, written), more in zip(words, spelt, strict=True)
    )


def _chinese(
    words: Sequence[tuple[str, str]], rules: Rules
) -> tuple[tuple[Syllable, ...], ...] | None:
    """The syllables of a Chinese name, whose family name is first or else last.

    The letters of both romanisations are the same in part (chang): a name is read by Wade-Giles
    where not all of it is pinyin, or no family name in it. A name of other peoples (Musa) is not
    made of two syllables.
    """
    for at in (0, -1):
        family = words[at][0]
        for known in (rules.pinyin, rules.wade_giles):
            names = (family, *known.get(family, ()))
            if not any("chinese" in rules.syllables.get(name, ()) for name in names):
                continue
            found = tuple(
                ()
                if text in rules.elsewhere and text not in known
                else tuple(_pieces(text, written, known))
                for text, written in words
            )
            if all(found):
                return found
    return None


def _pieces(text: str, written: str, known: Mapping[str, tuple[str, ...]]) -> Iterable[Syllable]:
    """One or two syllables that a word is made of, the first as long as it can be."""
    for size in range(len(text), 0, -1):
        first, rest = text[:size], text[size:]
        if first in known and (not rest or rest in known):
            of_letters = len(written) == len(text)
            yield _said(first, written[:size] if of_letters else written, known)
            if rest:
                yield _said(rest, written[size:] if of_letters else rest, known)
            return


def _said(text: str, written: str, known: Mapping[str, tuple[str, ...]]) -> Syllable:
    return Syllable(text, written, CHINESE + text, known[text] if known[text] != (text,) else ())
