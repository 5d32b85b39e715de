"""Pages of long lists, starting after an item's id, so that new items shift no page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from aiohttp import web

BEFORE = "before"  # query parameter: the id of the item after which the page starts
_ID = re.compile(r"[1-9][0-9]{0,14}")
Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Page(Generic[Item]):
    """One page: its items, and the addresses of the first and the next page, or None."""

    items: Sequence[Item]
    newest: str | None
    older: str | None


def asked_before(request: web.Request) -> int | None:
    """Return the id of the item after which the page starts; None for the first page."""
    found = request.query.get(BEFORE, "")
    return int(found) if _ID.fullmatch(found) else None


def paged(request: web.Request, found: Sequence[Item], most: int, last: int | None) -> Page[Item]:
    """Return a page of the first *most* items; an extra item in *found* means an older page.

    *last* is the id of the last item shown.
    """
    address = request.rel_url
    first = asked_before(request) is None
    newest = None if first else str(address.without_query_params(BEFORE))
    older = str(address.update_query({BEFORE: str(last)})) if len(found) > most else None
    return Page(found[:most], newest, older)
