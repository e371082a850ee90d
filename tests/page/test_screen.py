"""Screening: a name in, candidates out, and nothing of it where others could read it."""

import json
import re
from html import unescape

import pytest

from app.desk import Desk
from tests.invented import xml
from tests.page.conftest import Visitor, forms

MARKUP = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>"
_WRITTEN = MARKUP.replace("<", "&lt;").replace(">", "&gt;")
ENTITY = """<ENTITY><FIRST_NAME>Velur Trading House</FIRST_NAME>
<UN_LIST_TYPE>Invented</UN_LIST_TYPE><REFERENCE_NUMBER>ZZe.001</REFERENCE_NUMBER>
<LISTED_ON>2010-01-02</LISTED_ON></ENTITY>"""


def look(visitor: Visitor, **given: str) -> str:
    """The page of an answer."""
    visitor.open("/screen")
    page = visitor.send("/screen", **given)
    assert page.status_code == 200, page.text
    return page.text


def plain(page: str) -> str:
    """A page as it is read."""
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page)))


def rows(page: str) -> list[list[list[str]]]:
    """The tables of a page, row by row."""
    return [
        [
            [
                plain(cell).strip()
                for cell in re.findall(r"<t[dh][^>]*>(.*?)</t[dh]>", row, re.DOTALL)
            ]
            for row in re.findall(r"<tr[^>]*>(.*?)</tr>", table, re.DOTALL)
        ]
        for table in re.findall(r"<table[^>]*>(.*?)</table>", page, re.DOTALL)
    ]


def test_namesakes_stand_side_by_side_with_their_parts_under_each_other(here: Visitor) -> None:
    page = look(here, name="Ghasem Soleimani")
    assert "Several could be meant" in page
    first, second = rows(page)
    assert first == [
        ["Asked", "Ghasem", "Soleimani"],
        ["Listed", "QASEM", "SOLEIMANI"],
        ["Difference", "another spelling", "the same"],
    ]
    assert second[2] == ["Difference", "the same", "another spelling"]
    text = plain(page)
    assert re.search(r"0\.\d{4} similarity of the names, from 0 to 1; no probability", text)
    assert "What would tell them apart" in text
    assert "a birth date: this record has 1957-03-11" in text
    # Who is meant comes first, then who could be.
    assert page.index("Several could be meant") < page.index("candidate-1")
    assert page.index("candidate-1") < page.index("candidate-2")


def test_what_agrees_conflicts_and_is_silent(here: Visitor) -> None:
    page = look(here, name="قاسم سلیمانی", role="Quds Force", birth_date="1920")
    assert '<bdi dir="rtl">قاسم</bdi>' in page
    assert '<bdi dir="ltr">QASEM</bdi>' in page
    first = plain(page[page.index("candidate-1") : page.index("candidate-2")])
    assert "Agrees organisation Conflicts birth date Is silent place of birth," in first
    assert forms(page)["/screen"]["birth_date"] == "1920"


def test_nobody_found_is_no_clearance_and_says_where_it_looked(here: Visitor) -> None:
    page = plain(look(here, name="Ulvar Brandesko"))
    assert "Nobody found" in page
    assert (
        "Nobody was found under this name in the lists that were asked. This is not a clearance."
        in page
    )
    assert "No full list is on record. Lists that speak for some alone, asked: 1." in page


def test_the_lists_that_were_asked_are_named(own: Visitor, own_desk: Desk) -> None:
    for day in ("2026-03-01", "2026-03-02"):
        own_desk.import_list("l.xml", xml(f"{day}T00:00:00Z"), False)
    page = look(own, name="Ulvar Brandesko")
    assert "2 full lists were asked, from 1 March 2026 to 2 March 2026." in plain(page)
    for found in own_desk.record().full_lists:
        assert f'href="/lists/{found.sha256}"' in page


def test_a_name_stands_in_the_audit_and_in_no_address(own: Visitor, own_desk: Desk) -> None:
    page = look(own, name="Ghasem Soleimani", nationality="Iran")
    shown = list(own_desk.audit_since(None))[-1]
    assert (shown.line.who, shown.line.action) == ("page", "screen")
    assert json.loads(str(shown.question))["nationality"] == "IR"
    assert '<form method="post" action="/screen"' in page
    addresses = re.findall(r'(?:href|action)="([^"]+)"', page)
    assert [address for address in addresses if "oleimani" in address] == []


def test_the_form_for_a_journey_begins_with_whoever_is_meant(own: Visitor) -> None:
    own.open("/screen")
    page = own.send("/screen", name="Ghasem Soleimani", nationality="IR", document="A 1")
    references = re.findall(r'"traveller.reference" value="([^"]+)"', page.text)
    assert set(references) == {"IRi.039", "IRi.040"}
    page = own.send("/journey")
    assert page.status_code == 200
    given = {name: text for name, text in forms(page.text)["/journey"].items() if text}
    assert given == {
        "traveller.name": "Ghasem Soleimani",
        "traveller.nationality": "IR",
        "traveller.document.number": "A 1",
        # Each candidate has a form of its own; what was sent is the last one.
        "traveller.reference": references[-1],
    }
    own.send("/journey", legs__0__state="Russia", legs__0__from="2015-07-24")
    assert references[-1] in own.follow().text


def test_an_entity_makes_no_journey(own: Visitor, own_desk: Desk) -> None:
    body = xml("2026-03-01T00:00:00Z").replace(
        b"<ENTITIES/>", f"<ENTITIES>{ENTITY}</ENTITIES>".encode()
    )
    assert own_desk.import_list("l.xml", body, False).outcome == "promoted"
    page = look(own, name="Velur Trading House")
    assert 'href="/people/ZZe.001"' in page
    assert ", Invented, entity" in plain(page)
    assert 'action="/journey"' not in page


def test_markup_in_a_list_and_in_a_question_is_shown_as_it_is_written(
    own: Visitor, own_desk: Desk
) -> None:
    hostile = {"ZZi.001": (f"ARDAN {_WRITTEN}", "VELUR")}
    body = xml("2026-03-01T00:00:00Z", hostile, comments=_WRITTEN, regime=_WRITTEN)
    assert own_desk.import_list(MARKUP, body, False).outcome == "promoted"
    page = look(own, name=f"Ardan Velur {MARKUP}", role=MARKUP, threshold="0.1")
    assert "ZZi.001" in page
    assert page.count("<script") == 1
    assert "<img" not in page
    assert "<script>alert(1)" in unescape(page)
    assert forms(page)["/screen"]["role"] == MARKUP


@pytest.mark.parametrize(
    ("given", "field", "words"),
    [
        ({"name": ""}, "name", "is missing"),
        ({"name": "123"}, "name", "holds no letter"),
        ({"nationality": "Utopia"}, "nationality", "is no State"),
        ({"threshold": "half"}, "threshold", "is not a number"),
        ({"threshold": "nan"}, "threshold", "is not between 0 and 1"),
        ({"limit": "101"}, "limit", "is not between 1 and 100"),
        ({"limit": "1.5"}, "limit", "is not a"),
        ({"birth_date": "11 March 1957"}, "birth_date", "is not a year, a month or a day"),
        ({"gender": "x"}, "gender", "is none of"),
        ({"reference": "IRi.999"}, "reference", "is on no list"),
        ({"known_at": "2099-01-01T00:00:00Z"}, "known_at", "in the future"),
        ({"as_of": "2015"}, "as_of", "is not a day"),
    ],
)
def test_what_is_wrong_is_told_beside_its_field(
    here: Visitor, given: dict[str, str], field: str, words: str
) -> None:
    here.open("/screen")
    page = here.send("/screen", **{"name": "Ghasem Soleimani", "role": "R"} | given)
    assert page.status_code == 422
    assert re.findall(r'id="([^"]+)-wrong"', page.text) == [field]
    assert words in unescape(page.text)
    assert forms(page.text)["/screen"]["role"] == "R"


def test_how_many_and_how_alike(here: Visitor) -> None:
    page = look(here, name="Soleimani", threshold="0", limit="7")
    assert page.count('<article class="candidate"') == 7
    assert "similarity of 0.0 or more, 7 at the most" in page


def test_a_name_stands_in_no_address_whichever_page_asks_for_it(here: Visitor) -> None:
    for address in ("/screen", "/people"):
        here.open(address)
        page = here.send("/screen", name="Ghasem Soleimani")
        assert "Several could be meant" in page.text
    assert re.findall(r'<form([^>]*) action="/screen"', here.open("/people").text) == [
        ' method="post"'
    ]
