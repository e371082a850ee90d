"""Fetching a list from a server on loopback that behaves, and misbehaves in every way it can."""

import logging
import time
from dataclasses import replace
from pathlib import Path

import pytest

from app.jobs.fetch import FetchFailed, Source, ascii_host, fetch, without_query
from tests.list_server import ListServer


def why(source: Source) -> str:
    """Why nothing was fetched."""
    with pytest.raises(FetchFailed) as error:
        fetch(source)
    words = str(error.value)
    assert "\n" not in words
    return words


def test_the_list_comes_whole_from_the_address_that_signs(
    server: ListServer, source: Source
) -> None:
    fetched = fetch(source)
    assert fetched.body == server.body
    assert (fetched.etag, fetched.last_modified) == (server.etag, server.last_modified)
    assert fetched.address == f"https://localhost:{server.port}/resources/consolidated.xml"
    assert [request.headers["user-agent"] for request in server.requests] == 2 * ["travelban/test"]


def test_it_may_come_packed(server: ListServer, source: Source) -> None:
    server.gzip = True
    assert fetch(source).body == server.body


@pytest.mark.parametrize("names", [("etag", "last_modified"), ("etag",), ("last_modified",)])
def test_a_list_that_has_not_changed_is_not_sent(
    server: ListServer, source: Source, names: tuple[str, ...]
) -> None:
    first = fetch(source)
    again = fetch(source, **{name: getattr(first, name) for name in names})
    assert again.body is None
    assert server.downloads == 1
    server.body = server.body + b"\n"
    assert fetch(source, etag=first.etag, last_modified=first.last_modified).body == server.body


@pytest.mark.parametrize("strange", ['"' + 600 * "x" + '"', '"\xe9t\xe9"', ""])
def test_a_name_that_cannot_be_sent_back_is_none(
    server: ListServer, source: Source, strange: str
) -> None:
    server.etag = strange.encode().decode("latin-1")
    fetched = fetch(source)
    assert (fetched.body, fetched.etag) == (server.body, None)


@pytest.mark.parametrize(
    ("behaviour", "words"),
    [
        ("half", "broke off: peer closed connection without sending complete message body"),
        ("long_length", "broke off: peer closed connection"),
        ("not_gzip", "the answer cannot be unpacked"),
        ("unknown_encoding", "the answer is packed as 'backwards', which was not asked for"),
        ("redirect_loop", "5 redirects and still no list"),
        ("redirect_http", "http://localhost:{port}/resources/consolidated.xml is not asked: only"),
        ("redirect_other_host", "the host lists.invalid is not asked"),
        ("redirect_loopback", "the host 127.0.0.2 is not asked"),
        ("redirect_nowhere", "redirects to nowhere"),
        ("status_403", "answers 403"),
        ("status_404", "answers 404"),
        ("status_500", "answers 500"),
        ("status_503", "answers 503"),
    ],
)
def test_what_is_no_whole_answer_is_not_fetched(
    server: ListServer, source: Source, behaviour: str, words: str
) -> None:
    server.behave(behaviour)
    said = why(source)
    assert words.format(port=server.port) in said
    assert server.secret not in said


@pytest.mark.parametrize("behaviour", ["html", "dtd", "entity_bomb", "truncated_xml", "empty"])
def test_what_an_answer_holds_is_not_judged_here(
    server: ListServer, source: Source, behaviour: str
) -> None:
    server.behave(behaviour)
    assert fetch(source).body is not None


@pytest.mark.parametrize("behaviour", ["silent", "no_answer", "trickle", "slow_headers"])
def test_the_whole_exchange_has_a_limit(server: ListServer, source: Source, behaviour: str) -> None:
    server.behave(behaviour)
    begun = time.monotonic()
    said = why(replace(source, seconds=0.5))
    assert said in (
        "it took longer than 0.5 seconds",
        "https://127.0.0.1 was not reached in time",
        "https://127.0.0.1 was silent for too long",
        "https://localhost was silent for too long",
    )
    assert time.monotonic() - begun < 10


@pytest.mark.parametrize("behaviour", ["gzip_bomb", "large"])
def test_no_more_is_taken_than_a_list_can_be(
    server: ListServer, source: Source, behaviour: str
) -> None:
    server.behave(behaviour)
    assert why(replace(source, most_bytes=100_000)) == "the answer is larger than 100000 bytes"


def test_a_list_may_be_as_large_as_the_limit(server: ListServer, source: Source) -> None:
    exact = replace(source, most_bytes=len(server.body))
    assert fetch(exact).body == server.body
    server.gzip = True
    assert fetch(exact).body == server.body
    assert "larger than" in why(replace(source, most_bytes=len(server.body) - 1))


def test_only_named_hosts_are_asked(server: ListServer, source: Source) -> None:
    assert "the host 127.0.0.1 is not asked" in why(replace(source, hosts=("localhost",)))
    assert server.requests == []
    assert "the host localhost is not asked" in why(replace(source, hosts=("127.0.0.1",)))


def test_a_host_in_other_letters_is_known_by_its_ascii_name(source: Source) -> None:
    url = "https://bücher.invalid/list.xml"
    assert ascii_host(url) == ascii_host("https://BÜCHER.invalid") == "xn--bcher-kva.invalid"
    assert "xn--bcher-kva.invalid is not asked" in why(replace(source, url=url))
    known = replace(source, url=url, hosts=(ascii_host(url),))
    assert "cannot be reached" in why(known)


def test_only_https_is_asked(source: Source) -> None:
    plain = source.url.replace("https:", "http:")
    assert why(replace(source, url=plain)) == f"{plain} is not asked: only HTTPS is"


def test_an_address_that_is_not_public_is_connected_to_and_told_nothing(
    server: ListServer, source: Source
) -> None:
    said = why(replace(source, private=False))
    assert said == "the source is at 127.0.0.1, which is no public address: not asked"
    assert server.requests == []


def test_a_certificate_that_nobody_vouches_for(
    server: ListServer, source: Source, tmp_path: Path
) -> None:
    assert "CERTIFICATE_VERIFY_FAILED" in why(replace(source, ca_file=None))
    assert "no certificates can be read" in why(replace(source, ca_file=tmp_path / "none.pem"))
    (tmp_path / "empty.pem").write_text("")
    assert "no certificates can be read" in why(replace(source, ca_file=tmp_path / "empty.pem"))
    assert server.requests == []


def test_nobody_there(source: Source) -> None:
    assert "cannot be reached" in why(replace(source, url="https://127.0.0.1:9/list.xml"))


def test_what_signs_an_address_is_in_no_log(
    server: ListServer, source: Source, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        fetch(source)
    assert server.secret not in caplog.text


def test_an_address_without_what_may_be_secret() -> None:
    assert without_query("https://user:word@host:8443/a/b?sig=1#end") == "https://host:8443/a/b"
