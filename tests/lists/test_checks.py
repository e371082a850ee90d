"""Which lists are set aside, and which never may be."""

import lzma
from collections import Counter
from collections.abc import Collection
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.jobs import shipped
from app.lists.checks import Neighbour, accounts, concerns, out_of_turn
from app.lists.un_xml import ParsedList, read
from app.record import legal_record
from app.terms import Accepted, AcceptedSide, ListKind, PartyKind
from tests.lists.test_history import fact

REAL_LISTS = Path(__file__).resolve().parents[3] / "shared" / "un_lists"
SPANISH = "2023-02-22"
FULL, SUPPLEMENT = ListKind.full, ListKind.supplement


def a_list(
    records: int | Collection[str],
    comments: str = "Keeper of the boats.",
    generated: str = "2020-01-01T00:00:00Z",
    listed_on: str = "",
) -> ParsedList:
    references = some(records) if isinstance(records, int) else records
    people = "".join(
        f"<INDIVIDUAL><FIRST_NAME>A{number}</FIRST_NAME><UN_LIST_TYPE>Nowhere</UN_LIST_TYPE>"
        f"<REFERENCE_NUMBER>{reference}</REFERENCE_NUMBER><LISTED_ON>{listed_on}</LISTED_ON>"
        f"<COMMENTS1>{comments}</COMMENTS1></INDIVIDUAL>"
        for number, reference in enumerate(references)
    )
    return read(
        f'<CONSOLIDATED_LIST dateGenerated="{generated}">'
        f"<INDIVIDUALS>{people}</INDIVIDUALS><ENTITIES/></CONSOLIDATED_LIST>".encode()
    )


def some(count: int, regime: str = "XX") -> tuple[str, ...]:
    return tuple(f"{regime}i.{number:03}" for number in range(count))


def near(*references: str, generated: str = "2019-12-01T00:00:00.000000Z") -> Neighbour:
    return Neighbour(sha256="0", generated=generated, references=references, newest=generated)


def nobody(*_: object) -> tuple[str, ...]:
    return ()


def test_the_first_list_is_compared_with_nothing() -> None:
    assert concerns(a_list(3), FULL, None, nobody) == ()


def test_a_list_that_lost_too_many_records_is_set_aside() -> None:
    neighbour = near(*some(100))
    assert concerns(a_list(70), FULL, neighbour, nobody) == ()
    (words,) = concerns(a_list(69), FULL, neighbour, nobody)
    assert words == (
        "it holds 69 records, less than 70% of the 100 in the nearest full list on record, of "
        "00:00 UTC on 1 December 2019"
    )
    assert concerns(a_list(69), FULL, neighbour, nobody, smallest_share=0.5) == ()


def test_a_longer_list_is_no_concern() -> None:
    assert concerns(a_list(70), FULL, near(*some(3)), nobody) == ()


def test_a_supplement_is_compared_with_nothing() -> None:
    assert concerns(a_list(3), SUPPLEMENT, near(*some(1000)), nobody) == ()
    assert concerns(a_list(0), SUPPLEMENT, None, nobody) == ()


def test_a_full_list_without_a_record_is_set_aside() -> None:
    assert concerns(a_list(0), FULL, None, nobody) == (
        "a full list without a record would say that nobody is listed",
    )


# ---------------------------------------------------------------- regimes


def test_a_regime_that_lost_too_many_is_set_aside() -> None:
    neighbour = near(*some(90), *some(8, "YY"))
    assert concerns(a_list([*some(90), *some(4, "YY")]), FULL, neighbour, nobody) == ()
    (words,) = concerns(a_list([*some(90), *some(3, "YY")]), FULL, neighbour, nobody)
    assert words == (
        "5 of the 8 records YYi in the nearest full list on record, of 00:00 UTC on 1 December "
        "2019 are missing, and no designation fact says why"
    )
    assert concerns(a_list(90), FULL, neighbour, nobody, largest_loss=1) == ()
    assert concerns(a_list([*some(90), *some(7, "YY")]), FULL, neighbour, nobody) == ()


def test_one_that_is_gone_is_a_delisting() -> None:
    assert concerns(a_list(90), FULL, near(*some(90), "YYi.001"), nobody) == ()


def test_what_something_accounts_for_is_no_concern() -> None:
    neighbour = near(*some(90), *some(8, "YY"))

    def known(_: Neighbour, missing: Collection[str]) -> Collection[str]:
        assert set(missing) == set(some(8, "YY"))
        return some(4, "YY")

    assert concerns(a_list(90), FULL, neighbour, known) == ()
    (words,) = concerns(a_list(90), FULL, neighbour, known, largest_loss=0.4)
    assert words.startswith("4 of the 8 records YYi")


@pytest.mark.parametrize(
    ("event", "on", "by", "accounts_older", "accounts_newer"),
    [
        ("delisted", "2019-12-15", None, True, False),
        ("delisted", "2019-11-01", None, False, False),
        ("delisted", "2019-11-01", "2019-12-20", True, False),
        ("delisted", "2020-01-02", None, True, False),
        ("delisted", "2020-03-01", None, False, False),
        ("relisted", "2019-12-15", None, False, False),
        ("relisted", "2020-01-20", None, False, True),
        ("listed", "2020-01-20", "2020-06-01", False, True),
        ("listed", "2019-01-20", None, False, False),
        ("died", "2019-12-15", None, False, False),
        ("died", "2020-01-20", None, False, False),
    ],
)
def test_a_fact_accounts_for_who_left_or_came_in_between(
    event: str, on: str, by: str | None, accounts_older: bool, accounts_newer: bool
) -> None:
    new = "2020-01-01T00:00:00.000000Z"
    older, newer = near(), near(generated="2020-02-01T00:00:00.000000Z")
    facts = [fact(event, on, by)]
    assert accounts(new, older, (), facts) == ({"XXi.001"} if accounts_older else set())
    assert accounts(new, newer, (), facts) == ({"XXi.001"} if accounts_newer else set())


def test_a_fact_that_somebody_decided_against_accounts_for_nobody() -> None:
    new = "2020-01-01T00:00:00.000000Z"
    for side, found in ((AcceptedSide.fact, {"XXi.001"}), (AcceptedSide.list_, set())):
        decided = Accepted(side=side, by="an officer", because="a test says so")
        facts = [replace(fact("delisted", "2019-12-15"), accepted=decided)]
        assert accounts(new, near(), (), facts) == found


@pytest.mark.parametrize(
    ("listed_on", "accounted"), [("2020-01-20", True), ("2020-01-01", True), ("2019-06-01", False)]
)
def test_who_was_listed_only_later_is_accounted_for(listed_on: str, accounted: bool) -> None:
    missing = a_list(["YYi.000"], listed_on=listed_on).entries
    older, newer = near(), near(generated="2020-02-01T00:00:00.000000Z")
    new = "2020-01-01T00:00:00.000000Z"
    assert accounts(new, newer, missing, ()) == ({"YYi.000"} if accounted else set())
    assert accounts(new, older, missing, ()) == set()


# ---------------------------------------------------------------- today's list


def test_a_list_older_than_what_is_here_is_not_todays() -> None:
    now = datetime(2020, 1, 1, 12, tzinfo=UTC)
    assert out_of_turn(a_list(1), None, now) == ()
    assert out_of_turn(a_list(1), near(), now) == ()
    (words,) = out_of_turn(a_list(1), near(generated="2020-01-01T00:00:01.000000Z"), now)
    assert words.startswith("it was generated at 00:00 UTC on 1 January 2020, before the newest")
    assert out_of_turn(a_list(1, generated="2020-01-02T11:00:00Z"), None, now) == ()
    (words,) = out_of_turn(a_list(1, generated="2020-01-02T13:00:00Z"), None, now)
    assert words == "it says that it was generated at 13:00 UTC on 2 January 2020: to come"


# ---------------------------------------------------------------- languages


@pytest.mark.parametrize("kind", [FULL, SUPPLEMENT])
def test_another_language_is_set_aside(kind: ListKind) -> None:
    (words,) = concerns(a_list(30, "Guardián del faro y de los botes."), kind, None, nobody)
    assert "Spanish" in words
    (words,) = concerns(a_list(150, "Gardien du phare."), kind, None, nobody)
    assert "none of its 150 records has a sentence in English" in words
    assert concerns(a_list(30, "Gardien du phare."), kind, None, nobody) == ()


@pytest.fixture(scope="module")
def real() -> dict[str, ParsedList]:
    paths = sorted(REAL_LISTS.glob("*.xml.xz"))
    if not paths:
        pytest.skip("SKIPPED: no real UN lists beside the checkout to check")
    return {path.name[:10]: read(lzma.decompress(path.read_bytes())) for path in paths}


def as_neighbour(parsed: ParsedList) -> Neighbour:
    references = tuple(entry.reference for entry in parsed.entries)
    return near(*references, generated=parsed.generated)


def test_real_lists_pass_in_any_order(real: dict[str, ParsedList]) -> None:
    law = legal_record(shipped.legal_files(), "2026-01-01T00:00:00.000000Z")
    english = [parsed for day, parsed in real.items() if day != SPANISH]
    assert len(english) == 24
    for neighbour in english:
        held = {entry.reference: entry for entry in neighbour.entries}
        for parsed in english:

            def accounted(
                near: Neighbour, missing: Collection[str], parsed: ParsedList = parsed
            ) -> set[str]:
                gone = [held[name] for name in missing]  # noqa: B023 - used in this very round
                return accounts(parsed.generated, near, gone, law.facts)

            said = concerns(parsed, FULL, as_neighbour(neighbour), accounted)
            assert said == (), (parsed.generated, neighbour.generated)


def test_a_real_list_without_one_of_its_regimes_is_set_aside(real: dict[str, ParsedList]) -> None:
    parsed = real["2026-05-08"]
    regimes = Counter(entry.reference[:3] for entry in parsed.entries)
    assert len(regimes) > 20
    for regime, records in regimes.items():
        rest = [entry for entry in parsed.entries if entry.reference[:3] != regime]
        found = concerns(replace(parsed, entries=tuple(rest)), FULL, as_neighbour(parsed), nobody)
        assert len(found) == (records > 1), regime


def test_a_real_list_without_its_entities_is_set_aside(real: dict[str, ParsedList]) -> None:
    parsed = real["2024-03-16"]
    rest = tuple(entry for entry in parsed.entries if entry.kind is PartyKind.individual)
    found = concerns(replace(parsed, entries=rest), FULL, as_neighbour(parsed), nobody)
    assert any("records QDe" in words for words in found)


def test_the_spanish_edition_is_set_aside(real: dict[str, ParsedList]) -> None:
    assert len(concerns(real[SPANISH], FULL, None, nobody)) == 1


def test_a_download_cut_short_is_set_aside(real: dict[str, ParsedList]) -> None:
    (path,) = (REAL_LISTS / "damaged").glob("partial-*.xml.xz")
    partial = read(lzma.decompress(path.read_bytes()))
    assert concerns(partial, FULL, None, nobody) == ()
    for neighbour in real.values():
        (words,) = concerns(partial, FULL, as_neighbour(neighbour), nobody)
        assert "it holds 239 records" in words
