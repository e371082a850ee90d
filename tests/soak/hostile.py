"""Lists as large as may be read that are made to take memory, and what reading one takes.

`python -m tests.soak.hostile NAME` reads one and prints its peak of memory; a process for each,
since a peak is never taken back.
"""

import json
import resource
import sys
import time
from collections.abc import Iterator, Mapping
from itertools import count, islice, product
from string import ascii_uppercase

from app.lists.un_xml import MOST_BYTES, MOST_MARKS, ListRefused, read

_HEAD = '<CONSOLIDATED_LIST dateGenerated="2026-01-01T00:00:00Z"><INDIVIDUALS>'
_TAIL = "</INDIVIDUALS><ENTITIES/></CONSOLIDATED_LIST>"
_RECORD = "<INDIVIDUAL><REFERENCE_NUMBER>ZZi.001</REFERENCE_NUMBER>"
_FRAME = 200  # marks, at most, outside of what is repeated

_ALIAS = "<INDIVIDUAL_ALIAS><QUALITY>Good</QUALITY><ALIAS_NAME>"
_NAMES = (_ALIAS, "</ALIAS_NAME></INDIVIDUAL_ALIAS>")
_TEXT = ("<COMMENTS1>", "</COMMENTS1>")
_NESTED, _RECORDS = "nested elements", "records"

_REPEATED: Mapping[str, tuple[str, str, str]] = {
    _NESTED: ("", "<A>", ""),
    _RECORDS: ("", "<INDIVIDUAL><REFERENCE_NUMBER>{}</REFERENCE_NUMBER></INDIVIDUAL>", ""),
    "tiny elements": ("", "<A/>", ""),
    "tiny elements, each another": ("", "<A{}/>", ""),
    "values": ("<TITLE>", "<VALUE>a</VALUE>", "</TITLE>"),
    "groups": ("", "<INDIVIDUAL_ADDRESS><CITY>a</CITY></INDIVIDUAL_ADDRESS>", ""),
    "one text": (_TEXT[0], "a", _TEXT[1]),
    "one text of lines": (_TEXT[0], "a\n", _TEXT[1]),
    "one text, four bytes a letter": (_TEXT[0], "😀", _TEXT[1]),
    "text between elements": ("", "<A/>a", ""),
    "attributes": ("<A ", 'a{}="" ', "/>"),
    "attributes, one each": ("", '<A a=""/>', ""),
    "one long name": ("<", "a", "/>"),
    "long names": ("", f"<{'a' * 90}{{}}/>", ""),
    "names packed in one": (_NAMES[0], "a;", _NAMES[1]),
    "names packed, each another": (_NAMES[0], "{};", _NAMES[1]),
    "posts packed in one": ("<DESIGNATION><VALUE>", "Head/", "Head</VALUE></DESIGNATION>"),
    "brackets": (_NAMES[0], "(ア", _NAMES[1]),
    "brackets and packed names": (_NAMES[0], "((script ; )", _NAMES[1]),
    "comments and instructions": ("", "<!----><?a?>", ""),
    "character references": (_TEXT[0], "&#97;", _TEXT[1]),
    "sections": (_TEXT[0], "<![CDATA[a]]>", _TEXT[1]),
}

LISTS = tuple(f"{name}, {size}" for name in _REPEATED for size in ("all over", "within limits"))
"""Every list by name: as much of the one thing as there is room for, or as may be."""


def made(name: str) -> bytes:
    """A list of the largest size that may be read."""
    thing, _, size = name.rpartition(", ")
    before, unit, after = _REPEATED[thing]
    most = MOST_BYTES
    if size == "within limits":
        closed = unit.replace("<A>", "<A></A>") if thing == _NESTED else unit
        most = min((MOST_MARKS - _FRAME) // (closed.count(mark) or 1) for mark in "<=;/),")
    record, end = (_RECORD, "</INDIVIDUAL>") if thing != _RECORDS else ("", "")
    room = MOST_BYTES - len("".join((_HEAD, record, before, after, end, _TAIL, "<!---->")))
    if "{}" in unit:
        numbers = _references() if thing == _RECORDS else map(str, count())
        middle = _joined((unit.replace("{}", number) for number in islice(numbers, most)), room)
    else:
        length = len(unit.encode()) + (len("</A>") if thing == _NESTED else 0)
        times = min(most, room // length)
        middle = unit * times + "</A>" * (times if thing == _NESTED else 0)
    room -= len(middle.encode())
    filled = f"<!--{'x' * room}-->"
    return "".join((_HEAD, record, before, middle, after, end, filled, _TAIL)).encode()


def _joined(pieces: Iterator[str], room: int) -> str:
    taken = []
    for piece in pieces:
        room -= len(piece)
        if room < 0:
            break
        taken.append(piece)
    return "".join(taken)


def _references() -> Iterator[str]:
    for first, second, kind, number in product(ascii_uppercase, ascii_uppercase, "ie", range(1000)):
        yield f"{first}{second}{kind}.{number:03}"


def main() -> None:
    """Read one list; say what became of it, the peak of memory and the seconds."""
    xml = made(sys.argv[1])
    before = _peak()
    begun = time.process_time()
    try:
        outcome = f"read, {len(read(xml).entries)} records"
    except ListRefused as error:
        outcome = str(error)
    taken = {
        "outcome": outcome, "size": len(xml), "before": before, "peak": _peak(),
        "seconds": time.process_time() - begun,
    }  # fmt: skip
    json.dump(taken, sys.stdout)


def _peak() -> int:
    """The most memory this process has held, in bytes."""
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit


if __name__ == "__main__":
    main()
