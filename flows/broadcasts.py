"""Flows about broadcasts: a citizen answers a question of a broadcast in own words."""

from __future__ import annotations

from bot.engine.events import Refused
from bot.engine.flow import Flow
from bot.engine.questions import Ask
from bot.engine.steps import Do, Known, Open
from bot.i18n import _
from bot.model.commands.broadcasts import AnswerBroadcast
from flows.intents import SMALL_TALK, typed_intent
from flows.signature_cards import UNDO_IT

ASK_WORDS = _("What is your answer? Write it in your own words.")


def answer_words(words: str) -> str | Refused:
    """Return an answer as it was written; refuse text without letters, and words for other acts."""
    intent = typed_intent(words)
    if intent is not None and intent.name not in SMALL_TALK:
        return Refused(ASK_WORDS)
    if not any(letter.isalnum() for letter in words):
        return Refused(_("I need it in words. Write a sentence or two."))
    return words.strip()


class AnswerInOwnWords(Flow):
    """A citizen answers a dialogue in own words.

    The runner sees to it that a question is not taken for the answer, nor words after the end.
    """

    revision = 2
    title = _("Answer a question")

    delivery_id = Known()
    number = Known()
    words = Ask(ASK_WORDS, answer_words, skip=UNDO_IT)
    left_out = Open("newsleft", when=words.is_(None))
    answer = Do(AnswerBroadcast, given={"key": None})
    done = Open("newsnoted.{delivery_id}")
