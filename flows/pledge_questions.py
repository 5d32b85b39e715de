"""Questions of pledges: how much, until when, and when and where it begins."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, ClassVar

from bot.calendar.phrases.result import When
from bot.calendar.recurrence import from_json
from bot.engine.ask_time import NOT_READ, AskTime
from bot.engine.conversation import Conversation
from bot.engine.effects import World
from bot.engine.events import Chose, Refused, Typed
from bot.engine.questions import Ask, Choose
from bot.engine.steps import SKIP, Answered, Condition, Partly, Question, Reading, Rows, Unread
from bot.engine.words import declines, fold, is_unsure
from bot.i18n import Text, _
from bot.model.pledge import LEAST_WEEKS, LONGEST, LONGEST_PART, LONGEST_WORDS, PER_UNIT
from bot.tone.feelings import asks
from flows.intents import typed_intent
from flows.pledge_ends import last_day
from flows.pledge_numbers import number_of

WHOLE, DIVISIBLE = "a", "d"  # begins the key of an amount in hundredths
DAY = "d"  # begins the key of a last day
NOTHING = "nothing"  # the option that leaves the plan out
FEWEST_WORDS = 3
NOT_A_PROMISE = Refused(
    _(
        "Write it as a sentence, like “I let 20 m² of the lawn grow until August”. Or press a "
        "button."
    )
)
TOO_LONG = Refused(
    _("Write it a little shorter, please: at most {most} characters.").with_(most=LONGEST_WORDS)
)
NO_DAY = Refused(_("I did not understand the day. Write for example “1 August” or “three months”."))
HOW_LONG = _(
    "How long? Choose, or write a day like “1 August”. It lasts at least four weeks, but you can "
    "stop before."
)
OTHER_RHYTHM = _(
    "I cannot ask in just that rhythm. These are the ones that I have. Which one is nearest?"
)
TOO_SHORT = _("A pledge lasts at least four weeks. Choose a day on or after {day}.")
TOO_FAR = Refused(_("Choose a day after today, and within a year."))
# A place begins with one of these: "ved skuret", "by the shed".
_PLACE = re.compile(
    r"(?:ved|i|på|hos|bag|foran|under|langs|hjemme|ude|inde|nede|uden for|udenfor|rundt|by|at|in|on"
    r"|behind|near|next to|outside|inside|along|around|home)\b",
    re.IGNORECASE,
)

# A time as a clause, which is no question: "when it is light".
_CLAUSE = re.compile(r"when (?:it|i|we|my|our|the|there|everybody)\b", re.IGNORECASE)


def is_question(words: str) -> bool:
    """Return whether words ask something, and are no answer."""
    return "?" in words or asks(words)


def is_command(words: str) -> bool:
    """Return whether words lead somewhere, skip the question or leave it open: no answer."""
    return is_unsure(words) or declines(words) or typed_intent(words) is not None


def is_no_answer(words: str) -> bool:
    """Return whether words ask something, or lead elsewhere."""
    return is_question(words) or is_command(words)


def promise(words: str) -> str | Refused:
    """Return a pledge as it was written; refuse questions, and less than a sentence."""
    said = words.strip()
    if len(fold(said).split()) < FEWEST_WORDS or is_no_answer(said):
        return NOT_A_PROMISE
    return TOO_LONG if len(said) > LONGEST_WORDS else said


def own_promise(words: str) -> str | Refused:
    """Return own words where the citizen was asked for them: one word is enough."""
    said = words.strip()
    if not any(letter.isalpha() for letter in said) or is_no_answer(said):
        return NOT_A_PROMISE
    return TOO_LONG if len(said) > LONGEST_WORDS else said


def short_part(words: str) -> str | Refused:
    """Return a part of the plan; refuse more than 200 characters."""
    said = words.strip()
    if not any(letter.isalnum() for letter in said) or len(said) > LONGEST_PART:
        return Refused(_("Write it in a few words, please."))
    return said


class _OfRows(Ask):
    """Asks the text of its first row, and takes own words."""

    def __init__(self, text: Text, options: Rows, *, when: Condition | None = None) -> None:
        """Ask *text* in drawings of the flow; the citizen reads the text of the first row."""
        super().__init__(text, str, when=when)
        self.options = options

    def asked_text(self, conversation: Conversation, world: World) -> Text:
        """Return the text of the first row."""
        del conversation
        about = self.choices(world)[0].about
        return about if isinstance(about, Text) else self.text

    def read(self, event: Typed | Chose, conversation: Conversation, world: World) -> Reading:
        """Read a tap, a label, or own words; a number is an answer, not a button."""
        if isinstance(event, Chose):
            return self.read_choice(event.option, conversation, world)
        key = self.typed(event.words, self.all_buttons(conversation, world))
        if key is not None:
            return self.read_choice(key, conversation, world)
        return self.read_own(event.words, world)

    def read_own(self, words: str, world: World) -> Reading:
        """Read own words."""
        raise NotImplementedError


class AskAmount(_OfRows):
    """Asks how much; the answer is hundredths, or the key of another row.

    The first row is the suggestion: its key says whether the unit has fractions, and its words
    are the spellings of the unit.
    """

    asks_number: ClassVar[bool] = True

    def __init__(
        self,
        text: Text,
        options: Rows,
        *,
        when: Condition | None = None,
        or_none: bool = False,
    ) -> None:
        """Ask *text*; with *or_none* the number may be 0."""
        super().__init__(text, options, when=when)
        self.or_none = or_none

    def read_choice(self, option: str, conversation: Conversation, world: World) -> Reading:
        """Read a suggested amount, or another choice."""
        reading = Question.read_choice(self, option, conversation, world)
        if isinstance(reading, Answered) and re.fullmatch(
            f"[{WHOLE}{DIVISIBLE}]\\d+", reading.value
        ):
            return Answered(int(reading.value[1:]))
        return reading

    def read_own(self, words: str, world: World) -> Reading:
        """Read a number, alone or with the unit; another unit is refused."""
        first = self.choices(world)[0]
        amount = number_of(words, first.words)
        if amount is None:
            return Refused(_("Write only a number, please, like “30”."))
        if not amount and not self.or_none:
            return Refused(_("Write a number above 0."))
        if first.key.startswith(WHOLE) and amount % PER_UNIT:
            return Refused(_("Write a whole number, please."))
        return Answered(amount)


class AskJoining(_OfRows):
    """Asks whether a person promises what has no unit; the answer is the key of a row."""

    def read(self, event: Typed | Chose, conversation: Conversation, world: World) -> Reading:
        """Read a tap, a label or the number of a button."""
        return Question.read(self, event, conversation, world)

    def read_words(self, words: str) -> Reading:
        """Read no other words."""
        del words
        return Unread()

    def typed(self, words: str, shown: list[tuple[str, Text | str]]) -> str | None:
        """Return the key of the button that words name, by label or by number."""
        return Question.typed(self, words, shown)

    def read_choice(self, option: str, conversation: Conversation, world: World) -> Reading:
        """Read a row."""
        return Question.read_choice(self, option, conversation, world)


class AskRhythm(Choose):
    """Asks how often; it says so where the words named a rhythm that a pledge cannot have."""

    def asked_text(self, conversation: Conversation, world: World) -> Text:
        """Return the question."""
        del world
        found = (conversation.answers.get("look") or {}).get("value") or {}
        return OTHER_RHYTHM if found.get("other_rhythm") else self.text


class AskUntil(_OfRows):
    """Asks for the last day; the answer is an ISO date.

    A new pledge that is kept again and again, which `HOW_LONG` asks about, lasts four weeks.
    """

    def read_choice(self, option: str, conversation: Conversation, world: World) -> Reading:
        """Read a suggested day."""
        reading = Question.read_choice(self, option, conversation, world)
        if isinstance(reading, Answered) and re.fullmatch(r"d\d{8}", reading.value):
            day = reading.value[1:]
            return Answered(f"{day[:4]}-{day[4:6]}-{day[6:]}")
        return reading

    def read_own(self, words: str, world: World) -> Reading:
        """Read a day, a month or a length of time."""
        if world.calendar is None or world.now is None:
            return NO_DAY
        today = world.calendar.local(world.now).date()
        day = until(words, today) or _said_day(words, world)
        if day is None:
            return NO_DAY
        least = today + timedelta(weeks=LEAST_WEEKS)
        if self.choices(world)[0].about == HOW_LONG and today < day < least:
            return Refused(TOO_SHORT.with_(day=least))
        return Answered(day.isoformat()) if today < day <= today + LONGEST else TOO_FAR


def until(words: str, today: date) -> date | None:
    """Return the last day in an answer such as “1 August”, “til august” or “three months”."""
    plain = words.casefold().strip(" .!")
    for begins in ("", "til ", "indtil "):
        for language in ("da", "en"):
            day = last_day(begins + plain, language, today)
            if day is not None:
                return day
    return None


def _said_day(words: str, world: World) -> date | None:
    """Return the one day that words about time name."""
    meaning = world.read_time(words) if world.read_time is not None else None
    return (meaning.ends or meaning.day) if isinstance(meaning, When) else None


class PartOfPlan(Ask):
    """Asks for a part of the plan; rows are suggestions, whose labels are the answers."""

    def __init__(
        self, text: Text, options: Rows | None = None, *, skip: Text, when: Condition | None = None
    ) -> None:
        """Ask *text*."""
        super().__init__(text, short_part, skip=skip, when=when)
        if options is not None:
            self.options = options

    def read_words(self, words: str) -> Reading:
        """Read a part of the plan; a question is answered elsewhere."""
        return Unread() if is_no_answer(words) else super().read_words(words)

    def read_choice(self, option: str, conversation: Conversation, world: World) -> Reading:
        """Return the words of a suggestion."""
        del conversation
        found = [str(one.label) for one in self.choices(world) if one.key == option]
        return Answered(found[0]) if found else Unread()


class AskBeginning(AskTime):
    """Asks when and where a person begins: “lørdag kl. 10 ved skuret” says both.

    The answer is ``{"when": …, "at": …, "where": …}``: own words, the instant or None, and the
    place or an empty text. Words without a time are an answer too. None is no plan for a time.
    """

    def __init__(self, text: Text, *, skip: Text, nothing: Text) -> None:
        """Ask *text*; *skip* leaves this question out, *nothing* all of the plan."""
        super().__init__(text, text)
        self.skip, self.nothing = skip, nothing

    def own_buttons(self, conversation: Conversation, world: World) -> list[tuple[str, Text | str]]:
        """Return the times to choose between, then the ways out."""
        shown = super().own_buttons(conversation, world)
        return shown or [(NOTHING, self.nothing)]

    def read(self, event: Typed | Chose, conversation: Conversation, world: World) -> Reading:
        """Read a tap, a way out, or words about time and place."""
        draft = conversation.draft or {}
        option = event.option if isinstance(event, Chose) else None
        if isinstance(event, Typed):
            option = self.typed(event.words, self.all_buttons(conversation, world))
            leaves_out = declines(event.words) or is_unsure(event.words)
            if option is None and "rule" not in draft and leaves_out:
                option = SKIP
        if option == SKIP:
            return Answered(None)
        if option == NOTHING and not draft:
            return Answered(NOTHING)
        if isinstance(event, Typed) and option is not None:
            event = Chose(conversation.id, self.name, option)
        said = str(draft.get("said") or (event.words if isinstance(event, Typed) else ""))
        if isinstance(event, Typed) and not draft:
            said = event.words
        return self._planned(super().read(event, conversation, world), said, world)

    def _planned(self, reading: Reading, said: str, world: World) -> Reading:
        """Return the plan of a reading of time; two possible times are asked about."""
        match reading:
            case Partly({"rule": dict(rule), **more}) if "passed" not in more:
                return self._at(rule, said, world)
            case Partly(draft):
                return Partly({**draft, "said": said}, moved=True)
            case Answered({"recurrence": dict(rule)}):
                return self._at(rule, said, world)
            case Refused(why) if why == NOT_READ:
                return self._without_time(said)
            case _:
                return reading

    def _at(self, rule: Mapping[str, Any], said: str, world: World) -> Reading:
        """Return the first moment of a rule, with the place in the words."""
        first = world.first_of(from_json(rule))
        rest = world.rest_of(said) if world.rest_of is not None else ""
        where = rest if _PLACE.match(rest) and len(rest) <= LONGEST_PART else ""
        begins = said.removesuffix(rest).strip(" ,.") if where else said.strip()
        at = first.instant.isoformat() if first is not None else None
        return Answered({"when": begins[:LONGEST_PART], "at": at, "where": where})

    @staticmethod
    def _without_time(said: str) -> Reading:
        """Return words that name no time: they are the plan, and set no reminder."""
        if "?" in said or is_command(said) or (asks(said) and not _CLAUSE.match(said)):
            return Unread()
        when = short_part(said)
        if isinstance(when, Refused):
            return when
        return Answered({"when": when, "at": None, "where": ""})
