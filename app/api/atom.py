"""Changes as an Atom feed (RFC 4287), a page of it at a time (RFC 5005), for any feed reader."""

import hashlib
import re
from collections.abc import Mapping
from email.utils import format_datetime
from urllib.parse import urlencode
from xml.etree.ElementTree import Element, SubElement, tostring

from app.desk import ChangesPage
from app.lists.changes import Change
from app.when import parse_instant

MEDIA_TYPE = "application/atom+xml"
_ATOM = "http://www.w3.org/2005/Atom"
_TITLE = "Changes of the UN Security Council Consolidated List"
_NAME = "UN travel-ban checker"
_OF_ONE_PAGE = ("after", "limit", "known_at")
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def feed(page: ChangesPage, root: str, query: Mapping[str, str]) -> bytes:
    """A page of changes as an Atom document in UTF-8.

    `root` is the address of the service, with a slash at its end; `query` is what was asked. All
    pages of one question are one feed, and have its id.
    """
    question = {name: text for name, text in sorted(query.items()) if name not in _OF_ONE_PAGE}
    named = hashlib.sha256(urlencode(question).encode()).hexdigest()
    top = Element("feed", xmlns=_ATOM)
    _text(top, "id", f"urn:travelban:changes:{named}")
    _text(top, "title", ", ".join([_TITLE, *(f"{name} {text}" for name, text in question.items())]))
    newest = page.items[0].between[1].generated if page.items else page.known_at
    _text(top, "updated", newest)
    _text(SubElement(top, "author"), "name", _NAME)
    _link(top, "self", MEDIA_TYPE, f"{root}v1/changes.atom", query)
    _link(top, "alternate", "application/json", f"{root}v1/changes", query)
    if page.next is not None:
        _link(top, "next", MEDIA_TYPE, f"{root}v1/changes.atom", {**query, "after": page.next})
    for change in page.items:
        top.append(_entry(change, root))
    made: bytes = tostring(top, encoding="utf-8", xml_declaration=True)
    return made


def http_date(moment: str) -> str:
    """An instant as HTTP's headers write it."""
    return format_datetime(parse_instant(moment), usegmt=True)


def _entry(change: Change, root: str) -> Element:
    entry = Element("entry")
    seen = change.between[1].generated
    _text(entry, "id", f"urn:travelban:change:{change.id}")
    _text(entry, "title", f"{change.reference} {change.name}: {change.kind} ({change.regime})")
    _text(entry, "updated", seen)
    meant = {
        "reference": change.reference,
        "kind": change.kind,
        "since": seen[:10],
        "until": seen[:10],
    }
    _link(entry, "alternate", "application/json", f"{root}v1/changes", meant)
    for scheme, term in (("change-kind", change.kind), ("regime", change.regime)):
        if term:
            SubElement(entry, "category", term=_xml(term), scheme=f"urn:travelban:{scheme}")
    _text(entry, "summary", change.words)
    lines = [change.words]
    for field in change.fields:
        lines.append(f"{field.field}:")
        lines += [f"- {text}" for text in field.old]
        lines += [f"+ {text}" for text in field.new]
    _text(entry, "content", "\n".join(lines))
    return entry


def _link(above: Element, rel: str, kind: str, address: str, query: Mapping[str, str]) -> None:
    href = f"{address}?{urlencode(query)}" if query else address
    SubElement(above, "link", rel=rel, type=kind, href=_xml(href))


def _text(above: Element, tag: str, text: str) -> None:
    SubElement(above, tag).text = _xml(text)


def _xml(text: str) -> str:
    """A text without the few characters that no XML document can hold."""
    return _NOT_XML.sub("\N{REPLACEMENT CHARACTER}", text)
