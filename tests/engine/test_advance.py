"""How one event carries a conversation forward."""

from __future__ import annotations

from dataclasses import replace

from walking import FRESH, Enrol, begun, walk

from bot.engine.conversation import ENDED, WAITING
from bot.engine.effects import Note, Redraw
from bot.engine.events import Again, Back, Begun, Chose, Done, Refused, Typed
from bot.i18n import _


def test_begins_with_what_is_said_and_the_first_question() -> None:
    """A flow that is opened says what stands first, and asks."""
    turn, said, _ran = walk(FRESH, Begun())
    assert said == ["Welcome, {name}.", "What do you enjoy?"]
    assert turn.conversation.state == WAITING


def test_a_button_of_several_sets_and_never_toggles() -> None:
    """The same tap twice is one effect; the message is drawn anew in its place."""
    conversation = begun()
    for _tap in range(2):
        turn, _said, _ran = walk(conversation, Chose(7, "skills", "+driving"))
        conversation = turn.conversation
        assert conversation.draft == ["driving"]
        assert isinstance(turn.effects[0], Redraw)
    turn, _said, _ran = walk(conversation, Chose(7, "skills", "-driving"))
    assert turn.conversation.draft == []


def test_a_condition_brings_its_question() -> None:
    """Only who drives is asked for a licence."""
    conversation = begun()
    picked = walk(conversation, Typed("driving"))[0].conversation
    assert walk(picked, Typed("Done"))[1] == ["Do you hold a licence?"]
    assert walk(conversation, Typed("done"))[1] == ["Where?"]


def test_labels_numbers_and_danish_may_be_typed() -> None:
    """What stands on a button may be typed, in any of our languages, or its number."""
    driving = walk(begun(), Typed("1"))[0].conversation
    asked = walk(driving, Typed("3"))[0].conversation
    for words in ("Yes", "ja!", "1"):
        answered = walk(asked, Typed(words))[0].conversation
        assert answered.answers["licence"] is True


def test_rows_are_looked_up_when_the_question_is_reached() -> None:
    """A question whose options are rows shows them, and knows them when it reads."""
    there = walk(begun(), Typed("Done"))[0].conversation
    turn, _said, _ran = walk(there, Typed("the beach"))
    assert turn.conversation.answers["place"] == "beach"
    assert walk(there, Typed("anywhere"))[0].conversation.answers["place"] is None


def at_hours() -> object:
    """Return a conversation that stands at the number of hours."""
    there = walk(begun(), Typed("Done"))[0].conversation
    return walk(there, Typed("Anywhere"))[0].conversation


def test_a_refused_answer_is_explained_and_asked_again() -> None:
    """Words that cannot be read get a reason with its values, and the question once more."""
    turn, said, _ran = walk(at_hours(), Typed("many"))
    assert said == ["I need a number, not {name}.", "How many hours?"]
    assert turn.effects[0].text.params["name"] == "Ana"


def test_a_number_is_an_answer_where_words_are_asked_for() -> None:
    """At a question for words, "2" is what was said and no button."""
    assert walk(at_hours(), Typed("1"))[0].conversation.answers["hours"] == 1
    assert walk(at_hours(), Chose(7, "hours", "2"))[0].conversation.answers["hours"] == 2


def test_a_service_runs_once_and_its_outcome_is_told() -> None:
    """A Do waits for its service within the turn; what it answers is used in the text."""
    asked = walk(at_hours(), Typed("3"))[0].conversation
    turn, said, ran = walk(asked, Typed("yes"))
    assert ran == [Enrol(person_id=1, skills=[], licence=None, place=None)]
    assert said == ["You are number {enrol}."]
    assert turn.effects[0].text.params["enrol"] == 43
    assert turn.conversation.state == ENDED
    assert walk(turn.conversation, Done(44))[2] == []


def test_a_refusing_service_is_heard_and_the_road_turns_off() -> None:
    """What a service refuses is said, and the flow goes where it says."""
    asked = walk(at_hours(), Typed("3"))[0].conversation
    turn, said, _ran = walk(asked, Typed("yes"), outcome=Refused(_("It is full.")))
    assert said == ["It is full.", "Nothing was kept."]
    assert turn.conversation.state == ENDED


def test_a_no_turns_off() -> None:
    """A no goes to its step, and no service is run."""
    asked = walk(at_hours(), Typed("3"))[0].conversation
    _turn, said, ran = walk(asked, Typed("no"))
    assert (said, ran) == (["Nothing was kept."], [])


def test_back_takes_the_last_answer_back_with_what_was_picked() -> None:
    """Going back shows the question before, as it was left."""
    driving = walk(begun(), Typed("driving"))[0].conversation
    there = walk(driving, Typed("Done"))[0].conversation
    turn, said, _ran = walk(there, Back())
    assert said == ["What do you enjoy?"]
    assert turn.conversation.draft == ["driving"]
    assert walk(begun(), Back())[0].note is Note.AT_START


def test_an_old_button_changes_nothing_and_shows_where_we_are() -> None:
    """A tap for another step, or another conversation, is never an answer."""
    asked = walk(at_hours(), Typed("3"))[0].conversation
    for tap in (Chose(7, "licence", "yes"), Chose(6, "sure", "yes"), Chose(7, "nowhere", "x")):
        turn, said, _ran = walk(asked, tap)
        assert turn.conversation == asked
        assert said[-1] == "Shall we write you down?"


def test_words_that_fit_no_choice_are_left_to_the_faq() -> None:
    """A step of fixed choices says that it could not read, and keeps its place."""
    turn, said, _ran = walk(begun(), Typed("when are you open"))
    assert (turn.note, said) == (Note.UNREAD, [])


def test_a_renamed_question_keeps_its_answer() -> None:
    """A conversation saved under the former name goes on where it was."""
    saved = replace(FRESH, answers={"skills": [], "place": None, "time": 4})
    assert walk(saved, Again())[1] == ["Shall we write you down?"]


def test_a_dropped_question_does_not_hold_anyone_up() -> None:
    """Answers to questions of an earlier revision are kept, and do not count."""
    saved = replace(FRESH, answers={"shoe_size": 43, "skills": ["cooking"]})
    turn, said, _ran = walk(saved, Again())
    assert said == ["Where?"]
    assert turn.conversation.answers["shoe_size"] == 43
