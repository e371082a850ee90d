"""No part that is like the one asked about is out of reach."""

import random
from collections.abc import Callable

import pytest
from rapidfuzz.distance.OSA import distance

from app.screening.index import Index
from app.screening.similarity import alike, most_edits, most_skeleton_edits
from app.screening.vocabulary import Texts
from app.terms import Listed
from tests.conftest import LONG
from tests.screening.conftest import damaged


@pytest.mark.parametrize("some", [6, pytest.param(30, marks=LONG)])
def test_no_listed_part_that_is_like_another_is_out_of_reach(
    real: tuple[Listed, ...], real_index: Index, some: int
) -> None:
    drawn = random.Random(6)
    names = [drawn.choice(real).name.lower() for _ in range(some)]
    names += [word[:-2] for name in names for word in name.split() if len(word) > 4]
    names = [*names, *(damaged(name, drawn) for name in names), "haida"]
    held = real_index.vocabulary
    for p in {p for name in names for query in real_index.parts(name) for p in query.parts}:
        like_it = {at for at, other in enumerate(held.parts) if alike(p, other)[0]}
        near = held.near(p)
        assert {at for at in near.places if near.like(at)} == like_it, p.text


@pytest.mark.parametrize("most", [most_edits, most_skeleton_edits])
def test_no_text_within_some_edits_is_out_of_reach(most: Callable[[int], int]) -> None:
    drawn = random.Random(8)
    asked = ["".join(drawn.choices("abc", k=drawn.randrange(1, 40))) for _ in range(200)]
    texts = [*asked, *(damaged(text, drawn) for text in asked for _ in range(5))]
    held = Texts(texts, most)
    for text in asked:
        near = {one for one in texts if distance(one, text) <= most(max(len(one), len(text)))}
        assert near <= set(held.near(text))
