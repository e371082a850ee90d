"""Bodies kept in memory: those asked for last, and never more than the bounds."""

from app.kept import Bodies


def test_what_was_asked_for_longest_ago_makes_room() -> None:
    bodies = Bodies(most_bytes=10)
    bodies.keep("a", b"aaaa")
    bodies.keep("b", b"bbbb")
    assert bodies.get("a") == b"aaaa"
    bodies.keep("c", b"cccc")
    assert [bodies.get(name) for name in "abc"] == [b"aaaa", None, b"cccc"]
    assert bodies.size == 8


def test_what_is_larger_than_all_may_be_is_not_kept() -> None:
    bodies = Bodies(most_bytes=10)
    bodies.keep("a", b"a" * 11)
    assert (bodies.get("a"), bodies.size) == (None, 0)


def test_a_body_counts_once_and_goes_when_it_is_dropped() -> None:
    bodies = Bodies(most_bytes=10)
    bodies.keep("a", b"aaaa")
    bodies.keep("a", b"aaaaaa")
    assert bodies.size == 6
    bodies.drop("a")
    bodies.drop("a")
    assert (bodies.get("a"), bodies.size) == (None, 0)
