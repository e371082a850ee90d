"""What was asked before: newest first, by words, verdict and day, page by page."""

import json
import re
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from fastapi.testclient import TestClient

from app import history as history_module
from app.assessment.article import ArticleAsked
from app.desk import Desk, decoder, encode
from app.history import HistoryAsked
from app.page import history
from app.terms import Report
from tests.conftest import Clock
from tests.page.conftest import Visitor, forms, heading
from tests.page.shape import whole
from tests.page.test_answer import HOSTILE, SEED


def ask(desk: Desk, name: str = "Qasem Soleimani", **other: Any) -> str:
    question = {**SEED.asked(), "traveller": {"name": name}, **other}
    return desk.ask(decoder(Report).validate_python(question)).id


def asked_about(page: str) -> list[str]:
    """The names on a page of the history, in its order."""
    found = re.findall(r'<tr>\s*<th scope="row">(.*?)</th>', page, re.DOTALL)
    return [unescape(re.sub(r"<[^>]+>", "", each)).strip() for each in found]


@pytest.fixture
def on_each(over: Callable[[Desk], TestClient], loaded_desk: Desk) -> Visitor:
    """A visitor of the pages over each kind of database."""
    return Visitor(over(loaded_desk))


def test_newest_first_with_all_that_leads_on(on_each: Visitor, loaded_desk: Desk) -> None:
    ask(loaded_desk, "Jane Miller")
    name = ask(loaded_desk, "Qasem Soleimani")
    page = on_each.open("/history").text
    whole(page)
    assert heading(page) == "Answers given"
    assert asked_about(page) == ["Qasem Soleimani", "Jane Miller"]
    for rest in ("", "/print", ".json"):
        assert f'href="/assessments/{name}{rest}"' in page
    assert "Russian Federation, 24 July 2015" in page
    assert "Who is meant is not settled" in page


FOUND = {
    "words=MILLER": ["Jane Miller"],
    "words=jane+miller": ["Jane Miller"],
    "words=jane+soleimani": [],
    "words=soleimani+ryabkov": ["Qasem Soleimani"],
    "words=iri.039": ["Qasem Soleimani"],
    "words=IRi.040": ["Qasem Soleimani"],
    "words=IRi.041": [],
    "words=%D0%BF%D0%B5%D1%82%D1%80": ["ПЁТР ШУЛЬЦМАН"],  # without case and accents: петр
    "words=%25": ["ПЁТР ШУЛЬЦМАН", "Qasem Soleimani", "Jane Miller"],
    "words=commander": [],
    "verdict=identity_unresolved": ["Qasem Soleimani"],
    "verdict=identity_unresolved&words=jane": [],
    "verdict=contested": [],
    "day=2026-06-01": ["ПЁТР ШУЛЬЦМАН", "Qasem Soleimani", "Jane Miller"],
    "day=2026-06-02": [],
    "day=2026-05-31": [],
}


def test_what_is_found(on_each: Visitor, loaded_desk: Desk) -> None:
    for name in ("Jane Miller", "Qasem Soleimani", "ПЁТР ШУЛЬЦМАН"):
        ask(loaded_desk, name)
    for query, names in FOUND.items():
        assert asked_about(on_each.open(f"/history?{query}").text) == names, query


def test_a_day_is_a_day(on_each: Visitor, loaded_desk: Desk, clock: Clock) -> None:
    ask(loaded_desk, "Jane Miller")
    clock.now = clock.now.replace(day=2, hour=0, minute=0, second=0, microsecond=0)
    ask(loaded_desk, "John Miller")
    assert asked_about(on_each.open("/history?day=2026-06-01").text) == ["Jane Miller"]
    assert asked_about(on_each.open("/history?day=2026-06-02").text) == ["John Miller"]


def test_pages_hold_every_answer_once(
    on_each: Visitor, loaded_desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(history, "LIMIT", 3)
    names = [f"Miller {number}" for number in range(7)]
    for name in names:
        ask(loaded_desk, name)
    found, address = [], "/history?words=miller&verdict=cannot_assess"
    while address:
        page = on_each.open(address).text
        assert forms(page)["/history"]["words"] == "miller"
        found.append(asked_about(page))
        older = re.search(r'class="button quiet" href="([^"]+)"', page)
        address = unescape(older[1]) if older else ""
    assert [len(each) for each in found] == [3, 3, 1]
    assert [name for each in found for name in each] == names[::-1]


def test_a_search_is_bounded_and_goes_on(
    loaded_desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(history_module, "MOST_LOOKED", 2)
    for name in ("Adam", "Ben", "Carl", "Dan", "Ed"):
        ask(loaded_desk, f"{name} Miller")
    looked, found, after = [], [], None
    while True:
        page = loaded_desk.history(HistoryAsked(words="adam miller", after=after), 25)
        looked.append(page.looked)
        found += [json.loads(encode(item))["name"] for item in page.items]
        after = page.next
        if after is None:
            break
    assert looked == [2, 2, 1]
    assert found == ["Adam Miller"]


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("day=yesterday", "is not a"),
        ("verdict=guilty", "is no verdict"),
        ("words=" + "x" * 600, "500"),
    ],
)
def test_what_is_wrong_is_told_beside_its_field(here: Visitor, query: str, words: str) -> None:
    found = here.open(f"/history?{query}")
    assert found.status_code == 422
    field = query.partition("=")[0]
    error = re.search(rf'id="{field}-wrong">([^<]*)', found.text)
    assert error is not None
    assert words in error[1]


@pytest.mark.parametrize("query", ["after=x", "of=texts&after=x"])
def test_a_place_that_no_page_has_given(here: Visitor, query: str) -> None:
    found = here.open(f"/history?{query}")
    assert found.status_code == 422
    assert "The address: is not there any more: begin again at the newest" in found.text


def test_names_are_harmless(own: Visitor, own_desk: Desk) -> None:
    ask(own_desk, HOSTILE, legs=[{"state": "RU", "place": HOSTILE, "from": "2015-07-24"}])
    page = own.open("/history").text
    whole(page)
    assert "&lt;script&gt;alert(1)" in page
    page = own.client.get("/history", params={"words": HOSTILE}).text
    whole(page)
    assert forms(page)["/history"]["words"] == HOSTILE


def test_names_from_right_to_left_are_shown_so(own: Visitor, own_desk: Desk) -> None:
    ask(own_desk, "قاسم سلیمانی")
    assert '<bdi dir="rtl">قاسم سلیمانی</bdi>' in own.open("/history").text


def test_articles_have_their_own(on_each: Visitor, loaded_desk: Desk) -> None:
    def read(text: str, title: str | None) -> str:
        given = {"text": text, "published_on": "2015-08-15", "title": title, "publisher": "Daily"}
        asked = decoder(ArticleAsked).validate_python(given)
        return loaded_desk.read_article(asked).id

    first = read("Nobody came.", "A general in Moscow <script>alert(1)</script>")
    read("Somebody came.", None)
    page = on_each.open("/history?of=texts").text
    whole(page)
    names = asked_about(page)
    assert [name.split("  ")[0].split(" Daily")[0] for name in names] == [
        "Without a headline",
        "A general in Moscow <script>alert(1)</script>",
    ]
    assert re.search(rf'href="/articles/[0-9a-f]{{64}}\?article={first}"', page)
    assert len(asked_about(on_each.open("/history?of=texts&words=general").text)) == 1
    assert len(asked_about(on_each.open("/history?of=texts&words=daily").text)) == 2
    assert asked_about(on_each.open("/history?of=texts&day=2026-06-02").text) == []
