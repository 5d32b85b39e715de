"""Screens with buttons that carry commands, not conversations."""

from __future__ import annotations

from datetime import date

from bot.engine.effects import Button, Send
from bot.i18n import LANGUAGE_NAMES, Day, Text, _, pgettext
from flows import messages

COMMAND = ":"  # what callback data of a command begins with; a flow's begins with a number

MENU_DOORS: tuple[tuple[str, Text], ...] = (
    ("ask", _("Ask a question")),
    ("report", _("Report something")),
    ("volunteer", pgettext("button", "Volunteer")),
    ("pledge", _("Make a pledge")),
    ("mine", _("My overview")),
    ("language", _("Language")),
    ("person", _("Talk to a person")),
    ("help", _("Help")),
)
# Rooms that are not built yet: whoever opens one takes it from here, and tells those who wait.
CLOSED_DOORS = (
    *("report", "volunteer", "pledge", "person"),
    *("hearing", "idea", "complain", "access", "data"),
)
# The words that answers of the FAQ tell of are doors too, if not on the menu.
DOOR_LABELS = {
    **dict(MENU_DOORS),
    "hearing": _("Hearing"),
    "idea": _("Idea"),
    "complain": _("How to complain"),
    "access": _("Access to documents"),
    "data": _("Your data"),
}


def press(command: str, label: Text | str) -> Button:
    """Make a button that carries *command*."""
    return Button(COMMAND + command, label)


TO_MENU = press("menu", messages.BACK_TO_MENU)
TO_PERSON = press("person", DOOR_LABELS["person"])


def menu(*, language_first: bool = False, resume: tuple[int, Text] | None = None) -> Send:
    """Draw the menu; where a conversation waits, going on with it comes first."""
    doors = sorted(MENU_DOORS, key=lambda door: language_first and door[0] != "language")
    buttons = [press(name, label) for name, label in doors]
    if resume is None:
        return Send(messages.MENU, tuple(buttons))
    conversation_id, title = resume
    text = messages.RESUME_MENU.with_(title=title)
    return Send(text, (press(f"resume.{conversation_id}", messages.CONTINUE), *buttons))


def not_open(door: str, contact: Text) -> Send:
    """Say kindly that a room is not built yet, with the way that is open today."""
    text = messages.NOT_OPEN.with_(door=DOOR_LABELS[door], contact=contact)
    if door == "person":
        text = messages.PERSON.with_(contact=contact)
    return Send(text, (press(f"tell.{door}", messages.TELL_ME), TO_MENU))


def answer(faq_id: str, question: str, words: str, source: str, reviewed: date) -> Send:
    """Draw an answer of the FAQ with its source and date."""
    text = messages.ANSWER.with_(
        question=question, answer=words, source=source, reviewed=Day(reviewed)
    )
    return Send(
        text,
        (
            press(f"helped.{faq_id}", messages.HELPED),
            press(f"human.{faq_id}", messages.ASK_PERSON),
        ),
    )


def did_you_mean(entries: list[tuple[str, str]]) -> Send:
    """Offer up to three entries that may be meant, and a person."""
    buttons = [press(f"faq.{faq_id}", question) for faq_id, question in entries]
    return Send(messages.DID_YOU_MEAN, (*buttons, press("human", messages.ASK_PERSON)))


def do_not_know(contact: Text) -> Send:
    """Say that the answer is not known, and who does know."""
    text = messages.DO_NOT_KNOW.with_(contact=contact)
    return Send(text, (press("human", messages.ASK_PERSON), TO_MENU))


def language() -> Send:
    """Let the citizen choose the language."""
    buttons = (press(f"lang.{key}", name) for key, name in LANGUAGE_NAMES.items())
    return Send(messages.LANGUAGE, tuple(buttons))


def offer_to_resume(conversation_id: int, text: Text, title: Text) -> Send:
    """Offer to go on with a conversation that waits."""
    return Send(
        text.with_(title=title),
        (
            press(f"resume.{conversation_id}", messages.CONTINUE),
            press(f"drop.{conversation_id}", messages.NO_THANKS),
        ),
    )


def maybe_cpr(message_id: int) -> Send:
    """Ask whether digits that look like a time were a CPR number (HR-1)."""
    return Send(
        messages.CPR_MAYBE,
        (press(f"cpr.{message_id}", messages.CPR_YES), press("nocpr", messages.CPR_NO)),
    )
