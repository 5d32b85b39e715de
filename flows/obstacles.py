"""Obstacles to a pledge: the choices, own words, and the thanks."""

from __future__ import annotations

import re

from bot.engine.effects import Button, Send
from bot.engine.events import Refused
from bot.engine.flow import Flow
from bot.engine.questions import Ask
from bot.engine.steps import Do, Known, Open
from bot.engine.words import fold
from bot.i18n import LANGUAGES, _, pgettext, render
from bot.model.commands.pledges import TellObstacle
from bot.model.delivery import Delivery
from bot.model.outcome import LONGEST_WORDS, OBSTACLE_NAMES, Obstacle
from flows import cards
from flows.asking import free_words
from flows.pledge_questions import is_command, is_question
from flows.shift_cards import button

OWN_WORDS = "own"
FEW = 5  # words in which the name of an obstacle is looked for
_DENIES = re.compile(r"(?<!havde )\b(?:ikke|not|men|but|og|and)\b(?! tid)")
_WHO_READS = re.compile(
    r"(?:og |men |and |but )?(?:hvem (?:læser|ser|får|kan (?:læse|se))|who (?:reads|sees|gets|can))"
)
PREFIX = "why_"  # begins a delivery's button of an obstacle
WHAT = _("What stood in the way? You may leave it out.")
IN_OWN_WORDS = _("In your own words")
NOT_SAID = pgettext("button", "Rather not say")
LEAVES_OUT = "nowhy"
TO_LEAVE_OUT = cards.command_button(LEAVES_OUT, NOT_SAID)
READ_BY = _(
    "That sounds like a question. What you write here is read by the municipality's staff, who "
    "answer all who said the same. Your name is not in the lists. To ask about something else, "
    "write it after “Rather not say”."
)
LEFT_OUT = _("That is all right. You need not say why.")
NOTED = _(
    "Thank you. It is noted, without your name in the lists. The municipality answers all who said "
    "the same, and I write to you then."
)


def why_words(words: str) -> str | Refused:
    """Return an obstacle in at most 500 characters; a question is none."""
    said = free_words(words)
    if is_command(words):
        return Refused(WHAT)
    if is_question(words):
        return Refused(READ_BY)
    if isinstance(said, str) and len(said) > LONGEST_WORDS:
        return Refused(_("Write it in a few sentences, please."))
    return said


def named(words: str) -> Obstacle | None:
    """Return the frequent obstacle that short words name, such as “det var vejret”."""
    said = fold(words)
    if len(said.split()) > FEW:
        return None
    names = {
        key: {fold(render(name, language, escape=str)) for language in LANGUAGES}
        for key, name in OBSTACLE_NAMES.items()
    }
    found = [key for key, some in names.items() if any(f" {one} " in f" {said} " for one in some)]
    return found[0] if len(found) == 1 and not _DENIES.search(said) else None


def asks_who_reads(words: str) -> bool:
    """Return whether words ask who reads what is told."""
    return _WHO_READS.match(fold(words)) is not None


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
