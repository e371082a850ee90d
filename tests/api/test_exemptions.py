"""Exemptions over HTTP: recorded, listed, taken back; on both clocks, on each kind of database."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select

from app.api.examples import EXEMPTION, WITHDRAWAL
from app.desk import Desk
from app.store import audit, tables
from app.terms import LegalRecord
from tests.api.test_assessments import changed, post, refused
from tests.conftest import Clock, make_desk

URL = "/v1/exemptions"
ASSESS = "/v1/assessments"
# Leave for a journey that the State of entry has admitted; invented.
VIENNA = {
    "regime": "1737",
    "references": ["IRi.001"],
    "outcome": "granted",
    "state": "AT",
    "places": ["Vienna"],
    "purpose": "an invented conference",
    "decided_on": "2011-09-12",
    "from": "2011-09-19",
    "until": "2011-09-23",
    "source": "invented",
    "recorded_by": "A. Officer",
}
REPORT = {
    "traveller": {
        "name": "Fereydoun Abbasi-Davani", "birth_date": "1958", "place_of_birth": "Abadan",
    },
    "legs": [{"state": "AT", "place": "Vienna", "from": "2011-09-19", "to": "2011-09-23"}],
    "claims": [
        {"type": "asserts", "speaker": "the Foreign Ministry of Austria", "speaker_state": "AT",
         "side": "state_of_entry", "named": True},
    ],
}  # fmt: skip


@pytest.fixture
def here(over: Callable[[Desk], TestClient], loaded_desk: Desk) -> TestClient:
    """The service over what ships, on each kind of database."""
    return over(loaded_desk)


@pytest.fixture
def own(over: Callable[[Desk], TestClient], own_desk: Desk) -> TestClient:
    """The service over what ships, for tests to which the database does not matter."""
    return over(own_desk)


def recorded(client: TestClient, body: dict[str, Any] = VIENNA) -> dict[str, Any]:
    answer = post(client, body, URL)
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


def taken_back(client: TestClient, name: str, because: str = "it was misread") -> Any:
    body = {"because": because, "recorded_by": "B. Lawyer"}
    return post(client, body, f"{URL}/{name}/withdrawal")


# ---------------------------------------------------------------- recorded once


def test_it_is_stored_as_given_and_once(here: TestClient) -> None:
    first, again = post(here, VIENNA, URL), post(here, VIENNA, URL)
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.content == again.content
    found = first.json()
    assert {name: found[name] for name in VIENNA} == VIENNA
    assert found["checked"] is False
    assert found["authority"] is found["unnamed"] is found["note"] is None
    assert found["recorded_at"] > "2026-06-01T12"
    with_nulls = {**dict.fromkeys(found.keys() - {"id", "recorded_at"}), **VIENNA}
    assert post(here, with_nulls, URL).content == first.content
    other = recorded(here, VIENNA | {"purpose": "another"})
    assert other["id"] != found["id"]


def test_its_id_is_of_its_content(own: TestClient) -> None:
    first = recorded(own)
    assert len(first["id"]) == 64
    assert recorded(own, VIENNA | {"checked": True})["id"] != first["id"]
    assert post(own, VIENNA | {"checked": False}, URL).json() == first


def test_many_who_record_it_at_once_record_it_once(here: TestClient) -> None:
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: post(here, VIENNA, URL), range(8)))
    assert sorted(answer.status_code for answer in answers) == [200] * 7 + [201]
    assert len({answer.content for answer in answers}) == 1


def test_authority_is_what_was_given_and_not_compared(own: TestClient) -> None:
    text = {"resolution": "S/RES/1737 (2006)", "paragraph": None, "adopted": "2006-12-23"}
    found = recorded(own, VIENNA | {"authority": text})
    assert found["authority"] == text | {"checked": False}


def test_each_write_has_its_line_in_the_audit(here: TestClient, loaded_desk: Desk) -> None:
    found = recorded(here)
    post(here, VIENNA, URL)
    taken_back(here, found["id"])
    taken_back(here, found["id"])
    with loaded_desk.store.reading() as connection:
        shown, _ = audit.page(connection, limit=50)
    lines = [one.line for one in shown if one.line.action.startswith("exemption")]
    assert [(line.who, line.action, line.question_digest) for line in lines] == [
        ("B. Lawyer", "exemption withdraw", found["id"]),
        ("A. Officer", "exemption record", found["id"]),
    ]
    assert lines[1].at == found["recorded_at"]
    assert all(line.answer_digest for line in lines)


def test_what_cannot_be_written_leaves_no_line(
    here: TestClient, loaded_desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("a test says so")

    monkeypatch.setattr(audit, "add", fail)
    assert post(here, VIENNA, URL).status_code == 500
    with loaded_desk.store.reading() as connection:
        assert connection.execute(select(tables.exemptions)).all() == []
    monkeypatch.undo()
    assert post(here, VIENNA, URL).status_code == 201


# ---------------------------------------------------------------- refused


@pytest.mark.parametrize(
    ("path", "new", "field"),
    [
        ("regime", "9999", "regime"),
        ("regime", "1518", "regime"),
        ("regime", "1970", "references.0"),
        ("references.0", "LYi.009", "references.0"),
        ("regime", None, "regime"),
        ("regime", " ", "regime"),
        ("references.0", "IRi.999", "references.0"),
        ("references", ["IRi.001", "IRi.001"], "references.1"),
        ("references", [], "references"),
        ("references", None, "references"),
        ("references", "IRi.001", "references"),
        ("references", ["IRi.001"] * 501, "references"),
        ("outcome", "given", "outcome"),
        ("outcome", None, "outcome"),
        ("state", "XX", "state"),
        ("state", None, "state"),
        ("places", [" "], "places.0"),
        ("purpose", None, "purpose"),
        ("purpose", "x" * 501, "purpose"),
        ("decided_on", "2011-02-30", "decided_on"),
        ("decided_on", "2011-02", "decided_on"),
        ("published_on", "2011-09-11", "published_on"),
        ("from", "2011", "from"),
        ("from", "2011-13", "from"),
        ("from", "2011-09-19T10:00:00Z", "from"),
        ("until", "2011-09-18", "until"),
        ("until", "2011-08", "until"),
        ("authority", {"resolution": "S/RES/1737 (2006)"}, "authority.adopted"),
        ("authority", {"resolution": "x", "adopted": "2006-12-23", "checked": True},
         "authority.checked"),
        ("authority", "S/RES/1737 (2006)", "authority"),
        ("checked", "yes", "checked"),
        ("checked", 1, "checked"),
        ("source", None, "source"),
        ("recorded_by", None, "recorded_by"),
        ("recorded_by", "\u0000", "recorded_by"),
        ("recorded_at", "2011-01-01T00:00:00Z", "recorded_at"),
        ("id", "mine", "id"),
        ("colour", "red", "colour"),
    ],
)  # fmt: skip
def test_what_is_refused(client: TestClient, path: str, new: Any, field: str) -> None:
    refused(post(client, changed(VIENNA, path, new), URL), field)


def test_every_fault_is_named(client: TestClient) -> None:
    body = VIENNA | {
        "regime": "9999", "references": ["IRi.998", "IRi.001", "IRi.999"], "state": None,
        "until": "2011-01", "published_on": "2011-01-01",
    }  # fmt: skip
    answer = post(client, body, URL)
    assert [item["field"] for item in answer.json()["errors"]] == [
        "regime", "references.0", "references.2", "state", "until", "published_on",
    ]  # fmt: skip
    shape = post(client, VIENNA | {"outcome": "given", "colour": "red", "from": "2011"}, URL)
    assert {item["field"] for item in shape.json()["errors"]} == {"outcome", "colour", "from"}


def test_other_media_types_and_methods(client: TestClient) -> None:
    assert client.post(URL, content="regime: 1737").status_code in (400, 415)
    assert client.delete(URL).status_code == 405
    assert client.put(f"{URL}/x/withdrawal").status_code == 405


def test_with_no_law_on_record_no_regime_is_known(
    over: Callable[[Desk], TestClient], empty_desk: Desk
) -> None:
    refused(post(over(empty_desk), VIENNA, URL), "regime")


def test_the_last_day_of_a_month_may_be_given_by_the_month(own: TestClient) -> None:
    found = recorded(own, VIENNA | {"from": "2011-09-19", "until": "2011-09"})
    assert (found["from"], found["until"]) == ("2011-09-19", "2011-09")


# ---------------------------------------------------------------- both clocks


def test_it_counts_from_its_moment_on(here: TestClient) -> None:
    before = post(here, REPORT, ASSESS)
    assert before.json()["verdict"] == "apparent_violation"
    moment = before.json()["known_at"]
    asked_then = post(here, REPORT | {"known_at": moment}, ASSESS)
    found = recorded(here)
    now = post(here, REPORT, ASSESS).json()
    assert now["verdict"] == "covered_by_exemption"
    assert now["known_at"] == found["recorded_at"]
    assert now["record"]["digest"] != before.json()["record"]["digest"]
    (state,) = now["states"]
    reason = state["exemption"]["reasons"][0]
    assert f"{found['id'][:12]}, which A. Officer recorded here," in reason["words"]
    cited = next(item for item in reason["citations"] if item["kind"] == "exemption")
    assert cited["exemption"] == found["id"]
    assert (cited["recorded_by"], cited["law"]) == ("A. Officer", None)
    assert cited["recorded_at"] == found["recorded_at"]
    # The past stays as it was, to the byte, asked anew, read again and replayed.
    then = post(here, REPORT | {"known_at": moment}, ASSESS)
    assert then.status_code == 200
    assert then.content == asked_then.content
    identifier = before.json()["id"]
    assert here.get(f"{ASSESS}/{identifier}").content == before.content
    assert here.post(f"{ASSESS}/{identifier}/replay").json()["same"] is True


def test_the_very_moment_counts_and_the_one_before_does_not(here: TestClient) -> None:
    moment = recorded(here)["recorded_at"]
    microseconds = int(moment[20:26])
    before = f"{moment[:20]}{microseconds - 1:06}Z" if microseconds else "2026-06-01T12:00:01Z"
    for known_at, verdict in ((moment, "covered_by_exemption"), (before, "apparent_violation")):
        answer = post(here, REPORT | {"known_at": known_at}, ASSESS).json()
        assert answer["verdict"] == verdict


def test_taken_back_it_counts_no_longer_and_what_was_known_stays(here: TestClient) -> None:
    empty = post(here, REPORT, ASSESS).json()["record"]["digest"]
    found = recorded(here)
    covered = post(here, REPORT, ASSESS)
    answer = taken_back(here, found["id"])
    assert answer.status_code == 201
    withdrawn = answer.json()
    assert withdrawn["exemption"] == found
    assert (withdrawn["because"], withdrawn["recorded_by"]) == ("it was misread", "B. Lawyer")
    assert withdrawn["recorded_at"] > found["recorded_at"]
    again = taken_back(here, found["id"], "for another reason")
    assert (again.status_code, again.content) == (200, answer.content)
    now = post(here, REPORT, ASSESS).json()
    assert (now["verdict"], now["known_at"]) == ("apparent_violation", withdrawn["recorded_at"])
    assert now["record"]["digest"] == empty
    then = post(here, REPORT | {"known_at": found["recorded_at"]}, ASSESS).json()
    assert then["verdict"] == "covered_by_exemption"
    assert here.post(f"{ASSESS}/{covered.json()['id']}/replay").json()["same"] is True


def test_recorded_again_it_counts_from_then_on(here: TestClient) -> None:
    found = recorded(here)
    withdrawn = taken_back(here, found["id"]).json()
    again = recorded(here)
    assert again["id"] == found["id"]
    assert again["recorded_at"] > withdrawn["recorded_at"]
    for moment, counts in (
        (found["recorded_at"], 1), (withdrawn["recorded_at"], 0), (again["recorded_at"], 1),
    ):  # fmt: skip
        page = here.get(URL, params={"known_at": moment, "reference": "IRi.001"}).json()
        assert len(page["items"]) == counts
    assert taken_back(here, found["id"]).status_code == 201


def test_what_cannot_be_taken_back(own: TestClient, own_desk: Desk) -> None:
    law = own_desk.record().law
    assert isinstance(law, LegalRecord)
    ships = law.exemptions[0].id
    assert "ships" in refused(taken_back(own, ships), "id")
    for name in ("0" * 64, "nobody", "%00", "ä", "F" * 64):
        answer = taken_back(own, name)
        assert answer.status_code == 404, answer.text
        assert answer.json()["type"].endswith("not-on-record")
    found = recorded(own)
    url = f"{URL}/{found['id']}/withdrawal"
    for body, field in (
        ({"recorded_by": "x"}, "because"),
        ({"because": "x"}, "recorded_by"),
        ({"because": " ", "recorded_by": "x"}, "because"),
        ({"because": "x", "recorded_by": "x", "colour": "red"}, "colour"),
    ):
        refused(post(own, body, url), field)
    assert own.get(URL, params={"on": "2011-09-20"}).json()["items"][-1] == found


def test_equal_knowledge_has_an_equal_digest(
    over: Callable[[Desk], TestClient], own_desk: Desk, clock: Clock, tables: Any, policy: Any
) -> None:
    client = over(own_desk)
    bodies = [VIENNA | {"purpose": f"journey {number}"} for number in range(3)]
    names = [recorded(client, body)["id"] for body in bodies]
    digest = own_desk.record().digest
    for name in names:
        taken_back(client, name)
    for body in reversed(bodies):
        recorded(client, body)
    assert own_desk.record().digest == digest
    # Another process that looks afresh finds the same.
    other = make_desk(own_desk.store, tables, policy, clock)
    assert other.record().digest == digest
    assert [item.id for item in other.record().exemptions[-3:]] == sorted(names)


def test_another_process_sees_it_at_once(
    here: TestClient, loaded_desk: Desk, tables: Any, policy: Any, clock: Clock
) -> None:
    other = make_desk(loaded_desk.store, tables, policy, clock)
    known = other.record().known_at
    found = recorded(here)
    assert other.record().known_at == found["recorded_at"] > known
    assert other.record().exemptions[-1].id == found["id"]


# ---------------------------------------------------------------- listed


def test_the_list_has_those_that_ship_and_those_of_ones_own(own: TestClient) -> None:
    shipped = own.get(URL, params={"limit": 500}).json()["items"]
    assert len(shipped) > 30
    assert {(item["recorded_by"], item["recorded_at"]) for item in shipped} == {(None, None)}
    found = recorded(own, EXEMPTION)
    page = own.get(URL, params={"limit": 500}).json()
    assert page["items"] == [*shipped, found]
    assert page["next"] is None
    assert page["known_at"] == found["recorded_at"]
    taken_back(own, found["id"])
    assert own.get(URL, params={"limit": 500}).json()["items"] == shipped


def ids(client: TestClient, **given: str) -> list[str]:
    answer = client.get(URL, params={"limit": 500, **given})
    assert answer.status_code == 200, answer.text
    return [item["id"] for item in answer.json()["items"]]


def test_what_the_list_leaves(client: TestClient) -> None:
    assert ids(client, reference="KPi.042") == ["1718-2018-02-08"]
    assert ids(client, reference="IRi.039") == []
    assert ids(client, regime="1718") == ["1718-2018-02-08"]
    assert ids(client, regime="1737") == []
    assert ids(client, regime="1718", state="KR") == ["1718-2018-02-08"]
    assert ids(client, regime="1718", state="CN") == []
    # Leave for any State is leave for this one too.
    assert "1970-2022-12" in ids(client, regime="1970", state="EG")
    for day, there in (
        ("2018-02-08", False), ("2018-02-09", True), ("2018-02-11", True), ("2018-02-12", False),
    ):  # fmt: skip
        assert ("1718-2018-02-08" in ids(client, on=day)) is there
    assert ids(client, on="2025-09-30", regime="1267") == ["1267-2025-09"]
    assert ids(client, on="2025-10-01", regime="1267") == []
    # Without an end, it speaks of thirty days.
    assert "1988-2025-03-07" in ids(client, on="2025-04-06", state="OM")
    assert "1988-2025-03-07" not in ids(client, on="2025-04-07", state="OM")


@pytest.mark.parametrize(
    ("field", "given"),
    [
        ("reference", "XXi.001"), ("regime", "9999"), ("regime", "Taliban"), ("state", "XX"),
        ("state", ""), ("on", "2025-09"), ("on", "today"), ("known_at", "2025"), ("colour", "red"),
        ("after", "nonsense"), ("limit", "0"), ("limit", "501"),
    ],
)  # fmt: skip
def test_what_the_list_refuses(client: TestClient, field: str, given: str) -> None:
    refused(client.get(URL, params={field: given}), field)


def test_a_list_that_is_asked_wrongly_twice_says_both(client: TestClient) -> None:
    answer = client.get(URL, params={"reference": "XXi.001", "regime": "9999"})
    assert [item["field"] for item in answer.json()["errors"]] == ["reference", "regime"]


def test_before_it_was_known(own: TestClient) -> None:
    moment = own.get(URL).json()["known_at"]
    found = recorded(own)
    assert found["id"] not in ids(own, known_at=moment)
    assert found["id"] in ids(own, known_at=found["recorded_at"])
    refused(own.get(URL, params={"known_at": "2099-01-01T00:00:00Z"}), "known_at",
            "known-at-in-future")  # fmt: skip


# ---------------------------------------------------------------- what it comes to


def test_none_found_counts_ones_own(own: TestClient) -> None:
    recorded(own, VIENNA | {"from": "2012-01-01", "until": "2012-01-31", "decided_on": None})
    (state,) = post(own, REPORT, ASSESS).json()["states"]
    words = state["exemption"]["reasons"][0]["words"]
    assert state["exemption"]["standing"] == "none_found"
    assert "1 exemption of the regime 1737, 1 of them recorded here" in words


@pytest.mark.parametrize(
    ("change", "standing", "certainty", "verdict"),
    [
        ({}, "published", "definite", "covered_by_exemption"),
        ({"until": "2011-09-22"}, "partial", "definite", "partly_exempt"),
        ({"from": "2011-09", "until": "2011-09"}, "published", "possible", "reported_unverified"),
        ({"from": None, "until": None}, "partial", "possible", "reported_unverified"),
        ({"references": [], "unnamed": "a delegation of six"}, "published", "possible",
         "reported_unverified"),
        ({"places": ["Graz"]}, "none_found", "definite", "apparent_violation"),
        ({"state": "DE", "places": []}, "none_found", "definite", "apparent_violation"),
        ({"references": ["IRi.039"]}, "none_found", "definite", "apparent_violation"),
        ({"outcome": "refused"}, "refused", "definite", "apparent_violation"),
        ({"outcome": "requested"}, "none_found", "definite", "apparent_violation"),
        ({"outcome": "lapsed"}, "none_found", "definite", "apparent_violation"),
    ],
)  # fmt: skip
def test_how_it_counts(
    own: TestClient, change: dict[str, Any], standing: str, certainty: str, verdict: str
) -> None:
    recorded(own, VIENNA | change)
    answer = post(own, REPORT, ASSESS).json()
    found = answer["states"][0]["exemption"]
    assert (found["standing"], found["certainty"]) == (standing, certainty)
    assert answer["verdict"] == verdict


def test_the_example_is_withdrawn_as_the_document_shows(own: TestClient) -> None:
    found = recorded(own, EXEMPTION)
    assert post(own, WITHDRAWAL, f"{URL}/{found['id']}/withdrawal").status_code == 201
