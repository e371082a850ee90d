"""An article as it was read: the text and its name, who is said to have gone where, who says so.

Offsets count Unicode code points of the text as it was given, half-open. Everything read is a
draft until a person has looked at it. Format of the wire: docs/articles.md.
"""

from enum import StrEnum
from hashlib import sha256

from app.reading.page import Page
from app.terms import Claim, Leg, Quote, Reference, StateCode, value


class MentionIs(StrEnum):
    """How a text names a person at one place."""

    full_name = "full_name"
    surname = "surname"
    misspelt = "misspelt"
    """A name with a letter or two wrong, taken for one that stands elsewhere in the text."""
    description = "description"
    """The Iranian general: by office and nationality."""
    pronoun = "pronoun"


@value
class Mention:
    """One place where a text speaks of a person."""

    start: int
    end: int
    text: str
    kind: MentionIs


@value
class PersonRead:
    """A person in a text, with every place that speaks of him or her."""

    name: str
    """The fullest name that the text gives, without titles."""
    reference: Reference | None
    """Whom on record the name means where it means one; the assessment decides who is meant."""
    nationality: StateCode | None
    """As the text says it."""
    role: str | None
    """Title, office and organisation as the text says them."""
    mentions: tuple[Mention, ...]


@value
class Journey:
    """One journey of one person that a text speaks of, and the claims about it."""

    id: str
    person: PersonRead
    legs: tuple[Leg, ...]
    claims: tuple[str, ...]


@value
class Document:
    """The text that was read, named by its digest."""

    sha256: str
    """Of the text in UTF-8."""
    characters: int
    """Unicode code points; offsets count these."""
    published_on: str
    title: str | None
    publisher: str | None
    url: str | None
    page: Page | None = None
    """The page of HTML that the text was taken from; null where the text was sent as it is, and
    in answers that were saved before places were kept."""


@value
class Reading:
    """What a text says, as drafts: nothing here was reviewed by a person."""

    document: Document
    persons: tuple[PersonRead, ...]
    claims: tuple[Claim, ...]
    """In the order of the text. Each belongs to the journeys that name it, or to none: what a
    text says the law is."""
    journeys: tuple[Journey, ...]
    remarks: tuple[str, ...]
    """What was not read, and why: another language, nothing about travel, nobody listed."""


def document(
    text: str,
    published_on: str,
    title: str | None = None,
    publisher: str | None = None,
    url: str | None = None,
    page: Page | None = None,
) -> Document:
    """The name and measure of a text, and what else is known of it."""
    return Document(
        sha256=sha256(text.encode()).hexdigest(),
        characters=len(text),
        published_on=published_on,
        title=title,
        publisher=publisher,
        url=url,
        page=page,
    )


def quote(text: str, start: int, end: int) -> Quote:
    """The words of a text between two offsets, white space at the ends left out."""
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return Quote(start=start, end=end, text=text[start:end])
