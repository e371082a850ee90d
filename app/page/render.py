"""Templates to pages: every value is escaped, and every page allows itself only what is its own."""

import hashlib
import json
import re
import unicodedata
from collections.abc import Mapping
from functools import cache, partial
from pathlib import Path
from typing import Any

from fastapi import Request, Response
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.runtime import Context

from app.desk import Desk, encode
from app.page import timeline
from app.page.picture import Timeline, pictures
from app.page.saying import Words, authority, in_words
from app.page.visitor import Visitor
from app.page.words import DEFAULT, preferred, words
from app.terms import PlaceKind

HERE = Path(__file__).parent
SAFE: Mapping[str, str] = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    # Where no referrer is sent at all, browsers name no origin of a form either.
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
}
"""What a page may load, run and be framed by: nothing that is not its own."""

_RIGHT_TO_LEFT = re.compile(r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")


@cache
def asset(name: str) -> str:
    """The address of a file of this page: it changes with its bytes, so that it may be kept."""
    digest = hashlib.sha256((HERE / "static" / name).read_bytes()).hexdigest()
    return f"/static/{name}?v={digest[:12]}"


@pass_context
def _day(context: Context, text: str | None) -> str:
    return in_words(text, context["w"])


@pass_context
def _authority(context: Context, cited: Mapping[str, Any]) -> str:
    return authority(cited, context["w"])


def direction(text: str) -> str:
    """The direction in which a name is written, for the attribute `dir`."""
    return "rtl" if _RIGHT_TO_LEFT.search(text) else "ltr"


_LANGUAGES = {
    frozenset({"HANGUL"}): "ko",
    frozenset({"HANGUL", "CJK"}): "ko",
    frozenset({"HIRAGANA"}): "ja",
    frozenset({"KATAKANA"}): "ja",
    frozenset({"HIRAGANA", "CJK"}): "ja",
    frozenset({"KATAKANA", "CJK"}): "ja",
    frozenset({"CJK"}): "zh",
    frozenset({"HEBREW"}): "he",
    frozenset({"GREEK"}): "el",
    frozenset({"GEORGIAN"}): "ka",
    frozenset({"ARMENIAN"}): "hy",
    frozenset({"THAI"}): "th",
}


def language(text: str) -> str:
    """The language of a name, where its script alone says it; else empty.

    Arabic letters may be Arabic, Persian, Pashto or Urdu, and Cyrillic ones many more.
    """
    if text.isascii():
        return ""
    letters = (unicodedata.name(letter, "?") for letter in text if letter.isalpha())
    return _LANGUAGES.get(frozenset(name.partition(" ")[0] for name in letters), "")


class Pages:
    """Makes pages of one service."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self._environment = Environment(
            loader=FileSystemLoader(HERE / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
        )
        self._environment.filters |= {
            "authority": _authority,
            "day": _day,
            "dir": direction,
            "language": language,
        }
        self._environment.globals |= {
            "asset": asset,
            "state_name": lambda code: desk.places.name(code),
            "states": self._states,
            "timeline_of": self._timeline_of,
        }

    def _states(self) -> list[str]:
        """The names of all States, in the order of the alphabet."""
        return sorted(row.name for row in self.desk.places.rows if row.kind is PlaceKind.state)

    def _timeline_of(
        self, answer: Mapping[str, Any], state: Mapping[str, Any], w: Words
    ) -> tuple[Timeline, ...]:
        """The timeline of one State of an answer, wide and narrow.

        The answer holds the law at length, and the listing around the day alone. What else is on
        record of the listing is shown where that is still the record that the answer rests on.
        """
        record, reference = self.desk.record(), state["identity"]["reference"]
        designations = None
        if reference in record.listed and record.digest == answer["record"]["digest"]:
            found = self.desk.person(reference, None, None)
            designations = json.loads(encode(found))["designations"]
        names = (item for item in state["identity"]["candidates"] if item["reference"] == reference)
        who = next((f"{item['name']} ({reference})" for item in names), w["timeline"]["nobody"])
        where = self.desk.places.name(state["state"]) if state["state"] else ""
        title = w["timeline"]["title_state"].format(
            who=who,
            state=where or w["answer"]["state_none"],
            day=in_words(state["from"], w) or w["timeline"]["no_day"],
        )
        alike = [
            item["leg"]
            for item in answer["states"]
            if (item["state"], item["from"]) == (state["state"], state["from"])
        ]
        if len(alike) > 1:  # two pictures of one page have two names
            number = alike.index(state["leg"]) + 1
            title = w["timeline"]["title_again"].format(title=title, n=number)
        facts = timeline.of_answer(answer, state, designations, w)
        return pictures(facts, f"timeline-{state['leg']}", title, w)

    def warm(self) -> None:
        """Compile every template, which the first visitor would otherwise wait for."""
        for name in self._environment.list_templates():
            self._environment.get_template(name)
        words(DEFAULT)

    @staticmethod
    def words(request: Request) -> Words:
        """The texts in the language that the reader likes best."""
        return words(_language(request))

    def page(self, request: Request, template: str, status: int = 200, **told: Any) -> Response:
        """A page out of a template, in the language that the reader likes best."""
        visitor: Visitor | None = getattr(request.state, "visitor", None)
        body = self._environment.get_template(template).render(
            w=self.words(request),
            language=_language(request),
            path=request.url.path,
            visitor=visitor,
            ready=self.desk.ready(),
            may=partial(_may, visitor),
            **told,
        )
        return HTMLResponse(body, status_code=status, headers=dict(SAFE))


def _language(request: Request) -> str:
    return preferred(request.headers.get("accept-language", ""))


def _may(visitor: Visitor | None, scope: str) -> bool:
    """Whether a visitor's key opens what needs a scope."""
    return visitor is not None and visitor.may(scope)
