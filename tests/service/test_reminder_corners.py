"""Reminders that are changed, stopped or late: nothing is lost, sent twice or told wrongly."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest
from reminder_town import DAILY, TEXT, Town, local, once

from bot.engine.events import Refused
from bot.model.audience import EVERYONE, GROUP, PERSON, ROLE, Is
from bot.model.commands.links import MakeLink
from bot.model.commands.reminders import (
    AddParticipant,
    EndReminder,
    EndRole,
    GiveRole,
    HoldReminder,
    JoinGroup,
    LeaveGroup,
    MuteTopic,
    SetReminder,
)
from bot.model.delivery import DeliveryState, Reason
from bot.model.reminder import ReminderState
from bot.service.coming_times import next_time
from bot.service.forecast import forecast
from bot.simulator import TOKEN
from bot.simulator.faults import Fault, FaultKind
from bot.store.personal_data import erase
from bot.testing import PEOPLE

DAY_BEFORE = {"amount": -1, "span": "day"}
HOUR = {"amount": -1, "span": "hour"}
AMBASSADORS = Is(ROLE, "ambassador")
THURSDAYS = {"unit": "week", "starts_on": "2026-12-03", "at": "10:00", "weekdays": [3]}
MOVED = {"recurrence": {**THURSDAYS, "holidays": "move"}}
NEW = "Vi mødes ved broen."


@pytest.fixture
async def town(sqlite_url: str) -> AsyncIterator[Town]:
    """Return a town with two ambassadors."""
    made = Town(sqlite_url)
    await made.begin("Jens", "Samira")
    for name in ("Jens", "Samira"):
        await made.do(GiveRole(1, await made.participant(name), "ambassador"))
    made.chat._shown(None)
    yield made
    await made.is_sound()
    await made.chat.close()


async def says(town: Town, name: str, *words: str) -> str:
    """Let a citizen write or tap; return what the bot then says."""
    said = [line for one in words for line in await town.chat.play(f"{name}: {one}")]
    return " ".join(" ".join(said).split()).replace("| ", "")


def lead_of(*names: str) -> list[str]:
    """Return the lines by which the first becomes the lead of a group of all."""
    first, *others = names
    joined = [f"Mette puts {one} in Strandrenserne" for one in others]
    return ["Mette founds Strandrenserne", *joined, f"Mette puts {first} in Strandrenserne as lead"]


async def reminded_group(town: Town) -> int:
    """Let Jens lead a group with Samira and remind it each day; return the reminder."""
    for line in lead_of("Jens", "Samira"):
        await town.chat.play(line)
    await says(town, "Jens", "mind gruppen", TEXT, "hver dag kl. 10", "[Ja, det er rigtigt]")
    return 1


# -- times ----------------------------------------------------------------


async def test_event_in_quiet_hours_is_prepared(town: Town) -> None:
    """What prepares a Sunday's event comes on Saturday, as lists and forecast say."""
    made = await town.set(once(11, 29, "10:00"), AMBASSADORS, prepares=True)
    jens = await town.participant("Jens")
    async with town.unit() as unit:
        reminder = await unit.reminders.get(made)
        assert reminder is not None
        (expected,) = await forecast(unit, jens)
        assert next_time(unit, reminder) == expected.delivery.planned_at == local(11, 28, 19)
    await town.until(local(11, 28, 20))
    assert town.got("Jens") == 1
    await town.until(local(12, 1, 12))
    assert await town.outcomes(made) == {"sent quiet": 2}


async def test_holidays_move_to_a_working_day(town: Town) -> None:
    """Thursdays on 24 and 31 December are sent on the next working days, not on a weekend."""
    made = await town.set(MOVED, AMBASSADORS)
    await town.until(local(1, 8, 12, year=2027))
    sent = {one.occasion: one.sent_at for one in await town.ledger(made)}
    assert sent["2026-12-24"] == local(12, 28, 10)
    assert sent["2026-12-31"] == local(1, 4, 10, year=2027)


async def test_events_prepared_at_one_moment_are_one_message(town: Town) -> None:
    """Before Christmas one message prepares the events of all the quiet days, and names them."""
    rule = {**DAILY["recurrence"], "starts_on": "2026-12-23", "until": "2026-12-28"}
    made = await town.set({"recurrence": rule, "before": HOUR}, AMBASSADORS, prepares=True)
    jens = await town.participant("Jens")
    await town.until(local(12, 23, 18))
    async with town.unit() as unit:
        coming = [one for one in await forecast(unit, jens) if not one.withheld]
    assert [one.delivery.planned_at for one in coming] == [local(12, 23, 19), local(12, 28, 9)]
    assert town.got("Jens") == 1
    await town.until(local(12, 23, 20))
    assert town.got("Jens") == 2
    days = "torsdag d. 24. december kl. 10, fredag d. 25. december kl. 10"
    assert town.got("Jens", f"Det gælder {days}") == 1
    await town.until(local(12, 29, 12))
    assert town.got("Jens") == 3
    assert await town.outcomes(made) == {"sent": 4, "sent quiet": 2, "sent digest": 6}


async def test_snooze_ends_before_the_event(town: Town) -> None:
    """Choices after the event are not offered, and another day after it is refused with why."""
    made = await town.set(
        once(11, 24, "12:30", before={"amount": -2, "span": "hour"}),
        AMBASSADORS,
        asks=True,
        prepares=True,
    )
    await town.until(local(11, 24, 10, 31))
    town.chat._shown(None)
    offered = await says(town, "Jens", "[Senere]")
    assert "[Om en time] [En anden dag]" in offered
    assert "[I morgen]" not in offered
    refused = await says(town, "Jens", "[En anden dag]", "i morgen kl. 9", "[Ja, det er rigtigt]")
    assert "Det begynder tirsdag d. 24. november kl. 12.30." in refused
    assert all(one.state == "sent" for one in await town.ledger(made))
    await town.until(local(11, 24, 12))
    assert "så den kan ikke komme senere" in await says(town, "Samira", "[Senere]")


# -- nothing is lost ------------------------------------------------------


@pytest.mark.parametrize("act", ["edit", "hold", "set"])
async def test_moved_occurrence_survives_a_change(town: Town, act: str) -> None:
    """What a holiday has moved past today is still sent after an edit or a pause, or when set."""
    made = await town.set(MOVED, AMBASSADORS) if act != "set" else 0
    await town.until(local(12, 26, 12))
    if act == "edit":
        await town.edit(made, texts={"da": TEXT})
    elif act == "hold":
        for paused in (True, False):
            await town.do(HoldReminder("staff:1", made, paused))
    else:
        made = await town.set(MOVED, AMBASSADORS)
    await town.until(local(12, 28, 12))
    last = [one for one in await town.ledger(made) if one.occasion == "2026-12-24"]
    assert [one.state for one in last] == ["sent", "sent"]


@pytest.mark.parametrize("act", ["edit", "hold"])
async def test_what_quiet_days_hold_survives_a_change(town: Town, act: str) -> None:
    """A message that waits for the end of Christmas is sent after an edit or a short pause."""
    made = await town.set(once(12, 24, "10:00"), AMBASSADORS)
    await town.until(local(12, 25, 12))
    async with town.unit() as unit:
        known = await unit.reminders.get(made)
    assert known is not None
    assert known.state is ReminderState.ACTIVE
    if act == "edit":
        await town.edit(made, texts={"da": NEW})
    else:
        for paused in (True, False):
            await town.do(HoldReminder("staff:1", made, paused))
    await town.until(local(12, 28, 12))
    assert town.got("Jens", NEW if act == "edit" else TEXT) == 1
    assert await town.outcomes(made) == {"sent quiet": 2}
    async with town.unit() as unit:
        known = await unit.reminders.get(made)
    assert known is not None
    assert known.state is ReminderState.ENDED


async def test_one_off_can_be_stopped_while_it_waits(town: Town) -> None:
    """A wrong message that waits for the end of Christmas is ended before anyone gets it."""
    made = await town.set(once(12, 24, "10:00"), AMBASSADORS)
    await town.until(local(12, 25, 12))
    assert await town.do(EndReminder("staff:1", made)) == made
    await town.until(local(12, 29, 12))
    assert town.got("Jens") == 0
    assert await town.outcomes(made) == {"cancelled ended": 2}


@pytest.mark.parametrize("act", ["edit", "hold"])
async def test_snoozed_message_survives_a_change(town: Town, act: str) -> None:
    """What a citizen was promised at a time comes then, with the words as they are by then."""
    made = await town.set(audience=AMBASSADORS, asks=True)
    await town.until(local(11, 24, 10, 5))
    town.chat._shown(None)
    await says(town, "Jens", "[Senere]", "[Om en time]")
    if act == "edit":
        await town.edit(made, texts={"da": NEW})
    else:
        for paused in (True, False):
            await town.do(HoldReminder("staff:1", made, paused))
    await town.until(local(11, 24, 12))
    assert town.got("Jens", NEW if act == "edit" else TEXT) == (1 if act == "edit" else 2)
    assert town.got("Samira") == 1


async def test_snoozed_message_in_a_pause(town: Town) -> None:
    """What a citizen put off is not sent in a pause of the reminder."""
    made = await town.set(audience=AMBASSADORS, asks=True)
    await town.until(local(11, 24, 10, 5))
    town.chat._shown(None)
    await says(town, "Jens", "[Senere]", "[Om en time]")
    await town.do(HoldReminder("staff:1", made, paused=True))
    await town.until(local(11, 24, 12))
    assert town.got("Jens") == 1
    assert await town.outcomes(made) == {"sent": 1, "cancelled held": 1}


async def test_event_that_moves_is_told_again(town: Town) -> None:
    """Who knows of an event hears of its new time of the same day, once, and back again."""
    made = await town.set(
        once(11, 26, "15:00", before=DAY_BEFORE),
        AMBASSADORS,
        words="Mødet er kl. 15",
        prepares=True,
    )
    await town.until(local(11, 25, 16))
    assert town.got("Jens", "kl. 15") == 1
    rule = once(11, 26, "18:00", before={"amount": -2, "span": "hour"})
    await town.edit(made, texts={"da": "Mødet er kl. 18"}, rule=rule)
    await town.edit(made, texts={"da": "Mødet er kl. 18 ved kiosken"})
    await town.until(local(11, 26, 12))
    assert town.got("Jens", "kl. 18") == 0
    await town.until(local(11, 26, 19))
    assert town.got("Jens", "kl. 18 ved kiosken") == town.got("Samira", "kl. 18 ved kiosken") == 1
    assert await town.outcomes(made) == {"sent": 4}


async def test_silent_are_asked_after_quiet_hours(town: Town) -> None:
    """A question to the silent that was due while the bot was down waits for the morning."""
    await town.set(once(11, 24, "10:00"), AMBASSADORS, asks=True)
    await town.until(local(11, 24, 12))
    await town.down_until(local(11, 25, 21))
    assert town.got("Jens", "Er det gjort?") == 0
    await town.until(local(11, 26, 9))
    assert town.got("Jens", "Er det gjort?") == 1


@pytest.mark.parametrize("away", [timedelta(hours=5), timedelta(days=2), timedelta(days=20)])
async def test_own_reminder_comes_late_with_an_excuse(town: Town, away: timedelta) -> None:
    """A citizen's own reminder that the bot missed comes when it is back, and says so."""
    await says(town, "Jens", "Mind mig om at ringe i morgen kl. 10", "[Ja, det er rigtigt]")
    await town.down_until(local(11, 24, 9) + away)
    await town.until(local(11, 24, 9) + away + timedelta(days=1))
    said = "Undskyld, jeg er for sent på den. Du bad mig minde dig om det tirsdag d. 24. november"
    assert town.got("Jens", said) == 1
    async with town.unit() as unit:
        known = await unit.reminders.get(1)
    assert known is not None
    assert known.state is ReminderState.ENDED


async def test_no_call_after_the_event(town: Town) -> None:
    """Staff get no task to ring about an event that is over; why is recorded."""
    grethe = await town.do(AddParticipant(1, "Grethe", "00 00 30 30"))
    made = await town.set(
        once(11, 24, "15:00", before=HOUR), Is(PERSON, str(grethe)), prepares=True
    )
    await town.until(local(11, 23, 15))
    await town.down_until(local(11, 27, 12))
    async with town.unit() as unit:
        assert await unit.tasks.open() == []
    assert await town.outcomes(made) == {"expired too_late": 1}


# -- limits ---------------------------------------------------------------


@pytest.mark.parametrize(
    "rule",
    [
        {"since": "role:ambassador", "after": {"amount": 999999999999999, "span": "week"}},
        once(11, 24, "10:00", before={"amount": -500000, "span": "week"}),
        {"recurrence": {"unit": "once", "starts_on": "9999-12-31", "at": "10:00"}},
        {"recurrence": {"unit": "day", "starts_on": "0001-01-01", "at": "10:00"}},
    ],
)
async def test_dates_out_of_reach(town: Town, rule: dict[str, Any]) -> None:
    """Dates and spans that no calendar has are refused, with the limits."""
    refused = await town.do(
        SetReminder(1, {"da": TEXT}, rule, {"is": "role", "value": "ambassador"}, "roads")
    )
    assert isinstance(refused, Refused)
    assert "five years" in str(refused.why)


# -- stopping -------------------------------------------------------------


async def stuck(town: Town, rule: dict[str, Any], audience: Any, **more: Any) -> tuple[int, Fault]:
    """Set a reminder whose messages cannot be sent; return it and the fault."""
    made = await town.set(rule, audience, **more)
    await town.until(local(11, 24, 9, 59))
    fault = town.chat.world.faults.add(Fault(FaultKind.ERROR, "sendMessage"))
    await town.until(local(11, 24, 10, 1))
    assert {one.state for one in await town.ledger(made)} == {DeliveryState.QUEUED}
    return made, fault


async def telegram_is_back(town: Town, fault: Fault) -> None:
    """Let Telegram answer again, and the bot start anew, so that it does not wait to try."""
    town.chat.world.faults.remove(fault)
    await town.down_until(local(11, 24, 10, 20))
    await town.until(local(11, 24, 12))


async def test_stop_takes_back_news(town: Town) -> None:
    """News that waits while Telegram is away is not sent after STOP (HR-17)."""
    await town.consent("Jens", "traffic")
    await town.consent("Samira", "traffic")
    made, fault = await stuck(town, once(11, 24, "10:00"), Is(EVERYONE), topic="traffic")
    await town.chat.play("Jens: STOP")
    await telegram_is_back(town, fault)
    assert (town.got("Jens"), town.got("Samira")) == (0, 1)
    assert await town.outcomes(made) == {"skipped no_consent": 1, "sent": 1}


async def test_no_question_about_news_after_stop(town: Town) -> None:
    """Who has stopped news is not asked again about what came before (HR-17)."""
    await town.consent("Jens", "traffic")
    await town.set(once(11, 24, "10:00"), Is(EVERYONE), topic="traffic", asks=True)
    await town.until(local(11, 24, 12))
    assert town.got("Jens") == 1
    await town.chat.play("Jens: STOP")
    await town.until(local(11, 26, 12))
    assert town.got("Jens") == 1


@pytest.mark.parametrize("act", ["pause", "end", "mute", "role"])
async def test_what_waits_is_taken_back(town: Town, act: str) -> None:
    """A message that waits while Telegram is away is not sent once it is unwanted."""
    made, fault = await stuck(town, once(11, 24, "10:00"), AMBASSADORS)
    person, participant = await town.person("Jens")
    command: Any = {
        "pause": HoldReminder("staff:1", made, paused=True),
        "end": EndReminder("staff:1", made),
        "mute": MuteTopic(person, "roads"),
        "role": EndRole(1, participant, "ambassador"),
    }[act]
    await town.do(command)
    await telegram_is_back(town, fault)
    assert town.got("Jens") == 0
    assert town.got("Samira") == (1 if act in {"mute", "role"} else 0)


async def test_an_edit_replaces_what_waits(town: Town) -> None:
    """After an edit the new text is sent instead of the old one that waits for Telegram."""
    made, fault = await stuck(town, DAILY, AMBASSADORS)
    await town.edit(made, texts={"da": NEW})
    await telegram_is_back(town, fault)
    for name in ("Jens", "Samira"):
        assert (town.got(name), town.got(name, NEW)) == (0, 1)


async def test_a_state_that_changed_is_not_overwritten(town: Town) -> None:
    """Of two changes of a delivery, the second sees that the first was made."""
    made = await town.set(once(12, 24, "10:00"), AMBASSADORS)
    await town.until(local(12, 24, 12))
    first, _second = await town.ledger(made)
    async with town.unit() as unit:
        assert await unit.deliveries.change(
            first, state=DeliveryState.CANCELLED, reason=Reason.EDITED
        )
        assert not await unit.deliveries.change(first, state=DeliveryState.QUEUED)
        now = await unit.deliveries.get(first.id)
        assert now is not None
        assert now.state is DeliveryState.CANCELLED
    await town.do(EndReminder("staff:1", made))


# -- who is told ----------------------------------------------------------


async def test_coordinator_who_left(town: Town) -> None:
    """Without the coordinator the leaders hear who cannot, and the citizen reads the truth."""
    await town.set(once(11, 24, "10:00"), AMBASSADORS, asks=True)
    await town.run("UPDATE staff SET active = false WHERE id = 1")
    await town.until(local(11, 24, 10, 1))
    town.chat._shown(None)
    said = await says(town, "Jens", "[Jeg kan ikke]")
    assert "En medarbejder har fået besked." in said
    async with town.unit() as unit:
        leaders = await unit.staff.leaders("")
        assert leaders
        for one in leaders:
            assert [alert.kind for alert in await unit.alerts.newest(one.id, 9)] == ["cannot"]
    await town.run("UPDATE staff SET active = false")
    assert "En medarbejder har fået besked." in await says(town, "Samira", "[Jeg kan ikke]")
    async with town.unit() as unit:
        assert [one.kind for one in await unit.tasks.open()] == ["cannot"]


async def test_lead_who_leaves(town: Town) -> None:
    """The reminders of a lead who is removed pass to another lead; without one they end."""
    await town.begin("Ana")
    made = await reminded_group(town)
    jens, ana = await town.participant("Jens"), await town.participant("Ana")
    await town.do(JoinGroup(1, 1, ana, is_lead=True))
    await town.do(LeaveGroup(1, 1, jens))
    await town.until(local(11, 24, 10, 1))
    assert town.got("Samira", "Hilsen Ana") == 1
    town.chat._shown(None)
    assert "Ana har fået besked." in await says(town, "Samira", "[Jeg kan ikke]", "syg")
    await town.do(JoinGroup(1, 1, ana, is_lead=False))
    await town.until(local(11, 26, 12))
    assert town.got("Samira", "Hilsen") == 1
    async with town.unit() as unit:
        known = await unit.reminders.get(made)
        assert known is not None
        assert known.state is ReminderState.ENDED
        (leader, *_more) = await unit.staff.leaders("")
        assert "lead_gone" in {one.kind for one in await unit.alerts.newest(leader.id, 9)}


async def test_erased_lead(town: Town) -> None:
    """After the erasure of a lead no member reads their name, and they are not found again."""
    made = await reminded_group(town)
    async with town.unit() as unit:
        jens = await unit.people.by_lane(f"tg:{PEOPLE['Jens'][0]}")
        assert jens is not None
        await erase(unit.connection, jens)
    await town.until(local(11, 25, 12))
    assert town.got("Samira", "Jens") == 0
    async with town.unit() as unit:
        await unit.participants.complete()
        assert [one.first_name for one in await unit.participants.search("", 9)] == ["Samira"]
        known = await unit.reminders.get(made)
    assert known is not None
    assert (known.contact, known.state) == ("", ReminderState.ENDED)


async def test_lead_who_writes_in_english(town: Town) -> None:
    """The members read a lead's words without a note about a language."""
    await town.begin("Ana")
    for line in lead_of("Ana", "Samira"):
        await town.chat.play(line)
    await says(town, "Ana", "remind the group", "We meet at the pier.", "tomorrow at 10")
    await says(town, "Ana", "[Yes, that is right]")
    await town.until(local(11, 24, 10, 1))
    assert town.got("Samira", "We meet at the pier.") == 1
    assert town.got("Samira", "(kun på dansk)") == 0


# -- taps and links -------------------------------------------------------


async def test_taps_after_the_answer(town: Town) -> None:
    """A second tap asks nothing again, and “later” does not hide the answer that is given."""
    await town.set(once(11, 24, "10:00"), AMBASSADORS, asks=True)
    await town.until(local(11, 24, 10, 1))
    town.chat._shown(None)
    chat = town.chat.world.bots[TOKEN].chats[PEOPLE["Jens"][0]]
    message = max(chat.messages)
    data = {one.text: one.data for row in chat.messages[message].keyboard for one in row}
    running = town.chat._running
    assert running is not None
    for label in ("Jeg kan ikke", "Jeg kan ikke", "Senere"):
        town.chat.world.tap(PEOPLE["Jens"][0], message, data[label])
    await running[1].settle()
    said = " ".join(town.chat._shown(None))
    assert said.count("Vil du sige hvorfor?") == 1
    assert "Om en time" not in said
    assert "Du svarede: Jeg kan ikke." in (chat.messages[message].text or "")
    assert not chat.messages[message].keyboard


async def test_link_to_a_paused_reminder(town: Town) -> None:
    """A link to a paused reminder names no next time and gives no dates."""
    made = await town.set(DAILY, AMBASSADORS)
    token = await town.do(MakeLink(1, "reminder", made, "plakat"))
    await town.do(HoldReminder("staff:1", made, paused=True))
    shown = await says(town, "Samira", f"/start l-{token}")
    assert TEXT in shown
    assert "Næste gang" not in shown
    assert "[Til min kalender]" not in shown


def tap_of(who: int, data: str) -> dict[str, Any]:
    """Return a tap on a button that no message of the bot has."""
    sender = {"id": who, "is_bot": False, "first_name": "Samira", "language_code": "da"}
    chat = {"id": who, "type": "private", "first_name": "Samira"}
    message = {"message_id": 4, "date": 1, "chat": chat}
    return {"id": "1", "from": sender, "chat_instance": "1", "data": data, "message": message}


async def test_forged_button_of_a_link(town: Town) -> None:
    """Who has not opened a link gets no dates by guessing the numbers of its button."""
    made = await town.set(DAILY, Is(GROUP, "1"))
    token = await town.do(MakeLink(1, "reminder", made, "plakat"))
    samira = PEOPLE["Samira"][0]
    running = town.chat._running
    assert running is not None
    for forged in (
        f":calfile.{made}.1",
        f":calfile.{made}.1.",
        f":calfile.{made}.1.0123456789abcdef",
    ):
        town.chat.world.inject("callback_query", tap_of(samira, forged))
        await running[1].settle()
        assert "Der er ikke flere datoer" in " ".join(town.chat._shown(None))
    await says(town, "Samira", f"/start l-{token}")
    assert "Åbn filen" in await says(town, "Samira", "[Til min kalender]")
    async with town.unit() as unit:
        link = await unit.links.get(1)
    assert link is not None
    assert (link.started, link.done) == (1, 1)
