"""Obstacles to a pledge: the choices, own words, and the thanks."""

from __future__ import annotations

from bot.engine.effects import Button, Send
from bot.engine.events import Refused
from bot.engine.flow import Flow
from bot.engine.questions import Ask
from bot.engine.steps import Do, Known, Open
from bot.i18n import _, pgettext
from bot.model.commands.pledges import TellObstacle
from bot.model.delivery import Delivery
from bot.model.outcome import LONGEST_WORDS, OBSTACLE_NAMES
from flows import cards
from flows.asking import free_words
from flows.pledge_questions import is_command
from flows.shift_cards import button

OWN_WORDS = "own"
PREFIX = "why_"  # begins a delivery's button of an obstacle
WHAT = _("What stood in the way? You may leave it out.")
IN_OWN_WORDS = _("In your own words")
NOT_SAID = pgettext("button", "Rather not say")
LEAVES_OUT = "nowhy"
TO_LEAVE_OUT = cards.command_button(LEAVES_OUT, NOT_SAID)
LEFT_OUT = _("That is all right. You need not say why.")
NOTED = _(
    "Thank you. It is noted, without your name in the lists. The municipality answers all who said "
    "the same, and I write to you then."
)


def why_words(words: str) -> str | Refused:
    """Return an obstacle in at most 500 characters."""
    said = free_words(words)
    if is_command(words):
        return Refused(WHAT)
    if isinstance(said, str) and len(said) > LONGEST_WORDS:
        return Refused(_("Write it in a few sentences, please."))
    return said


class TellWhy(Flow):
    """A citizen tells an obstacle in own words."""

    revision = 1
    title = _("What stood in the way?")

    pledge_id = Known()
    words = Ask(_("What stood in the way? Write it in your own words."), why_words, skip=NOT_SAID)
    left_out = Open(LEAVES_OUT, when=words.is_(None))
    tell = Do(TellObstacle, given={"by": "citizen", "key": None})
    noted = Open("toldwhy")


def buttons(delivery: Delivery) -> tuple[Button, ...]:
    """Return a button for each frequent obstacle, and one for own words."""
    known = (button(delivery, f"{PREFIX}{key}", name) for key, name in OBSTACLE_NAMES.items())
    return (*known, button(delivery, f"{PREFIX}{OWN_WORDS}", IN_OWN_WORDS))


def left_out() -> Send:
    """Return that an obstacle need not be told."""
    return Send(LEFT_OUT, (cards.TO_OVERVIEW, cards.TO_MENU))


def noted() -> Send:
    """Thank for an obstacle that was told."""
    return Send(NOTED, (cards.TO_OVERVIEW, cards.TO_MENU))
