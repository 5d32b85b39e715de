"""Flows about reminders: a citizen's own, another day, a reason, and a pause."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.engine.ask_time import AskTime
from bot.engine.effects import Option
from bot.engine.flow import Flow
from bot.engine.questions import Ask, Choose
from bot.engine.steps import Condition, Do, Known, Rows, Say
from bot.i18n import Text, _, pgettext
from bot.model.case import title_of
from bot.model.commands.reminders import (
    GiveReason,
    PauseUntil,
    RemindGroup,
    RemindMe,
    SnoozeTo,
)
from bot.tone.sensitive import has_sensitive_words
from flows.asking import free_words

NOT_SET = _("Nothing has changed. You can begin again whenever you like.")


def _named(flow: type[Flow], name: Text, answers: Mapping[str, Any]) -> Text:
    """Return a name with the words of a reminder; the flow's title until they are known."""
    words = answers.get("words")
    return name.with_(words=title_of(words)) if words else flow.title


class RemindYourself(Flow):
    """A citizen sets a reminder to themselves."""

    revision = 1
    title = _("Remind me")

    words = Ask(
        _("What shall I remind you about? I repeat your own words, so write them as you like."),
        free_words,
    )
    rule = AskTime(
        _(
            "When shall I remind you of <b>{words}</b>? Write it as you would say it: “tomorrow at "
            "16”, “every other Wednesday at 9”."
        ),
        _("I will remind you {when}: <b>{words}</b>."),
    )
    private = Choose(
        _(
            "That may be private. Others can see your screen, and Telegram keeps what we write. "
            "Shall I remind you in these words?"
        ),
        (
            Option("keep", _("Yes, keep the words")),
            Option("plainer", _("No, I will leave out the details")),
        ),
        when=Condition(words, has_sensitive_words),
    )
    plainer = Ask(
        _(
            "Write it so that only you understand it, like “appointment at ten”. You can delete "
            "your own message above."
        ),
        free_words,
        when=private.is_("plainer"),
    )
    set_it = Do(RemindMe, refused="not_set")
    done = Say(
        _(
            "I have noted it. I will remind you {when}: <b>{about}</b>. You can end it under “My "
            "overview”."
        ),
        end=True,
    )
    not_set = Say(NOT_SET, end=True)

    @classmethod
    def named(cls, answers: Mapping[str, Any]) -> Text:
        """Return the name of a conversation: what the reminder is about, once that is known."""
        return _named(cls, pgettext("flow", "Remind me: {words}"), answers)


class RemindMembers(Flow):
    """A lead of a group reminds its members."""

    revision = 1
    title = _("Remind the group")
    decides = _("You decide what your group is reminded of. Each member can say no to it.")

    group_id = Choose(_("Which group?"), Rows("led_groups"))
    words = Ask(
        _(
            "What shall I write to the members? Write time, place and first names, and nothing "
            "private."
        ),
        free_words,
    )
    rule = AskTime(
        _("When? Write it as you would say it: “tomorrow at 16”, “every other Wednesday at 9”."),
        _("I will write “{words}” to the members {when}."),
        is_moved=True,
    )
    set_it = Do(RemindGroup, refused="not_set")
    done = Say(
        _(
            "I have noted it. I will write “{words}” to {members} members {when}. You can end it "
            "under “My reminders”."
        ),
        end=True,
    )
    not_set = Say(NOT_SET, end=True)

    @classmethod
    def named(cls, answers: Mapping[str, Any]) -> Text:
        """Return the name of a conversation: what the reminder says, once that is known."""
        return _named(cls, pgettext("flow", "Remind the group: {words}"), answers)


class AnotherDay(Flow):
    """A citizen chooses when a reminder comes again."""

    revision = 1
    title = pgettext("flow", "Later")

    delivery_id = Known()
    rule = AskTime(
        _("When shall I write again? For example “Friday at 10”."),
        _("I will write again {when}."),
    )
    snooze = Do(SnoozeTo, refused="not_set")
    done = Say(_("I have noted it. You get it again {when}."), end=True)
    not_set = Say(NOT_SET, end=True)


class WhyNot(Flow):
    """A citizen says why they cannot."""

    revision = 1
    title = _("I cannot")

    delivery_id = Known()
    coordinator = Known()
    words = Ask(
        _("Thank you for saying so. {coordinator} has been told. Do you want to say why?"),
        free_words,
        skip=_("No thank you"),
    )
    give = Do(GiveReason)
    done = Say(_("Thank you. We wish you well."), end=True)


class Pause(Flow):
    """A citizen pauses all messages but answers."""

    revision = 1
    title = _("Take a break")

    rule = AskTime(
        _(
            "Until when do you want a break? Write for example “1 February”. Answers to your own "
            "questions still come."
        ),
        _("You get no messages until {when}, and your own reminders do not come either."),
    )
    pause = Do(PauseUntil, refused="not_set")
    done = Say(_("You hear nothing from us of our own accord until then: {when}."), end=True)
    not_set = Say(NOT_SET, end=True)
