"""What is on record, over HTTP: people, measures, regimes, legal statements, lists, answers."""

from collections.abc import Callable
from typing import Any

import pytest
from fastapi.testclient import TestClient

from app.api.examples import EXEMPTION, REPORT, STATEMENT
from app.desk import Desk
from app.store.paging import cursor
from tests.api.test_assessments import BEFORE, changed, post, refused
from tests.invented import only, xml

LISTS = ["/v1/assessments", "/v1/exemptions", "/v1/measures", "/v1/regimes", "/v1/snapshots"]
AT_CLOCKS = [
    "/v1/people/IRi.039", "/v1/exemptions", "/v1/measures", "/v1/regimes", "/v1/regimes/1737",
]  # fmt: skip
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


def times(client: TestClient, reference: str) -> dict[str, dict[str, Any]]:
    """The last time of each measure of a person."""
    body = client.get(f"/v1/people/{reference}").json()
    return {item["measure"]: item for item in body["measures"]}


def test_how_a_time_ended_and_by_what(client: TestClient) -> None:
    body = client.get("/v1/people/IRi.039").json()
    ban = next(item for item in body["measures"] if item["measure"] == "1929-10")
    assert (ban["how_ended"], ban["ended_by_listing"]) == ("terminated", False)
    assert ban["ended_by"]["resolution"] == "S/RES/2231 (2015)"
    assert ban["words"].startswith("from 9 June 2010 until 16 January 2016: terminated by ")
    assert [item["resolution"] for item in ban["citations"]] == [
        "S/RES/1929 (2010)",
        "S/RES/2231 (2015)",
    ]
    found = times(client, "IRi.039")
    assert found["2231-B-6e"]["how_ended"] == "expired"
    assert found["2231-B-6e"]["ended_by"] is None
    left = found["2231-B-6c"]
    assert (left["ended_by_listing"], left["how_ended"]) == (True, None)
    assert left["why_ended"] == "the person left the list"
    back = found["1929-10"]
    assert (back["how_ended"], back["why_ended"], back["until"]) == (None, None, None)
    assert "China" in back["dispute"]["not_in_force_say"]


def test_a_time_that_is_verified_to_a_day(client: TestClient) -> None:
    ban = times(client, "CDi.031")["1596-13"]
    assert (ban["until"], ban["verified_to"]) == (None, "2026-07-01")
    assert ban["words"] == "from 1 December 2010, verified to 1 July 2026, unknown after"
    days = [item["authority"]["adopted"] for item in ban["renewals"]]
    assert [day for day in days if day <= "2010-12-01"] == days[:1]
    assert ban["renewals"][-1]["to"] == "2026-07-01"
    assert ban["citations"][-1]["resolution"] == ban["renewals"][-1]["authority"]["resolution"]
    assert times(client, "LYi.009")["1970-17"]["verified_to"] is None


def test_the_regimes_of_a_person(client: TestClient) -> None:
    (iran,) = client.get("/v1/people/IRi.039").json()["regimes"]
    assert (iran["id"], iran["committee"]) == ("1737", "1737 Committee")
    assert iran["publishes_exemptions"] == "no"
    assert [item["id"] for item in iran["minority_claims"]] == ["us-2020"]
    assert len(iran["disputes"]) == 1
    assert (iran["no_travel_measure"], iran["unnamed"], iran["moved_on"]) == (None, False, None)
    body = client.get("/v1/people/IQi.001").json()
    (iraq,) = body["regimes"]
    assert "no travel measure goes with it" in iraq["no_travel_measure"]["words"]
    assert any("no travel measure goes with it" in item["words"] for item in body["remarks"])
    both = client.get("/v1/people/SOi.002").json()["regimes"]
    assert [(item["id"], item["references"]) for item in both] == [
        ("751", ["SOi.002"]),
        ("1267", ["QDi.042"]),
    ]


def test_a_person_who_moved_to_another_list(client: TestClient) -> None:
    body = client.get("/v1/people/TAi.024").json()
    bans = [item for item in body["measures"] if item["kind"] == "travel_ban"]
    assert [(item["regime"], item["measure"], item["until"]) for item in bans] == [
        ("1267", "1390-2b", "2011-06-17"),
        ("1988", "1988-1b", None),
    ]
    assert bans[0]["how_ended"] == "moved"
    own, before = body["regimes"]
    assert (own["id"], own["moved_on"]) == ("1988", None)
    assert (before["id"], before["moved_on"]["on"]) == ("1267", "2011-06-17")


def test_leave_on_record_that_names_a_person(client: TestClient) -> None:
    body = client.get("/v1/people/LYi.009").json()
    found = {item["id"]: item for item in body["exemptions"]}
    assert all("LYi.009" in item["references"] for item in found.values())
    assert found["1970-2023-06"]["from"] == "2023-06-01"
    assert "1970-2023-11" not in found
    assert client.get("/v1/people/IRi.039").json()["exemptions"] == []


def test_leave_that_was_recorded_here_is_shown_too(
    over: Callable[[Desk], TestClient], own_desk: Desk
) -> None:
    client = over(own_desk)
    given = {**EXEMPTION, "regime": "1737", "references": ["IRi.039"]}
    identifier = post(client, given, "/v1/exemptions").json()["id"]
    (found,) = client.get("/v1/people/IRi.039").json()["exemptions"]
    assert (found["id"], found["recorded_by"]) == (identifier, EXEMPTION["recorded_by"])


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
    assert (body["on_lists"], body["listed_on"], body["regime_on_record"]) == (False, None, True)
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
    assert found.status_code == 200
    assert {item["regime"] for item in found.json()["items"]} == {"1267"}  # the list of that day
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
    assert (body["on_lists"], body["name"]) == (True, "OTHER NAMESAKER")
    (remark,) = body["remarks"]
    assert remark["words"].startswith("The legal record does not reach the regime of MLi.004")
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
    items = answer.json()["items"]
    assert {"1518", "1737", "1970", "2048"} < {item["regime"] for item in items}
    for unasked in ("on_day", "verified", "renewal", "named", "for_person"):
        assert all(item[unasked] is None for item in items)
    assert "1929-10" not in ids(client.get("/v1/measures", params={"on": "2010-06-08"}))


def measure(client: TestClient, name: str, **asked: str) -> dict[str, Any]:
    items = client.get("/v1/measures", params={"limit": 500, **asked}).json()["items"]
    (found,) = (item for item in items if item["id"] == name)
    return dict(found)


def test_a_measure_is_unknown_after_the_day_to_which_it_is_verified(client: TestClient) -> None:
    last = measure(client, "1596-13", on="2026-07-01", state="CD", reference="CDi.001")
    assert (last["on_day"], last["verified"]) == ("yes", True)
    assert (last["verified_to"], last["renewal"]["to"]) == ("2026-07-01", "2026-07-01")
    after = measure(client, "1596-13", on="2026-07-02", state="CD", reference="CDi.001")
    assert (after["on_day"], after["verified"]) == ("possible", False)
    assert after["for_person"] == "not_verified"
    assert after["words"] == "from 18 April 2005, verified to 1 July 2026, unknown after"


def test_a_measure_on_a_day_is_carried_by_one_renewal(client: TestClient) -> None:
    found = measure(client, "1596-13", on="2009-01-01")
    assert found["renewal"]["authority"]["resolution"] == "S/RES/1857 (2008)"
    assert len(found["renewals"]) > 20
    assert found["first_term_to"] == "2005-07-31"
    cited = [item["resolution"] for item in found["citations"]]
    assert cited == ["S/RES/1596 (2005)", "S/RES/1857 (2008)"]
    assert measure(client, "1596-13", on="2005-04-18")["renewal"] is None


def test_a_measure_says_what_it_leaves_out_and_who_decides(client: TestClient) -> None:
    whole = measure(client, "1596-13")["exceptions"]
    then = measure(client, "1596-13", on="2009-01-01")["exceptions"]
    assert len(then) < len(whole)
    assert {"S/RES/1649 (2005)", "S/RES/2078 (2012)"}.isdisjoint(
        item["resolution"] for item in then
    )
    for item in whole:
        assert item["decider"] in ("automatic", "committee")
        assert isinstance(item["checked"], bool)
        assert item["source"]


def test_a_measure_says_how_it_ended(client: TestClient) -> None:
    found = measure(client, "1521-4a", reference="LRi.007", on="2010-06-01")
    (interval,) = found["intervals"]
    assert interval["how_ended"] == "terminated"
    assert interval["ended_by"]["resolution"] == "S/RES/2237 (2015)"
    assert [(item["resolution"], item["checked"]) for item in found["citations"]] == [
        ("S/RES/1521 (2003)", True),
        ("S/RES/1903 (2009)", False),
        ("S/RES/2237 (2015)", False),
    ]
    assert (found["covers"], found["verified"]) == (["entry", "transit"], True)


def test_whom_a_measure_reaches_by_name_on_a_day(client: TestClient) -> None:
    before = measure(client, "1970-15", on="2023-10-15")["named"]
    after = measure(client, "1970-15", on="2023-10-16")["named"]
    assert set(before) - set(after) == {"LYi.009"}
    assert len(measure(client, "1929-10", on="2015-07-24")["named"]) == 43
    assert len(measure(client, "1929-10")["references"]) == 43
    assert measure(client, "2048-4", on="2015-07-24")["named"] == []


def test_measures_of_a_regime(client: TestClient) -> None:
    for name in ("1737", "Iran", "IRi"):
        items = client.get("/v1/measures", params={"regime": name}).json()["items"]
        assert {item["regime"] for item in items} == {"1737"}
    day = {"regime": "1737", "on": "2007-03-23"}
    assert set(ids(client.get("/v1/measures", params=day))) == {
        "1737-10-vigilance", "1737-10-notification", "1737-12",
    }  # fmt: skip
    other = {"regime": "1737", "reference": "LYi.009"}
    assert ids(client.get("/v1/measures", params=other)) == []


def test_measures_say_why_none_is_told(
    over: Callable[[Desk], TestClient], own_desk: Desk, client: TestClient
) -> None:
    iraq = client.get("/v1/measures", params={"reference": "IQi.001"}).json()
    assert [item["kind"] for item in iraq["items"]] == ["asset_freeze"]
    assert "no travel measure goes with it" in iraq["remarks"][0]["words"]
    assert client.get("/v1/measures").json()["remarks"] == []
    libyan = xml("2026-05-30T00:00:00Z", {"LYi.099": ("SOMEBODY", "NEW")}, regime="Libya")
    own_desk.import_list("full.xml", libyan, False)
    new = over(own_desk)
    for body in (
        new.get("/v1/measures", params={"reference": "LYi.099"}).json(),
        new.get("/v1/people/LYi.099").json(),
    ):
        (remark,) = body["remarks"]
        assert "does not say which of them reach LYi.099" in remark["words"]
        assert remark["citations"][0]["kind"] == "absence"
    (regime,) = new.get("/v1/people/LYi.099").json()["regimes"]
    assert (regime["id"], regime["unnamed"]) == ("1970", True)
    (regime,) = new.get("/v1/people/LYi.009").json()["regimes"]
    assert regime["unnamed"] is False


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("regime", "9999"), ("regime", ""), ("regime", "I" * 41),
        ("reference", "ZZi.404"), ("reference", ""), ("reference", "\0"), ("reference", "I" * 41),
        ("state", "XX"), ("state", ""), ("state", "ru"), ("on", "2015-02-30"), ("on", "2015"),
    ],
)  # fmt: skip
def test_measures_of_what_is_not(client: TestClient, name: str, given: str) -> None:
    refused(client.get("/v1/measures", params={name: given}), name)


# ---------------------------------------------------------------- regimes, statements, lists


def test_regimes(client: TestClient) -> None:
    items = client.get("/v1/regimes", params={"limit": 500}).json()["items"]
    found = {item["id"]: item for item in items}
    assert list(found) == sorted(found, key=int)
    assert (found["1737"]["prefix"], found["1737"]["listed"]) == ("IRi", 43)
    assert found["1737"]["publishes_exemptions"] == "no"
    assert [item["id"] for item in found["1737"]["minority_claims"]] == ["us-2020"]
    (dispute,) = found["1737"]["disputes"]
    assert "China" in dispute["not_in_force_say"]
    assert "no travel measure goes with it" in found["1518"]["no_travel_measure"]["words"]
    assert found["1737"]["no_travel_measure"] is None
    assert found["1636"]["nobody_listed"]["checked"] is True
    assert [(item["regime"], item["on"]) for item in found["1988"]["moved_from"]] == [
        ("1267", "2011-06-17")
    ]
    assert found["1373"]["not_gathered"] == ["asset_freeze"]


def test_regimes_say_how_far_the_record_reaches(client: TestClient) -> None:
    items = client.get("/v1/regimes", params={"limit": 500}).json()["items"]
    found = {item["id"]: item["coverage"] for item in items}
    congo, liberia, libya = found["1533"], found["1521"], found["1970"]
    assert (congo["from"], congo["until"], congo["verified_to"]) == (
        "2005-04-18", None, "2026-07-01",
    )  # fmt: skip
    assert (liberia["until"], liberia["verified_to"]) == ("2015-09-02", None)
    assert (libya["until"], libya["verified_to"]) == (None, None)
    for item in found.values():
        assert item["checked"] == sum(each["checked"] for each in item["counts"])
        assert item["unchecked"] == sum(each["unchecked"] for each in item["counts"])
    assert sum(item["unchecked"] for item in found.values()) > 0


def test_one_regime(client: TestClient) -> None:
    page = client.get("/v1/regimes", params={"limit": 500}).json()
    for item in page["items"]:
        body = client.get(f"/v1/regimes/{item['id']}").json()
        assert body.pop("known_at") == page["known_at"]
        assert body.pop("record")["law"]
        assert body == item
    whole = client.get("/v1/regimes/1970").json()
    assert client.get("/v1/regimes/Libya").json() == whole
    assert client.get("/v1/regimes/lyi").json() == whole


@pytest.mark.parametrize("name", ["9999", "nobody", "%00", "%20", "IRi.039", "%F0%9F%98%80"])
def test_a_regime_that_is_not_in_the_legal_record(client: TestClient, name: str) -> None:
    answer = client.get(f"/v1/regimes/{name}")
    assert answer.status_code == 404, answer.text
    assert answer.json()["type"] == "urn:travelban:problem:not-on-record"


def test_a_regime_before_anything_was_loaded(client: TestClient) -> None:
    assert client.get("/v1/regimes/1737", params={"known_at": BEFORE}).status_code == 404


@pytest.mark.parametrize(
    ("law", "answer"),
    [
        ({"measure": "travel_ban", "since": "2010-06-09"}, "agrees"),
        ({"measure": "travel_ban, asset_freeze", "since": "2007"}, "half_right"),
        ({"measure": ["travel_ban", "asset_freeze"], "since": "2007"}, "half_right"),
        ({"measure": "asset_freeze", "since": "2007"}, "agrees"),
        ({"measure": "travel_ban", "in_force": False}, "contradicts"),
        ({"measure": "travel_ban", "in_force": None}, "agrees"),
        ({"measure": "travel_ban", "authority": "the Security Council"}, "agrees"),
        ({"measure": "travel_ban", "authority": "an Interpol red notice"}, "half_right"),
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
        ("law.in_force", "no"), ("law.until", "2006"), ("regime", "1737"), ("regime", "Iran"),
        ("as_of", "2015"), ("known_at", "2015"),
    ],
)  # fmt: skip
def test_legal_statements_of_what_is_not(client: TestClient, path: str, given: Any) -> None:
    refused(post(client, changed(STATEMENT, path, given), STATEMENTS), path)


@pytest.mark.parametrize(
    ("regime", "law", "answer"),
    [
        ("1970", {"measure": "travel_ban", "authority": "1970 (2011) paragraph 15"}, "agrees"),
        ("1970", {"measure": "travel_ban", "authority": "1973"}, "half_right"),
        ("1970", {"measure": "travel_vigilance"}, "contradicts"),
        ("2048", {"measure": "asset_freeze"}, "contradicts"),
        ("2048", {"measure": "listing"}, "cannot_tell"),
        # No regime of that number is on record: that says nothing of its measures.
        ("1701", {"measure": "travel_ban"}, "cannot_tell"),
        ("1701", {"measure": "travel_ban", "in_force": False}, "cannot_tell"),
    ],
)
def test_legal_statements_on_a_regime(
    client: TestClient, regime: str, law: dict[str, Any], answer: str
) -> None:
    asked = {"regime": regime, "reference": None, "law": law, "as_of": "2020-01-01"}
    body = post(client, asked, STATEMENTS).json()
    assert (body["answer"], body["regime"], body["reference"]) == (answer, regime, None)
    assert all(reason["citations"] for reason in body["reasons"])
    person = post(client, STATEMENT, STATEMENTS).json()
    assert list(body) == list(person)
    assert (person["regime"], person["reference"]) == (None, "IRi.039")


def test_a_legal_statement_before_anything_was_loaded(client: TestClient) -> None:
    refused(post(client, {**STATEMENT, "known_at": BEFORE}, STATEMENTS), "reference")
    refused(
        post(client, {**STATEMENT, "known_at": "2099-01-01T00:00:00Z"}, STATEMENTS),
        "known_at",
        "known-at-in-future",
    )


def test_null_is_absent_of_legal_statements(client: TestClient) -> None:
    null = {
        **STATEMENT, "known_at": None, "regime": None,
        "law": {
            **STATEMENT["law"], "in_force": None, "strength": None, "authority": None,
            "until": None,
        },
    }  # fmt: skip
    assert post(client, null, STATEMENTS).content == post(client, STATEMENT, STATEMENTS).content


def test_lists_on_record(client: TestClient) -> None:
    (item,) = client.get("/v1/snapshots").json()["items"]
    assert (item["list_kind"], item["outcome"]) == ("supplement", "promoted")
    assert (item["individuals"], item["entities"]) == (43, 0)
    assert len(item["sha256"]) == 64
    assert item["source"] == "iran-1737.xml"
