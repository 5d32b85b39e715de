"""Questions of pledges: how much, until when, and when and where it begins."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, ClassVar

from bot.calendar.phrases.result import When
from bot.engine.conversation import Conversation
from bot.engine.effects import Option, World
from bot.engine.events import Chose, Refused, Typed
from bot.engine.questions import Ask, Choose, Confirm
from bot.engine.short_answers import agrees
from bot.engine.steps import Answered, Condition, Partly, Question, Reading, Rows, Unread
from bot.engine.words import declines, fold, is_unsure
from bot.i18n import Text, _, pgettext
from bot.model.pledge import LEAST_WEEKS, LONGEST, LONGEST_WORDS, PER_UNIT
from bot.tone.feelings import asks
from flows.intents import typed_intent
from flows.pledge_ends import last_day
from flows.pledge_numbers import number_of

WHOLE, DIVISIBLE = "a", "d"  # begins the key of an amount in hundredths
DAY = "d"  # begins the key of a last day
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
MUCH_MORE = 25  # times the suggested amount, above which the person is asked whether it is meant
REALLY = _("Do you mean {number} {unit}? That is much more than most people promise.")
MEANT = (("meant", _("Yes")), ("other", _("No, I will write it again")))
NOT_LESS = Refused(
    _(
        "That is not less than now. Write a smaller number. You can promise more with “Change” on "
        "the pledge."
    )
)
OLD_ENOUGH = 15
_AGE = re.compile(
    r"(?:(?:ja|nej|yes|no) )?(?:(?:jeg er|i am|i m|er) )?(?:fyldt |kun |only )?"
    r"(?P<age>\d{1,3})(?: år| years?)?(?: gammel| old)?"
)
NO_DAY = Refused(_("I did not understand the day. Write for example “1 August” or “three months”."))
HOW_LONG = _(
    "How long? Choose, or write a day like “1 August”. It lasts at least four weeks, but you can "
    "stop before."
)
OTHER_RHYTHM = _(
    "I cannot ask in just that rhythm. These are the ones that I have. Which one is nearest?"
)
AFTER_WHY = pgettext("pledge", "{why}\n\n{question}")  # about an end that a sentence named
BEGINS, NEW = "from:", "new"  # begin words of the first row: the season's first day; a new pledge
TOO_SHORT = _("A pledge lasts at least four weeks. Choose a day on or after {day}.")
TOO_FAR = Refused(_("Choose a day after today, and within a year."))


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

    def asked_text(self, conversation: Conversation, world: World) -> Text:
        """Return the question, or whether a number far above the usual is meant."""
        if not conversation.draft:
            return super().asked_text(conversation, world)
        number = Decimal(conversation.draft["amount"]) / PER_UNIT
        return REALLY.with_(number=number, unit=self.choices(world)[0].unit)

    def own_buttons(self, conversation: Conversation, world: World) -> list[tuple[str, Text | str]]:
        """Return the suggestions, or yes and no to a number far above the usual."""
        return [*MEANT] if conversation.draft else super().own_buttons(conversation, world)

    def step_back(self, conversation: Conversation) -> Any:
        """Return an empty draft: back from a number that is asked about is the question."""
        return {} if conversation.draft else None

    def read(self, event: Typed | Chose, conversation: Conversation, world: World) -> Reading:
        """Read a yes or a no to a number far above the usual; else an amount."""
        draft = conversation.draft
        if draft:
            option = event.option if isinstance(event, Chose) else None
            meant = agrees(event.words) if isinstance(event, Typed) else None
            if option == MEANT[0][0] or meant:
                return Answered(draft["amount"])
            if option == MEANT[1][0] or meant is False:
                return Partly({}, moved=True)
        reading = super().read(event, conversation, world)
        first = self.choices(world)[0]
        match reading:
            case Answered(int(amount)) if isinstance(event, Typed) and is_much(amount, first):
                return Partly({"amount": amount}, moved=True)
            case _:
                return reading

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


def is_much(amount: int, suggested: Option) -> bool:
    """Return whether an amount is far above the suggested one; False for a row without a unit."""
    usual = suggested.key[1:]
    return bool(suggested.unit) and usual.isdecimal() and amount > int(usual) * MUCH_MORE


class AskLess(AskAmount):
    """Asks for an amount below the present one, which the flow knows as *now*."""

    def read(self, event: Typed | Chose, conversation: Conversation, world: World) -> Reading:
        """Refuse an amount that is not smaller."""
        reading = super().read(event, conversation, world)
        now = conversation.answers.get("now")
        match reading:
            case Answered(int(amount)) if now and amount >= now:
                return NOT_LESS
            case _:
                return reading


class AskAge(Confirm):
    """Asks whether a person is 15 or older; the age itself is an answer, and is not kept."""

    def read_words(self, words: str) -> Reading:
        """Read a yes, a no, or an age such as “jeg er 71”."""
        found = _AGE.fullmatch(fold(words))
        if found is not None:
            return Answered(int(found["age"]) >= OLD_ENOUGH)
        return super().read_words(words)


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

    The words of the first row say what holds: a pledge that is `NEW` and kept again and again
    lasts four weeks, and a day before the one after `BEGINS` is refused with the row's *refuses*.
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
        first, least = self.choices(world)[0], today + timedelta(weeks=LEAST_WEEKS)
        begins = next((one for one in first.words if one.startswith(BEGINS)), None)
        if begins is not None and today < day < date.fromisoformat(begins.removeprefix(BEGINS)):
            return Refused(first.refuses) if first.refuses is not None else NO_DAY
        if NEW in first.words and today < day < least:
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
