"""Reminders: who gets them, when, and what is recorded where they are not sent."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest
from reminder_town import DAILY, TEXT, Town, local, once

from bot.engine.events import Refused
from bot.model.audience import AREA, EVERYONE, LANGUAGE, PERSON, ROLE, And, Is, Not, Or
from bot.model.commands.reminders import (
    AddParticipant,
    EditReminder,
    EndReminder,
    EndRole,
    GiveRole,
    HoldReminder,
    MuteTopic,
    SetReminder,
)
from bot.model.delivery import Reason
from bot.model.reminder import ReminderState
from bot.service import reminders
from bot.service.forecast import forecast
from bot.simulator import TOKEN
from bot.testing import PEOPLE

HOUR = {"amount": -1, "span": "hour"}
AMBASSADORS = Is(ROLE, "ambassador")


@pytest.fixture
async def town(database_url: str) -> AsyncIterator[Town]:
    """Return a town with three citizens, two of them ambassadors, on each database."""
    made = Town(database_url)
    await made.begin("Jens", "Samira", "Ana")
    for name in ("Jens", "Samira"):
        await made.do(GiveRole(1, await made.participant(name), "ambassador"))
    yield made
    await made.chat.close()


async def test_audiences(town: Town) -> None:
    """Each predicate and combination finds its people; counts equal the members found."""
    jens, samira, ana = [await town.participant(one) for one in ("Jens", "Samira", "Ana")]
    grethe = await town.do(AddParticipant(1, "Grethe", "00 00 30 30"))
    await town.chat.play("Mette founds Strandrenserne")
    await town.chat.play("Mette puts Ana in Strandrenserne")
    await town.run("UPDATE person SET area = 'sandholm' WHERE first_name = 'Jens'")
    everyone = {jens, samira, ana, grethe}
    harbour, danish, group = Is(AREA, "sandholm"), Is(LANGUAGE, "da"), Is("group", "1")
    wanted = [
        (Is(EVERYONE), everyone),
        (Is(PERSON, str(ana)), {ana}),
        (AMBASSADORS, {jens, samira}),
        (group, {ana}),
        (harbour, {jens}),
        (danish, {jens, samira, grethe}),
        (Not(harbour), everyone - {jens}),
        (Not(Not(harbour)), {jens}),
        (And((danish, Not(AMBASSADORS))), {grethe}),
        (Or((harbour, group)), {jens, ana}),
        (And((Or((AMBASSADORS, group)), Not(And((danish, harbour))))), {samira, ana}),
    ]
    async with town.unit() as unit:
        for audience, members in wanted:
            found = [one.participant_id for one in await unit.audiences.some(audience, 100)]
            assert found == sorted(members), audience
            assert await unit.audiences.count(audience) == len(members), audience
            inside = {one for one in everyone if await unit.audiences.contains(audience, one)}
            assert inside == members, audience


async def test_person_without_chat_gets_a_task(town: Town) -> None:
    """A participant who is not in the chat is told by phone: staff get a task."""
    grethe = await town.do(AddParticipant(1, "Grethe", "00 00 30 30"))
    await town.do(GiveRole(1, grethe, "ambassador"))
    made = await town.set(audience=AMBASSADORS)
    await town.until(local(11, 24, 12))
    assert await town.outcomes(made) == {"sent": 2, "phoned": 1}
    async with town.unit() as unit:
        assert [one.kind for one in await unit.tasks.open()] == ["phone"]
    await town.is_sound()


async def test_news_is_not_told_by_phone(town: Town) -> None:
    """Staff do not ring about news: nobody has asked for it, and the forecast says so."""
    grethe = await town.do(AddParticipant(1, "Grethe", "00 00 30 30"))
    made = await town.set(once(11, 24, "10:00"))
    async with town.unit() as unit:
        (expected,) = await forecast(unit, grethe)
    assert expected.withheld
    assert expected.delivery.reason is Reason.NO_CONSENT
    await town.until(local(11, 24, 12))
    assert await town.outcomes(made) == {"skipped no_consent": 4}
    async with town.unit() as unit:
        assert await unit.tasks.open() == []
    await town.is_sound()


async def test_news_need_consent_and_no_promo(town: Town) -> None:
    """News reach only those who agreed, and nobody whose case bars promotion."""
    await town.consent("Jens", "roads")
    await town.consent("Samira", "roads")
    await town.chat.play("Samira: Må man grave sin egen kanal ned til havet?")
    await town.chat.play("Samira: [Spørg et menneske]")
    await town.run("UPDATE cases SET no_promo = true")
    made = await town.set(once(11, 24, "10:00"))
    await town.until(local(11, 24, 12))
    assert await town.outcomes(made) == {"sent": 1, "skipped no_promo": 1, "skipped no_consent": 1}
    assert [town.got(one) for one in ("Jens", "Samira", "Ana")] == [1, 0, 0]
    await town.is_sound()


async def test_event_without_time_before_it(town: Town) -> None:
    """A reminder that prepares an event and is wanted at its beginning is sent then."""
    made = await town.set(once(12, 5, "10:00"), AMBASSADORS, prepares=True)
    await town.until(local(12, 5, 12))
    assert await town.outcomes(made) == {"sent": 2}


async def test_each_of_several_events_is_prepared(town: Town) -> None:
    """A reminder of events on each day is sent before each of them, also before the first."""
    daily = {**DAILY, "before": {"amount": -1, "span": "hour"}}
    made = await town.set(daily, AMBASSADORS, prepares=True)
    await town.until(local(11, 28, 12))
    ledger = await town.ledger(made)
    assert {one.reason for one in ledger} <= {None, Reason.QUIET}
    assert town.got("Jens") == 5  # Tuesday to Saturday


async def test_two_news_a_week(town: Town) -> None:
    """The third message of news of a week waits for Monday, and so does the fourth."""
    await town.consent("Jens", "roads", "nature")
    words = ["Vi asfalterer Klintgade.", "Kom til havnefest.", "Nye bænke i parken.", "Ny bro."]
    days = [(24, "10:00"), (25, "10:00"), (27, "10:00"), (28, "10:00")]
    made = [
        await town.set(once(11, day, at), words=said, topic=topic)
        for (day, at), said, topic in zip(
            days, words, ["roads", "nature", "roads", "roads"], strict=True
        )
    ]
    await town.until(local(11, 29, 12))
    assert [town.got("Jens", said) for said in words] == [1, 1, 0, 0]
    await town.until(local(11, 30, 12))
    assert [town.got("Jens", said) for said in words] == [1, 1, 1, 1]
    for one in made:
        jens = [
            d for d in await town.ledger(one) if d.participant_id == await town.participant("Jens")
        ]
        assert [d.state for d in jens] == ["sent"]
    await town.is_sound()


async def test_second_of_the_week_is_a_digest(town: Town) -> None:
    """What waits goes with the second message: by topic, the newest first, nothing muted."""
    await town.consent("Jens", "roads", "nature", "culture")
    jens, _ = await town.person("Jens")
    for day, said, topic in (
        (24, "Vi asfalterer Klintgade.", "roads"),
        (25, "Kom til havnefest.", "culture"),
        (26, "Ny bro.", "roads"),
        (26, "Nye bænke.", "nature"),
        (27, "Nyt lyskryds.", "roads"),
        (27, "Koncert i parken.", "culture"),
    ):
        await town.set(once(11, day, "10:00"), words=said, topic=topic)
    await town.until(local(11, 29, 12))
    await town.do(MuteTopic(jens, "culture"))
    await town.until(local(11, 30, 12))
    chat = town.chat.world.bots[TOKEN].chats[PEOPLE["Jens"][0]]
    first, second = [seen.text for seen in chat.log if seen.kind == "sent"][-2:]
    assert "Ny bro." in (first or "")
    lines = (second or "").splitlines()[1:]
    assert lines == ["• Nyt lyskryds.", "• Nye bænke."]
    assert town.got("Jens", "Koncert") == 0
    await town.is_sound()


async def test_mutes(town: Town) -> None:
    """A muted topic and a pause are respected, and recorded as different reasons."""
    made = await town.set(audience=AMBASSADORS)
    jens, _ = await town.person("Jens")
    samira, _ = await town.person("Samira")
    await town.do(MuteTopic(jens, "roads"))
    await town.do(MuteTopic(samira, "*", local(11, 25, 9)))
    await town.until(local(11, 25, 12))
    assert await town.outcomes(made) == {"skipped muted": 2, "skipped paused": 1, "sent": 1}


async def test_role_that_ends_and_person_who_blocks(town: Town) -> None:
    """Between planning and sending a person can leave the audience, or block the bot."""
    made = await town.set(once(11, 30, "10:00", before=HOUR), AMBASSADORS, prepares=True)
    await town.until(local(11, 24, 9))
    assert await town.outcomes(made) == {"planned": 2}
    await town.do(EndRole(1, await town.participant("Jens"), "ambassador"))
    await town.chat.play("Samira blocks")
    await town.run("UPDATE person SET reachable = false WHERE first_name = 'Samira'")
    await town.until(local(12, 1, 9))
    assert await town.outcomes(made) == {
        "cancelled not_in_audience": 1,
        "skipped unreachable": 1,
    }
    await town.is_sound()


async def test_edit_cancels_what_is_planned(town: Town) -> None:
    """Only the newest version is sent, once to each person who is then in the audience."""
    made = await town.set(once(11, 30, "10:00", before=HOUR), AMBASSADORS, prepares=True)
    await town.until(local(11, 24, 9))
    assert await town.edit(made, texts={"da": "Vi mødes ved broen."}) == 2
    await town.until(local(11, 24, 10))
    assert await town.edit(made, rule=once(11, 30, "11:00", before=HOUR)) == 3
    await town.until(local(12, 1, 9))
    assert town.got("Jens") == 0
    assert town.got("Jens", "broen") == town.got("Samira", "broen") == 1
    assert await town.outcomes(made) == {"sent": 2}
    late = await town.edit(made, texts={"da": TEXT})
    assert isinstance(late, Refused)
    await town.is_sound()


async def test_edit_of_an_older_version_is_refused(town: Town) -> None:
    """Of two members of staff who edit at once, the second must look again."""
    made = await town.set(audience=AMBASSADORS)
    async with town.unit() as unit:
        known = await unit.reminders.get(made)
    assert known is not None
    await town.edit(made, texts={"da": "Vi mødes ved broen."})
    second = EditReminder(
        1, made, known.version, known.texts, known.rule, known.audience or {}, known.topic
    )
    assert isinstance(await town.do(second), Refused)


async def test_pause_and_resume(town: Town) -> None:
    """What falls into a pause is never sent; what still lies ahead is, once."""
    daily = await town.set(audience=AMBASSADORS)
    ahead = await town.set(
        once(12, 5, "10:00", before=HOUR), AMBASSADORS, prepares=True, words="Vi mødes ved broen."
    )
    await town.until(local(11, 28, 9))
    for one in (daily, ahead):
        await town.do(HoldReminder("staff:1", one, paused=True))
    await town.until(local(12, 1, 12))
    for one in (daily, ahead):
        await town.do(HoldReminder("staff:1", one, paused=False))
    await town.until(local(12, 5, 12))
    sent = [one.occasion for one in await town.ledger(daily) if one.state == "sent"]
    days = ["2026-11-24", "2026-11-25", "2026-11-26", "2026-11-27"]
    more = ["2026-12-02", "2026-12-03", "2026-12-04", "2026-12-05"]
    assert sent == sorted([*days, *more] * 2)
    assert await town.outcomes(ahead) == {"sent": 2}
    assert town.got("Jens", "broen") == 1
    await town.is_sound()


async def test_end(town: Town) -> None:
    """An ended reminder sends nothing more and asks nobody again."""
    made = await town.set(audience=AMBASSADORS, asks=True)
    await town.until(local(11, 24, 12))
    await town.do(EndReminder("staff:1", made))
    await town.until(local(12, 5, 12))
    assert town.got("Jens") == 1
    await town.is_sound()


async def test_end_after_the_last_time(town: Town) -> None:
    """A snoozed message of a reminder that was sent for the last time can still be stopped."""
    await town.chat.play("Jens: Mind mig om at vande tomaterne i morgen kl. 10")
    await town.chat.play("Jens: [Ja, det er rigtigt]")
    await town.until(local(11, 24, 12))
    await town.chat.play("Jens: [Senere]")
    await town.chat.play("Jens: [Om en time]")
    await town.do(EndReminder("citizen", 1))
    await town.until(local(11, 30, 12))
    assert town.got("Jens", "Du bad mig minde dig om") == 1
    assert await town.outcomes(1) == {"cancelled ended": 1}
    await town.is_sound()


async def test_large_audience(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """An audience is planned in several transactions, and each person is sent one message."""
    monkeypatch.setattr(reminders, "BATCH", 2)
    grethe = await town.do(AddParticipant(1, "Grethe", "00 00 30 30"))
    await town.do(GiveRole(1, grethe, "ambassador"))
    await town.do(GiveRole(1, await town.participant("Ana"), "ambassador"))
    made = await town.set(audience=AMBASSADORS)
    await town.until(local(11, 25, 12))
    assert await town.outcomes(made) == {"sent": 6, "phoned": 2}
    assert [town.got(one) for one in ("Jens", "Samira", "Ana")] == [2, 2, 2]
    await town.is_sound()


@pytest.mark.parametrize("away", [timedelta(hours=6), timedelta(days=3)])
async def test_downtime(town: Town, monkeypatch: pytest.MonkeyPatch, away: timedelta) -> None:
    """After an outage only the newest occurrence is sent; the older ones count as missed."""
    monkeypatch.setattr(reminders, "BATCH", 1)
    made = await town.set(audience=AMBASSADORS)
    await town.until(local(11, 25, 8))
    await town.down_until(local(11, 25, 8) + away)
    await town.until(local(11, 29, 8))
    missed = sorted(one.occasion for one in await town.ledger(made) if one.reason == "missed")
    sent = {one.occasion for one in await town.ledger(made) if one.state == "sent"}
    lost = ["2026-11-25", "2026-11-26"] if away > timedelta(days=1) else []
    assert missed == sorted(lost * 2)
    assert sent == {f"2026-11-{day}" for day in range(24, 29)} - set(lost)
    assert town.got("Jens") == town.got("Samira") == 5 - len(lost)
    await town.is_sound()


async def test_crash_between_transactions(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """A process that ends after a part of an audience is planned continues without repeats."""
    monkeypatch.setattr(reminders, "BATCH", 1)
    made = await town.set(audience=AMBASSADORS)
    town.chat.clock.move_to(local(11, 24, 10))
    async with town.unit() as unit:
        await reminders.expand(unit, made)
    assert len(await town.ledger(made)) == 1
    async with town.unit() as unit:  # the same timer again, as after a crash
        await reminders.expand(unit, made)
    await town.down_until(local(11, 24, 10, 5))
    assert await town.outcomes(made) == {"sent": 2}
    assert town.got("Jens") == town.got("Samira") == 1
    await town.is_sound()


async def test_last_occurrence_ends_the_reminder(town: Town) -> None:
    """A reminder without further occurrences is ended when the last one is planned."""
    rule = {"recurrence": {**DAILY["recurrence"], "count": 2}}
    made = await town.set(rule, AMBASSADORS)
    await town.until(local(11, 26, 12))
    async with town.unit() as unit:
        known = await unit.reminders.get(made)
    assert known is not None
    assert known.state is ReminderState.ENDED
    assert await town.outcomes(made) == {"sent": 4}


async def test_cannot_alerts_the_staff_who_set_it(town: Town) -> None:
    """The member of staff who set the reminder gets one alert for each person who cannot."""
    await town.set(audience=AMBASSADORS, asks=True)
    await town.until(local(11, 24, 12))
    await town.chat.play("Jens: [Jeg kan ikke]")
    await town.chat.play("Jens: Jeg er syg")
    async with town.unit() as unit:
        alerts = await unit.alerts.newest(1, 10)
        answered = await unit.deliveries.of_subject("reminder", 1, 10)
    assert [(one.kind, one.subject_kind) for one in alerts] == [("cannot", "reminder")]
    assert [one.answer_words for one in answered if one.answer] == ["Jeg er syg"]


async def test_relative_to_a_persons_own_date(town: Town) -> None:
    """Each person is reminded once, that long after their own date, at the stated hour."""
    week = {"amount": 1, "span": "week", "at": "16:00"}
    made = await town.set({"since": "role:ambassador", "after": week}, AMBASSADORS)
    soon = await town.set(
        {"since": "role:ambassador", "after": {"amount": 3, "span": "hour"}},
        AMBASSADORS,
        words="Velkommen.",
    )
    met = await town.set(
        {"since": "first_contact", "after": {"amount": 2, "span": "day"}},
        Is(PERSON, str(await town.participant("Jens"))),
        words="Hvordan går det?",
    )
    await town.until(local(11, 25, 11))
    await town.do(GiveRole(1, await town.participant("Ana"), "ambassador"))
    assert [town.got(one, "Velkommen.") for one in ("Jens", "Samira", "Ana")] == [1, 1, 0]
    assert town.got("Jens", "Hvordan") == 1
    await town.until(local(11, 25, 15))
    assert town.got("Ana", "Velkommen.") == 1
    await town.until(local(11, 30, 15, 59))
    assert await town.outcomes(made) == {"planned": 2}
    await town.until(local(12, 2, 15, 59))
    assert [town.got(one) for one in ("Jens", "Samira", "Ana")] == [1, 1, 0]
    await town.until(local(12, 20, 12))
    assert [town.got(one) for one in ("Jens", "Samira", "Ana")] == [1, 1, 1]
    for one in (made, soon):
        assert await town.outcomes(one) == {"sent": 3}
    assert await town.outcomes(met) == {"sent": 1}
    await town.is_sound()


async def test_own_dates_before_and_in_a_pause(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """What came before the reminder was set, or in a pause, is not sent later."""
    monkeypatch.setattr(reminders, "BATCH", 1)
    await town.until(local(11, 26, 12))
    days = {"amount": 2, "span": "day"}
    made = await town.set({"since": "role:ambassador", "after": days}, AMBASSADORS)
    await town.do(GiveRole(1, await town.participant("Ana"), "ambassador"))
    await town.until(local(11, 27, 12))
    await town.do(HoldReminder("staff:1", made, paused=True))
    await town.until(local(11, 30, 12))
    await town.do(HoldReminder("staff:1", made, paused=False))
    for name in ("Jens", "Samira"):
        await town.do(EndRole(1, await town.participant(name), "ambassador"))
        await town.do(GiveRole(1, await town.participant(name), "ambassador"))
    await town.until(local(12, 4, 12))
    assert [town.got(one) for one in ("Jens", "Samira", "Ana")] == [1, 1, 0]
    await town.do(EndReminder("staff:1", made))
    await town.is_sound()


@pytest.mark.parametrize(
    "rule",
    [
        {"since": "birthday", "after": {"amount": 1, "span": "day"}},
        {"since": "role:mayor", "after": {"amount": 1, "span": "day"}},
        {"since": "first_contact"},
        {"recurrence": {"unit": "week", "starts_on": "2026-11-24", "at": "10:00"}},
        {"recurrence": {"unit": "once", "starts_on": "2026-11-20", "at": "10:00"}},
        {},
    ],
)
async def test_rules_that_are_none(town: Town, rule: dict[str, Any]) -> None:
    """A rule that cannot be read, or lies in the past, is refused."""
    who = {"is": "role", "value": "ambassador"}
    refused = await town.do(SetReminder(1, {"da": TEXT}, rule, who, "roads"))
    assert isinstance(refused, Refused)
