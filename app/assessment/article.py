"""What an article comes to: each journey that was read in it, assessed as any other report.

A reading holds drafts. Each journey with its claims is a travel report, and is assessed by the
same function as one that somebody posts; what the text says the law is, is answered for the
person it speaks of. A review makes a new reading out of the one before: it never changes one.
Format of the wire: docs/articles.md.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import fields, replace
from itertools import count
from typing import Annotated, Literal

from app.assessment.assess import Assessment, LegalStatementAnswered
from app.assessment.report import Fault, Refused
from app.assessment.signed import signature
from app.evidence import claim_cited as cited
from app.evidence import quoted, reason
from app.law.statement import LegalAnswer, statement_of
from app.reading.article import Document, Journey, PersonRead, Reading
from app.reading.page import NotInstalled, Page, words_of
from app.record import Record, RecordShown
from app.terms import (
    Checked,
    Claim,
    ClaimType,
    DraftStatus,
    Flag,
    FoundBy,
    Grade,
    Instant,
    Leg,
    LongText,
    Name,
    NullIs,
    Policy,
    Quote,
    Reference,
    Report,
    StateCode,
    Text,
    Traveller,
    WholeDay,
    between,
    value,
)
from app.when import arrival, counted

MOST_CHARACTERS = 1_000_000
"""Characters of a text that is read."""


# ---------------------------------------------------------------- what is asked

_NOT_KEPT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")


def article_text(text: str) -> str:
    """The text itself when it can be read and kept; ValueError, naming the place, when not."""
    if not 1 <= len(text) <= MOST_CHARACTERS:
        raise ValueError(f"holds {len(text):,} characters, and may hold 1 to {MOST_CHARACTERS:,}")
    if found := _NOT_KEPT.search(text):
        half = found.group() > "\x1f"
        what = "half of a character (a lone surrogate)" if half else "a control character"
        raise ValueError(f"holds {what}, U+{ord(found.group()):04X}, at {found.start():,}")
    if not any(letter.isprintable() and not letter.isspace() for letter in text):
        raise ValueError("is blank")
    return text


ArticleText = Annotated[
    str, Checked(article_text, minLength=1, maxLength=MOST_CHARACTERS, pattern=r"\S")
]
"""A text of 1 to 1,000,000 characters that is not blank; places are counted from 0."""


@value
class ArticleAsked:
    """A text to be read, and what is known of it."""

    text: ArticleText
    published_on: WholeDay
    """The day from which days without a year, and words such as yesterday, are counted. It may be
    later than `known_at`: one says when the text appeared, the other what was on record."""
    title: Text | None = None
    publisher: Text | None = None
    url: LongText | None = None
    html: Annotated[Flag, NullIs(False)] = False
    """Whether `text` is a page of HTML: then its words are read and kept, and not the page; the
    answer names the page and says where in it they stood."""
    known_at: Instant | None = None
    """The knowledge clock; left out, it is the recording time of the newest fact on record."""


def words(asked: ArticleAsked) -> tuple[str, Page | None]:
    """The text that is read and kept, and the page of HTML that it was taken from, if from one.

    Refused where a page has no text.
    """
    if not asked.html:
        return asked.text, None
    try:
        text, page = words_of(asked.text)
        return article_text(text), page
    except NotInstalled as error:
        faults = (Fault(field="html", words=_NO_HTML),)
        raise Refused(faults) from error
    except ValueError as error:
        faults = (Fault(field="text", words=f"without its HTML {error}"),)
        raise Refused(faults) from error


_NO_HTML = (
    "cannot be read here: the extra html is not installed "
    "(.venv/bin/python -m pip install -e '.[html]'); without it, send plain text"
)


@value
class Decision:
    """What a reviewer makes of one claim that was read."""

    claim: Text
    """Its id."""
    status: Literal[DraftStatus.accepted, DraftStatus.changed, DraftStatus.rejected]
    claim_as: Claim | None = None
    """The whole claim as it should stand; with `changed`, and only then."""
    grade: Grade | None = None
    accepted_by: Text | None = None
    """Who accepts what the claim rests on (a record, a photograph) as a document."""


@value
class PersonGiven:
    """Whom a reviewer says that a journey is of."""

    name: Name
    reference: Reference | None = None
    nationality: StateCode | None = None
    role: Text | None = None


@value
class Addition:
    """A claim that the text makes and that was not found, of a journey that was or of a new one."""

    claim: Claim
    journey: Text | None = None
    """The id of its journey; with `person` and `legs` that of the new one. Left out where neither
    is given, the claim is of no journey: it says what the law is."""
    person: PersonGiven | None = None
    legs: Annotated[tuple[Leg, ...], Checked(between(1, 50), minItems=1, maxItems=50)] | None = None


@value
class Meant:
    """Whom a reviewer says that the traveller of a journey is."""

    journey: Text
    reference: Reference | None
    """Null takes back what was said before."""


@value
class ReviewGiven:
    """What a person who has looked at the text makes of what was read in it."""

    by: Text | None = None
    """Who reviews; with a key, whoever that is of, and it may be left out."""
    article: Text | None = None
    """The id of the answer that was looked at; left out, the newest."""
    decisions: Annotated[
        tuple[Decision, ...], Checked(between(0, 500), maxItems=500), NullIs(())
    ] = ()
    added: Annotated[tuple[Addition, ...], Checked(between(0, 100), maxItems=100), NullIs(())] = ()
    meant: Annotated[tuple[Meant, ...], Checked(between(0, 100), maxItems=100), NullIs(())] = ()
    known_at: Instant | None = None
    """The knowledge clock of the new answer; left out, what is on record now."""


# ---------------------------------------------------------------- what is answered


@value
class JourneyShown(Journey):
    """A journey that was read, and whom a reviewer says that its traveller is."""

    reference: Reference | None
    """Null where no reviewer said so: then the assessment alone decides who is meant."""


@value
class JourneyAssessed(Assessment):
    """The assessment of one journey, as `POST /v1/assessments` gives it, with whose it is."""

    journey: str


@value
class NotAssessed:
    """A journey that was read and cannot be assessed as it stands, and why."""

    journey: str
    errors: tuple[Fault, ...]


@value
class Article:
    """What was read in a text, and what each journey in it comes to."""

    id: str
    """Content address: the same question on the same record has the same one."""
    document: Document
    persons: tuple[PersonRead, ...]
    claims: tuple[Claim, ...]
    journeys: tuple[JourneyShown, ...]
    assessments: tuple[JourneyAssessed, ...]
    not_assessed: tuple[NotAssessed, ...]
    legal_statements: tuple[LegalStatementAnswered, ...]
    remarks: tuple[str, ...]
    drafts: bool
    """Whether a claim is left that nobody has reviewed."""
    words: str
    """The same in words, for whoever reads nothing else."""
    reviewed_by: tuple[str, ...]
    """Who reviewed it, in order; none for what was only read."""
    known_at: str
    record: RecordShown
    policy: Policy
    engine: str
    replaces: str | None
    """The answer that a reviewer looked at."""


@value
class Looked:
    """A reading as it stands: as it was read, or after the reviews so far."""

    document: Document
    persons: tuple[PersonRead, ...]
    claims: tuple[Claim, ...]
    journeys: tuple[JourneyShown, ...]
    remarks: tuple[str, ...]
    reviewed_by: tuple[str, ...]
    replaces: str | None


def as_read(reading: Reading) -> Looked:
    """A reading that nobody has looked at."""
    return Looked(
        document=reading.document,
        persons=reading.persons,
        claims=reading.claims,
        journeys=tuple(
            JourneyShown(
                id=item.id, person=item.person, legs=item.legs, claims=item.claims, reference=None
            )
            for item in reading.journeys
        ),
        remarks=reading.remarks,
        reviewed_by=(),
        replaces=None,
    )


def article(
    looked: Looked,
    judge: Callable[[Report], Assessment],
    record: Record,
    policy: Policy,
    engine: str,
    identifier: str,
) -> Article:
    """Assess every journey of a reading, and answer what the text says the law is.

    `judge` assesses a travel report and raises Refused for one that cannot stand. Where what was
    read cannot, the answer says so: whoever sent the text is not to blame for it. `identifier` is
    the content address that the caller gives the answer.
    """
    by_id = {claim.id: claim for claim in looked.claims}
    assessed: list[JourneyAssessed] = []
    left: list[NotAssessed] = []
    for journey in looked.journeys:
        try:
            answer = judge(report(journey, by_id))
        except Refused as error:
            left.append(NotAssessed(journey=journey.id, errors=error.faults))
            continue
        held = {field.name: getattr(answer, field.name) for field in fields(answer)}
        assessed.append(JourneyAssessed(journey=journey.id, **held))
    drafts = sum(claim.status is DraftStatus.draft for claim in looked.claims)
    return Article(
        id=identifier,
        document=looked.document,
        persons=looked.persons,
        claims=looked.claims,
        journeys=looked.journeys,
        assessments=tuple(assessed),
        not_assessed=tuple(left),
        legal_statements=tuple(_statements(looked, assessed, record, policy)),
        remarks=looked.remarks,
        drafts=drafts > 0,
        words=_in_words(len(looked.claims), drafts),
        reviewed_by=looked.reviewed_by,
        known_at=record.known_at,
        record=record.shown,
        policy=policy,
        engine=engine,
        replaces=looked.replaces,
    )


def report(journey: JourneyShown, claims: Mapping[str | None, Claim]) -> Report:
    """The travel report that a journey is: its traveller as read, its legs, its claims."""
    person = journey.person
    return Report(
        traveller=Traveller(
            name=person.name,
            reference=journey.reference,
            nationality=person.nationality,
            role=person.role,
        ),
        legs=journey.legs,
        claims=tuple(claims[name] for name in journey.claims),
    )


def _in_words(claims: int, drafts: int) -> str:
    if not claims:
        return "no claim was read in the text"
    if not drafts:
        return f"{counted(claims, 'claim')}, all reviewed"
    return (
        f"{counted(claims, 'claim')} read in the text, {drafts} of them drafts that nobody has "
        "reviewed: they say what the text seems to say, and no verdict here rests on more"
    )


# ---------------------------------------------------------------- what the text says the law is


def _statements(
    looked: Looked, assessed: Sequence[JourneyAssessed], record: Record, policy: Policy
) -> Iterable[LegalStatementAnswered]:
    """Every legal statement once, in the order of the claims."""
    answered: dict[str, LegalStatementAnswered] = {}
    for item in assessed:
        for found in item.legal_statements:
            answered.setdefault(found.claim, found)
    for claim in looked.claims:
        if claim.status is DraftStatus.rejected or not _says_law(claim):
            continue
        found_for_journey = answered.get(claim.id or "")
        yield found_for_journey or _alone(claim, looked, record, policy)


def _says_law(claim: Claim) -> bool:
    return claim.law is not None or claim.type is ClaimType.legal_statement


def _alone(claim: Claim, looked: Looked, record: Record, policy: Policy) -> LegalStatementAnswered:
    """A legal statement that belongs to no journey, for the person whom it is about."""
    who = _spoken_of(claim, looked.persons)
    words = None
    if claim.law is None:
        words = "the claim does not say what it says the law is (`law`)"
    elif who is None:
        words = "the text does not say of whom it is said"
    elif who.reference is None or who.reference not in record.listed:
        words = f"nobody on record is known to be meant by {who.name}"
    if words is not None or claim.law is None or who is None or who.reference is None:
        return LegalStatementAnswered(
            claim=claim.id or "",
            quote=quoted(claim),
            answer=LegalAnswer.cannot_tell,
            reasons=(reason(words or "", cited(claim)),),
            parts=(),
        )
    said = claim.said_on or claim.published_on or looked.document.published_on
    found = statement_of(
        claim.law,
        record.course(who.reference, policy.fresh_days),
        arrival(said, ("UTC",)),
        record.law_digest,
    )
    return LegalStatementAnswered(
        claim=claim.id or "",
        quote=quoted(claim),
        answer=found.answer,
        reasons=found.reasons,
        parts=found.parts,
    )


def _spoken_of(claim: Claim, persons: Sequence[PersonRead]) -> PersonRead | None:
    """Whom the words are about: named last in or before them; else the only person."""
    if isinstance(claim.quote, Quote):
        end = claim.quote.end
        before = [
            (mention.start, number)
            for number, person in enumerate(persons)
            for mention in person.mentions
            if mention.start < end
        ]
        if before:
            return persons[max(before)[1]]
    return persons[0] if len(persons) == 1 else None


# ---------------------------------------------------------------- reviews


def acceptances(given: ReviewGiven) -> Iterator[tuple[str, str | None]]:
    """Every field of a review that says who accepted a document, and whom it names."""
    for place, item in enumerate(given.decisions):
        yield f"decisions.{place}.accepted_by", item.accepted_by
        if item.claim_as is not None:
            yield f"decisions.{place}.claim_as.accepted_by", item.claim_as.accepted_by
    for place, added in enumerate(given.added):
        yield f"added.{place}.claim.accepted_by", added.claim.accepted_by


def reviewed(before: Article, given: ReviewGiven, text: str, record: Record) -> Looked:
    """A reading after one more review; Refused, with every fault at its field.

    `text` is the stored text that quotations are held against.
    """
    faults: list[Fault] = []
    if not (given.decisions or given.added or given.meant):
        faults.append(Fault(field="decisions", words="is empty, and nothing is added or meant"))
    claims = {claim.id: claim for claim in before.claims}
    _decide(given, claims, text, faults)
    journeys = {item.id: item for item in before.journeys}
    persons = list(before.persons)
    _add(given, claims, journeys, persons, text, record, faults)
    for place, meant in enumerate(given.meant):
        at = f"meant.{place}"
        if meant.journey not in journeys:
            faults.append(_unknown(f"{at}.journey", "journey", meant.journey))
        elif meant.reference is not None and meant.reference not in record.listed:
            faults.append(_not_listed(f"{at}.reference", meant.reference))
        else:
            journeys[meant.journey] = replace(journeys[meant.journey], reference=meant.reference)
    if faults:
        raise Refused(tuple(faults))
    return Looked(
        document=before.document,
        persons=tuple(persons),
        claims=tuple(claims.values()),
        journeys=tuple(journeys.values()),
        remarks=before.remarks,
        reviewed_by=(*before.reviewed_by, signature("by", given.by, None)),
        replaces=before.id,
    )


def blamed(after: Article, given: ReviewGiven) -> None:
    """Refused where a review itself is why a journey cannot be assessed, at the review's fields."""
    journeys = {item.id: item for item in after.journeys}
    own: dict[str | None, str] = {
        item.claim: f"decisions.{place}.claim_as"
        for place, item in enumerate(given.decisions)
        if item.claim_as is not None
    }
    new: dict[str, str] = {}
    added = after.claims[len(after.claims) - len(given.added) :]
    for place, (item, claim) in enumerate(zip(given.added, added, strict=True)):
        own[claim.id] = f"added.{place}.claim"
        if item.person is not None:
            new |= {each.id: f"added.{place}" for each in after.journeys if claim.id in each.claims}
    faults = []
    for left in after.not_assessed:
        for fault in left.errors:
            name, _, rest = fault.field.partition(".")
            number, _, inner = rest.partition(".")
            where = new.get(left.journey)
            if name == "claims" and number.isdigit():
                where = own.get(journeys[left.journey].claims[int(number)])
                rest = inner
            elif where is not None:
                rest = fault.field
            if where is not None:
                faults.append(replace(fault, field=f"{where}.{rest}".rstrip(".")))
    if faults:
        raise Refused(tuple(faults))


def _decide(
    given: ReviewGiven, claims: dict[str | None, Claim], text: str, faults: list[Fault]
) -> None:
    seen: set[str] = set()
    for place, item in enumerate(given.decisions):
        at = f"decisions.{place}"
        claim = claims.get(item.claim)
        if claim is None:
            faults.append(_unknown(f"{at}.claim", "claim", item.claim))
            continue
        if item.claim in seen:
            faults.append(Fault(field=f"{at}.claim", words=f"{item.claim!r} is decided twice"))
        seen.add(item.claim)
        changed = item.status is DraftStatus.changed
        if changed and item.claim_as is None:
            words = "is missing: how should the claim stand? (the whole claim)"
            faults.append(Fault(field=f"{at}.claim_as", words=words))
        if item.claim_as is not None and not changed:
            words = f"goes with the status changed, and not with {item.status}"
            faults.append(Fault(field=f"{at}.claim_as", words=words))
        if item.claim_as is not None:
            _quotes(f"{at}.claim_as", item.claim_as, text, faults)
            if item.claim_as.id not in (None, item.claim):
                words = f"is not that of the claim, {item.claim!r}"
                faults.append(Fault(field=f"{at}.claim_as.id", words=words))
        said = claim if item.claim_as is None else item.claim_as
        claims[item.claim] = replace(
            said,
            id=item.claim,
            found_by=claim.found_by,
            cue=said.cue or claim.cue,
            status=item.status,
            grade=item.grade or said.grade,
            accepted_by=item.accepted_by or said.accepted_by,
        )


def _add(
    given: ReviewGiven,
    claims: dict[str | None, Claim],
    journeys: dict[str, JourneyShown],
    persons: list[PersonRead],
    text: str,
    record: Record,
    faults: list[Fault],
) -> None:
    for place, item in enumerate(given.added):
        at = f"added.{place}"
        name = item.claim.id or _free("a", claims)
        if name in claims:
            faults.append(Fault(field=f"{at}.claim.id", words=f"{name!r} stands already"))
            continue
        _quotes(f"{at}.claim", item.claim, text, faults)
        claims[name] = replace(
            item.claim, id=name, found_by=FoundBy.person, status=DraftStatus.accepted
        )
        if (item.person is None) != (item.legs is None):
            field = "person" if item.person is None else "legs"
            words = "is missing: a new journey has a person and legs"
            faults.append(Fault(field=f"{at}.{field}", words=words))
        elif item.person is not None and item.legs is not None:
            journey = item.journey or _free("n", journeys)
            if journey in journeys:
                words = f"{journey!r} stands already: person and legs are of a new journey"
                faults.append(Fault(field=f"{at}.journey", words=words))
                continue
            reference = item.person.reference
            if reference is not None and reference not in record.listed:
                faults.append(_not_listed(f"{at}.person.reference", reference))
            person = PersonRead(
                name=item.person.name,
                reference=reference,
                nationality=item.person.nationality,
                role=item.person.role,
                mentions=(),
            )
            persons.append(person)
            journeys[journey] = JourneyShown(
                id=journey, person=person, legs=item.legs, claims=(name,), reference=reference
            )
        elif item.journey is not None:
            known = journeys.get(item.journey)
            if known is None:
                faults.append(_unknown(f"{at}.journey", "journey", item.journey))
                continue
            journeys[item.journey] = replace(known, claims=(*known.claims, name))
        elif not _says_law(item.claim):
            words = "is missing: only what the law is said to be belongs to no journey"
            faults.append(Fault(field=f"{at}.journey", words=words))


def _quotes(at: str, claim: Claim, text: str, faults: list[Fault]) -> None:
    """A quotation with offsets is what the stored text holds there."""
    for name in ("quote", "cue"):
        quote = getattr(claim, name)
        if isinstance(quote, Quote) and text[quote.start : quote.end] != quote.text:
            words = "is not what the text holds from start to end"
            faults.append(Fault(field=f"{at}.{name}.text", words=words))


def _free(letter: str, taken: Iterable[str | None]) -> str:
    """The first id of this letter and a number that is not taken."""
    names = set(taken)
    return next(name for number in count(1) if (name := f"{letter}{number}") not in names)


def _unknown(field: str, what: str, name: str) -> Fault:
    return Fault(field=field, words=f"{name!r} is the id of no {what} of the answer")


def _not_listed(field: str, reference: str) -> Fault:
    words = f"{reference} is on no list and in no designation fact on record"
    return Fault(field=field, words=words)
