"""Whatever is changed on record behind the service's back is found, and where."""

from collections.abc import Callable

import pytest
from sqlalchemy import delete, insert, select, text, update
from sqlalchemy.exc import DBAPIError

from app.assessment.screen import ScreeningAsked
from app.desk import Desk
from app.store import audit, tables, verify
from tests.tampering import REFUSED, Tampering, fill, findings, unbound, unguard

SEED = 20261129


@pytest.fixture
def filled(desk: Desk) -> Desk:
    """A desk with something of every kind on record."""
    fill(desk)
    return desk


def lines(desk: Desk) -> list[audit.AuditShown]:
    return list(desk.audit_since(None))


def test_what_was_written_holds(filled: Desk) -> None:
    assert findings(filled.store) == []
    shown = lines(filled)
    assert [one.line.action for one in shown].count("screen") == 3
    assert all(one.link for one in shown)
    assert filled.verify_audit().head == shown[-1].link


def test_the_database_itself_refuses_to_change_or_remove_a_line(filled: Desk) -> None:
    for table in (tables.audit, tables.audit_links):
        for statement in (update(table).values(seq=99), delete(table)):
            with pytest.raises(DBAPIError, match="only added to"), filled.store.writing() as c:
                c.execute(statement)
    assert findings(filled.store) == []


def test_a_byte_changed_anywhere_is_found(filled: Desk) -> None:
    unguard(filled.store)
    tampering = Tampering(filled.store, SEED)
    tried = [tampering.once() for _ in range(15)]
    assert [where for where, found in tried if not found] == []
    assert sum(found == [REFUSED] for _, found in tried) < 3
    assert findings(filled.store) == []


@pytest.mark.parametrize("records", ["[1,", '{"1": 2}', '["1"]', "[1e3]", f"[{10**30}]", "", "[]"])
def test_a_list_of_records_that_cannot_be_read_any_more_is_found(
    filled: Desk, records: str
) -> None:
    unguard(filled.store)
    with filled.store.writing() as connection:
        connection.execute(update(tables.snapshots).values(records=records))
    sha256 = filled.snapshots(limit=1, after=None).items[0].sha256
    found = findings(filled.store)
    assert any(one.startswith(f"list import: promoted {sha256}") for one in found), found
    assert f"list {sha256}: its records are not those that the bytes hold" in found


Behind = Callable[[Desk], str]


def _remove_a_line(desk: Desk) -> str:
    with desk.store.writing() as connection:
        connection.execute(delete(tables.audit_questions).where(tables.audit_questions.c.seq == 5))
        connection.execute(delete(tables.audit_links).where(tables.audit_links.c.seq == 5))
        connection.execute(delete(tables.audit).where(tables.audit.c.seq == 5))
    return "audit line 6: is not what was written"


def _remove_a_line_and_leave_its_link(desk: Desk) -> str:
    with unbound(desk.store) as connection:
        connection.execute(delete(tables.audit).where(tables.audit.c.seq == 5))
    return "audit line 5: is missing"


def _swap_two_lines(desk: Desk) -> str:
    with desk.store.writing() as connection:
        one, other = (
            connection.execute(select(tables.audit).where(tables.audit.c.seq == seq)).one()
            for seq in (3, 4)
        )
        for seq, row in ((3, other), (4, one)):
            values = {name: item for name, item in row._mapping.items() if name != "seq"}
            connection.execute(update(tables.audit).where(tables.audit.c.seq == seq).values(values))
    return "audit line 3: is not what was written"


def _remove_an_answer(desk: Desk) -> str:
    with desk.store.writing() as connection:
        connection.execute(delete(tables.assessment_references))
        name = connection.scalar(select(tables.assessments.c.id))
        connection.execute(delete(tables.assessments))
    return f"assess {name}: what is on record of it is not"


def _slip_in_an_answer(desk: Desk) -> str:
    with desk.store.writing() as connection:
        row = connection.execute(select(tables.assessments)).first()
        assert row is not None
        values = {**row._mapping, "id": "f" * 64, "recorded_at": "2020-01-01T00:00:00.000000Z"}
        connection.execute(insert(tables.assessments).values(values))
    return f"assessment {'f' * 64}: no line of the audit tells of it"


def _remove_a_question(desk: Desk) -> str:
    with desk.store.writing() as connection:
        seq = connection.scalar(select(tables.audit_questions.c.seq).limit(1))
        connection.execute(
            delete(tables.audit_questions).where(tables.audit_questions.c.seq == seq)
        )
    return f"the question of audit line {seq}: is missing, and no line says that it was erased"


@pytest.mark.parametrize(
    "behind",
    [
        _remove_a_line, _remove_a_line_and_leave_its_link, _swap_two_lines, _remove_an_answer,
        _slip_in_an_answer, _remove_a_question,
    ],
)  # fmt: skip
def test_what_was_done_behind_the_back_is_found_where_it_was_done(
    filled: Desk, behind: Behind
) -> None:
    unguard(filled.store)
    told = behind(filled)
    assert any(found.startswith(told) for found in findings(filled.store))


def test_lines_that_are_missing_at_the_end_are_found_by_a_head_that_was_kept(filled: Desk) -> None:
    before = filled.verify_audit().head
    filled.screen(ScreeningAsked(name="Somebody else"))
    head = filled.verify_audit().head
    unguard(filled.store)
    with filled.store.writing() as connection:
        last = lines(filled)[-1].line.seq
        for table in (tables.audit_questions, tables.audit_links, tables.audit):
            connection.execute(delete(table).where(table.c.seq == last))
    assert filled.verify_audit().findings == ()
    assert filled.verify_audit(before).findings == ()
    assert [one.where for one in filled.verify_audit(head).findings] == [f"the head {head}"]


# ---------------------------------------------------------------- older lines


def test_lines_of_an_older_version_are_tied_by_the_next_line(filled: Desk) -> None:
    for number in range(2):
        with filled.store.writing() as connection:
            connection.execute(
                text(
                    "INSERT INTO audit (at, who, action) VALUES "
                    f"('2099-01-01T00:00:0{number}.000000Z', 'an older version', 'assess')"
                )
            )
    assert [one.link for one in lines(filled)[-2:]] == [None, None]
    assert findings(filled.store) == []

    filled.screen(ScreeningAsked(name="Somebody else"))

    assert all(one.link for one in lines(filled))
    assert findings(filled.store) == []


# ---------------------------------------------------------------- what was asked in words


def test_what_was_screened_is_kept_in_words_until_it_is_erased(filled: Desk) -> None:
    asked = [one for one in lines(filled) if one.line.action == "screen"]
    assert '"name":"Qasem Soleimani"' in (asked[0].question or "")

    assert filled.erase_questions("an officer", seq=asked[0].line.seq) == 1
    assert filled.erase_questions("an officer", seq=asked[0].line.seq) == 0

    again = {one.line.seq: one for one in lines(filled)}
    assert again[asked[0].line.seq].question is None
    assert again[asked[1].line.seq].question is not None
    last = lines(filled)[-1].line
    assert (last.who, last.action, last.subject) == (
        "an officer", verify.ERASE, str(asked[0].line.seq),
    )  # fmt: skip
    assert findings(filled.store) == []


def test_all_that_was_screened_before_a_moment_can_be_erased(filled: Desk) -> None:
    moment = next(one for one in lines(filled) if one.line.action == "screen").line.at

    assert filled.erase_questions("an officer", before=moment) == 0
    assert filled.erase_questions("an officer", before="2999-01-01T00:00:00.000000Z") == 3

    assert [one.question for one in lines(filled)] == [None] * len(lines(filled))
    assert findings(filled.store) == []


def test_with_a_secret_only_a_keyed_digest_is_kept(desk: Desk) -> None:
    desk.audit_secret = b"a secret of thirty-two bytes at least"
    fill(desk)

    asked = [one for one in lines(desk) if one.line.action == "screen"]
    assert [one.question for one in asked] == [None] * 3
    told = '{"name":"Qasem Soleimani","birth_date":null,"place_of_birth":null,"nationality":null,'
    told += '"gender":null,"role":null,"document":null,"reference":null,"as_of":null,'
    told += '"known_at":null,"threshold":null,"limit":null}'
    assert asked[0].line.question_digest == audit.asked_digest(told, None, desk.audit_secret)
    with desk.store.reading() as connection:
        rows = connection.execute(select(tables.audit_questions)).all()
        assert [(row.salt, row.question) for row in rows] == [(None, None)] * 3
    assert findings(desk.store) == []


def test_the_digest_of_the_same_question_is_another_each_time(filled: Desk) -> None:
    filled.screen(ScreeningAsked(name="Qasem Soleimani"))

    digests = [one.line.question_digest for one in lines(filled) if one.line.action == "screen"]
    assert len(set(digests)) == len(digests)
