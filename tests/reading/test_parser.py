"""What a parser adds where the rules found nobody, and that nothing which they found is changed."""

import json
import random
import subprocess
import sys
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.assessment.article import ArticleAsked
from app.reading.article import Reading
from app.reading.parser import Token
from app.reading.read import read
from app.reading.sentences import words
from app.terms import Claim, FoundBy, Leg, Report, Traveller
from tests.reading.conftest import POLICY, PUBLISHED

BEFORE = "Idris Makoor Tebbal, the Sudanese general, was born in Kadugli. "
WITH_ANOTHER_NAME = "Tebbal, unlike the trader Omar Farid Diallo, flew into Nairobi on Friday."
NEGATED = "Tebbal, unlike the trader Omar Farid Diallo, never flew into Nairobi."
ON_A_CONDITION = "Tebbal, unlike the trader Omar Diallo, flew into Nairobi if that is right."
TOLD = "Staff who clean rooms report that Tebbal arrived in Nairobi on Friday."
BY_WAITERS = "Tebbal arrived in Nairobi on Friday, two waiters report."
BY_OTHERS = "Tebbal arrived in Nairobi on Friday, others report."
BY_THE_LATTER = "Tebbal arrived in Nairobi on Friday, the latter two report."
BY_THE_PAPER = "Tebbal arrived in Nairobi on Friday, the Daily Lantern newspaper report."
BY_OUR_OWN = "Tebbal arrived in Nairobi on Friday, our own waiters report."
PASSED_OVER = "Tebbal met the trader Omar Farid Diallo, who flew into Nairobi on Friday."

PARSED = {
    WITH_ANOTHER_NAME: """Tebbal nsubj 9 | , punct 9 | unlike prep 9 | the det 7 |
        trader compound 7 | Omar compound 7 | Farid compound 7 | Diallo pobj 2 | , punct 9 |
        flew ROOT 9""",
    NEGATED: """Tebbal nsubj 10 | , punct 10 | unlike prep 10 | the det 7 | trader compound 7 |
        Omar compound 7 | Farid compound 7 | Diallo pobj 2 | , punct 10 | never neg 10 |
        flew ROOT 10""",
    ON_A_CONDITION: """Tebbal nsubj 8 | , punct 8 | unlike prep 8 | the det 6 |
        trader compound 6 | Omar compound 6 | Diallo pobj 2 | , punct 8 | flew ROOT 8""",
    TOLD: """Staff nsubj 4 | who nsubj 2 | clean relcl 0 | rooms dobj 2 | report ROOT 4 |
        that mark 7 | Tebbal nsubj 7 | arrived ccomp 4 | in prep 7 | Nairobi pobj 8 |
        on prep 7 | Friday pobj 10""",
    BY_WAITERS: """Tebbal nsubj 1 | arrived ccomp 9 | in prep 1 | Nairobi pobj 2 | on prep 1 |
        Friday pobj 4 | , punct 9 | two nummod 8 | waiters nsubj 9 | report ROOT 9""",
    BY_OTHERS: """Tebbal nsubj 1 | arrived ccomp 8 | in prep 1 | Nairobi pobj 2 | on prep 1 |
        Friday pobj 4 | , punct 8 | others nsubj 8 | report ROOT 8""",
    BY_THE_LATTER: """Tebbal nsubj 1 | arrived ccomp 10 | in prep 1 | Nairobi pobj 2 | on prep 1 |
        Friday pobj 4 | , punct 10 | the det 9 | latter amod 9 | two nsubj 10 | report ROOT 10""",
    BY_THE_PAPER: """Tebbal nsubj 1 | arrived ccomp 11 | in prep 1 | Nairobi pobj 2 | on prep 1 |
        Friday pobj 4 | , punct 11 | the det 10 | Daily compound 10 | Lantern compound 10 |
        newspaper nsubj 11 | report ROOT 11""",
    BY_OUR_OWN: """Tebbal nsubj 1 | arrived ccomp 10 | in prep 1 | Nairobi pobj 2 | on prep 1 |
        Friday pobj 4 | , punct 10 | our poss 9 | own amod 9 | waiters nsubj 10 | report ROOT 10""",
    PASSED_OVER: """Tebbal nsubj 1 | met ROOT 1 | the det 6 | trader compound 6 |
        Omar compound 6 | Farid compound 6 | Diallo dobj 1 | , punct 6 | who nsubj 9 |
        flew relcl 6""",
}
"""Each word with what it is to its head, and the number of that."""


class ByHand:
    """A parser that knows some sentences by heart."""

    name = "by hand"

    def __call__(self, text: str) -> Sequence[Token]:
        """The words of a sentence that it knows; of any other nothing."""
        found: list[Token] = []
        at = 0
        for one in PARSED[text].split("|") if text in PARSED else ():
            word, dep, head = one.split()
            at = text.index(word, at)
            found.append(Token(at, word, dep, int(head)))
            at += len(word)
        return found


class AtRandom:
    """A parser that makes everything up, and finds subjects of verbs wherever it can."""

    name = "at random"
    deps = "nsubj nsubj nsubj ccomp ccomp dobj relcl conj neg mark ROOT punct".split()
    verbs = frozenset("flew landed met came went arrived passed report say said told".split())

    def __init__(self, seed: int) -> None:
        self.seed = seed

    def __call__(self, text: str, /) -> Sequence[Token]:
        """Its words, with heads by chance: the same words always have the same."""
        chance = random.Random(f"{self.seed} {text}")
        found = words(text, 0, len(text))
        verbs = [n for n, one in enumerate(found) if one.low in self.verbs] or [0]
        return [
            Token(one.start, one.text, chance.choice(self.deps), chance.choice(verbs))
            for one in found
        ]


def by_parser(reading: Reading) -> list[Claim]:
    """The claims that the rules did not find."""
    return [claim for claim in reading.claims if claim.found_by is FoundBy.parser]


def told(claim: Claim, claims: Sequence[Claim]) -> dict[str, Any]:
    """A claim without the numbers of claims, which count those in between too."""
    target = next((told(one, claims) for one in claims if one.id == claim.target), None)
    return {
        name: getattr(claim, name)
        for name in claim.__dataclass_fields__
        if name not in ("id", "target")
    } | {"target": target}


def rules_stand(off: Reading, on: Reading) -> None:
    """Whether all that the rules read is read with a parser too, journey by journey."""
    mine = [claim for claim in on.claims if claim.found_by is FoundBy.rules]
    assert [told(one, on.claims) for one in mine] == [told(one, off.claims) for one in off.claims]
    names = dict(zip((one.id for one in mine), (one.id for one in off.claims), strict=True))
    for was, now in zip(off.journeys, on.journeys, strict=False):
        assert (now.id, now.legs, now.person) == (was.id, was.legs, was.person)
        assert tuple(names[one] for one in now.claims if one in names) == was.claims
    assert on.persons[: len(off.persons)] == off.persons


def test_the_subject_of_a_verb_is_who_travelled_where_another_name_stands_between(reads):
    assert not reads(BEFORE + WITH_ANOTHER_NAME).claims

    reading = reads(BEFORE + WITH_ANOTHER_NAME, parser=ByHand())

    (claim,) = reading.claims
    assert (claim.type, claim.found_by, claim.status) == ("asserts", "parser", "draft")
    (journey,) = reading.journeys
    assert (journey.person.reference, journey.legs[0].state) == ("SDi.960", "KE")
    assert journey.claims == (claim.id,)


def test_what_is_negated_stays_negated(reads):
    (claim,) = reads(BEFORE + NEGATED, parser=ByHand()).claims

    assert (claim.type, claim.found_by) == ("denies", "parser")


def test_a_condition_that_is_not_told_leaves_the_claim_out_and_says_so(reads):
    reading = reads(BEFORE + ON_A_CONDITION, parser=ByHand())

    assert not reading.claims
    assert any("agree on a condition" in remark for remark in reading.remarks)


def test_whoever_else_travelled_is_not_the_listed_person(reads):
    reading = reads(BEFORE + PASSED_OVER, parser=ByHand())

    assert not by_parser(reading)


def test_who_says_it_is_heard_where_the_rules_hear_nobody(reads):
    off = reads(BEFORE + TOLD)
    assert not off.claims

    on = reads(BEFORE + TOLD, parser=ByHand())

    (added,) = by_parser(on)
    assert (added.type, added.speaker_name) == ("asserts", "Staff")
    rules_stand(off, on)


def test_who_says_it_is_heard_beside_the_article_s_own_voice(reads):
    off = reads(BEFORE + BY_WAITERS)
    assert [one.speaker_name for one in off.claims] == ["the article"]

    on = reads(BEFORE + BY_WAITERS, parser=ByHand())

    (added,) = by_parser(on)
    assert (added.type, added.speaker_name) == ("asserts", "two waiters")
    rules_stand(off, on)


@pytest.mark.parametrize("text", [BY_OTHERS, BY_THE_LATTER, BY_THE_PAPER, BY_OUR_OWN])
def test_nobody_named_or_described_is_heard_beside_the_article_s_own_voice(text, reads):
    alone = reads(BEFORE + text, publisher="The Daily Lantern")
    assert [one.speaker_name for one in alone.claims] == ["The Daily Lantern"]

    assert reads(BEFORE + text, publisher="The Daily Lantern", parser=ByHand()) == alone


TEXTS = [
    BEFORE + " ".join(PARSED),
    BEFORE
    + "Kenya's foreign minister, Amina Solh Weru, denied on Monday that Tebbal had landed in "
    "Nairobi, as the Daily Lantern reported. He never came to Kenya, she said. The paper retracted "
    "its report. Two officials say he met traders in Mombasa on 3 May and passed through Kampala. "
    "Tebbal, unlike the trader Omar Farid Diallo, flew into Nairobi in March 2023. " + TOLD,
    "Salim Orfalan Derrati visited Malta in April 2024, a clerk at the port told reporters. The "
    "banker, who has been under a UN travel ban since 2019, left for Tunis, and General Idris "
    "Makoor Tebbal went with him. The committee granted Derrati leave to travel to Malta. "
    "Derrati, like the trader Omar Farid Diallo, passed through Malta on 3 May on his way to Oman. "
    "The clerk retracted what he had said. " + WITH_ANOTHER_NAME,
]


@pytest.mark.parametrize("text", TEXTS)
@given(seed=st.integers(min_value=0, max_value=10_000))
def test_whatever_a_parser_says_what_the_rules_read_stands(text, seed, record):
    off = read(text, PUBLISHED, record, POLICY)
    on = read(text, PUBLISHED, record, POLICY, parser=AtRandom(seed))

    rules_stand(off, on)
    assert on == read(text, PUBLISHED, record, POLICY, parser=AtRandom(seed))


def test_a_text_is_read_to_the_same_bytes_with_a_parser_that_finds_nothing(
    reads: Callable[..., Reading],
) -> None:
    class Nothing(ByHand):
        def __call__(self, text: str) -> Sequence[Token]:
            return []

    assert reads(TEXTS[1], parser=Nothing()) == reads(TEXTS[1], parser=None) == reads(TEXTS[1])


def test_what_is_answered_about_a_text_names_the_parser_and_nothing_else_does(desk) -> None:
    asked = ArticleAsked(text=BEFORE, published_on=PUBLISHED)
    report = Report(traveller=Traveller(name="nobody"), legs=(Leg(state=None, from_=None),))
    alone, engine = desk.read_article(asked), desk.try_out(report).engine

    desk.parser = ByHand()
    helped = desk.read_article(asked)

    assert json.loads(alone.body)["engine"] == engine == desk.try_out(report).engine
    assert json.loads(helped.body)["engine"] == f"{engine}, by hand"
    assert helped.id != alone.id


def test_nothing_imports_spacy_unasked() -> None:
    program = "import app.cli, app.serve, json, sys; print(json.dumps('spacy' in sys.modules))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)

    assert json.loads(done.stdout) is False


def test_a_model_adds_and_changes_nothing(reads, parser_model):
    for text in TEXTS:
        rules_stand(reads(text), reads(text, parser=parser_model))

    reading = reads(BEFORE + WITH_ANOTHER_NAME, parser=parser_model)
    assert [one.type for one in by_parser(reading)] == ["asserts"]
