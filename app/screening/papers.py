"""Numbers and kinds of travel and identity documents, as lists and callers write them."""

import re

from rapidfuzz.distance import OSA

_FEWEST_SIGNS = 6
"""A number shorter than this is too easily another's to be taken for a typing error."""

_FEWEST_DIGITS = 3
"""What is left of a number without its noughts means no document where it is shorter."""

_SAME_ON_PAPER = {"o": "0", "i": "1"}


def _plain(text: str) -> str:
    """Letters and digits alone, digits of any script as 0 to 9, O as 0 and I as 1."""
    signs = []
    for sign in text.casefold():
        if sign.isdecimal():
            signs.append(str(int(sign)))
        elif sign.isalnum():
            signs.append(_SAME_ON_PAPER.get(sign, sign))
    return "".join(signs)


def numbers(text: str) -> frozenset[str]:
    """The whole number, and every word of it that has a digit, made plain."""
    bare = re.sub(r"\(.*?\)", " ", text)  # "(Expired 25 Jan. 2016)" is no number
    words = {_plain(word) for word in bare.split() if any(c.isdecimal() for c in word)}
    words = {word for word in words if not re.fullmatch(r"(19|20)\d\d", word)} or words
    return frozenset(n for n in (_plain(bare), *words) if len(n) >= 3)


def one_sign_apart(mine: frozenset[str], theirs: frozenset[str]) -> bool:
    """Whether a number is another but for one sign: changed, added, dropped, or two swapped."""
    return any(
        max(len(first), len(second)) >= _FEWEST_SIGNS
        and any(c.isdecimal() for c in first)
        and OSA.distance(first, second, score_cutoff=1) == 1
        for first in mine
        for second in theirs
    )


def but_for_noughts(mine: frozenset[str], theirs: frozenset[str]) -> bool:
    """Whether a number of digits is another but for noughts before it.

    A spreadsheet takes such a number for a quantity and drops them: 008827 is kept as 8827.
    """
    first, second = ({n.lstrip("0") for n in some if n.isdecimal()} for some in (mine, theirs))
    return any(len(n) >= _FEWEST_DIGITS for n in first & second)


_KINDS = {
    "pass": "passport",
    "pasa": "passport",
    "iden": "identity",
    "tazk": "identity",
    "id": "identity",
    "nati": "identity",
}


def kind(text: str | None) -> str | None:
    """Passport or identity card, in the languages that the lists use; null for all else."""
    words = (text or "").casefold().split()
    return next((_KINDS[w[:4]] for w in words if w[:4] in _KINDS), None)
