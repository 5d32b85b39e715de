"""What is told about the result of a shared pledge: no number about fewer than five people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.i18n import Text, _, pgettext
from bot.model.suppression import LEAST

ANSWERED = _("{answered} of {asked} answered.")
MOST_ANSWERED = _("We asked {asked}. At least {answered} answered.")
FEW_ANSWERED = _("We asked {asked}. Fewer than {least} answered.")
DONE = pgettext("result", "{done} did it.")
MOST_DONE = pgettext("result", "At least {done} did it.")
FEW_DONE = pgettext("result", "Fewer than {least} did it.")
FEW_TAKE_PART = _("So few take part that we show no number.")
SENTENCES = pgettext("sentences", "{first} {second}")


@dataclass(frozen=True, slots=True)
class Told:
    """A number as it is told: from *low* to *high*."""

    low: int
    high: int

    @property
    def exactly(self) -> int | None:
        """Return the number; None where only its limits are told."""
        return self.low if self.low == self.high else None

    def part(self, number: int, left: int) -> Told:
        """Return a part of this number as it is told; *left* is what remains without it."""
        if number < LEAST:
            return Told(0, LEAST - 1)
        if left >= LEAST:
            return Told(number, number)
        return Told(max(LEAST, self.low - LEAST + 1), self.high)

    def words(self, exactly: Text, at_least: Text, few: Text) -> Text:
        """Return the text for what is told."""
        if self.low < LEAST:
            return few
        return exactly if self.exactly is not None else at_least


@dataclass(frozen=True, slots=True)
class Result:
    """How many were asked, answered and did it, as it is told."""

    asked: int
    answered: Told
    done: Told


def told_result(numbers: Mapping[str, int] | None) -> Result | None:
    """Return what may be told: no number, and no difference, is about one to four people.

    None where fewer than five were asked.
    """
    asked, answered, done = ((numbers or {}).get(name, 0) for name in ("asked", "answered", "done"))
    if asked < LEAST:
        return None
    of_asked = Told(asked, asked).part(answered, asked - answered)
    return Result(asked, of_asked, of_asked.part(done, answered - done))


def result_numbers(numbers: Mapping[str, int] | None) -> Mapping[str, int | None]:
    """Return the numbers of a result; None for those that are not told."""
    told = told_result(numbers)
    if told is None:
        return {"asked": None, "answered": None, "done": None}
    return {"asked": told.asked, "answered": told.answered.exactly, "done": told.done.exactly}


def result_words(numbers: Mapping[str, int] | None) -> Text:
    """Return how many answered and how many did it, in words where a number is not told."""
    told = told_result(numbers)
    if told is None:
        return FEW_TAKE_PART
    first = told.answered.words(ANSWERED, MOST_ANSWERED, FEW_ANSWERED)
    facts = {"asked": told.asked, "answered": told.answered.low, "least": LEAST}
    if told.answered.low < LEAST:
        return first.with_(**facts)
    second = told.done.words(DONE, MOST_DONE, FEW_DONE).with_(done=told.done.low, least=LEAST)
    return SENTENCES.with_(first=first.with_(**facts), second=second)
