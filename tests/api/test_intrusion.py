"""Hostile texts in every field, path, query and cursor of every route, on each database.

Nothing asked here may change what is on record, get into a header, reach the network or be a
failure of the service. Routes and fields are taken from the document, so that new ones are asked
by themselves. What else is tried, and where:

- every route without a key, with a wrong, expired, revoked and wrong-scope key: test_keys.py;
  the work for each of them: there too; its time: tests/soak/timing.py
- JSON of depth 10,000, numbers without end, fields given twice, NUL, half characters:
  test_limits.py
- slow and oversized bodies, heads and addresses, bytes that are no HTTP: test_over_sockets.py
- lines and control characters in the log: test_log.py; in a terminal: tests/test_cli.py
- requests at random, from the document: test_schemathesis.py, with a key in the soak
- lists with entities, document types, bombs: tests/lists/test_un_xml.py; sources that redirect
  to other hosts, loopback or another scheme, or send without end: tests/jobs/
"""

import copy
import gzip
import json
import socket
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import quote

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from httpx2 import Response
from sqlalchemy import inspect, select, text

from app.api.examples import SCREENING
from app.desk import Desk
from app.store import facts, tables
from app.store.paging import cursor

MARK = "Set-Cookie"
SQL = "'; DROP TABLE audit; DELETE FROM assessments; --\" OR '1'='1' \\ %s :x $1 ? %00 ${x} {0}"
HEADER = f"../../../etc/passwd\r\n{MARK}: a=b\r\n\r\n<script>\x1b[2J\u202e\u2028"
ADDRESS = "http://169.254.169.254/latest/meta-data/"
JSON_TYPE = {"Content-Type": "application/json"}
MAY_GROW = {
    tables.audit, tables.audit_links, tables.audit_questions, tables.assessments,
    tables.assessment_references, tables.articles, tables.article_reviews, tables.documents,
    tables.exemptions,
}  # fmt: skip


@pytest.fixture
def no_network(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Whatever tries to find or reach another machine; the database is asked by its driver."""
    tried: list[object] = []

    def refuse(*given: object, **_: object) -> None:
        tried.append(given)
        raise OSError("no network in this test")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)
    return tried


def bodies(example: Any, text_: str) -> Iterator[Any]:
    """An example with one text of it exchanged, each in turn, and with one name of a field."""

    def places(node: Any, path: tuple[Any, ...]) -> Iterator[tuple[Any, ...]]:
        if isinstance(node, dict):
            for name, item in node.items():
                yield from places(item, (*path, name))
        elif isinstance(node, list) and node:
            yield from places(node[0], (*path, 0))
        elif node is None or isinstance(node, str):
            yield path

    for path in places(example, ()):
        changed = copy.deepcopy(example)
        node = changed
        for part in path[:-1]:
            node = node[part]
        node[path[-1]] = text_
        yield changed
    if isinstance(example, dict):
        yield {**example, text_: text_}


def optional(document: dict[str, Any], route: dict[str, Any], example: Any) -> Any:
    """An example with every field that its form has and that may be a text."""
    schema = route["requestBody"]["content"]["application/json"]["schema"]
    found = json.dumps(schema).partition("#/components/schemas/")[2].partition('"')[0]
    fields = document["components"]["schemas"].get(found, {}).get("properties", {})
    if not isinstance(example, dict):
        return example
    return {**{name: None for name, form in fields.items() if "string" in str(form)}, **example}


def asked(document: dict[str, Any], client: TestClient, hostile: str) -> Iterator[Response]:
    """Every route with a hostile text in each place that takes one."""
    bent = quote(hostile, safe="")
    for path, methods in document["paths"].items():
        for method, route in methods.items():
            content = route.get("requestBody", {}).get("content", {}).get("application/json", {})
            examples = [item["value"] for item in content.get("examples", {}).values()][:1]
            url = path
            for name in ("id", "sha256", "reference"):
                url = url.replace(f"{{{name}}}", bent)
            body = {"json": examples[0]} if examples else {}
            yield client.request(method, url, **body)
            for given in route.get("parameters", ()):
                if given["in"] == "query":
                    yield client.request(method, f"{url}?{given['name']}={bent}", **body)
                elif given["in"] == "header":
                    sent = {given["name"]: hostile.encode("utf-8")}
                    yield client.request(method, url, headers=sent, **body)
            yield client.request(method, f"{url}?{bent}={bent}", **body)
            if "{" in path:
                continue  # what the address names is not here, so the body is not looked at
            for example in examples:
                for one in bodies(optional(document, route, example), hostile):
                    yield client.request(method, url, json=one)


def everything(store: facts.Store) -> tuple[Any, dict[str, list[Any]]]:
    """The form of the store, and its rows."""
    with store.reading() as connection:
        look = inspect(connection)
        form = {
            name: [(item["name"], str(item["type"])) for item in look.get_columns(name)]
            for name in look.get_table_names()
        }
        rows = {
            name: [tuple(row) for row in connection.execute(select(table))]
            for name, table in tables.metadata.tables.items()
        }
        if connection.dialect.name == "sqlite":
            asked = "SELECT name FROM sqlite_master ORDER BY name"
        else:
            asked = "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal ORDER BY tgname"
        return (form, list(connection.scalars(text(asked)))), rows


def does_nothing(
    document: dict[str, Any], client: TestClient, desk: Desk, hostile: str, tried: list[object]
) -> None:
    """See that a hostile text in any place of any route does nothing."""
    form, before = everything(desk.store)
    seen: set[int] = set()
    many = 0
    for answer in asked(document, client, hostile):
        seen.add(answer.status_code)
        many += 1
        assert answer.status_code < 500, (answer.request.method, answer.request.url, answer.text)
        assert "root:" not in answer.text
        for name, value in answer.headers.items():
            assert value.isprintable(), (name, value)
            assert MARK.casefold() not in f"{name} {value}".casefold()
    assert many > 150
    assert seen >= {200, 404, 422}
    assert tried == []
    after_form, after = everything(desk.store)
    assert after_form == form
    for name, table in tables.metadata.tables.items():
        if table in MAY_GROW:
            assert set(before[name]) <= set(after[name]), name
        else:
            assert before[name] == after[name], name
    assert desk.verify_audit().findings == ()


def test_no_statement_in_any_place_reaches_the_database(
    application: FastAPI,
    over: Callable[[Desk], TestClient],
    loaded_desk: Desk,
    no_network: list[object],
) -> None:
    client = over(loaded_desk)
    does_nothing(application.openapi(), client, loaded_desk, SQL, no_network)


@pytest.mark.parametrize("hostile", [HEADER, ADDRESS], ids=["header and path", "address"])
def test_no_text_in_any_place_gets_into_a_header_a_file_or_the_network(
    application: FastAPI,
    over: Callable[[Desk], TestClient],
    own_desk: Desk,
    no_network: list[object],
    hostile: str,
) -> None:
    does_nothing(application.openapi(), over(own_desk), own_desk, hostile, no_network)


def test_no_cursor_that_somebody_made_does_anything(
    application: FastAPI, over: Callable[[Desk], TestClient], loaded_desk: Desk
) -> None:
    client = over(loaded_desk)
    before = everything(loaded_desk.store)
    pages = [
        path
        for path, methods in application.openapi()["paths"].items()
        if any(given["name"] == "after" for given in methods.get("get", {}).get("parameters", ()))
    ]
    assert len(pages) >= 6
    for path in pages:
        for place in ((SQL,), (SQL, SQL), (SQL, 1), (1, SQL), (-1,), (2**70,)):
            answer = client.get(path, params={"after": cursor(*place)[:500], "limit": 1})
            assert answer.status_code in (200, 422), (path, place, answer.text)
    assert everything(loaded_desk.store) == before


@pytest.mark.parametrize("hostile", ["' OR '1'='1", "%", "_" * 64, "*", "f" * 63 + "'"])
def test_a_name_that_would_match_anything_finds_nothing(
    over: Callable[[Desk], TestClient], loaded_desk: Desk, hostile: str
) -> None:
    client = over(loaded_desk)
    bent = quote(hostile, safe="")
    for path in ("people", "assessments", "articles", "regimes"):
        assert client.get(f"/v1/{path}/{bent}").status_code in (404, 422)
    for path in ("measures", "changes"):
        assert client.get(f"/v1/{path}?reference={bent}").status_code == 422


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br", "gzip, gzip"])
def test_a_body_that_is_packed_is_never_unpacked(client: TestClient, coding: str) -> None:
    # A few kB that would be 100 MB: they are read as they are, and are no JSON.
    bomb = gzip.compress(b" " * 100_000_000, 9) if coding == "gzip" else gzip.compress(b"{}")
    answer = client.post(
        "/v1/screenings", content=bomb, headers={**JSON_TYPE, "Content-Encoding": coding}
    )
    assert answer.status_code == 400
    assert answer.json()["type"] == "urn:travelban:problem:not-json"
    plain = json.dumps(SCREENING).encode()
    taken = client.post(
        "/v1/screenings", content=plain, headers={**JSON_TYPE, "Content-Encoding": coding}
    )
    assert taken.status_code == 200


PAGE = """<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]>
<html><head><base href="http://169.254.169.254/"><meta http-equiv="refresh" content="0;url=http:
//169.254.169.254/"><link rel="stylesheet" href="//169.254.169.254/a.css"></head><body><article>
<p>Qasem Soleimani flew to Moscow on July 24, an official said. &x;</p>
<img src="http://169.254.169.254/a.png"><iframe src="http://169.254.169.254/"></iframe>
<script src="http://169.254.169.254/a.js"></script></article></body></html>"""


@pytest.mark.parametrize(
    "url", ["http://169.254.169.254/latest", "file:///etc/passwd", "gopher://a"]
)
def test_no_article_makes_the_service_fetch(
    over: Callable[[Desk], TestClient], own_desk: Desk, no_network: list[object], url: str
) -> None:
    client = over(own_desk)
    for given in ({"html": PAGE}, {"text": "Qasem Soleimani flew to Moscow."}):
        body = {**given, "published_on": "2015-08-15", "url": url}
        answer = client.post("/v1/articles", json=body)
        assert answer.status_code in (201, 422), answer.text
        assert "root:" not in answer.text
    assert no_network == []
