"""The form for a journey: it asks all that may be asked, and what is wrong stands beside it."""

import json
import re
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.api.examples import REPORT
from app.desk import Desk, decoder, encode
from app.page import form, journey
from app.page.words import DEFAULT, words
from app.terms import (
    STATE_CODES,
    ClaimType,
    EvidenceKind,
    ExemptionStatus,
    Gender,
    LegKind,
    PartKind,
    PurposeKind,
    Report,
    Side,
    SourceKind,
    StatedMeasure,
    Strength,
)
from app.where import Places
from tests.page.conftest import Visitor, forms, heading

W = words(DEFAULT)
MEASURES = W["measure_kinds"]
MOST = 100_000
"""Bytes of a page with its style sheet and its script."""

# ---------------------------------------------------------------- there and back


def _of(kind: Any) -> st.SearchStrategy[str]:
    return st.sampled_from([str(item) for item in kind])


def _some(**fields: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    """An object with some of its fields; one whose name ends in `_must` is always there."""
    must = {name[:-5]: each for name, each in fields.items() if name.endswith("_must")}
    may = {name.rstrip("_"): each for name, each in fields.items() if not name.endswith("_must")}
    return st.fixed_dictionaries(must, optional=may)


# Markup, quotes, both directions of writing, and what paths and lists of the form are made of.
_TEXT = st.text("a<>&\"'{}.,%;1é٣قا \n", max_size=12).map(lambda text: f"N{text}".strip())
_LINE = _TEXT.map(lambda text: " ".join(text.split()))
_WHOM = _LINE.map(lambda text: " ".join(text.replace(";", " ").split()))
_STATE = st.sampled_from(sorted(STATE_CODES))
_DAY = st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 1, 1)).map(str)
_PARTIAL = st.sampled_from(["1957", "1957-03", "1957-03-11", "2024-02-29"])
_FLAG = st.booleans()
_MEASURES = st.lists(_of(StatedMeasure), min_size=1, max_size=3, unique=True).map(", ".join)
_CLAIM = _some(
    type_must=_of(ClaimType),
    speaker_must=_LINE | _some(name_must=_LINE, role_must=_LINE),
    side_must=_of(Side),
    named_must=_FLAG,
    id=st.sampled_from(["1", "2", "c1", "c2", "denial"]),
    speaker_state=_STATE,
    first_hand=_FLAG,
    origin=_LINE,
    legs=st.lists(st.integers(0, 49), min_size=1, max_size=3, unique=True),
    said_on=_PARTIAL,
    published_on=_PARTIAL,
    quote=_TEXT,
    part=_of(PartKind)
    | _some(kind_must=_of(PartKind), with_must=st.lists(_WHOM, min_size=1, max_size=3)),
    target=st.sampled_from(["1", "2", "c1", "c2", "denial", "nobody"]),
    evidence=_of(EvidenceKind),
    accepted_by=_LINE,
    grade=_some(source_must=st.sampled_from("ABCDEF"), information_must=st.integers(1, 6)),
    exemption=_some(status_must=_of(ExemptionStatus), by=_LINE, on=_DAY, from_=_DAY, to=_DAY),
    law=_some(
        measure_must=_MEASURES,
        in_force=_FLAG,
        strength=_of(Strength),
        authority=_LINE,
        since=_PARTIAL,
        until=_PARTIAL,
    ),
    nationality=_STATE,
)
_LEG = _some(
    state_must=st.none() | _STATE,
    from_must=st.none() | _PARTIAL | st.just("2015-07-24T18:30"),
    kind_must=_of(LegKind),
    place=_LINE,
    to=_DAY,
    purpose=_some(
        kind_must=_of(PurposeKind), words_must=_LINE, claim=st.sampled_from(["1", "c2", "denial"])
    ),
)
QUESTIONS = _some(
    traveller_must=_some(
        name_must=_LINE,
        reference=_LINE,
        birth_date=_PARTIAL,
        place_of_birth=_LINE,
        nationality=_STATE,
        gender=_of(Gender),
        role=_LINE,
        document=_some(number_must=_LINE, type=_LINE, country=_STATE, nationality=_STATE),
        family_of=_LINE,
    ),
    legs_must=st.lists(_LEG, min_size=1, max_size=3),
    claims_must=st.lists(_CLAIM, max_size=3),
    source=_some(kind_must=_of(SourceKind), name_must=_LINE, accepted_by=_LINE),
    as_of=_DAY,
    known_at=st.just("2015-08-15T12:00:00Z"),
)


def _sound(asked: dict[str, Any]) -> dict[str, Any]:
    """The same without numbers in the place of a name that no statement has: nobody asks so."""
    names = [claim.get("id") for claim in asked["claims"]]
    # What is taken back was said before.
    parts = [(claim, "target", names[:place]) for place, claim in enumerate(asked["claims"])]
    parts += [(leg.get("purpose", {}), "claim", names) for leg in asked["legs"]]
    for part, name, there in parts:
        if part.get(name, "").isdigit() and part[name] not in there:
            del part[name]
    return asked


@given(asked=QUESTIONS.map(_sound))
def test_a_question_becomes_a_form_and_the_same_question_again(
    asked: dict[str, Any], places: Places
) -> None:
    fields = form.flat(journey.shown(asked, places, MEASURES))
    # An entry of which nothing is said leaves nothing in a form, but for its kind.
    assert journey.tidy(fields, W) == fields
    again = journey.question(form.nested(fields), places, W)
    assert form.asked(Report, again) == form.asked(Report, asked)
    assert form.flat(journey.shown(again, places, MEASURES)) == fields


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(asked=QUESTIONS.map(_sound))
def test_the_page_holds_every_field(asked: dict[str, Any], here: Visitor, places: Places) -> None:
    fields = form.flat(journey.shown(asked, places, MEASURES))
    page = here.client.post("/journey", data={**fields, "more": "fields"})
    assert page.status_code == 200
    shown = forms(page.text)["/journey"]
    assert {name: text for name, text in shown.items() if text} == fields


def test_the_form_asks_what_its_example_asks(own: Visitor, own_desk: Desk) -> None:
    own.open("/journey?example=1")
    answer = own.send("/journey")
    asked = own_desk.ask(decoder(Report).validate_python(REPORT))
    assert answer.headers["Location"] == f"/assessments/{asked.id}"
    assert not asked.new


def test_what_wire_and_form_write_in_two_ways_means_the_same(places: Places) -> None:
    asked = {
        "traveller": {"name": "N", "document": "A 1"},
        "legs": [{"state": "RU", "from": "2015"}],
        "claims": [
            {
                "type": "asserts",
                "speaker": {"name": "S"},
                "side": "press",
                "named": True,
                "quote": {"start": 3, "end": 5, "text": "so"},
                "part": {"kind": "meeting", "with": "somebody"},
                "law": {"measure": ["travel_ban", "asset_freeze"]},
            }
        ],
    }
    fields = form.flat(journey.shown(asked, places, MEASURES))
    assert fields["claims.0.law.measure"] == "travel ban, asset freeze"
    again = journey.question(form.nested(fields), places, W)
    assert again["traveller"]["document"] == {"number": "A 1"}
    (claim,) = again["claims"]
    assert claim["speaker"], claim["quote"] == ("S", "so")
    assert claim["part"] == {"kind": "meeting", "with": ["somebody"]}
    assert claim["law"] == {"measure": "travel_ban, asset_freeze"}


# ---------------------------------------------------------------- what is wrong lands beside it

_GOOD = {
    "traveller.name": "Qasem Soleimani",
    "traveller.document.number": "A 1",
    "legs.0.state": "Russian Federation",
    "legs.0.from": "2015-07-24",
    "legs.0.purpose.kind": "other",
    "legs.0.purpose.words": "talks",
    "claims.0.speaker": "S",
    "claims.0.type": "legal_statement",
    "claims.0.side": "press",
    "claims.0.named": "true",
    "claims.0.part.kind": "meeting",
    "claims.0.grade.source": "A",
    "claims.0.grade.information": "1",
    "claims.0.exemption.status": "granted",
    "claims.0.law.measure": "travel ban",
    "source.kind": "report",
    "source.name": "R",
}

ALL_OF_A_CLAIM = [name for name in _GOOD if name.startswith("claims.")]


def test_whatever_is_wrong_is_told_beside_its_field(here: Visitor) -> None:
    page = here.client.post("/journey", data={**_GOOD, "more": "fields"})
    names = [name for name in forms(page.text)["/journey"] if name != "more"]
    assert len(names) > 50
    for name in names:
        bad = {**_GOOD, name: "x" * 5001}
        page = here.client.post("/journey", data=bad)
        assert page.status_code == 422, name
        assert re.findall(r'id="([^"]+)-wrong"', page.text) == [name]
        kept = forms(page.text)["/journey"]
        # A choice that there is not cannot be shown as chosen.
        assert kept[name] in ("x" * 5001, "")
        assert {each: kept[each] for each in _GOOD if each != name} == {
            each: text for each, text in _GOOD.items() if each != name
        }


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"claims.0.type": "retracts"}, "claims.0.target"),
        ({"claims.0.target": "1"}, "claims.0.target"),
        ({"claims.0.legs": "1, 2"}, "claims.0.legs"),
        ({"claims.0.legs": "all"}, "claims.0.legs"),
        ({"claims.0.law.since": "2010", "claims.0.law.until": "2009"}, "claims.0.law.until"),
        ({"claims.0.exemption.from": "2010-01-02", "claims.0.exemption.to": "2010-01-01"},
         "claims.0.exemption.to"),
        ({"claims.0.part.kind": "", "claims.0.part.with": "A; B"}, "claims.0.part.kind"),
        ({"claims.0.part.with": f"A; {'B' * 501}"}, "claims.0.part.with"),
        ({"claims.0.speaker_role": "R" * 501}, "claims.0.speaker_role"),
        ({"claims.0.speaker_role": "R", "claims.0.speaker": "S" * 501}, "claims.0.speaker"),
        ({"claims.0.speaker_role": "R", "claims.0.speaker": ""}, "claims.0.speaker"),
        ({"claims.0.law.measure": "curfew"}, "claims.0.law.measure"),
        ({"claims.0.named": ""}, "claims.0.named"),
        ({"legs.0.purpose.claim": "7"}, "legs.0.purpose.claim"),
        ({"legs.0.purpose.words": ""}, "legs.0.purpose.words"),
        ({"legs.0.to": "2015-07-01"}, "legs.0.to"),
        ({"traveller.reference": "IRi.999"}, "traveller.reference"),
        ({"traveller.document.country": "Utopia"}, "traveller.document.country"),
        ({"traveller.document.type": "passport", "traveller.document.number": ""},
         "traveller.document.number"),
        ({"source.name": ""}, "source.name"),
        ({"source.kind": "border_record", "source.accepted_by": "A", "legs.1.state": "Chad",
          "legs.1.from": "2015", **dict.fromkeys(ALL_OF_A_CLAIM, "")}, "source.kind"),
        ({"known_at": "2099-01-01T00:00:00Z"}, "known_at"),
    ],
)  # fmt: skip
def test_what_contradicts_itself_is_told_beside_its_field(
    here: Visitor, changed: dict[str, str], field: str
) -> None:
    page = here.client.post("/journey", data={**_GOOD, **changed})
    assert page.status_code == 422
    assert re.findall(r'id="([^"]+)-wrong"', page.text) == [field]


# ---------------------------------------------------------------- entries and their numbers


def test_what_points_at_an_entry_follows_it() -> None:
    sent = {
        "legs.0.state": "Chad",
        "legs.1.state": " ",
        "legs.2.state": "Mali",
        "legs.2.purpose.claim": "3",
        "claims.0.speaker": "",
        "claims.1.speaker": "A",
        "claims.1.legs": "1, 3",
        "claims.2.speaker": "B",
        "claims.2.target": "2",
        "claims.2.legs": "2 and 9",
        "claims.4.target": "1",
    }
    found = journey.tidy(sent, W)
    assert found == {
        "legs.0.state": "Chad",
        "legs.1.state": "Mali",
        "legs.1.purpose.claim": "2",
        "claims.0.speaker": "A",
        "claims.0.legs": "1, 2",
        "claims.1.speaker": "B",
        "claims.1.target": "1",
        "claims.1.legs": "2 (left empty) and 9",
        "claims.2.target": "1 (left empty)",
    }


def test_a_name_of_a_statement_is_no_number(places: Places) -> None:
    given = {
        "claims": [
            {"speaker": "A", "id": "2"},
            {"speaker": "B"},
            {"speaker": "C", "target": "2"},
            {"speaker": "D", "target": "1"},
            {"speaker": "E", "target": "9"},
        ]
    }
    asked = journey.question(given, places, W)
    assert [claim.get("target") for claim in asked["claims"]] == [None, None, "2", "2", "9"]
    # Nor is the number of a statement shown where it is the name of another.
    given["claims"][2]["target"] = "c2"
    report = {"traveller": {"name": "N"}, "legs": [], "claims": given["claims"]}
    assert journey.shown(report, places, MEASURES)["claims"][2]["target"] == "c2"


def test_entries_are_added_one_by_one_and_each_kind_has_its_fields(here: Visitor) -> None:
    here.open("/journey")
    for number, (more, has) in enumerate(
        [("claims", "origin"), ("law", "law.measure"), ("exemption", "exemption.status")]
    ):
        page = here.send("/journey", more=more, **{f"claims__{number - 1}__speaker": "S"})
        assert f"claims.{number}.{has}" in forms(page.text)["/journey"]
        here.page = page
    kept = forms(page.text)["/journey"]
    assert (kept["claims.1.type"], kept["claims.2.type"]) == (
        "legal_statement",
        "exemption_statement",
    )


def test_fifty_legs_and_five_hundred_statements(own: Visitor, own_desk: Desk) -> None:
    sent = {"traveller.name": "Qasem Soleimani"}
    for number in range(50):
        sent |= {f"legs.{number}.state": "Chad", f"legs.{number}.from": "2015"}
    for number in range(500):
        at = f"claims.{number}"
        sent |= {f"{at}.speaker": f"S {number}", f"{at}.type": "asserts", f"{at}.side": "press"}
        sent |= {f"{at}.named": "true", f"{at}.legs": "1, 50"}
    page = own.client.post("/journey", data={**sent, "more": "claims"})
    assert page.text.count("<fieldset") == 3 + 50 + 500
    answer = own.client.post("/journey", data=sent)
    assert answer.status_code == 303
    stored = json.loads(own_desk.stored(answer.headers["Location"].split("/")[-1]).body)
    assert (len(stored["states"]), len(stored["claims"])) == (50, 500)
    answer = own.client.post("/journey", data={**sent, "legs.50.state": "Mali"})
    assert answer.status_code == 422
    assert "holds 51 items" in answer.text


@pytest.mark.parametrize(
    "name", ["legs.².state", "legs.99999999.state", "legs..state", "legs", "claims.0.with.a.b.c.d"]
)
def test_a_strange_number_is_no_entry(here: Visitor, name: str) -> None:
    for more in ("legs", ""):
        sent = {"traveller.name": "A", name: "x", "legs.9998.place": "y", "more": more}
        page = here.client.post("/journey", data=sent)
        assert page.status_code in (200, 303, 422)
        assert page.text.count("<fieldset") <= 3 + 50


@pytest.mark.parametrize("address", ["/journey", "/journey?example=1", "/", "/screen", "/glossary"])
def test_a_form_is_no_heavy_page(here: Visitor, address: str) -> None:
    page = here.open(address).text
    files = re.findall(r'(?:href|src)="(/static/[^"]+)"', page)
    assert len(files) == 3
    weight = len(page.encode()) + sum(len(here.client.get(name).content) for name in files)
    assert weight < MOST


def test_the_example_is_answered_as_its_json_is(own: Visitor, own_desk: Desk) -> None:
    own.open("/journey?example=1")
    own.send("/journey")
    page = own.follow()
    assert heading(page.text) == "Contested"
    answer = own_desk.try_out(decoder(Report).validate_python(REPORT))
    assert json.loads(encode(answer))["legal_statements"]
