"""Schemathesis over the committed document, in-process, on each kind of database.

TRAVELBAN_SCHEMATHESIS_EXAMPLES raises the number of drawn examples a route (the soak run does);
then they differ from run to run, by --hypothesis-seed.
"""

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

MORE = os.environ.get("TRAVELBAN_SCHEMATHESIS_EXAMPLES")
EXAMPLES = int(MORE or 6)


class Application:
    """Stands where the application will be: tests are gathered before there is one."""

    served: FastAPI

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        await self.served(scope, receive, send)


APPLICATION = Application()
schema = schemathesis.openapi.from_path(Path(__file__).resolve().parents[2] / "openapi.json")
schema.app = APPLICATION
# Two fields of a question may contradict each other, and a reference may be on no list: a question
# of the right form is then refused with 422.
schema.config.checks.positive_data_acceptance.enabled = False


@pytest.fixture
def served(over: Callable[[Desk], TestClient], loaded_desk: Desk, application: FastAPI) -> None:
    """The service over a new database of each kind."""
    over(loaded_desk)
    APPLICATION.served = application


@schema.parametrize()
@settings(
    max_examples=EXAMPLES,
    derandomize=MORE is None,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
@pytest.mark.usefixtures("served")
def test_a_route(case: Case) -> None:
    case.call_and_validate()
