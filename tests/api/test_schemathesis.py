"""Schemathesis over the committed document, in-process; in the soak on PostgreSQL too.

TRAVELBAN_SCHEMATHESIS_EXAMPLES raises the number of drawn examples a route (the soak run does);
then they differ from run to run, by --hypothesis-seed, and every route is asked with a key too.
"""

import copy
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from fastapi import FastAPI
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, settings
from schemathesis import Case

from app.desk import Desk
from app.keys import KeyAsked
from app.store.keys import Scope
from tests.conftest import LONG

MORE = os.environ.get("TRAVELBAN_SCHEMATHESIS_EXAMPLES")
EXAMPLES = int(MORE or 3)


class Application:
    """Stands where the application will be: tests are gathered before there is one."""

    served: FastAPI

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        await self.served(scope, receive, send)


APPLICATION = Application()
DOCUMENT = json.loads((Path(__file__).resolve().parents[2] / "openapi.json").read_text("utf-8"))


def loaded(document: dict[str, Any]) -> Any:
    made = schemathesis.openapi.from_dict(document)
    made.app = APPLICATION
    # Two fields of a question may contradict each other, and a reference may be on no list: a
    # question of the right form is then refused with 422.
    made.config.checks.positive_data_acceptance.enabled = False
    return made


def with_keys(document: dict[str, Any]) -> dict[str, Any]:
    """The document of a service that asks for keys: then none is no choice."""
    made = copy.deepcopy(document)
    for path in made["paths"].values():
        for operation in path.values():
            operation["security"] = [way for way in operation.get("security", ()) if way]
    return made


schema = loaded(DOCUMENT)
guarded = loaded(with_keys(DOCUMENT))


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=LONG)])
def database_url(request: pytest.FixtureRequest) -> str:
    """A new database: of what is asked at random, little depends on its kind."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture
def served(over: Callable[[Desk], TestClient], loaded_desk: Desk, application: FastAPI) -> None:
    """The service over a new database of each kind."""
    over(loaded_desk)
    APPLICATION.served = application


DRAWN = settings(
    max_examples=EXAMPLES,
    derandomize=MORE is None,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)


@schema.parametrize()
@DRAWN
@pytest.mark.usefixtures("served")
def test_a_route(case: Case) -> None:
    case.call_and_validate()


@pytest.fixture
def key(served: None, loaded_desk: Desk) -> str:
    """A key that opens everything."""
    return loaded_desk.keys.create(KeyAsked(name="A. Officer", scopes=tuple(Scope)), "a test").text


if MORE is not None:  # in the soak: it takes minutes, and tests/api/test_keys.py asks every route

    @guarded.parametrize()
    @DRAWN
    def test_a_route_with_a_key(key: str, case: Case) -> None:
        case.call_and_validate(headers={"Authorization": f"Bearer {key}"})
