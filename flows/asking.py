"""Flows in which a citizen writes to a person, and the checks of their answers."""

from __future__ import annotations

import re

from bot.engine.effects import Option
from bot.engine.events import Refused
from bot.engine.flow import Flow
from bot.engine.questions import Ask, Choose
from bot.engine.steps import Do, Known, Say
from bot.i18n import _, render
from bot.model.commands.cases import (
    AskForAccess,
    AskForCall,
    AskPerson,
    Complain,
    GiveVerdict,
    ProposeIdea,
)
from flows import case_messages as messages

LONGEST_WORDS = 3500  # characters: a longer text is hard to read on a staff screen
LEAST_DIGITS, MOST_DIGITS = 8, 15  # of a phone number, E.164
DANISH_DIGITS = 8
DENMARK = "45"  # its country code
_NUMBER = re.compile(r"(\+|00)?[\d\s().-]{8,24}")
WHEN = (
    Option("morning", _("In the morning, 9–12")),
    Option("afternoon", _("In the afternoon, 12–15")),
    Option("any", _("Any time")),
)
CALL_WANTED = _("Please ring me on {phone}. {when}.")
A_PERSON_DECIDES = _("A person at {municipality} reads it, answers you, and says who decides.")


def free_words(words: str) -> str | Refused:
    """Return the stripped words; refuse text without letters or digits, or over 3500 characters."""
    if not any(letter.isalnum() for letter in words):
        return Refused(_("I need it in words. Write a sentence or two."))
    if len(words) > LONGEST_WORDS:
        return Refused(_("That is very long. Please write the most important in one message."))
    return words.strip()


def phone_number(words: str) -> str | Refused:
    """Return a phone number: eight Danish digits, or with a country code; otherwise refuse it."""
    plain = words.strip()
    if not _NUMBER.fullmatch(plain):
        return Refused(_("I need a phone number with eight digits."))
    digits = "".join(letter for letter in plain if letter.isdigit())
    dialled_out = plain.startswith("00") and len(digits) > DANISH_DIGITS
    abroad = plain.startswith("+") or dialled_out
    if dialled_out:
        digits = digits[2:]
    if abroad and LEAST_DIGITS <= len(digits) <= MOST_DIGITS:
        if not digits.startswith(DENMARK) or len(digits) != len(DENMARK) + DANISH_DIGITS:
            return f"+{digits}"
        digits, abroad = digits.removeprefix(DENMARK), False
    if not abroad and len(digits) == DANISH_DIGITS:
        return " ".join(digits[n : n + 2] for n in range(0, DANISH_DIGITS, 2))
    return Refused(_("I need a phone number with eight digits."))


def call_words(phone: str, when: str, about: str | None, language: str) -> str:
    """Return the text of a wanted call for the thread, in the citizen's language."""
    label = next(option.label for option in WHEN if option.key == when)
    text = CALL_WANTED.with_(phone=phone, when=label)
    said = render(text, language, escape=str)
    return f"{said}\n{about}" if about else said


class WritePerson(Flow):
    """A citizen writes to a person."""

    revision = 1
    title = _("Ask a person")
    decides = A_PERSON_DECIDES

    words = Ask(
        _("What do you want to ask? Write it in your own words. A person reads it and answers."),
        free_words,
    )
    send = Do(AskPerson)
    done = Say(messages.RECEIPT, end=True)


class Idea(Flow):
    """A citizen proposes something."""

    revision = 1
    title = _("Idea")
    decides = A_PERSON_DECIDES

    words = Ask(
        _("What is your idea? Write it as you would say it to a neighbour."),
        free_words,
    )
    send = Do(ProposeIdea)
    done = Say(
        _(
            "Thank you. Your idea is sent to {contact} in {unit}. Case number: {number}. You hear "
            "what came of it by {due} at the latest. If it takes longer, we write before that day."
        ),
        end=True,
    )


class Complaint(Flow):
    """A citizen is dissatisfied with a service."""

    revision = 1
    title = _("I am dissatisfied")
    decides = A_PERSON_DECIDES

    words = Ask(
        _("What happened, and what does it mean for you? A person reads it and answers."),
        free_words,
    )
    send = Do(Complain)
    done = Say(messages.COMPLAINT_RECEIPT, end=True)


class Access(Flow):
    """A citizen asks for access to documents."""

    revision = 1
    title = _("Access to documents")
    decides = _(
        "The municipality decides which papers you may see, within seven working days. If you get "
        "a no, the letter says why and where you can complain."
    )

    words = Ask(
        _(
            "Which of the municipality's papers do you want to see? Write what they are about. "
            "Papers about yourself we send in Digital Post, never here."
        ),
        free_words,
    )
    send = Do(AskForAccess)
    done = Say(
        _(
            "Thank you. {contact} in {unit} looks into which papers you may see. Case number: "
            "{number}. You get an answer by {due} at the latest. If it takes longer, we write "
            "before that day and say why."
        ),
        end=True,
    )


class CallMe(Flow):
    """A citizen asks for a phone call."""

    revision = 1
    title = _("Call me")
    decides = A_PERSON_DECIDES

    case_id = Known()
    phone = Ask(_("Which number may we ring?"), phone_number)
    when = Choose(_("When does it suit you?"), WHEN)
    about = Ask(
        _("What is it about? A sentence is enough."),
        free_words,
        skip=_("Rather not say"),
        when=case_id.is_(None),
    )
    send = Do(AskForCall)
    done = Say(
        _(
            "Thank you. {contact} in {unit} rings you. Case number: {number}. It will be by "
            "{call_by} at the latest."
        ),
        end=True,
    )


class NotYet(Flow):
    """A citizen completes a verdict with the facts that an answer lacks."""

    revision = 1
    title = _("What is missing?")
    decides = A_PERSON_DECIDES

    case_id = Known()
    episode = Known()
    verdict = Known()
    line = Ask(
        _("Thank you for saying so. What is still missing? One line is enough."),
        free_words,
    )
    send = Do(GiveVerdict, refused="late")
    done = Say(
        _(
            "Thank you. {number} is open again, and {contact} looks at it. You get an answer by "
            "{due} at the latest."
        ),
        end=True,
    )
    late = Say(_("Write to us again if there is more."), end=True)
