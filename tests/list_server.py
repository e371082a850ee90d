"""An HTTPS server on loopback that behaves as the UN's site does, or misbehaves by name.

The first address answers 302 to a signed one on another host name, which answers with the list.
Both are this server: `127.0.0.1` and `localhost`. Raw sockets, because a server that is made to
behave well cannot be made to send half a body.
"""

import gzip
import secrets
import socket
import ssl
import tempfile
import threading
import time
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime, parsedate_to_datetime
from itertools import chain, repeat
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import trustme

from tests.invented import xml

FIRST = "/resources/xml/en/consolidated.xml"
FINAL = "/resources/consolidated.xml"
_PATIENCE = 20  # seconds that a client may keep a connection without reading or asking
_MEBIBYTE = 1024 * 1024
_BOMB = 4096  # mebibytes


@dataclass(frozen=True, kw_only=True)
class Request:
    """What a client asked."""

    method: str
    path: str
    """With the query."""
    headers: Mapping[str, str]
    """By name in small letters."""


@dataclass(frozen=True)
class Exchange:
    """One connection that a client opened and asked one thing on."""

    socket: ssl.SSLSocket
    request: Request

    def send(self, data: bytes) -> None:
        """Some bytes; OSError when the client has gone."""
        self.socket.sendall(data)

    def head(self, status: str, headers: Mapping[str, object]) -> None:
        """The status line and the headers."""
        lines = (f"{name}: {text}\r\n" for name, text in headers.items())
        self.send(f"HTTP/1.1 {status}\r\nConnection: close\r\n{''.join(lines)}\r\n".encode())

    def answer(self, status: str, body: bytes = b"", headers: Mapping[str, object] = {}) -> None:
        """A whole answer; its Content-Length is right unless `headers` say another."""
        self.head(status, {"Content-Length": len(body), "Content-Type": "text/xml", **headers})
        self.send(body)


class ListServer:
    """The server: what it sends is set on it, and what it was asked can be read from it."""

    def __init__(self, ca_file: Path, context: ssl.SSLContext) -> None:
        self.ca_file = ca_file
        """The certificate of the authority to trust, PEM."""
        self.gzip = False
        """Whether to pack the list for a client that takes gzip."""
        self.pace = 0.05
        """Seconds between the pieces of what is sent slowly."""
        self.valid_for = 3600.0
        """Seconds for which an address signed now is good."""
        self.secret = secrets.token_hex(16)
        """The signature in the second address, which no record or log may hold."""
        self.requests: list[Request] = []
        """Every request, in the order it came in."""
        self.downloads = 0
        """How many times the list was sent in full, as the answer of a server that behaves."""
        self._behaviour = BEHAVIOURS["good"]
        self._context = context
        self._bodies = 0
        self.body = xml("2026-01-01T00:00:00Z")
        self._lock = threading.Lock()
        self.stopped = threading.Event()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._open: dict[threading.Thread, socket.socket] = {}
        self._accepting = threading.Thread(target=self._accept, daemon=True)
        self._accepting.start()

    @property
    def port(self) -> int:
        """The port on loopback."""
        port: int = self._listener.getsockname()[1]
        return port

    @property
    def url(self) -> str:
        """The first address, the one that is set."""
        return f"https://127.0.0.1:{self.port}{FIRST}"

    @property
    def signed(self) -> str:
        """The second address, as the first one says it now."""
        expires = time.time() + self.valid_for
        return f"https://localhost:{self.port}{FINAL}?sv=2025-01-05&se={expires}&sig={self.secret}"

    @property
    def body(self) -> bytes:
        """The list. Setting it makes new validators, which can then be set, to null too."""
        return self._body

    @body.setter
    def body(self, body: bytes) -> None:
        self._body = body
        self._bodies += 1
        written = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(days=self._bodies)
        self.etag: str | None = f'"0x8DE{self._bodies:012}"'
        self.last_modified: str | None = format_datetime(written, usegmt=True)

    def behave(self, name: str) -> None:
        """How to answer from now on: a name of BEHAVIOURS."""
        self._behaviour = BEHAVIOURS[name]

    def forget(self) -> None:
        """Count requests and downloads from nothing again."""
        with self._lock:
            self.requests, self.downloads = [], 0

    def count_download(self) -> None:
        """Counted before the last byte leaves, so that a client that has it all finds it so."""
        with self._lock:
            self.downloads += 1

    def wait(self) -> bool:
        """Let some time pass; false when the server is to stop."""
        return not self.stopped.wait(self.pace)

    def close(self) -> None:
        """Stop at once, in the middle of what is being sent."""
        self.stopped.set()
        with suppress(OSError):  # wakes the thread that waits in accept
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._accepting.join(_PATIENCE)
        with self._lock:
            still = dict(self._open)
        for thread, connection in still.items():
            with suppress(OSError):  # under TLS, which would first say goodbye
                socket.socket.shutdown(connection, socket.SHUT_RDWR)
            thread.join(_PATIENCE)

    def _accept(self) -> None:
        while not self.stopped.is_set():
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            thread = threading.Thread(target=self._serve, args=(connection,), daemon=True)
            with self._lock:
                self._open[thread] = connection
            thread.start()

    def _serve(self, connection: socket.socket) -> None:
        connection.settimeout(_PATIENCE)
        # A client that goes away, or does not trust the certificate, is none of our faults.
        with connection, suppress(OSError, ValueError):
            self._exchange(connection)
        with self._lock:
            del self._open[threading.current_thread()]

    def _exchange(self, connection: socket.socket) -> None:
        if self._behaviour is silent:
            while self.wait():
                pass
            return
        with self._context.wrap_socket(
            connection, server_side=True, do_handshake_on_connect=False
        ) as wrapped:
            with self._lock:
                self._open[threading.current_thread()] = wrapped
            wrapped.do_handshake()
            request = _read(wrapped)
            if request is None:
                return
            with self._lock:
                self.requests.append(request)
            exchange = Exchange(wrapped, request)
            if request.method != "GET":
                exchange.answer("405 Method Not Allowed")
            elif "user-agent" not in request.headers:
                exchange.answer("403 Forbidden")
            else:
                self._behaviour(self, exchange)


Behaviour = Callable[[ListServer, Exchange], None]


def _read(connection: ssl.SSLSocket) -> Request | None:
    """One request without a body; null when the client leaves before it has asked."""
    data = b""
    while b"\r\n\r\n" not in data:
        more = connection.recv(65536)
        if not more:
            return None
        data += more
    first, *lines = data.partition(b"\r\n\r\n")[0].decode("latin-1").split("\r\n")
    method, path, _ = first.split(" ")
    headers = (line.partition(":") for line in lines)
    return Request(
        method=method,
        path=path,
        headers={name.lower(): text.strip() for name, _, text in headers},
    )


@contextmanager
def list_server() -> Iterator[ListServer]:
    """A server with an authority and a certificate of its own, stopped at the end."""
    authority = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1", "localhost").configure_cert(context)
    with tempfile.TemporaryDirectory(prefix="travelban-list-server-") as folder:
        ca_file = Path(folder) / "authority.pem"
        authority.cert_pem.write_to_path(str(ca_file))
        server = ListServer(ca_file, context)
        try:
            yield server
        finally:
            server.close()


# ---------------------------------------------------------------- what it does


def good(server: ListServer, exchange: Exchange) -> None:
    """What the UN's site does."""
    address = urlsplit(exchange.request.path)
    if address.path == FIRST:
        exchange.answer("302 Found", headers={"Location": server.signed})
    elif address.path != FINAL:
        exchange.answer("404 Not Found")
    elif not _signature_holds(server, address.query):
        exchange.answer("403 Server failed to authenticate the request")
    elif _has_it(server, exchange.request.headers):
        exchange.head("304 Not Modified", _validators(server))
    else:
        body, headers = server.body, dict(_validators(server))
        if server.gzip and "gzip" in exchange.request.headers.get("accept-encoding", ""):
            body, headers["Content-Encoding"] = gzip.compress(body), "gzip"
        exchange.answer("200 OK", body[:-1], {"Content-Length": len(body), **headers})
        server.count_download()
        exchange.send(body[-1:])


def _signature_holds(server: ListServer, query: str) -> bool:
    given = parse_qs(query)
    in_time = float(given.get("se", ["0"])[0]) > time.time()
    return in_time and given.get("sig") == [server.secret]


def _validators(server: ListServer) -> dict[str, str]:
    each = {"ETag": server.etag, "Last-Modified": server.last_modified}
    return {name: text for name, text in each.items() if text is not None}


def _has_it(server: ListServer, headers: Mapping[str, str]) -> bool:
    """Whether the client has this list; the date is asked only where no ETag was sent."""
    if "if-none-match" in headers:
        tags = [tag.strip().removeprefix("W/") for tag in headers["if-none-match"].split(",")]
        return server.etag is not None and (server.etag in tags or "*" in tags)
    if "if-modified-since" in headers and server.last_modified is not None:
        since = parsedate_to_datetime(headers["if-modified-since"])
        return parsedate_to_datetime(server.last_modified) <= since
    return False


def _at_the_end(behaviour: Behaviour) -> Behaviour:
    """Behave well at the first address, and so at the second."""

    def both(server: ListServer, exchange: Exchange) -> None:
        if urlsplit(exchange.request.path).path == FINAL:
            behaviour(server, exchange)
        else:
            good(server, exchange)

    return both


def silent(server: ListServer, exchange: Exchange) -> None:
    """Accept, and say nothing, not even the greeting of TLS; the server looks for this one."""


def no_answer(server: ListServer, exchange: Exchange) -> None:
    """Greet, read the request, and say nothing."""
    while server.wait():
        pass


def html(server: ListServer, exchange: Exchange) -> None:
    """A page for people, as an answer that went well."""
    page = b"<!doctype html><html><head><title>Sorry</title></head><body>Back soon</body></html>"
    exchange.answer("200 OK", page, {"Content-Type": "text/html; charset=utf-8"})


def half(server: ListServer, exchange: Exchange) -> None:
    """Half of what was promised."""
    exchange.head("200 OK", {"Content-Length": len(server.body)})
    exchange.send(server.body[: len(server.body) // 2])


def trickle(server: ListServer, exchange: Exchange) -> None:
    """A byte of the body now and then; the end is promised, and far."""
    exchange.head("200 OK", {"Content-Length": len(server.body) + 10 * _MEBIBYTE})
    for byte in chain(server.body, repeat(0x20)):
        exchange.send(bytes([byte]))
        if not server.wait():
            return


def slow_headers(server: ListServer, exchange: Exchange) -> None:
    """A header, a byte now and then, without end."""
    exchange.send(b"HTTP/1.1 200 OK\r\nX-Slow: ")
    while server.wait():
        exchange.send(b"x")


def gzip_bomb(server: ListServer, exchange: Exchange) -> None:
    """Some mebibytes that unpack to gibibytes of white space in a list."""
    packer = zlib.compressobj(9, wbits=31)
    begun = packer.compress(server.body.replace(b"</CONSOLIDATED_LIST>", b""))
    begun += packer.flush(zlib.Z_FULL_FLUSH)
    # After a full flush a piece stands by itself, and can be sent again and again.
    piece = packer.compress(b" " * _MEBIBYTE) + packer.flush(zlib.Z_FULL_FLUSH)
    length = len(begun) + _BOMB * len(piece)
    exchange.head("200 OK", {"Content-Length": length, "Content-Encoding": "gzip"})
    exchange.send(begun)
    for _ in range(_BOMB):
        exchange.send(piece)


def large(server: ListServer, exchange: Exchange) -> None:
    """A list, and white space after it without end."""
    exchange.head("200 OK", {"Content-Type": "text/xml"})
    exchange.send(server.body)
    while not server.stopped.is_set():
        exchange.send(b" " * _MEBIBYTE)


def dtd(server: ListServer, exchange: Exchange) -> None:
    """A document type that would have a file fetched from here, which would be on record."""
    address = f"https://localhost:{server.port}/fetched.dtd"
    exchange.answer(
        "200 OK", _with_prolog(server, f'<!DOCTYPE CONSOLIDATED_LIST SYSTEM "{address}">')
    )


def entity_bomb(server: ListServer, exchange: Exchange) -> None:
    """A few lines that would expand to gigabytes."""
    entities = ['<!ENTITY a0 "the list ">']
    entities += [f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10)]
    prolog = f"<!DOCTYPE CONSOLIDATED_LIST [{''.join(entities)}]>"
    body = _with_prolog(server, prolog)
    exchange.answer("200 OK", body.replace(b"<FIRST_NAME>", b"<FIRST_NAME>&a9;", 1))


def _with_prolog(server: ListServer, prolog: str) -> bytes:
    return server.body.replace(b"<CONSOLIDATED_LIST", f"{prolog}<CONSOLIDATED_LIST".encode(), 1)


def short_length(server: ListServer, exchange: Exchange) -> None:
    """The whole list, and a Content-Length of half of it."""
    exchange.answer("200 OK", server.body, {"Content-Length": len(server.body) // 2})


def long_length(server: ListServer, exchange: Exchange) -> None:
    """The whole list, and a Content-Length of more."""
    exchange.answer("200 OK", server.body, {"Content-Length": len(server.body) + 100})


def truncated_xml(server: ListServer, exchange: Exchange) -> None:
    """A whole answer whose XML breaks off."""
    exchange.answer("200 OK", server.body[: len(server.body) * 2 // 3])


def empty(server: ListServer, exchange: Exchange) -> None:
    """A whole answer of no bytes."""
    exchange.answer("200 OK")


def not_gzip(server: ListServer, exchange: Exchange) -> None:
    """The plain list, said to be packed."""
    exchange.answer("200 OK", server.body, {"Content-Encoding": "gzip"})


def unknown_encoding(server: ListServer, exchange: Exchange) -> None:
    """The list in a coding that nobody asked for or knows."""
    exchange.answer("200 OK", server.body[::-1], {"Content-Encoding": "backwards"})


def redirect_loop(server: ListServer, exchange: Exchange) -> None:
    """From the first address to the second and back."""
    first = urlsplit(exchange.request.path).path == FIRST
    exchange.answer("302 Found", headers={"Location": server.signed if first else server.url})


def _redirect(address: str | None) -> Behaviour:
    """Send to another address, on the server's own port where it names one."""

    def redirect(server: ListServer, exchange: Exchange) -> None:
        if address is None:
            exchange.answer("302 Found")
        else:
            exchange.answer("302 Found", headers={"Location": address.format(port=server.port)})

    return redirect


def _status(status: str) -> Behaviour:
    return lambda server, exchange: exchange.answer(status, b"<html>An error</html>")


BEHAVIOURS: Mapping[str, Behaviour] = {
    "good": good,
    "silent": silent,
    "no_answer": no_answer,
    # At the first address, and wherever it sends to.
    "redirect_loop": redirect_loop,
    "redirect_http": _redirect(f"http://localhost:{{port}}{FINAL}"),
    # A name that can never be found, so that a client that follows finds nobody.
    "redirect_other_host": _redirect(f"https://lists.invalid{FINAL}"),
    "redirect_loopback": _redirect(f"https://127.0.0.2:{{port}}{FINAL}"),
    "redirect_nowhere": _redirect(None),
    **{
        behaviour.__name__: _at_the_end(behaviour)
        for behaviour in (
            html, half, trickle, slow_headers, gzip_bomb, large, dtd, entity_bomb, short_length,
            long_length, truncated_xml, empty, not_gzip, unknown_encoding,
        )
    },
    "status_403": _at_the_end(_status("403 Forbidden")),
    "status_404": _at_the_end(_status("404 Not Found")),
    "status_500": _at_the_end(_status("500 Internal Server Error")),
    "status_503": _at_the_end(_status("503 Service Unavailable")),
}  # fmt: skip
"""Every way to answer, by name; all but the first are faults."""
