"""travelban …: the service and its questions from a terminal.

Exit codes: 0 done, 1 refused or failed (one line on stderr says why), 2 usage, 3 done but at
least one list was quarantined.
"""

import getpass
import json
import os
import socket
import sqlite3
import stat
import sys
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures.process import BrokenProcessPool
from contextlib import ExitStack, closing
from functools import partial
from ipaddress import ip_address
from pathlib import Path
from time import monotonic
from typing import Any, TypeVar

import click
from pydantic import ValidationError
from sqlalchemy.exc import SQLAlchemyError

from app.api import examples, log
from app.assessment.article import Article, ArticleAsked
from app.assessment.assess import Assessment
from app.assessment.exemptions import ExemptionGiven, ExemptionsAsked, WithdrawalGiven
from app.assessment.look_up import (
    MeasureOnRecord,
    MeasureTime,
    Person,
    RegimeShown,
    StatementAsked,
)
from app.assessment.report import Fault, Refused
from app.assessment.screen import ScreeningAsked
from app.assessment.watch import ChangesAsked
from app.desk import (
    COMMAND_LINE,
    Desk,
    Erased,
    ImportOutcome,
    ImportResult,
    KnownAtInFuture,
    NotOnRecord,
    decoder,
    encode,
)
from app.evidence import quoted
from app.faults import FieldWrong, wrong_fields
from app.jobs import archive, bulk, cases, refresh, shipped
from app.jobs.parser_model import ModelWrong
from app.keys import KeyAsked
from app.law.coverage import coverage, lines, runs_out
from app.law.measure import MeasureState
from app.law.timeline import (
    NOT_COMPARED,
    excepted,
    last_renewed,
    mark,
    minority,
    of_one_person,
    renewed,
    sentence,
    term,
    text_of,
    timeline,
    to_come,
    who_disputes,
)
from app.lists.changes import Change, ChangeKind
from app.reading.page import Page, in_page
from app.record import legal_record
from app.serve import DATA, create_app, limits, open_desk, policy, source, utc_now
from app.settings import MOST_WORKERS, PREFIX, Settings, SettingsWrong, read_settings
from app.store import copies, verify
from app.store import facts as store_facts
from app.store.erase import PartOf
from app.store.facts import EvidenceDamaged, Outcome
from app.store.keys import KeyStatus, Scope
from app.store.refreshes import RefreshOutcome
from app.store.trouble import first_line, trouble
from app.terms import (
    Certainty,
    Claim,
    Exemption,
    ExemptionOutcome,
    Leg,
    LegalRecord,
    LegKind,
    MeasureKind,
    Quote,
    Report,
    instant,
    state_code,
    whole_day,
)
from app.when import counted, in_words, instant_text, parse_instant, partial_in_words
from app.workers import run as serve_until_told
from app.written import Errors, WrittenWrong
from app.written import read as read_written

T = TypeVar("T")
SHARED = DATA.parent.parent / "shared"


class Failed(click.ClickException):
    """One line on stderr, exit code 1."""

    def show(self, file: Any = None) -> None:  # noqa: ARG002 - click's own signature
        click.echo(f"travelban: {self.message}", err=True)


def _settings() -> Settings:
    try:
        return read_settings()
    except SettingsWrong as error:
        raise Failed(str(error)) from error


def _desk() -> Desk:
    try:
        return open_desk(_settings())
    except WrittenWrong as error:
        raise Failed(error.errors[0]) from error
    except SettingsWrong as error:
        raise Failed(str(error)) from error
    except ModelWrong as error:
        raise Failed(f"TRAVELBAN_PARSER_MODEL: {error}") from error
    except (OSError, SQLAlchemyError, sqlite3.Error) as error:
        raise Failed(f"the store cannot be opened: {_first_line(error)}") from error


def _first_line(error: BaseException) -> str:
    """What is wrong; the lines that follow repeat statements and addresses."""
    found, said = trouble(error), first_line(error)
    return said if found is None else f"{found.words}: {said}"


def _asked(kind: type[T], given: Any) -> T:
    """A question of a type; one line that names the first wrong field where it is none."""
    try:
        return decoder(kind).validate_python(given)
    except ValidationError as error:
        first = _wrong(error, given)[0]
        where = "the question" if first.field == "body" else first.field
        raise Failed(f"{where}: {first.words}") from error


def _wrong(error: ValidationError, given: Any) -> tuple[FieldWrong, ...]:
    found = [{**item, "loc": ("body", *item["loc"])} for item in error.errors()]
    return wrong_fields(found, given)


def _answered(ask: Callable[[], T], missing: str = "") -> T:
    """An answer of the desk; `missing` says of what is not on record that it is not."""
    try:
        return ask()
    except Refused as error:
        raise Failed(str(error)) from error
    except KnownAtInFuture as error:
        raise Failed(f"known_at: {error}") from error
    except Erased as error:
        raise Failed(f"{error} was erased at {in_words(error.moment)}") from error
    except NotOnRecord as error:
        raise Failed(missing) from error
    except ModelWrong as error:
        raise Failed(f"TRAVELBAN_PARSER_MODEL: {error}") from error


_ALL = sys.maxsize
_SHOWN = 160  # characters of a quotation that are printed
_NO_ASSESSMENT = "no assessment {} is on record"
_NO_REFERENCE = "{} is on no list and in no designation fact on record"


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def cli() -> None:
    """Was a reported journey one that a UN travel ban obliged a State to refuse?"""


@cli.command()
@click.option("--sample", is_flag=True, help="First assess a sample travel report and print it.")
@click.option("--open", "open_", is_flag=True, help="Beyond loopback too where there are no keys.")
@click.option(
    "--workers",
    type=click.IntRange(1, MOST_WORKERS),
    help="Processes that answer; TRAVELBAN_WORKERS if not given.",
)
def serve(sample: bool, open_: bool, workers: int | None) -> None:
    """Serve the HTTP API on TRAVELBAN_HOST and TRAVELBAN_PORT.

    Beyond loopback only with keys (travelban keys create), unless told --open.
    """
    settings = _settings()
    listener = _bound(settings)
    guarded = not (open_ or settings.open or _is_loopback(listener))
    if not guarded:
        _listen(listener, settings)  # who connects before the service is up waits for it
    desk = _desk()
    if guarded:
        if not desk.keys.look().on:
            listener.close()
            raise Failed(
                f"TRAVELBAN_HOST={settings.host} is reached from other machines, and there are no "
                "keys: make one with travelban keys create, or say --open"
            )
        # Whoever takes back the last key does not open the door.
        desk.keys.require()
        _listen(listener, settings)
    if sample:
        report = decoder(Report).validate_python(examples.REPORT)
        click.echo("A sample travel report, assessed and not saved:\n")
        _print(desk.try_out(report))
    workers = workers or settings.workers
    try:
        # Each of several workers makes its own.
        app = create_app(desk, limits(settings)) if workers == 1 else None
    except ModelWrong as error:
        raise Failed(f"TRAVELBAN_PARSER_MODEL: {error}") from error
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    address = f"http://{host}:{listener.getsockname()[1]}"
    ready = desk.ready()
    click.echo(f"\nList served: {ready.words}")
    if not ready.full_lists:
        click.echo("Fetch the full list with: .venv/bin/travelban lists refresh")
        click.echo("or bring a file of it: .venv/bin/travelban lists import FILE.xml")
    click.echo(f"\nServing on {address} (OpenAPI document: {address}/v1/openapi.json). Try:\n")
    question = json.dumps(examples.SCREENING)
    key = " -H 'Authorization: Bearer tb_…'" if desk.keys.look().on else ""
    click.echo(
        f"  curl -s {address}/v1/screenings{key} -H 'Content-Type: application/json' "
        f"-d '{question}'\n"
    )
    log.install(settings.log, sys.stderr)
    if app is None:
        desk.store.close()
        del desk  # the list is large, and whoever supervises needs none of it
        if guarded:
            os.environ[f"{PREFIX}KEYS"] = "true"  # which each worker reads
    serve_until_told(app, listener, workers, settings)


def _bound(settings: Settings) -> socket.socket:
    """The socket to serve on, at its address and not listening yet."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    # Named TCP, so that the event loop sends each answer at once instead of waiting for more.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((settings.host, settings.port))
    except OSError as error:
        raise _not_listening(listener, settings, error) from error
    return listener


def _listen(listener: socket.socket, settings: Settings) -> None:
    try:
        listener.listen(128)
    except OSError as error:
        raise _not_listening(listener, settings, error) from error


def _not_listening(listener: socket.socket, settings: Settings, error: OSError) -> Failed:
    listener.close()
    return Failed(f"cannot listen on {settings.host}:{settings.port}: {error.strerror}")


def _is_loopback(listener: socket.socket) -> bool:
    """Whether only this machine reaches a socket: asked of its address, not of a name for it."""
    return ip_address(listener.getsockname()[0].partition("%")[0]).is_loopback


@cli.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
def backup(file: Path) -> None:
    """Copy the SQLite store to FILE, a new one, while the service goes on."""
    # Not `_desk()`: before an upgrade the store is to be copied as it is.
    with store_facts.open_store(_settings().database_url) as store:
        try:
            size = copies.copy(store, file)
        except copies.CannotCopy as error:
            raise Failed(str(error)) from error
        except (OSError, sqlite3.Error) as error:
            raise Failed(f"no copy was made: {_first_line(error)}") from error
    click.echo(f"{file}: {size} bytes, whole")


@cli.command()
@click.argument("name", required=False)
@click.option("--birth-date", help="A year, month or day.")
@click.option("--place-of-birth")
@click.option("--nationality", help="An ISO 3166-1 alpha-2 code.")
@click.option("--gender", type=click.Choice(["female", "male"]))
@click.option("--role", help="Title, office or organisation.")
@click.option("--document", help="The number of a travel document.")
@click.option("--reference", help="Restrict the candidates to this reference.")
@click.option("--as-of", help="The legal clock.")
@click.option("--known-at", help="The knowledge clock.")
@click.option("--threshold", type=float)
@click.option("--limit", type=int)
@click.option("--json", "as_json", is_flag=True, help="The answer of the API, as it is.")
@click.option("--file", "names", help="Many names, as CSV or JSON lines; - reads stdin.")
@click.option("--out", help="With --file: where the answers go; stdout if not.")
@click.option(
    "--format",
    "form",
    type=click.Choice([form.value for form in bulk.Form]),
    help="With --file: how the answers are written; as OUT ends, or CSV.",
)
@click.option(
    "--workers",
    type=click.IntRange(1, 64),
    default=1,
    show_default=True,
    help="With --file: processes that answer.",
)
def screen(
    name: str | None,
    as_json: bool,
    names: str | None,
    out: str | None,
    form: str | None,
    workers: int,
    **given: Any,
) -> None:
    """Look for NAME, or for every name in a file, among everybody on any list on record."""
    given = {field: said for field, said in given.items() if said is not None}
    if names is not None:
        own = [field for field in given if field not in (*bulk.OF_THE_RUN, "as_of")]
        if name is not None or own or as_json:
            what = "NAME" if name is not None else f"--{(own or ['json'])[0].replace('_', '-')}"
            raise click.UsageError(f"{what} is of one name, and --file of many")
        ending = bulk.Form.jsonl if out and out.endswith(".jsonl") else bulk.Form.csv
        _screen_file(names, out, bulk.Form(form) if form else ending, workers, given)
        return
    if name is None:
        raise click.UsageError("Missing argument 'NAME', or --file")
    if out is not None or form is not None or workers > 1:
        raise click.UsageError("--out, --format and --workers go with --file")
    asked = _asked(ScreeningAsked, {"name": name, **given})
    answer = _answered(lambda: _desk().screen(asked, COMMAND_LINE))
    if as_json:
        click.echo(encode(answer).decode())
        return
    click.echo(f"identity: {answer.identity.standing}")
    for why in answer.identity.reasons:
        click.echo(f"  {why.words}")
    for item in answer.candidates:
        known = "" if item.on_lists else ", on no list on record"
        click.echo(
            f"{item.similarity:.4f}  {item.reference:10} {item.name}  [{item.regime}]{known}"
        )
        click.echo(f"        agree: {_list(item.agreeing)}; conflict: {_list(item.conflicting)}")
        for why in item.reasons:
            click.echo(f"        {why.words}")
    click.echo(f"known at {answer.known_at}, {len(answer.snapshots.lists)} lists")


def _question(given: Any) -> ScreeningAsked:
    """What a row gives as a question; Refused with all that is wrong."""
    return _given(ScreeningAsked, given)


def _article(given: Any) -> ArticleAsked:
    """What a line gives as a text to be read; Refused with all that is wrong."""
    return _given(ArticleAsked, given)


def _given(kind: type[T], given: Any) -> T:
    try:
        return decoder(kind).validate_python(given)
    except ValidationError as error:
        raise Refused(
            tuple(Fault(field=item.field, words=item.words) for item in _wrong(error, given))
        ) from error


def _screen_file(
    names: str, out: str | None, form: bulk.Form, workers: int, given: dict[str, Any]
) -> None:
    """Answer every row of a file, and say at the end how many could not be."""
    _asked(ScreeningAsked, {"name": "nobody", **given})
    called = "stdin" if names == "-" else names
    settings = _settings()
    with ExitStack() as stack:
        try:
            if names == "-":
                stream, read_as = sys.stdin.buffer, None
            else:
                stream = stack.enter_context(Path(names).open("rb"))
                read_as = bulk.Form.jsonl if names.endswith(".jsonl") else bulk.Form.csv
            text = bulk.text_of(stream)
            stack.callback(text.detach)
            rows = bulk.rows(text, read_as)
        except OSError as error:
            raise Failed(f"{called}: cannot be read: {error.strerror}") from error
        except bulk.FileWrong as error:
            raise Failed(f"{called}: {error}") from error
        desk = _desk()
        # Every row is of one moment, whatever is recorded while they are answered.
        known_at = _answered(lambda: desk.record(given.get("known_at"))).known_at
        work = bulk.Work(
            open_desk=partial(open_desk, settings),
            question=_question,
            given={**given, "known_at": known_at},
            form=form,
        )
        written: Any = sys.stdout.buffer
        if out is not None:
            if names != "-" and Path(out).exists() and Path(out).samefile(names):
                raise Failed(f"{out}: is the file that is read")
            try:
                written = stack.enter_context(Path(out).open("wb"))
            except OSError as error:
                raise Failed(f"{out}: cannot be written: {error.strerror}") from error
        told = _Told(called, stream, "name")
        answers = stack.enter_context(closing(bulk.answered(rows, work, desk, workers)))
        ended = _write(answers, bulk.head(form), written, told, to_stdout=out is None)
    _tell_end(told, ended, f", known at {known_at}")


def _write(
    answers: Iterable[bulk.Done], head: bytes, written: Any, told: "_Told", *, to_stdout: bool
) -> str:
    """Write each answer as it comes, and tell of it; why it ended early, or nothing."""
    try:
        written.write(head)
        for done in answers:
            with bulk.undisturbed():  # a row stands whole in the output, or not at all
                written.write(done.body)
                written.flush()
            told.one(done)
        written.flush()
    except KeyboardInterrupt:
        return "interrupted after "
    except BrokenPipeError:
        if to_stdout:
            # What is left in the buffer has nowhere to go, and is not to be told of at exit.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return "nobody reads the answers any more, after "
    except BrokenProcessPool:
        return "a process that answers ended early, after "
    return ""


def _tell_end(told: "_Told", ended: str, more: str) -> None:
    line = f"{told.called}: {ended}{told.counted()}{more}"
    told.clear()
    if ended or told.wrong:
        raise Failed(line)
    click.echo(line, err=True)


class _Told:
    """What is said on stderr while a file is answered: how far it is, and the rows that are wrong.

    On a terminal that is one line, written over; elsewhere a line now and then.
    """

    MOST_TOLD = 20
    """Rows that are wrong and are told of one by one; all of them stand in the output."""

    def __init__(self, called: str, stream: Any, what: str) -> None:
        self.done = self.wrong = 0
        self.called, self._stream, self._what = called, stream, what
        self._on_terminal = sys.stderr.isatty()
        self._every = 0.5 if self._on_terminal else 10.0
        self._began = self._last = monotonic()
        self._size = _size(stream)

    def one(self, done: bulk.Done) -> None:
        """Count a row, and tell what there is to tell."""
        self.done += 1
        if done.errors:
            self.wrong += 1
            if self.wrong <= self.MOST_TOLD:
                self.clear()
                # A file may hold what a terminal would obey.
                words = "".join(c if c.isprintable() else "�" for c in done.errors)
                click.echo(f"{self.called}: line {done.line}: {words}", err=True)
            if self.wrong == self.MOST_TOLD:
                click.echo(f"{self.called}: more of these stand in the output alone", err=True)
        now = monotonic()
        if now - self._last >= self._every:
            self._last = now
            self.clear()
            click.echo(self._so_far(now - self._began), err=True, nl=not self._on_terminal)

    def counted(self) -> str:
        """How many rows there were, and how many of them could not be answered."""
        return f"{counted(self.done, self._what)}, {self.wrong} not answered"

    def clear(self) -> None:
        """Take back the line on a terminal that says how far it is."""
        if self._on_terminal:
            click.echo("\r\x1b[K", err=True, nl=False)

    def _so_far(self, seconds: float) -> str:
        line = f"{self.called}: {self.counted()}, {self.done / seconds:.0f} a second"
        share = self._stream.tell() / self._size if self._size else 0
        if share:
            line += f", about {seconds * (1 - share) / share:.0f} s left"
        return line


def _size(stream: Any) -> int:
    """How many bytes a file has; 0 where that is not known."""
    try:
        found = os.fstat(stream.fileno())
    except (OSError, ValueError):
        return 0
    return found.st_size if stat.S_ISREG(found.st_mode) else 0


@cli.command()
@click.argument("file", type=click.File("rb"))
@click.option("--no-save", is_flag=True, help="Answer without saving.")
@click.option("--json", "as_json", is_flag=True, help="The answer of the API, as it is.")
def assess(file: Any, no_save: bool, as_json: bool) -> None:
    """Assess the travel report in FILE (the JSON of POST /v1/assessments; - reads stdin)."""
    try:
        given = json.load(file)
    except (ValueError, RecursionError) as error:
        raise Failed(f"{file.name}: is not JSON: {error}") from error
    report = _asked(Report, given)
    desk = _desk()
    if no_save:
        answer = _answered(lambda: desk.try_out(report))
    else:
        saved = _answered(lambda: desk.ask(report, who=COMMAND_LINE))
        answer = decoder(Assessment).validate_json(saved.body)
    if as_json:
        click.echo(encode(answer).decode())
    else:
        _print(answer)


@cli.command()
@click.argument("file", type=click.File("rb"))
@click.option("--published-on", required=True, help="The day on which the text appeared.")
@click.option("--html", is_flag=True, help="FILE is a page of HTML: read the words in it.")
@click.option("--title")
@click.option("--publisher")
@click.option("--url")
@click.option("--known-at", help="The knowledge clock.")
@click.option("--no-save", is_flag=True, help="Answer without saving.")
@click.option("--json", "as_json", is_flag=True, help="The answer of the API, as it is.")
@click.option("--out", type=click.File("wb", lazy=True), help="Where the answer goes, as JSON.")
def article(file: Any, no_save: bool, as_json: bool, out: Any, **given: Any) -> None:
    """Read the press article in FILE (text in UTF-8; - reads stdin) and assess its journeys."""
    try:
        text = file.read().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Failed(f"{file.name}: is not UTF-8: at byte {error.start + 1}") from error
    said = {field: it for field, it in given.items() if it not in (None, False)}
    asked = _asked(ArticleAsked, {"text": text, **said})
    desk = _desk()
    saved = _answered(lambda: desk.read_article(asked, COMMAND_LINE, save=not no_save))
    if out is not None:
        out.write(saved.body + b"\n")
    if as_json:
        click.echo(saved.body.decode())
    elif out is None:
        _print_article(decoder(Article).validate_json(saved.body))


@cli.command()
@click.option("--file", "texts", required=True, help="An archive, as JSON lines; - reads stdin.")
@click.option("--out", help="Where the answers go; stdout if not. What stands there is kept.")
@click.option("--known-at", help="The knowledge clock, of every text that does not say its own.")
@click.option("--no-save", is_flag=True, help="Answer without saving.")
@click.option(
    "--workers",
    type=click.IntRange(1, 64),
    default=1,
    show_default=True,
    help="Processes that answer.",
)
def articles(
    texts: str, out: str | None, known_at: str | None, no_save: bool, workers: int
) -> None:
    """Read every text of an archive; those answered in OUT before are not read again."""
    called = "stdin" if texts == "-" else texts
    settings = _settings()
    with ExitStack() as stack:
        try:
            stream = sys.stdin.buffer if texts == "-" else stack.enter_context(_open(texts))
        except OSError as error:
            raise Failed(f"{called}: cannot be read: {error.strerror}") from error
        if out is not None and texts != "-" and Path(out).exists() and Path(out).samefile(texts):
            raise Failed(f"{out}: is the file that is read")
        desk = _desk()
        # Every text is of one moment, whatever is recorded while they are read.
        moment = _answered(lambda: desk.record(known_at)).known_at
        before: archive.Before = frozenset()
        written: Any = sys.stdout.buffer
        if out is not None:
            try:
                written = stack.enter_context(Path(out).open("a+b"))
                before = archive.answered_before(written)
            except OSError as error:
                raise Failed(f"{out}: cannot be written: {error.strerror}") from error
            except bulk.FileWrong as error:
                raise Failed(f"{out}: {error}") from error
        text = bulk.text_of(stream)
        stack.callback(text.detach)
        try:
            rows = archive.left(bulk.rows(text, bulk.Form.jsonl, archive.MOST_CHARACTERS), before)
        except bulk.FileWrong as error:
            raise Failed(f"{called}: {error}") from error
        work = archive.Work(
            open_desk=partial(open_desk, settings),
            question=_article,
            known_at=moment,
            save=not no_save,
        )
        told = _Told(called, stream, "text")
        answers = stack.enter_context(closing(bulk.answered(rows, work, desk, workers)))
        ended = _write(answers, b"", written, told, to_stdout=out is None)
    skipped = f", {len(before)} answered before" if before else ""
    _tell_end(told, ended, f"{skipped}, known at {moment}")


def _open(name: str) -> Any:
    return Path(name).open("rb")


@cli.command()
@click.argument("identifier", metavar="ID")
def replay(identifier: str) -> None:
    """Ask a saved question again, at its own clocks, of this engine."""
    answer = _answered(lambda: _desk().replay(identifier), _NO_ASSESSMENT.format(identifier))
    click.echo(f"{'same' if answer.same else 'different'}: {answer.answer.verdict}")
    click.echo(f"stored by {answer.stored_engine}, replayed by {answer.engine}")


@cli.command()
@click.argument("identifier", metavar="[ID]", required=False)
@click.option("--limit", type=click.IntRange(1, 500), default=50, show_default=True)
def assessments(identifier: str | None, limit: int) -> None:
    """The saved assessments, the newest first; with ID, that one as it was sent."""
    desk = _desk()
    if identifier is not None:
        saved = _answered(lambda: desk.stored(identifier), _NO_ASSESSMENT.format(identifier))
        click.echo(saved.body.decode())
        return
    for line in desk.assessments(limit, None).items:
        click.echo(f"{line.recorded_at[:19]}  {line.verdict:27} {line.id}")


# ---------------------------------------------------------------- lists


@cli.group()
def lists() -> None:
    """Lists on record."""


@lists.command("import")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path, dir_okay=False))
@click.option("--supplement", is_flag=True, help="The lists speak only for the records in them.")
def import_(files: tuple[Path, ...], supplement: bool) -> None:
    """Import lists in the UN's layout (plain, .gz or .xz), in any order, of any day."""
    desk = _desk()
    outcomes = []
    for path in files:
        try:
            raw = path.read_bytes()
        except OSError as error:
            words = f"cannot be read: {error.strerror}"
            result = ImportResult(outcome=ImportOutcome.refused, sha256=None, words=words)
        else:
            result = desk.import_list(path.name, raw, supplement)
        outcomes.append(result.outcome)
        line = f"{path}: {result.outcome}: {result.words}"
        click.echo(line, err=result.outcome is ImportOutcome.refused)
    if ImportOutcome.refused in outcomes:
        sys.exit(1)
    if ImportOutcome.quarantined in outcomes:
        sys.exit(3)


def _user() -> str:
    """Who uses this machine; a process without a name is the command line."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return COMMAND_LINE


@lists.command("refresh")
@click.option("--verbose", is_flag=True, help="Say on stderr what is being done.")
def refresh_(verbose: bool) -> None:
    """Fetch the full list from TRAVELBAN_UN_LIST_URL and put it on record, if it is to be believed.

    Safe to start at any time and on several machines at once. What is on record stays on record
    when anything fails.
    """

    def told(line: str) -> None:
        # Who waits is told so in any case.
        if verbose or line.startswith("waiting"):
            click.echo(line, err=True)

    settings = _settings()
    ended = refresh.refresh(_desk(), source(settings), told)
    failed = ended.outcome is RefreshOutcome.failed
    click.echo(f"{ended.outcome}: {ended.words}", err=failed)
    if failed:
        sys.exit(1)
    if ended.outcome is RefreshOutcome.quarantined:
        sys.exit(3)


@lists.command()
@click.option("--limit", type=click.IntRange(1, 500), default=20, show_default=True)
@click.option("--stages", is_flag=True, help="Say each stage of each run too.")
def refreshes(limit: int, stages: bool) -> None:
    """What became of each run of the refresh, the newest first."""
    runs = _desk().refreshes(limit)
    for run, how in ((runs.at_work, "at work"), (runs.silent, "silent")):
        if run is not None:
            click.echo(f"{run.began_at[:19]}  {how:11}  {run.held_by}")
    for item in runs.ended:
        click.echo(f"{item.began_at[:19]}  {item.outcome:11}  {item.words}")
        for done in item.stages if stages else ():
            click.echo(f"    {done.at[:19]}  {done.stage}: {done.words}")
    if not (runs.at_work or runs.silent or runs.ended):
        click.echo("no run of the refresh is on record")


@lists.command()
@click.argument("name", metavar="SHA256")
@click.option("--because", required=True, help="Why.")
@click.option("--by", "who", default=_user, help="Who decides; the user of this machine if not.")
def accept(name: str, because: str, who: str) -> None:
    """Put a list on record that was set aside; SHA256 may be the beginning of one."""
    _decide(name, True, because, who)


@lists.command()
@click.argument("name", metavar="SHA256")
@click.option("--because", required=True, help="Why.")
@click.option("--by", "who", default=_user, help="Who decides; the user of this machine if not.")
def reject(name: str, because: str, who: str) -> None:
    """Take a list off the record, or leave one aside for good; it stays as evidence."""
    _decide(name, False, because, who)


def _decide(name: str, accept: bool, because: str, who: str) -> None:
    for option, text in (("--because", because), ("--by", who)):
        _asked_text(option, text)
    try:
        decided = _desk().decide(name, accept, because.strip(), who.strip())
    except NotOnRecord as error:
        raise Failed(str(error)) from error
    item = decided.list
    click.echo(
        f"{item.outcome if decided.changed else 'unchanged'}: the {item.list_kind} list of "
        f"{item.generated[:10]}, {item.sha256[:12]}: {item.because} ({item.decided_by})"
    )


def _asked_text(option: str, text: str) -> None:
    if not text.strip():
        raise Failed(f"{option} is blank")


@lists.command()
@click.argument("name", metavar="SHA256")
@click.argument("file", type=click.File("wb", lazy=True), default="-")
def export(name: str, file: Any) -> None:
    """Write a list byte for byte as it came, to FILE or stdout: its SHA-256 is its name."""
    try:
        body = _desk().evidence(name)
    except (NotOnRecord, EvidenceDamaged) as error:
        raise Failed(str(error)) from error
    file.write(body)


@lists.command()
@click.option("--json", "as_json", is_flag=True)
def status(as_json: bool) -> None:
    """Which lists are on record, and how old the newest is."""
    desk = _desk()
    if as_json:
        click.echo(encode(desk.snapshots(500, None)).decode())
        return
    for item in desk.lists_status():
        click.echo(
            f"{item.generated[:10]}  {item.outcome:11} {item.list_kind:10} "
            f"{item.individuals:5} individuals {item.entities:5} entities  "
            f"{item.sha256[:12]}  {item.source}"
        )
        if item.outcome is not Outcome.promoted:
            click.echo(f"            {item.decided_by}, {item.decided_at[:10]}: {item.because}")
    click.echo(desk.ready().words)
    for run in desk.refreshes(1).ended:
        click.echo(f"last refresh: {run.ended_at[:19]}, {run.outcome}: {run.words}")


@lists.command("changes")
@click.option("--since", required=True, help="The first day.")
@click.option("--until", help="The last day.")
@click.option("--regime", help="A number such as 1737, the list's word, or a prefix.")
@click.option("--reference")
@click.option("--kind", type=click.Choice([kind.value for kind in ChangeKind]))
@click.option("--json", "as_json", is_flag=True, help="The answer of the API, all in one page.")
def changes_(
    since: str,
    until: str | None,
    regime: str | None,
    reference: str | None,
    kind: str | None,
    as_json: bool,
) -> None:
    """What changed between the lists on record, the newest first."""
    for name, day in (("--since", since), ("--until", until)):
        try:
            whole_day(day or since)
        except ValueError as error:
            raise Failed(f"{name} {error}: {day}") from error
    asked = ChangesAsked(
        since=since,
        until=until,
        regime=regime,
        reference=reference,
        kind=ChangeKind(kind) if kind else None,
    )
    desk = _desk()
    page = _answered(lambda: desk.changes(asked, None, _ALL, None))
    if as_json:
        click.echo(encode(page).decode())
        return
    for item in page.items:
        click.echo(_change_in_words(item))
    full = desk.record().full_lists
    if len(full) < 2:
        there = f"only one, of {full[0].generated[:10]}, is" if full else "none is"
        click.echo(f"changes are between full lists, and {there} on record")
    elif not page.items:
        click.echo(f"no change; the newest list is of {full[-1].generated[:10]}")


def _change_in_words(item: Change) -> str:
    """One line, and below it what an amended record no longer says, and says since."""
    when = item.on[:10] if item.on else f"{item.earliest[:10]}..{item.latest[:10]}"
    lines = [
        f"{when:22}  {item.kind:9}  {item.reference:9}  {item.name}  [{item.regime}]  {item.words}"
    ]
    for field in item.fields:
        lines.append(f"    {field.field}")
        lines += [f"      - {text}" for text in field.old]
        lines += [f"      + {text}" for text in field.new]
    return "\n".join(lines)


@lists.command("check")
def check_lists() -> None:
    """Name what on record does not go together: lists beside each other, and lists and facts."""
    record = _desk().record()
    contradicted, doubtful = record.contradictions(), record.doubtful_lists()
    for item in contradicted:
        click.echo(f"{item.reference}: {item.words} (source of the fact: {item.fact.source})")
    for snapshot, words in doubtful:
        name = f"the full list of {in_words(snapshot.generated)}, {snapshot.sha256[:12]}"
        click.echo(f"{name}: {words}")
    if contradicted:
        facts = counted(len(contradicted), "designation fact")
        raise Failed(f"lists on record contradict {facts}, and nobody has accepted a side")
    if doubtful:
        raise Failed(f"{counted(len(doubtful), 'list')} on record would be set aside today")
    click.echo("no contradiction between the lists and the designation facts on record")


@lists.command("verify")
def verify_lists() -> None:
    """Whether every list on record is, byte for byte and record for record, the one that came."""
    _tell_verified(_desk().verify_lists(), "list")


def _moment(option: str, text: str) -> str:
    """The moment that a day begins at in UTC, or that is given."""
    try:
        return instant_text(parse_instant(f"{text}T00:00:00Z" if len(text) == _DAY else text))
    except ValueError as error:
        raise Failed(f"{option}: {text!r} is no day and no moment") from error


_DAY = len("2026-01-31")


def _tell_verified(found: verify.Verified, what: str) -> None:
    for finding in found.findings:
        click.echo(f"{finding.where}: {finding.words}")
    if found.findings:
        raise Failed(f"{counted(len(found.findings), 'finding')} in what is on record")
    click.echo(f"{counted(found.looked_at, what)}: nothing was changed")


# ---------------------------------------------------------------- audit


@cli.group()
def audit() -> None:
    """Who did what and when: a chain of lines that is only added to."""


@audit.command("verify")
@click.option("--head", help="The last link as it was printed before: nothing may be missing.")
def verify_audit(head: str | None) -> None:
    """Find any line that was changed, removed or moved, and any answer or fact that was."""
    found = _desk().verify_audit(head)
    _tell_verified(found, "line")
    click.echo(f"head {found.head}")


@audit.command("export")
@click.option("--since", help="The first day or moment.")
def export_audit(since: str | None) -> None:
    """Print every line as JSON, one each, the oldest first, with its link."""
    moment = None if since is None else _moment("--since", since)
    try:
        for shown in _desk().audit_since(moment):
            sys.stdout.buffer.write(encode(shown) + b"\n")
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


@audit.command("erase")
@click.option("--line", "seq", type=click.IntRange(min=1), help="What was screened, of one line.")
@click.option("--before", help="What was screened, of all lines before this day.")
@click.option("--answer", help="A saved answer: its id, or the SHA-256 of a text.")
@click.option("--by", "who", default=_user, help="Who decides; the user of this machine if not.")
def erase(seq: int | None, before: str | None, answer: str | None, who: str) -> None:
    """Erase what was screened in words, or a saved answer: the lines stay, and the chain holds."""
    if sum(given is not None for given in (seq, before, answer)) != 1:
        raise Failed("give --line, --before or --answer, one of them")
    _asked_text("--by", who)
    if answer is not None:
        _erase_answer(answer, who)
        return
    moment = None if before is None else _moment("--before", before)
    erased = _desk().erase_questions(who, seq=seq, before=moment)
    click.echo(f"erased: {counted(erased, 'question')}")


def _erase_answer(name: str, who: str) -> None:
    desk = _desk()
    try:
        erased = _answered(lambda: desk.erase_answer(who, name), f"no answer {name} is on record")
    except PartOf as error:
        words = f"{name} is part of the answer {error} about a text: erase that one"
        raise Failed(words) from error
    told = [counted(len(erased.assessments), "assessment")]
    if erased.text:
        told = [f"text {erased.text}", counted(len(erased.articles), "answer") + " about it", *told]
    click.echo(f"erased: {', '.join(told)}")


# ---------------------------------------------------------------- law


@cli.group()
def law() -> None:
    """The legal record: data/law, data/exemptions, data/designations."""


@law.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False), default=DATA)
@click.option("--unchecked", is_flag=True, help="List what nobody has compared with its source.")
def check(folder: Path, unchecked: bool) -> None:
    """Check the files of FOLDER (default: what ships), and say what they cover.

    Every error is named at once, with its file and line.
    """
    told = Errors()
    try:
        record = legal_record(shipped.legal_files(folder, told), instant_text(utc_now()))
    except WrittenWrong as error:
        told.found += error.errors
    if told.found:
        for line in told.found:
            click.echo(line, err=True)
        raise Failed(f"{counted(len(told.found), 'error')} in the legal record")
    measures = [item for regime in record.regimes for item in regime.measures]
    click.echo(
        f"{len(record.regimes)} regimes, {len(measures)} measures, "
        f"{len(record.exemptions)} exemptions, {len(record.facts)} designation facts: no error"
    )
    for line in _coverage_in_words(record, unchecked):
        click.echo(line)


def _coverage_in_words(record: LegalRecord, unchecked: bool) -> list[str]:
    """What the record covers, what nobody has compared, and what runs out."""
    found = lines(record)
    missing = [line for line in found if not line.checked]
    told = ["", f"regime  {'begins':17}  {'ends':28}  compared  {NOT_COMPARED}"]
    for regime in record.regimes:
        own = coverage(regime, found)
        told.append(
            f"{regime.id:6}  {_day(own.from_):17}  {term(own.until, own.verified_to):28}  "
            f"{own.checked:8}  {own.unchecked:12}  {regime.name}"
        )
    told.append(f"{'all':55}  {len(found) - len(missing):8}  {len(missing):12}")
    if unchecked:
        told += ["", f"{NOT_COMPARED} with the source that it cites:"]
        told += [f"  {line.words}" for line in missing]
    elif missing:
        told.append("(--unchecked lists what nobody has compared with the source that it cites)")
    near = runs_out(record.regimes, utc_now().date().isoformat())
    told += ["", "runs out within 90 days, or has run out:" if near else "nothing runs out soon"]
    for item in near:
        when = f"in {counted(item.days, 'day')}"
        if item.days < 0:
            when = f"{counted(-item.days, 'day')} ago: unknown since"
        told.append(f"  {item.measure} ({item.kind}): verified to {item.verified_to}, {when}")
    return told


@law.command()
def load() -> None:
    """Store the files that ship, where they differ from the newest stored."""
    desk = _desk()
    click.echo(f"legal record {desk.record(None).law_digest[:12]} is the newest stored")


@law.command()
@click.argument("reference", required=False)
@click.option("--regime", help="The number of a regime, such as 1970.")
@click.option("--on", help="Only what was in force on that day; of a reference, that day alone.")
@click.option("--known-at", help="The knowledge clock.")
@click.option("--json", "as_json", is_flag=True)
def show(
    reference: str | None, regime: str | None, on: str | None, known_at: str | None, as_json: bool
) -> None:
    """The measures of a REFERENCE or a regime, as a timeline a lawyer can read."""
    for option, check, given in (("--on", whole_day, on), ("--known-at", instant, known_at)):
        if given is not None:
            try:
                check(given)
            except ValueError as error:
                raise Failed(f"{option} {error}: {given}") from error
    if reference is not None and regime is not None:
        raise Failed("--regime and a REFERENCE exclude each other: a reference has its regimes")
    desk = _desk()
    if reference is not None:
        person = _answered(
            lambda: desk.person(reference, on, known_at), _NO_REFERENCE.format(reference)
        )
        click.echo(encode(person).decode() if as_json else _person_in_words(person))
        return
    page = _answered(lambda: desk.measures(None, None, on, known_at, _ALL, None, regime))
    if as_json:
        click.echo(encode(page).decode())
        return
    if regime is not None:
        meant: Sequence[RegimeShown] = [desk.regime(regime, known_at)]
    elif page.items:
        meant = desk.regimes(known_at, _ALL, None).items
    else:
        raise Failed("no measure on record is meant")
    for each in meant:
        items = [item for item in page.items if item.regime == each.id]
        if items or regime is not None:
            click.echo("\n".join(_regime_in_words(each, items, on)))


@law.command()
@click.option("--json", "as_json", is_flag=True, help="The answer of the API, all in one page.")
def regimes(as_json: bool) -> None:
    """The regimes that the legal record reaches, and how far."""
    page = _desk().regimes(None, _ALL, None)
    if as_json:
        click.echo(encode(page).decode())
        return
    for item in page.items:
        own = item.coverage
        click.echo(
            f"{item.id:5} {item.prefix or '':4} {item.name}; from {_day(own.from_)}, "
            f"{term(own.until, own.verified_to)}; {own.unchecked} of {own.checked + own.unchecked} "
            f"lines {NOT_COMPARED}; publishes exemptions: {item.publishes_exemptions}; "
            f"measures: {_list(item.measures)}"
        )


@law.command("statement")
@click.argument("subject", metavar="REFERENCE|REGIME")
@click.argument("measure")
@click.option("--strength", help="binding, binding_notification or call.")
@click.option("--authority", help="A resolution, with or without its paragraph.")
@click.option("--since", help="A year, month or day.")
@click.option("--until", help="The last year, month or day.")
@click.option("--not-in-force", is_flag=True, help="The text says that it does not apply.")
@click.option("--as-of", help="The day that is spoken of; left out, any time.")
@click.option("--json", "as_json", is_flag=True, help="The answer of the API, as it is.")
def statement_(
    subject: str, measure: str, not_in_force: bool, as_of: str | None, as_json: bool, **given: Any
) -> None:
    """Check that a MEASURE (or several, by commas) is on a person, as some text says.

    A number instead of a REFERENCE is a regime: whether that has the measure.
    """
    said = {field: value for field, value in given.items() if value is not None}
    law = {"measure": measure, "in_force": not not_in_force, **said}
    about = "regime" if subject.isdigit() else "reference"
    asked = _asked(StatementAsked, {about: subject, "law": law, "as_of": as_of})
    answer = _answered(lambda: _desk().legal_statement(asked), _NO_REFERENCE.format(subject))
    if as_json:
        click.echo(encode(answer).decode())
        return
    click.echo(str(answer.answer))
    for part in answer.parts:
        click.echo(f"  {part.says}: {part.answer}; {part.record}")
    if not answer.parts:
        for why in answer.reasons:
            click.echo(f"  {why.words}")


def _regime_in_words(item: RegimeShown, items: list[MeasureOnRecord], on: str | None) -> list[str]:
    """A regime, what must be known of all of it, and its measures, or those of one day."""
    own = item.coverage
    found = [
        f"{item.id}  {item.name}",
        f"  {item.committee}; list: {_list(item.list_words)}; "
        f"publishes exemptions: {item.publishes_exemptions} ({item.publishes_words})",
        f"  on record from {_day(own.from_)}, {term(own.until, own.verified_to)}; "
        f"{counted(own.checked, 'line')} compared with the source, {own.unchecked} not",
    ]
    found += [
        f"  {sentence(stated.words)}{mark(stated.checked)}"
        for stated in (item.no_travel_measure, item.nobody_listed)
        if stated is not None
    ]
    found += [
        f"  Everybody on it stood on the list of the regime {move.regime} before {move.on}."
        for move in item.moved_from
    ]
    if item.not_gathered:
        found.append(f"  not gathered: {_list(item.not_gathered)}")
    found += [f"  minority claim: {minority(claim)}" for claim in item.minority_claims]
    found += [f"  disputed: {who_disputes(dispute)}" for dispute in item.disputes]
    if on is not None and not items:
        found.append(f"  none of its measures was in force on {on}")
    for each in items:
        found += _measure_in_words(each, on)
    return found


def _measure_in_words(item: MeasureOnRecord, on: str | None) -> list[str]:
    """A measure as lines: what, for whom, in force when, by what renewed, what it leaves out."""
    found = [f"  {item.id}: {item.kind}, {item.strength}, {text_of(item.authority)}"]
    covers = f"; covers {_list(item.covers)}" if item.covers else ""
    found.append(f"      reaches {item.reaches}{covers}")
    if on is not None:
        if item.verified is False:
            found.append(f"      UNKNOWN on {on}: {item.words}")
        else:
            found.append(
                f"      {item.words}" + (" (possibly)" if item.on_day == "possible" else "")
            )
        if item.named:
            found.append(f"      for these, as far as they were listed: {', '.join(item.named)}")
        if item.renewal is not None:
            found.append(f"      {last_renewed(item.renewal)}")
    else:
        left = to_come(item.verified_to)
        found += [f"      {timeline(interval, left)}" for interval in item.intervals]
        found += [
            f"      {line}" for line in filter(None, [renewed(item.first_term_to, item.renewals)])
        ]
        if item.references:
            found.append(f"      for {', '.join(item.references)}")
        left = of_one_person(item.intervals, item.verified_to)
        for flag in item.persons:
            found += [
                f"      {flag.reference} {timeline(interval, left)}{mark(flag.checked)}"
                for interval in flag.intervals
            ]
    found += [
        f"      except {excepted(each, item.authority.resolution)}" for each in item.exceptions
    ]
    if item.kind is MeasureKind.asset_freeze and not item.exceptions:
        found.append("      exceptions: not gathered")
    if item.note:
        found.append(f"      note: {item.note}")
    return found


def _person_in_words(person: Person) -> str:
    """A timeline; of one day only what that day was, where one was asked."""
    lines = [f"{person.reference}  {person.name}  [{person.regime}]"]
    lines += [f"  {why.words}" for why in person.remarks]
    if person.same_person:
        lines.append(f"  recorded as the same person: {_list(person.same_person)}")
    for own in person.regimes:
        left = f", until everybody on it moved on {own.moved_on.on}" if own.moved_on else ""
        lines.append(
            f"  regime {own.id}, {own.name}{left}; the {own.committee} publishes exemptions: "
            f"{own.publishes_exemptions}"
        )
    lines += _on_day_in_words(person) if person.on_day is not None else _times_in_words(person)
    return "\n".join(lines)


def _on_day_in_words(person: Person) -> list[str]:
    found = person.on_day
    if found is None:
        return []
    open_ = " (only possible)" if found.certainty is Certainty.possible else ""
    disputed = " (disputed)" if found.dispute is not None else ""
    lines = [f"  on {person.as_of}, known at {person.known_at}: {found.standing}{open_}{disputed}"]
    for held in found.listing:
        lines.append(
            f"    listing of {held.reference}: {held.standing}, listed: {held.listed} "
            f"({held.words})"
        )
        sources = dict.fromkeys(_source(cited) for cited in held.citations)
        lines.append(f"      source: {'; '.join(sources)}")
    if found.dispute is not None:
        lines.append(f"    disputed: {who_disputes(found.dispute)}")
    live = (MeasureState.in_force, MeasureState.possible, MeasureState.not_verified)
    return lines + [
        f"    {item.id} ({item.kind}, {item.strength}): {item.state}"
        + (f", {to_come(item.verified_to)}" if item.state is MeasureState.not_verified else "")
        for item in found.measures
        if item.state in live
    ]


def _times_in_words(person: Person) -> list[str]:
    lines = []
    for own in person.regimes:
        lines += [f"  minority claim: {minority(claim)}" for claim in own.minority_claims]
        lines += [f"  disputed: {who_disputes(dispute)}" for dispute in own.disputes]
    lines += [
        f"  {item.from_ or '…'} to {item.until or '…'}: {item.standing}, "
        f"listed: {item.listed} ({item.words})"
        for item in person.designations
    ]
    for time in person.measures:
        lines += _time_in_words(time, person)
    for item in person.exemptions:
        where = ", ".join(filter(None, (item.state, *item.places))) or "any State"
        lines.append(
            f"  exemption {item.id}: {item.outcome}, {_days(item.from_, item.until)}, {where}: "
            f"{item.purpose}{mark(item.checked)}"
        )
    if not person.exemptions and any(own.no_travel_measure is None for own in person.regimes):
        lines.append("  no exemption on record names this person: none found is not none granted")
    return lines


def _time_in_words(time: MeasureTime, person: Person) -> list[str]:
    """One time of a measure: what it was, what carried it, how it ended."""
    disputed = ", disputed" if time.disputed else ""
    disputed += f", as {time.reference}" if person.same_person else ""
    until = f"to {time.until or '…'}"
    lines = [
        f"  {time.from_ or '…'} {until}: {time.measure} ({time.kind}, {time.strength}{disputed})",
        f"      {time.words}",
    ]
    lines += [f"      {line}" for line in filter(None, [renewed(None, time.renewals)])]
    unread = [cited for cited in time.citations if cited.kind == "paragraph" and not cited.checked]
    lines += [f"      {NOT_COMPARED}: {_source(cited)}" for cited in unread]
    return lines


# ---------------------------------------------------------------- exemptions


@cli.group()
def exemptions() -> None:
    """Leave to travel on record: what ships, and what this office records itself."""


@exemptions.command("add")
@click.option(
    "--file", type=click.File("rb"), help="The exemption as YAML or JSON; options go before it."
)
@click.option("--regime", help="The number of a regime, such as 1988.")
@click.option("--reference", "references", multiple=True, help="May be given several times.")
@click.option("--unnamed", help="Words for a group of whom not everybody was named.")
@click.option("--outcome", type=click.Choice([word.value for word in ExemptionOutcome]))
@click.option("--resolution", help="The text under which leave is given.")
@click.option("--paragraph")
@click.option("--adopted", help="The day on which that text was adopted.")
@click.option("--state", help="An ISO 3166-1 alpha-2 code; left out, any State.")
@click.option("--place", "places", multiple=True, help="A city; may be given several times.")
@click.option("--purpose")
@click.option("--requested-by")
@click.option("--decided-on")
@click.option("--published-on")
@click.option("--from", "from", help="The first day covered, or its month.")
@click.option("--until", help="The last day covered, or its month.")
@click.option("--conditions")
@click.option("--note")
@click.option("--source", help="What was read.")
@click.option("--checked", is_flag=True, default=None, help="The source itself was read.")
@click.option("--by", "recorded_by", help="Who records it; the user of this machine if not.")
@click.option("--json", "as_json", is_flag=True, help="The answer of the API, as it is.")
def add_exemption(file: Any, as_json: bool, **given: Any) -> None:
    """Record an exemption; it counts from now on."""
    body = _written(file) if file is not None else {}
    text = {name: given.pop(name) for name in ("resolution", "paragraph", "adopted")}
    if text := {name: said for name, said in text.items() if said is not None}:
        before = body.get("authority")
        body["authority"] = {**(before if isinstance(before, dict) else {}), **text}
    body |= {name: said for name, said in given.items() if said not in (None, ())}
    body.setdefault("recorded_by", _user())
    asked = _asked(ExemptionGiven, body)
    desk = _desk()
    kept = _answered(lambda: desk.record_exemption(asked))
    if as_json:
        click.echo(encode(kept.exemption).decode())
        return
    click.echo("recorded" if kept.new else "on record already")
    click.echo(_exemption_in_words(kept.exemption))


def _written(file: Any) -> dict[str, Any]:
    """What a file of YAML or JSON says, every value as the text that was written."""
    try:
        text = file.read().decode()
    except UnicodeDecodeError as error:
        raise Failed(f"{file.name}: is not UTF-8") from error
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        errors = Errors()
        reader = read_written(file.name, text, errors, "")
        if reader is None:
            raise Failed(errors.found[0]) from None
        found = reader.found
    if not isinstance(found, dict):
        raise Failed(f"{file.name}: is no mapping")
    return dict(found)


@exemptions.command("list")
@click.option("--reference", help="Somebody whom it names.")
@click.option("--regime", help="The number of a regime, such as 1988.")
@click.option("--state", help="An ISO 3166-1 alpha-2 code; those for any State are for it too.")
@click.option("--on", help="A day of which it may speak.")
@click.option("--known-at", help="The knowledge clock.")
@click.option("--json", "as_json", is_flag=True, help="The answer of the API, all in one page.")
def list_exemptions(
    reference: str | None,
    regime: str | None,
    state: str | None,
    on: str | None,
    known_at: str | None,
    as_json: bool,
) -> None:
    """The exemptions on record: those that ship, then those that were recorded here."""
    for option, check, given in (
        ("--state", state_code, state),
        ("--on", whole_day, on),
        ("--known-at", instant, known_at),
    ):
        if given is not None:
            try:
                check(given)
            except ValueError as error:
                raise Failed(f"{option} {error}: {given}") from error
    asked = ExemptionsAsked(reference=reference, regime=regime, state=state, on=on)
    desk = _desk()
    page = _answered(lambda: desk.exemptions(asked, known_at, _ALL, None))
    if as_json:
        click.echo(encode(page).decode())
        return
    for item in page.items:
        click.echo(_exemption_in_words(item))
    if not page.items:
        click.echo("no exemption on record is meant; none found is not none granted")


def _exemption_in_words(item: Exemption) -> str:
    """One line, and another where it was recorded here."""
    days = " to ".join(partial_in_words(day) if day else "…" for day in (item.from_, item.until))
    who = _list([*item.references, *([item.unnamed] if item.unnamed else [])])
    where = ", ".join([*item.places, *([item.state] if item.state else [])]) or "any State"
    decided = f", decided on {in_words(item.decided_on)}" if item.decided_on else ""
    line = f"{item.id}  {item.outcome}  {who}; {where}; {days}{decided}; {item.purpose}"
    if item.recorded_at is None:
        return line
    return f"{line}\n    recorded here by {item.recorded_by}, {item.recorded_at[:19]}"


@exemptions.command()
@click.argument("identifier", metavar="ID")
@click.option("--because", required=True, help="Why.")
@click.option("--by", "who", default=_user, help="Who says so; the user of this machine if not.")
def withdraw(identifier: str, because: str, who: str) -> None:
    """Take back an exemption that was recorded here; from now on it no longer counts."""
    for option, text in (("--because", because), ("--by", who)):
        _asked_text(option, text)
    asked = _asked(WithdrawalGiven, {"because": because, "recorded_by": who})
    desk = _desk()
    kept = _answered(
        lambda: desk.withdraw_exemption(identifier, asked),
        f"no exemption recorded here has the id {identifier}",
    )
    item = kept.withdrawn
    how = "taken back" if kept.new else f"taken back before, {item.recorded_at[:19]}"
    click.echo(f"{how}: {item.exemption.id}: {item.because} ({item.recorded_by})")


# ---------------------------------------------------------------- keys


@cli.group("keys")
def keys_group() -> None:
    """Keys to the service: who may ask, and what."""


@keys_group.command()
@click.argument("name")
@click.option(
    "--scope",
    "scopes",
    multiple=True,
    type=click.Choice([scope.value for scope in Scope]),
    help="What it opens; may be given several times.",
)
@click.option("--expires", help="The last day, in UTC, on which it is taken.")
@click.option("--by", "who", default=_user, help="Who makes it; the user of this machine if not.")
def create(name: str, scopes: tuple[str, ...], expires: str | None, who: str) -> None:
    """Make a key for NAME, and print it on stdout: nobody can print it again."""
    _asked_text("--by", who)
    asked = _asked(KeyAsked, {"name": name.strip(), "scopes": scopes, "expires": expires})
    desk = _desk()
    made = _answered(lambda: desk.keys.create(asked, who.strip()))
    until = f", taken up to {expires}" if expires else ""
    click.echo(
        f"key {made.key.id} of {made.key.name}: {_opens(made.key.scopes)}{until}; "
        "it is shown once, keep it now",
        err=True,
    )
    click.echo(made.text)


@keys_group.command("list")
def list_keys() -> None:
    """Every key, in the order in which they were made: what it opens, and when it was last used."""
    desk = _desk()
    now = instant_text(desk.clock())
    every = desk.keys.every()
    for item in every:
        click.echo(_key_in_words(item, now))
    if not every:
        click.echo("no key has been made")


def _key_in_words(item: KeyStatus, now: str) -> str:
    """One line, and another for one that is taken no longer."""
    key, gone = item.key, item.revocation
    used = f"last used {item.used_at[:16]}" if item.used_at else "never used"
    line = (
        f"{key.id}  {key.name}  {_opens(key.scopes)}; made {key.created_at[:19]} by "
        f"{key.created_by}; {used}"
    )
    if gone is not None:
        return f"{line}\n    revoked {gone.revoked_at[:19]} by {gone.revoked_by}: {gone.because}"
    if key.expires_at is not None:
        how = "expired" if key.expires_at <= now else "expires"
        line += f"; {how} {key.expires_at[:19]}"
    return line


def _opens(scopes: Sequence[Scope]) -> str:
    return ", ".join(scopes) or "reads the record alone"


@keys_group.command("revoke")
@click.argument("identifier", metavar="ID")
@click.option("--because", required=True, help="Why.")
@click.option("--by", "who", default=_user, help="Who says so; the user of this machine if not.")
def revoke_key(identifier: str, because: str, who: str) -> None:
    """Take a key back: within a second no process takes it any more."""
    for option, text in (("--because", because), ("--by", who)):
        _asked_text(option, text)
    desk = _desk()
    done = _answered(
        lambda: desk.keys.revoke(identifier, because.strip(), who.strip()),
        f"no key has the id {identifier}",
    )
    gone = done.revocation
    how = "revoked" if done.new else f"revoked before, {gone.revoked_at[:19]}"
    click.echo(f"{how}: {done.key.id} of {done.key.name}: {gone.because} ({gone.revoked_by})")


# ---------------------------------------------------------------- cases


@cli.group("cases")
def cases_group() -> None:
    """A casebook: reports with the answers that a lawyer expects."""


@cases_group.command("run")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False, exists=True))
def run_cases(folder: Path) -> None:
    """Run every case of FOLDER and print those that come out otherwise."""
    shared = SHARED if SHARED.is_dir() else None
    try:
        results = cases.run(folder, DATA, shared, policy(_settings()))
    except WrittenWrong as error:
        for line in error.errors:
            click.echo(line, err=True)
        raise Failed(f"{len(error.errors)} errors in the cases") from error
    for item in results:
        if item.outcome != "passed":
            words = "; ".join(item.words)
            click.echo(f"{item.outcome}: {item.file}:{item.line}: {item.name}: {words}")
    count = {
        word: sum(item.outcome == word for item in results)
        for word in ("passed", "failed", "skipped")
    }
    click.echo(f"{count['passed']} passed, {count['failed']} failed, {count['skipped']} skipped")
    if count["failed"]:
        sys.exit(1)


# ---------------------------------------------------------------- printing


def _print(answer: Assessment) -> None:
    click.echo(f"verdict:  {answer.verdict}")
    click.echo(f"sentence: {answer.sentence}\n")
    for item in answer.states:
        where = " ".join(part for part in (item.state, item.place, item.from_) if part)
        click.echo(f"leg {item.leg}: {where}: {item.verdict}")
        standings = {
            "identity": item.identity,
            "measure": item.measure,
            "scope": item.scope,
            "exemption": item.exemption,
            "event": item.event,
        }
        for name, found in standings.items():
            if found is None:
                click.echo(f"  {name:10} not asked")
                continue
            click.echo(f"  {name:10} {found.standing} ({found.certainty})")
            for why in found.reasons:
                click.echo(f"             {why.words}")
                sources = dict.fromkeys(_source(cited) for cited in why.citations)
                click.echo(f"             source: {'; '.join(sources)}")
    for stated in answer.legal_statements:
        click.echo(f"legal statement ({stated.claim}): {stated.answer}")
        for part in stated.parts:
            click.echo(f"  {part.says}: {part.answer}; {part.record}")
    click.echo(f"\nid {answer.id}\nknown at {answer.known_at}, record {answer.record.digest[:16]}")


def _print_article(answer: Article) -> None:
    """What was read, journey by journey: who said what, and what it comes to."""
    claims = {claim.id: claim for claim in answer.claims}
    assessed = {item.journey: item for item in answer.assessments}
    for journey in answer.journeys:
        click.echo(f"{journey.id}: {journey.person.name}: {_list(list(map(_leg, journey.legs)))}")
        for name in journey.claims:
            _print_claim(claims[name], answer.document.page)
        if journey.id in assessed:
            click.echo(f"  verdict:  {assessed[journey.id].verdict}")
            click.echo(f"  sentence: {assessed[journey.id].sentence}")
    for left in answer.not_assessed:
        why = bulk.in_words(left.errors)
        click.echo(f"{left.journey}: cannot be assessed as it was read: {why}")
    for stated in answer.legal_statements:
        click.echo(f"legal statement ({stated.claim}): {stated.answer}: {stated.quote or ''}")
        for part in stated.parts:
            click.echo(f"  {part.says}: {part.answer}; {part.record}")
    for line in (*answer.remarks, answer.words):
        click.echo(line)
    page = answer.document.page
    of_page = f"\npage {page.sha256}" if page is not None else ""
    click.echo(
        f"\ntext {answer.document.sha256}{of_page}\nid {answer.id}\nknown at {answer.known_at}"
    )


def _print_claim(claim: Claim, page: Page | None) -> None:
    words = quoted(claim) or ""
    short = words if len(words) <= _SHOWN else words[:_SHOWN] + "…"
    click.echo(f"  {claim.id}  {claim.type}  {claim.speaker_name}  [{claim.status}]")
    if short:
        click.echo(f"      “{' '.join(short.split())}”")
    if page is not None and isinstance(claim.quote, Quote):
        found = in_page(page.places, claim.quote.start, claim.quote.text)
        where = "not known" if found is None else f"from {found[0]} to {found[1]}"
        click.echo(f"      in the page: {where}")


def _leg(leg: Leg) -> str:
    kind = "" if leg.kind is LegKind.entry else f" ({leg.kind})"
    return " ".join(part for part in (leg.state, leg.place, leg.from_) if part) + kind


def _source(cited: Any) -> str:
    """One citation as a short text."""
    given = {
        "list_entry": "{0.reference} {0.field}, list of {0.generated:.10}",
        "snapshot": "{0.list_kind} list of {0.generated:.10}",
        "paragraph": "{0.resolution} paragraph {0.paragraph}",
        "designation_fact": "designation fact: {0.event} {0.on}",
        "exemption": "exemption {0.exemption}",
        "claim": "claim {0.claim} ({0.speaker})",
        "request": "the request: {0.field}",
        "table": "{0.table}: {0.row}",
        "absence": "looked in {0.looked_in}, found nothing",
    }
    words = given[cited.kind].format(cited)
    if cited.kind == "exemption" and cited.recorded_by is not None:
        words += f", recorded here by {cited.recorded_by}"
    if cited.kind == "designation_fact" and cited.by is not None:
        words += f" to {cited.by}"
    return words


def _day(boundary: str | None) -> str:
    """The day of a boundary; one that has none is since ever."""
    return in_words(boundary[:10]) if boundary else "ever"


def _days(from_: str | None, until: str | None) -> str:
    """The days that leave covers, both included; what was not published is no day without limit."""
    if from_ is None and until is None:
        return "days not published"
    none = "a day not published"
    return f"{from_ or none} to {until or none} (both included)"


def _list(words: tuple[str, ...] | list[str]) -> str:
    return ", ".join(words) or "none"


def main() -> None:
    """The command `travelban`."""
    try:
        cli()
    except (OSError, SQLAlchemyError, sqlite3.Error) as error:
        click.echo(f"travelban: failed: {_first_line(error)}", err=True)
        sys.exit(1)
