"""The audit over HTTP: every act has its line, newest first, each with its link."""

from collections.abc import Callable

from fastapi.testclient import TestClient

from app.api.examples import ARTICLE, EXEMPTION, REPORT, SCREENING
from app.desk import Desk
from tests.api.test_assessments import post

URL = "/v1/audit"


def asked(client: TestClient) -> None:
    """One act of each kind."""
    post(client, SCREENING, "/v1/screenings")
    post(client, [SCREENING, {"name": "Nobody"}], "/v1/screenings")
    post(client, REPORT, "/v1/assessments")
    post(client, ARTICLE, "/v1/articles")
    post(client, EXEMPTION, "/v1/exemptions")


def test_every_act_has_its_line(over: Callable[[Desk], TestClient], own_desk: Desk) -> None:
    here = over(own_desk)
    asked(here)

    items = here.get(URL).json()["items"]
    actions = [item["line"]["action"] for item in items]
    assert actions[0] == "exemption record"
    assert actions.count("screen") == 3
    assert {"assess", "read article", "law load", "list import: promoted"} <= set(actions)
    assert all(len(item["link"]) == 64 for item in items)
    screened = [item for item in items if item["line"]["action"] == "screen"]
    assert all('"name":' in item["question"] for item in screened)
    assert all(item["line"]["record_digest"] for item in screened)
    assert own_desk.verify_audit().findings == ()


def test_pages_of_it_hold_each_line_once(
    over: Callable[[Desk], TestClient], own_desk: Desk
) -> None:
    here = over(own_desk)
    asked(here)

    whole = here.get(URL, params={"limit": 500}).json()
    assert whole["next"] is None
    found, after = [], None
    while True:
        page = here.get(URL, params={"limit": 2} | ({"after": after} if after else {})).json()
        found += page["items"]
        after = page["next"]
        if after is None:
            break
    assert found == whole["items"]
    assert here.get(URL, params={"after": "nonsense"}).status_code == 422


def test_since_a_moment(over: Callable[[Desk], TestClient], own_desk: Desk) -> None:
    here = over(own_desk)
    asked(here)
    moment = here.get(URL).json()["items"][0]["line"]["at"]

    items = here.get(URL, params={"since": moment}).json()["items"]
    assert [item["line"]["action"] for item in items] == ["exemption record"]
    assert here.get(URL, params={"since": "yesterday"}).status_code == 422


def test_a_question_that_is_refused_has_no_line(
    over: Callable[[Desk], TestClient], own_desk: Desk
) -> None:
    here = over(own_desk)
    before = here.get(URL).json()
    assert post(here, [SCREENING, {"name": ""}], "/v1/screenings").status_code == 422
    assert post(here, [SCREENING, {"name": "a", "reference": "ZZi.404"}],
                "/v1/screenings").status_code == 422  # fmt: skip
    assert here.get(URL).json() == before
