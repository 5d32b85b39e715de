"""The town's FAQ at the console: what stands in a form, and what came of it."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

from aiohttp import ClientResponse

from bot.model.faq import FaqEntry
from bot.service.content import import_town
from bot.store.store import Store

_LINE = re.compile(r'<h2><a href="/console/faq/(\w+)">')
_INPUT = re.compile(r'<input id="\w+" name="(\w+)"[^>]*? value="([^"]*)"')
_AREA = re.compile(r'<textarea id="\w+" name="(\w+)"[^>]*>\n(.*?)</textarea>', re.DOTALL)
_SELECT = re.compile(r'<select id="\w+" name="(\w+)".*?</select>', re.DOTALL)
_CHOSEN = re.compile(r'<option value="([^"]*)" selected>')
_VERSION = re.compile(r'name="version" value="(\d+)"')
_WRONG = re.compile(r'<ul class="wrongs" id="(\w+)-wrong">(.*?)</ul>', re.DOTALL)
_WHY = re.compile(r"</svg><span>(.*?)</span>", re.DOTALL)


async def move_in(store: Store) -> None:
    """Take the town's FAQ in."""
    assert store.town is not None
    async with store.unit() as unit:
        await import_town(store.town.town, unit)


def listed(page: str) -> list[str]:
    """Return the ids of the entries on a list."""
    return _LINE.findall(page)


def form(page: str) -> dict[str, str]:
    """Return what stands in the editor, as a browser would send it."""
    fields = {name: unescape(value) for name, value in _INPUT.findall(page)}
    fields |= {name: unescape(value) for name, value in _AREA.findall(page)}
    for found in _SELECT.finditer(page):
        chosen = _CHOSEN.search(found[0])
        fields[found[1]] = chosen[1] if chosen else ""
    version = _VERSION.search(page)
    return {**fields, **({"version": version[1]} if version else {})}


def wrong(page: str) -> dict[str, list[str]]:
    """Return what is said to be wrong, by field."""
    return {
        field: [unescape(why) for why in _WHY.findall(said)] for field, said in _WRONG.findall(page)
    }


async def entry(store: Store, faq_id: str) -> FaqEntry:
    """Return an entry as it stands."""
    async with store.reading() as unit:
        row = await unit.faq.get(faq_id)
    assert row is not None
    return FaqEntry.from_body(row.id, row.body)


async def acts(store: Store) -> list[tuple[str, dict[str, Any]]]:
    """Return what was done, the newest first, signing in left out."""
    async with store.reading() as unit:
        events = await unit.events.newest(50)
    return [(one.verb, one.details) for one in events if one.verb != "signed_in"]


async def read(got: ClientResponse, status: int) -> str:
    """Return what an answer says, which must have a certain status."""
    said = await got.text()
    assert got.status == status, (got.status, said)
    return said
