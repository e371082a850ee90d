"""The words of an article out of a page of HTML."""

import sys

import pytest

from app.reading.page import NotInstalled, words_of

PAGE = """<!DOCTYPE html><html><head><title>Seen | The Example</title><meta charset="utf-8">
<script>var hidden = "<p>a script</p>";</script><style>p { color: red }</style></head><body>
<header><nav><ul><li><a href="/">Front page</a></li><li><a href="/w">World</a></li></ul></nav>
</header><main><article><h1>Minister seen in Vienna</h1>
<p>The minister arrived in Vienna on 3&nbsp;March, <b>an official</b> said &mdash; &ldquo;he was
here&rdquo;.</p><p>Austria&rsquo;s foreign ministry denied it on Friday.</p></article></main>
<footer>All rights reserved. <a href="/privacy">Privacy</a></footer></body></html>"""


def test_the_words_of_a_page() -> None:
    words = words_of(PAGE)
    assert words == (
        "Minister seen in Vienna\n\n"
        "The minister arrived in Vienna on 3\u00a0March, an official said — “he was here”.\n\n"
        "Austria’s foreign ministry denied it on Friday."
    )


@pytest.mark.parametrize("page", ["", "<p>", "<script>a</script>", "<!-- a -->", "<p>" * 100_000])
def test_a_page_without_words(page: str) -> None:
    assert words_of(page) == ""


def test_without_what_reads_html(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "resiliparse.extract.html2text", None)
    with pytest.raises(NotInstalled):
        words_of(PAGE)
