"""The steps a flow is made of.

A step learns its name from the class body it stands in. A question reads an
event and says `Answered`, `Partly`, `Refused` or `Unread`; it keeps nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from bot.engine.conversation import Conversation
from bot.engine.effects import Below, Button, Option, World
from bot.engine.events import Chose, Gave, Refused, Typed
from bot.engine.words import option_number, same
from bot.i18n import Text

SKIP, FINISH, BACK, KEEP, DROP = "~", "!", "<", "+", "-"
# Letters of option keys are plain, so none of the marks above can be mistaken for one.


@dataclass(frozen=True, slots=True)
class Answered:
    """The question is settled with *value* (JSON); None where it was skipped."""

    value: Any


@dataclass(frozen=True, slots=True)
class Partly:
    """The answer is under way; *draft* is kept until it is settled.

    *moved*: what is asked now is another thing, so it is a message of its own.
    """

    draft: Any
    moved: bool = False


@dataclass(frozen=True, slots=True)
class Unread:
    """The words fit none of the fixed choices."""


Reading = Answered | Partly | Refused | Unread


@dataclass(frozen=True, slots=True)
class Rows:
    """Options that are rows of the town, looked up by *name* when the question is reached."""

    name: str


@dataclass(frozen=True, slots=True)
class Condition:
    """Whether a step stands on the road, told from the answers before it."""

    question: Step
    test: Callable[[Any], bool]

    def __call__(self, answers: Mapping[str, Any]) -> bool:
        """Tell whether it holds; a question that was not asked holds nothing."""
        return self.question.name in answers and self.test(answers[self.question.name])


class Step:
    """One place of a flow."""

    name: str = ""

    def __init__(self, *, when: Condition | None = None, formerly: str | None = None) -> None:
        """Stand on the road where *when* holds; *formerly* is the name before a renaming."""
        self.when = when
        self.formerly = formerly

    def __set_name__(self, owner: type, name: str) -> None:
        """Take the name from the class body."""
        del owner
        self.name = name

    def __repr__(self) -> str:
        """Show kind and name."""
        return f"<{type(self).__name__} {self.name}>"

    def answered(self) -> Condition:
        """Hold where an answer was given, and not skipped."""
        return Condition(self, lambda value: value is not None)

    def is_(self, wanted: Any) -> Condition:
        """Hold where the answer is *wanted*."""
        return Condition(self, lambda value: value == wanted)

    def includes(self, key: str) -> Condition:
        """Hold where *key* is among the answers of a choice of several."""
        return Condition(self, lambda value: value is not None and key in value)

    def any(self) -> Condition:
        """Hold where at least one thing was chosen."""
        return Condition(self, bool)


class Known(Step):
    """Something the flow was begun with, by its name: what it is about."""


class Say(Step):
    """A message; with *end* the flow ends here."""

    def __init__(self, text: Text, *, end: bool = False, when: Condition | None = None) -> None:
        """Say *text* in passing."""
        super().__init__(when=when)
        self.text = text
        self.end = end


class Do(Step):
    """A service's command, filled from the answers by name; a refusal goes to *refused*."""

    def __init__(
        self, command: type, *, refused: str | None = None, when: Condition | None = None
    ) -> None:
        """Run *command* when the road comes here."""
        super().__init__(when=when)
        self.command = command
        self.refused = refused


class Question(Step):
    """A step that waits for the citizen.

    *takes* is the kind of what it can be given, wherever the citizen stands;
    *below* is the keyboard below the chat that it brings.
    """

    takes: ClassVar[str | None] = None
    below: ClassVar[Below | None] = None

    def __init__(
        self,
        text: Text,
        *,
        skip: Text | None = None,
        options: Sequence[Option] | Rows = (),
        when: Condition | None = None,
        formerly: str | None = None,
    ) -> None:
        """Ask *text*; *skip* is the label of the way past it."""
        super().__init__(when=when, formerly=formerly)
        self.text = text
        self.skip = skip
        self.options = options if isinstance(options, Rows) else tuple(options)

    def choices(self, world: World) -> tuple[Option, ...]:
        """Return the options as they are now."""
        return world.rows[self.options.name] if isinstance(self.options, Rows) else self.options

    def missing_rows(self, world: World) -> str | None:
        """Name the rows that must be looked up first."""
        if isinstance(self.options, Rows) and self.options.name not in world.rows:
            return self.options.name
        return None

    def asked_text(self, conversation: Conversation) -> Text:
        """Return what is asked now."""
        del conversation
        return self.text

    def step_back(self, conversation: Conversation) -> Any:
        """Return the draft one step back within the question; None where there is none."""
        del conversation

    def load(self, value: Any) -> Any:
        """Make of a stored JSON value what the question answered."""
        return value

    def data(self, conversation: Conversation, option: str) -> str:
        """Return the callback data of one of this step's buttons."""
        return f"{base36(conversation.id)}.{self.name}.{option}"

    def own_buttons(self, conversation: Conversation, world: World) -> list[tuple[str, Text | str]]:
        """List the keys and labels of the choices; the way past comes last."""
        del conversation
        shown: list[tuple[str, Text | str]] = [(o.key, o.label) for o in self.choices(world)]
        return shown

    def all_buttons(self, conversation: Conversation, world: World) -> list[tuple[str, Text | str]]:
        """List the keys and labels of the choices, and of the way past, where there is one."""
        shown = self.own_buttons(conversation, world)
        if self.skip is not None:
            shown = [*shown, (SKIP, self.skip.with_(**world.facts))]
        return shown

    def buttons(self, conversation: Conversation, world: World) -> tuple[Button, ...]:
        """Return every button of the step in reading order."""
        shown = self.all_buttons(conversation, world)
        return tuple(Button(self.data(conversation, key), label) for key, label in shown)

    def read(self, event: Typed | Chose, conversation: Conversation, world: World) -> Reading:
        """Read a tap, a typed label, a typed number, or the words themselves."""
        if isinstance(event, Chose):
            return self.read_button(event.option, conversation, world)
        chosen = self.typed(event.words, self.all_buttons(conversation, world))
        if chosen is None:
            return self.read_words(event.words)
        return self.read_button(chosen, conversation, world)

    def read_given(self, event: Gave, conversation: Conversation) -> Reading:
        """Read what was given; a question decides what it is to an earlier answer."""
        del conversation
        return Answered(event.value)

    def read_button(self, option: str, conversation: Conversation, world: World) -> Reading:
        """Read a button, the way past among them."""
        if option == SKIP and self.skip is not None:
            return Answered(None)
        return self.read_choice(option, conversation, world)

    def typed(self, words: str, shown: list[tuple[str, Text | str]]) -> str | None:
        """Find the button that *words* name, by label or by number."""
        return by_label(words, shown) or by_number(words, shown)

    def read_words(self, words: str) -> Reading:
        """Read words that are no button's."""
        del words
        return Unread()

    def read_choice(self, option: str, conversation: Conversation, world: World) -> Reading:
        """Read a tapped option; one that is not there (any more) changes nothing."""
        del conversation
        found = [o.key for o in self.choices(world) if o.key == option]
        return Answered(found[0]) if found else Unread()


def by_label(words: str, shown: list[tuple[str, Text | str]]) -> str | None:
    """Find the key of the button whose label *words* are."""
    return next((key for key, label in shown if same(words, label)), None)


def by_number(words: str, shown: list[tuple[str, Text | str]]) -> str | None:
    """Find the key of the button whose number *words* are."""
    number = option_number(words)
    return shown[number - 1][0] if number and number <= len(shown) else None


def base36(number: int) -> str:
    """Write a number in base 36, as callback data carries conversation ids."""
    digits = "0123456789abcdefghijklmnopqrstuvwxyz"
    written = ""
    while number:
        number, rest = divmod(number, 36)
        written = digits[rest] + written
    return written or "0"
