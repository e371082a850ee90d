"""A name in any script, cut into parts: what each part is, and the form that joins scripts.

Every part carries its folded Latin text and its consonant skeleton. Spellings of one name differ
in vowels and doubled letters, and writers of Arabic script leave short vowels out, so the
skeleton is what Latin, Arabic and Cyrillic spellings share. The tables come from `data/names`.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

MOST_PARTS = 32
"""Parts of one name that are looked at; what follows is left out."""

_MOST_CHARACTERS = 600
_MOST_REPEATED = 3
"""A word said more often than this in one name adds nothing."""
_VOWELS = frozenset("aeiouy")


class PartIs(StrEnum):
    """What a part of a name is."""

    name = "name"
    particle = "particle"
    title_ = "title"
    initial = "initial"


class NamePart(NamedTuple):
    """One part of a name. A tuple, because an index holds many and compares them all the time."""

    text: str
    """Folded to lower-case Latin letters where a table knows the script."""
    skeleton: str
    """Consonants alone, those that romanisations mix up joined."""
    second: str
    """The skeleton by the other habit (th as s, dh as z, g as j); empty where it is the same."""
    kind: PartIs
    abjad: bool
    """Whether it was written in Arabic script, which leaves short vowels out."""
    written: str
    """As it was written."""


@dataclass(frozen=True, slots=True, eq=False)
class Rules:
    """The tables of `data/names`, made ready for use; one is only itself, so caches can hold it."""

    letters: Mapping[str, str]
    abjad: Mapping[str, tuple[str, str]]
    """Arabic-script letter to its Latin form as the first letter of a word, and elsewhere."""
    lookalikes: Mapping[int, str]
    titles: Mapping[str, str]
    particles: Mapping[str, str]
    nicknames: Mapping[str, str]
    common: Mapping[str, float]
    """Skeleton of a part that very many people bear, to the most that it may weigh."""
    role_words: Mapping[str, str]
    role_phrases: Mapping[str, str]
    """Several words for an organisation, to the one that stands for it."""


_made: list[tuple[Mapping[str, Mapping[str, str]], Rules]] = []  # the last, or none


def rules(names: Mapping[str, Mapping[str, str]]) -> Rules:
    """The name tables made ready for use; a table that is absent counts as empty.

    The same tables are the same rules, so that what was made by them can be kept.
    """
    if not _made or _made[0][0] is not names:
        _made[:] = [(names, _rules(names))]
    return _made[0][1]


def _rules(names: Mapping[str, Mapping[str, str]]) -> Rules:
    def table(stem: str) -> Mapping[str, str]:
        return names.get(stem, {})

    abjad = {}
    for form, meaning in table("arabic").items():
        first, bar, later = meaning.partition("|")
        abjad[form] = (first, later if bar else first)
    common: dict[str, float] = {}
    for form, meaning in table("common").items():
        skeleton = skeletons(_regular(form))[0]
        common[skeleton] = min(float(meaning), common.get(skeleton, 1.0))
    return Rules(
        letters={**table("latin"), **table("cyrillic")},
        abjad=abjad,
        lookalikes={ord(form): meaning for form, meaning in table("lookalikes").items()},
        titles=table("titles"),
        particles=table("particles"),
        nicknames=table("nicknames"),
        common=common,
        role_words=table("role_words"),
        role_phrases=table("role_phrases"),
    )


# ---------------------------------------------------------------- letters

_APOSTROPHES = re.compile(r"['’‘ʼʻʿʾ`´′ʹ＇]")
_BREAKS = re.compile(r"[\W_]+")


def visible(text: str) -> str:
    """The text without characters that cannot be seen, white space folded."""
    kept = []
    for character in text:
        if character.isascii() and character.isprintable():
            kept.append(character)
            continue
        category = unicodedata.category(character)
        if category == "Cf" or category == "Cs":
            continue
        kept.append(" " if category in ("Cc", "Zs", "Zl", "Zp", "Cn", "Co") else character)
    return " ".join("".join(kept).split())


def _bare(word: str) -> str:
    """Lower case, compatibility forms and marks folded away."""
    if word.isascii():
        return word.lower()
    decomposed = unicodedata.normalize("NFKD", word.casefold())
    return "".join(c for c in decomposed if not unicodedata.category(c).startswith("M"))


def _latin(word: str, rules: Rules) -> tuple[str, bool]:
    """A bare word in Latin letters as far as the tables go, and whether it was Arabic script."""
    if word.isascii() and not any(c.isdigit() for c in word):
        return word, False
    if any("a" <= c <= "z" for c in word):
        # A word of two alphabets was typed to deceive, or with the wrong keyboard.
        word = word.translate(rules.lookalikes)
    if not any(c in rules.abjad for c in word):
        return "".join(rules.letters.get(c, c) for c in word), False
    forms = [
        rules.abjad[c][0 if place == 0 else 1] if c in rules.abjad else rules.letters.get(c, c)
        for place, c in enumerate(word)
    ]
    return "".join(forms), True


@lru_cache(maxsize=16384)
def fold(text: str, rules: Rules) -> str:
    """A text in lower-case Latin letters, digits and single blanks, for comparing words."""
    words = _BREAKS.sub(" ", _APOSTROPHES.sub("", _bare(visible(text)))).split()
    return " ".join(latin for latin, _ in (_latin(word, rules) for word in words) if latin)


# ---------------------------------------------------------------- skeleton

_DOUBLED = re.compile(r"(.)\1+")
_WEAK_END = re.compile(r"(?<![cdgkpstz])h$")
_SOUNDS = re.compile(
    r"shch|tch|sch|sh|ch|dzh|dj|zh|kh|gh|th|dh|ph|ck|c(?=[eiy])|[cqg]|x|"
    r"^ou(?=[aeiy])|^[wv]|w|v(?![aeiy]?$|i?ch$|n[ay]$)|m(?=[bp])"
)
_HABIT = {
    "shch": "x", "tch": "x", "sch": "x", "sh": "x", "ch": "x", "dzh": "j", "dj": "j", "zh": "j",
    "kh": "h", "gh": "k", "th": "t", "dh": "d", "ph": "f", "ck": "k", "q": "k", "g": "k",
    "x": "ks", "m": "n",
}  # fmt: skip
_SECOND_HABIT = {"th": "s", "dh": "z", "g": "j"}
_WRITTEN_VOWELS = re.compile(r"(?<=.)[aeiouy]|^[aeiou]|^y(?![aeiou])")


@lru_cache(maxsize=32768)
def skeletons(text: str) -> tuple[str, str]:
    """The consonant skeleton of a folded part, and the one by the other habit (or empty)."""
    text = _WEAK_END.sub("", _DOUBLED.sub(r"\1", text)) or text

    def sound(habit: Mapping[str, str]) -> str:
        def one(match: re.Match[str]) -> str:
            found = match.group()
            if found in ("w", "v", "ou"):
                return "w" if match.start() == 0 else ""
            if found == "c":
                return "s" if text[match.end() : match.end() + 1] in "eiy" else "k"
            return habit.get(found) or _HABIT[found]

        return _WRITTEN_VOWELS.sub("", _SOUNDS.sub(one, text))

    first = sound(_HABIT) or text
    second = sound({**_HABIT, **_SECOND_HABIT}) or text
    return first, second if second != first else ""


# ---------------------------------------------------------------- parts

_SERVANT = re.compile(r"abd([aeiou]{1,2}[lrszdnt]h?)?$")
_SERVANT_OF = re.compile(r"abd[aeiou]{0,2}(l?.{3,})$")
_OF_GOD = re.compile(r"(.{3,}?)[aou]{1,2}ll?a?h$")
_OF_FAITH = re.compile(r"(.{3,}?)(?:[aeou]l|oul|[aeou]d|oud|id)(?:din|dine|deen|dein|dyn)$")
_GOD = frozenset(("allah", "ullah", "ollah", "alah", "allh", "ulah"))
_FAITH = frozenset(("din", "dine", "deen", "dein", "dyn"))
_THE_FAITH = re.compile(r"(?:[aeou]l|oul|[aeou]d|oud)(?:din|dine|deen|dein|dyn)$")


def _regular(text: str) -> str:
    """Names made with abd-, -allah and -al-din, in one spelling of that piece."""
    if text.startswith("abd"):
        match = _SERVANT_OF.match(text)
        if match:
            if _OF_GOD.match(text) and len(text) <= 10:
                return "abdullah"
            rest = _DOUBLED.sub(r"\1", match[1]).lstrip("l")
            return "abdul" + rest if len(rest) >= 3 else text
    if text[-1:] in ("h", "n", "e"):
        if match := _OF_GOD.match(text):
            return match[1] + "ullah"
        if match := _OF_FAITH.match(text):
            return match[1] + "uddin"
    return text


class _Word(NamedTuple):
    text: str
    abjad: bool
    written: str


def _words(name: str, rules: Rules) -> list[_Word]:
    """The words of a name, in the order in which it is spoken."""
    name = visible(name[:_MOST_CHARACTERS])
    before, comma, after = name.partition(",")
    if comma and "," not in after:
        name = f"{after} {before}"
    words: list[_Word] = []
    name = _APOSTROPHES.sub("", unicodedata.normalize("NFC", name))
    for written in _BREAKS.sub(" ", name).split():
        bare = _bare(written)
        if bare.startswith("ال") and len(bare) > 4 and bare != "الله":
            words.append(_Word("al", True, written[:2]))
            bare, written = bare[2:], written[2:]
        text, abjad = _latin(bare, rules)
        if text and sum(word.written == written for word in words) < _MOST_REPEATED:
            words.append(_Word(rules.nicknames.get(text, text), abjad, written))
        if len(words) >= MOST_PARTS:
            break
    return words


def _glued(words: list[_Word], rules: Rules) -> list[_Word]:
    """Words that belong together made one: abd + X, X + allah, X + al + din."""
    glued: list[_Word] = []
    at = 0
    while at < len(words):
        word = words[at]
        at += 1
        if _SERVANT.match(word.text):
            over = at
            while over < len(words) and rules.particles.get(words[over].text) in (
                "article",
                "assimilated",
            ):
                over += 1
            if over < len(words):
                rest = words[over].text
                text = "abdullah" if rest in _GOD else "abdul" + (rest.lstrip("l") or rest)
                written = " ".join(w.written for w in words[at - 1 : over + 1])
                word = _Word(text, word.abjad or words[over].abjad, written)
                at = over + 1
        following = [w.text for w in words[at : at + 2]]
        if following and following[0] in _GOD and len(word.text) > 2:
            word = _Word(word.text + "ullah", word.abjad, f"{word.written} {words[at].written}")
            at += 1
        elif following and _THE_FAITH.match(following[0]) and len(word.text) > 2:
            word = _Word(word.text + "uddin", word.abjad, f"{word.written} {words[at].written}")
            at += 1
        elif (
            len(following) == 2
            and following[1] in _FAITH
            and rules.particles.get(following[0]) in ("article", "assimilated")
        ):
            written = f"{word.written} {words[at].written} {words[at + 1].written}"
            word = _Word(word.text + "uddin", word.abjad, written)
            at += 2
        glued.append(word._replace(text=_regular(word.text)))
    return glued


def part(text: str, kind: PartIs, abjad: bool, written: str) -> NamePart:
    """A part made of folded text."""
    first, second = skeletons(text)
    return NamePart(text, first, second, kind, abjad, written)


@lru_cache(maxsize=8192)
def joined(left: NamePart, right: NamePart) -> NamePart:
    """Two neighbouring parts written as one."""
    return part(
        _regular(left.text + right.text),
        PartIs.name,
        left.abjad or right.abjad,
        f"{left.written} {right.written}",
    )


@lru_cache(maxsize=16384)  # a new record holds mostly the names of the one before
def parts(name: str, rules: Rules) -> tuple[NamePart, ...]:
    """The parts of one name, in the order in which it is spoken; empty when it has no letters."""
    words = _glued(_words(name, rules), rules)
    found = []
    for at, word in enumerate(words):
        kind = PartIs.name
        particle = rules.particles.get(word.text)
        if particle == "assimilated":
            # `ash` is the article in ash-Shami, and a name elsewhere.
            following = words[at + 1].text if at + 1 < len(words) else ""
            kind = PartIs.particle if following.startswith(word.text[1:]) else PartIs.name
        elif particle is not None:
            kind = PartIs.particle
        elif word.text in rules.titles:
            kind = PartIs.title_
        elif len(word.text) == 1 and word.text.isascii() and word.text.isalpha():
            kind = PartIs.initial
        found.append(part(word.text, kind, word.abjad, word.written))
    for only in (PartIs.title_, PartIs.particle, PartIs.initial):
        # A title or particle that stands alone is the name: nothing else is there to go by.
        if found and all(p.kind is not PartIs.name for p in found):
            found = [p._replace(kind=PartIs.name) if p.kind is only else p for p in found]
    return tuple(found)


_BRACKETED = re.compile(r"[(\[{]([^()\[\]{}]*)[)\]}]")
_REMARK = re.compile(
    r"\b(names?|birth|born|combat|alias|previously|formerly|listed|deceased|passport|nickname|"
    r"guerre|known|script|spelling|variant|transliteration|possibly|brother|sister|son|wife|"
    r"father|mother|clan|tribe|number|former)\b",
    re.IGNORECASE,
)


def spellings(name: str) -> tuple[str, ...]:
    """The names written in one text: those parted by semicolons, and those given in brackets.

    A remark in brackets ("birth name") is no name. The text itself is the answer where nothing
    else is left.
    """
    found: list[str] = []
    for inside in _BRACKETED.findall(name[:_MOST_CHARACTERS]):
        found += [] if _REMARK.search(inside) else inside.split(";")
    outside = _BRACKETED.sub(" ", name[:_MOST_CHARACTERS]).split(";")
    names = tuple(dict.fromkeys(" ".join(n.split()) for n in (*outside, *found)))
    return tuple(n for n in names if any(c.isalnum() for c in n)) or (name,)
