"""A parser's model in a folder that an office names: checked at the start, loaded when used.

Nothing here imports spaCy before a text is parsed, and nothing comes here without the setting.
"""

import hashlib
import importlib
import importlib.util
import json
from collections.abc import Sequence
from functools import cached_property
from importlib import metadata
from pathlib import Path
from threading import Lock
from typing import Any

from app.reading.parser import Token

_NEEDED = ("tok2vec", "transformer", "parser")
"""Parts of a pipeline that parse; the others are not loaded."""


class ModelWrong(ValueError):
    """No model can be had from the folder that was named; one line that says why."""


class ParserModel:
    """spaCy's dependency parser with one model, as app.reading.parser.Parser."""

    def __init__(self, folder: Path) -> None:
        """Look at a model folder; ModelWrong where it holds none for English."""
        if importlib.util.find_spec("spacy") is None:
            raise ModelWrong("a parser's model is named, and the extra `parser` is not installed")
        try:
            told = json.loads((folder / "meta.json").read_bytes())
            fits = told["lang"] == "en" and "parser" in told["pipeline"]
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise ModelWrong(f"{folder} holds no model: meta.json cannot be read") from error
        if not fits:
            raise ModelWrong(f"{folder} holds no parser for English")
        self.folder = folder
        self.name = f"parser spacy {metadata.version('spacy')} {folder_digest(folder)[:16]}"
        """spaCy's version and the folder's digest."""
        self._one_at_a_time = Lock()

    @cached_property
    def _pipeline(self) -> Any:
        spacy = importlib.import_module("spacy")
        try:
            parts = json.loads((self.folder / "meta.json").read_bytes())["pipeline"]
            return spacy.load(self.folder, exclude=[one for one in parts if one not in _NEEDED])
        except Exception as error:
            raise ModelWrong(f"{self.folder} cannot be loaded: {error}") from error

    def __call__(self, words: str) -> Sequence[Token]:
        """The words, each with its head; one text at a time, since a pipeline is not shared."""
        with self._one_at_a_time:
            return [Token(t.idx, t.text, t.dep_, t.head.i) for t in self._pipeline(words)]


def folder_digest(folder: Path) -> str:
    """SHA-256 over the files of a folder in the order of their paths: each path, size and bytes."""
    whole = hashlib.sha256()
    files = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*")}
    for name, path in sorted(files.items()):
        if path.is_file():
            raw = path.read_bytes()
            whole.update(f"{name}\0{len(raw)}\0".encode() + raw)
    return whole.hexdigest()
