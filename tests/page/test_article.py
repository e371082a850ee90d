"""An answer about a text: shown whole and harmless, reviewed by a form, nothing overwritten."""

import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

import pytest

from app.assessment.article import ArticleAsked, Decision, ReviewGiven
from app.desk import Desk
from app.page import form, review
from app.page.articles import changes, groups
from app.reading.page import words_of
from app.store.keys import Scope
from app.terms import DraftStatus
from tests.conftest import Clock
from tests.page import shape
from tests.page.conftest import Visitor, forms, heading
from tests.page.test_signing_in import key, sign_in

TEXT = """The general travelled, the general did.
> Qasem Soleimani, commander of the Quds Force; RU Moscow 2015-07-24
asserts press The Daily: He was our guest.
asserts press The Daily: He dined with the minister.
denies state_of_entry RU Sergei Ryabkov: Nobody came.
exemption_statement press The Daily: no leave was asked for
legal_statement press The Daily: banned since 2007
"""


def read(desk: Desk, text: str = TEXT, **other: Any) -> dict[str, Any]:
    """An answer about a text."""
    given = {"text": text, "published_on": "2015-08-15", "publisher": "The Daily", **other}
    found: dict[str, Any] = json.loads(desk.read_article(ArticleAsked(**given)).body)
    return found


def at(answer: dict[str, Any]) -> str:
    return f"/articles/{answer['document']['sha256']}"


def sent(visitor: Visitor, answer: dict[str, Any], **fields: str) -> Any:
    """Send the review form of the page that is open, signed."""
    return visitor.send(f"{at(answer)}/reviews", **{"by": "A. Officer", **fields})


def newest(desk: Desk, answer: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(desk.stored_article(answer["document"]["sha256"]).body)
    return found


class _Text(HTMLParser):
    """The text that a page shows as an article's, without the numbers beside it."""

    def __init__(self) -> None:
        super().__init__()
        self.text = ""
        self.marked: dict[str, str] = {}
        self._in, self._label, self._turn, self._claims = False, False, False, ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: text or "" for name, text in attrs}
        kinds = given.get("class", "").split()
        self._in |= tag == "div" and "text" in kinds
        if self._in:
            self._label |= "to" in kinds
            self._turn = "turn" in kinds
            self._claims = given.get("data-claims", "") if tag == "mark" else self._claims
            assert tag in ("div", "a", "mark", "span"), tag

    def handle_endtag(self, tag: str) -> None:
        if tag == "div":
            self._in = False
        self._label = self._turn = False
        self._claims = "" if tag == "mark" else self._claims

    def handle_data(self, data: str) -> None:
        if self._in and not self._label:
            shown = chr(int(data.removeprefix("U+"), 16)) if self._turn else data
            self.text += shown
            for claim in self._claims.split():
                self.marked[claim] = self.marked.get(claim, "") + shown


def text_of(page: str) -> _Text:
    reader = _Text()
    reader.feed(page)
    return reader


class _Tags(HTMLParser):
    """Every tag of a page, with what it bears."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def tags(page: str) -> list[tuple[str, dict[str, str | None]]]:
    reader = _Tags()
    reader.feed(page)
    return reader.found


def sections(page: str) -> Iterator[str]:
    """Each claim of a page, in its order."""
    for part in page.split('<article class="claim ')[1:]:
        yield part.partition("</article>")[0]


# ---------------------------------------------------------------- shown


def test_the_text_and_what_was_said(own: Visitor, own_desk: Desk) -> None:
    answer = read(own_desk, title="A guest in Moscow")
    page = own.open(at(answer)).text
    assert heading(page) == "A guest in Moscow"
    assert "The Daily" in page
    assert "15 August 2015" in page
    assert answer["words"] in page
    shown = text_of(page)
    assert shown.text == TEXT
    assert shown.marked == {
        str(number): claim["quote"]["text"] for number, claim in enumerate(answer["claims"])
    }
    for number in range(1, 6):
        assert page.count(f'href="#mark-{number}"') == page.count(f'id="mark-{number}"') == 1
        assert page.count(f'id="claim-{number}"') == 1
        assert f'id="mark-{number}" href="#claim-{number}"' in page
    (assessed,) = answer["assessments"]
    assert f'href="/assessments/{assessed["id"]}"' in page
    assert assessed["sentence"].split(";")[0] in page
    denial = next(part for part in sections(page) if 'id="claim-3"' in part)
    for words in (
        "Sergei Ryabkov", "denies it", ">against<", ">draft<", "Nobody came.",
        "the State of entry", "Russian Federation (Moscow), 24 July 2015", "not said", "rules",
    ):  # fmt: skip
        assert words in denial, words
    assert "half right" in page
    assert "since 9 June 2010" in page


def test_each_journey_is_told_in_short(own: Visitor, own_desk: Desk) -> None:
    page = shape.text_of(own.open(at(read(own_desk))).text)
    said = [
        "Who “ Qasem Soleimani ” is identified as QASEM SOLEIMANI (IRi.039)",
        "Where Moscow , Russian Federation", "When 24 July 2015", "S/RES/1929 (2010) paragraph 10",
        "They say that it took place: The Daily", "They deny it: Sergei Ryabkov",
        "Whether there was leave to travel: none is on record",
    ]  # fmt: skip
    places = [page.index(words) for words in said]
    assert places == sorted(places)
    assert places[-1] < page.index("No exemption is on record")  # the sentence follows


@pytest.mark.parametrize(
    ("number", "kind"), [(1, "for"), (3, "against"), (4, "leave"), (5, "legal")]
)
def test_what_each_counts_as_is_said_in_words_too(
    own: Visitor, own_desk: Desk, number: int, kind: str
) -> None:
    page = own.open(at(read(own_desk))).text
    said = "law" if kind == "legal" else kind
    assert re.search(rf'id="mark-{number}"[^>]*>{number} {said}</a>', page)
    assert re.search(rf'<mark class="k-{kind}[^>]*data-claims="{number - 1}"', page)


def test_copies_of_one_origin_are_one_group(own: Visitor, own_desk: Desk) -> None:
    page = own.open(at(read(own_desk))).text
    (group,) = page.split('<section class="copies">')[1:]
    assert "2 statements, first from <bdi>The Daily</bdi>" in group
    # What the law is and whether there was leave are no copies of that.
    inside = group.partition("</section>")[0]
    assert re.findall(r'id="claim-(\d)"', inside) == ["1", "2"]


def test_an_origin_that_nobody_names_makes_no_group() -> None:
    claims = [{"id": name, "origin": None, "quote": None} for name in ("a", "b")]
    journeys = [{"id": "j", "claims": ["a", "b"]}]
    found = groups({"claims": claims, "journeys": journeys}, ["for", "for"])
    assert [group.claims for group in found] == [(0,), (1,)]


HOSTILE = """<script>alert(1)</script> & "quoted" 'single' </div></main>
> Qasem Soleimani, "><script>alert(2)</script>; RU Moscow 2015-07-24
asserts press The <b onclick=x>Daily</b>: \u202etup eht no tupni si siht\u202c <img src=x onerror=y>
denies state_of_entry RU 🕌 Ministère\u0301: e\u0301 👨\u200d👩 𝒩o {{ 7 * 7 }} {% raw %} &lt;
asserts anonymous قاسم سلیمانی: \u2067سلیمانی در مسکو بود\u2069 &amp; more
no_comment press X: last words</script><!-- \u00a0
"""


def test_a_hostile_text_is_shown_whole_and_harmless(own: Visitor, own_desk: Desk) -> None:
    answer = read(own_desk, HOSTILE, title="<script>alert(3)</script>", url="javascript:alert(4)//")
    page = own.open(at(answer)).text
    assert len(answer["claims"]) == 4
    shown = text_of(page)
    assert shown.text == HOSTILE
    assert shown.marked == {
        str(number): HOSTILE[claim["quote"]["start"] : claim["quote"]["end"]]
        for number, claim in enumerate(answer["claims"])
    }
    for tag, attributes in tags(page):
        assert tag not in ("img", "b", "style", "iframe")
        assert tag != "script" or str(attributes["src"]).startswith("/static/page.js")
        assert not [name for name in attributes if name.startswith("on") or name == "style"]
        assert not str(attributes.get("href", "")).startswith("javascript")
    assert "\u202e" not in re.sub(r"<q.*?</q>", "", page, flags=re.DOTALL)
    assert ">U+202E</span>" in page


def test_overlapping_claims_are_each_whole(own: Visitor, own_desk: Desk) -> None:
    answer = read(own_desk)
    own.open(at(answer))
    own.send(f"{at(answer)}/reviews", more="added")
    sent(own, answer, **addition(quote="guest.\nasserts press The Daily: He dined"))
    page = own.follow().text
    shown = text_of(page)
    assert shown.text == TEXT
    assert shown.marked["0"] == "He was our guest."
    assert shown.marked["1"] == "He dined with the minister."
    assert shown.marked["5"] == "guest.\nasserts press The Daily: He dined"


def test_a_text_that_says_nothing(own: Visitor, own_desk: Desk) -> None:
    page = own.open(at(read(own_desk, "Rain in the north."))).text
    assert "No statement was read in this text." in page
    assert "No journey was read in this text." in page
    assert "nothing in the text speaks of a journey" in page


def test_what_cannot_be_assessed_is_told(own: Visitor, own_desk: Desk) -> None:
    text = "> A. Person; RU Moscow 2015-07-24\nasserts third_state RU X: words\n"
    page = own.open(at(read(own_desk, text))).text
    assert "This journey cannot be assessed as it stands." in page
    assert "claims.0.side: is third_state, and RU is the State of the legs spoken of" in page
    assert ">not weighed<" in page


def test_a_text_that_came_from_a_page_says_so(own: Visitor, own_desk: Desk) -> None:
    html = f"<main><p>{'</p><p>'.join(TEXT.replace('>', '&gt;').splitlines())}</p></main>"
    answer = read(own_desk, html, html=True)
    page = own.open(at(answer)).text
    assert f"a page of HTML of {len(html)} characters" in page
    assert text_of(page).text == words_of(html)[0]


def test_a_page_of_html_is_asked_by_the_form(own: Visitor, own_desk: Desk) -> None:
    own.open("/")
    html = "<main><p>Rain in the north.</p></main>"
    own.send("/", text=html, published_on="2015-08-15", html="true")
    assert "a page of HTML of" in own.follow().text


@pytest.mark.parametrize("name", ["0" * 64, "nothing"])
def test_a_text_that_nobody_asked_about(here: Visitor, name: str) -> None:
    assert here.open(f"/articles/{name}").status_code == 404
    assert here.client.post(f"/articles/{name}/reviews", data={"by": "A"}).status_code == 404


def test_an_answer_about_another_text_is_not_found(own: Visitor, own_desk: Desk) -> None:
    other = read(own_desk, "Rain.")
    assert own.open(f"{at(read(own_desk))}?article={other['id']}").status_code == 404


# ---------------------------------------------------------------- reviewed


def addition(**fields: str) -> dict[str, str]:
    """The fields of a claim that is added."""
    given = {
        "quote": "the general did", "type": "asserts", "speaker": "A. Witness", "side": "other",
        "named": "true", **fields,
    }  # fmt: skip
    found = {f"added__0__claim__{name}": text for name, text in given.items()}
    return {"added__0__journey": "0", **found}


def test_a_review_makes_a_new_answer(own: Visitor, own_desk: Desk) -> None:
    answer = read(own_desk)
    own.open(at(answer))
    own.send(f"{at(answer)}/reviews", more="added")
    reply = sent(
        own, answer,
        decisions__0__status="accepted",
        decisions__0__grade__source="B", decisions__0__grade__information="2",
        decisions__1__status="rejected",
        decisions__2__status="changed",
        decisions__2__claim_as__type="no_comment", decisions__2__claim_as__speaker_role="Deputy",
        decisions__2__claim_as__said_on="2015-08-14",
        **addition(origin="A. Witness"),
    )  # fmt: skip
    after = newest(own_desk, answer)
    assert reply.headers["Location"] == f"{at(answer)}?article={after['id']}"
    assert (after["replaces"], after["reviewed_by"]) == (answer["id"], ["A. Officer"])
    first, second, third, fourth, fifth, sixth = after["claims"]
    was = answer["claims"]
    assert first == {
        **was[0], "status": "accepted", "grade": {"source": "B", "information": 2},
    }  # fmt: skip
    assert second == {**was[1], "status": "rejected"}
    assert third == {
        **was[2], "status": "changed", "type": "no_comment", "said_on": "2015-08-14",
        "speaker": {"name": "Sergei Ryabkov", "role": "Deputy"},
    }  # fmt: skip
    assert [fourth, fifth] == was[3:]
    start = TEXT.index("the general did")
    assert sixth["quote"] == {"start": start, "end": start + 15, "text": "the general did"}
    assert (sixth["found_by"], sixth["status"]) == ("person", "accepted")
    assert sixth["published_on"] == "2015-08-15"

    page = own.follow().text
    assert f"{at(answer)}?article={answer['id']}" in page
    changed = page.partition('<ul class="reviewed">')[2].partition("</ul>")[0]
    for words in (
        "draft before, accepted now", "draft before, rejected now", "draft before, changed now",
        "<del>denies it</del> is now <ins>does not comment</ins>", "<ins>B2</ins>", "was added",
    ):  # fmt: skip
        assert words in changed, words
    # What was rejected stays to be seen, and so does the answer before.
    rejected = next(part for part in sections(page) if 'id="claim-2"' in part)
    assert "He dined with the minister." in rejected
    assert ">rejected<" in rejected
    before = own.open(f"{at(answer)}?article={answer['id']}").text
    assert "This is not the newest answer about this text." in before
    assert f"{at(answer)}/reviews" not in forms(before)
    assert "denies it" in before


def test_what_is_left_is_left(own: Visitor, own_desk: Desk) -> None:
    """Only what was written in the form is in the review, whatever the claims hold."""
    answer = read(own_desk)
    own.open(at(answer))
    sent(own, answer, decisions__3__status="accepted")
    after = newest(own_desk, answer)
    assert after["claims"] == [
        {**claim, "status": "accepted"} if claim["id"] == "c4" else claim
        for claim in answer["claims"]
    ]


def test_the_same_form_sent_twice_leads_to_one_answer(own: Visitor, own_desk: Desk) -> None:
    answer = read(own_desk)
    own.open(at(answer))
    filled = forms(own.page.text if own.page else "")[f"{at(answer)}/reviews"]
    filled |= {"by": "A. Officer", "decisions.0.status": "accepted"}
    first, again = (own.client.post(f"{at(answer)}/reviews", data=filled) for _ in range(2))
    assert first.status_code == again.status_code == 303
    assert first.headers["Location"] == again.headers["Location"]


def test_who_is_meant(own: Visitor, own_desk: Desk) -> None:
    answer = read(own_desk)
    own.open(at(answer))
    assert sent(own, answer, meant__0__reference="XXi.001").status_code == 422
    assert "is on no list" in (own.page.text if own.page else "")
    sent(own, answer, meant__0__reference="IRi.040")
    page = own.follow().text
    assert newest(own_desk, answer)["journeys"][0]["reference"] == "IRi.040"
    assert "Who Qasem Soleimani is: not said before, IRi.040 now" in page
    assert forms(page)[f"{at(answer)}/reviews"]["meant.0.reference"] == "IRi.040"
    sent(own, answer, meant__0__reference="")
    assert newest(own_desk, answer)["journeys"][0]["reference"] is None


def test_a_claim_of_a_new_journey(own: Visitor, own_desk: Desk) -> None:
    answer = read(own_desk)
    own.open(at(answer))
    own.send(f"{at(answer)}/reviews", more="added")
    given = addition() | {
        "added__0__journey": "new",
        "added__0__person__name": "Ghasem Soleymani",
        "added__0__legs__0__state": "Syrian Arab Republic",
        "added__0__legs__0__place": "Damascus",
        "added__0__legs__0__from": "2015-08-01",
        "added__0__legs__2__state": "IQ",
        "added__0__claim__legs": "1, 3",
    }
    page = sent(own, answer, **given | {"added__0__legs__2__from": "August"})
    assert '<a href="#added.0.legs.2.from">New statement 1, Arrival</a>' in page.text
    sent(own, answer, added__0__legs__2__from="2015-08")
    first, second = newest(own_desk, answer)["journeys"]
    assert (first["claims"], second["claims"]) == (answer["journeys"][0]["claims"], ["a1"])
    assert second["person"]["name"] == "Ghasem Soleymani"
    assert [(leg["state"], leg["from"]) for leg in second["legs"]] == [
        ("SY", "2015-08-01"), (None, None), ("IQ", "2015-08"),
    ]  # fmt: skip
    assert newest(own_desk, answer)["claims"][-1]["legs"] == [0, 2]
    page = own.follow().text
    assert "Verdict on the journey of Ghasem Soleymani: not assessed before" in page


def test_what_the_law_is_said_to_be_may_be_of_no_journey(own: Visitor, own_desk: Desk) -> None:
    answer = read(own_desk)
    own.open(at(answer))
    own.send(f"{at(answer)}/reviews", more="added")
    law = {"law__measure": "travel_ban", "law__since": "2007"}
    given = addition(type="legal_statement", **law) | {"added__0__journey": ""}
    assert sent(own, answer, **given).status_code == 303
    found = newest(own_desk, answer)
    assert found["claims"][-1]["law"]["since"] == "2007"
    assert [item["claim"] for item in found["legal_statements"]] == ["c5", "a1"]
    assert "Said of the law, and of no journey" in own.follow().text


def test_words_that_stand_twice(own: Visitor, own_desk: Desk) -> None:
    answer = read(own_desk)
    own.open(at(answer))
    own.send(f"{at(answer)}/reviews", more="added")
    page = sent(own, answer, **addition(quote="the   general"))
    assert page.status_code == 303  # "The general" is written otherwise: once
    answer = newest(own_desk, answer)
    own.open(at(answer))
    own.send(f"{at(answer)}/reviews", more="added")
    page = sent(own, answer, **addition(quote="general"))
    assert page.status_code == 422
    assert 'id="added.0.claim.nth-wrong"' in page.text
    assert "the words stand 2 times in the text: say which, 1 to 2" in page.text
    sent(own, answer, added__0__claim__nth="2")
    assert newest(own_desk, answer)["claims"][-1]["quote"]["start"] == TEXT.rindex("general")


@pytest.mark.parametrize("quote", ["the Generał", "(", "guest. asserts pres The"])
def test_words_that_the_text_does_not_have(own: Visitor, own_desk: Desk, quote: str) -> None:
    answer = read(own_desk)
    own.open(at(answer))
    own.send(f"{at(answer)}/reviews", more="added")
    page = sent(own, answer, **addition(quote=quote))
    assert page.status_code == 422
    assert 'id="added.0.claim.quote-wrong"' in page.text
    assert newest(own_desk, answer)["id"] == answer["id"]


def test_offsets_of_added_words_count_code_points(own: Visitor, own_desk: Desk) -> None:
    text = "🕌🕌 𝒩 e\u0301\r\nNobody 👨\u200d👩\u200d👧 came\u202e.\n"
    answer = read(own_desk, f"{text}> A. Person; RU Moscow 2015-07-24\n")
    own.open(at(answer))
    own.send(f"{at(answer)}/reviews", more="added")
    sent(own, answer, **addition(quote="e\u0301\nNobody 👨\u200d👩\u200d👧 came"))
    quote = newest(own_desk, answer)["claims"][0]["quote"]
    assert (quote["start"], quote["end"]) == (5, 26)
    assert quote["text"] == text[5:26] == "e\u0301\r\nNobody 👨\u200d👩\u200d👧 came"


# ---------------------------------------------------------------- what is wrong

WRONG: list[tuple[dict[str, str], str, str]] = [
    ({}, "decisions", "there is nothing to assess again"),
    ({"decisions.0.status": "changed"}, "decisions.0.status", "nothing was changed below"),
    (
        {"decisions.0.status": "accepted", "decisions.0.claim_as.side": "other"},
        "decisions.0.status", "choose change, or put it back",
    ),
    ({"decisions.4.claim_as.law.since": "2010"}, "decisions.4.status", "is missing"),
    (
        {"decisions.1.grade.source": "A", "decisions.1.grade.information": "1"},
        "decisions.1.status", "it was graded",
    ),
    (
        {"decisions.1.status": "accepted", "decisions.1.grade.source": "A"},
        "decisions.1.grade.information", "a grade is of both",
    ),
    (
        {"decisions.1.status": "accepted", "decisions.1.grade.source": "Z",
         "decisions.1.grade.information": "7"},
        "decisions.1.grade.source", "is none of",
    ),
    ({"decisions.1.status": "shredded"}, "decisions.1.status", "is none of"),
    (
        {"decisions.3.status": "changed", "decisions.3.claim_as.said_on": "yesterday"},
        "decisions.3.claim_as.said_on", "is not a year, a month or a day",
    ),
    (
        {"decisions.3.status": "changed", "decisions.3.claim_as.speaker": ""},
        "decisions.3.claim_as.speaker", "",
    ),
    (
        {"decisions.3.status": "changed", "decisions.3.claim_as.speaker_state": "Mordor"},
        "decisions.3.claim_as.speaker_state", "is no State",
    ),
    (
        {"decisions.3.status": "changed", "decisions.3.claim_as.legs": "both"},
        "decisions.3.claim_as.legs", "is not the numbers",
    ),
    (
        {"decisions.3.status": "changed", "decisions.3.claim_as.legs": "2"},
        "decisions.3.claim_as.legs", "there is no leg 1",
    ),
    (
        {"decisions.2.status": "changed", "decisions.2.claim_as.side": "third_state"},
        "decisions.2.claim_as.side", "is third_state, and RU is the State",
    ),
    (
        {"decisions.4.status": "changed", "decisions.4.claim_as.law.measure": "curfew"},
        "decisions.4.claim_as.law.measure", "names no measure",
    ),
    (
        {"decisions.0.status": "changed", "decisions.0.claim_as.type": "retracts"},
        "decisions.0.status", "what is retracted?",
    ),
    ({"added.0.claim.speaker": "X"}, "added.0.claim.quote", "is missing"),
    ({"added.0.claim.speaker": "X"}, "added.0.claim.side", "is missing"),
    (
        {"added.0.claim.quote": "did", "added.0.claim.type": "asserts",
         "added.0.claim.side": "press", "added.0.claim.named": "true",
         "added.0.claim.speaker": "X"},
        "added.0.journey", "only what the law is said to be belongs to no journey",
    ),
    ({"added.0.journey": "new"}, "added.0.person.name", "whose journey?"),
    (
        {"added.0.journey": "0", "added.0.person.name": "X"},
        "added.0.journey", "is none that is new",
    ),
    ({"added.0.journey": "7"}, "added.0.journey", "is no journey of this answer"),
    ({"added.0.claim.legs": "0"}, "added.0.claim.legs", "is not the numbers"),
    ({"decisions.0.status": "accepted", "by": ""}, "by", "is missing"),
]  # fmt: skip


@pytest.mark.parametrize(("written", "field", "words"), WRONG)
def test_what_is_wrong_is_told_beside_its_field_and_nothing_is_lost(
    own: Visitor, own_desk: Desk, written: dict[str, str], field: str, words: str
) -> None:
    answer = read(own_desk)
    address = f"{at(answer)}/reviews"
    own.open(at(answer))
    own.send(address, more="added")
    # Before it a claim that is left: its place in the form is not its place in the review.
    page = sent(own, answer, **{name.replace(".", "__"): said for name, said in written.items()})
    assert page.status_code == 422
    assert f'href="#{field}"' in page.text
    assert page.text.count(f'id="{field}"') == 1
    if field != "decisions":
        told = re.search(rf'id="{re.escape(field)}-wrong">(.*?)</', page.text)
        assert told is not None
        assert words in told[1]
    assert words in page.text
    kept = forms(page.text)[address]
    for name, said in {"by": "A. Officer", **written}.items():
        if said not in ("shredded", "Z", "7"):  # which no choice offers
            assert kept[name] == said
    assert newest(own_desk, answer)["id"] == answer["id"]


@pytest.mark.parametrize(
    ("field", "written", "label"),
    [
        ("decisions.3.status", "changed", "statement 4, Decision"),
        ("added.0.claim.law.measure", "travel_ban", "New statement 1, Side"),
        ("added.0.person.name", "X", "New statement 1, Of which journey"),
        ("added.0.journey", "new", "New statement 1, Name"),
        ("meant.0.reference", "XXi.001", "Journey 1, Who is meant"),
        ("by", "", "Your name"),
    ],
)
def test_what_is_wrong_is_called_what_the_form_calls_it(
    own: Visitor, own_desk: Desk, field: str, written: str, label: str
) -> None:
    answer = read(own_desk)
    own.open(at(answer))
    own.send(f"{at(answer)}/reviews", more="added")
    fields = {"decisions__0__status": "accepted", field.replace(".", "__"): written}
    page = sent(own, answer, **fields)
    assert f">{label}</a>: " in page.text


@pytest.mark.parametrize("name", ["decisions.9.status", "decisions.x.y", "a.b.c", "added.9.b", "x"])
def test_a_field_that_is_not_of_the_form_is_refused(
    own: Visitor, own_desk: Desk, name: str
) -> None:
    answer = read(own_desk)
    own.open(at(answer))
    page = sent(own, answer, decisions__0__status="accepted", **{name.replace(".", "__"): "x"})
    assert page.status_code == 422
    assert f"<li>{name}: is not known here" in page.text
    assert newest(own_desk, answer)["id"] == answer["id"]


def test_another_answer_has_come_since(own: Visitor, own_desk: Desk) -> None:
    answer = read(own_desk)
    own.open(at(answer))
    own.send(f"{at(answer)}/reviews", more="added")
    given = ReviewGiven(
        by="B. Colleague",
        decisions=(Decision(claim="c1", status=DraftStatus.rejected),),
    )
    own_desk.review_article(answer["document"]["sha256"], given)
    theirs = newest(own_desk, answer)
    page = sent(
        own, answer,
        decisions__0__status="accepted",
        decisions__2__status="changed", decisions__2__claim_as__origin="the Kremlin",
        meant__0__reference="IRi.039",
        **addition(),
    )  # fmt: skip
    assert page.status_code == 409
    assert "Another answer has come since" in page.text
    assert "draft before, rejected now" in page.text
    assert newest(own_desk, answer)["id"] == theirs["id"]
    kept = forms(page.text)[f"{at(answer)}/reviews"]
    assert kept["article"] == theirs["id"]
    assert kept["by"] == "A. Officer"
    assert kept["decisions.0.status"] == "accepted"
    assert kept["decisions.2.claim_as.origin"] == "the Kremlin"
    assert kept["added.0.claim.quote"] == "the general did"
    # And it can be sent as it is, by whoever has looked.
    assert own.send(f"{at(answer)}/reviews").status_code == 303
    after = newest(own_desk, answer)
    assert after["replaces"] == theirs["id"]
    assert [claim["status"] for claim in after["claims"]] == [
        "accepted", "draft", "changed", "draft", "draft", "accepted",
    ]  # fmt: skip
    assert after["journeys"][0]["reference"] == "IRi.039"


def test_what_a_colleague_changed_is_not_put_back(own: Visitor, own_desk: Desk) -> None:
    answer = read(own_desk)
    own.open(at(answer))
    filled = forms(own.page.text if own.page else "")[f"{at(answer)}/reviews"]
    sent(own, answer, decisions__2__status="changed", decisions__2__claim_as__origin="TASS")
    filled |= {
        "by": "B. Colleague", "decisions.2.status": "changed",
        "decisions.2.claim_as.said_on": "2015-08-14",
    }  # fmt: skip
    own.page = own.client.post(f"{at(answer)}/reviews", data=filled)
    assert own.page.status_code == 409
    own.send(f"{at(answer)}/reviews")
    claim = newest(own_desk, answer)["claims"][2]
    assert (claim["origin"], claim["said_on"]) == ("TASS", "2015-08-14")


def test_what_was_written_about_a_claim_that_is_gone_is_told(desk: Desk) -> None:
    claim = {
        "id": "c1", "type": "asserts", "speaker": "X", "speaker_state": None, "side": "press",
        "named": True, "origin": None, "said_on": None, "legs": None, "grade": None,
        "exemption": None, "law": None, "quote": "words",
    }  # fmt: skip
    old = {"claims": [claim, {**claim, "id": "c2"}], "journeys": []}
    new = {"claims": [{**claim, "quote": "others"}, {**claim, "id": "c2"}], "journeys": []}
    said = {"decisions.0.status": "accepted", "decisions.1.status": "rejected", "by": "A"}
    found = review.carried(said, old, new, desk.places)
    assert found.given == {"by": "A", "decisions.1.status": "rejected"}
    assert found.lost == (claim,)


def test_answers_that_do_not_differ(own_desk: Desk) -> None:
    answer = read(own_desk)
    assert list(changes(answer, answer)) == []


# ---------------------------------------------------------------- many claims

MANY = TEXT + "".join(f"asserts press Paper {n}: Words of number {n}.\n" for n in range(20))


def test_of_many_claims_each_is_opened_by_itself(own: Visitor, own_desk: Desk) -> None:
    answer = read(own_desk, MANY)
    address = f"{at(answer)}/reviews"
    first = forms(own.open(at(answer)).text)[address]
    assert "decisions.7.status" in first
    assert "decisions.7.claim_as.type" not in first
    own.send(address, decisions__1__status="rejected")
    page = own.send(address, more="7", by="A. Officer")
    assert page.status_code == 200
    opened = forms(page.text)[address]
    assert opened["decisions.1.status"] == "rejected"
    assert opened["decisions.7.claim_as.type"] == "asserts"
    own.send(address, more="9", decisions__7__grade__source="C")
    own.send(
        address,
        decisions__7__status="accepted", decisions__7__grade__information="3",
        decisions__9__status="changed", decisions__9__claim_as__type="denies",
    )  # fmt: skip
    after = newest(own_desk, answer)["claims"]
    assert after[1]["status"] == "rejected"
    assert after[7] == {
        **answer["claims"][7], "status": "accepted", "grade": {"source": "C", "information": 3},
    }  # fmt: skip
    assert after[9] == {**answer["claims"][9], "status": "changed", "type": "denies"}


# ---------------------------------------------------------------- who may


def test_with_a_key_its_name_signs(own: Visitor, own_desk: Desk) -> None:
    answer = read(own_desk)
    sign_in(own, key(own_desk, Scope.assess, Scope.review, name="C. Lawyer"))
    page = own.open(at(answer)).text
    assert "The review is signed C. Lawyer." in page
    assert "by" not in forms(page)[f"{at(answer)}/reviews"]
    assert own.send(f"{at(answer)}/reviews", decisions__0__status="accepted").status_code == 303
    assert newest(own_desk, answer)["reviewed_by"] == ["C. Lawyer"]


def test_without_the_scope_one_reads_and_is_told_why_no_more(own: Visitor, own_desk: Desk) -> None:
    answer = read(own_desk)
    sign_in(own, key(own_desk, Scope.assess))
    page = own.open(at(answer)).text
    assert text_of(page).text == TEXT
    assert "your key has not the scope review" in page
    assert f"{at(answer)}/reviews" not in forms(page)
    refused = own.client.post(f"{at(answer)}/reviews", data={"decisions.0.status": "accepted"})
    assert refused.status_code == 403


def test_a_document_is_accepted_by_whoever_reviews(own: Visitor, own_desk: Desk) -> None:
    answer = read(own_desk)
    sha256 = answer["document"]["sha256"]
    claim = rests_on_a_photograph(own_desk, sha256, 0)
    own_desk.review_article(sha256, claim)
    page = own.open(at(answer)).text
    assert page.count("I accept the record or photograph") == 1
    sent(own, answer, decisions__0__status="accepted", decisions__0__document="yes")
    assert newest(own_desk, answer)["claims"][0]["accepted_by"] == "A. Officer"
    # Somebody else who changes it does not answer for the document.
    own.follow()
    own.send(
        f"{at(answer)}/reviews", by="B. Colleague",
        decisions__0__status="changed", decisions__0__claim_as__origin="TASS",
    )  # fmt: skip
    assert newest(own_desk, answer)["claims"][0]["accepted_by"] is None


def rests_on_a_photograph(desk: Desk, sha256: str, number: int) -> ReviewGiven:
    """A review that says that a claim rests on a photograph."""
    found = json.loads(desk.stored_article(sha256).body)["claims"][number]
    given = {
        "by": "B. Colleague",
        "decisions": [
            {
                "claim": found["id"],
                "status": "changed",
                "claim_as": {**found, "evidence": "photograph"},
            }
        ],
    }
    return form.asked(ReviewGiven, given)


def test_the_answers_about_a_text_are_listed(own: Visitor, own_desk: Desk, clock: Clock) -> None:
    answer = read(own_desk)
    own.open(at(answer))
    assert "Answers about this text" not in (own.page.text if own.page else "")
    sent(own, answer, decisions__0__status="accepted")
    own.follow()
    sent(own, answer, by="<B>", decisions__0__status="rejected")
    page = own.follow().text
    listed = page.partition('<ul class="answers">')[2].partition("</ul>")[0]
    assert re.findall(r"article=(\w{64})", listed)[-1] == answer["id"]
    assert listed.count("<li>") == 3
    assert "after a review by <bdi>&lt;B&gt;</bdi>" in listed
    assert "as it was read" in listed
