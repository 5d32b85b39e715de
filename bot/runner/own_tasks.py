"""What citizens write about the tasks that they have signed up for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.calendar.phrases.reading import read
from bot.calendar.phrases.result import Ask, When
from bot.engine.effects import Button, Send
from bot.engine.events import Done, Refused
from bot.engine.flow import unpacked
from bot.model.commands.volunteering import DisputeNoShow, TellContact
from bot.model.opportunity import Opportunity, Shift, ShiftState, said
from bot.model.signup import Signup, SignupState
from bot.runner import conversations, hours, own_signups, signups
from bot.runner.context import TurnContext
from bot.runner.named_in_words import is_named
from bot.runner.named_in_words import plain as plain_words
from bot.runner.volunteer_search import live_signups
from bot.service import execute
from bot.service.volunteering.attendance import DISPUTED_WITHIN
from bot.service.volunteering.contacts import first_contact
from bot.tone.feelings import asks
from flows import cards, messages, task_cards, task_words
from flows.task_cards import OwnTask, WriteToContact
from flows.task_words import About

NEWEST = 20  # sign-ups among which a missed shift is looked for


@dataclass(frozen=True, slots=True)
class Task:
    """A sign-up with what it is for."""

    signup: Signup
    one: Opportunity
    shift: Shift | None

    def is_named(self, words: Sequence[str], *, by_text: bool = False) -> bool:
        """Return whether words name the task by a word of its title; *by_text* of its text too."""
        known = [*self.one.titles.values(), *(self.one.texts.values() if by_text else ())]
        return is_named(words, known)


async def take(context: TurnContext, words: str) -> bool:
    """Answer words about the citizen's own tasks; return whether they are."""
    if task_words.is_worry(words):
        await worry(context)
        return True
    if task_words.says_was_there(words) and await _dispute(context, words):
        return True
    tasks = await _tasks(context)
    rest, first, last = _without_time(context, words)
    titles = [word for word in plain_words(rest) if any(task.is_named([word]) for task in tasks)]
    plain = [word for word in plain_words(rest) if word not in titles]
    wanted = task_words.about(words, " ".join(plain))
    if not tasks or wanted is None:
        return False
    told_of = [task for task in tasks if task.is_named(plain, by_text=True)]
    if wanted is About.TELL and not titles and first is None and told_of:
        tasks = told_of
    return await _answer(context, wanted, _meant(context, tasks, titles, first, last), words)


async def _answer(context: TurnContext, wanted: About, meant: Sequence[Task], words: str) -> bool:
    """Answer what is wanted of tasks; return False where the contact cannot get the words."""
    if wanted in {About.CANCEL, About.STANDIN}:
        return await _cancel(context, meant)
    is_in_note = wanted is About.BRING and bool(meant[0].one.notes)
    if wanted is About.HOURS:
        await hours.show(context)
    elif wanted is About.OWN or is_in_note:
        await _show(context, meant)
    else:
        return await _tell(context, meant[0], words)
    return True


async def to_contact(context: TurnContext, words: str) -> bool:
    """Send words that nothing else answers to a task's contact; return whether they are of one.

    A question must name the task. A statement may use a word of its text.
    """
    plain = plain_words(words)
    by_text = not asks(words)
    tasks = [task for task in await _tasks(context) if task.is_named(plain, by_text=by_text)]
    return bool(tasks) and await _tell(context, tasks[0], words)


async def _tasks(context: TurnContext) -> list[Task]:
    """Return the citizen's sign-ups that are not over, the next one first."""
    found = []
    for signup in await live_signups(context):
        one = await context.unit.opportunities.get(signup.opportunity_id)
        shift = None
        if signup.shift_id is not None:
            shift = await context.unit.shifts.get(signup.shift_id)
            if shift is None or shift.ends_at < context.now or shift.state is ShiftState.CANCELLED:
                continue
        if one is not None:
            found.append(Task(signup, one, shift))
    return sorted(found, key=lambda task: (task.shift is None, _begins(task), task.signup.id))


def _begins(task: Task) -> float:
    return task.shift.begins_at.timestamp() if task.shift is not None else 0.0


def _without_time(context: TurnContext, words: str) -> tuple[str, date | None, date | None]:
    """Return words without what they say about time, and the first and last day that they mean."""
    reading = read(words, context.language, context.now, context.calendar)
    meaning = reading.meaning
    if isinstance(meaning, Ask) and meaning.choices:
        meaning = meaning.choices[0]
    if isinstance(meaning, When):
        return reading.rest, meaning.day, meaning.ends or meaning.day
    return words, None, None


def _meant(
    context: TurnContext,
    tasks: Sequence[Task],
    titles: Sequence[str],
    first: date | None,
    last: date | None,
) -> Sequence[Task]:
    """Return the tasks that words name, or those on the days that they mean; else all."""
    named = [task for task in tasks if titles and task.is_named(titles)] or tasks
    if first is None or last is None:
        return named
    on_day = [
        task
        for task in named
        if task.shift is not None
        and first <= context.calendar.local(task.shift.begins_at).date() <= last
    ]
    return on_day or named


async def _cancel(context: TurnContext, tasks: Sequence[Task]) -> bool:
    """Ask whether the citizen cancels; of several tasks, which."""
    ahead = [task for task in tasks if task.shift is None or task.shift.begins_at > context.now]
    if not ahead:
        return await _tell(context, tasks[0], context.incoming.words)
    if len(ahead) == 1:
        await own_signups.leave(context, ahead[0].signup.id)
    else:
        context.send(
            task_cards.which([await own_signups.described(context, task.signup) for task in ahead])
        )
    return True


async def _show(context: TurnContext, tasks: Sequence[Task]) -> None:
    """Show the card of the next task; further ones are lines below it."""
    others = [await own_signups.described(context, task.signup) for task in tasks[1:]]
    context.send(task_cards.card(await _own_task(context, tasks[0]), others[: own_signups.SHOWN]))


async def _own_task(context: TurnContext, task: Task) -> OwnTask:
    """Return a task as its card shows it."""
    return OwnTask(
        await own_signups.described(context, task.signup),
        await signups.shown_of(context, task.signup),
        task.one.insurance,
        task.one.gates,
        said(task.one.texts, context.language),
    )


async def _tell(context: TurnContext, task: Task, words: str) -> bool:
    """Send words to a task's contact, and say who got them; return False where it fails."""
    command = TellContact(context.citizen.id, task.signup.id, words, context.written())
    done = await execute(command, context.unit)
    if isinstance(done, Refused):
        return False
    value = {key: unpacked(one) for key, one in done.value.items()}
    context.case_id = value.get("case")
    buttons: tuple[Button, ...] = ()
    if task.shift is None or task.shift.begins_at > context.now:
        buttons = task_cards.buttons(await _own_task(context, task))[:1]
    context.send(
        task_cards.told(value["contact"], words, value.get("number"), value.get("due"), buttons)
    )
    return True


async def write_to(context: TurnContext, signup_id: int | None) -> None:
    """Begin the flow that writes to the contact of a task."""
    own = next((task for task in await _tasks(context) if task.signup.id == signup_id), None)
    if own is None:
        context.send(cards.person(context.contact()))
        return
    contact = await first_contact(context.unit, own.one.id)
    await conversations.begin(
        context, WriteToContact, {"signup_id": own.signup.id, "contact": contact}
    )


async def _dispute(context: TurnContext, words: str) -> bool:
    """Dispute the newest no-show with a volunteer's words; return whether there is one."""
    citizen = context.citizen
    participant = await context.unit.participants.of_person(citizen.id, citizen.address)
    for signup in await context.unit.signups.of_person(participant.id, NEWEST):
        is_new = signup.changed_at is not None and (
            context.now - signup.changed_at <= DISPUTED_WITHIN
        )
        if signup.state is not SignupState.NO_SHOW or not is_new:
            continue
        done = await execute(DisputeNoShow(citizen.id, signup.id, words), context.unit)
        if not isinstance(done, Done):
            return False
        facts = {key: unpacked(one) for key, one in done.value.items()}
        shown = await signups.shown_of(context, signup)
        context.send(task_cards.disputed(shown, facts["contact"], facts["due"]))
        return True
    return False


async def worry(context: TurnContext, *, knows_numbers: bool = False) -> None:
    """Show the numbers to ring about a child, and give staff a task to ring the citizen (HR-22).

    The chat asks for no words about the child. With *knows_numbers* the emergency numbers are
    on the screen already.
    """
    citizen, unit = context.citizen, context.unit
    participant = await unit.participants.of_person(citizen.id, citizen.address)
    day = context.calendar.local(context.now).date()
    await unit.tasks.add("worry", f"{participant.id}:{day.isoformat()}", citizen.id)
    town = context.town
    text = messages.WORRY.with_(phone=town.family_phone or town.phone)
    if not knows_numbers:
        text = messages.BOTH.with_(first=messages.DANGER["child"], second=text)
    context.send(Send(text, (cards.TO_MENU,)))
