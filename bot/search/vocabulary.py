"""Map a citizen's words to ideas: handles synonyms, compounds and typing errors."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from bot.letters import is_slip
from bot.search.analysis import bare, function_stems, stem, with_letters, words
from bot.search.words import FUNCTION_WORDS, IDEAS

# Weights of a part of a compound and of a corrected word; the word itself has weight 1.
PART: Final = 0.7
GUESS: Final = 0.9
FUNCTION: Final = 0.7
LEAST_PART: Final = 3
LEAST_COMPOUND: Final = 6
# Only long known words are split: "kommet" is no compound.
LEAST_KNOWN_COMPOUND: Final = 9
LEAST_ALIKE: Final = 6
ALIKE: Final = 0.65
CANDIDATES: Final = 12
# Longer words are not split: they are no real words, and splitting would be slow.
LONGEST: Final = 40


@dataclass(frozen=True, slots=True)
class Term:
    """An idea or word of a text; *name* is empty where the word is unknown."""

    name: str
    weight: float
    content: bool = True

    @property
    def idea(self) -> bool:
        """Return whether the term is shared by several words, in both languages."""
        return self.name.startswith("@")


UNKNOWN: Final = Term("", 1.0)
NUMBER: Final = Term("#", 1.0)


@lru_cache(maxsize=8)
def ideas(language: str) -> dict[str, str]:
    """Return the idea of each listed form and of each stem; forms take precedence.

    Two forms may share a stem but differ in meaning: "passer" minds a child, "passet" is a
    passport. The first group that has a word wins.
    """
    pairs = [(word, name) for name, said in IDEAS.items() for word in said[language].split()]
    found: dict[str, str] = {}
    for word, name in pairs:
        found.setdefault(bare(word), f"@{name}")
    for word, name in pairs:
        found.setdefault(stem(word, language), f"@{name}")
    return found


def listed(language: str) -> list[str]:
    """Return all words of the word lists in one language."""
    return " ".join(
        (FUNCTION_WORDS[language], *(said[language] for said in IDEAS.values()))
    ).split()


class Vocabulary:
    """The words used by the entries of one language, with the ways to find them."""

    def __init__(self, texts: Iterable[str], language: str) -> None:
        """Collect the words of *texts* and of the word lists."""
        self.language = language
        self._ideas = ideas(language)
        self._function = function_stems(language)
        self._counts = Counter(word for text in texts for word in words(text))
        self._forms = {
            bare(word): stem(word, language) for word in (*listed(language), *self._counts)
        }
        self._known = set(self._forms.values())
        self._by_gram: dict[str, list[str]] = defaultdict(list)
        for form in self._forms:
            for gram in _grams(form):
                self._by_gram[gram].append(form)
        self._read: dict[str, tuple[Term, ...]] = {}

    def read(self, text: str) -> list[Term]:
        """Return the terms of *text*."""
        return [term for word in words(text) for term in self._terms(word)]

    def _terms(self, word: str) -> tuple[Term, ...]:
        """Return the terms of one word; only words of our own texts are cached, to bound memory."""
        if word in self._read:
            return self._read[word]
        terms = self._look(word)
        if word in self._counts:
            self._read[word] = terms
        return terms

    def _look(self, word: str) -> tuple[Term, ...]:
        if word.isdigit():
            return (NUMBER,)
        if len(word) > LONGEST:
            return (UNKNOWN,)
        if self._knows(word):
            return self._known_terms(word)
        parts = self._parts(word)
        if parts:
            return parts
        near = self._nearest(bare(word))
        if not near:
            return (UNKNOWN,)
        guesses = self._known_terms(near)
        return tuple(Term(each.name, each.weight * GUESS, each.content) for each in guesses)

    def _knows(self, word: str) -> bool:
        return bare(word) in self._forms or stem(word, self.language) in self._known

    def _known_terms(self, word: str) -> tuple[Term, ...]:
        whole = self._term(word, 1.0)
        if not whole.content or whole.idea or len(word) < LEAST_KNOWN_COMPOUND:
            return (whole,)
        return (whole, *self._parts(word))

    def _term(self, word: str, weight: float) -> Term:
        form = bare(word)
        stemmed = self._forms.get(form) or stem(word, self.language)
        idea = self._ideas.get(form) or self._ideas.get(stemmed)
        content = stemmed not in self._function
        name = idea or f"{self.language}:{stemmed}"
        return Term(name, weight if content else weight * FUNCTION, content)

    def _parts(self, word: str) -> tuple[Term, ...]:
        """Split a compound into two known words, the last as long as possible."""
        text = with_letters(word) if self.language == "da" else word
        if len(text) < LEAST_COMPOUND:
            return ()
        for cut in range(LEAST_PART, len(text) - LEAST_PART + 1):
            last = self._part(text[cut:])
            # An e or an s may link the first part.
            linked = text[: cut - 1] if text[cut - 1] in "es" else ""
            first = last and (self._part(text[:cut]) or self._part(linked))
            if first and last:
                return first, last
        return ()

    def _part(self, text: str) -> Term | None:
        if len(text) < LEAST_PART or not self._knows(text):
            return None
        term = self._term(text, PART)
        return term if term.content else None

    def _nearest(self, typed: str) -> str:
        """Return the most likely known form of a misspelt word; empty where none is similar."""
        grams = _grams(typed)
        shared = Counter(form for gram in grams for form in self._by_gram.get(gram, ()))
        alike = {
            form: 2 * count / (len(grams) + len(_grams(form)))
            for form, count in shared.most_common(CANDIDATES)
        }
        slips = [form for form in alike if is_slip(typed, form)]
        long = len(typed) >= LEAST_ALIKE
        near = slips or [form for form, share in alike.items() if long and share >= ALIKE]
        return max(near, key=lambda form: (alike[form], self._counts[form], form), default="")


@lru_cache(maxsize=20_000)
def _grams(word: str) -> tuple[str, ...]:
    """Return the distinct letter pairs and triples of *word*, with its ends marked, in order."""
    marked = f"^{word}$"
    grams = (marked[at : at + size] for size in (2, 3) for at in range(len(marked) + 1 - size))
    return tuple(dict.fromkeys(grams))
