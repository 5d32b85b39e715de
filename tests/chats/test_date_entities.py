"""Dates in messages are Telegram's date entities, which hold the instant that the words say."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from chat_store import ask

from bot.errors import ConfigurationError
from bot.i18n import pgettext, show
from bot.model.commands.reminders import RemindMe
from bot.runner.renderer import Renderer
from bot.settings import read
from bot.simulator import TOKEN
from bot.testing import PEOPLE, Chat, klintsund

RULE = {"recurrence": {"unit": "once", "starts_on": "2027-03-28", "at": "16:30"}}
AT = datetime(2027, 3, 28, 14, 30, tzinfo=UTC)  # summer time begins on this day


def newest(chat: Chat, name: str) -> Any:
    """Return the newest message of the bot to a citizen."""
    shown = chat.world.bots[TOKEN].chats[PEOPLE[name][0]].shown()
    return [message for message in shown if message.outgoing][-1]


@pytest.mark.parametrize(("name", "word"), [("Jens", "søndag d. 28. marts kl. 16.30"), ("Ana", "")])
async def test_the_instant_is_the_one_that_is_said(chat: Chat, name: str, word: str) -> None:
    """The entity covers the words of the date, and its Unix time is that of the instant."""
    await chat.play(f"{name}: /start")
    await ask(chat, RemindMe(1, "ring <b>nu</b>", RULE))
    await chat.play(f"{name}: my reminders")
    message = newest(chat, name)
    (entity,) = (e for e in message.formatted.entities if e["type"] == "date_time")
    assert entity["unix_time"] == AT.timestamp()
    text = message.formatted.text
    covered = text[entity["offset"] : entity["offset"] + entity["length"]]
    assert covered == (word or "Sunday 28 March 16:30")
    assert "tg-time" not in text
    assert not any("tg-time" in b.text for row in message.keyboard for b in row)


async def test_it_can_be_turned_off(chat: Chat) -> None:
    """With the setting off the words have no entity."""
    chat.date_entities = False
    await chat.play("Jens: /start")
    await ask(chat, RemindMe(1, "ring nu", RULE))
    (shown,) = await chat.play("Jens: mine påmindelser")
    assert "søndag d. 28. marts kl. 16.30" in shown
    assert {e["type"] for e in newest(chat, "Jens").formatted.entities} == {"bold"}
    token = {"BROBYGGER_BOT_TOKEN": "1:" + "a" * 30}
    assert read(token).date_entities
    assert not read({**token, "BROBYGGER_DATE_ENTITIES": "off"}).date_entities
    with pytest.raises(ConfigurationError, match="on or off"):
        read({**token, "BROBYGGER_DATE_ENTITIES": "yes"})


def test_only_instants_in_texts_are_marked() -> None:
    """A nested instant is marked once; days, labels and mere values are not."""
    renderer = Renderer(klintsund(), "da", date_entities=True)
    text = pgettext("list", "{before}\n{line}")
    nested = text.with_(before=text.with_(before="a & b", line=AT), line=AT.date())
    marked = '<tg-time unix="1806244200">søndag d. 28. marts kl. 16.30</tg-time>'
    assert renderer.render(nested) == f"a &amp; b\n{marked}\nsøndag d. 28. marts"
    assert show(AT, "da", zone="Europe/Copenhagen") == "søndag d. 28. marts kl. 16.30"
