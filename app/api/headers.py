"""Headers that every answer has, so that a browser neither guesses, shares nor keeps it."""

from collections.abc import Mapping

from starlette.types import ASGIApp, Message, Receive, Scope, Send

SAFE: Mapping[str, str] = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    # An answer is data: nothing in it is to be loaded, run or framed.
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
}
NOT_KEPT = "no-store"
"""What was asked is as sensitive as what was answered."""
ASKED_AGAIN = "private, no-cache"
"""An answer with a tag may stay with its reader, who asks each time whether it is still that."""

_SAFE = tuple((name.lower().encode(), said.encode()) for name, said in SAFE.items())


class SafeHeaders:
    """Adds them to each answer; one that sets its own, as a page of HTML may, keeps it."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                own = {name.lower() for name, _ in message["headers"]}
                read = scope["method"] in ("GET", "HEAD") and b"etag" in own
                added = (*_SAFE, (b"cache-control", (ASKED_AGAIN if read else NOT_KEPT).encode()))
                message["headers"] = [
                    *message["headers"],
                    *(header for header in added if header[0] not in own),
                ]
            await send(message)

        await self.app(scope, receive, with_headers)
