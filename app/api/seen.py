"""Each request as it is seen from outside: its id, what became of it and how long it took.

The outermost layer, so that whatever answers, an inner layer's refusal too, is seen and has the
id. What a request was about stays unseen: nothing here looks at a query, a body or a name.
"""

import logging
from collections.abc import Callable, Sequence
from time import perf_counter
from typing import Any

from starlette.routing import Match

from app.api import problem
from app.api.request_id import HEADER, ID, chosen
from app.terms import value

NO_ROUTE = "none"
"""The route of every address that there is not, so that nobody makes up new ones."""
OTHER_METHOD = "OTHER"
METHODS = frozenset({"DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"})

_LOG = logging.getLogger("travelban")
_HEADER = HEADER.lower().encode()


@value
class Told:
    """What is told of a request that is over."""

    request: str
    method: str
    """One of METHODS, or OTHER_METHOD."""
    route: str
    """The template of the address, or NO_ROUTE."""
    status: int
    """0 where the caller left before the answer began."""
    seconds: float
    size: int
    """Bytes of the answer's body."""
    key: str | None
    """The name of the caller's key, where it has one."""


class Seen:
    """Gives each request its id, and tells `watchers` what became of it."""

    def __init__(self, app: Any, watchers: Sequence[Callable[[Told], None]]) -> None:
        self.app = app
        self.watchers = watchers

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Answer a request; a failure that has not begun to answer is a problem and one line."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        began = perf_counter()
        request = chosen(scope["headers"])
        # It stays set when the answer is over: what the server then says is of this request, and
        # each request has a context of its own.
        ID.set(request)
        scope.setdefault("state", {})  # where inner layers say whose key it is
        status = size = 0

        async def watched(message: Any) -> None:
            nonlocal status, size
            if message["type"] == "http.response.start":
                status = message["status"]
                given = message.get("headers", ())
                message["headers"] = [*given, (_HEADER, request.encode())]
            elif message["type"] == "http.response.body":
                size += len(message.get("body", b""))
            await send(message)

        try:
            await self.app(scope, receive, watched)
        except Exception:
            if status:
                raise  # half an answer is out: the server breaks it off and says why
            _LOG.exception("the request failed")
            await problem.failed()(scope, receive, watched)
        finally:
            told = Told(
                request=request,
                method=scope["method"] if scope["method"] in METHODS else OTHER_METHOD,
                route=_route(scope),
                status=status,
                seconds=perf_counter() - began,
                size=size,
                key=_key(scope["state"].get("key")),
            )
            for watch in self.watchers:
                watch(told)


def _route(scope: Any) -> str:
    """The template of the route that answered, or would have where an inner layer refused."""
    route = scope.get("route")
    if route is None and "app" in scope:
        found = (each for each in scope["app"].routes if each.matches(scope)[0] is not Match.NONE)
        route = next(found, None)
    return str(getattr(route, "path", NO_ROUTE))


def _key(key: Any) -> str | None:
    """The name of a key, be it the name or what has one."""
    return None if key is None else str(getattr(key, "name", key))
