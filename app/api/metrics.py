"""/metrics: gauges in the text form that Prometheus reads, made anew each time they are asked for.

They are of the store, so that every worker process answers the same.
"""

from collections.abc import Iterator

from fastapi import FastAPI, Response
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from prometheus_client.metrics_core import GaugeMetricFamily
from prometheus_client.registry import Collector

from app.api import keys
from app.api.problem import responses
from app.desk import Desk
from app.store.keys import Scope
from app.when import parse_instant


def install(app: FastAPI, desk: Desk) -> None:
    """Put the route over one desk on an application."""
    registry = CollectorRegistry()
    registry.register(_Gauges(desk))

    @app.get(
        "/metrics",
        tags=["service"],
        response_class=Response,
        dependencies=[keys.needs(desk, Scope.operate)],
        responses={
            200: {
                "description": "Gauges",
                "content": {"text/plain": {"schema": {"type": "string"}}},
            },
            **responses("invalid-request"),
        },
    )
    def metrics() -> Response:
        """How old the newest list is, and how the last runs of the refresh ended."""
        return Response(generate_latest(registry), media_type=CONTENT_TYPE_LATEST)


class _Gauges(Collector):
    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def describe(self) -> Iterator[GaugeMetricFamily]:
        """Nothing: a registry would otherwise ask the store when the service starts."""
        return iter(())

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """The gauges as they stand now."""
        ready = self.desk.ready()
        yield GaugeMetricFamily("travelban_lists", "Lists on record.", ready.lists)
        yield GaugeMetricFamily("travelban_full_lists", "Full lists on record.", ready.full_lists)
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
