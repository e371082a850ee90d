"""What the parts share: lists, stores, distinct questions, served processes, figures."""

import http.client
import lzma
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from itertools import count
from pathlib import Path
from typing import Any, TypeVar

from app.api import examples
from app.desk import Desk, ImportOutcome
from app.serve import DATA, open_desk
from app.settings import Settings

T = TypeVar("T")
ROOT = DATA.parent
REAL = ROOT.parent / "shared" / "un_lists"
SPANISH = "2023-02-22"  # set aside when imported: evidence, not on record
_PEOPLE = 700
_ENTITIES = 300
_PATIENCE = 180  # seconds for a served process to answer where others are at work too


@dataclass(frozen=True, kw_only=True)
class Row:
    """One line of the table: a figure, what it is held against, and the limit if there is one."""

    part: str
    measure: str
    figure: float | None
    """None where it could not be measured; the measure says why."""
    unit: str
    against: str = ""
    against_figure: float | None = None
    ratio: float | None = None
    limit: str = ""
    met: bool | None = None


def at_most(limit: float, value: float, unit: str = "") -> Mapping[str, Any]:
    """The fields of a limit from above."""
    return {"limit": f"at most {limit:g}{unit}", "met": value <= limit}


def at_least(limit: float, value: float) -> Mapping[str, Any]:
    """The fields of a limit from below."""
    return {"limit": f"at least {limit:g}", "met": value >= limit}


def timed(ask: Callable[[T], object], asked: Iterable[T]) -> list[float]:
    """Seconds that each answer took."""
    taken = []
    for question in asked:
        begun = time.perf_counter()
        ask(question)
        taken.append(time.perf_counter() - begun)
    return taken


def p95(taken: Sequence[float]) -> float:
    """The 95th percentile."""
    return statistics.quantiles(taken, n=20)[-1]


# ---------------------------------------------------------------- lists


def full_lists() -> dict[str, bytes]:
    """Full lists by name, oldest first: the real ones beside the checkout, else invented ones."""
    real = {path.name: path for path in sorted(REAL.glob("*.xml.xz")) if SPANISH not in path.name}
    if real:
        return {name: lzma.decompress(path.read_bytes()) for name, path in real.items()}
    days = (date(2022, 1, 1) + timedelta(days=60 * number) for number in range(24))
    return {f"invented {day}": invented(f"{day}T00:00:00Z") for day in days}


_SYLLABLES = ("ar", "bel", "cor", "dun", "eth", "fa", "gor", "hal", "im", "jor", "ke", "lun")


def invented_name(number: int) -> tuple[str, str, str]:
    """A name that nobody bears, the same for the same number."""
    parts = []
    for step in (7, 11, 13):
        digits = (number * step // 12**place % 12 for place in range(3))
        parts.append("".join(_SYLLABLES[digit] for digit in digits))
    return parts[0], parts[1], parts[2]


def invented(generated: str) -> bytes:
    """A full list of 1,000 invented parties, about as large as the UN's."""
    individuals = "".join(_individual(number) for number in range(1, _PEOPLE + 1))
    entities = "".join(_entity(number) for number in range(1, _ENTITIES + 1))
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<CONSOLIDATED_LIST dateGenerated="{generated}">\n'
        f"<INDIVIDUALS>{individuals}</INDIVIDUALS>\n<ENTITIES>{entities}</ENTITIES>\n"
        "</CONSOLIDATED_LIST>\n"
    ).encode()


def _individual(number: int) -> str:
    first, second, third = (part.upper() for part in invented_name(number))
    aliases = "".join(
        f"<INDIVIDUAL_ALIAS><QUALITY>Good</QUALITY><ALIAS_NAME>{first} {third} {other}"
        "</ALIAS_NAME></INDIVIDUAL_ALIAS>\n"
        for other in (f"ibn {second}", f"al {second}", third)
    )
    return f"""
<INDIVIDUAL>
  <DATAID>{690000 + number}</DATAID><VERSIONNUM>1</VERSIONNUM>
  <FIRST_NAME>{first}</FIRST_NAME><SECOND_NAME>{second}</SECOND_NAME>
  <THIRD_NAME>{third}</THIRD_NAME><UN_LIST_TYPE>Invented</UN_LIST_TYPE>
  <REFERENCE_NUMBER>ZZi.{number:03}</REFERENCE_NUMBER><LISTED_ON>2010-01-02</LISTED_ON>
  <COMMENTS1>A member of the invented council of {third}, and of the others by its side. {"The review of the invented list was concluded. " * 20}</COMMENTS1>
  <DESIGNATION><VALUE>Member of the council of {second}</VALUE></DESIGNATION>
  <NATIONALITY><VALUE>Iraq</VALUE></NATIONALITY>
  <LIST_TYPE><VALUE>UN List</VALUE></LIST_TYPE>
  <LAST_DAY_UPDATED><VALUE>2014-12-17</VALUE><VALUE>2019-05-03</VALUE></LAST_DAY_UPDATED>
  {aliases}
  <INDIVIDUAL_ADDRESS><STREET>{number} Long Road</STREET><CITY>{second}</CITY>
    <COUNTRY>Iraq</COUNTRY></INDIVIDUAL_ADDRESS>
  <INDIVIDUAL_DATE_OF_BIRTH><TYPE_OF_DATE>EXACT</TYPE_OF_DATE>
    <DATE>19{50 + number % 40}-03-11</DATE></INDIVIDUAL_DATE_OF_BIRTH>
  <INDIVIDUAL_PLACE_OF_BIRTH><CITY>{third}</CITY><COUNTRY>Iraq</COUNTRY>
  </INDIVIDUAL_PLACE_OF_BIRTH>
  <INDIVIDUAL_DOCUMENT><TYPE_OF_DOCUMENT>Passport</TYPE_OF_DOCUMENT>
    <NUMBER>X{number:07}</NUMBER><ISSUING_COUNTRY>Iraq</ISSUING_COUNTRY></INDIVIDUAL_DOCUMENT>
  <SORT_KEY/><SORT_KEY_LAST_MOD/>
</INDIVIDUAL>"""  # noqa: E501 - one element, one line


def _entity(number: int) -> str:
    first, second, _ = (part.upper() for part in invented_name(10_000 + number))
    return f"""
<ENTITY>
  <DATAID>{110000 + number}</DATAID><VERSIONNUM>1</VERSIONNUM>
  <FIRST_NAME>{first} {second} TRADING</FIRST_NAME><UN_LIST_TYPE>Invented</UN_LIST_TYPE>
  <REFERENCE_NUMBER>ZZe.{number:03}</REFERENCE_NUMBER><LISTED_ON>2010-01-02</LISTED_ON>
  <COMMENTS1>{"The review of the invented list was concluded. " * 18}</COMMENTS1>
  <LIST_TYPE><VALUE>UN List</VALUE></LIST_TYPE>
  <ENTITY_ALIAS><QUALITY>a.k.a.</QUALITY><ALIAS_NAME>{second} HOUSE</ALIAS_NAME></ENTITY_ALIAS>
  <ENTITY_ADDRESS><CITY>{second}</CITY><COUNTRY>Iraq</COUNTRY></ENTITY_ADDRESS>
</ENTITY>"""


# ---------------------------------------------------------------- a run


class Run:
    """Temporary folders of one run, and a store with all full lists, made when first needed."""

    def __init__(
        self, folder: Path, million: bool = False, show: bool = False, full: bool = False
    ) -> None:
        self.folder = folder
        self.million = million
        """Whether a list of a million names is measured too, which takes minutes."""
        self.show = show
        """Whether each miss in the texts to tune on is told."""
        self.full = full
        """Whether memory is looked at over 200,000 requests, which takes minutes."""
        self._numbers = count()

    @cached_property
    def lists(self) -> dict[str, bytes]:
        """The full lists."""
        return full_lists()

    @cached_property
    def desk(self) -> Desk:
        """A desk with all full lists loaded."""
        return open_desk(Settings(data_dir=self.loaded(), database_url=self._url(self._stored)))

    def loaded(self) -> Path:
        """A new data folder with all full lists in its store."""
        return shutil.copytree(self._stored, self.empty() / "copy")

    def empty(self) -> Path:
        """A new data folder."""
        path = self.folder / f"{next(self._numbers)}"
        path.mkdir()
        return path

    @cached_property
    def _stored(self) -> Path:
        path = self.empty()
        say(f"importing {len(self.lists)} full lists, once ...")
        desk = open_desk(Settings(data_dir=path, database_url=self._url(path)))
        for name, xml in self.lists.items():
            result = desk.import_list(name, xml, False)
            if result.outcome is not ImportOutcome.promoted:
                raise RuntimeError(result.words)
        desk.store.close()
        return path

    @staticmethod
    def _url(folder: Path) -> str:
        return f"sqlite:///{folder / 'travelban.sqlite3'}"


@contextmanager
def new_run(million: bool = False, show: bool = False, full: bool = False) -> Iterator[Run]:
    """A run whose folders are removed at its end."""
    with tempfile.TemporaryDirectory(prefix="travelban-bench-") as folder:
        yield Run(Path(folder), million, show, full)


def say(words: str) -> None:
    """How far a run is; the table alone goes to standard output."""
    print(words, file=sys.stderr, flush=True)


# ---------------------------------------------------------------- questions


def questions() -> Iterator[dict[str, Any]]:
    """Travel reports without end: another traveller, another day, another speaker each."""
    first = date(2010, 6, 9)
    for number in count():
        claims = [dict(claim) for claim in examples.REPORT["claims"]]
        claims[1] |= {"speaker": f"Broadcaster {number}"}
        leg = examples.REPORT["legs"][0] | {"from": str(first + timedelta(days=number % 5000))}
        role = f"commander of the Quds Force {number}"
        traveller = examples.REPORT["traveller"] | {"role": role}
        yield examples.REPORT | {"traveller": traveller, "legs": [leg], "claims": claims}


def names(desk: Desk, some: int) -> list[str]:
    """Distinct names: those of listed people with a typing error, and invented ones, in turn."""
    listed = [item.name for item in desk.record().listed.values()]
    step = max(1, len(listed) // (some // 2))
    wrong = [_typo(name, at) for at, name in enumerate(listed[::step])]
    unknown = (" ".join(invented_name(number)) for number in count(50_000))
    found: dict[str, None] = {}
    for name in wrong:
        found[name] = None
        found[next(unknown)] = None
    while len(found) < some:
        found[next(unknown)] = None
    return list(found)[:some]


def _typo(name: str, number: int) -> str:
    at = 1 + number % max(1, len(name) - 2)
    return name[:at] + name[at + 1 : at + 2] + name[at : at + 1] + name[at + 2 :]


# ---------------------------------------------------------------- processes


def environment(data: Path) -> dict[str, str]:
    """The environment of a process that is measured: no setting but these."""
    kept = {key: text for key, text in os.environ.items() if not key.startswith("TRAVELBAN_")}
    return kept | {"TRAVELBAN_DATA_DIR": str(data), "TRAVELBAN_PORT": "0", "PYTHONPATH": str(ROOT)}


TRAVELBAN = [sys.executable, "-c", "from app.cli import main; main()"]
"""The installed command, without needing its script."""


@contextmanager
def served(command: list[str], data: Path) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """A process that serves on loopback and answers /healthz, or 404; ended with the block."""
    # Its log is written, since that takes time in an office too, and to a file.
    with (data / "log").open("a") as log:
        process = subprocess.Popen(
            command,
            env=environment(data),
            cwd=data,
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
        )
    try:
        port = _port(process)
        _answers(process, port)
        yield process, port
    finally:
        process.terminate()
        try:
            process.wait(timeout=_PATIENCE / 3)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        if process.stdout:
            process.stdout.close()


def _port(process: subprocess.Popen[str]) -> int:
    for line in process.stdout or ():
        if found := re.search(r"Serving on http://127\.0\.0\.1:(\d+)", line):
            return int(found[1])
    raise RuntimeError(f"a served process ended with {process.wait()} before it served")


def _answers(process: subprocess.Popen[str], port: int) -> None:
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until and process.poll() is None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=_PATIENCE)
        try:
            connection.request("GET", "/healthz")
            connection.getresponse().read()
            return
        except ConnectionError:  # it says where it will serve a little before it does
            time.sleep(0.005)
        finally:
            connection.close()
    raise RuntimeError("a served process did not answer")


Part = Callable[[Run], Iterator[Row]]
