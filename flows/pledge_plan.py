"""Questions of the plan of a pledge: when and where it begins, and the first step."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from bot.calendar.recurrence import from_json
from bot.engine.ask_time import NOT_READ, AskTime
from bot.engine.conversation import Conversation
from bot.engine.effects import World
from bot.engine.events import Chose, Refused, Typed
from bot.engine.questions import Ask
from bot.engine.steps import SKIP, Answered, Condition, Partly, Reading, Rows, Unread
from bot.engine.words import declines, is_unsure, yes_or_no
from bot.i18n import Text, _
from bot.model.pledge import LONGEST_PART
from bot.tone.feelings import asks
from flows.pledge_questions import is_command, is_no_answer

NOTHING = "nothing"  # the option that leaves the plan out
# A place begins with one of these: "ved skuret", "by the shed".
_PLACE = re.compile(
    r"(?:ved|i|på|hos|bag|foran|under|langs|hjemme|ude|inde|nede|oppe|uden for|udenfor|rundt|fra"
    r"|by|at|in|on|behind|near|next to|outside|inside|along|around|home)\b",
    re.IGNORECASE,
)
# A time as a clause, which is no question: "when it is light".
_CLAUSE = re.compile(r"when (?:it|i|we|my|our|the|there|everybody)\b", re.IGNORECASE)
# Words that say when, although no day or hour follows from them.
_SAYS_WHEN = re.compile(
    r"\b(?:når|efter|før|inden|mens|så snart|med det samme|snart|straks|nu|senere|engang|hver|hvert"
    r"|hverdag\w*|dag\w*|uge\w*|weekend\w*|måned\w*|ferie\w*|pause\w*|fri\w*|morgen\w*|formiddag\w*"
    r"|middag\w*|eftermiddag\w*|aften\w*|nat\w*|forår\w*|sommer\w*|efterår\w*|vinter\w*|jul\w*"
    r"|påske\w*|nytår|arbejde|skole|vej|første|næste"
    r"|when|after|before|while|as soon as|right away|soon|now|later|every|each|days?|weeks?|months?"
    r"|holidays?|mornings?|noon|evenings?|nights?|spring|summer|autumn|winter|first|next|work|way)\b",
    re.IGNORECASE,
)
WHEN_THEN = Refused(
    _("When and where, then? Write a day or a place, or press “No plan” or “Skip”.")
)
NO_TIME_IN_IT = Refused(
    _(
        "I found no time and no place in that. Write for example “Saturday at 10” or “by the "
        "shed”, or press “Skip”."
    )
)
WHAT_THEN = Refused(_("Write it in a few words, please, or press “Skip”."))


def short_part(words: str) -> str | Refused:
    """Return a part of the plan; refuse more than 200 characters."""
    said = words.strip()
    if not any(letter.isalnum() for letter in said) or len(said) > LONGEST_PART:
        return Refused(_("Write it in a few words, please."))
    return said


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
        """Read a part of the plan; a question is answered elsewhere, and a yes asked about."""
        if yes_or_no(words) is not None:
            return WHAT_THEN
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
            if option is None and not draft and yes_or_no(event.words) is not None:
                return WHEN_THEN
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
        """Return words that name no hour: a place, or a time that sets no reminder."""
        if "?" in said or is_command(said) or (asks(said) and not _CLAUSE.match(said)):
            return Unread()
        part = short_part(said)
        if isinstance(part, Refused):
            return part
        if _SAYS_WHEN.search(part):
            return Answered({"when": part, "at": None, "where": ""})
        if _PLACE.match(part):
            return Answered({"when": "", "at": None, "where": part})
        return NO_TIME_IN_IT
