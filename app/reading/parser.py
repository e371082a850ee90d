"""What a dependency parser adds to a reading where the rules found nobody; off by default.

Who says it, where a verb of saying has a subject that no rule found, and who travelled, where a
verb of a journey has one. All else is read by the rules, and what they read stays as it is.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple, Protocol

from app.reading.article import MentionIs, quote
from app.reading.claims import Claims
from app.reading.drafts import Draft, Tracked
from app.reading.frames import Frame
from app.reading.sentences import Sentence, Word
from app.reading.speakers import SpeakerRead
from app.terms import ClaimType, FoundBy


class Token(NamedTuple):
    """A word as a parser cut it, and the word that it hangs on."""

    start: int  # in the words that were parsed
    text: str
    dep: str  # what it is to its head: nsubj, ccomp, … as spaCy's English models name it
    head: int  # its number; a word that hangs on none is its own


class Parser(Protocol):
    """Parses some words: the same words always in the same way."""

    name: str
    """Which parser with which model: the engine's name ends in it."""

    def __call__(self, words: str, /) -> Sequence[Token]:
        """The words, each with its head."""


_LAW = ClaimType.legal_statement
_WHO = frozenset(("who", "that", "which", "whom"))
_PRONOUNS = _WHO | frozenset("i we you he she it they this these those there".split())
_OWN = frozenset("our my your this".split())
_NOBODY = frozenset(
    "a an the these those that of and or them us you some any all both each either neither none "
    "every few fewer many more most much several various enough half one ones two three four five "
    "dozens hundreds thousands other others another same such latter former rest first second "
    "somebody someone anybody anyone everybody everyone nobody people folk it they we".split()
)
"""Words that neither name nor describe anybody."""
_SHARES = ("conj", "xcomp", "advcl")  # what its verb hangs on has its subject


class Tree:
    """The parse of one sentence, asked about by offsets of the whole text."""

    def __init__(self, tokens: Sequence[Token], at: int) -> None:
        self.tokens = [token._replace(start=token.start + at) for token in tokens]
        self.low = [token.text.lower() for token in tokens]
        self.at = {token.start: number for number, token in enumerate(self.tokens)}

    def below(self, number: int, *deps: str) -> list[int]:
        """Those that hang on a word, in the order of the text."""
        return [n for n, t in enumerate(self.tokens) if t.head == number != n and t.dep in deps]

    def span(self, number: int, *aside: str) -> tuple[int, int]:
        """Where a word stands with all that hangs on it, but for what hangs on it so."""
        found, new = {number}, {number}
        hangs = [(n, t.head) for n, t in enumerate(self.tokens) if t.dep not in aside]
        while new := {n for n, head in hangs if head in new and n not in found}:
            found |= new
        first, last = self.tokens[min(found)], self.tokens[max(found)]
        return first.start, last.start + len(last.text)

    def who(self, number: int, acted_on: bool) -> list[int]:
        """The subject of a verb, or its object, with those joined to it by `and`."""
        for _ in range(4):
            token = self.tokens[number]
            own = self.below(number, *(("dobj",) if acted_on else ("nsubj", "nsubjpass")))
            if own and token.dep == "relcl" and self.low[own[0]] in _WHO:
                return [token.head]
            if own:
                return [own[0], *self.below(own[0], "conj")]
            if acted_on or token.dep not in _SHARES or self.below(token.head, "dobj"):
                break  # urged him to go: which of the two went is not said by the verb
            number = token.head
        return []


class Helper(NamedTuple):
    """Reads each sentence again, after the rules, by what a parser says of it."""

    parser: Parser
    claims: Claims

    def more(self, sentence: Sentence, rules: Sequence[Draft]) -> list[Draft]:
        """Drafts besides those that the rules made of the sentence which they read last."""
        claims = self.claims
        if not any(claims.journeys.speaks_of(word) for word in sentence.words):
            return []
        tree = Tree(self.parser(claims.text[sentence.start : sentence.end]), sentence.start)
        frames = list(self._frames(sentence, tree))
        went: dict[int, Tracked] = {}

        def who(verb: Word, acted_on: bool) -> Tracked | None:
            number = tree.at.get(verb.start)
            several = tree.who(number, acted_on) if number is not None else ()
            found = next(filter(None, (self._listed(sentence, tree, n) for n in several)), None)
            return went.setdefault(verb.start, found) if found is not None else None

        heard = sorted((*frames, *claims.frames), key=lambda f: (f.length, f.verb.start))
        found = []
        for predicate, draft in claims.again(sentence, heard, who):
            at = predicate.word.start
            new = any(frame.speaker is draft.speaker for frame in frames)
            # Of what the article says in its own voice, somebody else may be the source.
            source = new and self._somebody_else(sentence, draft.speaker)
            here = [r for r in rules if r.start <= at < r.end and r.type is not _LAW]
            stands = any(not source or rule.speaker.kind != "narrator" for rule in here)
            if (at in went or new) and not stands:
                by = [predicate.word[:2], *([went[at][:2]] if at in went else ())]
                by += [(draft.speaker.start, draft.speaker.end)] * new
                given = tuple(quote(claims.text, *span) for span in by)
                found.append(replace(draft, found_by=FoundBy.parser, given=given))
        return found

    def _somebody_else(self, sentence: Sentence, speaker: SpeakerRead) -> bool:
        """Whether a speaker is named or described, and is not the article by another name."""
        told = [word.low for word in sentence.words_of(speaker.start, speaker.end)]
        if told[0] in _OWN or all(low in _NOBODY or not low[0].isalpha() for low in told):
            return False
        own, name = (
            set(one.name.lower().split()) - {"the"}
            for one in (self.claims.speakers.narrator, speaker)
        )
        return not (name <= own or own <= name)

    def _listed(self, sentence: Sentence, tree: Tree, number: int) -> Tracked | None:
        """The listed person whose name, pronoun or description some words are."""
        at = tree.tokens[number].start
        start, end = tree.span(number, "relcl", "acl", "punct")
        known = next((t for t in self.claims.tracked if t.start <= at < t.end), None)
        words = sentence.words_of(start, end)
        if known is None and words and words[0].low == "the":
            meant = self.claims.people.described(words)
            if meant is not None and meant.followed:
                return Tracked(start, end, meant, MentionIs.description)
        return known

    def _frames(self, sentence: Sentence, tree: Tree) -> Iterator[Frame]:
        """Who says what by verbs of saying of which the rules know no speaker."""
        speakers = self.claims.speakers
        known = {frame.verb.start for frame in self.claims.frames}
        for word in sentence.words:
            number = tree.at.get(word.start)
            if word.low not in speakers.verbs or word.start in known or number is None:
                continue
            subject = tree.below(number, "nsubj")
            contents = [tree.span(n) for n in tree.below(number, "ccomp", "xcomp", "dobj")]
            loose = map(tree.span, tree.below(number, "advcl"))  # a slip of models: says today that
            contents += [span for span in loose if self.claims.low.startswith("that", span[0])]
            unsaid = tree.below(number, "neg", "auxpass") or sentence.is_quoted(word.start)
            if unsaid or not (subject and contents) or tree.low[subject[0]] in _PRONOUNS:
                continue
            words = sentence.words_of(*tree.span(subject[0], "relcl", "acl", "punct"))
            if not words or any(w.low in speakers.verbs for w in words):
                continue  # Minister rejects claims that …: no minister who rejects claims it
            first = sentence.words.index(words[0])
            speaker = speakers.speaker(sentence, first, first + len(words))
            if speaker is not None and speaker.kind != "narrator":
                speaker = replace(speaker, start=words[0].start, end=words[-1].end)
                yield Frame(word, speakers.verbs[word.low], speaker, tuple(contents), ())
