"""The OpenAPI document: committed, its examples true, its schemas strict."""

import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from app.api.examples import ARTICLE, EXEMPTION
from app.desk import Desk

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "scripts"))

import openapi  # noqa: E402 - the script that writes the document

COMMITTED = ROOT / "openapi.json"
DOCUMENT: dict[str, Any] = json.loads(COMMITTED.read_text(encoding="utf-8"))
SCHEMAS: dict[str, Any] = DOCUMENT["components"]["schemas"]
IN_PATH = {"reference": "IRi.039"}


def operations() -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, item in DOCUMENT["paths"].items():
        for method, operation in item.items():
            yield method, path, operation


def reached(found: Any) -> set[str]:
    """Names of the schemas that a part of the document leads to."""
    names: set[str] = set()
    waiting = [found]
    while waiting:
        part = waiting.pop()
        if isinstance(part, list):
            waiting += part
        elif isinstance(part, dict):
            name = str(part.get("$ref", "")).removeprefix("#/components/schemas/")
            if name and name not in names:
                names.add(name)
                waiting.append(SCHEMAS[name])
            waiting += part.values()
    return names


ASKED = sorted(reached([operation.get("requestBody") for _, _, operation in operations()]))
ANSWERED = sorted(reached([operation["responses"] for _, _, operation in operations()]))
EXAMPLES = [
    pytest.param(method, path, example["value"], id=f"{path} {name}")
    for method, path, operation in operations()
    for name, example in operation.get("requestBody", {})
    .get("content", {})
    .get("application/json", {})
    .get("examples", {})
    .items()
]


def test_the_document_is_committed_as_it_is(application: FastAPI) -> None:
    assert COMMITTED.read_text(encoding="utf-8") == openapi.text(application), "run: make openapi"


def test_the_document_is_served(client: TestClient) -> None:
    assert client.get("/v1/openapi.json").json() == DOCUMENT


def test_the_routes_of_the_contract() -> None:
    assert {f"{method.upper()} {path}" for method, path, _ in operations()} >= {
        "POST /v1/screenings", "POST /v1/assessments", "GET /v1/assessments",
        "GET /v1/assessments/{id}", "POST /v1/assessments/{id}/replay",
        "GET /v1/people/{reference}", "GET /v1/measures", "GET /v1/regimes",
        "POST /v1/legal-statements", "GET /v1/snapshots", "GET /v1/changes",
        "GET /v1/changes.atom", "GET /v1/exemptions", "POST /v1/exemptions",
        "POST /v1/exemptions/{id}/withdrawal", "POST /v1/articles", "GET /v1/articles/{sha256}",
        "POST /v1/articles/{sha256}/reviews", "GET /healthz", "GET /readyz",
    }  # fmt: skip


def test_every_body_has_an_example() -> None:
    asked = {path for _, path, operation in operations() if "requestBody" in operation}
    assert {param.values[1] for param in EXAMPLES} == asked


@pytest.mark.parametrize(("method", "path", "value"), EXAMPLES)
def test_examples_are_answered(
    over: Callable[[Desk], TestClient], own_desk: Desk, method: str, path: str, value: Any
) -> None:
    client = over(own_desk)
    if "{id}" in path:
        path = path.replace("{id}", client.post("/v1/exemptions", json=EXEMPTION).json()["id"])
    if "{sha256}" in path:
        sha256 = client.post("/v1/articles", json=ARTICLE).json()["document"]["sha256"]
        path = path.replace("{sha256}", sha256)
    answer = client.request(method, path, json=value)
    assert 200 <= answer.status_code < 300, answer.text


@pytest.mark.parametrize(
    ("method", "path", "operation"),
    [
        pytest.param(method, path, operation, id=f"{method} {path}")
        for method, path, operation in operations()
        if operation.get("parameters") and "requestBody" not in operation
    ],
)
def test_examples_of_parameters_are_answered(
    client: TestClient, method: str, path: str, operation: dict[str, Any]
) -> None:
    given = {}
    for parameter in operation["parameters"]:
        assert parameter["in"] in ("path", "query", "header")
        schema = parameter["schema"]
        kinds = [schema, *schema.get("anyOf", [])]
        example = next((kind["examples"][0] for kind in kinds if kind.get("examples")), None)
        if parameter["in"] == "path":
            path = path.replace(f"{{{parameter['name']}}}", example or "nobody")
        elif parameter["in"] == "query" and example and parameter["name"] != "known_at":
            given[parameter["name"]] = example
    answer = client.request(method, path, params=given)
    assert answer.status_code == (404 if "nobody" in path else 200), answer.text


@pytest.mark.parametrize("name", ASKED)
def test_unknown_fields_are_refused(name: str) -> None:
    schema = SCHEMAS[name]
    if schema.get("type") == "object":
        assert schema["additionalProperties"] is False


@pytest.mark.parametrize("name", sorted(set(ANSWERED) - set(ASKED)))
def test_every_field_of_an_answer_is_required(name: str) -> None:
    schema = SCHEMAS[name]
    if schema.get("type") == "object" and "properties" in schema:
        assert set(schema.get("required", ())) == set(schema["properties"])
        assert not any("default" in field for field in schema["properties"].values())


@pytest.mark.parametrize("name", sorted(SCHEMAS))
def test_no_name_of_python_stands_on_the_wire(name: str) -> None:
    schema = SCHEMAS[name]
    assert not [field for field in schema.get("properties", {}) if field.endswith("_")]
    assert not name.endswith(("-Input", "-Output")) or name.rpartition("-")[0] not in SCHEMAS


OTHER_KINDS = {"/metrics": "text/plain", "/v1/changes.atom": "application/atom+xml"}


def test_no_schema_is_left_over() -> None:
    assert set(SCHEMAS) == set(ASKED) | set(ANSWERED)


@pytest.mark.parametrize(
    ("method", "path", "operation"),
    [
        pytest.param(method, path, operation, id=f"{method} {path}")
        for method, path, operation in operations()
    ],
)
def test_every_route_is_documented(method: str, path: str, operation: dict[str, Any]) -> None:
    assert operation.get("description") or operation.get("summary")
    for status, answer in operation["responses"].items():
        assert answer["description"]
        if status != "304":
            good = OTHER_KINDS.get(path, "application/json")
            kind = good if status.startswith("2") else "application/problem+json"
            assert set(answer["content"]) == {kind}, status
            assert answer["content"][kind]["schema"], status
    assert "500" in operation["responses"]
