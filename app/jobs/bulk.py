"""Many names: questions read from a file, each answered as it comes, in their order.

What is held at a time is a few rows, however long the file is. One process answers, or several,
each with the record in its own memory; the answers are the same bytes. A row that is wrong has
its place among the answers and stops nothing.
"""

import csv
import io
import json
import multiprocessing
import os
import re
import signal
import threading
from collections import deque
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, fields
from enum import StrEnum
from itertools import islice
from multiprocessing.connection import wait
from typing import Any, BinaryIO, NamedTuple, Protocol, TextIO

from app.assessment.report import Fault, Refused, each_once
from app.assessment.screen import Screening, ScreeningAsked
from app.desk import COMMAND_LINE, Desk, KnownAtInFuture, Noted, encode, noted
from app.evidence import Reason
from app.record import Record
from app.screening.identity import Candidate
from app.terms import encodable, value

MOST_CHARACTERS = 1_000_000
"""Characters of one line that are held; a longer line is a row that is wrong."""

OF_THE_RUN = ("known_at", "threshold", "limit")
"""Fields of a question that no column gives: they are said of the whole file."""
COLUMNS = (
    "id",
    *(field.name for field in fields(ScreeningAsked) if field.name not in OF_THE_RUN),
)
"""The columns that a CSV file may have."""

_DELIMITERS = ",;\t"
_LONGEST = 500  # characters of an id, and of a name that is shown though it is wrong
_CHUNK = 100  # rows that a process is given at a time
_RECORDS = 4  # moments that the rows of a file may ask about, kept
_ERRORS = 5  # those of one row that a cell shows
_ASTRAY = "is not CSV: a quotation mark is open or astray"
_LONG_CELL = (
    f"is not CSV: a cell is longer than {csv.field_size_limit():,} characters, or a quotation "
    "mark is open"
)


class FileWrong(ValueError):
    """A file that holds no questions at all, and why."""


class Form(StrEnum):
    """How questions or answers are written."""

    csv = "csv"
    jsonl = "jsonl"


class Row(NamedTuple):
    """What one row of the file asks."""

    line: int
    """Where it begins, from 1; a header is a line."""
    id: str | int | None
    """What the caller calls it."""
    given: Mapping[str, Any]
    errors: tuple[Fault, ...]
    """Why it cannot be read; it asks nothing then."""


@value
class Screened:
    """One row and its answer: a line of JSON lines."""

    line: int
    id: str | int | None
    name: str | None
    answer: Screening | None
    """To the byte what `POST /v1/screenings` answers; null where the row is wrong."""
    errors: tuple[Fault, ...]


class Done(NamedTuple):
    """A row that was answered, or is wrong."""

    line: int
    body: bytes
    """What stands in the output."""
    errors: str
    noted: Noted | None = None
    """What the audit keeps of it."""


# ---------------------------------------------------------------- reading


class _TooLong(ValueError):
    """A line of which the end was not held."""


class _Lines:
    """The lines of a text, numbered; those that are given back come again."""

    def __init__(self, text: TextIO, longest: int) -> None:
        self._text = text
        self.longest = longest
        self._back: deque[str | None] = deque()
        self.taken: list[str | None] = []
        """Those since the row began; none for one that is too long."""
        self.number = 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._back.popleft() if self._back else self._read()
        self.taken.append(line)
        self.number += 1
        if line is None:
            raise _TooLong
        return line

    def _read(self) -> str | None:
        line = self._text.readline(self.longest)
        if not line:
            raise StopIteration
        if len(line) < self.longest or line.endswith(("\n", "\r")):
            return line
        while (line := self._text.readline(self.longest)) and not line.endswith(("\n", "\r")):
            pass
        return None

    def begin(self) -> int:
        """The line at which the next row begins."""
        self.taken.clear()
        return self.number + 1

    def give_back(self, first: int = 1) -> None:
        """Read this row's lines anew, but for its first: that one is to blame."""
        again = self.taken[first:]
        self._back.extendleft(reversed(again))
        self.number -= len(again)


def text_of(stream: BinaryIO) -> io.TextIOWrapper:
    """A file as text: UTF-8, with or without its mark; what is none is told of its row alone."""
    return io.TextIOWrapper(stream, encoding="utf-8-sig", errors="surrogateescape", newline="")


def rows(text: TextIO, form: Form | None, longest: int = MOST_CHARACTERS) -> Iterator[Row]:
    """The rows of a file; FileWrong before the first of them.

    A line of more than `longest` characters is a row that is wrong.

    Without a form a text that begins with `{` is JSON lines. Of CSV the header says by what its
    cells are parted: a comma, a semicolon or a tabulator.
    """
    lines = _Lines(text, longest)
    try:
        first = next(lines, "")
    except _TooLong:
        first = None
    if first is not None and ("\0" in first or first.startswith(("\udcff", "\udcfe"))):
        raise FileWrong("is not UTF-8: save it as CSV in UTF-8")
    if form is None:
        form = Form.jsonl if first is not None and first.lstrip()[:1] == "{" else Form.csv
    if form is Form.jsonl:
        lines.give_back(0)
        return _json_rows(lines)
    if first is None:
        raise FileWrong(f"its header is longer than {longest:,} characters")
    if not first.strip():
        raise FileWrong("is empty: the first line names the columns, and one of them is name")
    delimiter, header = _header(first)
    return _csv_rows(lines, delimiter, header)


def _header(line: str) -> tuple[str, tuple[str, ...]]:
    """By what the cells are parted, and the columns: the header tells both."""
    found = []
    for delimiter in _DELIMITERS:
        try:
            (cells,) = csv.reader([line], delimiter=delimiter, strict=True)
        except (csv.Error, ValueError) as error:
            raise FileWrong("its header cannot be read: a quotation mark is open") from error
        header = tuple(cell.strip() for cell in cells)
        found.append((sum(cell in COLUMNS for cell in header), delimiter, header))
    _, delimiter, header = max(found, key=lambda item: item[0])  # the first of equals
    known = ", ".join(COLUMNS)
    for column in header:
        if column not in COLUMNS:
            raise FileWrong(f"the column {_seen(column)!r} is not known here; known are {known}")
        if header.count(column) > 1:
            raise FileWrong(f"the column {column} stands twice")
    if "name" not in header:
        raise FileWrong("has no column name")
    return delimiter, header


def _csv_rows(lines: _Lines, delimiter: str, header: tuple[str, ...]) -> Iterator[Row]:
    # Strict: a quotation mark that is astray is told, rather than read as part of a name.
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    while True:
        line = lines.begin()
        try:
            cells = next(reader, None)
        except _TooLong:
            if len(lines.taken) > 1:
                yield _wrong(line, _ASTRAY)
                lines.give_back()
            else:
                yield _wrong(line, f"is longer than {lines.longest:,} characters")
            continue
        except csv.Error as error:
            lines.give_back()
            yield _wrong(line, _LONG_CELL if "limit" in str(error) else _ASTRAY)
            continue
        if cells is None:
            return
        if not cells:
            continue
        if len(cells) != len(header):
            yield _wrong(line, f"holds {len(cells)} cells, and the header {len(header)}")
            continue
        if not _is_text("".join(cells)):
            yield _wrong(line, "is not UTF-8")
            continue
        given = {
            column: cell.strip()
            for column, cell in zip(header, cells, strict=True)
            # A name that is blank is wrong; anything else is only not known.
            if cell.strip() or column == "name"
        }
        yield _row(line, given)


def _json_rows(lines: _Lines) -> Iterator[Row]:
    while True:
        line = lines.begin()
        try:
            text = next(lines, None)
        except _TooLong:
            yield _wrong(line, f"is longer than {lines.longest:,} characters")
            continue
        if text is None:
            return
        if not text.strip():
            continue
        if not _is_text(text):
            yield _wrong(line, "is not UTF-8")
            continue
        try:
            given = json.loads(text, object_pairs_hook=each_once)
        except Refused as error:
            yield Row(line, None, {}, error.faults)
            continue
        except (ValueError, RecursionError):
            yield _wrong(line, "is not JSON")
            continue
        if isinstance(given, dict):
            yield _row(line, given)
        else:
            yield _wrong(line, "is not an object with named fields")


def _row(line: int, given: dict[str, Any]) -> Row:
    name = given.pop("id", None)
    words = None
    if isinstance(name, bool) or not isinstance(name, str | int | None):
        words = "is neither a text nor a whole number"
    elif len(str(name)) > _LONGEST:
        words = f"is longer than {_LONGEST} characters"
    elif isinstance(name, str):
        try:
            encodable(name)
        except ValueError as error:
            words = str(error)
    if words is not None:
        return Row(line, None, given, (Fault(field="id", words=words),))
    return Row(line, name, given, ())


def _wrong(line: int, words: str) -> Row:
    return Row(line, None, {}, (Fault(field="line", words=words),))


def _is_text(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _seen(text: str) -> str:
    """A text that may be wrong, as it can be shown."""
    short = text if len(text) <= _LONGEST else text[:_LONGEST] + "…"
    return short.encode(errors="replace").decode()


# ---------------------------------------------------------------- answering


class Task(Protocol):
    """How rows are answered: what a process must be told to do it as any other would."""

    @property
    def open_desk(self) -> Callable[[], Desk]:
        """Opens a desk of the process's own."""

    def at(self, desk: Desk) -> Callable[[Row], Done]:
        """Answers rows at one desk."""


@dataclass(frozen=True, kw_only=True)
class Work:
    """Names to be screened."""

    open_desk: Callable[[], Desk]
    question: Callable[[Mapping[str, Any]], ScreeningAsked]
    """What was given as a question; Refused where it is none."""
    given: Mapping[str, Any]
    """What stands for every row that does not say it itself; with a `known_at`."""
    form: Form

    def at(self, desk: Desk) -> Callable[[Row], Done]:
        """Screens names at one desk."""
        return _Screener(self, desk)


class _Screener:
    """Answers rows at one desk; the record of each moment is read once."""

    def __init__(self, work: Work, desk: Desk) -> None:
        self._work, self._desk = work, desk
        self._read: dict[str | None, Record] = {}
        self._write = _as_csv if work.form is Form.csv else _as_json

    def __call__(self, row: Row) -> Done:
        answer, errors, kept = None, row.errors, None
        if not errors:
            said = {field: it for field, it in row.given.items() if it is not None}
            if len(self._read) > _RECORDS:
                self._read.clear()
            try:
                asked = self._work.question({**self._work.given, **said})
                answer = self._desk.look_for(asked, self._read)
                kept = noted(asked, answer)
            except Refused as error:
                errors = error.faults
            except KnownAtInFuture as error:
                errors = (Fault(field=error.field, words=str(error)),)
        name = row.given.get("name")
        shown = Screened(
            line=row.line,
            id=row.id,
            name=_seen(name) if isinstance(name, str) else None,
            answer=answer,
            errors=errors,
        )
        return Done(row.line, self._write(shown), in_words(errors), kept)


def answered(
    asked: Iterator[Row], work: Task, desk: Desk, workers: int
) -> Generator[Done, None, None]:
    """The rows answered, in their order: at this desk, or by so many processes of their own.

    Several processes are given a hundred rows at a time, and few such portions are under way, so
    that a file of any length takes the same memory.
    """
    if workers == 1:
        answer = work.at(desk)
        for row in asked:
            yield from _noted(desk, [answer(row)])
        return
    pool = ProcessPoolExecutor(
        workers, multiprocessing.get_context("spawn"), initializer=_begin, initargs=(work,)
    )
    under_way: deque[Future[list[Done]]] = deque()
    try:
        while chunk := tuple(islice(asked, _CHUNK)):
            with undisturbed():  # a process that it starts is not to be interrupted either
                under_way.append(pool.submit(_answer, chunk))
            while under_way and (len(under_way) > 2 * workers or under_way[0].done()):
                yield from _noted(desk, under_way.popleft().result())
        while under_way:
            yield from _noted(desk, under_way.popleft().result())
    finally:
        pool.shutdown(cancel_futures=True)


def _noted(desk: Desk, some: list[Done]) -> list[Done]:
    """Rows that were answered, once the audit has them: a name is not screened unseen."""
    if several := [done.noted for done in some if done.noted is not None]:
        desk.note_screenings(several, COMMAND_LINE)
    return some


_own: list[Callable[[Row], Done]] = []  # of a process that was started to answer: its one way


def _begin(work: Task) -> None:
    """Make a process ready to answer; it ends with the one that started it, however that ends."""
    started_by = multiprocessing.parent_process()
    if started_by is not None:
        sentinel = started_by.sentinel
        threading.Thread(target=lambda: wait([sentinel]) and os._exit(1), daemon=True).start()
    _own.append(work.at(work.open_desk()))


def _answer(chunk: Sequence[Row]) -> list[Done]:
    (answer,) = _own
    return [answer(row) for row in chunk]


@contextmanager
def undisturbed() -> Iterator[None]:
    """Leave an interruption (Ctrl-C) for afterwards."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, (signal.SIGINT,))
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


# ---------------------------------------------------------------- writing

OUTPUT = (
    "line", "id", "name", "identity", "certainty", "meant", "reason", "rank", "reference",
    "candidate", "regime", "kind", "similarity", "matched_name", "matched_as", "agreeing",
    "conflicting", "words", "known_at", "errors",
)  # fmt: skip
"""The columns of the output: one row for each candidate, one of rank 0 where there is none."""

_FORMULA = re.compile(r"[=+\-@＝＋－＠\t\r\n]")
_NUMBER = re.compile(r"[+-]?\d+([.,]\d+)?")


def head(form: Form) -> bytes:
    """What stands before the first row."""
    return _lines([OUTPUT]) if form is Form.csv else b""


def _as_json(screened: Screened) -> bytes:
    return encode(screened) + b"\n"


def _as_csv(screened: Screened) -> bytes:
    own: tuple[str, ...] = (str(screened.line), _text(screened.id), screened.name or "")
    answer = screened.answer
    if answer is None:
        return _lines([_padded(own, in_words(screened.errors))])
    who = answer.identity
    reason = _together(who.reasons)
    own = (*own, who.standing, who.certainty, who.reference or "", reason)
    if not answer.candidates:
        return _lines([_padded((*own, "0"), answer.known_at, "")])
    return _lines(
        [
            (*own, str(rank), *_of(candidate), answer.known_at, "")
            for rank, candidate in enumerate(answer.candidates, 1)
        ]
    )


def _of(candidate: Candidate) -> tuple[str, ...]:
    return (
        candidate.reference,
        candidate.name,
        candidate.regime,
        candidate.kind,
        f"{candidate.similarity:.4f}",
        candidate.matched_name,
        candidate.matched_as,
        "; ".join(candidate.agreeing),
        "; ".join(candidate.conflicting),
        _together(candidate.reasons),
    )


def _together(reasons: Sequence[Reason]) -> str:
    return " ".join(dict.fromkeys(why.words for why in reasons))


def _padded(first: tuple[str, ...], *last: str) -> tuple[str, ...]:
    """A row whose cells in the middle are empty."""
    return (*first, *[""] * (len(OUTPUT) - len(first) - len(last)), *last)


def _lines(cells: Sequence[Sequence[str]]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    for row in cells:
        writer.writerow([_no_formula(cell) for cell in row])
    return text.getvalue().encode()


def _no_formula(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula: an apostrophe goes before one that it would.

    A name in a file may come from whoever is screened.
    """
    return f"'{cell}" if _FORMULA.match(cell) and not _NUMBER.fullmatch(cell) else cell


def _text(given: str | int | None) -> str:
    return "" if given is None else str(given)


def in_words(errors: Sequence[Fault]) -> str:
    """What is wrong with a row, in one line."""
    words = [
        error.words if error.field == "line" else f"{error.field}: {error.words}"
        for error in errors[:_ERRORS]
    ]
    return "; ".join(words + ["…"] * (len(errors) > _ERRORS))
