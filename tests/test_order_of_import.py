"""Whatever order lists come in, the record has the same digest and answers are the same bytes."""

import json
import re
from collections.abc import Callable
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter

from app.api import examples
from app.desk import Desk, ImportOutcome, encode
from app.jobs import shipped
from app.store import facts
from app.terms import Policy, Report, Tables
from tests.conftest import Clock, make_desk
from tests.invented import only, xml

LISTS = [
    xml("2026-01-05T00:00:00Z", only("ZZi.001", "ZZi.002", "ZZi.003")),
    xml("2026-02-05T00:00:00Z", comments="A member of the council, and of the older one."),
    xml("2026-03-05T00:00:00Z", only("ZZi.001", "ZZi.003", "ZZi.004")),
    xml("2026-05-25T00:00:00Z"),
]
SHIPS = len(LISTS)
"""In an order of import: what ships, the law and the supplement, is stored now."""

QUESTIONS: list[dict[str, Any]] = [
    examples.REPORT,
    {
        "traveller": {"name": "Ardan Velur"},
        "legs": [{"state": "IQ", "from": "2026-02-20"}],
        "claims": [{"type": "asserts", "speaker": "A paper", "side": "press", "named": True}],
    },
    {
        "traveller": {"name": "Besna Tomic"},
        "legs": [{"state": "IQ", "from": "2026-03-06"}, {"state": "RU", "from": "2015-07"}],
        "claims": [],
    },
]
_RECORDED = re.compile(r'(?<=^{"id":")[^"]*|(?<="recorded_at":")[^"]*|(?<="known_at":")[^"]*')


def without_recording_times(answer: bytes) -> str:
    """An answer's JSON with nothing that may differ when facts were recorded at other moments."""
    return _RECORDED.sub("", answer.decode())


@pytest.fixture(scope="session")
def said(
    sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory, tables: Tables
) -> Callable[[tuple[int, ...]], tuple[str, list[str]]]:
    """The digest of the record, and answers, after an order of import into a new store."""
    folder, numbers = tmp_path_factory.mktemp("orders"), count()
    policy = Policy(threshold=0.75, strong=0.8, fresh_days=10, limit=10)
    reader = TypeAdapter(Report)

    def bring(desk: Desk, number: int, clock: Clock) -> None:
        if number == SHIPS:
            shipped.load(desk.store, shipped.DATA, clock)
            return
        result = desk.import_list(f"{number}.xml", LISTS[number], False)
        assert result.outcome == ImportOutcome.promoted

    @cache
    def after(order: tuple[int, ...]) -> tuple[str, list[str]]:
        path = folder / f"{next(numbers)}.sqlite3"
        path.write_bytes(sqlite_template.read_bytes())
        clock = Clock()
        with facts.open_store(f"sqlite:///{path}") as store:
            desk = make_desk(store, tables, policy, clock)
            for number in order:
                bring(desk, number, clock)
                desk.record()  # a desk that has looked before sees what came since
            answers = [
                without_recording_times(encode(desk.try_out(reader.validate_python(question))))
                for question in QUESTIONS
            ]
            digest = desk.record().digest
        path.unlink()
        return digest, answers

    return after


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(order=st.permutations(range(len(LISTS) + 1)).map(tuple))
def test_any_order_of_import_gives_the_same_answers(
    said: Callable[[tuple[int, ...]], tuple[str, list[str]]], order: tuple[int, ...]
) -> None:
    assert said(order) == said(tuple(range(len(LISTS) + 1)))


def test_the_answers_are_worth_comparing(
    said: Callable[[tuple[int, ...]], tuple[str, list[str]]],
) -> None:
    verdicts = [json.loads(answer)["verdict"] for answer in said(tuple(range(len(LISTS) + 1)))[1]]
    assert verdicts[0] == "contested"
    assert said((0, 1, 2, 3))[0] != said((0, 1, 2, 3, 4))[0]
