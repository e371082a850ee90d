"""/metrics: what was answered is counted once and by no name, and how the store stands is told."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response
from prometheus_client.parser import text_string_to_metric_families

from app.api.examples import REPORT, SCREENING, SCREENINGS
from app.api.metrics import SHARED, shared_by_workers
from app.desk import Desk
from app.when import parse_instant
from tests.api.test_articles import ALL, decided, read, review
from tests.api.test_assessments import post
from tests.api.test_service import ended
from tests.conftest import ROOT
from tests.invented import xml


def samples(answer: Response) -> dict[str, float]:
    """Each line of /metrics that is no comment, with its number."""
    assert answer.status_code == 200
    lines = (line for line in answer.text.splitlines() if not line.startswith("#"))
    return {name: float(number) for name, number in (line.rsplit(" ", 1) for line in lines)}


def more(client: TestClient, ask: Callable[[], object]) -> dict[str, float]:
    """What counters have grown by while something was asked; /metrics itself left out."""
    before = samples(client.get("/metrics"))
    ask()
    after = samples(client.get("/metrics"))
    grown = {name: number - before.get(name, 0) for name, number in after.items()}
    return {
        name: number
        for name, number in grown.items()
        if number and "_total" in name and '"/metrics"' not in name
    }


def requests(route: str, method: str, status: str) -> str:
    return f'travelban_requests_total{{method="{method}",route="{route}",status="{status}"}}'


# ---------------------------------------------------------------- what was answered


@pytest.mark.parametrize(
    ("method", "url", "route", "status"),
    [
        ("GET", "/v1/regimes", "/v1/regimes", "2xx"),
        ("GET", "/v1/regimes?limit=0", "/v1/regimes", "4xx"),
        ("GET", "/v1/people/IRi.039", "/v1/people/{reference}", "2xx"),
        ("GET", "/v1/people/Qasem%20Soleimani", "/v1/people/{reference}", "4xx"),
        ("DELETE", "/v1/regimes", "/v1/regimes", "4xx"),
        ("GET", "/v1/Qasem%20Soleimani", "none", "4xx"),
        ("GET", "/v1/%0atravelban_lists%2099", "none", "4xx"),
        ("PROPFIND", "/v1/nothing", "none", "4xx"),
    ],
)
def test_requests_are_counted_by_template(
    client: TestClient, method: str, url: str, route: str, status: str
) -> None:
    found = more(client, lambda: client.request(method, url))
    method = "OTHER" if method == "PROPFIND" else method
    assert found == {requests(route, method, status): 1}


def test_what_an_inner_layer_refuses_has_its_route(client: TestClient) -> None:
    too_long = {"Content-Length": "99999999999", "Content-Type": "application/json"}
    found = more(client, lambda: client.post("/v1/assessments", content=b"{}", headers=too_long))
    assert found == {requests("/v1/assessments", "POST", "4xx"): 1}


def test_a_failure_is_counted(
    over: Callable[[Any], TestClient], bundled_desk: Desk, client: TestClient
) -> None:
    class Broken:
        def __getattr__(self, name: str) -> Any:
            if name == "regimes":
                raise OSError("gone")
            return getattr(bundled_desk, name)

    found = more(client, lambda: over(Broken()).get("/v1/regimes"))
    assert found == {requests("/v1/regimes", "GET", "5xx"): 1}


def test_how_long_requests_take(client: TestClient) -> None:
    before = samples(client.get("/metrics"))
    client.get("/v1/regimes")
    after = samples(client.get("/metrics"))
    name = 'travelban_request_seconds_{}{{{}route="/v1/regimes"}}'
    count, total = name.format("count", ""), name.format("sum", "")
    assert after[count] - before.get(count, 0) == 1
    assert 0 < after[total] - before.get(total, 0) < 60
    bounds = [
        name.format("bucket", f'le="{bound}",')
        for bound in ("0.001", "0.0025", "0.005", "0.01", "0.025", "0.05", "0.1", "0.25", "0.5",
                      "1.0", "2.5", "5.0", "10.0", "+Inf")
    ]  # fmt: skip
    ours = {item for item in after if "_seconds_" in item and 'route="/v1/regimes"' in item}
    assert ours == {*bounds, count, total}
    assert after[bounds[-1]] == after[count]


def test_names_screened_are_counted(client: TestClient) -> None:
    found = more(client, lambda: post(client, SCREENING, "/v1/screenings"))
    assert found == {
        requests("/v1/screenings", "POST", "2xx"): 1,
        'travelban_screenings_total{standing="identified"}': 1,
    }
    found = more(client, lambda: post(client, SCREENINGS, "/v1/screenings"))
    counted = {name: number for name, number in found.items() if "screenings_total" in name}
    assert sum(counted.values()) == len(SCREENINGS)
    refused = more(client, lambda: post(client, {"name": ""}, "/v1/screenings"))
    assert refused == {requests("/v1/screenings", "POST", "4xx"): 1}


def test_verdicts_are_counted_also_when_given_again(
    over: Callable[[Desk], TestClient], own_desk: Desk
) -> None:
    client = over(own_desk)
    for _ in range(2):
        found = more(client, lambda: post(client, REPORT))
        assert found == {
            requests("/v1/assessments", "POST", "2xx"): 1,
            'travelban_verdicts_total{verdict="contested"}': 1,
            'travelban_event_standings_total{standing="contested"}': 1,
        }
    legs = [{"state": "RU", "from": "2015-07-24"}, {"state": None, "from": None}]
    found = more(client, lambda: post(client, {"traveller": {"name": "Nobody"}, "legs": legs}))
    assert found['travelban_event_standings_total{standing="none"}'] == 2
    assert sum(number for name, number in found.items() if "verdicts" in name) == 1


def test_verdicts_of_a_text_are_counted(over: Callable[[Desk], TestClient], own_desk: Desk) -> None:
    client = over(own_desk)
    given: list[dict[str, Any]] = []
    found = more(client, lambda: given.append(read(client)))
    assert found == {
        requests("/v1/articles", "POST", "2xx"): 1,
        'travelban_verdicts_total{verdict="reported_unverified"}': 1,
        'travelban_event_standings_total{standing="admitted"}': 1,
    }
    found = more(
        client, lambda: given.append(review(client, given[0], decisions=decided(*ALL)).json())
    )
    (assessed,) = given[1]["assessments"]
    assert found[f'travelban_verdicts_total{{verdict="{assessed["verdict"]}"}}'] == 1


def test_what_was_looked_at_and_not_given_is_not_counted(client: TestClient) -> None:
    saved = post(client, REPORT).headers["Location"]
    found = more(client, lambda: (client.get(saved), client.post(f"{saved}/replay")))
    assert not [name for name in found if "requests" not in name]


def test_no_label_holds_what_was_sent(client: TestClient) -> None:
    secret = "Zbigniew-Nieznany"
    headers = {"X-Request-ID": secret, "Authorization": f"Bearer {secret}", "Host": secret}
    client.get(f"/v1/people/{secret}?name={secret}", headers=headers)
    client.get(f"/{secret}", headers=headers)
    client.request(secret.upper(), "/v1/regimes", headers=headers)
    client.post("/v1/screenings", json={"name": secret}, headers=headers)
    report = {"traveller": {"name": secret}, "legs": [{"state": "RU", "from": "2015"}]}
    client.post("/v1/assessments", json=report, headers=headers)
    assert secret.casefold() not in client.get("/metrics").text.casefold()


def test_many_unknown_addresses_are_one_line(client: TestClient) -> None:
    before = samples(client.get("/metrics"))
    for number in range(50):
        client.request(f"ODD{number}", f"/v1/nothing/{number}")
    assert len(samples(client.get("/metrics"))) <= len(before) + 1 + 16


def test_it_is_what_prometheus_reads(client: TestClient) -> None:
    post(client, SCREENING, "/v1/screenings")
    answer = client.get("/metrics")
    assert answer.headers["Content-Type"].startswith("text/plain")
    families = list(text_string_to_metric_families(answer.text))
    assert all(family.name.startswith("travelban_") for family in families)
    assert all(family.documentation for family in families)
    # A counter's beginning is another gauge a label, and several processes have none.
    assert "_created" not in answer.text
    assert client.get("/metrics?x=1").status_code == 422


# ---------------------------------------------------------------- several processes

COUNT = """
import sys
from app.api.metrics import Counts
from app.api.seen import Told
counts = Counts()
for seconds in (0.002, 3):
    counts.request(Told(request="a", method="GET", route="/v1/regimes", status=200,
                        seconds=seconds, size=1, key=None))
counts.assessment("contested", ["admitted"])
if sys.argv[1:]:
    from prometheus_client import generate_latest
    sys.stdout.write(generate_latest(counts.registry).decode())
"""


def test_what_several_processes_count_adds_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(SHARED, raising=False)
    with shared_by_workers():
        folder = os.environ[SHARED]
        told = dict(os.environ, PYTHONPATH=str(ROOT))
        for _ in range(2):  # they are gone when the third is asked, and what they did is not
            subprocess.run([sys.executable, "-c", COUNT], env=told, check=True)
        done = subprocess.run(
            [sys.executable, "-c", COUNT, "print"],
            env=told, check=True, capture_output=True, text=True,
        )  # fmt: skip
    assert not Path(folder).exists()
    assert SHARED not in os.environ
    lines = dict(
        line.rsplit(" ", 1) for line in done.stdout.splitlines() if not line.startswith("#")
    )
    numbers = {name: float(number) for name, number in lines.items()}
    assert numbers[requests("/v1/regimes", "GET", "2xx")] == 6
    assert numbers['travelban_request_seconds_count{route="/v1/regimes"}'] == 6
    assert numbers['travelban_request_seconds_sum{route="/v1/regimes"}'] == pytest.approx(9.006)
    assert numbers['travelban_request_seconds_bucket{le="1.0",route="/v1/regimes"}'] == 3
    assert numbers['travelban_verdicts_total{verdict="contested"}'] == 3
    assert numbers['travelban_event_standings_total{standing="admitted"}'] == 3


def test_each_start_counts_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(SHARED, "/somewhere/else")
    folders = []
    for _ in range(2):
        with shared_by_workers():
            folders.append(os.environ[SHARED])
            assert list(Path(folders[-1]).iterdir()) == []
    assert folders[0] != folders[1]
    assert os.environ[SHARED] == "/somewhere/else"


def test_what_a_killed_service_left_is_removed_by_the_next_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(SHARED, raising=False)
    monkeypatch.setattr("app.api.metrics._IN_MEMORY", str(tmp_path))
    # Whoever is killed lets go of its folder and cannot remove it.
    left = Path(tempfile.mkdtemp(prefix="travelban-counts-", dir=tmp_path))
    other = Path(tempfile.mkdtemp(prefix="something-else-", dir=tmp_path))
    (left / "counter_1.db").write_bytes(b"0")
    with shared_by_workers():
        at_work = Path(os.environ[SHARED])
        being_made = Path(tempfile.mkdtemp(prefix="travelban-counts-", dir=tmp_path))
        for old in (left, other, at_work):
            os.utime(old, (0, 0))
        with shared_by_workers():
            assert not left.exists()
            assert at_work.exists()
            assert being_made.exists()
            assert other.exists()


# ---------------------------------------------------------------- how the store stands


def test_gauges(over: Callable[[Desk], TestClient], loaded_desk: Desk) -> None:
    client = over(loaded_desk)
    gauges = samples(client.get("/metrics"))
    assert gauges["travelban_ready"] == 1
    assert gauges["travelban_parser_model"] == 0
    assert gauges["travelban_lists"] == 1
    assert gauges["travelban_full_lists"] == 0
    assert gauges["travelban_list_stale"] == 1
    assert gauges["travelban_lists_quarantined"] == 0
    assert gauges['travelban_refreshes_total{outcome="failed"}'] == 0
    loaded_desk.import_list("full.xml", xml("2026-05-30T00:00:00Z"), False)
    at = ended(loaded_desk, "failed", "nobody was there")
    gauges = samples(client.get("/metrics"))
    assert gauges["travelban_lists"] == 2
    assert gauges["travelban_list_stale"] == 0
    generated = datetime(2026, 5, 30, tzinfo=UTC).timestamp()
    assert gauges["travelban_list_generated_timestamp_seconds"] == generated
    age = loaded_desk.clock().timestamp() - generated
    assert 0 <= age - gauges["travelban_list_age_seconds"] < 60
    told = gauges['travelban_refresh_ended_timestamp_seconds{outcome="failed"}']
    assert told == parse_instant(at).timestamp()
    ended(loaded_desk, "failed", "nobody was there")
    ended(loaded_desk, "unchanged", "it is already here")
    gauges = samples(client.get("/metrics"))
    runs = {name: number for name, number in gauges.items() if "refreshes_total" in name}
    assert runs == {
        'travelban_refreshes_total{outcome="failed"}': 2,
        'travelban_refreshes_total{outcome="promoted"}': 0,
        'travelban_refreshes_total{outcome="quarantined"}': 0,
        'travelban_refreshes_total{outcome="unchanged"}': 1,
    }


def test_gauges_with_nothing_loaded(over: Callable[[Desk], TestClient], desk: Desk) -> None:
    gauges = samples(over(desk).get("/metrics"))
    assert (gauges["travelban_ready"], gauges["travelban_lists"]) == (0, 0)
    assert gauges["travelban_list_stale"] == 1
    assert "travelban_list_age_seconds" not in gauges


def test_a_parser_is_told_of(over: Callable[[Any], TestClient], bundled_desk: Desk) -> None:
    class Helped:
        parser = "a model"

        def __getattr__(self, name: str) -> Any:
            return getattr(bundled_desk, name)

    assert samples(over(Helped()).get("/metrics"))["travelban_parser_model"] == 1
