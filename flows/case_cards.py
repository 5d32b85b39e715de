"""Messages of staff as the citizen sees them: greeting, words, signature, buttons.

The courier sends them, and the console shows them as a preview.
"""

from __future__ import annotations

from datetime import date

from bot.engine.effects import Send
from flows import cards, case_messages


def case_answer(words: str, *, number: str, name: str, case_id: int, asked_as: int | None) -> Send:
    """Return an answer; it asks for a verdict on episode *asked_as*, or for none with None."""
    if asked_as is None:
        text = case_messages.ANSWERED_MORE.with_(number=number, answer=words, name=name)
        return Send(text, (cards.TO_MENU,))
    text = case_messages.ANSWERED.with_(answer=words, name=name)
    return Send(text, cards.verdict(case_id, asked_as))


def query(words: str, *, number: str, name: str) -> Send:
    """Return a question of staff."""
    text = case_messages.ASKED.with_(number=number, question=words, name=name)
    return Send(text, (cards.TO_MENU,))


def message(words: str, *, number: str, name: str) -> Send:
    """Return a message of staff that is no answer and asks nothing."""
    text = case_messages.WROTE.with_(number=number, message=words, name=name)
    return Send(text, (cards.TO_MENU,))


def new_date(reason: str, *, number: str, due: date) -> Send:
    """Return a new date with its reason."""
    text = case_messages.EXTENDED.with_(number=number, reason=reason, due=due)
    return Send(text, (cards.TO_MENU,))


def ending(words: str, *, number: str, name: str) -> Send:
    """Return the message that a case is closed, with the reason that staff wrote."""
    text = case_messages.CLOSED.with_(words=words, number=number, name=name)
    return Send(text, (cards.TO_MENU,))
