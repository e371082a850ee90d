"""The id of a request: the caller's or a new one, on every answer, and in no answer's body."""

import re
import threading
from collections.abc import Callable
from typing import Any

import pytest
from fastapi.testclient import TestClient

from app.api.examples import ARTICLE, REPORT, SCREENING
from app.api.request_id import ID, chosen
from app.api.seen import Seen, Told
from app.desk import Desk
from tests.api.test_assessments import post
from tests.api.test_service import ANSWERED, REACHED

ID_HEADER = "X-Request-ID"
NEW = re.compile(r"[0-9a-f]{32}")


@pytest.mark.parametrize("given", ["a", "A-1_b.2", "0" * 64, "...", "-"])
def test_a_given_id_is_taken(client: TestClient, given: str) -> None:
    answer = client.get("/v1/nothing", headers={ID_HEADER: given})
    assert answer.headers[ID_HEADER] == given
    assert answer.json()["request"] == given


@pytest.mark.parametrize(
    "given",
    [
        b"", b"0" * 65, b"a b", b"a\nb", b"a\r\nSet-Cookie: x=1", b"a\x00", b"\x1b[31m", b"a;b",
        b"<a>", b'"a"', "ä".encode(), b"a\n", b" a", b"%0a",
    ],
)  # fmt: skip
def test_what_is_no_id_is_replaced(given: bytes) -> None:
    assert NEW.fullmatch(chosen([(b"host", b"a"), (b"x-request-id", given)]))


def test_two_ids_are_none() -> None:
    assert NEW.fullmatch(chosen([(b"x-request-id", b"a"), (b"x-request-id", b"b")]))


def test_new_ids_differ_and_sort_by_time() -> None:
    made = [chosen([]) for _ in range(1000)]
    assert len(set(made)) == 1000
    moments = [each[:12] for each in made]
    assert moments == sorted(moments)


@pytest.mark.parametrize("name", ANSWERED)
def test_every_answer_has_one(client: TestClient, name: str) -> None:
    answer = ANSWERED[name](client)
    (given,) = answer.headers.get_list(ID_HEADER)
    assert NEW.fullmatch(given)


@pytest.mark.parametrize("url", ["/healthz", "/readyz", "/metrics", "/"])
def test_so_has_every_other(client: TestClient, url: str) -> None:
    assert NEW.fullmatch(client.get(url).headers[ID_HEADER])


@pytest.mark.parametrize("name", REACHED)
def test_every_problem_says_which_request_it_is_of(
    client: TestClient, over: Callable[[Any], TestClient], empty_desk: Desk, name: str
) -> None:
    answer = REACHED[name](client, over, empty_desk)
    assert answer.json()["request"] == answer.headers[ID_HEADER]


def test_the_same_question_has_the_same_bytes(client: TestClient) -> None:
    for path, question in (
        ("/v1/assessments", REPORT),
        ("/v1/articles", ARTICLE),
        ("/v1/screenings", SCREENING),
    ):
        first = client.post(path, json=question, headers={ID_HEADER: "the-first"})
        second = client.post(path, json=question, headers={ID_HEADER: "the-second"})
        assert first.content == second.content
        assert b"the-first" not in first.content
        assert first.headers[ID_HEADER] != second.headers[ID_HEADER]
    saved = post(client, REPORT).headers["Location"]
    found = client.get(saved, headers={ID_HEADER: "the-third"})
    assert found.content == post(client, REPORT).content
    assert found.headers["ETag"] == post(client, REPORT).headers["ETag"]


def test_requests_at_the_same_time_keep_theirs_apart(client: TestClient) -> None:
    wrong: list[str] = []

    def ask(name: str) -> None:
        for number in range(10):
            given = f"{name}-{number}"
            answer = client.get("/v1/people/nobody", headers={ID_HEADER: given})
            if not answer.headers[ID_HEADER] == answer.json()["request"] == given:
                wrong.append(given)

    threads = [threading.Thread(target=ask, args=(f"caller{number}",)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


# ---------------------------------------------------------------- what is told of a request


def through(app: Any, scope: dict[str, Any] | None = None) -> tuple[list[Told], list[Any]]:
    """What is told of a request to an application, and what was sent."""
    told: list[Told] = []
    sent: list[Any] = []

    async def receive() -> Any:
        return {"type": "http.request"}

    async def send(message: Any) -> None:
        sent.append(message)

    asked = {"type": "http", "method": "GET", "path": "/", "headers": [], **(scope or {})}
    run = Seen(app, [told.append])(asked, receive, send)
    try:
        while True:
            run.send(None)
    except StopIteration:
        return told, sent


async def _answers(scope: Any, receive: Any, send: Any) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": [(b"a", b"b")]})
    await send({"type": "http.response.body", "body": b"12345", "more_body": True})
    await send({"type": "http.response.body", "body": b"678"})


def test_what_is_told() -> None:
    (told,), sent = through(_answers, {"headers": [(b"x-request-id", b"mine")]})
    assert (told.request, told.method, told.route) == ("mine", "GET", "none")
    assert (told.status, told.size, told.key) == (200, 8, None)
    assert 0 <= told.seconds < 60
    assert sent[0]["headers"] == [(b"a", b"b"), (b"x-request-id", b"mine")]


class Key:
    name = "border post 7"


@pytest.mark.parametrize("key", [Key(), "border post 7"])
def test_whose_key_it_was_is_told(key: Any) -> None:
    async def checked(scope: Any, receive: Any, send: Any) -> None:
        scope["state"]["key"] = key
        await _answers(scope, receive, send)

    (told,), _ = through(checked)
    assert told.key == "border post 7"


def test_another_method_has_one_name() -> None:
    (told,), _ = through(_answers, {"method": "PROPFIND\n"})
    assert told.method == "OTHER"


def test_a_failure_is_a_problem_and_told() -> None:
    async def fails(scope: Any, receive: Any, send: Any) -> None:
        raise RuntimeError("Qasem")

    (told,), sent = through(fails)
    assert told.status == sent[0]["status"] == 500
    assert (b"x-request-id", told.request.encode()) in sent[0]["headers"]
    assert b"Qasem" not in sent[1]["body"]


def test_half_an_answer_is_broken_off_by_the_server() -> None:
    told: list[Told] = []

    async def fails(scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        raise RuntimeError("in the middle")

    async def send(message: Any) -> None:
        pass

    scope = {"type": "http", "method": "GET", "path": "/", "headers": []}
    run = Seen(fails, [told.append])(scope, None, send)
    with pytest.raises(RuntimeError, match="in the middle"):
        run.send(None)
    assert [each.status for each in told] == [200]


def test_a_caller_who_left_is_told_without_a_status() -> None:
    async def nothing(scope: Any, receive: Any, send: Any) -> None:
        pass

    (told,), sent = through(nothing)
    assert (told.status, told.size, sent) == (0, 0, [])


def test_what_is_no_request_is_handed_on() -> None:
    told, _ = through(_answers, {"type": "websocket"})
    assert told == []


def test_outside_of_a_request_there_is_no_id() -> None:
    found: list[str] = []
    thread = threading.Thread(target=lambda: found.append(ID.get()))
    thread.start()
    thread.join()
    assert found == [""]
