"""Certificates and courses of volunteers: their state and who set it, never a document (HR-21)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from aiohttp import web

from bot.console.cells import Block, Button, Cell, Line, Link, Moment, Title, dotted, tag
from bot.console.console_context import context_of
from bot.console.list_page import ListPage, list_page
from bot.console.record_page import Section
from bot.console.signup_rows import NAMELESS
from bot.console.volunteer_labels import GATES, quietly
from bot.i18n import Day, Text, _, pgettext
from bot.model.opportunity import GATE_NAMES, Gate
from bot.model.participant import Participant
from bot.model.profile import GateCheck, GateState
from bot.model.signup import LIVE, SignupState
from bot.service.volunteering.gates import FOLLOWING, RECHECKED, is_due
from bot.store.unit import Unit

MOST = 200  # gates on the page
SET: Mapping[GateState, Text] = {
    GateState.WANTED: pgettext("gate", "To be ordered again"),
    GateState.ORDERED: pgettext("gate", "Is ordered"),
    GateState.OPEN: pgettext("gate", "Is in order"),
    GateState.REFUSED: pgettext("gate", "Is not in order"),
}
STILL = pgettext("gate", "Is still in order")
ORDER = (GateState.ORDERED, GateState.OPEN, GateState.WANTED, GateState.REFUSED)


ASKED: Mapping[GateState, Text] = {
    GateState.OPEN: _("{name}: {gate} is in order?"),
    GateState.REFUSED: _("{name}: {gate} is not in order?"),
}
FOLLOWS: Mapping[GateState, Text] = {
    GateState.OPEN: _("What waited only for this gets its place at once, and {name} is told:"),
    GateState.REFUSED: _("These end, and {name} is told in ten minutes that they do:"),
}
TAKEN_BACK = _(
    "You can take it back on the page of the volunteer. Within ten minutes they read nothing of it."
)


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision about a gate, as the page that asks shows it."""

    question: Text
    submit: Text
    lines: Sequence[Cell]


async def decision_of(unit: Unit, participant_id: int, gate: Gate, state: GateState) -> Decision:
    """Return the question whether a decision is meant: the person, and what follows from it."""
    person = await unit.participants.shown(participant_id)
    name = (person.first_name if person is not None else "") or NAMELESS
    waits = {SignupState.REQUESTED} if state is GateState.OPEN else LIVE
    live = [one for one in await unit.signups.live_of_person(participant_id) if one.state in waits]
    known = await unit.opportunities.some({one.opportunity_id for one in live})
    shifts = await unit.shifts.some({one.shift_id for one in live if one.shift_id})
    rows = [
        Line(
            dotted(
                known[one.opportunity_id].title,
                Moment(shifts[one.shift_id].begins_at) if one.shift_id else None,
            )
        )
        for one in live
        if gate in known[one.opportunity_id].gates
    ]
    lines: list[Cell] = [Line(FOLLOWS[state].with_(name=name)), *rows] if rows else []
    if state is GateState.REFUSED:
        lines.append(Line(TAKEN_BACK, "quiet"))
    question = ASKED[state].with_(name=name, gate=GATE_NAMES[gate])
    return Decision(question, SET[state], lines)


async def show_gates(request: web.Request) -> web.StreamResponse:
    """Show the gates that wait for staff, and those that are to be checked again."""
    async with context_of(request).store.reading() as unit:
        today = unit.calendar.local(unit.now).date()
        due = await unit.profiles.gates_to_recheck(today, MOST)
        waiting = await unit.profiles.gates_waiting(MOST)
        found = [*waiting, *due]
        people = await unit.participants.shown_of({one.participant_id for one in found})
        staff = {one.id: one.first_name for one in await unit.staff.all()}

    def told(one: GateCheck) -> Block:
        return Block(
            (
                Title((_name(people, one), " ", *_marks(one, is_late=one in due))),
                Line(GATE_NAMES[one.gate]),
                Line(_history(one, staff), "quiet"),
            )
        )

    shown: ListPage[GateCheck] = ListPage(
        _("Certificates"),
        found,
        (told, lambda one: Block(_buttons(one, is_late=one in due, back="gates"), "acts")),
        css="todo",
        lead=_(
            "Only their state is kept, and who set it when. Never keep or send the certificate "
            "itself."
        ),
        empty=Line(_("No certificate waits."), "empty"),
    )
    return await list_page(request, shown)


def _name(people: Mapping[int, Participant], one: GateCheck) -> Link:
    person = people.get(one.participant_id)
    name = (person.first_name if person is not None else "") or NAMELESS
    return Link(name, f"volunteers/{one.participant_id}")


def _marks(one: GateCheck, *, is_late: bool) -> Sequence[Cell]:
    """Return the state of a gate as tags."""
    late = (" ", tag(_("Check it again"), "wait")) if is_late else ()
    return (tag(*GATES[one.state]), *late)


def _history(one: GateCheck, staff: Mapping[int, str]) -> Cell:
    """Return when a gate was ordered and set, by which member of the staff."""
    by = staff.get(one.staff_id or 0)
    ordered = (pgettext("gate", "Ordered"), " ", Moment(one.ordered_at)) if one.ordered_at else None
    set_by = (_("Set by {name}").with_(name=by), " ", Moment(one.at)) if by else Moment(one.at)
    recheck = None
    if one.recheck_on is not None:
        recheck = _("Check again on {day}").with_(day=Day(one.recheck_on))
    return quietly(ordered, set_by, recheck)


def _buttons(one: GateCheck, *, is_late: bool, back: str) -> tuple[Cell, ...]:
    """Return the buttons of the states that may follow."""
    follow = _settable(one.gate) & FOLLOWING[one.state] | ({GateState.OPEN} if is_late else set())
    return tuple(
        Button(
            f"gates/{one.participant_id}/set",
            STILL if state is one.state else SET[state],
            about=GATE_NAMES[one.gate],
            hidden={"gate": one.gate, "state": state, "back": back},
        )
        for state in ORDER
        if state in follow
    )


def _settable(gate: Gate) -> frozenset[GateState]:
    """Return the states that staff can set; only certificates are ordered."""
    if gate in RECHECKED:
        return frozenset(GateState)
    return frozenset({GateState.OPEN, GateState.REFUSED})


async def gate_section(unit: Unit, participant_id: int) -> Section:
    """Return the section of a volunteer's gates, each with the buttons that set it."""
    checks = await unit.profiles.gates(participant_id)
    today = unit.calendar.local(unit.now).date()
    staff = {one.id: one.first_name for one in await unit.staff.all()}
    back = f"volunteers/{participant_id}"
    rows: list[Cell] = []
    for gate in Gate:
        known = checks.get(gate)
        if known is None:
            rows.append((Line(GATE_NAMES[gate]), _first_buttons(participant_id, gate, back)))
            continue
        is_late = is_due(known, today)
        told = (
            Line((GATE_NAMES[gate], " ", *_marks(known, is_late=is_late))),
            Line(_history(known, staff)),
        )
        rows.append((Block(told), Block(_buttons(known, is_late=is_late, back=back), "acts")))
    lead = _("Only you and others with this right see it.")
    return Section(_("Certificates"), lines=(Line(lead, "quiet"),), rows=rows)


def _first_buttons(participant_id: int, gate: Gate, back: str) -> Block:
    """Return the buttons of a gate that has not begun."""
    states = [one for one in ORDER[:2] if one in _settable(gate)]
    return Block(
        tuple(
            Button(
                f"gates/{participant_id}/set",
                SET[state],
                about=GATE_NAMES[gate],
                hidden={"gate": gate, "state": state, "back": back},
            )
            for state in states
        ),
        "acts",
    )
