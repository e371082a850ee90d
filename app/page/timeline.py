"""The timeline: what lasted and what happened, with its days, from what is on record.

Facts are taken from an answer or from what is on record of a person, as they stand there; nothing
is decided here. They are drawn by `app.page.picture`, and told as the rows of a table here.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from app.page.saying import Words, authority, in_words
from app.terms import value
from app.when import day_after, days, is_instant, order

MEASURES = (
    "travel_ban", "travel_notification", "travel_vigilance", "travel_restriction",
    "expulsion", "document_cancellation", "border_control", "asset_freeze",
)  # fmt: skip
SAID = ("for", "against", "report", "plan", "neither", "withdrawn", "said")
"""What a statement counts as; `said` where nobody has weighed it."""
LANES = ("designation", *MEASURES, "exemption", "amended", "journey", *SAID)
"""What a fact may be, in the order in which they stand."""


@value
class Fact:
    """Something that lasted from a boundary to another, half-open, or happened on some day."""

    lane: str
    words: str
    """What it is, in a few words."""
    from_: str | None = None
    """Null where it lasts since ever."""
    from_by: str | None = None
    """Where only a bracket is known: by when it had begun."""
    until: str | None = None
    """Null where no end is on record."""
    until_by: str | None = None
    """Where only a bracket is known: by when it was over."""
    sure_until: str | None = None
    """From this boundary on it only may last."""
    sure: bool = True
    disputed: bool = False
    strength: str | None = None
    """Of a measure: how it binds."""
    dated: bool = False
    """Whether it is dated by the two that follow, and not by boundaries."""
    on: str | None = None
    """The year, month, day or moment; null where none is known."""
    to: str | None = None
    """Its last day, where it has another than the first."""
    note: str = ""
    number: int | None = None
    """Of a statement: which it is in the table."""


@value
class Row:
    """A fact as the table tells it."""

    number: int | None
    lane: str
    words: str
    from_: str
    until: str
    notes: tuple[str, ...]


# ---------------------------------------------------------------- of a person


def of_person(person: Mapping[str, Any], amended_on: Iterable[str], w: Words) -> tuple[Fact, ...]:
    """The facts of what is on record of a person (`GET /v1/people/{reference}`).

    `amended_on` are the days on which a list says that the record was amended.
    """
    listed = _designations(person["designations"], w)
    doubtful = next((item.from_ for item in listed if item.until is None and not item.sure), None)
    several = len({item["reference"] for item in person["measures"]}) > 1
    measures = []
    for item in person["measures"]:
        ends = [day_after(item["verified_to"])] if item["verified_to"] else []
        if doubtful and item["until"] is None and item["reference"] == person["reference"]:
            ends.append(doubtful)
        paragraph = next(cited for cited in item["citations"] if cited["kind"] == "paragraph")
        measures.append(
            Fact(
                lane=item["kind"],
                words=_authority(paragraph, item["reference"] if several else None, w),
                from_=item["from"],
                from_by=item["from_by"],
                until=item["until"],
                until_by=item["until_by"],
                sure_until=min(ends, key=order, default=None),
                disputed=item["disputed"],
                strength=item["strength"],
                note=item["why_ended"] or "",
            )
        )
    amended = [
        Fact(lane="amended", words=w["timeline"]["amended"], dated=True, on=day)
        for day in sorted(set(amended_on))
    ]
    return (*listed, *measures, *(_leave(item, w) for item in person["exemptions"]), *amended)


def _designations(intervals: Iterable[Mapping[str, Any]], w: Words) -> list[Fact]:
    """Times of listing; neighbours of which the same is to be said are one."""
    found: list[Fact] = []
    for item in intervals:
        if item["listed"] == "no":
            continue
        last = found[-1] if found and found[-1].until == item["from"] else None
        sure = item["listed"] == "yes"
        # Whoever disputes that a listing came back disputes it for as long as it lasts.
        disputed = (last is not None and last.disputed) or any(
            cited["kind"] == "designation_fact"
            and cited["disputed"]
            and cited["on"] == item["from"]
            for cited in item["citations"]
        )
        if last is not None and (last.sure, last.disputed) == (sure, disputed):
            found[-1] = replace(last, until=item["until"])
            continue
        found.append(
            Fact(
                lane="designation",
                words=w["timeline"]["listed" if sure else "maybe_listed"],
                from_=item["from"],
                until=item["until"],
                sure=sure,
                disputed=disputed,
            )
        )
    return found


def _authority(cited: Mapping[str, Any], reference: str | None, w: Words) -> str:
    words = authority(cited, w)
    return f"{words} ({reference})" if reference else words


def _leave(item: Mapping[str, Any], w: Words) -> Fact:
    """Leave to travel: its days or, where none were published, the day of the decision."""
    outcome = w["outcomes"][item["outcome"]]
    if item["from"] or item["until"]:
        first = item["from"] or item["until"]
        return Fact(lane="exemption", words=outcome, dated=True, on=first, to=item["until"])
    note = w["timeline"]["days_not_published"]
    return Fact(lane="exemption", words=outcome, dated=True, on=item["decided_on"], note=note)


# ---------------------------------------------------------------- of an answer


def of_answer(
    answer: Mapping[str, Any],
    state: Mapping[str, Any],
    designations: Iterable[Mapping[str, Any]] | None,
    w: Words,
) -> tuple[Fact, ...]:
    """The facts of one State of an answer; `state` is one of its `states`.

    `designations` are those on record of the person meant; left out, all that is shown of the
    listing is what the answer itself says of that day.
    """
    found = [] if designations is None else _designations(designations, w)
    measure = state["measure"]
    if measure is not None:
        if designations is None and state["from"]:
            first = _first_day(state["from"])
            found += [fact for item in measure["listing"] for fact in _listing(item, first, w)]
        found += _measures(measure["measures"], w)
    if state["exemption"] is not None:
        cited = [each for item in state["exemption"]["reasons"] for each in item["citations"]]
        leave = {each["exemption"]: each for each in cited if each["kind"] == "exemption"}
        found += [_leave(each, w) for each in leave.values()]
    if state["from"] is not None:
        place = state["place"] or w["timeline"]["arrival"]
        found.append(
            Fact(lane="journey", words=place, dated=True, on=state["from"], to=state["to"])
        )
    return (*found, *_claims(answer, state, w))


def _measures(items: Sequence[Mapping[str, Any]], w: Words) -> list[Fact]:
    several = len({item["reference"] for item in items}) > 1
    return [
        Fact(
            lane=item["kind"],
            words=_authority(item, item["reference"] if several else None, w),
            from_=item["from"],
            until=item["until"],
            until_by=item["until_by"],
            sure_until=day_after(item["verified_to"]) if item["verified_to"] else None,
            disputed=item["disputed"],
            strength=item["strength"],
            note=item["why_ended"] or "",
        )
        for item in items
        if item["state"] != "never" and (item["from"] or item["until"])
    ]


def _listing(item: Mapping[str, Any], arrival: str, w: Words) -> list[Fact]:
    """The listing as the answer has it: from the evidence before the day to that after it."""
    if item["listed"] == "no":
        return []
    named = {"snapshot": "generated", "designation_fact": "on"}
    seen = [cited[named[cited["kind"]]] for cited in item["citations"] if cited["kind"] in named]
    seen = sorted([*seen, arrival], key=start)
    sure = item["listed"] == "yes"
    return [
        Fact(
            lane="designation",
            words=w["timeline"]["listed" if sure else "maybe_listed"],
            from_=seen[0],
            until=None if item["standing"] == "end_unknown" else seen[-1],
            sure=sure,
            note=item["words"],
        )
    ]


def _claims(answer: Mapping[str, Any], state: Mapping[str, Any], w: Words) -> list[Fact]:
    """The statements about this State, each on the day on which it was made, or came out."""
    weighed = {item["claim"]: item for item in state["event"]["claims"]} if state["event"] else {}
    found: list[Fact] = []
    for claim in answer["claims"]:
        if claim["legs"] is not None and state["leg"] not in claim["legs"]:
            continue
        item = weighed.get(claim["id"])
        counts = "said" if item is None else item["counts"] if item["stands"] else "withdrawn"
        speaker = claim["speaker"]
        found.append(
            Fact(
                lane=counts,
                words=speaker if isinstance(speaker, str) else speaker["name"],
                dated=True,
                on=claim["said_on"] or claim["published_on"],
                note=w["claim_types"][claim["type"]],
                number=len(found) + 1,
            )
        )
    return found


# ---------------------------------------------------------------- days


def start(boundary: str) -> float:
    """A boundary, or the first moment of a year, month or day, as a number of days."""
    if is_instant(boundary):
        moment = order(boundary)
        return moment.toordinal() + (moment.hour * 60 + moment.minute) / 1440
    return float(days(boundary)[0].toordinal())


def end(day: str) -> float:
    """The moment after a year, month or day, as a number of days."""
    return float(days(day)[1].toordinal() + 1)


def _first_day(when: str) -> str:
    """A boundary out of a year, a month, a day or a moment."""
    return when if is_instant(when) else days(when)[0].isoformat()


def extent(fact: Fact) -> tuple[float, float] | None:
    """The first and the last moment that are known of a fact; null where none is."""
    if fact.dated:
        if fact.on is None:
            return None
        return start(fact.on), max(end(fact.on), end(fact.to) if fact.to else 0.0)
    edges = [start(edge) for edge in (fact.from_, fact.from_by, fact.until, fact.until_by) if edge]
    if edges and fact.sure_until:
        edges.append(start(fact.sure_until))
    return (min(edges), max(edges)) if edges else None


def in_order(facts: Iterable[Fact]) -> list[Fact]:
    """Facts in the order of lanes, as they came within each."""
    return sorted(facts, key=lambda fact: LANES.index(fact.lane))


# ---------------------------------------------------------------- as a table


def lane_name(lane: str, w: Words) -> str:
    """What a lane is called."""
    name: str = w["measure_kinds"][lane] if lane in MEASURES else w["timeline"]["lanes"][lane]
    return name[:1].upper() + name[1:]


def rows(facts: Iterable[Fact], w: Words) -> tuple[Row, ...]:
    """The facts as rows of a table; days of amendment share one."""
    found = []
    amended = []
    for fact in in_order(facts):
        if fact.lane == "amended":
            amended.append(_day(fact.on, w))
            continue
        found.append(_row(fact, w))
    if amended:
        name, words = lane_name("amended", w), ", ".join(amended)
        found.append(Row(number=None, lane=name, words=words, from_="", until="", notes=()))
    return tuple(found)


def _row(fact: Fact, w: Words) -> Row:
    texts = w["timeline"]
    if fact.dated:
        first, last = _day(fact.on, w), _day(fact.to, w) if fact.to else ""
    else:
        first = _edge(fact.from_, fact.from_by, "since_ever", w)
        last = _edge(fact.until, fact.until_by, "no_end", w)
    notes = [
        texts["strengths"][fact.strength] if fact.strength else "",
        "" if fact.sure else texts["possible"],
        texts["only_possible"].format(day=in_words(fact.sure_until, w)) if fact.sure_until else "",
        texts["disputed"] if fact.disputed else "",
        fact.note,
    ]
    return Row(
        number=fact.number,
        lane=lane_name(fact.lane, w),
        words=fact.words,
        from_=first,
        until=last,
        notes=tuple(filter(None, notes)),
    )


def _day(when: str | None, w: Words) -> str:
    return in_words(when, w) or str(w["timeline"]["no_day"])


def _edge(boundary: str | None, by: str | None, without: str, w: Words) -> str:
    """A boundary in words, with its bracket."""
    texts = w["timeline"]
    if boundary is None:
        words: str = texts[without]
        return words
    said = in_words(boundary, w)
    if by is None or by == boundary:
        return said
    bracket: str = texts["between"].format(first=said, last=in_words(by, w))
    return bracket
