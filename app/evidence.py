"""Reason and Citation: why a standing is what it is, and where that comes from.

A reason is made by the function that decides, at that moment. Every reason cites at least one
source; having looked somewhere and found nothing is a source too (`Absence`).
"""

from typing import Annotated, Literal

from app.terms import (
    Authority,
    Claim,
    DesignationFact,
    Exemption,
    Listed,
    ListKind,
    Measure,
    MeasureException,
    MeasureInterval,
    Quote,
    Snapshot,
    Version,
    authority_in_words,
    numbered,
    value,
)


@value
class ListEntryCited:
    """A record of the Consolidated List, as one list on record holds it."""

    kind: Literal["list_entry"]
    reference: str
    snapshot: str
    """SHA-256 of the list's XML bytes."""
    list_kind: ListKind
    generated: str
    source: str
    recorded_at: str
    field: str
    """The element of the record."""
    value: str


@value
class SnapshotCited:
    """A whole list on record: that it holds a reference, or that it does not."""

    kind: Literal["snapshot"]
    snapshot: str
    list_kind: ListKind
    generated: str
    source: str
    recorded_at: str
    reference: str | None
    holds: bool | None
    """Whether it holds that reference; null when the citation is of the list as such."""


@value
class ParagraphCited:
    """A paragraph of a resolution, by the entry of the legal record that carries it."""

    kind: Literal["paragraph"]
    measure: str
    """The id of the entry in data/law."""
    resolution: str
    paragraph: str | None
    """Null where the text was not read so closely."""
    adopted: str | None
    """Null for the later text of an exception, whose day is not on record."""
    checked: bool
    """Whether the citation was compared with the resolution's text."""
    source: str
    law: str
    """Digest of the legal record."""

    @property
    def words(self) -> str:
        """As a sentence says it: `S/RES/1688 (2006) paragraph 9`."""
        return authority_in_words(self.resolution, self.paragraph)


@value
class DesignationFactCited:
    """A designation fact on record."""

    kind: Literal["designation_fact"]
    reference: str
    event: str
    on: str
    by: str | None
    source: str
    checked: bool
    disputed: bool
    law: str


@value
class ExemptionCited:
    """An exemption on record: a grant, a refusal, a request."""

    kind: Literal["exemption"]
    exemption: str
    outcome: str
    decided_on: str | None
    from_: str | None
    until: str | None
    source: str
    checked: bool
    law: str | None
    """Digest of the legal record that holds it; null for one that was recorded here."""
    recorded_by: str | None
    """Who recorded it here; null for one that ships with the project."""
    recorded_at: str | None


@value
class ClaimCited:
    """A claim of the report: who says so."""

    kind: Literal["claim"]
    claim: str
    type: str
    speaker: str
    said_on: str | None
    published_on: str | None
    quote: str | None
    start: int | None
    end: int | None


@value
class CallersWord:
    """Something that only the question itself says."""

    kind: Literal["request"]
    field: str
    value: str


@value
class TableCited:
    """A row of a table that ships with the engine."""

    kind: Literal["table"]
    table: str
    row: str
    words: str


@value
class Absence:
    """Looked there, and found nothing."""

    kind: Literal["absence"]
    looked_in: str
    looked_for: str


Citation = (
    ListEntryCited
    | SnapshotCited
    | ParagraphCited
    | DesignationFactCited
    | ExemptionCited
    | ClaimCited
    | CallersWord
    | TableCited
    | Absence
)


@value
class Reason:
    """One reason in words, with the sources that it rests on."""

    words: str
    citations: Annotated[tuple[Citation, ...], "at least one"]


def reason(words: str, *citations: Citation) -> Reason:
    """A reason; ValueError when it cites nothing."""
    if not citations:
        raise ValueError(f"a reason without a citation: {words}")
    return Reason(words=words, citations=citations)


def list_entry(version: Version, field: str, text: str) -> ListEntryCited:
    """Cite one element of a record, as the newest list that held it gives it."""
    snapshot = version.snapshot
    return ListEntryCited(
        kind="list_entry",
        reference=version.entry.reference,
        snapshot=snapshot.sha256,
        list_kind=snapshot.list_kind,
        generated=snapshot.generated,
        source=snapshot.source,
        recorded_at=snapshot.recorded_at,
        field=field,
        value=text,
    )


def whole_list(
    snapshot: Snapshot, reference: str | None = None, holds: bool | None = None
) -> SnapshotCited:
    """Cite a whole list."""
    return SnapshotCited(
        kind="snapshot",
        snapshot=snapshot.sha256,
        list_kind=snapshot.list_kind,
        generated=snapshot.generated,
        source=snapshot.source,
        recorded_at=snapshot.recorded_at,
        reference=reference,
        holds=holds,
    )


def paragraph(
    measure: Measure,
    law: str,
    interval: MeasureInterval | None = None,
    exception: MeasureException | None = None,
    authority: Authority | None = None,
) -> ParagraphCited:
    """Cite the paragraph that makes a measure, put it in force for a time, renewed it, or excepts.

    `authority` is a text that renewed or ended it.
    """
    by = authority or (interval.authority if interval else None) or measure.authority
    elsewhere = exception is not None and exception.resolution not in (None, by.resolution)
    return ParagraphCited(
        kind="paragraph",
        measure=measure.id,
        resolution=exception.resolution or by.resolution if exception else by.resolution,
        paragraph=exception.paragraph if exception else by.paragraph,
        adopted=None if elsewhere else by.adopted,
        checked=exception.checked if exception else by.checked,
        source=exception.source if exception else measure.source,
        law=law,
    )


def designation_fact(fact: DesignationFact, law: str) -> DesignationFactCited:
    """Cite a designation fact."""
    return DesignationFactCited(
        kind="designation_fact",
        reference=fact.reference,
        event=fact.event,
        on=fact.on,
        by=fact.by,
        source=fact.source,
        checked=fact.checked,
        disputed=fact.disputed,
        law=law,
    )


def known_from(listed: Listed, law: str) -> tuple[Reason, ...]:
    """What must be known of a record that no list on record holds, or whose number was not seen."""
    found = []
    fact = listed.named_by
    if not listed.versions and fact is not None:
        words = (
            f"No list on record holds {listed.reference}: a designation fact names it, and nothing "
            "but the name is on record."
        )
        looked = absence("lists on record", listed.reference)
        found.append(reason(words, designation_fact(fact, law), looked))
    if not numbered(listed.reference) and fact is not None:
        words = (
            f"No reference number was seen for {listed.name}: {listed.reference} is a key that "
            "stands in for it."
        )
        found.append(reason(words, designation_fact(fact, law)))
    return tuple(found)


def exemption_cited(exemption: Exemption, law: str) -> ExemptionCited:
    """Cite an exemption on record."""
    return ExemptionCited(
        kind="exemption",
        exemption=exemption.id,
        outcome=exemption.outcome,
        decided_on=exemption.decided_on,
        from_=exemption.from_,
        until=exemption.until,
        source=exemption.source,
        checked=exemption.checked,
        law=law if exemption.recorded_by is None else None,
        recorded_by=exemption.recorded_by,
        recorded_at=exemption.recorded_at,
    )


def quoted(claim: Claim) -> str | None:
    """The words of a claim, where it gives them."""
    return claim.quote.text if isinstance(claim.quote, Quote) else claim.quote


def claim_cited(claim: Claim) -> ClaimCited:
    """Cite a claim of the report."""
    quote = claim.quote
    return ClaimCited(
        kind="claim",
        claim=claim.id or "",
        type=claim.type,
        speaker=claim.speaker_name,
        said_on=claim.said_on,
        published_on=claim.published_on,
        quote=quoted(claim),
        start=quote.start if isinstance(quote, Quote) else None,
        end=quote.end if isinstance(quote, Quote) else None,
    )


def callers_word(field: str, text: str) -> CallersWord:
    """Cite the question itself."""
    return CallersWord(kind="request", field=field, value=text)


def table_row(table: str, row: str, words: str) -> TableCited:
    """Cite a row of a table that ships with the engine."""
    return TableCited(kind="table", table=table, row=row, words=words)


def absence(looked_in: str, looked_for: str) -> Absence:
    """Cite that nothing was found."""
    return Absence(kind="absence", looked_in=looked_in, looked_for=looked_for)
