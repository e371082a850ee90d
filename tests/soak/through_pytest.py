"""Tests that draw examples, run again and again with other seeds and more examples."""

import os
import re
import signal
import subprocess
import sys

from tests.conftest import ROOT
from tests.soak.common import Finding, Part, postgres_server

_SCHEMATHESIS = "tests/api/test_schemathesis.py"
_HYPOTHESIS = (
    "tests/test_when.py",
    "tests/lists",
    "tests/screening",
    "tests/assessment",
    "tests/store/test_saved.py",
)
_LONG = re.compile(
    r"^from tests\.conftest import (.*|\([^)]*)\b(LONG|ONE_NOW|one_now)\b", re.MULTILINE
)
"""How a file begins that holds tests which `make test` leaves out."""
_PATIENCE = 20
_MOST_EXAMPLES = 400


def schemathesis(part: Part) -> str:
    """Rounds over the whole document, each with twice the examples of the one before."""
    if not (ROOT / _SCHEMATHESIS).exists():
        return "nothing: its test is not here"
    databases = "both databases" if postgres_server() else "SQLite; no PostgreSQL answers"
    said, examples = [], 20
    for _ in part.rounds(3):
        if part.until is None:
            examples = _MOST_EXAMPLES
        setting = {"TRAVELBAN_SCHEMATHESIS_EXAMPLES": str(examples)}
        said.append(f"{examples} examples a route: {_pytest(part, [_SCHEMATHESIS], setting)}")
        examples = min(2 * examples, _MOST_EXAMPLES)
    return f"on {databases}; " + "; ".join(said)


def long(part: Part) -> str:
    """Tests that `make test` leaves out, file by file: files and tests of each in random order."""
    files = [
        file.relative_to(ROOT).as_posix()
        for file in sorted((ROOT / "tests").rglob("test_*.py"))
        if _LONG.search(file.read_text())
    ]
    part.random.shuffle(files)
    said = []
    for number in part.rounds(len(files)):
        if number == len(files):
            break
        setting = {"TRAVELBAN_HYPOTHESIS_EXAMPLES": "200"}
        said.append(f"{files[number]}: {_pytest(part, [files[number]], setting, 'long')}")
    return f"{len(said)} of {len(files)} files; " + "; ".join(said)


def hypothesis(part: Part) -> str:
    """Rounds over property tests; each test that sets no number has many more examples."""
    paths = [path for path in _HYPOTHESIS if (ROOT / path).exists()]
    said = with_more_examples(part, _with_given(paths), 5)
    return f"{len(said)} rounds; " + "; ".join(said)


def with_more_examples(part: Part, paths: list[str], full: int) -> list[str]:
    """Rounds over files, each with four times the examples of the one before."""
    said, examples = [], 200
    for _ in part.rounds(full):
        if part.until is None:
            examples = 5000
        setting = {"TRAVELBAN_HYPOTHESIS_EXAMPLES": str(examples)}
        said.append(f"{examples} examples: {_pytest(part, paths, setting)}")
        examples = min(4 * examples, 5000)
    return said


def _with_given(paths: list[str]) -> list[str]:
    """Of files and folders, the test files that hold a property."""
    files = [
        file for path in paths for file in sorted((ROOT / path).rglob("test_*.py")) or [ROOT / path]
    ]
    return [
        file.relative_to(ROOT).as_posix()
        for file in files
        if not file.stem.endswith("_fuzz")
        and re.search(r"^@given\(", file.read_text(), re.MULTILINE)
    ]


def _pytest(part: Part, paths: list[str], setting: dict[str, str], marked: str = "") -> str:
    """One run: the last line it wrote, or that time was up; Finding when a test failed.

    Of all tests, or of those that are marked so.
    """
    seed = part.random.randrange(2**32)
    command = [
        sys.executable, "-m", "pytest", "-p", "tests.profiles", "-p", "no:cacheprovider", "-x",
        "-m", marked, f"--hypothesis-seed={seed}", *paths,
    ]  # fmt: skip
    process = subprocess.Popen(
        command, cwd=ROOT, env=os.environ | setting, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, text=True, start_new_session=True,
    )  # fmt: skip
    up = False
    try:
        output, _ = process.communicate(timeout=part.left)
    except subprocess.TimeoutExpired:
        up = True
        output = _ended(process)
    lines = [line for line in output.splitlines() if line.strip()]
    last = lines[-1] if lines else "it wrote nothing"
    failed = re.search(r"\b\d+ (failed|error)", last) is not None
    if up and failed:
        # An interruption inside a callback of the garbage collector counts as a test's fault.
        named = [line for line in lines if line.startswith(("FAILED ", "ERROR "))]
        failed = not all("PytestUnraisableExceptionWarning" in line for line in named)
    if failed or (not up and process.returncode):
        again = " ".join(f"{name}={text}" for name, text in setting.items())
        raise Finding("\n".join([*lines[-60:], f"Again: {again} {' '.join(command)}"]))
    # How far it came is in the dots.
    dots = sum(line.split(" ")[0].count(".") for line in lines if re.match(r"[.s]+(\s|$)", line))
    return f"time was up after {dots} tests" if up else last


def _ended(process: subprocess.Popen[str]) -> str:
    """What a process wrote until it was interrupted, so that it could drop its databases."""
    os.killpg(process.pid, signal.SIGINT)
    try:
        return process.communicate(timeout=_PATIENCE)[0]
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        return process.communicate()[0]
