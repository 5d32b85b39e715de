"""The columns and filters of the lists of cases."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from functools import partial
from typing import TypeVar

from aiohttp import web

from bot.calendar import Calendar
from bot.console.cases.labels import KINDS, MARKS, SOURCES, STATES, Urgency, due_of
from bot.console.cells import Block, Cell, Line, Part, Title, case_link, tag, unseen
from bot.console.console_context import context_of
from bot.console.form import Field, Options
from bot.console.list_labels import FILTERS, NAMELESS
from bot.console.times import when
from bot.console.town_labels import area_options, theme_labels, theme_options
from bot.i18n import LANGUAGE_NAMES, LANGUAGES, Day, Text, _, pgettext
from bot.model.case import CaseKind, CaseMark, CaseState
from bot.model.caselist import ListedCase, Narrow
from bot.model.town import Town

Word = TypeVar("Word", bound=StrEnum)
ANSWER_BY = _("Answer by")


def columns(
    request: web.Request, calendar: Calendar, now: datetime, *, own: bool = False
) -> Sequence[Callable[[ListedCase], Cell]]:
    """Return the columns of a list; the reader's *own* cases have none for the owner."""
    town, themes = context_of(request).town, theme_labels(request)
    areas = dict(area_options(request))

    def what(case: ListedCase) -> Block:
        area = areas.get(case.area or "", case.area)
        facts = _facts(case, themes.get(case.theme, case.theme), area)
        title = Title(case_link(town.number_prefix, case.number, case.title))
        return Block((title, Line(facts, "quiet")), "mail-what")

    return (
        lambda case: Line(case.asker_name or NAMELESS, "mail-who"),
        what,
        *(() if own else (_owner,)),
        partial(_due, calendar, now, town.zone),
    )


def _facts(case: ListedCase, theme: str, area: Text | str | None) -> tuple[Cell, ...]:
    """Return the state of a case, and what is unusual about it."""
    language = LANGUAGE_NAMES.get(case.language, case.language)
    facts: tuple[Cell, ...] = (
        STATES[case.state],
        theme,
        area,
        KINDS[case.kind] if case.kind is not CaseKind.QUESTION else None,
        SOURCES[case.source] if case.source != "telegram" else None,
        language if case.language != LANGUAGES[0] else None,
    )
    return (
        Part(_("Unread"), "fresh", "b") if case.unread else None,
        *(Part(fact) for fact in facts if fact),
        *(Part(MARKS[CaseMark(mark)], "mark") for mark in case.marks),
    )


def _owner(case: ListedCase) -> Cell:
    """Return the owner; that there is none is said only of a live case."""
    if case.owner:
        return Line((unseen((_("Looked after by"), " ")), case.owner), "mail-owner")
    return Line(Part(_("Nobody yet"), "quiet") if case.live else None, "mail-owner")


def _due(calendar: Calendar, now: datetime, zone: str, case: ListedCase) -> Line:
    """Return the due date with its urgency, and a promised call; else the day of receipt."""
    due = due_of(case, calendar, now)
    if due is None:
        received = _("Received {day}").with_(day=Day(calendar.local(case.received_at).date()))
        return Line(Part(received, "quiet"), "mail-due")
    date: Cell = (unseen((ANSWER_BY, " ")), case.due_on)
    ring = _("Ring by {at}").with_(at=when(case.call_by, now, zone=zone)) if case.call_by else None
    return Line(
        (
            None if due.urgency is Urgency.STILL else date,
            None if due.urgency is Urgency.CALM else (" ", tag(due.label, f"due-{due.urgency}")),
            (" ", tag(ring, "due-near")) if ring else None,
        ),
        "mail-due",
    )


def filter_fields(request: web.Request, *, states: bool) -> Sequence[Field]:
    """Return the filters of a list; *states* adds the filter by state."""
    choices: dict[str, Options] = {
        "theme": theme_options(request),
        "area": area_options(request),
        "state": _options(STATES) if states else (),
        "kind": _options(KINDS),
        "mark": _options(MARKS),
    }
    every = pgettext("filter", "All")
    return [
        Field(name, FILTERS[name], "choice", options=options, empty=every, required=False)
        for name, options in choices.items()
        if options
    ]


def _options(labels: Mapping[Word, Text]) -> Options:
    return tuple((str(word), label) for word, label in labels.items())


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
