"""The words by which a text is read, made ready from the tables of data/reading.

A cue is a way of saying one thing (that nothing is said to it, that a report is taken back); each
row of cues.csv is a regular expression over lower-case text for one such way.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from app.terms import Tables


@dataclass(frozen=True, eq=False)
class Lexicon:
    """Words and cues by what they mean; one is only itself, so caches can hold it."""

    roles: Mapping[str, str]
    """A word of titles and offices, to what kind of word it is."""
    verbs: Mapping[str, str]
    """A verb of saying, to what it does to what is said."""
    journeys: Mapping[str, str]
    """A word that speaks of a journey, to how."""
    phrases: Mapping[str, tuple[tuple[re.Pattern[str], str], ...]]
    """The first word of some words that do, to each such phrase: took the ferry."""
    cues: Mapping[str, re.Pattern[str]]
    """What is meant, to every way of saying it."""


_made: list[tuple[Tables, Lexicon]] = []  # the last, or none


def lexicon(tables: Tables) -> Lexicon:
    """The tables made ready for use; remembered, as one run has one such set."""
    if not _made or _made[0][0] is not tables:
        ways: dict[str, list[str]] = {}
        for form, meanings in tables.reading.get("cues", {}).items():
            for meaning in meanings.split("|"):
                ways.setdefault(meaning, []).append(form)
        phrases: dict[str, list[tuple[re.Pattern[str], str]]] = {}
        for form, meaning in tables.reading.get("journeys", {}).items():
            first, _, rest = form.partition(" ")
            if rest:
                pattern = re.compile(rf"{first} {rest}\b")
                phrases.setdefault(first, []).append((pattern, meaning))
        made = Lexicon(
            roles=tables.reading.get("roles", {}),
            verbs=tables.reading.get("verbs", {}),
            journeys={
                form: meaning
                for form, meaning in tables.reading.get("journeys", {}).items()
                if " " not in form
            },
            phrases={first: tuple(some) for first, some in phrases.items()},
            cues={
                meaning: re.compile(rf"\b(?:{'|'.join(forms)})\b")
                for meaning, forms in ways.items()
            },
        )
        _made[:] = [(tables, made)]
    return _made[0][1]
