"""The form of a reminder, and its preview before it is saved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from aiohttp import web
from multidict import MultiDict

from bot.console.audience_form import Use, audience_builder
from bot.console.audience_labels import audience_words
from bot.console.cells import Cell, Line, Link, Moment, Part
from bot.console.chat_preview import as_shown
from bot.console.console_context import context_of
from bot.console.current_user import user_of
from bot.console.form import Field, Form
from bot.console.pages.participants import LONGEST_SEARCH, reached_by, topic_names
from bot.console.pages.reminders import WAY, reminder_of, rule_words
from bot.console.reach_words import reach_lines
from bot.console.record_page import RecordPage, Section, record_page
from bot.console.reminder_fields import EMPTY, reminder_fields
from bot.console.reminder_form import at_field, hidden_of, is_shown_by_fields, values_of
from bot.console.reminder_labels import moved_name, reason_name
from bot.engine.effects import Send
from bot.engine.events import Refused
from bot.i18n import _, ngettext
from bot.model.audience import readable
from bot.model.delivery import Delivery
from bot.model.reminder import SUBJECT, Reminder, ReminderState
from bot.model.staff import May
from bot.runner.reminders import words
from bot.service.calendar_events import has_dates
from bot.service.coming_times import next_time
from bot.service.forecast import Expected, expected_of, judged
from bot.service.reach import reach
from bot.service.reminder_rules import message_class
from bot.store.audiences import Recipient
from bot.store.unit import Unit
from flows import reminder_cards

SAMPLES, TIMES = 5, 10
LOOKED_THROUGH = 200  # recipients, to find samples that get it
WITHIN = timedelta(days=366 * 12)  # of the next times in the preview
CANCELS = ngettext(
    "Saving cancels {count} planned message of the present version.",
    "Saving cancels {count} planned messages of the present version.",
    "count",
)


async def show_new(request: web.Request) -> web.StreamResponse:
    """Show the form of a new reminder."""
    form = await empty_form(request)
    return await writing_page(request, form.filled(EMPTY))


async def show_edit(request: web.Request) -> web.StreamResponse:
    """Show the form of a reminder with its present values."""
    async with context_of(request).store.reading() as unit:
        reminder = await editable(request, unit)
    form = (await empty_form(request, reminder)).filled({**EMPTY, **values_of(reminder)})
    return await writing_page(request, form, reminder)


async def editable(request: web.Request, unit: Unit) -> Reminder:
    """Return the reminder in the address that staff may change; raise `HTTPNotFound` for none."""
    reminder = await reminder_of(request, unit)
    if reminder.audience is None or reminder.state is ReminderState.ENDED:
        raise web.HTTPNotFound
    return reminder


async def empty_form(request: web.Request, reminder: Reminder | None = None) -> Form:
    """Return the form without values; *reminder* is changed by it, else a new one is set."""
    async with context_of(request).store.reading() as unit:
        present = readable(reminder.audience) if reminder and reminder.audience else None
        who = await audience_builder(request, unit, Use.REMINDER, present)
        topics = tuple((await topic_names(request, unit)).items())
        leads = user_of(request).may(May.OVERRIDE)
        fields = reminder_fields(who, topics, leads=leads)
    if reminder is None:
        return Form("reminders/new", fields, _("See the preview"), cancel="reminders")
    path = f"reminders/{reminder.id}"
    hidden = {"version": reminder.version}
    return Form(f"{path}/edit", fields, _("See the preview"), cancel=path, hidden=hidden)


async def writing_page(
    request: web.Request, form: Form, reminder: Reminder | None = None
) -> web.Response:
    """Return the page of the form."""
    if reminder is None:
        section = Section(forms=(form,))
        return await record_page(request, RecordPage(_("New reminder"), (section,), way=WAY))
    lost = _("Its days cannot be shown below: {rule}. Write anew when it is sent.")
    rule = rule_words(reminder.rule)
    lines = () if is_shown_by_fields(reminder) else (Line(lost.with_(rule=rule), "notice"),)
    way = Link(reminder.title, f"reminders/{reminder.id}")
    page = RecordPage(_("Change the reminder"), (Section(lines=lines, forms=(form,)),), way=way)
    return await record_page(request, page)


async def refused_page(
    request: web.Request, form: MultiDict[str], answer: Refused, reminder: Reminder | None
) -> web.Response:
    """Return the page of the form as it was sent, with the reason for its refusal."""
    shown = (await empty_form(request, reminder)).refused(form, at_field(answer, form))
    return await writing_page(request, shown, reminder)


@dataclass(frozen=True, slots=True)
class Times:
    """The next messages of a draft to one person, *named* by staff; *is_in* says if at all."""

    named: str = ""
    is_in: bool = True
    next: Sequence[Expected] = ()


async def preview_page(
    request: web.Request, form: MultiDict[str], draft: Reminder, reminder: Reminder | None
) -> web.Response:
    """Return the preview of a draft: texts, recipients, times, and the form that saves it."""
    empty = await empty_form(request, reminder)
    hidden = {**empty.hidden, **hidden_of(form, empty)}
    asked = form.get("person", "").strip()[:LONGEST_SEARCH]
    async with context_of(request).store.unit() as unit:
        await unit.participants.complete()
        audience = readable(draft.audience or {})
        who = await audience_words(unit, audience)
        at = next_time(unit, draft) or unit.now
        reached = await reach(unit, draft, at)
        samples = await _samples(unit, draft, at)
        times = await _times(unit, draft, samples, asked)
        cancels = await unit.deliveries.waiting(SUBJECT, reminder.id) if reminder else 0
        shown = _as_shown(request, draft, unit)
    save: dict[str, Any] = {**hidden, "do": "save"}
    change: dict[str, Any] = {**hidden, "do": "change"}
    lead = CANCELS.with_(count=cancels) if cancels else None
    sections = (
        Section(_("As the chat shows it"), lines=shown),
        Section(
            _("Who gets it"),
            lines=(
                Line((who, ":")),
                *reach_lines(reached),
                *((Line(_("For example:"), "quiet"),) if samples else ()),
            ),
            rows=[_sample(one) for one in samples],
        ),
        _times_section(draft, times, asked, Form(empty.path, hidden=hidden)),
        Section(
            _("Save it"),
            acts=(
                Form(empty.path, submit=_("Save the reminder"), hidden=save, lead=lead),
                Form(empty.path, submit=_("Change it"), hidden=change, look=""),
            ),
        ),
    )
    way = Link(reminder.title, f"reminders/{reminder.id}") if reminder else WAY
    return await record_page(request, RecordPage(_("Preview of the reminder"), sections, way=way))


def _as_shown(request: web.Request, draft: Reminder, unit: Unit) -> Sequence[Cell]:
    """Return the message as the chat shows it, in each language."""
    kind = message_class(draft)
    never_sent = Delivery(0, SUBJECT, 0, "", 0, kind, 1, unit.now, unit.now, asks=draft.asks)
    is_dated = has_dates(unit, draft, next_time(unit, draft))

    def send(language: str) -> Send:
        said, contact = words(draft, language), draft.contact
        return reminder_cards.reminder(
            never_sent, said, contact=contact, own=False, has_dates=is_dated
        )

    return as_shown(context_of(request).town, send)


async def _samples(unit: Unit, draft: Reminder, at: datetime) -> Sequence[Recipient]:
    """Return the first recipients who get a draft; the first of all where none does."""
    found = await unit.audiences.some(readable(draft.audience or {}), LOOKED_THROUGH)
    stances = await unit.stances.of_participants([one.participant_id for one in found], draft.topic)
    attention = message_class(draft)
    get_it = [one for one in found if stances[one.participant_id].withheld(attention, at) is None]
    return (get_it or found)[:SAMPLES]


def _sample(one: Recipient) -> Line:
    """Return a recipient as an example."""
    name = Link(one.first_name or _("Without a name"), f"participants/{one.participant_id}")
    return Line((name, " ", Part(reached_by(one.person_id), "quiet")))


async def _times(unit: Unit, draft: Reminder, samples: Sequence[Recipient], asked: str) -> Times:
    """Return the next times for the person whose name was written, or for the first recipient."""
    to, audience = samples[0] if samples else None, readable(draft.audience or {})
    is_in, name = True, to.first_name if to is not None else ""
    if asked:
        found = await unit.participants.search(asked, 1)
        to = await unit.audiences.find(found[0].id) if found else None
        name = found[0].first_name if found else ""
        is_in = to is not None and await unit.audiences.contains(audience, to.participant_id)
        if found and to is None:
            return Times(name, is_in=True)
    if to is None or not is_in:
        return Times(name, is_in=is_in)
    coming = await expected_of(unit, draft, to, unit.now + WITHIN, TIMES)
    return Times(name or "", is_in, await judged(unit, to, coming))


def _times_section(draft: Reminder, times: Times, asked: str, form: Form) -> Section:
    """Return the section with the rule in words, and the next times for one person."""
    lines: list[Cell] = [Line(rule_words(draft.rule))]
    name = times.named or _("Without a name")
    if asked and not times.named:
        lines.append(Line(_("There is no such person."), "quiet"))
    elif asked and not times.is_in:
        outside = _("{name} is not among the recipients.").with_(name=name)
        lines.append(Line(outside, "notice refused"))
    elif asked and not times.next:
        blocked = _("{name} gets nothing: the chat is blocked.")
        lines.append(Line(blocked.with_(name=name), "notice refused"))
    elif times.next and all(one.withheld for one in times.next):
        why = reason_name(times.next[0].delivery.reason)
        nothing = _("{name} gets nothing: {reason}.").with_(name=name, reason=why)
        lines.append(Line(nothing, "notice refused"))
        times = replace(times, next=())
    elif times.next:
        lines.append(Line(_("The next times for {name}, with their quiet hours:").with_(name=name)))
    field = Field("person", _("For another person, by name"), "search", longest=LONGEST_SEARCH)
    another = replace(form, fields=(field,), submit=_("Show the times"), look="")
    return Section(
        _("When it is sent"),
        lines=lines,
        rows=[_time(one) for one in times.next],
        acts=(another.filled({"person": asked or None}),),
    )


def _time(expected: Expected) -> Line:
    """Return one time; why it is not the one of the rule, or why nothing is sent."""
    one = expected.delivery
    if expected.withheld:
        why = _("Not sent: {reason}").with_(reason=reason_name(one.reason))
        return Line((Moment(one.planned_at), ": ", why), "quiet")
    moved = moved_name(one)
    said = (Part("", tag="br"), Part((moved, " (", Moment(one.wanted_at), ")"), "quiet"))
    return Line((Moment(one.planned_at), said if moved else None))
