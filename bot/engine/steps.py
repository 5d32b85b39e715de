"""The steps of a flow.

A step takes its name from the class attribute that holds it. A question reads
an event and returns `Answered`, `Partly`, `Refused` or `Unread`; it has no state.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Self

from bot.engine.conversation import Conversation
from bot.engine.effects import Below, Button, Option, Send, World
from bot.engine.events import Chose, Gave, Refused, Typed
from bot.engine.words import declines, is_unsure, option_number, same
from bot.i18n import Text

SKIP, FINISH, BACK, KEEP, DROP = "~", "!", "<", "+", "-"
# Option keys hold only a-z, 0-9 and _, so none of these marks can be part of a key.


@dataclass(frozen=True, slots=True)
class Answered:
    """The question is answered with *value* (JSON); None where the citizen skipped it."""

    value: Any


@dataclass(frozen=True, slots=True)
class Partly:
    """The answer is incomplete; *draft* is stored until it is complete.

    *moved* says that the question now asks for another thing, so it is sent as a new message.
    """

    draft: Any
    moved: bool = False


@dataclass(frozen=True, slots=True)
class Unread:
    """The words match none of the fixed choices."""


Reading = Answered | Partly | Refused | Unread


@dataclass(frozen=True, slots=True)
class Rows:
    """Options that come from the rows called *name*, looked up when the question is reached."""

    name: str


@dataclass(frozen=True, slots=True)
class Condition:
    """Whether a step is on the road, decided by an earlier answer."""

    question: Step
    test: Callable[[Any], bool]

    def __call__(self, answers: Mapping[str, Any]) -> bool:
        """Return whether it is met; False where the question has no answer."""
        return self.question.name in answers and self.test(answers[self.question.name])


class Step:
    """One step of a flow."""

    name: str = ""

    def __init__(self, *, when: Condition | None = None, formerly: str | None = None) -> None:
        """Put the step on the road where *when* is met; *formerly* is its previous name."""
        self.when = when
        self.formerly = formerly

    def __set_name__(self, owner: type, name: str) -> None:
        """Take the name of the class attribute."""
        del owner
        self.name = name

    def __repr__(self) -> str:
        """Show kind and name."""
        return f"<{type(self).__name__} {self.name}>"

    def answered(self) -> Condition:
        """Return a condition: the question was answered and not skipped."""
        return Condition(self, lambda value: value is not None)

    def is_(self, wanted: Any) -> Condition:
        """Return a condition: the answer is *wanted*."""
        return Condition(self, lambda value: value == wanted)

    def includes(self, key: str) -> Condition:
        """Return a condition: *key* is among the answers of a choice of several."""
        return Condition(self, lambda value: value is not None and key in value)

    def any(self) -> Condition:
        """Return a condition: at least one option was chosen."""
        return Condition(self, bool)


class Known(Step):
    """A value that the flow is started with, by its name; the citizen is not asked for it."""


class Say(Step):
    """A message; with *end* it ends the flow."""

    def __init__(self, text: Text, *, end: bool = False, when: Condition | None = None) -> None:
        """Send *text* when the road passes this step."""
        super().__init__(when=when)
        self.text = text
        self.end = end


class Open(Step):
    """Ends the flow; then the runner executes an intent, such as ``"signed.{opportunity_id}"``.

    *command* is the callback data of a command button without its prefix, filled with the answers.
    """

    def __init__(self, command: str, *, when: Condition | None = None) -> None:
        """End the flow with *command*."""
        super().__init__(when=when)
        self.command = command


class Do(Step):
    """A command filled from the answers by name; a refusal continues the flow at *refused*.

    Without *refused*, the question whose answer is refused is asked again, or the flow ends.
    *given* are values of fields that are the same in every conversation. A command that
    *only_reads* changes nothing: a citizen can go back past it, and then it runs again.
    """

    def __init__(
        self,
        command: type,
        *,
        refused: str | None = None,
        when: Condition | None = None,
        given: Mapping[str, Any] | None = None,
        only_reads: bool = False,
    ) -> None:
        """Run *command* when the road reaches this step."""
        super().__init__(when=when)
        self.command = command
        self.refused = refused
        self.given: Mapping[str, Any] = given or {}
        self.only_reads = only_reads


class Question(Step):
    """A step that waits for the citizen.

    *takes* is the kind of non-text content that it accepts at any step of the flow;
    *below* is the keyboard that it shows below the chat. *asks_number* says that a typed number
    is the answer, and never the number of a button. *explains* is shown to a citizen who asks what
    the question means, or why it is asked.
    """

    asks_number: ClassVar[bool] = False
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
        """Ask *text*; *skip* is the label of the button that skips the question."""
        super().__init__(when=when, formerly=formerly)
        self.text = text
        self.skip = skip
        self.options = options if isinstance(options, Rows) else tuple(options)
        self.explains: Text | None = None

    def explained(self, explains: Text | None) -> Self:
        """Return the question with what is said to a citizen who asks about it."""
        self.explains = explains
        return self

    def choices(self, world: World) -> tuple[Option, ...]:
        """Return the options as they are now."""
        return world.rows[self.options.name] if isinstance(self.options, Rows) else self.options

    def missing_rows(self, world: World) -> str | None:
        """Return the name of rows that must be looked up first; None where there are none."""
        if isinstance(self.options, Rows) and self.options.name not in world.rows:
            return self.options.name
        return None

    def first_draft(self, conversation: Conversation, world: World) -> Any:
        """Return the draft with which the question begins, where earlier words answer it."""
        del conversation, world

    def asked_text(self, conversation: Conversation, world: World) -> Text:
        """Return the text to ask now."""
        del conversation, world
        return self.text

    def refusal(self, why: Text, asked: Send, conversation: Conversation) -> tuple[Send, ...]:
        """Return the messages after words that are refused: the reason, and the question again."""
        del conversation
        return (Send(why), asked)

    def step_back(self, conversation: Conversation) -> Any:
        """Return the draft one step earlier within the question; None where there is none."""
        del conversation

    def load(self, value: Any) -> Any:
        """Convert a stored JSON value to the question's answer."""
        return value

    def data(self, conversation: Conversation, option: str) -> str:
        """Return the callback data of one of this step's buttons."""
        return f"{base36(conversation.id)}.{self.name}.{option}"

    def own_buttons(self, conversation: Conversation, world: World) -> list[tuple[str, Text | str]]:
        """Return keys and labels of the choices, without the skip button."""
        del conversation
        shown: list[tuple[str, Text | str]] = [(o.key, o.label) for o in self.choices(world)]
        return shown

    def all_buttons(self, conversation: Conversation, world: World) -> list[tuple[str, Text | str]]:
        """Return keys and labels of the choices, then of the skip button where there is one."""
        shown = self.own_buttons(conversation, world)
        if self.skip is not None:
            shown = [*shown, (SKIP, self.skip.with_(**world.facts))]
        return shown

    def buttons(self, conversation: Conversation, world: World) -> tuple[Button, ...]:
        """Return every button of the step in reading order."""
        shown = self.all_buttons(conversation, world)
        return tuple(Button(self.data(conversation, key), label) for key, label in shown)

    def read(self, event: Typed | Chose, conversation: Conversation, world: World) -> Reading:
        """Read a tap, a typed label, a typed number, words that skip, or free words."""
        if isinstance(event, Chose):
            return self.read_button(event.option, conversation, world)
        chosen = self.typed(event.words, self.all_buttons(conversation, world))
        if chosen is None and self.skip is not None and _leaves_out(event.words):
            chosen = SKIP
        if chosen is None:
            return self.read_words(event.words)
        return self.read_button(chosen, conversation, world)

    def read_given(self, event: Gave, conversation: Conversation) -> Reading:
        """Read non-text content; a subclass may combine it with an earlier answer."""
        del conversation
        return Answered(event.value)

    def read_button(self, option: str, conversation: Conversation, world: World) -> Reading:
        """Read a button, including the skip button."""
        if option == SKIP and self.skip is not None:
            return Answered(None)
        return self.read_choice(option, conversation, world)

    def typed(self, words: str, shown: list[tuple[str, Text | str]]) -> str | None:
        """Return the key of the button that *words* name, by label or by number."""
        return by_label(words, shown) or by_number(words, shown)

    def read_words(self, words: str) -> Reading:
        """Read words that match no button."""
        del words
        return Unread()

    def read_choice(self, option: str, conversation: Conversation, world: World) -> Reading:
        """Read a tapped option; return `Unread` where it does not exist."""
        del conversation
        found = [o.key for o in self.choices(world) if o.key == option]
        return Answered(found[0]) if found else Unread()


def _leaves_out(words: str) -> bool:
    """Return whether words leave out the answer, or say that the citizen does not know it."""
    return declines(words) or is_unsure(words)


def by_label(words: str, shown: list[tuple[str, Text | str]]) -> str | None:
    """Return the key of the button whose label is *words*; None where there is none."""
    return next((key for key, label in shown if same(words, label)), None)


def by_number(words: str, shown: list[tuple[str, Text | str]]) -> str | None:
    """Return the key of the button whose number is *words*; None where there is none."""
    number = option_number(words)
    return shown[number - 1][0] if number and number <= len(shown) else None


def base36(number: int) -> str:
    """Write a number in base 36, the form of conversation ids in callback data."""
    digits = "0123456789abcdefghijklmnopqrstuvwxyz"
    written = ""
    while number:
        number, rest = divmod(number, 36)
        written = digits[rest] + written
    return written or "0"
