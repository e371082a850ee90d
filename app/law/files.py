"""The text of data/law and data/exemptions as typed values, every error at once.

One file is one regime. Whoever corrects a file needs no Python: `travelban law check` names each
error with its file and line. The form is described in docs/correcting-the-law.md.
"""

import re
from collections.abc import Mapping

from app.terms import (
    TRAVEL_MEASURES,
    Authority,
    Covers,
    Decider,
    Dispute,
    Ending,
    ExceptionKind,
    Exemption,
    ExemptionOutcome,
    Measure,
    MeasureException,
    MeasureInterval,
    MeasureKind,
    MinorityClaim,
    Move,
    PersonFlag,
    Publishes,
    Reach,
    ReachMode,
    Regime,
    Renewal,
    Stated,
    Strength,
    day_or_instant,
    day_or_month,
    state_code,
    whole_day,
)
from app.when import day_after, days, order
from app.written import Errors, Files, Lined, Reader, Word, read

_TOP = (
    "regime name committee state list_words prefix publishes_exemptions no_travel_measure "
    "nobody_listed not_gathered moved_from annexes disputes minority_claims measures"
)
_STATED = "words source checked"
_MEASURE = (
    "id kind strength authority source covers reach intervals first_term_to renewals verified_to "
    "exceptions note"
)
_INTERVAL = "from until why_began how_ended why_ended ended_by authority dispute"
_EXCEPTION = "kind decider resolution paragraph words from until references source checked"
_EXEMPTION = (
    "id references unnamed outcome authority state places purpose requested_by decided_on "
    "published_on from until conditions note source checked"
)
_AUTHORITY = "resolution paragraph adopted checked"
_STRENGTHS = {
    MeasureKind.travel_ban: (Strength.binding,),
    MeasureKind.travel_vigilance: (Strength.call,),
    MeasureKind.travel_notification: (Strength.binding_notification,),
}
_DECIDERS = {
    ExceptionKind.own_nationals: Decider.automatic,
    ExceptionKind.state_determination: Decider.state,
}
_OF_NOBODY_BY_NAME = (ReachMode.class_, ReachMode.conduct)
_RESOLUTION = re.compile(r"^S/RES/\d{1,4} \((19|20)\d\d\)$")


def regimes(files: Files, errors: Errors) -> tuple[Regime, ...]:
    """The regimes of data/law, in order of their number; errors are added."""
    read_from = {
        path: regime
        for path in sorted(files)
        if (regime := _regime(path, files[path], errors)) is not None
    }
    _each_once(read_from, errors)
    found = list(read_from.values())
    return tuple(sorted(found, key=lambda regime: int(regime.id) if regime.id.isdigit() else 0))


def exemptions(files: Files, known: tuple[Regime, ...], errors: Errors) -> tuple[Exemption, ...]:
    """The exemptions of data/exemptions; errors are added."""
    found: list[Exemption] = []
    seen: set[str] = set()
    for path in sorted(files):
        top = read(path, files[path], errors, "regime exemptions")
        if top is None:
            continue
        regime = top.text("regime")
        if regime not in {item.id for item in known}:
            top.wrong(f"no file in data/law is for the regime {regime!r}", "regime")
        for item in top.each("exemptions", _EXEMPTION):
            exemption = _exemption(item, regime)
            if exemption.id in seen:
                item.wrong(f"the id {exemption.id!r} stands twice", "id")
            seen.add(exemption.id)
            found.append(exemption)
    return tuple(sorted(found, key=lambda item: item.id))


def _regime(path: str, text: str, errors: Errors) -> Regime | None:
    top = read(path, text, errors, _TOP)
    if top is None:
        return None
    regime = top.text("regime")
    if not regime.isdigit():
        top.wrong("'regime' is not the number of a resolution (1737)", "regime")
    prefix = top.optional("prefix")
    annexes = _annexes(top, prefix)
    disputes = _disputes(top)
    publishes = top.inner("publishes_exemptions", "answer words")
    found = Regime(
        id=regime,
        name=top.text("name"),
        committee=top.text("committee"),
        state=top.checked("state", state_code, required=False),
        list_words=top.texts("list_words"),
        prefix=prefix,
        publishes_exemptions=publishes.word("answer", Publishes),
        publishes_words=publishes.text("words"),
        no_travel_measure=_stated(top, "no_travel_measure"),
        nobody_listed=_stated(top, "nobody_listed"),
        not_gathered=_words(top, "not_gathered", MeasureKind),
        moved_from=tuple(
            _move(item) for item in top.each("moved_from", "regime on source checked")
        ),
        minority_claims=tuple(
            _minority_claim(item)
            for item in top.each(
                "minority_claims", "id who claims from until outcome source checked"
            )
        ),
        measures=tuple(
            _measure(item, regime, prefix, annexes, disputes)
            for item in top.each("measures", _MEASURE)
        ),
    )
    _as_a_whole(top, found)
    return found


def _as_a_whole(top: Reader, found: Regime) -> None:
    """What a file says and what it leaves out must fit: nothing is left to be guessed."""
    travel = [item for item in found.measures if item.kind not in _NOT_OF_TRAVEL]
    if bool(found.no_travel_measure) == bool(travel):
        top.wrong(
            "'no_travel_measure' stands exactly where the file holds no measure on travel",
            "no_travel_measure",
        )
    by_list = [item for item in travel if item.reach.mode not in _OF_NOBODY_BY_NAME]
    if found.nobody_listed and (found.list_words or found.prefix):
        top.wrong("'nobody_listed' and 'list_words' exclude each other", "nobody_listed")
    if (found.prefix is None) != (not found.list_words):
        top.wrong("'prefix' and 'list_words' go together", "prefix")
    if by_list and not (found.list_words or found.nobody_listed or _long_past(by_list)):
        top.wrong("a measure on a list needs 'list_words', or 'nobody_listed'", "list_words")
    for kind in found.not_gathered:
        if any(item.kind is kind for item in found.measures):
            top.wrong(f"'not_gathered' names {kind}, and a measure is of that kind", "not_gathered")


_NOT_OF_TRAVEL = (MeasureKind.asset_freeze, MeasureKind.document_cancellation)


def _long_past(measures: list[Measure]) -> bool:
    """Whether all of them had ended before any list on record could show whom they reached."""
    return all(
        (last := item.intervals[-1].until if item.intervals else None) is not None
        and order(last) < order("2014-01-01")
        for item in measures
    )


def _stated(top: Reader, key: str) -> Stated | None:
    if key not in top.found:
        return None
    item = top.inner(key, _STATED)
    return Stated(
        words=item.text("words"), source=item.text("source"), checked=item.flag("checked")
    )


def _move(item: Reader) -> Move:
    return Move(
        regime=item.text("regime"),
        on=item.checked("on", whole_day, required=True) or "",
        source=item.text("source"),
        checked=item.flag("checked"),
    )


def _minority_claim(item: Reader) -> MinorityClaim:
    who = item.texts("who")
    if not who:
        item.wrong("names nobody who claims it", "who")
    return MinorityClaim(
        id=item.text("id"),
        who=who,
        claims=item.text("claims"),
        from_=item.checked("from", day_or_instant, required=True) or "",
        until=item.checked("until", day_or_instant, required=False),
        outcome=item.text("outcome"),
        source=item.text("source"),
        checked=item.flag("checked"),
    )


def _annexes(top: Reader, prefix: str | None) -> dict[str, tuple[str, ...]]:
    found = top.found.get("annexes")
    if found is None:
        return {}
    if not isinstance(found, Lined):
        top.wrong("'annexes' is no mapping of a name to references", "annexes")
        return {}
    inner = Reader(found, top.path, top.errors, tuple(found))
    annexes = {name: inner.texts(name) for name in found}
    for name, references in annexes.items():
        for reference in references:
            if not _is_reference(reference, prefix):
                inner.wrong(f"{reference} is no reference of the form {prefix}.001", name)
    return annexes


def _is_reference(reference: str, prefix: str | None) -> bool:
    return (
        prefix is not None and re.fullmatch(re.escape(prefix) + r"\.\d{3,4}", reference) is not None
    )


def _disputes(top: Reader) -> dict[str, Dispute]:
    found = {}
    for item in top.each("disputes", "id in_force_say not_in_force_say argument documents"):
        dispute = Dispute(
            in_force_say=item.texts("in_force_say"),
            not_in_force_say=item.texts("not_in_force_say"),
            argument=item.text("argument"),
            documents=item.texts("documents"),
        )
        if not (dispute.in_force_say and dispute.not_in_force_say and dispute.documents):
            item.wrong("a dispute needs who says what, and by which documents")
        found[item.text("id")] = dispute
    return found


def _authority(item: Reader, to_the_paragraph: bool = True) -> Authority:
    resolution = item.text("resolution")
    if resolution and not _RESOLUTION.match(resolution):
        item.wrong(f"'resolution' is not of the form S/RES/1929 (2010): {resolution}", "resolution")
    adopted = item.optional("adopted") or ""
    if _RESOLUTION.match(resolution) and adopted[:4] != resolution[-5:-1]:
        item.wrong(f"{resolution} was not adopted in {adopted[:4]}", "adopted")
    return Authority(
        resolution=resolution,
        paragraph=item.text("paragraph") if to_the_paragraph else item.optional("paragraph"),
        adopted=item.checked("adopted", whole_day, required=True) or "",
        checked=item.flag("checked"),
    )


def _measure(
    item: Reader,
    regime: str,
    prefix: str | None,
    annexes: Mapping[str, tuple[str, ...]],
    disputes: Mapping[str, Dispute],
) -> Measure:
    authority = _authority(item.inner("authority", _AUTHORITY))
    intervals = _intervals(item, disputes, authority)
    if not intervals:
        item.wrong("a measure needs at least one interval", "intervals")
    kind = item.word("kind", MeasureKind)
    strength = item.word("strength", Strength)
    fit = _STRENGTHS.get(kind, (Strength.binding, Strength.call))
    if strength not in fit:
        item.wrong(f"a {kind} is {' or '.join(fit)}", "strength")
    covers = _words(item, "covers", Covers)
    if kind in TRAVEL_MEASURES and not covers:
        item.wrong("a measure on travel covers entry, transit or both", "covers")
    reach = _reach(item.inner("reach", "mode who annexes persons"), prefix, annexes, disputes)
    if kind is MeasureKind.travel_restriction and reach.mode not in _OF_NOBODY_BY_NAME:
        item.wrong("no standing weighs a travel_restriction on people by name", "kind")
    first_term_to = item.checked("first_term_to", whole_day, required=False)
    renewals = tuple(
        Renewal(
            authority=_authority(inner, to_the_paragraph=False),
            to=inner.checked("to", whole_day, required=False),
        )
        for inner in item.each("renewals", f"{_AUTHORITY} to")
    )
    exceptions = tuple(_exception(inner, prefix) for inner in item.each("exceptions", _EXCEPTION))
    if kind is MeasureKind.travel_ban and not exceptions and "exceptions" not in item.found:
        item.wrong("'exceptions' is missing; write [] where the text makes none", "exceptions")
    return Measure(
        id=item.text("id"),
        regime=regime,
        kind=kind,
        strength=strength,
        authority=authority,
        covers=covers,
        reach=reach,
        intervals=intervals,
        first_term_to=first_term_to,
        renewals=renewals,
        verified_to=_verified_to(item, authority, intervals, first_term_to, renewals),
        exceptions=exceptions,
        source=item.text("source"),
        note=item.optional("note"),
    )


def _verified_to(
    item: Reader,
    authority: Authority,
    intervals: tuple[MeasureInterval, ...],
    first_term_to: str | None,
    renewals: tuple[Renewal, ...],
) -> str | None:
    """The day to which the chain of renewals reaches, which leaves no gap; else as written."""
    written = item.checked("verified_to", whole_day, required=False)
    last, adopted = first_term_to, authority.adopted
    for renewal in renewals:
        link = renewal.authority
        if link.adopted and adopted and link.adopted < adopted:
            item.wrong(f"{link.resolution} stands after a later text", "renewals")
        adopted = link.adopted
        if last is not None and adopted and adopted > day_after(last):
            item.wrong(f"nothing covers the days from {last} to {link.resolution}", "renewals")
        if renewal.to is not None and last is not None and renewal.to <= last:
            item.wrong(f"{link.resolution} covers no day more than the text before it", "renewals")
        if renewal.to is not None and adopted and int(renewal.to[:4]) > int(adopted[:4]) + 5:
            item.wrong(f"{link.resolution} covers more than five years", "renewals")
        last = renewal.to or last
    if not intervals:
        return written
    end = intervals[-1].until
    if end is None:
        if written is not None and last is not None:
            item.wrong("'verified_to' follows from the renewals: leave it out", "verified_to")
        return last or written
    if written is not None:
        item.wrong("'verified_to' is for a measure whose end is not known", "verified_to")
    if last is not None and order(day_after(last)) < order(end):
        item.wrong(f"it ended after the last day that a text covers, {last}", "renewals")
    return None


def _words(item: Reader, key: str, words: type[Word]) -> tuple[Word, ...]:
    found = []
    for text in item.texts(key):
        try:
            found.append(words(text))
        except ValueError:
            item.wrong(f"{key!r} holds {text!r}, none of {', '.join(words)}", key)
    return tuple(found)


def _intervals(
    item: Reader, disputes: Mapping[str, Dispute], by: Authority | None
) -> tuple[MeasureInterval, ...]:
    """Intervals in order; `by` is the text that makes the measure, null for one person's own."""
    found = []
    for inner in item.each("intervals", _INTERVAL):
        from_, from_by = _boundary(inner, "from", required=True)
        until, until_by = _boundary(inner, "until", required=False)
        authority = (
            _authority(inner.inner("authority", _AUTHORITY)) if "authority" in inner.found else None
        )
        if "until" not in inner.found:
            inner.wrong("'until' is missing; write null where it has not ended")
        interval = MeasureInterval(
            from_=from_ or "",
            from_by=from_by,
            until=until,
            until_by=until_by,
            why_began=inner.optional("why_began"),
            how_ended=inner.word("how_ended", Ending) if "how_ended" in inner.found else None,
            why_ended=inner.optional("why_ended"),
            ended_by=(
                _authority(inner.inner("ended_by", _AUTHORITY), to_the_paragraph=False)
                if "ended_by" in inner.found
                else None
            ),
            authority=authority,
            dispute=_of(inner, disputes),
        )
        _begins_and_ends(inner, interval, authority or by)
        found.append(interval)
    _in_order(item, found)
    return tuple(found)


def _of(inner: Reader, disputes: Mapping[str, Dispute]) -> Dispute | None:
    dispute = inner.optional("dispute")
    if dispute is not None and dispute not in disputes:
        inner.wrong(f"'dispute' names {dispute!r}, which 'disputes' does not hold", "dispute")
    return disputes.get(dispute) if dispute else None


def _begins_and_ends(inner: Reader, interval: MeasureInterval, by: Authority | None) -> None:
    """Whatever began later than adopted, or has ended, says why."""
    if by is not None and interval.from_ and by.adopted:
        if interval.from_[:10] < by.adopted:
            inner.wrong(f"it begins before {by.resolution} was adopted, {by.adopted}", "from")
        if interval.from_ != by.adopted and interval.why_began is None:
            inner.wrong("what did not begin on the day of adoption says why ('why_began')", "from")
    ended = interval.until is not None
    if ended and (interval.why_ended is None or interval.how_ended is None):
        inner.wrong("an interval that ended says how and why ('how_ended', 'why_ended')", "until")
    if not ended and (interval.why_ended or interval.how_ended or interval.ended_by):
        inner.wrong("what has not ended cannot say why it did", "until")
    if interval.how_ended is Ending.terminated and interval.ended_by is None:
        inner.wrong("what was terminated names the text that ended it ('ended_by')", "how_ended")


def _in_order(item: Reader, found: list[MeasureInterval]) -> None:
    ends: str | None = None
    for place, interval in enumerate(found):
        if not interval.from_:
            return
        if place and (ends is None or order(interval.from_) < order(ends)):
            item.wrong("intervals overlap, or do not stand in order of time", "intervals")
        ends = interval.until_by or interval.until
        if ends is not None and order(ends) <= order(interval.from_):
            item.wrong("an interval ends before it begins", "intervals")


def _boundary(item: Reader, key: str, required: bool) -> tuple[str | None, str | None]:
    """A boundary, and the end of its bracket where only one is known."""
    found = item.found.get(key)
    if not isinstance(found, Lined):
        return item.checked(key, day_or_instant, required=required), None
    bracket = Reader(found, item.path, item.errors, "between").texts("between")
    ends = [_valid(item, key, text) for text in bracket]
    if len(ends) != 2 or None in ends or order(ends[0] or "") >= order(ends[1] or ""):
        item.wrong(f"{key!r} needs 'between' with two days in order", key)
        return None, None
    return ends[0], ends[1]


def _valid(item: Reader, key: str, text: str) -> str | None:
    try:
        return day_or_instant(text)
    except ValueError as error:
        item.wrong(f"{key!r} {error}: {text}", key)
        return None


def _reach(
    item: Reader,
    prefix: str | None,
    annexes: Mapping[str, tuple[str, ...]],
    disputes: Mapping[str, Dispute],
) -> Reach:
    mode = item.word("mode", ReachMode)
    references: list[str] = []
    for name in item.texts("annexes"):
        if name not in annexes:
            item.wrong(f"'annexes' names {name!r}, which the file's annexes do not hold", "annexes")
        references += annexes.get(name, ())
    persons = []
    for inner in item.each("persons", "reference intervals source checked"):
        intervals = _intervals(inner, disputes, None)
        if not intervals:
            inner.wrong("a person needs at least one interval", "intervals")
        if not _is_reference(inner.text("reference"), prefix):
            inner.wrong(f"'reference' is not of the form {prefix}.001", "reference")
        persons.append(
            PersonFlag(
                reference=inner.text("reference"),
                intervals=intervals,
                source=inner.text("source"),
                checked=inner.flag("checked"),
            )
        )
    if (mode is ReachMode.annex) != bool(references):
        item.wrong("'annexes' and the mode 'annex' go together")
    if (mode is ReachMode.per_person) != bool(persons):
        item.wrong("'persons' and the mode 'per_person' go together")
    named = [person.reference for person in persons]
    if len(set(named)) != len(named):
        item.wrong("'persons' names somebody twice", "persons")
    return Reach(
        mode=mode,
        who=item.text("who"),
        references=tuple(sorted(set(references))),
        persons=tuple(persons),
    )


def _exception(item: Reader, prefix: str | None) -> MeasureException:
    kind = item.word("kind", ExceptionKind)
    decider = item.word("decider", Decider)
    if decider is not _DECIDERS.get(kind, decider):
        item.wrong(f"the decider of {kind} is {_DECIDERS[kind]}", "decider")
    references = item.texts("references")
    for reference in references:
        if not _is_reference(reference, prefix):
            item.wrong(f"{reference} is no reference of the form {prefix}.001", "references")
    from_ = item.checked("from", whole_day, required=False)
    until = item.checked("until", whole_day, required=False)
    if from_ and until and until <= from_:
        item.wrong("an exception ends before it begins", "until")
    resolution = item.optional("resolution")
    if resolution and not _RESOLUTION.match(resolution):
        item.wrong(f"'resolution' is not of the form S/RES/1929 (2010): {resolution}", "resolution")
    return MeasureException(
        kind=kind,
        decider=decider,
        resolution=resolution,
        paragraph=item.text("paragraph"),
        words=item.text("words"),
        from_=from_,
        until=until,
        references=references,
        source=item.text("source"),
        checked=item.flag("checked"),
    )


def _exemption(item: Reader, regime: str) -> Exemption:
    from_ = item.checked("from", day_or_month, required=False)
    until = item.checked("until", day_or_month, required=False)
    if from_ and until and days(until)[1] < days(from_)[0]:
        item.wrong("'until' is before 'from'", "until")
    references, unnamed = item.texts("references"), item.optional("unnamed")
    if not references and unnamed is None:
        item.wrong("names no reference, and no group ('unnamed')", "references")
    return Exemption(
        id=item.text("id"),
        regime=regime,
        references=references,
        unnamed=unnamed,
        outcome=item.word("outcome", ExemptionOutcome),
        authority=_authority(item.inner("authority", _AUTHORITY)),
        state=item.checked("state", state_code, required=False),
        places=item.texts("places"),
        purpose=item.text("purpose"),
        requested_by=item.optional("requested_by"),
        decided_on=item.checked("decided_on", whole_day, required=False),
        published_on=item.checked("published_on", whole_day, required=False),
        from_=from_,
        until=until,
        conditions=item.optional("conditions"),
        note=item.optional("note"),
        source=item.text("source"),
        checked=item.flag("checked"),
        recorded_by=None,
        recorded_at=None,
    )


def _each_once(read_from: Mapping[str, Regime], errors: Errors) -> None:
    """Regimes, measures, list words and prefixes stand once over all files."""
    taken: dict[tuple[str, str | None], str] = {}
    known = {regime.id for regime in read_from.values()}
    for path, regime in read_from.items():
        for move in regime.moved_from:
            if move.regime not in known:
                errors.add(path, 1, f"'moved_from' names {move.regime!r}, which no file is for")
        for pair in (
            ("regime", regime.id),
            *([("prefix", regime.prefix)] if regime.prefix else []),
            *(("list word", word) for word in regime.list_words),
            *(("measure", measure.id) for measure in regime.measures),
        ):
            if pair in taken:
                errors.add(path, 1, f"the {pair[0]} {pair[1]!r} stands twice")
            taken[pair] = regime.id
