"""The body of a request: taken whole, in time and up to a size, before anything looks at it."""

import asyncio

from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.api.problem import problem

MOST_BYTES = 8 * 1024 * 1024
"""Bytes of a body that are read at the most; a report of 500 long claims has fewer."""

_LINGER_SECONDS = 1.0
# The sender goes on a little: a connection that is closed on unread bytes takes the answer with it.

_CLOSE = {"Connection": "close"}
# What is left of the body is no next request.


class WholeBody:
    """Hands a body on in one piece; refuses one that is too large, too slow, or one too many.

    A larger one is refused by the length that it announces, else when it gets there. `most_held`
    bounds the bytes of all bodies that are here at the same time.
    """

    def __init__(self, app: ASGIApp, most_bytes: int, seconds: float, most_held: int) -> None:
        self.app = app
        self.most_bytes = most_bytes
        self.seconds = seconds
        self.most_held = most_held
        self.held = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        own = 0

        def leave() -> None:
            nonlocal own
            self.held -= own
            own = 0

        async def leaving(message: Message) -> None:
            # Whoever reads the answer slowly shall not keep others from sending.
            leave()
            await send(message)

        pieces: list[bytes] = []
        more = True
        try:
            if _announced(scope) > self.most_bytes:
                await _turn_away(self._too_large(), receive, send)
                return
            try:
                async with asyncio.timeout(self.seconds):
                    while more:
                        message = await receive()
                        if message["type"] == "http.disconnect":
                            return
                        piece = message.get("body", b"")
                        more = message.get("more_body", False)
                        own += len(piece)
                        self.held += len(piece)
                        if own > self.most_bytes or self.held > self.most_held:
                            break
                        pieces.append(piece)
            except TimeoutError:
                await self._too_slow()(scope, receive, send)
                return
            if own > self.most_bytes or self.held > self.most_held:
                answer = self._too_large() if own > self.most_bytes else _busy()
                pieces.clear()
                leave()
                await _turn_away(answer, receive, send, more)
                return

            given = False

            async def whole() -> Message:
                nonlocal given
                if given:
                    return await receive()
                given = True
                body = b"".join(pieces)
                pieces.clear()
                return {"type": "http.request", "body": body, "more_body": False}

            await self.app(scope, whole, leaving)
        finally:
            leave()

    def _too_large(self) -> Response:
        words = f"The body is larger than {_size(self.most_bytes)}; send less at once."
        return problem("too-large", words, headers=_CLOSE)

    def _too_slow(self) -> Response:
        words = f"The body was not whole within {self.seconds:g} seconds."
        return problem("too-slow", words, headers={"Retry-After": "1", **_CLOSE})


def _announced(scope: Scope) -> int:
    """The length that a body announces; 0 where it says none, or none that is one."""
    said = dict(scope["headers"]).get(b"content-length", b"0")
    return int(said[:20]) if said.isdigit() else 0


def _busy() -> Response:
    words = "More is being sent than can be held; ask again in a moment."
    return problem("busy", words, headers={"Retry-After": "1", **_CLOSE})


async def _turn_away(answer: Response, receive: Receive, send: Send, more: bool = True) -> None:
    """Send an answer while its caller is still sending, and drop what comes for a moment."""
    await send(
        {
            "type": "http.response.start",
            "status": answer.status_code,
            "headers": answer.raw_headers,
        }
    )
    await send({"type": "http.response.body", "body": answer.body, "more_body": True})
    try:
        async with asyncio.timeout(_LINGER_SECONDS):
            while more:
                message = await receive()
                more = message["type"] == "http.request" and message.get("more_body", False)
    except TimeoutError:
        pass
    await send({"type": "http.response.body", "body": b"", "more_body": False})


def _size(number: int) -> str:
    """A number of bytes, in MiB where it is whole ones."""
    whole, rest = divmod(number, 1024 * 1024)
    return f"{number} bytes" if rest else f"{whole} MiB"
