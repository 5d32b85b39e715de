"""A case taken out of the house: as JSON, as a table, and as a page to print (HR-11)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from functools import partial
from typing import Any

from aiohttp import web

from bot.console.answers import ask
from bot.console.case_words import CLOSES, KINDS, MARKS, SAID, SENT, SOURCES, STATES
from bot.console.journal import as_csv, as_json, file_name, sealed
from bot.console.office import office_of
from bot.console.reader import reader_of, staff_of
from bot.console.render import document
from bot.console.verbs import actor_name, verb_name
from bot.engine.events import Refused
from bot.i18n import Text, _, pgettext
from bot.model.commands import ExportCase
from bot.store.journal import IN, INSIDE, OUT

ROLES: Mapping[str, Text] = {
    "citizen": pgettext("party", "Citizen"),
    "owner": pgettext("party", "Has the case"),
    "staff": pgettext("party", "Staff"),
}
DIRECTIONS: Mapping[str, Text] = {
    IN: _("in"),
    OUT: _("out"),
    INSIDE: _("internal note, not sent to the citizen"),
}
WORDS = {
    "ROLES": ROLES,
    "DIRECTIONS": DIRECTIONS,
    "KINDS": KINDS,
    "SOURCES": SOURCES,
    "STATES": STATES,
    "CLOSES": CLOSES,
    "MARKS": MARKS,
    "SAID": SAID,
    "SENT": SENT,
    "verb_name": verb_name,
    "instant": datetime.fromisoformat,
    "date": date.fromisoformat,
}


async def give_json(request: web.Request) -> web.StreamResponse:
    """Give a case out as JSON."""
    journal = await taken(request)
    return _file(journal, as_json(journal), "application/json", "json")


async def give_csv(request: web.Request) -> web.StreamResponse:
    """Give a case out as a table."""
    journal = await taken(request)
    return _file(journal, as_csv(journal), "text/csv", "csv")


async def give_page(request: web.Request) -> web.StreamResponse:
    """Give a case out as a page that stands by itself and can be printed."""
    journal, town = await taken(request), office_of(request).town
    language = reader_of(request).language
    names = {
        int(one["id"].partition(":")[2]): one["name"] for one in journal["parties"] if "id" in one
    }

    shown = {
        "journal": journal,
        "who": partial(_who, names),
        "sent": _sent,
        "themes": {theme.key: theme.labels[language] for theme in town.themes},
        "areas": {area.key: area.name for area in town.areas},
    }
    body = document(request, "journal.html", **shown, **WORDS)
    return _file(journal, body, "text/html", "html")


def _who(names: Mapping[int, str], actor: str) -> Text | str:
    """Name an actor of the journal."""
    return actor_name(actor, names)


def _sent(said: Mapping[str, Any]) -> Text:
    """Say where a message is on its way."""
    at = datetime.fromisoformat(said["send_at"]) if said["send_at"] else None
    return SENT[said["state"]].with_(at=at)


async def taken(request: web.Request) -> dict[str, Any]:
    """Return the case that the address names; that it was taken out is written down first."""
    office, number = office_of(request), int(request.match_info["number"])
    async with office.store.reading() as unit:
        found = await unit.cases.by_number(number)
    if found is None:
        raise web.HTTPNotFound
    answer = await ask(request, ExportCase(staff_of(request).id, found.id))
    if isinstance(answer, Refused):
        raise web.HTTPForbidden
    async with office.store.reading() as unit:
        case = await unit.cases.get(found.id) or found
        called = f"{office.town.number_prefix}-{case.number}"
        return sealed(await unit.journal.of(case, called))


def _file(journal: dict[str, Any], body: bytes, kind: str, ending: str) -> web.Response:
    """Return a file that browsers keep, and do not show."""
    name = file_name(journal["case"], ending)
    return web.Response(
        body=body,
        content_type=kind,
        charset="utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
