"""What one request may take: the size of its head, its host, a turn, its body, time, a place.

Each limit is ASGI around the application and answers with a problem of its own; nothing here waits
for the store or for a thread, so a refusal is quick when everything else is slow.
"""

import asyncio
import re
from collections.abc import Mapping
from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.api.body import MOST_BYTES, WholeBody
from app.api.callers import Turns
from app.api.problem import problem
from app.terms import value

PROBES = ("/healthz", "/readyz")
"""Whoever watches the service asks these: by an address, often, and most of all when it is busy."""
LOOPBACK = ("localhost", "127.0.0.1", "::1")
ANY_HOST = "*"


@value
class Limits:
    """What is let in, as the settings say; the defaults are theirs."""

    hosts: tuple[str, ...] = LOOPBACK
    cors_origins: tuple[str, ...] = ()
    address_bytes: int = 8192
    header_bytes: int = 16384
    body_bytes: int = MOST_BYTES
    body_seconds: float = 30
    request_seconds: float = 60
    in_flight: int = 16
    requests_a_minute: int = 0


def limited(app: ASGIApp, limits: Limits) -> ASGIApp:
    """An application behind every limit.

    From the outside in: what can be told by the head alone comes first; then whose turn it is,
    before a byte of the body is taken; then the body, so that a slow one holds no place among the
    requests that are worked on; then the clock of the work; and last a place, which is held for
    as long as the work lasts, even when its answer is no longer waited for.
    """
    app = InFlight(app, limits.in_flight)
    app = InTime(app, limits.request_seconds)
    # No more is held of bodies than those that may be worked on could hold.
    app = WholeBody(
        app, limits.body_bytes, limits.body_seconds, limits.in_flight * limits.body_bytes
    )
    if limits.requests_a_minute:
        app = Turns(app, limits.requests_a_minute, free=PROBES)
    if ANY_HOST not in limits.hosts:
        app = KnownHosts(app, limits.hosts)
    return SmallHead(app, limits.address_bytes, limits.header_bytes)


class SmallHead:
    """Refuses a long address (414) and large headers (431)."""

    def __init__(self, app: ASGIApp, address_bytes: int, header_bytes: int) -> None:
        self.app = app
        self.address_bytes = address_bytes
        self.header_bytes = header_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            address = len(scope.get("raw_path") or scope["path"]) + len(scope["query_string"])
            if address > self.address_bytes:
                words = f"Path and query are longer than {self.address_bytes} bytes."
                await problem("address-too-long", words)(scope, receive, send)
                return
            if sum(len(name) + len(said) for name, said in scope["headers"]) > self.header_bytes:
                words = f"The headers are larger than {self.header_bytes} bytes."
                await problem("headers-too-large", words)(scope, receive, send)
                return
        await self.app(scope, receive, send)


class KnownHosts:
    """Refuses a host that is not the service's own, as of a page that points its name here."""

    def __init__(self, app: ASGIApp, hosts: tuple[str, ...]) -> None:
        self.app = app
        self.hosts = frozenset(host.casefold() for host in hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["path"] not in PROBES:
            said = [host for name, host in scope["headers"] if name == b"host"]
            if len(said) != 1 or _host_name(said[0]) not in self.hosts:
                words = "The service does not answer for this host; TRAVELBAN_HOSTS names its own."
                await problem("host-not-known", words)(scope, receive, send)
                return
        await self.app(scope, receive, send)


def _host_name(said: bytes) -> str | None:
    """The name in a Host header, without its port and the dot of the root."""
    text = said.decode("latin-1").strip().casefold()
    found = re.fullmatch(r"(?:\[([0-9a-f:.]+)\]|([a-z0-9_.-]+?)\.?)(?::[0-9]*)?", text, re.ASCII)
    return (found[1] or found[2]) if found else None


class InTime:
    """Answers that it took too long, where no answer has begun when the time is over.

    The work is done by a thread, and a thread cannot be stopped: it ends by itself, what it
    answers then is dropped, and what it saved stays saved.
    """

    def __init__(self, app: ASGIApp, seconds: float) -> None:
        self.app = app
        self.seconds = seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        begun = late = False
        loop = asyncio.get_running_loop()
        answering: list[asyncio.Task[None]] = []  # held here, since the loop itself holds no task

        async def while_in_time(message: Message) -> None:
            nonlocal begun
            if not late:
                begun = True
                await send(message)

        def over() -> None:
            nonlocal late
            if not begun:
                late = True
                words = f"There was no answer within {self.seconds:g} seconds; ask again later."
                answer = problem("took-too-long", words, headers=_later(10))
                answering.append(loop.create_task(answer(scope, receive, send)))

        timer = loop.call_later(self.seconds, over)
        try:
            # Also when it is late: a service that stops waits for what its threads still do.
            await self.app(scope, receive, while_in_time)
        finally:
            timer.cancel()
            for task in answering:
                await task


class InFlight:
    """Refuses what would have to wait for others: a queue only makes everybody late."""

    def __init__(self, app: ASGIApp, most: int) -> None:
        self.app = app
        self.most = most
        self.now = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] in PROBES:
            await self.app(scope, receive, send)
            return
        if self.now >= self.most:
            words = f"{self.most} requests are being worked on; ask again in a moment."
            await problem("busy", words, headers=_later(1))(scope, receive, send)
            return
        self.now += 1
        held = True

        def leave() -> None:
            nonlocal held
            if held:
                held = False
                self.now -= 1

        async def leaving(message: Message) -> None:
            # The work is done when its answer begins; a caller who reads it slowly holds nothing.
            leave()
            await send(message)

        try:
            await self.app(scope, receive, leaving)
        finally:
            leave()


def _later(seconds: int) -> Mapping[str, Any]:
    return {"Retry-After": str(seconds)}
