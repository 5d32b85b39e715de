"""The answer to an obstacle that several people told, as each of them reads it."""

from __future__ import annotations

from collections.abc import Mapping

from bot.engine.effects import Send
from bot.i18n import Text, _
from bot.model.outcome import Outcome
from bot.model.suppression import LEAST
from flows import cards
from flows.invitation_cards import words_of

ANSWERED = _("You told us what stood in the way:\n<i>{summary}</i>\n\n{answer}")
YOU_SAID = _("You told us what stood in the way: “{own}”\n\nThis is our answer:\n{answer}")
DECIDED = _("{said}\n\nDecided by {decided_by}.")
SAID_BY = _("{said}\n\n{count} of you said so. Thank you for your contribution.")
THANKED = _("{said}\n\nThank you for your contribution.")
REGARDS = _("{said}\n\nRegards, {name}")
WAYS_ON = (cards.TO_OVERVIEW, cards.TO_MENU)


def answered(
    known: Outcome, people: int, language: str, *, own: Text | str = "", name: str = ""
) -> Send:
    """Return the answer that *people* contributors get, in a language.

    *own* is what the reader said themselves; without it the staff's summary is shown. *name* is
    who answers.
    """
    answer = words_of(_texts(known), language)
    if own:
        said = YOU_SAID.with_(own=own, answer=answer)
    else:
        summary: Text | str = words_of(known.in_short, language)
        said = ANSWERED.with_(summary=summary, answer=answer)
    if known.decided_by:
        said = DECIDED.with_(said=said, decided_by=known.decided_by)
    thanks = SAID_BY.with_(count=people) if people >= LEAST else THANKED
    said = thanks.with_(said=said)
    return Send(REGARDS.with_(said=said, name=name) if name else said, WAYS_ON)


def _texts(known: Outcome) -> Mapping[str, str]:
    return known.texts or {"da": ""}
