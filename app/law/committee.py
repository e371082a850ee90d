"""Who speaks as the Council, and who as the committee of a regime.

Many bodies are called councils and committees; a panel of a committee is not the committee; and
the committee of one regime does not speak for another's.
"""

import re
from collections.abc import Sequence

from app.terms import Claim, Decider, Measure, Regime, Side
from app.where import fold

_NOT_THE_BODY = ("panel", "expert", "secretary general", "monitor", "group", "coordinator")
_ANY_COMMITTEE = frozenset(
    {"the", "un", "united", "nations", "security", "council", "sanctions", "committee", "its"}
    | {"chair", "chairman", "of"}
)
_NUMBER = re.compile(r"\b\d{3,4}\b")


def _speaker(claim: Claim) -> str:
    role = "" if isinstance(claim.speaker, str) else claim.speaker.role or ""
    return fold(f"{claim.speaker_name} {role}")


def is_council(claim: Claim) -> bool:
    """Whether the Security Council itself speaks."""
    speaker = _speaker(claim)
    named = "security council" in speaker and "committee" not in speaker
    return (
        claim.side is Side.un_body
        and (named or speaker in ("the council", "council"))
        and not any(word in speaker for word in _NOT_THE_BODY)
    )


def is_committee(claim: Claim, regimes: Sequence[Regime]) -> bool:
    """Whether the committee of one of these regimes itself speaks."""
    speaker = _speaker(claim)
    if (
        claim.side is not Side.un_body
        or "committee" not in speaker
        or any(word in speaker for word in _NOT_THE_BODY)
    ):
        return False
    numbers = set(_NUMBER.findall(speaker))
    own = {number for regime in regimes for number in _NUMBER.findall(regime.committee)}
    own |= {regime.id for regime in regimes}
    if numbers:
        return bool(numbers & own)
    about = {fold(regime.name).partition(" ")[0] for regime in regimes}
    about |= {fold(regime.committee) for regime in regimes}
    rest = set(speaker.split()) - _ANY_COMMITTEE
    return not rest or bool(about & rest)


def is_court(claim: Claim) -> bool:
    """Whether a court or tribunal speaks."""
    words = _speaker(claim).split()
    return claim.side not in (Side.press, Side.anonymous) and bool(
        {"court", "tribunal"} & set(words)
    )


def council_decides(measures: Sequence[Measure]) -> bool:
    """Whether leave under these measures is the Council's own to give, with no committee."""
    deciders = {item.decider for measure in measures for item in measure.exceptions}
    return Decider.council in deciders and Decider.committee not in deciders


def decides(claim: Claim, regimes: Sequence[Regime], measures: Sequence[Measure]) -> bool:
    """Whether the body itself speaks that gives leave under these measures."""
    if council_decides(measures):
        return is_council(claim)
    return is_committee(claim, regimes)
