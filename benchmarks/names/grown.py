"""Lists far longer than the UN's, made by seed.

Seven words in ten are words of listed names, as often as they stand there; the others are words
of invented people's names, or a word of either kind with one letter wrong, so that distinct parts
go on growing. A party has one to eight names: the first, and others in which a word is left out,
wrong, another one, or two words stand in turn. A shorter list is the beginning of a longer one.
"""

import random
from collections.abc import Iterator, Sequence

_LISTED, _INVENTED = 0.7, 0.15
_LETTERS = "aeioubdfghjklmnrstyz"
_MOST_NAMES = 8
_SEED = 7


def parties(names: Sequence[Sequence[str]], how_many: int) -> Iterator[tuple[str, bool, list[str]]]:
    """Persons with so many names between them, of the words of listed and of invented names."""
    drawn = random.Random(_SEED)
    listed, invented = ([word for name in some for word in name.split()] for some in names)

    def word() -> str:
        kind = drawn.random()
        if kind < _LISTED:
            return drawn.choice(listed)
        if kind < _LISTED + _INVENTED:
            return drawn.choice(invented)
        return misspelt(drawn.choice(drawn.choice((listed, invented))), drawn)

    made = number = 0
    while made < how_many:
        first = [word() for _ in range(drawn.choices((2, 3, 4), (7, 9, 4))[0])]
        own = [first]
        for _ in range(drawn.randrange(_MOST_NAMES)):
            other = list(first)
            at = drawn.randrange(len(other))
            change = drawn.randrange(4)
            if change == 0 and len(other) > 2:
                del other[at]
            elif change == 1:
                other[at] = misspelt(other[at], drawn)
            elif change == 2:
                other[at] = word()
            else:
                other[at - 1], other[at] = other[at], other[at - 1]
            if other not in own:
                own.append(other)
        own = own[: how_many - made]
        made += len(own)
        number += 1
        yield f"ZZi.{number:07}", True, [" ".join(one) for one in own]


def misspelt(text: str, drawn: random.Random) -> str:
    """A text with one letter more, less, another or in another place."""
    if len(text) < 3:
        return text
    at = drawn.randrange(1, len(text))
    kind = drawn.randrange(4)
    if kind == 0:
        return text[:at] + text[at + 1 :]
    if kind == 1:
        return text[: at - 1] + text[at] + text[at - 1] + text[at + 1 :]
    return text[:at] + drawn.choice(_LETTERS) + text[at + (kind == 2) :]
