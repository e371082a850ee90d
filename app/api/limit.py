"""How large a body may be: one that is larger is refused before it is held."""

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from starlette.exceptions import HTTPException

from app.api.problem import KINDS, problem

MOST_BYTES = 8 * 1024 * 1024
"""Bytes of a body that are read at the most; a report of 500 long claims has fewer."""

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]

_WORDS = f"The body is larger than {MOST_BYTES // 1024 // 1024} MiB; send less at once."


class MostBytes:
    """Refuses a larger body: by the length that it announces, else when it gets there."""

    def __init__(self, app: Any) -> None:
        self.app = app

    async def __call__(self, scope: Any, receive: Receive, send: Any) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        said = dict(scope["headers"]).get(b"content-length", b"0")
        if said.isdigit() and int(said[:20]) > MOST_BYTES:
            await problem("too-large", _WORDS)(scope, receive, send)
            return
        taken = 0

        async def counted() -> Message:
            nonlocal taken
            message = await receive()
            taken += len(message.get("body", b""))
            if taken > MOST_BYTES:
                raise HTTPException(KINDS["too-large"].status, _WORDS)
            return message

        await self.app(scope, counted, send)
