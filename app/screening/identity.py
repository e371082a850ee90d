"""Who is meant? From candidates and whatever else is known to the identity standing.

`candidates` finds the listed parties under a name and compares each field that both sides give;
`identity` decides among them for one arrival. A field that either side does not give is silent,
and silence never counts for or against anybody.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from enum import StrEnum
from itertools import chain

from app.evidence import (
    Citation,
    Reason,
    absence,
    callers_word,
    claim_cited,
    designation_fact,
    known_from,
    list_entry,
    reason,
    whole_list,
)
from app.screening.fields import (
    Compared,
    compare,
    entries,
    on_record,
    records,
    whole_birth_date_agrees,
)
from app.screening.index import LOW, Index, Match
from app.screening.names import oddities
from app.screening.similarity import AlignedPart, Difference
from app.screening.vessels import Numbered, asked_number, bearers, check_digit_holds
from app.terms import (
    Certainty,
    Claim,
    ClaimType,
    Holds,
    Listed,
    ListKind,
    PartyKind,
    Place,
    Policy,
    Snapshot,
    Traveller,
    value,
)
from app.when import (
    Arrival,
    counted,
    day_after,
    days,
    in_words,
    instant_text,
    is_instant,
    parse_instant,
    partial_in_words,
)

MOST_CANDIDATES = 100
"""No answer holds more candidates than this."""

_RARE_ENOUGH = 0.75
"""Parts that together weigh less than this (two of the commonest) mean nobody in particular."""

DISTINGUISHING = ("birth_date", "place_of_birth", "document", "office", "organisation")
"""Fields that can identify somebody who bears a listed name."""

SUPPORTING = ("nationality", "gender")
"""Fields that tell namesakes apart, and never identify."""

FIELDS = (
    "birth_date", "place_of_birth", "nationality", "gender", "document", "office",
    "organisation", "death",
)  # fmt: skip

_FIELD_WORDS = {
    "birth_date": "birth date",
    "place_of_birth": "place of birth",
    "nationality": "nationality",
    "gender": "gender",
    "document": "travel document",
    "office": "office",
    "organisation": "organisation",
    "death": "death",
    "name": "name",
}


class IdentityStanding(StrEnum):
    """Who is meant, as far as the question and the lists say."""

    identified = "identified"
    ambiguous = "ambiguous"
    discounted = "discounted"
    name_only = "name_only"
    probable = "probable"
    no_match = "no_match"


class NameIs(StrEnum):
    """How much a matched name by itself says about who is meant."""

    strong = "strong"
    weak = "weak"
    """Less similar than a strong name."""
    low_alias = "low_alias"
    """Only an alias that the list itself calls low quality."""
    single_part = "single_part"
    """Only one part of a name in common."""
    common = "common"
    """Only parts that very many people bear."""
    different = "different"
    """Under the threshold: shown only because the caller gave the reference."""
    relation = "relation"
    """Shown because the traveller is said to be this person's relative."""
    number = "number"
    """An entity found by its IMO number, whatever its name."""


@value
class Candidate:
    """A listed party who may be meant."""

    reference: str
    same_person: tuple[str, ...]
    """Other references recorded as this same person."""
    name: str
    """The primary name of the newest record, or the newest that a designation fact gives."""
    regime: str
    """UN_LIST_TYPE of the newest record."""
    kind: PartyKind
    on_lists: bool
    """Whether any list on record holds it; where not, only designation facts name it."""
    similarity: float
    """Of the names, in [0, 1]; no probability."""
    matched_name: str
    """The listed name that came nearest."""
    matched_as: str
    """primary, good, low, not_said, original_script, designation_fact or imo_number."""
    name_is: NameIs
    aligned: tuple[AlignedPart, ...]
    agreeing: tuple[str, ...]
    conflicting: tuple[str, ...]
    silent: tuple[str, ...]
    """Fields that the question or the record does not give, or that do not decide."""
    reasons: tuple[Reason, ...]
    would_change: tuple[str, ...]
    """What would change the result, with the values on record."""


@value
class IdentityFound:
    """The identity standing, and everybody considered."""

    standing: IdentityStanding
    certainty: Certainty
    """Possible where it rests on a death that may fall before the journey or after it."""
    reasons: tuple[Reason, ...]
    reference: str | None
    """Who is meant; null when nobody is, or when that is not decided."""
    left: tuple[str, ...]
    """References of those who may be meant: one when that is decided, none when nobody is."""
    candidates: tuple[Candidate, ...]
    matched_against: tuple[str, ...]
    """SHA-256 names of the lists looked in."""


# ---------------------------------------------------------------- candidates


def _group(reference: str, listed: Mapping[str, Listed]) -> tuple[Listed, ...]:
    """The records of one person: this reference, and those recorded as the same person."""
    one = listed[reference]
    others = (listed[r] for r in sorted(set(one.same_person)) if r in listed and r != reference)
    return (one, *others)


def _name_is(match: Match, policy: Policy) -> NameIs:
    if match.similarity < policy.threshold and not _found(match):
        return NameIs.different
    if match.listed.matched_as == LOW:
        return NameIs.low_alias
    if match.names_shared < 2:
        return NameIs.single_part
    if match.weight_shared < _RARE_ENOUGH:
        return NameIs.common
    return NameIs.strong if match.similarity >= policy.strong or _all_found(match) else NameIs.weak


_BUT_SPELLING = (
    Difference.same,
    Difference.transliteration,
    Difference.order,
    Difference.joined,
    Difference.particle,
)


def _all_found(match: Match) -> bool:
    """Whether every part asked about is in the listed name but for spelling, its first among them.

    Lists hold names of six parts, and who writes of their bearers gives two of them. Without the
    first it may be the father.
    """
    features = match.alignment.features
    return features is not None and not features.first_missing and _found(match)


def _found(match: Match) -> bool:
    """Whether every part asked about is in the listed name, but for spelling."""
    asked = [pair for pair in match.pairs if pair.query is not None]
    return all(pair.listed is not None and pair.kind in _BUT_SPELLING for pair in asked)


_NAME_WORDS = {
    NameIs.weak: "The names are alike, but not enough for a strong name.",
    NameIs.low_alias: "Only an alias of low quality matches, and such an alias alone means nobody.",
    NameIs.single_part: "Only one part of a name matches, and one part alone means nobody.",
    NameIs.common: "The parts that match are borne by so many that they mean nobody in particular.",
    NameIs.different: "The name given is not this person's by any listed name.",
}

_MATCHED_AS = {
    "primary": "the primary name",
    "good": "a good-quality alias",
    "low": "a low-quality alias",
    "not_said": "an alias",
    "original_script": "the name in its original script",
    "designation_fact": "a name by which a designation fact knows",
}

_PAIR_WORDS = {
    Difference.same: "{q} the same",
    Difference.transliteration: "{q} = {l} in another spelling",
    Difference.order: "{q} in another place",
    Difference.turned: "{q} in another place, which says that another is meant",
    Difference.joined: "{q} = {l} written together or apart",
    Difference.initial: "{q} = {l} by the initial",
    Difference.nickname: "{q} = {l} as a short form, or as the name's form in another language",
    Difference.typo: "{q} = {l} but for a letter or two",
    Difference.title_: "title {l} left out",
    Difference.particle: "{q} = {l} but for a particle",
    Difference.missing: "{l} not given",
    Difference.not_listed: "{q} not listed",
}


def _pair_words(pair: AlignedPart) -> str:
    return _PAIR_WORDS[pair.kind].format(q=pair.query, l=pair.listed)


def _name_reason(traveller: Traveller, match: Match, group: tuple[Listed, ...], law: str) -> Reason:
    listed = match.listed
    parts = "; ".join(_pair_words(pair) for pair in match.pairs)
    return reason(
        f"“{traveller.name}” beside {_MATCHED_AS[listed.matched_as]} “{listed.name}” of "
        f"{listed.reference}: similarity {match.similarity:.4f} ({parts}).",
        callers_word("name", traveller.name),
        _cited(next(one for one in group if one.reference == listed.reference), match, law),
    )


def _cited(one: Listed, match: Match | None, law: str) -> Citation:
    """The record or the designation fact that gives somebody the name that matched, else any."""
    if match is not None and match.listed.version is not None:
        return list_entry(match.listed.version, match.listed.field, match.listed.name)
    if one.named_by is not None and (match is not None or not one.versions):
        return designation_fact(one.named_by, law)
    return list_entry(one.versions[0], "NAME", one.name)


_GIVEN: Mapping[str, Callable[[Traveller], object]] = {
    "birth_date": lambda t: t.birth_date,
    "place_of_birth": lambda t: t.place_of_birth,
    "nationality": lambda t: t.nationality,
    "gender": lambda t: t.gender,
    "document": lambda t: t.document,
    "office": lambda t: t.role,
}


def _would_change(
    traveller: Traveller, group: tuple[Listed, ...], name_is: NameIs
) -> tuple[str, ...]:
    """What was not given and the record has, so that giving it would count."""
    found = []
    if name_is not in (NameIs.strong, NameIs.relation):
        found.append(f"the full name: this record has {group[0].name}")
    if not any(one.versions for one in group):
        found.append("a list that holds this record: only then can any other field be compared")
    versions = records(group)
    for field, given in _GIVEN.items():
        held = on_record(versions, field)
        if given(traveller) is None and held:
            words = "an office or organisation" if field == "office" else f"a {_FIELD_WORDS[field]}"
            found.append(f"{words}: this record has {'; '.join(one.text for one in held[:6])}")
    return tuple(found)


def _candidate(
    traveller: Traveller,
    match: Match,
    group: tuple[Listed, ...],
    compared: tuple[Compared, ...],
    name_is: NameIs,
    policy: Policy,
    law: str,
) -> Candidate:
    lead = group[0]
    agreeing = tuple(c.field for c in compared if c.agrees)
    conflicting = tuple(c.field for c in compared if c.agrees is False)
    if (
        name_is is NameIs.common
        and match.similarity >= policy.strong
        and _tells_apart(agreeing, traveller)
    ):
        name_is = NameIs.strong  # too common a name means nobody only where it stands alone
    reasons = [_name_reason(traveller, match, group, law)]
    cited = reasons[0].citations
    # What a name alone may mean is said of people: an entity is told of and never considered.
    if name_is in _NAME_WORDS and lead.kind is PartyKind.individual:
        reasons.append(reason(_NAME_WORDS[name_is], *cited))
    reasons += [c.reason for c in compared if c.reason is not None]
    if name_is is NameIs.different:
        conflicting = ("name", *conflicting)
    if traveller.reference is not None:
        words = f"The question itself names the reference {traveller.reference}."
        reasons.append(reason(words, callers_word("reference", traveller.reference)))
    reasons += [why for one in group for why in known_from(one, law)]
    if len(group) > 1:
        others = ", ".join(one.reference for one in group[1:])
        both = (_cited(one, None, law) for one in group)
        words = f"{lead.reference} and {others} are recorded as one person."
        reasons.append(reason(words, *both))
    return Candidate(
        reference=lead.reference,
        same_person=tuple(one.reference for one in group[1:]),
        name=lead.name,
        regime=lead.regime_word,
        kind=lead.kind,
        on_lists=bool(lead.versions),
        similarity=match.similarity,
        matched_name=match.listed.name,
        matched_as=match.listed.matched_as,
        name_is=name_is,
        aligned=match.pairs,
        agreeing=agreeing,
        conflicting=conflicting,
        silent=tuple(f for f in FIELDS if f not in agreeing and f not in conflicting),
        reasons=tuple(reasons),
        would_change=_would_change(traveller, group, name_is)
        if lead.kind is PartyKind.individual
        else (),
    )


def _distinguishing(candidate: Candidate) -> tuple[str, ...]:
    return tuple(f for f in candidate.agreeing if f in DISTINGUISHING)


_Rank = tuple[bool, bool, int, float, bool, bool, str]
"""Best first: people of a strong name, then agreement less conflict, then similarity; of the same
similarity people before entities, and names before those that the list calls low; by reference."""


def _ranked(
    strong: bool,
    conflicts: int,
    similarity: float,
    kind: PartyKind,
    matched_as: str,
    reference: str,
) -> _Rank:
    # No entity travels: however strong its name, it stands by its similarity alone.
    entity = kind is PartyKind.entity
    least = entity or not strong
    return (True, least, conflicts, -similarity, entity, matched_as == LOW, reference)


def _order(match: Match, name_is: NameIs, compared: tuple[Compared, ...], kind: PartyKind) -> _Rank:
    """Where a match will stand, before anything is put in words."""
    conflicts = sum(c.agrees is False for c in compared) + (name_is is NameIs.different)
    agreeing = sum(bool(c.agrees) and c.field in DISTINGUISHING for c in compared)
    listed, strong = match.listed, name_is is NameIs.strong
    return _ranked(
        strong, conflicts - agreeing, match.similarity, kind, listed.matched_as, listed.reference
    )


def _rank(candidate: Candidate) -> _Rank:
    """The same of a candidate, with what a death has added to it; a relation comes first."""
    found = _ranked(
        candidate.name_is is NameIs.strong,
        len(candidate.conflicting) - len(_distinguishing(candidate)),
        candidate.similarity,
        candidate.kind,
        candidate.matched_as,
        candidate.reference,
    )
    return (candidate.name_is is not NameIs.relation, *found[1:])


def candidates(
    traveller: Traveller,
    index: Index,
    places: tuple[Place, ...],
    policy: Policy,
    kinds: frozenset[PartyKind] = frozenset(PartyKind),
) -> tuple[Candidate, ...]:
    """Everybody listed under this name at or above `policy.threshold`, best first.

    Never more than MOST_CANDIDATES, and not cut to `policy.limit`: that is for showing
    (`identity` does it), and what is shown must not change what is decided. References recorded
    as one person are one candidate. A reference in the question restricts the answer to it. An
    IMO number in place of the name, or beside it, finds the entities whose records give it.
    """
    wanted: frozenset[str] | None = None
    if traveller.reference is not None:
        known = traveller.reference in index.listed
        group = _group(traveller.reference, index.listed) if known else ()
        wanted = frozenset(one.reference for one in group)
    relation = traveller.family_of if traveller.family_of in index.listed else None

    best: dict[str, tuple[tuple[bool, float, bool], Match]] = {}

    def consider(matches: Iterable[Match]) -> None:
        for match in matches:
            reference = match.listed.reference
            one = index.listed[reference]
            if one.kind not in kinds or (wanted is not None and reference not in wanted):
                continue
            group = min(reference, *one.same_person) if one.same_person else reference
            strong = _name_is(match, policy) is NameIs.strong
            key = (strong, match.similarity, match.listed.matched_as != LOW)
            if group not in best or key > best[group][0]:
                best[group] = key, match

    number = asked_number(traveller.name)
    by_number = {
        at.reference: _by_number(traveller, at, index)
        for at in (bearers(number.digits, index.listed) if number is not None else ())
        if PartyKind.entity in kinds and (wanted is None or at.reference in wanted)
    }
    for query in index.parts(number.name if number is not None else traveller.name):
        consider(index.lookup(query, policy.threshold))
        for reference in sorted(wanted or ()):
            consider(index.matches(query, reference))

    found = []
    for _, match in best.values():
        group = _group(match.listed.reference, index.listed)
        if any(one.reference == relation or one.reference in by_number for one in group):
            continue
        person = group[0].kind is PartyKind.individual
        compared = compare(traveller, group, places, index.rules) if person else ()
        name_is = _name_is(match, policy)
        order = _order(match, name_is, compared, group[0].kind)
        found.append((order, match, group, compared, name_is))
    found.sort(key=lambda one: one[0])
    made = [
        _candidate(traveller, match, group, compared, name_is, policy, index.law)
        for _, match, group, compared, name_is in found[:MOST_CANDIDATES]
    ]
    made += by_number.values()
    if relation is not None:
        made.append(_relation(traveller, relation, index))
    return tuple(sorted(made, key=_rank)[:MOST_CANDIDATES])


def _by_number(traveller: Traveller, at: Numbered, index: Index) -> Candidate:
    """The listed entity whose record gives the IMO number that was asked for."""
    one = index.listed[at.reference]
    words = (
        f"The IMO number given, {at.number}, is in the record of {one.reference} {one.name}: "
        f"{at.text}"
    )
    cited = list_entry(at.version, at.field, at.text)
    return Candidate(
        reference=one.reference,
        same_person=tuple(r for r in sorted(set(one.same_person)) if r in index.listed),
        name=one.name,
        regime=one.regime_word,
        kind=one.kind,
        on_lists=True,
        similarity=1.0,
        matched_name=f"IMO {at.number}",
        matched_as="imo_number",
        name_is=NameIs.number,
        aligned=(),
        agreeing=(),
        conflicting=(),
        silent=FIELDS,
        reasons=(reason(words, callers_word("name", traveller.name), cited),),
        would_change=(),
    )


def _relation(traveller: Traveller, reference: str, index: Index) -> Candidate:
    """The listed person whose relative the traveller is said to be; no field is compared."""
    aligned = [
        match for query in index.parts(traveller.name) for match in index.matches(query, reference)
    ]
    group = _group(reference, index.listed)
    lead = group[0]
    match = max(aligned, key=lambda m: m.similarity, default=None)
    words = (
        f"The traveller is said to be a relative of {lead.name} ({reference}): the relative is "
        "judged, not the listed person, and no field of the record is compared."
    )
    return Candidate(
        reference=reference,
        same_person=tuple(one.reference for one in group[1:]),
        name=lead.name,
        regime=lead.regime_word,
        kind=lead.kind,
        on_lists=bool(lead.versions),
        similarity=match.similarity if match else 0.0,
        matched_name=match.listed.name if match else lead.name,
        matched_as=match.listed.matched_as if match else "primary",
        name_is=NameIs.relation,
        aligned=match.pairs if match else (),
        agreeing=(),
        conflicting=(),
        silent=FIELDS,
        reasons=(
            reason(
                words,
                callers_word("family_of", reference),
                _cited(lead, None, index.law),
            ),
            *(why for one in group for why in known_from(one, index.law)),
        ),
        would_change=("a listing of the relative's own",),
    )


# ---------------------------------------------------------------- the standing


def _with_death(
    candidate: Candidate, listed: Mapping[str, Listed], arrival: Arrival | None, law_digest: str
) -> tuple[Candidate, bool]:
    """The candidate with what a death on record says, and whether that leaves it possible."""
    facts = [
        fact
        for reference in (candidate.reference, *candidate.same_person)
        if reference in listed and (fact := listed[reference].died) is not None
    ]
    if not facts or candidate.name_is is NameIs.relation:
        return candidate, False
    fact = facts[0]
    cited = designation_fact(fact, law_digest)
    on = f"{partial_in_words(fact.on)}{f' to {partial_in_words(fact.by)}' if fact.by else ''}"
    died = f"{candidate.reference} is on record as having died ({on})"
    if arrival is None:
        words = f"{died}; with no arrival given this was not compared with the journey."
        return replace(candidate, reasons=(*candidate.reasons, reason(words, cited))), False
    last = fact.by or fact.on
    after = last if is_instant(last) else day_after(days(last)[1].isoformat())
    first = fact.on if is_instant(fact.on) else days(fact.on)[0].isoformat()
    if arrival.holds(after, None) is Holds.yes and not fact.disputed:
        words = f"{died}, before the arrival ({partial_in_words(arrival.text)})."
        conflicting = (*candidate.conflicting, "death")
        return (
            replace(
                candidate,
                conflicting=conflicting,
                silent=tuple(f for f in candidate.silent if f != "death"),
                reasons=(*candidate.reasons, reason(words, cited)),
            ),
            False,
        )
    if arrival.holds(first, None) is Holds.no:
        return candidate, False
    # Who died on the day of the arrival may have arrived before: that day alone leaves no doubt.
    doubtful = arrival.holds(after, None) is not Holds.no or fact.by is not None or fact.disputed
    words = f"{died}; the arrival ({partial_in_words(arrival.text)}) "
    words += "may be before that or after" if doubtful else "is not after that"
    words += ", and the death is disputed." if fact.disputed else "."
    return replace(candidate, reasons=(*candidate.reasons, reason(words, cited))), doubtful


def _discounted(candidate: Candidate) -> bool:
    if candidate.name_is is NameIs.relation or _distinguishing(candidate):
        return False
    return "document" in candidate.conflicting or len(candidate.conflicting) >= 2


def _lifted(candidate: Candidate, traveller: Traveller) -> bool:
    """Whether a weak name does not stand alone: a field beside it agrees, or the caller's word.

    The year of birth alone is shared by too many to lift a weak name.
    """
    apart = _tells_apart(candidate.agreeing, traveller)
    if candidate.conflicting:
        # Another name than any listed one may be a new one: the caller says who it is.
        return candidate.conflicting == ("name",) and apart
    return apart or traveller.reference is not None


def _tells_apart(agreeing: tuple[str, ...], traveller: Traveller) -> bool:
    """Whether a field agrees that few others share."""
    found = {field for field in agreeing if field in DISTINGUISHING}
    if len(traveller.birth_date or "") == len("1957"):
        found.discard("birth_date")
    return bool(found)


def _verb(verb: str, fields: Sequence[str]) -> str:
    return verb if len(fields) > 1 else f"{verb}s"


def _named(fields: Iterable[str]) -> str:
    return ", ".join(_FIELD_WORDS[field] for field in fields)


def _fields_cited(candidate: Candidate) -> tuple[Citation, ...]:
    """Everything that a candidate's reasons rest on, once."""
    return tuple(dict.fromkeys(c for r in candidate.reasons for c in r.citations))


def _told_apart(rivals: tuple[Candidate, ...], listed: Mapping[str, Listed]) -> list[Reason]:
    """Field by field, what the records of several candidates hold, so that one can ask for it."""
    found = []
    for field in ("birth_date", "place_of_birth", "document", "office", "nationality", "gender"):
        held = {
            c.reference: on_record(records(_group(c.reference, listed)), field)
            for c in rivals
            if c.reference in listed
        }
        if len({frozenset(one.text for one in h) for h in held.values()}) < 2:
            continue
        words = "; ".join(
            f"{reference}: {', '.join(one.text for one in h) or 'none on record'}"
            for reference, h in held.items()
        )
        name = "office and organisation" if field == "office" else _FIELD_WORDS[field]
        cited = [c for h in held.values() for c in entries(h)]
        found.append(reason(f"The {name} would tell them apart ({words}).", *cited))
    return found


def _denials(claims: tuple[Claim, ...]) -> tuple[Claim, ...]:
    """Claims that the traveller is not the person on the list."""
    return tuple(claim for claim in claims if claim.type is ClaimType.denies_identity)


def identity(
    traveller: Traveller,
    found: tuple[Candidate, ...],
    listed: Mapping[str, Listed],
    arrival: Arrival | None,
    claims: tuple[Claim, ...],
    snapshots: tuple[Snapshot, ...],
    policy: Policy,
    law_digest: str,
    by_facts: int,
) -> IdentityFound:
    """Decide who is meant, for one arrival (null: no journey, and deaths are not compared).

    `found` is what `candidates` answered; `claims` are those that stand; `law_digest` names the
    legal record that holds deaths; `by_facts` is how many only designation facts name.
    """
    reasons: list[Reason] = []
    people, unsure = [], set()
    for candidate in found:
        if candidate.kind is not PartyKind.individual:
            continue
        changed, doubtful = _with_death(candidate, listed, arrival, law_digest)
        people.append(changed)
        if doubtful:
            unsure.add(changed.reference)
    entities = [c for c in found if c.kind is PartyKind.entity]
    people.sort(key=_rank)
    shown = tuple(sorted((*people, *entities), key=_rank)[: policy.limit])

    standing, meant, why = _decide(traveller, people, listed, claims)
    reasons += why
    about_entities = _about_entities(traveller, entities, snapshots)
    if standing is IdentityStanding.no_match:
        nobody = _no_match(traveller, snapshots, by_facts, arrival, policy)
        # Where only an entity was found, that is the answer; that nobody was, comes after it.
        reasons += [*about_entities, *nobody] if entities else [*nobody, *about_entities]
    else:
        reasons += about_entities
    reasons += [
        reason(
            f"The name was written with {words}; it was read without, or as what they look like.",
            callers_word("name", traveller.name),
        )
        for words in oddities(traveller.name)
    ]
    judged = {meant.reference} if meant else {c.reference for c in people}
    return IdentityFound(
        standing=standing,
        certainty=Certainty.possible if unsure & judged else Certainty.definite,
        reasons=tuple(reasons),
        reference=meant.reference if meant else None,
        left=_left(standing, meant, people, policy),
        candidates=shown,
        matched_against=tuple(s.sha256 for s in snapshots),
    )


def _about_entities(
    traveller: Traveller, entities: Sequence[Candidate], snapshots: tuple[Snapshot, ...]
) -> list[Reason]:
    """What a listed entity under this name or number means for a traveller: nothing."""
    found = []
    if entities:
        names = "; ".join(f"{c.name} ({c.reference})" for c in entities[:5])
        cited = chain.from_iterable(c.reasons[0].citations[1:] for c in entities[:5])
        words = (
            "A listed entity is no traveller, no travel ban can reach it, and it was not "
            f"considered: {names}."
        )
        found.append(reason(words, *cited))
    number = asked_number(traveller.name)
    if number is not None and all(c.name_is is not NameIs.number for c in entities):
        words = f"No listed entity's record gives the IMO number {number.digits}"
        if not check_digit_holds(number.digits):
            words += "; its last digit does not check, so it may be mistyped"
        looked = absence(f"{len(snapshots)} lists on record", f"IMO {number.digits}")
        found.append(reason(f"{words}.", looked))
    return found


def _left(
    standing: IdentityStanding,
    meant: Candidate | None,
    people: list[Candidate],
    policy: Policy,
) -> tuple[str, ...]:
    """Who may be meant, in their order: for these alone the law is asked."""
    if meant is not None:
        return (meant.reference,)
    if standing not in (IdentityStanding.ambiguous, IdentityStanding.name_only):
        return ()
    strong_only = standing is IdentityStanding.ambiguous
    return tuple(
        c.reference
        for c in people
        if not _discounted(c) and (c.name_is is NameIs.strong or not strong_only)
    )[: policy.limit]


_Decision = tuple[IdentityStanding, Candidate | None, list[Reason]]


def _decide(
    traveller: Traveller,
    people: list[Candidate],
    listed: Mapping[str, Listed],
    claims: tuple[Claim, ...],
) -> _Decision:
    """The standing, who is meant, and why; `people` are in their order."""
    if not people:
        return IdentityStanding.no_match, None, []
    left = tuple(c for c in people if not _discounted(c))
    gone = [
        reason(
            f"{c.reference} {c.name} is discounted: {_named(c.conflicting)} "
            f"{_verb('conflict', c.conflicting)}, and no field that tells people apart agrees.",
            *_fields_cited(c),
        )
        for c in people
        if _discounted(c) and (c.name_is is NameIs.strong or not left)
    ]
    if not left:
        return IdentityStanding.discounted, None, gone
    strong = tuple(c for c in left if c.name_is is NameIs.strong)
    relation = next((c for c in left if c.name_is is NameIs.relation), None)
    if relation is not None and not strong:
        return IdentityStanding.probable, relation, [*relation.reasons, *gone]
    if strong:
        standing, meant, why = _with_denials(
            _among_strong(strong, listed), traveller, listed, claims
        )
    else:
        standing, meant, why = _with_denials(
            _among_weak(traveller, left), traveller, listed, claims
        )
    if relation is not None:
        why.append(
            reason(
                "By the traveller's own name a listed person is found, and is judged before the "
                f"relation to {relation.reference}.",
                *relation.reasons[0].citations,
            )
        )
    return standing, meant, [*why, *gone]


def _among_strong(strong: tuple[Candidate, ...], listed: Mapping[str, Listed]) -> _Decision:
    agreeing = [c for c in strong if _distinguishing(c)]
    only = agreeing[0] if len(agreeing) == 1 else None
    if only is not None and not only.conflicting:
        fields = _distinguishing(only)
        words = (
            f"{only.reference} {only.name}: a strong name, and {_named(fields)} "
            f"{_verb('agree', fields)}; nothing conflicts"
        )
        if len(strong) > 1:
            others = ", ".join(f"{c.reference} {c.name}" for c in strong if c is not only)
            words += f". Nothing that tells people apart agrees for {others}"
        return IdentityStanding.identified, only, [reason(f"{words}.", *_fields_cited(only))]
    if only is not None and len(only.conflicting) > len(_distinguishing(only)):
        only = None
    if len(strong) == 1:
        only = strong[0]
    if only is not None:
        words = f"{only.reference} {only.name}: a strong name"
        if _distinguishing(only):
            words += f"; {_named(_distinguishing(only))} {_verb('agree', _distinguishing(only))}"
        if only.conflicting:
            words += f"; {_named(only.conflicting)} {_verb('conflict', only.conflicting)}"
        else:
            words += "; no field that tells people apart was found to agree"
        return IdentityStanding.probable, only, [reason(f"{words}.", *_fields_cited(only))]
    for candidate in strong:
        deciding = [
            f
            for f in candidate.agreeing
            if all(f in other.conflicting for other in strong if other is not candidate)
        ]
        if deciding and not candidate.conflicting:
            words = (
                f"{candidate.reference} {candidate.name}: {_named(deciding)} "
                f"{_verb('agree', deciding)}, and {_verb('conflict', deciding)} for every other "
                "listed person of as strong a name."
            )
            cited = dict.fromkeys(c for one in strong for c in _fields_cited(one))
            return IdentityStanding.probable, candidate, [reason(words, *cited)]
    names = "; ".join(f"{c.reference} {c.name}" for c in strong)
    cited = dict.fromkeys(c for one in strong for c in one.reasons[0].citations)
    why = [reason(f"Several listed people bear this name and no field decides: {names}.", *cited)]
    return IdentityStanding.ambiguous, None, why + _told_apart(strong, listed)


def _with_denials(
    decision: _Decision,
    traveller: Traveller,
    listed: Mapping[str, Listed],
    claims: tuple[Claim, ...],
) -> _Decision:
    """A denial that he is the man on the list never discounts; it holds back `identified`."""
    standing, meant, why = decision
    denials = _denials(claims)
    if not denials or standing not in (
        IdentityStanding.identified,
        IdentityStanding.probable,
        IdentityStanding.ambiguous,
    ):
        return decision
    words = "It is denied that the traveller is the person on the list"
    if standing is IdentityStanding.identified and meant is not None:
        group = _group(meant.reference, listed) if meant.reference in listed else ()
        if "document" in meant.agreeing or whole_birth_date_agrees(traveller, group):
            words += "; a document or the full birth date agrees all the same"
        else:
            words += "; neither a document nor the full birth date agrees"
            standing = IdentityStanding.probable
    cited = [claim_cited(claim) for claim in denials]
    return standing, meant, [*why, reason(f"{words}.", *cited)]


def _among_weak(traveller: Traveller, left: tuple[Candidate, ...]) -> _Decision:
    lifted = [c for c in left if _lifted(c, traveller)]
    if len(lifted) == 1:
        meant = lifted[0]
        fields = _distinguishing(meant)
        words = (
            f"{meant.reference} {meant.name}: the name alone would mean nobody, but "
            f"{_named(fields) or 'the reference given'} beside it {_verb('agree', fields)}."
        )
        return IdentityStanding.probable, meant, [reason(words, *_fields_cited(meant))]
    names = "; ".join(f"{c.reference} {c.name}" for c in left[:5])
    cited = dict.fromkeys(c for one in left[:5] for c in one.reasons[0].citations)
    first = left[0]
    words = f"{_NAME_WORDS[first.name_is]} Considered: {names}."
    return IdentityStanding.name_only, None, [reason(words, *cited)]


def _no_match(
    traveller: Traveller,
    snapshots: tuple[Snapshot, ...],
    by_facts: int,
    arrival: Arrival | None,
    policy: Policy,
) -> list[Reason]:
    """Where nobody was found, and what that does not say."""
    if not snapshots:
        among = f"only among {by_facts} whom designation facts name" if by_facts else "nowhere"
        words = f"No list is on record, so “{traveller.name}” was looked for {among}."
        return [reason(words, absence("lists on record", traveller.name))]
    asked = absence(f"{len(snapshots)} lists on record", traveller.name)
    full = sorted(
        (s for s in snapshots if s.list_kind is ListKind.full),
        key=lambda s: parse_instant(s.generated),
    )
    partial = [s for s in snapshots if s.list_kind is ListKind.supplement]
    looked = list(dict.fromkeys((*full[:1], *full[-1:], *partial)))
    where = []
    if full:
        span = in_words(full[-1].generated)
        if len(full) > 1:
            span = f"{in_words(full[0].generated)} to {span}"
        where.append(f"{counted(len(full), 'full list')} ({span})")
    if partial:
        speak = "speaks" if len(partial) == 1 else "speak"
        where.append(f"{counted(len(partial), 'supplement')}, which {speak} only for some")
    if by_facts:
        where.append(f"among {by_facts} whom only designation facts name")
    found = [
        reason(
            f"No person is listed under “{traveller.name}”, at a similarity of "
            f"{policy.threshold:g} or more, in {', and '.join(where)}. "
            "This is not a clearance: people are listed under names that they no longer use.",
            *(whole_list(s) for s in looked),
            asked,
        )
    ]
    if not full:
        words = "No full list is on record, so the silence of these says nothing of anybody else."
        found.append(reason(words, *(whole_list(s) for s in partial)))
    elif arrival is not None:
        if arrival.holds(None, full[0].generated) is not Holds.no:
            words = (
                f"The oldest full list on record is of {in_words(full[0].generated)}: who was "
                "delisted before it, and is in no designation fact, is not on record."
            )
            found.append(reason(words, whole_list(full[0])))
        newest = parse_instant(full[-1].generated)
        stale = instant_text(newest + timedelta(days=policy.fresh_days))
        if arrival.holds(stale, None) is not Holds.no:
            words = (
                f"The newest full list on record is of {in_words(full[-1].generated)}: who was "
                "listed since is not on record."
            )
            found.append(reason(words, whole_list(full[-1])))
    return found
