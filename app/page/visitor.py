"""Who looks at a page: nobody in particular where no keys are, else whoever signed in with one.

A sign-in is a row that ends by itself. The browser holds 256 random bits, the store their SHA-256:
the key itself is sent once and kept nowhere.
"""

import hashlib
import logging
import secrets
from datetime import timedelta
from urllib.parse import urlsplit

from fastapi import Request, Response
from sqlalchemy.exc import SQLAlchemyError

from app.desk import Desk
from app.keys import Seen
from app.store import audit, facts, sessions
from app.store.keys import Key, Scope
from app.terms import value
from app.when import instant_text

COOKIE = "__Host-travelban"
LASTS = timedelta(hours=8)
"""How long somebody stays signed in."""
_FOUND_SAME = ("same-origin", "none")


@value
class Visitor:
    """Who looks at a page."""

    who: str
    """As the audit says it."""
    signs: str | None
    """The name that stands under what is recorded; null without keys: then the form says it."""
    scopes: tuple[Scope, ...]

    def may(self, scope: str) -> bool:
        """Whether what needs a scope is open."""
        return scope in self.scopes


ANYBODY = Visitor(who="page", signs=None, scopes=tuple(Scope))


class NotSignedIn(Exception):
    """A page that needs a key, and nobody has signed in."""


class ScopeMissing(Exception):
    """A page that needs a scope that the visitor's key has not."""


class CrossSite(Exception):
    """A form that did not come from a page of this service."""


def look(request: Request, desk: Desk) -> Visitor | None:
    """Who looks; null where keys are on and nobody has signed in, or no longer."""
    seen = desk.keys.seen() or desk.keys.look()
    if not seen.on:
        return ANYBODY
    text = request.cookies.get(COOKIE)
    if not text or len(text) > 100:
        return None
    with desk.store.reading() as connection:
        found = sessions.find(connection, _digest(text))
    if found is None or found.ends_at <= instant_text(desk.clock()):
        return None
    key = seen.by_id(found.key)
    if key is None:
        return None
    _note_use(desk, key, seen)
    return Visitor(who=key.name, signs=key.name, scopes=key.scopes)


def sign_in(desk: Desk, text: str, answer: Response) -> bool:
    """Begin a session with a key, with its audit line; false for a key that is not taken."""
    seen = desk.keys.seen() or desk.keys.look()
    key = seen.owner(text.strip())
    if key is None:
        return False
    token = secrets.token_urlsafe(32)
    now = desk.clock()
    with desk.store.writing() as connection:
        sessions.end_all_before(connection, instant_text(now))
        sessions.begin(
            connection,
            sessions.Session(
                digest=_digest(token),
                key=key.id,
                began_at=instant_text(now),
                ends_at=instant_text(now + LASTS),
            ),
        )
        audit.add(
            connection,
            at=facts.next_moment(connection, now),
            who=key.name,
            action="page sign in",
            question_digest=None,
            answer_digest=None,
            subject=key.id,
        )
    _note_use(desk, key, seen)
    # Browsers take a cookie of this name only with Secure, for this host alone and every path;
    # they send it over plain HTTP to their own machine and nowhere else.
    answer.set_cookie(
        COOKIE,
        token,
        max_age=int(LASTS.total_seconds()),
        path="/",
        secure=True,
        httponly=True,
        samesite="strict",
    )
    return True


def sign_out(request: Request, desk: Desk, answer: Response) -> None:
    """End the session that a request bears, if any."""
    text = request.cookies.get(COOKIE)
    if text:
        with desk.store.writing() as connection:
            sessions.end(connection, _digest(text))
    answer.delete_cookie(COOKIE, path="/", secure=True, httponly=True, samesite="strict")


def check_same_site(request: Request) -> None:
    """Raise CrossSite for a form that did not come from a page of this service.

    A browser says so itself: by Sec-Fetch-Site where it trusts the connection, by Origin else
    (Fetch standard). Who sends neither is no browser, and is to use the API.
    """
    fetched = request.headers.get("sec-fetch-site")
    if fetched is not None:
        if fetched not in _FOUND_SAME:
            raise CrossSite
        return
    origin = request.headers.get("origin", "")
    if not origin or urlsplit(origin).netloc != request.headers.get("host", ""):
        raise CrossSite


def _note_use(desk: Desk, key: Key, seen: Seen) -> None:
    if desk.keys.is_to_note(key, seen):
        try:
            desk.keys.note_use(key)
        except SQLAlchemyError:
            logging.getLogger("travelban").exception("the use of a key could not be noted")


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
