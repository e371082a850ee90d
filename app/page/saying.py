"""Days and paragraphs in the words of a language."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

Words = Mapping[str, Any]
"""The texts of the page in one language."""


def in_words(text: str | None, w: Words) -> str:
    """A year, a month, a day or a moment in words; without an offset it is one at its place."""
    if not text:
        return ""
    date, _, time = text.partition("T")
    if time and datetime.fromisoformat(text).tzinfo is not None:
        moment = datetime.fromisoformat(text).astimezone(UTC)
        said: str = w["days"]["instant"]
        return said.format(time=f"{moment:%H:%M}", day=in_words(f"{moment:%Y-%m-%d}", w))
    year, *rest = date.split("-")
    months = w["days"]["months"].split()
    parts = {"year": year, "month": months[int(rest[0]) - 1] if rest else "", "time": time}
    if len(rest) > 1:
        parts["day"] = w["days"]["day"].format(**parts, day=int(rest[1]))
        return str(w["days"]["at"].format(**parts) if time else parts["day"])
    return str(w["days"]["month"].format(**parts) if rest else year)


def authority(cited: Mapping[str, Any], w: Words) -> str:
    """A resolution with its paragraph, or the place in its annex."""
    place = cited["paragraph"]
    kind = "paragraph_whole" if not place else "annex" if place.startswith("Annex") else "paragraph"
    return str(w["sources"][kind].format(resolution=cited["resolution"], paragraph=place))
