"""The /v1 routes: each takes a question to the desk and hands its answer on."""

import hashlib
import json
from collections.abc import Callable, Mapping
from types import UnionType
from typing import Annotated, Any, TypeVar, get_args

from fastapi import Body, FastAPI, Header, Path, Query, Request, Response
from pydantic import Discriminator, Tag

from app.api import atom, examples, keys
from app.api.keys import Caller
from app.api.problem import Raised, responses
from app.api.question import JSON, QuestionRoute
from app.assessment.article import Article, ArticleAsked, ReviewGiven
from app.assessment.assess import Assessment
from app.assessment.exemptions import (
    ExemptionGiven,
    ExemptionsAsked,
    ExemptionWithdrawn,
    WithdrawalGiven,
)
from app.assessment.look_up import Person, RegimeAnswered, StatementAnswered, StatementAsked
from app.assessment.report import acceptances
from app.assessment.screen import Screening, ScreeningAsked, Screenings
from app.assessment.signed import only_own
from app.assessment.watch import ChangesAsked
from app.desk import (
    Answered,
    AssessmentsPage,
    ChangesPage,
    Desk,
    Erased,
    ExemptionsPage,
    Live,
    MeasuresPage,
    NotNewest,
    NotOnRecord,
    Ready,
    RegimesPage,
    Replay,
    SnapshotsPage,
    WithdrawalKept,
    encode,
)
from app.faults import FieldWrong
from app.lists.changes import ChangeKind
from app.store.audit import AuditPage
from app.store.keys import Scope
from app.terms import Checked, DayOrInstant, Exemption, Instant, Report, StateCode, WholeDay

T = TypeVar("T")

Limit = Annotated[int, Query(ge=1, le=500, description="How many items at the most.")]
After = Annotated[str | None, Query(max_length=500, description="`next` of the page before.")]
KnownAt = Annotated[Instant | None, Query(description="The knowledge clock.")]
AsOf = Annotated[DayOrInstant | None, Query(description="The legal clock.")]
ReferenceInPath = Annotated[
    str, Path(max_length=40, description="A permanent reference number.", examples=["IRi.039"])
]
RegimeInPath = Annotated[
    str,
    Path(max_length=40, description="A number, the list's word, or a prefix.", examples=["1737"]),
]
Identifier = Annotated[str, Path(max_length=100, description="Content address of an assessment.")]
TextInPath = Annotated[str, Path(max_length=100, description="The SHA-256 of a text in UTF-8.")]
ArticleIdentifier = Annotated[
    str | None, Query(max_length=100, description="The id of an answer; left out, the newest.")
]
ExemptionIdentifier = Annotated[
    str, Path(max_length=100, description="The id of an exemption that was recorded here.")
]
Since = Annotated[WholeDay | None, Query(description="The first day.")]
Until = Annotated[WholeDay | None, Query(description="The last day.")]
AuditSince = Annotated[Instant | None, Query(description="The first moment.")]
RegimeAsked = Annotated[
    str | None, Query(max_length=40, description="A number, the list's word, or a prefix.")
]
ReferenceAsked = Annotated[str | None, Query(max_length=40)]
KindAsked = Annotated[ChangeKind | None, Query(description="What kind of change.")]
NoneMatch = Annotated[str | None, Header(alias="If-None-Match", max_length=1000)]

MOST_QUESTIONS = 100
"""Questions of one screening."""


def _at_once(given: Any) -> Any:
    """What was sent, where it holds as many questions as are answered at once."""
    if not 1 <= len(given) <= MOST_QUESTIONS:
        words = f"holds {len(given)} questions, and may hold 1 to {MOST_QUESTIONS}"
        raise ValueError(words)
    return given


# A list is many questions and anything else one, so that what is wrong is told of that shape alone.
_ONE, _MANY = "one question", "many questions"
_Many = Annotated[
    tuple[ScreeningAsked, ...],
    Checked(_at_once, before=True, minItems=1, maxItems=MOST_QUESTIONS),
]
OneOrMany = Annotated[
    Annotated[ScreeningAsked, Tag(_ONE)] | Annotated[_Many, Tag(_MANY)],
    Discriminator(lambda given: _MANY if isinstance(given, list | tuple) else _ONE),
]

_BODY = ("invalid-request", "not-json", "too-large", "unsupported-media-type")
_QUESTION = (*_BODY, "known-at-in-future")
_REPORT = Body(openapi_examples={"contested": {"value": examples.REPORT}})
_SCREENING = Body(
    openapi_examples={
        "namesakes": {"value": examples.SCREENING},
        "several at once": {"value": examples.SCREENINGS},
    }
)
_ARTICLE = Body(openapi_examples={"reported and denied": {"value": examples.ARTICLE}})
_REVIEW = Body(openapi_examples={"a claim that was not found": {"value": examples.REVIEW}})
_EXEMPTION = Body(openapi_examples={"invented": {"value": examples.EXEMPTION}})
_WITHDRAWAL = Body(openapi_examples={"invented": {"value": examples.WITHDRAWAL}})
_STATEMENT = Body(
    openapi_examples={
        "since 2007": {"value": examples.STATEMENT},
        "of a regime": {"value": examples.REGIME_STATEMENT},
        "said to have ended": {"value": examples.LIFTED_STATEMENT},
    }
)


def install(app: FastAPI, desk: Desk) -> None:
    """Put the routes over one desk on an application.

    Answers are encoded by the desk, once: what is stored is what is sent. So no route names a
    response model; `answers` documents them.
    """
    app.router.route_class = QuestionRoute
    any_key = [keys.needs(desk)]
    to_assess = keys.needs(desk, Scope.assess)
    screener = Annotated[Caller, keys.needs(desk, Scope.screen)]
    assessor = Annotated[Caller, to_assess]
    reviewer = Annotated[Caller, keys.needs(desk, Scope.review)]
    recorder = Annotated[Caller, keys.needs(desk, Scope.record)]

    @app.post(
        "/v1/screenings",
        tags=["screening"],
        responses={
            200: _answer(Screening | Screenings, "The answer; to several questions, all of them"),
            **responses(*_QUESTION),
        },
    )
    def screen(asked: Annotated[OneOrMany, _SCREENING], caller: screener) -> Response:
        """Look for a name among everybody on any list or in a designation fact on record.

        The body is one question, or a list of up to 100; then each is answered as it would be
        alone, in their order, or none is.
        """
        return Response(desk.screen_body(asked, caller.who), media_type=JSON)

    @app.post(
        "/v1/assessments",
        tags=["assessments"],
        status_code=201,
        responses={
            201: _answer(Assessment, "The answer, saved now"),
            200: _answer(Assessment, "The same question was answered before"),
            **responses(*_QUESTION),
        },
    )
    def assess(asked: Annotated[Report, _REPORT], caller: assessor) -> Response:
        """Assess a travel report, and save the answer under its content address."""
        only_own(acceptances(asked), caller.signs)
        answer = desk.ask(asked, caller.who)
        return Response(
            answer.body,
            status_code=201 if answer.new else 200,
            media_type=JSON,
            headers={"ETag": answer.etag, "Location": f"/v1/assessments/{answer.id}"},
        )

    @app.get(
        "/v1/assessments",
        tags=["assessments"],
        dependencies=[to_assess],
        responses=answers(AssessmentsPage, "invalid-request"),
    )
    def assessments(limit: Limit = 50, after: After = None) -> Response:
        """Assessments saved, the newest first."""
        return _json(desk.assessments(limit, after))

    @app.get(
        "/v1/assessments/{id}",
        tags=["assessments"],
        dependencies=[to_assess],
        responses={
            304: {"description": "Not modified"},
            **answers(Assessment, "not-on-record", "erased", "invalid-request"),
        },
    )
    def assessment(id: Identifier, if_none_match: NoneMatch = None) -> Response:  # noqa: A002
        """A saved assessment: the bytes that were sent."""
        answer = _found(lambda: desk.stored(id), "assessment", id)
        return _unless_matched(answer.body, answer.etag, if_none_match)

    @app.post(
        "/v1/assessments/{id}/replay",
        tags=["assessments"],
        dependencies=[to_assess],
        responses=answers(Replay, "not-on-record", "erased", "invalid-request"),
    )
    def replay(id: Identifier) -> Response:  # noqa: A002
        """Ask a saved question again, at its own clocks, of the engine that runs now."""
        return _json(_found(lambda: desk.replay(id), "assessment", id))

    @app.post(
        "/v1/articles",
        tags=["articles"],
        status_code=201,
        responses={
            201: _answer(Article, "The answer, saved now"),
            200: _answer(Article, "The same question was answered before"),
            **responses(*_QUESTION),
        },
    )
    def read_article(asked: Annotated[ArticleAsked, _ARTICLE], caller: assessor) -> Response:
        """Read a text: draft claims, journeys, and an assessment of each; all of it is saved."""
        return _of_text(desk.read_article(asked, caller.who))

    @app.get(
        "/v1/articles/{sha256}",
        tags=["articles"],
        dependencies=[to_assess],
        responses={
            304: {"description": "Not modified"},
            **answers(Article, "not-on-record", "erased", "invalid-request"),
        },
    )
    def article(
        sha256: TextInPath, article: ArticleIdentifier = None, if_none_match: NoneMatch = None
    ) -> Response:
        """The newest answer about a text, or the one of an id: the bytes that were sent."""
        answer = _found(lambda: desk.stored_article(sha256, article), "answer about a text", sha256)
        return _unless_matched(answer.body, answer.etag, if_none_match)

    @app.post(
        "/v1/articles/{sha256}/reviews",
        tags=["articles"],
        status_code=201,
        responses={
            201: _answer(Article, "A new answer, which names the one that was looked at"),
            200: _answer(Article, "The same review was given before"),
            **responses("not-on-record", "erased", "not-newest", *_QUESTION),
        },
    )
    def review_article(
        sha256: TextInPath, given: Annotated[ReviewGiven, _REVIEW], caller: reviewer
    ) -> Response:
        """Accept, change and reject what was read, and add what was not found."""

        def look() -> Answered:
            return desk.review_article(sha256, given, caller.signs)

        try:
            return _of_text(_found(look, "answer about a text", sha256))
        except NotNewest as error:
            words = f"The newest answer about this text is now {error}; look at that one."
            field = FieldWrong(field="article", words="is not the newest answer about this text")
            raise Raised("not-newest", words, (field,)) from error

    @app.get(
        "/v1/audit",
        tags=["audit"],
        dependencies=[keys.needs(desk, Scope.audit)],
        responses=answers(AuditPage, "invalid-request"),
    )
    def audit(limit: Limit = 50, after: After = None, since: AuditSince = None) -> Response:
        """Who did what and when, the newest first, each line with its link in the chain."""
        return _json(desk.audit_page(limit, after, since))

    @app.get(
        "/v1/people/{reference}",
        tags=["record"],
        dependencies=any_key,
        responses=answers(Person, "not-on-record", "invalid-request", "known-at-in-future"),
    )
    def person(
        reference: ReferenceInPath, as_of: AsOf = None, known_at: KnownAt = None
    ) -> Response:
        """Listing and measures of one reference side by side, each cited."""
        return _json(
            _found(lambda: desk.person(reference, as_of, known_at), "reference", reference)
        )

    @app.get(
        "/v1/measures",
        tags=["record"],
        dependencies=any_key,
        responses=answers(MeasuresPage, "invalid-request", "known-at-in-future"),
    )
    def measures(
        reference: Annotated[str | None, Query(max_length=40)] = None,
        state: Annotated[StateCode | None, Query()] = None,
        on: AsOf = None,
        regime: RegimeAsked = None,
        known_at: KnownAt = None,
        limit: Limit = 50,
        after: After = None,
    ) -> Response:
        """Measures on record: those in force on a day, that reach a reference, or of a regime."""
        return _json(
            _in_query(
                lambda: desk.measures(reference, state, on, known_at, limit, after, regime),
                "reference",
            )
        )

    @app.get(
        "/v1/regimes",
        tags=["record"],
        dependencies=any_key,
        responses=answers(RegimesPage, "invalid-request", "known-at-in-future"),
    )
    def regimes(known_at: KnownAt = None, limit: Limit = 50, after: After = None) -> Response:
        """The regimes that the legal record reaches."""
        return _json(desk.regimes(known_at, limit, after))

    @app.get(
        "/v1/regimes/{id}",
        tags=["record"],
        dependencies=any_key,
        responses=answers(RegimeAnswered, "not-on-record", "invalid-request", "known-at-in-future"),
    )
    def regime(id: RegimeInPath, known_at: KnownAt = None) -> Response:  # noqa: A002
        """One regime: what it has, what it has not, and how far the record of it reaches."""
        return _json(_found(lambda: desk.regime(id, known_at), "regime", id))

    @app.get(
        "/v1/exemptions",
        tags=["record"],
        dependencies=any_key,
        responses=answers(ExemptionsPage, "invalid-request", "known-at-in-future"),
    )
    def exemptions(
        reference: ReferenceAsked = None,
        regime: Annotated[
            str | None, Query(max_length=40, description="The number of a regime.")
        ] = None,
        state: Annotated[
            StateCode | None, Query(description="Exemptions for any State are for it too.")
        ] = None,
        on: Annotated[
            WholeDay | None, Query(description="A day of which the exemption may speak.")
        ] = None,
        known_at: KnownAt = None,
        limit: Limit = 50,
        after: After = None,
    ) -> Response:
        """Exemptions on record: those that ship, then those that were recorded here."""
        asked = ExemptionsAsked(reference=reference, regime=regime, state=state, on=on)
        return _json(desk.exemptions(asked, known_at, limit, after))

    @app.post(
        "/v1/exemptions",
        tags=["record"],
        status_code=201,
        responses={
            201: _answer(Exemption, "On record now"),
            200: _answer(Exemption, "On record already"),
            **responses(*_BODY),
        },
    )
    def record_exemption(
        given: Annotated[ExemptionGiven, _EXEMPTION], caller: recorder
    ) -> Response:
        """Record an exemption; it counts from this moment on, and its id is of its content."""
        kept = desk.record_exemption(given, caller.signs)
        return _json(kept.exemption, 201 if kept.new else 200)

    @app.post(
        "/v1/exemptions/{id}/withdrawal",
        tags=["record"],
        status_code=201,
        responses={
            201: _answer(ExemptionWithdrawn, "It counts no longer, from now on"),
            200: _answer(ExemptionWithdrawn, "It was taken back before"),
            **responses("not-on-record", *_BODY),
        },
    )
    def withdraw_exemption(
        id: ExemptionIdentifier,  # noqa: A002
        given: Annotated[WithdrawalGiven, _WITHDRAWAL],
        caller: recorder,
    ) -> Response:
        """Take back an exemption that was recorded here; what was known before stays known."""

        def look() -> WithdrawalKept:
            return desk.withdraw_exemption(id, given, caller.signs)

        kept = _found(look, "exemption recorded here", id)
        return _json(kept.withdrawn, 201 if kept.new else 200)

    @app.post(
        "/v1/legal-statements",
        tags=["record"],
        dependencies=any_key,
        responses=answers(StatementAnswered, *_QUESTION),
    )
    def legal_statement(asked: Annotated[StatementAsked, _STATEMENT]) -> Response:
        """Check what a text says the law is against the legal record."""
        return _json(_in_query(lambda: desk.legal_statement(asked), "reference"))

    @app.get(
        "/v1/changes",
        tags=["record"],
        dependencies=any_key,
        responses={
            304: {"description": "Not modified"},
            **answers(ChangesPage, "invalid-request", "known-at-in-future"),
        },
    )
    def changes(
        since: Since = None,
        until: Until = None,
        regime: RegimeAsked = None,
        reference: ReferenceAsked = None,
        kind: KindAsked = None,
        known_at: KnownAt = None,
        limit: Limit = 50,
        after: After = None,
        if_none_match: NoneMatch = None,
    ) -> Response:
        """What changed between the lists on record, the newest first."""
        asked = ChangesAsked(
            since=since, until=until, regime=regime, reference=reference, kind=kind
        )
        body = encode(desk.changes(asked, known_at, limit, after))
        return _unless_matched(body, _etag(body), if_none_match)

    @app.get(
        "/v1/changes.atom",
        tags=["record"],
        dependencies=any_key,
        response_class=Response,
        responses={
            304: {"description": "Not modified"},
            200: {
                "description": "An Atom feed",
                "content": {atom.MEDIA_TYPE: {"schema": {"type": "string"}}},
            },
            **responses("invalid-request", "known-at-in-future"),
        },
    )
    def changes_feed(
        request: Request,
        since: Since = None,
        until: Until = None,
        regime: RegimeAsked = None,
        reference: ReferenceAsked = None,
        kind: KindAsked = None,
        known_at: KnownAt = None,
        limit: Limit = 500,
        after: After = None,
        if_none_match: NoneMatch = None,
    ) -> Response:
        """The same as an Atom feed: most readers take the first page alone, so it is a long one."""
        asked = ChangesAsked(
            since=since, until=until, regime=regime, reference=reference, kind=kind
        )
        page = desk.changes(asked, known_at, limit, after)
        body = atom.feed(page, str(request.base_url), dict(request.query_params))
        modified = {"Last-Modified": atom.http_date(page.known_at)}
        return _unless_matched(body, _etag(body), if_none_match, atom.MEDIA_TYPE, modified)

    @app.get(
        "/v1/snapshots",
        tags=["record"],
        dependencies=any_key,
        responses=answers(SnapshotsPage, "invalid-request"),
    )
    def snapshots(limit: Limit = 50, after: After = None) -> Response:
        """Lists on record and in quarantine, the newest first."""
        return _json(desk.snapshots(limit, after))

    @app.get("/healthz", tags=["service"], responses=answers(Live, "invalid-request"))
    async def healthz() -> Response:  # it never waits, not even for a thread
        """Whether the process answers at all."""
        return _json(Live(status="ok"))

    @app.get("/readyz", tags=["service"], responses=answers(Ready, "not-ready", "invalid-request"))
    def readyz() -> Response:
        """Whether questions can be answered, and everything that was looked at to tell."""
        ready = desk.ready()
        if ready.status != "ready":
            wrong = tuple(
                FieldWrong(field=check.name, words=check.words)
                for check in ready.checks
                if not check.ok
            )
            words = "; ".join(item.words for item in wrong)
            raise Raised("not-ready", f"{words}.", wrong, headers={"Retry-After": "10"})
        return _json(ready)


def answers(kind: type, *problems: str) -> dict[int | str, dict[str, Any]]:
    """What a route answers, and the problems that it may answer instead."""
    return {200: _answer(kind, "The answer"), **responses(*problems)}


def _answer(kind: type | UnionType, words: str) -> dict[str, Any]:
    kinds = get_args(kind) or (kind,)
    shapes = [{"$ref": f"#/components/schemas/{each.__name__}"} for each in kinds]
    schema = shapes[0] if len(shapes) == 1 else {"oneOf": shapes}
    return {"description": words, "content": {JSON: {"schema": schema}}}


ANSWERS: tuple[type, ...] = (
    Article,
    Assessment,
    AuditPage,
    AssessmentsPage,
    ChangesPage,
    Exemption,
    ExemptionsPage,
    ExemptionWithdrawn,
    Live,
    MeasuresPage,
    Person,
    Ready,
    RegimeAnswered,
    RegimesPage,
    Replay,
    Screening,
    Screenings,
    SnapshotsPage,
    StatementAnswered,
)
"""Every type that a route answers with."""


def _json(answer: object, status: int = 200) -> Response:
    """An answer encoded once by the desk's encoder, past a second validation."""
    return Response(encode(answer), status_code=status, media_type=JSON)


def _of_text(answer: Answered) -> Response:
    """An answer about a text, new or known, with the address at which it is found again."""
    sha256 = json.loads(answer.body)["document"]["sha256"]
    return Response(
        answer.body,
        status_code=201 if answer.new else 200,
        media_type=JSON,
        headers={"ETag": answer.etag, "Location": f"/v1/articles/{sha256}?article={answer.id}"},
    )


def _etag(body: bytes) -> str:
    return f'"{hashlib.sha256(body).hexdigest()}"'


def _unless_matched(
    body: bytes,
    etag: str,
    if_none_match: str | None,
    media_type: str = JSON,
    more: Mapping[str, str] | None = None,
) -> Response:
    """The answer with its tag, or 304 where the caller has it."""
    headers = {"ETag": etag, **(more or {})}
    if if_none_match and (etag in if_none_match or if_none_match.strip() == "*"):
        return Response(status_code=304, headers=headers)
    return Response(body, media_type=media_type, headers=headers)


def _found(look: Callable[[], T], what: str, name: str) -> T:
    try:
        return look()
    except Erased as error:
        day = error.moment.partition("T")[0]
        raise Raised("erased", f"The {what} {error} was erased on {day}.") from error
    except NotOnRecord as error:
        raise Raised("not-on-record", f"No {what} {name} is on record.") from error


def _in_query(look: Callable[[], T], field: str) -> T:
    try:
        return look()
    except NotOnRecord as error:
        words = f"{error.args[0]} is on no list and in no designation fact on record"
        errors = (FieldWrong(field=field, words=words),)
        raise Raised("invalid-request", f"{field}: {words}", errors) from error
