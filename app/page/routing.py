"""A route that answers with a page: who looks, whether the form is ours, and failures in words."""

from collections.abc import Callable, Coroutine
from typing import Any
from urllib.parse import quote

from fastapi import Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.exceptions import RequestValidationError
from fastapi.responses import RedirectResponse
from fastapi.routing import APIRoute

from app.assessment.report import Refused
from app.desk import BadCursor, Desk, Erased, KnownAtInFuture, NotOnRecord
from app.faults import FieldWrong, wrong_fields
from app.page import visitor
from app.page.form import FormWrong
from app.page.render import Pages
from app.store.keys import Scope
from app.store.trouble import trouble

SIGN_IN = "/sign-in"
OPEN = (SIGN_IN, "/sign-out", "/glossary", "/static/{name}")
"""Pages that tell of nobody: they need no key."""
SEE_OTHER = 303


def page_route(desk: Desk, pages: Pages) -> type[APIRoute]:
    """The class of the routes of one service's pages."""

    class PageRoute(APIRoute):
        """A page. `openapi_extra` holds the scope that it needs; null for any key."""

        def __init__(self, path: str, endpoint: Callable[..., Any], **given: Any) -> None:
            self.needs: Scope | None = (given.pop("openapi_extra", None) or {}).get("scope")
            super().__init__(path, endpoint, **{**given, "include_in_schema": False})

        def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
            handler = super().get_route_handler()

            async def answered(request: Request) -> Response:
                try:
                    if request.method == "POST":
                        visitor.check_same_site(request)
                    await self._look(request)
                    return await handler(request)
                except Exception as error:
                    # Off the loop: a page asks the store how old the list is.
                    failed = await run_in_threadpool(_failed, pages, request, error)
                    if failed is None:
                        raise
                    return failed

            return answered

        async def _look(self, request: Request) -> None:
            request.state.visitor = await run_in_threadpool(visitor.look, request, desk)
            found = request.state.visitor
            if found is not None:
                request.state.key = found.signs  # for the log
            if self.path in OPEN:
                return
            if found is None:
                raise visitor.NotSignedIn
            if self.needs is not None and not found.may(self.needs):
                raise visitor.ScopeMissing(self.needs)

    return PageRoute


def _failed(pages: Pages, request: Request, error: Exception) -> Response | None:
    """The page of a failure that has words; null for one that has not."""
    match error:
        case visitor.NotSignedIn():
            asked = request.url.path + (f"?{request.url.query}" if request.url.query else "")
            back = f"?next={quote(asked, safe='/')}" if request.method == "GET" else ""
            return RedirectResponse(f"{SIGN_IN}{back}", SEE_OTHER)
        case visitor.ScopeMissing():
            return pages.page(request, "forbidden.html", 403, scope=str(error))
        case visitor.CrossSite():
            return pages.page(request, "cross_site.html", 403)
        case Erased():
            return pages.page(request, "erased.html", 410, on=error.moment)
        case NotOnRecord():
            return pages.page(request, "not_found.html", 404)
        case FormWrong():
            faults = error.faults
        case Refused():
            faults = tuple(FieldWrong(field=item.field, words=item.words) for item in error.faults)
        case KnownAtInFuture():
            faults = (FieldWrong(field=error.field, words=str(error)),)
        case BadCursor():
            faults = (FieldWrong(field="after", words=str(error)),)
        case RequestValidationError():
            faults = wrong_fields(error.errors(), error.body)
        case _ if trouble(error) is not None:
            return pages.page(request, "unavailable.html", 503)
        case _:
            return None
    return pages.page(request, "wrong.html", 422, faults=faults)
