"""The pages: each takes what somebody asked to the desk and shows what it answered."""

import json
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Depends, FastAPI, Request, Response
from fastapi.responses import FileResponse, RedirectResponse
from starlette.exceptions import HTTPException

from app.assessment.article import ArticleAsked
from app.assessment.report import Refused, acceptances
from app.assessment.screen import ScreeningAsked
from app.assessment.signed import only_own
from app.desk import Answered, Desk, KnownAtInFuture, NotAsked, NotNewest, NotOnRecord, encode
from app.faults import FieldWrong
from app.page import (
    answer,
    articles,
    changes,
    form,
    history,
    journey,
    lists,
    people,
    review,
    screen,
    visitor,
)
from app.page.form import FormWrong
from app.page.render import HERE, Pages
from app.page.routing import SEE_OTHER, page_route
from app.store.keys import Scope
from app.terms import Report

_FILES = {"page.css": "text/css", "page.js": "text/javascript", "icon.svg": "image/svg+xml"}
ANSWERS_SHOWN = 50
"""Answers about one text that its page names, the newest first."""
_KEPT = "public, max-age=31536000, immutable"


async def _sent(request: Request) -> dict[str, str]:
    return form.fields(await request.body())


Sent = Annotated[dict[str, str], Depends(_sent)]


def install(app: FastAPI, desk: Desk, examples: Mapping[str, Any]) -> None:
    """Put the pages over one desk on an application; `examples` are questions to begin with."""
    pages = Pages(desk)
    router = APIRouter(route_class=page_route(desk, pages))
    to_assess = {"scope": Scope.assess}

    # ---------------------------------------------------------------- asking

    @router.get("/", openapi_extra=to_assess)
    def ask(request: Request, example: str = "") -> Response:
        """The form for an article."""
        given = form.flat(examples["article"]) if example else {}
        return pages.page(request, "ask.html", given=given, faults=())

    @router.post("/", openapi_extra=to_assess)
    def ask_article(request: Request, sent: Sent) -> Response:
        """Read an article, and go to the answer."""
        try:
            question = form.nested(sent, whole=("text",))
            question |= {"html": question.get("html") == "true"}
            asked = form.asked(ArticleAsked, question)
            found = desk.read_article(asked, request.state.visitor.who)
        except (FormWrong, Refused, KnownAtInFuture) as error:
            return pages.page(request, "ask.html", 422, given=sent, faults=form.faults_of(error))
        sha256 = json.loads(found.body)["document"]["sha256"]
        return RedirectResponse(f"/articles/{sha256}?article={found.id}", SEE_OTHER)

    @router.get("/journey", openapi_extra=to_assess)
    def ask_journey(request: Request, example: str = "") -> Response:
        """The form for who, where and when."""
        measures = pages.words(request)["measure_kinds"]
        question = journey.shown(examples["journey"], desk.places, measures) if example else {}
        return pages.page(request, "journey.html", **journey.told(form.flat(question)))

    @router.post("/journey", openapi_extra=to_assess)
    def assess(request: Request, sent: Sent) -> Response:
        """Assess a journey, and go to the answer; or show the form with one entry more."""
        more = sent.pop("more", "")
        w = pages.words(request)
        tidy = journey.tidy(sent, w)
        if more:
            return pages.page(request, "journey.html", **journey.told(tidy, more))
        try:
            question = journey.question(form.nested(tidy), desk.places, w)
            asked = form.asked(Report, question)
            only_own(acceptances(asked), request.state.visitor.signs)
            found = desk.ask(asked, request.state.visitor.who)
        except (FormWrong, Refused, KnownAtInFuture) as error:
            told = journey.told(tidy, faults=form.faults_of(error))
            return pages.page(request, "journey.html", 422, **told)
        return RedirectResponse(f"/assessments/{found.id}", SEE_OTHER)

    # ---------------------------------------------------------------- answers

    def told_of(identifier: str) -> dict[str, Any]:
        stored = answer.read(desk.stored(identifier).body)
        question = answer.read(desk.question(identifier))
        return answer.told(stored, question, desk.record(stored["known_at"]).as_held)

    # Before the page itself, whose address is that without its ending.
    @router.get("/assessments/{id}.json", openapi_extra=to_assess)
    def assessment_as_json(request: Request, id: str) -> Response:  # noqa: A002
        """The bytes on record, as they were sent."""
        found = desk.stored(id)
        known = request.headers.get("if-none-match", "")
        if found.etag in (tag.strip().removeprefix("W/") for tag in known.split(",")):
            return Response(status_code=304, headers={"ETag": found.etag})
        return Response(found.body, media_type="application/json", headers={"ETag": found.etag})

    @router.get("/assessments/{id}", openapi_extra=to_assess)
    def assessment(request: Request, id: str) -> Response:  # noqa: A002 - the word of the wire
        """A saved answer, and what would change it."""
        told = told_of(id)
        try:
            changes = json.loads(encode(desk.would_change(id)))
        except NotAsked:
            changes = None
        return pages.page(request, "assessment.html", **told, changes=changes)

    @router.get("/assessments/{id}/print", openapi_extra=to_assess)
    def assessment_on_paper(request: Request, id: str) -> Response:  # noqa: A002
        """The same for paper: sources as numbered notes."""
        told = told_of(id)
        sources, noted = answer.footnotes(told["states"])
        return pages.page(request, "print.html", **told, sources=sources, noted=noted)

    # ---------------------------------------------------------------- articles

    def article_page(
        request: Request,
        saved: Answered,
        status: int = 200,
        *,
        sent: Mapping[str, str] | None = None,
        faults: Sequence[FieldWrong] = (),
        more: str = "",
        looked_at: dict[str, Any] | None = None,
        lost: Sequence[Any] = (),
    ) -> Response:
        """An answer about a text; with what was `sent` of a review, and what is wrong with it.

        `looked_at` is the answer that the review was of, where another has come since.
        """
        found = answer.read(saved.body)
        sha256 = found["document"]["sha256"]
        before = looked_at
        if before is None and found["replaces"] is not None:
            before = json.loads(desk.stored_article(sha256, found["replaces"]).body)
        return pages.page(
            request,
            "article.html",
            status,
            **articles.told(found, desk.text_of(sha256)),
            changes=list(articles.changes(before, found)) if before else [],
            answers=desk.answers_about(sha256, ANSWERS_SHOWN),
            **review.told(found, desk.places, sent or {}, faults, more),
            overtaken=looked_at is not None,
            lost=lost,
        )

    @router.get("/articles/{sha256}", openapi_extra=to_assess)
    def article(request: Request, sha256: str, article: str | None = None) -> Response:
        """The newest answer about a text, or one of them, and the form to review it."""
        return article_page(request, desk.stored_article(sha256, article))

    @router.post("/articles/{sha256}/reviews", openapi_extra={"scope": Scope.review})
    def review_article(request: Request, sha256: str, sent: Sent) -> Response:
        """Assess a text again with what a reviewer made of it, and go to the new answer."""
        more = sent.pop("more", "")
        saved = desk.stored_article(sha256, sent.get("article"))
        if more:
            return article_page(request, saved, sent=sent, more=more)
        found, signs = json.loads(saved.body), request.state.visitor.signs
        try:
            w = pages.words(request)
            given = review.asked(sent, found, desk.text_of(sha256), desk.places, signs, w)
            asked = given.as_review()
            new = desk.review_article(sha256, asked, signs)
        except FormWrong as error:
            faults = error.faults
        except Refused as error:
            faults = given.home(form.faults_of(error))
        except NotNewest:
            faults = ()
        else:
            return RedirectResponse(f"/articles/{sha256}?article={new.id}", SEE_OTHER)
        newest = desk.stored_article(sha256)
        if newest.id == saved.id:
            return article_page(request, saved, 422, sent=sent, faults=faults)
        kept = review.carried(sent, found, json.loads(newest.body), desk.places)
        return article_page(request, newest, 409, sent=kept.given, looked_at=found, lost=kept.lost)

    # ---------------------------------------------------------------- names

    to_screen = {"scope": Scope.screen}

    @router.get("/screen", openapi_extra=to_screen)
    def ask_name(request: Request) -> Response:
        """The form for a name."""
        return pages.page(request, "screen.html", **screen.told({}), faults=())

    @router.post("/screen", openapi_extra=to_screen)
    def screened(request: Request, sent: Sent) -> Response:
        """Who is on a list under a name: sent, so that the name stands in no address."""
        tidy = form.flat(form.nested(sent))
        try:
            question = screen.question(form.nested(tidy), desk.places, pages.words(request))
            asked = form.asked(ScreeningAsked, question)
            found = json.loads(encode(desk.screen(asked, request.state.visitor.who)))
        except (FormWrong, Refused, KnownAtInFuture) as error:
            wrong = form.faults_of(error)
            return pages.page(request, "screen.html", 422, **screen.told(tidy), faults=wrong)
        return pages.page(request, "screen.html", **screen.told(tidy, found), faults=())

    # ---------------------------------------------------------------- people

    @router.get("/people")
    def find_person(request: Request, reference: str = "") -> Response:
        """The form for a reference, or on to its page."""
        given = {"reference": reference.strip()}
        if not given["reference"]:
            return pages.page(request, "people.html", given={}, faults=())
        try:
            meant = people.canonical(desk, given["reference"])
        except NotOnRecord:
            words = pages.words(request)["people"]["unknown"].format(**given)
            faults = (FieldWrong(field="reference", words=words),)
            return pages.page(request, "people.html", 404, given=given, faults=faults)
        return RedirectResponse(f"/people/{quote(meant)}", SEE_OTHER)

    @router.get("/people/{reference}")
    def person(request: Request, reference: str) -> Response:
        """What is on record of a reference."""
        meant = people.canonical(desk, reference)
        given = people.queried(request.query_params)

        def shown(clocks: people.Clocks, status: int, faults: Sequence[FieldWrong]) -> Response:
            may = request.state.visitor.may(Scope.assess)
            told = people.told(desk, meant, clocks, may, pages.words(request))
            asked = {} if faults else given
            return pages.page(
                request, "person.html", status, **told, given=given, clocks=asked, faults=faults
            )

        try:
            return shown(form.asked(people.Clocks, given), 200, ())
        except (FormWrong, KnownAtInFuture) as error:
            return shown(people.Clocks(), 422, form.faults_of(error))

    @router.get("/people/{reference}/json")
    def person_json(request: Request, reference: str) -> Response:
        """The same as the API answers, to be kept as a file."""
        meant = people.canonical(desk, reference)
        asked = form.asked(people.Clocks, people.queried(request.query_params))
        found = encode(desk.person(meant, asked.as_of, asked.known_at))
        kept = {"Content-Disposition": f'attachment; filename="{people.file_name(meant)}"'}
        return Response(found, media_type="application/json", headers=kept)

    # ---------------------------------------------------------------- lists and their changes

    to_operate = {"scope": Scope.operate}

    @router.get("/changes")
    def changed(request: Request, after: str = "") -> Response:
        """What changed between the lists, the newest first."""
        given = {name: request.query_params.get(name, "").strip() for name in changes.FILTERS}
        try:
            found = desk.changes(changes.asked(given), None, changes.AT_ONCE, after or None)
        except (FormWrong, Refused) as error:
            wrong = form.faults_of(error)
            told = changes.told(given, None)
            return pages.page(request, "changes.html", 422, **told, faults=wrong)
        return pages.page(request, "changes.html", **changes.told(given, found), faults=())

    @router.get("/lists")
    def all_lists(request: Request, after: str = "") -> Response:
        """Lists on record and set aside, how things stand, and the last runs of the refresh."""
        told = {"lists": desk.snapshots(lists.AT_ONCE, after or None)}
        runs = desk.refreshes(lists.RUNS)
        plain = {name: json.loads(encode(found)) for name, found in told.items()}
        return pages.page(request, "lists.html", **plain, runs=json.loads(encode(runs)))

    @router.get("/lists/{sha256}")
    def one_list(request: Request, sha256: str) -> Response:
        """One list, what speaks against it, and the form to decide about it."""
        return _list_page(request, sha256)

    @router.post("/lists/{sha256}/accept", openapi_extra=to_operate)
    def accept_list(request: Request, sha256: str, sent: Sent) -> Response:
        """Put a list on record."""
        return _decide(request, sha256, sent, accept=True)

    @router.post("/lists/{sha256}/reject", openapi_extra=to_operate)
    def reject_list(request: Request, sha256: str, sent: Sent) -> Response:
        """Take a list off the record, or leave it off."""
        return _decide(request, sha256, sent, accept=False)

    def _list_page(
        request: Request,
        sha256: str,
        status: int = 200,
        given: Mapping[str, str] = MappingProxyType({}),
        faults: tuple[FieldWrong, ...] = (),
    ) -> Response:
        found = json.loads(encode(lists.one(desk, sha256)))
        return pages.page(request, "list.html", status, list=found, given=given, faults=faults)

    def _decide(request: Request, sha256: str, sent: dict[str, str], *, accept: bool) -> Response:
        here = lists.one(desk, sha256)
        try:
            because, who = lists.decision(form.nested(sent), request.state.visitor.signs)
        except (FormWrong, Refused) as error:
            return _list_page(request, sha256, 422, sent, form.faults_of(error))
        desk.decide(here.sha256, accept, because, who)
        return RedirectResponse(f"/lists/{here.sha256}", SEE_OTHER)

    # ---------------------------------------------------------------- what was asked before

    @router.get("/history", openapi_extra=to_assess)
    def saved_before(request: Request) -> Response:
        """What was saved, newest first, by words, verdict and day."""
        given = {name: text[:1000] for name, text in request.query_params.items()}
        w = pages.words(request)
        verdicts = [(name, each["label"]) for name, each in w["verdicts"].items()]
        told: dict[str, Any] = {"given": given, "verdicts": verdicts}
        try:
            asked = history.asked(given, w)
            look = desk.texts if given.get("of") == "texts" else desk.history
            found = json.loads(encode(look(asked, history.LIMIT)))
        except FormWrong as error:
            return pages.page(request, "history.html", 422, **told, faults=error.faults, page=None)
        links = history.addresses(given, found["next"])
        return pages.page(request, "history.html", **told, **links, faults=(), page=found)

    # ---------------------------------------------------------------- signing in, and the rest

    @router.get("/sign-in")
    def sign_in(request: Request, next: str = "/") -> Response:  # noqa: A002 - as links have it
        """The form for a key."""
        return pages.page(request, "sign_in.html", next=_inside(next), wrong=False)

    @router.post("/sign-in")
    def signed_in(request: Request, sent: Sent) -> Response:
        """Begin a session, and go where the visitor wanted to."""
        to = _inside(sent.get("next", "/"))
        answered = RedirectResponse(to, SEE_OTHER)
        if visitor.sign_in(desk, sent.get("key", ""), answered):
            return answered
        return pages.page(request, "sign_in.html", 422, next=to, wrong=True)

    @router.post("/sign-out")
    def sign_out(request: Request) -> Response:
        """End the session."""
        answered = RedirectResponse("/sign-in", SEE_OTHER)
        visitor.sign_out(request, desk, answered)
        return answered

    @router.get("/glossary")
    def glossary(request: Request) -> Response:
        """The words of the field."""
        return pages.page(request, "glossary.html")

    @router.get("/static/{name}")
    def static(request: Request, name: str) -> Response:
        """The style sheet and the script, which tell of nobody."""
        if name not in _FILES:
            return pages.page(request, "not_found.html", 404)
        path = HERE / "static" / name
        return FileResponse(path, media_type=_FILES[name], headers={"Cache-Control": _KEPT})

    _tell_readers(app, pages)
    pages.warm()
    # Not by include_router: what every route of the API depends on is the API's own.
    app.router.routes.extend(router.routes)


def _tell_readers(app: FastAPI, pages: Pages) -> None:
    """Answer whoever reads with a browser at an address that there is not with a page of words.

    Under /v1, and for every program, it stays the problem that it is.
    """
    problem: Any = app.exception_handlers[HTTPException]

    @app.exception_handler(HTTPException)
    def failed(request: Request, error: HTTPException) -> Response:
        reads = "text/html" in request.headers.get("accept", "")
        if error.status_code != 404 or not reads or request.url.path.startswith("/v1"):
            answered: Response = problem(request, error)
            return answered
        return pages.page(request, "not_found.html", 404)


def _inside(address: str) -> str:
    """An address of this service; its first page for any other."""
    inside = address.startswith("/") and not address.startswith(("//", "/\\"))
    return address if inside and address.isprintable() and len(address) < 500 else "/"
