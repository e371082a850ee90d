"""Requests a minute: each caller has a bucket of turns that fills again as time goes by."""

import hashlib
import secrets
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable
from ipaddress import AddressValueError, IPv6Address
from math import ceil

from starlette.types import ASGIApp, Receive, Scope, Send

from app.api.problem import problem

MOST_CALLERS = 10_000
"""Callers that are remembered; whoever asked least recently is forgotten first."""
_DIGEST_BYTES = 16


class Turns:
    """Refuses a caller who has had all turns of a minute; memory is bounded, and of this process.

    A caller is named by a keyed digest of the Authorization header: no key is kept here, and
    whether it is a good one is for others to say. Whoever gives none is named by the address.
    """

    def __init__(
        self,
        app: ASGIApp,
        a_minute: int,
        free: Iterable[str] = (),
        clock: Callable[[], float] = time.monotonic,
        most_callers: int = MOST_CALLERS,
    ) -> None:
        self.app = app
        self.a_minute = a_minute
        self.free = frozenset(free)
        self.clock = clock
        self.most_callers = most_callers
        self.secret = secrets.token_bytes(_DIGEST_BYTES)
        self.left: OrderedDict[bytes, tuple[float, float]] = OrderedDict()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] in self.free:
            await self.app(scope, receive, send)
            return
        wait = self.wait(_address(scope), _authorization(scope))
        if wait:
            words = f"More than {self.a_minute} requests a minute; ask again in {wait} s."
            answer = problem("too-many-requests", words, headers={"Retry-After": str(wait)})
            await answer(scope, receive, send)
            return
        await self.app(scope, receive, send)

    def wait(self, address: bytes, key: bytes | None) -> int:
        """Take a turn: 0, or the whole seconds until there is one again."""
        if key is None:
            return self._take(self._name(b"address", address))
        name = self._name(b"key", key)
        if name not in self.left:
            # Else whoever makes up a new key each time would have no limit.
            wait = self._take(self._name(b"address", address))
            if wait:
                return wait
        return self._take(name)

    def _take(self, name: bytes) -> int:
        now = self.clock()
        left, at = self.left.pop(name, (float(self.a_minute), now))
        left = min(self.a_minute, left + (now - at) * self.a_minute / 60)
        taken = left >= 1
        self.left[name] = (left - 1 if taken else left, now)
        while len(self.left) > self.most_callers:
            self.left.popitem(last=False)
        return 0 if taken else max(1, ceil((1 - left) * 60 / self.a_minute))

    def _name(self, kind: bytes, said: bytes) -> bytes:
        return hashlib.blake2b(
            said, key=self.secret, digest_size=_DIGEST_BYTES, person=kind
        ).digest()


def _authorization(scope: Scope) -> bytes | None:
    said = [text for name, text in scope["headers"] if name == b"authorization"]
    return b"\n".join(said) if said else None


def _address(scope: Scope) -> bytes:
    """The client's address; of IPv6 the network, since one caller has all addresses in it."""
    host = scope["client"][0] if scope.get("client") else ""
    try:
        return IPv6Address(host.partition("%")[0]).packed[:8]
    except AddressValueError:
        return str(host).encode()
