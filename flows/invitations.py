"""The flow in which a lead of a group invites its members."""

from __future__ import annotations

from bot.engine.events import Refused
from bot.engine.flow import Flow
from bot.engine.questions import Ask, Choose
from bot.engine.steps import Do, Rows, Say
from bot.i18n import _, ngettext
from bot.model.commands.volunteering import InviteGroup
from bot.model.invitation import MOST_PLACES
from flows.asking import free_words

NOT_A_NUMBER = Refused(
    _("Write how many you need: a number from 1 to {most}.").with_(most=MOST_PLACES)
)
NUMBERS = {
    **dict(
        zip(("en", "to", "tre", "fire", "fem", "seks", "syv", "otte"), range(1, 9), strict=True)
    ),
    **dict(
        zip(
            ("one", "two", "three", "four", "five", "six", "seven", "eight"),
            range(1, 9),
            strict=True,
        )
    ),
    "én": 1,
    "ni": 9,
    "ti": 10,
    "nine": 9,
    "ten": 10,
}


def number(words: str) -> int | Refused:
    """Return a number of people, in digits or in a word; refuse another text."""
    plain = words.strip().casefold().rstrip(".")
    found = int(plain) if plain.isdecimal() and len(plain) < 4 else NUMBERS.get(plain, 0)  # noqa: PLR2004 - digits
    return found if 0 < found <= MOST_PLACES else NOT_A_NUMBER


class InviteMembers(Flow):
    """A lead of a group asks its members for a shift or a task."""

    revision = 1
    title = _("Invite the group")
    decides = _("You decide what your group is invited to. Each member can say no to it.")

    place = Choose(_("What do you need people for?"), Rows("led_places"))
    words = Ask(
        _(
            "What shall I write to the members? Write it as you would say it, and nothing private. "
            "I add the time and the place."
        ),
        free_words,
    )
    quota = Ask(_("How many do you need?"), number)
    invite = Do(InviteGroup)
    done = Say(
        ngettext(
            "I ask {members} member, and write to you when you have found enough.",
            "I ask {members} members, and write to you when you have found enough.",
            "members",
        ),
        end=True,
    )
