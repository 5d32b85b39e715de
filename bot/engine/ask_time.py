"""A question for a time in the citizen's own words, read, repeated back and confirmed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.calendar.phrases.repeats import USUAL
from bot.calendar.phrases.result import USUAL_TIME, Ask, Meaning, Repeats, When, Why
from bot.calendar.recurrence import Recurrence, Unit, from_json, to_json
from bot.calendar.rule_words import in_words
from bot.engine.conversation import Conversation
from bot.engine.effects import World
from bot.engine.events import Chose, Refused, Typed
from bot.engine.steps import Answered, Partly, Question, Reading, Unread
from bot.engine.words import yes_or_no
from bot.i18n import Text, _

YES, NO = "yes", "no"
RIGHT = _("Yes, that is right")
ANEW = _("No, I will write it again")
IS_IT_RIGHT = _("{when}. Is that right? You can also write another time.")
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
    Why.IMPOSSIBLE: _("There is no such day. Write another one."),
    Why.UNCLEAR: NOT_READ,
}


class AskTime(Question):
    """Asks for a time or a recurrence; the answer is ``{"recurrence": {…}}``.

    The draft holds the reading, for the citizen to confirm: ``{"rule": {…}}``, or
    ``{"choices": [{…}, …]}`` where two readings are possible.
    """

    def asked_text(self, conversation: Conversation) -> Text:
        """Return the question, or the reading to be confirmed."""
        draft = conversation.draft or {}
        if "rule" in draft:
            return IS_IT_RIGHT.with_(when=in_words(from_json(draft["rule"])))
        return WHICH if "choices" in draft else self.text

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
        return self._read_button(option or "", draft)

    def step_back(self, conversation: Conversation) -> Any:
        """Return an empty draft: back from the confirmation is the question itself."""
        return {} if conversation.draft else None

    def _read_button(self, option: str, draft: Mapping[str, Any]) -> Reading:
        """Read a tapped button of the confirmation or the choice."""
        if "rule" in draft and option == YES:
            return Answered({"recurrence": draft["rule"]})
        if "rule" in draft and option == NO:
            return Partly({}, moved=True)
        choices = draft.get("choices", [])
        if option.isdecimal() and int(option) < len(choices):
            return Answered({"recurrence": choices[int(option)]})
        return Unread()

    def _read_words(self, words: str, draft: Mapping[str, Any], world: World) -> Reading:
        """Read words about time; a clock time alone changes the time of the reading before."""
        if world.read_time is None:
            return Unread()
        before = [
            from_json(rule) for rule in (draft.get("rule"), *draft.get("choices", ())) if rule
        ]
        days = {rule.starts_on for rule in before}
        if len(days) == 1:
            meaning = world.read_time(f"{words} {days.pop().isoformat()}")
            if isinstance(meaning, When) and meaning.at is not None:
                return Partly({"rule": to_json(replace(before[0], at=meaning.at))}, moved=True)
        return _reading(world.read_time(words))


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
