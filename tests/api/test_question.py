"""Bodies of questions: read here or by FastAPI, known again or not, the answer is the same."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response

from app.api import question
from app.api.examples import ARTICLE, REPORT, SCREENING, SCREENINGS, STATEMENT
from app.api.question import JSON, LONGEST_KEPT
from app.desk import Desk
from app.store.keys import Scope
from tests.api.test_assessments import changed
from tests.api.test_keys import bearing, key

FASTAPIS = f"{JSON}; charset=utf-8"
"""With this one, FastAPI reads the body."""
SCREEN, ASSESS = "/v1/screenings", "/v1/assessments"


@pytest.fixture
def own(over: Callable[[Desk], TestClient], own_desk: Desk) -> TestClient:
    """The service over what ships."""
    return over(own_desk)


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """The bodies that were read here, or for FastAPI, one after the other."""
    bodies: list[bytes] = []
    fields = question._fields

    def counted(body: bytes) -> Any:
        bodies.append(body)
        return fields(body)

    monkeypatch.setattr(question, "_fields", counted)
    return bodies


def sent(
    client: TestClient, path: str, body: bytes, kind: str = JSON, bears: str | None = None
) -> Response:
    headers = {"Content-Type": kind, **({} if bears is None else bearing(bears))}
    return client.post(path, content=body, headers=headers)


def told(answer: Response) -> tuple[int, Any]:
    """What an answer says, but for the request that it is to."""
    body = answer.json()
    return answer.status_code, {**body, "request": None} if isinstance(body, dict) else body


GOOD = {
    "a name": (SCREEN, SCREENING),
    "names": (SCREEN, SCREENINGS),
    "a report": (ASSESS, REPORT),
    "a text": ("/v1/articles", ARTICLE),
    "a statement": ("/v1/legal-statements", STATEMENT),
}
BAD = {
    "nothing": b"",
    "null": b"null",
    "no name": b"{}",
    "half of it": b'{"name": ',
    "a field twice": b'{"name": "Qasem Soleimani", "name": "Nobody"}',
    "an unknown field": b'{"name": "Qasem Soleimani", "nothing": 1}',
    "no list of any": b"[]",
    "one of two": b'[{"name": "Qasem Soleimani"}, {"name": ""}]',
    "no UTF-8": b'{"name": "\xff"}',
    "deep": b"[" * 5000,
    "long": json.dumps({"name": "Qasem Soleimani" * 5000}).encode(),
    "in the future": b'{"name": "Qasem Soleimani", "known_at": "2199-01-01T00:00:00Z"}',
}


@pytest.mark.parametrize("which", GOOD)
def test_a_question_that_came_before_is_not_read_again(
    own: TestClient, read: list[bytes], which: str
) -> None:
    path, asked = GOOD[which]
    body = json.dumps(asked, indent=7).encode()  # as no other test sends it: they share the service
    first = sent(own, path, body)
    assert first.status_code in (200, 201), first.text
    assert read == [body]
    again = sent(own, path, body)
    assert read == [body]
    by_fastapi = sent(own, path, body, FASTAPIS)
    assert read == [body, body]
    assert first.content == again.content == by_fastapi.content
    assert again.status_code == by_fastapi.status_code == 200
    assert again.headers["Content-Type"] == by_fastapi.headers["Content-Type"]


@pytest.mark.parametrize("which", BAD)
def test_what_is_amiss_is_told_as_fastapi_tells_it(own: TestClient, which: str) -> None:
    body = BAD[which]
    found = told(sent(own, SCREEN, body))
    assert found[0] >= 400
    assert found == told(sent(own, SCREEN, body, FASTAPIS)) == told(sent(own, SCREEN, body))


def test_a_long_question_is_answered_and_not_kept(own: TestClient, read: list[bytes]) -> None:
    body = json.dumps(REPORT).encode() + b" " * LONGEST_KEPT
    assert [sent(own, ASSESS, body).status_code for _ in "ab"] == [201, 200]
    assert read == [body, body]


def test_another_content_type_is_refused_for_a_body_that_is_known(own: TestClient) -> None:
    body = json.dumps(SCREENING).encode()
    assert sent(own, SCREEN, body).status_code == 200
    assert sent(own, SCREEN, body, "text/plain").status_code == 415


def test_a_body_of_one_route_is_not_known_to_another(own: TestClient) -> None:
    body = json.dumps(SCREENING).encode()
    assert sent(own, SCREEN, body).status_code == 200
    assert sent(own, ASSESS, body).status_code == 422


def test_whoever_sends_a_known_body_needs_a_key_and_is_named(
    own: TestClient, own_desk: Desk
) -> None:
    one, another = (key(own_desk, Scope.assess, name=name) for name in ("One", "Another"))
    screener = key(own_desk, Scope.screen)
    body = json.dumps(REPORT).encode()
    assert [sent(own, ASSESS, body, bears=who).status_code for who in (one, another)] == [201, 200]
    assert [shown.line.who for shown in own_desk.audit_since(None)][-2:] == ["One", "Another"]
    assert sent(own, ASSESS, body).status_code == 401
    assert sent(own, ASSESS, body, bears=f"{one}0").status_code == 401
    assert sent(own, ASSESS, body, bears=screener).status_code == 403


def test_who_accepted_a_document_is_held_to_the_key_each_time(
    own: TestClient, own_desk: Desk
) -> None:
    one, another = (key(own_desk, Scope.assess, name=name) for name in ("One", "Another"))
    body = json.dumps(changed(REPORT, "claims.2.accepted_by", "One")).encode()
    assert sent(own, ASSESS, body, bears=one).status_code == 201
    assert sent(own, ASSESS, body, bears=another).status_code == 422
