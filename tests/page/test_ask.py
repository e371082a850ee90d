"""Asking: a form filled in leads to an answer; one that is wrong comes back whole, with words."""

import json
import re

from app.desk import Desk
from tests.page.conftest import Visitor, forms, heading


def test_the_example_of_a_journey_is_answered(own: Visitor, own_desk: Desk) -> None:
    own.open("/journey?example=1")
    own.send("/journey")
    page = own.follow()
    assert page.status_code == 200
    assert heading(page.text) == "Contested"
    (saved,) = own_desk.assessments(5, None).items
    stored = json.loads(own_desk.stored(saved.id).body)
    assert stored["verdict"] == "contested"
    assert {claim["type"] for claim in stored["claims"]} >= {"asserts", "denies", "conditional"}


def test_the_example_of_an_article_leads_to_its_answer(own: Visitor) -> None:
    own.open("/?example=1")
    answer = own.send("/")
    assert answer.status_code == 303
    assert re.fullmatch(r"/articles/[0-9a-f]{64}\?article=[0-9a-f]{64}", answer.headers["Location"])


def test_what_is_wrong_is_told_beside_its_field_and_nothing_is_lost(here: Visitor) -> None:
    here.open("/journey")
    sent = {
        "traveller__name": "Qasem <b>Soleimani</b>",
        "legs__0__state": "Mordor",
        "legs__0__place": "Barad-dûr",
        "legs__0__from": "24 July",
    }
    page = here.send("/journey", **sent)
    assert page.status_code == 422
    kept = forms(page.text)["/journey"]
    assert kept["traveller.name"] == "Qasem <b>Soleimani</b>"
    assert "<b>Soleimani" not in page.text
    assert kept["legs.0.place"] == "Barad-dûr"
    assert 'id="legs.0.state-wrong"' in page.text
    assert "“Mordor” is no State that is known here" in page.text
    here.page = page
    page = here.send("/journey", legs__0__state="Russian Federation")
    assert 'id="legs.0.state-wrong"' not in page.text
    assert 'id="legs.0.from-wrong"' in page.text
    assert "is not a year, a month or a day" in page.text


def test_another_entry_is_added_without_a_script(here: Visitor) -> None:
    here.open("/journey?example=1")
    before = forms(here.page.text if here.page else "")["/journey"]
    page = here.send("/journey", more="legs")
    after = forms(page.text)["/journey"]
    assert page.status_code == 200
    assert "legs.1.state" in after
    assert {name: text for name, text in after.items() if text} == {
        name: text for name, text in before.items() if text
    }


def test_a_text_is_taken_as_it_is(own: Visitor, own_desk: Desk) -> None:
    own.open("/")
    text = "\n  Qasem Soleimani arrived in Moscow on 24 July, an official said.  \n"
    answer = own.send("/", text=text.replace("\n", "\r\n"), published_on="2015-08-15")
    assert answer.status_code == 303
    sha256 = answer.headers["Location"].split("?")[0].removeprefix("/articles/")
    stored = json.loads(own_desk.stored_article(sha256).body)
    assert stored["document"]["characters"] == len(text)


def test_a_field_given_twice_is_refused(here: Visitor) -> None:
    page = here.client.post("/journey", content=b"traveller.name=A&traveller.name=B")
    assert page.status_code == 422
    assert "<li>traveller.name: is given twice" in page.text


def test_whoever_reads_is_told_in_words_that_there_is_no_such_page(here: Visitor) -> None:
    reads = {"Accept": "text/html,application/xhtml+xml"}
    page = here.client.get("/nothing/here", headers=reads)
    assert page.status_code == 404
    assert heading(page.text) == "There is no such page"
    for path, headers in (("/nothing/here", {}), ("/v1/nothing", reads)):
        answer = here.client.get(path, headers=headers)
        assert answer.status_code == 404
        assert answer.headers["Content-Type"] == "application/problem+json"


def test_an_answer_that_was_erased_is_told_to_be(own: Visitor, own_desk: Desk) -> None:
    own.open("/journey?example=1")
    address = own.send("/journey").headers["Location"]
    own_desk.erase_answer("an officer", address.rpartition("/")[2])
    page = own.open(address)
    assert page.status_code == 410
    assert heading(page.text) == "This answer was erased"


def test_each_fault_is_told_by_the_name_of_its_field(here: Visitor) -> None:
    here.open("/")
    page = here.send("/", text="", published_on="15.8.2015")
    assert '<a href="#text">The article</a>: is missing' in page.text
    said = '<a href="#published_on">The day of publication</a>: is not a day, such as 2015-07-24'
    assert said in page.text
    here.open("/journey")
    page = here.send("/journey", legs__0__from="15.8.2015")
    assert '<a href="#legs.0.from">State 1, Arrival</a>: is not' in page.text
