"""Find the entry that answers a question, if any."""

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

# The least score of an answer. A wrong answer costs more than none (HR-28). Tuned on the tuning
# half of benchmarks/faq and, by cross-validation, on the town's own phrasings: from this score
# on, 97 of 100 answers are right.
ANSWER_FROM: Final = 0.8
# The least score and the most entries for "did you mean".
NEAR_FROM: Final = 0.2
NEAR_MOST: Final = 3
# The label of questions that no entry answers.
NONE: Final = ""
# A feature of every text, which favours the most common label, NONE; and the value of a pair.
BIAS: Final = "*"
BIAS_WEIGHT: Final = 0.3
PAIR: Final = 0.7
# How much an unknown word lowers every score, and how much a short text and a single word do.
UNKNOWN_COST: Final = 0.8
THIN: Final = 0.6
ALONE: Final = 0.5
# Only the first 400 characters are read as a question; longer texts need a person.
MOST_CHARACTERS: Final = 400
_FOR_A_PERSON: Final = re.compile("|".join(FOR_A_PERSON), re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Document:
    """One entry in one language; *phrasings* are other wordings of the question."""

    id: str
    language: str
    title: str
    phrasings: tuple[str, ...]
    answer: str


@dataclass(frozen=True, slots=True)
class Hit:
    """An entry and the probability, from 0 to 1, that it answers the question."""

    id: str
    score: float


@dataclass(frozen=True, slots=True)
class Found:
    """The answering entry, if its score is high enough, and up to three that may be meant."""

    best: Hit | None
    near: tuple[Hit, ...]


class Index:
    """A classifier that learns from entries and their phrasings."""

    def __init__(
        self,
        entries: Iterable[Document],
        unanswered: Mapping[str, Sequence[str]] | None = None,
    ) -> None:
        """Learn the entries; *unanswered* are texts by language that no entry answers.

        Titles, phrasings and answers are all examples of their entry. Languages without an
        analysis are left out.
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
        """Return the entries for *text*; it may differ from *language*, the chat's language."""
        hits = [hit for hit in self._hits(text, language) if hit.score >= NEAR_FROM]
        if hits and hits[0].score >= ANSWER_FROM:
            return Found(hits[0], tuple(hits[1 : NEAR_MOST + 1]))
        return Found(None, tuple(hits[:NEAR_MOST]))

    def guess(self, text: str, language: str | None = None) -> Hit | None:
        """Return the most probable entry for *text*, at any score; None where there is none."""
        return next(iter(self._hits(text, language)), None)

    def _hits(self, text: str, language: str | None) -> list[Hit]:
        """Return all entries with their scores for *text*, the most probable first."""
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
        """Return the trust in a match: `ALONE` for a lone word the entry does not list, else 1."""
        return 1.0 if len(features) > 1 or (label, *features) in self._alone else ALONE

    def _read(self, text: str, language: str | None) -> list[Term]:
        """Return the terms of *text* in the language in which fewer of its words are unknown."""
        first = language if language in LANGUAGES else LANGUAGES[0]
        order = (first, *(each for each in LANGUAGES if each != first))
        return min((self._vocabularies[each].read(text) for each in order), key=self._unknown)

    def _unknown(self, terms: Sequence[Term]) -> int:
        """Return the number of content words found in no entry and no unanswered question."""
        return sum(term.content and term.name not in self._rarity for term in terms)

    def _weighed(self, features: Features, unknown: int) -> Features:
        """Return *features* weighted by rarity and normalised; unknown words lower all values."""
        raw = {
            name: value * self._rarity[name]
            for name, value in features.items()
            if name in self._rarity
        }
        size = math.sqrt(sum(value**2 for value in raw.values()) + THIN + UNKNOWN_COST * unknown)
        return {BIAS: BIAS_WEIGHT} | {name: value / size for name, value in raw.items()}


def _exact(entries: Iterable[Document]) -> dict[str, str]:
    """Return the entry of each title and phrasing that only one entry lists.

    The classifier cannot learn from the few examples of a new entry, but the entry must be
    found by its listed phrasings.
    """
    found: dict[str, set[str]] = {}
    for document in entries:
        listed = (document.title, *document.phrasings) if document.language in LANGUAGES else ()
        for asked in listed:
            found.setdefault(_plainly(asked), set()).add(document.id)
    return {asked: ids.pop() for asked, ids in found.items() if asked and len(ids) == 1}


def _plainly(text: str) -> str:
    """Return the words of *text* without case, punctuation and accents."""
    return " ".join(bare(with_letters(word)) for word in words(text))


def _features(terms: Sequence[Term]) -> Features:
    """Return terms and pairs of ideas: "when + recycling" differs from "where + recycling"."""
    features: dict[str, float] = {}
    for term in terms:
        if term.name:
            features[term.name] = max(features.get(term.name, 0.0), term.weight)
    ideas = list(dict.fromkeys(term.name for term in terms if term.idea))
    for at, one in enumerate(ideas):
        for other in ideas[at + 1 :]:
            features["&".join(sorted((one, other)))] = PAIR
    return features
