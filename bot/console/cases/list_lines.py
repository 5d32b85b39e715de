"""Cases as lines of a list, and the list's filters, read from the page's address."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from enum import StrEnum
from typing import Any, TypeVar

from aiohttp import web

from bot.calendar import Calendar
from bot.console.cases.labels import KINDS, MARKS, STATES, Due, due_of
from bot.console.console_context import context_of
from bot.console.current_user import user_of
from bot.i18n import Day, Text
from bot.model.case import CaseKind, CaseMark, CaseState
from bot.model.caselist import Edge, ListedCase, Narrow, Page
from bot.model.town import Town

BEFORE, AFTER = "before", "after"  # query parameters: where a page ends, or starts
Word = TypeVar("Word", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Line:
    """One case as a line of a list."""

    case: ListedCase
    number: str
    theme: str
    area: str | None
    due: Due | None
    received: Day


@dataclass(frozen=True, slots=True)
class Lines:
    """A page of a list, with the addresses of the pages before and after it, or None."""

    lines: tuple[Line, ...]
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class Choice:
    """A filter of a list: its query parameter, its options, and the chosen one."""

    name: str
    options: Sequence[tuple[str, Text | str]]
    chosen: str


def lines_of(request: web.Request, page: Page, calendar: Calendar, now: datetime) -> Lines:
    """Return a page of cases as lines with labels."""
    town, language = context_of(request).town, user_of(request).language
    themes = {theme.key: theme.labels[language] for theme in town.themes}
    areas = {area.key: area.name for area in town.areas}
    lines = tuple(
        Line(
            case,
            f"{town.number_prefix}-{case.number}",
            themes.get(case.theme, case.theme),
            areas.get(case.area or "", case.area),
            due_of(case, calendar, now),
            Day(calendar.local(case.received_at).date()),
        )
        for case in page.cases
    )
    return Lines(
        lines, _address(request, BEFORE, page.before), _address(request, AFTER, page.after)
    )


def _address(request: web.Request, name: str, edge: Edge | None) -> str | None:
    """Return the address of the page that begins or ends at *edge*."""
    if edge is None:
        return None
    kept = request.rel_url.without_query_params(BEFORE, AFTER)
    return str(kept.update_query({name: edge.written}))


def narrow_of(request: web.Request, town: Town) -> Narrow:
    """Return the filters in the address; unknown values are ignored."""
    asked = request.query.get
    return Narrow(
        theme=_among(asked("theme"), [theme.key for theme in town.themes]),
        area=_among(asked("area"), [area.key for area in town.areas]),
        state=_word(CaseState, asked("state")),
        kind=_word(CaseKind, asked("kind")),
        mark=_word(CaseMark, asked("mark")),
    )


def _among(written: str | None, known: Sequence[str]) -> str | None:
    return written if written in known else None


def _word(words: Callable[[str], Word], written: str | None) -> Word | None:
    try:
        return words(written or "")
    except ValueError:
        return None


def choices_of(narrow: Narrow, town: Town, language: str, *, states: bool) -> list[Choice]:
    """Return the filters of a list with the chosen options; *states* adds the filter by state."""
    options: Mapping[str, Sequence[tuple[str, Any]]] = {
        "theme": [(theme.key, theme.labels[language]) for theme in town.themes],
        "area": [(area.key, area.name) for area in town.areas],
        "state": list(STATES.items()) if states else [],
        "kind": list(KINDS.items()),
        "mark": list(MARKS.items()),
    }
    return [
        Choice(field.name, options[field.name], getattr(narrow, field.name) or "")
        for field in fields(Narrow)
        if options[field.name]
    ]
