"""Another language is one more file: every text of every page comes out of it, or is on record."""

import json
import re
import shutil
from collections.abc import Iterator, Mapping
from html.parser import HTMLParser
from pathlib import Path
from string import Formatter
from typing import Any

import pytest
import yaml
from pydantic import TypeAdapter

from app.api import examples
from app.assessment.screen import ScreeningAsked
from app.desk import Desk, encode
from app.keys import KeyAsked
from app.page import words as texts
from app.reading.read import read as read_article
from app.store.keys import Scope
from tests.page.browser.content import Content, fill
from tests.page.conftest import Visitor

_MARKED = re.compile("⟦[^⟦⟧]*⟧")
# What they hold is a name, somebody's words or what is on record, and nothing else.
_DATA = ("bdi", "q", "code", "textarea")
_TOLD = ("aria-label", "title", "alt", "placeholder", "label")
# What the service says is wrong with a field, and the addresses of what a program asks.
_OF_THE_SERVICE = re.compile(r"is none of '.+|is not a year, a month or a day.+|(GET )?/v1/\S+")


def _marked(node: Any) -> Any:
    """A language in which what is said stands in marks, and what is filled in does not."""
    if isinstance(node, Mapping):
        return {
            name: " ".join(f"⟦{month}⟧" for month in below.split())
            if name == "months"
            else _marked(below)
            for name, below in node.items()
        }
    return "".join(
        ("⟦" + said.replace("{", "{{").replace("}", "}}") + "⟧" if said else "")
        + ("" if gap is None else "{" + gap + "}")
        for said, gap, _, _ in Formatter().parse(node)
    )


class _Said(HTMLParser):
    """Everything that a page says to a reader, without what stands in the marks."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self._in: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _DATA:
            self._in.append(tag)
        self.found += [text for name, text in attrs if name in _TOLD and text]

    def handle_endtag(self, tag: str) -> None:
        if tag in _DATA:
            self._in.remove(tag)

    def handle_data(self, data: str) -> None:
        if not self._in:
            self.found.append(data)

    def left(self) -> Iterator[str]:
        """What is left of each text, in pieces."""
        for text in self.found:
            while text != (text := _MARKED.sub("\n", text)):
                pass
            for piece in text.split("\n"):
                if re.search(r"[^\W\d_]", piece):
                    yield " ".join(piece.split())


def _leaves(node: Any) -> Iterator[str]:
    if isinstance(node, Mapping):
        for below in node.values():
            yield from _leaves(below)
    elif isinstance(node, list | tuple):
        for below in node:
            yield from _leaves(below)
    elif isinstance(node, str):
        yield node


@pytest.fixture
def marked_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A folder of words with one more language in it, `qq`, which no place has."""
    folder = tmp_path / "words"
    folder.mkdir()
    shutil.copy(texts.FOLDER / "en.yaml", folder)
    made = yaml.safe_dump(_marked(texts.words("en")), allow_unicode=True, sort_keys=False)
    (folder / "qq.yaml").write_text(made)
    monkeypatch.setattr(texts, "FOLDER", folder)
    texts.languages.cache_clear()
    texts.words.cache_clear()
    yield
    texts.languages.cache_clear()
    texts.words.cache_clear()


def _on_record(desk: Desk, content: Content) -> set[str]:
    """Every text that is on record, or that an answer says, as whole texts."""
    answers: list[Any] = [
        examples.REPORT, examples.ARTICLE, desk.snapshots(50, None), desk.ready(),
        desk.person("IRi.039", None, None), desk.person("ZZi.100", None, None),
        desk.held("IRi.039", None, None), desk.held("ZZi.100", None, None),
        desk.refreshes(10),
    ]  # fmt: skip
    for name in (content.assessment, content.hostile):
        answers += [json.loads(desk.stored(name).body), json.loads(desk.question(name))]
        answers.append(desk.would_change(name))
    answers.append(json.loads(desk.stored_article(content.article).body))
    for _, form in _FORMS:
        answers.append(form)
        if set(form) == {"name", "role"}:
            answers.append(desk.screen(TypeAdapter(ScreeningAsked).validate_python(form)))
    found = {text for each in answers for text in _leaves(json.loads(encode(each)))}
    found |= {row.name for row in desk.places.rows} | {"ZZ", "Strange"}
    found |= {part for text in found for part in text.split("; ")}
    # A word of the domain is shown by its text, never as it stands on the wire.
    return {" ".join(text.split()) for text in found if not re.fullmatch("[a-z]+(_[a-z]+)*", text)}


def _is_on_record(piece: str, known: set[str], article: str) -> bool:
    """Whether a piece is made of what is on record, and of signs between."""
    if piece in known or piece in article:
        return True
    before, _, cut = piece.rpartition("\u2068")
    if piece.endswith("…") and any(text.startswith(cut[:-1]) for text in known):
        piece = before  # the picture of a timeline has no room for more
    piece = _OF_THE_SERVICE.sub("", piece)
    for text in sorted(known, key=len, reverse=True):
        if len(text) > 1 and text in piece:
            piece = re.sub(rf"(?<!\w){re.escape(text)}(?!\w)", " ", piece)
    return re.search(r"[^\W\d_]", piece) is None


_PAGES = (
    "/", "/?example=1", "/journey", "/journey?example=1", "/assessments/{assessment}",
    "/assessments/{assessment}/print", "/assessments/{hostile}", "/assessments/{hostile}/print",
    "/articles/{article}", "/people", "/people?reference=ZZ", "/people/IRi.039", "/people/ZZi.100",
    "/people/IRi.039?as_of=x", "/screen", "/changes", "/changes?kind=gone", "/changes?since=x",
    "/changes?after=x", "/lists", "/lists/{quarantined}", "/history", "/history?of=texts",
    "/history?day=yesterday", "/history?verdict=x", "/glossary", "/sign-in", "/assessments/nobody",
)  # fmt: skip
_FORMS = (
    ("/", {"text": " ", "published_on": "2015-02-30", "html": "true"}),
    ("/screen", {"name": "قاسم Soleimani", "role": "commander of the Quds Force"}),
    ("/screen", {"name": " ", "nationality": "Atlantis", "limit": "x"}),
    ("/journey", {"legs.0.state": "Atlantis", "claims.0.legs": "x", "more": ""}),
    ("/journey", {"traveller.name": "A", "legs.0.from": "x", "claims.0.speaker": "B"}),
    ("/journey", {"traveller.name": "A", "claims.0.type": "legal_statement", "more": "claims"}),
    ("/lists/{quarantined}/accept", {"because": " "}),
    ("/articles/{article}/reviews", {"decisions.0.status": "changed", "more": "added"}),
    ("/articles/{article}/reviews", {"decisions.0.status": "changed", "added.0.journey": "new"}),
    ("/articles/{article}/reviews", {"decisions.0.grade.source": "A", "Strange": "y"}),
)  # fmt: skip


def test_no_page_says_what_is_in_no_file_of_words(
    own: Visitor, own_desk: Desk, marked_words: None
) -> None:
    own_desk.read = read_article
    content = fill(own_desk)
    own.client.headers["Accept-Language"] = "qq"
    asked = [(address, None) for address in _PAGES] + list(_FORMS)
    pages: dict[str, str] = {}
    for address, form in asked:
        to = address.format(**vars(content))
        answered = own.client.get(to) if form is None else own.client.post(to, data=form)
        assert 'lang="qq"' in answered.text, (to, answered.status_code)
        pages[f"{address} {form or ''}"] = answered.text
    known = _on_record(own_desk, content)
    article = " ".join(own_desk.text_of(content.article).split())
    own_desk.keys.create(KeyAsked(name="A. Officer", scopes=(Scope.screen,)), "a test")
    pages["wrong key"] = own.client.post("/sign-in", data={"key": "x"}).text
    left = {
        (piece, name)
        for name, page in pages.items()
        for piece in _Said(page).left()
        if not _is_on_record(piece, known, article)
    }
    assert sorted(left) == []
