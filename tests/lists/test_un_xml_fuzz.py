"""Lists bent in every way that comes to mind: read whole, or refused in one line.

What was read is held against what a walk of another kind finds in the bytes: records, reference
numbers, and words that were put in somewhere.
"""

import gzip
import lzma
import random
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from copy import deepcopy
from datetime import timedelta
from functools import cache

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter

from app.desk import Desk, ImportOutcome
from app.lists.un_xml import BOOKKEEPING, ListRefused, ParsedList, raw_element, read
from app.store import facts
from app.terms import Entry
from tests.conftest import ROOT, Clock, make_desk

REAL = sorted((ROOT.parent / "shared" / "un_lists").glob("*.xml.xz"))[::8]
LONG = timedelta(seconds=30)
"""For lists of some records, which take milliseconds: a hang, and not a machine with other work."""

INVENTED = """<?xml version="1.0" encoding="UTF-8"?>
<CONSOLIDATED_LIST xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
    xsi:noNamespaceSchemaLocation="list.xsd" dateGenerated="2026-01-31T23:00:03.110Z">
  <INDIVIDUALS>
    <INDIVIDUAL xsi:noNamespaceSchemaLocation="list.xsd">
      <DATAID>6908</DATAID><VERSIONNUM>1</VERSIONNUM>
      <FIRST_NAME>ARDAN</FIRST_NAME><SECOND_NAME>VELUR </SECOND_NAME><THIRD_NAME>na</THIRD_NAME>
      <UN_LIST_TYPE>Invented</UN_LIST_TYPE><REFERENCE_NUMBER>ZZi.001 </REFERENCE_NUMBER>
      <LISTED_ON>2010-01-02-04:00</LISTED_ON><GENDER>Male</GENDER>
      <NAME_ORIGINAL_SCRIPT>اردان ویلور</NAME_ORIGINAL_SCRIPT>
      <COMMENTS1>A member of the council,
          and of the others. [Old Reference # I.47.D.6]</COMMENTS1>
      <NATIONALITY2>Iraq</NATIONALITY2><TITLE><VALUE>Colonel</VALUE></TITLE>
      <DESIGNATION><VALUE>General/Commander of the guard</VALUE><VALUE>Head</VALUE></DESIGNATION>
      <NATIONALITY><VALUE>Iran (Islamic Republic of)</VALUE></NATIONALITY>
      <LIST_TYPE><VALUE>UN List</VALUE></LIST_TYPE>
      <LAST_DAY_UPDATED><VALUE>2014-12-17</VALUE><VALUE/></LAST_DAY_UPDATED>
      <INDIVIDUAL_ALIAS><QUALITY>Good</QUALITY><ALIAS_NAME>Ardan V.; b) Ardan W.</ALIAS_NAME>
        <DATE_OF_BIRTH>1957-03-11</DATE_OF_BIRTH><CITY_OF_BIRTH>Town</CITY_OF_BIRTH>
        <NOTE>previously listed as (one; two)</NOTE></INDIVIDUAL_ALIAS>
      <INDIVIDUAL_ALIAS><QUALITY>Low</QUALITY><ALIAS_NAME>اردان (Ardan)</ALIAS_NAME>
      </INDIVIDUAL_ALIAS>
      <INDIVIDUAL_ALIAS><QUALITY/><ALIAS_NAME/></INDIVIDUAL_ALIAS>
      <INDIVIDUAL_ADDRESS><STREET>1 Road</STREET><CITY>Town</CITY><COUNTRY>Iraq</COUNTRY>
        <ZIP_CODE>9</ZIP_CODE><NOTE>in 2010</NOTE></INDIVIDUAL_ADDRESS>
      <INDIVIDUAL_DATE_OF_BIRTH><TYPE_OF_DATE>EXACT</TYPE_OF_DATE><DATE>1957-03-11</DATE>
      </INDIVIDUAL_DATE_OF_BIRTH>
      <INDIVIDUAL_DATE_OF_BIRTH><TYPE_OF_DATE>BETWEEN</TYPE_OF_DATE><FROM_YEAR>1957</FROM_YEAR>
        <TO_YEAR>1958</TO_YEAR></INDIVIDUAL_DATE_OF_BIRTH>
      <INDIVIDUAL_DATE_OF_BIRTH><TYPE_OF_DATE>APPROXIMATELY</TYPE_OF_DATE><YEAR>1957</YEAR>
        <NOTE>Sep.</NOTE></INDIVIDUAL_DATE_OF_BIRTH>
      <INDIVIDUAL_PLACE_OF_BIRTH><CITY>Town</CITY><STATE_PROVINCE>Province</STATE_PROVINCE>
        <COUNTRY>Iraq</COUNTRY></INDIVIDUAL_PLACE_OF_BIRTH>
      <INDIVIDUAL_DOCUMENT><TYPE_OF_DOCUMENT>Passport</TYPE_OF_DOCUMENT>
        <TYPE_OF_DOCUMENT2>diplomatic</TYPE_OF_DOCUMENT2><NUMBER>X1 </NUMBER>
        <ISSUING_COUNTRY>Iraq</ISSUING_COUNTRY><DATE_OF_ISSUE>2001-01-01</DATE_OF_ISSUE>
        <DATE_OF_EXPIRY>2011-01-01</DATE_OF_EXPIRY><CITY_OF_ISSUE>Town</CITY_OF_ISSUE>
        <COUNTRY_OF_ISSUE>Iran</COUNTRY_OF_ISSUE></INDIVIDUAL_DOCUMENT>
      <INDIVIDUAL_DOCUMENT/><SORT_KEY/><SORT_KEY_LAST_MOD/><DELISTED_ON/>
    </INDIVIDUAL>
    <INDIVIDUAL><FIRST_NAME>BESNA</FIRST_NAME><REFERENCE_NUMBER>ZZi.002</REFERENCE_NUMBER>
    </INDIVIDUAL>
  </INDIVIDUALS>
  <ENTITIES>
    <ENTITY>
      <FIRST_NAME>CORVAN LINES</FIRST_NAME><REFERENCE_NUMBER>ZZe.001</REFERENCE_NUMBER>
      <COMMENTS1>Invented.</COMMENTS1><SUBMITTED_ON>2010-01-02</SUBMITTED_ON>
      <ENTITY_ALIAS><QUALITY>f.k.a.</QUALITY><ALIAS_NAME>CORVAN</ALIAS_NAME></ENTITY_ALIAS>
      <ENTITY_ADDRESS><COUNTRY>Iraq</COUNTRY></ENTITY_ADDRESS>
    </ENTITY>
  </ENTITIES>
</CONSOLIDATED_LIST>
""".encode()


@cache
def body(number: int) -> bytes:
    """An invented list, the one that ships, and real ones when they are beside."""
    if number == 0:
        return INVENTED
    if number == 1:
        return (ROOT / "data" / "un_lists" / "iran-1737.xml").read_bytes()
    return lzma.decompress(REAL[number - 2].read_bytes())


@cache
def tree(number: int) -> ET.Element:
    return ET.fromstring(body(number))


def some_records(source: random.Random) -> ET.Element:
    """A list with a few records of one of the lists, to be bent."""
    number = source.choice((0, 0, 1, *range(2, 2 + len(REAL))))
    whole = tree(number)
    if number == 0:
        return deepcopy(whole)
    made = ET.Element(whole.tag, whole.attrib)
    for container in whole:
        few = source.sample(list(container), min(3, len(container)))
        ET.SubElement(made, container.tag).extend(deepcopy(few))
    return made


# ---------------------------------------------------------------- another way to look

_HIDDEN = re.compile(r"<!--.*?-->|<!\[CDATA\[(.*?)\]\]>|<\?.*?\?>", re.DOTALL)
_TAG = re.compile(r"""<(/?)([^\s/>]+)(?:[^<>"']|"[^"]*"|'[^']*')*?(/?)>([^<]*)""")
_RECORDS = {"INDIVIDUAL", "ENTITY"}


def counted(xml: bytes) -> tuple[int, int]:
    """How many records, and reference numbers of records, stand in the bytes, letter by letter.

    A number outside of any record counts: it says that a record is there.
    """
    text = _HIDDEN.sub(lambda found: (found[1] or "").replace("<", "&lt;"), xml.decode())
    records, numbers, above = 0, 0, [""]
    for closes, tag, empty, words in _TAG.findall(text):
        if closes:
            above.pop()
            continue
        records += tag in _RECORDS
        if tag == "REFERENCE_NUMBER" and words.strip():
            numbers += above[-1] in _RECORDS or not _RECORDS.intersection(above)
        if not empty:
            above.append(tag)
    return records, numbers


def read_or_refused(xml: bytes) -> ParsedList | None:
    """What was read, after it was held against the bytes; null when refused, in one short line."""
    try:
        parsed = read(xml)
    except ListRefused as error:
        said = str(error)
        assert said
        assert said.isprintable(), said
        assert len(said) < 400, said
        return None
    records, numbers = counted(xml)
    assert (records, numbers) == (len(parsed.entries), len(parsed.entries))
    assert parsed.individuals + parsed.entities == records
    assert len({entry.reference for entry in parsed.entries}) == records
    return parsed


_json = TypeAdapter(Entry)


def said_by(parsed: ParsedList) -> str:
    """All that the entries hold, and what is reported beside them."""
    return "\n".join(
        [*(_json.dump_json(entry).decode() for entry in parsed.entries), *parsed.unknown_elements]
    )


# ---------------------------------------------------------------- ways to bend

Bend = Callable[[random.Random, ET.Element], None]

ODD = (
    "", " ", "na", "null", "NA", "0", "-1", "99999999999999999999", "1e9", "٢٠٢٦", "0000-00-00",
    "9999-12-31", "2010-02-30", "1957-1960", "1960-1957", "12345-67890", "\u200f\u200b", "\ufeff",
    "\u0085\u2028", "a\u0300" * 50, "𝕬" * 20, "/" * 40, ";" * 40, "(" * 40, ")" * 40, "; b) " * 20,
    "(script: ", "[]" * 20, "General/" * 20, "transliterations: a; b; c)", "Arabic: ا", "%s{0}\\",
    "\t\n  x \n", "x" * 20_000, "ZZi.001", "AAi.1", "zzI.0001.", "ＺＺi.001", "IRi.٠٣٩", "UN List",
    "Feb. 1957", "between a and b 1957", "February 0000", "EXACT", "Unknown", "-04:00",
    "2010-01-02+99:99", "]]>", "&amp;",
)  # fmt: skip
STAMPS = (
    "9999-12-31T23:59:59-05:00", "0001-01-01T00:00:00+05:00", "2026-01-01T24:00:00Z", "٢٠٢٦",
    "2026-01-01T00:00:00.1234567Z", "2026-01-01T00:00:00+99:00", "2026-W01-1T00:00:00", "",
    "2026-01-01 00:00:00", "2026-06-30T23:59:60Z", "20260101T000000Z", "2026-01-01T00:00:00" * 9,
)  # fmt: skip
TAGS = (
    "INDIVIDUAL", "ENTITY", "INDIVIDUALS", "ENTITIES", "REFERENCE_NUMBER", "VALUE", "ALIAS_NAME",
    "INDIVIDUAL_ALIAS", "ENTITY_ALIAS", "INDIVIDUAL_DATE_OF_BIRTH", "NOTE", "FIRST_NAME", "TITLE",
    "LISTED_ON", "DATE", "YEAR", "QUALITY", "LAST_DAY_UPDATED", "NEW_ELEMENT", "individual", "é",
    "SORT_KEY", "SUBMITTED_BY", "CONSOLIDATED_LIST", "_" * 2000, "{urn:other}INDIVIDUAL",
)  # fmt: skip


def any_of(source: random.Random, root: ET.Element) -> ET.Element:
    return source.choice(list(root.iter()))


def any_inside(source: random.Random, root: ET.Element) -> tuple[ET.Element, int]:
    """A parent, and the place of one of its children."""
    parent = source.choice([element for element in root.iter() if len(element)] or [root])
    return parent, source.randrange(max(1, len(parent)))


def drop(source: random.Random, root: ET.Element) -> None:
    parent, at = any_inside(source, root)
    del parent[at : at + 1]


def double(source: random.Random, root: ET.Element) -> None:
    parent, at = any_inside(source, root)
    for item in parent[at : at + 1] * source.choice((1, 1, 20)):
        parent.insert(at, deepcopy(item))


def move(source: random.Random, root: ET.Element) -> None:
    parent, at = any_inside(source, root)
    for item in parent[at : at + 1]:
        parent.remove(item)
        any_of(source, root).append(item)


def rename(source: random.Random, root: ET.Element) -> None:
    any_of(source, root).tag = source.choice(TAGS)


def wrap(source: random.Random, root: ET.Element) -> None:
    parent, at = any_inside(source, root)
    for item in parent[at : at + 1]:
        outer = ET.Element(source.choice(TAGS))
        outer.append(item)
        parent[at] = outer


def nest(source: random.Random, root: ET.Element) -> None:
    inner, tag = any_of(source, root), source.choice(TAGS)
    for _ in range(source.choice((3, 50))):
        inner = ET.SubElement(inner, tag)
    inner.text = source.choice(ODD)
    if source.random() < 0.3:
        inner.append(ET.Comment("deep"))  # what writes the tree could not follow


def say(source: random.Random, root: ET.Element) -> None:
    any_of(source, root).text = source.choice(ODD)


def say_after(source: random.Random, root: ET.Element) -> None:
    any_of(source, root).tail = source.choice(ODD)


def ascribe(source: random.Random, root: ET.Element) -> None:
    any_of(source, root).set(source.choice(("a", "xml:lang", "dateGenerated")), source.choice(ODD))


def comment(source: random.Random, root: ET.Element) -> None:
    parent, at = any_inside(source, root)
    words = source.choice(("<INDIVIDUAL>", "a", "<REFERENCE_NUMBER>ZZi.009</REFERENCE_NUMBER>"))
    parent.insert(at, ET.Comment(words) if source.random() < 0.7 else ET.PI("do", "something"))


def stamp(source: random.Random, root: ET.Element) -> None:
    root.set("dateGenerated", source.choice(STAMPS))


def turn(source: random.Random, root: ET.Element) -> None:
    parent, _ = any_inside(source, root)
    parent[:] = parent[::-1]


def fill(source: random.Random, root: ET.Element) -> None:
    parent, _ = any_inside(source, root)
    tag, text = source.choice(TAGS), source.choice(ODD)
    for number in range(source.choice((10, 1000))):
        ET.SubElement(parent, tag).text = f"{text[:30]}{number % 7}"


BENDS: tuple[Bend, ...] = (
    drop, double, move, rename, wrap, nest, say, say_after, ascribe, comment, stamp, turn, fill,
)  # fmt: skip


_DEEP = b"<A>" * 20_000 + b"deep" + b"</A>" * 20_000


def written(source: random.Random, root: ET.Element) -> bytes:
    """The list as bytes; now and then with texts as sections, which say the same."""
    text = ET.tostring(root, encoding="unicode")
    if source.random() < 0.2:
        text = re.sub(r">([^<>&\]]+)<", r"><![CDATA[\1]]><", text, count=source.randrange(9))
    return text.encode().replace(b"<!--deep-->", _DEEP, 1)


def bent(seed: int) -> bytes:
    """A list that was bent a few times; the same for the same seed."""
    source = random.Random(seed)
    root = some_records(source)
    for _ in range(source.choice((0, 1, 1, 2, 5))):
        source.choice(BENDS)(source, root)
    return written(source, root)


def broken(seed: int) -> bytes:
    """Bytes of a list, changed without regard to what they say."""
    source = random.Random(seed)
    data = bytearray(bent(source.randrange(2**32)))
    for _ in range(source.choice((1, 1, 3, 20))):
        at = source.randrange(len(data) + 1)
        to = min(len(data), at + source.choice((1, 1, 7, 500)))
        way = source.randrange(7)
        if way == 0:
            data[at:to] = bytes(source.randrange(256) for _ in range(to - at))
        elif way == 1:
            del data[at:to]
        elif way == 2:
            data[at:at] = data[at:to]
        elif way == 3:
            del data[at:]
        elif way == 4:
            data[at:at] = source.choice((
                b"\0", b"\xff", b"\xc0\x80", b"\xed\xa0\x80", b"<", b">", b"&", b"&#0;", b"&#x41;",
                b"]]>", b"<![CDATA[", b"-->", b"<!--", b"<?", b"'", b'"', b"<!DOCTYPE", b"&nbsp;",
                b"<!ELEMENT", b"\xef\xbb\xbf", b"</INDIVIDUAL>", b"<INDIVIDUAL>",
            ))  # fmt: skip
        elif way == 5:
            data[:0] = source.choice((
                b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b" ", b"\n",
                b"<?xml version='1.0' encoding='UTF-16'?>", b"<?xml version='1.1'?>",
                b"<?xml version='1.0' encoding='iso-8859-1'?>", b"<!-- a -->",
                b"<?xml version='1.0' encoding='utf-7'?>", b"<!DOCTYPE a [<!ENTITY b 'c'>]>",
            ))  # fmt: skip
        elif source.random() < 0.2:
            coding = source.choice(("utf-16", "utf-32", "latin-1", "cp037", "utf-16-be"))
            data = bytearray(bytes(data).decode(errors="replace").encode(coding, "replace"))
    return bytes(data)


seeds = st.integers(min_value=0, max_value=2**32 - 1)


# ---------------------------------------------------------------- what holds


@given(seeds)
@settings(deadline=LONG)
def test_a_bent_list_is_read_whole_or_refused(seed: int) -> None:
    xml = bent(seed)
    parsed = read_or_refused(xml)
    if parsed is None:
        return
    # The evidence of a record, read by itself, is that record.
    source = random.Random(seed)
    for entry in source.sample(parsed.entries, min(2, len(parsed.entries))):
        raw = raw_element(xml, entry.reference)
        container = "INDIVIDUALS" if entry.kind == "individual" else "ENTITIES"
        assert re.match(rf"<{container[:3]}", raw)
        assert counted(raw.encode()) == (1, 1)


@given(seeds)
@settings(deadline=LONG)
def test_a_broken_list_is_read_whole_or_refused(seed: int) -> None:
    read_or_refused(broken(seed))


@given(st.binary(max_size=400))
@settings(deadline=LONG)
@example(b"")
@example(b"\x1f\x8b")
def test_bytes_of_no_list_are_refused(xml: bytes) -> None:
    with pytest.raises(ListRefused):
        read(xml)


PLACES = ("text", "before", "after", "attribute", "element", "tail")


def with_a_word(seed: int, place: str) -> tuple[bytes, str]:
    """A bent list, and the word that was put into a record of it; null when it has no record."""
    source = random.Random(seed)
    root = some_records(source)
    for _ in range(source.choice((0, 0, 1, 2))):
        source.choice((drop, double, move, rename, wrap, say, turn))(source, root)
    word = f"Word{source.randrange(10**6)}x"
    inside = [
        element
        for record in root.iter()
        if record.tag in _RECORDS
        for child in [record, *record]
        if child.tag not in BOOKKEEPING
        for element in ([record] if child is record else child.iter())
    ]
    element = source.choice(inside or [ET.Element("A")])
    if place == "text":
        element.text = word
    elif place == "before":
        element.text = f"{word} {element.text or ''}"
    elif place == "after":
        element.text = f"{element.text or ''} {word}"
    elif place == "attribute":
        element.set(source.choice(("a", "xml:lang")), word)
    elif place == "element":
        # One with a name that is passed over says nothing where it stands.
        tag = source.choice([tag for tag in TAGS if tag not in BOOKKEEPING])
        ET.SubElement(element, tag).text = word
    else:
        element.tail = word
    return written(source, root), word


@given(seeds, st.sampled_from(PLACES))
@settings(deadline=LONG)
def test_a_word_put_into_a_record_is_found_in_its_entry(seed: int, place: str) -> None:
    xml, word = with_a_word(seed, place)
    parsed = read_or_refused(xml)
    if parsed is not None and word.encode() in xml:
        assert word in said_by(parsed)


# ---------------------------------------------------------------- the desk


@pytest.fixture
def a_desk(sqlite_url: str, tables, policy) -> Iterator[Desk]:
    with facts.open_store(sqlite_url) as store:
        yield make_desk(store, tables, policy, Clock())


@given(seeds, st.booleans())
@settings(
    max_examples=40, deadline=LONG, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_the_desk_takes_a_list_whole_or_not_at_all(a_desk: Desk, seed: int, full: bool) -> None:
    source = random.Random(seed)
    xml = source.choice((bent, bent, broken))(seed)
    raw = source.choice((bytes, gzip.compress, lzma.compress))(xml)
    if source.random() < 0.2:
        at = source.randrange(len(raw))
        raw = raw[:at] + bytes([source.randrange(256)]) + raw[at + 1 :]
    if source.random() < 0.1:
        raw = raw[: source.randrange(len(raw))]
    here, digest = a_desk.lists_status(), a_desk.record().digest
    result = a_desk.import_list(f"list {seed}", raw, not full)
    after = a_desk.lists_status()
    if result.outcome in (ImportOutcome.refused, ImportOutcome.unchanged):
        assert after == here
    else:
        assert len(after) == len(here) + 1
    if result.outcome is not ImportOutcome.promoted:
        assert a_desk.record().digest == digest
        return
    record = a_desk.record()
    for entry in read(xml).entries:
        assert entry.reference in record.listed


# ---------------------------------------------------------------- what was found so


def one(inner: str, around: str = "", before: str = "") -> bytes:
    """A list with one record."""
    return (
        f'<CONSOLIDATED_LIST dateGenerated="2026-01-01T00:00:00Z">{before}<INDIVIDUALS>{around}'
        f"<INDIVIDUAL>{inner}<REFERENCE_NUMBER>ZZi.001</REFERENCE_NUMBER></INDIVIDUAL>"
        f"</INDIVIDUALS>{'' if before else '<ENTITIES/>'}</CONSOLIDATED_LIST>"
    ).encode()


BOMB = "<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b 'c'>]>"
MANY = "more than 1000000 times {!r} in one list"


@pytest.mark.parametrize(
    ("xml", "fault"),
    [
        # Without a byte order mark it was read, and a document type in it was not seen.
        ((BOMB + one("&b;").decode()).encode("utf-16-be"), "line 1: a NUL byte, and a list is"),
        ((BOMB + one("&b;").decode()).encode("utf-16-le"), "line 1: a NUL byte, and a list is"),
        (
            one("", "<PARTY><REFERENCE_NUMBER>ZZi.002</REFERENCE_NUMBER></PARTY>"),
            "INDIVIDUALS/PARTY: a REFERENCE_NUMBER outside of a record",
        ),
        (one(f"<{'A' * 101}/>"), "an element's name is 101 letters long: 'AAAA"),
        (one(f'<A {"b" * 101}=""/>'), "an attribute's name is 101 letters long: 'bbbb"),
        (one("\n<A/>" * 1_000_000), "line 999999: " + MANY.format("<")),
        (one("\n" + ";" * 1_000_001), "line 2: " + MANY.format(";")),
    ],
)  # fmt: skip
def test_refused(xml: bytes, fault: str) -> None:
    with pytest.raises(ListRefused, match=re.escape(fault)):
        read(xml)


@pytest.mark.parametrize(
    ("xml", "kept"),
    [
        (one("a word <A/>"), ("INDIVIDUAL/text()", "a word")),
        (
            one("").replace(b"<INDIVIDUAL>", b"<INDIVIDUAL a='b'>"),
            ("INDIVIDUAL/INDIVIDUAL/@a", "b"),
        ),
    ],
)  # fmt: skip
def test_kept_in_the_record(xml: bytes, kept: tuple[str, str]) -> None:
    (entry,) = read(xml).entries
    assert kept in [(item.path, item.text) for item in entry.unknown]


def test_text_beside_the_records_is_reported() -> None:
    assert read(one("", "a word")).unknown_elements == ("INDIVIDUALS/text()",)


def test_an_attribute_of_the_first_container_is_kept() -> None:
    entity = "<ENTITY a='b'><REFERENCE_NUMBER>ZZe.001</REFERENCE_NUMBER></ENTITY>"
    first, _ = read(one("", before=f"<ENTITIES>{entity}</ENTITIES>")).entries
    assert [(item.path, item.text) for item in first.unknown] == [("ENTITY/ENTITY/@a", "b")]


def test_an_unknown_kind_of_date_is_kept() -> None:
    born = "<INDIVIDUAL_DATE_OF_BIRTH><TYPE_OF_DATE>IN WINTER</TYPE_OF_DATE></INDIVIDUAL_DATE_OF_BIRTH>"  # noqa: E501 - one element, one line
    (entry,) = read(one(born)).entries
    assert [item.note for item in entry.birth_dates] == ["IN WINTER"]


def test_the_evidence_is_found_by_the_number_of_the_record_itself() -> None:
    xml = one("", "").replace(
        b"</INDIVIDUAL>", b"<A><REFERENCE_NUMBER>ZZi.009</REFERENCE_NUMBER></A></INDIVIDUAL>"
    )
    assert raw_element(xml, "ZZi.001").startswith("<INDIVIDUAL>")
    with pytest.raises(KeyError):
        raw_element(xml, "ZZi.009")
