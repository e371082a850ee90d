"""A travel report made whole: ids for every claim, the legs each speaks of, and what cannot be.

What a request leaves out is filled in only where the wire contract says what it means; what
contradicts itself is refused, with every place named at once.
"""

from collections import Counter
from collections.abc import Collection, Iterator

from app.terms import (
    Claim,
    ClaimType,
    EvidenceKind,
    LegKind,
    Quote,
    Report,
    Side,
    Source,
    SourceKind,
    changed,
    value,
)
from app.when import days
from app.where import Places


@value
class Fault:
    """One thing that is wrong with a question, and where."""

    field: str
    """Path of the field, such as `legs.0.to`."""
    words: str


class Refused(ValueError):
    """A question that contradicts itself or names what is not on record."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__("; ".join(f"{fault.field}: {fault.words}" for fault in faults))
        self.faults = faults


def acceptances(report: Report) -> Iterator[tuple[str, str | None]]:
    """Every field that says who accepted a document, and whom it names."""
    for place, claim in enumerate(report.claims):
        yield f"claims.{place}.accepted_by", claim.accepted_by
    if report.source is not None:
        yield "source.accepted_by", report.source.accepted_by


_LONGEST, _MOST = 100, 20  # characters of a field, and fields, that are told


def each_once(fields: list[tuple[str, object]]) -> dict[str, object]:
    """The fields of one JSON object; Refused where one is given twice.

    To take the last, as readers of JSON do, would answer for one of two names and say nothing
    of the other.
    """
    found = dict(fields)
    if len(found) < len(fields):
        times = Counter(name for name, _ in fields)
        twice = [
            name[:_LONGEST].encode(errors="replace").decode() for name in times if times[name] > 1
        ]
        raise Refused(tuple(Fault(field=name, words="is given twice") for name in twice[:_MOST]))
    return found


def complete(report: Report, references: Collection[str], places: Places) -> Report:
    """The report with ids and legs filled in; Refused with every fault when it cannot stand.

    `references` are those on record; where nothing is on record yet, any is let through, and the
    answer says that nothing is.
    """
    faults: list[Fault] = []
    if references:
        _traveller(report, references, faults)
    _legs(report, faults)
    given = _from_source(report)
    names = _names(given, faults)
    entered = _entered(report, places)
    source = report.source
    if source and source.kind is SourceKind.border_record and not report.claims and not entered:
        words = "is of one State, and the legs are in several: say by claims what it shows of each"
        faults.append(Fault(field="source", words=words))
    earlier: set[str] = set()
    found = []
    for place, (claim, name) in enumerate(zip(given, names, strict=True)):
        found.append(_claim(place, claim, name, earlier, entered, report, places, faults))
        earlier.add(name)
    claims, ids = tuple(found), set(names)
    for place, leg in enumerate(report.legs):
        if leg.purpose and leg.purpose.claim and leg.purpose.claim not in ids:
            words = f"names the claim {leg.purpose.claim!r}, which the report does not hold"
            faults.append(Fault(field=f"legs.{place}.purpose.claim", words=words))
    if faults:
        raise Refused(tuple(faults))
    return changed(report, claims=claims)


def _traveller(report: Report, references: Collection[str], faults: list[Fault]) -> None:
    for name in ("reference", "family_of"):
        reference = getattr(report.traveller, name)
        if reference is not None and reference not in references:
            words = f"{reference} is on no list and in no designation fact on record"
            faults.append(Fault(field=f"traveller.{name}", words=words))


def _legs(report: Report, faults: list[Fault]) -> None:
    for place, leg in enumerate(report.legs):
        if leg.to and leg.from_ and leg.to < days(leg.from_)[0].isoformat():
            faults.append(Fault(field=f"legs.{place}.to", words="is before from"))


def _from_source(report: Report) -> tuple[Claim, ...]:
    """The claims; where there are none, what the source by itself comes to."""
    source: Source | None = report.source
    if report.claims or source is None or source.kind is SourceKind.report:
        return report.claims
    record = source.kind is SourceKind.border_record
    return (
        Claim(
            id="source",
            type=ClaimType.asserts if record else ClaimType.announces,
            speaker=source.name,
            side=Side.other,
            named=True,
            evidence=EvidenceKind.record if record else None,
            accepted_by=source.accepted_by if record else None,
            legs=tuple(
                place for place, leg in enumerate(report.legs) if leg.kind is not LegKind.departure
            )
            or None,
        ),
    )


def _names(claims: tuple[Claim, ...], faults: list[Fault]) -> list[str]:
    """The id of each claim; one without is c1, c2 … by its place."""
    given = {claim.id for claim in claims if claim.id is not None}
    seen: set[str] = set()
    names = []
    for place, claim in enumerate(claims):
        name = claim.id
        if name is None:
            name = f"c{place + 1}"
            while name in given:
                name = f"{name}_"
        elif name in seen:
            faults.append(Fault(field=f"claims.{place}.id", words=f"{name!r} stands twice"))
        seen.add(name)
        names.append(name)
    return names


def _claim(
    place: int,
    claim: Claim,
    name: str,
    earlier: set[str],
    entered: tuple[int, ...] | None,
    report: Report,
    places: Places,
    faults: list[Fault],
) -> Claim:
    where = f"claims.{place}"
    legs = _legs_of(where, claim, entered, report, faults)
    if claim.type is ClaimType.retracts and claim.target is None:
        faults.append(Fault(field=f"{where}.target", words="is missing: what is retracted?"))
    if claim.target is not None and claim.target not in earlier:
        words = f"{claim.target!r} is not the id of an earlier claim"
        faults.append(Fault(field=f"{where}.target", words=words))
    if isinstance(claim.quote, Quote):
        if claim.quote.end < claim.quote.start:
            faults.append(Fault(field=f"{where}.quote.end", words="is before start"))
        elif claim.quote.end - claim.quote.start != len(claim.quote.text):
            words = "is not as long as start and end say"
            faults.append(Fault(field=f"{where}.quote.text", words=words))
    said = claim.exemption
    if said and said.from_ and said.to and said.to < said.from_:
        faults.append(Fault(field=f"{where}.exemption.to", words="is before from"))
    law = claim.law
    if law and law.since and law.until and days(law.until)[1] < days(law.since)[0]:
        faults.append(Fault(field=f"{where}.law.until", words="is before since"))
    _side(where, claim, legs, report, places, faults)
    if (name, legs) == (claim.id, claim.legs):
        return claim
    return changed(claim, id=name, legs=legs)


def _entered(report: Report, places: Places) -> tuple[int, ...] | None:
    """The legs that a claim without `legs` speaks of; null where they are in several States."""
    entered = tuple(
        number for number, leg in enumerate(report.legs) if leg.kind is not LegKind.departure
    )
    states = {report.legs[number].state for number in entered}
    if len({state and places.answers_for(state) for state in states}) > 1:
        return None
    return entered or tuple(range(len(report.legs)))


def _legs_of(
    where: str,
    claim: Claim,
    entered: tuple[int, ...] | None,
    report: Report,
    faults: list[Fault],
) -> tuple[int, ...] | None:
    if claim.legs is not None:
        beyond = [number for number in claim.legs if number >= len(report.legs)]
        if beyond:
            last = len(report.legs) - 1
            words = f"there is no leg {beyond[0]}: legs are numbered from 0 to {last}"
            faults.append(Fault(field=f"{where}.legs", words=words))
        return tuple(sorted(set(claim.legs)))
    if entered is None:
        words = "is left out, and the legs are in more than one State: which are spoken of?"
        faults.append(Fault(field=f"{where}.legs", words=words))
    return entered


def _side(
    where: str,
    claim: Claim,
    legs: tuple[int, ...] | None,
    report: Report,
    places: Places,
    faults: list[Fault],
) -> None:
    """A side that the speaker's own State contradicts, or does not tell apart.

    It would make a denial an admission, or a foreigner a national.
    """
    own = report.traveller.nationality
    if (
        claim.side is Side.state_of_nationality
        and own
        and claim.speaker_state
        and places.answers_for(own) != places.answers_for(claim.speaker_state)
    ):
        words = f"is state_of_nationality, and the speaker speaks for {claim.speaker_state}"
        faults.append(Fault(field=f"{where}.side", words=words))
    if claim.side not in (Side.state_of_entry, Side.third_state):
        return
    states = {
        places.answers_for(state)
        for number in legs or ()
        if number < len(report.legs) and (state := report.legs[number].state) is not None
    }
    if (
        claim.nationality is not None
        and claim.side is Side.state_of_entry
        and claim.speaker_state is None
        and len(states) > 1
    ):
        # Only a State's own word makes somebody its national: it must be clear whose word it is.
        words = "is missing: the legs spoken of are in several States, and which gives nationality?"
        faults.append(Fault(field=f"{where}.speaker_state", words=words))
    if claim.speaker_state is None:
        return
    speaks_for = places.answers_for(claim.speaker_state)
    if claim.side is Side.state_of_entry and states and speaks_for not in states:
        words = f"is state_of_entry, and the speaker speaks for {claim.speaker_state}"
        faults.append(Fault(field=f"{where}.side", words=words))
    if claim.side is Side.third_state and states == {speaks_for}:
        words = f"is third_state, and {claim.speaker_state} is the State of the legs spoken of"
        faults.append(Fault(field=f"{where}.side", words=words))
