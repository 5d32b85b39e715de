"""The kinds of questions: words of one's own, a choice, a yes or no, a place."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, ClassVar

from bot.engine.conversation import Conversation
from bot.engine.effects import Below, Option, World
from bot.engine.events import Chose, Gave, Refused, Typed
from bot.engine.steps import (
    DROP,
    FINISH,
    KEEP,
    Answered,
    Condition,
    Partly,
    Question,
    Reading,
    Rows,
    Unread,
    by_label,
    by_number,
)
from bot.engine.words import same
from bot.i18n import Text, _, pgettext

DONE = pgettext("button", "Done")
YES, NO = _("Yes"), _("No")
NOTHING = pgettext("choice", "None")
SEND_PLACE = pgettext("button", "Send my place")
CANNOT_SEND = _(
    "Your place did not come along: it can only be sent from a phone. "
    "Write where it is instead, for example the road and the house number."
)
SAY_MORE = _("Write a little more about where it is, for example the road and the house number.")
FEWEST_LETTERS = 3
AXES = ("latitude", "longitude")
MOST_PINS = 10
TOO_MANY_PINS = _("That is as many places as I can take. Write where it is, or ring {phone}.")
DECIMALS = 5  # of a degree: about a metre, and no more is kept (HR-30)


class Ask(Question):
    """Words of the citizen's own, read by *parse*; *options* are ready-made answers for it."""

    def __init__(
        self,
        text: Text,
        parse: Callable[[str], Any],
        *,
        skip: Text | None = None,
        options: Sequence[Option] = (),
        when: Condition | None = None,
        formerly: str | None = None,
    ) -> None:
        """Ask *text*; *parse* returns a JSON value or `Refused`."""
        super().__init__(text, skip=skip, options=options, when=when, formerly=formerly)
        self.parse = parse

    def typed(self, words: str, shown: list[tuple[str, Text | str]]) -> str | None:
        """Find a button by label only: a number may be the answer itself."""
        return by_label(words, shown)

    def read(self, event: Typed | Chose, conversation: Conversation, world: World) -> Reading:
        """Read words; a number that is no answer is a button's."""
        reading = super().read(event, conversation, world)
        if isinstance(event, Typed) and isinstance(reading, Refused):
            option = by_number(event.words, self.all_buttons(conversation, world))
            if option is not None:
                return self.read_button(option, conversation, world)
        return reading

    def read_words(self, words: str) -> Reading:
        """Parse the words."""
        value = self.parse(words)
        return value if isinstance(value, Refused) else Answered(value)

    def read_choice(self, option: str, conversation: Conversation, world: World) -> Reading:
        """Parse a ready-made answer as if it had been written."""
        reading = super().read_choice(option, conversation, world)
        return self.read_words(reading.value) if isinstance(reading, Answered) else reading


class Choose(Question):
    """One of the options, or several of them and then Done."""

    def __init__(
        self,
        text: Text,
        options: Sequence[Option] | Rows,
        *,
        several: bool = False,
        skip: Text | None = None,
        when: Condition | None = None,
        formerly: str | None = None,
    ) -> None:
        """Ask for a choice."""
        super().__init__(text, skip=skip, options=options, when=when, formerly=formerly)
        self.several = several

    def picked(self, conversation: Conversation, world: World) -> list[str]:
        """Return the keys picked so far, in the options' order."""
        before = [o.key for o in self.choices(world) if o.chosen]
        kept = before if conversation.draft is None else conversation.draft
        return [o.key for o in self.choices(world) if o.key in kept]

    def own_buttons(self, conversation: Conversation, world: World) -> list[tuple[str, Text | str]]:
        """List the options; of several, each button sets its state, and Done ends."""
        if not self.several:
            return super().own_buttons(conversation, world)
        picked = self.picked(conversation, world)
        shown: list[tuple[str, Text | str]] = [
            (DROP + o.key, _("✓ {label}").with_(label=o.label))
            if o.key in picked
            else (KEEP + o.key, o.label)
            for o in self.choices(world)
        ]
        return [*shown, (FINISH, DONE)]

    def read(self, event: Typed | Chose, conversation: Conversation, world: World) -> Reading:
        """Read a choice; of several, none at all may be said in a word."""
        if self.several and isinstance(event, Typed) and same(event.words, NOTHING):
            return Answered([])
        return super().read(event, conversation, world)

    def typed(self, words: str, shown: list[tuple[str, Text | str]]) -> str | None:
        """Find a button; a picked option is also found by its label without the mark."""
        bare = [
            (key, label.params.get("label", label) if isinstance(label, Text) else label)
            for key, label in shown
        ]
        return super().typed(words, shown) or (by_label(words, bare) if self.several else None)

    def read_choice(self, option: str, conversation: Conversation, world: World) -> Reading:
        """Read one choice, or let a button set or unset one of several."""
        if not self.several:
            return super().read_choice(option, conversation, world)
        picked = self.picked(conversation, world)
        if option == FINISH:
            return Answered(picked)
        mark, key = option[:1], option[1:]
        known = [o.key for o in self.choices(world)]
        if key not in known or mark not in (KEEP, DROP):
            return Unread()
        return Partly(
            [k for k in known if (k in picked or k == key) and (mark == KEEP or k != key)]
        )


class Confirm(Question):
    """Yes or no; a no goes to the step named *no*, where one is given."""

    def __init__(
        self,
        text: Text,
        *,
        no: str | None = None,
        when: Condition | None = None,
        formerly: str | None = None,
    ) -> None:
        """Ask a yes-or-no question."""
        options = (Option("yes", YES), Option("no", NO))
        super().__init__(text, options=options, when=when, formerly=formerly)
        self.no = no

    def read_choice(self, option: str, conversation: Conversation, world: World) -> Reading:
        """Read the choice as true or false."""
        reading = super().read_choice(option, conversation, world)
        return Answered(reading.value == "yes") if isinstance(reading, Answered) else reading


class AskPlace(Question):
    """Where something is: places that a telephone sends, and words.

    The answer is ``{"words": …, "pins": [{"latitude": …, "longitude": …}, …]}``, either of
    them left out where it was not given. A further pin is added and replaces nothing. Its
    buttons stand on the keyboard below the chat, beside the one that sends.
    """

    takes: ClassVar[str | None] = "place"
    below: ClassVar[Below | None] = Below.ASKS_PLACE

    def __init__(
        self,
        text: Text,
        *,
        skip: Text | None = None,
        when: Condition | None = None,
        formerly: str | None = None,
    ) -> None:
        """Ask for a place."""
        super().__init__(text, skip=skip, when=when, formerly=formerly)

    def read_words(self, words: str) -> Reading:
        """Take any words that could lead somebody there."""
        if same(words, SEND_PLACE):
            return Refused(CANNOT_SEND)  # a computer writes the button's words, and sends nothing
        if sum(letter.isalpha() for letter in words) < FEWEST_LETTERS:
            return Refused(SAY_MORE)
        return Answered({"words": words.strip()})

    def read_given(self, event: Gave, conversation: Conversation) -> Reading:
        """Add the place, as exactly as it is needed, with its words where it has any."""
        before = self._before(conversation)
        pin = {axis: round(event.value[axis], DECIMALS) for axis in AXES}
        pins = [*before.get("pins", []), pin]
        if pin in pins[:-1]:
            pins.pop()
        if len(pins) > MOST_PINS:
            return Refused(TOO_MANY_PINS)
        known = [words for words in (before.get("words"), event.value.get("words")) if words]
        words = "\n".join(dict.fromkeys(known))
        return Answered({"words": words, "pins": pins} if words else {"pins": pins})

    def load(self, value: Any) -> Any:
        """Return the answer; version 0.1.0 kept one pin, or words, and nothing else."""
        if value is None or "latitude" not in value:
            return value
        return {"pins": [{axis: value[axis] for axis in AXES}]}

    def _before(self, conversation: Conversation) -> dict[str, Any]:
        """Return what was answered so far; empty where nothing was, or it was skipped."""
        for name in (self.name, self.formerly):
            if name is not None and name in conversation.answers:
                return self.load(conversation.answers[name]) or {}
        return {}
