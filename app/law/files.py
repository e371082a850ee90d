"""The text of data/law and data/exemptions as typed values, every error at once.

One file is one regime. Whoever corrects a file needs no Python: `travelban law check` names each
error with its file and line. The form is described in docs/law.md.
"""

import re
from collections.abc import Mapping
from datetime import date

from app.terms import (
    Authority,
    Covers,
    Decider,
    Dispute,
    ExceptionKind,
    Exemption,
    ExemptionOutcome,
    Measure,
    MeasureException,
    MeasureInterval,
    MeasureKind,
    PersonFlag,
    Publishes,
    Reach,
    ReachMode,
    Regime,
    Strength,
    day_or_instant,
    state_code,
    whole_day,
)
from app.when import order
from app.written import Errors, Files, Lined, Reader, read

_TOP = (
    "regime name committee state list_words prefix publishes_exemptions annexes disputes measures"
)
_MEASURE = "id kind strength authority source covers reach intervals verified_to exceptions note"
_INTERVAL = "from until why_ended authority dispute"
_EXCEPTION = "kind decider paragraph words from until checked"
_EXEMPTION = (
    "id references outcome state place purpose decided_on published_on from until conditions "
    "source checked"
)
_AUTHORITY = "resolution paragraph adopted checked"
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
    prefix = top.text("prefix")
    annexes = _annexes(top, prefix)
    disputes = _disputes(top)
    publishes = top.inner("publishes_exemptions", "answer words")
    return Regime(
        id=regime,
        name=top.text("name"),
        committee=top.text("committee"),
        state=top.checked("state", state_code, required=False),
        list_words=top.texts("list_words"),
        prefix=prefix,
        publishes_exemptions=publishes.word("answer", Publishes),
        publishes_words=publishes.text("words"),
        measures=tuple(
            _measure(item, regime, prefix, annexes, disputes)
            for item in top.each("measures", _MEASURE)
        ),
    )


def _annexes(top: Reader, prefix: str) -> dict[str, tuple[str, ...]]:
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


def _is_reference(reference: str, prefix: str) -> bool:
    return re.fullmatch(re.escape(prefix) + r"\.\d{3,4}", reference) is not None


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


def _authority(item: Reader) -> Authority:
    resolution = item.text("resolution")
    if resolution and not _RESOLUTION.match(resolution):
        item.wrong(f"'resolution' is not of the form S/RES/1929 (2010): {resolution}", "resolution")
    return Authority(
        resolution=resolution,
        paragraph=item.text("paragraph"),
        adopted=item.checked("adopted", whole_day, required=True) or "",
        checked=item.flag("checked"),
    )


def _measure(
    item: Reader,
    regime: str,
    prefix: str,
    annexes: Mapping[str, tuple[str, ...]],
    disputes: Mapping[str, Dispute],
) -> Measure:
    intervals = _intervals(item, disputes)
    if not intervals:
        item.wrong("a measure needs at least one interval", "intervals")
    kind = item.word("kind", MeasureKind)
    strength = item.word("strength", Strength)
    if kind is MeasureKind.travel_ban and strength is not Strength.binding:
        item.wrong("a travel ban is binding; what only calls upon States is vigilance", "strength")
    return Measure(
        id=item.text("id"),
        regime=regime,
        kind=kind,
        strength=strength,
        authority=_authority(item.inner("authority", _AUTHORITY)),
        covers=tuple(_one(item, "covers", word, Covers) for word in item.texts("covers")),
        reach=_reach(item.inner("reach", "mode who annexes persons"), prefix, annexes, disputes),
        intervals=intervals,
        verified_to=item.checked("verified_to", whole_day, required=False),
        exceptions=tuple(_exception(inner) for inner in item.each("exceptions", _EXCEPTION)),
        source=item.text("source"),
        note=item.optional("note"),
    )


def _one(item: Reader, key: str, word: str, words: type[Covers]) -> Covers:
    try:
        return words(word)
    except ValueError:
        item.wrong(f"{key!r} holds {word!r}, none of {', '.join(words)}", key)
        return Covers.entry


def _intervals(item: Reader, disputes: Mapping[str, Dispute]) -> tuple[MeasureInterval, ...]:
    found = []
    for inner in item.each("intervals", _INTERVAL):
        from_, from_by = _boundary(inner, "from", required=True)
        until, until_by = _boundary(inner, "until", required=False)
        if "until" not in inner.found:
            inner.wrong("'until' is missing; write null where it has not ended")
        if until is not None and inner.optional("why_ended") is None:
            inner.wrong("an interval that ended says why ('why_ended')", "until")
        dispute = inner.optional("dispute")
        if dispute is not None and dispute not in disputes:
            inner.wrong(f"'dispute' names {dispute!r}, which 'disputes' does not hold", "dispute")
        found.append(
            MeasureInterval(
                from_=from_ or "",
                from_by=from_by,
                until=until,
                until_by=until_by,
                why_ended=inner.optional("why_ended"),
                authority=(
                    _authority(inner.inner("authority", _AUTHORITY))
                    if "authority" in inner.found
                    else None
                ),
                dispute=disputes.get(dispute) if dispute else None,
            )
        )
    _in_order(item, found)
    return tuple(found)


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
    prefix: str,
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
        intervals = _intervals(inner, disputes)
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


def _exception(item: Reader) -> MeasureException:
    return MeasureException(
        kind=item.word("kind", ExceptionKind),
        decider=item.word("decider", Decider),
        paragraph=item.text("paragraph"),
        words=item.text("words"),
        from_=item.checked("from", whole_day, required=False),
        until=item.checked("until", whole_day, required=False),
        checked=item.flag("checked"),
    )


def _exemption(item: Reader, regime: str) -> Exemption:
    from_ = item.checked("from", whole_day, required=False)
    until = item.checked("until", whole_day, required=False)
    if from_ and until and until < from_:
        item.wrong("'until' is before 'from'", "until")
    references = item.texts("references")
    if not references:
        item.wrong("names no reference", "references")
    return Exemption(
        id=item.text("id"),
        regime=regime,
        references=references,
        outcome=item.word("outcome", ExemptionOutcome),
        state=item.checked("state", state_code, required=False),
        place=item.optional("place"),
        purpose=item.text("purpose"),
        decided_on=item.checked("decided_on", whole_day, required=False),
        published_on=item.checked("published_on", whole_day, required=False),
        from_=from_,
        until=until,
        conditions=item.optional("conditions"),
        source=item.text("source"),
        checked=item.flag("checked"),
    )


def _each_once(read_from: Mapping[str, Regime], errors: Errors) -> None:
    """Regimes, measures, list words and prefixes stand once over all files."""
    taken: dict[tuple[str, str], str] = {}
    for path, regime in read_from.items():
        for pair in (
            ("regime", regime.id),
            ("prefix", regime.prefix),
            *(("list word", word) for word in regime.list_words),
            *(("measure", measure.id) for measure in regime.measures),
        ):
            if pair in taken:
                errors.add(path, 1, f"the {pair[0]} {pair[1]!r} stands twice")
            taken[pair] = regime.id


def runs_out(known: tuple[Regime, ...], today: str, days: int = 90) -> tuple[str, ...]:
    """Measures whose verified time ended, or ends within so many days, in words."""
    last = date.fromisoformat(today).toordinal() + days
    return tuple(
        f"{measure.id}: verified to {measure.verified_to}"
        for regime in known
        for measure in regime.measures
        if measure.verified_to is not None
        and date.fromisoformat(measure.verified_to).toordinal() <= last
    )
