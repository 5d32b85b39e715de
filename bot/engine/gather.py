"""A question that collects several messages, until the citizen says that this is all."""

from __future__ import annotations

from bot.engine.conversation import Conversation
from bot.engine.effects import World
from bot.engine.events import Chose, Refused, Typed
from bot.engine.steps import FINISH, Answered, Condition, Partly, Question, Reading, Unread
from bot.engine.words import same
from bot.i18n import Text, _
from bot.redact import redact_text

MOST_MESSAGES, LONGEST = 20, 3000  # messages; characters in all of them


class Gather(Question):
    """Collects text messages; the answer is their lines, or None where there are none.

    The draft holds the messages so far. *again* is asked after the first message
    and may show them as ``{said}``; *ready* is the label of the button that ends.
    """

    def __init__(
        self,
        text: Text,
        *,
        again: Text,
        ready: Text,
        when: Condition | None = None,
        formerly: str | None = None,
    ) -> None:
        """Ask *text*, then *again* after every message."""
        super().__init__(text, when=when, formerly=formerly)
        self.again = again
        self.ready = ready

    def asked_text(self, conversation: Conversation, world: World) -> Text:
        """Return the first text, or *again* once there is a message."""
        del world
        said: list[str] = conversation.draft or []
        return self.again.with_(said="\n".join(said)) if said else self.text

    def own_buttons(self, conversation: Conversation, world: World) -> list[tuple[str, Text | str]]:
        """Return the button that ends the question."""
        del conversation, world
        return [(FINISH, self.ready)]

    def step_back(self, conversation: Conversation) -> list[str] | None:
        """Return the draft without its last message; None where it is empty."""
        said: list[str] = conversation.draft or []
        return said[:-1] if said else None

    def read(self, event: Typed | Chose, conversation: Conversation, world: World) -> Reading:
        """Add the words to the draft, or end; refuse over 20 messages or 3000 characters."""
        del world
        said: list[str] = conversation.draft or []
        if isinstance(event, Chose):
            ends = event.option == FINISH
            return Answered("\n".join(said) or None) if ends else Unread()
        if same(event.words, self.ready):
            return Answered("\n".join(said) or None)
        gathered = [*said, event.words.strip()]
        if len(gathered) > MOST_MESSAGES or sum(map(len, gathered)) > LONGEST:
            return Refused(_("That is as much as I can take. Press the button, or ring {phone}."))
        # A CPR number may be split over several messages (HR-1).
        together = redact_text("\n".join(gathered))
        return Partly(together.text.split("\n") if together.cpr else gathered)
