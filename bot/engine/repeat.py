"""A question for a list: the same questions for each thing, and then “another one?”."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.engine.conversation import Conversation
from bot.engine.effects import World
from bot.engine.events import Chose, Typed
from bot.engine.questions import Confirm
from bot.engine.steps import Answered, Condition, Partly, Question, Reading, Unread
from bot.i18n import Text

ANOTHER = "another"
MARK = ":"  # separates the thing's number, the question and the option in callback data


class Repeat(Question):
    """Asks *questions* for one thing after another; the answer is a list of dicts by name.

    The draft holds the answers so far, so a restart in the middle of the list loses
    nothing. Callback data names the thing and the question, so a button of an
    earlier thing is never read as an answer about the current one.
    """

    def __init__(
        self,
        questions: Mapping[str, Question],
        *,
        another: Text,
        most: int = 20,
        when: Condition | None = None,
        formerly: str | None = None,
    ) -> None:
        """Ask *questions* by name, then whether there is *another*, at most *most* times."""
        first = next(iter(questions.values()))
        super().__init__(first.text, when=when, formerly=formerly)
        self.questions = {**questions, ANOTHER: Confirm(another)}
        self.most = most
        for name, question in self.questions.items():
            question.name = name

    def things(self, conversation: Conversation) -> list[dict[str, Any]]:
        """Return the things so far; the last one may be incomplete."""
        return [dict(thing) for thing in conversation.draft or [{}]]

    def asking(self, conversation: Conversation) -> Question:
        """Return the first question that the current thing has no answer to."""
        thing = self.things(conversation)[-1]
        return next(q for name, q in self.questions.items() if name not in thing)

    def asked_text(self, conversation: Conversation, world: World) -> Text:
        """Return the text of the current question."""
        del world
        return self.asking(conversation).text

    def missing_rows(self, world: World) -> str | None:
        """Return the name of rows that a question needs and *world* lacks; else None."""
        return next((m for q in self.questions.values() if (m := q.missing_rows(world))), None)

    def own_buttons(self, conversation: Conversation, world: World) -> list[tuple[str, Text | str]]:
        """Return the buttons of the current question."""
        asking, number = self.asking(conversation), len(self.things(conversation))
        shown = asking.all_buttons(self._inner(conversation), world)
        return [(f"{number}{MARK}{asking.name}{MARK}{key}", label) for key, label in shown]

    def read(self, event: Typed | Chose, conversation: Conversation, world: World) -> Reading:
        """Let the current question read the event, then move to the next question or thing."""
        asking, things = self.asking(conversation), self.things(conversation)
        if isinstance(event, Chose):
            number, _mark, rest = event.option.partition(MARK)
            name, _mark, option = rest.partition(MARK)
            if (number, name) != (str(len(things)), asking.name):
                return Unread()
            event = Chose(event.conversation, name, option)
        reading = asking.read(event, self._inner(conversation), world)
        if not isinstance(reading, Answered):
            return reading
        if asking.name == ANOTHER:
            return Partly([*things, {}], moved=True) if reading.value else Answered(things)
        things[-1][asking.name] = reading.value
        full = len(things) >= self.most and len(things[-1]) == len(self.questions) - 1
        return Answered(things) if full else Partly(things, moved=True)

    def step_back(self, conversation: Conversation) -> list[dict[str, Any]] | None:
        """Return the draft without its last answer; None where there is none."""
        things = self.things(conversation)
        while things and not things[-1]:
            things.pop()
        if not things:
            return None
        things[-1].popitem()
        return things if things[-1] or things[:-1] else [{}]

    def _inner(self, conversation: Conversation) -> Conversation:
        """Return the conversation without a draft, for the current question."""
        return replace(conversation, draft=None)
