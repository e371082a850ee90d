"""Exemptions that an office records itself, and the list of all that are on record."""

from collections.abc import Callable
from typing import Annotated, Any

from app.assessment.report import Fault, Refused
from app.law.exemption import days_meant
from app.record import Record
from app.terms import (
    Authority,
    Checked,
    DayOrMonth,
    Exemption,
    ExemptionOutcome,
    Flag,
    LongText,
    NullIs,
    Reference,
    StateCode,
    Text,
    WholeDay,
    value,
)
from app.when import days

_MOST = 500


def _no_more(items: tuple[Any, ...]) -> tuple[Any, ...]:
    if len(items) > _MOST:
        raise ValueError(f"holds {len(items)} items, and may hold {_MOST}")
    return items


@value
class AuthorityGiven:
    """The text under which leave is given."""

    resolution: Text
    paragraph: Text | None = None
    adopted: WholeDay


@value
class ExemptionGiven:
    """An exemption that an office records: what became of leave, for whom, where and when."""

    regime: Text
    """The number of the regime, such as `1988`."""
    references: Annotated[tuple[Reference, ...], Checked(_no_more, maxItems=_MOST), NullIs(())] = ()
    unnamed: LongText | None = None
    """Words for a group of whom not everybody was named."""
    outcome: ExemptionOutcome
    authority: AuthorityGiven | None = None
    """The text under which leave is given, where it is known."""
    state: StateCode | None = None
    """Left out, any State."""
    places: Annotated[tuple[Text, ...], Checked(_no_more, maxItems=_MOST), NullIs(())] = ()
    """Cities; none is anywhere in the State."""
    purpose: Text
    """One that nobody stated begins with `not stated`."""
    requested_by: Text | None = None
    decided_on: WholeDay | None = None
    published_on: WholeDay | None = None
    from_: DayOrMonth | None = None
    """The first day covered; a month is some day of it. Left out: not published."""
    until: DayOrMonth | None = None
    """The last day covered; a month is some day of it. Left out: not published, not unlimited."""
    conditions: LongText | None = None
    note: LongText | None = None
    source: Text
    """What was read."""
    checked: Annotated[Flag, NullIs(False)] = False
    """Whether the source itself was read."""
    recorded_by: Text | None = None
    """Who records it; with a key, whoever that is of, and it may be left out."""


@value
class WithdrawalGiven:
    """Why an exemption that was recorded here no longer counts, and who says so."""

    because: Text
    recorded_by: Text | None = None
    """As of an exemption that is recorded."""


@value
class ExemptionWithdrawn:
    """An exemption that was recorded here and counts no longer, from `recorded_at` on."""

    exemption: Exemption
    because: str
    recorded_by: str
    recorded_at: str


@value
class ExemptionsAsked:
    """Which exemptions are meant; what is null leaves all."""

    reference: str | None
    """Somebody named in it, by this reference or by another of the same person."""
    regime: str | None
    """The number of a regime."""
    state: str | None
    """An ISO code; an exemption for any State is for this one too."""
    on: str | None
    """A day of which it speaks, by some reading of its words."""


def check(given: ExemptionGiven, record: Record) -> None:
    """Refused, with every fault, for an exemption that cannot stand on a record."""
    faults: list[Fault] = []
    if given.regime not in _regimes(record):
        faults.append(_unknown_regime(given.regime))
    elif given.regime in _without_travel_measures(record):
        words = f"the regime {given.regime} has no travel measure: there is nothing to exempt from"
        faults.append(Fault(field="regime", words=words))
    for place, reference in enumerate(given.references):
        if reference not in record.listed:
            words = f"{reference} is on no list and in no designation fact on record"
            faults.append(Fault(field=f"references.{place}", words=words))
        elif reference in given.references[:place]:
            words = f"{reference} stands twice"
            faults.append(Fault(field=f"references.{place}", words=words))
        elif given.regime in _regimes(record) and given.regime not in _of(reference, record):
            words = f"{reference} is not of the regime {given.regime}"
            faults.append(Fault(field=f"references.{place}", words=words))
    if not given.references and given.unnamed is None:
        words = "names nobody, and there is no group (unnamed)"
        faults.append(Fault(field="references", words=words))
    if given.places and given.state is None:
        faults.append(Fault(field="state", words="is missing: in which State are the places?"))
    if given.from_ and given.until and days(given.until)[1] < days(given.from_)[0]:
        faults.append(Fault(field="until", words="is before from"))
    if given.decided_on and given.published_on and given.published_on < given.decided_on:
        faults.append(Fault(field="published_on", words="is before decided_on"))
    if faults:
        raise Refused(tuple(faults))


def own_exemption(given: ExemptionGiven, name: str, recorded_at: str) -> Exemption:
    """An exemption as it counts from the moment at which it was recorded here."""
    return Exemption(
        id=name,
        regime=given.regime,
        references=given.references,
        unnamed=given.unnamed,
        outcome=given.outcome,
        authority=_authority(given.authority),
        state=given.state,
        places=given.places,
        purpose=given.purpose,
        requested_by=given.requested_by,
        decided_on=given.decided_on,
        published_on=given.published_on,
        from_=given.from_,
        until=given.until,
        conditions=given.conditions,
        note=given.note,
        source=given.source,
        checked=given.checked,
        recorded_by=given.recorded_by,
        recorded_at=recorded_at,
    )


def _authority(given: AuthorityGiven | None) -> Authority | None:
    """The text as it was given; nobody says that the citation was compared with it."""
    if given is None:
        return None
    return Authority(
        resolution=given.resolution,
        paragraph=given.paragraph,
        adopted=given.adopted,
        checked=False,
    )


def exemptions(record: Record, asked: ExemptionsAsked) -> tuple[Exemption, ...]:
    """The exemptions on record that are meant: those that ship, then those recorded here.

    Refused for a regime or a reference that nothing on record knows.
    """
    faults = []
    if asked.reference is not None and asked.reference not in record.listed:
        words = f"{asked.reference} is on no list and in no designation fact on record"
        faults.append(Fault(field="reference", words=words))
    if asked.regime is not None and asked.regime not in _regimes(record):
        faults.append(_unknown_regime(asked.regime))
    if faults:
        raise Refused(tuple(faults))
    meant = _meant(record, asked)
    return tuple(item for item in record.exemptions if meant(item))


def _meant(record: Record, asked: ExemptionsAsked) -> Callable[[Exemption], bool]:
    names = set(record.under(asked.reference)) if asked.reference is not None else None
    state = asked.state and record.places.answers_for(asked.state)
    day = asked.on and days(asked.on)[0]

    def meant(item: Exemption) -> bool:
        spoken_of = days_meant(item)
        return (
            (names is None or not names.isdisjoint(item.references))
            and (asked.regime is None or item.regime == asked.regime)
            and (not state or not item.state or record.places.answers_for(item.state) == state)
            and (not day or (spoken_of is not None and spoken_of[0] <= day <= spoken_of[1]))
        )

    return meant


def _regimes(record: Record) -> set[str]:
    return {regime.id for regime in record.law.regimes} if record.law else set()


def _without_travel_measures(record: Record) -> set[str]:
    regimes = record.law.regimes if record.law else ()
    return {regime.id for regime in regimes if regime.no_travel_measure is not None}


def _of(reference: str, record: Record) -> set[str]:
    """The regimes on whose lists somebody stands or stood, under any reference."""
    words = {record.listed[name].regime_word for name in record.under(reference)}
    found: set[str] = set()
    for regime in record.law.regimes if record.law else ():
        if words & set(regime.list_words):
            found |= {regime.id, *(move.regime for move in regime.moved_from)}
    return found


def _unknown_regime(number: str) -> Fault:
    return Fault(field="regime", words=f"{number} is no regime of the legal record")
