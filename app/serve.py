"""create_app(settings): wiring only."""

import logging
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from fastapi import Depends, FastAPI
from starlette.middleware.cors import CORSMiddleware

from app.api import document, examples, headers, limit, log, metrics, problem, query, routes, seen
from app.api.head import HeadInTime
from app.api.limit import Limits
from app.desk import Desk
from app.jobs import shipped
from app.jobs.fetch import Source, ascii_host
from app.jobs.parser_model import ParserModel
from app.page import routes as pages
from app.reading.read import read
from app.settings import Settings
from app.store import facts
from app.terms import Policy
from app.where import Places

VERSION = "0.1.0"
TITLE = "UN travel-ban checker"
DATA = Path(__file__).resolve().parent.parent / "data"
"""What ships with the project."""

_ABOUT = """Was this reported journey entry into, or transit through, a State that a UN travel ban
obliged to refuse it? Five standings are decided apart, each with its reasons and sources; one
published table turns them into a verdict and a careful sentence. Not being found is not a
clearance, and no verdict here establishes a breach."""


def utc_now() -> datetime:
    """The clock of the process: the one place that reads it."""
    return datetime.now(UTC)


def open_desk(
    settings: Settings,
    clock: Callable[[], datetime] = utc_now,
    data: Path = DATA,
    *,
    prepared: bool = False,
) -> Desk:
    """Migrate the store, load what ships with the project, and open the desk over both.

    `prepared` says that whoever started this process has done the first two. ModelWrong where a
    parser's model is named that cannot be had.
    """
    model = ParserModel(settings.parser_model) if settings.parser_model is not None else None
    tables = shipped.tables(data)
    store = facts.open_store(settings.database_url)
    if not prepared:
        facts.migrate(settings.database_url)
        shipped.load(store, data, clock)
    return Desk(
        store=store,
        tables=tables,
        places=Places(tables.places),
        policy=policy(settings),
        clock=clock,
        read=partial(read, parser=model),
        parser=model,
        version=VERSION,
        stale_days=settings.list_stale_days,
        list_share=settings.list_share,
        regime_loss=settings.regime_loss,
        audit_secret=settings.audit_secret(),
        keys_required=settings.keys,
    )


def source(settings: Settings) -> Source:
    """Where the full list is fetched from, as the settings say."""
    return Source(
        url=settings.un_list_url,
        # Whoever sets the address means its host.
        hosts=(*settings.fetch_hosts, ascii_host(settings.un_list_url)),
        private=settings.fetch_private,
        ca_file=settings.fetch_ca_file,
        seconds=settings.fetch_seconds,
        user_agent=f"travelban/{VERSION}",
    )


def policy(settings: Settings) -> Policy:
    """The thresholds that the settings give."""
    return Policy(
        threshold=settings.threshold,
        strong=settings.strong,
        fresh_days=settings.fresh_days,
        limit=settings.limit,
    )


def limits(settings: Settings) -> Limits:
    """What is let in; whoever names an address to listen on means it as a host, too."""
    return Limits(
        hosts=(*settings.hosts, settings.host),
        cors_origins=settings.cors_origins,
        address_bytes=settings.address_bytes,
        header_bytes=settings.header_bytes,
        body_bytes=settings.body_bytes,
        body_seconds=settings.body_seconds,
        request_seconds=settings.request_seconds,
        in_flight=settings.in_flight,
        requests_a_minute=settings.requests_a_minute,
    )


def create_app(desk: Desk, let_in: Limits | None = None) -> FastAPI:
    """The service over one desk.

    Around the routes stand, from the outside in: the headers that every answer has, refusals too;
    CORS where it is set, so that a page may read a refusal; the age of the list; and the limits,
    in the order that `limit.limited` gives them.
    """
    let_in = Limits() if let_in is None else let_in
    desk.warm()
    app = FastAPI(
        title=TITLE,
        version=VERSION,
        description=_ABOUT,
        openapi_url="/v1/openapi.json",
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
    )
    counts = metrics.Counts()
    problem.install(app)
    routes.install(app, metrics.counted(desk, counts))
    metrics.install(app, desk, counts)
    document.install(app)
    # The routes so far see to it themselves, which takes less time.
    app.router.dependencies.append(Depends(query.only_known))
    pages.install(app, desk, {"article": examples.ARTICLE, "journey": examples.REPORT})
    # What is added last stands outermost.
    app.add_middleware(limit.limited, limits=let_in)
    app.add_middleware(ListAge, desk=desk)
    if let_in.cors_origins:
        app.add_middleware(
            CORSMiddleware,
            allow_origins=let_in.cors_origins,
            allow_methods=("GET", "POST"),
            allow_headers=("Authorization", "Content-Type", "If-None-Match", "X-Request-ID"),
            expose_headers=("ETag", "Location", "Retry-After", "X-List-Age", "X-Request-ID"),
        )
    app.add_middleware(headers.SafeHeaders)
    # The outermost sees what all others answer.
    app.add_middleware(seen.Seen, watchers=(counts.request, log.tell))
    return app


def server_options(let_in: Limits) -> dict[str, Any]:
    """What the server is told, beside where to listen: it names itself to nobody.

    It reads with h11, which bounds a head that is not whole (64 KiB) as its faster sister does
    not; and there is nothing here to open a web socket for.
    """
    return {
        "http": partial(HeadInTime, seconds=let_in.body_seconds),
        "ws": "none",
        "server_header": False,
        "log_config": None,
        "log_level": "warning",
        "access_log": False,
    }


class ListAge:
    """Adds `X-List-Age` to answers: the age of the newest list in seconds, never in a body."""

    def __init__(self, app: Any, desk: Desk) -> None:
        self.app = app
        self.desk = desk

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http" or not scope["path"].startswith("/v1/"):
            await self.app(scope, receive, send)
            return

        async def with_age(message: Any) -> None:
            # Asked when the answer begins: the question itself has looked at the record by then.
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], *self._age()]
            await send(message)

        await self.app(scope, receive, with_age)

    def _age(self) -> list[tuple[bytes, bytes]]:
        try:
            age = self.desk.list_age()
        except Exception:
            # An answer without the header is better than none.
            logging.getLogger("travelban").exception("the age of the list could not be told")
            return []
        return [] if age is None else [(b"x-list-age", str(age).encode())]
