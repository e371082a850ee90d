"""Who may ask: what each route needs of a key, and the problems of whoever has none.

A key is looked at before anything of the body is read.
"""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import Request, Response, Security
from fastapi.concurrency import run_in_threadpool
from fastapi.routing import APIRoute
from fastapi.security import HTTPBearer

from app.api.problem import Raised, responses
from app.api.query import only_known
from app.desk import Desk
from app.store.keys import Key, Scope
from app.terms import value

OPEN = ("/healthz", "/readyz")
"""Routes that need no key: who watches the process knows nobody's name."""
_BEARER = "WWW-Authenticate"


@value
class Caller:
    """Who asks."""

    who: str
    """As the audit says it."""
    signs: str | None
    """The name that stands under what is recorded; null without keys: then the body says it."""


_ANYBODY = Caller(who="api", signs=None)


class Needs(HTTPBearer):
    """The dependency of a route that says what scope its key must have; null for any key.

    It is the scheme that the document names, too: each dependency takes its time with each request.
    """

    def __init__(self, desk: Desk, scope: Scope | None) -> None:
        super().__init__(
            scheme_name="key",
            bearerFormat="tb_<id>_<secret>",
            description=(
                "A key that `travelban keys create` made, with the scope that stands at the route; "
                "none is needed where the service has no keys."
            ),
        )
        self.desk = desk
        self.scope = scope

    async def __call__(self, request: Request) -> Caller:  # type: ignore[override]
        """Whom `caller` found before the body was read."""
        found: Caller = request.state.caller
        return found

    async def caller(self, request: Request) -> Caller:
        """Who asks; the problem of whoever may not.

        A key that is wrong, expired or revoked has one answer, from which nothing can be learnt.
        """
        keys = self.desk.keys
        seen = keys.seen()
        if seen is None:
            seen = await run_in_threadpool(keys.look)
        if not seen.on:
            return _ANYBODY
        text = _borne(request)
        if text is None:
            words = "This needs a key: send it as Authorization: Bearer tb_…"
            raise Raised("no-key", words, headers={_BEARER: "Bearer"})
        key = seen.owner(text)
        if key is None:
            words = "This key is not taken: it is unknown, has expired or was revoked."
            raise Raised("key-refused", words, headers={_BEARER: 'Bearer error="invalid_token"'})
        if keys.is_to_note(key, seen):
            # Not waited for: to read must not wait for whoever writes.
            asyncio.get_running_loop().run_in_executor(None, keys.note_use, key)
        self._check_scope(key)
        return Caller(who=key.name, signs=key.name)

    def _check_scope(self, key: Key) -> None:
        if self.scope is not None and self.scope not in key.scopes:
            words = f"This needs a key with the scope {self.scope}."
            how = f'Bearer error="insufficient_scope", scope="{self.scope}"'
            raise Raised("scope-missing", words, headers={_BEARER: how})


def needs(desk: Desk, scope: Scope | None = None) -> Any:
    """What a route declares: a scope, or any key."""
    return Security(Needs(desk, scope), scopes=[] if scope is None else [scope.value])


def _borne(request: Request) -> str | None:
    """The key that a request bears; null for none. Of two, neither is taken."""
    lines = request.headers.getlist("authorization")
    scheme, _, text = (lines[0] if lines else "").partition(" ")
    if scheme.casefold() != "bearer":
        return None
    return text.strip() if len(lines) == 1 else ""


class Guarded(APIRoute):
    """A route that looks at the key first, then at the query, and at the body last.

    One that does not say what it needs of a key cannot be made.
    """

    def __init__(self, path: str, endpoint: Callable[..., Any], **given: Any) -> None:
        super().__init__(path, endpoint, **given)
        found = [item.call for item in self.dependant.dependencies]
        self.needs = next((call for call in found if isinstance(call, Needs)), None)
        if (self.needs is None) is not (path in OPEN):
            raise TypeError(f"{path} must say what it needs of a key, or stand in OPEN")
        if self.needs is not None:
            refusals = ["no-key", "key-refused"]
            refusals += ["scope-missing"] if self.needs.scope is not None else []
            self.responses = {**self.responses, **responses(*refusals)}

    def of_whoever_may(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """What answers, once the key and the query are good."""
        return super().get_route_handler()

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The route's own, of whoever may ask."""
        handler = self.of_whoever_may()

        async def answered(request: Request) -> Response:
            if self.needs is not None:
                request.state.caller = await self.needs.caller(request)
                request.state.key = request.state.caller.signs  # for the log
            await only_known(request)
            return await handler(request)

        return answered
