"""The law in time, as lines that a lawyer can read: what the command line and docs/law.md print.

Whatever nobody compared with the source it cites is marked so, where it stands.
"""

from collections.abc import Sequence

from app.terms import (
    Authority,
    Dispute,
    Ending,
    MeasureException,
    MeasureInterval,
    MinorityClaim,
    Renewal,
)
from app.when import in_words

NOT_COMPARED = "not compared"


def timeline(interval: MeasureInterval, to_come: str) -> str:
    """One interval in words: since when and why, until when, how it ended, by what text, disputed.

    `to_come` is what follows where it has no end of its own on record.
    """
    words = f"from {edge(interval.from_, interval.from_by)}"
    by = f"by {text_of(interval.authority)}" if interval.authority else None
    if began := "; ".join(filter(None, (interval.why_began, by))):
        words += f" ({began})"
    if interval.until is not None:
        words += f" until {edge(interval.until, interval.until_by)}"
        words += ending(interval.how_ended, interval.ended_by, interval.why_ended)
    else:
        words += f", {to_come}"
    if interval.dispute is not None:
        words += "; disputed"
    return words


def to_come(verified_to: str | None) -> str:
    """What is on record of the end of a measure that has not ended."""
    if verified_to is None:
        return "with no end on record"
    return f"verified to {in_words(verified_to)}, unknown after"


def of_one_person(measure: Sequence[MeasureInterval], verified_to: str | None) -> str:
    """What follows a person's own time without an end: it lasts no longer than the measure."""
    return to_come(verified_to) if measure[-1].until is None else "to the end of the measure"


def text_of(authority: Authority) -> str:
    """A text and its paragraph, marked where nobody compared them."""
    return f"{authority.words}{mark(authority.checked)}"


def mark(checked: bool) -> str:
    """The mark behind whatever nobody compared with its source; empty for the rest."""
    return "" if checked else f" [{NOT_COMPARED}]"


def ending(how: Ending | None, by: Authority | None, why: str | None) -> str:
    """How a time ended, why and by what text, to follow the day; empty where nothing says so."""
    said = why if how and why and why.startswith(how) else "; ".join(filter(None, (how, why)))
    if by is not None:
        said = f"{said} ({text_of(by)})"
    return f": {said}" if said else ""


def term(until: str | None, verified_to: str | None) -> str:
    """How far something on record reaches, in few words."""
    if until is not None:
        return f"ended {in_words(until[:10])}"
    return f"verified to {in_words(verified_to)}" if verified_to else "in force, no term"


def edge(first: str, last: str | None) -> str:
    """A boundary in words, or the two days between which it lies."""
    if last is None:
        return in_words(first)
    return f"some day between {in_words(first)} and {in_words(last)}"


def renewed(first_term_to: str | None, renewals: Sequence[Renewal]) -> str | None:
    """The chain of renewals as one line; null where nothing is on record of any term."""
    if not renewals:
        return f"its first term ran to {in_words(first_term_to)}" if first_term_to else None
    what = {"renewed" if item.to else "stated again" for item in renewals}
    words = " or ".join(sorted(what))
    words += " once, " if len(renewals) == 1 else f" {len(renewals)} times, last "
    words += _by(renewals[-1])
    last_day = next((item.to for item in reversed(renewals) if item.to), None)
    if last_day is not None and renewals[-1].to is None:
        words += f" (the last day that one gave: {in_words(last_day)})"
    if unread := sum(not item.authority.checked for item in renewals[:-1]):
        words += f"; {unread} of those before {NOT_COMPARED}"
    return words


def last_renewed(renewal: Renewal) -> str:
    """The text that carried a measure on a day."""
    return f"last {'renewed' if renewal.to else 'stated again'} {_by(renewal)}"


def _by(renewal: Renewal) -> str:
    return f"by {text_of(renewal.authority)}" + (
        f", to {in_words(renewal.to)}" if renewal.to else ""
    )


def excepted(item: MeasureException, own: str) -> str:
    """An exception: what for, who decides, where; `own` is the measure's own resolution."""
    words = f"{spelt(item.kind)}: {item.words}{limits(item)}"
    where = f"{elsewhere(item, own)}paragraph {item.paragraph}"
    return f"{words} ({decided(item)}; {where}){mark(item.checked)}"


def limits(item: MeasureException) -> str:
    """For whom alone an exception is made, and when it held, to follow what it is for."""
    words = f"; for {', '.join(item.references)} alone" if item.references else ""
    words += f"; from {in_words(item.from_)}" if item.from_ is not None else ""
    return words + (f"; until {in_words(item.until)}" if item.until is not None else "")


def elsewhere(item: MeasureException, own: str) -> str:
    """The text that makes an exception, where it is another than the measure's own."""
    return f"{item.resolution} " if item.resolution not in (None, own) else ""


def decided(item: MeasureException) -> str:
    """Who decides about an exception."""
    return {
        "automatic": "no leave needed",
        "committee": "the Committee decides",
        "council": "the Council decides",
        "state": "the State decides",
    }[item.decider]


def who_disputes(dispute: Dispute) -> str:
    """Who says that a measure is in force and who says that it is not."""
    return f"{dispute.who_says('is')}. {dispute.argument} ({'; '.join(dispute.documents)})"


def minority(claim: MinorityClaim) -> str:
    """A claim that nearly nobody accepts, and what became of it."""
    until = f" to {in_words(claim.until)}" if claim.until else ""
    return (
        f"from {in_words(claim.from_)}{until} {', '.join(claim.who)} claimed that {claim.claims}. "
        f"{claim.outcome}{mark(claim.checked)}"
    )


def spelt(word: str) -> str:
    """A word of the record as a sentence spells it: `travel_ban` is `travel ban`."""
    return "UN Headquarters" if word == "un_headquarters" else word.replace("_", " ")


def sentence(words: str) -> str:
    """Words of the record that a sentence may go on with, as a sentence of their own."""
    return words[:1].upper() + words[1:] + ("" if words.endswith(".") else ".")
