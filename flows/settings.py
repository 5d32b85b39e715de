"""Flows for language, settings and news."""

from __future__ import annotations

import re

from bot.engine.effects import Option
from bot.engine.events import Refused
from bot.engine.flow import Flow
from bot.engine.questions import Ask, Choose, Confirm
from bot.engine.steps import Do, Rows, Say
from bot.i18n import LANGUAGE_NAMES, _
from bot.model.commands.citizen import SaveNews, SaveSettings, SaveWarnings, SetLanguage
from bot.model.person import name_fault

LAST_MINUTE = 24 * 60
_HOURS = re.compile(r"(\d{1,2})(?:[.:](\d{2}))?\s*(?:-|–|_|til|to)\s*(\d{1,2})(?:[.:](\d{2}))?")

_FILLERS = re.compile(r"\b(?:fra|from|kl|tak|please)\b\.?")

LANGUAGE_OPTIONS = tuple(Option(key, name) for key, name in LANGUAGE_NAMES.items())
QUIET_OPTIONS = (
    Option("town", _("Only the usual ones")),
    Option("18_9", _("From 18:00 to 9:00")),
    Option("16_10", _("From 16:00 to 10:00")),
)


def first_name(words: str) -> str | Refused:
    """Return a first name of one line; else refuse it."""
    name = " ".join(words.split())
    wrong = name_fault(name)
    return name if wrong is None else Refused(wrong)


def quiet_hours(words: str) -> str | Refused:
    """Return quiet hours like "22-7" or "kl. 21.30 til 8" as minutes of the day; else refuse them.

    "town" is returned unchanged: the usual quiet hours.
    """
    if words == "town":
        return words
    found = _HOURS.fullmatch(_FILLERS.sub("", words.lower()).strip())
    if found is None:
        return Refused(_("I did not understand those hours. Write them like this: 21-9."))
    start = int(found[1]) * 60 + int(found[2] or 0)
    end = int(found[3]) * 60 + int(found[4] or 0)
    if max(start, end) > LAST_MINUTE or int(found[2] or 0) > 59 or int(found[4] or 0) > 59:  # noqa: PLR2004 - minutes of an hour
        return Refused(_("A day has 24 hours. Write them like this: 21-9."))
    start, end = start % LAST_MINUTE, end % LAST_MINUTE
    if start == end:
        return Refused(_("Those hours are the whole day. Leave a little room for us."))
    return f"{start}-{end}"


class Settings(Flow):
    """A citizen chooses language, name, area, news and quiet hours."""

    revision = 1
    title = _("Language and settings")

    language = Choose(_("<b>1 of 5.</b> Which language do you want to read?"), LANGUAGE_OPTIONS)
    set_language = Do(SetLanguage)
    called = Ask(
        _("<b>2 of 5.</b> What may we call you? Write a first name."),
        first_name,
        skip=_("Keep: {address}"),
        formerly="first_name",
    )
    area = Choose(
        _("<b>3 of 5.</b> Where in the municipality do you live or come often?"),
        Rows("areas"),
        skip=_("Rather not say"),
    )
    topics = Choose(
        _("<b>4 of 5.</b> What do you want news about? Choose as many as you like, or none."),
        Rows("topics"),
        several=True,
        skip=_("Change nothing"),
    )
    consent = Confirm(
        _(
            "May we send you news about this, here in the chat? At most twice a week. "
            "Write “stop” and it ends."
        ),
        when=topics.any(),
    )
    quiet = Ask(
        _(
            "<b>5 of 5.</b> We never write to you about news or appointments from 20:00 to 8:00, "
            "on Sundays, on public holidays, on Christmas Eve or on New Year's Eve. Do you want "
            "longer quiet hours? You can also write your own, for example 19-10."
        ),
        quiet_hours,
        options=QUIET_OPTIONS,
        skip=_("Change nothing"),
    )
    save_news = Do(SaveNews)
    save = Do(SaveSettings)
    done = Say(_("It is saved, {save}. You can change it at any time."), end=True)


class News(Flow):
    """A citizen chooses news, for the first time or after having stopped it."""

    revision = 1
    title = _("News from the municipality")

    topics = Choose(
        _("What do you want news about? Choose as many as you like, or none."),
        Rows("topics"),
        several=True,
    )
    consent = Confirm(
        _(
            "May we send you news about this, here in the chat? At most twice a week. "
            "Write “stop” and it ends."
        ),
        when=topics.any(),
    )
    save_news = Do(SaveNews)
    done = Say(_("It is saved. You can change it at any time."), end=True)


class Warnings(Flow):
    """A citizen says yes or no to warnings about danger: a consent of its own (HR-17)."""

    revision = 1
    title = _("Warnings about danger")

    allowed = Confirm(
        _(
            "May we warn you here if there is danger where you are, such as a storm flood or bad "
            "drinking water? A warning may come at any hour, also at night. It is not news, so "
            "“stop” does not end it. Write “warnings” to change your answer. If you are in "
            "danger yourself, ring 112."
        )
    )
    save = Do(SaveWarnings)
    done = Say(_("It is saved. You can change it at any time."), end=True)
