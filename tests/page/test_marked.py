"""A text cut into pieces is the text, and the pieces of a span are its words."""

from hypothesis import given
from hypothesis import strategies as st

from app.page.marked import Piece, Span, pieces


def cut(text: str, *places: tuple[int, int]) -> list[tuple[str, list[int], list[int], list[int]]]:
    """The pieces, and of which spans, by number, each is, which it begins and which it ends."""
    spans = [Span(kind="", number=n, start=a, end=b) for n, (a, b) in enumerate(places)]
    return [
        (piece.text, numbers(piece.within), numbers(piece.begins), numbers(piece.ends))
        for piece in pieces(text, spans)
    ]


def numbers(spans: tuple[Span, ...]) -> list[int]:
    return [span.number for span in spans]


def test_a_text_without_spans_is_one_piece() -> None:
    assert cut("abc") == [("abc", [], [], [])]
    assert cut("") == []


def test_one_within_another() -> None:
    assert cut("abcde", (0, 4), (1, 3)) == [
        ("a", [0], [0], []),
        ("bc", [0, 1], [1], [1]),
        ("d", [0], [], [0]),
        ("e", [], [], []),
    ]


def test_two_that_overlap_and_two_that_are_the_same() -> None:
    assert cut("abcde", (0, 3), (2, 5), (2, 5)) == [
        ("ab", [0], [0], []),
        ("c", [0, 1, 2], [1, 2], [0]),
        ("de", [1, 2], [], [1, 2]),
    ]


def test_the_longer_one_comes_first() -> None:
    assert cut("abc", (0, 1), (0, 3))[0] == ("a", [1, 0], [1, 0], [0])


def test_two_that_meet_do_not_overlap() -> None:
    assert cut("abcd", (0, 2), (2, 4)) == [("ab", [0], [0], [0]), ("cd", [1], [1], [1])]


def test_offsets_count_code_points() -> None:
    text = "🕌\u0301 e\u0301 👨‍👩‍👧 Ж"
    assert cut(text, (3, 5))[1][0] == "e\u0301"
    assert cut(text, (len(text) - 1, len(text)))[1][0] == "Ж"


def test_what_lies_beyond_the_text_is_left_out() -> None:
    assert cut("abc", (2, 9), (3, 5), (7, 9), (1, 1), (2, 1)) == [
        ("ab", [], [], []),
        ("c", [0], [0], [0]),
    ]


texts = st.text(st.sampled_from("ab \n<&\u202e\u0301é\U0001f54c"), max_size=40)
ends = st.tuples(st.integers(0, 45), st.integers(0, 45))


@given(texts, st.lists(ends, max_size=12))
def test_joined_they_are_the_text_and_those_of_a_span_its_words(
    text: str, places: list[tuple[int, int]]
) -> None:
    spans = [Span(kind="", number=n, start=a, end=b) for n, (a, b) in enumerate(places)]
    found = pieces(text, spans)
    assert "".join(piece.text for piece in found) == text
    assert all(piece.text for piece in found)

    def having(span: Span, group: str) -> list[Piece]:
        return [piece for piece in found if span in getattr(piece, group)]

    for span in spans:
        words = text[span.start : span.end] if span.start < span.end else ""
        own = having(span, "within")
        assert "".join(piece.text for piece in own) == words
        assert having(span, "begins") == own[:1]
        assert having(span, "ends") == own[-1:]


@given(texts, st.lists(ends, max_size=6))
def test_no_more_pieces_than_spans_make_needful(text: str, places: list[tuple[int, int]]) -> None:
    found = pieces(text, [Span(kind="", number=0, start=a, end=b) for a, b in places])
    assert len(found) <= 2 * len(places) + 1
