"""Letters of any script to one Latin form, and the consonant skeleton that joins spellings.

Spellings of one name differ in vowels and doubled letters, and writers of Arabic script leave
short vowels out, so the skeleton is what Latin, Arabic and Cyrillic spellings share. The tables
come from `data/names`; a script that none of them knows is read by the anyascii library.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from operator import itemgetter

from anyascii import anyascii

_SCRIPTS = ("latin", "cyrillic", "greek", "armenian", "georgian", "hangul")
_BEARERS = {"everywhere": 0.25, "very_common": 0.4, "common": 0.55, "fairly_common": 0.7}
"""What a part may weigh at the most, by how many bear it within its culture."""


@dataclass(frozen=True, slots=True, eq=False)
class Rules:
    """The tables of `data/names`, made ready for use; one is only itself, so caches can hold it."""

    letters: Mapping[str, str]
    abjad: Mapping[str, tuple[str, str]]
    """Arabic-script letter to its Latin form as the first letter of a word, and elsewhere."""
    lookalikes: Mapping[int, str]
    titles: Mapping[str, str]
    particles: Mapping[str, str]
    variants: Mapping[str, tuple[str, ...]]
    """A nickname, or a name's form in another language, to its standard forms."""
    standards: frozenset[str]
    """Every such standard form."""
    spellings: Mapping[str, tuple[str, ...]]
    """A spelling whose skeleton is another, to the standard spellings."""
    elsewhere: frozenset[str]
    """Every form and standard of these two: names that are not made of two Chinese syllables."""
    distinct: Mapping[str, tuple[tuple[str, str], ...]]
    """Skeleton to pairs of names that have it and are two names (Hasan, Husayn)."""
    common: Mapping[str, float]
    """Skeleton of a part that very many people bear, to the most that it may weigh."""
    kinds: Mapping[str, str]
    """Endings (-ovich) and beginnings (abdul-) that say what a part is."""
    generations: Mapping[str, str]
    numbers: Mapping[str, str]
    syllables: Mapping[str, tuple[str, ...]]
    """Family names of Korea and China, by which a name of syllables is known, to which of them."""
    korean: Mapping[str, tuple[str, ...]]
    """A Korean syllable as it is written elsewhere, to how the list may write it."""
    wade_giles: Mapping[str, tuple[str, ...]]
    """Every Chinese syllable by Wade-Giles, to those of pinyin that it may be."""
    pinyin: Mapping[str, tuple[str, ...]]
    """Every syllable of pinyin, to itself alone."""
    forms: Mapping[str, str]
    """Legal forms of organisations, of one word or several, to one code for each family."""
    organisation_words: Mapping[str, str]
    organisation_skeletons: Mapping[str, str]
    """Skeletons of those words, for Arabic script, which leaves their vowels out."""
    states: Mapping[str, str]
    """Names of States and of their people, folded, to one word for each State."""
    phrases: Mapping[str, int]
    """The first word of each legal form and State, to how many words the longest of them has."""
    costs: Mapping[str, float]
    """What each difference between two names costs; app/screening/similarity.py says how."""
    organisation_costs: Mapping[str, float]
    """The same between names of organisations."""
    role_words: Mapping[str, str]
    role_phrases: Mapping[str, str]
    """Several words for an organisation, to the one that stands for it."""


_TELLING_SKELETON = 3
"""Words of fewer consonants are too alike without their vowels."""

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
    for form, meaning in (*table("arabic").items(), *table("hebrew").items()):
        first, bar, later = meaning.partition("|")
        abjad[form] = (first, later if bar else first)
    common: dict[str, float] = {}
    for form, meaning in table("common").items():
        skeleton = skeletons(regular(form))[0]
        common[skeleton] = min(_BEARERS[meaning], common.get(skeleton, 1.0))

    distinct: dict[str, tuple[tuple[str, str], ...]] = {}
    for form, meaning in table("distinct").items():
        for other in meaning.split("|"):
            pair = form, other
            for skeleton in {skeletons(regular(text))[0] for text in pair}:
                distinct[skeleton] = (*distinct.get(skeleton, ()), pair)

    def standards(stem: str) -> Mapping[str, tuple[str, ...]]:
        return {
            form: tuple(dict.fromkeys(map(regular, meaning.split("|"))))
            for form, meaning in table(stem).items()
        }

    def costs(stem: str) -> Mapping[str, float]:
        return {form: float(meaning) for form, meaning in table(stem).items()}

    def several(stem: str) -> Mapping[str, tuple[str, ...]]:
        return {form: tuple(meaning.split("|")) for form, meaning in table(stem).items()}

    made = Rules(
        letters={form: meaning for stem in _SCRIPTS for form, meaning in table(stem).items()},
        abjad=abjad,
        lookalikes={ord(form): meaning for form, meaning in table("lookalikes").items()},
        titles=table("titles"),
        particles=table("particles"),
        variants=(variants := standards("variants")),
        standards=frozenset(one for found in variants.values() for one in found),
        spellings=standards("spellings"),
        elsewhere=frozenset(
            name
            for stem in ("variants", "spellings")
            for form, meaning in table(stem).items()
            for name in (form, *meaning.split("|"))
        ),
        distinct=distinct,
        common=common,
        kinds=table("kinds"),
        generations=table("generations"),
        numbers=table("numbers"),
        syllables=several("syllables"),
        korean=several("korean"),
        wade_giles=(wade_giles := several("wade_giles")),
        pinyin={one: (one,) for found in wade_giles.values() for one in found},
        forms=table("organisation_forms"),
        organisation_words=table("organisation_words"),
        organisation_skeletons={
            skeletons(form)[0]: meaning
            for form, meaning in reversed(tuple(table("organisation_words").items()))
            if len(skeletons(form)[0]) >= _TELLING_SKELETON
        },
        states={},
        phrases={},
        costs=costs("costs"),
        organisation_costs=costs("organisation_costs"),
        role_words=table("role_words"),
        role_phrases=table("role_phrases"),
    )
    states = {
        fold(name, made): fold(chief.partition("(")[0], made).replace(" ", "")
        for name, chief in table("states").items()
    }
    phrases: dict[str, int] = {}
    for phrase in (*made.forms, *states):
        first, *more = phrase.split()
        phrases[first] = max(phrases.get(first, 0), 1 + len(more))
    return replace(made, states=states, phrases=phrases)


# ---------------------------------------------------------------- letters

APOSTROPHES = re.compile(r"['’‘ʼʻʿʾ`´′ʹ＇׳]")
BREAKS = re.compile(r"[\W_]+")


_FILLERS = "\u115f\u1160\u3164\uffa0"
"""Letters of Hangul that stand for none, and cannot be seen."""

_STRUCK_THROUGH = "".join(map(chr, range(0x334, 0x339)))


def visible(text: str) -> str:
    """The text without characters that cannot be seen, white space folded."""
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    kept = []
    for character in text:
        if character.isascii() and character.isprintable():
            kept.append(character)
            continue
        category = unicodedata.category(character)
        if category in ("Cf", "Cs") or character in _FILLERS:
            continue
        kept.append(" " if category in ("Cc", "Zs", "Zl", "Zp", "Cn", "Co") else character)
    return " ".join("".join(kept).split())


def unseen(text: str) -> tuple[str, ...]:
    """Code points in a text that nobody can see or that strike a letter through (U+202E, say)."""
    if text.isascii() and text.isprintable():
        return ()
    found = dict.fromkeys(
        f"U+{ord(c):04X}"
        for c in text
        if c in _FILLERS
        or c in _STRUCK_THROUGH
        or (unicodedata.category(c) in ("Cf", "Cc", "Co", "Cn") and c not in "\u200c\u200d\t\n\r")
    )
    return tuple(found)


def bare(word: str) -> str:
    """Lower case, compatibility forms and marks folded away."""
    if word.isascii():
        return word.lower()
    word = word.removeprefix("ئ")  # a Uyghur vowel's seat, no letter
    decomposed = unicodedata.normalize("NFKD", word).casefold()
    return without_marks(decomposed)


def without_marks(text: str) -> str:
    """A text without marks that stand on letters or strike them through."""
    if text.isascii():
        return text
    return "".join(c for c in text if not unicodedata.category(c).startswith("M"))


def of_two_alphabets(word: str) -> bool:
    """Whether a bare word holds letters that only look like its Latin ones."""
    return any("a" <= c <= "z" for c in word) and any(
        unicodedata.name(c, "").startswith(_LOOKING_ALIKE) for c in word if not c.isascii()
    )


def digits_within(word: str) -> bool:
    """Whether a bare word holds digits among its Latin letters."""
    return _DIGIT_WITHIN.search(word) is not None


_DIGIT_WITHIN = re.compile(r"[a-z]\d+[a-z]")
_LOOKING_ALIKE = ("CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE")


_SYLLABIC_SCRIPTS = re.compile(r"[\u0900-\u109f\u1200-\u139f\u1780-\u17ff\u3040-\u30ff]+")


_DOTTED = {
    unicodedata.normalize("NFC", letter): letter
    for letter in map(chr, (*range(0x958, 0x960), 0x9DC, 0x9DD, 0x9DF, 0xA59, 0xA5A, 0xA5B, 0xA5E))
}


def spelt_out(text: str) -> str:
    """A text with the scripts in Latin letters that are not read letter by letter.

    In the scripts of India, Ethiopia, Cambodia or Japan a vowel is a mark on the letter before.
    A letter with a dot below (za) is one letter, though normal forms have it as two.
    """

    def spelt(found: re.Match[str]) -> str:
        run = found.group()
        for dotted, letter in _DOTTED.items():
            run = run.replace(dotted, letter)
        return anyascii(run)

    return _SYLLABIC_SCRIPTS.sub(spelt, text)


def latin(word: str, rules: Rules) -> tuple[str, bool]:
    """A bare word in Latin letters, and whether it was Arabic script."""
    if word.isascii() and (word.isalpha() or not any(c.isalpha() for c in word)):
        return word, False
    if any("a" <= c <= "z" for c in word):
        # A word of two alphabets was typed to deceive, or with the wrong keyboard.
        word = word.translate(rules.lookalikes)
    if not any(c in rules.abjad for c in word):
        return "".join(_letter(c, rules) for c in word), False
    forms = [
        rules.abjad[c][0 if place == 0 else 1] if c in rules.abjad else _letter(c, rules)
        for place, c in enumerate(word)
    ]
    # What is written twice is said twice: Arabic script marks a doubled letter above it.
    return _SAID_TWICE.sub(r"\1a\1", "".join(forms)), True


_SAID_TWICE = re.compile(r"([bdfhjkmnqrstz])\1")


def _letter(character: str, rules: Rules) -> str:
    known = rules.letters.get(character)
    if known is not None:
        return known
    if character.isascii():
        return character
    return BREAKS.sub("", APOSTROPHES.sub("", anyascii(character))).lower()


@lru_cache(maxsize=4096)
def fold(text: str, rules: Rules) -> str:
    """A text in lower-case Latin letters, digits and single blanks, for comparing words."""
    words = BREAKS.sub(" ", APOSTROPHES.sub("", bare(spelt_out(visible(text))))).split()
    return " ".join(found for found, _ in (latin(word, rules) for word in words) if found)


# ---------------------------------------------------------------- skeleton

_DOUBLED = re.compile(r"(.)\1+")
_ONCE = itemgetter(1)
_WEAK_END = re.compile(r"(?<![cdgkpstz])h$")
_SOUNDS = re.compile(
    r"shch|tch|sch|sh|ch|dzh|dj|zh|kh|gh|th|dh|ph|ck|c(?=[eiy])|[cqg]|x|"
    r"^ou(?=[aeiy])|^[wv]|w|v(?![aey]?$|i?ch$|n[ay]$)|m(?=[bp])"
)
_HABIT = {
    "shch": "x", "tch": "x", "sch": "x", "sh": "x", "ch": "x", "dzh": "j", "dj": "j", "zh": "j",
    "kh": "h", "gh": "k", "th": "t", "dh": "d", "ph": "f", "ck": "k", "q": "k", "g": "k",
    "x": "ks", "m": "n",
}  # fmt: skip
_SECOND_HABIT = _HABIT | {"th": "s", "dh": "z", "g": "j"}
_VOWELS = "aeiou"
_WITHOUT_VOWELS = str.maketrans("", "", "aeiouy")


@lru_cache(maxsize=8192)
def skeletons(text: str) -> tuple[str, str]:
    """The consonant skeleton of a folded part, and the one by the other habit (or empty)."""
    return skeletons_anew(text)


def skeletons_anew(text: str) -> tuple[str, str]:
    """The same, and nothing is kept."""
    text = _WEAK_END.sub("", _DOUBLED.sub(_ONCE, text)) or text

    def sound(habit: Mapping[str, str]) -> str:
        def one(match: re.Match[str]) -> str:
            found = match[0]
            if found in habit:
                return habit[found]
            if found == "c":
                return "s" if text[match.end() : match.end() + 1] in "eiy" else "k"
            return "w" if match.start() == 0 else ""

        said = _SOUNDS.sub(one, text)
        # A consonant y begins a name: Yahya.
        spoken = said[:1] == "y" and said[1:2] in _VOWELS and len(said) > 1
        return "y" * spoken + said.translate(_WITHOUT_VOWELS)

    first = sound(_HABIT) or text
    if "g" not in text and "th" not in text and "dh" not in text:
        return first, ""
    second = sound(_SECOND_HABIT) or text
    return first, second if second != first else ""


# ---------------------------------------------------------------- names made of several words

_SERVANT_OF = re.compile(r"abd[aeiou]{0,2}(l?.{3,})$")
_OF_GOD = re.compile(r"(.{3,}?)[aou]{1,2}ll?a?h$")
_OF_FAITH = re.compile(r"(.{3,}?)(?:[aeou]l|oul|[aeou]d|oud|id)(?:din|dine|deen|dein|dyn)$")


def regular(text: str) -> str:
    """Names made with abd-, -allah and -al-din, in one spelling of that piece."""
    if text.startswith("abd"):
        match = _SERVANT_OF.match(text)
        if match:
            if _OF_GOD.match(text) and len(text) <= 10:
                return "abdullah"
            rest = _DOUBLED.sub(_ONCE, match[1]).lstrip("l")
            return "abdul" + rest if len(rest) >= 3 else text
    if text[-1:] in ("h", "n", "e"):
        if match := _OF_GOD.match(text):
            return match[1] + "ullah"
        if match := _OF_FAITH.match(text):
            return match[1] + "uddin"
    return text
