"""Pages of long lists, starting after an item, so that new items shift no page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from aiohttp import web

from bot.i18n import Text, _

BEFORE, AFTER = "before", "after"  # query parameters: the item before or after which a page is
_ID = re.compile(r"[1-9][0-9]{0,14}")
Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Paging:
    """The links to neighbouring pages: their addresses and labels, or None."""

    back: tuple[str, Text] | None = None
    on: tuple[str, Text] | None = None


def asked_before(request: web.Request) -> int | None:
    """Return the id of the item after which the page starts; None for the first page."""
    found = request.query.get(BEFORE, "")
    return int(found) if _ID.fullmatch(found) else None


def paged(
    request: web.Request, found: Sequence[Item], most: int, last: int | None
) -> tuple[Sequence[Item], Paging]:
    """Return the first *most* items and the links; an extra item in *found* means an older page.

    *last* is the id of the last item shown.
    """
    older = len(found) > most
    newest = asked_before(request) is not None
    back = (_address(request), _("The newest")) if newest else None
    on = (_address(request, **{BEFORE: str(last)}), _("Older")) if older else None
    return found[:most], Paging(back, on)


def neighbours(request: web.Request, before: str | None, after: str | None) -> Paging:
    """Return the links to the pages before and after; None where there is no such page."""
    back = (_address(request, **{BEFORE: before}), _("Page before")) if before else None
    return Paging(back, (_address(request, **{AFTER: after}), _("Next page")) if after else None)


def _address(request: web.Request, **edge: str) -> str:
    """Return the list's address with its filters, for the page at *edge*."""
    return str(request.rel_url.without_query_params(BEFORE, AFTER).update_query(edge))
