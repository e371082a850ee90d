"""The words of an article out of a page of HTML, and where in it they stood."""

import sys
from hashlib import sha256
from html import unescape
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.reading.page import NotInstalled, Page, Place, in_page, words_of

PAGE = """<!DOCTYPE html><html><head><title>Seen | The Example</title><meta charset="utf-8">
<script>var hidden = "<p>a script</p>";</script><style>p { color: red }</style></head><body>
<header><nav><ul><li><a href="/">Front page</a></li><li><a href="/w">World</a></li></ul></nav>
</header><main><article><h1>Minister seen in Vienna</h1>
<p>The minister arrived in Vienna on 3&nbsp;March, <b>an official</b> said &mdash; &ldquo;he was
here&rdquo;.</p><p>Austria&rsquo;s foreign ministry denied it on Friday.</p></article></main>
<footer>All rights reserved. <a href="/privacy">Privacy</a></footer></body></html>"""


def read(source: str) -> tuple[str, Page]:
    """The text and the page, whose places hold what they promise."""
    text, page = words_of(source)
    assert page.characters == len(source)
    last = 0
    for place in page.places:
        assert last <= place.start < place.end <= len(text)
        last = place.end
        words, there = of(text, place), in_source(source, place)
        assert words.split() == unescape(there).split()
        assert words == words.strip()
        if len(words) == len(there):
            pairs = zip(words, there, strict=True)
            assert all(a == b or (a.isspace() and b.isspace()) for a, b in pairs)
    return text, page


def of(text: str, place: Place) -> str:
    return text[place.start : place.end]


def in_source(source: str, place: Place) -> str:
    return source[place.page_start : place.page_end]


def placed(text: str, page: Page) -> str:
    """The words that have a place, white space left out."""
    return "".join("".join(of(text, place).split()) for place in page.places)


def test_the_words_of_a_page() -> None:
    text, _ = read(PAGE)
    assert text == (
        "Minister seen in Vienna\n\n"
        "The minister arrived in Vienna on 3\u00a0March, an official said — “he was here”.\n\n"
        "Austria’s foreign ministry denied it on Friday."
    )


def test_where_they_stood() -> None:
    text, page = read(PAGE)
    assert [in_source(PAGE, place) for place in page.places] == [
        "Minister seen in Vienna", "The minister arrived in Vienna on 3", "March,", "an official",
        "said", "&mdash;", "&ldquo;", "he was\nhere", "&rdquo;", ".",
        "Austria", "&rsquo;", "s foreign ministry denied it on Friday.",
    ]  # fmt: skip
    assert placed(text, page) == "".join(text.split())
    assert page.sha256 == sha256(PAGE.encode()).hexdigest()


@pytest.mark.parametrize(
    ("words", "there"),
    [
        ("arrived in Vienna", "arrived in Vienna"),
        ("an official said", "an official</b> said"),
        ("— “he was here”", "&mdash; &ldquo;he was\nhere&rdquo;"),
        ("a’s foreign", "a&rsquo;s foreign"),
        (" in ", "in"),
    ],
)
def test_the_place_of_a_span(words: str, there: str) -> None:
    text, page = read(PAGE)
    found = in_page(page.places, text.index(words), words)
    assert found is not None
    assert PAGE[slice(*found)] == there


def test_a_span_without_a_place() -> None:
    places = (Place(start=2, end=5, page_start=12, page_end=15),)
    assert in_page(places, 2, "abc") == (12, 15)
    assert in_page(places, 3, "b ") == (13, 14)
    assert in_page(places, 1, "xabc") is None
    assert in_page(places, 2, "abcx") is None
    assert in_page(places, 9, "x") is None
    assert in_page(places, 2, " ") is None
    assert in_page((), 0, "x") is None


def test_the_same_words_elsewhere_are_not_taken_for_them() -> None:
    title = "Minister seen in Vienna"
    link = f"<a href='/1'>{title}</a>"
    source = (
        f"<title>{title}</title><script>var a = '{title}';</script><!-- {title} -->"
        f"<nav><ul><li>{link}</li></ul></nav><p hidden>{title}</p>"
        f"<main><article><h1>{title}</h1><p>{title}, twice: {title}.</p></article></main>"
        f"<aside class='related'>{link}</aside>"
    )
    text, page = read(source)
    assert text == f"{title}\n\n{title}, twice: {title}."
    first = source.index("<h1>") + len("<h1>")
    second = source.index("<p>") + len("<p>")
    assert page.places == (
        Place(start=0, end=23, page_start=first, page_end=first + 23),
        Place(start=25, end=len(text), page_start=second, page_end=second + len(text) - 25),
    )


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("<p>he <b>is</b> in <i>UN</i> 2015 &mdash; &eacute;t&eacute;.</p>", None),
        ("<p>AT&T &amp; Co &copy 2026 &copy2026 a < b <3 &bogus; &;</p>", None),
        ("<p title='a > b' x\"y>Quoted signs</p><p class=x>end here", None),
        ("<p>Unclosed <b>tags <i>go <div>on</p>and on</b>", None),
        ("<pre>\n as\n    it  was\n</pre>", None),
        ("<table><tr>moved before<td>the cells of</td></tr></table>", None),
        ("<p>\r\nlines\r\nthat\tend\r\n</p>", None),
        ("<p>written 😀 &#128512; &#x1F600; with faces</p>", None),
        ("<p>soft\u00adhyphen zero\u200bwidth no\u00a0break &NotEqualTilde; thing</p>", None),
        ("<p>iPhOne aAaA aAaB bAbA words <b>aAaA</b> iPhO</p><p>aAaC</p>", None),
        ("<p>known one</p><!-- not this --> <p>known two</p><!--", None),
        ("<textarea>never seen</textarea><p>only this</p>", None),
        ("<xmp>as <b> it &amp; is</xmp><p>then text</p>", "thentext"),
        ("<p>nul\x00l and void</p><p>next one</p>", None),
        ("<p>a&#0;b broken &#xD800; signs &#x110000;</p>", None),
        (f"<p>many &#{'0' * 60}65; zeros</p><p>next one</p>", "nextone"),
        (f"<p>no &#{'9' * 5000}; number</p><p>next one</p>", "nextone"),
        # Nothing tells which of two short pieces is meant, and no letter can be a number.
        ("<p>the first</p><p class='share'>x</p><p>13</p><p>the last</p>", None),
        ("<p>речь</p><nav>речь</nav><p>the last</p>", "thelast"),
    ],
)
def test_hard_pages(source: str, words: str | None) -> None:
    text, page = read(source)
    assert text
    assert placed(text, page) == ("".join(text.split()) if words is None else words)


@pytest.mark.parametrize("source", ["", "<p>", "<script>a</script>", "<!-- a -->", "<p>" * 100_000])
def test_a_page_without_words(source: str) -> None:
    text, page = read(source)
    assert text == ""
    assert page.places == ()


_PIECES = st.sampled_from(
    "<p> </p> <div> </div> <b> </b> <a_href='/x'> </a> <ul> <li> </ul> <table> <tr> <td> </table> "
    "<br> <h1> <nav> </nav> <article> <pre> </pre> <script> </script> <style> </style> <!-- --> "
    "<![CDATA[ ]]> <svg> </svg> <math> <title> </title> <textarea> </textarea> <select> <option> "
    '<template> </template> <noscript> <iframe> <plaintext> <xmp> <x-y_a="b> <?x </_ < & > \' " = '
    "/ &amp; &nbsp; &ldquo; &#8212; &lt &copy2 &bogus; &#0; &#1; &#x41;bcdE &#99999999999; "
    "Minister seen in_Vienna Read_more he aAaA iPhO_ne 24 😀 é \x00 \u200b".split()
)


@given(st.lists(_PIECES | st.text(max_size=5), max_size=40))
def test_a_place_holds_what_the_text_says(pieces: list[str]) -> None:
    read("".join(pieces).replace("_", " ").encode(errors="ignore").decode())


@given(st.lists(st.text("abcdeXYZ ,.&;\n’é", min_size=1, max_size=30), max_size=10))
def test_every_word_of_a_plain_page_has_a_place(paragraphs: list[str]) -> None:
    text, page = read("".join(f"<p>Here it says {words}</p>" for words in paragraphs))
    assert placed(text, page) == "".join(text.split())


@pytest.mark.parametrize(
    "piece",
    ["<", "&", "&#", "</", "<a ", "<a x='", '<a x="', "<!--", "<!-", "<?", "<![CDATA[", "<script>",
     "<script></scrip", "<a x = ", "&amp;", "a&amp;", "<b>a", "<br>aAaA", "aAaA", "1 ", "a ",
     "<table><tr>x<td>abcd"],
)  # fmt: skip
def test_no_page_takes_long(piece: str) -> None:
    source = piece * (100_000 // len(piece))
    started = process_time()
    read(source)
    # Half a second at most; whatever takes the square of the time would take minutes.
    assert process_time() - started < 20


def test_without_what_reads_html(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "resiliparse.extract.html2text", None)
    with pytest.raises(NotInstalled):
        words_of(PAGE)
