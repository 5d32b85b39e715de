"""FAQ: find the entry that answers words, and show it."""

from __future__ import annotations

from dataclasses import replace

from bot.engine.effects import Button
from bot.model.faq import FaqEntry
from bot.redact import MARK
from bot.runner.context import TurnContext
from bot.search import Found
from flows import cards


async def answered(context: TurnContext, words: str) -> bool:
    """Answer *words* from the FAQ where a match is certain; return whether there was one."""
    return await _show_best(context, await find(context, words))


async def find(context: TurnContext, words: str) -> Found:
    """Look *words* up in the FAQ index, without redaction marks."""
    index = await context.runtime.index(context.unit)
    return index.find(words.replace(MARK, " "), context.language)


async def _show_best(context: TurnContext, found: Found) -> bool:
    """Show the entry that answers, if any; return whether there is one."""
    entry = await faq_entry(context, found.best.id) if found.best is not None else None
    if entry is not None:
        await show_entry(context, entry)
    return entry is not None


async def faq_entry(context: TurnContext, faq_id: str) -> FaqEntry | None:
    """Return the current version of an entry; None where it is missing or retired."""
    row = await context.unit.faq.get(faq_id)
    return FaqEntry.from_body(row.id, row.body) if row is not None and not row.retired else None


async def show_entry(
    context: TurnContext, entry: FaqEntry, asked: int | None = None, also: Button | None = None
) -> None:
    """Show an answer and count that it was shown.

    *asked* is the stored question it answers, if any; *also* is one more button.
    """
    day = context.calendar.local(context.now).date().isoformat()
    await context.unit.faq.count(entry.id, day, shown=1)
    card = cards.faq_answer(entry, context.language, asked=asked)
    context.send(replace(card, buttons=(also, *card.buttons)) if also is not None else card)


async def theme_of(context: TurnContext, found: Found) -> str | None:
    """Return the theme of the entry nearest to the question; None without one."""
    nearest = found.best or (found.near[0] if found.near else None)
    entry = await faq_entry(context, nearest.id) if nearest is not None else None
    return entry.theme if entry is not None else None
