"""The page of a volunteer: sign-ups, hours, profile, certificates, and what they were told."""

from __future__ import annotations

from collections.abc import Sequence

from aiohttp import web

from bot.console.cases.labels import MESSAGE_KINDS
from bot.console.cells import (
    Block,
    Cell,
    Line,
    Link,
    Moment,
    Part,
    Phone,
    Quote,
    case_link,
    dotted,
    tag,
)
from bot.console.console_context import context_of
from bot.console.current_user import user_of
from bot.console.delivery_labels import message_name
from bot.console.list_page import ListPage, list_page
from bot.console.pages.gates import gate_section
from bot.console.pages.participants import ON_A_PAGE, reached_by, title_of
from bot.console.paging import asked_before, paged
from bot.console.record_page import RecordPage, Section, record_page
from bot.console.reminder_labels import ANSWERS, OUTCOMES, outcome_name
from bot.console.signup_rows import NAMELESS
from bot.console.town_labels import area_options, topic_options
from bot.console.volunteer_labels import SOURCES, UNREACHABLE, signup_tag, time_given
from bot.i18n import Listed, Text, _, ngettext, pgettext
from bot.model.delivery import Delivery, DeliveryState
from bot.model.invitation import INVITATION
from bot.model.opportunity import SPOKEN, Opportunity, Shift
from bot.model.participant import Participant
from bot.model.profile import WISH_NAMES, Profile, slot_name
from bot.model.reminder import SUBJECT
from bot.model.signup import SIGNUP, Signup
from bot.model.staff import May
from bot.store.unit import Unit

SHOWN, MESSAGES = 30, 10  # sign-ups and messages on the page
INVITED_TO = _("Invited to {title}")
TIMES = ngettext("{count} time", "{count} times", "count")


async def show_volunteer(request: web.Request) -> web.StreamResponse:
    """Show the page of a volunteer."""
    may_handle = user_of(request).may(May.HANDLE_GATES)
    async with context_of(request).store.reading() as unit:
        found = await _volunteer(request, unit)
        sections = [
            Section(facts=await _facts(unit, found), rows=_links(request, found)),
            *([await gate_section(unit, found.id)] if may_handle else []),
            await _signups(unit, found),
            _profile(request, await unit.profiles.get(found.id)),
            await _messages(unit, found),
            await _cases(request, unit, found),
        ]
    name = found.first_name or NAMELESS
    shown = [one for one in sections if one.facts or one.rows or one.lines or one.forms]
    way = Link(_("Volunteering"), "opportunities")
    return await record_page(request, RecordPage(name, shown, way=way))


async def _volunteer(request: web.Request, unit: Unit) -> Participant:
    """Return the participant in the address; raise `HTTPNotFound` for none."""
    found = await unit.participants.shown(int(request.match_info["id"]))
    if found is None:
        raise web.HTTPNotFound
    return found


def _links(request: web.Request, found: Participant) -> Sequence[Cell]:
    if not user_of(request).may(May.SET_REMINDERS):
        return ()
    return (Line(Link(_("The page of the citizen"), f"participants/{found.id}")),)


async def _facts(unit: Unit, found: Participant) -> Sequence[tuple[Text, Cell]]:
    """Return how a volunteer is reached, and how often and how long they have helped."""
    blocked = await unit.audiences.blocked([found.id])
    phone = found.phone or (await unit.profiles.phones([found.id])).get(found.id)
    times, minutes = await unit.signups.attended(found.id)
    reached: Cell = UNREACHABLE if blocked else reached_by(found.person_id)
    if blocked:
        reached = (reached, Part("", tag="br"), Part(_("Is rung instead: see “To do”."), "quiet"))
    facts: list[tuple[Text, Cell]] = [(_("Reached"), reached)]
    if phone:
        facts.append((_("Phone number"), Phone(phone)))
    has_helped: Cell = _("Not yet")
    if times:
        has_helped = dotted(TIMES.with_(count=times), time_given(minutes))
    return [*facts, (_("Has helped"), has_helped)]


async def _signups(unit: Unit, found: Participant) -> Section:
    """Return the section of the newest sign-ups, with no-shows and objections to them."""
    signups = await unit.signups.of_person(found.id, SHOWN)
    known = await unit.opportunities.some({one.opportunity_id for one in signups})
    shifts = await unit.shifts.some({one.shift_id for one in signups if one.shift_id})
    rows = [
        _signup(one, known[one.opportunity_id], shifts.get(one.shift_id or 0)) for one in signups
    ]
    none = () if rows else (Line(_("No sign-ups yet."), "quiet"),)
    return Section(_("Sign-ups"), lines=none, rows=rows)


def _signup(one: Signup, known: Opportunity, shift: Shift | None) -> Cell:
    """Return the row of a sign-up."""
    path = f"shifts/{shift.id}" if shift is not None else f"opportunities/{known.id}"
    at = Moment(shift.begins_at) if shift is not None else None
    time = time_given(one.minutes) if one.minutes is not None else None
    disputed = (" ", tag(_("Says: I was there"), "wait")) if one.disputed_at else None
    facts = dotted(time, SOURCES.get(one.source))
    return Block(
        (
            Line((Link(known.title, path), *((", ", at) if at else ()))),
            Line((signup_tag(one.state), disputed)),
            *(Quote(said, "") for said in (one.reason, one.written, one.objection) if said),
            Line(facts, "quiet") if facts else None,
        )
    )


def _profile(request: web.Request, profile: Profile) -> Section:
    """Return the section of what a volunteer has told about when and how they help."""
    themes, areas = dict(topic_options(request)), dict(area_options(request))
    facts: list[tuple[Text, Cell]] = [
        (_("Interests"), ", ".join(str(themes.get(one, one)) for one in profile.interests or ())),
        (pgettext("profile", "Times"), _times(profile)),
        (_("Area"), areas.get(profile.area or "")),
        (_("Languages"), ", ".join(SPOKEN.get(one, one) for one in profile.languages or ())),
        (_("Skills"), ", ".join(profile.skills or ())),
        (_("Wants"), WISH_NAMES[profile.wish] if profile.wish else None),
        (_("Over 15"), None if profile.over_15 is None else _yes(known=profile.over_15)),
    ]
    return Section(_("Has told"), facts=[(label, fact) for label, fact in facts if fact])


def _yes(*, known: bool) -> Text:
    return _("Yes") if known else _("No")


def _times(profile: Profile) -> Cell:
    """Return the times when a volunteer can help, in words."""
    said = [slot_name(one) for one in profile.times or ()]
    return _("{names}").with_(names=Listed(tuple(said))) if said else None


async def _messages(unit: Unit, found: Participant) -> Section:
    """Return the section of the newest messages."""
    newest = await unit.deliveries.newest_of(found.id, MESSAGES + 1)
    rows = await message_rows(unit, newest[:MESSAGES])
    if len(newest) > MESSAGES:
        rows.append(Link(_("All messages"), f"volunteers/{found.id}/messages"))
    none = () if rows else (Line(_("Nothing was sent yet."), "quiet"),)
    return Section(pgettext("volunteer", "Messages"), lines=none, rows=rows)


def _outcome(one: Delivery) -> Cell:
    """Return what became of a message; an invitation is answered by yes or no."""
    rung = _("By phone") if one.state is DeliveryState.PHONED else None
    names = ANSWERS if one.subject_kind == INVITATION else OUTCOMES
    return dotted(outcome_name(one.outcome, one.reason, names), rung)


async def _cases(request: web.Request, unit: Unit, found: Participant) -> Section:
    """Return the section of the newest messages and calls in cases, for staff who see cases.

    It has no words of them: the page of a case records its readers.
    """
    if found.person_id is None or not user_of(request).may(May.SEE_CASES):
        return Section()
    newest = await unit.threads.newest_of(found.person_id, MESSAGES)
    titles = {one.id: one for one in await unit.cases.of_person(found.person_id, SHOWN)}
    prefix = context_of(request).town.number_prefix
    rows = [
        Block(
            (
                Line((Moment(one.at), ": ", MESSAGE_KINDS[one.kind])),
                Line(case_link(prefix, known.number, known.title), "quiet"),
            )
        )
        for one in newest
        if (known := titles.get(one.case_id)) is not None
    ]
    return Section(_("In cases"), rows=rows)


async def message_rows(unit: Unit, found: Sequence[Delivery]) -> list[Cell]:
    """Return messages as rows: when, about what, and what became of it."""
    reminders = await unit.reminders.some(
        {one.subject_id for one in found if one.subject_kind == SUBJECT}
    )
    signups = await unit.signups.some(
        {one.subject_id for one in found if one.subject_kind == SIGNUP}
    )
    invitations = await unit.volunteer_invitations.some(
        {one.subject_id for one in found if one.subject_kind == INVITATION}
    )
    known = await unit.opportunities.some(
        {one.opportunity_id for one in signups.values()}
        | {one.opportunity_id for one in invitations.values()}
    )

    def about(one: Delivery) -> Cell:
        if one.subject_kind == INVITATION and one.subject_id in invitations:
            title = known[invitations[one.subject_id].opportunity_id].title
            words = INVITED_TO.with_(title=title)
            return Link(words, f"invitations/{one.subject_id}")
        signup = signups.get(one.subject_id) if one.subject_kind == SIGNUP else None
        if signup is None:
            return title_of(one, reminders)
        title = known[signup.opportunity_id].title
        return (message_name(one), " ", Part(title, "quiet"))

    return [
        Block(
            (
                Line((Moment(one.sent_at or one.planned_at), ": ", about(one))),
                Line(_outcome(one), "quiet"),
                Quote(one.answer_words, "") if one.answer_words else None,
            )
        )
        for one in found
    ]


async def show_messages(request: web.Request) -> web.StreamResponse:
    """Show each message to a volunteer with what became of it, the newest first."""
    async with context_of(request).store.reading() as unit:
        volunteer = await _volunteer(request, unit)
        before = asked_before(request)
        found = await unit.deliveries.newest_of(volunteer.id, ON_A_PAGE + 1, before=before)
        rows = await message_rows(unit, found[:ON_A_PAGE])
    last = found[:ON_A_PAGE][-1].id if found else None
    _shown, paging = paged(request, found, ON_A_PAGE, last)
    name = volunteer.first_name or NAMELESS
    shown: ListPage[Cell] = ListPage(
        _("Messages to {name}").with_(name=name),
        rows,
        (lambda row: row,),
        way=Link(name, f"volunteers/{volunteer.id}"),
        empty=Line(_("Nothing was sent yet."), "empty"),
        paging=paging,
    )
    return await list_page(request, shown)
