"""Tables of documents, written anew between their markers."""

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path


def write(page: Path, tables: Mapping[str, str]) -> None:
    """Write every table of a page anew; those that are empty stay as they are."""
    text = page.read_text(encoding="utf-8")
    for name, table in tables.items():
        text = _between(page, text, name, table) if table else text
    page.write_text(text, encoding="utf-8")


def _between(page: Path, text: str, name: str, table: str) -> str:
    first, last = f"<!-- {name} -->", f"<!-- end of {name} -->"
    marked = re.compile(f"({re.escape(first)}\n).*?({re.escape(last)})", re.DOTALL)
    if not marked.search(text):
        raise ValueError(f"{page.name} has no line {first}")
    return marked.sub(lambda found: f"{found[1]}\n{table}\n\n{found[2]}", text)


def table(head: Sequence[str], lines: Iterable[Sequence[str]]) -> str:
    """A table in Markdown."""
    rows = [head, ["---"] * len(head), *lines]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in rows)
