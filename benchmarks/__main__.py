"""python -m benchmarks [PART …] and options, of which --help tells: figures and limits.

Exits 1 when a limit is not met.
"""

import argparse
import dataclasses
import json
import platform
import sys

from benchmarks import (
    inside,
    law,
    memory,
    officer,
    over_http,
    parse,
    start,
    store,
    under_load,
)
from benchmarks.common import REAL, Part, Row, new_run, say
from benchmarks.names import document, measure
from benchmarks.reading import document as reading_document
from benchmarks.reading import measure as reading

PARTS: dict[str, Part] = {
    "parse": parse.measure,
    "store": store.measure,
    "screen": inside.screen,
    "assess": inside.assess,
    "law": law.measure,
    "http": over_http.measure,
    "load": under_load.measure,
    "page": officer.measure,
    "start": start.measure,
    "memory": memory.measure,
    "names": measure.measure,
    "reading": reading.measure,
}
_HEAD = ("part", "measure", "figure", "against", "figure", "ratio", "limit", "met")


def main() -> int:
    """Run the parts that are named, or all."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("part", nargs="*", help=f"of {', '.join(PARTS)}; all, when none is named")
    parser.add_argument("--json", action="store_true", help="rows as JSON, not a table")
    parser.add_argument("--million", action="store_true", help="names: a million of them, too")
    parser.add_argument("--full", action="store_true", help="load: memory over 200,000 requests")
    parser.add_argument("--write", action="store_true", help="names, reading: into their page")
    parser.add_argument("--show", action="store_true", help="reading: misses of the texts to tune")
    given = parser.parse_args()
    if unknown := set(given.part) - set(PARTS):
        parser.error(f"no part is called {', '.join(sorted(unknown))}")
    rows: list[Row] = []
    with new_run(given.million, given.show, given.full) as run:
        for name in given.part or PARTS:
            say(f"{name} ...")
            rows += PARTS[name](run)
    if given.json:
        print(json.dumps([dataclasses.asdict(row) for row in rows], indent=2))
    else:
        lists = "the UN's lists" if REAL.is_dir() else "invented lists"
        print(f"Python {platform.python_version()}, {platform.machine()}, {lists}\n")
        _table([_HEAD, *map(_cells, rows)])
    if given.write:
        document.write([row for row in rows if row.part.startswith("names")])
        reading_document.write([row for row in rows if row.part.startswith("reading")])
    return 0 if all(row.met is not False for row in rows) else 1


def _cells(row: Row) -> tuple[str, ...]:
    other = "" if row.against_figure is None else f"{row.against_figure:.4g} {row.unit}".rstrip()
    ratio = "" if row.ratio is None else f"{row.ratio:.3g}"
    met = {None: "", True: "yes", False: "NO"}[row.met]
    figure = "" if row.figure is None else f"{row.figure:.4g} {row.unit}".rstrip()
    return row.part, row.measure, figure, row.against, other, ratio, row.limit, met


def _table(lines: list[tuple[str, ...]]) -> None:
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    for line in lines:
        cells = (cell.ljust(width) for cell, width in zip(line, widths, strict=True))
        print("  ".join(cells).rstrip())


if __name__ == "__main__":
    sys.exit(main())
