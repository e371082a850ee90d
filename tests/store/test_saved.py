"""Saved answers and the audit: once, exactly, newest first."""

import threading
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.store import assessments, audit
from app.store.facts import Store
from app.store.paging import BadCursor, cursor, place

ANSWER = '{"sentence": "A reported, B denied: سلیمانی ¶10 \\u0000"}'


def save(store: Store, number: int, **other: str) -> str | None:
    with store.writing() as connection:
        return assessments.save(
            connection,
            id=other.get("id", f"{number:064x}"),
            question="{}",
            answer=ANSWER,
            verdict=other.get("verdict", "contested"),
            engine="0.1.0",
            known_at="2026-06-01T00:00:00.000000Z",
            record_digest="0" * 64,
            references=["IRi.039", "IRi.040", "IRi.039"] if number % 2 else [],
            # Three of each moment, so that a page can end between equal ones.
            recorded_at=f"2026-06-01T00:00:{number // 3:02}.000000Z",
        )


def test_the_answer_comes_back_exactly(store: Store) -> None:
    assert save(store, 1)
    with store.reading() as connection:
        found = assessments.get(connection, f"{1:064x}")
        assert found is not None
        assert (found.answer, found.question, found.replaces) == (ANSWER, "{}", None)
        assert assessments.get(connection, "nothing") is None


def test_the_same_id_again_stores_nothing(store: Store) -> None:
    assert save(store, 1)
    assert not save(store, 1, verdict="refuted")
    with store.reading() as connection:
        found = assessments.get(connection, f"{1:064x}")
        assert found is not None
        assert found.verdict == "contested"


def test_what_was_stored_has_the_digest_that_its_audit_line_has(store: Store) -> None:
    for number in (1, 2):  # with references, and without
        told = save(store, number)
        with store.reading() as connection:
            assert told == audit.content(connection, "assess", f"{number:064x}", "") is not None


def test_when_an_answer_was_saved(store: Store) -> None:
    save(store, 4)
    with store.reading() as connection:
        assert assessments.saved_at(connection, f"{4:064x}") == "2026-06-01T00:00:01.000000Z"
        assert assessments.saved_at(connection, f"{5:064x}") is None


def test_one_of_many_at_once_is_the_first(store: Store) -> None:
    new = []
    threads = [threading.Thread(target=lambda: new.append(bool(save(store, 1)))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(new) == [False] * 7 + [True]


def test_pages_hold_every_answer_once_newest_first(store: Store) -> None:
    for number in range(10):
        save(store, number)
    ids, after = [], None
    while True:
        with store.reading() as connection:
            rows, after = assessments.page(connection, limit=4, after=after)
        ids += [row.id for row in rows]
        if after is None:
            break
    assert ids == [f"{number:064x}" for number in reversed(range(10))]


def test_pages_by_person_and_verdict(store: Store) -> None:
    for number in range(6):
        save(store, number, verdict="contested" if number < 3 else "refuted")
    with store.reading() as connection:
        rows, after = assessments.page(connection, limit=2, reference="IRi.039")
        assert [row.id[-1] for row in rows] == ["5", "3"]
        rows, after = assessments.page(connection, limit=2, after=after, reference="IRi.039")
        assert ([row.id[-1] for row in rows], after) == (["1"], None)
        rows, _ = assessments.page(connection, limit=9, reference="IRi.039", verdict="refuted")
        assert [row.id[-1] for row in rows] == ["5", "3"]


def test_audit_lines_newest_first(store: Store) -> None:
    for number in range(5):
        with store.writing() as connection:
            audit.add(
                connection,
                at=f"2026-06-01T00:00:0{number}.000000Z",
                who="a test",
                action=f"act {number}",
                question_digest="q",
                answer_digest=None,
            )
    with store.reading() as connection:
        first, after = audit.page(connection, limit=3)
        rest, end = audit.page(connection, limit=3, after=after)
    assert [shown.line.action for shown in first + rest] == [f"act {n}" for n in (4, 3, 2, 1, 0)]
    assert end is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "x",
        "ä",
        "e30",
        cursor("one"),
        cursor(1, 2),
        cursor("a", "\0"),
        cursor("a", "\ud800"),
        "W" * 400,
    ],
)
def test_a_cursor_that_no_page_gave(store: Store, text: str) -> None:
    with store.reading() as connection:
        with pytest.raises(BadCursor):
            assessments.page(connection, limit=1, after=text)
        with pytest.raises(BadCursor):
            audit.page(connection, limit=1, after=cursor(2**70))


@given(st.text())
def test_any_text_is_a_cursor_or_refused(text: str) -> None:
    with suppress(BadCursor):
        assert len(place(text, str, str)) == 2
