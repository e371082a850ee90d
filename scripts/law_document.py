"""Prints docs/law.md from data/law: `python scripts/law_document.py > docs/law.md`.

The page is committed, so that whoever reads a change of the law's data sees what it says. A test
holds it to the data.
"""

import sys
from collections.abc import Iterator, Sequence

from app.jobs import shipped
from app.law.coverage import (
    Coverage,
    Line,
    LineKind,
    counted_by_kind,
    coverage,
    lines,
    lines_of,
)
from app.law.timeline import (
    NOT_COMPARED,
    decided,
    edge,
    elsewhere,
    ending,
    limits,
    mark,
    minority,
    of_one_person,
    renewed,
    sentence,
    spelt,
    term,
    text_of,
    timeline,
    to_come,
    who_disputes,
)
from app.record import legal_record
from app.terms import (
    LegalRecord,
    Measure,
    MeasureException,
    MeasureKind,
    Publishes,
    ReachMode,
    Regime,
)
from app.when import counted, in_words

BEGINS = (
    "# The law on record\n",
    "This page is made from `data/law`, `data/exemptions` and `data/designations` by `make law`, "
    "and a test holds it to them. Who finds a mistake corrects the data: "
    "[correcting-the-law.md](correcting-the-law.md). Four mistakes that are easily made in reading "
    "it: [traps.md](traps.md).\n",
    "It says what the Council asked of States, of whom, and when. *From* a day includes that day, "
    "at the place entered; *until* a day does not. *Verified to* a day includes it: nothing on "
    "record says whether the measure was renewed after it, and every answer is `unknown` then. "
    f"`[{NOT_COMPARED}]` stands behind whatever nobody compared with the source that it cites: it "
    "rests on general knowledge or on public accounts, and may be right.\n",
    "The same by command, and for one day: `travelban law show --regime 1970 --on 2011-09-11`; for "
    "one person: `travelban law show IRi.039`.\n",
)
WORDS = {
    LineKind.measure: "measures: the paragraph that makes it",
    LineKind.beginning: "times put in force by another text",
    LineKind.renewal: "texts that renewed a measure or stated it again",
    LineKind.ending: "texts that ended a measure",
    LineKind.exception: "exceptions",
    LineKind.person: "persons whom a measure reaches by name",
    LineKind.regime: "regimes: no travel measure, nobody listed, moved, a minority claim",
    LineKind.exemption: "exemptions: leave granted, refused, asked for",
    LineKind.exemption_text: "exemptions: the text that leave rests on",
    LineKind.designation_fact: "designation facts",
}
PUBLISHES = {
    Publishes.yes: "publishes exemptions",
    Publishes.partly: "publishes some exemptions",
    Publishes.no: "publishes no exemptions",
    Publishes.not_known: "not known whether it publishes exemptions",
}


def text(law: LegalRecord) -> str:
    """The page on a legal record, as it is committed."""
    found = lines(law)
    parts = [*BEGINS, *_on_record(law, found), *_compared(found), *_runs_out(law)]
    for regime in law.regimes:
        parts += _regime(regime, coverage(regime, found))
    return "\n".join(parts)


def _table(columns: Sequence[str], rows: Sequence[Sequence[object]]) -> Iterator[str]:
    yield f"| {' | '.join(columns)} |"
    yield f"|{'---|' * len(columns)}"
    for row in rows:
        yield f"| {' | '.join(_cell(str(cell)) for cell in row)} |"
    yield ""


def _cell(words: str) -> str:
    return words.replace("|", "\\|").replace("\n", " ")


def _on_record(law: LegalRecord, found: Sequence[Line]) -> Iterator[str]:
    yield "## What is on record\n"
    number = sum(len(regime.measures) for regime in law.regimes)
    yield (
        f"{len(law.regimes)} regimes, {number} measures, {len(law.exemptions)} exemptions, "
        f"{len(law.facts)} designation facts. Of {len(found)} lines that rest on a source, "
        f"{sum(line.checked for line in found)} were compared with it.\n"
    )
    rows = []
    for regime in law.regimes:
        own = coverage(regime, found)
        begins = in_words(own.from_[:10]) if own.from_ else ""
        rows.append(
            (
                regime.id,
                regime.name,
                ", ".join(f"`{word}`" for word in regime.list_words) or "none",
                len(regime.measures),
                begins,
                term(own.until, own.verified_to),
                own.checked,
                own.unchecked,
            )
        )
    columns = (
        "regime", "name", "list", "measures", "begins", "ends or runs out", "compared",
        NOT_COMPARED,
    )  # fmt: skip
    yield from _table(columns, rows)


def _compared(found: Sequence[Line]) -> Iterator[str]:
    yield "## What has been compared with its source, and what has not\n"
    counts = counted_by_kind(found)
    rows: list[tuple[object, ...]] = [
        (WORDS[item.kind], item.checked, item.unchecked) for item in counts
    ]
    rows.append(
        ("all", sum(item.checked for item in counts), sum(item.unchecked for item in counts))
    )
    yield from _table(("lines of the record", "compared", NOT_COMPARED), rows)
    yield "`travelban law check --unchecked` names each line that was not.\n"


def _runs_out(law: LegalRecord) -> Iterator[str]:
    """No clock here: the page says to which day, and whoever reads it knows today."""
    yield "## What runs out unless it is renewed\n"
    every = [item for regime in law.regimes for item in regime.measures if item.verified_to]
    every.sort(key=lambda item: (item.verified_to or "", item.id))
    yield (
        "After the day in the last column the answer is `unknown`. `travelban law check` says "
        "which days are near, or past.\n"
    )
    yield from _table(
        ("measure", "kind", "regime", "verified to"),
        [
            (f"`{item.id}`", spelt(item.kind), item.regime, in_words(item.verified_to or ""))
            for item in every
        ],
    )


def _regime(regime: Regime, own: Coverage) -> Iterator[str]:
    yield f"## {regime.id}: {regime.name}\n"
    words = f" as {', '.join(f'`{word}`' for word in regime.list_words)}"
    listed = f"on the list{words}, references `{regime.prefix}.…`" if regime.prefix else "no list"
    yield f"- {regime.committee}; {listed}."
    yield f"- Committee: {PUBLISHES[regime.publishes_exemptions]}. {regime.publishes_words}"
    for stated in (regime.no_travel_measure, regime.nobody_listed):
        if stated is not None:
            yield f"- **{sentence(stated.words)}** ({stated.source}){mark(stated.checked)}"
    for move in regime.moved_from:
        yield (
            f"- Everybody on it stood on the list of the regime {move.regime} before "
            f"{in_words(move.on)}, whose measures reached them until then "
            f"({move.source}){mark(move.checked)}."
        )
    if regime.not_gathered:
        kinds = ", ".join(spelt(kind) for kind in regime.not_gathered)
        yield f"- Not gathered: {kinds}. The record does not say whether there is such a measure."
    disputes = {each.dispute for item in regime.measures for each in item.intervals if each.dispute}
    for dispute in sorted(disputes, key=lambda item: item.argument):
        yield f"- Disputed: {who_disputes(dispute)}"
    for claim in regime.minority_claims:
        yield f"- A claim that decides nothing here: {minority(claim)}"
    yield f"- {counted(own.checked, 'line')} compared with the source, {own.unchecked} not.\n"
    columns = (
        "measure", "kind and strength", "by", "reaches", "in force", "ends or runs out",
        "exceptions (who decides)", "compared",
    )  # fmt: skip
    yield from _table(columns, [_measure(item) for item in regime.measures])
    for item in regime.measures:
        if item.reach.persons:
            yield f"Named one by one under `{item.id}`:\n"
            yield from _persons(item)
            yield ""


def _measure(item: Measure) -> tuple[object, ...]:
    own = list(lines_of(item))
    reaches = item.reach.who
    if item.reach.mode is ReachMode.annex:
        reaches += f" ({len(item.reach.references)} references)"
    began, ended = [], []
    for each in item.intervals:
        by = f"by {text_of(each.authority)}" if each.authority else None
        why = "; ".join(filter(None, (each.why_began, by)))
        began.append(edge(each.from_, each.from_by) + (f" ({why})" if why else ""))
        words = to_come(item.verified_to)
        if each.until is not None:
            words = edge(each.until, each.until_by)
            words += ending(each.how_ended, each.ended_by, each.why_ended)
        ended.append(words + ("; disputed" if each.dispute else ""))
    if chain := renewed(item.first_term_to, item.renewals):
        ended.append(chain)
    return (
        f"`{item.id}`",
        f"{spelt(item.kind)}, {spelt(item.strength)}",
        text_of(item.authority),
        reaches,
        "<br>".join(began),
        "<br>".join(ended),
        "<br>".join(_exception(each, item) for each in item.exceptions) or _no_exception(item),
        f"{sum(line.checked for line in own)} of {len(own)}",
    )


def _no_exception(measure: Measure) -> str:
    """Exceptions to a freeze are about funds; the record does not gather them."""
    return "not gathered" if measure.kind is MeasureKind.asset_freeze else "none"


def _exception(item: MeasureException, of: Measure) -> str:
    where = f"{elsewhere(item, of.authority.resolution)}{item.paragraph}"
    return f"{spelt(item.kind)} ({decided(item)}; {where}{limits(item)}){mark(item.checked)}"


def _persons(item: Measure) -> Iterator[str]:
    """Those with the same times on one line."""
    alike: dict[str, list[str]] = {}
    left = of_one_person(item.intervals, item.verified_to)
    for flag in item.reach.persons:
        for interval in flag.intervals:
            words = timeline(interval, left) + mark(flag.checked)
            alike.setdefault(words, []).append(flag.reference)
    for words, references in alike.items():
        yield f"- {words}: {', '.join(references)}"


if __name__ == "__main__":
    moment = "2026-01-01T00:00:00.000000Z"  # nothing on the page depends on it
    sys.stdout.write(text(legal_record(shipped.legal_files(), moment)))
