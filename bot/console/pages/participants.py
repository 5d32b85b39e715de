"""The search for participants, and the page of one with what will reach them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from aiohttp import web
from multidict import MultiDict

from bot.console.cells import Cell, Line, Link, Moment, Part, Phone, Title, dotted, tag
from bot.console.console_context import context_of
from bot.console.current_user import user_of
from bot.console.delivery_labels import A_MESSAGE, ABOUT_PLEDGES, message_name
from bot.console.form import Field, Fields, Fold, Form
from bot.console.list_page import ListPage, filters_of, list_page
from bot.console.paging import asked_before, paged
from bot.console.record_page import RecordPage, Section, record_page
from bot.console.reminder_labels import moved_name, reason_name
from bot.engine.events import Refused
from bot.i18n import LANGUAGE_NAMES, Text, _, ngettext, pgettext
from bot.model.delivery import ALL_TOPICS, Delivery
from bot.model.group import Group
from bot.model.invitation import INVITATION
from bot.model.participant import CITIZEN_ROLE_NAMES, CitizenRole, GivenRole, Participant
from bot.model.reminder import SUBJECT, Reminder
from bot.model.signup import SIGNUP
from bot.model.staff import LONGEST_NAME, May
from bot.service.forecast import Expected, forecast
from bot.store.unit import Unit
from flows.asking import phone_number

ON_A_PAGE = 50
LONGEST_SEARCH = 80  # characters
LONGEST_PHONE = 40
WAY = Link(_("Citizens"), "participants")
ENTER = _("Create a citizen")
IS_ANOTHER = Field(
    "is_another", _("It is another person with the same number"), "tick", required=False
)
OWN_REMINDER = _("A reminder that they set themselves")
OWN_REMINDERS = ngettext(
    "{count} reminder that they set themselves; its time and words are theirs",
    "{count} reminders that they set themselves; their times and words are theirs",
    "count",
)


def reached_by(person_id: int | None) -> Text:
    """Return how a participant is reached."""
    return _("In the chat") if person_id is not None else _("By phone")


async def show_participants(request: web.Request) -> web.StreamResponse:
    """Show participants, found by name, the newest first."""
    words = request.query.get("q", "").strip()[:LONGEST_SEARCH]
    async with context_of(request).store.unit() as unit:
        await unit.participants.complete()
        found = await unit.participants.search(words, ON_A_PAGE + 1, before=asked_before(request))
    last = found[:ON_A_PAGE][-1].id if found else None
    people, paging = paged(request, found, ON_A_PAGE, last)
    field = Field("q", _("Name"), "search", required=False, longest=LONGEST_SEARCH)
    shown = ListPage(
        _("Citizens"),
        people,
        (
            lambda one: Title(
                Link(one.first_name or _("Without a name"), f"participants/{one.id}")
            ),
            lambda one: Line(
                dotted(reached_by(one.person_id), Phone(one.phone) if one.phone else None),
                "quiet",
            ),
        ),
        lead=_("Everybody in the chat, and those whom staff entered by first name and phone."),
        new=Link(ENTER, "participants/new"),
        filters=filters_of(request, "participants", (field,), submit=_("Search"), icon="search"),
        empty=Line(_("There is no such person."), "empty"),
        paging=paging,
    )
    return await list_page(request, shown)


async def show_new(request: web.Request) -> web.StreamResponse:
    """Show the form to enter a participant."""
    return await new_page(request, person_form("participants/new"))


def person_form(path: str, *, known: Sequence[Participant] = ()) -> Form:
    """Return the form of a participant who is not in the chat; *known* have the number."""
    fields: tuple[Field, ...] = (
        Field("first_name", _("First name"), longest=LONGEST_NAME, autofocus=True),
        Field("phone", _("Phone number"), "tel", longest=LONGEST_PHONE),
    )
    if known:
        fields = (*fields, IS_ANOTHER)
    is_new = path == "participants/new"
    cancel = "participants" if is_new else path.removesuffix("/edit")
    return Form(path, fields, _("Create") if is_new else _("Save"), cancel=cancel)


def entering_form(
    path: str, submit: Text, known: Sequence[Participant] = (), more: Fields = ()
) -> Form:
    """Return the form that enters a person who rings, before what they ring about is kept.

    *known* have the phone number already, and *more* are further fields.
    """
    fields: Fields = (
        (
            Field("first_name", _("First name"), longest=LONGEST_NAME),
            Field("phone", _("Phone number"), "tel", longest=LONGEST_PHONE),
        ),
        *((IS_ANOTHER,) if known else ()),
        *more,
    )
    return Form(path, fields, submit, prefix="enter-")


def entering_fold(form: Form, refused: Form | None) -> Fold:
    """Return the form that enters a person, folded; open where it is *refused*, as it was sent."""
    shown = refused or form
    label = _("Somebody who is not in the chat …")
    return Fold(label, shown, "enter", is_open=refused is not None)


async def known_by_phone(
    request: web.Request, form: MultiDict[str], own_id: int = 0
) -> Sequence[Participant]:
    """Return who else has the phone number in the form."""
    phone = phone_number(form.get("phone", ""))
    if isinstance(phone, Refused):
        return ()
    async with context_of(request).store.reading() as unit:
        found = await unit.participants.by_phone(phone)
    return [one for one in found if one.id != own_id]


async def new_page(
    request: web.Request, form: Form, known: Sequence[Participant] = ()
) -> web.Response:
    """Return the page of the form to enter a participant."""
    about = _("For somebody who is not in the chat. Staff ring them instead of a message.")
    section = Section(lines=(Line(about, "quiet"), *known_lines(known)), forms=(form,))
    return await record_page(request, RecordPage(ENTER, (section,), way=WAY))


def known_lines(known: Sequence[Participant]) -> Sequence[Cell]:
    """Return the links to people who have a phone number already."""
    return [
        Line((_("Entered already:"), " ", Link(one.first_name, f"participants/{one.id}")), "notice")
        for one in known
    ]


async def entered(request: web.Request, unit: Unit) -> Participant:
    """Return the entered participant in the address; raise `HTTPNotFound` for none."""
    found = await unit.participants.get(int(request.match_info["id"]))
    if found is None or not found.is_entered:
        raise web.HTTPNotFound
    return found


async def show_edit(request: web.Request) -> web.StreamResponse:
    """Show the form that changes the name and phone of a participant."""
    async with context_of(request).store.reading() as unit:
        found = await entered(request, unit)
    form = person_form(f"participants/{found.id}/edit")
    values = {"first_name": found.first_name, "phone": found.phone}
    return await edit_page(request, found, form.filled(values))


async def edit_page(
    request: web.Request, found: Participant, form: Form, known: Sequence[Participant] = ()
) -> web.Response:
    """Return the page of the form that changes a participant."""
    section = Section(lines=known_lines(known), forms=(form,))
    way = Link(found.first_name, f"participants/{found.id}")
    return await record_page(request, RecordPage(_("Change name or phone"), (section,), way=way))


async def show_participant(request: web.Request) -> web.StreamResponse:
    """Show the page of a participant."""
    async with context_of(request).store.reading() as unit:
        found = await unit.participants.shown(int(request.match_info["id"]))
        if found is None:
            raise web.HTTPNotFound
        roles = await unit.participants.role_history(found.id)
        groups = await unit.groups.of_participant(found.id)
        live = await unit.groups.live()
        expected = await forecast(unit, found.id)
        ids = {one.delivery.subject_id for one in expected if one.delivery.subject_kind == SUBJECT}
        reminders = await unit.reminders.some(ids)
        facts = await _facts(unit, found)
        mutes = await _mutes(request, unit, found)
    helps = Link(_("As a volunteer"), f"volunteers/{found.id}")
    pledged = Link(_("Their pledges"), f"pledges?participant={found.id}")
    path = f"participants/{found.id}"
    change = Line(Link(_("Change name or phone"), f"{path}/edit", "button", icon="pen"))
    sections = [
        Section(
            facts=facts,
            rows=(
                *((change,) if found.is_entered else ()),
                *((helps,) if user_of(request).may(May.VOLUNTEERING) else ()),
                *((pledged,) if user_of(request).may(May.PLEDGES) else ()),
            ),
        ),
        _roles(found, roles),
        _groups(found, groups, live),
        _reaching(expected, reminders),
        _not_reaching(expected, reminders),
        *([Section(_("Turned off"), rows=mutes)] if mutes else []),
        *_ending(found),
    ]
    name = found.first_name or _("Without a name")
    return await record_page(request, RecordPage(name, sections, way=WAY))


async def _facts(unit: Unit, found: Participant) -> Sequence[tuple[Text, Cell]]:
    """Return how a participant is reached, in which language, and when not."""
    if found.ended_at is not None:
        return [(pgettext("citizen", "Deleted"), Moment(found.ended_at))]
    facts: list[tuple[Text, Cell]] = [(_("Reached"), reached_by(found.person_id))]
    if found.phone:
        facts.append((_("Phone number"), Phone(found.phone)))
    recipient = await unit.audiences.find(found.id)
    if recipient is None:
        facts[0] = (_("Reached"), tag(_("Not at all: the chat is blocked"), "wait"))
        return facts
    if found.person_id is not None:
        facts.append((_("Language"), LANGUAGE_NAMES.get(recipient.language, recipient.language)))
    if recipient.own_quiet is not None:
        starts, ends = (f"{minute // 60}.{minute % 60:02d}" for minute in recipient.own_quiet)
        quiet = _("From {starts} to {ends}").with_(starts=starts, ends=ends)
        facts.append((_("Own quiet hours"), quiet))
    return facts


def _roles(found: Participant, roles: Sequence[GivenRole]) -> Section:
    """Return the section of a participant's roles: given, ended, and the acts."""
    path = f"participants/{found.id}/roles"
    live = {one.role for one in roles if one.ended_at is None}
    acts = [
        Form(
            f"{path}/end" if role in live else f"{path}/give",
            submit=(_("End the role {role}") if role in live else _("Give the role {role}")).with_(
                role=name
            ),
            hidden={"role": role},
            look="danger" if role in live else "",
        )
        for role, name in CITIZEN_ROLE_NAMES.items()
    ]
    return Section(pgettext("citizen", "Roles"), rows=[_role(one) for one in roles], acts=acts)


def _role(one: GivenRole) -> Line:
    """Return the row of a role, with when it was given and ended."""
    name = CITIZEN_ROLE_NAMES[CitizenRole(one.role)]
    since = (Part(_("since"), "quiet"), " ", Moment(one.since))
    if one.ended_at is None:
        return Line((name, " ", *since))
    until = (" ", Part(_("until"), "quiet"), " ", Moment(one.ended_at))
    return Line((name, " ", *since, *until), "quiet")


def _groups(found: Participant, groups: Sequence[Group], live: Sequence[Group]) -> Section:
    """Return the section of a participant's groups, and the form that adds to one more."""
    known = {one.id for one in groups}
    options = [(str(one.id), one.name) for one in live if one.id not in known]
    field = Field("group", _("Add to a group"), "choice", options=options, empty=_("Choose"))
    add = Form(f"participants/{found.id}/join", (field,), _("Add"), look="")
    none = () if groups else (Line(_("In no group."), "quiet"),)
    return Section(
        _("Groups"),
        lines=[*none, *(Line(Link(one.name, f"groups/{one.id}")) for one in groups)],
        acts=(add,) if options and found.ended_at is None else (),
    )


def _ending(found: Participant) -> Sequence[Section]:
    """Return the section that deletes an entered participant."""
    if not found.is_entered:
        return ()
    means = _(
        "The name and the phone number are deleted, and roles and groups end. Nobody rings any "
        "more. The answers so far stay in the results without a name. This cannot be undone."
    )
    act = Form(
        f"participants/{found.id}/end", submit=_("Delete the person"), lead=means, look="danger"
    )
    return (Section(_("Delete the person"), acts=(act,)),)


def _reaching(expected: Sequence[Expected], reminders: Mapping[int, Reminder]) -> Section:
    """Return the section of the messages that will come, with when, what and why then.

    The citizen's own reminders are counted only: their times and words are the citizen's.
    """
    coming = [one.delivery for one in expected if not one.withheld]
    shown = [one for one in coming if not _is_own(one, reminders)]
    own = {one.subject_id for one in coming if _is_own(one, reminders)}
    lines: list[Cell] = [] if coming else [Line(_("Nothing within four weeks."), "quiet")]
    if own:
        lines.append(Line(OWN_REMINDERS.with_(count=len(own))))
    rows = [
        Line((Moment(one.planned_at), ": ", title_of(one, reminders), _moved(one))) for one in shown
    ]
    return Section(_("What will reach them"), lines=lines, rows=rows)


def _is_own(one: Delivery, reminders: Mapping[int, Reminder]) -> bool:
    """Return whether a message is a reminder that the citizen set."""
    found = reminders.get(one.subject_id) if one.subject_kind == SUBJECT else None
    return found is not None and found.is_own


def _moved(one: Delivery) -> Cell:
    """Return why a message comes at another time than the rule says, and at which it would."""
    why = moved_name(one)
    if why is None or one.wanted_at == one.planned_at:
        return None
    return (Part("", tag="br"), Part((why, " (", Moment(one.wanted_at), ")"), "quiet"))


def _not_reaching(expected: Sequence[Expected], reminders: Mapping[int, Reminder]) -> Section:
    """Return the section of the messages that do not come, with the reason."""
    withheld = [
        one.delivery for one in expected if one.withheld and not _is_own(one.delivery, reminders)
    ]
    none = () if withheld else (Line(_("Nothing is held back."), "quiet"),)
    rows = [
        Line(
            (
                Moment(one.planned_at),
                ": ",
                title_of(one, reminders),
                Part("", tag="br"),
                Part(reason_name(one.reason), "quiet"),
            )
        )
        for one in withheld
    ]
    return Section(_("What will not reach them"), lines=none, rows=rows)


def title_of(one: Delivery, reminders: Mapping[int, Reminder]) -> Cell:
    """Return what a message is about; a citizen's reminder to themselves keeps its words."""
    if one.subject_kind == SIGNUP:
        return _("Volunteering: {message}").with_(message=message_name(one))
    if one.subject_kind == INVITATION:
        return _("Invited to volunteer")
    if one.subject_kind in ABOUT_PLEDGES:
        return _("Pledges: {message}").with_(message=message_name(one))
    found = reminders.get(one.subject_id) if one.subject_kind == SUBJECT else None
    if found is None:
        return A_MESSAGE
    return OWN_REMINDER if found.is_own else Link(found.title, f"reminders/{found.id}")


async def _mutes(request: web.Request, unit: Unit, found: Participant) -> Sequence[Cell]:
    """Return what a participant has turned off, and until when."""
    if found.person_id is None:
        return ()
    topics = await topic_names(request, unit)
    muted = await unit.mutes.of(found.person_id)
    return [
        Line(
            (
                _("Everything") if topic == ALL_TOPICS else topics.get(topic, topic),
                (" ", Part(_("until"), "quiet"), " ", Moment(until)) if until else None,
            )
        )
        for topic, until in muted.items()
    ]


async def topic_names(request: web.Request, unit: Unit) -> Mapping[str, Text | str]:
    """Return the topics that a reminder can have, by key: of the town, of roles and of groups."""
    language = user_of(request).language
    return {
        **{topic.key: topic.labels[language] for topic in context_of(request).town.topics},
        **{f"role:{role}": name for role, name in CITIZEN_ROLE_NAMES.items()},
        **{f"group:{key}": name for key, name in (await unit.groups.names()).items()},
    }
