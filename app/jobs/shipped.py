"""data/, which comes with the project: tables to work with, and facts for the store.

Places, names and the verdict table belong to the engine and are read at each start. The legal
record and the bundled lists are facts: they are stored, with the moment from which they count.
"""

import csv
import hashlib
import io
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection

from app.assessment.sentence import FRAGMENTS, MARK, MARKS
from app.assessment.verdict import FACTS
from app.lists.checks import concerns
from app.lists.un_xml import ListRefused, ParsedList
from app.lists.un_xml import read as read_list
from app.record import files_digest, legal_record
from app.store import audit, facts
from app.terms import ListKind, Place, PlaceKind, Tables, VerdictRow, state_code
from app.when import zone
from app.written import Errors, Files, Reader, WrittenWrong, read

DATA = Path(__file__).resolve().parents[2] / "data"
"""What ships with the project."""

WHO = "shipped with the project"
_LEGAL = ("law", "exemptions", "designations")
_PLACE = ["kind", "name", "also", "code", "state", "zones", "capital", "disputed", "since", "note"]
_CUES = "reading/cues.csv"
_NAME = ["form", "meaning", "reason"]


# ---------------------------------------------------------------- tables


def tables(data_dir: Path = DATA) -> Tables:
    """Places, names and the verdict table; WrittenWrong with every error in them."""
    errors = Errors()
    words = {
        room: sorted(
            path.relative_to(data_dir).as_posix() for path in data_dir.glob(f"{room}/*.csv")
        )
        for room in ("names", "reading")
    }
    paths = [path for room in words.values() for path in room]
    files = _texts(data_dir, ["places.csv", "verdicts.yaml", *paths], errors)
    places = _places("places.csv", files.get("places.csv"), errors)
    meanings = {
        room: {Path(path).stem: _meanings(path, files.get(path), errors) for path in found}
        for room, found in words.items()
    }
    rows, gravity, fragments = _verdicts("verdicts.yaml", files.get("verdicts.yaml"), errors)
    if errors.found:
        raise WrittenWrong(errors.found)
    return Tables(
        places=places,
        names=meanings["names"] | {"states": _states(places)},
        reading=meanings["reading"],
        verdicts=rows,
        gravity=gravity,
        fragments=fragments,
        digest=files_digest(files),
    )


def _texts(data_dir: Path, paths: list[str], errors: Errors) -> Files:
    found = {}
    for path in paths:
        try:
            raw = (data_dir / path).read_bytes()
            found[path] = raw.decode()
        except OSError as error:
            errors.add(path, 1, f"cannot be read: {error.strerror}")
        except UnicodeDecodeError as error:
            errors.add(path, raw.count(b"\n", 0, error.start) + 1, "is not UTF-8")
    return found


def _rows(
    path: str, text: str | None, columns: list[str], errors: Errors
) -> Iterator[tuple[int, dict[str, str]]]:
    """Each row of a CSV file with the line that it begins on."""
    if text is None:
        return
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    line = 1
    try:
        for cells in reader:
            if line == 1 and cells != columns:
                errors.add(path, line, f"the columns are not {', '.join(columns)}")
                return
            if len(cells) != len(columns):
                errors.add(path, line, f"holds {len(cells)} cells, not {len(columns)}")
            elif line > 1:
                yield line, dict(zip(columns, cells, strict=True))
            line = reader.line_num + 1
    except csv.Error as error:
        errors.add(path, reader.line_num, str(error))
    if line == 1:
        errors.add(path, line, "is empty")


def _places(path: str, text: str | None, errors: Errors) -> tuple[Place, ...]:
    found = []
    for line, row in _rows(path, text, _PLACE, errors):
        zones = tuple(filter(None, row["zones"].split(";")))
        for name in zones:
            try:
                zone(name)
            except KeyError:
                errors.add(path, line, f"{name!r} is no time zone")
        for code in filter(None, (*row["code"].split(";"), row["state"])):
            try:
                state_code(code)
            except ValueError as error:
                errors.add(path, line, f"{code!r} {error}")
        if not row["name"] or not row["code"]:
            errors.add(path, line, "a place needs a name and a code")
        if (";" in row["code"]) != (row["kind"] == PlaceKind.shared):
            errors.add(path, line, "a shared name has several codes, and nothing else has")
        if row["kind"] not in set(PlaceKind):
            errors.add(path, line, f"{row['kind']!r} is none of {', '.join(PlaceKind)}")
            continue
        found.append(
            Place(
                kind=PlaceKind(row["kind"]),
                name=row["name"],
                also=tuple(filter(None, row["also"].split(";"))),
                code=row["code"],
                state=row["state"] or None,
                zones=zones,
                capital=row["capital"] or None,
                disputed=row["disputed"] or None,
                disputed_since=row["since"] or None,
                note=row["note"] or None,
            )
        )
    return tuple(found)


def _states(places: tuple[Place, ...]) -> Mapping[str, str]:
    """Names of States and of their people, to the chief name, as a table of names has it."""
    return {
        name: place.name
        for place in places
        if place.kind in (PlaceKind.shared, PlaceKind.state)
        for name in (place.name, *place.also)
    }


def _meanings(path: str, text: str | None, errors: Errors) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for line, row in _rows(path, text, _NAME, errors):
        if not row["form"]:
            errors.add(path, line, "has no form")
        if path == _CUES:
            try:
                re.compile(row["form"])
            except re.error as error:
                errors.add(path, line, f"{row['form']!r} is no regular expression: {error}")
        if row["form"] in found:
            errors.add(path, line, f"the form {row['form']!r} stands twice")
        found[row["form"]] = row["meaning"]
    return found


def _verdicts(
    path: str, text: str | None, errors: Errors
) -> tuple[tuple[VerdictRow, ...], tuple[str, ...], Mapping[str, str]]:
    top = None if text is None else read(path, text, errors, "rows gravity fragments")
    if top is None:
        return (), (), {}
    rows = tuple(
        VerdictRow(
            verdict=item.text("verdict"),
            when=_conditions(item),
            sentence=_framed(item, "sentence", MARKS),
        )
        for item in top.each("rows", "verdict when sentence")
    )
    gravity = top.texts("gravity")
    if len(set(gravity)) != len(gravity):
        top.wrong("'gravity' names a verdict twice", "gravity")
    if apart := {row.verdict for row in rows} ^ set(gravity):
        top.wrong(f"in only one of rows and gravity: {', '.join(sorted(apart))}", "gravity")
    fragments = top.inner("fragments", " ".join(FRAGMENTS))
    return rows, gravity, {key: _framed(fragments, key, marks) for key, marks in FRAGMENTS.items()}


def _framed(item: Reader, name: str, marks: Collection[str]) -> str:
    """A text in which marks are filled in, held to those that something fills."""
    text = item.text(name)
    if unknown := sorted(set(MARK.findall(text)) - set(marks)):
        item.wrong(f"nothing fills {{{unknown[0]}}}", name)
    return text


def _conditions(row: Reader) -> tuple[Mapping[str, tuple[str, ...]], ...]:
    """The alternatives of a row: each maps a fact to the words of which it must be one."""
    found = []
    for item in row.each("when", " ".join(FACTS)):
        for name in FACTS.keys() & item.found.keys():
            if unknown := set(item.texts(name)) - set(FACTS[name]):
                item.wrong(f"{name!r} is never {', '.join(sorted(unknown))}", name)
        found.append({name: item.texts(name) for name in item.found})
    if not found:
        row.wrong("'when' has no alternative, so that the row never holds", "when")
    return tuple(found)


# ---------------------------------------------------------------- facts


def legal_files(data_dir: Path = DATA, told: Errors | None = None) -> Files:
    """The texts of data/law, exemptions and designations; WrittenWrong for an unreadable one.

    With `told` what cannot be read is added there, and the rest answered.
    """
    errors = Errors() if told is None else told
    if not any((data_dir / room).is_dir() for room in _LEGAL):
        raise WrittenWrong([f"{data_dir.name}:1: is no folder with law, exemptions, designations"])
    paths = [
        path.relative_to(data_dir).as_posix()
        for room in _LEGAL
        for path in sorted(data_dir.glob(f"{room}/*.yaml"))
    ]
    files = _texts(data_dir, paths, errors)
    if errors.found and told is None:
        raise WrittenWrong(errors.found)
    return files


def load(store: facts.Store, data_dir: Path, clock: Callable[[], datetime]) -> str:
    """Store what ships and is not stored yet; answers one line of words.

    What is new is recorded with one moment: on a first start the law counts as recorded with the
    first list. WrittenWrong for files that cannot be read, and then nothing is stored.
    """
    files = legal_files(data_dir)
    lists = {path: path.read_bytes() for path in sorted(data_dir.glob("un_lists/*.xml"))}
    with store.reading() as connection:
        if not _new_law(connection, files) and not _new_lists(connection, lists):
            return "nothing new ships"
    said = []
    with store.writing() as connection:
        moment = facts.next_moment(connection, clock())
        # Another process may have started at the same time, and been first.
        if _new_law(connection, files):
            law = legal_record(files, moment)
            facts.add_law(connection, files, moment)
            _line(connection, moment, "law load", law.digest)
            said.append(f"the legal record {law.digest[:12]}")
        for path in _new_lists(connection, lists):
            sha256 = _add_supplement(connection, path, lists[path], moment)
            _line(connection, moment, "list import: promoted", sha256)
            said.append(f"the supplement {path.name}")
    return f"stored {' and '.join(said)}" if said else "nothing new ships"


def _new_law(connection: Connection, files: Files) -> bool:
    newest = facts.law_files(connection)
    return bool(files) and (newest is None or newest.digest != files_digest(files))


def _new_lists(connection: Connection, lists: Mapping[Path, bytes]) -> list[Path]:
    return [
        path
        for path, xml in lists.items()
        if not facts.has_list(connection, hashlib.sha256(xml).hexdigest())
    ]


def _add_supplement(connection: Connection, path: Path, xml: bytes, recorded_at: str) -> str:
    return facts.add_list(
        connection,
        xml=xml,
        parsed=_believed(path, xml),
        list_kind=ListKind.supplement,
        source=path.name,
        outcome=facts.Outcome.promoted,
        because="ships with the project",
        decided_by=WHO,
        recorded_at=recorded_at,
    )


def _believed(path: Path, xml: bytes) -> ParsedList:
    try:
        parsed = read_list(xml)
    except ListRefused as error:
        raise WrittenWrong([f"un_lists/{path.name}:1: {error}"]) from error
    if doubts := concerns(parsed, ListKind.supplement, None, _nobody):
        raise WrittenWrong([f"un_lists/{path.name}:1: {doubt}" for doubt in doubts])
    return parsed


def _nobody(*_: object) -> tuple[str, ...]:
    """A supplement is compared with nothing, so nothing need account for anybody."""
    return ()


def _line(connection: Connection, at: str, action: str, digest: str) -> None:
    audit.add(
        connection,
        at=at,
        who=WHO,
        action=action,
        question_digest=digest,
        answer_digest=None,
        subject=digest,
    )
