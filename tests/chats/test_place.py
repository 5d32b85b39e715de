"""A question for a place, with a reply keyboard below the chat."""

from __future__ import annotations

import pytest

from bot.engine.conversation import WAITING, Conversation
from bot.engine.effects import Option
from bot.engine.flow import Flow
from bot.engine.questions import Ask, AskPlace, Choose
from bot.engine.steps import Say
from bot.i18n import _
from bot.runner import flow_lookup
from bot.testing import START, Chat


class Lost(Flow):
    """A flow for lost property."""

    title = _("Lost")

    what = Ask(_("What have you lost?"), str)
    place = AskPlace(_("Where?"), skip=_("I do not know"))
    colour = Choose(_("Which colour?"), (Option("red", "Red"), Option("blue", "Blue")))
    size = Ask(_("How large is it?"), str)
    done = Say(_("Thank you."), end=True)


@pytest.fixture
async def lost(chat_on_each: Chat, monkeypatch: pytest.MonkeyPatch) -> Chat:
    """Put Ana at the first question of this module's own flow."""
    monkeypatch.setitem(flow_lookup.FLOW_BY_KEY, "lost", Lost)
    await chat_on_each.play("Ana: /start")
    store, bot = await chat_on_each.open()
    async with store.unit() as unit:
        person = await unit.people.by_lane("tg:101")
        assert person is not None
        new = Conversation(0, person.id, "lost", 1, {}, None, WAITING, START, START)
        await unit.conversations.add(new)
    await bot.close()
    await store.close()
    return chat_on_each


async def answers(chat: Chat) -> dict[str, object]:
    """Return the answers of Ana's waiting conversation."""
    store, bot = await chat.open()
    async with store.reading() as unit:
        person = await unit.people.by_lane("tg:101")
        assert person is not None
        found = await unit.conversations.waiting(person.id)
    await bot.close()
    await store.close()
    return dict(found.answers) if found else {}


async def test_a_place_is_sent_and_the_keyboard_goes(lost: Chat) -> None:
    """The button sends the place, kept to 5 decimals, and the keyboard is removed."""
    await lost("""
        Ana: a key
        Bot: Where?
           | [[Send my place]] [[I do not know]] [[Back]] [[Menu]]
        Ana: [[Send my place]]
        Bot: All right.
        Bot: Which colour?
           | [Red] [Blue] [Back] [Menu]
        Ana: [Red]
        Bot: How large is it?
           | [Back] [Menu]
    """)
    assert (await answers(lost))["place"] == {"pins": [{"latitude": 55.6761, "longitude": 12.5683}]}
    assert lost.world.the_bot().chats[101].buttons == ()


async def test_a_place_in_words(lost: Chat) -> None:
    """Words are a place. Too few words, or the button's label, are asked again."""
    await lost("""
        Ana: a key
        Bot: Where?
           | [[Send my place]] [[I do not know]] [[Back]] [[Menu]]
        Ana: E4
        Bot: Write a little more about where it is, for example the road and the house number.
        Bot: Where?
           | [[Send my place]] [[I do not know]] [[Back]] [[Menu]]
        Ana: Send my place
        Bot: Your place did not come along: it can only be sent from a phone. Write where it is
           | instead, for example the road and the house number.
        Bot: Where?
           | [[Send my place]] [[I do not know]] [[Back]] [[Menu]]
        Ana: by the church
        Bot: All right.
        Bot: Which colour?
           | [Red] [Blue] [Back] [Menu]
    """)
    assert (await answers(lost))["place"] == {"words": "by the church"}


async def test_buttons_below_may_be_pressed_and_typed(lost: Chat) -> None:
    """The keyboard has "back", "skip" and "menu". Their numbers can be typed."""
    await lost("""
        Ana: a key
        Bot: Where?
           | [[Send my place]] [[I do not know]] [[Back]] [[Menu]]
        Ana: [[Back]]
        Bot: What have you lost?
        Ana: a dog
        Bot: Where?
           | [[Send my place]] [[I do not know]] [[Back]] [[Menu]]
        Ana: repeat
        Bot: Where?
           |
           | 1. I do not know
           | 2. Back
           | 3. Menu
           | [[Send my place]] [[I do not know]] [[Back]] [[Menu]]
        Ana: 1
        Bot: All right.
        Bot: Which colour?
           | [Red] [Blue] [Back] [Menu]
        Ana: back
        Bot: Where?
           | [[Send my place]] [[I do not know]] [[Back]] [[Menu]]
        Ana: [[Menu]]
        Bot: All right.
        Bot: “Lost” waits for you. Your answers are kept.
           | [Continue] [Language] [Ask a question] [Report something] [Volunteer] [Make a pledge]
           | [My overview] [Talk to a person] [Help]
    """)
    assert lost.world.the_bot().chats[101].buttons == ()


async def test_an_aside_leaves_the_keyboard_where_it_is(lost: Chat) -> None:
    """A side question is answered, and the place is asked for again with its keyboard."""
    await lost("""
        Ana: a key
        Bot: Where?
           | [[Send my place]] [[I do not know]] [[Back]] [[Menu]]
        Ana: /help
        Bot: I am a robot. I answer what I know; people at Klintsund Kommune do the rest.
           |
           | • Write a question, or press a button.
           | • You can always write what stands on a button, or its number.
           | • “back” goes one step back, “repeat” shows the step again with numbers.
           | • “person” shows how to reach a person, “menu” shows the menu.
           | • “remind me to call the library tomorrow at 10” sets a reminder, “my reminders”
           | shows them.
           | • “pause” stops all but answers until the day you choose.
           | • “stop” ends news and leaves what you are doing.
           |
           | Phone 00 00 10 00.
           | The phone is open Monday–Wednesday 09:00–14:00, Thursday 09:00–17:00 and Friday
           | 09:00–12:00.
           | Visit us: Klintgade 1, Klintsund. The counter is open Monday–Wednesday 10:00–14:00,
           | Thursday 10:00–17:00 and Friday 10:00–12:00.
           |
           | How accessible this chat is, and your data: /privacy.
           | [Talk to a person] [Menu]
        Bot: Back to “Lost”:
        Bot: Where?
           | [[Send my place]] [[I do not know]] [[Back]] [[Menu]]
        Ana: danger 112 my house is on fire
        Bot: Is anyone in danger now? Ring 112.
           |
           | I am a robot and cannot ring for you. The people at Klintsund Kommune are told that
           | you wrote.
    """)
    assert lost.world.the_bot().chats[101].buttons


async def test_a_place_may_come_before_it_is_asked_for_and_again(lost: Chat) -> None:
    """A location is kept at any step, and the flow asks only for missing answers."""
    await lost("""
        Ana: <location>
        Bot: Thank you, that is noted.
        Bot: What have you lost?
        Ana: a key
        Bot: Which colour?
           | [Red] [Blue] [Back] [Menu]
        Ana: <location>
        Bot: Thank you, that is noted.
        Bot: Which colour?
           | [Red] [Blue] [Back] [Menu]
        Ana: red
        Bot: How large is it?
           | [Back] [Menu]
        Ana: small
        Bot: Thank you.
           | [My overview] [Menu]
        Ana: <location>
        Bot: I take a place only in a report of something outdoors, or in a case that we are
           | talking about, and I have not kept this. Press “Report something”, or write in
           | words.
    """)


async def test_the_keyboard_goes_after_days_too(lost: Chat) -> None:
    """The keyboard of an expired step is removed with the next message of the bot."""
    await lost("""
        Ana: a key
        Bot: Where?
           | [[Send my place]] [[I do not know]] [[Back]] [[Menu]]
        --- 8 days pass
        Bot to Ana: You had begun “Lost”, and your answers are kept. Do you want to continue?
           | [Continue] [No thanks]
        Ana: thank you
        Bot: All right.
        Bot: Good. Just write if there is more.
           | [Menu]
    """)
    assert lost.world.the_bot().chats[101].buttons == ()


async def test_the_danish_keyboard(lost: Chat) -> None:
    """The keyboard's labels follow the citizen's language, and can be typed."""
    await lost("""
        Ana: a key
        Bot: Where?
           | [[Send my place]] [[I do not know]] [[Back]] [[Menu]]
        Ana: /sprog da
        Bot: Fra nu af skriver jeg dansk.
        Bot: Where?
           | [[Send mit sted]] [[I do not know]] [[Tilbage]] [[Menu]]
        Ana: tilbage
        Bot: What have you lost?
    """)
