"""The sections of the console's sidebar, as one list."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.console.console_context import BASE
from bot.console.current_user import CurrentUser
from bot.console.list_labels import LISTS
from bot.i18n import Text, _
from bot.model.caselist import MOST_COUNTED, CaseList
from bot.model.staff import May


@dataclass(frozen=True, slots=True)
class Section:
    """A page with a link in the sidebar.

    *icon* is a symbol of static/icons.svg. *count* is the name of its number in the
    sidebar's counts. *alone* means that pages below its address do not mark it as current.
    """

    path: str
    label: Text
    icon: str
    may: May
    count: str = ""
    alone: bool = False
    apart: bool = False  # True where it is the first of a group


def _list(which: CaseList, icon: str) -> Section:
    path = "cases" if which is CaseList.MINE else f"cases/{which}"
    count = which.replace("-", "_")
    return Section(path, LISTS[which], icon, May.SEE_CASES, count, alone=True)


SECTIONS: tuple[Section, ...] = (
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
    Section("reminders", _("Reminders"), "clock", May.SET_REMINDERS, apart=True),
    Section("outgoing", _("Outgoing calendar"), "send", May.SET_REMINDERS),
    Section("participants", _("Citizens"), "person", May.SET_REMINDERS),
    Section("groups", _("Groups"), "people", May.SET_REMINDERS),
    Section("staff", _("Staff"), "people", May.MANAGE_STAFF, apart=True),
    Section("audit", _("What was done"), "book", May.SEE_AUDIT),
    Section("account", _("Your account"), "person", May.OWN_ACCOUNT),
)


@dataclass(frozen=True, slots=True)
class Item:
    """A section for one user; *count* is empty where it is 0."""

    section: Section
    here: bool
    count: str


def items_for(user: CurrentUser, path: str, counts: Mapping[str, int]) -> list[Item]:
    """Return the sections that the current user may open, with their counts."""
    return [
        Item(section, _is_here(path, section), _shown(counts.get(section.count, 0)))
        for section in SECTIONS
        if user.staff is not None and user.may(section.may)
    ]


def _is_here(path: str, section: Section) -> bool:
    address = f"{BASE}/{section.path}"
    return path == address or (path.startswith(address + "/") and not section.alone)


def _shown(count: int) -> str:
    if count > MOST_COUNTED:
        return f"{MOST_COUNTED}+"
    return str(count) if count else ""
