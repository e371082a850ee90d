"""Lines of the log: one a request, of what it came to; nobody who asks can write them."""

import io
import json
import logging
import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError, OperationalError

from app.api import log
from app.api.request_id import ID
from app.api.seen import Told
from tests.conftest import LONG, ROOT

LINE = {"request": "mine", "method": "GET", "route": "/v1/regimes", "status": 200}
TOLD = Told(**LINE, seconds=0.0123456, size=512, key=None)  # type: ignore[arg-type]
EVIL = 'Qasem\n{"level": "info"}\r\x00\x1b[31m\x7f\x9b0m\u2028\u202e'


class Terminal(io.StringIO):
    """Somebody looks on."""

    def isatty(self) -> bool:
        return True


@contextmanager
def installed(form: str | None, stream: io.StringIO) -> Iterator[io.StringIO]:
    """The log of the process, written to a stream, and put back."""
    root, level = logging.getLogger(), log.REQUESTS.level
    before, root_level = root.handlers[:], root.level
    try:
        root.handlers = []
        log.install(form, stream)
        yield stream
    finally:
        logging.captureWarnings(False)
        root.handlers = before
        root.setLevel(root_level)
        log.REQUESTS.setLevel(level)


def line(formatter: logging.Formatter, words: str, error: BaseException | None = None) -> str:
    info = None if error is None else (type(error), error, error.__traceback__)
    return formatter.format(
        logging.LogRecord("travelban", logging.ERROR, __file__, 1, words, None, info)
    )


# ---------------------------------------------------------------- a request is one line


def test_a_request_is_one_line_of_json() -> None:
    with installed("json", io.StringIO()) as stream:
        log.tell(TOLD)
    (told,) = map(json.loads, stream.getvalue().splitlines())
    at = told.pop("at")
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", at)
    assert told == {**LINE, "level": "info", "milliseconds": 12.346, "bytes": 512}


def test_the_name_of_a_key_is_told() -> None:
    with installed("json", io.StringIO()) as stream:
        log.tell(Told(**LINE, seconds=0, size=0, key="border post 7"))  # type: ignore[arg-type]
    assert json.loads(stream.getvalue())["key"] == "border post 7"


def test_what_failed_is_a_warning() -> None:
    failed = {**LINE, "status": 500}
    with installed("json", io.StringIO()) as stream:
        log.tell(Told(**failed, seconds=0, size=0, key=None))  # type: ignore[arg-type]
    assert json.loads(stream.getvalue())["level"] == "warning"


def test_a_line_for_who_looks_on() -> None:
    with installed("plain", io.StringIO()) as stream:
        log.tell(TOLD)
    (told,) = stream.getvalue().splitlines()
    assert told.endswith("Z info mine GET /v1/regimes 200, 12.346 ms, 512 bytes")


@pytest.mark.parametrize(("stream", "json_"), [(io.StringIO(), True), (Terminal(), False)])
def test_without_a_setting_a_terminal_is_told_plainly(stream: io.StringIO, json_: bool) -> None:
    with installed(None, stream):
        log.tell(TOLD)
    assert stream.getvalue().startswith("{") is json_


def test_off_is_off_for_requests_alone() -> None:
    with installed("off", io.StringIO()) as stream:
        log.tell(TOLD)
        logging.getLogger("travelban").error("it failed")
    (told,) = stream.getvalue().splitlines()
    assert told.endswith(" error - it failed")


# ---------------------------------------------------------------- other lines


def test_any_line_says_which_request_it_is_of() -> None:
    before = ID.set("mine")
    try:
        told = json.loads(line(log.Json(), "the store is slow"))
        assert "Z error mine the store is slow" in line(log.Plain(), "the store is slow")
    finally:
        ID.reset(before)
    assert (told["request"], told["words"], told["logger"]) == (
        "mine", "the store is slow", "travelban",
    )  # fmt: skip
    assert json.loads(line(log.Json(), "nobody asked"))["request"] is None


@pytest.mark.parametrize("formatter", [log.Json(), log.Plain()])
def test_nobody_can_begin_a_line_or_steer_a_terminal(formatter: logging.Formatter) -> None:
    record = logging.LogRecord("travelban", logging.INFO, __file__, 1, "request", None, None)
    record.told = Told(**{**LINE, "key": EVIL}, seconds=0, size=0)  # type: ignore[arg-type]
    for written in (line(formatter, EVIL), formatter.format(record)):
        assert written.isprintable()
        assert "Qasem\\n" in written
    if isinstance(formatter, log.Json):
        assert json.loads(line(formatter, EVIL))["words"] == EVIL


def _fails(error: Exception) -> BaseException:
    """An exception as it is when it was raised."""
    with pytest.raises(type(error)) as caught:
        raise error
    return caught.value


def test_an_exception_is_one_line_with_its_traceback() -> None:
    try:
        try:
            raise KeyError(EVIL)
        except KeyError as cause:
            raise RuntimeError(EVIL) from cause
    except RuntimeError as caught:
        written = line(log.Json(), "the request failed", caught)
    assert "\n" not in written
    told = json.loads(written)
    assert told["level"] == "error"
    assert "in test_an_exception_is_one_line_with_its_traceback" in told["traceback"]
    causes = re.findall(r"^builtins\.\w+$", told["traceback"], re.MULTILINE)
    assert causes == ["builtins.KeyError", "builtins.RuntimeError"]
    # What an exception says of itself may be what somebody asked.
    assert "Qasem" not in written


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (OSError(28, "No space left on device", "/var/Qasem"), "No space left on device"),
        (
            OperationalError("SELECT 'Qasem'", ("Qasem",), OSError("refused\nDETAIL: Qasem")),
            "refused",
        ),
        (IntegrityError("INSERT", ("Qasem",), ValueError("Key (name)=(Qasem)")), None),
        (ValueError("Qasem"), None),
    ],
)
def test_only_the_machine_and_the_database_speak(error: Exception, words: str | None) -> None:
    for formatter in (log.Json(), log.Plain()):
        written = line(formatter, "the request failed", _fails(error))
        assert "Qasem" not in written.replace(str(Path(__file__)), "").partition("Error")[2]
        assert words is None or f"Error: {words}" in written


def test_exceptions_that_go_round_end() -> None:
    one, other = ValueError(), TypeError()
    one.__cause__, other.__cause__ = other, one
    assert line(log.Json(), "", one).count("builtins.") == 2


# ---------------------------------------------------------------- as a process that serves

SECRET = "Zbigniew-Nieznany"


@contextmanager
def served(environment: Path, **settings: str) -> Iterator[tuple[int, Path]]:
    """A served process and the file that its stderr goes to."""
    told = dict(os.environ, TRAVELBAN_PORT="0", PYTHONPATH=str(ROOT), **settings)
    errors = environment / "stderr"
    with errors.open("w") as stderr, subprocess.Popen(
        [sys.executable, "-c", "from app.cli import main; main()", "serve"],
        stdout=subprocess.PIPE, stderr=stderr, env=told, text=True,
    ) as process:  # fmt: skip
        assert process.stdout is not None
        port = next(
            int(found[1])
            for said in process.stdout
            if (found := re.search(r"Serving on http://127\.0\.0\.1:(\d+)", said))
        )
        try:
            yield port, errors
        finally:
            process.send_signal(signal.SIGTERM)
            process.communicate(timeout=30)


def ask(port: int, raw: bytes) -> bytes:
    """What comes back to bytes that no client would send."""
    with socket.create_connection(("127.0.0.1", port), timeout=30) as connection:
        connection.sendall(raw)
        answer = b""
        while piece := connection.recv(65536):
            answer += piece
        return answer


def request(path: bytes, *headers: bytes, body: bytes = b"") -> bytes:
    lines = [b"%s %s HTTP/1.1" % (b"POST" if body else b"GET", path), b"Host: localhost", *headers]
    if body:
        lines += [b"Content-Type: application/json", b"Content-Length: %d" % len(body)]
    return b"\r\n".join([*lines, b"Connection: close", b"", body])


@pytest.mark.parametrize("form", ["plain", pytest.param("json", marks=LONG)])
def test_what_is_asked_does_not_get_into_the_log(environment: Path, form: str) -> None:
    secret = SECRET.encode()
    hostile = [
        request(b"/v1/%0a%0d%00%1b[31m" + secret, b"X-Request-ID: given-1"),
        request(b"/v1/regimes?x=%0a%1b[2J" + secret, b"X-Request-ID: given-2"),
        request(b"/healthz", b"X-Request-ID: \x1b[31m" + secret),
        request(b"/healthz", b"X-Request-ID: a\x00b" + secret),
        request(b"/healthz", b"X-Request-ID: a\nX-Other: b" + secret),
        request(b"/\x1b[31m\x00\n" + secret),
        request(b"/v1/people/" + secret, b"Authorization: Bearer " + secret),
        request(b"/v1/screenings", body=b'{"name": "%s"}' % secret),
        request(b"/v1/screenings", body=b'{"name": "%s", "\\u001b[31m\\n": 1}' % secret),
        request(b"/v1/assessments", body=b'{"traveller": {"name": "%s"' % secret),
        secret + b"\x1b[31m\n\n\x00" + secret + b"\r\n\r\n",
    ]
    with served(environment, TRAVELBAN_LOG=form) as (port, errors):
        answers = [ask(port, raw) for raw in hostile]
        assert all(answer.startswith(b"HTTP/1.1 ") for answer in answers)
    written = errors.read_text()
    assert SECRET not in written
    lines = written.splitlines()
    assert all(each.isprintable() for each in lines)
    assert sum(" 404" in each or '"status": 404' in each for each in lines) >= 2
    for given in ("given-1", "given-2"):
        assert sum(given in each for each in lines) == 1
    if form == "json":
        told = [json.loads(each) for each in lines]
        assert all({"at", "level", "request"} <= set(each) for each in told)
        routes = {each["route"] for each in told if "route" in each}
        assert {"none", "/healthz", "/v1/people/{reference}", "/v1/screenings"} <= routes


def test_a_failure_of_the_service_is_in_the_log(environment: Path) -> None:
    def rename(before: str, after: str) -> None:
        with closing(sqlite3.connect(environment / "travelban.sqlite3")) as connection:
            connection.execute(f"ALTER TABLE {before} RENAME TO {after}")

    with served(environment, TRAVELBAN_LOG="json") as (port, errors):
        rename("decisions", "gone")
        answer = ask(port, request(b"/v1/people/" + SECRET.encode(), b"X-Request-ID: mine"))
        rename("gone", "decisions")
        again = ask(port, request(b"/v1/regimes"))
    assert answer.startswith(b"HTTP/1.1 500")
    assert b'"request":"mine"' in answer
    assert again.startswith(b"HTTP/1.1 200")
    told = [json.loads(each) for each in errors.read_text().splitlines()]
    (failed,) = (each for each in told if each["level"] == "error")
    (line,) = (each for each in told if each.get("status") == 500)
    assert failed["request"] == line["request"] == "mine"
    assert failed["words"] == "the request failed"
    assert "app/api/routes.py" in failed["traceback"]
    assert "OperationalError: no such table: decisions" in failed["traceback"]
    assert SECRET not in errors.read_text()


def test_a_wrong_form_is_refused(environment: Path, monkeypatch: Any) -> None:
    told = dict(os.environ, TRAVELBAN_LOG="xml", PYTHONPATH=str(ROOT))
    done = subprocess.run(
        [sys.executable, "-c", "from app.cli import main; main()", "serve"],
        env=told, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert done.stderr.startswith("travelban: TRAVELBAN_LOG: ")
