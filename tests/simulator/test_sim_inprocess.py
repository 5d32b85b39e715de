"""The face without a network; limits and faults."""

from __future__ import annotations

import time

import pytest
from sim_town import ANA, BO, TOKEN, Town

from bot.errors import Ambiguous, ApiError, Unreachable
from bot.simulator import Fault, FaultKind, InProcessApi, Limits

HELLO = {"chat_id": ANA, "text": "Hello"}


def sends(town: Town, chat_id: int, count: int) -> tuple[int, float | None]:
    """Send *count* messages; return how many went and what the refusal asked for."""
    for number in range(count):
        try:
            town.call("sendMessage", chat_id=chat_id, text=str(number))
        except ApiError as error:
            return number, error.retry_after
    return count, None


async def test_calls_the_world(town: Town) -> None:
    """A call returns Telegram's result, or raises its error; polling does not wait."""
    api = InProcessApi(town.world, TOKEN)
    assert (await api.call("sendMessage", HELLO))["text"] == "Hello"
    assert await api.call("getUpdates", {"timeout": 50}) == []
    with pytest.raises(ApiError, match="chat not found"):
        await api.call("sendMessage", HELLO | {"chat_id": BO})
    await api.close()


async def test_downloads(town: Town) -> None:
    """A file comes by the path that getFile gave."""
    api = InProcessApi(town.world, TOKEN)
    sent = town.world.send_document(ANA, "a.txt", b"text")
    file = await api.call("getFile", {"file_id": sent.body["document"]["file_id"]})
    assert await api.download(file["file_path"]) == b"text"


async def test_an_absent_telegram_carries_nothing_out(town: Town) -> None:
    """AWAY is unreachable, and surely not done."""
    api = InProcessApi(town.world, TOKEN)
    away = town.world.faults.add(Fault(FaultKind.AWAY))
    with pytest.raises(Unreachable):
        await api.call("sendMessage", HELLO)
    town.world.faults.remove(away)
    assert (await api.call("sendMessage", HELLO))["message_id"] == 1


async def test_a_dropped_answer_was_carried_out(town: Town) -> None:
    """DROP is ambiguous: the message is there."""
    api = InProcessApi(town.world, TOKEN)
    town.world.faults.add(Fault(FaultKind.DROP, method="sendMessage", times=1))
    with pytest.raises(Ambiguous):
        await api.call("sendMessage", HELLO)
    assert (await api.call("sendMessage", HELLO))["message_id"] == 2


async def test_a_dropped_refusal_is_ambiguous_too(town: Town) -> None:
    """Without an answer nobody knows that it was a refusal."""
    api = InProcessApi(town.world, TOKEN)
    town.world.faults.add(Fault(FaultKind.DROP))
    with pytest.raises(Ambiguous):
        await api.call("sendMessage", HELLO | {"text": ""})


async def test_a_slow_answer_waits_no_longer_than_the_timeout(town: Town) -> None:
    """SLOW answers late, or is ambiguous where it is later than the caller waits."""
    api = InProcessApi(town.world, TOKEN)
    slow = town.world.faults.add(Fault(FaultKind.SLOW, delay=0.02))
    began = time.perf_counter()
    await api.call("sendMessage", HELLO)
    assert time.perf_counter() - began >= 0.02
    slow.delay = 60.0
    with pytest.raises(Ambiguous):
        await api.call("sendMessage", HELLO, timeout=0.01)


def test_faults_strike_by_method_chat_and_count(town: Town) -> None:
    """A fault meets only what it names, as often as it says."""
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
    """The sixth message at once is told to wait a second, and then goes."""
    paced = [0.0]
    town = Town(limits=Limits(), pace=lambda: paced[0])
    assert sends(town, ANA, 9) == (5, 1.0)
    assert sends(town, ANA, 1) == (0, 1.0)
    paced[0] += 1.0
    assert sends(town, ANA, 2) == (1, 1.0)


def test_a_group_takes_twenty_a_minute() -> None:
    """The next is told how long to wait."""
    town = Town(limits=Limits())
    town.world.add_group(-5, "Vejen")
    assert sends(town, -5, 25) == (20, 3.0)


def test_the_bot_takes_thirty_a_second() -> None:
    """Many chats together have a limit too; edits count, refusals do not."""
    town = Town(limits=Limits())
    for user_id in range(100, 140):
        town.world.add_user(user_id, "N")
    town.call("sendMessage", chat_id=100, text="x")
    town.call("editMessageText", chat_id=100, message_id=1, text="y")
    went = sum(sends(town, user_id, 1)[0] for user_id in range(100, 140))
    assert went == 28


def test_there_are_no_limits_unless_they_are_switched_on(town: Town) -> None:
    """A chat test in which time stands still is not told to wait."""
    assert sends(town, ANA, 100) == (100, None)
