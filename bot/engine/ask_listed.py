"""A question whose options are described in its text, and which takes own words too."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bot.engine.conversation import Conversation
from bot.engine.effects import Option, World
from bot.engine.events import Chose, Refused, Typed
from bot.engine.questions import Ask
from bot.engine.steps import (
    Answered,
    Condition,
    Question,
    Reading,
    Rows,
    Unread,
    by_label,
    by_number,
)
from bot.engine.words import fold, is_unsure
from bot.i18n import LANGUAGES, Text, pgettext, render

KEY, WORDS = "key", "words"
LEAST_STEM = 4  # letters of a word that may have an ending
# What a Danish or English word may end with.
ENDINGS = frozenset(
    ("e", "n", "t", "r", "s", "en", "et", "er", "es", "ne", "ene", "erne", "et", "ing", "ed")
)


def says(said: str, word: str) -> bool:
    """Return whether folded words contain a word, also with an ending, or a phrase."""
    if " " in word:
        return f" {word} " in f" {said} "
    return any(
        one == word
        or (len(word) >= LEAST_STEM and one.startswith(word) and one[len(word) :] in ENDINGS)
        for one in said.split()
    )


class AskListed(Ask):
    """Asks for one of the town's rows, or for own words, read by *parse*.

    The answer is ``{"key": …}``, with ``"words"`` where the person named the option in own words;
    ``{"words": …}`` for other words. An option is found by its label or its words in a text of at
    most *most* words.
    """

    def __init__(
        self,
        text: Text,
        options: Rows,
        parse: Callable[[str], Any],
        *,
        most: int = 3,
        when: Condition | None = None,
    ) -> None:
        """Ask *text*, followed by what is said about each option."""
        super().__init__(text, parse, when=when)
        self.options = options
        self.most = most

    def asked_text(self, conversation: Conversation, world: World) -> Text:
        """Return the question with a line for each option that has one."""
        del conversation
        lines = [one.about for one in self.choices(world) if one.about]
        text = self.text
        for number, line in enumerate(lines):
            gap = pgettext("list", "{before}\n\n{line}") if not number else LINE
            text = gap.with_(before=text, line=line)
        return text

    def read(self, event: Typed | Chose, conversation: Conversation, world: World) -> Reading:
        """Read a tap, a label, a number, words that name an option, or own words."""
        if isinstance(event, Chose):
            return self.read_choice(event.option, conversation, world)
        shown = self.all_buttons(conversation, world)
        key = by_label(event.words, shown) or by_number(event.words, shown)
        if key is not None:
            return Answered({KEY: key})
        if is_unsure(event.words):
            return Unread()
        named = self._named(event.words, world)
        if named is not None:
            return Answered({KEY: named, WORDS: event.words.strip()})
        value = self.parse(event.words)
        return value if isinstance(value, Refused) else Answered({WORDS: value})

    def read_choice(self, option: str, conversation: Conversation, world: World) -> Reading:
        """Return the option's key, with its mark."""
        reading = Question.read_choice(self, option, conversation, world)
        return Answered({KEY: reading.value}) if isinstance(reading, Answered) else reading

    def _named(self, words: str, world: World) -> str | None:
        """Return the option that words name first; None where they name none."""
        said = fold(words)
        if "?" in words or not 0 < len(said.split()) <= self.most:
            return None
        found = [(at, one.key) for one in self.choices(world) if (at := _first(said, one)) >= 0]
        return min(found)[1] if found else None


LINE = pgettext("list", "{before}\n{line}")


def _first(said: str, option: Option) -> int:
    """Return where folded words name an option first; -1 where they do not."""
    labels = [option.label]
    if isinstance(option.label, Text):
        labels = [render(option.label, language, escape=str) for language in LANGUAGES]
    names = [fold(one) for one in (*map(str, labels), *option.words)]
    found = [said.find(name) for name in names if name and says(said, name)]
    return min(found, default=-1)
