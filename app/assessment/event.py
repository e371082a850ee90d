"""Did the person enter? Claims, who stands behind them, and the event standing.

A claim counts for the journey, against it, or for neither; copies of one origin count once; a
document counts only when a reviewer accepted it, and what a reviewer rejected counts for nothing.
Rules: docs/standings.md#event.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from app.evidence import Reason, absence, claim_cited, reason
from app.terms import (
    Certainty,
    Claim,
    ClaimType,
    DraftStatus,
    EvidenceKind,
    Leg,
    PartKind,
    Side,
    Word,
    value,
)
from app.when import days
from app.where import fold


class EventStanding(Word):
    """What is known of whether the person entered."""

    documented = "documented"
    refuted = "refuted"
    admitted = "admitted"
    contested = "contested"
    corroborated = "corroborated"
    derivative = "derivative"
    single_named = "single_named"
    single_anonymous = "single_anonymous"
    denied_only = "denied_only"
    planned = "planned"
    none = "none"


class Counts(Word):
    """What a claim counts as, for one leg."""

    for_ = "for"
    against = "against"
    report = "report"
    plan = "plan"
    neither = "neither"


@value
class ClaimWeighed:
    """One claim about one leg: what it counts as, whether it stands, and why."""

    claim: str
    counts: Counts
    stands: bool
    words: str


@value
class EventFound:
    """The event standing, with the reasons and every claim weighed."""

    standing: EventStanding
    certainty: Certainty
    reasons: tuple[Reason, ...]
    claims: tuple[ClaimWeighed, ...]
    drafts: tuple[str, ...]
    """The claims that it rests on and that were read from a text and reviewed by nobody."""


# Parts that cannot happen outside the State they are told of. A meeting can; it is a report.
_ONLY_THERE = (PartKind.entry, PartKind.transit, PartKind.stopover, PartKind.photograph)
_STATE_SIDES = (Side.state_of_entry, Side.state_of_nationality, Side.third_state)


def speaks_of(claims: Sequence[Claim], leg: int) -> tuple[Claim, ...]:
    """The claims that speak of a leg; those without `legs` are resolved before."""
    return tuple(claim for claim in claims if claim.legs is None or leg in claim.legs)


def standing_claims(claims: Sequence[Claim]) -> tuple[Claim, ...]:
    """The claims that no reviewer rejected and no claim of their speaker or origin took back."""
    kept = not_rejected(claims)
    fallen = {claim.id for claim, _ in _retracted(kept)}
    return tuple(claim for claim in kept if claim.id not in fallen)


def not_rejected(claims: Sequence[Claim]) -> tuple[Claim, ...]:
    """The claims but for those that a reviewer rejected as none of the text."""
    return tuple(claim for claim in claims if claim.status is not DraftStatus.rejected)


def event(claims: Sequence[Claim], leg: Leg) -> EventFound:
    """Decide what the claims about one leg come to, the first standing that holds.

    Each claim has an id of its own.
    """
    counts = {claim.id: _counts(claim) for claim in claims}
    kept = not_rejected(claims)
    retracted = {claim.id: words for claim, words in _retracted(kept)}
    fallen = {claim.id: _REJECTED for claim in claims if claim.status is DraftStatus.rejected}
    fallen |= _superseded([claim for claim in kept if claim.id not in retracted], counts)
    fallen |= retracted
    stands = [claim for claim in claims if claim.id not in fallen]
    standing, meant, words = _decide(kept, stands, counts, retracted, _one_day(leg))
    rests_on = {claim.id for claim in meant}
    others = [
        claim
        for claim in stands
        if counts[claim.id] not in (Counts.neither, Counts.plan) and claim.id not in rests_on
    ]
    reasons = [
        reason(words, *(claim_cited(claim) for claim in meant))
        if meant
        else reason(words, absence("claims of the report", "a report that the person entered"))
    ]
    reasons += [reason(_what(claim), claim_cited(claim)) for claim in others]
    reasons += [
        reason(fallen[claim.id], claim_cited(claim)) for claim in claims if claim.id in fallen
    ]
    return EventFound(
        standing=standing,
        certainty=Certainty.definite,
        reasons=tuple(reasons),
        claims=tuple(
            ClaimWeighed(
                claim=claim.id or "",
                counts=counts[claim.id],
                stands=claim.id not in fallen,
                words=fallen.get(claim.id) or _what(claim),
            )
            for claim in claims
        ),
        drafts=tuple(claim.id or "" for claim in meant if claim.status is DraftStatus.draft),
    )


_REJECTED = "a reviewer rejected it as no claim of the text: it counts for nothing"


def _one_day(leg: Leg) -> bool:
    """Whether the leg is of one day: a record of a day elsewhere says nothing of the others."""
    return (
        leg.from_ is not None
        and len(leg.from_) >= len("2015-07-24")
        and leg.to in (None, leg.from_[:10])
    )


_REPORTS = (Counts.for_, Counts.report)
_COUNTS = {
    ClaimType.asserts: Counts.for_,
    ClaimType.presupposes: Counts.report,
    ClaimType.announces: Counts.plan,
    ClaimType.denies: Counts.against,
    ClaimType.asserts_elsewhere: Counts.against,
}


def _counts(claim: Claim) -> Counts:
    if claim.type is ClaimType.asserts_part:
        shown = claim.evidence is EvidenceKind.photograph or _document(claim)
        return Counts.for_ if shown or claim.part_kind in _ONLY_THERE else Counts.report
    return _COUNTS.get(claim.type, Counts.neither)


def _document(claim: Claim) -> bool:
    """A record or photograph that a reviewer accepted; without a reviewer none counts as one."""
    return claim.accepted_by is not None and claim.evidence in (
        EvidenceKind.record,
        EvidenceKind.photograph,
    )


def _decide(
    claims: Sequence[Claim],
    stands: Sequence[Claim],
    counts: Mapping[str | None, Counts],
    retracted: Mapping[str | None, str],
    one_day: bool,
) -> tuple[EventStanding, Sequence[Claim], str]:
    """The first standing that holds, the claims it rests on, and why in words."""
    for_ = [claim for claim in stands if counts[claim.id] is Counts.for_]
    against = [claim for claim in stands if counts[claim.id] is Counts.against]
    reports = [claim for claim in stands if counts[claim.id] in _REPORTS]
    plans = [claim for claim in stands if counts[claim.id] is Counts.plan]

    documents = [claim for claim in for_ if _document(claim)]
    if documents:
        words = f"a document accepted by {documents[0].accepted_by} shows the person there"
        return EventStanding.documented, documents, words
    elsewhere = [
        claim
        for claim in against
        if claim.type is ClaimType.asserts_elsewhere
        and _document(claim)
        and claim.evidence is EvidenceKind.record
    ]
    if elsewhere and one_day:
        words = f"a record accepted by {elsewhere[0].accepted_by} shows the person elsewhere"
        return EventStanding.refuted, elsewhere, words
    if not reports:
        asserted = [claim for claim in claims if counts[claim.id] in _REPORTS]
        if asserted and all(claim.id in retracted for claim in asserted):
            return EventStanding.refuted, asserted, "every report of the entry was retracted"

    admissions = [claim for claim in for_ if claim.named and claim.side is Side.state_of_entry]
    denied_there = [claim for claim in against if claim.side is Side.state_of_entry]
    if admissions and not denied_there:
        return EventStanding.admitted, admissions, "the State of entry itself says so"
    own = [
        claim
        for claim in for_
        if claim.named and claim.side in (Side.traveller, Side.state_of_nationality)
    ]
    denied_by_them = [
        claim for claim in against if claim.side in (Side.traveller, Side.state_of_nationality)
    ]
    if own and not denied_there and not denied_by_them:
        words = (
            "the traveller or the State of nationality says so, and the State of entry does not "
            "deny it"
        )
        return EventStanding.admitted, own, words
    if for_ and against:
        words = f"{_speakers(for_)} reported it; {_speakers(against)} denied it"
        return EventStanding.contested, [*for_, *against], words
    backed = _independent(for_)
    if backed:
        words = "independent origins report it, at least one of them a named speaker"
        return EventStanding.corroborated, backed, words
    if reports:
        return _uncorroborated(reports)
    if against:
        words = "it is denied, and nobody is on record as reporting it"
        if plans:
            words = "it was announced, and then denied or called off"
        return EventStanding.denied_only, [*plans, *against], words
    called_off = [
        claim for claim in claims if counts[claim.id] is Counts.plan and claim.id in retracted
    ]
    if called_off and not plans:
        return EventStanding.denied_only, called_off, "it was announced, and then called off"
    if plans:
        return EventStanding.planned, plans, "it was announced; nobody reports that it took place"
    return EventStanding.none, [], "nobody is on record as reporting that the person entered"


def _uncorroborated(
    reports: Sequence[Claim],
) -> tuple[EventStanding, Sequence[Claim], str]:
    groups = _groups(reports, _origins)
    speakers = {fold(claim.speaker_name) for claim in reports}
    if len(groups) == 1 and len(speakers) > 1:
        words = "several report it, and all of them have it from one origin"
        return EventStanding.derivative, reports, words
    named = [claim for claim in reports if claim.named and claim.side is not Side.anonymous]
    if named:
        words = "a named report, which nothing independent corroborates"
        return EventStanding.single_named, reports, words
    words = "an unnamed report, which nothing independent corroborates"
    return EventStanding.single_anonymous, reports, words


def _independent(for_: Sequence[Claim]) -> list[Claim]:
    """The assertions, when two independent origins stand behind them, one of them named."""
    groups = _groups(for_, lambda claim: _origins(claim) | _voices(claim))
    if len(groups) < 2:
        return []
    solid = any(claim.named and claim.side not in (Side.press, Side.anonymous) for claim in for_)
    return list(for_) if solid else []


def _origins(claim: Claim) -> set[str]:
    """Where a claim came from: its origin, or its speaker where none is named."""
    keys = {fold(claim.origin)} if claim.origin else set()
    if claim.named or not claim.origin:
        keys.add(fold(claim.speaker_name))
    return keys


def _voices(claim: Claim) -> set[str]:
    """What makes claims dependent for corroboration, beside their origin.

    Reports that name no source of their own, and anonymous ones, never corroborate each other;
    officials of one State speak with one voice.
    """
    if claim.side is Side.anonymous or not claim.named:
        return {"(unnamed source)"}
    own = claim.origin is None or fold(claim.origin) == fold(claim.speaker_name)
    if own and (claim.side is Side.press or claim.first_hand is False):
        return {"(unnamed source)"}
    voice = _voice(claim)
    return {voice} if voice else set()


def _voice(claim: Claim) -> str | None:
    """Whose word a claim is: a State's for its officials, else the speaker's own."""
    if claim.side in _STATE_SIDES and (
        claim.speaker_state is not None or claim.side is not Side.third_state
    ):
        return f"(state) {claim.side} {claim.speaker_state or ''}"
    if claim.side is Side.anonymous or not claim.named:
        return None
    return fold(claim.speaker_name)


def _groups(claims: Sequence[Claim], keys: Callable[[Claim], set[str]]) -> list[list[Claim]]:
    """Claims joined where they share a key, directly or through others."""
    groups: list[tuple[set[str], list[Claim]]] = []
    for claim in claims:
        mine, members = set(keys(claim)), [claim]
        rest = []
        for other, items in groups:
            if other & mine:
                mine |= other
                members = items + members
            else:
                rest.append((other, items))
        groups = [*rest, (mine, members)]
    return [items for _, items in groups]


def _retracted(claims: Sequence[Claim]) -> list[tuple[Claim, str]]:
    """Claims that were taken back, with why: by their speaker, or by their origin for all copies.

    Who only copied a claim takes back the copy; nobody takes back what somebody else said. A
    retraction that was itself taken back counts for nothing.
    """
    if all(claim.type is not ClaimType.retracts for claim in claims):
        return []
    by_id = {claim.id: claim for claim in claims}
    by_origin: dict[str, list[Claim]] = {}
    for claim in claims:
        if claim.origin is not None and claim.type is not ClaimType.retracts:
            by_origin.setdefault(fold(claim.origin), []).append(claim)
    found: dict[str | None, tuple[Claim, str]] = {}
    for claim in reversed(claims):  # a target stands before the claim that takes it back
        target = by_id.get(claim.target) if claim.type is ClaimType.retracts else None
        if target is None or claim.id in found:
            continue
        speaker = fold(claim.speaker_name)
        its_own = speaker == fold(target.speaker_name)
        the_origin = target.origin is not None and speaker == fold(target.origin)
        if not (its_own or the_origin):
            continue
        words = f"{claim.speaker_name} retracted it"
        found[target.id] = (target, words)
        if the_origin or target.origin is None:
            for other in by_origin.get(speaker, ()):
                if other.type is target.type and not _document(other):
                    found.setdefault(other.id, (other, f"{words} at its origin"))
    return list(found.values())


def _superseded(
    claims: Sequence[Claim], counts: Mapping[str | None, Counts]
) -> dict[str | None, str]:
    """Claims contrary to a later one of the same speaker; where the days do not say, both stand."""
    said: dict[tuple[str, Counts], list[Claim]] = {}
    for claim in claims:
        how = counts[claim.id]
        if how in _CONTRARY and claim.named and claim.side is not Side.anonymous:
            said.setdefault((fold(claim.speaker_name), how), []).append(claim)
    found: dict[str | None, str] = {}
    if len(said) < 2:
        return found
    for (speaker, how), mine in said.items():
        contrary = [claim for other in _CONTRARY[how] for claim in said.get((speaker, other), ())]
        # Of all contrary ones the latest decides: no other is later where that one is not.
        latest = max(contrary, key=_begins, default=None)
        if latest is None:
            continue
        for claim in mine:
            if _later(latest, claim) and not _document(claim):
                found[claim.id] = f"{latest.speaker_name} later said the contrary"
    return found


_FOR_IT = (Counts.for_, Counts.report, Counts.plan)
_CONTRARY = {
    Counts.against: _FOR_IT,
    **dict.fromkeys(_FOR_IT, (Counts.against,)),
}


def _begins(claim: Claim) -> date:
    said = claim.said_on or claim.published_on
    return days(said)[0] if said else date.min


def _later(first: Claim, second: Claim) -> bool:
    """Whether the first claim was surely made after the second."""
    said, before = first.said_on or first.published_on, second.said_on or second.published_on
    return said is not None and before is not None and days(said)[0] > days(before)[1]


_VERBS = {
    ClaimType.asserts: "says that the person entered",
    ClaimType.asserts_part: "tells of a part of the journey",
    ClaimType.presupposes: "speaks as if the journey had taken place, and says nothing of it",
    ClaimType.conditional: "speaks only of what would follow if it took place",
    ClaimType.announces: "announces the journey",
    ClaimType.denies: "denies it",
    ClaimType.denies_part: "denies a part of it, which leaves the journey open",
    ClaimType.asserts_elsewhere: "says that the person was elsewhere",
    ClaimType.denies_identity: "says that it was another person",
    ClaimType.denies_knowledge: "says that nothing is known of it, which denies nothing",
    ClaimType.no_comment: "does not comment",
    ClaimType.retracts: "takes a claim back",
    ClaimType.exemption_statement: "speaks of an exemption",
    ClaimType.determines: "determines that there was a breach",
    ClaimType.legal_opinion: "gives an opinion of the law, which is evidence of nothing",
    ClaimType.legal_statement: "says what the law is",
}


def _what(claim: Claim) -> str:
    return f"{claim.speaker_name} {_VERBS[claim.type]}"


def _speakers(claims: Sequence[Claim]) -> str:
    return ", ".join(dict.fromkeys(claim.speaker_name for claim in claims))
