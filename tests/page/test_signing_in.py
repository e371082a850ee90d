"""Who may look at which page, how one signs in, and forms from elsewhere."""

import pytest
from fastapi import FastAPI
from fastapi.routing import APIRoute

from app.api.keys import Guarded
from app.desk import Desk
from app.keys import KeyAsked
from app.page.routing import OPEN
from app.page.visitor import COOKIE, LASTS
from app.store.keys import Scope
from tests.conftest import Clock
from tests.page.conftest import ORIGIN, Visitor

ANY = None
NEEDED: dict[str, Scope | None] = {
    "GET /": Scope.assess,
    "POST /": Scope.assess,
    "GET /journey": Scope.assess,
    "POST /journey": Scope.assess,
    "GET /assessments/{id}": Scope.assess,
    "GET /assessments/{id}.json": Scope.assess,
    "GET /assessments/{id}/print": Scope.assess,
    "GET /history": Scope.assess,
    "GET /screen": Scope.screen,
    "POST /screen": Scope.screen,
    "GET /changes": ANY,
    "GET /lists": ANY,
    "GET /lists/{sha256}": ANY,
    "POST /lists/{sha256}/accept": Scope.operate,
    "POST /lists/{sha256}/reject": Scope.operate,
    "GET /people": ANY,
    "GET /people/{reference}": ANY,
    "GET /people/{reference}/json": ANY,
    "GET /articles/{sha256}": Scope.assess,
    "POST /articles/{sha256}/reviews": Scope.review,
}
"""What each page needs of a key, written down a second time: a new page is decided about here."""


def page_routes(application: FastAPI) -> dict[str, APIRoute]:
    return {
        f"{method} {route.path}": route
        for route in application.routes
        if isinstance(route, APIRoute) and not isinstance(route, Guarded)
        for method in route.methods or ()
    }


def key(desk: Desk, *scopes: Scope, name: str = "A. Officer") -> str:
    return desk.keys.create(KeyAsked(name=name, scopes=scopes), "a test").text


def test_every_page_is_decided_about(application: FastAPI) -> None:
    found = page_routes(application)
    closed = {name: route for name, route in found.items() if route.path not in OPEN}
    assert {name: getattr(route, "needs", "") for name, route in closed.items()} == NEEDED
    assert {route.path for route in found.values()} >= set(OPEN)


@pytest.mark.parametrize("page", NEEDED)
def test_without_signing_in_every_page_leads_to_it(own: Visitor, own_desk: Desk, page: str) -> None:
    key(own_desk, *Scope)
    method, path = page.split(" ")
    answer = own.client.request(method, path.replace("{id}", "nobody"))
    assert answer.status_code == 303
    assert answer.headers["Location"].startswith("/sign-in")


@pytest.mark.parametrize("page", [name for name, scope in NEEDED.items() if scope])
def test_a_key_without_the_scope_opens_it_not(own: Visitor, own_desk: Desk, page: str) -> None:
    others = [scope for scope in Scope if scope is not NEEDED[page]]
    sign_in(own, key(own_desk, *others))
    method, path = page.split(" ")
    answer = own.client.request(method, path.replace("{id}", "nobody"))
    assert answer.status_code == 403
    assert f"the scope {NEEDED[page]}" in answer.text


def sign_in(visitor: Visitor, text: str) -> None:
    visitor.open("/sign-in")
    answer = visitor.send("/sign-in", key=text)
    assert answer.status_code == 303
    _bear(visitor)


def _bear(visitor: Visitor) -> None:
    """A browser sends such a cookie to its own machine; the client of tests over HTTPS alone."""
    said = visitor.page.headers["Set-Cookie"] if visitor.page else ""
    visitor.client.headers["Cookie"] = said.partition(";")[0]


def test_signed_in_one_gets_where_one_wanted_to(own: Visitor, own_desk: Desk) -> None:
    text = key(own_desk, Scope.assess)
    own.open("/journey?example=1")
    page = own.follow()
    assert page.status_code == 200
    answer = own.send("/sign-in", key=text)
    assert answer.headers["Location"] == "/journey?example=1"
    said = answer.headers["Set-Cookie"].casefold()
    assert said.startswith(f"{COOKIE}=".casefold())
    for word in ("httponly", "secure", "samesite=strict", "path=/"):
        assert word in said
    assert text not in answer.headers["Set-Cookie"]
    _bear(own)
    page = own.follow()
    assert page.status_code == 200
    assert "Signed in as A. Officer" in page.text
    lines = [shown.line for shown in own_desk.audit_since(None)]
    assert (lines[-1].who, lines[-1].action) == ("A. Officer", "page sign in")


def test_a_session_ends(own: Visitor, own_desk: Desk, clock: Clock) -> None:
    sign_in(own, key(own_desk, Scope.assess))
    assert own.open("/journey").status_code == 200
    clock.now += LASTS
    assert own.open("/journey").status_code == 303


def test_a_session_ends_with_its_key(own: Visitor, own_desk: Desk) -> None:
    text = key(own_desk, Scope.assess)
    key(own_desk, Scope.assess, name="Another")
    sign_in(own, text)
    own_desk.keys.revoke(text.split("_")[1], "lost", "a test")
    assert own.open("/journey").status_code == 303


def test_whoever_signs_out_is_out(own: Visitor, own_desk: Desk) -> None:
    sign_in(own, key(own_desk, Scope.assess))
    own.open("/journey")
    assert own.send("/sign-out").headers["Location"] == "/sign-in"
    assert own.open("/journey").status_code == 303


@pytest.mark.parametrize("text", ["", "tb_0_0", "é", "x" * 5000])
def test_a_wrong_key_is_told(own: Visitor, own_desk: Desk, text: str) -> None:
    key(own_desk, Scope.assess)
    own.open("/sign-in")
    answer = own.send("/sign-in", key=text)
    assert answer.status_code == 422
    assert "This key is not taken" in answer.text
    assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize(
    "next_page", ["//evil.example", "https://evil.example", "/\\evil.example", "/\r\nX: y", ""]
)
def test_one_is_led_nowhere_else(own: Visitor, own_desk: Desk, next_page: str) -> None:
    text = key(own_desk, Scope.assess)
    own.open("/sign-in")
    answer = own.send("/sign-in", key=text, next=next_page)
    assert answer.headers["Location"] == "/"


@pytest.mark.parametrize(
    ("headers", "taken"),
    [
        ({"Sec-Fetch-Site": "same-origin"}, True),
        ({"Sec-Fetch-Site": "none"}, True),
        ({"Sec-Fetch-Site": "same-site"}, False),
        ({"Sec-Fetch-Site": "cross-site"}, False),
        ({"Origin": ORIGIN}, True),
        ({"Origin": "http://evil.example"}, False),
        ({"Origin": "null"}, False),
        ({"Origin": ""}, False),
        ({"Sec-Fetch-Site": "cross-site", "Origin": ORIGIN}, False),
    ],
)
def test_forms_from_elsewhere(here: Visitor, headers: dict[str, str], taken: bool) -> None:
    here.client.headers.pop("Origin")
    answer = here.client.post("/journey", data={"more": "legs"}, headers=headers)
    assert (answer.status_code == 403) is not taken
