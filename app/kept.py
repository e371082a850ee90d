"""Bodies that were sent, kept in memory to be sent again: those asked for last, within bounds."""

from collections import OrderedDict
from threading import Lock

MOST_BYTES = 8 * 1024 * 1024
"""Of all bodies together."""


class Bodies:
    """Bodies by name. Whoever takes one says whether it may still be sent: nothing here knows."""

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self.most_bytes = most_bytes
        self.size = 0
        """Bytes of all that are kept."""
        self._kept: OrderedDict[str, bytes] = OrderedDict()
        self._lock = Lock()

    def get(self, name: str) -> bytes | None:
        """The body of a name; null where none is kept."""
        with self._lock:
            body = self._kept.get(name)
            if body is not None:
                self._kept.move_to_end(name)
            return body

    def keep(self, name: str, body: bytes) -> None:
        """Keep a body; those that nobody has asked for longest make room for it."""
        with self._lock:
            self._drop(name)
            self._kept[name] = body
            self.size += len(body)
            while self.size > self.most_bytes:
                self._drop(next(iter(self._kept)))

    def drop(self, name: str) -> None:
        """Keep it no longer."""
        with self._lock:
            self._drop(name)

    def _drop(self, name: str) -> None:
        self.size -= len(self._kept.pop(name, b""))
