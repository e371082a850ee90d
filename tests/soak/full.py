"""The disk of the store is full at any write of the service: a clear problem, nothing half written.

On SQLite the file may grow by a few pages; on PostgreSQL one statement after the other is answered
that there is no room. After each the same act succeeds, once there is room.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Engine, event
from sqlalchemy.exc import DBAPIError

from app.desk import Desk
from app.jobs import shipped
from app.store import facts
from app.store.trouble import Trouble, trouble
from tests.soak.acts import Done, done_by, drawn, missing, unsound
from tests.soak.common import Finding, Part, desk_over, load_what_ships, new_postgres, new_sqlite
from tests.soak.refresher import NO_SPACE

_FULL = 400
_STATEMENTS, _PAGES = 12, 4
_LOOK_EVERY = 50


@dataclass
class Target:
    """A store without room, and what was acknowledged of it."""

    store: facts.Store
    desk: Desk
    done: list[Done] = field(default_factory=list)
    full: int = 0

    @property
    def kind(self) -> str:
        return self.store.engine.dialect.name


def full(part: Part) -> str:
    """On SQLite and, when a server answers, on PostgreSQL, in turn."""
    with new_postgres() as server:
        urls = [f"sqlite:///{new_sqlite(part.folder)}", *([server] if server else [])]
        targets = []
        for url in urls:
            store = facts.open_store(url)
            load_what_ships(store, lambda: datetime.now(UTC))
            desk = desk_over(store, shipped.tables(), lambda: datetime.now(UTC))
            targets.append(Target(store, desk))
        try:
            for number in part.rounds(_FULL):
                target = targets[number % len(targets)]
                _once(part, target, number)
                if number % _LOOK_EVERY < len(targets):
                    _look(target)
            for target in targets:
                _look(target)
        finally:
            for target in targets:
                target.store.close()
    return "; ".join(
        f"{target.kind}: {target.full} times without room, {len(target.done)} acts acknowledged"
        for target in targets
    )


def _once(part: Part, target: Target, number: int) -> None:
    act = drawn(part.random, f"{part.seed} {number}")
    try:
        with _no_room(target.store.engine, part):
            target.done.append(done_by(target.desk, act))
    except DBAPIError as error:
        if trouble(error) is not Trouble.full:
            raise Finding(f"{act.kind} on {target.kind}: {trouble(error)}: {error.orig}") from error
        target.full += 1
        target.done.append(done_by(target.desk, act))


def _look(target: Target) -> None:
    with target.store.reading() as connection:
        found = missing(connection, target.done)
    if found := found + unsound(target.store):
        raise Finding(f"{target.kind}: {'; '.join(found)}")


@contextmanager
def _no_room(engine: Engine, part: Part) -> Iterator[None]:
    name = "connect" if engine.dialect.name == "sqlite" else "before_cursor_execute"
    left = part.random.randrange(_PAGES if name == "connect" else _STATEMENTS)

    def few_pages(connection: Any, _: object) -> None:
        (now,) = connection.execute("PRAGMA page_count").fetchone()
        connection.execute(f"PRAGMA max_page_count = {now + left}")

    def no_space(_: object, __: object, statement: str, given: Any, *___: object) -> Any:
        nonlocal left
        left -= 1
        return (NO_SPACE, None) if left == -1 else (statement, given)

    listen: Any = few_pages if name == "connect" else no_space
    event.listen(engine, name, listen, **({} if name == "connect" else {"retval": True}))
    # Connections that are open know of nothing, and none that knows may stay.
    engine.dispose()
    try:
        yield
    finally:
        event.remove(engine, name, listen)
        engine.dispose()
