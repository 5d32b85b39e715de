"""A place in the tokens of a text, and the day that is read there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from bot.calendar import Calendar
from bot.calendar.phrases import words
from bot.calendar.phrases.result import Part, Why
from bot.calendar.phrases.tokens import Token, tokens_of
from bot.calendar.phrases.vocabulary import AMBIGUOUS, vocabulary
from bot.calendar.phrases.words import Phrases, length_at

MOST_DIGITS = 4  # a longer number is neither an hour, an amount nor a year
_TIME, _NUMBERS = frozenset({"clock", "date", "meridiem"}), frozenset({"number", "ordinal"})


@dataclass(frozen=True, slots=True)
class Day:
    """A day expression. *ends* is the last day of a span; *moment* a moment to the minute.

    *weekday* is set where only a weekday is named, *number* where only a day of the month is,
    *nth* where it is the nth weekday of each month. *why* says why the day cannot be used.
    """

    day: date | None = None
    ends: date | None = None
    moment: datetime | None = None
    weekday: int | None = None
    number: int | None = None
    nth: int | None = None
    part: Part | None = None
    is_week: bool = False
    is_next: bool = False  # "next Friday": this week's or next week's
    is_feast: bool = False
    why: Why | None = None
    weeks_later: int = 0


# What a reader returns: a day expression and the token after it.
FoundDay = tuple[Day, int]


@dataclass(frozen=True, slots=True)
class Place:
    """The tokens of a text, its language, and the local time when it was typed.

    Methods answer for a token outside the text as for one without any meaning.
    """

    tokens: Sequence[Token]
    texts: Sequence[str]  # of the tokens
    language: str
    now: datetime  # local, without a zone
    calendar: Calendar

    @classmethod
    def of(cls, text: str, language: str, now: datetime, calendar: Calendar) -> Place:
        """Return the place for a text that was typed at the instant *now*."""
        tokens = tokens_of(text, language)
        local = calendar.local(now).replace(tzinfo=None, second=0, microsecond=0)
        return cls(tokens, [token.text for token in tokens], language, local, calendar)

    @property
    def today(self) -> date:
        """Return the local date."""
        return self.now.date()

    def with_token(self, at: int, token: Token) -> Place:
        """Return the place with another token at place *at*."""
        tokens = [*self.tokens[:at], token, *self.tokens[at + 1 :]]
        return replace(self, tokens=tokens, texts=[one.text for one in tokens])

    def text(self, at: int) -> str:
        """Return the text of a token, or "" where there is none."""
        return self.texts[at] if 0 <= at < len(self.texts) else ""

    def kind(self, at: int) -> str:
        """Return the kind of a token, or ""."""
        return self.tokens[at].kind if 0 <= at < len(self.tokens) else ""

    def has(self, at: int, phrases: Phrases) -> bool:
        """Return whether one of *phrases*, of either language, begins at token *at*."""
        return length_at(self.texts, at, phrases.either) > 0

    def skip(self, at: int, phrases: Phrases) -> int:
        """Return the token after one of *phrases* of either language, or *at* itself."""
        return at + length_at(self.texts, at, phrases.either)

    def has_own(self, at: int, phrases: Phrases) -> bool:
        """Return whether one of *phrases* of the text's language begins at token *at*."""
        return length_at(self.texts, at, phrases.of(self.language)) > 0

    def skip_own(self, at: int, phrases: Phrases) -> int:
        """Return the token after one of *phrases* of the text's language, or *at* itself."""
        return at + length_at(self.texts, at, phrases.of(self.language))

    def number(self, at: int) -> int | None:
        """Return a number in digits or words at token *at*, or None."""
        if self.kind(at) in {"number", "ordinal"}:
            digits = self.text(at).rstrip(".stndrh")
            return int(digits) if digits.isdecimal() and len(digits) <= MOST_DIGITS else None
        return vocabulary(self.language).numbers.get(self.text(at))

    def ordinal(self, at: int) -> int | None:
        """Return an ordinal in digits or words at token *at*, or None; -1 is "the last"."""
        if self.kind(at) == "ordinal":
            return self.number(at)
        return vocabulary(self.language).ordinals.get(self.text(at))

    def weekday(self, at: int) -> int | None:
        """Return the weekday that token *at* names, or None.

        "man" and "sat" are words too: only a date, a time or a list of days makes them a day.
        """
        word = self.text(at)
        found = vocabulary(self.language).weekdays.get(word)
        if found is None or word not in AMBIGUOUS:
            return found
        if self.has_own(at - 1, words.NO_WEEKDAY_BEHIND):
            return None
        is_day = (
            self.kind(at + 1) in _TIME
            or (self.kind(at + 1) in _NUMBERS and not self.counts(at + 1))
            or self.has(at + 1, words.NEAR_WEEKDAY)
            or self.has(at - 1, words.BEFORE_WEEKDAY)
            or any(
                self.is_weekday_name(at + 2 * side)
                and (self.has(at + side, words.WEEKDAY_JOINT) or self.kind(at + side) == "dash")
                for side in (-1, 1)
            )
        )
        return found if is_day else None

    def is_weekday_name(self, at: int) -> bool:
        """Return whether token *at* names a weekday, also by a word with another meaning."""
        return self.text(at) in vocabulary(self.language).weekdays

    def is_name(self, at: int) -> bool:
        """Return whether token *at* has a capital within a sentence."""
        begins = at == 0 or self.tokens[at - 1].ends_sentence
        return self.tokens[at].is_capital and not begins

    def habit(self, at: int) -> int | None:
        """Return the weekday of a form that means "every", such as "Mondays", or None."""
        return vocabulary(self.language).habits.get(self.text(at))

    def is_glued(self, at: int) -> bool:
        """Return whether token *at* follows a word without a space: the number of "u13"."""
        before = self.tokens[at - 1] if at > 0 else None
        return before is not None and before.kind == "word" and before.end == self.tokens[at].start

    def counts(self, at: int) -> bool:
        """Return whether the number at token *at* counts what the word behind it names."""
        return self.kind(at + 1) == "word" and not (
            self.has(at + 1, words.AFTER_NUMBER)
            or self.has_own(at + 1, words.NOT_COUNTED)
            or self.is_weekday_name(at + 1)
            or self.part(at + 1) is not None
            or self.month(at + 1) is not None
        )

    def month(self, at: int) -> int | None:
        """Return the month that token *at* names, or None."""
        return vocabulary(self.language).months.get(self.text(at))

    def part(self, at: int) -> Part | None:
        """Return the part of the day that token *at* names, or None."""
        return vocabulary(self.language).parts.get(self.text(at))
