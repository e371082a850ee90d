"""The service asked byte by byte: slow, oversized, bent and busy, over real sockets."""

import json
import logging
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from app.api.examples import SCREENING
from app.api.limit import Limits
from app.desk import Desk
from tests.api.conftest import HOST
from tests.api.sockets import PATIENCE, body, connected, head, request, said, serving, status
from tests.api.sockets import to_the_end as rest

SMALL = 64 * 1024
LIMITS = Limits(body_bytes=SMALL, body_seconds=0.5, in_flight=2)
TYPE = "Content-Type: application/json"
QUESTION = json.dumps(SCREENING).encode()


class NamedHost:
    """Tests ask the same application by another name; the limits around it look at the real one."""

    def __init__(self, app: Any) -> None:
        self.app = app

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "http":
            others = [item for item in scope["headers"] if item[0] != b"host"]
            scope = {**scope, "headers": [*others, (b"host", HOST.encode())]}
        await self.app(scope, receive, send)


@pytest.fixture(scope="module")
def port(service: tuple[Any, FastAPI]) -> Iterator[int]:
    """The service behind narrow limits."""
    with serving(NamedHost(service[1]), LIMITS) as found:
        yield found


def kind(answer: bytes) -> str:
    """The name of a problem."""
    assert head(answer)["content-type"] == "application/problem+json"
    found = json.loads(body(answer))
    assert found["status"] == status(answer)
    return str(found["type"]).rpartition(":")[2]


def screening(*headers: str) -> bytes:
    return request("POST", "/v1/screenings", TYPE, *headers)


# ---------------------------------------------------------------- slow and large


def test_a_question(port: int) -> None:
    answer = said(port, screening(f"Content-Length: {len(QUESTION)}") + QUESTION)
    assert status(answer) == 200
    assert json.loads(body(answer))["candidates"]
    assert "server" not in head(answer)


@pytest.mark.parametrize("sent", [b"", b'{"name":'])
def test_a_body_that_does_not_come(port: int, sent: bytes) -> None:
    with connected(port) as connection:
        connection.sendall(screening("Content-Length: 100").replace(b"Connection: close\r\n", b""))
        connection.sendall(sent)
        answer = rest(connection)
    assert (status(answer), kind(answer)) == (408, "too-slow")
    assert int(head(answer)["retry-after"]) > 0
    assert head(answer)["connection"] == "close"


def test_a_body_that_drips_for_ever(port: int) -> None:
    with connected(port) as connection:
        connection.sendall(screening("Transfer-Encoding: chunked"))
        began = time.monotonic()
        try:
            while time.monotonic() < began + PATIENCE:
                connection.sendall(b"1\r\n \r\n")
                time.sleep(0.05)
        except OSError:
            pass  # the server hung up
    assert time.monotonic() < began + PATIENCE


UNFINISHED = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nX-A: "
OTHER_HOST = b"POST /v1/screenings HTTP/1.1\r\nHost: un.example\r\nContent-Length: 9999\r\n\r\n"


@pytest.mark.parametrize(
    ("begun", "answered"),
    [
        (b"", b""),
        (UNFINISHED, b""),
        (b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n" + UNFINISHED, b"200 OK"),
        # It is answered, and goes on sending what nobody waits for.
        (OTHER_HOST, b"421 Misdirected Request"),
    ],
    ids=["nothing", "a head", "a second head", "what is left of a body"],
)
def test_who_drips_for_ever_is_hung_up_on(port: int, begun: bytes, answered: bytes) -> None:
    came = b""
    with connected(port) as connection:
        connection.sendall(begun)
        connection.settimeout(0.05)
        began = time.monotonic()
        while time.monotonic() < began + PATIENCE:
            try:
                if begun:
                    connection.sendall(b"a")
                piece = connection.recv(65536)
            except TimeoutError:
                continue
            except ConnectionError:
                break
            if not piece:
                break
            came += piece
    assert time.monotonic() < began + PATIENCE
    assert answered in came
    assert came.count(b"HTTP/1.1") == bool(answered)


def test_a_head_may_take_its_time(port: int) -> None:
    with connected(port) as connection:
        for piece in (b"GET /health", b"z HTTP/1.1\r\nHost: local", b"host\r\n\r\n"):
            connection.sendall(piece)
            time.sleep(0.01)
        assert connection.recv(65536).startswith(b"HTTP/1.1 200")
        # The patience of the head is over, and the connection still serves.
        time.sleep(2 * LIMITS.body_seconds)
        connection.sendall(request("GET", "/healthz"))
        assert status(rest(connection)) == 200


def test_slow_bodies_keep_nobody_out(service: tuple[Any, FastAPI]) -> None:
    patient = Limits(body_seconds=PATIENCE, in_flight=1)
    with (
        serving(NamedHost(service[1]), patient) as port,
        connected(port) as one,
        connected(port) as two,
    ):
        for slow in (one, two):
            slow.sendall(screening(f"Content-Length: {len(QUESTION)}") + QUESTION[:5])
        assert status(said(port, request("GET", "/v1/regimes"))) == 200
        for slow in (one, two):
            slow.sendall(QUESTION[5:])
            assert status(rest(slow)) == 200


@pytest.mark.parametrize("length", [SMALL + 1, 10**12])
def test_a_length_that_is_too_large_is_refused_before_the_body(port: int, length: int) -> None:
    asked = screening(f"Content-Length: {length}", "Expect: 100-continue")
    answer = said(port, asked)
    assert (status(answer), kind(answer)) == (413, "too-large")
    assert head(answer)["connection"] == "close"


def test_a_body_without_length_that_is_too_large(port: int) -> None:
    chunk = b"4000\r\n" + b" " * 0x4000 + b"\r\n"
    answer = said(port, screening("Transfer-Encoding: chunked") + chunk * 5 + b"0\r\n\r\n")
    assert (status(answer), kind(answer)) == (413, "too-large")


@pytest.mark.parametrize(
    "head_of_it", [f"Content-Length: {100 * SMALL}", "Transfer-Encoding: chunked"]
)
def test_who_sends_far_too_much_still_reads_why(port: int, head_of_it: str) -> None:
    # Sent without looking: were the connection closed on it, the answer would be lost.
    piece = b" " * SMALL
    if "chunked" in head_of_it:
        piece = f"{SMALL:x}\r\n".encode() + piece + b"\r\n"
    end = b"0\r\n\r\n" if "chunked" in head_of_it else b""
    answer = said(port, screening(head_of_it) + piece * 100 + end)
    assert (status(answer), kind(answer)) == (413, "too-large")


def test_a_caller_who_leaves_before_the_body_is_whole(
    port: int, caplog: pytest.LogCaptureFixture
) -> None:
    with connected(port) as connection:
        connection.sendall(screening("Content-Length: 100") + b"{")
    assert status(said(port, request("GET", "/v1/regimes"))) == 200
    assert caplog.records == []


# ---------------------------------------------------------------- busy


def test_what_is_over_the_limit_is_refused_at_once_and_the_probes_answer(
    service: tuple[Any, FastAPI], over: Callable[[Any], TestClient], bundled_desk: Desk
) -> None:
    held, go_on = threading.Semaphore(0), threading.Event()

    class Held:
        def __getattr__(self, name: str) -> Any:
            if name == "regimes":
                held.release()
                assert go_on.wait(PATIENCE)
            return getattr(bundled_desk, name)

    over(Held())
    answers: list[bytes] = []
    with serving(NamedHost(service[1]), LIMITS) as port:
        threads = [
            threading.Thread(
                target=lambda: answers.append(said(port, request("GET", "/v1/regimes")))
            )
            for _ in range(LIMITS.in_flight)
        ]
        try:
            for thread in threads:
                thread.start()
            for _ in threads:
                assert held.acquire(timeout=PATIENCE)
            refused = said(port, request("GET", "/v1/snapshots"))
            assert (status(refused), kind(refused)) == (503, "busy")
            assert head(refused)["retry-after"] == "1"
            assert status(said(port, request("GET", "/healthz"))) == 200
            assert status(said(port, request("GET", "/readyz"))) == 200
        finally:
            go_on.set()
            for thread in threads:
                thread.join(PATIENCE)
        assert [status(answer) for answer in answers] == [200, 200]
        assert status(said(port, request("GET", "/v1/snapshots"))) == 200


# ---------------------------------------------------------------- bent


BENT = {
    "two hosts": request("GET", "/healthz", "Host: elsewhere.example"),
    "no host": b"GET /healthz HTTP/1.1\r\n\r\n",
    "two lengths": request("POST", "/v1/screenings", "Content-Length: 1", "Content-Length: 2"),
    "a length that is none": request("POST", "/v1/screenings", "Content-Length: -1"),
    "a long number": request("POST", "/v1/screenings", "Content-Length: " + "1" * 100),
    "NUL in a header": request("GET", "/healthz", "X-A: a\0b"),
    "a bare CR in a header": request("GET", "/healthz", "X-A: a\rSet-Cookie: b"),
    "NUL in the address": request("GET", "/healthz\0"),
    "a byte beyond ASCII": request("GET", "/healthz\xe9"),
    "a blank in the address": request("GET", "/health z"),
    "a method that is none": request("GE(T", "/healthz"),
    "a name with a blank": request("GET", "/healthz", "X A: b"),
    "another protocol": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\0" * 50 + b"\r\n\r\n",
    "a head without an end": b"GET /healthz HTTP/1.1\r\nX-A: " + b"a" * 400_000,
    "an encoding that nobody knows": request("POST", "/v1/screenings", "Transfer-Encoding: br"),
}  # fmt: skip


@pytest.mark.parametrize("name", BENT)
def test_what_is_no_http_is_refused(port: int, name: str) -> None:
    with connected(port) as connection:
        try:
            connection.sendall(BENT[name])
            answer = rest(connection)
        except ConnectionError:
            answer = b""  # hung up on what was still being sent
    if answer:
        assert status(answer) in (400, 501)
        assert "server" not in head(answer)
        assert b"Traceback" not in answer
    assert status(said(port, request("GET", "/healthz"))) == 200


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (request("GET", "/v1/regimes", host="elsewhere.example"), (421, "host-not-known")),
        (request("GET", "/v1/regimes", host=""), (421, "host-not-known")),
        (request("GET", "/v1/regimes", host="127.0.0.1.un.example"), (421, "host-not-known")),
        (request("GET", "http://elsewhere.example/v1/regimes"), (404, "not-found")),
        (request("CONNECT", "elsewhere.example:443"), (404, "not-found")),
        (request("TRACE", "/v1/regimes", "Authorization: secret"), (405, "method-not-allowed")),
        (request("OPTIONS", "*"), (404, "not-found")),
        (request("get", "/v1/regimes"), (405, "method-not-allowed")),
        (request("A" * 5000, "/v1/regimes"), (405, "method-not-allowed")),
        (request("GET", "/" + "a" * 20_000), (414, "address-too-long")),
        (request("GET", "/v1/regimes?" + "a" * 20_000), (414, "address-too-long")),
        (request("GET", "/v1/regimes", "X-A: " + "a" * 20_000), (431, "headers-too-large")),
        (request("GET", "/v1/regimes", *["X-A: a"] * 5000), (431, "headers-too-large")),
        (request("GET", "/v1/regimes%0d%0aSet-Cookie:%20a=b"), (404, "not-found")),
        (request("GET", "/v1/regimes?limit=5&limit=6"), (422, "invalid-request")),
    ],
)  # fmt: skip
def test_what_is_http_and_not_wanted(port: int, asked: bytes, expected: tuple[int, str]) -> None:
    answer = said(port, asked)
    assert (status(answer), kind(answer)) == expected
    assert "set-cookie" not in head(answer)
    assert b"secret" not in answer
    assert len(answer) < 2000


def test_a_head_answer_has_no_body(port: int) -> None:
    answer = said(port, request("HEAD", "/v1/regimes"))
    assert (status(answer), body(answer)) == (405, b"")


INJECTED = "%0d%0aSet-Cookie:%20a=b%0d%0a%0d%0a%00%1b[2J"


@pytest.mark.parametrize(
    "target",
    [
        "/v1/people/{}", "/v1/assessments/{}", "/v1/regimes/{}", "/v1/articles/{}",
        "/v1/regimes?after={}", "/v1/measures?reference={}", "/v1/changes.atom?reference={}",
        "/v1/nothing/{}", "/v1/measures?{}=1",
    ],
)  # fmt: skip
def test_what_stands_in_an_address_gets_into_no_header_and_no_log(
    port: int, target: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    answer = said(port, request("GET", target.format(INJECTED)))
    assert status(answer) in (200, 404, 422)
    assert "set-cookie" not in head(answer)
    assert not any(set(record.getMessage()) & set("\r\n\0\x1b") for record in caplog.records)


@pytest.mark.parametrize(
    "headers",
    [
        (TYPE, "Content-Type: text/plain"),
        ("If-None-Match: a", "If-None-Match: b"),
        ("Authorization: a", "Authorization: b"),
        ("Content-Type: application/json; charset=\xff",),
        ("If-None-Match: \xff\xfe",),
        ("X-Forwarded-For: '; drop table lists; --",),
        ("X-Forwarded-Proto: javascript", "X-Forwarded-Host: elsewhere.example"),
        ("Upgrade: websocket", "Connection: upgrade"),
        ("Range: bytes=0-0,1-1", "Accept: text/html", "Accept-Encoding: gzip"),
        ("X-HTTP-Method-Override: DELETE",),
    ],
)
def test_headers_that_are_odd_or_come_twice_change_nothing(
    port: int, headers: tuple[str, ...]
) -> None:
    answer = said(port, request("GET", "/v1/changes?limit=1", *headers))
    assert status(answer) == 200
    assert b"elsewhere.example" not in answer
