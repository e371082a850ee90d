"""Acts of several threads in one transaction: who comes while one is written shares the next.

To begin and to commit takes longer than to write a line of the audit, and only one may write.
"""

from collections import deque
from collections.abc import Callable
from threading import Lock
from typing import Any, TypeVar

from sqlalchemy import Connection

from app.store.facts import Store
from app.store.trouble import trouble

T = TypeVar("T")
MOST = 32
"""Acts of one transaction, so that nobody waits long for those of others."""


class _Act:
    def __init__(self, act: Callable[[Connection], Any]) -> None:
        self.act = act
        self.turn = Lock()  # free once there is something to do for who waits
        self.turn.acquire()
        self.leads = False
        self.found: Any = None
        self.error: Exception | None = RuntimeError("was not written")


class Together:
    """Writes to one store for many threads."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lock = Lock()
        self._waiting: deque[_Act] = deque()
        self._led = False

    def write(self, act: Callable[[Connection], T]) -> T:
        """What an act answers, once it is committed; else what it, or the database, raised.

        An act does nothing but read and write by its connection: it is done again, alone, where
        another one of the same transaction failed.
        """
        mine = _Act(act)
        with self._lock:
            self._waiting.append(mine)
            mine.leads, self._led = not self._led, True
        if not mine.leads:
            mine.turn.acquire()
        if mine.leads:
            self._lead(mine)
        if mine.error is not None:
            raise mine.error
        found: T = mine.found
        return found

    def _lead(self, mine: _Act) -> None:
        """Write what waits, one's own act first, and hand on to who waits by then."""
        with self._lock:
            some = [self._waiting.popleft() for _ in range(min(MOST, len(self._waiting)))]
        try:
            self._write(some)
        finally:
            with self._lock:
                following = self._waiting[0] if self._waiting else None
                self._led = following is not None
            if following is not None:
                following.leads = True
                following.turn.release()
            for one in some:
                if one is not mine:
                    one.turn.release()

    def _write(self, some: list[_Act]) -> None:
        try:
            with self._store.writing() as connection:
                found = [one.act(connection) for one in some]
        except Exception as error:  # noqa: BLE001 - it is raised where it belongs
            # Where it is the database that fails, it fails them all, and each would wait in vain.
            if len(some) == 1 or trouble(error) is not None:
                for one in some:
                    one.error = error
            else:
                for one in some:
                    self._write([one])
        else:
            for one, answer in zip(some, found, strict=True):
                one.found, one.error = answer, None
