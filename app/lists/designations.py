"""The text of data/designations as designation facts, every error at once.

A file is one regime's facts that no list says by itself: when somebody came onto the list, left
it, came back or died, each with its source, and by which names each reference was listed.
`same_person` names references recorded as one person. The form is told in
docs/correcting-the-law.md#designations.
"""

import re
import unicodedata
from dataclasses import dataclass, field

from app.terms import (
    Accepted,
    AcceptedSide,
    DesignationEvent,
    DesignationFact,
    Party,
    PartyKind,
    day_or_instant,
    numbered,
)
from app.when import order
from app.written import Errors, Files, Lined, Reader, read

_TOP = "regime list_word names no_reference facts same_person"
_FACT = "references event on by source checked disputed accepted"
_LONGEST_KEY = 39
_REFERENCE = re.compile(r"[A-Z]{2}[ie]\.\d{3,4}")


@dataclass(frozen=True)
class Designations:
    """What the files of data/designations say."""

    parties: tuple[Party, ...]
    """In order of reference."""
    facts: tuple[DesignationFact, ...]
    """In order of reference, day and event."""
    same_person: tuple[tuple[str, ...], ...]
    """Groups of references recorded as one person."""


@dataclass
class _Found:
    """What has been read so far, over all files."""

    parties: dict[str, Party] = field(default_factory=dict)
    facts: dict[tuple[str, DesignationEvent, str], DesignationFact] = field(default_factory=dict)
    groups: list[tuple[str, ...]] = field(default_factory=list)


def designations(files: Files, errors: Errors) -> Designations:
    """The parties, their facts and who is one person; errors are added."""
    found = _Found()
    for path in sorted(files):
        top = read(path, files[path], errors, _TOP)
        if top is not None:
            _file(top, found)
    facts = sorted(
        found.facts.values(), key=lambda fact: (fact.reference, order(fact.on), fact.event)
    )
    return Designations(
        parties=tuple(found.parties[reference] for reference in sorted(found.parties)),
        facts=tuple(facts),
        same_person=tuple(sorted(found.groups)),
    )


def stand_in(regime: str, name: str) -> str:
    """The key of a party whose reference number was not seen: `1988:arsala-rahmani`.

    Letters and digits of the name without marks, in small letters, words joined by hyphens; whole
    words are left out at the end until it is shorter than 40 characters.
    """
    plain = unicodedata.normalize("NFKD", re.sub("['’‘]", "", name.lower()))
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    key = f"{regime}:{'-'.join(re.findall('[a-z0-9]+', plain))}"
    while len(key) > _LONGEST_KEY and "-" in key:
        key = key.rpartition("-")[0]
    return key[:_LONGEST_KEY]


def _file(top: Reader, found: _Found) -> None:
    own: dict[str, int] = {}  # the parties of this file, and their lines
    if {"names", "no_reference", "facts"} & set(top.found):
        regime, word = top.text("regime"), top.text("list_word")
        _names(top, regime, word, own, found)
        _no_reference(top, regime, word, own, found)
    told = set()
    for item in top.each("facts", _FACT):
        told |= set(_fact(item, own, found))
    for reference in own:
        if reference not in told:
            top.errors.add(top.path, own[reference], f"{reference} has a name and no fact")
    for item in top.each("same_person", "references source"):
        group = item.texts("references")
        item.text("source")
        if len(group) < 2:
            item.wrong("names fewer than two references", "references")
        if any(set(group) & set(other) for other in found.groups):
            item.wrong("names a reference that another group names", "references")
        found.groups.append(tuple(sorted(group)))


def _names(top: Reader, regime: str, word: str, own: dict[str, int], found: _Found) -> None:
    """`names`: a reference number to its name, or to several with the newest first."""
    given = top.found.get("names")
    if given is None:
        return
    if not isinstance(given, Lined):
        top.wrong("'names' is no mapping of references to names", "names")
        return
    inner = Reader(given, top.path, top.errors, tuple(given))
    for reference, text in given.items():
        names = (inner.text(reference),) if isinstance(text, str) else inner.texts(reference)
        if not _REFERENCE.fullmatch(reference):
            inner.wrong(f"{reference} is no reference of the form IRi.039", reference)
            continue
        kind = PartyKind.individual if reference[2] == "i" else PartyKind.entity
        party = Party(reference=reference, kind=kind, regime=regime, regime_word=word, names=names)
        _add(inner, reference, party, own, found)


def _no_reference(top: Reader, regime: str, word: str, own: dict[str, int], found: _Found) -> None:
    """`no_reference`: parties whose reference number was not seen, each with its key."""
    for item in top.each("no_reference", "key kind names"):
        key, names = item.text("key"), item.texts("names")
        if names and key != (made := stand_in(regime, names[0])):
            item.wrong(f"{key!r} is not the key that its first name makes, {made!r}", "key")
        kind = item.word("kind", PartyKind)
        party = Party(reference=key, kind=kind, regime=regime, regime_word=word, names=names)
        _add(item, "names", party, own, found)


def _add(at: Reader, key: str, party: Party, own: dict[str, int], found: _Found) -> None:
    if not party.names or not all(party.names):
        at.wrong(f"{party.reference} has no name", key)
    if len(set(party.names)) < len(party.names):
        at.wrong(f"{party.reference} has a name twice", key)
    if party.reference in found.parties:
        at.wrong(f"{party.reference} is named twice", key)
    first = next((name for name in own if numbered(name)), party.reference)
    if numbered(party.reference) and party.reference[:2] != first[:2]:
        at.wrong(f"{party.reference} is of another regime than {first}", key)
    own[party.reference] = at.found.lines.get(key, at.found.line)
    found.parties[party.reference] = party


def _fact(item: Reader, own: dict[str, int], found: _Found) -> tuple[str, ...]:
    references = item.texts("references")
    if not references:
        item.wrong("names no reference", "references")
    for reference in references:
        if reference not in own:
            item.wrong(f"{reference} is not named in this file", "references")
    on = item.checked("on", day_or_instant, required=True)
    by = item.checked("by", day_or_instant, required=False)
    event = item.word("event", DesignationEvent)
    source = item.text("source")
    checked = item.flag("checked")
    disputed = item.flag("disputed") if "disputed" in item.found else False
    accepted = _accepted(item) if "accepted" in item.found else None
    if on is None:
        return references
    if by is not None and order(by) <= order(on):
        item.wrong("'by' is not after 'on'", "by")
    for reference in references:
        if (reference, event, on) in found.facts:
            item.wrong(f"{reference} {event} on {on} stands twice", "references")
        found.facts[reference, event, on] = DesignationFact(
            reference=reference,
            event=event,
            on=on,
            by=by,
            source=source,
            checked=checked,
            disputed=disputed,
            accepted=accepted,
        )
    return references


def _accepted(item: Reader) -> Accepted:
    inner = item.inner("accepted", "side by because")
    return Accepted(
        side=inner.word("side", AcceptedSide), by=inner.text("by"), because=inner.text("because")
    )
