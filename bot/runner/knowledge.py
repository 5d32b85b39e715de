"""What the FAQ knows, and how it is said."""

from __future__ import annotations

from bot.model.faq import FaqEntry
from bot.runner.desk import Desk
from flows import cards


async def knows(desk: Desk, words: str) -> bool:
    """Tell whether the FAQ surely answers *words*."""
    index = await desk.house.index(desk.unit)
    return index.find(words, desk.language).best is not None


async def question(desk: Desk, words: str) -> bool:
    """Answer a question from the FAQ, or offer what may be meant; tell whether it was answered."""
    index = await desk.house.index(desk.unit)
    found = index.find(words, desk.language)
    if found.best is not None:
        entry = await faq_entry(desk, found.best.id)
        if entry is not None:
            await show_entry(desk, entry)
            return True
    near = [await faq_entry(desk, hit.id) for hit in found.near]
    titles = [(e.id, e.text(desk.language).question) for e in near if e is not None]
    desk.say(cards.did_you_mean(titles) if titles else cards.do_not_know(desk.contact()))
    return False


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
