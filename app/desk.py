"""One list from bytes to a decision, one question from record to saved answer.

What api, cli and jobs share. Each call is one transaction: what it stores is stored whole, with
its audit line, or not at all.
"""

import gzip
import hashlib
import io
import logging
import lzma
import re
import zlib
from collections import OrderedDict
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from enum import StrEnum
from functools import cache
from importlib.metadata import version as package_version
from threading import Lock
from typing import Any, NamedTuple, Protocol, TypeVar

from pydantic import TypeAdapter, ValidationError
from sqlalchemy import Connection

from app import history
from app.assessment.article import (
    Article,
    ArticleAsked,
    Looked,
    ReviewGiven,
    acceptances,
    article,
    as_read,
    blamed,
    reviewed,
    words,
)
from app.assessment.assess import Assessment, assess
from app.assessment.change import NOTHING_TRIED, WouldChange, most_tried, would_change
from app.assessment.exemptions import (
    ExemptionGiven,
    ExemptionsAsked,
    ExemptionWithdrawn,
    WithdrawalGiven,
)
from app.assessment.exemptions import check as check_exemption
from app.assessment.exemptions import exemptions as exemptions_meant
from app.assessment.look_up import (
    MeasureOnRecord,
    Person,
    RegimeAnswered,
    RegimeShown,
    StatementAnswered,
    StatementAsked,
    legal_statement,
    measures,
    person,
    regime,
    regimes,
    remarks,
)
from app.assessment.report import Fault, Refused
from app.assessment.screen import Screening, ScreeningAsked, Screenings, screen
from app.assessment.signed import only_own, signature
from app.assessment.watch import ChangesAsked, watched
from app.evidence import Reason
from app.history import HistoryAsked, HistoryPage
from app.kept import Answers, Latest, Sent
from app.keys import Keys
from app.lists.changes import Change
from app.lists.checks import (
    LARGEST_LOSS,
    SMALLEST_SHARE,
    Neighbour,
    accounts,
    concerns,
    out_of_turn,
)
from app.lists.un_xml import MOST_BYTES, ListRefused, ParsedList, read
from app.reading.article import Document, Reading, document
from app.reading.parser import Parser
from app.reading.read import read as read_article
from app.record import Held, Record, RecordShown
from app.record import NotOnRecord as NotOnRecord
from app.store import articles, assessments, audit, erase, exemptions, facts, refreshes, verify
from app.store.paging import BadCursor as BadCursor
from app.store.paging import cursor, place
from app.store.refreshes import Refreshed, RefreshOutcome, Run
from app.store.tables import ERASE_ANSWER
from app.store.together import Together
from app.store.trouble import trouble
from app.terms import (
    Exemption,
    Leg,
    ListKind,
    Policy,
    Report,
    Tables,
    Traveller,
    value,
)
from app.when import arrival, counted, in_words, instant_text, parse_instant
from app.where import Places

T = TypeVar("T")
COMMAND_LINE = "command line"
CHECKS = "the checks"
_ASSESS = "assess"
_LOG = logging.getLogger("travelban")
_ZONES = package_version("tzdata")
_FEW = 20  # paths in a line; all of them are on record
_WRITING = timedelta(minutes=5)  # longer than any transaction takes
_QUESTIONS_KEPT = 256
_RECORDS_KEPT = 4  # the newest one, and some that questions about the past have asked for
_XZ_MEMORY = 128 * 1024 * 1024  # what the strongest usual setting asks for is half of that


class KnownAtInFuture(ValueError):
    """A question about what will be known; nobody can say."""

    def __init__(self, words: str, field: str = "known_at") -> None:
        super().__init__(words)
        self.field = field


class Erased(NotOnRecord):
    """An answer that was saved and erased since."""

    def __init__(self, name: str, moment: str) -> None:
        super().__init__(name)
        self.moment = moment


class NotAsked(ValueError):
    """A saved question that the engine which runs now does not take any more."""


class NotNewest(ValueError):
    """A review of an answer after which another has come."""


class Reader(Protocol):
    """Reads a text: app.reading.read.read."""

    def __call__(
        self,
        text: str,
        published_on: str,
        record: Record,
        policy: Policy,
        *,
        title: str | None = None,
        publisher: str | None = None,
        url: str | None = None,
    ) -> Reading:
        """What a text says, as drafts."""


class ImportOutcome(StrEnum):
    """What became of a list that was brought."""

    promoted = "promoted"
    unchanged = "unchanged"
    quarantined = "quarantined"
    refused = "refused"


@value
class ImportResult:
    """What became of a list that was brought, and why, in one line."""

    outcome: ImportOutcome
    sha256: str | None
    """The list's name; null when the bytes could not be unpacked."""
    words: str


@value
class ListDecided:
    """A list that somebody has decided about."""

    list: facts.ListStatus
    changed: bool
    """Whether it was otherwise before."""


@value
class Answered:
    """A saved answer: the bytes stored are the bytes sent."""

    id: str
    body: bytes
    etag: str
    new: bool
    """Whether this question was asked of this record for the first time."""
    verdict: str | None = None
    standings: tuple[str, ...] = ()
    """Of an assessment that was asked for: its verdict, and the standing of each leg's event."""


class Question(NamedTuple):
    """A travel report that is asked about, and what its answer is found by."""

    report: Report
    """As it was asked."""
    asked: Report
    """With its knowledge clock."""
    text: str
    """That as it is kept."""
    digest: str
    """SHA-256 of the text."""
    address: str
    """The content address of the answer."""
    record_digest: str


@value
class ArticleQuestion:
    """A text that was asked about, as the question is kept: the text by its name."""

    document: Document
    known_at: str


@value
class ReviewQuestion:
    """A review, as the question is kept: the answer that was looked at is named."""

    review: ReviewGiven
    known_at: str


@value
class AssessmentsPage:
    """Saved assessments, the newest first."""

    items: tuple[assessments.SavedLine, ...]
    next: str | None


@value
class MeasuresPage:
    """Measures on record."""

    items: tuple[MeasureOnRecord, ...]
    next: str | None
    remarks: tuple[Reason, ...]
    """Why none, or none on travel, is told of the person asked about, where that is so."""
    known_at: str
    record: RecordShown


@value
class RegimesPage:
    """Regimes of the legal record."""

    items: tuple[RegimeShown, ...]
    next: str | None
    known_at: str


@value
class ExemptionsPage:
    """Exemptions on record: those that ship, then those that were recorded here."""

    items: tuple[Exemption, ...]
    next: str | None
    known_at: str


@value
class ExemptionKept:
    """An exemption that is on record here."""

    exemption: Exemption
    new: bool
    """Whether it was not there before."""


@value
class WithdrawalKept:
    """How an exemption that was recorded here was taken back."""

    withdrawn: ExemptionWithdrawn
    new: bool
    """Whether it was not so before."""


@value
class ChangesPage:
    """Changes between lists, the newest first."""

    items: tuple[Change, ...]
    next: str | None
    known_at: str


@value
class SnapshotsPage:
    """Lists on record and in quarantine, the newest first."""

    items: tuple[facts.ListStatus, ...]
    next: str | None


@value
class Replay:
    """A saved question, asked again of the engine that runs now."""

    id: str
    same: bool
    """Whether the bytes of the answer are the same."""
    stored_engine: str
    engine: str
    answer: Assessment


@value
class Live:
    """The process answers."""

    status: str


@value
class RefreshesShown:
    """Runs of the refresh."""

    at_work: Run | None
    silent: Run | None
    """One whose lease ran out: the next run takes it over and writes what became of it."""
    ended: tuple[Refreshed, ...]
    """The newest first."""


@value
class LastRefresh:
    """The run of the refresh that ended last."""

    outcome: RefreshOutcome
    ended_at: str
    words: str


@value
class Check:
    """One thing that was looked at, and what was found."""

    name: str
    ok: bool
    words: str


@value
class Ready:
    """What is on record, how old it is, and whether anything is amiss."""

    status: str
    """`ready` or `not_ready`: a check that is not ok may still be no more than a warning."""
    lists: int
    full_lists: int
    newest: str | None
    """`dateGenerated` of the newest list."""
    age_days: int | None
    stale: bool
    words: str
    last_refresh: LastRefresh | None
    """Null where the refresh has never run."""
    quarantined: int
    """Lists that are set aside and wait for a decision."""
    checks: tuple[Check, ...]


class Noted(NamedTuple):
    """A name that was screened, as the audit keeps it."""

    question: str
    """JSON of what was asked."""
    record_digest: str
    answer_digest: str
    """SHA-256 of the answer as it is sent."""


def noted(asked: ScreeningAsked, answer: Screening, body: bytes | None = None) -> Noted:
    """What the audit keeps of a screening; `body` is the answer as it is sent, if it is at hand."""
    digest = hashlib.sha256(encode(answer) if body is None else body).hexdigest()
    return Noted(encode(asked).decode(), answer.snapshots.digest, digest)


class Desk:
    """What is on record, asked and added to."""

    def __init__(
        self,
        *,
        store: facts.Store,
        tables: Tables,
        places: Places,
        policy: Policy,
        clock: Callable[[], datetime],
        read: Reader = read_article,
        parser: Parser | None = None,
        version: str = "unversioned",
        stale_days: int = 10,
        list_share: float = SMALLEST_SHARE,
        regime_loss: float = LARGEST_LOSS,
        audit_secret: bytes | None = None,
        keys_required: bool = False,
    ) -> None:
        self.store = store
        self.keys = Keys(store, clock, required=keys_required)
        self.tables = tables
        self.places = places
        self.policy = policy
        self.clock = clock
        self.read = read
        self.parser = parser  # what `read` is helped by: part of the name of what reads
        self.version = version
        self.stale_days = stale_days
        self.list_share = list_share
        self.regime_loss = regime_loss
        self.audit_secret = audit_secret  # where only keyed digests of what is screened are kept
        self._decoded = facts.Decoded()
        self._records: OrderedDict[str, Record] = OrderedDict()
        self._gathering = Lock()
        # Threads that compute at the same time only take the interpreter from each other: eight
        # questions at once took twice as long as one after the other (benchmarks/README.md).
        self._computing = Lock()
        self._sent = Answers()  # assessments, by id
        # By what they are in memory: the same report that is asked again is known without a look.
        self._latest_asked = Latest[int, Question](_QUESTIONS_KEPT)
        self._together = Together(store)
        self._latest: Record | None = None  # as last seen: for the age of the list alone

    # ------------------------------------------------------------ lists

    def import_list(
        self, path_name: str, raw: bytes, supplement: bool, who: str = COMMAND_LINE
    ) -> ImportResult:
        """Take a list in: XML, or XML packed by gzip or xz, in any order and of any day.

        Refused: nothing is stored. Quarantined: stored as evidence, and not on record until
        somebody accepts it.
        """
        list_kind = ListKind.supplement if supplement else ListKind.full
        sha256 = None
        try:
            xml = unpacked(raw)
            sha256 = hashlib.sha256(xml).hexdigest()
            with self.store.reading() as connection:
                here = facts.status(connection, sha256)
            if here is None:
                parsed = read(xml)
        except ListRefused as error:
            return ImportResult(outcome=ImportOutcome.refused, sha256=sha256, words=str(error))
        with self.store.writing() as connection:
            if here is not None:
                return self.look_again(connection, here, list_kind)
            # A file's name need not be text.
            source = path_name.encode(errors="replace").decode()
            return self.take_in(connection, xml, parsed, list_kind, source, who)

    def take_in(
        self,
        connection: Connection,
        xml: bytes,
        parsed: ParsedList,
        list_kind: ListKind,
        source: str,
        who: str,
        *,
        todays: bool = False,
    ) -> ImportResult:
        """Check a list that was read and store it, in the caller's transaction.

        `todays` says that it is meant to be today's list: then it may not be older than what is
        on record.
        """
        moment = facts.next_moment(connection, self.clock())
        sha256 = hashlib.sha256(xml).hexdigest()
        here = facts.status(connection, sha256)
        if here is not None:
            return self.look_again(connection, here, list_kind, todays=todays)
        doubts = self._doubts(connection, parsed, list_kind, todays)
        outcome = ImportOutcome.quarantined if doubts else ImportOutcome.promoted
        facts.add_list(
            connection,
            xml=xml,
            parsed=parsed,
            list_kind=list_kind,
            source=source,
            outcome=facts.Outcome(outcome),
            because="; ".join(doubts) or "nothing speaks against it",
            decided_by=who,
            recorded_at=moment,
        )
        audit.add(
            connection,
            at=moment,
            who=who,
            action=f"list import: {outcome}",
            question_digest=sha256,
            answer_digest=None,
            subject=sha256,
        )
        words = (
            f"{_list_in_words(list_kind, parsed.generated)}, {parsed.individuals} individuals and "
            f"{parsed.entities} entities, {sha256[:12]}"
        )
        if unknown := parsed.unknown_elements:
            words += f"; kept, with no field here: {', '.join(unknown[:_FEW])}"
            words += f" and {len(unknown) - _FEW} more" if len(unknown) > _FEW else ""
        if doubts:
            words += f"; set aside: {'; '.join(doubts)}"
        return ImportResult(outcome=outcome, sha256=sha256, words=words)

    def _doubts(
        self, connection: Connection, parsed: ParsedList, list_kind: ListKind, todays: bool
    ) -> tuple[str, ...]:
        """Why a list is not to be believed; empty when nothing speaks against it."""
        neighbour = facts.neighbour(connection, parsed.generated)

        def accounted_for(near: Neighbour, missing: Collection[str]) -> Collection[str]:
            law = facts.law(connection, None, self._decoded)
            gone = facts.held(connection, near.sha256, missing)
            return accounts(parsed.generated, near, gone, law.facts if law else ())

        doubts = concerns(
            parsed,
            list_kind,
            neighbour,
            accounted_for,
            smallest_share=self.list_share,
            largest_loss=self.regime_loss,
        )
        if not todays:
            return doubts
        return *out_of_turn(parsed, neighbour, self.clock()), *doubts

    def look_again(
        self,
        connection: Connection,
        here: facts.ListStatus,
        list_kind: ListKind,
        *,
        todays: bool = False,
    ) -> ImportResult:
        """A list that is here, brought again: what was set aside may be accounted for by now.

        What somebody decided about it stays so.
        """
        if here.outcome is facts.Outcome.quarantined and here.list_kind is list_kind:
            try:
                parsed = read(facts.evidence(connection, here.sha256) or b"")
            except ListRefused:  # by a stricter reader than the one that it came to
                return _already(here, list_kind)
            if not self._doubts(connection, parsed, list_kind, todays):
                moment = facts.next_moment(connection, self.clock())
                because = f"nothing speaks against it any more; it was set aside: {here.because}"
                self._decided(connection, here, facts.Outcome.promoted, because, CHECKS, moment)
                words = f"{_list_in_words(here.list_kind, here.generated)}, {here.sha256[:12]}: "
                return ImportResult(
                    outcome=ImportOutcome.promoted, sha256=here.sha256, words=words + because
                )
        return _already(here, list_kind)

    def decide(self, name: str, accept: bool, because: str, who: str) -> ListDecided:
        """Put a list that is here on record, or take it off, and say who decided that, and why.

        `name` is its SHA-256, or the beginning of it. NotOnRecord when no list has it, or several.
        """
        wanted = facts.Outcome.accepted if accept else facts.Outcome.rejected
        with self.store.writing() as connection:
            moment = facts.next_moment(connection, self.clock())
            here = self._named(connection, name)
            if (here.outcome in facts.ON_RECORD) if accept else (here.outcome is wanted):
                return ListDecided(list=here, changed=False)
            self._decided(connection, here, wanted, because, who, moment)
            return ListDecided(list=self._named(connection, here.sha256), changed=True)

    def _decided(
        self,
        connection: Connection,
        here: facts.ListStatus,
        outcome: facts.Outcome,
        because: str,
        who: str,
        moment: str,
    ) -> None:
        facts.add_decision(
            connection,
            sha256=here.sha256,
            outcome=outcome,
            because=because,
            decided_by=who,
            recorded_at=moment,
        )
        audit.add(
            connection,
            at=moment,
            who=who,
            action=f"list decision: {outcome}",
            question_digest=here.sha256,
            answer_digest=None,
            subject=here.sha256,
        )

    def evidence(self, name: str) -> bytes:
        """Bytes that came as a list, whether they were one; `name` as in `decide`.

        NotOnRecord when nothing, or more than one thing, has the name; EvidenceDamaged when what
        is kept is not what was stored.
        """
        with self.store.reading() as connection:
            wanted = name.casefold()
            found = facts.evidence_named(connection, wanted) if _is_digits(name) else []
            if len(found) != 1:
                raise NotOnRecord(_how_many(found, name))
            return facts.evidence(connection, found[0]) or b""

    def _named(self, connection: Connection, name: str) -> facts.ListStatus:
        """The one list that a SHA-256, or the beginning of one, names; NotOnRecord for others."""
        found = facts.named(connection, name.casefold()) if _is_digits(name) else []
        if len(found) != 1:
            raise NotOnRecord(_how_many(found, name))
        return found[0]

    def refreshes(self, limit: int) -> RefreshesShown:
        """The run of the refresh that is at work, and those that are over, the newest first."""
        with self.store.reading() as connection:
            holder = refreshes.holder(connection)
            now = instant_text(self.clock())
            works = holder is not None and refreshes.at_work(connection, holder.run, now)
            return RefreshesShown(
                at_work=holder if works else None,
                silent=None if works else holder,
                ended=tuple(refreshes.newest(connection, limit)),
            )

    def lists_status(self, known_at: str | None = None) -> list[facts.ListStatus]:
        """Every list that is here, set aside or not, newest first by what it says of itself."""
        with self.store.reading() as connection:
            return facts.snapshots(connection, self._known_at(known_at))

    # ------------------------------------------------------------ the record

    def record(self, known_at: str | None = None) -> Record:
        """Everything known at a moment, or now; KnownAtInFuture for one that is not yet.

        Its `known_at` is the moment as it was asked; with none asked, the recording time of the
        newest fact.
        """
        found = self._record(self._known_at(known_at))
        if known_at is not None:
            return found.as_known_at(known_at)
        self._latest = found
        return found

    def _record(self, asked: str | None) -> Record:
        """The record up to a moment; two moments with no fact between them share one."""
        with self.store.reading() as connection:
            newest = facts.newest_fact(connection, asked)
            if newest is None:
                moment = asked or instant_text(self.clock())
                return Record(
                    known_at=moment,
                    law=None,
                    snapshots=(),
                    entries={},
                    members={},
                    tables=self.tables,
                    places=self.places,
                )
            found = self._records.get(newest)
            if found is not None:
                return found
            # One at a time: the others find it gathered.
            with self._gathering:
                found = self._records.get(newest)
                if found is None:
                    found = facts.record(
                        connection, newest, self.tables, self.places, self._decoded
                    )
                    _ = found.index  # made once, by the thread that gathers
                    self._records[newest] = found
                    while len(self._records) > _RECORDS_KEPT:
                        newest_kept = max(self._records)
                        del self._records[
                            next(moment for moment in self._records if moment != newest_kept)
                        ]
                return found

    def _known_at(self, asked: str | None) -> str | None:
        """A moment in the store's form; KnownAtInFuture when it is later than now."""
        if asked is None:
            return None
        moment = instant_text(parse_instant(asked))
        now = self.clock()
        if moment > instant_text(now):
            # A clock that was set back does not make what is on record unknown.
            with self.store.reading() as connection:
                newest = facts.newest_fact(connection)
            if newest is None or moment > newest:
                raise KnownAtInFuture(f"{asked} is in the future: nobody knows what will be known")
        elif moment > instant_text(now - _WRITING):
            with self.store.writing() as connection:
                facts.writer_done(connection)
        return moment

    # ------------------------------------------------------------ questions

    @property
    def engine(self) -> str:
        """What answers: the version, the tables that ship with it, and the zone tables."""
        return f"travelban {self.version}, tables {self.tables.digest[:16]}, tzdata {_ZONES}"

    @property
    def reading_engine(self) -> str:
        """What answers about a text: the engine, and the parser that helps it read."""
        return self.engine if self.parser is None else f"{self.engine}, {self.parser.name}"

    def try_out(self, report: Report) -> Assessment:
        """Assess a travel report without saving the answer."""
        return self._assess(report, self.record(report.known_at))[1]

    def ask(self, report: Report, who: str = "api") -> Answered:
        """Assess a travel report and save the answer, with its audit line, in one transaction.

        The same question of the same record has the same id and the same bytes. Raises Refused
        and KnownAtInFuture.
        """
        question = self._latest_asked.get(id(report))
        # Another question may have its place in memory by now.
        if question is not None and question.report is report:
            given = self._again(question, who, newest=True)
            if given is not None:
                return given
        record = self.record(report.known_at)
        question = self._question(report, record)
        if report.known_at is None:
            self._latest_asked.keep(id(report), question)
        given = self._again(question, who)
        if given is not None:
            return given
        with self._computing:
            answer = self._answer(question, record)
            body = encode(answer)

        def save(connection: Connection) -> tuple[Sent, bool]:
            at = facts.next_moment(connection, self.clock())
            return self._save(connection, question, answer, body, at, who)

        sent, new = self._together.write(save)
        self._sent.keep(question.address, sent)
        return _answered(question, sent, new=new)

    def _again(self, question: Question, who: str, *, newest: bool = False) -> Answered | None:
        """The answer that is kept in memory, with its audit line; null where it may not be sent.

        With `newest` the record that it was given on must be the newest yet.
        """
        kept = self._sent.get(question.address)
        if kept is None:
            return None

        def again(connection: Connection) -> bool:
            at = facts.next_moment(connection, self.clock())
            # Looked at when nobody else writes: another process may have brought a list, or have
            # erased the answer.
            if newest and facts.newest_fact(connection) != question.asked.known_at:
                return False
            if assessments.saved_at(connection, question.address) != kept.saved_at:
                self._sent.drop(question.address)
                return False
            _note(connection, at, who, question, kept)
            return True

        if not self._together.write(again):
            return None
        return _answered(question, kept, new=False)

    @staticmethod
    def _save(
        connection: Connection,
        question: Question,
        answer: Assessment,
        body: bytes,
        at: str,
        who: str,
    ) -> tuple[Sent, bool]:
        """Save an assessment with its audit line, in the caller's transaction.

        What is saved, and whether it was not before.
        """
        content = assessments.save(
            connection,
            id=answer.id,
            question=question.text,
            answer=body.decode(),
            verdict=answer.verdict,
            engine=answer.engine,
            known_at=answer.known_at,
            record_digest=question.record_digest,
            references=[name for item in answer.states for name in item.identity.left],
            recorded_at=at,
        )
        new, saved_at = content is not None, at
        if content is None:  # by somebody else
            saved_at = assessments.saved_at(connection, answer.id) or at
            content = audit.content(connection, _ASSESS, answer.id, at) or ""
        sent = Sent(
            body=body,
            digest=hashlib.sha256(body).hexdigest(),
            saved_at=saved_at,
            content_digest=content,
            verdict=answer.verdict,
            standings=tuple(item.event.standing for item in answer.states),
        )
        _note(connection, at, who, question, sent)
        return sent, new

    def _assess(self, report: Report, record: Record) -> tuple[Question, Assessment]:
        """The question and the answer."""
        question = self._question(report, record)
        with self._computing:
            return question, self._answer(question, record)

    def _answer(self, question: Question, record: Record) -> Assessment:
        return assess(question.asked, record, self.policy, self.engine, question.address)

    def _question(self, report: Report, record: Record) -> Question:
        """The question with its knowledge clock, and the address of its answer on a record."""
        asked = replace(report, known_at=record.known_at)
        body = encode(asked)
        text = body.decode()
        return Question(
            report=report,
            asked=asked,
            text=text,
            digest=hashlib.sha256(body).hexdigest(),
            address=self._address(text, record),
            record_digest=record.digest,
        )

    def _address(self, question: str, record: Record, engine: str | None = None) -> str:
        """The content address of the answer to a question, on a record, by this engine."""
        parts = (question, record.digest, engine or self.engine, _as_text(self.policy))
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()

    def _saved(self, identifier: str) -> assessments.Saved:
        """A saved row; NotOnRecord when there is none, or the id has not the form of one."""
        if _is_digest(identifier):
            with self.store.reading() as connection:
                saved = assessments.get(connection, identifier)
            if saved is not None:
                return saved
        raise self._not_here(identifier)

    def _not_here(self, name: str) -> NotOnRecord:
        """What to say of a name under which nothing is saved: never, or not any more."""
        if _is_digest(name):
            with self.store.reading() as connection:
                if (moment := erase.when(connection, name)) is not None:
                    return Erased(name, moment)
        return NotOnRecord(name)

    def stored(self, identifier: str) -> Answered:
        """A saved answer; NotOnRecord when there is none."""
        saved = self._saved(identifier)
        body = saved.answer.encode()
        etag = hashlib.sha256(body).hexdigest()
        return Answered(id=identifier, body=body, etag=f'"{etag}"', new=False)

    def question(self, identifier: str) -> str:
        """The question of a saved answer, as it is kept; NotOnRecord when there is none."""
        return self._saved(identifier).question

    def replay(self, identifier: str) -> Replay:
        """Ask a saved question again, at its own clocks, of this engine; NotOnRecord when none."""
        saved = self._saved(identifier)
        report = decoder(Report).validate_json(saved.question)
        _, answer = self._assess(report, self.record(report.known_at))
        return Replay(
            id=identifier,
            same=encode(answer).decode() == saved.answer,
            stored_engine=saved.engine,
            engine=self.engine,
            answer=answer,
        )

    def would_change(self, identifier: str) -> WouldChange:
        """What would change a saved answer, at its own two clocks; nothing is saved.

        NotOnRecord; NotAsked for a question that this engine takes no longer.
        """
        saved = self._saved(identifier)
        record = self.record(saved.known_at)
        try:
            report = decoder(Report).validate_json(saved.question)
            if not most_tried(report):
                return NOTHING_TRIED
            base = self._assess(report, record)[1]
        except (ValidationError, Refused) as error:
            raise NotAsked(identifier) from error
        return would_change(
            report,
            base,
            encode(replace(base, id=saved.id, engine=saved.engine)).decode() == saved.answer,
            record,
            lambda trial: assess(trial, record, self.policy, self.engine, identifier),
        )

    def assessments(
        self, limit: int, after: str | None, reference: str | None = None
    ) -> AssessmentsPage:
        """Saved answers, the newest first; BadCursor for a cursor that is none.

        With a reference, those in which it may be the person meant.
        """
        with self.store.reading() as connection:
            rows, following = assessments.page(
                connection, limit=limit, after=after, reference=reference
            )
        return AssessmentsPage(items=tuple(rows), next=following)

    def history(self, asked: HistoryAsked, limit: int) -> HistoryPage:
        """Saved answers to travel reports that are meant, the newest first; BadCursor."""
        with self.store.reading() as connection:
            return history.journeys(connection, asked, limit)

    def texts(self, asked: HistoryAsked, limit: int) -> HistoryPage:
        """Saved answers about texts that are meant, the newest first; BadCursor."""
        with self.store.reading() as connection:
            return history.texts(connection, asked, limit)

    # ------------------------------------------------------------ articles

    def read_article(self, asked: ArticleAsked, who: str = "api", *, save: bool = True) -> Answered:
        """Read a text, assess each journey in it, and save all of it, in one transaction.

        The same question of the same record has the same id and the same bytes. Raises
        KnownAtInFuture; Refused where a page of HTML has no text.
        """
        record = self.record(asked.known_at)
        text, page = words(asked)
        of_text = {"title": asked.title, "publisher": asked.publisher, "url": asked.url}
        about = document(text, asked.published_on, **of_text, page=page)
        question = encode(ArticleQuestion(document=about, known_at=record.known_at)).decode()
        identifier = self._address(question, record, self.reading_engine)

        def looked() -> Looked:
            found = self.read(text, asked.published_on, record, self.policy, **of_text)
            return as_read(replace(found, document=about))

        if not save:
            return _of_article(self._article(looked(), record, identifier)[0], new=True)
        return self._kept(identifier, question, record, looked, text, None, who)

    def review_article(self, sha256: str, given: ReviewGiven, signs: str | None = None) -> Answered:
        """Make a new answer about a text of the newest one and a review of it.

        `signs` is whose key it is; left out, the review says by whom it is.
        The same review of the same answer is the same answer. NotOnRecord for a text that nobody
        asked about, NotNewest where the answer that was looked at is no longer the newest one,
        Refused where the review cannot stand; KnownAtInFuture.
        """
        by = signature("by", given.by, signs)
        only_own(acceptances(given), signs)
        record = self.record(given.known_at)
        newest = self._newest_article(sha256)
        asked = replace(given, by=by, article=given.article or newest.id)
        question = encode(ReviewQuestion(review=asked, known_at=record.known_at)).decode()
        identifier = self._address(question, record, self.reading_engine)
        with self.store.reading() as connection:
            text = articles.text(connection, sha256) or ""

        def looked() -> Looked:
            if asked.article != newest.id:
                raise NotNewest(newest.id)
            before = decoder(Article).validate_json(newest.answer)
            return reviewed(before, asked, text, record)

        return self._kept(identifier, question, record, looked, text, asked, by)

    def _kept(
        self,
        identifier: str,
        question: str,
        record: Record,
        looked: Callable[[], Looked],
        text: str,
        review: ReviewGiven | None,
        who: str,
    ) -> Answered:
        """The answer of this id: the one that is kept, else a new one, kept from now on."""
        with self.store.reading() as connection:
            here = articles.get(connection, identifier)
        if here is None:
            answer, reports = self._article(looked(), record, identifier)
            if review is not None:
                blamed(answer, review)
            sha256, body, replaces = answer.document.sha256, encode(answer), answer.replaces
        else:
            sha256, body, replaces, reports = here.document, here.answer.encode(), None, []
        etag = hashlib.sha256(body).hexdigest()
        with self.store.writing() as connection:
            at = facts.next_moment(connection, self.clock())
            new = False
            if here is None:
                newest = articles.newest(connection, sha256)
                if newest is not None:
                    if review is not None and newest.id not in (review.article, identifier):
                        raise NotNewest(newest.id)
                    # The newest stays the newest by a clock that was set back, too.
                    at = max(at, facts.after(newest.recorded_at))
                articles.add_document(connection, sha256, text, at)
                new = articles.save(
                    connection,
                    articles.SavedArticle(
                        id=identifier,
                        document=sha256,
                        question=question,
                        answer=body.decode(),
                        engine=self.reading_engine,
                        known_at=record.known_at,
                        record_digest=record.digest,
                        recorded_at=at,
                        replaces=replaces,
                    ),
                )
                if new and review is not None:
                    articles.add_review(
                        connection,
                        article=identifier,
                        given=encode(review).decode(),
                        reviewed_by=who,
                        recorded_at=at,
                    )
            audit.add(
                connection,
                at=at,
                who=who,
                action="read article" if review is None else "review article",
                question_digest=hashlib.sha256(question.encode()).hexdigest(),
                answer_digest=etag,
                subject=identifier,
                record_digest=record.digest,
            )
            for asked, assessed in reports:
                self._save(connection, asked, assessed, encode(assessed), at, who)
        return Answered(id=identifier, body=body, etag=f'"{etag}"', new=new)

    def _article(
        self, looked: Looked, record: Record, identifier: str
    ) -> tuple[Article, list[tuple[Question, Assessment]]]:
        """What a reading comes to, and each report in it as it is kept, with its answer."""
        reports: list[tuple[Question, Assessment]] = []

        def judge(report: Report) -> Assessment:
            # What was read is held to the form of what may be asked, so that it can be replayed.
            try:
                asked = decoder(Report).validate_json(encode(report))
            except ValidationError as error:
                raise Refused(
                    tuple(
                        Fault(
                            field=".".join(map(str, item["loc"])),
                            words=str(item["msg"]).removeprefix("Value error, "),
                        )
                        for item in error.errors()
                    )
                ) from error
            reports.append(self._assess(asked, record))
            return reports[-1][1]

        answer = article(looked, judge, record, self.policy, self.reading_engine, identifier)
        return answer, reports

    def stored_article(self, sha256: str, identifier: str | None = None) -> Answered:
        """The newest answer about a text, or the one of an id; NotOnRecord when there is none."""
        saved = self._newest_article(sha256)
        if identifier is not None and identifier != saved.id:
            with self.store.reading() as connection:
                known = _is_digest(identifier)
                other = articles.get(connection, identifier) if known else None
            if other is None or other.document != sha256:
                raise self._not_here(identifier)
            saved = other
        body = saved.answer.encode()
        etag = hashlib.sha256(body).hexdigest()
        return Answered(id=saved.id, body=body, etag=f'"{etag}"', new=False)

    def text_of(self, sha256: str) -> str:
        """A text that somebody asked about, as it is kept; NotOnRecord where nobody did."""
        with self.store.reading() as connection:
            text = articles.text(connection, sha256)
        if text is None:
            raise self._not_here(sha256)
        return text

    def answers_about(self, sha256: str, limit: int) -> tuple[articles.ArticleLine, ...]:
        """The answers about a text, the newest first, as a list names them; none where none are."""
        with self.store.reading() as connection:
            return articles.of_document(connection, sha256, limit)

    def _newest_article(self, sha256: str) -> articles.SavedArticle:
        """NotOnRecord where nobody asked about a text of this name."""
        if _is_digest(sha256):
            with self.store.reading() as connection:
                saved = articles.newest(connection, sha256)
            if saved is not None:
                return saved
        raise self._not_here(sha256)

    # ------------------------------------------------------------ names

    def screen(self, asked: ScreeningAsked, who: str = "api") -> Screening:
        """Look for a name, as `look_for` does, and keep in the audit that it was asked."""
        answer = self.look_for(asked)
        self.note_screenings([noted(asked, answer)], who)
        return answer

    def screen_body(self, asked: ScreeningAsked | Sequence[ScreeningAsked], who: str) -> bytes:
        """What `screen` or `screen_all` answers, as it is sent: encoded once."""
        if not isinstance(asked, ScreeningAsked):
            return encode(self.screen_all(asked, who))
        answer = self.look_for(asked)
        body = encode(answer)
        self.note_screenings([noted(asked, answer, body)], who)
        return body

    def note_screenings(self, several: Sequence["Noted"], who: str) -> None:
        """Keep in the audit that names were screened, a line for each, in one transaction."""

        def note(connection: Connection) -> None:
            at = facts.next_moment(connection, self.clock())
            for one in several:
                audit.add(
                    connection,
                    at=at,
                    who=who,
                    action="screen",
                    question_digest=None,
                    answer_digest=one.answer_digest,
                    record_digest=one.record_digest,
                    question=one.question,
                    secret=self.audit_secret,
                )

        self._together.write(note)

    def look_for(
        self, asked: ScreeningAsked, read: dict[str | None, Record] | None = None
    ) -> Screening:
        """Look for a name among everybody on any list on record; Refused, KnownAtInFuture.

        Nothing is kept of it.

        `read` holds the record of each `known_at` that was asked before: questions that share it
        see the same, whatever is recorded between them.
        """
        read = {} if read is None else read
        if asked.known_at not in read:
            read[asked.known_at] = self.record(asked.known_at)
        with self._computing:
            return screen(asked, read[asked.known_at], self.policy, self.engine)

    def screen_all(self, asked: Sequence[ScreeningAsked], who: str = "api") -> Screenings:
        """Several questions, each answered as it would be alone, of one reading of the record.

        Each has its line in the audit.
        Refused where one of them is, naming each by its place in the body.
        """
        read: dict[str | None, Record] = {}
        found, faults = [], []
        for number, one in enumerate(asked):
            at = f"body.{number}"
            try:
                found.append(self.look_for(one, read))
            except Refused as error:
                faults += [replace(fault, field=f"{at}.{fault.field}") for fault in error.faults]
            except KnownAtInFuture as error:
                raise KnownAtInFuture(str(error), f"{at}.{error.field}") from error
        if faults:
            raise Refused(tuple(faults))
        several = zip(asked, found, strict=True)
        self.note_screenings([noted(one, answer) for one, answer in several], who)
        return Screenings(items=tuple(found))

    def person(self, reference: str, as_of: str | None, known_at: str | None) -> Person:
        """What is on record of a reference; NotOnRecord when no list ever held it."""
        return person(self.record(known_at), reference, as_of, self.policy, self.engine)

    def held(self, reference: str, as_of: str | None, known_at: str | None) -> Held | None:
        """A reference's record, as the newest list up to a day holds it; null where none does.

        `as_of` left out: as the newest list on record holds it. KnownAtInFuture.
        """
        before = None if as_of is None else max(w.end for w in arrival(as_of, ("UTC",)).windows)
        return self.record(known_at).held(reference, before)

    def measures(
        self,
        reference: str | None,
        state: str | None,
        on: str | None,
        known_at: str | None,
        limit: int,
        after: str | None,
        regime: str | None = None,
    ) -> MeasuresPage:
        """Measures on record; NotOnRecord for a reference that nothing on record names.

        Refused for a regime that the legal record does not have.
        """
        record = self.record(known_at)
        found = measures(record, reference, state, on, self.policy, regime)
        items, following = within(found, limit, after, lambda item: item.id)
        parties = (
            record.designated(reference, self.policy.fresh_days) if reference is not None else ()
        )
        return MeasuresPage(
            items=items,
            next=following,
            remarks=remarks(parties, record.law),
            known_at=record.known_at,
            record=record.shown,
        )

    def regimes(self, known_at: str | None, limit: int, after: str | None) -> RegimesPage:
        """The regimes of the legal record."""
        record = self.record(known_at)
        items, following = within(regimes(record), limit, after, lambda item: item.id)
        return RegimesPage(items=items, next=following, known_at=record.known_at)

    def regime(self, name: str, known_at: str | None) -> RegimeAnswered:
        """One regime, by number, list word or prefix; NotOnRecord where the law has none such."""
        return regime(self.record(known_at), name)

    def changes(
        self, asked: ChangesAsked, known_at: str | None, limit: int, after: str | None
    ) -> ChangesPage:
        """What changed between the lists on record, the newest first.

        A later list goes before every page that was given; Refused as `watched` says.
        """
        record = self.record(known_at)
        found = list(watched(record, asked))
        if after is not None:
            generated, sha256, reference, kind = map(str, place(after, str, str, str, str))
            step = (generated, sha256)
            found = [
                item
                for item in found
                if _step(item) < step
                or (_step(item) == step and (item.reference, item.kind) > (reference, kind))
            ]
        items = tuple(found[:limit])
        following = None
        if len(found) > limit:
            last = items[-1]
            following = cursor(*_step(last), last.reference, last.kind)
        return ChangesPage(items=items, next=following, known_at=record.known_at)

    def legal_statement(self, asked: StatementAsked) -> StatementAnswered:
        """Answer a legal statement; NotOnRecord for a reference that no list ever held."""
        return legal_statement(asked, self.record(asked.known_at), self.policy, self.engine)

    def snapshots(self, limit: int, after: str | None) -> SnapshotsPage:
        """Lists that are here, on record or in quarantine, the newest first."""
        self.record()  # so that the age told beside them is that of now
        items, following = within(
            tuple(self.lists_status()), limit, after, lambda item: item.sha256
        )
        return SnapshotsPage(items=items, next=following)

    # ------------------------------------------------------------ an office's own exemptions

    def record_exemption(self, given: ExemptionGiven, signs: str | None = None) -> ExemptionKept:
        """Record an exemption, with its audit line; one that is recorded so already stays.

        `signs` is whose key it is; left out, what is given says who records it. Refused, with
        every fault, when it names what is not on record or contradicts itself.
        """
        who = signature("recorded_by", given.recorded_by, signs)
        given = replace(given, recorded_by=who)
        check_exemption(given, self.record())
        # Its content is its name; what was left out is no part of that.
        text = decoder(ExemptionGiven).dump_json(given, exclude_defaults=True)
        name = hashlib.sha256(text).hexdigest()
        with self.store.writing() as connection:
            moment = facts.next_moment(connection, self.clock())
            here = exemptions.newest(connection, name)
            if isinstance(here, Exemption):
                return ExemptionKept(exemption=here, new=False)
            kept = exemptions.add(connection, id=name, given=given, recorded_at=moment)
            _audit_exemption(connection, moment, who, "record", name, kept)
        return ExemptionKept(exemption=kept, new=True)

    def withdraw_exemption(
        self, name: str, given: WithdrawalGiven, signs: str | None = None
    ) -> WithdrawalKept:
        """Take back an exemption that was recorded here, with the audit line.

        What was known before stays known at its moment. NotOnRecord for an id that none has;
        Refused for one that ships. `signs` as in `record_exemption`.
        """
        who = signature("recorded_by", given.recorded_by, signs)
        shipped = {item.id for item in self.record().exemptions if item.recorded_by is None}
        if name in shipped:
            words = "ships with the project: it is corrected in its file and not taken back"
            raise Refused((Fault(field="id", words=words),))
        # No database takes every character, and an id has few.
        if not re.fullmatch(r"[0-9a-f]{64}", name):
            raise NotOnRecord(name)
        with self.store.writing() as connection:
            moment = facts.next_moment(connection, self.clock())
            here = exemptions.newest(connection, name)
            if here is None:
                raise NotOnRecord(name)
            if isinstance(here, ExemptionWithdrawn):
                return WithdrawalKept(withdrawn=here, new=False)
            withdrawn = ExemptionWithdrawn(
                exemption=here,
                because=given.because,
                recorded_by=who,
                recorded_at=moment,
            )
            exemptions.withdraw(connection, withdrawn)
            _audit_exemption(connection, moment, who, "withdraw", name, withdrawn)
        return WithdrawalKept(withdrawn=withdrawn, new=True)

    def exemptions(
        self, asked: ExemptionsAsked, known_at: str | None, limit: int, after: str | None
    ) -> ExemptionsPage:
        """Exemptions on record; Refused for a reference or regime that nothing on record knows."""
        record = self.record(known_at)
        found = exemptions_meant(record, asked)
        items, following = within(found, limit, after, lambda item: item.id)
        return ExemptionsPage(items=items, next=following, known_at=record.known_at)

    # ------------------------------------------------------------ who did what

    def audit_page(
        self, limit: int, after: str | None, since: str | None = None
    ) -> audit.AuditPage:
        """Lines of the audit, the newest first; BadCursor."""
        with self.store.reading() as connection:
            items, following = audit.page(connection, limit=limit, after=after, since=since)
        return audit.AuditPage(items=tuple(items), next=following)

    def audit_since(self, moment: str | None) -> Iterator[audit.AuditShown]:
        """Every line of the audit from a moment on, the oldest first."""
        with self.store.reading() as connection:
            yield from audit.since(connection, moment)

    def verify_audit(self, head: str | None = None) -> verify.Verified:
        """Whether the audit, and what it tells of, is what was written."""
        with self.store.reading() as connection:
            return verify.verify_audit(connection, head)

    def verify_lists(self) -> verify.Verified:
        """Whether every list on record is the one that came."""
        with self.store.reading() as connection:
            return verify.verify_lists(connection)

    def erase_questions(
        self, who: str, *, seq: int | None = None, before: str | None = None
    ) -> int:
        """Erase what was screened, in words, of one line or before a moment; how many they were.

        The lines stay, and one more says what was erased and by whom.
        """
        with self.store.writing() as connection:
            at = facts.next_moment(connection, self.clock())
            erased = audit.erase(connection, seq=seq, before=before)
            if erased:
                audit.add(
                    connection,
                    at=at,
                    who=who,
                    action=verify.ERASE,
                    question_digest=None,
                    answer_digest=None,
                    subject=str(seq) if seq is not None else f"before {before}",
                )
        erase.empty_log(self.store.engine)
        return len(erased)

    def erase_answer(self, who: str, name: str) -> erase.Erased:
        """Erase a saved assessment, or a text with all that was answered about it.

        `name` is the id of an assessment, the id of an answer about a text, or the SHA-256 of a
        text. What was found under it is told to be erased from then on, and a line for each name
        says so. NotOnRecord for what is not here; PartOf for an assessment that came of a text.
        """
        with self.store.writing() as connection:
            at = facts.next_moment(connection, self.clock())
            erased = erase.answer(connection, name)
            if erased is None:
                raise self._not_here(name)
            for subject in erased.names:
                audit.add(
                    connection,
                    at=at,
                    who=who,
                    action=ERASE_ANSWER,
                    question_digest=None,
                    answer_digest=None,
                    subject=subject,
                )
        erase.empty_log(self.store.engine)
        for subject in erased.names:
            self._sent.drop(subject)
        return erased

    # ------------------------------------------------------------ how old it is

    def list_age(self) -> int | None:
        """Seconds since the newest list was generated, of those last seen; null when none is."""
        newest = _newest(self._latest or self.record())
        if newest is None:
            return None
        return max(0, int((self.clock() - parse_instant(newest)).total_seconds()))

    def warm(self) -> None:
        """Gather the record and make what the first question would otherwise wait for."""
        for kind in (
            Screening,
            Person,
            Held,
            ChangesPage,
            AssessmentsPage,
            WouldChange,
            HistoryAsked,
            HistoryPage,
        ):
            decoder(kind)
        if self.parser is not None:
            self.parser("Nobody came.")
        nobody = Traveller(name="nobody")
        encode(self.try_out(Report(traveller=nobody, legs=(Leg(state=None, from_=None),))))

    def ready(self) -> Ready:
        """What is on record now, how old it is, and what is amiss; a store that is gone is told."""
        try:
            return self._ready()
        except facts.UNREADABLE as error:
            _LOG.warning("the store cannot be read", exc_info=error)
            found = trouble(error)
            why = "the store cannot be read" if found is None else found.words
            words = f"{why}; the log says why"
            return Ready(
                status="not_ready",
                lists=0,
                full_lists=0,
                newest=None,
                age_days=None,
                stale=True,
                words=words,
                last_refresh=None,
                quarantined=0,
                checks=(Check(name="store", ok=False, words=words),),
            )

    def _ready(self) -> Ready:
        record = self.record()
        with self.store.reading() as connection:
            newest_form = facts.is_newest(connection)
            quarantined = facts.waiting(connection)
        last = self._last_refresh()
        age = self.list_age()
        days = None if age is None else age // (24 * 60 * 60)
        lists = (*record.full_lists, *record.supplements)
        newest = _newest(record)
        stale = days is None or days > self.stale_days
        words = old = "no list is on record"
        if newest is not None:
            kind = (
                counted(len(record.full_lists), "full list")
                if record.full_lists
                else ("no full list, only what ships with the project")
            )
            old = f"the newest list is of {newest[:10]}, {counted(days or 0, 'day')} old"
            old += " (stale)" if stale else ""
            words = f"{kind}; {old}"
        return Ready(
            status="ready" if lists else "not_ready",
            lists=len(lists),
            full_lists=len(record.full_lists),
            newest=newest,
            age_days=days,
            stale=stale,
            words=words,
            last_refresh=last,
            quarantined=quarantined,
            checks=(
                Check(name="store", ok=True, words="the store can be read"),
                _check(
                    "migrations",
                    newest_form,
                    "the store has the form that this version makes",
                    "the store has the form of another version",
                ),
                _check(
                    "list",
                    bool(lists),
                    words,
                    f"{words}; load one with: travelban lists import FILE",
                ),
                Check(name="fresh", ok=not stale, words=old),
                _check(
                    "law",
                    record.law is not None,
                    "the legal record is loaded",
                    "no legal record is loaded; load it with: travelban law load",
                ),
                _check(
                    "quarantine",
                    not quarantined,
                    "no list is set aside",
                    f"{counted(quarantined, 'list')} set aside, and nobody has decided; see: "
                    "travelban lists status",
                ),
                Check(
                    name="refresh",
                    ok=last is None or last.outcome is not RefreshOutcome.failed,
                    words="the refresh has never run"
                    if last is None
                    else f"the last refresh ended {last.ended_at[:19]}Z: {last.outcome}",
                ),
            ),
        )

    def _last_refresh(self) -> LastRefresh | None:
        return next(
            (
                LastRefresh(outcome=run.outcome, ended_at=run.ended_at, words=run.words)
                for run in self.refreshes(1).ended
            ),
            None,
        )

    def refresh_counts(self) -> dict[RefreshOutcome, int]:
        """How many runs of the refresh ended with each outcome."""
        with self.store.reading() as connection:
            return refreshes.how_many(connection)

    def last_refreshes(self) -> dict[RefreshOutcome, str]:
        """When a run of the refresh last ended with each outcome that there has been."""
        with self.store.reading() as connection:
            return refreshes.last_of_each(connection)


def _of_article(answer: Article, *, new: bool) -> Answered:
    body = encode(answer)
    etag = hashlib.sha256(body).hexdigest()
    return Answered(id=answer.id, body=body, etag=f'"{etag}"', new=new)


def _audit_exemption(
    connection: Connection, moment: str, who: str, action: str, name: str, answer: object
) -> None:
    audit.add(
        connection,
        at=moment,
        who=who,
        action=f"exemption {action}",
        question_digest=name,
        answer_digest=hashlib.sha256(encode(answer)).hexdigest(),
        subject=name,
    )


def _step(change: Change) -> tuple[str, str]:
    """The later of a change's lists, as the order of lists has it."""
    return change.between[1].generated, change.between[1].sha256


def _check(name: str, ok: bool, well: str, amiss: str) -> Check:
    return Check(name=name, ok=ok, words=well if ok else amiss)


def _newest(record: Record) -> str | None:
    """When the newest full list was generated; the newest supplement where no full list is."""
    lists = record.full_lists or record.supplements
    return max((item.generated for item in lists), default=None)


# ---------------------------------------------------------------- encoding


_ADAPTERS: dict[type, TypeAdapter[Any]] = {}  # made when first asked for: each takes a while


_MAKING = Lock()  # two at once in two threads end in an error of the interpreter's parser


def _note(connection: Connection, at: str, who: str, question: Question, sent: Sent) -> None:
    """Write the audit line of an assessment."""
    audit.add(
        connection,
        at=at,
        who=who,
        action=_ASSESS,
        question_digest=question.digest,
        answer_digest=sent.digest,
        subject=question.address,
        record_digest=question.record_digest,
        content_digest=sent.content_digest,
    )


def _answered(question: Question, sent: Sent, *, new: bool) -> Answered:
    return Answered(
        id=question.address,
        body=sent.body,
        etag=f'"{sent.digest}"',
        new=new,
        verdict=sent.verdict,
        standings=sent.standings,
    )


@cache
def _as_text(policy: Policy) -> str:
    return encode(policy).decode()


def decoder(kind: type[T]) -> TypeAdapter[T]:
    """The reader and writer of a type's JSON."""
    found = _ADAPTERS.get(kind)
    if found is None:
        with _MAKING:
            found = _ADAPTERS.setdefault(kind, TypeAdapter(kind))
    return found


def encode(answer: object) -> bytes:
    """An answer as JSON: the same value has the same bytes."""
    return decoder(type(answer)).dump_json(answer)


def within(
    items: Sequence[T], limit: int, after: str | None, key: Callable[[T], str]
) -> tuple[tuple[T, ...], str | None]:
    """A page of items that are all at hand, and the cursor of the next; BadCursor for a bad one."""
    first = 0
    if after is not None:
        (last,) = place(after, str)
        keys = [key(item) for item in items]
        if last not in keys:
            raise BadCursor("is no cursor that a page has given")
        first = keys.index(last) + 1
    page = tuple(items[first : first + limit])
    more = first + limit < len(items)
    return page, cursor(key(page[-1])) if more and page else None


# ---------------------------------------------------------------- unpacking


def unpacked(raw: bytes) -> bytes:
    """The bytes of a list, whatever it is packed in; ListRefused when they cannot be had.

    What it is packed in is told by its first bytes, and it is unpacked no further than a list
    may be large.
    """
    try:
        if raw.startswith(b"\x1f\x8b"):
            xml = gzip.GzipFile(fileobj=io.BytesIO(raw)).read(MOST_BYTES + 1)
        elif raw.startswith(b"\xfd7zXZ\x00"):
            xml = _from_xz(raw)
        else:
            xml = raw
    except (EOFError, OSError, zlib.error, lzma.LZMAError) as error:
        raise ListRefused(f"the file cannot be unpacked: {error}") from error
    if len(xml) > MOST_BYTES:
        raise ListRefused(f"the list is larger than {MOST_BYTES} bytes")
    return xml


def _from_xz(raw: bytes) -> bytes:
    unpacker = lzma.LZMADecompressor(format=lzma.FORMAT_XZ, memlimit=_XZ_MEMORY)
    xml = unpacker.decompress(raw, max_length=MOST_BYTES + 1)
    if len(xml) <= MOST_BYTES and not unpacker.eof:
        raise EOFError("it ends in the middle")
    if unpacker.unused_data.strip(b"\0"):
        raise OSError("something follows the packed list")
    return xml


def _is_digest(name: str) -> bool:
    """Whether it has the form of an id, or of a SHA-256."""
    return re.fullmatch(r"[0-9a-f]{64}", name) is not None


def _is_digits(name: str) -> bool:
    """Whether a name is a SHA-256, or enough of one."""
    return re.fullmatch(r"[0-9a-fA-F]{6,64}", name) is not None


def _how_many(found: Sequence[object], name: str) -> str:
    return f"{f'{len(found)} lists are' if found else 'no list is'} named {name}"


def _list_in_words(list_kind: ListKind, generated: str) -> str:
    name = "the supplement" if list_kind is ListKind.supplement else "the full list"
    return f"{name} of {in_words(generated)}"


def _already(here: facts.ListStatus, list_kind: ListKind) -> ImportResult:
    words = _list_in_words(here.list_kind, here.generated)
    words += f", {here.sha256[:12]}, is already here"
    if here.list_kind is not list_kind:
        words += f"; it cannot be a {list_kind} list too"
        return ImportResult(outcome=ImportOutcome.refused, sha256=here.sha256, words=words)
    if here.outcome not in facts.ON_RECORD:
        words += f", {here.outcome}: {here.because}"
    return ImportResult(outcome=ImportOutcome.unchanged, sha256=here.sha256, words=words)
