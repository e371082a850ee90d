"""A name in, candidates out, over HTTP."""

from collections.abc import Callable
from typing import Any

import pytest
from fastapi.testclient import TestClient

from app.api.examples import SCREENING, SCREENINGS
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


# ---------------------------------------------------------------- several at once


def test_several_are_answered_in_order_each_as_it_would_be_alone(client: TestClient) -> None:
    asked = [
        *SCREENINGS,
        {**NAME, "known_at": BEFORE},
        {**NAME, "as_of": "2015-07-24", "threshold": 0, "limit": 2},
        SCREENING,
    ]
    alone = [post(client, one, URL).content for one in asked]
    answer = post(client, asked, URL)
    assert answer.status_code == 200
    assert answer.content == b'{"items":[' + b",".join(alone) + b"]}"
    assert answer.json()["items"][2]["known_at"] == BEFORE


def test_one_in_a_list_is_answered_in_a_list(client: TestClient) -> None:
    assert post(client, [NAME], URL).json() == {"items": [post(client, NAME, URL).json()]}


def test_the_record_is_read_once(over: Callable[[Desk], TestClient], loaded_desk: Desk) -> None:
    read: list[str | None] = []

    class Counted:
        def __getattr__(self, name: str) -> Any:
            return getattr(loaded_desk, name)

        def record(self, known_at: str | None = None) -> Any:
            read.append(known_at)
            # Something is recorded between the questions: they all see what was there before.
            if len(read) == 1:
                found = loaded_desk.record(known_at)
                loaded_desk.import_list("full.xml", xml("2026-05-30T00:00:00Z", PEOPLE), False)
                return found
            return loaded_desk.record(known_at)

        def screen_body(self, *asked: Any) -> Any:
            return Desk.screen_body(self, *asked)  # type: ignore[arg-type]

        def look_for(self, *asked: Any) -> Any:
            return Desk.look_for(self, *asked)  # type: ignore[arg-type]

        def screen_all(self, *asked: Any) -> Any:
            return Desk.screen_all(self, *asked)  # type: ignore[arg-type]

    client = over(Counted())  # type: ignore[arg-type]
    asked = [{"name": "Ardan Velur"}, {**NAME, "known_at": BEFORE}] * 3
    items = post(client, asked, URL).json()["items"]
    assert read == [None, BEFORE]
    assert [item["identity"]["standing"] for item in items] == ["no_match"] * 6
    assert post(client, asked, URL).json()["items"][0]["candidates"]


@pytest.mark.parametrize(
    ("place", "given", "field"),
    [
        (3, {"name": ""}, "body.3.name"),
        (0, {"name": "a" * 501}, "body.0.name"),
        (99, {}, "body.99.name"),
        (1, {**NAME, "extra": 1}, "body.1.extra"),
        (2, {**NAME, "document": {"number": " "}}, "body.2.document.number"),
        (5, {**NAME, "reference": "ZZi.404"}, "body.5.reference"),
        (4, "Qasem", "body.4"),
        (4, None, "body.4"),
        (4, [NAME], "body.4"),
    ],
)
def test_one_that_is_wrong_is_named_by_its_place(
    client: TestClient, place: int, given: Any, field: str
) -> None:
    asked: list[Any] = [NAME] * 100
    asked[place] = given
    refused(post(client, asked, URL), field)


def test_all_that_are_wrong_are_named(client: TestClient) -> None:
    asked = [{**NAME, "reference": "ZZi.404"}, NAME, {**NAME, "reference": "ZZi.405"}]
    answer = post(client, asked, URL)
    assert [error["field"] for error in answer.json()["errors"]] == [
        "body.0.reference", "body.2.reference",
    ]  # fmt: skip


def test_what_will_be_known_nobody_knows_among_several(client: TestClient) -> None:
    asked = [NAME, {**NAME, "known_at": "2099-01-01T00:00:00Z"}]
    refused(post(client, asked, URL), "body.1.known_at", "known-at-in-future")


@pytest.mark.parametrize(("asked", "said"), [([], "holds 0 "), ([NAME] * 101, "holds 101 ")])
def test_how_many_at_once(client: TestClient, asked: list[Any], said: str) -> None:
    words = refused(post(client, asked, URL), "body")
    assert words.startswith(said)
    assert words.endswith("1 to 100")


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ('{"name": "Qasem Soleimani", "name": "Ulvar Brandesko"}', "name"),
        ('[{"name": "Qasem Soleimani", "limit": 1, "limit": 2}]', "limit"),
        ('{"name": "Q", "document": {"number": "1", "number": "2"}}', "number"),
        ('{"\\ud800": 1, "\\ud800": 2}', "?"),
    ],
)
def test_a_field_that_is_given_twice(client: TestClient, body: str, field: str) -> None:
    answer = client.post(URL, content=body, headers={"Content-Type": "application/json"})
    assert refused(answer, field) == "is given twice"


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b'{"name": "Qasem"', "The body cannot be read as JSON: at character 17."),
        (b'{"name": "Qasem"} {}', "The body cannot be read as JSON: at character 19."),
        (b'{"name": "Ch\xe9rizier"}', "The body is not UTF-8: at byte 13."),
        (b"[" * 100_000, "The body cannot be read as JSON."),
    ],
)
def test_a_body_that_is_no_json_says_where(client: TestClient, body: bytes, said: str) -> None:
    answer = client.post(URL, content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code == 400
    assert answer.json()["detail"] == said


# ---------------------------------------------------------------- hostile names

HOSTILE: list[tuple[str, str | None]] = [
    ("a" * 100_000, "is longer than 500 characters"),
    ("ab " * 5_000, "is longer than 500 characters"),
    ("\ufdfa" * 100_000, "is longer than 500 characters"),
    ("Qasem\x07 Soleimani", "holds a control character"),
    ("Qasem\x1b[31m", "holds a control character"),
    ("Qasem\0", "holds a control character"),
    ("", "is blank"),
    (" \t\r\n\u2003", "is blank"),
    ("\u202e\u202d\u2066\u2069", "is blank"),
    ("\u200b\u200d\ufeff", "is blank"),
    ("😀" * 500, "is blank: it holds no letter"),
    ("(" * 500, "is blank: it holds no letter"),
    ("Qasem \ud800", "holds half of a character (a lone surrogate)"),
    ("a " * 250, None),
    ("a;" * 250, None),
    ("(a)" * 166, None),
    ("," * 499 + "a", None),
    ("a" + "\u0301" * 499, None),
    ("a" + "\u202e" * 499, None),
    ("\ufdfa" * 500, None),
    ("\u202eQasem\u202c Sol\u200beimani", None),
    ("Qasem\x85Soleimani\x9f", None),
]
"""A name, and what is said against it; with none it is answered."""


@pytest.mark.parametrize(("name", "said"), HOSTILE, ids=range(len(HOSTILE)))
def test_a_hostile_name_is_answered_or_refused(
    client: TestClient, name: str, said: str | None
) -> None:
    asked = {"name": name}
    alone, among = post(client, asked, URL), post(client, [NAME, asked], URL)
    if said is None:
        assert alone.status_code == among.status_code == 200
        assert among.json()["items"][1] == alone.json()
    else:
        assert refused(alone, "name") == refused(among, "body.1.name") == said
        assert len(alone.content) < 500


def test_nobody_is_hidden_by_what_cannot_be_seen(client: TestClient) -> None:
    hidden = post(client, {"name": "\u202eQasem\u202c Sol\u200beimani"}, URL).json()
    seen = post(client, NAME, URL).json()
    assert hidden["candidates"][0]["reference"] == seen["candidates"][0]["reference"]


@pytest.mark.parametrize("field", ["place_of_birth", "role", "document", "reference"])
@pytest.mark.parametrize("given", ["a" * 100_000, "", "\u202e", "a\x07"])
def test_a_hostile_field_is_named(client: TestClient, field: str, given: str) -> None:
    refused(post(client, {**NAME, field: given}, URL), field)


def test_very_many_fields_are_refused_with_few_words(client: TestClient) -> None:
    # Compared each with all others, they took half a minute.
    answer = post(client, dict.fromkeys((f"field{n}" for n in range(20_000)), 1), URL)
    refused(answer, "name")
    assert len(answer.json()["errors"]) == 50


def test_a_long_name_of_a_field_is_not_sent_back(client: TestClient) -> None:
    answer = post(client, {**NAME, "x" * 100_000: 1}, URL)
    refused(answer, "x" * 100)
    assert len(answer.content) < 1000
    assert len(client.get(f"/v1/regimes?{'x' * 10_000}=1").content) < 1000
