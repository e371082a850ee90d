"""Reading a list: invented people for each habit and each refusal, then the real files."""

import lzma
import re
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.lists.un_xml import ListRefused, ParsedList, raw_element, read, reference_number
from app.terms import AliasQuality, BirthDate, BirthDateKind, Entry, Gender, PartyKind

REAL_LISTS = Path(__file__).resolve().parents[3] / "shared" / "un_lists"
REAL_FILES = sorted(REAL_LISTS.glob("*.xml.xz"))
real_lists = pytest.mark.skipif(
    not REAL_FILES, reason="SKIPPED: no real UN lists beside the checkout to read"
)

STAMP = "2020-11-23T19:10:17.6-05:00"


def the_list(individuals: str = "", entities: str = "", stamp: str = STAMP) -> bytes:
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<CONSOLIDATED_LIST dateGenerated="{stamp}">\n'
        f"<INDIVIDUALS>{individuals}</INDIVIDUALS>\n<ENTITIES>{entities}</ENTITIES>\n"
        "</CONSOLIDATED_LIST>"
    ).encode()


def person(inner: str = "", reference: str = "XXi.001") -> str:
    return f"<INDIVIDUAL><REFERENCE_NUMBER>{reference}</REFERENCE_NUMBER>{inner}</INDIVIDUAL>"


def entry(inner: str) -> Entry:
    (only,) = read(the_list(person(inner))).entries
    return only


def alias(name: str, quality: str = "Good", more: str = "") -> str:
    return (
        f"<INDIVIDUAL_ALIAS><QUALITY>{quality}</QUALITY><ALIAS_NAME>{name}</ALIAS_NAME>{more}"
        "</INDIVIDUAL_ALIAS>"
    )


def born(inner: str) -> str:
    return f"<INDIVIDUAL_DATE_OF_BIRTH>{inner}</INDIVIDUAL_DATE_OF_BIRTH>"


def names(inner: str) -> list[str]:
    return [alias.name for alias in entry(inner).aliases]


def unknown(inner: str) -> list[tuple[str, str]]:
    return [(item.path, item.text) for item in entry(inner).unknown]


# ---------------------------------------------------------------- the frame


def test_dates_and_counts() -> None:
    parsed = read(
        the_list(
            person() + person(reference="XXi.002"),
            "<ENTITY><FIRST_NAME>INVENTED LINES</FIRST_NAME>"
            "<REFERENCE_NUMBER>XXe.001</REFERENCE_NUMBER></ENTITY>",
        )
    )
    assert parsed.generated == "2020-11-24T00:10:17.600000Z"
    assert parsed.generated_as_written == STAMP
    assert (parsed.individuals, parsed.entities) == (2, 1)
    assert [item.reference for item in parsed.entries] == ["XXi.001", "XXi.002", "XXe.001"]
    assert parsed.entries[2].kind is PartyKind.entity
    assert parsed.entries[2].name == "INVENTED LINES"
    assert parsed.unknown_elements == ()


def test_a_stamp_without_a_zone_counts_as_utc() -> None:
    parsed = read(the_list(stamp="2015-01-02T00:00:00"))
    assert parsed.generated == "2015-01-02T00:00:00.000000Z"


def test_a_byte_order_mark_is_no_fault() -> None:
    xml = b"\xef\xbb\xbf" + the_list(person("<FIRST_NAME>ÉVA</FIRST_NAME>"))
    assert read(xml).entries[0].name == "ÉVA"
    assert raw_element(xml, "XXi.001") == person("<FIRST_NAME>ÉVA</FIRST_NAME>")


@pytest.mark.parametrize(
    ("xml", "fault"),
    [
        (b"", "line 1, column 1: not well-formed XML (no element found)"),
        (the_list(person())[:-30], "line 4, column 11: not well-formed XML (unclosed token)"),
        (the_list("<A></B>"), "line 3, column 19: not well-formed XML (mismatched tag)"),
        (the_list(person("&bomb;")), "line 3, column "),
        (the_list().decode().encode("utf-16"), "line 1: the file is UTF-16"),
        (
            b'<?xml version="1.0"?>\n<!DOCTYPE x [<!ENTITY a "b">]>\n<x>&a;</x>',
            "line 2: a document type declaration is refused",
        ),
        (b"<html/>", "the root element is 'html', not CONSOLIDATED_LIST"),
        (the_list(stamp=""), "CONSOLIDATED_LIST has no dateGenerated"),
        (the_list(stamp="last night"), "dateGenerated 'last night' is not a date-time"),
        (the_list(stamp="2015-02-30T00:00:00"), "dateGenerated '2015-02-30T00:00:00' is no moment"),
        (the_list(stamp="2015-02-03"), "dateGenerated '2015-02-03' is not a date-time"),
        (
            the_list().replace(b"<ENTITIES></ENTITIES>", b""),
            "CONSOLIDATED_LIST holds 0 ENTITIES elements, not one",
        ),
        (
            the_list().replace(b"INDIVIDUALS>", b"PEOPLE>"),
            "CONSOLIDATED_LIST holds 0 INDIVIDUALS elements, not one",
        ),
        (
            the_list(person() + "<INDIVIDUAL/>"),
            "INDIVIDUAL number 2 in INDIVIDUALS, REFERENCE_NUMBER: none is given",
        ),
        (
            the_list(person(reference="Q.12")),
            "INDIVIDUAL number 1 in INDIVIDUALS, REFERENCE_NUMBER: 'Q.12' is none",
        ),
        (
            the_list(person() + person(reference=" XXI.001. ")),
            "INDIVIDUAL number 2 in INDIVIDUALS: XXi.001 is given twice",
        ),
        (
            the_list(person("<REFERENCE_NUMBER>XXi.002</REFERENCE_NUMBER>")),
            "INDIVIDUAL number 1 in INDIVIDUALS: a second REFERENCE_NUMBER",
        ),
        (
            the_list(f"<GROUP>{person()}</GROUP>"),
            "INDIVIDUALS/GROUP: an INDIVIDUAL where no record can be",
        ),
        (the_list(person(person(reference="XXi.002"))), "an INDIVIDUAL where no record can be"),
    ],
)
def test_refused_in_one_line_that_names_the_place(xml: bytes, fault: str) -> None:
    with pytest.raises(ListRefused) as refused:
        read(xml)
    assert fault in str(refused.value)
    assert "\n" not in str(refused.value)


def test_too_large_is_refused_unread() -> None:
    with pytest.raises(ListRefused, match="larger than 5 bytes"):
        read(b"<<<<<<", most_bytes=5)


def test_an_entity_bomb_never_starts() -> None:
    lines = ['<!ENTITY a0 "ha">']
    lines += [f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12)]
    bomb = f"<!DOCTYPE CONSOLIDATED_LIST [{''.join(lines)}]>"
    xml = the_list(person("<FIRST_NAME>&a11;</FIRST_NAME>")).replace(
        b"<CONSOLIDATED_LIST", bomb.encode() + b"<CONSOLIDATED_LIST", 1
    )
    with pytest.raises(ListRefused, match="line 2: a document type declaration"):
        read(xml)
    with pytest.raises(ListRefused, match="line 2: a document type declaration"):
        raw_element(xml, "XXi.001")


@pytest.mark.parametrize(
    ("written", "reference"),
    [
        ("XXi.001", "XXi.001"),
        (" XXe.001 \n", "XXe.001"),
        ("XXi.343.", "XXi.343"),
        ("TAI.171", "TAi.171"),
        ("xxi.1234", "XXi.1234"),
        ("XX.001", None),
        ("QI.A.14.01.", "QDi.014"),
        ("QE.M.112.03", "QDe.112"),
        ("TI.Z.152.11. ", "TAi.152"),
        ("QX.A.12.01.", None),
        ("I.47.D.6", None),
        ("QI.A.14.01.02", None),
        ("XXi.٠٠١", None),
        ("", None),
    ],
)
def test_reference_numbers(written: str, reference: str | None) -> None:
    assert reference_number(written) == reference


# ---------------------------------------------------------------- one record


def test_white_space_is_folded_and_placeholders_are_dropped() -> None:
    found = entry(
        "<DATAID>7</DATAID><FIRST_NAME> Anna\n      Maria </FIRST_NAME>"
        "<SECOND_NAME>na</SECOND_NAME><THIRD_NAME/><FOURTH_NAME>NA</FOURTH_NAME>"
        "<UN_LIST_TYPE>Nowhere</UN_LIST_TYPE><COMMENTS1>Tall.\n  Left-handed. </COMMENTS1>"
        "<NAME_ORIGINAL_SCRIPT> Анна </NAME_ORIGINAL_SCRIPT><INTERPOL_LINK/>"
    )
    assert found.name_parts == ("Anna Maria", "NA")
    assert found.name == "Anna Maria NA"
    assert found.regime_word == "Nowhere"
    assert found.comments == "Tall. Left-handed."
    assert found.original_script == "Анна"
    assert found.data_id == "7"
    assert found.interpol_link is None
    assert found.unknown == ()


def test_titles_posts_nationalities() -> None:
    found = entry(
        "<TITLE><VALUE>Dr. </VALUE><VALUE/></TITLE>"
        "<DESIGNATION><VALUE>Harbour\n master</VALUE></DESIGNATION>"
        "<NATIONALITY><VALUE>na</VALUE><VALUE>Malta</VALUE></NATIONALITY>"
        "<NATIONALITY2>Maltese</NATIONALITY2><LIST_TYPE><VALUE>UN List</VALUE></LIST_TYPE>"
    )
    assert found.titles == ("Dr.",)
    assert found.designations == ("Harbour master",)
    assert found.nationalities == ("Malta", "Maltese")
    assert found.unknown == ()


@pytest.mark.parametrize(
    ("packed", "posts"),
    [
        ("Vice Admiral/Head of the invented fleet", ("Vice Admiral", "Head of the invented fleet")),
        ("Leader for supply/transport", ("Leader for supply/transport",)),
        ("Commander of the ABC/DEF", ("Commander of the ABC/DEF",)),
        ("General/", ("General/",)),
    ],
)
def test_a_slash_parts_posts_only_between_posts(packed: str, posts: tuple[str, ...]) -> None:
    assert entry(f"<DESIGNATION><VALUE>{packed}</VALUE></DESIGNATION>").designations == posts


def test_days_of_listing() -> None:
    found = entry(
        "<LISTED_ON>2015-07-01-04:00</LISTED_ON><DELISTED_ON>2016-01-02</DELISTED_ON>"
        "<LAST_DAY_UPDATED><VALUE>2015-08-01</VALUE><VALUE/></LAST_DAY_UPDATED>"
    )
    assert (found.listed_on, found.delisted_on) == ("2015-07-01", "2016-01-02")
    assert found.amended_on == ("2015-08-01",)
    assert entry("<LISTED_ON/>").listed_on is None


@pytest.mark.parametrize("text", ["soon", "2015", "2015-02-30"])
def test_a_day_that_is_none_is_kept_as_unknown(text: str) -> None:
    inner = f"<LISTED_ON>{text}</LISTED_ON>"
    assert entry(inner).listed_on is None
    assert unknown(inner) == [("INDIVIDUAL/LISTED_ON", text)]


@pytest.mark.parametrize(
    ("text", "gender"),
    [("Male", Gender.male), ("FEMALE", Gender.female), ("Unknown", None), ("", None)],
)
def test_gender(text: str, gender: Gender | None) -> None:
    found = entry(f"<GENDER>{text}</GENDER>")
    assert (found.gender, found.unknown) == (gender, ())


def test_a_gender_in_other_words_is_kept_as_unknown() -> None:
    assert unknown("<GENDER>Varón</GENDER>") == [("INDIVIDUAL/GENDER", "Varón")]


# ---------------------------------------------------------------- birth


EXACT, ABOUT = BirthDateKind.exact, BirthDateKind.approximate
BETWEEN, NOTE = BirthDateKind.between, BirthDateKind.note_only


@pytest.mark.parametrize(
    ("inner", "expected"),
    [
        ("<TYPE_OF_DATE>EXACT</TYPE_OF_DATE><DATE>1957-03-11</DATE>",
         (EXACT, "1957-03-11", "1957-03-11", None)),
        ("<TYPE_OF_DATE>Exact</TYPE_OF_DATE><DATE>1957-03-11-04:00</DATE>",
         (EXACT, "1957-03-11", "1957-03-11", None)),
        ("<DATE>1957-03-11</DATE><NOTE>from a false paper</NOTE>",
         (EXACT, "1957-03-11", "1957-03-11", "from a false paper")),
        ("<TYPE_OF_DATE>EXACT</TYPE_OF_DATE><YEAR>1957 </YEAR>", (EXACT, "1957", "1957", None)),
        ("<YEAR>1957</YEAR><NOTE>Sep.</NOTE>", (EXACT, "1957-09", "1957-09", "Sep.")),
        ("<TYPE_OF_DATE>APPROXIMATELY</TYPE_OF_DATE><YEAR>1957</YEAR>",
         (ABOUT, "1957", "1957", None)),
        ("<TYPE_OF_DATE>BETWEEN</TYPE_OF_DATE><FROM_YEAR>1960</FROM_YEAR><TO_YEAR>1962</TO_YEAR>",
         (BETWEEN, "1960", "1962", None)),
        ("<TYPE_OF_DATE>Exact</TYPE_OF_DATE><YEAR>1960-1962</YEAR>",
         (BETWEEN, "1960", "1962", None)),
        ("<TYPE_OF_DATE>Approximately</TYPE_OF_DATE><YEAR>1962/1963</YEAR>",
         (BETWEEN, "1962", "1963", "Approximately")),
        ("<TYPE_OF_DATE>EXACT</TYPE_OF_DATE><NOTE>Nov. 1973 </NOTE>",
         (NOTE, "1973-11", "1973-11", "Nov. 1973")),
        ("<NOTE>August 1961</NOTE>", (NOTE, "1961-08", "1961-08", "August 1961")),
        ("<NOTE>Between Aug. and Sep. 1977</NOTE>",
         (NOTE, "1977-08", "1977-09", "Between Aug. and Sep. 1977")),
        ("<NOTE>Rajab 1402</NOTE>", (NOTE, None, None, "Rajab 1402")),
        ("<NOTE>24/06/1402 (Hijri Calendar)</NOTE>",
         (NOTE, None, None, "24/06/1402 (Hijri Calendar)")),
        ("<NOTE>29 Feb. 1969</NOTE>", (NOTE, None, None, "29 Feb. 1969")),
        ("<TYPE_OF_DATE>APPROXIMATELY</TYPE_OF_DATE><NOTE>30-35 years old</NOTE>",
         (NOTE, None, None, "30-35 years old; APPROXIMATELY")),
        ("<DATE>1957-02-30</DATE>", (NOTE, None, None, "1957-02-30")),
        ("<YEAR>in the sixties</YEAR>", (NOTE, None, None, "in the sixties")),
        ("<TYPE_OF_DATE>CIRCA</TYPE_OF_DATE><YEAR>1957</YEAR>", (EXACT, "1957", "1957", "CIRCA")),
    ],
)  # fmt: skip
def test_dates_of_birth(
    inner: str, expected: tuple[BirthDateKind, str | None, str | None, str | None]
) -> None:
    kind, earliest, latest, note = expected
    assert entry(born(inner)).birth_dates == (
        BirthDate(kind=kind, earliest=earliest, latest=latest, note=note),
    )


@pytest.mark.parametrize("inner", ["", "<TYPE_OF_DATE/>", "<TYPE_OF_DATE>EXACT</TYPE_OF_DATE>"])
def test_a_date_of_birth_that_says_nothing_is_dropped(inner: str) -> None:
    assert entry(born(inner)).birth_dates == ()


def test_several_dates_of_birth_are_alternatives() -> None:
    found = entry(born("<YEAR>1957</YEAR>") + born("<YEAR>1959</YEAR>"))
    assert [date.earliest for date in found.birth_dates] == ["1957", "1959"]


def test_a_date_of_birth_in_an_alias_without_a_name_is_the_persons() -> None:
    nameless = "<INDIVIDUAL_ALIAS><QUALITY/><ALIAS_NAME/>{}</INDIVIDUAL_ALIAS>"
    found = entry(
        born("<YEAR>1957</YEAR>")
        + nameless.format("<DATE_OF_BIRTH>1957</DATE_OF_BIRTH>")
        + nameless.format("<DATE_OF_BIRTH>1958 - 1964</DATE_OF_BIRTH>")
        + nameless.format("<DATE_OF_BIRTH>null</DATE_OF_BIRTH>")
        + nameless.format("<CITY_OF_BIRTH>Valletta</CITY_OF_BIRTH>")
        + nameless.format("<NOTE>lost</NOTE>")
    )
    assert found.aliases == ()
    assert [(date.kind, date.earliest, date.latest) for date in found.birth_dates] == [
        (EXACT, "1957", "1957"),
        (BETWEEN, "1958", "1964"),
    ]
    assert [place.city for place in found.birth_places] == ["Valletta"]
    assert [item.path for item in found.unknown] == ["INDIVIDUAL/INDIVIDUAL_ALIAS/NOTE"]


def test_places_of_birth() -> None:
    found = entry(
        "<INDIVIDUAL_PLACE_OF_BIRTH><STREET>Old Quarter</STREET><CITY>Gozo </CITY>"
        "<STATE_PROVINCE>North</STATE_PROVINCE><COUNTRY>Malta</COUNTRY><NOTE>possibly</NOTE>"
        "</INDIVIDUAL_PLACE_OF_BIRTH><INDIVIDUAL_PLACE_OF_BIRTH><COUNTRY/>"
        "</INDIVIDUAL_PLACE_OF_BIRTH>"
    )
    (place,) = found.birth_places
    assert (place.city, place.province, place.country) == ("Gozo", "North", "Malta")
    assert place.note == "Old Quarter; possibly"


# ---------------------------------------------------------------- names


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("", []),
        ("ROSSI, Carlo", ["ROSSI, Carlo"]),
        ("Carlo Rossi; Karlo Rosi ;", ["Carlo Rossi", "Karlo Rosi"]),
        ("Carlo Rossi b) K. Rosi; K. Rossy", ["Carlo Rossi", "K. Rosi", "K. Rossy"]),
        ("Carlo (birth name)", ["Carlo (birth name)"]),
        ("Иван Иванов", ["Иван Иванов"]),
        ("Ivan Ivanov (Иван Иванов)",
         ["Ivan Ivanov (Иван Иванов)", "Ivan Ivanov", "Иван Иванов"]),
        ("Ivan (original script: Иван), ",
         ["Ivan (original script: Иван)", "Ivan", "Иван"]),
        ("Иван (Ivan (the boatman))",
         ["Иван (Ivan (the boatman))", "Ivan (the boatman)", "Иван"]),
        ("Иван (Ivan; Iwan; Yvan)", ["Иван", "Ivan", "Iwan", "Yvan"]),
        ("Иван (Ivan; Iwan", ["Иван", "Ivan", "Iwan"]),
        ("Boatmen (B) (Лодочники (original script); Boat Men; Boatsmen)",
         ["Boatmen (B)", "Лодочники", "Boat Men", "Boatsmen"]),
    ],
)  # fmt: skip
def test_names_packed_in_an_alias(written: str, expected: list[str]) -> None:
    assert names(alias(written)) == expected


@pytest.mark.parametrize(
    ("note", "more"),
    [
        ("nom de guerre", []),
        ("original script: Иван", ["Иван"]),
        ("Previously listed as. In Arabic: كريم", ["كريم"]),
        ("Iwan Boat; Yvan Boat", ["Iwan Boat", "Yvan Boat"]),
        ("born 1955 (Iwan; Yvan)", ["Iwan", "Yvan"]),
        ("Iwan, Yvan (transliterations of original script name)", ["Iwan", "Yvan"]),
        ("Passport no. 12; Issued: Valletta", []),
    ],
)
def test_names_in_an_alias_note(note: str, more: list[str]) -> None:
    inner = alias("Ivan", "Low", f"<NOTE>{note}</NOTE>")
    assert names(inner) == ["Ivan", *more]
    assert {item.note for item in entry(inner).aliases} == {note}
    assert {item.quality for item in entry(inner).aliases} == {AliasQuality.low}


def test_alias_with_its_script_birth_and_place() -> None:
    found = entry(
        alias(
            "Ivan",
            "Good",
            "<NAME_ORIGINAL_SCRIPT>Иван</NAME_ORIGINAL_SCRIPT>"
            "<DATE_OF_BIRTH>1955-01-02</DATE_OF_BIRTH><CITY_OF_BIRTH>Gozo</CITY_OF_BIRTH>"
            "<COUNTRY_OF_BIRTH>Malta</COUNTRY_OF_BIRTH>",
        )
    )
    assert [(item.name, item.birth_date) for item in found.aliases] == [
        ("Ivan", "1955-01-02"),
        ("Иван", "1955-01-02"),
    ]
    assert found.aliases[0].note == "place of birth: Gozo, Malta"
    assert found.birth_dates == ()


def test_an_alias_birth_that_is_no_day_goes_to_its_note() -> None:
    (found,) = entry(alias("Ivan", more="<DATE_OF_BIRTH>1955-1957</DATE_OF_BIRTH>")).aliases
    assert (found.birth_date, found.note) == (None, "date of birth: 1955-1957")


def test_qualities() -> None:
    found = entry(
        alias("A", "GOOD") + alias("B", "low") + alias("C", "a.k.a.") + alias("D", "f.k.a.")
        + "<INDIVIDUAL_ALIAS><ALIAS_NAME>E</ALIAS_NAME></INDIVIDUAL_ALIAS>" + alias("A", "Good")
    ).aliases  # fmt: skip
    assert [(item.name, item.quality.value, item.note) for item in found] == [
        ("A", "good", None),
        ("B", "low", None),
        ("C", "not_said", None),
        ("D", "not_said", "f.k.a."),
        ("E", "not_said", None),
    ]


# ---------------------------------------------------------------- papers and addresses


def test_documents() -> None:
    found = entry(
        "<INDIVIDUAL_DOCUMENT/>"
        "<INDIVIDUAL_DOCUMENT><TYPE_OF_DOCUMENT>Passport</TYPE_OF_DOCUMENT>"
        "<TYPE_OF_DOCUMENT2>diplomatic passport </TYPE_OF_DOCUMENT2><NUMBER> M 12 </NUMBER>"
        "<ISSUING_COUNTRY>Malta</ISSUING_COUNTRY><COUNTRY_OF_ISSUE>Italy</COUNTRY_OF_ISSUE>"
        "<CITY_OF_ISSUE>Rome</CITY_OF_ISSUE><DATE_OF_ISSUE>2001-02-03</DATE_OF_ISSUE>"
        "<DATE_OF_EXPIRY>2011-02-03</DATE_OF_EXPIRY><NOTE>cancelled</NOTE></INDIVIDUAL_DOCUMENT>"
        "<INDIVIDUAL_DOCUMENT><COUNTRY_OF_ISSUE>Italy</COUNTRY_OF_ISSUE>"
        "<DATE_OF_ISSUE>in May</DATE_OF_ISSUE></INDIVIDUAL_DOCUMENT>"
    )
    first, second = found.documents
    assert (first.type, first.number) == ("Passport, diplomatic passport", "M 12")
    assert (first.country, first.issued_on) == ("Malta", "2001-02-03")
    assert first.note == (
        "cancelled; date of expiry: 2011-02-03; city of issue: Rome; country of issue: Italy"
    )
    assert (second.type, second.country, second.issued_on) == (None, "Italy", None)
    assert second.note == "date of issue: in May"


def test_addresses_are_lines() -> None:
    found = entry(
        "<INDIVIDUAL_ADDRESS><COUNTRY/></INDIVIDUAL_ADDRESS>"
        "<INDIVIDUAL_ADDRESS><COUNTRY>Malta</COUNTRY><STREET>1 Quay\nStreet</STREET>"
        "<CITY>Gozo</CITY><ZIP_CODE>12</ZIP_CODE><NOTE>previous</NOTE></INDIVIDUAL_ADDRESS>"
        "<INDIVIDUAL_ADDRESS><NOTE>at sea</NOTE></INDIVIDUAL_ADDRESS>"
    )
    assert found.addresses == ("1 Quay Street, Gozo, 12, Malta (previous)", "at sea")


# ---------------------------------------------------------------- nothing is dropped silently


@pytest.mark.parametrize(
    ("inner", "kept"),
    [
        ("<VERSIONNUM>7</VERSIONNUM><SORT_KEY>x</SORT_KEY><SORT_KEY_LAST_MOD/>", []),
        ("<HAS_INTERPOL_LINK>YES</HAS_INTERPOL_LINK><SUBMITTED_BY/>", []),
        ("<SUBMITTED_BY>Malta</SUBMITTED_BY>", [("INDIVIDUAL/SUBMITTED_BY", "Malta")]),
        ("<SHOE_SIZE/>", [("INDIVIDUAL/SHOE_SIZE", "")]),
        ("<NEW><A>one </A><B>two</B></NEW>", [("INDIVIDUAL/NEW", "one two")]),
        (alias("A", more="<ERA>old</ERA>"), [("INDIVIDUAL/INDIVIDUAL_ALIAS/ERA", "old")]),
        ("<TITLE><RANK>x</RANK></TITLE>", [("INDIVIDUAL/TITLE/RANK", "x")]),
        ("<TITLE>loose</TITLE>", [("INDIVIDUAL/TITLE", "loose")]),
        ("<LIST_TYPE><VALUE>Other</VALUE></LIST_TYPE>", [("INDIVIDUAL/LIST_TYPE/VALUE", "Other")]),
        ("<COMMENTS1>a</COMMENTS1><COMMENTS1>b</COMMENTS1>", [("INDIVIDUAL/COMMENTS1", "b")]),
        ("<FIRST_NAME>A<B>b</B></FIRST_NAME>", [("INDIVIDUAL/FIRST_NAME", "A b")]),
        ("<GENDER/>adrift", [("INDIVIDUAL/text()", "adrift")]),
        ('<GENDER by="x"/>', [("INDIVIDUAL/GENDER/@by", "x")]),
        ("<ENTITY_ALIAS/>", [("INDIVIDUAL/ENTITY_ALIAS", "")]),
    ],
)
def test_what_has_no_field_is_kept_and_reported(inner: str, kept: list[tuple[str, str]]) -> None:
    assert unknown(inner) == kept
    parsed = read(the_list(person(inner)))
    assert parsed.unknown_elements == tuple(sorted({path for path, _ in kept}))


def test_what_stands_outside_the_records_is_reported() -> None:
    xml = the_list("<NOTICE/>").replace(b"<ENTITIES>", b"<VESSELS/><ENTITIES>")
    assert read(xml).unknown_elements == ("CONSOLIDATED_LIST/VESSELS", "INDIVIDUALS/NOTICE")


def test_the_schemas_address_on_a_record_is_no_news() -> None:
    xml = the_list(person()).replace(
        b"<INDIVIDUAL>",
        b'<INDIVIDUAL xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
        b' xsi:noNamespaceSchemaLocation="file:/somewhere">',
    )
    assert read(xml).unknown_elements == ()


# ---------------------------------------------------------------- language, evidence, mutations


def comments(text: str, times: int) -> bytes:
    return the_list(
        "".join(
            person(f"<COMMENTS1>{text}</COMMENTS1>", f"XXi.{number:03}") for number in range(times)
        )
    )


def test_language_is_decided_from_the_sentences() -> None:
    assert read(comments("Keeper of the boats of the island.", 1)).language == "en"
    assert read(comments("Guardián del faro y de los botes.", 30)).language == "es"
    assert read(comments("Guardián del faro y de los botes.", 2)).language == "unknown"
    assert read(comments("Gardien du phare.", 30)).language == "unknown"
    assert read(the_list()).language == "unknown"


def test_raw_element_is_the_file_s_own_text() -> None:
    odd = "<INDIVIDUAL >\n <FIRST_NAME>É&amp;a</FIRST_NAME>"
    odd += "<REFERENCE_NUMBER> TAI.171. </REFERENCE_NUMBER></INDIVIDUAL\n>"
    xml = the_list(person() + odd)
    assert raw_element(xml, "TAi.171") == odd
    assert raw_element(xml, "XXi.001") == person()
    with pytest.raises(KeyError):
        raw_element(xml, "XXi.999")
    with pytest.raises(ListRefused, match="not well-formed"):
        raw_element(xml[:-5], "XXi.999")


SMALL = the_list(
    person(
        "<FIRST_NAME>ÉVA</FIRST_NAME><LISTED_ON>2015-07-01</LISTED_ON>"
        + alias("Иван (Ivan; Iwan)", more="<NOTE>Ann; Bea</NOTE>")
        + born("<TYPE_OF_DATE>EXACT</TYPE_OF_DATE><YEAR>1957</YEAR><NOTE>Sep.</NOTE>")
        + "<DESIGNATION><VALUE>General/Head of all</VALUE></DESIGNATION>"
    )
)


@given(
    st.lists(
        st.tuples(
            st.integers(0, len(SMALL) - 1),
            st.integers(0, 3),
            st.one_of(st.binary(max_size=3), st.sampled_from([b"<", b">", b"</", b"&", b"<!"])),
        ),
        min_size=1,
        max_size=4,
    )
)
def test_a_broken_file_is_refused_or_read_and_nothing_else(
    edits: list[tuple[int, int, bytes]],
) -> None:
    xml = SMALL
    for at, removed, inserted in edits:
        xml = xml[:at] + inserted + xml[at + removed :]
    try:
        words = read(xml).generated
    except ListRefused as refused:
        words = str(refused)
    assert len(words.splitlines()) == 1


# ---------------------------------------------------------------- the real files


@cache
def real(path: Path) -> tuple[bytes, ParsedList]:
    xml = lzma.decompress(path.read_bytes())
    return xml, read(xml)


def real_entry(stamp: str, reference: str) -> Entry:
    (path,) = REAL_LISTS.glob(f"{stamp}*.xml.xz")
    return {item.reference: item for item in real(path)[1].entries}[reference]


@real_lists
def test_there_are_25_real_files() -> None:
    assert len(REAL_FILES) == 25


@real_lists
@pytest.mark.parametrize("path", REAL_FILES, ids=lambda path: path.name[:10])
def test_a_real_file(path: Path) -> None:
    xml, parsed = real(path)
    assert parsed.individuals == len(re.findall(rb"<INDIVIDUAL[\s>]", xml))
    assert parsed.entities == len(re.findall(rb"<ENTITY[\s>]", xml))
    assert len({item.reference for item in parsed.entries}) == len(parsed.entries)
    stamp = re.split(r"[.Z-]", parsed.generated_as_written[10:])[0].replace(":", "")
    assert parsed.generated_as_written[:10] + stamp == path.name.removesuffix(".xml.xz")
    assert parsed.language == ("es" if path.name.startswith("2023-02-22") else "en")
    # The only elements without a field, and none of them since 2024.
    expected = {"INDIVIDUAL/SUBMITTED_BY", "ENTITY/SUBMITTED_ON"} if path.name < "2024" else set()
    assert set(parsed.unknown_elements) == expected
    for item in parsed.entries:
        assert item.name_parts, item.reference
        assert item.listed_on or item.reference == "QDe.169"
        assert (item.kind is PartyKind.individual) == (item.reference[2] == "i")
        for other in item.aliases:
            assert other.name == " ".join(other.name.split()), item.reference
            assert ";" not in other.name, item.reference


@real_lists
def test_raw_elements_of_a_real_file() -> None:
    xml, _ = real(REAL_FILES[0])
    raw = raw_element(xml, "TAi.171")
    assert raw.startswith("<INDIVIDUAL")
    assert raw.endswith("</INDIVIDUAL>")
    assert "TAI.171" in raw
    assert raw.encode() in xml


@real_lists
def test_a_truncated_file_is_refused_with_its_line() -> None:
    xml = lzma.decompress((REAL_LISTS / "damaged" / "truncated.xml.xz").read_bytes())
    with pytest.raises(ListRefused, match=r"^line \d+, column \d+: not well-formed XML"):
        read(xml)


@real_lists
@pytest.mark.parametrize("stamp", ["2015-03-27", "2026-05-08"])
def test_the_man_of_the_seed_case(stamp: str) -> None:
    found = real_entry(stamp, "IRi.039")
    assert found.name == "QASEM SOLEIMANI"
    assert found.listed_on == "2007-03-24"
    assert found.designations == ("Brigadier General", "Commander of Qods force")
    good = [item.name for item in found.aliases if item.quality is AliasQuality.good]
    low = [item.name for item in found.aliases if item.quality is AliasQuality.low]
    assert len(good) == 8
    assert "Kasim Sulaymani" in good
    assert low == ["Haj Qasem", "Haji Qassem", "Sardar Soleimani"]
    assert [(date.kind, date.earliest) for date in found.birth_dates] == [(EXACT, "1957-03-11")]
    assert [item.number for item in found.documents] == ["008827"]
    assert found.nationalities == ()


@real_lists
def test_other_people_of_the_real_files() -> None:
    assert len(real_entry("2026-05-08", "CFi.009").birth_dates) == 10
    assert len(real_entry("2026-05-08", "IRi.038").aliases) == 9
    assert "M. Javad Kareemi Sabet" in [a.name for a in real_entry("2026-05-08", "IRi.034").aliases]
    noorzai = [item.name for item in real_entry("2026-05-08", "TAi.154").aliases]
    assert noorzai[:4] == [
        "حاجى مالك نورزى",
        "Hajji Malik Noorzai",
        "Hajji Malak Noorzai",
        "Haji Malek Noorzai",
    ]
    kaina = real_entry("2026-05-08", "CDi.004").birth_dates
    assert [(date.kind, date.earliest) for date in kaina] == [(NOTE, "1973-11")]
    hijri = real_entry("2026-05-08", "QDi.291").birth_dates
    assert (NOTE, None, "24/06/1402 (Hijri Calendar)") in [
        (date.kind, date.earliest, date.note) for date in hijri
    ]
    assert real_entry("2026-05-08", "SSi.005").listed_on == "2015-07-01"
    assert real_entry("2015-03-27", "QDi.343").reference == "QDi.343"
    assert real_entry("2023-02-22", "QDe.169").listed_on is None


@real_lists
def test_the_files_of_2024_lose_no_dates_of_birth() -> None:
    """They hold the alternatives in aliases without a name."""
    dates = real_entry("2024-03-16", "TAi.004").birth_dates
    assert {date.earliest for date in dates} == {"1953", "1960", "1966"}
