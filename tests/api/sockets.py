"""A real server in a thread, and what is said to it byte by byte."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import uvicorn

from app.api.limit import Limits, limited
from app.serve import server_options

PATIENCE = 20.0
"""Seconds after which a test gives up; on a busy machine nothing else is said of time."""


@contextmanager
def serving(app: Any, limits: Limits) -> Iterator[int]:
    """An application behind limits on a port of loopback, served as `travelban serve` does."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = uvicorn.Server(uvicorn.Config(limited(app, limits), **server_options(limits)))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            until = time.monotonic() + PATIENCE
            while not server.started and time.monotonic() < until:
                time.sleep(0.01)
            assert server.started
            yield listener.getsockname()[1]
        finally:
            server.should_exit = True
            thread.join(PATIENCE)


@contextmanager
def connected(port: int) -> Iterator[socket.socket]:
    """A connection to a server."""
    with socket.create_connection(("127.0.0.1", port), PATIENCE) as connection:
        yield connection


def to_the_end(connection: socket.socket) -> bytes:
    """All that comes until the other side closes."""
    came = b""
    while piece := connection.recv(65536):
        came += piece
    return came


def said(port: int, request: bytes) -> bytes:
    """What is answered to some bytes, after which the connection is closed."""
    with connected(port) as connection:
        connection.sendall(request)
        return to_the_end(connection)


def request(method: str, target: str, *headers: str, host: str = "127.0.0.1") -> bytes:
    """The head of a request after which the connection is to be closed."""
    lines = (f"{method} {target} HTTP/1.1", f"Host: {host}", "Connection: close", *headers)
    return "".join(f"{line}\r\n" for line in (*lines, "")).encode("latin-1")


def status(answer: bytes) -> int:
    """The status of an answer."""
    return int(answer.split(b" ", 2)[1])


def head(answer: bytes) -> dict[str, str]:
    """The headers of an answer; each once."""
    lines = answer.partition(b"\r\n\r\n")[0].decode("latin-1").split("\r\n")[1:]
    found = [
        (name.lower(), text.strip()) for name, _, text in (one.partition(":") for one in lines)
    ]
    assert len(found) == len(dict(found)), found
    return dict(found)


def body(answer: bytes) -> bytes:
    """The body of an answer."""
    return answer.partition(b"\r\n\r\n")[2]
