"""The service under load: two workers, a full list, clients that ask without a pause."""

import statistics
import sys
from collections.abc import Iterator
from itertools import count, islice
from pathlib import Path
from typing import Any

from app.api import examples
from app.desk import ImportOutcome
from app.serve import open_desk
from app.settings import Settings
from benchmarks import wrk
from benchmarks.common import (
    TRAVELBAN,
    Row,
    Run,
    at_least,
    at_most,
    invented_name,
    questions,
    say,
    served,
)
from benchmarks.load import looked_in, post, put_on, put_on_at
from benchmarks.memory import resident, workers
from benchmarks.wrk import Point, pressed

WORKERS = 2
CLIENTS = (1, 2, 4, 8, 16, 32)
_SECONDS = 3
_MOST = 2_500 * _SECONDS  # more than are answered; asked twice, a question would not be new
_SERVE = [*TRAVELBAN, "serve", "--workers", str(WORKERS)]
_ASSESS, _SCREEN = "/v1/assessments", "/v1/screenings"
_DEF, _ASYNC = "empty route (def)", "empty route (async def)"
_SCREENED, _SCREENED_AGAIN = "screen, distinct", "screen, one name again"
_ASSESSED, _ASSESSED_AGAIN = "assess, distinct, saved", "assess, one question again"
_LEAST = {_SCREENED: 0.4, _ASSESSED: 0.2, _ASSESSED_AGAIN: 0.4}
"""Share of the requests per second of the empty route."""
_TAIL = 10  # times the median, at half of the load
_STEADY_SECONDS = 6
_CONNECTIONS = 32  # at a constant rate
_BUSY = 8 * WORKERS
_TOO_MANY = 64  # clients: more than there are places
_LOOK = 0.25  # seconds in which healthz answers
_GROWN = 1.05

Questions = Iterator[dict[str, Any]]


def measure(run: Run) -> Iterator[Row]:
    """A curve for each kind of question, then half of its load, then memory."""
    data = _one_list(run)
    asked = {_SCREENED: _screened(data), _ASSESSED: questions()}
    generator = f"wrk ({wrk.FOUND})" if wrk.FOUND else f"our own; Debian's {wrk.PACKAGE} is better"
    say(f"load: the generator is {generator}")
    with (
        served(_SERVE, data) as (_, ours),
        served([sys.executable, "-m", "benchmarks.empty", str(WORKERS)], run.empty()) as (_, other),
    ):
        for warm in (_SCREENED, _ASSESSED):
            path = _SCREEN if warm == _SCREENED else _ASSESS
            pressed(ours, path, list(islice(asked[warm], _MOST)), 4, 1)
        found = _curves(ours, other, asked)
        yield from _curve_rows(found)
        best = {name: max(curve.values(), key=_rate) for name, curve in found.items()}
        yield from _ratios(best)
        for name in (_SCREENED, _ASSESSED, _ASSESSED_AGAIN):
            yield from _at_half(ours, name, best[name].rate / 2, asked)
        yield from _looking_in(ours, asked[_ASSESSED])
    yield from _grown(run, data)


def _one_list(run: Run) -> Path:
    """A data folder whose store holds the newest full list."""
    data = run.empty()
    name, xml = list(run.lists.items())[-1]
    desk = open_desk(
        Settings(data_dir=data, database_url=f"sqlite:///{data / 'travelban.sqlite3'}")
    )
    result = desk.import_list(name, xml, False)
    if result.outcome is not ImportOutcome.promoted:
        raise RuntimeError(result.words)
    desk.store.close()
    return data


def _screened(data: Path) -> Questions:
    """Names without end, none twice: of listed people with two letters exchanged, and invented."""
    desk = open_desk(
        Settings(data_dir=data, database_url=f"sqlite:///{data / 'travelban.sqlite3'}")
    )
    listed = [item.name for item in desk.record().listed.values()]
    desk.store.close()
    unknown = count()
    seen = set(listed)
    for at in count(1):
        for name in listed:
            if at + 1 < len(name):
                wrong = name[:at] + name[at + 1] + name[at] + name[at + 2 :]
                if wrong not in seen:
                    seen.add(wrong)
                    yield {"name": wrong}
            # Two parts repeat after 1,728 numbers, so that the third has to tell them apart.
            number = next(unknown)
            first, _, third = invented_name(number)
            yield {"name": " ".join((first, invented_name(number // 1_728)[1], third))}


# ---------------------------------------------------------------- clients that never pause


def _curves(ours: int, other: int, asked: dict[str, Questions]) -> dict[str, dict[int, Point]]:
    """One kind after another at each number of clients, so that all meet the same machine."""
    found: dict[str, dict[int, Point]] = {}
    for clients in CLIENTS:
        say(f"load: {clients} clients ...")
        for name, port, path, again in (
            (_DEF, other, "/plain", []),
            (_SCREENED, ours, _SCREEN, None),
            (_ASSESSED, ours, _ASSESS, None),
            (_ASSESSED_AGAIN, ours, _ASSESS, [examples.REPORT]),
            (_SCREENED_AGAIN, ours, _SCREEN, [examples.SCREENING]),
            (_ASYNC, other, "/async", []),
        ):
            sent = list(islice(asked[name], _MOST)) if again is None else again
            point = pressed(port, path, sent, clients, _SECONDS)
            _expect(name, point)
            found.setdefault(name, {})[clients] = point
    return found


def _expect(name: str, point: Point) -> None:
    """What is new is saved, what is asked again may be, and all else may only be refused."""
    good = {_ASSESSED: {201}, _ASSESSED_AGAIN: {200, 201}}.get(name, {200})
    if not point.statuses.keys() <= good | {503}:
        raise RuntimeError(f"{name}: answered {point.statuses}, not {sorted(good)}")


def _rate(point: Point) -> float:
    return point.rate


def _curve_rows(found: dict[str, dict[int, Point]]) -> Iterator[Row]:
    for name, curve in found.items():
        for clients, point in curve.items():
            refused = f", refused {point.refused}" if point.refused else ""
            told = f"p50 {point.p50 * 1000:.1f} ms, p99 {point.p99 * 1000:.1f} ms{refused}"
            yield Row(
                part="load", measure=f"{name}, {clients} clients ({told})",
                figure=point.rate, unit="/s",
            )  # fmt: skip


def _ratios(best: dict[str, Point]) -> Iterator[Row]:
    for name in (_SCREENED, _ASSESSED, _ASSESSED_AGAIN, _SCREENED_AGAIN):
        for against in (_DEF, _ASYNC):
            ratio = best[name].rate / best[against].rate
            # The service's own endpoints are plain functions, so that is what it is held to.
            held = name in _LEAST and against == _DEF
            yield Row(
                part="load", measure=f"{name}, best", figure=best[name].rate, unit="/s",
                against=f"{against}, best", against_figure=best[against].rate, ratio=ratio,
                **(at_least(_LEAST[name], ratio) if held else {}),
            )  # fmt: skip


# ---------------------------------------------------------------- half of that


def _at_half(port: int, name: str, rate: float, asked: dict[str, Questions]) -> Iterator[Row]:
    """At a constant rate, timed from the moment at which each request was due."""
    say(f"load: {name}, {rate:.0f} a second ...")
    many = max(100, int(rate * _STEADY_SECONDS))
    path = _SCREEN if name == _SCREENED else _ASSESS
    new = asked.get(name)
    sent = [examples.REPORT] * many if new is None else list(islice(new, many))
    load = put_on_at(port, [post(path, one) for one in sent], rate, _CONNECTIONS)
    refused = load.statuses.pop(503, 0)
    if not load.statuses.keys() <= {200, 201}:
        raise RuntimeError(f"{name}: answered {load.statuses}")
    p50, p99 = (1000 * at for at in (statistics.median(load.taken), _p99(load.taken)))
    told = f"{many} at {rate:.0f}/s" + (f", {refused} refused" if refused else "")
    yield Row(
        part="load", measure=f"{name}, half of the best, p99 of {told}", figure=p99, unit="ms",
        against="its median", against_figure=p50, ratio=p99 / p50, **at_most(_TAIL, p99 / p50),
    )  # fmt: skip


def _p99(taken: list[float]) -> float:
    return statistics.quantiles(taken, n=100)[-1]


# ---------------------------------------------------------------- healthz


def _looking_in(port: int, asked: Questions) -> Iterator[Row]:
    for clients in (_BUSY, _TOO_MANY):
        say(f"load: healthz beside {clients} clients ...")
        # A refusal is quick, so that many more are asked where there are too many clients.
        sent = [post(_ASSESS, one) for one in islice(asked, 500)] * 40
        load, looks = looked_in(port, sent, clients, _STEADY_SECONDS, "/healthz", 0.02)
        if looks.statuses.keys() != {200}:
            raise RuntimeError(f"healthz answered {looks.statuses}")
        p50, p99 = (1000 * at for at in (statistics.median(looks.taken), _p99(looks.taken)))
        refused = load.statuses.get(503, 0)
        told = f"{clients} busy clients ({len(load.taken) - refused} answered, {refused} refused)"
        limit = at_most(_LOOK * 1000, p99, " ms") if clients == _BUSY else {}
        yield Row(
            part="load", measure=f"healthz, p99 of {len(looks.taken)}, {told}", figure=p99,
            unit="ms", against="its median", against_figure=p50, ratio=p99 / p50, **limit,
        )  # fmt: skip


# ---------------------------------------------------------------- memory


def _grown(run: Run, data: Path) -> Iterator[Row]:
    """Memory of the workers after many requests, and after ten times as many."""
    few = 20_000 if run.full else 2_000
    names, reports = _screened(data), questions()
    with served(_SERVE, data) as (process, port):
        sizes, done = [], 0
        for until in (few, 10 * few):
            say(f"load: memory, {until} requests ...")
            while done < until:
                done += _some(port, names, reports)
            sizes.append(sum(map(resident, workers(process.pid))))
    before, after = sizes
    yield Row(
        part="load", measure=f"memory of {WORKERS} workers after {10 * few} requests",
        figure=after, unit="MB", against=f"after {few}", against_figure=before,
        ratio=after / before, **(at_most(_GROWN, after / before) if run.full else {}),
    )  # fmt: skip


def _some(port: int, names: Questions, reports: Questions) -> int:
    """Ask 2,000 questions, half of them asked before; how many they were."""
    again = post(_ASSESS, examples.REPORT), post(_SCREEN, examples.SCREENING)
    sent: list[bytes] = []
    for name, report in zip(islice(names, 500), reports, strict=False):
        sent += (post(_SCREEN, name), post(_ASSESS, report), *again)
    load = put_on(port, sent, 8, 120, len(sent))
    if not load.statuses.keys() <= {200, 201} or len(load.taken) < len(sent):
        raise RuntimeError(f"memory: answered {load.statuses}, asked {len(sent)}")
    return len(sent)
