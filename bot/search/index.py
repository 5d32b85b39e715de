"""Find the entry that answers a question, or say that none does."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from bot.search.analysis import LANGUAGES, bare, with_letters, words
from bot.search.learning import Features, learn, probabilities
from bot.search.vocabulary import Term, Vocabulary
from bot.search.words import FOR_A_PERSON

# A wrong answer costs more than none (HR-28). Set on the tuning half of benchmarks/faq and on the
# town's own phrasings, each judged by the others: 97 of 100 answers are right from here on.
ANSWER_FROM: Final = 0.8
# What may be offered as "did you mean", and how many.
NEAR_FROM: Final = 0.2
NEAR_MOST: Final = 3
# The label of what no entry answers.
NONE: Final = ""
# What speaks for the most common answer, none, when nothing is known; and what a pair counts.
BIAS: Final = "*"
BIAS_WEIGHT: Final = 0.3
PAIR: Final = 0.7
# How much an unknown word speaks against every answer, and how little a short text proves.
UNKNOWN_COST: Final = 0.8
THIN: Final = 0.6
ALONE: Final = 0.5
# A question is asked in so many characters; what follows is a story for a person.
MOST_CHARACTERS: Final = 400
_FOR_A_PERSON: Final = re.compile("|".join(FOR_A_PERSON), re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Document:
    """One entry in one language; *phrasings* are other ways to ask for it."""

    id: str
    language: str
    title: str
    phrasings: tuple[str, ...]
    answer: str


@dataclass(frozen=True, slots=True)
class Hit:
    """An entry and how probable it is, from 0 to 1, that it answers."""

    id: str
    score: float


@dataclass(frozen=True, slots=True)
class Found:
    """The entry that answers, if one surely does, and up to three that might be meant."""

    best: Hit | None
    near: tuple[Hit, ...]


class Index:
    """What the entries and their phrasings teach about a citizen's question."""

    def __init__(
        self,
        entries: Iterable[Document],
        unanswered: Mapping[str, Sequence[str]] | None = None,
    ) -> None:
        """Learn the entries; *unanswered* are texts per language that no entry answers.

        Every text is an example of its entry: a title and a phrasing alike, and the answer,
        which says what else the entry is about. Languages without an analysis are left out.
        """
        entries = list(entries)
        self._exact = _exact(entries)
        asked = [
            (document.id, document.language, text)
            for document in entries
            for text in (document.title, *document.phrasings, document.answer)
            if text
        ]
        asked += [
            (NONE, language, text)
            for language, texts in (unanswered or {}).items()
            for text in texts
        ]
        asked = [each for each in asked if each[1] in LANGUAGES]
        self._labels = sorted({NONE, *(label for label, _, _ in asked)})
        self._vocabularies = {
            each: Vocabulary((text for _, language, text in asked if language == each), each)
            for each in LANGUAGES
        }
        read = [
            (label, _features(self._vocabularies[language].read(text)))
            for label, language, text in asked
        ]
        self._alone = {(label, *features) for label, features in read if len(features) == 1}
        spread = Counter(name for _, features in read for name in features)
        self._rarity = {
            name: math.log(1 + len(read) / count) / math.log(1 + len(read))
            for name, count in spread.items()
        }
        self._weights = learn([(label, self._weighed(features, 0)) for label, features in read])

    def find(self, text: str, language: str | None = None) -> Found:
        """Find what answers *text*; *language* is the chat's, and people mix."""
        hits = [hit for hit in self._hits(text, language) if hit.score >= NEAR_FROM]
        if hits and hits[0].score >= ANSWER_FROM:
            return Found(hits[0], tuple(hits[1 : NEAR_MOST + 1]))
        return Found(None, tuple(hits[:NEAR_MOST]))

    def guess(self, text: str, language: str | None = None) -> Hit | None:
        """Return the entry that *text* most likely asks for, however unlikely it is."""
        return next(iter(self._hits(text, language)), None)

    def _hits(self, text: str, language: str | None) -> list[Hit]:
        """Return the entries that may answer *text*, the most probable first."""
        if _FOR_A_PERSON.search(text):
            return []
        if (listed := self._exact.get(_plainly(text))) is not None:
            return [Hit(listed, 1.0)]
        terms = self._read(text[:MOST_CHARACTERS], language)
        features = _features(terms)
        weighed = self._weighed(features, self._unknown(terms))
        shares = probabilities(self._weights, weighed, self._labels)
        hits = [
            Hit(label, share * self._proof(label, features))
            for label, share in shares.items()
            if label
        ]
        return sorted(hits, key=lambda hit: (-hit.score, hit.id))

    def _proof(self, label: str, features: Features) -> float:
        """Return how far one word alone can be trusted: fully where the entry lists just that."""
        return 1.0 if len(features) > 1 or (label, *features) in self._alone else ALONE

    def _read(self, text: str, language: str | None) -> list[Term]:
        """Read *text* in the language in which fewer of its words are unknown."""
        first = language if language in LANGUAGES else LANGUAGES[0]
        order = (first, *(each for each in LANGUAGES if each != first))
        return min((self._vocabularies[each].read(text) for each in order), key=self._unknown)

    def _unknown(self, terms: Sequence[Term]) -> int:
        """Count the words that neither an entry nor the unanswered questions have."""
        return sum(term.content and term.name not in self._rarity for term in terms)

    def _weighed(self, features: Features, unknown: int) -> Features:
        """Weigh *features* by rarity, to one length that unknown words take their share of."""
        raw = {
            name: value * self._rarity[name]
            for name, value in features.items()
            if name in self._rarity
        }
        size = math.sqrt(sum(value**2 for value in raw.values()) + THIN + UNKNOWN_COST * unknown)
        return {BIAS: BIAS_WEIGHT} | {name: value / size for name, value in raw.items()}


def _exact(entries: Iterable[Document]) -> dict[str, str]:
    """Return the entry of every way to ask that is listed, where it is listed for one alone.

    A new entry has too few examples for anything to be learnt from them; yet what somebody has
    said leads to it, must.
    """
    found: dict[str, set[str]] = {}
    for document in entries:
        listed = (document.title, *document.phrasings) if document.language in LANGUAGES else ()
        for asked in listed:
            found.setdefault(_plainly(asked), set()).add(document.id)
    return {asked: ids.pop() for asked, ids in found.items() if asked and len(ids) == 1}


def _plainly(text: str) -> str:
    """Return the words of *text* without case, signs and accents."""
    return " ".join(bare(with_letters(word)) for word in words(text))


def _features(terms: Sequence[Term]) -> Features:
    """Return the terms, and each pair of ideas: "when" and "recycling" is not "where" and it."""
    features: dict[str, float] = {}
    for term in terms:
        if term.name:
            features[term.name] = max(features.get(term.name, 0.0), term.weight)
    ideas = list(dict.fromkeys(term.name for term in terms if term.idea))
    for at, one in enumerate(ideas):
        for other in ideas[at + 1 :]:
            features["&".join(sorted((one, other)))] = PAIR
    return features
