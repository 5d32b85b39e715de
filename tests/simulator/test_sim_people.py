"""Test what people do and the updates that result."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sim_town import ANA, BO, Town

GROUP = -100
CHANNEL = -200
BUTTONS = {"inline_keyboard": [[{"text": "A", "callback_data": "a"}]]}


def group(town: Town) -> Any:
    """Add a group that contains Ana."""
    return town.world.add_group(GROUP, "Vejen", {ANA})


def test_says_with_entities(town: Town) -> None:
    """A command gets a bot_command entity."""
    town.world.say(ANA, " /start abc ")
    (update,) = town.updates()
    message = update["message"]
    assert message["text"] == "/start abc"
    assert message["entities"] == [{"type": "bot_command", "offset": 0, "length": 6}]
    assert message["from"]["language_code"] == "da"


def test_refuses_what_no_client_sends(town: Town) -> None:
    """Impossible acts raise: an empty text, editing others' messages, unknown buttons."""
    sent = town.text("x", reply_markup=BUTTONS)
    with pytest.raises(ValueError, match="1 to 4096"):
        town.world.say(ANA, "  ")
    with pytest.raises(ValueError, match="to edit"):
        town.world.edit(ANA, sent["message_id"], "y")
    with pytest.raises(ValueError, match="never offered"):
        town.world.tap(ANA, sent["message_id"], "b")


def test_edits_reach_the_bot(town: Town) -> None:
    """An edited message has its edit date."""
    said = town.world.say(ANA, "one")
    town.world.edit(ANA, said.id, "two")
    edited = town.updates()[1]["edited_message"]
    assert (edited["text"], edited["message_id"]) == ("two", said.id)
    assert "edit_date" in edited


def test_taps_also_old_and_deleted_keyboards(town: Town) -> None:
    """Former buttons can still be tapped; a deleted message comes as inaccessible."""
    town.text("one", reply_markup=BUTTONS)
    town.call("editMessageReplyMarkup", chat_id=ANA, message_id=1)
    town.world.tap(ANA, 1, "a")
    town.call("deleteMessage", chat_id=ANA, message_id=1)
    town.world.tap(ANA, 1, "a")
    first, second = (update["callback_query"] for update in town.updates())
    assert first["data"] == "a"
    assert first["message"]["text"] == "one"
    assert second["message"] == {"chat": first["message"]["chat"], "message_id": 1, "date": 0}
    assert first["id"] != second["id"]


def test_answers_to_taps_grow_old(town: Town) -> None:
    """A callback query can be answered once, within fifteen seconds."""
    town.text("one", reply_markup=BUTTONS)
    query = town.world.tap(ANA, 1, "a")
    assert town.call("answerCallbackQuery", callback_query_id=query.id, text="Noted")
    assert query.answer == "Noted"
    words = "query is too old and response timeout expired or query ID is invalid"
    assert words in town.fault("answerCallbackQuery", callback_query_id=query.id)
    old = town.world.tap(ANA, 1, "a")
    town.clock.advance(timedelta(seconds=16))
    assert words in town.fault("answerCallbackQuery", callback_query_id=old.id)
    assert "MESSAGE_TOO_LONG" in town.fault(
        "answerCallbackQuery", callback_query_id=old.id, text="x" * 201
    )


def test_blocking_and_coming_back_are_told(town: Town) -> None:
    """Blocking sends an update; writing again first sends the unblocking."""
    town.world.block(ANA)
    town.world.block(ANA)
    town.world.say(ANA, "back")
    kinds = [next(iter(update.keys() - {"update_id"})) for update in town.updates()]
    assert kinds == ["my_chat_member", "my_chat_member", "message"]
    blocked = town.updates()[0]["my_chat_member"]
    assert blocked["old_chat_member"]["status"] == "member"
    assert blocked["new_chat_member"]["status"] == "kicked"
    assert town.text("hello")


def test_groups_show_only_what_is_meant_for_the_bot(town: Town) -> None:
    """In privacy mode a bot gets only commands, mentions and replies to it."""
    group(town)
    sent = town.call("sendMessage", chat_id=GROUP, text="Hello all")
    town.world.say(ANA, "unseen", chat_id=GROUP)
    town.world.say(ANA, "/help@other_bot", chat_id=GROUP)
    for text in ("/help", "/help@bro_bot", "ask @bro_bot please"):
        town.world.say(ANA, text, chat_id=GROUP)
    town.world.say(ANA, "a reply", chat_id=GROUP, reply_to=sent["message_id"])
    seen = [update["message"]["text"] for update in town.updates()]
    assert seen == ["/help", "/help@bro_bot", "ask @bro_bot please", "a reply"]
    with pytest.raises(ValueError, match="is not in chat"):
        town.world.say(BO, "hi", chat_id=GROUP)


def test_a_bot_that_left_a_group_is_out(town: Town) -> None:
    """After leaving or being removed the bot cannot send to the group."""
    chat = group(town)
    town.call("leaveChat", chat_id=GROUP)
    refusal = town.fault("sendMessage", chat_id=GROUP, text="x")
    assert refusal == "403 Forbidden: bot is not a member of the supergroup chat"
    town.world.bring(ANA, chat)
    assert town.call("sendMessage", chat_id=GROUP, text="x")
    town.world.remove(ANA, chat)
    statuses = [u["my_chat_member"]["new_chat_member"]["status"] for u in town.updates()]
    assert statuses == ["member", "kicked"]
    assert "private chats" in town.fault("leaveChat", chat_id=ANA)


def test_only_its_own_messages_can_be_deleted_in_a_group(town: Town) -> None:
    """Without admin rights a bot cannot delete others' messages."""
    group(town)
    said = town.world.say(ANA, "/x", chat_id=GROUP)
    refusal = town.fault("deleteMessage", chat_id=GROUP, message_id=said.id)
    assert "can't be deleted" in refusal


def test_posts_in_channels(town: Town) -> None:
    """A channel post has no sender."""
    town.world.add_group(CHANNEL, "Nyt", kind="channel", username="nyt")
    town.world.post(CHANNEL, "news")
    post = town.updates()[0]["channel_post"]
    assert post["chat"]["title"] == "Nyt"
    assert "from" not in post
    assert "from" not in town.call("sendMessage", chat_id="@nyt", text="ours")


def test_sends_every_kind(town: Town) -> None:
    """Each kind of message has its own content field."""
    world = town.world
    sent = [
        world.send_photo(ANA, "a hole"),
        world.send_document(ANA, "a.pdf", b"%PDF", mime="application/pdf"),
        world.send_voice(ANA),
        world.send_location(ANA, 55.1, 12.2),
        world.send_contact(ANA, "+4520123456"),
        world.send_sticker(ANA),
        world.send_poll(ANA, "Which?", ["a", "b"]),
        world.send_dice(ANA, value=4),
        *world.send_album(ANA, [b"\xff\xd8\xff1", b"\xff\xd8\xff2"], "both"),
    ]
    messages = [update["message"] for update in town.updates()]
    assert all(one.kind in message for one, message in zip(sent, messages, strict=True))
    assert messages[0]["caption"] == "a hole"
    assert messages[3]["location"] == {"latitude": 55.1, "longitude": 12.2}
    assert messages[4]["contact"]["user_id"] == ANA
    assert messages[7]["dice"]["value"] == 4
    assert messages[8]["media_group_id"] == messages[9]["media_group_id"]
    assert "caption" not in messages[9]


def test_the_log_tells_what_was_seen(town: Town) -> None:
    """Everything visible in a chat is logged in order."""
    town.world.say(ANA, "hi")
    town.call("sendChatAction", chat_id=ANA, action="typing")
    town.text("yes?", reply_markup=BUTTONS)
    query = town.world.tap(ANA, 2, "a")
    town.call("answerCallbackQuery", callback_query_id=query.id, text="ok")
    town.call("deleteMessage", chat_id=ANA, message_id=2)
    log = town.bot.chats[ANA].log
    assert [(seen.kind, seen.text) for seen in log] == [
        ("said", "hi"),
        ("typing", "typing"),
        ("sent", "yes?"),
        ("tapped", "a"),
        ("toast", "ok"),
        ("deleted", "yes?"),
    ]
    assert [message.id for message in town.bot.chats[ANA].shown()] == [1]


def test_a_new_name_reaches_the_next_update(town: Town) -> None:
    """A changed name or language appears in the next update."""
    town.world.say(ANA, "one")
    town.world.rename_user(ANA, first_name="Anna", language_code="uk")
    town.world.say(ANA, "two")
    sender = town.updates()[1]["message"]["from"]
    assert (sender["first_name"], sender["language_code"]) == ("Anna", "uk")
    assert town.call("getChat", chat_id=ANA)["first_name"] == "Anna"
