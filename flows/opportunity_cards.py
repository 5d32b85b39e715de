"""What the link of an opportunity's public page opens in the chat."""

from __future__ import annotations

from bot.engine.effects import Send
from bot.i18n import _
from flows import cards, signup_cards

FROM_PAGE = _("<b>{title}</b>\n{text}\n\nYour contact: {contact}")
NOT_OPEN = _("That task is not open at the moment. Look at what else there is.")


def opened(title: str, text: str, contact: str) -> Send:
    """Return an open opportunity."""
    shown = FROM_PAGE.with_(title=title, text=text, contact=contact)
    return Send(shown, (signup_cards.SEE_OTHERS, cards.TO_PERSON, cards.TO_MENU))


def not_open() -> Send:
    """Return that an opportunity is not open, and the way to others."""
    return Send(NOT_OPEN, (signup_cards.SEE_OTHERS, cards.TO_MENU))
