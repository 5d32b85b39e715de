"""A question for a day or a span of days, in the citizen's own words."""

from __future__ import annotations

from bot.calendar.phrases.result import Ask, When, Why
from bot.engine.ask_time import WHY
from bot.engine.conversation import Conversation
from bot.engine.effects import World
from bot.engine.events import Chose, Refused, Typed
from bot.engine.steps import Answered, Question, Reading
from bot.i18n import _

NO_DAY = _("I did not understand the day. Write for example “Saturday” or “3 December”.")


class AskDays(Question):
    """Asks for days; the answer is ``{"first": …, "last": …}``, both ISO dates."""

    def read(self, event: Typed | Chose, conversation: Conversation, world: World) -> Reading:
        """Read words about a day; of two likely days take the first."""
        if isinstance(event, Chose) or world.read_time is None:
            return super().read(event, conversation, world)
        option = self.typed(event.words, self.all_buttons(conversation, world))
        if option is not None:
            return self.read_button(option, conversation, world)
        match world.read_time(event.words):
            case When() as when:
                return _days(when)
            case Ask(_why, choices) if choices:
                return _days(choices[0])
            case Ask(why) if why is not Why.UNCLEAR:
                return Refused(WHY[why])
            case _:
                return Refused(NO_DAY)


def _days(when: When) -> Reading:
    """Return the days of a reading as an answer."""
    last = when.ends or when.day
    return Answered({"first": when.day.isoformat(), "last": last.isoformat()})
