"""The service over a desk, without a server."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, cast

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from app.api.limit import Limits
from app.desk import Desk
from app.jobs import shipped
from app.serve import create_app
from app.store import facts
from app.terms import Policy, Tables
from tests.conftest import Clock, make_desk

HOST = "testserver"
"""The host that clients of tests ask."""
POLICY = Policy(threshold=0.75, strong=0.8, fresh_days=10, limit=10)


class OneOfMany:
    """Hands on to whichever desk a test puts in: making an application takes long."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def __getattr__(self, name: str) -> Any:
        return getattr(self.desk, name)


@pytest.fixture(scope="session")
def bundled(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite file with what ships with the project, to be copied."""
    path = tmp_path_factory.mktemp("bundled") / "travelban.sqlite3"
    shutil.copy(sqlite_template, path)
    with facts.open_store(f"sqlite:///{path}") as store:
        shipped.load(store, shipped.DATA, Clock())
    return path


@pytest.fixture(scope="session")
def bundled_desk(
    bundled: Path, tmp_path_factory: pytest.TempPathFactory, tables: Tables
) -> Iterator[Desk]:
    """A desk over what ships, for tests that ask and do not count what is saved."""
    # A copy: others are made of the first, and must not hold what was asked here.
    path = shutil.copy(bundled, tmp_path_factory.mktemp("asked"))
    with facts.open_store(f"sqlite:///{path}") as store:
        yield make_desk(store, tables, POLICY, Clock())


@pytest.fixture(scope="session")
def service(bundled_desk: Desk) -> tuple[OneOfMany, FastAPI]:
    """The one application, and the place where its desk is put in."""
    standing = OneOfMany(bundled_desk)
    return standing, create_app(cast(Desk, standing), Limits(hosts=(HOST,)))


@pytest.fixture
def application(service: tuple[OneOfMany, FastAPI]) -> FastAPI:
    """The application, for its document."""
    return service[1]


@pytest.fixture
def over(
    service: tuple[OneOfMany, FastAPI], bundled_desk: Desk
) -> Iterator[Callable[[Desk], TestClient]]:
    """A client of the service over another desk: the last one put in answers."""
    standing, app = service

    def put_in(desk: Desk) -> TestClient:
        standing.desk = desk
        return TestClient(app, raise_server_exceptions=False, follow_redirects=False)

    yield put_in
    standing.desk = bundled_desk


@pytest.fixture
def client(over: Callable[[Desk], TestClient], bundled_desk: Desk) -> TestClient:
    """A client of the service over what ships."""
    return over(bundled_desk)


@pytest.fixture
def own_desk(bundled: Path, tmp_path: Path, tables: Tables, clock: Clock) -> Iterator[Desk]:
    """A desk over what ships, of this test alone."""
    path = tmp_path / "own.sqlite3"
    shutil.copy(bundled, path)
    with facts.open_store(f"sqlite:///{path}") as store:
        yield make_desk(store, tables, POLICY, clock)


@pytest.fixture
def loaded_desk(desk: Desk, clock: Clock) -> Desk:
    """A desk over what ships, on each kind of database."""
    shipped.load(desk.store, shipped.DATA, clock)
    return desk


@pytest.fixture
def empty_desk(sqlite_url: str, tables: Tables, clock: Clock) -> Iterator[Desk]:
    """A desk with nothing loaded."""
    with facts.open_store(sqlite_url) as store:
        yield make_desk(store, tables, POLICY, clock)
