"""What stands in the console's left column: one visible list."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.console.console_context import BASE
from bot.console.current_user import CurrentUser
from bot.console.list_words import LISTS
from bot.i18n import Text, _
from bot.model.caselist import MOST_COUNTED, CaseList
from bot.model.staff import May


@dataclass(frozen=True, slots=True)
class Section:
    """A page that is reached from every other.

    *icon* is a symbol of static/icons.svg; *count* names what is counted there;
    *alone* keeps a list apart from the pages below its address.
    """

    path: str
    label: Text
    icon: str
    may: May
    count: str = ""
    alone: bool = False
    apart: bool = False  # it begins a group


def _list(which: CaseList, icon: str) -> Section:
    path = "cases" if which is CaseList.MINE else f"cases/{which}"
    count = which.replace("-", "_")
    return Section(path, LISTS[which], icon, May.SEE_CASES, count, alone=True)


PLACES: tuple[Section, ...] = (
    _list(CaseList.MINE, "inbox"),
    _list(CaseList.UNASSIGNED, "hand"),
    _list(CaseList.DUE_TODAY, "clock"),
    _list(CaseList.OVERDUE, "warning"),
    _list(CaseList.WAITING, "ask"),
    _list(CaseList.ANSWERED, "reply"),
    _list(CaseList.ALL, "list"),
    Section("tasks", _("Tasks"), "flag", May.SEE_CASES, "tasks", apart=True),
    Section("alerts", _("Alerts"), "bell", May.SEE_ALERTS, "alerts"),
    Section("faq", _("Questions and answers"), "answers", May.EDIT_FAQ, apart=True),
    Section("missed", _("Found nothing"), "search", May.EDIT_FAQ),
    Section("staff", _("Staff"), "people", May.MANAGE_STAFF),
    Section("audit", _("What was done"), "book", May.SEE_AUDIT),
    Section("account", _("Your account"), "person", May.OWN_ACCOUNT),
)


@dataclass(frozen=True, slots=True)
class Item:
    """A place as one reader sees it; *count* is empty where nothing waits."""

    place: Section
    here: bool
    count: str


def items_for(reader: CurrentUser, path: str, counts: Mapping[str, int]) -> list[Item]:
    """Return the places the reader may go to, with how much waits there."""
    return [
        Item(place, _is_here(path, place), _shown(counts.get(place.count, 0)))
        for place in PLACES
        if reader.staff is not None and reader.may(place.may)
    ]


def _is_here(path: str, place: Section) -> bool:
    address = f"{BASE}/{place.path}"
    return path == address or (path.startswith(address + "/") and not place.alone)


def _shown(count: int) -> str:
    if count > MOST_COUNTED:
        return f"{MOST_COUNTED}+"
    return str(count) if count else ""
