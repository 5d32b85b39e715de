"""Whether words name a thing by a word of its title: an ending may differ."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot.engine.words import fold

SHORTEST = 5  # letters by which a word is known


def plain(words: str) -> list[str]:
    """Return folded words without accents that people leave out."""
    return fold(words).replace("é", "e").split()


def is_named(words: Sequence[str], texts: Iterable[str]) -> bool:
    """Return whether one of some plain *words* names what has these texts."""
    names = {name for text in texts for name in plain(text) if len(name) >= SHORTEST}
    return any(_same_stem(word, name) for word in words for name in names)


def _same_stem(word: str, name: str) -> bool:
    """Return whether one word begins the other."""
    if len(word) < SHORTEST:
        return False
    return word.startswith(name) or (name.startswith(word) and len(name) - len(word) <= SHORTEST)
