"""What the documents say of metrics, checks and the log is what a service tells."""

import io
import json
import logging
import re
from collections.abc import Iterator
from typing import Any

import pytest
import yaml
from fastapi.testclient import TestClient
from prometheus_client import Metric
from prometheus_client.parser import text_string_to_metric_families

from app.api import log
from app.api.examples import REPORT, SCREENING
from app.api.seen import Told
from app.jobs import shipped
from app.serve import create_app
from app.store import facts
from app.terms import Policy, Tables
from tests.api.test_service import ended
from tests.conftest import ROOT, Clock, make_desk
from tests.docs.test_docs import DOCS, NAMES, fenced, marked, sections, text
from tests.invented import xml

WATCHING = sections(text(DOCS / "operations.md"))["What to watch"]
OF_A_HISTOGRAM = ("_bucket", "_sum", "_count")


@pytest.fixture(scope="module")
def told(
    sqlite_template: Any, tmp_path_factory: pytest.TempPathFactory, tables: Tables
) -> Iterator[tuple[dict[str, Metric], dict[str, Any]]]:
    """Each metric of a service that has been asked everything that is counted, and /readyz."""
    at = tmp_path_factory.mktemp("told") / "travelban.sqlite3"
    at.write_bytes(sqlite_template.read_bytes())
    policy = Policy(threshold=0.75, strong=0.8, fresh_days=10, limit=10)
    with facts.open_store(f"sqlite:///{at}") as store:
        clock = Clock()
        shipped.load(store, shipped.DATA, clock)
        desk = make_desk(store, tables, policy, clock)
        desk.import_list("full.xml", xml("2026-05-30T00:00:00Z"), False)
        ended(desk, "unchanged", "it is already here")
        client = TestClient(create_app(desk), base_url="http://localhost")
        assert client.post("/v1/screenings", json=SCREENING).status_code == 200
        assert client.post("/v1/assessments", json=REPORT).status_code == 201
        ready = client.get("/readyz").json()
        found = {}
        for family in text_string_to_metric_families(client.get("/metrics").text):
            assert family.samples, family.name
            suffix = "_total" if family.type == "counter" else ""
            found[family.name + suffix] = family
        yield found, ready


@pytest.fixture(scope="module")
def metrics(told: tuple[dict[str, Metric], dict[str, Any]]) -> dict[str, Metric]:
    """Each metric by its name."""
    return told[0]


def names(metrics: dict[str, Metric]) -> dict[str, set[str]]:
    """Every name that a rule may give, with the labels that it has."""
    found: dict[str, set[str]] = {}
    for family in metrics.values():
        for sample in family.samples:
            found.setdefault(sample.name, set()).update(sample.labels)
    return found


def test_every_metric_has_its_heading(metrics: dict[str, Metric]) -> None:
    told = sections(text(DOCS / "metrics.md"))
    assert set(told) == set(metrics)
    assert len(metrics) > 10
    for name, family in metrics.items():
        assert told[name].lstrip().startswith(f"{family.type.capitalize()}. "), name
        labels = {label for sample in family.samples for label in sample.labels}
        assert {f"`{label}`" for label in labels if f"`{label}`" not in told[name]} == set(), name


@pytest.mark.parametrize("page", NAMES)
def test_every_metric_named_is_there(page: str, metrics: dict[str, Metric]) -> None:
    # A setting has such a name too, in a link to its heading.
    named = set(re.findall(r"(?<![\w#])travelban_[a-z_]+", text(ROOT / page)))
    # A database, where the page tells of copies, and a role, where it tells of rights.
    named -= {"travelban_restored", "travelban_service"}
    assert named - set(metrics) - set(names(metrics)) == set()


def rules() -> list[dict[str, Any]]:
    block = next(item for item in fenced(WATCHING) if item.startswith("groups:"))
    (group,) = yaml.safe_load(block)["groups"]
    found: list[dict[str, Any]] = group["rules"]
    return found


def test_the_rules_are_of_the_form() -> None:
    assert [rule["alert"] for rule in rules()] == [
        "TravelbanNotReady", "TravelbanErrors", "TravelbanSlow", "TravelbanListStale",
        "TravelbanNoRefresh", "TravelbanQuarantineWaiting",
    ]  # fmt: skip
    for rule in rules():
        assert set(rule) == {"alert", "expr", "for", "labels", "annotations"}
        assert re.fullmatch(r"\d+[mh]", rule["for"])
        assert rule["labels"]["severity"] in ("page", "warn")
        assert rule["annotations"]["summary"]
        for opening, closing in ("()", "{}", "[]"):
            assert rule["expr"].count(opening) == rule["expr"].count(closing)


def test_the_rules_ask_for_what_is_there(metrics: dict[str, Metric]) -> None:
    known = names(metrics)
    for rule in rules():
        asked = re.findall(r"\b(travelban_[a-z_]+)(?:\{([^}]*)\})?", rule["expr"])
        assert asked
        for name, matchers in asked:
            assert name in known, rule["alert"]
            labels = set(re.findall(r"(\w+)\s*[=!]", matchers))
            assert labels <= known[name], rule["alert"]


def test_the_rules_ask_for_routes_and_outcomes_that_there_are() -> None:
    routes = set(json.loads(text(ROOT / "openapi.json"))["paths"])
    words = " ".join(rule["expr"] for rule in rules())
    for given in re.findall(r'route[=!]~?"([^"]*)"', words):
        assert set(given.split("|")) <= routes
    for given in re.findall(r'outcome=~"([^"]*)"', words):
        assert set(given.split("|")) <= {str(item) for item in facts.Outcome} | {"unchanged"}


def test_the_scrape_is_yaml() -> None:
    block = next(item for item in fenced(WATCHING) if item.startswith("scrape_configs:"))
    (job,) = yaml.safe_load(block)["scrape_configs"]
    assert f'job="{job["job_name"]}"' in rules()[0]["expr"]


# ---------------------------------------------------------------- checks and lines


def test_every_check_is_told_of(told: tuple[dict[str, Metric], dict[str, Any]]) -> None:
    rows = re.findall(r"^\| `(\w+)` \|", WATCHING, re.MULTILINE)
    assert rows == [check["name"] for check in told[1]["checks"]]
    ready = sections(text(DOCS / "api.md"))["GET /readyz"]
    assert {*told[1]["checks"][0], "quarantined"} - marked(ready) == set()


def test_every_field_of_a_line_is_told_of() -> None:
    page = sections(text(DOCS / "operations.md"))["The log"]
    shown = json.loads(fenced(page)[0])
    rows = set(re.findall(r"`(\w+)`", " ".join(re.findall(r"^\| (`[^|]+) \|", page, re.MULTILINE))))
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(log.Json())
    record = logging.LogRecord("a", logging.INFO, "", 0, "request", None, None)
    told = {"request": "a", "method": "GET", "route": "/", "status": 200, "seconds": 1, "size": 1}
    record.told = Told(**told, key="a")  # type: ignore[arg-type]
    handler.handle(record)
    error = (ValueError, ValueError(), None)
    handler.handle(logging.LogRecord("a", logging.ERROR, "", 0, "failed", None, error))
    lines = [json.loads(line) for line in written.getvalue().splitlines()]
    assert rows == {field for line in lines for field in line}
    assert [*shown, "key"] == list(lines[0])
