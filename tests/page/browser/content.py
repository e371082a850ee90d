"""What the pages show in a browser: something of everything, hostile words among it."""

import json
from dataclasses import dataclass

from pydantic import TypeAdapter

from app.api import examples
from app.assessment.article import ArticleAsked
from app.desk import Desk
from app.terms import Report
from tests.invented import xml

HOSTILE = "<script>document.title='run'</script><img src=x onerror=\"document.title='run'\">"


@dataclass(frozen=True)
class Content:
    """Names of what was put in."""

    assessment: str
    hostile: str
    article: str
    quarantined: str


def fill(desk: Desk) -> Content:
    """Ask, read and bring something of everything."""
    answer = desk.ask(TypeAdapter(Report).validate_python(examples.REPORT))
    report = json.loads(json.dumps(examples.REPORT))
    report["traveller"]["name"] = f"Qasem Soleimani {HOSTILE}"
    report["claims"][0] |= {"speaker": HOSTILE, "origin": HOSTILE, "quote": HOSTILE}
    report["legs"][0]["place"] = HOSTILE
    hostile = desk.ask(TypeAdapter(Report).validate_python(report))
    text = {
        **examples.ARTICLE,
        "text": f"{HOSTILE}\n\n{examples.ARTICLE['text']}\n{HOSTILE} said.\n",
    }
    text |= {"title": HOSTILE, "publisher": HOSTILE}
    read = desk.read_article(TypeAdapter(ArticleAsked).validate_python(text))
    many = {f"ZZi.{number:03}": (f"ARDAN{number}", f"VELUR{number}") for number in range(100, 140)}
    desk.import_list(
        "full.xml", xml("2026-05-20T00:00:00Z", many, comments="&lt;script&gt;"), False
    )
    # Most are gone from it: set aside, and nobody has decided.
    few = dict(list(many.items())[:3])
    brought = desk.import_list("cut.xml", xml("2026-05-21T00:00:00Z", few), False)
    assert brought.outcome == "quarantined"
    return Content(
        assessment=answer.id,
        hostile=hostile.id,
        article=json.loads(read.body)["document"]["sha256"],
        quarantined=brought.sha256 or "",
    )
