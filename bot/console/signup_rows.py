"""The rows of sign-ups on the pages of opportunities, shifts and volunteers."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from aiohttp import web

from bot.console.cells import Block, Button, Cell, Line, Link, Moment, Part, Phone, dotted, tag
from bot.console.current_user import user_of
from bot.console.form import Field, Form, folded
from bot.console.gate_notice import handlers_of_gates
from bot.console.volunteer_labels import SOURCES, UNREACHABLE
from bot.i18n import Text, _, pgettext
from bot.model.opportunity import GATE_NAMES, NEED_NAMES, Gate, Need, Opportunity
from bot.model.participant import Participant
from bot.model.profile import GateState
from bot.model.signup import Signup
from bot.model.staff import May
from bot.service.volunteering.written import LONGEST_REASON
from bot.store.unit import Unit

NAMELESS = _("Without a name")
REJECT = _("Turn down …")


@dataclass(frozen=True, slots=True)
class People:
    """The volunteers of some sign-ups, by participant.

    *phones* are the numbers of people outside the chat, and of volunteers who gave one for this.
    *blocked* have blocked the bot. *staff* are first names by id.
    """

    shown: Mapping[int, Participant]
    phones: Mapping[int, str]
    blocked: Collection[int]
    staff: Mapping[int, str] = field(default_factory=dict)

    def name(self, participant_id: int) -> Text | str:
        """Return the name of a volunteer."""
        one = self.shown.get(participant_id)
        return one.first_name if one is not None and one.first_name else NAMELESS

    def in_chat(self, participant_id: int) -> bool:
        """Return whether a volunteer gets messages in the chat."""
        one = self.shown.get(participant_id)
        return one is not None and one.person_id is not None and one.id not in self.blocked


async def people_of(unit: Unit, signups: Collection[Signup]) -> People:
    """Return the volunteers of some sign-ups."""
    ids = {one.participant_id for one in signups}
    shown = await unit.participants.shown_of(ids)
    entered = {one.id: one.phone for one in shown.values() if one.phone}
    return People(
        shown,
        {**entered, **await unit.profiles.phones(ids)},
        await unit.audiences.blocked(ids),
        {one.id: one.first_name for one in await unit.staff.all()},
    )


def who(one: Signup, people: People, *marks: Cell, before: Cell = None) -> Line:
    """Return a volunteer's name as a link, with marks, how they signed up, and their phone.

    *before* is shown before the name, such as the place in a queue.
    """
    phone = people.phones.get(one.participant_id)
    source = SOURCES.get(one.source)
    blocked = UNREACHABLE if one.participant_id in people.blocked else None
    link = Link(people.name(one.participant_id), f"volunteers/{one.participant_id}")
    below = dotted(Phone(phone) if phone else None, source)
    return Line(
        (
            (Part(before, tag="strong"), " ") if before else None,
            link,
            *((" ", mark) for mark in (*marks, blocked) if mark),
            (Part("", tag="br"), Part(below, "quiet")) if below else None,
        )
    )


def needs_line(one: Signup) -> Line | None:
    """Return what a volunteer said about practical needs."""
    said = [(NEED_NAMES[Need(name)], ": ", text) for name, text in (one.needs or {}).items()]
    return Line(dotted(*said), "quiet") if said else None


def write_form(one: Signup) -> Form:
    """Return the form that writes to one volunteer about their sign-up."""
    words = Field(
        "words",
        _("What they read"),
        "area",
        _("Others who work with volunteers can read it, too. Your name stands below."),
        longest=LONGEST_REASON,
        rows=3,
    )
    return Form(f"signups/{one.id}/write", (words,), _("Send it"), prefix=f"w{one.id}-")


def agree_form(one: Signup) -> Form:
    """Return the form of a time that was agreed with a volunteer, or of hours that are past."""
    fields = (
        (Field("day", _("Day"), "date"), Field("at", _("Time"), "time")),
        Field("minutes", _("How long, in minutes"), "number"),
    )
    lead = _("A coming time is told to the volunteer. A past one is noted as hours.")
    return Form(f"signups/{one.id}/agree", fields, _("Note it"), prefix=f"a{one.id}-", lead=lead)


@dataclass(frozen=True, slots=True)
class Needed:
    """What is not in order yet for a request; *more* is for staff who handle gates.

    Others read it too, because they cannot accept the person before. They do not read how far
    it is.
    """

    gates: Sequence[Gate] = ()
    more: Cell = None
    handlers: Text | None = None

    @property
    def line(self) -> Cell:
        """Return what is missing, and who sets it; None where all is in order."""
        if not self.gates:
            return None
        named = [tag(GATE_NAMES[gate], "wait") for gate in self.gates]
        who = self.more or self.handlers or tag(_("No one handles it yet"), "wait")
        return Line((_("Waits for:"), *((" ", one) for one in named), " ", who))


async def needed_of(
    request: web.Request, unit: Unit, known: Opportunity, requests: Collection[Signup]
) -> Mapping[int, Needed]:
    """Return what requests of an opportunity wait for, by sign-up."""
    if not known.gates or not requests:
        return {}
    checks = await unit.profiles.gates_of({one.participant_id for one in requests})
    opened = {(one.participant_id, one.gate) for one in checks if one.state is GateState.OPEN}
    handlers = await handlers_of_gates(unit)
    handles = user_of(request).may(May.HANDLE_GATES)

    def needed(one: Signup) -> Needed:
        gates = [gate for gate in known.gates if (one.participant_id, gate) not in opened]
        more = Link(_("Certificates"), f"volunteers/{one.participant_id}") if handles else None
        return Needed(gates, more, handlers)

    return {one.id: needed(one) for one in requests}


def request_row(
    one: Signup,
    people: People,
    at: datetime | None,
    needed: Needed,
    refused: Form | None,
) -> Cell:
    """Return the row of a request: who asks, who answers by when, and the acts.

    It can be accepted when all that is needed first is in order.
    """
    owner = people.staff.get(one.handled_by or 0)
    has_it = _("{name} answers").with_(name=owner) if owner else _("No one answers yet")
    due = (pgettext("request", "by"), " ", Moment(one.due_at)) if one.due_at else None
    told = Block(
        (
            who(one, people),
            Line((pgettext("request", "Wants to come"), " ", Moment(at))) if at else None,
            Line((has_it, " ", due) if due else has_it, "quiet"),
            needs_line(one),
            needed.line,
        )
    )
    name, path = people.name(one.participant_id), f"signups/{one.id}"
    reason = Field(
        "reason",
        _("Why, and what they can do instead"),
        "area",
        _("They read it."),
        longest=LONGEST_REASON,
        rows=2,
    )
    reject = Form(f"{path}/reject", (reason,), _("Turn down"), prefix=f"r{one.id}-", look="danger")
    acts = Block(
        (
            Button(f"{path}/take", _("I answer it"), about=name),
            None if needed.gates else Button(f"{path}/confirm", _("Accept"), "done", about=name),
        ),
        "acts",
    )
    return told, acts, folded(REJECT, reject, "reject", refused)
