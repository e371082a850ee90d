"""YAML text that a lawyer writes, as plain values that remember their lines.

Only `true`, `false` and `null` are words of the form; a day, a number or a bare `no` stays the
text that was written, so that nothing is read as something else. Errors are collected, each
with its file and line: whoever corrects a file sees all of them at once.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from enum import StrEnum
from typing import Any, TypeVar

import yaml

Word = TypeVar("Word", bound=StrEnum)


class Lined(dict[str, Any]):
    """A mapping that knows the line it begins on, and the line of each key."""

    line: int
    lines: dict[str, int]


# The loader over libyaml is ten times as fast; every wheel has it, a plain build may not.
_Fast: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Loader(_Fast):  # type: ignore[misc]
    """Few words are special, and none depends on where it stands: no rules need to be tried."""

    def resolve(self, kind: type[yaml.Node], text: str | None, implicit: Any) -> str:
        """The tag of a node that gives none."""
        if kind is yaml.ScalarNode:
            return _WORDS.get(text or "", _TEXT) if implicit[0] else _TEXT
        return _SEQUENCE if kind is yaml.SequenceNode else _MAPPING

    def descend_resolver(self, *_: object) -> None:
        """Nothing depends on the place of a node."""

    def ascend_resolver(self) -> None:
        """As before."""


_TEXT, _SEQUENCE, _MAPPING, _BOOL, _NULL = (
    f"tag:yaml.org,2002:{name}" for name in ("str", "seq", "map", "bool", "null")
)
_WORDS = {"true": _BOOL, "false": _BOOL, "null": _NULL, "~": _NULL, "": _NULL}


def _values(node: yaml.Node, made: dict[int, Any]) -> Any:
    """What a node says, made once for all that name it by its anchor.

    A walk over the nodes, for the loader's own constructors take longer than its parser.
    """
    number = id(node)
    if number not in made:
        made[number] = _CIRCULAR
        if isinstance(node, yaml.MappingNode):
            made[number] = _mapping(node, made)
        elif isinstance(node, yaml.SequenceNode):
            made[number] = [_values(item, made) for item in node.value]
        elif node.tag in _SCALARS:
            made[number] = _SCALARS[node.tag](node.value)
        else:
            raise _wrong(f"the tag {node.tag!r} has no meaning here", node)
    found = made[number]
    if found is _CIRCULAR:
        raise _wrong("an anchor holds itself", node)
    return found


_CIRCULAR = object()
_SCALARS: Mapping[str, Callable[[str], Any]] = {
    _TEXT: str,
    _BOOL: lambda text: text == "true",
    _NULL: lambda _: None,
}


def _mapping(node: yaml.MappingNode, made: dict[int, Any]) -> Lined:
    found = Lined()
    found.line = node.start_mark.line + 1
    found.lines = {}
    for key_node, value_node in node.value:
        key = str(_values(key_node, made))
        if key in found:
            raise _wrong(f"the key {key!r} stands twice", key_node)
        found[key] = _values(value_node, made)
        found.lines[key] = key_node.start_mark.line + 1
    return found


def _wrong(words: str, node: yaml.Node) -> yaml.MarkedYAMLError:
    return yaml.MarkedYAMLError(problem=words, problem_mark=node.start_mark)


class Errors:
    """Errors found in written files, in order."""

    def __init__(self) -> None:
        self.found: list[str] = []

    def add(self, path: str, line: int, words: str) -> None:
        """Remember an error at a file and line."""
        self.found.append(f"{path}:{line}: {words}")


class WrittenWrong(ValueError):
    """Files that cannot be read as what they are for; `errors` names every place."""

    def __init__(self, errors: Sequence[str]) -> None:
        super().__init__("\n".join(errors))
        self.errors = tuple(errors)


class Reader:
    """One mapping of a file, read key by key; what is wrong goes to `errors`, with its line."""

    def __init__(
        self, found: Lined, path: str, errors: Errors, known: str | tuple[str, ...]
    ) -> None:
        self.found = found
        self.path = path
        self.errors = errors
        names = known.split() if isinstance(known, str) else known
        for key in found:
            if key not in names:
                self.wrong(f"the key {key!r} is not known here ({', '.join(names)})", key)

    def wrong(self, words: str, key: str | None = None) -> None:
        """Remember an error at a key of this mapping, or at the mapping."""
        line = self.found.lines.get(key, self.found.line) if key else self.found.line
        self.errors.add(self.path, line, words)

    def text(self, key: str) -> str:
        """A text that must be there."""
        text = self.optional(key)
        if text is None:
            self.wrong(f"{key!r} is missing", key)
            return ""
        return text

    def optional(self, key: str) -> str | None:
        """A text, or null when it is absent."""
        found = self.found.get(key)
        if found is None or isinstance(found, str):
            return " ".join(found.split()) if found else None
        self.wrong(f"{key!r} is not a text", key)
        return None

    def flag(self, key: str) -> bool:
        """`true` or `false`; it must be there."""
        found = self.found.get(key)
        if not isinstance(found, bool):
            self.wrong(f"{key!r} must be true or false", key)
            return False
        return found

    def checked(self, key: str, check: Callable[[str], str], required: bool) -> str | None:
        """A text that a check of app.terms accepts, or null."""
        text = self.text(key) if required else self.optional(key)
        if text:
            try:
                return check(text)
            except ValueError as error:
                self.wrong(f"{key!r} {error}: {text}", key)
        return None

    def word(self, key: str, words: type[Word], default: Word | None = None) -> Word:
        """One word of an enum."""
        text = self.optional(key)
        if text is None and default is not None:
            return default
        try:
            return words(text or "")
        except ValueError:
            self.wrong(f"{key!r} is none of {', '.join(words)}: {text}", key)
            return next(iter(words))

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts; empty when it is absent."""
        found = self.found.get(key)
        if found is None:
            return ()
        if not isinstance(found, list) or not all(isinstance(item, str) for item in found):
            self.wrong(f"{key!r} is not a list of texts", key)
            return ()
        return tuple(" ".join(item.split()) for item in found)

    def inner(self, key: str, known: str) -> "Reader":
        """A mapping that must be there."""
        found = self.found.get(key)
        if not isinstance(found, Lined):
            self.wrong(f"{key!r} is missing or is no mapping", key)
            found = Lined()
            found.line, found.lines = self.found.lines.get(key, self.found.line), {}
            return Reader(found, self.path, Errors(), known)
        return Reader(found, self.path, self.errors, known)

    def each(self, key: str, known: str) -> Iterator["Reader"]:
        """The mappings of a list; none when it is absent."""
        found = self.found.get(key)
        if found is None:
            return
        if not isinstance(found, list):
            self.wrong(f"{key!r} is not a list", key)
            return
        for item in found:
            if isinstance(item, Lined):
                yield Reader(item, self.path, self.errors, known)
            else:
                self.wrong(f"{key!r} holds {item!r}, which is no mapping", key)


def read(path: str, text: str, errors: Errors, known: str) -> Reader | None:
    """One file as a reader of its top mapping; null, and an error, when it is not YAML."""
    try:
        node = yaml.compose(text, Loader=_Loader)
        found = _values(node, {}) if node is not None else None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        errors.add(path, mark.line + 1 if mark else 1, str(getattr(error, "problem", error)))
        return None
    if not isinstance(found, Lined):
        errors.add(path, 1, "is no mapping")
        return None
    return Reader(found, path, errors, known)


Files = Mapping[str, str]
"""Path of a file, relative to data/, to its text."""
