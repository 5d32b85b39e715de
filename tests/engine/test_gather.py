"""Questions answered in several messages, and facts known when a flow begins."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

from walking import FRESH

from bot.engine.advance import advance
from bot.engine.check import flow_errors
from bot.engine.conversation import ENDED
from bot.engine.events import Begun, Chose, Done, Typed
from bot.engine.flow import RAN, Flow
from bot.engine.gather import LONGEST, Gather
from bot.engine.questions import Ask
from bot.engine.steps import FINISH, Do, Known, Say
from bot.i18n import _
from bot.model.commands.citizen import RateAnswer


class Story(Flow):
    """A citizen tells something in several messages."""

    title = _("Story")

    faq_id = Known()
    told = Gather(_("Tell me."), again=_("More?"), ready=_("Done telling"))
    helped = Ask(_("Did it help?"), lambda words: words == "yes", when=faq_id.is_("F1"))
    send = Do(RateAnswer)
    done = Say(_("Thank you, by {due}."), end=True)


BEGUN = replace(FRESH, flow="story", answers={"faq_id": "F2"})


def test_a_number_over_several_messages() -> None:
    """A CPR number split over more than two messages is not kept (HR-1)."""
    here = BEGUN
    for words in ("mit nummer er 1704", "61", "5007"):
        here = advance(Story, here, Typed(words)).conversation
    assert "5007" not in "".join(here.draft or [])


def test_words_add_up() -> None:
    """Each message is kept, also through storage, and the button ends the question."""
    here, said = BEGUN, []
    for event in (Begun(), Typed("one"), Typed("two")):
        turn = advance(Story, replace(here, draft=json.loads(json.dumps(here.draft))), event)
        here, said = turn.conversation, [*said, turn.effects[-1].text.key]
    assert said == ["Tell me.", "More?", "More?"]
    turn = advance(Story, here, Chose(here.id, "told", FINISH))
    assert turn.conversation.answers["told"] == "one\ntwo"


def test_nothing_is_said() -> None:
    """The button's label, typed at once, ends the question without an answer."""
    turn = advance(Story, BEGUN, Typed("done telling"))
    assert turn.conversation.answers["told"] is None


def test_too_much() -> None:
    """Text over the limit is refused, and the earlier messages stay."""
    turn = advance(Story, replace(BEGUN, draft=["one"]), Typed("x" * LONGEST))
    assert turn.conversation.draft == ["one"]


def test_a_service_answers_with_several_values() -> None:
    """Later texts use a service's values by name, a day as a date."""
    answers = {
        "faq_id": "F2",
        "told": None,
        "send": {"outcome": RAN, "value": {"due": {"day": "2026-12-03"}}},
    }
    assert Story.facts(answers)["due"] == date(2026, 12, 3)
    turn = advance(
        Story,
        replace(BEGUN, answers={"faq_id": "F2", "told": None}),
        Done({"due": {"day": "2026-12-03"}}),
    )
    assert turn.conversation.state == ENDED
    assert turn.effects[-1].text.params["due"] == date(2026, 12, 3)


def test_what_it_was_begun_with_decides() -> None:
    """A condition on a fact known from the beginning decides whether a step is asked."""
    assert Story.road({"faq_id": "F1", "told": None}).here.name == "helped"
    assert Story.road({"faq_id": "F2", "told": None}).here.name == "send"


def test_what_is_known_stands_first() -> None:
    """A `Known` after other steps is a fault that is found at start-up."""

    class Late(Flow):
        title = _("Late")
        told = Gather(_("Tell me."), again=_("More?"), ready=_("Done telling"))
        about = Known()
        done = Say(_("Thank you."), end=True)

    assert flow_errors(Story) == []
    assert flow_errors(Late) == ["Late: about is known from the beginning, so it must stand there"]
