"""Test the bot's profile in each language, and files in both directions."""

from __future__ import annotations

from typing import Any

import pytest
from sim_town import ANA, TOKEN, Town

from bot.errors import ApiError
from bot.simulator import Upload
from bot.simulator.attachments import PIXEL
from bot.simulator.methods.profile import commands_shown

HELP = {"command": "help", "description": "Get help"}
HJAELP = {"command": "help", "description": "Få hjælp"}


def test_tells_who_it_is(town: Town) -> None:
    """`getMe` returns the id that the token holds."""
    me = town.call("getMe")
    assert (me["id"], me["username"], me["is_bot"]) == (1000, "bro_bot", True)


def test_commands_follow_scope_and_language(town: Town) -> None:
    """People see the narrowest scope that is set, and their language before the default."""
    chat = town.world.chat_of(town.bot, town.world.the_user(ANA))
    town.call("setMyCommands", commands=[HELP])
    town.call("setMyCommands", commands=[HJAELP], language_code="da")
    assert town.call("getMyCommands") == [HELP]
    assert town.call("getMyCommands", language_code="uk") == []
    assert commands_shown(town.bot, chat, "da-DK") == [HJAELP]
    assert commands_shown(town.bot, chat, "uk") == [HELP]
    scope = {"type": "chat", "chat_id": ANA}
    mine = {"command": "mine", "description": "Mine"}
    town.call("setMyCommands", commands=[mine], scope=scope)
    assert commands_shown(town.bot, chat, "da") == [mine]
    town.call("deleteMyCommands", scope=scope)
    assert commands_shown(town.bot, chat, "da") == [HJAELP]


@pytest.mark.parametrize(
    ("params", "words"),
    [
        ({"commands": [HELP | {"command": "Hjælp"}]}, "BOT_COMMAND_INVALID"),
        ({"commands": [HELP | {"description": ""}]}, "BOT_COMMAND_DESCRIPTION_INVALID"),
        ({"commands": [HELP] * 101}, "BOT_COMMANDS_TOO_MUCH"),
        ({"commands": ["help"]}, "can't parse BotCommand"),
        ({"commands": [HELP], "language_code": "dan"}, "invalid language code"),
        ({"commands": [HELP], "scope": {"type": "x"}}, "BotCommandScope"),
        ({}, "expected an Array"),
    ],
)
def test_refuses_faulty_commands(town: Town, params: dict[str, Any], words: str) -> None:
    """Faulty commands get Telegram's errors."""
    assert words in town.fault("setMyCommands", **params)


@pytest.mark.parametrize(
    ("suffix", "field", "longest"),
    [("Name", "name", 64), ("Description", "description", 512),
     ("ShortDescription", "short_description", 120)],
)  # fmt: skip
def test_texts_have_a_language_and_a_length(
    town: Town, suffix: str, field: str, longest: int
) -> None:
    """A text is stored per language; the empty language serves all others."""
    town.call(f"setMy{suffix}", **{field: "å" * longest, "language_code": "da"})
    town.call(f"setMy{suffix}", **{field: "other"})
    assert town.call(f"getMy{suffix}", language_code="da") == {field: "å" * longest}
    assert town.call(f"getMy{suffix}", language_code="uk") == {field: "other"}
    assert "too long" in town.fault(f"setMy{suffix}", **{field: "å" * (longest + 1)})
    town.call(f"setMy{suffix}", language_code="da")
    assert town.call(f"getMy{suffix}", language_code="da") == {field: "other"}


def test_files_are_fetched_in_two_steps(town: Town) -> None:
    """`getFile` returns a path, and the path serves the bytes."""
    sent = town.world.send_photo(ANA, content=b"\xff\xd8\xffphoto")
    file_id = sent.body["photo"][-1]["file_id"]
    file = town.call("getFile", file_id=file_id)
    assert file["file_size"] == 8
    assert town.world.download(TOKEN, file["file_path"]) == b"\xff\xd8\xffphoto"
    with pytest.raises(ApiError, match="404"):
        town.world.download(TOKEN, "photos/none.jpg")
    assert "wrong file_id" in town.fault("getFile", file_id="x")


def test_large_files_cannot_be_fetched(town: Town) -> None:
    """Files above 20 MB cannot be fetched."""
    sent = town.world.send_document(ANA, "a.bin", b"x", size=20 * 1024 * 1024 + 1)
    refusal = town.fault("getFile", file_id=sent.body["document"]["file_id"])
    assert refusal == "400 Bad Request: file is too big"


def test_sends_files_and_sends_them_again(town: Town) -> None:
    """An uploaded file can be sent again by its id."""
    sent = town.call("sendPhoto", chat_id=ANA, photo=PIXEL, caption="<i>x</i>", parse_mode="HTML")
    assert sent["caption_entities"] == [{"type": "italic", "offset": 0, "length": 1}]
    again = town.call("sendPhoto", chat_id=ANA, photo=sent["photo"][-1]["file_id"])
    assert again["photo"] == sent["photo"]
    report = Upload("plan.pdf", b"%PDF", "application/pdf")
    document = town.call("sendDocument", chat_id=ANA, document=report)["document"]
    assert (document["file_name"], document["mime_type"]) == ("plan.pdf", "application/pdf")
    path = town.call("getFile", file_id=document["file_id"])["file_path"]
    assert path.endswith(".pdf")


@pytest.mark.parametrize(
    ("method", "params", "words"),
    [
        ("sendPhoto", {}, "there is no photo in the request"),
        ("sendPhoto", {"photo": "none"}, "wrong file identifier"),
        ("sendPhoto", {"photo": "https://a.dk/a.jpg"}, "failed to get HTTP URL content"),
        ("sendPhoto", {"photo": b"text"}, "IMAGE_PROCESS_FAILED"),
        ("sendPhoto", {"photo": PIXEL, "caption": "x" * 1025}, "caption is too long"),
        ("sendPhoto", {"photo": PIXEL + b"0" * 10 * 1024 * 1024}, "413"),
        ("sendDocument", {"document": b""}, "file must be non-empty"),
    ],
)
def test_refuses_faulty_files(town: Town, method: str, params: dict[str, Any], words: str) -> None:
    """Faulty files are refused, and no foreign URL is fetched."""
    assert words in town.fault(method, chat_id=ANA, **params)
