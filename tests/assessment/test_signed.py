"""Whose name stands under what is given, with keys and without."""

import pytest

from app.assessment.report import Refused
from app.assessment.signed import only_own, signature


@pytest.mark.parametrize(
    ("said", "who", "stands"),
    [("A", None, "A"), ("A", "A", "A"), (None, "A", "A")],
)
def test_who_signs(said: str | None, who: str | None, stands: str) -> None:
    assert signature("by", said, who) == stands


@pytest.mark.parametrize(
    ("said", "who", "words"),
    [
        (None, None, "by: is missing"),
        ("B", "A", "by: is not A, whose key this is"),
        ("a", "A", "by: is not A"),
    ],
)
def test_who_does_not(said: str | None, who: str | None, words: str) -> None:
    with pytest.raises(Refused, match=words):
        signature("by", said, who)


def test_every_other_name_is_told() -> None:
    given = (("x", "A"), ("y", None), ("z", "B"), ("w", "C"))
    only_own(given, None)
    with pytest.raises(Refused) as caught:
        only_own(given, "A")
    assert [fault.field for fault in caught.value.faults] == ["z", "w"]
