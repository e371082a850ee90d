"""A form as a browser sends it, as the question that the same words would be in JSON.

Fields are named by their path, `legs.0.state`, which is how a fault names its place too, so that
each fault finds its field again. What is left empty is absent.
"""

from collections import Counter
from collections.abc import Collection, Mapping
from typing import Any, TypeVar
from urllib.parse import parse_qsl

from pydantic import ValidationError

from app.assessment.report import Refused
from app.desk import decoder
from app.faults import FieldWrong, wrong_fields
from app.page.saying import Words
from app.where import Places

T = TypeVar("T")
MOST_FIELDS = 6000  # fifty legs and five hundred claims have fewer
_DEEPEST = 6


class FormWrong(Exception):
    """A form that is no question: every field that is wrong, with words."""

    def __init__(self, faults: tuple[FieldWrong, ...]) -> None:
        super().__init__("; ".join(f"{fault.field}: {fault.words}" for fault in faults))
        self.faults = faults


class Faults:
    """What a page itself finds wrong with a form, as it is found, in the words of the page."""

    def __init__(self, w: Words) -> None:
        self.words = w["faults"]
        self.found: list[FieldWrong] = []

    def add(self, field: str, name: str, **gaps: object) -> None:
        """One more: the field, and the name of the text that says what is wrong with it."""
        self.found.append(FieldWrong(field=field, words=self.words[name].format(**gaps)))

    def check(self) -> None:
        """Raise FormWrong where something is wrong."""
        if self.found:
            raise FormWrong(tuple(self.found))


def fields(body: bytes) -> dict[str, str]:
    """The fields of a form; FormWrong for what is none, or where a field comes twice."""
    try:
        pairs = parse_qsl(
            body.decode(), keep_blank_values=True, errors="strict", max_num_fields=MOST_FIELDS
        )
    except ValueError as error:  # not UTF-8, or too many
        raise FormWrong((FieldWrong(field="form", words="cannot be read"),)) from error
    found = dict(pairs)
    if len(found) < len(pairs):
        times = Counter(name for name, _ in pairs)
        twice = sorted({name[:100] for name, many in times.items() if many > 1})
        raise FormWrong(tuple(FieldWrong(field=name, words="is given twice") for name in twice[:9]))
    # A browser sends line breaks as two characters; a text has one.
    return {name: text.replace("\r\n", "\n") for name, text in found.items()}


def nested(given: Mapping[str, str], whole: Collection[str] = ()) -> dict[str, Any]:
    """Fields by path as objects and lists; numbered parts are lists, in the order of the numbers.

    Blanks around a text are no part of it, unless it is one of those that are taken `whole`.
    """
    tree: dict[str, Any] = {}
    for name, text in given.items():
        if not text.strip():
            continue
        at = tree
        *way, last = name.split(".")[:_DEEPEST]
        for part in way:
            down = at.setdefault(part, {})
            if not isinstance(down, dict):
                raise FormWrong((FieldWrong(field=name[:100], words="cannot be read"),))
            at = down
        at[last] = text if name in whole else text.strip()
    found = _lists(tree)
    assert isinstance(found, dict)
    return found


def is_place(key: str) -> bool:
    """Whether a part of a path is the place of an entry among several."""
    return key.isascii() and key.isdigit() and len(key) < 5


def _lists(node: Any) -> Any:
    if not isinstance(node, dict):
        return node
    if node and all(map(is_place, node)):
        return [_lists(node[key]) for key in sorted(node, key=int)]
    return {key: _lists(below) for key, below in node.items()}


def flat(question: Any, path: str = "") -> dict[str, str]:
    """A question as the fields of a form."""
    if isinstance(question, Mapping):
        parts = [(str(name), part) for name, part in question.items()]
    elif isinstance(question, list | tuple):
        parts = [(str(number), part) for number, part in enumerate(question)]
    elif question is None:
        return {}
    else:
        text = str(question).lower() if isinstance(question, bool) else str(question)
        return {path: text}
    found: dict[str, str] = {}
    for name, part in parts:
        found |= flat(part, f"{path}.{name}" if path else name)
    return found


def faults_of(error: Exception) -> tuple[FieldWrong, ...]:
    """What is wrong with which field, whoever found it."""
    if isinstance(error, FormWrong):
        return error.faults
    if isinstance(error, Refused):
        return tuple(FieldWrong(field=item.field, words=item.words) for item in error.faults)
    return (FieldWrong(field=getattr(error, "field", "form"), words=str(error)),)


def asked(kind: type[T], question: Any) -> T:
    """The question of a type; FormWrong with every field that is wrong where it is none."""
    try:
        return decoder(kind).validate_python(question)
    except ValidationError as error:
        found = [{**item, "loc": ("body", *item["loc"])} for item in error.errors()]
        raise FormWrong(wrong_fields(found, question)) from error


def state(words: str, places: Places) -> str:
    """The code of the State that somebody named, by code or in words; else what was written."""
    text = words.strip()
    return (None if len(text) == 2 else places.country(text)) or text.upper()
