"""A message as the chat will show it, in each language, before it is sent."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from bot.console.cases.preview import bubbles
from bot.console.cells import Block, Cell, Line, Part, Quote
from bot.engine.effects import Send
from bot.i18n import LANGUAGE_NAMES, LANGUAGES
from bot.model.town import Town
from bot.runner.renderer import Renderer


def as_shown(town: Town, send: Callable[[str], Send]) -> Sequence[Cell]:
    """Return a message as the chat shows it; *send* makes it in a language."""
    shown = []
    for language in LANGUAGES:
        cells: list[Cell] = [Line(LANGUAGE_NAMES[language], "quiet")]
        for bubble in bubbles(send(language), Renderer(town, language)):
            cells.append(Quote(bubble.words, language, "bubble"))
            for row in bubble.rows:
                keys = tuple(Part(label) for label in row)
                cells.append(Block(keys, "bubble-keys"))
        shown.append(Block(tuple(cells), "telegram"))
    return shown
