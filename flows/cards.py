"""Messages with command buttons, outside conversations."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from bot.engine.effects import COPIES, Button, Send
from bot.i18n import LANGUAGE_NAMES, Day, Text, _, pgettext
from bot.model.faq import FaqEntry
from bot.model.opportunity import Gate
from flows import case_messages, messages

COMMAND = ":"  # callback data prefix of commands; a flow's data begins with a number
ASK_ON = ":human."  # callback data prefix of buttons that send a question to staff

MENU_INTENTS: tuple[tuple[str, Text], ...] = (
    ("ask", _("Ask a question")),
    ("report", _("Report something")),
    ("volunteer", pgettext("button", "Volunteer")),
    ("pledge", _("Make a pledge")),
    ("mine", _("My overview")),
    ("language", _("Language")),
    ("person", _("Talk to a person")),
    ("help", _("Help")),
)
# Features that are not available yet. Remove a feature here when it opens, and notify the
# citizens who asked for it.
UNOPENED: tuple[str, ...] = ()
# Answers of the FAQ may offer intents that are not on the menu.
INTENT_LABELS = {
    **dict(MENU_INTENTS),
    "hearing": _("Hearing"),
    "idea": _("Idea"),
    "complain": _("How to complain"),
    "access": _("Access to documents"),
    "data": _("Your data"),
}


def command_button(command: str, label: Text | str) -> Button:
    """Return a button that carries *command*."""
    return Button(COMMAND + command, label)


def copy_button(text: str, label: Text | str) -> Button:
    """Return a button that copies *text*, of at most 256 characters."""
    return Button(COPIES + text, label)


# Of tasks with these gates, volunteers may see that a child is not well (HR-22).
SEES_CHILDREN = frozenset({Gate.CHILDREN, Gate.CONFIDENTIALITY})
TO_WORRY = command_button("worry", _("I worry about a child"))


def worry(gates: Collection[Gate]) -> tuple[Button, ...]:
    """Return the button to say that one worries about a child, for a task with such gates."""
    return (TO_WORRY,) if SEES_CHILDREN & set(gates) else ()


TO_MENU = command_button("menu", messages.BACK_TO_MENU)
TO_PERSON = command_button("person", INTENT_LABELS["person"])
TO_COMPLAIN = command_button("complain", INTENT_LABELS["complain"])
TO_OVERVIEW = command_button("mine", INTENT_LABELS["mine"])


def menu(*, language_first: bool = False, resume: tuple[int, Text] | None = None) -> Send:
    """Return the menu; a conversation to resume comes first."""
    intents = sorted(MENU_INTENTS, key=lambda item: language_first and item[0] != "language")
    buttons = [command_button(name, label) for name, label in intents]
    if resume is None:
        return Send(messages.MENU, tuple(buttons))
    conversation_id, title = resume
    text = messages.RESUME_MENU.with_(title=title)
    return Send(text, (command_button(f"resume.{conversation_id}", messages.CONTINUE), *buttons))


def opened(intent: str) -> Send:
    """Return the message to a citizen who asked to be notified when a feature opens."""
    return Send(
        messages.NOW_OPEN.with_(intent=INTENT_LABELS[intent]),
        (command_button(intent, INTENT_LABELS[intent]),),
    )


def helped_button(faq_id: str, asked: int | None) -> Button:
    """Return the button that says that an answer helped."""
    about = f"{faq_id}.{asked}" if asked is not None else faq_id
    return command_button(f"helped.{about}", messages.HELPED)


def faq_answer(entry: FaqEntry, language: str, *, asked: int | None) -> Send:
    """Return an answer of the FAQ with its source and date; *asked* is the question it answers.

    An answer without a text in *language* is shown in Danish and says so (HR-25).
    """
    said = entry.text(language)
    text = messages.ANSWER if language in entry.texts else messages.ANSWER_IN_DANISH
    about = f"{entry.id}.{asked}" if asked is not None else entry.id
    return Send(
        text.with_(
            question=said.question,
            answer=said.answer,
            source=entry.source,
            reviewed=Day(entry.reviewed),
        ),
        (
            helped_button(entry.id, asked),
            command_button(f"human.{about}", messages.ASK_PERSON),
        ),
    )


def title(entry: FaqEntry, language: str) -> Text | str:
    """Return the question of an entry as a button's label in *language*."""
    question = entry.text(language).question
    if language in entry.texts:
        return question
    return messages.TITLE_IN_DANISH.with_(question=question)


def to_entry(entry: FaqEntry, language: str, asked: int | None = None) -> Button:
    """Return the button that shows an entry; *asked* is the question that may mean it."""
    about = f"{entry.id}.{asked}" if asked is not None else entry.id
    return command_button(f"faq.{about}", title(entry, language))


def did_you_mean(offered: Sequence[Button], asked: int, when: Text) -> Send:
    """Offer entries that may be meant, and staff, who get the question *when* nothing is tapped."""
    return Send(messages.DID_YOU_MEAN.with_(when=when), (*offered, *on_or_off(asked)))


def do_not_know(contact: Text, asked: int, when: Text) -> Send:
    """Say that the answer is unknown; without a tap, staff get the question at *when*."""
    return Send(messages.DO_NOT_KNOW.with_(contact=contact, when=when), on_or_off(asked))


def on_or_off(asked: int) -> tuple[Button, Button]:
    """Return the buttons of an unanswered question: send it to staff, or drop it."""
    return (
        command_button(f"human.{asked}", messages.ASK_PERSON),
        command_button(f"letgo.{asked}", messages.IT_WAS_NOTHING),
    )


def person(contact: Text) -> Send:
    """Show the ways to a person: in writing here, by a call from us, by phone or at the counter."""
    return Send(
        case_messages.PERSON.with_(contact=contact),
        (
            command_button("write", case_messages.WRITE_TO_PERSON),
            command_button("call", case_messages.CALL_ME),
            TO_MENU,
        ),
    )


def verdict(case_id: int, episode: int) -> tuple[Button, ...]:
    """Return the buttons for a verdict on an answer."""
    about = f"{case_id}.{episode}"
    return (
        command_button(f"verdict.{about}.yes", case_messages.SOLVED_YES),
        command_button(f"verdict.{about}.partly", case_messages.SOLVED_PARTLY),
        command_button(f"verdict.{about}.no", case_messages.SOLVED_NO),
        command_button(f"felt.{case_id}", case_messages.FELT_WRONG),
    )


def complaint_routes() -> Send:
    """Show the three ways to complain (HR-16)."""
    return Send(
        case_messages.COMPLAINT_ROUTES,
        (
            command_button("dissatisfied", case_messages.DISSATISFIED),
            command_button("decision", case_messages.DECISION),
            command_button("adviser", case_messages.ADVISER),
            TO_MENU,
        ),
    )


def language() -> Send:
    """Return the message that offers the languages."""
    buttons = (command_button(f"lang.{key}", name) for key, name in LANGUAGE_NAMES.items())
    return Send(messages.LANGUAGE, tuple(buttons))


def offer_to_resume(conversation_id: int, text: Text, title: Text) -> Send:
    """Offer to resume or drop an unfinished conversation."""
    return Send(
        text.with_(title=title),
        (
            command_button(f"resume.{conversation_id}", messages.CONTINUE),
            command_button(f"drop.{conversation_id}", messages.NO_THANKS),
        ),
    )


def maybe_cpr(message_id: int) -> Send:
    """Ask whether digits that look like a time were a CPR number (HR-1)."""
    return Send(
        messages.CPR_MAYBE,
        (
            command_button(f"cpr.{message_id}", messages.CPR_YES),
            command_button("nocpr", messages.CPR_NO),
        ),
    )
