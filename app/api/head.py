"""The head of a request, which must come in time: below the application, where the server reads."""

from asyncio import Transport
from typing import Any

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol


class HeadInTime(H11Protocol):
    """Hangs up on whoever does not end the head of a request in time.

    The server itself waits for ever once a byte has come. So it would for the rest of a body whose
    request was already answered; that is given as long.
    """

    def __init__(self, *given: Any, seconds: float, **named: Any) -> None:
        super().__init__(*given, **named)
        self.seconds = seconds
        self.patience: Any = None

    def connection_made(self, transport: Transport) -> None:  # type: ignore[override]
        """Somebody is there: the head is waited for from now on."""
        super().connection_made(transport)
        self._wait_or_not()

    def data_received(self, data: bytes) -> None:
        """More came; that something comes now and then wins no time."""
        super().data_received(data)
        self._wait_or_not()

    def connection_lost(self, exc: Exception | None) -> None:
        """Nothing is waited for any more."""
        super().connection_lost(exc)
        self._no_longer()

    def _wait_or_not(self) -> None:
        theirs = self.conn.their_state
        left_over = theirs is h11.SEND_BODY and self.conn.our_state is h11.DONE
        if self.transport.is_closing() or not (theirs is h11.IDLE or left_over):
            self._no_longer()
        elif self.patience is None:
            self.patience = self.loop.call_later(self.seconds, self.transport.close)

    def _no_longer(self) -> None:
        if self.patience is not None:
            self.patience.cancel()
            self.patience = None
