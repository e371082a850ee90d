"""The full list from its source: over HTTPS, from hosts that are named, within limits.

Nothing that a source answers is believed here; it is only brought whole, or not at all. What may
sign an address (its query) is kept out of every message.
"""

import contextlib
import ipaddress
import logging
import socket
import ssl
import threading
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import httpx

from app.lists.un_xml import MOST_BYTES
from app.terms import value

CONNECT_SECONDS = 10
READ_SECONDS = 20
_MOST_REDIRECTS = 5
_LONGEST_HEADER = 500
_LONGEST_HOST = 253
_REDIRECTS = (301, 302, 303, 307, 308)
_OK, _NOT_MODIFIED = 200, 304

# They would write whole addresses, with what signs them.
for _name in ("httpx", "httpcore"):
    logging.getLogger(_name).setLevel(logging.WARNING)


@value
class Source:
    """Where the list is fetched from, and within which limits."""

    url: str
    hosts: tuple[str, ...]
    """Hosts that may be asked, the first or by a redirect, as ASCII in small letters."""
    private: bool
    """Whether loopback, private and link-local addresses may be asked."""
    ca_file: Path | None
    """Certificates of authorities to trust, besides the public ones."""
    seconds: float
    """For the whole exchange."""
    user_agent: str
    most_bytes: int = MOST_BYTES
    """Of the answer, as it comes and unpacked."""


@value
class Fetched:
    """What a source answered."""

    body: bytes | None
    """Null where it says that the list has not changed."""
    address: str
    """The address that answered in the end, without its query."""
    etag: str | None
    last_modified: str | None


class FetchFailed(Exception):
    """The list could not be fetched; one line that says why."""


def fetch(source: Source, etag: str | None = None, last_modified: str | None = None) -> Fetched:
    """Fetch the list, unless it is still the one that `etag` or `last_modified` name.

    Raises FetchFailed: no connection or answer in time, an address that may not be asked, another
    status than 200 or 304, more than `most_bytes`, an answer that ends before its end.
    """
    headers = {"User-Agent": source.user_agent, "Accept-Encoding": "gzip"}
    if etag:
        headers["If-None-Match"] = etag
    if last_modified:
        headers["If-Modified-Since"] = last_modified
    watch = _Watch(source)
    url = httpx.URL(source.url)
    try:
        with (
            watch,
            httpx.Client(
                verify=_trusted(source),
                trust_env=False,
                timeout=httpx.Timeout(
                    min(READ_SECONDS, source.seconds),
                    connect=min(CONNECT_SECONDS, source.seconds),
                ),
            ) as client,
        ):
            for _ in range(_MOST_REDIRECTS + 1):
                _may_be_asked(url, source)
                request = client.build_request(
                    "GET", url, headers=headers, extensions={"trace": watch.trace}
                )
                response = client.send(request, stream=True)
                try:
                    if response.status_code not in _REDIRECTS:
                        return _answer(response, url, source)
                    url = _next(response, url)
                finally:
                    response.close()
    except FetchFailed as error:
        raise FetchFailed(watch.words or str(error)) from error
    except (httpx.HTTPError, httpx.InvalidURL, OSError, ValueError) as error:
        raise FetchFailed(watch.words or _in_words(error, url)) from error
    raise FetchFailed(f"{_MOST_REDIRECTS} redirects and still no list")


def ascii_host(url: str) -> str:
    """The host of an address as ASCII, which a host name in other letters has too."""
    return httpx.URL(url).raw_host.decode()


def without_query(url: httpx.URL | str) -> str:
    """An address without what may be secret in it: its query, its fragment and any password."""
    url = httpx.URL(url)
    return str(url.copy_with(query=None, fragment=None, username=None, password=None))


def _trusted(source: Source) -> ssl.SSLContext:
    context = httpx.create_ssl_context()
    if source.ca_file is not None:
        try:
            context.load_verify_locations(source.ca_file)
        except (OSError, ssl.SSLError) as error:
            raise FetchFailed(f"{source.ca_file}: no certificates can be read: {error}") from error
    return context


def _may_be_asked(url: httpx.URL, source: Source) -> None:
    if url.scheme != "https":
        raise FetchFailed(f"{without_query(url)} is not asked: only HTTPS is")
    host = url.raw_host.decode()
    if host not in source.hosts:
        words = host if len(host) <= _LONGEST_HOST else f"{host[:_LONGEST_HOST]}…"
        raise FetchFailed(f"the host {words} is not asked: it is not among those allowed")


def _next(response: httpx.Response, url: httpx.URL) -> httpx.URL:
    location = response.headers.get("Location")
    if not location:
        raise FetchFailed(f"{without_query(url)} redirects to nowhere")
    return url.join(location)


# ---------------------------------------------------------------- the answer


def _answer(response: httpx.Response, url: httpx.URL, source: Source) -> Fetched:
    address = without_query(url)
    if response.status_code not in (_OK, _NOT_MODIFIED):
        # In the words of the standard: those of the source may be anything.
        phrase = httpx.codes.get_reason_phrase(response.status_code)
        raise FetchFailed(f"{address} answers {response.status_code} {phrase}".rstrip())
    body = None
    if response.status_code == _OK:
        body = b"".join(_unpacked(response, source.most_bytes))
    return Fetched(
        body=body,
        address=address,
        etag=_to_send_back(response.headers.get("ETag")),
        last_modified=_to_send_back(response.headers.get("Last-Modified")),
    )


def _to_send_back(header: str | None) -> str | None:
    """What a source calls its answer, where that can be kept and sent back to it; else null."""
    if header and len(header) <= _LONGEST_HEADER and header.isascii() and header.isprintable():
        return header
    return None


def _unpacked(response: httpx.Response, most_bytes: int) -> Iterator[bytes]:
    """The body, unpacked bit by bit: what is small on the way can be large without end."""
    coding = response.headers.get("Content-Encoding", "identity").strip().casefold()
    if coding not in ("identity", "gzip"):
        raise FetchFailed(f"the answer is packed as {coding[:40]!r}, which was not asked for")
    unpacker = zlib.decompressobj(wbits=16 + zlib.MAX_WBITS) if coding == "gzip" else None
    came = size = 0
    for chunk in response.iter_raw():
        came += len(chunk)
        try:
            part = unpacker.decompress(chunk, most_bytes - size + 1) if unpacker else chunk
        except zlib.error as error:
            raise FetchFailed(f"the answer cannot be unpacked: {error}") from error
        size += len(part)
        if max(came, size) > most_bytes:
            raise FetchFailed(f"the answer is larger than {most_bytes} bytes")
        yield part
    if unpacker is not None and not unpacker.eof:
        raise FetchFailed("the answer ends in the middle of what is packed")


# ---------------------------------------------------------------- time and addresses


class _Watch:
    """Ends the exchange when its time is over, and before it begins at an address not allowed.

    A source that sends a byte now and then is never silent for long; so the connection itself is
    shut when the time is over, whatever waits on it.
    """

    def __init__(self, source: Source) -> None:
        self.source = source
        self.words = ""
        self._connected: list[socket.socket] = []
        self._timer = threading.Timer(source.seconds, self._end)
        self._timer.daemon = True

    def __enter__(self) -> "_Watch":
        self._timer.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()
        for connection in self._connected:
            connection.close()

    def trace(self, event: str, info: Mapping[str, Any]) -> None:
        """What the client does, as it tells: a connection is looked at before it is used."""
        if event != "connection.connect_tcp.complete":
            return
        stream = info["return_value"]
        # A second handle: the client's own is exchanged for another when TLS begins.
        connection = stream.get_extra_info("socket").dup()
        self._connected.append(connection)
        address = ipaddress.ip_address(connection.getpeername()[0].partition("%")[0])
        if not (self.source.private or _is_public(address)):
            stream.close()
            raise FetchFailed(f"the source is at {address}, which is no public address: not asked")
        if self.words:
            connection.shutdown(socket.SHUT_RDWR)

    def _end(self) -> None:
        self.words = f"it took longer than {self.source.seconds:g} seconds"
        for connection in self._connected:
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)


def _is_public(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    mapped = getattr(address, "ipv4_mapped", None)
    return (mapped or address).is_global and not address.is_multicast


def _in_words(error: Exception, url: httpx.URL) -> str:
    """What went wrong, without the address's query that some messages repeat."""
    where = f"{url.scheme}://{url.host}"
    if isinstance(error, httpx.ConnectTimeout):
        return f"{where} was not reached in time"
    if isinstance(error, httpx.TimeoutException):
        return f"{where} was silent for too long"
    if isinstance(error, httpx.ConnectError):
        return f"{where} cannot be reached: {error}"
    if isinstance(error, httpx.RemoteProtocolError):
        # Only where the message can hold nothing that the source sent.
        told = str(error) if str(error).startswith(("peer closed", "Server disconnected")) else ""
        return f"{where} broke off: {told}" if told else f"{where} does not speak HTTP as it should"
    if isinstance(error, httpx.InvalidURL | ValueError):
        return f"{where} redirects to what is no address"
    return f"{where} broke off ({type(error).__name__})"
