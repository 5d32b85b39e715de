"""Work that staff must do by hand: tasks, and promised calls."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from aiohttp import web

from bot.console.cells import (
    Block,
    Button,
    Cell,
    Icon,
    Line,
    Link,
    Moment,
    Part,
    Phone,
    Quote,
    Title,
    dotted,
    unseen,
)
from bot.console.console_context import context_of
from bot.console.current_user import user_of
from bot.console.form import Field, Form, Options
from bot.console.list_labels import SOMEBODY, task_labels
from bot.console.list_page import BulkAct, ListPage, bulk_handler, list_page
from bot.console.record_page import RecordPage, Section, record_page
from bot.console.times import when
from bot.i18n import Text, _, pgettext
from bot.model.case import FIRST_NUMBER
from bot.model.caselist import CallDue
from bot.model.commands.casework import DoTask
from bot.model.delivery import CallOutcome, Delivery, Reason
from bot.model.participant import Participant
from bot.model.staff import May
from bot.service.phone_calls import LONGEST_WORDS, delivery_of_task
from bot.store.town import ListedTask
from bot.store.unit import Unit

MOST = 100  # tasks on the page, and as many calls: a higher number would be a fault of the bot
OUTCOMES: Options = (
    (CallOutcome.DONE, _("Reached: it is done, or will be")),
    (CallOutcome.CANNOT, _("Reached: cannot")),
    (CallOutcome.TODAY, _("Not reached: ring again in two hours")),
    (CallOutcome.TOMORROW, _("Not reached: ring again tomorrow at 9")),
    (CallOutcome.GIVEN_UP, _("Not reached: ring no more")),
)
DONE = pgettext("task", "Done")
RING = _("Ring, and write how it went")


@dataclass(frozen=True, slots=True)
class ReminderCall:
    """What to tell a participant by phone, who is not in the chat."""

    participant: Participant
    text: str
    delivery: Delivery


@dataclass(frozen=True, slots=True)
class Todo:
    """One task with its title and explanation."""

    task: ListedTask
    title: Text
    meaning: Text
    call: ReminderCall | None = None

    @property
    def urgent(self) -> bool:
        """Return whether the task is listed before the calls."""
        return self.task.kind == "danger"

    @property
    def css(self) -> str:
        """Return the look of the row."""
        return "urgent" if self.urgent else ""


@dataclass(frozen=True, slots=True)
class Call:
    """A call promised to a citizen."""

    due: CallDue
    late: bool

    @property
    def css(self) -> str:
        """Return the look of the row."""
        return "call urgent" if self.late else "call"


async def show_tasks(request: web.Request) -> web.StreamResponse:
    """Show open tasks and promised calls: danger first, then calls by due time, then others."""
    console, may = context_of(request), user_of(request).may(May.WORK_CASES)
    async with console.store.reading() as unit:
        listed = await unit.tasks.listed(MOST)
        to_ring = await _reminder_calls(unit, listed)
        tasks = [_todo(one, to_ring.get(one.id)) for one in listed]
        calls = [Call(one, one.call_by <= unit.now) for one in await unit.caselists.calls(MOST)]
        near = partial(when, now=unit.now, zone=console.town.zone)
    urgent = [one for one in tasks if one.urgent]
    others = [one for one in tasks if not one.urgent]
    prefix = console.town.number_prefix
    shown: ListPage[Todo | Call] = ListPage(
        _("Tasks"),
        [*urgent, *calls, *others],
        (partial(_about, prefix, near), _button if may else _call_button),
        css="todo",
        css_of=lambda one: one.css,
        id_of=lambda one: one.task.id if isinstance(one, Todo) and one.call is None else None,
        name_of=lambda one: one.title if isinstance(one, Todo) else None,
        empty=Line(_("There is nothing to do by hand."), "empty"),
        acts=(ALL_DONE,) if may and tasks else (),
    )
    return await list_page(request, shown)


async def _reminder_calls(unit: Unit, listed: Sequence[ListedTask]) -> Mapping[int, ReminderCall]:
    """Return who is to be rung and what to tell them, by task."""
    deliveries = {one.id: id_ for one in listed if (id_ := delivery_of_task(one.kind, one.subject))}
    found = {}
    for task_id, delivery_id in deliveries.items():
        delivery = await unit.deliveries.get(delivery_id)
        participant = await unit.participants.get(delivery.participant_id) if delivery else None
        reminder = await unit.reminders.get(delivery.subject_id) if delivery else None
        if delivery is not None and participant is not None and reminder is not None:
            found[task_id] = ReminderCall(participant, reminder.text("da"), delivery)
    return found


def _todo(task: ListedTask, call: ReminderCall | None) -> Todo:
    """Return a task with its labels."""
    title, meaning = task_labels(task.kind)
    name = call.participant.first_name if call is not None else task.name
    return Todo(task, title, meaning.with_(name=name or SOMEBODY), call)


def _about(prefix: str, near: Callable[..., Any], one: Todo | Call) -> Block:
    """Return what is to be done."""
    return _call(prefix, near, one) if isinstance(one, Call) else _task(prefix, one)


def _task(prefix: str, one: Todo) -> Block:
    if one.call is not None:
        return _ring_about(one, one.call)
    task, newest = one.task, _("Their newest case, {number}")
    cases: Cell = _("They have no case")
    if task.case_id is not None:
        number = task.case_id + FIRST_NUMBER
        cases = Link(newest.with_(number=f"{prefix}-{number}"), f"cases/{number}")
    return Block(
        (
            Title((Icon("warning") if one.urgent else None, one.title)),
            Line(one.meaning),
            Line((Moment(task.at), " · ", cases), "quiet"),
        )
    )


def _ring_about(one: Todo, call: ReminderCall) -> Block:
    """Return a call about a reminder: name, phone and text."""
    person = call.participant
    name = Link(person.first_name, f"participants/{person.id}")
    return Block(
        (
            Title((Icon("phone"), _("Ring {name}").with_(name=person.first_name))),
            Line((name, (" · ", Phone(person.phone)) if person.phone else None)),
            Quote(call.text, "da"),
            Line(dotted(Moment(one.task.at), one.title, _tried(call)), "quiet"),
        )
    )


def _tried(call: ReminderCall) -> Text | None:
    """Return that a participant was rung before, and not reached."""
    is_tried = call.delivery.reason is Reason.NOT_REACHED
    return _("Not reached the last time") if is_tried else None


def _call(prefix: str, near: Callable[..., Any], call: Call) -> Block:
    due = call.due
    by = _("Should have been rung by {at}") if call.late else _("Ring by {at}")
    has = _("{name} has it").with_(name=due.owner) if due.owner else _("Nobody has taken it")
    return Block(
        (
            Title((Icon("warning" if call.late else "phone"), _ring(due))),
            Line(
                (
                    Part(by.with_(at=near(due.call_by)), tag="strong"),
                    (" · ", Phone(due.asker_phone)) if due.asker_phone else None,
                )
            ),
            Line((f"{prefix}-{due.number}", " · ", due.title, " · ", has), "quiet"),
        )
    )


def _ring(due: CallDue) -> Text:
    return _("Ring {name}").with_(name=due.asker_name or _("the citizen"))


def _button(one: Todo | Call) -> Cell:
    """Return the button that marks a task as done, or leads to the note of a call."""
    if isinstance(one, Call):
        return _call_button(one)
    if one.call is not None:
        name = one.call.participant.first_name
        label = (RING, unseen((": ", name)))
        return Link(label, f"tasks/{one.task.id}/call", "button", icon="pen")
    return Button(f"tasks/{one.task.id}/done", DONE, "done", about=one.title)


def _call_button(one: Todo | Call) -> Cell:
    """Return the link to the note of a call; None for a task."""
    if isinstance(one, Todo):
        return None
    name = one.due.asker_name or _("the citizen")
    label = (_("Ring, and write the note"), unseen((": ", name)))
    return Link(label, f"cases/{one.due.number}#call-text", "button", icon="pen")


async def show_call(request: web.Request) -> web.StreamResponse:
    """Show who is to be rung about a reminder, and the form for how the call went."""
    return await call_page(request, call_form(int(request.match_info["id"])))


def call_form(task_id: int) -> Form:
    """Return the form for how a call went."""
    fields = (
        Field("outcome", _("How did it go?"), "radio", options=OUTCOMES),
        Field("words", _("What was agreed"), "line", required=False, longest=LONGEST_WORDS),
    )
    return Form(f"tasks/{task_id}/call", fields, _("Save"), cancel="tasks")


async def call_page(request: web.Request, form: Form) -> web.StreamResponse:
    """Return the page of a call about a reminder; raise `HTTPNotFound` where it is over."""
    async with context_of(request).store.reading() as unit:
        listed = await unit.tasks.listed(MOST)
        task = next((one for one in listed if one.id == int(request.match_info["id"])), None)
        calls = await _reminder_calls(unit, [task]) if task is not None else {}
    if task is None or task.id not in calls:
        raise web.HTTPNotFound
    shown = _todo(task, calls[task.id])
    section = Section(lines=(_ring_about(shown, calls[task.id]),), forms=(form,))
    way = Link(_("Tasks"), "tasks")
    return await record_page(request, RecordPage(RING, (section,), way=way))


async def _title(unit: Unit, task_id: int) -> Text | None:
    """Return the title of an open task; None where it is done."""
    found = next((one for one in await unit.tasks.listed(MOST) if one.id == task_id), None)
    return task_labels(found.kind)[0] if found else None


ALL_DONE = BulkAct("tasks/done", DONE, "done", _title, DoTask)
finish_tasks = bulk_handler(ALL_DONE)
