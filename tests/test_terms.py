"""What the types of the domain say of themselves."""

import unicodedata
from dataclasses import FrozenInstanceError, asdict, dataclass, fields
from typing import Any

import pytest
from pydantic import TypeAdapter

from app.terms import Text, Word, changed, value


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


def test_a_value_is_made_of_named_fields_alone_and_stays_as_it_was_made() -> None:
    made = Longer(said=1, silent=2)
    assert asdict(made) == {"said": 1, "silent": 2, "other": "x", "own": ()}
    with pytest.raises(TypeError):
        Longer(said=1)  # type: ignore[call-arg]
    with pytest.raises(TypeError):
        Longer(said=1, silent=2, more=3)  # type: ignore[call-arg]
    with pytest.raises(TypeError):
        Longer(1, 2)  # type: ignore[call-arg]
    with pytest.raises(FrozenInstanceError):
        made.said = 3  # type: ignore[misc]


def test_a_changed_value_differs_in_what_was_named_and_leaves_the_other_as_it_was() -> None:
    made = Longer(said=1, silent=2, own=(3,))
    assert changed(made, silent=4, other="y") == Longer(said=1, silent=4, other="y", own=(3,))
    assert made == Longer(said=1, silent=2, own=(3,))
    with pytest.raises(KeyError):
        changed(made, more=5)


class Size(Word):
    """How large."""

    small = "small"
    large_ = "large"


def test_a_word_is_written_as_its_text_and_described_with_all_of_its_kind() -> None:
    kind = TypeAdapter(tuple[Size, ...])
    assert kind.dump_json((Size.large_, Size.small)) == b'["large","small"]'
    assert kind.validate_json(b'["large"]') == (Size.large_,)
    schema = kind.json_schema(mode="serialization")["$defs"]["Size"]
    assert (schema["enum"], schema["description"]) == (["small", "large"], "How large.")


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


def test_a_value_with_more_to_do_when_it_is_made_cannot_be() -> None:
    class More:
        name: str

        def __post_init__(self) -> None:
            pass

    with pytest.raises(TypeError, match="More is filled in and no more"):
        value(More)
