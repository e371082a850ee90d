"""Many names: what a file may hold, what becomes of each row, and how little is held at a time."""

import csv
import io
import json
from collections.abc import Iterator
from functools import partial
from itertools import count, islice, repeat
from typing import Any

import pytest

from app.assessment.screen import ScreeningAsked
from app.cli import _question
from app.desk import Desk, encode
from app.jobs import bulk, shipped
from app.jobs.bulk import FileWrong, Form, Row
from app.serve import open_desk
from app.settings import Settings
from tests.conftest import ONE_NOW, Clock
from tests.invented import PEOPLE, xml

HEADER = "id,name,birth_date\n"


def read(text: str | bytes, form: Form | None = Form.csv) -> list[Row]:
    body = text if isinstance(text, bytes) else text.encode()
    return list(bulk.rows(bulk.text_of(io.BytesIO(body)), form))


def wrong(rows: list[Row]) -> dict[int, str]:
    """The lines that are wrong, and what is said of them."""
    return {
        row.line: "; ".join(f"{error.field}: {error.words}" for error in row.errors)
        for row in rows
        if row.errors
    }


# ---------------------------------------------------------------- reading CSV


def test_rows_of_csv() -> None:
    first, second = read("id,name,birth_date,role\nA-1,Qasem,1957, commander \n,Ali,,\n")
    assert first == Row(2, "A-1", {"name": "Qasem", "birth_date": "1957", "role": "commander"}, ())
    assert second == Row(3, None, {"name": "Ali"}, ())


@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_how_a_file_is_written_makes_no_difference(mark: str, ending: str, delimiter: str) -> None:
    cells = [["name", "role"], ["Ali; Omar, etc\tetc", "x"], ["قاسم سلیمانی", "y"]]
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, lineterminator=ending).writerows(cells)
    found = read(mark + text.getvalue())
    assert [row.given for row in found] == [
        {"name": "Ali; Omar, etc\tetc", "role": "x"},
        {"name": "قاسم سلیمانی", "role": "y"},
    ]
    assert [row.line for row in found] == [2, 3]


def test_a_quoted_cell_may_hold_lines_and_quotation_marks() -> None:
    found = read('name,role\n"Qasem\r\n""Q"" Soleimani",x\n\n\nAli,y\n')
    assert [(row.line, row.given["name"]) for row in found] == [
        (2, 'Qasem\r\n"Q" Soleimani'), (6, "Ali"),
    ]  # fmt: skip


def test_a_column_alone_and_no_last_line_end() -> None:
    assert [row.given for row in read("name\nAli\nOmar")] == [{"name": "Ali"}, {"name": "Omar"}]
    assert read("name") == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "is empty"),
        ("\ufeff", "is empty"),
        ("\nname\nAli\n", "is empty"),
        ("name,nme\nAli,x\n", "the column 'nme' is not known here; known are id, name, birth_date"),
        ("name;known_at\n", "the column 'known_at' is not known"),
        ("Name\n", "the column 'Name' is not known"),
        ("name|role\n", "the column 'name|role' is not known"),
        ("name,,role\n", "the column '' is not known"),
        ("id,role\n", "has no column name"),
        ("name,role,name\n", "the column name stands twice"),
        ('name,"role\nAli,x\n', "a quotation mark is open"),
        ("x" * 1_000_001 + ",name\n", "header is longer than 1,000,000 characters"),
        ("name\nAli\n".encode("utf-16"), "is not UTF-8"),
        ("name\nAli\n".encode("utf-16-le"), "is not UTF-8"),
        (b"n\xe4me\n", "is not known here"),
        (b"PK\x03\x04\0\0", "is not UTF-8"),
    ],
)  # fmt: skip
def test_a_file_that_holds_no_questions(text: str | bytes, said: str) -> None:
    with pytest.raises(FileWrong, match=said.replace("|", r"\|")):
        read(text)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("A-2,Soleimani, Qasem,1957", "line: holds 4 cells, and the header 3"),
        ("A-2,Ali", "line: holds 2 cells, and the header 3"),
        (b"A-2,Qas\xe9m,", "line: is not UTF-8"),
        ('A-2,"Qasem" Soleimani,', "line: is not CSV: a quotation mark is open or astray"),
        ('A-2,"Qasem,1957', "line: is not CSV: a quotation mark is open or astray"),
        (f"A-2,{'a' * 200_000},", "line: is not CSV: a cell is longer than 131,072"),
        (f"A-2,{'a,' * 600_000}", "line: is longer than 1,000,000 characters"),
        (f"A-2,{'a' * 3_000_000}", "line: is longer than 1,000,000 characters"),
        (f"{'a' * 501},Ali,", "id: is longer than 500 characters"),
        ("A\x07,Ali,", "id: holds a control character"),
    ],
)  # fmt: skip
def test_a_row_that_is_wrong_stops_nothing(row: str | bytes, said: str) -> None:
    body = row if isinstance(row, bytes) else row.encode()
    found = read(HEADER.encode() + b"A-1,Ali,\n" + body + b"\nA-3,Omar,1961\nA-4,Said,\n")
    assert [one.line for one in found] == [2, 3, 4, 5]
    assert list(wrong(found)) == [3]
    assert wrong(found)[3].startswith(said)
    assert [one.id for one in found if not one.errors] == ["A-1", "A-3", "A-4"]


@pytest.mark.parametrize("between", ["A-3,Omar,1961\n", 'A-3,"Omar\nO\'Neill",\n'])
def test_an_open_quotation_mark_swallows_one_line_alone(between: str) -> None:
    rows = HEADER + 'A-1,"Ali,\n' + between + 'A-4,"Said, S.",1960\nA-5,Lina,\n'
    found = read(rows)
    assert list(wrong(found)) == [2]
    assert [one.id for one in found if not one.errors] == ["A-3", "A-4", "A-5"]


def test_an_open_quotation_mark_before_a_line_that_is_too_long() -> None:
    found = read(HEADER + 'A-1,"Ali,\nA-2,Omar,\n' + "a" * 2_000_000 + "\nA-4,Said,\n")
    assert list(wrong(found)) == [2, 4]
    assert [one.id for one in found if not one.errors] == ["A-2", "A-4"]


def test_very_many_open_quotation_marks_take_no_longer_than_others() -> None:
    found = read("name\n" + '"Ali\n' * 20_001)
    assert len(found) == len(wrong(found)) == 20_001


# ---------------------------------------------------------------- reading JSON lines


def test_rows_of_json() -> None:
    text = '{"id": 7, "name": "Qasem", "limit": 3}\n\n{"name": "Ali", "document": {"number": "1"}}'
    first, second = read(text, Form.jsonl)
    assert first == Row(1, 7, {"name": "Qasem", "limit": 3}, ())
    assert second == Row(3, None, {"name": "Ali", "document": {"number": "1"}}, ())
    assert read(text, None) == [first, second]
    assert read("", Form.jsonl) == []
    assert read("name\nAli\n", None) == [Row(2, None, {"name": "Ali"}, ())]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("Qasem", "line: is not JSON"),
        ('{"name": "Qasem"', "line: is not JSON"),
        ('{"name": "Qasem"} {"name": "Ali"}', "line: is not JSON"),
        ('{"name": "Qasem", "name": "Ali"}', "name: is given twice"),
        ("[" * 100_000, "line: is not JSON"),
        ('{"limit": ' + "9" * 5000 + "}", "line: is not JSON"),
        ('["Qasem"]', "line: is not an object with named fields"),
        ("null", "line: is not an object with named fields"),
        (b'{"name": "Qas\xe9m"}', "line: is not UTF-8"),
        ('{"name": "' + "a" * 2_000_000 + '"}', "line: is longer than 1,000,000 characters"),
        ('{"id": true, "name": "Ali"}', "id: is neither a text nor a whole number"),
        ('{"id": 1.5, "name": "Ali"}', "id: is neither a text nor a whole number"),
        ('{"id": {"a": 1}, "name": "Ali"}', "id: is neither a text nor a whole number"),
        ('{"id": "\\ud800", "name": "Ali"}', "id: holds half of a character"),
        ('{"id": ' + "9" * 600 + ', "name": "Ali"}', "id: is longer than 500 characters"),
    ],
)
def test_a_line_that_is_wrong_stops_nothing(row: str | bytes, said: str) -> None:
    body = row if isinstance(row, bytes) else row.encode()
    found = read(b'{"name": "Ali"}\n' + body + b'\n{"name": "Omar"}\n', Form.jsonl)
    assert [one.line for one in found] == [1, 2, 3]
    assert list(wrong(found)) == [2]
    assert wrong(found)[2].startswith(said)


# ---------------------------------------------------------------- answering


@pytest.fixture
def loaded(desk: Desk, clock: Clock) -> Desk:
    """A desk over what ships, on each kind of database."""
    shipped.load(desk.store, shipped.DATA, clock)
    return desk


def work(desk: Desk, form: Form = Form.jsonl, **given: Any) -> bulk.Work:
    return bulk.Work(
        open_desk=lambda: desk,
        question=_question,
        given={"known_at": desk.record().known_at, **given},
        form=form,
    )


def answers(desk: Desk, text: str, form: Form | None = Form.csv, **given: Any) -> list[Any]:
    """What stands in JSON lines."""
    rows = bulk.rows(bulk.text_of(io.BytesIO(text.encode())), form)
    return [json.loads(done.body) for done in bulk.answered(rows, work(desk, **given), desk, 1)]


def table(desk: Desk, text: str, **given: Any) -> list[dict[str, str]]:
    """What stands in CSV."""
    rows = bulk.rows(bulk.text_of(io.BytesIO(text.encode())), Form.csv)
    made = [bulk.head(Form.csv)]
    made += [done.body for done in bulk.answered(rows, work(desk, Form.csv, **given), desk, 1)]
    return list(csv.DictReader(io.StringIO(b"".join(made).decode()), strict=True))


def test_each_answer_is_that_of_the_question_alone(loaded: Desk) -> None:
    asked: dict[str, Any] = {"name": "Qasem Soleimani", "nationality": "IR"}
    (row,) = bulk.answered(
        iter([Row(2, "A", asked, ())]), work(loaded, threshold=0.8, limit=1), loaded, 1
    )
    alone = encode(loaded.screen(ScreeningAsked(**asked, threshold=0.8, limit=1)))
    assert row.body == (
        b'{"line":2,"id":"A","name":"Qasem Soleimani","answer":' + alone + b',"errors":[]}\n'
    )


def test_a_line_may_say_otherwise_than_the_run(loaded: Desk) -> None:
    text = "\n".join(
        json.dumps({"name": "Qasem Soleimani", **said})
        for said in ({}, {"limit": 2}, {"limit": None, "threshold": 1})
    )
    found = [one["answer"] for one in answers(loaded, text, Form.jsonl, limit=1)]
    assert [one["policy"]["limit"] for one in found] == [1, 2, 1]
    assert [one["policy"]["threshold"] for one in found] == [0.75, 0.75, 1]
    assert [len(one["candidates"]) for one in found] == [1, 2, 1]


WRONG: list[tuple[dict[str, Any], str]] = [
    ({"name": ""}, "name: is blank"),
    ({"name": "a" * 100_000}, "name: is longer than 500 characters"),
    ({"name": "ab " * 5_000}, "name: is longer than 500 characters"),
    ({"name": "Qasem\x1b[31m"}, "name: holds a control character"),
    ({"name": "\u202e\u200b"}, "name: is blank"),
    ({"name": "Qasem \ud800"}, "name: holds half of a character (a lone surrogate)"),
    ({}, "name: is missing"),
    ({"name": "Ali", "nationality": "XX"}, "nationality: is not an ISO 3166-1 alpha-2 code"),
    ({"name": "Ali", "reference": "ZZi.404"}, "reference: ZZi.404 is on no list"),
    ({"name": "Ali", "known_at": "2099-01-01T00:00:00Z"}, "known_at: 2099-01-01T00:00:00Z is"),
    ({"name": "Ali", "document": {}}, "document.number: is missing"),
    ({"name": "Ali", "nme": 1}, "nme: is not known here"),
]
"""Questions that are wrong, and what is said of each."""


def test_a_question_that_is_wrong_has_its_place(loaded: Desk) -> None:
    good = {"name": "Ulvar Brandesko"}
    text = "\n".join(json.dumps(one) for row, _ in WRONG for one in (good, row))
    found = answers(loaded, text, Form.jsonl)
    assert [one["line"] for one in found] == list(range(1, 2 * len(WRONG) + 1))
    assert all(one["answer"] == found[0]["answer"] is not None for one in found[::2])
    for bad, (_, said) in zip(found[1::2], WRONG, strict=True):
        (error,) = bad["errors"]
        assert f"{error['field']}: {error['words']}".startswith(said)
        assert bad["answer"] is None
        assert len(json.dumps(bad)) < 3500


def test_right_to_left_marks_hide_nobody(loaded: Desk) -> None:
    (one,) = answers(loaded, "name\n\u202eQasem\u202c Sol\u200beimani\n")
    assert one["answer"]["candidates"][0]["reference"] == "IRi.039"


def test_nothing_recorded_meanwhile_comes_between(loaded: Desk) -> None:
    asked = Row(2, None, {"name": "Ardan Velur"}, ())
    made = bulk.answered(repeat(asked), work(loaded), loaded, 1)
    before = next(made)
    loaded.import_list("full.xml", xml("2026-05-30T00:00:00Z", PEOPLE), False)
    assert next(made) == before
    (after,) = islice(bulk.answered(repeat(asked), work(loaded), loaded, 1), 1)
    assert "ZZi.001" in after.body.decode()
    assert "ZZi.001" not in before.body.decode()


def test_a_moment_of_its_own(loaded: Desk) -> None:
    moments = [f"2026-05-{day:02}T00:00:00Z" for day in range(1, 20)]
    text = "\n".join(json.dumps({"name": "Qasem", "known_at": moment}) for moment in moments)
    assert [one["answer"]["known_at"] for one in answers(loaded, text, Form.jsonl)] == moments


# ---------------------------------------------------------------- as a table


def test_the_table_has_a_row_for_each_candidate(loaded: Desk) -> None:
    text = (
        "id,name,role\nA-1,Ghasem Soleimani,commander of the Quds Force\n"
        "A-2,Ulvar Brandesko,\nA-3,Ali\n"
    )
    found = table(loaded, text)
    assert [(row["line"], row["id"], row["rank"], row["reference"]) for row in found] == [
        ("2", "A-1", "1", "IRi.039"),
        ("2", "A-1", "2", "IRi.040"),
        ("3", "A-2", "0", ""),
        ("4", "", "", ""),
    ]
    first, second, nobody, wrong_one = found
    assert tuple(first) == bulk.OUTPUT
    assert (first["identity"], first["meant"]) == ("identified", "IRi.039")
    assert (first["candidate"], first["kind"]) == ("QASEM SOLEIMANI", "individual")
    assert first["agreeing"] == "office; organisation"
    assert "similarity" in first["words"]
    assert second["agreeing"] == ""
    assert second["reason"] == first["reason"]
    assert (nobody["identity"], nobody["similarity"]) == ("no_match", "")
    assert "not a clearance" in nobody["reason"]
    assert wrong_one["identity"] == ""
    assert wrong_one["errors"] == "holds 2 cells, and the header 3"
    assert {row["known_at"] for row in found[:3]} == {loaded.record().known_at}


FORMULAS = {
    '=HYPERLINK("x") Ali': '\'=HYPERLINK("x") Ali',
    "+Ali": "'+Ali",
    "-Ali": "'-Ali",
    "@Ali": "'@Ali",
    "＝Ali": "'＝Ali",
    "Ali =1+1": "Ali =1+1",
    "O'Neill": "O'Neill",
}
"""What the caller calls a row, and what a spreadsheet is given."""


def test_no_cell_is_a_formula(loaded: Desk) -> None:
    file = io.StringIO()
    csv.writer(file).writerows([["id", "name"], *([given, given] for given in FORMULAS)])
    found = {(row["id"], row["name"]) for row in table(loaded, file.getvalue())}
    assert found == {(shown, shown) for shown in FORMULAS.values()}
    exact = [(one["id"], one["name"]) for one in answers(loaded, file.getvalue())]
    assert exact == [(given, given) for given in FORMULAS]


def test_a_number_stays_one(loaded: Desk) -> None:
    numbers = ["-5", "+49", "-1.5", "-1,5"]
    text = "id,name\n" + "".join(f'"{number}",Ulvar Brandesko\n' for number in numbers)
    assert [row["id"] for row in table(loaded, text)] == numbers


def test_of_very_many_errors_a_cell_shows_few(loaded: Desk) -> None:
    row = Row(2, None, {"name": "Ali", **{f"x{n}": n for n in range(30)}}, ())
    (done,) = bulk.answered(iter([row]), work(loaded, Form.csv), loaded, 1)
    assert done.errors.count("is not known here") == 5
    assert done.errors.endswith("; …")


# ---------------------------------------------------------------- how little is held


class Endless(io.RawIOBase):
    """A file without an end, and how much of it was read."""

    def __init__(self) -> None:
        self.taken = 0
        self._rows = (f"{n},Ulvar Brandesko\n".encode() for n in count())

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        body = next(self._rows) if self.taken else b"id,name\n"
        buffer[: len(body)] = body
        self.taken += len(body)
        return len(body)


def test_answers_come_while_questions_do(loaded: Desk) -> None:
    file = Endless()
    rows = bulk.rows(bulk.text_of(io.BufferedReader(file)), Form.csv)
    found = list(islice(bulk.answered(rows, work(loaded), loaded, 1), 5))
    assert [json.loads(done.body)["id"] for done in found] == ["0", "1", "2", "3", "4"]
    assert file.taken < 20_000


@pytest.mark.parametrize("database_url", ONE_NOW, indirect=True)
def test_several_processes_answer_the_same_bytes_in_order(loaded: Desk, database_url: str) -> None:
    settings = Settings(database_url=database_url)
    own = open_desk(settings)  # as the processes open it
    taken = 0

    def rows() -> Iterator[Row]:
        nonlocal taken
        for n in count():
            taken += 1
            name = ("Qasem Soleimani", "Ulvar Brandesko", "")[n % 3]
            yield Row(n + 2, None, {"name": f"{name} {n}"}, ())

    with own.store:
        made = bulk.Work(
            open_desk=partial(open_desk, settings),
            question=_question,
            given={"known_at": own.record().known_at},
            form=Form.csv,
        )
        one = list(islice(bulk.answered(rows(), made, own, 1), 250))
        taken = 0
        several = bulk.answered(rows(), made, own, 2)
        assert list(islice(several, 250)) == one
        assert taken <= 250 + 6 * 100
        several.close()
