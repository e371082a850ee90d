"""Travel reports over HTTP: the seed case, both clocks, content addresses, every refusal."""

import copy
import json
import re
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response

from app.api.examples import REPORT
from app.desk import Desk
from tests.conftest import Clock, make_desk
from tests.invented import xml

URL = "/v1/assessments"
BEFORE = "2026-05-31T00:00:00Z"
LEG = {"state": "RU", "from": "2015-07-24"}
CLAIM = {"type": "asserts", "speaker": "A paper", "side": "press", "named": True}
SHORT = {"traveller": {"name": "Qasem Soleimani"}, "legs": [LEG], "claims": [CLAIM]}
TWO_STATES = {**SHORT, "legs": [LEG, {**LEG, "state": "SY"}]}
GONE = object()


def changed(question: dict[str, Any], path: str, new: Any) -> dict[str, Any]:
    """The question with another value at a dotted path, or with none there."""
    made: dict[str, Any] = copy.deepcopy(question)
    here: Any = made
    way: list[Any] = [int(step) if step.isdigit() else step for step in path.split(".")]
    last = way.pop()
    for step in way:
        here = here[step] if isinstance(here, list) or step in here else here.setdefault(step, {})
    if new is GONE:
        del here[last]
    else:
        here[last] = new
    return made


def post(client: TestClient, question: Any, url: str = URL) -> Response:
    """Post a question as JSON; half characters are escaped, as a script would."""
    return client.post(
        url, content=json.dumps(question), headers={"Content-Type": "application/json"}
    )


def refused(response: Response, field: str, kind: str = "invalid-request") -> str:
    """That an answer is a problem which names a field; its words."""
    assert response.status_code == 422, response.text
    assert response.headers["Content-Type"] == "application/problem+json"
    body = response.json()
    assert set(body) == {"type", "title", "status", "detail", "errors", "request"}
    assert (body["type"], body["status"]) == (f"urn:travelban:problem:{kind}", 422)
    words = {item["field"]: item["words"] for item in body["errors"]}
    assert field in words, words
    assert field in body["detail"] or kind != "invalid-request"
    assert not re.search(r"instance of|tuple|pydantic", " ".join(words.values()))
    return words[field]


# ---------------------------------------------------------------- the seed case, to the letter


@pytest.fixture
def seed(client: TestClient) -> dict[str, Any]:
    """The answer to the seed case, over what ships."""
    answer: dict[str, Any] = post(client, REPORT).json()
    return answer


def test_the_names_on_the_wire(seed: dict[str, Any]) -> None:
    assert list(seed) == [
        "id", "verdict", "sentence", "states", "claims", "legal_statements", "as_of", "known_at",
        "record", "policy", "engine",
    ]  # fmt: skip
    (state,) = seed["states"]
    assert list(state) == [
        "leg", "state", "place", "from", "to", "verdict", "sentence", "disputed", "identity",
        "measure", "scope", "exemption", "event", "candidates",
    ]  # fmt: skip
    for name in ("identity", "measure", "scope", "exemption", "event"):
        assert {"standing", "certainty", "reasons"} <= set(state[name]), name
        assert state[name]["certainty"] in ("definite", "possible")
        for reason in state[name]["reasons"]:
            assert set(reason) == {"words", "citations"}
            assert reason["citations"], reason
    assert (state["leg"], state["state"], state["place"]) == (0, "RU", "Moscow")
    assert (state["from"], state["to"]) == ("2015-07-24", None)


def test_the_seed_case(seed: dict[str, Any]) -> None:
    (state,) = seed["states"]
    assert seed["verdict"] == state["verdict"] == "contested"
    assert state["identity"]["standing"] == "identified"
    assert state["identity"]["reference"] == "IRi.039"
    assert [item["reference"] for item in state["identity"]["candidates"]][:2] == [
        "IRi.039",
        "IRi.040",
    ]
    assert state["candidates"] == [{"reference": "IRi.039", "verdict": "contested"}]
    assert (state["measure"]["standing"], state["measure"]["certainty"]) == (
        "binding_ban",
        "definite",
    )
    cited = [
        (item["resolution"], item["paragraph"])
        for reason in state["measure"]["reasons"]
        for item in reason["citations"]
        if item["kind"] == "paragraph"
    ]
    assert ("S/RES/1929 (2010)", "10") in cited
    assert state["disputed"] is False
    assert state["scope"]["standing"] == "in_scope"
    assert state["exemption"]["standing"] == "none_found"
    assert state["event"]["standing"] == "contested"
    (stated,) = seed["legal_statements"]
    assert (stated["claim"], stated["answer"]) == ("the-law", "half_right")
    assert "from 9 June 2010" in json.dumps(stated)
    assert "from 24 March 2007" in json.dumps(stated)
    assert "would be inconsistent with S/RES/1929 (2010) paragraph 10" in seed["sentence"]
    assert seed["sentence"].endswith(
        "only the Council, its committee or the State can establish a breach."
    )


def test_clocks_left_out_are_echoed(client: TestClient, seed: dict[str, Any]) -> None:
    newest = client.get("/v1/regimes").json()["known_at"]
    assert seed["known_at"] == newest
    assert seed["as_of"] is None
    given = post(client, {**REPORT, "as_of": "2015-07-24"}).json()
    assert given["as_of"] == "2015-07-24"


@pytest.mark.parametrize(
    ("claims", "verdict"),
    [
        (["official", "broadcaster"], "reported_unverified"),
        (["official"], "reported_unverified"),
        (["denial", "no-knowledge", "no-meeting"], "no_event_asserted"),
        (["spokesman"], "no_event_asserted"),
        ([], "no_event_asserted"),
    ],
)
def test_fewer_claims(client: TestClient, claims: list[str], verdict: str) -> None:
    left = [claim for claim in REPORT["claims"] if claim["id"] in claims]
    assert post(client, {**REPORT, "claims": left}).json()["verdict"] == verdict


def test_two_named_assertions_of_independent_origin(client: TestClient) -> None:
    broadcaster = next(item for item in REPORT["claims"] if item["id"] == "broadcaster")
    host = {**CLAIM, "speaker": "an airport director", "side": "other", "first_hand": True}
    answer = post(client, {**REPORT, "claims": [broadcaster, host]}).json()
    assert answer["verdict"] == "apparent_violation"
    assert "would be" not in answer["sentence"]


def test_iran_admits_and_russia_denies(client: TestClient) -> None:
    denial = next(item for item in REPORT["claims"] if item["id"] == "denial")
    iran = {
        **CLAIM, "speaker": "the Foreign Ministry of Iran", "speaker_state": "IR",
        "side": "state_of_nationality",
    }  # fmt: skip
    assert post(client, {**REPORT, "claims": [iran, denial]}).json()["verdict"] == "contested"


def test_an_unlisted_name_against_the_supplement_alone(client: TestClient) -> None:
    answer = post(client, changed(SHORT, "traveller.name", "Ulvar Brandesko")).json()
    assert answer["verdict"] == "cannot_assess"
    assert "Iran" in answer["sentence"]


def test_an_unlisted_name_against_a_full_list(
    over: Callable[[Desk], TestClient], own_desk: Desk
) -> None:
    own_desk.import_list("full.xml", xml("2026-05-30T00:00:00Z"), False)
    answer = post(over(own_desk), changed(SHORT, "traveller.name", "Ulvar Brandesko")).json()
    assert answer["verdict"] == "no_listed_match"


@pytest.mark.parametrize("field", ["state", "from"])
def test_no_state_or_no_day_cannot_be_assessed(client: TestClient, field: str) -> None:
    response = post(client, changed(SHORT, f"legs.0.{field}", None))
    assert response.status_code in (200, 201)
    answer = response.json()
    assert answer["verdict"] == "cannot_assess"
    assert answer["states"][0][field] is None
    assert ("State" if field == "state" else "day") in answer["sentence"]


def test_one_entry_for_each_leg_and_the_gravest_leads(client: TestClient) -> None:
    legs = [{**LEG, "state": "IR"}, LEG, {**LEG, "kind": "departure"}]
    claims = [{**claim, "legs": [1]} for claim in REPORT["claims"]]
    answer = post(client, {**REPORT, "legs": legs, "claims": claims}).json()
    assert [item["leg"] for item in answer["states"]] == [0, 1, 2]
    assert [item["state"] for item in answer["states"]] == ["IR", "RU", "RU"]
    assert answer["verdict"] == answer["states"][1]["verdict"] == "contested"
    assert answer["states"][2]["verdict"] == "outside_scope"


def test_a_nationality_in_a_document_and_by_the_state_itself(client: TestClient) -> None:
    host = {**CLAIM, "speaker": "the Government of Russia", "side": "state_of_entry"}
    paper = {"number": "A1", "nationality": "RU"}
    for question, kind in (
        (changed(SHORT, "claims", [{**host, "nationality": "RU"}]), "claim"),
        (changed(SHORT, "traveller.document", paper), "request"),
    ):
        scope = post(client, question).json()["states"][0]["scope"]
        assert (scope["standing"], scope["certainty"]) == ("own_national", "definite")
        assert scope["reasons"][0]["citations"][0]["kind"] == kind


def test_in_several_states_it_must_be_clear_which_gives_a_nationality(client: TestClient) -> None:
    host = {**CLAIM, "side": "state_of_entry", "legs": [0, 1], "nationality": "SY"}
    refused(post(client, {**TWO_STATES, "claims": [host]}), "claims.0.speaker_state")
    known = {**host, "speaker_state": "SY"}
    answer = post(client, {**TWO_STATES, "claims": [known]}).json()
    assert [state["scope"]["standing"] for state in answer["states"]] == [
        "in_scope",
        "own_national",
    ]
    silent = {**host, "nationality": None}
    assert post(client, {**TWO_STATES, "claims": [silent]}).status_code in (200, 201)


# ---------------------------------------------------------------- content address


def test_the_same_question_again_has_the_same_bytes(
    over: Callable[[Desk], TestClient], loaded_desk: Desk
) -> None:
    client = over(loaded_desk)
    first, again = post(client, REPORT), post(client, REPORT)
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.content == again.content
    for response in (first, again):
        assert response.headers["Content-Type"] == "application/json"
        assert response.headers["Location"] == f"{URL}/{first.json()['id']}"
        assert response.headers["ETag"] == first.headers["ETag"]
    stored = client.get(first.headers["Location"])
    assert stored.status_code == 200
    assert stored.content == first.content
    assert stored.headers["ETag"] == first.headers["ETag"]
    page = client.get(URL).json()
    assert [item["id"] for item in page["items"]] == [first.json()["id"]]


def test_of_many_at_once_one_is_the_first(
    over: Callable[[Desk], TestClient], loaded_desk: Desk
) -> None:
    client = over(loaded_desk)
    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(lambda _: post(client, REPORT), range(8)))
    assert sorted(answer.status_code for answer in answers) == [200] * 7 + [201]
    assert len({answer.content for answer in answers}) == 1


@pytest.mark.parametrize("given", ["{0}", "W/{0}", '"other", {0}', "*"])
def test_who_has_the_answer_already_is_told_so(client: TestClient, given: str) -> None:
    sent = post(client, REPORT)
    tag = sent.headers["ETag"]
    assert tag.startswith('"')
    answer = client.get(sent.headers["Location"], headers={"If-None-Match": given.format(tag)})
    assert (answer.status_code, answer.content) == (304, b"")
    assert answer.headers["ETag"] == tag


def test_another_tag_is_no_match(client: TestClient) -> None:
    sent = post(client, REPORT)
    answer = client.get(sent.headers["Location"], headers={"If-None-Match": '"other"'})
    assert answer.content == sent.content


def test_null_is_absent(client: TestClient) -> None:
    full = copy.deepcopy(REPORT)
    full["traveller"] |= dict.fromkeys(
        ("reference", "birth_date", "place_of_birth", "gender", "document", "family_of")
    )
    full["legs"][0] |= {"to": None, "purpose": None}
    for claim in full["claims"]:
        for name in (
            "speaker_state", "first_hand", "origin", "legs", "said_on", "published_on", "quote",
            "part", "target", "evidence", "accepted_by", "grade", "exemption", "law",
            "nationality",
        ):  # fmt: skip
            claim.setdefault(name, None)
    full |= {"source": None, "as_of": None, "known_at": None}
    assert post(client, full).content == post(client, REPORT).content


@pytest.mark.parametrize("name", ["claims", "legs.0.kind", "claims.0.evidence"])
def test_null_is_absent_where_there_is_a_default(client: TestClient, name: str) -> None:
    """`An optional field may be null; null is the same as absent.`"""
    absent = changed(changed(SHORT, name, None), name, GONE)
    given = post(client, changed(SHORT, name, None))
    assert given.status_code in (200, 201), given.text
    assert given.content == post(client, absent).content


def test_claims_of_an_answer_can_be_asked_again(client: TestClient, seed: dict[str, Any]) -> None:
    again = post(client, {**REPORT, "claims": seed["claims"]})
    assert again.status_code in (200, 201), again.text
    answer = again.json()
    assert answer["claims"] == seed["claims"]
    assert answer["states"] == seed["states"]
    assert post(client, {**REPORT, "claims": answer["claims"]}).content == again.content


def test_claims_made_of_a_source_can_be_asked_again(client: TestClient) -> None:
    question = {**SHORT, "claims": [], "source": {"kind": "border_record", "name": "a register"}}
    answer = post(client, question).json()
    assert len(answer["claims"]) == 1
    again = post(client, {**question, "claims": answer["claims"]})
    assert again.json()["states"] == answer["states"]


# ---------------------------------------------------------------- both clocks


def test_an_answer_stays_what_it_was(over: Callable[[Desk], TestClient], own_desk: Desk) -> None:
    client = over(own_desk)
    first = post(client, REPORT)
    clocks = {name: first.json()[name] for name in ("as_of", "known_at")}
    for day in ("01", "11", "21"):
        result = own_desk.import_list(f"{day}.xml", xml(f"2026-05-{day}T00:00:00Z"), False)
        assert result.outcome == "promoted"
    now = post(client, REPORT)
    assert now.status_code == 201
    assert now.json()["known_at"] > clocks["known_at"]
    again = post(client, {**REPORT, **clocks})
    assert (again.status_code, again.content) == (200, first.content)
    replayed = client.post(f"{URL}/{first.json()['id']}/replay").json()
    assert replayed["same"] is True
    assert replayed["answer"] == first.json()


def test_before_anything_was_loaded(client: TestClient) -> None:
    answer = post(client, {**REPORT, "known_at": BEFORE})
    assert answer.status_code in (200, 201)
    assert answer.json()["verdict"] == "cannot_assess"
    assert answer.json()["known_at"] == BEFORE


def test_nothing_loaded_at_all(over: Callable[[Desk], TestClient], desk: Desk) -> None:
    answer = post(over(desk), REPORT)
    assert answer.status_code == 201
    assert answer.json()["verdict"] == "cannot_assess"
    assert answer.json()["states"][0]["measure"] is None


def test_what_will_be_known_nobody_knows(client: TestClient) -> None:
    words = refused(
        post(client, {**REPORT, "known_at": "2099-01-01T00:00:00Z"}),
        "known_at",
        "known-at-in-future",
    )
    assert "future" in words


def test_replay(over: Callable[[Desk], TestClient], loaded_desk: Desk) -> None:
    client = over(loaded_desk)
    sent = post(client, REPORT)
    url = f"{sent.headers['Location']}/replay"
    replayed = client.post(url)
    assert replayed.status_code == 200
    body = replayed.json()
    assert list(body) == ["id", "same", "stored_engine", "engine", "answer"]
    assert (body["id"], body["same"]) == (sent.json()["id"], True)
    assert body["stored_engine"] == body["engine"] == sent.json()["engine"]
    assert body["answer"] == sent.json()


def test_replay_by_another_engine(
    over: Callable[[Desk], TestClient], own_desk: Desk, clock: Clock
) -> None:
    sent = post(over(own_desk), REPORT)
    newer = make_desk(own_desk.store, own_desk.tables, own_desk.policy, clock)
    newer.version = "0.0.1"
    client = over(newer)
    body = client.post(f"{sent.headers['Location']}/replay").json()
    assert body["stored_engine"] == sent.json()["engine"] != body["engine"]
    assert body["same"] is False
    assert body["answer"]["verdict"] == "contested"
    assert body["answer"]["engine"] == body["engine"]
    # What is stored stays, and the same question now has another address.
    assert client.get(sent.headers["Location"]).content == sent.content
    assert post(client, REPORT).status_code == 201


# ---------------------------------------------------------------- refusals name their field


@pytest.mark.parametrize(
    ("path", "given"),
    [
        ("traveller", GONE),
        ("traveller", None),
        ("traveller", "Qasem Soleimani"),
        ("traveller.name", GONE),
        ("traveller.name", None),
        ("traveller.name", ""),
        ("traveller.name", " \t\n"),
        ("traveller.name", "\u200b\u2060"),  # nothing that anybody can see
        ("traveller.name", 5),
        ("traveller.name", "a" * 501),
        ("traveller.name", "Qasem \ud800 Soleimani"),
        ("traveller.name", "Qasem\0Soleimani"),
        ("traveller.role", " "),
        ("traveller.nationality", "XX"),
        ("traveller.nationality", "ir"),
        ("traveller.nationality", "IRN"),
        ("traveller.gender", "man"),
        ("traveller.birth_date", "1957-02-30"),
        ("traveller.birth_date", "1957-13"),
        ("traveller.birth_date", "57"),
        ("traveller.birth_date", 1957),
        ("traveller.birth_date", "١٩٥٧"),
        ("traveller.birth_date", "1957\n"),
        ("traveller.reference", "ZZi.404"),
        ("traveller.reference", ""),
        ("traveller.family_of", "ZZi.404"),
        ("traveller.document", ""),
        ("traveller.document", 5),
        ("traveller.document.nationality", "XK"),
        ("traveller.document.nationality", "Iran"),
        ("legs", GONE),
        ("legs", None),
        ("legs", []),
        ("legs", [LEG] * 51),
        ("legs.0.state", GONE),
        ("legs.0.state", "XK"),
        ("legs.0.from", GONE),
        ("legs.0.from", "2015-02-29"),
        ("legs.0.from", "2015-07-24T24:00"),
        ("legs.0.from", "2015-07-24T10:00+25:00"),
        ("legs.0.from", "0000"),
        ("legs.0.from", "24 July 2015"),
        ("legs.0.to", "2015-07-23"),
        ("legs.0.to", "2015-07"),
        ("legs.0.kind", "visit"),
        ("legs.0.place", " "),
        ("legs.0.purpose.words", GONE),
        ("legs.0.purpose.kind", "pleasure"),
        ("legs.0.purpose.claim", "nobody"),
        ("claims", [CLAIM] * 501),
        ("claims.0.type", "says"),
        ("claims.0.type", GONE),
        ("claims.0.speaker", GONE),
        ("claims.0.speaker", ""),
        ("claims.0.side", "enemy"),
        ("claims.0.named", GONE),
        ("claims.0.legs", [1]),
        ("claims.0.legs", []),
        ("claims.0.legs", [0] * 51),
        ("claims.0.legs.0", -1),
        ("claims.0.legs.0", 0.5),
        ("claims.0.legs.0", 10**400),
        ("claims.0.legs.0", "0"),
        ("claims.0.legs.0", True),
        ("claims.0.named", "yes"),
        ("claims.0.named", 1),
        ("claims.0.id", ""),
        ("claims.0.target", "first"),  # itself
        ("claims.0.target", "second"),  # a later one
        ("claims.1.target", "nobody"),
        ("claims.1.id", "first"),
        ("claims.0.said_on", "2015-02-30"),
        ("claims.0.quote", ""),
        ("claims.0.quote.end", 10**30),
        ("claims.0.quote.start", -1),
        ("claims.0.quote.text", "four"),
        ("claims.0.quote.text", "\U0001f600"),  # one code point, though two units of UTF-16
        ("claims.0.part", "dinner"),
        ("claims.0.evidence", "hearsay"),
        ("claims.0.grade.source", "G"),
        ("claims.0.grade.information", 7),
        ("claims.0.exemption.status", "given"),
        ("claims.0.exemption.to", "2015-01-01"),
        ("claims.0.nationality", "XK"),
        ("claims.0.nationality", ""),
        ("claims.0.law.measure", "ban"),
        ("claims.0.law.since", "2007-13"),
        ("source.kind", "rumour"),
        ("source.name", GONE),
        ("as_of", "2015"),
        ("as_of", "2015-02-30"),
        ("known_at", "2015-08-15"),
        ("known_at", "2015-08-15T12:00:00"),
        # Unknown fields, at any depth.
        ("extra", 1),
        ("tuple", 1),
        ("body", 1),
        ("traveller.extra", 1),
        ("traveller.Part", 1),
        ("traveller.document.extra", 1),
        ("legs.0.extra", 1),
        ("legs.0.from_", "2015"),
        ("legs.0.purpose.extra", 1),
        ("claims.0.extra", 1),
        ("claims.0.speaker.extra", 1),
        ("claims.0.quote.extra", 1),
        ("claims.0.part.extra", 1),
        ("claims.0.grade.extra", 1),
        ("claims.0.exemption.extra", 1),
        ("claims.0.law.extra", 1),
        ("source.extra", 1),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named(client: TestClient, path: str, given: Any) -> None:
    question = {
        **SHORT,
        "traveller": {"name": "Qasem Soleimani", "document": {"number": "A 1"}},
        "legs": [{**LEG, "purpose": {"kind": "judicial", "words": "a summons"}}],
        "claims": [
            {
                **CLAIM, "id": "first", "legs": [0],
                "speaker": {"name": "A paper"},
                "quote": {"start": 2, "end": 4, "text": "ab"},
                "part": {"kind": "meeting", "with": ["somebody"]},
                "grade": {"source": "A", "information": 1},
                "exemption": {"status": "granted", "from": "2015-02-01"},
                "law": {"measure": "travel_ban"},
            },
            {**CLAIM, "id": "second"},
        ],
        "source": {"kind": "report", "name": "a paper"},
    }  # fmt: skip
    assert post(client, question).status_code in (200, 201)
    refused(post(client, changed(question, path, given)), path)


@pytest.mark.parametrize(
    ("path", "given", "question", "field"),
    [
        ("claims.0.type", "retracts", SHORT, "claims.0.target"),
        ("claims.5.speaker_state", "US", REPORT, "claims.5.side"),
        ("claims.5.side", "third_state", REPORT, "claims.5.side"),
        ("claims.0.named", True, TWO_STATES, "claims.0.legs"),
    ],
)
def test_what_contradicts_itself_is_named(
    client: TestClient, path: str, given: Any, question: dict[str, Any], field: str
) -> None:
    refused(post(client, changed(question, path, given)), field)


def test_a_quote_that_ends_before_it_starts(client: TestClient) -> None:
    question = changed(SHORT, "claims.0.quote", {"start": 3, "end": 0, "text": "abc"})
    refused(post(client, question), "claims.0.quote.end")


def test_each_fault_is_named_at_once(client: TestClient) -> None:
    question = {
        "traveller": {"name": "", "nationality": "XX"},
        "legs": [{"state": "XK", "from": "2015-02-30"}],
        "claims": [{**CLAIM, "side": "enemy"}],
    }
    for field in ("traveller.name", "legs.0.state", "legs.0.from"):
        refused(post(client, question), field)


def test_no_other_field_is_blamed(client: TestClient) -> None:
    question = changed(SHORT, "claims.0.quote", {"start": -1, "end": 2, "text": "abc"})
    errors = post(client, question).json()["errors"]
    assert [item["field"] for item in errors] == ["claims.0.quote.start"]


def test_legs_of_one_state_and_a_departure_from_another_need_no_numbers(
    client: TestClient,
) -> None:
    question = {**SHORT, "legs": [{**LEG, "state": "IR", "kind": "departure"}, LEG, LEG]}
    assert post(client, question).json()["claims"][0]["legs"] == [1, 2]


def test_blanks_around_a_reference_mean_nothing(client: TestClient) -> None:
    for_sure = post(client, changed(REPORT, "traveller.reference", "IRi.039")).json()
    spaced = post(client, changed(REPORT, "traveller.reference", " IRi.039 "))
    if spaced.status_code != 422:
        assert spaced.json()["verdict"] == for_sure["verdict"] == "contested"


@pytest.mark.parametrize("url", [f"{URL}/nobody", f"{URL}/%00", f"{URL}/%ff", f"{URL}/{'0' * 64}"])
def test_an_unknown_assessment(client: TestClient, url: str) -> None:
    for answer in (client.get(url), client.post(f"{url}/replay")):
        assert answer.status_code == 404
        assert answer.json()["type"] == "urn:travelban:problem:not-on-record"


# ---------------------------------------------------------------- no question at all


@pytest.mark.parametrize(
    "body",
    [
        b"{", b"\xff\xfe{\x00", b"[" * 100_000, b"{" + b'"a":{' * 50_000, b"{'name': 1}",
        b'{"legs": ' + b"9" * 5000 + b"}", b"qasem",
    ],
)  # fmt: skip
def test_what_is_not_json(client: TestClient, body: bytes) -> None:
    answer = client.post(URL, content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code == 400, answer.text[:300]
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.json()["type"] == "urn:travelban:problem:not-json"


def test_nothing_at_all(client: TestClient) -> None:
    answer = client.post(URL, content=b"", headers={"Content-Type": "application/json"})
    refused(answer, "body")


@pytest.mark.parametrize("body", [b"null", b"[]", b"5", b'"text"', b'"\\ud800"', b"1e999"])
def test_json_that_is_no_question(client: TestClient, body: bytes) -> None:
    answer = client.post(URL, content=body, headers={"Content-Type": "application/json"})
    refused(answer, "body")


@pytest.mark.parametrize("given", ["text/plain", "application/x-www-form-urlencoded", "text/xml"])
def test_another_media_type_is_told_what_to_send(client: TestClient, given: str) -> None:
    answer = client.post(URL, content=json.dumps(REPORT), headers={"Content-Type": given})
    assert answer.status_code in (400, 415, 422)
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert "application/json" in answer.text


@pytest.mark.parametrize("given", ["application/json; charset=utf-8", "application/problem+json"])
def test_json_by_another_name(client: TestClient, given: str) -> None:
    answer = client.post(URL, content=json.dumps(REPORT), headers={"Content-Type": given})
    assert answer.status_code in (200, 201)


def test_what_a_caller_sent_never_comes_back_whole(client: TestClient) -> None:
    secret = "s3cret " * 200
    answer = post(client, changed(SHORT, "traveller.name", secret))
    assert answer.status_code == 422
    assert "s3cret" not in answer.text


# ---------------------------------------------------------------- names in every script


@pytest.mark.parametrize(
    "name", ["قاسم سلیمانی", "Касем Сулеймани", "Solemani, Qasem", "КАСЕМ SOLEIMANI"]
)
def test_any_script(over: Callable[[Desk], TestClient], loaded_desk: Desk, name: str) -> None:
    client = over(loaded_desk)
    sent = post(client, changed(REPORT, "traveller.name", name))
    assert sent.json()["states"][0]["identity"]["reference"] == "IRi.039"
    assert client.get(sent.headers["Location"]).content == sent.content


# ---------------------------------------------------------------- the largest question


def test_the_largest_question_is_answered_in_reasonable_time(client: TestClient) -> None:
    states = ["RU", "SY", "IR", "AE", "CN", "DE", "FR", "GB", "US", "TR"]
    question = {
        "traveller": REPORT["traveller"],
        "legs": [
            {"state": states[number % 10], "from": f"2015-07-{number % 28 + 1:02}"}
            for number in range(50)
        ],
        "claims": [
            {
                **CLAIM, "speaker": f"Paper {number}", "origin": f"origin {number}",
                "type": "denies" if number % 5 else "asserts",
                "legs": list(range(50)), "quote": "words and more words",
            }
            for number in range(500)
        ],
    }  # fmt: skip
    begun = time.process_time()
    answer = post(client, question)
    taken = time.process_time() - begun
    assert answer.status_code in (200, 201)
    assert len(answer.json()["states"]) == 50
    assert taken < 10, f"{taken:.1f} seconds"
