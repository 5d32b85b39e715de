"""FAQ entries suggested to staff for a citizen's words."""

from __future__ import annotations

from bot.console.console_context import ConsoleContext
from bot.model.faq import FaqEntry
from bot.store.unit import Unit

MOST = 8
LONGEST_QUERY = 400  # characters


async def suggested(
    console: ConsoleContext, unit: Unit, words: str, language: str
) -> tuple[FaqEntry, ...]:
    """Return at most 8 entries: search hits, best first, then questions that contain *words*."""
    rows = await unit.faq.all()
    entries = {row.id: FaqEntry.from_body(row.id, row.body) for row in rows}
    index = await console.index.waited_for(unit)
    found = index.find(words[:LONGEST_QUERY], language)
    hits = [*([found.best] if found.best else []), *found.near]
    ids = [hit.id for hit in hits if hit.id in entries]
    ids += [key for key, entry in entries.items() if key not in ids and _names(entry, words)]
    return tuple(entries[key] for key in ids[:MOST])


def _names(entry: FaqEntry, words: str) -> bool:
    """Return whether an entry's question contains all *words* in at least one language."""
    wanted = words.casefold().split()
    asked = [text.question.casefold() for text in entry.texts.values()]
    return bool(wanted) and any(all(word in one for word in wanted) for one in asked)
