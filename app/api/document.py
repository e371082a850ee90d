"""The OpenAPI document: what the framework makes of the questions, and the answers beside it.

Routes send what the desk encoded, so the framework does not know the answers' shapes; they are
put in here, from the same types.
"""

import json
from collections.abc import Callable
from typing import Any

from fastapi import FastAPI
from pydantic import TypeAdapter

from app.api.problem import Problem
from app.api.routes import ANSWERS

_AT = "#/components/schemas/"


def install(app: FastAPI) -> None:
    """Complete the document of an application, once, when somebody asks for it."""
    made: Callable[[], dict[str, Any]] = app.openapi

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            document = made()
            schemas = document["components"]["schemas"]
            for name in ("HTTPValidationError", "ValidationError"):
                schemas.pop(name, None)
            schemas.update(_answers(schemas))
            _optional_keys(document)
        return made()

    app.openapi = openapi  # type: ignore[method-assign]


def _optional_keys(document: dict[str, Any]) -> None:
    """Say of each route that asks for a key that it does so only where the service does."""
    for path in document["paths"].values():
        for operation in path.values():
            if "security" in operation:
                operation["security"].append({})


def _answers(questions: dict[str, Any]) -> dict[str, Any]:
    """The schemas of all answers; one that a question has in another form gets another name."""
    adapters: list[tuple[str, Any, TypeAdapter[Any]]] = [
        (kind.__name__, "serialization", TypeAdapter(kind)) for kind in (*ANSWERS, Problem)
    ]
    _, made = TypeAdapter.json_schemas(adapters, ref_template=_AT + "{model}")
    text = json.dumps(made["$defs"])
    renamed = {}
    for name, schema in made["$defs"].items():
        if name in questions and questions[name] != schema:
            renamed[name] = f"{name}Answered"
            text = text.replace(f'"{_AT}{name}"', f'"{_AT}{name}Answered"')
    found: dict[str, Any] = json.loads(text, object_hook=_without_default)
    return {renamed.get(name, name): schema for name, schema in found.items()}


def _without_default(schema: dict[str, Any]) -> dict[str, Any]:
    """An answer always says what it holds: a default is of the question alone."""
    if not isinstance(schema.get("default"), dict):
        schema.pop("default", None)
    return schema
