"""The same names asked of other matchers, in the same run: logic-v2, and rapidfuzz's ratio.

A seeded part of the reporting half, since logic-v2 takes a tenth of a second for a name. Everyone
is asked about persons among persons, and pairs of organisations as organisations. Times are of
this project's matcher as it answers in service, which looks among organisations too.
"""

import json
import os
import random
import statistics
import subprocess
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from rapidfuzz import fuzz, process

from app.screening.index import Index
from app.screening.letters import fold
from app.terms import Entry, PartyKind
from benchmarks.common import REAL, Row, at_least, say
from benchmarks.names import data, quality, report, speed
from benchmarks.names.quality import Ranked

PYTHON = "TRAVELBAN_PEERS_PYTHON"
"""The setting that names a Python which has nomenklatura."""

_PART = "names peers"
_PEOPLE, _INVENTED, _SEED = 100, 500, 3
_LOGIC_THRESHOLD = 0.7
"""From where its makers take two to be one."""


class Asked(NamedTuple):
    """What every matcher is asked: a seeded part of what the others are asked in full."""

    good: list[data.Query]
    script: list[data.Query]
    any_name: list[data.Query]
    invented: list[str]
    pairs: list[data.LabelledPair]

    def names(self) -> list[str]:
        """Everything that is ranked, in the order in which it is answered."""
        return [*(query.name for query in self.queries()), *self.invented]

    def queries(self) -> list[data.Query]:
        """Names that the list is taken not to have."""
        return [*self.good, *self.script, *self.any_name]


class Answered(NamedTuple):
    """What one matcher answered, in the order of `Asked.names`."""

    name: str
    ranked: list[Ranked]
    pairs: list[float]
    seconds: list[float]
    threshold: float
    """From where it takes two to be one."""
    cold: float | None
    memory: float | None


def rows() -> Iterator[Row]:
    """Each figure of this project's matcher beside each other one's."""
    if not (REAL / data.SNAPSHOT).is_file():
        yield report.absent(_PART, "the UN's lists are not beside the checkout")
        return
    records = data.entries()
    asked = _asked(records)
    say(f"  {len(asked.names())} names asked of each matcher ...")
    ours = _ours(records, data.index_of(records), asked)
    for peer in (_logic(records, asked), _ratio(records, asked)):
        if isinstance(peer, str):
            yield report.absent(_PART, peer)
        else:
            yield from _beside(asked, ours, peer)


def _asked(records: Sequence[Entry]) -> Asked:
    queries = data.queries(records, data.REPORT)
    everybody = sorted({query.reference for query in queries})
    some = set(random.Random(_SEED).sample(everybody, _PEOPLE))
    chosen = [query for query in queries if query.reference in some]
    return Asked(
        good=[query for query in chosen if not query.original_script],
        script=[query for query in chosen if query.original_script],
        any_name=[q for q in data.with_primary(records, data.REPORT) if q.reference in some],
        invented=report.invented(_INVENTED, _SEED),
        pairs=data.pairs(data.REPORT),
    )


def _ours(records: Sequence[Entry], index: Index, asked: Asked) -> Answered:
    def ranked(name: str, left_out: tuple[str, ...] | None) -> Ranked:
        return quality.rank(index, name, left_out, persons_alone=True)

    alone = speed.probe(asked.names(), parties=speed.parties(records))
    return Answered(
        name="ours",
        ranked=[
            *(ranked(query.name, data.tokens(query.name)) for query in asked.queries()),
            *(ranked(name, None) for name in asked.invented),
        ],
        pairs=[quality.pair_similarity(pair) for pair in asked.pairs],
        seconds=alone.seconds,
        threshold=report.THRESHOLD,
        cold=alone.cold,
        memory=alone.memory,
    )


def _logic(records: Sequence[Entry], asked: Asked) -> Answered | str:
    """nomenklatura's logic-v2; in words why not, where it is not there."""
    python = os.environ.get(PYTHON)
    if not python:
        return f"logic-v2, since {PYTHON} does not name a Python that has nomenklatura"
    people = {one.reference: data.names_of(one) for one in _persons(records)}
    same: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for name in dict.fromkeys(name for names in people.values() for name in names):
        same[data.tokens(name)].append(name)
    question = {
        "people": list(people.items()),
        "asked": [
            *((query.name, same[data.tokens(query.name)]) for query in asked.queries()),
            *((name, []) for name in asked.invented),
        ],
        "pairs": [(pair.query, pair.candidate, pair.person) for pair in asked.pairs],
    }
    try:
        done = subprocess.run(
            [python, str(Path(__file__).with_name("peer.py"))], input=json.dumps(question),
            capture_output=True, text=True, check=False,
        )  # fmt: skip
    except OSError as error:
        return f"logic-v2, since what {PYTHON} names cannot be run: {error.strerror}"
    if done.returncode:
        return f"logic-v2, since {PYTHON} says: {(done.stderr.splitlines() or ['nothing'])[-1]}"
    return Answered(threshold=_LOGIC_THRESHOLD, **json.loads(done.stdout))


def _persons(records: Sequence[Entry]) -> list[Entry]:
    return [one for one in records if one.kind is PartyKind.individual]


def _ratio(records: Sequence[Entry], asked: Asked) -> Answered:
    """Letters in common of names folded to Latin letters, the threshold the best that is learnt."""
    listed = [
        (one.reference, fold(name, data.RULES), data.tokens(name))
        for one in _persons(records)
        for name in data.names_of(one)
    ]
    texts = [text for _, text, _ in listed]

    def ranked(name: str, left_out: tuple[str, ...] | None) -> tuple[Ranked, float]:
        begun = time.perf_counter()
        (alike,) = process.cdist([fold(name, data.RULES)], texts, scorer=fuzz.ratio)
        seconds = time.perf_counter() - begun
        best: dict[str, float] = {}
        for (reference, _, tokens), similarity in zip(listed, alike.tolist(), strict=True):
            if tokens != left_out and similarity / 100 > best.get(reference, 0.0):
                best[reference] = similarity / 100
        return best, seconds

    def of(pair: data.LabelledPair) -> float:
        return fuzz.ratio(fold(pair.query, data.RULES), fold(pair.candidate, data.RULES)) / 100

    answers = [
        *(ranked(query.name, data.tokens(query.name)) for query in asked.queries()),
        *(ranked(name, None) for name in asked.invented),
    ]
    learnt = [(of(pair), pair.same) for pair in data.pairs(data.LEARN)]
    return Answered(
        name="rapidfuzz ratio",
        ranked=[one for one, _ in answers],
        pairs=[of(pair) for pair in asked.pairs],
        seconds=[seconds for _, seconds in answers],
        threshold=max(
            (step / 100 for step in range(50, 100)),
            key=lambda threshold: quality.precision_recall_f1(learnt, threshold)[2],
        ),
        cold=None,
        memory=None,
    )


def _figures(asked: Asked, given: Answered) -> Iterator[tuple[str, str, float]]:
    """What was measured, its unit, the figure."""
    for what, persons in (("persons", True), ("all", False)):
        weighed = [
            (similarity, pair.same)
            for similarity, pair in zip(given.pairs, asked.pairs, strict=True)
            if pair.person or not persons
        ]
        if weighed:
            found = quality.precision_recall_f1(weighed, given.threshold)
            yield f"{len(weighed)} labelled pairs, {what}: F1", "", found[2]
    queries = asked.queries()
    answers = [
        quality.placed(query, one) for query, one in zip(queries, given.ranked, strict=False)
    ]
    top = quality.highest(given.ranked[len(queries) :])
    good = answers[: len(asked.good)]
    script = answers[len(good) : len(good) + len(asked.script)]
    any_name = answers[len(good) + len(script) :]
    for name, some in (("good aliases", good), ("any good name", any_name)):
        yield f"{name} left out ({len(some)}): own reference first", "", quality.among(some, 1)
        yield f"{name} left out ({len(some)}): among five", "", quality.among(some, 5)
    yield f"original script left out ({len(script)}): among five", "", quality.among(script, 5)
    for share in (0.02, 0.05):
        at = quality.threshold_for(top, share)
        for name, some in (("good aliases", good), ("all of these", answers)):
            yield f"{name}: recall at {share:.0%} false alarms", "", quality.recall(some, at)
    of = f"invented names ({len(top)}): false alarms at its threshold"
    yield of, "", quality.false_alarms(top, given.threshold)
    yield "one name, median", "ms", statistics.median(given.seconds) * 1000
    if given.memory is not None and given.cold is not None:
        yield "memory over an empty process", "MB", given.memory
        yield "cold start", "s", given.cold


def _beside(asked: Asked, ours: Answered, peer: Answered) -> Iterator[Row]:
    theirs = {measure: figure for measure, _, figure in _figures(asked, peer)}
    for measure, unit, figure in _figures(asked, ours):
        other = theirs.get(measure)
        if other is None:
            continue
        times = other / figure if unit == "ms" else None
        limit = at_least(100, times) if times is not None and peer.cold is not None else {}
        yield Row(
            part=_PART, measure=measure + (f" (seed {_SEED})" if not unit else ""), figure=figure,
            unit=unit, against=f"{peer.name}, from {peer.threshold}", against_figure=other,
            ratio=times, **limit,
        )  # fmt: skip
