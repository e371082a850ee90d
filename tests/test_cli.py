"""The terminal: every command with good and bad input, its exit code and its one line."""

import csv
import gzip
import hashlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from app.api.examples import REPORT
from app.cli import cli
from app.jobs import shipped
from app.law.coverage import coverage, lines
from app.record import legal_record
from app.serve import DATA
from tests.conftest import LONG
from tests.invented import only, xml
from tests.law.test_coverage import LAW
from tests.list_server import ListServer, list_server

ROOT = DATA.parent
FULL = xml("2026-05-01T00:00:00Z")
FEW = xml("2026-05-20T00:00:00Z", only("ZZi.001"))
STANDINGS = ("identity", "measure", "scope", "exemption", "event")
Run = Callable[..., Result]


def test_the_first_command_makes_the_store(run: Run, environment: Path) -> None:
    shutil.rmtree(environment)
    assert run("lists", "status").stdout.count("iran-1737.xml") == 1
    assert (environment / "travelban.sqlite3").exists()


@pytest.fixture
def run(environment: Path) -> Run:
    """Run a command; what nobody foresaw is a failure of the test."""

    def invoke(*words: object, stdin: str | bytes | None = None) -> Result:
        result = CliRunner().invoke(cli, [str(word) for word in words], input=stdin)
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    return invoke


@pytest.fixture
def report(tmp_path: Path) -> Path:
    """The sample travel report as a file."""
    path = tmp_path / "report.json"
    path.write_text(json.dumps(REPORT), encoding="utf-8")
    return path


def written(path: Path, body: bytes) -> Path:
    path.write_bytes(body)
    return path


def failed(result: Result, *words: str) -> str:
    """That a command failed with one line on stderr; the line."""
    assert result.exit_code == 1, result.output
    assert result.stdout == ""
    (line,) = result.stderr.splitlines()
    assert line.startswith("travelban: ")
    for word in words:
        assert word in line, line
    return line


def identifier(result: Result) -> str:
    return next(line for line in result.stdout.splitlines() if line.startswith("id "))[3:]


# ---------------------------------------------------------------- screen


def test_screen(run: Run) -> None:
    result = run("screen", "Qasem Soleimani", "--role", "commander of the Quds Force")
    assert result.exit_code == 0
    assert result.stderr == ""
    lines = result.stdout.splitlines()
    assert lines[0] == "identity: identified"
    assert next(line for line in lines if "IRi." in line and line[0].isdigit()).split()[1] == (
        "IRi.039"
    )
    # Why, too: of the name, and of what agrees.
    assert "“Qasem Soleimani” beside the primary name “QASEM SOLEIMANI”" in result.stdout
    assert "names the office on record (commander)" in result.stdout


def test_screen_as_json(run: Run) -> None:
    body = json.loads(run("screen", "قاسم سلیمانی", "--limit", 1, "--json").stdout)
    assert body["identity"]["standing"] == "ambiguous"
    assert len(body["candidates"]) == 1


def test_screen_ranks_everybody_at_a_threshold_of_0(run: Run) -> None:
    shown = run("screen", "Nobody", "--threshold", 0, "--limit", 100, "--json")
    assert len(json.loads(shown.stdout)["candidates"]) == 100  # of 1,423, as many as are shown


def test_not_on_the_list_is_done(run: Run) -> None:
    result = run("screen", "Ulvar Brandesko")
    assert result.exit_code == 0
    assert "not a clearance" in result.stdout


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([""], "name: is blank"),
        (["Qasem", "--birth-date", "1957-02-30"], "birth_date: is no day of the calendar"),
        (["Qasem", "--birth-date", ""], "birth_date"),
        (["Qasem", "--nationality", "XX"], "nationality: is not an ISO 3166-1 alpha-2 code"),
        (["Qasem", "--limit", "0"], "limit: is not between 1 and 100"),
        (["Qasem", "--limit", "101"], "limit: is not between 1 and 100"),
        (["Qasem", "--threshold", "2"], "threshold: is not between 0 and 1"),
        (["Qasem", "--known-at", "2099-01-01T00:00:00Z"], "known_at: 2099-01-01T00:00:00Z is in"),
        (["Qasem", "--as-of", "2015"], "as_of: is not a day"),
        (["Qasem", "--reference", "ZZi.404"], "reference"),
    ],
)
def test_screen_refuses(run: Run, words: list[str], said: str) -> None:
    failed(run("screen", *words), said)


# ---------------------------------------------------------------- screen, many names

NAMES = """id,name,birth_date,role
A-1,Qasem Soleimani,,commander of the Quds Force
A-2,Ulvar Brandesko,1961,
A-3,,,
A-4,"Soleimani, Qasem",1957-02-30,
A-5,Qasem Soleimani,,
"""


@pytest.fixture
def names(tmp_path: Path) -> Path:
    """A file of five names, of which two are wrong."""
    return written(tmp_path / "names.csv", NAMES.encode())


def test_screen_a_file(run: Run, names: Path) -> None:
    result = run("screen", "--file", names)
    assert result.exit_code == 1
    rows = list(csv.DictReader(result.stdout.splitlines()))
    assert [(row["id"], row["identity"], row["rank"]) for row in rows] == [
        ("A-1", "identified", "1"), ("A-1", "identified", "2"), ("A-2", "no_match", "0"),
        ("A-3", "", ""), ("A-4", "", ""), ("A-5", "ambiguous", "1"), ("A-5", "ambiguous", "2"),
    ]  # fmt: skip
    assert "names the office on record (commander)" in rows[0]["words"]
    assert "would tell them apart" in rows[-1]["reason"]
    first, second, last = result.stderr.splitlines()
    assert first == f"{names}: line 4: name: is blank"
    assert second == f"{names}: line 5: birth_date: is no day of the calendar"
    known_at = rows[0]["known_at"]
    assert last == f"travelban: {names}: 5 names, 2 not answered, known at {known_at}"


def test_screen_a_file_without_a_fault(run: Run, tmp_path: Path) -> None:
    path = written(tmp_path / "names.csv", b"name\nQasem Soleimani\n")
    result = run("screen", "--file", path, "--limit", 1, "--threshold", 0.5, "--format", "jsonl")
    assert result.exit_code == 0
    (line,) = result.stdout.splitlines()
    answer = json.loads(line)["answer"]
    assert (answer["policy"]["limit"], answer["policy"]["threshold"]) == (1, 0.5)
    (told,) = result.stderr.splitlines()
    assert told.startswith(f"{path}: 1 name, 0 not answered, known at {answer['known_at']}")
    alone = run("screen", "Qasem Soleimani", "--limit", 1, "--threshold", 0.5, "--json").stdout
    assert f'"answer":{alone.strip()},"errors":[]' in line


def test_screen_to_a_file(run: Run, names: Path, tmp_path: Path) -> None:
    for name, form in (("out.csv", ""), ("out.jsonl", ""), ("out.txt", "jsonl")):
        options = ["--format", form] if form else []
        result = run("screen", "--file", names, "--out", tmp_path / name, *options)
        assert (result.exit_code, result.stdout) == (1, "")
    assert (tmp_path / "out.csv").read_bytes() == run("screen", "--file", names).stdout_bytes
    lines = (tmp_path / "out.jsonl").read_bytes()
    assert len(lines.splitlines()) == 5
    assert (tmp_path / "out.txt").read_bytes() == lines


def test_screen_stdin(run: Run, names: Path, tmp_path: Path) -> None:
    told = run("screen", "--file", names)
    assert run("screen", "--file", "-", stdin=NAMES).stdout == told.stdout
    asked = '{"id": 1, "name": "Qasem Soleimani"}\n'
    by_ending = run("screen", "--file", written(tmp_path / "names.jsonl", asked.encode()))
    assert by_ending.exit_code == 0
    piped = run("screen", "--file", "-", stdin=asked)
    assert piped.stdout == by_ending.stdout
    assert piped.stderr.startswith("stdin: 1 name, ")


def test_screen_by_several_processes(
    run: Run, names: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # How far it is is told now and then, which on a busy machine is here too.
    monkeypatch.setattr("app.cli.monotonic", lambda: 0.0)
    one, two = run("screen", "--file", names), run("screen", "--file", names, "--workers", 2)
    assert (two.exit_code, two.stdout_bytes, two.stderr) == (1, one.stdout_bytes, one.stderr)


def test_screen_at_an_earlier_moment(run: Run, names: Path) -> None:
    before = "2015-01-01T00:00:00Z"
    result = run("screen", "--file", names, "--known-at", before, "--as-of", "2014-01-01")
    rows = list(csv.DictReader(result.stdout.splitlines()))
    assert {row["known_at"] for row in rows} == {before, ""}
    assert {row["identity"] for row in rows} == {"no_match", ""}


def test_very_many_wrong_rows_are_not_all_told(run: Run) -> None:
    result = run("screen", "--file", "-", stdin="name\n" + '""\n' * 50 + '"\x1b[31m"\n')
    lines = result.stderr.splitlines()
    assert len(lines) == 22
    assert lines[20] == "stdin: more of these stand in the output alone"
    assert "51 names, 51 not answered" in lines[21]
    assert len(result.stdout.splitlines()) == 52


def test_what_a_terminal_would_obey_is_not_told(run: Run) -> None:
    result = run("screen", "--file", "-", stdin='{"name": "Ali", "x\\u001b[31m\\u202e": 1}\n')
    assert result.stderr.splitlines()[0] == "stdin: line 1: x�[31m�: is not known here"


def test_how_far_it_is_is_told_now_and_then(
    run: Run, names: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seconds = iter(range(0, 1000, 6))
    monkeypatch.setattr("app.cli.monotonic", lambda: next(seconds))
    lines = run("screen", "--file", names).stderr.splitlines()
    so_far = [line for line in lines if "a second" in line]
    assert len(so_far) == 2
    assert so_far[0].startswith(f"{names}: 2 names, 0 not answered, 0 a second, about ")
    monkeypatch.setattr("app.cli.monotonic", lambda: next(seconds))
    lines = run("screen", "--file", "-", stdin=NAMES).stderr.splitlines()
    assert not any("left" in line for line in lines)


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("", "is empty"),
        ("name,nme\nAli,x\n", "the column 'nme' is not known here"),
        ("role\n", "has no column name"),
    ],
)
def test_screen_refuses_a_file(run: Run, tmp_path: Path, body: str, said: str) -> None:
    path = written(tmp_path / "names.csv", body.encode())
    out = written(tmp_path / "out.csv", b"kept")
    failed(run("screen", "--file", path, "--out", out), f"{path}: ", said)
    assert out.read_bytes() == b"kept"


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--threshold", "2"], "threshold: is not between 0 and 1"),
        (["--limit", "0"], "limit: is not between 1 and 100"),
        (["--as-of", "2015"], "as_of: is not a day"),
        (["--known-at", "2099-01-01T00:00:00Z"], "known_at: 2099-01-01T00:00:00Z is in"),
        (["--out", "{names}"], "is the file that is read"),
        (["--out", "{names}/x"], "cannot be written"),
        (["--file", "{names}.gone"], "cannot be read"),
        (["--file", "{folder}"], "cannot be read"),
    ],
)
def test_screen_a_file_refuses(run: Run, names: Path, options: list[str], said: str) -> None:
    options = [word.format(names=names, folder=names.parent) for word in options]
    failed(run("screen", "--file", names, *options), said)
    assert names.read_text(encoding="utf-8") == NAMES


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["Qasem", "--file", "-"],
        ["--file", "-", "--birth-date", "1957"],
        ["--file", "-", "--reference", "IRi.039"],
        ["--file", "-", "--json"],
        ["--file", "-", "--workers", "0"],
        ["--file", "-", "--format", "xml"],
        ["Qasem", "--out", "x.csv"],
        ["Qasem", "--format", "csv"],
        ["Qasem", "--workers", "2"],
    ],
)
def test_screen_used_wrongly(run: Run, words: list[str]) -> None:
    result = run("screen", *words, stdin=NAMES)
    assert (result.exit_code, result.stdout) == (2, "")


@pytest.mark.parametrize("how", ["interrupted", pytest.param("unread", marks=LONG)])
def test_ended_early_each_row_stands_whole(environment: Path, how: str) -> None:
    with subprocess.Popen(
        [*COMMAND, "screen", "--file", "-", "--format", "jsonl"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        env=dict(os.environ, PYTHONPATH=str(ROOT)),
    ) as process:  # fmt: skip
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        # Enough for what is read ahead: the answers are there while the file goes on.
        process.stdin.write(b"name\n" + b"Ulvar Brandesko\n" * 1000)
        process.stdin.flush()
        found = [json.loads(process.stdout.readline()) for _ in range(3)]
        assert [one["line"] for one in found] == [2, 3, 4]
        if how == "interrupted":
            process.send_signal(signal.SIGINT)
            rest = process.stdout.read()
            assert all(json.loads(line)["answer"] for line in rest.splitlines())
        else:
            process.stdout.close()
        (line,) = process.stderr.read().decode().splitlines()
        assert process.wait(timeout=30) == 1
        process.stdin.close()
    said = "interrupted after" if how == "interrupted" else "nobody reads the answers any more"
    assert line.startswith(f"travelban: stdin: {said}")


# ---------------------------------------------------------------- assess, replay


def test_assess_and_replay(run: Run, report: Path) -> None:
    result = run("assess", report)
    assert result.exit_code == 0
    assert result.stderr == ""
    assert "verdict:  contested" in result.stdout
    assert "S/RES/1929 (2010) paragraph 10" in result.stdout
    for name in STANDINGS:
        assert f"\n  {name}" in result.stdout
    again = run("assess", report)
    assert identifier(again) == identifier(result)
    replayed = run("replay", identifier(result))
    assert replayed.exit_code == 0
    assert replayed.stdout.startswith("same: contested\n")


def test_assess_from_stdin_as_json(run: Run, report: Path) -> None:
    result = run("assess", "-", "--json", stdin=report.read_bytes())
    assert result.exit_code == 0
    assert json.loads(result.stdout)["states"][0]["event"]["standing"] == "contested"
    assert run("assess", report, "--json").stdout == result.stdout


def test_assess_without_saving(run: Run, report: Path) -> None:
    result = run("assess", report, "--no-save")
    assert "verdict:  contested" in result.stdout
    failed(run("replay", identifier(result)), "no assessment", identifier(result))


def test_every_reason_is_printed(run: Run, tmp_path: Path) -> None:
    more = [
        {"type": "presupposes", "speaker": f"Minister {name}", "side": "third_state", "named": True}
        for name in ("A", "B", "C")
    ]
    body = json.dumps({**REPORT, "claims": [*REPORT["claims"], *more]})
    report = written(tmp_path / "report.json", body.encode())
    printed = run("assess", report, "--no-save").stdout
    (leg,) = json.loads(run("assess", report, "--no-save", "--json").stdout)["states"]
    reasons = [why["words"] for name in STANDINGS for why in leg[name]["reasons"]]
    assert len(leg["event"]["reasons"]) > 3
    assert [words for words in reasons if words not in printed] == []


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"", "is not JSON"),
        (b"{", "is not JSON"),
        (b"\xff\xfe", "is not JSON"),
        (b"[" * 100_000, "is not JSON"),
        (b"null", "the question"),
        (b"[]", "the question"),
        (b"{}", "traveller: "),
        (b'{"traveller": {"name": " "}, "legs": []}', "traveller.name: is blank"),
        (b'{"traveller": {"name": "\\ud800"}, "legs": []}', "traveller.name: holds half"),
    ],
)
def test_assess_what_is_no_report(run: Run, tmp_path: Path, body: bytes, said: str) -> None:
    failed(run("assess", written(tmp_path / "bad.json", body)), said)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"known_at": "2099-01-01T00:00:00Z"}, "known_at: 2099-01-01T00:00:00Z is in the future"),
        ({"extra": 1}, "extra: "),
        ({"legs": [{"state": "RU", "from": "2015-07-24", "to": "2015-07-23"}]}, "legs.0.to: is"),
        ({"traveller": {"name": "Qasem", "reference": "ZZi.404"}}, "traveller.reference: ZZi.404"),
    ],
)
def test_assess_a_question_that_cannot_stand(run: Run, change: dict[str, Any], said: str) -> None:
    line = failed(run("assess", "-", stdin=json.dumps({**REPORT, **change})), said)
    assert "instance of" not in line


def test_replay_of_nothing(run: Run) -> None:
    failed(run("replay", "nobody"), "no assessment nobody is on record")


# ---------------------------------------------------------------- lists


def test_lists_in_and_what_is_there(run: Run, tmp_path: Path) -> None:
    full = written(tmp_path / "full.xml.gz", gzip.compress(FULL))
    result = run("lists", "import", full)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.startswith(f"{full}: promoted: the full list of ")
    again = run("lists", "import", full)
    assert again.exit_code == 0
    assert ": unchanged: " in again.stdout
    shown = run("lists", "status")
    assert shown.exit_code == 0
    assert "2026-05-01  promoted    full" in shown.stdout
    assert "supplement" in shown.stdout
    assert "days old" in shown.stdout.splitlines()[-1]
    items = json.loads(run("lists", "status", "--json").stdout)["items"]
    assert [item["list_kind"] for item in items] == ["supplement", "full"]


@pytest.fixture
def amended(run: Run, tmp_path: Path) -> None:
    """Two lists on record: one name was amended, one reference is gone."""
    after = only("ZZi.002", "ZZi.003", "ZZi.004") | {"ZZi.003": ("CORVAN", "ILMARO")}
    for day, body in (
        ("05-01", FULL),
        ("05-20", xml("2026-05-20T00:00:00Z", after)),
    ):
        assert run("lists", "import", written(tmp_path / f"{day}.xml", body)).exit_code == 0


@pytest.mark.usefixtures("amended")
def test_lists_changes(run: Run) -> None:
    result = run("lists", "changes", "--since", "2026-05-02")
    assert (result.exit_code, result.stderr) == (0, "")
    gone, renamed, *fields = result.stdout.splitlines()
    assert gone.startswith("2026-05-01..2026-05-20  delisted   ZZi.001    ARDAN VELUR  [Invented]")
    assert renamed.startswith("2026-05-01..2026-05-20  amended    ZZi.003    CORVAN ILMARO")
    assert fields == ["    name", "      - CORVAN ILMARA", "      + CORVAN ILMARO"]
    shown = run("lists", "changes", "--since", "2026-05-02", "--kind", "amended", "--json")
    (item,) = json.loads(shown.stdout)["items"]
    assert (item["kind"], item["reference"]) == ("amended", "ZZi.003")
    for given in (("--reference", "ZZi.003"), ("--kind", "amended"), ("--regime", "ZZ")):
        found = run("lists", "changes", "--since", "2026-05-01", *given).stdout
        assert "CORVAN ILMARO" in found
    nothing = run("lists", "changes", "--since", "2026-05-21")
    assert nothing.stdout == "no change; the newest list is of 2026-05-20\n"
    early = run("lists", "changes", "--since", "2026-01-01", "--until", "2026-04-30")
    assert early.stdout == "no change; the newest list is of 2026-05-20\n"


def test_changes_are_between_two_lists(run: Run, tmp_path: Path) -> None:
    question = ("lists", "changes", "--since", "2026-01-01")
    result = run(*question)
    assert result.exit_code == 0
    assert result.stdout == "changes are between full lists, and none is on record\n"
    run("lists", "import", written(tmp_path / "full.xml", FULL))
    assert "only one, of 2026-05-01, is on record" in run(*question).stdout


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (("--since", "2026-02-30"), "--since is no day of the calendar: 2026-02-30"),
        (("--since", "2026-01-01", "--until", "May"), "--until is not a day"),
        (("--since", "2026-01-01", "--until", "2025-01-01"), "until: is before since"),
        (("--since", "2026-01-01", "--regime", "Mars"), "regime: Mars is no regime"),
        (("--since", "2026-01-01", "--reference", "ZZi.404"), "reference: ZZi.404 is on no list"),
    ],
)
def test_lists_changes_refused(run: Run, given: tuple[str, ...], words: str) -> None:
    failed(run("lists", "changes", *given), words)


def test_lists_changes_needs_a_day(run: Run) -> None:
    assert run("lists", "changes").exit_code == 2


def test_lists_import_a_supplement(run: Run, tmp_path: Path) -> None:
    result = run("lists", "import", "--supplement", written(tmp_path / "more.xml", FULL))
    assert result.exit_code == 0
    assert "the supplement of" in result.stdout


def test_a_quarantined_list_is_exit_code_3(run: Run, tmp_path: Path) -> None:
    full, few = written(tmp_path / "full.xml", FULL), written(tmp_path / "few.xml", FEW)
    result = run("lists", "import", full, few)
    assert (result.exit_code, result.stderr) == (3, "")
    assert [line.split(": ")[1] for line in result.stdout.splitlines()] == [
        "promoted",
        "quarantined",
    ]
    assert "quarantined" in run("lists", "status").stdout


def test_a_refused_list_counts_before_a_quarantined_one(run: Run, tmp_path: Path) -> None:
    files = {"full": FULL, "cut": FULL[:-40], "few": FEW, "gone": None}
    paths = [tmp_path / f"{name}.xml" for name in files]
    for path, body in zip(paths, files.values(), strict=True):
        if body is not None:
            path.write_bytes(body)
    result = run("lists", "import", *paths)
    assert result.exit_code == 1
    refusals = result.stderr.splitlines()
    assert [line.split(": ")[:2] for line in refusals] == [
        [str(paths[1]), "refused"],
        [str(paths[3]), "refused"],
    ]
    # Each of the others was tried all the same.
    assert [line.split(": ")[:2] for line in result.stdout.splitlines()] == [
        [str(paths[0]), "promoted"],
        [str(paths[2]), "quarantined"],
    ]


def test_the_real_lists(run: Run, shared: Path) -> None:
    folder = shared / "un_lists"
    names = ["2015-03-27T173713", "2023-02-22T114657"]
    result = run("lists", "import", *[folder / f"{name}.xml.xz" for name in names])
    assert result.exit_code == 3
    assert "Spanish" in result.stdout
    cut = run("lists", "import", folder / "damaged" / "truncated.xml.xz")
    assert cut.exit_code == 1
    assert len(cut.stderr.splitlines()) == 1


# ---------------------------------------------------------------- refresh


@pytest.fixture
def server(environment: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ListServer]:
    """A server on loopback that the settings name."""
    with list_server() as made:
        made.body = FULL
        monkeypatch.setenv("TRAVELBAN_UN_LIST_URL", made.url)
        monkeypatch.setenv("TRAVELBAN_FETCH_HOSTS", "localhost")
        monkeypatch.setenv("TRAVELBAN_FETCH_PRIVATE", "true")
        monkeypatch.setenv("TRAVELBAN_FETCH_CA_FILE", str(made.ca_file))
        monkeypatch.setenv("TRAVELBAN_FETCH_SECONDS", "10")
        yield made


def test_refresh(run: Run, server: ListServer) -> None:
    first = run("lists", "refresh")
    assert (first.exit_code, first.stderr) == (0, "")
    assert first.stdout.startswith("promoted: the full list of 00:00 UTC on 1 May 2026, 4 indiv")
    again = run("lists", "refresh", "--verbose")
    assert again.exit_code == 0
    assert again.stdout.endswith("is already here\n")
    assert again.stdout.startswith("unchanged: the full list of 00:00 UTC on 1 May 2026")
    assert again.stderr.startswith("fetched: https://localhost:")
    server.body = FEW
    aside = run("lists", "refresh")
    assert (aside.exit_code, aside.stderr) == (3, "")
    assert aside.stdout.startswith("quarantined: ")
    server.behave("half")
    broken = run("lists", "refresh")
    assert (broken.exit_code, broken.stdout) == (1, "")
    assert broken.stderr.startswith("failed: https://localhost broke off: peer closed")
    lines = run("lists", "refreshes").stdout.splitlines()
    assert [line.split()[1] for line in lines] == [
        "failed", "quarantined", "unchanged", "promoted",
    ]  # fmt: skip
    staged = run("lists", "refreshes", "--limit", 4, "--stages").stdout.splitlines()
    assert [line.split()[1] for line in staged if line.startswith(" ")] == [
        "fetched:", "stored:", "parsed:", "checked:", "fetched:",
        "fetched:", "stored:", "parsed:", "checked:", "promoted:",
    ]  # fmt: skip
    assert "last refresh: " in run("lists", "status").stdout.splitlines()[-1]
    assert "failed: https://localhost broke off" in run("lists", "status").stdout


def test_no_run_yet(run: Run) -> None:
    assert run("lists", "refreshes").stdout == "no run of the refresh is on record\n"


def test_a_host_that_is_not_named_is_not_asked(
    run: Run, server: ListServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRAVELBAN_FETCH_HOSTS", "lists.example")
    result = run("lists", "refresh")
    assert result.exit_code == 1
    assert result.stderr == (
        "failed: the host localhost is not asked: it is not among those allowed\n"
    )


# ---------------------------------------------------------------- accept, reject, export


def sha256(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()


@pytest.fixture
def aside(run: Run, tmp_path: Path) -> str:
    """The name of a list that was set aside."""
    run("lists", "import", written(tmp_path / "full.xml", FULL))
    assert run("lists", "import", written(tmp_path / "few.xml", FEW)).exit_code == 3
    return sha256(FEW)


def test_accept_and_reject(run: Run, aside: str) -> None:
    accepted = run("lists", "accept", aside[:12], "--because", "SC/1", "--by", "an officer")
    assert accepted.exit_code == 0
    assert accepted.stdout == (
        f"accepted: the full list of 2026-05-20, {aside[:12]}: SC/1 (an officer)\n"
    )
    again = run("lists", "accept", aside, "--because", "SC/2")
    assert (again.exit_code, again.stdout[:11]) == (0, "unchanged: ")
    assert "SC/1 (an officer)" in again.stdout
    assert run("screen", "Corvan Ilmara").stdout.splitlines()[-1].endswith("3 lists")
    rejected = run("lists", "reject", aside.upper(), "--because", "a mistake")
    assert (rejected.exit_code, rejected.stdout[:10]) == (0, "rejected: ")
    assert run("screen", "Corvan Ilmara").stdout.splitlines()[-1].endswith("2 lists")
    assert run("lists", "reject", aside, "--because", "again").stdout.startswith("unchanged: ")


@pytest.mark.parametrize("command", ["accept", "reject"])
@pytest.mark.parametrize("name", ["0" * 64, "0" * 12, "abc", "%%%%%%%%", "list.xml", ""])
def test_a_list_that_nobody_named(run: Run, aside: str, command: str, name: str) -> None:
    failed(run("lists", command, name, "--because", "SC/1"), f"no list is named {name}")


def test_a_decision_has_a_reason(run: Run, aside: str) -> None:
    assert run("lists", "accept", aside).exit_code == 2
    failed(run("lists", "accept", aside, "--because", " "), "--because is blank")
    failed(run("lists", "reject", aside, "--because", "x", "--by", ""), "--by is blank")


def test_status_says_why_and_who(run: Run, aside: str) -> None:
    lines = run("lists", "status").stdout.splitlines()
    (place,) = (number for number, line in enumerate(lines) if "quarantined" in line)
    assert lines[place + 1].strip().startswith("command line, 20")
    assert "it holds 1 records, less than 70%" in lines[place + 1]


def test_a_run_at_work_is_shown_until_its_lease_runs_out(run: Run, server: ListServer) -> None:
    server.behave("no_answer")
    code = "from app.cli import main; main()"
    process = subprocess.Popen([sys.executable, "-c", code, "lists", "refresh"], cwd=ROOT)
    while not server.requests:
        time.sleep(0.05)
    assert run("lists", "refreshes").stdout.split()[1:3] == ["at", "work"]
    process.kill()
    process.wait()
    assert run("lists", "refreshes").stdout.split()[1:3] == ["at", "work"]


def test_what_was_no_list_can_be_looked_at(run: Run, server: ListServer) -> None:
    server.behave("html")
    assert run("lists", "refresh").exit_code == 1
    told = run("lists", "refreshes", "--stages").stdout.splitlines()
    name = next(line for line in told if "stored" in line).split()[-1]
    body = run("lists", "export", name).stdout_bytes
    assert body.startswith(b"<!doctype html>")
    assert sha256(body) == name


def test_export(run: Run, aside: str, tmp_path: Path) -> None:
    assert run("lists", "export", aside).stdout_bytes == FEW
    path = tmp_path / "out.xml"
    assert run("lists", "export", aside[:8], path).exit_code == 0
    assert path.read_bytes() == FEW
    failed(run("lists", "export", "0" * 64, tmp_path / "none.xml"), "no list is named")
    assert not (tmp_path / "none.xml").exists()


# ---------------------------------------------------------------- law


def test_law_check_of_what_ships(run: Run) -> None:
    result = run("law", "check")
    assert (result.exit_code, result.stderr) == (0, "")
    first, *told = result.stdout.splitlines()
    assert first.endswith(": no error")
    law = legal_record(shipped.legal_files(), "2026-01-01T00:00:00.000000Z")
    for regime in law.regimes:
        (row,) = (line for line in told if line.startswith(f"{regime.id} "))
        own = coverage(regime, lines(law))
        assert str(own.checked) in row.split()
        assert str(own.unchecked) in row.split()
    (libya,) = (line for line in told if line.startswith("1970 "))
    assert "26 February 2011" in libya
    assert "in force, no term" in libya
    assert "--unchecked" in result.stdout
    assert "not compared with the source" not in result.stdout


def test_law_check_lists_what_nobody_compared(run: Run) -> None:
    told = run("law", "check", "--unchecked").stdout.splitlines()
    begins = told.index("not compared with the source that it cites:") + 1
    listed = told[begins : told.index("", begins)]
    law = legal_record(shipped.legal_files(), "2026-01-01T00:00:00.000000Z")
    assert [line.strip() for line in listed] == [
        line.words for line in lines(law) if not line.checked
    ]


@pytest.mark.parametrize(
    ("today", "told"),
    [
        (datetime(2032, 12, 30, 12, tzinfo=UTC), "in 1 day"),
        (datetime(2033, 1, 5, 12, tzinfo=UTC), "5 days ago: unknown since"),
    ],
)
def test_law_check_says_what_runs_out(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, today: datetime, told: str
) -> None:
    monkeypatch.setattr("app.cli.utc_now", lambda: today)
    (tmp_path / "law").mkdir()
    (tmp_path / "law" / "9001.yaml").write_text(LAW, encoding="utf-8")
    assert run("law", "check", tmp_path).stdout.endswith(
        "runs out within 90 days, or has run out:\n"
        f"  9001-1 (travel_ban): verified to 2032-12-31, {told}\n"
    )
    (tmp_path / "law" / "9001.yaml").unlink()
    shutil.copy(DATA / "law" / "2048.yaml", tmp_path / "law")
    assert run("law", "check", tmp_path).stdout.endswith("nothing runs out soon\n")


def test_law_check_names_every_error_with_file_and_line(run: Run, tmp_path: Path) -> None:
    data = tmp_path / "data"
    shutil.copytree(DATA, data)
    law, libya = data / "law" / "1737.yaml", data / "law" / "1970.yaml"
    law.write_text(law.read_text(encoding="utf-8").replace("2010-06-09", "2010-06-31"))
    libya.write_text(libya.read_text(encoding="utf-8") + "nonsense: true\n")
    result = run("law", "check", data)
    assert result.exit_code == 1
    *errors, last = result.stderr.splitlines()
    assert last == f"travelban: {len(errors)} errors in the legal record"
    assert {line.split(":")[0] for line in errors} == {"law/1737.yaml", "law/1970.yaml"}
    for line in errors:
        assert line.split(":")[1].isdigit(), line
    day = next(line for line in errors if line.startswith("law/1737.yaml"))
    number = int(day.split(":")[1])
    assert "2010-06-31" in law.read_text(encoding="utf-8").splitlines()[number - 1]


def test_a_file_that_is_no_text_hides_no_other_error(run: Run, tmp_path: Path) -> None:
    data = tmp_path / "data"
    shutil.copytree(DATA, data)
    (data / "exemptions" / "2048.yaml").write_bytes(b"\xff")
    with (data / "law" / "1970.yaml").open("a") as libya:
        libya.write("nonsense: true\n")
    errors = run("law", "check", data).stderr
    assert "exemptions/2048.yaml:1: is not UTF-8" in errors
    assert "law/1970.yaml:" in errors


def test_law_check_of_no_folder(run: Run, tmp_path: Path) -> None:
    assert run("law", "check", tmp_path / "nothing").exit_code in (1, 2)


def test_law_load(run: Run) -> None:
    result = run("law", "load")
    assert result.exit_code == 0
    assert "legal record" in result.stdout


def test_law_show_a_person(run: Run) -> None:
    shown = run("law", "show", "IRi.039").stdout
    assert "2010-06-09 to 2016-01-16: 1929-10 (travel_ban, binding)" in shown
    assert "until 16 January 2016: terminated by resolution 2231 (2015) paragraph 7(a)" in shown
    assert "until 18 October 2020: expired five years after Adoption Day" in shown
    assert "not compared: S/RES/2231 (2015) paragraph Annex B 6(e)" in shown
    assert shown.count("say that it is in force; Iran, the Russian Federation, China") == 1
    assert "minority claim: from 00:00 UTC on 20 September 2020" in shown
    assert "the 1737 Committee publishes exemptions: no" in shown
    assert "none found is not none granted" in shown
    as_json = json.loads(run("law", "show", "IRi.039", "--json").stdout)
    assert as_json["reference"] == "IRi.039"


def test_law_show_a_person_who_moved_to_another_list(run: Run) -> None:
    shown = run("law", "show", "TAi.024").stdout
    assert "until everybody on it moved on 2011-06-17" in shown
    assert "2002-01-16 to 2011-06-17: 1390-2b (travel_ban, binding)" in shown
    assert "2011-06-17 to …: 1988-1b (travel_ban, binding)" in shown
    assert "exemption 1988-2021-12-22: granted, 2021-12-22 to 2022-03-21 (both included)" in shown


def test_law_show_a_person_whose_list_has_no_travel_measure(run: Run) -> None:
    shown = run("law", "show", "IQi.001").stdout
    assert "no travel measure goes with it" in shown
    assert "none found is not none granted" not in shown
    assert "travel_ban" not in shown


def test_law_show_a_person_beyond_what_is_verified(run: Run) -> None:
    assert "verified to 1 July 2026, unknown after" in run("law", "show", "CDi.031").stdout
    shown = run("law", "show", "CDi.031", "--on", "2026-07-02").stdout
    assert ": unknown\n" in shown
    assert "1596-13 (travel_ban, binding): not_verified, verified to 1 July 2026" in shown
    assert "in_force" not in shown


def test_law_show_two_references_of_one_person(run: Run) -> None:
    shown = run("law", "show", "SOi.002").stdout
    assert "1844-1 (travel_ban, binding, as SOi.002)" in shown
    assert "1390-2b (travel_ban, binding, as QDi.042)" in shown


def test_law_show_a_regime(run: Run) -> None:
    shown = run("law", "show", "--regime", "2048").stdout
    assert shown.startswith("2048  Guinea-Bissau\n")
    assert "travel_ban" in shown
    assert "1929" not in shown
    assert run("law", "show", "--regime", "GB").stdout == shown
    assert run("law", "show", "--regime", "gbi").stdout == shown
    liberia = run("law", "show", "--regime", "1521").stdout
    assert "renewed 11 times, last by S/RES/2188 (2014) paragraph 2(a), to 9 September" in liberia
    assert "LRi.002 from 30 November 2005, to the end of the measure" in liberia
    assert "for LRi.007 alone; from 16 June 2006 (no leave needed; S/RES/1688" in liberia


def test_law_show_a_regime_without_a_travel_measure(run: Run) -> None:
    shown = run("law", "show", "--regime", "1518").stdout
    assert "no travel measure goes with it" in shown
    assert "1483-23: asset_freeze" in shown


def test_law_show_a_regime_on_a_day(run: Run) -> None:
    shown = run("law", "show", "--regime", "1970", "--on", "2011-09-11").stdout
    (named, frozen) = (line for line in shown.splitlines() if "as far as they were listed" in line)
    assert "LYi.020" in named
    assert "LYi.021" not in named
    assert "LYi.001" not in frozen
    assert "(the State decides; paragraph 16(d))" in shown
    congo = run("law", "show", "--regime", "1533", "--on", "2009-01-01").stdout
    assert "last renewed by S/RES/1857 (2008)" in congo
    assert "return home or justice" in congo
    assert "S/RES/2078" not in congo
    late = run("law", "show", "--regime", "1533", "--on", "2026-07-02").stdout
    assert "UNKNOWN on 2026-07-02: from 18 April 2005, verified to 1 July 2026" in late
    none = run("law", "show", "--regime", "1518", "--on", "2003-05-21")
    assert none.exit_code == 0
    assert "none of its measures was in force on 2003-05-21" in none.stdout


def test_law_show_on_a_day(run: Run) -> None:
    day = run("law", "show", "--on", "2010-06-08")
    assert "1929-10:" not in day.stdout
    assert "1747-2" in day.stdout
    page = json.loads(run("law", "show", "--on", "2010-06-09", "--regime", "Iran", "--json").stdout)
    assert {item["regime"] for item in page["items"]} == {"1737"}
    assert "1929-10" in {item["id"] for item in page["items"]}
    assert page["next"] is None


def test_law_show_of_a_person_on_a_day(run: Run) -> None:
    """`Only what was in force on that day.`"""
    shown = run("law", "show", "IRi.039", "--on", "2015-07-24").stdout
    assert "1929-10" in shown
    assert "2231-B-6e" not in shown


def test_law_show_says_whether_somebody_was_listed(run: Run) -> None:
    shown = run("law", "show", "1988:arsala-rahmani", "--on", "2011-07-14").stdout
    assert "No reference number was seen for Arsala Rahmani" in shown
    assert "before_our_record, listed: possible (delisted on 15 July 2011, and since" in shown
    assert "source: designation fact: delisted 2011-07-15" in shown
    shown = run("law", "show", "QDi.042", "--on", "2012-01-01").stdout
    assert "recorded as the same person: SOi.002" in shown
    assert shown.count("listing of ") == 2


def test_law_show_as_known_earlier(run: Run, tmp_path: Path) -> None:
    known = json.loads(run("law", "show", "IRi.039", "--json").stdout)["known_at"]
    path = tmp_path / "full.xml"
    path.write_bytes(xml("2026-05-30T00:00:00Z"))
    assert run("lists", "import", path).exit_code == 0
    assert run("law", "show", "ZZi.001", "--on", "2026-06-01").exit_code == 0
    failed(
        run("law", "show", "ZZi.001", "--on", "2026-06-01", "--known-at", known),
        "ZZi.001 is on no list",
    )
    failed(run("law", "show", "IRi.039", "--known-at", "2015"), "--known-at is not an instant")
    failed(run("law", "show", "--known-at", "2100-01-01T00:00:00Z"), "known_at")


def test_lists_check_names_a_list_cut_short_that_came_first(run: Run, tmp_path: Path) -> None:
    def beside_others() -> list[str]:
        # Facts on the Iran list are contradicted too, by lists of invented people.
        lines = run("lists", "check").stdout.splitlines()
        return [line for line in lines if line.startswith("the full list")]

    run("lists", "import", written(tmp_path / "few.xml", FEW))
    assert beside_others() == []
    run("lists", "import", written(tmp_path / "full.xml", FULL))
    (told,) = beside_others()
    assert told.startswith(
        f"the full list of 00:00 UTC on 20 May 2026, {sha256(FEW)[:12]}: it holds 1 records"
    )
    run("lists", "reject", sha256(FEW), "--because", "cut short")
    assert beside_others() == []


def test_lists_check(run: Run, tmp_path: Path) -> None:
    fine = run("lists", "check")
    assert fine.exit_code == 0
    assert fine.stdout.startswith("no contradiction")
    path = tmp_path / "full.xml"
    path.write_bytes(xml("2026-05-30T00:00:00Z", {"MLi.004": ("AHMED", "AG ALBACHAR")}))
    assert run("lists", "import", path).exit_code == 0
    told = run("lists", "check")
    assert told.exit_code == 1
    assert told.stdout.startswith(
        "MLi.004: a designation fact says delisted on 1 September 2023, but the full list of "
    )
    assert "contradict 1 designation fact, and nobody has accepted a side" in told.stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["IRi.404"], "IRi.404 is on no list and in no designation fact on record"),
        (["--regime", "9999"], "9999 is no regime of the legal record"),
        (["--regime", ""], "is no regime of the legal record"),
        (["IRi.039", "--regime", "1737"], "exclude each other"),
        (["--on", "2015-02-30"], "is no day of the calendar"),
        (["--on", "2015"], "is not a day"),
        (["--on", "1945-01-01"], "no measure on record is meant"),
    ],
)
def test_law_show_of_nothing(run: Run, words: list[str], said: str) -> None:
    failed(run("law", "show", *words), said)


# ---------------------------------------------------------------- cases


def test_cases_run(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "cases"
    folder.mkdir()
    shutil.copy(ROOT / "tests" / "cases" / "unlisted.yaml", folder)
    passed = run("cases", "run", folder)
    assert passed.exit_code == 0
    assert passed.stdout.endswith(" passed, 0 failed, 0 skipped\n")
    path = folder / "unlisted.yaml"
    path.write_text(
        path.read_text(encoding="utf-8").replace("cannot_assess", "contested"), encoding="utf-8"
    )
    otherwise = run("cases", "run", folder)
    assert otherwise.exit_code == 1
    assert "failed: unlisted.yaml:" in otherwise.stdout
    assert "expected contested, got cannot_assess" in otherwise.stdout


def test_cases_of_no_folder_or_no_cases(run: Run, tmp_path: Path) -> None:
    assert run("cases", "run", tmp_path / "nothing").exit_code == 2
    (tmp_path / "broken.yaml").write_text("cases: [", encoding="utf-8")
    assert run("cases", "run", tmp_path).exit_code == 1


# ---------------------------------------------------------------- usage, settings, store


@pytest.mark.parametrize(
    "words",
    [
        ["nonsense"], ["screen"], ["screen", "a", "b"], ["screen", "a", "--colour", "red"],
        ["screen", "a", "--gender", "x"], ["screen", "a", "--limit", "many"], ["assess"],
        ["assess", "nothing.json"], ["replay"], ["lists", "import"], ["lists", "nonsense"],
        ["law", "show", "a", "b"], ["cases", "run"], ["serve", "now"],
    ],
)  # fmt: skip
def test_usage_is_exit_code_2(run: Run, words: list[str]) -> None:
    result = run(*words)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "Error: " in result.stderr


def test_help_names_every_command(run: Run) -> None:
    shown = run("--help").stdout
    for name in ("serve", "screen", "assess", "replay", "lists", "law", "cases"):
        assert f"\n  {name} " in shown


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "many"), ("PORT", "70000"), ("THRESHOLD", "2"), ("DATABASE_URL", "mysql://a/b"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("words", [["serve"], ["screen", "Qasem"], ["lists", "status"]])
def test_a_wrong_setting_is_named(
    run: Run, monkeypatch: pytest.MonkeyPatch, name: str, value: str, words: list[str]
) -> None:
    monkeypatch.setenv(f"TRAVELBAN_{name}", value)
    failed(run(*words), f"TRAVELBAN_{name}: ")


def test_a_file_where_the_folder_should_be(run: Run, environment: Path) -> None:
    shutil.rmtree(environment)
    environment.write_text("a file")
    failed(run("lists", "status"))


def test_a_file_that_is_no_database(run: Run, environment: Path) -> None:
    (environment / "travelban.sqlite3").write_bytes(b"no database at all" * 100)
    failed(run("lists", "status"))


def test_a_database_that_does_not_answer(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        port = nobody.getsockname()[1]
    monkeypatch.setenv("TRAVELBAN_DATABASE_URL", f"postgresql://u:hunter2@127.0.0.1:{port}/x")
    assert "hunter2" not in failed(run("lists", "status"))


# ---------------------------------------------------------------- serve


def test_a_port_in_use(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        monkeypatch.setenv("TRAVELBAN_PORT", str(taken.getsockname()[1]))
        failed(run("serve"), "cannot listen on 127.0.0.1:", "Address already in use")


def test_an_address_that_is_not_here(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRAVELBAN_HOST", "192.0.2.1")
    failed(run("serve"), "cannot listen on 192.0.2.1:8000")


COMMAND = [sys.executable, "-c", "from app.cli import main; main()"]


@pytest.mark.parametrize("ended_by", [signal.SIGINT, pytest.param(signal.SIGTERM, marks=LONG)])
def test_serve_the_sample(environment: Path, ended_by: signal.Signals) -> None:
    told = dict(os.environ, TRAVELBAN_PORT="0", PYTHONPATH=str(ROOT))
    with subprocess.Popen(
        [*COMMAND, "serve", "--sample"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=told, text=True, encoding="utf-8",
    ) as process:  # fmt: skip
        assert process.stdout is not None
        lines = []
        for line in process.stdout:
            lines.append(line)
            if "curl" in line:
                break
        try:
            _said_what_it_should("".join(lines))
            address = lines[-1].split()[2].removesuffix("/v1/screenings")
            with urllib.request.urlopen(f"{address}/readyz", timeout=30) as answer:
                assert json.load(answer)["status"] == "ready"
            with urllib.request.urlopen(f"{address}/v1/assessments", timeout=30) as answer:
                assert json.load(answer)["items"] == []
        finally:
            process.send_signal(ended_by)
            _, errors = process.communicate(timeout=30)
    assert "Traceback" not in errors


def _said_what_it_should(text: str) -> None:
    assert "verdict:  contested" in text
    assert "sentence: No exemption is on record" in text
    for name in STANDINGS:
        assert f"\n  {name}" in text
    assert text.count("source: ") >= len(STANDINGS)
    assert "S/RES/1929 (2010) paragraph 10" in text
    assert "List served: " in text
    assert "days old" in text
    assert "lists import" in text
    assert "Serving on http://127.0.0.1:" in text


def test_one_line_and_an_exit_code_from_the_shell(environment: Path) -> None:
    told = dict(os.environ, PYTHONPATH=str(ROOT))
    done = subprocess.run(
        [*COMMAND, "replay", "nobody"], capture_output=True, text=True, env=told, check=False
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "travelban: no assessment nobody is on record\n"


def test_law_statement(run: Run) -> None:
    said = run(
        "law", "statement", "IRi.039", "travel_ban", "--since", "2007", "--as-of", "2015-08-15"
    )
    assert said.exit_code == 0
    assert said.output.startswith("half_right\n")
    assert "since 2007: wrong; since 9 June 2010" in said.output
    gone = run("law", "statement", "IRi.039", "travel_ban", "--not-in-force", "--until", "2020-10")
    assert gone.output.startswith("agrees\n  not under a travel ban after October 2020: right;")
    regime = run("law", "statement", "2048", "asset_freeze", "--as-of", "2020-01-01")
    assert regime.output.startswith("contradicts\n  with an asset freeze on 1 January 2020: wrong;")
    failed(run("law", "statement", "15", "travel_ban"), "regime")
    failed(run("law", "statement", "IRi.999", "travel_ban"), "IRi.999")
    failed(run("law", "statement", "IRi.039", "visa_ban"), "law.measure")
    failed(run("law", "statement", "IRi.039", "travel_ban", "--since", "soon"), "law.since")


def test_law_regimes(run: Run) -> None:
    told = run("law", "regimes").stdout.splitlines()
    law = legal_record(shipped.legal_files(), "2026-01-01T00:00:00.000000Z")
    assert [line.split()[0] for line in told] == [regime.id for regime in law.regimes]
    (congo,) = (line for line in told if line.startswith("1533 "))
    assert "from 18 April 2005, verified to 1 July 2026" in congo
    page = json.loads(run("law", "regimes", "--json").stdout)
    assert [item["id"] for item in page["items"]] == [regime.id for regime in law.regimes]


def test_saved_assessments(run: Run, tmp_path: Path) -> None:
    report = tmp_path / "report.json"
    report.write_text(json.dumps(REPORT))
    assert run("assess", report).exit_code == 0
    (line,) = run("assessments").output.splitlines()
    identifier = line.split()[-1]
    assert json.loads(run("assessments", identifier).output)["id"] == identifier
    failed(run("assessments", "nothing"), "nothing")


# ---------------------------------------------------------------- exemptions

LEAVE = {
    "regime": "1737",
    "references": ["IRi.001"],
    "outcome": "granted",
    "state": "AT",
    "places": ["Vienna"],
    "purpose": "an invented conference",
    "from": "2031-03-01",
    "until": "2031-03",
    "source": "invented",
    "recorded_by": "A. Officer",
}
OPTIONS = (
    "--regime", "1737", "--reference", "IRi.001", "--outcome", "granted", "--state", "AT",
    "--place", "Vienna", "--purpose", "an invented conference", "--from", "2031-03-01",
    "--until", "2031-03", "--source", "invented", "--by", "A. Officer",
)  # fmt: skip


def test_an_exemption_by_options_by_yaml_and_by_json_is_the_same(run: Run, tmp_path: Path) -> None:
    first = run("exemptions", "add", *OPTIONS)
    assert first.exit_code == 0, first.stderr
    said, line, whose = first.stdout.splitlines()
    assert said == "recorded"
    assert "granted  IRi.001; Vienna, AT; 1 March 2031 to March 2031; an invented" in line
    assert whose.strip().startswith("recorded here by A. Officer, 20")
    as_json = written(tmp_path / "leave.json", json.dumps(LEAVE, indent="\t").encode())
    lines = [f"{name}: {value}" for name, value in LEAVE.items()]
    as_yaml = written(tmp_path / "leave.yaml", "\n".join(lines).encode())
    for path in (as_json, as_yaml):
        again = run("exemptions", "add", "--file", path)
        assert again.stdout.splitlines() == ["on record already", line, whose]
    stdin = run("exemptions", "add", "--file", "-", "--json", stdin=json.dumps(LEAVE))
    found = json.loads(stdin.stdout)
    assert found["id"] == line.split()[0]
    assert {name: found[name] for name in LEAVE} == LEAVE


def test_options_go_before_the_file(run: Run, tmp_path: Path) -> None:
    path = written(tmp_path / "leave.json", json.dumps(LEAVE | {"recorded_by": None}).encode())
    result = run(
        "exemptions", "add", "--file", path, "--reference", "IRi.039", "--reference", "IRi.002",
        "--until", "2031-03-09", "--checked", "--resolution", "S/RES/1737 (2006)",
        "--adopted", "2006-12-23", "--note", "x", "--by", "B. Lawyer", "--json",
    )  # fmt: skip
    found = json.loads(result.stdout)
    assert found["references"] == ["IRi.039", "IRi.002"]
    assert (found["until"], found["checked"], found["note"]) == ("2031-03-09", True, "x")
    assert found["recorded_by"] == "B. Lawyer"
    assert found["authority"]["resolution"] == "S/RES/1737 (2006)"


def test_who_records_it_is_the_user_where_nobody_is_named(run: Run) -> None:
    result = run("exemptions", "add", *OPTIONS[:-2], "--json")
    assert json.loads(result.stdout)["recorded_by"]


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"- a list", "is no mapping"),
        (b"[1]", "is no mapping"),
        (b"\xff", "is not UTF-8"),
        (b"regime: [", "leave.yaml:2: "),
        (b"regime: 1737\nregime: 1737", "stands twice"),
        (b"", "is no mapping"),
    ],
)
def test_a_file_that_is_no_exemption(run: Run, tmp_path: Path, body: bytes, words: str) -> None:
    path = written(tmp_path / "leave.yaml", body)
    assert words in failed(run("exemptions", "add", "--file", path))


def test_an_exemption_that_cannot_stand(run: Run) -> None:
    for option, given, words in (
        ("--regime", "9999", "regime: 9999 is no regime"),
        ("--reference", "IRi.999", "references.1: IRi.999 is on no list"),
        ("--until", "2031-02", "until: is before from"),
        ("--from", "2031", "from: is no day or month"),
        ("--state", "XX", "state: "),
        ("--adopted", "2006-12-23", "authority.resolution: is missing"),
    ):
        assert words in failed(run("exemptions", "add", *OPTIONS, option, given))
    assert "outcome: is missing" in failed(run("exemptions", "add", "--regime", "1737"))
    assert run("exemptions", "add", "--outcome", "given").exit_code == 2


def test_exemptions_are_listed_and_taken_back(run: Run) -> None:
    shipped_lines = run("exemptions", "list").stdout.splitlines()
    assert len(shipped_lines) > 30
    assert run("exemptions", "list", "--regime", "1718").stdout.startswith("1718-2018-02-08  gran")
    found = json.loads(run("exemptions", "add", *OPTIONS, "--json").stdout)
    name = found["id"]
    for option, given, there in (
        ("--reference", "IRi.001", True), ("--reference", "IRi.039", False),
        ("--on", "2031-03-31", True), ("--on", "2031-04-01", False),
        ("--state", "AT", True), ("--state", "DE", False),
        ("--known-at", found["recorded_at"], True),
    ):  # fmt: skip
        listed = run("exemptions", "list", "--regime", "1737", option, given).stdout
        assert listed.startswith(name) is there, (option, given)
        assert there or "none found is not none granted" in listed
    page = json.loads(run("exemptions", "list", "--on", "2031-03-31", "--json").stdout)
    assert page["items"] == [found]
    first = run("exemptions", "withdraw", name, "--because", "misread", "--by", "B. Lawyer")
    assert first.stdout == f"taken back: {name}: misread (B. Lawyer)\n"
    again = run("exemptions", "withdraw", name, "--because", "other")
    assert again.exit_code == 0
    assert again.stdout.startswith("taken back before, 20")
    assert "misread (B. Lawyer)" in again.stdout
    assert run("exemptions", "list").stdout.splitlines() == shipped_lines
    then = run("exemptions", "list", "--known-at", found["recorded_at"]).stdout
    assert name in then


def test_exemptions_asked_wrongly(run: Run) -> None:
    for option, given in (
        ("--regime", "9999"), ("--reference", "IRi.999"), ("--state", "XX"), ("--on", "2031"),
        ("--known-at", "2031"), ("--known-at", "2099-01-01T00:00:00Z"),
    ):  # fmt: skip
        assert given in failed(run("exemptions", "list", option, given))
    assert "has the id nobody" in failed(run("exemptions", "withdraw", "nobody", "--because", "x"))
    ships = run("exemptions", "withdraw", "1718-2018-02-08", "--because", "x")
    assert "ships with the project" in failed(ships)
    blank = run("exemptions", "withdraw", "nobody", "--because", " ")
    assert "--because is blank" in failed(blank)
    assert run("exemptions", "withdraw", "nobody").exit_code == 2


def test_an_assessment_says_whose_exemption_it_is(run: Run, tmp_path: Path) -> None:
    run("exemptions", "add", *OPTIONS)
    question = {
        "traveller": {"name": "Abbasi-Davani", "reference": "IRi.001"},
        "legs": [{"state": "AT", "place": "Vienna", "from": "2031-03-01"}],
    }
    path = written(tmp_path / "question.json", json.dumps(question).encode())
    result = run("assess", path, "--no-save")
    assert "recorded here by A. Officer" in result.stdout


def test_backup(run: Run, environment: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.sqlite3"
    said = run("backup", copy)
    assert said.exit_code == 0
    assert said.stdout == f"{copy}: {copy.stat().st_size} bytes, whole\n"
    failed(run("backup", copy), "is there already")
    failed(run("backup", tmp_path / "no" / "copy"), "no copy was made: ")
    shutil.rmtree(environment)
    failed(run("backup", tmp_path / "other"), "there is no store yet")
