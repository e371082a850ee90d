"""Lists: what is on record and why, and deciding about one that was set aside."""

import hashlib
import re
from collections.abc import Callable
from datetime import timedelta
from html import unescape

import pytest
from fastapi.testclient import TestClient

from app.desk import Desk
from app.page import lists
from app.store import facts, refreshes
from app.store.keys import Scope
from app.store.refreshes import Run
from app.when import instant_text
from tests.conftest import Clock
from tests.invented import only, xml
from tests.page.conftest import Visitor, heading
from tests.page.test_screen import MARKUP, plain, rows
from tests.page.test_signing_in import key, sign_in

MARCH = xml("2026-03-01T00:00:00Z")
FEW = xml("2026-05-01T00:00:00Z", only("ZZi.001", "ZZi.002"))
NAME = hashlib.sha256(FEW).hexdigest()


def set_aside(desk: Desk, source: str = "few.xml") -> None:
    """A list that lost half of its people."""
    assert desk.import_list("march.xml", MARCH, False).outcome == "promoted"
    assert desk.import_list(source, FEW, False).outcome == "quarantined"


@pytest.fixture
def both(over: Callable[[Desk], TestClient], loaded_desk: Desk) -> Visitor:
    """A visitor of the pages over each kind of database."""
    set_aside(loaded_desk)
    return Visitor(over(loaded_desk))


def test_every_list_is_told_with_what_became_of_it(own: Visitor, own_desk: Desk) -> None:
    set_aside(own_desk)
    page = own.open("/lists").text
    (checks, told) = rows(page)
    assert [row[:2] for row in told[2:]] == [
        ["1 May 2026", "set aside"],
        ["1 March 2026", "promoted"],
    ]
    because = lists.one(own_desk, NAME).because
    assert told[2][2].startswith(f"{because} Decided by command line, ")
    assert told[2][3:] == ["2", "0", f"few.xml {NAME[:12]}"]
    assert f'<tr id="{NAME}">' in page
    assert "One list is set aside, and nobody has decided about it:" in page
    (quarantine,) = [row for row in checks if row[0] == "Lists set aside"]
    assert quarantine[1] == "amiss"
    assert "The refresh has never run." in page


def test_an_accepted_list_is_on_record_and_a_rejected_one_no_more(
    both: Visitor, loaded_desk: Desk
) -> None:
    page = both.open(f"/lists/{NAME}")
    assert heading(page.text) == "The list of 1 May 2026 set aside"
    # What speaks against it stands before the form.
    against = lists.one(loaded_desk, NAME).because
    assert plain(page.text).index(against.split("; ")[0]) < plain(page.text).index("Accept it")
    answer = both.send(f"/lists/{NAME}/accept", because="Two were delisted.", who="A. Officer")
    assert answer.headers["Location"] == f"/lists/{NAME}"
    assert heading(both.follow().text) == "The list of 1 May 2026 accepted"
    assert "Two were delisted." in both.open("/lists").text
    both.open(f"/lists/{NAME}")
    assert len(loaded_desk.record().full_lists) == 2
    last = list(loaded_desk.audit_since(None))[-1].line
    assert (last.who, last.action, last.subject) == ("A. Officer", "list decision: accepted", NAME)
    both.send(f"/lists/{NAME}/reject", because="Not so.", who="B. Officer")
    assert heading(both.follow().text) == "The list of 1 May 2026 rejected"
    assert len(loaded_desk.record().full_lists) == 1
    both.send(f"/lists/{NAME}/accept", because="After all.", who="A. Officer")
    assert heading(both.follow().text) == "The list of 1 May 2026 accepted"


def test_one_form_leads_to_either_decision(own: Visitor, own_desk: Desk) -> None:
    set_aside(own_desk)
    page = own.open(f"/lists/{NAME}").text
    assert re.findall(r'formaction="([^"]+)"', page) == [
        f"/lists/{NAME}/accept",
        f"/lists/{NAME}/reject",
    ]


@pytest.mark.parametrize("act", ["accept", "reject"])
@pytest.mark.parametrize(
    ("given", "field"),
    [({"because": " "}, "because"), ({"who": ""}, "who"), ({"because": "x" * 501}, "because")],
)
def test_a_decision_needs_a_reason_and_a_name(
    own: Visitor, own_desk: Desk, act: str, given: dict[str, str], field: str
) -> None:
    set_aside(own_desk)
    sent = {"because": f"It is {MARKUP}", "who": "A. Officer"} | given
    page = own.client.post(f"/lists/{NAME}/{act}", data=sent)
    assert page.status_code == 422
    assert re.findall(r'id="([^"]+)-wrong"', page.text) == [field]
    other = "who" if field == "because" else "because"
    assert sent[other] in unescape(page.text)
    assert lists.one(own_desk, NAME).outcome == "quarantined"


def test_with_a_key_its_name_stands_under_the_decision(own: Visitor, own_desk: Desk) -> None:
    set_aside(own_desk)
    sign_in(own, key(own_desk, Scope.operate, name="An operator"))
    page = own.open(f"/lists/{NAME}").text
    assert 'name="who"' not in page
    answer = own.client.post(f"/lists/{NAME}/accept", data={"because": "So.", "who": "Another"})
    assert answer.status_code == 422
    assert "is not An operator, whose key this is" in answer.text
    answer = own.send(f"/lists/{NAME}/accept", because="So.")
    assert answer.status_code == 303
    assert lists.one(own_desk, NAME).decided_by == "An operator"


def test_without_the_scope_one_sees_and_does_not_decide(own: Visitor, own_desk: Desk) -> None:
    set_aside(own_desk)
    sign_in(own, key(own_desk, Scope.screen))
    page = own.open(f"/lists/{NAME}").text
    assert "<form" not in page.replace('<form class="visitor"', "")
    assert "a key with the scope operate" in page
    answer = own.client.post(f"/lists/{NAME}/accept", data={"because": "So."})
    assert answer.status_code == 403
    assert lists.one(own_desk, NAME).outcome == "quarantined"


@pytest.mark.parametrize("name", ["nobody", NAME[:12], NAME.upper(), "0" * 64, "%00", "é"])
def test_a_list_that_is_not_here(own: Visitor, own_desk: Desk, name: str) -> None:
    set_aside(own_desk)
    given = {"because": "So.", "who": "A. Officer"}
    for page in (
        own.open(f"/lists/{name}"),
        own.client.post(f"/lists/{name}/accept", data=given),
        own.client.post(f"/lists/{name}/reject", data=given),
    ):
        assert page.status_code == 404
        assert heading(page.text) == "There is no such page"
    assert lists.one(own_desk, NAME).outcome == "quarantined"


def test_a_page_leads_to_older_lists(
    own: Visitor, own_desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lists, "AT_ONCE", 2)
    for number in range(1, 6):
        own_desk.import_list("l.xml", xml(f"2026-03-0{number}T00:00:00Z"), False)
    address, found = "/lists", 0
    while address:
        page = own.open(address).text
        found += len(re.findall(r'<tr id="[0-9a-f]{64}">', page))
        more = re.search(r'rel="next" href="([^"]+)"', page)
        address = unescape(more[1]) if more else ""
    assert found == len(own_desk.lists_status()) == 6


def test_runs_of_the_refresh_are_told(own: Visitor, own_desk: Desk, clock: Clock) -> None:
    with own_desk.store.writing() as connection:
        moment = facts.next_moment(connection, clock())
        run = Run(run="one", began_at=moment, held_by="here", address="there", stages=())
        assert refreshes.take(connection, run, moment, moment)
    assert "has fallen silent; the next one takes its place." in own.open("/lists").text
    with own_desk.store.writing() as connection:
        later = facts.next_moment(connection, clock())
        second = Run(run="two", began_at=later, held_by="here", address="there", stages=())
        until = instant_text(clock() + timedelta(hours=1))
        assert refreshes.take(connection, second, later, until)
    page = own.open("/lists").text
    assert "A run is at work, since" in page
    (_, _, runs) = rows(page)
    assert runs[1][1] == "failed"
    assert runs[1][2].startswith("it fell silent when it was fetching the list")


def test_markup_in_what_came_is_shown_as_it_is_written(own: Visitor, own_desk: Desk) -> None:
    set_aside(own_desk, MARKUP)
    own_desk.decide(NAME, True, MARKUP, MARKUP)
    for address in ("/lists", f"/lists/{NAME}"):
        page = own.open(address).text
        assert page.count("<script") == 1
        assert "<img" not in page
        assert unescape(page).count(MARKUP) == 3


def test_with_nothing_on_record_it_says_so(
    over: Callable[[Desk], TestClient], empty_desk: Desk
) -> None:
    visitor = Visitor(over(empty_desk))
    assert visitor.open("/lists").text.count("No list is on record.") == 2
    assert "No change on record is meant by this." in visitor.open("/changes").text
    visitor.open("/screen")
    assert "No list is on record, so none was asked." in visitor.send("/screen", name="Ardan").text
