"""Record: everything known at a moment, frozen and indexed, with its digest.

A record is what the store held at the knowledge clock K: the promoted lists, the legal record,
an office's own exemptions, and the tables that ship with the engine. Its digest is over content,
never over recording times or the order of import, so that equal knowledge has an equal name.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import replace
from datetime import datetime
from functools import cached_property, lru_cache

from app.law.exemption import OnFile
from app.law.files import exemptions as read_exemptions
from app.law.files import regimes as read_regimes
from app.law.nationality import People
from app.law.reach import Course
from app.lists.changes import Change, changes
from app.lists.checks import doubtful
from app.lists.designations import designations as read_designations
from app.lists.history import Contradiction, contradictions, designations
from app.screening.identity import Candidate, candidates
from app.screening.index import Index, build
from app.terms import (
    Designated,
    DesignationEvent,
    DesignationFact,
    DesignationInterval,
    Entry,
    Exemption,
    LegalRecord,
    Listed,
    ListKind,
    Policy,
    Snapshot,
    Tables,
    Traveller,
    Version,
    numbered,
    value,
)
from app.when import counted, order, parse_instant
from app.where import Places
from app.written import Errors, Files, WrittenWrong


class NotOnRecord(LookupError):
    """A reference that no list or designation fact names, or an answer that was never saved."""


@value
class ListShown:
    """One list that an answer rests on."""

    sha256: str
    list_kind: ListKind
    generated: str


@value
class RecordShown:
    """What was on record at the knowledge clock."""

    digest: str
    """SHA-256 over the content of the record."""
    law: str | None
    """Digest of the legal record."""
    lists: tuple[ListShown, ...]
    references: int
    """Those that any list on record holds."""
    named_by_facts_alone: int
    """Those that no list on record holds and a designation fact names."""


@value
class Held:
    """A reference's record, by the newest list that holds it."""

    entry: Entry
    snapshot: Snapshot
    gone_from: Snapshot | None
    """The newest of the lists that were asked, where it holds the reference no longer."""


def legal_record(files: Files, recorded_at: str) -> LegalRecord:
    """The legal record that the texts of data/law, exemptions and designations hold.

    `files` maps a path below data/ to its text. Raises WrittenWrong with every error.
    """
    return replace(read_files(tuple(sorted(files.items()))), recorded_at=recorded_at)


@lru_cache(maxsize=2)  # what ships is read, stored, and read from there once more
def read_files(texts: tuple[tuple[str, str], ...]) -> LegalRecord:
    """Paths and texts, in order of path, as a legal record that was never recorded."""
    errors = Errors()
    rooms: dict[str, dict[str, str]] = {"law": {}, "exemptions": {}, "designations": {}}
    for path, text in texts:
        rooms.setdefault(path.partition("/")[0], {})[path] = text
    regimes = read_regimes(rooms["law"], errors)
    exemptions = read_exemptions(rooms["exemptions"], regimes, errors)
    named = read_designations(rooms["designations"], errors)
    if errors.found:
        raise WrittenWrong(errors.found)
    return LegalRecord(
        digest=files_digest(dict(texts)),
        recorded_at="",
        regimes=regimes,
        exemptions=exemptions,
        parties=named.parties,
        facts=named.facts,
        same_person=named.same_person,
    )


def files_digest(files: Files) -> str:
    """SHA-256 over paths and texts, in order of path."""
    digest = hashlib.sha256()
    for path in sorted(files):
        for part in (path, files[path]):
            encoded = part.encode()
            digest.update(len(encoded).to_bytes(8, "big") + encoded)
    return digest.hexdigest()


def _names(entry: Entry) -> tuple[str, ...]:
    return entry.name, *(alias.name for alias in entry.aliases)


class Record:
    """Everything known at one moment."""

    def __init__(
        self,
        known_at: str,
        law: LegalRecord | None,
        snapshots: Sequence[Snapshot],
        entries: Mapping[str, Entry],
        members: Mapping[str, Sequence[str]],
        tables: Tables,
        places: Places,
        own_exemptions: Sequence[Exemption] = (),
    ) -> None:
        """Gather a record.

        `entries` maps the digest of an entry to it; `members` maps the SHA-256 of a snapshot to
        the digests of the entries it holds; `own_exemptions` are those that an office recorded,
        each named by its content.
        """
        self.known_at = known_at
        self.law = law
        self.exemptions = (*(law.exemptions if law else ()), *own_exemptions)
        self.tables = tables
        self.places = places
        by_day = sorted(snapshots, key=lambda item: (order(item.generated), item.sha256))
        self.full_lists = tuple(item for item in by_day if item.list_kind is ListKind.full)
        self.supplements = tuple(item for item in by_day if item.list_kind is not ListKind.full)
        self._entries, self._members = entries, members
        self._holds: dict[str, dict[str, Entry]] = {}  # by reference, then by the list's SHA-256
        self.listed = self._gather(by_day, entries, members)
        self._designations: dict[tuple[str, int], tuple[DesignationInterval, ...]] = {}
        self._courses: dict[tuple[str, int, bool], Course] = {}
        self._people: dict[Course, People] = {}
        self._changes: list[tuple[Change, ...]] = []  # one or none; copies of this record share it

    def _gather(
        self,
        by_day: Sequence[Snapshot],
        entries: Mapping[str, Entry],
        members: Mapping[str, Sequence[str]],
    ) -> dict[str, Listed]:
        versions: dict[str, dict[str, Version]] = {}
        full = {snapshot.sha256 for snapshot in self.full_lists}
        for snapshot in reversed(by_day):
            for digest in members[snapshot.sha256]:
                entry = entries[digest]
                self._holds.setdefault(entry.reference, {})[snapshot.sha256] = entry
                found = versions.setdefault(entry.reference, {})
                if digest not in found:
                    found[digest] = Version(entry=entry, snapshot=snapshot)
        parties = {party.reference: party for party in (self.law.parties if self.law else ())}
        died: dict[str, DesignationFact] = {}
        named_by: dict[str, DesignationFact] = {}
        for fact in self.law.facts if self.law else ():
            if fact.event is DesignationEvent.died:
                died[fact.reference] = fact
            named_by.setdefault(fact.reference, fact)
        same: dict[str, tuple[str, ...]] = {
            reference: tuple(other for other in group if other != reference)
            for group in (self.law.same_person if self.law else ())
            for reference in group
        }
        listed = {}
        for reference in sorted({*versions, *parties}):
            kept = tuple(versions.get(reference, {}).values())
            in_full = tuple(item for item in kept if item.snapshot.sha256 in full)
            # For a reference that any full list has held a supplement is not asked.
            kept = in_full or kept
            party = parties.get(reference)
            given = {name.casefold() for version in kept for name in _names(version.entry)}
            first = kept[0].entry if kept else parties[reference]
            listed[reference] = Listed(
                reference=reference,
                kind=first.kind,
                regime_word=first.regime_word,
                versions=kept,
                also=tuple(
                    name for name in (party.names if party else ()) if name.casefold() not in given
                ),
                named_by=named_by.get(reference),
                died=died.get(reference),
                same_person=tuple(
                    other
                    for other in same.get(reference, ())
                    if other in versions or other in parties
                ),
            )
        return listed

    @cached_property
    def index(self) -> Index:
        """The names of everybody on any list on record or in a designation fact, indexed."""
        return build(tuple(self.listed.values()), self.tables.names, self.law_digest)

    def under(self, reference: str) -> tuple[str, ...]:
        """A reference with all others recorded as the same person; NotOnRecord when unknown."""
        if reference not in self.listed:
            raise NotOnRecord(reference)
        return (reference, *self.listed[reference].same_person)

    def as_held(self, reference: str, sha256: str) -> Entry | None:
        """A record as one list on record holds it; null where that list does not."""
        if sha256 not in self._holds.get(reference, ()):
            return None
        held = (self._entries[digest] for digest in self._members[sha256])
        return next((entry for entry in held if entry.reference == reference), None)

    def candidates(self, traveller: Traveller, policy: Policy) -> tuple[Candidate, ...]:
        """Who may be meant by a traveller, listed individuals and entities."""
        return candidates(traveller, self.index, self.tables.places, policy)

    @cached_property
    def _facts(self) -> dict[str, list[DesignationFact]]:
        found: dict[str, list[DesignationFact]] = {}
        for fact in self.law.facts if self.law else ():
            found.setdefault(fact.reference, []).append(fact)
        return found

    def as_known_at(self, moment: str) -> "Record":
        """This record under another name for the moment: between two facts nothing changes."""
        _ = self.index  # made once, for this record and its copies
        found = copy(self)
        found.known_at = moment
        return found

    def with_exemptions(self, moment: str, own_exemptions: Sequence[Exemption]) -> "Record":
        """This record as it is with other exemptions of an office's own: nobody is read anew."""
        found = self.as_known_at(moment)
        shipped = self.law.exemptions if self.law else ()
        found.exemptions = (*shipped, *own_exemptions)
        for made in ("digest", "shown", "on_file"):
            found.__dict__.pop(made, None)
        return found

    @cached_property
    def on_file(self) -> OnFile:
        """The exemptions on record, for whoever asks about one person."""
        return OnFile(self.exemptions)

    def _evidence(
        self, reference: str
    ) -> tuple[list[tuple[Snapshot, bool]], Snapshot | None, Sequence[DesignationFact], str | None]:
        """What lists and facts say of a reference; KeyError for an unknown one."""
        holds = self._holds.get(reference, {})
        return (
            [(snapshot, snapshot.sha256 in holds) for snapshot in self.full_lists],
            next((item for item in reversed(self.supplements) if item.sha256 in holds), None),
            self._facts.get(reference, ()),
            self.listed[reference].listed_on,
        )

    def designations(self, reference: str, fresh_days: int) -> tuple[DesignationInterval, ...]:
        """What is on record of a reference's listing, since ever; KeyError for an unknown one."""
        key = (reference, fresh_days)
        if key not in self._designations:
            self._designations[key] = designations(
                reference, *self._evidence(reference), fresh_days
            )
        return self._designations[key]

    def designated(self, reference: str, fresh_days: int) -> tuple[Designated, ...]:
        """A reference, and all others recorded as the same person, as the law looks at them.

        NotOnRecord for one that no list or fact names.
        """
        return tuple(
            Designated(
                reference=name,
                kind=self.listed[name].kind,
                regime_word=self.listed[name].regime_word,
                intervals=self.designations(name, fresh_days),
            )
            for name in self.under(reference)
        )

    def course(self, reference: str, fresh_days: int, family: bool = False) -> Course:
        """What the law says of a person, or of that person's relatives, over all time.

        NotOnRecord for a reference that no list or fact names.
        """
        key = (reference, fresh_days, family)
        if key not in self._courses:
            self._courses[key] = Course(
                self.designated(reference, fresh_days),
                self.law.regimes if self.law else (),
                family,
            )
        return self._courses[key]

    def people(self, course: Course) -> People:
        """The records of whoever a course is about: none of relatives."""
        if course not in self._people:
            self._people[course] = People(
                (self.listed[party.reference] for party in course.parties if not course.family),
                (regime.state for regime in course.regimes if regime.state),
            )
        return self._people[course]

    def contradictions(self) -> tuple[Contradiction, ...]:
        """Every designation fact that lists on record contradict, in order of reference."""
        return tuple(
            found
            for reference in sorted(self._facts)
            for found in contradictions(reference, *self._evidence(reference))
        )

    def doubtful_lists(self) -> tuple[tuple[Snapshot, str], ...]:
        """Full lists on record that would not be believed beside their neighbours now, and why."""
        return doubtful(tuple(self._chain()), self.law.facts if self.law else ())

    @property
    def changes(self) -> tuple[Change, ...]:
        """Every change that the full lists show, the newest first; made when first asked for."""
        if not self._changes:
            self._changes.append(self._changes_in(self._chain()))
        return self._changes[0]

    def changes_of(self, reference: str) -> tuple[Change, ...]:
        """Every change that the full lists show of one reference, the newest first.

        Those of everybody take a second or more to make; these alone, a thousandth of it.
        """
        if self._changes:
            return tuple(item for item in self._changes[0] if item.reference == reference)
        holds = self._holds.get(reference, {})
        chain = (
            (item, {reference: holds[item.sha256]} if item.sha256 in holds else {})
            for item in self.full_lists
        )
        return self._changes_in(chain)

    def _changes_in(
        self, chain: Iterable[tuple[Snapshot, Mapping[str, Entry]]]
    ) -> tuple[Change, ...]:
        return changes(chain, self._facts, self.regime_numbers, self.law_digest, self.places)

    def held(self, reference: str, before: datetime | None = None) -> Held | None:
        """A reference's record by the newest list that holds it; null where none does.

        With `before` only lists that were generated before that moment are asked. As everywhere,
        a supplement is not asked for a reference that any full list has held.
        """
        holds = self._holds.get(reference, {})
        full = any(item.sha256 in holds for item in self.full_lists)
        asked = [
            item
            for item in (self.full_lists if full else self.supplements)
            if before is None or parse_instant(item.generated) < before
        ]
        here = next((item for item in reversed(asked) if item.sha256 in holds), None)
        if here is None:
            return None
        return Held(
            entry=holds[here.sha256],
            snapshot=here,
            gone_from=asked[-1] if full and asked[-1] is not here else None,
        )

    @cached_property
    def regime_numbers(self) -> Mapping[str, str]:
        """The number of each regime on record, by the letters that its references begin with."""
        if self.law is None:
            return {}
        named = {
            party.reference[:2]: party.regime
            for party in self.law.parties
            if numbered(party.reference)
        }
        return named | {
            regime.prefix[:2]: regime.id for regime in self.law.regimes if regime.prefix
        }

    def _chain(self) -> Iterator[tuple[Snapshot, Mapping[str, Entry]]]:
        """The full lists with their records by reference; equal lists share one mapping."""
        held: Sequence[str] = ()
        by_reference: dict[str, Entry] = {}
        for snapshot in self.full_lists:
            digests = self._members[snapshot.sha256]
            if digests != held:
                entries = (self._entries[digest] for digest in digests)
                by_reference = {entry.reference: entry for entry in entries}
            held = digests
            yield snapshot, by_reference

    @property
    def law_digest(self) -> str:
        """The digest of the legal record; empty when none is on record."""
        return self.law.digest if self.law else ""

    @cached_property
    def digest(self) -> str:
        """SHA-256 over the lists, the legal record and an office's own exemptions.

        Whatever order they came in.
        """
        lines = sorted(
            f"{item.list_kind} {item.sha256}" for item in (*self.full_lists, *self.supplements)
        )
        lines.append(f"law {self.law_digest}")
        lines += sorted(f"exemption {item.id}" for item in self.exemptions if item.recorded_by)
        return hashlib.sha256("\n".join(lines).encode()).hexdigest()

    @cached_property
    def lists_in_words(self) -> str:
        """The lists on record, as a sentence says it; empty when none is."""
        if self.full_lists:
            number = counted(len(self.full_lists), "full list")
            return f"{number}, the newest of {self.full_lists[-1].generated[:10]}"
        words = sorted({item.regime_word for item in self.listed.values() if item.versions})
        return f"the supplement for {', '.join(words)}" if words else ""

    @cached_property
    def named_by_facts_alone(self) -> int:
        """How many no list on record holds, and only designation facts name."""
        return sum(not item.versions for item in self.listed.values())

    @cached_property
    def shown(self) -> RecordShown:
        """The record as an answer names it."""
        return RecordShown(
            digest=self.digest,
            law=self.law.digest if self.law else None,
            lists=tuple(
                ListShown(sha256=item.sha256, list_kind=item.list_kind, generated=item.generated)
                for item in (*self.full_lists, *self.supplements)
            ),
            references=sum(bool(item.versions) for item in self.listed.values()),
            named_by_facts_alone=self.named_by_facts_alone,
        )
