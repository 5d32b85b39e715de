"""The page of an opportunity: its facts, requests, shifts and acts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from itertools import islice

from aiohttp import web

from bot.calendar.recurrence import from_json, next_occurrences
from bot.calendar.rule_words import in_words
from bot.console.cells import (
    Block,
    Button,
    Cell,
    Line,
    Link,
    Moment,
    Outside,
    Part,
    Quote,
    dotted,
    tag,
)
from bot.console.console_context import context_of
from bot.console.current_user import user_of
from bot.console.form import Form, folded
from bot.console.gate_notice import gate_warning
from bot.console.link_section import link_sections
from bot.console.list_page import ListPage, list_page
from bot.console.opportunity_form import DAY, HOUR
from bot.console.pages.invitations import INVITE, invitation_sections
from bot.console.pages.opportunities import WAY
from bot.console.pages.participants import ON_A_PAGE
from bot.console.paging import asked_before, paged
from bot.console.record_page import RecordPage, Section, record_page
from bot.console.signup_rows import (
    Needed,
    People,
    agree_form,
    needed_of,
    needs_line,
    people_of,
    request_row,
    who,
    write_form,
)
from bot.console.table_files import file_links
from bot.console.town_labels import area_options, topic_options
from bot.console.volunteer_labels import (
    AT_RISK,
    KINDS,
    REQUESTS,
    WAITING,
    places,
    signup_tag,
    state_tag,
    time_given,
)
from bot.i18n import LANGUAGE_NAMES, Listed, Text, _, ngettext, pgettext
from bot.model.link import opportunities_url, opportunity_url
from bot.model.opportunity import (
    GATE_NAMES,
    INSURANCE_NAMES,
    NEED_NAMES,
    OPPORTUNITY,
    SPOKEN,
    Kind,
    Opportunity,
    OpportunityState,
    Shift,
    ShiftState,
    said,
)
from bot.model.signup import HOLDS_PLACE, Signup, SignupState
from bot.model.staff import May
from bot.store.alerts import Subject
from bot.store.unit import Unit

TIMES_SHOWN = 5  # agreed times of one volunteer
SHOWN_OF_DRAFT, MOST_LOOKED_AT = 3, 400  # times of a draft, and days that are searched
SHOWN = 12  # coming shifts on the page; the list has all
THERE = ngettext("{count} was there", "{count} were there", "count")
SHOWN_AFTER = timedelta(hours=24)  # a shift that has begun is shown as long among the coming ones
DAYS = ngettext("{count} day", "{count} days", "count")
HOURS = ngettext("{count} hour", "{count} hours", "count")
MINUTES = ngettext("{count} minute", "{count} minutes", "count")
TEXTS: Mapping[str, Text] = {
    "titles": _("Title"),
    "texts": pgettext("opportunity", "What one does"),
    "gains": _("What one gets out of it"),
    "places": _("Place"),
    "notes": _("Practical note, three hours before"),
}


async def opportunity_of(request: web.Request, unit: Unit) -> Opportunity:
    """Return the opportunity in the address; raise `HTTPNotFound` for none."""
    found = await unit.opportunities.get(int(request.match_info["id"]))
    if found is None:
        raise web.HTTPNotFound
    return found


def way_to(known: Opportunity) -> Link:
    """Return the link back to an opportunity."""
    return Link(known.title, f"opportunities/{known.id}")


async def show_opportunity(request: web.Request) -> web.StreamResponse:
    """Show the page of an opportunity."""
    async with context_of(request).store.reading() as unit:
        known = await opportunity_of(request, unit)
        return await opportunity_page(request, unit, known)


async def opportunity_page(
    request: web.Request, unit: Unit, known: Opportunity, refused: Form | None = None
) -> web.Response:
    """Return the page of an opportunity; *refused* is a form of it as it was sent."""
    warning = await gate_warning(request, unit) if known.gates else ()
    sections = [
        Section(
            lines=(*warning, *_head(request, known)),
            facts=_facts(request, known),
            rows=_links(known),
        ),
        await _requests(request, unit, known, refused),
        await _who_and_when(unit, known, refused),
        *await invitation_sections(unit, known, None),
        await _contacts(unit, known),
        *await link_sections(request, unit, Subject(OPPORTUNITY, known.id)),
        Section(_("The texts"), lines=_texts(known)),
        *_files(request, known),
        *_ending(known),
    ]
    # What is to be done with a draft is to publish it.
    sections.insert(1 if known.state is OpportunityState.DRAFT else -1, _publishing(known))
    status = 200 if refused is None else refused.status
    shown = [one for one in sections if one.lines or one.facts or one.rows or one.acts or one.forms]
    return await record_page(request, RecordPage(known.title, shown, way=WAY, status=status))


def _head(request: web.Request, known: Opportunity) -> Sequence[Cell]:
    """Return the state of an opportunity, and its public page where citizens see it."""
    url = context_of(request).public_url
    if not url or known.state is not OpportunityState.OPEN:
        return (Line(state_tag(known)),)
    page = Outside(_("Its page on the web"), opportunity_url(url, known.id))
    every = Outside(_("All tasks on the web"), opportunities_url(url))
    return Line(state_tag(known)), Line(dotted(page, every))


def _links(known: Opportunity) -> Sequence[Cell]:
    """Return the buttons to change and to copy an opportunity."""
    copy = Button(f"opportunities/{known.id}/copy", _("Copy it"), "copy")
    if known.state is OpportunityState.ENDED:
        return (copy,)
    change = Link(_("Change it"), f"opportunities/{known.id}/edit", "button", icon="pen")
    return (Block((change, copy), "acts"),)


def _facts(request: web.Request, known: Opportunity) -> Sequence[tuple[Text, Cell]]:
    """Return what an opportunity is and asks for; what is not said is left out."""
    areas, themes = dict(area_options(request)), dict(topic_options(request))
    rule = in_words(from_json(known.rule["recurrence"])) if known.rule else None
    season = " – ".join(f"{int(day[3:])}.{int(day[:2])}." for day in known.season)
    insured = INSURANCE_NAMES[known.insurance] if known.insurance else None
    seats = str(known.seats) if known.seats is not None else _("Without a limit")
    facts: list[tuple[Text, Cell]] = [
        (pgettext("opportunity", "Kind"), KINDS[known.kind]),
        (pgettext("opportunity", "When"), rule),
        (_("Season"), season),
        (_("One time takes"), time_given(known.takes)),
        (pgettext("opportunity", "Places"), seats),
        (_("Place"), said(known.places, user_of(request).language)),
        (_("Area"), areas.get(known.area or "", _("The whole municipality"))),
        (_("Theme"), themes.get(known.theme or "")),
        (_("Insurance"), insured or tag(_("Not decided yet"), "wait")),
        (_("Needed before the first time"), _named([GATE_NAMES[one] for one in known.gates])),
        (_("Asks volunteers about"), _named([NEED_NAMES[one] for one in known.needs])),
        (_("Languages"), ", ".join(SPOKEN.get(one, one) for one in known.languages)),
        (_("Skills"), ", ".join(known.skills)),
        (_("Staff accept each sign-up"), _("Yes") if known.approves else None),
    ]
    if known.kind is Kind.SHIFTS:
        facts += [
            (_("Sign-ups close"), _deadline(known.closes_before, _("When it begins"))),
            (_("One can cancel freely"), _deadline(known.cancels_before, _("Until it begins"))),
        ]
    return [(label, fact) for label, fact in facts if fact]


def _named(names: Sequence[Text]) -> Cell:
    """Return names with dots between them, because each begins with a capital."""
    return dotted(*names) or None


def _deadline(minutes: int, at_once: Text) -> Text:
    """Return a deadline before a shift in words."""
    if not minutes:
        return at_once
    for span, words in ((DAY, DAYS), (HOUR, HOURS), (1, MINUTES)):
        if minutes % span == 0:
            return _("{time} before").with_(time=words.with_(count=minutes // span))
    return at_once


async def _requests(
    request: web.Request, unit: Unit, known: Opportunity, refused: Form | None
) -> Section:
    """Return the section of the requests that wait."""
    requests = await unit.signups.requests(known.id)
    people = await people_of(unit, requests)
    shifts = await unit.shifts.some({one.shift_id for one in requests if one.shift_id})
    needed = await needed_of(request, unit, known, requests)
    rows = [
        request_row(
            one,
            people,
            shifts[one.shift_id].begins_at if one.shift_id else None,
            needed.get(one.id, Needed()),
            refused,
        )
        for one in requests
    ]
    return Section(REQUESTS.with_(count=len(requests)), rows=rows)


async def _who_and_when(unit: Unit, known: Opportunity, refused: Form | None) -> Section:
    """Return the section of the volunteers by agreement, or of the shifts."""
    if known.kind is Kind.AGREEMENT:
        return await _volunteers(unit, known, refused)
    return await _shifts(unit, known)


async def _volunteers(unit: Unit, known: Opportunity, refused: Form | None) -> Section:
    """Return the section of the volunteers of an opportunity by agreement, with their times."""
    found = await unit.signups.of_opportunity(known.id, HOLDS_PLACE)
    people = await people_of(unit, found)
    times = await _agreed_times(unit, known)
    rows: list[Cell] = [
        _agreed_row(one, people, times.get(one.participant_id, ()), refused) for one in found
    ]
    if known.state is OpportunityState.OPEN:
        path = f"opportunities/{known.id}"
        add = Link(_("Sign somebody up"), f"{path}/add", "button", "plus")
        rows.append(Block((add, Link(INVITE, f"{path}/invite", "button", "send")), "acts"))
    none = () if found else (Line(_("No volunteers yet."), "quiet"),)
    return Section(places(len(found), known.seats), lines=none, rows=rows)


async def _agreed_times(unit: Unit, known: Opportunity) -> Mapping[int, Sequence[Cell]]:
    """Return the latest agreed times as lines, by participant."""
    shifts = await unit.shifts.listed(known.id, ON_A_PAGE)
    signups = await unit.signups.of_shifts([one.id for one in shifts])
    lines: dict[int, list[Cell]] = {}
    for shift in shifts:
        for one in signups:
            if one.shift_id == shift.id and len(lines.get(one.participant_id, ())) < TIMES_SHOWN:
                hours = time_given(one.minutes) if one.minutes is not None else None
                at = Link(Moment(shift.begins_at), f"shifts/{shift.id}")
                line = Line(dotted(at, signup_tag(one.state), hours))
                lines.setdefault(one.participant_id, []).append(line)
    return lines


def _agreed_row(one: Signup, people: People, times: Sequence[Cell], refused: Form | None) -> Cell:
    """Return the row of a volunteer by agreement: their times, and what staff can do."""
    name = people.name(one.participant_id)
    due: Cell = None
    if one.due_at is not None:
        words = tag(_("Waits to agree on a time"), "wait")
        due = Line((words, " ", pgettext("request", "by"), " ", Moment(one.due_at)))
    stop = Button(f"signups/{one.id}/cannot", _("Has stopped"), about=name)
    return (
        Block((who(one, people), needs_line(one), due, *times)),
        folded(_("Write …"), write_form(one), "write", refused),
        folded(_("Note a time or hours …"), agree_form(one), "agree", refused),
        Block((stop,), "acts"),
    )


async def _shifts(unit: Unit, known: Opportunity) -> Section:
    """Return the section of the coming shifts."""
    since = unit.now - SHOWN_AFTER
    found = await unit.shifts.of([known.id], after=since, limit=SHOWN, cancelled=True)
    rows = await shift_rows(unit, known, found)
    if known.state is not OpportunityState.ENDED:
        add = Link(_("Add a shift"), f"opportunities/{known.id}/shifts/new", "button", icon="plus")
        rows.append(
            Block(
                (add, Link(_("All shifts"), f"opportunities/{known.id}/shifts", "button")), "acts"
            )
        )
    none = () if found else (Line(_no_shift(unit, known), "quiet"),)
    return Section(_("Shifts"), lines=none, rows=rows)


def _no_shift(unit: Unit, known: Opportunity) -> Text:
    """Return why there is no shift: a draft has none before it is published."""
    if known.state is not OpportunityState.DRAFT or not known.rule:
        return _("No coming shift.")
    rule = from_json(known.rule["recurrence"])
    days = next_occurrences(rule, unit.calendar, unit.now, MOST_LOOKED_AT)
    in_season = (one.instant for one in days if known.in_season(one.nominal))
    coming = tuple(islice(in_season, SHOWN_OF_DRAFT))
    if not coming:
        return _("No coming shift.")
    return _("When it is published, the first times are: {times}.").with_(times=Listed(coming))


async def shift_rows(unit: Unit, known: Opportunity, found: Sequence[Shift]) -> list[Cell]:
    """Return shifts as rows, each with its time, places and what needs a person."""
    counts = await unit.shifts.counts([one.id for one in found])
    risky = await unit.signups.at_risk([one.id for one in found], unit.now)
    return [_shift_row(known, one, counts.get(one.id, {}), risky.get(one.id, 0)) for one in found]


def _shift_row(
    known: Opportunity, one: Shift, counts: Mapping[SignupState, int], risky: int
) -> Cell:
    taken = sum(counts.get(state, 0) for state in HOLDS_PLACE)
    there = counts.get(SignupState.ATTENDED, 0)
    waiting = counts.get(SignupState.WAITLISTED, 0)
    standins = counts.get(SignupState.STANDIN_WANTED, 0)
    seats = one.seats if one.seats is not None else known.seats
    marks: list[Cell] = []
    if one.state is ShiftState.CANCELLED:
        marks.append(tag(pgettext("shift", "Cancelled"), "off"))
    else:
        numbers = THERE.with_(count=there) if there else places(taken, seats)
        marks.append(Part(numbers))
    if risky:
        marks.append(tag(AT_RISK.with_(count=risky), "wait"))
    if standins:
        marks.append(tag(_("Stand-in wanted"), "wait"))
    if waiting:
        marks.append(Part(WAITING.with_(count=waiting), "quiet"))
    return Line(Link(Moment(one.begins_at), f"shifts/{one.id}")), Line(dotted(*marks))


async def show_shifts(request: web.Request) -> web.StreamResponse:
    """Show all shifts of an opportunity, the latest first."""
    async with context_of(request).store.reading() as unit:
        known = await opportunity_of(request, unit)
        found = await unit.shifts.listed(known.id, ON_A_PAGE + 1, before=asked_before(request))
        rows = await shift_rows(unit, known, found[:ON_A_PAGE])
    last = found[:ON_A_PAGE][-1].id if found else None
    _shown, paging = paged(request, found, ON_A_PAGE, last)
    return await list_page(
        request,
        ListPage(
            _("Shifts: {title}").with_(title=known.title),
            rows,
            (lambda row: row,),
            way=way_to(known),
            empty=Line(_("No shift yet."), "empty"),
            paging=paging,
        ),
    )


async def _contacts(unit: Unit, known: Opportunity) -> Section:
    """Return the section of the contacts; participants can be added and removed."""
    contacts = await unit.opportunities.contacts(known.id)
    staff = {one.id: one for one in await unit.staff.all()}
    ids = {one.participant_id for one in contacts if one.participant_id is not None}
    shown = await unit.participants.shown_of(ids)
    rows: list[Cell] = [
        Line((staff[one.staff_id].first_name, ", ", staff[one.staff_id].unit))
        for one in contacts
        if one.staff_id in staff
    ]
    path = f"opportunities/{known.id}/contacts"
    live = known.state is not OpportunityState.ENDED
    for key, person in shown.items():
        name = person.first_name or _("Without a name")
        remove = Button(f"{path}/remove", _("Remove"), about=name, hidden={"participant": key})
        rows.append((Line(Link(name, f"volunteers/{key}")), remove if live else None))
    if live:
        rows.append(Link(_("Add a citizen as contact"), f"{path}/add", "button", icon="plus"))
    return Section(pgettext("opportunity", "Contacts"), rows=rows)


def _texts(known: Opportunity) -> Sequence[Cell]:
    """Return the texts by language."""
    lines: list[Cell] = []
    for language, name in LANGUAGE_NAMES.items():
        written = [
            (label, text)
            for field, label in TEXTS.items()
            if (text := (getattr(known, field) or {}).get(language))
        ]
        if written:
            quotes = [(Line(label, "quiet"), Quote(text, language)) for label, text in written]
            lines.append(Block((Line(Part(name, tag="strong")), *quotes)))
    return lines


def _publishing(known: Opportunity) -> Section:
    """Return the section that publishes, pauses or opens an opportunity again."""
    path, acts = f"opportunities/{known.id}", []
    if known.state is OpportunityState.OPEN:
        acts.append(
            Form(
                f"{path}/pause",
                submit=_("Pause it"),
                lead=_("No one can sign up meanwhile. Those who are signed up still come."),
                look="",
            )
        )
    elif known.state is not OpportunityState.ENDED:
        is_draft = known.state is OpportunityState.DRAFT
        acts.append(
            Form(
                f"{path}/publish",
                submit=_("Publish it") if is_draft else _("Open it again"),
                lead=_("Citizens see it at once, and can sign up."),
            )
        )
    return Section(_("Publish or pause"), acts=acts)


def _ending(known: Opportunity) -> Sequence[Section]:
    """Return the section that ends an opportunity."""
    if known.state is OpportunityState.ENDED:
        return ()
    link = Link(_("End it …"), f"opportunities/{known.id}/end", "button")
    return (Section(pgettext("opportunity", "End"), rows=(link,)),)


def _files(request: web.Request, known: Opportunity) -> Sequence[Section]:
    """Return the section of the files with the hours of volunteers, for who may export them."""
    if not user_of(request).may(May.EXPORT_PERSONS):
        return ()
    files = file_links(f"opportunities/{known.id}/hours")
    return (Section(_("Hours of volunteers"), rows=(Block(files, "acts"),)),)
