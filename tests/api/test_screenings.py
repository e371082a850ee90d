"""A name in, candidates out, over HTTP."""

from collections.abc import Callable
from typing import Any

import pytest
from fastapi.testclient import TestClient

from app.api.examples import SCREENING
from app.desk import Desk
from tests.api.test_assessments import BEFORE, post, refused
from tests.invented import PEOPLE, xml

URL = "/v1/screenings"
NAME = {"name": "Qasem Soleimani"}


def test_the_names_on_the_wire(client: TestClient) -> None:
    answer = post(client, SCREENING, URL)
    assert answer.status_code == 200
    body = answer.json()
    assert list(body) == [
        "identity", "candidates", "as_of", "known_at", "snapshots", "policy", "engine",
    ]  # fmt: skip
    assert {"standing", "certainty", "reasons"} <= set(body["identity"])
    for item in body["candidates"]:
        assert {
            "reference", "name", "regime", "kind", "similarity", "agreeing", "conflicting",
            "silent", "reasons",
        } <= set(item)  # fmt: skip
        assert item["kind"] in ("individual", "entity")
        assert 0 <= item["similarity"] <= 1
    assert not {"confidence", "risk", "probability", "score"} & set(body["candidates"][0])


@pytest.mark.parametrize(
    "name",
    [
        "Qasem Soleimani", "Kassem Suleimani", "Ghasem Soleimani", "Solemani, Qasem",
        "قاسم سلیمانی", "Касем Сулеймани",
    ],
)  # fmt: skip
def test_one_man_by_every_spelling(client: TestClient, name: str) -> None:
    known = post(client, {"name": name, "role": "Quds Force commander"}, URL).json()
    assert known["candidates"][0]["reference"] == "IRi.039"
    assert known["identity"]["standing"] == "identified"
    assert known["identity"]["reference"] == "IRi.039"
    alone = post(client, {"name": name}, URL).json()
    assert alone["identity"]["standing"] == "ambiguous"
    assert alone["identity"]["reference"] is None
    assert "apart" in str(alone["identity"]["reasons"])


def test_not_on_the_list_is_an_answer(client: TestClient) -> None:
    answer = post(client, {"name": "Ulvar Brandesko"}, URL)
    assert answer.status_code == 200
    assert answer.json()["identity"]["standing"] == "no_match"
    assert answer.json()["candidates"] == []
    assert "not a clearance" in answer.text


def test_a_vessels_number_in_place_of_a_name(client: TestClient) -> None:
    """Seven digits are an IMO number; any others are no name."""
    for name in ("IMO 9314234", "9314234"):
        answer = post(client, {"name": name}, URL)
        assert answer.status_code == 200
        assert answer.json()["identity"]["standing"] == "no_match"
        assert "gives the IMO number 9314234" in answer.text
    for name in ("931423", "93142345", "9314234 9314234"):
        refused(post(client, {"name": name}, URL), "name")


def test_candidates_are_best_first_and_cut_by_threshold_and_limit(client: TestClient) -> None:
    everybody = post(client, {**NAME, "threshold": 0, "limit": 100}, URL).json()
    assert len(everybody["candidates"]) == 100  # of 1,423, as many as are ever shown
    shares = [item["similarity"] for item in everybody["candidates"]]
    assert shares == sorted(shares, reverse=True)
    assert (everybody["policy"]["threshold"], everybody["policy"]["limit"]) == (0, 100)
    few = post(client, {**NAME, "threshold": 0}, URL).json()
    assert len(few["candidates"]) == few["policy"]["limit"] == 10
    one = post(client, {**NAME, "threshold": 0, "limit": 1}, URL).json()
    assert one["candidates"] == everybody["candidates"][:1]
    strict = post(client, {**NAME, "threshold": 1}, URL).json()
    assert all(item["similarity"] == 1 for item in strict["candidates"])


def test_the_standing_does_not_depend_on_how_many_are_shown(client: TestClient) -> None:
    one = post(client, {**NAME, "limit": 1}, URL).json()
    assert one["identity"]["standing"] == "ambiguous"


def test_clocks_and_lists_are_echoed(client: TestClient) -> None:
    body = post(client, {**NAME, "as_of": "2015-07-24"}, URL).json()
    assert body["as_of"] == "2015-07-24"
    assert body["known_at"] == client.get("/v1/regimes").json()["known_at"]
    (held,) = client.get("/v1/snapshots").json()["items"]
    assert held["sha256"] in str(body["snapshots"])
    before = post(client, {**NAME, "known_at": BEFORE}, URL).json()
    assert (before["identity"]["standing"], before["known_at"]) == ("no_match", BEFORE)


def test_a_reference_restricts_the_candidates(client: TestClient) -> None:
    body = post(client, {**NAME, "reference": "IRi.040", "threshold": 0}, URL).json()
    assert [item["reference"] for item in body["candidates"]] == ["IRi.040"]
    assert "request" in str(body["identity"]["reasons"])


def test_null_is_absent(client: TestClient) -> None:
    fields = (
        "birth_date", "place_of_birth", "nationality", "gender", "role", "document", "reference",
        "as_of", "known_at", "threshold", "limit",
    )  # fmt: skip
    given = post(client, {**NAME, **dict.fromkeys(fields)}, URL)
    assert given.content == post(client, NAME, URL).content


def test_nothing_loaded(over: Callable[[Desk], TestClient], desk: Desk) -> None:
    answer = post(over(desk), NAME, URL)
    assert answer.status_code == 200
    assert answer.json()["identity"]["standing"] == "no_match"
    assert all(reason["citations"] for reason in answer.json()["identity"]["reasons"])


def test_a_namesake_in_a_list_brought_later(
    over: Callable[[Desk], TestClient], own_desk: Desk
) -> None:
    client = over(own_desk)
    asked = {"name": "Ardan Velur"}
    before = post(client, asked, URL).json()
    own_desk.import_list("full.xml", xml("2026-05-30T00:00:00Z", PEOPLE), False)
    after = post(client, asked, URL).json()
    assert before["candidates"] == []
    assert after["candidates"][0]["reference"] == "ZZi.001"
    again = post(client, {**asked, "known_at": before["known_at"]}, URL).json()
    assert again == before


@pytest.mark.parametrize(
    ("path", "given"),
    [
        ("name", ""),
        ("name", " \n"),
        ("name", "\u200b"),
        ("name", None),
        ("name", "a" * 501),
        ("name", "Qasem \udfff"),
        ("name", "Qasem\0"),
        ("birth_date", "1957-02-30"),
        ("nationality", "XX"),
        ("gender", "unknown"),
        ("document", {"number": " "}),
        ("reference", "ZZi.404"),
        ("as_of", "2015"),
        ("known_at", "2015"),
        ("threshold", -0.1),
        ("threshold", 1.1),
        ("threshold", "high"),
        ("threshold", True),
        ("limit", 0),
        ("limit", 101),
        ("limit", 1.5),
        ("limit", "3"),
        ("limit", 10**400),
        ("extra", 1),
        ("family_of", "IRi.039"),
    ],
)
def test_what_is_wrong_is_named(client: TestClient, path: str, given: Any) -> None:
    answer = post(client, {**NAME, path: given}, URL)
    field = "document.number" if path == "document" else path
    refused(answer, field)


@pytest.mark.parametrize("number", [b"NaN", b"Infinity", b"-Infinity", b"1e400"])
def test_numbers_that_are_none(client: TestClient, number: bytes) -> None:
    answer = client.post(
        URL,
        content=b'{"name": "Qasem", "threshold": ' + number + b"}",
        headers={"Content-Type": "application/json"},
    )
    assert answer.status_code in (400, 422)
    assert answer.headers["Content-Type"] == "application/problem+json"


def test_what_will_be_known_nobody_knows(client: TestClient) -> None:
    asked = {**NAME, "known_at": "2099-01-01T00:00:00Z"}
    refused(post(client, asked, URL), "known_at", "known-at-in-future")


def test_the_name_is_missing(client: TestClient) -> None:
    refused(post(client, {"role": "commander"}, URL), "name")
