"""The pages in a real browser: the Chromium that the machine has, over a service of this process.

Where there is none, tests are skipped with one loud line, unless TRAVELBAN_REQUIRE_CHROMIUM is set.
"""

import base64
import hashlib
import io
import os
import shutil
import subprocess
import tarfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from html import escape
from pathlib import Path
from typing import cast

import pytest
import uvicorn
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from app.api.limit import Limits
from app.desk import Desk
from app.reading.read import read as read_article
from app.serve import create_app, server_options
from app.store import facts
from app.terms import Tables
from tests.api.conftest import POLICY, OneOfMany
from tests.conftest import NO_CHROMIUM, ROOT, Clock, make_desk, required
from tests.page.browser.content import Content, fill

REPORT = ROOT / "build" / "pages"
"""Where screenshots are put, with a page that shows them all."""

# Without these it looks for its maker's hosts at every start; as root it needs no sandbox.
_QUIET = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update", "--disable-dev-shm-usage",
)  # fmt: skip

AXE = "4.14.1"
_AXE_SHA512 = (
    "FHfa+lmNjQZfJz1q8wKqIDwC6DExcHt/pkjNQb09a3NPjCKg2rhu5qb2S4r76ASyFNNtuFooJpZe37OgudVGtQ=="
)


@dataclass(frozen=True)
class Service:
    """A service over a desk with something of everything, at an address."""

    address: str
    desk: Desk
    content: Content


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of the machine's own Chromium."""
    names = (os.environ.get("TRAVELBAN_TEST_CHROMIUM", ""), "chromium", "chromium-browser")
    found = next((path for name in names if name and (path := shutil.which(name))), None)
    if found is None:
        required("TRAVELBAN_REQUIRE_CHROMIUM", NO_CHROMIUM)
        raise AssertionError
    return found


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    """One browser for all tests of a process."""
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium, args=list(_QUIET))
        yield launched
        launched.close()


@pytest.fixture(scope="session")
def axe(chromium: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The script of axe-core, of one version and with the digest that it must have."""
    npm = shutil.which("npm")
    if npm is None:
        required("TRAVELBAN_REQUIRE_CHROMIUM", "npm, which brings axe-core, is not here")
    kept = ROOT / "build" / f"axe-core-{AXE}.tgz"
    if not kept.exists():
        folder = tmp_path_factory.mktemp("axe")
        packed = subprocess.run(
            [str(npm), "pack", f"axe-core@{AXE}", "--silent", "--pack-destination", str(folder)],
            capture_output=True, text=True, timeout=120, cwd=folder, check=False,
        )  # fmt: skip
        found = list(folder.glob("*.tgz"))
        if not found:
            required("TRAVELBAN_REQUIRE_CHROMIUM", f"axe-core: {packed.stderr.strip()[:200]}")
        kept.parent.mkdir(exist_ok=True)
        shutil.copy(found[0], kept.with_suffix(f".{os.getpid()}"))
        kept.with_suffix(f".{os.getpid()}").replace(kept)
    body = kept.read_bytes()
    assert base64.b64encode(hashlib.sha512(body).digest()).decode() == _AXE_SHA512
    with tarfile.open(fileobj=io.BytesIO(body)) as archive:
        script = archive.extractfile("package/axe.min.js")
        assert script is not None
        return script.read().decode()


@dataclass(frozen=True)
class Filled:
    """A store with something of everything, to be copied, and when the last of it was put in."""

    path: Path
    content: Content
    now: datetime


@pytest.fixture(scope="session")
def filled(
    bundled: Path, tmp_path_factory: pytest.TempPathFactory, tables: Tables, chromium: str
) -> Filled:
    """What ships and what `content` adds, read and assessed once."""
    path = Path(shutil.copy(bundled, tmp_path_factory.mktemp("filled")))
    clock = Clock()
    with facts.open_store(f"sqlite:///{path}") as store:
        desk = make_desk(store, tables, POLICY, clock)
        desk.read = read_article
        return Filled(path, fill(desk), clock.now)


@contextmanager
def _copied(filled: Filled, folder: Path, tables: Tables) -> Iterator[Desk]:
    """A desk over a copy, whose clock goes on."""
    path = shutil.copy(filled.path, folder)
    with facts.open_store(f"sqlite:///{path}") as store:
        desk = make_desk(store, tables, POLICY, Clock(filled.now))
        desk.read = read_article
        yield desk


@pytest.fixture(scope="session")
def server(
    filled: Filled, tmp_path_factory: pytest.TempPathFactory, tables: Tables
) -> Iterator[tuple[OneOfMany, str]]:
    """The one server, and the place where its desk is put in."""
    with _copied(filled, tmp_path_factory.mktemp("browsed"), tables) as desk:
        standing = OneOfMany(desk)
        with _serving(cast(Desk, standing)) as address:
            yield standing, address


@pytest.fixture
def served(server: tuple[OneOfMany, str], filled: Filled) -> Service:
    """The service over something of everything, for tests that only look."""
    standing, address = server
    return Service(address, cast(Desk, standing), filled.content)


@pytest.fixture
def own_service(
    server: tuple[OneOfMany, str], filled: Filled, tmp_path: Path, tables: Tables
) -> Iterator[Service]:
    """The service over something of everything, of this test alone."""
    standing, address = server
    before = standing.desk
    with _copied(filled, tmp_path, tables) as desk:
        standing.desk = desk
        yield Service(address, desk, filled.content)
        standing.desk = before


class _serving:  # noqa: N801 - used as a word of a with statement
    """A server in a thread."""

    def __init__(self, desk: Desk) -> None:
        app = create_app(desk, Limits(in_flight=64))
        options = server_options(Limits())
        config = uvicorn.Config(app, host="127.0.0.1", port=0, **options)
        self.server = uvicorn.Server(config)
        self.thread = threading.Thread(target=self.server.run, daemon=True)

    def __enter__(self) -> str:
        self.thread.start()
        last = time.monotonic() + 60
        while not self.server.started:
            assert time.monotonic() < last, "the server does not start"
            time.sleep(0.01)
        port = self.server.servers[0].sockets[0].getsockname()[1]
        return f"http://127.0.0.1:{port}"

    def __exit__(self, *_: object) -> None:
        self.server.should_exit = True
        self.thread.join(60)


@pytest.fixture(scope="session")
def contexts() -> dict[str, BrowserContext]:
    """What of a browser is kept from test to test, each with its size and colours."""
    return {}


@pytest.fixture
def new_page(
    browser: Browser, contexts: dict[str, BrowserContext], request: pytest.FixtureRequest
) -> Iterator[Callable[..., Page]]:
    """Opens pages, without what an earlier test left; to ask another host is a failure.

    Two pages of one test that are opened alike are two of one person.
    """
    pages: list[Page] = []
    asked: list[str] = []
    wrong: list[str] = []

    def new(**how: object) -> Page:
        name = repr(sorted(how.items()))
        if name not in contexts:
            contexts[name] = browser.new_context(**how)  # type: ignore[arg-type]
        page = contexts[name].new_page()
        pages.append(page)
        page.set_default_timeout(20_000)
        page.on("request", lambda sent: asked.append(sent.url))
        page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: wrong.append(str(error)))
        return page

    yield new
    for page in pages:
        page.context.clear_cookies()
        page.close()
    elsewhere = [url for url in asked if not url.startswith(("http://127.0.0.1:", "data:"))]
    assert elsewhere == []
    allowed = getattr(request.node, "told_by_browser", ())
    # A status of 4xx that a test asks for is told as an error too.
    assert [said for said in wrong if not said.startswith(("Failed to load", *allowed))] == []


def shot(page: Page, name: str) -> None:
    """Keep a picture of the whole page for the report."""
    REPORT.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=REPORT / f"{name}.png", full_page=True)
    pictures = sorted(path.name for path in REPORT.glob("*.png"))
    shown = "".join(
        f"<figure><figcaption>{escape(each)}</figcaption><img src='{escape(each)}' loading=lazy>"
        "</figure>"
        for each in pictures
    )
    words = (
        "<!doctype html><meta charset=utf-8><title>Pages</title><style>img{max-width:100%}</style>"
    )
    (REPORT / "index.html").write_text(words + shown)
