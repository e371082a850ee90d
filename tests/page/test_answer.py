"""The page of an answer, its print view and its JSON."""

import json
import re
from typing import Any

import pytest

from app.assessment.change import MOST_TRIED, WhatIf
from app.desk import Desk, decoder
from app.law.measure import MeasureState
from app.page import answer
from app.page.words import DEFAULT, words
from app.screening.identity import FIELDS
from app.store.tables import assessments
from app.terms import (
    AliasQuality,
    DraftStatus,
    EvidenceKind,
    Report,
    Strength,
    Tables,
)
from tests.invented import xml
from tests.page.conftest import Visitor, heading
from tests.page.shape import text_of, whole
from tests.test_cases import CASES

HOSTILE = "<script>alert(1)</script>\"'<b onclick=x>&"
SEED = next(case for case in CASES if case.file == "seed.yaml" and case.name == "as reported")
W = words(DEFAULT)


def case(file: str, name: str) -> dict[str, Any]:
    """The question of a case of the casebook."""
    return next(each for each in CASES if (each.file, each.name) == (file, name)).asked()


def ask(desk: Desk, question: dict[str, Any]) -> str:
    return desk.ask(decoder(Report).validate_python(question)).id


def page_of(visitor: Visitor, desk: Desk, question: dict[str, Any], rest: str = "") -> str:
    found = visitor.open(f"/assessments/{ask(desk, question)}{rest}")
    assert found.status_code == 200, found.text[:500]
    return found.text


# ---------------------------------------------------------------- the seed case


def test_the_seed_case_is_understood_without_a_document(here: Visitor, bundled_desk: Desk) -> None:
    page = page_of(here, bundled_desk, SEED.asked())
    whole(page)
    assert heading(page) == "Contested"
    short = text_of(page[page.index('id="short"') : page.index('class="sentence"')])
    for words_ in (
        "Who “ Qasem Soleimani ” is identified as QASEM SOLEIMANI (IRi.039)",
        "Where Moscow , Russian Federation",
        "When 24 July 2015",
        "S/RES/1929 (2010) paragraph 10 , since 9 June 2010 until 16 January 2016 checked",
        "They say that it took place: an Iranian official (unnamed); Fox News .",
        "They deny it: Sergei Ryabkov , Deputy Foreign Minister .",
        "none is on record, and this committee does not publish it.",
        "Whether it took place: some say so, some deny it.",
    ):
        assert words_ in short.replace(" . ", " . ")
    # The sentence is whole, as it is on record.
    stored = json.loads(bundled_desk.stored(ask(bundled_desk, SEED.asked())).body)
    assert f'<p class="sentence">{stored["sentence"]}</p>' in page


def test_each_reason_leads_to_its_source(here: Visitor, bundled_desk: Desk) -> None:
    page = page_of(here, bundled_desk, SEED.asked())
    shown = text_of(page)
    assert page.count('<details class="standing">') == 5
    assert re.search(r"IRi.039 office “ ?Commander of [^”]+”, the list of \d", shown)
    assert "checked against the text" in shown
    # The record as that list held it, field by field.
    found = re.search(r'<dl class="facts" id="(record-\d+)">(.*?)</dl>', page, re.DOTALL)
    assert found is not None
    assert f'href="#{found[1]}"' in page
    record = text_of(found[2])
    for words_ in ("Name QASEM SOLEIMANI", "Dates of birth 11 March 1957", "Passport"):
        assert words_ in record
    assert 'href="/people/IRi.039"' in page


def test_measures_stand_with_what_they_were_on_that_day(here: Visitor, bundled_desk: Desk) -> None:
    page = page_of(here, bundled_desk, SEED.asked())
    rows = [text_of(row) for row in re.findall(r"<tr.*?</tr>", page, re.DOTALL)]
    (lead,) = [row for row in rows if "This one leads" in row]
    assert "travel ban" in lead
    assert "9 June 2010 16 January 2016" in lead
    assert lead.rstrip().endswith("in force")
    assert any("Annex B 6(e) not yet checked" in row and "not yet" in row for row in rows)
    assert "paragraph Annex" not in page


def test_what_the_text_says_of_the_law_is_told_part_by_part(
    here: Visitor, bundled_desk: Desk
) -> None:
    shown = text_of(page_of(here, bundled_desk, SEED.asked()))
    assert "half right the article" in shown
    assert "travel ban since 2007 wrong since 9 June 2010" in shown


def test_copies_of_one_origin_are_one_group(here: Visitor, bundled_desk: Desk) -> None:
    question = SEED.asked()
    question["claims"].append({**question["claims"][0], "id": "copy", "speaker": "A Daily"})
    page = page_of(here, bundled_desk, question)
    group = page[page.index('class="one-origin"') :].partition("</tbody>")[0]
    assert "All first from one origin, and so one word: an Iranian official, to Reuters" in group
    assert "A Daily" in group
    assert "Fox News" not in group


def test_what_would_change_is_told(here: Visitor, bundled_desk: Desk) -> None:
    page = page_of(here, bundled_desk, SEED.asked())
    shown = text_of(page[page.index('id="change"') : page.index('id="claims"')])
    assert "If nobody denied it (now: Sergei Ryabkov): Reported, not verified" in shown
    assert "Did the person enter? One named report, instead of: Contested." in shown
    assert "If the arrival had been on 8 June 2010: No travel ban in force" in shown
    assert "Nothing else that was tried changes anything:" in shown
    assert "answers this question otherwise" not in shown


def test_drafts_are_told_of_at_the_top(here: Visitor, bundled_desk: Desk) -> None:
    question = SEED.asked()
    question["claims"][0]["status"] = "draft"
    page = page_of(here, bundled_desk, question)
    assert page.index("nobody has reviewed") < page.index('id="short"')
    assert "If a reviewer accepted everything that was read from the text" in text_of(page)
    assert "nobody has reviewed" not in page_of(here, bundled_desk, SEED.asked())


# ---------------------------------------------------------------- other answers


def test_several_states_with_the_gravest_first(here: Visitor, bundled_desk: Desk) -> None:
    question = SEED.asked()
    question["legs"] = [
        {"state": "IR", "place": None, "from": "2015-07-23"},
        {"state": "RU", "place": "Moscow", "from": "2015-07-24"},
    ]
    question["claims"] = [{**each, "legs": [1]} for each in question["claims"]]
    page = page_of(here, bundled_desk, question)
    whole(page)
    titles = [text_of(found).strip() for found in re.findall(r"<h3>(.*?)</h3>", page, re.DOTALL)]
    assert titles[0] == "Moscow , Russian Federation, 24 July 2015 Contested leads"
    assert titles[1].startswith("Iran (Islamic Republic of), 23 July 2015")
    assert "In Russian Federation:" in text_of(page)


def test_who_disputes_a_measure_and_by_what(here: Visitor, bundled_desk: Desk) -> None:
    question = SEED.asked()
    question["traveller"] = {"name": "Mohammad Reza Naqdi", "reference": "IRi.033"}
    question["legs"][0]["from"] = "2026-01-10"
    page = page_of(here, bundled_desk, question)
    shown = text_of(page)
    assert "They say that it is not Iran" in shown or "They say that it is not " in shown
    section = text_of(page[page.index('<section class="dispute">') :].partition("</section>")[0])
    assert "France" in section
    assert "Russian Federation" in section
    assert "Whether the measure is in force: States dispute it." in shown


def test_nobody_on_the_lists(here: Visitor, bundled_desk: Desk) -> None:
    question = SEED.asked()
    question["traveller"] = {"name": "Jane Miller"}
    page = page_of(here, bundled_desk, question)
    whole(page)
    assert heading(page) == "Cannot be assessed"
    assert "was found under this name on no list that was asked. That is no clearance." in page


def test_who_is_meant_is_open(here: Visitor, bundled_desk: Desk) -> None:
    question = SEED.asked()
    question["traveller"] = {"name": "Qasem Soleimani"}
    page = page_of(here, bundled_desk, question)
    assert heading(page) == "Who is meant is not settled"
    shown = text_of(page)
    assert "If IRi.039 is the one meant: Contested" in shown
    assert "If the birth date were known to be that of IRi.039: 1957-03-11: Contested" in shown
    assert re.search(r'<details class="more" open>\s*<summary>Who could be meant', page)
    # What bound the State is told of one of them alone, and says so.
    assert re.search(r"If it is IRi\.0\d\d: A binding travel ban", text_of(page))


def test_without_state_and_day(here: Visitor, bundled_desk: Desk) -> None:
    question = SEED.asked()
    question["legs"] = [{"state": None, "from": None}]
    page = page_of(here, bundled_desk, question)
    whole(page)
    assert "In which State it was." in page
    assert "On which day it was." in page


@pytest.mark.parametrize("rest", ["", "/print"])
def test_names_claims_and_quotes_are_harmless(here: Visitor, bundled_desk: Desk, rest: str) -> None:
    question = SEED.asked()
    question["traveller"]["name"] = f"Qasem Soleimani {HOSTILE}"
    question["legs"][0]["place"] = HOSTILE
    for claim in question["claims"]:
        claim |= {"speaker": {"name": HOSTILE, "role": HOSTILE}, "origin": HOSTILE}
        claim |= {"quote": HOSTILE, "id": f"{claim['id']} {HOSTILE}"}
    page = page_of(here, bundled_desk, question, rest)
    whole(page)
    assert "&lt;script&gt;alert(1)" in page
    assert "<b onclick" not in page


def test_an_answer_of_another_engine(here: Visitor, own: Visitor, own_desk: Desk) -> None:
    """What was added since is absent there; and what it would say now is told."""
    name = ask(own_desk, SEED.asked())
    stored = json.loads(own_desk.stored(name).body)
    stored["states"][0]["exemption"].pop("committee_publishes")
    stored["states"][0]["verdict"] = stored["verdict"] = "reported_unverified"
    row = assessments.insert().values(
        id="0" * 64,
        question=own_desk.question(name),
        answer=json.dumps(stored),
        verdict="reported_unverified",
        engine="travelban 0.0.0-older",
        known_at=stored["known_at"],
        record_digest=stored["record"]["digest"],
        recorded_at=stored["known_at"],
        replaces=None,
    )
    with own_desk.store.writing() as connection:
        connection.execute(row)
    found = own.open(f"/assessments/{'0' * 64}")
    assert found.status_code == 200
    assert heading(found.text) == "Reported, not verified"
    assert "answers this question otherwise than it is on record" in found.text


def test_a_question_that_is_taken_no_longer(own: Visitor, own_desk: Desk) -> None:
    name = ask(own_desk, SEED.asked())
    changed = assessments.update().values(
        question=own_desk.question(name).replace('"kind":"entry"', '"kind":"overflight"')
    )
    with own_desk.store.writing() as connection:
        connection.execute(changed)
    found = own.open(f"/assessments/{name}")
    assert found.status_code == 200
    assert "does not take this question any more" in found.text


# ---------------------------------------------------------------- paper and JSON


def test_on_paper_every_source_has_a_number(here: Visitor, bundled_desk: Desk) -> None:
    page = page_of(here, bundled_desk, SEED.asked(), "/print")
    found = whole(page)
    assert "<nav" not in page
    notes = [each for each in found.ids if each.startswith("note-")]
    assert notes == [f"note-{number}" for number in range(1, len(notes) + 1)]
    assert set(found.led_to) == set(notes)
    assert heading(page) == "Contested"
    assert "only the Council, its committee or the State can establish a breach" in page


def test_the_json_is_the_bytes_on_record(here: Visitor, bundled_desk: Desk) -> None:
    name = ask(bundled_desk, SEED.asked())
    stored = bundled_desk.stored(name)
    found = here.open(f"/assessments/{name}.json")
    assert found.content == stored.body
    assert found.headers["ETag"] == stored.etag
    assert found.headers["Content-Type"] == "application/json"
    again = here.client.get(f"/assessments/{name}.json", headers={"If-None-Match": stored.etag})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize("rest", ["", ".json", "/print"])
def test_what_was_never_saved(here: Visitor, rest: str) -> None:
    found = here.open(f"/assessments/{'f' * 64}{rest}")
    assert found.status_code == 404
    assert heading(found.text) == "There is no such page"


# ---------------------------------------------------------------- words


@pytest.mark.parametrize(
    ("group", "names"),
    [
        ("measure_states", MeasureState),
        ("strength_short", Strength),
        ("evidence", EvidenceKind),
        ("status", DraftStatus),
        ("qualities", AliasQuality),
        ("counts_long", ("for", "against", "report", "plan", "neither")),
        ("what_if", (*WhatIf, "left_out_origin")),
        ("fields", (*FIELDS, "name")),
    ],
)
def test_every_word_that_an_answer_may_show_has_its_text(group: str, names: Any) -> None:
    assert set(W["answer"][group]) == {str(name) for name in names}


# ---------------------------------------------------------------- the casebook


def test_every_kind_of_answer_has_its_page(
    here: Visitor, bundled_desk: Desk, tables: Tables
) -> None:
    """Cases of the casebook until every standing and verdict that they expect was shown once."""
    seen: set[tuple[str, str]] = set()
    verdicts = set()
    shown = 0
    for each in CASES:
        expected = {
            (name, str(each.expect[name]))
            for name in (*answer.STANDINGS, "verdict", "overall", "disputed")
            if name in each.expect
        }
        if expected <= seen:
            continue
        try:
            name = ask(bundled_desk, each.asked())
        except ValueError:  # a case about what is refused, or about lists that do not ship
            continue
        verdict = json.loads(bundled_desk.stored(name).body)["verdict"]
        if verdict not in (each.expect.get("verdict"), each.expect.get("overall")):
            continue
        seen |= expected
        found = here.open(f"/assessments/{name}")
        assert found.status_code == 200, (each.file, each.name)
        whole(found.text)
        verdicts.add(verdict)
        shown += 1
    assert shown >= 25
    # Only against a full list does nobody found lead there.
    assert set(tables.gravity) - verdicts <= {"no_listed_match"}


def test_no_listed_match_has_its_page(own: Visitor, own_desk: Desk) -> None:
    own_desk.import_list("full.xml", xml("2026-05-30T00:00:00Z"), False)
    question = SEED.asked()
    question["traveller"] = {"name": "Jane Miller"}
    page = page_of(own, own_desk, question)
    assert heading(page) == "No listed match"


def test_what_is_tried_is_bounded(bundled_desk: Desk) -> None:
    question = SEED.asked()
    question["claims"] = [
        {**question["claims"][0], "id": f"c{n}", "origin": f"origin {n}", "speaker": f"S {n}"}
        for n in range(40)
    ]
    found = bundled_desk.would_change(ask(bundled_desk, question))
    assert 0 < len(found.changes) + len(found.nothing) <= MOST_TRIED
    assert found.not_tried > 0
    question["legs"] = question["legs"] * 50
    found = bundled_desk.would_change(ask(bundled_desk, question))
    assert (found.same, found.changes, found.nothing) == (None, (), ())


@pytest.mark.parametrize("rest", ["", "/print"])
def test_a_page_stays_small(here: Visitor, bundled_desk: Desk, rest: str) -> None:
    """What is left to the JSON is counted, and every link still leads somewhere."""
    question = SEED.asked()
    question["legs"] = question["legs"] * 12
    question["claims"] = [
        {**each, "id": f"{each['id']} {n}", "speaker": f"Speaker {n}"}
        for n in range(14)
        for each in question["claims"]
    ]
    page = page_of(here, bundled_desk, question, rest)
    whole(page)
    assert "4 more, less grave or as grave" in page
    if not rest:
        assert f"{14 * 9 - answer.MOST_CLAIMS} more statements" in page
        assert page.count('id="said-') == answer.MOST_CLAIMS
        assert "so many States and statements that nothing was tried" in page


def test_footnotes_count_each_source_once() -> None:
    cited = {"kind": "request", "field": "name", "value": "A"}
    other = {"kind": "request", "field": "name", "value": "B"}
    reasons = [{"words": "a", "citations": [cited, other]}, {"words": "b", "citations": [cited]}]
    nothing: dict[str, Any] = dict.fromkeys(answer.STANDINGS)
    sources, noted = answer.footnotes([{**nothing, "identity": {"reasons": reasons}}])
    assert sources == [cited, other]
    assert [each["notes"] for each in noted[0]["identity"]["reasons"]] == [[1, 2], [1]]
    _, noted = answer.footnotes([{**nothing, "event": {"reasons": reasons * 10}}])
    assert len(noted[0]["event"]["reasons"]) == answer.MOST_NOTES
    assert noted[0]["event"]["more"] == 20 - answer.MOST_NOTES
