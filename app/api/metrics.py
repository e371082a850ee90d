"""/metrics: what this service has answered, and how its store stands, as Prometheus reads it.

Counters are of every worker process together, gauges of the store that all share: whichever
worker is asked answers the same. No label holds what somebody sent: routes are templates, and
every other value is one of a fixed set.
"""

import fcntl
import os
import shutil
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from fastapi import FastAPI, Response
from prometheus_client import (
    CollectorRegistry,
    Counter,
    Histogram,
    disable_created_metrics,
    generate_latest,
)
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from prometheus_client.metrics_core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector
from pydantic import TypeAdapter

from app.api import keys
from app.api.problem import responses
from app.api.seen import Told
from app.desk import Answered, Desk
from app.store.keys import Scope
from app.when import parse_instant

SHARED = "PROMETHEUS_MULTIPROC_DIR"
"""The variable by which prometheus-client learns the folder that worker processes share."""
BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
"""Seconds, from the quickest answer to one that nobody waits for."""

_IN_MEMORY = "/dev/shm"
_FOLDER = "travelban-counts-"
_MADE_BY_NOW = 60  # seconds after which whoever made a folder holds it

# Several processes have no one moment at which a counter began, and one process needs none.
disable_created_metrics()  # type: ignore[no-untyped-call]


@contextmanager
def shared_by_workers() -> Iterator[None]:
    """While this holds, processes that are started count into one folder, new and empty.

    New each time, so that nothing is counted that an earlier start, or another service, left. In
    memory where the machine has such a folder: a process that counts into a mapped file is killed
    when the disk is full. It is held as long as it is needed, so that the next start can remove
    what a service that was killed has left.
    """
    memory = _IN_MEMORY if os.access(_IN_MEMORY, os.W_OK) else tempfile.gettempdir()
    for left in Path(memory).glob(f"{_FOLDER}*"):
        _remove_if_left(left)
    with tempfile.TemporaryDirectory(prefix=_FOLDER, dir=memory) as folder, _held(folder):
        before = os.environ.get(SHARED)
        os.environ[SHARED] = folder
        try:
            yield
        finally:
            del os.environ[SHARED]
            if before is not None:
                os.environ[SHARED] = before


def _remove_if_left(folder: Path) -> None:
    """Remove a folder that nobody holds; not one that is being made, nor somebody else's."""
    with suppress(OSError):
        if time.time() - folder.stat().st_mtime > _MADE_BY_NOW:
            with _held(folder):
                shutil.rmtree(folder)


@contextmanager
def _held(folder: str | Path) -> Iterator[None]:
    """Hold a folder against all other processes; BlockingIOError where another one does."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    finally:
        os.close(opened)


# ---------------------------------------------------------------- counters


class Counts:
    """What has been answered since the start, by this process or by all that share a folder."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        own: CollectorRegistry | None = self.registry
        if SHARED in os.environ:
            MultiProcessCollector(self.registry)  # type: ignore[no-untyped-call]
            own = None  # it reads them from the folder, with those of the others
        self._requests = Counter(
            "travelban_requests",
            "Requests answered.",
            ["route", "method", "status"],
            registry=own,
        )
        self._seconds = Histogram(
            "travelban_request_seconds",
            "From the first look at a request to the last byte of its answer.",
            ["route"],
            buckets=BUCKETS,
            registry=own,
        )
        self._verdicts = Counter(
            "travelban_verdicts",
            "Assessments given, also again, and also of the journeys of a text.",
            ["verdict"],
            registry=own,
        )
        self._events = Counter(
            "travelban_event_standings",
            "Event standings given, one for each leg.",
            ["standing"],
            registry=own,
        )
        self._screenings = Counter(
            "travelban_screenings",
            "Names screened.",
            ["standing"],
            registry=own,
        )

    def request(self, told: Told) -> None:
        """Count a request that is over."""
        status = f"{told.status // 100}xx" if told.status else "none"
        self._requests.labels(told.route, told.method, status).inc()
        self._seconds.labels(told.route).observe(told.seconds)

    def screening(self, body: bytes) -> None:
        """Count the names that were screened, as the answer was sent."""
        found = _screening.validate_json(body)
        for each in found.items if isinstance(found, _Several) else (found,):
            self._screenings.labels(each.identity.standing).inc()

    def assessment(self, verdict: str, standings: Iterable[str]) -> None:
        """Count an assessment: its verdict, and the standing of each leg's event."""
        self._verdicts.labels(verdict).inc()
        for standing in standings:
            self._events.labels(standing).inc()

    def article(self, body: bytes) -> None:
        """Count the assessments of an answer about a text, as it was sent."""
        for each in _article.validate_json(body).assessments:
            self.assessment(each.verdict, [leg.event.standing for leg in each.states])


# What is counted of an answer that has no more than its bytes is read from these. The rest is left
# unread, and a name cannot come into a label.
@dataclass(frozen=True, slots=True)
class _Standing:
    standing: str


@dataclass(frozen=True, slots=True)
class _Leg:
    event: _Standing


@dataclass(frozen=True, slots=True)
class _Given:
    verdict: str
    states: tuple[_Leg, ...]


@dataclass(frozen=True, slots=True)
class _GivenOfText:
    assessments: tuple[_Given, ...]


@dataclass(frozen=True, slots=True)
class _Screened:
    identity: _Standing


@dataclass(frozen=True, slots=True)
class _Several:
    items: tuple[_Screened, ...]


_screening: TypeAdapter[_Screened | _Several] = TypeAdapter(_Screened | _Several)
_article = TypeAdapter(_GivenOfText)


def counted(desk: Desk, counts: Counts) -> Desk:
    """A desk whose answers are counted as they are given, and which is otherwise the same."""
    return cast(Desk, _Counted(desk, counts))


class _Counted:
    """Stands between the routes and the desk; a question that is refused is not counted."""

    def __init__(self, desk: Desk, counts: Counts) -> None:
        self._desk = desk
        self._counts = counts

    def __getattr__(self, name: str) -> Any:
        return getattr(self._desk, name)

    def screen_body(self, *asked: Any, **more: Any) -> bytes:
        body = self._desk.screen_body(*asked, **more)
        self._counts.screening(body)
        return body

    def ask(self, *asked: Any, **more: Any) -> Answered:
        answer = self._desk.ask(*asked, **more)
        if answer.verdict is not None:
            self._counts.assessment(answer.verdict, answer.standings)
        return answer

    def read_article(self, *asked: Any, **more: Any) -> Answered:
        answer = self._desk.read_article(*asked, **more)
        self._counts.article(answer.body)
        return answer

    def review_article(self, *asked: Any, **more: Any) -> Answered:
        answer = self._desk.review_article(*asked, **more)
        self._counts.article(answer.body)
        return answer


# ---------------------------------------------------------------- the route and its gauges


def install(app: FastAPI, desk: Desk, counts: Counts) -> None:
    """Put the route over one desk, and what was counted, on an application."""
    registry = counts.registry
    registry.register(_OfTheStore(desk))

    @app.get(
        "/metrics",
        tags=["service"],
        response_class=Response,
        dependencies=[keys.needs(desk, Scope.operate)],
        responses={
            200: {
                "description": "Counters and gauges",
                "content": {"text/plain": {"schema": {"type": "string"}}},
            },
            **responses("invalid-request"),
        },
    )
    def metrics() -> Response:
        """What has been answered and how fast, how the lists stand, how refreshes ended."""
        return Response(generate_latest(registry), media_type=CONTENT_TYPE_LATEST)


class _OfTheStore(Collector):
    """Made anew each time it is asked; a store that cannot be read leaves all but two out."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def describe(self) -> Iterator[Metric]:
        """Nothing: a registry would otherwise ask the store when the service starts."""
        return iter(())

    def collect(self) -> Iterator[Metric]:
        """The store as it stands now."""
        ready = self.desk.ready()
        yield GaugeMetricFamily(
            "travelban_ready",
            "1 when /readyz says so: the store can be read, and a list is on record.",
            float(ready.status == "ready"),
        )
        yield GaugeMetricFamily(
            "travelban_parser_model",
            "1 when a parser's model helps to read articles.",
            float(self.desk.parser is not None),
        )
        if any(check.name == "store" and not check.ok for check in ready.checks):
            return
        yield GaugeMetricFamily("travelban_lists", "Lists on record.", ready.lists)
        yield GaugeMetricFamily("travelban_full_lists", "Full lists on record.", ready.full_lists)
        yield GaugeMetricFamily(
            "travelban_lists_quarantined",
            "Lists that are set aside and wait for a decision.",
            ready.quarantined,
        )
        stale = "1 when the newest list is older than TRAVELBAN_LIST_STALE_DAYS, or none is here."
        yield GaugeMetricFamily("travelban_list_stale", stale, float(ready.stale))
        age = self.desk.list_age()
        if ready.newest is not None and age is not None:
            yield GaugeMetricFamily(
                "travelban_list_age_seconds", "Since the newest list was generated.", age
            )
            yield GaugeMetricFamily(
                "travelban_list_generated_timestamp_seconds",
                "When the newest list was generated.",
                parse_instant(ready.newest).timestamp(),
            )
        ended = GaugeMetricFamily(
            "travelban_refresh_ended_timestamp_seconds",
            "When a run of the refresh last ended so.",
            labels=["outcome"],
        )
        for outcome, at in self.desk.last_refreshes().items():
            ended.add_metric([outcome], parse_instant(at).timestamp())
        yield ended
        runs = CounterMetricFamily(
            "travelban_refreshes", "Runs of the refresh that ended so.", labels=["outcome"]
        )
        for outcome, number in self.desk.refresh_counts().items():
            runs.add_metric([outcome], number)
        yield runs
