"""What an office does, drawn at random, and whether what was acknowledged of it is on record."""

import hashlib
import json
import random
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any, Self

from pydantic import TypeAdapter
from sqlalchemy import Connection, select, text

from app.api import examples
from app.assessment.article import ArticleAsked
from app.assessment.exemptions import ExemptionGiven
from app.assessment.screen import ScreeningAsked
from app.desk import Desk
from app.store import facts, tables, verify
from app.terms import Report

_KINDS = {"screen": 30, "screen several": 10, "assess": 45, "article": 10, "exemption": 5}
"""How often each is drawn. An exemption makes everybody gather the record anew."""
_SEVERAL = 5
_SHORT = 20  # findings that are told


@dataclass(frozen=True)
class Act:
    """One thing to be done: by a desk, or as a request."""

    kind: str
    path: str
    body: Any
    names: tuple[str, ...] = ()
    """Who is screened: names that are asked about once only."""


@dataclass(frozen=True)
class Done:
    """What was acknowledged of an act."""

    kind: str
    names: tuple[str, ...] = ()
    id: str = ""
    etag: str = ""

    def line(self) -> str:
        """To be said by the process that is killed."""
        return json.dumps(asdict(self))

    @classmethod
    def of(cls, line: str) -> Self:
        """What such a process said."""
        told = json.loads(line)
        return cls(**{**told, "names": tuple(told["names"])})


def drawn(draw: random.Random, label: str) -> Act:
    """An act that nobody did before: `label` is its own."""
    (kind,) = draw.choices(list(_KINDS), list(_KINDS.values()))
    match kind:
        case "screen":
            name = f"Qasem Soleimani {label}"
            return Act(kind, "/v1/screenings", {"name": name}, (name,))
        case "screen several":
            names = tuple(f"Nobody {label} {number}" for number in range(_SEVERAL))
            return Act(kind, "/v1/screenings", [{"name": name} for name in names], names)
        case "assess":
            claims = [{**examples.REPORT["claims"][1], "speaker": f"Speaker {label}"}]
            return Act(kind, "/v1/assessments", {**examples.REPORT, "claims": claims})
        case "article":
            words = f"{examples.ARTICLE['text']}\nThis is copy {label}.\n"
            return Act(kind, "/v1/articles", {**examples.ARTICLE, "text": words})
    given = {**examples.EXEMPTION, "purpose": f"an invented meeting, {label}"}
    return Act(kind, "/v1/exemptions", given)


_report, _several = TypeAdapter(Report), TypeAdapter(tuple[ScreeningAsked, ...])
_article, _exemption = TypeAdapter(ArticleAsked), TypeAdapter(ExemptionGiven)


def done_by(desk: Desk, act: Act) -> Done:
    """Do it, and say what a caller would know of it."""
    match act.kind:
        case "screen" | "screen several":
            asked = _several.validate_python(act.body if act.kind != "screen" else [act.body])
            desk.screen_body(asked[0] if act.kind == "screen" else asked, "a saver")
            return Done(act.kind, act.names)
        case "assess":
            answer = desk.ask(_report.validate_python(act.body))
            return Done(act.kind, id=answer.id, etag=answer.etag)
        case "article":
            answer = desk.read_article(_article.validate_python(act.body))
            return Done(act.kind, id=answer.id, etag=answer.etag)
    kept = desk.record_exemption(_exemption.validate_python(act.body))
    return Done(act.kind, id=kept.exemption.id)


def answered(act: Act, body: bytes, etag: str | None) -> Done:
    """What an answer with 200 or 201 acknowledges."""
    if act.names:
        return Done(act.kind, act.names)
    return Done(act.kind, id=json.loads(body)["id"], etag=etag or "")


# ---------------------------------------------------------------- whether it is there


def missing(connection: Connection, acknowledged: Iterable[Done]) -> list[str]:
    """What was acknowledged and is not on record, or not as it was, or has no line."""
    lines = connection.execute(select(tables.audit)).all()
    told = {(line.action, line.subject): line.answer_digest for line in lines}
    asked = select(tables.audit_questions.c.question)
    screened = {json.loads(question)["name"] for question in connection.scalars(asked) if question}
    found = []
    for done in acknowledged:
        unheard = set(done.names) - screened
        found += [f"the screening of {name} has no line" for name in sorted(unheard)]
        if done.kind in ("assess", "article"):
            digest = done.etag.strip('"')
            action = "assess" if done.kind == "assess" else "read article"
            if told.get((action, done.id)) != digest:
                found.append(f"{action} {done.id} has no line, or one of another answer")
            table = tables.assessments if done.kind == "assess" else tables.articles
            answer = connection.scalar(select(table.c.answer).where(table.c.id == done.id))
            if answer is None:
                found.append(f"{done.kind} {done.id} is gone")
            elif hashlib.sha256(answer.encode()).hexdigest() != digest:
                found.append(f"{done.kind} {done.id} has other bytes")
        if done.kind == "exemption":
            named = select(tables.exemptions.c.id).where(tables.exemptions.c.id == done.id)
            if connection.scalar(named) is None:
                found.append(f"exemption {done.id} is gone")
            if ("exemption record", done.id) not in told:
                found.append(f"exemption {done.id} has no line")
        if done.kind == "list" and not facts.has_list(connection, done.id):
            found.append(f"list {done.id} is gone")
    return found[:_SHORT]


def unsound(store: facts.Store) -> list[str]:
    """What is amiss in a store, whoever wrote it: its file, its chain, its lists, its moments."""
    found = []
    with store.reading() as connection:
        if connection.dialect.name == "sqlite":
            said = connection.execute(text("PRAGMA integrity_check")).scalar()
            if said != "ok":
                found.append(f"integrity_check says {said}")
            alone = connection.execute(text("PRAGMA foreign_key_check")).all()
            found += [f"foreign_key_check says {row}" for row in alone]
        for verified in (verify.verify_audit(connection), verify.verify_lists(connection)):
            found += [f"{one.where}: {one.words}" for one in verified.findings]
        moments = list(connection.scalars(select(tables.audit.c.at).order_by(tables.audit.c.seq)))
        if moments != sorted(moments):
            found.append("moments do not rise along the chain")
    return found[:_SHORT]
