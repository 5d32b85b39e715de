"""Read a citizen's words as ideas: synonyms, compounds and typing errors included."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from bot.search.analysis import function_stems, stem, words
from bot.search.words import IDEAS

# A part of a compound, and a guess at a misspelt word, count for less than the word itself.
PART: Final = 0.7
GUESS: Final = 0.9
FUNCTION: Final = 0.5
LEAST_PART: Final = 3
LEAST_COMPOUND: Final = 6
# A known word is not taken apart unless it is long: "kommet" is no compound.
LEAST_KNOWN_COMPOUND: Final = 9
LEAST_GUESSED: Final = 4
ALIKE: Final = 0.6
CANDIDATES: Final = 12


@dataclass(frozen=True, slots=True)
class Term:
    """One idea or word read from a text; *name* is empty where we do not know the word."""

    name: str
    weight: float
    content: bool = True

    @property
    def idea(self) -> bool:
        """Tell whether the term is shared by several words, in both languages."""
        return self.name.startswith("@")


UNKNOWN: Final = Term("", 1.0)
NUMBER: Final = Term("#", 1.0)


@lru_cache(maxsize=8)
def ideas(language: str) -> dict[str, str]:
    """Return the idea that each stem stands for; the first group that has it wins."""
    found: dict[str, str] = {}
    for name, said in IDEAS.items():
        for word in said[language].split():
            found.setdefault(stem(word, language), f"@{name}")
    return found


class Vocabulary:
    """The words that the entries of one language use, and how to get to them."""

    def __init__(self, texts: Iterable[str], language: str) -> None:
        """Collect the words of *texts*."""
        self.language = language
        self._ideas = ideas(language)
        self._function = function_stems(language)
        self._counts = Counter(stem(word, language) for text in texts for word in words(text))
        self._known = {*self._counts, *self._ideas, *self._function}
        self._by_gram: dict[str, list[str]] = defaultdict(list)
        for word in sorted(self._known):
            for gram in _grams(word):
                self._by_gram[gram].append(word)
        self._read: dict[str, tuple[Term, ...]] = {}

    def read(self, text: str) -> list[Term]:
        """Read every word of *text*."""
        return [term for word in words(text) for term in self._terms(word)]

    def _terms(self, word: str) -> tuple[Term, ...]:
        """Read one word; only words of our own texts are remembered, so memory is bounded."""
        if word in self._read:
            return self._read[word]
        terms = self._look(word)
        if stem(word, self.language) in self._counts:
            self._read[word] = terms
        return terms

    def _look(self, word: str) -> tuple[Term, ...]:
        if word.isdigit():
            return (NUMBER,)
        stemmed = stem(word, self.language)
        if stemmed in self._known:
            return self._known_terms(stemmed)
        parts = self._parts(stemmed)
        if parts:
            return tuple(self._term(part, PART) for part in parts)
        near = self._nearest(stemmed)
        if not near:
            return (UNKNOWN,)
        return tuple(
            Term(term.name, term.weight * GUESS, term.content) for term in self._known_terms(near)
        )

    def _known_terms(self, stemmed: str) -> tuple[Term, ...]:
        whole = self._term(stemmed, 1.0)
        if stemmed in self._function or whole.idea or len(stemmed) < LEAST_KNOWN_COMPOUND:
            return (whole,)
        return (whole, *(self._term(part, PART) for part in self._parts(stemmed)))

    def _term(self, stemmed: str, weight: float) -> Term:
        name = self._ideas.get(stemmed, f"{self.language}:{stemmed}")
        if stemmed in self._function:
            return Term(name, weight * FUNCTION, content=False)
        return Term(name, weight)

    def _parts(self, stemmed: str) -> tuple[str, ...]:
        """Cut a compound into two words that we know, the last as long as can be."""
        if len(stemmed) < LEAST_COMPOUND:
            return ()
        for cut in range(LEAST_PART, len(stemmed) - LEAST_PART + 1):
            last = self._part(stemmed[cut:])
            first = last and self._first_part(stemmed[:cut])
            if first:
                return first, last
        return ()

    def _first_part(self, text: str) -> str:
        """Find the first part of a compound, with or without its linking e or s."""
        found = self._part(text)
        return found or (self._part(text[:-1]) if text[-1] in "es" else "")

    def _part(self, text: str) -> str:
        stemmed = stem(text, self.language)
        usable = stemmed in self._known and stemmed not in self._function
        return stemmed if usable and len(stemmed) >= LEAST_PART else ""

    def _nearest(self, stemmed: str) -> str:
        """Find the known word that a misspelt one most likely is; empty where none is near."""
        grams = _grams(stemmed)
        shared = Counter(word for gram in grams for word in self._by_gram.get(gram, ()))
        alike = {
            word: 2 * count / (len(grams) + len(_grams(word)))
            for word, count in shared.most_common(CANDIDATES)
        }
        slips = [word for word in alike if is_slip(stemmed, word)]
        long = len(stemmed) > LEAST_GUESSED
        near = slips or [word for word, share in alike.items() if long and share >= ALIKE]
        return max(near, key=lambda word: (alike[word], self._counts[word], word), default="")


@lru_cache(maxsize=20_000)
def _grams(word: str) -> frozenset[str]:
    """Return the pairs and triples of letters of *word*, its ends marked."""
    marked = f"^{word}$"
    return frozenset(marked[at : at + size] for size in (2, 3) for at in range(len(marked) + 1 - size))


def is_slip(typed: str, meant: str) -> bool:
    """Tell whether one slip of a finger leads from *meant* to *typed*.

    A slip is a letter too many, one missing, one wrong, or two that changed places;
    in very short words only the last, for there one letter makes another word.
    """
    start = 0
    while start < min(len(typed), len(meant)) and typed[start] == meant[start]:
        start += 1
    rest, want = typed[start:], meant[start:]
    if rest[:2] == want[1::-1] and len(rest) > 1 and rest[2:] == want[2:]:
        return True
    if min(len(typed), len(meant)) < LEAST_GUESSED:
        return False
    return rest[1:] == want[1:] or rest[1:] == want or rest == want[1:]
