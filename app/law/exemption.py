"""Was leave to travel granted for this person, place and day? The exemption standing.

None found is not none granted: most committees publish little. Rules: docs/standings.md#exemption.
What is surely so and what may be so are told apart throughout: days given by the month, a group
of whom not everybody was named, and a place that was not said leave a grant possible at best.
"""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

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
from app.law.scope import SAYS_WHAT_FOR, exceptions_of
from app.terms import (
    Certainty,
    Claim,
    ClaimType,
    Decider,
    ExceptionKind,
    Exemption,
    ExemptionOutcome,
    ExemptionStatus,
    Holds,
    Leg,
    Measure,
    Publishes,
    PurposeKind,
    Regime,
    Side,
    Word,
    value,
)
from app.when import DAY, Arrival, counted, days, in_words, partial_in_words
from app.where import Located, Places, fold

DECIDED_BEFORE = timedelta(days=30)
"""A grant without days speaks for a journey that begins within so many days of the decision."""


class ExemptionStanding(Word):
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


class OnFile:
    """The exemptions on record, by whom they name and by regime: sorted once for a record."""

    def __init__(self, exemptions: Iterable[Exemption]) -> None:
        """Sort exemptions, in the order of the record."""
        self._all = tuple(exemptions)
        self._naming: dict[str, set[int]] = {}
        of: dict[str, list[Exemption]] = {}
        for place, item in enumerate(self._all):
            of.setdefault(item.regime, []).append(item)
            for reference in item.references:
                self._naming.setdefault(reference, set()).add(place)
        self.for_groups = tuple(item for item in self._all if item.unnamed is not None)
        """Those for a group of whom not everybody is named."""
        self._searched = {regime: _searched(items, regime) for regime, items in of.items()}

    def naming(self, references: Iterable[str]) -> list[Exemption]:
        """Those that name somebody who is listed under any of these references."""
        places: set[int] = set().union(*(self._naming.get(item, ()) for item in references))
        return [self._all[place] for place in sorted(places)]

    def searched(self, regimes: Iterable[Regime]) -> str:
        """In words, how much there was to look through."""
        found = (self._searched.get(item.id) or _searched((), item.id) for item in regimes)
        return "; ".join(found) or "no regime of this person"


def _searched(items: Sequence[Exemption], regime: str) -> str:
    own = sum(item.recorded_by is not None for item in items)
    among = f", {own} of them recorded here" if own else ""
    return f"{counted(len(items), 'exemption')} of the regime {regime}{among}"


Run = tuple[date, date]
"""Days without a gap, from the first to the last."""

_NOT_STATED = "not stated"  # how a purpose begins that nobody was told


@value
class _Covered:
    """A grant that may speak of this leg: for this person or group, this place and these days."""

    exemption: Exemption
    named: bool
    """Whether the person is one of those named; if not, of a group of whom not all were."""
    placed: bool
    """Whether the place of the leg is known well enough."""
    elsewhere: tuple[str, ...]
    """Other regimes whose bans bound too: one committee's leave is not another's."""
    surely: Run | None
    """Days that it covers, whatever its words mean; null where there is none such."""
    maybe: Run | None
    """Days that it covers by some reading of its words; null where its days were not published."""


def exemption(
    references: Sequence[str],
    who: str,
    leg: Leg,
    located: Located,
    arrival: Arrival,
    on_day: Arrival,
    regimes: Sequence[Regime],
    bans: Sequence[Measure],
    on_file: OnFile,
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
    named = on_file.naming(references)
    # Whoever is listed under a group's regime may be one of the group; a relative is not listed.
    bound = {ban.regime for ban in bans}
    under = bound if references else set()
    groups = [item for item in on_file.for_groups if item.regime in under and item not in named]
    covered = [
        found
        for item in (*named, *groups)
        if item.outcome is ExemptionOutcome.granted
        and (item.regime in bound or not bound)
        and (found := _covers(item, item in named, bound, leg, located, arrival, places))
    ]
    denials = [
        claim
        for claim in _statements(claims, ExemptionStatus.none_requested, ExemptionStatus.refused)
        if decides(claim, regimes, bans)
        and _for_these_days(claim, leg, arrival)
        and not _long_before(claim, arrival)
    ]
    granted = _published(covered, who, leg, arrival, law_digest)
    # A refusal by name says more than a grant of which nobody knows that it was for this person.
    answer = (
        (granted if any(item.named for item in covered) else None)
        or _refused(named, leg, located, arrival, denials, places, law_digest)
        or granted
        or _claimed(leg, located, arrival, claims, denials, places)
    )
    if answer is None:
        here = [item for item in (*named, *groups) if _is_here(item, leg, located, places)]
        nothing = (
            _looked(who, on_file.searched(regimes)),
            *_publishing(who, regimes, bans),
            *_of_no_weight(claims),
            *_lapses(here, arrival, law_digest),
            *_others(named, groups, here, arrival, law_digest),
        )
        free = _state_may_decide(bans, references, on_day, law_digest)
        standing = ExemptionStanding.state_may_decide if free else ExemptionStanding.none_found
        answer = standing, Certainty.definite, (*free, *nothing)
    return ExemptionFound(
        standing=answer[0],
        certainty=answer[1],
        reasons=answer[2],
        committee_publishes=publishes,
    )


_Answer = tuple[ExemptionStanding, Certainty, tuple[Reason, ...]]


def _for_this_place(
    item: Exemption, leg: Leg, located: Located, places: Places
) -> Certainty | None:
    """Whether an exemption is for the place of a leg; null when it is for another."""
    if item.state is not None and places.answers_for(item.state) != located.state:
        return None
    unsure = located.disputed is not None
    if item.places:
        if leg.place is None:
            unsure = True
        else:
            names = set()
            for place in item.places:
                meant = places.city(located.code, place)
                names |= {fold(name) for name in ((meant.name, *meant.also) if meant else (place,))}
            if fold(located.place or leg.place) not in names:
                return None
    return Certainty.possible if unsure else Certainty.definite


def _is_here(item: Exemption, leg: Leg, located: Located, places: Places) -> bool:
    return _for_this_place(item, leg, located, places) is not None


def days_meant(item: Exemption) -> Run | None:
    """The days of which an exemption speaks by some reading of its words; null for none.

    A grant whose days were not published speaks of the time after its decision alone: not
    published is not unlimited.
    """
    if item.from_ is not None and item.until is not None:
        return days(item.from_)[0], days(item.until)[1]
    if item.outcome is not ExemptionOutcome.granted:
        only = item.from_ or item.until
        return days(only) if only else None
    # Of a grant that names neither place nor day a publication says too little.
    begins = item.from_ or item.decided_on or (item.published_on if item.state else None)
    if begins is None:
        return None
    last = days(begins)[1] + DECIDED_BEFORE
    if item.until is not None:
        last = min(last, days(item.until)[1])
    first = days(begins)[0]
    return (first, last) if first <= last else None


def _covers(
    item: Exemption,
    named: bool,
    bound: set[str],
    leg: Leg,
    located: Located,
    arrival: Arrival,
    places: Places,
) -> _Covered | None:
    """How a grant covers a leg; null when it is for another place or other days."""
    place, meant = _for_this_place(item, leg, located, places), days_meant(item)
    if place is None or meant is None:
        return None
    dated = item.from_ is not None and item.until is not None
    last = max(_last_day(leg), arrival.last_day) if dated else arrival.last_day
    if last < meant[0] or meant[1] < arrival.first_day:
        return None
    if not dated and not _for_this_purpose(item, leg):
        return None
    surely = (days(item.from_)[1], days(item.until)[0]) if item.from_ and item.until else None
    return _Covered(
        exemption=item,
        named=named,
        placed=place is Certainty.definite,
        elsewhere=tuple(sorted(bound - {item.regime})),
        surely=surely if surely and surely[0] <= surely[1] else None,
        maybe=meant if dated else None,
    )


def _is_sure(item: _Covered) -> bool:
    """Whether nothing but the days of a grant is open."""
    return item.named and item.placed and not item.elsewhere


def _last_day(leg: Leg) -> date:
    return date.fromisoformat(leg.to) if leg.to else date.min


def _for_this_purpose(item: Exemption, leg: Leg) -> bool:
    """Whether a grant may be for the purpose of a leg; one not said, of either, leaves it open."""
    if leg.purpose is None or item.purpose.startswith(_NOT_STATED):
        return True
    said = set(fold(f"{leg.purpose.kind} {leg.purpose.words}").split())
    return any(word in said for word in fold(item.purpose).split() if len(word) > 3)


# ---------------------------------------------------------------- days


def _joined(found: Iterable[Run]) -> list[Run]:
    """Runs of days in order, those that touch each other joined."""
    runs: list[Run] = []
    for first, last in sorted(found):
        if runs and first <= runs[-1][1] + DAY:
            runs[-1] = (runs[-1][0], max(runs[-1][1], last))
        else:
            runs.append((first, last))
    return runs


def _within(run: Run, runs: Iterable[Run]) -> bool:
    return any(first <= run[0] and run[1] <= last for first, last in runs)


def _touches(run: Run, runs: Iterable[Run]) -> bool:
    return any(first <= run[1] and run[0] <= last for first, last in runs)


def _shared(run: Run, runs: Iterable[Run]) -> list[Run]:
    """The days of a run that lie in any of these."""
    return _joined(
        (max(run[0], first), min(run[1], last))
        for first, last in runs
        if first <= run[1] and run[0] <= last
    )


def _rest(run: Run, taken: Iterable[Run]) -> list[Run]:
    """The days of a run that lie in none of these."""
    left, first = [], run[0]
    for begins, ends in _shared(run, taken):
        if first < begins:
            left.append((first, begins - DAY))
        first = ends + DAY
    return [*left, (first, run[1])] if first <= run[1] else left


def _said(runs: Sequence[Run], year: int | None = None) -> str:
    """Days as words: `31 May to 2 June 2024 and 5 June`; `year` is one that was said already."""
    words = []
    for first, last in runs:
        end = f"{last.day} {last:%B}" + ("" if last.year == year else f" {last.year}")
        if first.year != last.year:
            words.append(f"{in_words(first.isoformat())} to {end}")
        elif first == last:
            words.append(end)
        else:
            month = "" if first.month == last.month else f" {first:%B}"
            words.append(f"{first.day}{month} to {end}")
        year = last.year
    return " and ".join(words)


# ---------------------------------------------------------------- granted


def _published(
    covered: Sequence[_Covered], who: str, leg: Leg, arrival: Arrival, law_digest: str
) -> _Answer | None:
    """Published or partial: read on every day of the stay, for every day that `from` may mean."""
    if not covered:
        return None
    maybe = _joined(item.maybe for item in covered if item.maybe)
    surely = _joined(item.surely for item in covered if item.surely and _is_sure(item))
    stays = _stays(leg, arrival)
    if any(_within(stay, maybe) for stay in stays):
        standing = ExemptionStanding.published
        certain = all(_within(stay, surely) for stay in stays)
    else:
        standing = ExemptionStanding.partial
        certain = all(_touches(stay, surely) for stay in stays) and all(
            item.maybe for item in covered
        )
    reasons = [_grant_reason(item, who, leg, stays, law_digest) for item in covered]
    if len(covered) > 1 and maybe:
        words = f"leave on record, taken together, {_coverage(surely, maybe, leg, stays)}"
        cited = [exemption_cited(item.exemption, law_digest) for item in covered if item.maybe]
        reasons.insert(0, reason(words, *cited))
    return standing, Certainty.definite if certain else Certainty.possible, tuple(reasons)


def _stays(leg: Leg, arrival: Arrival) -> list[Run]:
    """The days of the stay, for each day on which the arrival may have been."""
    found, day, end = [], arrival.first_day, _last_day(leg)
    while day <= arrival.last_day:
        found.append((day, max(day, end)))
        day += DAY
    return found


def _coverage(surely: Sequence[Run], maybe: Sequence[Run], leg: Leg, stays: Sequence[Run]) -> str:
    """Which days of a leg are covered and which are not, by name."""
    if len(stays) > 1:
        return _coverage_by_arrival(surely, maybe, stays)
    (stay,) = stays
    by_all, by_some = _shared(stay, surely), _shared(stay, maybe)
    if leg.to is None:
        verb = "covers" if by_all else "may cover"
        return f"{verb} the arrival on {_said([stay])} (the last day there was not said)"
    if by_all == [stay]:
        return f"covers every day of this leg, {_said([stay])}"
    open_ = [run for part in by_some for run in _rest(part, by_all)]
    parts = [
        f"{verb} {_said(runs)}" for verb, runs in (("covers", by_all), ("may cover", open_)) if runs
    ]
    none = _rest(stay, maybe)
    told = by_some[-1][1].year
    return " and ".join(parts) + (f", not {_said(none, told)}" if none else "")


def _coverage_by_arrival(surely: Sequence[Run], maybe: Sequence[Run], stays: Sequence[Run]) -> str:
    whole, in_part, none = [], [], []
    sure = True
    for stay in stays:
        day = (stay[0], stay[0])
        if _within(stay, maybe):
            whole.append(day)
            sure = sure and _within(stay, surely)
        elif _touches(stay, maybe):
            in_part.append(day)
            sure = sure and _touches(stay, surely)
        else:
            none.append(day)
    verb = "covers" if sure else "may cover"
    parts = [
        f"{words} if the arrival was on {_said(_joined(found))}"
        for words, found in (
            (f"{verb} every day of this leg", whole),
            (f"{verb} some of its days", in_part),
            ("does not cover it", none),
        )
        if found
    ]
    return ", ".join(parts)


def _grant_reason(
    item: _Covered, who: str, leg: Leg, stays: Sequence[Run], law_digest: str
) -> Reason:
    grant = item.exemption
    if item.maybe is None:
        what = f"{_undated(grant)} published: it may cover this leg"
    else:
        sure = [item.surely] if item.surely and _is_sure(item) else []
        what = _coverage(sure, [item.maybe], leg, stays)
    told = [f"the grant {_described(grant)} {what}"]
    if not item.named:
        told.append(
            f"it was given to a group of whom not everybody was named ({grant.unnamed}), and "
            f"{who} is not among those named"
        )
    if not grant.checked:
        told.append("nobody has compared this line of the record with its source")
    if not item.placed:
        told.append("the place of the leg is not known well enough to be sure")
    if item.elsewhere:
        others = ", ".join(item.elsewhere)
        told.append(f"a ban of another regime ({others}) bound too, of which it says nothing")
    if item.maybe and not (item.surely and item.surely == item.maybe):
        told.append("of its days no more than the month is known")
    if grant.decided_on is not None:
        decided = date.fromisoformat(grant.decided_on)
        late = [
            words
            for words, day in (
                ("after the first day that it covers", grant.from_ and days(grant.from_)[1]),
                ("after the arrival", stays[-1][0]),
            )
            if day and day < decided
        ]
        if late:
            told.append(f"it was decided on {in_words(grant.decided_on)}, {' and '.join(late)}")
    if grant.conditions is not None:
        told.append(f"it was given on conditions: {grant.conditions}")
    return reason("; ".join(told), exemption_cited(grant, law_digest))


def _undated(grant: Exemption) -> str:
    if grant.from_ is not None:
        return f"begins on {partial_in_words(grant.from_)}, and its last day was not"
    if grant.until is not None:
        return "was decided shortly before, and its first day was not"
    return "was decided shortly before, and its days were not"


def _described(item: Exemption) -> str:
    """An exemption by its name, with whose it is, its purpose, its place and its days."""
    name = item.id
    if item.recorded_by is not None:
        name = f"{item.id[:12]}, which {item.recorded_by} recorded here,"
    where = ", ".join(part for part in (*item.places, item.state) if part) or "any place"
    span = " to ".join(
        partial_in_words(day) for day in dict.fromkeys((item.from_, item.until)) if day
    )
    purpose = "purpose not stated" if item.purpose.startswith(_NOT_STATED) else item.purpose
    return f"{name} ({'; '.join(part for part in (purpose, where, span) if part)})"


def _refused(
    named: Sequence[Exemption],
    leg: Leg,
    located: Located,
    arrival: Arrival,
    denials: Sequence[Claim],
    places: Places,
    law_digest: str,
) -> _Answer | None:
    found = [
        item
        for item in named
        if item.outcome is ExemptionOutcome.refused
        and item.from_ is not None
        and (meant := days_meant(item)) is not None
        and meant[0] <= arrival.last_day
        and arrival.first_day <= meant[1]
        and _is_here(item, leg, located, places)
    ]
    cited: list[Citation] = [exemption_cited(item, law_digest) for item in found]
    cited += [claim_cited(claim) for claim in _statements(denials, ExemptionStatus.refused)]
    if not cited:
        return None
    words = "leave for this journey was asked for and refused"
    if found:
        words += f": {', '.join(map(_described, found))}"
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


def _long_before(claim: Claim, arrival: Arrival) -> bool:
    """Whether a body spoke, without naming days, long before the journey: of another one."""
    said = claim.exemption
    if said is not None and (said.from_ or said.to):
        return False
    told = (said.on if said else None) or claim.said_on
    return told is not None and days(told)[1] + DECIDED_BEFORE < arrival.first_day


_TO_A_SEAT = (PurposeKind.international_organisation, PurposeKind.un_headquarters)


def _host_agreement(
    leg: Leg, located: Located, claims: Sequence[Claim], places: Places
) -> _Answer | None:
    """A journey to an organisation at its seat, which somebody says invited the person."""
    purpose = leg.purpose
    if purpose is None or purpose.kind not in _TO_A_SEAT:
        return None
    claim = next((item for item in claims if item.id == purpose.claim), None)
    if claim is None or claim.type not in SAYS_WHAT_FOR:
        return None
    if not claim.named or claim.side in (Side.press, Side.anonymous):
        return None  # the press alone is shown and counts for nothing
    words = (purpose.kind, purpose.words, claim.speaker_name, quoted(claim) or "")
    told = f" {fold(' '.join(words))} "
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


def _state_may_decide(
    bans: Sequence[Measure], references: Sequence[str], arrival: Arrival, law_digest: str
) -> tuple[Reason, ...]:
    """Why the State itself may decide; nothing where any ban in force does not let it."""
    found = []
    for ban in bans:
        exceptions, holds = exceptions_of(
            ban, ExceptionKind.state_determination, Decider.state, references, arrival
        )
        if holds is not Holds.yes:
            return ()
        found += [(ban, exception) for exception in exceptions]
    return tuple(
        reason(
            f"{ban.authority.resolution} paragraph {exception.paragraph} lets the State itself "
            f"decide ({exception.words}); the public record cannot show whether it did",
            paragraph(ban, law_digest, exception=exception),
        )
        for ban, exception in found
    )


def _publishes(regimes: Sequence[Regime]) -> Publishes:
    answers = {regime.publishes_exemptions for regime in regimes}
    for answer in (Publishes.no, Publishes.not_known, Publishes.partly, Publishes.yes):
        if answer in answers:
            return answer
    return Publishes.not_known


# ---------------------------------------------------------------- none found


def _looked(who: str, searched: str) -> Reason:
    """Where it was looked, and how much there was to look through."""
    return reason(
        f"no exemption for {who}, this place and these days is on record (looked through: "
        f"{searched}); none found is not none granted",
        absence(f"exemptions on record: {searched}", f"leave to travel for {who}"),
    )


_ANSWERS = {
    Publishes.yes: "publishes the exemptions that it grants",
    Publishes.partly: "publishes some of the exemptions that it grants",
    Publishes.no: "does not publish the exemptions that it grants",
}


def _publishing(who: str, regimes: Sequence[Regime], bans: Sequence[Measure]) -> list[Reason]:
    """Whether those who give leave publish it."""
    if council_decides(bans):
        words = (
            "leave under this measure is the Security Council's own to give; whether it published "
            "any is not known"
        )
        return [reason(words, absence("exemptions on record", f"leave for {who}"))]
    return [
        reason(
            (
                f"the {regime.committee} {_ANSWERS[regime.publishes_exemptions]}"
                if regime.publishes_exemptions in _ANSWERS
                else f"whether the {regime.committee} publishes the exemptions that it grants is "
                "not known"
            )
            + f": {regime.publishes_words}",
            absence(f"exemptions of the regime {regime.id} on record", f"leave for {who}"),
        )
        for regime in regimes
        if regime.no_travel_measure is None
    ]


def _of_no_weight(claims: Sequence[Claim]) -> list[Reason]:
    """What was said of leave, and does not count."""
    return [
        reason(
            f"{claim.speaker_name} speaks of leave to travel ({claim.exemption.status}), which "
            "counts for nothing here",
            claim_cited(claim),
        )
        for claim in claims
        if claim.type is ClaimType.exemption_statement and claim.exemption is not None
    ]


def _has_lapsed(item: Exemption, arrival: Arrival) -> bool:
    """Whether standing leave had come to its end before an arrival."""
    if item.outcome is not ExemptionOutcome.lapsed:
        return False
    last = item.until or item.decided_on or item.from_
    return last is not None and days(last)[1] < arrival.first_day


def _lapses(here: Sequence[Exemption], arrival: Arrival, law_digest: str) -> list[Reason]:
    """Leave that stood for this person or a group, and had lapsed by the arrival."""
    found = []
    for item in here:
        if _has_lapsed(item, arrival):
            group = f" for a group ({item.unnamed})" if item.unnamed else ""
            last = f": its last day was {partial_in_words(item.until)}" if item.until else ""
            words = f"standing leave{group} had lapsed on that day{last} ({item.id})"
            found.append(reason(words, exemption_cited(item, law_digest)))
    return found


def _others(
    named: Sequence[Exemption],
    groups: Sequence[Exemption],
    here: Sequence[Exemption],
    arrival: Arrival,
    law_digest: str,
) -> list[Reason]:
    """What else is on record for this person, and what else than a grant for a group."""
    found = []
    rest = [
        *named,
        *(item for item in groups if item.outcome is not ExemptionOutcome.granted),
    ]
    rest = [item for item in rest if not (item in here and _has_lapsed(item, arrival))]
    asked = [item for item in rest if item.outcome is ExemptionOutcome.requested]
    if asked:
        words = "leave was asked for, and what became of that is not on record: "
        found.append(
            reason(
                words + ", ".join(map(_described, asked)),
                *(exemption_cited(item, law_digest) for item in asked),
            )
        )
    others = [item for item in rest if item.outcome is not ExemptionOutcome.requested]
    if others:
        found.append(
            reason(
                "on record, and not seen to be for this person, this place and these days: "
                + ", ".join(f"{item.id} ({item.outcome})" for item in others),
                *(exemption_cited(item, law_digest) for item in others),
            )
        )
    return found
