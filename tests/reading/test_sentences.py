"""Texts cut into sentences: zones, datelines, quotations, and offsets that hold."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.reading.sentences import Zone, sentences


def cut(text: str) -> list[str]:
    """The sentences as they stand in the text."""
    return [text[one.start : one.end] for one in sentences(text)]


def zones(text: str) -> list[tuple[str, str]]:
    return [(str(one.zone), text[one.start : one.end]) for one in sentences(text)]


def quoted(text: str) -> list[str]:
    return [text[start:end] for one in sentences(text) for start, end in one.quoted]


# ---------------------------------------------------------------- zones


def test_headline_byline_caption_and_body():
    text = (
        "Banker seen at the lake\n\n"
        "A hotel says he paid in coins\n\n"
        "By Anna Korhal\n\n"
        "The jetty of the hotel at dusk\n\n"
        "The banker came by boat. He left by car.\n"
    )

    assert zones(text) == [
        ("headline", "Banker seen at the lake"),
        ("headline", "A hotel says he paid in coins"),
        ("byline", "By Anna Korhal"),
        ("caption", "The jetty of the hotel at dusk"),
        ("body", "The banker came by boat."),
        ("body", "He left by car."),
    ]


def test_a_text_that_begins_with_a_sentence_has_no_headline():
    assert zones("The banker came by boat.") == [("body", "The banker came by boat.")]


def test_a_question_on_top_is_a_headline():
    assert zones("Who paid the banker?\n\nNobody knows.\n")[0][0] == Zone.headline


@pytest.mark.parametrize(
    "line",
    ["By Anna Korhal", "Photo: Anna Korhal", "Updated 3 May 2024", "Editing by Tom Arlen"],
)
def test_who_wrote_it_and_when_is_no_claim(line):
    assert zones(f"Banker at the lake\n\n{line}\n\nHe came by boat.\n")[1] == ("byline", line)


def test_paragraphs_are_numbered_as_they_stand():
    found = sentences("One came. Two came.\n\nThree came.\n")

    assert [one.paragraph for one in found] == [0, 0, 1]


# ---------------------------------------------------------------- datelines


@pytest.mark.parametrize(
    ("head", "dateline"),
    [
        ("NAIROBI, 3 May (Lakeside Post) - ", "NAIROBI, 3 May (Lakeside Post)"),
        ("NAIROBI, May 3 – ", "NAIROBI, May 3"),
        ("PORT SUDAN, Sudan (AP) — ", "PORT SUDAN, Sudan (AP)"),
        ("NAIROBI: ", "NAIROBI"),
    ],
)
def test_a_dateline_stands_before_the_first_sentence(head, dateline):
    first, second = sentences(f"{head}The banker came by boat. He left by car.")

    assert (first.dateline, first.start) == (dateline, len(head))
    assert first.words[0].text == "The"
    assert second.dateline is None


def test_a_dash_in_a_sentence_makes_no_dateline():
    (one,) = sentences("The banker came by boat - and left by car.")

    assert one.dateline is None


# ---------------------------------------------------------------- where sentences end


@pytest.mark.parametrize(
    "text",
    [
        "Mr. Arlen met Gen. Tavo Belmir and Dr. Korhal.",
        "The U.S. envoy saw Lt. Col. Belmir.",
        "J. P. Korhal came on 3 Jan. 2024.",
        "He cited res. 1591 and para. 3 of No. 7.",
        "He paid 3.50 for it.",
        "It stands at www.a.example in full.",
    ],
)
def test_an_abbreviation_ends_no_sentence(text):
    assert cut(text) == [text]


@pytest.mark.parametrize("mark", [".", "!", "?", "…", "?!"])
def test_marks_that_end_a_sentence(mark):
    assert cut(f"He came{mark} She went.") == [f"He came{mark}", "She went."]


def test_a_short_line_stands_alone():
    assert cut("Banker at the lake\nHe came by boat.") == ["Banker at the lake", "He came by boat."]


def test_lines_that_were_wrapped_belong_together():
    text = (
        "The banker came by boat on Monday and stayed with his cousin\n"
        "until Thursday. He left by car."
    )

    assert cut(text) == [text[: text.index(" He left")], "He left by car."]


# ---------------------------------------------------------------- quotations


def test_a_quotation_of_several_sentences_belongs_to_one():
    text = "“I came by boat. I paid in coins. I left,” the banker said. She laughed."

    assert cut(text) == [text[: text.index(" She")], "She laughed."]
    assert quoted(text) == ["I came by boat. I paid in coins. I left,"]


@pytest.mark.parametrize(("before", "behind"), [("“", "”"), ('"', '"'), ("«", "»"), ("‘", "’")])
def test_quotation_marks_of_every_kind(before, behind):
    said = "I came by boat and paid in coins"

    assert quoted(f"The banker said: {before}{said}{behind} to us.") == [said]


def test_an_apostrophe_opens_no_quotation():
    assert quoted("The banker’s boat wasn’t at the brothers’ jetty that day.") == []


def test_a_quotation_that_is_closed_in_a_later_paragraph_holds_the_rest_of_its_own():
    text = "He said: “I came by boat.\n\n“I left by car,” he added.\n"

    assert quoted(text) == ["I came by boat.", "I left by car,"]


def test_some_words_of_a_saying_are_not_taken_for_one():
    text = "He spoke of “a boat” and of “a boat that nobody at this lake would ever pay for”."
    (one,) = sentences(text)

    assert not one.is_quoted(text.index("a boat”"))
    assert one.is_quoted(text.index("a boat that"))


def test_curly_apostrophes_are_read_as_straight_ones():
    (one,) = sentences("The banker’s boat.")

    assert [(word.text, word.low) for word in one.words][1] == ("banker’s", "banker's")


# ---------------------------------------------------------------- offsets

PIECES = st.sampled_from(
    [
        "He came", ". ", "? ", "\n", "\n\n", " \n \n", "“", "”", '"', "«", "»", "‘", "’", "🛬",
        "👩🏽‍✈️", "e\u0301", "\u0301", "\u202b", "\u200f", "\u2066", "وصل إلى نيروبي. ", "שלום",
        "U.S. ", "Mr. ", "NAIROBI — ", "İstanbul ", "ﬁne ", "\u00a0", "\t", "\r\n", "…", ")", "(",
        "which was wrapped at a place where no sentence had ended and went on", "By ", "[T]he ",
        "\u2028", "\x0b", "\U0001f1f0\U0001f1ea", "ß", "’s ",
    ]
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(PIECES, max_size=30).map("".join))
def test_every_piece_is_a_slice_at_its_offsets_and_they_stand_in_order(text):
    at = 0
    for one in sentences(text):
        assert at <= one.start <= one.end <= len(text)
        at = one.end
        last = one.start
        for word in one.words:
            assert last <= word.start < word.end <= one.end
            assert text[word.start : word.end] == word.text
            last = word.end
        for start, end in one.quoted:
            assert one.start <= start <= end <= len(text)
            assert not text[one.end : end].strip()
        if one.dateline is not None:
            assert one.dateline in text[: one.start]


@settings(max_examples=60, deadline=None)
@given(st.lists(PIECES, max_size=30).map("".join))
def test_no_letter_is_left_out(text):
    read = [False] * len(text)
    for one in sentences(text):
        for word in one.words:
            read[word.start : word.end] = [True] * (word.end - word.start)
        if one.dateline is not None:
            first = text.rindex(one.dateline, 0, one.start)
            read[first : one.start] = [True] * (one.start - first)

    assert not [letter for letter, seen in zip(text, read, strict=True) if letter.isalnum() > seen]
