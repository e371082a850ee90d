"""Answers kept in memory: those asked for last, and never more than the bounds."""

from app.kept import Answers, Latest, Sent


def sent(body: bytes) -> Sent:
    return Sent(body, "0" * 64, "2026-06-01T00:00:00.000000Z", "1" * 64, "contested", ("denied",))


def test_what_was_asked_for_longest_ago_makes_room() -> None:
    answers = Answers(most_bytes=10)
    answers.keep("a", sent(b"aaaa"))
    answers.keep("b", sent(b"bbbb"))
    assert answers.get("a") == sent(b"aaaa")
    answers.keep("c", sent(b"cccc"))
    assert [answers.get(name) for name in "abc"] == [sent(b"aaaa"), None, sent(b"cccc")]
    assert answers.size == 8


def test_what_is_larger_than_all_may_be_is_not_kept() -> None:
    answers = Answers(most_bytes=10)
    answers.keep("a", sent(b"a" * 11))
    assert (answers.get("a"), answers.size) == (None, 0)


def test_an_answer_counts_once_and_goes_when_it_is_dropped() -> None:
    answers = Answers(most_bytes=10)
    answers.keep("a", sent(b"aaaa"))
    answers.keep("a", sent(b"aaaaaa"))
    assert answers.size == 6
    answers.drop("a")
    answers.drop("a")
    assert (answers.get("a"), answers.size) == (None, 0)


def test_so_many_are_kept_and_the_first_makes_room() -> None:
    latest = Latest[str, int](2)
    for number, name in enumerate("abab"):
        latest.keep(name, number)
    assert [latest.get(name) for name in "ab"] == [2, 3]
    latest.keep("c", 4)
    assert [latest.get(name) for name in "abc"] == [None, 3, 4]
