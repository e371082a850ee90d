"""A name in any script, cut into parts: what each part is, and the forms that it is compared by.

A particle (the article, son of) belongs to the part that it stands before. `abd` + X,
X + `allah`, X + `al-din` and `abu` + X are one part each.
"""

import re
import unicodedata
from collections.abc import Sequence
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz.distance import Levenshtein

from app.screening.letters import (
    APOSTROPHES,
    BREAKS,
    Rules,
    bare,
    digits_within,
    latin,
    of_two_alphabets,
    regular,
    skeletons,
    skeletons_anew,
    spelt_out,
    unseen,
    visible,
    without_marks,
)
from app.screening.syllables import KOREAN, cut, korean

MOST_PARTS = 16
"""Parts of one name that are looked at; what follows is left out."""

_MOST_CHARACTERS = 600
_MOST_REPEATED = 3
"""A word said more often than this in one name adds nothing."""


class PartIs(StrEnum):
    """What a part of a name is."""

    name = "name"
    """A name, and nothing says which."""
    given = "given"
    family = "family"
    patronymic = "patronymic"
    kunya = "kunya"
    """Father or mother of somebody: abu X, umm X."""
    nisba = "nisba"
    """Where from, or of which people: al-Tikriti."""
    title_ = "title"
    title_or_name = "title_or_name"
    generation = "generation"
    ordinal = "ordinal"
    initial = "initial"
    legal_form = "legal_form"
    organisation = "organisation"
    """A word of many organisations: bank, trading, front."""
    place = "place"
    """A State or its people, in the name of an organisation."""


NAMES = frozenset(
    (
        PartIs.name,
        PartIs.given,
        PartIs.family,
        PartIs.patronymic,
        PartIs.kunya,
        PartIs.nisba,
    )
)
"""Kinds of part that are names; by the others alone nobody is meant."""


class NamePart(NamedTuple):
    """One part of a name. A tuple, because an index holds many and compares them all the time."""

    text: str
    """Folded to lower-case Latin letters."""
    skeleton: str
    """Consonants alone, those that romanisations mix up joined."""
    second: str
    """The skeleton by the other habit (th as s, dh as z, g as j); empty where it is the same.

    Of a Korean or Chinese syllable, what is said: app/screening/syllables.py.
    """
    variants: tuple[str, ...]
    """The standard forms, where the part is a nickname or a form of another name; itself, where it
    is such a standard."""
    spellings: tuple[str, ...]
    """The standard spellings, where a table says that this is one of them."""
    which: tuple[str, ...]
    """Of each two names that share this skeleton the one that this is, or empty: not clear."""
    kind: PartIs
    abjad: bool
    """Whether it was written in Arabic script, which leaves short vowels out."""
    particle: str
    """The particles before it, folded; mostly empty."""
    written: str
    """As it was written, its particles with it."""


class _Word(NamedTuple):
    text: str
    abjad: bool
    written: str
    kind: PartIs | None = None
    particle: str = ""


_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z][a-z]+[a-z])")
_HAN = re.compile(r"[㐀-鿿豈-﫿]")
_HANGUL = re.compile(r"[가-힣]")
_BY_ITSELF = r" \g<0> "
_LETTERS_APART = re.compile(r"\b(?:\w\.){2,}(?:\w\b)?")
_SEVERAL_INITIALS = re.compile(r"[B-DF-HJ-NP-TV-XZ]{2}$")


@lru_cache(maxsize=16)  # a question is cut as a person's name and as an organisation's
def _apart_as_written(name: str, han_together: bool) -> tuple[tuple[tuple[str, str], ...], bool]:
    """The words of a text as written and in bare letters, and whether all are in capitals."""
    if not name.isascii():
        name = without_marks(unicodedata.normalize("NFC", spelt_out(name)))
        if not han_together:
            name = _HAN.sub(_BY_ITSELF, name)
        name = _HANGUL.sub(_BY_ITSELF, name)
    name = _CAMEL.sub(" ", APOSTROPHES.sub("", name))
    words = BREAKS.sub(" ", name).split()
    return tuple([(written, bare(written)) for written in words]), name.isupper()


def _words(name: str, rules: Rules, organisation: bool) -> list[_Word]:
    """The words of a name, in the order in which it is spoken."""
    name = visible(name[:_MOST_CHARACTERS])
    before, comma, after = name.partition(",")
    family = ""
    if comma and "," not in after and not organisation:
        name, family = f"{after} {before}", before
    if organisation:
        name = _LETTERS_APART.sub(lambda found: found.group().replace(".", "") + " ", name)
    han_together = organisation and _HAN.search(name) is not None
    apart, capitals = _apart_as_written(name, han_together)
    in_family = set(BREAKS.sub(" ", APOSTROPHES.sub("", family)).split()) if family else ()
    words: list[_Word] = []
    for written, folded in apart:
        kind = PartIs.family if written in in_family else None
        if folded.startswith("ال") and len(folded) > 4 and folded != "الله":
            words.append(_Word("al", True, written[:2]))
            folded, written = folded[2:], written[2:]
        elif organisation and folded.startswith("وال") and len(folded) > 5:
            folded, written = folded[3:], written[3:]  # and the
        text, abjad = latin(folded, rules)
        if not text or [word.written for word in words].count(written) >= _MOST_REPEATED:
            continue
        if not capitals and not organisation and _SEVERAL_INITIALS.match(written):
            words += [_Word(letter, False, letter.upper()) for letter in text]
        else:
            words.append(_Word(text, abjad, written, kind))
        if len(words) >= MOST_PARTS:
            break
    return words


def _as_written(words: Sequence[_Word]) -> str:
    """Neighbouring words as they stood; the Arabic article is written on its word."""
    return " ".join([word.written for word in words]).replace("ال ", "ال")


_SERVANT = re.compile(r"abd([aeiou]{1,2}[lrszdnt]h?)?$")
_GOD = frozenset(("allah", "ullah", "ollah", "alah", "allh", "ulah"))
_FAITH = frozenset(("din", "dine", "deen", "dein", "dyn"))
_THE_FAITH = re.compile(r"(?:[aeou]l|oul|[aeou]d|oud)(?:din|dine|deen|dein|dyn)$")
_ARTICLES = ("article", "assimilated")
_KIN = ("kin", "kin_after")


def _glued(words: list[_Word], rules: Rules) -> list[_Word]:
    """Words that belong together made one: abd + X, X + allah, X + al + din, abu + X."""
    glued: list[_Word] = []
    at = 0

    def over_articles(at: int) -> int:
        while at < len(words) and rules.particles.get(words[at].text) in _ARTICLES:
            at += 1
        return at

    while at < len(words):
        begun, word = at, words[at]
        at += 1
        kunya = rules.particles.get(word.text) == "kunya"
        if kunya and (over := over_articles(at)) < len(words):
            word, at = words[over], over + 1
        if _SERVANT.match(word.text) and (over := over_articles(at)) < len(words):
            rest = words[over].text
            text = "abdullah" if rest in _GOD else "abdul" + (rest.lstrip("l") or rest)
            word = word._replace(text=text, abjad=word.abjad or words[over].abjad)
            at = over + 1
        following = [w.text for w in words[at : at + 2]]
        if following and following[0] in _GOD and len(word.text) > 2:
            word = word._replace(text=word.text + "ullah")
            at += 1
        elif following and _THE_FAITH.match(following[0]) and len(word.text) > 2:
            word = word._replace(text=word.text + "uddin")
            at += 1
        elif (
            len(following) == 2
            and following[1] in _FAITH
            and rules.particles.get(following[0]) in _ARTICLES
        ):
            word = word._replace(text=word.text + "uddin")
            at += 2
        text, kind = regular(word.text), word.kind
        if kunya and over_articles(begun + 1) < len(words):
            mother = words[begun].text[-1] == "m"
            text, kind = ("umm" if mother else "abu") + text, PartIs.kunya
        glued.append(_Word(text, word.abjad, _as_written(words[begun:at]), kind))
    return glued


_NEVER_SYLLABLES = frozenset(
    ("al", "el", "bin", "ibn", "ben", "abu", "umm", "de", "du", "la", "le")
)


def _of_syllables(words: list[_Word], rules: Rules) -> list[NamePart]:
    """The parts of a Korean or Chinese name, its titles among them; none of any other name."""
    # Who stands last is nobody's son: Zhu Bin is Chinese, as is whatever is written so.
    for word in words:
        if word.abjad or (
            word.text in _NEVER_SYLLABLES and word.written.isascii() and word is not words[-1]
        ):
            return []
    names = [(word.text, word.written) for word in words if word.text not in rules.titles]
    syllables = cut(names, rules)
    if syllables is None:
        return []
    found = []
    left = iter(syllables)
    for word in words:
        if word.text in rules.titles:
            found.append(part(word.text, PartIs.title_, False, word.written))
            continue
        for one in next(left):
            plain = part(one.text, PartIs.name, False, one.written)
            found.append(plain._replace(second=one.said, spellings=one.spellings))
    return found


def _is_particle(words: list[_Word], at: int, rules: Rules) -> bool:
    particle = rules.particles.get(words[at].text)
    if particle == "assimilated":
        # `ash` is the article in ash-Shami, and a name elsewhere.
        following = words[at + 1].text if at + 1 < len(words) else ""
        return following.startswith(words[at].text[1:])
    return particle is not None and particle not in ("kunya", "organisation_link")


def _with_particles(words: list[_Word], rules: Rules) -> list[_Word]:
    """Particles joined to their word; one that stands last is left out.

    They stand before it, but for the Turkic son of (Bakyt uulu Nurlan is Nurlan, son of Bakyt).
    """
    found: list[_Word] = []
    before: list[_Word] = []
    for at, word in enumerate(words):
        if word.kind is None and _is_particle(words, at, rules):
            if rules.particles[word.text] == "kin_after" and found and not before:
                child = found[-1]
                found[-1] = child._replace(
                    particle=f"{child.particle} {word.text}".strip(),
                    written=_as_written([child, word]),
                )
            else:
                before.append(word)
            continue
        if before:
            particle = " ".join([w.text for w in before])
            word = word._replace(particle=particle, written=_as_written([*before, word]))
            before = []
        found.append(word)
    return found or words


def _kind(word: _Word, rules: Rules, between: bool) -> PartIs:
    """What one word of a person's name is, by itself."""
    if word.kind is PartIs.kunya:
        return word.kind
    text = word.text
    if text in rules.titles:
        if rules.titles[text] == "name_or_title" and between:
            return PartIs.name  # Amir Khan Muttaqi: a khan's title comes last
        either = rules.titles[text] in ("title_or_name", "name_or_title")
        return PartIs.title_or_name if either else PartIs.title_
    if len(text) == 1 and text.isascii() and text.isalpha():
        return PartIs.initial
    if text in rules.generations:
        return PartIs.generation
    if text.isdecimal():
        return PartIs.ordinal
    if word.kind is not None:
        return word.kind
    if word.particle:
        particles = [rules.particles.get(particle) for particle in word.particle.split()]
        if not set(_KIN).isdisjoint(particles):
            return PartIs.patronymic
        if particles[-1] in _ARTICLES and text[-1] in "iy":
            return PartIs.nisba
    for size in range(len(text) - 3, 1, -1):
        if kind := rules.kinds.get("-" + text[-size:]) or rules.kinds.get(text[:size] + "-"):
            return PartIs(kind)
    return PartIs.name


_VOWEL_CLASSES = tuple(
    str.maketrans({"y": "i", "o": "u", "w": "u", "e": spoken}) for spoken in "ia"
)
"""What e stands for in a romanisation depends on who wrote it: Djamel is Jamal, and Jamil."""


@lru_cache(maxsize=4096)
def vowels(text: str, reading: int = 0) -> str:
    """The vowels of a part, those that romanisations mix up joined, repetitions once."""
    found = ""
    for letter in text.translate(_VOWEL_CLASSES[reading]):
        if letter in "aiu" and not found.endswith(letter):
            found += letter
    return found


def _which(text: str, pair: tuple[str, str]) -> str:
    """Which of two names of one skeleton a text is by its vowels; empty where that is not clear."""
    nearest = set()
    for reading in range(len(_VOWEL_CLASSES)):
        first, second = (
            Levenshtein.distance(vowels(text, reading), vowels(one, reading)) for one in pair
        )
        nearest.add("" if first == second else pair[second < first])
    return nearest.pop() if len(nearest) == 1 else ""


def part(
    text: str,
    kind: PartIs,
    abjad: bool,
    written: str,
    rules: Rules | None = None,
    particle: str = "",
) -> NamePart:
    """A part made of folded text."""
    first, second = skeletons(text)
    if abjad and not second and written.endswith("ة"):
        second = skeletons(text + "t")[0]  # silent, or spoken as t before what follows
    variants = rules.variants.get(text, ()) if rules is not None else ()
    if not variants and rules is not None and text in rules.standards:
        variants = (text,)
    # A spelling is one of Latin letters: without its vowels Husayn is written like a Chinese Hsin.
    spelt = rules.spellings.get(text, ()) if rules is not None and not abjad else ()
    pairs = rules.distinct.get(first, ()) if rules is not None and not abjad else ()
    which = tuple(_which(text, pair) for pair in pairs)
    return NamePart(text, first, second, variants, spelt, which, kind, abjad, particle, written)


def _one_text(neighbours: Sequence[NamePart]) -> str:
    """The texts of neighbouring parts, with the particles between them, as one."""
    text = neighbours[0].text
    for p in neighbours[1:]:
        text += p.particle.replace(" ", "") + p.text
    return text


def _are_korean(neighbours: Sequence[NamePart]) -> bool:
    first, *more = neighbours
    return first.second[:1] == KOREAN and all(p.second[:1] == KOREAN for p in more)


@lru_cache(maxsize=1024)
def joined(*neighbours: NamePart) -> NamePart:
    """Neighbouring parts, with the particles between them, written as one."""
    text = _one_text(neighbours)
    both = part(
        regular(text),
        PartIs.name,
        any(p.abjad for p in neighbours),
        " ".join(p.written for p in neighbours),
        particle=neighbours[0].particle,
    )
    return both._replace(second=korean(text)) if _are_korean(neighbours) else both


@lru_cache(maxsize=64)  # asked for people, then for organisations
def _skeletons_of_joined(text: str) -> tuple[str, str]:
    return skeletons_anew(text)


def joined_skeletons(neighbours: Sequence[NamePart]) -> set[str]:
    """The skeletons of `joined`, of which few neighbours are asked for more."""
    text = _one_text(neighbours)
    first, second = _skeletons_of_joined(regular(text))
    if any(p.abjad for p in neighbours) or _are_korean(neighbours):
        both = joined(*neighbours)
        return {both.skeleton, both.second}
    return {first, second}


@lru_cache(maxsize=16384)  # a new record holds mostly the names of the one before
def parts(name: str, rules: Rules, organisation: bool = False) -> tuple[NamePart, ...]:
    """The parts of one name, in the order in which it is spoken; empty when it has no letters."""
    return parts_anew(name, rules, organisation)


def parts_anew(name: str, rules: Rules, organisation: bool) -> tuple[NamePart, ...]:
    """The same, and nothing is kept: what is asked about is rarely asked about again."""
    words = _words(name, rules, organisation)
    if organisation:
        return tuple(_of_organisation(words, rules))
    found = syllables = _of_syllables(words, rules)
    if not syllables:
        words = _with_particles(_glued(words, rules), rules)
        found = [
            part(
                w.text,
                _kind(w, rules, 0 < at < len(words) - 1),
                w.abjad,
                w.written,
                rules,
                w.particle,
            )
            for at, w in enumerate(words)
        ]
    if not syllables and not any(p.kind in NAMES for p in found):
        # Titles that stand alone are the name: nothing else is there to go by.
        for only in (PartIs.title_or_name, PartIs.title_, PartIs.generation, PartIs.ordinal,
                     PartIs.initial):  # fmt: skip
            if any(p.kind is only for p in found):
                found = [p._replace(kind=PartIs.name) if p.kind is only else p for p in found]
                break
    return tuple(found)


_LONGEST_PHRASE = 6  # words


def _phrase(words: list[_Word], at: int, over: int, rules: Rules) -> NamePart | None:
    """Some words of an organisation's name that are one part: a legal form, a State."""
    said = " ".join(word.text for word in words[at : at + over])
    written = " ".join(word.written for word in words[at : at + over])
    form = rules.forms.get(said)
    # A short form is something else in the middle of a name.
    if form is not None and (len(said) > 3 or at == 0 or at + over == len(words)):
        return part(form, PartIs.legal_form, False, written)
    state = rules.states.get(said)
    if state is not None and (len(said) > 3 or written.isupper()):
        return part(state, PartIs.place, False, written)
    return None


def _of_many(word: _Word, rules: Rules) -> str | None:
    """What a word of many organisations means; null for any other."""
    if not word.abjad:
        return rules.organisation_words.get(word.text)
    for text in (word.text, word.text + "t") if word.written.endswith("ة") else (word.text,):
        if meaning := rules.organisation_skeletons.get(skeletons(text)[0]):
            return meaning
    return None


_SHORTEST_HALF = 4  # letters
_GLUED_FORM = re.compile(r"(.*[a-z])([A-Z]{2,})")


def _apart(word: _Word, rules: Rules) -> list[_Word]:
    """A word that ends in a word of organisations, or in a legal form, as two: Gazprombank."""
    text = word.text
    if word.abjad or text in rules.organisation_words or text in rules.states:
        return [word]
    glued = _GLUED_FORM.fullmatch(word.written) if word.written[-1:].isupper() else None
    if glued is not None and glued[2].lower() in rules.forms:
        size = len(glued[2])
        return [
            word._replace(text=text[:-size], written=glued[1]),
            _Word(text[-size:], False, glued[2]),
        ]
    for size in range(len(text) - _SHORTEST_HALF, _SHORTEST_HALF - 1, -1):
        if text[-size:] in rules.organisation_words:
            return [word._replace(text=text[:-size]), word._replace(text=text[-size:])]
    return [word]


_LEFT_OUT = ("link", "organisation_link", *_KIN, *_ARTICLES)


def _of_organisation(words: list[_Word], rules: Rules) -> list[NamePart]:
    """The parts of an organisation's name; legal forms of several words are one part."""
    words = [half for word in words for half in _apart(word, rules)]
    found: list[NamePart] = []
    at = 0
    while at < len(words):
        longest = min(rules.phrases.get(words[at].text, 0), _LONGEST_PHRASE)
        for over in range(min(longest, len(words) - at), 0, -1):
            phrase = _phrase(words, at, over, rules)
            if phrase is not None:
                found.append(phrase)
                at += over
                break
        else:
            word = words[at]
            at += 1
            text = rules.numbers.get(word.text, word.text)
            if len(text) == 1 and not text.isdecimal():
                found.append(part(text, PartIs.ordinal, False, word.written))
            elif text.isdecimal():
                following = (
                    rules.numbers.get(words[at].text, words[at].text) if at < len(words) else ""
                )
                if (
                    text[-1:] == "0"
                    and len(text) == 2
                    and len(following) == 1
                    and following.isdecimal()
                ):
                    text = text[0] + following  # forty-four
                    at += 1
                found.append(part(text, PartIs.ordinal, False, word.written))
            elif meaning := _of_many(word, rules):
                found.append(part(meaning, PartIs.organisation, False, word.written, rules))
            elif rules.particles.get(text) not in _LEFT_OUT:
                found.append(part(text, PartIs.name, word.abjad, word.written, rules))
    if not any(p.kind is PartIs.name for p in found):
        for only in (PartIs.organisation, PartIs.place, PartIs.legal_form, PartIs.ordinal):
            if any(p.kind is only for p in found):
                return [p._replace(kind=PartIs.name) if p.kind is only else p for p in found]
    return found


_MOST_SHOWN = 5


def oddities(name: str) -> tuple[str, ...]:
    """What somebody may have typed on purpose, a line for each kind of it and each word once."""
    if name.isascii() and name.isprintable() and not any(map(str.isdigit, name)):
        return ()
    words = tuple(dict.fromkeys(BREAKS.sub(" ", visible(name[:_MOST_CHARACTERS])).split()))
    kinds = {
        "characters that cannot be seen or that strike others through": unseen(name),
        "letters of two alphabets in one word": [w for w in words if of_two_alphabets(bare(w))],
        "digits among letters": [w for w in words if digits_within(bare(w))],
    }
    return tuple(
        f"{kind} ({', '.join(found[:_MOST_SHOWN])}{', …' * (len(found) > _MOST_SHOWN)})"
        for kind, found in kinds.items()
        if found
    )


_BRACKETED = re.compile(r"[(\[{]([^()\[\]{}]*)[)\]}]")
_MOST_SPELLINGS = 12
"""More names than these in one text are not looked at."""

_OTHER_NAME = re.compile(r"^\s*[A-Z][A-Z0-9.&-]{1,7}\s*$|[^\x00-\u024f]")
_SEVERAL = re.compile(r";|\s(?:dit|alias|a\.?k\.?a\.?|also known as)\s", re.IGNORECASE)
_REMARK = re.compile(
    r"\b(names?|birth|born|combat|alias|previously|formerly|listed|deceased|passport|nickname|"
    r"guerre|known|script|spelling|variant|transliteration|possibly|brother|sister|son|wife|"
    r"father|mother|clan|tribe|number|former)\b",
    re.IGNORECASE,
)


def spellings(name: str, organisation: bool = False) -> tuple[str, ...]:
    """The names written in one text: those parted by semicolons, and those given in brackets.

    A remark in brackets ("birth name") is no name. In the name of an organisation, brackets hold
    another name only where it is short for it or in another script; else where it is (Kenya).
    The text itself is the answer where nothing else is left.
    """
    found: list[str] = []
    outside = name[:_MOST_CHARACTERS]
    for inside in _BRACKETED.findall(outside):
        said, colon, after = inside.partition(":")
        if colon and _REMARK.search(said):
            inside = after
        if _REMARK.search(inside) or (organisation and not _OTHER_NAME.search(inside)):
            continue
        found += _SEVERAL.split(inside)
    found = [*_SEVERAL.split(_BRACKETED.sub(" ", outside)), *found]
    names = dict.fromkeys([" ".join(n.split()) for n in found])
    return tuple([n for n in names if any(map(str.isalnum, n))][:_MOST_SPELLINGS]) or (name,)
