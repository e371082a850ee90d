"""travelban article and travelban articles: a text, and an archive of them that goes on."""

import json
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from app.cli import cli
from app.desk import Desk
from app.jobs import archive
from app.jobs.bulk import FileWrong
from tests import marked_text
from tests.conftest import LONG

Run = Callable[..., Result]
HOST = "asserts state_of_entry RU the Foreign Ministry: He was our guest."
TEXT = f"> Qasem Soleimani, commander of the Quds Force; RU Moscow 2015-07-24\n{HOST}\n"
DAY = "2015-08-15"


@pytest.fixture
def run(environment: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command over a store of its own and the reader of marked texts."""
    monkeypatch.setattr("app.cli.open_desk", marked_text.open_desk)

    def invoke(*words: object, stdin: str | bytes | None = None) -> Result:
        result = CliRunner().invoke(cli, [str(word) for word in words], input=stdin)
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    return invoke


def failed(result: Result, *words: str) -> None:
    assert result.exit_code == 1, result.output
    assert result.stdout == ""
    for word in words:
        assert word in result.stderr


def written(path: Path, body: str | bytes) -> Path:
    path.write_bytes(body if isinstance(body, bytes) else body.encode())
    return path


def lines(*texts: str, **other: Any) -> str:
    return "".join(
        json.dumps({"text": text, "published_on": DAY, **other}) + "\n" for text in texts
    )


def answers(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


# ---------------------------------------------------------------- one text


def test_a_text(run: Run, tmp_path: Path) -> None:
    told = run("article", written(tmp_path / "a.txt", TEXT), "--published-on", DAY)
    assert told.exit_code == 0, told.output
    assert told.stdout.startswith("j1: Qasem Soleimani: RU Moscow 2015-07-24\n")
    assert "c1  asserts  the Foreign Ministry  [draft]\n      “He was our guest.”" in told.stdout
    assert "verdict:  reported_unverified" in told.stdout
    assert "nobody has reviewed" in told.stdout


def test_a_text_as_json(run: Run, tmp_path: Path) -> None:
    path, out = written(tmp_path / "a.txt", "\ufeff" + TEXT), tmp_path / "out.json"
    options = ("--published-on", DAY, "--publisher", "The Daily", "--url", "https://d.example/1")
    told = run("article", path, *options, "--json", "--out", out)
    assert out.read_text(encoding="utf-8") == told.stdout
    body = json.loads(told.stdout)
    assert body["document"]["characters"] == len(TEXT)  # without the mark of the encoding
    assert body["document"]["publisher"] == "The Daily"
    saved = run("assessments", body["assessments"][0]["id"])
    assert json.loads(saved.stdout)["verdict"] == "reported_unverified"
    assert run("article", "-", *options, "--json", stdin=TEXT).stdout == told.stdout


def test_a_page_of_html(run: Run, tmp_path: Path) -> None:
    page = "<main><p>Rain.</p></main><nav><a href='/'>Front page</a></nav>"
    path = written(tmp_path / "a.html", page)
    told = run("article", path, "--html", "--published-on", DAY, "--json")
    assert json.loads(told.stdout)["document"]["characters"] == len("Rain.")
    as_text = run("article", path, "--published-on", DAY, "--json")
    assert json.loads(as_text.stdout)["document"]["characters"] == len(page)


def test_where_in_a_page_the_words_stand(run: Run, tmp_path: Path) -> None:
    lines = [line.replace(">", "&gt;") for line in TEXT.splitlines()]
    page = f"<main><p>{lines[0]}</p><p>{lines[1].replace('our', '<b>our</b>')}</p></main>"
    path = written(tmp_path / "a.html", page)
    told = run("article", path, "--html", "--published-on", DAY)
    start = page.index("He was")
    where = f"in the page: from {start} to {start + len('He was <b>our</b> guest.')}"
    assert f"“He was our guest.”\n      {where}\n" in told.stdout
    assert f"\npage {sha256(page.encode()).hexdigest()}\n" in told.stdout
    as_text = run("article", written(tmp_path / "a.txt", TEXT), "--published-on", DAY)
    assert "page" not in as_text.stdout


def test_a_text_that_is_not_saved(run: Run, tmp_path: Path) -> None:
    path = written(tmp_path / "a.txt", TEXT)
    told = run("article", path, "--published-on", DAY, "--no-save", "--json")
    assert len(json.loads(told.stdout)["assessments"]) == 1
    assert run("assessments").stdout == ""


@pytest.mark.parametrize(
    ("body", "day", "said"),
    [
        (b"\xff\xfe", DAY, "is not UTF-8: at byte 1"),
        (b"", DAY, "text: holds 0 characters"),
        (b"a\x07", DAY, "text: holds a control character, U+0007, at 1"),
        (b"Rain.", "2015-08", "published_on: is not a day"),
    ],
)
def test_a_text_that_is_refused(run: Run, tmp_path: Path, body: bytes, day: str, said: str) -> None:
    failed(run("article", written(tmp_path / "a.txt", body), "--published-on", day), said)


# ---------------------------------------------------------------- an archive


def test_an_archive(run: Run, tmp_path: Path) -> None:
    path, out = written(tmp_path / "in.ndjson", lines(TEXT, id=7)), tmp_path / "out.ndjson"
    told = run("articles", "--file", path, "--out", out)
    assert told.exit_code == 0, told.output
    assert "1 text, 0 not answered, known at" in told.stderr
    (line,) = answers(out)
    assert (line["line"], line["id"], line["errors"]) == (1, 7, [])
    alone = run("article", "-", "--published-on", DAY, "--json", stdin=TEXT)
    assert json.dumps(line["answer"]) == json.dumps(json.loads(alone.stdout))
    piped = run("articles", "--file", "-", stdin=lines(TEXT, id=7))
    assert piped.stdout_bytes == out.read_bytes()


def test_a_bad_line_is_told_and_stops_nothing(run: Run, tmp_path: Path) -> None:
    bad = ["{", '{"text": "a"}', "[]", json.dumps({"text": "a", "published_on": DAY, "x": 1})]
    path = written(tmp_path / "in.ndjson", "\n".join(bad) + "\n\n" + lines("Rain.", TEXT))
    out = tmp_path / "out.ndjson"
    told = run("articles", "--file", path, "--out", out)
    assert told.exit_code == 1
    for words in (
        "line 1: is not JSON", "line 2: published_on: is missing", "line 3: is not an object",
        "line 4: x: is not known here", "6 texts, 4 not answered",
    ):  # fmt: skip
        assert words in told.stderr
    found = answers(out)
    assert [line["line"] for line in found] == [1, 2, 3, 4, 6, 7]
    assert [line["answer"] is None for line in found] == [True] * 4 + [False] * 2
    assert [error["field"] for error in found[3]["errors"]] == ["x"]


def test_what_was_answered_is_not_read_again(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def counting(self: Desk, question: Any, *rest: Any, **more: Any) -> Any:
        asked.append(question.text)
        return read_article(self, question, *rest, **more)

    read_article = Desk.read_article
    monkeypatch.setattr(Desk, "read_article", counting)
    out = tmp_path / "out.ndjson"
    whole = lines("One.", "Two.", "Three.")
    run("articles", "--file", "-", "--out", out, stdin=whole)
    complete = out.read_bytes()
    first, second = complete.splitlines(keepends=True)[:2]
    # Stopped in the middle of the second answer.
    out.write_bytes(first + second[:-9])
    asked.clear()
    told = run("articles", "--file", "-", "--out", out, stdin=whole)
    assert (told.exit_code, asked) == (0, ["Two.", "Three."])
    assert "2 texts, 0 not answered, 1 answered before" in told.stderr
    assert out.read_bytes() == complete
    asked.clear()
    # Another text in its place is another question.
    run("articles", "--file", "-", "--out", out, stdin=lines("1.", "Two.", "Three."))
    assert asked == ["1."]


def test_a_line_that_was_wrong_is_asked_again(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "out.ndjson"
    run("articles", "--file", "-", "--out", out, stdin=lines("One.", published_on="2015"))
    told = run("articles", "--file", "-", "--out", out, stdin=lines("One."))
    assert told.exit_code == 0
    assert [line["answer"] is None for line in answers(out)] == [True, False]


@LONG
def test_several_processes_change_no_byte(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.jobs.bulk._CHUNK", 10)
    path = written(tmp_path / "in.ndjson", lines(*(f"Rain on day {day}." for day in range(25))))
    one, two = tmp_path / "one.ndjson", tmp_path / "two.ndjson"
    run("articles", "--file", path, "--out", one, "--no-save")
    told = run("articles", "--file", path, "--out", two, "--no-save", "--workers", 2)
    assert told.exit_code == 0, told.output
    assert one.read_bytes() == two.read_bytes()


def test_a_file_of_something_else_is_left_as_it_is(run: Run, tmp_path: Path) -> None:
    out = written(tmp_path / "notes.txt", "my notes\n")
    failed(run("articles", "--file", "-", "--out", out, stdin=lines("One.")), "line 1 is no answer")
    assert out.read_text() == "my notes\n"
    path = written(tmp_path / "in.ndjson", lines("One."))
    failed(run("articles", "--file", path, "--out", path), "is the file that is read")
    failed(run("articles", "--file", tmp_path / "gone"), "cannot be read")
    failed(run("articles", "--file", path, "--out", tmp_path / "no" / "out"), "cannot be written")
    failed(run("articles", "--file", path, "--known-at", "2099-01-01T00:00:00Z"), "future")


@pytest.mark.parametrize("line", ["[]", "{}", '{"line": 1}', "1", '"x"', "{"])
def test_an_output_that_is_none(tmp_path: Path, line: str) -> None:
    path = written(tmp_path / "out.ndjson", line + "\n")
    with path.open("a+b") as output, pytest.raises(FileWrong, match="line 1"):
        archive.answered_before(output)
    assert path.read_text() == line + "\n"
