"""A message as the chat will show it, in each language, before it is sent."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from bot.console.cases.preview import bubbles
from bot.console.cells import Block, Cell, Line, Part, Quote
from bot.engine.effects import Send
from bot.i18n import LANGUAGE_NAMES, LANGUAGES, _
from bot.model.town import Town
from bot.runner.renderer import Renderer


def as_shown(
    town: Town, send: Callable[[str], Send | None], above: Sequence[Cell] = ()
) -> Sequence[Cell]:
    """Return a message as the chat shows it; *send* makes it in a language, or makes none.

    *above* is what the message shows above its words, such as a picture.
    """
    shown = []
    for language in LANGUAGES:
        made = send(language)
        cells: list[Cell] = [Line(LANGUAGE_NAMES[language], "quiet")]
        if made is None:
            cells.append(Line(_("Readers of this language get nothing.")))
        else:
            cells += above
        for bubble in bubbles(made, Renderer(town, language)) if made is not None else ():
            cells.append(Quote(bubble.words, language, "bubble"))
            for row in bubble.rows:
                keys = tuple(Part(label) for label in row)
                cells.append(Block(keys, "bubble-keys"))
        shown.append(Block(tuple(cells), "telegram"))
    return shown
