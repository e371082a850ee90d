"""The text of data/designations: what it says, and every error with its line."""

import pytest

from app.lists.designations import Designations, designations, stand_in
from app.terms import AcceptedSide, DesignationEvent, PartyKind
from app.written import Errors

GOOD = """\
regime: "9001"
list_word: Invented
names:
  XXi.001: BORVIN ASTLEMAY
  XXe.002: [NEW WORKS, OLD WORKS]
no_reference:
- {key: "9001:odd-o-rahm-ez", kind: individual, names: ["Ödd O'Rahm-Éz"]}
facts:
- {event: listed, references: [XXi.001, XXe.002], on: 2030-01-01, source: s, checked: true}
- event: delisted
  references: [XXi.001]
  on: 2031-01-01
  by: "2031-02-01T10:00:00Z"
  source: s
  checked: false
  disputed: true
  accepted: {side: list, by: A. Lawyer, because: she asked}
- {event: delisted, references: ["9001:odd-orahm-ez"], on: 2010-01-01, source: s, checked: true}
"""
GOOD = GOOD.replace("9001:odd-o-rahm-ez", "9001:odd-orahm-ez")


def read(text: str, path: str = "designations/9001.yaml") -> tuple[Designations, list[str]]:
    errors = Errors()
    found = designations({path: text}, errors)
    return found, [error.removeprefix("designations/9001.yaml:") for error in errors.found]


def test_parties_and_facts() -> None:
    found, errors = read(GOOD)
    assert errors == []
    assert [(item.reference, item.kind, item.names) for item in found.parties] == [
        ("9001:odd-orahm-ez", PartyKind.individual, ("Ödd O'Rahm-Éz",)),
        ("XXe.002", PartyKind.entity, ("NEW WORKS", "OLD WORKS")),
        ("XXi.001", PartyKind.individual, ("BORVIN ASTLEMAY",)),
    ]
    assert {item.regime_word for item in found.parties} == {"Invented"}
    assert [(item.reference, item.event) for item in found.facts] == [
        ("9001:odd-orahm-ez", DesignationEvent.delisted),
        ("XXe.002", DesignationEvent.listed),
        ("XXi.001", DesignationEvent.listed),
        ("XXi.001", DesignationEvent.delisted),
    ]
    last = found.facts[-1]
    assert (last.on, last.by, last.disputed) == ("2031-01-01", "2031-02-01T10:00:00Z", True)
    assert last.accepted is not None
    assert last.accepted.side is AcceptedSide.list_
    assert found.facts[0].accepted is None


@pytest.mark.parametrize(
    ("old", "new", "error"),
    [
        ("XXi.001: BORVIN", "XX.1: BORVIN", "4: XX.1 is no reference of the form IRi.039"),
        ("XXi.001: BORVIN ASTLEMAY", "XXi.001: []", "4: XXi.001 has no name"),
        ("XXi.001: BORVIN", "YYi.001: BORVIN", "5: XXe.002 is of another regime than YYi.001"),
        ("[NEW WORKS, OLD WORKS]", "[NEW WORKS, NEW WORKS]", "5: XXe.002 has a name twice"),
        ("  XXe.002: [", "  XXe.003: N\n  XXe.002: [", "5: XXe.003 has a name and no fact"),
        ('{key: "9001:odd', '{key: "9001:add', "7: '9001:add-orahm-ez' is not the key"),
        ("kind: individual", "kind: person", "7: 'kind' is none of individual, entity: person"),
        ("[XXi.001, XXe.002]", "[XXi.009, XXe.002]", "9: XXi.009 is not named in this file"),
        ("[XXi.001, XXe.002]", "[XXi.001, XXi.001, XXe.002]", "9: XXi.001 listed on 2030-01-01 st"),
        ("references: [XXi.001]", "references: []", "11: names no reference"),
        ("on: 2031-01-01", "on: 2031-01-32", "12: 'on' is no day of the calendar: 2031-01-32"),
        ('by: "2031-02-01T10:00:00Z"', "by: 2031-01-01", "13: 'by' is not after 'on'"),
        ("{side: list, ", "{side: lists, ", "17: 'side' is none of fact, list: lists"),
        (", because: she asked", "", "17: 'because' is missing"),
        ("list_word: Invented\n", "", "1: 'list_word' is missing"),
        ("facts:\n", "facts:\n- {event: x}\n", "9: 'event' is none of"),
    ],
)
def test_every_error_has_its_line(old: str, new: str, error: str) -> None:
    assert old in GOOD
    _, errors = read(GOOD.replace(old, new, 1))
    assert any(item.startswith(error) for item in errors), errors


def test_all_errors_are_named_at_once() -> None:
    wrong = GOOD.replace("checked: true", "checked: maybe").replace("event: delisted", "event: x")
    _, errors = read(wrong)
    assert len(errors) == 4


def test_a_party_stands_in_one_file_only() -> None:
    errors = Errors()
    designations({"designations/a.yaml": GOOD, "designations/b.yaml": GOOD}, errors)
    assert any("XXi.001 is named twice" in item for item in errors.found)


def test_groups_of_one_person() -> None:
    text = "same_person:\n- {references: [XXi.001], source: s}\n"
    assert read(text)[1] == ["2: names fewer than two references"]
    two = "- {references: [XXi.001, YYi.002], source: s}\n"
    assert read(f"same_person:\n{two}")[0].same_person == (("XXi.001", "YYi.002"),)
    assert "names a reference that another group names" in read(f"same_person:\n{two}{two}")[1][0]


def test_a_key_is_short_and_no_reference_number() -> None:
    long = stand_in("1988", "Wakil Ahmad Mutawakil Abdul Ghaffar")
    assert long == "1988:wakil-ahmad-mutawakil-abdul"
    assert len(stand_in("1267", "A" * 80)) < 40
    assert stand_in("1988", "Arsala Rahmani") == "1988:arsala-rahmani"
