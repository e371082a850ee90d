"""The matcher alone, in a process that has done nothing else: memory, cold start, times.

Standard input holds what is asked, standard output what it answered, both JSON:

    {"parties": [[reference, whether a person, [name, …]], …],
     "grow": [names to make the list of, how many] or null,
     "asked": [name, …], "threshold": …}
    {"seconds": [one an asked name, …], "cold": seconds, "build": seconds,
     "memory": MB over the process when it began, "names": …, "parts": distinct parts}

Cold start is importing, reading the tables, indexing, and answering one name.
"""

import csv
import json
import sys
import time
from collections.abc import Iterable
from importlib import import_module
from pathlib import Path
from typing import Any

_TABLES = Path(__file__).resolve().parents[2] / "data" / "names"


def main() -> None:
    """Answer what is asked on standard input."""
    memory = import_module("benchmarks.names.peer").memory
    given = json.load(sys.stdin)
    before, begun = memory(), time.perf_counter()
    index_of = import_module("app.screening.index").build
    tables = {path.stem: _table(path) for path in sorted(_TABLES.glob("*.csv"))}
    parties: Iterable[tuple[str, bool, list[str]]] = given["parties"]
    if given["grow"]:
        parties = import_module("benchmarks.names.grown").parties(*given["grow"])
    listed = [_listed(*one) for one in parties]
    building = time.perf_counter()
    index = index_of(listed, tables)
    built = time.perf_counter()

    def ask(name: str) -> float:
        begun = time.perf_counter()
        for cut in index.parts(name):
            index.lookup(cut, given["threshold"])
        return time.perf_counter() - begun

    ask("Somebody Elseman")
    cold = time.perf_counter() - begun
    used = memory() - before
    names = (index.people, index.organisations)
    json.dump(
        {
            "seconds": [ask(name) for name in given["asked"]],
            "cold": cold,
            "build": built - building,
            "memory": used,
            "names": sum(len(one.names) for one in names),
            "parts": len(index.vocabulary.parts),
        },
        sys.stdout,
    )


def _table(path: Path) -> dict[str, str]:
    with path.open(encoding="utf-8", newline="") as file:
        return {row["form"]: row["meaning"] for row in csv.DictReader(file)}


def _listed(reference: str, person: bool, names: list[str]) -> Any:
    """A party that has names and nothing else on record."""
    terms = import_module("app.terms")
    return terms.Listed(
        reference=reference,
        kind=terms.PartyKind.individual if person else terms.PartyKind.entity,
        regime_word="",
        versions=(),
        also=tuple(names),
        named_by=None,
        died=None,
        same_person=(),
    )


if __name__ == "__main__":
    main()
