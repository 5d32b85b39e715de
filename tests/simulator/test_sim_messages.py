"""Test sending, editing, deleting and reacting, with Telegram's refusals."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sim_town import ANA, TOKEN, Town

from bot.errors import ApiError
from bot.simulator import Button

YES_NO = {"inline_keyboard": [[{"text": "Yes", "callback_data": "y"}, {"text": "No", "url": "https://a.dk"}]]}  # fmt: skip  # noqa: E501


def test_sends_what_was_written(town: Town) -> None:
    """`sendMessage` returns the message as Telegram does."""
    sent = town.text("<b>Hej</b> Ana ", parse_mode="HTML", reply_markup=YES_NO)
    assert sent == {
        "message_id": 1,
        "date": 1772452800,
        "chat": {
            "id": ANA,
            "type": "private",
            "first_name": "Ana",
            "last_name": "Holm",
            "username": "ana_h",
        },
        "from": {"id": 1000, "is_bot": True, "first_name": "Bro", "username": "bro_bot"},
        "text": "Hej Ana",
        "entities": [{"type": "bold", "offset": 0, "length": 3}],
        "reply_markup": YES_NO,
    }
    (seen,) = town.bot.chats[ANA].log
    assert (seen.kind, seen.text, seen.message_id) == ("sent", "Hej Ana", 1)
    assert seen.keyboard == ((Button("Yes", "y"), Button("No", url="https://a.dk")),)


def test_a_result_is_the_callers_own(town: Town) -> None:
    """Changing a result or a keyboard does not change the stored message."""
    keyboard: dict[str, Any] = {"inline_keyboard": [[{"text": "A", "callback_data": "a"}]]}
    sent = town.text(reply_markup=keyboard)
    keyboard["inline_keyboard"][0][0]["text"] = "B"
    sent["reply_markup"]["inline_keyboard"][0][0]["text"] = "C"
    assert town.bot.chats[ANA].messages[1].keyboard == ((Button("A", "a"),),)


@pytest.mark.parametrize(
    ("params", "words"),
    [
        ({"text": ""}, "400 Bad Request: message text is empty"),
        ({"text": " \n "}, "message text is empty"),
        ({"text": "<b> </b>", "parse_mode": "HTML", "chat_id": 5}, "message text is empty"),
        ({"text": "😀" * 2048 + "x"}, "message is too long"),
        ({"text": "<b>x", "parse_mode": "HTML"}, "400 Bad Request: can't parse entities: Can't find end tag corresponding to start tag \"b\""),  # noqa: E501
        ({"parse_mode": "Markdown"}, "unsupported parse_mode"),
        ({"chat_id": 5}, "400 Bad Request: chat not found"),
        ({"chat_id": ""}, "chat_id is empty"),
        ({"txt": "x"}, 'unknown parameter "txt"'),
        ({"reply_markup": None}, 'parameter "reply_markup" must be of type Object'),
        ({"chat_id": True}, 'parameter "chat_id" must be of type Integer or String'),
        ({"reply_parameters": {"message_id": 9}}, "message to be replied not found"),
        ({"text": "\ud83d"}, "strings must be encoded in UTF-8"),
    ],
)  # fmt: skip
def test_refuses_in_telegrams_words(town: Town, params: dict[str, Any], words: str) -> None:
    """A faulty sendMessage gets Telegram's error and sends nothing."""
    assert words in town.fault("sendMessage", **({"chat_id": ANA, "text": "x"} | params))
    assert not town.bot.chats.get(ANA) or not town.bot.chats[ANA].messages


def test_takes_the_longest_text(town: Town) -> None:
    """A text of 4096 UTF-16 units after parsing is accepted."""
    sent = town.text("<b>" + "😀" * 2048 + "</b>", parse_mode="HTML")
    assert len(sent["text"]) == 2048


@pytest.mark.parametrize(
    ("button", "words"),
    [
        ({"text": "x", "callback_data": ""}, "BUTTON_DATA_INVALID"),
        ({"text": "x", "callback_data": "ø" * 33}, "BUTTON_DATA_INVALID"),
        ({"text": "", "callback_data": "x"}, "text must be non-empty"),
        ({"text": "x"}, "Text buttons are unallowed"),
        ({"text": "x", "url": "a.dk"}, "Wrong HTTP URL"),
        ({"text": "x", "callback_dta": "x"}, 'unknown field "callback_dta"'),
        ({"callback_data": "x"}, "Can't find field"),
    ],
)
def test_refuses_a_faulty_button(town: Town, button: dict[str, Any], words: str) -> None:
    """Faulty buttons are refused; callback data is 1 to 64 bytes."""
    markup = {"inline_keyboard": [[button]]}
    assert words in town.fault("sendMessage", chat_id=ANA, text="x", reply_markup=markup)


def test_a_keyboard_below_the_chat_stays_until_removed(town: Town) -> None:
    """A reply keyboard belongs to the chat, and its message cannot be edited."""
    town.text(reply_markup={"keyboard": [["Yes", {"text": "Here", "request_location": True}]]})
    chat = town.bot.chats[ANA]
    assert chat.buttons == ((Button("Yes"), Button("Here", asks_place=True)),)
    town.text("still there")
    assert chat.buttons
    assert "can't be edited" in town.fault("editMessageText", chat_id=ANA, message_id=1, text="x")
    town.text("gone", reply_markup={"remove_keyboard": True})
    assert not chat.buttons


def test_edits_in_place(town: Town) -> None:
    """An edit replaces text and buttons; buttons that are not repeated disappear."""
    town.text("one", reply_markup=YES_NO)
    edited = town.call("editMessageText", chat_id=ANA, message_id=1, text="two")
    assert edited["text"] == "two"
    assert "edit_date" in edited
    assert "reply_markup" not in edited
    assert [seen.kind for seen in town.bot.chats[ANA].log] == ["sent", "edited"]


def test_edits_a_caption(town: Town) -> None:
    """A caption is edited in place; a text has none, and a picture has no text."""
    png = b"\x89PNG\r\n\x1a\n" + bytes(40)
    sent = town.call("sendPhoto", chat_id=ANA, photo=png, caption="one", reply_markup=YES_NO)
    which: dict[str, Any] = {"chat_id": ANA, "message_id": sent["message_id"]}
    edited = town.call("editMessageCaption", **which, caption="<b>two</b>", parse_mode="HTML")
    assert edited["caption"] == "two"
    assert "reply_markup" not in edited
    assert "not modified" in town.fault(
        "editMessageCaption", **which, caption="<b>two</b>", parse_mode="HTML"
    )
    assert "caption is too long" in town.fault("editMessageCaption", **which, caption="x" * 1025)
    assert "there is no text" in town.fault("editMessageText", **which, text="x")
    town.text("words")
    assert "there is no caption" in town.fault(
        "editMessageCaption", chat_id=ANA, message_id=sent["message_id"] + 1, caption="x"
    )


def test_refuses_faulty_edits(town: Town) -> None:
    """Edits without a change, of missing messages and of others' messages are refused."""
    town.text("one", reply_markup=YES_NO)
    said = town.world.say(ANA, "mine")
    which: dict[str, Any] = {"chat_id": ANA, "message_id": 1}
    same = town.fault("editMessageText", **which, text="one", reply_markup=YES_NO)
    assert "message is not modified: specified new message content" in same
    assert "not modified" in town.fault("editMessageReplyMarkup", **which, reply_markup=YES_NO)
    assert "message to edit not found" in town.fault(
        "editMessageText", chat_id=ANA, message_id=99, text="x"
    )
    assert "can't be edited" in town.fault(
        "editMessageText", chat_id=ANA, message_id=said.id, text="x"
    )
    assert "message identifier is not specified" in town.fault(
        "editMessageText", chat_id=ANA, text="x"
    )


def test_takes_buttons_away(town: Town) -> None:
    """An edit without markup removes the buttons; a second one is refused."""
    town.text("one", reply_markup=YES_NO)
    result = town.call("editMessageReplyMarkup", chat_id=ANA, message_id=1)
    assert "reply_markup" not in result
    assert "not modified" in town.fault("editMessageReplyMarkup", chat_id=ANA, message_id=1)


def test_deletes_for_48_hours_but_edits_for_ever(town: Town) -> None:
    """Messages older than 48 hours can be edited but not deleted; a user's new one can be."""
    town.text("old")
    town.clock.advance(timedelta(hours=48))
    said = town.world.say(ANA, "young")
    refusal = town.fault("deleteMessage", chat_id=ANA, message_id=1)
    assert "message can't be deleted" in refusal
    town.call("editMessageText", chat_id=ANA, message_id=1, text="still edited")
    assert town.call("deleteMessage", chat_id=ANA, message_id=said.id) is True
    assert "message to delete not found" in town.fault(
        "deleteMessage", chat_id=ANA, message_id=said.id
    )


def test_replies_quote_once(town: Town) -> None:
    """A reply contains its message, but not the message that one replied to."""
    first = town.world.say(ANA, "question")
    answer = town.text("answer", reply_parameters={"message_id": first.id})
    again = town.world.say(ANA, "thanks", reply_to=answer["message_id"])
    assert answer["reply_to_message"]["text"] == "question"
    assert "reply_to_message" not in again.as_json()["reply_to_message"]
    gone = {"message_id": 99, "allow_sending_without_reply": True}
    assert "reply_to_message" not in town.text("x", reply_parameters=gone)


def test_reacts_only_with_what_bots_may(town: Town) -> None:
    """A bot may set 👀 and 👍 but not ✅; an empty list removes the reaction."""
    said = town.world.say(ANA, "done")
    which: dict[str, Any] = {"chat_id": ANA, "message_id": said.id}
    for emoji in ("👀", "👍", "❤️"):
        town.call("setMessageReaction", **which, reaction=[{"type": "emoji", "emoji": emoji}])
    assert said.reactions == ("❤",)
    refused = [{"type": "emoji", "emoji": "✅"}]
    assert "REACTION_INVALID" in town.fault("setMessageReaction", **which, reaction=refused)
    town.call("setMessageReaction", **which, reaction=[])
    assert not said.reactions


def test_a_blocked_bot_hears_so(town: Town) -> None:
    """Sending and editing fail where the user has blocked the bot."""
    town.text("before")
    town.world.block(ANA)
    for method, params in (
        ("sendMessage", {"text": "x"}),
        ("editMessageText", {"text": "x", "message_id": 1}),
        ("sendChatAction", {"action": "typing"}),
    ):
        refusal = town.fault(method, chat_id=ANA, **params)
        assert refusal == "403 Forbidden: bot was blocked by the user"


def test_unknown_tokens_and_methods_are_errors(town: Town) -> None:
    """A wrong token gets 401, an unknown method 404, and an unknown parameter 400."""
    with pytest.raises(ApiError) as caught:
        town.world.call(TOKEN + "x", "getMe")
    assert (caught.value.code, caught.value.description) == (401, "Unauthorized")
    assert town.fault("sendMesage").startswith("404 Not Found")
    assert "unknown parameter" in town.fault("getMe", x=1)


@pytest.mark.parametrize(
    ("markup", "words"),
    [
        ({"inline_keyboard": "x"}, "must be of type Array"),
        ({"inline_keyboard": ["x"]}, "a row must be of type Array"),
        ({"inline_keyboard": [[{"text": "x", "callback_data": "x"}] * 9]}, "too long"),
        ({"inline_keyboard": [], "resize": True}, 'unknown field "resize"'),
        ({"keyboard": [[{"text": " "}]]}, "text must be non-empty"),
        ({"keyboard": [[{"txt": "x"}]]}, "Can't find field"),
        ({"remove": True}, "object expected as reply markup"),
    ],
)
def test_refuses_a_faulty_keyboard(town: Town, markup: dict[str, Any], words: str) -> None:
    """Faulty keyboards of both kinds are refused."""
    assert words in town.fault("sendMessage", chat_id=ANA, text="x", reply_markup=markup)


def test_a_forced_reply_is_no_keyboard(town: Town) -> None:
    """ForceReply leaves the reply keyboard as it is."""
    town.text(reply_markup={"keyboard": [["Yes"]]})
    town.text(reply_markup={"force_reply": True})
    assert town.bot.chats[ANA].buttons == ((Button("Yes"),),)
    below = {"keyboard": [["No"]]}
    assert "inline keyboard expected" in town.fault(
        "editMessageReplyMarkup", chat_id=ANA, message_id=2, reply_markup=below
    )
