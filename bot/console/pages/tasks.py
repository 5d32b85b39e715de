"""Work that staff must do by hand: tasks, and promised calls."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from aiohttp import web

from bot.console.console_context import context_of
from bot.console.list_labels import SOMEBODY, task_labels
from bot.console.render import page
from bot.i18n import Text
from bot.model.case import FIRST_NUMBER
from bot.model.caselist import CallDue
from bot.store.town import ListedTask

MOST = 100  # tasks on the page, and as many calls: a higher number would be a fault of the bot


@dataclass(frozen=True, slots=True)
class Todo:
    """One task with its title and explanation."""

    task: ListedTask
    title: Text
    meaning: Text
    number: int | None  # of the citizen's newest case

    @property
    def urgent(self) -> bool:
        """Return whether the task is listed before the calls."""
        return self.task.kind == "danger"


@dataclass(frozen=True, slots=True)
class Call:
    """A call promised to a citizen."""

    due: CallDue
    late: bool


async def show_tasks(request: web.Request) -> web.StreamResponse:
    """Show open tasks and promised calls: danger first, then calls by due time, then others."""
    async with context_of(request).store.reading() as unit:
        tasks = [_todo(one) for one in await unit.tasks.listed(MOST)]
        calls = [_call(one, unit.now) for one in await unit.caselists.calls(MOST)]
        now = unit.now
    urgent = [one for one in tasks if one.urgent]
    others = [one for one in tasks if not one.urgent]
    return await page(
        request, "tasks.html", urgent=urgent, calls=calls, others=others, town_now=now
    )


def _todo(task: ListedTask) -> Todo:
    """Return a task with its labels."""
    title, meaning = task_labels(task.kind)
    number = task.case_id + FIRST_NUMBER if task.case_id is not None else None
    return Todo(task, title, meaning.with_(name=task.name or SOMEBODY), number)


def _call(due: CallDue, now: datetime) -> Call:
    """Return a call, marked late where its time has passed."""
    return Call(due, due.call_by <= now)
