"""Changes over HTTP: filters, pages, tags, and a feed that any reader takes."""

from collections.abc import Callable
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import parse_qsl, urlsplit
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import pytest
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st

from app.api import atom
from app.desk import ChangesPage, Desk, ImportOutcome
from app.lists.changes import Change, ChangeKind, FieldChanged, ListBetween
from app.store.paging import cursor
from app.terms import PartyKind
from tests.invented import PEOPLE, only, xml

URL, FEED = "/v1/changes", "/v1/changes.atom"
ATOM = "{http://www.w3.org/2005/Atom}"
LISTS = {
    "2026-01-10": xml("2026-01-10T12:00:00Z"),
    "2026-02-05": xml("2026-02-05T12:00:00Z", only("ZZi.001", "ZZi.003", "ZZi.004")),
    "2026-03-10": xml("2026-03-10T12:00:00Z", {**PEOPLE, "ZZi.009": ("ELUND", "SARKO")}),
    "2026-04-10": xml("2026-04-10T12:00:00Z", {**PEOPLE, "ZZi.009": ("ELUND", "SARCO &amp; SON")}),
    "2026-05-10": xml("2026-05-10T12:00:00Z", regime="Other"),
}


@pytest.fixture
def watched(over: Callable[[Desk], TestClient], own_desk: Desk) -> TestClient:
    """A service over five lists, brought in no order."""
    for day in ("2026-05-10", "2026-01-10", "2026-04-10", "2026-02-05", "2026-03-10"):
        assert own_desk.import_list("", LISTS[day], False).outcome == ImportOutcome.promoted
    return over(own_desk)


def asked(client: TestClient, url: str = URL, **query: object) -> Any:
    answer = client.get(url, params={name: str(value) for name, value in query.items()})
    assert answer.status_code == 200, answer.text
    return answer.json() if url == URL else ElementTree.fromstring(answer.content)


def told(client: TestClient, **query: object) -> list[tuple[str, str]]:
    return [(item["kind"], item["reference"]) for item in asked(client, URL, **query)["items"]]


EVERYTHING = [
    *(("amended", f"ZZi.00{number}") for number in (1, 2, 3, 4)),
    ("delisted", "ZZi.009"),
    ("amended", "ZZi.009"),
    ("returned", "ZZi.002"),
    ("listed", "ZZi.009"),
    ("delisted", "ZZi.002"),
]


def test_everything_newest_first(watched: TestClient) -> None:
    page = asked(watched)
    assert told(watched) == EVERYTHING
    assert (page["next"], set(page)) == (None, {"items", "next", "known_at"})
    renamed = page["items"][5]
    assert renamed["fields"] == [
        {"field": "name", "old": ["ELUND SARKO"], "new": ["ELUND SARCO & SON"]}
    ]
    assert [seen["generated"][:10] for seen in renamed["between"]] == ["2026-03-10", "2026-04-10"]
    assert (renamed["on"], renamed["regime"], renamed["party"]) == (None, "Invented", "individual")


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"kind": "returned"}, [("returned", "ZZi.002")]),
        ({"reference": "ZZi.009"}, [item for item in EVERYTHING if item[1] == "ZZi.009"]),
        ({"reference": "ZZI.009."}, [item for item in EVERYTHING if item[1] == "ZZi.009"]),
        ({"reference": "IRi.039"}, []),
        ({"since": "2026-05-11"}, []),
        ({"since": "2026-05-10"}, EVERYTHING[:5]),
        # What may have happened since the list before is not missed.
        ({"since": "2026-04-11", "until": "2026-04-12"}, EVERYTHING[:5]),
        ({"since": "2026-04-10", "until": "2026-04-10"}, EVERYTHING[:6]),
        ({"until": "2026-02-04"}, EVERYTHING[8:]),
        ({"until": "2026-01-09"}, []),
        ({"regime": "ZZ"}, EVERYTHING),
        ({"regime": "zzi"}, EVERYTHING),
        ({"regime": "invented"}, EVERYTHING),
        # The word has changed: it is still one regime.
        ({"regime": "Other", "kind": "delisted"}, [EVERYTHING[4], EVERYTHING[8]]),
        ({"regime": "1737"}, []),
        ({"regime": "Iran"}, []),
    ],
)
def test_filters(
    watched: TestClient, query: dict[str, str], expected: list[tuple[str, str]]
) -> None:
    assert told(watched, **query) == expected
    entries = asked(watched, FEED, **query).findall(f"{ATOM}entry")
    assert len(entries) == len(expected)


@pytest.mark.parametrize("url", [URL, FEED])
@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"kind": "vanished"}, "kind"),
        ({"regime": "nowhere"}, "regime"),
        ({"regime": ""}, "regime"),
        ({"reference": "ZZi.777"}, "reference"),
        ({"since": "2026-02-30"}, "since"),
        ({"since": "2026"}, "since"),
        ({"until": "tomorrow"}, "until"),
        ({"since": "2026-02-02", "until": "2026-02-01"}, "until"),
        ({"limit": "0"}, "limit"),
        ({"after": "nothing"}, "after"),
        ({"after": cursor("2026-05-10")}, "after"),
        ({"known_at": "2099-01-01T00:00:00Z"}, "known_at"),
        ({"sort": "name"}, "sort"),
    ],
)
def test_what_is_refused(client: TestClient, url: str, query: dict[str, str], field: str) -> None:
    answer = client.get(url, params=query)
    assert answer.status_code == 422
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert [item["field"] for item in answer.json()["errors"]] == [field]


def test_no_list_no_change(over: Callable[[Desk], TestClient], empty_desk: Desk) -> None:
    client = over(empty_desk)
    assert asked(client)["items"] == []
    assert asked(client, FEED).findall(f"{ATOM}entry") == []
    empty_desk.import_list("", LISTS["2026-01-10"], False)
    assert asked(client)["items"] == []


def test_a_supplement_changes_nothing(watched: TestClient, own_desk: Desk) -> None:
    before = told(watched)
    own_desk.import_list("", xml("2026-05-20T00:00:00Z", only("ZZi.001")), True)
    assert told(watched) == before


def test_pages_stay_when_a_list_comes(watched: TestClient, own_desk: Desk) -> None:
    for limit in (1, 2, 4, 9):
        items, after, pages = [], None, 0
        while pages == 0 or after:
            page = asked(watched, limit=limit, **({"after": after} if after else {}))
            items += [(item["kind"], item["reference"]) for item in page["items"]]
            after = page["next"]
            pages += 1
        assert items == EVERYTHING
    first = asked(watched, limit=3)
    own_desk.import_list(
        "", xml("2026-05-30T12:00:00Z", only("ZZi.001", "ZZi.003", "ZZi.004")), False
    )
    assert told(watched)[:4] != EVERYTHING[:4]
    rest = asked(watched, after=first["next"])["items"]
    assert [(item["kind"], item["reference"]) for item in rest] == EVERYTHING[3:]


def test_what_was_known_stays(watched: TestClient, own_desk: Desk) -> None:
    page = asked(watched)
    own_desk.import_list("", xml("2026-02-20T12:00:00Z"), False)
    assert asked(watched, known_at=page["known_at"]) == page
    assert told(watched) != EVERYTHING[:]  # ZZi.002 returned by the list that came late
    back = asked(watched, kind="returned")["items"][0]
    assert [seen["generated"][:10] for seen in back["between"]] == ["2026-02-05", "2026-02-20"]


@pytest.mark.parametrize("url", [URL, FEED])
def test_a_known_answer_is_not_sent_again(watched: TestClient, own_desk: Desk, url: str) -> None:
    answer = watched.get(url)
    tag = answer.headers["ETag"]
    assert tag.startswith('"')
    assert watched.get(url).headers["ETag"] == tag
    for known in (tag, f'"other", {tag}', "*"):
        again = watched.get(url, headers={"If-None-Match": known})
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["ETag"] == tag
    assert watched.get(url, headers={"If-None-Match": '"other"'}).status_code == 200
    assert watched.get(url, params={"limit": 2}).headers["ETag"] != tag
    own_desk.import_list("", xml("2026-05-30T12:00:00Z"), False)
    assert watched.get(url, headers={"If-None-Match": tag}).status_code == 200


# ---------------------------------------------------------------- the feed


def one(above: Element, tag: str) -> Element:
    (found,) = above.findall(f"{ATOM}{tag}")
    return found


def holds_rfc_4287(feed: Element) -> None:
    """What RFC 4287 asks of a feed: section 4.1.1 and 4.1.2, identifiers, dates, links."""
    assert feed.tag == f"{ATOM}feed"
    assert one(one(feed, "author"), "name").text
    ids = []
    for part in (feed, *feed.findall(f"{ATOM}entry")):
        identifier = one(part, "id").text or ""
        assert identifier.startswith("urn:travelban:")
        ids.append(identifier)
        assert (one(part, "title").text or "").strip()
        moment = one(part, "updated").text or ""
        assert moment.endswith("Z")
        datetime.fromisoformat(moment)
        links = part.findall(f"{ATOM}link")
        assert all(link.get("href", "").startswith("http") for link in links)
        rels = [(link.get("rel"), link.get("type")) for link in links]
        assert len(set(rels)) == len(rels)
        assert ("alternate", "application/json") in rels
        assert all(child.tag.startswith(ATOM) for child in part)
    assert len(set(ids)) == len(ids)
    for entry in feed.findall(f"{ATOM}entry"):
        assert len(entry.findall(f"{ATOM}content")) == 1
        assert len(entry.findall(f"{ATOM}summary")) == 1
        assert all(category.get("term") for category in entry.findall(f"{ATOM}category"))


def test_the_feed(watched: TestClient) -> None:
    answer = watched.get(FEED, params={"kind": "amended", "reference": "ZZi.009"})
    assert answer.headers["Content-Type"] == "application/atom+xml"
    assert int(answer.headers["X-List-Age"]) > 0
    assert answer.content.startswith(b"<?xml version='1.0' encoding='utf-8'?>")
    feed = ElementTree.fromstring(answer.content)
    holds_rfc_4287(feed)
    entry = one(feed, "entry")
    assert one(entry, "title").text == "ZZi.009 ELUND SARCO & SON: amended (Invented)"
    assert one(entry, "updated").text == "2026-04-10T12:00:00.000000Z"
    assert one(feed, "updated").text == "2026-04-10T12:00:00.000000Z"
    assert {category.get("term") for category in entry.findall(f"{ATOM}category")} == {
        "amended",
        "Invented",
    }
    content = one(entry, "content").text or ""
    assert content.splitlines()[1:] == ["name:", "- ELUND SARKO", "+ ELUND SARCO & SON"]
    known_at = datetime.fromisoformat(asked(watched)["known_at"]).replace(microsecond=0)
    assert parsedate_to_datetime(answer.headers["Last-Modified"]) == known_at
    # The link of an entry leads to its JSON.
    address = urlsplit(one(entry, "link").get("href", ""))
    found = watched.get(address.path, params=dict(parse_qsl(address.query))).json()["items"]
    assert one(entry, "id").text in [f"urn:travelban:change:{item['id']}" for item in found]


def test_pages_of_the_feed(watched: TestClient) -> None:
    seen: list[str] = []
    names = set()
    address = f"{FEED}?limit=4"
    for expected in (4, 4, 1):
        feed = ElementTree.fromstring(watched.get(address).content)
        holds_rfc_4287(feed)
        names.add(one(feed, "id").text)
        entries = feed.findall(f"{ATOM}entry")
        assert len(entries) == expected
        seen += [one(entry, "id").text or "" for entry in entries]
        links = {link.get("rel"): link.get("href", "") for link in feed.findall(f"{ATOM}link")}
        assert urlsplit(links["self"]).query == urlsplit(address).query
        address = links.get("next", "")
    assert address == ""
    assert len(names) == 1
    assert seen == [f"urn:travelban:change:{item['id']}" for item in asked(watched)["items"]]


def test_an_empty_feed_is_one(client: TestClient) -> None:
    feed = asked(client, FEED, since="2026-01-01", regime="Iran")
    holds_rfc_4287(feed)
    assert "regime Iran" in (one(feed, "title").text or "")


@given(
    name=st.text(min_size=1, max_size=40),
    regime=st.text(max_size=10),
    words=st.text(min_size=1, max_size=40),
    asked=st.text(max_size=10).filter(lambda text: text.isprintable()),
)
def test_a_feed_is_xml_for_any_name(name: str, regime: str, words: str, asked: str) -> None:
    seen = ListBetween(sha256="0" * 64, generated="2026-01-01T00:00:00.000000Z")
    change = Change(
        id="1" * 64,
        kind=ChangeKind.amended,
        reference="ZZi.001",
        regime=regime,
        regime_number=None,
        name=name,
        party=PartyKind.individual,
        between=(seen, seen),
        on=None,
        earliest=seen.generated,
        latest=seen.generated,
        fields=(FieldChanged(field="name", old=(name,), new=(words,)),),
        words=words,
        citations=(),
    )
    page = ChangesPage(items=(change,), next="x", known_at=seen.generated)
    made = atom.feed(page, "http://travelban.example/", {"regime": asked})
    feed = ElementTree.fromstring(made)
    holds_rfc_4287(feed)
    assert "next" in {link.get("rel") for link in feed.findall(f"{ATOM}link")}


def test_a_regime_is_known_by_the_number_that_designation_facts_give(
    over: Callable[[Desk], TestClient], own_desk: Desk
) -> None:
    koreans = {f"KPi.90{number}": ("BESNA", f"TOMIK {number}") for number in range(5)}
    for day, people in (
        ("2026-01-10", {"QDi.900": ("ARDAN", "VELUR"), **koreans}),
        ("2026-02-10", koreans),
    ):
        own_desk.import_list("", xml(f"{day}T12:00:00Z", people), False)
    client = over(own_desk)
    (item,) = asked(client, regime="1267")["items"]
    assert (item["kind"], item["reference"], item["regime_number"]) == (
        "delisted", "QDi.900", "1267",
    )  # fmt: skip
    assert asked(client, regime="1718")["items"] == []
    assert client.get(URL, params={"regime": "1999"}).status_code == 422


def test_a_feed_is_one_long_page(over: Callable[[Desk], TestClient], own_desk: Desk) -> None:
    people = {f"ZZi.{number:03}": ("A", f"VELUR {number}") for number in range(120)}
    own_desk.import_list("", xml("2026-01-10T12:00:00Z", people), False)
    more = people | {f"YYi.{number:03}": ("B", f"TOMIK {number}") for number in range(90)}
    own_desk.import_list("", xml("2026-02-10T12:00:00Z", more), False)
    client = over(own_desk)
    assert len(asked(client, FEED).findall(f"{ATOM}entry")) == 90
    assert len(asked(client, FEED, limit=10).findall(f"{ATOM}entry")) == 10
    assert len(asked(client)["items"]) == 50
