"""Messages of staff as the citizen sees them: greeting, words, signature, buttons.

The courier sends them, and the console shows them as a preview.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from bot.engine.effects import Send
from bot.i18n import Text
from bot.model.broadcast import Verdict
from bot.model.outcome import Contribution, verdict_names
from bot.model.staff_messages import ANSWER, ASK, CLOSE, EXTEND, WRITE, StaffMessage
from flows import cards, case_messages


@dataclass(frozen=True, slots=True)
class Letter:
    """The words of a message with the facts of its case; *name* signs it.

    *asked_as* is the episode on which an answer asks for a verdict; None asks for none.
    """

    words: str | Text
    number: str
    name: str
    due: date
    case_id: int
    asked_as: int | None = None


def with_outcome(words: str, quote: str, said: Contribution, day: date) -> str | Text:
    """Return an answer with the outcome of an idea or a report, where that is decided (row 4).

    *quote* are the citizen's first words, *day* is when it was decided.
    """
    text = case_messages.OUTCOMES.get(said.kind)
    if text is None or said.verdict not in list(Verdict):
        return words
    return text.with_(
        answer=words,
        words=quote,
        verdict=verdict_names(said.kind)[Verdict(said.verdict)],
        decided_by=said.decided_by or "",
        day=day,
    )


def card(message: StaffMessage, letter: Letter) -> Send:
    """Return a message of staff with its buttons."""
    if message is ANSWER and letter.asked_as is not None:
        text = case_messages.ANSWERED.with_(answer=letter.words, name=letter.name)
        return Send(text, cards.verdict(letter.case_id, letter.asked_as))
    return Send(TEXTS[message.name](letter), (cards.TO_MENU,))


TEXTS: Mapping[str, Callable[[Letter], Text]] = {
    ANSWER.name: lambda it: case_messages.ANSWERED_MORE.with_(
        number=it.number, answer=it.words, name=it.name
    ),
    WRITE.name: lambda it: case_messages.WROTE.with_(
        number=it.number, message=it.words, name=it.name
    ),
    ASK.name: lambda it: case_messages.ASKED.with_(
        number=it.number, question=it.words, name=it.name
    ),
    EXTEND.name: lambda it: case_messages.EXTENDED.with_(
        number=it.number, reason=it.words, due=it.due
    ),
    CLOSE.name: lambda it: case_messages.CLOSED.with_(
        words=it.words, number=it.number, name=it.name
    ),
}
