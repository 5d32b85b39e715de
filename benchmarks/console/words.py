"""Texts of citizens and staff, generated from Danish words; reproducible by the seed."""

from __future__ import annotations

import itertools
import tomllib
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random

WORDS = tomllib.loads(Path(__file__).with_name("words.toml").read_text())
HOUSES = 99  # in a street


def drawer(words: Sequence[str], random: Random) -> Callable[[], str]:
    """Return a function that draws words as in real text: a few often, most seldom."""
    shuffled = random.sample(words, len(words))
    weights = list(itertools.accumulate(1 / (rank + 3) for rank in range(len(shuffled))))
    return lambda: random.choices(shuffled, cum_weights=weights)[0]


class Writer:
    """A generator of a case's texts: a question, an answer and a note."""

    def __init__(self, random: Random) -> None:
        """Draw everything from *random*."""
        self._random = random
        places = itertools.product(WORDS["places"], WORDS["streets"])
        self._street = drawer(list(map("".join, places)), random)
        things = itertools.product(WORDS["first"], WORDS["last"])
        self._thing = drawer(list(map("".join, things)), random)

    def question(self, number: int) -> str:
        """Return the citizen's question of case *number*."""
        what, street = self._random.choice(WORDS["what"]), self._street().capitalize()
        words = f"{what}, {street} {self._random.randint(1, HOUSES)}"
        every = WORDS["rarest_every"]
        return f"{words}, {WORDS['rarest']}" if number % every == every // 2 else words

    def answer(self) -> str:
        """Return an answer of staff."""
        return self._random.choice(WORDS["answers"])

    def note(self) -> str:
        """Return a note of staff."""
        return f"{self._random.choice(WORDS['notes'])}: {self._thing()}"

    def name(self) -> str:
        """Return a first name."""
        return self._random.choice(WORDS["names"])
