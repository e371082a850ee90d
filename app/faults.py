"""What is wrong with what was sent, field by field, in the words of whoever sent it.

What api, page and cli share: a validator names types and alternatives, a person named fields.
"""

from typing import Any

from app.terms import value


@value
class FieldWrong:
    """One field that is wrong, and why."""

    field: str
    words: str


# What a validator calls an error, in the words of whoever sent the question.
_WORDS = {
    "missing": "is missing",
    "unexpected_keyword_argument": "is not known here",
    "extra_forbidden": "is not known here",
    "string_type": "is not a text",
    "bool_type": "is neither true nor false",
    "bool_parsing": "is neither true nor false",
    "int_type": "is not a whole number",
    "int_parsing": "is not a whole number",
    "int_from_float": "is not a whole number",
    "float_type": "is not a number",
    "float_parsing": "is not a number",
    "tuple_type": "is not a list",
    "dataclass_type": "is not an object with named fields",
    "dataclass_exact_type": "is not an object with named fields",
}
# An error that only says which alternative was not meant, where a deeper one says what is wrong.
_SHAPES = ("string_type", "tuple_type", "dataclass_type", "enum", "literal_error")
_MOST_ERRORS = 50
LONGEST_NAME = 100
"""Characters of a field's name that are told: whoever sent it chose it."""


def wrong_fields(found: Any, body: Any) -> tuple[FieldWrong, ...]:
    """Validation errors as the fields that were sent, and words; each field once."""
    told: list[tuple[tuple[str, ...], str, str]] = []
    for item in found:
        words = _WORDS.get(item["type"], str(item["msg"]).removeprefix("Value error, "))
        if item["type"] in ("enum", "literal_error"):
            words = f"is none of {item['ctx']['expected']}"
        told.append((_path(item["loc"], body, item["type"]), item["type"], words[:300]))
    above = {path[:length] for path, _, _ in told for length in range(len(path))}
    errors: dict[tuple[str, ...], str] = {}
    for path, kind, words in told:
        if not (kind in _SHAPES and path in above):
            errors.setdefault(path, words)
    return tuple(
        FieldWrong(field=".".join(part[:LONGEST_NAME] for part in path) or "body", words=words)
        for path, words in list(errors.items())[:_MOST_ERRORS]
    )


def _path(place: tuple[Any, ...], body: Any, kind: str) -> tuple[str, ...]:
    """Where an error lies in what was sent; a validator also names the alternatives it tried."""
    if place[0] != "body":
        return tuple(str(part) for part in place[1:])
    path, node = [], body
    for number, part in enumerate(place[1:], start=2):
        if (isinstance(node, dict) and part in node) or (
            isinstance(node, list) and isinstance(part, int) and part < len(node)
        ):
            node = node[part]
        elif not (kind == "missing" and number == len(place)):
            continue
        path.append(str(part))
    # A body of many questions has no name of its own.
    return ("body", *path) if path and isinstance(body, list) else tuple(path)
