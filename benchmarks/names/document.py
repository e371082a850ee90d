"""The tables of docs/matching.md, written from rows between their markers."""

from collections.abc import Sequence

from benchmarks import pages
from benchmarks.common import ROOT, Row
from benchmarks.pages import table

PAGE = ROOT / "docs" / "matching.md"

_SKIPPED = ("names threshold", "names peers")


def write(rows: Sequence[Row]) -> None:
    """Write every table of the page anew; those of which nothing was measured stay."""
    tables = {
        "thresholds": _thresholds([row for row in rows if row.part == "names threshold"]),
        "measured": _measured([row for row in rows if row.part not in _SKIPPED]),
        "beside others": _beside([row for row in rows if row.part == "names peers"]),
    }
    pages.write(PAGE, tables)


def _share(figure: float | None) -> str:
    return "" if figure is None else f"{100 * figure:.1f} %"


def _plain(figure: float | None, unit: str) -> str:
    if figure is None:
        return ""
    digits = 3 if not unit else 2 if figure < 10 else 0
    return f"{figure:,.{digits}f} {unit}".rstrip()


def _thresholds(rows: Sequence[Row]) -> str:
    found: dict[str, list[str]] = {}
    for row in rows:
        threshold = row.measure.partition(":")[0]
        found.setdefault(threshold, []).extend((_share(row.figure), _share(row.against_figure)))
    most = max(map(len, found.values()), default=0)
    head = ("threshold", "recall: a listed person's other name", "false alarms: invented names",
            "recall: labelled pairs", "false alarms: pairs labelled as two")  # fmt: skip
    lines = ((threshold, *cells) for threshold, cells in found.items())
    return table(head[: most + 1], lines) if found else ""


def _measured(rows: Sequence[Row]) -> str:
    met = {None: "", True: "yes", False: "no"}
    lines = [
        (
            row.part.removeprefix("names "), row.measure, _plain(row.figure, row.unit),
            f"{row.ratio:.1f} times" if row.ratio is not None else "", row.limit, met[row.met],
        )
        for row in rows
    ]  # fmt: skip
    head = ("of", "what", "figure", "against the first", "limit", "met")
    return table(head, lines) if lines else ""


def _beside(rows: Sequence[Row]) -> str:
    measured = [row for row in rows if row.figure is not None]
    absent = [row.measure for row in rows if row.figure is None]
    peers = list(dict.fromkeys(row.against for row in measured))
    found: dict[str, dict[str, str]] = {}
    for row in measured:
        cells = found.setdefault(row.measure, {"": _plain(row.figure, row.unit)})
        cells[row.against] = _plain(row.against_figure, row.unit)
    lines = [
        (measure, cells[""], *(cells.get(peer, "") for peer in peers))
        for measure, cells in found.items()
    ]
    text = table(("what", "ours", *peers), lines) if lines else ""
    return "\n\n".join(part for part in (text, *(f"{one}." for one in absent)) if part)
