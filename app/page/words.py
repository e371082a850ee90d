"""Every text that the page itself says, by language: one file each, so that another is one more.

What an answer says, its sentence and its reasons, is on record as it was said and stays so.
"""

from functools import cache
from pathlib import Path

import yaml

from app.page.saying import Words

FOLDER = Path(__file__).parent / "words"
DEFAULT = "en"


@cache
def languages() -> tuple[str, ...]:
    """The languages that there is a file of, by their tags (BCP 47)."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.yaml")))


@cache
def words(language: str) -> Words:
    """The texts in a language."""
    with (FOLDER / f"{language}.yaml").open(encoding="utf-8") as file:
        found: Words = yaml.load(file, Loader=yaml.CSafeLoader)
    return found


def preferred(accepted: str) -> str:
    """The language of those that there are which an Accept-Language header likes best."""
    wanted = []
    for number, part in enumerate(accepted[:500].split(",")):
        tag, _, quality = part.strip().partition(";q=")
        try:
            wanted.append((-float(quality or 1), number, tag.partition("-")[0].casefold()))
        except ValueError:
            continue
    return next((tag for _, _, tag in sorted(wanted) if tag in languages()), DEFAULT)
