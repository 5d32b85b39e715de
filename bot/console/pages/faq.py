"""The list of FAQ entries for staff, with filters and the chat's own search."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from aiohttp import web

from bot.console.console_context import context_of
from bot.console.current_user import staff_of, user_of
from bot.console.render import page
from bot.model.faq import FaqEntry
from bot.model.staff import May, Staff
from bot.search import Found
from bot.search.analysis import words
from bot.store.faq import FaqCounts, FaqRow

SOON = timedelta(days=30)  # an entry counts as due this long before the day of its next check
COUNTED = timedelta(days=30)
MINE, NOBODY = "mine", "nobody"
LONGEST_SEARCH = 200


class Kept(StrEnum):
    """Which entries are shown: those in use, those due for a check, or the retired ones."""

    LIVE = "live"
    DUE = "due"
    RETIRED = "retired"


@dataclass(frozen=True, slots=True)
class Asked:
    """The search and filters of the list; an empty value does not filter."""

    search: str
    theme: str
    owner: str
    kept: Kept


@dataclass(frozen=True, slots=True)
class Line:
    """An entry as a line of the list."""

    entry: FaqEntry
    row: FaqRow
    owner: str | None
    counts: FaqCounts
    hit: str = ""  # best | near: how the chat would use the entry for the words searched

    def due(self, today: date) -> bool:
        """Return whether the entry's next check is within 30 days or overdue."""
        return not self.row.retired and self.entry.due <= today + SOON


async def show_faq(request: web.Request) -> web.StreamResponse:
    """Show the list of entries."""
    console, asked = context_of(request), asked_of(request)
    async with console.store.reading() as unit:
        rows = await unit.faq.every()
        everybody = await unit.staff.all()
        counts = await unit.faq.counts_since((console.today - COUNTED).isoformat())
        waiting = await unit.missed.count()
        found = None
        if asked.search:
            index = await console.index.newest(unit)
            found = index.find(asked.search, user_of(request).language)
    lines = lines_of(rows, everybody, counts)
    themes = [theme.key for theme in console.town.themes]
    own = [line for line in lines if is_asked(line, asked, staff_of(request).id, console.today)]
    return await page(
        request,
        "faq.html",
        lines=searched(own, asked.search, found) if found else in_order(own, asked.kept, themes),
        asked=asked,
        found=found,
        waiting=waiting,
        due=sum(line.due(console.today) for line in lines),
        owners=owners_of(everybody),
        today=console.today,
    )


def asked_of(request: web.Request) -> Asked:
    """Return the search and filters in the address; an unknown *kept* shows entries in use."""
    query = request.query
    kept = query.get("kept", "")
    return Asked(
        query.get("q", "").strip()[:LONGEST_SEARCH],
        query.get("theme", ""),
        query.get("owner", ""),
        Kept(kept) if kept in set(Kept) else Kept.LIVE,
    )


def owners_of(everybody: Sequence[Staff]) -> list[Staff]:
    """Return the staff who may own an entry."""
    return [one for one in everybody if one.may(May.EDIT_FAQ)]


def lines_of(
    rows: Sequence[FaqRow], everybody: Sequence[Staff], counts: Mapping[str, FaqCounts]
) -> list[Line]:
    """Return the lines of all entries."""
    names = {one.id: one.first_name for one in everybody}
    entries = [(FaqEntry.from_body(row.id, row.body), row) for row in rows]
    return [
        Line(
            entry,
            row,
            names.get(entry.owner) if entry.owner is not None else None,
            counts.get(row.id, FaqCounts()),
        )
        for entry, row in entries
    ]


def is_asked(line: Line, asked: Asked, own_id: int, today: date) -> bool:
    """Return whether a line matches the filters; the search is not considered."""
    owner = "" if line.entry.owner is None else str(line.entry.owner)
    wanted = {MINE: str(own_id), NOBODY: ""}.get(asked.owner, asked.owner)
    return (
        line.row.retired == (asked.kept is Kept.RETIRED)
        and (asked.kept is not Kept.DUE or line.due(today))
        and asked.theme in ("", line.entry.theme)
        and (not asked.owner or owner == wanted)
    )


def in_order(lines: Sequence[Line], kept: Kept, themes: Sequence[str]) -> list[Line]:
    """Sort lines: entries due for a check by day, other entries by theme and question."""
    if kept is Kept.DUE:
        return sorted(lines, key=lambda line: (line.entry.due, line.entry.id))
    ranks = {key: at for at, key in enumerate(themes)}
    return sorted(
        lines,
        key=lambda line: (
            ranks.get(line.entry.theme, len(ranks)),
            line.entry.text("da").question.casefold(),
        ),
    )


def searched(lines: Sequence[Line], search: str, found: Found) -> list[Line]:
    """Return the chat's hits in its order, then the other entries that contain the words."""
    best = [found.best.id] if found.best is not None else []
    hits = {
        **dict.fromkeys((near.id for near in found.near), "near"),
        **dict.fromkeys(best, "best"),
    }
    by_id = {line.entry.id: line for line in lines}
    ranked = [
        replace(by_id[faq_id], hit=hits[faq_id])
        for faq_id in (*best, *(near.id for near in found.near))
        if faq_id in by_id
    ]
    wanted = words(search)
    return [*ranked, *(x for x in lines if x.entry.id not in hits and has(x.entry, wanted))]


def has(entry: FaqEntry, wanted: Sequence[str]) -> bool:
    """Return whether each wanted word is the beginning of a word in the entry."""
    said = [entry.id, entry.source]
    for text in entry.texts.values():
        said += [text.question, text.answer, *text.phrasings]
    known = words(" ".join(said))
    return all(any(word.startswith(start) for word in known) for start in wanted)
