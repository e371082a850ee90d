"""A command whose database cannot be used: one line on stderr, and exit code 1."""

import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import pytest

from app.cli import main


@pytest.fixture
def command(
    environment: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> "Command":
    return Command(environment, monkeypatch, capsys)


class Command:
    """The command as it is typed, over a database of a URL."""

    def __init__(
        self, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        self.path = folder / "travelban.sqlite3"
        self.monkeypatch = monkeypatch
        self.capsys = capsys

    def __call__(self, url: str, *words: str) -> tuple[int, str, str]:
        """The exit code, what was said, and what was said to be wrong."""
        self.monkeypatch.setenv("TRAVELBAN_DATABASE_URL", url)
        self.monkeypatch.setattr(sys, "argv", ["travelban", *words])
        with pytest.raises(SystemExit) as ended:
            main()
        said = self.capsys.readouterr()
        return int(ended.value.code or 0), said.out, said.err


def test_nobody_listens(command: Command) -> None:
    code, out, wrong = command("postgresql://u:hunter2@127.0.0.1:1/x", "screen", "Qasem Soleimani")
    assert (code, out, wrong.count("\n")) == (1, "", 1)
    assert wrong.startswith(
        "travelban: the store cannot be opened: the database cannot be reached: "
    )
    assert "hunter2" not in wrong


def test_somebody_else_writes(command: Command) -> None:
    url = f"sqlite:///{command.path}?timeout=0"
    words = ("screen", "Qasem Soleimani")
    with closing(sqlite3.connect(command.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        code, out, wrong = command(url, *words)
        assert (code, out) == (1, "")
        assert wrong == "travelban: failed: the database is busy: database is locked\n"
        other.execute("ROLLBACK")
    code, out, wrong = command(url, *words)
    assert (code, wrong) == (0, "")
    assert "IRi.039" in out
