"""What the law files say of one reference on one day, by a program of its own.

It knows the files as plain YAML and none of the rules under app/: days are midnights at the place,
an arrival is looked at where it begins and at every boundary inside it. Somebody is taken to be
listed for ever.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import yaml

DAY = timedelta(days=1)
_FAR = datetime(9000, 1, 1, tzinfo=UTC)
_RANK = ["binding_ban", "vigilance", "unknown", "ended", "not_yet", "other_measures_only"]
_TRAVEL = ("travel_ban", "travel_vigilance", "travel_notification")


def read(folder: Path) -> dict[str, dict[str, Any]]:
    """The law files of a folder, by the number of their regime."""
    found = (yaml.safe_load(path.read_text()) for path in sorted(folder.glob("*.yaml")))
    return {item["regime"]: item for item in found}


@dataclass(frozen=True)
class Time:
    """A time of a measure, as written; each side a day, an instant or a bracket of two."""

    ban: bool
    start: Any
    end: Any
    verified_to: date | None


def times(law: dict[str, dict[str, Any]], regime: str, reference: str) -> list[Time]:
    """Every time for which a measure on travel reaches a reference by its terms."""
    found = [
        Time(each.ban, each.start, each.end, each.verified_to)
        for measure in law[regime]["measures"]
        for each in _of(measure, law[regime], reference)
    ]
    for move in law[regime].get("moved_from", ()):
        on = move[True]  # what YAML 1.1 makes of the word `on`
        found += [
            Time(each.ban, each.start, on, each.verified_to)
            for measure in law[move["regime"]]["measures"]
            for each in _of(measure, law[move["regime"]], reference)
            if _edges(each.start)[0] < on
        ]
    return found


def _of(measure: dict[str, Any], regime: dict[str, Any], reference: str) -> Iterator[Time]:
    if measure["kind"] not in _TRAVEL or "entry" not in measure["covers"]:
        return
    reach, own = measure["reach"], measure["intervals"]
    if reach["mode"] == "annex":
        if not any(reference in regime["annexes"][name] for name in reach["annexes"]):
            return
    elif reach["mode"] == "per_person":
        own = [
            interval
            for person in reach["persons"]
            if person["reference"] == reference
            for interval in person["intervals"]
        ]
    elif reach["mode"] not in ("all_listed", "listed_and_family"):
        return
    for interval in own:
        end = interval["until"]
        if reach["mode"] == "per_person" and end is None:
            end = measure["intervals"][-1]["until"]
        yield Time(
            ban=measure["kind"] == "travel_ban",
            start=interval["from"],
            end=end,
            verified_to=verified_to(measure),
        )


def verified_to(measure: dict[str, Any]) -> date | None:
    """The last day to which an open measure was seen to be in force."""
    if measure["intervals"][-1]["until"] is not None:
        return None
    terms = [
        measure.get("first_term_to"),
        *(item.get("to") for item in measure.get("renewals", ())),
    ]
    known = [item for item in terms if item is not None]
    last: date | None = known[-1] if known else measure.get("verified_to")
    return last


def _edges(boundary: Any) -> tuple[Any, Any]:
    if isinstance(boundary, dict):
        return boundary["between"][0], boundary["between"][1]
    return boundary, boundary


def moment(boundary: Any, zone: ZoneInfo) -> datetime:
    """When a day begins at a place; an instant is the same everywhere."""
    if boundary is None:
        return _FAR
    if isinstance(boundary, str):
        return datetime.fromisoformat(boundary).astimezone(UTC)
    return datetime(boundary.year, boundary.month, boundary.day, tzinfo=zone).astimezone(UTC)


def boundaries(found: list[Time]) -> set[Any]:
    """Every boundary at which an answer may change; beyond the last verified day too."""
    edges = {edge for item in found for side in (item.start, item.end) for edge in _edges(side)}
    edges |= {item.verified_to + DAY for item in found if item.verified_to}
    return edges - {None}


def standing(found: list[Time], day: date, zone_name: str) -> tuple[str, bool]:
    """The measure standing for an arrival on a day, and whether it is definite."""
    zone = ZoneInfo(zone_name)
    start, end = moment(day, zone), moment(day + DAY, zone)
    inside = {moment(edge, zone) for edge in boundaries(found)}
    looked = [start, *(each for each in inside if start < each < end)]
    stood = [_at(found, each, zone) for each in looked]
    best = min((word for word, _ in stood), key=_RANK.index)
    return best, all(word == best and sure for word, sure in stood)


def _at(found: list[Time], now: datetime, zone: ZoneInfo) -> tuple[str, bool]:
    stood: list[tuple[str, bool]] = []
    for item in found:
        (first, surely_from), (surely_to, last) = _edges(item.start), _edges(item.end)
        if not moment(first, zone) <= now < moment(last, zone):
            continue
        if item.verified_to and now >= moment(item.verified_to + DAY, zone):
            stood.append(("unknown", True))
            continue
        sure = moment(surely_from, zone) <= now < moment(surely_to, zone)
        stood.append(("binding_ban" if item.ban else "vigilance", sure))
    if stood:
        best = min((word for word, _ in stood), key=_RANK.index)
        return best, any(sure for word, sure in stood if word == best)
    if any(moment(_edges(item.start)[0], zone) <= now for item in found):
        return "ended", True
    return ("not_yet" if found else "other_measures_only"), True
