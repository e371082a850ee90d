"""Every task of the pages, by mouse and by keyboard alone.

`make test` does each by one of them, `make soak` by the other too.
"""

import json
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from pydantic import TypeAdapter

from app.api import examples
from app.keys import KeyAsked
from app.store.keys import Scope
from app.terms import Report
from tests.conftest import one_now
from tests.page.browser.conftest import Service
from tests.page.browser.hands import Hand, Keyboard, Mouse

HANDS: dict[str, type[Mouse | Keyboard]] = {"mouse": Mouse, "keyboard": Keyboard}

BY_MOUSE = pytest.mark.parametrize("hand", one_now("mouse", "keyboard"), indirect=True)
BY_KEYBOARD = pytest.mark.parametrize("hand", one_now("keyboard", "mouse"), indirect=True)
"""Which of them it is in `make test`."""


@pytest.fixture
def hand(request: pytest.FixtureRequest, new_page: Callable[..., Page]) -> Hand:
    """A person at a page: at a desk, with a script for the mouse and without for the keyboard."""
    page = new_page(java_script_enabled=request.param == "mouse")
    return HANDS[request.param](page)


def heading(hand: Hand, words: str) -> None:
    expect(hand.page.locator("h1")).to_contain_text(words)


@BY_KEYBOARD
def test_an_article_is_asked_about_by_the_example(own_service: Service, hand: Hand) -> None:
    hand.page.goto(own_service.address)
    hand.press("Fill in an example")
    hand.press("Read it and assess")
    expect(hand.page.locator("main")).to_contain_text("Contested")
    expect(hand.page.locator("main")).to_contain_text("Ryabkov")


@BY_MOUSE
def test_a_journey_is_asked_about(own_service: Service, hand: Hand) -> None:
    hand.page.goto(f"{own_service.address}/journey")
    hand.write("Name", "Qasem Soleimani")
    hand.press("More about the person")
    hand.write("Title, office or organisation", "commander of the Quds Force")
    hand.write("State (", "Russian Federation")
    hand.write("City", "Moscow")
    hand.write("Arrival", "2015-07-24")
    hand.press("Add a statement")
    hand.write("Speaker", "Fox News")
    hand.choose("What it does", "says that it took place")
    hand.choose("Whose side", "the press")
    hand.choose("Is the speaker named?", "yes")
    hand.press("Assess", within="main")
    heading(hand, "Reported, not verified")


@BY_KEYBOARD
def test_what_is_wrong_is_told_beside_its_field_and_nothing_is_lost(
    served: Service, hand: Hand
) -> None:
    hand.page.goto(served.address)
    hand.write("The article", "Somebody went to Moscow.")
    hand.write("The day of publication", "15 August")
    hand.press("Read it and assess")
    expect(hand.page.locator(".field.wrong .error")).to_contain_text("is not a day")
    hand.press("The day of publication", within=".faults")
    expect(hand.page.locator("[name=text]")).to_have_value("Somebody went to Moscow.")
    hand.write("The day of publication", "2015-08-15")
    expect(hand.page.locator("[name=published_on]")).to_have_value("2015-08-15")


@BY_MOUSE
def test_a_term_is_followed_to_its_meaning_and_back(served: Service, hand: Hand) -> None:
    address = f"{served.address}/assessments/{served.content.assessment}"
    hand.page.goto(address)
    hand.press("Law and listings read on")
    heading(hand, "Glossary")
    expect(hand.page.locator("dt#as_of + dd")).to_contain_text("The day on which law and listings")
    assert hand.page.url.endswith("/glossary#as_of")
    hand.page.go_back()
    heading(hand, "Contested")
    assert hand.page.url == address


@BY_KEYBOARD
def test_what_would_change_an_answer_is_seen(served: Service, hand: Hand) -> None:
    hand.page.goto(f"{served.address}/history")
    hand.press("Open", within="main")
    expect(hand.page.locator("ul.changes")).to_contain_text("If nobody denied it")


@BY_MOUSE
def test_copies_of_one_origin_are_seen_as_one(own_service: Service, hand: Hand) -> None:
    report = json.loads(json.dumps(examples.REPORT))
    first = report["claims"][0]
    report["claims"] = [
        {**first, "id": "a", "speaker": "The Daily", "named": True, "origin": "Reuters"},
        {**first, "id": "b", "speaker": "The Post", "named": True, "origin": "Reuters"},
    ]
    report["legs"][0]["from"] = "2015-07-25"
    own_service.desk.ask(TypeAdapter(Report).validate_python(report))
    hand.page.goto(f"{own_service.address}/history")
    hand.write("Words", "Daily")
    hand.press("Search")
    hand.press("Open", within="main")
    copies = hand.page.locator("tbody.one-origin")
    expect(copies).to_contain_text("All first from one origin, and so one word: Reuters")
    expect(copies).to_contain_text("The Post")


@BY_KEYBOARD
def test_the_timeline_is_read_as_a_table(served: Service, hand: Hand) -> None:
    hand.page.goto(f"{served.address}/assessments/{served.content.assessment}")
    expect(hand.page.locator("svg >> visible=true")).to_have_count(1)
    hand.press("The same as a table")
    expect(hand.page.locator(".timeline-of table")).to_contain_text(
        "S/RES/1929 (2010) paragraph 10"
    )


@BY_MOUSE
def test_an_answer_is_had_as_json(served: Service, hand: Hand) -> None:
    hand.page.goto(f"{served.address}/assessments/{served.content.assessment}")
    hand.press("The same as JSON")
    assert hand.page.url.endswith(".json")
    expect(hand.page.locator("body")).to_contain_text('"verdict":"contested"')


@BY_KEYBOARD
def test_an_answer_opens_to_its_sources(served: Service, hand: Hand) -> None:
    hand.page.goto(f"{served.address}/assessments/{served.content.assessment}")
    hand.press("What bound that State that day?")
    hand.press("S/RES/1929 (2010) paragraph 10, a binding travel ban")
    expect(hand.page.locator("main")).to_contain_text("checked against the text")


@BY_MOUSE
def test_a_name_is_looked_for_and_leads_to_a_journey(own_service: Service, hand: Hand) -> None:
    hand.page.goto(f"{own_service.address}/screen")
    hand.write("Name", "Ghasem Soleimani")
    hand.press("Look", within="main")
    expect(hand.page.locator("main")).to_contain_text("Several could be meant")
    hand.press("Assess a journey of this person")
    heading(hand, "Who, where and when?")
    expect(hand.page.locator("[name='traveller.name']")).to_have_value("Ghasem Soleimani")


@BY_KEYBOARD
def test_changes_are_filtered(own_service: Service, hand: Hand) -> None:
    hand.page.goto(f"{own_service.address}/changes")
    hand.write("Reference number", "ZZi.100")
    hand.press("Show", within="main")
    expect(hand.page.locator("main")).to_contain_text("No change on record is meant by this.")


@BY_MOUSE
def test_a_list_that_was_set_aside_is_accepted(own_service: Service, hand: Hand) -> None:
    hand.page.goto(f"{own_service.address}/lists")
    hand.press("the list of 21 May 2026")
    hand.write("Why", "All were delisted that day.")
    hand.write("Who decides", "A. Officer")
    hand.press("Accept it")
    heading(hand, "accepted")


@BY_KEYBOARD
def test_a_list_that_was_set_aside_is_rejected(own_service: Service, hand: Hand) -> None:
    hand.page.goto(f"{own_service.address}/lists")
    hand.press("the list of 21 May 2026")
    hand.write("Why", "It was cut short on the way.")
    hand.write("Who decides", "A. Officer")
    hand.press("Reject it")
    heading(hand, "rejected")
    expect(hand.page.locator("main")).to_contain_text("A. Officer")


@BY_MOUSE
def test_a_statement_is_graded_and_changed(own_service: Service, hand: Hand) -> None:
    hand.page.goto(f"{own_service.address}/articles/{own_service.content.article}")
    hand.pick("Your decision on statement 1", "Change")
    hand.choose("Grade of the source", "B: usually reliable")
    hand.choose("Grade of the information", "2: probably true")
    hand.press("Change something in it", within="#claim-1")
    hand.write("First from", "Reuters")
    hand.write("Your name", "A. Officer")
    hand.press("Assess again with my changes")
    said = hand.page.locator("ul.reviewed")
    expect(said).to_contain_text("draft before, changed now")
    expect(said).to_contain_text("First from: an official in Tehran is now Reuters")
    expect(said).to_contain_text("Grade: not said is now B2")


@BY_KEYBOARD
def test_a_statement_that_was_not_found_is_added(own_service: Service, hand: Hand) -> None:
    hand.page.goto(f"{own_service.address}/articles/{own_service.content.article}")
    hand.press("Add a statement that was not found")
    hand.write("The words", "A general whom the United Nations bars from travelling")
    group = "fieldset.entry"
    expect(hand.page.locator(group).first).to_be_visible()
    hand.choose("What it does", "calls it a violation")
    hand.write("Speaker", "The Example")
    hand.choose("Side", "the press")
    hand.choose("Named", "yes")
    hand.choose(
        "Of which journey",
        "Qasem Soleimani: Russian Federation (Moscow), 24 July 2015",
    )
    hand.write("Your name", "A. Officer")
    hand.press("Assess again with my changes")
    expect(hand.page.locator("ul.reviewed")).to_contain_text("was added")


@BY_MOUSE
def test_what_was_read_is_reviewed(own_service: Service, hand: Hand) -> None:
    hand.page.goto(own_service.address)
    hand.press("Fill in an example")
    hand.press("Read it and assess")
    hand.pick("Your decision on statement 1", "Accept")
    hand.pick("Your decision on statement 2", "Reject")
    hand.write("Your name", "A. Officer")
    hand.press("Assess again with my changes")
    expect(hand.page.locator("main")).to_contain_text("A. Officer")
    expect(hand.page.locator("main")).to_contain_text("rejected")


@BY_KEYBOARD
def test_a_reference_is_looked_up(served: Service, hand: Hand) -> None:
    hand.page.goto(f"{served.address}/people")
    hand.write("Reference number", "IRi.039")
    hand.press("Open the record")
    heading(hand, "QASEM SOLEIMANI")
    expect(hand.page.locator("svg").first).to_be_visible()


@BY_MOUSE
def test_a_record_is_looked_at_on_another_day(served: Service, hand: Hand) -> None:
    hand.page.goto(f"{served.address}/screen")
    hand.press("Or open a record by its reference number")
    hand.write("Reference number", "iri.039")
    hand.press("Open the record")
    hand.press("Look at another day")
    hand.write("Law and listings read on", "2015-07-24")
    hand.press("Look", within="main form")
    expect(hand.page.locator("main")).to_contain_text("On 24 July 2015")
    expect(hand.page.locator("main")).to_contain_text("Binding travel ban")


@BY_KEYBOARD
def test_an_answer_is_found_again_and_printed(served: Service, hand: Hand) -> None:
    hand.page.goto(f"{served.address}/history")
    hand.write("Words", "Ryabkov")
    hand.choose("Verdict", "Contested")
    hand.press("Search")
    expect(hand.page.locator("main")).to_contain_text("Moscow, Russian Federation, 24 July 2015")
    hand.press("Print")
    heading(hand, "Contested")
    expect(hand.page.locator("ol.notes")).to_contain_text("S/RES/1929 (2010) paragraph 10")


@BY_MOUSE
def test_one_signs_in_and_out(own_service: Service, hand: Hand) -> None:
    made = own_service.desk.keys.create(KeyAsked(name="A. Officer", scopes=tuple(Scope)), "a test")
    hand.page.goto(f"{own_service.address}/journey")
    heading(hand, "Sign in")
    hand.write("Your key", made.text)
    hand.press("Sign in", within="main")
    heading(hand, "Who, where and when?")
    hand.press("Sign out")
    heading(hand, "Sign in")
