"""One entry of the FAQ: its form, its preview in the chat, and its earlier versions."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from aiohttp import web
from markupsafe import Markup

from bot.console.console_context import context_of
from bot.console.current_user import staff_of
from bot.console.differences import Change, Written, changes
from bot.console.faq_form import entry_form, faults_by_field, written
from bot.console.pages.faq import COUNTED, owners_of
from bot.console.pages.missed import first_words
from bot.console.paging import asked_before, paged
from bot.console.render import page, show_text
from bot.console.town_labels import theme_labels, theme_options
from bot.i18n import LANGUAGE_NAMES, LANGUAGES, Text, _
from bot.model.faq import STANDS_FOR, FaqEntry, FaqText
from bot.service.faq_faults import AUTHORITATIVE, LONGEST_QUESTION, FieldError, tidy
from bot.store.faq import FaqCounts, FaqRow, FaqVersion
from bot.store.questions import Missed
from bot.store.unit import Unit
from flows import cards

ON_A_PAGE = 20
_ID = re.compile(r"[1-9][0-9]{0,14}")


@dataclass(frozen=True, slots=True)
class Preview:
    """An entry as the chat shows it in one language; *buttons* are the labels."""

    key: str
    language: str
    text: Markup
    buttons: Sequence[Markup | str]


@dataclass(frozen=True, slots=True)
class State:
    """A version of an entry, with its author and the changes since the version before."""

    version: FaqVersion
    who: str | None
    changes: Sequence[Change]
    first: bool


@dataclass(frozen=True, slots=True)
class EntryFields:
    """The values of the form's fields by name, and the faults in them."""

    values: Mapping[str, str]
    wrong: Sequence[FieldError] = ()


async def show_entry(request: web.Request) -> web.StreamResponse:
    """Show the form to change an entry."""
    row = await row_of(request)
    entry = FaqEntry.from_body(row.id, row.body)
    return await entry_page(request, row, EntryFields(written(entry)), entry)


async def entry_page(
    request: web.Request,
    row: FaqRow,
    fields: EntryFields,
    entry: FaqEntry,
    *,
    refused: Text | None = None,
    theirs: Sequence[Change] | None = None,
    status: int = 200,
) -> web.Response:
    """Return the page of an entry; *entry* is the form's content.

    *theirs* are the differences between the entry saved by a colleague and the form.
    """
    console = context_of(request)
    async with console.store.reading() as unit:
        counts = await unit.faq.counts_since((console.today - COUNTED).isoformat())
        names = await names_of(unit)
        shown = await _around(request, unit, fields, entry)
    return await page(
        request,
        "faq_entry.html",
        status=status,
        row=row,
        title=FaqEntry.from_body(row.id, row.body).text("da").question,
        who=names.get(row.staff_id) if row.staff_id is not None else None,
        counts=counts.get(row.id, FaqCounts()),
        refused=refused,
        theirs=theirs,
        **shown,
    )


async def show_new(request: web.Request) -> web.StreamResponse:
    """Show the form for a new entry, filled from an unanswered question if the address has one."""
    console = context_of(request)
    missed = await missed_of(request, request.query.get("missed", ""))
    texts, theme = {AUTHORITATIVE: FaqText("", "")}, ""
    if missed is not None:
        texts[missed.language] = begun(missed.words)
        theme = await theme_near(request, missed)
    entry = FaqEntry(
        "",
        theme,
        console.town.name,
        console.today,
        texts,
        staff_of(request).id,
        console.today + STANDS_FOR,
    )
    return await new_page(request, EntryFields(written(entry)), entry, missed)


def begun(words: str) -> FaqText:
    """Return a text that has a citizen's words as its question, or as a phrasing if too long."""
    asked = first_words(words)
    return FaqText(asked, "") if len(asked) <= LONGEST_QUESTION else FaqText("", "", (asked,))


async def theme_near(request: web.Request, missed: Missed) -> str:
    """Return the theme of the entry nearest to a question; empty where there is none."""
    async with context_of(request).store.reading() as unit:
        row = await unit.faq.get(missed.near[0]) if missed.near else None
    return str(row.body["theme"]) if row is not None else ""


async def new_page(
    request: web.Request,
    fields: EntryFields,
    entry: FaqEntry,
    missed: Missed | None,
    *,
    refused: Text | None = None,
    status: int = 200,
) -> web.Response:
    """Return the page of the form for a new entry, with its input."""
    async with context_of(request).store.reading() as unit:
        shown = await _around(request, unit, fields, entry)
    return await page(
        request, "faq_new.html", status=status, missed=missed, refused=refused, **shown
    )


async def _around(
    request: web.Request, unit: Unit, fields: EntryFields, entry: FaqEntry
) -> dict[str, Any]:
    """Return the variables that the templates of both forms share."""
    owners = owners_of(await unit.staff.all())
    named: list[tuple[str, Text | str]] = [
        (str(one.id), f"{one.first_name}, {one.unit}") for one in owners
    ]
    if entry.owner is not None and entry.owner not in {one.id for one in owners}:
        gone = await unit.staff.get(entry.owner)
        if gone is not None:
            left = _("{first_name} (no longer here)").with_(first_name=gone.first_name)
            named.insert(0, (str(gone.id), left))
    form = entry_form("", theme_options(request), named).filled(fields.values)
    return {
        "form": replace(form, faults=faults_by_field(fields.wrong)),
        "previews": previews(entry, context_of(request).town.zone),
    }


def previews(entry: FaqEntry, zone: str) -> list[Preview]:
    """Return an entry as the chat shows it, in each language; empty without a Danish answer."""
    entry = tidy(entry)
    said = entry.texts.get(AUTHORITATIVE)
    return [_preview(entry, key, zone) for key in LANGUAGES] if said and said.answer else []


def _preview(entry: FaqEntry, language: str, zone: str) -> Preview:
    """Return the card that a citizen gets in *language*."""
    card = cards.faq_answer(entry, language, asked=None)
    labels = [
        show_text(button.label, language, zone) if isinstance(button.label, Text) else button.label
        for button in card.buttons
    ]
    text = show_text(card.text, language, zone)
    return Preview(language, LANGUAGE_NAMES[language], text, labels)


async def show_versions(request: web.Request) -> web.StreamResponse:
    """Show the versions of an entry, newest first, with the changes of each."""
    console, row, before = context_of(request), await row_of(request), asked_before(request)
    async with console.store.reading() as unit:
        versions = await unit.faq.versions(row.id, ON_A_PAGE + 1, before=before)
        names = await names_of(unit)
    themes = theme_labels(request)
    states = [
        _state(version, versions[at + 1] if at + 1 < len(versions) else None, names, themes)
        for at, version in enumerate(versions)
    ]
    last = versions[:ON_A_PAGE][-1].version
    shown, paging = paged(request, states, ON_A_PAGE, last)
    return await page(
        request,
        "faq_versions.html",
        row=row,
        title=FaqEntry.from_body(row.id, row.body).text("da").question,
        states=shown,
        paging=paging,
    )


def _state(
    version: FaqVersion,
    before: FaqVersion | None,
    names: Mapping[int, str],
    themes: Mapping[str, str],
) -> State:
    """Return a version with its author and its changes since *before*."""
    who = names.get(version.staff_id) if version.staff_id is not None else None
    if before is None:
        return State(version, who, (), first=True)
    was, now = _written(before), _written(version)
    return State(version, who, changes(was, now, names, themes), first=False)


def _written(version: FaqVersion) -> Written:
    return Written(FaqEntry.from_body(version.faq_id, version.body), version.retired)


async def names_of(unit: Unit) -> dict[int, str]:
    """Return the first names of the staff, by id."""
    return {one.id: one.first_name for one in await unit.staff.all()}


async def row_of(request: web.Request) -> FaqRow:
    """Return the row of the entry in the address; raise `HTTPNotFound` where there is none."""
    async with context_of(request).store.reading() as unit:
        row = await unit.faq.get(request.match_info["id"])
    if row is None:
        raise web.HTTPNotFound
    return row


async def missed_of(request: web.Request, missed_id: str) -> Missed | None:
    """Return an unanswered question by id; None where it is settled or does not exist."""
    if not _ID.fullmatch(missed_id):
        return None
    async with context_of(request).store.reading() as unit:
        return await unit.missed.get(int(missed_id))
