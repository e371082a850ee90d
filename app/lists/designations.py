"""The text of data/designations as designation facts, every error at once.

A file is one regime's facts that no list says by itself: when somebody left the list, came back
or died, each with its source. `same_person` names references recorded as one person.
"""

import re

from app.terms import (
    DesignationEvent,
    DesignationFact,
    day_or_instant,
)
from app.when import order
from app.written import Errors, Files, Reader, read

_TOP = "regime facts same_person"
_FACT = "references event on by source checked disputed"


def facts(
    files: Files, errors: Errors
) -> tuple[tuple[DesignationFact, ...], tuple[tuple[str, ...], ...]]:
    """The facts and the groups of references recorded as one person; errors are added."""
    found: list[DesignationFact] = []
    groups: list[tuple[str, ...]] = []
    seen: set[tuple[str, DesignationEvent, str]] = set()
    grouped: set[str] = set()
    for path in sorted(files):
        top = read(path, files[path], errors, _TOP)
        if top is None:
            continue
        if "facts" in top.found:
            top.text("regime")
        for item in top.each("facts", _FACT):
            for fact in _fact(item):
                key = (fact.reference, fact.event, fact.on)
                if key in seen:
                    item.wrong(f"{fact.reference} {fact.event} on {fact.on} stands twice")
                seen.add(key)
                found.append(fact)
        for item in top.each("same_person", "references source"):
            group = item.texts("references")
            item.text("source")
            if len(group) < 2:
                item.wrong("names fewer than two references", "references")
            if grouped & set(group):
                item.wrong("names a reference that another group names", "references")
            grouped |= set(group)
            groups.append(tuple(sorted(group)))
    found.sort(key=lambda fact: (fact.reference, order(fact.on), fact.event))
    return tuple(found), tuple(sorted(groups))


def _fact(item: Reader) -> list[DesignationFact]:
    references = item.texts("references")
    if not references:
        item.wrong("names no reference", "references")
    for reference in references:
        if not re.fullmatch(r"[A-Z]{2}[ie]\.\d{3,4}", reference):
            item.wrong(f"{reference} is no reference of the form IRi.039", "references")
    on = item.checked("on", day_or_instant, required=True)
    by = item.checked("by", day_or_instant, required=False)
    event = item.word("event", DesignationEvent)
    source = item.text("source")
    checked = item.flag("checked")
    disputed = item.flag("disputed") if "disputed" in item.found else False
    if on is None:
        return []
    if by is not None and order(by) <= order(on):
        item.wrong("'by' is not after 'on'", "by")
    return [
        DesignationFact(
            reference=reference,
            event=event,
            on=on,
            by=by,
            source=source,
            checked=checked,
            disputed=disputed,
        )
        for reference in references
    ]
