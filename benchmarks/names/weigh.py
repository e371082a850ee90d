"""python -m benchmarks.names.weigh [--organisations] [--steps N] [--seed N]: learns costs anew.

Those of people's names, data/names/costs.csv; or those of organisations', organisation_costs.csv.

Each cost is a number that is not negative, so the similarity can only fall with a difference. A
seeded search changes a few at a time and keeps what is better on the half that is learnt on: for
recall among listed people, false alarms among invented ones, and labelled pairs. It prints the
table; the half that is reported on is not looked at.
"""

import argparse
import csv
import sys
from collections.abc import Sequence
from typing import Any

import numpy

from app.screening.index import Index
from app.screening.names import parts, spellings
from app.screening.similarity import Costs, Features, Weighing, align, combine_all
from benchmarks.common import ROOT, say
from benchmarks.names import data
from benchmarks.names.quality import is_left

THRESHOLD = 0.75
"""Where the default threshold is to stand: one invented name in a hundred may reach it."""

_ALARMS = 0.009
_SOFT = 0.03
_KEPT = 40
_STARTS = {
    "power": 0.8, "differing": 1.4, "contradiction": 1.4, "listed_more": 0.07,
    "asked_more": 0.2, "few": 0.08, "very_few": 0.08, "both_apart": 0.2, "first_apart": 0.15,
    "single_listed": 0.3, "inverted": 0.1, "turned": 0.5,
    "joined": 0.1, "nickname": 0.1,
}  # fmt: skip
_FIXED = {
    False: ("contradiction", "both_apart", "first_apart", "turned"),
    True: ("both_apart", "turned"),
}
"""Brothers share every part but one, father and son both names, and the offices 38 and 39 of a
party all but the number: the list holds too few of them to learn that from. By whether the names
are organisations'.
"""
_OF_PAIRS = {False: 3.5, True: 1.5}
"""What labelled pairs count for; of organisations there are few. By whether they are of those."""
_OF_REACH = {False: 0.5, True: 1.0}
"""What recall at the threshold counts for, in the same way."""
_HELD = 0.04
"""How strongly a cost is held near where it started: a half of people is not everybody."""
_FIELDS = {name: at for at, name in enumerate(Features._fields)}


class Learnt:
    """Every alignment that is weighed, in groups of which the most alike counts."""

    def __init__(self, index: Index, organisations: bool) -> None:
        rows: list[Features] = []
        starts: list[int] = []
        self.own: list[int] = []  # the group of the right reference, or -1
        self.first: list[int] = []  # the first group of each query
        self.people: list[str] = []
        self.script: list[bool] = []

        def group(made: Sequence[Features]) -> None:
            starts.append(len(rows))
            rows.extend(made)

        asked = data.organisation_queries if organisations else data.queries
        for query in asked(data.entries(), data.LEARN):
            best = _aligned(index, query.name, data.tokens(query.name), organisations)
            self.first.append(len(starts))
            self.people.append(query.reference)
            self.script.append(query.original_script)
            chosen = sorted(best, key=lambda r: -max(s for s, _ in best[r]))[:_KEPT]
            if query.reference in best and query.reference not in chosen:
                chosen.append(query.reference)
            self.own.append(-1)
            for reference in chosen:
                if reference == query.reference:
                    self.own[-1] = len(starts)
                group([features for _, features in best[reference]])
        self.queries = len(starts)
        silent = 0
        for name in data.invented(data.LEARNT_INVENTED, data.LEARNT_SEED, organisations):
            best = _aligned(index, name, None, organisations)
            everything = sorted((row for one in best.values() for row in one), key=lambda r: -r[0])
            if everything:
                group([features for _, features in everything[:12]])
            else:
                silent += 1
        self.silent = silent
        self.invented = len(starts)
        costs = (index.organisations if organisations else index.people).costs
        self.same: list[bool] = []
        for pair in data.pairs(data.LEARN):
            if pair.person is organisations:
                continue
            made = [
                features
                for asked in spellings(pair.query)
                for other in spellings(pair.candidate)
                if (query_parts := parts(asked, data.RULES, not pair.person))
                and (other_parts := parts(other, data.RULES, not pair.person))
                and (
                    features := align(
                        query_parts,
                        other_parts,
                        Weighing(data.RULES.common, costs),
                    ).features
                )
            ]
            if made:
                group(made)
                self.same.append(pair.same)
        self.rows = numpy.array(rows, dtype=float)
        self.starts = numpy.array(starts)
        self.pairs_count = _OF_PAIRS[organisations]
        self.reach_counts = _OF_REACH[organisations]
        self.labels = numpy.array(self.same, dtype=bool)
        counts: dict[tuple[str, bool], int] = {}
        for key in zip(self.people, self.script, strict=True):
            counts[key] = counts.get(key, 0) + 1
        self.weights = numpy.array(
            [1 / counts[key] for key in zip(self.people, self.script, strict=True)]
        )
        self.in_script = numpy.array(self.script, dtype=bool)

    def similarities(self, costs: dict[str, float]) -> Any:
        """The similarity of each group."""
        columns = {name: self.rows[:, at] for name, at in _FIELDS.items()}
        return numpy.maximum.reduceat(combine_all(columns, Costs(**costs)), self.starts)

    def worth(self, costs: dict[str, float]) -> tuple[float, dict[str, float]]:
        """How good these costs are on all that counts, and the figures."""
        alike = self.similarities(costs)
        listed = alike[: self.queries]
        own = numpy.array([listed[at] if at >= 0 else 0.0 for at in self.own])
        ends = [*self.first[1:], self.queries]
        ranks = numpy.array(
            [
                1 + int((listed[first:end] > mine).sum()) if at >= 0 else 9999
                for first, end, mine, at in zip(self.first, ends, own, self.own, strict=True)
            ]
        )
        top = numpy.sort(
            numpy.concatenate([alike[self.queries : self.invented], numpy.zeros(self.silent)])
        )[::-1]
        pairs = alike[self.invented :]

        def share(holds: Any, script: bool) -> float:
            here = self.in_script == script
            if not here.any():
                return 0.0
            return float((holds[here] * self.weights[here]).sum() / self.weights[here].sum())

        def reach(threshold: float) -> Any:
            return 1 / (1 + numpy.exp(-(own - threshold) / _SOFT))

        def f1(soft: bool) -> float:
            said = (
                1 / (1 + numpy.exp(-(pairs - THRESHOLD) / _SOFT))
                if soft
                else (pairs >= THRESHOLD).astype(float)
            )
            same = self.labels
            found = float((said * same).sum())
            return 2 * found / (2 * found + float((said * ~same).sum() + ((1 - said) * same).sum()))

        at_two, at_five = (float(top[int(s * len(top))]) for s in (0.02, 0.05))
        alarms = float((1 / (1 + numpy.exp(-(top - THRESHOLD) / 0.02))).mean())
        figures = {
            "labelled pairs": f1(False),
            "first": share(ranks <= 1, False),
            "among five": share(ranks <= 5, False),
            "original script among five": share(ranks <= 5, True),
            "recall at 2 %": share(own > at_two, False),
            "recall at 5 %": share(own > at_five, False),
            "recall at the threshold": share(own >= THRESHOLD, False),
            "false alarms": float((top >= THRESHOLD).mean()),
        }
        worth = (
            self.pairs_count * f1(True)
            + 1.5 * share(reach(at_two), False)
            + 1.0 * share(reach(at_five), False)
            + 0.4 * figures["first"]
            + 0.6 * figures["among five"]
            + 0.3 * figures["original script among five"]
            + self.reach_counts * share(reach(THRESHOLD), False)
            - 12 * max(0.0, alarms - _ALARMS)
        )
        return worth, figures


def _aligned(
    index: Index, name: str, own: tuple[str, ...] | None, organisations: bool
) -> dict[str, list[tuple[float, Features]]]:
    """Every alignment of a name that shares anything, by reference."""
    found: dict[str, list[tuple[float, Features]]] = {}
    names = index.organisations if organisations else index.people
    for cut in index.parts(name):
        if cut.organisation is not organisations:
            continue
        for place in names.worth_aligning(names.asked(cut.parts), 0.0):
            listed = names.names[place]
            if own is not None and not is_left(index, listed, own, cut.organisation):
                continue
            made = align(cut.parts, listed.parts, names.weighing(cut.parts))
            if made.similarity > 0.02 and made.features is not None:
                found.setdefault(listed.reference, []).append((made.similarity, made.features))
    return {
        reference: sorted(rows, key=lambda row: -row[0])[:4] for reference, rows in found.items()
    }


def search(learnt: Learnt, steps: int, seed: int, organisations: bool) -> dict[str, float]:
    """The best costs found from the start by so many changes."""
    drawn = numpy.random.default_rng(seed)
    best = _starts(organisations)
    worth, _ = learnt.worth(best)
    names = [name for name in best if name not in _FIXED[organisations]]
    for step in range(steps):
        changed = dict(best)
        wide = 1.0 if step < steps * 0.6 else 0.3
        for name in drawn.choice(names, size=drawn.integers(1, 4), replace=False):
            size = wide * max(0.08, abs(best[name]) * 0.3)
            changed[name] = max(0.0, best[name] + float(drawn.normal()) * size)
        now = learnt.worth(changed)[0] - _strayed(changed, _starts(organisations))
        if now > worth:
            best, worth = changed, now
    return best


def _starts(organisations: bool) -> dict[str, float]:
    return dict(Costs()._asdict()) | _STARTS | ({"single_listed": 0.1} if organisations else {})


def _strayed(costs: dict[str, float], starts: dict[str, float]) -> float:
    return _HELD * sum(
        numpy.log((cost + 0.05) / (starts[name] + 0.05)) ** 2 for name, cost in costs.items()
    )


def main() -> int:
    """Learn, and print the table with the reasons that stand in it now."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.names.weigh", description=__doc__)
    parser.add_argument("--organisations", action="store_true")
    parser.add_argument("--steps", type=int, default=5000)
    parser.add_argument("--seed", type=int, default=5)
    given = parser.parse_args()
    index = data.index_of(data.entries())
    say("aligning ...")
    learnt = Learnt(index, given.organisations)
    say(f"{len(learnt.rows)} alignments")
    costs = search(learnt, given.steps, given.seed, given.organisations)
    _, figures = learnt.worth(costs)
    for name, figure in figures.items():
        say(f"  {name}: {figure:.3f}")
    stem = "organisation_costs" if given.organisations else "costs"
    with (ROOT / "data" / "names" / f"{stem}.csv").open(encoding="utf-8", newline="") as file:
        reasons = {row["form"]: row["reason"] for row in csv.DictReader(file)}
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(("form", "meaning", "reason"))
    for name, cost in costs.items():
        writer.writerow((name, f"{cost:.3f}", reasons[name]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
