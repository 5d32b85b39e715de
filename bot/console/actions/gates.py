"""Form handler for certificates and courses of volunteers."""

from __future__ import annotations

from aiohttp import web

from bot.console.confirmation import unless_sure
from bot.console.console_context import context_of
from bot.console.current_user import staff_of
from bot.console.form_input import form_of
from bot.console.pages.gates import decision_of
from bot.console.responses import act
from bot.i18n import _
from bot.model.commands.volunteering import SetGate
from bot.model.opportunity import Gate
from bot.model.profile import GateState


async def set_gate(request: web.Request) -> web.StreamResponse:
    """Set the state of a volunteer's gate, and show the page of the button again.

    A decision, in order or not, is asked about first: the page names the person.
    """
    form, participant = await form_of(request), int(request.match_info["id"])
    gate, state = form.get("gate", ""), form.get("state", "")
    if gate not in list(Gate) or state not in list(GateState):
        raise web.HTTPBadRequest
    back = "gates" if form.get("back") == "gates" else f"volunteers/{participant}"
    if state in {GateState.OPEN, GateState.REFUSED}:
        async with context_of(request).store.reading() as unit:
            shown = await decision_of(unit, participant, Gate(gate), GateState(state))
        look = "danger" if state == GateState.REFUSED else "solid"
        asked = await unless_sure(
            request, shown.question, shown.submit, back, lines=shown.lines, look=look
        )
        if asked is not None:
            return asked
    command = SetGate(staff_of(request).id, participant, gate, state)
    said = _("It is written down.")
    if state == GateState.REFUSED:
        said = _("It is written down. On the page of the volunteer you can take it back.")
    return await act(request, command, said, back)
