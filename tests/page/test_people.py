"""The page of a reference: what lists and law have of it, harmless and complete."""

import json
import re
from html.parser import HTMLParser

import pytest

from app.api import examples
from app.assessment.exemptions import ExemptionGiven
from app.desk import Desk, ImportOutcome, decoder
from app.page.people import FEW, few, file_name
from app.page.render import language
from app.page.words import DEFAULT, words
from app.store.keys import Scope
from app.terms import Report
from tests.conftest import Clock
from tests.invented import PEOPLE, only, xml
from tests.page.conftest import Visitor, forms, heading
from tests.page.test_signing_in import key, sign_in

W = words(DEFAULT)
DAY = "2026-05-20T00:00:00Z"


def read_in(desk: Desk, body: bytes) -> None:
    assert desk.import_list("", body, False).outcome == ImportOutcome.promoted


def a_list(individuals: str = "", entities: str = "", generated: str = DAY) -> bytes:
    return (
        f'<CONSOLIDATED_LIST dateGenerated="{generated}"><INDIVIDUALS>{individuals}</INDIVIDUALS>'
        f"<ENTITIES>{entities}</ENTITIES></CONSOLIDATED_LIST>"
    ).encode()


class Markup(HTMLParser):
    """Every element of a page, with its attributes, and all of its text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.words = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: text or "" for name, text in attrs}))
        self.words += " " if tag not in ("bdi", "span", "a") else ""

    def handle_data(self, data: str) -> None:
        self.words += data


def text_of(page: str) -> str:
    return " ".join(Markup(page).words.split())


def title(page: str) -> str:
    return " ".join(heading(page).split())


# ---------------------------------------------------------------- what the list says

HOSTILE = "</title></bdi>\"'><script>alert(1)</script><img src=x onerror=alert(2)>{{ 7*7 }}"
FIELDS = (
    "FIRST_NAME", "NAME_ORIGINAL_SCRIPT", "COMMENTS1", "INTERPOL_LINK", "DATAID", "SOMETHING_NEW",
    "UN_LIST_TYPE",
)  # fmt: skip
VALUES = ("TITLE", "DESIGNATION", "NATIONALITY")
GROUPS = {
    "ALIAS": ("ALIAS_NAME", "NOTE", "DATE_OF_BIRTH"),
    "ADDRESS": ("STREET", "CITY", "COUNTRY", "NOTE"),
    "PLACE_OF_BIRTH": ("CITY", "STATE_PROVINCE", "COUNTRY", "NOTE"),
    "DATE_OF_BIRTH": ("NOTE",),
    "DOCUMENT": ("TYPE_OF_DOCUMENT", "NUMBER", "ISSUING_COUNTRY", "DATE_OF_ISSUE", "NOTE"),
}


def hostile(kind: str, reference: str, payload: str) -> str:
    def element(tag: str, body: str) -> str:
        return f"<{tag}>{body}</{tag}>"

    escaped = payload.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return element(
        kind,
        element("REFERENCE_NUMBER", reference)
        + element("LISTED_ON", "2010-01-02")
        + "".join(element(tag, f"{tag} {escaped}") for tag in FIELDS)
        + "".join(element(tag, element("VALUE", f"{tag} {escaped}")) for tag in VALUES)
        + "".join(
            element(
                f"{kind}_{group}", "".join(element(tag, f"{group} {tag} {escaped}") for tag in tags)
            )
            for group, tags in GROUPS.items()
        ),
    )


@pytest.mark.parametrize(("kind", "reference"), [("INDIVIDUAL", "ZZi.001"), ("ENTITY", "ZZe.001")])
def test_a_record_full_of_markup_and_script_is_shown_and_harmless(
    own: Visitor, own_desk: Desk, kind: str, reference: str
) -> None:
    before, after = (
        a_list(**{
            "individuals" if kind == "INDIVIDUAL" else "entities": hostile(kind, reference, payload)
        }, generated=generated)
        for payload, generated in ((f"{HOSTILE} before", "2026-05-19T00:00:00Z"), (HOSTILE, DAY))
    )  # fmt: skip
    read_in(own_desk, before)
    read_in(own_desk, after)
    page = own.open(f"/people/{reference}")
    assert page.status_code == 200
    found = Markup(page.text)
    assert [at["src"] for tag, at in found.elements if tag == "script"][1:] == []
    assert not [tag for tag, _ in found.elements if tag in ("img", "iframe", "style", "object")]
    for _, attributes in found.elements:
        assert not [name for name in attributes if name.startswith("on") or name == "style"]
        address = attributes.get("href", attributes.get("src", "/"))
        assert address.startswith(("/", "#")), address
    shown = " ".join(found.words.split())
    for name in (*FIELDS, *VALUES, *(f"{g} {tag}" for g, tags in GROUPS.items() for tag in tags)):
        assert f"{name} {HOSTILE}" in shown, name
    assert f"{HOSTILE} before" in shown  # what the list said before


NAMES = {
    "قاسم سليمانی": ("rtl", ""),
    "عبد الله أحمد": ("rtl", ""),
    "김정남": ("ltr", "ko"),
    "金正男": ("ltr", "zh"),
    "Ахмед": ("ltr", ""),
    "Plain Name": ("ltr", ""),
}


def test_names_stand_in_their_own_scripts_and_directions(own: Visitor, own_desk: Desk) -> None:
    aliases = "".join(
        f"<INDIVIDUAL_ALIAS><QUALITY>{quality}</QUALITY><ALIAS_NAME>{name}</ALIAS_NAME>"
        "</INDIVIDUAL_ALIAS>"
        for name, quality in zip(NAMES, ("Good", "Low", "Good", "", "Low", "Good"), strict=True)
    )
    script = "<NAME_ORIGINAL_SCRIPT>محمد رضا</NAME_ORIGINAL_SCRIPT>"
    read_in(own_desk, xml(DAY, only("ZZi.001"), more=script + aliases))
    page = own.open("/people/ZZi.001").text
    assert '<bdi dir="rtl">محمد رضا</bdi>' in page
    for name, (direction, spoken) in NAMES.items():
        lang = f' lang="{spoken}"' if spoken else ""
        assert f'<bdi dir="{direction}"{lang}>{name}</bdi>' in page
    assert "عبد الله أحمد (low)" in text_of(page)
    assert "金正男 (not said)" in text_of(page)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("김정남", "ko"), ("金正男", "zh"), ("かな", "ja"), ("山田カナ", "ja"), ("Kim 김", ""),
        ("محمد", ""), ("Иван", ""), ("Jean-Éric", ""), ("משה", "he"), ("", ""), ("123 —", ""),
    ],
)  # fmt: skip
def test_a_script_says_the_language_only_where_it_has_one(name: str, expected: str) -> None:
    assert language(name) == expected


def test_who_left_the_list_is_shown_as_the_last_list_had_it(own: Visitor, own_desk: Desk) -> None:
    read_in(own_desk, xml("2026-03-01T00:00:00Z"))
    read_in(own_desk, xml("2026-04-01T00:00:00Z", only("ZZi.001", "ZZi.003", "ZZi.004")))
    page = text_of(own.open("/people/ZZi.002").text)
    assert "The list of 1 April 2026 holds it no longer: this is how the list of 1 March" in page
    assert "BESNA TOMIK" in page
    assert "on the list of 1 March 2026, and not on that of 1 April 2026" in page
    page = text_of(own.open("/people/ZZi.002?as_of=2026-03-15").text)
    assert "As the list of 1 March 2026 holds it." in page
    assert "On 15 March 2026" in page
    page = text_of(own.open("/people/ZZi.002?as_of=2026-02-15").text)
    assert "No list up to that day holds this reference." in page


def test_a_day_and_a_moment_of_knowledge_are_asked_apart(
    own: Visitor, own_desk: Desk, clock: Clock
) -> None:
    read_in(own_desk, xml("2026-03-01T00:00:00Z", {"ZZi.009": ("ELUND", "SARKO")}))
    known = own_desk.record().known_at
    read_in(own_desk, xml("2026-04-01T00:00:00Z", {"ZZi.009": ("ELUND", "SARCO")}))
    assert title(own.open("/people/ZZi.009").text) == "ELUND SARCO ZZi.009"
    assert title(own.open(f"/people/ZZi.009?known_at={known}").text) == "ELUND SARKO ZZi.009"
    page = own.open("/people/ZZi.009?as_of=2026-03-15&known_at=").text
    assert "As the list of 1 March 2026 holds it." in page
    assert '<bdi dir="ltr">ELUND SARKO</bdi>' in page
    assert "/people/ZZi.009/json?as_of=2026-03-15" in page


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("as_of=July", "as_of"), ("as_of=2015-02-30", "as_of"), ("known_at=2015-08-15", "known_at"),
        ("known_at=2099-01-01T00:00:00Z", "known_at"),
    ],
)  # fmt: skip
def test_a_clock_that_is_none_comes_back_with_words(here: Visitor, query: str, field: str) -> None:
    page = here.open(f"/people/IRi.039?{query}")
    assert page.status_code == 422
    assert f'id="{field}-wrong"' in page.text
    assert f'value="{query.partition("=")[2]}"' in page.text
    assert title(page.text) == "QASEM SOLEIMANI IRi.039"
    assert here.client.get(f"/people/IRi.039/json?{query}").status_code == 422


# ---------------------------------------------------------------- what the law says


def test_measures_that_states_dispute_say_who_says_what(here: Visitor) -> None:
    page = here.open("/people/IRi.039").text
    shown = text_of(page)
    assert "S/RES/1929 (2010) paragraph 10 checked against the text" in shown
    assert "S/RES/2231 (2015) Annex B 6(e) not yet checked against the text" in shown
    assert "terminated by resolution 2231 (2015) paragraph 7(a) on Implementation Day" in shown
    assert "travel ban disputed by States" in shown
    assert "Not in force, say Iran, the Russian Federation, China" in shown
    assert "Claimed by the United States, which nearly nobody accepts" in shown
    assert 'fill="url(#timeline-hatch)"' in page
    assert 'href="#disputes"' in page
    assert 'id="disputes"' in page


def test_whom_facts_alone_name_has_a_page(here: Visitor) -> None:
    page = here.open("/people/1267%3Aabousfian-abdelrazik")
    assert page.status_code == 200
    shown = text_of(page.text)
    assert "No list on record holds this reference; a designation fact names it." in shown
    assert "Names given by designation facts Abousfian Abdelrazik" in shown
    assert file_name("1267:abousfian-abdelrazik") == "1267-abousfian-abdelrazik.json"


def test_an_entity_has_a_page(own: Visitor, own_desk: Desk) -> None:
    record = (
        "<ENTITY><FIRST_NAME>Invented Works</FIRST_NAME><UN_LIST_TYPE>Iran</UN_LIST_TYPE>"
        "<REFERENCE_NUMBER>IRe.999</REFERENCE_NUMBER><LISTED_ON>2010-06-09</LISTED_ON></ENTITY>"
    )
    read_in(own_desk, a_list(entities=record))
    page = text_of(own.open("/people/IRe.999").text)
    assert "entity on the list for Iran; Regime 1737" in page
    assert "Invented Works" in page


def test_one_person_under_two_references_is_linked(own: Visitor) -> None:
    page = own.open("/people/QDi.042")
    assert page.status_code == 200
    assert "Recorded as the same person: SOi.002" in text_of(page.text)
    assert 'href="/people/SOi.002"' in page.text


def test_leave_to_travel_is_told_with_its_days(own: Visitor, own_desk: Desk) -> None:
    shown = text_of(own.open("/people/IRi.039").text)
    assert "None is on record. None found is not none granted." in shown
    given = {
        "regime": "1737", "references": ["IRi.039"], "outcome": "granted", "state": "IQ",
        "places": ["Najaf"], "purpose": "<b>pilgrimage</b>", "from": "2015-07-20",
        "until": "2015-07-30", "decided_on": "2015-07-01", "source": "a letter",
        "recorded_by": "A. Officer",
    }  # fmt: skip
    own_desk.record_exemption(decoder(ExemptionGiven).validate_python(given))
    page = own.open("/people/IRi.039").text
    assert "granted Najaf, Iraq 20 July 2015 to 30 July 2015 <b>pilgrimage</b> 1 July 2015" in (
        text_of(page)
    )
    assert 'class="bar exemption"' in page


def test_of_lists_that_say_the_same_a_few_are_shown() -> None:
    def cited(number: int) -> dict[str, object]:
        return {"kind": "snapshot", "snapshot": str(number)}

    fact = {"kind": "designation_fact"}
    told = few([*map(cited, range(10)), fact])
    assert told == {"few": [*map(cited, (0, 1, 8, 9)), fact], "more": 10 - 2 * FEW}
    assert few([cited(1), fact]) == {"few": [cited(1), fact], "more": 0}


# ---------------------------------------------------------------- finding it, and taking it along


def test_a_reference_is_found_however_it_is_written(here: Visitor) -> None:
    here.open("/people")
    assert set(forms(here.page.text if here.page else "")) == {"/people", "/screen"}
    for written in ("IRi.039", " iri.039. "):
        answer = here.client.get("/people", params={"reference": written})
        assert (answer.status_code, answer.headers["Location"]) == (303, "/people/IRi.039")
        assert title(here.open(f"/people/{written}").text) == "QASEM SOLEIMANI IRi.039"


def test_a_reference_that_nothing_names_is_told_and_kept(here: Visitor) -> None:
    page = here.open("/people?reference=ZZi.404<b>")
    assert page.status_code == 404
    assert "“ZZi.404<b>” is on no list" in text_of(page.text)
    assert forms(page.text)["/people"]["reference"] == "ZZi.404<b>"
    assert "<b>" not in page.text
    for address in ("/people/ZZi.404", "/people/ZZi.404/json", "/people/%3Cscript%3E"):
        page = here.open(address)
        assert page.status_code == 404
        assert heading(page.text) == "There is no such page"


@pytest.mark.parametrize("query", ["", "?as_of=2015-07-24"])
def test_the_record_is_taken_along_as_the_api_has_it(here: Visitor, query: str) -> None:
    file = here.client.get(f"/people/iri.039/json{query}")
    assert file.headers["Content-Disposition"] == 'attachment; filename="IRi.039.json"'
    assert file.headers["Content-Type"] == "application/json"
    assert file.content == here.client.get(f"/v1/people/IRi.039{query}").content


def test_answers_about_a_reference_are_for_who_may_ask(own: Visitor, own_desk: Desk) -> None:
    report = decoder(Report).validate_python(examples.REPORT)
    found = own_desk.ask(report)
    link = f'<a href="/assessments/{found.id}">Contested</a>'
    assert link in own.open("/people/IRi.039").text
    assert link not in own.open("/people/IRi.038").text
    sign_in(own, key(own_desk, Scope.assess))
    assert link in own.open("/people/IRi.039").text
    sign_in(own, key(own_desk, Scope.screen, name="Another"))
    page = own.open("/people/IRi.039")
    assert page.status_code == 200
    assert found.id not in page.text
    assert W["people"]["assessments_closed"] in page.text


def test_more_answers_than_are_shown_are_said_to_be_more(own: Visitor, own_desk: Desk) -> None:
    report = json.loads(json.dumps(examples.REPORT))
    for day in range(1, 23):
        report["legs"][0]["from"] = f"2015-07-{day:02}"
        own_desk.ask(decoder(Report).validate_python(report))
    page = own.open("/people/IRi.039").text
    assert len(re.findall(r'href="/assessments/[0-9a-f]{64}"', page)) == 20
    assert "The newest 20 are shown." in page


def test_a_page_without_lists_and_law_is_none(own: Visitor) -> None:
    assert PEOPLE.keys() & {"ZZi.001"}
    assert own.open("/people/ZZi.001").status_code == 404
