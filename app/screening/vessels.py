"""Vessels and shipping companies by their IMO numbers: seven digits, the last a check digit."""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from app.terms import Listed, PartyKind, Version

_NUMBER = re.compile(
    r"(?i)\b(?:IMO|OMI)(?![^\W\d_])[^0-9\n]{0,30}([0-9]{7})(?![0-9])"
)  # OMI in Spanish and French
_SEVEN_DIGITS = re.compile(r"[0-9]{7}")
_ALONE = re.compile(r"\s*([0-9]{7})\s*")


class Numbered(NamedTuple):
    """A text of a record that gives an IMO number."""

    number: str
    reference: str
    version: Version
    field: str
    text: str


class Asked(NamedTuple):
    """A query that gives an IMO number."""

    digits: str
    name: str
    """What else it says; the number itself where it says nothing else."""


def asked_number(name: str) -> Asked | None:
    """The IMO number in a query: after the letters IMO anywhere in it, or seven digits alone."""
    if _SEVEN_DIGITS.search(name) is None:
        return None
    if alone := _ALONE.fullmatch(name):
        return Asked(alone[1], name)
    if found := _NUMBER.search(name):
        rest = f"{name[: found.start()]} {name[found.end() :]}".strip(" ,;:()")
        return Asked(found[1], rest if any(sign.isalpha() for sign in rest) else found[1])
    return None


def check_digit_holds(number: str) -> bool:
    """Whether the last of seven digits is that of a vessel's number or of a company's.

    A vessel's: the last digit of the sum of the first six, weighed 7 to 2 (IMO resolution
    A.600(15)). A company's: by the weights 8, 6, 4, 2, 9, 7, the remainder by 11 taken from 11.
    """
    digits = [int(sign) for sign in number]
    vessel = sum(d * w for d, w in zip(digits, (7, 6, 5, 4, 3, 2), strict=False))
    company = sum(d * w for d, w in zip(digits, (8, 6, 4, 2, 9, 7), strict=False))
    return digits[6] in (vessel % 10, (11 - company % 11) % 10)


def bearers(number: str, listed: Mapping[str, Listed]) -> tuple[Numbered, ...]:
    """The entities whose name, aliases or comments give an IMO number, each by its newest record.

    Read text by text: that takes a few milliseconds, and only where a query gives a number.
    """
    found: list[Numbered] = []
    for reference, one in sorted(listed.items()):
        if one.kind is not PartyKind.entity:
            continue
        for version, field, text in _texts(one):
            if number in text and number in _NUMBER.findall(text):
                found.append(Numbered(number, reference, version, field, text))
                break
    return tuple(found)


def _texts(one: Listed) -> Iterator[tuple[Version, str, str]]:
    for version in one.versions:
        entry = version.entry
        yield version, "NAME", entry.name
        for alias in entry.aliases:
            yield version, "ALIAS_NAME", alias.name
            yield version, "ALIAS/NOTE", alias.note or ""
        yield version, "COMMENTS1", entry.comments or ""
