"""Schemathesis over the whole document, in-process, on each kind of database.

TRAVELBAN_SCHEMATHESIS_EXAMPLES raises the number of examples a route (the soak run does).
"""

import os
from collections.abc import Callable, Iterator

import pytest
import schemathesis
from fastapi import FastAPI
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, settings
from schemathesis import Case
from schemathesis.checks import CHECKS, load_all_checks
from schemathesis.schemas import BaseSchema

from app.desk import Desk

EXAMPLES = int(os.environ.get("TRAVELBAN_SCHEMATHESIS_EXAMPLES", "8"))

LEFT_OUT = {
    # Two fields of a question may contradict each other, and a reference may be on no list: a
    # question of the right form is then refused with 422.
    "positive_data_acceptance": "a rule may join two fields",
}


@pytest.fixture
def schema(
    over: Callable[[Desk], TestClient], loaded_desk: Desk, application: FastAPI
) -> Iterator[BaseSchema]:
    """The document of the service, which answers without a server."""
    over(loaded_desk)
    yield schemathesis.openapi.from_asgi("/v1/openapi.json", application)


routes = schemathesis.pytest.from_fixture("schema")


@routes.parametrize()
@settings(
    max_examples=EXAMPLES,
    derandomize=True,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
def test_every_route(case: Case) -> None:
    load_all_checks()
    case.call_and_validate(excluded_checks=CHECKS.get_by_names(LEFT_OUT))
