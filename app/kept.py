"""Questions and answers kept in memory to be known again: those that came last, within bounds."""

from collections import OrderedDict
from threading import Lock
from typing import Generic, NamedTuple, TypeVar

K = TypeVar("K")
T = TypeVar("T")
MOST_BYTES = 8 * 1024 * 1024
"""Of all their bodies together."""


class Sent(NamedTuple):
    """A saved answer, and what every audit line about it says."""

    body: bytes
    digest: str
    """SHA-256 of the body."""
    saved_at: str
    content_digest: str
    """Of its rows in the store, as they were saved at that moment."""
    verdict: str
    standings: tuple[str, ...]
    """Of its events, one for each leg."""


class Answers:
    """Answers by name. Whoever takes one sees whether it may still be sent: nothing here knows."""

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self.most_bytes = most_bytes
        self.size = 0
        """Bytes of all that are kept."""
        self._kept: OrderedDict[str, Sent] = OrderedDict()
        self._lock = Lock()

    def get(self, name: str) -> Sent | None:
        """The answer of a name; null where none is kept."""
        with self._lock:
            sent = self._kept.get(name)
            if sent is not None:
                self._kept.move_to_end(name)
            return sent

    def keep(self, name: str, sent: Sent) -> None:
        """Keep an answer; those that nobody has asked for longest make room for it."""
        with self._lock:
            self._drop(name)
            self._kept[name] = sent
            self.size += len(sent.body)
            while self.size > self.most_bytes:
                self._drop(next(iter(self._kept)))

    def drop(self, name: str) -> None:
        """Keep it no longer."""
        with self._lock:
            self._drop(name)

    def _drop(self, name: str) -> None:
        sent = self._kept.pop(name, None)
        self.size -= 0 if sent is None else len(sent.body)


class Latest(Generic[K, T]):
    """So many by name: those that were kept last."""

    def __init__(self, most: int) -> None:
        self.most = most
        self._kept: dict[K, T] = {}
        self._lock = Lock()

    def get(self, name: K) -> T | None:
        """What is kept under a name; null where nothing is."""
        return self._kept.get(name)

    def keep(self, name: K, one: T) -> None:
        """Keep one; the one that was kept first makes room for it."""
        with self._lock:
            if len(self._kept) >= self.most and name not in self._kept:
                del self._kept[next(iter(self._kept))]
            self._kept[name] = one
