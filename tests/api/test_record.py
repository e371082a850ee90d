"""What is on record, over HTTP: people, measures, regimes, legal statements, lists, answers."""

from collections.abc import Callable
from typing import Any

import pytest
from fastapi.testclient import TestClient

from app.api.examples import REPORT, STATEMENT
from app.desk import Desk
from app.store.paging import cursor
from tests.api.test_assessments import BEFORE, changed, post, refused
from tests.invented import only, xml

LISTS = ["/v1/assessments", "/v1/exemptions", "/v1/measures", "/v1/regimes", "/v1/snapshots"]
AT_CLOCKS = ["/v1/people/IRi.039", "/v1/exemptions", "/v1/measures", "/v1/regimes"]
STATEMENTS = "/v1/legal-statements"


@pytest.fixture
def full(over: Callable[[Desk], TestClient], loaded_desk: Desk) -> TestClient:
    """A service with five lists, one of them in quarantine, and seven answers, on each database."""
    for day in ("01", "11", "21"):
        loaded_desk.import_list(f"{day}.xml", xml(f"2026-05-{day}T00:00:00Z"), False)
    loaded_desk.import_list("few.xml", xml("2026-05-29T00:00:00Z", only("ZZi.001")), False)
    client = over(loaded_desk)
    for number in range(7):
        question = changed(REPORT, "legs.0.from", f"2015-07-{number + 10}")
        assert post(client, question).status_code == 201
    return client


# ---------------------------------------------------------------- pages


@pytest.mark.parametrize("url", LISTS)
def test_pages_to_the_end(full: TestClient, url: str) -> None:
    whole = full.get(url, params={"limit": 500}).json()
    assert {"items", "next"} <= set(whole)
    assert whole["next"] is None
    assert len(whole["items"]) >= 3
    for limit in (1, 2, len(whole["items"])):
        items, after, pages = [], None, 0
        while pages == 0 or after is not None:
            page = full.get(url, params={"limit": limit} | ({"after": after} if after else {}))
            assert page.status_code == 200, page.text
            assert len(page.json()["items"]) <= limit
            items += page.json()["items"]
            after = page.json()["next"]
            pages += 1
        assert items == whole["items"]
        assert pages == -(-len(items) // limit)


def test_answers_and_lists_are_newest_first(full: TestClient) -> None:
    saved = full.get("/v1/assessments").json()["items"]
    assert len(saved) == 7
    moments = [item["recorded_at"] for item in saved]
    assert moments == sorted(moments, reverse=True)
    lists = full.get("/v1/snapshots").json()["items"]
    days = [item["generated"] for item in lists]
    assert days == sorted(days, reverse=True)
    assert [item["outcome"] for item in lists].count("quarantined") == 1


def test_an_answer_saved_meanwhile_moves_no_page(full: TestClient) -> None:
    first = full.get("/v1/assessments", params={"limit": 3}).json()
    post(full, changed(REPORT, "legs.0.from", "2015-07-30"))
    rest = full.get("/v1/assessments", params={"limit": 9, "after": first["next"]}).json()
    ids = [item["id"] for item in first["items"] + rest["items"]]
    assert len(set(ids)) == len(ids) == 7


@pytest.mark.parametrize("url", LISTS)
@pytest.mark.parametrize(
    "after",
    ["nonsense", "", " ", "ä", "e30", "W" * 400, cursor(1), cursor("nobody", "nobody", "x")],
)
def test_a_cursor_that_no_page_gave(client: TestClient, url: str, after: str) -> None:
    refused(client.get(url, params={"after": after}), "after")


@pytest.mark.parametrize("url", LISTS)
@pytest.mark.parametrize("limit", ["0", "501", "-1", "many", "1.5", "", "9" * 400])
def test_a_limit_that_is_none(client: TestClient, url: str, limit: str) -> None:
    refused(client.get(url, params={"limit": limit}), "limit")


def test_a_parameter_that_comes_twice_is_refused(client: TestClient) -> None:
    answer = client.get("/v1/regimes?limit=1&limit=2")
    assert answer.status_code == 422
    assert answer.json()["errors"] == [{"field": "limit", "words": "is given twice"}]


@pytest.mark.parametrize("url", [*LISTS, "/v1/people/IRi.039", "/healthz", "/readyz"])
def test_unknown_parameters_are_refused(client: TestClient, url: str) -> None:
    refused(client.get(url, params={"colour": "red"}), "colour")


@pytest.mark.parametrize("url", ["/v1/assessments", "/v1/screenings", STATEMENTS])
def test_unknown_parameters_are_refused_of_questions_too(client: TestClient, url: str) -> None:
    refused(client.post(url, json={"name": "Qasem"}, params={"save": "no"}), "save")


# ---------------------------------------------------------------- clocks


@pytest.mark.parametrize("url", AT_CLOCKS)
def test_known_at_is_a_moment_and_not_in_the_future(client: TestClient, url: str) -> None:
    refused(client.get(url, params={"known_at": "2015"}), "known_at")
    refused(client.get(url, params={"known_at": ""}), "known_at")
    refused(
        client.get(url, params={"known_at": "2099-01-01T00:00:00Z"}),
        "known_at",
        "known-at-in-future",
    )


def test_before_anything_was_loaded(client: TestClient) -> None:
    for url in ("/v1/measures", "/v1/regimes"):
        body = client.get(url, params={"known_at": BEFORE}).json()
        assert (body["items"], body["next"], body["known_at"]) == ([], None, BEFORE)
    answer = client.get("/v1/people/IRi.039", params={"known_at": BEFORE})
    assert answer.status_code == 404


# ---------------------------------------------------------------- people


def test_a_person_in_time(client: TestClient) -> None:
    body = client.get("/v1/people/IRi.039").json()
    assert (body["reference"], body["kind"], body["regime"]) == ("IRi.039", "individual", "Iran")
    assert body["listed_on"] == "2007-03-24"
    assert body["on_day"] is None
    bans = [
        (item["from"], item["until"]) for item in body["measures"] if item["kind"] == "travel_ban"
    ]
    assert bans[0] == ("2010-06-09", "2016-01-16")
    assert body["designations"][0]["listed"] == "no"
    for item in (*body["designations"], *body["measures"]):
        assert {"from", "until", "citations"} <= set(item)
        assert "from_" not in item
        assert item["citations"], item


@pytest.mark.parametrize(
    ("day", "standing"),
    [
        ("2007-03-23", "not_yet"), ("2007-03-24", "vigilance"), ("2010-06-08", "vigilance"),
        ("2010-06-09", "binding_ban"), ("2020-10-17", "binding_ban"), ("2020-10-18", "ended"),
        ("2025-09-27", "ended"), ("2025-09-29", "binding_ban"),
    ],
)  # fmt: skip
def test_a_person_on_a_day(client: TestClient, day: str, standing: str) -> None:
    body = client.get("/v1/people/IRi.039", params={"as_of": day}).json()
    assert (body["as_of"], body["on_day"]["standing"]) == (day, standing)


@pytest.mark.parametrize(
    "reference",
    ["IRi.404", "nobody", "%00", "%ff", "%ED%A0%80", "iri.039", "%20", "..", "%F0%9F%98%80"],
)
def test_a_person_on_no_list(client: TestClient, reference: str) -> None:
    answer = client.get(f"/v1/people/{reference}")
    assert answer.status_code == 404, answer.text
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.json()["type"].startswith("urn:travelban:problem:not-")


def test_a_reference_that_is_too_long(client: TestClient) -> None:
    refused(client.get(f"/v1/people/{'I' * 41}"), "reference")


@pytest.mark.parametrize("day", ["2015-02-30", "2015", "", "yesterday"])
def test_a_person_on_no_day(client: TestClient, day: str) -> None:
    refused(client.get("/v1/people/IRi.039", params={"as_of": day}), "as_of")


def test_a_list_brought_later_holds_another_person(
    over: Callable[[Desk], TestClient], own_desk: Desk
) -> None:
    client = over(own_desk)
    assert client.get("/v1/people/ZZi.001").status_code == 404
    before = client.get("/v1/regimes").json()["known_at"]
    own_desk.import_list("full.xml", xml("2026-05-30T00:00:00Z"), False)
    assert client.get("/v1/people/ZZi.001").json()["name"] == "ARDAN VELUR"
    assert client.get("/v1/people/ZZi.001", params={"known_at": before}).status_code == 404


# ---------------------------------------------------------------- known from facts alone

RAHMANI = "1988:arsala-rahmani"


def test_a_person_whom_no_list_holds(client: TestClient) -> None:
    body = client.get("/v1/people/MLi.004", params={"as_of": "2023-08-31"}).json()
    assert (body["name"], body["regime"], body["kind"]) == (
        "AHMED AG ALBACHAR", "Mali", "individual",
    )  # fmt: skip
    assert (body["on_lists"], body["listed_on"], body["regime_on_record"]) == (False, None, False)
    (remark,) = body["remarks"]
    assert remark["words"].startswith("No list on record holds MLi.004: a designation fact names")
    assert [item["kind"] for item in remark["citations"]] == ["designation_fact", "absence"]
    (held,) = body["on_day"]["listing"]
    assert (held["standing"], held["listed"]) == ("listed", "yes")
    assert [(item["event"], item["on"]) for item in held["citations"]] == [
        ("listed", "2019-07-10"),
        ("delisted", "2023-09-01"),
    ]
    assert body["record"]["references"] == 43
    assert body["record"]["named_by_facts_alone"] == 1423 - 43
    assert len(body["record"]["lists"]) == 1


def test_a_person_without_a_number(client: TestClient) -> None:
    body = client.get(f"/v1/people/{RAHMANI}", params={"as_of": "2012-01-01"}).json()
    assert (body["reference"], body["name"]) == (RAHMANI, "Arsala Rahmani")
    assert any("No reference number was seen" in item["words"] for item in body["remarks"])
    (held,) = body["on_day"]["listing"]
    assert (held["standing"], held["listed"]) == ("not_listed", "no")
    assert body["on_day"]["standing"] == "ended"
    assert client.get("/v1/people/1988:nobody").status_code == 404


def test_every_route_takes_a_person_without_a_number(client: TestClient) -> None:
    found = client.get("/v1/measures", params={"reference": RAHMANI, "on": "2011-01-01"})
    assert (found.status_code, found.json()["items"]) == (200, [])
    said = {"reference": RAHMANI, "law": {"measure": "listing", "until": "2011-07-14"}}
    answer = client.post(STATEMENTS, json=said)
    assert answer.status_code == 200
    assert any("No reference number was seen" in item["words"] for item in answer.json()["reasons"])
    asked = {"name": "Arsala Rahmani", "reference": RAHMANI}
    (candidate,) = client.post("/v1/screenings", json=asked).json()["candidates"]
    assert (candidate["on_lists"], candidate["matched_as"]) == (False, "designation_fact")
    question = changed(REPORT, "traveller", asked)
    saved = post(client, question).json()
    assert saved["states"][0]["identity"]["standing"] == "probable"
    again = client.post(f"/v1/assessments/{saved['id']}/replay").json()
    assert again["same"]


def test_a_list_that_holds_the_reference_speaks_for_it(
    over: Callable[[Desk], TestClient], own_desk: Desk
) -> None:
    client = over(own_desk)
    own_desk.import_list(
        "full.xml", xml("2026-05-30T00:00:00Z", {"MLi.004": ("OTHER", "NAMESAKER")}), False
    )
    body = client.get("/v1/people/MLi.004").json()
    assert (body["on_lists"], body["remarks"], body["name"]) == (True, [], "OTHER NAMESAKER")
    assert body["also"] == ["AHMED AG ALBACHAR"]
    for name, matched in (
        ("Other Namesaker", "primary"),
        ("Ahmed Ag Albachar", "designation_fact"),
    ):
        found = client.post("/v1/screenings", json={"name": name}).json()["candidates"][0]
        assert (found["reference"], found["on_lists"]) == ("MLi.004", True)
        assert (found["matched_as"], found["name"]) == (matched, "OTHER NAMESAKER")


def test_one_person_under_two_references(client: TestClient) -> None:
    for reference, other in (("QDi.042", "SOi.002"), ("SOi.002", "QDi.042")):
        body = client.get(f"/v1/people/{reference}", params={"as_of": "2012-01-01"}).json()
        assert body["reference"] == reference
        assert body["same_person"] == [other]
        assert {item["reference"] for item in body["on_day"]["listing"]} == {reference, other}
    found = client.post("/v1/screenings", json={"name": "Hassan Dahir Aweys"}).json()["candidates"]
    assert [(item["reference"], item["same_person"]) for item in found[:1]] == [
        ("QDi.042", ["SOi.002"])
    ]
    assert "SOi.002" not in [item["reference"] for item in found]


def test_a_listing_names_the_lists_it_rests_on(full: TestClient) -> None:
    """Between two lists that hold it: both are cited."""
    body = full.get("/v1/people/ZZi.001", params={"as_of": "2026-05-15"}).json()
    (held,) = body["on_day"]["listing"]
    assert (held["standing"], held["listed"]) == ("listed", "yes")
    assert [
        (item["kind"], item["generated"][:10], item["holds"]) for item in held["citations"]
    ] == [
        ("snapshot", "2026-05-11", True),
        ("snapshot", "2026-05-21", True),
    ]


# ---------------------------------------------------------------- measures


def ids(answer: Any) -> list[str]:
    return [item["id"] for item in answer.json()["items"]]


def test_measures_on_a_day_for_a_person(client: TestClient) -> None:
    asked = {"reference": "IRi.039", "state": "RU", "on": "2015-07-24"}
    answer = client.get("/v1/measures", params=asked)
    found = {item["id"]: item for item in answer.json()["items"]}
    assert found["1929-10"]["kind"] == "travel_ban"
    assert found["1929-10"]["on_day"] == "yes"
    assert found["1929-10"]["authority"]["resolution"] == "S/RES/1929 (2010)"
    assert all(item["regime"] == "1737" for item in found.values())
    assert all(item["citations"] for item in found.values())


def test_the_place_decides_the_day(client: TestClient) -> None:
    asked = {"reference": "IRi.039", "on": "2025-09-28"}
    moscow = client.get("/v1/measures", params={**asked, "state": "RU"}).json()["items"]
    states = {item["id"]: item["on_day"] for item in moscow}
    assert states["1929-10"] == "possible"
    before = client.get("/v1/measures", params={**asked, "state": "US", "on": "2025-09-27"})
    assert {item["id"]: item["on_day"] for item in before.json()["items"]}["1929-10"] == "possible"


def test_every_measure_without_a_question(client: TestClient) -> None:
    answer = client.get("/v1/measures", params={"limit": 500})
    assert {item["regime"] for item in answer.json()["items"]} == {"1737", "1970", "2048"}
    assert all(item["on_day"] is item["for_person"] is None for item in answer.json()["items"])
    assert "1929-10" not in ids(client.get("/v1/measures", params={"on": "2010-06-08"}))


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("reference", "ZZi.404"), ("reference", ""), ("reference", "\0"), ("reference", "I" * 41),
        ("state", "XX"), ("state", ""), ("state", "ru"), ("on", "2015-02-30"), ("on", "2015"),
    ],
)  # fmt: skip
def test_measures_of_what_is_not(client: TestClient, name: str, given: str) -> None:
    refused(client.get("/v1/measures", params={name: given}), name)


# ---------------------------------------------------------------- regimes, statements, lists


def test_regimes(client: TestClient) -> None:
    found = {item["id"]: item for item in client.get("/v1/regimes").json()["items"]}
    assert set(found) == {"1737", "1970", "2048"}
    assert (found["1737"]["prefix"], found["1737"]["listed"]) == ("IRi", 43)
    assert found["1737"]["publishes_exemptions"] == "no"


@pytest.mark.parametrize(
    ("law", "answer"),
    [
        ({"measure": "travel_ban", "since": "2010-06-09"}, "agrees"),
        ({"measure": "travel_ban, asset_freeze", "since": "2007"}, "half_right"),
        ({"measure": ["travel_ban", "asset_freeze"], "since": "2007"}, "half_right"),
        ({"measure": "asset_freeze", "since": "2007"}, "agrees"),
    ],
)
def test_legal_statements(client: TestClient, law: dict[str, Any], answer: str) -> None:
    body = post(client, {**STATEMENT, "law": law}, STATEMENTS).json()
    assert body["answer"] == answer
    assert all(reason["citations"] for reason in body["reasons"])
    assert body["known_at"] == client.get("/v1/regimes").json()["known_at"]


@pytest.mark.parametrize(
    ("path", "given"),
    [
        ("reference", "ZZi.404"), ("reference", None), ("reference", " "), ("law", None),
        ("law.measure", "ban"), ("law.measure", []), ("law.measure", None),
        ("law.strength", "hard"), ("law.since", "2007-13"), ("law.extra", 1), ("extra", 1),
        ("as_of", "2015"), ("known_at", "2015"),
    ],
)  # fmt: skip
def test_legal_statements_of_what_is_not(client: TestClient, path: str, given: Any) -> None:
    refused(post(client, changed(STATEMENT, path, given), STATEMENTS), path)


def test_a_legal_statement_before_anything_was_loaded(client: TestClient) -> None:
    refused(post(client, {**STATEMENT, "known_at": BEFORE}, STATEMENTS), "reference")
    refused(
        post(client, {**STATEMENT, "known_at": "2099-01-01T00:00:00Z"}, STATEMENTS),
        "known_at",
        "known-at-in-future",
    )


def test_null_is_absent_of_legal_statements(client: TestClient) -> None:
    null = {
        **STATEMENT, "known_at": None,
        "law": {**STATEMENT["law"], "strength": None, "authority": None, "until": None},
    }  # fmt: skip
    assert post(client, null, STATEMENTS).content == post(client, STATEMENT, STATEMENTS).content


def test_lists_on_record(client: TestClient) -> None:
    (item,) = client.get("/v1/snapshots").json()["items"]
    assert (item["list_kind"], item["outcome"]) == ("supplement", "promoted")
    assert (item["individuals"], item["entities"]) == (43, 0)
    assert len(item["sha256"]) == 64
    assert item["source"] == "iran-1737.xml"
