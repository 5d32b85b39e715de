"""Long lists: a page at a time, from one item on, so that new ones move nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from aiohttp import web

BEFORE = "before"  # the name in the address of the item that a page comes after
_ID = re.compile(r"[1-9][0-9]{0,14}")
Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Page(Generic[Item]):
    """One page: its items, and the addresses of the newest and of the next, where there are."""

    items: Sequence[Item]
    newest: str | None
    older: str | None


def asked_before(request: web.Request) -> int | None:
    """Return the id that the page comes after; None for the first page."""
    found = request.query.get(BEFORE, "")
    return int(found) if _ID.fullmatch(found) else None


def paged(request: web.Request, found: Sequence[Item], most: int, last: int | None) -> Page[Item]:
    """Make a page of what was *found*: one more than *most* says that there are older ones.

    *last* is the id of the last item that is shown.
    """
    address = request.rel_url
    first = asked_before(request) is None
    newest = None if first else str(address.without_query_params(BEFORE))
    older = str(address.update_query({BEFORE: str(last)})) if len(found) > most else None
    return Page(found[:most], newest, older)
