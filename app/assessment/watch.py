"""What changed, for people who watch: the changes of a record that somebody asks for."""

from app.assessment.report import Fault, Refused
from app.lists.changes import Change, ChangeKind
from app.lists.un_xml import reference_number
from app.record import Record
from app.terms import value


@value
class ChangesAsked:
    """Which changes are meant; what is null leaves all."""

    since: str | None
    """The first day."""
    until: str | None
    """The last day."""
    regime: str | None
    """The number of a regime, the list's word for it, or how its reference numbers begin."""
    reference: str | None
    kind: ChangeKind | None


def watched(record: Record, asked: ChangesAsked) -> tuple[Change, ...]:
    """The changes of a record that are meant, the newest first.

    A change is in range when it may have happened on one of the days (in UTC), and also when the
    later of its two lists is of one: who asks from the day of the last look misses none. Refused
    for a regime or a reference that nothing on record knows, and for `until` before `since`.
    """
    faults = []
    reference = asked.reference
    if reference is not None:
        reference = reference_number(reference) or reference
    facts = record.law.facts if record.law else ()
    known = reference in record.listed or any(fact.reference == reference for fact in facts)
    if reference is not None and not known:
        words = f"{asked.reference} is on no list and in no fact on record"
        faults.append(Fault(field="reference", words=words))
    begins = _begins(record, asked.regime) if asked.regime is not None else None
    if begins is not None and not begins:
        words = f"{asked.regime} is no regime of the lists and the legal record"
        faults.append(Fault(field="regime", words=words))
    if asked.since and asked.until and asked.until < asked.since:
        faults.append(Fault(field="until", words="is before since"))
    if faults:
        raise Refused(tuple(faults))
    return tuple(
        item
        for item in (record.changes if reference is None else record.changes_of(reference))
        if (asked.kind is None or item.kind is asked.kind)
        and (begins is None or item.reference[:2] in begins)
        and _in_range(item, asked.since, asked.until)
    )


def _begins(record: Record, regime: str) -> set[str]:
    """How the reference numbers of a regime begin; empty when nothing on record knows it.

    Not by the list's word alone: that of a record has changed (`26532022` is `Haiti` since).
    """
    word = regime.strip().casefold()
    found = {begin for begin, number in record.regime_numbers.items() if word == number}
    found |= {
        item.prefix[:2]
        for item in (record.law.regimes if record.law else ())
        if item.prefix and word in map(str.casefold, item.list_words)
    }
    for reference, listed in record.listed.items():
        begin = reference[:2]
        words = {begin.casefold(), f"{begin}i".casefold(), f"{begin}e".casefold()}
        words |= {version.entry.regime_word.casefold() for version in listed.versions}
        if word in words:
            found.add(begin)
    return found


def _in_range(item: Change, since: str | None, until: str | None) -> bool:
    first, last, seen = (
        moment[:10] for moment in (item.earliest, item.latest, item.between[1].generated)
    )
    return ((since is None or last >= since) and (until is None or first <= until)) or (
        (since is None or seen >= since) and (until is None or seen <= until)
    )
