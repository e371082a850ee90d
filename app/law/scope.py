"""Is this crossing one that the measure is about? The scope standing.

No State is obliged to refuse its own nationals; leaving is not entering; and a measure's text
may except a judicial process or a named activity. Rules: docs/standings.md#scope.
"""

from collections.abc import Sequence

from app.evidence import (
    Citation,
    ParagraphCited,
    Reason,
    callers_word,
    claim_cited,
    paragraph,
    reason,
)
from app.law.nationality import Nationality, People, nationality
from app.terms import (
    Certainty,
    Claim,
    ClaimType,
    Decider,
    ExceptionKind,
    Holds,
    Leg,
    LegKind,
    Measure,
    MeasureException,
    Purpose,
    PurposeKind,
    Side,
    Traveller,
    Word,
    value,
)
from app.when import Arrival, cells, day_after, days
from app.where import Located, Places


class ScopeStanding(Word):
    """Whether the measure is about this crossing by this person."""

    no_crossing = "no_crossing"
    own_national = "own_national"
    judicial_process = "judicial_process"
    other_exception = "other_exception"
    nationality_unknown = "nationality_unknown"
    in_scope = "in_scope"


@value
class ScopeFound:
    """The scope standing, with the reasons."""

    standing: ScopeStanding
    certainty: Certainty
    reasons: tuple[Reason, ...]


# A stated purpose, the exception that it may fall under, and the standing that this gives.
_EXCEPTED = {
    PurposeKind.judicial: (ExceptionKind.judicial_process, ScopeStanding.judicial_process),
    PurposeKind.excepted_activity: (
        ExceptionKind.excepted_activity,
        ScopeStanding.other_exception,
    ),
    PurposeKind.un_headquarters: (ExceptionKind.un_headquarters, ScopeStanding.other_exception),
}


_IN_WORDS = {
    ExceptionKind.judicial_process: "a judicial process",
    ExceptionKind.excepted_activity: "an activity that it names",
    ExceptionKind.un_headquarters: "travel to United Nations Headquarters",
}
SAYS_WHAT_FOR = (
    ClaimType.asserts,
    ClaimType.asserts_part,
    ClaimType.announces,
    ClaimType.presupposes,
    ClaimType.exemption_statement,
    ClaimType.determines,
)
"""Types of claims that can say what a journey was for; a denial says nothing of the kind."""


def scope(
    leg: Leg,
    before: Leg | None,
    located: Located,
    arrival: Arrival,
    traveller: Traveller,
    people: People,
    bans: Sequence[Measure],
    claims: Sequence[Claim],
    places: Places,
    law_digest: str,
) -> ScopeFound:
    """Decide whether the leg is a crossing that the bans in force were about.

    `before` is the leg before this one; `bans` are the travel bans that bound or possibly bound;
    `claims` speak of this leg and stand.
    What takes the leg out of the scope for certain goes before what only may.
    """
    references = tuple(listed.reference for listed in people.records)
    said = nationality(located, traveller, people, claims, places)
    outside = [
        found
        for found in (
            _no_crossing(leg, before, places),
            _own_national(said, located, references, arrival, bans, law_digest),
            _excepted(leg.purpose, references, arrival, bans, claims, law_digest),
        )
        if found is not None
    ]
    surest = sorted(outside, key=lambda found: found.certainty is not Certainty.definite)
    return next(iter(surest), None) or _national_of_another(said)


def _certainty(sure: bool) -> Certainty:
    return Certainty.definite if sure else Certainty.possible


def _no_crossing(leg: Leg, before: Leg | None, places: Places) -> ScopeFound | None:
    sure = True
    if leg.kind is LegKind.departure:
        words = "the leg is a departure: leaving a State is not entering one"
        cited = callers_word("legs.kind", leg.kind)
    elif (
        before is not None
        and before.kind is not LegKind.departure
        and before.state is not None
        and leg.state is not None
        and places.answers_for(before.state) == places.answers_for(leg.state)
        and before.to is not None
        and before.from_ is not None
        and leg.from_ is not None
        and days(before.from_)[1] <= days(leg.from_)[0]
        # Who goes on the next day has hardly left and come back.
        and days(leg.from_)[1].isoformat() <= day_after(before.to)
    ):
        # Where two States claim the ground, one of them sees a crossing.
        here = places.locate(leg.state, leg.place, leg.from_).disputed
        there = places.locate(before.state, before.place, before.from_).disputed
        sure = here == there
        words = (
            "the stay in the same State reported before this leg covers its arrival: "
            "travel within one State is no entry"
        )
        cited = callers_word("legs.to", before.to)
    else:
        return None
    return ScopeFound(
        standing=ScopeStanding.no_crossing,
        certainty=_certainty(sure),
        reasons=(reason(words, cited),),
    )


def _own_national(
    said: Nationality,
    located: Located,
    references: Sequence[str],
    arrival: Arrival,
    bans: Sequence[Measure],
    law_digest: str,
) -> ScopeFound | None:
    """The person is a national of the State of entry, by one source or several."""
    if not said.own:
        return None
    first, *more = said.own
    texts = [
        paragraph(ban, law_digest, exception=exception)
        for ban in bans
        for exception in exceptions_of(
            ban, ExceptionKind.own_nationals, Decider.automatic, references, arrival
        )[0]
    ]
    # On disputed ground it is open whose national would be at home.
    return ScopeFound(
        standing=ScopeStanding.own_national,
        certainty=_certainty(first.sure and located.disputed is None),
        reasons=(
            reason(
                f"{first.words}; no State is obliged to refuse its own nationals",
                *first.cited,
                *texts,
            ),
            *(reason(item.words, *item.cited) for item in more),
            *said.told,
        ),
    )


def _excepted(
    purpose: Purpose | None,
    references: Sequence[str],
    arrival: Arrival,
    bans: Sequence[Measure],
    claims: Sequence[Claim],
    law_digest: str,
) -> ScopeFound | None:
    """The text of every ban makes an exception by itself for what the journey was for."""
    if purpose is None or purpose.kind not in _EXCEPTED or not bans:
        return None
    kind, standing = _EXCEPTED[purpose.kind]
    excepting: list[ParagraphCited] = []
    all_days = True
    for ban in bans:
        exceptions, holds = exceptions_of(ban, kind, Decider.automatic, references, arrival)
        if holds is Holds.no and not _on_some_days_only(ban, arrival):
            return None
        # A ban without it may have bound on other days than those of a ban that makes it.
        all_days = all_days and holds is Holds.yes
        excepting += [paragraph(ban, law_digest, exception=exception) for exception in exceptions]
    if not excepting:
        return None
    cited: list[Citation] = [*excepting]
    claim = next((item for item in claims if purpose.claim and item.id == purpose.claim), None)
    if claim is not None and claim.type in SAYS_WHAT_FOR:
        known = claim.named and claim.side not in (Side.anonymous, Side.press)
        who = f"{claim.speaker_name} says"
        cited.append(claim_cited(claim))
    else:
        known, who = False, "only the request says"
        cited.append(callers_word("legs.purpose", purpose.words))
    texts = dict.fromkeys(item.words for item in excepting)
    held = "makes" if all_days else "makes, on some of the days that the arrival may mean,"
    return ScopeFound(
        standing=standing,
        certainty=_certainty(known and all_days),
        reasons=(
            reason(
                f"{' and '.join(texts)} {held} an exception for {_IN_WORDS[kind]}, and {who} that "
                f"the journey was for that: {purpose.words}",
                *cited,
            ),
        ),
    )


def _on_some_days_only(measure: Measure, arrival: Arrival) -> bool:
    """Whether a measure is in force, by its own times, on some of what an arrival may mean."""
    holds = {
        arrival.holds(interval.from_by or interval.from_, interval.until)
        for interval in measure.intervals
    }
    return Holds.possible in holds and Holds.yes not in holds


def exceptions_of(
    measure: Measure,
    kind: ExceptionKind,
    decider: Decider,
    references: Sequence[str],
    arrival: Arrival,
) -> tuple[tuple[MeasureException, ...], Holds]:
    """The exceptions of a kind that hold for a person on days that the arrival may mean.

    With them whether they hold on all those days, together, on some, or on none. One that is
    made only for certain people holds for nobody else.
    """
    made = [
        exception
        for exception in measure.exceptions
        if exception.kind is kind
        and exception.decider is decider
        and (not exception.references or set(exception.references) & set(references))
        and arrival.holds(exception.from_, exception.until) is not Holds.no
    ]
    edges = {edge for item in made for edge in (item.from_, item.until) if edge is not None}
    covered = [
        any(piece.inside(item.from_, item.until) for item in made)
        for piece in cells(arrival, edges)
    ]
    if not any(covered):
        return (), Holds.no
    return tuple(made), Holds.yes if all(covered) else Holds.possible


def _national_of_another(said: Nationality) -> ScopeFound:
    """In scope, or not known where something points to the State of entry."""
    standing = ScopeStanding.nationality_unknown if said.hints else ScopeStanding.in_scope
    return ScopeFound(
        standing=standing,
        certainty=Certainty.definite,
        reasons=(*(said.hints or (said.otherwise,)), *said.told),
    )
