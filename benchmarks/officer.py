"""The officer's pages with a full list: the server's time, and what a browser has to fetch."""

import http.client
import json
import re
import statistics
import time
from collections.abc import Iterator
from urllib.parse import urlencode

from app.api import examples
from benchmarks.common import TRAVELBAN, Row, Run, at_most, say, served

_TIMES = 15
_MILLISECONDS = 100
_KILOBYTES = 100
_ASSETS = re.compile(r'(?:href|src)="(/static/[^"]+)"')


def measure(run: Run) -> Iterator[Row]:
    """Each page, the median of fifteen times, beside the route that does nothing."""
    with served([*TRAVELBAN, "serve"], run.loaded()) as (_, port):
        ask = _Asker(port)
        made = json.loads(ask("POST", "/v1/assessments", examples.REPORT)[1])
        read = json.loads(ask("POST", "/v1/articles", examples.ARTICLE)[1])
        pages = {
            "the form for an article": "/?example=1",
            "the form for a journey": "/journey?example=1",
            "an answer": f"/assessments/{made['id']}",
            "an answer in print": f"/assessments/{made['id']}/print",
            "an article": f"/articles/{read['document']['sha256']}",
            "the form for a name": "/screen",
            "a person": "/people/IRi.039",
            "changes": "/changes",
            "lists": "/lists",
            "history": "/history",
            "the glossary": "/glossary",
        }
        nothing = _median(ask, "GET", "/healthz")
        for name, address in pages.items():
            say(f"page: {name} ...")
            yield from _rows(ask, name, ("GET", address), nothing)
        form = {"name": "Ghasem Soleimani", "role": "commander of the Quds Force"}
        yield from _rows(ask, "a name screened", ("POST", "/screen", form), nothing)


class _Asker:
    """One connection, as a browser has."""

    def __init__(self, port: int) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self.origin = f"http://127.0.0.1:{port}"

    def __call__(self, method: str, address: str, body: object = None) -> tuple[int, bytes]:
        headers = {"Origin": self.origin, "Content-Type": "application/json"}
        sent = None if body is None else json.dumps(body)
        if body is not None and not address.startswith("/v1/"):
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            sent = urlencode(body)  # type: ignore[arg-type]
        self.connection.request(method, address, sent, headers)
        answer = self.connection.getresponse()
        return answer.status, answer.read()


def _median(ask: _Asker, *asked: object) -> float:
    taken = []
    for _ in range(_TIMES):
        begun = time.perf_counter()
        ask(*asked)  # type: ignore[arg-type]
        taken.append(time.perf_counter() - begun)
    return statistics.median(taken) * 1000


def _rows(ask: _Asker, name: str, asked: tuple[object, ...], nothing: float) -> Iterator[Row]:
    status, body = ask(*asked)  # type: ignore[arg-type]
    if status != http.client.OK:
        raise RuntimeError(f"{asked[1]} answered {status}")
    took = _median(ask, *asked)
    yield Row(
        part="page", measure=f"{name}: time", figure=took, unit="ms", against="healthz",
        against_figure=nothing, ratio=took / nothing, **at_most(_MILLISECONDS, took, " ms"),
    )  # fmt: skip
    assets = sorted(set(_ASSETS.findall(body.decode())))
    weight = (len(body) + sum(len(ask("GET", address)[1]) for address in assets)) / 1000
    yield Row(
        part="page", measure=f"{name}: all that is fetched", figure=weight, unit="kB",
        **at_most(_KILOBYTES, weight, " kB"),
    )  # fmt: skip
