"""What the matcher finds and whom it alarms about, on the half that nothing was learnt on."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from app.screening.index import Index
from app.settings import Settings
from app.terms import Entry, PartyKind
from benchmarks.common import REAL, Row, at_least, at_most, full_lists, say
from benchmarks.names import data, quality
from benchmarks.names.quality import Answer

THRESHOLD = float(Settings.model_fields["threshold"].default)
"""The default threshold."""

THRESHOLDS = tuple(step / 100 for step in range(60, 100, 5))
_INVENTED, _SEED = 3000, 4711


def invented(how_many: int = _INVENTED, seed: int = _SEED) -> list[str]:
    """Names of people who are not there, none of them one that was learnt on."""
    learnt = set(data.invented(data.LEARNT_INVENTED, data.LEARNT_SEED))
    names = [name for name in data.invented(how_many * 2, seed) if name not in learnt]
    return names[:how_many]


class Measured(NamedTuple):
    """One list, asked for names that it is taken not to have, and for invented ones."""

    good: list[Answer]
    """Good aliases, of the people who have several."""
    script: list[Answer]
    """Names in the original script."""
    any_name: list[Answer]
    """One name of each such person, the primary one or a good alias."""
    alarms: list[float]
    """The highest similarity of each invented name, falling."""
    reachable: float
    """The share of good aliases that share a part with another name of their person."""


def measured(records: Sequence[Entry], index: Index) -> Measured:
    """Ask one list for everything."""
    asked = data.queries(records, data.REPORT)
    good = [query for query in asked if not query.original_script]
    answers = quality.answers(good, index)
    least = [
        quality.placed(query, quality.rank(index, query.name, data.tokens(query.name), _ANYTHING))
        for query in good
    ]
    return Measured(
        good=answers,
        script=quality.answers([query for query in asked if query.original_script], index),
        any_name=quality.answers(data.with_primary(records, data.REPORT), index),
        alarms=quality.highest(quality.rank(index, name) for name in invented()),
        reachable=quality.recall(least, _ANYTHING),
    )


_ANYTHING = 1e-4
"""Similarities have four digits: whoever shares anything has this one at the least."""


def pairs(which: int = data.REPORT) -> list[tuple[float, data.LabelledPair]]:
    """The labelled pairs of one half, each with its similarity."""
    return [(quality.pair_similarity(pair), pair) for pair in data.pairs(which)]


def rows() -> Iterator[Row]:
    """Everything on the newest list and on another, and on labelled pairs."""
    weighed = pairs()
    yield from _pairs(weighed)
    for name in (data.SNAPSHOT, data.OTHER_SNAPSHOT):
        day = name[:10]
        if not (REAL / name).is_file():
            yield absent(f"names {day}", "the UN's list of that day is not beside the checkout")
            continue
        say(f"  the list of {day} ...")
        records = data.entries(REAL / name)
        found = measured(records, data.index_of(records))
        yield from _list(f"names {day}", found)
        if name == data.SNAPSHOT:
            yield from _thresholds(found, weighed)
    yield from _own_names()


def absent(part: str, why: str) -> Row:
    """A line that says what was not measured."""
    return Row(part=part, measure=f"not measured: {why}", figure=None, unit="")


def _figure(
    part: str, measure: str, figure: float, least: float | None = None, most: float | None = None
) -> Row:
    limit = {} if least is None else at_least(least, round(figure, 4))
    limit = limit if most is None else at_most(most, round(figure, 4))
    return Row(part=part, measure=measure, figure=figure, unit="", **limit)


def labelled(weighed: Sequence[tuple[float, data.LabelledPair]]) -> list[tuple[float, bool]]:
    """Similarities and labels."""
    return [(similarity, pair.same) for similarity, pair in weighed]


def _pairs(weighed: Sequence[tuple[float, data.LabelledPair]]) -> Iterator[Row]:
    if not weighed:
        yield absent("names pairs", "the labelled pairs are not beside the checkout")
        return
    persons = [one for one in weighed if one[1].person]
    for what, some, least in (("persons", persons, 0.83), ("all", weighed, 0.82)):
        found = quality.precision_recall_f1(labelled(some), THRESHOLD)
        of = f"{len(some)} labelled pairs, {what}, at {THRESHOLD}"
        for name, figure in zip(("precision", "recall", "F1"), found, strict=True):
            yield _figure(
                "names pairs", f"{of}: {name}", figure, least if name == "F1" else None
            )  # fmt: skip


def _list(part: str, found: Measured) -> Iterator[Row]:
    sets = {
        "good aliases": found.good,
        "any good name": found.any_name,
    }
    for name, answers in sets.items():
        of = f"{name} left out ({len(answers)})"
        yield _figure(part, f"{of}: own reference first", quality.among(answers, 1), 0.78)
        yield _figure(part, f"{of}: among five", quality.among(answers, 5), 0.90)
    yield _figure(part, "good aliases: share a part with another name", found.reachable)
    of = f"original script left out ({len(found.script)})"
    yield _figure(part, f"{of}: among five", quality.among(found.script, 5), 0.95)
    sets["all of these"] = found.good + found.any_name + found.script
    for share, least in ((0.02, 0.65), (0.05, 0.76)):
        at = quality.threshold_for(found.alarms, share)
        for name, answers in sets.items():
            of = f"{name}: recall at {share:.0%} false alarms (from {at:.2f})"
            yield _figure(part, of, quality.recall(answers, at), least)
    yield _figure(
        part, f"invented names ({len(found.alarms)}): false alarms at {THRESHOLD}",
        quality.false_alarms(found.alarms, THRESHOLD), most=0.01,
    )  # fmt: skip


def _thresholds(
    found: Measured, weighed: Sequence[tuple[float, data.LabelledPair]]
) -> Iterator[Row]:
    """What each threshold means: recall, beside the false alarms that it costs."""
    for threshold in THRESHOLDS:
        yield Row(
            part="names threshold", measure=f"{threshold:.2f}: recall of good aliases left out",
            figure=quality.recall(found.good, threshold), unit="", against="false alarms, invented",
            against_figure=quality.false_alarms(found.alarms, threshold),
        )  # fmt: skip
    for threshold in THRESHOLDS if weighed else ():
        labels = labelled(weighed)
        apart = [similarity for similarity, same in labels if not same]
        yield Row(
            part="names threshold", measure=f"{threshold:.2f}: recall of labelled pairs",
            figure=quality.precision_recall_f1(labels, threshold)[1], unit="",
            against="false alarms, pairs labelled as two",
            against_figure=quality.false_alarms(apart, threshold),
        )  # fmt: skip


def _own_names() -> Iterator[Row]:
    """Every name of every person of the newest list, asked about as it stands."""
    name, xml = list(full_lists().items())[-1]
    records = data.read(xml)
    index = data.index_of(records)
    people = [one for one in records if one.kind is PartyKind.individual]
    asked = lost = 0
    for one in people:
        for text in data.names_of(one):
            ranked = quality.rank(index, text, least=0.5)
            asked += 1
            lost += ranked.get(one.reference, 0.0) < max(ranked.values(), default=1.0)
    of = f"{asked} names of {len(people)} people, {name[:10]}"
    yield Row(
        part="names own", measure=f"{of}: own reference first or tied",
        figure=1 - lost / asked, unit="", **at_least(1, 1 - lost / asked),
    )  # fmt: skip
