"""Was leave to travel granted for this person, place and day? The exemption standing.

None found is not none granted: most committees publish little. Rules: docs/standings.md#exemption.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from enum import StrEnum

from app.evidence import (
    Citation,
    Reason,
    absence,
    claim_cited,
    exemption_cited,
    paragraph,
    quoted,
    reason,
    table_row,
)
from app.law.committee import council_decides, decides
from app.law.scope import exception_of
from app.terms import (
    Certainty,
    Claim,
    ClaimType,
    Decider,
    ExceptionKind,
    Exemption,
    ExemptionOutcome,
    ExemptionStatus,
    Leg,
    Measure,
    Publishes,
    PurposeKind,
    Regime,
    Side,
    value,
)
from app.when import DAY, Arrival, days, in_words
from app.where import Located, Places, fold

DECIDED_BEFORE = timedelta(days=30)
"""A grant without days speaks for a journey that begins within so many days of the decision."""


class ExemptionStanding(StrEnum):
    """Whether leave to travel is on record for this leg."""

    published = "published"
    partial = "partial"
    refused = "refused"
    claimed = "claimed"
    state_may_decide = "state_may_decide"
    none_found = "none_found"


@value
class ExemptionFound:
    """The exemption standing, with the reasons and where it looked."""

    standing: ExemptionStanding
    certainty: Certainty
    reasons: tuple[Reason, ...]
    committee_publishes: Publishes
    """Whether the committee publishes its exemptions: none found is not none granted."""


@value
class _Covered:
    """A grant for this person and place that may speak of this leg's days."""

    exemption: Exemption
    sure: bool
    """Whether the place of the leg is known well enough."""
    dated: bool
    """Whether its days were published."""


def exemption(
    references: Sequence[str],
    who: str,
    leg: Leg,
    located: Located,
    arrival: Arrival,
    on_day: Arrival,
    regimes: Sequence[Regime],
    bans: Sequence[Measure],
    exemptions: Sequence[Exemption],
    claims: Sequence[Claim],
    places: Places,
    law_digest: str,
) -> ExemptionFound:
    """Decide what is on record of leave to travel for this leg, the first standing that holds.

    `who` names the person in words; `arrival` is the journey's and `on_day` the legal clock;
    `claims` are those that speak of this leg and stand; `regimes` those under which the person
    was listed; `bans` the measures that bound or possibly bound.
    """
    publishes = Publishes.not_known if council_decides(bans) else _publishes(regimes)
    claims = _latest(claims)
    own = [item for item in exemptions if set(item.references) & set(references)]
    grants = [item for item in own if item.outcome is ExemptionOutcome.granted]
    covered = [
        found
        for item in grants
        if (found := _covers(item, leg, located, arrival, places)) is not None
    ]
    denials = [
        claim
        for claim in _statements(claims, ExemptionStatus.none_requested, ExemptionStatus.refused)
        if decides(claim, regimes, bans) and _for_these_days(claim, leg, arrival)
    ]
    answer = (
        _published(covered, leg, arrival, law_digest)
        or _refused(own, located, arrival, denials, places, law_digest)
        or _claimed(leg, located, arrival, claims, denials, places)
        or _state_may_decide(bans, on_day, law_digest)
    )
    if answer is not None:
        return ExemptionFound(
            standing=answer[0],
            certainty=answer[1],
            reasons=answer[2],
            committee_publishes=publishes,
        )
    return ExemptionFound(
        standing=ExemptionStanding.none_found,
        certainty=Certainty.definite,
        reasons=_none_found(who, own, regimes, claims, law_digest),
        committee_publishes=publishes,
    )


_Answer = tuple[ExemptionStanding, Certainty, tuple[Reason, ...]]


def _for_this_state(item: Exemption, located: Located, places: Places) -> bool:
    """Whether an exemption is for the State entered, or for any."""
    return item.state is None or places.answers_for(item.state) == located.state


def _covers(
    item: Exemption, leg: Leg, located: Located, arrival: Arrival, places: Places
) -> _Covered | None:
    """How a grant covers a leg; null when it is for another place or other days."""
    if not _for_this_state(item, located, places):
        return None
    sure = located.disputed is None
    if item.places:
        if leg.place is None:
            sure = False
        else:
            names = set()
            for place in item.places:
                meant = places.city(located.code, place)
                names |= {fold(name) for name in ((meant.name, *meant.also) if meant else (place,))}
            if fold(located.place or leg.place) not in names:
                return None
    if item.from_ is not None and item.until is not None:
        last = max(leg.to or "", arrival.last_day.isoformat())
        if last < item.from_ or item.until < arrival.first_day.isoformat():
            return None
        return _Covered(exemption=item, sure=sure, dated=True)
    decided = item.decided_on or item.from_ or item.published_on
    if decided is None or not _for_this_purpose(item, leg):
        return None
    on = date.fromisoformat(decided)
    if not on <= arrival.last_day or arrival.first_day > on + DECIDED_BEFORE:
        return None
    return _Covered(exemption=item, sure=sure, dated=False)


def _for_this_purpose(item: Exemption, leg: Leg) -> bool:
    """Whether a grant may be for the purpose of a leg; a purpose not said leaves it open."""
    if leg.purpose is None:
        return True
    said = set(fold(f"{leg.purpose.kind} {leg.purpose.words}").split())
    return any(word in said for word in fold(item.purpose).split() if len(word) > 3)


def _runs_of_days(covered: Sequence[_Covered]) -> list[tuple[date, date]]:
    """Days covered by dated grants, as runs without a gap; both ends are covered."""
    runs: list[tuple[date, date]] = []
    for item in sorted(covered, key=lambda found: found.exemption.from_ or ""):
        first = date.fromisoformat(item.exemption.from_ or "")
        last = date.fromisoformat(item.exemption.until or "")
        if runs and first <= runs[-1][1] + DAY:
            runs[-1] = (runs[-1][0], max(runs[-1][1], last))
        else:
            runs.append((first, last))
    return runs


def _published(
    covered: Sequence[_Covered], leg: Leg, arrival: Arrival, law_digest: str
) -> _Answer | None:
    """Published or partial: read on every day of the stay, for every day that `from` may mean."""
    dated = [item for item in covered if item.dated]
    if not dated:
        if not covered:
            return None
        what = "was decided shortly before, and its days were not published"
        reasons = tuple(_grant_reason(item, law_digest, what) for item in covered)
        return ExemptionStanding.partial, Certainty.possible, reasons
    runs = _runs_of_days(dated)
    end = date.fromisoformat(leg.to) if leg.to else None
    whole, some, every = 0, 0, 0
    day = arrival.first_day
    while day <= arrival.last_day:
        last = max(end, day) if end else day
        every += 1
        whole += any(first <= day and last <= until for first, until in runs)
        some += any(first <= last and day <= until for first, until in runs)
        day += DAY
    sure = all(item.sure for item in dated)
    if whole:
        standing = ExemptionStanding.published
        certain = whole == every and sure
        what = (
            "covers every day of this leg"
            if whole == every
            else (f"covers this leg on {whole} of the {every} days that the arrival may mean")
        )
    elif some:
        standing = ExemptionStanding.partial
        certain = some == every and sure
        what = "covers some of the days of this leg, not all"
    else:
        return None
    return (
        standing,
        Certainty.definite if certain else Certainty.possible,
        tuple(_grant_reason(item, law_digest, what) for item in dated),
    )


def _grant_reason(item: _Covered, law_digest: str, what: str) -> Reason:
    grant = item.exemption
    where = ", ".join(part for part in (*grant.places, grant.state) if part) or "any place"
    span = (
        f", {in_words(grant.from_)} to {in_words(grant.until)}"
        if grant.from_ and grant.until
        else ""
    )
    unsure = "" if item.sure else "; the place of the leg is not known well enough to be sure"
    return reason(
        f"the grant {grant.id} ({grant.purpose}; {where}{span}) {what}{unsure}",
        exemption_cited(grant, law_digest),
    )


def _refused(
    own: Sequence[Exemption],
    located: Located,
    arrival: Arrival,
    denials: Sequence[Claim],
    places: Places,
    law_digest: str,
) -> _Answer | None:
    cited: list[Citation] = [
        exemption_cited(item, law_digest)
        for item in own
        if item.outcome is ExemptionOutcome.refused
        and _for_this_state(item, located, places)
        and item.from_ is not None
        and arrival.first_day.isoformat() <= (item.until or item.from_)
        and item.from_ <= arrival.last_day.isoformat()
    ]
    cited += [claim_cited(claim) for claim in _statements(denials, ExemptionStatus.refused)]
    if not cited:
        return None
    words = "leave for this journey was asked for and refused"
    return ExemptionStanding.refused, Certainty.definite, (reason(words, *cited),)


def _latest(claims: Sequence[Claim]) -> list[Claim]:
    """The claims without what a speaker said of an exemption before saying otherwise."""
    last: dict[str, date] = {}
    for claim in claims:
        said = claim.said_on or claim.published_on
        if claim.type is ClaimType.exemption_statement and said is not None:
            speaker = fold(claim.speaker_name)
            last[speaker] = max(last.get(speaker, date.min), days(said)[0])
    return [
        claim
        for claim in claims
        if claim.type is not ClaimType.exemption_statement
        or (said := claim.said_on or claim.published_on) is None
        or days(said)[1] >= last[fold(claim.speaker_name)]
    ]


def _statements(claims: Sequence[Claim], *statuses: ExemptionStatus) -> list[Claim]:
    return [
        claim
        for claim in claims
        if claim.type is ClaimType.exemption_statement
        and claim.exemption is not None
        and claim.exemption.status in statuses
    ]


_MAY_CLAIM = (
    Side.traveller,
    Side.state_of_nationality,
    Side.state_of_entry,
    Side.third_state,
    Side.un_body,
)


def _claimed(
    leg: Leg,
    located: Located,
    arrival: Arrival,
    claims: Sequence[Claim],
    denials: Sequence[Claim],
    places: Places,
) -> _Answer | None:
    said = [
        claim
        for claim in _statements(claims, ExemptionStatus.granted)
        if claim.named and claim.side in _MAY_CLAIM and _for_these_days(claim, leg, arrival)
    ]
    if said and not denials:
        speakers = ", ".join(sorted({claim.speaker_name for claim in said}))
        return (
            ExemptionStanding.claimed,
            Certainty.definite,
            (
                reason(
                    f"{speakers} says that leave was granted; no such grant is on record",
                    *(claim_cited(claim) for claim in said),
                ),
            ),
        )
    return _host_agreement(leg, located, claims, places)


def _for_these_days(claim: Claim, leg: Leg, arrival: Arrival) -> bool:
    """Whether the leave that a claim tells of may be for this leg: days that it names decide."""
    said = claim.exemption
    last = max(leg.to or "", arrival.last_day.isoformat())
    return said is None or (
        (said.from_ is None or said.from_ <= last)
        and (said.to is None or arrival.first_day.isoformat() <= said.to)
    )


def _host_agreement(
    leg: Leg, located: Located, claims: Sequence[Claim], places: Places
) -> _Answer | None:
    """A journey to an organisation at its seat, which somebody says invited the person."""
    purpose = leg.purpose
    if purpose is None or purpose.kind is not PurposeKind.international_organisation:
        return None
    claim = next((item for item in claims if item.id == purpose.claim), None)
    if claim is None:
        return None
    told = f" {fold(f'{purpose.words} {claim.speaker_name} {quoted(claim) or str()}')} "
    meant = [
        seat
        for seat in places.seats(located.code, leg.place)
        if any(f" {fold(name)} " in told for name in (seat.name, *seat.also))
    ]
    if not meant:
        return None
    return (
        ExemptionStanding.claimed,
        Certainty.definite,
        (
            reason(
                f"{claim.speaker_name} says that the journey was to {meant[0].name} at its seat: "
                "the host State's agreement with it may have required admission",
                claim_cited(claim),
                *(table_row("places.csv", seat.name, seat.capital or seat.name) for seat in meant),
            ),
        ),
    )


def _state_may_decide(bans: Sequence[Measure], arrival: Arrival, law_digest: str) -> _Answer | None:
    found = []
    for ban in bans:
        exception = exception_of(ban, ExceptionKind.state_determination, arrival)
        if exception is None or exception.decider is not Decider.state:
            return None
        found.append((ban, exception))
    if not found:
        return None
    return (
        ExemptionStanding.state_may_decide,
        Certainty.definite,
        tuple(
            reason(
                f"{ban.authority.resolution} paragraph {exception.paragraph} lets the State itself "
                f"decide ({exception.words}); the public record cannot show whether it did",
                paragraph(ban, law_digest, exception=exception),
            )
            for ban, exception in found
        ),
    )


def _publishes(regimes: Sequence[Regime]) -> Publishes:
    answers = {regime.publishes_exemptions for regime in regimes}
    for answer in (Publishes.no, Publishes.not_known, Publishes.partly, Publishes.yes):
        if answer in answers:
            return answer
    return Publishes.not_known


def _none_found(
    names: str,
    own: Sequence[Exemption],
    regimes: Sequence[Regime],
    claims: Sequence[Claim],
    law_digest: str,
) -> tuple[Reason, ...]:
    found = [
        reason(
            f"no exemption for {names}, this place and these days is on record; "
            "none found is not none granted",
            absence(
                "exemptions on record, regimes "
                + (", ".join(regime.id for regime in regimes) or "none"),
                f"leave to travel for {names}",
            ),
        )
    ]
    found += [
        reason(
            regime.publishes_words,
            absence(f"exemptions of the regime {regime.id} on record", f"leave for {names}"),
        )
        for regime in regimes
    ]
    found += [
        reason(
            f"{claim.speaker_name} speaks of leave to travel ({claim.exemption.status}), which "
            "counts for nothing here",
            claim_cited(claim),
        )
        for claim in claims
        if claim.type is ClaimType.exemption_statement and claim.exemption is not None
    ]
    others = [item for item in own if item.outcome is not ExemptionOutcome.lapsed]
    if others:
        found.append(
            reason(
                "on record, and not for this place and these days: "
                + ", ".join(f"{item.id} ({item.outcome})" for item in others),
                *(exemption_cited(item, law_digest) for item in others),
            )
        )
    return tuple(found)
