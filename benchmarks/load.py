"""A small load generator: so many connections to loopback, bounded in count and time."""

import asyncio
import json
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from benchmarks.common import p95


@dataclass
class Load:
    """What came of it."""

    taken: list[float] = field(default_factory=list)
    statuses: dict[int, int] = field(default_factory=dict)
    seconds: float = 0.0
    busy: float = 0.0
    """The share of a processor that the generator itself took."""

    @property
    def rate(self) -> float:
        """Requests per second."""
        return len(self.taken) / self.seconds

    @property
    def p95(self) -> float:
        """The 95th percentile in seconds."""
        return p95(self.taken)

    def add(self, seconds: float, status: int) -> None:
        """Take down one answer."""
        self.taken.append(seconds)
        self.statuses[status] = self.statuses.get(status, 0) + 1


def get(path: str) -> bytes:
    """The bytes of a GET request."""
    return f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode()


def post(path: str, question: object) -> bytes:
    """The bytes of a POST request."""
    body = json.dumps(question).encode()
    head = f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
    return f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body


def put_on(port: int, requests: Iterable[bytes], clients: int, seconds: float, most: int) -> Load:
    """Send requests over so many connections at once, each after the answer to the one before.

    Ends after `seconds` or `most` requests, whichever comes first; requests are made beforehand.
    """
    at_hand = [request for request, _ in zip(requests, range(most), strict=False)]
    return asyncio.run(_run(port, iter(at_hand), clients, seconds))


async def _run(port: int, requests: Iterator[bytes], clients: int, seconds: float) -> Load:
    load = Load()
    begun, busy = time.perf_counter(), time.process_time()
    each = [_client(port, requests, begun + seconds, load) for _ in range(clients)]
    await asyncio.wait_for(asyncio.gather(*each), timeout=seconds + 30)
    load.seconds = time.perf_counter() - begun
    load.busy = (time.process_time() - busy) / load.seconds
    return load


async def _client(port: int, requests: Iterator[bytes], until: float, load: Load) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        for request in requests:
            begun = time.perf_counter()
            status = await _answer(reader, writer, request)
            ended = time.perf_counter()
            load.add(ended - begun, status)
            if ended >= until:
                return
    finally:
        writer.close()
        await writer.wait_closed()


async def _answer(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, request: bytes
) -> int:
    """The status of the answer to one request."""
    writer.write(request)
    head = await reader.readuntil(b"\r\n\r\n")
    length = head.lower().split(b"content-length:")[1].split(b"\r\n", 1)[0]
    await reader.readexactly(int(length))
    return int(head.split(b" ", 2)[1])


# ---------------------------------------------------------------- at a constant rate


def put_on_at(port: int, requests: list[bytes], rate: float, most_connections: int) -> Load:
    """Send each request when it is due, whatever became of those before: so many a second.

    An answer's time is counted from the moment at which its request was due, so that one that
    could not be sent, since all connections waited, counts as late as its caller would have had it.
    """
    return asyncio.run(_steadily(port, requests, rate, most_connections))


async def _steadily(port: int, requests: list[bytes], rate: float, connections: int) -> Load:
    load = Load()
    busy, begun = time.process_time(), time.perf_counter() + 0.1
    due = ((begun + number / rate, request) for number, request in enumerate(requests))
    each = [_in_time(port, due, load) for _ in range(connections)]
    await asyncio.wait_for(asyncio.gather(*each), timeout=len(requests) / rate + 60)
    load.seconds = time.perf_counter() - begun
    load.busy = (time.process_time() - busy) / load.seconds
    return load


async def _in_time(port: int, requests: Iterator[tuple[float, bytes]], load: Load) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        for due, request in requests:
            await asyncio.sleep(due - time.perf_counter())
            status = await _answer(reader, writer, request)
            load.add(time.perf_counter() - due, status)
    finally:
        writer.close()
        await writer.wait_closed()


# ---------------------------------------------------------------- who looks in meanwhile


def looked_in(
    port: int, requests: list[bytes], clients: int, seconds: float, path: str, every: float
) -> tuple[Load, Load]:
    """Put a load on, and ask for a path meanwhile, over a new connection each time.

    Answers the load, and what came of looking in. A new connection comes to any of the workers.
    """

    async def both() -> tuple[Load, Load]:
        load = asyncio.create_task(_run(port, iter(requests), clients, seconds))
        looks = Load()
        begun = time.perf_counter()
        while not load.done():
            asked = time.perf_counter()
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            status = await _answer(reader, writer, get(path))
            looks.add(time.perf_counter() - asked, status)
            writer.close()
            await writer.wait_closed()
            await asyncio.sleep(every)
        looks.seconds = time.perf_counter() - begun
        return await load, looks

    return asyncio.run(both())
