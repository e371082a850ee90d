"""The tables of docs/articles.md, written from rows between their markers."""

from collections.abc import Sequence

from benchmarks import pages
from benchmarks.common import ROOT, Row
from benchmarks.reading.measure import FIGURES, NEVER

PAGE = ROOT / "docs" / "articles.md"

_SETS = {
    "reading seen": "seen while the rules were written",
    "reading tune": "tuned on",
    "reading report": "never looked at",
}
_GROWTH = "reading growth"


def write(rows: Sequence[Row]) -> None:
    """Write every table of the page anew; those of which nothing was measured stay."""
    quality = [row for row in rows if row.part in _SETS and row.figure is not None]
    growth = [row for row in rows if row.part == _GROWTH]
    pages.write(PAGE, {"read": _quality(quality), "length": _growth(growth)})


def _quality(rows: Sequence[Row]) -> str:
    sets = [part for part in _SETS if any(row.part == part for row in rows)]
    cells = {(row.part, row.measure): row for row in rows}
    lines = [
        (words, *(_cell(cells.get((part, words)), figure in NEVER) for part in sets))
        for figure, words in {"texts": "texts", **FIGURES}.items()
    ]
    return pages.table(("figure", *(_SETS[part] for part in sets)), lines) if rows else ""


def _cell(row: Row | None, counted: bool) -> str:
    if row is None or row.figure is None:
        return ""
    if row.against_figure is None:
        return f"{row.figure:.0f}"
    of = f"{row.against_figure:.0f}"
    if counted:
        return f"{row.figure:.0f} of {of}"
    return f"{row.figure * row.against_figure:.0f} of {of} ({100 * row.figure:.0f} %)"


def _growth(rows: Sequence[Row]) -> str:
    met = {None: "", True: "yes", False: "no"}
    lines = [
        (
            row.measure, f"{row.figure:,.0f} {row.unit}",
            f"{row.ratio:.2f} times" if row.ratio is not None else "", row.limit, met[row.met],
        )
        for row in rows
    ]  # fmt: skip
    head = ("made text of", "time", "a word, against one of the shortest text", "limit", "met")
    return pages.table(head, lines) if lines else ""
