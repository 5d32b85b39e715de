"""What a person must do by hand."""

from __future__ import annotations

from dataclasses import dataclass

from aiohttp import web

from bot.console.list_words import SOMEBODY, task_words
from bot.console.office import office_of
from bot.console.render import page
from bot.i18n import Text
from bot.model.case import FIRST_NUMBER
from bot.store.town import ListedTask

MOST = 100  # tasks on the page: more than that is a fault of ours


@dataclass(frozen=True, slots=True)
class Todo:
    """One task in words."""

    task: ListedTask
    title: Text
    meaning: Text
    number: int | None  # of the citizen's newest case


async def show_tasks(request: web.Request) -> web.StreamResponse:
    """Show what is not done, the most urgent first."""
    async with office_of(request).store.reading() as unit:
        tasks = [_todo(one) for one in await unit.tasks.listed(MOST)]
    return page(request, "tasks.html", tasks=tasks)


def _todo(task: ListedTask) -> Todo:
    """Put a task into words."""
    title, meaning = task_words(task.kind)
    number = task.case_id + FIRST_NUMBER if task.case_id is not None else None
    return Todo(task, title, meaning.with_(name=task.name or SOMEBODY), number)
