"""The pages of reminders: the list, a reminder with its results, the form and its preview."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from console_browser import Browser, employ
from multidict import MultiDict
from test_group_pages import AMBASSADORS, add_citizen, remind, said

from bot.clock import TravelClock
from bot.console.audience_builder import audience_of, audience_values
from bot.console.audience_choices import Choices
from bot.console.audience_form import NOBODY_CHOSEN
from bot.console.reminder_form import values_of
from bot.engine.events import Done
from bot.model.audience import And, Audience, Is, Not, Or, Saved
from bot.model.commands.reminders import EditReminder, HoldReminder, MuteTopic
from bot.model.delivery import Answer, DeliveryState, Outcome, Reason
from bot.model.reminder import Reminder, ReminderState
from bot.model.staff import Role, Staff
from bot.service import execute, reminders
from bot.store.alerts import REMINDER, Subject
from bot.store.store import Store


@pytest.fixture
async def mette(town: Store) -> Staff:
    """Add Mette to the staff."""
    return await employ(town)


@pytest.fixture
async def staff(browser: Browser, mette: Staff) -> Browser:
    """Sign Mette in."""
    return await browser.sign_in(mette)


def written(**changed: object) -> dict[str, object]:
    """Return the form of a reminder as a browser sends it."""
    return {
        "text_da": "Husk mødet i hallen",
        "text_en": "",
        "phrase": "hver anden onsdag kl. 16",
        "every": "once",
        "holidays": "keep",
        "who_1": "everyone",
        "topic": "traffic",
        "before": "",
        "before_span": "day",
        "before_at": "",
        **changed,
    }


async def agree(town: Store, participant_id: int) -> None:
    """Let a citizen agree to news about traffic."""
    async with town.unit() as unit:
        participant = await unit.participants.get(participant_id)
        assert participant is not None
        assert participant.person_id is not None
        await unit.consents.give(participant.person_id, "news:traffic", 1, "da")


async def newest(town: Store) -> Reminder:
    """Return the newest reminder of staff."""
    async with town.reading() as unit:
        (found,) = await unit.reminders.shared(list(ReminderState), 1)
    return found


async def test_a_reminder_is_previewed_and_saved(town: Store, staff: Browser) -> None:
    """The preview shows text, rule, recipients and times; only saving sets the reminder."""
    samira = await add_citizen(town, "Samira")
    form = written(
        match="any", who_1="area:tangoe", who_2="role:ambassador", not_2="not", asks="yes"
    )
    page = said(await (await staff.post("reminders/new", form)).text())
    assert "Husk mødet i hallen" in page
    assert "Det er gjort" in page
    assert "kun på dansk" in page or "in Danish only" in page
    assert "hver anden onsdag kl. 16" in page
    assert "alle i Tangø og alle, som ikke er ambassadører" in page
    assert "Ingen får den 1 får den ikke: der er intet samtykke til nyt om emnet (1)" in page
    assert "Samira får intet: der er intet samtykke til nyt om emnet." in page
    await agree(town, samira)
    page = said(await (await staff.post("reminders/new", form)).text())
    assert "1 får den i chatten For eksempel: Samira" in page
    assert "Samira" in page
    assert "onsdag d. 25. november kl. 16" in page
    assert "onsdag d. 9. december kl. 16" in page
    async with town.reading() as unit:
        assert await unit.reminders.active() == []
    saved = await staff.post("reminders/new", {**form, "do": "save"})
    reminder = await newest(town)
    assert saved.headers["Location"] == f"/console/reminders/{reminder.id}"
    assert reminder.texts == {"da": "Husk mødet i hallen"}
    assert reminder.asks
    assert not reminder.prepares
    listed = said(await staff.read("reminders"))
    assert "Husk mødet i hallen Aktiv Til alle i Tangø og alle, som ikke er ambassadører" in listed
    assert said(await staff.read("reminders?q=fodbold")).count("Husk mødet") == 0
    assert said(await staff.read("reminders?state=paused")).count("Husk mødet") == 0


@pytest.mark.parametrize(
    ("changed", "begins", "has_date"),
    [
        ({"who_1": "role:ambassador", "text_da": "Mødet i hallen"}, "Husk: Mødet i hallen", True),
        ({"who_1": "role:ambassador", "phrase": "i morgen kl. 10"}, "Husk mødet i hallen", False),
        ({}, "Nyt: Husk mødet i hallen", False),
        ({"prepares": "yes"}, "Nyt: Husk mødet i hallen", True),
    ],
    ids=["again", "once", "news", "news of an event"],
)
async def test_the_preview_is_the_message(
    town: Store, staff: Browser, changed: dict[str, object], begins: str, *, has_date: bool
) -> None:
    """The preview begins as the message does, and has its button for a calendar."""
    await add_citizen(town, "Samira")
    page = said(await (await staff.post("reminders/new", written(**changed))).text())
    assert begins in page
    assert ("Til min kalender" in page) is has_date


async def test_a_reminder_counts_from_a_date_of_each_person(town: Store, staff: Browser) -> None:
    """The preview, the list, the page, the form and the calendar show such a reminder."""
    await agree(town, await add_citizen(town, "Samira"))
    form = written(phrase="", since="first_contact", after="3", after_span="day", after_at="10:00")
    page = said(await (await staff.post("reminders/new", form)).text())
    words = "3 dage efter den første kontakt med personen kl. 10"
    assert words in page
    assert "torsdag d. 26. november kl. 10" in page
    await staff.post("reminders/new", {**form, "do": "save"})
    reminder = await newest(town)
    assert words in said(await staff.read("reminders"))
    assert words in said(await staff.read(f"reminders/{reminder.id}"))
    edited = await staff.read(f"reminders/{reminder.id}/edit")
    assert re.search(r'<option value="first_contact" selected', edited)
    assert "Husk mødet i hallen" in said(await staff.read("outgoing"))


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"phrase": ""}, "Skriv, hvor længe efter den dato den sendes."),
        ({"after": "3"}, "ikke begge dele"),
        (
            {"phrase": "", "after": "3", "after_span": "hour", "after_at": "10:00"},
            "dage eller uger",
        ),
    ],
)
async def test_a_refused_date_of_each_person(
    staff: Browser, changed: dict[str, object], why: str
) -> None:
    """A date of each person needs a span, and no other time."""
    form = written(**{"since": "first_contact", "after_span": "day", **changed})
    assert why in said(await (await staff.post("reminders/new", form)).text())


async def test_the_preview_for_another_person(town: Store, staff: Browser) -> None:
    """The times of the preview are for the person who is named, with their quiet hours."""
    samira = await add_citizen(town, "Samira", 501)
    bo = await add_citizen(town, "Bo", 502)
    cleo = await add_citizen(town, "Cleo", 503)
    for one in (samira, bo, cleo):
        await agree(town, one)
    async with town.unit() as unit:
        participant = await unit.participants.get(bo)
        assert participant is not None
        assert participant.person_id is not None
        person = await unit.people.get(participant.person_id)

        await unit.people.save(replace(person, quiet_from=15 * 60, quiet_until=18 * 60))
    page = said(await (await staff.post("reminders/new", written())).text())
    assert "De næste tidspunkter for Samira" in page
    page = said(await (await staff.post("reminders/new", written(person="Bo"))).text())
    assert "De næste tidspunkter for Bo" in page
    assert "onsdag d. 25. november kl. 18 flyttet på grund af stille timer" in page
    page = said(await (await staff.post("reminders/new", written(person="Ingen"))).text())
    assert "Den person findes ikke" in page
    async with town.unit() as unit:
        participant = await unit.participants.get(cleo)
        assert participant is not None
        assert participant.person_id is not None
        await execute(MuteTopic(participant.person_id, "*", unit.now + timedelta(days=900)), unit)
    page = said(await (await staff.post("reminders/new", written(person="Cleo"))).text())
    assert "2 får den i chatten 1 får den ikke: borgeren holder pause fra beskeder (1)" in page
    assert "Cleo får intet: borgeren holder pause fra beskeder." in page
    assert "For eksempel: Samira I chatten Bo I chatten Hvornår" in page  # those who get it
    form = written(person="Bo", who_1="role:ambassador")
    page = said(await (await staff.post("reminders/new", form)).text())
    assert "Bo er ikke blandt modtagerne." in page


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        (
            {"every": "week", "interval": "2", "weekdays": ["0", "3"]},
            "mandag og torsdag hver anden uge kl. 9.30",
        ),
        ({"every": "month", "nth": "-1", "weekdays": "3"}, "den sidste torsdag i hver måned"),
        ({"every": "month", "day": "31"}, "den sidste dag i hver måned"),
        ({"every": "day", "count": "3", "holidays": "skip"}, "3 gange"),
        ({"every": "day", "except_on": "24.12.2026, 2026-12-31"}, "undtagen torsdag d. 24."),
        ({"every": "year", "until": "2030-01-01"}, "1. januar 2030"),
        (
            {"every": "once", "prepares": "yes", "before": "2", "before_at": "10:00"},
            "2 dage før kl. 10: tirsdag d. 1. december kl. 9.30",
        ),
    ],
)
async def test_fields_make_a_rule(staff: Browser, changed: dict[str, object], words: str) -> None:
    """The fields make a rule, which the preview says in words."""
    form = written(phrase="", starts_on="2026-12-01", at="09:30", **changed)
    got = await staff.post("reminders/new", form)
    assert got.status == 200
    assert words in said(await got.text())


FAR = {"phrase": "", "at": "09:00"}
SINCE = {"phrase": "", "since": "first_contact"}
ONCE = {"phrase": "", "starts_on": "2026-12-01", "at": "09:00"}


@pytest.mark.parametrize(
    ("changed", "field", "why"),
    [
        (FAR | {"starts_on": "9999-12-31"}, "starts_on", "mellem år 2000 og 2100"),
        (FAR | {"starts_on": "0001-01-01", "every": "day"}, "starts_on", "mellem år 2000 og"),
        (FAR | {"starts_on": "2020-01-01", "every": "day"}, "starts_on", "et år tilbage"),
        (ONCE | {"every": "day", "until": "2999-01-01"}, "until", "mellem år 2000 og 2100"),
        ({"phrase": "den 24. december 2150 kl. 9"}, "phrase", "for langt væk"),
        (ONCE | {"before": "500000", "before_span": "week"}, "before", "Højst to år"),
        (ONCE | {"before": "999999999999999", "before_span": "week"}, "before", "Højst to år"),
        (SINCE | {"after": "500000", "after_span": "week"}, "after", "Højst to år"),
        (ONCE | {"except_on": "24.12.2026"}, "except_on", "kun én gang"),
        ({"phrase": "i morgen kl. 10", "starts_on": "2026-12-10"}, "starts_on", "dine ord"),
        ({"at": "10:00"}, "at", "dine ord"),
        ({"weekdays": "2"}, "weekdays", "dine ord"),
        (ONCE | {"starts_on": "2026-10-10"}, "starts_on", "aldrig"),
        ({"text_da": "\u200b"}, "text_da", "Skriv teksten på dansk først"),
    ],
)
async def test_a_refusal_is_at_its_field(
    staff: Browser, changed: dict[str, object], field: str, why: str
) -> None:
    """What is too far, or said twice, is refused at the field that says it, which is unfolded."""
    got = await staff.post("reminders/new", written(**changed))
    page = await got.text()
    assert got.status == 422
    before, _mark, behind = page.partition(f'name="{field}"')
    near = before[-600:] + behind[:300]
    assert "aria-invalid" in near
    assert why in said(near.replace("<", " <"))
    folded = before.rpartition("<details")[2]
    assert "</details>" in folded or not folded.startswith(' class="folded">')


async def test_words_begin_on_the_first_day(town: Store, staff: Browser) -> None:
    """Words that repeat begin on the first day of the fields, written as Danes do."""
    form = written(phrase="hver onsdag kl. 16", starts_on="10.12.2026", except_on="23.12.2026")
    page = said(await (await staff.post("reminders/new", form)).text())
    assert "undtagen onsdag d. 23. december" in page
    await staff.post("reminders/new", {**form, "do": "save"})
    reminder = await newest(town)
    assert reminder.rule["recurrence"]["starts_on"] == "2026-12-10"
    edited = await staff.read(f"reminders/{reminder.id}/edit")
    assert 'value="23.12.2026"' in edited


async def test_an_old_reminder_can_be_edited(
    town: Store, clock: TravelClock, staff: Browser, mette: Staff
) -> None:
    """A first day more than a year back stays where it is not changed; words may replace it."""
    made = await remind(town, mette)
    clock.advance(timedelta(days=500))
    async with town.reading() as unit:
        known = await unit.reminders.get(made)
        assert known is not None
    path = f"reminders/{made}/edit"
    fields = {name: value for name, value in values_of(known).items() if value is not None}
    form = {**written(), **fields, "phrase": "", "text_da": "Husk hjelmen", "version": 1}
    assert (await staff.post(path, form)).status == 200
    page = said(await (await staff.post(path, {**form, "phrase": "hver onsdag kl. 16"})).text())
    assert "hver onsdag kl. 16" in page
    assert (await staff.post(path, {**form, "starts_on": "2026-11-01"})).status == 422


@pytest.mark.parametrize(
    "rule",
    [
        {"recurrence": {"unit": "once", "starts_on": "9999-12-31", "at": "10:00"}},
        {"since": "first_contact", "after": {"amount": 500000, "span": "week"}},
        {"recurrence": {"unit": "band"}},
    ],
    ids=["year 9999", "far after", "not a rule"],
)
async def test_a_wrong_row_takes_no_page_down(
    town: Store, staff: Browser, mette: Staff, rule: dict[str, object]
) -> None:
    """A stored rule that cannot be computed leaves all pages with the other reminders."""
    samira = await add_citizen(town, "Samira")
    made = await remind(town, mette, texts={"da": "Den gale"})
    await remind(town, mette, texts={"da": "Den gode"})
    async with town.unit() as unit:
        await unit.reminders.change(made, rule=rule)
    for path in ("reminders", "outgoing", f"participants/{samira}"):
        assert "Den gode" in said(await staff.read(path))
    assert "Den gale" in said(await staff.read(f"reminders/{made}"))
    assert (await staff.get(f"reminders/{made}/edit")).status == 200


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"text_da": ""}, "Skriv teksten på dansk først"),
        ({"text_da": "Ring om 070761-4285"}, "CPR"),
        ({"phrase": ""}, "Skriv, hvornår den skal sendes"),
        ({"phrase": "en gang imellem"}, "Skriv"),
        ({"phrase": "i går kl. 10"}, "passeret"),
        ({"phrase": "hver onsdag kl. 16 med kage"}, "kage"),
        ({"phrase": "", "starts_on": "2026-10-01", "at": "09:00"}, "aldrig"),
        ({"phrase": "", "starts_on": "soon", "at": "09:00"}, "Skriv datoen som 24.12.2026"),
        ({"except_on": "juleaften"}, "24.12.2026"),
        ({"before": "2", "before_span": "hour", "before_at": "10:00"}, "dage eller"),
        ({"who_1": ""}, "Vælg, hvem der skal have den"),
        ({"who_1": "group:x"}, "Vælg, hvem der skal have den"),
        ({"topic": "gossip"}, "Vælg et emne"),
        (
            {"phrase": "", "starts_on": "2026-12-01", "at": "09:00", "every": "month"}
            | {"nth": "1", "day": "3"},
            "ikke begge",
        ),
    ],
)
async def test_a_refused_reminder(staff: Browser, changed: dict[str, object], why: str) -> None:
    """A refused form says why, and keeps what was written."""
    got = await staff.post("reminders/new", written(**changed))
    page = said(await got.text())
    assert got.status == 422
    assert why in page
    if "phrase" not in changed:
        assert (
            "hver anden onsdag kl. 16"
            in await (await staff.post("reminders/new", written(**changed))).text()
        )


async def test_an_edit_cancels_what_is_planned(town: Store, staff: Browser, mette: Staff) -> None:
    """The preview of an edit says how many planned messages it cancels; then they are."""
    samira = await add_citizen(town, "Samira")
    async with town.unit() as unit:
        day = (unit.calendar.local(unit.now) + timedelta(days=3)).date().isoformat()
    rule = {"recurrence": {"unit": "once", "starts_on": day, "at": "10:00"}}
    made = await remind(town, mette, rule=rule, prepares=True)
    async with town.unit() as unit:
        await reminders.expand(unit, made)
    path = f"reminders/{made}/edit"
    page = await staff.read(path)
    assert "Husk cyklen på lørdag" in page
    assert f'value="{day}"' in page
    form = written(version=1, text_da="Husk hjelmen")
    page = said(await (await staff.post(path, form)).text())
    assert "1 planlagt besked" in page
    changed = said(await (await staff.post(path, {**form, "do": "change"})).text())
    assert "Husk hjelmen" in changed
    assert (await staff.post(path, {**form, "do": "save"})).status == 303
    assert (await staff.post(path, {**form, "do": "save"})).status == 422  # an older version
    async with town.reading() as unit:
        (delivery,) = await unit.deliveries.of_subject("reminder", made, 5)
    assert (delivery.state, delivery.reason) == (DeliveryState.CANCELLED, Reason.EDITED)
    assert delivery.participant_id == samira
    assert "påmindelsen blev ændret" in said(await staff.read(f"reminders/{made}"))


async def test_an_edited_message_is_planned_again(town: Store, mette: Staff) -> None:
    """After an edit or a pause, the message of the same day is planned again, and only once."""
    await add_citizen(town, "Samira")
    async with town.unit() as unit:
        day = (unit.calendar.local(unit.now) + timedelta(days=3)).date().isoformat()
        rule = {"recurrence": {"unit": "once", "starts_on": day, "at": "10:00"}}
    made = await remind(town, mette, rule=rule, prepares=True)
    async with town.unit() as unit:
        await reminders.expand(unit, made)
        known = await unit.reminders.get(made)
        assert known is not None
        assert known.state is ReminderState.ACTIVE
        later = {"recurrence": {**rule["recurrence"], "at": "14:00"}}
        edit = EditReminder(
            mette.id, made, 1, known.texts, later, known.audience or {}, known.topic, prepares=True
        )
        assert isinstance(await reminders.edit_reminder(edit, unit), Done)
        for _twice in range(2):
            await reminders.expand(unit, made)
        for paused in (True, False):
            await reminders.hold_reminder(HoldReminder("staff:1", made, paused=paused), unit)
        await reminders.expand(unit, made)
        (delivery,) = await unit.deliveries.of_subject("reminder", made, 5)
        assert (delivery.state, delivery.version) == (DeliveryState.PLANNED, 2)
        assert unit.calendar.local(delivery.planned_at).hour == 14


async def test_an_edit_sends_nothing_that_has_passed(town: Store, mette: Staff) -> None:
    """A reminder that is set, resumed or edited sends no time of that day or of earlier days."""
    await add_citizen(town, "Samira")
    rule = {"recurrence": {"unit": "day", "starts_on": "2026-11-01", "at": "08:30"}}
    made = await remind(town, mette, rule=rule)
    async with town.unit() as unit:
        await reminders.expand(unit, made)
        known = await unit.reminders.get(made)
        assert known is not None
        assert await unit.deliveries.of_subject("reminder", made, 5) == []
        edited = EditReminder(
            mette.id, made, 1, known.texts, rule, known.audience or {}, known.topic
        )
        await reminders.edit_reminder(edited, unit)
        await reminders.expand(unit, made)
        for paused in (True, False):
            await reminders.hold_reminder(HoldReminder("staff:1", made, paused=paused), unit)
        await reminders.expand(unit, made)
        assert await unit.deliveries.of_subject("reminder", made, 5) == []


async def test_the_results_of_a_reminder(
    town: Store, clock: TravelClock, staff: Browser, mette: Staff
) -> None:
    """The page counts the answers and what was not sent, and lists each recipient."""
    made = await remind(town, mette, asks=True)
    ways = [
        ("Anna", {"answer": Answer.DONE}, Outcome.DONE),
        ("Bo", {"answer": Answer.CANNOT, "answer_words": "Jeg er syg"}, Outcome.CANNOT),
        ("Cleo", {}, Outcome.SILENT),
        ("Dan", {"state": DeliveryState.SKIPPED, "reason": Reason.MUTED}, Outcome.WITHHELD),
    ]
    for number, (name, _values, _outcome) in enumerate(ways, 501):
        await add_citizen(town, name, number)
    clock.advance(timedelta(days=1))
    async with town.unit() as unit:
        await reminders.expand(unit, made)
        found = await unit.deliveries.of_subject("reminder", made, 9)
        for delivery, (_name, values, outcome) in zip(reversed(found), ways, strict=True):
            await unit.deliveries.change(delivery, **{"state": DeliveryState.SENT, **values})
            changed = await unit.deliveries.get(delivery.id)
            assert changed is not None
            assert changed.outcome is outcome
    page = said(await staff.read(f"reminders/{made}"))
    assert "Gjort 1 Kan ikke 1 Intet svar endnu 1 Ikke sendt: emnet er slået fra 1" in page
    lines = said(await staff.read(f"reminders/{made}/results"))
    assert "Jeg er syg" in lines
    for name, _values, outcome in ways:
        shown = await staff.read(f"reminders/{made}/results?outcome={outcome}")
        assert [one for one, _v, _o in ways if f">{one}</a>" in shown] == [name]


async def test_pause_resume_and_end(town: Store, staff: Browser, mette: Staff) -> None:
    """A reminder is paused, resumed and ended on its page; an ended one has no acts."""
    made = await remind(town, mette, AMBASSADORS)
    for act, state in (("pause", "Sat på pause"), ("resume", "Aktiv"), ("end", "Afsluttet")):
        assert (await staff.post(f"reminders/{made}/{act}")).status == 303
        assert state in said(await staff.read(f"reminders/{made}"))
    assert "/end" not in await staff.read(f"reminders/{made}")
    assert (await staff.get(f"reminders/{made}/edit")).status == 404
    await staff.post(f"reminders/{made}/pause")
    assert "findes ikke" in said(await staff.read(f"reminders/{made}"))
    assert (await staff.get("reminders/99")).status == 404


async def test_an_alert_leads_to_the_reminder(town: Store, staff: Browser, mette: Staff) -> None:
    """The alert that somebody cannot has its label, and its link leads to the reminder."""
    made = await remind(town, mette)
    async with town.unit() as unit:
        await unit.alerts.add([mette.id], Subject(REMINDER, made), "cannot")
    page = await staff.read("alerts")
    assert "En borger har svaret på en påmindelse: Jeg kan ikke" in said(page)
    (path,) = re.findall(r'href="/console/(reminders/\d+)"', page)
    assert "Husk cyklen" in await staff.read(path)


async def test_a_leader_lets_a_sentence_stand(town: Store, browser: Browser) -> None:
    """A leader may keep a sentence that the check refuses; the reason is recorded."""
    leader = await browser.sign_in(await employ(town, Role.LEADER))
    form = written(text_da="Som vi allerede har forklaret, er mødet i hallen.")
    assert (await leader.post("reminders/new", form)).status == 422
    form |= {"let_stand": "Det er aftalt", "do": "save"}
    assert (await leader.post("reminders/new", form)).status == 303
    async with town.reading() as unit:
        assert "let_stand" in [event.verb for event in await unit.events.newest(2)]


A, B, C = Is("everyone"), Is("role", "ambassador"), Is("group", "1")


@pytest.mark.parametrize(
    ("audience", "values"),
    [
        (A, {"match": "all", "who_1": "everyone", "not_1": ""}),
        (Not(B), {"match": "all", "who_1": "role:ambassador", "not_1": "not"}),
        (
            And((Or((B, C)), Not(B))),
            {
                "match": "all",
                "match_1": "any",
                "who_1_1": "role:ambassador",
                "who_1_2": "group:1",
                "who_2": "role:ambassador",
                "not_2": "not",
            },
        ),
        (Not(Or((B, C))), {"match": "none", "who_1": "role:ambassador", "who_2": "group:1"}),
        (
            Is("checked", "entry.3@days.90"),
            {"who_1": "checked:entry.3", "when_1": "days", "days_1": "90"},
        ),
        (
            Is("volunteer", "2026-10-01/2026-10-31"),
            {
                "who_1": "volunteer:",
                "when_1": "dates",
                "first_1": "2026-10-01",
                "last_1": "2026-10-31",
            },
        ),
        (Saved("7", A), {"who_1": "saved:7"}),
    ],
)
def test_an_audience_as_lines(audience: Audience, values: dict[str, str]) -> None:
    """Any audience is shown as lines and groups, and read again from them."""
    shown = audience_values(audience)
    assert values.items() <= shown.items()
    known = Choices([(one, "") for one in shown.values()], (), {"7": A})
    assert audience_of(MultiDict(shown), known, NOBODY_CHOSEN) == audience
