"""The list of reminders, the page of one, and the answers to it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from aiohttp import web

from bot.calendar.offset import Offset, Span
from bot.calendar.offset_words import after_in_words, before_in_words
from bot.calendar.recurrence import Recurrence
from bot.calendar.recurrence import Unit as Every
from bot.calendar.rule_words import in_words
from bot.console.audience_labels import names_for
from bot.console.cells import Block, Cell, Line, Link, Moment, Part, Quote, Title, dotted, tag
from bot.console.console_context import context_of
from bot.console.current_user import user_of
from bot.console.form import Field, Form
from bot.console.link_section import link_sections
from bot.console.list_page import ListPage, filters_of, list_page
from bot.console.pages.participants import LONGEST_SEARCH, ON_A_PAGE, topic_names
from bot.console.paging import asked_before, paged
from bot.console.reach_words import reach_lines
from bot.console.record_page import RecordPage, Section, record_page
from bot.console.reminder_labels import OUTCOMES, OWN_DATES, STATES, outcome_name
from bot.console.table_files import file_links
from bot.i18n import LANGUAGE_NAMES, Text, _, pgettext
from bot.model.audience_words import Words
from bot.model.audience_words import in_words as audience_in_words
from bot.model.delivery import Delivery, Outcome, Reason
from bot.model.reminder import SUBJECT, UNREADABLE, Reminder, ReminderState
from bot.model.staff import May
from bot.service.coming_times import next_time
from bot.service.own_dates import SINCE, own_date_of
from bot.service.reach import reach
from bot.service.reminder_rules import audience_of, rule_of
from bot.store.alerts import Subject
from bot.store.unit import Unit

WAY = Link(_("Reminders"), "reminders")
NOT_COMPUTED = _("When it is sent cannot be computed. Change it, or end it.")
LIVE = (ReminderState.ACTIVE, ReminderState.PAUSED)


@dataclass(frozen=True, slots=True)
class Listed:
    """A reminder with who gets it and when."""

    reminder: Reminder
    who: Words
    next_at: datetime | None


async def show_reminders(request: web.Request) -> web.StreamResponse:
    """Show the reminders of staff and leads, the newest first, filtered by state and title."""
    state, words = request.query.get("state", ""), request.query.get("q", "").strip()
    states = (ReminderState(state),) if state in list(ReminderState) else LIVE
    async with context_of(request).store.reading() as unit:
        found = await unit.reminders.shared(
            states, ON_A_PAGE + 1, before=asked_before(request), words=words[:LONGEST_SEARCH]
        )
        names = await names_for(unit, *map(audience_of, found))
        listed = [
            Listed(one, audience_in_words(audience_of(one), names), next_of(unit, one))
            for one in found
        ]
    last = found[:ON_A_PAGE][-1].id if found else None
    shown, paging = paged(request, listed, ON_A_PAGE, last)
    options = [(str(one), name) for one, (name, _css) in STATES.items()]
    fields = (
        Field("q", _("Search in the text"), "search", required=False, longest=LONGEST_SEARCH),
        Field(
            "state",
            pgettext("reminder", "State"),
            "choice",
            options=options,
            empty=_("Active and paused"),
            required=False,
        ),
    )
    return await list_page(
        request,
        ListPage(
            _("Reminders"),
            shown,
            columns(),
            new=Link(_("New reminder"), "reminders/new"),
            filters=filters_of(request, "reminders", fields),
            empty=Line(_("There is no such reminder."), "empty"),
            paging=paging,
        ),
    )


def columns() -> Sequence[Callable[[Listed], Cell]]:
    """Return the columns of the list."""
    return (
        lambda one: Title(
            (
                Link(one.reminder.title, f"reminders/{one.reminder.id}"),
                " ",
                tag(*STATES[one.reminder.state]),
            )
        ),
        lambda one: Line(_("To {who}").with_(who=one.who)),
        lambda one: Line(rule_words(one.reminder.rule), "quiet"),
        lambda one: Line((_("Next:"), " ", Moment(one.next_at)), "quiet") if one.next_at else None,
    )


def next_of(unit: Unit, reminder: Reminder) -> datetime | None:
    """Return when an active reminder is sent next; None where that cannot be computed."""
    try:
        return next_time(unit, reminder) if reminder.state is ReminderState.ACTIVE else None
    except UNREADABLE:
        return None


def rule_words(rule: Mapping[str, Any]) -> Text:
    """Return when a reminder is sent, in words, or that this cannot be read."""
    try:
        return _rule_words(rule)
    except UNREADABLE:
        return NOT_COMPUTED


def _rule_words(rule: Mapping[str, Any]) -> Text:
    if SINCE in rule:
        own = own_date_of(rule)
        return after_in_words(own.after, OWN_DATES[own.since])
    parsed = rule_of(rule)
    if parsed.before is None:
        return in_words(parsed.recurrence)
    if parsed.before.span is Span.MINUTE and parsed.recurrence.unit is Every.ONCE:
        return in_words(_sent_at(parsed.recurrence, parsed.before))  # a message of a shift
    words = in_words(parsed.recurrence)
    said = _("{before}: {rule}")
    return said.with_(before=before_in_words(parsed.before), rule=words)


def _sent_at(once: Recurrence, before: Offset) -> Recurrence:
    """Return the single time that is some minutes before another one."""
    begins = datetime.combine(once.starts_on, once.at)
    at = begins + timedelta(minutes=before.amount)
    return replace(once, starts_on=at.date(), at=at.time())


async def reminder_of(request: web.Request, unit: Unit) -> Reminder:
    """Return the reminder in the address; raise `HTTPNotFound` for none, or a citizen's own."""
    found = await unit.reminders.get(int(request.match_info["id"]))
    if found is None or found.is_own:
        raise web.HTTPNotFound
    return found


async def show_reminder(request: web.Request) -> web.StreamResponse:
    """Show the page of a reminder."""
    async with context_of(request).store.unit() as unit:
        found = await reminder_of(request, unit)
        await unit.participants.complete()
        facts = await _facts(request, unit, found)
        results = await unit.deliveries.results(SUBJECT, found.id)
        links = await link_sections(request, unit, Subject(SUBJECT, found.id))
    edit = found.state is not ReminderState.ENDED and found.audience is not None
    path = f"reminders/{found.id}"
    sections = [
        Section(
            facts=facts,
            lines=(Line(tag(*STATES[found.state])),),
            rows=(Line(Link(_("Change it"), f"{path}/edit", "button", icon="pen")),)
            if edit
            else (),
        ),
        Section(_("The text"), lines=texts(found.texts)),
        Section(_("Results"), lines=_results_lead(results), rows=_results(request, path, results)),
        *links,
        *_acts(found),
    ]
    return await record_page(request, RecordPage(found.title, sections, way=WAY))


def texts(written: Mapping[str, str]) -> Sequence[Cell]:
    """Return the texts with the names of their languages."""
    return [
        Block((Line(LANGUAGE_NAMES.get(key, key), "quiet"), Quote(text, key)))
        for key, text in written.items()
    ]


async def _facts(request: web.Request, unit: Unit, found: Reminder) -> Sequence[tuple[Text, Cell]]:
    """Return who gets a reminder, when and about what, and who set it."""
    audience = audience_of(found)
    topics = await topic_names(request, unit)
    next_at = next_of(unit, found)
    reached = await reach(unit, found, next_at or unit.now)
    who = audience_in_words(audience, await names_for(unit, audience))
    groups = await unit.groups.names()
    set_by: Cell = found.contact
    if found.group_id is not None:
        name = Link(groups.get(found.group_id, ""), f"groups/{found.group_id}")
        set_by = (found.contact, ", ", _("lead of"), " ", name)
    facts: list[tuple[Text, Cell]] = [
        (pgettext("reminder", "Who"), Block((Line(who), *reach_lines(reached)))),
        (pgettext("reminder", "When"), rule_words(found.rule)),
    ]
    if next_at is not None:
        facts.append((pgettext("reminder", "Next"), Moment(next_at)))
    facts += [
        (pgettext("reminder", "Topic"), topics.get(found.topic, found.topic)),
        (_("Answer buttons"), _("Yes") if found.asks else _("No")),
        (_("Prepares an event"), _("Yes") if found.prepares else _("No")),
        (_("Set by"), set_by),
    ]
    if found.created_at is not None:
        facts.append((pgettext("reminder", "Set"), Moment(found.created_at)))
    return facts


def _results_lead(results: Mapping[tuple[Outcome, Reason | None], int]) -> Sequence[Cell]:
    return () if results else (Line(_("Nothing has been sent yet."), "quiet"),)


def _results(
    request: web.Request, path: str, results: Mapping[tuple[Outcome, Reason | None], int]
) -> Sequence[Cell]:
    """Return the number of messages of each outcome, with links to the recipients and files."""
    if not results:
        return ()
    order = list(Outcome)
    rows: list[Cell] = [
        (
            Line(
                Link(outcome_name(outcome, reason), f"{path}/results?outcome={outcome}"),
            ),
            Part(str(number), tag="b"),
        )
        for (outcome, reason), number in sorted(
            results.items(), key=lambda one: (order.index(one[0][0]), str(one[0][1]))
        )
    ]
    if user_of(request).may(May.EXPORT_PERSONS):
        rows.append(Block(file_links(f"{path}/results"), "buttons"))
    return rows


def _acts(found: Reminder) -> Sequence[Section]:
    """Return the acts on a reminder: pause or resume it, and end it."""
    if found.state is ReminderState.ENDED:
        return ()
    path = f"reminders/{found.id}"
    if found.state is ReminderState.ACTIVE:
        hold = Form(
            f"{path}/pause",
            submit=_("Pause it"),
            lead=_("What is planned is cancelled. Nothing is sent until it is resumed."),
            look="",
        )
    else:
        hold = Form(
            f"{path}/resume",
            submit=_("Resume it"),
            lead=_("It is sent again from its next time."),
            look="",
        )
    end = Form(
        f"{path}/end",
        submit=_("End it"),
        lead=_("It is never sent again. Its results stay."),
        look="danger",
    )
    return (Section(_("Pause or end"), acts=(hold, end)),)


async def show_results(request: web.Request) -> web.StreamResponse:
    """Show each message of a reminder with what became of it, the newest first."""
    async with context_of(request).store.reading() as unit:
        reminder = await reminder_of(request, unit)
    way = Link(reminder.title, f"reminders/{reminder.id}")
    subject = Subject(SUBJECT, reminder.id)
    return await results_page(request, subject, way, reminder.title)


async def results_page(
    request: web.Request,
    subject: Subject,
    way: Link,
    title: str,
    *,
    outcomes: Mapping[Outcome, Text] = OUTCOMES,
    person: str = "participants",
) -> web.Response:
    """Return the page of each message of a subject with what became of it.

    *person* is the page to which the names lead.
    """
    written = request.query.get("outcome", "")
    outcome = Outcome(written) if written in list(Outcome) else None
    async with context_of(request).store.reading() as unit:
        found = await unit.deliveries.of_subject(
            subject.kind,
            subject.id,
            ON_A_PAGE + 1,
            before=asked_before(request),
            outcome=outcome,
        )
        names = await unit.participants.names({one.participant_id for one in found})
    last = found[:ON_A_PAGE][-1].id if found else None
    lines, paging = paged(request, found, ON_A_PAGE, last)
    options = [(str(one), name) for one, name in outcomes.items()]
    field = Field(
        "outcome",
        _("What became of it"),
        "choice",
        options=options,
        empty=_("Everything"),
        required=False,
    )
    shown = ListPage(
        _("Results: {title}").with_(title=title),
        lines,
        result_columns(names, outcomes, person),
        way=way,
        filters=filters_of(request, f"{way.path}/results", (field,)),
        empty=Line(_("Nothing of that kind."), "empty"),
        paging=paging,
    )
    return await list_page(request, shown)


def result_columns(
    names: Mapping[int, str], outcomes: Mapping[Outcome, Text], person: str
) -> Sequence[Callable[[Delivery], Cell]]:
    """Return the columns of the results; *names* are those of the participants."""
    nameless = _("Without a name")
    return (
        lambda one: Title(
            Link(names.get(one.participant_id) or nameless, f"{person}/{one.participant_id}")
        ),
        lambda one: Line(outcome_name(one.outcome, one.reason, outcomes)),
        lambda one: Quote(one.answer_words, "") if one.answer_words else None,
        _times_of,
    )


def _times_of(one: Delivery) -> Cell:
    """Return when a message was sent, and when it was answered."""
    answered = (_("Answered"), " ", Moment(one.answered_at)) if one.answered_at else None
    sent = (_("Sent"), " ", Moment(one.sent_at)) if one.sent_at else Moment(one.planned_at)
    return Line(dotted(sent, answered), "quiet")
