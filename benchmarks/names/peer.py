"""Another matcher, asked in a process of its own: nomenklatura's logic-v2.

It is run by the Python that TRAVELBAN_PEERS_PYTHON names, which has nomenklatura and nothing of
this project. Standard input holds what is asked, standard output what it answered, both JSON:

    {"people": [[reference, [name, …]], …],
     "asked": [[name, [names that the list is taken not to have]], …],
     "pairs": [[name, name, whether they are persons'], …]}
    {"name": …, "ranked": [{reference: similarity}, …], "seconds": [one an asked name, …],
     "pairs": [similarity, …], "cold": seconds, "memory": MB over the process when it began}

Cold start is importing, making the people, and answering one name.
"""

import json
import resource
import sys
import time
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from typing import Any

_STATUS = Path("/proc/self/status")


def memory() -> float:
    """Resident memory in millions of bytes; the highest so far where the system says no other."""
    if _STATUS.exists():
        (line,) = (one for one in _STATUS.read_text().splitlines() if one.startswith("VmRSS:"))
        return int(line.split()[1]) * 1024 / 1e6
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6


def main() -> None:
    """Answer what is asked on standard input."""
    given = json.load(sys.stdin)
    before, begun = memory(), time.perf_counter()
    model = import_module("followthemoney").model
    logic = import_module("nomenklatura.matching.logic_v2.model").LogicV2
    config = logic.default_config()

    def entity(key: str, schema: str, names: list[str]) -> Any:
        made = model.make_entity(schema)
        made.id = key  # the matcher remembers an entity's names by this
        made.add("name", names[0])
        for name in names[1:]:
            made.add("alias", name)
        return made

    def similarity(query: Any, candidate: Any) -> float:
        return float(logic.compare(query, candidate, config).score)

    listed: dict[str, list[str]] = dict(given["people"])
    people = {key: entity(key, "Person", names) for key, names in listed.items()}

    def ranked(number: int, name: str, left_out: list[str]) -> tuple[dict[str, float], float]:
        gone = set(left_out)
        changed: dict[str, Any] = {}
        for key, names in listed.items() if gone else ():
            kept = [one for one in names if one not in gone]
            if len(kept) < len(names):
                changed[key] = entity(f"{key} for {number}", "Person", kept) if kept else None
        everybody = {**people, **changed}
        query = entity(f"asked {number}", "Person", [name])
        begun = time.perf_counter()
        found = {
            key: round(score, 4)
            for key, one in everybody.items()
            if one is not None and (score := similarity(query, one)) > 0
        }
        return found, time.perf_counter() - begun

    ranked(-1, "Somebody Elseman", [])
    cold, used = time.perf_counter() - begun, memory() - before
    answers = [ranked(number, *one) for number, one in enumerate(given["asked"])]
    pairs = []
    for number, (asked, candidate, person) in enumerate(given["pairs"]):
        schema = "Person" if person else "Company"
        first = entity(f"first {number}", schema, [asked])
        pairs.append(similarity(first, entity(f"second {number}", schema, [candidate])))
    json.dump(
        {
            "name": f"nomenklatura {version('nomenklatura')} logic-v2",
            "ranked": [found for found, _ in answers],
            "seconds": [seconds for _, seconds in answers],
            "pairs": pairs,
            "cold": cold,
            "memory": used,
        },
        sys.stdout,
    )


if __name__ == "__main__":
    main()
