"""What the FAQ knows, and how it is said."""

from __future__ import annotations

from bot.model.faq import FaqEntry
from bot.runner.desk import Desk
from bot.search import Found
from flows import cards


async def answered(desk: Desk, words: str) -> bool:
    """Answer *words* where the FAQ surely knows; tell whether it did."""
    return await _show_best(desk, await _find(desk, words))


async def question(desk: Desk, words: str) -> None:
    """Answer a question from the FAQ, or offer what may be meant."""
    found = await _find(desk, words)
    if await _show_best(desk, found):
        return
    near = [await faq_entry(desk, hit.id) for hit in found.near]
    titles = [(e.id, e.text(desk.language).question) for e in near if e is not None]
    desk.say(cards.did_you_mean(titles) if titles else cards.do_not_know(desk.contact()))


async def _find(desk: Desk, words: str) -> Found:
    """Look *words* up."""
    index = await desk.house.index(desk.unit)
    return index.find(words, desk.language)


async def _show_best(desk: Desk, found: Found) -> bool:
    """Show the entry that answers, where there is one; tell whether there is."""
    entry = await faq_entry(desk, found.best.id) if found.best is not None else None
    if entry is not None:
        await show_entry(desk, entry)
    return entry is not None


async def faq_entry(desk: Desk, faq_id: str) -> FaqEntry | None:
    """Fetch an entry as it stands now."""
    row = await desk.unit.faq.get(faq_id)
    return FaqEntry.from_body(row.id, row.body) if row is not None and not row.retired else None


async def show_entry(desk: Desk, entry: FaqEntry) -> None:
    """Show an answer, and count that it was shown."""
    day = desk.house.calendar.local(desk.now).date().isoformat()
    await desk.unit.faq.count(entry.id, day, shown=1)
    text = entry.text(desk.language)
    desk.say(cards.answer(entry.id, text.question, text.answer, entry.source, entry.reviewed))
