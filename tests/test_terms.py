"""What the types of the domain say of themselves."""

import unicodedata
from dataclasses import dataclass, fields
from typing import Any

from pydantic import TypeAdapter

from app.terms import Text, value


@value
class Base:
    said: int
    """Below it."""
    silent: int
    other: str = "x"
    """Over two
    lines."""


@value
class Longer(Base):
    own: tuple[int, ...] = ()
    """Its own."""


@dataclass
class Plain:
    """Not of this kind."""

    said: int
    """Below it."""


def described(kind: Any) -> dict[str, str]:
    found = TypeAdapter(kind).json_schema()["properties"].items()
    return {name: schema["description"] for name, schema in found if "description" in schema}


def test_a_field_is_described_by_what_stands_below_it_and_so_is_one_that_is_inherited() -> None:
    of_base = {"said": "Below it.", "other": "Over two\nlines."}
    assert described(Base) == of_base
    assert described(Longer) == {**of_base, "own": "Its own."}
    assert described(Plain) == {}


def test_who_asks_nothing_reads_no_source() -> None:
    namespace: dict[str, Any] = {"value": value, "__name__": "nowhere"}
    exec("@value\nclass Made:\n    x: int\n", namespace)
    made = namespace["Made"]
    assert made(x=1).x == 1
    assert [field.name for field in fields(made)] == ["x"]


def test_of_every_letter_a_text_may_hold_those_that_are_no_control_and_no_half_of_one() -> None:
    (checked,) = Text.__metadata__  # type: ignore[attr-defined]

    def fault(said: str) -> str | None:
        try:
            assert checked.check(said) == said
        except ValueError as error:
            return str(error)
        return None

    for number in range(0x10000):
        letter = chr(number)
        kind = unicodedata.category(letter)
        beside = None
        if kind == "Cs":
            beside = "holds half of a character (a lone surrogate)"
        elif letter < " " and letter not in "\t\n\r":
            beside = "holds a control character"
        alone = beside or ("is blank" if kind[0] in "CZ" else None)
        assert (fault(letter), fault(f"a{letter}")) == (alone, beside), hex(number)
