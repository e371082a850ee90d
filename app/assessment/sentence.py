"""One careful sentence for a verdict: never more than the claims say.

The frame of each sentence stands in data/verdicts.yaml beside its row; this module fills in who,
where, when, who says so, what bound the State, and what is not settled.
"""

import re
from collections.abc import Callable, Mapping, Sequence

from app.assessment.event import ClaimWeighed, EventFound, EventStanding
from app.law.exemption import ExemptionFound, ExemptionStanding
from app.law.measure import MeasureFound, MeasureShown, MeasureStanding, MeasureState
from app.law.scope import ScopeFound, ScopeStanding
from app.screening.identity import Candidate, IdentityFound, IdentityStanding
from app.terms import (
    Certainty,
    Claim,
    ClaimType,
    EvidenceKind,
    ExemptionStatus,
    Holds,
    Leg,
    LegKind,
    MeasureKind,
    PartyKind,
    Publishes,
    Regime,
    Side,
    authority_in_words,
    numbered,
    value,
)
from app.when import in_words, partial_in_words
from app.where import Located


@value
class Judged:
    """The law's part for one candidate: what bound, whether in scope, whether exempt."""

    reference: str
    name: str
    family: bool
    measure: MeasureFound
    scope: ScopeFound
    exemption: ExemptionFound
    committee: str
    """Who gives leave: the committee, or the Security Council itself."""
    council_decides: bool
    regimes: tuple[Regime, ...]
    """The regimes under which the person is or was listed."""


@value
class Told:
    """Everything that a sentence may speak of, for one leg."""

    traveller: str
    leg: Leg
    located: Located | None
    identity: IdentityFound
    judged: Judged | None
    event: EventFound
    claims: tuple[Claim, ...]
    determined: tuple[Claim, ...]
    lists_in_words: str
    full_list: bool
    as_of: str | None
    """The legal clock, where it is set to another day than the arrival."""
    drafts: bool
    """Whether a claim of the report was read from a text and reviewed by nobody."""


_MOST_NAMED = 8
_BEFORE = {
    ClaimType.asserts: "had reported it",
    ClaimType.asserts_part: "had told of a part of it",
    ClaimType.announces: "had announced it",
    ClaimType.denies: "had denied it",
    ClaimType.asserts_elsewhere: "had said that the person was elsewhere",
    ClaimType.retracts: "had taken a claim back",
}
_SPOKE = {
    ClaimType.presupposes: "spoke of the journey without saying that it took place",
    ClaimType.conditional: "spoke only of what would follow if it took place",
    ClaimType.denies: "denied it",
    ClaimType.asserts_elsewhere: "said that the person was elsewhere",
    ClaimType.denies_identity: "said that it was another person",
    ClaimType.denies_knowledge: "said that nothing is known of it",
    ClaimType.no_comment: "did not comment",
    ClaimType.legal_opinion: "gave an opinion of the law",
}
_SCOPE_OPEN = {
    ScopeStanding.own_national: "whether the person is a national of the State entered",
    ScopeStanding.no_crossing: "whether a border was crossed",
}
_LEAVE_NOT_KNOWN = (ExemptionStanding.claimed, ExemptionStanding.state_may_decide)
_NAMES_IT = (ClaimType.asserts, ClaimType.announces)
_ORDER_OF_PARTS = {
    kind: place
    for place, kind in enumerate(
        (
            ClaimType.asserts_part,
            ClaimType.presupposes,
            ClaimType.conditional,
            ClaimType.denies,
            ClaimType.asserts_elsewhere,
            ClaimType.denies_identity,
            ClaimType.denies_knowledge,
            ClaimType.denies_part,
        )
    )
}
_NOT_VERIFIED = (
    EventStanding.planned,
    EventStanding.derivative,
    EventStanding.single_named,
    EventStanding.single_anonymous,
)
_ORDER = {
    kind: place
    for place, kind in enumerate(
        (
            ClaimType.announces,
            ClaimType.asserts,
            ClaimType.denies,
            ClaimType.asserts_elsewhere,
            ClaimType.denies_identity,
            ClaimType.denies_knowledge,
            ClaimType.asserts_part,
            ClaimType.denies_part,
            ClaimType.presupposes,
            ClaimType.conditional,
        )
    )
}


def body(frame: str, told: Told, fragments: Mapping[str, str]) -> str:
    """The sentence of a row, filled in, without its ending."""
    filled = _Filled(told, fragments)
    # In one pass: what is filled in may be a name that looks like a mark.
    text = MARK.sub(lambda mark: MARKS[mark[1]](filled), frame)
    text = "; ".join(part.strip() for part in text.split(";") if part.strip(" ;"))
    if told.as_of is not None:
        text = f"{fragments['as_of'].replace('{day}', partial_in_words(told.as_of))}: {text}"
    if told.drafts:
        text = f"{text}; {fragments['drafts']}"
    return text[:1].upper() + text[1:]


def ended(text: str, elsewhere: Sequence[tuple[str, str]], fragments: Mapping[str, str]) -> str:
    """A sentence with its ending; `elsewhere` are other States and their verdicts."""
    if elsewhere:
        others = ", ".join(f"{state}: {word.replace('_', ' ')}" for state, word in elsewhere)
        text = f"{text}; for the other legs reported, {others}"
    return f"{text}; {fragments['ends']}."


class _Filled:
    """The words for each mark of a sentence's frame."""

    def __init__(self, told: Told, fragments: Mapping[str, str]) -> None:
        self.told = told
        self.fragments = fragments

    def scope(self) -> str:
        judged = self.told.judged
        return judged.scope.reasons[0].words if judged else ""

    def exemption(self) -> str:
        judged = self.told.judged
        return judged.exemption.reasons[0].words if judged else ""

    def event(self) -> str:
        return self.told.event.reasons[0].words

    def reach(self) -> str:
        return self.fragments["reach"]

    def who(self) -> str:
        judged = self.told.judged
        if judged is None:
            return self.told.traveller
        if judged.family:
            return f"{self.told.traveller}, as family of {_numbered(judged)},"
        return _numbered(judged)

    def state(self) -> str:
        if self.told.located is None:
            return "a State that is not named"
        return self.told.located.state_name

    def place(self) -> str:
        located, leg = self.told.located, self.told.leg
        city = (located.place if located else None) or leg.place
        name = self.state()
        if located is not None and located.code != located.state:
            name += f" (ISO code {located.code})"
        return f"{name} ({city})" if city else name

    def when(self) -> str:
        text = self.told.leg.from_
        if text is None:
            return "on a day that is not said"
        return ("on " if len(text) > 7 else "in ") + partial_in_words(text)

    # ------------------------------------------------------------ what is said

    def claims(self) -> str:
        weighed = {item.claim: item for item in self.told.event.claims}
        groups: dict[str, list[str]] = {}
        # A denial stands beside what it denies, and everything else after both.
        told_of = any(claim.type in _NAMES_IT for claim in self.told.claims)
        order = _ORDER if told_of else _ORDER_OF_PARTS
        for claim in sorted(self.told.claims, key=lambda item: order.get(item.type, len(order))):
            item = weighed.get(claim.id or "")
            if item is None:
                continue
            words = self._said(claim, item)
            if words is not None:
                names = groups.setdefault(words, [])
                name = self._speaker(claim)
                if name not in names:
                    names.append(name)
        if not groups:
            return ""
        said = "; ".join(f"{_listed(names)} {words}" for words, names in groups.items())
        if told_of:
            return said
        subject = f"of a journey of {self.traveller()} to {self.place()} {self.when()}"
        return f"{subject}: {said}"

    def _speaker(self, claim: Claim) -> str:
        name = claim.speaker_name
        return name if claim.named and claim.side is not Side.anonymous else f"{name} (unnamed)"

    def _said(self, claim: Claim, item: ClaimWeighed) -> str | None:
        if not item.stands:
            before = _BEFORE.get(claim.type, "had spoken of it")
            return f"{before}, which no longer stands ({item.words})"
        shown = claim.accepted_by is not None and claim.evidence in (
            EvidenceKind.record,
            EvidenceKind.photograph,
        )
        if claim.type is ClaimType.asserts:
            whither = f"{self.place()} {self.when()}"
            entered = f"that {self.traveller()} {self._verb()} {whither}"
            if shown:
                return f"({claim.evidence} accepted by {claim.accepted_by}) shows {entered}"
            return f"reported {entered}"
        if shown and claim.type in (ClaimType.asserts_part, ClaimType.asserts_elsewhere):
            where = "there" if claim.type is ClaimType.asserts_part else "elsewhere"
            return f"({claim.evidence} accepted by {claim.accepted_by}) shows the person {where}"
        if claim.type in (ClaimType.asserts_part, ClaimType.denies_part):
            part = f" ({claim.part_kind})" if claim.part_kind else ""
            told = claim.type is ClaimType.asserts_part
            return f"{'told of a part of the journey' if told else 'denied a part of it'}{part}"
        if claim.type is ClaimType.announces:
            whither = f"{self.place()} {self.when()}"
            return f"announced that {self.traveller()} {self._verb_to_come()} {whither}"
        if claim.type is ClaimType.exemption_statement:
            return _leave(claim)
        if claim.type is ClaimType.determines:
            accepted = f" (accepted by {claim.accepted_by})" if claim.accepted_by else ""
            return f"determined that there was a breach{accepted}"
        return _SPOKE.get(claim.type)

    def _verb(self) -> str:
        return {LegKind.entry: "entered", LegKind.transit: "passed through"}.get(
            self.told.leg.kind, "left"
        )

    def _verb_to_come(self) -> str:
        return {LegKind.entry: "would enter", LegKind.transit: "would pass through"}.get(
            self.told.leg.kind, "would leave"
        )

    def unverified(self) -> str:
        """Why the event is not verified, where that is what is open."""
        if self.told.event.standing not in _NOT_VERIFIED:
            return ""
        return f", and this is not verified: {self.told.event.reasons[0].words}"

    def traveller(self) -> str:
        """The traveller as a claim means them: the listed name where identity allows it."""
        judged = self.told.judged
        if judged is None or self.told.identity.standing is not IdentityStanding.identified:
            return self.told.traveller
        return self.who()

    # ------------------------------------------------------------ what bound

    def _lead(self) -> MeasureShown | None:
        judged = self.told.judged
        if judged is None or judged.measure.lead is None:
            return None
        return next(item for item in judged.measure.measures if item.id == judged.measure.lead)

    def _leads(self) -> list[MeasureShown]:
        """The measure that leads; on days of which it bound on some alone, with those that did on
        others.
        """
        lead = self._lead()
        if lead is None or self.told.judged is None or lead.state is not MeasureState.possible:
            return [lead] if lead else []
        found = self.told.judged.measure
        if found.certainty is Certainty.possible:
            return [lead]
        return [item for item in found.measures if item.id in found.bans]

    def ban(self) -> str:
        words = [authority_in_words(item.resolution, item.paragraph) for item in self._leads()]
        return " or ".join(dict.fromkeys(words)) or "a UN travel ban"

    def duty(self) -> str:
        lead = self._lead()
        zone = self.told.located.zones[0] if self.told.located else None
        one = len(self._leads()) == 1
        since = f" since {in_words(lead.from_, zone)}" if lead and lead.from_ and one else ""
        words = {"who": self.who() if since else self.who().rstrip(","), "since": since}
        return MARK.sub(lambda mark: words[mark[1]], self.fragments["duty"])

    def disputed(self) -> str:
        judged = self.told.judged
        dispute = judged.measure.dispute if judged else None
        if dispute is None:
            return ""
        return (
            f" (disputed: {_listed(dispute.in_force_say)} say that it is in force, "
            f"{_listed(dispute.not_in_force_say)} that it is not)"
        )

    def law(self) -> str:
        judged = self.told.judged
        if judged is None:
            return ""
        words = judged.measure.reasons[0].words
        if judged.measure.notification_due:
            words += "; the State had to notify the Committee of the entry"
        freezes = [
            item
            for item in judged.measure.measures
            if item.kind is MeasureKind.asset_freeze and item.state is MeasureState.in_force
        ]
        if freezes:
            freeze = authority_in_words(freezes[0].resolution, freezes[0].paragraph)
            words += f"; an asset freeze ({freeze}) was in force, which is no travel ban"
        return words

    def bound(self) -> str:
        lead = self._lead()
        if lead is None:
            return ""
        may = (
            ""
            if self.told.judged and self.told.judged.measure.certainty is (Certainty.definite)
            else "may have "
        )
        return (
            f"{self.ban()}, {self.duty()}, {may}obliged {self.state()} to refuse entry"
            f"{self.disputed()}"
        )

    def no_exemption(self) -> str:
        judged = self.told.judged
        if judged is None:
            return ""
        if judged.exemption.standing is ExemptionStanding.refused:
            return self.fragments["refused_on_record"] + "; "
        if judged.exemption.standing not in (ExemptionStanding.none_found, *_LEAVE_NOT_KNOWN):
            return ""
        silent = judged.exemption.committee_publishes is Publishes.no
        words = self.fragments["none_published" if silent else "none_on_record"]
        return words.replace("{committee}", f"the {judged.committee}") + "; "

    # ------------------------------------------------------------ what is not settled

    def _who_is_open(self) -> str | None:
        told, judged = self.told, self.told.judged
        if told.identity.standing is IdentityStanding.identified or judged is None:
            return None
        meant = _numbered(judged)
        if judged.family:
            return f"whether {told.traveller} is of the family of {meant}"
        return f"whether {meant} is meant"

    def _open(self) -> list[str]:
        told, judged = self.told, self.told.judged
        who = self._who_is_open()
        found = [who] if who else []
        if judged is not None:
            if any(item.listed is Holds.possible for item in judged.measure.listing):
                found.append("whether the person was listed on that day")
            elif judged.measure.certainty is Certainty.possible:
                found.append("what was in force on the day of arrival")
            if judged.scope.standing is ScopeStanding.nationality_unknown:
                found.append("the person's nationality")
            elif judged.scope.certainty is Certainty.possible:
                found.append(_SCOPE_OPEN.get(judged.scope.standing, "whether an exception applies"))
            if judged.exemption.standing in _LEAVE_NOT_KNOWN or (
                judged.exemption.certainty is Certainty.possible
            ):
                found.append("whether leave to travel was given")
        if told.located is not None and told.located.disputed:
            found.append(f"which State answers for the place ({told.located.disputed})")
        return found

    def unsettled(self) -> str:
        found = self._open()
        if not found:
            return ""
        return self.fragments["not_settled"].replace("{what}", _listed(found)) + "; "

    def identity_open(self) -> str:
        """That it is not settled who is meant: where the law does not turn on the rest."""
        found = self._who_is_open()
        return self.fragments["not_settled"].replace("{what}", found) + "; " if found else ""

    def would(self) -> str:
        return self.fragments["could" if self._open() else "would"]

    def missing(self) -> str:
        told = self.told
        found = []
        if not told.lists_in_words:
            return "nothing is on record at that time"
        if told.located is None:
            found.append("no State is named")
        if told.leg.from_ is None:
            found.append("no day of arrival is named")
        if told.identity.standing is IdentityStanding.no_match and not told.full_list:
            found.append(
                f"only {told.lists_in_words} is loaded, which holds nobody named "
                f"{told.traveller} and says nothing of anybody else"
            )
        if told.judged is not None and told.judged.measure.standing is MeasureStanding.unknown:
            if told.identity.standing not in (
                IdentityStanding.identified,
                IdentityStanding.probable,
            ):
                found.append(f"who is meant is not settled: {self.candidates()}")
            elif (who := self._who_is_open()) is not None:
                found.append(f"not settled: {who}")
            found.append(told.judged.measure.reasons[0].words)
        return "; ".join(found) or "the legal record does not reach it"

    def candidates(self) -> str:
        people = [
            _numbered(item)
            for item in self.told.identity.candidates
            if item.reference in self.told.identity.left
        ]
        return _listed(people) + " could be meant" if people else "several could be meant"

    def tell_apart(self) -> str:
        return "; ".join(item.words.rstrip(".") for item in self.told.identity.reasons[1:3])

    def no_match(self) -> str:
        words = self.told.identity.reasons[0].words.rstrip(".")
        if self.told.identity.standing is IdentityStanding.discounted:
            return words
        entities = [
            _numbered(item)
            for item in self.told.identity.candidates
            if item.kind is PartyKind.entity
        ]
        words = (
            f"no listed person named {self.told.traveller} was found ({self.told.lists_in_words})"
        )
        if entities:
            words += (
                "; found is a listed entity, which is no traveller and which no travel ban can "
                f"reach: {_listed(entities)}"
            )
        return words

    def determined(self) -> str:
        names = [claim.speaker_name for claim in self.told.determined]
        return f"{_listed(names)} determined that there was a breach" if names else ""


MARK = re.compile(r"\{([a-z_]*)\}")
"""What stands in a frame for something that is filled in."""

MARKS: Mapping[str, Callable[[_Filled], str]] = {
    "no_exemption": _Filled.no_exemption,
    "unsettled": _Filled.unsettled,
    "identity_open": _Filled.identity_open,
    "claims": _Filled.claims,
    "duty": _Filled.duty,
    "ban": _Filled.ban,
    "disputed": _Filled.disputed,
    "would": _Filled.would,
    "who": _Filled.who,
    "state": _Filled.state,
    "when": _Filled.when,
    "law": _Filled.law,
    "bound": _Filled.bound,
    "scope": _Filled.scope,
    "exemption": _Filled.exemption,
    "event": _Filled.event,
    "unverified": _Filled.unverified,
    "missing": _Filled.missing,
    "candidates": _Filled.candidates,
    "tell_apart": _Filled.tell_apart,
    "no_match": _Filled.no_match,
    "reach": _Filled.reach,
    "determined": _Filled.determined,
}
"""What fills each mark of a frame."""

FRAGMENTS: Mapping[str, tuple[str, ...]] = {
    "as_of": ("day",),
    "ends": (),
    "none_published": ("committee",),
    "none_on_record": ("committee",),
    "refused_on_record": (),
    "not_settled": ("what",),
    "duty": ("who", "since"),
    "drafts": (),
    "would": (),
    "could": (),
    "reach": (),
}
"""The words that frames share, and what is filled in in each."""


def _numbered(who: Judged | Candidate) -> str:
    """A name with its reference number, or that none was seen."""
    number = who.reference if numbered(who.reference) else "no reference number seen"
    return f"{who.name} ({number})"


def _leave(claim: Claim) -> str | None:
    """What a claim says of leave to travel."""
    if claim.exemption is None:
        return None
    return {
        ExemptionStatus.granted: "said that leave to travel was granted",
        ExemptionStatus.requested: "said that leave to travel was asked for",
        ExemptionStatus.refused: "said that leave to travel was refused",
        ExemptionStatus.none_requested: "said that no leave to travel was asked for",
        ExemptionStatus.unknown: "said that nothing is known of leave to travel",
    }[claim.exemption.status]


def _listed(names: Sequence[str]) -> str:
    """Names as a sentence says them: `A, B and C`."""
    shown = list(names[:_MOST_NAMED])
    if len(names) > _MOST_NAMED:
        shown.append(f"{len(names) - _MOST_NAMED} more")
    if len(shown) < 2:
        return "".join(shown)
    return f"{', '.join(shown[:-1])} and {shown[-1]}"
