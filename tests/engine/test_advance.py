"""One event advances a conversation."""

from __future__ import annotations

from dataclasses import replace

from walking import FRESH, Enrol, begun, walk

from bot.engine.conversation import ENDED, WAITING
from bot.engine.effects import Note, Redraw
from bot.engine.events import Again, Back, Begun, Chose, Done, Refused, Typed
from bot.i18n import _


def test_begins_with_what_is_said_and_the_first_question() -> None:
    """A new flow sends its first texts and asks its first question."""
    turn, said, _ran = walk(FRESH, Begun())
    assert said == ["Welcome, {name}.", "What do you enjoy?"]
    assert turn.conversation.state == WAITING


def test_a_button_of_several_sets_and_never_toggles() -> None:
    """The same tap twice has one effect. The message is redrawn in place."""
    conversation = begun()
    for _tap in range(2):
        turn, _said, _ran = walk(conversation, Chose(7, "skills", "+driving"))
        conversation = turn.conversation
        assert conversation.draft == ["driving"]
        assert isinstance(turn.effects[0], Redraw)
    turn, _said, _ran = walk(conversation, Chose(7, "skills", "-driving"))
    assert turn.conversation.draft == []


def test_a_condition_brings_its_question() -> None:
    """Only citizens who drive are asked for a licence."""
    conversation = begun()
    picked = walk(conversation, Typed("driving"))[0].conversation
    assert walk(picked, Typed("Done"))[1] == ["Do you hold a licence?"]
    assert walk(conversation, Typed("done"))[1] == ["Where?"]


def test_labels_numbers_and_danish_may_be_typed() -> None:
    """A button's label in any language, or its number, can be typed."""
    driving = walk(begun(), Typed("1"))[0].conversation
    asked = walk(driving, Typed("3"))[0].conversation
    for words in ("Yes", "ja!", "1"):
        answered = walk(asked, Typed(words))[0].conversation
        assert answered.answers["licence"] is True


def test_rows_are_looked_up_when_the_question_is_reached() -> None:
    """A question with options from rows shows them, and reads answers by them."""
    there = walk(begun(), Typed("Done"))[0].conversation
    turn, _said, _ran = walk(there, Typed("the beach"))
    assert turn.conversation.answers["place"] == "beach"
    assert walk(there, Typed("anywhere"))[0].conversation.answers["place"] is None


def at_hours() -> object:
    """Return a conversation that waits for the number of hours."""
    there = walk(begun(), Typed("Done"))[0].conversation
    return walk(there, Typed("Anywhere"))[0].conversation


def test_a_refused_answer_is_explained_and_asked_again() -> None:
    """An unreadable answer gets a reason with its values, and the question again."""
    turn, said, _ran = walk(at_hours(), Typed("many"))
    assert said == ["I need a number, not {name}.", "How many hours?"]
    assert turn.effects[0].text.params["name"] == "Ana"


def test_a_number_is_an_answer_where_words_are_asked_for() -> None:
    """At a question for words, a typed number is the answer and not a button."""
    assert walk(at_hours(), Typed("1"))[0].conversation.answers["hours"] == 1
    assert walk(at_hours(), Chose(7, "hours", "2"))[0].conversation.answers["hours"] == 2


def test_a_service_runs_once_and_its_outcome_is_told() -> None:
    """A `Do` runs its service within the turn, and the text uses its outcome."""
    asked = walk(at_hours(), Typed("3"))[0].conversation
    turn, said, ran = walk(asked, Typed("yes"))
    assert ran == [Enrol(person_id=1, skills=[], licence=None, place=None)]
    assert said == ["You are number {enrol}."]
    assert turn.effects[0].text.params["enrol"] == 43
    assert turn.conversation.state == ENDED
    assert walk(turn.conversation, Done(44))[2] == []


def test_a_refusing_service_is_heard_and_the_road_turns_off() -> None:
    """A service's refusal is sent, and the flow goes to the step for refusals."""
    asked = walk(at_hours(), Typed("3"))[0].conversation
    turn, said, _ran = walk(asked, Typed("yes"), outcome=Refused(_("It is full.")))
    assert said == ["It is full.", "Nothing was kept."]
    assert turn.conversation.state == ENDED


def test_a_no_turns_off() -> None:
    """A "no" goes to its step, and no service runs."""
    asked = walk(at_hours(), Typed("3"))[0].conversation
    _turn, said, ran = walk(asked, Typed("no"))
    assert (said, ran) == (["Nothing was kept."], [])


def test_back_takes_the_last_answer_back_with_what_was_picked() -> None:
    """The event `Back` shows the question before, with its picked options."""
    driving = walk(begun(), Typed("driving"))[0].conversation
    there = walk(driving, Typed("Done"))[0].conversation
    turn, said, _ran = walk(there, Back())
    assert said == ["What do you enjoy?"]
    assert turn.conversation.draft == ["driving"]
    assert walk(begun(), Back())[0].note is Note.AT_START


def test_an_old_button_changes_nothing_and_shows_where_we_are() -> None:
    """A tap for another step or conversation changes nothing and repeats the question."""
    asked = walk(at_hours(), Typed("3"))[0].conversation
    for tap in (Chose(7, "licence", "yes"), Chose(6, "sure", "yes"), Chose(7, "nowhere", "x")):
        turn, said, _ran = walk(asked, tap)
        assert turn.conversation == asked
        assert said[-1] == "Shall we write you down?"


def test_words_that_fit_no_choice_are_left_to_the_faq() -> None:
    """A step of fixed choices marks other words as unread and keeps its place."""
    turn, said, _ran = walk(begun(), Typed("when are you open"))
    assert (turn.note, said) == (Note.UNREAD, [])


def test_a_renamed_question_keeps_its_answer() -> None:
    """An answer saved under the question's former name still counts."""
    saved = replace(FRESH, answers={"skills": [], "place": None, "time": 4})
    assert walk(saved, Again())[1] == ["Shall we write you down?"]


def test_a_dropped_question_does_not_hold_anyone_up() -> None:
    """Answers to removed questions are kept and ignored."""
    saved = replace(FRESH, answers={"shoe_size": 43, "skills": ["cooking"]})
    turn, said, _ran = walk(saved, Again())
    assert said == ["Where?"]
    assert turn.conversation.answers["shoe_size"] == 43
