"""The index finds everybody by every name, and nothing that an exhaustive look would miss."""

import random
from collections import Counter
from collections.abc import Callable
from itertools import product
from types import ModuleType
from typing import Any

import pytest

from app.screening import index as index_module
from app.screening import vocabulary as vocabulary_module
from app.screening.index import Index, build
from app.screening.similarity import align
from app.terms import AliasQuality, Listed, PartyKind
from tests.conftest import LONG
from tests.screening.conftest import PEOPLE, TABLES, damaged, entry, listed


def best(index: Index, name: str, least: float = 0.75) -> dict[str, float]:
    """The best similarity of each reference found."""
    found: dict[str, float] = {}
    for query in index.parts(name):
        for match in index.lookup(query, least):
            reference = match.listed.reference
            found[reference] = max(found.get(reference, 0.0), match.similarity)
    return found


def test_every_own_name_comes_first_or_tied(real: tuple[Listed, ...], real_index: Index) -> None:
    lost = []
    for one in real:
        if one.kind is not PartyKind.individual:
            continue
        entry = one.versions[0].entry
        names = [entry.name, *(a.name for a in entry.aliases if a.quality is AliasQuality.good)]
        for name in names:
            found = best(real_index, name)
            if not found or found.get(one.reference) != max(found.values()):
                lost.append((one.reference, name))
    assert lost == []


def test_every_listed_name_is_itself(real_index: Index) -> None:
    for held in (real_index.people, real_index.organisations):
        for name in held.names:
            made = align(name.parts, name.parts, held.weighing(name.parts))
            assert made.similarity == 1.0, name.name


def test_original_script_alone_finds_the_latin_names(
    real: tuple[Listed, ...], real_index: Index
) -> None:
    asked = first = 0
    for one in real:
        script = one.versions[0].entry.original_script
        if one.kind is not PartyKind.individual or not script:
            continue
        asked += 1
        found: dict[str, float] = {}
        for query in real_index.parts(script):
            for match in real_index.lookup(query, 0.5):
                if match.listed.matched_as != "original_script":
                    reference, score = match.listed.reference, match.similarity
                    found[reference] = max(found.get(reference, 0.0), score)
        first += bool(found) and found.get(one.reference) == max(found.values())
    assert first / asked >= 0.9


def _left(*least: float) -> list[Any]:
    """These only in the soak, and 0.75, which is the threshold of every day, always."""
    return [0.75, *(pytest.param(one, marks=LONG) for one in least)]


@pytest.mark.parametrize("least", _left(0.0, 0.4, 0.85))
def test_nothing_is_lost_beside_an_exhaustive_scan(
    real: tuple[Listed, ...], real_index: Index, least: float
) -> None:
    names = [one.name for one in real[::90]]
    names += ["Kassem Suleimani", "Abdoul Rahmane", "Mohammed Ali", "قاسم سلیمانی", "J Smith"]
    for name in names:
        for query in real_index.parts(name):
            held = real_index.organisations if query.organisation else real_index.people
            found = {id(match.listed) for match in real_index.lookup(query, least)}
            everything = {
                id(listed)
                for listed in held.names
                if align(query.parts, listed.parts, held.weighing(query.parts)).similarity >= least
            }
            assert found == everything, name


def _crowd(some: int) -> tuple[Listed, ...]:
    """People whose names are put together from the tables, the same at each run."""
    drawn = random.Random(6)
    words = list(TABLES["common"]) + list(TABLES["variants"]) + list(TABLES["titles"])[::7]
    words += ["Abu Bakr", "bin Salim", "al-Tikriti", "Abd al-Rahman", "Habib Allah", "J.", "Jr."]
    words += ["قاسم", "سلیمانی", "Касем", "Иванов", "김", "정은", "Ivanovich", "de Souza"]
    people = []
    for number in range(some):
        name = [drawn.choice(words) for _ in range(drawn.choice((1, 2, 2, 3, 3, 4, 5)))]
        kind = PartyKind.entity if number % 9 == 0 else PartyKind.individual
        if kind is PartyKind.entity:
            name.append(drawn.choice(("Trading", "Limited Liability Company", "Bank", "44")))
        people.append(
            listed(
                entry(f"ZZ{'e' if kind is PartyKind.entity else 'i'}.{number:04}", *name, kind=kind)
            )
        )
    return tuple(people)


def _bent(name: str, drawn: random.Random) -> str:
    """A name as somebody may write it who has seen it once."""
    words = name.split()
    how = drawn.randrange(8)
    at = drawn.randrange(len(words))
    if how == 0:
        words.pop(at)
    elif how == 1:
        words.reverse()
    elif how == 2 and len(words) > 1:
        at = max(1, at)
        words[at - 1 : at + 1] = [words[at - 1] + words[at].lower()]
    elif how == 3:
        words[at] = words[at][0]
    elif how == 4:
        words.append("Wokombe")
    else:
        place = drawn.randrange(len(words[at]))
        words[at] = words[at][:place] + drawn.choice(("", "x", "aa")) + words[at][place + 1 :]
    return " ".join(words) or name


@pytest.mark.parametrize("least", _left(0.05, 0.5, 0.85))
def test_nothing_is_lost_in_a_crowd(least: float) -> None:
    index = build(_crowd(500), TABLES)
    drawn = random.Random(7)
    asked = [_bent(one.name, drawn) for one in _crowd(60)]
    for name in asked:
        for query in index.parts(name):
            held = index.organisations if query.organisation else index.people
            found = {id(match.listed): match.similarity for match in index.lookup(query, least)}
            everything = {
                id(one): made.similarity
                for one in held.names
                if (made := align(query.parts, one.parts, held.weighing(query.parts))).similarity
                >= least
            }
            assert found == everything, name


def test_what_is_shorter_than_the_listed_part_reaches_it() -> None:
    # Two letters wrong are few in seven, and too many in five.
    index = build((listed(entry("AAi.001", "WOKOMBA")),), TABLES)
    assert set(best(index, "Wokba", 0.05)) == {"AAi.001"}


@pytest.mark.parametrize("least", [0.05, 0.3, 0.6])
def test_many_names_at_once_are_looked_at_as_one_by_one(
    least: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    index = build(_crowd(300), TABLES)
    drawn = random.Random(10)
    names = [_bent(one.name, drawn) for one in _crowd(300)[::5]]
    asked = [query for name in names for query in index.parts(name)]

    def worth() -> list[list[int]]:
        held = [index.organisations if query.organisation else index.people for query in asked]
        return [
            one.worth_aligning(one.asked(query.parts), least)
            for one, query in zip(held, asked, strict=True)
        ]

    found = []
    for many in (0, 1_000_000):
        monkeypatch.setattr(index_module, "_MANY", many)
        monkeypatch.setattr(index_module, "_MANY_SHARING", many)
        found.append(worth())
    assert found[0] == found[1]
    assert any(found[0])


def _work(names: int, monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """Names aligned, parts and texts compared for 200 questions of so many invented names."""
    drawn = random.Random(9)
    syllables = ["".join(pair) for pair in product("bdfghjklmnrstz", "aiou")]
    words = ["".join(drawn.choices(syllables, k=drawn.choice((2, 3, 3, 4)))) for _ in range(20_000)]
    people = []
    for number in range(names):
        # A few words are in many names, most are in few, and some are written wrong.
        parts = [words[int(len(words) * drawn.random() ** 2)] for _ in range(drawn.choice((2, 3)))]
        if number % 2:
            parts[0] = damaged(parts[0], drawn)
        people.append(listed(entry(f"ZZi.{number:05}", *parts)))
    index = build(people, {})
    counted: Counter[str] = Counter()

    def count(module: ModuleType, how: str, how_many: Callable[..., int]) -> None:
        does = getattr(module, how)

        def counting(*given: Any, **options: Any) -> Any:
            counted[how] += how_many(*given)
            return does(*given, **options)

        monkeypatch.setattr(module, how, counting)

    count(index_module, "align", lambda *_: 1)
    count(vocabulary_module, "compared", lambda *_: 1)
    count(vocabulary_module, "distance", lambda *_: 1)
    for one in people[:200]:
        best(index, _bent(one.name, drawn))
    monkeypatch.undo()
    return counted


def test_ten_times_the_names_are_not_ten_times_the_work(monkeypatch: pytest.MonkeyPatch) -> None:
    few, many = (_work(names, monkeypatch) for names in (1_000, 10_000))
    for how in few:
        assert many[how] < 3 * few[how], how


def test_every_record_counts_and_every_kind_of_name(index: Index) -> None:
    assert best(index, "Dariush Khalvatizadeh")["AAi.001"] == 1.0, "a name of an older record"
    assert best(index, "داریوش خلوتی")["AAi.001"] == 1.0
    assert best(index, "Zarrin Pishkoo")["AAi.001"] == 1.0
    assert best(index, "Dariush Tabandeh")["AAi.001"] > 0.9


def test_threshold_zero_ranks_everything(index: Index) -> None:
    assert set(best(index, "Nobody Whatever", 0.0)) == {one.reference for one in PEOPLE}


def test_the_order_of_records_does_not_matter(index: Index) -> None:
    other = build(tuple(reversed(PEOPLE)), TABLES)
    for name in ("Dariush Khalvati", "Arvo Lindqvist", "Muhammad Ali"):
        assert best(index, name) == best(other, name)


def test_an_empty_index_finds_nobody() -> None:
    assert best(build((), TABLES), "Qasem Soleimani") == {}
    assert best(build((), {}), "Qasem Soleimani", 0.0) == {}


def test_only_the_last_names_asked_about_are_remembered() -> None:
    index = build(_crowd(20), TABLES)
    for number in range(1_000):
        best(index, f"Nobody {number}")
    assert 0 < len(index.cut) < 200
    assert 0 < len(index.found) < 200
