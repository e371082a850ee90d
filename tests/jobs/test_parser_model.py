"""The folder of a parser's model: looked at before anything is loaded, and named by its digest."""

import importlib.util
from importlib import metadata
from pathlib import Path

import pytest

from app.jobs.parser_model import ModelWrong, ParserModel, folder_digest


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """What looks like a model for English from outside."""
    (tmp_path / "parser").mkdir()
    (tmp_path / "parser" / "model").write_bytes(b"weights")
    (tmp_path / "meta.json").write_text('{"lang": "en", "pipeline": ["tok2vec", "parser", "ner"]}')
    return tmp_path


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if spaCy were here."""
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: name)
    monkeypatch.setattr(metadata, "version", lambda name: "3.8.0")


@pytest.mark.usefixtures("installed")
def test_the_name_says_which_parser_and_which_model(folder: Path) -> None:
    model = ParserModel(folder)

    assert model.name == f"parser spacy 3.8.0 {folder_digest(folder)[:16]}"


def test_the_digest_is_that_of_every_file_with_its_path(folder: Path) -> None:
    before = folder_digest(folder)
    assert before == folder_digest(folder)

    (folder / "parser" / "model").write_bytes(b"weightz")
    changed = folder_digest(folder)
    (folder / "parser" / "model").rename(folder / "model")

    assert len({before, changed, folder_digest(folder)}) == 3


@pytest.mark.usefixtures("installed")
@pytest.mark.parametrize(
    ("meta", "why"),
    [
        (None, "meta.json cannot be read"),
        ("{", "meta.json cannot be read"),
        ("[]", "meta.json cannot be read"),
        ('{"lang": "en"}', "meta.json cannot be read"),
        ('{"lang": "de", "pipeline": ["parser"]}', "no parser for English"),
        ('{"lang": "en", "pipeline": ["ner"]}', "no parser for English"),
    ],
)
def test_a_folder_without_such_a_model_is_turned_away(
    meta: str | None, why: str, folder: Path
) -> None:
    (folder / "meta.json").unlink()
    if meta is not None:
        (folder / "meta.json").write_text(meta)

    with pytest.raises(ModelWrong, match=why):
        ParserModel(folder)


def test_without_the_extra_it_says_so(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)

    with pytest.raises(ModelWrong, match="extra `parser` is not installed"):
        ParserModel(folder)
