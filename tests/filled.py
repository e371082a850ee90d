"""A store with something in every table, and all that can be read of it."""

from typing import Any

from sqlalchemy import select

from app.api.examples import REPORT
from app.assessment.article import ArticleAsked, Decision, ReviewGiven
from app.assessment.exemptions import ExemptionGiven, ExemptionsAsked, WithdrawalGiven
from app.assessment.screen import ScreeningAsked
from app.desk import Desk, decoder
from app.jobs import shipped
from app.jobs.refresh import refresh
from app.keys import KeyAsked
from app.store import articles, audit, facts, refreshes, sessions, tables
from app.store.keys import Scope
from app.store.refreshes import Run
from app.terms import DraftStatus, ExemptionOutcome, Report
from tests.conftest import Clock
from tests.invented import xml
from tests.list_server import list_server
from tests.soak.refresher import source_of

TEXT = """> Qasem Soleimani, commander of the Quds Force; RU Moscow 2015-07-24
asserts anonymous an official: He was there in July.
denies state_of_entry RU Sergei Ryabkov: Nobody came.
"""
_MANY = {f"ZZi.{number:03}": (f"VELUR{number}", f"ARDAN{number}") for number in range(100, 160)}
"""Enough people for a list to be mostly the one before, so that only the difference is kept."""


def fill(desk: Desk, clock: Clock) -> str:
    """Put something into every table; answers a moment by which all was known but exemptions."""
    shipped.load(desk.store, shipped.DATA, clock)
    for day in ("2026-03-01", "2026-03-02"):
        assert desk.import_list("l.xml", xml(f"{day}T00:00:00Z", _MANY), False).outcome != "refused"
    clock.now = clock.now.replace(year=2026, month=6)
    with list_server() as source:
        source.body = xml("2026-05-30T00:00:00Z", _MANY)
        assert refresh(desk, source_of(source.url, source.ca_file)).outcome == "promoted"
    desk.ask(decoder(Report).validate_python(REPORT))
    asked = ArticleAsked(text=TEXT, published_on="2015-08-15", publisher="The Daily")
    desk.read_article(asked)
    given = ReviewGiven(
        by="A. Officer", decisions=(Decision(claim="c1", status=DraftStatus.accepted),)
    )
    with desk.store.reading() as connection:
        (name,) = connection.scalars(select(tables.documents.c.sha256))
    desk.review_article(name, given)
    with desk.store.writing() as connection:
        moment = facts.next_moment(connection, clock())
        run = Run(run="one", began_at=moment, held_by="here", address="there", stages=())
        assert refreshes.take(connection, run, moment, moment)
    desk.screen(ScreeningAsked(name="Ardan Velur"))
    key = desk.keys.create(KeyAsked(name="An office", scopes=(Scope.screen,)), "root").key
    desk.keys.note_use(key)
    with desk.store.writing() as connection:
        sessions.begin(
            connection,
            sessions.Session(
                digest="a" * 64, key=key.id, began_at=moment, ends_at="2099-01-01T00:00:00.000000Z"
            ),
        )
    desk.keys.revoke(key.id, "lost", "root")
    kept = [
        desk.record_exemption(
            ExemptionGiven(
                regime="1737",
                references=("IRi.039",),
                outcome=ExemptionOutcome.granted,
                purpose=f"an invented conference in {place}",
                source="invented",
                recorded_by="A. Officer",
            )
        )
        for place in ("Geneva", "Vienna")
    ]
    desk.withdraw_exemption(
        kept[0].exemption.id, WithdrawalGiven(because="misread", recorded_by="B. Lawyer")
    )
    return moment


def told(desk: Desk, moment: str) -> dict[str, Any]:
    """Everything that is on record, read through the store, by the table that it rests on."""
    record = desk.record(moment)
    with desk.store.reading() as connection:
        law = facts.law_files(connection)
        names = facts.evidence_named(connection, "")
        evidence = {name: facts.evidence(connection, name) for name in names}
        shown, _ = audit.page(connection, limit=500)
        lines = [
            (one.seq, one.at, one.who, one.action, one.question_digest, one.answer_digest)
            for one in (item.line for item in shown)
        ]
        documents = list(connection.scalars(select(tables.documents.c.sha256)))
        texts = {name: articles.text(connection, name) for name in documents}
        runs = refreshes.newest(connection, 100), refreshes.holder(connection)
    saved = desk.assessments(500, None).items
    for item in saved:
        assert desk.replay(item.id).same
    return {
        "lists": (record.digest, record.full_lists, desk.lists_status()),
        "list_files": evidence,
        "law_versions": law,
        "assessments": (saved, [desk.stored(item.id) for item in saved]),
        "audit": lines,
        "documents": texts,
        "articles": [desk.stored_article(name) for name in documents],
        "refreshes": runs,
        "exemptions": desk.exemptions(
            ExemptionsAsked(reference=None, regime=None, state=None, on=None), None, 500, None
        ).items,
    }
