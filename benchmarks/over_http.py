"""Requests per second of one serving process, against routes that do nothing."""

import sys
from collections.abc import Iterator

from app.api import examples
from benchmarks.common import TRAVELBAN, Row, Run, at_least, names, questions, say, served
from benchmarks.load import Load, get, post, put_on

CLIENTS = (1, 2, 4, 8, 16)
_SECONDS = 3.0
_MOST = 20_000  # requests at one point of a curve
_MOST_SAVED = 1_500
_GENERATOR = 0.8  # of a processor: from there on the generator may be what is measured
_ASSESS, _SCREEN = "/v1/assessments", "/v1/screenings"
_SAVED = "assess, distinct, saved"


def measure(run: Run) -> Iterator[Row]:
    """One curve after another at each number of clients, so that all meet the same machine."""
    distinct = (post(_ASSESS, question) for question in questions())
    found: dict[str, dict[int, Load]] = {}
    with (
        served([*TRAVELBAN, "serve"], run.loaded()) as (_, ours),
        served([sys.executable, "-m", "benchmarks.empty"], run.empty()) as (_, other),
    ):
        searched = [post(_SCREEN, {"name": name}) for name in names(run.desk, 1_000)]
        again = [post(_ASSESS, examples.REPORT)] * _MOST_SAVED
        plain, on_the_loop = [get("/plain")] * _MOST, [get("/async")] * _MOST
        for port, warm in ((ours, distinct), (ours, searched), (other, plain)):
            put_on(port, warm, 2, 0.5, 100)
        for clients in CLIENTS:
            say(f"http: {clients} clients ...")
            for name, port, requests in (
                ("empty route (def)", other, plain),
                ("empty route (async def)", other, on_the_loop),
                (_SAVED, ours, distinct),
                ("assess, one question again", ours, again),
                ("screen, distinct", ours, searched),
            ):
                most = _MOST if port == other else _MOST_SAVED
                load = put_on(port, requests, clients, _SECONDS, most)
                _expect(name, load, {201} if requests is distinct else {200, 201})
                found.setdefault(name, {})[clients] = load
    yield from _rows(found)


def _expect(name: str, load: Load, statuses: set[int]) -> None:
    if not load.statuses.keys() <= statuses:
        raise RuntimeError(f"{name}: answered {load.statuses}, not {sorted(statuses)}")


def _rows(found: dict[str, dict[int, Load]]) -> Iterator[Row]:
    empty = {name: curve for name, curve in found.items() if name.startswith("empty")}
    for name, curve in found.items():
        for clients, load in curve.items():
            slow = "; the generator is busy" if load.busy > _GENERATOR else ""
            yield Row(
                part="http",
                measure=f"{name}, {clients} clients (p95 {load.p95 * 1000:.0f} ms{slow})",
                figure=load.rate, unit="/s",
            )  # fmt: skip
    best = {name: max(load.rate for load in curve.values()) for name, curve in found.items()}
    for name in found.keys() - empty.keys():
        for against in empty:
            ratio = best[name] / best[against]
            yield Row(
                part="http", measure=f"{name}, best", figure=best[name], unit="/s",
                against=f"{against}, best", against_figure=best[against], ratio=ratio,
                # The service's own endpoints are plain functions, so that is what it is held to.
                **(at_least(0.1, ratio) if name == _SAVED and "(def)" in against else {}),
            )  # fmt: skip
