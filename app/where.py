"""Places: which State answers for one, which time it keeps, and what a country is called.

Answers come from the rows of data/places.csv. A place that is not known leaves every zone of its
State possible; a place whose State is disputed says so.
"""

import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from app.terms import Place, PlaceKind, value
from app.when import days


@lru_cache(maxsize=2048)
def fold(text: str) -> str:
    """Letters and digits only, without case and diacritics, single blanks between words."""
    bare = "".join(
        letter
        for letter in unicodedata.normalize("NFKD", text)
        if unicodedata.category(letter) != "Mn"
    )
    return " ".join(
        "".join(letter if letter.isalnum() else " " for letter in bare.casefold()).split()
    )


@lru_cache(maxsize=1024)
def with_article(name: str) -> str:
    """A State's name as a sentence says it: `the Russian Federation`, `Iraq`."""
    words = set(name.replace("(", "").replace(")", "").split())
    takes = {
        "Federation", "Kingdom", "States", "Emirates", "Netherlands", "Philippines", "Bahamas",
        "Gambia", "Maldives", "Comoros", "Seychelles", "Islands", "Congo", "Holy", "Palestine",
    }  # fmt: skip
    named = words & takes or ("Republic" in words and "(" not in name)
    return f"the {name}" if named else name


@value
class Located:
    """Where a leg goes: the State that answers for it, and the zones it may lie in."""

    code: str
    """The ISO code as asked."""
    state: str
    """The ISO code of the State that answers for it."""
    state_name: str
    """As a sentence says it: `the Russian Federation`."""
    place: str | None
    """The city's name in data/places.csv, where the place is known."""
    zones: tuple[str, ...]
    disputed: str | None
    row: str
    """The row of data/places.csv that says so."""


class Places:
    """An index over the rows of data/places.csv."""

    def __init__(self, rows: Iterable[Place]) -> None:
        self.rows = tuple(rows)
        self._states = {row.code: row for row in self.rows if row.kind is PlaceKind.state}
        self._countries: dict[str, str] = {}
        self._named: dict[tuple[str, ...], tuple[str, ...]] = {}
        self._cities: dict[tuple[str, str], Place] = {}
        self._seats: dict[tuple[str, str], list[Place]] = {}
        for row in self.rows:
            for name in (row.name, *row.also):
                if row.kind in (PlaceKind.state, PlaceKind.shared):
                    self._named.setdefault(tuple(fold(name).split()), tuple(row.code.split(";")))
                if row.kind is PlaceKind.state:
                    self._countries.setdefault(fold(name), row.code)
                elif row.kind is PlaceKind.city:
                    self._cities.setdefault((row.code, fold(name)), row)
            if row.kind is PlaceKind.seat and row.capital:
                self._seats.setdefault((row.code, fold(row.capital)), []).append(row)
        self._longest = max(map(len, self._named), default=0)

    def name(self, code: str) -> str:
        """The name of a State or territory; the code itself where no row has it."""
        row = self._states.get(code)
        return row.name if row else code

    def answers_for(self, code: str) -> str:
        """The ISO code of the State that answers for a State or territory."""
        row = self._states.get(code)
        return (row.state if row and row.state else None) or code

    def country(self, words: str) -> str | None:
        """The ISO code that a country's name means, in any of its forms; null when unknown."""
        return self._countries.get(fold(words))

    def named(self, words: str) -> tuple[str, ...]:
        """The ISO codes of all States that words may mean, wherever their names stand in them.

        A name that several share (`Congolese`, `Soviet Union`) means each of them; of names that
        begin at one word the longest counts (`South Sudan` names no Sudan).
        """
        told = fold(words).split()
        found: dict[str, None] = {}
        place = 0
        while place < len(told):
            for length in range(min(self._longest, len(told) - place), 0, -1):
                codes = self._named.get(tuple(told[place : place + length]))
                if codes is not None:
                    found.update(dict.fromkeys(codes))
                    break
            else:
                length = 1
            place += length
        return tuple(found)

    def city(self, code: str, words: str) -> Place | None:
        """The city of that name in a State or territory, or null."""
        folded = fold(words)
        found = self._cities.get((code, folded))
        if found is None and folded:
            # "Sheremetyevo airport, Moscow" names the city among other words.
            parts = [fold(part) for part in words.replace("(", ",").replace(")", ",").split(",")]
            hits = {
                row.name: row
                for part in parts
                if (row := self._cities.get((code, part))) is not None
            }
            found = next(iter(hits.values())) if len(hits) == 1 else None
        return found

    def claimed(self, code: str, words: str) -> Place | None:
        """A city under another code whose ground this State claims too, or null.

        Who files Sevastopol under the other State that claims it asks about the same disputed city.
        """
        folded = fold(words)
        own = self._states[code]
        names = [f" {fold(name)} " for name in (own.name, *own.also)]
        for (other, name), row in self._cities.items():
            if name == folded and other != code and row.disputed:
                told = f" {fold(row.disputed)} "
                if any(name in told for name in names):
                    return row
        return None

    def seats(self, code: str, words: str | None) -> tuple[Place, ...]:
        """International organisations that have their seat in that city."""
        if words is None:
            return ()
        city = self.city(code, words)
        return tuple(self._seats.get((code, fold(city.name if city else words)), ()))

    def locate(self, code: str, words: str | None, on: str | None = None) -> Located:
        """Where a leg with this ISO code and place goes, on a day, month or year.

        An unknown place leaves all zones of the State; a dispute that began after that day is
        none yet. KeyError for a code without a row.
        """
        state = self._states[code]
        city = (self.city(code, words) or self.claimed(code, words)) if words else None
        row = city or state
        answers = state.state or code
        return Located(
            code=code,
            state=answers,
            state_name=with_article(self.name(answers)),
            place=city.name if city else None,
            zones=row.zones or state.zones or ("UTC",),
            disputed=(_disputed(city, on) if city else None) or _disputed(state, on),
            row=row.name,
        )


def _disputed(row: Place, on: str | None) -> str | None:
    if row.disputed_since and on and days(on)[1].isoformat() < row.disputed_since:
        return None
    return row.disputed
