"""What must be right of every page, whatever it shows."""

import re
from html.parser import HTMLParser
from itertools import pairwise


class _Shape(HTMLParser):
    """What must be right of every page: headings, marks closed, nothing inline."""

    _VOID = ("meta", "link", "input", "br")

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.levels: list[int] = []
        self.ids: list[str] = []
        self.led_to: list[str] = []
        self.feed(page)
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        assert not [name for name in given if name.startswith("on") or name == "style"]
        if tag == "option" == self.open[-1]:
            self.open.pop()
        if tag not in self._VOID:
            self.open.append(tag)
        if re.fullmatch("h[1-6]", tag):
            self.levels.append(int(tag[1]))
        if given.get("id"):
            self.ids.append(str(given["id"]))
        if (given.get("href") or "").startswith("#"):
            self.led_to.append(str(given["href"])[1:])

    def handle_endtag(self, tag: str) -> None:
        if self.open[-1] == "option" != tag:
            self.open.pop()  # which ends with what it stands in (HTML standard)
        assert self.open.pop() == tag


def whole(page: str) -> _Shape:
    """A page that is in order; AssertionError for one that is not."""
    found = _Shape(page)
    assert found.levels.count(1) == 1
    assert all(later - level <= 1 for level, later in pairwise(found.levels))
    assert len(set(found.ids)) == len(found.ids)
    assert set(found.led_to) <= set(found.ids)
    assert "<script>alert" not in page
    return found


def text_of(page: str) -> str:
    """The words of a page, without its marks."""
    bare = re.sub(r"<[^>]+>", " ", page)
    return re.sub(r"\s+", " ", bare.replace("&#39;", "'").replace("&amp;", "&"))
