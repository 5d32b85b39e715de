"""Work that staff must do by hand: tasks, and promised calls."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from aiohttp import web
from multidict import MultiDict

from bot.console.call_form import call_form
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
from bot.console.delivery_labels import ABOUT_PLEDGES, message_name
from bot.console.gate_notice import gate_warning, gates_waiting
from bot.console.list_labels import OF_GATES, SOMEBODY, task_labels
from bot.console.list_page import BulkAct, ListPage, bulk_handler, list_page
from bot.console.pledge_calls import pledge_words
from bot.console.record_page import RecordPage, Section, record_page
from bot.console.times import when
from bot.engine.events import Refused
from bot.i18n import Text, _, pgettext
from bot.model.case import FIRST_NUMBER
from bot.model.caselist import CallDue
from bot.model.commands.casework import DoTask
from bot.model.delivery import Delivery, Reason
from bot.model.invitation import INVITATION
from bot.model.opportunity import GATE_NAMES, Gate
from bot.model.participant import Participant
from bot.model.signup import SIGNUP
from bot.model.staff import May
from bot.service.phone_calls import delivery_of_task, told_with
from bot.service.pledges.making import GOAL_TASK
from bot.service.volunteering import signup_messages
from bot.store.town import ListedTask
from bot.store.unit import Unit

MOST = 100  # tasks on the page, and as many calls: a higher number would be a fault of the bot
DONE = pgettext("task", "Done")
WORRY = "worry"  # about a child: staff ring back (HR-22)
RING = _("Ring, and write how it went")


@dataclass(frozen=True, slots=True)
class About:
    """The participant of a task, where their page is, and what to tell them."""

    participant: Participant
    page: str
    phone: str | None = None
    words: Cell = None
    delivery: Delivery | None = None  # that staff ring about
    also: Sequence[Cell] = ()  # what else they are told in the same call


@dataclass(frozen=True, slots=True)
class Todo:
    """One task with its title and explanation."""

    task: ListedTask
    title: Text
    meaning: Text
    about: About | None = None

    @property
    def is_done_here(self) -> bool:
        """Return whether the list can mark the task as done; how a call went is written first."""
        return self.about is None or self.about.delivery is None

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
    handles = user_of(request).may(May.HANDLE_GATES)
    async with console.store.reading() as unit:
        listed = await unit.tasks.listed(MOST, without=() if handles else OF_GATES)
        above = await gate_warning(request, unit)
        above = above or (() if handles else await gates_waiting(unit))
        about = {one.id: await _about_whom(unit, one) for one in listed}
        tasks = _one_call_each([_todo(one, about[one.id]) for one in listed])
        calls = [Call(one, one.call_by <= unit.now) for one in await unit.caselists.calls(MOST)]
        near = partial(when, now=unit.now, zone=console.town.zone)
    urgent = [one for one in tasks if one.urgent]
    others = [one for one in tasks if not one.urgent]
    prefix = console.town.number_prefix
    shown: ListPage[Todo | Call] = ListPage(
        _("To do"),
        [*urgent, *calls, *others],
        (partial(_told, prefix, near), _button if may else _call_button),
        css="todo",
        css_of=lambda one: one.css,
        id_of=lambda one: one.task.id if isinstance(one, Todo) and one.is_done_here else None,
        name_of=lambda one: one.title if isinstance(one, Todo) else None,
        above=above,
        empty=Line(_("There is nothing to do by hand."), "empty"),
        acts=(ALL_DONE,) if may and tasks else (),
    )
    return await list_page(request, shown)


async def _about_whom(unit: Unit, task: ListedTask) -> About | None:
    """Return the participant of a task about a message or a gate; None for another task."""
    delivery_id = delivery_of_task(task.kind, task.subject)
    if delivery_id is not None:
        delivery = await unit.deliveries.get(delivery_id)
        return await _to_ring(unit, delivery) if delivery is not None else None
    if task.kind == WORRY:
        return await _to_ring_back(unit, int(task.subject.partition(":")[0]))
    if task.kind == GOAL_TASK:
        return await _wants(unit, int(task.subject))
    if task.kind not in OF_GATES:
        return None
    _gate, participant_id, gate, *_date = task.subject.split(":")
    participant = await unit.participants.shown(int(participant_id))
    if participant is None:
        return None
    name = GATE_NAMES[Gate(gate)] if gate in list(Gate) else None
    return About(participant, f"volunteers/{participant.id}", words=Line(name) if name else None)


async def _wants(unit: Unit, pledge_id: int) -> About | None:
    """Return a citizen who wants something of their own, in their words, and their pledge."""
    pledge = await unit.pledges.get(pledge_id)
    participant = await unit.participants.shown((pledge and pledge.participant_id) or 0)
    if pledge is None or participant is None:
        return None
    words = Quote(pledge.goal_words, "da") if pledge.goal_words else None
    return About(participant, f"pledges/{pledge.id}", words=words)


async def _to_ring_back(unit: Unit, participant_id: int) -> About | None:
    """Return a person in the chat whose worry about a child staff answer by phone."""
    participant = await unit.participants.shown(participant_id)
    if participant is None:
        return None
    given = await unit.profiles.phones([participant_id])
    phone = participant.phone or given.get(participant_id)
    return About(participant, f"volunteers/{participant_id}", phone)


async def _to_ring(unit: Unit, delivery: Delivery) -> About | None:
    """Return who is to be rung instead of a message, and what to tell them."""
    participant = await unit.participants.shown(delivery.participant_id)
    if participant is None:
        return None
    given = await unit.profiles.phones([participant.id])
    phone = participant.phone or given.get(participant.id)
    if delivery.subject_kind == SIGNUP:
        words = await _signup_words(unit, delivery)
        return About(participant, f"volunteers/{participant.id}", phone, words, delivery)
    if delivery.subject_kind == INVITATION:
        words = await _invitation_words(unit, delivery)
        return About(participant, f"volunteers/{participant.id}", phone, words, delivery)
    if delivery.subject_kind in ABOUT_PLEDGES:
        words = await pledge_words(unit, delivery)
        return About(participant, f"participants/{participant.id}", phone, words, delivery)
    reminder = await unit.reminders.get(delivery.subject_id)
    if reminder is None:
        return None
    words = Quote(reminder.text("da"), "da")
    return About(participant, f"participants/{participant.id}", phone, words, delivery)


async def _signup_words(unit: Unit, delivery: Delivery) -> Cell:
    """Return what a message about a sign-up says, with the link to its shift."""
    signup = await unit.signups.get(delivery.subject_id)
    known = await unit.opportunities.get(signup.opportunity_id) if signup else None
    if signup is None or known is None:
        return Line(message_name(delivery))
    shift = await unit.shifts.get(signup.shift_id) if signup.shift_id is not None else None
    link = Link(known.title, f"opportunities/{known.id}")
    if shift is not None:
        link = Link((known.title, ", ", Moment(shift.begins_at)), f"shifts/{shift.id}")
    wrote = signup_messages.kind_of(delivery) == signup_messages.WROTE
    words = signup.written if wrote else signup.reason
    quote = Quote(words, "da") if words else None
    return Line((message_name(delivery), ": ", link)), quote


async def _invitation_words(unit: Unit, delivery: Delivery) -> Cell:
    """Return what an invitation asks, with the link to what it is for."""
    known = await unit.volunteer_invitations.get(delivery.subject_id)
    about = await unit.opportunities.get(known.opportunity_id) if known is not None else None
    if known is None or about is None:
        return Line(message_name(delivery))
    language = "da" if "da" in known.texts else next(iter(known.texts))
    link = Line(Link(about.title, f"opportunities/{about.id}"))
    return link, Quote(known.texts[language], language)


def _todo(task: ListedTask, about: About | None) -> Todo:
    """Return a task with its labels."""
    title, meaning = task_labels(task.kind)
    name = about.participant.first_name if about is not None else task.name
    return Todo(task, title, meaning.with_(name=name or SOMEBODY), about)


def _one_call_each(tasks: Sequence[Todo]) -> list[Todo]:
    """Return the tasks with one call for each person: calls that only tell join another one."""
    calls: dict[int, list[Todo]] = {}
    for one in tasks:
        if one.about is not None and one.about.delivery is not None:
            calls.setdefault(one.about.participant.id, []).append(one)
    kept: dict[int, Todo] = {}
    joined: set[int] = set()
    for of_person in calls.values():
        first = next((one for one in of_person if _asks(one)), of_person[0])
        others = [one for one in of_person if one is not first and not _asks(one)]
        also = [one.about.words for one in others if one.about is not None]
        if first.about is not None:
            kept[first.task.id] = replace(first, about=replace(first.about, also=also))
        joined |= {one.task.id for one in others}
    return [kept.get(one.task.id, one) for one in tasks if one.task.id not in joined]


def _asks(one: Todo) -> bool:
    """Return whether a call asks something, and does not only tell it."""
    delivery = one.about.delivery if one.about is not None else None
    return delivery is not None and delivery.asks


def _told(prefix: str, near: Callable[..., Any], one: Todo | Call) -> Block:
    """Return what is to be done."""
    return _call(prefix, near, one) if isinstance(one, Call) else _task(prefix, one)


def _task(prefix: str, one: Todo) -> Block:
    if one.about is not None:
        return _ring_about(one, one.about)
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


def _ring_about(one: Todo, about: About) -> Block:
    """Return a task about a participant: what to tell by phone, or which gate to set."""
    person = about.participant
    name = Link(person.first_name or SOMEBODY, about.page)
    phone = (" · ", Phone(about.phone)) if about.phone else None
    rings = one.task.kind in {"phone", WORRY}
    icon = "lock" if one.task.kind in OF_GATES else "flag"
    called = _("Ring {name}").with_(name=person.first_name or SOMEBODY)
    title: Cell = (Icon("phone"), called) if rings else (Icon(icon), one.title)
    below = dotted(Moment(one.task.at), one.title, _tried(about)) if rings else Moment(one.task.at)
    said = Line((name, phone)) if rings else Line(Link(one.meaning, about.page))
    return Block((Title(title), said, about.words, *about.also, Line(below, "quiet")))


def _tried(about: About) -> Text | None:
    """Return that a participant was rung before, and not reached."""
    is_tried = about.delivery is not None and about.delivery.reason is Reason.NOT_REACHED
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
    if one.about is not None and one.about.delivery is not None:
        label = (RING, unseen((": ", one.about.participant.first_name or SOMEBODY)))
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
    """Show who is to be rung instead of a message, and the form for how the call went."""
    return await call_page(request)


async def call_page(
    request: web.Request,
    written: MultiDict[str] | None = None,
    refused: Refused | None = None,
) -> web.StreamResponse:
    """Return the page of a call instead of a message; raise `HTTPNotFound` where it is over.

    A *refused* form is shown as it was *written*.
    """
    async with context_of(request).store.reading() as unit:
        listed = await unit.tasks.listed(MOST)
        task = next((one for one in listed if one.id == int(request.match_info["id"])), None)
        about = await _about_whom(unit, task) if task is not None else None
        if about is not None and about.delivery is not None:
            others = [one for _id, one in await told_with(unit, about.delivery)]
            told = [await _to_ring(unit, one) for one in others]
            about = replace(about, also=[one.words for one in told if one is not None])
    if task is None or about is None or about.delivery is None:
        raise web.HTTPNotFound
    shown = _todo(task, about)
    form = await call_form(request, task.id, about.delivery)
    if written is not None and refused is not None:
        form = form.refused(written, refused)
    section = Section(lines=(_ring_about(shown, about),), forms=(form,))
    way = Link(_("To do"), "tasks")
    return await record_page(request, RecordPage(RING, (section,), way=way))


async def _title(unit: Unit, task_id: int) -> Text | None:
    """Return the title of an open task; None where it is done."""
    found = next((one for one in await unit.tasks.listed(MOST) if one.id == task_id), None)
    return task_labels(found.kind)[0] if found else None


ALL_DONE = BulkAct("tasks/done", DONE, "done", _title, DoTask)
finish_tasks = bulk_handler(ALL_DONE)
