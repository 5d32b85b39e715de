"""After a shift: how it went in own words, and how long it took."""

from __future__ import annotations

import re

from bot.engine.events import Refused
from bot.engine.flow import Flow
from bot.engine.questions import Ask
from bot.engine.steps import Do, Known, Say
from bot.i18n import _
from bot.model.commands.volunteering import DisputeNoShow, GiveFeedback
from flows.asking import free_words

LONGEST = 24 * 60  # minutes
NOT_A_TIME = Refused(_("Write it like “90 minutes”, “2 hours” or “1:30”, at most a day."))
_CLOCK = re.compile(r"(\d{1,2})[:.](\d{2})\s*(?:t|h|timer?|hours?)?")
_SPAN = re.compile(r"(\d{1,4}(?:[.,]\d{1,2})?)\s*([a-zæøå]*)\.?")
_HOURS = frozenset({"t", "h", "time", "timer", "hour", "hours", "hrs", "hr"})
_MINUTES = frozenset({"", "m", "min", "minut", "minutter", "minute", "minutes", "mins"})
_SPOKEN = {
    **dict.fromkeys(("en time", "one hour", "an hour", "1 time"), 60),
    **dict.fromkeys(("halvanden time", "halvanden", "one and a half hours"), 90),
    **dict.fromkeys(("en halv time", "half an hour"), 30),
    **dict.fromkeys(("to timer", "two hours"), 120),
    **dict.fromkeys(("tre timer", "three hours"), 180),
}


def minutes(words: str) -> int | Refused:
    """Return how long something took, in minutes; refuse what is no length of time."""
    plain = " ".join(words.casefold().split())
    found = _SPOKEN.get(plain) or _digits(plain)
    return found if found is not None and 0 < found <= LONGEST else NOT_A_TIME


def _digits(plain: str) -> int | None:
    """Return the minutes of “1:30”, “1.5 hours” or “90”; None for anything else."""
    clock = _CLOCK.fullmatch(plain)
    span = _SPAN.fullmatch(plain)
    if span is not None and span[2] in _HOURS:
        return round(float(span[1].replace(",", ".")) * 60)
    if span is not None and span[2] in _MINUTES and span[1].isdecimal():
        return int(span[1])
    return int(clock[1]) * 60 + int(clock[2]) if clock is not None else None


class SayMore(Flow):
    """A volunteer says in own words how a shift went."""

    revision = 1
    title = _("How it went")

    signup_id = Known()
    contact = Known()
    words = Ask(
        _("Thank you. Do you want to say a little about it? {contact} reads it."),
        free_words,
        skip=_("No thank you"),
    )
    minutes = Ask(
        _("How long did you help? Write it like “2 hours” or “90 minutes”."),
        minutes,
        skip=_("As planned"),
    )
    give = Do(GiveFeedback)
    done = Say(_("Thank you. It is noted."), end=True)


class Dispute(Flow):
    """A volunteer says that they were there after all."""

    revision = 1
    title = _("I was there")

    signup_id = Known()
    words = Ask(_("What happened, in a line? Your contact looks at it again."), free_words)
    give = Do(DisputeNoShow)
    done = Say(
        _("Thank you. {contact} looks at it again, and you hear here by {due} at the latest."),
        end=True,
    )
