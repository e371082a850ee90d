"""create_app(settings): wiring only."""

import logging
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from fastapi import Depends, FastAPI

from app.api import document, limit, metrics, problem, routes
from app.desk import Desk
from app.jobs import shipped
from app.jobs.fetch import Source, ascii_host
from app.jobs.parser_model import ParserModel
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
    settings: Settings, clock: Callable[[], datetime] = utc_now, data: Path = DATA
) -> Desk:
    """Migrate the store, load what ships with the project, and open the desk over both.

    ModelWrong where a parser's model is named that cannot be had.
    """
    model = ParserModel(settings.parser_model) if settings.parser_model is not None else None
    tables = shipped.tables(data)
    store = facts.open_store(settings.database_url)
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


def create_app(desk: Desk) -> FastAPI:
    """The service over one desk."""
    desk.warm()
    app = FastAPI(
        title=TITLE,
        version=VERSION,
        description=_ABOUT,
        openapi_url="/v1/openapi.json",
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        dependencies=[Depends(routes.only_known)],
    )
    problem.install(app)
    routes.install(app, desk)
    metrics.install(app, desk)
    document.install(app)
    app.add_middleware(limit.MostBytes)
    app.add_middleware(ListAge, desk=desk)
    return app


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
