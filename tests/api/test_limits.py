"""Each limit by itself, around an application of a few lines: what it counts, holds and lets go."""

import asyncio
import json
import threading
from collections.abc import Callable
from typing import Any, cast
from urllib.parse import quote

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from starlette.types import ASGIApp

from app.api.body import WholeBody
from app.api.callers import Turns
from app.api.headers import SAFE
from app.api.limit import ANY_HOST, LOOPBACK, InFlight, InTime, KnownHosts, Limits, limited
from app.desk import Desk
from app.serve import create_app, limits
from app.settings import Settings
from tests.api.conftest import HOST
from tests.api.test_service import ANSWERED, REACHED
from tests.api.test_service import JSON as TYPE


class Spoken:
    """One request, said to an application directly: what was received and what was answered."""

    def __init__(self, path: str = "/v1/regimes", pieces: tuple[bytes, ...] = (b"",)) -> None:
        self.scope: dict[str, Any] = {
            "type": "http", "method": "POST", "path": path, "query_string": b"",
            "headers": [(b"host", b"localhost")], "client": ("192.0.2.1", 1),
        }  # fmt: skip
        self.pieces = list(pieces)
        self.sent: list[Any] = []

    async def receive(self) -> Any:
        if not self.pieces:
            await asyncio.Event().wait()
        piece = self.pieces.pop(0)
        return {"type": "http.request", "body": piece, "more_body": bool(self.pieces)}

    async def send(self, message: Any) -> None:
        self.sent.append(message)

    async def to(self, app: ASGIApp) -> int:
        await app(self.scope, self.receive, self.send)
        return self.status

    @property
    def status(self) -> int:
        begun = [item for item in self.sent if item["type"] == "http.response.start"]
        assert len(begun) == 1
        return int(begun[0]["status"])

    @property
    def body(self) -> bytes:
        return b"".join(item.get("body", b"") for item in self.sent)


async def done(scope: Any, receive: Any, send: Any) -> None:
    """An application that takes the body and is content."""
    message = await receive()
    assert not message["more_body"]
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": message["body"], "more_body": False})


# ---------------------------------------------------------------- settings


def test_the_defaults_are_those_of_the_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(f"TRAVELBAN_{name.upper()}", raising=False)
    assert limits(Settings()) == Limits(hosts=(*LOOPBACK, "127.0.0.1"))
    monkeypatch.setenv("TRAVELBAN_HOST", "10.0.0.7")
    monkeypatch.setenv("TRAVELBAN_HOSTS", "Desk.example, desk")
    monkeypatch.setenv("TRAVELBAN_CORS_ORIGINS", "https://page.example,http://localhost:3000")
    monkeypatch.setenv("TRAVELBAN_BODY_BYTES", "4096")
    given = limits(Settings())
    assert given.hosts == ("desk.example", "desk", "10.0.0.7")
    assert given.cors_origins == ("https://page.example", "http://localhost:3000")
    assert given.body_bytes == 4096


# ---------------------------------------------------------------- hosts


@pytest.mark.parametrize(
    ("host", "known"),
    [
        ("localhost", True), ("LOCALHOST:8000", True), ("127.0.0.1:80", True), ("[::1]:8000", True),
        ("[::1]", True), ("localhost.", True), ("localhost.:80", True), (" localhost ", True),
        ("", False), ("elsewhere.example", False), ("localhost.elsewhere.example", False),
        ("elsewhere.example:localhost", False), ("localhost@elsewhere.example", False),
        ("localhost:80:90", False), ("localhost/", False), ("localhost\t80", False),
        ("::1", False), ("[localhost]", False), ("localhost:8٠", False), (":80", False),
        ("localhost#", False), ("localhost,elsewhere.example", False), ("*", False),
    ],
)  # fmt: skip
def test_a_host(host: str, known: bool) -> None:
    asked = Spoken()
    asked.scope["headers"] = [(b"host", host.encode())]
    assert asyncio.run(asked.to(KnownHosts(done, LOOPBACK))) == (200 if known else 421)


@pytest.mark.parametrize("headers", [[], [(b"host", b"localhost"), (b"host", b"localhost")]])
def test_one_host_it_must_be(headers: list[Any]) -> None:
    asked = Spoken()
    asked.scope["headers"] = headers
    assert asyncio.run(asked.to(KnownHosts(done, LOOPBACK))) == 421


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_the_probes_answer_for_any_host(path: str) -> None:
    asked = Spoken(path)
    asked.scope["headers"] = [(b"host", b"10.1.2.3:8000")]
    assert asyncio.run(asked.to(KnownHosts(done, LOOPBACK))) == 200


def test_any_host_may_be_taken() -> None:
    asked = Spoken()
    asked.scope["headers"] = [(b"host", b"elsewhere.example")]
    assert asyncio.run(asked.to(limited(done, Limits(hosts=(ANY_HOST,))))) == 200


# ---------------------------------------------------------------- turns


class Hands:
    """The hands of a clock that a test turns."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def hands() -> Hands:
    return Hands()


def test_turns_come_back_as_time_goes_by(hands: Hands) -> None:
    turns = Turns(done, 6, clock=hands)
    assert [turns.wait(b"a", None) for _ in range(7)] == [0] * 6 + [10]
    assert turns.wait(b"b", None) == 0
    hands.now += 9
    assert turns.wait(b"a", None) == 1
    hands.now += 1
    assert [turns.wait(b"a", None) for _ in range(2)] == [0, 10]
    hands.now += 3600
    assert [turns.wait(b"a", None) for _ in range(7)] == [0] * 6 + [10]


def test_each_key_has_turns_of_its_own(hands: Hands) -> None:
    turns = Turns(done, 3, clock=hands)
    assert [turns.wait(b"a", b"one") for _ in range(4)] == [0, 0, 0, 20]
    assert [turns.wait(b"a", b"two") for _ in range(4)] == [0, 0, 0, 20]


def test_made_up_keys_win_nothing(hands: Hands) -> None:
    turns = Turns(done, 3, clock=hands)
    waits = [turns.wait(b"a", b"%d" % number) for number in range(100)]
    assert [wait for wait in waits if not wait] == [0, 0, 0]


def test_an_address_is_not_taken_for_a_key(hands: Hands) -> None:
    turns = Turns(done, 1, clock=hands)
    assert (turns.wait(b"a", None), turns.wait(b"b", b"a")) == (0, 0)


def test_only_so_many_callers_are_remembered_and_no_key(hands: Hands) -> None:
    turns = Turns(done, 5, clock=hands, most_callers=10)
    for number in range(1000):
        turns.wait(b"%d" % number, b"Bearer secret %d" % number)
    assert len(turns.left) == 10
    assert all(len(name) == 16 for name in turns.left)
    assert b"secret" not in repr(turns.left).encode()


def test_a_clock_that_goes_on_by_nothing_lets_nobody_wait_for_ever(hands: Hands) -> None:
    turns = Turns(done, 1_000_000, clock=hands)
    turns.left[turns._name(b"address", b"a")] = (0.0, hands.now)
    assert turns.wait(b"a", None) == 1


def test_turns_over_http(hands: Hands) -> None:
    app = limited(done, Limits(requests_a_minute=2))

    async def all_of_it() -> list[int]:
        found = [await Spoken().to(app) for _ in range(3)]
        found += [await Spoken("/healthz").to(app) for _ in range(3)]
        other = Spoken()
        other.scope["client"] = ("192.0.2.2", 1)
        found.append(await other.to(app))
        for last in (b"1", b"2", b"3"):  # one network
            other = Spoken()
            other.scope["client"] = ("2001:db8::" + last.decode(), 1)
            found.append(await other.to(app))
        nobody = Spoken()
        nobody.scope["client"] = None
        found.append(await nobody.to(app))
        return found

    assert asyncio.run(all_of_it()) == [200, 200, 429, 200, 200, 200, 200, 200, 200, 429, 200]


# ---------------------------------------------------------------- bodies


def test_bodies_together_hold_no_more_than_they_may() -> None:
    app = WholeBody(done, most_bytes=100, seconds=60, most_held=150)

    async def all_of_it() -> None:
        first = Spoken(pieces=(b"a" * 90,))

        async def receive() -> Any:
            if first.pieces:
                return {"type": "http.request", "body": first.pieces.pop(), "more_body": True}
            return await asyncio.Event().wait()

        task = asyncio.ensure_future(app(first.scope, receive, first.send))
        await asyncio.sleep(0)
        assert app.held == 90
        assert await Spoken(pieces=(b"b" * 60,)).to(app) == 200
        refused = Spoken(pieces=(b"b" * 61,))
        assert (await refused.to(app), json.loads(refused.body)["title"]) == (
            503, "As much is being worked on as can be",
        )  # fmt: skip
        assert app.held == 90
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        assert app.held == 0

    asyncio.run(all_of_it())


@pytest.mark.parametrize("pieces", [(b"a" * 101,), (b"a" * 60, b"a" * 41), (b"a",) * 101])
def test_a_body_is_counted_as_it_comes(pieces: tuple[bytes, ...]) -> None:
    app = WholeBody(done, most_bytes=100, seconds=60, most_held=1000)
    assert asyncio.run(Spoken(pieces=pieces).to(app)) == 413
    assert app.held == 0


def test_a_body_comes_through_whole() -> None:
    app = WholeBody(done, most_bytes=100, seconds=60, most_held=1000)
    asked = Spoken(pieces=(b"a" * 60, b"", b"b" * 40))
    assert asyncio.run(asked.to(app)) == 200
    assert asked.body == b"a" * 60 + b"b" * 40


# ---------------------------------------------------------------- time and places


async def slow(until: threading.Event, end: Callable[[], None] = lambda: None) -> None:
    """Work in a thread that ends when it is told to."""
    await asyncio.to_thread(until.wait, 20)
    end()


def test_late_work_is_answered_ends_and_holds_its_place_until_then() -> None:
    until, ended = threading.Event(), []

    async def working(scope: Any, receive: Any, send: Any) -> None:
        await slow(until, lambda: ended.append(1))
        await done(scope, receive, send)

    places = InFlight(working, 1)
    app = InTime(places, 0.05)

    async def all_of_it() -> None:
        late = Spoken()
        task = asyncio.ensure_future(late.to(app))
        while len(late.sent) < 2 and not task.done():  # its head and its body
            await asyncio.sleep(0.01)
        assert json.loads(late.body)["type"] == "urn:travelban:problem:took-too-long"
        assert (ended, places.now, task.done()) == ([], 1, False)
        refused = Spoken()
        assert await refused.to(app) == 503
        assert json.loads(refused.body)["type"] == "urn:travelban:problem:busy"
        until.set()
        await task
        assert (ended, places.now, late.status) == ([1], 0, 503)

    asyncio.run(all_of_it())


def test_a_failure_that_comes_late_is_told_to_the_server_alone() -> None:
    async def failing(scope: Any, receive: Any, send: Any) -> None:
        await asyncio.sleep(0.05)
        raise OSError("too late")

    asked = Spoken()
    with pytest.raises(OSError, match="too late"):
        asyncio.run(asked.to(InTime(failing, 0.01)))
    assert asked.status == 503
    assert b"too late" not in asked.body


def test_who_reads_slowly_holds_no_place() -> None:
    places = InFlight(done, 1)

    async def all_of_it() -> None:
        reading = Spoken()

        async def nobody_reads(message: Any) -> None:
            await asyncio.Event().wait()

        task = asyncio.ensure_future(places(reading.scope, reading.receive, nobody_reads))
        await asyncio.sleep(0.01)
        assert (task.done(), places.now) == (False, 0)
        assert await Spoken().to(places) == 200
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        assert places.now == 0

    asyncio.run(all_of_it())


def test_a_place_is_given_back_after_a_failure() -> None:
    async def failing(scope: Any, receive: Any, send: Any) -> None:
        raise OSError

    places = InFlight(failing, 1)
    for _ in range(3):
        with pytest.raises(OSError):  # noqa: PT011 - it says nothing
            asyncio.run(Spoken().to(places))
    assert places.now == 0


def test_what_begins_and_ends_with_the_service_is_not_limited() -> None:
    heard: list[str] = []

    async def listening(scope: Any, receive: Any, send: Any) -> None:
        heard.append(scope["type"])

    app = limited(listening, Limits(requests_a_minute=1))
    nothing = cast(Any, None)

    async def all_of_it() -> None:
        for _ in range(3):
            await app({"type": "lifespan"}, nothing, nothing)

    asyncio.run(all_of_it())
    assert heard == ["lifespan"] * 3


# ---------------------------------------------------------------- headers


@pytest.mark.parametrize("name", ANSWERED)
def test_no_answer_is_kept_guessed_or_shared(client: TestClient, name: str) -> None:
    answer = ANSWERED[name](client)
    for header, text in SAFE.items():
        assert answer.headers.get_list(header) == [text]
    tagged = answer.request.method == "GET" and "ETag" in answer.headers
    assert answer.headers["Cache-Control"] == ("private, no-cache" if tagged else "no-store")
    assert not any(name.startswith("access-control") for name in answer.headers)


# These stand in tests around the service, and so around the headers; its own limits are below.
AROUND = ("too-slow", "too-many-requests", "busy", "took-too-long")


@pytest.mark.parametrize("name", [name for name in REACHED if name not in AROUND])
def test_no_problem_is_either(
    client: TestClient, over: Callable[[Any], TestClient], empty_desk: Desk, name: str
) -> None:
    answer = REACHED[name](client, over, empty_desk)
    for header, text in {**SAFE, "Cache-Control": "no-store"}.items():
        assert answer.headers.get_list(header) == [text]


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/metrics"])
def test_nor_is_what_watches_the_service(client: TestClient, path: str) -> None:
    answer = client.get(path, headers={"Origin": "https://page.example"})
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Access-Control-Allow-Origin" not in answer.headers


def test_a_saved_answer_may_stay_with_its_reader(client: TestClient) -> None:
    saved = ANSWERED["assessments"](client)
    assert saved.headers["Cache-Control"] == "no-store"
    url = saved.headers["Location"]
    for headers in ({}, {"If-None-Match": saved.headers["ETag"]}):
        answer = client.get(url, headers=headers)
        assert answer.status_code == (304 if headers else 200)
        assert answer.headers["Cache-Control"] == "private, no-cache"


@pytest.fixture(scope="module")
def narrow(bundled_desk: Desk) -> FastAPI:
    """A service whose own limits are narrow, and that lets one origin read."""
    origins = ("https://page.example",)
    own = Limits(hosts=(HOST,), cors_origins=origins, requests_a_minute=1, body_bytes=1024)
    return create_app(bundled_desk, own)


def test_a_refusal_has_the_headers_and_the_origin_that_is_set(narrow: FastAPI) -> None:
    client = TestClient(narrow)
    asked = {"Origin": "https://page.example"}
    for status in (200, 429):
        answer = client.get("/v1/regimes", headers=asked)
        assert answer.status_code == status
        assert answer.headers["Access-Control-Allow-Origin"] == "https://page.example"
        assert "Retry-After" in answer.headers["Access-Control-Expose-Headers"]
        assert int(answer.headers["X-List-Age"]) > 0
        for header, text in {**SAFE, "Cache-Control": "no-store"}.items():
            assert answer.headers.get_list(header) == [text]
    other = client.get("/healthz", headers={"Origin": "https://elsewhere.example"})
    assert "Access-Control-Allow-Origin" not in other.headers


def test_a_page_asks_first(narrow: FastAPI) -> None:
    client = TestClient(narrow)
    asked = {
        "Origin": "https://page.example",
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "content-type,authorization",
    }
    answer = client.options("/v1/screenings", headers=asked)
    assert answer.status_code == 200
    assert answer.headers["Access-Control-Allow-Origin"] == "https://page.example"
    for wrong in (
        {"Origin": "https://elsewhere.example"},
        {"Access-Control-Request-Method": "DELETE"},
    ):
        assert client.options("/v1/screenings", headers={**asked, **wrong}).status_code == 400


# ---------------------------------------------------------------- every route


def routes(application: FastAPI) -> dict[str, set[str]]:
    """Each address, filled in, with the methods it takes."""
    return {
        path.replace("{id}", "a").replace("{reference}", "b").replace("{sha256}", "c"): {
            method.upper() for method in methods
        }
        for path, methods in application.openapi()["paths"].items()
    }


METHODS = (
    *("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT"),
    *("PROPFIND", "QUERY"),
)


def test_every_route_takes_its_methods_and_no_other(
    application: FastAPI, client: TestClient
) -> None:
    found = routes(application)
    assert len(found) > 15
    for path, taken in found.items():
        for method in set(METHODS) - taken:
            answer = client.request(method, path)
            assert answer.status_code == 405, (method, path)
            assert set(answer.headers["Allow"].split(", ")) == taken, (method, path)


def questions(application: FastAPI) -> list[str]:
    """Each address that takes a body."""
    document = application.openapi()["paths"]
    filled = dict(zip(document, routes(application), strict=True))
    return [
        filled[path]
        for path, methods in document.items()
        if "requestBody" in methods.get("post", {})
    ]


@pytest.mark.parametrize(
    "sent",
    [
        "text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=a",
        "text/xml", "application/octet-stream", "", "application/jsonp", "text/json",
    ],
)  # fmt: skip
def test_every_route_takes_json_alone(application: FastAPI, client: TestClient, sent: str) -> None:
    paths = questions(application)
    assert len(paths) >= 7
    for path in paths:
        answer = client.post(path, content=b'{"name": "a"}', headers={"Content-Type": sent})
        assert answer.status_code == 415, (path, answer.text)
        assert answer.json()["type"] == "urn:travelban:problem:unsupported-media-type"


DEEP = {
    "lists": lambda depth: "[" * depth + "]" * depth,
    "objects": lambda depth: '{"name":' * depth + "1" + "}" * depth,
    "a field": lambda depth: '{"name":' + "[" * depth + "]" * depth + "}",
    "a leg": lambda depth: '{"legs": [{"state": ' + "[" * depth + "]" * depth + "}]}",
    "not closed": lambda depth: "[" * depth,
    "an unknown field": lambda depth: '{"a":' * depth + "1" + "}" * depth,
    "questions": lambda depth: '[{"name": "a"},' + "[" * depth + "]" * depth + "]",
}  # fmt: skip


@pytest.mark.parametrize("depth", [10, 300, 950, 1000, 10_000, 100_000])
@pytest.mark.parametrize("name", DEEP)
def test_json_however_deep_is_a_question_of_no_form(
    application: FastAPI, client: TestClient, name: str, depth: int
) -> None:
    for path in questions(application):
        answer = client.post(path, content=DEEP[name](depth), headers=TYPE)
        found = answer.json()["type"].rpartition(":")[2]
        assert (answer.status_code, found) in ((400, "not-json"), (422, "invalid-request")), path
        assert len(answer.content) < 20_000


HUGE = ("1" * 5000, "-" + "9" * 4000, "1e999999", "-1E400", "NaN", "Infinity", "1" * 400 + ".5")


@pytest.mark.parametrize("number", HUGE, ids=lambda number: number[:8])
@pytest.mark.parametrize(
    "question",
    [
        '{"name": "Qasem", "limit": N}', '{"name": "Qasem", "threshold": N}', '{"name": N}',
        '{"traveller": {"name": "Q"}, "legs": [{"state": "RU", "from": N}]}', "N", "[N]",
        '{"traveller": {"name": "Q"}, "legs": [{"state": "RU", "from": null}], "claims": '
        '[{"type": "asserts", "speaker": "a", "side": "press", "named": true, "origin": "o", '
        '"legs": [N], "quote": {"start": N, "end": N, "text": "a"}}]}',
    ],
)  # fmt: skip
def test_numbers_however_large_are_no_failure(
    application: FastAPI, client: TestClient, question: str, number: str
) -> None:
    for path in questions(application):
        answer = client.post(path, content=question.replace("N", number), headers=TYPE)
        assert answer.status_code in (400, 422), (path, answer.text)
        assert len(answer.content) < 20_000


BYTES = (
    b"", b"\0", b"\xff\xfe", b"\xef\xbb\xbf{}", b'{"name": "\\ud800"}', b'{"name": "a\\u0000b"}',
    b'{"name": "a", "name": "b"}', b'{"\\u0000": 1}', b'{"__proto__": {"a": 1}}', b"null", b'""',
    b"[]", b"{}", b"true", b'{"name": "a"} {"name": "b"}', '{"name": "a"}'.encode("utf-16"),
)  # fmt: skip


@pytest.mark.parametrize("sent", BYTES, ids=repr)
def test_bytes_that_are_no_question(application: FastAPI, client: TestClient, sent: bytes) -> None:
    for path in questions(application):
        answer = client.post(path, content=sent, headers=TYPE)
        # JSON may be in UTF-16, and a mark before it is passed over.
        assert answer.status_code in (400, 422) or sent.startswith(b"\xff\xfe{"), (
            path,
            answer.text,
        )


# ---------------------------------------------------------------- what is given away


SECRET = "hunter2"


class Gone:
    """A desk that fails whatever it is asked, with a statement, its values and a password."""

    def __init__(self, desk: Desk) -> None:
        self.policy = desk.policy

    def __getattr__(self, name: str) -> Any:
        raise OSError(
            f"(psycopg.OperationalError) [SQL: SELECT secret FROM keys] [parameters: ('{SECRET}',)]"
            f" postgresql://joe:{SECRET}@db/record at {__file__}"
        )


def test_no_failure_of_any_route_gives_anything_away(
    application: FastAPI, over: Callable[[Any], TestClient], bundled_desk: Desk
) -> None:
    document = application.openapi()
    client = over(Gone(bundled_desk))
    failed = 0
    for path, methods in document["paths"].items():
        for method, route in methods.items():
            url = path.replace("{id}", SECRET).replace("{reference}", SECRET)
            asked = route.get("requestBody", {}).get("content", {}).get("application/json", {})
            for example in asked.get("examples", {"none": {"value": None}}).values():
                answer = client.request(
                    method, url.replace("{sha256}", SECRET), json=example["value"]
                )
                failed += answer.status_code == 500
                for given_away in (SECRET, "SELECT", "psycopg", "OSError", "Traceback", ".py"):
                    assert given_away not in answer.text, (method, path)
                    assert given_away not in str(answer.headers), (method, path)
    assert failed > 15


@pytest.mark.parametrize(
    "sent",
    [
        f'{{"name": "{SECRET}", "nationality": "{SECRET}", "birth_date": "{SECRET}"}}',
        f'{{"name": ["{SECRET}"], "limit": "{SECRET}", "threshold": {{"a": "{SECRET}"}}}}',
        f'{{"traveller": {{"name": "a", "birth_date": "{SECRET}"}}, "legs": [{{"state": "{SECRET}"'
        f', "from": "{SECRET}", "kind": "{SECRET}"}}], "claims": ["{SECRET}"]}}',
        f'{{"text": "a", "published_on": "{SECRET}", "url": 1}}',
        f'{{"article": "{SECRET}", "accept": "{SECRET}", "by": 5}}',
        f'{{"reference": "{SECRET}", "from": "{SECRET}", "regime": "{SECRET}"}}',
        f'{{"because": 1, "by": "{SECRET}"}}',
        f'"{SECRET}"', f'["{SECRET}"]', f"{{{SECRET}", f'{{"name": "{SECRET}',
    ],
)  # fmt: skip
def test_no_refusal_sends_the_body_back(
    application: FastAPI, client: TestClient, sent: str
) -> None:
    for path in questions(application):
        answer = client.post(path, content=sent, headers=TYPE)
        if answer.status_code >= 400:
            assert SECRET not in answer.text, path


@pytest.mark.parametrize("sent", ["a\0b", "\0", "\r\n", "a\ud800".encode("utf-8", "surrogatepass")])
def test_no_address_makes_a_failure(
    application: FastAPI, over: Callable[[Desk], TestClient], loaded_desk: Desk, sent: Any
) -> None:
    client = over(loaded_desk)
    bent = quote(sent, safe="")
    for path, methods in application.openapi()["paths"].items():
        for name in ("{id}", "{reference}", "{sha256}"):
            path = path.replace(name, bent)
        for method, route in methods.items():
            for given in route.get("parameters", ()):
                if given["in"] == "query":
                    answer = client.request(method, f"{path}?{given['name']}={bent}")
                    assert answer.status_code < 500, (method, path, given["name"])
            answer = client.request(method, path)
            assert answer.status_code < 500, (method, path)
