"""A list server for each test, and the source that names it."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from app.jobs.fetch import Source
from tests.list_server import ListServer, list_server
from tests.soak.refresher import source_of


@pytest.fixture
def server() -> Iterator[ListServer]:
    """An HTTPS server on loopback that behaves as the UN's site does, until it is told not to."""
    with list_server() as made:
        yield made


@pytest.fixture
def source(server: ListServer) -> Source:
    """The server as a source, with limits that a test can wait for."""
    return replace(source_of(server.url, server.ca_file), seconds=20)
