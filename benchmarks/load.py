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
            writer.write(request)
            head = await reader.readuntil(b"\r\n\r\n")
            length = head.lower().split(b"content-length:")[1].split(b"\r\n", 1)[0]
            await reader.readexactly(int(length))
            ended = time.perf_counter()
            load.taken.append(ended - begun)
            status = int(head.split(b" ", 2)[1])
            load.statuses[status] = load.statuses.get(status, 0) + 1
            if ended >= until:
                return
    finally:
        writer.close()
        await writer.wait_closed()
