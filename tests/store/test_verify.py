"""Whatever is changed on record behind the service's back is found, and where."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from pydantic import TypeAdapter
from sqlalchemy import delete, insert, select, text, update
from sqlalchemy.exc import DBAPIError

from app.api.examples import REPORT
from app.assessment.article import ArticleAsked, Decision, ReviewGiven
from app.assessment.screen import ScreeningAsked
from app.desk import Desk, Erased, NotOnRecord
from app.store import audit, facts, tables, verify
from app.store.erase import PartOf
from app.terms import DraftStatus, Policy, Report, Tables
from tests.conftest import Clock, make_desk
from tests.filled import TEXT
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


# ---------------------------------------------------------------- saved answers that were erased

LEFT = (
    tables.assessments, tables.assessment_references, tables.documents, tables.articles,
    tables.article_reviews,
)  # fmt: skip
"""Where saved answers are, and what was said for them."""


def named(desk: Desk) -> dict[str, list[str]]:
    """The names under which something is found."""
    with desk.store.reading() as connection:
        return {
            table.name: sorted(connection.scalars(select(next(iter(table.c)))).all())
            for table in (tables.assessments, tables.articles, tables.documents)
        }


def by_hand(desk: Desk) -> str:
    """An assessment that came of no text."""
    return desk.ask(TypeAdapter(Report).validate_python(REPORT)).id


def read_article(desk: Desk) -> str:
    """Read a text with a journey in it; answers the SHA-256 of the text."""
    body = json.loads(desk.read_article(ArticleAsked(text=TEXT, published_on="2015-08-15")).body)
    assert len(body["assessments"]) == 1
    return str(body["document"]["sha256"])


@pytest.fixture
def sha256(filled: Desk) -> str:
    """The SHA-256 of a text that was read and reviewed, beside all else."""
    name = read_article(filled)
    accepted = (Decision(claim="c1", status=DraftStatus.accepted),)
    filled.review_article(name, ReviewGiven(by="A. Officer", decisions=accepted))
    assert findings(filled.store) == []
    return name


def test_an_assessment_is_erased_and_the_chain_holds(filled: Desk) -> None:
    name, before = by_hand(filled), named(filled)
    head = filled.verify_audit().head

    told = filled.erase_answer("an officer", name)

    assert told.names == (name,)
    before["assessments"].remove(name)
    assert named(filled) == before
    with filled.store.reading() as connection:
        references = tables.assessment_references.c.assessment
        assert connection.scalars(select(references).where(references == name)).all() == []
    last = lines(filled)[-1].line
    assert (last.who, last.action, last.subject) == ("an officer", "erase answer", name)
    assert filled.verify_audit(head).findings == ()
    for ask in (filled.stored, filled.replay):
        with pytest.raises(Erased) as caught:
            ask(name)
        assert caught.value.moment == last.at


@pytest.mark.parametrize("by", ["text", "newest answer", "older answer"])
def test_a_text_is_erased_with_all_that_was_answered_about_it(
    filled: Desk, sha256: str, by: str
) -> None:
    before, newest = named(filled), filled.stored_article(sha256)
    older = json.loads(newest.body)["replaces"]
    name = {"text": sha256, "newest answer": newest.id, "older answer": older}[by]

    told = filled.erase_answer("an officer", name)

    assert (set(told.articles), told.text, len(told.assessments)) == ({newest.id, older}, sha256, 2)
    gone = set(told.names)
    assert named(filled) == {table: sorted(set(all_) - gone) for table, all_ in before.items()}
    with filled.store.reading() as connection:
        assert connection.execute(select(tables.article_reviews)).all() == []
    said = [one.line.subject for one in lines(filled) if one.line.action == "erase answer"]
    assert sorted(filter(None, said)) == sorted(told.names)
    assert findings(filled.store) == []
    for erased in (sha256, newest.id):
        with pytest.raises(Erased):
            filled.stored_article(sha256, erased)
    with pytest.raises(Erased):
        filled.review_article(sha256, ReviewGiven(by="A. Officer", decisions=()))
    with pytest.raises(Erased):
        filled.erase_answer("an officer", name)


def test_an_assessment_that_came_of_a_text_is_not_erased_alone(filled: Desk, sha256: str) -> None:
    before, many = named(filled), len(lines(filled))
    newest = filled.stored_article(sha256)
    journey = json.loads(newest.body)["assessments"][0]["id"]
    with pytest.raises(PartOf, match=newest.id):
        filled.erase_answer("an officer", journey)
    with pytest.raises(NotOnRecord) as caught:
        filled.erase_answer("an officer", "f" * 64)
    assert not isinstance(caught.value, Erased)
    assert (named(filled), len(lines(filled))) == (before, many)


def test_what_was_erased_may_be_asked_again(filled: Desk, sha256: str) -> None:
    name = by_hand(filled)
    for erased in (name, sha256):
        filled.erase_answer("an officer", erased)

    assert by_hand(filled) == name
    assert read_article(filled) == sha256

    assert filled.stored(name).id == name
    assert filled.stored_article(sha256).body
    assert findings(filled.store) == []


def test_what_came_back_behind_the_back_is_found(filled: Desk, sha256: str) -> None:
    name = by_hand(filled)
    with filled.store.reading() as connection:
        kept = {table: connection.execute(select(table)).mappings().all() for table in LEFT}
    erased = filled.erase_answer("an officer", sha256)
    filled.erase_answer("an officer", name)
    with filled.store.reading() as connection:
        here = {table: connection.execute(select(table)).mappings().all() for table in LEFT}
    with unbound(filled.store) as connection:
        for table, rows in kept.items():
            connection.execute(insert(table), [dict(row) for row in rows if row not in here[table]])
    found = "\n".join(findings(filled.store))
    for where, names in {
        "assessments": (name, *erased.assessments),
        "articles": erased.articles,
        "documents": (sha256,),
    }.items():
        for one in names:
            assert re.search(
                rf"^{where} {one}: audit line \d+ says .* it is here$", found, re.MULTILINE
            )


def test_rows_that_are_gone_without_a_line_are_found_beside_erased_ones(
    filled: Desk, sha256: str
) -> None:
    name = by_hand(filled)
    filled.erase_answer("an officer", sha256)
    with filled.store.writing() as connection:
        references = tables.assessment_references
        connection.execute(delete(references).where(references.c.assessment == name))
        connection.execute(delete(tables.assessments).where(tables.assessments.c.id == name))
    found = findings(filled.store)
    assert found
    told = f"assess {name}: what is on record of it is not what audit line "
    assert all(one.startswith(told) for one in found)


@pytest.fixture
def name_tables(request: pytest.FixtureRequest) -> Tables:
    """The tables of names, by another name than those of the store."""
    found: Tables = request.getfixturevalue("tables")
    return found


def test_what_is_erased_is_in_no_byte_of_the_file(
    sqlite_url: str, name_tables: Tables, policy: Policy, clock: Clock
) -> None:
    with facts.open_store(sqlite_url) as store:
        desk = make_desk(store, name_tables, policy, clock)
        fill(desk)
        sha256 = read_article(desk)
        one = next(one for one in lines(desk) if one.question and "Nobody" in one.question)
        told = TypeAdapter(Report).validate_python(
            {**REPORT, "traveller": {"name": "Zbigniew Nieznany", "role": "a nobody at all"}}
        )
        asked = desk.ask(told).id
        words = (b'{"name":"Nobody"', b"Zbigniew Nieznany", TEXT[:40].encode())
        assert all(word in held(sqlite_url) for word in words)
        desk.erase_questions("an officer", seq=one.line.seq)
        for name in (asked, sha256):
            desk.erase_answer("an officer", name)
        assert [word for word in words if word in held(sqlite_url)] == []


def held(url: str) -> bytes:
    """Every byte of an SQLite store."""
    path = Path(url.removeprefix("sqlite:///"))
    return b"".join(one.read_bytes() for one in path.parent.glob(f"{path.name}*"))
