"""A question for a time in the citizen's own words, read, repeated back and confirmed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from bot.calendar.phrases.repeats import USUAL
from bot.calendar.phrases.result import USUAL_TIME, Ask, Meaning, Repeats, When, Why
from bot.calendar.recurrence import Recurrence, Unit, from_json, to_json
from bot.calendar.rule_words import in_words
from bot.engine.conversation import Conversation
from bot.engine.effects import Send, World
from bot.engine.events import Chose, Refused, Typed
from bot.engine.steps import Answered, Partly, Question, Reading, Unread
from bot.engine.words import yes_or_no
from bot.i18n import Text, _

YES, NO = "yes", "no"
SAID = "said"  # the answer with words about the time that came before the question
RIGHT = _("Yes, that is right")
ANEW = _("No, I will write it again")
IS_IT_RIGHT = _("{check} Is that right? You can also write another time.")
IS_IT_RIGHT_MOVED = _(
    "{check} I do not write in the quiet hours: it will be sent {sent}. Is that right? You can "
    "also write another time."
)
PASSED_TODAY = _("That time has passed today. What about tomorrow? {check}")
WHICH = _("Which one do you mean? You can also write it again.")
NOT_READ = _(
    "I did not understand when. Write for example “tomorrow at 16” or “every Wednesday at 9”."
)
WHY = {
    Why.TWO: _(
        "I do not know which time you mean. Write it with the hour, like 16 or 4 in the afternoon."
    ),
    Why.MISMATCH: _("The weekday and the date do not fit together. Write it again."),
    Why.PASSED: _("That time has passed. Write one that is still to come."),
    Why.IMPOSSIBLE: _("There is no such day, or it is too far away. Write another one."),
    Why.UNCLEAR: NOT_READ,
}
TOMORROW = ("i morgen", "tomorrow")


class AskTime(Question):
    """Asks for a time or a recurrence; the answer is ``{"recurrence": {…}}``.

    *check* repeats back what happens ``{when}``. Quiet hours may move what is sent to others
    (*is_moved*): then the citizen is told when it is sent. The draft holds the reading, for the
    citizen to confirm: ``{"rule": {…}}``, or ``{"choices": [{…}, …]}`` where two readings are
    possible; ``{"why": …}`` says why there is none.
    """

    def __init__(self, text: Text, check: Text, *, is_moved: bool = False) -> None:
        """Ask *text*, then *check*."""
        super().__init__(text)
        self.check = check
        self.is_moved = is_moved

    def first_draft(self, conversation: Conversation, world: World) -> Any:
        """Return the reading of what the citizen has said about the time before the question."""
        said = conversation.answers.get(SAID)
        if not said:
            return None
        reading = self._read_words(said, {}, world)
        if isinstance(reading, Partly):
            return reading.draft
        unmet = (why for why, text in WHY.items() if reading == Refused(text))
        return next(({"why": why.value} for why in unmet if why is not Why.UNCLEAR), None)

    def asked_text(self, conversation: Conversation, world: World) -> Text:
        """Return the question, or the reading to be confirmed."""
        draft = conversation.draft or {}
        if "rule" in draft:
            return self._check(draft, world)
        if "why" in draft:
            return WHY[Why(draft["why"])]
        return WHICH if "choices" in draft else self.text

    def _check(self, draft: Mapping[str, Any], world: World) -> Text:
        """Return what is repeated back, and where it is moved, when it is sent."""
        rule = from_json(draft["rule"])
        first = world.first_of(rule)
        check = self.check.with_(when=in_words(rule, first_day=first.day if first else None))
        if draft.get("passed"):
            check = PASSED_TODAY.with_(check=check)
        sent = world.sent_at(first) if self.is_moved and first is not None else None
        if sent is not None:
            return IS_IT_RIGHT_MOVED.with_(check=check, sent=sent)
        return IS_IT_RIGHT.with_(check=check)

    def refusal(self, why: Text, asked: Send, conversation: Conversation) -> tuple[Send, ...]:
        """Return one message where there is no reading yet: the reason asks again."""
        if conversation.draft and "rule" in conversation.draft:
            return super().refusal(why, asked, conversation)
        return (replace(asked, text=why),)

    def own_buttons(self, conversation: Conversation, world: World) -> list[tuple[str, Text | str]]:
        """Return the buttons that confirm the reading, or choose between two."""
        del world
        draft = conversation.draft or {}
        if "rule" in draft:
            return [(YES, RIGHT), (NO, ANEW)]
        choices = enumerate(draft.get("choices", []))
        return [(str(number), in_words(from_json(rule))) for number, rule in choices]

    def read(self, event: Typed | Chose, conversation: Conversation, world: World) -> Reading:
        """Read a tap, a label, or words about time."""
        draft = conversation.draft or {}
        option = event.option if isinstance(event, Chose) else None
        if isinstance(event, Typed):
            option = self.typed(event.words, self.all_buttons(conversation, world))
            if option is None and "rule" in draft:
                option = {True: YES, False: NO, None: None}[yes_or_no(event.words)]
            if option is None or (option.isdecimal() and "choices" not in draft):
                return self._read_words(event.words, draft, world)
        return self._read_button(option or "", draft, world)

    def step_back(self, conversation: Conversation) -> Any:
        """Return an empty draft: back from the confirmation is the question itself."""
        return {} if conversation.draft else None

    def _read_button(self, option: str, draft: Mapping[str, Any], world: World) -> Reading:
        """Read a tapped button of the confirmation or the choice."""
        if "rule" in draft and option == YES:
            return _accepted(draft["rule"], world)
        if "rule" in draft and option == NO:
            return Partly({}, moved=True)
        choices = draft.get("choices", [])
        if option.isdecimal() and int(option) < len(choices):
            return _accepted(choices[int(option)], world)
        return Unread()

    def _read_words(self, words: str, draft: Mapping[str, Any], world: World) -> Reading:
        """Read words about time; words about the day or the hour alone change only that."""
        if world.read_time is None:
            return Unread()
        before = [
            from_json(rule) for rule in (draft.get("rule"), *draft.get("choices", ())) if rule
        ]
        changed = _other_hour(words, before, world)
        if changed is not None:
            return Partly({"rule": to_json(changed)}, moved=True)
        meaning = _with_hour_of(before, world.read_time(words))
        if meaning == Ask(Why.PASSED):
            tomorrow = _tomorrow(words, world)
            if tomorrow is not None:
                return Partly({"rule": to_json(once(tomorrow)), "passed": True}, moved=True)
        return _reading(meaning)


def _accepted(rule: Mapping[str, Any], world: World) -> Reading:
    """Return the confirmed rule; where it has passed meanwhile, ask again."""
    if world.calendar is not None and world.first_of(from_json(rule)) is None:
        return Partly({"why": Why.PASSED.value}, moved=True)
    return Answered({"recurrence": rule})


def _other_hour(words: str, before: list[Recurrence], world: World) -> Recurrence | None:
    """Return the reading before at the hour or part of the day that *words* name alone."""
    days: set[date] = {rule.starts_on for rule in before}
    if len(days) != 1 or world.read_time is None:
        return None
    day = days.pop()
    meaning = world.read_time(f"{words} {day.isoformat()}")
    if isinstance(meaning, When) and meaning.day == day and (meaning.at or meaning.part):
        return replace(before[0], at=once(meaning).at)
    return None


def _with_hour_of(before: list[Recurrence], meaning: Meaning | None) -> Meaning | None:
    """Return a meaning without an hour at the hour of the reading before."""
    hours = {rule.at for rule in before}
    if len(hours) != 1:
        return meaning
    match meaning:
        case When(at=None, part=None):
            return replace(meaning, at=hours.pop())
        case Repeats(rule, has_time=False, part=None):
            return replace(meaning, rule=replace(rule, at=hours.pop()))
        case _:
            return meaning


def _tomorrow(words: str, world: World) -> When | None:
    """Return tomorrow at the clock time that *words* name without a day."""
    for day in TOMORROW:
        meaning = world.read_time(f"{words} {day}") if world.read_time is not None else None
        if isinstance(meaning, When) and meaning.at is not None:
            return meaning
    return None


def _reading(meaning: Meaning | None) -> Reading:
    """Return the reading of a meaning: to be confirmed, to be chosen, or refused."""
    match meaning:
        case When():
            return Partly({"rule": to_json(once(meaning))}, moved=True)
        case Repeats(rule):
            return Partly({"rule": to_json(rule)}, moved=True)
        case Ask(_why, choices) if choices:
            return Partly({"choices": [to_json(once(one)) for one in choices]}, moved=True)
        case Ask(why):
            return Refused(WHY[why])
        case _:
            return Refused(NOT_READ)


def once(when: When) -> Recurrence:
    """Return the rule of one moment; without a clock time it is the part's usual one, or 9.00."""
    at = when.at or (USUAL_TIME[when.part] if when.part else USUAL)
    return Recurrence(Unit.ONCE, when.day, at)
