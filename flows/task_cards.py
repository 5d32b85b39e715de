"""Messages about a citizen's own tasks, and the flow that writes to a task's contact."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.engine.effects import Button, Send
from bot.engine.flow import Flow
from bot.engine.questions import Ask
from bot.engine.steps import Condition, Do, Known, Open, Say
from bot.i18n import Text, _, pgettext
from bot.model.commands.volunteering import TellContact
from bot.model.opportunity import Gate, Insurance
from bot.model.signup import COMES
from flows import cards, shift_cards, signup_cards, volunteer_cards
from flows.asking import free_words
from flows.signup_cards import OwnSignup

MORE = _("You have also signed up for:")
WRITE_TO = _("Write to {contact}")
WHICH = _("Do you want to cancel one of these? Choose which.")
TOLD = _("{contact} has got your message now: “{words}”")
TOLD_CASE = _(
    "{contact} has got your message now: “{words}”\n\nIf it needs an answer, {contact} answers "
    "here by {due} at the latest. Case number: {number}."
)
DISPUTED = _(
    "Thank you for saying so. {contact} looks at it again, and you hear here by {due} at the "
    "latest:\n{about}"
)


@dataclass(frozen=True, slots=True)
class OwnTask:
    """A sign-up with what its card shows; *shown* has the time, the place and the note."""

    own: OwnSignup
    shown: shift_cards.Shown
    insurance: Insurance | None = None
    gates: Sequence[Gate] = ()
    text: Text | str = ""  # what one does


def card(task: OwnTask, others: Sequence[OwnSignup] = ()) -> Send:
    """Return when and where a task is, who the contact is, and who insures; then the others."""
    shown, own = task.shown, task.own
    lines: list[Text | str] = [shown.about]
    lines += [task.text] if task.text else []
    if shown.when is None and shown.contact:
        lines.append(volunteer_cards.AGREED.with_(contact=shown.contact))
    lines += [shown.note] if shown.note else []
    lines += [volunteer_cards.CONTACT.with_(contact=shown.contact)] if shown.contact else []
    lines += [volunteer_cards.INSURANCE[task.insurance]] if task.insurance is not None else []
    lines += [signup_cards.task_line(own)] if own.state not in COMES else []
    if others:
        lines += ["", MORE, *(signup_cards.task_line(one) for one in others)]
    return Send(volunteer_cards.lines_of(lines), (*buttons(task), cards.TO_MENU))  # type: ignore[arg-type]  # a Text


def buttons(task: OwnTask) -> tuple[Button, ...]:
    """Return what a citizen can do about a task."""
    own = task.own
    found = [cards.command_button(f"leave.{own.id}", signup_cards.CANNOT)]
    if task.shown.contact:
        label = WRITE_TO.with_(contact=task.shown.contact)
        found.append(cards.command_button(f"writeto.{own.id}", label))
    return (*found, *cards.worry(task.gates))


def which(some: Sequence[OwnSignup]) -> Send:
    """Ask which of several tasks a citizen cannot come to."""
    return Send(WHICH, (*(_named(one) for one in some), cards.TO_MENU))


def _named(own: OwnSignup) -> Button:
    """Return the button that cancels a task, with its name and its time."""
    label: Text | str = own.title
    if own.begins_at is not None:
        label = pgettext("task", "{title}, {when}").with_(title=own.title, when=own.begins_at)
    return cards.command_button(f"leave.{own.id}", label)


def told(
    contact: str, words: str, number: str | None, due: date | None, also: Sequence[Button]
) -> Send:
    """Return who has got a citizen's words about a task."""
    text = TOLD.with_(contact=contact, words=words)
    if number is not None:
        text = TOLD_CASE.with_(contact=contact, words=words, number=number, due=due)
    return Send(text, (*also, cards.TO_MENU))


def disputed(shown: shift_cards.Shown, contact: str, due: date) -> Send:
    """Return who looks at a no-show again, and by when."""
    text = DISPUTED.with_(about=shown.about, contact=contact, due=due)
    return Send(text, (cards.TO_OVERVIEW, cards.TO_MENU))


class WriteToContact(Flow):
    """A citizen writes to the contact of a task."""

    revision = 1
    title = _("Write to your contact")

    signup_id = Known()
    contact = Known()
    words = Ask(
        _("What do you want to tell or ask {contact}? Write it in your own words."), free_words
    )
    tell = Do(TellContact, refused="failed")
    sent_to_staff = Say(
        TOLD_CASE,
        end=True,
        when=Condition(tell, lambda outcome: "number" in (outcome.get("value") or {})),
    )
    sent = Say(TOLD, end=True)
    failed = Open("person")
