"""Who handles certificates, and the warning where no member of the staff does."""

from __future__ import annotations

from collections.abc import Sequence

from aiohttp import web

from bot.console.cells import Cell, Icon, Line, Link, Part
from bot.console.current_user import user_of
from bot.i18n import Listed, Text, _, ngettext
from bot.model.staff import May
from bot.service.volunteering import gates
from bot.store.unit import Unit

WAITING = ngettext("{count} certificate waits.", "{count} certificates wait.", "count")


async def handlers_of_gates(unit: Unit) -> Text | None:
    """Return the sentence that names the staff who handle certificates; None without any."""
    names = tuple(one.first_name for one in await unit.staff.holders(May.HANDLE_GATES))
    return _("{names} can order and set them.").with_(names=Listed(names)) if names else None


async def gate_warning(request: web.Request, unit: Unit) -> Sequence[Cell]:
    """Return the warning that no member of the staff handles certificates; empty if one does."""
    if not user_of(request).may(May.VOLUNTEERING) or not await gates.are_without_staff(unit):
        return ()
    what = _("No one may order and set certificates of volunteers, so their requests stand still.")
    admins = tuple(one.first_name for one in await unit.staff.holders(May.MANAGE_STAFF))
    how: Cell = _("An administrator can give the permission.")
    if user_of(request).may(May.MANAGE_STAFF):
        how = Link(_("Give somebody the permission"), "staff")
    elif admins:
        how = _("{names} can give the permission.").with_(names=Listed(admins, is_either=True))
    return (Line((Icon("warning"), Part((what, " ", how))), "notice refused"),)


async def gates_waiting(unit: Unit) -> Sequence[Cell]:
    """Return how many certificates wait and for which staff, without names of volunteers."""
    count = await unit.profiles.count_gates_waiting(unit.calendar.local(unit.now).date())
    who = await handlers_of_gates(unit)
    if not count or who is None:
        return ()
    return (Line((Icon("lock"), WAITING.with_(count=count), " ", who), "quiet"),)
