"""Calls stay within Telegram's rate limits and pause as long as a 429 demands."""

from __future__ import annotations

from itertools import pairwise

import pytest

from bot.transport.pacing import Pacing, Unpaced

ANA, BO, GROUP = 1, 2, -100


def speak(pacing: Pacing, chat: int, seconds: float, start: float = 1000.0) -> list[float]:
    """Call *chat* whenever allowed, trying every 10 ms; return the times."""
    said = []
    for tick in range(round(seconds * 100)):
        now = start + tick / 100
        if pacing.room(now) and chat not in pacing.busy(now):
            pacing.took(chat, now)
            said.append(now)
    return said


def test_a_private_chat_takes_a_short_burst_and_then_one_a_second() -> None:
    """Three calls go at once; after them one a second."""
    said = speak(Pacing(), ANA, 5)
    assert said[2] - said[0] < 0.2
    gaps = [round(later - earlier) for earlier, later in pairwise(said[2:])]
    assert gaps == [1] * len(gaps)
    assert len(said) == 7


def test_a_group_takes_twenty_and_then_one_every_three_seconds() -> None:
    """A burst of twenty calls, refilled over a minute: Telegram's limit for groups."""
    said = speak(Pacing(), GROUP, 31)
    assert said[19] - said[0] < 1
    assert len(said) == 30
    assert round(said[-1] - said[-2]) == 3


def test_a_burst_comes_back_with_silence() -> None:
    """After a minute without calls the full burst is available."""
    pacing = Pacing()
    speak(pacing, ANA, 3)
    said = speak(pacing, ANA, 0.3, start=1060.0)
    assert len(said) == 3


def test_thirty_a_second_overall() -> None:
    """No second has more than thirty calls, however many chats there are."""
    pacing, said = Pacing(), []
    for tick in range(3000):
        now = 1000 + tick / 1000
        if pacing.room(now):
            pacing.took(5000 + tick, now)
            said.append(now)
    assert len(said) >= 90
    assert all(sum(at <= other < at + 1 for other in said) <= 30 for at in said)


def test_who_comes_late_catches_up() -> None:
    """Irregular polling loses no capacity: 10 s allow close to 300 calls."""
    pacing, said, now = Pacing(), [], 1000.0
    while now < 1010:
        for _one in range(pacing.room(now)):
            pacing.took(5000 + len(said), now)
            said.append(now)
        now += 0.017 if len(said) % 40 else 0.13
    assert 297 <= len(said) <= 301
    assert all(sum(at <= other < at + 1 for other in said) <= 30 for at in said)


def test_calls_are_spread_over_the_second() -> None:
    """After a pause six calls go at once, then one every 1/30 s."""
    pacing, said = Pacing(), []
    for tick in range(500):
        for _one in range(pacing.room(1000 + tick / 1000)):
            pacing.took(5000 + len(said), 1000 + tick / 1000)
            said.append(tick)
    assert said[5] == 0
    assert all(32 <= later - earlier <= 35 for earlier, later in pairwise(said[5:]))


def test_one_chat_does_not_hold_another() -> None:
    """A chat without capacity is busy, while other chats are not."""
    pacing = Pacing()
    for _time in range(3):
        pacing.took(ANA, 1000.0)
    assert pacing.busy(1000.0) == {ANA}
    assert pacing.room(1001.0)


def test_a_429_pauses_its_chat_for_as_long_as_it_says() -> None:
    """A 429 makes the chat busy for exactly retry_after."""
    pacing = Pacing()
    pacing.limited(ANA, 7, 1000.0)
    assert pacing.busy(1006.9) == {ANA}
    assert pacing.busy(1007.0) == set()


def test_a_429_gives_everyone_a_breath() -> None:
    """A 429 pauses all chats for 1 s."""
    pacing = Pacing()
    pacing.limited(ANA, 30, 1000.0)
    assert pacing.room(1000.9) == 0
    assert pacing.room(1001.0) == 1
    assert BO not in pacing.busy(1001.0)


def test_a_shorter_429_does_not_shorten_a_longer_one() -> None:
    """A later, shorter 429 does not shorten the pause."""
    pacing = Pacing()
    pacing.limited(ANA, 30, 1000.0)
    pacing.limited(ANA, 2, 1001.0)
    assert pacing.busy(1029.0) == {ANA}


def test_the_same_chat_twice_is_not_everyone() -> None:
    """Two 429s of the same chat do not pause all chats."""
    pacing = Pacing()
    pacing.limited(ANA, 30, 1000.0)
    pacing.limited(ANA, 30, 1001.0)
    assert pacing.everyone == 0


def test_a_second_chat_after_the_first_pause_is_not_everyone() -> None:
    """429s of two chats whose pauses do not overlap do not pause all chats."""
    pacing = Pacing()
    pacing.limited(ANA, 3, 1000.0)
    pacing.limited(BO, 30, 1004.0)
    assert pacing.everyone == 0


def test_a_second_chats_429_makes_the_pause_everyones() -> None:
    """Overlapping 429s of two chats pause all chats but for one trial call a second."""
    pacing = Pacing()
    pacing.limited(ANA, 30, 1000.0)
    pacing.limited(BO, 20, 1001.0)
    said = [tick / 10 for tick in range(10020, 10100) if _probe(pacing, tick / 10, tick)]
    assert len(said) == 8
    assert all(later - earlier >= 1 for earlier, later in pairwise(said))


def _probe(pacing: Pacing, now: float, chat: int) -> bool:
    """Make a call to another chat if there is capacity."""
    room = pacing.room(now)
    if room:
        pacing.took(chat, now)
    return bool(room)


def test_a_success_ends_everyones_pause_but_not_the_chats_own() -> None:
    """A successful call ends the pause of all chats, but not those of the two."""
    pacing = Pacing()
    pacing.limited(ANA, 30, 1000.0)
    pacing.limited(BO, 20, 1001.0)
    pacing.took(77, 1002.0)
    assert pacing.room(1002.5) == 0
    pacing.succeeded()
    assert pacing.room(1002.5) >= 1
    assert pacing.busy(1002.5) == {ANA, BO}


def test_everyones_pause_ends_by_itself() -> None:
    """The pause of all chats ends after retry_after."""
    pacing = Pacing()
    pacing.limited(ANA, 5, 1000.0)
    pacing.limited(BO, 5, 1001.0)
    pacing.took(77, 1005.9)
    assert pacing.room(1006.0)


def test_it_is_worth_looking_again_when_a_pause_ends() -> None:
    """The next time is the end of the 1 s pause, then the next trial call."""
    pacing = Pacing()
    pacing.limited(ANA, 30, 1000.0)
    assert pacing.next_time(1000.2) == pytest.approx(0.8)
    pacing.limited(BO, 20, 1001.0)
    pacing.took(77, 1002.0)
    assert pacing.next_time(1002.2) == pytest.approx(0.8)


def test_the_next_token_is_not_slept_through() -> None:
    """After a call the next time is 1/30 s later."""
    pacing = Pacing()
    for chat in range(ANA, ANA + pacing.room(1000.0)):
        pacing.took(chat, 1000.0)
    assert pacing.next_time(1000.0) == pytest.approx(1 / 30)


def test_chats_that_have_been_silent_are_forgotten() -> None:
    """Unused chats are removed from memory."""
    pacing = Pacing()
    for chat in range(1, 101):
        pacing.took(chat, 1000.0)
    for second in range(1000, 1700, 2):
        pacing.busy(float(second))
    assert not pacing.chats


def test_unpaced_knows_no_limit_but_telegrams_word() -> None:
    """`Unpaced` limits no chat by itself but obeys a 429."""
    pacing = Unpaced()
    for _time in range(50):
        pacing.took(ANA, 1000.0)
    assert (pacing.room(1000.0), pacing.busy(1000.0)) == (30, set())
    pacing.limited(ANA, 5, 1000.0)
    assert (pacing.room(1000.5), pacing.busy(1000.5)) == (0, {ANA})
