"""The answer to an obstacle that several people told, as each of them reads it."""

from __future__ import annotations

from collections.abc import Mapping

from bot.engine.effects import Send
from bot.i18n import Text, _
from bot.model.outcome import Outcome
from flows.invitation_cards import words_of

FEWEST_NAMED = 5  # a smaller number of people is not said
ANSWERED = _("You told us what stood in the way:\n<i>{summary}</i>\n\n{answer}")
DECIDED = _("{said}\n\nDecided by {decided_by}.")
SAID_BY = _("{said}\n\n{count} of you said so. Thank you for your contribution.")
THANKED = _("{said}\n\nThank you for your contribution.")


def answered(known: Outcome, people: int, language: str) -> Send:
    """Return the answer that *people* contributors get, in a language."""
    summary: Text | str = words_of(known.summaries, language)
    said = ANSWERED.with_(summary=summary, answer=words_of(_texts(known), language))
    if known.decided_by:
        said = DECIDED.with_(said=said, decided_by=known.decided_by)
    thanks = SAID_BY.with_(count=people) if people >= FEWEST_NAMED else THANKED
    return Send(thanks.with_(said=said))


def _texts(known: Outcome) -> Mapping[str, str]:
    return known.texts or {"da": ""}
