"""What was asked and answered before: saved answers, looked through for words, verdict and day.

No page looks through more than so many, so that a search is bounded however much is on record.
"""

import re
from collections.abc import Callable, Sequence
from typing import Protocol, TypeVar

from sqlalchemy import Connection

from app.store import articles, assessments
from app.store.paging import cursor, opened
from app.terms import Text, WholeDay, value
from app.where import fold

MOST_LOOKED = 500
"""So many saved answers are looked through for one page of the history, at most."""


@value
class SavedLeg:
    """Where and when, as it was asked."""

    state: str | None
    place: str | None
    from_: str | None


@value
class HistoryAsked:
    """What is looked for among saved answers; what is left out restricts nothing."""

    words: Text | None = None
    """Each must stand in the sentence, or in what was asked of the traveller; or be a reference."""
    verdict: str | None = None
    day: WholeDay | None = None
    """The day on which it was saved."""
    after: str | None = None


@value
class SavedJourney:
    """A saved answer as the history shows it."""

    id: str
    verdict: str
    sentence: str
    name: str
    """Of the traveller, as it was asked."""
    legs: tuple[SavedLeg, ...]
    recorded_at: str


@value
class SavedText:
    """A saved answer about a text, as the history shows it."""

    id: str
    sha256: str
    title: str | None
    publisher: str | None
    published_on: str
    recorded_at: str
    review: bool
    """Whether it came of a review."""


@value
class HistoryPage:
    """Saved answers that are meant, the newest first."""

    items: tuple[SavedJourney | SavedText, ...]
    next: str | None
    looked: int
    """How many were looked through for this page."""


def journeys(connection: Connection, asked: HistoryAsked, limit: int) -> HistoryPage:
    """Saved answers to travel reports that hold every word asked for, the newest first.

    No page looks through more than MOST_LOOKED of them: the next one goes on there. Words are
    compared without case and accents. BadCursor for a cursor that is none.
    """
    references, words = _sought(asked.words or "")
    narrow = bool(words or asked.verdict)
    rows = assessments.heads(
        connection,
        limit=(MOST_LOOKED if narrow else limit) + 1,
        after=asked.after,
        reference=references[0] if references else None,
        day=asked.day,
    )

    def meant(row: assessments.SavedHead) -> SavedJourney | None:
        if asked.verdict not in (None, row.verdict):
            return None
        said, question = opened(row.answer), opened(row.question)
        who = question["traveller"]
        held = fold(" ".join((said["sentence"], *(str(part) for part in who.values() if part))))
        if not all(word in held for word in words):
            return None
        return SavedJourney(
            id=row.id,
            verdict=row.verdict,
            sentence=said["sentence"],
            name=who["name"],
            legs=tuple(
                SavedLeg(state=leg["state"], place=leg["place"], from_=leg["from"])
                for leg in question["legs"]
            ),
            recorded_at=row.recorded_at,
        )

    return _history(rows, meant, limit, MOST_LOOKED if narrow else limit)


def texts(connection: Connection, asked: HistoryAsked, limit: int) -> HistoryPage:
    """Saved answers about texts, by headline and publisher, as `journeys`; they have no verdict.

    BadCursor for a cursor that is none.
    """
    words = fold(asked.words or "").split()
    most = MOST_LOOKED if words else limit
    rows = articles.heads(connection, limit=most + 1, after=asked.after, day=asked.day)

    def meant(row: articles.ArticleHead) -> SavedText | None:
        about = opened(row.answer)["document"]
        held = fold(" ".join(about[name] or "" for name in ("title", "publisher", "url")))
        if not all(word in held for word in words):
            return None
        return SavedText(
            id=row.id,
            sha256=row.document,
            title=about["title"],
            publisher=about["publisher"],
            published_on=about["published_on"],
            recorded_at=row.recorded_at,
            review=row.replaces is not None,
        )

    return _history(rows, meant, limit, most)


class _Row(Protocol):
    @property
    def id(self) -> str: ...

    @property
    def recorded_at(self) -> str: ...


R = TypeVar("R", bound=_Row)


def _history(
    rows: Sequence[R], meant: Callable[[R], SavedJourney | SavedText | None], limit: int, most: int
) -> HistoryPage:
    """Those of some rows that are meant, up to a limit, and where to go on."""
    items: list[SavedJourney | SavedText] = []
    looked = 0
    for row in rows[:most]:
        looked += 1
        found = meant(row)
        if found is not None:
            items.append(found)
        if len(items) == limit:
            break
    more = looked < len(rows)
    last = rows[looked - 1] if looked else None
    following = cursor(last.recorded_at, last.id) if more and last else None
    return HistoryPage(items=tuple(items), next=following, looked=looked)


def _sought(text: str) -> tuple[list[str], list[str]]:
    """What is looked for: references as lists write them, and other words without case."""
    references: list[str] = []
    words: list[str] = []
    for word in text.split():
        named = re.fullmatch(r"([a-z]{2})([ei]\.\d{3})", word.casefold())
        if named and not references:
            references.append(named[1].upper() + named[2])
        else:
            words += fold(word).split()
    return references, words
