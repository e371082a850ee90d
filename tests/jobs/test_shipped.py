"""What ships: read whole or refused with file and line, stored once with one moment."""

import shutil
from pathlib import Path

import pytest

from app.jobs import shipped
from app.store import audit
from app.store.facts import Store, law_files, newest_fact, snapshots
from app.terms import Place, PlaceKind, Tables
from app.written import WrittenWrong
from tests.conftest import Clock
from tests.invented import only, xml


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A copy of what ships, to be spoilt."""
    path = tmp_path / "data"
    shutil.copytree(shipped.DATA, path)
    return path


def errors(data: Path) -> tuple[str, ...]:
    with pytest.raises(WrittenWrong) as caught:
        shipped.tables(data)
    return caught.value.errors


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


# ---------------------------------------------------------------- tables


def test_what_ships_is_read(tables: Tables) -> None:
    rows = {(row.kind, row.name): row for row in tables.places}
    assert rows[PlaceKind.state, "Andorra"] == Place(
        kind=PlaceKind.state,
        name="Andorra",
        also=("Principality of Andorra", "Andorran"),
        code="AD",
        state="AD",
        zones=("Europe/Andorra",),
        capital="Andorra la Vella",
        disputed=None,
        disputed_since=None,
        note=None,
    )
    assert tables.names["cyrillic"]["а"] == "a"
    assert set(tables.gravity) == {row.verdict for row in tables.verdicts}
    first = tables.verdicts[0]
    assert first.verdict == "no_listed_match"
    assert first.when == (
        {"identity": ("discounted",)},
        {"identity": ("no_match",), "lists": ("full",)},
    )


def test_the_digest_follows_every_byte(data: Path, tables: Tables) -> None:
    assert shipped.tables(data).digest == tables.digest
    for path in (data / "places.csv", data / "names" / "arabic.csv", data / "verdicts.yaml"):
        path.write_bytes(path.read_bytes() + b"\n" * path.name.endswith("yaml"))
        replace(path, "\n", "\n" if path.suffix == ".yaml" else "\r\n")
    assert shipped.tables(data).digest != tables.digest


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("places.csv", "kind,name", "sort,name", "places.csv:1: the columns are not kind, name"),
        ("places.csv", "state,Andorra", "realm,Andorra", "places.csv:2: 'realm' is none of state"),
        ("places.csv", "Europe/Andorra", "Europe/Nowhere", "places.csv:2: 'Europe/Nowhere' is no"),
        ("places.csv", ",AD,AD,", ",AD,XX,", "places.csv:2: 'XX' is not an ISO 3166-1"),
        ("places.csv", ",AD,AD,", ",AD,AD,,", "places.csv:2: holds 11 cells, not 10"),
        ("places.csv", "state,Andorra", 'state,"Andorra', "places.csv:"),
        ("names/cyrillic.csv", "\nб,", "\nа,", "names/cyrillic.csv:3: the form 'а' stands twice"),
        ("verdicts.yaml", "rows:", "row:", "the key 'row' is not known here"),
        ("verdicts.yaml", "[discounted]", "[dismissed]", "'identity' is never dismissed"),
        ("verdicts.yaml", "{identity: [disc", "{person: [disc", "the key 'person' is not known"),
        ("verdicts.yaml", "gravity:\n- cannot_assess\n", "gravity:\n", "gravity: cannot_assess"),
        ("verdicts.yaml", "{no_match};", "{no_mach};", "verdicts.yaml:18: nothing fills {no_mach}"),
        ("verdicts.yaml", "{who}{since}", "{whom}{since}", "120: nothing fills {whom}"),
        ("verdicts.yaml", "  would: would", "  wood: would", "the key 'wood' is not known here"),
        ("verdicts.yaml", "  would: would", "  #", "would"),
    ],
)
def test_an_error_is_named_with_file_and_line(
    data: Path, file: str, old: str, new: str, said: str
) -> None:
    replace(data / file, old, new)
    found = errors(data)
    assert any(said in line for line in found), found
    assert all(line.startswith(f"{file}:") for line in found)


def test_all_errors_at_once(data: Path) -> None:
    (data / "places.csv").write_bytes(b"kind\n\xff\n")
    (data / "names" / "latin.csv").write_text("")
    (data / "verdicts.yaml").unlink()
    assert errors(data) == (
        "places.csv:2: is not UTF-8",
        "verdicts.yaml:1: cannot be read: No such file or directory",
        "names/latin.csv:1: is empty",
    )


# ---------------------------------------------------------------- facts


def test_a_first_start_records_law_and_lists_with_one_moment(store: Store, clock: Clock) -> None:
    words = shipped.load(store, shipped.DATA, clock)
    assert words.startswith("stored the legal record ")
    assert words.endswith(" and the supplement iran-1737.xml")
    with store.reading() as connection:
        law = law_files(connection)
        (supplement,) = snapshots(connection)
        lines, _ = audit.page(connection, limit=9)
        assert law is not None
        assert law.files == shipped.legal_files()
        assert law.recorded_at == supplement.decided_at == newest_fact(connection)
    assert (supplement.list_kind, supplement.outcome) == ("supplement", "promoted")
    assert [shown.line.action for shown in lines] == ["list import: promoted", "law load"]


def test_a_second_start_stores_nothing(store: Store, clock: Clock) -> None:
    shipped.load(store, shipped.DATA, clock)
    assert shipped.load(store, shipped.DATA, clock) == "nothing new ships"
    with store.reading() as connection:
        assert len(audit.page(connection, limit=9)[0]) == 2


def test_a_later_start_adds_what_is_new(store: Store, clock: Clock, data: Path) -> None:
    shipped.load(store, data, clock)
    with store.reading() as connection:
        first = newest_fact(connection)
    (data / "un_lists" / "more.xml").write_bytes(xml("2026-01-01T00:00:00Z", only("ZZi.001")))
    assert shipped.load(store, data, clock) == "stored the supplement more.xml"
    path = min((data / "law").glob("*.yaml"))
    path.write_text(path.read_text(encoding="utf-8") + "# looked at again\n", encoding="utf-8")
    assert shipped.load(store, data, clock).startswith("stored the legal record ")
    with store.reading() as connection:
        assert len(snapshots(connection)) == 2
        assert len(snapshots(connection, first)) == 1
        law, before = law_files(connection), law_files(connection, first)
        assert law is not None
        assert before is not None
        assert law.digest != before.digest


def test_what_cannot_be_read_leaves_the_store_as_it_was(
    store: Store, clock: Clock, data: Path
) -> None:
    (data / "law" / "9999.yaml").write_text("nonsense: true\n")
    with pytest.raises(WrittenWrong, match=r"law/9999\.yaml:1: "):
        shipped.load(store, data, clock)
    (data / "law" / "9999.yaml").unlink()
    (data / "un_lists" / "bad.xml").write_text("<LIST/>")
    with pytest.raises(WrittenWrong, match=r"un_lists/bad\.xml:1: the root element is 'LIST'"):
        shipped.load(store, data, clock)
    with store.reading() as connection:
        assert newest_fact(connection) is None
