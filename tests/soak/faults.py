"""The refresh is killed, or the disk is full, at any point: the store stays whole, and serves.

After each fault: what was answered before is answered the same, a list is there whole or not at
all, one row says what became of each run, and the next refresh succeeds.
"""

import multiprocessing
import time
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from sqlalchemy import func, select, text

from app.desk import Desk, encode
from app.jobs import shipped
from app.jobs.refresh import refresh
from app.store import facts, refreshes
from app.store.refreshes import Refreshed
from app.store.tables import leases
from app.store.tables import refreshes as rows
from app.terms import Leg, Report, Traveller
from tests.invented import xml
from tests.list_server import ListServer, list_server
from tests.soak.common import Finding, Part, desk_over, load_what_ships, new_postgres, new_sqlite
from tests.soak.refresher import Fault, clock, run, source_of

_FULL = 640
_AT_ONCE = 50
_STAGES = ("fetched", "stored", "parsed", "checked", "promoted")
_STATEMENTS = 45  # a run asks some 40, and the last of these find it ended
_PAGES, _SIZES = 25, 60  # by which a run makes the database grow, and the files
_LATER = 600  # seconds by which each look is later than the one before: every lease has run out
_FIRST = datetime(2026, 5, 10, tzinfo=UTC)
_QUESTION = Report(
    traveller=Traveller(name="Qasem Soleimani", role="commander of the Quds Force"),
    legs=(Leg(state="RU", place="Moscow", from_="2015-07-24"),),
)


@dataclass
class Target:
    """One store that is being hurt, and what must hold of it."""

    url: str
    body: str = ""
    """The answer to a question about the past."""
    known_at: str = ""
    kills: int = 0
    full: int = 0
    outcomes: dict[str, int] = field(default_factory=dict)

    @property
    def is_sqlite(self) -> bool:
        return self.url.startswith("sqlite")


def faults(part: Part) -> str:
    """On SQLite and, when a server answers, on PostgreSQL, in turn; then fifty runs at once."""
    processes = multiprocessing.get_context("forkserver")
    processes.set_forkserver_preload(["tests.soak.refresher"])
    with ExitStack() as stack:
        server = stack.enter_context(list_server())
        pg = stack.enter_context(new_postgres())
        path = new_sqlite(part.folder)
        targets = [Target(f"sqlite:///{path}"), *([Target(pg)] if pg else [])]
        night = 0
        for target in targets:
            night += 1
            _begin(target, server, night)
        for number in part.rounds(_FULL):
            target = targets[number % len(targets)]
            night += 1
            _hurt(part, processes, server, target, number // len(targets), night)
        at_once = [_at_once(processes, server, target, night + 1) for target in targets]
    told = "; ".join(
        f"{target.url.partition(':')[0]}: {target.kills} kills, {target.full} full disks, "
        f"{', '.join(f'{count} {name}' for name, count in sorted(target.outcomes.items()))}"
        for target in targets
    )
    left_out = "" if pg else "; no PostgreSQL answers: left out"
    return f"{told}; {_AT_ONCE} at once: {', '.join(at_once)}{left_out}"


def _list(night: int) -> bytes:
    """A list of a few hundred, one of whom is new each night."""
    people = {f"ZZi.{number:03}": (f"A{number}", f"VELUR {number}") for number in range(300)}
    people[f"ZZi.{night % 700 + 300:03}"] = ("NEW", f"PERSON {night}")
    return xml((_FIRST + timedelta(hours=night)).isoformat(), people)


def _desk(store: facts.Store, night: float) -> Desk:
    return desk_over(store, shipped.tables(), clock(night * _LATER))


def _begin(target: Target, server: ListServer, night: int) -> None:
    server.body = _list(night)
    with facts.open_store(target.url) as store:
        load_what_ships(store, lambda: datetime.now(UTC))
        desk = _desk(store, night)
        ended = refresh(desk, source_of(server.url, server.ca_file))
        if ended.outcome != "promoted":
            raise Finding(f"the first refresh: {ended.outcome}: {ended.words}")
        target.known_at = desk.record().known_at
        target.body = _answer(desk, target)


def _answer(desk: Desk, target: Target) -> str:
    report = Report(traveller=_QUESTION.traveller, legs=_QUESTION.legs, known_at=target.known_at)
    return encode(desk.try_out(report)).decode()


def _hurt(
    part: Part,
    processes: multiprocessing.context.ForkServerContext,
    server: ListServer,
    target: Target,
    number: int,
    night: int,
) -> None:
    """One run with one fault, and the good one after it."""
    server.body = _list(night)
    with facts.open_store(target.url) as store:
        desk = _desk(store, night)
        before = {item.sha256 for item in desk.record().full_lists}
        runs = _runs(store)
    fault, after = _drawn(part, target, number)
    process = processes.Process(
        target=run, args=(target.url, server.url, server.ca_file, night * _LATER, fault)
    )
    process.start()
    if after is not None:
        time.sleep(after)
        process.kill()
    process.join(120)
    if process.exitcode is None:
        process.kill()
        raise Finding(f"{fault} on {target.url}: the run hangs")
    killed = process.exitcode < 0
    target.kills += killed
    target.full += not (killed or after is not None)
    label = f"night {night}, {fault}, killed {killed}, {target.url.partition(':')[0]}"
    with facts.open_store(target.url) as store:
        _whole(store, target, before, label)
        ended = refresh(_desk(store, night + 0.9), source_of(server.url, server.ca_file))
        target.outcomes[ended.outcome] = target.outcomes.get(ended.outcome, 0) + 1
        if ended.outcome not in ("promoted", "unchanged"):
            raise Finding(f"{label}: the next refresh: {ended.outcome}: {ended.words}")
        _whole(store, target, before, label)
        held = {item.sha256 for item in _desk(store, night + 0.9).record().full_lists}
        if len(held) != len(before) + 1:
            raise Finding(f"{label}: {len(held)} full lists after {len(before)}")
        _one_row_each(store, runs, ended, label)


def _drawn(part: Part, target: Target, number: int) -> tuple[Fault, float | None]:
    """A fault, and after how many seconds the process is killed from outside, if it is."""
    kind, turn = number % 4, number // 4 + part.seed
    if kind == 0:
        return Fault(stage=_STAGES[turn % len(_STAGES)]), None
    if kind == 1 or kind == 2:
        return Fault(), part.random.uniform(0, 0.6)
    # Each write in its turn, so that the full count leaves none out.
    if not target.is_sqlite:
        return Fault(statement=turn % _STATEMENTS + 1), None
    if turn % 2:
        return Fault(pages=turn // 2 % _PAGES), None
    return Fault(file_size=turn // 2 % _SIZES * 20_000), None


def _whole(store: facts.Store, target: Target, before: set[str], label: str) -> None:
    if target.is_sqlite:
        with store.reading() as connection:
            said = connection.execute(text("PRAGMA integrity_check")).scalar()
        if said != "ok":
            raise Finding(f"{label}: integrity_check says {said}")
    desk = desk_over(store, shipped.tables(), clock(10**8))
    record = desk.record()
    held = {item.sha256 for item in record.full_lists}
    if not before <= held or len(held - before) > 1:
        raise Finding(f"{label}: lists on record went from {len(before)} to {len(held)}")
    for name in held - before:
        desk.evidence(name)
    if _answer(desk, target) != target.body:
        raise Finding(f"{label}: a question about the past is answered otherwise")


def _runs(store: facts.Store) -> int:
    with store.reading() as connection:
        return connection.scalar(select(func.count()).select_from(rows)) or 0


def _one_row_each(store: facts.Store, runs: int, ended: Refreshed, label: str) -> None:
    with store.reading() as connection:
        new = [run for run in refreshes.newest(connection, 3) if run.run != ended.run]
        held = connection.scalar(select(func.count()).select_from(leases))
    added = _runs(store) - runs
    # One for the good run, and one for the hurt one unless it died before it had a lease.
    if added not in (1, 2) or held:
        raise Finding(f"{label}: {added} rows for two runs, {held} leases")
    if added == 2 and not (new[0].words and new[0].outcome):
        raise Finding(f"{label}: the row says nothing: {new[0]}")


def _at_once(
    processes: multiprocessing.context.ForkServerContext,
    server: ListServer,
    target: Target,
    night: int,
) -> str:
    """Many runs at the same time: one download, one promotion, a row for each."""
    server.body = _list(night)
    server.forget()
    with facts.open_store(target.url) as store:
        before = _runs(store)
    args = (target.url, server.url, server.ca_file, night * _LATER, Fault())
    started = [processes.Process(target=run, args=args) for _ in range(_AT_ONCE)]
    for process in started:
        process.start()
    for process in started:
        process.join(300)
    codes = {process.exitcode for process in started}
    with facts.open_store(target.url) as store:
        with store.reading() as connection:
            new = refreshes.newest(connection, _AT_ONCE)
        outcomes = sorted(run.outcome.value for run in new)
        if codes != {0} or _runs(store) != before + _AT_ONCE:
            raise Finding(f"{_AT_ONCE} at once: exit codes {codes}, {_runs(store) - before} rows")
    if (
        server.downloads != 1
        or outcomes.count("promoted") != 1
        or set(outcomes[1:]) - {"unchanged"}
    ):
        raise Finding(f"{_AT_ONCE} at once: {server.downloads} downloads, {outcomes}")
    return f"{server.downloads} download, {outcomes.count('promoted')} promoted"
