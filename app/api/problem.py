"""Every failure over HTTP as an RFC 9457 problem with a name.

`KINDS` is the whole list; docs/problems.md has a heading for each, and tests walk to each over
HTTP. A problem never carries internals or the body back.
"""

import logging
import re
import sqlite3
from collections.abc import Mapping
from typing import Any

from fastapi import FastAPI, Request
from fastapi.encoders import jsonable_encoder
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from sqlalchemy.exc import SQLAlchemyError
from starlette.exceptions import HTTPException
from starlette.routing import Match

from app.api.headers import NOT_KEPT, SAFE
from app.api.request_id import ID
from app.assessment.report import Fault, Refused
from app.desk import BadCursor, KnownAtInFuture
from app.faults import LONGEST_NAME, FieldWrong, wrong_fields
from app.store.trouble import Trouble, first_line, trouble
from app.terms import value

MEDIA_TYPE = "application/problem+json"

_LOG = logging.getLogger("travelban")

# What the framework reads as JSON.
_JSON = re.compile(r"\s*application/([^\s;]+\+)?json\s*(;|$)", re.IGNORECASE)

# What may be answered at any address, before or after its own work.
_ANYWHERE = (
    "internal-error",
    "too-slow",
    "too-large",
    "address-too-long",
    "host-not-known",
    "too-many-requests",
    "headers-too-large",
    "busy",
    "took-too-long",
    "database-unavailable",
)


@value
class Kind:
    """One kind of problem: its name, HTTP status and title."""

    name: str
    status: int
    title: str


KINDS: Mapping[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind(name="invalid-request", status=422, title="The request is not of the form"),
        Kind(name="known-at-in-future", status=422, title="The knowledge clock is in the future"),
        Kind(name="not-json", status=400, title="The body is not JSON"),
        Kind(name="unsupported-media-type", status=415, title="The body is of another media type"),
        Kind(name="too-large", status=413, title="The body is larger than is read"),
        Kind(name="no-key", status=401, title="This needs a key"),
        Kind(name="key-refused", status=401, title="The key is not taken"),
        Kind(name="scope-missing", status=403, title="The key does not open this"),
        Kind(name="too-slow", status=408, title="The body did not come in time"),
        Kind(name="address-too-long", status=414, title="The address is longer than is read"),
        Kind(name="headers-too-large", status=431, title="The headers are larger than is read"),
        Kind(name="host-not-known", status=421, title="The service does not answer for this host"),
        Kind(name="too-many-requests", status=429, title="More requests than are answered"),
        Kind(name="not-found", status=404, title="There is nothing at this address"),
        Kind(name="not-on-record", status=404, title="Nothing on record has this name"),
        Kind(name="erased", status=410, title="What had this name was erased"),
        Kind(name="not-newest", status=409, title="Another answer has come since"),
        Kind(name="method-not-allowed", status=405, title="This address takes another method"),
        Kind(name="not-ready", status=503, title="The service cannot answer yet"),
        Kind(name="busy", status=503, title="As much is being worked on as can be"),
        Kind(name="took-too-long", status=503, title="There was no answer in time"),
        Kind(name="database-unavailable", status=503, title="The database cannot be used now"),
        Kind(name="internal-error", status=500, title="The service failed"),
    )
}


@value
class Problem:
    """An RFC 9457 problem."""

    type: str
    title: str
    status: int
    detail: str
    errors: tuple[FieldWrong, ...]
    request: str
    """The id of the request, as in the header and in the log."""


class Raised(Exception):
    """Raise a problem by its name from a route."""

    def __init__(
        self,
        name: str,
        detail: str,
        errors: tuple[FieldWrong, ...] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(detail)
        self.kind = KINDS[name]
        self.errors = errors
        self.headers = dict(headers or {})


def problem(
    name: str,
    detail: str,
    errors: tuple[FieldWrong, ...] = (),
    headers: Mapping[str, str] | None = None,
) -> JSONResponse:
    """The answer for a problem of a kind."""
    kind = KINDS[name]
    body = Problem(
        type=f"urn:travelban:problem:{kind.name}",
        title=kind.title,
        status=kind.status,
        detail=detail,
        errors=errors,
        request=ID.get(),
    )
    return JSONResponse(
        jsonable_encoder(body),
        status_code=kind.status,
        media_type=MEDIA_TYPE,
        headers=dict(headers or {}),
    )


def responses(*names: str) -> dict[int | str, dict[str, Any]]:
    """What a route may answer besides its own, for the OpenAPI document."""
    found: dict[int | str, dict[str, Any]] = {}
    for name in dict.fromkeys((*names, *_ANYWHERE)):
        kind = KINDS[name]
        title = found.get(kind.status, {}).get("description")
        found[kind.status] = {
            "description": f"{title}; {kind.title}" if title else kind.title,
            "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
        }
    return found


def install(app: FastAPI) -> None:
    """Make every failure of an application a problem."""

    @app.exception_handler(RequestValidationError)
    def invalid(request: Request, error: RequestValidationError) -> JSONResponse:
        found = error.errors()
        for item in found:
            if item["type"] == "json_invalid":
                at = item["loc"][-1] + 1
                return problem("not-json", f"The body cannot be read as JSON: at character {at}.")
        sent = request.headers.get("content-type", "")
        if isinstance(error.body, bytes | str) and not _JSON.match(sent):
            named = sent[:LONGEST_NAME] or "of no named type"
            words = f"The body is {named}; send application/json."
            return problem("unsupported-media-type", words)
        errors = wrong_fields(found, error.body)
        return problem("invalid-request", _summary(errors), errors)

    @app.exception_handler(Refused)
    def refused(_: Request, error: Refused) -> JSONResponse:
        errors = tuple(_fault(fault) for fault in error.faults)
        return problem("invalid-request", _summary(errors), errors)

    @app.exception_handler(KnownAtInFuture)
    def future(_: Request, error: KnownAtInFuture) -> JSONResponse:
        errors = (FieldWrong(field=error.field, words=str(error)),)
        return problem("known-at-in-future", str(error), errors)

    @app.exception_handler(BadCursor)
    def cursor(_: Request, error: BadCursor) -> JSONResponse:
        errors = (FieldWrong(field="after", words=str(error)),)
        return problem("invalid-request", _summary(errors), errors)

    @app.exception_handler(Raised)
    def raised(_: Request, error: Raised) -> JSONResponse:
        return problem(error.kind.name, str(error), error.errors, error.headers)

    @app.exception_handler(HTTPException)
    def http(request: Request, error: HTTPException) -> JSONResponse:
        if error.status_code == KINDS["method-not-allowed"].status:
            words = f"{request.method[:LONGEST_NAME]} is not taken here."
            return problem("method-not-allowed", words, headers={"Allow": _allowed(request)})
        if error.status_code == KINDS["not-found"].status:
            return problem("not-found", "There is no such address.")
        if isinstance(error.__cause__, Refused):  # by QuestionRoute
            return refused(request, error.__cause__)
        if isinstance(error.__cause__, UnicodeDecodeError):
            at = error.__cause__.start + 1
            return problem("not-json", f"The body is not UTF-8: at byte {at}.")
        if error.status_code == KINDS["not-json"].status:
            return problem("not-json", "The body cannot be read as JSON.")
        return problem("internal-error", "The request could not be answered.")

    @app.exception_handler(SQLAlchemyError)
    @app.exception_handler(sqlite3.Error)
    def database(_: Request, error: Exception) -> JSONResponse:
        found = trouble(error)
        if found is None:
            raise error  # the program's own fault
        _LOG.error("%s: %s", found.words, first_line(error))
        return unavailable(found)

    @app.exception_handler(Exception)
    def unforeseen(_: Request, __: Exception) -> JSONResponse:
        return failed()


def failed() -> JSONResponse:
    """The answer where the service itself failed."""
    return problem(
        "internal-error",
        "The service failed; ask again, and the same question is answered once.",
        # This one is sent from outside everything else, SafeHeaders too.
        headers={**SAFE, "Cache-Control": NOT_KEPT},
    )


_LATER: Mapping[Trouble, int] = {Trouble.full: 60, Trouble.read_only: 60}
"""Seconds to wait where it takes somebody to make room; all else passes sooner."""
_SOON = 5


def unavailable(found: Trouble) -> JSONResponse:
    """The answer where the database cannot be used: the question is not to blame."""
    saved = "Nothing was saved"
    if found is Trouble.lost:
        saved = "What was being saved at that moment may be on record or not"
    words = f"{found.words[0].upper()}{found.words[1:]}. {saved}; ask again."
    later = {"Retry-After": str(_LATER.get(found, _SOON))}
    return problem("database-unavailable", words, headers=later)


def _allowed(request: Request) -> str:
    """The methods of every route at this address, not only of the first."""
    methods: set[str] = set()
    for route in request.app.routes:
        if route.matches(request.scope)[0] is not Match.NONE:
            methods |= getattr(route, "methods", None) or set()
    return ", ".join(sorted(methods))


def _fault(fault: Fault) -> FieldWrong:
    return FieldWrong(field=fault.field, words=fault.words)


def _summary(errors: tuple[FieldWrong, ...]) -> str:
    return "; ".join(f"{item.field}: {item.words}" for item in errors[:5])
