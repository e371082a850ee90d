"""Articles over HTTP: read, answered, reviewed; on each kind of database."""

import json
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from hashlib import sha256
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import func, select

from app.assessment.article import Article
from app.desk import Desk, decoder
from app.reading.page import words_of
from app.store import tables
from tests.api.test_assessments import post, refused
from tests.conftest import Clock

URL = "/v1/articles"
HOST = "asserts state_of_entry RU the Foreign Ministry: He was our guest."
TEXT = f"""The general travelled.
> Qasem Soleimani, commander of the Quds Force; RU Moscow 2015-07-24
{HOST}
no_comment press The Daily: We cannot say — «ничего».
legal_statement press The Daily: banned since 2007
"""
ASKED = {"text": TEXT, "published_on": "2015-08-15", "publisher": "The Daily"}
ALL = ("c1", "c2", "c3")


@pytest.fixture
def here(over: Callable[[Desk], TestClient], loaded_desk: Desk) -> TestClient:
    """The service over what ships, on each kind of database."""
    return over(loaded_desk)


@pytest.fixture
def own(over: Callable[[Desk], TestClient], own_desk: Desk) -> TestClient:
    """The service over what ships, for tests to which the database does not matter."""
    return over(own_desk)


def read(client: TestClient, **other: Any) -> dict[str, Any]:
    answer = post(client, {**ASKED, **other}, URL)
    assert answer.status_code in (200, 201), answer.text
    found: dict[str, Any] = answer.json()
    return found


def decided(*names: str, status: str = "accepted", **other: Any) -> list[dict[str, Any]]:
    return [{"claim": name, "status": status, **other} for name in names]


def at(article: dict[str, Any]) -> str:
    return f"{URL}/{article['document']['sha256']}"


def review(client: TestClient, of: dict[str, Any], **given: Any) -> Any:
    return post(client, {"by": "A. Officer", **given}, f"{at(of)}/reviews")


# ---------------------------------------------------------------- read


def test_what_is_answered(here: TestClient) -> None:
    answer = post(here, ASKED, URL)
    assert answer.status_code == 201
    body = answer.json()
    assert body["document"] == {
        "sha256": sha256(TEXT.encode()).hexdigest(), "characters": len(TEXT),
        "published_on": "2015-08-15", "title": None, "publisher": "The Daily", "url": None,
        "page": None,
    }  # fmt: skip
    assert [person["name"] for person in body["persons"]] == ["Qasem Soleimani"]
    assert [(claim["id"], claim["status"], claim["found_by"]) for claim in body["claims"]] == [
        (name, "draft", "rules") for name in ALL
    ]
    for claim in body["claims"]:
        quote = claim["quote"]
        assert TEXT[quote["start"] : quote["end"]] == quote["text"]
    (journey,) = body["journeys"]
    assert (journey["id"], journey["claims"], journey["reference"]) == ("j1", list(ALL), None)
    (assessed,) = body["assessments"]
    assert (assessed["journey"], assessed["verdict"]) == ("j1", "reported_unverified")
    assert assessed["states"][0]["event"]["standing"] == "admitted"
    assert "nobody has reviewed" in assessed["sentence"]
    (stated,) = body["legal_statements"]
    assert (stated["claim"], stated["answer"]) == ("c3", "half_right")
    assert (body["drafts"], body["replaces"], body["reviewed_by"]) == (True, None, [])
    assert "3 of them drafts" in body["words"]
    assert answer.headers["Location"] == f"{at(body)}?article={body['id']}"


def test_the_same_question_is_answered_once(here: TestClient) -> None:
    first, again = post(here, ASKED, URL), post(here, ASKED, URL)
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.content == again.content
    assert first.headers["ETag"] == again.headers["ETag"]
    assert here.get(at(first.json())).content == first.content
    other = post(here, {**ASKED, "published_on": "2015-08-16"}, URL)
    assert other.status_code == 201
    assert other.json()["id"] != first.json()["id"]


def test_many_at_once_are_one(here: TestClient) -> None:
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: post(here, ASKED, URL), range(8)))
    assert sorted(answer.status_code for answer in answers) == [200] * 7 + [201]
    assert len({answer.content for answer in answers}) == 1


def test_an_assessment_is_one_like_any_other(here: TestClient) -> None:
    body = read(here)
    (assessed,) = body["assessments"]
    del assessed["journey"]
    saved = here.get(f"/v1/assessments/{assessed['id']}")
    assert saved.json() == assessed
    replayed = post(here, {}, f"/v1/assessments/{assessed['id']}/replay").json()
    assert (replayed["same"], replayed["answer"]) == (True, assessed)


def test_what_is_answered_as_claims_can_be_posted(here: TestClient) -> None:
    body = read(here)
    (journey,), (assessed,) = body["journeys"], body["assessments"]
    traveller = {field: journey["person"][field] for field in ("name", "nationality", "role")}
    report = {"traveller": traveller, "legs": journey["legs"], "claims": body["claims"]}
    answer = post(here, {**report, "known_at": body["known_at"]}, "/v1/assessments")
    assert answer.status_code == 200  # it was answered with the article, to the byte
    assert answer.json() == {key: held for key, held in assessed.items() if key != "journey"}
    again = post(here, {**report, "claims": assessed["claims"]}, "/v1/assessments").json()
    assert again["verdict"] == assessed["verdict"]


def test_a_text_that_says_nothing(own: TestClient) -> None:
    body = read(own, text="Rain in the north.")
    assert (body["claims"], body["journeys"], body["assessments"]) == ([], [], [])
    assert body["remarks"]
    assert (body["drafts"], body["words"]) == (False, "no claim was read in the text")


def test_a_legal_statement_of_no_journey_is_about_whom_it_speaks_of(own: TestClient) -> None:
    law = "legal_statement press The Daily: banned since 2007"
    body = read(own, text=f"{law}\n= IRi.039 Qasem Soleimani\n{law}\n= XXi.001 Some Body\n{law}\n")
    assert body["journeys"] == []
    unsaid, general, nobody = body["legal_statements"]
    assert unsaid["answer"] == nobody["answer"] == "cannot_tell"
    assert "of whom" in unsaid["reasons"][0]["words"]
    assert "Some Body" in nobody["reasons"][0]["words"]
    assert (general["answer"], bool(general["parts"])) == ("half_right", True)
    asked = {"reference": "IRi.039", "law": body["claims"][1]["law"], "as_of": "2015-08-15"}
    alone = post(own, asked, "/v1/legal-statements").json()
    assert general["parts"] == alone["parts"]


def test_what_was_read_and_cannot_be_assessed_is_told(own: TestClient) -> None:
    body = read(own, text="> A. Person; RU Moscow 2015-07-24\nasserts third_state RU X: words\n")
    assert body["assessments"] == []
    (left,) = body["not_assessed"]
    assert left["journey"] == "j1"
    assert [error["field"] for error in left["errors"]] == ["claims.0.side"]


def test_the_knowledge_clock(here: TestClient, clock: Clock) -> None:
    body = read(here, published_on="2099-01-01")  # a text of a later day may be asked about
    then = read(here, published_on="2099-01-01", known_at=body["known_at"])
    assert then == body
    before = read(here, known_at="2000-01-01T00:00:00Z")
    assert before["assessments"][0]["verdict"] == "cannot_assess"
    late = post(here, {**ASKED, "known_at": "2099-01-01T00:00:00Z"}, URL)
    assert refused(late, "known_at", "known-at-in-future")


@pytest.mark.parametrize(
    ("field", "given", "words"),
    [
        ("text", "", "1 to 1,000,000"),
        ("text", "a" * 1_000_001, "1,000,001 characters"),
        ("text", " \n\u200b", "is blank"),
        ("text", "a\x07b", "a control character, U+0007, at 1"),
        ("text", "ab\ud800", "half of a character (a lone surrogate), U+D800, at 2"),
        ("text", 7, "is not a text"),
        ("published_on", "2015-08", "is not a day"),
        ("published_on", "2015-02-30", "is no day of the calendar"),
        ("published_on", None, "is not a text"),
        ("title", " ", "is blank"),
        ("url", "x" * 5001, "5000"),
        ("known_at", "2015-08-15", "is not an instant"),
        ("author", "x", "is not known here"),
    ],
)
def test_a_bad_question(client: TestClient, field: str, given: Any, words: str) -> None:
    assert words in refused(post(client, {**ASKED, field: given}, URL), field)


PAGE = (
    "<html><body><nav><a href='/'>Front page</a></nav><main><article><p>Words.</p><p>"
    + "</p><p>".join(TEXT.replace(">", "&gt;").splitlines())
    + "</p></article></main></body></html>"
)


def test_a_page_of_html(own: TestClient) -> None:
    body = read(own, text=PAGE, html=True)
    assert [claim["type"] for claim in body["claims"]] == [
        "asserts", "no_comment", "legal_statement",
    ]  # fmt: skip
    kept, _ = words_of(PAGE)
    assert "<" not in kept
    assert "Front page" not in kept
    assert body["document"]["sha256"] == sha256(kept.encode()).hexdigest()
    quote = body["claims"][0]["quote"]
    assert kept[quote["start"] : quote["end"]] == "He was our guest."


def test_where_in_a_page_the_words_stood(here: TestClient) -> None:
    body = read(here, text=PAGE, html=True)
    page = body["document"]["page"]
    assert page["sha256"] == sha256(PAGE.encode()).hexdigest()
    assert page["characters"] == len(PAGE)
    quote = body["claims"][0]["quote"]
    (place,) = [
        place
        for place in page["places"]
        if place["start"] <= quote["start"] and quote["end"] <= place["end"]
    ]
    start = place["page_start"] + quote["start"] - place["start"]
    assert PAGE[start:].startswith("He was our guest.</p>")
    # A review is of the same text, out of the same page.
    after = review(here, body, decisions=decided("c1")).json()
    assert after["document"] == body["document"]


def test_a_text_from_a_page_is_another_question_than_the_text(own: TestClient) -> None:
    body = read(own, text=PAGE, html=True)
    assert read(own, text=PAGE, html=True) == body
    kept, _ = words_of(PAGE)
    plain, other = read(own, text=kept), read(own, text=f"{PAGE}<!-- fetched -->", html=True)
    assert len({body["id"], plain["id"], other["id"]}) == 3
    assert plain["document"] == {**body["document"], "page": None}
    # One text all the same, with one newest answer and the same assessments.
    assert body["document"]["sha256"] == other["document"]["sha256"]
    assert plain["assessments"] == body["assessments"] == other["assessments"]


def test_an_answer_from_before_places_were_kept_can_be_read(own: TestClient) -> None:
    body = read(own)
    del body["document"]["page"]
    found = decoder(Article).validate_json(json.dumps(body))
    assert found.document.page is None


@pytest.mark.parametrize(
    ("page", "words"),
    [
        ("<p></p>", "without its HTML holds 0 characters"),
        ("<main><p>a&#7;b</p></main>", "without its HTML holds a control character, U+0007, at 1"),
    ],
)
def test_a_page_without_a_text(client: TestClient, page: str, words: str) -> None:
    assert words in refused(post(client, {**ASKED, "text": page, "html": True}, URL), "text")


def test_without_what_reads_html(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "resiliparse.extract.html2text", None)
    answer = post(client, {**ASKED, "text": PAGE, "html": True}, URL)
    assert "pip install -e '.[html]'" in refused(answer, "html")
    assert post(client, {**ASKED, "html": False}, URL).status_code in (200, 201)


def test_a_text_of_the_largest_size(own: TestClient) -> None:
    longest = TEXT + "\n" + "я" * (1_000_000 - len(TEXT) - 1)
    assert read(own, text=longest)["document"]["characters"] == 1_000_000


# ---------------------------------------------------------------- found again


def test_the_newest_answer_and_the_one_before(here: TestClient) -> None:
    first = post(here, ASKED, URL)
    body = first.json()
    new = review(here, body, decisions=decided("c1"))
    assert new.status_code == 201
    assert here.get(at(body)).content == new.content
    assert here.get(at(body), params={"article": body["id"]}).content == first.content
    etag = new.headers["ETag"]
    assert here.get(at(body), headers={"If-None-Match": etag}).status_code == 304


def test_the_newest_by_a_clock_that_was_set_back(
    over: Callable[[Desk], TestClient], own_desk: Desk, clock: Clock
) -> None:
    client = over(own_desk)
    clock.now += timedelta(days=400)
    body = read(client)
    clock.now -= timedelta(days=399)
    new = review(client, body, decisions=decided("c1"))
    assert client.get(at(body)).content == new.content


@pytest.mark.parametrize("name", ["0" * 64, "nothing", "A" * 64])
def test_a_text_that_nobody_asked_about(client: TestClient, name: str) -> None:
    for answer in (
        client.get(f"{URL}/{name}"),
        post(client, {"by": "A. Officer", "decisions": decided("c1")}, f"{URL}/{name}/reviews"),
    ):
        assert answer.status_code == 404
        assert answer.json()["type"] == "urn:travelban:problem:not-on-record"


def test_an_answer_about_another_text_is_not_found(own: TestClient) -> None:
    body, other = read(own), read(own, text="Rain.")
    for name in (other["id"], "0" * 64, "nothing"):
        assert own.get(at(body), params={"article": name}).status_code == 404


# ---------------------------------------------------------------- reviewed


def test_a_review_is_a_new_answer(here: TestClient, loaded_desk: Desk) -> None:
    body = read(here)
    new = review(here, body, article=body["id"], decisions=decided("c1", "c2"))
    assert new.status_code == 201
    after = new.json()
    assert (after["replaces"], after["reviewed_by"]) == (body["id"], ["A. Officer"])
    assert [claim["status"] for claim in after["claims"]] == ["accepted", "accepted", "draft"]
    assert after["assessments"][0]["verdict"] == "apparent_violation"
    assert after["drafts"] is True
    last = review(here, after, decisions=decided("c3"), by="B. Officer").json()
    assert (last["drafts"], last["words"]) == (False, "3 claims, all reviewed")
    assert last["reviewed_by"] == ["A. Officer", "B. Officer"]
    assert "nobody has reviewed" not in last["assessments"][0]["sentence"]
    replayed = post(here, {}, f"/v1/assessments/{last['assessments'][0]['id']}/replay").json()
    assert replayed["same"] is True
    with loaded_desk.store.reading() as connection:
        kept = connection.execute(select(tables.article_reviews)).all()
        lines = connection.execute(select(tables.audit).order_by(tables.audit.c.seq)).all()
    assert [(row.article, row.reviewed_by) for row in kept] == [
        (after["id"], "A. Officer"),
        (last["id"], "B. Officer"),
    ]
    assert [(line.who, line.action) for line in lines if "article" in line.action] == [
        ("api", "read article"),
        ("A. Officer", "review article"),
        ("B. Officer", "review article"),
    ]


def test_the_same_review_is_one(here: TestClient) -> None:
    body = read(here)
    given = {"article": body["id"], "decisions": decided("c1")}
    first, again = review(here, body, **given), review(here, body, **given)
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.content == again.content


def test_of_reviews_at_once_one_is_the_first(here: TestClient, loaded_desk: Desk) -> None:
    body = read(here)

    def look(number: int) -> Any:
        given = {"article": body["id"], "decisions": decided("c1")}
        return review(here, body, by=f"Officer {number}", **given)

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(look, range(8)))
    assert sorted(answer.status_code for answer in answers) == [201] + [409] * 7
    late = next(answer for answer in answers if answer.status_code == 409).json()
    assert late["type"] == "urn:travelban:problem:not-newest"
    assert [error["field"] for error in late["errors"]] == ["article"]
    (first,) = (answer.json() for answer in answers if answer.status_code == 201)
    assert first["id"] in late["detail"]
    with loaded_desk.store.reading() as connection:
        assert connection.scalar(select(func.count()).select_from(tables.article_reviews)) == 1


def test_rejected_claims_count_for_nothing(own: TestClient) -> None:
    body = read(own)
    after = review(own, body, decisions=decided("c1", "c3", status="rejected")).json()
    assert [claim["status"] for claim in after["claims"]] == ["rejected", "draft", "rejected"]
    (assessed,) = after["assessments"]
    assert assessed["verdict"] == "no_event_asserted"
    assert after["legal_statements"] == []
    weighed = assessed["states"][0]["event"]["claims"][0]
    assert (weighed["stands"], "rejected" in weighed["words"]) == (False, True)
    restored = review(own, after, decisions=decided("c1")).json()
    assert restored["assessments"][0]["states"][0]["event"]["standing"] == "admitted"


def test_a_claim_is_changed(own: TestClient) -> None:
    body = read(own)
    whole = {**body["claims"][0], "type": "denies"}
    grade = {"source": "B", "information": 2}
    after = review(
        own, body, decisions=decided("c1", status="changed", claim_as=whole, grade=grade)
    ).json()
    claim = after["claims"][0]
    assert (claim["type"], claim["status"], claim["found_by"]) == ("denies", "changed", "rules")
    assert (claim["grade"], claim["quote"]) == (grade, body["claims"][0]["quote"])
    assert after["assessments"][0]["states"][0]["event"]["standing"] == "denied_only"


def test_who_accepts_a_document(own: TestClient) -> None:
    body = read(own)
    whole = {**body["claims"][0], "evidence": "record", "side": "press", "speaker_state": None}
    changed = decided("c1", status="changed", claim_as=whole)
    after = review(own, body, decisions=changed).json()
    assert after["assessments"][0]["states"][0]["event"]["standing"] == "single_named"
    last = review(own, after, decisions=decided("c1", accepted_by="B. Officer")).json()
    assert last["assessments"][0]["states"][0]["event"]["standing"] == "documented"


def test_what_was_not_found_is_added(own: TestClient) -> None:
    body = read(own)
    start = TEXT.index("He was our guest")
    words = "He was our guest"
    said = {"type": "denies", "speaker": "an aide", "side": "traveller", "named": True}
    law = {
        "type": "legal_statement", "speaker": "The Daily", "side": "press", "named": True,
        "law": {"measure": "travel_ban"},
    }  # fmt: skip
    after = review(
        own,
        body,
        added=[
            {"journey": "j1", "claim": {
                **said, "quote": {"start": start, "end": start + len(words), "text": words}}},
            {"journey": "back", "person": {"name": "Ghasem Soleymani", "reference": "IRi.040"},
             "legs": [{"state": "SY", "from": "2015-07"}], "claim": {**said, "type": "asserts"}},
            {"journey": "back", "claim": said},
            {"claim": law},
        ],
    ).json()  # fmt: skip
    assert [(claim["id"], claim["found_by"], claim["status"]) for claim in after["claims"][3:]] == [
        (f"a{number}", "person", "accepted") for number in (1, 2, 3, 4)
    ]
    assert [(item["id"], item["claims"]) for item in after["journeys"]] == [
        ("j1", [*ALL, "a1"]),
        ("back", ["a2", "a3"]),
    ]
    first, second = after["assessments"]
    assert first["states"][0]["event"]["standing"] == "admitted"
    assert second["states"][0]["identity"]["reference"] == "IRi.040"
    assert [item["claim"] for item in after["legal_statements"]] == ["c3", "a4"]


def test_a_reviewer_says_who_is_meant(own: TestClient) -> None:
    text = "> Soleimani; RU Moscow 2015-07-24\n" + HOST
    body = read(own, text=text)
    assert body["assessments"][0]["verdict"] == "identity_unresolved"
    meant = [{"journey": "j1", "reference": "IRi.039"}]
    after = review(own, body, meant=meant).json()
    assert after["journeys"][0]["reference"] == "IRi.039"
    (state,) = after["assessments"][0]["states"]
    assert state["identity"]["reference"] == "IRi.039"
    kept = review(own, after, decisions=decided("c1")).json()
    assert kept["journeys"][0]["reference"] == "IRi.039"


BAD: list[tuple[dict[str, Any], str, str]] = [
    ({}, "decisions", "is empty"),
    ({"decisions": decided("c1"), "by": " "}, "by", "is blank"),
    ({"decisions": decided("c9")}, "decisions.0.claim", "no claim"),
    ({"decisions": decided("c1", "c1")}, "decisions.1.claim", "decided twice"),
    ({"decisions": decided("c1", status="draft")}, "decisions.0.status", "is none of"),
    ({"decisions": decided("c1", status="changed")}, "decisions.0.claim_as", "is missing"),
    ({"decisions": decided("c1", claim_as={
        "type": "denies", "speaker": "X", "side": "press", "named": True})},
     "decisions.0.claim_as", "goes with"),
    ({"decisions": decided("c1", status="changed", claim_as={
        "type": "denies", "speaker": "X", "side": "press"})},
     "decisions.0.claim_as.named", "is missing"),
    ({"decisions": decided("c1", status="changed", claim_as={
        "id": "c2", "type": "denies", "speaker": "X", "side": "press", "named": True})},
     "decisions.0.claim_as.id", "'c1'"),
    ({"decisions": decided("c1", status="changed", claim_as={
        "type": "asserts", "speaker": "X", "speaker_state": "RU", "side": "third_state",
        "named": True})},
     "decisions.0.claim_as.side", "third_state"),
    ({"added": [{"journey": "j9", "claim": {
        "type": "denies", "speaker": "X", "side": "press", "named": True}}]},
     "added.0.journey", "no journey"),
    ({"added": [{"claim": {"type": "denies", "speaker": "X", "side": "press", "named": True}}]},
     "added.0.journey", "is missing"),
    ({"added": [{"journey": "j1", "claim": {
        "id": "c1", "type": "denies", "speaker": "X", "side": "press", "named": True}}]},
     "added.0.claim.id", "stands already"),
    ({"added": [{"journey": "j1", "claim": {
        "type": "denies", "speaker": "X", "side": "press", "named": True,
        "quote": {"start": 0, "end": 3, "text": "the"}}}]},
     "added.0.claim.quote.text", "is not what the text holds"),
    ({"added": [{"journey": "j1", "claim": {
        "type": "denies", "speaker": "X", "side": "press", "named": True, "legs": [1]}}]},
     "added.0.claim.legs", "there is no leg 1"),
    ({"added": [{"person": {"name": "X Y"}, "claim": {
        "type": "denies", "speaker": "X", "side": "press", "named": True}}]},
     "added.0.legs", "is missing"),
    ({"added": [{"person": {"name": "X Y", "reference": "XXi.001"},
                 "legs": [{"state": "RU", "from": "2015"}], "claim": {
        "type": "denies", "speaker": "X", "side": "press", "named": True}}]},
     "added.0.person.reference", "is on no list"),
    ({"added": [{"person": {"name": "X Y"},
                 "legs": [{"state": "RU", "from": "2015-07-02", "to": "2015-07-01"}], "claim": {
        "type": "denies", "speaker": "X", "side": "press", "named": True}}]},
     "added.0.legs.0.to", "is before from"),
    ({"added": [{"journey": "j1", "person": {"name": "X Y"},
                 "legs": [{"state": "RU", "from": "2015"}], "claim": {
        "type": "denies", "speaker": "X", "side": "press", "named": True}}]},
     "added.0.journey", "stands already"),
    ({"meant": [{"journey": "j9", "reference": None}]}, "meant.0.journey", "no journey"),
    ({"meant": [{"journey": "j1", "reference": "XXi.001"}]}, "meant.0.reference", "no list"),
    ({"decisions": decided("c1"), "known_at": "yesterday"}, "known_at", "is not an instant"),
    ({"decisions": decided("c1"), "why": "x"}, "why", "is not known here"),
]  # fmt: skip


@pytest.mark.parametrize(("given", "field", "words"), BAD, ids=[f"{at}-{it}" for _, at, it in BAD])
def test_a_bad_review(client: TestClient, given: dict[str, Any], field: str, words: str) -> None:
    body = read(client)
    assert words in refused(review(client, body, **given), field)
    assert client.get(at(body)).json() == body
