"""After any sequence of events a conversation is at a valid step."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from walking import FRESH, Offer, Outside, walk

from bot.engine.conversation import ENDED, Conversation
from bot.engine.effects import Note, Redraw, Send
from bot.engine.events import Again, Back, Begun, Chose, Done, Gave, Refused, Typed
from bot.engine.flow import Flow
from bot.engine.steps import Do, Question
from bot.i18n import _

WORDS = st.sampled_from(
    ["yes", "no", "done", "driving", "cooking", "1", "2", "3", "0", "99", "anywhere", "the beach"]
) | st.text(max_size=12)
OPTIONS = ["+driving", "-driving", "+cooking", "!", "~", "<", "yes", "no", "beach", "2", "", "zz"]
STEPS = [*Offer.steps, *Outside.steps, "gone", ""]
DEGREES = st.floats(-90, 90)


class AnyWay(RuleBasedStateMachine):
    """A citizen who sends any event, and a service that accepts or refuses."""

    flow: type[Flow] = Offer

    def __init__(self) -> None:
        """Open the flow."""
        super().__init__()
        self.conversation: Conversation = FRESH
        self.runs = 0
        self.happen(Begun())

    def happen(self, event: Any, *, full: bool = False) -> None:
        """Advance by an event, pass the state through JSON, and check the buttons."""
        if self.conversation.state == ENDED:
            self.conversation = FRESH
            self.runs = 0
        before = self.conversation
        outcome = Refused(_("It is full.")) if full else Done(1)
        turn, _said, ran = walk(before, event, outcome=outcome, flow=self.flow)
        self.note = turn.note
        self.runs += len(ran)
        self.conversation = json_trip(turn.conversation)
        for effect in turn.effects:
            assert isinstance(effect, Send | Redraw)
            assert len({button.data for button in effect.buttons}) == len(effect.buttons)
            assert all(0 < len(button.data.encode()) <= 64 for button in effect.buttons)

    @rule(words=WORDS, full=st.booleans())
    def say(self, words: str, *, full: bool) -> None:
        """Type any words."""
        self.happen(Typed(words), full=full)

    @rule(step=st.sampled_from(STEPS), option=st.sampled_from(OPTIONS), own=st.booleans())
    def tap(self, step: str, option: str, *, own: bool) -> None:
        """Tap any button of any step twice, of this conversation or an older one."""
        for _twice in range(2):
            self.happen(Chose(7 if own else 6, step, option))

    @rule(latitude=DEGREES, longitude=DEGREES)
    def give_a_place(self, latitude: float, longitude: float) -> None:
        """Send a place, which is stored at any step unless no question takes it."""
        self.give(Gave("place", {"latitude": latitude, "longitude": longitude}))
        if self.note not in (Note.UNREAD, Note.REFUSED):
            kept = {"latitude": round(latitude, 5), "longitude": round(longitude, 5)}
            assert kept in self.conversation.answers["place"]["pins"]

    @rule(photo=st.integers(1, 99))
    def give_a_photo(self, photo: int) -> None:
        """Send a photo, which is appended to the earlier ones."""
        self.give(Gave("photo", photo))
        if self.note is not Note.UNREAD:
            assert self.conversation.answers["photos"][-1] == photo

    def give(self, event: Gave) -> None:
        """Send a place or photo, and assert that all other answers stay the same."""
        before = FRESH if self.conversation.state == ENDED else self.conversation
        road = self.flow.road(before.answers)
        settled = any(isinstance(step, Do) for step in road.steps[:-1])
        wanted = {step.takes for step in self.flow.steps.values() if isinstance(step, Question)}
        self.happen(event)
        assert (self.note is Note.UNREAD) == (settled or event.kind not in wanted)
        if self.note is Note.UNREAD:
            assert self.conversation == before
        others = {name: value for name, value in before.answers.items() if name in self.flow.steps}
        taken = {"place": "place", "photo": "photos"}[event.kind]
        now = self.conversation.answers
        assert all(now[name] == value for name, value in others.items() if name != taken)

    @rule()
    def go_back(self) -> None:
        """Go one step back."""
        self.happen(Back())

    @rule()
    def look_again(self) -> None:
        """Ask for the step again, and assert that nothing changes."""
        before = self.conversation
        self.happen(Again())
        if before.state != ENDED:
            assert self.conversation == before

    @invariant()
    def stands_at_a_place(self) -> None:
        """A waiting conversation is at a question that shows something."""
        here = self.flow.road(self.conversation.answers).here
        if self.conversation.state == ENDED:
            assert (isinstance(here, Do) and here.refused is None) or here.end
        else:
            assert isinstance(here, Question)
            assert walk(self.conversation, Again(), flow=self.flow)[0].effects

    @invariant()
    def runs_once(self) -> None:
        """A service runs at most once per conversation."""
        assert self.runs <= 1


def json_trip(conversation: Conversation) -> Conversation:
    """Return a conversation as the database would return it."""
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


class AnyWayOutside(AnyWay):
    """The same citizen in a flow that takes places and photos."""

    flow = Outside


TestAnyWay, TestAnyWayOutside = AnyWay.TestCase, AnyWayOutside.TestCase
TestAnyWay.settings = settings(max_examples=60, stateful_step_count=25, deadline=None)
TestAnyWayOutside.settings = TestAnyWay.settings
