"""What staff write, as it stands in the citizen's chat: greeting, words, signature, buttons.

The courier sends what is drawn here, and the console shows it beforehand.
"""

from __future__ import annotations

from datetime import date

from bot.engine.effects import Send
from flows import cards, case_messages


def answer(words: str, *, number: str, name: str, case_id: int, asked_as: int | None) -> Send:
    """Draw an answer; *asked_as* is the episode that its question belongs to, None asks nothing."""
    if asked_as is None:
        text = case_messages.ANSWERED_MORE.with_(number=number, answer=words, name=name)
        return Send(text, (cards.TO_MENU,))
    text = case_messages.ANSWERED.with_(answer=words, name=name)
    return Send(text, cards.verdict(case_id, asked_as))


def query(words: str, *, number: str, name: str) -> Send:
    """Draw a question of the staff's."""
    text = case_messages.ASKED.with_(number=number, question=words, name=name)
    return Send(text, (cards.TO_MENU,))


def message(words: str, *, number: str, name: str) -> Send:
    """Draw a message that is no answer, and asks nothing."""
    text = case_messages.WROTE.with_(number=number, message=words, name=name)
    return Send(text, (cards.TO_MENU,))


def new_date(reason: str, *, number: str, due: date) -> Send:
    """Draw a new date with its reason."""
    text = case_messages.EXTENDED.with_(number=number, reason=reason, due=due)
    return Send(text, (cards.TO_MENU,))


def ending(words: str, *, number: str, name: str) -> Send:
    """Draw the end of a case, with the staff's own words for it."""
    text = case_messages.CLOSED.with_(words=words, number=number, name=name)
    return Send(text, (cards.TO_MENU,))
