"""Intent handlers: the function to run, its arguments, and whether the step is asked again."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import Enum
from typing import Any

from bot.runner import conversations
from bot.runner.context import TurnContext
from bot.runner.conversations import back_to_step


class Argument(Enum):
    """How one argument of an intent is parsed; arguments follow the name, separated by dots."""

    ID = "id"  # a row's id; None for anything else
    WORD = "word"  # up to the next dot
    REST = "rest"  # all text that remains


ID, WORD, REST = Argument.ID, Argument.WORD, Argument.REST


@dataclass(frozen=True, slots=True)
class IntentHandler:
    """The handler of one intent.

    *run* gets the turn context and one value for each of *arguments*. With *back*, the waiting
    step is asked again afterwards.
    """

    run: Callable[..., Awaitable[None]]
    arguments: tuple[Argument, ...] = ()
    back: bool = False

    @property
    def takes_words(self) -> bool:
        """Return whether it gets the words after a command."""
        return REST in self.arguments

    async def __call__(self, context: TurnContext, written: str = "") -> None:
        """Parse *written* and run with its arguments."""
        await self.run(context, *self._read(written))
        if self.back:
            await back_to_step(context)

    def _read(self, written: str) -> list[Any]:
        """Return the parsed arguments; a missing one is None or empty."""
        values: list[Any] = []
        for argument in self.arguments:
            word, _dot, left = written.partition(".")
            word, written = (written, "") if argument is REST else (word, left)
            values.append(conversations.id_of(word) if argument is ID else word)
        return values
