"""Drafts that the rules did not make, held against the text and against what the rules read.

A helper may make things up. Nothing of its own counts before every word that it goes by stands in
the text, its clause hides nothing that the rules would have read, and the rules agree with it.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from app.reading.drafts import Draft
from app.reading.lexicon import Lexicon
from app.reading.sentences import lower
from app.terms import ClaimType, FoundBy

_T = ClaimType
_FOR = frozenset((_T.asserts, _T.asserts_part, _T.presupposes, _T.announces))
_AGAINST = frozenset((_T.denies, _T.denies_part, _T.asserts_elsewhere))
_NO = re.compile(r"\b(?:not|never|neither|nor|cannot|no|nobody|none|without|failed)\b|n't\b")
_DENIES = ("negates", "denial", "denies_part", "called_off", "not_true", "false", "instead")
_CONDITIONS = ("if", "whether", "if_it_happened")
_BOUNDARY = re.compile(r";|,? \b(?:but|while|whereas|although|though)\b|, and\b")
_WORD = re.compile(r"[^\W_]+")


class Dropped(NamedTuple):
    """A draft that does not stand, and why not."""

    draft: Draft
    reason: str


class Verified(NamedTuple):
    """The drafts that stand, in their order, and those that do not."""

    kept: tuple[Draft, ...]
    dropped: tuple[Dropped, ...]


def verify(drafts: Sequence[Draft], text: str, words: Lexicon) -> Verified:
    """Hold whatever the rules did not find against the text; what they found stands as it is."""
    low = lower(text)
    rules = [draft for draft in drafts if draft.found_by is FoundBy.rules]
    kept, dropped = [], []
    for draft in drafts:
        fault = None
        if draft.found_by is not FoundBy.rules:
            fault = _elsewhere(draft, text) or _hidden(draft, low, words) or _other(draft, rules)
        if fault is None:
            kept.append(draft)
        else:
            dropped.append(Dropped(draft, fault))
    return Verified(tuple(kept), tuple(dropped))


def _elsewhere(draft: Draft, text: str) -> str | None:
    """Whether anything does not stand where it is said to stand."""
    sentence, speaker = draft.sentence, draft.speaker
    for start, end in ((draft.start, draft.end), draft.cue):
        if not sentence.start <= start < end <= min(sentence.end, len(text)):
            return "what it quotes does not stand in its sentence"
    strings = [(one.start, one.end, one.text) for one in draft.given]
    strings += [(one.start, one.end, one.text) for one in draft.places if one.text]
    for start, end, words in strings:
        if not words or text[start:end] != words:
            return f"{words!r} does not stand where it is said to stand"
    if speaker.kind == "narrator":
        return None
    said = " ".join(text[speaker.start : speaker.end].split())
    named = [one.start for one in speaker.person.mentions] if speaker.person else []
    if speaker.name in said or any(speaker.start <= at < speaker.end for at in named):
        return None
    return f"{speaker.name!r} does not stand where it is said to speak"


def _clause(draft: Draft, low: str) -> tuple[int, int]:
    """From the last boundary before the draft and its cue to the first behind them."""
    first, last = min(draft.start, draft.cue[0]), max(draft.end, draft.cue[1])
    start = draft.sentence.start
    for cut in _BOUNDARY.finditer(low, start, first):
        start = cut.end()
    behind = _BOUNDARY.search(low, last, draft.sentence.end)
    return start, behind.start() if behind else draft.sentence.end


def _hidden(draft: Draft, low: str, words: Lexicon) -> str | None:
    """Whether the clause holds what the rules would have read and the draft does not say."""
    start, end = _clause(draft, low)

    def any_of(cues: Sequence[str]) -> bool:
        return any(cue in words.cues and words.cues[cue].search(low, start, end) for cue in cues)

    every = ((one.start(), words.verbs.get(one.group())) for one in _WORD.finditer(low, start, end))
    said = [(at, kind) for at, kind in every if kind is not None]
    negated = _NO.search(low, start, end) is not None or any_of(_DENIES)
    denied = negated or any(kind == "denies" for _, kind in said)
    if draft.type in _FOR and denied:
        return "its clause holds a negation that it does not tell"
    if draft.type in _AGAINST and not denied:
        return "nothing in its clause denies"
    if any_of(_CONDITIONS) != (draft.type is _T.conditional):
        return "its clause and it do not agree on a condition"
    own = (*range(*draft.cue), *range(draft.speaker.start, draft.speaker.end))
    if draft.speaker.kind != "narrator":
        start, end = min(draft.cue[1], draft.start), draft.end
    if any(start <= at < end and at not in own for at, _ in said):
        return "its clause holds a verb of saying that it does not tell"
    return None


def _other(draft: Draft, rules: Sequence[Draft]) -> str | None:
    """Whether the rules read something else in the same words."""
    for rule in rules:
        same = rule.start < draft.end and draft.start < rule.end
        if same and rule.type is not _T.legal_statement and _side(rule) != _side(draft):
            return f"the rules read {rule.type} in the same words"
    return None


def _side(draft: Draft) -> str:
    return "for" if draft.type in _FOR else "against" if draft.type in _AGAINST else "neither"
