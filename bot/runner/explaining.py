"""What a question means, or why it is asked: of a flow's step, or of a card."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.engine.conversation import Conversation
from bot.engine.steps import Question
from bot.engine.words import asks_about_it, asks_who_sees
from bot.i18n import Text
from bot.runner.flow_lookup import flow_of, step_of
from flows import cards, pledge_explanations

# Explanations of cards that ask: a button of the card, and the button that shows the card again.
_CARDS: Mapping[str, tuple[Text, str]] = {
    "withdrawingpledge.": (pledge_explanations.WITHDRAW, "withdrawpledge."),
    "pledgestopping.": (pledge_explanations.STOP, "pledgestop."),
    "leavepledging.yes": (pledge_explanations.LEAVE, "leavepledging"),
}


@dataclass(frozen=True, slots=True)
class Explanation:
    """An explanation, and the button that asks again; None where the waiting step does."""

    text: Text
    asks_again: str | None = None


def explained_of(
    screen: tuple[tuple[str, str], ...], words: str, waiting: Conversation | None
) -> Explanation | None:
    """Return the explanation that words ask for; None where they ask something else."""
    is_who = asks_who_sees(words)
    if not is_who and not asks_about_it(words):
        return None
    for data, _label in screen:
        for begins, (text, again) in _CARDS.items():
            if data.startswith(cards.COMMAND + begins):
                rest = data.removeprefix(cards.COMMAND + begins)
                return Explanation(text, cards.COMMAND + again + rest)
    here, flow = (None, None) if waiting is None else (step_of(waiting), flow_of(waiting))
    if not isinstance(here, Question) or here.explains is None:
        return None
    return Explanation(flow.seen_by if is_who and flow and flow.seen_by else here.explains)
