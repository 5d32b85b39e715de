"""Count the items in each list, for the sidebar of every page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict

from aiohttp import web

from bot.console.console_context import context_of
from bot.console.current_user import user_of
from bot.console.list_labels import OF_GATES
from bot.model.staff import May, Staff
from bot.service.pledges.campaign_clock import COUNTER_SOON
from bot.service.volunteering.waiting import waiting_for
from bot.store.pledge_desk import PledgeDesk
from bot.store.unit import Unit


async def _volunteers(unit: Unit, staff: Staff) -> int:
    """Return how many volunteers wait for a member of the staff."""
    return len(await waiting_for(unit, staff.id)) if staff.may(May.VOLUNTEERING) else 0


async def _broadcasts(unit: Unit, staff: Staff) -> int:
    """Return how many broadcasts wait for the approval of a leader."""
    return await unit.broadcasts.waiting_for(staff.id) if staff.may(May.APPROVE) else 0


async def _pledges(unit: Unit, staff: Staff) -> Mapping[str, int]:
    """Return the work of a member of the staff about pledges, by one statement."""
    if not staff.may(May.PLEDGES):
        return {}
    until = unit.calendar.local(unit.now).date() + COUNTER_SOON
    return asdict(await PledgeDesk(unit).waiting(staff.id, until))


async def sidebar_counts(request: web.Request) -> Mapping[str, int]:
    """Return the current user's numbers by name; empty where they see no cases."""
    staff = user_of(request).staff
    if staff is None or not staff.may(May.SEE_CASES):
        return {}
    async with context_of(request).store.reading() as unit:
        hidden = () if staff.may(May.HANDLE_GATES) else OF_GATES
        today = unit.calendar.local(unit.now).date()
        return {
            **asdict(await unit.caselists.counts(staff.id, today)),
            "tasks": await unit.tasks.waiting(without=hidden) + await unit.caselists.calls_due(),
            "alerts": await unit.alerts.unseen(staff.id),
            "volunteers": await _volunteers(unit, staff),
            "broadcasts": await _broadcasts(unit, staff),
            **await _pledges(unit, staff),
        }
