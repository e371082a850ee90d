"""Keys over HTTP: every route without one and with each bad one, and whose name stands where."""

import logging
from collections.abc import Callable
from datetime import timedelta
from hmac import compare_digest
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.routing import APIRoute
from fastapi.testclient import TestClient
from httpx2 import Response
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

import app.keys
from app.api.examples import ARTICLE, EXEMPTION, REPORT, REVIEW, SCREENING, WITHDRAWAL
from app.api.keys import Guarded
from app.desk import Desk
from app.keys import KeyAsked, Keys
from app.store import audit, tables
from app.store import keys as rows
from app.store.keys import Scope
from tests.api.test_assessments import changed, post, refused
from tests.conftest import Clock

SCREEN, ASSESS, REVIEWS = "/v1/screenings", "/v1/assessments", "/v1/articles/{sha256}/reviews"
ANY = None
NEEDED: dict[str, Scope | None] = {
    "POST /v1/screenings": Scope.screen,
    "POST /v1/assessments": Scope.assess,
    "GET /v1/assessments": Scope.assess,
    "GET /v1/assessments/{id}": Scope.assess,
    "POST /v1/assessments/{id}/replay": Scope.assess,
    "POST /v1/articles": Scope.assess,
    "GET /v1/articles/{sha256}": Scope.assess,
    "POST /v1/articles/{sha256}/reviews": Scope.review,
    "GET /v1/audit": Scope.audit,
    "GET /v1/people/{reference}": ANY,
    "GET /v1/measures": ANY,
    "GET /v1/regimes": ANY,
    "GET /v1/regimes/{id}": ANY,
    "GET /v1/exemptions": ANY,
    "POST /v1/exemptions": Scope.record,
    "POST /v1/exemptions/{id}/withdrawal": Scope.record,
    "POST /v1/legal-statements": ANY,
    "GET /v1/changes": ANY,
    "GET /v1/changes.atom": ANY,
    "GET /v1/snapshots": ANY,
    "GET /metrics": Scope.operate,
}
"""What each route needs of a key, written down a second time: a new route is decided about here."""
UNGUARDED = {"GET /healthz", "GET /readyz"}
OTHERS = {scope: tuple(other for other in Scope if other is not scope) for scope in Scope}


@pytest.fixture
def here(over: Callable[[Desk], TestClient], loaded_desk: Desk) -> TestClient:
    """The service over what ships, on each kind of database."""
    return over(loaded_desk)


@pytest.fixture
def own(over: Callable[[Desk], TestClient], own_desk: Desk) -> TestClient:
    """The service over what ships, for tests to which the database does not matter."""
    return over(own_desk)


def key(desk: Desk, *scopes: Scope, name: str = "A. Officer", expires: str | None = None) -> str:
    """The text of a new key."""
    asked = KeyAsked(name=name, scopes=scopes, expires=expires)
    return desk.keys.create(asked, "a test").text


def revoked(desk: Desk, *scopes: Scope) -> str:
    text = key(desk, *scopes)
    desk.keys.revoke(text.split("_")[1], "a test", "a test")
    return text


def bearing(text: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {text}"}


def asked(client: TestClient, route: str, headers: dict[str, str] | None = None) -> Response:
    """Ask a route for what does not exist: whoever may ask is told so."""
    method, path = route.split(" ")
    for name in ("id", "sha256", "reference"):
        path = path.replace(f"{{{name}}}", "nobody")
    body: dict[str, Any] = {"json": {"nothing": "known"}} if method == "POST" else {}
    return client.request(method, path, headers=headers, **body)


def kind(answer: Response) -> str:
    assert answer.headers["Content-Type"] == "application/problem+json"
    return str(answer.json()["type"]).rpartition(":")[2]


# ---------------------------------------------------------------- every route


def test_every_route_is_decided_about(application: FastAPI) -> None:
    routes = {
        f"{method} {route.path}"
        for route in application.routes
        if isinstance(route, Guarded)
        for method in route.methods or ()
    }
    assert routes == {*NEEDED, *UNGUARDED}


def test_only_the_document_is_no_route_of_ours(application: FastAPI) -> None:
    others = [route for route in application.routes if not isinstance(route, APIRoute)]
    assert [getattr(route, "path", None) for route in others] == ["/v1/openapi.json"]


def test_a_route_that_says_nothing_of_keys_cannot_be_made(application: FastAPI) -> None:
    with pytest.raises(TypeError, match="/v1/new must say what it needs"):
        application.router.route_class("/v1/new", lambda: None)


@pytest.mark.parametrize("route", NEEDED)
def test_without_a_key(own: TestClient, own_desk: Desk, route: str) -> None:
    assert asked(own, route).status_code != 401
    key(own_desk)
    answer = asked(own, route)
    assert (answer.status_code, kind(answer)) == (401, "no-key")
    assert answer.headers["WWW-Authenticate"] == "Bearer"
    basic = asked(own, route, {"Authorization": "Basic dXNlcjpwYXNz"})
    without = [{**one.json(), "request": None} for one in (basic, answer)]
    assert without[0] == without[1]


@pytest.mark.parametrize("route", NEEDED)
def test_a_key_that_is_not_taken_has_one_answer(
    own: TestClient, own_desk: Desk, clock: Clock, route: str
) -> None:
    good = key(own_desk, *Scope)
    expired = key(own_desk, *Scope, expires=clock.now.date().isoformat())
    clock.now += timedelta(days=1)
    head, name, secret = good.split("_")
    bad = [
        f"{head}_{name}_{'0' * 64}", f"{head}_{'0' * 12}_{secret}", expired,
        revoked(own_desk, *Scope), good[:-1], f"{good}0", good.upper(), f"x{good}", secret, "", "é",
    ]  # fmt: skip
    answers = [
        own.request("GET", "/v1/regimes", headers=[("Authorization", f"Bearer {good}")] * 2),
        *(asked(own, route, {"Authorization": f"Bearer {text}".encode()}) for text in bad),  # type: ignore[dict-item]
    ]
    told = [(answer.status_code, answer.json()) for answer in answers]
    assert len({body.pop("request") for _, body in told}) == len(told)
    assert all(one == (401, told[0][1]) for one in told)
    assert kind(answers[0]) == "key-refused"
    assert {answer.headers["WWW-Authenticate"] for answer in answers} == {
        'Bearer error="invalid_token"'
    }
    assert asked(own, route, bearing(good)).status_code not in (401, 403)


@pytest.mark.parametrize("route", NEEDED)
def test_the_scope_decides(own: TestClient, own_desk: Desk, route: str) -> None:
    scope = NEEDED[route]
    if scope is None:
        assert asked(own, route, bearing(key(own_desk))).status_code not in (401, 403)
        return
    answer = asked(own, route, bearing(key(own_desk, *OTHERS[scope])))
    assert (answer.status_code, kind(answer)) == (403, "scope-missing")
    assert f"the scope {scope}." in answer.json()["detail"]
    assert f'scope="{scope}"' in answer.headers["WWW-Authenticate"]
    assert asked(own, route, bearing(key(own_desk, scope))).status_code not in (401, 403)


@pytest.mark.parametrize("route", sorted(UNGUARDED))
def test_who_watches_needs_no_key(own: TestClient, own_desk: Desk, route: str) -> None:
    key(own_desk)
    assert asked(own, route).status_code == 200
    assert own.get("/v1/openapi.json").status_code == 200


def test_the_document_says_what_each_route_needs(application: FastAPI) -> None:
    document = application.openapi()
    assert document["components"]["securitySchemes"]["key"]["scheme"] == "bearer"
    for route, scope in NEEDED.items():
        method, path = route.split(" ")
        operation = document["paths"][path][method.lower()]
        assert operation["security"] == [{"key": [] if scope is None else [scope]}, {}]
        assert "401" in operation["responses"]
        assert ("403" in operation["responses"]) == (scope is not None)
    for route in UNGUARDED:
        assert "security" not in document["paths"][route.split(" ")[1]]["get"]


def test_a_body_is_not_read_without_a_key(own: TestClient, own_desk: Desk) -> None:
    key(own_desk)
    answer = own.post(SCREEN, content=b"{", headers={"Content-Type": "application/json"})
    assert kind(answer) == "no-key"
    assert kind(own.get("/v1/regimes?limit=0")) == "no-key"


# ---------------------------------------------------------------- on and off


def test_keys_are_on_where_there_is_one(here: TestClient, loaded_desk: Desk) -> None:
    assert post(here, SCREENING, SCREEN).status_code == 200
    first = key(loaded_desk, Scope.screen)
    assert post(here, SCREENING, SCREEN).status_code == 401
    loaded_desk.keys.revoke(first.split("_")[1], "a test", "a test")
    assert post(here, SCREENING, SCREEN).status_code == 200
    loaded_desk.keys.require()
    assert post(here, SCREENING, SCREEN).status_code == 401
    second = key(loaded_desk, Scope.screen)
    answer = here.post(SCREEN, json=SCREENING, headers=bearing(second))
    assert answer.status_code == 200


def test_an_expired_key_does_not_open_the_door(
    own: TestClient, own_desk: Desk, clock: Clock
) -> None:
    key(own_desk, expires=clock.now.date().isoformat())
    clock.now += timedelta(days=9)
    assert own.get("/v1/regimes").status_code == 401


def test_what_another_process_does_counts_within_a_second(
    here: TestClient, loaded_desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Still:
        """A clock that stands until it is set."""

        now = loaded_desk.clock() + timedelta(hours=1)

        def __call__(self) -> Any:
            return self.now

    still = Still()
    monkeypatch.setattr(loaded_desk, "keys", Keys(loaded_desk.store, still))
    other = Keys(loaded_desk.store, still)
    assert here.get("/v1/regimes").status_code == 200
    made = other.create(KeyAsked(name="A. Officer", scopes=()), "a test")
    assert here.get("/v1/regimes").status_code == 200  # not looked at again yet
    still.now += timedelta(seconds=1)
    assert here.get("/v1/regimes").status_code == 401
    assert here.get("/v1/regimes", headers=bearing(made.text)).status_code == 200
    other.create(KeyAsked(name="B. Lawyer", scopes=()), "a test")
    other.revoke(made.key.id, "a test", "a test")
    still.now -= timedelta(hours=1)  # a clock that is set back keeps nothing alive
    assert here.get("/v1/regimes", headers=bearing(made.text)).status_code == 401


# ---------------------------------------------------------------- nothing leaks


@pytest.mark.parametrize(
    "spoilt", ["right", "wrong", "unknown", "revoked", "expired", "malformed", "empty", "long"]
)
def test_the_work_is_the_same_for_every_key(
    own: TestClient, own_desk: Desk, clock: Clock, monkeypatch: pytest.MonkeyPatch, spoilt: str
) -> None:
    expired = key(own_desk, expires=clock.now.date().isoformat())
    clock.now += timedelta(days=1)
    good = key(own_desk)
    head, name, secret = good.split("_")
    text = {
        "right": good,
        "wrong": f"{head}_{name}_{'0' * 64}",
        "unknown": f"{head}_{'0' * 12}_{secret}",
        "revoked": revoked(own_desk),
        "expired": expired,
        "malformed": "tb_x",
        "empty": "",
        "long": f"tb_{'0' * 12}_{'f' * 5000}",
    }[spoilt]
    hashed: list[int] = []
    compared: list[tuple[int, int]] = []
    hash_ = app.keys._hash

    def counted_hash(secret: str) -> str:
        hashed.append(len(secret))
        return hash_(secret)

    def counted_comparison(left: str, right: str) -> bool:
        compared.append((len(left), len(right)))
        return compare_digest(left, right)

    monkeypatch.setattr(app.keys, "_hash", counted_hash)
    monkeypatch.setattr(app.keys, "compare_digest", counted_comparison)
    answer = own.get("/v1/regimes", headers=bearing(text))
    assert answer.status_code == (200 if spoilt == "right" else 401)
    assert len(hashed) == 1
    assert hashed[0] <= 64
    assert compared == [(64, 64)]


def test_a_key_is_in_no_log_answer_or_file(
    own: TestClient,
    own_desk: Desk,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    caplog.set_level(logging.DEBUG)
    text = key(own_desk, Scope.screen, Scope.assess)
    answers = [
        own.post(ASSESS, json=REPORT, headers=bearing(text)),
        own.post(ASSESS, json={}, headers=bearing(text)),
        own.post("/v1/articles", json=ARTICLE, headers=bearing(text)),
        own.get("/metrics", headers=bearing(text)),
        own.get("/v1/nothing", headers=bearing(text)),
        own.get("/v1/regimes", headers=bearing(f"{text}0")),
    ]

    def fail(*_: object, **__: object) -> None:
        raise OSError("the store is gone")

    monkeypatch.setattr(own_desk, "ask", fail)
    answers.append(own.post(ASSESS, json=REPORT, headers=bearing(text)))
    assert [answer.status_code for answer in answers] == [201, 422, 201, 403, 404, 401, 500]
    said = "".join(f"{answer.headers}{answer.text}" for answer in answers) + caplog.text
    kept = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    secret = text.split("_")[2]
    assert secret not in said
    assert secret.encode() not in kept
    assert text.split("_")[1].encode() in kept


# ---------------------------------------------------------------- whose name


def lines(desk: Desk) -> list[tuple[str, str]]:
    """Who did what, oldest first."""
    with desk.store.reading() as connection:
        found, _ = audit.page(connection, limit=500)
    return [(one.line.who, one.line.action) for one in reversed(found)]


def test_the_audit_says_whose_key_it_was(here: TestClient, loaded_desk: Desk) -> None:
    before = len(lines(loaded_desk))
    here.headers.update(bearing(key(loaded_desk, *Scope)))
    post(here, REPORT)
    sha256 = post(here, ARTICLE, "/v1/articles").json()["document"]["sha256"]
    answer = post(here, REVIEW, REVIEWS.replace("{sha256}", sha256))
    assert answer.status_code == 201, answer.text
    name = post(here, EXEMPTION, "/v1/exemptions").json()["id"]
    post(here, WITHDRAWAL, f"/v1/exemptions/{name}/withdrawal")
    told = lines(loaded_desk)[before:]
    assert told[0] == ("a test", "keys create")
    assert {who for who, _ in told[1:]} == {"A. Officer"}
    assert {action for _, action in told[1:]} == {
        "assess", "read article", "review article", "exemption record", "exemption withdraw",
    }  # fmt: skip


@pytest.mark.parametrize("given", ["A. Officer", None, "left out"])
def test_a_name_may_be_given_or_left_out(
    here: TestClient, loaded_desk: Desk, given: str | None
) -> None:
    def body(question: dict[str, Any], field: str) -> dict[str, Any]:
        rest = {name: said for name, said in question.items() if name != field}
        return rest if given == "left out" else {**rest, field: given}

    without = post(here, EXEMPTION, "/v1/exemptions").json()
    here.headers.update(bearing(key(loaded_desk, *Scope)))
    kept = post(here, body(EXEMPTION, "recorded_by"), "/v1/exemptions")
    assert (kept.status_code, kept.json()) == (200, without)  # the same name, the same content
    back = post(
        here, body(WITHDRAWAL, "recorded_by"), f"/v1/exemptions/{kept.json()['id']}/withdrawal"
    )
    assert (back.status_code, back.json()["recorded_by"]) == (201, "A. Officer")
    sha256 = post(here, ARTICLE, "/v1/articles").json()["document"]["sha256"]
    answer = post(here, body(REVIEW, "by"), REVIEWS.replace("{sha256}", sha256))
    assert (answer.status_code, answer.json()["reviewed_by"]) == (201, ["A. Officer"])
    with loaded_desk.store.reading() as connection:
        assert connection.scalars(select(tables.article_reviews.c.reviewed_by)).all() == [
            "A. Officer"
        ]


def test_nobody_signs_for_another(own: TestClient, own_desk: Desk) -> None:
    sha256 = post(own, ARTICLE, "/v1/articles").json()["document"]["sha256"]
    name = post(own, EXEMPTION, "/v1/exemptions").json()["id"]
    own.headers.update(bearing(key(own_desk, *Scope, name="B. Lawyer")))
    reviews = REVIEWS.replace("{sha256}", sha256)
    review = {**REVIEW, "by": None}
    before = lines(own_desk)
    for question, url, field in [
        ({**EXEMPTION, "purpose": "another"}, "/v1/exemptions", "recorded_by"),
        (WITHDRAWAL, f"/v1/exemptions/{name}/withdrawal", "recorded_by"),
        (REVIEW, reviews, "by"),
        (changed(review, "added.0.claim.accepted_by", "C"), reviews, "added.0.claim.accepted_by"),
        (
            {**review, "decisions": [{"claim": "c1", "status": "accepted", "accepted_by": "C"}]},
            reviews,
            "decisions.0.accepted_by",
        ),
        (changed(REPORT, "claims.2.accepted_by", "C"), ASSESS, "claims.2.accepted_by"),
        (
            {**REPORT, "source": {"kind": "booking", "name": "x", "accepted_by": "C"}},
            ASSESS,
            "source.accepted_by",
        ),
    ]:
        assert refused(post(own, question, url), field) == "is not B. Lawyer, whose key this is"
    assert lines(own_desk) == before
    assert post(own, changed(REPORT, "claims.2.accepted_by", "B. Lawyer")).status_code == 201


def test_without_keys_the_body_says_who(own: TestClient) -> None:
    sha256 = post(own, ARTICLE, "/v1/articles").json()["document"]["sha256"]
    name = post(own, EXEMPTION, "/v1/exemptions").json()["id"]
    for question, url, field in [
        (EXEMPTION, "/v1/exemptions", "recorded_by"),
        (WITHDRAWAL, f"/v1/exemptions/{name}/withdrawal", "recorded_by"),
        (REVIEW, REVIEWS.replace("{sha256}", sha256), "by"),
    ]:
        assert refused(post(own, {**question, field: None}, url), field) == "is missing"
    assert post(own, changed(REPORT, "claims.2.accepted_by", "anybody")).status_code == 201


# ---------------------------------------------------------------- last used


def test_the_last_use_is_noted_once_a_minute(
    here: TestClient, loaded_desk: Desk, clock: Clock
) -> None:
    def used() -> str | None:
        (only,) = loaded_desk.keys.every()
        return only.used_at

    text = key(loaded_desk)
    assert used() is None
    here.get("/v1/regimes", headers=bearing(f"{text[:-64]}{'0' * 64}"))
    assert used() is None
    here.get("/v1/regimes", headers=bearing(text))
    first = used()
    assert first is not None
    here.get("/v1/regimes", headers=bearing(text))
    assert used() == first
    clock.now += timedelta(minutes=2)
    assert here.get("/metrics", headers=bearing(text)).status_code == 403
    later = used()
    assert later is not None
    assert later > first


def test_a_use_that_cannot_be_noted_stops_nothing(
    own: TestClient,
    own_desk: Desk,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    def fail(*_: object) -> None:
        raise OperationalError("INSERT", {}, OSError("the disk is full"))

    text = key(own_desk)
    monkeypatch.setattr(rows, "note_use", fail)
    assert own.get("/v1/regimes", headers=bearing(text)).status_code == 200
    assert "the use of a key could not be noted" in caplog.text
    assert own_desk.keys.every()[0].used_at is None
