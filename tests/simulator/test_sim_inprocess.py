"""Test the in-process Bot API: results, limits and faults."""

from __future__ import annotations

import time

import pytest
from sim_town import ANA, BO, TOKEN, Town

from bot.errors import Ambiguous, ApiError, Unreachable
from bot.simulator import Fault, FaultKind, InProcessApi, Limits

HELLO = {"chat_id": ANA, "text": "Hello"}


def sends(town: Town, chat_id: int, count: int) -> tuple[int, float | None]:
    """Send *count* messages; return how many succeeded and the retry_after of the refusal."""
    for number in range(count):
        try:
            town.call("sendMessage", chat_id=chat_id, text=str(number))
        except ApiError as error:
            return number, error.retry_after
    return count, None


async def test_calls_the_world(town: Town) -> None:
    """A call returns Telegram's result or raises its error; getUpdates does not wait."""
    api = InProcessApi(town.world, TOKEN)
    assert (await api.call("sendMessage", HELLO))["text"] == "Hello"
    assert await api.call("getUpdates", {"timeout": 50}) == []
    with pytest.raises(ApiError, match="chat not found"):
        await api.call("sendMessage", HELLO | {"chat_id": BO})
    await api.close()


async def test_downloads(town: Town) -> None:
    """A file is downloaded by the path from getFile."""
    api = InProcessApi(town.world, TOKEN)
    sent = town.world.send_document(ANA, "a.txt", b"text")
    file = await api.call("getFile", {"file_id": sent.body["document"]["file_id"]})
    assert await api.download(file["file_path"]) == b"text"


async def test_an_absent_telegram_carries_nothing_out(town: Town) -> None:
    """AWAY raises `Unreachable`, and the call is surely not carried out."""
    api = InProcessApi(town.world, TOKEN)
    away = town.world.faults.add(Fault(FaultKind.AWAY))
    with pytest.raises(Unreachable):
        await api.call("sendMessage", HELLO)
    town.world.faults.remove(away)
    assert (await api.call("sendMessage", HELLO))["message_id"] == 1


async def test_a_dropped_answer_was_carried_out(town: Town) -> None:
    """DROP raises an ambiguous error although the message was sent."""
    api = InProcessApi(town.world, TOKEN)
    town.world.faults.add(Fault(FaultKind.DROP, method="sendMessage", times=1))
    with pytest.raises(Ambiguous):
        await api.call("sendMessage", HELLO)
    assert (await api.call("sendMessage", HELLO))["message_id"] == 2


async def test_a_dropped_refusal_is_ambiguous_too(town: Town) -> None:
    """A dropped refusal is ambiguous too, as the caller cannot know that it was refused."""
    api = InProcessApi(town.world, TOKEN)
    town.world.faults.add(Fault(FaultKind.DROP))
    with pytest.raises(Ambiguous):
        await api.call("sendMessage", HELLO | {"text": ""})


async def test_a_slow_answer_waits_no_longer_than_the_timeout(town: Town) -> None:
    """SLOW answers late, or raises an ambiguous error after the caller's timeout."""
    api = InProcessApi(town.world, TOKEN)
    slow = town.world.faults.add(Fault(FaultKind.SLOW, delay=0.02))
    began = time.perf_counter()
    await api.call("sendMessage", HELLO)
    assert time.perf_counter() - began >= 0.02
    slow.delay = 60.0
    with pytest.raises(Ambiguous):
        await api.call("sendMessage", HELLO, timeout=0.01)


def test_faults_strike_by_method_chat_and_count(town: Town) -> None:
    """A fault affects only its method and chat, and only `times` calls."""
    town.world.say(BO, "hi")
    town.world.faults.add(Fault(FaultKind.FLOOD, chat_id=ANA, times=1, retry_after=7))
    town.world.faults.add(Fault(FaultKind.ERROR, method="getMe"))
    assert town.call("sendMessage", chat_id=BO, text="x")
    with pytest.raises(ApiError, match="retry after 7") as caught:
        town.call("sendMessage", **HELLO)
    assert caught.value.retry_after == 7
    assert town.call("sendMessage", **HELLO)
    assert town.fault("getMe") == "500 Internal Server Error"
    town.world.faults.clear()
    assert town.call("getMe")


def test_a_private_chat_takes_one_a_second_after_a_burst() -> None:
    """The sixth message of a burst gets retry_after 1 and succeeds a second later."""
    paced = [0.0]
    town = Town(limits=Limits(), pace=lambda: paced[0])
    assert sends(town, ANA, 9) == (5, 1.0)
    assert sends(town, ANA, 1) == (0, 1.0)
    paced[0] += 1.0
    assert sends(town, ANA, 2) == (1, 1.0)


def test_a_group_takes_twenty_a_minute() -> None:
    """The 21st message within a minute is refused with the seconds to wait."""
    town = Town(limits=Limits())
    town.world.add_group(-5, "Vejen")
    assert sends(town, -5, 25) == (20, 3.0)


def test_the_bot_takes_thirty_a_second() -> None:
    """Calls to all chats share a limit; edits count, refusals do not."""
    town = Town(limits=Limits())
    for user_id in range(100, 140):
        town.world.add_user(user_id, "N")
    town.call("sendMessage", chat_id=100, text="x")
    town.call("editMessageText", chat_id=100, message_id=1, text="y")
    went = sum(sends(town, user_id, 1)[0] for user_id in range(100, 140))
    assert went == 28


def test_there_are_no_limits_unless_they_are_switched_on(town: Town) -> None:
    """Without limits switched on, no call is refused although the clock stands still."""
    assert sends(town, ANA, 100) == (100, None)
