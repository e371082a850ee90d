"""Whom or what a legal statement is about, and what the record cannot say of it.

A person is spoken of under every reference, a regime with all its measures, whomever they reach.
What the record does not show is wrong only where the record claims to know it.
"""

from collections.abc import Sequence

from app.law.reach import Course, Reached, Span, listing, regime_of, regimes_of, unnamed
from app.terms import (
    TRAVEL_MEASURES,
    Designated,
    DesignationInterval,
    Holds,
    ListingStanding,
    Measure,
    MeasureKind,
    PartyKind,
    ReachMode,
    Regime,
    called,
    value,
)
from app.when import Arrival, in_words

MEASURE_WORDS = {
    MeasureKind.travel_ban: "travel ban",
    MeasureKind.travel_vigilance: "call for vigilance over travel",
    MeasureKind.travel_notification: "duty to notify of travel",
    MeasureKind.travel_restriction: "restriction on travel",
    MeasureKind.asset_freeze: "asset freeze",
    MeasureKind.expulsion: "duty to expel",
    MeasureKind.document_cancellation: "duty to cancel travel documents",
    MeasureKind.border_control: "duty to control borders",
}


def with_article(kind: MeasureKind) -> str:
    """`a travel ban`, `an asset freeze`."""
    words = MEASURE_WORDS[kind]
    return f"an {words}" if words[0] in "aeiou" else f"a {words}"


@value
class About:
    """Whom or what a legal statement is about: a person under every reference, or a regime."""

    who: str
    """In words."""
    regime: Regime | None
    """The regime that it is about; null where it is about a person."""
    regimes: tuple[Regime, ...]
    """That regime, or those on whose lists the person stands and stood before."""
    reached: tuple[Reached, ...]
    parties: tuple[Designated, ...]
    """The person under every reference; a regime stands as if listed since ever."""


def about_person(course: Course) -> About:
    """A person as a legal statement is about one."""
    return About(
        who=", ".join(called(party.reference) for party in course.parties),
        regime=None,
        regimes=course.regimes,
        reached=course.reached,
        parties=course.parties,
    )


def about_regime(regime: Regime) -> About:
    """A regime as a legal statement is about one: all its measures count, whomever they reach."""
    ever = DesignationInterval(
        reference=regime.id,
        standing=ListingStanding.listed,
        listed=Holds.yes,
        from_=None,
        until=None,
        snapshots=(),
        facts=(),
        listed_on=None,
        words="",
    )
    party = Designated(
        reference=regime.id, kind=PartyKind.individual, regime_word="", intervals=(ever,)
    )
    return About(
        who=f"the regime {regime.id}",
        regime=regime,
        regimes=(regime,),
        reached=tuple(
            Reached(reference=regime.id, measure=measure, intervals=measure.intervals)
            for measure in regime.measures
        ),
        parties=(party,),
    )


def none_in_words(kind: MeasureKind, about: About, doubtful: bool) -> str:
    """That there was no such measure, or where that is doubtful that none is on record."""
    words = MEASURE_WORDS[kind]
    if doubtful or about.regime is not None:
        return f"no {words} {'of' if about.regime is not None else 'on'} {about.who} is on record"
    return f"no {words} ever reached {about.who}"


def why_none(kind: MeasureKind, about: About, spans: Sequence[Span]) -> list[str]:
    """Why there is no measure on travel, in the words of the record where it has some."""
    if spans or kind not in TRAVEL_MEASURES:
        return []
    found = [
        regime.no_travel_measure.words
        for regime in about.regimes
        if regime.no_travel_measure is not None
    ]
    if not found and _only_entities(about):
        return ["measures on travel reach individuals alone"]
    return found


def _only_entities(about: About) -> bool:
    return all(party.kind is PartyKind.entity for party in about.parties)


_BY_NO_NAME = (ReachMode.class_, ReachMode.conduct)


def reach_in_words(about: About, spans: Sequence[Span]) -> list[str]:
    """What else is to be said of a regime: whom its measures reach, and how."""
    regime = about.regime
    if regime is None:
        return []
    found = []
    for measure in dict.fromkeys(span.measure.id for span in spans):
        made = next(item for item in regime.measures if item.id == measure)
        text = made.authority.words
        if made.reach.mode in _BY_NO_NAME:
            found.append(f"{text} reaches nobody by name, but {made.reach.who}")
        elif made.reach.mode is ReachMode.per_person:
            found.append(f"{text} reaches people one by one, each for times of their own")
        elif made.reach.mode is ReachMode.annex:
            found.append(f"{text} reaches {made.reach.who}")
    if spans and regime.nobody_listed is not None:
        found.append(regime.nobody_listed.words)
    found += [
        f"until {in_words(move.on)} those on its list stood on that of the regime {move.regime}, "
        "whose measures reached them"
        for move in regime.moved_from
    ]
    return found


def doubts(kind: MeasureKind, about: About, day: Arrival | None, newest: bool) -> list[str]:
    """Why the record cannot say that no such measure held, though it shows none."""
    if about.regime is not None:
        return [_not_gathered(kind, item) for item in about.regimes if kind in item.not_gathered]
    found: dict[str, None] = {}
    for party in about.parties:
        if not _perhaps_listed(party, day, newest):
            continue
        if kind in TRAVEL_MEASURES and party.kind is PartyKind.entity:
            continue
        own = regime_of(party.regime_word, about.regimes)
        if own is None:
            found[f"the legal record does not reach the regime of {called(party.reference)}"] = None
            continue
        if unnamed(party, own, frozenset({kind})):
            found[
                f"the regime {own.id} has {with_article(kind)} that reaches people by name, and "
                f"whether it reaches {called(party.reference)} the legal record does not say"
            ] = None
        for regime in regimes_of(party, about.regimes):
            if kind in regime.not_gathered:
                found[_not_gathered(kind, regime)] = None
            for measure in regime.measures:
                if measure.kind is kind and _reaches_unnamed(measure, day):
                    found[
                        f"{measure.authority.words} reaches nobody by name, but "
                        f"{measure.reach.who}: whether it reached {called(party.reference)} is not "
                        "on record"
                    ] = None
    return list(found)


def _not_gathered(kind: MeasureKind, regime: Regime) -> str:
    return (
        f"whether the regime {regime.id} has {with_article(kind)} was not gathered: the "
        "legal record does not claim to know"
    )


def _perhaps_listed(party: Designated, day: Arrival | None, newest: bool) -> bool:
    """Whether somebody may have been listed in the time spoken of."""
    if day is not None:
        return any(
            listing(party.intervals, window).listed is not Holds.no for window in day.windows
        )
    asked = party.intervals[-1:] if newest else party.intervals
    return any(item.listed is not Holds.no for item in asked)


def _reaches_unnamed(measure: Measure, day: Arrival | None) -> bool:
    """Whether a measure that reaches nobody by name may have been in force in a time."""
    if measure.reach.mode not in _BY_NO_NAME:
        return False
    if day is None:
        return True
    return any(
        day.holds(item.from_, item.until_by or item.until) is not Holds.no
        for item in measure.intervals
    )
