"""The documents and the program say the same: headings, links, paths, examples, counts."""

import csv
import json
import os
import re
import shlex
import sys
from collections.abc import Callable, Iterator
from dataclasses import fields
from enum import StrEnum
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import click
import pytest
from click.testing import CliRunner
from pydantic import TypeAdapter

from app.api import examples, problem
from app.api.body import MOST_BYTES
from app.api.routes import MOST_QUESTIONS
from app.assessment.article import Article, ArticleAsked, ReviewGiven
from app.assessment.exemptions import ExemptionGiven, WithdrawalGiven
from app.assessment.screen import ScreeningAsked
from app.assessment.verdict import FACTS
from app.cli import cli
from app.jobs import archive, bulk, cases, shipped
from app.law import files as law_files
from app.law.coverage import coverage, lines
from app.lists import designations as designation_files
from app.record import legal_record
from app.settings import PREFIX, Settings
from app.store import facts
from app.terms import (
    Covers,
    Decider,
    DesignationEvent,
    Ending,
    ExceptionKind,
    ExemptionOutcome,
    LegalRecord,
    MeasureKind,
    Policy,
    Publishes,
    ReachMode,
    Report,
    Strength,
    Tables,
)
from app.written import Errors
from tests.conftest import ROOT, Clock, make_desk

sys.path.insert(0, str(ROOT / "scripts"))

import law_document

DOCS = ROOT / "docs"
CORRECTING = DOCS / "correcting-the-law.md"
README = ROOT / "README.md"
PAGES = sorted([README, ROOT / "CHANGELOG.md", *DOCS.rglob("*.md")])
NAMES = [path.relative_to(ROOT).as_posix() for path in PAGES]
ROOMS = ("app", "benchmarks", "data", "docs", "migrations", "scripts", "tests")
"""A text in backticks that begins with one of these folders is a path in the project."""
FILES = re.compile(r"(Makefile|Dockerfile|LICENSE|[\w-]+\.(md|toml|lock|ini))")
"""So is one of these: files at the top, or beside the page."""

_FENCED = re.compile(r"^```[^\n]*\n(.*?)^```$", re.MULTILINE | re.DOTALL)


# ---------------------------------------------------------------- reading pages


def text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def prose(page: str) -> str:
    """A page without its fenced blocks."""
    return _FENCED.sub("", page)


def fenced(page: str) -> list[str]:
    """The fenced blocks of a page."""
    return _FENCED.findall(page)


def headings(page: str, level: int | None = None) -> list[str]:
    """The headings of a page, of one level or of all."""
    marks = "#" * level if level else "#{1,6}"
    return re.findall(rf"^{marks} (.+?)\s*$", prose(page), re.MULTILINE)


def sections(page: str) -> dict[str, str]:
    """Each heading of the second level, and what stands below it."""
    parts = re.split(r"^## (.+?)\s*$", page, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def marked(page: str) -> set[str]:
    """Everything that stands in backticks within a line."""
    return set(re.findall(r"`([^`\n]+)`", prose(page)))


def anchor(heading: str) -> str:
    """The fragment by which a link names a heading."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def broken_links(path: Path) -> list[str]:
    """The relative links of a page that lead nowhere."""
    found = []
    for link in re.findall(r"\]\(([^)\s]+)\)", prose(text(path))):
        parts = urlsplit(link)
        if parts.scheme or parts.netloc:
            continue
        meant = (path.parent / parts.path).resolve() if parts.path else path
        if not meant.exists() or (
            parts.fragment
            and parts.fragment not in {anchor(heading) for heading in headings(text(meant))}
        ):
            found.append(link)
    return found


def missing_paths(path: Path) -> list[str]:
    """Paths of the project that a page names in backticks and that are not there."""
    found = []
    for token in sorted(marked(text(path))):
        if not re.fullmatch(r"[\w./-]+", token):
            continue
        if token.split("/")[0] in ROOMS and "/" in token:
            there = (ROOT / token).exists()
        elif FILES.fullmatch(token):
            there = (ROOT / token).exists() or (path.parent / token).exists()
        else:
            continue
        if not there:
            found.append(token)
    return found


# ---------------------------------------------------------------- every page


@pytest.mark.parametrize("name", NAMES)
def test_links_lead_somewhere(name: str) -> None:
    assert broken_links(ROOT / name) == []


@pytest.mark.parametrize("name", NAMES)
def test_paths_exist(name: str) -> None:
    assert missing_paths(ROOT / name) == []


@pytest.mark.parametrize("name", NAMES)
def test_one_title_and_fences_that_close(name: str) -> None:
    page = text(ROOT / name)
    assert len(headings(page, 1)) == 1
    assert len(re.findall(r"^```", page, re.MULTILINE)) == 2 * len(fenced(page))
    assert len(headings(page, 2)) == len(set(headings(page, 2)))


def test_broken_links_and_paths_are_found(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(
        "# A\n\n## What is there\n\n[a](#what-is-there) [b](#not-there) [c](gone.md) "
        "[d](page.md#what-is-there) [e](page.md#not-there) [f](https://un.example/x)\n"
        "`app/terms.py` `app/gone.py` `tests/gone/` `/v1/measures` `gone.toml` `page.md`\n"
        "```\n[g](fenced.md) `app/fenced.py`\n```\n",
        encoding="utf-8",
    )
    assert broken_links(page) == ["#not-there", "gone.md", "page.md#not-there"]
    assert missing_paths(page) == ["app/gone.py", "gone.toml", "tests/gone/"]


def test_every_page_is_reached_from_the_readme() -> None:
    reached: set[Path] = set()
    left = [README]
    while left:
        path = left.pop()
        if path in reached:
            continue
        reached.add(path)
        for link in re.findall(r"\]\(([^)\s#]+)[^)]*\)", prose(text(path))):
            meant = (path.parent / link).resolve()
            if meant.suffix == ".md" and meant.exists():
                left.append(meant)
    decisions = set((DOCS / "decisions").glob("*.md"))
    assert set(PAGES) - decisions - reached == set()


# ---------------------------------------------------------------- decisions


def test_decisions_are_numbered_once_without_a_gap() -> None:
    paths = sorted((DOCS / "decisions").iterdir())
    assert all(re.fullmatch(r"\d{4}-[a-z0-9-]+\.md", path.name) for path in paths)
    numbers = [int(path.name[:4]) for path in paths]
    assert numbers == list(range(1, len(paths) + 1))


@pytest.mark.parametrize("path", sorted((DOCS / "decisions").glob("*.md")), ids=lambda p: p.stem)
def test_a_decision_has_its_form(path: Path) -> None:
    assert text(path).startswith(f"# {path.name[:4]} ")
    assert headings(text(path), 2) == ["Context", "Decision", "Consequence"]


def test_every_dependency_has_its_line() -> None:
    pyproject = text(ROOT / "pyproject.toml")
    block = pyproject.partition("dependencies = [")[2].partition("[project.scripts]")[0]
    named = set(re.findall(r'^\s+"([A-Za-z0-9-]+)(?:\[\w+\])?[=<>]', block, re.MULTILINE))
    named |= set(re.findall(r'^(?:postgres|html) = \["([\w-]+)', block, re.MULTILINE))
    page = text(DOCS / "decisions" / "0003-dependencies.md")
    rows = re.findall(r"^\| ([^|]+) \|", page, re.MULTILINE)
    lines = {part.split(" ")[0] for row in rows for part in row.split(", ")}
    assert len(named) > 20
    assert named - lines == set()


# ---------------------------------------------------------------- settings


def settings() -> list[str]:
    return [f"{PREFIX}{name.upper()}" for name in Settings.model_fields]


def _shown(default: Any) -> str:
    """A default as one would write it in the environment."""
    if isinstance(default, tuple):
        return ",".join(default) or "none"
    return str(default).lower() if default in (None, True, False) else str(default)


def test_every_setting_has_its_heading() -> None:
    assert headings(text(DOCS / "settings.md"), 2) == settings()


def test_the_readme_has_every_setting_with_its_default() -> None:
    rows = dict(re.findall(r"^\| `(TRAVELBAN_\w+)` \| ([^|]+) \|", text(README), re.MULTILINE))
    assert list(rows) == settings()
    for name, field in Settings.model_fields.items():
        if name in ("data_dir", "database_url", "un_list_url"):
            continue
        default = f"`{_shown(field.default)}`"
        assert rows[f"{PREFIX}{name.upper()}"] == default
        assert default in sections(text(DOCS / "settings.md"))[f"{PREFIX}{name.upper()}"]


# ---------------------------------------------------------------- routes and problems


@pytest.fixture(scope="module")
def parameters() -> dict[str, set[str]]:
    """Each route as `METHOD /path`, with its parameters in query and headers."""
    document = json.loads(text(ROOT / "openapi.json"))
    return {
        f"{method.upper()} {path}": {
            given["name"] for given in route.get("parameters", ()) if given["in"] != "path"
        }
        for path, methods in document["paths"].items()
        for method, route in methods.items()
    }


def test_every_route_has_its_heading(parameters: dict[str, set[str]]) -> None:
    assert "POST /v1/assessments" in parameters
    assert sorted(headings(text(DOCS / "api.md"), 2)) == sorted(parameters)


def test_every_page_has_its_heading() -> None:
    told = set(headings(text(DOCS / "page.md"), 2))
    routes = re.findall(r'@router\.(?:get|post)\(\s*"([^"]+)"', text(ROOT / "app/page/routes.py"))
    assert "/journey" in routes
    assert set(routes) - told == set()


def test_every_parameter_is_told_of(parameters: dict[str, set[str]]) -> None:
    page = text(DOCS / "api.md")
    told = sections(page)
    general = marked(page.partition("\n## ")[0])
    for name, given in parameters.items():
        assert given - marked(told[name]) - general == set(), name
    assert any(parameters.values())


@pytest.mark.parametrize(
    ("heading", "asked"),
    [
        ("POST /v1/screenings", ScreeningAsked),
        ("POST /v1/assessments", Report),
        ("POST /v1/articles", ArticleAsked),
        ("POST /v1/articles/{sha256}/reviews", ReviewGiven),
        ("POST /v1/exemptions", ExemptionGiven),
        ("POST /v1/exemptions/{id}/withdrawal", WithdrawalGiven),
    ],
)
def test_every_field_of_a_question_is_told_of(heading: str, asked: Any) -> None:
    words = marked(sections(text(DOCS / "api.md"))[heading])
    assert {field.name.rstrip("_") for field in fields(asked)} - words == set()


def test_every_field_of_an_article_answered_is_told_of() -> None:
    words = marked(sections(text(DOCS / "api.md"))["POST /v1/articles"])
    assert {field.name for field in fields(Article)} - words == set()


def test_every_problem_has_its_heading_and_status() -> None:
    found = sections(text(DOCS / "problems.md"))
    assert list(found) == list(problem.KINDS)
    for name, kind in problem.KINDS.items():
        assert found[name].lstrip().startswith(f"**Status {kind.status}")
        assert "Cause: " in found[name]
        assert "Remedy: " in found[name]


def test_the_list_of_questions_shown_is_answered(
    sqlite_url: str, tables: Tables, policy: Policy, clock: Clock
) -> None:
    told = sections(text(DOCS / "api.md"))["POST /v1/screenings"]
    asked = requests(told)["/v1/screenings"]
    questions = TypeAdapter(tuple[ScreeningAsked, ...]).validate_python(asked)
    with facts.open_store(sqlite_url) as store:
        shipped.load(store, shipped.DATA, clock)
        answers = make_desk(store, tables, policy, clock).screen_all(questions).items
    assert [item.identity.standing for item in answers] == ["identified", "no_match"]
    assert f"1 to {MOST_QUESTIONS} such" in told


def test_the_largest_body_is_told() -> None:
    for name in ("api.md", "problems.md"):
        assert f"{MOST_BYTES // 1024 // 1024} MiB" in text(DOCS / name)


def test_the_problem_shown_has_the_shape() -> None:
    shown = json.loads(fenced(text(DOCS / "problems.md"))[0])
    found = TypeAdapter(problem.Problem).validate_python(shown)
    kind = problem.KINDS[found.type.rpartition(":")[2]]
    assert (found.status, found.title) == (kind.status, kind.title)


# ---------------------------------------------------------------- command line


def commands(group: click.Group, before: str = "travelban") -> Iterator[tuple[str, click.Command]]:
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from commands(command, f"{before} {name}")
        else:
            yield f"{before} {name}", command


def test_every_command_has_its_heading_and_options() -> None:
    told = sections(text(DOCS / "cli.md"))
    found = dict(commands(cli))
    assert sorted(told) == sorted(found)
    for name, command in found.items():
        for parameter in command.params:
            for option in parameter.opts if isinstance(parameter, click.Option) else ():
                assert re.search(rf"`{option}[` ]", told[name]), f"{name}: {option}"


def test_the_readme_has_every_command() -> None:
    block = next(item for item in fenced(text(README)) if item.startswith("travelban serve"))
    lines = block.splitlines()
    for name, _ in commands(cli):
        assert any(line.startswith(f"{name} ") for line in lines), name


def test_exit_codes_are_told() -> None:
    for code in ("**0**", "**1**", "**2**", "**3**"):
        assert code in text(DOCS / "cli.md")


# ---------------------------------------------------------------- verdicts


def test_every_row_has_its_heading_in_order(tables: Tables) -> None:
    found = re.findall(r"^### (\d+)\. (\w+)$", text(DOCS / "verdicts.md"), re.MULTILINE)
    rows = [row.verdict for row in tables.verdicts]
    assert found == [(str(place), verdict) for place, verdict in enumerate(rows, 1)]


def test_gravity_stands_as_in_the_table(tables: Tables) -> None:
    below = sections(text(DOCS / "verdicts.md"))["From least to gravest"]
    assert re.findall(r"^\d+\. `(\w+)`$", below, re.MULTILINE) == list(tables.gravity)


def test_every_row_names_the_standings_it_asks_for(tables: Tables) -> None:
    parts = re.split(r"^### \d+\. (\w+)$", text(DOCS / "verdicts.md"), flags=re.MULTILINE)
    told = dict(zip(parts[1::2], parts[2::2], strict=True))
    for row in tables.verdicts:
        for alternative in row.when:
            for fact in ("identity", "measure", "scope", "exemption", "event"):
                for word in alternative.get(fact, ()):
                    assert f"`{word}`" in told[row.verdict] or fact == "identity", (
                        f"{row.verdict}: {word}"
                    )


def test_every_standing_is_explained() -> None:
    below = sections(text(DOCS / "verdicts.md"))["The standings and their words"]
    for name in ("identity", "measure", "scope", "exemption", "event"):
        line = next(line for line in below.splitlines() if line.startswith(f"**{name}**: "))
        assert set(FACTS[name]) - {"not_asked"} == set(re.findall(r"`(\w+)`", line))


# ---------------------------------------------------------------- the legal record


@pytest.fixture(scope="module")
def law() -> LegalRecord:
    """The legal record that ships."""
    return legal_record(shipped.legal_files(), "2026-01-01T00:00:00.000000Z")


def test_the_page_on_the_law_says_what_the_data_says(law: LegalRecord) -> None:
    assert text(DOCS / "law.md") == law_document.text(law), "make law writes it anew"


def test_the_page_on_the_law_holds_every_regime_and_measure(law: LegalRecord) -> None:
    below = sections(text(DOCS / "law.md"))
    found = lines(law)
    for regime in law.regimes:
        told = below[f"{regime.id}: {regime.name}"]
        own = coverage(regime, found)
        assert f"{own.checked} line" in told
        assert f", {own.unchecked} not." in told
        assert re.findall(r"^\| `([\w-]+)` \|", told, re.MULTILINE) == [
            item.id for item in regime.measures
        ]
    counts = below["What has been compared with its source, and what has not"]
    flags = [line.checked for line in found]
    assert f"| all | {sum(flags)} | {len(flags) - sum(flags)} |" in counts


def test_the_traps_are_those_of_the_record(law: LegalRecord) -> None:
    page = text(DOCS / "traps.md")
    measures = {item.id: item for regime in law.regimes for item in regime.measures}
    number = len(measures["2231-B-6e"].reach.references)
    assert f"{number} Iranians" in page
    assert measures["2231-B-6e"].intervals[-1].until == "2020-10-18"
    assert measures["1718-8e"].reach.mode is ReachMode.listed_and_family
    assert {item.kind for item in measures["1718-8e"].exceptions}.isdisjoint(
        {ExceptionKind.judicial_process}
    )
    by_number = {regime.id: regime for regime in law.regimes}
    assert {item.kind for item in by_number["2048"].measures} == {MeasureKind.travel_ban}
    assert len(headings(page, 2)) == 4


SHOWN = [CORRECTING, DOCS / "traps.md", DOCS / "cli.md"]
"""Pages of which each block that begins with `$ travelban law` is run."""


@pytest.fixture(scope="module")
def terminal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], list[str]]]:
    """Run a command over what ships; the lines that it prints."""
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith(PREFIX)]:
            patch.delenv(name)
        patch.setenv(f"{PREFIX}DATA_DIR", str(tmp_path_factory.mktemp("var")))

        def run(command: str) -> list[str]:
            done = CliRunner().invoke(cli, shlex.split(command)[1:])
            assert done.exit_code == 0, (command, done.output)
            return done.stdout.splitlines()

        yield run


def sessions(page: str) -> Iterator[tuple[str, list[str]]]:
    """Each command that a page shows with a dollar sign, and the lines shown below it."""
    for block in fenced(page):
        command: str | None = None
        shown: list[str] = []
        for line in [*block.splitlines(), "$ "]:
            if line.startswith("$ "):
                if command is not None:
                    yield command, shown
                command, shown = line[2:], []
            else:
                shown.append(line)


def otherwise(shown: list[str], printed: list[str]) -> str | None:
    """The first line shown that was not printed there; a line of `…` stands for any number.

    Within a line `…` stands for anything.
    """
    place, skipping = 0, False
    for line in shown:
        if line == "…":
            skipping = True
            continue
        like = re.compile(".*".join(map(re.escape, line.split("…"))))
        while skipping and place < len(printed) and not like.fullmatch(printed[place]):
            place += 1
        if place == len(printed) or not like.fullmatch(printed[place]):
            return line
        place, skipping = place + 1, False
    return None if skipping or place == len(printed) else "the end"


def test_a_line_that_was_not_printed_is_found() -> None:
    printed = ["one", "two", "three to 4"]
    for right in (printed, ["…", "two", "…"], ["one", "…", "three to …"], ["one", "…"]):
        assert otherwise(right, printed) is None
    for wrong, line in (
        (["one", "three to 4"], "three to 4"),
        (["…", "four"], "four"),
        (["…", "two", "one"], "one"),
        (["one"], "the end"),
        ([*printed, "five"], "five"),
    ):
        assert otherwise(wrong, printed) == line


@pytest.mark.parametrize("page", SHOWN, ids=lambda path: path.name)
def test_what_a_page_shows_of_a_command_is_what_it_prints(
    page: Path, terminal: Callable[[str], list[str]]
) -> None:
    asked = [item for item in sessions(text(page)) if item[0].startswith("travelban law")]
    assert asked
    for command, shown in asked:
        assert otherwise(shown, terminal(command)) is None, command


def test_the_errors_shown_are_real(law: LegalRecord) -> None:
    path = "law/2048.yaml"
    good = shipped.legal_files()[path]
    bad = good.replace("adopted: 2012-05-18", "adopted: 2012-05-32")
    bad = bad.replace("decider: committee", "decider: comittee", 1)
    errors = Errors()
    law_files.regimes({path: bad}, errors)
    assert len(errors.found) == 2
    last = f"travelban: {len(errors.found)} errors in the legal record\n"
    assert "\n".join([*errors.found, last]) in fenced(text(CORRECTING))


def test_the_exemptions_shown_are_those_that_ship() -> None:
    shipped_text = text(ROOT / "data" / "exemptions" / "1718.yaml")
    bare = "".join(line for line in shipped_text.splitlines(True) if not line.startswith("#"))
    assert bare in fenced(text(CORRECTING))


def test_the_regime_shown_is_the_one_that_ships() -> None:
    shipped_text = text(ROOT / "data" / "law" / "2048.yaml")
    bare = "".join(line for line in shipped_text.splitlines(True) if not line.startswith("#"))
    assert bare in fenced(text(CORRECTING))


def test_every_key_of_the_form_is_told_of() -> None:
    words = marked(text(CORRECTING))
    keys = " ".join(
        (
            law_files._TOP,
            law_files._STATED,
            law_files._MEASURE,
            law_files._INTERVAL,
            law_files._EXCEPTION,
            law_files._AUTHORITY,
            law_files._EXEMPTION,
            designation_files._TOP,
            designation_files._FACT,
        )
    )
    whole = " ".join([*words, *fenced(text(CORRECTING))])
    assert {key for key in keys.split() if not re.search(rf"\b{key}\b", whole)} == set()


@pytest.mark.parametrize(
    "words",
    [
        Covers,
        Decider,
        DesignationEvent,
        Ending,
        ExceptionKind,
        ExemptionOutcome,
        MeasureKind,
        Publishes,
        ReachMode,
        Strength,
    ],
)
def test_every_word_of_the_form_is_told_of(words: type[StrEnum]) -> None:
    assert {str(word) for word in words} - marked(text(CORRECTING)) == set()


def test_the_case_shown_passes(tmp_path: Path, policy: Policy) -> None:
    shown = next(item for item in fenced(text(CORRECTING)) if item.startswith("title: "))
    (tmp_path / "shown.yaml").write_text(shown, encoding="utf-8")
    results = cases.run(tmp_path, shipped.DATA, None, policy)
    assert len(results) > 1
    assert [item.words for item in results if item.outcome != "passed"] == []


# ---------------------------------------------------------------- many names


@pytest.mark.usefixtures("terminal")
def test_the_file_of_names_shown_is_answered_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = next(b for b in fenced(text(DOCS / "cli.md")) if b.startswith("$ cat names.csv"))
    (_, names), (command, told) = sessions(f"```\n{shown}```\n")
    monkeypatch.chdir(tmp_path)
    Path("names.csv").write_text("\n".join(names) + "\n", encoding="utf-8")
    done = CliRunner().invoke(cli, shlex.split(command)[1:])
    said = done.stderr.splitlines()
    assert (done.exit_code, said[:-1]) == (1, told[:-1])
    assert said[-1].startswith(told[-1].removesuffix("…"))
    rows = list(csv.DictReader(Path("answers.csv").read_text(encoding="utf-8").splitlines()))
    assert [(row["id"], row["identity"], row["rank"]) for row in rows] == [
        ("A-1", "identified", "1"), ("A-1", "identified", "2"), ("A-2", "no_match", "0"),
        ("A-3", "", ""),
    ]  # fmt: skip


def test_what_an_archive_of_articles_holds_is_told() -> None:
    words = marked(sections(text(DOCS / "cli.md"))["travelban articles"])
    assert {field.name for field in fields(ArticleAsked)} - words == set()
    assert {field.name for field in fields(archive.TextRead)} - words == set()


def test_what_a_file_of_names_holds_is_told() -> None:
    words = marked(sections(text(DOCS / "cli.md"))["travelban screen"])
    assert {*bulk.COLUMNS, *bulk.OUTPUT} - words == set()
    assert {field.name for field in fields(bulk.Screened)} - words == set()
    assert all(f"`--{name.replace('_', '-')}`" in text(DOCS / "cli.md") for name in bulk.OF_THE_RUN)


# ---------------------------------------------------------------- the requests of the README


def requests(page: str) -> dict[str, Any]:
    """The path of each curl line of a page, with its body."""
    found = {}
    for block in fenced(page):
        if block.startswith("curl "):
            words = shlex.split(block)
            assert words[words.index("-H") + 1] == "Content-Type: application/json"
            address = next(word for word in words if word.startswith("http://"))
            assert urlsplit(address).netloc == "127.0.0.1:8000"
            found[urlsplit(address).path] = json.loads(words[words.index("-d") + 1])
    return found


def test_the_requests_are_valid() -> None:
    asked = requests(text(README))
    assert set(asked) == {"/v1/screenings", "/v1/assessments"}
    TypeAdapter(ScreeningAsked).validate_python(asked["/v1/screenings"])
    report = TypeAdapter(Report).validate_python(asked["/v1/assessments"])
    assert report.claims
    assert asked["/v1/screenings"] == examples.SCREENING


def test_the_answers_are_real(
    sqlite_url: str, tables: Tables, policy: Policy, clock: Clock
) -> None:
    page = text(README)
    asked = requests(page)
    with facts.open_store(sqlite_url) as store:
        shipped.load(store, shipped.DATA, clock)
        desk = make_desk(store, tables, policy, clock)
        answer = desk.try_out(TypeAdapter(Report).validate_python(asked["/v1/assessments"]))
        screened = desk.screen(TypeAdapter(ScreeningAsked).validate_python(asked["/v1/screenings"]))
    assert f'"verdict": "{answer.verdict}"' in page
    assert f'"sentence": {json.dumps(answer.sentence, ensure_ascii=False)}' in page
    (leg,) = answer.states
    for name in ("identity", "measure", "scope", "exemption", "event"):
        found = getattr(leg, name)
        words = f'"{name}": {{"standing": "{found.standing}", "certainty": "{found.certainty}"'
        assert words in page
    assert json.dumps(screened.identity.reasons[0].words, ensure_ascii=False) in page
    for item in screened.candidates:
        assert (
            f'"reference": "{item.reference}", "name": "{item.name}", '
            f'"similarity": {item.similarity}, "agreeing": {json.dumps(list(item.agreeing))}'
        ) in page
