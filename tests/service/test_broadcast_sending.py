"""Broadcasts are sent once to each recipient, at a fit hour, and can be held at any moment."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from broadcast_town import EVERYONE, LONE, METTE, WORDS, BroadcastTown
from reminder_town import local

from bot.model.broadcast import WARNINGS, BroadcastState
from bot.model.commands.broadcasts import (
    AnswerBroadcast,
    ApproveCorrection,
    CorrectBroadcast,
    PauseBroadcast,
    RemindSilent,
    ResumeBroadcast,
    StopBroadcast,
)
from bot.model.commands.reminders import MuteTopic
from bot.runner import broadcasts as rendering
from bot.service.broadcasts import sending
from bot.simulator.faults import Fault, FaultKind

MONDAY = local(11, 23, 10)
QUESTION = {"options": [{"key": "yes", "labels": {"da": "Ja"}}], "own_words": True}
ASKS = {"question": QUESTION, "decider": "Byrådet"}
AGAIN = "Du har ikke svaret endnu"


@pytest.fixture
async def town(database_url: str) -> AsyncIterator[BroadcastTown]:
    """Return a town with three readers; the audit finds nothing at the end."""
    made = BroadcastTown(database_url)
    await made.begin("Ana", "Jens", "Samira")
    yield made
    await made.is_sound()
    await made.chat.close()


# -- hours, limits and reasons --------------------------------------------


async def test_quiet_hours_of_town_and_person(town: BroadcastTown) -> None:
    """A message waits for the morning, and for the person's own morning, with the reason."""
    await town.run("UPDATE person SET quiet_from = 1140, quiet_until = 600 WHERE lane = 'tg:102'")
    await town.until(local(11, 23, 21))
    made = await town.approve()
    await town.until(local(11, 23, 21, 5))
    assert await town.outcomes_of(made) == {"planned quiet": 3}
    await town.until(local(11, 24, 9))
    assert (town.got("Samira", WORDS), town.got("Jens", WORDS)) == (1, 0)
    await town.until(local(11, 24, 10, 1))
    assert town.got("Jens", WORDS) == 1
    assert (await town.news(made)).state is BroadcastState.SENT


async def test_a_message_in_hand_at_the_quiet_hour(town: BroadcastTown) -> None:
    """What the courier has at 20:00 waits in the ledger, and the town's clock may change."""
    await town.until(local(3, 27, 19, 59, year=2027))  # the clock is set forward in the night
    made = await town.approve()
    town.chat.world.faults.add(Fault(FaultKind.FLOOD, "sendMessage", 103, retry_after=90, times=1))
    await town.until(local(3, 27, 20, 10, year=2027))
    assert await town.outcomes_of(made) == {"sent": 2, "planned quiet": 1}
    await town.until(local(3, 30, 8, 2, year=2027))  # after Sunday and Easter Monday
    assert await town.outcomes_of(made) == {"sent": 3}
    assert town.got("Samira", WORDS) == 1


async def test_two_a_week_and_expiry(town: BroadcastTown) -> None:
    """The third of a week waits for Monday, or is withheld where it would be too late."""
    for _number in range(2):
        await town.approve()
        await town.until(town.chat.clock.now() + timedelta(minutes=2))
    third = await town.approve()
    late = await town.approve(expires_at=local(11, 27, 12))
    await town.until(local(11, 29, 12))
    assert town.got("Jens", WORDS) == 2
    assert await town.outcomes_of(third) == {"planned cap": 3}
    assert await town.outcomes_of(late) == {"skipped cap": 3}
    await town.until(local(11, 30, 8, 1))
    assert await town.outcomes_of(third) == {"sent": 3}


async def test_too_late(town: BroadcastTown) -> None:
    """What could not begin in time reaches nobody, and says so."""
    made = await town.approve(starts_at=local(11, 23, 12), expires_at=local(11, 23, 13))
    await town.down_until(local(11, 23, 15))
    assert await town.outcomes_of(made) == {"expired too_late": 3}
    assert town.got("Jens", WORDS) == 0


async def test_reasons_of_those_who_do_not_get_it(town: BroadcastTown) -> None:
    """A break, a mute, a withdrawn consent, an angry case, an earlier one: each has its reason."""
    first = await town.approve()
    await town.until(local(11, 23, 10, 5))
    person, _participant = await town.person("Jens")
    await town.do(MuteTopic(person, "nature"))
    await town.chat.play("Samira: Jeg vil klage over, at I ikke har tømt min skraldespand")
    made = await town.approve(starts_at=local(11, 26, 12), spares_cases=False)
    await town.until(local(11, 26, 12, 5))
    assert await town.outcomes_of(made) == {"sent": 1, "skipped muted": 1, "skipped no_promo": 1}
    again = await town.approve("For those who come back", excludes=[first])
    await town.until(local(11, 26, 12, 15))
    assert await town.outcomes_of(again) == {
        "skipped got_it": 1,
        "skipped muted": 1,
        "skipped no_promo": 1,
    }


async def test_no_text_for_a_reader(town: BroadcastTown) -> None:
    """Readers without a text in their language get none, where staff chose that."""
    made = await town.approve(others="none")
    await town.until(local(11, 23, 10, 5))
    assert await town.outcomes_of(made) == {"sent": 2, "skipped no_text": 1}


async def test_stop_word_while_it_is_on_its_way(town: BroadcastTown) -> None:
    """STOP takes back what the courier has, and the ledger says why."""
    town.chat.world.faults.add(Fault(FaultKind.FLOOD, "sendMessage", 102, retry_after=120, times=1))
    made = await town.approve()
    await town.until(local(11, 23, 10, 1))
    assert (await town.outcomes_of(made))["queued"] == 1
    await town.chat.play("Jens: stop")
    await town.until(local(11, 23, 10, 5))
    assert await town.outcomes_of(made) == {"sent": 2, "skipped no_consent": 1}
    assert (await town.news(made)).state is BroadcastState.SENT
    assert town.got("Jens", WORDS) == 0


async def test_blocked_and_back(town: BroadcastTown) -> None:
    """Who has blocked the bot is marked; who writes again is reached again."""
    await town.chat.play("Jens blocks")
    async with town.unit() as unit:  # as if Telegram had not told of it
        person = await unit.people.by_lane("tg:102")
        assert person is not None
        await unit.people.reach(person.id, reachable=True)
    made = await town.approve()
    await town.until(local(11, 23, 10, 5))
    assert await town.outcomes_of(made) == {"sent": 2, "skipped unreachable": 1}
    async with town.unit() as unit:
        assert not (await unit.people.get(person.id)).reachable
    # Telegram does not tell that Jens is back, either.
    next(iter(town.chat.world.bots.values())).chats[102].blocked = False
    town.chat.world.say(102, "hjælp")
    await town.until(local(11, 23, 10, 6))
    async with town.unit() as unit:
        assert (await unit.people.get(person.id)).reachable


# -- pause, stop, resume --------------------------------------------------


async def held_back(town: BroadcastTown, **fields: object) -> int:
    """Begin a broadcast whose messages Telegram refuses for a while; return its id."""
    for who in (101, 102, 103):
        town.chat.world.faults.add(
            Fault(FaultKind.FLOOD, "sendMessage", who, retry_after=120, times=1)
        )
    made = await town.approve(**fields)
    await town.until(local(11, 23, 10, 1))
    return made


async def test_pause_resume(town: BroadcastTown) -> None:
    """A pause takes back all that is not sent; resuming sends the rest once. Clicks may double."""
    made = await held_back(town)
    for _click in range(2):
        assert await town.do(PauseBroadcast(METTE, made)) == made
    assert await town.outcomes_of(made) == {"planned": 3}
    await town.until(local(11, 23, 11))
    assert town.got("Jens", WORDS) == 0
    for _click in range(2):
        assert await town.do(ResumeBroadcast(METTE, made)) == made
    await town.until(local(11, 23, 11, 2))
    assert await town.outcomes_of(made) == {"sent": 3}
    assert town.got("Jens", WORDS) == 1


async def test_stop_is_for_good(town: BroadcastTown) -> None:
    """A stop gives the rest its reason; nothing is sent later, and it cannot be resumed."""
    made = await held_back(town)
    for _click in range(2):
        assert await town.do(StopBroadcast(METTE, made)) == made
    await town.until(local(11, 23, 11))
    assert await town.outcomes_of(made) == {"cancelled ended": 3}
    assert not isinstance(await town.do(ResumeBroadcast(METTE, made)), int)
    assert town.got("Jens", WORDS) == 0


async def test_a_message_perhaps_sent_before_a_stop(town: BroadcastTown) -> None:
    """Where Telegram's answer was lost before a stop, the ledger says that it is not known."""
    town.chat.world.faults.add(Fault(FaultKind.DROP, "sendMessage", 102, times=1))
    made = await town.approve()
    await town.wait(0.5)
    assert await town.do(StopBroadcast(METTE, made)) == made
    await town.until(local(11, 23, 11))
    assert await town.outcomes_of(made) == {"sent": 2, "cancelled unconfirmed": 1}


async def test_a_lost_answer_is_listed(town: BroadcastTown) -> None:
    """A message whose answer was lost is sent again, and listed as perhaps sent twice."""
    town.chat.world.faults.add(Fault(FaultKind.DROP, "sendMessage", 102, times=1))
    made = await town.approve()
    await town.until(local(11, 23, 10, 5))
    assert await town.outcomes_of(made) == {"sent": 2, "sent repeated": 1}
    assert town.got("Jens", WORDS) == 2


# -- corrections ----------------------------------------------------------

NEW = "Engen slås på søndag kl. 10."


async def corrected(town: BroadcastTown, made: int) -> None:
    """Correct a broadcast as Mette and let Lone approve it, twice."""
    edition = await town.do(CorrectBroadcast(METTE, made, {"da": NEW}))
    for _click in range(2):
        assert await town.do(ApproveCorrection(LONE, made, edition)) == made


def edits(town: BroadcastTown, who: int) -> int:
    """Return how often a citizen's messages were edited to the new text."""
    chat = next(iter(town.chat.world.bots.values())).chats[who]
    return sum(seen.kind == "edited" and NEW in (seen.text or "") for seen in chat.log)


async def test_more_corrections_than_a_batch(
    town: BroadcastTown, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each is corrected once, also with more messages than a batch, and while it is paused."""
    monkeypatch.setattr(sending, "BATCH", 1)
    monkeypatch.setattr(sending, "LOW", 1)
    made = await town.approve()
    await town.until(local(11, 23, 10, 2))
    await corrected(town, made)
    await town.until(local(11, 23, 10, 4))
    assert [edits(town, who) for who in (101, 102, 103)] == [1, 1, 1]


async def test_a_correction_of_what_is_not_sent_yet(town: BroadcastTown) -> None:
    """Who is not reached yet gets the corrected text; a stop beside the approval holds."""
    made = await held_back(town)
    await corrected(town, made)
    await town.until(local(11, 23, 10, 5))
    assert [town.got(name, NEW) for name in ("Ana", "Jens", "Samira")] == [1, 1, 1]
    assert [edits(town, who) for who in (101, 102, 103)] == [0, 0, 0]
    stopped = await town.approve(starts_at=local(11, 23, 11))
    await town.until(local(11, 23, 10, 59))
    for who in (101, 102):
        town.chat.world.faults.add(
            Fault(FaultKind.FLOOD, "sendMessage", who, retry_after=120, times=1)
        )
    await town.until(local(11, 23, 11, 1))
    edition = await town.do(CorrectBroadcast(METTE, stopped, {"da": NEW}))
    await town.do(StopBroadcast(METTE, stopped))
    await town.do(ApproveCorrection(LONE, stopped, edition))
    await town.until(local(11, 23, 11, 5))
    assert await town.outcomes_of(stopped) == {"sent": 1, "cancelled ended": 2}
    assert edits(town, 103) == 1


# -- one poisoned row -----------------------------------------------------


async def test_one_message_that_cannot_be_made(
    town: BroadcastTown, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A recipient for whom the message cannot be made does not hold up the others."""
    make = rendering._Rendered.call

    def call(self: rendering._Rendered, reader: str, number: int, chat: int) -> object:
        if chat == 102:
            raise ValueError("poison")
        return make(self, reader, number, chat)

    monkeypatch.setattr(rendering._Rendered, "call", call)
    made = await town.approve()
    await town.until(local(11, 23, 10, 5))
    assert await town.outcomes_of(made) == {"sent": 2, "skipped failed": 1}


async def test_a_batch_that_raises(town: BroadcastTown, monkeypatch: pytest.MonkeyPatch) -> None:
    """A batch that raises until its timer is set aside is tried again ten minutes later."""
    judge = sending.next_batch

    async def fail(*_all: object) -> object:
        raise RuntimeError

    monkeypatch.setattr(sending, "next_batch", fail)
    made = await town.approve()
    await town.until(local(11, 23, 10, 2))
    monkeypatch.setattr(sending, "next_batch", judge)
    await town.until(local(11, 23, 10, 20))
    assert await town.outcomes_of(made) == {"sent": 3}


# -- the silent -----------------------------------------------------------


async def test_the_silent_are_asked_again_once(town: BroadcastTown) -> None:
    """Those are asked who have neither answered nor stopped, outside quiet hours."""
    made = await town.approve(**ASKS)
    await town.until(local(11, 23, 20, 30))
    delivery = await town.delivery_to("Ana", made)
    person, _participant = await town.person("Ana")
    for _click in range(2):
        await town.do(RemindSilent(METTE, made))
    await town.until(local(11, 23, 21))
    assert [town.got(name, AGAIN) for name in ("Jens", "Samira")] == [0, 0]
    await town.do(AnswerBroadcast(person, delivery.id, key="yes"))  # in the evening
    await town.chat.play("Samira: stop")
    await town.until(local(11, 24, 9))
    await town.do(RemindSilent(METTE, made))
    await town.until(local(11, 24, 12))
    assert [town.got(name, AGAIN) for name in ("Jens", "Samira")] == [1, 0]
    assert town.got("Ana", "You have not answered") == 0


# -- spread and series ----------------------------------------------------


async def test_spread_over_hours(town: BroadcastTown) -> None:
    """A spread broadcast takes its time, and goes on after the night."""
    await town.until(local(11, 23, 19))
    made = await town.approve(spread=120)
    await town.until(local(11, 23, 21))
    at = sorted(one.planned_at for one in await town.recipients(made))
    assert at[0] < at[-1]
    known = await town.news(made)
    async with town.unit() as unit:
        moments = sending.moments(unit, known)
    assert len(moments) == sending.MOST_SLOTS
    before = [one for one in moments if one < local(11, 23, 20)]
    after = [one for one in moments if one >= local(11, 24, 8)]
    assert len(before) + len(after) == len(moments)
    assert abs(len(before) - len(after)) <= 1
    assert after[-1] <= local(11, 24, 9)
    await town.until(local(11, 24, 9, 5))
    assert await town.outcomes_of(made) == {"sent": 3}


WEEKLY = {"unit": "week", "starts_on": "2026-11-24", "at": "10:00", "weekdays": [1]}
DAILY = {"unit": "day", "starts_on": "2026-11-24", "at": "10:00"}


async def occurrences(town: BroadcastTown, series: int) -> list[int]:
    """Return the ids of the occurrences of a series."""
    async with town.unit() as unit:
        found = await unit.broadcasts.listed(tuple(BroadcastState), 100)
    return sorted(one.id for one in found if one.series_id == series)


async def test_each_occurrence_has_its_own_audience(town: BroadcastTown) -> None:
    """A series is approved once; each occurrence has its ledger, at its hour in summer time too."""
    series = await town.approve(rule=WEEKLY)
    await town.until(local(11, 24, 12))
    await town.chat.play("Jens: stop")
    await town.begin("Karen")
    await town.until(local(12, 1, 12))
    first, second = await occurrences(town, series)
    assert await town.outcomes_of(first) == {"sent": 3}
    assert await town.outcomes_of(second) == {"sent": 3}
    assert [town.got(name, WORDS) for name in ("Ana", "Jens", "Karen")] == [2, 1, 1]
    await town.until(local(3, 30, 10, 2, year=2027))  # in summer time since Sunday
    newest = await town.news((await occurrences(town, series))[-1])
    assert newest.began_at is not None
    assert local(3, 30, 10, year=2027) <= newest.began_at <= local(3, 30, 10, 1, year=2027)
    await town.do(StopBroadcast(METTE, series))
    so_far = len(await occurrences(town, series))
    await town.until(local(4, 20, 12, year=2027))
    assert len(await occurrences(town, series)) == so_far


@pytest.mark.parametrize(("hour", "made"), [(20, 1), (9, 0)])
async def test_occurrences_missed_while_down(town: BroadcastTown, hour: int, made: int) -> None:
    """After days without the bot one occurrence is made; none where the next one is nearer."""
    series = await town.approve(rule=DAILY)
    await town.down_until(local(11, 27, 14 if hour == 20 else 9))
    assert len(await occurrences(town, series)) == made


async def test_the_last_occurrence_ends_a_series(town: BroadcastTown) -> None:
    """A series without a coming day is over."""
    series = await town.approve(rule={**DAILY, "count": 1})
    await town.until(local(11, 24, 12))
    assert len(await occurrences(town, series)) == 1
    assert (await town.news(series)).state is BroadcastState.SENT


# -- warnings -------------------------------------------------------------


async def test_a_warning_knows_no_quiet_hours(town: BroadcastTown) -> None:
    """A warning has its own consent, and neither hours, limit nor case withhold it."""
    await town.consent_to_warnings("Jens", "Samira")
    await town.chat.play("Samira: Jeg vil klage over, at I ikke har tømt min skraldespand")
    await town.until(local(11, 23, 23))
    made = await town.approve(topic=WARNINGS, is_warning=True, audience=EVERYONE)
    await town.until(local(11, 23, 23, 1))
    assert await town.outcomes_of(made) == {"sent": 2}
    assert town.got("Samira", WORDS) == 1
