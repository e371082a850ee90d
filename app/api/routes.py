"""The /v1 routes: each takes a question to the desk and hands its answer on."""

from collections.abc import Callable
from typing import Annotated, TypeVar

from fastapi import APIRouter, Body, Depends, Header, Path, Query, Request, Response

from app.api import examples
from app.api.problem import FieldWrong, Raised, responses
from app.assessment.assess import Assessment
from app.assessment.look_up import Person, StatementAnswered, StatementAsked
from app.assessment.screen import Screening, ScreeningAsked
from app.desk import (
    AssessmentsPage,
    Desk,
    Live,
    MeasuresPage,
    Ready,
    RegimesPage,
    Replay,
    SnapshotsPage,
    encode,
)
from app.terms import DayOrInstant, Instant, Report, StateCode

T = TypeVar("T")
JSON = "application/json"


def only_known(request: Request) -> None:
    """Refuse query parameters that a route does not name."""
    known = {field.alias for field in request.scope["route"].dependant.query_params}
    unknown = sorted(set(request.query_params) - known)
    if unknown:
        errors = tuple(FieldWrong(field=name, words="is not known here") for name in unknown)
        raise Raised("invalid-request", f"{unknown[0]}: is not known here", errors)


Limit = Annotated[int, Query(ge=1, le=500, description="How many items at the most.")]
After = Annotated[str | None, Query(max_length=500, description="`next` of the page before.")]
KnownAt = Annotated[Instant | None, Query(description="The knowledge clock.")]
AsOf = Annotated[DayOrInstant | None, Query(description="The legal clock.")]
ReferenceInPath = Annotated[
    str, Path(max_length=40, description="A permanent reference number.", examples=["IRi.039"])
]
Identifier = Annotated[str, Path(max_length=100, description="Content address of an assessment.")]
NoneMatch = Annotated[str | None, Header(alias="If-None-Match", max_length=1000)]

_REPORT = Body(openapi_examples={"contested": {"value": examples.REPORT}})
_SCREENING = Body(openapi_examples={"namesakes": {"value": examples.SCREENING}})
_STATEMENT = Body(openapi_examples={"since 2007": {"value": examples.STATEMENT}})


def router(desk: Desk) -> APIRouter:
    """The routes over one desk."""
    v1 = APIRouter(prefix="/v1", dependencies=[Depends(only_known)])

    @v1.post(
        "/screenings",
        tags=["screening"],
        response_model=Screening,
        responses=responses("invalid-request", "known-at-in-future", "not-json"),
    )
    def screen(asked: Annotated[ScreeningAsked, _SCREENING]) -> Response:
        """Look for a name among everybody on any list on record."""
        return _json(desk.screen(asked))

    @v1.post(
        "/assessments",
        tags=["assessments"],
        status_code=201,
        response_model=Assessment,
        responses={
            200: {"model": Assessment, "description": "The same question was answered before"},
            **responses("invalid-request", "known-at-in-future", "not-json"),
        },
    )
    def assess(asked: Annotated[Report, _REPORT]) -> Response:
        """Assess a travel report, and save the answer under its content address."""
        answer = desk.ask(asked)
        return Response(
            answer.body,
            status_code=201 if answer.new else 200,
            media_type=JSON,
            headers={"ETag": answer.etag, "Location": f"/v1/assessments/{answer.id}"},
        )

    @v1.get("/assessments", tags=["assessments"], responses=responses("invalid-request"))
    def assessments(limit: Limit = 50, after: After = None) -> AssessmentsPage:
        """Assessments saved, the newest first."""
        return desk.assessments(limit, after)

    @v1.get(
        "/assessments/{id}",
        tags=["assessments"],
        response_model=Assessment,
        responses={
            304: {"description": "Not modified"},
            **responses("not-on-record", "invalid-request"),
        },
    )
    def assessment(id: Identifier, if_none_match: NoneMatch = None) -> Response:  # noqa: A002
        """A saved assessment: the bytes that were sent."""
        answer = _found(lambda: desk.stored(id), "assessment", id)
        headers = {"ETag": answer.etag}
        if if_none_match and answer.etag in if_none_match:
            return Response(status_code=304, headers=headers)
        return Response(answer.body, media_type=JSON, headers=headers)

    @v1.post(
        "/assessments/{id}/replay",
        tags=["assessments"],
        response_model=Replay,
        responses=responses("not-on-record", "invalid-request"),
    )
    def replay(id: Identifier) -> Response:  # noqa: A002
        """Ask a saved question again, at its own clocks, of the engine that runs now."""
        return _json(_found(lambda: desk.replay(id), "assessment", id))

    @v1.get(
        "/people/{reference}",
        tags=["record"],
        response_model=Person,
        responses=responses("not-on-record", "invalid-request", "known-at-in-future"),
    )
    def person(
        reference: ReferenceInPath, as_of: AsOf = None, known_at: KnownAt = None
    ) -> Response:
        """Listing and measures of one reference side by side, each cited."""
        return _json(
            _found(lambda: desk.person(reference, as_of, known_at), "reference", reference)
        )

    @v1.get(
        "/measures",
        tags=["record"],
        response_model=MeasuresPage,
        responses=responses("not-on-record", "invalid-request", "known-at-in-future"),
    )
    def measures(
        reference: Annotated[str | None, Query(max_length=40)] = None,
        state: Annotated[StateCode | None, Query()] = None,
        on: AsOf = None,
        known_at: KnownAt = None,
        limit: Limit = 50,
        after: After = None,
    ) -> Response:
        """Measures on record: those in force on a day, or that reach a reference."""
        return _json(
            _in_query(
                lambda: desk.measures(reference, state, on, known_at, limit, after), "reference"
            )
        )

    @v1.get(
        "/regimes",
        tags=["record"],
        responses=responses("invalid-request", "known-at-in-future"),
    )
    def regimes(known_at: KnownAt = None, limit: Limit = 50, after: After = None) -> RegimesPage:
        """The regimes that the legal record reaches."""
        return desk.regimes(known_at, limit, after)

    @v1.post(
        "/legal-statements",
        tags=["record"],
        response_model=StatementAnswered,
        responses=responses("invalid-request", "known-at-in-future", "not-json"),
    )
    def legal_statement(asked: Annotated[StatementAsked, _STATEMENT]) -> Response:
        """Check what a text says the law is against the legal record."""
        return _json(_in_query(lambda: desk.legal_statement(asked), "reference"))

    @v1.get("/snapshots", tags=["record"], responses=responses("invalid-request"))
    def snapshots(limit: Limit = 50, after: After = None) -> SnapshotsPage:
        """Lists on record and in quarantine, the newest first."""
        return desk.snapshots(limit, after)

    top = APIRouter(dependencies=[Depends(only_known)])

    @top.get("/healthz", tags=["service"], responses=responses("invalid-request"))
    def healthz() -> Live:
        """Whether the process answers at all."""
        return Live(status="ok")

    @top.get("/readyz", tags=["service"], responses=responses("not-ready", "invalid-request"))
    def readyz() -> Ready:
        """Whether a list is on record, and how old the newest is."""
        ready = desk.ready()
        if not ready.lists:
            raise Raised(
                "not-ready",
                "No list is on record; load one with: travelban lists import FILE",
                headers={"Retry-After": "60"},
            )
        return ready

    top.include_router(v1)
    return top


def _json(answer: object) -> Response:
    """An answer encoded once by the desk's encoder, past a second validation."""
    return Response(encode(answer), media_type=JSON)


def _found(look: Callable[[], T], what: str, name: str) -> T:
    try:
        return look()
    except KeyError as error:
        raise Raised("not-on-record", f"No {what} {name} is on record.") from error


def _in_query(look: Callable[[], T], field: str) -> T:
    try:
        return look()
    except KeyError as error:
        words = f"{error.args[0]} is on no list on record"
        errors = (FieldWrong(field=field, words=words),)
        raise Raised("invalid-request", f"{field}: {words}", errors) from error
