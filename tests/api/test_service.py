"""The service itself: alive, ready, the age of its list, and every failure as a named problem."""

import asyncio
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from httpx2 import Response
from psycopg import sql
from sqlalchemy import text

from app.api.body import MOST_BYTES
from app.api.examples import ARTICLE, REPORT, REVIEW, SCREENING, STATEMENT
from app.api.limit import Limits, limited
from app.api.problem import KINDS
from app.api.seen import Seen
from app.desk import Desk
from app.keys import KeyAsked
from app.store import refreshes
from app.store.refreshes import Run
from app.when import instant_text
from tests.api.conftest import HOST
from tests.api.test_assessments import post
from tests.conftest import Clock
from tests.invented import PEOPLE, xml

AGE = "X-List-Age"
PIECE = b" " * 1024 * 1024
JSON = {"Content-Type": "application/json"}
ANSWERED: dict[str, Callable[[TestClient], Response]] = {
    "screenings": lambda client: post(client, SCREENING, "/v1/screenings"),
    "assessments": lambda client: post(client, REPORT),
    "statements": lambda client: post(client, STATEMENT, "/v1/legal-statements"),
    "saved": lambda client: client.get("/v1/assessments"),
    "person": lambda client: client.get("/v1/people/IRi.039"),
    "measures": lambda client: client.get("/v1/measures"),
    "regimes": lambda client: client.get("/v1/regimes"),
    "snapshots": lambda client: client.get("/v1/snapshots"),
    "changes": lambda client: client.get("/v1/changes"),
    "document": lambda client: client.get("/v1/openapi.json"),
    "not found": lambda client: client.get("/v1/nothing"),
    "not on record": lambda client: client.get("/v1/people/nobody"),
    "refused": lambda client: client.get("/v1/regimes?limit=0"),
    "method": lambda client: client.put("/v1/regimes"),
    "slash": lambda client: client.get("/v1/regimes/"),
}


# ---------------------------------------------------------------- alive and ready


def test_alive(client: TestClient) -> None:
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


def test_alive_with_nothing_loaded(over: Callable[[Desk], TestClient], desk: Desk) -> None:
    assert over(desk).get("/healthz").status_code == 200


def test_ready(over: Callable[[Desk], TestClient], own_desk: Desk) -> None:
    client = over(own_desk)
    answer = client.get("/readyz")
    assert answer.status_code == 200
    body = answer.json()
    assert (body["status"], body["lists"], body["full_lists"]) == ("ready", 1, 0)
    assert body["newest"].startswith("2026-05-08")
    assert (body["age_days"], body["stale"]) == (23, True)
    own_desk.import_list("full.xml", xml("2026-05-30T00:00:00Z"), False)
    body = client.get("/readyz").json()
    assert (body["lists"], body["full_lists"], body["age_days"]) == (2, 1, 2)
    assert body["stale"] is False


def test_not_ready_with_nothing_loaded(over: Callable[[Desk], TestClient], desk: Desk) -> None:
    answer = over(desk).get("/readyz")
    assert answer.status_code == 503
    assert int(answer.headers["Retry-After"]) > 0
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.json()["type"] == "urn:travelban:problem:not-ready"


CHECKS = ["store", "migrations", "list", "fresh", "law", "quarantine", "refresh"]


def checks(client: TestClient) -> dict[str, tuple[bool, str]]:
    body = client.get("/readyz").json()
    assert all(list(check) == ["name", "ok", "words"] for check in body["checks"])
    assert all(check["words"] for check in body["checks"])
    return {check["name"]: (check["ok"], check["words"]) for check in body["checks"]}


def amiss(client: TestClient) -> list[str]:
    return [name for name, (ok, _) in checks(client).items() if not ok]


def test_ready_says_what_was_looked_at(over: Callable[[Desk], TestClient], own_desk: Desk) -> None:
    client = over(own_desk)
    assert list(checks(client)) == CHECKS
    assert amiss(client) == ["fresh"]
    own_desk.import_list("full.xml", xml("2026-05-30T00:00:00Z"), False)
    assert amiss(client) == []
    ended(own_desk, "failed", "nobody was there")
    assert amiss(client) == ["refresh"]
    assert "failed" in checks(client)["refresh"][1]
    ended(own_desk, "unchanged", "it is already here")
    assert amiss(client) == []


def test_a_list_that_waits_is_a_warning(
    over: Callable[[Desk], TestClient], loaded_desk: Desk
) -> None:
    client = over(loaded_desk)
    loaded_desk.import_list("full.xml", xml("2026-05-29T00:00:00Z"), False)
    short = xml("2026-05-30T00:00:00Z", dict(list(PEOPLE.items())[:1]))
    aside = loaded_desk.import_list("short.xml", short, False)
    assert aside.outcome == "quarantined"
    assert aside.sha256 is not None
    assert amiss(client) == ["quarantine"]
    assert checks(client)["quarantine"][1].startswith("1 list set aside")
    assert client.get("/readyz").json()["quarantined"] == 1
    assert "travelban_lists_quarantined 1.0" in client.get("/metrics").text
    loaded_desk.decide(aside.sha256, accept=False, because="cut off", who="a test")
    assert amiss(client) == []
    assert "travelban_lists_quarantined 0.0" in client.get("/metrics").text


def test_a_store_of_another_version_is_a_warning(
    over: Callable[[Desk], TestClient], loaded_desk: Desk
) -> None:
    client = over(loaded_desk)
    with loaded_desk.store.writing() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    assert client.get("/readyz").status_code == 200
    assert "migrations" in amiss(client)


def test_without_a_list_every_reason_is_told(
    over: Callable[[Desk], TestClient], desk: Desk
) -> None:
    body = over(desk).get("/readyz").json()
    assert [error["field"] for error in body["errors"]] == ["list", "fresh", "law"]
    assert "travelban lists import FILE" in body["detail"]


@contextmanager
def gone(desk: Desk) -> Iterator[None]:
    """While this holds, the database of a desk is not there."""
    url = desk.store.engine.url
    desk.store.engine.dispose()
    if url.get_backend_name() == "sqlite":
        at = Path(str(url.database))
        at.rename(at.with_suffix(".gone"))
        at.mkdir()  # so that no new file is made in its place
        yield
        at.rmdir()
        at.with_suffix(".gone").rename(at)
        return
    server = url.set(drivername="postgresql", database="postgres")
    with psycopg.connect(server.render_as_string(hide_password=False), autocommit=True) as admin:
        name = sql.Identifier(str(url.database))
        admin.execute(sql.SQL("ALTER DATABASE {} ALLOW_CONNECTIONS false").format(name))
        admin.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s",
            [url.database],
        )
        yield
        admin.execute(sql.SQL("ALTER DATABASE {} ALLOW_CONNECTIONS true").format(name))


def test_a_database_that_is_gone_and_comes_back(
    over: Callable[[Desk], TestClient], loaded_desk: Desk
) -> None:
    client = over(loaded_desk)
    assert client.get("/readyz").status_code == 200
    assert client.get("/metrics").status_code == 200  # which looks at keys, before they are gone
    with gone(loaded_desk):
        for _ in range(2):
            answer = client.get("/readyz")
            assert answer.status_code == 503
            assert int(answer.headers["Retry-After"]) > 0
            body = answer.json()
            assert body["type"] == "urn:travelban:problem:not-ready"
            assert [error["field"] for error in body["errors"]] == ["store"]
            assert body["detail"] == "the database cannot be reached; the log says why."
            gauges = client.get("/metrics")
            assert gauges.status_code == 200
            assert "travelban_ready 0.0" in gauges.text
            assert "travelban_lists " not in gauges.text
            assert 'status="5xx"' in gauges.text
            assert client.get("/healthz").status_code == 200
    assert client.get("/readyz").status_code == 200
    assert "travelban_ready 1.0" in client.get("/metrics").text


def test_ready_says_how_the_last_refresh_ended(
    over: Callable[[Desk], TestClient], own_desk: Desk
) -> None:
    client = over(own_desk)
    assert client.get("/readyz").json()["last_refresh"] is None
    ended(own_desk, "failed", "nobody was there")
    ended(own_desk, "unchanged", "it is already here")
    told = client.get("/readyz").json()["last_refresh"]
    assert (told["outcome"], told["words"]) == ("unchanged", "it is already here")


def ended(desk: Desk, outcome: str, words: str) -> str:
    """A run of the refresh that ended so; when."""
    at = instant_text(desk.clock())
    run = Run(run=at, began_at=at, held_by="a test", address="https://lists.example", stages=())
    with desk.store.writing() as connection:
        refreshes.take(connection, run, at, at)
        refreshes.end(
            connection,
            run,
            ended_at=at,
            outcome=refreshes.RefreshOutcome(outcome),
            words=words,
        )
    return at


# ---------------------------------------------------------------- how old the list is


@pytest.mark.parametrize("name", ANSWERED)
def test_every_v1_answer_is_json_and_says_how_old_the_list_is(
    client: TestClient, name: str
) -> None:
    answer = ANSWERED[name](client)
    assert answer.headers["Content-Type"] in ("application/json", "application/problem+json")
    assert isinstance(answer.json(), dict)
    assert int(answer.headers[AGE]) > 0
    assert answer.headers.get_list(AGE) == [answer.headers[AGE]]


@pytest.mark.parametrize("name", ANSWERED)
def test_how_old_the_list_is_stands_in_no_body(client: TestClient, name: str) -> None:
    answer = ANSWERED[name](client)
    assert answer.headers[AGE] not in answer.text
    if name != "document":
        assert "age" not in set(_keys(answer.json()))


def _keys(found: Any) -> list[str]:
    if isinstance(found, dict):
        return [*found, *(key for inner in found.values() for key in _keys(inner))]
    if isinstance(found, list):
        return [key for inner in found for key in _keys(inner)]
    return []


def test_the_age_goes_on_and_the_answer_stays(
    over: Callable[[Desk], TestClient], own_desk: Desk, clock: Clock
) -> None:
    client = over(own_desk)
    first = post(client, REPORT)
    clock.now += timedelta(days=3)
    later = post(client, REPORT)
    assert int(later.headers[AGE]) - int(first.headers[AGE]) >= 3 * 24 * 60 * 60
    assert later.content == first.content


def test_a_list_of_tomorrow_is_not_of_a_negative_age(
    over: Callable[[Desk], TestClient], own_desk: Desk, clock: Clock
) -> None:
    clock.now = datetime(2020, 1, 1, tzinfo=UTC)
    assert over(own_desk).get("/v1/regimes").headers[AGE] == "0"


def test_nothing_is_no_age(over: Callable[[Desk], TestClient], desk: Desk) -> None:
    answer = over(desk).get("/v1/regimes")
    assert (answer.status_code, answer.json()["items"]) == (200, [])
    assert AGE not in answer.headers


@pytest.mark.parametrize("url", ["/healthz", "/readyz"])
def test_only_v1_says_how_old_the_list_is(client: TestClient, url: str) -> None:
    assert AGE not in client.get(url).headers


# ---------------------------------------------------------------- every kind of problem


class Broken:
    """A desk whose store is gone, in words that are nobody else's business."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def __getattr__(self, name: str) -> Any:
        if name in ("ask", "regimes", "ready"):
            raise OSError("password=hunter2 at /var/secret/place")
        return getattr(self._desk, name)


def bearing(over: Callable[[Any], TestClient], desk: Desk, key: str) -> Response:
    """Asked over a desk with a key that opens nothing but the record."""
    made = desk.keys.create(KeyAsked(name="A. Officer", scopes=()), "a test").text
    headers = {"Authorization": f"Bearer {made if key == 'own' else key}"} if key else {}
    return over(desk).post("/v1/screenings", json=SCREENING, headers=headers)


def broken(client: TestClient, over: Callable[[Any], TestClient], desk: Desk) -> Response:
    return post(over(Broken(desk)), REPORT)


def away(client: TestClient, over: Callable[[Any], TestClient], desk: Desk) -> Response:
    with gone(desk):
        return over(desk).get("/v1/regimes")


def tight(client: TestClient, **limits: Any) -> TestClient:
    """A client of the same service behind limits that are narrower."""
    around = Seen(limited(client.app, Limits(hosts=(HOST,), **limits)), ())
    return TestClient(around, raise_server_exceptions=False)


def silent(client: TestClient) -> TestClient:
    """A client that sends the head of a request and no body."""
    around = Seen(limited(client.app, Limits(hosts=(HOST,), body_seconds=0.01)), ())

    async def never() -> Any:
        await asyncio.Event().wait()

    async def nothing_comes(scope: Any, _: Any, send: Any) -> None:
        await around(scope, never, send)

    return TestClient(nothing_comes)


def one_too_many(client: TestClient) -> Response:
    once = tight(client, requests_a_minute=1)
    assert once.get("/v1/nothing").status_code == 404
    return once.get("/v1/nothing")


def erased(client: TestClient, desk: Desk) -> Response:
    """An answer that was saved and erased since is asked for."""
    url = post(client, REPORT).headers["Location"]
    desk.erase_answer("a test", url.rpartition("/")[2])
    return client.get(url)


REACHED: dict[str, Callable[[TestClient, Callable[[Any], TestClient], Desk], Response]] = {
    "unsupported-media-type": lambda client, over, desk: client.post(
        "/v1/assessments", content=b"{}", headers={"Content-Type": "text/plain"}
    ),
    "invalid-request": lambda client, over, desk: client.get("/v1/regimes?limit=0"),
    "known-at-in-future": lambda client, over, desk: client.get(
        "/v1/regimes?known_at=2099-01-01T00:00:00Z"
    ),
    "not-json": lambda client, over, desk: client.post(
        "/v1/assessments", content=b"{", headers={"Content-Type": "application/json"}
    ),
    "too-large": lambda client, over, desk: client.post(
        "/v1/assessments", content=b" " * (MOST_BYTES + 1), headers=JSON
    ),
    "no-key": lambda client, over, desk: bearing(over, desk, ""),
    "key-refused": lambda client, over, desk: bearing(over, desk, "tb_x"),
    "scope-missing": lambda client, over, desk: bearing(over, desk, "own"),
    "too-slow": lambda client, over, desk: post(silent(client), REPORT),
    "address-too-long": lambda client, over, desk: client.get("/v1/regimes?after=" + "a" * 9000),
    "headers-too-large": lambda client, over, desk: client.get(
        "/v1/regimes", headers={"X-Long": "a" * 20_000}
    ),
    "host-not-known": lambda client, over, desk: client.get(
        "/v1/regimes", headers={"Host": "elsewhere.example"}
    ),
    "too-many-requests": lambda client, over, desk: one_too_many(client),
    "busy": lambda client, over, desk: tight(client, in_flight=0).get("/v1/regimes"),
    "took-too-long": lambda client, over, desk: tight(client, request_seconds=0).get("/v1/regimes"),
    "not-found": lambda client, over, desk: client.get("/v1/nothing"),
    "not-on-record": lambda client, over, desk: client.get("/v1/people/nobody"),
    "erased": lambda client, over, desk: erased(over(desk), desk),
    "not-newest": lambda client, over, desk: client.post(
        post(client, ARTICLE, "/v1/articles").headers["Location"].partition("?")[0] + "/reviews",
        json={**REVIEW, "article": "0" * 64},
    ),
    "method-not-allowed": lambda client, over, desk: client.delete("/v1/assessments"),
    "not-ready": lambda client, over, desk: over(desk).get("/readyz"),
    "database-unavailable": away,
    "internal-error": broken,
}


def test_every_kind_is_reached() -> None:
    assert set(REACHED) == set(KINDS)


@pytest.mark.parametrize("name", REACHED)
def test_each_kind_of_problem(
    client: TestClient,
    over: Callable[[Any], TestClient],
    empty_desk: Desk,
    name: str,
) -> None:
    answer = REACHED[name](client, over, empty_desk)
    kind = KINDS[name]
    assert answer.status_code == kind.status
    assert answer.headers["Content-Type"] == "application/problem+json"
    body = answer.json()
    assert list(body) == ["type", "title", "status", "detail", "errors", "request"]
    assert body["type"] == f"urn:travelban:problem:{name}"
    assert (body["title"], body["status"]) == (kind.title, kind.status)
    assert body["detail"]
    again = name in (
        "too-slow", "too-many-requests", "busy", "took-too-long", "not-ready",
        "database-unavailable",
    )  # fmt: skip
    assert ("Retry-After" in answer.headers) == again
    if again:
        assert int(answer.headers["Retry-After"]) > 0


def test_a_body_is_read_up_to_its_limit(client: TestClient) -> None:
    question = json.dumps(SCREENING).encode()
    whole = question + b" " * (MOST_BYTES - len(question))
    assert client.post("/v1/screenings", content=whole, headers=JSON).status_code == 200
    answer = client.post("/v1/screenings", content=whole + b" ", headers=JSON)
    assert (answer.status_code, "8 MiB" in answer.json()["detail"]) == (413, True)


def test_a_body_that_does_not_say_how_long_it_is(client: TestClient) -> None:
    pieces = (PIECE for _ in range(MOST_BYTES // len(PIECE) + 1))
    answer = client.post("/v1/screenings", content=pieces, headers=JSON)
    assert answer.json()["type"] == "urn:travelban:problem:too-large"
    assert int(answer.headers[AGE]) > 0
    small = client.post("/v1/screenings", content=iter([b'{"name": ', b'"Qasem"}']), headers=JSON)
    assert small.status_code == 200


@pytest.mark.parametrize("length", ["-1", "many", "1" * 5000])
def test_a_length_that_is_none(application: FastAPI, length: str) -> None:
    # A server refuses most of these itself; what gets through is counted.
    answer = TestClient(application).post(
        "/v1/screenings", content=b'{"name": "Qasem"}', headers={**JSON, "Content-Length": length}
    )
    assert answer.status_code == (413 if length.isdigit() else 200)


@pytest.mark.parametrize("url", ["/v1/regimes", "/readyz"])
def test_a_failure_leaks_nothing(
    over: Callable[[Any], TestClient], bundled_desk: Desk, url: str
) -> None:
    answer = over(Broken(bundled_desk)).get(url)
    assert answer.status_code == 500
    for secret in ("hunter2", "secret", "OSError", "Traceback", "app/"):
        assert secret not in answer.text


class Ageless(Broken):
    """A desk that cannot say how old its list is."""

    def __getattr__(self, name: str) -> Any:
        if name == "list_age":
            raise OSError("the store is gone")
        return getattr(self._desk, name)


def test_what_is_said_of_a_failure_is_true(
    over: Callable[[Any], TestClient], own_desk: Desk
) -> None:
    answer = post(over(Ageless(own_desk)), REPORT)
    saved = own_desk.assessments(500, None).items
    if "nothing was saved" in answer.text:
        assert saved == ()
    else:
        assert answer.json()["id"] in {line.id for line in saved}


@pytest.mark.parametrize(
    ("method", "url"),
    [
        ("GET", "/index.html"), ("GET", "/v1"), ("GET", "/v1/"), ("GET", "/v2/regimes"),
        ("GET", "/docs"), ("GET", "/redoc"), ("GET", "/openapi.json"), ("POST", "/v1/nothing"),
        ("GET", "/v1/assessments/a/b"), ("GET", "/v1/people"), ("GET", "/%2e%2e/etc/passwd"),
    ],
)  # fmt: skip
def test_nothing_at_this_address(client: TestClient, method: str, url: str) -> None:
    answer = client.request(method, url)
    assert answer.status_code == 404
    assert answer.json()["type"] == "urn:travelban:problem:not-found"


@pytest.mark.parametrize(
    ("method", "url", "allowed"),
    [
        ("PUT", "/v1/regimes", {"GET"}),
        ("DELETE", "/v1/assessments", {"GET", "POST"}),
        ("OPTIONS", "/v1/assessments", {"GET", "POST"}),
        ("GET", "/v1/screenings", {"POST"}),
        ("PATCH", "/v1/people/IRi.039", {"GET"}),
        ("GET", "/v1/assessments/a/replay", {"POST"}),
        ("POST", "/healthz", {"GET"}),
    ],
)
def test_another_method(client: TestClient, method: str, url: str, allowed: set[str]) -> None:
    answer = client.request(method, url)
    assert answer.status_code == 405
    assert answer.json()["type"] == "urn:travelban:problem:method-not-allowed"
    assert set(answer.headers["Allow"].replace(" ", "").split(",")) - {"HEAD"} == allowed


def test_the_document_names_each_problem(application: FastAPI) -> None:
    said = json.dumps(application.openapi())
    for kind in KINDS.values():
        if kind.name not in ("not-found", "method-not-allowed"):
            assert kind.title in said, kind.name
