"""A screening: a name in, candidates out, with the identity standing."""

from dataclasses import replace
from typing import Annotated

from app.assessment.report import Fault, Refused
from app.evidence import Reason
from app.record import Record, RecordShown
from app.screening.identity import Candidate, IdentityStanding, identity
from app.terms import (
    Certainty,
    Checked,
    DayOrInstant,
    Gender,
    Instant,
    Name,
    PartialDay,
    Policy,
    Reference,
    Share,
    StateCode,
    Text,
    TravelDocument,
    Traveller,
    Whole,
    value,
)
from app.when import arrival


def _share(number: float) -> float:
    if not 0 <= number <= 1:
        raise ValueError("is not between 0 and 1")
    return number


def _shown(number: int) -> int:
    if not 1 <= number <= 100:
        raise ValueError("is not between 1 and 100")
    return number


@value
class ScreeningAsked:
    """A name to look for, and whatever else is known of its bearer."""

    name: Name
    birth_date: PartialDay | None = None
    place_of_birth: Text | None = None
    nationality: StateCode | None = None
    gender: Gender | None = None
    role: Text | None = None
    """Title, office or organisation, in words."""
    document: Text | TravelDocument | None = None
    reference: Reference | None = None
    """Restricts the candidates to this reference."""
    as_of: DayOrInstant | None = None
    """The day on which the bearer is known to have been alive: a death before it conflicts."""
    known_at: Instant | None = None
    threshold: Annotated[Share, Checked(_share, minimum=0, maximum=1)] | None = None
    """Similarity from which candidates are shown; 0 ranks everybody."""
    limit: Annotated[Whole, Checked(_shown, minimum=1, maximum=100)] | None = None


@value
class IdentityShown:
    """The identity standing of a screening."""

    standing: IdentityStanding
    certainty: Certainty
    reasons: tuple[Reason, ...]
    reference: str | None
    """Who is meant; null when nobody is, or when that is not decided."""


@value
class Screening:
    """The answer to a screening."""

    identity: IdentityShown
    candidates: tuple[Candidate, ...]
    """Best first, at or above the threshold; individuals and entities."""
    as_of: str | None
    known_at: str
    snapshots: RecordShown
    """The lists looked in, with the digest of the record."""
    policy: Policy
    engine: str


@value
class Screenings:
    """The answers to several screenings."""

    items: tuple[Screening, ...]
    """One for each question, in their order, as it would be answered alone."""


def screen(asked: ScreeningAsked, record: Record, policy: Policy, engine: str) -> Screening:
    """Look for a name among everybody on any list or in a designation fact on record.

    Refused for a reference that no list or designation fact on record names.
    """
    if asked.reference is not None and record.listed and asked.reference not in record.listed:
        words = f"{asked.reference} is on no list and in no designation fact on record"
        raise Refused((Fault(field="reference", words=words),))
    used = policy
    if asked.threshold is not None:
        used = replace(used, threshold=asked.threshold)
    if asked.limit is not None:
        used = replace(used, limit=asked.limit)
    traveller = Traveller(
        name=asked.name,
        reference=asked.reference,
        birth_date=asked.birth_date,
        place_of_birth=asked.place_of_birth,
        nationality=asked.nationality,
        gender=asked.gender,
        role=asked.role,
        document=asked.document,
    )
    found = record.candidates(traveller, used)
    decided = identity(
        traveller,
        found,
        record.listed,
        arrival(asked.as_of, ("UTC",)) if asked.as_of else None,
        (),
        (*record.full_lists, *record.supplements),
        used,
        record.law_digest,
        record.named_by_facts_alone,
    )
    return Screening(
        identity=IdentityShown(
            standing=decided.standing,
            certainty=decided.certainty,
            reasons=decided.reasons,
            reference=decided.reference,
        ),
        candidates=decided.candidates,
        as_of=asked.as_of,
        known_at=record.known_at,
        snapshots=record.shown,
        policy=used,
        engine=engine,
    )
