"""`travelban audit` and `lists verify`: what was done, proved and erased, from the command line."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import text

from app.api.examples import ARTICLE, REPORT
from app.cli import cli
from app.store import facts

Run = Any


@pytest.fixture
def run(environment: Path) -> Run:
    """Run a command over a store of its own."""

    def invoke(*words: object) -> Result:
        return CliRunner().invoke(cli, [str(word) for word in words])

    return invoke


def lines(run: Run, *words: str) -> list[dict[str, Any]]:
    out = run("audit", "export", *words)
    assert out.exit_code == 0, out.output
    return [json.loads(line) for line in out.stdout.splitlines()]


def test_a_screening_is_exported_proved_and_erased(run: Run) -> None:
    assert run("screen", "Qasem Soleimani").exit_code == 0
    (line,) = (one for one in lines(run) if one["line"]["action"] == "screen")
    assert line["line"]["who"] == "command line"
    assert json.loads(line["question"])["name"] == "Qasem Soleimani"

    proved = run("audit", "verify")
    assert proved.exit_code == 0
    assert proved.stdout.splitlines()[-1] == f"head {lines(run)[-1]['link']}"

    erased = run("audit", "erase", "--line", line["line"]["seq"], "--by", "A. Officer")
    assert erased.stdout == "erased: 1 question\n"
    assert [one["question"] for one in lines(run)] == [None] * len(lines(run))
    assert lines(run)[-1]["line"]["who"] == "A. Officer"
    assert run("audit", "verify", "--head", line["link"]).exit_code == 0
    assert run("audit", "erase", "--before", "2999-01-01").stdout == "erased: 0 questions\n"


def test_a_saved_answer_is_erased(run: Run, tmp_path: Path) -> None:
    question = tmp_path / "report.json"
    question.write_text(json.dumps(REPORT), encoding="utf-8")
    name = json.loads(run("assess", question, "--json").stdout)["id"]

    erased = run("audit", "erase", "--answer", name, "--by", "A. Officer")
    assert erased.stdout == "erased: 1 assessment\n"
    last = lines(run)[-1]["line"]
    assert (last["who"], last["action"], last["subject"]) == ("A. Officer", "erase answer", name)
    assert run("audit", "verify").exit_code == 0
    for words in (("replay", name), ("assessments", name), ("audit", "erase", "--answer", name)):
        out = run(*words)
        assert out.exit_code == 1
        assert out.stderr.startswith(f"travelban: {name} was erased at ")
    assert "no answer x is on record" in run("audit", "erase", "--answer", "x").stderr


def test_a_text_is_erased(run: Run, tmp_path: Path) -> None:
    text = tmp_path / "article.txt"
    text.write_text(ARTICLE["text"], encoding="utf-8")
    run("article", text, "--published-on", ARTICLE["published_on"])
    done = [one["line"] for one in lines(run)]
    (read,) = (line for line in done if line["action"] == "read article")
    journey = next(line for line in done if line["action"] == "assess")

    part = run("audit", "erase", "--answer", journey["subject"])
    assert part.stderr == (
        f"travelban: {journey['subject']} is part of the answer {read['subject']} about a text: "
        "erase that one\n"
    )
    erased = run("audit", "erase", "--answer", read["subject"])
    assert re.fullmatch(
        r"erased: text [0-9a-f]{64}, 1 answer about it, 1 assessment\n", erased.stdout
    )
    assert run("audit", "verify").exit_code == 0


def test_many_names_have_a_line_each(run: Run, tmp_path: Path) -> None:
    names = tmp_path / "names.csv"
    names.write_text("name\nQasem Soleimani\nUlvar Brandesko\n,\n", encoding="utf-8")
    run("screen", "--file", names, "--out", tmp_path / "out.csv")
    assert [one["line"]["action"] for one in lines(run)].count("screen") == 2


def test_what_was_changed_is_named(run: Run, environment: Path) -> None:
    run("screen", "Qasem Soleimani")
    with (
        facts.open_store(f"sqlite:///{environment}/travelban.sqlite3") as store,
        store.writing() as connection,
    ):
        connection.execute(text("DROP TRIGGER audit_no_update"))
        connection.execute(text("UPDATE audit SET who = 'nobody' WHERE action = 'screen'"))
        connection.execute(text("UPDATE snapshots SET source = 'elsewhere.xml'"))
    audit, listed = run("audit", "verify"), run("lists", "verify")
    assert (audit.exit_code, listed.exit_code) == (1, 1)
    assert "audit line 3: is not what was written" in audit.stdout
    assert "list import: promoted" in listed.stdout
    assert "travelban: 2 findings in what is on record" in audit.stderr
    assert "travelban: 1 finding in what is on record" in listed.stderr


def test_lists_that_nobody_touched(run: Run) -> None:
    assert run("lists", "verify").stdout == "1 list: nothing was changed\n"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("audit", "export", "--since", "yesterday"), "--since: 'yesterday' is no day"),
        (("audit", "erase"), "one of them"),
        (
            ("audit", "erase", "--line", "1", "--before", "2026-01-01"),
            "give --line, --before or --answer, one",
        ),
        (("audit", "erase", "--before", "2026-13-01"), "--before: '2026-13-01' is no day"),
        (("audit", "erase", "--line", "1", "--by", " "), "--by is blank"),
        (("audit", "verify", "--head", "f" * 64), "1 finding"),
    ],
)
def test_what_is_asked_wrongly_is_told_in_one_line(
    run: Run, words: tuple[str, ...], said: str
) -> None:
    out = run(*words)
    assert out.exit_code == 1
    assert said in out.stderr
    assert len(out.stderr.splitlines()) == 1


def test_a_secret_keeps_the_words_out(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = tmp_path / "secret"
    monkeypatch.setenv("TRAVELBAN_AUDIT_SECRET_FILE", str(secret))
    missing = run("screen", "Qasem Soleimani")
    assert (missing.exit_code, "AUDIT_SECRET_FILE" in missing.stderr) == (1, True)
    secret.write_text("too short")
    assert "holds 9 bytes" in run("screen", "Qasem Soleimani").stderr
    secret.write_text("0123456789abcdef" * 2)
    assert run("screen", "Qasem Soleimani").exit_code == 0
    assert [one["question"] for one in lines(run)] == [None] * 3
    assert run("audit", "verify").exit_code == 0
