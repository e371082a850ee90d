"""What says, and what only hints, that somebody is a national of the State of entry.

The list, a document, the State itself and the request give a nationality, each cited as what it
is; a birthplace, an issuing State, somebody else's word and the regime's own State are short of
one. What says nothing counts for nothing. Rules: docs/standings.md#scope.
"""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from app.evidence import (
    Citation,
    Reason,
    absence,
    callers_word,
    claim_cited,
    list_entry,
    reason,
    table_row,
)
from app.terms import (
    BirthPlace,
    Claim,
    ClaimType,
    Listed,
    ListedDocument,
    Side,
    TravelDocument,
    Traveller,
    Version,
    value,
)
from app.when import days
from app.where import Located, Places, fold, with_article


class People:
    """The records of the person meant, and the States that the regimes of that person are about.

    It is made once for a record, so that what these say of a nationality is kept.
    """

    def __init__(self, records: Iterable[Listed], states: Iterable[str]) -> None:
        """Gather them; there are no records when a relative is judged."""
        self.records = tuple(records)
        self.states = frozenset(states)


@value
class Own:
    """One source that gives the nationality of the State of entry."""

    words: str
    sure: bool
    """Whether nothing on the list speaks against it."""
    cited: tuple[Citation, ...]


@value
class Nationality:
    """Everything said of a nationality, seen from the State of entry."""

    own: tuple[Own, ...]
    """What gives a nationality of that State, the surest first."""
    hints: tuple[Reason, ...]
    """What is short of a nationality and points to that State; none where another is known."""
    otherwise: Reason
    """Why the person counts as a foreigner there, where nothing above speaks against it."""
    told: tuple[Reason, ...]
    """What claims say that decides nothing, which is shown."""


@value
class _OnList:
    """One nationality as the records of a person give it."""

    words: str
    code: str | None
    """The ISO code of the State that it plainly names; null where it hedges, or several may be."""
    newest: bool
    """Whether the newest record still gives it."""
    cited: Citation


# A sentence that takes a nationality away has a word of each kind (English and Spanish lists), and
# names the State beside the first: others that it names are where the person is, or went.
_OF_NATIONALITY = re.compile(
    r"(?i)(?:\S+\s+){0,2}\(?\b(?:citizenship|nationality|ciudadanía|nacionalidad)\b(?:\s+\S+){0,4}"
)
_LOST = re.compile(r"(?i)\b(revoked|withdrawn|deprived|stripped|renounced|lost|retir\w+)\b")


def nationality(
    located: Located,
    traveller: Traveller,
    people: People,
    claims: Sequence[Claim],
    places: Places,
) -> Nationality:
    """Weigh what is said of a nationality against the State entered.

    `claims` are those that speak of this leg and stand.
    """
    given = Traveller(
        name="",
        nationality=traveller.nationality,
        document=traveller.document,
        place_of_birth=traveller.place_of_birth,
    )
    said = tuple(claim for claim in claims if claim.nationality is not None)
    return _weighed(located, given, people, said, places)


@lru_cache(maxsize=512)  # many questions are about few people, and few claims give a nationality
def _weighed(
    located: Located,
    traveller: Traveller,
    people: People,
    claims: tuple[Claim, ...],
    places: Places,
) -> Nationality:
    look = _Look(located, places)
    on_list = _on_list(people.records, look)
    others = [item for item in on_list if item.code is not None and not look.here(item.code)]
    lost = _lost(people.records, look)
    of_list = _own_on_list(on_list, lost, look)
    doubt = _doubt(others, lost, look) if not any(item.sure for item in of_list) else ""
    stale = _superseded(claims)
    by_the_state = [
        claim
        for claim in claims
        if claim.id not in stale and look.is_here(claim) and look.speaks_for_it(claim)
    ]
    own = [*of_list, *_own_elsewhere(traveller, by_the_state, doubt, look)]
    foreign = _foreign(traveller, look)
    hints = _hedged(on_list, look)
    short: list[Claim] = []
    if not own and not others and not foreign:
        short = [
            claim
            for claim in claims
            if claim.id not in stale
            and claim.type is not ClaimType.denies_identity
            and look.is_here(claim)
            and claim not in by_the_state
        ]
        hints += _hints(traveller, people, short, look)
    return Nationality(
        own=tuple(sorted(own, key=lambda item: not item.sure)),
        hints=tuple(hints),
        otherwise=_otherwise(on_list, others, foreign, look),
        told=tuple(
            _told(claim, stale, look)
            for claim in claims
            if claim not in by_the_state and claim not in short
        ),
    )


class _Look:
    """The State of entry, and what points to it."""

    def __init__(self, located: Located, places: Places) -> None:
        self.located = located
        self.places = places
        self.name = located.state_name

    def here(self, code: str) -> bool:
        """Whether the State of entry answers for a code."""
        return self.places.answers_for(code) == self.located.state

    def is_here(self, claim: Claim) -> bool:
        """Whether a claim gives the nationality of the State of entry."""
        return claim.nationality is not None and self.here(claim.nationality)

    def named_in(self, words: str | None) -> bool:
        """Whether words name the State of entry, alone or among others."""
        return any(self.here(code) for code in self.places.named(words or ""))

    def city(self, words: str) -> bool:
        """Whether words, or a part of them, are a city of the State of entry."""
        return any(
            self.places.city(code, part) or self.places.claimed(code, part)
            for code in {self.located.code, self.located.state}
            for part in (words, *words.split(","))
        )

    def speaks_for_it(self, claim: Claim) -> bool:
        """Whether a claim is the State of entry's own word of who travelled.

        Whoever says that it was another person says nothing of the one meant.
        """
        if not claim.named or claim.type is ClaimType.denies_identity:
            return False
        if claim.speaker_state is None:
            return claim.side is Side.state_of_entry
        return claim.side in (Side.state_of_entry, Side.state_of_nationality) and self.here(
            claim.speaker_state
        )


# ---------------------------------------------------------------- the list


def _on_list(people: Sequence[Listed], look: _Look) -> list[_OnList]:
    """Each nationality once, as the newest record that gives it does."""
    found: dict[str, _OnList] = {}
    for listed in people:
        for number, version in enumerate(listed.versions):
            for words in version.entry.nationalities:
                code = look.places.country(words)
                found.setdefault(
                    code or words,
                    _OnList(
                        words=words,
                        code=code,
                        newest=number == 0,
                        cited=list_entry(version, "NATIONALITY", words),
                    ),
                )
    return list(found.values())


def _lost(people: Sequence[Listed], look: _Look) -> dict[str, Citation]:
    """Sentences of the records that the nationality of the State of entry was taken away."""
    found: dict[str, Citation] = {}
    for listed in people:
        for version in listed.versions:
            for field, text in (
                *(("NATIONALITY", words) for words in version.entry.nationalities),
                ("COMMENTS1", version.entry.comments or ""),
            ):
                for words, beside in _taken_away(text, field == "COMMENTS1"):
                    if look.named_in(beside):
                        found.setdefault(words.rstrip(". "), list_entry(version, field, words))
    return found


@lru_cache(maxsize=4096)  # the same few records are asked about for each leg
def _taken_away(text: str, several: bool) -> tuple[tuple[str, str], ...]:
    """Sentences that a nationality was taken away, each with the words beside that noun."""
    sentences = re.split(r"(?<=[.;])\s+", text) if several else [text]
    return tuple(
        (words, beside.group())
        for words in sentences
        if (beside := _OF_NATIONALITY.search(words)) and _LOST.search(words)
    )


def _own_on_list(
    on_list: Iterable[_OnList], lost: dict[str, Citation], look: _Look
) -> tuple[Own, ...]:
    mine = [item for item in on_list if item.code is not None and look.here(item.code)]
    if not mine:
        return ()
    newest = [item for item in mine if item.newest]
    words = f"the list gives a nationality of {look.name}"
    if not newest:
        words = f"an earlier list gave a nationality of {look.name}, and the newest does not"
    if lost:
        words += f"; it also says: {'; '.join(lost)}"
    return (
        Own(
            words=words,
            sure=bool(newest) and not lost,
            cited=(*(item.cited for item in newest or mine), *lost.values()),
        ),
    )


def _doubt(others: Sequence[_OnList], lost: dict[str, Citation], look: _Look) -> str:
    """What of the list speaks against a nationality that only others give, in words."""
    if lost:
        return f"; the list says: {'; '.join(lost)}"
    if others:
        return f"; the list gives only {_names(others, look)}, and having both is not excluded"
    return ""


def _names(items: Iterable[_OnList], look: _Look) -> str:
    return ", ".join(look.places.name(item.code) for item in items if item.code is not None)


def _hedged(on_list: Iterable[_OnList], look: _Look) -> list[Reason]:
    """A nationality on the list that may be the State of entry's, and does not say so plainly."""
    return [
        reason(
            f"the list gives the nationality as {item.words!r}, which names {look.name} and does "
            "not settle whether the person is its national",
            item.cited,
        )
        for item in on_list
        if item.code is None and look.named_in(item.words)
    ]


# ---------------------------------------------------------------- elsewhere than on the list


def _document_of(traveller: Traveller) -> TravelDocument | None:
    return traveller.document if isinstance(traveller.document, TravelDocument) else None


def _given(traveller: Traveller) -> list[tuple[str, str, Citation]]:
    """What the request gives of a nationality: who says so, the code, the citation."""
    found: list[tuple[str, str, Citation]] = []
    document = _document_of(traveller)
    if document is not None and document.nationality is not None:
        said = callers_word("traveller.document.nationality", document.nationality)
        found.append(("the document that the request describes gives", document.nationality, said))
    if traveller.nationality is not None:
        said = callers_word("traveller.nationality", traveller.nationality)
        found.append(("the request gives", traveller.nationality, said))
    return found


def _own_elsewhere(
    traveller: Traveller, by_the_state: Iterable[Claim], doubt: str, look: _Look
) -> list[Own]:
    said = [
        Own(
            words=f"{who} a nationality of {look.name}{doubt}",
            sure=not doubt,
            cited=(cited,),
        )
        for who, code, cited in _given(traveller)
        if look.here(code)
    ]
    claimed = [
        Own(
            words=f"{claim.speaker_name}, for {look.name} itself, says that the person is its "
            f"national{doubt}",
            sure=not doubt,
            cited=(claim_cited(claim),),
        )
        for claim in by_the_state
    ]
    return [*said, *claimed]


def _foreign(traveller: Traveller, look: _Look) -> list[tuple[str, str, Citation]]:
    """What the request gives of another nationality than that of the State of entry."""
    return [item for item in _given(traveller) if not look.here(item[1])]


def _otherwise(
    on_list: Sequence[_OnList],
    others: Sequence[_OnList],
    foreign: Sequence[tuple[str, str, Citation]],
    look: _Look,
) -> Reason:
    words = f"an entry into {look.name}"
    if others:
        return reason(
            f"{words}; the list gives the nationality {_names(others, look)}",
            *(item.cited for item in others),
        )
    unclear = [item for item in on_list if item.code is None]
    cited: list[Citation] = [item.cited for item in unclear]
    if unclear:
        shown = ", ".join(repr(item.words) for item in unclear)
        words += f"; the list gives the nationality as {shown}, which names no one State"
    else:
        words += "; no nationality is on record"
        cited.append(absence("NATIONALITY of the record and the request", "a nationality"))
    if foreign:
        said = "; ".join(f"{who} {look.places.name(code)}" for who, code, _ in foreign)
        return reason(f"{words}, and {said}", *(item[2] for item in foreign), *cited)
    return reason(f"{words}, and nothing on record points to that State", *cited)


# ---------------------------------------------------------------- short of a nationality


def _hints(
    traveller: Traveller,
    people: People,
    short: Iterable[Claim],
    look: _Look,
) -> list[Reason]:
    """What is short of a nationality and points to the State of entry, one reason of each kind."""
    versions = [version for listed in people.records for version in listed.versions]
    found = [
        _first(
            _birth(version, place, look)
            for version in versions
            for place in version.entry.birth_places
        ),
        _born(traveller, look),
        _first(
            _document(version, document, look)
            for version in versions
            for document in version.entry.documents
        ),
        _issuer(traveller, look),
        *(
            reason(
                f"no nationality is on record, and {_speaker(claim)} says that the person is a "
                f"national of {look.name}: that is not the word of {look.name} itself",
                claim_cited(claim),
            )
            for claim in short
        ),
    ]
    if look.located.state in people.states:
        found.append(
            reason(
                f"no nationality is on record, and the regime is about {look.name}, which may be "
                "the person's own State",
                table_row("law", look.located.state, look.name),
            )
        )
    return [item for item in found if item is not None]


def _first(reasons: Iterable[Reason | None]) -> Reason | None:
    return next((item for item in reasons if item is not None), None)


def _birth(version: Version, place: BirthPlace, look: _Look) -> Reason | None:
    parts = [part for part in (place.city, place.province, place.note) if part]
    if place.country:
        there = look.named_in(place.country)
    else:
        there = any(look.named_in(part) or look.city(part) for part in parts)
    if not there:
        return None
    text = ", ".join([*parts, place.country] if place.country else parts)
    return reason(
        f"no nationality is on record, and the list gives a place of birth in {look.name} "
        f"({text}), which may be the person's own State",
        list_entry(version, "PLACE_OF_BIRTH", text),
    )


def _born(traveller: Traveller, look: _Look) -> Reason | None:
    born = traveller.place_of_birth
    if born is None or not (look.named_in(born) or look.city(born)):
        return None
    return reason(
        f"no nationality is on record, and the request gives a place of birth in {look.name}, "
        "which may be the person's own State",
        callers_word("traveller.place_of_birth", born),
    )


def _document(version: Version, document: ListedDocument, look: _Look) -> Reason | None:
    # The kind, or failing that the note, names a State where no issuing State is given.
    said = (document.country, document.type, document.note)
    text = next((words for words in said if words and look.places.named(words)), None)
    if text is None or not look.named_in(text):
        return None
    issued = document.country is not None and look.places.country(document.country) is not None
    kind = document.type or "document"
    return reason(
        f"no nationality is on record, and {look.name} issued a document of the person ({kind})"
        if issued
        else f"no nationality is on record, and a document of the person names {look.name} "
        f"({kind}: {text})",
        list_entry(version, "DOCUMENT", text),
    )


def _issuer(traveller: Traveller, look: _Look) -> Reason | None:
    document = _document_of(traveller)
    if document is None or document.country is None or not look.here(document.country):
        return None
    return reason(
        f"no nationality is on record, and {look.name} issued the document that the request "
        "describes, which does not say whose national its bearer is",
        callers_word("traveller.document.country", document.country),
    )


# ---------------------------------------------------------------- claims


def _superseded(claims: Sequence[Claim]) -> frozenset[str | None]:
    """Claims whose speaker surely later gave another nationality."""
    said: dict[str, list[Claim]] = {}
    for claim in claims:
        if claim.nationality is not None and claim.named:
            said.setdefault(fold(claim.speaker_name), []).append(claim)
    return frozenset(
        claim.id
        for mine in said.values()
        for claim in mine
        if any(
            later.nationality != claim.nationality and _later(later, claim)
            for later in mine
            if later.type is not ClaimType.denies_identity
        )
    )


def _later(first: Claim, second: Claim) -> bool:
    """Whether the first claim was surely made after the second."""
    said, before = first.said_on or first.published_on, second.said_on or second.published_on
    return said is not None and before is not None and days(said)[0] > days(before)[1]


def _speaker(claim: Claim) -> str:
    named = claim.named and claim.side is not Side.anonymous
    return claim.speaker_name if named else f"{claim.speaker_name} (unnamed)"


def _told(claim: Claim, stale: frozenset[str | None], look: _Look) -> Reason:
    state = with_article(look.places.name(claim.nationality or ""))
    words = f"{_speaker(claim)} says that the person is a national of {state}"
    if claim.type is ClaimType.denies_identity:
        words += ", and that it was another person: so it says nothing of the one meant"
    elif claim.id in stale:
        words += ", and later gave another nationality"
    else:
        words += ", which does not decide this"
    return reason(words, claim_cited(claim))
