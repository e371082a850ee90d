"""The scorer of the reading of articles: readers that are perfect, empty, and wrong on purpose."""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from app.lists import un_xml
from app.reading.article import PersonRead, Reading, document
from app.record import Record
from app.terms import Claim, ClaimType, Leg, LegKind, Policy, Quote, Side, Speaker
from benchmarks.common import Row, Run
from benchmarks.reading import document as page
from benchmarks.reading import growth, lists, measure
from benchmarks.reading.marked import SETS, Marked, texts
from benchmarks.reading.score import Tally, same_speaker
from tests import invented

TEXT = """\
General Tavo Belmir, the commander of the Ostara Brigade, spent 5 May in Kampala, two diplomats \
told the Lakeside Post.

Uganda's interior ministry denied it. "He never crossed our border," spokesman Amos Ruhinda said \
on Tuesday.

Belmir met traders at a hotel there, the Post added on its own account. He has been under a UN \
travel ban since 2018.

Talks on the border market went on without him.
"""


def span(words: str, within: str = TEXT) -> dict[str, Any]:
    start = within.index(words)
    return {"start": start, "end": start + len(words), "text": words}


def marked_claim(name: str, kind: str, words: str, **more: Any) -> dict[str, Any]:
    speaker = {"name": "two diplomats", "span": None, "named": False, "role": None}
    plain: dict[str, Any] = {
        "id": name,
        "level": "core",
        "type": kind,
        "journey": "j1",
        "speaker": speaker,
        "side": "anonymous",
        "first_hand": None,
        "state": "UG",
        "when": None,
        "said": None,
        "quote": span(words) | {"kind": "indirect"},
        "origin": "diplomats",
        "via": [],
    }
    return plain | more


MAY_5 = {"from": "2024-05-05", "to": "2024-05-05", "precision": "day"}
RUHINDA = {"name": "Amos Ruhinda", "span": None, "named": True, "role": "ministry spokesman"}
PRESS = {"name": "press", "span": None, "named": True, "role": None}
GOLD: Mapping[str, Any] = {
    "doc": {"path": "a.txt", "published": "2024-05-10", "publisher": "Lakeside Post"},
    "persons": [
        {
            "id": "p1",
            "name": "Tavo Belmir",
            "list_ref": "CDi.990",
            "nationality": "CD",
            "mentions": [
                span("General Tavo Belmir") | {"kind": "title+full name"},
                span("the commander of the Ostara Brigade") | {"kind": "apposition"},
                span("Belmir met") | {"kind": "surname"},
            ],
        }
    ],
    "journeys": [
        {
            "id": "j1",
            "person": "p1",
            "state": "UG",
            "place": "Kampala",
            "from": "2024-05-05",
            "to": "2024-05-05",
            "leg": "entry",
        }
    ],
    "claims": [
        marked_claim("c1", "asserts", "General Tavo Belmir, the commander of the Ostara Brigade, "
                     "spent 5 May in Kampala", when=MAY_5),
        marked_claim("c2", "denies", "He never crossed our border", speaker=RUHINDA,
                     side="state_of_entry", origin="ug-interior"),
        marked_claim("c3", "denies", "Uganda's interior ministry denied it", level="restatement",
                     speaker=RUHINDA, side="state_of_entry", origin="ug-interior"),
        marked_claim("c4", "asserts_part", "Belmir met traders at a hotel there", speaker=PRESS,
                     side="press", origin="post", part={"kind": "meeting"}),
    ],
    "measure_statements": [
        {"span": span("under a UN travel ban since 2018"), "speaker": "press",
         "measure": "travel_ban", "since": "2018"},
    ],
    "non_claims": [{"span": span("Talks on the border market went on without him"), "why": "no"}],
    "list_fixture": [
        {
            "id": "p1",
            "name": "Tavo Belmir",
            "nationality": "CD",
            "ref": "CDi.990",
            "descriptions": ["Commander of the Ostara Brigade"],
            "aliases": ["Tavo Belmiro"],
            "listed_on": "2018-02-01",
        }
    ],
    "expected": {
        "event": "contested",
        "verdict": "contested",
        "state": "UG",
        "from_drafts": {"UG": ["contested"]},
    },
}  # fmt: skip
MARKED = Marked("belmir", TEXT, GOLD)


@pytest.fixture(autouse=True)
def no_list_beside(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same answers with and without the UN's lists beside the checkout."""
    monkeypatch.setattr(lists, "_newest", lambda: None)


def read_as(reading: Reading, of: Marked = MARKED) -> Tally:
    return measure.measured([of], lambda *_, **__: reading)


def changed(change: Callable[[Claim], Claim | None], reading: Reading = MARKED.reading) -> Reading:
    claims = tuple(found for one in reading.claims if (found := change(one)) is not None)
    return replace(reading, claims=claims)


def only(name: str, **fields: Any) -> Reading:
    return changed(lambda one: replace(one, **fields) if one.id == name else one)


def quoting(words: str) -> Quote:
    return Quote(**span(words))


def counts(tally: Tally, *figures: str) -> dict[str, tuple[int, int]]:
    return {name: (tally.right[name], tally.of[name]) for name in figures}


# ---------------------------------------------------------------- three readers


def test_what_was_marked_is_read_without_a_fault() -> None:
    tally = read_as(MARKED.reading)
    assert {name: tally.share(name) for name in measure.FIGURES} == {
        **dict.fromkeys(measure.FIGURES, 1),
        "polarity": 0,
        "graver": 0,
        "spurious": 0,
    }
    assert counts(tally, "found", "day", "polarity", "origins", "spurious") == {
        "found": (3, 3),
        "day": (1, 1),
        "polarity": (0, 4),
        "origins": (6, 6),
        "spurious": (0, 5),
    }
    assert tally.misses == []


def test_who_reads_nothing_finds_nothing_and_says_nothing_wrong() -> None:
    nothing = Reading(
        document=document(TEXT, "2024-05-10"), persons=(), claims=(), journeys=(), remarks=()
    )
    tally = read_as(nothing)
    assert counts(tally, "found", "type", "speaker", "side", "state", "day", "legal", "event") == {
        "found": (0, 3),
        "type": (0, 3),
        "speaker": (0, 3),
        "side": (0, 3),
        "state": (0, 3),
        "day": (0, 1),
        "legal": (0, 1),
        "event": (0, 1),
    }
    assert counts(tally, "polarity", "spurious", "origins", "graver") == dict.fromkeys(
        ("polarity", "spurious", "origins", "graver"), (0, 0)
    )
    assert sum(miss.startswith("found: ") for miss in tally.misses) == 3


FLIPPED = {
    ClaimType.asserts: ClaimType.denies,
    ClaimType.asserts_part: ClaimType.denies_part,
    ClaimType.denies: ClaimType.asserts,
}


def test_who_takes_yes_for_no_is_found_out_each_time() -> None:
    tally = read_as(changed(lambda one: replace(one, type=FLIPPED.get(one.type, one.type))))
    assert counts(tally, "found", "type", "polarity", "event", "graver") == {
        "found": (3, 3),
        "type": (0, 3),
        "polarity": (4, 4),
        "event": (0, 1),
        "graver": (1, 1),  # the State of entry would have admitted it
    }


# ---------------------------------------------------------------- matching


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("spent 5 May in Kampala", 3),
        ("spent 5 May in Kampala, two diplomats", 3),
        ("Kampala, two diplomats told the Lakeside Post", 2),
        ("Talks on the border market", 2),
    ],
)
def test_half_of_the_shorter_quotation_must_be_shared(words: str, found: int) -> None:
    tally = read_as(only("c1", quote=quoting(words)))
    assert counts(tally, "found") == {"found": (found, 3)}


def test_a_claim_about_somebody_else_is_not_found() -> None:
    (journey,) = MARKED.reading.journeys
    mention = replace(journey.person.mentions[0], **span("Amos Ruhinda"))
    other = PersonRead(
        name="Amos Ruhinda", reference=None, nationality=None, role=None, mentions=(mention,)
    )
    reading = replace(MARKED.reading, journeys=(replace(journey, person=other),))
    tally = read_as(reading)
    assert counts(tally, "found", "state", "spurious") == {
        "found": (0, 3),
        "state": (0, 3),
        "spurious": (0, 5),
    }


def test_one_draft_is_found_once_and_the_nearer_one_is_taken() -> None:
    assert counts(read_as(changed(lambda one: one if one.id == "c2" else None)), "found") == {
        "found": (1, 3)
    }
    further = replace(
        MARKED.reading.claims[0], id="x", type=ClaimType.denies, quote=quoting("spent 5 May in")
    )
    (journey,) = MARKED.reading.journeys
    reading = replace(
        MARKED.reading,
        claims=(further, *MARKED.reading.claims),
        journeys=(replace(journey, claims=("x", *journey.claims)),),
    )
    tally = read_as(reading)
    # The contrary of what is marked is wrong beside the right draft, too.
    assert counts(tally, "type", "polarity", "spurious") == {
        "type": (3, 3),
        "polarity": (1, 5),
        "spurious": (0, 6),
    }


def test_of_equally_near_drafts_the_one_of_the_same_type_is_taken() -> None:
    twin = marked_claim("c5", "asserts", "He never crossed our border", level="secondary")
    both = Marked("twins", TEXT, {**GOLD, "claims": [twin, *GOLD["claims"]]})
    assert counts(read_as(both.reading, both), "type", "polarity") == {
        "type": (3, 3),
        "polarity": (0, 5),
    }


# ---------------------------------------------------------------- figures


@pytest.mark.parametrize(
    ("fields", "figure", "right"),
    [
        ({"type": ClaimType.presupposes}, "type", 2),
        ({"side": Side.press}, "side", 2),
        ({"speaker": "an airport official"}, "speaker", 2),
        ({"speaker": Speaker(name="diplomats")}, "speaker", 3),
        ({"type": ClaimType.presupposes}, "polarity", 0),
        ({"type": ClaimType.conditional}, "polarity", 0),
        ({"type": ClaimType.asserts_elsewhere}, "polarity", 1),
    ],
)
def test_each_figure_falls_by_its_own_fault(
    fields: dict[str, Any], figure: str, right: int
) -> None:
    assert read_as(only("c1", **fields)).right[figure] == right


@pytest.mark.parametrize(
    ("marked", "read", "side", "same"),
    [
        (RUHINDA, "Ruhinda", "state_of_entry", True),
        (RUHINDA, "Uganda's spokesman Amos Ruhinda", "state_of_entry", True),
        (RUHINDA, "Commander A. RUHINDA", "state_of_entry", True),
        (RUHINDA, "Amos Belmir", "state_of_entry", False),
        (RUHINDA, "the", "state_of_entry", False),
        ({"name": "Uganda's Foreign Ministry", "named": True, "role": None},
         "Kenya's Foreign Ministry", "press", False),
        ({"name": "Uganda's Foreign Ministry", "named": True, "role": None},
         "the Foreign Ministry of Uganda", "press", True),
        ({"name": "Uganda’s Foreign Ministry", "named": True, "role": None},
         "Foreign Ministry", "press", True),
        ({"name": "an Iranian official", "named": False, "role": "aide"},
         "a Russian official", "press", False),
        (PRESS, "the newspaper", "press", True),
        (PRESS, "Lakeside Post", "press", True),
        (PRESS, "Amos Ruhinda", "press", False),
        (PRESS, "the newspaper", "other", False),
    ],
)  # fmt: skip
def test_speakers_by_name(marked: dict[str, Any], read: str, side: str, same: bool) -> None:
    claim = replace(MARKED.reading.claims[0], speaker=read, side=Side(side))
    assert same_speaker(MARKED, {"speaker": marked}, claim) is same


@pytest.mark.parametrize(
    ("leg", "state", "day"),
    [
        ({}, 3, 1),
        ({"state": "KE"}, 0, 1),
        ({"state": None}, 0, 1),
        ({"from_": "2024-05"}, 3, 1),
        ({"from_": "2024"}, 3, 0),
        ({"from_": None}, 3, 0),
        ({"from_": "2024-05-06"}, 3, 0),
        ({"from_": "2024-05-04", "to": "2024-05-06"}, 3, 1),
        ({"from_": "2024-03-04", "to": "2024-05-06"}, 3, 0),
        ({"from_": "2024-05-05T21:00"}, 3, 1),
    ],
)
def test_state_and_day_are_those_of_the_leg(leg: dict[str, Any], state: int, day: int) -> None:
    (journey,) = MARKED.reading.journeys
    changed_leg = replace(journey.legs[0], **leg)
    tally = read_as(replace(MARKED.reading, journeys=(replace(journey, legs=(changed_leg,)),)))
    assert counts(tally, "state", "day") == {"state": (state, 3), "day": (day, 1)}


def test_the_day_of_a_part_or_of_the_journey_will_do() -> None:
    may_7 = {"from": "2024-05-07", "to": "2024-05-07", "precision": "day"}
    part = {**GOLD["claims"][3], "when": may_7}
    text = Marked("part", TEXT, {**GOLD, "claims": [*GOLD["claims"][:3], part]})
    (journey,) = text.reading.journeys
    for day, right in (("2024-05-05", 2), ("2024-05-07", 1), ("2024-05-09", 0)):
        legs = (replace(journey.legs[0], from_=day),)
        reading = replace(text.reading, journeys=(replace(journey, legs=legs),))
        assert counts(read_as(reading, text), "day") == {"day": (right, 2)}


def test_a_paper_with_two_sources_keeps_them_apart() -> None:
    other = marked_claim("c5", "asserts", "Talks on the border", speaker=PRESS, side="press",
                         origin="a second source")  # fmt: skip
    text = Marked("two", TEXT, {**GOLD, "claims": [*GOLD["claims"], other]})
    assert read_as(MARKED.reading).share("origins") == 1
    assert MARKED.reading.claims[3].origin is None
    assert [one.origin for one in text.reading.claims[3:5]] == ["post", "a second source"]


def test_legs_that_a_claim_does_not_speak_of_are_not_looked_at() -> None:
    (journey,) = MARKED.reading.journeys
    away = Leg(state="CD", from_="2024-05-01", kind=LegKind.departure)
    there = replace(MARKED.reading, journeys=(replace(journey, legs=(away, *journey.legs)),))
    assert read_as(changed(lambda one: replace(one, legs=None), there)).right["state"] == 3
    assert read_as(changed(lambda one: replace(one, legs=(1,)), there)).right["state"] == 3
    assert read_as(changed(lambda one: replace(one, legs=(0, 1)), there)).right["state"] == 0


def test_origins_are_told_apart_and_put_together() -> None:
    apart = read_as(only("c3", origin="somebody else"))
    assert counts(apart, "origins") == {"origins": (5, 6)}
    together = read_as(changed(lambda one: replace(one, origin="one source")))
    assert counts(together, "origins") == {"origins": (1, 6)}
    by_speaker = read_as(changed(lambda one: replace(one, origin=None)))
    assert counts(by_speaker, "origins") == {"origins": (6, 6)}


@pytest.mark.parametrize(
    ("words", "spurious"),
    [
        ("Talks on the border market", 1),
        ("the Post added on its own account", 1),
        ('ministry denied it. "He', 0),
        ("two diplomats told the Lakeside Post", 1),
    ],
)
def test_what_stands_for_nothing_marked_is_spurious(words: str, spurious: int) -> None:
    assert read_as(only("c4", quote=quoting(words))).right["spurious"] == spurious


def test_a_draft_within_what_is_no_claim_is_spurious_though_it_touches_a_restatement() -> None:
    no_claim = {"span": span("Uganda's interior ministry denied it"), "why": "for a test"}
    strict = Marked("strict", TEXT, {**GOLD, "non_claims": [no_claim]})
    extra = replace(MARKED.reading.claims[0], id="x", quote=quoting("interior ministry"))
    reading = replace(strict.reading, claims=(*strict.reading.claims, extra))
    assert read_as(reading, strict).right["spurious"] == 1
    assert read_as(reading).right["spurious"] == 0


def test_a_claim_that_quotes_nothing_is_spurious() -> None:
    assert counts(read_as(only("c1", quote=None)), "found", "spurious") == {
        "found": (2, 3),
        "spurious": (1, 5),
    }


# ---------------------------------------------------------------- ends


def test_a_denial_taken_for_an_admission_is_graver() -> None:
    tally = read_as(
        changed(lambda one: replace(one, type=ClaimType.asserts) if one.id in ("c2", "c3") else one)
    )
    assert counts(tally, "event", "verdict", "allowed", "graver") == {
        "event": (0, 1),
        "verdict": (0, 1),
        "allowed": (0, 1),
        "graver": (1, 1),
    }


def test_less_than_the_marks_is_no_fault_where_the_text_allows_it() -> None:
    lenient = {**GOLD["expected"], "from_drafts": {"UG": ["contested", "reported_unverified"]}}
    text = Marked("lenient", TEXT, {**GOLD, "expected": lenient})
    without = changed(lambda one: None if one.type is ClaimType.denies else one)
    tally = read_as(without, text)
    assert counts(tally, "event", "verdict", "allowed", "graver") == {
        "event": (0, 1),
        "verdict": (0, 1),
        "allowed": (1, 1),
        "graver": (0, 1),
    }


def test_a_journey_that_nobody_marked_is_graver_than_none() -> None:
    (journey,) = MARKED.reading.journeys
    elsewhere = replace(journey, id="j2", legs=(replace(journey.legs[0], state="KE"),))
    reading = replace(MARKED.reading, journeys=(journey, elsewhere))
    assert counts(read_as(reading), "event", "graver") == {"event": (1, 1), "graver": (1, 2)}


def test_a_text_of_nobodys_journey_is_right_when_none_is_drafted() -> None:
    empty = {"claims": [], "journeys": [], "measure_statements": [],
             "expected": {"event": "none", "verdict": None, "state": None}}  # fmt: skip
    text = Marked("nobody", TEXT, {**GOLD, **empty})
    assert counts(read_as(text.reading, text), "event", "graver", "expected") == {
        "event": (1, 1),
        "graver": (0, 0),
        "expected": (1, 1),
    }
    assert counts(read_as(MARKED.reading, text), "event", "graver", "spurious") == {
        "event": (0, 1),
        "graver": (1, 1),
        "spurious": (5, 5),
    }


def test_marks_that_do_not_come_to_what_the_text_expects_are_named() -> None:
    text = Marked("wrong", TEXT, {**GOLD, "expected": {**GOLD["expected"], "event": "admitted"}})
    tally = read_as(text.reading, text)
    assert counts(tally, "expected") == {"expected": (0, 1)}
    assert tally.unexpected == ["wrong"]


def test_what_contradicts_itself_is_wrong_and_not_graver() -> None:
    tally = read_as(only("c2", legs=(7,)))
    assert counts(tally, "event", "graver") == {"event": (0, 1), "graver": (0, 1)}


# ---------------------------------------------------------------- records


def test_the_people_of_a_text_are_listed_the_day_before() -> None:
    record = lists.record_for(MARKED)
    (full,) = record.full_lists
    assert full.generated == "2024-05-09T00:00:00.000000Z"
    assert record.listed["CDi.990"].listed_on == "2018-02-01"
    assert record.listed["CDi.990"].regime_word == "DRC"
    assert "IRi.039" in record.listed


def test_they_stand_on_the_newest_full_list_where_it_is_beside(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    people = invented.PEOPLE | {"CDi.990": ("TAVO", "BELMIR")}
    newest = un_xml.read(invented.xml("2031-02-03T00:00:00Z", people))
    monkeypatch.setattr(lists, "_newest", lambda: newest)
    record = lists.record_for(Marked("beside", TEXT, GOLD))
    (full,) = record.full_lists
    assert (full.generated[:10], full.individuals) == ("2031-02-03", len(people))
    entry = record.listed["CDi.990"].versions[0].entry
    assert entry.listed_on == "2010-01-02"  # as the list has it, and not the text
    assert [alias.name for alias in entry.aliases] == ["Tavo Belmiro"]
    with_nobody = lists.record_for(Marked("plain", TEXT, {**GOLD, "list_fixture": []}))
    assert with_nobody.full_lists[0].individuals == len(people)


def test_a_record_that_there_is_has_the_aliases_of_the_text_too() -> None:
    held = lists.record_for(MARKED).listed["CDi.990"].versions[0].entry
    one = lists._entry({"ref": "CDi.990", "aliases": ["Tavo Belmiro", "Tawo Belmir", "Tavo"]}, held)
    assert [alias.name for alias in one.aliases] == ["Tavo Belmiro", "Tawo Belmir"]
    assert one.listed_on == "2018-02-01"


# ---------------------------------------------------------------- the texts themselves


ALL = [text for folder in SETS.values() for text in texts(folder)]


@pytest.mark.parametrize("text", ALL, ids=lambda text: text.name)
def test_marks_stand_where_they_say_and_are_scored_as_perfect(text: Marked) -> None:
    spans = list(_spans(text.gold))
    assert all(text.text[one["start"] : one["end"]] == one["text"] for one in spans)
    tally = read_as(text.reading, text)
    faults = {
        name: tally.share(name)
        for name in measure.FIGURES
        if name not in ("verdict", "allowed", "graver", "expected")
        and tally.share(name) not in (None, name not in ("polarity", "spurious"))
    }
    assert faults == {}


def _spans(found: Any) -> Any:
    if isinstance(found, dict):
        if {"start", "end", "text"} <= found.keys():
            yield found
        found = list(found.values())
    if isinstance(found, list):
        for inner in found:
            yield from _spans(inner)


# ---------------------------------------------------------------- length


def test_a_made_text_has_so_many_words_and_is_the_same_again() -> None:
    record = lists.plain()
    for words in (1, 87, 400, 4_000):
        assert len(growth.made(words, record).split()) == words
    text = growth.made(4_000, record)
    assert text == growth.made(4_000, record)
    assert text.startswith(growth.made(400, record)[:1000])
    speakers = set(re.findall(r"spokesman (\w+ \w+) said", text))
    assert len(speakers) > 30


# ---------------------------------------------------------------- rows and pages


def _folder(path: Path) -> Path:
    path.mkdir()
    (path / "a.txt").write_text(TEXT, encoding="utf-8")
    (path / "belmir.json").write_text(json.dumps(GOLD), encoding="utf-8")
    return path


def _flipped(*_: Any, **__: Any) -> Reading:
    return changed(lambda one: replace(one, type=FLIPPED.get(one.type, one.type)))


@pytest.fixture
def measured(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[Any], list[Row]]:
    """Every row of a run with this reader, over the same text in each set but the first."""
    sets = {"seen": tmp_path / "none"} | {
        name: _folder(tmp_path / name) for name in ("tune", "report")
    }
    monkeypatch.setattr(measure, "SETS", sets)
    monkeypatch.setattr(growth, "WORDS", (400, 800))
    monkeypatch.setattr(growth, "_RUNS", {400: 1, 800: 1})

    def run(read: Any) -> list[Row]:
        monkeypatch.setattr(measure, "read", read)
        return list(measure.measure(Run(tmp_path, show=True)))

    return run


def test_misses_are_told_of_the_texts_to_tune_on_alone(
    measured: Callable[[Any], list[Row]], capsys: pytest.CaptureFixture[str]
) -> None:
    measured(_flipped)
    told = capsys.readouterr().err
    assert told.count("polarity: belmir c2: denies, read as asserts of Amos Ruhinda") == 1
    assert told.index("polarity: ") < told.index("1 texts: report")


def test_polarity_errors_miss_their_limit(measured: Callable[[Any], list[Row]]) -> None:
    rows = measured(_flipped)
    errors = [row for row in rows if row.measure == "polarity errors"]
    assert [(row.part, row.figure, row.met) for row in errors] == [
        ("reading tune", 4, False),
        ("reading report", 4, False),
    ]
    assert rows[0].measure == "not measured: its texts are not there"


def test_the_page_gets_its_tables(
    measured: Callable[[Any], list[Row]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = tmp_path / "articles.md"
    copy.write_text(page.PAGE.read_text(encoding="utf-8"), encoding="utf-8")
    monkeypatch.setattr(page, "PAGE", copy)
    page.write(measured(lambda *_, **__: MARKED.reading))
    text = copy.read_text(encoding="utf-8")
    assert "| figure | tuned on | never looked at |" in text
    assert "| core claims found | 3 of 3 (100 %) | 3 of 3 (100 %) |" in text
    assert "| polarity errors | 0 of 4 | 0 of 4 |" in text
    assert "| 400 words, median of 1 |" in text
    page.write([])
    assert copy.read_text(encoding="utf-8") == text


def test_a_reader_is_given_the_text_its_day_and_its_record() -> None:
    given: list[Any] = []

    def read(
        text: str, published_on: str, record: Record, policy: Policy,
        title: str | None = None, publisher: str | None = None, url: str | None = None,
    ) -> Reading:  # fmt: skip
        given.extend((text, published_on, record, policy.threshold, title, publisher, url))
        return MARKED.reading

    measure.measured([MARKED], read)
    assert given == [
        TEXT, "2024-05-10", lists.record_for(MARKED), 0.75, None, "Lakeside Post", None,
    ]  # fmt: skip
