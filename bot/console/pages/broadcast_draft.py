"""The page of a broadcast until it is approved: its checks, its messages, and its approval."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from aiohttp import web

from bot.console.broadcast_changes import change_lines
from bot.console.broadcast_labels import fault_lines, state_tag, topic_name, when_words
from bot.console.broadcast_view import Shown, messages, reader_lines, shown_of
from bot.console.cells import Block, Button, Cell, Line, Link, Outside, Part, dotted
from bot.console.console_context import context_of
from bot.console.current_user import staff_of, user_of
from bot.console.form import Field, Form, folded
from bot.console.pages.broadcasts import WAY
from bot.console.pledge_labels import named_by, staff_names
from bot.console.record_page import RecordPage, Section, record_page
from bot.i18n import Text, _, pgettext
from bot.model.broadcast import WRITABLE, Broadcast, BroadcastState
from bot.model.staff import May
from bot.service.broadcasts.checks import Fault
from bot.service.staff_chat import chat_of

LONGEST_REASON = 500
NOT_OWN = _("You wrote it. A leader who did not write it approves it.")
WARNS = _("It is a warning: it is sent at once, also at night, on Sundays and on public holidays.")
NO_LEADER = _("It waits for the approval of a leader.")


@dataclass(frozen=True, slots=True)
class Around:
    """What the page shows in addition to the broadcast itself."""

    shown: Shown
    staff: Mapping[int, str]
    changes: Sequence[Cell]
    earlier: Mapping[int, str]  # titles of the broadcasts whose readers are left out
    has_chat: bool


async def draft_page(
    request: web.Request, known: Broadcast, refused: Form | None = None
) -> web.Response:
    """Return the page of a broadcast; *refused* is a form of it as it was sent."""
    async with context_of(request).store.reading() as unit:
        excluded = [await unit.broadcasts.get(one) for one in known.excludes]
        around = Around(
            await shown_of(unit, known),
            await staff_names(unit),
            await change_lines(unit, known),
            {one.id: one.title for one in excluded if one is not None},
            await chat_of(unit, staff_of(request).id) is not None,
        )
    sections = [
        Section(
            lines=_head(known),
            facts=facts(request, known, around.staff, around.earlier),
            rows=_links(known),
        ),
        *_looked_at(known, around),
        Section(
            _("As the chat shows it"),
            lines=(Block(messages(request, known), "previews"),),
            rows=_test(known, around),
        ),
        Section(_("Who gets it"), lines=reader_lines(known, around.shown)),
        *_next(request, known, around, refused),
        _ending(known),
    ]
    status = 200 if refused is None else refused.status
    return await record_page(request, RecordPage(known.title, sections, way=WAY, status=status))


def _looked_at(known: Broadcast, around: Around) -> Sequence[Section]:
    """Return the changes since a leader returned it, and what the checks found."""
    if known.state not in WRITABLE:
        return ()
    found = Section(_("What to look at"), lines=fault_lines(around.shown.faults))
    if not around.changes:
        return (found,)
    return (Section(_("Changed since it was returned"), lines=around.changes), found)


def _head(known: Broadcast) -> Sequence[Cell]:
    """Return the state, the number of a dialogue, and why it was returned."""
    number = known.number if known.is_dialogue else None
    lines: list[Cell] = [Line(dotted(state_tag(known), number))]
    if known.is_warning:
        lines.append(Line(WARNS, "notice"))
    if known.reason and known.state in WRITABLE:
        lines.append(Line((_("Returned:"), " ", Part(known.reason, tag="q")), "notice"))
    if known.let_stand:
        lines.append(Line((_("Let stand:"), " ", Part(known.let_stand, tag="q")), "quiet"))
    return lines


def facts(
    request: web.Request, known: Broadcast, staff: Mapping[int, str], earlier: Mapping[int, str]
) -> Sequence[tuple[Text, Cell]]:
    """Return the fields other than the texts; empty ones are left out."""
    spares = known.spares_cases and not known.is_warning  # a warning goes to all
    left_out = [
        *([_("those who are writing with staff")] if spares else []),
        *(earlier[one] for one in known.excludes if one in earlier),
    ]
    agenda = Outside(known.agenda_url, known.agenda_url) if known.agenda_url else None
    place = known.place
    found: list[tuple[Text, Cell]] = [
        (pgettext("reminder", "Topic"), topic_name(request, known.topic)),
        (_("When it is sent"), when_words(known)),
        (_("Left out"), dotted(*left_out) if left_out else None),
        (
            _("Place"),
            place["title"] or f"{place['latitude']}, {place['longitude']}" if place else None,
        ),
        (_("Who decides"), known.decider),
        (_("Answer by"), known.answer_by),
        (_("Agenda"), agenda),
        (_("Public archive"), _("Yes") if known.is_public else _("No")),
        (_("Welcome to who says yes later"), _("Yes") if known.welcomes else None),
        (_("Written by"), named_by(staff, known.staff_id)),
        (_("Approved by"), named_by(staff, known.approved_by)),
    ]
    return [(label, fact) for label, fact in found if fact]


def _links(known: Broadcast) -> Sequence[Cell]:
    """Return the button that changes a broadcast."""
    if known.state not in WRITABLE:
        return ()
    path = f"broadcasts/{known.id}/edit"
    return (Link(pgettext("broadcast", "Change it"), path, "button", icon="pen"),)


def _test(known: Broadcast, around: Around) -> Sequence[Cell]:
    """Return the button that sends it to one's own chat, or the way to link that chat."""
    if not around.has_chat:
        return (
            Line(
                (
                    _("You can get it in your own chat first:"),
                    " ",
                    Link(_("link your chat"), "account"),
                    ".",
                )
            ),
        )
    return (Button(f"broadcasts/{known.id}/test", _("Send it to me"), "send"),)


def _next(
    request: web.Request, known: Broadcast, around: Around, refused: Form | None
) -> Sequence[Section]:
    """Return the section of what can follow now."""
    path = f"broadcasts/{known.id}"
    match known.state:
        case BroadcastState.DRAFT:
            lead = _("A leader who did not write it reads it, and approves or returns it.")
            act = Form(
                f"{path}/submit", submit=pgettext("broadcast", "Send it to approval"), lead=lead
            )
            return (Section(pgettext("broadcast", "Next"), acts=(act,)),)
        case BroadcastState.IN_REVIEW:
            return (_approval(request, known, around, refused),)
        case BroadcastState.APPROVED if user_of(request).may(May.APPROVE):
            give_back = folded(RETURN, return_form(known), "return", refused)
            return (
                Section(pgettext("broadcast", "Next"), rows=(give_back,), acts=(stop_form(known),)),
            )
        case BroadcastState.APPROVED:
            return (Section(pgettext("broadcast", "Next"), acts=(stop_form(known),)),)
    return ()


def stop_form(known: Broadcast) -> Form:
    """Return the button that stops a broadcast, after one question."""
    label = _("Stop the series …") if known.rule else pgettext("broadcast", "Stop it …")
    return Form(f"broadcasts/{known.id}/stop", submit=label, look="danger")


READ = _("Read every word. After the approval it can only be corrected, which everybody sees.")
RETURN = pgettext("broadcast", "Return it with a reason …")


def _approval(
    request: web.Request, known: Broadcast, around: Around, refused: Form | None
) -> Section:
    """Return the words that an approval freezes, with the forms that approve and return them."""
    heading = pgettext("broadcast", "To approve")
    if not user_of(request).may(May.APPROVE):
        return Section(heading, lines=(Line(NO_LEADER, "notice"),))
    give_back = folded(RETURN, return_form(known), "return", refused)
    if known.staff_id == staff_of(request).id:
        return Section(heading, lines=(Line(NOT_OWN, "notice"),), rows=(give_back,))
    form = approve_form(known, around.shown.faults)
    if refused is not None and refused.path == form.path:
        form = replace(form, written=refused.written, faults=refused.faults, why=refused.why)
    lines: list[Cell] = [Line(READ)]
    lines += reader_lines(known, around.shown)
    lines.append(Line((_("When it is sent"), ": ", when_words(known))))
    return Section(heading, lines=lines, forms=(form,), rows=(give_back,))


def approve_form(known: Broadcast, faults: Sequence[Fault]) -> Form:
    """Return the form that approves; it asks for a reason where a leader may accept a fault."""
    fields: tuple[Field, ...] = ()
    if any(one.can_stand and not one.hint for one in faults):
        reason = Field(
            "let_stand",
            _("Why it is sent although a check refuses it"),
            "line",
            _("The reason is written down."),
            longest=LONGEST_REASON,
        )
        fields = (reason,)
    return Form(
        f"broadcasts/{known.id}/approve",
        fields,
        pgettext("broadcast", "Approve it"),
        hidden={"version": known.version},
        prefix="approve-",
    )


def return_form(known: Broadcast) -> Form:
    """Return the form that sends a broadcast back to its author."""
    reason = Field(
        "reason",
        pgettext("campaign", "Reason"),
        "area",
        _("Who wrote it reads the reason."),
        longest=LONGEST_REASON,
        rows=3,
    )
    path = f"broadcasts/{known.id}/return"
    return Form(path, (reason,), pgettext("broadcast", "Return it"), prefix="return-", look="")


def _ending(known: Broadcast) -> Section:
    """Return the buttons that copy a broadcast, and delete a draft."""
    path = f"broadcasts/{known.id}"
    copy = Form(f"{path}/copy", submit=_("Copy it to a new draft"), look="")
    is_draft = known.state is BroadcastState.DRAFT
    label = _("Delete the draft …") if is_draft else pgettext("broadcast", "Delete it …")
    drop = Form(f"{path}/drop", submit=label, look="")
    return Section(_("More"), acts=(copy, drop) if known.state in WRITABLE else (copy,))
