"""An archive of press articles: a text on each line, each answered as it comes, and resumed.

Lines are read and answers shared out as for many names (app/jobs/bulk.py). A line that was
answered in the output before is not read again, so that a run which ended early goes on.
"""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, BinaryIO

from app.assessment.article import ArticleAsked
from app.assessment.report import Fault, Refused
from app.desk import COMMAND_LINE, Desk, KnownAtInFuture, encode
from app.jobs.bulk import Done, FileWrong, Row, in_words
from app.terms import value

MOST_CHARACTERS = 8 * 1024 * 1024
"""Characters of one line: a text of a million, escaped, has fewer."""

Before = frozenset[tuple[int, str]]
"""Lines that were answered: the number of each, and the name of its text and day."""


@value
class TextRead:
    """One line and what became of it; the answer stands behind it, as `answer`."""

    line: int
    id: str | int | None
    sha256: str | None
    """Of the text as the line gives it; null where it gives none."""
    published_on: str | None
    errors: tuple[Fault, ...]


@dataclass(frozen=True, kw_only=True)
class Work:
    """Texts to be read."""

    open_desk: Callable[[], Desk]
    question: Callable[[Mapping[str, Any]], ArticleAsked]
    """What was given as a question; Refused where it is none."""
    known_at: str
    """What stands for every line that does not say its own."""
    save: bool

    def at(self, desk: Desk) -> Callable[[Row], Done]:
        """Reads texts at one desk."""

        def answer(row: Row) -> Done:
            body, errors = b"null", row.errors
            if not errors:
                said = {field: it for field, it in row.given.items() if it is not None}
                try:
                    asked = self.question({"known_at": self.known_at, **said})
                    body = desk.read_article(asked, COMMAND_LINE, save=self.save).body
                except Refused as error:
                    errors = error.faults
                except KnownAtInFuture as error:
                    errors = (Fault(field=error.field, words=str(error)),)
            day = row.given.get("published_on")
            told = TextRead(
                line=row.line,
                id=row.id,
                sha256=_name(row.given.get("text")),
                published_on=day if isinstance(day, str) and not errors else None,
                errors=errors,
            )
            # The answer is to the byte what was saved.
            whole = encode(told).removesuffix(b"}") + b',"answer":' + body + b"}\n"
            return Done(row.line, whole, in_words(errors))

        return answer


def answered_before(output: BinaryIO) -> Before:
    """The lines that an output holds the answer of; what was cut off at its end is taken away.

    FileWrong for a file of something else, which is left as it is.
    """
    found = set()
    output.seek(0)
    end = 0
    for number, line in enumerate(output, 1):
        if not line.endswith(b"\n"):
            break  # its writer was stopped in the middle
        end += len(line)
        try:
            told = json.loads(line)
            key = (told["line"], _key(told["sha256"], told["published_on"]))
            if told["answer"] is not None:
                found.add(key)
        except (ValueError, RecursionError, TypeError, KeyError) as error:
            words = f"line {number} is no answer of this command: name another file"
            raise FileWrong(words) from error
    output.truncate(end)
    output.seek(end)
    return frozenset(found)


def left(rows: Iterator[Row], before: Before) -> Iterator[Row]:
    """The rows that are still to be answered: the others are the same text of the same day."""
    for row in rows:
        day = row.given.get("published_on")
        if (row.line, _key(_name(row.given.get("text")), day)) not in before:
            yield row


def _key(name: Any, day: Any) -> str:
    return f"{name} {day}"


def _name(text: Any) -> str | None:
    if not isinstance(text, str):
        return None
    return hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()
