"""What changed between lists: by invented lists each rule, and the real ones counted otherwise."""

import hashlib
import lzma
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.evidence import DesignationFactCited, ListEntryCited, SnapshotCited
from app.lists import un_xml
from app.lists.changes import Change, ChangeKind, changes
from app.terms import (
    Accepted,
    AcceptedSide,
    DesignationEvent,
    DesignationFact,
    Entry,
    ListKind,
    PartyKind,
    Snapshot,
    Tables,
)
from app.where import Places
from tests.invented import only, xml

Chain = list[tuple[Snapshot, Mapping[str, Entry]]]


def snapshot(body: bytes, parsed: un_xml.ParsedList) -> Snapshot:
    return Snapshot(
        sha256=hashlib.sha256(body).hexdigest(),
        list_kind=ListKind.full,
        generated=parsed.generated,
        source="invented",
        recorded_at="2026-06-01T00:00:00.000000Z",
        individuals=parsed.individuals,
        entities=parsed.entities,
    )


def chain(*lists: bytes) -> Chain:
    """Lists as a record hands them on: equal records are one object."""
    seen: dict[Entry, Entry] = {}
    found: Chain = []
    for body in lists:
        parsed = un_xml.read(body)
        entries = {entry.reference: seen.setdefault(entry, entry) for entry in parsed.entries}
        found.append((snapshot(body, parsed), entries))
    return found


@pytest.fixture(scope="module")
def told(tables: Tables) -> Callable[..., tuple[Change, ...]]:
    """The changes that lists show."""
    places = Places(tables.places)

    def tell(*lists: bytes, facts: Sequence[DesignationFact] = ()) -> tuple[Change, ...]:
        by_reference: dict[str, list[DesignationFact]] = {}
        for item in facts:
            by_reference.setdefault(item.reference, []).append(item)
        made = CHAINS if len(lists) > 20 else chain
        return changes(made(*lists), by_reference, {"ZZ": "9999"}, "the law", places)

    return tell


def fact(event: str, on: str, by: str | None = None, disputed: bool = False) -> DesignationFact:
    return DesignationFact(
        reference="ZZi.002",
        event=DesignationEvent(event),
        on=on,
        by=by,
        source="a press release",
        checked=True,
        disputed=disputed,
        accepted=None,
    )


ALL = xml("2026-01-10T12:00:00Z")
WITHOUT = xml("2026-02-10T12:00:00Z", only("ZZi.001", "ZZi.003", "ZZi.004"))
AGAIN = xml("2026-03-10T12:00:00Z")


# ---------------------------------------------------------------- coming and going


def test_the_oldest_list_changes_nothing(told: Callable[..., tuple[Change, ...]]) -> None:
    assert told() == told(ALL) == ()


def test_a_reference_leaves_and_returns(told: Callable[..., tuple[Change, ...]]) -> None:
    back, gone = told(ALL, WITHOUT, AGAIN)
    assert (gone.kind, back.kind) == (ChangeKind.delisted, ChangeKind.returned)
    for item in (gone, back):
        assert (item.reference, item.name, item.party) == (
            "ZZi.002",
            "BESNA TOMIK",
            PartyKind.individual,
        )
        assert (item.regime, item.regime_number, item.on) == ("Invented", "9999", None)
        assert (item.earliest, item.latest) == tuple(seen.generated for seen in item.between)
        assert "no fact on record says on which day that changed" in item.words
        cited = [each for each in item.citations if isinstance(each, SnapshotCited)]
        assert [each.snapshot for each in cited] == [seen.sha256 for seen in item.between]
        assert [each.holds for each in cited] == [item is gone, item is back]
    assert gone.between == told(ALL, WITHOUT)[0].between
    assert len({gone.id, back.id}) == 2


def test_a_new_reference_is_listed_on_its_day(told: Callable[..., tuple[Change, ...]]) -> None:
    new = AGAIN.replace(b"2010-01-02", b"2026-02-20")
    (item, *corrected) = sorted(told(WITHOUT, new), key=lambda change: change.kind != "listed")
    assert (item.kind, item.reference) == (ChangeKind.listed, "ZZi.002")
    assert item.on == item.earliest == item.latest == "2026-02-20"
    assert any(
        isinstance(each, ListEntryCited) and each.value == "2026-02-20" for each in item.citations
    )
    # The others were there before: a later LISTED_ON than the list that held them is no correction.
    assert corrected == []


@pytest.mark.parametrize("day", ["2026-02-08", "2026-03-11", "2010-01-02"])
def test_a_listed_on_outside_the_gap_dates_nothing(
    told: Callable[..., tuple[Change, ...]], day: str
) -> None:
    new = AGAIN.replace(b"2010-01-02", day.encode())
    item = next(each for each in told(WITHOUT, new) if each.kind == "listed")
    assert item.on is None
    assert (item.earliest[:10], item.latest[:10]) == ("2026-02-10", "2026-03-10")


DECIDED = Accepted(side=AcceptedSide.list_, by="an officer", because="a test says so")
UPHELD = AcceptedSide.fact
DELISTED = [
    ((fact("delisted", "2026-01-20"),), "2026-01-20", "2026-01-20", "2026-01-20"),
    # A list of that day or the next one may still hold who has left.
    ((fact("delisted", "2026-01-10"),), "2026-01-10", "2026-01-10", "2026-01-10"),
    ((fact("delisted", "2026-01-09"),), "2026-01-09", "2026-01-09", "2026-01-09"),
    ((fact("delisted", "2026-01-20", "2026-01-22"),), None, "2026-01-20", "2026-01-22"),
    (
        (fact("delisted", "2026-01-01", "2026-01-22"),),
        None,
        "2026-01-10T12:00:00.000000Z",
        "2026-01-22",
    ),
    ((fact("delisted", "2026-01-20T10:00:00Z"),), *["2026-01-20T10:00:00Z"] * 3),
    # What lies elsewhere, or is of something else, narrows nothing.
    ((fact("delisted", "2026-01-08"),), None, None, None),
    ((fact("delisted", "2026-01-01", "2026-01-09"),), None, None, None),
    ((fact("delisted", "2026-02-11"),), None, None, None),
    ((fact("relisted", "2026-01-20"), fact("died", "2026-01-20")), None, None, None),
    # One that somebody decided against, and one that was upheld.
    ((replace(fact("delisted", "2026-01-20"), accepted=DECIDED),), None, None, None),
    (
        (replace(fact("delisted", "2026-01-20"), accepted=replace(DECIDED, side=UPHELD)),),
        *["2026-01-20"] * 3,
    ),
    # Left, came back and left again between two lists: the last time counts.
    (
        (
            fact("delisted", "2026-01-12"),
            fact("relisted", "2026-01-20"),
            fact("delisted", "2026-02-01"),
        ),
        *["2026-02-01"] * 3,
    ),
]


@pytest.mark.parametrize(("facts", "on", "earliest", "latest"), DELISTED)
def test_a_fact_narrows_what_lists_leave_open(
    told: Callable[..., tuple[Change, ...]],
    facts: Sequence[DesignationFact],
    on: str | None,
    earliest: str | None,
    latest: str | None,
) -> None:
    (item,) = told(ALL, WITHOUT, facts=facts)
    between = [seen.generated for seen in item.between]
    assert item.on == on
    assert [item.earliest, item.latest] == [earliest or between[0], latest or between[1]]
    cited = [each for each in item.citations if isinstance(each, DesignationFactCited)]
    assert bool(cited) == (earliest is not None)
    assert ("a press release" in item.words) == bool(cited)


@pytest.mark.parametrize(
    ("facts", "kind"),
    [
        ((), "listed"),
        ((fact("relisted", "2026-02-28"),), "returned"),
        ((fact("delisted", "2020-01-01"),), "returned"),
        ((fact("delisted", "2020-01-01", "2021-01-01"),), "returned"),
        ((fact("listed", "2026-02-28"),), "listed"),
        ((fact("relisted", "2027-02-28"),), "listed"),
        ((fact("delisted", "2026-05-01"), fact("died", "2020-01-01")), "listed"),
        ((replace(fact("relisted", "2026-02-28"), accepted=DECIDED),), "listed"),
    ],
)
def test_who_was_listed_before_all_lists_on_record_returns(
    told: Callable[..., tuple[Change, ...]], facts: Sequence[DesignationFact], kind: str
) -> None:
    (change,) = told(WITHOUT, AGAIN, facts=facts)
    assert (change.kind, change.reference) == (kind, "ZZi.002")


def test_a_disputed_return_says_so(told: Callable[..., tuple[Change, ...]]) -> None:
    facts = [fact("relisted", "2026-02-28T00:00:00Z", disputed=True)]
    back = told(ALL, WITHOUT, AGAIN, facts=facts)[0]
    assert back.on == "2026-02-28T00:00:00Z"
    assert "which some States dispute" in back.words


def test_two_days_that_disagree_date_nothing(told: Callable[..., tuple[Change, ...]]) -> None:
    new = AGAIN.replace(b"2010-01-02", b"2026-02-20")
    for by, on in ((None, None), ("2026-02-25", None)):
        item = told(WITHOUT, new, facts=[fact("listed", "2026-02-22", by)])[0]
        assert (item.on, item.earliest, item.latest) == (on, "2026-02-20", by or "2026-02-22")
        assert "do not agree" in item.words
    for each in (fact("listed", "2026-02-20"), fact("listed", "2026-02-15", "2026-02-21")):
        assert told(WITHOUT, new, facts=[each])[0].on == "2026-02-20"


def test_a_corrected_listed_on(told: Callable[..., tuple[Change, ...]]) -> None:
    other = AGAIN.replace(b"2010-01-02", b"2010-01-20", 1)
    (item,) = told(ALL, other)
    assert (item.kind, item.reference, item.on) == (ChangeKind.corrected, "ZZi.001", None)
    ((field, old, new),) = [(each.field, each.old, each.new) for each in item.fields]
    assert (field, old, new) == ("listed_on", ("2010-01-02",), ("2010-01-20",))
    assert item.words == (
        "LISTED_ON was 2 January 2010 on the list of 10 January 2026, and is 20 January 2010 on "
        "that of 10 March 2026"
    )


def test_who_returns_with_another_record_is_amended_too(
    told: Callable[..., tuple[Change, ...]],
) -> None:
    amended, back, _ = told(ALL, WITHOUT, AGAIN.replace(b"TOMIK", b"TOMIC"))
    assert (amended.kind, back.kind) == (ChangeKind.amended, ChangeKind.returned)
    assert [seen.generated[:10] for seen in amended.between] == ["2026-01-10", "2026-03-10"]
    assert amended.fields[0].old == ("BESNA TOMIK",)


def test_another_name_for_the_regime_or_form_of_the_reference_is_no_relisting(
    told: Callable[..., tuple[Change, ...]],
) -> None:
    other = AGAIN.replace(b">ZZi.001<", b"> ZZI.001. <")
    assert told(ALL, other) == ()
    renamed = told(ALL, AGAIN.replace(b">Invented<", b">Invented Two<"))
    assert {(item.kind, item.fields[0].field) for item in renamed} == {("amended", "regime")}


def test_lists_that_hold_the_same_cost_no_comparison(
    told: Callable[..., tuple[Change, ...]], monkeypatch: pytest.MonkeyPatch, tables: Tables
) -> None:
    lists = chain(*(xml(f"2026-01-{day:02}T00:00:00Z") for day in range(1, 32)))
    monkeypatch.setattr("app.lists.changes._Reader.differences", None)
    monkeypatch.setattr("app.lists.changes.unicodedata", None)
    assert changes(lists, {}, {}, "", Places(tables.places)) == ()


# ---------------------------------------------------------------- records, field by field


RECORD = """<INDIVIDUAL>
  <DATAID>6900001</DATAID><VERSIONNUM>1</VERSIONNUM>
  <FIRST_NAME>ARDAN</FIRST_NAME><SECOND_NAME>O'VELUR</SECOND_NAME>
  <UN_LIST_TYPE>Invented</UN_LIST_TYPE><REFERENCE_NUMBER>ZZi.001</REFERENCE_NUMBER>
  <LISTED_ON>2010-01-02</LISTED_ON><GENDER>Male</GENDER>
  <NAME_ORIGINAL_SCRIPT>اردان</NAME_ORIGINAL_SCRIPT>
  <COMMENTS1>Member of the council since 4 May 2009. Brother of Besna Tomik (ZZi.002).</COMMENTS1>
  <TITLE><VALUE>Colonel</VALUE></TITLE>
  <DESIGNATION><VALUE>Commander of the guard</VALUE><VALUE>Minister of roads</VALUE></DESIGNATION>
  <NATIONALITY><VALUE>Iran (Islamic Republic of)</VALUE><VALUE>Iraq</VALUE></NATIONALITY>
  <LIST_TYPE><VALUE>UN List</VALUE></LIST_TYPE>
  <LAST_DAY_UPDATED><VALUE>2012-03-04</VALUE></LAST_DAY_UPDATED>
  <INDIVIDUAL_ALIAS><QUALITY>Good</QUALITY><ALIAS_NAME>Ardan Welur</ALIAS_NAME></INDIVIDUAL_ALIAS>
  <INDIVIDUAL_ALIAS><QUALITY>Low</QUALITY><ALIAS_NAME>The Reed</ALIAS_NAME></INDIVIDUAL_ALIAS>
  <INDIVIDUAL_ADDRESS><STREET>12 Long Street</STREET><CITY>Basra</CITY><COUNTRY>Iraq</COUNTRY>
    <NOTE>since 2011</NOTE></INDIVIDUAL_ADDRESS>
  <INDIVIDUAL_ADDRESS><CITY>Tehran</CITY><COUNTRY>Iran (Islamic Republic of)</COUNTRY>
    </INDIVIDUAL_ADDRESS>
  <INDIVIDUAL_DATE_OF_BIRTH><TYPE_OF_DATE>EXACT</TYPE_OF_DATE><DATE>1960-02-03</DATE>
    </INDIVIDUAL_DATE_OF_BIRTH>
  <INDIVIDUAL_DATE_OF_BIRTH><TYPE_OF_DATE>APPROXIMATELY</TYPE_OF_DATE><YEAR>1961</YEAR>
    </INDIVIDUAL_DATE_OF_BIRTH>
  <INDIVIDUAL_PLACE_OF_BIRTH><CITY>Basra</CITY><STATE_PROVINCE>South</STATE_PROVINCE>
    <COUNTRY>Iraq</COUNTRY></INDIVIDUAL_PLACE_OF_BIRTH>
  <INDIVIDUAL_DOCUMENT><TYPE_OF_DOCUMENT>Passport</TYPE_OF_DOCUMENT><NUMBER>A 0012345</NUMBER>
    <ISSUING_COUNTRY>Iran (Islamic Republic of)</ISSUING_COUNTRY>
    <NOTE>expires 6 Jul. 2015</NOTE></INDIVIDUAL_DOCUMENT>
  <INDIVIDUAL_DOCUMENT><TYPE_OF_DOCUMENT>National Identification Number</TYPE_OF_DOCUMENT>
    <NUMBER>778899</NUMBER></INDIVIDUAL_DOCUMENT>
  <SORT_KEY/><SORT_KEY_LAST_MOD/>
</INDIVIDUAL>"""


def one(record: str, day: str = "2026-01-01") -> bytes:
    return (
        f'<CONSOLIDATED_LIST dateGenerated="{day}T00:00:00Z"><INDIVIDUALS>{record}</INDIVIDUALS>'
        "<ENTITIES/></CONSOLIDATED_LIST>"
    ).encode()


LINK = "https://www.interpol.int/en/How-we-work/Notices/View-UN-Notices-Individuals"
LAYOUT: list[tuple[str, str, str]] = [
    ("enum case", "EXACT<", "Exact<"),
    ("enum case", "APPROXIMATELY<", "Approximately<"),
    ("a State's short name", "<VALUE>Iran (Islamic Republic of)<", "<VALUE>Iran<"),
    ("a nationality by its people", "<VALUE>Iraq<", "<VALUE>Iraqi<"),
    ("a short name in an address", "<COUNTRY>Iran (Islamic Republic of)<", "<COUNTRY>Iran<"),
    ("a short name in a document", "<ISSUING_COUNTRY>Iran (Islamic Republic of)<",
     "<ISSUING_COUNTRY>Iran<"),
    ("posts packed", "guard</VALUE><VALUE>Minister of roads", "guard/Minister of roads"),
    ("posts lettered", "guard</VALUE><VALUE>Minister", "guard b) Minister"),
    ("another DATAID", ">6900001<", ">6900777<"),
    ("a version", "<VERSIONNUM>1<", "<VERSIONNUM>14<"),
    ("a sort key", "<SORT_KEY/>", "<SORT_KEY>Velur Ardan</SORT_KEY>"),
    ("no list type", "<VALUE>UN List</VALUE>", "<VALUE/>"),
    ("who proposed it", "<LISTED_ON>", "<SUBMITTED_BY>Germany</SUBMITTED_BY><LISTED_ON>"),
    ("INTERPOL's sentence", "(ZZi.002).<",
     f"(ZZi.002). INTERPOL-UN Security Council Special Notice web link: {LINK}<"),
    ("INTERPOL's elements", "<TITLE>",
     f"<HAS_INTERPOL_LINK>YES</HAS_INTERPOL_LINK><INTERPOL_LINK>{LINK}</INTERPOL_LINK><TITLE>"),
    ("an apostrophe", "O'VELUR", "O’VELUR"),
    ("case of a name", ">ARDAN<", ">Ardan<"),
    ("a part of a name elsewhere", "SECOND_NAME", "THIRD_NAME"),
    ("an alias again", "<INDIVIDUAL_ADDRESS><STREET>", "<INDIVIDUAL_ALIAS><QUALITY>Low</QUALITY>"
     "<ALIAS_NAME>The Reed</ALIAS_NAME></INDIVIDUAL_ALIAS><INDIVIDUAL_ADDRESS><STREET>"),
    ("placeholders", "<INDIVIDUAL_ADDRESS><STREET>", "<INDIVIDUAL_ALIAS><QUALITY/><ALIAS_NAME/>"
     "</INDIVIDUAL_ALIAS><INDIVIDUAL_ADDRESS><COUNTRY/></INDIVIDUAL_ADDRESS>"
     "<INDIVIDUAL_DATE_OF_BIRTH><TYPE_OF_DATE/></INDIVIDUAL_DATE_OF_BIRTH><INDIVIDUAL_DOCUMENT/>"
     "<INDIVIDUAL_ADDRESS><STREET>"),
    ("a stop", "since 2011<", "since 2011.<"),
    ("sentences the other way round",
     "Member of the council since 4 May 2009. Brother of Besna Tomik (ZZi.002).",
     "Brother of Besna Tomik (ZZi.002). Member of the council since 4 May 2009."),
    ("an expiry in its own element", "<NOTE>expires 6 Jul. 2015</NOTE>",
     "<DATE_OF_EXPIRY>2015-07-06</DATE_OF_EXPIRY>"),
    ("a document all in one text", "<TYPE_OF_DOCUMENT>National Identification Number"
     "</TYPE_OF_DOCUMENT>\n    <NUMBER>778899</NUMBER>", "<TYPE_OF_DOCUMENT>National "
     "Identification Number</TYPE_OF_DOCUMENT><TYPE_OF_DOCUMENT2>national identity card number "
     "778899</TYPE_OF_DOCUMENT2>"),
    ("two States in one note", "<ISSUING_COUNTRY>Iran (Islamic Republic of)</ISSUING_COUNTRY>\n"
     "    <NOTE>expires 6 Jul. 2015</NOTE>", "<ISSUING_COUNTRY>Iran (Islamic Republic of)"
     "</ISSUING_COUNTRY><NOTE>expires 6 Jul. 2015 Iran (Islamic Republic of)</NOTE>"),
    ("a province beside the city", "<CITY>Basra</CITY><STATE_PROVINCE>South</STATE_PROVINCE>",
     "<CITY>Basra, South</CITY>"),
    ("a passport in another language", ">Passport<", ">Numéro de passeport<"),
]  # fmt: skip

SUBSTANCE: list[tuple[str, str, str]] = [
    ("name", ">ARDAN<", ">ERDAN<"),
    ("name", "</SECOND_NAME>", "</SECOND_NAME><THIRD_NAME>II</THIRD_NAME>"),
    ("original_script", "اردان", "اردن"),
    ("gender", "<GENDER>Male</GENDER>", ""),
    ("titles", "Colonel", "General"),
    ("designations", "<VALUE>Minister of roads</VALUE>", ""),
    ("designations", "Minister of roads", "Former minister of roads"),
    ("nationalities", "<VALUE>Iraq<", "<VALUE>Syria<"),
    ("nationalities", "<VALUE>Iraq</VALUE>", ""),
    ("aliases", "Ardan Welur", "Ardan Weler"),
    ("aliases", "<QUALITY>Low<", "<QUALITY>Good<"),
    ("aliases", "The Reed</ALIAS_NAME>", "The Reed</ALIAS_NAME><NOTE>listed as</NOTE>"),
    ("aliases", "<QUALITY>Low</QUALITY><ALIAS_NAME>The Reed</ALIAS_NAME>", ""),
    ("birth_dates", "1960-02-03", "1960-02-04"),
    ("birth_dates", ">APPROXIMATELY<", ">EXACT<"),
    ("birth_dates", "<YEAR>1961</YEAR>", ""),
    ("birth_places", "<CITY>Basra</CITY><STATE", "<CITY>Basrah</CITY><STATE"),
    ("birth_places", "<COUNTRY>Iraq</COUNTRY></INDIVIDUAL_PLACE",
     "<COUNTRY>Iran</COUNTRY></INDIVIDUAL_PLACE"),
    ("documents", "A 0012345", "A 0012346"),
    ("documents", ">Passport<", ">Seaman's book<"),
    ("documents", "6 Jul. 2015", "7 Jul. 2015"),
    ("documents", "<NOTE>expires 6", "<NOTE>expired 6"),
    ("documents", "<ISSUING_COUNTRY>Iran (Islamic Republic of)<", "<ISSUING_COUNTRY>Iraq<"),
    ("addresses", "12 Long Street", "14 Long Street"),
    ("addresses", "since 2011", "until 2011"),
    ("comments", "4 May 2009", "5 May 2009"),
    ("comments", " Brother of Besna Tomik (ZZi.002).", ""),
    ("comments", "(ZZi.002).", "(ZZi.002). Reportedly deceased."),
    ("regime", ">Invented<", ">Other<"),
    ("delisted_on", "<GENDER>", "<DELISTED_ON>2015-03-16</DELISTED_ON><GENDER>"),
    ("other", "<GENDER>", "<SHOE_SIZE>44</SHOE_SIZE><GENDER>"),
    ("last_day_updated", "2012-03-04</VALUE>", "2012-03-04</VALUE><VALUE>2026-01-15</VALUE>"),
]  # fmt: skip


def swapped(record: str, old: str, new: str) -> str:
    assert record.count(old) == 1, old
    return record.replace(old, new)


@pytest.mark.parametrize(("what", "old", "new"), LAYOUT)
def test_layout_is_no_amendment(
    told: Callable[..., tuple[Change, ...]], what: str, old: str, new: str
) -> None:
    other = record_with((old, new))
    assert told(one(RECORD), one(other, "2026-02-01")) == (), what
    assert told(one(other), one(RECORD, "2026-02-01")) == (), what


def record_with(*pairs: tuple[str, str]) -> str:
    record = RECORD
    for old, new in pairs:
        # "SECOND_NAME" stands twice in its own element.
        record = record.replace(old, new) if old == "SECOND_NAME" else swapped(record, old, new)
    return record


@pytest.mark.parametrize(("field", "old", "new"), SUBSTANCE)
def test_one_thing_of_substance_is_that_field(
    told: Callable[..., tuple[Change, ...]], field: str, old: str, new: str
) -> None:
    if field == "documents" and "Passport" in old:
        old = "<TYPE_OF_DOCUMENT>Passport<"
        new = new.replace(">Seaman", "<TYPE_OF_DOCUMENT>Seaman")
    for first, second in ((RECORD, record_with((old, new))), (record_with((old, new)), RECORD)):
        found = told(one(first), one(second, "2026-02-01"))
        if field == "last_day_updated" and second is RECORD:
            assert found == ()  # a day of amendment that is gone is no news of an amendment
            continue
        (item,) = found
        assert (item.kind, [each.field for each in item.fields]) == (ChangeKind.amended, [field])
        assert item.fields[0].old != item.fields[0].new
        assert (item.on, item.earliest[:10], item.latest[:10]) == (None, "2026-01-01", "2026-02-01")


def reordered(record: str, draw: Callable[[int], Sequence[int]]) -> str:
    """A record with elements of one name in another order, indented otherwise."""
    root = ElementTree.fromstring(record)
    for group in dict.fromkeys(child.tag for child in root):
        places = [number for number, child in enumerate(root) if child.tag == group]
        moved = [root[number] for number in places]
        for place, other in zip(places, draw(len(places)), strict=True):
            root[place] = moved[other]
    for values in root:
        if all(value.tag == "VALUE" for value in values) and len(values) > 1:
            values[:] = [values[number] for number in draw(len(values))]
    ElementTree.indent(root, " " * draw(8)[0])
    return ElementTree.tostring(root, encoding="unicode")


@given(data=st.data())
def test_any_layout_of_a_record_says_the_same(
    told: Callable[..., tuple[Change, ...]], data: st.DataObject
) -> None:
    def draw(length: int) -> Sequence[int]:
        return data.draw(st.permutations(range(length)))

    record = RECORD
    for _, old, new in data.draw(st.lists(st.sampled_from(LAYOUT), max_size=6, unique=True)):
        if old != "SECOND_NAME" and record.count(old) == 1:
            record = record.replace(old, new)
    record = reordered(record, draw)
    assert told(one(RECORD), one(record, "2026-02-01")) == ()
    # And through any layout one thing of substance is seen, as that field.
    field, old, new = data.draw(st.sampled_from(SUBSTANCE))
    changed = RECORD.replace(old, new)
    if RECORD.count(old) == 1 and field != "last_day_updated":
        (item,) = told(one(record), one(reordered(changed, draw), "2026-02-01"))
        assert [each.field for each in item.fields] == [field]


@given(order=st.permutations(range(4)))
def test_the_order_of_records_is_irrelevant(
    told: Callable[..., tuple[Change, ...]], order: list[int]
) -> None:
    names = ["ZZi.001", "ZZi.002", "ZZi.003", "ZZi.004"]
    other = xml("2026-03-10T12:00:00Z", only(*(names[number] for number in order)))
    assert told(ALL, other) == ()


# ---------------------------------------------------------------- the real lists


# Reading a real list takes longer than all else here: each chain is read once.
CHAINS = cache(chain)


@cache
def read_once(folder: Path) -> list[bytes]:
    """The English lists of a folder, by the day they were generated."""
    paths = sorted(folder.glob("*.xml.xz"))
    return [lzma.decompress(path.read_bytes()) for path in paths if "2023-02-22" not in path.name]


@pytest.fixture
def bodies(shared: Path) -> list[bytes]:
    """The English lists of the folder beside the checkout."""
    return read_once(shared / "un_lists")


_REAL: list[tuple[Change, ...]] = []


@pytest.fixture
def real(bodies: list[bytes], told: Callable[..., tuple[Change, ...]]) -> tuple[Change, ...]:
    """All changes of the real lists, with no fact; told once."""
    if not _REAL:
        _REAL.append(told(*bodies))
    return _REAL[0]


def held(body: bytes) -> set[str]:
    """The references of a list, told without the reader."""
    found = re.findall(r"<REFERENCE_NUMBER>\s*([^<]*?)[\s.]*</REFERENCE_NUMBER>", body.decode())
    # TAI.171 of 2015 has been written TAi.171 since.
    return {number.replace("TAI.", "TAi.") for number in found}


def steps(found: Sequence[Change]) -> Iterator[tuple[str, list[Change]]]:
    for name in {item.between[1].sha256 for item in found}:
        yield name, [item for item in found if item.between[1].sha256 == name]


def test_who_came_and_went_counted_otherwise(bodies: list[bytes], real: tuple[Change, ...]) -> None:
    assert len(bodies) == 24
    by_list = dict(steps(real))
    ever = held(bodies[0])
    for before, after in pairwise(bodies):
        was, now = held(before), held(after)
        found: dict[str, set[str]] = {}
        for item in by_list.get(hashlib.sha256(after).hexdigest(), []):
            found.setdefault(item.kind, set()).add(item.reference)
        assert found.get("listed", set()) == now - was - ever
        assert found.get("returned", set()) == (now - was) & ever
        assert found.get("delisted", set()) == was - now
        ever |= now


def of_step(found: Sequence[Change], day: str) -> list[Change]:
    return [item for item in found if item.between[1].generated.startswith(day)]


def test_iran_returned_and_new_regimes_entered(real: tuple[Change, ...]) -> None:
    back = [item for item in of_step(real, "2025-11-15") if item.kind == "returned"]
    assert Counter(item.party for item in back) == {"individual": 43, "entity": 78}
    assert {item.regime for item in back} == {"Iran"}
    south_sudan = {item.reference: item.kind for item in real if item.reference[:2] == "SS"}
    assert set(south_sudan.values()) <= {"listed", "amended"}
    entered = [item for item in real if item.reference[:2] in ("SS", "HT", "ML")]
    assert all(item.on is not None for item in entered if item.kind == "listed")
    haiti = next(item for item in entered if item.reference == "HTi.001" and item.kind == "listed")
    assert (haiti.on, haiti.regime) == ("2022-10-21", "26532022")
    assert not [item for item in real if item.reference == "HTi.001" and item.kind == "delisted"]


def test_every_listing_of_the_real_lists_has_its_day(real: tuple[Change, ...]) -> None:
    assert all(item.on for item in real if item.kind == "listed")


def test_listed_on_was_corrected_three_times(real: tuple[Change, ...]) -> None:
    assert sorted(item.reference for item in real if item.kind == "corrected") == [
        "GBi.008", "IRi.031", "TAi.004",
    ]  # fmt: skip


def test_facts_narrow_when_iran_and_mali_left(
    bodies: list[bytes], told: Callable[..., tuple[Change, ...]]
) -> None:
    mali = sorted(number for number in held(bodies[15]) if number.startswith("MLi"))
    iran = sorted(number for number in held(bodies[15]) if number.startswith("IRi"))
    assert (len(mali), len(iran)) == (8, 23)
    left = fact("delisted", "2023-08-31", "2023-09-01")
    ended = fact("delisted", "2023-10-18")
    facts = [replace(left, reference=number) for number in mali]
    facts += [replace(ended, reference=number) for number in iran]
    gone = {
        item.reference: item
        for item in told(*bodies, facts=facts)
        if item.kind == "delisted" and item.between[1].generated.startswith("2024-03-16")
    }
    for number in mali:
        item = gone[number]
        assert (item.on, item.earliest, item.latest) == (None, "2023-08-31", "2023-09-01")
    for number in iran:
        assert gone[number].on == "2023-10-18"
    for number in (number for number in gone if number.startswith("IRe")):
        assert gone[number].on is None
    assert len(gone) == 95


AMENDED = {
    "2015-08-20": 36, "2015-10-02": 10, "2018-06-07": 27, "2018-10-29": 10, "2020-11-24": 25,
    "2021-03-13": 93, "2022-10-22": 59, "2024-09-21": 3, "2025-11-15": 11, "2025-12-10": 0,
    "2026-02-25": 0,
}  # fmt: skip


@pytest.mark.parametrize(("day", "number"), AMENDED.items())
def test_amendments_of_quiet_steps(real: tuple[Change, ...], day: str, number: int) -> None:
    assert len([item for item in of_step(real, day) if item.kind == "amended"]) == number


def test_what_the_list_itself_calls_amended_is(
    bodies: list[bytes], real: tuple[Change, ...]
) -> None:
    """Few days of LAST_DAY_UPDATED, a sign that the comparison does not use, stay unexplained."""
    lists = CHAINS(*bodies)
    named = seen = bare = 0
    for (before, old), (after, new) in pairwise(lists):
        amended = {
            item.reference: item.fields
            for item in of_step(real, after.generated)
            if item.kind == "amended" and item.between[0].sha256 == before.sha256
        }
        for reference in old.keys() & new.keys():
            days = set(new[reference].amended_on) - set(old[reference].amended_on)
            if any(before.generated[:10] <= day <= after.generated[:10] for day in days):
                named += 1
                seen += reference in amended
                bare += amended[reference][0].field == "last_day_updated"
    assert named == seen > 500
    assert bare <= 5


def test_a_list_only_written_otherwise_changes_nothing(
    bodies: list[bytes], told: Callable[..., tuple[Change, ...]]
) -> None:
    newest = bodies[-1]
    root = ElementTree.fromstring(newest)
    for records in root:
        records[:] = reversed(records)
        for record in records:
            groups = [child for child in record if child.tag.startswith(("INDIV", "ENTITY"))]
            others = [child for child in record if child not in groups]
            record[:] = [*others, *reversed(groups)]
    root.set("dateGenerated", "2027-01-01T00:00:00Z")
    ElementTree.indent(root, "      ")
    assert told(newest, ElementTree.tostring(root, encoding="utf-8")) == ()


def test_a_change_is_named_by_what_it_is_between(real: tuple[Change, ...]) -> None:
    assert len({item.id for item in real}) == len(real)
    places = [(item.between[1].generated, item.reference, item.kind) for item in real]
    assert len(set(places)) == len(places)
    assert [place[0] for place in places] == sorted((p[0] for p in places), reverse=True)
    assert all(item.citations and item.words for item in real)
    assert replace(real[0], words="") != real[0]
