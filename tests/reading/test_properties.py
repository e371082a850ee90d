"""What holds of every reading, whatever the text: offsets, ids, and that it comes to an end."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.reading.article import Reading
from app.terms import Quote
from benchmarks.reading.marked import SETS, texts

TUNE = texts(SETS["tune"])
STRANGE = (
    "🛬", "\U0001f469\u200d\u2708\ufe0f", "\u0301", "\u0308\u0327", "\u202a", "\u202e", "\u202c",
    "\u200f", "\u2066", "\u2069", "\u200b", "\u00ad", "\ufeff", "\u2028", "İ", "ﬁ", "\u00a0", "“",
    "”", "\U0001f1f0\U0001f1ea", '"', "\n", "\r",
)  # fmt: skip
"""Letters that take several units of UTF-16, change their length in lower case, or leave nothing
on paper; and marks that open what nothing closes."""
SAID = (
    "Idris Makoor Tebbal", "Tebbal", "Salim Orfalan Derrati", "the Sudanese general", "He",
    "his lawyer", "Kenya's foreign ministry", "the Lakeside Post", "said", "denied", "that",
    "according to", "flew to", "visited", "left for", "met", "did not", "never", "visit",
    "will arrive in", "Nairobi", "Moscow", "Khartoum", "on 3 May", "last month", "31 February",
    "from 2 to 6 May 2024", "declined to comment", "withdrew its report", "If it happened",
    "under a UN travel ban since 2019", "granted an exemption", "not the man on the list",
    ",", ".", "?", ":", "“", "”", '"', "\n\n", "\n", "and",
)  # fmt: skip


def holds(reading: Reading, text: str) -> None:
    """Everything that is promised of a reading."""
    for person in reading.persons:
        assert person.mentions
        for mention in person.mentions:
            assert text[mention.start : mention.end] == mention.text != ""
    earlier: set[str] = set()
    for claim in reading.claims:
        assert claim.id
        assert claim.id not in earlier
        for span in (claim.quote, claim.cue):
            assert isinstance(span, Quote)
            assert text[span.start : span.end] == span.text != ""
        assert claim.target is None or claim.target in earlier
        assert (claim.target is not None) == (claim.type == "retracts")
        assert (claim.exemption is not None) == (claim.type == "exemption_statement")
        assert (claim.law is not None) == (claim.type == "legal_statement")
        earlier.add(claim.id)
    assert len({journey.id for journey in reading.journeys}) == len(reading.journeys)
    for journey in reading.journeys:
        assert journey.claims
        assert set(journey.claims) <= earlier
        assert journey.person in reading.persons
        assert journey.legs
    if not reading.journeys:
        assert reading.remarks


@settings(max_examples=80, deadline=None)
@given(text=st.lists(st.sampled_from(SAID), max_size=40).map(" ".join))
def test_sentences_put_together_at_random(reads, text):
    reading = reads(text)

    holds(reading, text)
    assert reads(text) == reading


@settings(max_examples=40, deadline=None)
@given(text=st.text(max_size=300))
def test_letters_at_random(reads, text):
    holds(reads(text), text)


@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_marked_texts_with_strange_letters_put_in(reads, data):
    marked = data.draw(st.sampled_from(TUNE))
    text = marked.text
    for at, letter in data.draw(
        st.lists(st.tuples(st.integers(0, len(text)), st.sampled_from(STRANGE)), max_size=30)
    ):
        text = text[:at] + letter + text[at:]

    holds(reads(text, marked.published_on), text)


def test_marked_texts_as_they_stand_give_the_same_reading_each_time(reads):
    assert TUNE
    for marked in TUNE:
        reading = reads(marked.text, marked.published_on)
        holds(reading, marked.text)
        assert reads(marked.text, marked.published_on) == reading


@pytest.mark.parametrize(
    "text",
    [
        "a" * 100_000,
        "A" * 100_000,
        "-" * 100_000,
        '"' * 5_000,
        "“" * 5_000,
        "‘" * 5_000,
        "\n" * 100_000,
        " " * 100_000,
        "." * 2_000,
        "A." * 20_000,
        "\u0301" * 50_000,
        "\u202e" * 50_000,
        "(" * 5_000 + ")" * 5_000,
        "no word means much here " * 43_000,
        "Idris Makoor Tebbal flew to Nairobi on 3 May, a worker said. " * 400,
        "Tebbal, " * 2_000 + "Idris Makoor Tebbal.",
        "said " * 2_000,
    ],
    ids=[
        "100,000 letters without a blank", "100,000 capitals", "dashes", "5,000 quotation marks",
        "5,000 opened quotations", "5,000 apostrophes", "only newlines", "only blanks",
        "2,000 dots", "abbreviations", "combining marks", "bidirectional controls", "brackets",
        "1 MB of words", "one claim 400 times", "one name 2,000 times", "one verb 2,000 times",
    ],
)  # fmt: skip
def test_a_hostile_text_comes_to_an_end(reads, text):
    holds(reads(text), text)


def test_the_tune_texts_are_where_they_are_looked_for():
    assert {one.name for one in TUNE} == {path.stem for path in Path(SETS["tune"]).glob("*.txt")}
