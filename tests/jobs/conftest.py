"""A list server for each test, and the source that names it."""

from collections.abc import Iterator

import pytest

from app.jobs.fetch import Source
from tests.list_server import ListServer, list_server


@pytest.fixture
def server() -> Iterator[ListServer]:
    """An HTTPS server on loopback that behaves as the UN's site does, until it is told not to."""
    with list_server() as made:
        yield made


@pytest.fixture
def source(server: ListServer) -> Source:
    """The server as a source, with limits that a test can wait for."""
    return Source(
        url=server.url,
        hosts=("127.0.0.1", "localhost"),
        private=True,
        ca_file=server.ca_file,
        seconds=20,
        user_agent="travelban/test",
    )
