"""A citizen sends something other than words: a place or a photo."""

from __future__ import annotations

from dataclasses import replace

from walking import FRESH, Outside, Report, walk

from bot.engine.conversation import ENDED, Conversation
from bot.engine.effects import Below, Note, Send, Turn
from bot.engine.events import Back, Begun, Chose, Event, Gave, Refused, Typed
from bot.engine.questions import MOST_PINS
from bot.i18n import Text

HERE = Gave("place", {"latitude": 55.67610123, "longitude": 12.56830987})
PIN = {"latitude": 55.6761, "longitude": 12.56831}
KEPT = {"pins": [PIN]}
NOTED = "Thank you, that is noted."


def after(*events: Event) -> Conversation:
    """Return the conversation after *events*."""
    conversation = FRESH
    for event in (Begun(), *events):
        conversation = walk(conversation, event, flow=Outside)[0].conversation
    return conversation


def given(conversation: Conversation, event: Event) -> tuple[Turn, list[str]]:
    """Advance by one more event. Return the turn and the texts."""
    turn, said, _ran = walk(conversation, event, flow=Outside)
    return turn, said


def test_a_place_is_the_answer_where_it_is_asked_for() -> None:
    """A place is stored with 5 decimals, and the flow goes on."""
    asked = after(Typed("lamp"), Typed("done"))
    turn, said = given(asked, HERE)
    assert turn.conversation.answers["place"] == KEPT
    assert said == ["Is it near a school?"]


def test_a_place_may_come_before_it_is_asked_for() -> None:
    """An early place is stored, the step keeps its draft, and the place is not asked for later."""
    turn, said = given(after(Typed("lamp")), HERE)
    assert said == [NOTED, "What is broken?"]
    assert turn.conversation.draft == ["lamp"]
    assert given(turn.conversation, Typed("done"))[1] == ["Is it near a school?"]


def test_a_further_place_is_added() -> None:
    """Further places are added, repeats are not, and questions that depend on them are asked."""
    further = after(HERE, Typed("done"), Typed("yes"))
    turn, said = given(further, Gave("place", {"latitude": 1, "longitude": 2}))
    both = {"pins": [PIN, {"latitude": 1, "longitude": 2}]}
    assert turn.conversation.answers["place"] == both
    again, _said = given(turn.conversation, Gave("place", {"latitude": 1, "longitude": 2}))
    assert again.conversation.answers["place"] == both
    assert said == [NOTED, "Have you a photo?"]
    unknown = after(Typed("done"), Typed("I do not know"))
    assert given(unknown, HERE)[1] == [NOTED, "Is it near a school?"]


def test_words_of_a_place_stay_when_a_pin_follows() -> None:
    """Typed words and pins are one answer. A venue adds its own words."""
    typed = after(Typed("done"), Typed("Strandvejen 12, ved postkassen"))
    turn, said = given(typed, HERE)
    assert said == [NOTED, "Is it near a school?"]
    kept = {"words": "Strandvejen 12, ved postkassen", "pins": [PIN]}
    assert turn.conversation.answers["place"] == kept
    listed = Gave("place", {"latitude": 1, "longitude": 2, "words": "Kiosken, Havnevej 7"})
    words = "Strandvejen 12, ved postkassen\nKiosken, Havnevej 7"
    pins = [PIN, {"latitude": 1, "longitude": 2}]
    answer = given(turn.conversation, listed)[0].conversation.answers["place"]
    assert answer == {"words": words, "pins": pins}


def test_a_pin_of_version_0_1_0_is_kept() -> None:
    """An answer stored by version 0.1.0 is read as one pin, and can be added to."""
    before = after(Typed("lamp"), Typed("done"))
    old = replace(before, answers={**before.answers, "place": PIN})
    assert Outside.facts(old.answers)["place"] == KEPT
    added = given(old, Gave("place", {"latitude": 1, "longitude": 2}))[0]
    assert added.conversation.answers["place"]["pins"] == [PIN, {"latitude": 1, "longitude": 2}]


def test_places_have_an_end() -> None:
    """A place over the limit is refused in words, and the step is shown again."""
    full = after(*(Gave("place", {"latitude": n, "longitude": n}) for n in range(MOST_PINS)))
    turn, said = given(full, Gave("place", {"latitude": 50, "longitude": 50}))
    assert turn.note is Note.REFUSED
    assert "as many places as I can take" in said[0]
    assert said[1] == "What is broken?"
    assert turn.conversation == full


def test_photos_are_put_together() -> None:
    """Each question decides how a further photo changes its answer."""
    before = after(Gave("photo", 1), Gave("photo", 2), HERE, Gave("photo", 3))
    assert before.answers["photos"] == [1, 2, 3]


def test_what_a_service_has_used_is_settled() -> None:
    """After the service has run, a place or photo changes nothing."""
    sent = after(HERE, Gave("photo", 1), Typed("lamp"), Typed("done"), Typed("no"))
    assert given(sent, Back())[0].note is Note.AT_START
    for event in (HERE, Gave("photo", 2)):
        turn, said = given(sent, event)
        assert (turn.note, turn.conversation, said) == (Note.UNREAD, sent, [])


def test_the_service_is_given_what_was_sent() -> None:
    """The command contains the place and the photos."""
    ready = after(HERE, Gave("photo", 1), Typed("lamp"), Typed("done"))
    ran = walk(ready, Typed("yes"), flow=Outside)[2]
    assert ran == [Report(what=["lamp"], place=KEPT, photos=[1])]


def test_what_nobody_takes_is_left() -> None:
    """A flow without a question for it reports it unread and stays at its step."""
    turn, said = given(after(), Gave("contact", {}))
    assert (turn.note, said) == (Note.UNREAD, [])
    turn, said, _ran = walk(walk(FRESH, Begun())[0].conversation, HERE)
    assert (turn.note, turn.conversation.answers, said) == (Note.UNREAD, {}, [])


def test_words_are_a_place_too() -> None:
    """A typed place needs 3 letters. Fewer, or a button's label, are refused."""
    asked = after(Typed("done"))
    assert given(asked, Typed(" Havnevej 7 "))[0].conversation.answers["place"] == {
        "words": "Havnevej 7"
    }
    for words in ("?!", "a1", "12 34", "Send my place", "send mit sted!"):
        turn, said = given(asked, Typed(words))
        assert (turn.note, turn.conversation, said[-1]) == (Note.REFUSED, asked, "Where?")


def test_the_question_brings_its_keyboard() -> None:
    """Only the question for a place has the button that sends it, and its own buttons."""
    asked = given(after(), Typed("done"))[0].effects[-1]
    assert isinstance(asked, Send)
    assert asked.below is Below.ASKS_PLACE
    assert [button.data for button in asked.buttons] == ["7.place.~", "7.place.<"]
    further = given(after(Typed("done")), Chose(7, "place", "~"))[0].effects[-1]
    assert isinstance(further, Send)
    assert further.below is None


def test_what_a_service_refuses_is_asked_again_or_ends_the_flow() -> None:
    """A refusal of an answer asks for it again; another refusal ends the flow, with its reason."""
    asked = after(Typed("lamp"), Typed("done"), Typed("I do not know"))
    why = Refused(Text("That photo is too dark."), "photos")
    turn, said, _ran = walk(asked, Typed("No photo"), flow=Outside, outcome=why)
    assert said == ["That photo is too dark.", "Have you a photo?"]
    assert "photos" not in turn.conversation.answers
    over = Refused(Text("It is closed."))
    turn, said, _ran = walk(turn.conversation, Typed("No photo"), flow=Outside, outcome=over)
    assert (said, turn.conversation.state) == (["It is closed."], ENDED)
