"""The server that tests of the downloader speak to: what a plain client sees of it."""

import socket
import ssl
import threading
import time
from collections.abc import Iterator
from urllib.parse import urlsplit

import httpx
import pytest

from tests.list_server import BEHAVIOURS, FINAL, FIRST, ListServer, list_server

MOST = 1024 * 1024
PATIENT, HASTY = 20.0, 0.6  # seconds: for what must come, and for what never does


@pytest.fixture(scope="module")
def running() -> Iterator[ListServer]:
    """One server for all."""
    with list_server() as server:
        server.pace = 0.01
        yield server


@pytest.fixture
def server(running: ListServer) -> ListServer:
    """The server, behaving, and with nothing asked yet."""
    running.behave("good")
    running.body = running.body  # new validators
    running.gzip, running.valid_for = False, 3600
    running.forget()
    return running


@pytest.fixture
def client(running: ListServer) -> Iterator[httpx.Client]:
    """A client that trusts the server's authority and follows wherever it is sent."""
    context = ssl.create_default_context(cafile=str(running.ca_file))
    with httpx.Client(
        verify=context, follow_redirects=True, timeout=PATIENT, trust_env=False
    ) as made:
        yield made


def got(client: httpx.Client, server: ListServer, seconds: float = PATIENT) -> bytes:
    """What comes within a time and a size; TimeoutError and OverflowError past them."""
    until, body = time.monotonic() + seconds, b""
    with client.stream("GET", server.url, timeout=seconds) as answer:
        answer.raise_for_status()
        for piece in answer.iter_bytes():  # with a size, it waits until so much has come
            body += piece
            if len(body) > MOST:
                raise OverflowError
            if time.monotonic() > until:
                raise TimeoutError
    return body


def test_the_list_is_at_a_signed_address_on_another_host(
    server: ListServer, client: httpx.Client
) -> None:
    answer = client.get(server.url)
    assert (answer.status_code, answer.content) == (200, server.body)
    assert [item.status_code for item in answer.history] == [302]
    assert (answer.history[0].url.host, answer.url.host) == ("127.0.0.1", "localhost")
    assert server.secret in str(answer.url)
    assert server.secret not in server.url
    assert [urlsplit(item.path).path for item in server.requests] == [FIRST, FINAL]
    assert server.requests[0].headers["host"] == f"127.0.0.1:{server.port}"
    assert server.downloads == 1


def test_who_says_not_who_he_is_is_turned_away(server: ListServer, client: httpx.Client) -> None:
    del client.headers["User-Agent"]
    assert client.get(server.url).status_code == 403
    assert server.downloads == 0


def test_a_signature_holds_for_a_time(server: ListServer, client: httpx.Client) -> None:
    signed = server.signed
    assert client.get(signed).status_code == 200
    assert client.get(signed.replace(server.secret, "guessed")).status_code == 403
    server.valid_for = -1
    assert client.get(server.url).status_code == 403
    assert client.get(signed).status_code == 200
    assert client.get(server.url.replace("/en/", "/xx/")).status_code == 404


def test_what_a_client_has_is_not_sent_again(server: ListServer, client: httpx.Client) -> None:
    answer = client.get(server.url)
    etag, modified = answer.headers["ETag"], answer.headers["Last-Modified"]
    for has, status in (
        ({"If-None-Match": etag}, 304),
        ({"If-None-Match": f'"other", W/{etag}'}, 304),
        ({"If-None-Match": '"other"', "If-Modified-Since": modified}, 200),
        ({"If-Modified-Since": modified}, 304),
        ({"If-Modified-Since": "Thu, 01 Jan 2026 00:00:00 GMT"}, 200),
    ):
        again = client.get(server.url, headers=has)
        assert again.status_code == status, has
        assert again.headers["ETag"] == etag
    assert server.downloads == 3
    server.body = server.body + b"\n"
    assert client.get(server.url, headers={"If-None-Match": etag}).status_code == 200
    assert client.get(server.url, headers={"If-Modified-Since": modified}).status_code == 200


def test_it_can_send_no_validators(server: ListServer, client: httpx.Client) -> None:
    server.etag = server.last_modified = None
    has = {"If-None-Match": '"any"', "If-Modified-Since": "Thu, 01 Jan 2032 00:00:00 GMT"}
    for headers in (has, {"If-Modified-Since": has["If-Modified-Since"]}):
        answer = client.get(server.url, headers=headers)
        assert answer.status_code == 200
        assert not {"etag", "last-modified"} & set(answer.headers)


def test_it_packs_for_a_client_that_unpacks(server: ListServer, client: httpx.Client) -> None:
    server.gzip = True
    answer = client.get(server.url)
    assert answer.headers["Content-Encoding"] == "gzip"
    assert answer.content == server.body
    plain = client.get(server.url, headers={"Accept-Encoding": "identity"})
    assert "Content-Encoding" not in plain.headers
    assert plain.content == server.body


def test_its_certificate_is_not_trusted_by_everybody(server: ListServer) -> None:
    with pytest.raises(httpx.ConnectError, match="certificate"):
        httpx.get(server.url, trust_env=False)
    assert not server.requests


FAULTS: dict[str, type[Exception] | tuple[type[Exception], ...]] = {
    "silent": httpx.TimeoutException,
    "no_answer": httpx.TimeoutException,
    "redirect_loop": httpx.TooManyRedirects,
    "redirect_http": (httpx.RemoteProtocolError, httpx.ReadError),
    "redirect_other_host": httpx.ConnectError,
    "redirect_loopback": (httpx.ConnectError, httpx.ConnectTimeout),
    "redirect_nowhere": httpx.HTTPStatusError,
    "half": (httpx.RemoteProtocolError, httpx.ReadError),
    "trickle": (TimeoutError, httpx.TimeoutException),
    "gzip_bomb": OverflowError,
    "large": OverflowError,
    "long_length": (httpx.RemoteProtocolError, httpx.ReadError),
    "not_gzip": httpx.DecodingError,
    "status_403": httpx.HTTPStatusError,
    "status_404": httpx.HTTPStatusError,
    "status_500": httpx.HTTPStatusError,
    "status_503": httpx.HTTPStatusError,
}
BODIES = {
    "html": lambda body: b"<html>" in body,
    "dtd": lambda body: b"<!DOCTYPE" in body and b"SYSTEM" in body,
    "entity_bomb": lambda body: b"<!ENTITY a9" in body and b"&a9;" in body,
    "short_length": lambda body: b"dateGenerated" in body and b"</CONSOLIDATED_LIST>" not in body,
    "truncated_xml": lambda body: b"dateGenerated" in body and b"</CONSOLIDATED_LIST>" not in body,
    "empty": lambda body: body == b"",
    "unknown_encoding": lambda body: b">TSIL_DETADILOSNOC/<" in body,
}


@pytest.mark.parametrize("name", sorted(set(BEHAVIOURS) - {"good", "slow_headers"}))
def test_it_misbehaves_by_name(name: str, server: ListServer, client: httpx.Client) -> None:
    server.behave(name)
    if name in FAULTS:
        with pytest.raises(FAULTS[name]):
            got(client, server, HASTY if name in ("silent", "no_answer", "trickle") else PATIENT)
    else:
        assert BODIES[name](got(client, server))
    assert server.downloads == 0
    server.behave("good")
    assert got(client, server) == server.body
    assert server.downloads == 1


def test_a_header_can_come_without_end(server: ListServer) -> None:
    server.behave("slow_headers")
    context = ssl.create_default_context(cafile=str(server.ca_file))
    address = urlsplit(server.signed)
    with (
        socket.create_connection(("127.0.0.1", server.port)) as plain,
        context.wrap_socket(plain, server_hostname="localhost") as connection,
    ):
        asked = f"GET {address.path}?{address.query} HTTP/1.1\r\nUser-Agent: a test\r\n\r\n"
        connection.sendall(asked.encode())
        head = connection.recv(1000)
        while len(head) < 60:
            head += connection.recv(1000)
    assert head.startswith(b"HTTP/1.1 200 OK\r\nX-Slow: xxxxx")
    assert b"\r\n\r\n" not in head


def test_it_stops_at_once_in_the_middle_of_anything() -> None:
    ended = []

    def ask(server: ListServer, context: ssl.SSLContext) -> None:
        try:
            httpx.get(server.url, verify=context, follow_redirects=True, trust_env=False)
        except httpx.HTTPError as error:
            ended.append(error)

    with list_server() as server:
        context = ssl.create_default_context(cafile=str(server.ca_file))
        threads = []
        for name in ("trickle", "no_answer", "silent"):
            server.behave(name)
            asking = threading.Thread(target=ask, args=(server, context))
            threads.append(asking)
            asking.start()
            time.sleep(0.2)
        begun = time.monotonic()
    for thread in threads:
        thread.join(5)
    assert len(ended) == 3
    assert time.monotonic() - begun < 4
