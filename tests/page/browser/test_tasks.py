"""Every task of the pages, once with a mouse and once with a keyboard alone."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from app.keys import KeyAsked
from app.store.keys import Scope
from tests.page.browser.conftest import Service
from tests.page.browser.hands import Hand, Keyboard, Mouse

HANDS: dict[str, type[Mouse | Keyboard]] = {"mouse": Mouse, "keyboard": Keyboard}
Serve = Callable[[], Service]


@pytest.fixture(params=HANDS)
def hand(request: pytest.FixtureRequest, new_page: Callable[..., Page]) -> Hand:
    """A person at a page: at a desk, with a script for the mouse and without for the keyboard."""
    page = new_page(java_script_enabled=request.param == "mouse")
    return HANDS[request.param](page)


def heading(hand: Hand, words: str) -> None:
    expect(hand.page.locator("h1")).to_contain_text(words)


def test_an_article_is_asked_about_by_the_example(serve_own: Serve, hand: Hand) -> None:
    service = serve_own()
    hand.page.goto(service.address)
    hand.press("Fill in an example")
    hand.press("Read it and assess")
    expect(hand.page.locator("main")).to_contain_text("Contested")
    expect(hand.page.locator("main")).to_contain_text("Ryabkov")


def test_a_journey_is_asked_about(serve_own: Serve, hand: Hand) -> None:
    service = serve_own()
    hand.page.goto(f"{service.address}/journey")
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


def test_an_answer_opens_to_its_sources(served: Service, hand: Hand) -> None:
    hand.page.goto(f"{served.address}/assessments/{served.content.assessment}")
    hand.press("What bound that State that day?")
    hand.press("S/RES/1929 (2010) paragraph 10, a binding travel ban")
    expect(hand.page.locator("main")).to_contain_text("checked against the text")


def test_a_name_is_looked_for_and_leads_to_a_journey(serve_own: Serve, hand: Hand) -> None:
    service = serve_own()
    hand.page.goto(f"{service.address}/screen")
    hand.write("Name", "Ghasem Soleimani")
    hand.press("Look", within="main")
    expect(hand.page.locator("main")).to_contain_text("Several could be meant")
    hand.press("Assess a journey of this person")
    heading(hand, "Who, where and when?")
    expect(hand.page.locator("[name='traveller.name']")).to_have_value("Ghasem Soleimani")


def test_changes_are_filtered(serve_own: Serve, hand: Hand) -> None:
    service = serve_own()
    hand.page.goto(f"{service.address}/changes")
    hand.write("Reference number", "ZZi.100")
    hand.press("Show", within="main")
    expect(hand.page.locator("main")).to_contain_text("No change on record is meant by this.")


def test_a_list_that_was_set_aside_is_accepted(serve_own: Serve, hand: Hand) -> None:
    service = serve_own()
    hand.page.goto(f"{service.address}/lists")
    hand.press("the list of 21 May 2026")
    hand.write("Why", "All were delisted that day.")
    hand.write("Who decides", "A. Officer")
    hand.press("Accept it")
    heading(hand, "accepted")


def test_what_was_read_is_reviewed(serve_own: Serve, hand: Hand) -> None:
    service = serve_own()
    hand.page.goto(service.address)
    hand.press("Fill in an example")
    hand.press("Read it and assess")
    hand.pick("Your decision on statement 1", "Accept")
    hand.pick("Your decision on statement 2", "Reject")
    hand.write("Your name", "A. Officer")
    hand.press("Assess again with my changes")
    expect(hand.page.locator("main")).to_contain_text("A. Officer")
    expect(hand.page.locator("main")).to_contain_text("rejected")


def test_a_reference_is_looked_up(served: Service, hand: Hand) -> None:
    hand.page.goto(f"{served.address}/people")
    hand.write("Reference number", "IRi.039")
    hand.press("Open the record")
    heading(hand, "QASEM SOLEIMANI")
    expect(hand.page.locator("svg").first).to_be_visible()


def test_an_answer_is_found_again_and_printed(served: Service, hand: Hand) -> None:
    hand.page.goto(f"{served.address}/history")
    hand.write("Words", "Ryabkov")
    hand.choose("Verdict", "Contested")
    hand.press("Search")
    expect(hand.page.locator("main")).to_contain_text("Moscow, Russian Federation, 24 July 2015")
    hand.press("Print")
    heading(hand, "Contested")
    expect(hand.page.locator("ol.notes")).to_contain_text("S/RES/1929 (2010) paragraph 10")


def test_one_signs_in_and_out(serve_own: Serve, hand: Hand) -> None:
    service = serve_own()
    made = service.desk.keys.create(KeyAsked(name="A. Officer", scopes=tuple(Scope)), "a test")
    hand.page.goto(f"{service.address}/journey")
    heading(hand, "Sign in")
    hand.write("Your key", made.text)
    hand.press("Sign in", within="main")
    heading(hand, "Who, where and when?")
    hand.press("Sign out")
    heading(hand, "Sign in")
