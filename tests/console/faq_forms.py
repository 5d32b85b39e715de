"""Helpers for the FAQ's pages: read forms, faults and events."""

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


async def import_faq(store: Store) -> None:
    """Import the town's FAQ."""
    assert store.town is not None
    async with store.unit() as unit:
        await import_town(store.town.town, unit)


def listed(page: str) -> list[str]:
    """Return the ids of the entries on a list."""
    return _LINE.findall(page)


def form(page: str) -> dict[str, str]:
    """Return the editor's fields and values, as a browser would send them."""
    fields = {name: unescape(value) for name, value in _INPUT.findall(page)}
    fields |= {name: unescape(value) for name, value in _AREA.findall(page)}
    for found in _SELECT.finditer(page):
        chosen = _CHOSEN.search(found[0])
        fields[found[1]] = chosen[1] if chosen else ""
    version = _VERSION.search(page)
    return {**fields, **({"version": version[1]} if version else {})}


def wrong(page: str) -> dict[str, list[str]]:
    """Return the faults that a page shows, by field."""
    return {
        field: [unescape(why) for why in _WHY.findall(said)] for field, said in _WRONG.findall(page)
    }


async def entry(store: Store, faq_id: str) -> FaqEntry:
    """Return the current state of an entry."""
    async with store.reading() as unit:
        row = await unit.faq.get(faq_id)
    assert row is not None
    return FaqEntry.from_body(row.id, row.body)


async def acts(store: Store) -> list[tuple[str, dict[str, Any]]]:
    """Return verb and details of all events, newest first, without sign-ins."""
    async with store.reading() as unit:
        events = await unit.events.newest(50)
    return [(one.verb, one.details) for one in events if one.verb != "signed_in"]


async def read(got: ClientResponse, status: int) -> str:
    """Return a response's text, and assert its status."""
    said = await got.text()
    assert got.status == status, (got.status, said)
    return said
