"""Whatever a citizen does, the conversation stands at a valid place."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from walking import FRESH, Offer, walk

from bot.engine.conversation import ENDED, Conversation
from bot.engine.effects import Redraw, Send
from bot.engine.events import Again, Back, Begun, Chose, Done, Refused, Said
from bot.engine.steps import Question
from bot.i18n import _

WORDS = st.sampled_from(
    ["yes", "no", "done", "driving", "cooking", "1", "2", "3", "0", "99", "anywhere", "the beach"]
) | st.text(max_size=12)
OPTIONS = ["+driving", "-driving", "+cooking", "!", "~", "<", "yes", "no", "beach", "2", "", "zz"]
STEPS = [*Offer.steps, "gone", ""]


class AnyWay(RuleBasedStateMachine):
    """A citizen who does anything at all, and a service that says yes or no."""

    def __init__(self) -> None:
        """Open the flow."""
        super().__init__()
        self.conversation: Conversation = FRESH
        self.runs = 0
        self.happen(Begun())

    def happen(self, event: Any, *, full: bool = False) -> None:
        """Let an event happen, through storage and back, and look at what is shown."""
        if self.conversation.state == ENDED:
            self.conversation = FRESH
            self.runs = 0
        before = self.conversation
        outcome = Refused(_("It is full.")) if full else Done(1)
        turn, _said, ran = walk(before, event, outcome=outcome)
        self.runs += len(ran)
        self.conversation = json_trip(turn.conversation)
        for effect in turn.effects:
            assert isinstance(effect, Send | Redraw)
            assert len({button.data for button in effect.buttons}) == len(effect.buttons)
            assert all(0 < len(button.data.encode()) <= 64 for button in effect.buttons)

    @rule(words=WORDS, full=st.booleans())
    def say(self, words: str, *, full: bool) -> None:
        """Write anything."""
        self.happen(Said(words), full=full)

    @rule(step=st.sampled_from(STEPS), option=st.sampled_from(OPTIONS), own=st.booleans())
    def tap(self, step: str, option: str, *, own: bool) -> None:
        """Tap any button of any step, of this conversation or an older one; and again."""
        for _twice in range(2):
            self.happen(Chose(7 if own else 6, step, option))

    @rule()
    def go_back(self) -> None:
        """Go back."""
        self.happen(Back())

    @rule()
    def look_again(self) -> None:
        """Ask for the step again, which changes nothing."""
        before = self.conversation
        self.happen(Again())
        if before.state != ENDED:
            assert self.conversation == before

    @invariant()
    def stands_at_a_place(self) -> None:
        """Where it waits it stands at a question that shows something to press or write."""
        here = Offer.road(self.conversation.answers).here
        if self.conversation.state == ENDED:
            assert here.end
        else:
            assert isinstance(here, Question)
            assert walk(self.conversation, Again())[0].effects

    @invariant()
    def runs_once(self) -> None:
        """A service is run at most once a conversation."""
        assert self.runs <= 1


def json_trip(conversation: Conversation) -> Conversation:
    """Return a conversation as a database gives it back."""
    kept = {name: getattr(conversation, name) for name in ("answers", "draft")}
    loaded = json.loads(json.dumps(kept))
    return Conversation(
        conversation.id,
        conversation.person_id,
        conversation.flow,
        conversation.revision,
        loaded["answers"],
        loaded["draft"],
        conversation.state,
        conversation.started_at,
        conversation.touched_at,
    )


TestAnyWay = AnyWay.TestCase
TestAnyWay.settings = settings(max_examples=60, stateful_step_count=25, deadline=None)
