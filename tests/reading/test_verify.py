"""What the rules did not find is held against the text, and falls with the reason."""

from dataclasses import replace

import pytest

from app.reading.drafts import Draft
from app.reading.lexicon import Lexicon, lexicon
from app.reading.sentences import sentences
from app.reading.speakers import SpeakerRead
from app.reading.verify import verify
from app.terms import ClaimType, FoundBy, Quote

NARRATOR = SpeakerRead("the article", None, None, "narrator", False, None, None, 0, 0)


def draft(text: str, words: str, type_: str = "asserts", cue: str = "landed") -> Draft:
    """A draft that quotes some words of the one sentence of a text, found by a parser."""
    start, at = text.index(words), text.index(cue)
    return Draft(
        type=ClaimType(type_), speaker=NARRATOR, sentence=sentences(text)[-1], start=start,
        end=start + len(words), cue=(at, at + len(cue)), found_by=FoundBy.parser,
    )  # fmt: skip


def said_by(one: Draft, name: str, text: str, cue: str) -> Draft:
    """The same draft, of somebody who speaks."""
    start, at = text.find(name), text.index(cue)
    speaker = replace(
        NARRATOR, name=name, kind="other", start=max(start, 0), end=max(start, 0) + len(name)
    )
    return replace(one, speaker=speaker, cue=(at, at + len(cue)))


@pytest.fixture
def reason(record):
    """Why a draft falls, or null where it stands."""

    def reason(one: Draft, text: str, *rules: Draft) -> str | None:
        found = verify([*rules, one], text, lexicon(record.tables))
        assert found.kept[: len(rules)] == rules
        assert len(found.kept) + len(found.dropped) == len(rules) + 1
        return found.dropped[0].reason if found.dropped else None

    return reason


PLAIN = "Tebbal landed in Nairobi on Friday."


def test_what_stands_in_the_text_and_says_all_of_it_is_kept(reason):
    assert reason(draft(PLAIN, "Tebbal landed in Nairobi"), PLAIN) is None


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"end": 99}, "does not stand in its sentence"),
        ({"start": 10, "end": 10}, "does not stand in its sentence"),
        ({"cue": (30, 40)}, "does not stand in its sentence"),
        ({"given": (Quote(start=0, end=6, text="Tebbel"),)}, "'Tebbel' does not stand"),
        ({"given": (Quote(start=1, end=7, text="Tebbal"),)}, "'Tebbal' does not stand"),
        ({"given": (Quote(start=0, end=0, text=""),)}, "does not stand"),
    ],
)
def test_every_word_stands_where_it_is_said_to_stand(change, why, reason):
    assert why in (reason(replace(draft(PLAIN, "Tebbal landed"), **change), PLAIN) or "")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Tebbal never landed in Nairobi.", "negation"),
        ("At no time, aides of his insist, Tebbal landed in Nairobi.", "negation"),
        ("The ministry denied that Tebbal landed in Nairobi.", "negation"),
        ("If Tebbal landed in Nairobi, nobody saw it.", "negation"),
        ("If Tebbal landed in Nairobi, the State must answer.", "condition"),
        ("The police asked whether Tebbal landed in Nairobi.", "condition"),
        ("Two clerks said that Tebbal landed in Nairobi.", "verb of saying"),
        ("Tebbal landed in Nairobi, two clerks said.", "verb of saying"),
    ],
)
def test_a_clause_hides_nothing_that_the_rules_would_have_read(text, why, reason):
    assert why in (reason(draft(text, text[text.index("landed") : -1]), text) or "")


def test_what_stands_in_another_clause_is_not_hidden(reason):
    text = "Tebbal landed in Nairobi, but he never met the president."

    assert reason(draft(text, "Tebbal landed in Nairobi"), text) is None


def test_a_denial_needs_words_that_deny(reason):
    assert reason(draft(PLAIN, "landed in Nairobi", "denies"), PLAIN) == (
        "nothing in its clause denies"
    )
    text = "Tebbal never landed in Nairobi."
    assert reason(draft(text, "never landed in Nairobi", "denies"), text) is None


def test_a_condition_needs_words_that_make_it(reason):
    assert "condition" in (reason(draft(PLAIN, "landed", "conditional"), PLAIN) or "")


def test_who_speaks_stands_in_the_text_with_the_verb_that_is_told(reason):
    text = "Two clerks said that Tebbal landed in Nairobi."
    one = draft(text, "Tebbal landed in Nairobi")

    assert reason(said_by(one, "Two clerks", text, "said"), text) is None
    assert "is said to speak" in (reason(said_by(one, "Three clerks", text, "said"), text) or "")


def test_a_second_verb_of_saying_below_the_first_is_hidden(reason):
    text = "Two clerks said that the mayor announced that Tebbal landed in Nairobi."
    one = said_by(draft(text, "Tebbal landed in Nairobi"), "Two clerks", text, "said")

    assert "verb of saying" in (reason(one, text) or "")


@pytest.mark.parametrize("type_", ["denies", "conditional", "no_comment"])
def test_the_polarity_is_that_which_the_rules_read_there(type_, reason):
    rule = replace(draft(PLAIN, "landed in Nairobi", type_), found_by=FoundBy.rules)

    assert reason(draft(PLAIN, "Tebbal landed in Nairobi"), PLAIN, rule) == (
        f"the rules read {type_} in the same words"
    )


def test_what_the_rules_read_is_never_held_against_anything(reason):
    rule = replace(draft(PLAIN, "landed", "denies"), found_by=FoundBy.rules, end=500)

    assert verify([rule], PLAIN, lexicon_of_nothing()).kept == (rule,)


def lexicon_of_nothing():
    """No words at all."""
    return Lexicon(roles={}, verbs={}, journeys={}, phrases={}, cues={})
