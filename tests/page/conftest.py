"""The pages over a desk, without a browser: forms are read and sent as a browser would."""

import re
from collections.abc import Callable
from html.parser import HTMLParser

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response

from app.desk import Desk
from tests.api.conftest import (
    HOST,
    application,
    bundled,
    bundled_desk,
    empty_desk,
    loaded_desk,
    over,
    own_desk,
    service,
)

__all__ = [
    "application", "bundled", "bundled_desk", "empty_desk", "loaded_desk", "over", "own_desk",
    "service",
]  # fmt: skip

ORIGIN = f"http://{HOST}"


class Visitor:
    """Opens pages, fills in the form of the last one and sends it."""

    def __init__(self, client: TestClient) -> None:
        client.base_url = ORIGIN
        client.headers["Origin"] = ORIGIN
        self.client = client
        self.page: Response | None = None

    def open(self, address: str) -> Response:
        """A page."""
        self.page = self.client.get(address)
        return self.page

    def send(self, address: str, **changed: str) -> Response:
        """Send the form of the last page that goes to an address, with some fields changed.

        Names of fields have dots, which Python's own have not: `__` stands for one.
        """
        assert self.page is not None
        given = forms(self.page.text)[address]
        given |= {name.replace("__", "."): text for name, text in changed.items()}
        self.page = self.client.post(address, data=given)
        return self.page

    def follow(self) -> Response:
        """Where the last answer leads to."""
        assert self.page is not None
        assert self.page.status_code == 303, self.page.text
        return self.open(self.page.headers["Location"])


_TICKED = ("checkbox", "radio")


class _Forms(HTMLParser):
    """The forms of a page: where each goes, and what a browser would send."""

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, dict[str, str]] = {}
        self._at: dict[str, str] = {}
        self._name = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: text or "" for name, text in attrs}
        if tag == "form":
            self._at = self.found.setdefault(given["action"], {})
        elif tag == "input" and (given.get("type") not in _TICKED or "checked" in given):
            self._at[given["name"]] = given.get("value", "")
        elif tag in ("select", "textarea"):
            self._name = given["name"]
            self._at[self._name] = ""
        elif tag == "option" and "selected" in given:
            self._at[self._name] = given["value"]

    def handle_endtag(self, tag: str) -> None:
        if tag in ("select", "textarea"):
            self._name = ""

    def handle_data(self, data: str) -> None:
        if self._name and self.lasttag == "textarea":
            # The first line break of a text area is no part of it (HTML standard).
            self._at[self._name] += data.removeprefix("\n") if not self._at[self._name] else data


def forms(page: str) -> dict[str, dict[str, str]]:
    """What each form of a page would send, by the address that it goes to."""
    reader = _Forms()
    reader.feed(page)
    return reader.found


def heading(page: str) -> str:
    """The words of a page's first heading."""
    found = re.search(r"<h1[^>]*>(.*?)</h1>", page, re.DOTALL)
    assert found is not None
    return re.sub(r"(<[^>]+>|\s)+", " ", found[1]).strip()


@pytest.fixture
def here(over: Callable[[Desk], TestClient], bundled_desk: Desk) -> Visitor:
    """A visitor of the pages over what ships, for tests that count nothing that is saved."""
    return Visitor(over(bundled_desk))


@pytest.fixture
def own(over: Callable[[Desk], TestClient], own_desk: Desk) -> Visitor:
    """A visitor of the pages over what ships, of this test alone."""
    return Visitor(over(own_desk))
