"""An update is parsed once into an incoming value, which its inbox row keeps."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from typing import Any

import pytest

from bot.redact import MARK, dangers, redact_update
from bot.testing import TOKEN, Chat
from bot.transport.inbox_rows import received
from bot.transport.incoming import (
    Called,
    Content,
    Edited,
    Incoming,
    InDanger,
    InGroup,
    Nothing,
    Reached,
    RemovedCpr,
    Showed,
    Stopped,
    Tapped,
    Wrote,
    incoming_of,
    payload_of,
)
from bot.transport.local_bot import local_bot
from bot.transport.metadata import metadata_of, trimmed
from handlers import HANDLERS
from handlers.parsing import UpdateParser

ANA = {"id": 5, "is_bot": False, "first_name": "Ana", "language_code": "en"}
PRIVATE = {"id": 5, "type": "private", "first_name": "Ana"}
GROUP = {"id": -7, "type": "supergroup", "title": "Familien"}
DATE = 1_795_424_400
PHOTO = {"file_unique_id": "u", "width": 1, "height": 1}
PLACE = {"latitude": 55.5, "longitude": 12.5}
BASE = {"message_id": 3, "date": DATE, "from": ANA, "chat": PRIVATE}
MEMBER = {"user": ANA, "status": "member"}
KICKED = {"user": ANA, "status": "kicked", "until_date": 0}
GONE = {"chat": PRIVATE, "from": ANA, "date": DATE, "old_chat_member": MEMBER}


def command(offset: int, length: int, kind: str = "bot_command") -> list[dict[str, Any]]:
    """Return the entities of a text with one command or mention."""
    return [{"type": kind, "offset": offset, "length": length}]


def message(**fields: Any) -> dict[str, Any]:
    """Return an update with a private message."""
    return {"update_id": 1, "message": {**BASE, **fields}}


def edit(**fields: Any) -> dict[str, Any]:
    """Return an update with an edited private message."""
    return {"update_id": 1, "edited_message": {**BASE, "edit_date": DATE, **fields}}


def tap(**fields: Any) -> dict[str, Any]:
    """Return an update with a tapped button."""
    query = {"id": "9", "from": ANA, "chat_instance": "1", "data": ":menu", **fields}
    return {"update_id": 1, "callback_query": query}


@pytest.fixture
async def parse() -> AsyncIterator[UpdateParser]:
    """Return the parser with the bot's handlers."""
    local = await local_bot(TOKEN, "Bro", "bro_bot")
    yield UpdateParser(local, HANDLERS)
    await local.shutdown()


CONTENTS: list[tuple[dict[str, Any], Content, str]] = [
    (message(text="Hej"), Wrote(), "Hej"),
    (message(text="/start@bro_bot  x y", entities=command(0, 14)), Called(), "/start@bro_bot  x y"),
    (message(text="min mand slår mig"), InDanger("violence"), "min mand slår mig"),
    (edit(text="min mand slår mig"), InDanger("violence"), "min mand slår mig"),
    (message(caption="STOP", photo=[{**PHOTO, "file_id": "f"}]), Stopped(), "STOP"),
    (edit(text="Hej igen"), Edited(), "Hej igen"),
    (edit(photo=[{**PHOTO, "file_id": "f"}]), Nothing(), ""),
    (
        message(photo=[{**PHOTO, "file_id": "s"}, {**PHOTO, "file_id": "f"}], caption="her"),
        Showed("photo", picture="f"),
        "her",
    ),
    (message(location=PLACE), Showed("place", place=[55.5, 12.5]), ""),
    (
        message(location=PLACE, venue={"location": PLACE, "title": "Havnen", "address": "Kaj 1"}),
        Showed("place", place=[55.5, 12.5]),
        "Havnen, Kaj 1",
    ),
    (message(contact={"phone_number": "1", "first_name": "Bo"}), Showed("contact"), ""),
    (message(dice={"emoji": "🎲", "value": 1}), Showed("other"), ""),
    (message(new_chat_title="x"), Nothing(), ""),
    (tap(message=BASE), Tapped(":menu", "9", 3), ""),
    (tap(inline_message_id="x"), Tapped(":menu", "9"), ""),
    ({"update_id": 1, "my_chat_member": {**GONE, "new_chat_member": KICKED}}, Reached(False), ""),  # noqa: FBT003 - a dataclass's only field
    (message(chat=GROUP, text="min mand slår mig"), Nothing(), ""),
    (message(chat=GROUP, text="😀 @Bro_bot hej", entities=command(3, 8, "mention")), InGroup(), ""),
    (message(text="Hej", **{"from": {**ANA, "is_bot": True}}), Nothing(), ""),
    ({"update_id": 1, "poll": {"question": "ja"}}, Nothing(), ""),
]


@pytest.mark.parametrize(("update", "content", "words"), CONTENTS)
async def test_contents(
    parse: UpdateParser, update: dict[str, Any], content: Content, words: str
) -> None:
    """Each kind of update has its content, and ignored updates keep no words."""
    found = await parse(update)
    assert (found.content, found.words) == (content, words)
    kept = json.loads(json.dumps(payload_of(found)))
    ignored = isinstance(content, Nothing)
    assert await incoming_of(kept, parse) == (Incoming() if ignored else found)
    assert ignored is (kept == {"incoming": {}})


async def test_metadata(parse: UpdateParser) -> None:
    """The metadata are those of the message, its sender and its chat."""
    fields = {"media_group_id": "a" * 300, "reply_to_message": {**BASE, "message_id": 2}}
    found = await parse(message(text="Hej", **fields))
    assert (found.chat_id, found.private, found.language, found.first_name) == (
        5,
        True,
        "en",
        "Ana",
    )
    assert (found.message_id, found.date, found.reply_to) == (3, DATE, 2)
    assert found.album == "a" * 200
    assert found.sent_at is not None
    assert found.sent_at.timestamp() == DATE
    named = metadata_of(message(**{"from": {**ANA, "first_name": f"Ana {MARK}"}}))
    assert named.first_name is None


async def test_the_content_of_other_messages_is_dropped(parse: UpdateParser) -> None:
    """Of the message that was tapped or replied to, only its ids and date are parsed."""
    other = {"message_id": 3, "date": DATE, "chat": PRIVATE}
    said = {**BASE, "text": "Hej", "reply_markup": {"inline_keyboard": []}}
    update = {**tap(message=said), **message(text="ja", reply_to_message=said)}
    short = trimmed(update)
    assert short["callback_query"]["message"] == other
    assert short["message"]["reply_to_message"] == other
    assert await parse(short) == await parse(update)
    odd = {"update_id": 1, "message": 7, "callback_query": {"message": None}}
    assert trimmed(odd) == odd


REFUSED: list[tuple[dict[str, Any], Content, str]] = [
    (message(text="Hej", date="i dag"), Wrote(), "Hej"),
    (message(text="/hjælp", entities=[None, *command(0, 6)]), Called(), "/hjælp"),
    (message(caption="her er det", photo=[{"file_id": 7}]), Showed("other"), "her er det"),
    (message(text="Hej", quote=7), Wrote(), "Hej"),
    (message(text="min mand slår mig", quote=7), InDanger("violence"), "min mand slår mig"),
    (edit(text="Hej igen", quote=7), Edited(), "Hej igen"),
    (
        message(chat=GROUP, text="@bro_bot hej", quote=7, entities=command(0, 8, "mention")),
        InGroup(),
        "",
    ),
    (message(chat=GROUP, text="hej", quote=7), Nothing(), ""),
    (message(text="Hej", quote=7, **{"from": {**ANA, "is_bot": True}}), Nothing(), ""),
    (tap(message=7), Tapped(":menu", "9"), ""),
    (tap(message=7, data=7), Nothing(), ""),
    ({"update_id": 1, "my_chat_member": 7}, Nothing(), ""),
]


@pytest.mark.parametrize(("update", "content", "words"), REFUSED)
async def test_an_update_that_is_refused(
    parse: UpdateParser,
    caplog: pytest.LogCaptureFixture,
    update: dict[str, Any],
    content: Content,
    words: str,
) -> None:
    """Where python-telegram-bot refuses an update, a plain copy is parsed."""
    found = await parse(update)
    assert (found.content, found.words) == (content, words)
    danger = isinstance(content, InDanger)
    assert [one.msg for one in caplog.records] == ([] if danger else ["update_refused"])


BEFORE = [
    ({"cpr": True, "delete": [[5, 3]]}, RemovedCpr(delete=[3])),
    ({"cpr": "clock", "delete": [[5, 3]]}, RemovedCpr(unsure=True, delete=[3])),
    (
        {"cpr": True, "delete": [[5, 2], [5, 3]], "scrub": True},
        RemovedCpr(delete=[2, 3], scrub=True),
    ),
]


@pytest.mark.parametrize(("cpr", "removed"), BEFORE)
async def test_a_row_of_an_earlier_version(
    parse: UpdateParser, cpr: dict[str, Any], removed: RemovedCpr
) -> None:
    """A row that holds the update itself has the same value as a new row."""
    found = await incoming_of({"update": message(text="Hej"), "cpr": cpr}, parse)
    assert (found.content, found.words, found.cpr) == (Wrote(), "Hej", removed)
    plain = await incoming_of({"update": message(text="Hej")}, parse)
    assert plain == await parse(message(text="Hej"))


async def test_a_number_over_the_lines_of_a_place(parse: UpdateParser) -> None:
    """A CPR number joined from a place's name and address is removed, and its half is known."""
    venue = {"location": PLACE, "title": "cpr 170461 nr", "address": "5007 Odense"}
    redacted = redact_update(message(location=PLACE, venue=venue))
    whole = received(redacted, await parse(redacted.update))
    assert "5007" not in whole.incoming.words
    assert whole.incoming.cpr == RemovedCpr(delete=[3])
    venue |= {"title": "Skolen", "address": "170461"}
    half = redact_update(message(location=PLACE, venue=venue))
    assert received(half, await parse(half.update)).tail


async def test_halves_of_the_own_words_alone(parse: UpdateParser) -> None:
    """Only the message's own words can be half of a split CPR number, not a quoted text."""
    for fields, tail, head in (
        ({"text": "170461"}, True, False),
        ({"caption": "170461", "photo": [{**PHOTO, "file_id": "x"}]}, True, False),
        ({"text": "5007"}, False, True),
        ({"text": "ja", "reply_to_message": {**BASE, "text": "170461"}}, False, False),
    ):
        redacted = redact_update(trimmed(message(**fields)))
        got = received(redacted, await parse(redacted.update))
        assert (got.tail, got.head) == (tail, head)


async def test_a_row_without_an_update(parse: UpdateParser) -> None:
    """A row of ids only has an empty value, in the form of any version."""
    for payload in ({"unreadable": "X"}, {"update": {"update_id": 1}, "unreadable": "X"}):
        found = await incoming_of(payload, parse)
        assert (found.content, found.words) == (Nothing(), "")


@pytest.mark.parametrize("words", ["Hvornår åbner biblioteket?", "min mand slår mig", "STOP"])
async def test_danger_is_searched_once(
    chat: Chat, monkeypatch: pytest.MonkeyPatch, words: str
) -> None:
    """The intake searches each message once for danger, and its finding is stored."""
    searched = []
    find = dangers.kinds_in

    def counted(text: str, index: Any) -> Any:
        searched.append(text)
        return find(text, index)

    monkeypatch.setattr(dangers, "kinds_in", counted)
    store, bot = await chat.open()
    chat.world.say(102, words)
    await bot.settle()
    await bot.close()
    await store.close()
    assert searched == [words]


@pytest.mark.parametrize("words", ["/hjælp", "min mand slår mig", "Hvornår åbner biblioteket?"])
async def test_an_earlier_row_is_answered_alike(chat: Chat, words: str) -> None:
    """A waiting row with the update itself, as version 0.2.0 wrote it, has the same answer."""
    store, bot = await chat.open()
    people, answers = (102, 103), []
    for user in people:
        chat.world.say(user, "/start")
    await bot.settle()
    for user in people:
        log = chat.world.bots[TOKEN].chats[user].log
        known = len(log)
        body = chat.world.say(user, words).as_json()
        await bot.poller.step()
        if user == people[-1]:
            async with store.unit() as unit:
                (row,) = await unit.inbox.heads(9)
                payload = {"update": {"update_id": int(row.key), "message": body}}
                await unit.inbox.rewrite(row.source, row.key, payload)
        await bot.settle()
        answers.append([one.text for one in log[known:] if one.kind == "sent"])
    async with store.reading() as unit:
        tasks = [task.kind for task in await unit.tasks.open()]
    await bot.close()
    await store.close()
    assert answers[0] == answers[1] != []
    assert tasks == (["danger"] * 2 if "slår" in words else [])
