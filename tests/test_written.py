"""YAML that a lawyer writes, read as plain values that know their lines."""

import pytest

from app.written import Errors, read


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a: no\nb: 12\nc: 2015-07-24", {"a": "no", "b": "12", "c": "2015-07-24"}),
        ("a: true\nb: false\nc: null", {"a": True, "b": False, "c": None}),
        ("a: ~\nb:\nc: 'null'", {"a": None, "b": None, "c": "null"}),
        ("a: &x {b: 1}\nc: *x", {"a": {"b": "1"}, "c": {"b": "1"}}),
        ("a: [1, [2]]", {"a": ["1", ["2"]]}),
    ],
)
def test_only_three_words_are_special(text: str, found: object) -> None:
    errors = Errors()
    reader = read("f.yaml", text, errors, "a b c")
    assert errors.found == []
    assert reader is not None
    assert reader.found == found


def test_every_key_knows_its_line() -> None:
    reader = read("f.yaml", "a:\n  b: 1\n\n  c: 2\n", Errors(), "a")
    assert reader is not None
    inner = reader.found["a"]
    assert (reader.found.lines, inner.line, inner.lines) == ({"a": 1}, 2, {"b": 2, "c": 4})


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("a: 1\na: 2", "f.yaml:2: the key 'a' stands twice"),
        ("b: 1\na: &x [*x]", "f.yaml:2: an anchor holds itself"),
        ("a: !secret b", "f.yaml:1: the tag '!secret' has no meaning here"),
        ("a: !!binary eA==", "f.yaml:1: the tag 'tag:yaml.org,2002:binary' has no meaning here"),
        ("a: {b: c", "f.yaml:2: did not find expected ',' or '}'"),
        ("", "f.yaml:1: is no mapping"),
        ("- a", "f.yaml:1: is no mapping"),
    ],
)
def test_what_cannot_be_read_names_its_line(text: str, error: str) -> None:
    errors = Errors()
    assert read("f.yaml", text, errors, "a b") is None
    assert errors.found == [error]


def test_a_key_that_is_not_known_is_named() -> None:
    errors = Errors()
    read("f.yaml", "a: 1\nb: 2", errors, "a")
    assert errors.found == ["f.yaml:2: the key 'b' is not known here (a)"]
