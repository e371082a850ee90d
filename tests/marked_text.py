"""A reader of marked texts, for tests of what becomes of a reading.

    > Qasem Soleimani, commander of the Quds Force; RU Moscow 2015-07-24
    asserts anonymous an official: He was there in July.
    denies state_of_entry RU Sergei Ryabkov: Nobody came.
    legal_statement press The Daily: under a travel ban since 2007
    = IRi.001 A. Person
    legal_statement press The Daily: banned since 2007

A line that begins with `>` is a person and the legs of a journey, parted by semicolons; one with
`=` is a person alone, with a reference. The lines below either are claims about it: type, side, the
speaker's State where it has one, speaker, words. Any other line says nothing.
"""

import re

from app import serve
from app.desk import Desk
from app.reading.article import Journey, Mention, MentionIs, PersonRead, Reading, document, quote
from app.record import Record
from app.settings import Settings
from app.terms import Claim, ClaimType, DraftStatus, FoundBy, Law, Leg, Policy, Side


def open_desk(settings: Settings) -> Desk:
    """The desk that commands open, with this reader."""
    desk = serve.open_desk(settings)
    desk.read = read
    return desk


_CLAIM = re.compile(r"(\w+) (\w+) (?:([A-Z]{2}) )?([^:]+): (.+)")
_TYPES, _SIDES = {kind.value for kind in ClaimType}, {side.value for side in Side}


def read(
    text: str,
    published_on: str,
    record: Record,
    policy: Policy,
    *,
    title: str | None = None,
    publisher: str | None = None,
    url: str | None = None,
) -> Reading:
    """What a marked text says."""
    persons: list[PersonRead] = []
    claims: list[Claim] = []
    journeys: list[Journey] = []
    start, belongs = 0, False
    for line in text.splitlines(keepends=True):
        at, start = start, start + len(line)
        line = line.rstrip()
        if line.startswith(("> ", "= ")):
            travels = line.startswith(">")
            who, *legs = line[2:].split("; ")
            reference, name = (None, who) if travels else who.split(" ", 1)
            name, _, role = name.partition(", ")
            where = at + line.index(name)
            mention = Mention(
                start=where, end=where + len(name), text=name, kind=MentionIs.full_name
            )
            persons.append(
                PersonRead(
                    name=name,
                    reference=reference,
                    nationality=None,
                    role=role or None,
                    mentions=(mention,),
                )
            )
            if travels:
                journeys.append(
                    Journey(
                        id=f"j{len(journeys) + 1}",
                        person=persons[-1],
                        legs=tuple(map(_leg, legs)),
                        claims=(),
                    )
                )
            belongs = travels
        elif (found := _CLAIM.fullmatch(line)) and found[1] in _TYPES and found[2] in _SIDES:
            claim = Claim(
                id=f"c{len(claims) + 1}",
                type=ClaimType(found[1]),
                speaker=found[4],
                speaker_state=found[3],
                side=Side(found[2]),
                named=found[2] != "anonymous",
                origin=found[4],
                published_on=published_on,
                quote=quote(text, at + found.start(5), at + found.end(5)),
                law=(
                    Law(measure="travel_ban", since="2007")
                    if found[1] == "legal_statement"
                    else None
                ),
                found_by=FoundBy.rules,
                status=DraftStatus.draft,
            )
            claims.append(claim)
            if belongs and journeys:
                last = journeys.pop()
                journeys.append(
                    Journey(
                        id=last.id,
                        person=last.person,
                        legs=last.legs,
                        claims=(*last.claims, claim.id or ""),
                    )
                )
    return Reading(
        document=document(text, published_on, title, publisher, url),
        persons=tuple(persons),
        claims=tuple(claims),
        journeys=tuple(journeys),
        remarks=() if claims else ("nothing in the text speaks of a journey",),
    )


def _leg(written: str) -> Leg:
    state, place, day = written.split(" ")
    return Leg(state=state, place=place, from_=day)
