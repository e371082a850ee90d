"""Is this crossing one that the measure is about? The scope standing.

No State is obliged to refuse its own nationals; leaving is not entering; and a measure's text
may except a judicial process or a named activity. Rules: docs/standings.md#scope.
"""

from collections.abc import Mapping, Sequence
from enum import StrEnum

from app.evidence import (
    Citation,
    Reason,
    absence,
    callers_word,
    claim_cited,
    list_entry,
    paragraph,
    reason,
    table_row,
)
from app.terms import (
    Certainty,
    Claim,
    ClaimType,
    Decider,
    ExceptionKind,
    Leg,
    LegKind,
    Listed,
    Measure,
    MeasureException,
    Purpose,
    PurposeKind,
    Side,
    TravelDocument,
    Traveller,
    value,
)
from app.when import Arrival, day_after, days
from app.where import Located, Places


class ScopeStanding(StrEnum):
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
_SAYS_SO = (
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
    listed: Listed | None,
    regime_state: str | None,
    bans: Sequence[Measure],
    claims: Mapping[str, Claim],
    places: Places,
    law_digest: str,
) -> ScopeFound:
    """Decide whether the leg is a crossing that the bans in force were about.

    `listed` is the person meant, null when a relative is judged; `before` is the leg before this
    one; `bans` are the travel bans that bound or possibly bound; `regime_state` is the State that
    the regime is about.
    """
    crossing = _no_crossing(leg, before, places)
    if crossing is not None:
        return crossing
    own = _own_national(located, traveller, listed, places)
    if own is not None:
        return own
    excepted = _excepted(leg.purpose, arrival, bans, claims, law_digest)
    if excepted is not None:
        return excepted
    return _nationality(located, traveller, listed, regime_state, places)


def _no_crossing(leg: Leg, before: Leg | None, places: Places) -> ScopeFound | None:
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
        words = (
            "the stay in the same State reported before this leg covers its arrival: "
            "travel within one State is no entry"
        )
        cited = callers_word("legs.to", before.to)
    else:
        return None
    return ScopeFound(
        standing=ScopeStanding.no_crossing,
        certainty=Certainty.definite,
        reasons=(reason(words, cited),),
    )


def _own_national(
    located: Located, traveller: Traveller, listed: Listed | None, places: Places
) -> ScopeFound | None:
    on_list = _nationalities(listed, places)
    for code, cited in on_list:
        if places.answers_for(code) == located.state:
            return _own(located, "the list gives", Certainty.definite, cited)
    said = traveller.nationality
    if said is not None and places.answers_for(said) == located.state:
        # Where the list knows another nationality, the caller's word is only possible.
        sure = Certainty.possible if on_list else Certainty.definite
        return _own(located, "the request gives", sure, callers_word("traveller.nationality", said))
    return None


def _own(located: Located, who: str, certainty: Certainty, cited: Citation) -> ScopeFound:
    return ScopeFound(
        standing=ScopeStanding.own_national,
        certainty=certainty,
        reasons=(
            reason(
                f"{who} a nationality of {located.state_name}, and no State is obliged to refuse "
                "its own nationals",
                cited,
            ),
        ),
    )


def _nationalities(listed: Listed | None, places: Places) -> list[tuple[str, Citation]]:
    found: dict[str, Citation] = {}
    for version in listed.versions if listed else ():
        for words in version.entry.nationalities:
            code = places.country(words)
            if code is not None:
                found.setdefault(code, list_entry(version, "NATIONALITY", words))
    return list(found.items())


def _excepted(
    purpose: Purpose | None,
    arrival: Arrival,
    bans: Sequence[Measure],
    claims: Mapping[str, Claim],
    law_digest: str,
) -> ScopeFound | None:
    if purpose is None or purpose.kind not in _EXCEPTED or not bans:
        return None
    kind, standing = _EXCEPTED[purpose.kind]
    cited: list[Citation] = []
    for ban in bans:
        exception = exception_of(ban, kind, arrival)
        if exception is None or exception.decider is not Decider.automatic:
            return None
        cited.append(paragraph(ban, law_digest, exception=exception))
    claim = claims.get(purpose.claim) if purpose.claim else None
    if claim is not None and claim.type in _SAYS_SO:
        known = claim.named and claim.side not in (Side.anonymous, Side.press)
        certainty = Certainty.definite if known else Certainty.possible
        who = f"{claim.speaker_name} says"
        cited.append(claim_cited(claim))
    else:
        certainty, who = Certainty.possible, "only the request says"
        cited.append(callers_word("legs.purpose", purpose.words))
    return ScopeFound(
        standing=standing,
        certainty=certainty,
        reasons=(
            reason(
                f"the measure makes an exception for {_IN_WORDS[kind]}, and {who} that the "
                f"journey was for that: {purpose.words}",
                *cited,
            ),
        ),
    )


def exception_of(
    measure: Measure, kind: ExceptionKind, arrival: Arrival
) -> MeasureException | None:
    """The exception of that kind in a measure's text on the days in question, or null."""
    for exception in measure.exceptions:
        if exception.kind is not kind:
            continue
        if arrival.holds(exception.from_, exception.until) == "yes":
            return exception
    return None


def _nationality(
    located: Located,
    traveller: Traveller,
    listed: Listed | None,
    regime_state: str | None,
    places: Places,
) -> ScopeFound:
    on_list = _nationalities(listed, places)
    if on_list:
        names = ", ".join(places.name(code) for code, _ in on_list)
        return ScopeFound(
            standing=ScopeStanding.in_scope,
            certainty=Certainty.definite,
            reasons=(
                reason(
                    f"an entry into {located.state_name}; the list gives the nationality {names}",
                    *(cited for _, cited in on_list),
                ),
            ),
        )
    if traveller.nationality is not None:
        return ScopeFound(
            standing=ScopeStanding.in_scope,
            certainty=Certainty.definite,
            reasons=(
                reason(
                    f"an entry into {located.state_name}; no nationality is on record, and the "
                    f"request gives {places.name(traveller.nationality)}",
                    callers_word("traveller.nationality", traveller.nationality),
                    absence("NATIONALITY of the record", "a nationality"),
                ),
            ),
        )
    hints = _hints(located, traveller, listed, regime_state, places)
    if hints:
        return ScopeFound(
            standing=ScopeStanding.nationality_unknown,
            certainty=Certainty.definite,
            reasons=tuple(hints),
        )
    return ScopeFound(
        standing=ScopeStanding.in_scope,
        certainty=Certainty.definite,
        reasons=(
            reason(
                f"an entry into {located.state_name}; no nationality is on record, and nothing on "
                "record points to that State",
                absence("NATIONALITY of the record and the request", "a nationality"),
            ),
        ),
    )


def _hints(
    located: Located,
    traveller: Traveller,
    listed: Listed | None,
    regime_state: str | None,
    places: Places,
) -> list[Reason]:
    """What is short of a nationality and points to the State of entry."""
    found: dict[str, Reason] = {}

    def there(country: str | None) -> bool:
        code = places.country(country) if country else None
        return code is not None and places.answers_for(code) == located.state

    for version in listed.versions if listed else ():
        for place in version.entry.birth_places:
            if there(place.country):
                found.setdefault(
                    "birth",
                    reason(
                        f"no nationality is on record, and the place of birth lies in "
                        f"{located.state_name}, which may be the person's own State",
                        list_entry(version, "PLACE_OF_BIRTH", place.country or ""),
                    ),
                )
        for document in version.entry.documents:
            if there(document.country):
                found.setdefault(
                    "document",
                    reason(
                        f"no nationality is on record, and {located.state_name} issued a "
                        f"document of the person ({document.type or 'document'})",
                        list_entry(version, "DOCUMENT", document.country or ""),
                    ),
                )
    born = traveller.place_of_birth
    if born and any(
        there(part) or places.city(located.code, part) is not None
        for part in (born, *born.split(","))
    ):
        found.setdefault(
            "birth",
            reason(
                f"no nationality is on record, and the request gives a place of birth in "
                f"{located.state_name}, which may be the person's own State",
                callers_word("traveller.place_of_birth", born),
            ),
        )
    shown = traveller.document
    issuer = shown.country if isinstance(shown, TravelDocument) else None
    if issuer is not None and places.answers_for(issuer) == located.state:
        found.setdefault(
            "document",
            reason(
                f"no nationality is on record, and {located.state_name} issued the document that "
                "the request gives",
                callers_word("traveller.document.country", issuer),
            ),
        )
    if regime_state is not None and regime_state == located.state:
        found.setdefault(
            "regime",
            reason(
                f"no nationality is on record, and the regime is about {located.state_name}, "
                "which may be the person's own State",
                table_row("law", regime_state, located.state_name),
            ),
        )
    return list(found.values())
