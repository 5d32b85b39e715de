"""Flows about broadcasts: a citizen answers a question of a broadcast in own words."""

from __future__ import annotations

from bot.engine.flow import Flow
from bot.engine.questions import Ask
from bot.engine.steps import Do, Known, Say
from bot.i18n import _
from bot.model.commands.broadcasts import AnswerBroadcast
from flows import broadcast_cards
from flows.asking import free_words


class AnswerInOwnWords(Flow):
    """A citizen answers a dialogue in own words."""

    revision = 1
    title = _("Answer a question")

    delivery_id = Known()
    number = Known()
    words = Ask(_("What is your answer? Write it in your own words."), free_words)
    answer = Do(AnswerBroadcast, refused="over", given={"key": None})
    done = Say(broadcast_cards.NOTED_WORDS, end=True)
    over = Say(broadcast_cards.OVER, end=True)
