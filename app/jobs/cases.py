"""The casebook: cases that a lawyer can read and correct, run through the same `assess`.

A file is YAML with these keys; paths are relative to it:

    title, why       the facts and the law that decide
    report           the JSON of POST /v1/assessments, written as YAML
    cases            each with a name, `change` (dotted places of the report, and what stands
                     there instead, such as `legs.0.from: 2010-06-08`) and `expect`
    lists            supplements in the UN's layout; left out, the one that ships
    full_lists       full lists in that layout
    law              a folder with law/, exemptions/ and designations/ instead of data/
    snapshots        full lists of shared/un_lists by name, or `all` (the English ones)
    again_with       the same: every case is run once more, with these instead of `snapshots`;
                     what must follow then and not before stands in the case, as `again`

`expect` is about the first leg unless it says `leg`; `overall` is the answer's verdict,
`refused` the field for which a report is turned away, and `statements` the answer to each legal
statement, by the `id` of its claim. In a case a list counts as recorded the
moment it was generated, and the legal record with the oldest list; a `known_at` in the report
therefore leaves out what is younger.
"""

import hashlib
import lzma
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from app.assessment.assess import Assessment, StateAssessed, assess
from app.assessment.report import Refused
from app.desk import decoder
from app.jobs.shipped import legal_files, tables
from app.law.measure import MeasureShown
from app.lists.un_xml import ListRefused, ParsedList
from app.lists.un_xml import read as read_list
from app.record import Record, legal_record
from app.terms import Entry, LegalRecord, ListKind, Policy, Report, Snapshot, value
from app.when import parse_instant
from app.where import Places
from app.written import Errors, Lined, Reader, WrittenWrong, read

_FILE = "title why lists full_lists law snapshots again_with report cases"
_ROOMS = ("law", "exemptions", "designations")
_BUNDLED = "un_lists"


class Outcome(StrEnum):
    """What became of a case."""

    passed = "passed"
    failed = "failed"
    skipped = "skipped"


@value
class CaseResult:
    """One case and what became of it; a file that cannot be read is one failed result an error."""

    file: str
    line: int
    name: str
    outcome: Outcome
    words: tuple[str, ...]
    """Each difference, such as `verdict: expected contested, got reported_unverified`."""


@dataclass(frozen=True)
class Needs:
    """What a case wants on record; equal needs share one record."""

    supplements: tuple[Path, ...] | None
    """Null is the list that ships with the project."""
    full_lists: tuple[Path, ...]
    law: Path | None
    """A folder with law/, exemptions/ and designations/; null is data/."""
    snapshots: tuple[str, ...]
    """Names of full lists in shared/un_lists; `all` is every English one."""
    known_at: str | None = None


@dataclass(frozen=True, eq=False)
class Case:
    """One case of a file, read and not yet run."""

    file: str
    line: int
    name: str
    needs: Needs
    report: Lined
    change: Lined
    expect: Lined

    def result(self, outcome: Outcome, words: Iterable[str] = ()) -> CaseResult:
        """What became of it."""
        return CaseResult(
            file=self.file, line=self.line, name=self.name, outcome=outcome, words=tuple(words)
        )

    def asked(self) -> dict[str, Any]:
        """The report with this case's changes; LookupError for a place that is not there."""
        found: dict[str, Any] = _plain(self.report)
        for path, new in self.change.items():
            try:
                _put(found, path, _plain(new))
            except LookupError as error:
                raise LookupError(path) from error
        report: dict[str, Any] = _with_numbers(found)
        return report

    def line_of(self, path: str) -> int:
        """The line that says what stands at a dotted path of the report."""
        for changed in self.change:
            if f"{path}.".startswith(f"{changed}."):
                return self.change.lines[changed]
        line = self.report.line
        here: Any = self.report
        for step in path.split("."):
            if isinstance(here, Lined) and step in here:
                line, here = here.lines[step], here[step]
            elif isinstance(here, list) and step.isdigit() and int(step) < len(here):
                here = here[int(step)]
                line = here.line if isinstance(here, Lined) else line
            else:
                break
        return line


def run(
    folder: Path, data_dir: Path, shared: Path | None, policy: Policy
) -> tuple[CaseResult, ...]:
    """Run every case below a folder, in order of file and line.

    `shared` holds un_lists/ with full lists as `<name>.xml.xz`; without it, cases that ask for
    them are skipped.
    """
    cases, results = read_cases(folder)
    runner = Runner(data_dir, shared, policy)
    results += [runner.run(case) for case in cases]
    return tuple(sorted(results, key=lambda result: (result.file, result.line)))


# ---------------------------------------------------------------- files


class _Placed(Errors):
    """Errors kept apart by file and line."""

    def __init__(self) -> None:
        super().__init__()
        self.results: list[CaseResult] = []

    def add(self, path: str, line: int, words: str) -> None:
        super().add(path, line, words)
        self.results.append(
            CaseResult(
                file=path, line=line, name="(the file)", outcome=Outcome.failed, words=(words,)
            )
        )


def read_cases(folder: Path) -> tuple[list[Case], list[CaseResult]]:
    """The cases below a folder, and every error of files that cannot be read as cases.

    YAML below folders named law, exemptions and designations is law of the cases' own.
    """
    cases: list[Case] = []
    errors = _Placed()
    for path in sorted(folder.rglob("*.yaml")):
        inner = path.relative_to(folder)
        if not set(_ROOMS) & set(inner.parts[:-1]):
            before = len(errors.results)
            found = _file(path, inner.as_posix(), errors)
            cases += found if len(errors.results) == before else []
    if not cases and not errors.results:
        errors.add(str(folder), 1, "holds no case (*.yaml)")
    return cases, errors.results


def _file(path: Path, name: str, errors: Errors) -> list[Case]:
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        errors.add(name, 1, "is no UTF-8 text")
        return []
    top = read(name, text, errors, _FILE)
    if top is None:
        return []
    top.text("title")
    top.text("why")
    report = top.found.get("report")
    if not isinstance(report, Lined):
        top.wrong("'report' is missing or is no mapping", "report")
        return []
    needs = Needs(
        supplements=_beside(top, path, "lists") if "lists" in top.found else None,
        full_lists=_beside(top, path, "full_lists"),
        law=_law(top, path) if "law" in top.found else None,
        snapshots=_snapshots(top, "snapshots"),
    )
    again = replace(needs, snapshots=_snapshots(top, "again_with"))
    found: list[Case] = []
    repeated: list[Case] = []
    for item in top.each("cases", "name change expect again"):
        wanted = item.inner("expect", _EXPECT)
        _form(wanted)
        expect = wanted.found
        other = _empty(item.found.line)
        if "again" in item.found:
            wanted = item.inner("again", _EXPECT)
            _form(wanted)
            other = wanted.found
            if "again_with" not in top.found:
                item.wrong("'again' needs lists to run with: 'again_with'", "again")
        change = item.found.get("change", _empty(item.found.line))
        if not isinstance(change, Lined):
            item.wrong("'change' is no mapping of places to what stands there", "change")
            continue
        if not expect:
            item.wrong("'expect' says nothing", "expect")
        case = Case(
            file=name,
            line=item.found.line,
            name=item.text("name"),
            needs=needs,
            report=report,
            change=change,
            expect=expect,
        )
        try:
            case.asked()
        except LookupError as error:
            item.wrong(f"'change' names {error.args[0]}, which the report does not hold", "change")
        found.append(case)
        repeated.append(
            replace(
                case,
                name=f"{case.name} (with the full lists)",
                needs=again,
                expect=_instead(expect, other),
            )
        )
    if not found:
        top.wrong("holds no cases", "cases")
    names = [case.name for case in found]
    for case in found:
        if names.count(case.name) > 1:
            errors.add(name, case.line, f"the name {case.name!r} stands twice")
    return [*found, *repeated] if "again_with" in top.found else found


def _instead(expect: Lined, other: Lined) -> Lined:
    """What must follow, with what stands in `other` instead."""
    found = Lined({**expect, **other})
    found.line, found.lines = expect.line, {**expect.lines, **other.lines}
    return found


def _empty(line: int) -> Lined:
    found = Lined()
    found.line, found.lines = line, {}
    return found


def _beside(top: Reader, path: Path, key: str) -> tuple[Path, ...]:
    found = tuple(path.parent / name for name in top.texts(key))
    for place in found:
        if not place.is_file():
            top.wrong(f"{key!r} names {place.name}, which is not there", key)
    return found


def _law(top: Reader, path: Path) -> Path:
    folder = path.parent / top.text("law")
    if not (folder / "law").is_dir():
        top.wrong("'law' names a folder that holds no folder law", "law")
    return folder


def _snapshots(top: Reader, key: str) -> tuple[str, ...]:
    if top.found.get(key) == "all":
        return ("all",)
    return top.texts(key)


def _form(expect: Reader) -> None:
    """Report what in `expect` is not of the form it must have."""
    for key, found in expect.found.items():
        if key in _LISTS:
            expect.texts(key)
        elif key in _MAPPINGS:
            if not isinstance(found, Lined):
                expect.wrong(f"{key!r} is no mapping", key)
        elif found is not None and not isinstance(found, (str, bool)):
            expect.wrong(f"{key!r} is not one word", key)
    leg = expect.found.get("leg", "0")
    if not isinstance(leg, str) or not leg.isdigit():
        expect.wrong("'leg' is no number from 0", "leg")


_NUMBERS = ("start", "end", "information")


def _with_numbers(found: Any, key: str = "") -> Any:
    """A report with numbers where the wire has numbers: in a case file all is text."""
    if isinstance(found, dict):
        return {name: _with_numbers(inner, name) for name, inner in found.items()}
    if isinstance(found, list):
        return [_with_numbers(inner, key) for inner in found]
    wanted = key in (*_NUMBERS, "legs") and isinstance(found, str) and found.isdecimal()
    return int(found) if wanted else found


def _plain(found: Any) -> Any:
    if isinstance(found, dict):
        return {key: _plain(inner) for key, inner in found.items()}
    if isinstance(found, list):
        return [_plain(inner) for inner in found]
    return found


def _put(found: Any, path: str, new: Any) -> None:
    """Put a value at a dotted path; at the end of a list it is added."""
    *steps, last = path.split(".")
    here = found
    for step in steps:
        here = here[int(step)] if isinstance(here, list) and step.isdigit() else _inner(here, step)
    if isinstance(here, dict):
        here[last] = new
    elif isinstance(here, list) and last.isdigit() and int(last) <= len(here):
        here[int(last) : int(last) + 1] = [new]
    else:
        raise LookupError(path)


def _inner(here: Any, step: str) -> Any:
    if not isinstance(here, dict) or step not in here:
        raise LookupError(step)
    return here[step]


# ---------------------------------------------------------------- running


class _NotHere(LookupError):
    """A full list that the case asks for is not in the shared folder."""


class Runner:
    """Runs cases; a list is parsed once, and equal needs share one record."""

    def __init__(self, data_dir: Path, shared: Path | None, policy: Policy) -> None:
        self.data_dir = data_dir
        self.shared = shared / _BUNDLED if shared is not None else None
        self.policy = policy
        self.tables = tables(data_dir)
        self.places = Places(self.tables.places)
        self._parsed: dict[Path, tuple[str, ParsedList]] = {}
        self._laws: dict[Path, LegalRecord] = {}
        self._records: dict[Needs, Record] = {}
        self._digests: dict[Entry, str] = {}

    def run(self, case: Case) -> CaseResult:
        """Assess the case's report and compare the answer with what must follow."""
        refused = case.expect.get("refused")
        try:
            report = decoder(Report).validate_python(case.asked())
            record = self._record(replace(case.needs, known_at=report.known_at))
            answer = assess(report, record, self.policy, "casebook", case.name)
        except _NotHere as missing:
            return case.result(Outcome.skipped, [str(missing)])
        except (Refused, ValidationError) as error:
            faults = _faults(error)
            if refused is not None and refused in dict(faults):
                return case.result(Outcome.passed)
            words = [f"{case.file}:{case.line_of(at)}: {at} {text}" for at, text in faults]
            return case.result(Outcome.failed, [*_if(refused), *words])
        except (WrittenWrong, ListRefused, lzma.LZMAError, OSError) as error:
            return case.result(Outcome.failed, str(error).splitlines())
        if refused is not None:
            return case.result(Outcome.failed, [f"refused: expected {refused}, got an answer"])
        words = compare(case.expect, answer)
        return case.result(Outcome.failed if words else Outcome.passed, words)

    def _record(self, needs: Needs) -> Record:
        if needs not in self._records:
            self._records[needs] = self._made(needs)
        return self._records[needs]

    def _made(self, needs: Needs) -> Record:
        supplements = needs.supplements
        if supplements is None:
            supplements = tuple(sorted((self.data_dir / _BUNDLED).glob("*.xml")))
        full = (*needs.full_lists, *self._shared_lists(needs.snapshots))
        snapshots: list[Snapshot] = []
        entries: dict[str, Entry] = {}
        members: dict[str, list[str]] = {}
        for path, kind in [
            *((path, ListKind.full) for path in full),
            *((path, ListKind.supplement) for path in supplements),
        ]:
            sha256, parsed = self._list(path)
            if needs.known_at and parse_instant(parsed.generated) > parse_instant(needs.known_at):
                continue
            snapshot = Snapshot(
                sha256=sha256,
                list_kind=kind,
                generated=parsed.generated,
                source=path.name,
                recorded_at=parsed.generated,
                individuals=parsed.individuals,
                entities=parsed.entities,
            )
            snapshots.append(snapshot)
            digests = [self._digest(entry) for entry in parsed.entries]
            entries.update(zip(digests, parsed.entries, strict=True))
            members[sha256] = digests
        days = sorted(snapshot.recorded_at for snapshot in snapshots)
        return Record(
            known_at=needs.known_at or (days[-1] if days else "1970-01-01T00:00:00.000000Z"),
            law=self._law(needs.law or self.data_dir) if days else None,
            snapshots=snapshots,
            entries=entries,
            members=members,
            tables=self.tables,
            places=self.places,
        )

    def _shared_lists(self, names: Sequence[str]) -> list[Path]:
        if not names:
            return []
        folder = self.shared
        if folder is None or not folder.is_dir():
            raise _NotHere("the full lists that this case asks for are not here (shared/un_lists)")
        if names == ("all",):
            every = sorted(folder.glob("*.xml.xz"))
            return [path for path in every if self._list(path)[1].language != "es"]
        found = [folder / f"{name}.xml.xz" for name in names]
        for path in found:
            if not path.is_file():
                raise _NotHere(f"the full list {path.name} is not here (shared/un_lists)")
        return found

    def _list(self, path: Path) -> tuple[str, ParsedList]:
        if path not in self._parsed:
            raw = path.read_bytes()
            xml = lzma.decompress(raw) if path.suffix == ".xz" else raw
            self._parsed[path] = hashlib.sha256(xml).hexdigest(), read_list(xml)
        return self._parsed[path]

    def _digest(self, entry: Entry) -> str:
        """A name for an entry within this run: equal entries share it."""
        return self._digests.setdefault(entry, f"entry-{len(self._digests)}")

    def _law(self, folder: Path) -> LegalRecord:
        if folder not in self._laws:
            self._laws[folder] = legal_record(legal_files(folder), "1970-01-01T00:00:00.000000Z")
        return self._laws[folder]


def _faults(error: Refused | ValidationError) -> list[tuple[str, str]]:
    """What is wrong with a report: places and words."""
    if isinstance(error, Refused):
        return [(fault.field, fault.words) for fault in error.faults]
    return [(".".join(str(step) for step in item["loc"]), item["msg"]) for item in error.errors()]


def _if(refused: Any) -> list[str]:
    return [f"refused: expected {refused}, got what follows"] if refused is not None else []


# ---------------------------------------------------------------- comparing

_Look = Callable[[StateAssessed], object]

_OF_LEG: Mapping[str, _Look] = {
    "verdict": lambda leg: leg.verdict,
    "identity": lambda leg: leg.identity.standing,
    "identity_is": lambda leg: leg.identity.certainty,
    "reference": lambda leg: leg.identity.reference,
    "measure": lambda leg: leg.measure and leg.measure.standing,
    "measure_is": lambda leg: leg.measure and leg.measure.certainty,
    "lead": lambda leg: leg.measure and leg.measure.lead,
    "listing": lambda leg: leg.measure and leg.measure.listing[0].standing,
    "notification_due": lambda leg: leg.measure and leg.measure.notification_due,
    "disputed": lambda leg: leg.disputed,
    "scope": lambda leg: leg.scope and leg.scope.standing,
    "scope_is": lambda leg: leg.scope and leg.scope.certainty,
    "exemption": lambda leg: leg.exemption and leg.exemption.standing,
    "exemption_is": lambda leg: leg.exemption and leg.exemption.certainty,
    "publishes": lambda leg: leg.exemption and leg.exemption.committee_publishes,
    "event": lambda leg: leg.event.standing,
}

_LISTS = (
    "sentence", "overall_sentence", "never", "reasons", "considered", "legal_statements",
)  # fmt: skip
_OF_MEASURE: Mapping[str, Callable[[MeasureShown], object]] = {
    "measures": lambda shown: shown.state,
    "how_ended": lambda shown: shown.how_ended,
}
_MAPPINGS = ("candidates", *_OF_MEASURE, "statements")
_EXPECT = " ".join((*_OF_LEG, *_LISTS, *_MAPPINGS, "leg overall refused"))


def compare(expect: Lined, answer: Assessment) -> list[str]:
    """Every difference between what must follow and what the answer says, in words."""
    number = int(expect.get("leg", "0"))
    if number >= len(answer.states):
        return [f"leg: there is no leg {number}"]
    leg = answer.states[number]
    words: list[str] = []

    def equal(key: str, wanted: object, got: object) -> None:
        if _said(wanted) != _said(got):
            words.append(f"{key}: expected {_said(wanted)}, got {_said(got)}")

    for key, look in _OF_LEG.items():
        if key in expect:
            equal(key, expect[key], look(leg))
    if "overall" in expect:
        equal("overall", expect["overall"], answer.verdict)
    if "legal_statements" in expect:
        answers = [item.answer for item in answer.legal_statements]
        equal("legal_statements", expect["legal_statements"], answers)
    _fragments(words, "sentence", expect, leg.sentence)
    _fragments(words, "overall_sentence", expect, answer.sentence)
    _fragments(words, "reasons", expect, "\n".join(_reasons(leg)))
    words += [
        f"never: {fragment!r} stands in: {leg.sentence}"
        for fragment in expect.get("never", ())
        if _in(fragment, leg.sentence)
    ]
    shown = [item.reference for item in leg.identity.candidates]
    words += [
        f"considered: expected {reference}, got {_said(shown)}"
        for reference in expect.get("considered", ())
        if reference not in shown
    ]
    judged = {item.reference: item.verdict for item in leg.candidates}
    for reference, wanted in expect.get("candidates", {}).items():
        equal(f"candidates.{reference}", wanted, judged.get(reference))
    measures = {item.id: item for item in leg.measure.measures} if leg.measure else {}
    for key, told in _OF_MEASURE.items():
        for measure, wanted in expect.get(key, {}).items():
            found = measures.get(measure)
            equal(f"{key}.{measure}", wanted, told(found) if found else None)
    answered = {item.claim: item.answer for item in answer.legal_statements}
    for claim, wanted in expect.get("statements", {}).items():
        equal(f"statements.{claim}", wanted, answered.get(claim))
    return words


def _fragments(words: list[str], key: str, expect: Lined, text: str) -> None:
    words += [
        f"{key}: expected {fragment!r} in: {text}"
        for fragment in expect.get(key, ())
        if not _in(fragment, text)
    ]


def _in(fragment: str, text: str) -> bool:
    return re.sub(r"\s+", " ", fragment).casefold() in text.casefold()


def _reasons(leg: StateAssessed) -> list[str]:
    """The words of every reason, those of the candidates among them."""
    reasons = [reason for item in leg.identity.candidates for reason in item.reasons]
    for found in (leg.identity, leg.measure, leg.scope, leg.exemption, leg.event):
        reasons += found.reasons if found is not None else ()
    return [reason.words for reason in reasons]


def _said(what: object) -> str:
    """A value as the YAML of a case writes it."""
    if what is None:
        return "null"
    if isinstance(what, bool):
        return "true" if what else "false"
    if isinstance(what, (list, tuple)):
        return f"[{', '.join(_said(item) for item in what)}]"
    return str(what)
