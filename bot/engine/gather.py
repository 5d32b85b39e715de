"""Words in as many messages as one likes, until one says that it is all."""

from __future__ import annotations

from bot.engine.conversation import Conversation
from bot.engine.effects import World
from bot.engine.events import Chose, Refused, Typed
from bot.engine.steps import FINISH, Answered, Condition, Partly, Question, Reading, Unread
from bot.engine.words import same
from bot.i18n import Text, _

MOST_MESSAGES, LONGEST = 20, 3000  # of what is gathered; characters


class Gather(Question):
    """Takes words in any number of messages; the answer is their lines, or None where none came.

    What has been said so far is the draft. *again* is asked once something has
    been said, and may show it as ``{said}``; *ready* is the button that ends it.
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

    def asked_text(self, conversation: Conversation) -> Text:
        """Return what is asked now."""
        said: list[str] = conversation.draft or []
        return self.again.with_(said="\n".join(said)) if said else self.text

    def own_buttons(self, conversation: Conversation, world: World) -> list[tuple[str, Text | str]]:
        """List the one button."""
        del conversation, world
        return [(FINISH, self.ready)]

    def step_back(self, conversation: Conversation) -> list[str] | None:
        """Take back the message that was written last; None where none was."""
        said: list[str] = conversation.draft or []
        return said[:-1] if said else None

    def read(self, event: Typed | Chose, conversation: Conversation, world: World) -> Reading:
        """Add words to what was said, or end."""
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
        return Partly(gathered)
