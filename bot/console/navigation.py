"""The sections of the console's sidebar."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from aiohttp import web

from bot.console.console_context import BASE
from bot.console.current_user import user_of
from bot.i18n import Text
from bot.model.caselist import MOST_COUNTED
from bot.model.staff import May


@dataclass(frozen=True, slots=True)
class Section:
    """A page with a link in the sidebar.

    *icon* is a symbol of static/icons.svg. *count* is the name of its number in the
    sidebar's counts. *alone* means that pages below its address do not mark it as current,
    those below *others* do.
    """

    path: str
    label: Text
    icon: str
    may: May
    count: str = ""
    alone: bool = False
    apart: bool = False  # True where it is the first of a group
    others: tuple[str, ...] = ()


# The sections of the console, in order; `routes.py` lists them.
NAVIGATION: web.AppKey[tuple[Section, ...]] = web.AppKey("navigation", tuple)


@dataclass(frozen=True, slots=True)
class Item:
    """A section for one user; *count* is empty where it is 0."""

    section: Section
    here: bool
    count: str


def items_for(request: web.Request, counts: Mapping[str, int]) -> list[Item]:
    """Return the sections that the current user may open, with their counts."""
    user = user_of(request)
    return [
        Item(section, _is_here(request.path, section), _shown(counts.get(section.count, 0)))
        for section in request.config_dict[NAVIGATION]
        if user.staff is not None and user.may(section.may)
    ]


def _is_here(path: str, section: Section) -> bool:
    address = f"{BASE}/{section.path}"
    is_below = path.startswith(address + "/") and not section.alone
    others = tuple(f"{BASE}/{other}/" for other in section.others)
    return path == address or is_below or path.startswith(others)


def _shown(count: int) -> str:
    if count > MOST_COUNTED:
        return f"{MOST_COUNTED}+"
    return str(count) if count else ""
