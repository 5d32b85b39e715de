"""The list of FAQ entries for staff, with filters and the chat's own search."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from aiohttp import web

from bot.console.cells import Block, Button, Cell, Line, Link, Title, dotted, tag
from bot.console.console_context import context_of
from bot.console.current_user import staff_of, user_of
from bot.console.form import Field, Options
from bot.console.list_page import Filters, ListPage, filters_of, list_page
from bot.console.town_labels import theme_labels, theme_options
from bot.i18n import Day, _, ngettext, pgettext
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
class FaqLine:
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
    due = sum(line.due(console.today) for line in lines)
    shown = ListPage(
        _("Questions and answers"),
        searched(own, asked.search, found) if found else in_order(own, asked.kept, themes),
        columns(request, due_only=asked.kept is Kept.DUE),
        css="entries",
        new=Link(_("New answer"), "faq/new"),
        above=(_ways(waiting, due if asked.kept is not Kept.DUE else 0),),
        filters=_filters(request, owners_of(everybody)),
        between=(_verdict(found, asked.search),) if found and asked.kept is Kept.LIVE else (),
        empty=Line(_("There is none of that kind."), "empty"),
        below=Line(_("Counted over the last 30 days. Nobody's name is kept with it."), "quiet"),
    )
    return await list_page(request, shown)


def _ways(waiting: int, due: int) -> Line:
    """Return links to unanswered questions and to entries that are due for a check."""
    missed = ngettext("{count} question found nothing", "{count} questions found nothing", "count")
    check = ngettext(
        "{count} answer is to be checked", "{count} answers are to be checked", "count"
    )
    return Line(
        (
            Link(missed.with_(count=waiting), "missed") if waiting else None,
            Link(check.with_(count=due), "faq?kept=due") if due else None,
        ),
        "ways",
    )


def _filters(request: web.Request, owners: Sequence[Staff]) -> Filters:
    """Return the search, and the filters by theme, owner and state."""
    own_id, every = staff_of(request).id, _("All")
    others = [(str(one.id), one.first_name) for one in owners if one.id != own_id]
    owned: Options = [(MINE, _("Me")), (NOBODY, _("Nobody")), *others]
    kept: Options = [
        (Kept.LIVE, _("What the chat knows")),
        (Kept.DUE, _("To be checked")),
        (Kept.RETIRED, pgettext("answers", "Retired")),
    ]
    themes = theme_options(request)
    ask = _("Ask as a citizen would")
    fields = (
        Field("q", ask, "search", required=False, longest=LONGEST_SEARCH),
        Field("theme", _("Theme"), "choice", options=themes, empty=every, required=False),
        Field("owner", _("Owner"), "choice", options=owned, empty=every, required=False),
        Field("kept", pgettext("filter", "Show"), "choice", options=kept, required=False),
    )
    return filters_of(request, "faq", fields, submit=_("Find"), icon="search")


def _verdict(found: Found, search: str) -> Line:
    """Return what the chat would do with the words searched."""
    said = _("The chat is not sure, and asks whether one of the first ones here is meant.")
    if found.best:
        said = _("The chat answers “{asked}” with the first one here.")
    elif not found.near:
        said = _("The chat finds nothing for “{asked}”, and sends it to a person.")
    return Line(said.with_(asked=search), "verdict")


def columns(request: web.Request, *, due_only: bool) -> Sequence[Callable[[FaqLine], Cell]]:
    """Return the columns; with *due_only*, a button notes that an entry is still right."""
    language, today = user_of(request).language, context_of(request).today
    themes, here = theme_labels(request), request.path_qs

    def about(line: FaqLine) -> Block:
        entry = line.entry
        facts = dotted(
            entry.id,
            themes.get(entry.theme, entry.theme),
            line.owner or _("no owner"),
            None if "en" in entry.texts else _("only in Danish"),
        )
        link = Link(entry.text(language).question, f"faq/{entry.id}")
        return Block((Title(link), Line(facts, "quiet")))

    def state(line: FaqLine) -> Block:
        question = line.entry.text(language).question
        hidden = {"version": line.row.version, "next": here}
        path, right = f"faq/{line.entry.id}/checked", _("Still right")
        button = Button(path, right, "done", about=question, hidden=hidden)
        return Block((*_tags(line, today), button if due_only else None), "state")

    return about, _counts, state


def _counts(line: FaqLine) -> Line:
    """Return how often an entry was shown and helped."""
    counts = line.counts
    if not counts.shown:
        return Line(_("not asked lately"), "quiet")
    said = _("shown {shown}, helped {helped}, asked on {asked_on}")
    numbers = {"shown": counts.shown, "helped": counts.helped, "asked_on": counts.asked_on}
    return Line(said.with_(**numbers), "quiet")


def _tags(line: FaqLine, today: date) -> Iterator[Cell]:
    """Yield how the chat would use the entry, and whether it is retired or due for a check."""
    if line.hit == "best":
        yield tag(_("The chat answers with this"), "on")
    elif line.hit == "near":
        yield tag(_("The chat asks whether it is this"), "wait")
    if line.row.retired:
        yield tag(pgettext("answer", "Retired"))
    elif line.due(today):
        yield tag(_("check by {day}").with_(day=Day(line.entry.due)), "wait")


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
) -> list[FaqLine]:
    """Return the lines of all entries."""
    names = {one.id: one.first_name for one in everybody}
    entries = [(FaqEntry.from_body(row.id, row.body), row) for row in rows]
    return [
        FaqLine(
            entry,
            row,
            names.get(entry.owner) if entry.owner is not None else None,
            counts.get(row.id, FaqCounts()),
        )
        for entry, row in entries
    ]


def is_asked(line: FaqLine, asked: Asked, own_id: int, today: date) -> bool:
    """Return whether a line matches the filters; the search is not considered."""
    owner = "" if line.entry.owner is None else str(line.entry.owner)
    wanted = {MINE: str(own_id), NOBODY: ""}.get(asked.owner, asked.owner)
    return (
        line.row.retired == (asked.kept is Kept.RETIRED)
        and (asked.kept is not Kept.DUE or line.due(today))
        and asked.theme in ("", line.entry.theme)
        and (not asked.owner or owner == wanted)
    )


def in_order(lines: Sequence[FaqLine], kept: Kept, themes: Sequence[str]) -> list[FaqLine]:
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


def searched(lines: Sequence[FaqLine], search: str, found: Found) -> list[FaqLine]:
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
