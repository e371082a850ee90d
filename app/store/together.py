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
        self.taken = False
        self.found: Any = None
        self.error: Exception | None = RuntimeError("was not written")


class Together:
    """Writes to one store for many threads."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._turn = Lock()
        self._waiting: deque[_Act] = deque()

    def write(self, act: Callable[[Connection], T]) -> T:
        """What an act answers, once it is committed; else what it, or the database, raised.

        An act does nothing but read and write by its connection: it is done again, alone, where
        another one of the same transaction failed.
        """
        mine = _Act(act)
        self._waiting.append(mine)
        with self._turn:
            # Whoever had the turn before may have written it with its own.
            while not mine.taken:
                self._write(self._next())
        if mine.error is not None:
            raise mine.error
        found: T = mine.found
        return found

    def _next(self) -> list[_Act]:
        """Those that have waited longest; all that waited before them are written."""
        some = [self._waiting.popleft() for _ in range(min(MOST, len(self._waiting)))]
        for one in some:
            one.taken = True
        return some

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
