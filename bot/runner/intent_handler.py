"""A handler of an intent: what runs, which arguments it takes, and where the citizen goes after."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import Enum
from typing import Any

from bot.runner import conversations
from bot.runner.context import TurnContext
from bot.runner.conversations import back_to_step


class Argument(Enum):
    """How one value of an intent's arguments is read: they stand behind its name, with dots."""

    ID = "id"  # a row's id; None for anything else
    WORD = "word"  # up to the next dot
    REST = "rest"  # everything that is left


ID, WORD, REST = Argument.ID, Argument.WORD, Argument.REST


@dataclass(frozen=True, slots=True)
class IntentHandler:
    """What the product does for one intent.

    *run* is given the turn's context and one value for each of *arguments*. With
    *back*, the step that waits is asked again afterwards.
    """

    run: Callable[..., Awaitable[None]]
    arguments: tuple[Argument, ...] = ()
    back: bool = False

    async def __call__(self, context: TurnContext, written: str = "") -> None:
        """Run with the arguments as they are *written*."""
        await self.run(context, *self._read(written))
        if self.back:
            await back_to_step(context)

    def _read(self, written: str) -> list[Any]:
        """Read the arguments; an argument that is missing is None or empty."""
        values: list[Any] = []
        for argument in self.arguments:
            word, _dot, left = written.partition(".")
            word, written = (written, "") if argument is REST else (word, left)
            values.append(conversations.id_of(word) if argument is ID else word)
        return values
