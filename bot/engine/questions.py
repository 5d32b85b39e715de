"""The kinds of questions: free text, a choice, yes or no, a place."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Any, ClassVar

from bot.engine.conversation import Conversation
from bot.engine.effects import Below, Button, Option, World
from bot.engine.events import Chose, Gave, Refused, Typed
from bot.engine.short_answers import agrees
from bot.engine.steps import (
    DROP,
    FINISH,
    KEEP,
    SKIP,
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
from bot.engine.words import fold, same, yes_or_no
from bot.i18n import LANGUAGES, Text, _, pgettext, render
from bot.redact import redact_text

DONE = pgettext("button", "Done")
YES, NO = _("Yes"), _("No")
NOTHING = pgettext("choice", "None")
SEND_PLACE = pgettext("button", "Send my place")
CANNOT_SEND = _(
    "Your place did not come along: it can only be sent from a phone. "
    "Write where it is instead, for example the road and the house number."
)
SAY_MORE = _("Write a little more about where it is, for example the road and the house number.")
_LISTED = re.compile(r"\s*,\s*(?:og |and )?|\s+(?:og|and|&)\s+", re.IGNORECASE)
FEWEST_LETTERS = 3
LONGEST_CHOICE = 14  # words in which the name of an option is looked for
_LEAVES_OUT = re.compile(r"\b(?:ikke|undtagen|bortset|not|except|but|don t|ingen|hverken)\b")
AXES = ("latitude", "longitude")
MOST_PINS = 10
TOO_MANY_PINS = _("That is as many places as I can take. Write where it is, or ring {phone}.")
DECIMALS = 5  # of a degree, about 1 m; more precise positions are not stored (HR-30)


class Ask(Question):
    """A question for free text, read by *parse*; *options* are ready-made answers."""

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
        """Return the key of the button with that label; a number may be the answer itself."""
        return by_label(words, shown)

    def read(self, event: Typed | Chose, conversation: Conversation, world: World) -> Reading:
        """Read words; try a number that *parse* refuses as the number of a button."""
        reading = super().read(event, conversation, world)
        if isinstance(event, Typed) and isinstance(reading, Refused):
            option = by_number(event.words, self.all_buttons(conversation, world))
            if option is not None:
                return self.read_button(option, conversation, world)
        return reading

    def read_words(self, words: str) -> Reading:
        """Return the result of *parse*."""
        value = self.parse(words)
        return value if isinstance(value, Refused) else Answered(value)

    def read_choice(self, option: str, conversation: Conversation, world: World) -> Reading:
        """Parse a ready-made answer as if the citizen had written it."""
        reading = super().read_choice(option, conversation, world)
        return self.read_words(reading.value) if isinstance(reading, Answered) else reading


def _names(said: str, label: Text | str) -> bool:
    """Return whether folded words with spaces around them contain a label, in any language."""
    labels = [label]
    if isinstance(label, Text):
        labels = [render(label, language, escape=str) for language in LANGUAGES]
    names = [fold(str(one)) for one in labels]
    return any(len(name) >= FEWEST_LETTERS and f" {name} " in said for name in names)


def _tokens(label: Text | str) -> list[set[str]]:
    """Return the folded words of a label in each language."""
    labels = [label]
    if isinstance(label, Text):
        labels = [render(label, language, escape=str) for language in LANGUAGES]
    return [set(fold(str(one)).split()) for one in labels]


class Choose(Question):
    """A choice of one option, or of several, ended by Done."""

    def __init__(
        self,
        text: Text,
        options: Sequence[Option] | Rows,
        *,
        several: bool = False,
        reads: Callable[[str], Collection[str]] | None = None,
        skip: Text | None = None,
        when: Condition | None = None,
        formerly: str | None = None,
    ) -> None:
        """Ask for a choice; *reads* finds the keys of options in other words than the labels."""
        super().__init__(text, skip=skip, options=options, when=when, formerly=formerly)
        self.several = several
        self.reads = reads

    def picked(self, conversation: Conversation, world: World) -> list[str]:
        """Return the keys picked so far, in the order of the options."""
        before = [o.key for o in self.choices(world) if o.chosen]
        kept = before if conversation.draft is None else conversation.draft
        return [o.key for o in self.choices(world) if o.key in kept]

    def own_buttons(self, conversation: Conversation, world: World) -> list[tuple[str, Text | str]]:
        """Return the options; of several, each button sets or unsets its own, and Done ends."""
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
        """Read a choice; with *several*, the typed word “None” picks nothing."""
        if self.several and isinstance(event, Typed) and same(event.words, NOTHING):
            return Answered([])
        if self.several and isinstance(event, Typed):
            named = [self._named(part, world) for part in _LISTED.split(event.words)]
            if len(named) > 1 and all(named):
                keys = [key for key in named if key is not None]
                return self._with(keys, conversation, world)
        reading = super().read(event, conversation, world)
        if isinstance(event, Typed) and isinstance(reading, Unread):
            found = self._within(event.words, world)
            if self.several and found:
                return self._with(found, conversation, world)
            found = found or self._shortened(event.words, world)
            if len(found) == 1 and not self.several:
                return Answered(found[0])
        return reading

    def _with(self, keys: Iterable[str], conversation: Conversation, world: World) -> Partly:
        """Return the picked options with more."""
        picked = {*self.picked(conversation, world), *keys}
        return Partly([o.key for o in self.choices(world) if o.key in picked])

    def _within(self, words: str, world: World) -> list[str]:
        """Return the options that words contain by name, or as *reads* finds them.

        A question, and words that leave something out, choose nothing.
        """
        said = f" {fold(words)} "
        if "?" in words or len(said.split()) > LONGEST_CHOICE or _LEAVES_OUT.search(said):
            return []
        read = self.reads(words) if self.reads is not None else ()
        return [o.key for o in self.choices(world) if o.key in read or _names(said, o.label)]

    def _shortened(self, words: str, world: World) -> list[str]:
        """Return the options whose labels have all of the words: "alle" for "Alle kan se det"."""
        said = set(fold(words).split())
        if yes_or_no(words) is not None or not any(len(word) >= FEWEST_LETTERS for word in said):
            return []
        return [o.key for o in self.choices(world) if any(said <= of for of in _tokens(o.label))]

    def _named(self, words: str, world: World) -> str | None:
        """Return the key of the option with this label."""
        return next((o.key for o in self.choices(world) if same(words, o.label)), None)

    def typed(self, words: str, shown: list[tuple[str, Text | str]]) -> str | None:
        """Return a button's key; with *several*, also match the label without its check mark."""
        bare = [
            (key, label.params.get("label", label) if isinstance(label, Text) else label)
            for key, label in shown
        ]
        named = super().typed(words, shown) or (by_label(words, bare) if self.several else None)
        return named or (SKIP if self.skip is not None and same(words, DONE) else None)

    def read_choice(self, option: str, conversation: Conversation, world: World) -> Reading:
        """Read a choice; with *several*, set or unset the option, or end."""
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
    """A yes-or-no question; after a no the flow continues at the step named *no*, if given."""

    def __init__(
        self,
        text: Text,
        *,
        no: str | None = None,
        also: Sequence[Button] = (),
        when: Condition | None = None,
        formerly: str | None = None,
    ) -> None:
        """Ask a yes-or-no question; *also* are further buttons that do not answer it."""
        options = (Option("yes", YES), Option("no", NO))
        super().__init__(text, options=options, when=when, formerly=formerly)
        self.no = no
        self.also = tuple(also)

    def buttons(self, conversation: Conversation, world: World) -> tuple[Button, ...]:
        """Return yes, no, and the further buttons."""
        return (*super().buttons(conversation, world), *self.also)

    def read_words(self, words: str) -> Reading:
        """Read a yes or a no that says more, such as "yes, I am 71"."""
        agreed = agrees(words)
        return Unread() if agreed is None else Answered(agreed)

    def read_choice(self, option: str, conversation: Conversation, world: World) -> Reading:
        """Read the choice as true or false."""
        reading = super().read_choice(option, conversation, world)
        return Answered(reading.value == "yes") if isinstance(reading, Answered) else reading


class AskPlace(Question):
    """A question for a place: pins sent from a phone, and words.

    The answer is ``{"words": …, "pins": [{"latitude": …, "longitude": …}, …]}``, without the
    part that was not given. A further pin is added and replaces nothing. The question's buttons
    are on the keyboard below the chat, next to the button that sends the location.
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
        """Accept words with three letters or more; refuse the label of the location button."""
        if same(words, SEND_PLACE):
            # Telegram on a computer sends the button's label instead of a location.
            return Refused(CANNOT_SEND)
        if sum(letter.isalpha() for letter in words) < FEWEST_LETTERS:
            return Refused(SAY_MORE)
        return Answered({"words": words.strip()})

    def read_given(self, event: Gave, conversation: Conversation) -> Reading:
        """Add a rounded pin and its words, each once; refuse more than 10 pins."""
        before = self._before(conversation)
        pin = {axis: round(event.value[axis], DECIMALS) for axis in AXES}
        pins = [*before.get("pins", []), pin]
        if pin in pins[:-1]:
            pins.pop()
        if len(pins) > MOST_PINS:
            return Refused(TOO_MANY_PINS)
        known = [words for words in (before.get("words"), event.value.get("words")) if words]
        words = redact_text("\n".join(dict.fromkeys(known))).text
        return Answered({"words": words, "pins": pins} if words else {"pins": pins})

    def load(self, value: Any) -> Any:
        """Return the answer in its present form; version 0.1.0 stored one pin, or words, alone."""
        if value is None or "latitude" not in value:
            return value
        return {"pins": [{axis: value[axis] for axis in AXES}]}

    def _before(self, conversation: Conversation) -> dict[str, Any]:
        """Return the answer so far; empty where there is none, or it was skipped."""
        for name in (self.name, self.formerly):
            if name is not None and name in conversation.answers:
                return self.load(conversation.answers[name]) or {}
        return {}
