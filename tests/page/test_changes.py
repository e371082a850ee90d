"""What changed between lists: filtered, page by page, each between the lists where it was seen."""

import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest

from app.desk import Desk
from app.page import changes
from app.store.keys import Scope
from tests.invented import PEOPLE, only, xml
from tests.page.conftest import Visitor, forms
from tests.page.test_screen import MARKUP, plain, rows
from tests.page.test_signing_in import key, sign_in


@pytest.fixture
def watched(own: Visitor, own_desk: Desk) -> Visitor:
    """A visitor of three lists: somebody leaves, and somebody comes back with another comment."""
    lists = (
        xml("2026-03-01T00:00:00Z"),
        xml("2026-03-10T00:00:00Z", only("ZZi.001", "ZZi.002", "ZZi.003")),
        xml("2026-03-20T00:00:00Z", comments="Nothing is known of the council."),
    )
    for body in lists:
        assert own_desk.import_list("l.xml", body, False).outcome == "promoted"
    return own


def told(page: str) -> list[tuple[str, str]]:
    """Kind and reference of each change of a page."""
    found = re.findall(r'<h2 id="change-\d+">(.*?)</h2>', page, re.DOTALL)
    return [(words.split()[0], words.split()[1]) for words in map(plain, found)]


def test_the_newest_come_first_each_between_two_lists(watched: Visitor, own_desk: Desk) -> None:
    page = watched.open("/changes").text
    assert told(page) == [
        ("Amended", "ZZi.001"),
        ("Amended", "ZZi.002"),
        ("Amended", "ZZi.003"),
        ("Amended", "ZZi.004"),
        ("Returned", "ZZi.004"),
        ("Delisted", "ZZi.004"),
    ]
    first, second, third = (item.sha256 for item in own_desk.record().full_lists)
    seen = re.findall(r'<article class="change".*?</article>', page, re.DOTALL)
    assert re.findall(r'href="/lists/([0-9a-f]{64})"><time', seen[0]) == [second, third]
    assert re.findall(r'href="/lists/([0-9a-f]{64})"><time', seen[-1]) == [first, second]
    assert "Nothing on record says on which day." in plain(seen[-1])
    assert rows(seen[0]) == [
        [
            ["Field", "Before", "After"],
            [
                "Comments",
                "A member of the invented council, and of the others.",
                "Nothing is known of the council.",
            ],
        ]
    ]


@pytest.mark.parametrize(
    ("query", "kinds"),
    [
        ("reference=ZZi.004", ["Amended", "Returned", "Delisted"]),
        ("reference=zzi.004&kind=returned", ["Returned"]),
        ("kind=delisted&reference=&since=&until=&regime=", ["Delisted"]),
        ("regime=Invented&until=2026-03-10&kind=delisted", ["Delisted"]),
        ("since=2026-03-25", []),
        ("since=2026-03-15&kind=delisted", []),
    ],
)
def test_filters(watched: Visitor, query: str, kinds: list[str]) -> None:
    page = watched.open(f"/changes?{query}")
    assert page.status_code == 200
    assert [kind for kind, _ in told(page.text)] == kinds
    assert ("No change on record is meant by this." in page.text) is (not kinds)
    # The form holds what was asked, and the feed is of the same.
    given = {name: text for name, text in forms(page.text)["/changes"].items() if text}
    asked = {name: texts[0] for name, texts in parse_qs(query).items()}
    assert given == asked
    (feed,) = re.findall(r'href="(/v1/changes\.atom[^"]*)"', page.text)
    parts = urlsplit(unescape(feed))
    assert {name: texts[0] for name, texts in parse_qs(parts.query).items()} == asked
    answer = watched.client.get(unescape(feed))
    assert answer.text.count("<entry>") == len(kinds)


def test_a_page_leads_to_the_next_until_all_are_told(
    watched: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(changes, "AT_ONCE", 2)
    address: str | None = "/changes?reference=ZZi.004"
    found: list[tuple[str, str]] = []
    while address is not None:
        page = watched.open(address).text
        found += told(page)
        more = re.search(r'rel="next" href="([^"]+)"', page)
        address = unescape(more[1]) if more else None
        assert address is None or "reference=ZZi.004" in address
    assert [kind for kind, _ in found] == ["Amended", "Returned", "Delisted"]


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("since=yesterday", "since"),
        ("until=2026-02-30", "until"),
        ("since=2026-03-02&until=2026-03-01", "until"),
        ("kind=gone", "kind"),
        ("regime=Nowhere", "regime"),
        ("reference=%3Cb%3E", "reference"),
    ],
)
def test_what_is_wrong_is_told_beside_its_field(watched: Visitor, query: str, field: str) -> None:
    page = watched.open(f"/changes?{query}")
    assert page.status_code == 422
    assert re.findall(r'id="([^"]+)-wrong"', page.text) == [field]
    assert told(page.text) == []


def test_a_place_in_the_list_that_is_none(watched: Visitor) -> None:
    assert watched.open("/changes?after=nowhere").status_code == 422


def test_with_keys_the_page_says_that_the_feed_needs_one(watched: Visitor, own_desk: Desk) -> None:
    words = "A feed reader has to send a key"
    assert words not in watched.open("/changes").text
    sign_in(watched, key(own_desk, Scope.audit))
    assert words in watched.open("/changes").text


def test_markup_in_a_record_is_shown_as_it_is_written(watched: Visitor, own_desk: Desk) -> None:
    written = MARKUP.replace("<", "&lt;").replace(">", "&gt;")
    alias = f"<QUALITY>Good</QUALITY><ALIAS_NAME>{written}</ALIAS_NAME>"
    more = f"<INDIVIDUAL_ALIAS>{alias}</INDIVIDUAL_ALIAS>"
    people = PEOPLE | {"ZZi.001": (f"ARDAN{written}", "VELUR")}
    body = xml("2026-04-01T00:00:00Z", people, comments=written, more=more)
    assert own_desk.import_list("l.xml", body, False).outcome == "promoted"
    page = watched.open("/changes?reference=ZZi.001").text
    assert page.count("<script") == 1
    assert "<img" not in page
    # As a name, as another name, as a comment.
    assert unescape(page).count("<img src=x onerror=alert(2)>") >= 3
