"""What the types of the domain say of themselves."""

from dataclasses import dataclass, fields
from typing import Any

from pydantic import TypeAdapter

from app.terms import value


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
