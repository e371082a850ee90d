"""Timelines: facts with their days, laid out so that nothing is lost and everything is legible."""

import copy
import html
import json
import re
from collections import Counter
from collections.abc import Mapping
from datetime import date
from itertools import pairwise
from typing import Any
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import Environment, FileSystemLoader

from app.api import examples
from app.desk import Desk, decoder
from app.page.picture import NARROW, WIDTH, Band, Bar, Timeline, drawn, pictures
from app.page.render import HERE
from app.page.timeline import MEASURES, SAID, Fact, of_answer, of_person
from app.page.words import DEFAULT, words
from app.terms import Report
from tests.invented import xml
from tests.page.conftest import Visitor

W = words(DEFAULT)
SVG = "http://www.w3.org/2000/svg"


def picture(*facts: Fact) -> Timeline:
    found = drawn(facts, "t", "Timeline of somebody", W)
    assert found is not None
    return found


def ban(**given: Any) -> Fact:
    return Fact(
        lane="travel_ban", words="S/RES/1929 (2010) paragraph 10", strength="binding", **given
    )


def dated(lane: str, on: str | None, **given: Any) -> Fact:
    return Fact(lane=lane, words=given.pop("words", "A. Speaker"), dated=True, on=on, **given)


def bars(band: Band) -> list[Bar]:
    return [bar for lane in band.lanes for bar in lane.bars]


def looks(*facts: Fact) -> list[tuple[str, bool]]:
    (band,) = picture(*facts).bands
    return [(bar.look, bar.disputed) for bar in bars(band)]


# ---------------------------------------------------------------- the picture


@pytest.mark.parametrize(
    ("given_days", "expected"),
    [
        ({"from_": "2010-06-09", "until": "2016-01-16"}, ["binding"]),
        (
            {"from_": "2010-06-09", "from_by": "2010-07-01", "until": "2016-01-16"},
            ["maybe", "binding"],
        ),
        (
            {"from_": "2010-06-09", "until": "2016-01-16", "until_by": "2016-03-01"},
            ["binding", "maybe"],
        ),
        ({"from_": "2010-06-09", "sure_until": "2016-01-16"}, ["binding", "maybe"]),
        ({"from_": "2010-06-09", "until": "2016-01-16", "sure": False}, ["maybe"]),
        ({"from_": "2010-06-09", "until": "2016-01-16", "sure_until": "2020-01-01"}, ["binding"]),
    ],
)
def test_what_is_only_possible_looks_so(given_days: dict[str, Any], expected: list[str]) -> None:
    assert looks(ban(**given_days)) == [(look, False) for look in expected]


def test_what_states_dispute_is_hatched_and_explained() -> None:
    (band,) = picture(ban(from_="2025-09-28T00:00:00Z", disputed=True)).bands
    assert [bar.disputed for bar in bars(band)] == [True]
    signs = {key.look for key in picture(ban(from_="2025-09-28", disputed=True)).keys}
    assert signs == {"binding", "disputed", "open"}
    assert {key.look for key in picture(ban(from_="2010-06-09", until="2016-01-16")).keys} == {
        "binding"
    }


def test_an_end_that_is_not_on_record_is_an_open_arrow() -> None:
    (band,) = picture(ban(from_="2010-06-09"), ban(until="2016-01-16")).bands
    (lane,) = band.lanes
    assert sorted(arrow.ahead for arrow in lane.arrows) == [False, True]
    (band,) = picture(ban(from_="2010-06-09", until="2016-01-16")).bands
    assert band.lanes[0].arrows == ()


def test_a_short_journey_in_a_long_history_is_shown_large() -> None:
    facts = (
        ban(from_="2010-06-09", until="2016-01-16"),
        ban(from_="2016-01-16", until="2020-10-18"),
        dated("journey", "2015-07-24", words="Moscow"),
        dated("for", "2015-08-07", number=1),
    )
    whole, near = picture(*facts).bands
    assert (len(bars(whole)), len(bars(near))) == (2, 1)
    (bar,) = bars(near)
    assert (bar.x, float(bar.width)) == ("0", WIDTH)  # from edge to edge: it goes on beyond both
    assert near.journey is not None
    assert whole.journey is not None
    assert float(near.journey.width) > 10 > float(whole.journey.width)
    assert whole.window is not None
    assert {text.words for text in near.ticks} >= {"20 Jul 2015", "3 Aug 2015"}
    assert [lane for band in (whole, near) for lane in band.lanes if lane.marks] == [near.lanes[-1]]
    assert len(picture(*facts[2:]).bands) == 1


def test_a_statement_of_years_later_stands_in_the_long_scale() -> None:
    facts = (
        ban(from_="2010-06-09", until="2024-01-16"),
        dated("journey", "2015-07-24"),
        dated("against", "2022-02-01", number=1),
    )
    whole, near = picture(*facts).bands
    assert [mark.shape for lane in whole.lanes for mark in lane.marks] == ["against"]
    assert not [mark for lane in near.lanes for mark in lane.marks]


@pytest.mark.parametrize(
    ("first", "last", "shown"),
    [
        ("2015-07-20", "2015-08-15", "27 Jul 2015"),
        ("2015-03-01", "2016-03-01", "Jul 2015"),
        ("2007-03-24", "2023-10-18", "2010"),
        ("1999-10-15", "2026-05-08", "2014"),
        ("1800-01-01", "2199-12-31", "2000"),
    ],
)
def test_the_scale_follows_the_span(first: str, last: str, shown: str) -> None:
    (band,) = picture(ban(from_=first, until=last)).bands
    assert shown in [tick.words for tick in band.ticks]
    places = [float(tick.x) for tick in band.ticks]
    assert 3 <= len(places) <= 20
    assert places == sorted(places)
    assert all(later - before > 25 for before, later in pairwise(places))


def test_statements_have_shapes_of_their_own_and_numbers() -> None:
    said = [dated(lane, "2015-08-07", number=n) for n, lane in enumerate(SAID, 1)]
    (band,) = picture(dated("journey", "2015-07-24"), *said).bands
    shapes = [mark.shape for lane in band.lanes for mark in lane.marks]
    assert shapes == list(SAID)
    told = [label.words for lane in band.lanes for label in lane.labels]
    assert told == [str(n) for n in range(1, len(SAID) + 1)]
    assert [lane.heading.words.partition(":")[0] for lane in band.lanes] == [
        W["timeline"]["lanes"][lane] for lane in SAID
    ]


def test_what_has_no_day_is_told_and_not_drawn() -> None:
    assert drawn((dated("for", None, number=1),), "t", "T", W) is None
    found = picture(dated("journey", "2015-07-24"), dated("for", None, number=1))
    assert not [mark for band in found.bands for lane in band.lanes for mark in lane.marks]
    assert [(row.number, row.from_) for row in found.rows] == [
        (None, "24 July 2015"), (1, W["timeline"]["no_day"]),
    ]  # fmt: skip


def test_more_than_there_is_room_for_is_counted() -> None:
    leave = [dated("exemption", f"2015-{n // 28 + 1:02}-{n % 28 + 1:02}") for n in range(40)]
    found = picture(*leave)
    (lane,) = found.bands[0].lanes
    assert len(lane.bars) == 16
    assert "24 more in the table" in lane.heading.words
    assert len(found.rows) == 40


def test_words_over_short_times_have_rows_of_their_own() -> None:
    short = [ban(from_=f"2015-0{n}-01", until=f"2015-0{n}-09") for n in (3, 4, 5)]
    later = ban(from_="2030-01-01", until="2030-02-01")
    (lane,) = picture(ban(from_="2000-01-01", until="2001-01-01"), *short, later).bands[0].lanes
    rows = Counter(label.y for label in lane.labels)
    assert sorted(rows.values()) == [1, 1, 1, 2]


def test_statements_of_neighbouring_days_share_a_mark_where_days_are_narrow() -> None:
    said = [dated("for", f"2015-08-{n}1", number=n + 1) for n in (0, 1, 2)]
    (near,) = picture(dated("journey", "2015-07-24"), *said).bands
    (wide,) = picture(*said, dated("for", "2003-01-01", number=4)).bands
    assert [len(band.lanes[0].marks) for band in (near, wide)] == [3, 2]
    labels = wide.lanes[0].labels
    assert [label.words for label in labels] == ["4", "1, 2, 3"]
    assert all(float(label.x) + 6 * len(label.words) <= WIDTH for label in labels)


def test_the_template_escapes_whatever_the_facts_are() -> None:
    hostile = "</text><script>alert(1)</script>\"' {{ 7*7 }}"
    facts = [
        Fact(lane=lane, words=hostile, from_="2015-01-01", note=hostile)
        for lane in ("designation", *MEASURES)
    ]
    facts += [
        dated(lane, "2015-07-24", words=hostile, note=hostile, number=1)
        for lane in ("exemption", "amended", "journey", *SAID)
    ]
    both = pictures(facts, "t", hostile, W)
    environment = Environment(loader=FileSystemLoader(HERE / "templates"), autoescape=True)
    parts: Any = environment.get_template("timeline_parts.html").make_module({"w": W})
    told = parts.picture(both) + parts.table(both[0])
    assert "<script" not in told
    svg, narrow = svgs(told)
    assert (narrow[0].text, narrow[0].attrib["id"]) == (hostile, "t-narrow-title")
    shown = [element.text for element in svg.iter()]
    assert shown.count(hostile) >= len(MEASURES) + 3  # a title, and a label in each lane
    assert {row[2] for row in table(told) if hostile in row} == {hostile}
    assert len(table(told)) == len(facts) + 1


PLAIN = st.text("abcdefgh ", min_size=1, max_size=150)
DAYS = st.dates(min_value=date(1950, 1, 1), max_value=date(2199, 12, 31)).map(date.isoformat)
EDGES = st.one_of(
    st.tuples(DAYS, DAYS).map(sorted).filter(lambda pair: pair[0] < pair[1]),
    st.tuples(DAYS, st.none()),
    st.tuples(st.none(), DAYS),
)
LASTING = st.builds(
    lambda lane, said, edges, sure, disputed: Fact(
        lane=lane, words=said, from_=edges[0], until=edges[1], sure=sure, disputed=disputed
    ),
    st.sampled_from(("designation", *MEASURES)),
    PLAIN,
    EDGES,
    st.booleans(),
    st.booleans(),
)
POINTS = st.builds(
    lambda lane, said, day, number: dated(lane, day, words=said, number=number),
    st.sampled_from(("exemption", "amended", "journey", *SAID)),
    PLAIN,
    st.one_of(DAYS, DAYS.map(lambda day: day[:7]), DAYS.map(lambda day: day[:4])),
    st.integers(1, 500),
)


@pytest.mark.parametrize("width", [WIDTH, NARROW])
@given(st.lists(st.one_of(LASTING, POINTS), min_size=1, max_size=30))
def test_whatever_the_facts_nothing_overlaps_or_leaves_the_picture(
    width: int, facts: list[Fact]
) -> None:
    found = drawn(facts, "t", "T", W, width)
    assert found is not None
    assert found == drawn(facts, "t", "T", W, width)
    for band in found.bands:
        ends = float(band.top) + float(band.height)
        assert ends < float(found.height)
        for bar in bars(band):
            assert 0 <= float(bar.x) <= width
            assert float(bar.x) + float(bar.width) <= width + 2
            assert float(band.top) < float(bar.y) <= ends - 9
        for lane in band.lanes:
            lines: dict[str, list[tuple[float, float]]] = {}
            for label in (lane.heading, *lane.labels):
                until = float(label.x) + 6 * len(label.words)
                assert until <= width
                lines.setdefault(label.y, []).append((float(label.x), until))
            for places in map(sorted, lines.values()):
                assert all(one[1] <= other[0] for one, other in pairwise(places))
    days = [fact for fact in facts if fact.lane == "amended"]
    assert len(found.rows) == len(facts) - len(days) + bool(days)


# ---------------------------------------------------------------- of an answer


@pytest.fixture(scope="module")
def seed(bundled_desk: Desk) -> Mapping[str, Any]:
    """The answer about the journey of the examples, as it is stored."""
    found = bundled_desk.ask(decoder(Report).validate_python(examples.REPORT))
    answer: Mapping[str, Any] = json.loads(found.body)
    return answer


def svgs(page: str) -> list[Element]:
    """The pictures of a page: each is well-formed by itself."""
    found = re.findall(r"<svg .*?</svg>", page, re.DOTALL)
    return [
        ElementTree.fromstring(text.replace("<svg ", f'<svg xmlns="{SVG}" ', 1)) for text in found
    ]


def table(page: str) -> list[list[str]]:
    """The rows of the timeline's table, without markup."""
    found = page[page.index(W["timeline"]["caption"] + "</caption>") :]
    rows = re.findall(r"<tr>.*?</tr>", found[: found.index("</table>")], re.DOTALL)
    cells = [re.findall(r"<t[dh][^>]*>.*?</t[dh]>", row) for row in rows]
    return [[html.unescape(re.sub(r"<[^>]+>", "", cell)) for cell in row] for row in cells]


def test_an_answer_shows_the_law_the_journey_and_who_said_what(
    here: Visitor, seed: Mapping[str, Any]
) -> None:
    svg, _ = svgs(here.open(f"/assessments/{seed['id']}").text)
    title, desc = svg[0], svg[1]
    assert (title.tag, desc.tag) == (f"{{{SVG}}}title", f"{{{SVG}}}desc")
    assert (svg.attrib["role"], svg.attrib["aria-labelledby"].split()) == (
        "img", [title.attrib["id"], desc.attrib["id"]],
    )  # fmt: skip
    assert title.text == ("Timeline of QASEM SOLEIMANI (IRi.039): Russian Federation, 24 July 2015")
    told = [element.text or "" for element in svg.iter(f"{{{SVG}}}text")]
    for expected in (
        "Listing", "on the list", "Travel ban", "S/RES/1929 (2010) paragraph 10", "Asset freeze",
        "Travel vigilance", "Travel notification", "the journey: 24 July 2015, Moscow",
    ):  # fmt: skip
        assert expected in told
    assert any(text.startswith("For the journey: 1 ") for text in told)
    assert any(text.startswith("Against it: ") for text in told)
    marks = {element.attrib["class"] for element in svg.iter(f"{{{SVG}}}path")}
    assert {"mark for", "mark against", "mark report", "mark neither"} <= marks


def test_a_table_says_the_same(here: Visitor, seed: Mapping[str, Any]) -> None:
    rows = table(here.open(f"/assessments/{seed['id']}").text)
    begun = [row[:5] for row in rows]
    measure = ["S/RES/1929 (2010) paragraph 10", "9 June 2010", "16 January 2016"]
    assert ["", "Travel ban", *measure] in begun
    assert ["", "Journey", "Moscow", "24 July 2015", ""] in begun
    assert ["1", "For the journey", "an Iranian official", "7 August 2015", ""] in begun
    spoken = [row for row in rows if row[0].isdigit()]
    assert len(spoken) == len(seed["claims"])
    assert "says that it took place" in spoken[0][5]


def test_each_state_of_an_answer_has_a_picture_of_its_own(own: Visitor, own_desk: Desk) -> None:
    report = copy.deepcopy(examples.REPORT)
    report["legs"] = [
        *report["legs"],
        {"state": "SY", "from": "2015-08-01"},
        {"state": None, "from": None},
    ]
    for claim in report["claims"]:
        claim["legs"] = [0]
    report["claims"][0]["legs"] = [1]
    found = own_desk.ask(decoder(Report).validate_python(report))
    page = own.open(f"/assessments/{found.id}").text
    named = re.findall(r' id="([^"]+)"', page)
    assert len(named) == len(set(named))
    labels = re.findall(r'role="region"[^>]* aria-label="(Timeline [^"]+)"', page)
    assert len(labels) == len(set(labels)) == 3
    first, second, third = svgs(page)[::2]
    told = [
        [element.text or "" for element in svg.iter(f"{{{SVG}}}text")] for svg in (first, second)
    ]
    assert "the journey: 24 July 2015, Moscow" in told[0]
    assert "the journey: 1 August 2015, arrival" in told[1]
    assert not [text for text in told[0] if "an Iranian official" in text]
    assert [text for text in told[1] if "an Iranian official" in text]
    assert third[0].text is not None
    assert third[0].text.endswith(": No State was named, no day is known")


def test_where_the_record_has_gone_on_an_answer_speaks_of_its_day_alone(
    own: Visitor, own_desk: Desk
) -> None:
    found = own_desk.ask(decoder(Report).validate_python(examples.REPORT))
    listing = ["", "Listing", "on the list"]
    rows = table(own.open(f"/assessments/{found.id}").text)
    assert [*listing, "24 March 2007", "18 October 2023"] in [row[:5] for row in rows]
    own_desk.import_list("", xml("2026-05-20T00:00:00Z"), False)
    (row,) = [
        row for row in table(own.open(f"/assessments/{found.id}").text) if row[1] == "Listing"
    ]
    assert row[:5] == [*listing, "24 July 2015", "18 October 2023"]


def test_a_name_full_of_markup_is_shown_as_it_is(own: Visitor, own_desk: Desk) -> None:
    hostile = "</text><script>alert(1)</script>\" onload='x' \u202e\u05d0"
    report = copy.deepcopy(examples.REPORT)
    report["claims"][0]["speaker"] = hostile
    report["legs"][0]["place"] = hostile
    found = own_desk.ask(decoder(Report).validate_python(report))
    page = own.open(f"/assessments/{found.id}").text
    assert "<script>alert" not in page
    svg, _ = svgs(page)
    assert {element.tag.partition("}")[2] for element in svg.iter()} == {
        "svg", "title", "desc", "defs", "pattern", "path", "rect", "text",
    }  # fmt: skip
    told = [element.text or "" for element in svg.iter(f"{{{SVG}}}text")]
    assert any(hostile in text for text in told if text.startswith("For the journey"))
    assert f"the journey: 24 July 2015, {hostile}" in told
    assert "style=" not in page
    assert hostile in [row[2] for row in table(page)]


def test_many_statements_stay_legible_and_small(own: Visitor, own_desk: Desk) -> None:
    report = copy.deepcopy(examples.REPORT)
    (claim,) = report["claims"][:1]
    first = date(2015, 7, 1).toordinal()
    report["claims"] = [
        {
            **claim,
            "id": f"c{n}",
            "type": ("asserts", "denies", "presupposes", "no_comment")[n % 4],
            "said_on": date.fromordinal(first + n % 170).isoformat(),
        }
        for n in range(500)
    ]
    found = own_desk.ask(decoder(Report).validate_python(report))
    page = own.open(f"/assessments/{found.id}").text
    assert sum(map(len, re.findall(r"<svg .*?</svg>", page, re.DOTALL))) < 40_000
    assert len([row for row in table(page) if row[0].isdigit()]) == 500


def test_leave_is_drawn_on_its_days_or_on_that_of_the_decision() -> None:
    def cited(number: int, **days: str | None) -> dict[str, Any]:
        unknown = {"decided_on": None, "from": None, "until": None}
        about = {"kind": "exemption", "exemption": str(number), "outcome": "granted"}
        return {**about, **unknown, **days}

    state = {
        "leg": 0, "state": "SA", "place": "Mecca", "from": "2018-08", "to": None, "measure": None,
        "event": None,
        "exemption": {"reasons": [{"words": "", "citations": [
            cited(1, **{"from": "2018-08-10", "until": "2018-09-02"}),
            cited(2, until="2018-09"),
            cited(3, decided_on="2018-07-30"),
            cited(3, decided_on="2018-07-30"),
            cited(4),
        ]}]},
    }  # fmt: skip
    facts = of_answer({"claims": ()}, state, None, W)
    leave = [fact for fact in facts if fact.lane == "exemption"]
    assert [(fact.on, fact.to, bool(fact.note)) for fact in leave] == [
        ("2018-08-10", "2018-09-02", False),
        ("2018-09", "2018-09", False),
        ("2018-07-30", None, True),
        (None, None, True),
    ]
    assert [look for look, _ in looks(*leave)] == ["exemption", "exemption", "maybe"]


# ---------------------------------------------------------------- of a person

MEASURE = {
    "reference": "ZZi.001", "kind": "travel_ban", "strength": "binding", "from": "2010-06-09",
    "from_by": None, "until": None, "until_by": None, "verified_to": None, "disputed": False,
    "why_ended": None,
    "citations": [{"kind": "paragraph", "resolution": "S/RES/1 (2010)", "paragraph": "1"}],
}  # fmt: skip


def listed(first: str | None, until: str | None, how: str = "yes", **fact: Any) -> dict[str, Any]:
    cited = [{"kind": "designation_fact", **fact}] if fact else []
    return {"from": first, "until": until, "listed": how, "citations": cited}


def one(designations: list[dict[str, Any]], *measures: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "reference": "ZZi.001",
        "designations": designations,
        "measures": measures,
        "exemptions": (),
    }


def test_neighbouring_times_of_listing_are_one_where_they_are_equally_sure() -> None:
    person = one(
        [
            listed(None, "2007-03-24", "no"),
            listed("2007-03-24", "2015-03-27"),
            listed("2015-03-27", "2023-10-18"),
            listed("2023-10-18", "2025-09-28", "no"),
            listed("2025-09-28", "2026-05-08", disputed=True, on="2025-09-28"),
            listed("2026-05-08", None, "possible"),
        ]
    )
    told = [(item.from_, item.until, item.sure, item.disputed) for item in of_person(person, (), W)]
    assert told == [
        ("2007-03-24", "2023-10-18", True, False),
        ("2025-09-28", "2026-05-08", True, True),
        ("2026-05-08", None, False, True),
    ]


@pytest.mark.parametrize(
    ("verified", "expected"),
    [(None, "2026-05-08"), ("2026-01-31", "2026-02-01"), ("2027-01-31", "2026-05-08")],
)
def test_a_measure_is_no_surer_than_the_listing_and_its_renewal(
    verified: str | None, expected: str
) -> None:
    times = [listed("2010-01-02", "2026-05-08"), listed("2026-05-08", None, "possible")]
    facts = of_person(one(times, {**MEASURE, "verified_to": verified}), (), W)
    assert [fact.sure_until for fact in facts if fact.lane == "travel_ban"] == [expected]
    other = {**MEASURE, "reference": "ZZi.002", "until": "2012-01-01"}
    facts = of_person(one(times, MEASURE, other), (), W)
    bans = [fact for fact in facts if fact.lane == "travel_ban"]
    assert [fact.sure_until for fact in bans] == ["2026-05-08", None]
    assert [fact.words for fact in bans] == [
        "S/RES/1 (2010) paragraph 1 (ZZi.001)", "S/RES/1 (2010) paragraph 1 (ZZi.002)",
    ]  # fmt: skip


def test_thirty_amendments_and_more_than_ten_measures_are_small(
    own: Visitor, own_desk: Desk
) -> None:
    amended = "".join(f"<VALUE>20{10 + n // 3:02}-{n % 3 * 4 + 1:02}-15</VALUE>" for n in range(30))
    body = xml(
        "2026-05-20T00:00:00Z",
        {"IRi.038": ("MOHAMMAD", "INVENTED")},
        regime="Iran",
        more=f"<LAST_DAY_UPDATED>{amended}</LAST_DAY_UPDATED>",
    )
    own_desk.import_list("", body, False)
    page = own.open("/people/IRi.038").text
    svg, _ = svgs(page)
    assert len([path for path in svg.iter() if path.get("class") == "mark amended"]) == 30
    assert len([row for row in table(page) if "S/RES" in row[1]]) > 10
    assert sum(map(len, re.findall(r"<svg .*?</svg>", page, re.DOTALL))) < 40_000
    assert page == own.open("/people/IRi.038").text
